//! Random numbers of a trial: clocks that run out, choices, shocks.

use detente::engine::streams::Streams;
use detente::model::draws::Draws;
use detente::model::entity::Entity;
use detente::model::process::Tag;

use super::facts::{Map, Name, Pair};

/// Whose random numbers they are.
pub fn state(name: Name) -> Entity {
    Entity::named("state", name)
}

pub fn both((i, j): Pair) -> Entity {
    Entity::dyad(i, j)
}

pub fn ordered((from, to): Pair) -> Entity {
    Entity::pair(from, to)
}

pub fn treaty(name: Name) -> Entity {
    Entity::named("treaty", name)
}

pub fn seat(treaty: Name, state: Name) -> Entity {
    Entity::named("seat", &format!("{state} {treaty}"))
}

/// A war of the scenario has its own identity, that of an attack the identity of the pair.
pub fn war(name: Name, of_scenario: bool) -> Entity {
    Entity::named(if of_scenario { "war" } else { "pair" }, name)
}

/// A hazard runs out when its integral since the last time reaches an Exp(1) threshold.
struct Clock {
    integral: f64,
    threshold: f64,
    times: u32,
}

/// The random numbers of one trial.
pub struct Chance {
    streams: Streams,
    clocks: Map<(u32, Entity), Clock>,
    choices: Map<(u32, Entity), u32>,
    kinds: Map<(u32, Entity, u32), u32>,
}

impl Chance {
    pub fn new(seed: u64, trial: u32) -> Self {
        let streams = Streams::new(seed, trial);
        Self { streams, clocks: Map::new(), choices: Map::new(), kinds: Map::new() }
    }

    /// A uniform number by its number.
    pub fn number(&mut self, tag: u32, who: Entity, number: u32) -> f64 {
        self.streams.uniform(Tag(tag), who, number)
    }

    /// Thresholds are addressed, so that drawing the first one late changes nothing.
    fn clock(&mut self, tag: u32, who: Entity) -> &mut Clock {
        let streams = &mut self.streams;
        self.clocks.entry((tag, who)).or_insert_with(|| {
            let threshold = streams.unit_exponential(Tag(tag), who, 0);
            Clock { integral: 0.0, threshold, times: 0 }
        })
    }

    fn restart(&mut self, tag: u32, who: Entity) {
        let times = self.clock(tag, who).times + 1;
        let threshold = self.streams.unit_exponential(Tag(tag), who, times);
        self.clocks.insert((tag, who), Clock { integral: 0.0, threshold, times });
    }

    /// Lets a hazard pass for a step, at most to the end of its clock; when that came, as a share
    /// of the step.
    pub fn once(&mut self, tag: u32, who: Entity, hazard: f64) -> Option<f64> {
        let clock = self.clock(tag, who);
        if clock.integral + hazard < clock.threshold {
            clock.integral += hazard;
            return None;
        }
        let share = (clock.threshold - clock.integral) / hazard;
        self.restart(tag, who);
        Some(share)
    }

    /// Lets a hazard pass for a step, any number of times to the end of its clock.
    pub fn each(&mut self, tag: u32, who: Entity, hazard: f64) -> Vec<f64> {
        let (mut shares, mut passed) = (Vec::new(), 0.0);
        loop {
            let clock = self.clock(tag, who);
            let lacks = clock.threshold - clock.integral;
            if hazard - passed < lacks {
                clock.integral += hazard - passed;
                return shares;
            }
            passed += lacks;
            shares.push(passed / hazard);
            self.restart(tag, who);
        }
    }

    /// The next uniform number of someone who chooses.
    pub fn choose(&mut self, tag: u32, who: Entity) -> f64 {
        let number = self.choices.entry((tag, who)).or_default();
        *number += 1;
        self.streams.uniform(Tag(tag), who, *number - 1)
    }

    /// A choice of one of several kinds that an entity makes; each kind is counted by itself.
    pub fn choose_of(&mut self, tag: u32, who: Entity, kind: u32, kinds: u32) -> f64 {
        let made = self.kinds.entry((tag, who, kind)).or_default();
        *made += 1;
        self.streams.uniform(Tag(tag), who, (*made - 1) * kinds + kind)
    }

    /// The second of two choices, where the first has just been made by `choose_of`.
    pub fn choose_besides(&mut self, tag: u32, who: Entity) -> f64 {
        let made = self.kinds[&(tag, who, 0)];
        self.streams.uniform(Tag(tag), who, 2 * (made - 1) + 1)
    }

    /// The shock of a step; two steps share a block of the stream.
    pub fn shock(&mut self, tag: u32, who: Entity, step: usize) -> f64 {
        let mut normals = [[0.0; 2]];
        self.streams.normal_pairs(Tag(tag), (step / 2) as u32, &[who], &mut normals);
        normals[0][step % 2]
    }
}
