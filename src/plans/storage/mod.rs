//! The stored form of a document, its versions, and what may be written over what. Pure: the
//! browser hands texts in and does what it is told.

pub mod backup;
mod frozen;
pub mod merge;
pub mod policy;
pub mod space;
mod v1;

use super::document::{Content, Document, Id, Item};
use super::model::{Body, Difference};
use super::personal::PersonalBody;
use frozen::Frozen;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::fmt;

/// The version that this program writes.
pub const VERSION: u32 = 1;

/// Why a stored text could not be read. Nothing that could not be read is ever written over: see
/// [`policy`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StorageError {
    /// Not a document at all, or cut off.
    NotJson {
        detail: String,
    },
    /// JSON, but not one of ours, or one of ours of another kind.
    NotOurs {
        found: String,
    },
    NoVersion,
    /// Written by a newer version of this program.
    TooNew {
        found: u64,
    },
    /// One of ours, damaged.
    Invalid {
        version: u32,
        detail: String,
    },
}

impl fmt::Display for StorageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StorageError::NotJson { .. } => f.write_str("This is not a workspace, or a part of it is missing."),
            StorageError::NotOurs { found } if found.is_empty() => f.write_str("This file is not a workspace."),
            StorageError::NotOurs { found } => write!(f, "This file is of another kind: {found}."),
            StorageError::NoVersion => f.write_str("This workspace does not say which version it is."),
            StorageError::TooNew { found } => write!(
                f,
                "This workspace was saved by a newer Bright Spots (version {found}; this one knows up to {VERSION}). \
                 It is left as it is."
            ),
            StorageError::Invalid { version, detail } => {
                write!(f, "This workspace (version {version}) is damaged: {detail}.")
            }
        }
    }
}

impl std::error::Error for StorageError {}

/// What a kind of content needs in order to be stored and merged.
pub trait Stored: Content {
    /// The name of the document in its file.
    const FORMAT: &'static str;
    #[doc(hidden)]
    type Frozen: Frozen<Self> + Serialize + DeserializeOwned;
    fn difference(difference: Difference) -> Self;
    fn as_difference(&self) -> Option<&Difference>;
    fn kind_name(&self) -> &'static str;
}

impl Stored for Body {
    const FORMAT: &'static str = "bright-spots/plans";
    type Frozen = v1::Body;
    fn difference(difference: Difference) -> Self {
        Body::Difference(difference)
    }
    fn as_difference(&self) -> Option<&Difference> {
        match self {
            Body::Difference(difference) => Some(difference),
            _ => None,
        }
    }
    fn kind_name(&self) -> &'static str {
        self.kind()
    }
}

impl Stored for PersonalBody {
    const FORMAT: &'static str = "bright-spots/personal";
    type Frozen = v1::PersonalBody;
    fn difference(difference: Difference) -> Self {
        PersonalBody::Difference(difference)
    }
    fn as_difference(&self) -> Option<&Difference> {
        match self {
            PersonalBody::Difference(difference) => Some(difference),
            _ => None,
        }
    }
    fn kind_name(&self) -> &'static str {
        match self {
            PersonalBody::Contact(_) => "Contact",
            PersonalBody::Conversation(_) => "Conversation",
            PersonalBody::Chosen(_) => "Students of a test",
            PersonalBody::Consent(_) => "Consent",
            PersonalBody::InPlan(_) => "Student in a plan",
            PersonalBody::Snapshot(_) => "Tiers in one export",
            PersonalBody::Difference(_) => "Two versions",
        }
    }
}

/// The document as one line of JSON, in the current version. The same document always gives the
/// same text.
#[must_use]
pub fn encode<B: Stored>(document: &Document<B>) -> String {
    let file = v1::File {
        format: B::FORMAT.to_owned(),
        version: VERSION,
        id: document.id.0.clone(),
        items: document.items.iter().map(|(id, item)| (id.0.clone(), v1::Item::<B::Frozen>::freeze(item))).collect(),
    };
    serde_json::to_string(&file).expect("the stored types are strings, numbers and lists, which JSON can hold")
}

/// Reads a document of any released version.
///
/// # Errors
/// See [`StorageError`].
pub fn decode<B: Stored>(text: &str) -> Result<Document<B>, StorageError> {
    match version_of(text, B::FORMAT)? {
        1 => from_v1(text),
        found => Err(StorageError::TooNew { found }),
    }
}

/// Looks only at what the text says it is.
fn version_of(text: &str, format: &str) -> Result<u64, StorageError> {
    #[derive(Deserialize)]
    struct Head {
        format: Option<Value>,
        version: Option<Value>,
    }
    let head: Head = serde_json::from_str(text).map_err(|error| {
        // A list or a number is JSON as well, only not ours.
        if serde_json::from_str::<Value>(text).is_ok() {
            StorageError::NotOurs { found: String::new() }
        } else {
            StorageError::NotJson { detail: error.to_string() }
        }
    })?;
    match head.format {
        Some(Value::String(found)) if found == format => {}
        Some(Value::String(found)) => return Err(StorageError::NotOurs { found }),
        _ => return Err(StorageError::NotOurs { found: String::new() }),
    }
    match head.version.as_ref().and_then(Value::as_u64) {
        Some(0) | None => Err(StorageError::NoVersion),
        Some(version) => Ok(version),
    }
}

fn from_v1<B: Stored>(text: &str) -> Result<Document<B>, StorageError> {
    let invalid = |detail: String| StorageError::Invalid { version: 1, detail };
    let file: v1::File<B::Frozen> = serde_json::from_str(text).map_err(|e| invalid(e.to_string()))?;
    let mut document = Document { id: Id(file.id), items: std::collections::BTreeMap::new() };
    for (id, item) in file.items {
        let item: Item<B> = item.thaw().map_err(|e| invalid(format!("item {id}: {e}")))?;
        let _ = document.items.insert(Id(id), item);
    }
    Ok(document)
}

/// One item's content in its stored form, for merging and for showing what differs.
fn to_value<B: Stored>(body: &B) -> Value {
    serde_json::to_value(B::Frozen::freeze(body)).expect("the stored types are strings, numbers and lists")
}

fn from_value<B: Stored>(value: Value) -> Result<B, String> {
    serde_json::from_value::<B::Frozen>(value).map_err(|e| e.to_string())?.thaw()
}
