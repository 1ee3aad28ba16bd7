//! What events do.

use super::events::{drawn, flat};
use super::figure;
use crate::analysis::story::phrases;
use crate::model::change::{Change, Level};
use crate::model::event::Event;
use crate::model::ids::EventId;
use crate::scenario::setup::Setup;
use crate::scenario::uncertainty::Target;

/// A line for each change that the event makes.
pub fn of(setup: &Setup, id: EventId, event: &Event) -> Vec<String> {
    let changes = event.changes.iter().enumerate();
    // An attack by an event is two changes: that it turns against the other, and the attack.
    let told = changes.filter(|(_, c)| !matches!(c, Change::Dispute(_, _, Level::War)));
    told.map(|(n, &change)| deed(setup, change, Target::Amount(id, n))).collect()
}

fn deed(setup: &Setup, change: Change, amount: Target) -> String {
    let frame = &setup.frame;
    let written = drawn(setup, amount).map(|number| flat(&number.written));
    let members = match change {
        Change::Sign(id) => &frame.treaties[id.index()].members[..],
        _ => &[],
    };
    let phrase = || phrases::change(setup, change, members, true);
    match change {
        Change::ShiftAlignment { dyad, by, lasting } => {
            let (i, j) = frame.dyads.pair(dyad);
            let whose = phrases::names(frame, &[i, j]);
            shift(&format!("the alignment of {whose}"), by, -1, lasting, written)
        }
        Change::ShiftIsolation { state, by, lasting } => {
            let whose = phrases::names(frame, &[state]);
            shift(&format!("the isolation of {whose}"), by, 0, lasting, written)
        }
        Change::Warn(_, _, years) => match written {
            Some(written) => format!("{}, for years drawn from {written}", phrase()),
            None => {
                let plural = if years == 1.0 { "" } else { "s" };
                format!("{}, for {} year{plural}", phrase(), figure(years))
            }
        },
        Change::Set(parameter, _) => match written {
            Some(written) => format!("from now on {} is drawn from {written}", parameter.key()),
            None => phrase(),
        },
        _ => phrase(),
    }
}

/// A jump of a score towards the end of its scale.
fn shift(score: &str, by: f64, low: i32, lasting: bool, written: Option<String>) -> String {
    let how_long = if lasting { "for good" } else { "for a time" };
    if let Some(written) = written {
        return format!("{score} jumps, {how_long}, by a share of the way drawn from {written}");
    }
    let (verb, end) = if by < 0.0 { ("falls", low) } else { ("rises", 1) };
    format!("{score} {verb} by {} % of the way to {end}, {how_long}", figure(100.0 * by.abs()))
}
