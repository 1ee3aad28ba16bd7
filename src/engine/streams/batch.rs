//! Draws of many entities at one moment, several side by side and to the same bits.
//!
//! Philox is whole numbers and the first step of the ziggurat one sum and one product, so every
//! instruction set gives the same bits. What needs more than one word is drawn by the library.

use pulp::{Simd, WithSimd};
use rand_distr::{Distribution, Exp1, StandardNormal};

use super::words::{Words, join};
use crate::engine::philox;
use crate::engine::ziggurat::Ziggurat;
use crate::model::entity::Entity;

/// How many blocks are made side by side.
const LANES: usize = 8;

/// Where draws are, but for the entity.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) trial: u32,
    /// Moment and kind of draw.
    pub(super) moment: u32,
    pub(super) key: [u32; 2],
}

impl Place {
    #[inline(always)]
    fn blocks(&self, entities: &[Entity; LANES]) -> [[u64; 2]; LANES] {
        let low = entities.map(|entity| entity.bits() as u32);
        let high = entities.map(|entity| (entity.bits() >> 32) as u32);
        let counters = [[self.trial; LANES], [self.moment; LANES], low, high];
        let blocks = philox::blocks(counters, self.key);
        std::array::from_fn(|n| join(blocks.map(|word| word[n])))
    }

    /// The counter of an entity's block.
    pub(super) fn counter(&self, entity: Entity) -> [u32; 4] {
        let bits = entity.bits();
        [self.trial, self.moment, bits as u32, (bits >> 32) as u32]
    }

    /// The words of a draw that go on after those in `ready`, of which `used` are used up.
    pub(super) fn words(
        &self,
        entity: Entity,
        (ready, used): ([u64; 2], usize),
        refill: u32,
    ) -> Words {
        Words { ready, used, refill, counter: self.counter(entity), key: self.key }
    }
}

/// A kind of draw, for [`LANES`] entities at a time.
pub(super) trait Draw {
    /// What an entity gets.
    type Drawn: Copy + Default;

    /// What each entity gets of its block, and whether one word was enough for all.
    fn first(&self, blocks: &Blocks, out: &mut [Self::Drawn; LANES]) -> bool;

    /// Draws again where one word was not enough.
    fn longer(
        &self,
        place: Place,
        drawn: (&[Entity; LANES], &Blocks),
        out: &mut [Self::Drawn; LANES],
    );
}

type Blocks = [[u64; 2]; LANES];

/// Two normals for every entity, from the two words of its block.
pub(super) struct Normals(pub(super) &'static Ziggurat);

/// One exponential number for every entity, from the first word of its block.
pub(super) struct Exponentials(pub(super) &'static Ziggurat);

impl Draw for Normals {
    type Drawn = [f64; 2];

    #[inline(always)]
    fn first(&self, blocks: &Blocks, out: &mut [[f64; 2]; LANES]) -> bool {
        let mut all = true;
        for (out, words) in out.iter_mut().zip(blocks) {
            for (out, &word) in out.iter_mut().zip(words) {
                let (x, enough) = self.0.first(word);
                *out = x;
                all &= enough;
            }
        }
        all
    }

    #[cold]
    fn longer(
        &self,
        place: Place,
        (entities, blocks): (&[Entity; LANES], &Blocks),
        out: &mut [[f64; 2]; LANES],
    ) {
        for ((out, words), &entity) in out.iter_mut().zip(blocks).zip(entities) {
            // The first normal of a pair and the second go on in refill blocks of their own.
            for ((out, &word), refill) in out.iter_mut().zip(words).zip([1, 32]) {
                if !self.0.first(word).1 {
                    *out = StandardNormal.sample(&mut place.words(entity, ([0, word], 1), refill));
                }
            }
        }
    }
}

impl Draw for Exponentials {
    type Drawn = f64;

    #[inline(always)]
    fn first(&self, blocks: &Blocks, out: &mut [f64; LANES]) -> bool {
        let mut all = true;
        for (out, words) in out.iter_mut().zip(blocks) {
            let (x, enough) = self.0.first(words[0]);
            *out = x;
            all &= enough;
        }
        all
    }

    #[cold]
    fn longer(
        &self,
        place: Place,
        (entities, blocks): (&[Entity; LANES], &Blocks),
        out: &mut [f64; LANES],
    ) {
        for ((out, &words), &entity) in out.iter_mut().zip(blocks).zip(entities) {
            if !self.0.first(words[0]).1 {
                *out = Exp1.sample(&mut place.words(entity, (words, 0), 1));
            }
        }
    }
}

/// One kind of draw for every entity.
pub(super) struct Batch<'a, D: Draw> {
    pub(super) draw: D,
    pub(super) place: Place,
    pub(super) entities: &'a [Entity],
    pub(super) out: &'a mut [D::Drawn],
}

// The loop is the same for every instruction set; the compiler makes a version for each.
impl<D: Draw> WithSimd for Batch<'_, D> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let (whole, rest) = self.entities.as_chunks::<LANES>();
        let (whole_out, rest_out) = self.out.as_chunks_mut::<LANES>();
        for (entities, out) in whole.iter().zip(whole_out) {
            lanes(&self.draw, self.place, entities, out);
        }
        // What is left over at the end is filled up, and what is too much is thrown away.
        if let Some(&first) = rest.first() {
            let mut last = [first; LANES];
            last[..rest.len()].copy_from_slice(rest);
            let mut drawn = [D::Drawn::default(); LANES];
            lanes(&self.draw, self.place, &last, &mut drawn);
            rest_out.copy_from_slice(&drawn[..rest.len()]);
        }
    }
}

#[inline(always)]
fn lanes<D: Draw>(draw: &D, place: Place, entities: &[Entity; LANES], out: &mut [D::Drawn; LANES]) {
    let blocks = place.blocks(entities);
    if !draw.first(&blocks, out) {
        draw.longer(place, (entities, &blocks), out);
    }
}
