//! Files that a person chose or dropped: handles only, no bytes are read here.

use web_sys::{DragEvent, File, HtmlInputElement};

/// The files of one choice, in the order in which the browser lists them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PickedFiles(pub Vec<File>);

impl PickedFiles {
    /// The files of a file input, which is then empty again: choosing the same file once more is a
    /// new choice.
    #[must_use]
    pub fn from_input(input: &HtmlInputElement) -> PickedFiles {
        let picked = PickedFiles::from_list(input.files());
        input.set_value("");
        picked
    }

    /// A pasted table as a file.
    #[must_use]
    pub fn from_text(text: &str) -> PickedFiles {
        let parts = js_sys::Array::of1(&text.into());
        PickedFiles(File::new_with_str_sequence(&parts, "pasted table").into_iter().collect())
    }

    /// The files of a drop.
    #[must_use]
    pub fn from_drop(event: &DragEvent) -> PickedFiles {
        PickedFiles::from_list(event.data_transfer().and_then(|data| data.files()))
    }

    fn from_list(list: Option<web_sys::FileList>) -> PickedFiles {
        let Some(list) = list else { return PickedFiles::default() };
        PickedFiles((0..list.length()).filter_map(|at| list.item(at)).collect())
    }

    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.0.iter().map(File::name).collect()
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// How many files hover over the page. Browsers keep the names secret until they are let go.
#[must_use]
pub fn files_under(event: &DragEvent) -> u32 {
    let Some(data) = event.data_transfer() else { return 0 };
    let items = data.items();
    let n_files = (0..items.length()).filter_map(|at| items.get(at)).filter(|item| item.kind() == "file").count();
    n_files as u32
}

/// The handle of a file; its bytes stay with the browser.
pub type Handle = File;

/// The first `most` bytes of a file; `None` where the browser cannot read it.
pub async fn bytes(file: &Handle, most: u32) -> Option<Vec<u8>> {
    let blob: &web_sys::Blob = file;
    let part = blob.slice_with_f64_and_f64(0.0, f64::from(most)).ok()?;
    let buffer = wasm_bindgen_futures::JsFuture::from(part.array_buffer()).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}
