//! Suppression against an attacker of the tests' own, the reference answers and exact optima.

#[path = "share/invented.rs"]
mod invented;
#[path = "share/lp.rs"]
mod lp;

use bright_spots::share::audit::audit;
use bright_spots::share::gate::Rule;
use bright_spots::share::release::Release;
use bright_spots::share::suppress::{Detail, Job, Measure, Suppressed, Tables};
use invented::{Dice, Shape, district};

fn suppress(tables: &Tables) -> (Suppressed, Release) {
    let suppressed = Job::new(tables, Rule::default(), &|_, _, _| false).finish();
    let release = Release::new(tables, &suppressed);
    (suppressed, release)
}

/// Asks the LP attacker for hidden cells, at most `most` per measure, and checks the widths.
fn attack(suppressed: &Suppressed, release: &Release, most: usize, dice: &mut Dice, what: &str) -> usize {
    let sizes: Vec<Vec<u32>> = suppressed.layers.iter().map(|t| t.layer.grid.students.clone()).collect();
    let mut n = 0;
    for measure in [Measure::Sizes, Measure::Outcomes] {
        let outcome = measure == Measure::Outcomes;
        let mut asked = Vec::new();
        for (s, told) in suppressed.layers.iter().enumerate() {
            if told.detail(measure) == Detail::Nothing {
                continue;
            }
            for at in (0..sizes[s].len()).filter(|at| !told.layer.is_pinned(*at)) {
                let shown = if outcome { release.sheets[s].chronic[at] } else { release.sheets[s].students[at] };
                if shown.value().is_none() {
                    asked.push((s, at, outcome));
                }
            }
        }
        while asked.len() > most {
            asked.swap_remove(dice.below(asked.len() as u64) as usize);
        }
        n += asked.len();
        let known = outcome.then_some(sizes.as_slice());
        for (cell, (low, high)) in asked.iter().zip(lp::ranges(release, known, &asked)) {
            let need = if outcome { 2.min(sizes[cell.0][cell.1]) } else { 5 };
            assert!(
                high - low > f64::from(need) - 1e-6,
                "{what}: {} can be found between {low} and {high}",
                release.words(cell.0, cell.1, measure)
            );
        }
    }
    n
}

#[test]
fn an_independent_attacker_finds_no_hidden_number_in_small_districts() {
    let mut dice = Dice(7);
    let mut asked = 0;
    for seed in 0..150 {
        let shape = Shape {
            schools: 1 + dice.below(4) as usize,
            grades: 1 + dice.below(4) as usize,
            conditions: dice.below(3) as usize,
            mean: 6.0 + 30.0 * dice.share(),
            levels: false,
            districts: 1 + dice.below(2) as usize,
            values: [0, 0, 3][dice.below(3) as usize],
        };
        let d = district(shape, seed);
        let (suppressed, release) = suppress(&d.tables());
        asked += attack(&suppressed, &release, 10, &mut dice, &format!("{shape:?} seed {seed}"));
        let report = audit(&release, &suppressed, 0);
        assert!(report.passes(), "{shape:?} seed {seed}: {report:?}");
    }
    assert!(asked > 1000, "only {asked} hidden numbers were tried");
}
