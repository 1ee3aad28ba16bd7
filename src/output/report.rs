//! `report.html`: a result in one file that opens in any browser, with nothing fetched.
//!
//! It is part of the result: the manifest lists it, and `rerun` and `verify` make it again. So it holds
//! only what follows from scenario, seed and trials: no time, no path, neither the command as typed nor
//! the hash of the binary, which `manifest.json` has.

use askama::Template;

use crate::analysis::comparison::Comparison;
use crate::analysis::{Results, finding};
use crate::engine::experiment::Experiment;
use crate::output::charts::Drawn;
use crate::output::manifest::Manifest;
use crate::scenario::setup::Setup;

mod alignment_map;
mod assumptions;
mod differences;
mod figures;
mod finding_section;
mod network;
mod outcomes;
mod page;
mod provenance;
mod story_lines;
mod table;

use page::{Page, Section};

/// What the file is called.
pub const FILE: &str = "report.html";

/// What it is.
pub const ABOUT: &str = "the result in words, charts and tables, for a browser";

/// Why a report was not made.
#[derive(Debug, thiserror::Error)]
#[error("cannot make the report: {0}")]
pub struct ReportError(#[from] askama::Error);

/// The report of a run; the manifest has everything but the report itself.
///
/// # Errors
/// If a template cannot be filled, which none of this program should do.
pub fn of_run(
    setup: &Setup,
    results: &Results,
    charts: &[Drawn],
    manifest: &Manifest,
) -> Result<Vec<u8>, ReportError> {
    let found = finding::of_run(setup, results);
    let mut sections = vec![
        Section::new("finding", "What the trials say", &finding_section::of_run(found, setup)?),
        Section::new("charts", "Charts", &figures::of_run(setup, results, charts, manifest)?),
        Section::new("outcomes", "Outcomes and numbers", &outcomes::tables(results)?),
        Section::new("story-lines", "Story lines", &story_lines::text(setup, results, manifest)?),
    ];
    sections.extend(common(setup, manifest, Some(results))?);
    let page = Page::new("Report of a run", setup.heading(), setup, manifest, sections);
    Ok(page.render()?.into_bytes())
}

/// The report of a comparison; `names` are those of the arms, the base first.
///
/// # Errors
/// If a template cannot be filled, which none of this program should do.
pub fn of_comparison(
    experiment: &Experiment<'_>,
    comparison: &Comparison,
    names: &[String],
    charts: &[Drawn],
    manifest: &Manifest,
) -> Result<Vec<u8>, ReportError> {
    let base = experiment.arms()[0];
    let found = finding::compared(comparison, names);
    let mut sections = vec![
        Section::new("finding", "What differs", &finding_section::of_comparison(found)?),
        Section::new("charts", "Charts", &figures::of_comparison(charts, manifest)?),
        Section::new("outcomes", "Outcomes side by side", &differences::tables(comparison, names)?),
        Section::new("partings", "Where trials part", &differences::partings(comparison, names)?),
        Section::new("arms", "What was compared", &differences::arms(manifest)?),
    ];
    sections.extend(common(base, manifest, None)?);
    let heading = format!("{}: {} less {}", base.title, names[1..].join(", "), names[0]);
    let page = Page::new("Report of a comparison", heading, base, manifest, sections);
    Ok(page.render()?.into_bytes())
}

/// What every report ends with.
fn common(
    setup: &Setup,
    manifest: &Manifest,
    results: Option<&Results>,
) -> Result<Vec<Section>, ReportError> {
    Ok(vec![
        Section::new("assumptions", "What is assumed", &assumptions::parameters(manifest)?),
        Section::new("uncertain", "What is uncertain", &assumptions::uncertain(manifest, results)?),
        Section::new("processes", "Which mechanisms run", &assumptions::processes(manifest)?),
        Section::new("sources", "Sources and notes", &assumptions::sources(manifest)?),
        Section::new("failed", "Trials that failed", &provenance::failures(manifest)?),
        Section::new("provenance", "Where this comes from", &provenance::text(setup, manifest)?),
    ])
}
