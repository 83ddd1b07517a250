//! Ids that tie labels, hints and errors to their controls, unique on the page.

use std::sync::atomic::{AtomicU32, Ordering};

static NEXT: AtomicU32 = AtomicU32::new(1);

/// `field-17`: the name says what it is for when someone reads the page's source.
#[must_use]
pub fn unique(name: &str) -> String {
    format!("{name}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}
