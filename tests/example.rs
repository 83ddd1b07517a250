//! The invented district has what the product is about in it.

use bright_spots::attendance::{Day, Definition, Summary, summarise};
use bright_spots::example::{self, Through};
use bright_spots::ingest::import::{Head, propose};
use bright_spots::ingest::tally::Tally;

fn district(through: Through) -> Summary {
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
    summarise(&outcome.dataset, &Definition::default())
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
