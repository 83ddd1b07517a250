//! The figures beside a step: the invented district's are its own, and what others may see names
//! nobody and tells nothing about fewer than 11 students.

use bright_spots::attendance::{Dataset, Day, Definition};
use bright_spots::example::{self, Through};
use bright_spots::ingest::import::{Head, propose};
use bright_spots::ingest::tally::Tally;
use bright_spots::workshop::figures::{Figures, Origin};

fn read(text: &str) -> Dataset {
    let reading = propose(&Head {
        name: "marked",
        bytes: &text.as_bytes()[..text.len().min(60_000)],
        whole: text.len() <= 60_000,
    })
    .unwrap();
    let mut tally = Tally::new(vec![reading], &[text.len() as u64], Day(20_600));
    tally.start(0);
    tally.push(text.as_bytes());
    tally.end();
    tally.finish().dataset
}

const STAMP: &str = "2 Sep 2025 to 13 Feb 2026. Chronic: 10 % of enrolled days or more.";

#[test]
fn the_invented_districts_figures_are_those_of_the_invented_district() {
    let dataset = read(&example::chunks(Through::February).concat());
    let mut figures = Figures::of(&dataset, &Definition::default(), STAMP);
    figures.origin = Origin::Invented;
    let text = serde_json::to_string(&figures).unwrap().replace("{\"name\"", "\n {\"name\"") + "\n";
    if std::env::var_os("UPDATE_FIGURES").is_some() {
        std::fs::write("src/workshop/sessions/invented-district.json", &text).unwrap();
    } else {
        assert_eq!(Figures::invented(), figures, "run with UPDATE_FIGURES=1 to write the file anew");
    }
}
