//! The definition lab.

use crate::golden::{STAMP, golden_chart, rate};
use bright_spots::charts::definitions::{DefinitionRow, Definitions, definitions};
use bright_spots::charts::{Precision, Rate, Width};

fn row(name: &str, note: &str, rate: Rate) -> DefinitionRow {
    DefinitionRow { name: name.to_owned(), note: note.to_owned(), rate }
}

fn input(rows: Vec<DefinitionRow>, width: Width) -> Definitions {
    Definitions {
        title: "Chronic absence under each definition".to_owned(),
        stamp: STAMP.to_owned(),
        rows,
        width,
        precision: Precision::Tenths,
    }
}

#[test]
fn the_same_students_under_each_definition() {
    let rows = vec![
        row("Federal (EDFacts)", "At least 10 days enrolled", rate(618, 2655)),
        row("Virginia", "Enrolled for at least 50 % of the longest enrolment", rate(580, 2590)),
        row("California", "At least 31 days enrolled", rate(402, 2611)),
        row("New Jersey", "At least 45 days enrolled", rate(618, 2655)),
        row("Our own, as the board asked in March", "However few days enrolled", rate(912, 2668)),
    ];
    golden_chart("definitions", |width| definitions(&input(rows.clone(), width)));
}

#[test]
fn where_nothing_may_be_shown_nothing_is_drawn() {
    let rows = vec![
        row("Federal (EDFacts)", "At least 10 days enrolled", Rate::default()),
        row("Oregon", "At least 10 days enrolled", Rate { counted: Some(40), ..Rate::default() }),
    ];
    golden_chart("definitions-hidden", |width| definitions(&input(rows.clone(), width)));
}
