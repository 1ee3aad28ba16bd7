//! What can happen, with everyone and everything called by name.

use detente::model::change::{Change, Level};
use detente::model::frame::Frame;
use detente::model::ids::StateId;
use detente::model::registry::PROCESSES;
use detente::model::war::Camp;

use super::facts::{Name, Pair, dyad};

/// A side of a war.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Attacker,
    Target,
}

impl Side {
    pub fn other(self) -> Self {
        if self == Self::Attacker { Self::Target } else { Self::Attacker }
    }
}

/// A clause that is called on: who owes what to whom, in which war, on which side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Clause {
    /// `None` where the question is whether to begin one.
    pub war: Option<(Name, Side)>,
    pub debtor: Name,
    pub creditor: Name,
    pub obligation: Name,
}

impl Clause {
    /// The war a debtor joins if it honours the clause.
    pub fn joins(&self) -> Option<(Name, Side)> {
        self.war.filter(|_| ["defence", "offence"].contains(&self.obligation))
    }
}

/// How far a dispute goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gravity {
    Less,
    Force,
    /// An attack by an event.
    War,
}

/// Something that happens. Treaties, sanction entries and wars are first, states last.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    Convene(Name),
    /// With those who sign.
    Sign(Name, Vec<Name>),
    Enter(Name),
    Terminate(Name),
    Accede(Name, Name),
    Withdraw(Name, Name),
    Impose(Name),
    Lift(Name),
    /// A state joins an entry.
    JoinSanction(Name, Name),
    Sanction(Pair, Vec<Name>),
    LiftAll(Pair),
    Concede,
    /// Until so many years from now.
    Warn(Pair, f64),
    CallIn(Pair),
    CarryOut(Pair),
    Lapse(Pair),
    Deliver(Pair),
    EndDelivery(Pair),
    PayBack(Pair),
    Scale(Name, f64),
    Contact(Pair),
    /// With the use of force or without.
    Dispute(Pair, Gravity),
    Attack(Pair),
    StartWar(Name),
    /// A state joins a war on a side.
    Join(Name, Name, Side),
    Invoke(Name, Name),
    /// Those called on in a war decide, one after the other.
    Deliberate(Name),
    Honour(Clause),
    Break(Clause),
    Excuse,
    EndWar(Name),
    /// With the winner, if there is one.
    Settle(Name, Option<Side>),
    HoldWar(Name),
    Grieve(Pair, f64),
    /// By so much, and whether it lasts.
    ShiftAlignment(Pair, f64, bool),
    ShiftIsolation(Name, f64, bool),
    /// A parameter of a process has another value.
    Set(Name, Name, f64),
}

impl Act {
    /// Who joins which war on which side, if anyone does.
    pub fn joins(&self) -> Option<(Name, Name, Side)> {
        match *self {
            Self::Join(war, state, side) => Some((war, state, side)),
            Self::Honour(clause) => clause.joins().map(|(war, side)| (war, clause.debtor, side)),
            _ => None,
        }
    }
}

/// The same with another number in it, if it has one.
pub fn with_number(act: Act, number: f64) -> Act {
    match act {
        Act::Warn(pair, _) => Act::Warn(pair, number),
        Act::ShiftAlignment(pair, _, lasting) => Act::ShiftAlignment(pair, number, lasting),
        Act::ShiftIsolation(state, _, lasting) => Act::ShiftIsolation(state, number, lasting),
        Act::Set(process, name, _) => Act::Set(process, name, number),
        other => panic!("{other:?} has no number"),
    }
}

/// An action of an event.
pub fn of_change(frame: &'static Frame, change: &Change) -> Act {
    let code = |s: StateId| frame.codes[s.index()].as_str();
    let pair = |a: StateId, b: StateId| (code(a), code(b));
    let treaty = |id: detente::model::ids::TreatyId| frame.treaties[id.index()].name.as_str();
    let entry = |id: detente::model::ids::SanctionId| frame.sanctions[id.index()].name.as_str();
    let war = |id: detente::model::ids::WarId| frame.wars[id.index()].name.as_str();
    let ends = |id| frame.dyads.pair(id);
    match *change {
        Change::Sign(id) => {
            let members = &frame.treaties[id.index()].members;
            Act::Sign(treaty(id), members.iter().map(|&m| code(m)).collect())
        }
        Change::Enter(id) => Act::Enter(treaty(id)),
        Change::Terminate(id) => Act::Terminate(treaty(id)),
        Change::Accede(id, state) => Act::Accede(treaty(id), code(state)),
        Change::Withdraw(id, state) => Act::Withdraw(treaty(id), code(state)),
        Change::Impose(id) => Act::Impose(entry(id)),
        Change::Lift(id) => Act::Lift(entry(id)),
        Change::JoinSanction(id, state) => Act::JoinSanction(entry(id), code(state)),
        Change::LiftAll(from, on) => Act::LiftAll(pair(from, on)),
        Change::Warn(from, on, years) => Act::Warn(pair(from, on), years),
        Change::Deliver(from, to) => Act::Deliver(pair(from, to)),
        Change::Dispute(from, on, level) => {
            let gravity = match level {
                Level::War => Gravity::War,
                Level::Force => Gravity::Force,
                _ => Gravity::Less,
            };
            Act::Dispute(pair(from, on), gravity)
        }
        Change::Attack(from, on) => Act::Attack(pair(from, on)),
        Change::StartWar(id) => Act::StartWar(war(id)),
        Change::Join(id, state, Camp::Attacker) => Act::Join(war(id), code(state), Side::Attacker),
        Change::Join(id, state, Camp::Target) => Act::Join(war(id), code(state), Side::Target),
        Change::EndWar(id) => Act::EndWar(war(id)),
        Change::HoldWar(id) => Act::HoldWar(war(id)),
        Change::Invoke(id, state) => Act::Invoke(war(id), code(state)),
        Change::Contact(id) => Act::Contact(dyad(code(ends(id).0), code(ends(id).1))),
        Change::ShiftAlignment { dyad: id, by, lasting } => {
            Act::ShiftAlignment(dyad(code(ends(id).0), code(ends(id).1)), by, lasting)
        }
        Change::ShiftIsolation { state, by, lasting } => {
            Act::ShiftIsolation(code(state), by, lasting)
        }
        Change::Set(id, value) => {
            Act::Set(PROCESSES[id.process].about.name, id.parameter().name, value)
        }
        ref other => panic!("no verb of an event asks for {other:?}"),
    }
}
