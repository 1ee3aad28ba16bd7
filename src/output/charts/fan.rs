//! Fan charts: how a score spreads over trials, one panel for each state or dyad.

use jiff::civil::Date;
use plotters::prelude::{
    Cartesian2d, ChartContext, DashedLineSeries, LineSeries, Polygon, SVGBackend,
};
use plotters::style::Color;

use crate::output::charts::axis::{Axis, Margins, days, plot};
use crate::output::charts::canvas::{Area, Heading, Spots, drawing, sheet};
use crate::output::charts::text::{self, at, style};
use crate::output::charts::theme::{Format, LABEL, NARROW, Theme, WIDE, units};
use crate::output::charts::{ChartError, Drawing, Picture};

pub mod series;

const PANEL_HEIGHT: f64 = 205.0;
/// How far panels reach into the margin at the left and right edge: their own margins are free.
const SIDE: f64 = 8.0;
/// What is left of it at the least: room for the letters of the unit.
const LEAST_SIDE: f64 = 6.0;

/// A fan chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Fan {
    heading: Heading,
    alt: String,
    unit: String,
    /// Ends of the score's scale.
    scale: (f64, f64),
    /// Height of every panel in units of the score.
    span: f64,
    panels: Vec<Panel>,
}

/// A panel: a score over time.
#[derive(Clone, Debug, PartialEq)]
struct Panel {
    title: String,
    /// Stands in for a title that is too long.
    code: String,
    points: Vec<Point>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Point {
    date: Date,
    q: [f64; 5],
    /// The mean with its interval, where that is what matters.
    mean: Option<[f64; 3]>,
}

type Plot<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<Axis, Axis>>;

impl Panel {
    fn extent(&self) -> (f64, f64) {
        let ends =
            |p: &Point| [[p.q[0], p.q[4]], p.mean.map_or([p.q[0], p.q[4]], |m| [m[1], m[2]])];
        let all = self.points.iter().flat_map(ends).flatten();
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)))
    }

    /// A point's place in time, in days from the first.
    fn x(&self, point: &Point) -> f64 {
        days(self.points[0].date, point.date)
    }
}

impl Point {
    /// What is shown where it is pointed at.
    fn values(&self, panel: &Panel) -> String {
        let [q05, q25, q50, q75, q95] = self.q;
        let (of, mean) = match self.mean {
            None => ("trials", String::new()),
            Some([mean, low, high]) => {
                ("pairs", format!("mean {mean:.4}, 95 % interval {low:.4} to {high:.4}\n"))
            }
        };
        format!(
            "{}, {}\n{mean}median {q50:.4}\n50 % of {of}: {q25:.4} to {q75:.4}\n90 % of {of}: {q05:.4} to {q95:.4}",
            panel.title, self.date
        )
    }
}

impl Picture for Fan {
    fn draw(&self, theme: &Theme) -> Result<Drawing, ChartError> {
        let columns = match self.panels.len() {
            1 => 1,
            2 | 4 => 2,
            _ => 3,
        };
        self.on((WIDE, columns), theme)
    }

    fn draw_narrow(&self, theme: &Theme) -> Result<Option<Drawing>, ChartError> {
        self.on((NARROW, 1), theme).map(Some)
    }
}

impl Fan {
    /// On a sheet of a format, with its panels in so many columns.
    fn on(&self, (format, columns): (Format, usize), theme: &Theme) -> Result<Drawing, ChartError> {
        let rows = self.panels.len().div_ceil(columns);
        let size = (format, rows as f64 * PANEL_HEIGHT);
        sheet(&self.heading, self.alt.clone(), size, theme, |area, spots| {
            let side = units((format.margin - SIDE).max(LEAST_SIDE));
            let inner = area.margin(0, 0, side, side);
            let cells = inner.split_evenly((rows, columns));
            let width = (format.width - 2.0 * format.margin) / columns as f64;
            let mut panels = self.panels.iter().zip(&cells).enumerate();
            panels.try_for_each(|(n, (panel, cell))| {
                // The unit stands once in a row.
                let unit = if n % columns == 0 { self.unit.as_str() } else { "" };
                self.panel(panel, (cell, width), unit, theme, spots)
            })
        })
    }

    fn range(&self, panel: &Panel) -> (f64, f64) {
        let (low, high) = panel.extent();
        let span = self.span;
        let bottom = f64::midpoint(low, high) - span / 2.0;
        let bottom = bottom.clamp(self.scale.0, self.scale.1 - span);
        (bottom, bottom + span)
    }

    fn panel(
        &self,
        panel: &Panel,
        (area, width): (&Area<'_>, f64),
        unit: &str,
        theme: &Theme,
        spots: &mut Spots,
    ) -> Result<(), ChartError> {
        let (low, high) = self.range(panel);
        let (first, last) = (panel.points[0].date, panel.points[panel.points.len() - 1].date);
        let room = width - 60.0;
        let fits = text::width(&panel.title, LABEL, true) <= room;
        let title = if fits { &panel.title } else { &panel.code };
        area.draw_text(title, &style(LABEL, true, theme.ink), at(56.0, 12.0)).map_err(drawing)?;

        let margins = Margins {
            top: 26.0,
            left: 0.0,
            right: 16.0,
            bottom: 6.0,
            x_labels: 24.0,
            y_labels: 56.0,
        };
        let (dates, scores) = (Axis::of_dates(first, last, 6), Axis::of_numbers(low, high, 3, ""));
        let mut chart = plot(area, margins, dates, scores, unit, theme)?;
        bands(&mut chart, panel, theme)?;
        line(&mut chart, panel, theme)?;

        let inside = chart.plotting_area();
        let (x, y) = inside.get_pixel_range();
        let place = |point: &Point| inside.map_coordinate(&(panel.x(point), low)).0;
        let places: Vec<_> = panel.points.iter().map(place).collect();
        let corners = ((x.start, y.start), (x.end, y.end));
        spots.strips(corners, &places, |n| panel.points[n].values(panel));
        Ok(())
    }
}

/// What most trials do, and where they begin.
fn bands(chart: &mut Plot<'_, '_>, panel: &Panel, theme: &Theme) -> Result<(), ChartError> {
    let colour = theme.curves[0].colour;
    for (inner, opacity) in theme.bands.into_iter().enumerate() {
        let lower = panel.points.iter().map(|p| (panel.x(p), p.q[inner]));
        let upper = panel.points.iter().rev().map(|p| (panel.x(p), p.q[4 - inner]));
        let band = Polygon::new(lower.chain(upper).collect::<Vec<_>>(), colour.mix(opacity));
        chart.draw_series([band]).map_err(drawing)?;
    }
    let (first, last) = (&panel.points[0], &panel.points[panel.points.len() - 1]);
    let start = first.q[2];
    let dashes = DashedLineSeries::new(
        [(0.0, start), (panel.x(last), start)],
        units(3.0),
        units(3.0),
        theme.quiet.stroke_width(units(1.0) as u32),
    );
    chart.draw_series(dashes).map_err(drawing)?;
    Ok(())
}

/// The median, or the mean with its interval where that is what matters.
fn line(chart: &mut Plot<'_, '_>, panel: &Panel, theme: &Theme) -> Result<(), ChartError> {
    let means = panel.points.iter().filter_map(|p| p.mean.map(|mean| (panel.x(p), mean)));
    let means: Vec<_> = means.collect();
    if means.is_empty() {
        let median = panel.points.iter().map(|p| (panel.x(p), p.q[2]));
        chart.draw_series(LineSeries::new(median, theme.stroke(0))).map_err(drawing)?;
        return Ok(());
    }
    // In a colour of its own where there is one.
    let curve = usize::from(theme.curves[1].dashes.is_none());
    let lower = means.iter().map(|&(x, mean)| (x, mean[1]));
    let upper = means.iter().rev().map(|&(x, mean)| (x, mean[2]));
    let interval = lower.chain(upper).collect::<Vec<_>>();
    let colour = theme.curves[curve].colour.mix(theme.interval);
    chart.draw_series([Polygon::new(interval, colour)]).map_err(drawing)?;
    let mean = means.iter().map(|&(x, mean)| (x, mean[0]));
    chart.draw_series(LineSeries::new(mean, theme.stroke(curve))).map_err(drawing)?;
    Ok(())
}
