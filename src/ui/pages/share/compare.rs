//! Exchange files of others side by side with our own numbers: which of their schools are like ours.

use super::Parts;
use super::export::keep_prepared;
use crate::share::exchange::{Merged, PeerSchool};
use crate::share::export::table::percent;
use crate::state::share::{OURS, peers, use_share};
use crate::state::{AppState, PickedFiles, Shared, use_state};
use crate::ui::components::{
    Button, Cell, Choice, Column, Content, DataTable, FileDrop, LinkButton, PageHead, Row, Section, SectionShape,
    SelectField, TableData, TableShape,
};
use crate::ui::format;
use crate::ui::prose::Prose;
use leptos::prelude::*;

#[component]
pub fn ComparePage() -> impl IntoView {
    let state = use_state();
    let share = use_share();
    keep_prepared();
    let merged = Memo::new(move |_| Shared::new(share.merged(state)));
    let chosen = RwSignal::new(String::new());
    let of = Signal::derive(move || merged.with(|m| position(m, &chosen.get())));
    let finding = Signal::derive(move || merged.with(|m| finding(m, of.get())));
    let has_schools = Memo::new(move |_| merged.with(|m| !m.schools.is_empty()));
    let has_words = Memo::new(move |_| merged.with(|m| !m.notes.is_empty() || !m.refused.is_empty()));
    let n_files = Memo::new(move |_| share.others.with(Vec::len) + share.unread.with(Vec::len));
    let is_missing = Memo::new(move |_| share.offer().is_some() && share.exchange(state).is_none());
    let forget = move |()| {
        share.others.set(Vec::new());
        share.unread.set(Vec::new());
    };
    view! {
        <PageHead title="Schools like ours elsewhere" finding />
        <Parts here="compare" />
        <Section title="Files of others" note="An exchange file holds groups only. It is read on this device, kept until the page is closed, and sent nowhere.">
            <FileDrop
                id="exchange-files"
                title="Drop exchange files here"
                hint="From another Bright Spots, or from a state’s data office. Hundreds at once are fine."
                on_files=move |files: PickedFiles| share.open_others(state, files)
            >
                <Show when=move || { n_files.get() > 0 }>
                    <LinkButton on_click=forget>"Put all files away"</LinkButton>
                </Show>
            </FileDrop>
            <Show when=move || is_missing.get()>
                <p class="small share-said">
                    "Your own numbers are not among them yet: the tables must pass the attacker, and the days that they cover must be known. "
                    <a href=AppState::share_page("")>"See the tables"</a>
                </p>
            </Show>
        </Section>
        <Show when=move || has_words.get()>
            <Section title="What was put together" note="Files are used only where they count the same thing over the same time of year.">
                {move || merged.with(|m| words(m))}
            </Section>
        </Show>
        <Show when=move || has_schools.get()>
            <Likes merged of chosen />
        </Show>
    }
}

/// Refusals first, then what was reconciled.
fn words(merged: &Merged) -> impl IntoView + use<> {
    let list = |title: &'static str, lines: &[String]| {
        let items =
            lines.iter().map(|line| view! { <li>{format!("{}.", line.trim_end_matches('.'))}</li> }).collect_view();
        (!lines.is_empty()).then(|| view! { <h3>{title}</h3> <ul>{items}</ul> })
    };
    let n_schools = merged.schools.len() as u64;
    view! {
        <div class="reading">
            <p>{format!("{} can be compared.", format::plural(n_schools, "school", "schools"))}</p>
            {list("Left out", &merged.refused)}
            {list("Good to know", &merged.notes)}
        </div>
    }
}

/// A school's name in the select: unique among all files.
fn key(school: &PeerSchool) -> String {
    format!("{}\u{1f}{}\u{1f}{}", school.file, school.school.district, school.school.name)
}

/// The chosen school; before a choice the first of our own, else the first.
fn position(merged: &Merged, chosen: &str) -> usize {
    let by_key = merged.schools.iter().position(|s| key(s) == chosen);
    by_key.or_else(|| merged.schools.iter().position(|s| s.file == OURS)).unwrap_or(0)
}

fn finding(merged: &Merged, of: usize) -> Prose {
    let Some(ours) = merged.schools.get(of) else {
        return Prose::from(
            "Drop in the exchange files of others, and see which of their schools have students like yours and fewer of them chronically absent.",
        );
    };
    let (likes, _) = peers::like(merged, of);
    if likes.is_empty() {
        return Prose::new()
            .plain("No school here has enough in common with ")
            .strong(ours.school.name.clone())
            .plain(" to be compared with it.");
    }
    let better = likes.iter().filter(|l| l.better == Some(true)).count() as u64;
    let of_them = format::plural(likes.len() as u64, "school", "schools");
    let words = match better {
        0 => ". In none of them are clearly fewer students chronically absent.".to_owned(),
        n => format!(". Clearly fewer students are chronically absent in {}: worth a call.", format::count(n)),
    };
    Prose::new().plain(format!("{of_them} can stand beside ")).strong(ours.school.name.clone()).plain(words)
}

#[component]
fn Likes(merged: Memo<Shared<Merged>>, of: Signal<usize>, chosen: RwSignal<String>) -> impl IntoView {
    let state = use_state();
    let choices = Signal::derive(move || {
        merged.with(|m| {
            let label = |s: &PeerSchool| {
                let whose = if s.school.district.is_empty() { &s.header.made_by } else { &s.school.district };
                if s.file == OURS { s.school.name.clone() } else { format!("{}, {whose}", s.school.name) }
            };
            let mut all: Vec<&PeerSchool> = m.schools.iter().collect();
            all.sort_by_key(|s| (s.file != OURS, s.school.name.clone()));
            all.into_iter().map(|s| Choice::new(key(s), label(s))).collect::<Vec<_>>()
        })
    });
    let value = Signal::derive(move || merged.with(|m| m.schools.get(of.get()).map(key).unwrap_or_default()));
    let table = Signal::derive(move || merged.with(|m| table(m, of.get())));
    let compared_on = Signal::derive(move || {
        let (_, features) = merged.with(|m| peers::like(m, of.get()));
        let features: Vec<&str> = features.iter().map(String::as_str).collect();
        format!(
            "Nearest first, by {}. A distance of 1 is one usual difference between schools. Being alike in these says nothing about what the files do not hold.",
            format::list(&features)
        )
    });
    let save = move |()| {
        let (head, rows) = merged.with_untracked(|m| csv(m, of.get_untracked()));
        state.save("schools-like-ours.csv", "text/csv", &crate::share::cells::csv(&head, &rows));
    };
    view! {
        <Section title="Schools like it" note=compared_on shape=SectionShape::Full>
            <div class="share-controls">
                <SelectField label="Compare with" choices value on_change=move |key: String| chosen.set(key) />
            </div>
            <DataTable table shape=TableShape::Stacks />
            <div class="exhibit-foot">
                <span class="exhibit-foot__stamp">"A hidden number is unknown, not zero. Clearly fewer means beyond what chance explains."</span>
                <Button on_click=save>"Save table (CSV)"</Button>
            </div>
        </Section>
    }
}

const HEAD: [&str; 8] = [
    "School",
    "District",
    "Grades",
    "Students",
    "Chronically absent",
    "Percent",
    "Beside the chosen school",
    "Days up to",
];

fn row(merged: &Merged, at: usize, beside: String) -> Vec<String> {
    let school = &merged.schools[at];
    let (students, chronic) = peers::whole(school);
    let whose = if school.school.district.is_empty() { &school.header.made_by } else { &school.school.district };
    vec![
        school.school.name.clone(),
        whose.clone(),
        peers::band(school),
        students.to_string(),
        chronic.to_string(),
        percent(students, chronic),
        beside,
        school.header.last_day.to_string(),
    ]
}

fn beside(like: &peers::Like) -> String {
    let words = match like.better {
        Some(true) => "clearly fewer",
        Some(false) => "no clear difference, or more",
        None => "hidden",
    };
    format!("{words}, distance {:.1}", like.distance)
}

fn csv(merged: &Merged, of: usize) -> (Vec<&'static str>, Vec<Vec<String>>) {
    let (likes, _) = peers::like(merged, of);
    let mut rows = Vec::new();
    if of < merged.schools.len() {
        rows.push(row(merged, of, "the chosen school".to_owned()));
    }
    rows.extend(likes.iter().map(|like| row(merged, like.school, beside(like))));
    (HEAD.to_vec(), rows)
}

fn table(merged: &Merged, of: usize) -> TableData {
    let (head, rows) = csv(merged, of);
    let numbers = 3..=5;
    let columns = head
        .iter()
        .enumerate()
        .map(|(at, label)| if numbers.contains(&at) { Column::numbers(*label) } else { Column::words(*label) })
        .collect();
    let rows = rows.into_iter().enumerate().map(|(at, row)| {
        let cells = row.into_iter().enumerate().map(|(column, text)| {
            let is_number = text.chars().all(|c| c.is_ascii_digit() || c == '.');
            match column {
                0 => Cell::new(Content::Strong(text)),
                3..=5 if !is_number => Cell::why(text),
                3 | 4 => Cell::text(text.parse().map_or(text, format::count)),
                _ => Cell::text(text),
            }
        });
        let kind = if at == 0 { crate::ui::components::RowKind::Chosen } else { crate::ui::components::RowKind::Plain };
        Row::new(cells.collect()).kind(kind)
    });
    TableData { caption: "Schools like the chosen one".into(), columns, rows: rows.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::share::exchange::{Exchange, merge};

    #[test]
    fn every_row_has_a_cell_for_each_head_and_the_chosen_school_is_first() {
        let text = include_str!("../../../../docs/exchange/example.json");
        let merged = merge(vec![("example.json".into(), Exchange::parse(text).unwrap())], None);
        for of in 0..merged.schools.len() {
            let (head, rows) = csv(&merged, of);
            assert!(rows.iter().all(|row| row.len() == head.len()));
            assert_eq!(rows[0][0], merged.schools[of].school.name);
            let table = table(&merged, of);
            assert_eq!(table.rows.len(), rows.len());
        }
        // A hidden number is never written as one.
        let hidden = row(&merged, 0, String::new());
        assert_ne!(hidden[3], "0");
    }
}
