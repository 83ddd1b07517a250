//! Files that a person chose, without their bytes.

use wasm_bindgen::JsCast;
use web_sys::{File, FileList};

/// Chosen or dropped files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PickedFiles(pub Vec<File>);

impl PickedFiles {
    #[must_use]
    pub fn from_list(list: Option<FileList>) -> PickedFiles {
        let Some(list) = list else { return PickedFiles::default() };
        PickedFiles((0..list.length()).filter_map(|at| list.get(at)).collect())
    }

    /// The files of an `<input type="file">` whose change event this is.
    #[must_use]
    pub fn from_input(event: &web_sys::Event) -> PickedFiles {
        let input = event.target().and_then(|t| t.dyn_into::<web_sys::HtmlInputElement>().ok());
        let picked = PickedFiles::from_list(input.as_ref().and_then(web_sys::HtmlInputElement::files));
        if let Some(input) = input {
            // So that choosing the same file again is a change again.
            input.set_value("");
        }
        picked
    }

    /// The files of a drop.
    #[must_use]
    pub fn from_drop(event: &web_sys::DragEvent) -> PickedFiles {
        PickedFiles::from_list(event.data_transfer().and_then(|t| t.files()))
    }

    /// Pasted text as a file.
    #[must_use]
    pub fn from_text(text: &str) -> PickedFiles {
        let parts = js_sys::Array::of1(&text.into());
        PickedFiles(File::new_with_str_sequence(&parts, "pasted table").into_iter().collect())
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.0.iter().map(File::name).collect()
    }
}
