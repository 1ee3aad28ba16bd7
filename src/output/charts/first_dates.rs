//! First-date curves: how likely it is that something has come by a date.

use jiff::civil::Date;
use plotters::prelude::{DashedLineSeries, LineSeries, Polygon};
use plotters::style::Color;

use crate::analysis::wording::numbers::counted;
use crate::analysis::{Results, outcomes};
use crate::output::charts::axis::{Axis, Margins, days, plot};
use crate::output::charts::canvas::{Area, Heading, Spots, drawing, line, sheet};
use crate::output::charts::text::{at, shorten, style, wrap};
use crate::output::charts::theme::{CURVES, LABEL, MARGIN, Theme, UNIT, WIDE, WIDTH, units};
use crate::output::charts::{ChartError, Drawing, Kind, Of, Picture, Sheet, footer};
use crate::scenario::setup::{Outcome, Setup};

/// The chart.
pub const KIND: Kind = Kind {
    name: "first-dates",
    about: "probability that an outcome has come by a date, with 95 % Wilson intervals",
    of: Of::Run(|setup, results| Sheet::only(series(setup, results))),
};

const HEIGHT: f64 = 400.0;
/// Room for the curves' names at the right.
const NAMES: f64 = 220.0;
/// How much of it, before a name, a sample of the curve's line takes.
const SAMPLE: f64 = 34.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 34.0;
const LINE: f64 = 17.5;

/// The chart of first dates.
#[derive(Clone, Debug, PartialEq)]
struct Curves {
    heading: Heading,
    alt: String,
    curves: Vec<Curve>,
}

#[derive(Clone, Debug, PartialEq)]
struct Curve {
    name: String,
    /// Date, probability, lower and upper end of its interval.
    points: Vec<(Date, f64, f64, f64)>,
}

/// The chosen outcomes.
fn series(setup: &Setup, results: &Results) -> Option<Curves> {
    let chosen = setup.charts.first_dates.iter().take(CURVES);
    let fixed = |outcome: &Outcome| {
        let row = results.outcomes.iter().find(|row| row.outcome == outcome.name);
        row.is_some_and(outcomes::Row::is_written_down)
    };
    let mark = |outcome: &Outcome| if fixed(outcome) { " *" } else { "" };
    let curves: Vec<_> = chosen
        .map(|&n| &setup.outcomes[n])
        .map(|outcome| Curve {
            name: format!("{}{}", outcome.title, mark(outcome)),
            points: results
                .first_dates
                .iter()
                .filter(|row| row.outcome == outcome.name)
                .map(|row| (row.date, row.probability, row.low, row.high))
                .collect(),
        })
        .collect();
    let n = results.first_dates.first()?.n;
    let any_fixed =
        setup.charts.first_dates.iter().take(CURVES).any(|&n| fixed(&setup.outcomes[n]));
    let fixed = if any_fixed {
        " Asterisk: written down by the scenario, so that it comes about is supposed."
    } else {
        ""
    };
    let heading = Heading {
        title: "By when has it come?".into(),
        subtitle: format!(
            "Share of trials (%) in which the outcome has come by a date; bands: 95 % Wilson interval of \
             the estimate.{fixed}{}",
            left_out(setup, results)
        ),
        footer: footer(setup, n),
    };
    let ends = curves
        .iter()
        .filter_map(|curve| Some(format!("{} {}", curve.name, said(curve.points.last()?))));
    let alt = format!(
        "Share of {} in which each outcome has come by a date, {} to {}. At the end, with 95 % \
         intervals: {}.",
        counted(n, "trial"),
        setup.calendar.start(),
        setup.calendar.end(),
        ends.collect::<Vec<_>>().join("; ")
    );
    (n > 0 && !curves.is_empty()).then_some(Curves { heading, alt, curves })
}

/// How many outcomes that may come at any time have no curve, and how many of those never came.
fn left_out(setup: &Setup, results: &Results) -> String {
    let by_outcome = results.first_dates.chunk_by(|a, b| a.outcome == b.outcome);
    let drawn = &setup.charts.first_dates[..setup.charts.first_dates.len().min(CURVES)];
    let is_drawn = |name: &str| drawn.iter().any(|&n| setup.outcomes[n].name == name);
    let others = by_outcome.filter(|rows| !is_drawn(&rows[0].outcome));
    let ends: Vec<f64> = others.map(|rows| rows[rows.len() - 1].probability).collect();
    let never = ends.iter().filter(|&&end| end == 0.0).count();
    let came = match never {
        0 => String::new(),
        all if all == ends.len() => ", none of which came in any trial".to_owned(),
        some => format!(", {some} of which came in no trial"),
    };
    match ends.len() {
        0 => String::new(),
        more => format!(" {more} more left out{came}: first_dates.csv has all."),
    }
}

/// A point's values, in per cent.
fn said(&(_, probability, low, high): &(Date, f64, f64, f64)) -> String {
    let [value, low, high] = [probability, low, high].map(|p| format!("{:.1}", 100.0 * p));
    format!("{value} % ({low} to {high})")
}

impl Picture for Curves {
    fn draw(&self, theme: &Theme) -> Result<Drawing, ChartError> {
        sheet(&self.heading, self.alt.clone(), (WIDE, HEIGHT), theme, |area, spots| {
            self.plot(area, theme, spots)
        })
    }
}

impl Curves {
    fn plot(&self, area: &Area<'_>, theme: &Theme, spots: &mut Spots) -> Result<(), ChartError> {
        let dates = || self.curves.iter().flat_map(|curve| &curve.points).map(|point| point.0);
        let (Some(first), Some(last)) = (dates().min(), dates().max()) else { return Ok(()) };
        let x = |date: Date| days(first, date);
        let most = self.curves.iter().flat_map(|c| &c.points).map(|p| p.3).fold(0.0, f64::max);
        let top = (most * 1.05).clamp(0.02, 1.0);
        let margins = Margins {
            top: TOP,
            left: MARGIN - 8.0,
            right: MARGIN + NAMES,
            bottom: 0.0,
            x_labels: BOTTOM,
            y_labels: 60.0,
        };
        let time = Axis::of_dates(first, last, 8);
        let shares = Axis::of_numbers(0.0, 100.0 * top, 5, " %");
        let mut chart = plot(area, margins, time, shares, "share of trials", theme)?;
        // All bands first, so that none covers another's line.
        for (curve, style) in self.curves.iter().zip(theme.curves) {
            let lower = curve.points.iter().map(|p| (x(p.0), 100.0 * p.2));
            let upper = curve.points.iter().rev().map(|p| (x(p.0), 100.0 * p.3));
            let band = Polygon::new(lower.chain(upper).collect::<Vec<_>>(), style.colour.mix(0.14));
            chart.draw_series([band]).map_err(drawing)?;
        }
        for (n, curve) in self.curves.iter().enumerate() {
            let line = curve.points.iter().map(|p| (x(p.0), 100.0 * p.1));
            let style = theme.stroke(n);
            if let Some((dash, gap)) = theme.curves[n].dashes {
                let line = DashedLineSeries::new(line, units(dash), units(gap), style);
                chart.draw_series(line).map_err(drawing)?;
            } else {
                chart.draw_series(LineSeries::new(line, style)).map_err(drawing)?;
            }
        }
        let inside = chart.plotting_area();
        let mut dates: Vec<_> = dates().collect();
        dates.sort();
        dates.dedup();
        let places: Vec<_> =
            dates.iter().map(|&date| inside.map_coordinate(&(x(date), 0.0)).0).collect();
        let (x, y) = inside.get_pixel_range();
        let corners = ((x.start, y.start), (x.end, y.end));
        spots.strips(corners, &places, |n| self.values(dates[n]));
        let end = (f64::from(x.end - area.get_base_pixel().0) / UNIT, top);
        self.names(area, end, theme)
    }

    /// What is shown where a date is pointed at.
    fn values(&self, date: Date) -> String {
        let mut text = date.to_string();
        for curve in &self.curves {
            let point = curve.points.iter().find(|point| point.0 == date);
            text.extend(point.map(|point| format!("\n{}: {}", curve.name, said(point))));
        }
        text
    }

    /// Names at the right end of the curves, moved apart where they would overlap.
    fn names(
        &self,
        area: &Area<'_>,
        (end, top): (f64, f64),
        theme: &Theme,
    ) -> Result<(), ChartError> {
        let left = WIDTH - MARGIN - NAMES + SAMPLE + 6.0;
        let y = |p: f64| TOP + (1.0 - p / top) * (HEIGHT - TOP - BOTTOM);
        let room = HEIGHT - BOTTOM + 8.0;
        let mut names: Vec<_> =
            self.curves.iter().map(|c| wrap(&c.name, LABEL, false, NAMES - SAMPLE - 6.0)).collect();
        let lines: usize = names.iter().map(Vec::len).sum();
        if lines as f64 * LINE + names.len() as f64 * 4.0 > room {
            let one = |c: &Curve| vec![shorten(&c.name, LABEL, false, NAMES - SAMPLE - 6.0)];
            names = self.curves.iter().map(one).collect();
        }
        let wanted: Vec<_> =
            self.curves.iter().map(|c| y(c.points[c.points.len() - 1].1)).collect();
        let heights: Vec<_> = names.iter().map(|lines| lines.len() as f64 * LINE + 4.0).collect();
        let placed = apart(&wanted, &heights, 0.0, room);
        for (n, (lines, centre)) in names.iter().zip(placed).enumerate() {
            // From the end of the curve to its name, in the curve's own line.
            let path =
                [at(end, wanted[n]), at(left - SAMPLE / 2.0, centre), at(left - 5.0, centre)];
            line(area, &path, theme, n)?;
            let first = centre - (lines.len() as f64 - 1.0) * LINE / 2.0;
            for (n, text) in lines.iter().enumerate() {
                let place = at(left, first + n as f64 * LINE);
                area.draw_text(text, &style(LABEL, false, theme.ink), place).map_err(drawing)?;
            }
        }
        Ok(())
    }
}

/// Centres of labels as near as possible to those wanted, so that none overlap and all lie
/// between `top` and `bottom`.
fn apart(wanted: &[f64], heights: &[f64], top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<_> = (0..wanted.len()).collect();
    order.sort_by(|&a, &b| wanted[a].total_cmp(&wanted[b]));
    let mut placed = wanted.to_vec();
    let mut free = top;
    for &n in &order {
        placed[n] = placed[n].max(free + heights[n] / 2.0);
        free = placed[n] + heights[n] / 2.0;
    }
    let mut free = bottom;
    for &n in order.iter().rev() {
        placed[n] = placed[n].min(free - heights[n] / 2.0);
        free = placed[n] - heights[n] / 2.0;
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::{apart, series};
    use crate::analysis::Results;
    use crate::engine::ensemble::{Plan, run};

    #[test]
    fn outcomes_without_a_curve_are_counted_and_those_that_never_came() {
        let subtitle = |drawn: &str| {
            let text = format!(
                "title = \"t\"\n[run]\nstart = 2000-01-01\nend = 2001-01-01\nstep = \"quarter\"\nseed = 1\n\
                 [states]\nXAA = {{ capability = 0.1, isolation = 0.5 }}\n\
                 XBB = {{ capability = 0.1, isolation = 0.5 }}\n\
                 [dyads]\ndefault = {{ distance_km = 9000, alignment = 0 }}\n\
                 [events.e]\ndate = 2000-03-01\nactions = [{{ shift_isolation = \"XAA\", by = 0.1 }}]\n\
                 [outcomes.came]\never = \"fired('e')\"\n\
                 [outcomes.never]\never = \"isolation(XAA) > 0.999\"\n\
                 [outcomes.neither]\never = \"isolation(XBB) > 0.999\"\n\
                 [charts]\nfirst_dates = [{drawn}]\n"
            );
            let setup = crate::scenario::parse(&text, None).expect("the scenario is right");
            let tally = run(&setup, Plan::new(4), &|_| {}).expect("it runs");
            series(&setup, &Results::new(&setup, &tally)).expect("it has curves").heading.subtitle
        };
        let told = subtitle("\"never\"");
        assert!(
            told.ends_with(
                "estimate. 2 more left out, 1 of which came in no trial: first_dates.csv has all."
            ),
            "{told}"
        );
        let told = subtitle("\"came\"");
        assert!(told.contains("2 more left out, none of which came in any trial: first"), "{told}");
        assert!(told.contains("Asterisk: written down by the scenario"), "{told}");
        let told = subtitle("\"came\", \"never\", \"neither\"");
        assert!(!told.contains("left out"), "{told}");
    }

    #[test]
    fn labels_are_moved_apart_and_stay_inside() {
        let wanted = [100.0, 101.0, 99.0, 5.0, 398.0];
        let heights = [16.0, 32.0, 16.0, 16.0, 16.0];
        let placed = apart(&wanted, &heights, 0.0, 400.0);
        let mut boxes: Vec<_> =
            placed.iter().zip(heights).map(|(c, h)| (c - h / 2.0, c + h / 2.0)).collect();
        boxes.sort_by(|a, b| a.0.total_cmp(&b.0));
        assert!(boxes[0].0 >= 0.0 && boxes[4].1 <= 400.0);
        assert!(boxes.windows(2).all(|pair| pair[0].1 <= pair[1].0 + 1e-9), "{boxes:?}");
    }
}
