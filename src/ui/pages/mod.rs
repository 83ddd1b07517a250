//! One page for each address.

mod data;
mod not_here;
mod privacy;
mod reading;
#[cfg(feature = "full")]
mod schools;
mod tiers;

pub use data::DataPage;
pub use not_here::NoData;
#[cfg(feature = "full")]
pub use not_here::NotHere;
#[cfg(not(feature = "full"))]
pub use not_here::Opening;
pub use privacy::PrivacyPage;
#[cfg(feature = "full")]
pub use schools::SchoolsPage;
pub use tiers::TiersPage;
