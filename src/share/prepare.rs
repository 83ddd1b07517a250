//! One export from start to finish, in steps: earlier exports, suppression, release, audit.

use super::audit::{Report, audit};
use super::gate::Rule;
use super::memory::{self, Remembered, Timing};
use super::release::Release;
use super::suppress::linked::{Detail, Job, Measure};
use super::suppress::tables::Tables;
use crate::attendance::Day;

/// What may leave, and how safe it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    pub release: Release,
    pub report: Report,
    /// What is told more coarsely than asked for, in words.
    pub coarser: Vec<String>,
}

/// An export on its way. Call [`Preparing::step`] until it says no, then [`Preparing::finish`].
pub struct Preparing {
    tables: Tables,
    job: Job,
    earlier: u32,
}

impl Preparing {
    /// `Err` where the earlier export at that position must be handed out again instead.
    pub fn new(
        tables: Tables,
        rule: Rule,
        earlier: &[Remembered],
        last_day: Day,
        school_days_since: &dyn Fn(Day) -> u32,
    ) -> Result<Preparing, Timing> {
        let timing = memory::timing(earlier, &tables, last_day, school_days_since);
        if timing != Timing::Renew {
            return Err(timing);
        }
        let hidden = memory::hidden_before(earlier, &tables, last_day);
        let job = Job::new(&tables, rule, &|sheet, measure, at| hidden[sheet][measure as usize][at]);
        Ok(Preparing { job, earlier: memory::n_of_this_year(earlier, last_day), tables })
    }

    /// A few milliseconds of work at most; `true` while there is more.
    pub fn step(&mut self) -> bool {
        self.job.step()
    }

    /// Done and all. It may fall back where a condition has to be told more coarsely.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        self.job.progress()
    }

    /// Finishes whatever is left and audits it: about a tenth of a second for a large district.
    #[must_use]
    pub fn finish(self) -> Prepared {
        let suppressed = self.job.finish();
        let release = Release::new(&self.tables, &suppressed);
        let report = audit(&release, &suppressed, self.earlier);
        Prepared { coarser: coarser(&release), release, report }
    }
}

fn coarser(release: &Release) -> Vec<String> {
    let mut words = Vec::new();
    for sheet in &release.sheets {
        let name = if sheet.label.is_empty() { "All students" } else { &sheet.label };
        for (measure, detail) in [(Measure::Sizes, sheet.sizes_told), (Measure::Outcomes, sheet.outcomes_told)] {
            if measure == Measure::Outcomes && detail == sheet.sizes_told {
                continue;
            }
            let what = if measure == Measure::Sizes { "" } else { ", chronic absence" };
            match detail {
                Detail::Cells => {}
                Detail::Sums => words.push(format!("{name}{what}: schools and grades, not crossed")),
                Detail::Total => words.push(format!("{name}{what}: all schools together only")),
                Detail::Nothing => words.push(format!("{name}{what}: left out, as no table of it is safe")),
            }
        }
    }
    words.dedup();
    words
}
