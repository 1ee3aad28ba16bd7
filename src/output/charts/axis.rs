//! Axes with ticks at round numbers or calendar dates, and the plot between them.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::{Cartesian2d, ChartBuilder, ChartContext, SVGBackend};
use plotters::style::Color;

use crate::output::charts::ChartError;
use crate::output::charts::canvas::{Area, drawing};
use crate::output::charts::text::style;
use crate::output::charts::theme::{GRID, QUIET, SMALL, units};

/// A linear axis with labelled ticks.
#[derive(Clone)]
pub struct Axis {
    line: RangedCoordf64,
    ticks: Vec<(f64, String)>,
}

impl Axis {
    /// Numbers from `low` to `high`, about `count` ticks, `unit` after each label.
    pub fn of_numbers(low: f64, high: f64, count: usize, unit: &str) -> Self {
        let (ticks, decimals) = numbers(low, high, count);
        let label = |tick: f64| (tick, format!("{:.decimals$}{unit}", tick + 0.0));
        Self { line: (low..high).into(), ticks: ticks.into_iter().map(label).collect() }
    }

    /// Days from `first` to `last`, no more than `count` ticks.
    pub fn of_dates(first: Date, last: Date, count: usize) -> Self {
        let ticks = dates(first, last, count);
        let ticks = ticks.into_iter().map(|(date, label)| (days(first, date), label)).collect();
        Self { line: (0.0..days(first, last)).into(), ticks }
    }
}

/// Days from one date to another, as a place on an axis.
pub fn days(from: Date, to: Date) -> f64 {
    f64::from((to - from).get_days())
}

impl Ranged for Axis {
    type FormatOption = NoDefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        self.line.map(value, limit)
    }

    fn key_points<Hint: KeyPointHint>(&self, _hint: Hint) -> Vec<f64> {
        self.ticks.iter().map(|(place, _)| *place).collect()
    }

    fn range(&self) -> Range<f64> {
        self.line.range()
    }
}

impl ValueFormatter<f64> for Axis {
    fn format_ext(&self, value: &f64) -> String {
        let tick = self.ticks.iter().find(|(place, _)| place == value);
        tick.map(|(_, label)| label.clone()).unwrap_or_default()
    }
}

/// Space around a plot (nominal pixels).
#[derive(Clone, Copy, Debug)]
pub struct Margins {
    /// Above.
    pub top: f64,
    /// At the left, before the axis.
    pub left: f64,
    /// At the right.
    pub right: f64,
    /// Below the axis.
    pub bottom: f64,
    /// For the labels of the lower axis.
    pub x_labels: f64,
    /// For the labels of the left axis.
    pub y_labels: f64,
}

/// A plot on these axes, with its grid drawn.
///
/// # Errors
/// If the back end refuses.
pub fn plot<'a, 'b>(
    area: &'a Area<'b>,
    margins: Margins,
    x: Axis,
    y: Axis,
    y_unit: &str,
) -> Result<ChartContext<'a, SVGBackend<'b>, Cartesian2d<Axis, Axis>>, ChartError> {
    let mut chart = ChartBuilder::on(area)
        .margin_top(units(margins.top))
        .margin_left(units(margins.left))
        .margin_right(units(margins.right))
        .margin_bottom(units(margins.bottom))
        .x_label_area_size(units(margins.x_labels))
        .y_label_area_size(units(margins.y_labels))
        .build_cartesian_2d(x, y)
        .map_err(drawing)?;
    let grid = GRID.stroke_width(units(1.0) as u32);
    chart
        .configure_mesh()
        .disable_x_mesh()
        .bold_line_style(grid)
        .light_line_style(GRID.stroke_width(0))
        .axis_style(grid)
        .label_style(style(SMALL, false, QUIET))
        .set_all_tick_mark_size(units(4.0))
        .y_desc(y_unit)
        .axis_desc_style(style(SMALL, false, QUIET))
        .draw()
        .map_err(drawing)?;
    Ok(chart)
}

/// Round numbers within `low..=high`, about `count` of them, and how many decimals they need.
fn numbers(low: f64, high: f64, count: usize) -> (Vec<f64>, usize) {
    let rough = (high - low) / count as f64;
    let magnitude = 10_f64.powf(rough.log10().floor());
    let step =
        [1.0, 2.0, 5.0, 10.0].map(|m| m * magnitude).into_iter().find(|&s| s >= rough * 0.999);
    let step = step.unwrap_or(10.0 * magnitude);
    let (first, last) = ((low / step).ceil() as i64, (high / step).floor() as i64);
    let decimals = (-step.log10().floor()).max(0.0) as usize;
    ((first..=last).map(|k| k as f64 * step).collect(), decimals)
}

/// First days of years (or, in runs under two years, of quarters) within the run, no more than
/// `count`, with their labels.
fn dates(start: Date, end: Date, count: usize) -> Vec<(Date, String)> {
    let months = (end - start).get_days() / 30;
    let yearly = months >= 24;
    let unit = if yearly { 12 } else { 3 };
    let first = date(start.year(), 1, 1);
    let every = |months: i32| {
        let all = (0..).map_while(move |k: i32| first.checked_add((k * months).months()).ok());
        let within = all.take_while(move |&d| d <= end).filter(move |&d| d >= start);
        within.collect::<Vec<_>>()
    };
    let steps = if yearly { [1, 2, 5, 10, 20, 50, 100] } else { [1, 2, 4, 8, 16, 32, 64] };
    let ticks = steps.into_iter().map(|n| every(n * unit)).find(|ticks| ticks.len() <= count);
    let label =
        |d: Date| if yearly { d.year().to_string() } else { d.strftime("%b %Y").to_string() };
    ticks.unwrap_or_default().into_iter().map(|d| (d, label(d))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round() {
        assert_eq!(numbers(0.0, 1.0, 5), (vec![0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0], 1));
        let (ticks, decimals) = numbers(0.6412, 0.6701, 4);
        assert_eq!(decimals, 2);
        assert_eq!(
            ticks.iter().map(|t| format!("{t:.2}")).collect::<Vec<_>>(),
            ["0.65", "0.66", "0.67"]
        );
    }

    #[test]
    fn years_or_quarters() {
        let labels = |start, end, count| {
            dates(start, end, count).into_iter().map(|(_, label)| label).collect::<Vec<_>>()
        };
        let years = labels(date(2022, 3, 1), date(2027, 3, 1), 6);
        assert_eq!(years, ["2023", "2024", "2025", "2026", "2027"]);
        assert_eq!(labels(date(1900, 1, 1), date(2000, 1, 1), 6).len(), 6);
        assert_eq!(
            labels(date(1914, 6, 28), date(1915, 6, 28), 6),
            ["Jul 1914", "Oct 1914", "Jan 1915", "Apr 1915"]
        );
        assert!(labels(date(2024, 6, 2), date(2024, 6, 20), 6).is_empty());
    }
}
