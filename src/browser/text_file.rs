//! The whole text of one small file, such as an exchange file.

use super::picked::Handle;
use wasm_bindgen_futures::JsFuture;

/// Why a file gave no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    TooLarge {
        bytes: usize,
    },
    /// It was moved, changed or cannot be opened.
    Gone,
}

/// Reads a file of at most `most` bytes as UTF-8; what is none becomes a mark for it.
pub async fn read(file: &Handle, most: usize) -> Result<String, Unread> {
    let bytes = file.size();
    if bytes > most as f64 {
        return Err(Unread::TooLarge { bytes: bytes as usize });
    }
    let text = JsFuture::from(file.text()).await.map_err(|_| Unread::Gone)?;
    text.as_string().ok_or(Unread::Gone)
}
