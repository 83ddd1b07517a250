//! The real files beside the repository: each is read right, or asks what it must. Skips aloud
//! where they are absent. `docs/layouts.md` says the same in words.

use bright_spots::attendance::{Day, Days, Definition, Published, summarise};
use bright_spots::ingest::import::{Failure, HEAD, Head, needs_opening, propose};
use bright_spots::ingest::reading::{Ask, Ids, Layout, Reading};
use bright_spots::ingest::tally::{Outcome, whole};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn data() -> Option<PathBuf> {
    let root = std::env::var("BRIGHT_SPOTS_DATA").unwrap_or_else(|_| "../shared/data".into());
    let root = PathBuf::from(root);
    if root.is_dir() {
        return Some(root);
    }
    println!("SKIPPED: no shared data at {}", root.display());
    None
}

enum Read {
    Outcome(Box<Outcome>),
    Opening,
    Failed(Failure),
}

fn read(paths: &[&Path]) -> Read {
    read_answering(paths, &|_| ())
}

fn read_answering(paths: &[&Path], answer: &dyn Fn(&mut Reading)) -> Read {
    let texts: Vec<Vec<u8>> = paths.iter().map(|p| std::fs::read(p).unwrap()).collect();
    let mut readings = Vec::new();
    for (path, bytes) in paths.iter().zip(&texts) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let head = Head { name: &name, bytes: &bytes[..bytes.len().min(HEAD)], whole: bytes.len() <= HEAD };
        match needs_opening(&head) {
            Ok(false) => {}
            Ok(true) => return Read::Opening,
            Err(failure) => return Read::Failed(failure),
        }
        match propose(&head) {
            Ok(mut reading) => {
                answer(&mut reading);
                readings.push(reading);
            }
            Err(failure) => return Read::Failed(failure),
        }
    }
    let today = Day::parse_iso("2026-11-21").unwrap();
    let texts: Vec<&[u8]> = texts.iter().map(Vec::as_slice).collect();
    Read::Outcome(Box::new(whole::count(readings, &texts, usize::MAX, today)))
}

fn outcome(paths: &[&Path], answer: impl Fn(&mut Reading)) -> Outcome {
    match read_answering(paths, &answer) {
        Read::Outcome(outcome) => *outcome,
        Read::Opening => panic!("{paths:?} needs opening"),
        Read::Failed(failure) => panic!("{paths:?}: {failure:?}"),
    }
}

/// What must happen with a file: straight to results, or exactly these questions, or a refusal.
enum Expected {
    Straight(Layout),
    Asks(&'static [&'static str]),
    Refused,
}

fn expected(name: &str) -> Expected {
    use Expected::{Asks, Refused, Straight};
    let is = |part: &str| name.contains(part);
    if is("datapackage.json") || is("nyc_daily/") {
        return Refused;
    }
    if is("albemarle") {
        return Asks(&["RateOf", "CountOf", "Zeros"]);
    }
    // Conditions alone, notes and code books: nothing in them says who was absent.
    if [
        "nyc_school_quality",
        "nyc_suspensions",
        "saipe",
        "day1_students.csv",
        "sectionmark",
        "students_export",
        "metadata",
    ]
    .iter()
    .any(|p| is(p))
    {
        return Asks(&["Measure"]);
    }
    if ["NOTES", "codebook", "no_headers", "quine"].iter().any(|p| is(p)) {
        return Asks(&["Column(Student)", "Measure"]);
    }
    if is("uci_student") {
        return Asks(&["Column(Student)", "EnrolledDays"]);
    }
    if is("fake_attendance_export") || is("weekly_wide") {
        return Asks(&["EnrolledDays"]);
    }
    if is("montucky") {
        return Asks(&["Ids"]);
    }
    if is("studentattendance") {
        return Straight(Layout::Periods);
    }
    Straight(if is("1_school_level") { Layout::Published } else { Layout::Totals })
}

/// The question's name, without what it says of this file.
fn shown(ask: &Ask) -> String {
    match ask {
        Ask::Pick(pick) => format!("{:?}", pick.topic),
        Ask::Column(_) => format!("{ask:?}"),
        other => format!("{other:?}").split([' ', '{', '(']).next().unwrap_or_default().to_string(),
    }
}

/// Prints what happens with each file: `cargo test --test shared_files -- --nocapture each_file`.
#[test]
fn each_file_is_read_right_or_asks_what_it_must() {
    let Some(root) = data() else { return };
    let mut wrong = Vec::new();
    for folder in ["1_school_level", "2_student_level"] {
        let mut paths = Vec::new();
        let mut folders = vec![root.join(folder)];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { folders.push(path) } else { paths.push(path) }
            }
        }
        paths.sort();
        for path in paths {
            let name = path.strip_prefix(&root).unwrap().display().to_string();
            match (read(&[&path]), expected(&name)) {
                (Read::Failed(failure), Expected::Refused) => println!("{name}: {}", failure.title()),
                (Read::Outcome(o), expected) => {
                    let asks: Vec<String> = o.questions.iter().map(|q| shown(&q.kind)).collect();
                    let f = &o.dataset.files[0];
                    let counts = format!(
                        "{:?} rows {} used {} aside {}",
                        o.readings[0].layout, f.rows, f.rows_used, f.rows_set_aside
                    );
                    println!("{name}: {counts} asks {asks:?}");
                    let right = match expected {
                        Expected::Straight(layout) => {
                            asks.is_empty() && o.readings[0].layout == layout && f.rows_used > 0
                        }
                        Expected::Asks(expected) => asks == expected && o.dataset.stays.is_empty(),
                        Expected::Refused => false,
                    };
                    if !right || asks.is_empty() && f.rows != f.rows_used + f.rows_set_aside {
                        wrong.push(format!("{name}: {counts} {asks:?}"));
                    }
                }
                (Read::Opening, _) => wrong.push(format!("{name}: opener")),
                (Read::Failed(failure), _) => wrong.push(format!("{name}: {failure:?}")),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Six classes a day, all of them called period 1: absent from half of them on is an absent day.
#[test]
fn periods_of_classes_give_the_days_that_counting_by_hand_gives() {
    let Some(root) = data() else { return };
    let path = root.join("2_student_level/oea_contoso/day1_studentattendance.csv");
    let o = outcome(&[&path], |_| ());
    let mut days: BTreeMap<String, BTreeMap<String, bool>> = BTreeMap::new();
    let mut reader = csv::Reader::from_path(&path).unwrap();
    for record in reader.records() {
        let record = record.unwrap();
        let _ = days.entry(record[4].to_string()).or_default().insert(record[7].to_string(), &record[8] == "A");
    }
    let absent = days.values().filter(|c| c.values().filter(|a| **a).count() * 2 >= c.len()).count();
    let [stay] = &o.dataset.stays[..] else { panic!("{} stays", o.dataset.stays.len()) };
    let missed: Days = stay.absent.iter().copied().sum();
    assert_eq!((stay.enrolled, missed), (Days::whole(days.len() as i64), Days::whole(absent as i64)));
}

#[test]
fn virginia_gives_the_sums_of_its_own_columns() {
    let Some(root) = data() else { return };
    let o = outcome(&[&root.join("1_school_level/va/va_chronic_2022_b_preamble_7hdr_8col.csv")], |_| ());
    let text =
        std::fs::read_to_string(root.join("1_school_level/va/va_chronic_2022_b_preamble_7hdr_8col.csv")).unwrap();
    let mut sums = (0u32, 0u32);
    for line in text.lines().filter(|line| line.starts_with("2022,")) {
        let cells: Vec<&str> = line.rsplit(',').collect();
        sums.0 += cells[1].parse::<u32>().unwrap();
        sums.1 += cells[2].parse::<u32>().unwrap();
    }
    let of = |f: fn(&Published) -> Option<u32>| o.dataset.published.iter().filter_map(f).sum::<u32>();
    assert_eq!((of(|p| p.counted), of(|p| p.chronic)), sums);
    assert!(o.dataset.published.iter().all(|p| p.school.is_some()));
    let places: BTreeSet<_> = o.dataset.published.iter().map(|p| p.school).collect();
    assert_eq!(places.len(), o.dataset.published.len(), "schools of one name stay apart");
}

#[test]
fn connecticut_s_long_file_says_what_its_raw_exports_say() {
    let Some(root) = data() else { return };
    let folder = root.join("1_school_level/ct_meal");
    let o = outcome(&[&folder.join("data__chronic_absenteeism_by_meal_eligibility_2012-2020.csv")], |_| ());
    let rate = |o: &Outcome, year: &str, district: &str, group: &str| -> Option<Option<f64>> {
        let of = |p: &&Published| {
            p.year == year
                && p.school.is_some_and(|at| o.dataset.schools[usize::from(at)].name == district)
                && p.group.as_ref().is_some_and(|g| g.1 == group)
        };
        o.dataset.published.iter().find(of).map(|p| p.rate)
    };
    let raw = outcome(&[&folder.join("raw__chronic-absenteeism__2018-19_lunch.csv")], |_| ());
    let mut compared = 0;
    for row in raw.dataset.published.iter().take(300) {
        let name = &raw.dataset.schools[usize::from(row.school.unwrap())].name;
        let group = &row.group.as_ref().unwrap().1;
        if let Some(found) = rate(&o, "2018-2019", name, group) {
            assert_eq!(found, row.rate, "{name}, {group}");
            compared += 1;
        }
    }
    assert!(compared >= 100, "{compared} compared");
    // Hidden numbers are negative in one and stars in the other; neither is zero.
    let hidden = o.dataset.published.iter().filter(|p| p.rate.is_none()).count();
    assert_eq!(hidden, 1668 + 244);
}

#[test]
fn montucky_gives_its_true_tiers_although_its_percentages_are_near_misses() {
    let Some(root) = data() else { return };
    let path = root.join("2_student_level/opensdp_montucky/dev_montucky_g7.csv");
    // Its numbers are unique only within a school, and that must be asked.
    let o = outcome(&[&path], |_| ());
    assert!(matches!(o.questions.as_slice(), [q] if matches!(q.kind, Ask::Ids { .. })), "{:?}", o.questions);
    let o = outcome(&[&path], |r| r.ids = Some(Ids::WithinSchool));
    assert_eq!(o.questions, []);
    // Counted by hand over the file's own column: decimals rounded to six places, out of range left out.
    let text = std::fs::read_to_string(&path).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let at = reader.headers().unwrap().iter().position(|h| h == "pct_days_absent_7").unwrap();
    let mut tiers = [0u32; 5];
    for record in reader.records() {
        let Ok(percent) = record.unwrap()[at].parse::<f64>() else { continue };
        let millionths = (percent * 1e6).round() as i64;
        if !(0..=100_000_000).contains(&millionths) {
            continue;
        }
        tiers[[5, 10, 20, 50].iter().filter(|bound| millionths >= **bound * 1_000_000).count()] += 1;
    }
    let s = summarise(&o.dataset, &Definition::default());
    let mut schools = [0u32; 5];
    for school in &s.schools {
        for (sum, n) in schools.iter_mut().zip(school.tiers) {
            *sum += n;
        }
    }
    assert_eq!(schools, tiers);
}
