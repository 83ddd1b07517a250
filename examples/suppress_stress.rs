//! Suppresses and audits many invented districts, and prints how long it took and what was found:
//! `cargo run --release --no-default-features --example suppress_stress`.

#[path = "../tests/share/invented.rs"]
mod invented;

use bright_spots::share::audit::audit;
use bright_spots::share::gate::Rule;
use bright_spots::share::release::Release;
use bright_spots::share::suppress::{Job, Measure};
use invented::{Shape, district};
use std::time::Instant;

fn main() {
    let shapes = [
        ("small", Shape { schools: 3, grades: 3, conditions: 1, mean: 20.0, levels: false, districts: 1, values: 0 }, 300),
        ("town", Shape { schools: 6, grades: 13, conditions: 4, mean: 40.0, levels: true, districts: 1, values: 4 }, 30),
        ("crossed", Shape { schools: 30, grades: 13, conditions: 6, mean: 30.0, levels: false, districts: 1, values: 6 }, 3),
        ("two districts", Shape { schools: 12, grades: 9, conditions: 3, mean: 35.0, levels: true, districts: 3, values: 0 }, 10),
        ("100x13x6", Shape { schools: 100, grades: 13, conditions: 6, mean: 50.0, levels: false, districts: 1, values: 0 }, 1),
        ("65,000", Shape { schools: 100, grades: 13, conditions: 8, mean: 125.0, levels: true, districts: 1, values: 6 }, 1),
    ];
    for (name, shape, times) in shapes {
        let (mut hidden, mut narrow, mut undecided, mut uncertified, mut cells, mut students) = (0, 0, 0, 0, 0, 0);
        let (mut primary, mut complement) = (0, 0);
        let mut took = [0.0; 3];
        let mut coarser = std::collections::BTreeMap::new();
        for seed in 0..times {
            let d = district(shape, seed);
            students += d.records.len();
            let start = Instant::now();
            let tables = d.tables();
            took[0] += start.elapsed().as_secs_f64();
            let start = Instant::now();
            let suppressed = Job::new(&tables, Rule::default(), &|_, _, _| false).finish();
            took[1] += start.elapsed().as_secs_f64();
            let start = Instant::now();
            let release = Release::new(&tables, &suppressed);
            let report = audit(&release, &suppressed, 0);
            took[2] += start.elapsed().as_secs_f64();
            hidden += report.hidden;
            narrow += report.n_too_narrow;
            undecided += report.n_undecided;
            uncertified += suppressed.certificates.iter().filter(|c| c.width() < c.need).count();
            for told in &suppressed.layers {
                for measure in [Measure::Sizes, Measure::Outcomes] {
                    let whole = told.condition.is_none();
                    *coarser.entry((whole, measure, told.detail(measure))).or_insert(0) += 1;
                    let net = if measure == Measure::Sizes { &told.layer.sizes } else { &told.layer.outcomes };
                    for arc in &net.arcs {
                        use bright_spots::share::suppress::network::State;
                        cells += u32::from(arc.state != State::Fixed && arc.state != State::Pinned);
                        primary += u32::from(matches!(arc.state, State::Primary));
                        complement += u32::from(matches!(arc.state, State::Complement));
                    }
                }
            }
        }
        println!(
            "{name}: {times} districts, {students} students, {hidden} of {cells} numbers hidden ({primary} primary, {complement} complements), {narrow} too narrow, \
             {undecided} undecided, {uncertified} uncertified; tables {:.2} s, suppress {:.2} s, audit {:.2} s; {coarser:?}",
            took[0], took[1], took[2]
        );
    }
}
