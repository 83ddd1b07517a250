//! Drawings for the team's work: movement, impact and effort, predictions, polls, the simulation.

use crate::golden::{STAMP, golden, golden_at, golden_chart, inside, rate};
use bright_spots::charts::impact_grid::{ImpactGrid, ImpactItem, Placed, impact_grid};
use bright_spots::charts::movement::{CrossingRow, Crossings, Movement, crossings, movement};
use bright_spots::charts::rate_rows::RateRow;
use bright_spots::charts::simulation::{Simulation, SimulationPoint, simulation};
use bright_spots::charts::workshop::{Poll, PredictionRow, Predictions, Reveal, Setting, poll, predictions};
use bright_spots::charts::{Verdict, Width};

#[test]
fn movement_between_two_exports() {
    let mut flow =
        [[1320, 88, 9, 1, 0], [71, 470, 54, 3, 0], [4, 38, 290, 41, 1], [0, 2, 22, 150, 6], [0, 0, 1, 3, 15]]
            .map(|row| row.map(Some));
    flow[4][3] = None;
    golden_chart("movement", |width| {
        movement(&Movement {
            title: "Who moved tier".into(),
            stamp: STAMP.into(),
            before: "16 January".into(),
            after: "13 February".into(),
            flow,
            new: [Some(8), Some(3), Some(2), Some(1), Some(0)],
            left: [Some(4), Some(2), Some(1), None, Some(0)],
            width,
        })
    });
    let row = |name: &str, numbers: [u32; 5]| CrossingRow {
        name: name.into(),
        became: Some(numbers[0]),
        no_longer: Some(numbers[1]),
        new: Some(numbers[2]),
        left: Some(numbers[3]),
        both: Some(numbers[4]),
    };
    let mut rows = vec![
        row("Elm High", [24, 12, 5, 4, 925]),
        row("Dogwood Middle", [9, 7, 3, 2, 606]),
        row("Cedar Elementary of the Very Long Official Name", [6, 3, 2, 1, 293]),
        row("Birch Elementary", [0, 6, 2, 1, 385]),
        row("Fern Charter", [1, 1, 0, 0, 41]),
    ];
    rows[4].no_longer = None;
    golden_chart("crossings", |width| {
        crossings(&Crossings {
            title: "Who crossed ten percent, by school".into(),
            stamp: STAMP.into(),
            rows: rows.clone(),
            width,
        })
    });
}

#[test]
fn impact_and_effort_as_the_team_placed_them() {
    let item = |name: &str, impact, effort| ImpactItem { name: name.into(), placed: Some(Placed { impact, effort }) };
    let mut items = vec![
        item("Greeting at the door on first days back", 5, 1),
        item("Two by ten conversations", 4, 2),
        item("Home visits", 5, 4),
        item("Attendance mentors", 4, 4),
        item("Morning bus with an adult aboard", 4, 4),
        item("Posters in the corridor", 1, 1),
        item("Weekly postcards", 2, 2),
        item("A prize for the best class", 1, 5),
        item("Walking group", 3, 3),
        item("Breakfast in the classroom", 4, 4),
        item("Health clinic at school", 4, 4),
    ];
    items.push(ImpactItem { name: "Family evening & <i>music</i>".into(), placed: None });
    golden_chart("impact-grid", |width| {
        impact_grid(&ImpactGrid {
            title: "Impact and effort".into(),
            stamp: "Attendance team, 12 February 2026.".into(),
            items: items.clone(),
            width,
        })
    });
}

fn predicted(reveal: Reveal, setting: Setting, width: Width) -> Predictions {
    let row = |name: &str, counts: (u32, u32), expected, verdict, guesses: [u32; 7]| PredictionRow {
        row: RateRow {
            name: name.into(),
            note: String::new(),
            rate: rate(counts.0, counts.1),
            expected: Some(expected),
            verdict: Some(verdict),
        },
        predictions: guesses.map(|g| f64::from(g) / 100.0).to_vec(),
    };
    Predictions {
        title: "Chronically absent students, with your tables’ predictions".into(),
        stamp: STAMP.into(),
        rows: vec![
            row("Alder", (57, 412), 0.181, Verdict::PossibleBright, [12, 15, 18, 19, 20, 25, 28]),
            row("Birch", (35, 388), 0.194, Verdict::LikelyBright, [18, 20, 22, 23, 27, 30, 35]),
            row("Cedar", (72, 296), 0.208, Verdict::CheckData, [10, 14, 16, 18, 21, 22, 26]),
        ],
        reveal,
        setting,
        width,
    }
}

#[test]
fn predictions_before_and_after_the_numbers_are_shown() {
    golden_chart("predictions-before", |width| predictions(&predicted(Reveal::PredictionsOnly, Setting::Page, width)));
    golden_chart("predictions-shown", |width| predictions(&predicted(Reveal::Shown, Setting::Page, width)));
    let projected = predictions(&predicted(Reveal::Shown, Setting::Projector, Width(1168)));
    inside("predictions-projector", &projected.svg);
    golden("predictions-projector-1168.svg", &projected.svg);
    let hidden = predictions(&predicted(Reveal::PredictionsOnly, Setting::Page, Width::WIDE));
    assert!(!hidden.svg.contains("9 %") && !hidden.summary.contains("found"), "a number shows before its time");
}

#[test]
fn votes_of_a_poll() {
    let options =
        [("Transport", 7), ("Health and anxiety", 5), ("Not feeling that anyone notices <at all>", 7), ("Other", 0)];
    let options: Vec<(String, u32)> = options.iter().map(|(o, n)| ((*o).to_owned(), *n)).collect();
    golden_chart("poll", |width| {
        poll(&Poll {
            title: "What keeps students away?".into(),
            stamp: String::new(),
            options: options.clone(),
            setting: Setting::Page,
            width,
        })
    });
}

#[test]
fn what_the_method_can_and_cannot_tell() {
    let point = |spread, false_likely, likely, found| SimulationPoint { spread, false_likely, likely, found };
    let points = vec![
        point(0.0, 0.012, 0.99, 1.0),
        point(0.05, 0.02, 0.95, 0.99),
        point(0.1, 0.028, 0.86, 0.97),
        point(0.15, 0.033, 0.66, 0.91),
        point(0.2, 0.041, 0.44, 0.83),
        point(0.3, 0.046, 0.17, 0.58),
    ];
    golden_chart("simulation", |width| {
        simulation(&Simulation {
            title: "How often bright spots are found".into(),
            stamp: "40 schools of 300 to 1,500 students, base rate 22 %.".into(),
            points: points.clone(),
            runs: 2000,
            width,
        })
    });
}

/// The picture in the documentation is drawn from the table beside it, which `simulate` writes.
#[test]
fn the_simulation_of_the_documentation() {
    let csv = include_str!("../../docs/simulation.csv");
    let mut runs = 0;
    let points: Vec<SimulationPoint> = csv
        .lines()
        .filter_map(|line| line.strip_prefix("40,mixed,0.22,"))
        .map(|line| {
            let numbers: Vec<f64> = line.split(',').map(|n| n.parse().unwrap()).collect();
            runs = numbers[1] as u32;
            SimulationPoint { spread: numbers[0], false_likely: numbers[2], likely: numbers[4], found: numbers[5] }
        })
        .collect();
    assert_eq!(points.len(), 4);
    let chart = simulation(&Simulation {
        title: "How often bright spots are found, and luck is taken for one".into(),
        stamp: "Simulated districts of 40 schools with 40 to 1,500 students, base rate 22 %; bright spots have half the expected rate and 300 to 1,500 students.".into(),
        points,
        runs,
        width: Width::WIDE,
    });
    golden_at("docs/simulation.svg", &chart.standalone());
}
