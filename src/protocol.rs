//! Messages between page and worker. Pure.
