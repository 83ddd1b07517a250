//! The workspace file: plans, and where the person chose so their personal part, open or sealed,
//! in one file that can be read back whole or merged into another workspace.

use super::super::{Personal, Workspace, seal};
use super::{StorageError, VERSION, decode, encode};
use crate::attendance::Day;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

pub const FORMAT: &str = "bright-spots/workspace-file";

/// What a workspace file holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Backup {
    pub made_on: Option<Day>,
    pub plans: Workspace,
    pub personal: PersonalPart,
}

/// The personal part of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum PersonalPart {
    #[default]
    LeftOut,
    /// Readable by whoever has the file: the person is told so before saving.
    Open(Personal),
    /// A sealed text; opened with [`seal::open`].
    Sealed(String),
}

#[derive(Serialize, Deserialize)]
struct File<'a> {
    format: String,
    version: u32,
    #[serde(default)]
    made_on: String,
    #[serde(borrow)]
    plans: &'a RawValue,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    personal: Option<&'a RawValue>,
}

/// The text of a workspace file.
///
/// # Errors
/// [`StorageError::Invalid`] where a text given as sealed is not.
pub fn write(backup: &Backup) -> Result<String, StorageError> {
    let plans = encode(&backup.plans);
    let personal = match &backup.personal {
        PersonalPart::LeftOut => None,
        PersonalPart::Open(personal) => Some(encode(personal)),
        PersonalPart::Sealed(text) if seal::is_sealed(text) => Some(text.clone()),
        PersonalPart::Sealed(_) => {
            return Err(StorageError::Invalid { version: VERSION, detail: "the personal part is not sealed".into() });
        }
    };
    let raw = |text: &str| RawValue::from_string(text.to_owned());
    let invalid = |e: serde_json::Error| StorageError::Invalid { version: VERSION, detail: e.to_string() };
    let (plans, personal) = (raw(&plans).map_err(invalid)?, personal.as_deref().map(raw).transpose().map_err(invalid)?);
    let file = File {
        format: FORMAT.to_owned(),
        version: VERSION,
        made_on: backup.made_on.map_or(String::new(), Day::iso),
        plans: &plans,
        personal: personal.as_deref(),
    };
    serde_json::to_string(&file).map_err(invalid)
}

/// Reads a workspace file, or a bare document of plans as it stands in storage.
///
/// # Errors
/// See [`StorageError`]; the plans and the personal part are each checked on their own version.
pub fn read(text: &str) -> Result<Backup, StorageError> {
    let text = text.trim_start_matches('\u{feff}');
    match super::version_of(text, FORMAT) {
        Ok(1) => {}
        Ok(found) => return Err(StorageError::TooNew { found }),
        Err(StorageError::NotOurs { found }) if found == "bright-spots/plans" => {
            return Ok(Backup { made_on: None, plans: decode(text)?, personal: PersonalPart::LeftOut });
        }
        Err(error) => return Err(error),
    }
    let file: File =
        serde_json::from_str(text).map_err(|e| StorageError::Invalid { version: 1, detail: e.to_string() })?;
    let personal = match file.personal.map(RawValue::get) {
        None => PersonalPart::LeftOut,
        Some(text) if seal::is_sealed(text) => PersonalPart::Sealed(text.to_owned()),
        Some(text) => PersonalPart::Open(decode(text)?),
    };
    Ok(Backup { made_on: Day::parse_iso(&file.made_on), plans: decode(file.plans.get())?, personal })
}
