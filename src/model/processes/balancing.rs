//! P11 `balancing`: a pact makes third states suspicious.
//!
//! Mechanism: when states bind themselves to defence or offence, every third state that is not
//! aligned with a member, or hostile to it, bears it a grievance. The reaction comes through the
//! same channels as everything else: tension, shared enemies, pacts, sanctions, warnings, disputes.
//!
//! ```text
//! G_ki <- G_ki + kappa   for every member i and every k outside with a_ki < 0 or H_ki > 0.3
//! ```
//!
//! At an accession the new member is i, and k everyone outside. Units: G a count of recent
//! disputes. Source: assumed; the form follows balance of threat (Walt 1987).

use crate::model::change::Change;
use crate::model::ids::{StateId, TreatyId};
use crate::model::parameters::parameters;
use crate::model::process::{About, Memory, Process, Reaction, Tag};
use crate::model::treaty::Obligation;

/// What this process is.
pub const ABOUT: About =
    About { name: "balancing", tag: Tag(11), summary: "a pact makes third states suspicious" };

/// Hostility beyond which a state is a rival.
pub const RIVAL_HOSTILITY: f64 = 0.3;

parameters! {
    /// Parameters of `balancing`.
    pub struct BalancingParameters {
        kappa = 0.2, 0.0 => 100.0, "1", Assumed, "grievance that a pact adds";
    }
}

/// The process.
#[derive(Clone, Debug)]
pub struct Balancing {
    parameters: BalancingParameters,
}

impl Balancing {
    /// The process with these parameters.
    pub fn new(parameters: BalancingParameters) -> Self {
        Self { parameters }
    }

    fn answer(&self, id: TreatyId, who: Option<StateId>, reaction: &mut Reaction<'_>) {
        let frame = reaction.view.frame;
        let treaty = &frame.treaties[id.index()];
        if !treaty.obliges(Obligation::Defence) && !treaty.obliges(Obligation::Offence) {
            return;
        }
        for &member in treaty.candidates.iter().filter(|&&state| who.is_none_or(|w| w == state)) {
            if !reaction.world.treaties.is_member(frame, id, member) {
                continue;
            }
            for k in (0..frame.states()).map(StateId::new).filter(|&k| k != member) {
                let dyad = frame.dyads.between(k, member);
                let outside = !reaction.world.treaties.is_member(frame, id, k);
                let (world, derived) = (reaction.view.world, reaction.view.derived);
                if outside && derived.rival(world, dyad, (k, member), RIVAL_HOSTILITY) {
                    reaction.then(ABOUT.tag, None, Change::Grieve(dyad, self.parameters.kappa));
                }
            }
        }
    }
}

impl Process for Balancing {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn react(&self, change: &Change, _memory: &mut Memory, reaction: &mut Reaction<'_>) {
        match *change {
            Change::Sign(id) => self.answer(id, None, reaction),
            Change::Accede(id, state) => self.answer(id, Some(state), reaction),
            _ => {}
        }
    }
}
