//! The table of outcomes on the terminal.

use crate::analysis::outcomes::Row;

/// Widest title shown whole.
const TITLE: usize = 64;

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

fn clipped(title: &str, width: usize) -> String {
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
