//! Exports that left this device, as they are kept in the browser: only what was shown.

use crate::attendance::Day;
use crate::share::audit::Report;
use crate::share::exchange::Header;
use crate::share::memory::Remembered;
use serde::{Deserialize, Serialize};

/// The key under `bright-spots.`.
pub const KEY: &str = "exports";

/// One export with all that it takes to hand it out once more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    pub remembered: Remembered,
    pub report: Report,
    /// The first day that its numbers cover.
    pub first_day: Day,
    pub made_by: String,
}

impl Kept {
    /// What its files say of themselves.
    #[must_use]
    pub fn header(&self) -> Header {
        Header {
            made_by: self.made_by.clone(),
            made_on: self.remembered.made_on,
            first_day: self.first_day,
            last_day: self.remembered.last_day,
            definition: self.remembered.definition.clone(),
        }
    }
}

/// Why kept exports could not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptError {
    /// Not what this product writes.
    Damaged,
    /// Written by a newer version of this product: nothing is written over them.
    TooNew,
}

impl KeptError {
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            KeptError::Damaged => {
                "The earlier exports kept in this browser could not be read, so new ones cannot be compared with them. \
                 They were put aside. Wait a month before you share the same groups again."
            }
            KeptError::TooNew => {
                "The earlier exports kept in this browser are from a newer Bright Spots. Reload the page to update it \
                 before you share again."
            }
        }
    }
}

/// Version 1 as stored; never changes once released.
#[derive(Serialize, Deserialize)]
struct V1 {
    version: u64,
    exports: Vec<Kept>,
}

#[must_use]
pub fn encode(exports: &[Kept]) -> String {
    // Plain fields always turn into text.
    serde_json::to_string(&V1 { version: 1, exports: exports.to_vec() }).unwrap_or_default()
}

pub fn decode(text: &str) -> Result<Vec<Kept>, KeptError> {
    let value: serde_json::Value = serde_json::from_str(text).map_err(|_| KeptError::Damaged)?;
    match value.get("version").and_then(serde_json::Value::as_u64) {
        Some(1) => {
            let V1 { exports, .. } = serde_json::from_value(value).map_err(|_| KeptError::Damaged)?;
            Ok(exports.into_iter().filter(is_whole).collect())
        }
        Some(version) if version > 1 => Err(KeptError::TooNew),
        _ => Err(KeptError::Damaged),
    }
}

/// Whether every table holds as many numbers as its rows and columns say: what was changed by hand
/// must not stop the page.
fn is_whole(kept: &Kept) -> bool {
    let release = &kept.remembered.release;
    let places = &release.places;
    !release.sheets.is_empty()
        && places.district_of.len() == places.schools.len()
        && places.district_of.iter().all(|at| places.districts.is_empty() || usize::from(*at) < places.districts.len())
        && release.sheets.iter().all(|sheet| {
            let cells = sheet.n_rows.checked_mul(sheet.n_cols);
            sheet.n_cols > 0 && cells == Some(sheet.students.len()) && sheet.chronic.len() == sheet.students.len()
        })
}

/// Puts an export beside the earlier ones; the same one handed out twice is one.
pub fn add(exports: &mut Vec<Kept>, new: Kept) {
    let same = |old: &Kept| {
        old.remembered.last_day == new.remembered.last_day
            && old.remembered.definition == new.remembered.definition
            && old.remembered.release == new.remembered.release
    };
    if !exports.iter().any(same) {
        exports.push(new);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attendance::{Definition, Grade, School, Tier};
    use crate::share::gate::Rule;
    use crate::share::prepare::Preparing;
    use crate::share::suppress::tables::{Record, Tables};

    fn kept() -> Kept {
        let schools = vec![
            School { name: "Alder".into(), district: String::new() },
            School { name: "Birch".into(), district: String::new() },
        ];
        let records: Vec<Record> = (0..120)
            .map(|at| Record {
                student: at,
                school: u16::from(at > 70),
                grade: if at == 7 { Grade::K } else { Grade::Year(1) },
                tier: if at % 5 == 0 { Tier::Moderate } else { Tier::Satisfactory },
                chronic: at % 5 == 0,
            })
            .collect();
        let tables = Tables::new(&schools, &records, &[], Rule::default());
        let prepared = Preparing::new(tables, Rule::default(), &[], Day(20_000), &|_| 0).unwrap().finish();
        let remembered = Remembered {
            made_on: Day(20_001),
            last_day: Day(20_000),
            definition: Definition::default(),
            release: prepared.release,
        };
        Kept { remembered, report: prepared.report, first_day: Day(19_900), made_by: "Invented district".into() }
    }

    #[test]
    fn exports_go_there_and_back_and_no_hidden_number_is_kept() {
        let exports = vec![kept()];
        let text = encode(&exports);
        assert_eq!(decode(&text), Ok(exports));
        // The one student in kindergarten is hidden, and so is not in the text as a number.
        assert!(text.contains("hidden"), "{text}");
    }

    #[test]
    fn the_same_export_is_kept_once() {
        let mut exports = Vec::new();
        add(&mut exports, kept());
        add(&mut exports, kept());
        assert_eq!(exports.len(), 1);
        let mut later = kept();
        later.remembered.last_day = Day(20_030);
        add(&mut exports, later);
        assert_eq!(exports.len(), 2);
    }

    #[test]
    fn damaged_and_newer_texts_are_told_apart_and_a_bent_table_is_left_out() {
        assert_eq!(decode("{"), Err(KeptError::Damaged));
        assert_eq!(decode("[]"), Err(KeptError::Damaged));
        assert_eq!(decode(r#"{"version":2}"#), Err(KeptError::TooNew));
        let mut bent = kept();
        bent.remembered.release.sheets[0].students.pop();
        assert_eq!(decode(&encode(&[bent])), Ok(Vec::new()));
    }
}
