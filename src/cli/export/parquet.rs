//! The tables of a result as Parquet.

use crate::cli::Failure;
use crate::cli::export::Exported;
use crate::output::manifest::{File, plain};
use crate::output::parquet::{self, WriteError};
use crate::output::stored::Stored;
use crate::scenario::names::nearest;

/// The files of the tables that are asked for, or of all, and the tables that are not as recorded.
pub(super) fn files(stored: &Stored, asked: &[String]) -> Result<Exported, Failure> {
    let (mut files, mut altered) = (Vec::new(), Vec::new());
    for file in wanted(stored, asked)? {
        let table = stored.columns(file)?;
        if table.altered {
            altered.push(file.name.clone());
        }
        files.push((format!("{}.parquet", stem(file)), parquet::file(file, &table)?));
    }
    Ok((files, altered))
}

/// The tables that are asked for: by their name, or of a comparison by that of the table of each scenario.
fn wanted<'a>(stored: &'a Stored, asked: &[String]) -> Result<Vec<&'a File>, Failure> {
    let tables = stored.manifest.files.iter().filter(|file| file.name.ends_with(".csv"));
    let tables: Vec<_> = tables.collect();
    let named = |file: &File, asked: &str| stem(file) == asked || last(stem(file)) == asked;
    for asked in asked {
        if !tables.iter().any(|file| named(file, asked)) {
            return Err(unknown(asked, &tables));
        }
    }
    let is_wanted = |file: &&File| asked.is_empty() || asked.iter().any(|name| named(file, name));
    Ok(tables.into_iter().filter(is_wanted).collect())
}

fn stem(file: &File) -> &str {
    file.name.trim_end_matches(".csv")
}

fn last(stem: &str) -> &str {
    stem.rsplit('/').next().unwrap_or(stem)
}

/// Why a table that was asked for cannot be written, and which could be.
fn unknown(asked: &str, tables: &[&File]) -> Failure {
    let names: Vec<_> = tables.iter().map(|file| plain(stem(file))).collect();
    let candidates = names.iter().flat_map(|name| [name.as_str(), last(name)]);
    let near = nearest(asked, candidates).map(|name| format!("did you mean `{name}`? "));
    let (asked, near) = (plain(asked), near.unwrap_or_default());
    let names = names.join(", ");
    Failure::Usage(format!("there is no table `{asked}`; {near}this result has: {names}"))
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        Self::Io(error.to_string())
    }
}
