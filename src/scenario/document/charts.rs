//! `[summary]` and `[charts]`: what is summarised and drawn.

use toml::Spanned;

use crate::model::ids::StateCode;
use crate::scenario::problem::Problems;
use crate::scenario::reader::{Entry, Placed, listed_dyad};

/// What the author wants to see. `None` leaves the choice to the program.
#[derive(Clone, Debug, Default)]
pub struct Charts {
    /// Dyads of `summary.csv`.
    pub summary_dyads: Option<Vec<Placed<[StateCode; 2]>>>,
    /// Outcomes that story lines are made of.
    pub story_lines: Option<Vec<Placed<String>>>,
    /// States of the isolation chart.
    pub isolation: Option<Vec<Placed<StateCode>>>,
    /// Dyads of the alignment chart.
    pub alignment: Option<Vec<Placed<[StateCode; 2]>>>,
    /// Outcomes of the first-date chart.
    pub first_dates: Option<Vec<Placed<String>>>,
}

/// Reads `[summary]` and `[charts]`.
pub fn read(file: &mut Entry<'_>, problems: &mut Problems) -> Charts {
    let mut charts = Charts::default();
    if let Some(mut entry) = file.table("summary", problems) {
        charts.summary_dyads = dyads(&mut entry, "dyads", problems);
        charts.story_lines = list(&mut entry, "story_lines", problems);
        entry.end(problems);
    }
    if let Some(mut entry) = file.table("charts", problems) {
        charts.isolation = list(&mut entry, "isolation", problems);
        charts.alignment = dyads(&mut entry, "alignment", problems);
        charts.first_dates = list(&mut entry, "first_dates", problems);
        entry.end(problems);
    }
    charts
}

/// A list of dyads. Two states in their place are noted as the dyad they are.
fn dyads(
    entry: &mut Entry<'_>,
    key: &'static str,
    problems: &mut Problems,
) -> Option<Vec<Placed<[StateCode; 2]>>> {
    let value = entry.raw(key)?;
    if let Some(dyad) = listed_dyad(value.get_ref()) {
        let rule = format!("`{}` lists dyads", entry.path_of(key));
        let cure = format!("write [\"{dyad}\"]");
        problems.add_with_cure(value.span(), rule, "these are two states", cure);
        return None;
    }
    list(entry, key, problems)
}

fn list<T: crate::scenario::reader::FromToml>(
    entry: &mut Entry<'_>,
    key: &'static str,
    problems: &mut Problems,
) -> Option<Vec<Placed<T>>> {
    entry.get::<Vec<Placed<T>>>(key, problems).map(Spanned::into_inner)
}
