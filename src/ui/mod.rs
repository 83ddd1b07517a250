//! Views that read signals and call actions.
