//! The only writer of files: tables, charts and the manifest of a result directory.

pub mod charts;
pub mod directory;
pub mod file;
pub mod manifest;
pub mod schema;
pub mod tables;
pub mod write;
