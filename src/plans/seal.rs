//! Locking the personal part with a passphrase: Argon2id makes the key, ChaCha20-Poly1305 seals
//! and proves that nothing was changed. Salt and nonce are handed in: there is no randomness here.
//!
//! Work: 19 MiB of memory, two passes, one lane (the smaller of the two settings that OWASP gives
//! for Argon2id): some tenths of a second in WebAssembly on a Chromebook, and it fits beside the
//! page in 4 GB. The settings stand in the header, so that they can rise later and old data still open.

use super::storage::merge::merge;
use super::storage::{self, StorageError};
use super::{Personal, Stamp};
use argon2::{Algorithm, Argon2, Params, Version};
use base64ct::{Base64, Encoding};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};
use serde::{Deserialize, Serialize};
use std::fmt;

pub const FORMAT: &str = "bright-spots/sealed";
pub const VERSION: u32 = 1;
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
/// Bounds on what a header may ask of this device.
const MOST_MEMORY_KIB: u32 = 256 * 1024;
const MOST_PASSES: u32 = 16;
/// A passphrase of fewer characters is refused.
pub const SHORTEST_PASSPHRASE: usize = 8;

/// Fresh random bytes for one seal. Never used twice with one passphrase.
#[derive(Clone, Copy, Debug)]
pub struct Fresh {
    pub salt: [u8; 16],
    pub nonce: [u8; 12],
}

/// Why a sealed text did not open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SealError {
    TooShort,
    /// The text is whole but this passphrase does not open it. It may also have been altered by
    /// someone: the two cannot be told apart, by design.
    WrongPassphrase,
    Damaged {
        detail: String,
    },
    TooNew {
        found: u64,
    },
    /// Opened, but what was inside could not be read.
    Inside(StorageError),
}

impl fmt::Display for SealError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SealError::TooShort => {
                write!(f, "A passphrase needs at least {SHORTEST_PASSPHRASE} characters. Four words are easy to keep.")
            }
            SealError::WrongPassphrase => f.write_str(
                "This passphrase does not open it. Try again: nothing was changed. A forgotten passphrase cannot be \
                 recovered by anyone; the plans themselves open without it.",
            ),
            SealError::Damaged { .. } => f.write_str(
                "A part of the locked data is missing or changed, so no passphrase can open it. Use your workspace \
                 file, if there is one; the locked text can be saved as it is.",
            ),
            SealError::TooNew { found } => {
                write!(f, "This was locked by a newer Bright Spots (version {found}). It is left as it is.")
            }
            SealError::Inside(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SealError {}

#[derive(Serialize, Deserialize)]
struct Sealed {
    format: String,
    version: u32,
    kdf: String,
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    salt: String,
    nonce: String,
    data: String,
    /// Of `data` as it stands here: tells damage from a wrong passphrase. Not a secret.
    check: String,
}

impl Sealed {
    /// What is proved unchanged along with the content.
    fn header(&self) -> String {
        format!(
            "{}|{}|{}|{}|{}|{}|{}|{}",
            self.format, self.version, self.kdf, self.memory_kib, self.passes, self.lanes, self.salt, self.nonce
        )
    }
}

/// Whether a text is a sealed personal part, by its look alone.
#[must_use]
pub fn is_sealed(text: &str) -> bool {
    #[derive(Deserialize)]
    struct Look {
        format: String,
        data: String,
    }
    serde_json::from_str::<Look>(text).is_ok_and(|look| look.format == FORMAT && !look.data.is_empty())
}

/// Locks the personal part.
///
/// # Errors
/// [`SealError::TooShort`] for a passphrase of under [`SHORTEST_PASSPHRASE`] characters.
pub fn seal(personal: &Personal, passphrase: &str, fresh: &Fresh) -> Result<String, SealError> {
    if passphrase.chars().count() < SHORTEST_PASSPHRASE {
        return Err(SealError::TooShort);
    }
    let mut sealed = Sealed {
        format: FORMAT.to_owned(),
        version: VERSION,
        kdf: "argon2id".to_owned(),
        memory_kib: MEMORY_KIB,
        passes: PASSES,
        lanes: 1,
        salt: Base64::encode_string(&fresh.salt),
        nonce: Base64::encode_string(&fresh.nonce),
        data: String::new(),
        check: String::new(),
    };
    let cipher = cipher(&sealed, passphrase, &fresh.salt)?;
    let plain = storage::encode(personal);
    let header = sealed.header();
    let payload = Payload { msg: plain.as_bytes(), aad: header.as_bytes() };
    let data = cipher.encrypt(&Nonce::from(fresh.nonce), payload).map_err(|_| damaged("too large to lock"))?;
    sealed.data = Base64::encode_string(&data);
    sealed.check = checksum(&sealed);
    serde_json::to_string(&sealed).map_err(|e| damaged(&e.to_string()))
}

/// Opens a sealed text.
///
/// # Errors
/// See [`SealError`].
pub fn open(text: &str, passphrase: &str) -> Result<Personal, SealError> {
    #[derive(Deserialize)]
    struct Head {
        format: String,
        version: u64,
    }
    let head: Head = serde_json::from_str(text).map_err(|e| damaged(&e.to_string()))?;
    if head.format != FORMAT {
        return Err(damaged("not a locked text"));
    }
    if head.version > u64::from(VERSION) {
        return Err(SealError::TooNew { found: head.version });
    }
    let sealed: Sealed = serde_json::from_str(text).map_err(|e| damaged(&e.to_string()))?;
    if sealed.check != checksum(&sealed) {
        return Err(damaged("its check does not fit"));
    }
    let salt = Base64::decode_vec(&sealed.salt).map_err(|_| damaged("salt"))?;
    let nonce: [u8; 12] =
        Base64::decode_vec(&sealed.nonce).ok().and_then(|n| n.try_into().ok()).ok_or_else(|| damaged("nonce"))?;
    let data = Base64::decode_vec(&sealed.data).map_err(|_| damaged("data"))?;
    let cipher = cipher(&sealed, passphrase, &salt)?;
    let header = sealed.header();
    let payload = Payload { msg: &data, aad: header.as_bytes() };
    let plain = cipher.decrypt(&Nonce::from(nonce), payload).map_err(|_| SealError::WrongPassphrase)?;
    let plain = String::from_utf8(plain).map_err(|e| damaged(&e.to_string()))?;
    storage::decode(&plain).map_err(SealError::Inside)
}

/// Decides what to store when the personal part is remembered on this device: what stands there
/// is opened with the same passphrase and merged, so that two tabs lose nothing. Returns the text
/// to write and what it holds, which becomes the new base.
///
/// # Errors
/// Where what stands there does not open: it is never written over.
pub fn save(
    stored: Option<&str>,
    passphrase: &str,
    base: Option<&Personal>,
    ours: &Personal,
    stamp: &Stamp,
    fresh: &Fresh,
) -> Result<(String, Personal), SealError> {
    let document = match stored {
        None | Some("") => ours.clone(),
        Some(text) => merge(base, ours, &open(text, passphrase)?, stamp).document,
    };
    Ok((seal(&document, passphrase, fresh)?, document))
}

fn cipher(sealed: &Sealed, passphrase: &str, salt: &[u8]) -> Result<ChaCha20Poly1305, SealError> {
    if sealed.kdf != "argon2id" || sealed.memory_kib > MOST_MEMORY_KIB || sealed.passes > MOST_PASSES {
        return Err(damaged("its settings are not ones this program uses"));
    }
    let params = Params::new(sealed.memory_kib, sealed.passes, sealed.lanes, Some(32))
        .map_err(|e| damaged(&format!("settings: {e}")))?;
    let mut key = [0u8; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, &mut key)
        .map_err(|e| damaged(&format!("settings: {e}")))?;
    Ok(ChaCha20Poly1305::new(&key.into()))
}

fn checksum(sealed: &Sealed) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in sealed.header().bytes().chain(sealed.data.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}

fn damaged(detail: &str) -> SealError {
    SealError::Damaged { detail: detail.to_owned() }
}
