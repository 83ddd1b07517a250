//! Guided sessions as data. Pure.
