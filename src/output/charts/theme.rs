//! Sizes, colours and letters shared by all charts.

use plotters::style::RGBColor;

/// Drawing units in a nominal pixel. The SVG back end places everything on whole units; four to
/// the pixel keep slanted lines smooth.
pub const UNIT: f64 = 4.0;

/// Nominal width of a chart (pixels).
pub const WIDTH: f64 = 960.0;

/// Margin at the left and right edge.
pub const MARGIN: f64 = 24.0;

/// Background.
pub const PAPER: RGBColor = RGBColor(255, 255, 255);
/// Titles and values.
pub const INK: RGBColor = RGBColor(34, 34, 34);
/// Subtitles, labels and footers.
pub const QUIET: RGBColor = RGBColor(95, 95, 95);
/// Grid lines.
pub const GRID: RGBColor = RGBColor(226, 226, 226);

/// Colours of Okabe and Ito (2008), told apart with any colour vision.
pub const COLOURS: [RGBColor; 7] = [
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(86, 180, 233),
    RGBColor(230, 159, 0),
    RGBColor(0, 0, 0),
];

/// Size of the title.
pub const TITLE: f64 = 21.0;
/// Size of subtitles and panel titles.
pub const SUBTITLE: f64 = 14.0;
/// Size of labels.
pub const LABEL: f64 = 12.5;
/// Size of footers and axis numbers.
pub const SMALL: f64 = 11.5;

/// Drawing units of a nominal length.
pub fn units(pixels: f64) -> i32 {
    (pixels * UNIT).round() as i32
}
