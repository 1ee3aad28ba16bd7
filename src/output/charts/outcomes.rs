//! Outcome probabilities, each with its interval.

use plotters::prelude::{Circle, PathElement};
use plotters::style::Color;

use crate::analysis::Results;
use crate::analysis::wording::numbers::counted;
use crate::analysis::wording::numbers::percents;
use crate::output::charts::canvas::{Area, Heading, drawing, sheet};
use crate::output::charts::text::{at, centred, right, shorten, style};
use crate::output::charts::theme::{LABEL, MARGIN, SMALL, Theme, WIDTH, units};
use crate::output::charts::{ChartError, Drawing, Kind, Of, Picture, Sheet, footer};
use crate::scenario::setup::Setup;

/// The chart.
pub const KIND: Kind = Kind {
    name: "outcomes",
    about: "probability of each outcome with its 95 % Wilson interval",
    of: Of::Run(|setup, results| Sheet::only(series(setup, results))),
};

/// The most rows on a sheet.
const MOST_ROWS: usize = 40;
const ROW: f64 = 44.0;
const AXIS: f64 = 26.0;
/// Room for the numbers at the right.
const NUMBERS: f64 = 170.0;
const TICKS: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];
/// Of how many outcomes the alternative in words tells.
const MOST_TOLD: usize = 8;

/// The chart of outcomes.
#[derive(Clone, Debug, PartialEq)]
struct Dots {
    heading: Heading,
    alt: String,
    rows: Vec<Row>,
}

#[derive(Clone, Debug, PartialEq)]
struct Row {
    title: String,
    n: u64,
    yes: u64,
    probability: f64,
    low: f64,
    high: f64,
}

/// The outcomes in the order of the scenario.
fn series(setup: &Setup, results: &Results) -> Option<Dots> {
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
        n: row.n,
        yes: row.yes,
        probability: row.probability,
        low: row.low,
        high: row.high,
    });
    let rows: Vec<_> = rows.collect();
    let alt = format!(
        "Share of {} with the answer yes to each outcome, with its 95 % interval: {}.",
        counted(n, "trial"),
        listed(&rows)
    );
    (n > 0).then_some(Dots { heading, alt, rows })
}

/// The first outcomes in words.
fn listed(rows: &[Row]) -> String {
    let told = rows.iter().take(MOST_TOLD).map(|row| {
        let [value, low, high] = percents([row.probability, row.low, row.high]);
        format!("{} {value} % ({low} to {high})", row.title)
    });
    let mut told: Vec<_> = told.collect();
    if let Some(more @ 1..) = rows.len().checked_sub(MOST_TOLD) {
        told.push(format!("and {more} more"));
    }
    told.join("; ")
}

/// Where the scale of the sheet begins and ends.
const SPAN: (f64, f64) = (MARGIN + 6.0, WIDTH - MARGIN - NUMBERS);

fn x(probability: f64) -> f64 {
    SPAN.0 + probability * (SPAN.1 - SPAN.0)
}

impl Picture for Dots {
    fn draw(&self, theme: &Theme) -> Result<Drawing, ChartError> {
        let height = self.rows.len() as f64 * ROW + AXIS;
        sheet(&self.heading, self.alt.clone(), height, theme, |area, spots| {
            for tick in TICKS {
                let label = format!("{:.0} %", 100.0 * tick);
                let place = at(x(tick), height - AXIS + 12.0);
                area.draw_text(&label, &centred(&style(SMALL, false, theme.quiet)), place)
                    .map_err(drawing)?;
            }
            for (n, row) in self.rows.iter().enumerate() {
                let top = n as f64 * ROW;
                row.draw(area, top, theme)?;
                let size = (WIDTH - 2.0 * MARGIN, ROW);
                spots.within(area, (MARGIN, top), size, row.values());
            }
            Ok(())
        })
    }
}

impl Row {
    fn draw(&self, area: &Area<'_>, top: f64, theme: &Theme) -> Result<(), ChartError> {
        let (left, end) = SPAN;
        let title = shorten(&self.title, LABEL, false, end - left);
        area.draw_text(&title, &style(LABEL, false, theme.ink), at(left, top + 12.0))
            .map_err(drawing)?;
        let y = top + 30.0;
        let grid = |width: f64| theme.grid.stroke_width(units(width) as u32);
        let track = [at(left, y), at(end, y)];
        area.draw(&PathElement::new(track, grid(2.0))).map_err(drawing)?;
        for tick in TICKS {
            let tick = [at(x(tick), y - 5.0), at(x(tick), y + 5.0)];
            area.draw(&PathElement::new(tick, grid(1.5))).map_err(drawing)?;
        }
        let colour = theme.curves[0].colour;
        let interval = [at(x(self.low), y), at(x(self.high), y)];
        let bar = colour.mix(0.55).stroke_width(units(6.0) as u32);
        area.draw(&PathElement::new(interval, bar)).map_err(drawing)?;
        area.draw(&Circle::new(at(x(self.probability), y), units(4.5), colour.filled()))
            .map_err(drawing)?;
        let [value, low, high] = percents([self.probability, self.low, self.high]);
        let value = format!("{value} %");
        area.draw_text(&value, &right(&style(LABEL, true, theme.ink)), at(end + 70.0, y))
            .map_err(drawing)?;
        let interval = format!("{low} to {high}");
        area.draw_text(&interval, &style(SMALL, false, theme.quiet), at(end + 80.0, y))
            .map_err(drawing)?;
        Ok(())
    }

    /// What is shown where it is pointed at.
    fn values(&self) -> String {
        let [value, low, high] = percents([self.probability, self.low, self.high]);
        let (title, yes, n) = (&self.title, self.yes, counted(self.n, "trial"));
        format!("{title}\n{value} %: {yes} of {n}\n95 % interval {low} to {high} %")
    }
}
