//! The oracle of a trial: naive and slow, every quantity computed afresh from its definition.
//!
//! It follows the headers of `src/model/processes/` and shares no code with them, only the random
//! streams and the compiled start. Names stand where the engine has positions; what follows from a
//! change follows by recursion.

mod acts;
mod alliances;
mod chance;
mod changes;
pub mod compare;
mod conditions;
mod drawn;
mod facts;
mod language;
mod occasions;
mod rates;
mod reactions;
mod rivalry;
mod scores;
mod world;

use std::collections::BTreeSet;

use detente::model::entity::Entity;

use acts::{Act, Clause};
use chance::Chance;
use conditions::Remembered;
use facts::{Event, Facts, Map, Name, Pair};
use world::World;

/// The tags of the processes: with names and occurrences the addresses of their random numbers.
mod tag {
    pub const ALIGNMENT: u32 = 1;
    pub const PACT_END: u32 = 3;
    pub const SANCTION: u32 = 4;
    pub const WARNING: u32 = 5;
    pub const ARMS: u32 = 6;
    pub const CRISIS: u32 = 7;
    pub const ATTACK: u32 = 8;
    pub const CASUS_FOEDERIS: u32 = 9;
    pub const WAR: u32 = 10;
    pub const RATIFICATION: u32 = 14;
    pub const CONTACT: u32 = 15;
    pub const ECONOMIC_AGREEMENT: u32 = 19;
    pub const ACCESSION: u32 = 20;
    pub const WITHDRAWAL: u32 = 21;
    pub const LIFTING: u32 = 22;
    pub const LEAGUE: u32 = 23;
    pub const EVENTS: u32 = 100;
}

/// A row of `events.csv`: what happens, and to whom or what.
pub type Channel = (Name, String);

/// Something that comes by itself: on its day in the order of tags, kinds and subjects.
struct Firing {
    day: i32,
    tag: u32,
    /// The number of its kind among those of its process.
    kind: usize,
    channel: Channel,
    effect: Effect,
}

enum Effect {
    /// It counts only if it changes anything.
    One(Act),
    /// An event has an occasion; if it takes it, it counts whatever becomes of its actions.
    Occasion(&'static Event),
    /// Nothing; but conditions are looked at.
    Look,
}

/// What follows from a change, with the row that counts it, if any.
type Consequence = (Option<Channel>, Act);

pub struct Oracle {
    facts: &'static Facts,
    chance: Chance,
    /// The world at the start of the step: what rates read.
    start: World,
    /// The coming world.
    world: World,
    /// sum_j w_j B_ij of each state at the start of the trial.
    bonds0: Map<Name, f64>,
    step: usize,
    /// The day on which something happens now, and its moment (years).
    day: i32,
    moment: f64,
    due: Vec<Firing>,
    /// Clauses called on whose debtors have not decided yet, in order.
    calls: Vec<Clause>,
    /// Who has been asked in which war, by whom, for what.
    asked: BTreeSet<(Name, Name, Name, Name)>,
    /// The links that the imposition at hand brings into force.
    imposed: Vec<Pair>,
    counts: Map<Channel, u32>,
    /// When each event that has happened last did.
    happened: Map<Name, f64>,
    /// Events whose condition held when it was looked at last.
    held: BTreeSet<Name>,
    /// What `ever` and `since` remember of the truths within them, by their texts.
    remembered: Map<Name, Remembered>,
}

impl Oracle {
    /// The start of a trial, with the events of the first day.
    pub fn new(facts: &'static Facts, trial: u32) -> Self {
        let mut chance = Chance::new(facts.setup.seed, trial);
        let mut world = World::of_start(facts);
        world.past_agreements(&mut chance);
        let mut oracle = Self {
            facts,
            chance,
            bonds0: facts.states.iter().map(|&i| (i, world.bonds(i))).collect(),
            start: world.clone(),
            world,
            step: 0,
            day: 0,
            moment: 0.0,
            due: Vec::new(),
            calls: Vec::new(),
            asked: BTreeSet::new(),
            imposed: Vec::new(),
            counts: Map::new(),
            happened: Map::new(),
            held: BTreeSet::new(),
            remembered: Map::new(),
        };
        oracle.look(true);
        oracle.dated_events(|day| day == 0);
        oracle.happen_in_order(0);
        oracle
    }

    fn p(&self, process: Name, name: Name) -> f64 {
        self.facts.p(process, name)
    }

    /// The start of the step in years.
    fn now(&self) -> f64 {
        self.step as f64 * self.facts.dt
    }

    /// How long the step goes on after what happens now; before the first step nothing goes on.
    fn left_of_step(&self) -> f64 {
        let begun = self.moment > self.now();
        if begun { self.now() + self.facts.dt - self.moment } else { 0.0 }
    }

    /// Moves the world on by a step.
    pub fn step(&mut self, step: usize) {
        self.step = step;
        self.start = self.world.clone();
        self.move_scores();
        self.agreements();
        self.treaties_change();
        self.sanctions_change();
        self.warnings();
        self.deliveries();
        self.disputes();
        self.wars_end();
        let (from, to) = (self.facts.days[step], self.facts.days[step + 1]);
        self.dated_events(|day| from < day && day <= to);
        self.random_events();
        self.looks(|day| from < day && day < to);
        self.happen_in_order(to);
    }

    /// The day within the step, never its first, on which this share of it has passed.
    fn day(&self, share: f64) -> i32 {
        let (from, to) = (self.facts.days[self.step], self.facts.days[self.step + 1]);
        from + ((share * f64::from(to - from)).ceil() as i32).clamp(1, to - from)
    }

    /// Lets a hazard (1/year) pass; the day on which it strikes, if it does.
    fn strikes(&mut self, tag: u32, who: Entity, hazard: f64) -> Option<i32> {
        let share = self.chance.once(tag, who, hazard * self.facts.dt)?;
        Some(self.day(share))
    }

    fn will(&mut self, day: i32, tag: u32, kind: (usize, Name), subject: String, act: Act) {
        let channel = (kind.1, subject);
        self.due.push(Firing { day, tag, kind: kind.0, channel, effect: Effect::One(act) });
    }

    /// Makes what is due happen, and looks at the world after each and at the end.
    fn happen_in_order(&mut self, end: i32) {
        let mut due = std::mem::take(&mut self.due);
        due.sort_by(|a, b| {
            let order = |f: &Firing| (f.day, f.tag, f.kind);
            order(a).cmp(&order(b)).then_with(|| a.channel.1.cmp(&b.channel.1))
        });
        for Firing { day, channel, effect, .. } in due {
            self.comes(day);
            match effect {
                Effect::One(act) => self.make((Some(channel), act)),
                Effect::Occasion(event) if self.takes(event) => self.happens(event),
                Effect::Occasion(_) | Effect::Look => {}
            }
            self.look(false);
        }
        self.comes(end);
        self.look(true);
    }

    /// A day of the step comes.
    fn comes(&mut self, day: i32) {
        let (from, days) = (self.facts.days[self.step], &self.facts.days);
        let length = f64::from(days[self.step + 1] - from);
        self.day = day;
        self.moment = self.now() + f64::from(day - from) / length * self.facts.dt;
    }

    /// Makes something happen, with all that follows from it.
    fn make(&mut self, (channel, act): Consequence) {
        self.imposed = match act {
            Act::Impose(entry) => self.world.missing(entry),
            Act::JoinSanction(entry, state) => self.world.missing_of(entry, state),
            _ => Vec::new(),
        };
        if !self.world.happen(&act, self.moment) {
            return;
        }
        if let Some(channel) = channel {
            *self.counts.entry(channel).or_default() += 1;
        }
        let follow = self.react(&act);
        follow.into_iter().for_each(|consequence| self.make(consequence));
    }
}

/// How results name an ordered pair.
fn arrow((from, to): Pair) -> String {
    format!("{from}>{to}")
}

/// How results name a dyad.
fn dash((i, j): Pair) -> String {
    format!("{i}-{j}")
}
