//! Suppresses and audits many invented districts, and prints how long it took and what was found:
//! `cargo run --release --no-default-features --example suppress_stress`.

#[path = "../tests/share/invented.rs"]
mod invented;
#[path = "../tests/share/lp.rs"]
mod lp;

use bright_spots::share::audit::audit;
use bright_spots::share::gate::Rule;
use bright_spots::share::release::Release;
use bright_spots::share::suppress::{Detail, Job, Measure};
use invented::{Dice, Shape, district};
use std::time::Instant;

/// Ten thousand small districts of every shape, each tried by the tests' own attacker as well.
fn small_districts(times: u64) {
    let (mut dice, start) = (Dice(99), Instant::now());
    let (mut hidden, mut tried, mut found, mut refused, mut withheld, mut told) = (0, 0, 0, 0, 0, 0);
    for seed in 0..times {
        if seed > 0 && seed % 500 == 0 {
            println!("  {seed} small districts, {tried} numbers tried, {found} found too closely, {refused} refused");
        }
        let shape = Shape {
            schools: 1 + dice.below(6) as usize,
            grades: 1 + dice.below(6) as usize,
            conditions: dice.below(4) as usize,
            mean: 4.0 + 40.0 * dice.share(),
            levels: dice.chance(0.5),
            districts: 1 + dice.below(2) as usize,
            values: [0, 0, 3, 5][dice.below(4) as usize],
        };
        let tables = district(shape, seed).tables();
        let suppressed = Job::new(&tables, Rule::default(), &|_, _, _| false).finish();
        let release = Release::new(&tables, &suppressed);
        let report = audit(&release, &suppressed, 0);
        hidden += report.hidden;
        if !report.passes() {
            println!("refused: {shape:?} seed {seed}: {report:?}");
            refused += 1;
            continue;
        }
        let sizes: Vec<Vec<u32>> = suppressed.layers.iter().map(|t| t.layer.grid.students.clone()).collect();
        for measure in [Measure::Sizes, Measure::Outcomes] {
            let outcome = measure == Measure::Outcomes;
            let mut asked = Vec::new();
            for (s, layer) in suppressed.layers.iter().enumerate() {
                told += 1;
                if layer.detail(measure) == Detail::Nothing {
                    withheld += 1;
                    continue;
                }
                let sheet = &release.sheets[s];
                let shown = |at: usize| if outcome { sheet.chronic[at].value() } else { sheet.students[at].value() };
                let cells = (0..sizes[s].len()).filter(|at| !layer.layer.is_pinned(*at) && shown(*at).is_none());
                asked.extend(cells.map(|at| (s, at, outcome)));
            }
            while asked.len() > 4 {
                asked.swap_remove(dice.below(asked.len() as u64) as usize);
            }
            let ranges = lp::ranges(&release, outcome.then_some(&sizes[..]), &asked);
            for (cell, (low, high)) in asked.iter().zip(ranges).filter_map(|(cell, range)| Some((cell, range?))) {
                tried += 1;
                let need = if outcome { 2.min(sizes[cell.0][cell.1]) } else { 5 };
                found += u32::from(high - low < f64::from(need) - 1e-6);
            }
        }
    }
    println!(
        "{times} small districts: {hidden} numbers hidden, {tried} of them tried by linear programming, {found} found too \
         closely; {refused} exports refused; {withheld} of {told} tables withheld; {:.0} s",
        start.elapsed().as_secs_f64()
    );
}

fn main() {
    let times = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(10_000);
    small_districts(times);
    let shapes = [
        (
            "small",
            Shape { schools: 3, grades: 3, conditions: 1, mean: 20.0, levels: false, districts: 1, values: 0 },
            300,
        ),
        (
            "town",
            Shape { schools: 6, grades: 13, conditions: 4, mean: 40.0, levels: true, districts: 1, values: 4 },
            30,
        ),
        (
            "crossed",
            Shape { schools: 30, grades: 13, conditions: 6, mean: 30.0, levels: false, districts: 1, values: 6 },
            3,
        ),
        (
            "two districts",
            Shape { schools: 12, grades: 9, conditions: 3, mean: 35.0, levels: true, districts: 3, values: 0 },
            10,
        ),
        (
            "100x13x6",
            Shape { schools: 100, grades: 13, conditions: 6, mean: 50.0, levels: false, districts: 1, values: 0 },
            1,
        ),
        (
            "65,000",
            Shape { schools: 100, grades: 13, conditions: 8, mean: 125.0, levels: true, districts: 1, values: 6 },
            1,
        ),
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
