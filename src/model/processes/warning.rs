//! P5 `warning`: states warn others of what they dislike, and remember whether they were heeded.
//!
//! Mechanism: k warns i at a rate that rises with hostility and, for a while, with each act of i
//! that k dislikes. A warning is a conditional threat: it stands for `threat_years`; if i commits
//! such an act meanwhile, and k neither sanctions i already nor has a threat due, the threat is due
//! for as long again, and k's sanction on i is likelier (process `sanction`). The record says whether
//! k carried it out or let it lapse.
//!
//! ```text
//! rate = w0 H_ki + w1 X_ki   per year, not between states at war with each other
//! X_ki <- X_ki + 1 at an act of i that k dislikes;   dX_ki/dt = -decay X_ki
//! ```
//!
//! k dislikes, if a_ki < 0: a treaty of defence, offence or consultation that i signs or joins with
//! a rival of k, arms that i delivers to a rival of k, and a dispute that i begins. j is a rival of
//! k if a_kj < 0 or H_kj > 0.3. X is integrated exactly over a step. Units: w0, w1, decay in
//! 1/year; H, X pure numbers. Source: assumed; an act draws w1 / decay = 3 warnings on average.

use crate::model::change::Change;
use crate::model::clocks::Clocks;
use crate::model::draws::Draws;
use crate::model::frame::Frame;
use crate::model::ids::{PairId, StateId, TreatyId};
use crate::model::math::exp;
use crate::model::parameters::parameters;
use crate::model::process::{
    About, Chance, Channel, Effect, Firing, Memory, Next, Process, Reaction, Reasons, Tag, Term,
    View,
};
use crate::model::processes::balancing::RIVAL_HOSTILITY;
use crate::model::treaty::Obligation;
use crate::model::world::World;

/// What this process is.
pub const ABOUT: About = About {
    name: "warning",
    tag: Tag(5),
    summary: "states warn others of what they dislike; a warning not heeded becomes a threat that is due",
};

parameters! {
    /// Parameters of `warning`.
    pub struct WarningParameters {
        w0 = 0.5, 0.0 => 1000.0, "1/year", Assumed, "rate at full hostility";
        w1 = 6.0, 0.0 => 1000.0, "1/year", Assumed, "rate for each fresh act that is disliked";
        decay = 2.0, 0.01 => 1000.0, "1/year", Assumed, "how fast acts are forgotten";
        threat_years = 1.0, 0.0 => 100.0, "years", Assumed, "how long a warning stands, and how long a threat is due";
    }
}

/// Kinds of channel, one for each ordered pair.
const KINDS: [&str; 4] = ["warning", "threat-due", "threat-carried-out", "threat-lapsed"];

/// The process.
#[derive(Clone, Debug)]
pub struct Warning {
    parameters: WarningParameters,
}

impl Warning {
    /// The process with these parameters.
    pub fn new(parameters: WarningParameters) -> Self {
        Self { parameters }
    }

    /// Warnings to come in a step of length `dt` in which the share `kept` of exposure lasts, and the
    /// exposure left at its end.
    #[inline]
    fn pass(&self, hostility: f64, exposure: f64, (dt, kept): (f64, f64)) -> (f64, f64) {
        let p = &self.parameters;
        let acts = if exposure == 0.0 { 0.0 } else { exposure * (1.0 - kept) / p.decay };
        (p.w0 * hostility * dt + p.w1 * acts, exposure * kept)
    }

    /// Everyone who dislikes what `actor` has done to the gain of, or against, `others`.
    fn disliked(
        &self,
        memory: &mut Memory,
        reaction: &mut Reaction<'_>,
        actor: StateId,
        offends: &dyn Fn(&Reaction<'_>, StateId) -> bool,
    ) {
        let frame = reaction.view.frame;
        for k in (0..frame.states()).map(StateId::new).filter(|&k| k != actor) {
            let dyad = frame.dyads.between(k, actor);
            if reaction.view.world.alignment[dyad.index()] >= 0.0 || !offends(reaction, k) {
                continue;
            }
            let pair = frame.pairs.between(k, actor).index();
            memory.noted[pair] += 1.0;
            let ledger = &reaction.world.ledger;
            if ledger.warned(k, actor, reaction.now)
                && !ledger.due(k, actor)
                && !reaction.world.sanctions.any(k, actor)
            {
                let years = self.parameters.threat_years;
                reaction.then(
                    ABOUT.tag,
                    Some(frame.pairs.len() + pair),
                    Change::CallIn(k, actor, years),
                );
            }
        }
    }

    /// Whether any of `states` is a rival of `k`.
    fn rivals(reaction: &Reaction<'_>, k: StateId, state: StateId) -> bool {
        let View { frame, world, derived, .. } = reaction.view;
        k != state
            && derived.rival(world, frame.dyads.between(k, state), (k, state), RIVAL_HOSTILITY)
    }

    fn signed(
        &self,
        id: TreatyId,
        memory: &mut Memory,
        reaction: &mut Reaction<'_>,
        who: Option<StateId>,
    ) {
        let frame = reaction.view.frame;
        let treaty = &frame.treaties[id.index()];
        let weighty = [Obligation::Defence, Obligation::Offence, Obligation::Consultation];
        if !weighty.iter().any(|&obligation| treaty.obliges(obligation)) {
            return;
        }
        for &actor in treaty.candidates.iter().filter(|&&state| who.is_none_or(|who| who == state))
        {
            if !reaction.world.treaties.is_member(frame, id, actor) {
                continue;
            }
            self.disliked(memory, reaction, actor, &|reaction, k| {
                let members = reaction.world.treaties.members(frame, id);
                let mut partners = members.clone().filter(|&member| member != actor);
                let inside = members.clone().any(|member| member == k);
                !inside && partners.any(|partner| Self::rivals(reaction, k, partner))
            });
        }
    }
}

impl Process for Warning {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn channels(&self, frame: &Frame) -> Vec<Channel> {
        KINDS.into_iter().flat_map(|kind| Channel::of_pairs(kind, frame)).collect()
    }

    /// `noted` holds the exposures X by ordered pair (k, i), then those of the step's start; `rates`
    /// the warnings to come in the step.
    fn memory(&self, frame: &Frame) -> Memory {
        let pairs = frame.pairs.len();
        let (noted, rates) = (vec![0.0; 2 * pairs], vec![0.0; pairs]);
        Memory { clocks: Clocks::new(pairs), noted, rates, ..Memory::default() }
    }

    fn begin(&self, frame: &Frame, _world: &mut World, memory: &mut Memory, draws: &mut dyn Draws) {
        memory.clocks.start(ABOUT.tag, &frame.pair_entities, draws);
        memory.noted.fill(0.0);
    }

    fn reasons(&self, view: &View<'_>, memory: &Memory, channel: usize) -> Option<Reasons> {
        if channel >= view.frame.pairs.len() {
            return None;
        }
        let (k, i) = view.frame.pairs.of(PairId::new(channel));
        let hostility = view.derived.hostility(k, i);
        let p = &self.parameters;
        let exposure = memory.noted[view.frame.pairs.len() + channel];
        let terms =
            vec![Term::plain("hostility", hostility), Term::plain("disliked acts", exposure)];
        Some(Reasons { chance: Chance::Hazard(p.w0 * hostility + p.w1 * exposure), terms })
    }

    fn step(
        &self,
        view: View<'_>,
        memory: &mut Memory,
        draws: &mut dyn Draws,
        next: &mut Next<'_>,
    ) {
        let View { frame, world, derived, step } = view;
        let timeline = &frame.timeline;
        let pairs = frame.dyads.ordered();
        let (now, then) = (view.now(), view.now() + timeline.dt);
        let (exposures, at_start) = memory.noted.split_at_mut(pairs.len());
        at_start.copy_from_slice(exposures);
        let kept = exp(-self.parameters.decay * timeline.dt);
        let hostilities = pairs.iter().map(|&(k, i, _)| derived.hostility(k, i));
        memory.rates.iter_mut().zip(hostilities).for_each(|(rate, hostility)| *rate = hostility);
        for (passed, exposure) in memory.rates.iter_mut().zip(exposures) {
            (*passed, *exposure) = self.pass(*passed, *exposure, (timeline.dt, kept));
        }
        world.wars.still(&mut memory.rates, pairs.iter().map(|&(.., dyad)| dyad));
        let mut fire = |fraction, channel, change| {
            next.firings.push(Firing {
                day: timeline.day_within(step, fraction),
                tag: ABOUT.tag,
                channel,
                effect: Effect::One(change),
            });
        };
        // What passes is integrated over the step already.
        let passed = (&*memory.rates, 1.0);
        let key = (ABOUT.tag, &*frame.pair_entities);
        memory.clocks.fire_each_all(passed, key, draws, |pair, fraction| {
            let (k, i, _) = pairs[pair];
            fire(fraction, pair, Change::Warn(k, i, self.parameters.threat_years));
        });
        let due = if world.ledger.any_due() { pairs } else { &[] };
        for (pair, &(k, i, _)) in due.iter().enumerate() {
            let until = world.ledger.due_until(k, i);
            if world.ledger.due(k, i) && until <= then {
                let fraction = ((until - now) / timeline.dt).max(f64::MIN_POSITIVE);
                fire(fraction, 3 * pairs.len() + pair, Change::Lapse(k, i));
            }
        }
    }

    fn react(&self, change: &Change, memory: &mut Memory, reaction: &mut Reaction<'_>) {
        match *change {
            Change::Sign(id) => self.signed(id, memory, reaction, None),
            Change::Accede(id, state) => self.signed(id, memory, reaction, Some(state)),
            Change::Deliver(supplier, recipient) => {
                self.disliked(memory, reaction, supplier, &|reaction, k| {
                    Self::rivals(reaction, k, recipient)
                });
            }
            Change::Dispute(initiator, ..) => {
                self.disliked(memory, reaction, initiator, &|_, _| true);
            }
            Change::Sanction(sender, target, _) => self.carried_out(reaction, sender, target),
            Change::Impose(id) => {
                let entry = &reaction.view.frame.sanctions[id.index()];
                for &(sender, target) in &entry.links[..entry.own] {
                    self.carried_out(reaction, sender, target);
                }
            }
            Change::JoinSanction(id, state) => {
                let links = &reaction.view.frame.sanctions[id.index()].links;
                for &(sender, target) in links.iter().filter(|(sender, _)| *sender == state) {
                    self.carried_out(reaction, sender, target);
                }
            }
            _ => {}
        }
    }
}

impl Warning {
    /// A sanction by a state whose threat is due carries it out.
    fn carried_out(&self, reaction: &mut Reaction<'_>, sender: StateId, target: StateId) {
        if reaction.world.ledger.due(sender, target) {
            let pairs = reaction.view.frame.pairs;
            let channel = 2 * pairs.len() + pairs.between(sender, target).index();
            reaction.then(ABOUT.tag, Some(channel), Change::CarryOut(sender, target));
        }
    }
}
