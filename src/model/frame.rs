//! What does not change during a run: who there is, how far apart, when, and what may be signed,
//! imposed or fought.

use crate::model::entity::Entity;
use crate::model::event::Event;
use crate::model::ids::{DyadId, Dyads, PairId, Pairs, StateCode, StateId, TreatyId, WarId};
use crate::model::sanction::Sanction;
use crate::model::timeline::Timeline;
use crate::model::treaty::{Layer, Treaty};
use crate::model::war::War;

/// The fixed facts of a scenario.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The states' codes, in alphabetical order: positions do not depend on the order in the file.
    pub codes: Vec<StateCode>,
    /// The states' names for people.
    pub names: Vec<String>,
    /// Every dyad of states.
    pub dyads: Dyads,
    /// Every ordered pair of states.
    pub pairs: Pairs,
    /// Identity of each state in the random streams.
    pub state_entities: Vec<Entity>,
    /// Identity of each dyad in the random streams.
    pub dyad_entities: Vec<Entity>,
    /// Identity of each ordered pair in the random streams.
    pub pair_entities: Vec<Entity>,
    /// Weight of each state, w = sqrt(c) at the start.
    pub weight: Vec<f64>,
    /// Least distance between the borders of a dyad (km).
    pub distance_km: Vec<f64>,
    /// Whether a dyad is contiguous: a common land border, or at most 400 miles of sea.
    pub contiguous: Vec<bool>,
    /// Steps and days.
    pub timeline: Timeline,
    /// Every treaty that may be in force, those of the scenario first.
    pub treaties: Vec<Treaty>,
    /// The treaties the model may form.
    pub slots: Slots,
    /// Whether process `ratification` is on; if not, what is ratified by chance is in force at its
    /// signature.
    pub ratification: bool,
    /// Every sanction entry of the scenario.
    pub sanctions: Vec<Sanction>,
    /// Every war of the scenario.
    pub wars: Vec<War>,
    /// Every event of the scenario.
    pub events: Vec<Event>,
}

/// Treaties that the model may form.
#[derive(Clone, Debug, Default)]
pub struct Slots {
    /// The one of each dyad, by layer.
    pub layers: [Vec<TreatyId>; Layer::ALL.len()],
    /// The league that each state may found; empty if process `league` is off.
    pub leagues: Vec<TreatyId>,
}

impl Slots {
    /// The treaty of a layer between two states.
    #[inline]
    pub fn of(&self, layer: Layer, dyad: DyadId) -> TreatyId {
        self.layers[layer as usize][dyad.index()]
    }
}

impl Frame {
    /// How many states there are.
    #[inline]
    pub fn states(&self) -> usize {
        self.codes.len()
    }

    /// The treaties that may join the two states of a dyad, in order: those of the scenario, those the
    /// model may form between the two, leagues. They are far fewer than all.
    pub fn treaties_between(&self, dyad: DyadId) -> impl Iterator<Item = TreatyId> + '_ {
        let formed = Layer::ALL.into_iter().map(move |layer| self.slots.of(layer, dyad));
        let first = self.slots.layers[Layer::ALL[0] as usize].first();
        let of_scenario = first.map_or(self.treaties.len(), |first| first.index());
        let of_scenario = (0..of_scenario).map(TreatyId::new);
        of_scenario.chain(formed).chain(self.slots.leagues.iter().copied())
    }

    /// A dyad's name: both codes in alphabetical order.
    pub fn dyad_name(&self, dyad: DyadId) -> String {
        let (i, j) = self.dyads.pair(dyad);
        let (a, b) = (self.codes[i.index()], self.codes[j.index()]);
        if a <= b { format!("{a}-{b}") } else { format!("{b}-{a}") }
    }

    /// An ordered pair's name: `RUS>UKR`.
    pub fn pair_name(&self, pair: PairId) -> String {
        let (from, to) = self.pairs.of(pair);
        format!("{}>{}", self.codes[from.index()], self.codes[to.index()])
    }

    /// How many wars there may be: those of the scenario, and one for each ordered pair.
    pub fn war_count(&self) -> usize {
        self.wars.len() + self.pairs.len()
    }

    /// The war that begins with an attack of one state on another.
    pub fn war_of(&self, attacker: StateId, target: StateId) -> WarId {
        WarId::new(self.wars.len() + self.pairs.between(attacker, target).index())
    }

    /// A war's name: that of the scenario, or attacker and target.
    pub fn war_name(&self, war: WarId) -> String {
        match self.wars.get(war.index()) {
            Some(war) => war.name.clone(),
            None => self.pair_name(PairId::new(war.index() - self.wars.len())),
        }
    }

    /// A war's identity in the random streams.
    pub fn war_entity(&self, war: WarId) -> Entity {
        match self.wars.get(war.index()) {
            Some(war) => war.entity,
            None => self.pair_entities[war.index() - self.wars.len()],
        }
    }
}
