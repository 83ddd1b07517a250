//! Readings for a colleague: there and back without a cell, and nothing hostile gets in.

use bright_spots::attendance::{Day, Days, Definition, Preset};
use bright_spots::ingest::codes::Meaning;
use bright_spots::ingest::import::{Head, How, propose, propose_remembering, readings};
use bright_spots::ingest::reading::{Layout, Reading};
use bright_spots::ingest::roles::Role;
use bright_spots::ingest::school_days;
use bright_spots::ingest::sniff::Dialect;
use bright_spots::share::cells;
use bright_spots::trust::reading_file::{
    CODES_HEAD, MOST_BYTES, ReadingFile, Refused, codes_rows, decode, encode, read_codes,
};
use proptest::prelude::*;
use serde_json::{Value, json};

const FILE: &str =
    "Secret School District\n\nStudent ID,School,Date,Status\n4711,Alder,2026-01-05,ZQ\n4712,Birch,2026-01-06,P\n";

fn head(text: &str) -> Head<'_> {
    Head { name: "secret-name.csv", bytes: text.as_bytes(), whole: true }
}

fn decided() -> Reading {
    let mut reading = propose(&head(FILE)).unwrap();
    let _ = reading.codes.insert("ZQ".into(), Meaning::Excused);
    reading
}

fn saved() -> Value {
    serde_json::from_str(&encode(&[decided()], &Preset::Virginia.definition(), "2026-11-21")).unwrap()
}

#[test]
fn a_reading_goes_to_a_colleague_without_a_single_cell() {
    let text = encode(&[decided()], &Preset::Virginia.definition(), "2026-11-21");
    for cell in ["4711", "Alder", "2026-01-05", "secret-name", "Secret School"] {
        assert!(!text.contains(cell), "{cell}");
    }
    let ReadingFile { readings, definition } = decode(&text).unwrap();
    assert_eq!(definition, Some(Preset::Virginia.definition()));
    let again = propose_remembering(&head(FILE), &readings).unwrap();
    assert_eq!(again.codes.get("ZQ"), Some(&Meaning::Excused), "the colleague is not asked again");
    assert_eq!(again.columns[0].samples, ["4711", "4712"]);
}

#[test]
fn what_is_hostile_or_wrong_is_refused_in_plain_words() {
    let change = |at: &str, value: Value| {
        let mut file = saved();
        *file.pointer_mut(at).unwrap_or_else(|| panic!("{at}")) = value;
        file.to_string()
    };
    let column = saved()["readings"][0]["columns"][0].clone();
    let many = |n: usize| Value::Array(vec![column.clone(); n]);
    let cases: Vec<(&str, String)> = vec![
        ("nothing", String::new()),
        ("no JSON", "{".into()),
        ("a number", "7".into()),
        ("deep", "[".repeat(100_000)),
        ("another kind", json!({ "format": "bright-spots/results", "version": 1 }).to_string()),
        ("no version", json!({ "format": "bright-spots/reading" }).to_string()),
        ("newer", change("/version", json!(2))),
        ("a version below zero", change("/version", json!(-1))),
        ("no readings", change("/readings", json!([]))),
        ("readings of another kind", change("/readings", json!("all"))),
        ("an unknown layout", change("/readings/0/layout", json!("Telepathy"))),
        ("no columns", change("/readings/0/columns", json!([]))),
        ("two columns for one purpose", change("/readings/0/columns", many(2))),
        ("too many columns", change("/readings/0/columns", many(2_001))),
        ("a long header", change("/readings/0/columns/0/header", json!("x".repeat(301)))),
        ("an unknown meaning", change("/readings/0/codes", json!({ "A": "Whatever" }))),
        ("a code with a control sign", change("/readings/0/codes", json!({ "A\u{7}": "Excused" }))),
        ("a share above all", change("/readings/0/period_share", json!(101))),
        ("a share of nothing", change("/readings/0/period_share", json!(0))),
        ("days below zero", change("/readings/0/days_for_all", json!(-1000))),
        ("days beyond a year", change("/readings/0/days_for_all", json!(400_000))),
        ("lines above beyond all", change("/readings/0/skip", json!(9_000_000))),
        ("one sign for two purposes", change("/readings/0/dialect/delimiter", json!(34))),
        ("a line end between cells", change("/readings/0/dialect/delimiter", json!(10))),
        ("a line at nothing", change("/definition/threshold", json!(0))),
        ("a line beyond all", change("/definition/threshold", json!(100_001))),
        ("a minimum beyond a year", change("/definition/minimum", json!(9_000_000))),
        ("a share beyond all", change("/definition/minimum_share", json!(101))),
        ("too large", " ".repeat(MOST_BYTES + 1)),
    ];
    for (what, text) in cases {
        let refused = decode(&text).expect_err(what);
        assert!(refused.message().ends_with("Nothing was changed."), "{what}: {}", refused.message());
    }
    assert_eq!(decode(&change("/version", json!(2))), Err(Refused::TooNew { version: 2 }));
    // Without a definition it is still a reading.
    assert_eq!(decode(&change("/definition", Value::Null)).unwrap().definition, None);
    // What stands in it is text and stays text.
    let scripted = decode(&change("/readings/0/columns/0/header", json!("<img src=x onerror=alert(1)>"))).unwrap();
    assert!(scripted.readings[0].columns[0].header.starts_with("<img"));
}

#[test]
fn version_1_is_read_for_ever() {
    let text = include_str!("../fixtures/trust/reading-v1.json");
    let file = decode(text).unwrap();
    assert_eq!(file.definition, Some(Preset::Virginia.definition()));
    assert_eq!(file.readings[0].codes.get("ZQ"), Some(&Meaning::Excused));
    let names: Vec<&str> = file.readings[0].columns.iter().map(|c| c.header.as_str()).collect();
    assert_eq!(names, ["Student ID", "School", "Date", "Status"]);
}

#[test]
fn code_lists_go_there_and_back() {
    let mut codes = decided().codes;
    for (code, meaning) in [
        ("=1", Meaning::Absent),
        ("-2", Meaning::Present),
        ("a,b", Meaning::Tardy),
        ("\"", Meaning::Remote),
        ("é", Meaning::NotTaken),
    ] {
        let _ = codes.insert(code.into(), meaning);
    }
    let text = cells::csv(&CODES_HEAD, &codes_rows(&codes));
    assert_eq!(read_codes(&text), Ok(codes));
    // In words, as a person writes it.
    let by_hand = "Code,Meaning\nX,\"Absent, excused\"\nY,unexcused\n";
    let read = read_codes(by_hand).unwrap();
    assert_eq!((read["X"], read["Y"]), (Meaning::Excused, Meaning::Unexcused));
    for text in ["", "x", "student,school\n1,2\n", "code,meaning\n", "code,meaning\nA,who knows\n", "\u{0}\u{1}"] {
        assert!(read_codes(text).is_err(), "{text}");
    }
}

#[test]
fn a_file_cut_with_other_signs_leaves_every_other_decision() {
    let totals = "Student ID;School;Days Enrolled;Days Absent\n1;Alder, West;100;5\n2;Birch, East;100;20\n";
    let events = "Student ID,School,Date,Status\n1,Alder,2025-09-02,ZQ\n";
    let heads = [head(totals), head(events)];
    let proposed = readings(&heads, &[], &[]).unwrap();
    let mut decided = proposed.clone();
    let _ = decided[1].codes.insert("ZQ".into(), Meaning::Excused);
    decided[1].columns[1].role = Role::Homeroom;
    decided[1].every_day = Some(false);
    decided[0].days_for_all = Days::parse("120");
    let comma = Dialect { delimiter: b',', ..Dialect::CSV };
    let again = |before: &Reading, dialect| How::Again { before: before.clone(), dialect: Some(dialect) };
    let cut = readings(&heads, &[again(&decided[0], comma), How::As(decided[1].clone())], &[]).unwrap();
    assert_eq!(cut[1], decided[1], "the other file stays as it was decided");
    assert_eq!(cut[0].dialect, comma);
    assert_ne!(cut[0].columns.len(), 4);
    assert_eq!(cut[0].days_for_all, decided[0].days_for_all);
    // And back: what had been decided of its columns is not lost on the way where they are the same.
    let back = readings(&heads, &[again(&cut[0], proposed[0].dialect), How::As(cut[1].clone())], &[]).unwrap();
    assert_eq!(
        back[0].columns.iter().map(|c| &c.role).collect::<Vec<_>>(),
        proposed[0].columns.iter().map(|c| &c.role).collect::<Vec<_>>()
    );
    assert_eq!(back[0].layout, proposed[0].layout);
}

#[test]
fn a_file_in_another_encoding_keeps_its_decisions_by_the_place_of_the_column() {
    let misread = "Student ID,Ã‰cole,Date,Statut\n1,Alder,2025-09-02,ZQ\n";
    let right = "Student ID,École,Date,Statut\n1,Alder,2025-09-02,ZQ\n";
    let mut decided = propose(&head(misread)).unwrap();
    decided.columns[1].role = Role::School;
    decided.columns[1].chosen = true;
    decided.columns[3].role = Role::Status;
    decided.columns[3].chosen = true;
    let _ = decided.codes.insert("ZQ".into(), Meaning::Excused);
    decided.encoding = Some("UTF-8".into());
    let how = How::Again { before: decided, dialect: None };
    let again = readings(&[head(right)], &[how], &[]).unwrap().remove(0);
    assert_eq!(again.columns[1].header, "École");
    assert_eq!((&again.columns[1].role, &again.columns[3].role), (&Role::School, &Role::Status));
    assert_eq!(again.codes.get("ZQ"), Some(&Meaning::Excused));
    assert_eq!((again.layout, again.encoding.as_deref()), (Layout::Dated, Some("UTF-8")));
}

#[test]
fn school_days_and_letters_go_with_a_reading() {
    let mut reading = decided();
    reading.encoding = Some("windows-1252".into());
    school_days::change(&mut reading.days, Day::parse_iso("2025-11-14").unwrap(), false);
    school_days::explain(&mut reading.days, Day::parse_iso("2025-11-14").unwrap(), "Snow");
    let text = encode(&[reading.clone()], &Definition::default(), "2026-11-22");
    assert!(text.contains("\"2025-11-14\""), "people can read the day");
    let back = decode(&text).unwrap().readings.remove(0);
    assert_eq!((&back.days, &back.encoding), (&reading.days, &reading.encoding));
    // For a later file with the same header, too.
    let later = propose_remembering(&head("Student ID,School,Date,Status\n7,Alder,2025-11-13,P\n"), &[back]).unwrap();
    assert_eq!((later.days, later.encoding), (reading.days, reading.encoding));
    for (from, to) in [
        ("windows-1252", "klingon"),
        ("2025-11-14", "2025-11-31"),
        ("Snow", &"x".repeat(200)),
        ("\"Snow\"", "\"a\\u0007\""),
    ] {
        assert!(decode(&text.replace(from, to)).is_err(), "{to}");
    }
}

proptest! {
    #[test]
    fn no_text_is_too_odd(text in "\\PC{0,200}") {
        let _ = decode(&text);
        let _ = read_codes(&text);
        let _ = read_codes(&format!("code,meaning\n{text}"));
    }

    #[test]
    fn no_part_of_a_saved_reading_can_be_cut_or_turned_into_harm(at in 0usize..4000, byte in any::<u8>()) {
        let text = saved().to_string();
        let mut bytes = text.into_bytes();
        let at = at % bytes.len();
        bytes[at] = byte;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Ok(file) = decode(&text) {
            for reading in &file.readings {
                prop_assert!((1..=100).contains(&reading.period_share));
                prop_assert!(!reading.columns.is_empty());
            }
            if let Some(definition) = &file.definition {
                prop_assert!((1..=100_000).contains(&definition.threshold));
            }
        }
        let _ = decode(&text[..text.floor_char_boundary(at)]);
    }

    #[test]
    fn a_definition_goes_there_and_back(threshold in 1u32..=100_000, inclusive: bool, minimum in 0i64..366, share in 0u8..=100) {
        let definition = Definition {
            threshold,
            inclusive,
            minimum: bright_spots::attendance::Days::whole(minimum),
            minimum_share: share,
            ..Preset::Own.definition()
        };
        let file = decode(&encode(&[decided()], &definition, "2026-11-21")).unwrap();
        prop_assert_eq!(file.definition, Some(definition));
    }
}
