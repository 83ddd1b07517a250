//! What the scoring test and the benchmark example share: finding the data, and one module per suite.

pub mod dialects;
pub mod parse_truth;
pub mod pollock;

use std::path::{Path, PathBuf};

/// The folder of CSV suites, or None (said aloud) where it is absent.
pub fn root() -> Option<PathBuf> {
    let data = std::env::var_os("BRIGHT_SPOTS_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"), PathBuf::from);
    let root = data.join("3_csv_suites");
    if root.is_dir() {
        return Some(root);
    }
    eprintln!("SKIPPED: no CSV suites at {} (set BRIGHT_SPOTS_DATA)", root.display());
    None
}

/// File names of a folder, sorted.
pub fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries.flatten().filter_map(|e| e.file_name().into_string().ok()).collect();
    names.sort();
    names
}

/// A file's bytes as UTF-8, through the opener's decoder where it is built in, and the name of the encoding.
pub fn as_utf8(bytes: &[u8]) -> (Vec<u8>, String) {
    #[cfg(feature = "opener")]
    {
        let found = bright_spots::opener::encoding::detect(bytes);
        let mut text = Vec::new();
        bright_spots::opener::encoding::decode_all(bytes, found.encoding, &mut text);
        (text, found.name().to_ascii_lowercase())
    }
    #[cfg(not(feature = "opener"))]
    {
        let name = if bytes.is_ascii() { "ascii" } else { "utf-8" };
        (bytes.to_vec(), name.into())
    }
}
