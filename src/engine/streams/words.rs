//! The random words of one draw.

use std::convert::Infallible;

use rand::TryRng;

use super::REFILL_BITS;
use crate::engine::philox;

/// The two words of a block.
#[inline(always)]
pub(super) fn join(block: [u32; 4]) -> [u64; 2] {
    let join = |low: u32, high: u32| u64::from(high) << 32 | u64::from(low);
    [join(block[0], block[1]), join(block[2], block[3])]
}

/// The words of one draw: those at hand, then refill blocks.
pub(super) struct Words {
    pub(super) ready: [u64; 2],
    /// How many of them are used up.
    pub(super) used: usize,
    /// The number of the next refill.
    pub(super) refill: u32,
    pub(super) counter: [u32; 4],
    pub(super) key: [u32; 2],
}

impl TryRng for Words {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.try_next_u64().map(|word| word as u32)
    }

    #[inline]
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        if self.used == 2 {
            let [trial, moment, low, high] = self.counter;
            let counter = [trial, moment | (self.refill & ((1 << REFILL_BITS) - 1)), low, high];
            self.ready = join(philox::block(counter, self.key));
            (self.used, self.refill) = (0, self.refill + 1);
        }
        self.used += 1;
        Ok(self.ready[self.used - 1])
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            let word = self.try_next_u64()?.to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
        Ok(())
    }
}
