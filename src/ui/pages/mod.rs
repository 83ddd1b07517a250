//! One page for each address.

mod conditions;
mod data;
mod explore;
mod not_here;
mod privacy;
mod reading;
mod schools;
mod students;
mod tiers;

pub use conditions::ConditionsPage;
pub use data::DataPage;
pub use explore::ExplorePage;
pub use not_here::{NoData, NotHere};
pub use privacy::PrivacyPage;
pub use schools::SchoolsPage;
pub use students::StudentsPage;
pub use tiers::TiersPage;
