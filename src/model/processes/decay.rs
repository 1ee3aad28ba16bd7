//! P12 `decay`: grievances fade; disputes and wars add to them.
//!
//! Mechanism: each dispute adds to the grievance of the two. So does the outbreak of a war of the
//! scenario between opponents, and a state that joins a war between it and its opponents; a war
//! that grew out of a dispute of the model is counted with the dispute.
//!
//! ```text
//! G_ij <- G_ij exp(-dt / tau);   G_ij <- G_ij + g_dispute,   G_ij <- G_ij + g_war
//! ```
//!
//! Units: G a count of recent disputes, tau in years. Source: the five-year memory is the
//! definition of G in docs/model.md.

use crate::model::change::Change;
use crate::model::draws::Draws;
use crate::model::ids::StateId;
use crate::model::math::exp;
use crate::model::parameters::parameters;
use crate::model::process::{About, Memory, Next, Process, Reaction, Tag, View};
use crate::model::world::World;

/// What this process is.
pub const ABOUT: About = About {
    name: "decay",
    tag: Tag(12),
    summary: "grievances fade; disputes and wars add to them",
};

parameters! {
    /// Parameters of `decay`.
    pub struct DecayParameters {
        tau = 5.0, 0.01 => 1000.0, "years", Assumed, "how long a grievance lasts";
        g_dispute = 1.0, 0.0 => 100.0, "1", Assumed, "what a dispute adds; part of the definition of G";
        g_war = 1.0, 0.0 => 100.0, "1", Assumed, "what the outbreak of a war of the scenario adds, and joining a war; as one dispute does";
    }
}

/// The process.
#[derive(Clone, Debug)]
pub struct Decay {
    parameters: DecayParameters,
}

impl Decay {
    /// The process with these parameters.
    pub fn new(parameters: DecayParameters) -> Self {
        Self { parameters }
    }
}

impl Process for Decay {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn step(
        &self,
        view: View<'_>,
        _memory: &mut Memory,
        _draws: &mut dyn Draws,
        next: &mut Next<'_>,
    ) {
        let kept = exp(-view.frame.timeline.dt / self.parameters.tau);
        next.world.grievance.iter_mut().for_each(|g| *g *= kept);
    }

    fn react(&self, change: &Change, _memory: &mut Memory, reaction: &mut Reaction<'_>) {
        let (p, frame) = (&self.parameters, reaction.view.frame);
        let World { grievance, wars, .. } = &mut *reaction.world;
        let mut add = |i: StateId, j: StateId, by: f64| {
            grievance[frame.dyads.between(i, j).index()] += by;
        };
        if let Some((war, state, camp)) = change.joins() {
            wars.camp(war, camp.other()).for_each(|j| add(state, j, p.g_war));
        }
        match *change {
            Change::Dispute(i, j, _) => add(i, j, p.g_dispute),
            Change::StartWar(id) => {
                let war = &frame.wars[id.index()];
                for &i in &war.attackers {
                    war.targets.iter().for_each(|&j| add(i, j, p.g_war));
                }
            }
            _ => {}
        }
    }
}
