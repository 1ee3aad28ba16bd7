//! `detente export`: a result in formats of other programs, from its tables alone.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

use crate::cli::{Failure, beside};
use crate::output::graphml;
use crate::output::stored::Stored;

mod dates;
mod graphs;
#[cfg(feature = "parquet")]
mod parquet;

use dates::When;

/// What a command line makes: files by their names, and the tables that are not as the manifest recorded
/// them.
type Exported = (Vec<(String, Vec<u8>)>, Vec<String>);

/// Write a result for other programs: networks as GraphML, tables as Parquet.
///
/// Takes the tables in DIR and the scenario in its manifest; nothing is run, and DIR stays as it is.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  detente export results/russia-north-korea-2024\n  \
                  detente export results/russia-north-korea-2024 --date 2024,last --relation defence,war --least 0.05\n  \
                  detente export results/russia-north-korea-2024 --format parquet --table summary,events\n\n\
                  Exit code 3 if DIR holds no result that could be exported.")]
pub struct Export {
    /// The directory of the result, of `run` or of `compare`.
    #[arg(value_name = "DIR")]
    result: PathBuf,
    /// The format.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = Format::Graphml)]
    format: Format,
    /// Dates of the network, with commas between them: a date, a month or a year with all dates in it,
    /// first, last or all. The first and the last if not given.
    #[arg(long, value_name = "DATE", value_delimiter = ',')]
    date: Vec<When>,
    /// Relations, with commas between them; all if not given.
    #[arg(long, value_name = "RELATION", value_delimiter = ',', value_parser = PossibleValuesParser::new(graphml::relations()))]
    relation: Vec<String>,
    /// Leave out what is less probable than this.
    #[arg(long, value_name = "P", allow_negative_numbers = true, value_parser = share)]
    least: Option<f64>,
    /// Tables for Parquet, with commas between them, such as summary, or no-pact/summary of a
    /// comparison; all if not given.
    #[arg(long, value_name = "TABLE", value_delimiter = ',')]
    table: Vec<String>,
    /// Where to write; DIR with the format appended, as in -graphml, if not given.
    #[arg(long, value_name = "DIR2")]
    out: Option<PathBuf>,
    /// Replace files of the same names that are in DIR2.
    #[arg(long)]
    force: bool,
}

/// A format of other programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The network on chosen dates, as graphs.
    Graphml,
    /// Tables with types; only if detente was built with it.
    Parquet,
}

/// A share as typed.
fn share(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|n| (0.0..=1.0).contains(n));
    number.ok_or_else(|| "a probability from 0 to 1".to_owned())
}

impl Export {
    pub(super) fn execute(&self) -> Result<(), Failure> {
        self.check()?;
        let format = self.format.to_possible_value().expect("no format is hidden");
        let stored = Stored::open(&self.result)?;
        let out = beside::place(&self.result, self.out.as_deref(), format.get_name())?;
        let (files, altered) = match self.format {
            Format::Graphml => graphs::files(self, &stored)?,
            Format::Parquet => tables(&stored, &self.table)?,
        };
        beside::warn_of_altered(&altered)?;
        beside::write(&out, &files, self.force)
    }

    /// Whether every option is about the format.
    fn check(&self) -> Result<(), Failure> {
        let of_graphs = [
            ("--date", !self.date.is_empty()),
            ("--relation", !self.relation.is_empty()),
            ("--least", self.least.is_some()),
        ];
        let of_tables = [("--table", !self.table.is_empty())];
        let (others, which) = match self.format {
            Format::Graphml => (&of_tables[..], "parquet"),
            Format::Parquet => (&of_graphs[..], "graphml"),
        };
        match others.iter().find(|(_, given)| *given) {
            None => Ok(()),
            Some((option, _)) => Err(Failure::Usage(format!("{option} is about --format {which}"))),
        }
    }
}

#[cfg(feature = "parquet")]
fn tables(stored: &Stored, asked: &[String]) -> Result<Exported, Failure> {
    parquet::files(stored, asked)
}

#[cfg(not(feature = "parquet"))]
fn tables(_: &Stored, _: &[String]) -> Result<Exported, Failure> {
    let how = "cargo install --path . --features parquet";
    Err(Failure::Usage(format!("this detente was built without Parquet; build it with `{how}`")))
}
