//! The attacker turned on a published file: how many hidden numbers follow from the shown ones, and where.

use super::Parts;
use super::export::{has_students, keep_prepared};
use crate::share::audit::published::Leaks;
use crate::state::share::use_share;
use crate::state::use_state;
use crate::ui::components::{Button, ButtonKind, ButtonLink, PageHead, Section};
use crate::ui::format;
use crate::ui::prose::Prose;
use leptos::prelude::*;

/// Places that are listed; a long list would hide the count.
const MOST_PLACES: usize = 200;

#[component]
pub fn CheckPage() -> impl IntoView {
    let state = use_state();
    let share = use_share();
    keep_prepared();
    let n_rows = Memo::new(move |_| state.loaded.with(|l| l.as_ref().map_or(0, |l| l.outcome.dataset.published.len())));
    let has_own = Memo::new(move |_| has_students(state.loaded.get().as_deref()) && share.offer().is_some());
    let whose = move || state.loaded.get().map(|l| l.whose.clone()).unwrap_or_default();
    // What was found belongs to the file that was looked at.
    Effect::new(move |before: Option<()>| {
        state.loaded.track();
        if before.is_some() {
            share.stop_examining();
        }
    });
    let is_busy = Memo::new(move |_| share.examining.with(Option::is_some));
    let done = move || share.examining.get().map(|(done, _)| done);
    let finding = Signal::derive(move || match share.leaks.get() {
        Some(leaks) => Prose::new().strong(format!("{}.", leaks.sentence())),
        None => Prose::from(
            "Tables on the web often hide small numbers that can be worked out again from sums beside them. The attacker built in here looks for such places.",
        ),
    });
    view! {
        <PageHead title="Check a published file" finding />
        <Parts here="check" />
        <Section title="Look for leaks" note="It counts and names places. The numbers that could be worked out are dropped at once and never shown.">
            <Show
                when=move || { n_rows.get() > 0 }
                fallback=move || view! {
                    <div class="share-item">
                        <div>
                            <h3>"Someone’s published table"</h3>
                            <p>"Open it like any other file: one row for each school, grade or group, with marks where numbers are hidden. It takes the place of what is loaded now. Then come back here."</p>
                        </div>
                        <ButtonLink href="#/">"Open a file"</ButtonLink>
                    </div>
                }
            >
                <div class="share-item">
                    <div>
                        <h3>{whose}</h3>
                        <p>{move || format!("{} of published numbers.", format::plural(n_rows.get() as u64, "row", "rows"))}</p>
                    </div>
                    <Button kind=ButtonKind::Go on_click=move |()| share.examine_published(state)>"Look for leaks"</Button>
                </div>
            </Show>
            <Show when=move || has_own.get()>
                <div class="share-item">
                    <div>
                        <h3>"Our own tables"</h3>
                        <p>"The same attacker, on what we would share ourselves."</p>
                    </div>
                    <Button on_click=move |()| share.examine_own(state)>"Try our own"</Button>
                </div>
            </Show>
            <Show when=move || is_busy.get()>
                <div class="progress-panel">
                    <p class="progress-panel__title" role="status">"Solving for every hidden number"</p>
                    <progress class="progress-panel__bar" aria-label="How far the search is" max="1000" value=done></progress>
                    <p class="progress-panel__words">"The page can be used meanwhile."</p>
                </div>
            </Show>
        </Section>
        {move || share.leaks.get().map(|leaks| view! { <Found leaks=(*leaks).clone() /> })}
    }
}

#[component]
fn Found(leaks: Leaks) -> impl IntoView {
    let count = |n: usize| format::count(n as u64);
    let facts = [
        ("Rows", count(leaks.rows)),
        ("Hidden numbers", count(leaks.hidden)),
        ("Can be recalculated exactly", count(leaks.exact)),
        ("of these, the only hidden part of a sum", count(leaks.alone)),
        ("Can be found too closely: students closer than five, chronically absent closer than two", count(leaks.close)),
        ("Could not be decided here", count(leaks.undecided)),
        ("Parts whose shown numbers contradict each other", count(leaks.contradictory)),
    ];
    let rows = facts
        .into_iter()
        .map(|(what, number)| view! { <tr><th scope="row">{what}</th><td class="number">{number}</td></tr> })
        .collect_view();
    let more = leaks.places.len().saturating_sub(MOST_PLACES);
    let places = leaks.places.iter().take(MOST_PLACES).map(|place| view! { <li>{place.clone()}</li> }).collect_view();
    let places = (!leaks.places.is_empty()).then(|| {
        view! {
            <details class="share-places-box">
                <summary class="link">"Where they stand"</summary>
                <ul class="share-places">
                    {places}
                    {(more > 0).then(|| view! { <li>{format!("and {} more", format::count(more as u64))}</li> })}
                </ul>
            </details>
        }
    });
    let sums = leaks.sums.iter().map(|sum| view! { <li>{sum.clone()}</li> }).collect_view();
    let sums = match leaks.sums.is_empty() {
        true => view! { <p>"No sums hold throughout this file, so nothing can be subtracted."</p> }.into_any(),
        false => view! { <ul>{sums}</ul> }.into_any(),
    };
    view! {
        <Section title="What was found" note="Counts and places only.">
            <div class="data-table">
                <table>
                    <caption class="visually-hidden">"What the attacker found"</caption>
                    <thead class="visually-hidden"><tr><th scope="col">"What"</th><th scope="col">"Number"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {places}
        </Section>
        <Section title="How" note="These sums hold in nearly all complete cases of the file, so they hold where a number is hidden too.">
            <div class="reading">{sums}</div>
        </Section>
    }
}
