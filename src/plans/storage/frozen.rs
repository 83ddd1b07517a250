//! How a stored version is declared: once, as plain data with its conversions to today's model.
//! The frozen types are apart from the model, so that the model can change without a stored
//! document changing its meaning.

use super::super::document::{Id, Moment, Versions};
use crate::attendance::{Day, Days};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The stored form of `M`.
pub trait Frozen<M>: Sized {
    fn freeze(model: &M) -> Self;

    /// # Errors
    /// In words, where the stored value cannot be what it says it is.
    fn thaw(self) -> Result<M, String>;
}

/// Used by serde to leave out what is empty: a thousand plans stay small.
pub fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

macro_rules! same {
    ($($ty:ty),*) => {$(
        impl Frozen<$ty> for $ty {
            fn freeze(model: &$ty) -> Self {
                model.clone()
            }
            fn thaw(self) -> Result<$ty, String> {
                Ok(self)
            }
        }
    )*};
}
same!(String, bool, u8, u32, i64);

impl Frozen<Id> for String {
    fn freeze(model: &Id) -> Self {
        model.0.clone()
    }
    fn thaw(self) -> Result<Id, String> {
        Ok(Id(self))
    }
}

impl Frozen<Moment> for i64 {
    fn freeze(model: &Moment) -> Self {
        model.0
    }
    fn thaw(self) -> Result<Moment, String> {
        Ok(Moment(self))
    }
}

impl Frozen<Days> for i64 {
    fn freeze(model: &Days) -> Self {
        model.thousandths()
    }
    fn thaw(self) -> Result<Days, String> {
        Ok(Days::from_thousandths(self))
    }
}

impl Frozen<Versions> for BTreeMap<String, u32> {
    fn freeze(model: &Versions) -> Self {
        model.0.clone()
    }
    fn thaw(self) -> Result<Versions, String> {
        Ok(Versions(self))
    }
}

impl<M, F: Frozen<M>> Frozen<Vec<M>> for Vec<F> {
    fn freeze(model: &Vec<M>) -> Self {
        model.iter().map(F::freeze).collect()
    }
    fn thaw(self) -> Result<Vec<M>, String> {
        self.into_iter().map(F::thaw).collect()
    }
}

impl<M, F: Frozen<M>> Frozen<Option<M>> for Option<F> {
    fn freeze(model: &Option<M>) -> Self {
        model.as_ref().map(F::freeze)
    }
    fn thaw(self) -> Result<Option<M>, String> {
        self.map(F::thaw).transpose()
    }
}

impl<M, F: Frozen<M>> Frozen<Box<M>> for Box<F> {
    fn freeze(model: &Box<M>) -> Self {
        Box::new(F::freeze(model))
    }
    fn thaw(self) -> Result<Box<M>, String> {
        (*self).thaw().map(Box::new)
    }
}

/// A day as `2026-02-13`, so that a person can read the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Date(pub String);

impl Frozen<Day> for Date {
    fn freeze(model: &Day) -> Self {
        Date(model.iso())
    }
    fn thaw(self) -> Result<Day, String> {
        Day::parse_iso(&self.0).ok_or_else(|| format!("{:?} is not a day", self.0))
    }
}

/// Declares stored records field by field. Fields that a record does not have are refused on
/// reading, because writing it back would lose them.
macro_rules! records {
    ($($name:ident { $($field:ident : $ty:ty),* $(,)? })*) => {$(
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields, default)]
        pub struct $name {
            $(#[serde(skip_serializing_if = "is_default")] pub $field: $ty,)*
        }
        impl Frozen<m::$name> for $name {
            fn freeze(model: &m::$name) -> Self {
                $name { $($field: Frozen::freeze(&model.$field),)* }
            }
            fn thaw(self) -> Result<m::$name, String> {
                Ok(m::$name { $($field: self.$field.thaw()?,)* })
            }
        }
    )*};
}

/// Declares stored choices: each variant with the word that stands for it. The first is what an
/// absent field means.
macro_rules! choices {
    ($($name:ident { $first:ident = $first_word:literal $(, $variant:ident = $word:literal)* $(,)? })*) => {$(
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum $name {
            #[default]
            #[serde(rename = $first_word)]
            $first,
            $(#[serde(rename = $word)] $variant,)*
        }
        impl Frozen<m::$name> for $name {
            fn freeze(model: &m::$name) -> Self {
                match model {
                    m::$name::$first => $name::$first,
                    $(m::$name::$variant => $name::$variant,)*
                }
            }
            fn thaw(self) -> Result<m::$name, String> {
                Ok(match self {
                    $name::$first => m::$name::$first,
                    $($name::$variant => m::$name::$variant,)*
                })
            }
        }
    )*};
}

/// Declares a stored union: each variant with the word of its tag and its content.
macro_rules! unions {
    ($($name:ident { $($variant:ident($ty:ty) = $word:literal),* $(,)? })*) => {$(
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub enum $name {
            $(#[serde(rename = $word)] $variant($ty),)*
        }
        impl Frozen<m::$name> for $name {
            fn freeze(model: &m::$name) -> Self {
                match model {
                    $(m::$name::$variant(x) => $name::$variant(Frozen::freeze(x)),)*
                }
            }
            fn thaw(self) -> Result<m::$name, String> {
                Ok(match self {
                    $($name::$variant(x) => m::$name::$variant(x.thaw()?),)*
                })
            }
        }
    )*};
}

pub(super) use {choices, records, unions};
