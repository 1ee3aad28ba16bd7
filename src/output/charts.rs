//! Charts: a pure series from the results, then a drawing. One file each.
//!
//! Every chart is drawn once, as SVG; the PNG is rendered from the same drawing, at twice its nominal
//! size unless something else is asked for, with a font that is part of the program, so that both look
//! the same everywhere.

use std::fmt::Debug;

use crate::analysis::Results;
use crate::analysis::comparison::Comparison;
use crate::analysis::wording::numbers::counted;
use crate::engine::ensemble;
use crate::output::charts::theme::{LIGHT, Theme};
use crate::scenario::setup::Setup;

mod alignment;
pub mod alignment_map;
mod axis;
mod canvas;
mod cascades;
mod differences;
mod fan;
mod first_dates;
mod isolation;
mod isolation_capability;
mod labels;
pub(crate) mod network;
mod outcomes;
mod png;
mod seriation;
mod text;
pub mod theme;
mod timeline;

/// Every kind of chart, in the order in which they are drawn.
const KINDS: &[Kind] = &[
    isolation::OF_RUN,
    alignment::OF_RUN,
    isolation_capability::KIND,
    alignment_map::KIND,
    network::KIND,
    outcomes::KIND,
    first_dates::KIND,
    timeline::KIND,
    cascades::KIND,
    differences::KIND,
    isolation::OF_COMPARISON,
    alignment::OF_COMPARISON,
];

/// Pixels of a PNG to a nominal pixel, unless something else is asked for.
pub const SCALE: f32 = 2.0;

const VERSION: &str = env!("CARGO_PKG_VERSION");

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

/// A drawn chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// The picture, which also tells its title, its alternative in words and the values at whatever is
    /// pointed at. There are no ids in it.
    pub svg: String,
    /// What it shows in one to three sentences, with the main values.
    pub alt: String,
}

impl Drawing {
    /// The picture as PNG, `scale` pixels to a nominal one.
    ///
    /// # Errors
    /// If it cannot be rendered.
    pub fn png(&self, scale: f32) -> Result<Vec<u8>, ChartError> {
        png::render(&self.svg, scale)
    }
}

/// A drawn chart with its name.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// What it is called: by its kind, in a comparison also by what is compared with the base.
    pub name: String,
    /// What it shows.
    pub about: &'static str,
    /// The drawing.
    pub drawing: Drawing,
    /// The same on a narrow sheet, of a chart whose figures would else be out of sight there.
    pub narrow: Option<Drawing>,
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

/// A comparison that is drawn.
#[derive(Clone, Copy)]
pub struct Compared<'a> {
    /// The base.
    pub setup: &'a Setup,
    /// The tables.
    pub comparison: &'a Comparison,
    /// The names of the arms, the base first.
    pub names: &'a [String],
}

/// What is drawn.
#[derive(Clone, Copy)]
pub enum Shown<'a> {
    /// A run: its scenario and its tables.
    Run(&'a Setup, &'a Results),
    /// A comparison.
    Comparison(Compared<'a>),
}

/// A kind of chart: its name, what it shows, and of what.
struct Kind {
    name: &'static str,
    about: &'static str,
    of: Of,
}

/// What a kind of chart is drawn of, and its sheets; none if there is nothing to show.
enum Of {
    Run(fn(&Setup, &Results) -> Vec<Sheet>),
    Comparison(fn(Compared<'_>) -> Vec<Sheet>),
}

/// A sheet of a chart, ready to be drawn.
struct Sheet {
    /// What it is of, if the chart has a sheet for each of several things.
    of: Option<String>,
    picture: Box<dyn Picture>,
}

/// A series that can be drawn, and looked at in tests.
trait Picture: Debug {
    /// Draws it.
    ///
    /// # Errors
    /// If the back end refuses.
    fn draw(&self, theme: &Theme) -> Result<Drawing, ChartError>;

    /// Draws it on a narrow sheet, if it has a form for that.
    ///
    /// # Errors
    /// If the back end refuses.
    fn draw_narrow(&self, _theme: &Theme) -> Result<Option<Drawing>, ChartError> {
        Ok(None)
    }
}

impl Sheet {
    /// The only sheet of a chart, if there is something to show.
    fn only(picture: Option<impl Picture + 'static>) -> Vec<Self> {
        picture.map(|picture| Self { of: None, picture: Box::new(picture) }).into_iter().collect()
    }

    fn name(&self, kind: &Kind) -> String {
        let of = self.of.as_ref().map(|of| format!("-{of}"));
        format!("{}{}", kind.name, of.unwrap_or_default())
    }
}

impl Kind {
    fn sheets(&self, shown: Shown<'_>) -> Vec<Sheet> {
        match (&self.of, shown) {
            (Of::Run(sheets), Shown::Run(setup, results)) => sheets(setup, results),
            (Of::Comparison(sheets), Shown::Comparison(compared)) => sheets(compared),
            _ => Vec::new(),
        }
    }
}

/// The charts that have something to show: the name of their kind and their own, which differ where a
/// kind has several sheets.
pub fn names(shown: Shown<'_>) -> Vec<(&'static str, String)> {
    let named = |kind: &'static Kind| {
        kind.sheets(shown).into_iter().map(move |sheet| (kind.name, sheet.name(kind)))
    };
    KINDS.iter().flat_map(named).collect()
}

/// The names of the kinds of chart that there are of a run or of a comparison.
pub fn kinds(shown: Shown<'_>) -> impl Iterator<Item = &'static str> {
    let of_run = matches!(shown, Shown::Run(..));
    KINDS.iter().filter(move |kind| matches!(kind.of, Of::Run(_)) == of_run).map(|kind| kind.name)
}

/// Why a kind of chart has nothing to show, in words, where that is not plain from its name.
pub fn reason(kind: &str, shown: Shown<'_>) -> Option<String> {
    match shown {
        Shown::Run(setup, _) if kind == alignment_map::KIND.name => {
            alignment_map::too_few_pairs(setup)
        }
        _ => None,
    }
}

/// Draws the charts whose own name is `wanted`; several kinds at a time, on as many threads as
/// [`ensemble::on_threads`] gives.
///
/// # Errors
/// If one cannot be drawn.
pub fn draw(
    shown: Shown<'_>,
    theme: &Theme,
    wanted: impl Fn(&str) -> bool + Send + Sync,
) -> Result<Vec<Drawn>, ChartError> {
    let of_kind = |kind: &Kind| {
        let mut drawn = Vec::new();
        for sheet in kind.sheets(shown) {
            let name = sheet.name(kind);
            if wanted(&name) {
                let (drawing, narrow) =
                    (sheet.picture.draw(theme)?, sheet.picture.draw_narrow(theme)?);
                drawn.push(Drawn { name, about: kind.about, drawing, narrow });
            }
        }
        Ok(drawn)
    };
    let drawn = ensemble::each(KINDS, of_kind);
    Ok(drawn.into_iter().collect::<Result<Vec<_>, _>>()?.concat())
}

/// The files of a result directory: every chart that has something to show, as PNG and SVG.
///
/// # Errors
/// If a chart cannot be drawn or rendered.
pub fn files(shown: Shown<'_>) -> Result<Vec<Chart>, ChartError> {
    files_of(&draw(shown, &LIGHT, |_| true)?)
}

/// The files of charts that are drawn, as PNG and SVG. Several are rendered at a time, on as many
/// threads as [`ensemble::on_threads`] gives.
///
/// # Errors
/// If a chart cannot be rendered.
pub fn files_of(drawn: &[Drawn]) -> Result<Vec<Chart>, ChartError> {
    let files = ensemble::each(drawn, |&Drawn { ref name, about, ref drawing, .. }| {
        let file = |format| format!("charts/{name}.{format}");
        let png = Chart { file: file("png"), about, bytes: drawing.png(SCALE)? };
        let svg = Chart { file: file("svg"), about, bytes: drawing.svg.clone().into_bytes() };
        Ok([png, svg])
    });
    Ok(files.into_iter().collect::<Result<Vec<_>, _>>()?.concat())
}

/// The line at the foot of every chart of a run: how many trials, which seed, which program.
fn footer(setup: &Setup, n: u64) -> String {
    let trials = counted(n, "trial");
    format!("{}. {trials}, seed {}. detente {VERSION}", setup.heading(), setup.seed)
}

/// The same of a comparison, if any of its pairs is known.
fn footer_of_comparison(compared: Compared<'_>) -> Option<String> {
    let Compared { setup, comparison, .. } = compared;
    let pairs = format!("{} of trials", counted(comparison.differences.first()?.n, "pair"));
    Some(format!("{}. {pairs}, seed {}. detente {VERSION}", setup.title, setup.seed))
}

#[cfg(test)]
mod tests;
