//! Students, in team mode only: the call list, who moved, and one student's year.

mod csv;
mod list;
mod moved;
mod one;
mod order;
mod patterns;
mod who;
mod year;

pub use year::{PatternList, YearCalendar, years_of};

use super::{ForTheTeam, NoData};
use crate::state::{Mode, use_state};
use leptos::prelude::*;

#[component]
pub fn StudentsPage() -> impl IntoView {
    let state = use_state();
    let students =
        Memo::new(move |_| state.loaded.with(|l| l.as_ref().map_or(0, |l| l.outcome.dataset.students.len())));
    let number = Memo::new(move |_| state.route.with(crate::state::Route::number));
    let is_moved = Memo::new(move |_| state.route.with(|r| r.below.first().is_some_and(|word| word == "moved")));
    let is_share = Memo::new(move |_| state.mode.get() == Mode::Share);
    move || {
        if students.get() == 0 {
            return view! {
                <NoData title="Students" text="With a file of students you see whom to call first, each student’s year on a calendar, and who moved since an earlier export." />
            }
            .into_any();
        }
        if is_share.get() {
            let text = "Others may be looking at this screen, so no student is shown: no name, no days, no list. Switch to team mode when only the school’s own team can see.";
            return view! { <ForTheTeam page="Students" title="Students show in team mode only" text /> }.into_any();
        }
        if is_moved.get() {
            return view! { <who::WhoMoved /> }.into_any();
        }
        match number.get().filter(|at| *at < students.get()) {
            Some(student) => view! { <one::OneStudent student=student as u32 /> }.into_any(),
            None => view! { <list::CallList /> }.into_any(),
        }
    }
}
