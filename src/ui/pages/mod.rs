//! One page for each address.

mod data;
mod not_here;
mod privacy;
mod reading;
mod schools;
mod share;
mod tiers;

pub use data::DataPage;
pub use not_here::{NoData, NotHere};
pub use privacy::PrivacyPage;
pub use schools::SchoolsPage;
pub use share::SharePage;
pub use tiers::TiersPage;
