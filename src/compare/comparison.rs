//! A whole comparison: strata in; expected rates, spread, verdicts and their sentences out.

use super::flags::Flag;
use super::shrinkage::{self, Guess, Shrunk, Unit};
use super::spread::{Residual, Spread};
use super::standardise::{Expected, standardise};
use super::strata::StrataTable;
use super::verdict::{Case, Judgement, judge_with, tails};

/// Every unit of a table compared with the others; all lists in the order of `StrataTable::units`.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    pub expected: Vec<Expected>,
    pub spread: Spread,
    /// Red flags of each unit.
    pub flags: Vec<Vec<Flag>>,
    pub judgements: Vec<Judgement>,
}

impl Comparison {
    /// Compares all units. `flags_of` yields a unit's red flags from its position and its expected
    /// counts; the check for rates too good to be true is added here.
    #[must_use]
    pub fn of(table: &StrataTable, flags_of: impl Fn(usize, &Expected) -> Vec<Flag>) -> Comparison {
        let expected = standardise(table);
        let spread = spread_of(&expected);
        let mut flags: Vec<Vec<Flag>> = Vec::with_capacity(expected.len());
        let mut judgements = Vec::with_capacity(expected.len());
        for (unit, expected) in expected.iter().enumerate() {
            let case = Case::of(expected);
            // The tails are the dearest part of a comparison, so they are found once.
            let tails = tails(&case, &spread);
            let mut red = flags_of(unit, expected);
            red.extend(case.too_good(tails.as_ref()));
            judgements.push(judge_with(&case, &spread, &red, tails));
            flags.push(red);
        }
        Comparison { expected, spread, flags, judgements }
    }

    /// One unit's rate drawn toward what is expected; `None` without an expected rate.
    #[must_use]
    pub fn shrunk(&self, table: &StrataTable, unit: usize) -> Option<Shrunk> {
        let expected = &self.expected[unit];
        let expected_rate = expected.expected_rate()?;
        let name = table.units[unit].clone();
        let unit = Unit { name, n: expected.compared, observed: expected.observed, expected_rate };
        Some(shrinkage::shrink(&unit, shrinkage::variance(&self.spread)))
    }

    /// What a unit is ordered by; `None` without an expected rate, or where the units do not differ
    /// beyond chance.
    #[must_use]
    pub fn guess(&self, unit: usize) -> Option<Guess> {
        let expected = &self.expected[unit];
        let rate = expected.expected_rate()?;
        shrinkage::guess(expected.compared, expected.observed, rate, shrinkage::variance(&self.spread))
    }

    /// Where one unit's expected rate comes from, in one sentence with its numbers.
    #[must_use]
    pub fn sentence(&self, table: &StrataTable, unit: usize) -> String {
        let expected = &self.expected[unit];
        let (Some(rate), Some(observed)) = (expected.expected_rate(), expected.observed_rate()) else {
            let (counted, compared) = (expected.counted, expected.compared);
            let few = match compared {
                0 => format!("none of the {counted} students here has"),
                1 => format!("of {counted} students here only one has"),
                n => format!("of {counted} students here only {n} have"),
            };
            return format!("No fair comparison: {few} enough others like them in the other schools.");
        };
        let n = expected.compared;
        let mut sentence = format!(
            "Students like these {n}, in the other schools, are chronically absent at {:.0} %; here it is {:.0} %.",
            100.0 * rate,
            100.0 * observed
        );
        let left_out = expected.counted - n;
        if left_out > 0 {
            sentence.push_str(&format!(
                " {left_out} more students here have too few like them elsewhere and are left out."
            ));
        }
        sentence.push_str(&rests_on(table, expected));
        sentence
    }
}

/// ` 68 % of that comparison rests on Birch, 32 % on Cedar.`
fn rests_on(table: &StrataTable, expected: &Expected) -> String {
    let name = |at: u32| &table.units[at as usize];
    let n_others = expected.others;
    match expected.rests_on.as_slice() {
        [] => String::new(),
        [(only, _)] => format!(" All of that comparison rests on {}.", name(*only)),
        [(a, x), (b, y)] if n_others == 2 => {
            format!(" {:.0} % of that comparison rests on {}, {:.0} % on {}.", 100.0 * x, name(*a), 100.0 * y, name(*b))
        }
        [(a, x), (b, y), ..] => format!(
            " That comparison rests on {n_others} schools, most on {} ({:.0} %) and {} ({:.0} %).",
            name(*a),
            100.0 * x,
            name(*b),
            100.0 * y
        ),
    }
}

/// The spread among the units that have an expected rate.
#[must_use]
pub fn spread_of(expected: &[Expected]) -> Spread {
    let residuals: Vec<Residual> = expected
        .iter()
        .filter(|expected| expected.has_expected())
        .map(|e| Residual { observed: e.observed_all, expected: e.pooled_expected, variance: e.pooled_variance })
        .collect();
    Spread::estimate(&residuals)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attendance::GradeBand;
    use crate::compare::strata::Stratum;
    use proptest::prelude::*;

    /// Rows of up to sixteen schools with bands and one condition.
    fn rows() -> impl Strategy<Value = Vec<(usize, Stratum, u64, u64)>> {
        let row = (0usize..16, 0usize..3, 0u8..3, 1u64..200, 0.0f64..0.5);
        prop::collection::vec(row, 20..120).prop_map(|rows| {
            let bands = [GradeBand::K, GradeBand::Grades1To5, GradeBand::Grades6To8];
            rows.into_iter()
                .map(|(unit, band, code, counted, share)| {
                    let stratum = Stratum { band: bands[band], codes: vec![code] };
                    (unit, stratum, counted, (counted as f64 * share) as u64)
                })
                .collect()
        })
    }

    fn table(rows: &[(usize, Stratum, u64, u64)], place: impl Fn(usize) -> usize) -> StrataTable {
        let condition = crate::compare::strata::Condition {
            key: "economically_disadvantaged".to_owned(),
            label: "Economic disadvantage".to_owned(),
            values: vec!["No".to_owned(), "Yes".to_owned()],
        };
        let mut names = vec![String::new(); 16];
        for i in 0..16 {
            names[place(i)] = format!("School {}", (b'A' + i as u8) as char);
        }
        let rows = rows.iter().map(|(unit, stratum, n, x)| (place(*unit), stratum.clone(), *n, *x));
        StrataTable::from_rows(vec![condition], names, rows)
    }

    proptest! {
        #[test]
        fn verdicts_do_not_depend_on_the_order_of_schools(rows in rows(), turn in 0usize..16) {
            let plain = Comparison::of(&table(&rows, |i| i), |_, _| Vec::new());
            let turned = Comparison::of(&table(&rows, |i| (i + turn) % 16), |_, _| Vec::new());
            for i in 0..16 {
                let at = (i + turn) % 16;
                prop_assert_eq!(plain.judgements[i].verdict, turned.judgements[at].verdict);
                prop_assert!((plain.expected[i].expected - turned.expected[at].expected).abs() < 1e-9);
            }
        }

        #[test]
        fn intervals_hold_the_difference_and_shares_add_up(rows in rows()) {
            for expected in Comparison::of(&table(&rows, |i| i), |_, _| Vec::new()).expected {
                if let Some((difference, (lower, upper))) = expected.difference() {
                    prop_assert!(lower <= difference && difference <= upper);
                    let shares: Vec<f64> = expected.rests_on.iter().map(|(_, share)| *share).collect();
                    let sum: f64 = shares.iter().sum();
                    prop_assert!(shares.windows(2).all(|two| two[0] >= two[1]) && sum <= 1.0 + 1e-9);
                    prop_assert!(expected.others > 2 || (sum - 1.0).abs() < 1e-9);
                    prop_assert!(sum * expected.others as f64 >= shares.len() as f64 - 1e-9, "the largest");
                    prop_assert!(expected.concentration <= 1.0 + 1e-9 && expected.concentration * 15.0 >= 1.0 - 1e-9);
                    prop_assert!(expected.pooled_expected >= 0.0 && expected.expected <= expected.compared as f64);
                }
            }
        }

        #[test]
        fn one_more_chronic_student_never_lowers_a_rate_or_a_tail(rows in rows(), which in 0usize..120) {
            let which = which % rows.len();
            let mut more = rows.clone();
            if more[which].3 == more[which].2 {
                return Ok(());
            }
            more[which].3 += 1;
            let unit = rows[which].0;
            let (before, after) = (table(&rows, |i| i), table(&more, |i| i));
            let spread = Spread::assumed(16);
            let (before, after) = (&standardise(&before), &standardise(&after));
            // Its own observed count rises, its own expectation does not move, others' never falls.
            prop_assert!(after[unit].observed_all == before[unit].observed_all + 1);
            prop_assert_eq!(after[unit].expected, before[unit].expected);
            for other in (0..16).filter(|other| *other != unit) {
                prop_assert!(after[other].expected >= before[other].expected - 1e-9);
            }
            if let (Some(b), Some(a)) = (tails(&Case::of(&before[unit]), &spread), tails(&Case::of(&after[unit]), &spread)) {
                prop_assert!(a.low >= b.low - 1e-12);
            }
        }
    }

    #[test]
    fn three_schools_say_on_whom_the_comparison_rests() {
        let stratum = Stratum { band: GradeBand::Grades1To5, codes: vec![] };
        let rows = [(0, 200, 30), (1, 300, 75), (2, 100, 20)].map(|(unit, n, x)| (unit, stratum.clone(), n, x));
        let units = ["Alder", "Birch", "Cedar"].map(str::to_owned).to_vec();
        let table = StrataTable::from_rows(Vec::new(), units, rows);
        let comparison = Comparison::of(&table, |_, _| Vec::new());
        assert_eq!(
            comparison.sentence(&table, 0),
            "Students like these 200, in the other schools, are chronically absent at 24 %; here it is 15 %. \
             75 % of that comparison rests on Birch, 25 % on Cedar."
        );
    }
}
