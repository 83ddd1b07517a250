//! Agreement with the reference answers of methods section 14, computed elsewhere with public libraries.

use bright_spots::share::audit::simplex::{Range, range};
use bright_spots::share::audit::system::{Cell, System, UNBOUNDED};
use bright_spots::share::gate::{Code, Rule, Shown, code_percent, counts_told_by_whole_percent, part};
use bright_spots::share::memory::may_renew;
use bright_spots::share::suppress::Grid;
use bright_spots::share::suppress::layer::{Layer, Link};
use bright_spots::share::suppress::network::State;
use bright_spots::share::suppress::protect::protect;
use bright_spots::share::suppress::tables::Places;
use serde_json::Value;

fn reference() -> Option<Value> {
    let data = std::env::var("BRIGHT_SPOTS_DATA").unwrap_or_else(|_| "../shared/data".into());
    let path = format!("{data}/4_reference_numbers/methods/14_suppression.json");
    match std::fs::read_to_string(&path) {
        Ok(text) => Some(serde_json::from_str(&text).unwrap()),
        Err(_) => {
            println!("SKIPPED: {path} is not here");
            None
        }
    }
}

fn ints(value: &Value) -> Vec<u32> {
    value.as_array().unwrap().iter().map(|v| v.as_f64().unwrap() as u32).collect()
}

/// A table with sums as a layer of sizes; nothing but sizes is known of it.
fn layer(table: &Value) -> Layer {
    let rows: Vec<Vec<u32>> = table.as_array().unwrap().iter().map(ints).collect();
    let schools = vec![bright_spots::attendance::School::default(); rows.len() - 1];
    let mut grid = Grid::new(rows.len(), rows[0].len());
    grid.students = rows.concat();
    let mut layer = Layer::of_places(&Places::new(&schools), &grid, Link::Whole);
    layer.start_sizes(Rule::default(), None, &|_| false);
    layer
}

fn cells(value: &Value, n_cols: usize) -> Vec<usize> {
    let pairs = value.as_array().unwrap().iter().map(ints);
    pairs.map(|p| p[0] as usize * n_cols + p[1] as usize).collect()
}

#[test]
fn ranges_in_two_way_tables_agree() {
    let Some(reference) = reference() else { return };
    let mut n = 0;
    for case in reference["audit_two_way"].as_array().unwrap() {
        let mut layer = layer(&case["table"]);
        let hidden = cells(&case["hidden"], layer.grid.n_cols);
        for (at, arc) in layer.sizes.arcs.iter_mut().enumerate() {
            arc.state = if hidden.contains(&at) { State::Primary } else { State::Shown };
            arc.low = 1;
        }
        let (mut exact, mut narrow) = (0, 0);
        for interval in case["intervals"].as_array().unwrap() {
            let cell = ints(&interval[0]);
            let at = (cell[0] as usize * layer.grid.n_cols + cell[1] as usize) as u32;
            let (low, high) = layer.sizes.interval(at);
            assert_eq!(f64::from(low), interval[1][0].as_f64().unwrap(), "{case}");
            assert_eq!(high.map(f64::from), interval[1][1].as_f64(), "{case}");
            exact += u64::from(Some(low) == high);
            narrow += u64::from(high.is_some_and(|high| high - low < 5));
            n += 1;
        }
        assert_eq!(exact, case["exactly_found"].as_u64().unwrap());
        assert_eq!(narrow, case["narrower_than_5"].as_u64().unwrap());
    }
    assert!(n > 40, "{n}");
}

#[test]
fn ranges_in_linked_tables_agree() {
    let Some(reference) = reference() else { return };
    let mut n = 0;
    for case in reference["audit_linked"].as_array().unwrap() {
        // Four axes with their sums last: school, grade, with or without, chronic or not.
        let inner = case["inner"].as_array().unwrap();
        let position = |name: &str, names: [&str; 3]| names.iter().position(|n| *n == name).unwrap();
        let with = |v: &Value| position(v.as_str().unwrap(), ["with", "without", "all"]);
        let chronic = |v: &Value| position(v.as_str().unwrap(), ["chronic", "not", "all"]);
        let last = |axis: usize| 1 + inner.iter().map(|i| i[axis].as_u64().unwrap()).max().unwrap() as usize;
        let ends = [last(0), last(1), 2, 2];
        let place = |v: &Value, axis: usize| v.as_u64().map_or(ends[axis], |n| n as usize);
        let cell_of = |v: &Value| [place(&v[0], 0), place(&v[1], 1), with(&v[2]), chronic(&v[3])];
        let sizes = ends.map(|end| end + 1);
        let index = |c: [usize; 4]| ((c[0] * sizes[1] + c[1]) * 3 + c[2]) * 3 + c[3];
        let all: Vec<[usize; 4]> =
            (0..sizes[0] * sizes[1] * 9).map(|i| [i / 9 / sizes[1], i / 9 % sizes[1], i / 3 % 3, i % 3]).collect();
        let mut truth = vec![0i64; all.len()];
        for value in inner {
            let c = cell_of(value);
            for target in &all {
                if (0..4).all(|axis| target[axis] == c[axis] || target[axis] == ends[axis]) {
                    truth[index(*target)] += value[4].as_i64().unwrap();
                }
            }
        }
        let hidden: Vec<[usize; 4]> = case["hidden"].as_array().unwrap().iter().map(cell_of).collect();
        let mut system = System::default();
        for c in &all {
            let low = i64::from(c[3] == 2);
            let is_hidden = hidden.contains(c);
            system.cell(if is_hidden { Cell { low, high: UNBOUNDED } } else { Cell::known(truth[index(*c)]) });
        }
        for c in &all {
            for axis in 0..4 {
                if c[axis] == ends[axis] {
                    let part = |k: usize| {
                        let mut part = *c;
                        part[axis] = k;
                        index(part) as u32
                    };
                    system.sum(index(*c) as u32, (0..ends[axis]).map(part));
                }
            }
        }
        let mut exact = 0;
        for interval in case["intervals"].as_array().unwrap() {
            let Range::Found { low, high, .. } = range(&system, index(cell_of(&interval[0])) as u32, 500) else {
                panic!("undecided")
            };
            let expected = [interval[1][0].as_f64().unwrap(), interval[1][1].as_f64().unwrap()];
            assert!((low as f64 - expected[0]).abs() < 1e-6 && (high as f64 - expected[1]).abs() < 1e-6, "{interval}");
            exact += u64::from(low == high);
            n += 1;
        }
        assert_eq!(exact, case["exactly_found"].as_u64().unwrap());
    }
    assert!(n > 20, "{n}");
}

#[test]
fn as_few_cells_are_hidden_as_in_the_optimum() {
    let Some(reference) = reference() else { return };
    let (mut ours, mut optimum) = (0, 0);
    for case in reference["optimum"].as_array().unwrap() {
        let mut layer = layer(&case["table"]);
        let primaries = cells(&case["primaries"], layer.grid.n_cols);
        let start: Vec<usize> =
            (0..layer.sizes.arcs.len()).filter(|at| layer.sizes.arcs[*at].state.is_hidden()).collect();
        assert_eq!(start, primaries, "the same numbers are hidden for their own sake");
        let protected = protect(&mut layer.sizes);
        assert!(protected.weak.is_empty());
        for at in primaries {
            let (low, high) = layer.sizes.interval(at as u32);
            assert!(high.is_none_or(|high| high - low >= 5), "{case}");
        }
        ours += layer.sizes.arcs.iter().filter(|arc| arc.state.is_hidden()).count() as u64;
        optimum += case["optimum"]["hidden"].as_u64().unwrap();
    }
    println!("{ours} cells hidden; the optimum hides {optimum}");
    assert!(ours * 100 <= optimum * 115, "{ours} against {optimum}");
}

#[test]
fn codes_agree() {
    let Some(reference) = reference() else { return };
    for case in reference["codes"].as_array().unwrap() {
        let get = |key: &str| case[key].as_u64().unwrap() as u32;
        let n = get("group_size");
        assert_eq!(code_percent(n).map(u32::from), Some(get("code_percent")), "{case}");
        let coded = |x| part(Rule::default(), n, x);
        let bottom = (0..=n).filter(|x| matches!(coded(*x), Shown::Coded(Code::Under(_)))).max();
        let top = (0..=n).filter(|x| matches!(coded(*x), Shown::Coded(Code::Over(_)))).min();
        assert_eq!(bottom, Some(get("bottom_coded")), "{case}");
        assert_eq!(top, Some(get("top_coded")), "{case}");
        assert_eq!(counts_told_by_whole_percent(n), get("whole_percent_reveals_count"), "{case}");
    }
}

#[test]
fn renewal_agrees() {
    let Some(reference) = reference() else { return };
    for case in reference["renewal"].as_array().unwrap() {
        let (first, second) = (ints(&case["first"]), ints(&case["second"]));
        let days = case["school_days_between_last_days"].as_u64().unwrap() as u32;
        let expected = case["answer"] == "may be renewed";
        assert_eq!(may_renew((first[0], first[1]), (second[0], second[1]), days), expected, "{case}");
    }
}
