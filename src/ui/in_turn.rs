//! Parts of a page that wait for their turn: after a change, what is in view shows it in the very next
//! frame, and what is not follows, a part a frame.

#[cfg(feature = "full")]
use crate::browser::turns::{self, Sight};
use leptos::prelude::*;
#[cfg(feature = "full")]
use leptos::reactive::effect::RenderEffect;
use leptos::web_sys::Element;

/// When a part is made for the first time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    /// With the page.
    Now,
    /// In its turn: it begins below the first screen.
    Later,
}

/// What `make` makes, made again when anything that it reads has changed: at once where `place` is in
/// view, else after the frames that show what is. `None` until the first time.
#[cfg(feature = "full")]
pub fn in_turn<T: PartialEq + Send + Sync + 'static>(
    place: impl Fn() -> Option<Element> + 'static,
    first: First,
    make: impl Fn() -> T + Send + Sync + 'static,
) -> Signal<Option<T>> {
    let sight = StoredValue::new_local(None::<Sight>);
    let (shown, show) = signal(None::<T>);
    let turn = RwSignal::new(());
    let is_due = StoredValue::new(first == First::Now);
    // Followed by a memo and not by the effect itself: of a memo and another one made from it an effect may
    // miss the change (it asks the second one first, which settles both), a memo never does.
    let rounds = Memo::new(move |before: Option<&u32>| {
        turn.track();
        let is_seen = before.is_some() && sight.with_value(|sight| sight.as_ref().is_none_or(Sight::is_seen));
        if is_due.get_value() || is_seen {
            is_due.set_value(false);
            let made = Some(make());
            show.maybe_update(|shown| {
                let is_new = *shown != made;
                *shown = made;
                is_new
            });
        } else {
            // Nothing that `make` reads is followed until then: it is read as it stands at that time.
            is_due.set_value(true);
            turns::later(move || {
                // A part that is gone by then has nothing to show.
                let _ = turn.try_set(());
            });
        }
        before.map_or(0, |rounds| rounds.wrapping_add(1))
    });
    // Lives as long as the part.
    let _ = StoredValue::new_local(RenderEffect::new(move |_| rounds.get()));
    Effect::new(move |_| {
        if let Some(element) = place() {
            sight.set_value(Some(Sight::of(&element)));
        }
    });
    shown.into()
}

/// The small program of the first visit has little below the first screen: all of it at once.
#[cfg(not(feature = "full"))]
pub fn in_turn<T: PartialEq + Send + Sync + 'static>(
    _place: impl Fn() -> Option<Element> + 'static,
    _first: First,
    make: impl Fn() -> T + Send + Sync + 'static,
) -> Signal<Option<T>> {
    Memo::new(move |_| Some(make())).into()
}
