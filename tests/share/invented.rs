//! Invented districts for the tests and the stress run: small, large, ordinary and nasty.

use bright_spots::attendance::{Attribute, Grade, School, Tier};
use bright_spots::share::gate::Rule;
use bright_spots::share::suppress::{Record, Tables};

/// A small generator with a seed (splitmix64), so that every run is the same.
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: u64) -> u64 {
        self.next() % n.max(1)
    }

    /// From 0 to 1.
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    pub fn chance(&mut self, p: f64) -> bool {
        self.share() < p
    }
}

/// What a district is like.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    pub schools: usize,
    pub grades: usize,
    pub conditions: usize,
    /// Students per school and grade, on average.
    pub mean: f64,
    /// Whether schools teach only some of the grades, as real ones do.
    pub levels: bool,
    pub districts: usize,
    /// A condition with several values, as well.
    pub values: usize,
}

pub struct District {
    pub schools: Vec<School>,
    pub records: Vec<Record>,
    pub attributes: Vec<Attribute>,
}

impl District {
    pub fn tables(&self) -> Tables {
        Tables::new(&self.schools, &self.records, &self.attributes, Rule::default())
    }
}

pub fn district(shape: Shape, seed: u64) -> District {
    let mut dice = Dice(seed);
    let schools: Vec<School> = (0..shape.schools)
        .map(|s| School {
            name: format!("School {s:03}"),
            district: format!("District {}", s % shape.districts.max(1)),
        })
        .collect();
    let prevalence: Vec<f64> =
        (0..shape.conditions).map(|_| [0.02, 0.08, 0.13, 0.3, 0.55][dice.below(5) as usize]).collect();
    let mut records = Vec::new();
    let mut attributes: Vec<Attribute> = (0..shape.conditions)
        .map(|c| Attribute {
            key: format!("condition_{c}"),
            label: format!("Condition {c}"),
            values: vec!["No".into(), "Yes".into()],
            codes: Vec::new(),
        })
        .collect();
    if shape.values > 0 {
        attributes.push(Attribute {
            key: "value".into(),
            label: "Value".into(),
            values: (0..shape.values).map(|v| format!("Value {v}")).collect(),
            codes: Vec::new(),
        });
    }
    for school in 0..shape.schools {
        let size = shape.mean * (0.3 + 1.4 * dice.share());
        let base = 0.08 + 0.25 * dice.share();
        let first =
            if shape.levels { [0, 0, 6, 9][dice.below(4) as usize].min(shape.grades.saturating_sub(1)) } else { 0 };
        let last =
            if shape.levels { (first + [6, 8, 3, 4][dice.below(4) as usize]).min(shape.grades) } else { shape.grades };
        for grade in first..last {
            let n = (size * (0.6 + 0.8 * dice.share())) as usize;
            for _ in 0..n {
                let student = records.len() as u32;
                let mut rate = base;
                for (c, p) in prevalence.iter().enumerate() {
                    let yes = dice.chance(*p);
                    rate += if yes { 0.06 } else { 0.0 };
                    attributes[c].codes.push(1 + u8::from(yes));
                }
                if shape.values > 0 {
                    let skewed = dice.share() * dice.share();
                    attributes[shape.conditions].codes.push(1 + (skewed * shape.values as f64) as u8);
                }
                let chronic = dice.chance(rate);
                let tier = match (chronic, dice.below(10)) {
                    (false, 0..=6) => Tier::Satisfactory,
                    (false, _) => Tier::AtRisk,
                    (true, 0..=6) => Tier::Moderate,
                    (true, 7..=8) => Tier::Severe,
                    (true, _) => Tier::Extreme,
                };
                records.push(Record {
                    student,
                    school: school as u16,
                    grade: Grade::Year(grade as u8 + 1),
                    tier,
                    chronic,
                });
            }
        }
    }
    District { schools, records, attributes }
}
