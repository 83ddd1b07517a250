//! One page for each address.

mod data;
mod not_here;
mod tiers;
mod to_check;

#[cfg(feature = "full")]
mod checks;
#[cfg(feature = "full")]
mod conditions;
#[cfg(feature = "full")]
mod definition;
#[cfg(feature = "full")]
mod explore;
#[cfg(feature = "full")]
mod help;
#[cfg(feature = "full")]
mod plans;
#[cfg(feature = "full")]
mod privacy;
#[cfg(feature = "full")]
mod published_tiers;
#[cfg(feature = "full")]
mod reading;
#[cfg(feature = "full")]
mod readings;
#[cfg(feature = "full")]
mod reconcile;
#[cfg(feature = "full")]
mod schools;
#[cfg(feature = "full")]
mod share;
#[cfg(feature = "full")]
mod students;
#[cfg(feature = "full")]
mod workshop;

pub use data::DataPage;
pub use not_here::NoData;
#[cfg(not(feature = "full"))]
pub use not_here::Opening;
#[cfg(feature = "full")]
pub use not_here::{ForTheTeam, NotHere};
pub use tiers::TiersPage;

#[cfg(feature = "full")]
pub use checks::ChecksPage;
#[cfg(feature = "full")]
pub use conditions::ConditionsPage;
#[cfg(feature = "full")]
pub use definition::DefinitionPage;
#[cfg(feature = "full")]
pub use explore::ExplorePage;
#[cfg(feature = "full")]
pub use help::HelpPage;
#[cfg(feature = "full")]
pub use plans::PlansPage;
#[cfg(feature = "full")]
pub use privacy::PrivacyPage;
#[cfg(feature = "full")]
pub use readings::ReadingsPage;
#[cfg(feature = "full")]
pub use reconcile::ReconcilePage;
#[cfg(feature = "full")]
pub use schools::SchoolsPage;
#[cfg(feature = "full")]
pub use share::SharePage;
#[cfg(feature = "full")]
pub use students::StudentsPage;
#[cfg(feature = "full")]
pub use workshop::WorkshopPage;
