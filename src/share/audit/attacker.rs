//! The attacker in the box: takes all that an export contains, earlier ones too, and tries to find
//! every hidden number.
//!
//! A hidden number is safe when two whole tables are known that show exactly the same and differ in
//! it by the protected width. The suppressor hands such pairs over as certificates; nothing of them is
//! believed until every sum and bound of the export has been checked against both tables. What has no
//! certificate goes to the simplex; what stays undecided is refused.

use super::report::Report;
use super::simplex::{self, Range};
use super::system::{Cell, System, UNBOUNDED};
use super::tiers::examine_tiers;
use crate::share::gate::{Rule, Shown};
use crate::share::release::{Axes, Release, Sheet};
use crate::share::suppress::linked::{CellId, Certificate, Detail, Measure, Suppressed};

/// Where the cells of a release stand in its system.
pub struct Attack {
    pub system: System,
    /// By sheet, the first cell; three per cell of the sheet: students, chronic, not chronic.
    first: Vec<u32>,
    pinned: Vec<Vec<Option<u32>>>,
}

impl Attack {
    /// Everything that the release tells.
    #[must_use]
    pub fn new(release: &Release) -> Attack {
        let mut attack = Attack { system: System::default(), first: Vec::new(), pinned: Vec::new() };
        for (at, sheet) in release.sheets.iter().enumerate() {
            attack.add_cells(release, sheet);
            if sheet.sizes_told == Detail::Nothing {
                // Nothing of this table leaves.
                continue;
            }
            attack.add_sums(release, at, sheet);
            if at > 0 && sheet.axes == Axes::PlacesByGrades {
                attack.add_others(release, at, sheet);
            }
        }
        attack
    }

    /// The system's cell of a release's cell.
    #[must_use]
    pub fn cell(&self, id: CellId, measure: Measure) -> u32 {
        self.part(usize::from(id.layer), id.at as usize, measure as u32)
    }

    fn part(&self, sheet: usize, at: usize, part: u32) -> u32 {
        match self.pinned[sheet][at] {
            Some(whole) => self.first[0] + 3 * whole + part,
            None => self.first[sheet] + 3 * at as u32 + part,
        }
    }

    fn add_cells(&mut self, release: &Release, sheet: &Sheet) {
        self.first.push(self.system.cells.len() as u32);
        let (whole, last) = (&release.sheets[0], release.grades.len());
        let total = release.places.total_row();
        let pinned = (0..sheet.students.len()).map(|at| {
            let (row, col) = (at / sheet.n_cols, at % sheet.n_cols);
            if col + 1 != sheet.n_cols {
                return None;
            }
            match sheet.axes {
                Axes::PlacesByGrades => None,
                Axes::SchoolsByValues => {
                    let place = if row + 1 == sheet.n_rows { total } else { row };
                    Some((place * whole.n_cols + last) as u32)
                }
                Axes::GradesByValues => Some((total * whole.n_cols + row) as u32),
            }
        });
        self.pinned.push(pinned.collect());
        for at in 0..sheet.students.len() {
            let students = match sheet.students[at] {
                _ if sheet.sizes_told == Detail::Nothing => Cell::ANY,
                Shown::Value(n) => Cell::known(i64::from(n)),
                // Groups of nobody are always told.
                Shown::Hidden | Shown::Coded(_) => Cell { low: 1, high: UNBOUNDED },
            };
            let chronic = match (sheet.chronic[at], sheet.students[at]) {
                (Shown::Value(x), _) => Cell::known(i64::from(x)),
                (Shown::Coded(code), Shown::Value(n)) => {
                    let (low, high) = code.bounds(n);
                    Cell { low: low.into(), high: high.into() }
                }
                _ => Cell::ANY,
            };
            let students = self.system.cell(students);
            let chronic = self.system.cell(chronic);
            self.system.difference(students, chronic, Cell::ANY);
        }
    }

    fn add_sums(&mut self, release: &Release, sheet_at: usize, sheet: &Sheet) {
        let n_schools = release.places.schools.len();
        for part in parts_told(sheet) {
            for row in 0..sheet.n_rows {
                let cols = (0..sheet.n_cols - 1).map(|col| self.part(sheet_at, row * sheet.n_cols + col, part));
                let cols: Vec<u32> = cols.collect();
                let total = self.part(sheet_at, row * sheet.n_cols + sheet.n_cols - 1, part);
                self.system.sum(total, cols.into_iter());
            }
            for col in 0..sheet.n_cols {
                let cell = |row: usize| self.part(sheet_at, row * sheet.n_cols + col, part);
                if sheet.axes != Axes::PlacesByGrades {
                    let rows: Vec<u32> = (0..sheet.n_rows - 1).map(cell).collect();
                    let total = cell(sheet.n_rows - 1);
                    self.system.sum(total, rows.into_iter());
                    continue;
                }
                let mut sums = Vec::new();
                for parent in n_schools..sheet.n_rows {
                    let below = |row: &usize| *row != parent && release.places.parent(*row) == parent;
                    let rows: Vec<u32> = (0..sheet.n_rows - 1).filter(below).map(cell).collect();
                    sums.push((cell(parent), rows));
                }
                for (total, rows) in sums {
                    self.system.sum(total, rows.into_iter());
                }
            }
        }
    }

    /// The others of a condition: all students less those with it.
    fn add_others(&mut self, release: &Release, sheet_at: usize, sheet: &Sheet) {
        let whole = &release.sheets[0];
        for at in 0..sheet.students.len() {
            let parts = |part| (self.part(0, at, part), self.part(sheet_at, at, part));
            let [students, chronic, not] = [parts(0), parts(1), parts(2)];
            // Where the whole is told, hiding a part tells that there are others.
            let hides = matches!(sheet.students[at], Shown::Hidden) && matches!(whole.students[at], Shown::Value(_));
            let some = Cell { low: i64::from(hides), high: UNBOUNDED };
            self.system.difference(students.0, students.1, some);
            if sheet.outcomes_told != Detail::Nothing {
                self.system.difference(chronic.0, chronic.1, Cell::ANY);
                self.system.difference(not.0, not.1, Cell::ANY);
            }
        }
    }
}

/// Students, and where outcomes are told at all, chronic and not chronic.
fn parts_told(sheet: &Sheet) -> std::ops::Range<u32> {
    if sheet.outcomes_told == Detail::Nothing { 0..1 } else { 0..3 }
}

/// Checks certificates against a system and the true table.
struct Checker<'a> {
    system: &'a System,
    truth: Vec<i64>,
    delta: Vec<i64>,
    touched: Vec<u32>,
}

impl Checker<'_> {
    /// Whether the true table with these moves shows exactly the same; true tables with no moves do.
    fn fits(&mut self, moves: &[(u32, i32)]) -> bool {
        self.touched.clear();
        for (cell, by) in moves {
            self.delta[*cell as usize] += i64::from(*by);
            self.touched.push(*cell);
        }
        // What follows from the moves: defined cells, in the order of their definition.
        let mut waiting: std::collections::BTreeSet<u32> =
            moves.iter().flat_map(|(cell, _)| &self.system.touching[*cell as usize]).copied().collect();
        let mut fits = true;
        while let Some(at) = waiting.pop_first() {
            let equation = &self.system.equations[at as usize];
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
            waiting.extend(&self.system.touching[gives as usize]);
        }
        for cell in std::mem::take(&mut self.touched) {
            let by = std::mem::take(&mut self.delta[cell as usize]);
            let (Cell { low, high }, now) = (self.system.cells[cell as usize], self.truth[cell as usize] + by);
            fits &= by == 0 || (low <= now && now <= high);
        }
        fits
    }
}

/// Tries to find the hidden numbers of an export of one's own.
#[must_use]
pub fn audit(release: &Release, suppressed: &Suppressed, earlier: u32) -> Report {
    let mut report = Report { earlier, ..Report::default() };
    let attack = Attack::new(release);
    let truth = truth(&attack, suppressed);
    // Once as the reader sees it, and once with every size known, as enrolment is public.
    for measure in [Measure::Sizes, Measure::Outcomes] {
        let mut known = attack.system.clone();
        if measure == Measure::Outcomes {
            for (layer, told) in suppressed.layers.iter().enumerate() {
                for at in 0..told.layer.grid.students.len() {
                    let cell = attack.part(layer, at, 0);
                    known.cells[cell as usize] = Cell::known(truth[cell as usize]);
                }
            }
        }
        examine(&attack, &known, &truth, release, suppressed, measure, &mut report);
    }
    examine_tiers(release, suppressed, &mut report);
    report
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
    for equation in &attack.system.equations {
        if let Some(gives) = equation.gives {
            truth[gives as usize] = 0;
            let rest: i64 = equation.terms.iter().map(|(cell, sign)| i64::from(*sign) * truth[*cell as usize]).sum();
            truth[gives as usize] = -rest;
        }
    }
    truth
}

fn examine(
    attack: &Attack,
    known: &System,
    truth: &[i64],
    release: &Release,
    suppressed: &Suppressed,
    measure: Measure,
    report: &mut Report,
) {
    let mut narrowed = known.clone();
    let consistent = narrowed.propagate(40 * known.equations.len()).is_ok();
    let mut checker =
        Checker { system: known, truth: truth.to_vec(), delta: vec![0; truth.len()], touched: Vec::new() };
    for (layer, told) in suppressed.layers.iter().enumerate() {
        if told.detail(measure) == Detail::Nothing {
            continue;
        }
        let sheet = &release.sheets[layer];
        for at in (0..sheet.students.len()).filter(|at| !told.layer.is_pinned(*at)) {
            let (is_hidden, need) = match measure {
                Measure::Sizes => (sheet.students[at].value().is_none(), i64::from(Rule::SIZE_WIDTH)),
                Measure::Outcomes => {
                    let most = i64::from(told.layer.grid.students[at]);
                    (sheet.chronic[at].value().is_none(), most.min(i64::from(Rule::OUTCOME_WIDTH)))
                }
            };
            if !is_hidden {
                continue;
            }
            report.hidden += 1;
            let id = CellId { layer: layer as u16, at: at as u32 };
            let cell = attack.cell(id, measure);
            // Bounds that can be proved; if even they are too close, no certificate can hold.
            let provable = narrowed.cells[cell as usize].width();
            let shown_wide = certificate(suppressed, measure, id).map_or(0, |certificate| {
                let mut side = |moves: &[(CellId, i32)]| {
                    let cells: Vec<(u32, i32)> =
                        moves.iter().map(|(id, by)| (attack.cell(*id, measure), *by)).collect();
                    let own = moves.iter().find(|m| m.0 == id).map_or(0, |m| i64::from(m.1));
                    if checker.fits(&cells) { own } else { 0 }
                };
                side(&certificate.up) - side(&certificate.down)
            });
            let width = if !consistent || provable < need {
                provable.min(need - 1)
            } else if shown_wide >= need {
                shown_wide
            } else {
                match simplex::range(&narrowed, cell, 2_000) {
                    Range::Found { low, high, whole: true } => high - low,
                    Range::Found { low, high, whole: false } if high - low < need => high - low,
                    Range::Found { .. } | Range::Undecided => {
                        report.n_undecided += 1;
                        continue;
                    }
                }
            };
            if width < need {
                report.n_too_narrow += 1;
                if report.too_narrow.len() < Report::MOST {
                    report.too_narrow.push(release.words(layer, at, measure));
                }
                continue;
            }
            let closest = match measure {
                Measure::Sizes => &mut report.closest_size,
                Measure::Outcomes if need < i64::from(Rule::OUTCOME_WIDTH) => continue,
                Measure::Outcomes => &mut report.closest_outcome,
            };
            *closest = Some(closest.map_or(need, |c| c.min(need)));
        }
    }
}

fn certificate(suppressed: &Suppressed, measure: Measure, cell: CellId) -> Option<&Certificate> {
    let at = suppressed.certificates.binary_search_by_key(&(measure, cell), |c| (c.measure, c.cell)).ok()?;
    Some(&suppressed.certificates[at])
}
