//! How much room the plans take, shown long before it runs out.

use super::super::document::Document;
use super::{Stored, to_value};
use std::collections::BTreeMap;

/// What browsers give localStorage: about five million UTF-16 code units for one site, all keys
/// together.
pub const USUAL_LIMIT: usize = 5 * 1024 * 1024;

/// UTF-16 code units, which is what browsers count.
#[must_use]
pub fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    Plenty,
    /// Over half: shown, with the advice to save a file.
    Half,
    /// Over four fifths: said at every save.
    Nearly,
}

/// Room in use: `used` is the sum over all keys and values of the site.
#[must_use]
pub fn room(used: usize, limit: usize) -> Room {
    if used * 5 > limit * 4 {
        Room::Nearly
    } else if used * 2 > limit {
        Room::Half
    } else {
        Room::Plenty
    }
}

/// Room in use, in words: `0.4 of 5.2 million characters, 8 %`.
#[must_use]
pub fn words(used: usize, limit: usize) -> String {
    let percent = match (used * 100) / limit.max(1) {
        0 if used > 0 => "under 1".to_owned(),
        _ => (used * 100).div_ceil(limit.max(1)).to_string(),
    };
    let millions = |n: usize| format!("{:.1}", n as f64 / 1e6);
    format!("{} of {} million characters, {percent} %", millions(used), millions(limit))
}

/// For each kind of item how many there are and how much room they take, largest first.
#[must_use]
pub fn by_kind<B: Stored>(document: &Document<B>) -> Vec<(&'static str, usize, usize)> {
    let mut kinds: BTreeMap<&'static str, (usize, usize)> = BTreeMap::new();
    for (_, body) in document.live() {
        let here = kinds.entry(body.kind_name()).or_default();
        here.0 += 1;
        here.1 += units(&to_value(body).to_string());
    }
    let mut all: Vec<_> = kinds.into_iter().map(|(kind, (n, size))| (kind, n, size)).collect();
    all.sort_by_key(|(kind, _, size)| (std::cmp::Reverse(*size), *kind));
    all
}
