//! The practice profile: a school's numbers through the gate, what it does in its own words, one page of paper.

use super::Parts;
use super::export::keep_prepared;
use super::settings::DaysCounted;
use super::take::not_yet;
use crate::attendance::records;
use crate::charts::Precision;
use crate::charts::Width;
use crate::charts::rate_rows::{RateRow, axis_head, row_piece, shared_axis};
use crate::compare::from_dataset::{Choice as Compare, Compared, Units, compare, default_conditions, recording};
use crate::compare::verdict::Verdict;
use crate::share::export::profile::{Profile, ProfileInput, practice_profile};
use crate::state::analysis::Sight;
use crate::state::analysis::told::At;
use crate::state::share::profile::Fields;
use crate::state::share::use_share;
use crate::state::{Shared, stamp, use_state};
use crate::ui::components::{
    Button, ButtonKind, Choice, Field, PageHead, Section, SelectField, Sheet, SheetSection, TextArea,
};
use crate::ui::prose::Prose;
use leptos::prelude::*;

/// A text of the profile and how it is changed.
type Edit = fn(&mut Fields) -> &mut String;

#[component]
pub fn ProfilePage() -> impl IntoView {
    let state = use_state();
    let share = use_share();
    keep_prepared();
    let compared = Memo::new(move |_| {
        let loaded = state.loaded.get()?;
        let dataset = &loaded.outcome.dataset;
        let definition = state.definition.get();
        let at_schools = records::at_schools(dataset, &definition);
        let choice = Compare { units: Units::Schools, conditions: default_conditions(dataset), ..Compare::default() };
        let flags = recording(dataset, &definition, &at_schools);
        (!at_schools.is_empty()).then(|| Shared::new(compare(dataset, &at_schools, &flags, &choice)))
    });
    let chosen = RwSignal::new(None::<usize>);
    // Before a choice: the first bright spot, else the first school.
    let at = Memo::new(move |_| {
        let compared = compared.get()?;
        let judgements = &compared.comparison.judgements;
        let best = [Verdict::LikelyBrightSpot, Verdict::PossibleBrightSpot]
            .into_iter()
            .find_map(|verdict| judgements.iter().position(|j| j.verdict == verdict));
        let n = judgements.len();
        chosen.get().filter(|at| *at < n).or(best).or((n > 0).then_some(0))
    });
    let school = Memo::new(move |_| {
        let name = at.get().and_then(|at| Some(state.loaded.get()?.outcome.dataset.schools.get(at)?.name.clone()));
        name.unwrap_or_default()
    });
    let fields =
        Memo::new(move |_| share.profiles.with(|p| p.by_school.get(&school.get()).cloned().unwrap_or_default()));
    let profile =
        Memo::new(move |_| Shared::new(practice_profile(rule(), &input(at.get(), compared.get(), &fields.get()))));
    view! {
        <div class="no-print">
            <PageHead
                title="Practice profile"
                finding=Prose::from("One page about what a school does and what its numbers say, for others to visit, ask and try.")
            />
        </div>
        <Parts here="profile" />
        <div class="no-print"><Form at school fields chosen compared /></div>
        <ProfileSheet at school fields profile compared />
    }
}

fn rule() -> crate::share::gate::Rule {
    use_share().wish.with(|wish| wish.rule)
}

/// The school's numbers as the export shows them: what the tables hide, the profile hides.
fn input(at: Option<usize>, compared: Option<Shared<Compared>>, fields: &Fields) -> ProfileInput {
    let state = use_state();
    let (Some(at), Some(compared), Some(loaded)) = (at, compared, state.loaded.get()) else {
        return ProfileInput {
            school: fields.school.clone(),
            questions: fields.questions(),
            ..ProfileInput::default()
        };
    };
    let expected = &compared.comparison.expected[at];
    // As on every page for other eyes: what the audited export tells of the school.
    let sight = Sight::Share(state.analysis.told.get());
    let (counted, chronic) = sight.told(At::school(at));
    let rate = super::report::rate(counted, chronic);
    let judgement = &compared.comparison.judgements[at];
    ProfileInput {
        school: loaded.outcome.dataset.schools[at].name.clone(),
        counted,
        chronic,
        expected: sight.expected(At::school(at), expected.expected_rate()),
        interval: rate.interval,
        // Beside an earlier export's numbers the present comparison says nothing.
        verdict: if sight.admits(At::school(at)) { judgement.verdict.label().to_owned() } else { String::new() },
        how_sure: Vec::new(),
        practices: Vec::new(),
        questions: fields.questions(),
        stamp: use_share().stamp(state).unwrap_or_else(|| stamp::for_others(&state)),
    }
}

#[component]
fn Form(
    at: Memo<Option<usize>>,
    school: Memo<String>,
    fields: Memo<Fields>,
    chosen: RwSignal<Option<usize>>,
    compared: Memo<Option<Shared<Compared>>>,
) -> impl IntoView {
    let state = use_state();
    let share = use_share();
    let choices = Signal::derive(move || {
        let (Some(loaded), Some(compared)) = (state.loaded.get(), compared.get()) else { return Vec::new() };
        let schools = loaded.outcome.dataset.schools.iter().zip(&compared.comparison.judgements).enumerate();
        schools
            .map(|(at, (school, judgement))| {
                let label = match judgement.verdict.is_bright_spot() {
                    true => format!("{}: {}", school.name, judgement.verdict.label().to_lowercase()),
                    false => school.name.clone(),
                };
                Choice::new(at.to_string(), label)
            })
            .collect::<Vec<_>>()
    });
    let has_schools = Memo::new(move |_| at.get().is_some());
    let edit = move |of: Edit, text: String| {
        share.edit_profile(state, &school.get_untracked(), move |fields| *of(fields) = text);
    };
    let line = move |label: &'static str, hint: &'static str, of: Edit| {
        let value = Signal::derive(move || of(&mut fields.get()).clone());
        view! { <Field label value hint on_input=move |text: String| edit(of, text) /> }
    };
    let area = move |label: &'static str, hint: &'static str, of: Edit| {
        let value = Signal::derive(move || of(&mut fields.get()).clone());
        view! { <TextArea label value hint on_input=move |text: String| edit(of, text) /> }
    };
    let not_yet = not_yet(state);
    // A page of words alone can be printed at any time; one with numbers says of which days they are.
    let reason = Signal::derive(move || not_yet.get().filter(|_| has_schools.get()));
    let print = move |()| {
        // The page tells the school's numbers, so it counts as sharing.
        share.remember(state);
        crate::browser::document::print();
    };
    view! {
        <Section title="What your school wants to tell" note="In your own words, and about what adults do. Name no student. What you write is kept in this browser until you wipe it.">
            <div class="share-form">
                <Show
                    when=move || has_schools.get()
                    fallback=move || line("School", "Without data the page has no numbers, only your words.", |f| &mut f.school)
                >
                    <SelectField
                        label="School"
                        choices
                        value=Signal::derive(move || at.get().map(|at| at.to_string()).unwrap_or_default())
                        on_change=move |value: String| chosen.set(value.parse().ok())
                    />
                </Show>
                {line("Title", "The practice in a few words.", |f| &mut f.title)}
                {line("One sentence", "What others should remember.", |f| &mut f.sentence)}
                {area("What you do", "Who does what, with whom, how often.", |f| &mut f.does)}
                {area("What it takes", "People, time, money, data.", |f| &mut f.takes)}
                {area("How you know", "What you saw change, and beside what.", |f| &mut f.knows)}
                {area("What may not travel", "What is special about your school.", |f| &mut f.travels)}
                {area("How to reach you", "An office or a team; visiting days.", |f| &mut f.ask)}
                {area("Questions to expect", "One a line. Five that fit any visit are added.", |f| &mut f.questions)}
            </div>
            <Show when=move || has_schools.get()><div class="share-form"><DaysCounted /></div></Show>
            <p class="button-row section__actions">
                <Button kind=ButtonKind::Go disabled_because=reason on_click=print>"Print the profile"</Button>
                <span class="small quiet">"One page. Read it once more before it leaves: free text is not checked."</span>
            </p>
        </Section>
    }
}

#[component]
fn ProfileSheet(
    at: Memo<Option<usize>>,
    school: Memo<String>,
    fields: Memo<Fields>,
    profile: Memo<Shared<Profile>>,
    compared: Memo<Option<Shared<Compared>>>,
) -> impl IntoView {
    let state = use_state();
    let share = use_share();
    let name = Signal::derive(move || {
        let typed = fields.get().school;
        let name = school.get();
        match (name.is_empty(), typed.is_empty()) {
            (false, _) => name,
            (true, false) => typed,
            (true, true) => "Our school".to_owned(),
        }
    });
    let title = Signal::derive(move || {
        let title = fields.get().title;
        if title.trim().is_empty() { format!("What {} does", name.get()) } else { title }
    });
    // Whose numbers they are: an earlier export says so itself.
    let stamp = Signal::derive(move || {
        let earlier = share.offer().and_then(|offer| offer.again.as_ref().map(|again| again.of.made_by.clone()));
        let whose = earlier.or_else(|| state.loaded.get().map(|loaded| loaded.whose.clone()));
        match whose.filter(|whose| at.get().is_some() && *whose != name.get()) {
            Some(whose) => format!("{}, {whose}", name.get()),
            None => name.get(),
        }
    });
    let finding = move || profile.with(|p| p.finding.clone());
    // Numbers wait until the export that they come from was tried.
    let has_numbers = Memo::new(move |_| at.get().is_some() && share.offer().is_some());
    let has_own = Memo::new(move |_| fields.with(|f| !f.sentence.trim().is_empty()));
    let sentence = Signal::derive(move || match (has_own.get(), has_numbers.get()) {
        (false, true) => format!("{}.", finding()),
        _ => fields.get().sentence,
    });
    let foot = Signal::derive(move || {
        profile.with(|p| p.foot.iter().filter(|f| !f.is_empty()).cloned().collect::<Vec<_>>().join(" ")) + "."
    });
    let made = Signal::derive(move || format!("Made {}", crate::browser::clock::today()));
    let part = move |title: &'static str, of: fn(&Fields) -> &String| {
        let text = move || fields.with(|f| of(f).trim().to_owned());
        view! {
            <SheetSection title>
                <Show when=move || !text().is_empty() fallback=|| view! { <div class="sheet__blank"></div><div class="sheet__blank"></div> }>
                    <p class="share-words">{text}</p>
                </Show>
            </SheetSection>
        }
    };
    let how_sure = move || {
        profile.with(|p| {
            p.how_sure.iter().map(|s| view! { <li>{format!("{}.", s.trim_end_matches('.'))}</li> }).collect_view()
        })
    };
    let questions = move || profile.with(|p| p.questions.iter().map(|q| view! { <li>{q.clone()}</li> }).collect_view());
    let rows =
        (0..3).map(|_| view! { <tr><td class="sheet__blank"></td><td></td><td></td><td></td></tr> }).collect_view();
    let contact = move || fields.with(|f| f.ask.trim().to_owned());
    view! {
        <Sheet title kicker="Practice profile" stamp sentence foot page=made>
            <Show when=move || has_numbers.get()>
                <SheetSection title="What the numbers say">
                    <Evidence at compared />
                    <Show when=move || has_own.get()><p>{move || format!("{}.", finding())}</p></Show>
                    <ul class="share-how">{how_sure}</ul>
                </SheetSection>
            </Show>
            <div class="sheet__pair">
                {part("What we do", |f| &f.does)}
                {part("What it takes", |f| &f.takes)}
                {part("How we know", |f| &f.knows)}
                {part("What may not travel", |f| &f.travels)}
            </div>
            <SheetSection title="If you try it">
                <table class="share-try">
                    <thead><tr><th scope="col">"We will test"</th><th scope="col">"With whom"</th><th scope="col">"We predict"</th><th scope="col">"Look again"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </SheetSection>
            <SheetSection title="Ask them">
                <Show when=move || !contact().is_empty()><p class="share-words">{contact}</p></Show>
                <ul class="share-how">{questions}</ul>
            </SheetSection>
        </Sheet>
    }
}

/// Dot, interval and expected tick of the school's shown numbers; nothing where they are hidden or a range.
#[component]
fn Evidence(at: Memo<Option<usize>>, compared: Memo<Option<Shared<Compared>>>) -> impl IntoView {
    let state = use_state();
    let drawing = move || {
        let input = input(at.get(), compared.get(), &Fields::default());
        let rate = super::report::rate(input.counted, input.chronic);
        let _ = rate.rate?;
        let row = RateRow { name: input.school, note: String::new(), rate, expected: input.expected, verdict: None };
        // On a narrow screen the sheet's own margins stand on both sides.
        let page = state.chart_width.get();
        let width = Width(if page.is_narrow() { page.0 - 34 } else { page.0.min(640) });
        let axis = shared_axis(std::slice::from_ref(&row));
        let (head, piece) = (axis_head(axis, width), row_piece(&row, axis, width, 44, Precision::Tenths));
        Some(view! {
            <div class="share-evidence">
                <div inner_html=head.svg aria-hidden="true"></div>
                <div inner_html=piece.svg role="img" aria-label=piece.text></div>
                <p class="tiny">"Dot: chronically absent. Line: 95\u{a0}% interval. Tick: expected for students like these. Below expected is not proof of why."</p>
            </div>
        })
    };
    view! { {drawing} }
}
