//! The part of the gallery that shows plans, conversations and paper.

use super::gallery::GalleryRow;
use super::*;
use crate::attendance::Day;
use leptos::prelude::*;

#[component]
pub(super) fn Plans() -> impl IntoView {
    let step = RwSignal::new(2_usize);
    let decision = RwSignal::new(Some("expand".to_owned()));
    view! {
        <GalleryRow name="Steps">
            <div class="gallery__wide">
                <Steps
                    label="The conversation’s steps"
                    steps=steps()
                    now=step
                    on_open=Callback::new(move |at| step.set(at))
                />
            </div>
            <div class="row small"><StepDots now=step count=9_usize /></div>
        </GalleryRow>
        <GalleryRow name="Decision">
            <div class="gallery__wide">
                <ChoiceCards
                    question="What now?"
                    cards=decisions()
                    value=decision
                    on_change=Callback::new(move |value: String| decision.set(Some(value)))
                />
            </div>
        </GalleryRow>
        <GalleryRow name="Board">
            <div class="board gallery__wide">
                <BoardColumn name="To do" count=1_usize><Card face=face("ends 27 Feb", Lateness::OnTime) /></BoardColumn>
                <BoardColumn name="Check" count=1_usize><Card face=face("ended 12 Feb", Lateness::Late) /></BoardColumn>
            </div>
        </GalleryRow>
        <GalleryRow name="Calendar">
            <CalendarKey />
            <div class="calendar gallery__wide">{months()}</div>
        </GalleryRow>
        <GalleryRow name="Sheet">
            <Sheet
                title="Robin’s plan for being at school"
                stamp="Made together on 24 February 2026, by Robin’s family and Birch Elementary"
                sentence="Robin draws well, helps younger children and wants to join band."
                foot="This is a plan, not a contract. One copy for the family, one for the school."
            >
                <SheetSection title="What we agreed">
                    <table>
                        <thead><tr><th scope="col">"Who"</th><th scope="col">"What"</th><th scope="col">"By when"</th></tr></thead>
                        <tbody class="sheet__answer">
                            <tr><td>"Dad"</td><td>"Packs the school bag on the evening before"</td><td>"from 1 March"</td></tr>
                        </tbody>
                    </table>
                    <div class="sheet__blank"></div>
                </SheetSection>
            </Sheet>
        </GalleryRow>
    }
    .into_any()
}

fn steps() -> Vec<Step> {
    let steps = [
        ("1 Learn", "done, 10 Feb"),
        ("2 Share", "done, 10 Feb"),
        ("3 Inform", "now"),
        ("4 Discuss", "to do"),
        ("5 Agree a plan", "to do"),
    ];
    steps.map(|(name, state)| Step { name: name.to_owned(), state: state.to_owned() }).to_vec()
}

fn decisions() -> Vec<ChoiceCard> {
    let cards = [
        ("adapt", "Adapt", "change it, test again"),
        ("adopt", "Adopt", "make it routine"),
        ("expand", "Expand", "more students, same test"),
        ("abandon", "Abandon", "keep what we learned"),
    ];
    let card = |(value, label, meaning): (&str, &str, &str)| ChoiceCard {
        value: value.to_owned(),
        label: label.to_owned(),
        meaning: meaning.to_owned(),
    };
    cards.map(card).to_vec()
}

fn face(due: &str, lateness: Lateness) -> CardFace {
    CardFace {
        kind: "Test, cycle 2".to_owned(),
        title: "Two by ten: two minutes, ten days".to_owned(),
        href: "#/plans".to_owned(),
        from: "From: reason, disengagement".to_owned(),
        who: "J. Okafor".to_owned(),
        due: due.to_owned(),
        lateness,
    }
}

fn months() -> impl IntoView {
    let mark = |day: Day| match day.ymd() {
        (_, 12, 1) => DayMark::Unexcused,
        (_, 12, 8..=10) => DayMark::Excused,
        (_, 12, 19..) | (_, 10, 10 | 13 | 31) => DayMark::NoSchool,
        (_, 10, 7) => DayMark::Late,
        (_, 10, 14) => DayMark::Suspended,
        (_, 2, 14..) => DayMark::Ahead,
        _ => DayMark::School,
    };
    [
        (2025, 10, "October", "1 of 20 days"),
        (2025, 12, "December", "4 of 14 days"),
        (2026, 2, "February", "0 of 10 days"),
    ]
    .into_iter()
    .filter_map(|(year, month, name, note)| Some(Month::around(Day::from_ymd(year, month, 1)?, name, note, mark)))
    .map(|month| view! { <CalendarMonth month /> })
    .collect_view()
}
