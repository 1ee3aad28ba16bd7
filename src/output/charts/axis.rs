//! Axes with ticks at round numbers or calendar dates, and the plot between them.

use std::ops::Range;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use plotters::coord::ranged1d::{KeyPointHint, NoDefaultFormatting, Ranged, ValueFormatter};
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::{Cartesian2d, ChartBuilder, ChartContext, LabelAreaPosition, SVGBackend};
use plotters::style::Color;

use crate::output::charts::ChartError;
use crate::output::charts::canvas::{Area, drawing};
use crate::output::charts::text::style;
use crate::output::charts::theme::{SMALL, Theme, units};

/// A linear axis with labelled ticks.
#[derive(Clone)]
pub struct Axis {
    line: RangedCoordf64,
    ticks: Vec<(f64, String)>,
}

impl Axis {
    /// Numbers from `low` to `high`, `least` ticks or one less at the least, `unit` after each label.
    pub fn of_numbers(low: f64, high: f64, least: usize, unit: &str) -> Self {
        let (ticks, decimals) = numbers(low, high, least);
        let label = |tick: f64| (tick, format!("{:.decimals$}{unit}", tick + 0.0));
        Self { line: (low..high).into(), ticks: ticks.into_iter().map(label).collect() }
    }

    /// Shares from `low` to `high`, both above 0, by their common logarithms; ticks in per cent, mostly
    /// `least` at the least.
    pub fn of_shares(low: f64, high: f64, least: usize) -> Self {
        let ticks = magnitudes(100.0 * low, 100.0 * high, least);
        let label = |(tick, label)| (libm::log10(tick / 100.0), format!("{label} %"));
        let line = libm::log10(low)..libm::log10(high);
        Self { line: line.into(), ticks: ticks.into_iter().map(label).collect() }
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
    theme: &Theme,
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
    let grid = theme.grid.stroke_width(units(1.0) as u32);
    let mut mesh = chart.configure_mesh();
    mesh.disable_x_mesh()
        .bold_line_style(grid)
        .light_line_style(theme.grid.stroke_width(0))
        .axis_style(grid)
        .label_style(style(SMALL, false, theme.quiet))
        .set_all_tick_mark_size(units(4.0))
        // Further down, so that a label of the left axis at its foot has room beside them.
        .set_tick_mark_size(LabelAreaPosition::Bottom, units(5.0))
        .axis_desc_style(style(SMALL, false, theme.quiet));
    // A text of nothing would still be one to whoever reads the drawing by its texts.
    if !y_unit.is_empty() {
        mesh.y_desc(y_unit);
    }
    mesh.draw().map_err(drawing)?;
    drop(mesh);
    Ok(chart)
}

/// Round numbers within `low..=high` and how many decimals they need. The step depends on the length
/// of the range only, which holds `least` of them where it begins at one, and one less elsewhere.
pub(super) fn numbers(low: f64, high: f64, least: usize) -> (Vec<f64>, usize) {
    let mut magnitude = 10_f64.powf((high - low).log10().ceil());
    loop {
        for step in [1.0, 0.5, 0.2].map(|m| m * magnitude) {
            if (high - low) / step + 1.0 + 1e-9 >= least as f64 {
                let (first, last) = ((low / step).ceil() as i64, (high / step).floor() as i64);
                let decimals = (-(step * 1.001).log10().floor()).max(0.0) as usize;
                return ((first..=last).map(|k| k as f64 * step).collect(), decimals);
            }
        }
        magnitude /= 10.0;
    }
}

/// Ticks of a logarithmic axis from `low` to `high`, both above 0, with their labels: powers of ten, with
/// them 3 times or 2 and 5 times as much or all of one digit where there are fewer than `least`, and
/// round numbers where that is not enough.
pub(super) fn magnitudes(low: f64, high: f64, least: usize) -> Vec<(f64, String)> {
    let tens = libm::log10(low).floor() as i32..=libm::log10(high).ceil() as i32;
    let of = |digits: &'static [i32]| {
        let all = tens.clone().flat_map(|ten| digits.iter().map(move |&digit| (ten, digit)));
        let labelled = all.map(|(ten, digit)| {
            // Divided rather than multiplied by a tenth: the nearest number to what the label says.
            let size = 10_f64.powi(ten.abs());
            let value = if ten < 0 { f64::from(digit) / size } else { f64::from(digit) * size };
            let decimals = usize::try_from(-ten).unwrap_or(0);
            (value, format!("{value:.decimals$}"))
        });
        labelled.filter(|&(value, _)| (low..=high).contains(&value)).collect::<Vec<_>>()
    };
    let digits: [&[i32]; 4] = [&[1], &[1, 3], &[1, 2, 5], &[1, 2, 3, 4, 5, 6, 7, 8, 9]];
    digits.into_iter().map(of).find(|ticks| ticks.len() >= least).unwrap_or_else(|| {
        let (ticks, decimals) = numbers(low, high, least);
        ticks.into_iter().map(|tick| (tick, format!("{tick:.decimals$}"))).collect()
    })
}

/// First days of years (or, in runs under two years, of months) within the run, no more than
/// `count`, with their labels. Years and months are round: every fifth year is one divisible by 5.
pub(super) fn dates(start: Date, end: Date, count: usize) -> Vec<(Date, String)> {
    let yearly = (end - start).get_days() >= 730;
    let first = date(start.year(), 1, 1);
    let months = (0..).map_while(|k: i32| first.checked_add(k.months()).ok());
    let months: Vec<_> = months.take_while(|&d| d <= end).filter(|&d| d >= start).collect();
    let every = |n: i16| {
        let round = move |d: &&Date| {
            if yearly {
                d.month() == 1 && d.year() % n == 0
            } else {
                i16::from(d.month() - 1) % n == 0
            }
        };
        months.iter().filter(round).copied().collect::<Vec<_>>()
    };
    let steps: &[i16] = if yearly {
        &[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000]
    } else {
        &[1, 2, 3, 6, 12]
    };
    let ticks = steps.iter().map(|&n| every(n)).find(|ticks| ticks.len() <= count);
    let label =
        |d: Date| if yearly { d.year().to_string() } else { d.strftime("%b %Y").to_string() };
    ticks.unwrap_or_default().into_iter().map(|d| (d, label(d))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round() {
        let labels = |low, high, least| {
            let (ticks, decimals) = numbers(low, high, least);
            ticks.iter().map(|t| format!("{t:.decimals$}")).collect::<Vec<_>>()
        };
        assert_eq!(labels(0.0, 1.0, 3), ["0.0", "0.5", "1.0"]);
        assert_eq!(labels(0.6412, 0.6701, 3), ["0.65", "0.66", "0.67"]);
        assert_eq!(labels(0.2, 0.92, 3), ["0.2", "0.4", "0.6", "0.8"]);
        assert_eq!(labels(-0.55, 0.15, 3), ["-0.4", "-0.2", "0.0"]);
        assert_eq!(labels(0.0, 100.0, 4), ["0", "20", "40", "60", "80", "100"]);
    }

    #[test]
    fn ticks_of_magnitudes_are_round_and_enough() {
        let labels = |low, high| {
            magnitudes(low, high, 3).into_iter().map(|(_, label)| label).collect::<Vec<_>>()
        };
        assert_eq!(labels(0.02, 100.0), ["0.1", "1", "10", "100"]);
        assert_eq!(labels(0.9, 40.0), ["1", "3", "10", "30"]);
        assert_eq!(labels(0.02, 0.3), ["0.03", "0.1", "0.3"]);
        assert_eq!(labels(4.0, 21.0), ["5", "10", "20"]);
        assert_eq!(labels(30.0, 62.0), ["30", "40", "50", "60"]);
        assert_eq!(labels(0.031, 0.0334), ["0.031", "0.032", "0.033"]);
    }

    #[test]
    fn years_or_months() {
        let labels = |start, end, count| {
            dates(start, end, count).into_iter().map(|(_, label)| label).collect::<Vec<_>>()
        };
        let years = labels(date(2022, 3, 1), date(2027, 3, 1), 6);
        assert_eq!(years, ["2023", "2024", "2025", "2026", "2027"]);
        let long = labels(date(1990, 1, 1), date(2200, 1, 1), 6);
        assert_eq!(long, ["2000", "2050", "2100", "2150", "2200"]);
        let months = labels(date(1914, 6, 28), date(1915, 6, 28), 6);
        assert_eq!(
            months,
            ["Jul 1914", "Sep 1914", "Nov 1914", "Jan 1915", "Mar 1915", "May 1915"]
        );
        assert!(labels(date(2024, 6, 2), date(2024, 6, 20), 6).is_empty());
    }
}
