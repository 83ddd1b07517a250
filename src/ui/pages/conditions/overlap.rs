//! Which conditions come together, in the chosen schools.

use super::{Chosen, widths};
use crate::attendance::{Dataset, Record};
use crate::charts::overlap::{Combination, Overlap, Rest, overlap};
use crate::state::analysis::Sight;
use crate::state::use_state;
use crate::ui::components::{ChartHead, Section};
use crate::ui::figure::Figure;
use crate::ui::pages::tiers::chart_stamp;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// More conditions than this make columns that nobody can read.
const MOST_CONDITIONS: usize = 6;
const MOST_COMBINATIONS: usize = 12;

#[component]
pub(super) fn Overlaps(chosen: Chosen) -> impl IntoView {
    let state = use_state();
    let counted = Memo::new(move |_| {
        let (loaded, records) = (state.loaded.get()?, state.analysis.records.get()?);
        let (of_school, hidden) = (state.analysis.of_school.get()?, chosen.hidden.get());
        let of = chosen.schools.with(|schools| of_schools(&records, &of_school, schools));
        Some(count(&loaded.outcome.dataset, &of, &hidden))
    });
    let chart = Signal::derive(move || {
        let sight = state.analysis.sight.get();
        let counted = counted.get().unwrap_or_default();
        let (wide, _) = widths(&state, 1);
        let width = if wide.is_narrow() { wide } else { state.chart_width.get() };
        overlap(&shown(&counted, &sight, chart_stamp(state.loaded.get().as_ref()), width))
    });
    // Students with two conditions are in no export, so others see nothing here.
    let enough = Memo::new(move |_| {
        !state.analysis.sight.with(Sight::is_share) && counted.with(|c| c.as_ref().is_some_and(|c| c.names.len() > 1))
    });
    view! {
        <Show when=move || enough.get()>
            <Section title="Conditions together" note="A student can have several conditions; each student stands in exactly one combination. The schools chosen above, together.">
                <Figure chart name="conditions-together" head=ChartHead::InTheMargin />
            </Section>
        </Show>
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Counted {
    /// Conditions with their students.
    names: Vec<(String, u64)>,
    /// The largest combinations of them, with counted and chronically absent.
    combinations: Vec<(Vec<usize>, u64, u64)>,
    /// How many smaller ones there are, with counted and chronically absent of all of them.
    rest: (u64, u64, u64),
}

/// Counted students of some schools.
fn of_schools<'a>(records: &'a [Record], of_school: &[Vec<u32>], schools: &[usize]) -> Vec<&'a Record> {
    let of = schools.iter().filter_map(|at| of_school.get(*at)).flatten();
    of.map(|at| &records[*at as usize]).filter(|record| record.is_counted()).collect()
}

fn count(dataset: &Dataset, records: &[&Record], hidden: &[String]) -> Counted {
    let mut conditions: Vec<(usize, u64)> = dataset
        .attributes
        .iter()
        .enumerate()
        .filter(|(_, a)| a.is_yes_no() && !hidden.contains(&a.key))
        .map(|(at, a)| (at, records.iter().filter(|r| a.yes(r.student as usize) == Some(true)).count() as u64))
        .filter(|(_, n)| *n > 0)
        .collect();
    conditions.sort_by_key(|(at, n)| (std::cmp::Reverse(*n), *at));
    conditions.truncate(MOST_CONDITIONS);
    let mut sums: BTreeMap<u32, (u64, u64)> = BTreeMap::new();
    for record in records {
        let mut set = 0;
        for (bit, (at, _)) in conditions.iter().enumerate() {
            if dataset.attributes[*at].yes(record.student as usize) == Some(true) {
                set |= 1 << bit;
            }
        }
        let sum = sums.entry(set).or_default();
        sum.0 += 1;
        sum.1 += u64::from(record.is_chronic());
    }
    let mut combinations: Vec<(Vec<usize>, u64, u64)> = sums
        .into_iter()
        .map(|(set, (n, x))| ((0..conditions.len()).filter(|bit| set >> bit & 1 == 1).collect(), n, x))
        .collect();
    combinations.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let rest = combinations.split_off(combinations.len().min(MOST_COMBINATIONS));
    let rest = rest.iter().fold((0, 0, 0), |(many, n, x), one| (many + 1, n + one.1, x + one.2));
    let names = conditions.into_iter().map(|(at, n)| (dataset.attributes[at].label.clone(), n)).collect();
    Counted { names, combinations, rest }
}

fn shown(counted: &Counted, sight: &Sight, stamp: String, width: crate::charts::Width) -> Overlap {
    let Counted { names, combinations, rest: (many, n, x) } = counted;
    Overlap {
        title: "Conditions together".into(),
        stamp,
        conditions: names.iter().map(|(name, n)| (name.clone(), sight.untold_count(*n).map(|n| n as u32))).collect(),
        combinations: combinations
            .iter()
            .map(|(has, n, x)| {
                let rate = sight.untold(*x, *n);
                Combination { has: has.clone(), counted: rate.counted, chronic: rate.chronic }
            })
            .collect(),
        rest: (*many > 0).then(|| {
            let rate = sight.untold(*x, *n);
            Rest { combinations: *many as u32, counted: rate.counted, chronic: rate.chronic }
        }),
        width,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attendance::{Definition, records};
    use crate::state::analysis::student::tests::example;

    #[test]
    fn each_student_stands_in_one_combination() {
        let dataset = example();
        let records = records::at_schools(&dataset, &Definition::default());
        let of: Vec<&Record> = records.iter().filter(|r| r.is_counted() && r.school < 2).collect();
        let Counted { names, combinations, rest } = count(&dataset, &of, &[]);
        assert!(names.len() > 1 && names.windows(2).all(|n| n[0].1 >= n[1].1));
        let of_two = records.iter().filter(|r| r.is_counted() && r.school < 2).count() as u64;
        let listed: u64 = combinations.iter().map(|c| c.1).sum();
        assert_eq!(listed + rest.1, of_two);
        assert!(rest.0 > 0 && combinations.len() == MOST_COMBINATIONS);
        let none = combinations.iter().find(|c| c.0.is_empty()).unwrap();
        assert!(none.1 > none.2);
    }
}
