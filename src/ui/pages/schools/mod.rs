//! Schools, compared fairly: the comparison, where its expected rates come from, and what luck can do;
//! below it, one school.

mod comparison;
mod expected;
mod finding;
mod luck;
mod one;
mod peers;
mod published;
mod published_one;
pub(super) mod words;

pub(super) use peers::{evidence, plan_visit};

use super::NoData;
use crate::state::use_state;
use leptos::prelude::*;

#[component]
pub fn SchoolsPage() -> impl IntoView {
    let state = use_state();
    let has_data = Memo::new(move |_| state.loaded.with(Option::is_some));
    let number = Memo::new(move |_| {
        let schools = state.loaded.with(|l| l.as_ref().map_or(0, |l| l.outcome.dataset.schools.len()));
        state.route.with(crate::state::Route::number).filter(|at| *at < schools)
    });
    move || {
        match (has_data.get(), number.get()) {
        (false, _) => view! {
            <NoData title="Schools, compared fairly" text="With a file you see how each school does against schools with students like its own, and how sure one can be of it." />
        }
        .into_any(),
        (true, Some(school)) => view! { <one::OneSchool school /> }.into_any(),
        (true, None) => view! { <comparison::AllSchools /> }.into_any(),
    }
    }
}
