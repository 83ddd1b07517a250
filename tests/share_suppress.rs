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
        let known = outcome.then_some(sizes.as_slice());
        for (cell, range) in asked.iter().zip(lp::ranges(release, known, &asked)) {
            let Some((low, high)) = range else {
                println!("{what}: the solver came to no end over {}", release.words(cell.0, cell.1, measure));
                continue;
            };
            n += 1;
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

/// Which random districts are tried: few with every run, as many as asked for in a long one
/// (`BRIGHT_SPOTS_TABLES=10000 cargo test --no-default-features --test share_suppress random`). A range
/// such as `5000..10000` runs a part of them: each district has dice of its own, so parts add up.
fn districts() -> std::ops::Range<u64> {
    let asked = std::env::var("BRIGHT_SPOTS_TABLES").unwrap_or_default();
    let (from, to) = asked.split_once("..").unwrap_or(("0", &asked));
    from.parse().ok().zip(to.parse().ok()).map_or(0..150, |(from, to)| from..to)
}

/// Small districts mostly, where the attacker can look at every cell; now and then a larger one.
fn random_shape(seed: u64, dice: &mut Dice) -> Shape {
    let mut up_to = |n: u64| dice.below(n) as usize;
    let (schools, grades, conditions) = match seed {
        n if n % 1_000 == 999 => (100, 13, 6),
        n if n % 100 == 99 => (5 + up_to(20), 2 + up_to(12), up_to(7)),
        _ => (1 + up_to(4), 1 + up_to(4), up_to(3)),
    };
    let (districts, values) = (1 + up_to(2), [0, 0, 3][up_to(3)]);
    Shape { schools, grades, conditions, mean: 6.0 + 30.0 * dice.share(), levels: false, districts, values }
}

#[test]
fn an_independent_attacker_finds_no_hidden_number_in_random_districts() {
    let (mut asked, all) = (0, districts());
    let n = all.end - all.start;
    for seed in all.clone() {
        let mut dice = Dice(7_000_000 + seed);
        let shape = random_shape(seed, &mut dice);
        let d = district(shape, seed);
        let (suppressed, release) = suppress(&d.tables());
        let most = if shape.schools * shape.grades > 100 { 2 } else { 10 };
        asked += attack(&suppressed, &release, most, &mut dice, &format!("{shape:?} seed {seed}"));
        let report = audit(&release, &suppressed, 0);
        assert!(report.passes(), "{shape:?} seed {seed}: {report:?}");
        if seed % 500 == 499 {
            println!("{} districts, {asked} hidden numbers tried, none found", seed + 1 - all.start);
        }
    }
    println!("districts {all:?}: {asked} hidden numbers tried, none found");
    assert!(asked as u64 > 6 * n, "only {asked} hidden numbers were tried");
}

#[test]
fn large_districts_pass_and_samples_withstand_the_independent_attacker() {
    let mut dice = Dice(8);
    let shape = Shape { schools: 12, grades: 13, conditions: 2, mean: 35.0, levels: true, districts: 1, values: 4 };
    let d = district(shape, 3);
    let (suppressed, release) = suppress(&d.tables());
    assert!(audit(&release, &suppressed, 0).passes());
    assert_eq!(attack(&suppressed, &release, 6, &mut dice, "large"), 12);
    let shape = Shape { schools: 100, grades: 13, conditions: 6, mean: 50.0, levels: false, districts: 1, values: 0 };
    let d = district(shape, 4);
    let (suppressed, release) = suppress(&d.tables());
    let report = audit(&release, &suppressed, 0);
    assert!(report.passes() && report.hidden > 1000, "{report:?}");
    assert!(suppressed.layers.iter().all(|t| t.sizes == Detail::Cells && t.outcomes == Detail::Cells));
}

#[test]
fn the_same_numbers_are_hidden_whatever_the_order_of_records() {
    let d =
        district(Shape { schools: 5, grades: 6, conditions: 3, mean: 25.0, levels: true, districts: 2, values: 4 }, 21);
    let (_, release) = suppress(&d.tables());
    let mut reversed = invented::District { schools: d.schools, records: d.records, attributes: d.attributes };
    reversed.records.reverse();
    assert_eq!(suppress(&reversed.tables()).1, release);
}

#[test]
fn a_planted_leak_is_found() {
    let (mut told_again, mut refused) = (0, 0);
    for seed in 0..8 {
        let shape = Shape { schools: 4, grades: 4, conditions: 1, mean: 22.0, levels: false, districts: 1, values: 0 };
        let d = district(shape, seed);
        let (suppressed, release) = suppress(&d.tables());
        // Each complement is needed: told again, some number is found, and the audit must notice.
        for (s, told) in suppressed.layers.iter().enumerate() {
            for (at, arc) in told.layer.sizes.arcs.iter().enumerate() {
                if arc.state == bright_spots::share::suppress::network::State::Complement {
                    let mut leaking = release.clone();
                    leaking.sheets[s].students[at] = bright_spots::share::gate::Shown::Value(arc.value as u32);
                    told_again += 1;
                    refused += u32::from(!audit(&leaking, &suppressed, 0).passes());
                }
            }
        }
    }
    println!("{refused} of {told_again} exports with one complement told again were refused");
    assert!(told_again > 20 && refused * 10 >= told_again * 8, "{refused} of {told_again}");
}

#[test]
fn a_tier_that_follows_from_the_others_is_found() {
    use bright_spots::attendance::Tier;
    use bright_spots::share::gate::TierClass;
    let (mut merged, mut refused) = (0, 0);
    for seed in 0..20 {
        let shape = Shape { schools: 5, grades: 2, conditions: 0, mean: 40.0, levels: false, districts: 1, values: 0 };
        let tables = district(shape, seed).tables();
        let (suppressed, release) = suppress(&tables);
        let total = tables.places.total_row();
        let one_by_one = |row: usize| -> Vec<TierClass> {
            Tier::ALL.iter().zip(tables.tiers[row]).map(|(t, n)| TierClass { tiers: vec![*t], students: n }).collect()
        };
        for row in 0..total {
            let moderate_and_worse: u32 = tables.tiers[row][2..].iter().sum();
            // A school that tells its merged tiers, while all others and the sum tell every tier apart.
            if release.tiers[row].is_empty() || release.tiers[row].len() == 5 || moderate_and_worse == 0 {
                continue;
            }
            let mut leaking = release.clone();
            for other in (0..=total).filter(|other| *other != row) {
                leaking.tiers[other] = one_by_one(other);
            }
            merged += 1;
            let report = audit(&leaking, &suppressed, 0);
            refused += u32::from(!report.passes() && report.too_narrow.iter().any(|place| place.ends_with("tiers")));
        }
    }
    println!("{refused} of {merged} exports whose tiers can be subtracted were refused");
    assert!(merged >= 10 && refused == merged, "{refused} of {merged}");
}

#[test]
fn what_an_earlier_export_told_is_counted_in() {
    use bright_spots::share::audit::Auditing;
    let (mut told_before, mut refused) = (0, 0);
    for seed in 0..8 {
        let shape = Shape { schools: 4, grades: 4, conditions: 1, mean: 22.0, levels: false, districts: 1, values: 0 };
        let (suppressed, release) = suppress(&district(shape, seed).tables());
        let nothing: Vec<[Vec<Option<u32>>; 2]> =
            release.sheets.iter().map(|s| [vec![None; s.students.len()], vec![None; s.students.len()]]).collect();
        let passes = |told| Auditing::new(release.clone(), suppressed.clone(), 1).knowing(told).finish().1.passes();
        assert!(passes(nothing.clone()), "seed {seed}");
        for (s, told) in suppressed.layers.iter().enumerate() {
            for (at, arc) in told.layer.sizes.arcs.iter().enumerate() {
                // A number that was told in October and is hidden now for another's sake.
                if arc.state == bright_spots::share::suppress::network::State::Complement {
                    let mut told = nothing.clone();
                    told[s][0][at] = Some(arc.value as u32);
                    told_before += 1;
                    refused += u32::from(!passes(told));
                }
            }
        }
    }
    println!("{refused} of {told_before} exports were refused because an earlier one told a complement");
    assert!(told_before > 20 && refused * 10 >= told_before * 8, "{refused} of {told_before}");
}

/// The fewest cells that must be hidden so that every small one keeps its width, by trying them all.
fn fewest(grid: &bright_spots::share::suppress::Grid) -> usize {
    use bright_spots::share::suppress::layer::{Layer, Link};
    use bright_spots::share::suppress::network::State;
    let schools = vec![bright_spots::attendance::School::default(); grid.n_rows - 1];
    let places = bright_spots::share::suppress::tables::Places::new(&schools);
    let mut layer = Layer::of_places(&places, grid, Link::Whole);
    layer.start_sizes(Rule::default(), None, &|_| false);
    let net = &mut layer.sizes;
    let primaries: Vec<u32> =
        (0..net.arcs.len() as u32).filter(|at| net.arcs[*at as usize].state.is_hidden()).collect();
    let others: Vec<u32> =
        (0..net.arcs.len() as u32).filter(|at| net.arcs[*at as usize].state == State::Shown).collect();
    let is_safe = |net: &mut bright_spots::share::suppress::network::Network| {
        primaries.iter().all(|at| net.prove(*at, 5).width() >= 5)
    };
    for more in 0..=others.len() {
        let mut chosen: Vec<usize> = (0..more).collect();
        loop {
            chosen.iter().for_each(|k| net.arcs[others[*k] as usize].state = State::Complement);
            let safe = is_safe(net);
            chosen.iter().for_each(|k| net.arcs[others[*k] as usize].state = State::Shown);
            if safe {
                return primaries.len() + more;
            }
            // The next choice of `more` among the others.
            let Some(k) = (0..more).rev().find(|k| chosen[*k] < others.len() - more + k) else { break };
            chosen[k] += 1;
            for later in k + 1..more {
                chosen[later] = chosen[later - 1] + 1;
            }
        }
    }
    panic!("hiding everything is always safe")
}

#[test]
fn small_tables_hide_hardly_more_than_the_exact_optimum() {
    let mut dice = Dice(15);
    let (mut ours, mut optimum, mut tables) = (0, 0, 0);
    while tables < 60 {
        let d = district(
            Shape {
                schools: 3 + dice.below(2) as usize,
                grades: 3 + dice.below(2) as usize,
                conditions: 0,
                mean: 18.0 + 20.0 * dice.share(),
                levels: false,
                districts: 1,
                values: 0,
            },
            dice.next(),
        );
        let mut t = d.tables();
        // Sizes alone, as in the reference: nobody chronically absent and no outcome told.
        t.whole.chronic.iter_mut().for_each(|x| *x = 0);
        let small = t.whole.students.iter().filter(|n| (1..11).contains(*n)).count();
        if small == 0 || small > 5 {
            continue;
        }
        tables += 1;
        let (suppressed, _) = suppress(&t);
        ours += suppressed.layers[0].layer.sizes.arcs.iter().filter(|arc| arc.state.is_hidden()).count();
        optimum += fewest(&t.whole);
    }
    println!("{tables} tables: {ours} cells hidden, the optimum hides {optimum}");
    assert!(ours * 100 <= optimum * 115, "{ours} against {optimum}");
}
