//! The charts of the result as part of the page, and the figures of the report's own.

use askama::Template;

use crate::analysis::Results;
use crate::output::charts::{Drawing, Drawn};
use crate::output::manifest::Manifest;
use crate::output::report::page::notes;
use crate::output::report::{ReportError, alignment_map, network};
use crate::scenario::setup::Setup;

#[derive(Template)]
#[template(path = "report/chart.html")]
struct View<'a> {
    name: &'a str,
    caption: String,
    alt: &'a str,
    /// The drawing after `<svg `.
    rest: &'a str,
    /// The same of the one for a narrow window, if there is one; the style shows one of the two.
    narrow: Option<(&'a str, &'a str)>,
}

const NO_CHARTS: &str = "This result was made without charts (--no-charts).";

/// The charts of a run, then the figures over dates.
pub fn of_run(
    setup: &Setup,
    results: &Results,
    charts: &[Drawn],
    manifest: &Manifest,
) -> Result<String, ReportError> {
    if !manifest.charts {
        return notes(&[NO_CHARTS]);
    }
    // Instead of the charts of the same name, where there are not too many states.
    let moved = [
        ("alignment-map", alignment_map::html(setup, results)?),
        ("network", network::html(setup, results)?),
    ];
    let moves =
        |chart: &Drawn| moved.iter().any(|(name, html)| *name == chart.name && !html.is_empty());
    let still = drawn(charts.iter().filter(|chart| !moves(chart)))?;
    Ok(moved.into_iter().fold(still, |page, (_, html)| page + &html))
}

/// The charts of a comparison.
pub fn of_comparison(charts: &[Drawn], manifest: &Manifest) -> Result<String, ReportError> {
    if manifest.charts { drawn(charts) } else { notes(&[NO_CHARTS]) }
}

/// Every drawing with what it shows, and in words for whoever cannot see it.
fn drawn<'a>(charts: impl IntoIterator<Item = &'a Drawn>) -> Result<String, ReportError> {
    let mut html = String::new();
    for Drawn { name, about, drawing, narrow } in charts {
        let Some((alt, rest)) = parts(drawing) else { continue };
        let narrow = narrow.as_ref().and_then(parts);
        html += &View { name, caption: sentence(about), alt, rest, narrow }.render()?;
    }
    Ok(html)
}

/// The alternative in words, and the drawing after `<svg `.
fn parts(drawing: &Drawing) -> Option<(&str, &str)> {
    let (_, rest) = drawing.svg.split_once("<svg ")?;
    Some((&drawing.alt, rest))
}

/// The first letter large, a full stop at the end.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}
