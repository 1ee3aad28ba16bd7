//! Philox4x32-10, the counter-based generator of Salmon, Moraes, Dror and Shaw (2011, "Parallel
//! random numbers: as easy as 1, 2, 3", SC'11).
//!
//! A block of four 32-bit words is a pure function of a 128-bit counter and a 64-bit key. The
//! crates that offer Philox hide the counter behind a sequential generator; addressing each draw
//! by counter is the point here, and the function is ten rounds of two multiplications.

const MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
const ROUNDS: usize = 10;

/// The block of `counter` under `key`.
#[inline]
pub fn block(mut counter: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
    for _ in 0..ROUNDS {
        let (high0, low0) = multiply(MULTIPLIERS[0], counter[0]);
        let (high1, low1) = multiply(MULTIPLIERS[1], counter[2]);
        counter = [high1 ^ counter[1] ^ key[0], low1, high0 ^ counter[3] ^ key[1], low0];
        key = [key[0].wrapping_add(WEYL[0]), key[1].wrapping_add(WEYL[1])];
    }
    counter
}

/// The blocks of several counters under one key: word 0 of all, then word 1 of all, and so on.
#[inline(always)]
pub fn blocks<const N: usize>(counters: [[u32; N]; 4], mut key: [u32; 2]) -> [[u32; N]; 4] {
    // Each word is the low half of 64 bits, as products need it; the high half is left to be anything.
    let mut words = counters.map(|word| word.map(u64::from));
    for _ in 0..ROUNDS {
        let keys = key.map(u64::from);
        let [a, b, c, d] = &mut words;
        for (((a, b), c), d) in a.iter_mut().zip(b).zip(c).zip(d) {
            let product0 = (*a & LOW) * u64::from(MULTIPLIERS[0]);
            let product1 = (*c & LOW) * u64::from(MULTIPLIERS[1]);
            *a = product1 >> 32 ^ *b ^ keys[0];
            *b = product1;
            *c = product0 >> 32 ^ *d ^ keys[1];
            *d = product0;
        }
        key = [key[0].wrapping_add(WEYL[0]), key[1].wrapping_add(WEYL[1])];
    }
    words.map(|word| word.map(|word| word as u32))
}

const LOW: u64 = 0xffff_ffff;

#[inline]
fn multiply(a: u32, b: u32) -> (u32, u32) {
    let product = u64::from(a) * u64::from(b);
    ((product >> 32) as u32, product as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The known-answer vectors published with Random123 (`kat_vectors`, philox4x32, 10 rounds).
    #[test]
    fn published_known_answers() {
        let cases = [
            ([0; 4], [0; 2], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
            ([u32::MAX; 4], [u32::MAX; 2], [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
            (
                [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
                [0xa409_3822, 0x299f_31d0],
                [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
            ),
        ];
        for (counter, key, answer) in cases {
            assert_eq!(block(counter, key), answer);
        }
    }

    #[test]
    fn several_blocks_are_those_of_one_after_the_other() {
        let key = [0xa409_3822, 0x299f_31d0];
        let counter = |n: u32| [n, n.wrapping_mul(0x9E37_79B9), u32::MAX - n, n << 13];
        for start in 0..1000 {
            let counters: [_; 8] = std::array::from_fn(|n| counter(start + n as u32));
            let together = blocks([0, 1, 2, 3].map(|word| counters.map(|c| c[word])), key);
            for (n, counter) in counters.into_iter().enumerate() {
                assert_eq!(together.map(|word| word[n]), block(counter, key));
            }
        }
    }
}
