//! Tables, charts, report and manifest of a result directory: the only writer of files, and the only
//! reader of results.

pub mod binary;
pub mod block_file;
pub mod charts;
pub mod directory;
pub mod file;
pub mod graphml;
pub mod manifest;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod proof;
pub mod report;
pub mod schema;
pub mod stored;
pub mod tables;
pub mod write;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
