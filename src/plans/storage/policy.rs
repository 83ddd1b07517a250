//! What may be written over what, decided before anything is written. The browser reads, asks
//! here, writes, reads back and asks again; nothing unreadable or newer is ever written over.

use super::super::document::{Document, Moment, Stamp};
use super::merge::{self, Merged};
use super::{StorageError, Stored, decode, encode};

/// The keys in localStorage.
pub const PLANS_KEY: &str = "bright-spots.plans";
/// A text that could not be read is moved here before anything else is saved.
pub const UNREADABLE_KEY: &str = "bright-spots.plans.unreadable";
/// Sealed with a passphrase, or absent.
pub const PERSONAL_KEY: &str = "bright-spots.personal";

/// What stood in storage when the app started.
#[derive(Clone, Debug, PartialEq)]
pub enum Opened<B> {
    /// Nothing was there.
    Empty,
    Ready(Document<B>),
    /// Could not be read. Start empty in memory, say so, offer `text` as a file.
    Unreadable {
        error: StorageError,
        text: String,
    },
    /// Written by a newer version: offered as a file, never written over.
    TooNew {
        found: u64,
        text: String,
    },
}

/// Reads what storage holds under a key.
#[must_use]
pub fn open<B: Stored>(stored: Option<&str>) -> Opened<B> {
    match stored {
        None | Some("") => Opened::Empty,
        Some(text) => match decode(text) {
            Ok(document) => Opened::Ready(document),
            Err(StorageError::TooNew { found }) => Opened::TooNew { found, text: text.to_owned() },
            Err(error) => Opened::Unreadable { error, text: text.to_owned() },
        },
    }
}

/// What to do with a save.
#[derive(Clone, Debug, PartialEq)]
pub enum Save<B> {
    /// Storage already holds exactly this.
    Nothing,
    Write(Box<Write<B>>),
    /// Newer data stand there. This tab keeps its work in memory and offers it as a file.
    Refuse {
        found: u64,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub struct Write<B> {
    /// Write this first, under [`UNREADABLE_KEY`] (or a free key that starts with it), and read it
    /// back; where that fails, do not go on.
    pub keep_first: Option<String>,
    /// Then write this, and check it with [`read_back`].
    pub text: String,
    /// What the text holds: the new state of this tab and the new base.
    pub document: Document<B>,
    /// What came from another tab, where something did.
    pub merged: Option<Merged<B>>,
}

/// Decides a save. `stored` is what storage holds at this moment, read again just before; `base`
/// is what this tab last read or wrote. Two tabs that save in turn never lose an edit: the second
/// finds the first one's work and merges it.
#[must_use]
pub fn save<B: Stored>(stored: Option<&str>, base: Option<&Document<B>>, ours: &Document<B>, stamp: &Stamp) -> Save<B> {
    let write = |keep_first, document: Document<B>, merged| {
        Save::Write(Box::new(Write { keep_first, text: encode(&document), document, merged }))
    };
    match open::<B>(stored) {
        Opened::Empty => write(None, ours.clone(), None),
        Opened::TooNew { found, .. } => Save::Refuse { found },
        Opened::Unreadable { text, .. } => write(Some(text), ours.clone(), None),
        Opened::Ready(theirs) if theirs == *ours => Save::Nothing,
        Opened::Ready(theirs) if base == Some(&theirs) => write(None, ours.clone(), None),
        Opened::Ready(theirs) => {
            let merged = merge::merge(base, ours, &theirs, stamp);
            let document = merged.document.clone();
            if document == theirs {
                return write(None, document, Some(merged));
            }
            write(None, document, merged.brought_anything().then_some(merged))
        }
    }
}

/// The key under which an unreadable text is kept: the first that is free, or that holds this very
/// text already (after a crash between keeping it and saving).
#[must_use]
pub fn keep_under(text: &str, stored: impl Fn(&str) -> Option<String>) -> String {
    (1u32..)
        .map(|n| if n == 1 { UNREADABLE_KEY.to_owned() } else { format!("{UNREADABLE_KEY}.{n}") })
        .find(|key| stored(key).is_none_or(|there| there == text))
        .unwrap_or_else(|| UNREADABLE_KEY.to_owned())
}

/// Why a save did not happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The browser refuses storage altogether.
    Denied,
    /// No room left.
    Full,
    /// The write was accepted, but what is there now is something else.
    NotThere,
    /// Newer data stand there.
    Newer { found: u64 },
    /// The unreadable text could not be put aside, so nothing was written over it.
    CouldNotKeepUnreadable,
}

impl Failure {
    /// What happened and what the person can do.
    #[must_use]
    pub const fn words(&self) -> &'static str {
        match self {
            Failure::Denied => {
                "This browser does not let the page keep anything. The plans last as long as this tab is open: save a \
                 workspace file."
            }
            Failure::Full => {
                "There is no room left on this device for more. The last changes are only in this tab: save a \
                 workspace file."
            }
            Failure::NotThere => {
                "The browser took the changes and did not keep them. They are only in this tab: save a workspace file."
            }
            Failure::Newer { .. } => {
                "A newer Bright Spots saved plans here, and this one must not write over them. The changes are only in \
                 this tab: save a workspace file, then reload."
            }
            Failure::CouldNotKeepUnreadable => {
                "What was stored here could not be read, and there was no room to put it aside, so nothing was \
                 written over it. Save a workspace file."
            }
        }
    }
}

/// What the page shows about saving.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// Nothing to save yet.
    Untouched,
    Saving,
    Saved {
        at: Moment,
    },
    NotSaved {
        why: Failure,
    },
}

/// Checks a write: what was read back must be what was written, to the letter.
///
/// # Errors
/// [`Failure::NotThere`] where it is not.
pub fn read_back(written: &str, found: Option<&str>) -> Result<(), Failure> {
    if found == Some(written) { Ok(()) } else { Err(Failure::NotThere) }
}

/// Personal data may be stored only sealed: anything else is refused here, whoever asks.
#[must_use]
pub fn may_store_personal(text: &str) -> bool {
    super::super::seal::is_sealed(text)
}

/// Whether to offer a workspace file. Counts changes, not time alone: a clock that was moved can
/// neither hide unsaved work nor invent any.
#[must_use]
pub fn backup_due(changes_now: u64, changes_at_backup: Option<u64>, days_since_backup: Option<i32>) -> bool {
    let since = changes_now.saturating_sub(changes_at_backup.unwrap_or(0));
    // A backup "from tomorrow" means that the clock moved: then the number of changes decides.
    let old = days_since_backup.is_none_or(|days| !(0..7).contains(&days));
    since >= 25 || (since > 0 && changes_at_backup.is_some() && old) || (since >= 5 && changes_at_backup.is_none())
}
