//! The auditor on someone else's published file: the New York City district tables, and a small invented one.

use bright_spots::attendance::{Day, Grade, School};
use bright_spots::ingest::import::{Head, propose};
use bright_spots::ingest::tally::Tally;
use bright_spots::share::audit::audit;
use bright_spots::share::gate::Rule;
use bright_spots::share::release::Release;
use bright_spots::share::suppress::tables::Places;
use bright_spots::share::suppress::{Condition, Cut, Grid, Job, Tables};
use std::collections::BTreeMap;

use bright_spots::share::audit::published::{PublishedRow, Told, examine, rows_of, rows_of_release};

fn row(grade: &str, category: &str, counted: Told, chronic: Told) -> PublishedRow {
    PublishedRow {
        year: "2026".into(),
        place: "Elm District".into(),
        grade: grade.into(),
        category: category.into(),
        counted,
        chronic,
    }
}

#[test]
fn a_lone_hidden_group_is_found_and_a_pair_is_not() {
    use Told::{Hidden, Value};
    let mut rows = Vec::new();
    for (grade, hide) in [("1", 0), ("2", 0), ("3", 0), ("4", 1), ("5", 2)] {
        let told = |n: u32, hidden: bool| if hidden { Hidden } else { Value(n) };
        rows.push(row(grade, "All Students", Value(100), Value(30)));
        rows.push(row(grade, "Birch", told(40, hide > 0), told(12, hide > 0)));
        rows.push(row(grade, "Cedar", told(30, hide > 1), told(9, hide > 1)));
        rows.push(row(grade, "Dogwood", Value(30), Value(9)));
    }
    let leaks = examine(&rows);
    assert_eq!((leaks.hidden, leaks.exact, leaks.alone), (6, 2, 2), "{leaks:?}");
    assert_eq!(leaks.places.len(), 2);
    assert!(leaks.places.iter().all(|place| place.contains("Birch") && !place.contains("12")), "{:?}", leaks.places);
    assert_eq!(leaks.sentence(), "2 of 6 hidden numbers can be recalculated from the file itself");
}

fn nyc_path(name: &str) -> Option<String> {
    let data = std::env::var("BRIGHT_SPOTS_DATA").unwrap_or_else(|_| "../shared/data".into());
    let path = format!("{data}/1_school_level/nyc_district/{name}");
    if !std::path::Path::new(&path).is_file() {
        eprintln!("SKIPPED: {path} is not here");
        return None;
    }
    Some(path)
}

fn nyc(name: &str) -> Option<Vec<PublishedRow>> {
    let mut reader = csv::Reader::from_path(nyc_path(name)?).unwrap();
    let told = |text: &str| match text.trim() {
        "s" => Told::Hidden,
        "" => Told::Missing,
        n => Told::Value(n.parse::<f64>().unwrap() as u32),
    };
    let rows = reader.records().map(|record| {
        let record = record.unwrap();
        PublishedRow {
            year: record[3].into(),
            place: record[0].into(),
            grade: record[1].into(),
            category: record[2].into(),
            counted: told(&record[8]),
            chronic: told(&record[9]),
        }
    });
    Some(rows.collect())
}

#[test]
fn the_new_york_city_district_file_leaks() {
    let Some(rows) = nyc("attendance_data.csv") else { return };
    let leaks = examine(&rows);
    println!("{} rows: {}; {} stand alone", leaks.rows, leaks.sentence(), leaks.alone);
    let chronic = leaks.places.iter().filter(|place| place.ends_with("chronically absent")).count();
    // 286 sizes and 304 outcomes are hidden. 28 stand alone in a sum (9 of them outcomes); four more follow
    // because two hidden outcomes of one grade add up to a number that only one pair fits.
    assert_eq!((leaks.hidden, leaks.exact, leaks.alone, chronic), (590, 32, 28, 13));
    assert_eq!((leaks.undecided, leaks.contradictory), (0, 0));
    for name in ["nyc_district_Gender.csv", "nyc_district_Poverty.csv", "nyc_district_All_Students.csv"] {
        assert_eq!(examine(&nyc(name).unwrap()).hidden, 0, "{name}");
    }
}

const ETHNICITIES: [&str; 5] = ["Asian", "Black", "Hispanic", "Other", "White"];

/// One district's own numbers as our tables, wherever all five groups of a grade are published.
fn tables_of(rows: &[PublishedRow], year: &str, district: &str) -> Tables {
    let mut numbers: BTreeMap<(&str, Grade, &str), (u32, u32)> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.year == year && row.place == district) {
        let grade = match row.grade.as_str() {
            "PK in K-12 Schools" => Some(Grade::PreK),
            other => Grade::parse(other),
        };
        if let (Some(grade), Told::Value(n), Told::Value(x)) = (grade, row.counted, row.chronic) {
            numbers.insert((&row.place, grade, &row.category), (n, x));
        }
    }
    let mut places: Vec<&str> = numbers.keys().map(|k| k.0).collect();
    let mut grades: Vec<Grade> = numbers.keys().map(|k| k.1).collect();
    places.sort();
    places.dedup();
    grades.sort();
    grades.dedup();
    let (n_places, n_grades) = (places.len(), grades.len());
    let schools: Vec<School> =
        places.iter().map(|p| School { name: format!("District {p}"), district: String::new() }).collect();
    let mut whole = Grid::new(n_places + 1, n_grades + 1);
    let mut women = Grid::new(n_places + 1, n_grades + 1);
    let mut by_place = Grid::new(n_places + 1, 6);
    let mut by_grade = Grid::new(n_grades + 1, 6);
    let add = |grid: &mut Grid, row: usize, col: usize, (n, x): (u32, u32)| {
        for r in [row, grid.n_rows - 1] {
            for c in [col, grid.n_cols - 1] {
                let at = grid.at(r, c);
                grid.students[at] += n;
                grid.chronic[at] += x;
            }
        }
    };
    for (p, place) in places.iter().enumerate() {
        for (g, grade) in grades.iter().enumerate() {
            let groups: Vec<(u32, u32)> =
                ETHNICITIES.iter().filter_map(|e| numbers.get(&(*place, *grade, *e)).copied()).collect();
            let Some(female) = numbers.get(&(*place, *grade, "Female")) else { continue };
            if groups.len() < 5 {
                continue;
            }
            for (e, group) in groups.iter().enumerate() {
                add(&mut whole, p, g, *group);
                add(&mut by_place, p, e, *group);
                add(&mut by_grade, g, e, *group);
            }
            add(&mut women, p, g, *female);
        }
    }
    let condition = |key: &str, value: &str, cut| Condition {
        key: key.into(),
        label: key.into(),
        value: value.into(),
        others: String::new(),
        cut,
    };
    Tables {
        places: Places::new(&schools),
        grades,
        whole,
        tiers: Vec::new(),
        conditions: vec![
            condition("sex", "Female", Cut::Cells(women)),
            condition(
                "ethnicity",
                "",
                Cut::Values { values: ETHNICITIES.map(String::from).to_vec(), by_place, by_grade },
            ),
        ],
    }
}

#[test]
fn the_same_numbers_suppressed_here_do_not_leak() {
    let Some(rows) = nyc("attendance_data.csv") else { return };
    let mut districts: Vec<&str> = rows.iter().map(|row| row.place.as_str()).collect();
    districts.sort();
    districts.dedup();
    let mut hidden = 0;
    for year in ["2018", "2019", "2020", "2021", "2022"] {
        for district in &districts {
            let tables = tables_of(&rows, year, district);
            let suppressed = Job::new(&tables, Rule::default(), &|_, _, _| false).finish();
            let release = Release::new(&tables, &suppressed);
            let report = audit(&release, &suppressed, 0);
            assert!(report.passes(), "{year} {district}: {report:?}");
            hidden += report.hidden;
            let leaks = examine(&rows_of_release(&release, year));
            assert_eq!((leaks.exact, leaks.contradictory), (0, 0), "{year} {district}: {:?}", leaks.places);
        }
    }
    println!("our own suppression of the city's numbers hides {hidden} of them and none can be recalculated");
    assert!(hidden > 500, "only {hidden} were hidden");
}

/// The same file as the app reads it: the reading may lose nothing that an attacker would use.
#[test]
fn the_new_york_city_district_file_leaks_as_much_through_the_import() {
    let Some(path) = nyc_path("attendance_data.csv") else { return };
    let bytes = std::fs::read(&path).unwrap();
    let head = &bytes[..bytes.len().min(200_000)];
    let reading = propose(&Head { name: "attendance_data.csv", bytes: head, whole: false }).unwrap();
    let mut tally = Tally::new(vec![reading], &[bytes.len() as u64], Day(20_600));
    tally.start(0);
    tally.push(&bytes);
    tally.end();
    let outcome = tally.finish();
    assert_eq!(outcome.questions, []);
    let names: Vec<String> = outcome.dataset.schools.iter().map(|school| school.name.clone()).collect();
    let leaks = examine(&rows_of(&outcome.dataset.published, &names));
    println!("{} rows: {}; {:?}", leaks.rows, leaks.sentence(), leaks.sums);
    assert_eq!((leaks.hidden, leaks.exact), (590, 32));
}
