//! The attacker in the box: takes all that an export contains, earlier ones too, and tries to find
//! every hidden number.

use super::system::{Cell, System, UNBOUNDED};
use crate::share::gate::Shown;
use crate::share::release::{Axes, Release, Sheet};
use crate::share::suppress::linked::{CellId, Detail, Measure};

/// Where the cells of a release stand in its system.
#[derive(Default)]
pub struct Attack {
    pub system: System,
    /// By sheet, the first cell; three per cell of the sheet: students, chronic, not chronic.
    first: Vec<u32>,
    pinned: Vec<Vec<Option<u32>>>,
}

impl Attack {
    /// Takes in what the next sheet of the release tells; sheets come in their order.
    pub fn read(&mut self, release: &Release) {
        let at = self.first.len();
        let Some(sheet) = release.sheets.get(at) else { return };
        self.add_cells(release, sheet);
        if sheet.sizes_told == Detail::Nothing {
            // Nothing of this table leaves.
            return;
        }
        self.add_sums(release, at, sheet);
        if at > 0 && sheet.axes == Axes::PlacesByGrades {
            self.add_others(release, at, sheet);
        }
    }

    /// The system's cell of a release's cell.
    #[must_use]
    pub fn cell(&self, id: CellId, measure: Measure) -> u32 {
        self.part(usize::from(id.layer), id.at as usize, measure as u32)
    }

    pub(super) fn part(&self, sheet: usize, at: usize, part: u32) -> u32 {
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
