//! `detente check`: is this scenario right?

use std::io::{self, Write};

use clap::Args;

use crate::cli::Failure;
use crate::cli::chosen::Chosen;
use crate::model::event::Timing;
use crate::model::ids::{SanctionId, TreatyId};
use crate::scenario::Loaded;
use crate::scenario::prose::wrapped;
use crate::scenario::setup::Setup;

/// Validate a scenario without running it.
///
/// Reads the whole scenario with all its variants and reports every problem at once, each with its
/// place, the rule and a cure. Says what the scenario contains, its variants by name and the files that
/// were read if nothing is wrong.
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    chosen: Chosen,
}

impl Check {
    pub(super) fn execute(&self) -> Result<(), Failure> {
        let loaded = self.chosen.check()?;
        write!(io::stdout().lock(), "{}", description(&self.chosen.name(), &loaded))?;
        Ok(())
    }
}

fn description(file: &str, loaded: &Loaded) -> String {
    let setup = &loaded.setup;
    let (frame, calendar) = (&setup.frame, &setup.calendar);
    let variant = setup.variant.as_ref().map(|v| format!(", variant {v}")).unwrap_or_default();
    let dated = frame.events.iter().filter(|e| matches!(e.timing, Timing::Day(_))).count();
    let on = setup.processes.iter().map(|process| process.about().name);
    // The scenario's own events always run; they are no process one switches.
    let on = names(on.filter(|name| *name != "events"));
    let mut text = format!("{file}: nothing wrong{variant}\n");
    for line in [
        setup.title.clone(),
        format!("states: {}, dyads: {}, {}", frame.states(), frame.dyads.len(), bonds(setup)),
        format!(
            "{} to {}, steps: {}, trials: {}, seed: {}",
            calendar.start(),
            calendar.end(),
            frame.timeline.steps(),
            trials(setup),
            setup.seed
        ),
        format!(
            "events: {} ({dated} dated), outcomes: {}",
            frame.events.len(),
            setup.outcomes.len()
        ),
        format!("uncertain numbers: {}", uncertain(setup)),
        format!("variants: {}", names(loaded.variants.iter().map(|variant| &*variant.name))),
        format!("processes on: {on}"),
        format!("files read: {}", files(loaded)),
    ] {
        text += &wrapped("  ", &line);
    }
    text
}

/// Treaties, sanctions and wars, with how many of them hold at the start.
fn bonds(setup: &Setup) -> String {
    let (frame, initial) = (&setup.frame, &setup.initial);
    // Those that only the model may sign are not the scenario's.
    let own = frame.slots.layers.iter().map(Vec::len).sum::<usize>() + frame.slots.leagues.len();
    let treaties = (0..frame.treaties.len()).map(TreatyId::new);
    let in_force = treaties.filter(|&id| initial.treaties.in_force(id)).count();
    let sanctions = (0..frame.sanctions.len()).map(SanctionId::new);
    let imposed = sanctions.filter(|&id| initial.sanctions.entry_on(frame, id)).count();
    format!(
        "treaties: {} ({in_force} in force at the start), sanctions: {} ({imposed}), wars: {} ({})",
        frame.treaties.len() - own,
        frame.sanctions.len(),
        frame.wars.len(),
        initial.wars.fought().len(),
    )
}

/// How many numbers are uncertain, and how many groups of them go together.
fn uncertain(setup: &Setup) -> String {
    let numbers = setup.uncertainty.numbers.len();
    match setup.uncertainty.together().count() {
        0 => numbers.to_string(),
        1 => format!("{numbers}, some of them correlated (1 group)"),
        groups => format!("{numbers}, some of them correlated ({groups} groups)"),
    }
}

/// The files that make the scenario; words of the command line are texts, too, but no files.
fn files(loaded: &Loaded) -> String {
    let words = |name: &&str| ["--set", "--without"].contains(name);
    names(loaded.sources.iter().map(|source| &*source.name).filter(|name| !words(name)))
}

fn names<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

/// How many trials, or until when.
fn trials(setup: &Setup) -> String {
    match &setup.stopping {
        None => setup.trials.to_string(),
        Some(stopping) => format!("at most {}, until {}", setup.trials, stopping.rule),
    }
}
