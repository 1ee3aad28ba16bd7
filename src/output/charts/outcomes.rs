//! Outcome probabilities, each with its interval.

use plotters::prelude::{Circle, PathElement};
use plotters::style::Color;

use crate::analysis::Results;
use crate::output::charts::canvas::{Heading, drawing, sheet};
use crate::output::charts::text::{at, centred, right, shorten, style};
use crate::output::charts::theme::{COLOURS, GRID, INK, LABEL, MARGIN, QUIET, SMALL, WIDTH, units};
use crate::output::charts::{ChartError, footer};
use crate::scenario::setup::Setup;

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
    let heading = Heading {
        title: "How likely is each outcome?".into(),
        subtitle:
            "Share of trials (%), with the 95 % Wilson interval of the estimate. The interval \
                   is the Monte Carlo error only: it says nothing about the model's own."
                .into(),
        footer: footer(setup, n),
    };
    let rows = results.outcomes.iter().map(|row| Row {
        title: row.title.clone(),
        probability: row.probability,
        low: row.low,
        high: row.high,
    });
    (n > 0).then(|| Dots { heading, rows: rows.collect() })
}

/// A probability as people read it.
fn percent(p: f64) -> String {
    let value = 100.0 * p;
    if (1.0..=99.0).contains(&value) || value == 0.0 || value == 100.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.2}")
    }
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
                let value = format!("{} %", percent(row.probability));
                area.draw_text(&value, &right(&style(LABEL, true, INK)), at(end + 70.0, y))
                    .map_err(drawing)?;
                let interval = format!("{} to {}", percent(row.low), percent(row.high));
                area.draw_text(&interval, &style(SMALL, false, QUIET), at(end + 80.0, y))
                    .map_err(drawing)?;
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn rare_and_nearly_certain_outcomes_get_a_digit_more() {
        let shown = [0.0, 0.0012, 0.09, 0.9658, 0.9989, 1.0].map(percent);
        assert_eq!(shown, ["0.0", "0.12", "9.0", "96.6", "99.89", "100.0"]);
    }
}
