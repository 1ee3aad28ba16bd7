//! Charts: a pure series from the results, then a drawing. One file each.
//!
//! Every chart is drawn once, as SVG; the PNG is rendered from the same drawing at twice its
//! nominal size with a font that is part of the program, so that both look the same everywhere.

use crate::analysis::Results;
use crate::scenario::setup::Setup;

mod axis;
mod canvas;
mod fan;
mod first_dates;
mod outcomes;
mod png;
mod text;
mod theme;

/// A chart file.
#[derive(Clone, Debug)]
pub struct Chart {
    /// File name within the result directory.
    pub file: String,
    /// What it shows.
    pub about: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Why a chart was not drawn.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// The drawing failed.
    #[error("cannot draw a chart: {0}")]
    Drawing(String),
    /// The picture could not be rendered.
    #[error("cannot render a chart: {0}")]
    Rendering(String),
}

/// A kind of chart: its name, what it shows, and how it is drawn, if there is anything to draw.
struct Kind {
    name: &'static str,
    about: &'static str,
    draw: fn(&Setup, &Results) -> Option<Result<String, ChartError>>,
}

/// Every kind of chart.
const KINDS: &[Kind] = &[
    Kind {
        name: "isolation",
        about: "isolation of chosen states over time: median, 50 % and 90 % of trials",
        draw: |setup, results| fan::isolation(setup, results).map(|fan| fan.draw()),
    },
    Kind {
        name: "alignment",
        about: "alignment of chosen dyads over time: median, 50 % and 90 % of trials",
        draw: |setup, results| fan::alignment(setup, results).map(|fan| fan.draw()),
    },
    Kind {
        name: "outcomes",
        about: "probability of each outcome with its 95 % Wilson interval",
        draw: |setup, results| outcomes::series(setup, results).map(|dots| dots.draw()),
    },
    Kind {
        name: "first-dates",
        about: "probability that an outcome has come by a date, with 95 % Wilson intervals",
        draw: |setup, results| first_dates::series(setup, results).map(|curves| curves.draw()),
    },
];

/// All charts that have something to show, as SVG and PNG.
///
/// # Errors
/// If a chart cannot be drawn or rendered.
pub fn all(setup: &Setup, results: &Results) -> Result<Vec<Chart>, ChartError> {
    let mut charts = Vec::new();
    for kind in KINDS {
        let Some(svg) = (kind.draw)(setup, results) else { continue };
        let svg = svg?;
        let file = |format| format!("charts/{}.{format}", kind.name);
        charts.push(Chart { file: file("png"), about: kind.about, bytes: png::render(&svg)? });
        charts.push(Chart { file: file("svg"), about: kind.about, bytes: svg.into_bytes() });
    }
    Ok(charts)
}

/// The line at the foot of every chart: how many trials, which seed, which program.
fn footer(setup: &Setup, n: u64) -> String {
    let variant = setup.variant.as_ref().map(|v| format!(", variant {v}")).unwrap_or_default();
    let version = env!("CARGO_PKG_VERSION");
    let trials = if n == 1 { "trial" } else { "trials" };
    format!("{}{variant}. {n} {trials}, seed {}. detente {version}", setup.title, setup.seed)
}
