//! The tables of a comparison on the terminal.

use crate::analysis::comparison::{differences, partings};
use crate::analysis::wording::dates::Fineness;
use crate::cli::table::clipped;
use crate::scenario::prose::wrapped_to;

/// The widest line.
const WIDTH: usize = 100;

/// The least room for titles.
const LEAST_TITLE: usize = 20;

/// The heads of the columns between title and interval.
const HEADS: [&str; 3] = ["base", "variant", "difference"];

/// A row as it is shown.
struct Shown {
    title: String,
    /// In the base, in the variant, and the difference.
    cells: [String; 3],
    interval: String,
}

/// Differences with their intervals, in at most a hundred columns.
pub fn differences(rows: &[differences::Row], base: &str) -> String {
    let mut text = String::new();
    let mut variants: Vec<&str> = rows.iter().map(|row| row.variant.as_str()).collect();
    variants.dedup();
    for variant in variants {
        let rows: Vec<_> = rows.iter().filter(|row| row.variant == variant).collect();
        text += &table(&format!("{variant} less {base}"), rows.iter().map(|row| shown(row)));
        if rows.iter().any(|row| row.settled) {
            text += "* fixed by the scenarios: before any process they answer this differently\n";
        }
        text.push('\n');
    }
    text
}

/// The lines of a table. Titles that are too long for their column are broken.
fn table(head: &str, rows: impl Iterator<Item = Shown>) -> String {
    let rows: Vec<_> = rows.collect();
    let columns = |text: &str| text.chars().count();
    let cells: [usize; 3] = std::array::from_fn(|n| {
        let longest = rows.iter().map(|row| columns(&row.cells[n])).max().unwrap_or(0);
        longest.max(columns(HEADS[n]))
    });
    let interval = rows.iter().map(|row| columns(&row.interval)).max().unwrap_or(0).max(13);
    let taken = cells.iter().map(|width| width + 2).sum::<usize>() + 2 + interval;
    let room = WIDTH.saturating_sub(taken).max(LEAST_TITLE);
    let longest = rows.iter().map(|row| columns(&row.title)).max().unwrap_or(0);
    let title = longest.max(columns(head)).clamp(LEAST_TITLE, room);
    let line = |first: &str, three: [&str; 3], last: &str| {
        let three = std::array::from_fn::<_, 3, _>(|n| format!("  {:>1$}", three[n], cells[n]));
        format!("{first:title$}{}  {last}\n", three.concat())
    };
    // The name of a variant is never cut: it may stand in a line of its own.
    let mut text = match columns(head) <= title {
        true => line(head, HEADS, "95 % interval"),
        false => format!("{head}\n{}", line("", HEADS, "95 % interval")),
    };
    for row in &rows {
        // Lines after the first stand two columns to the right.
        let broken = wrapped_to(title - 2, "", &row.title);
        let mut lines = broken.lines();
        let first = lines.next().unwrap_or_default();
        text +=
            &line(&clipped(first, title), row.cells.each_ref().map(String::as_str), &row.interval);
        text.extend(lines.map(|more| format!("  {}\n", clipped(more, title - 2))));
    }
    text
}

fn shown(row: &differences::Row) -> Shown {
    let share = row.quantity == "probability";
    let decimals = if share { 2 } else { decimals(row) };
    let unit = if share { 100.0 } else { 1.0 };
    let plain = |value: Option<f64>| match value {
        None => "none".to_owned(),
        Some(value) => {
            format!("{:.decimals$}{}", unit * value, if share { " %" } else { "" })
        }
    };
    let interval = match (row.difference, row.low, row.high) {
        (_, Some(low), Some(high)) => {
            let [low, high] = [low, high].map(|end| signed(unit * end, decimals));
            format!("{low} to {high}{}", if share { " points" } else { "" })
        }
        (None, ..) => "none".to_owned(),
        (Some(0.0), ..) => "no pair differs".to_owned(),
        _ => "the same in every pair".to_owned(),
    };
    let difference = row.difference.map(|value| signed(unit * value, decimals));
    Shown {
        title: row.title.clone(),
        cells: [plain(row.base), plain(row.value), difference.unwrap_or("none".to_owned())],
        interval: interval + if row.settled { " *" } else { "" },
    }
}

/// The decimals of a mean, the same in its whole row: two digits of half the width of its interval.
fn decimals(row: &differences::Row) -> usize {
    let half = row.low.zip(row.high).map_or(0.0, |(low, high)| (high - low) / 2.0);
    if half > 0.0 {
        // From 0 to 9, as the tables have.
        return (1.0 - half.log10().floor()).clamp(0.0, 9.0) as usize;
    }
    let values = [row.base, row.value, row.difference];
    if values.iter().flatten().all(|value| value.fract() == 0.0) { 0 } else { 4 }
}

/// A number with its sign, and none if it is 0 in so many decimals.
fn signed(value: f64, decimals: usize) -> String {
    let text = format!("{value:+.decimals$}");
    if text.contains(|c: char| ('1'..='9').contains(&c)) {
        return text;
    }
    text.trim_start_matches(['+', '-']).to_owned()
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
            let quantiles = row.date_q05.zip(row.date_q95);
            let fineness = Fineness::of_median(quantiles, row.parted);
            let date = row.date_q50.map(|date| format!(", median date {}", fineness.short(date)));
            let date = date.unwrap_or_default();
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

#[cfg(test)]
mod tests {
    use super::*;

    fn row(
        title: &str,
        quantity: &'static str,
        [base, value, difference]: [f64; 3],
    ) -> differences::Row {
        differences::Row {
            variant: "a-variant-with-a-name-that-does-not-fit-into-the-column-of-titles".into(),
            outcome: "x".into(),
            title: title.into(),
            quantity: quantity.to_owned(),
            n: 100,
            missing: 0,
            base: Some(base),
            value: Some(value),
            difference: Some(difference),
            se: None,
            low: None,
            high: None,
            low_all: None,
            high_all: None,
            base_only: None,
            variant_only: None,
            relative_risk: None,
            relative_low: None,
            relative_high: None,
            variance_reduction: None,
            settled: false,
        }
    }

    #[test]
    fn no_name_is_cut_and_a_row_has_one_format() {
        let known = |row: differences::Row, low: f64, high: f64| differences::Row {
            low: Some(low),
            high: Some(high),
            ..row
        };
        let long = "The share of allies that keep their word to whoever is attacked, by the end of the year";
        let rows = [
            known(row(long, "probability", [0.5, 0.25, -0.25]), -0.31, -0.19),
            differences::Row {
                settled: true,
                ..known(row("Bound", "probability", [1.0, 0.0, -1.0]), -1.0, -0.97)
            },
            known(row("Isolation", "mean", [0.630_6, 0.635_7, 0.005_071]), 0.005_016, 0.005_126),
            known(row("Warnings", "mean", [1141.3, 1084.1, -57.2]), -57.5, -56.9),
            known(row("Nothing much", "mean", [0.5, 0.5, 0.0]), -0.001, 0.001),
            row("Wars", "mean", [3.0, 3.0, 0.0]),
            row("Moved alike", "mean", [0.25, 0.35, 0.1]),
            known(row("No sign of nothing", "probability", [0.1, 0.1, 0.0]), -0.000_02, 0.0003),
        ];
        let text = differences(&rows, "base");
        assert!(text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        insta::assert_snapshot!(text, @"
        a-variant-with-a-name-that-does-not-fit-into-the-column-of-titles less base
                                                      base   variant  difference  95 % interval
        The share of allies that keep their        50.00 %   25.00 %      -25.00  -31.00 to -19.00 points
          word to whoever is attacked, by the
          end of the year
        Bound                                     100.00 %    0.00 %     -100.00  -100.00 to -97.00 points *
        Isolation                                 0.630600  0.635700   +0.005071  +0.005016 to +0.005126
        Warnings                                   1141.30   1084.10      -57.20  -57.50 to -56.90
        Nothing much                                0.5000    0.5000      0.0000  -0.0010 to +0.0010
        Wars                                             3         3           0  no pair differs
        Moved alike                                 0.2500    0.3500     +0.1000  the same in every pair
        No sign of nothing                         10.00 %   10.00 %        0.00  0.00 to +0.03 points
        * fixed by the scenarios: before any process they answer this differently
        ");
    }
}
