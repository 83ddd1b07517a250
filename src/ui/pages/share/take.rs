//! The ways to take numbers along, what left before, and the students' own totals.

use super::settings::FIRST_DAY;
use crate::share::cells;
use crate::share::export::totals;
use crate::state::share::{HandedOver, use_share};
use crate::state::{AppState, Mode, use_state};
use crate::ui::components::{Button, ButtonKind, ButtonLink, Dialog, LinkButton, Reason, Section};
use crate::ui::format;
use leptos::prelude::*;

/// Why nothing can be taken yet.
pub fn not_yet(state: AppState) -> Signal<Option<Reason>> {
    let share = use_share();
    Signal::derive(move || {
        let Some(offer) = share.offer() else { return Some("The tables are not ready yet.".into()) };
        if !offer.report.passes() {
            return Some("Hidden numbers could be worked out.".into());
        }
        match share.header(state, &offer) {
            Some(_) => None,
            None => Some(Reason {
                text: "The file has no dates.".to_owned(),
                go_to: Some(("Say which days".to_owned(), FIRST_DAY.to_owned())),
            }),
        }
    })
}

#[component]
pub fn TakeSection() -> impl IntoView {
    let state = use_state();
    let share = use_share();
    let reason = not_yet(state);
    let item = move |title: &'static str, text: &'static str, what: HandedOver, label: &'static str| {
        view! {
            <div class="share-item">
                <div><h3>{title}</h3><p>{text}</p></div>
                <Button disabled_because=reason on_click=move |()| share.hand_over(state, what)>{label}</Button>
            </div>
        }
    };
    view! {
        <Section
            title="Take it with you"
            note="Each file says its definition, its dates, how many students, what is hidden and what the attacker found. What leaves is remembered on this device."
        >
            {item("Exchange file", "For another school or district with Bright Spots: they drop it in and find schools like theirs. No student is in it.", HandedOver::Exchange, "Save exchange file")}
            {item("Tables for a spreadsheet", "One row for each group. No cell can run as a formula.", HandedOver::Csv, "Save tables (CSV)")}
            {item("Tables for a program", "The same rows with their notes.", HandedOver::Json, "Save tables (JSON)")}
            <div class="share-item">
                <div><h3>"Printed report"</h3><p>"Schools, grades and conditions on paper, with charts to save as pictures."</p></div>
                <ButtonLink href=AppState::share_page("report")>"See the report"</ButtonLink>
            </div>
        </Section>
    }
}

/// What left earlier. It protects the students in it, so forgetting asks first.
#[component]
pub fn EarlierSection() -> impl IntoView {
    let share = use_share();
    let state = use_state();
    let asking = RwSignal::new(false);
    let rows = move || {
        share.exports.with(|exports| {
            let rows = exports.iter().rev().map(|kept| {
                let n = kept.remembered.release.sheets.len() as u64;
                view! {
                    <tr>
                        <th scope="row">{kept.remembered.made_on.to_string()}</th>
                        <td>{kept.made_by.clone()}</td>
                        <td>{kept.remembered.last_day.to_string()}</td>
                        <td class="number">{format::count(n)}</td>
                        <td class="number">{format::count(kept.report.hidden.into())}</td>
                    </tr>
                }
            });
            rows.collect_view()
        })
    };
    let has_any = Memo::new(move |_| share.exports.with(|e| !e.is_empty()));
    let actions = move || {
        view! {
            <Button kind=ButtonKind::Removes on_click=move |()| {
                share.forget_exports();
                asking.set(false);
                share.prepare(state);
            }>"Forget them"</Button>
            <Button on_click=move |()| asking.set(false)>"Keep them"</Button>
        }
    };
    view! {
        <Section
            title="What left before"
            note="Only numbers that were shown are remembered. Two exports laid over each other could tell who joined or left a group, so small changes keep the first numbers for 20 school days."
        >
            {move || share.trouble.get().map(|words| view! { <p class="small">{words}</p> })}
            <Show when=move || has_any.get() fallback=|| view! { <p>"Nothing has left this device yet."</p> }>
                <div class="data-table" role="region" tabindex="0" aria-label="Earlier exports">
                    <table>
                        <caption class="visually-hidden">"Earlier exports"</caption>
                        <thead><tr>
                            <th scope="col">"Shared on"</th><th scope="col">"By"</th><th scope="col">"Days up to"</th>
                            <th scope="col" class="number">"Tables"</th><th scope="col" class="number">"Hidden or range"</th>
                        </tr></thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
                <p class="section__actions"><LinkButton on_click=move |()| asking.set(true)>"Forget these exports"</LinkButton></p>
            </Show>
            <Dialog open=asking on_close=move |()| asking.set(false) title="Forget what was shared?" actions>
                <p>"Those who have the earlier files still have them. Once they are forgotten here, the next export can no longer be compared with them, and a difference between the two could point at a student."</p>
            </Dialog>
        </Section>
    }
}

/// Per-student totals for the common Excel tools: team mode only, after a sentence.
#[component]
pub fn StudentSection() -> impl IntoView {
    let state = use_state();
    let asking = RwSignal::new(false);
    let is_team = Memo::new(move |_| state.mode.get() == Mode::Team);
    let warning =
        move || state.loaded.with(|l| l.as_ref().map(|l| totals::warning(&l.outcome.dataset)).unwrap_or_default());
    let save = move || {
        // The mode may have changed while the question stood open.
        if !is_team.get_untracked() {
            return asking.set(false);
        }
        let Some(loaded) = state.loaded.get_untracked() else { return };
        let table = state.definition.with_untracked(|d| totals::student_totals(&loaded.outcome.dataset, d));
        state.save("student-data-totals.csv", "text/csv", &cells::csv(&table.header, &table.rows));
        asking.set(false);
    };
    let actions = move || {
        view! {
            <Button kind=ButtonKind::Removes on_click=move |()| save()>"Save student data"</Button>
            <Button on_click=move |()| asking.set(false)>"Do not save"</Button>
        }
    };
    view! {
        <Section title="Student totals, for your team" note="One row for each student and school, in the columns that the common Excel tools take.">
            <Show
                when=move || is_team.get()
                fallback=|| view! { <p>"Student data leave only in Team mode. The switch is at the top of the page."</p> }
            >
                <div class="share-item">
                    <div><h3>"Student data"</h3><p>"Ids, absences and conditions. Not for partners, and not for the web."</p></div>
                    <Button on_click=move |()| asking.set(true)>"Student totals (CSV)"</Button>
                </div>
            </Show>
            <Dialog open=asking on_close=move |()| asking.set(false) title="This file holds student data" actions>
                <p>{move || format!("{}.", warning())}</p>
            </Dialog>
        </Section>
    }
}
