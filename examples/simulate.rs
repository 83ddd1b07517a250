//! Shows how often verdicts are right where the truth is known, and writes the table to `docs/`.
//!
//! `cargo run --release --no-default-features --example simulate -- [runs]`. Deterministic: the
//! same number of runs gives the same files `docs/simulation.md` and `docs/simulation.csv`.

#[path = "../tests/reference/simulation.rs"]
mod simulation;

use simulation::{Levels, Outcome, Outliers, Scenario, simulate};
use std::fmt::Write;

/// Schools and base rate, as in the table of `shared/methods.md`, section 5.
const CELLS: [(usize, Levels, f64); 11] = [
    (3, Levels::One, 0.22),
    (6, Levels::One, 0.22),
    (10, Levels::One, 0.22),
    (10, Levels::Mixed, 0.22),
    (20, Levels::One, 0.22),
    (20, Levels::Mixed, 0.22),
    (40, Levels::Mixed, 0.08),
    (40, Levels::Mixed, 0.15),
    (40, Levels::Mixed, 0.22),
    (40, Levels::Mixed, 0.35),
    (100, Levels::Mixed, 0.22),
];
const SPREADS: [f64; 4] = [0.0, 0.1, 0.2, 0.35];
const DESIGN_EFFECTS: [f64; 2] = [1.0, 1.4];

fn main() -> std::io::Result<()> {
    let runs: usize = std::env::args().nth(1).and_then(|runs| runs.parse().ok()).unwrap_or(400);
    let mut table = String::new();
    let mut csv =
        String::from("schools,levels,base,tau,runs,false_likely_per_40,false_found,outliers_likely,outliers_found\n");
    for (schools, levels, base) in CELLS {
        let taught = if levels == Levels::One { "one" } else { "mixed" };
        let mut line = format!("| {schools} | {taught} | {:.0} |", 100.0 * base);
        for tau in SPREADS {
            // The setting that the product is held to gets more runs.
            let n = if (schools, base) == (40, 0.22) { 3 * runs } else { runs };
            let scenario = |outliers, design_effect| Scenario { schools, levels, base, tau, design_effect, outliers };
            let many = |outliers| {
                DESIGN_EFFECTS.iter().fold(Outcome::default(), |sum, design_effect| {
                    let seed = ((schools as u64) << 32) | ((1000.0 * base) as u64 * 4096 + (1000.0 * tau) as u64);
                    let seed =
                        seed ^ (design_effect * 10.0) as u64 ^ if outliers == Outliers::None { 0 } else { 1 << 60 };
                    sum.plus(simulate(&scenario(outliers, *design_effect), n, seed))
                })
            };
            let (clean, planted) = (many(Outliers::None), many(Outliers::OneInTwenty));
            let percents = [clean.false_per_forty(), planted.likely_share(), planted.found_share()];
            let [wrong, likely, found] = percents.map(|share| format!("{:.1}", 100.0 * share));
            let _ = write!(line, " {wrong} / {likely} / {found} |");
            let false_found = clean.false_found as f64 / clean.ordinary as f64;
            let _ = writeln!(
                csv,
                "{schools},{taught},{base},{tau},{},{:.4},{false_found:.4},{:.4},{:.4}",
                clean.runs, percents[0], percents[1], percents[2]
            );
            eprintln!("{schools} schools ({taught}), base {base}, spread {tau}: {wrong} / {likely} / {found}");
        }
        table.push_str(&line);
        table.push('\n');
    }
    std::fs::write("docs/simulation.csv", csv)?;
    std::fs::write("docs/simulation.md", page(runs, &table))
}

fn page(runs: usize, table: &str) -> String {
    format!(
        "# How often are the verdicts right?

Made by `cargo run --release --no-default-features --example simulate -- {runs}`; the numbers behind
it are in `simulation.csv`. A test (`tests/simulation.rs`) repeats the settings that matter most with fewer runs
and fails where a limit is passed.

Districts are invented, so the truth is known. Schools have 40 to 1,500 students, all in K–5 (*one*
level) or in K–5, K–8 and 6–8 (*mixed*: six, two and two in ten), in different mixes of disadvantage,
special education and English learners. Ordinary schools differ by a spread of *s* in log odds; classmates are
independent, or alike with a design effect of 1.4 (both averaged). Outliers, one school in twenty with 300 to
1,500 students, have exactly half the rate expected of them.

Each cell holds three numbers, in percent:

1. *false*: the chance that 40 ordinary schools hold a school wrongly called a **likely** bright spot;
2. *likely*: outliers called likely bright spots;
3. *found*: outliers called likely or possible.

| schools | levels | base rate, % | s = 0 | s = 0.1 | s = 0.2 | s = 0.35 |
|---|---|---|---|---|---|---|
{table}
Each number of the rows with 40 schools and a base of 22 % rests on {big} districts, of the others on {small}.

## What to take from it

- With ten schools or more, a *likely* bright spot among forty ordinary schools stays a rare mistake: at
  most about 5 %, but for one case. In a district of only ten schools of several levels, a school may have
  just three others that teach its grades; where schools differ much, such districts reach 8 % (give or
  take 2). Look at the sentence that says on whom the comparison rests.
- With fewer than ten schools nothing is ever called likely, since the spread can only be assumed.
- Where schools differ much anyway (0.35 is what New York's public files show), half the expected rate is
  one ordinary school in a hundred. No number of students changes that, and the app says so.
- *Possible* means worth a visit. Up to one ordinary school in forty is called possible by luck, and the
  page prints how many to expect.
",
        big = 6 * runs,
        small = 2 * runs,
    )
}
