//! Expected rates from a public file of schools: logistic regression on the conditions it holds,
//! weighted by students, with the dispersion estimated.
//!
//! Source: `shared/methods.md`, section 7 (McCullagh and Nelder 1989; leave-one-out by leverage:
//! Pregibon 1981). Coefficients are between schools and say nothing about single students.

pub use super::logit::Logit;
use super::shrinkage::{self, Guess};
use super::spread::Spread;
use super::verdict::{Case, Judgement, judge_with, tails};
use super::words::thousands;

/// Fewer schools are refused.
pub const MINIMUM_SCHOOLS: usize = 20;
/// Schools needed for each coefficient, the intercept included.
pub const SCHOOLS_PER_COEFFICIENT: usize = 10;
/// What `Above 95%` stands for in a file that codes its top; said aloud.
pub const ABOVE_95_PERCENT: f64 = 0.975;

/// One school of a public file. A hidden number is `None`, never zero.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SchoolRow {
    pub name: String,
    pub counted: Option<u64>,
    pub chronic: Option<u64>,
    /// 0 to 1, where the file gives it.
    pub rate: Option<f64>,
    /// Shares from 0 to 1, in the order of the conditions' names.
    pub conditions: Vec<Option<f64>>,
}

/// Why no regression is made, in words by [`Refusal::sentence`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The file gives rates without numbers of students.
    NoCounts,
    FewSchools {
        schools: usize,
    },
    FewSchoolsPerCoefficient {
        schools: usize,
        coefficients: usize,
    },
    /// Every condition was constant, or none was chosen.
    NoConditions,
    NoConvergence,
}

/// Why a condition was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dropped {
    /// All schools have the same share.
    Constant { name: String },
    /// It moves together with one chosen earlier.
    LikeAnother { name: String, other: String },
}

#[derive(Clone, Debug, PartialEq)]
pub struct Coefficient {
    pub name: String,
    /// Log odds for a share going from 0 to 1.
    pub value: f64,
    /// With the dispersion in it.
    pub standard_error: f64,
}

/// One school of the fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    /// Position among the rows given.
    pub row: usize,
    pub counted: u64,
    pub chronic: u64,
    /// Fitted rate, 0 to 1.
    pub fitted: f64,
    /// How much the school pulls its own fit, 0 to 1.
    pub leverage: f64,
    /// The rate expected from the other schools, 0 to 1.
    pub expected: f64,
    /// Variance of the expected log odds from estimation.
    pub estimation: f64,
}

/// A fitted regression.
#[derive(Clone, Debug, PartialEq)]
pub struct Regression {
    /// The intercept first.
    pub coefficients: Vec<Coefficient>,
    pub dropped: Vec<Dropped>,
    /// Positions of rows left out because a number is missing or hidden.
    pub left_out: Vec<usize>,
    /// φ: how many times the scatter that chance alone makes.
    pub dispersion: f64,
    pub deviance: f64,
    /// In the order of the rows given.
    pub schools: Vec<Fitted>,
    /// The spread that remains among schools.
    pub spread: Spread,
    /// The spread without any condition, τ̂², to see what the conditions go with.
    pub tau2_without: f64,
}

/// How many schools a fit needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub schools: usize,
    pub per_coefficient: usize,
}

/// The limits that pages keep to.
pub const LIMITS: Limits = Limits { schools: MINIMUM_SCHOOLS, per_coefficient: SCHOOLS_PER_COEFFICIENT };

/// Fits chronic absence on the named conditions, within [`LIMITS`].
///
/// # Errors
/// Refuses in the cases of [`Refusal`]; nothing is then judged, and rates alone are shown.
pub fn regress(names: &[String], rows: &[SchoolRow]) -> Result<Regression, Refusal> {
    regress_within(LIMITS, names, rows)
}

/// The same with limits of one's own, to compare fits of small sets.
///
/// # Errors
/// As [`regress`].
pub fn regress_within(limits: Limits, names: &[String], rows: &[SchoolRow]) -> Result<Regression, Refusal> {
    let has_counts = rows.iter().any(|row| row.counted.is_some() && row.chronic.is_some());
    if !has_counts && rows.iter().any(|row| row.rate.is_some()) {
        return Err(Refusal::NoCounts);
    }
    let mut used: Vec<(usize, u64, u64, Vec<f64>)> = Vec::new();
    let mut left_out = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let conditions: Option<Vec<f64>> = row.conditions.iter().copied().collect();
        match (row.counted, row.chronic, conditions) {
            (Some(n), Some(x), Some(conditions)) if n > 0 && x <= n => used.push((at, n, x, conditions)),
            _ => left_out.push(at),
        }
    }
    let k = used.len();
    if k < limits.schools {
        return Err(Refusal::FewSchools { schools: k });
    }
    let (kept, dropped) = choose(names, &used);
    if kept.is_empty() {
        return Err(Refusal::NoConditions);
    }
    let p = kept.len() + 1;
    if k < limits.per_coefficient * p {
        return Err(Refusal::FewSchoolsPerCoefficient { schools: k, coefficients: p });
    }
    let design: Vec<Vec<f64>> =
        used.iter().map(|(_, _, _, c)| std::iter::once(1.0).chain(kept.iter().map(|j| c[*j])).collect()).collect();
    let counts: Vec<(u64, u64)> = used.iter().map(|(_, n, x, _)| (*n, *x)).collect();
    let fit = Logit::fit(&design, &counts).ok_or(Refusal::NoConvergence)?;
    let alone: Vec<Vec<f64>> = vec![vec![1.0]; k];
    let tau2_without = Logit::fit(&alone, &counts).ok_or(Refusal::NoConvergence)?.spread(1).tau2.unwrap_or(0.0);

    let dispersion = fit.pearson() / (k - p) as f64;
    let coefficients = std::iter::once("(intercept)".to_owned())
        .chain(kept.iter().map(|j| names[*j].clone()))
        .enumerate()
        .map(|(j, name)| Coefficient {
            name,
            value: fit.coefficients[j],
            standard_error: (dispersion * fit.inverse[j][j]).sqrt(),
        })
        .collect();
    let schools = (0..k)
        .map(|i| Fitted {
            row: used[i].0,
            counted: counts[i].0,
            chronic: counts[i].1,
            fitted: fit.mu[i],
            leverage: fit.leverage[i],
            expected: fit.leave_one_out(&design, i),
            estimation: dispersion * fit.leverage[i] / fit.weights[i],
        })
        .collect();
    let spread = fit.spread(p);
    Ok(Regression {
        coefficients,
        dropped,
        left_out,
        dispersion,
        deviance: fit.deviance(),
        schools,
        spread,
        tau2_without,
    })
}

/// Leaves out constants, and conditions that move with one chosen earlier (|r| over 0.99).
fn choose(names: &[String], used: &[(usize, u64, u64, Vec<f64>)]) -> (Vec<usize>, Vec<Dropped>) {
    let column = |j: usize| -> Vec<f64> { used.iter().map(|(_, _, _, c)| c[j]).collect() };
    let (mut kept, mut dropped) = (Vec::new(), Vec::new());
    for (j, name) in names.iter().enumerate() {
        let values = column(j);
        if values.windows(2).all(|pair| pair[0] == pair[1]) {
            dropped.push(Dropped::Constant { name: name.clone() });
        } else if let Some(i) = kept.iter().find(|i| correlation(&column(**i), &values).abs() > 0.99) {
            dropped.push(Dropped::LikeAnother { name: name.clone(), other: names[*i].clone() });
        } else {
            kept.push(j);
        }
    }
    (kept, dropped)
}

fn correlation(x: &[f64], y: &[f64]) -> f64 {
    let n = x.len() as f64;
    let (mx, my) = (x.iter().sum::<f64>() / n, y.iter().sum::<f64>() / n);
    let sum = |f: &dyn Fn(f64, f64) -> f64| x.iter().zip(y).map(|(a, b)| f(a - mx, b - my)).sum::<f64>();
    sum(&|a, b| a * b) / (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt()
}

impl Fitted {
    /// The school as a verdict needs it.
    #[must_use]
    pub fn case(&self) -> Case {
        Case {
            compared: self.counted,
            observed: self.chronic,
            expected: Some(self.expected * self.counted as f64),
            spreads: 1.0,
            estimation: self.estimation,
        }
    }
}

impl Regression {
    /// The verdict on each fitted school, in their order.
    #[must_use]
    pub fn judgements(&self) -> Vec<Judgement> {
        self.schools.iter().map(|school| self.judgement(school)).collect()
    }

    /// The verdict on one fitted school. Of the checks before praise a file of sums allows one: whether a rate
    /// is too good to be taken without a look.
    #[must_use]
    pub fn judgement(&self, school: &Fitted) -> Judgement {
        let case = school.case();
        let tails = tails(&case, &self.spread);
        let red: Vec<_> = case.too_good(tails.as_ref()).into_iter().collect();
        judge_with(&case, &self.spread, &red, tails)
    }

    /// What a fitted school is ordered by; `None` where the schools do not differ beyond what the
    /// conditions and chance explain.
    #[must_use]
    pub fn guess(&self, school: &Fitted) -> Option<Guess> {
        shrinkage::guess(school.counted, school.chronic, school.expected, shrinkage::variance(&self.spread))
    }

    /// The share of the differences between schools (in squared log odds) that goes with the
    /// conditions, 0 to 1; `None` where schools do not differ beyond chance.
    #[must_use]
    pub fn explained(&self) -> Option<f64> {
        let left = self.spread.tau2.unwrap_or(0.0);
        (self.tau2_without > 0.0).then(|| (1.0 - left / self.tau2_without).clamp(0.0, 1.0))
    }

    /// What the fit rests on and what it leaves open, in plain words.
    #[must_use]
    pub fn sentence(&self) -> String {
        let students: u64 = self.schools.iter().map(|school| school.counted).sum();
        let names: Vec<&str> = self.coefficients[1..].iter().map(|c| c.name.as_str()).collect();
        let mut sentence = format!(
            "Expected rates come from {} schools with {} students and their {}.",
            thousands(self.schools.len() as u64),
            thousands(students),
            names.join(", ")
        );
        if !self.left_out.is_empty() {
            let left = match self.left_out.len() {
                1 => "One school is".to_owned(),
                n => format!("{} schools are", thousands(n as u64)),
            };
            sentence.push_str(&format!(" {left} left out because a number is missing or hidden."));
        }
        for dropped in &self.dropped {
            sentence.push(' ');
            sentence.push_str(&dropped.sentence());
        }
        if let Some(explained) = self.explained() {
            sentence.push_str(&format!(
                " About {:.0} % of the differences between schools go with these conditions; this is about schools, not about single students.",
                100.0 * explained
            ));
        }
        sentence
    }
}

impl Dropped {
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Dropped::Constant { name } => format!("{name} is left out: all schools have the same share."),
            Dropped::LikeAnother { name, other } => format!("{name} is left out: it moves together with {other}."),
        }
    }
}

impl Refusal {
    /// What cannot be judged, and why.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Refusal::NoCounts => {
                "This file gives rates without numbers of students. They can be shown, but without interval, verdict or order: nobody can tell luck from difference.".to_owned()
            }
            Refusal::FewSchools { schools } => {
                format!("{schools} schools have all the numbers needed; at least {MINIMUM_SCHOOLS} are needed to adjust for conditions.")
            }
            Refusal::FewSchoolsPerCoefficient { schools, coefficients } => format!(
                "{schools} schools cannot carry {} conditions: at least {} are needed. Choose fewer conditions.",
                coefficients - 1,
                SCHOOLS_PER_COEFFICIENT * coefficients
            ),
            Refusal::NoConditions => "No condition differs between these schools, so there is nothing to adjust for.".to_owned(),
            Refusal::NoConvergence => {
                "No stable answer: a condition separates the schools completely. Choose other conditions.".to_owned()
            }
        }
    }
}
