//! What a toast says: written by actions, shown by the view.

/// What the toast says, and whether it can be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToastMessage {
    pub text: String,
    pub undo: Undo,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undo {
    Offered,
    Impossible,
}
