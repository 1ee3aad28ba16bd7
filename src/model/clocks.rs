//! Unit-rate clocks: a hazard fires when its integral passes an Exp(1) threshold.
//!
//! Random time change (Rathinam, Sheppard and Khammash 2010): a channel with hazard h(t) fires
//! first when the integral of h reaches an Exp(1) variable drawn once. That is one draw per event
//! instead of one per step; the probability of firing in a step is exactly `1 - exp(-h dt)`, and
//! two variants of a scenario that share thresholds part only where their hazards really differ.

use crate::model::draws::Draws;
use crate::model::entity::Entity;
use crate::model::process::Tag;

/// What is left of a threshold that has not been drawn.
const UNDRAWN: f64 = f64::NEG_INFINITY;

/// One clock for each channel of a process.
#[derive(Clone, Debug, Default)]
pub struct Clocks {
    /// Integrated hazard still to pass before the channel fires; [`UNDRAWN`] until it is needed.
    remaining: Vec<f64>,
    /// How often each channel has fired in this trial.
    fired: Vec<u32>,
}

impl Clocks {
    /// Clocks for `channels` channels; [`Clocks::start`] or [`Clocks::start_idle`] sets them.
    pub fn new(channels: usize) -> Self {
        Self { remaining: vec![0.0; channels], fired: vec![0; channels] }
    }

    /// Sets every clock for a new trial.
    pub fn start(&mut self, tag: Tag, channels: &[Entity], draws: &mut dyn Draws) {
        draws.first_thresholds(tag, channels, &mut self.remaining);
        self.fired.fill(0);
    }

    /// Sets every clock for a new trial and draws its threshold when the channel is first asked: for
    /// processes few of whose channels can ever fire. A draw is the same at any time.
    pub fn start_idle(&mut self) {
        self.remaining.fill(UNDRAWN);
        self.fired.fill(0);
    }

    /// What is left of the threshold of a channel.
    #[inline]
    fn remaining(
        &mut self,
        channel: usize,
        (tag, entity): (Tag, Entity),
        draws: &mut dyn Draws,
    ) -> f64 {
        if self.remaining[channel] == UNDRAWN {
            self.remaining[channel] = draws.unit_exponential(tag, entity, 0);
        }
        self.remaining[channel]
    }

    /// Lets `hazard` (integrated over the step, dimensionless) pass on a channel that can fire at
    /// most once a step. On firing, gives the fraction (0, 1] of the step at which it happened;
    /// the rest of the step does not count towards the next threshold, so the number of firings is
    /// Binomial(steps, 1 - exp(-hazard)) for a constant hazard.
    #[inline]
    pub fn fire_once(
        &mut self,
        channel: usize,
        hazard: f64,
        (tag, entity): (Tag, Entity),
        draws: &mut dyn Draws,
    ) -> Option<f64> {
        assert!(!hazard.is_nan(), "the hazard of a {tag:?} is not a number");
        let before = self.remaining(channel, (tag, entity), draws);
        if hazard < before {
            self.remaining[channel] = before - hazard;
            return None;
        }
        self.rearm(channel, tag, entity, draws);
        Some(before / hazard)
    }

    /// Lets `hazard` pass on a channel that may fire any number of times a step, and calls
    /// `each` with the fraction of the step of each firing. The count is Poisson(hazard).
    pub fn fire_each(
        &mut self,
        channel: usize,
        hazard: f64,
        (tag, entity): (Tag, Entity),
        draws: &mut dyn Draws,
        mut each: impl FnMut(f64),
    ) {
        let mut passed = 0.0;
        while hazard - passed >= self.remaining(channel, (tag, entity), draws) {
            passed += self.remaining[channel];
            each(passed / hazard);
            self.rearm(channel, tag, entity, draws);
        }
        self.remaining[channel] -= hazard - passed;
    }

    /// [`Clocks::fire_once`] on every channel in turn: `rates` are the hazards (1/year), 0 where
    /// nothing can fire, and `dt` is the length of the step (years). `each` gets what fires, with
    /// the fraction of the step.
    #[inline]
    pub fn fire_once_all(
        &mut self,
        (rates, dt): (&[f64], f64),
        (tag, entities): (Tag, &[Entity]),
        draws: &mut dyn Draws,
        mut each: impl FnMut(usize, f64, &mut dyn Draws),
    ) {
        self.pass(rates, dt, |clocks, channel, hazard| {
            let key = (tag, entities[channel]);
            if let Some(fraction) = clocks.fire_once(channel, hazard, key, draws) {
                each(channel, fraction, draws);
            }
        });
    }

    /// [`Clocks::fire_each`] on every channel in turn, as [`Clocks::fire_once_all`].
    #[inline]
    pub fn fire_each_all(
        &mut self,
        (rates, dt): (&[f64], f64),
        (tag, entities): (Tag, &[Entity]),
        draws: &mut dyn Draws,
        mut each: impl FnMut(usize, f64),
    ) {
        self.pass(rates, dt, |clocks, channel, hazard| {
            let key = (tag, entities[channel]);
            clocks.fire_each(channel, hazard, key, draws, |fraction| each(channel, fraction));
        });
    }

    /// Lets the hazards of a step pass. Mostly no clock runs out, so several channels are looked at
    /// side by side; `fire` is asked only about those among which one does.
    #[inline]
    fn pass(&mut self, rates: &[f64], dt: f64, mut fire: impl FnMut(&mut Self, usize, f64)) {
        const LANES: usize = 8;
        for (n, rates) in rates.chunks(LANES).enumerate() {
            let remaining = &mut self.remaining[n * LANES..][..rates.len()];
            let (mut left, mut none) = ([0.0; LANES], true);
            for ((left, &remaining), &rate) in left.iter_mut().zip(&*remaining).zip(rates) {
                let hazard = rate * dt;
                *left = remaining - hazard;
                // False also if the hazard is not a number.
                none &= hazard < remaining;
            }
            if none {
                remaining.copy_from_slice(&left[..rates.len()]);
                continue;
            }
            for (channel, &rate) in (n * LANES..).zip(rates) {
                if rate != 0.0 {
                    fire(self, channel, rate * dt);
                }
            }
        }
    }

    fn rearm(&mut self, channel: usize, tag: Tag, entity: Entity, draws: &mut dyn Draws) {
        self.fired[channel] += 1;
        self.remaining[channel] = draws.unit_exponential(tag, entity, self.fired[channel]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Thresholds 1, 2, 3, ... in turn.
    struct Ladder;
    impl Draws for Ladder {
        fn unit_exponential(&mut self, _: Tag, _: Entity, occurrence: u32) -> f64 {
            f64::from(occurrence + 1)
        }
        fn uniform(&mut self, _: Tag, _: Entity, _: u32) -> f64 {
            unreachable!("a clock makes no choice")
        }
        fn normal_pairs(&mut self, _: Tag, _: u32, _: &[Entity], _: &mut [[f64; 2]]) {}
    }

    fn clock() -> (Clocks, (Tag, Entity)) {
        let key = (Tag(1), Entity::named("event", "x"));
        let mut clocks = Clocks::new(1);
        clocks.start(key.0, &[key.1], &mut Ladder);
        (clocks, key)
    }

    #[test]
    fn a_threshold_is_passed_at_the_exact_fraction_of_the_step() {
        let (mut clocks, key) = clock();
        assert_eq!(clocks.fire_once(0, 0.75, key, &mut Ladder), None);
        assert_eq!(clocks.fire_once(0, 0.5, key, &mut Ladder), Some(0.5));
        // The second threshold, 2, starts afresh with the next step.
        assert_eq!(clocks.fire_once(0, 1.75, key, &mut Ladder), None);
        assert_eq!(clocks.fire_once(0, 0.25, key, &mut Ladder), Some(1.0));
    }

    #[test]
    fn a_threshold_drawn_late_is_the_same() {
        let (mut early, key) = clock();
        let (mut late, _) = clock();
        late.start_idle();
        for hazard in [0.75, 0.5, 1.75, 0.25] {
            let fired = early.fire_once(0, hazard, key, &mut Ladder);
            assert_eq!(late.fire_once(0, hazard, key, &mut Ladder), fired);
        }
        late.start_idle();
        let mut at = Vec::new();
        late.fire_each(0, 4.0, key, &mut Ladder, |fraction| at.push(fraction));
        assert_eq!(at, [0.25, 0.75]);
    }

    #[test]
    fn several_thresholds_may_be_passed_in_one_step() {
        let (mut clocks, key) = clock();
        let mut at = Vec::new();
        clocks.fire_each(0, 4.0, key, &mut Ladder, |fraction| at.push(fraction));
        assert_eq!(at, [0.25, 0.75]);
        at.clear();
        clocks.fire_each(0, 2.0, key, &mut Ladder, |fraction| at.push(fraction));
        assert_eq!(at, [1.0]);
    }

    #[test]
    fn no_hazard_no_firing() {
        let (mut clocks, key) = clock();
        assert_eq!(clocks.fire_once(0, 0.0, key, &mut Ladder), None);
        clocks.fire_each(0, 0.0, key, &mut Ladder, |_| panic!("fired"));
    }
}
