//! The story of a single trial: what fired, why and what it changed, as dated text.

use jiff::civil::Date;

use crate::engine::record::Answer;
use crate::engine::trace::{Made, Moved, Occurrence, Trace};
use crate::model::change::Change;
use crate::model::ids::StateId;
use crate::model::process::Reasons;
use crate::model::processes::{events, pact, pact_end};
use crate::scenario::setup::Setup;

/// Tells the trial, an entry for each occurrence.
pub fn tell(setup: &Setup, trace: &Trace) -> String {
    if trace.occurrences.is_empty() {
        return "Nothing happened but the drift of scores.\n".to_owned();
    }
    trace.occurrences.iter().map(|occurrence| entry(setup, occurrence)).collect()
}

/// The answers to the scenario's outcomes, a line each.
pub fn answers(setup: &Setup, answers: &[Answer]) -> String {
    let lines = setup.outcomes.iter().zip(answers).map(|(outcome, answer)| {
        let yes = if answer.yes { "yes" } else { "no " };
        let first = answer.first_day.map(|day| format!(", first on {}", setup.calendar.date(day)));
        format!("{yes}  {}{}\n", outcome.title, first.unwrap_or_default())
    });
    lines.collect()
}

fn entry(setup: &Setup, occurrence: &Occurrence) -> String {
    let date = setup.calendar.date(occurrence.day);
    let mut text = format!("{}: {}\n", long(date), headline(setup, occurrence));
    if let Some(reasons) = &occurrence.reasons {
        text += &format!("    {}\n", why(reasons));
    }
    for made in &occurrence.effects {
        text += &format!("    {}\n", effect(setup, made));
        text.extend(made.moved.iter().map(|moved| format!("    {}\n", shift(setup, moved))));
    }
    text
}

fn long(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

fn headline(setup: &Setup, occurrence: &Occurrence) -> String {
    let subject = &occurrence.subject;
    if occurrence.kind == events::ABOUT.fires {
        format!("event {subject}")
    } else if occurrence.kind == pact::ABOUT.fires {
        let members = match occurrence.effects.first().map(|made| made.change) {
            Some(Change::Sign(id)) => names(setup, &setup.frame.treaties[id.index()].members),
            _ => subject.clone(),
        };
        format!("{members} sign a defence pact")
    } else if occurrence.kind == pact_end::ABOUT.fires {
        format!("treaty {subject} ends")
    } else {
        format!("{} {subject}", occurrence.kind)
    }
}

/// The hazard and, where it has log-odds, its terms from the heaviest down.
fn why(reasons: &Reasons) -> String {
    let mut text = format!("hazard {:.2} % a year", 100.0 * reasons.hazard);
    let contributions = reasons.terms.iter().filter_map(|term| term.contribution);
    let total: f64 = contributions.sum();
    if reasons.terms.iter().any(|term| term.contribution.is_some()) {
        text += &format!("; log-odds {total:.2}");
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
fn short(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 || value == value.trunc() => format!("{value:.0}"),
        size if size >= 0.1 => format!("{value:.2}"),
        _ => format!("{value:.4}"),
    }
}

fn effect(setup: &Setup, made: &Made) -> String {
    let frame = &setup.frame;
    let text = match made.change {
        Change::Sign(id) => {
            let treaty = &frame.treaties[id.index()];
            let obligations: Vec<_> = treaty.obligations.iter().map(|o| o.name()).collect();
            let bound = if obligations.is_empty() {
                "no obligation".into()
            } else {
                obligations.join(", ")
            };
            format!("treaty {} in force: {}; {bound}", treaty.name, names(setup, &treaty.members))
        }
        Change::Terminate(id) => format!("treaty {} out of force", frame.treaties[id.index()].name),
        Change::Impose(id) => format!("sanction {} imposed", frame.sanctions[id.index()].name),
        Change::Lift(id) => format!("sanction {} lifted", frame.sanctions[id.index()].name),
        Change::StartWar(id) => format!("war {} begins", frame.wars[id.index()].name),
        Change::EndWar(id) => format!("war {} ends", frame.wars[id.index()].name),
        Change::ShiftAlignment { lasting, .. } | Change::ShiftIsolation { lasting, .. } => {
            format!("{} shift", if lasting { "lasting" } else { "passing" })
        }
    };
    if made.effective { text } else { format!("{text} (already so)") }
}

fn shift(setup: &Setup, moved: &Moved) -> String {
    format!("{}: {:.4} to {:.4}", moved.score.name(&setup.frame), moved.from, moved.to)
}

/// Names in a list: `A and B`, `A, B and C`.
fn names(setup: &Setup, states: &[StateId]) -> String {
    let names: Vec<_> = states.iter().map(|s| setup.frame.names[s.index()].as_str()).collect();
    match names[..] {
        [] => String::new(),
        [one] => one.to_owned(),
        [ref most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
