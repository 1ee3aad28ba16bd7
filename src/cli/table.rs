//! The tables of outcomes and measures on the terminal.

use crate::analysis::outcomes::Row;
use crate::analysis::wording::numbers::percents;
use crate::analysis::{measures, variance};
use crate::cli::bar::bar;

/// Widest title shown whole: in a table that also says what uncertain numbers explain, and without.
const TITLE: [usize; 2] = [51, 57];
/// Length of the bars in such tables.
const BAR: [usize; 2] = [8, 10];
const MEASURE: [usize; 2] = [38, 48];

/// From which distance of its ends from its middle on an interval is shown, not the share in it.
const VAGUE: f64 = 0.1;

/// What is said under tables with a column of what uncertain numbers explain.
pub const NUMBERS: &str = "numbers: what the scenario's uncertain numbers explain of the variance over \
                           trials;\nthe rest is chance (docs/variance.md)\n\n";

/// Outcomes with probability, as a bar too, and interval, and what uncertain numbers explain of each
/// if there are any, in at most a hundred columns.
pub fn outcomes(rows: &[Row], shares: &[variance::Row], coloured: bool) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let longest = rows.iter().map(|row| row.title.chars().count()).max().unwrap_or(0);
    let kind = usize::from(shares.is_empty());
    let (title, cells) = (longest.clamp(20, TITLE[kind]), BAR[kind]);
    let mut text = format!("{:title$}  {:>8}  {:cells$}  ", "outcome", "share", "");
    text += &ended("95 % interval", "numbers", shares);
    for row in rows {
        let [p, low, high] = percents([row.probability, row.low, row.high]);
        let name = clipped(&row.title, title);
        let bar = bar((row.low, row.high), cells, coloured);
        text += &format!("{name:title$}  {p:>6} %  {bar}  ");
        let fixed = if row.is_written_down() { " *" } else { "" };
        let interval = format!("{low} to {high} %{fixed}");
        text += &ended(&interval, &share(&row.outcome, shares), shares);
    }
    if rows.iter().any(Row::is_written_down) {
        text += "* written down by the scenario: its own events answer this, with every process still\n";
    }
    text.push('\n');
    text
}

/// Measures with mean and quantiles, and what uncertain numbers explain of each if there are any, in
/// at most a hundred columns.
pub fn measures(rows: &[measures::Row], shares: &[variance::Row]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let longest = rows.iter().map(|row| row.title.chars().count()).max().unwrap_or(0);
    let title = longest.clamp(20, MEASURE[usize::from(shares.is_empty())]);
    let mut text =
        format!("{:title$}  {:>9}  {:>8}  {:>9}  ", "measure", "mean", "± 95 %", "median");
    text += &ended("5 to 95 %", "numbers", shares);
    for row in rows {
        let shown = |value: Option<f64>| value.map_or("none".to_owned(), figure);
        let name = clipped(&row.title, title);
        text += &format!(
            "{name:title$}  {:>9}  {:>8}  {:>9}  ",
            shown(row.mean),
            // A single number has no spread to tell an error by.
            shown(row.se.filter(|_| row.n - row.missing > 1).map(|se| 1.96 * se)),
            shown(row.q50),
        );
        let quantiles = format!("{} to {}", shown(row.q05), shown(row.q95));
        text += &ended(&quantiles, &share(&row.outcome, shares), shares);
    }
    text.push('\n');
    text
}

/// The end of a line: a last column, and one more if there is something to be said in it.
fn ended(last: &str, numbers: &str, shares: &[variance::Row]) -> String {
    if shares.is_empty() {
        return format!("{last}\n");
    }
    format!("{last:18}  {numbers:>7}").trim_end().to_owned() + "\n"
}

/// What uncertain numbers explain of an outcome: a share if it is known to some ten points, else its
/// interval.
fn share(outcome: &str, shares: &[variance::Row]) -> String {
    let row = shares.iter().find(|row| row.metric == "outcome" && row.subject == outcome);
    let Some((share, row)) = row.and_then(|row| Some((row.share?, row))) else {
        return String::new();
    };
    match row.low.zip(row.high) {
        Some((low, high)) if high - low <= 2.0 * VAGUE => {
            format!("{:.0} %", 100.0 * share.clamp(0.0, 1.0))
        }
        Some((low, high)) => format!("{:.0}-{:.0} %", 100.0 * low, 100.0 * high),
        None => String::new(),
    }
}

/// A number in four significant digits or so.
pub(super) fn figure(value: f64) -> String {
    match value.abs() {
        _ if value == value.trunc() && value.abs() < 1e7 => format!("{value:.0}"),
        size if size >= 1000.0 => format!("{value:.0}"),
        size if size >= 1.0 => format!("{value:.2}"),
        size if size >= 1e-4 => format!("{value:.4}"),
        _ => format!("{value:.1e}"),
    }
}

/// A title cut to a width.
pub(super) fn clipped(title: &str, width: usize) -> String {
    if title.chars().count() <= width {
        return title.to_owned();
    }
    title.chars().take(width - 1).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_and_long_titles_are_clipped() {
        let row = |title: &str, p| Row {
            outcome: "x".into(),
            title: title.into(),
            n: 100,
            yes: 9,
            probability: p,
            low: 0.048,
            high: 0.162,
            failed: 0,
            first_q05: None,
            first_q50: None,
            first_q95: None,
            scripted: 0.0,
        };
        let rows = [row("Russia–North Korea defence pact", 0.09), row(&"long ".repeat(30), 1.0)];
        insta::assert_snapshot!(outcomes(&rows, &[], false), @"
        outcome                                                       share              95 % interval
        Russia–North Korea defence pact                               9.0 %  ▒▒········  4.8 to 16.2 %
        long long long long long long long long long long long l…   100.0 %  ▒▒········  4.8 to 16.2 %
        ");
    }

    #[test]
    fn what_the_scenario_writes_down_has_an_asterisk() {
        let row = |title: &str, scripted| Row {
            outcome: "x".into(),
            title: title.into(),
            n: 100,
            yes: 96,
            probability: 0.96,
            low: 0.9,
            high: 0.984,
            failed: 0,
            first_q05: None,
            first_q50: None,
            first_q95: None,
            scripted,
        };
        let rows = [row("Signed", 1.0), row("Sometimes signed", 0.3)];
        insta::assert_snapshot!(outcomes(&rows, &[], false), @"
        outcome                  share              95 % interval
        Signed                  96.0 %  █████████▒  90.0 to 98.4 % *
        Sometimes signed        96.0 %  █████████▒  90.0 to 98.4 %
        * written down by the scenario: its own events answer this, with every process still
        ");
    }

    #[test]
    fn what_numbers_explain_is_a_share_or_an_interval() {
        let split = |subject: &str, share, low, high| variance::Row {
            metric: "outcome".to_owned(),
            subject: subject.into(),
            date: None,
            pairs: 100,
            variance: Some(0.1),
            numbers: None,
            chance: None,
            share,
            low,
            high,
        };
        let shares = [
            split("known", Some(0.234), Some(0.17), Some(0.29)),
            split("none", Some(-0.01), Some(0.0), Some(0.02)),
            split("vague", Some(0.3), Some(0.051), Some(0.6)),
            split("constant", None, None, None),
        ];
        let row = |name: &str, least: f64| measures::Row {
            outcome: name.into(),
            title: format!("{name} {}", "and so on ".repeat(6)),
            n: 9,
            missing: 0,
            mean: Some(-1234.5),
            se: Some(1.25),
            sd: Some(3.0),
            least: Some(least),
            q05: Some(-123_456.7),
            q25: None,
            q50: Some(-0.01234),
            q75: None,
            q95: Some(1e-9),
            greatest: None,
            failed: 0,
        };
        let rows = ["known", "none", "vague", "constant", "unknown"].map(|name| row(name, 0.0));
        let text = measures(&rows, &shares);
        assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
        insta::assert_snapshot!(text, @"
        measure                                      mean    ± 95 %     median  5 to 95 %           numbers
        known and so on and so on and so on a…      -1234      2.45    -0.0123  -123457 to 1.0e-9      23 %
        none and so on and so on and so on an…      -1234      2.45    -0.0123  -123457 to 1.0e-9       0 %
        vague and so on and so on and so on a…      -1234      2.45    -0.0123  -123457 to 1.0e-9    5-60 %
        constant and so on and so on and so o…      -1234      2.45    -0.0123  -123457 to 1.0e-9
        unknown and so on and so on and so on…      -1234      2.45    -0.0123  -123457 to 1.0e-9
        ");
    }
}
