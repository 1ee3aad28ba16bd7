//! The first step of the ziggurat, without its branches.
//!
//! A normal or an exponential number of rand_distr takes one random word in 98 of 100 draws: its last
//! eight bits choose a layer, the others a place u across it, and `u * width` is the number if it is
//! below the width of the next layer (Marsaglia and Tsang 2000; Doornik 2005, variant ZIGNOR). That step
//! is done here, so that several words can take it side by side; the library draws the rest. The
//! widths are read back from the library, so both give the same bits.

use std::convert::Infallible;
use std::sync::LazyLock;

use rand::TryRng;
use rand_distr::{Distribution, Exp1, StandardNormal};

const LAYERS: usize = 256;

/// A distribution by its layers.
#[derive(Debug)]
pub struct Ziggurat {
    /// The width of every layer, and 0.
    widths: [f64; LAYERS + 1],
    /// The bits of the number to which the place across a layer is added, and what is taken off again.
    from: u64,
    less: f64,
}

/// The standard normal distribution: places are in [-1, 1), the least above 0 is 2^-51.
pub static NORMAL: LazyLock<Ziggurat> =
    LazyLock::new(|| Ziggurat::of(&StandardNormal, (2.0, 3.0), (1 << 51 | 1) << 12));

/// The exponential distribution with mean 1: places are in (0, 1), the least is 2^-53.
pub static EXPONENTIAL: LazyLock<Ziggurat> =
    LazyLock::new(|| Ziggurat::of(&Exp1, (1.0, 1.0 - f64::EPSILON / 2.0), 0));

impl Ziggurat {
    /// Reads the widths at `least`, the word of the least place above 0: a power of two, so that they
    /// come back to the bit.
    fn of(distribution: &impl Distribution<f64>, (from, less): (f64, f64), least: u64) -> Self {
        let mut ziggurat = Self { widths: [0.0; LAYERS + 1], from: from.to_bits(), less };
        let place = ziggurat.place(least);
        for (layer, width) in (0..).zip(&mut ziggurat.widths[..LAYERS]) {
            *width = distribution.sample(&mut Probe(least | layer)) / place;
        }
        ziggurat
    }

    #[inline(always)]
    fn place(&self, word: u64) -> f64 {
        f64::from_bits(word >> 12 | self.from) - self.less
    }

    /// The number of a word, and whether it is one: if not, the draw needs more than one word.
    #[inline(always)]
    pub fn first(&self, word: u64) -> (f64, bool) {
        let layer = (word & 0xff) as usize;
        let x = self.place(word) * self.widths[layer];
        (x, x.abs() < self.widths[layer + 1])
    }
}

/// Gives one word, then the greatest there is: with it the library takes whatever place it asks about.
struct Probe(u64);

impl TryRng for Probe {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.try_next_u64().map(|word| word as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(std::mem::replace(&mut self.0, u64::MAX))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        bytes.fill(u8::MAX);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::philox;

    /// Gives one word and must not be asked for another.
    struct One(Option<u64>);

    impl TryRng for One {
        type Error = Infallible;

        fn try_next_u32(&mut self) -> Result<u32, Infallible> {
            unreachable!("a draw takes words of 64 bits")
        }

        fn try_next_u64(&mut self) -> Result<u64, Infallible> {
            Ok(self.0.take().expect("one word is enough"))
        }

        fn try_fill_bytes(&mut self, _: &mut [u8]) -> Result<(), Infallible> {
            unreachable!("a draw takes words of 64 bits")
        }
    }

    /// Words of every layer with places at both ends, in the middle and anywhere.
    fn words() -> impl Iterator<Item = u64> {
        (0..1_000_000_u32).map(|n| {
            let [low, high, ..] = philox::block([n, 0, 0, 0], [1, 2]);
            let word = u64::from(high) << 32 | u64::from(low);
            match n % 16 {
                0 => word & 0xff,
                1 => word | !0xff,
                2 => word & 0xff | 1 << 63,
                _ => word,
            }
        })
    }

    /// How many of the words are enough, of all.
    fn enough(ziggurat: &Ziggurat, distribution: &impl Distribution<f64>) -> f64 {
        let mut enough = 0;
        for word in words() {
            if let (x, true) = ziggurat.first(word) {
                let library = distribution.sample(&mut One(Some(word)));
                assert_eq!(x.to_bits(), library.to_bits(), "{word:x}");
                enough += 1;
            }
        }
        f64::from(enough) / words().count() as f64
    }

    #[test]
    fn numbers_are_those_of_the_library_to_the_bit() {
        // Words at the ends of a layer are seldom enough; of the others 98 in 100 are.
        assert!(enough(&NORMAL, &StandardNormal) > 0.85);
        assert!(enough(&EXPONENTIAL, &Exp1) > 0.85);
    }
}
