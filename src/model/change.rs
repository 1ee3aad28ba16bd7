//! What can happen to a world at a moment, and how each change is made.

use crate::model::frame::Frame;
use crate::model::ids::{DyadId, SanctionId, StateId, TreatyId, WarId};
use crate::model::world::World;

/// One change of the world. Processes and events ask for changes; every process that is on may
/// then react to them ([`Process::react`](crate::model::process::Process::react)).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Change {
    /// A treaty comes into force.
    Sign(TreatyId),
    /// A treaty ends.
    Terminate(TreatyId),
    /// A sanction entry comes into force.
    Impose(SanctionId),
    /// A sanction entry is lifted.
    Lift(SanctionId),
    /// A war begins.
    StartWar(WarId),
    /// A war ends.
    EndWar(WarId),
    /// Alignment of a dyad jumps ([`jump`]); `lasting` moves the value it returns to as well.
    ShiftAlignment {
        /// Whose alignment.
        dyad: DyadId,
        /// The jump J, -1 to 1.
        by: f64,
        /// Whether the anchor moves too.
        lasting: bool,
    },
    /// Isolation of a state jumps ([`jump`] on the range 0 to 1); `lasting` as above.
    ShiftIsolation {
        /// Whose isolation.
        state: StateId,
        /// The jump J, -1 to 1.
        by: f64,
        /// Whether the anchor moves too.
        lasting: bool,
    },
}

impl Change {
    /// Makes the change at time `now` (years since the start). Gives whether anything changed:
    /// signing a treaty that is in force, say, changes nothing.
    pub fn apply(&self, frame: &Frame, world: &mut World, now: f64) -> bool {
        match *self {
            Self::Sign(treaty) => world.set_treaty(frame, treaty, Some(now)),
            Self::Terminate(treaty) => world.set_treaty(frame, treaty, None),
            Self::Impose(sanction) => world.set_sanction(frame, sanction, true),
            Self::Lift(sanction) => world.set_sanction(frame, sanction, false),
            Self::StartWar(war) => world.set_war(frame, war, true),
            Self::EndWar(war) => world.set_war(frame, war, false),
            Self::ShiftAlignment { dyad, by, lasting } => {
                shift(&mut world.alignment[dyad.index()], by, -1.0);
                if lasting {
                    shift(&mut world.alignment_anchor[dyad.index()], by, -1.0);
                }
                true
            }
            Self::ShiftIsolation { state, by, lasting } => {
                shift(&mut world.isolation[state.index()], by, 0.0);
                if lasting {
                    shift(&mut world.isolation_anchor[state.index()], by, 0.0);
                }
                true
            }
        }
    }
}

fn shift(score: &mut f64, by: f64, low: f64) {
    *score = jump(*score, by, low);
}

/// The bounded jump of a score on [`low`, 1]: `x + J (1 - x)` upwards, `x + J (x - low)` downwards,
/// with J between -1 and 1.
#[inline]
pub fn jump(x: f64, j: f64, low: f64) -> f64 {
    let moved = if j > 0.0 { x + j * (1.0 - x) } else { x + j * (x - low) };
    moved.clamp(low, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jump_covers_its_share_of_the_way_to_the_end_of_the_range() {
        assert_eq!(jump(0.0, 0.5, -1.0), 0.5);
        assert_eq!(jump(0.0, -0.5, -1.0), -0.5);
        assert_eq!(jump(0.6, 0.05, -1.0), 0.62);
        assert_eq!(jump(0.6, -0.5, 0.0), 0.3);
        assert_eq!(jump(-1.0, -0.3, -1.0), -1.0);
        assert_eq!(jump(0.25, 1.0, 0.0), 1.0);
    }
}
