//! The networks of a result as GraphML.

use std::io;

use jiff::civil::Date;

use crate::analysis::network::Row;
use crate::cli::Failure;
use crate::cli::again::Again;
use crate::cli::export::{Export, Exported, dates};
use crate::output::graphml::{self, Direction};
use crate::output::stored::Stored;
use crate::scenario::setup::Setup;

/// The graphs that are asked for, of a comparison in a folder for each of its scenarios.
pub(super) fn files(export: &Export, stored: &Stored) -> Result<Exported, Failure> {
    let again = Again::load(&stored.manifest, None)?;
    let experiment = again.experiment()?;
    again.warn_of_texts()?;
    let dates = dates::chosen(&export.date, &graphml::dates(experiment.arms()[0]))?;
    let networks = stored.networks(&experiment)?;
    let alone = networks.of_arms.len() == 1;
    let mut files = Vec::new();
    for ((setup, name), rows) in experiment.arms().iter().zip(again.names()).zip(&networks.of_arms)
    {
        let folder = if alone { String::new() } else { format!("{name}/") };
        for &date in &dates {
            files.extend(
                graphs(export, setup, date, &folder, rows).map_err(|error| unwritten(&error))?,
            );
        }
    }
    Ok((files, networks.altered))
}

/// The files of a scenario's network on a date.
fn graphs(
    export: &Export,
    setup: &Setup,
    date: Date,
    folder: &str,
    rows: &[Row],
) -> io::Result<Vec<(String, Vec<u8>)>> {
    let asked = |relation: &str| {
        export.relation.is_empty() || export.relation.iter().any(|asked| asked == relation)
    };
    let least = export.least.unwrap_or(0.0);
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

fn unwritten(error: &io::Error) -> Failure {
    Failure::Io(format!("cannot write the network: {error}"))
}
