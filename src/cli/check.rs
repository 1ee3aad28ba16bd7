//! `detente check`: is this scenario right?

use std::io::{self, Write};

use clap::Args;

use crate::cli::Failure;
use crate::cli::chosen::Chosen;
use crate::model::event::Timing;
use crate::model::ids::{SanctionId, TreatyId};
use crate::scenario::setup::Setup;

/// Validate a scenario without running it.
///
/// Reads the whole scenario with all its variants and reports every problem at once, each with its
/// place, the rule and a cure. Says what the scenario contains if nothing is wrong.
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    chosen: Chosen,
}

impl Check {
    pub(super) fn execute(&self) -> Result<(), Failure> {
        let loaded = self.chosen.check()?;
        write!(io::stdout().lock(), "{}", description(&self.chosen.name(), &loaded.setup))?;
        Ok(())
    }
}

fn description(file: &str, setup: &Setup) -> String {
    let frame = &setup.frame;
    let calendar = &setup.calendar;
    let on = setup.processes.iter().map(|process| process.about().name);
    // The scenario's own events always run; they are no process one switches.
    let on: Vec<_> = on.filter(|name| *name != "events").collect();
    let dated = frame.events.iter().filter(|e| matches!(e.timing, Timing::Day(_))).count();
    let variant = setup.variant.as_ref().map(|v| format!(", variant {v}")).unwrap_or_default();
    let in_force = {
        let ids = (0..frame.treaties.len()).map(TreatyId::new);
        ids.filter(|&id| setup.initial.treaties.in_force(id)).count()
    };
    let named = {
        let slots = &frame.slots;
        let own = slots.layers.iter().map(Vec::len).sum::<usize>() + slots.leagues.len();
        frame.treaties.len() - own
    };
    format!(
        "{file}: nothing wrong{variant}\n  \
         {title}\n  \
         states: {states}, dyads: {dyads}, treaties: {named} ({in_force} in force at the start), \
         sanctions: {sanctions} ({imposed}), wars: {wars} ({fought})\n  \
         {start} to {end}, steps: {steps}, trials: {trials}, seed: {seed}\n  \
         events: {events} ({dated} dated), outcomes: {outcomes}\n  \
         processes on: {on}\n",
        title = setup.title,
        states = frame.states(),
        dyads = frame.dyads.len(),
        sanctions = frame.sanctions.len(),
        imposed = {
            let ids = (0..frame.sanctions.len()).map(SanctionId::new);
            ids.filter(|&id| setup.initial.sanctions.entry_on(frame, id)).count()
        },
        fought = setup.initial.wars.fought().len(),
        wars = frame.wars.len(),
        start = calendar.start(),
        end = calendar.end(),
        steps = frame.timeline.steps(),
        trials = trials(setup),
        seed = setup.seed,
        events = frame.events.len(),
        outcomes = setup.outcomes.len(),
        on = if on.is_empty() { "none".to_owned() } else { on.join(", ") },
    )
}

/// How many trials, or until when.
fn trials(setup: &Setup) -> String {
    match &setup.stopping {
        None => setup.trials.to_string(),
        Some(stopping) => format!("at most {}, until {}", setup.trials, stopping.rule),
    }
}
