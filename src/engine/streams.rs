//! Random streams addressed by name: who draws, in which trial, at which moment.
//!
//! | part of the address | where it goes |
//! |---|---|
//! | seed and process tag | key: the first two words of the block of counter (tag, 0, 0, 0) under the seed |
//! | trial | counter word 0 |
//! | moment (step pair or occurrence), kind of draw, refill | counter word 1: 24, 2 and 6 bits |
//! | entity | counter words 2 and 3 |
//!
//! A block gives two 64-bit words. The first normal of a pair starts from the first word, the
//! second from the second; a rejection in the ziggurat continues in refill blocks of its own, so no
//! draw can disturb another.

use pulp::Arch;
use rand_distr::{Distribution, Exp1, StandardUniform};

use crate::engine::philox;
use crate::engine::ziggurat::{EXPONENTIAL, NORMAL};
use crate::model::draws::Draws;
use crate::model::entity::Entity;
use crate::model::process::Tag;

mod batch;
mod words;

use batch::{Batch, Exponentials, Normals, Place};
use words::join;

/// The streams of one trial.
#[derive(Clone, Debug)]
pub struct Streams {
    seed: [u32; 2],
    trial: u32,
    /// The process that drew last, and its key.
    last: Option<(Tag, [u32; 2])>,
    /// What has been drawn, if anybody listens.
    heard: Option<Box<Heard>>,
}

/// What has been drawn since it was last asked, in order.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// Thresholds that have been passed: those before the ones drawn.
    pub passed: Vec<f64>,
    /// Uniform numbers, for choices.
    pub choices: Vec<f64>,
}

/// Kinds of draw: two bits of the counter keep them apart.
const THRESHOLD: u32 = 0;
const UNIFORM: u32 = 1;
const NORMALS: u32 = 2;

/// Bits of the counter's second word below the kind of draw: the number of the refill.
const REFILL_BITS: u32 = 6;

impl Streams {
    /// The streams of trial number `trial` under `seed`.
    pub fn new(seed: u64, trial: u32) -> Self {
        Self { seed: [seed as u32, (seed >> 32) as u32], trial, last: None, heard: None }
    }

    /// Keeps from now on what is drawn.
    pub fn listen(&mut self) {
        self.heard = Some(Box::default());
    }

    /// What has been drawn since this was last asked.
    pub fn heard(&mut self) -> Heard {
        self.heard.as_mut().map(|heard| std::mem::take(&mut **heard)).unwrap_or_default()
    }

    fn threshold(&mut self, tag: Tag, entity: Entity, occurrence: u32) -> f64 {
        let place = self.place(tag, occurrence, THRESHOLD);
        let ready = join(philox::block(place.counter(entity), place.key));
        match EXPONENTIAL.first(ready[0]) {
            (threshold, true) => threshold,
            _ => Exp1.sample(&mut place.words(entity, (ready, 0), 1)),
        }
    }

    #[inline]
    fn key(&mut self, tag: Tag) -> [u32; 2] {
        if let Some((last, key)) = self.last
            && last == tag
        {
            return key;
        }
        let [first, second, ..] = philox::block([tag.0, 0, 0, 0], self.seed);
        self.last = Some((tag, [first, second]));
        [first, second]
    }

    fn place(&mut self, tag: Tag, moment: u32, kind: u32) -> Place {
        debug_assert!(moment < 1 << 24, "a trial has fewer than 2^24 moments");
        let moment = moment << 8 | kind << REFILL_BITS;
        Place { trial: self.trial, moment, key: self.key(tag) }
    }
}

impl Draws for Streams {
    fn unit_exponential(&mut self, tag: Tag, entity: Entity, occurrence: u32) -> f64 {
        if self.heard.is_some() && occurrence > 0 {
            let passed = self.threshold(tag, entity, occurrence - 1);
            self.heard.iter_mut().for_each(|heard| heard.passed.push(passed));
        }
        self.threshold(tag, entity, occurrence)
    }

    fn uniform(&mut self, tag: Tag, entity: Entity, occurrence: u32) -> f64 {
        let place = self.place(tag, occurrence, UNIFORM);
        let [word, _] = join(philox::block(place.counter(entity), place.key));
        let mut words = place.words(entity, ([0, word], 1), 1);
        let uniform = StandardUniform.sample(&mut words);
        self.heard.iter_mut().for_each(|heard| heard.choices.push(uniform));
        uniform
    }

    fn first_thresholds(&mut self, tag: Tag, entities: &[Entity], out: &mut [f64]) {
        let place = self.place(tag, 0, THRESHOLD);
        Arch::new().dispatch(Batch { draw: Exponentials(&EXPONENTIAL), place, entities, out });
    }

    fn normal_pairs(&mut self, tag: Tag, pair: u32, entities: &[Entity], out: &mut [[f64; 2]]) {
        let place = self.place(tag, pair, NORMALS);
        Arch::new().dispatch(Batch { draw: Normals(&NORMAL), place, entities, out });
    }

    fn choices(&mut self) -> Vec<f64> {
        self.heard().choices
    }
}

#[cfg(test)]
mod tests {
    use rand::TryRng;
    use rand_distr::StandardNormal;

    use super::words::Words;
    use super::*;

    fn entity(n: usize) -> Entity {
        Entity::named("event", &n.to_string())
    }

    fn normals(seed: u64, trial: u32, tag: Tag, pair: u32, n: usize) -> Vec<f64> {
        let entities: Vec<_> = (0..n).map(entity).collect();
        let mut out = vec![[0.0; 2]; n];
        Streams::new(seed, trial).normal_pairs(tag, pair, &entities, &mut out);
        out.into_iter().flatten().collect()
    }

    #[test]
    fn every_part_of_the_address_matters() {
        let base = normals(1, 2, Tag(3), 4, 1);
        assert_eq!(base, normals(1, 2, Tag(3), 4, 1));
        for other in [
            normals(9, 2, Tag(3), 4, 1),
            normals(1 << 32 | 1, 2, Tag(3), 4, 1),
            normals(1, 9, Tag(3), 4, 1),
            normals(1, 2, Tag(9), 4, 1),
            normals(1, 2, Tag(3), 9, 1),
        ] {
            assert!(base[0] != other[0] && base[1] != other[1]);
        }
    }

    #[test]
    fn a_draw_does_not_depend_on_who_else_draws() {
        let alone = normals(7, 0, Tag(1), 0, 1);
        assert_eq!(alone, normals(7, 0, Tag(1), 0, 500)[..2]);
    }

    #[test]
    fn draws_side_by_side_are_those_of_the_library_one_by_one() {
        let entities: Vec<_> = (0..2_001).map(entity).collect();
        let mut streams = Streams::new(5, 7);
        let (mut pairs, mut thresholds) = (vec![[0.0; 2]; 2_001], vec![0.0; 2_001]);
        streams.normal_pairs(Tag(1), 3, &entities, &mut pairs);
        streams.first_thresholds(Tag(1), &entities, &mut thresholds);
        let of_normals = streams.place(Tag(1), 3, NORMALS);
        let of_thresholds = streams.place(Tag(1), 0, THRESHOLD);
        for ((&entity, pair), threshold) in entities.iter().zip(pairs).zip(thresholds) {
            let ready = join(philox::block(of_normals.counter(entity), of_normals.key));
            let normal = |word, refill| -> f64 {
                StandardNormal.sample(&mut of_normals.words(entity, ([0, word], 1), refill))
            };
            assert_eq!(pair, [normal(ready[0], 1), normal(ready[1], 32)]);

            let ready = join(philox::block(of_thresholds.counter(entity), of_thresholds.key));
            let one: f64 = Exp1.sample(&mut of_thresholds.words(entity, (ready, 0), 1));
            assert_eq!(threshold, one);
            assert_eq!(threshold, streams.unit_exponential(Tag(1), entity, 0));
        }
    }

    #[test]
    fn moments_of_the_draws() {
        let n = 20_000;
        let z = normals(5, 0, Tag(1), 0, n);
        let count = z.len() as f64;
        let mean = z.iter().sum::<f64>() / count;
        let variance = z.iter().map(|z| z * z).sum::<f64>() / count;
        let lanes = z.chunks(2).map(|pair| pair[0] * pair[1]).sum::<f64>() / n as f64;
        assert!(mean.abs() < 4.0 / count.sqrt(), "mean {mean}");
        assert!((variance - 1.0).abs() < 4.0 * (2.0 / count).sqrt(), "variance {variance}");
        assert!(lanes.abs() < 4.0 / (n as f64).sqrt(), "covariance {lanes}");

        let mut streams = Streams::new(5, 0);
        let e: Vec<_> = (0..n).map(|k| streams.unit_exponential(Tag(2), entity(k), 0)).collect();
        let mean = e.iter().sum::<f64>() / n as f64;
        assert!((mean - 1.0).abs() < 4.0 / (n as f64).sqrt(), "mean {mean}");
        assert!(e.iter().all(|&x| x > 0.0));

        let u: Vec<_> = (0..n).map(|k| streams.uniform(Tag(2), entity(k), 0)).collect();
        let mean = u.iter().sum::<f64>() / n as f64;
        assert!((mean - 0.5).abs() < 4.0 / (12.0 * n as f64).sqrt(), "mean {mean}");
        assert!(u.iter().all(|x| (0.0..1.0).contains(x)));
        let together = u.iter().zip(&e).map(|(u, e)| (u - 0.5) * (e - 1.0)).sum::<f64>() / n as f64;
        assert!(together.abs() < 4.0 / (12.0 * n as f64).sqrt(), "covariance {together}");
    }

    #[test]
    fn refills_continue_where_the_words_end() {
        let counter = [1, 2 << 8, 3, 4];
        let mut rng = Words { ready: [0, 5], used: 1, refill: 32, counter, key: [6, 7] };
        let drawn: Vec<_> = (0..3).map(|_| rng.try_next_u64().unwrap()).collect();
        let refill = join(philox::block([1, 2 << 8 | 32, 3, 4], [6, 7]));
        assert_eq!(drawn, [5, refill[0], refill[1]]);
    }
}
