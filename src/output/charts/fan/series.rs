//! What fan charts show: scores of a run, or their differences in a comparison.

use crate::analysis::comparison::series;
use crate::analysis::wording::numbers::counted;
use crate::analysis::{Results, summary};
use crate::output::charts::canvas::Heading;
use crate::output::charts::fan::{Fan, Panel, Point};
use crate::output::charts::{Compared, Sheet, footer, footer_of_comparison};
use crate::scenario::setup::Setup;

/// The most panels on a sheet.
const MOST_PANELS: usize = 12;
/// No panel magnifies more than this: a flat line should look flat.
const LEAST_SPAN: f64 = 0.02;
/// Of how many panels the alternative in words tells.
const MOST_TOLD: usize = 6;

/// A score, and whose is drawn.
pub struct Metric {
    /// What the tables call it.
    pub name: &'static str,
    /// The same at the beginning of a sentence.
    pub title: &'static str,
    /// Its ends in words.
    pub unit: &'static str,
    /// Its ends.
    pub scale: (f64, f64),
    /// Codes and names of the states or dyads that are drawn.
    pub subjects: fn(&Setup) -> Vec<(String, String)>,
}

/// A score of a run over time.
pub fn of_run(setup: &Setup, results: &Results, metric: &Metric) -> Option<Fan> {
    let subjects = (metric.subjects)(setup);
    let asked = subjects.len();
    let panels: Vec<_> = subjects
        .into_iter()
        .take(MOST_PANELS)
        .map(|(code, title)| Panel {
            points: points(&results.summary, metric.name, &code),
            title,
            code,
        })
        .filter(|panel| !panel.points.is_empty())
        .collect();
    let n = results.summary.first()?.n;
    let left_out = left_out(asked);
    let span = common_span(&panels, metric.scale);
    let decimals = if span < 0.1 { 3 } else { 2 };
    let subtitle = format!(
        "From {}; each panel shows a span of {span:.decimals$}. Line: median; bands: 50 % and \
         90 % of trials; dashed: start.{left_out}",
        metric.unit
    );
    let title = format!("{} over time, {}", metric.title, period(setup));
    let ends = listed(&panels, |point| (point.q[2], point.q[0], point.q[4]));
    let alt = format!(
        "{title}, in {}. Median at the end, with the range of 90 % of trials: {ends}.",
        counted(n, "trial")
    );
    let heading = Heading { title, subtitle, footer: footer(setup, n) };
    let (unit, scale) = (metric.name.to_owned(), metric.scale);
    (!panels.is_empty()).then_some(Fan { heading, alt, unit, scale, span, panels })
}

/// What differs in a score between each variant and the base, a sheet each.
pub fn of_comparison(compared: Compared<'_>, metric: &Metric) -> Vec<Sheet> {
    let sheet = |variant: &String| {
        let picture = difference(compared, variant, metric)?;
        Some(Sheet { of: Some(variant.clone()), picture: Box::new(picture) })
    };
    compared.names[1..].iter().filter_map(sheet).collect()
}

fn difference(compared: Compared<'_>, variant: &str, metric: &Metric) -> Option<Fan> {
    let Compared { setup, comparison, names } = compared;
    let chosen = (metric.subjects)(setup);
    let asked = chosen.len();
    let rows = comparison.series.iter();
    let rows: Vec<_> =
        rows.filter(|row| row.variant == variant && row.metric == metric.name).collect();
    let of = |code: &str| {
        let rows = rows.iter().filter(|row| row.subject == code);
        let point = |row: &&&series::Row| Point {
            date: row.date,
            q: [row.q05, row.q25, row.q50, row.q75, row.q95],
            mean: Some([row.difference, row.low, row.high]),
        };
        rows.map(|row| point(&row)).collect::<Vec<_>>()
    };
    let panels = chosen.into_iter().take(MOST_PANELS);
    let panels = panels.map(|(code, title)| Panel { points: of(&code), title, code });
    let panels: Vec<_> = panels.filter(|panel| !panel.points.is_empty()).collect();
    let width = metric.scale.1 - metric.scale.0;
    let scale = (-width, width);
    let span = common_span(&panels, scale);
    let decimals = if span < 0.1 { 3 } else { 2 };
    let title = format!("{} in {variant} less {}, {}", metric.title, names[0], period(setup));
    let ends = listed(&panels, |point| {
        let [mean, low, high] = point.mean.unwrap_or_default();
        (mean, low, high)
    });
    let alt = format!("{title}. Mean difference at the end, with its 95 % interval: {ends}.");
    let heading = Heading {
        title,
        subtitle: format!(
            "Difference of the {} score of pairs of trials; each panel shows a span of \
             {span:.decimals$}. Line in its narrow band: mean and its 95 % interval; wide bands: 50 % \
             and 90 % of pairs; dashed: no difference.{}",
            metric.name,
            left_out(asked)
        ),
        footer: footer_of_comparison(compared)?,
    };
    let unit = "difference".to_owned();
    (!panels.is_empty()).then_some(Fan { heading, alt, unit, scale, span, panels })
}

/// The last values of the first panels in words.
fn listed(panels: &[Panel], value: impl Fn(&Point) -> (f64, f64, f64)) -> String {
    let told = panels.iter().take(MOST_TOLD).filter_map(|panel| {
        let (middle, low, high) = value(panel.points.last()?);
        Some(format!("{} {middle:.3} ({low:.3} to {high:.3})", panel.title))
    });
    let mut told: Vec<_> = told.collect();
    if let Some(more @ 1..) = panels.len().checked_sub(MOST_TOLD) {
        told.push(format!("and {more} more"));
    }
    told.join(", ")
}

fn left_out(asked: usize) -> String {
    if asked > MOST_PANELS {
        format!(" First {MOST_PANELS} of {asked} asked for.")
    } else {
        String::new()
    }
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
