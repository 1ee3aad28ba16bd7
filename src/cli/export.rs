//! `detente export`: a result in formats of other programs, from its tables alone.

use std::io;
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};

use crate::analysis::network::Row;
use crate::cli::again::Again;
use crate::cli::{Failure, beside};
use crate::output::graphml::{self, Direction};
use crate::output::stored::Stored;
use crate::scenario::setup::Setup;

mod dates;

use dates::When;

/// Write the network of a result for Gephi, networkx or igraph.
///
/// Takes the tables in DIR and the scenario in its manifest; nothing is run, and DIR stays as it is.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  detente export results/russia-north-korea-2024\n  \
                  detente export results/russia-north-korea-2024 --date 2024,last --relation defence,war --least 0.05\n\n\
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
    /// Where to write; DIR with the format appended (-graphml) if not given.
    #[arg(long, value_name = "DIR2")]
    out: Option<PathBuf>,
    /// Replace files of the same names that are in DIR2.
    #[arg(long)]
    force: bool,
}

/// A format of other programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The network on chosen dates, as a graph.
    Graphml,
}

/// A share as typed.
fn share(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|n| (0.0..=1.0).contains(n));
    number.ok_or_else(|| "a probability from 0 to 1".to_owned())
}

impl Export {
    pub(super) fn execute(&self) -> Result<(), Failure> {
        let out = beside::place(&self.result, self.out.as_deref(), "graphml")?;
        let stored = Stored::open(&self.result)?;
        let again = Again::load(&stored.manifest, None)?;
        let experiment = again.experiment()?;
        again.warn_of_texts()?;
        let dates = dates::chosen(&self.date, &graphml::dates(experiment.arms()[0]))?;
        let networks = stored.networks(&experiment)?;
        beside::warn_of_altered(&networks.altered)?;
        let mut files = Vec::new();
        let alone = networks.of_arms.len() == 1;
        for ((setup, name), rows) in
            experiment.arms().iter().zip(again.names()).zip(&networks.of_arms)
        {
            let folder = if alone { String::new() } else { format!("{name}/") };
            for &date in &dates {
                files.extend(self.graphs(setup, date, &folder, rows).map_err(unwritten)?);
            }
        }
        beside::write(&out, &files, self.force)
    }

    /// The files of a scenario's network on a date.
    fn graphs(
        &self,
        setup: &Setup,
        date: jiff::civil::Date,
        folder: &str,
        rows: &[Row],
    ) -> io::Result<Vec<(String, Vec<u8>)>> {
        let asked = |relation: &str| {
            self.relation.is_empty() || self.relation.iter().any(|asked| asked == relation)
        };
        let least = self.least.unwrap_or(0.0);
        let mut files = Vec::new();
        for direction in Direction::ALL {
            if !graphml::relations().into_iter().any(|name| direction.has(name) && asked(name)) {
                continue;
            }
            let shown = rows.iter().filter(|row| {
                row.date == date
                    && direction.has(&row.relation)
                    && asked(&row.relation)
                    && row.probability >= least
            });
            let bytes = graphml::file(setup, date, direction, shown)?;
            files.push((format!("{folder}network-{date}-{}.graphml", direction.name()), bytes));
        }
        Ok(files)
    }
}

fn unwritten(error: io::Error) -> Failure {
    Failure::Io(format!("cannot write the network: {error}"))
}
