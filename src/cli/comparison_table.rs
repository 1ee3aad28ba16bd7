//! The tables of a comparison on the terminal.

use crate::analysis::comparison::{differences, partings};
use crate::cli::table::{clipped, figure};

/// Widest title shown whole.
const TITLE: usize = 46;

/// Differences with their intervals, in at most a hundred columns.
pub fn differences(rows: &[differences::Row], base: &str) -> String {
    let mut text = String::new();
    let mut variants: Vec<&str> = rows.iter().map(|row| row.variant.as_str()).collect();
    variants.dedup();
    for variant in variants {
        let rows: Vec<_> = rows.iter().filter(|row| row.variant == variant).collect();
        let longest = rows.iter().map(|row| row.title.chars().count()).max().unwrap_or(0);
        let title = longest.clamp(20, TITLE);
        let head = clipped(&format!("{variant} less {base}"), title);
        text += &format!(
            "{head:title$}  {:>9} {:>9} {:>10}  {}\n",
            "base", "variant", "difference", "95 % interval"
        );
        for row in &rows {
            let share = row.quantity == "probability";
            let shown = |value: Option<f64>, sign: bool| match value {
                None => "none".to_owned(),
                Some(value) if share && sign => format!("{:+.2}", 100.0 * value),
                Some(value) if share => format!("{:.2} %", 100.0 * value),
                Some(value) if sign && value > 0.0 => format!("+{}", figure(value)),
                Some(value) => figure(value),
            };
            text += &format!(
                "{:title$}  {:>9} {:>9} {:>10}  {} to {}{}{}\n",
                clipped(&row.title, title),
                shown(row.base, false),
                shown(row.value, false),
                shown(row.difference, true),
                shown(row.low, true),
                shown(row.high, true),
                if share { " points" } else { "" },
                if row.settled { " *" } else { "" }
            );
        }
        if rows.iter().any(|row| row.settled) {
            text += "* the scripts alone, before any process, answer this differently\n";
        }
        text.push('\n');
    }
    text
}

/// How often trials part, and the causes that part most.
pub fn partings(rows: &[partings::Row]) -> String {
    let mut text = String::new();
    let mut variants: Vec<&str> = rows.iter().map(|row| row.variant.as_str()).collect();
    variants.dedup();
    for variant in variants {
        let of = |level: &str| {
            rows.iter()
                .find(|row| row.variant == variant && row.level == level && row.kind.is_empty())
        };
        let share = |level: &str| {
            of(level).map_or(String::new(), |row| {
                format!(
                    "{:.1} % ({:.1} to {:.1})",
                    100.0 * row.share,
                    100.0 * row.low,
                    100.0 * row.high
                )
            })
        };
        text += &format!(
            "Pairs of {variant} and the base that part, with 95 % intervals\n  \
             in their story {}, in an answer {}",
            share("story"),
            share("answers")
        );
        if of("answers").map(|row| row.parted) != of("open answers").map(|row| row.parted) {
            text += &format!(",\n  in one without * {}", share("open answers"));
        }
        text.push('\n');
        let causes = rows
            .iter()
            .filter(|row| row.variant == variant && row.level == "story" && !row.kind.is_empty());
        for row in causes.take(3) {
            let date = row.date_q50.map(|date| format!(", median date {date}")).unwrap_or_default();
            text += &format!(
                "  first by {} {} in {}: {:.1} %{date}; see --trial {}\n",
                row.kind,
                row.subject,
                row.first_in,
                100.0 * row.share,
                row.trial.map(|trial| trial.to_string()).unwrap_or_default()
            );
        }
    }
    text
}
