//! The steps of `libm::exp` and `libm::log` without branches, for several numbers at a time.

use super::LANES;

/// Least and greatest size of a number other than 0 that the branch-free steps take: below,
/// `libm::exp` rounds in another way; above, [`annual_hazard`] has a rule of its own.
const RANGE: (f64, f64) = (1.0 / (1_u64 << 28) as f64, 36.0);

/// 2^52: added to a positive number below it and taken away again, it leaves the nearest integer.
const INTEGERS: f64 = (1_u64 << 52) as f64;

// ln 2 in two parts, of which the first has trailing zeros, and the coefficients of the rational
// approximation: those of FreeBSD's e_exp.c, which libm follows.
const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
const P: [f64; 5] = [
    1.666_666_666_666_660_2e-1,
    -2.777_777_777_701_559_3e-3,
    6.613_756_321_437_934e-5,
    -1.653_390_220_546_525_2e-6,
    4.138_136_797_057_238_5e-8,
];

/// The exponentials of all, or nothing if any is out of range.
#[inline(always)]
pub(super) fn exp_lanes(x: &[f64; LANES]) -> Option<[f64; LANES]> {
    let mut all = true;
    for x in x {
        let size = x.abs();
        all &= (size > RANGE.0) & (size <= RANGE.1) | (size == 0.0);
    }
    if !all {
        return None;
    }
    let mut powers = [0.0; LANES];
    for (power, &x) in powers.iter_mut().zip(x) {
        *power = exp_lane(x);
    }
    Some(powers)
}

#[inline(always)]
fn exp_lane(x: f64) -> f64 {
    // k = x / ln 2, rounded: the whole part of its size plus a half.
    let scaled = (std::f64::consts::LOG2_E * x + 0.5_f64.copysign(x)).abs();
    let nearest = (scaled + INTEGERS) - INTEGERS;
    let whole = nearest - if nearest > scaled { 1.0 } else { 0.0 };
    let k = whole.copysign(x);
    let (high, low) = (x - k * LN2_HIGH, k * LN2_LOW);
    let r = high - low;
    let square = r * r;
    let c =
        r - square * (P[0] + square * (P[1] + square * (P[2] + square * (P[3] + square * P[4]))));
    let power = 1.0 + (r * c / (2.0 - c) - low + high);
    // The last bits of 1.5 * 2^52 + n are those of n: moved to the place of the exponent they make 2^k.
    let two_to_k = f64::from_bits((k + (1.5 * INTEGERS + 1023.0)).to_bits() << 52);
    power * two_to_k
}

// The coefficients of the polynomial for the logarithm: those of FreeBSD's e_log.c.
const LG: [f64; 7] = [
    6.666_666_666_666_735e-1,
    3.999_999_999_940_942e-1,
    2.857_142_874_366_239e-1,
    2.222_219_843_214_978_4e-1,
    1.818_357_216_161_805e-1,
    1.531_383_769_920_937_3e-1,
    1.479_819_860_511_658_6e-1,
];

/// The bits of the square root of a half without the low word, and of 1.
const ROOT_HALF: u64 = 0x3fe6_a09e_0000_0000;
const ONE: u64 = 0x3ff0_0000_0000_0000;

/// The bits of a mantissa.
const MANTISSA: u64 = (1 << 52) - 1;

/// The logarithm of a normal number above 0.
#[inline(always)]
pub(super) fn ln_lane(x: f64) -> f64 {
    // x = m 2^k with m between the square roots of a half and of 2.
    let shifted = x.to_bits() + (ONE - ROOT_HALF);
    let m = f64::from_bits((shifted & MANTISSA) + ROOT_HALF);
    let k = f64::from_bits(INTEGERS.to_bits() | shifted >> 52) - (INTEGERS + 1023.0);
    let f = m - 1.0;
    let half_square = 0.5 * f * f;
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let even = w * (LG[1] + w * (LG[3] + w * LG[5]));
    let odd = z * (LG[0] + w * (LG[2] + w * (LG[4] + w * LG[6])));
    s * (half_square + (odd + even)) + k * LN2_LOW - half_square + f + k * LN2_HIGH
}
