//! P9 `casus_foederis`: war calls on treaties, and each ally decides.
//!
//! Mechanism: an attack activates clauses. Defence is owed to the target of a war; under an
//! unconditional treaty also to a member that chose the war, the attacker once others join against
//! it and a joiner at once. Offence is owed to an attacker at the outbreak. Neutrality is owed to
//! everyone who fights. An event that invokes a treaty calls on defence in the same way. The debtors
//! decide one after the other, those asked to fight first and of them the most capable first, and
//! see who has joined; one that joins calls on further clauses, each debtor once for each creditor
//! and obligation of a war. A debtor asked to fight that is bound to a state of the other side too,
//! or fights one of its own side in another war, is excused.
//!
//! ```text
//! h_kj = logistic(logit h0 + g_a (a_kj - a_ref) + g_w (2 p_win - 1)) reputation^(broken_k)
//! ```
//!
//! h0 is that of the obligation; p_win is the chance that the creditor's side wins, with k's
//! capability if k is asked to fight; broken_k counts the other states to whom k has broken its word
//! in the last `reputation_years`. Honour of defence or offence: k joins the war. Honour of
//! neutrality: k stays out. Broken: alignment with the creditor falls (process `alignment`) and k's
//! word is worth less. Units: probabilities; a, p_win pure numbers. Source: base rates from
//! Berkemeier and Fuhrmann (2018), wars 1816-2003; the weights are assumed.

use std::collections::HashSet;

use crate::model::change::{Call, Change};
use crate::model::clause::{CALLED, VERDICTS, Verdict, channel, treaty_of};
use crate::model::deterrence::bound_to;
use crate::model::draws::Draws;
use crate::model::frame::Frame;
use crate::model::honour::{Honour, Word};
use crate::model::ids::{StateId, WarId};
use crate::model::parameters::parameters;
use crate::model::process::{About, Channel, Consequence, Memory, Process, Reaction, Tag};
use crate::model::treaty::{Obligation, Treaty};
use crate::model::victory::Victory;
use crate::model::war::{Camp, Part};
use crate::model::world::World;

/// What this process is.
pub const ABOUT: About = About {
    name: "casus_foederis",
    tag: Tag(9),
    summary: "war calls on treaties, and each ally decides whether to keep its word",
};

parameters! {
    /// Parameters of `casus_foederis`.
    pub struct CasusFoederisParameters {
        h_defence = 0.41, 0.0 => 1.0, "1", Published, "base rate at which defence is honoured; 0.60 before 1945, 0.12 since";
        h_offence = 0.74, 0.0 => 1.0, "1", Published, "base rate of offence";
        h_neutrality = 0.78, 0.0 => 1.0, "1", Published, "base rate of neutrality";
        h_non_aggression = 0.37, 0.0 => 1.0, "1", Published, "base rate of non-aggression; the data hold pure pacts only where they were broken";
        g_a = 1.0, -20.0 => 20.0, "1", Assumed, "weight of alignment with the creditor";
        a_ref = 0.8, -1.0 => 1.0, "1", Assumed, "alignment at which it adds nothing";
        g_w = 1.0, -20.0 => 20.0, "1", Assumed, "weight of the chance to win";
        reputation = 0.8, 0.0 => 1.0, "1", Assumed, "factor on a state's promises for each other state to whom it broke its word";
        reputation_years = 5.0, 0.0 => 100.0, "years", Assumed, "how long a broken word is held against a state";
    }
}

impl CasusFoederisParameters {
    /// What they say of keeping one's word, with the chance to win from process `war`.
    pub fn honour(&self, victory: Victory) -> Honour {
        let mut base = [0.0; Obligation::ALL.len()];
        base[Obligation::Defence as usize] = self.h_defence;
        base[Obligation::Offence as usize] = self.h_offence;
        base[Obligation::Neutrality as usize] = self.h_neutrality;
        base[Obligation::NonAggression as usize] = self.h_non_aggression;
        let weights = (self.g_a, self.a_ref, self.g_w);
        Honour::new(base, weights, (self.reputation, self.reputation_years), victory)
    }
}

/// The process.
#[derive(Clone, Debug)]
pub struct CasusFoederis {
    honour: Honour,
}

impl CasusFoederis {
    /// The process: how states keep their word.
    pub fn new(honour: Honour) -> Self {
        Self { honour }
    }

    /// Calls on every debtor of `creditor` for an obligation.
    fn call(
        war: WarId,
        creditor: StateId,
        obligation: Obligation,
        unconditional_only: bool,
        memory: &mut Memory,
        reaction: &Reaction<'_>,
    ) {
        let (frame, world) = (reaction.view.frame, &*reaction.world);
        let Some(camp) = world.wars.part(war, creditor).camp() else { return };
        for debtor in (0..frame.states()).map(StateId::new).filter(|&k| k != creditor) {
            let applies = |treaty: &Treaty| !(unconditional_only && treaty.conditional);
            let treaty = treaty_of(frame, world, (debtor, creditor), obligation, applies);
            let inside = world.wars.part(war, debtor) != Part::Outside;
            let Some(treaty) = treaty.filter(|_| !inside) else { continue };
            if !memory.asked.insert((war, debtor, creditor, obligation)) {
                continue;
            }
            memory.calls.push(Call { war: Some(war), debtor, creditor, obligation, treaty, camp });
        }
    }

    /// Puts the calls of one event, the last ones, in the order in which they are decided: those
    /// asked to fight first, and of those the most capable first.
    fn order(from: usize, memory: &mut Memory, reaction: &Reaction<'_>) {
        let capability = |call: &Call| reaction.world.capability[call.debtor.index()];
        let names = |call: &Call| {
            let codes = &reaction.view.frame.codes;
            (codes[call.debtor.index()], codes[call.creditor.index()], call.obligation)
        };
        memory.calls[from..].sort_unstable_by(|a, b| {
            let fighters = b.fights().cmp(&a.fights());
            let capable = capability(b).total_cmp(&capability(a));
            fighters.then(capable).then(names(a).cmp(&names(b)))
        });
    }

    /// Calls on whoever owes something to a state that has just entered a war or been attacked.
    fn entered(&self, war: WarId, state: StateId, memory: &mut Memory, reaction: &Reaction<'_>) {
        let part = reaction.world.wars.part(war, state);
        match part {
            Part::Outside => return,
            Part::First(Camp::Target) => {
                Self::call(war, state, Obligation::Defence, false, memory, reaction);
            }
            Part::First(Camp::Attacker) => {
                Self::call(war, state, Obligation::Offence, false, memory, reaction);
            }
            Part::Joined(_) => Self::call(war, state, Obligation::Defence, true, memory, reaction),
        }
        Self::call(war, state, Obligation::Neutrality, false, memory, reaction);
    }

    /// A state has joined a war: its own allies, and those of the states it now attacks.
    fn joined(
        &self,
        war: WarId,
        (state, camp): (StateId, Camp),
        memory: &mut Memory,
        reaction: &Reaction<'_>,
    ) {
        self.entered(war, state, memory, reaction);
        let frame = reaction.view.frame;
        for opponent in (0..frame.states()).map(StateId::new) {
            if reaction.world.wars.part(war, opponent).camp() == Some(camp.other()) {
                Self::call(war, opponent, Obligation::Defence, true, memory, reaction);
            }
        }
    }

    /// The next of those called on in this war decides.
    fn decide(&self, war: WarId, memory: &mut Memory, reaction: &mut Reaction<'_>) {
        let next = memory.calls.iter().position(|call| call.war == Some(war));
        let Some(next) = next else { return };
        let call = memory.calls.remove(next);
        let frame = reaction.view.frame;
        if let Some((verdict, change, reasons)) = self.verdict(call, memory, reaction) {
            let channel = channel(frame, verdict, &call);
            let tag = ABOUT.tag;
            reaction.follow.push(Consequence { tag, channel, change, reasons });
        }
        reaction.then(ABOUT.tag, None, Change::Decide(war));
    }

    /// What becomes of a call; nothing if it has lost its object.
    fn verdict(
        &self,
        call: Call,
        memory: &mut Memory,
        reaction: &mut Reaction<'_>,
    ) -> Option<(Verdict, Change, Option<crate::model::process::Reasons>)> {
        let Call { debtor, creditor, obligation, camp, .. } = call;
        let war = call.war?;
        let (frame, world) = (reaction.view.frame, &*reaction.world);
        let pair = frame.pairs.between(debtor, creditor).index();
        let gone = world.wars.part(war, debtor) != Part::Outside
            || world.wars.part(war, creditor).camp() != Some(camp)
            || !world.treaties.owes(debtor, creditor, obligation);
        if gone {
            return None;
        }
        let fights = call.fights();
        let other = world.wars.camp(war, camp.other());
        let mut mine = world.wars.camp(war, camp);
        let at_war = |state| world.wars.between(frame.dyads.between(debtor, state));
        if fights && (other.into_iter().any(|o| bound_to(world, debtor, o)) || mine.any(at_war)) {
            return Some((Verdict::Excused, Change::Excuse(call), None));
        }
        let more = if fights { world.capability[debtor.index()] } else { 0.0 };
        let word = Word {
            debtor,
            creditor,
            obligation,
            alignment: world.alignment[frame.dyads.between(debtor, creditor).index()],
            winning: self.honour.victory.of_camp(world, war, camp, more),
        };
        // Each obligation numbers its choices by itself: one treaty more moves no other's draws.
        let kinds = u32::try_from(CALLED.len()).expect("there are four");
        let kind = CALLED.iter().position(|&o| o == obligation)?;
        let choice = memory.next_choice(pair * CALLED.len() + kind) * kinds;
        let number = choice + u32::try_from(kind).expect("there are four");
        let draw = reaction.draws.uniform(ABOUT.tag, frame.pair_entities[pair], number);
        let kept = draw < self.honour.probability(reaction.world, &word, reaction.now);
        let reasons =
            reaction.traced.then(|| self.honour.reasons(reaction.world, &word, reaction.now));
        Some(if kept {
            (Verdict::Honoured, Change::Honour(call), reasons)
        } else {
            (Verdict::Broken, Change::Break(call), reasons)
        })
    }
}

impl Process for CasusFoederis {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn channels(&self, frame: &Frame) -> Vec<Channel> {
        let subjects = |obligation: Obligation| {
            let pairs = frame.pairs.iter();
            pairs.map(move |(pair, ..)| format!("{} {}", frame.pair_name(pair), obligation.name()))
        };
        let of_kind = |(_, kind)| Channel::of(kind, CALLED.into_iter().flat_map(subjects));
        VERDICTS.into_iter().flat_map(of_kind).collect()
    }

    fn memory(&self, frame: &Frame) -> Memory {
        let pairs = frame.pairs.len();
        Memory {
            choices: vec![0; pairs * CALLED.len()],
            calls: Vec::with_capacity(pairs),
            asked: HashSet::with_capacity(2 * pairs),
            ..Memory::default()
        }
    }

    fn begin(
        &self,
        _frame: &Frame,
        _world: &mut World,
        memory: &mut Memory,
        _draws: &mut dyn Draws,
    ) {
        memory.choices.fill(0);
        memory.asked.clear();
        memory.calls.clear();
    }

    fn react(&self, change: &Change, memory: &mut Memory, reaction: &mut Reaction<'_>) {
        let frame = reaction.view.frame;
        let from = memory.calls.len();
        if let Some((war, state, camp)) = change.joins() {
            self.joined(war, (state, camp), memory, reaction);
            Self::order(from, memory, reaction);
            // One who keeps its word is followed by the next to decide; one sent by an event is not.
            if matches!(change, Change::Join(..)) {
                reaction.then(ABOUT.tag, None, Change::Decide(war));
            }
            return;
        }
        let war = match *change {
            Change::Attack(attacker, target) => frame.war_of(attacker, target),
            Change::StartWar(war) | Change::Invoke(war, _) => war,
            Change::Decide(war) => return self.decide(war, memory, reaction),
            Change::EndWar(war) | Change::Settle(war, _) => {
                // The next war of these two asks afresh.
                memory.asked.retain(|(asked, ..)| *asked != war);
                return;
            }
            _ => return,
        };
        if let Change::Invoke(_, state) = *change {
            // As if attacked: an unconditional treaty holds for a member that chose the war too.
            let chose = reaction.world.wars.part(war, state) != Part::First(Camp::Target);
            Self::call(war, state, Obligation::Defence, chose, memory, reaction);
        } else {
            for camp in [Camp::Target, Camp::Attacker] {
                for state in (0..frame.states()).map(StateId::new) {
                    if reaction.world.wars.part(war, state) == Part::First(camp) {
                        self.entered(war, state, memory, reaction);
                    }
                }
            }
        }
        Self::order(from, memory, reaction);
        reaction.then(ABOUT.tag, None, Change::Decide(war));
    }
}
