//! The lock tried from inside: a connection to elsewhere, and what the browser says to it.

use super::clock;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::SecurityPolicyViolationEvent;

/// What came of the attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// The browser refused and named its rule.
    Refused(Refusal),
    /// Nothing went out, but no rule was named: there may be no network at all.
    Silent,
    /// Someone answered: the page is not locked.
    Answered,
}

/// The browser's own words about a refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The address that was refused.
    pub address: String,
    /// `connect-src`
    pub rule: String,
    /// The whole policy in force.
    pub policy: String,
}

/// Tries to fetch `address`, which carries nothing but itself.
pub async fn try_to_connect(address: &str) -> Attempt {
    let Some(window) = web_sys::window() else { return Attempt::Silent };
    let Some(document) = window.document() else { return Attempt::Silent };
    let heard = Rc::new(RefCell::new(None));
    let into = Rc::clone(&heard);
    let listen = Closure::<dyn FnMut(SecurityPolicyViolationEvent)>::new(move |event: SecurityPolicyViolationEvent| {
        *into.borrow_mut() = Some(Refusal {
            address: event.blocked_uri(),
            rule: event.effective_directive(),
            policy: event.original_policy(),
        });
    });
    let name = "securitypolicyviolation";
    let _ = document.add_event_listener_with_callback(name, listen.as_ref().unchecked_ref());
    let answer = JsFuture::from(window.fetch_with_str(address)).await;
    // The event comes in a task of its own, at times after the refusal of the promise.
    for _ in 0..10 {
        if heard.borrow().is_some() {
            break;
        }
        clock::pause(30).await;
    }
    let _ = document.remove_event_listener_with_callback(name, listen.as_ref().unchecked_ref());
    let refusal = heard.borrow_mut().take();
    match (answer, refusal) {
        (Ok(_), _) => Attempt::Answered,
        (Err(_), Some(refusal)) => Attempt::Refused(refusal),
        (Err(_), None) => Attempt::Silent,
    }
}
