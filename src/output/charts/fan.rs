//! Fan charts: how a score spreads over trials, one panel for each state or dyad.

use jiff::civil::Date;
use plotters::prelude::{DashedLineSeries, LineSeries, Polygon};
use plotters::style::{Color, RGBColor, ShapeStyle};

use crate::analysis::comparison::series;
use crate::analysis::{Results, summary};
use crate::output::charts::axis::{Axis, Margins, days, plot};
use crate::output::charts::canvas::{Area, Heading, drawing, sheet};
use crate::output::charts::text::{self, at, style};
use crate::output::charts::theme::{COLOURS, INK, LABEL, MARGIN, QUIET, WIDTH, units};
use crate::output::charts::{ChartError, footer};
use crate::scenario::setup::Setup;

/// The most panels on a sheet.
const MOST_PANELS: usize = 12;
const PANEL_HEIGHT: f64 = 205.0;
/// No panel magnifies more than this: a flat line should look flat.
const LEAST_SPAN: f64 = 0.02;

/// A fan chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Fan {
    heading: Heading,
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

/// Isolation of the chosen states.
pub fn isolation(setup: &Setup, results: &Results) -> Option<Fan> {
    let about = ("isolation", "Isolation", "0 (connected) to 1 (isolated)", (0.0, 1.0));
    fan(setup, results, about, isolation_subjects(setup))
}

/// Alignment of the chosen dyads.
pub fn alignment(setup: &Setup, results: &Results) -> Option<Fan> {
    let about = ("alignment", "Alignment", "-1 (opposed) to 1 (aligned)", (-1.0, 1.0));
    fan(setup, results, about, alignment_subjects(setup))
}

/// Codes and names of the chosen states.
fn isolation_subjects(setup: &Setup) -> Vec<(String, String)> {
    let states = setup.charts.isolation.iter().map(|state| {
        let code = setup.frame.codes[state.index()];
        (code.to_string(), setup.frame.names[state.index()].clone())
    });
    states.collect()
}

/// Codes and names of the chosen dyads.
fn alignment_subjects(setup: &Setup) -> Vec<(String, String)> {
    let dyads = setup.charts.alignment.iter().map(|&dyad| {
        let (i, j) = setup.frame.dyads.pair(dyad);
        let [i, j] = [i, j].map(|state| &setup.frame.names[state.index()]);
        (setup.frame.dyad_name(dyad), format!("{i} and {j}"))
    });
    dyads.collect()
}

/// What differs in the isolation of the chosen states, or in the alignment of the chosen dyads,
/// between a variant and the base.
pub fn difference(
    (setup, names): (&Setup, [&str; 2]),
    rows: &[&series::Row],
    metric: &'static str,
    footer: String,
) -> Option<Fan> {
    let chosen = match metric {
        "isolation" => isolation_subjects(setup),
        _ => alignment_subjects(setup),
    };
    let asked = chosen.len();
    let of = |code: &str| {
        let rows = rows.iter().filter(|row| row.metric == metric && row.subject == code);
        let point = |row: &&series::Row| Point {
            date: row.date,
            q: [row.q05, row.q25, row.q50, row.q75, row.q95],
            mean: Some([row.difference, row.low, row.high]),
        };
        rows.map(point).collect::<Vec<_>>()
    };
    let panels = chosen.into_iter().take(MOST_PANELS);
    let panels = panels.map(|(code, title)| Panel { points: of(&code), title, code });
    let panels: Vec<_> = panels.filter(|panel| !panel.points.is_empty()).collect();
    let scale = if metric == "isolation" { (-1.0, 1.0) } else { (-2.0, 2.0) };
    let span = common_span(&panels, scale);
    let decimals = if span < 0.1 { 3 } else { 2 };
    let heading = Heading {
        title: format!("{} in {} less {}, {}", upper(metric), names[1], names[0], period(setup)),
        subtitle: format!(
            "Difference of the {metric} score of pairs of trials; each panel shows a span of \
             {span:.decimals$}. Orange: mean and its 95 % interval; blue: 50 % and 90 % of pairs; dashed: \
             no difference.{}",
            left_out(asked)
        ),
        footer,
    };
    let unit = "difference".to_owned();
    (!panels.is_empty()).then_some(Fan { heading, unit, scale, span, panels })
}

fn upper(metric: &str) -> &'static str {
    if metric == "isolation" { "Isolation" } else { "Alignment" }
}

fn left_out(asked: usize) -> String {
    if asked > MOST_PANELS {
        format!(" First {MOST_PANELS} of {asked} asked for.")
    } else {
        String::new()
    }
}

fn fan(
    setup: &Setup,
    results: &Results,
    (metric, title, unit, scale): (&str, &str, &str, (f64, f64)),
    subjects: Vec<(String, String)>,
) -> Option<Fan> {
    let asked = subjects.len();
    let panels: Vec<_> = subjects
        .into_iter()
        .take(MOST_PANELS)
        .map(|(code, title)| Panel { points: points(&results.summary, metric, &code), title, code })
        .filter(|panel| !panel.points.is_empty())
        .collect();
    let n = results.summary.first()?.n;
    let left_out = left_out(asked);
    let span = common_span(&panels, scale);
    let decimals = if span < 0.1 { 3 } else { 2 };
    let subtitle = format!(
        "From {unit}; each panel shows a span of {span:.decimals$}. Line: median; bands: 50 % and \
         90 % of trials; dashed: start.{left_out}"
    );
    let heading = Heading {
        title: format!("{title} over time, {}", period(setup)),
        subtitle,
        footer: footer(setup, n),
    };
    (!panels.is_empty()).then(|| Fan { heading, unit: metric.to_owned(), scale, span, panels })
}

fn period(setup: &Setup) -> String {
    format!("{} to {}", setup.calendar.start(), setup.calendar.end())
}

/// The height of every panel in units of the score: enough for the widest.
fn common_span(panels: &[Panel], (low, high): (f64, f64)) -> f64 {
    let spans = panels.iter().map(Panel::extent).map(|(low, high)| high - low);
    (1.12 * spans.fold(0.0, f64::max)).clamp(LEAST_SPAN, high - low)
}

fn points(rows: &[summary::Row], metric: &str, subject: &str) -> Vec<Point> {
    rows.iter()
        .filter(|row| row.metric == metric && row.subject == subject)
        .map(|row| Point {
            date: row.date,
            q: [row.q05, row.q25, row.q50, row.q75, row.q95],
            mean: None,
        })
        .collect()
}

impl Panel {
    fn extent(&self) -> (f64, f64) {
        let ends =
            |p: &Point| [[p.q[0], p.q[4]], p.mean.map_or([p.q[0], p.q[4]], |m| [m[1], m[2]])];
        let all = self.points.iter().flat_map(ends).flatten();
        all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)))
    }
}

impl Fan {
    /// Draws the chart.
    ///
    /// # Errors
    /// If the back end refuses.
    pub fn draw(&self) -> Result<String, ChartError> {
        let columns = match self.panels.len() {
            1 => 1,
            2 | 4 => 2,
            _ => 3,
        };
        let rows = self.panels.len().div_ceil(columns);
        sheet(&self.heading, rows as f64 * PANEL_HEIGHT, |area| {
            let inner = area.margin(0, 0, units(MARGIN - 8.0), units(MARGIN - 8.0));
            let cells = inner.split_evenly((rows, columns));
            let width = (WIDTH - 2.0 * MARGIN) / columns as f64;
            let mut panels = self.panels.iter().zip(&cells).enumerate();
            panels.try_for_each(|(n, (panel, cell))| {
                // The unit stands once in a row.
                let unit = if n % columns == 0 { self.unit.as_str() } else { "" };
                self.panel(panel, cell, width, unit)
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
        area: &Area<'_>,
        width: f64,
        unit: &str,
    ) -> Result<(), ChartError> {
        let (low, high) = self.range(panel);
        let (first, last) = (panel.points[0].date, panel.points[panel.points.len() - 1].date);
        let x = |date: Date| days(first, date);
        let room = width - 60.0;
        let fits = text::width(&panel.title, LABEL, true) <= room;
        let title = if fits { &panel.title } else { &panel.code };
        area.draw_text(title, &style(LABEL, true, INK), at(56.0, 12.0)).map_err(drawing)?;

        let margins = Margins {
            top: 26.0,
            left: 0.0,
            right: 16.0,
            bottom: 6.0,
            x_labels: 24.0,
            y_labels: 56.0,
        };
        let (dates, scores) = (Axis::of_dates(first, last, 6), Axis::of_numbers(low, high, 3, ""));
        let mut chart = plot(area, margins, dates, scores, unit)?;

        let colour = COLOURS[0];
        for (inner, opacity) in [(0, 0.18), (1, 0.34)] {
            let lower = panel.points.iter().map(|p| (x(p.date), p.q[inner]));
            let upper = panel.points.iter().rev().map(|p| (x(p.date), p.q[4 - inner]));
            let band = Polygon::new(lower.chain(upper).collect::<Vec<_>>(), colour.mix(opacity));
            chart.draw_series([band]).map_err(drawing)?;
        }
        let start = panel.points[0].q[2];
        let dashes = DashedLineSeries::new(
            [(0.0, start), (x(last), start)],
            units(3.0),
            units(3.0),
            line(QUIET, 1.0),
        );
        chart.draw_series(dashes).map_err(drawing)?;
        let means: Vec<_> =
            panel.points.iter().filter_map(|p| p.mean.map(|mean| (x(p.date), mean))).collect();
        if means.is_empty() {
            let median = panel.points.iter().map(|p| (x(p.date), p.q[2]));
            chart.draw_series(LineSeries::new(median, line(colour, 2.0))).map_err(drawing)?;
            return Ok(());
        }
        let lower = means.iter().map(|&(x, mean)| (x, mean[1]));
        let upper = means.iter().rev().map(|&(x, mean)| (x, mean[2]));
        let interval = lower.chain(upper).collect::<Vec<_>>();
        chart.draw_series([Polygon::new(interval, COLOURS[1].mix(0.4))]).map_err(drawing)?;
        let mean = means.iter().map(|&(x, mean)| (x, mean[0]));
        chart.draw_series(LineSeries::new(mean, line(COLOURS[1], 2.0))).map_err(drawing)?;
        Ok(())
    }
}

fn line(colour: RGBColor, width: f64) -> ShapeStyle {
    colour.stroke_width(units(width) as u32)
}
