//! Messages between page and worker, all as postcard bytes; the outcome of a reading travels beside
//! its reply in a transferred buffer, since it is large.

use crate::attendance::Day;
use crate::ingest::import::{Failure, How};
use crate::ingest::reading::Reading;
use serde::{Deserialize, Serialize};

/// Asks the worker to read. The chosen files travel beside it in the same message.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Request {
    /// Replies to an older job are passed over.
    pub job: u32,
    /// Bounds the dates.
    pub today: Day,
    /// How to read each file; empty to have all proposed.
    pub how: Vec<How>,
    /// Readings decided earlier, for files with the same header.
    pub remembered: Vec<Reading>,
    pub source: Source,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// The files in the message.
    Files,
    /// The invented district, in February.
    Example,
    /// The same a month later.
    LaterExample,
}

/// What the worker says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Reply {
    /// The worker has started.
    Ready {
        build: String,
    },
    Progress {
        job: u32,
        progress: Progress,
    },
    /// The outcome's bytes travel beside it.
    Read {
        job: u32,
        memory: u64,
    },
    Failed {
        job: u32,
        failure: Failure,
    },
    /// The file at this position must be turned into plain text first.
    NeedsOpening {
        job: u32,
        file: u16,
    },
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    pub rows: u64,
    pub bytes: u64,
    pub total: u64,
}

/// Tells a stale worker from the page's own.
pub const BUILD: &str = env!("CARGO_PKG_VERSION");
