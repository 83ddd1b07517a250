//! Invented districts with known true rates, to see how often verdicts are right.
//! Scenarios of `shared/methods.md`, section 5. The same seed gives the same numbers everywhere.

use bright_spots::attendance::GradeBand;
use bright_spots::compare::comparison::spread_of;
use bright_spots::compare::standardise::standardise;
use bright_spots::compare::strata::{Condition, StrataTable, Stratum};
use bright_spots::compare::verdict::{Case, Verdict, judge};

/// SplitMix64: small, well mixed, the same on every machine.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// In (0, 1).
    fn uniform(&mut self) -> f64 {
        ((self.next() >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    /// Standard normal, by Box and Muller.
    fn normal(&mut self) -> f64 {
        let (radius, angle) = (self.uniform(), self.uniform());
        (-2.0 * radius.ln()).sqrt() * (2.0 * std::f64::consts::PI * angle).cos()
    }
}

/// Whether some schools truly have half the rate expected of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outliers {
    None,
    /// One school in twenty, at least one, with 300 to 1,500 students.
    OneInTwenty,
}

/// Which grades schools teach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Levels {
    /// All of them K–5.
    One,
    /// Six in ten K–5, two K–8, two 6–8.
    Mixed,
}

#[derive(Clone, Copy, Debug)]
pub struct Scenario {
    pub schools: usize,
    pub levels: Levels,
    /// The district's true rate.
    pub base: f64,
    /// The spread of schools in log odds.
    pub tau: f64,
    /// 1 where students are independent; more where classmates are alike.
    pub design_effect: f64,
    pub outliers: Outliers,
}

/// What many districts of one scenario showed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Outcome {
    pub runs: usize,
    pub ordinary: usize,
    /// Ordinary schools called likely, and called likely or possible.
    pub false_likely: usize,
    pub false_found: usize,
    pub runs_with_false_likely: usize,
    pub outliers: usize,
    pub likely: usize,
    /// Likely or possible.
    pub found: usize,
}

impl Outcome {
    pub fn plus(self, other: Outcome) -> Outcome {
        Outcome {
            runs: self.runs + other.runs,
            ordinary: self.ordinary + other.ordinary,
            false_likely: self.false_likely + other.false_likely,
            false_found: self.false_found + other.false_found,
            runs_with_false_likely: self.runs_with_false_likely + other.runs_with_false_likely,
            outliers: self.outliers + other.outliers,
            likely: self.likely + other.likely,
            found: self.found + other.found,
        }
    }

    /// Chance that forty ordinary schools hold a false likely bright spot.
    pub fn false_per_forty(&self) -> f64 {
        1.0 - (1.0 - self.false_likely as f64 / self.ordinary.max(1) as f64).powi(40)
    }

    pub fn likely_share(&self) -> f64 {
        self.likely as f64 / self.outliers.max(1) as f64
    }

    pub fn found_share(&self) -> f64 {
        self.found as f64 / self.outliers.max(1) as f64
    }
}

/// Judges `runs` districts of a scenario.
pub fn simulate(scenario: &Scenario, runs: usize, seed: u64) -> Outcome {
    let mut random = Random::new(seed);
    (0..runs).fold(Outcome::default(), |sum, _| sum.plus(one_district(scenario, &mut random)))
}

fn one_district(scenario: &Scenario, random: &mut Random) -> Outcome {
    let n_outliers = match scenario.outliers {
        Outliers::None => 0,
        Outliers::OneInTwenty => (scenario.schools / 20).max(1),
    };
    let table = district(scenario, n_outliers, random);
    let expected = standardise(&table);
    let spread = spread_of(&expected);
    let mut out = Outcome { runs: 1, ..Outcome::default() };
    for (school, expected) in expected.iter().enumerate() {
        let verdict = judge(&Case::of(expected), &spread, &[]).verdict;
        let (likely, found) =
            (usize::from(verdict == Verdict::LikelyBrightSpot), usize::from(verdict.is_bright_spot()));
        if school < n_outliers {
            out.outliers += 1;
            out.likely += likely;
            out.found += found;
        } else {
            out.ordinary += 1;
            out.false_likely += likely;
            out.false_found += found;
        }
    }
    out.runs_with_false_likely = usize::from(out.false_likely > 0);
    out
}

const BANDS: [GradeBand; 3] = [GradeBand::K, GradeBand::Grades1To5, GradeBand::Grades6To8];
/// Log odds by band and by condition: disadvantage, special education, English learner.
const BAND_EFFECTS: [f64; 3] = [0.3, -0.1, 0.1];
const CONDITION_EFFECTS: [f64; 3] = [0.7, 0.35, -0.2];
/// Students of one class, in whom a design effect shows.
const CLASS: usize = 21;

struct School {
    size: usize,
    /// Share of students by band.
    bands: [f64; 3],
    conditions: [f64; 3],
    effect: f64,
    outlier: bool,
}

/// A district whose first `n_outliers` schools have exactly half of their expected rates.
fn district(scenario: &Scenario, n_outliers: usize, random: &mut Random) -> StrataTable {
    let schools: Vec<School> = (0..scenario.schools).map(|i| school(scenario, i < n_outliers, i, random)).collect();
    let level = level(scenario, &schools);
    let mut rows = Vec::new();
    for (at, school) in schools.iter().enumerate() {
        let mut counts = [[0u64; 2]; 24];
        let mut class_effect = 0.0;
        for student in 0..school.size {
            if student % CLASS == 0 {
                class_effect = class_spread(scenario) * random.normal();
            }
            let kind = draw_kind(school, random);
            let mut rate = rate_of(kind, level + school.effect + class_effect);
            if school.outlier {
                rate *= 0.5;
            }
            counts[kind][0] += 1;
            counts[kind][1] += u64::from(random.uniform() < rate);
        }
        let filled = counts.iter().enumerate().filter(|(_, count)| count[0] > 0);
        rows.extend(filled.map(|(kind, count)| (at, stratum(kind), count[0], count[1])));
    }
    let names = (0..scenario.schools).map(|i| format!("School {i:03}")).collect();
    let condition = |key: &str| Condition {
        key: key.to_owned(),
        label: key.to_owned(),
        values: vec!["No".to_owned(), "Yes".to_owned()],
    };
    let conditions = ["economically_disadvantaged", "special_education", "english_learner"].map(condition);
    StrataTable::from_rows(conditions.to_vec(), names, rows)
}

fn school(scenario: &Scenario, outlier: bool, at: usize, random: &mut Random) -> School {
    // Sizes from 40 to 1,500, most around 450.
    let size = match outlier {
        true => random.between(300.0, 1500.0),
        false => (450.0 * (0.65 * random.normal()).exp()).clamp(40.0, 1500.0),
    };
    let bands = match at * 7 % 10 {
        _ if scenario.levels == Levels::One => [1.0 / 6.0, 5.0 / 6.0, 0.0],
        0..=5 => [1.0 / 6.0, 5.0 / 6.0, 0.0],
        6 | 7 => [1.0 / 9.0, 5.0 / 9.0, 3.0 / 9.0],
        _ => [0.0, 0.0, 1.0],
    };
    School {
        size: size as usize,
        bands,
        conditions: [random.between(0.1, 0.9), random.between(0.08, 0.22), random.between(0.0, 0.4)],
        effect: if outlier { 0.0 } else { scenario.tau * random.normal() },
        outlier,
    }
}

/// Standard deviation of classes in log odds for the scenario's design effect.
fn class_spread(scenario: &Scenario) -> f64 {
    let correlation = (scenario.design_effect - 1.0) / (CLASS as f64 - 1.0);
    (correlation / (scenario.base * (1.0 - scenario.base))).sqrt()
}

fn draw_kind(school: &School, random: &mut Random) -> usize {
    let roll = random.uniform();
    let band = if roll < school.bands[0] {
        0
    } else if roll < school.bands[0] + school.bands[1] {
        1
    } else {
        2
    };
    let has = school.conditions.map(|share| usize::from(random.uniform() < share));
    band * 8 + has[0] * 4 + has[1] * 2 + has[2]
}

fn has(kind: usize) -> [bool; 3] {
    [kind & 4 != 0, kind & 2 != 0, kind & 1 != 0]
}

fn stratum(kind: usize) -> Stratum {
    Stratum { band: BANDS[kind / 8], codes: has(kind).map(|has| 1 + u8::from(has)).to_vec() }
}

fn rate_of(kind: usize, level: f64) -> f64 {
    let conditions: f64 =
        has(kind).iter().zip(CONDITION_EFFECTS).filter(|(has, _)| **has).map(|(_, effect)| effect).sum();
    1.0 / (1.0 + (-(level + BAND_EFFECTS[kind / 8] + conditions)).exp())
}

/// The level at which the district's mean rate is the scenario's base, by bisection.
fn level(scenario: &Scenario, schools: &[School]) -> f64 {
    let mut weights = [0.0; 24];
    for school in schools {
        for (kind, weight) in weights.iter_mut().enumerate() {
            let share: f64 =
                has(kind).iter().zip(school.conditions).map(|(has, s)| if *has { s } else { 1.0 - s }).product();
            *weight += school.size as f64 * school.bands[kind / 8] * share;
        }
    }
    let total: f64 = weights.iter().sum();
    let (mut low, mut high) = (-8.0, 4.0);
    for _ in 0..40 {
        let middle = 0.5 * (low + high);
        let mean: f64 = (0..24).map(|kind| weights[kind] * rate_of(kind, middle)).sum::<f64>() / total;
        if mean < scenario.base {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}
