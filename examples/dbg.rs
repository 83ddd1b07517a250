//! dbg
#[path = "../tests/share/invented.rs"]
mod invented;
use bright_spots::share::audit::audit;
use bright_spots::share::gate::Rule;
use bright_spots::share::release::Release;
use bright_spots::share::suppress::{Job, Measure};
use invented::{Shape, district};
fn main() {
    let shape = Shape { schools: 6, grades: 13, conditions: 4, mean: 40.0, levels: true, districts: 1, values: 4 };
    for seed in 0..30 {
        let d = district(shape, seed);
        let tables = d.tables();
        let s = Job::new(&tables, Rule::default(), &|_, _, _| false).finish();
        let release = Release::new(&tables, &s);
        let report = audit(&release, &s, 0);
        for t in &s.layers { for m in [Measure::Sizes, Measure::Outcomes] { if t.detail(m) > bright_spots::share::suppress::Detail::Cells {
            println!("seed {seed} layer {:?} {m:?} {:?} {}x{}", t.condition, t.detail(m), t.layer.grid.n_rows, t.layer.grid.n_cols);
            for r in 0..t.layer.grid.n_rows { if t.layer.grid.n_cols<8 {println!("   {:?} {:?}", &t.layer.grid.students[r*t.layer.grid.n_cols..(r+1)*t.layer.grid.n_cols],&t.layer.grid.chronic[r*t.layer.grid.n_cols..(r+1)*t.layer.grid.n_cols]);}}
        } } }
        if !report.passes() { println!("{seed}: {report:?} "); }
    }
}
