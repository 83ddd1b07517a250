//! The audit of an export of one's own, in steps: takes all that it contains, earlier ones too, and
//! tries to find every hidden number.
//!
//! A hidden number is safe when two whole tables are known that show exactly the same and differ in
//! it by the protected width. The suppressor hands such pairs over as certificates; nothing of them is
//! believed until every sum and bound of the export has been checked against both tables. What has no
//! certificate goes to the simplex; what stays undecided is refused.

use super::attacker::Attack;
use super::report::Report;
use super::simplex::{Range, Solving};
use super::system::{Cell, Narrowing, System};
use super::tiers::TierTrial;
use crate::share::gate::Rule;
use crate::share::release::Release;
use crate::share::suppress::linked::{CellId, Certificate, Detail, Measure, Suppressed};
use std::time::Duration;

/// The true table, and room to move it.
#[derive(Default)]
pub(super) struct Moves {
    truth: Vec<i64>,
    delta: Vec<i64>,
    touched: Vec<u32>,
}

impl Moves {
    pub(super) fn new(truth: Vec<i64>) -> Moves {
        Moves { delta: vec![0; truth.len()], truth, touched: Vec::new() }
    }

    /// Whether the true table with these moves shows exactly the same; true tables with no moves do.
    pub(super) fn fits(&mut self, system: &System, moves: &[(u32, i32)]) -> bool {
        self.touched.clear();
        for (cell, by) in moves {
            self.delta[*cell as usize] += i64::from(*by);
            self.touched.push(*cell);
        }
        // What follows from the moves: defined cells, in the order of their definition.
        let mut waiting: std::collections::BTreeSet<u32> =
            moves.iter().flat_map(|(cell, _)| &system.touching[*cell as usize]).copied().collect();
        let mut fits = true;
        while let Some(at) = waiting.pop_first() {
            let equation = &system.equations[at as usize];
            let rest: i64 =
                equation.terms.iter().map(|(cell, sign)| i64::from(*sign) * self.delta[*cell as usize]).sum();
            if rest == 0 {
                continue;
            }
            let Some(gives) = equation.gives else {
                // A sum of defined cells may come right only once all of them are.
                fits = false;
                break;
            };
            let sign = equation.terms.iter().find(|(cell, _)| *cell == gives).map_or(1, |(_, sign)| i64::from(*sign));
            self.delta[gives as usize] -= sign * rest;
            self.touched.push(gives);
            waiting.extend(&system.touching[gives as usize]);
        }
        for cell in std::mem::take(&mut self.touched) {
            let by = std::mem::take(&mut self.delta[cell as usize]);
            let (Cell { low, high }, now) = (system.cells[cell as usize], self.truth[cell as usize] + by);
            fits &= by == 0 || (low <= now && now <= high);
        }
        fits
    }
}

/// Tries to find the hidden numbers of an export of one's own, all at once.
#[must_use]
pub fn audit(release: &Release, suppressed: &Suppressed, earlier: u32) -> Report {
    Auditing::new(release.clone(), suppressed.clone(), earlier).finish().1
}

/// What comes next.
enum Next {
    /// The next sheet to take in.
    Read(usize),
    /// Once as the reader sees it, and once with every size known, as enrolment is public.
    Know(Measure),
    Narrow(Measure, Narrowing),
    Try(Place),
    /// The simplex is at work on that number.
    Solve(Place, Box<Solving>),
    Tiers,
    TryTiers(Box<TierTrial>),
    Nothing,
}

/// Where the trial stands.
#[derive(Clone, Copy)]
struct Place {
    measure: Measure,
    /// Whether the shown numbers fit together at all.
    consistent: bool,
    layer: usize,
    at: usize,
}

/// An audit under way. Call [`Auditing::step`] until it says no, then [`Auditing::finish`].
pub struct Auditing {
    release: Release,
    suppressed: Suppressed,
    report: Report,
    attack: Attack,
    moves: Moves,
    /// By sheet and measure, numbers that earlier exports told of groups that have not changed since.
    told_before: Vec<[Vec<Option<u32>>; 2]>,
    /// What the attacker is told of the present measure, and what follows from it.
    known: System,
    narrowed: System,
    next: Next,
}

/// Sums looked at, and cells tried, in one step.
const AT_ONCE: usize = 64;

/// How long the simplex may go on in one step.
const SLICE: Duration = Duration::from_millis(12);

impl Auditing {
    #[must_use]
    pub fn new(release: Release, suppressed: Suppressed, earlier: u32) -> Auditing {
        let report = Report { earlier, ..Report::default() };
        let (known, narrowed) = (System::default(), System::default());
        Auditing {
            release,
            suppressed,
            report,
            attack: Attack::default(),
            moves: Moves::default(),
            told_before: Vec::new(),
            known,
            narrowed,
            next: Next::Read(0),
        }
    }

    /// With what earlier exports told, by sheet and measure: the attacker has read those too. What they
    /// told is told; nothing else may be found with their help.
    #[must_use]
    pub fn knowing(self, told_before: Vec<[Vec<Option<u32>>; 2]>) -> Auditing {
        Auditing { told_before, ..self }
    }

    fn was_told(&self, measure: Measure, layer: usize, at: usize) -> Option<u32> {
        *self.told_before.get(layer)?[measure as usize].get(at)?
    }

    /// Done and all.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        let half = |measure: &Measure| usize::from(*measure == Measure::Outcomes);
        let layers = self.suppressed.layers.len();
        let done = match &self.next {
            Next::Read(_) => 0,
            Next::Know(measure) | Next::Narrow(measure, _) => half(measure) * layers,
            Next::Try(place) | Next::Solve(place, _) => half(&place.measure) * layers + place.layer,
            Next::Tiers | Next::TryTiers(_) | Next::Nothing => 2 * layers,
        };
        (done, 2 * layers + 1)
    }

    /// A few milliseconds of work at most; `true` while there is more.
    pub fn step(&mut self) -> bool {
        self.next = match std::mem::replace(&mut self.next, Next::Nothing) {
            Next::Read(sheet) if sheet < self.release.sheets.len() => {
                self.attack.read(&self.release);
                Next::Read(sheet + 1)
            }
            Next::Read(_) => {
                let truth = truth(&self.attack, &self.suppressed);
                self.moves = Moves::new(truth);
                self.known = self.attack.system.clone();
                self.remember_earlier();
                Next::Know(Measure::Sizes)
            }
            Next::Know(measure) => {
                if measure == Measure::Outcomes {
                    self.learn_sizes();
                }
                self.narrowed = self.known.clone();
                Next::Narrow(measure, Narrowing::new(&self.known, 40 * self.known.equations.len()))
            }
            Next::Narrow(measure, mut narrowing) => match narrowing.step(&mut self.narrowed, AT_ONCE) {
                Ok(true) => Next::Narrow(measure, narrowing),
                done => Next::Try(Place { measure, consistent: done.is_ok(), layer: 0, at: 0 }),
            },
            Next::Try(place) => self.try_some(place),
            Next::Solve(place, mut solving) => match solving.step(&self.narrowed) {
                None => Next::Solve(place, solving),
                Some(range) => {
                    self.settle(place, range);
                    Next::Try(Place { at: place.at + 1, ..place })
                }
            },
            Next::Tiers => TierTrial::new(&self.release, &self.suppressed)
                .map_or(Next::Nothing, |trial| Next::TryTiers(Box::new(trial))),
            Next::TryTiers(mut trial) => match trial.step(&self.release, SLICE, &mut self.report) {
                true => Next::TryTiers(trial),
                false => Next::Nothing,
            },
            Next::Nothing => Next::Nothing,
        };
        !matches!(self.next, Next::Nothing)
    }

    /// What may leave, and what was found; finishes whatever is left.
    #[must_use]
    pub fn finish(mut self) -> (Release, Report) {
        while self.step() {}
        (self.release, self.report)
    }

    fn remember_earlier(&mut self) {
        for layer in 0..self.suppressed.layers.len() {
            for measure in [Measure::Sizes, Measure::Outcomes] {
                for at in 0..self.release.sheets[layer].students.len() {
                    if let Some(told) = self.was_told(measure, layer, at) {
                        let cell = self.attack.part(layer, at, measure as u32) as usize;
                        self.known.cells[cell] = Cell::known(i64::from(told));
                    }
                }
            }
        }
    }

    fn learn_sizes(&mut self) {
        for (layer, told) in self.suppressed.layers.iter().enumerate() {
            for at in 0..told.layer.grid.students.len() {
                let cell = self.attack.part(layer, at, 0) as usize;
                self.known.cells[cell] = Cell::known(self.moves.truth[cell]);
            }
        }
    }

    /// Tries the next hidden numbers of a layer; the next layer, measure or the tiers after the last.
    fn try_some(&mut self, from: Place) -> Next {
        let Some(told) = self.suppressed.layers.get(from.layer) else {
            return match from.measure {
                Measure::Sizes => Next::Know(Measure::Outcomes),
                Measure::Outcomes => Next::Tiers,
            };
        };
        let n = self.release.sheets[from.layer].students.len();
        let next_layer = Next::Try(Place { layer: from.layer + 1, at: 0, ..from });
        if told.detail(from.measure) == Detail::Nothing {
            return next_layer;
        }
        let to = n.min(from.at + AT_ONCE);
        for at in from.at..to {
            let place = Place { at, ..from };
            if let Some(solving) = self.try_one(place) {
                return Next::Solve(place, Box::new(solving));
            }
        }
        if to < n { Next::Try(Place { at: to, ..from }) } else { next_layer }
    }

    /// How far apart the bounds of a number must be, where it is hidden.
    fn need(&self, Place { measure, layer, at, .. }: Place) -> Option<i64> {
        let (told, sheet) = (&self.suppressed.layers[layer], &self.release.sheets[layer]);
        let (is_hidden, need) = match measure {
            Measure::Sizes => (sheet.students[at].value().is_none(), i64::from(Rule::SIZE_WIDTH)),
            Measure::Outcomes => {
                let most = i64::from(told.layer.grid.students[at]);
                (sheet.chronic[at].value().is_none(), most.min(i64::from(Rule::OUTCOME_WIDTH)))
            }
        };
        (is_hidden && !told.layer.is_pinned(at)).then_some(need)
    }

    /// Tries one number; what the simplex has to decide is handed back.
    fn try_one(&mut self, place: Place) -> Option<Solving> {
        let Place { measure, consistent, layer, at } = place;
        let need = self.need(place)?;
        self.report.hidden += 1;
        if self.was_told(measure, layer, at).is_some() {
            return None;
        }
        let id = CellId { layer: layer as u16, at: at as u32 };
        let cell = self.attack.cell(id, measure);
        // Bounds that can be proved; if even they are too close, no certificate can hold.
        let provable = self.narrowed.cells[cell as usize].width();
        if !consistent || provable < need {
            self.found(place, need, provable.min(need - 1));
            return None;
        }
        let shown_wide = certificate(&self.suppressed, measure, id).map_or(0, |certificate| {
            let mut side = |moves: &[(CellId, i32)]| {
                let cells: Vec<(u32, i32)> =
                    moves.iter().map(|(id, by)| (self.attack.cell(*id, measure), *by)).collect();
                let own = moves.iter().find(|m| m.0 == id).map_or(0, |m| i64::from(m.1));
                if self.moves.fits(&self.known, &cells) { own } else { 0 }
            };
            side(&certificate.up) - side(&certificate.down)
        });
        if shown_wide >= need {
            self.found(place, need, shown_wide);
            return None;
        }
        let solving = Solving::new(&self.narrowed, cell, 2_000, Some(SLICE));
        if solving.is_none() {
            self.report.n_undecided += 1;
        }
        solving
    }

    /// What the simplex said.
    fn settle(&mut self, place: Place, range: Range) {
        let Some(need) = self.need(place) else { return };
        match range {
            Range::Found { low, high, whole } if whole || high - low < need => self.found(place, need, high - low),
            Range::Found { .. } | Range::Undecided => self.report.n_undecided += 1,
        }
    }

    fn found(&mut self, Place { measure, layer, at, .. }: Place, need: i64, width: i64) {
        let report = &mut self.report;
        if width < need {
            report.n_too_narrow += 1;
            if report.too_narrow.len() < Report::MOST {
                report.too_narrow.push(self.release.words(layer, at, measure));
            }
            return;
        }
        let closest = match measure {
            Measure::Sizes => &mut report.closest_size,
            Measure::Outcomes if need < i64::from(Rule::OUTCOME_WIDTH) => return,
            Measure::Outcomes => &mut report.closest_outcome,
        };
        *closest = Some(closest.map_or(need, |c| c.min(need)));
    }
}

fn truth(attack: &Attack, suppressed: &Suppressed) -> Vec<i64> {
    let mut truth = vec![0; attack.system.cells.len()];
    for (layer, told) in suppressed.layers.iter().enumerate() {
        let grid = &told.layer.grid;
        for at in 0..grid.students.len() {
            truth[attack.part(layer, at, 0) as usize] = i64::from(grid.students[at]);
            truth[attack.part(layer, at, 1) as usize] = i64::from(grid.chronic[at]);
        }
    }
    for equation in attack.system.equations.iter() {
        if let Some(gives) = equation.gives {
            truth[gives as usize] = 0;
            let rest: i64 = equation.terms.iter().map(|(cell, sign)| i64::from(*sign) * truth[*cell as usize]).sum();
            truth[gives as usize] = -rest;
        }
    }
    truth
}

fn certificate(suppressed: &Suppressed, measure: Measure, cell: CellId) -> Option<&Certificate> {
    let at = suppressed.certificates.binary_search_by_key(&(measure, cell), |c| (c.measure, c.cell)).ok()?;
    Some(&suppressed.certificates[at])
}
