//! The story of a single trial: what fired, why and what it changed, as dated text.

use jiff::civil::Date;

use crate::engine::record::Answer;
use crate::engine::trace::{Made, Moved, Occurrence, Trace};
use crate::model::change::Change;
use crate::model::process::{Chance, ROUTINE, Reasons, is_routine};
use crate::model::processes::events;
use crate::scenario::setup::{Question, Setup};

mod numbers;
pub(super) mod phrases;

pub use numbers::numbers;

/// Tells the trial, an entry for each occurrence, and counts what is left out as routine.
pub fn tell(setup: &Setup, trace: &Trace) -> String {
    let routine = |o: &&Occurrence| is_routine(o.channel.kind);
    let told = trace.occurrences.iter().filter(|o| !routine(o));
    let mut text: String = told.map(|occurrence| entry(setup, occurrence)).collect();
    if text.is_empty() {
        "Nothing happened but routine and the drift of scores.\n".clone_into(&mut text);
    }
    let count = |kind: &&str| trace.occurrences.iter().filter(|o| o.channel.kind == *kind).count();
    let left = ROUTINE.iter().map(|kind| (kind, count(kind))).filter(|(_, count)| *count > 0);
    let left: Vec<_> = left.map(|(kind, count)| format!("{count} x {kind}")).collect();
    if !left.is_empty() {
        text += &format!("\nLeft out as routine: {}.\n", left.join(", "));
    }
    text
}

/// Tells the trial with everything that happened.
pub fn tell_all(setup: &Setup, trace: &Trace) -> String {
    if trace.occurrences.is_empty() {
        return "Nothing happened but the drift of scores.\n".to_owned();
    }
    trace.occurrences.iter().map(|occurrence| entry(setup, occurrence)).collect()
}

/// The answers to the scenario's outcomes, a line each.
pub fn answers(setup: &Setup, answers: &[Answer]) -> String {
    let lines = setup.outcomes.iter().zip(answers).map(|(outcome, answer)| {
        let number = matches!(outcome.question, Question::Number { .. });
        let value = if answer.value.is_nan() { "none".to_owned() } else { short(answer.value) };
        if outcome.question.is_measure() {
            return format!("{value}  {}\n", outcome.title);
        }
        let yes = if answer.yes { "yes" } else { "no " };
        let first = answer.first_day.map(|day| format!(", first on {}", setup.calendar.date(day)));
        let value = if number { format!(" ({value})") } else { String::new() };
        format!("{yes}  {}{value}{}\n", outcome.title, first.unwrap_or_default())
    });
    lines.collect()
}

/// The occurrences in which a war begins or is joined, with all that follows.
pub fn wars(setup: &Setup, trace: &Trace) -> String {
    let begins = |made: &Made| {
        let war = matches!(
            made.change,
            Change::Attack(..) | Change::StartWar(_) | Change::Invoke(..) | Change::Join(..)
        );
        war && made.effective
    };
    let of_war = trace.occurrences.iter().filter(|o| o.effects.iter().any(begins));
    let told: String = of_war.map(|occurrence| entry(setup, occurrence)).collect();
    if told.is_empty() { "No war began.\n".to_owned() } else { told }
}

/// An occurrence with its reasons, what it changed and what followed.
pub(super) fn entry(setup: &Setup, occurrence: &Occurrence) -> String {
    let date = setup.calendar.date(occurrence.day);
    let is_event = occurrence.channel.kind == events::KIND;
    let mut effects = occurrence.effects.iter();
    let mut text = String::new();
    // What a process does is its first change; an event has a name and a list of them.
    let own = if is_event { None } else { effects.next() };
    let headline = match own {
        Some(made) => phrases::of(setup, made),
        None => format!("event {}", occurrence.channel.subject),
    };
    text += &format!("{}: {headline}\n", long(date));
    if let Some(reasons) = &occurrence.reasons {
        text += &format!("    {}\n", why(reasons));
    }
    if let Some(made) = own {
        text.extend(made.moved.iter().map(|moved| format!("    {}\n", shift(setup, moved))));
    }
    let base = u32::from(own.is_some());
    for made in effects.filter(|made| !phrases::silent(made)) {
        // Deep chains stay readable: beyond six steps the indent grows no more.
        let depth = (made.depth.saturating_sub(base) + 1).min(6);
        let indent = "    ".repeat(depth as usize);
        text += &format!("{indent}{}\n", phrases::of(setup, made));
        if let Some(reasons) = &made.reasons {
            text += &format!("{indent}    {}\n", why(reasons));
        }
        let moved = made.moved.iter();
        text.extend(moved.map(|moved| format!("{indent}    {}\n", shift(setup, moved))));
    }
    text
}

pub(super) fn long(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// How likely it was and, where it has log-odds, its terms from the heaviest down.
fn why(reasons: &Reasons) -> String {
    let mut text = match reasons.chance {
        Chance::Hazard(hazard) => format!("hazard {:.2} % a year", 100.0 * hazard),
        Chance::Probability(p) => format!("probability {:.1} %", 100.0 * p),
        Chance::Honour(h) => format!("probability of keeping its word {:.1} %", 100.0 * h),
    };
    let contributions = reasons.terms.iter().filter_map(|term| term.contribution);
    let total: f64 = contributions.sum();
    if reasons.terms.iter().any(|term| term.contribution.is_some()) {
        text += &format!("; terms sum to {total:.2}");
    }
    let mut terms = reasons.terms.clone();
    let weight = |c: Option<f64>| c.map_or(0.0, f64::abs);
    terms.sort_by(|a, b| weight(b.contribution).total_cmp(&weight(a.contribution)));
    let said: Vec<_> = terms
        .iter()
        .filter(|term| term.contribution != Some(0.0))
        .map(|term| match term.contribution {
            _ if term.what == "constant" => {
                format!("constant {:+.2}", term.contribution.unwrap_or_default())
            }
            Some(c) => format!("{} {} ({c:+.2})", term.what, short(term.value)),
            None => format!("{} {}", term.what, short(term.value)),
        })
        .collect();
    if !said.is_empty() {
        text += &format!(": {}", said.join(", "));
    }
    text
}

/// A number in three significant digits or so.
pub(super) fn short(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 || value == value.trunc() => format!("{value:.0}"),
        size if size >= 0.1 => format!("{value:.2}"),
        _ => format!("{value:.4}"),
    }
}

fn shift(setup: &Setup, moved: &Moved) -> String {
    format!("{}: {:.4} to {:.4}", moved.score.name(&setup.frame), moved.from, moved.to)
}
