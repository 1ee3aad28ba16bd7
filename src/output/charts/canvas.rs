//! The sheet every chart is drawn on: title, subtitle, footer and the space between, and what a
//! reader of the SVG is told beside the picture.

use std::fmt::{Display, Write};

use plotters::coord::Shift;
use plotters::element::DashedPathElement;
use plotters::prelude::{DrawingArea, IntoDrawingArea, PathElement, SVGBackend};

use crate::output::charts::text::{at, style, wrap};
use crate::output::charts::theme::{CURVES, Format, SMALL, SUBTITLE, Theme, UNIT, units};
use crate::output::charts::{ChartError, Drawing};

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

/// Places whose values are shown when they are pointed at.
#[derive(Clone, Debug, Default)]
pub struct Spots(Vec<Spot>);

#[derive(Clone, Debug)]
struct Spot {
    corner: (i32, i32),
    size: (i32, i32),
    values: String,
}

impl Spots {
    /// A rectangle between two corners, in drawing units from the corner of the sheet.
    pub fn add(&mut self, one: (i32, i32), other: (i32, i32), values: String) {
        let corner = (one.0.min(other.0), one.1.min(other.1));
        // A line can be pointed at too.
        let length = |one: i32, other: i32| (one - other).abs().max(units(1.0));
        let size = (length(one.0, other.0), length(one.1, other.1));
        self.0.push(Spot { corner, size, values });
    }

    /// A rectangle within an area: its left upper corner and its size, in nominal pixels.
    pub fn within(
        &mut self,
        area: &Area<'_>,
        (x, y): (f64, f64),
        size: (f64, f64),
        values: String,
    ) {
        let (left, top) = area.get_base_pixel();
        let corner = |(x, y): (i32, i32)| (left + x, top + y);
        self.add(corner(at(x, y)), corner(at(x + size.0, y + size.1)), values);
    }

    /// Strips of a plot between two corners, each reaching half-way to the next place in `places`
    /// (drawing units from the left edge of the sheet, ascending). Where they would be too narrow to be
    /// pointed at, places are left out, but not the last one.
    pub fn strips(
        &mut self,
        ((left, top), (right, bottom)): ((i32, i32), (i32, i32)),
        places: &[i32],
        values: impl Fn(usize) -> String,
    ) {
        let most = ((right - left) / units(NARROWEST)).max(1) as usize;
        let last = places.len().saturating_sub(1);
        let stride = places.len().div_ceil(most).max(1);
        let mut chosen: Vec<_> = (0..last).step_by(stride).collect();
        chosen.push(last);
        let mut from = left;
        for (n, &place) in chosen.iter().enumerate() {
            let next = chosen.get(n + 1).map(|&next| i32::midpoint(places[place], places[next]));
            let to = next.unwrap_or(right);
            self.add((from, top), (to, bottom), values(place));
            from = to;
        }
    }
}

/// The least width of a strip (nominal pixels).
const NARROWEST: f64 = 3.0;
const LINE: f64 = 1.4;
const FOOT: f64 = 34.0;

/// Draws a chart `height` high (without heading) on a sheet of a format; `alt` says in words what it
/// shows.
///
/// # Errors
/// If the back end refuses.
pub fn sheet(
    heading: &Heading,
    alt: String,
    (format, height): (Format, f64),
    theme: &Theme,
    draw: impl FnOnce(&Area<'_>, &mut Spots) -> Result<(), ChartError>,
) -> Result<Drawing, ChartError> {
    let Format { width, margin, title } = format;
    let room = width - 2.0 * margin;
    let titles = wrap(&heading.title, title, true, room);
    let subtitles = wrap(&heading.subtitle, SUBTITLE, false, room);
    let feet = wrap(&heading.footer, SMALL, false, room);
    let head =
        18.0 + titles.len() as f64 * title * LINE + subtitles.len() as f64 * SUBTITLE * LINE + 10.0;
    let foot = FOOT + (feet.len() as f64 - 1.0) * SMALL * LINE;
    // A whole number of pixels, so that the last row is as opaque as all others.
    let total = (head + height + foot).ceil();

    let mut svg = String::new();
    let mut spots = Spots::default();
    let size = (width * UNIT, total * UNIT);
    {
        let backend = SVGBackend::with_string(&mut svg, (size.0 as u32, size.1 as u32));
        let root = backend.into_drawing_area();
        root.fill(&theme.paper).map_err(drawing)?;
        let mut y = 18.0;
        let mut lines = |lines: &[String], size: f64, bold, colour| {
            for line in lines {
                y += size * LINE / 2.0;
                root.draw_text(line, &style(size, bold, colour), at(margin, y)).map_err(drawing)?;
                y += size * LINE / 2.0;
            }
            Ok::<_, ChartError>(())
        };
        lines(&titles, title, true, theme.ink)?;
        lines(&subtitles, SUBTITLE, false, theme.quiet)?;
        let (_, rest) = root.split_vertically(units(head));
        let (body, _) = rest.split_vertically(units(height));
        draw(&body, &mut spots)?;
        for (n, line) in feet.iter().enumerate() {
            let y = head + height + 20.0 + n as f64 * SMALL * LINE;
            let style = style(SMALL, false, theme.quiet);
            root.draw_text(line, &style, at(margin, y)).map_err(drawing)?;
        }
        root.present().map_err(drawing)?;
    }
    let svg = told(&nominal(&svg, size), &heading.title, &alt, &spots)?;
    Ok(Drawing { svg, alt })
}

/// Draws a path, in drawing units within an area, in the line of a curve.
///
/// # Errors
/// If the back end refuses.
pub fn line(
    area: &Area<'_>,
    path: &[(i32, i32)],
    theme: &Theme,
    curve: usize,
) -> Result<(), ChartError> {
    let (path, style) = (path.to_vec(), theme.stroke(curve));
    match theme.curves[curve % CURVES].dashes {
        None => area.draw(&PathElement::new(path, style)),
        Some((dash, gap)) => {
            area.draw(&DashedPathElement::new(path, units(dash), units(gap), style))
        }
    }
    .map_err(drawing)
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

/// Says in the SVG that it is one picture, what it is called and what it shows, and lays the spots
/// over it. Nothing of that is painted. There are no ids in it, so that several drawings may stand in
/// one page.
fn told(svg: &str, title: &str, alt: &str, spots: &Spots) -> Result<String, ChartError> {
    let whole = || drawing("the back end gave no SVG");
    let (open, rest) = svg.split_once('>').ok_or_else(whole)?;
    let (body, _) = rest.rsplit_once("</svg>").ok_or_else(whole)?;
    let mut told = format!(
        "{open} role=\"img\">\n<title>{}</title>\n<desc>{}</desc>{body}",
        escaped(title),
        escaped(alt)
    );
    if !spots.0.is_empty() {
        told.push_str("<g fill=\"none\" pointer-events=\"all\">\n");
        for Spot { corner: (x, y), size: (width, height), values } in &spots.0 {
            writeln!(
                told,
                "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"><title>{}</title></rect>",
                escaped(values)
            )
            .map_err(drawing)?;
        }
        told.push_str("</g>\n");
    }
    told.push_str("</svg>\n");
    Ok(told)
}

/// A text as it stands between tags.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::charts::png;
    use crate::output::charts::theme::{LIGHT, WIDE};

    fn heading() -> Heading {
        let [title, subtitle, footer] =
            ["<a & b>", "how to read it", "from where"].map(str::to_owned);
        Heading { title, subtitle, footer }
    }

    #[test]
    fn strips_cover_a_plot_and_are_wide_enough_to_be_pointed_at() {
        let strips = |places: &[i32]| {
            let mut spots = Spots::default();
            spots.strips(((100, 0), (900, 50)), places, |n| n.to_string());
            spots
                .0
                .into_iter()
                .map(|spot| (spot.corner.0, spot.size.0, spot.values))
                .collect::<Vec<_>>()
        };
        let few = strips(&[100, 500, 900]);
        let expected = [(100, 200, "0"), (300, 400, "1"), (700, 200, "2")];
        assert_eq!(few, expected.map(|(from, width, n)| (from, width, n.to_owned())));
        assert_eq!(strips(&[500]), [(100, 800, "0".to_owned())]);
        let many: Vec<i32> = (0..=800).map(|n| 100 + n).collect();
        let many = strips(&many);
        assert!(many.len() > 50 && many.len() < 70, "{}", many.len());
        assert_eq!(many.last().unwrap().2, "800");
        assert_eq!(many.iter().map(|strip| strip.1).sum::<i32>(), 800);
    }

    #[test]
    fn what_is_told_beside_the_picture_is_escaped_and_not_painted() {
        let draw = |told: bool| {
            sheet(&heading(), "5 < 6".to_owned(), (WIDE, 40.0), &LIGHT, |area, spots| {
                if told {
                    spots.within(area, (0.0, 0.0), (100.0, 40.0), "x > \"y\"".to_owned());
                    spots.add((40, 40), (40, 80), "a line".to_owned());
                }
                Ok(())
            })
            .unwrap()
        };
        let told = draw(true);
        for text in [
            "role=\"img\">\n<title>&lt;a &amp; b&gt;</title>\n<desc>5 &lt; 6</desc>",
            "width=\"400\" height=\"160\"><title>x &gt; \"y\"</title></rect>",
            "<rect x=\"40\" y=\"40\" width=\"4\" height=\"40\"><title>a line</title></rect>",
        ] {
            assert!(told.svg.contains(text), "{text}: {}", told.svg);
        }
        assert!(!told.svg.contains(" id="));
        let pictures = [true, false].map(|told| png::render(&draw(told).svg, 2.0).unwrap());
        assert!(pictures[0] == pictures[1], "spots are not painted");
        // Its corner is that of the picture, below the heading.
        let head = 4.0 * (18.0 + (WIDE.title + SUBTITLE) * LINE + 10.0);
        let corner = format!("<rect x=\"0\" y=\"{}\" width=\"400\"", head.round());
        assert!(told.svg.contains(&corner), "{corner}: {}", told.svg);
    }
}
