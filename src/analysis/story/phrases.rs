//! What each change is called in a story.

use crate::engine::trace::Made;
use crate::model::change::{Call, Change, Level};
use crate::model::frame::Frame;
use crate::model::ids::{StateId, TreatyId};
use crate::model::treaty::{Layer, Obligation, Ratification};
use crate::model::war::{Camp, Outcome};
use crate::scenario::setup::Setup;

/// Whether a change is part of the machinery and not of the story: its effects are told with what
/// they follow from.
pub fn silent(made: &Made) -> bool {
    matches!(made.change, Change::Decide(_) | Change::Aid(..))
}

/// The change as made, in words.
pub fn of(setup: &Setup, made: &Made) -> String {
    let text = change(setup, made.change, &made.members, made.effective);
    if made.effective { text } else { format!("{text} (already so, or no longer possible)") }
}

/// The change in words. What is signed is signed by `members`; `effective` says whether anything
/// comes of it.
pub fn change(setup: &Setup, change: Change, members: &[StateId], effective: bool) -> String {
    let frame = &setup.frame;
    let name = |state: StateId| frame.names[state.index()].as_str();
    match change {
        Change::Convene(founder) => format!("{} calls for a league", name(founder)),
        Change::Sign(id) => signed(setup, id, members, effective),
        Change::Enter(id) => format!("{} comes into force", treaty(frame, id)),
        Change::Terminate(id) => format!("{} ends", treaty(frame, id)),
        Change::Accede(id, state) => format!("{} accedes to {}", name(state), treaty(frame, id)),
        Change::Withdraw(id, state) => {
            format!("{} withdraws from {}", name(state), treaty(frame, id))
        }
        Change::Impose(id) => format!("sanction {} imposed", frame.sanctions[id.index()].name),
        Change::Lift(id) => format!("sanction {} lifted", frame.sanctions[id.index()].name),
        Change::JoinSanction(id, state) => {
            format!("{} joins sanction {}", name(state), frame.sanctions[id.index()].name)
        }
        Change::Set(parameter, value) => format!("from now on {} is {value}", parameter.key()),
        Change::Sanction(from, on, types) => {
            let types: Vec<_> = types.names().collect();
            format!("{} sanctions {} ({})", name(from), name(on), types.join(", "))
        }
        Change::LiftAll(from, on) => format!("{} lifts its sanctions on {}", name(from), name(on)),
        Change::Concede(from, on) => format!("{} has conceded to {}", name(on), name(from)),
        Change::Warn(from, to, _) => format!("{} warns {}", name(from), name(to)),
        Change::CallIn(from, to, _) => {
            format!("{} has done what {} warned of: the threat is due", name(to), name(from))
        }
        Change::CarryOut(from, to) => {
            format!("{} has carried out its threat against {}", name(from), name(to))
        }
        Change::Lapse(from, to) => {
            format!("the threat of {} against {} comes to nothing", name(from), name(to))
        }
        Change::Deliver(from, to) => format!("{} delivers arms to {}", name(from), name(to)),
        Change::EndDelivery(from, to) => {
            format!("the deliveries of {} to {} end", name(from), name(to))
        }
        Change::PayBack(from, to) => {
            format!("{} pays {} with support and technology", name(to), name(from))
        }
        Change::Aid(state, factor) => format!("arms raise {} by {factor:.4}", name(state)),
        Change::ScaleCapability(state, by) => {
            format!("the capability of {} is multiplied by {by}", name(state))
        }
        Change::Contact(dyad) => {
            let (i, j) = frame.dyads.pair(dyad);
            format!("{} and {} meet", name(i), name(j))
        }
        Change::Dispute(from, with, level) => {
            let what = match level {
                Level::Threat => "threatens",
                Level::Display => "displays force against",
                Level::Force => "uses force against",
                Level::War => "turns against",
            };
            format!("{} {what} {}", name(from), name(with))
        }
        Change::Attack(from, on) => format!("{} attacks {}: war", name(from), name(on)),
        Change::StartWar(id) => {
            let war = &frame.wars[id.index()];
            let (a, b) = (names(frame, &war.attackers), names(frame, &war.targets));
            format!("war {}: {a} against {b}", war.name)
        }
        Change::Join(war, state, camp) => {
            let side = match camp {
                Camp::Attacker => "the attacker's",
                Camp::Target => "the attacked",
            };
            format!("{} joins war {} on {side} side", name(state), frame.war_name(war))
        }
        Change::Invoke(war, state) => {
            format!("{} calls on its allies in war {}", name(state), frame.war_name(war))
        }
        Change::Decide(war) => format!("the next ally decides in war {}", frame.war_name(war)),
        Change::Honour(call) => honoured(setup, call),
        Change::Break(call) => broken(setup, call),
        Change::Excuse(call) => {
            format!(
                "{} is bound to the other side too, or in no position to act",
                owed(setup, call)
            )
        }
        Change::EndWar(war) => format!("war {} ends", frame.war_name(war)),
        Change::Settle(war, outcome) => match outcome {
            Outcome::Draw => format!("war {} ends undecided", frame.war_name(war)),
            Outcome::Won(Camp::Attacker) => {
                format!("war {}: the attacker wins", frame.war_name(war))
            }
            Outcome::Won(Camp::Target) => {
                format!("war {}: the attacked side wins", frame.war_name(war))
            }
        },
        Change::HoldWar(war) => {
            format!("war {} goes on until an event ends it", frame.war_name(war))
        }
        Change::Grieve(dyad, _) => {
            let (i, j) = frame.dyads.pair(dyad);
            format!("suspicion grows between {} and {}", name(i), name(j))
        }
        Change::ShiftAlignment { lasting, .. } | Change::ShiftIsolation { lasting, .. } => {
            format!("{} shift", if lasting { "lasting" } else { "passing" })
        }
    }
}

/// The layer of a treaty that the model forms.
fn layer(frame: &Frame, id: TreatyId) -> Option<Layer> {
    let of = |layer: &Layer| frame.slots.layers[*layer as usize].contains(&id);
    Layer::ALL.into_iter().find(of)
}

fn treaty(frame: &Frame, id: TreatyId) -> String {
    let treaty = &frame.treaties[id.index()];
    let members = || names(frame, &treaty.members);
    match layer(frame, id) {
        Some(layer) => format!("the {} of {}", noun(layer), members()),
        None if frame.slots.leagues.contains(&id) => format!("the {}", treaty.name),
        None => format!("treaty {}", treaty.name),
    }
}

/// What an agreement of a layer is called.
fn noun(layer: Layer) -> &'static str {
    match layer {
        Layer::Defence => "defence pact",
        Layer::Consultation => "consultation pact",
        Layer::NonAggression => "non-aggression pact",
        Layer::Partnership => "political partnership",
        Layer::Economic => "economic agreement",
    }
}

fn signed(setup: &Setup, id: TreatyId, members: &[StateId], effective: bool) -> String {
    let frame = &setup.frame;
    let treaty = &frame.treaties[id.index()];
    let what = match layer(frame, id) {
        Some(Layer::Economic) => format!("an {}", noun(Layer::Economic)),
        Some(layer) => format!("a {}", noun(layer)),
        None => {
            let obligations: Vec<_> = treaty.obligations.iter().map(|o| o.name()).collect();
            let binding = if obligations.is_empty() {
                "no obligation".into()
            } else {
                obligations.join(", ")
            };
            format!("treaty {} ({binding})", treaty.name)
        }
    };
    let waits = match treaty.ratification {
        Ratification::AtSignature => false,
        Ratification::ByChance => frame.ratification,
        Ratification::ByEvent => true,
    };
    let stage = if waits && effective { ", to be ratified" } else { "" };
    format!("{} sign {what}{stage}", names(frame, members))
}

/// The clause: who owes whom what, by which treaty and article.
fn owed(setup: &Setup, call: Call) -> String {
    let frame = &setup.frame;
    let name = |state: StateId| frame.names[state.index()].as_str();
    let treaty = &frame.treaties[call.treaty.index()];
    let article = treaty.articles[call.obligation as usize].as_ref();
    let article = article.map_or(String::new(), |article| format!(", {article}"));
    let (debtor, creditor) = (name(call.debtor), name(call.creditor));
    format!("{debtor}, who owes {creditor} {} ({}{article}),", call.obligation.name(), treaty.name)
}

fn honoured(setup: &Setup, call: Call) -> String {
    let deed = match (call.obligation, call.war) {
        (Obligation::Defence | Obligation::Offence, Some(_)) => "keeps its word and joins the war",
        (_, Some(_)) => "keeps its word and stays out",
        (_, None) => "keeps its word and does not attack",
    };
    format!("{} {deed}", owed(setup, call))
}

fn broken(setup: &Setup, call: Call) -> String {
    let deed = match (call.obligation, call.war) {
        (Obligation::Defence | Obligation::Offence, Some(_)) => "breaks its word and stays out",
        (_, Some(_)) => "breaks its word and supports the other side",
        (_, None) => "breaks its word",
    };
    format!("{} {deed}", owed(setup, call))
}

/// Names in a list: `A and B`, `A, B and C`.
pub fn names(frame: &Frame, states: &[StateId]) -> String {
    let names: Vec<_> = states.iter().map(|s| frame.names[s.index()].as_str()).collect();
    match names[..] {
        [] => String::new(),
        [one] => one.to_owned(),
        [ref most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
