//! Who there is, and how they stand to each other at the start.

use super::{figure, sentence};
use crate::model::ids::{DyadId, StateId};
use crate::scenario::prose::wrapped;
use crate::scenario::setup::Setup;
use crate::scenario::uncertainty::Target;

/// How many states are shown.
const SHOWN: usize = 60;

/// How many dyads are named of each kind.
const DYADS: usize = 4;

/// The widest name shown whole.
const NAME: usize = 32;

/// The states with their scores, then the dyads that stand out.
pub fn text(setup: &Setup) -> String {
    let frame = &setup.frame;
    let width = frame.names.iter().map(|name| name.chars().count()).max().unwrap_or(0).min(NAME);
    let mut text = format!("  code  {:width$}  capability  isolation\n", "name");
    let count = frame.states();
    for i in (0..count).take(SHOWN) {
        let state = StateId::new(i);
        let mark = |target: Target| if drawn(setup, target) { "~" } else { " " };
        let name: String = frame.names[i].chars().take(width).collect();
        text += &format!(
            "  {}   {name:width$}  {:>8} %{}  {:>8.2}{}",
            frame.codes[i],
            share(setup.initial.capability[i]),
            mark(Target::Capability(state)),
            setup.initial.isolation[i],
            mark(Target::Isolation(state)),
        );
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    if count > SHOWN {
        text += &format!("  and {} more\n", count - SHOWN);
    }
    let uncertain = |t: &Target| matches!(t, Target::Capability(_) | Target::Isolation(_));
    if setup.uncertainty.targets().any(uncertain) {
        text += "  ~ the median of what is drawn anew in every trial\n";
    }
    text + &dyads(setup)
}

/// A share of the world in per cent.
fn share(capability: f64) -> String {
    let share = 100.0 * capability;
    if share < 0.01 { figure(share) } else { format!("{share:.2}") }
}

fn drawn(setup: &Setup, target: Target) -> bool {
    setup.uncertainty.targets().any(|other| *other == target)
}

/// The closest and the most opposed dyads, and those with grievances.
fn dyads(setup: &Setup) -> String {
    let (alignment, grievance) = (&setup.initial.alignment, &setup.initial.grievance);
    let told = |dyads: &[usize], score: &[f64]| {
        let named = dyads.iter().map(|&dyad| {
            format!("{} {}", setup.frame.dyad_name(DyadId::new(dyad)), figure(score[dyad]))
        });
        named.collect::<Vec<_>>().join(", ")
    };
    let most = DYADS.min(alignment.len() / 2);
    let mut falling = falling(alignment);
    let mut lines = if most == 0 {
        vec![("alignment", told(&falling, alignment))]
    } else {
        let closest = told(&falling[..most], alignment);
        falling.reverse();
        vec![("closest in alignment", closest), ("most opposed", told(&falling[..most], alignment))]
    };
    let mut grieved = self::falling(grievance);
    grieved.retain(|&dyad| grievance[dyad] > 0.0);
    if !grieved.is_empty() {
        let shown = &grieved[..grieved.len().min(2 * DYADS)];
        let more = match grieved.len() - shown.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        lines.push(("grievances, in recent disputes", told(shown, grievance) + &more));
    }
    let line = |(what, said): (&str, String)| wrapped("  ", &sentence(&format!("{what}: {said}")));
    format!("\n{}", lines.into_iter().map(line).collect::<String>())
}

/// The dyads, from the highest score to the lowest.
fn falling(score: &[f64]) -> Vec<usize> {
    let mut dyads: Vec<_> = (0..score.len()).collect();
    dyads.sort_by(|&a, &b| score[b].total_cmp(&score[a]));
    dyads
}
