//! P8 `attack`: a dispute becomes a war.
//!
//! Mechanism: each militarised dispute escalates with a fixed probability. A state that has promised
//! the other not to attack it, or to defend it, decides first whether to keep its word (process
//! `casus_foederis`); if it does, there is no war.
//!
//! ```text
//! P(war | dispute) = p_war,   times 1 - h_ij if i owes j non-aggression or defence
//! ```
//!
//! Units: probabilities. Source: COW MID 5, 1946-2014: 0.017 of disputes; 0.044 over 1816-2014.

use crate::model::change::{Call, Change, Level};
use crate::model::clause::{Verdict, channel, treaty_of};
use crate::model::frame::Frame;
use crate::model::honour::{Honour, Word};
use crate::model::ids::StateId;
use crate::model::parameters::parameters;
use crate::model::process::{About, Chance, Channel, Memory, Process, Reaction, Reasons, Tag};
use crate::model::processes::casus_foederis;
use crate::model::treaty::Obligation;
use crate::model::war::Camp;

/// What this process is.
pub const ABOUT: About = About { name: "attack", tag: Tag(8), summary: "a dispute becomes a war" };

parameters! {
    /// Parameters of `attack`.
    pub struct AttackParameters {
        p_war = 0.017, 0.0 => 1.0, "1", Estimated, "probability that a dispute becomes a war; 1946-2014 (0.044 over 1816-2014)";
    }
}

/// The process.
#[derive(Clone, Debug)]
pub struct Attack {
    parameters: AttackParameters,
    honour: Option<Honour>,
}

impl Attack {
    /// The process with these parameters; `honour` if states keep or break their word at all.
    pub fn new(parameters: AttackParameters, honour: Option<Honour>) -> Self {
        Self { parameters, honour }
    }

    /// Lets a state that owes non-aggression decide. Whether it keeps its word.
    fn refrains(
        &self,
        (i, j): (StateId, StateId),
        choice: u32,
        reaction: &mut Reaction<'_>,
    ) -> bool {
        let frame = reaction.view.frame;
        let obligation = Obligation::NonAggression;
        let Some(honour) = &self.honour else { return false };
        // Who has promised to defend a state has promised not to attack it.
        let mut promises = [obligation, Obligation::Defence].into_iter();
        let promised = promises
            .find_map(|promise| treaty_of(frame, reaction.world, (i, j), promise, |_| true));
        let Some(treaty) = promised else { return false };
        let c = |state: StateId| reaction.world.capability[state.index()];
        let word = Word {
            debtor: i,
            creditor: j,
            obligation,
            alignment: reaction.world.alignment[frame.dyads.between(i, j).index()],
            winning: 1.0 - honour.victory.of_attacker(c(i), c(j)),
        };
        let pair = frame.pairs.between(i, j).index();
        let draw = reaction.draws.uniform(ABOUT.tag, frame.pair_entities[pair], choice);
        let kept = draw < honour.probability(reaction.world, &word, reaction.now);
        let call =
            Call { war: None, debtor: i, creditor: j, obligation, treaty, camp: Camp::Target };
        let (verdict, change) = if kept {
            (Verdict::Honoured, Change::Honour(call))
        } else {
            (Verdict::Broken, Change::Break(call))
        };
        let counted = channel(frame, verdict, &call);
        let reasons = reaction.traced.then(|| honour.reasons(reaction.world, &word, reaction.now));
        reaction.follow.push(crate::model::process::Consequence {
            tag: casus_foederis::ABOUT.tag,
            channel: counted,
            change,
            reasons,
        });
        kept
    }
}

impl Process for Attack {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn channels(&self, frame: &Frame) -> Vec<Channel> {
        Channel::of_pairs("attack", frame).collect()
    }

    fn memory(&self, frame: &Frame) -> Memory {
        Memory { choices: vec![0; frame.pairs.len()], ..Memory::default() }
    }

    fn react(&self, change: &Change, memory: &mut Memory, reaction: &mut Reaction<'_>) {
        // An event that lets a state attack says so itself.
        let Change::Dispute(i, j, Level::Threat | Level::Display | Level::Force) = *change else {
            return;
        };
        let frame = reaction.view.frame;
        let pair = frame.pairs.between(i, j).index();
        // Two numbers for each dispute: whether to escalate, and whether to refrain, asked or not.
        let choice = 2 * memory.next_choice(pair);
        let p = self.parameters.p_war;
        let at_war = reaction.world.wars.between(frame.dyads.between(i, j));
        let escalates = reaction.draws.uniform(ABOUT.tag, frame.pair_entities[pair], choice) < p;
        if at_war || !escalates || self.refrains((i, j), choice + 1, reaction) {
            return;
        }
        reaction.by_chance(ABOUT.tag, Some(pair), Change::Attack(i, j), || Reasons {
            chance: Chance::Probability(p),
            terms: Vec::new(),
        });
    }
}
