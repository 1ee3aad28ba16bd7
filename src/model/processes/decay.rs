//! P12 `decay`: grievances fade; the outbreak of a war adds to them.
//!
//! ```text
//! G_ij <- G_ij exp(-dt / tau);   G_ij <- G_ij + g_war when i and j begin to fight
//! ```
//!
//! Units: G a count of recent disputes, tau in years. Source: the five-year memory is the
//! definition of G in docs/model.md.

use crate::model::change::Change;
use crate::model::draws::Draws;
use crate::model::frame::Frame;
use crate::model::math::exp;
use crate::model::parameters::parameters;
use crate::model::process::{About, Memory, Next, Process, Tag, View};
use crate::model::world::World;

/// What this process is.
pub const ABOUT: About = About {
    name: "decay",
    tag: Tag(12),
    summary: "grievances fade, and the outbreak of a war adds to them",
    fires: "",
};

parameters! {
    /// Parameters of `decay`.
    pub struct DecayParameters {
        tau = 5.0, 0.01 => 1000.0, "years", Assumed, "how long a grievance lasts";
        g_war = 1.0, 0.0 => 100.0, "1", Assumed, "what the outbreak of a war adds, as one dispute does";
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

    fn react(&self, frame: &Frame, change: &Change, world: &mut World) {
        if let Change::StartWar(id) = *change {
            for dyad in &frame.wars[id.index()].dyads {
                world.grievance[dyad.index()] += self.parameters.g_war;
            }
        }
    }
}
