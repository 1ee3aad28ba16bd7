//! The tables of outcomes and measures on the terminal.

use crate::analysis::measures;
use crate::analysis::outcomes::Row;

/// Widest title shown whole.
const TITLE: usize = 64;
const MEASURE: usize = 48;

/// Outcomes with probability and interval, in at most a hundred columns.
pub fn outcomes(rows: &[Row]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let longest = rows.iter().map(|row| row.title.chars().count()).max().unwrap_or(0);
    let title = longest.clamp(20, TITLE);
    let mut text = format!("{:title$}  {:>8}  {}\n", "outcome", "share", "95 % interval");
    for row in rows {
        let (p, low, high) = (100.0 * row.probability, 100.0 * row.low, 100.0 * row.high);
        let name = clipped(&row.title, title);
        text += &format!("{name:title$}  {p:>6.2} %  {low:.2} to {high:.2} %\n");
    }
    text.push('\n');
    text
}

/// Measures with mean and quantiles, in at most a hundred columns.
pub fn measures(rows: &[measures::Row]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let longest = rows.iter().map(|row| row.title.chars().count()).max().unwrap_or(0);
    let title = longest.clamp(20, MEASURE);
    let mut text = format!(
        "{:title$}  {:>9}  {:>8}  {:>9}  {}\n",
        "measure", "mean", "± 95 %", "median", "5 to 95 %"
    );
    for row in rows {
        let shown = |value: Option<f64>| value.map_or("none".to_owned(), figure);
        let name = clipped(&row.title, title);
        text += &format!(
            "{name:title$}  {:>9}  {:>8}  {:>9}  {} to {}\n",
            shown(row.mean),
            shown(row.se.map(|se| 1.96 * se)),
            shown(row.q50),
            shown(row.q05),
            shown(row.q95)
        );
    }
    text.push('\n');
    text
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
        };
        let rows = [row("Russia–North Korea defence pact", 0.09), row(&"long ".repeat(30), 1.0)];
        insta::assert_snapshot!(outcomes(&rows), @"
        outcome                                                              share  95 % interval
        Russia–North Korea defence pact                                     9.00 %  4.80 to 16.20 %
        long long long long long long long long long long long long lon…  100.00 %  4.80 to 16.20 %
        ");
    }
}
