//! The text of an expression, as a condition, a value and a distribution.

use std::cell::RefCell;

use detente::model::ids::{EventId, SanctionId, TreatyId, WarId};
use detente::scenario::expression::{Expression, Known, Memory, Place, Scope};
use detente::scenario::parse;
use detente::scenario::problem::{Problems, render};
use detente::scenario::setup::Setup;
use detente::scenario::sources::Sources;

use super::Outcome;
use super::toml::outcome;

/// A small world in which there is something of everything that can be named.
const WORLD: &str = r#"
title = "expression"
[run]
start = 2000-01-01
end = 2001-01-01
[states]
default = { isolation = 0.5, ideal_point = 0.0 }
PRK = { capability = 0.01 }
RUS = { capability = 0.04 }
USA = { capability = 0.12 }
[dyads]
default = { distance_km = 1000 }
[treaties.pact]
members = ["PRK", "RUS"]
obligations = ["defence"]
[sanctions.measures]
senders = ["USA"]
targets = ["PRK"]
types = ["trade"]
since = 1999-01-01
[wars.war]
side_a = ["RUS"]
side_b = ["USA"]
[quantities]
threshold = 0.6
[events.summit]
date = 2000-03-01
actions = [{ sign = "pact" }, { start_war = "war" }]
"#;

/// The world, compiled, with the kinds and subjects of what happens in it.
struct World {
    setup: Setup,
    codes: Vec<String>,
    channels: Vec<(&'static str, String)>,
    /// How many texts have been tried.
    tried: RefCell<u64>,
}

impl World {
    fn new() -> Self {
        let setup = parse(WORLD, None).expect("the world is right");
        let channels = setup.processes.iter().flat_map(|p| p.channels(&setup.frame));
        let channels = channels.map(|channel| (channel.kind, channel.subject)).collect();
        let codes = setup.frame.codes.iter().map(ToString::to_string).collect();
        Self { setup, codes, channels, tried: RefCell::new(0) }
    }

    fn scope(&self) -> Scope<'_> {
        Scope {
            states: Known::all(
                self.codes
                    .iter()
                    .enumerate()
                    .map(|(n, code)| (code.as_str(), detente::model::ids::StateId::new(n))),
            ),
            treaties: Known::all([("pact", TreatyId::new(0))]),
            sanctions: Known::all([("measures", SanctionId::new(0))]),
            wars: Known::all([("war", WarId::new(0))]),
            events: Known::all([("summit", EventId::new(0))]),
            quantities: Known::all([("threshold", 0)]),
            channels: Known::all(
                self.channels.iter().map(|(kind, subject)| (*kind, subject.as_str())),
            ),
            off: Vec::new(),
            calendar: &self.setup.calendar,
            memory: Memory::default(),
        }
    }
}

thread_local! {
    static HERE: World = World::new();
}

/// Compiles the text; one in a hundred in a whole scenario of which a trial is run.
pub fn run(text: &str) -> Outcome {
    HERE.with(|world| {
        let tried = {
            let mut tried = world.tried.borrow_mut();
            *tried += 1;
            *tried
        };
        let compiled = compiled(world, text);
        if tried.is_multiple_of(100) || compiled == Outcome::Read {
            in_scenario(text)
        } else {
            compiled
        }
    })
}

/// What a condition, a value and a distribution of this text are told.
fn compiled(world: &World, text: &str) -> Outcome {
    let mut right = false;
    for how in 0..3 {
        let mut problems = Problems::default();
        let place = Place { start: 0, whole: 0..text.len(), exact: true };
        if let Some(expression) = Expression::parse(text, place, &mut problems) {
            let read = match how {
                0 => expression.truth(&mut world.scope(), &mut problems).is_some(),
                1 => expression.number(&mut world.scope(), &mut problems).is_some(),
                _ => expression.distribution(&mut problems).is_some(),
            };
            assert!(read || !problems.is_empty(), "it was refused without a reason");
            right |= read && problems.is_empty();
        }
        if !problems.is_empty() {
            let mut sources = Sources::default();
            sources.add("text", text);
            assert!(!render(&sources, &problems.into_sorted(), false).is_empty());
        }
    }
    if right { Outcome::Read } else { Outcome::Refused }
}

/// Puts the text wherever expressions stand, in three scenarios.
fn in_scenario(text: &str) -> Outcome {
    let quoted = quoted(text);
    let tables = [
        format!(
            "[events.x]\nwhen = {quoted}\nactions = [{{ contact = \"PRK-RUS\" }}]\n\
             [outcomes.ever]\never = {quoted}\n[outcomes.holds]\nholds = {quoted}\nat = \"end\"\n"
        ),
        format!(
            "[outcomes.value]\nvalue = {quoted}\nat = \"end\"\n[outcomes.mean]\nmean = {quoted}\n\
             above = 0\n"
        ),
        format!("[processes.crisis]\ndelta = {quoted}\n"),
    ];
    let of_all = tables.map(|table| outcome(parse(&format!("{WORLD}{table}"), None)));
    // A text may be right in one of the places.
    if of_all.contains(&Outcome::Ran) { Outcome::Ran } else { of_all[0] }
}

/// A string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out += &format!("\\u{:04X}", u32::from(c)),
            c => out.push(c),
        }
    }
    out + "\""
}

/// Expressions to begin with: these, and those of the documents and the tests.
pub fn seeds(words: &[String]) -> Vec<String> {
    let own = [
        "at_war(RUS, USA) and isolation(PRK) < 0.6",
        "count(s: sanctioned(s, by = USA)) >= 2 or not bound(PRK, RUS, defence)",
        "ever(fired('summit')) and since(signed('pact')) > 0.5",
        "times('dispute', 'RUS>USA') + times('event', 'summit') * 2 - threshold / 3",
        "mean(s: isolation(s)) - max(alignment(PRK, RUS), tension(RUS, USA))",
        "today >= 2000-06-01 and any(s: s != USA and all(t: not at_war(s, t)))",
        "truncated(normal(0.4, 0.2), 0, 1)",
        "choice(0.1: 0.5, 0.2: 0.3, 0.4: 0.2)",
        "beta(2, 5, 0, 1)",
        "triangular(0, 0.2, 1)",
        "lognormal(-1, 0.3)",
    ];
    let short = |text: &&String| text.contains('(') && !text.contains('\n') && text.len() < 300;
    let written = words.iter().filter(short).cloned();
    own.iter().map(|&text| text.to_owned()).chain(written).collect()
}
