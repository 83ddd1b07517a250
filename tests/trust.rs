//! What makes a number believable: checks before charts, definitions side by side, why another
//! report differs, and readings for a colleague. Invented files throughout.

#[path = "trust/checks.rs"]
mod checks;
#[path = "trust/districts.rs"]
mod districts;
#[path = "trust/lab.rs"]
mod lab;
#[path = "trust/readings.rs"]
mod readings;
#[path = "trust/real.rs"]
mod real;
#[path = "trust/reconcile.rs"]
mod reconcile;
