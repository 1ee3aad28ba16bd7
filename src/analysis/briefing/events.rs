//! What can happen when.

use super::{day, deeds, entry, figure, listed, sentence};
use crate::model::event::{Condition, Event, Timing};
use crate::model::expression::Moments;
use crate::model::ids::EventId;
use crate::scenario::setup::Setup;
use crate::scenario::uncertainty::{Target, Uncertain};

/// The events: those with dates in their order, then those at a rate or on a condition.
pub fn text(setup: &Setup) -> String {
    let mut events: Vec<_> = setup.frame.events.iter().enumerate().collect();
    events.sort_by_key(|(_, event)| match event.timing {
        Timing::Day(day) | Timing::Window(day, _) => (0, day),
        Timing::Rate(_) => (1, 0),
        Timing::When(_) => (2, 0),
    });
    let told = events.into_iter().map(|(n, event)| {
        let id = EventId::new(n);
        let said = [timing(setup, id, event), terms(setup, id, event)];
        entry(&event.name, &said, &deeds::of(setup, id, event))
    });
    told.collect()
}

fn timing(setup: &Setup, id: EventId, event: &Event) -> String {
    match &event.timing {
        Timing::Day(on) => format!("On {}.", day(setup, *on)),
        Timing::Window(first, last) => format!(
            "On one day from {} to {}, all equally likely.",
            day(setup, *first),
            day(setup, *last)
        ),
        Timing::Rate(rate) => {
            let how = match drawn(setup, Target::Rate(id)) {
                Some(number) => format!("times a year on average: {}", uncertain(number)),
                None => often(*rate),
            };
            format!("At random, {how}.")
        }
        Timing::When(condition) => when(condition),
    }
}

/// How often something happens that happens so many times a year.
fn often(rate: f64) -> String {
    match rate {
        0.0 => "at a rate of 0: never".to_owned(),
        rate if rate < 1.0 => {
            format!("{} times a year on average (every {} years)", figure(rate), figure(1.0 / rate))
        }
        rate => format!("{} times a year on average", figure(rate)),
    }
}

fn when(condition: &Condition) -> String {
    let looked = match condition.moments {
        Moments::StepDates => "looked at on step dates",
        Moments::Firings | Moments::Changes => "looked at whenever something has happened",
    };
    format!("Each time this comes to hold, {looked}: {}.", flat(&condition.text))
}

/// An expression in one line.
pub fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn terms(setup: &Setup, id: EventId, event: &Event) -> String {
    let terms = &event.terms;
    let mut said = Vec::new();
    match drawn(setup, Target::Probability(id)) {
        Some(number) => said.push(format!("with a probability of {}", uncertain(number))),
        None if terms.probability < 1.0 => {
            said.push(format!("with a probability of {} %", figure(100.0 * terms.probability)));
        }
        None => {}
    }
    if terms.once {
        said.push("once at most".to_owned());
    }
    match drawn(setup, Target::Cooldown(id)) {
        Some(number) => said.push(format!("not again for years: {}", uncertain(number))),
        None if terms.cooldown > 0.0 => {
            said.push(format!("not again for {} years", figure(terms.cooldown)));
        }
        None => {}
    }
    if terms.from > i32::MIN {
        said.push(format!("not before {}", day(setup, terms.from)));
    }
    if terms.until < i32::MAX {
        said.push(format!("not after {}", day(setup, terms.until)));
    }
    let named = |ids: &[EventId]| -> Vec<String> {
        ids.iter().map(|id| setup.frame.events[id.index()].name.clone()).collect()
    };
    if !terms.requires.is_empty() {
        said.push(format!("only after {}", listed(&named(&terms.requires))));
    }
    if !terms.excludes.is_empty() {
        said.push(format!("not if {} has happened", named(&terms.excludes).join(" or ")));
    }
    if said.is_empty() { String::new() } else { sentence(&said.join(", ")) }
}

/// The uncertain number of a target, if it is uncertain.
pub fn drawn(setup: &Setup, target: Target) -> Option<&Uncertain> {
    setup.uncertainty.numbers.iter().find(|number| number.target == target)
}

/// An uncertain number with its distribution.
fn uncertain(number: &Uncertain) -> String {
    let median = number.distribution.quantile(0.5);
    format!("about {} (drawn from {})", figure(median), flat(&number.written))
}
