//! The mechanisms, one file each. Every file's header gives mechanism, equation, units and source;
//! `docs/model.md` says the same with the same symbols.

pub mod accession;
pub mod alignment;
pub mod arms;
pub mod attack;
pub mod balancing;
pub mod casus_foederis;
pub mod consultation;
pub mod contact;
pub mod crisis;
pub mod decay;
pub mod economic_agreement;
pub mod events;
pub mod isolation;
pub mod league;
pub mod lifting;
pub mod non_aggression;
pub mod pact;
pub mod pact_end;
pub mod partnership;
pub mod ratification;
pub mod sanction;
pub mod war;
pub mod warning;
pub mod withdrawal;
