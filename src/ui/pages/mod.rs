//! One page for each address.

mod data;
mod not_here;
mod plans;
mod privacy;
mod reading;
mod schools;
mod tiers;

pub use data::DataPage;
pub use not_here::{NoData, NotHere};
pub use plans::{PlansFor, PlansPage, begin_talk};
pub use privacy::PrivacyPage;
pub use schools::SchoolsPage;
pub use tiers::TiersPage;
