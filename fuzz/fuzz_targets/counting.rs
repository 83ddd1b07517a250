//! Whole files, read as proposed or with any columns chosen and any questions answered: no panic, rows
//! add up, pieces change nothing, and what is counted can be summed, checked and reconciled.
#![no_main]

use bright_spots::attendance::{Day, Days, Definition, summarise};
use bright_spots::ingest::codes::Meaning;
use bright_spots::ingest::dates::DateOrder;
use bright_spots::ingest::import::{Head, readings};
use bright_spots::ingest::reading::{Ask, Ids, Question, Reading, Repeats};
use bright_spots::ingest::roles::Role;
use bright_spots::ingest::tally::{Outcome, whole};
use bright_spots::trust::{checks, lab};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let [piece, choices, seed, text @ ..] = input else {
        return;
    };
    // A line of its own with FILE starts the next file.
    let texts: Vec<&[u8]> = split(text).into_iter().take(4).collect();
    let names: Vec<String> = (0..texts.len()).map(|at| format!("file {at}.csv")).collect();
    let heads: Vec<Head<'_>> =
        texts.iter().zip(&names).map(|(bytes, name)| Head { name, bytes, whole: true }).collect();
    let Ok(mut readings) = readings(&heads, &[], &[]) else {
        return;
    };
    let mut seed = u32::from(*seed) + 1;
    choose(&mut readings, *choices, &mut seed);
    let today = Day::parse_iso("2026-11-22").expect("a day");
    for _ in 0..6 {
        let counted = whole::count(readings.clone(), &texts, usize::MAX, today);
        let pieces = whole::count(readings.clone(), &texts, usize::from(piece % 11) + 1, today);
        same(&counted, &pieces);
        hold(&counted);
        if counted.questions.is_empty() {
            return;
        }
        readings = counted.readings;
        for question in &counted.questions {
            answer(&mut readings, question, &mut seed);
        }
    }
});

fn split(text: &[u8]) -> Vec<&[u8]> {
    let mark = b"\nFILE\n";
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.windows(mark.len()).position(|w| w == mark) {
        parts.push(&rest[..at + 1]);
        rest = &rest[at + mark.len()..];
    }
    parts.push(rest);
    parts
}

fn next(seed: &mut u32) -> usize {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    *seed as usize
}

/// Gives some columns other roles, as a person could.
fn choose(readings: &mut [Reading], choices: u8, seed: &mut u32) {
    let roles = Role::choices();
    for _ in 0..choices % 5 {
        let file = next(seed) % readings.len();
        let reading = &mut readings[file];
        if reading.columns.is_empty() {
            continue;
        }
        let column = next(seed) % reading.columns.len();
        reading.columns[column].role = roles[next(seed) % roles.len()].clone();
        reading.columns[column].chosen = true;
        reading.layout = Reading::layout_of(&reading.columns);
    }
}

fn answer(readings: &mut [Reading], question: &Question, seed: &mut u32) {
    let roll = next(seed);
    let reading = &mut readings[usize::from(question.file)];
    match &question.kind {
        Ask::Column(role) => {
            if !reading.columns.is_empty() {
                let at = roll % reading.columns.len();
                reading.columns[at].role = role.clone();
                reading.columns[at].chosen = true;
                reading.layout = Reading::layout_of(&reading.columns);
            }
        }
        Ask::SameName { columns, .. } => {
            reading.columns[columns[roll % columns.len()]].chosen = true;
        }
        Ask::Measure => choose(readings, 3, seed),
        Ask::Code { code, .. } => {
            let meaning = Meaning::ALL[roll % Meaning::ALL.len()];
            let _ = reading.codes.insert(code.clone(), meaning);
        }
        Ask::Order { .. } => {
            reading.date_order = Some([DateOrder::MonthFirst, DateOrder::DayFirst][roll % 2]);
        }
        Ask::EnrolledDays => reading.days_for_all = Days::parse(["180", "1", "0", "400.5"][roll % 4]),
        Ask::EveryDay { .. } => reading.every_day = Some(roll % 2 == 0),
        Ask::Repeats { .. } => reading.repeats = Some([Repeats::Add, Repeats::Last][roll % 2]),
        Ask::Ids { .. } => reading.ids = Some([Ids::Everywhere, Ids::WithinSchool, Ids::EachRow][roll % 3]),
        Ask::Pick(pick) => {
            let choices = pick.choices();
            let _ = reading.answers.insert(pick.topic, choices[roll % choices.len()].0);
        }
    }
}

fn same(one: &Outcome, other: &Outcome) {
    assert_eq!(one.questions, other.questions);
    assert_eq!(one.problems, other.problems);
    assert_eq!(one.dataset, other.dataset);
}

/// What is true of every outcome.
fn hold(outcome: &Outcome) {
    // While a question is open, rows wait.
    for file in outcome.dataset.files.iter().filter(|_| outcome.questions.is_empty()) {
        assert_eq!(file.rows, file.rows_used + file.rows_set_aside, "{file:?}");
    }
    let listed = outcome.set_aside.len() as u64 + outcome.not_listed;
    let aside: u64 = outcome.dataset.files.iter().map(|file| file.rows_set_aside).sum();
    assert!(listed <= aside, "{listed} listed of {aside}");
    for definition in lab::definitions(&Definition::default()) {
        let summary = summarise(&outcome.dataset, &definition);
        let students: u32 = summary.schools.iter().map(|group| group.students).sum();
        assert!(summary.all.students <= students);
        assert_eq!(summary.all.students, summary.all.counted + summary.all.too_few_days);
        assert_eq!(summary.all.counted, summary.all.tiers.iter().sum::<u32>());
    }
    let _ = checks::checks(outcome, &Definition::default());
    for question in &outcome.questions {
        assert!(usize::from(question.file) < outcome.readings.len());
    }
}
