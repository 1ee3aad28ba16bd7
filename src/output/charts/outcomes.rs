//! Outcome probabilities, each with its interval.

use plotters::prelude::{Circle, PathElement};
use plotters::style::Color;

use crate::analysis::Results;
use crate::output::charts::canvas::{Heading, drawing, sheet};
use crate::output::charts::text::{at, centred, right, shorten, style};
use crate::output::charts::theme::{COLOURS, GRID, INK, LABEL, MARGIN, QUIET, SMALL, WIDTH, units};
use crate::output::charts::{ChartError, footer};
use crate::scenario::setup::Setup;

/// The most rows on a sheet.
const MOST_ROWS: usize = 40;
const ROW: f64 = 44.0;
const AXIS: f64 = 26.0;
/// Room for the numbers at the right.
const NUMBERS: f64 = 170.0;
const TICKS: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];

/// The chart of outcomes.
#[derive(Clone, Debug, PartialEq)]
pub struct Dots {
    heading: Heading,
    rows: Vec<Row>,
}

#[derive(Clone, Debug, PartialEq)]
struct Row {
    title: String,
    probability: f64,
    low: f64,
    high: f64,
}

/// The outcomes in the order of the scenario.
pub fn series(setup: &Setup, results: &Results) -> Option<Dots> {
    let n = results.outcomes.first()?.n;
    let asked = results.outcomes.len();
    let left_out = if asked > MOST_ROWS {
        format!(" The first {MOST_ROWS} of {asked}; outcomes.csv has all.")
    } else {
        String::new()
    };
    let heading = Heading {
        title: "How likely is each outcome?".into(),
        subtitle: format!(
            "Share of trials (%), with the 95 % Wilson interval of the estimate. The interval is the \
             Monte Carlo error only: it says nothing about the model's own.{left_out}"
        ),
        footer: footer(setup, n),
    };
    let rows = results.outcomes.iter().take(MOST_ROWS).map(|row| Row {
        title: row.title.clone(),
        probability: row.probability,
        low: row.low,
        high: row.high,
    });
    (n > 0).then(|| Dots { heading, rows: rows.collect() })
}

/// Probabilities as people read them, in per cent: two decimals if any is below 1 % or above 99 %
/// and not 0 or 100 %, else one.
fn percents<const N: usize>(probabilities: [f64; N]) -> [String; N] {
    let values = probabilities.map(|p| 100.0 * p);
    let plain = |v: &f64| (1.0..=99.0).contains(v) || *v == 0.0 || *v == 100.0;
    let decimals = if values.iter().all(plain) { 1 } else { 2 };
    values.map(|value| format!("{value:.decimals$}"))
}

impl Dots {
    /// Draws the chart.
    ///
    /// # Errors
    /// If the back end refuses.
    pub fn draw(&self) -> Result<String, ChartError> {
        let height = self.rows.len() as f64 * ROW + AXIS;
        let (left, end) = (MARGIN + 6.0, WIDTH - MARGIN - NUMBERS);
        let x = |p: f64| left + p * (end - left);
        sheet(&self.heading, height, |area| {
            for tick in TICKS {
                let label = format!("{:.0} %", 100.0 * tick);
                let place = at(x(tick), height - AXIS + 12.0);
                area.draw_text(&label, &centred(&style(SMALL, false, QUIET)), place)
                    .map_err(drawing)?;
            }
            for (n, row) in self.rows.iter().enumerate() {
                let top = n as f64 * ROW;
                let title = shorten(&row.title, LABEL, false, end - left);
                area.draw_text(&title, &style(LABEL, false, INK), at(left, top + 12.0))
                    .map_err(drawing)?;
                let y = top + 30.0;
                let track = [at(left, y), at(end, y)];
                area.draw(&PathElement::new(track, GRID.stroke_width(units(2.0) as u32)))
                    .map_err(drawing)?;
                for tick in TICKS {
                    let tick = [at(x(tick), y - 5.0), at(x(tick), y + 5.0)];
                    area.draw(&PathElement::new(tick, GRID.stroke_width(units(1.5) as u32)))
                        .map_err(drawing)?;
                }
                let interval = [at(x(row.low), y), at(x(row.high), y)];
                area.draw(&PathElement::new(
                    interval,
                    COLOURS[0].mix(0.55).stroke_width(units(6.0) as u32),
                ))
                .map_err(drawing)?;
                area.draw(&Circle::new(at(x(row.probability), y), units(4.5), COLOURS[0].filled()))
                    .map_err(drawing)?;
                let [value, low, high] = percents([row.probability, row.low, row.high]);
                let value = format!("{value} %");
                area.draw_text(&value, &right(&style(LABEL, true, INK)), at(end + 70.0, y))
                    .map_err(drawing)?;
                let interval = format!("{low} to {high}");
                area.draw_text(&interval, &style(SMALL, false, QUIET), at(end + 80.0, y))
                    .map_err(drawing)?;
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::percents;

    #[test]
    fn rare_and_nearly_certain_outcomes_get_a_digit_more() {
        assert_eq!(percents([0.09, 0.0845, 0.0958]), ["9.0", "8.5", "9.6"]);
        assert_eq!(percents([1.0, 0.9996, 1.0]), ["100.00", "99.96", "100.00"]);
        assert_eq!(percents([0.0, 0.0, 0.19]), ["0.0", "0.0", "19.0"]);
    }
}
