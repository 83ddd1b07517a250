//! What may leave the device. Pure.
