//! A scenario of six states for tests of expressions, and what may be named in it.
#![allow(dead_code, reason = "each test file uses its own part")]

use detente::model::event::Event;
use detente::model::expression::{Facts, Number, Tracked, Truth};
use detente::model::ids::{EventId, SanctionId, StateId, TreatyId, WarId};
use detente::model::process::Channel;
use detente::model::registry::PROCESSES;
use detente::model::world::World;
use detente::scenario::expression::{Expression, Known, Memory, Place, Scope};
use detente::scenario::problem::{Problem, Problems};
use detente::scenario::setup::Setup;

const TEXT: &str = r#"
title = "Six states"
[run]
start = 2024-01-01
end = 2029-01-01
step = "month"
seed = 7
[states]
CHN = { capability = 0.2, isolation = 0.1 }
KOR = { capability = 0.02, isolation = 0.2 }
PRK = { capability = 0.01, isolation = 0.7 }
RUS = { capability = 0.04, isolation = 0.5 }
UKR = { capability = 0.01, isolation = 0.3 }
USA = { capability = 0.15, isolation = 0.05 }
[dyads]
CHN-KOR = { distance_km = 300, alignment = -0.1 }
CHN-PRK = { distance_km = 0, alignment = 0.6 }
CHN-RUS = { distance_km = 0, alignment = 0.5 }
CHN-UKR = { distance_km = 3200, alignment = 0.1 }
CHN-USA = { distance_km = 9000, alignment = -0.6, grievance = 1.0 }
KOR-PRK = { distance_km = 0, alignment = -0.8, grievance = 4.0 }
KOR-RUS = { distance_km = 500, alignment = -0.2 }
KOR-UKR = { distance_km = 6000, alignment = 0.4 }
KOR-USA = { distance_km = 8000, alignment = 0.8 }
PRK-RUS = { distance_km = 0, alignment = 0.55 }
PRK-UKR = { distance_km = 6000, alignment = -0.4 }
PRK-USA = { distance_km = 8500, alignment = -0.9, grievance = 3.0 }
RUS-UKR = { distance_km = 0, alignment = -0.7, grievance = 5.0 }
RUS-USA = { distance_km = 80, alignment = -0.75, grievance = 2.0 }
UKR-USA = { distance_km = 7000, alignment = 0.7 }
[treaties.treaty-2024]
members = ["PRK", "RUS"]
obligations = ["defence", "consultation"]
[treaties.alliance]
members = ["KOR", "USA"]
owed_by = ["USA"]
obligations = ["defence"]
signed = 1953-10-01
[sanctions.arms-embargo]
senders = ["USA", "KOR"]
targets = ["PRK"]
types = ["arms"]
[wars.invasion]
side_a = ["RUS"]
side_b = ["UKR"]
[events.visit]
date = 2024-06-19
actions = [{ contact = "PRK-RUS" }]
[events.invasion-begins]
rate = 0.1
actions = [{ start_war = "invasion" }]
[events.signature]
rate = 0.1
actions = [{ sign = "treaty-2024" }, { impose = "arms-embargo" }]
"#;

/// The scenario, with what a trial keeps of it.
pub struct Ground {
    pub setup: Setup,
    channels: Vec<Channel>,
    codes: Vec<String>,
    pub fired: Vec<u32>,
    pub counts: Vec<u32>,
    pub quantities: Vec<f64>,
}

impl Ground {
    pub fn new() -> Self {
        let off = PROCESSES.iter().map(|entry| entry.about.name);
        let off = off.filter(|name| !["crisis", "attack"].contains(name));
        let off: String = off.map(|name| format!("[processes.{name}]\non = false\n")).collect();
        let setup = match detente::scenario::parse(&format!("{TEXT}{off}"), None) {
            Ok(setup) => setup,
            Err(error) => panic!("{error}"),
        };
        let channels: Vec<_> =
            setup.processes.iter().flat_map(|process| process.channels(&setup.frame)).collect();
        Self {
            codes: setup.frame.codes.iter().map(ToString::to_string).collect(),
            fired: vec![0; setup.frame.events.len()],
            counts: vec![0; channels.len()],
            quantities: vec![0.4, 0.25],
            channels,
            setup,
        }
    }

    /// What may be named.
    pub fn scope(&self) -> Scope<'_> {
        let frame = &self.setup.frame;
        let treaties = frame.treaties.iter().enumerate();
        let events = frame.events.iter().enumerate();
        let codes = self.codes.iter().enumerate();
        Scope {
            states: Known::all(codes.map(|(n, code)| (code.as_str(), StateId::new(n)))),
            treaties: Known::all(treaties.map(|(n, t)| (t.name.as_str(), TreatyId::new(n)))),
            sanctions: Known::all([("arms-embargo", SanctionId::new(0))]),
            wars: Known::all([("invasion", WarId::new(0))]),
            events: Known::all(
                events.map(|(n, e): (_, &Event)| (e.name.as_str(), EventId::new(n))),
            ),
            quantities: Known::all([("resolve", 0), ("threshold", 1)]),
            channels: Known::all(self.channels.iter().map(|c| (c.kind, c.subject.as_str()))),
            off: Vec::new(),
            calendar: &self.setup.calendar,
            memory: Memory::default(),
        }
    }

    /// The facts of a world on a day.
    pub fn facts<'a>(&'a self, world: &'a World, day: i32, tracked: &'a [Tracked]) -> Facts<'a> {
        Facts {
            frame: &self.setup.frame,
            world,
            day,
            now: f64::from(day) / 365.2425,
            fired: &self.fired,
            counts: &self.counts,
            quantities: &self.quantities,
            tracked,
        }
    }

    pub fn event(&self, name: &str) -> usize {
        self.setup.frame.events.iter().position(|event| event.name == name).expect("an event")
    }

    pub fn channel(&self, kind: &str, subject: &str) -> usize {
        let found = self.channels.iter().position(|c| c.kind == kind && c.subject == subject);
        found.expect("a channel")
    }

    /// The condition of this text, which must be right.
    pub fn truth(&self, text: &str) -> Truth {
        self.truth_in(text, &mut self.scope())
    }

    pub fn truth_in(&self, text: &str, scope: &mut Scope<'_>) -> Truth {
        let mut problems = Problems::default();
        let parsed = Expression::parse(text, place(text), &mut problems);
        let truth = parsed.and_then(|parsed| parsed.truth(scope, &mut problems));
        assert!(problems.is_empty(), "{text}: {problems:?}");
        truth.expect("it is right")
    }

    /// The number of this text, which must be right.
    pub fn number(&self, text: &str) -> Number {
        let mut problems = Problems::default();
        let parsed = Expression::parse(text, place(text), &mut problems);
        let number = parsed.and_then(|parsed| parsed.number(&mut self.scope(), &mut problems));
        assert!(problems.is_empty(), "{text}: {problems:?}");
        number.expect("it is right")
    }

    /// Whether the condition of this text holds at the start.
    pub fn holds(&self, text: &str) -> bool {
        self.truth(text).holds(&self.facts(&self.setup.initial, 0, &[]))
    }

    /// The value of this text at the start.
    pub fn value(&self, text: &str) -> f64 {
        self.number(text).value(&self.facts(&self.setup.initial, 0, &[]))
    }

    /// What is wrong with the condition of this text.
    pub fn problems(&self, text: &str) -> Vec<Problem> {
        let mut problems = Problems::default();
        let parsed = Expression::parse(text, place(text), &mut problems);
        let truth = parsed.and_then(|parsed| parsed.truth(&mut self.scope(), &mut problems));
        assert_eq!(truth.is_none() || !problems.is_empty(), !problems.is_empty(), "{text}");
        problems.into_sorted()
    }
}

/// A text that is a file by itself.
pub fn place(text: &str) -> Place {
    Place { start: 0, whole: 0..text.len(), exact: true }
}
