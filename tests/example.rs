//! The invented district has what the product is about in it.

use bright_spots::attendance::{Dataset, Day, Definition, Summary, records, summarise};
use bright_spots::compare::flags::Flag;
use bright_spots::compare::from_dataset::recording;
use bright_spots::example::{self, Through};
use bright_spots::ingest::import::{Head, propose};
use bright_spots::ingest::tally::Tally;

fn dataset(through: Through) -> Dataset {
    let text = example::chunks(through).concat();
    let reading = propose(&Head { name: "example", bytes: &text.as_bytes()[..60_000], whole: false }).unwrap();
    let mut tally = Tally::new(vec![reading], &[text.len() as u64], Day(20_600));
    tally.start(0);
    tally.push(text.as_bytes());
    tally.end();
    assert!(!tally.needs_second_pass());
    let outcome = tally.finish();
    assert_eq!(outcome.questions, []);
    assert_eq!(outcome.problems, []);
    outcome.dataset
}

fn district(through: Through) -> Summary {
    summarise(&dataset(through), &Definition::default())
}

#[test]
fn about_one_student_in_four_is_chronically_absent_and_birch_has_half_as_many() {
    let s = district(Through::February);
    for g in &s.schools {
        println!(
            "{:22} {:4} counted {:4} chronic {:.3} ADA {:.3}",
            g.name,
            g.counted,
            g.chronic,
            g.rate().unwrap(),
            g.attendance().unwrap()
        );
    }
    println!("{:?}", s.all);
    let rate = s.all.rate().unwrap();
    assert!((0.20..0.27).contains(&rate), "{rate}");
    let of = |name: &str| s.schools.iter().find(|g| g.name.starts_with(name)).unwrap().rate().unwrap();
    assert!(of("Birch") < 0.6 * of("Cedar"));
    assert!(of("Elm") > of("Dogwood"));
}

#[test]
fn a_month_later_the_same_students_are_there() {
    let (before, after) = (district(Through::February), district(Through::March));
    assert_eq!(before.all.students, after.all.students);
    assert!(after.all.enrolled > before.all.enrolled);
}

#[test]
fn the_grade_whose_recording_stopped_is_flagged_and_no_other_school_is() {
    for through in [Through::February, Through::March] {
        let (dataset, definition) = (dataset(through), Definition::default());
        let found = recording(&dataset, &definition, &records::at_schools(&dataset, &definition));
        for (school, flags) in dataset.schools.iter().zip(&found.red) {
            let is_cedar = school.name == "Cedar Elementary";
            assert_eq!(!flags.is_empty(), is_cedar, "{}: {flags:?}", school.name);
            let silent = |flag: &Flag| matches!(flag, Flag::SilentGrade { grade, .. } if grade == "3");
            assert!(!is_cedar || flags.iter().any(silent), "{flags:?}");
        }
    }
}
