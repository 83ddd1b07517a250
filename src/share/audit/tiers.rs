//! The attacker on merged tiers.

use super::report::Report;
use super::simplex::{self, Range};
use super::system::{Cell, System};
use crate::share::gate::Rule;
use crate::share::release::Release;
use crate::share::suppress::linked::Suppressed;

/// Tiers, with every size and every chronic count known to the attacker.
pub(super) fn examine_tiers(release: &Release, suppressed: &Suppressed, report: &mut Report) {
    let all = &suppressed.layers[0].layer.grid;
    let (n_schools, total) = (release.places.schools.len(), release.places.total_row());
    if release.tiers.iter().all(Vec::is_empty) {
        return;
    }
    let mut system = System::default();
    let mut asked = Vec::new();
    let mut rows: Vec<[u32; 5]> = Vec::new();
    for row in (0..n_schools).chain([total]) {
        let at = all.at(row, all.n_cols - 1);
        let (students, chronic) = (all.students[at], all.chronic[at]);
        let cells: [u32; 5] = std::array::from_fn(|_| system.cell(Cell::ANY));
        let mut sums = vec![(0..2, students - chronic), (2..5, chronic)];
        sums.extend(release.tiers.get(row).into_iter().flatten().map(|class| {
            let from = class.tiers.first().map_or(0, |tier| tier.index());
            (from..from + class.tiers.len(), class.students)
        }));
        let is_told = release.tiers.get(row).is_some_and(|classes| !classes.is_empty());
        for (tier, cell) in cells.iter().enumerate() {
            // The narrowest sum that the tier stands in.
            let sum = sums.iter().filter(|(range, _)| range.contains(&tier)).min_by_key(|(range, _)| range.len());
            let Some((range, sum)) = sum else { continue };
            if range.len() > 1 && (is_told || row != total) && *sum > 0 {
                asked.push((row, *cell, i64::from(*sum).min(i64::from(Rule::OUTCOME_WIDTH))));
            }
        }
        for (range, sum) in sums {
            let sum = system.cell(Cell::known(i64::from(sum)));
            system.sum(sum, cells[range].iter().copied());
        }
        rows.push(cells);
    }
    if let Some((last, schools)) = rows.split_last() {
        for tier in 0..5 {
            system.sum(last[tier], schools.iter().map(|cells| cells[tier]));
        }
    }
    let consistent = system.propagate(100 * system.equations.len()).is_ok();
    for (row, cell, need) in asked {
        report.hidden += 1;
        let width = match simplex::range(&system, cell, 2_000) {
            _ if !consistent || system.cells[cell as usize].width() < need => 0,
            // Sums of tiers are a network, where what programs find is whole.
            Range::Found { low, high, .. } => high - low,
            Range::Undecided => {
                report.n_undecided += 1;
                continue;
            }
        };
        if width < need {
            report.n_too_narrow += 1;
            let place = release.places.schools.get(row).map_or("All schools", |school| school.name.as_str());
            if report.too_narrow.len() < Report::MOST {
                report.too_narrow.push(format!("{place}, tiers"));
            }
        }
    }
}
