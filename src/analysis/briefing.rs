//! What a scenario means, in words: who there is, what binds and divides them, what can happen when,
//! what is uncertain, what is asked.

use crate::scenario::gather::Variant;
use crate::scenario::prose::wrapped;
use crate::scenario::setup::Setup;
use crate::scenario::stopping::Stopping;

mod agreements;
mod deeds;
mod events;
mod model;
mod questions;
mod states;
mod uncertain;
mod variants;

/// The scenario in words, in lines of 80 columns.
pub fn briefing(setup: &Setup, variants: &[Variant]) -> String {
    let mut text = head(setup);
    for (title, chapter) in [
        ("States", states::text(setup)),
        ("Treaties", agreements::treaties(setup)),
        ("Sanctions", agreements::sanctions(setup)),
        ("Wars", agreements::wars(setup)),
        ("What can happen", events::text(setup)),
        ("What is uncertain", uncertain::text(setup)),
        ("What is asked", questions::text(setup)),
        ("How the world behaves", model::text(setup)),
        ("Variants", variants::text(setup, variants)),
    ] {
        if !chapter.is_empty() {
            text += &format!("\n{title}\n\n{chapter}");
        }
    }
    text
}

fn head(setup: &Setup) -> String {
    let calendar = &setup.calendar;
    let mut text = wrapped("", &setup.heading());
    if let Some(question) = &setup.question {
        text += &format!("\n{}", wrapped("  ", question));
    }
    let run = format!(
        "From {} to {} in {} steps, each a {}; {}, seed {}.",
        day(setup, 0),
        long(calendar.end()),
        calendar.dates().len() - 1,
        calendar.step().name(),
        trials(setup),
        setup.seed
    );
    text += &format!("\n{}", wrapped("  ", &run));
    if !setup.set.is_empty() {
        text += &wrapped("  ", &format!("Changed on the command line: {}.", setup.set.join(", ")));
    }
    text
}

/// How many trials, or until when.
fn trials(setup: &Setup) -> String {
    match &setup.stopping {
        None => format!("{} trials", setup.trials),
        Some(Stopping { rule, .. }) => {
            format!("at most {} trials, until {rule}", setup.trials)
        }
    }
}

/// An entry under its name: sentences, then lines of a list.
fn entry(name: &str, sentences: &[String], list: &[String]) -> String {
    let mut text = format!("  {name}\n");
    let said: Vec<_> = sentences.iter().map(String::as_str).filter(|s| !s.is_empty()).collect();
    if !said.is_empty() {
        text += &wrapped("      ", &said.join(" "));
    }
    text.extend(list.iter().map(|line| wrapped("      - ", line)));
    text
}

/// A day of the run, counted from its start, as a date.
fn day(setup: &Setup, day: i32) -> String {
    long(setup.calendar.date(day))
}

fn long(date: jiff::civil::Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// A number in three significant digits, or more where it is whole.
fn figure(x: f64) -> String {
    if x == x.trunc() && x.abs() < 1e9 {
        return format!("{x:.0}");
    }
    let size = x.abs().log10().floor();
    if !(-5.0..9.0).contains(&size) {
        return format!("{x:.2e}");
    }
    // From 0 to 8: it fits.
    let digits = (2.0 - size).clamp(0.0, 8.0) as usize;
    let text = format!("{x:.digits$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// Words in a list: `A and B`, `A, B and C`.
fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The first letter large, a full stop at the end.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    let end = if text.ends_with(['.', '?', '!', ':']) { "" } else { "." };
    format!("{first}{}{end}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_short() {
        let shown = [0.0, 1.0, -0.5, 0.12345, 1234.5, 1e-7, 0.000_123_4, 66.66, 10_000.0, -2.0];
        assert_eq!(
            shown.map(figure),
            ["0", "1", "-0.5", "0.123", "1234", "1.00e-7", "0.000123", "66.7", "10000", "-2"]
        );
    }

    #[test]
    fn lists_and_sentences() {
        let words = |n: usize| (0..n).map(|n| n.to_string()).collect::<Vec<_>>();
        assert_eq!([0, 1, 2, 3].map(|n| listed(&words(n))), ["", "0", "0 and 1", "0, 1 and 2"]);
        assert_eq!(sentence("été"), "Été.");
        assert_eq!(sentence("who?"), "Who?");
    }
}
