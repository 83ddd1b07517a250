//! The rules of the work, as functions from a workspace to a change. Ids, days and times are
//! handed in; nothing here is written until [`crate::plans::Document::apply`].

pub mod assessment;
pub mod handed_over;
pub mod peers;
pub mod reasons;
pub mod strategies;
pub mod test_of_change;

use super::document::Id;
use super::model::Note;

/// Makes ids for new rows and items.
pub type NewId<'a> = &'a mut dyn FnMut() -> Id;

/// Rows of text with fresh ids.
pub(crate) fn notes(texts: &[&str], new_id: NewId) -> Vec<Note> {
    texts.iter().map(|text| Note { id: new_id(), text: (*text).to_owned() }).collect()
}
