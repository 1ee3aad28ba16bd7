//! Clauses that war calls on: where they stand, what can become of them, how that is counted.

use crate::model::change::Call;
use crate::model::frame::Frame;
use crate::model::ids::{StateId, TreatyId};
use crate::model::treaty::{Obligation, Treaty};
use crate::model::world::World;

/// What becomes of a clause that is called on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The debtor keeps its word.
    Honoured,
    /// It breaks it.
    Broken,
    /// It is not asked.
    Excused,
}

/// Kinds of channel: a verdict on an obligation.
pub const VERDICTS: [(Verdict, &str); 3] = [
    (Verdict::Honoured, "clause-honoured"),
    (Verdict::Broken, "clause-broken"),
    (Verdict::Excused, "clause-excused"),
];

/// The obligations that can be called on.
pub const CALLED: [Obligation; 4] =
    [Obligation::Defence, Obligation::Offence, Obligation::Neutrality, Obligation::NonAggression];

/// The channel that counts a verdict: by debtor, creditor and obligation.
pub fn channel(frame: &Frame, verdict: Verdict, call: &Call) -> Option<usize> {
    let obligation = CALLED.iter().position(|&o| o == call.obligation)?;
    let pair = frame.pairs.between(call.debtor, call.creditor).index();
    Some((verdict as usize * CALLED.len() + obligation) * frame.pairs.len() + pair)
}

/// The first treaty in force, in the order of the frame, under which `debtor` owes `creditor` an
/// obligation and that `applies`.
pub fn treaty_of(
    frame: &Frame,
    world: &World,
    (debtor, creditor): (StateId, StateId),
    obligation: Obligation,
    applies: impl Fn(&Treaty) -> bool,
) -> Option<TreatyId> {
    if !world.treaties.owes(debtor, creditor, obligation) {
        return None;
    }
    let owed = |&id: &TreatyId| {
        let treaty = &frame.treaties[id.index()];
        treaty.obliges(obligation)
            && treaty.binds(debtor)
            && applies(treaty)
            && world.treaties.in_force(id)
            && world.treaties.is_member(frame, id, debtor)
            && world.treaties.is_member(frame, id, creditor)
    };
    frame.treaties_between(frame.dyads.between(debtor, creditor)).find(owed)
}
