//! What does not change during a trial, known by names.

use std::collections::{BTreeMap, BTreeSet};

use detente::model::event::Timing;
use detente::model::ids::{StateCode, StateId};
use detente::model::sanction::SanctionTypes;
use detente::model::treaty::{Dimension, Ratification, Treaty};
use detente::scenario::setup::Setup;

use super::acts::{self, Act};

pub type Name = &'static str;
/// Two states: in the order of the alphabet for a dyad, the one who acts first for an ordered pair.
pub type Pair = (Name, Name);
pub type Map<K, V> = BTreeMap<K, V>;

/// The dyad of two states.
pub fn dyad(a: Name, b: Name) -> Pair {
    if a < b { (a, b) } else { (b, a) }
}

/// The text of a treaty: it never changes.
pub struct Text {
    pub name: Name,
    /// Who signs; nobody for a league, whose founders are found in the trial.
    pub signatories: Vec<Name>,
    pub candidates: Vec<Name>,
    debtors: Option<Vec<Name>>,
    obligations: Vec<Name>,
    pub political: bool,
    pub economic: bool,
    pub conditional: bool,
    pub ratification: Ratification,
    pub open: bool,
}

impl Text {
    pub fn obliges(&self, obligation: &str) -> bool {
        self.obligations.contains(&obligation)
    }

    pub fn binds(&self, member: Name) -> bool {
        self.debtors.as_ref().is_none_or(|debtors| debtors.contains(&member))
    }
}

/// A sanction entry of the scenario.
pub struct Entry {
    pub links: Vec<Pair>,
    pub types: Vec<Name>,
}

/// A war of the scenario.
pub struct Sides {
    pub attackers: Vec<Name>,
    pub targets: Vec<Name>,
}

/// An event of the scenario.
pub struct Event {
    pub name: Name,
    pub timing: Timing,
    pub acts: Vec<Act>,
}

/// Everything that does not change.
pub struct Facts {
    pub setup: &'static Setup,
    pub states: Vec<Name>,
    pub dyads: Vec<Pair>,
    pub pairs: Vec<Pair>,
    pub distance: Map<Pair, f64>,
    pub contiguous: BTreeSet<Pair>,
    /// sqrt(c) at the start.
    pub weight: Map<Name, f64>,
    pub treaties: Vec<Text>,
    pub entries: Map<Name, Entry>,
    pub sides: Map<Name, Sides>,
    /// Every war there may be: those of the scenario, then one for each ordered pair.
    pub wars: Vec<Name>,
    pub events: Vec<Event>,
    pub dt: f64,
    pub days: Vec<i32>,
    parameters: Map<(Name, Name), f64>,
}

impl Facts {
    /// Reads a setup; what is made here lives as long as the test.
    pub fn read(setup: &'static Setup) -> &'static Self {
        let frame = &setup.frame;
        let code = |state: StateId| frame.codes[state.index()].as_str();
        let list = |states: &[StateId]| states.iter().map(|&s| code(s)).collect::<Vec<_>>();
        let states: Vec<Name> = frame.codes.iter().map(StateCode::as_str).collect();
        let pairs: Vec<Pair> =
            states.iter().flat_map(|&i| states.iter().map(move |&j| (i, j))).collect();
        let dyads = || frame.dyads.iter().map(|(d, i, j)| (d.index(), dyad(code(i), code(j))));
        let capability = &setup.initial.capability;
        let weights = states.iter().zip(capability).map(|(&i, c)| (i, c.sqrt()));
        let entries = frame.sanctions.iter().map(|entry| {
            let links = entry.links.iter().map(|&(a, b)| (code(a), code(b))).collect();
            (entry.name.as_str(), Entry { links, types: entry.types.names().collect() })
        });
        let sides = frame.wars.iter().map(|war| {
            let (attackers, targets) = (list(&war.attackers), list(&war.targets));
            (war.name.as_str(), Sides { attackers, targets })
        });
        let events = frame.events.iter().map(|event| Event {
            name: &event.name,
            timing: event.timing.clone(),
            acts: event.changes.iter().map(|change| acts::of_change(frame, change)).collect(),
        });
        let apart = |pair: &&Pair| pair.0 != pair.1;
        let own_wars = pairs.iter().filter(apart).map(|&(i, j)| war_of(i, j));
        let parameters = setup.parameters.iter();
        Box::leak(Box::new(Self {
            setup,
            dyads: pairs.iter().filter(|(i, j)| i < j).copied().collect(),
            distance: dyads().map(|(d, pair)| (pair, frame.distance_km[d])).collect(),
            contiguous: dyads().filter(|(d, _)| frame.contiguous[*d]).map(|(_, p)| p).collect(),
            weight: weights.collect(),
            treaties: frame.treaties.iter().map(|treaty| text(treaty, &list)).collect(),
            entries: entries.collect(),
            sides: sides.collect(),
            wars: frame.wars.iter().map(|war| war.name.as_str()).chain(own_wars).collect(),
            events: events.collect(),
            dt: frame.timeline.dt,
            days: frame.timeline.days.clone(),
            parameters: parameters.map(|v| ((v.process, v.parameter.name), v.value)).collect(),
            pairs: pairs.iter().filter(apart).copied().collect(),
            states,
        }))
    }

    /// Whether a process is on.
    pub fn on(&self, process: &str) -> bool {
        self.parameters.keys().any(|(of, _)| *of == process)
    }

    /// A parameter as the scenario has it.
    pub fn p(&self, process: Name, name: Name) -> f64 {
        *self.parameters.get(&(process, name)).unwrap_or_else(|| panic!("{process}.{name}"))
    }

    pub fn text(&self, name: &str) -> &Text {
        self.treaties.iter().find(|text| text.name == name).expect(name)
    }

    /// Everyone but these.
    pub fn others(&self, but: &[Name]) -> Vec<Name> {
        self.states.iter().copied().filter(|state| !but.contains(state)).collect()
    }
}

fn text(treaty: &'static Treaty, list: &dyn Fn(&[StateId]) -> Vec<Name>) -> Text {
    Text {
        name: &treaty.name,
        signatories: list(&treaty.members),
        candidates: list(&treaty.candidates),
        debtors: treaty.debtors.as_ref().map(|debtors| list(debtors)),
        obligations: treaty.obligations.iter().map(|o| o.name()).collect(),
        political: treaty.has(Dimension::Political),
        economic: treaty.has(Dimension::Economic),
        conditional: treaty.conditional,
        ratification: treaty.ratification,
        open: treaty.open,
    }
}

/// The name of the war that begins with an attack.
pub fn war_of(attacker: Name, target: Name) -> Name {
    static NAMES: std::sync::Mutex<BTreeSet<Name>> = std::sync::Mutex::new(BTreeSet::new());
    let name = format!("{attacker}>{target}");
    let mut names = NAMES.lock().unwrap();
    if !names.contains(name.as_str()) {
        names.insert(Box::leak(name.clone().into_boxed_str()));
    }
    names.get(name.as_str()).unwrap()
}

/// The types of sanction, in the order in which they are drawn.
pub const TYPES: [Name; 4] = SanctionTypes::NAMES;
