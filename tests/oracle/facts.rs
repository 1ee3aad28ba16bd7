//! What does not change during a trial, known by names.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use detente::model::change::Change;
use detente::model::event::Timing;
use detente::model::ids::{StateCode, StateId};
use detente::model::sanction::SanctionTypes;
use detente::model::treaty::{Dimension, Ratification, Treaty};
use detente::scenario::setup::Setup;

use super::acts::{self, Act};
use super::language::Node;

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
    /// What has to come to hold, if that is its timing.
    pub condition: Option<Node>,
    pub probability: f64,
    pub once: bool,
    pub cooldown: f64,
    pub from: i32,
    pub until: i32,
    pub requires: Vec<Name>,
    pub excludes: Vec<Name>,
    pub acts: Vec<Act>,
}

/// Everything that does not change in a trial, but for parameters that events set.
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
    pub quantities: Map<Name, f64>,
    /// What was drawn for uncertain numbers, by full keys.
    pub drawn: Map<String, f64>,
    parameters: RefCell<Map<(Name, Name), f64>>,
}

impl Facts {
    /// Reads a setup; what is made here lives as long as the test.
    pub fn read(setup: &'static Setup, drawn: Map<String, f64>) -> &'static Self {
        let frame = &setup.frame;
        let code = |state: StateId| frame.codes[state.index()].as_str();
        let list = |states: &[StateId]| states.iter().map(|&s| code(s)).collect::<Vec<_>>();
        let states: Vec<Name> = frame.codes.iter().map(StateCode::as_str).collect();
        let pairs: Vec<Pair> =
            states.iter().flat_map(|&i| states.iter().map(move |&j| (i, j))).collect();
        let dyads = || frame.dyads.iter().map(|(d, i, j)| (d.index(), dyad(code(i), code(j))));
        let capability = &setup.initial.capability;
        let of = |key: String, fixed: f64| drawn.get(&key).copied().unwrap_or(fixed);
        let weights = states
            .iter()
            .zip(capability)
            .map(|(&i, &c)| (i, of(format!("states.{i}.capability"), c).sqrt()));
        let entries = frame.sanctions.iter().map(|entry| {
            let links = entry.links[..entry.own].iter().map(|&(a, b)| (code(a), code(b))).collect();
            (entry.name.as_str(), Entry { links, types: entry.types.names().collect() })
        });
        let sides = frame.wars.iter().map(|war| {
            let (attackers, targets) = (list(&war.attackers), list(&war.targets));
            (war.name.as_str(), Sides { attackers, targets })
        });
        let distance = |(i, j): Pair, km: f64| of(format!("dyads.{i}-{j}.distance_km"), km);
        let parameter = |process, name, value| of(format!("processes.{process}.{name}"), value);
        let quantities = setup.quantity_names.iter().zip(&setup.quantities);
        let apart = |pair: &&Pair| pair.0 != pair.1;
        let own_wars = pairs.iter().filter(apart).map(|&(i, j)| war_of(i, j));
        let parameters = setup.parameters.iter();
        Box::leak(Box::new(Self {
            setup,
            dyads: pairs.iter().filter(|(i, j)| i < j).copied().collect(),
            distance: dyads().map(|(d, p)| (p, distance(p, frame.distance_km[d]))).collect(),
            contiguous: dyads().filter(|(d, _)| frame.contiguous[*d]).map(|(_, p)| p).collect(),
            weight: weights.collect(),
            treaties: frame.treaties.iter().map(|treaty| text(treaty, &list)).collect(),
            entries: entries.collect(),
            sides: sides.collect(),
            wars: frame.wars.iter().map(|war| war.name.as_str()).chain(own_wars).collect(),
            events: events(setup, &of),
            dt: frame.timeline.dt,
            days: frame.timeline.days.clone(),
            parameters: RefCell::new(
                parameters
                    .map(|v| (v.process, v.parameter.name, v.value))
                    .map(|(process, name, value)| {
                        ((process, name), parameter(process, name, value))
                    })
                    .collect(),
            ),
            quantities: quantities
                .map(|(name, &value)| (name.as_str(), of(format!("quantities.{name}"), value)))
                .collect(),
            pairs: pairs.iter().filter(apart).copied().collect(),
            states,
            drawn,
        }))
    }

    /// Whether a process is on.
    pub fn on(&self, process: &str) -> bool {
        self.parameters.borrow().keys().any(|(of, _)| *of == process)
    }

    /// A parameter as the scenario has it.
    pub fn p(&self, process: Name, name: Name) -> f64 {
        *self
            .parameters
            .borrow()
            .get(&(process, name))
            .unwrap_or_else(|| panic!("{process}.{name}"))
    }

    /// Sets a parameter for the rest of the trial.
    pub fn set(&self, process: Name, name: Name, value: f64) {
        self.parameters.borrow_mut().insert((process, name), value);
    }

    /// The day of a date, counted from the start.
    pub fn day_of(&self, date: &str) -> i32 {
        let date: jiff::civil::Date = date.parse().expect(date);
        (date - self.setup.calendar.start()).get_days()
    }

    pub fn text(&self, name: &str) -> &Text {
        self.treaties.iter().find(|text| text.name == name).expect(name)
    }

    /// Everyone but these.
    pub fn others(&self, but: &[Name]) -> Vec<Name> {
        self.states.iter().copied().filter(|state| !but.contains(state)).collect()
    }
}

/// The events of a trial; `of` gives what was drawn under a key, or else what is fixed.
fn events(setup: &'static Setup, of: &dyn Fn(String, f64) -> f64) -> Vec<Event> {
    let frame = &setup.frame;
    let name = |id: &detente::model::ids::EventId| frame.events[id.index()].name.as_str();
    let event = |event: &'static detente::model::event::Event| {
        let key = |last: &str| format!("events.{}.{last}", event.name);
        let terms = &event.terms;
        Event {
            name: &event.name,
            timing: match event.timing {
                Timing::Rate(rate) => Timing::Rate(of(key("rate"), rate)),
                ref other => other.clone(),
            },
            condition: match &event.timing {
                Timing::When(condition) => Some(Node::read(&condition.text)),
                _ => None,
            },
            probability: of(key("probability"), terms.probability),
            once: terms.once,
            cooldown: of(key("cooldown"), terms.cooldown),
            from: terms.from,
            until: terms.until,
            requires: terms.requires.iter().map(name).collect(),
            excludes: terms.excludes.iter().map(name).collect(),
            acts: acts_of(frame, event, &key, of),
        }
    };
    frame.events.iter().map(event).collect()
}

fn acts_of(
    frame: &'static detente::model::frame::Frame,
    event: &'static detente::model::event::Event,
    key: &dyn Fn(&str) -> String,
    of: &dyn Fn(String, f64) -> f64,
) -> Vec<Act> {
    let (mut acts, mut written) = (Vec::new(), 0);
    for change in &event.changes {
        let act = acts::of_change(frame, change);
        let uncertain =
            ["years", "by", "to"].map(|last| key(&format!("actions[{written}].{last}")));
        let drawn = uncertain.into_iter().map(|key| of(key, f64::NAN)).find(|x| !x.is_nan());
        acts.push(match drawn {
            Some(number) => acts::with_number(act, number),
            None => act,
        });
        // An attack is written as one action: a dispute that is a war, and the attack.
        written += usize::from(!matches!(
            change,
            Change::Dispute(_, _, detente::model::change::Level::War)
        ));
    }
    acts
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
