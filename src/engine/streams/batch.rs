//! Draws of many entities at one moment, several side by side and to the same bits.
//!
//! Philox is whole numbers and the first step of the ziggurat one sum and one product, so every
//! instruction set gives the same bits. What needs more than one word is drawn by the library.

use pulp::{Simd, WithSimd};
use rand_distr::{Distribution, Exp1, StandardNormal};

use super::words::{Words, join};
use crate::engine::philox;
use crate::engine::ziggurat::{EXPONENTIAL, NORMAL, Ziggurat};
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

    /// The words of a draw that go on after those in `ready`, of which `used` are used up.
    fn words(&self, entity: Entity, (ready, used): ([u64; 2], usize), refill: u32) -> Words {
        let bits = entity.bits();
        let counter = [self.trial, self.moment, bits as u32, (bits >> 32) as u32];
        Words { ready, used, refill, counter, key: self.key }
    }
}

/// Two normals for every entity, from the two words of its block.
pub(super) struct NormalPairs<'a> {
    pub(super) place: Place,
    pub(super) entities: &'a [Entity],
    pub(super) out: &'a mut [[f64; 2]],
}

/// One exponential number for every entity, from the first word of its block.
pub(super) struct Thresholds<'a> {
    pub(super) place: Place,
    pub(super) entities: &'a [Entity],
    pub(super) out: &'a mut [f64],
}

// The loops are the same for every instruction set; the compiler makes a version for each.
impl WithSimd for NormalPairs<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let (place, normal) = (self.place, &*NORMAL);
        each_lanes(self.entities, self.out, |entities, out| normals(place, normal, entities, out));
    }
}

impl WithSimd for Thresholds<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let (place, exponential) = (self.place, &*EXPONENTIAL);
        each_lanes(self.entities, self.out, |entities, out| {
            thresholds(place, exponential, entities, out);
        });
    }
}

/// Draws for [`LANES`] entities at a time; what is left over at the end is filled up and thrown away.
#[inline(always)]
fn each_lanes<T: Copy + Default>(
    entities: &[Entity],
    out: &mut [T],
    mut draw: impl FnMut(&[Entity; LANES], &mut [T; LANES]),
) {
    let (whole, rest) = entities.as_chunks::<LANES>();
    let (whole_out, rest_out) = out.as_chunks_mut::<LANES>();
    whole.iter().zip(whole_out).for_each(|(entities, out)| draw(entities, out));
    if let Some(&first) = rest.first() {
        let mut last = [first; LANES];
        last[..rest.len()].copy_from_slice(rest);
        let mut drawn = [T::default(); LANES];
        draw(&last, &mut drawn);
        rest_out.copy_from_slice(&drawn[..rest.len()]);
    }
}

#[inline(always)]
fn normals(
    place: Place,
    normal: &Ziggurat,
    entities: &[Entity; LANES],
    out: &mut [[f64; 2]; LANES],
) {
    let blocks = place.blocks(entities);
    let mut all = true;
    for (out, words) in out.iter_mut().zip(&blocks) {
        for (out, &word) in out.iter_mut().zip(words) {
            let (x, enough) = normal.first(word);
            *out = x;
            all &= enough;
        }
    }
    if !all {
        longer_normals(place, normal, (entities, &blocks), out);
    }
}

#[cold]
fn longer_normals(
    place: Place,
    normal: &Ziggurat,
    (entities, blocks): (&[Entity; LANES], &[[u64; 2]; LANES]),
    out: &mut [[f64; 2]; LANES],
) {
    for ((out, words), &entity) in out.iter_mut().zip(blocks).zip(entities) {
        // The first normal of a pair and the second go on in refill blocks of their own.
        for ((out, &word), refill) in out.iter_mut().zip(words).zip([1, 32]) {
            if !normal.first(word).1 {
                *out = StandardNormal.sample(&mut place.words(entity, ([0, word], 1), refill));
            }
        }
    }
}

#[inline(always)]
fn thresholds(
    place: Place,
    exponential: &Ziggurat,
    entities: &[Entity; LANES],
    out: &mut [f64; LANES],
) {
    let blocks = place.blocks(entities);
    let mut all = true;
    for (out, words) in out.iter_mut().zip(&blocks) {
        let (x, enough) = exponential.first(words[0]);
        *out = x;
        all &= enough;
    }
    if !all {
        longer_thresholds(place, exponential, (entities, &blocks), out);
    }
}

#[cold]
fn longer_thresholds(
    place: Place,
    exponential: &Ziggurat,
    (entities, blocks): (&[Entity; LANES], &[[u64; 2]; LANES]),
    out: &mut [f64; LANES],
) {
    for ((out, &words), &entity) in out.iter_mut().zip(blocks).zip(entities) {
        if !exponential.first(words[0]).1 {
            *out = Exp1.sample(&mut place.words(entity, (words, 0), 1));
        }
    }
}
