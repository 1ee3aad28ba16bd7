//! Differences of outcome probabilities, each with its interval.

use crate::analysis::comparison::Comparison;
use crate::output::charts::canvas::Heading;
use crate::output::charts::{Kind, Of, Sheet, footer_of_comparison};

mod picture;

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
    /// Whether the scenarios by themselves answer it differently: supposed, not found.
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
        " Grey with an asterisk: fixed by the scenarios, so it is supposed and not found; it does not set the \
         scale, and an arrow says that it lies beyond."
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
            let settled = if line.settled { ", fixed by the scenarios" } else { "" };
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

impl Line {
    /// The difference and the ends of its interval, as people read them.
    fn numbers(&self) -> [String; 3] {
        [self.difference, self.interval.0, self.interval.1].map(|value| signed(value, 2))
    }
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
