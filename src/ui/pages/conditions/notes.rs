//! Beside the bars: two questions with the team's answers, what to check first, reasons that the team
//! itself counted, and the way to a visit.

use super::Chosen;
use crate::compare::flags::Flag;
use crate::state::analysis::Sight;
use crate::state::analysis::notes::REASONS;
use crate::state::use_state;
use crate::ui::components::{Button, ButtonKind, CheckList, Choice, Field, FieldKind, TextArea};
use crate::ui::pages::schools::plan_visit;
use leptos::prelude::*;

#[component]
#[allow(non_snake_case, reason = "a component beside a type of the same word")]
pub(super) fn Notes_(chosen: Chosen) -> impl IntoView {
    let state = use_state();
    let analysis = state.analysis;
    let notes = analysis.notes;
    // The clearest bright spot among the schools shown, and the highest of the others as the visitor.
    // Nothing here gives the answer away while a guess is asked for.
    let is_hiding = Memo::new(move |_| notes.with(|n| n.is_hiding()));
    let to_visit = Memo::new(move |_| {
        let compared = analysis.compared.get().filter(|_| !is_hiding.get())?;
        let c = &compared.comparison;
        let schools = chosen.schools.get();
        let low = |at: usize| c.judgements[at].tails.map_or(1.0, |t| t.low);
        let to =
            schools.iter().copied().filter(|at| c.judgements[*at].verdict.is_bright_spot()).min_by(|a, b| {
                c.judgements[*a].verdict.cmp(&c.judgements[*b].verdict).then(low(*a).total_cmp(&low(*b)))
            })?;
        let from = schools.iter().copied().filter(|at| *at != to).max_by(|a, b| low(*a).total_cmp(&low(*b)));
        Some((from, to, compared.table.units[to].clone()))
    });
    let flags = Memo::new(move |_| {
        let Some(compared) = analysis.compared.get().filter(|_| !is_hiding.get()) else { return Vec::new() };
        let sight = analysis.sight.get();
        chosen.schools.with(|schools| {
            schools
                .iter()
                .filter(|at| !compared.comparison.flags[**at].is_empty())
                .map(|at| {
                    let words = match sight {
                        Sight::Team => {
                            compared.comparison.flags[*at].iter().map(Flag::sentence).collect::<Vec<_>>().join(" ")
                        }
                        Sight::Share(_) => "the recording needs a look.".to_owned(),
                    };
                    (*at, compared.table.units[*at].clone(), words)
                })
                .collect::<Vec<_>>()
        })
    });
    let has_flags = Memo::new(move |_| flags.with(|f| !f.is_empty()));
    let ticked =
        Signal::derive(move || if notes.with(|n| n.predict_first) { vec!["predict".to_owned()] } else { Vec::new() });
    let reasons = REASONS
        .iter()
        .enumerate()
        .map(|(at, name)| {
            let value = Signal::derive(move || notes.with(|n| n.reasons[at].to_string()));
            let on_change = Callback::new(move |text: String| {
                let n = text.trim().parse().unwrap_or(0);
                state.edit_notes(|notes| notes.reasons[at] = n);
                notes.notify();
            });
            view! { <Field label=*name kind=FieldKind::Whole value on_change /> }
        })
        .collect_view();
    view! {
        <aside class="conditions__notes" aria-label="Questions and notes">
            <div>
                <TextArea
                    label="What does it show about the conditions?"
                    hint="Which go with chronic absence in every school, and which only in one? Kept in this browser; name no student."
                    value=Signal::derive(move || notes.with(|n| n.conditions.clone()))
                    on_input=move |text| state.edit_notes(|n| n.conditions = text)
                />
            </div>
            <div>
                <TextArea
                    label="And about these schools?"
                    hint="Similar students, different rates: what might travel from one to another?"
                    value=Signal::derive(move || notes.with(|n| n.schools.clone()))
                    on_input=move |text| state.edit_notes(|n| n.schools = text)
                />
                {move || to_visit.get().map(|(from, to, name)| view! {
                    <Button kind=ButtonKind::Go on_click=move |()| plan_visit(&state, from, to, None, vec!["conditions".into()])>
                        {format!("Plan a visit to {name}")}
                    </Button>
                })}
            </div>
            <Show when=move || has_flags.get()>
                <div>
                    <h3>"Check first"</h3>
                    {move || flags.get().into_iter().map(|(at, name, words)| view! {
                        <p><strong>{name}</strong>": "{words}" "<a href=format!("#/schools/{at}")>"See the school"</a></p>
                    }).collect_view()}
                </div>
            </Show>
            <div>
                <h3>"Reasons the team named"</h3>
                <p>"The team’s judgement, never worked out from data."</p>
                <div class="reasons">{reasons}</div>
            </div>
            <div>
                <CheckList
                    legend="Predict first"
                    choices=Signal::stored(vec![Choice::new("predict", "Hide the bars until I have written a guess")])
                    chosen=ticked
                    on_toggle=move |(_, on): (String, bool)| state.edit_notes(|n| { n.predict_first = on; n.guessed = false; })
                />
            </div>
        </aside>
    }
}
