//! A reading as a file that a colleague can load: what columns and codes mean, and the definition.
//! No cell, no file name and no student is in it. What comes in is held to be hostile.

use crate::attendance::{Days, Definition};
use crate::ingest::codes::{CodeMap, Meaning};
use crate::ingest::encodings;
use crate::ingest::reading::Reading;
use crate::ingest::school_days::{DayChange, LONGEST_WHY, MOST_CHANGES};
use crate::settings::without_cells;
use serde::{Deserialize, Serialize};

pub const FORMAT: &str = "bright-spots/reading";
pub const VERSION: u64 = 1;

/// A larger file is none of ours.
pub const MOST_BYTES: usize = 2_000_000;

const MOST_READINGS: usize = 40;
const MOST_COLUMNS: usize = 2_000;
const MOST_CODES: usize = 2_000;
const LONGEST_TEXT: usize = 300;

/// What a reading file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadingFile {
    pub readings: Vec<Reading>,
    /// The definition in force where it was saved.
    pub definition: Option<Definition>,
}

/// Why a file could not be taken over. Says what to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    TooLarge,
    /// Not JSON, or JSON of another kind.
    NotOurs,
    TooNew {
        version: u64,
    },
    /// Of ours, but something in it cannot be.
    Wrong {
        what: &'static str,
    },
}

impl Refused {
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Refused::TooLarge => "This file is too large to be a reading. Nothing was changed.".into(),
            Refused::NotOurs => {
                "This is not a reading saved by Bright Spots. Choose the file that a colleague saved with Save this reading. Nothing was changed.".into()
            }
            Refused::TooNew { version } => format!(
                "This reading was saved by a newer Bright Spots (version {version}). Use that version, or ask for the reading again. Nothing was changed."
            ),
            Refused::Wrong { what } => format!("This reading can’t be right: {what}. Nothing was changed."),
        }
    }
}

/// Version 1 as it stands on disk; never changes once released.
#[derive(Serialize, Deserialize)]
struct V1 {
    format: String,
    version: u64,
    made_on: String,
    #[serde(default)]
    definition: Option<Definition>,
    readings: Vec<Reading>,
}

/// The file's text. Notes on the shape are left out: they may quote what stands above the header.
#[must_use]
pub fn encode(readings: &[Reading], definition: &Definition, made_on: &str) -> String {
    let stored = V1 {
        format: FORMAT.into(),
        version: VERSION,
        made_on: made_on.into(),
        definition: Some(definition.clone()),
        readings: readings.iter().map(bare).collect(),
    };
    // A struct of plain fields always turns into text.
    serde_json::to_string_pretty(&stored).unwrap_or_default()
}

fn bare(reading: &Reading) -> Reading {
    let mut reading = without_cells(reading);
    reading.notes.clear();
    for column in &mut reading.columns {
        column.why.clear();
    }
    reading
}

pub fn decode(text: &str) -> Result<ReadingFile, Refused> {
    if text.len() > MOST_BYTES {
        return Err(Refused::TooLarge);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value: serde_json::Value = serde_json::from_str(text).map_err(|_| Refused::NotOurs)?;
    if value.get("format").and_then(serde_json::Value::as_str) != Some(FORMAT) {
        return Err(Refused::NotOurs);
    }
    match value.get("version").and_then(serde_json::Value::as_u64) {
        Some(VERSION) => {}
        Some(version) if version > VERSION => return Err(Refused::TooNew { version }),
        _ => return Err(Refused::NotOurs),
    }
    let wrong = |what| Refused::Wrong { what };
    let file: V1 = serde_json::from_value(value).map_err(|_| wrong("a part is missing or of another kind"))?;
    if file.readings.is_empty() {
        return Err(wrong("it holds none"));
    }
    if file.readings.len() > MOST_READINGS {
        return Err(wrong("it holds too many"));
    }
    for reading in &file.readings {
        check(reading).map_err(wrong)?;
    }
    if let Some(definition) = &file.definition {
        check_definition(definition).map_err(wrong)?;
    }
    Ok(ReadingFile { readings: file.readings.iter().map(bare).collect(), definition: file.definition })
}

fn check(reading: &Reading) -> Result<(), &'static str> {
    let long = |text: &str| text.chars().count() > LONGEST_TEXT || text.chars().any(char::is_control);
    if reading.columns.is_empty() || reading.columns.len() > MOST_COLUMNS {
        return Err("the number of columns");
    }
    if reading.columns.iter().any(|c| c.header.chars().count() > LONGEST_TEXT) {
        return Err("the name of a column");
    }
    if reading.codes.len() > MOST_CODES || reading.codes.keys().any(|code| long(code)) {
        return Err("the codes");
    }
    if reading.skip > 100_000 {
        return Err("the number of lines above the data");
    }
    if !(1..=100).contains(&reading.period_share) {
        return Err("the share of periods");
    }
    let year = Days::ZERO..=Days::whole(366);
    if reading.days_for_all.is_some_and(|days| !year.contains(&days) || days == Days::ZERO) {
        return Err("the number of enrolled days");
    }
    if reading.encoding.as_ref().is_some_and(|label| encodings::CHOICES.iter().all(|(known, _)| known != label)) {
        return Err("the letters");
    }
    let ascending = reading.days.windows(2).all(|pair| pair[0].day < pair[1].day);
    let is_long =
        |change: &DayChange| change.why.chars().count() > LONGEST_WHY || change.why.chars().any(char::is_control);
    if reading.days.len() > MOST_CHANGES || !ascending || reading.days.iter().any(is_long) {
        return Err("the school days");
    }
    let d = reading.dialect;
    if d.quote == Some(d.delimiter) || matches!(d.delimiter, b'\n' | b'\r' | 0) {
        return Err("the sign between columns");
    }
    for role in crate::ingest::roles::Role::choices() {
        if role.is_single()
            && role != crate::ingest::roles::Role::NotUsed
            && reading.columns.iter().filter(|column| column.role == role).count() > 1
        {
            return Err("two columns for one purpose");
        }
    }
    Ok(())
}

fn check_definition(definition: &Definition) -> Result<(), &'static str> {
    let minimum = Days::ZERO..=Days::whole(366);
    if !(1..=100_000).contains(&definition.threshold)
        || !minimum.contains(&definition.minimum)
        || definition.minimum_share > 100
        || definition.not_absent.len() + definition.also_absent.len() > 16
    {
        return Err("the definition");
    }
    Ok(())
}

/// The head of a code list; see [`codes_rows`].
pub const CODES_HEAD: [&str; 3] = ["code", "meaning", "in words"];

/// A code list as the rows of a table: codes and what they mean, for a colleague or for next year.
#[must_use]
pub fn codes_rows(codes: &CodeMap) -> Vec<Vec<String>> {
    codes.iter().map(|(code, meaning)| vec![code.clone(), format!("{meaning:?}"), meaning.label().into()]).collect()
}

/// Reads a code list: first column the code, second its meaning by name or in words.
pub fn read_codes(text: &str) -> Result<CodeMap, Refused> {
    if text.len() > MOST_BYTES {
        return Err(Refused::TooLarge);
    }
    let mut reader = ::csv::ReaderBuilder::new().flexible(true).has_headers(true).from_reader(text.as_bytes());
    let head = reader.headers().map_err(|_| Refused::NotOurs)?;
    if head.get(0).map(|h| h.trim_start_matches('\u{feff}').trim().to_lowercase()).as_deref() != Some("code") {
        return Err(Refused::NotOurs);
    }
    let mut codes = CodeMap::new();
    for record in reader.records() {
        let record = record.map_err(|_| Refused::NotOurs)?;
        let (Some(code), Some(meaning)) = (record.get(0), record.get(1)) else { continue };
        let code = code.trim();
        let code = code.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(code);
        let words = meaning.trim();
        let known = Meaning::ALL
            .into_iter()
            .find(|m| format!("{m:?}").eq_ignore_ascii_case(words) || m.label().eq_ignore_ascii_case(words));
        let Some(known) = known else { return Err(Refused::Wrong { what: "a meaning that we don’t know" }) };
        if code.chars().count() > LONGEST_TEXT || codes.len() >= MOST_CODES {
            return Err(Refused::Wrong { what: "the codes" });
        }
        let _ = codes.insert(code.into(), known);
    }
    if codes.is_empty() {
        return Err(Refused::Wrong { what: "it holds none" });
    }
    Ok(codes)
}
