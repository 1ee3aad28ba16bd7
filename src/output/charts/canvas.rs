//! The sheet every chart is drawn on: title, subtitle, footer and the space between.

use std::fmt::Display;

use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, IntoDrawingArea, SVGBackend};

use crate::output::charts::ChartError;
use crate::output::charts::text::{at, style, wrap};
use crate::output::charts::theme::{
    INK, MARGIN, PAPER, QUIET, SMALL, SUBTITLE, TITLE, UNIT, WIDTH, units,
};

/// A drawing area of the SVG back end.
pub type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// What stands above and below a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// What it shows.
    pub title: String,
    /// How to read it, with the unit.
    pub subtitle: String,
    /// Where it comes from.
    pub footer: String,
}

const LINE: f64 = 1.4;
const FOOT: f64 = 34.0;

/// Draws a chart `height` high (without heading) and [`WIDTH`] wide.
///
/// # Errors
/// If the back end refuses.
pub fn sheet(
    heading: &Heading,
    height: f64,
    draw: impl FnOnce(&Area<'_>) -> Result<(), ChartError>,
) -> Result<String, ChartError> {
    let room = WIDTH - 2.0 * MARGIN;
    let titles = wrap(&heading.title, TITLE, true, room);
    let subtitles = wrap(&heading.subtitle, SUBTITLE, false, room);
    let feet = wrap(&heading.footer, SMALL, false, room);
    let head =
        18.0 + titles.len() as f64 * TITLE * LINE + subtitles.len() as f64 * SUBTITLE * LINE + 10.0;
    let foot = FOOT + (feet.len() as f64 - 1.0) * SMALL * LINE;
    let total = head + height + foot;

    let mut svg = String::new();
    let size = (WIDTH * UNIT, total * UNIT);
    {
        let backend = SVGBackend::with_string(&mut svg, (size.0 as u32, size.1 as u32));
        let root = backend.into_drawing_area();
        root.fill(&PAPER).map_err(drawing)?;
        let mut y = 18.0;
        let mut lines = |lines: &[String], size: f64, bold, colour| {
            for line in lines {
                y += size * LINE / 2.0;
                root.draw_text(line, &style(size, bold, colour), at(MARGIN, y)).map_err(drawing)?;
                y += size * LINE / 2.0;
            }
            Ok::<_, ChartError>(())
        };
        lines(&titles, TITLE, true, INK)?;
        lines(&subtitles, SUBTITLE, false, QUIET)?;
        let (_, rest) = root.split_vertically(units(head));
        let (body, _) = rest.split_vertically(units(height));
        draw(&body)?;
        for (n, line) in feet.iter().enumerate() {
            let y = head + height + 20.0 + n as f64 * SMALL * LINE;
            root.draw_text(line, &style(SMALL, false, QUIET), at(MARGIN, y)).map_err(drawing)?;
        }
        root.present().map_err(drawing)?;
    }
    Ok(nominal(&svg, size))
}

/// The drawing error of the back end.
pub fn drawing(error: impl Display) -> ChartError {
    ChartError::Drawing(error.to_string())
}

/// States the nominal size on the SVG element; the view box keeps the finer drawing units.
fn nominal(svg: &str, (width, height): (f64, f64)) -> String {
    let fine = format!("width=\"{}\" height=\"{}\"", width as u32, height as u32);
    let coarse = format!("width=\"{}\" height=\"{}\"", width / UNIT, (height as u32) as f64 / UNIT);
    svg.replacen(&fine, &coarse, 1)
}
