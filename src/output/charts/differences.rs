//! Differences of outcome probabilities, each with its interval.

use plotters::prelude::{Circle, PathElement, Polygon};
use plotters::style::Color;

use crate::analysis::comparison::Comparison;
use crate::output::charts::axis::numbers;
use crate::output::charts::canvas::{Area, Heading, drawing, sheet};
use crate::output::charts::text::{at, centred, right, shorten, style, width};
use crate::output::charts::theme::{LABEL, MARGIN, SMALL, Theme, WIDTH, units};
use crate::output::charts::{ChartError, Drawing, Kind, Of, Picture, Sheet, footer_of_comparison};

/// The chart.
pub const KIND: Kind = Kind {
    name: "differences",
    about: "difference of each outcome's probability from the base, with 95 % intervals",
    of: Of::Comparison(|compared| {
        let footer = footer_of_comparison(compared);
        Sheet::only(footer.and_then(|foot| series(compared.comparison, &compared.names[0], foot)))
    }),
};

/// The most lines on a sheet.
const MOST_LINES: usize = 60;
const TITLE_LINE: f64 = 24.0;
const VALUE_LINE: f64 = 22.0;
const GAP: f64 = 8.0;
const AXIS: f64 = 26.0;
/// The most room for the variants' names at the left, if there are several: the longest there may be
/// that leaves half of the sheet to the values.
const MOST_NAMES: f64 = 260.0;
/// Room for the numbers at the right.
const NUMBERS: f64 = 190.0;
/// The least span of the axis (percentage points): a flat difference should look flat.
const LEAST_SPAN: f64 = 0.4;
/// Of how many lines the alternative in words tells.
const MOST_TOLD: usize = 6;

/// The chart of differences.
#[derive(Clone, Debug, PartialEq)]
struct Differences {
    heading: Heading,
    alt: String,
    several: bool,
    groups: Vec<Group>,
    /// Ends of the axis (percentage points).
    range: (f64, f64),
}

/// An outcome.
#[derive(Clone, Debug, PartialEq)]
struct Group {
    title: String,
    lines: Vec<Line>,
}

/// A variant's difference in it (percentage points).
#[derive(Clone, Debug, PartialEq)]
struct Line {
    variant: String,
    n: u64,
    difference: f64,
    interval: (f64, f64),
    of_all: (f64, f64),
    /// Whether the scripts alone answer it differently: supposed, not found.
    settled: bool,
}

/// The outcomes that are yes or no, in the order of the scenario, each with all variants.
fn series(comparison: &Comparison, base: &str, footer: String) -> Option<Differences> {
    let mut groups: Vec<(String, Group)> = Vec::new();
    let mut lines = 0;
    let mut left_out = 0;
    for row in comparison.differences.iter().filter(|row| row.quantity == "probability") {
        let known = [row.difference, row.low, row.high, row.low_all, row.high_all];
        let [Some(difference), Some(low), Some(high), Some(low_all), Some(high_all)] =
            known.map(|value| value.map(|value| 100.0 * value))
        else {
            continue;
        };
        if lines == MOST_LINES {
            left_out += 1;
            continue;
        }
        lines += 1;
        let line = Line {
            variant: row.variant.clone(),
            n: row.n,
            difference,
            interval: (low, high),
            of_all: (low_all, high_all),
            settled: row.settled,
        };
        match groups.iter_mut().find(|(name, _)| *name == row.outcome) {
            Some((_, group)) => group.lines.push(line),
            None => groups
                .push((row.outcome.clone(), Group { title: row.title.clone(), lines: vec![line] })),
        }
    }
    let groups: Vec<_> = groups.into_iter().map(|(_, group)| group).collect();
    let variants: Vec<&str> = groups.first()?.lines.iter().map(|l| l.variant.as_str()).collect();
    let several = groups.iter().any(|group| group.lines.len() > 1);
    let who = if several { "each variant".to_owned() } else { variants[0].to_owned() };
    let more = match left_out {
        0 => String::new(),
        n => format!(" {n} more are in differences.csv."),
    };
    let all = || groups.iter().flat_map(|group| &group.lines);
    let settled = if all().any(|line| line.settled) {
        " Grey with an asterisk: the scripts alone answer it differently, so it is supposed and not found; it \
         does not set the scale, and an arrow says that it lies beyond."
    } else {
        ""
    };
    let heading = Heading {
        title: format!("What differs: {who} less {base}"),
        subtitle: format!(
            "Difference of the share of trials (percentage points), from pairs of trials with the same random \
             numbers. Bars: 95 % interval of each; thin lines: intervals that hold together at 95 %. Monte \
             Carlo error only.{settled}{more}"
        ),
        footer,
    };
    let range = range(&groups);
    let alt = format!(
        "{}: differences of the share of trials in percentage points, with 95 % intervals: {}.",
        heading.title,
        listed(&groups)
    );
    Some(Differences { heading, alt, several, groups, range })
}

/// The first differences in words.
fn listed(groups: &[Group]) -> String {
    let lines = groups.iter().flat_map(|group| group.lines.iter().map(move |line| (group, line)));
    let mut told: Vec<_> = lines
        .map(|(group, line)| {
            let [value, low, high] = line.numbers();
            let settled = if line.settled { ", settled by the scripts" } else { "" };
            format!("{} in {} {value} ({low} to {high}{settled})", group.title, line.variant)
        })
        .collect();
    if let Some(more @ 1..) = told.len().checked_sub(MOST_TOLD) {
        told.truncate(MOST_TOLD);
        told.push(format!("and {more} more"));
    }
    told.join("; ")
}

/// The ends of the axis: 0 is on it, and all intervals of what has been found, if anything has.
fn range(groups: &[Group]) -> (f64, f64) {
    let all = || groups.iter().flat_map(|group| &group.lines);
    let found = all().any(|line| !line.settled);
    let lines = all().filter(|line| !(found && line.settled));
    let (low, high) = lines.fold((0.0_f64, 0.0_f64), |(low, high), line| {
        (low.min(line.of_all.0), high.max(line.of_all.1))
    });
    let missing = (LEAST_SPAN - (high - low)).max(0.0) / 2.0;
    let margin = 0.04 * (high - low + 2.0 * missing);
    (low - missing - margin, high + missing + margin)
}

impl Picture for Differences {
    fn draw(&self, theme: &Theme) -> Result<Drawing, ChartError> {
        let group = |group: &Group| TITLE_LINE + GAP + group.lines.len() as f64 * VALUE_LINE;
        let height = self.groups.iter().map(group).sum::<f64>() + AXIS;
        sheet(&self.heading, self.alt.clone(), height, theme, |area, spots| {
            let left = MARGIN + 6.0 + self.names();
            let end = WIDTH - MARGIN - NUMBERS;
            let (low, high) = self.range;
            let x = |value: f64| left + (value - low) / (high - low) * (end - left);
            self.labels(area, &x, theme)?;
            let mut y = AXIS;
            for group in &self.groups {
                let title = shorten(&group.title, LABEL, true, WIDTH - 2.0 * MARGIN);
                y += TITLE_LINE / 2.0 + 2.0;
                area.draw_text(&title, &style(LABEL, true, theme.ink), at(MARGIN, y))
                    .map_err(drawing)?;
                y += TITLE_LINE / 2.0 - 2.0;
                // Through the values only, not through the titles.
                self.grid(area, &x, (y, y + group.lines.len() as f64 * VALUE_LINE), theme)?;
                for line in &group.lines {
                    let size = (WIDTH - 2.0 * MARGIN, VALUE_LINE);
                    spots.within(area, (MARGIN, y), size, line.values(&group.title));
                    y += VALUE_LINE / 2.0;
                    self.line(area, line, &x, (end, y), theme)?;
                    y += VALUE_LINE / 2.0;
                }
                y += GAP;
            }
            Ok(())
        })
    }
}

impl Differences {
    /// Room for the variants' names.
    fn names(&self) -> f64 {
        let lines = self.groups.iter().flat_map(|group| &group.lines).filter(|_| self.several);
        let widths = lines.map(|line| 14.0 + width(&line.variant, SMALL, false));
        widths.fold(0.0, f64::max).min(MOST_NAMES)
    }

    fn labels(
        &self,
        area: &Area<'_>,
        x: &dyn Fn(f64) -> f64,
        theme: &Theme,
    ) -> Result<(), ChartError> {
        let (ticks, decimals) = numbers(self.range.0, self.range.1, 5);
        for tick in ticks {
            let label = if is_zero(tick) { "0".to_owned() } else { format!("{tick:+.decimals$}") };
            area.draw_text(&label, &centred(&style(SMALL, false, theme.quiet)), at(x(tick), 10.0))
                .map_err(drawing)?;
        }
        Ok(())
    }

    fn grid(
        &self,
        area: &Area<'_>,
        x: &dyn Fn(f64) -> f64,
        (top, bottom): (f64, f64),
        theme: &Theme,
    ) -> Result<(), ChartError> {
        for tick in numbers(self.range.0, self.range.1, 5).0 {
            let colour = if is_zero(tick) { theme.quiet } else { theme.grid };
            let line = [at(x(tick), top), at(x(tick), bottom)];
            area.draw(&PathElement::new(line, colour.stroke_width(units(1.0) as u32)))
                .map_err(drawing)?;
        }
        Ok(())
    }

    fn line(
        &self,
        area: &Area<'_>,
        line: &Line,
        x: &dyn Fn(f64) -> f64,
        (end, y): (f64, f64),
        theme: &Theme,
    ) -> Result<(), ChartError> {
        if self.several {
            let name = shorten(&line.variant, SMALL, false, MOST_NAMES - 14.0);
            area.draw_text(&name, &style(SMALL, false, theme.ink), at(MARGIN + 6.0, y))
                .map_err(drawing)?;
        }
        let (first, last) = self.range;
        let span =
            |(low, high): (f64, f64)| [low, high].map(|value| at(x(value.clamp(first, last)), y));
        let colour = if line.settled { theme.quiet } else { theme.curves[0].colour };
        if (first..=last).contains(&line.difference) {
            let thin = colour.stroke_width(units(1.0) as u32);
            area.draw(&PathElement::new(span(line.of_all), thin)).map_err(drawing)?;
            let bar = colour.mix(0.55).stroke_width(units(6.0) as u32);
            area.draw(&PathElement::new(span(line.interval), bar)).map_err(drawing)?;
            area.draw(&Circle::new(at(x(line.difference), y), units(4.0), colour.filled()))
                .map_err(drawing)?;
        } else {
            // Towards where it lies.
            let (tip, back) =
                if line.difference < first { (x(first), 9.0) } else { (x(last), -9.0) };
            let corners = vec![at(tip, y), at(tip + back, y - 5.0), at(tip + back, y + 5.0)];
            area.draw(&Polygon::new(corners, colour.filled())).map_err(drawing)?;
        }
        let [value, low, high] = line.numbers();
        area.draw_text(&value, &right(&style(LABEL, true, theme.ink)), at(end + 64.0, y))
            .map_err(drawing)?;
        let interval = format!("{low} to {high}{}", if line.settled { " *" } else { "" });
        area.draw_text(&interval, &style(SMALL, false, theme.quiet), at(end + 74.0, y))
            .map_err(drawing)?;
        Ok(())
    }
}

impl Line {
    /// The difference and the ends of its interval, as people read them.
    fn numbers(&self) -> [String; 3] {
        [self.difference, self.interval.0, self.interval.1].map(|value| signed(value, 2))
    }

    /// What is shown where it is pointed at.
    fn values(&self, title: &str) -> String {
        let [value, low, high] = self.numbers();
        let [low_all, high_all] = [self.of_all.0, self.of_all.1].map(|value| signed(value, 2));
        let settled = if self.settled { "\nsettled by the scripts alone" } else { "" };
        format!(
            "{title}, {}\n{value} percentage points, from {} pairs\n95 % interval {low} to {high}\n\
             together with all others {low_all} to {high_all}{settled}",
            self.variant, self.n
        )
    }
}

fn is_zero(tick: f64) -> bool {
    tick.abs() < 1e-9
}

/// A number with its sign, and none if it is 0 in so many decimals.
fn signed(value: f64, decimals: usize) -> String {
    let text = format!("{value:+.decimals$}");
    if text.chars().any(|c| ('1'..='9').contains(&c)) {
        text
    } else {
        text.trim_start_matches(['+', '-']).to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{Group, Line, range, signed};

    #[test]
    fn what_is_settled_does_not_set_the_scale() {
        let line = |difference: f64, settled| {
            let interval = (difference - 1.0, difference + 1.0);
            Line { variant: "v".into(), n: 9, difference, interval, of_all: interval, settled }
        };
        let of = |lines| range(&[Group { title: "t".into(), lines }]);
        let (low, high) = of(vec![line(-90.0, true), line(-3.0, false)]);
        assert!((-4.5..-4.0).contains(&low) && (0.0..0.5).contains(&high), "{low} {high}");
        let (low, _) = of(vec![line(-90.0, true)]);
        assert!(low < -91.0, "alone it has to: {low}");
    }

    #[test]
    fn nothing_has_no_sign() {
        assert_eq!(
            [0.004, -0.004, 0.1, -2.0].map(|v| signed(v, 2)),
            ["0.00", "0.00", "+0.10", "-2.00"]
        );
    }
}
