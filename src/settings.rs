//! What is kept on the device between visits: the definition and decided readings. Versioned from
//! the first day. Never a student's row: samples and file names are taken out before keeping.

use crate::attendance::Definition;
use crate::ingest::reading::Reading;
use serde::{Deserialize, Serialize};

/// The key under `bright-spots.`.
pub const KEY: &str = "settings";

/// How many readings are remembered; the oldest go first.
const MOST_READINGS: usize = 40;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    pub definition: Definition,
    pub readings: Vec<Reading>,
}

/// Why kept settings could not be used. They stay as they are until new ones are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingsError {
    /// Not what this product writes.
    Damaged,
    /// Written by a newer version of this product: read-only for this one.
    TooNew { version: u64 },
}

impl SettingsError {
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            SettingsError::Damaged => {
                "The settings kept in this browser could not be read. They were put aside and the usual ones are in use.".into()
            }
            SettingsError::TooNew { version } => format!(
                "The settings kept in this browser are from a newer Bright Spots (version {version}). They are left untouched; \
                 changes last until you close this page."
            ),
        }
    }
}

/// What every version has.
#[derive(Deserialize)]
struct Versioned {
    version: u64,
}

/// Version 1 as stored; never changes once released.
#[derive(Serialize, Deserialize)]
struct V1 {
    version: u64,
    definition: Definition,
    readings: Vec<Reading>,
}

#[must_use]
pub fn encode(settings: &Settings) -> String {
    let stored = V1 {
        version: 1,
        definition: settings.definition.clone(),
        readings: settings.readings.iter().map(without_cells).collect(),
    };
    // A struct of plain fields always turns into text.
    serde_json::to_string(&stored).unwrap_or_default()
}

pub fn decode(text: &str) -> Result<Settings, SettingsError> {
    let damaged = |_| SettingsError::Damaged;
    match serde_json::from_str(text).map_err(damaged)? {
        Versioned { version: 1 } => {
            let V1 { definition, readings, .. } = serde_json::from_str(text).map_err(damaged)?;
            Ok(Settings { definition, readings })
        }
        Versioned { version: 0 } => Err(SettingsError::Damaged),
        Versioned { version } => Err(SettingsError::TooNew { version }),
    }
}

impl Settings {
    /// Remembers readings for files with the same header, newest first.
    pub fn remember(&mut self, readings: &[Reading]) {
        for reading in readings {
            let fresh = without_cells(reading);
            let header = |r: &Reading| r.columns.iter().map(|c| c.header.clone()).collect::<Vec<_>>();
            self.readings.retain(|kept| header(kept) != header(&fresh));
            self.readings.insert(0, fresh);
        }
        self.readings.truncate(MOST_READINGS);
    }
}

/// A reading without anything that came from a row.
#[must_use]
pub fn without_cells(reading: &Reading) -> Reading {
    let mut reading = reading.clone();
    reading.file.clear();
    // They may quote what stands above the header.
    reading.notes.clear();
    for column in &mut reading.columns {
        column.samples.clear();
    }
    reading
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::import::{Head, propose};

    #[test]
    fn settings_go_there_and_back_without_a_single_cell() {
        let text = b"Student ID,School,Date,Status\n4711,Alder,2026-01-05,P\n";
        let reading = propose(&Head { name: "secret.csv", bytes: text, whole: true }).unwrap();
        let mut settings = Settings::default();
        settings.remember(&[reading]);
        let kept = encode(&settings);
        for cell in ["4711", "Alder", "2026-01-05", "secret"] {
            assert!(!kept.contains(cell), "{cell}");
        }
        assert_eq!(decode(&kept), Ok(settings));
    }

    #[test]
    fn damaged_and_newer_settings_are_told_apart() {
        assert_eq!(decode("{"), Err(SettingsError::Damaged));
        assert_eq!(decode("{\"version\":9}"), Err(SettingsError::TooNew { version: 9 }));
        assert_eq!(decode("{\"version\":1}"), Err(SettingsError::Damaged));
    }
}
