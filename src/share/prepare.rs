//! One export from start to finish, in steps: earlier exports, suppression, release, audit.

use super::audit::{Auditing, Report};
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

/// By sheet and measure, numbers that earlier exports told.
type TellsBefore = Vec<[Vec<Option<u32>>; 2]>;

/// The trial's part of the progress shown.
const TRYING: usize = 6;

/// An export on its way. Call [`Preparing::step`] until it says no, then [`Preparing::finish`].
pub struct Preparing {
    tables: Tables,
    earlier: u32,
    /// What earlier exports told and still holds.
    told_before: TellsBefore,
    stage: Stage,
}

enum Stage {
    Hiding(Box<Job>),
    Trying(Box<Auditing>),
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
        Ok(Preparing {
            stage: Stage::Hiding(Box::new(job)),
            earlier: memory::n_of_this_year(earlier, last_day),
            told_before: memory::told_before(earlier, &tables, last_day),
            tables,
        })
    }

    /// A few milliseconds of work at most; `true` while there is more.
    pub fn step(&mut self) -> bool {
        match &mut self.stage {
            Stage::Hiding(job) => {
                if !job.step() {
                    let suppressed = job.take();
                    let release = Release::new(&self.tables, &suppressed);
                    let told = std::mem::take(&mut self.told_before);
                    let auditing = Auditing::new(release, suppressed, self.earlier).knowing(told);
                    self.stage = Stage::Trying(Box::new(auditing));
                }
                true
            }
            Stage::Trying(auditing) => auditing.step(),
        }
    }

    /// Done and all. It may fall back where a condition has to be told more coarsely.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        match &self.stage {
            Stage::Hiding(job) => {
                let (done, all) = job.progress();
                (done, all + TRYING)
            }
            Stage::Trying(auditing) => {
                let (done, all) = auditing.progress();
                (TRYING + done * TRYING / all.max(1), 2 * TRYING)
            }
        }
    }

    /// Finishes whatever is left.
    #[must_use]
    pub fn finish(mut self) -> Prepared {
        while self.step() {}
        let (release, report) = match self.stage {
            Stage::Trying(auditing) => auditing.finish(),
            // The last step of hiding starts the trial, so this is never reached half done.
            Stage::Hiding(job) => {
                let suppressed = job.finish();
                let release = Release::new(&self.tables, &suppressed);
                Auditing::new(release, suppressed, self.earlier).knowing(self.told_before).finish()
            }
        };
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
