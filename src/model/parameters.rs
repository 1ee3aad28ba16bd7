//! Parameters with their provenance: one table a process, from which the scenario reader, the
//! documentation and the process itself all draw.

use std::fmt;

/// What stands behind a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Estimated on data for this model.
    Estimated,
    /// Estimated, then adjusted so that the model reproduces a known quantity.
    Calibrated,
    /// Taken from a publication.
    Published,
    /// Assumed: no evidence behind the value.
    Assumed,
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Estimated => "estimated",
            Self::Calibrated => "calibrated",
            Self::Published => "published",
            Self::Assumed => "assumed",
        })
    }
}

/// One parameter of a process.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// The key in scenario files.
    pub name: &'static str,
    /// The value where the scenario says nothing.
    pub default: f64,
    /// Least value allowed.
    pub min: f64,
    /// Greatest value allowed.
    pub max: f64,
    /// The unit; `1` for a pure number.
    pub unit: &'static str,
    /// What stands behind the default.
    pub mark: Mark,
    /// What it is and where the default comes from.
    pub meaning: &'static str,
}

/// Declares a process's parameters: a struct with one public `f64` field each, and `TABLE`, their
/// metadata in the same order.
macro_rules! parameters {
    ($(#[$doc:meta])* pub struct $name:ident {
        $($field:ident = $default:expr, $min:expr => $max:expr, $unit:literal, $mark:ident, $meaning:literal;)+
    }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct $name {
            $(#[doc = $meaning] pub $field: f64,)+
        }

        impl $name {
            /// The parameters' metadata.
            pub const TABLE: &'static [$crate::model::parameters::Parameter] = &[
                $($crate::model::parameters::Parameter {
                    name: stringify!($field),
                    default: $default,
                    min: $min,
                    max: $max,
                    unit: $unit,
                    mark: $crate::model::parameters::Mark::$mark,
                    meaning: $meaning,
                },)+
            ];

            /// The parameters with these values, in the order of `TABLE`.
            ///
            /// # Panics
            /// If there are not as many values as parameters.
            pub fn from_values(values: &[f64]) -> Self {
                let [$($field),+] = *values else {
                    panic!("{} parameters expected", Self::TABLE.len())
                };
                Self { $($field),+ }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self { $($field: $default),+ }
            }
        }
    };
}
pub(crate) use parameters;
