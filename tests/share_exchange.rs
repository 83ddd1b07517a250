//! The exchange file: written, read, hostile, merged; and exports a month apart.

#[path = "share/invented.rs"]
mod invented;
#[path = "share/lp.rs"]
#[allow(dead_code, reason = "shared with the other suppression tests, which use all of it")]
mod lp;

use bright_spots::attendance::{Day, Definition, Preset, Tier};
use bright_spots::share::exchange::{Exchange, ExchangeError, Header, merge};
use bright_spots::share::gate::{Rule, Shown};
use bright_spots::share::memory::{Remembered, Timing, timing};
use bright_spots::share::prepare::{Prepared, Preparing};
use bright_spots::share::release::Release;
use bright_spots::share::suppress::{Measure, Record};
use invented::{Dice, District, Shape, district};

fn shape() -> Shape {
    Shape { schools: 4, grades: 6, conditions: 2, mean: 25.0, levels: false, districts: 1, values: 4 }
}

fn day(text: &str) -> Day {
    Day::parse_iso(text).unwrap()
}

fn header(made_by: &str, made_on: &str, last: &str) -> Header {
    Header {
        made_by: made_by.into(),
        made_on: day(made_on),
        first_day: day("2026-08-17"),
        last_day: day(last),
        definition: Definition::default(),
    }
}

fn export(d: &District, header: Header, earlier: &[Remembered]) -> (Release, Exchange) {
    let mut preparing = Preparing::new(d.tables(), Rule::default(), earlier, header.last_day, &|_| 20).unwrap();
    while preparing.step() {
        let (done, all) = preparing.progress();
        assert!(done <= all);
    }
    let Prepared { release, report, .. } = preparing.finish();
    assert!(report.passes(), "{report:?}");
    let exchange = Exchange::new(&release, &report, header).unwrap();
    (release, exchange)
}

#[test]
fn a_file_is_read_as_it_was_written() {
    let (_, exchange) = export(&district(shape(), 5), header("Elm District", "2026-11-21", "2026-11-20"), &[]);
    let text = exchange.to_json();
    assert_eq!(Exchange::parse(&text).unwrap(), exchange);
    assert!(exchange.groups.iter().any(|g| g.students == Shown::Hidden));
    let golden = "docs/exchange/example.json";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(golden, &text).unwrap();
    }
    assert_eq!(std::fs::read_to_string(golden).unwrap(), text, "run with UPDATE=1 to renew {golden}");
}

#[test]
fn the_schema_names_every_field_of_the_example() {
    let read =
        |path: &str| -> serde_json::Value { serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap() };
    let (schema, example) = (read("docs/exchange/exchange-v1.schema.json"), read("docs/exchange/example.json"));
    fn follow(schema: &serde_json::Value, value: &serde_json::Value, path: &str) {
        if let Some(object) = value.as_object() {
            for (key, inner) in object {
                let known = &schema["properties"][key];
                assert!(known.is_object(), "{path}.{key} is not in the schema");
                follow(known, inner, &format!("{path}.{key}"));
            }
            for required in schema["required"].as_array().into_iter().flatten() {
                assert!(object.contains_key(required.as_str().unwrap()), "{path} lacks {required}");
            }
        }
        for inner in value.as_array().into_iter().flatten() {
            follow(&schema["items"], inner, path);
        }
    }
    follow(&schema, &example, "");
}

#[test]
fn hostile_files_are_refused_in_plain_words() {
    for entry in std::fs::read_dir("tests/fixtures/share").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        let said = Exchange::parse(&text).unwrap_err().to_string();
        let expected = match name.as_str() {
            "cut-short.json" => "cut short",
            "another-kind.json" => "not an exchange file",
            "newer.json" => "newer Bright Spots",
            "more-chronic-than-students.json" => "more chronically absent students than students",
            "small-group-shown.json" => "should have been hidden",
            "unlisted-school.json" => "does not list",
            "twice.json" => "twice",
            "minimum-of-one.json" => "under 11",
            "negative.json" => "does not belong",
            "deep.json" => "cannot be read",
            "definition.json" => "not between 0 and 100",
            "not-text.json" => "cannot be read",
            other => panic!("{other} has no expectation"),
        };
        assert!(said.contains(expected), "{name}: {said}");
    }
}

#[test]
fn markup_in_a_file_stays_text_and_direction_marks_go() {
    let (_, exchange) = export(&district(shape(), 5), header("Elm", "2026-11-21", "2026-11-20"), &[]);
    let text = exchange.to_json().replace("School 001", "<img src=x onerror=alert(1)>\\u202e=cmd");
    let read = Exchange::parse(&text).unwrap();
    assert_eq!(read.schools[1].name, "<img src=x onerror=alert(1)>=cmd");
}

#[test]
fn any_bytes_are_refused_without_harm() {
    let (_, exchange) = export(&district(shape(), 5), header("Elm", "2026-11-21", "2026-11-20"), &[]);
    let text = exchange.to_json();
    let mut dice = Dice(3);
    for _ in 0..2_000 {
        let mut bytes = text.clone().into_bytes();
        for _ in 0..1 + dice.below(4) {
            let at = dice.below(bytes.len() as u64) as usize;
            match dice.below(3) {
                0 => bytes[at] = dice.next() as u8,
                1 => bytes.truncate(at.max(1)),
                _ => bytes.insert(at, b"\"{}[],:-0e9"[dice.below(11) as usize]),
            }
        }
        // Either it is refused or every promise of a parsed file holds.
        if let Ok(read) = Exchange::parse(&String::from_utf8_lossy(&bytes)) {
            for group in &read.groups {
                if let (Shown::Value(n), Shown::Value(x)) = (group.students, group.chronic) {
                    assert!(x <= n && (n == 0 || n >= read.minimum));
                }
            }
        }
    }
}

#[test]
fn files_merge_and_say_what_they_did() {
    let file = |seed, by: &str, made: &str, last: &str| {
        let mut file = export(&district(shape(), seed), header(by, made, last), &[]).1;
        file.schools.iter_mut().for_each(|school| school.district = by.to_owned());
        file
    };
    let first = file(1, "Elm District", "2026-11-01", "2026-10-30");
    let newer = file(1, "Elm District", "2026-11-21", "2026-11-20");
    let other = file(2, "Oak District", "2026-11-20", "2026-11-19");
    let mut strict = file(3, "Ash District", "2026-11-20", "2026-11-19");
    strict.header.definition.threshold = 15_000;
    let mut california = file(4, "Fir District", "2026-11-20", "2026-11-19");
    california.header.definition = Preset::NewJersey.definition();
    let old = file(5, "Yew District", "2026-03-20", "2026-03-19");
    let files = vec![
        ("a.json".to_owned(), first),
        ("b.json".to_owned(), newer.clone()),
        ("b copy.json".to_owned(), newer),
        ("c.json".to_owned(), other),
        ("d.json".to_owned(), strict),
        ("e.json".to_owned(), california),
        ("f.json".to_owned(), old),
    ];
    let merged = merge(files, None);
    assert_eq!(merged.schools.len(), 12, "three districts of four schools");
    assert!(merged.schools.iter().all(|s| s.file != "a.json"), "the newer file of a school is used");
    assert_eq!(merged.refused.len(), 2, "{:?}", merged.refused);
    assert!(merged.refused[0].contains("15 %") && merged.refused[1].contains("19 Mar 2026"), "{:?}", merged.refused);
    assert!(merged.notes.iter().any(|n| n.contains("same file")), "{:?}", merged.notes);
    assert!(merged.notes.iter().any(|n| n.contains("45 enrolled days")), "{:?}", merged.notes);
    assert_eq!(merged.notes.iter().filter(|n| n.contains("are used")).count(), 4);
}

#[test]
fn hundreds_of_files_merge_quickly() {
    let (_, exchange) = export(&district(shape(), 9), header("Elm", "2026-11-21", "2026-11-20"), &[]);
    let text = exchange.to_json();
    let start = std::time::Instant::now();
    let files = (0..300).map(|k| {
        let mut file = Exchange::parse(&text).unwrap();
        file.header.made_by = format!("District {k}");
        file.schools.iter_mut().for_each(|s| s.district = format!("District {k}"));
        (format!("{k}.json"), file)
    });
    let merged = merge(files.collect(), None);
    assert_eq!(merged.schools.len(), 1200);
    assert!(start.elapsed().as_secs_f64() < 20.0, "{:?}", start.elapsed());
}

#[test]
fn an_unsafe_release_makes_no_file() {
    let (release, _) = export(&district(shape(), 5), header("Elm", "2026-11-21", "2026-11-20"), &[]);
    let report = bright_spots::share::audit::Report { n_undecided: 1, ..Default::default() };
    let made = Exchange::new(&release, &report, header("Elm", "2026-11-21", "2026-11-20"));
    assert_eq!(made, Err(ExchangeError::NotSafe));
}

/// A month later: some students left, some came, some became chronically absent.
fn a_month_later(d: &District, seed: u64) -> District {
    let mut dice = Dice(seed);
    let mut records: Vec<Record> = d.records.iter().filter(|_| !dice.chance(0.02)).copied().collect();
    for record in &mut records {
        if dice.chance(0.03) {
            record.chronic = !record.chronic;
            record.tier = if record.chronic { Tier::Moderate } else { Tier::AtRisk };
        }
    }
    District { schools: d.schools.clone(), records, attributes: d.attributes.clone() }
}

#[test]
fn too_soon_the_first_numbers_stay() {
    let d = district(shape(), 11);
    let (release, _) = export(&d, header("Elm", "2026-10-01", "2026-09-30"), &[]);
    let earlier = vec![Remembered {
        made_on: day("2026-10-01"),
        last_day: day("2026-09-30"),
        definition: Definition::default(),
        release,
    }];
    let later = a_month_later(&d, 1).tables();
    let soon = timing(&earlier, &later, day("2026-10-07"), &|_| 5);
    let Timing::KeepFirst { earlier: 0, groups, school_days_left: 15 } = soon else { panic!("{soon:?}") };
    assert!(groups > 0);
    assert_eq!(timing(&earlier, &later, day("2026-10-30"), &|_| 20), Timing::Renew);
    // The same numbers again, or with more beside them, are no difference.
    assert_eq!(timing(&earlier, &d.tables(), day("2026-09-30"), &|_| 0), Timing::Renew);
}

#[test]
fn two_exports_a_month_apart_do_not_leak_by_difference() {
    for seed in 0..12 {
        let d = district(Shape { values: 0, ..shape() }, seed);
        let (first, _) = export(&d, header("Elm", "2026-10-01", "2026-09-30"), &[]);
        let earlier = vec![Remembered {
            made_on: day("2026-10-01"),
            last_day: day("2026-09-30"),
            definition: Definition::default(),
            release: first.clone(),
        }];
        let later = a_month_later(&d, seed + 100);
        let (second, _) = export(&later, header("Elm", "2026-11-01", "2026-10-30"), &earlier);
        // What was hidden stays hidden, so nothing hidden then is told now.
        for (a, b) in first.sheets.iter().zip(&second.sheets) {
            for at in 0..a.students.len().min(b.students.len()) {
                let emptied = b.students[at] == Shown::Value(0);
                assert!(a.students[at].value().is_some() || b.students[at].value().is_none() || emptied);
            }
        }
        // The strongest form of differencing: the same numbers exported twice, so the attacker may lay
        // one over the other. Everything shown in either, the hidden numbers are still not found.
        let (again, _) = export(&d, header("Elm", "2026-11-01", "2026-10-30"), &earlier);
        let mut both = again.clone();
        let tables = d.tables();
        for (sheet, old) in both.sheets.iter_mut().zip(&first.sheets) {
            for at in 0..sheet.students.len() {
                if sheet.students[at].value().is_none() {
                    sheet.students[at] = old.students[at];
                }
                if matches!(sheet.chronic[at], Shown::Hidden) {
                    sheet.chronic[at] = old.chronic[at];
                }
            }
        }
        let mut asked = Vec::new();
        for (s, sheet) in both.sheets.iter().enumerate() {
            if sheet.sizes_told != bright_spots::share::suppress::Detail::Nothing {
                asked.extend(
                    (0..sheet.students.len())
                        .filter(|at| sheet.students[*at].value().is_none())
                        .map(|at| (s, at, false)),
                );
            }
        }
        asked.truncate(25);
        for (cell, range) in asked.iter().zip(lp::ranges(&both, None, &asked)) {
            let Some((low, high)) = range else { panic!("small enough to solve") };
            let words = both.words(cell.0, cell.1, Measure::Sizes);
            assert!(high - low > 5.0 - 1e-6, "seed {seed}: {words} lies between {low} and {high}");
        }
        assert_eq!(tables.whole.n_rows, 5);
    }
}
