//! `network.csv` of every scenario of a result, read back.

use std::cell::RefCell;

use crate::analysis::network::Row;
use crate::engine::experiment::Experiment;
use crate::engine::record::relations::{Ends, RELATIONS};
use crate::output::manifest::RUN;
use crate::output::stored::tables::{Reader, equal, known, on_step_date};
use crate::output::stored::{Stored, StoredError, forms};
use crate::scenario::setup::Setup;

/// The networks of a result.
#[derive(Clone, Debug)]
pub struct Networks {
    /// The rows of each scenario: one of a run, of a comparison the base and the others.
    pub of_arms: Vec<Vec<Row>>,
    /// The tables that are not as the manifest recorded them.
    pub altered: Vec<String>,
}

impl Stored {
    /// Reads the networks of all scenarios; `experiment` is what was run, compiled from the manifest's
    /// texts. Nothing is simulated.
    ///
    /// # Errors
    /// If a table cannot be read, or is none that its scenario could have left.
    pub fn networks(&self, experiment: &Experiment<'_>) -> Result<Networks, StoredError> {
        let manifest = &self.manifest;
        let failed = manifest.compared.iter().map(|other| other.failed);
        let mut failed = std::iter::once(manifest.failed).chain(failed);
        let mut reader = Reader { stored: self, altered: Vec::new() };
        let mut of_arms = Vec::new();
        for (setup, arm) in experiment.arms().iter().zip(&manifest.arms) {
            let well = manifest.trials.saturating_sub(failed.next().unwrap_or(0));
            let folder =
                if manifest.kind == RUN { String::new() } else { format!("{}/", arm.name) };
            of_arms.push(reader.network(&format!("{folder}network.csv"), setup, well)?);
        }
        Ok(Networks { of_arms, altered: reader.altered })
    }
}

impl Reader<'_> {
    /// Reads a network of so many trials. Its rows are in order, so that no relation is there twice.
    pub(super) fn network(
        &mut self,
        name: &str,
        setup: &Setup,
        well: u64,
    ) -> Result<Vec<Row>, StoredError> {
        let before = RefCell::new(None);
        self.unordered(name, &forms::NETWORK, |row: &Row| {
            equal("n", row.n, well)?;
            on_step_date(setup, row.date)?;
            let rank = rank(&row.relation)?;
            known(setup, "from", &row.from)?;
            known(setup, "to", &row.to)?;
            if row.from == row.to || mutual(rank) && row.to < row.from {
                return Err((
                    "to",
                    format!("expected a state after {}, found {}", row.from, row.to),
                ));
            }
            let key = Some((row.date, rank, row.from.clone(), row.to.clone()));
            if *before.borrow() >= key {
                let rule = "expected rows in order of date, relation and states, each once";
                return Err(("date", rule.to_owned()));
            }
            before.replace(key);
            Ok(())
        })
    }
}

fn rank(relation: &str) -> Result<usize, (&'static str, String)> {
    RELATIONS.iter().position(|&(name, _)| name == relation).ok_or_else(|| {
        let mut names: Vec<_> = RELATIONS.iter().map(|(name, _)| *name).collect();
        names.dedup();
        ("relation", format!("expected one of: {}", names.join(", ")))
    })
}

fn mutual(rank: usize) -> bool {
    RELATIONS[rank].1 == Ends::Mutual
}
