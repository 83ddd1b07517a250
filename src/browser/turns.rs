//! Work in turns: what is in view is brought up to date at once, the rest a piece at a time, each
//! after the frame before it has been painted.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit};

type Turn = Box<dyn FnOnce()>;

thread_local! {
    static WAITING: RefCell<VecDeque<Turn>> = const { RefCell::new(VecDeque::new()) };
    static IS_RUNNING: Cell<bool> = const { Cell::new(false) };
}

/// Beyond the window that much counts as in view: a little scrolling finds nothing old.
const MARGIN: &str = "80px";

/// Knows whether an element can be seen, without ever asking for a layout in the middle of a change.
pub struct Sight {
    observer: Option<IntersectionObserver>,
    _tell: Closure<dyn FnMut(js_sys::Array)>,
    is_seen: Rc<Cell<bool>>,
}

impl Sight {
    /// Seen until the browser says otherwise, which it does after the next layout.
    #[must_use]
    pub fn of(element: &web_sys::Element) -> Sight {
        let is_seen = Rc::new(Cell::new(true));
        let seen = Rc::clone(&is_seen);
        let tell = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
            // The last one is how it stands now.
            if let Ok(entry) = entries.pop().dyn_into::<IntersectionObserverEntry>() {
                seen.set(entry.is_intersecting());
            }
        });
        let init = IntersectionObserverInit::new();
        init.set_root_margin(MARGIN);
        let observer = IntersectionObserver::new_with_options(tell.as_ref().unchecked_ref(), &init).ok();
        if let Some(observer) = &observer {
            observer.observe(element);
        }
        Sight { observer, _tell: tell, is_seen }
    }

    #[must_use]
    pub fn is_seen(&self) -> bool {
        self.is_seen.get()
    }
}

impl Drop for Sight {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}

/// Does something after what is in view has been painted, and after all that waits already.
pub fn later(act: impl FnOnce() + 'static) {
    WAITING.with_borrow_mut(|waiting| waiting.push_back(Box::new(act)));
    say_busy(true);
    if !IS_RUNNING.replace(true) {
        wasm_bindgen_futures::spawn_local(async {
            loop {
                painted().await;
                // Taken out before it runs, since it may ask for another turn.
                let next = WAITING.with_borrow_mut(VecDeque::pop_front);
                let Some(act) = next else { break };
                act();
            }
            IS_RUNNING.set(false);
            say_busy(false);
        });
    }
}

/// Says to programs, such as screen readers, that parts of the page are still to come.
fn say_busy(busy: bool) {
    let main = web_sys::window().and_then(|w| w.document()).and_then(|d| d.get_element_by_id("main"));
    if let Some(main) = main {
        // An attribute that cannot be set changes nothing of what is shown.
        let _ = if busy { main.set_attribute("aria-busy", "true") } else { main.remove_attribute("aria-busy") };
    }
}

/// Waits until the present frame has been painted; in a window that nobody sees, not at all.
async fn painted() {
    let promise = js_sys::Promise::new(&mut |done, _| {
        let Some(window) = web_sys::window() else { return drop(done.call0(&JsValue::NULL)) };
        let is_hidden = window.document().is_none_or(|document| document.hidden());
        let after = window.clone();
        let soon = move || drop(after.set_timeout_with_callback(&done));
        // Frames stop in a hidden window.
        if is_hidden {
            return soon();
        }
        let in_frame = Closure::once_into_js(soon);
        let _ = window.request_animation_frame(in_frame.unchecked_ref());
    });
    // The promise is never refused.
    let _ = JsFuture::from(promise).await;
}
