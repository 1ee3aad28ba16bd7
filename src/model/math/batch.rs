//! The same functions over slices, several numbers at a time and to the same bits.
//!
//! A rate is needed for every dyad at every step, and each ends in an exponential. The steps of
//! `libm::exp` (argument reduction, a rational approximation, a power of two) are written here
//! without branches, so that the compiler computes several numbers side by side. Every operation is
//! one of IEEE 754 and none is fused or reordered, so each result is that of the function for one
//! number, on every instruction set; where a number is outside the range of the branch-free steps,
//! that function computes it.

use pulp::{Arch, Simd, WithSimd};

use super::{SMALL_ODDS, annual_hazard, exp, ln, small_log1p};

/// How many numbers are computed side by side.
const LANES: usize = 8;

/// How many columns of a matrix are compared side by side.
pub const COLUMNS: usize = 4;

/// Replaces each number by its exponential.
pub fn exp_all(values: &mut [f64]) {
    Arch::new().dispatch(Exponentials(values));
}

/// Replaces each number by its natural logarithm.
pub fn ln_all(values: &mut [f64]) {
    Arch::new().dispatch(Logarithms(values));
}

/// Replaces each log-odds of an event within a year by its hazard (1/year), as [`annual_hazard`].
pub fn annual_hazards(etas: &mut [f64]) {
    Arch::new().dispatch(Hazards(etas));
}

/// Of each pair of rows of a matrix the greatest of what is the lesser of the two in any column, 0 if
/// all are below. The matrix is given with the length of a row, a multiple of [`COLUMNS`].
pub fn greatest_of_least(
    (matrix, row): (&[f64], usize),
    pairs: impl Iterator<Item = (usize, usize)>,
    greatest: &mut [f64],
) {
    Arch::new().dispatch(GreatestOfLeast { matrix, row, pairs, greatest });
}

struct GreatestOfLeast<'a, P> {
    matrix: &'a [f64],
    row: usize,
    pairs: P,
    greatest: &'a mut [f64],
}

struct Exponentials<'a>(&'a mut [f64]);

struct Logarithms<'a>(&'a mut [f64]);

struct Hazards<'a>(&'a mut [f64]);

// The loops are the same for every instruction set; the compiler makes a version for each.
impl WithSimd for Exponentials<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        exp_chunks(self.0);
    }
}

impl WithSimd for Logarithms<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        ln_chunks(self.0);
    }
}

impl WithSimd for Hazards<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        hazard_chunks(self.0);
    }
}

impl<P: Iterator<Item = (usize, usize)>> WithSimd for GreatestOfLeast<'_, P> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let row = |n: usize| self.matrix[n * self.row..][..self.row].as_chunks::<COLUMNS>().0;
        for ((i, j), greatest) in self.pairs.zip(self.greatest) {
            let mut most = [0.0; COLUMNS];
            for (a, b) in row(i).iter().zip(row(j)) {
                for (most, (&a, &b)) in most.iter_mut().zip(a.iter().zip(b)) {
                    let least = if a < b { a } else { b };
                    *most = if least > *most { least } else { *most };
                }
            }
            *greatest = most.into_iter().fold(0.0, f64::max);
        }
    }
}

#[inline(always)]
fn exp_chunks(values: &mut [f64]) {
    let (chunks, rest) = values.as_chunks_mut::<LANES>();
    for chunk in chunks {
        match exp_lanes(chunk) {
            Some(powers) => *chunk = powers,
            None => chunk.iter_mut().for_each(|x| *x = exp(*x)),
        }
    }
    rest.iter_mut().for_each(|x| *x = exp(*x));
}

#[inline(always)]
fn ln_chunks(values: &mut [f64]) {
    let (chunks, rest) = values.as_chunks_mut::<LANES>();
    for chunk in chunks {
        let normal = |x: &f64| (*x >= f64::MIN_POSITIVE) & (*x < f64::INFINITY);
        if chunk.iter().fold(true, |all, x| all & normal(x)) {
            chunk.iter_mut().for_each(|x| *x = ln_lane(*x));
        } else {
            chunk.iter_mut().for_each(|x| *x = ln(*x));
        }
    }
    rest.iter_mut().for_each(|x| *x = ln(*x));
}

#[inline(always)]
fn hazard_chunks(etas: &mut [f64]) {
    let (chunks, rest) = etas.as_chunks_mut::<LANES>();
    for chunk in chunks {
        let Some(odds) = exp_lanes(chunk) else {
            chunk.iter_mut().for_each(|eta| *eta = annual_hazard(*eta));
            continue;
        };
        let mut large = false;
        for (hazard, &odds) in chunk.iter_mut().zip(&odds) {
            *hazard = small_log1p(odds);
            large |= odds >= SMALL_ODDS;
        }
        if large {
            for (hazard, odds) in chunk.iter_mut().zip(odds) {
                if odds >= SMALL_ODDS {
                    *hazard = libm::log1p(odds);
                }
            }
        }
    }
    rest.iter_mut().for_each(|eta| *eta = annual_hazard(*eta));
}

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
fn exp_lanes(x: &[f64; LANES]) -> Option<[f64; LANES]> {
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
fn ln_lane(x: f64) -> f64 {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers of every size, dense where rates are, with the places where branches part.
    fn numbers() -> Vec<f64> {
        let mut numbers = vec![0.0, -0.0, 1e-300, 36.0, 36.5, 709.0, 800.0, -745.0, -746.0, -1e9];
        numbers.extend([f64::INFINITY, f64::NEG_INFINITY, 0.5 * std::f64::consts::LN_2]);
        let mut bits = 1_u64;
        for n in 0..400_000 {
            bits = bits
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let share = (bits >> 11) as f64 / (1_u64 << 53) as f64;
            numbers.push(match n % 4 {
                0 => -12.0 * share,
                1 => 80.0 * (share - 0.5),
                2 => 1500.0 * (share - 0.5),
                _ => (share - 0.5) * 2.0_f64.powi(-(n % 60)),
            });
            // Around halves of ln 2, where the whole part changes.
            let half = f64::from(n % 101 - 50) * 0.5 * std::f64::consts::LN_2;
            numbers.push(f64::from_bits((half.to_bits() as i64 + i64::from(n % 7) - 3) as u64));
        }
        numbers
    }

    fn same(all: impl Fn(&mut [f64]), one: impl Fn(f64) -> f64) {
        let numbers = numbers();
        // At every length and offset some are computed side by side and some alone.
        for offset in [0, 1, 5] {
            let mut batch = numbers[offset..].to_vec();
            all(&mut batch);
            for (x, y) in numbers[offset..].iter().zip(batch) {
                let same = one(*x).to_bits() == y.to_bits() || one(*x).is_nan() && y.is_nan();
                assert!(same, "{x:e}: {:e} and {y:e}", one(*x));
            }
        }
    }

    #[test]
    fn exponentials_are_those_of_one_number_to_the_bit() {
        same(exp_all, exp);
    }

    #[test]
    fn logarithms_are_those_of_one_number_to_the_bit() {
        same(ln_all, ln);
        // Numbers above 0 of every size, and around 1.
        same(
            |all| {
                all.iter_mut().for_each(|x| *x = x.abs());
                ln_all(all);
            },
            |x| ln(x.abs()),
        );
        same(
            |all| {
                all.iter_mut().for_each(|x| *x = exp(*x));
                ln_all(all);
            },
            |x| ln(exp(x)),
        );
    }

    #[test]
    fn hazards_are_those_of_one_number_to_the_bit() {
        same(annual_hazards, annual_hazard);
    }

    #[test]
    fn greatest_of_least_is_that_of_one_column_after_the_other() {
        let (row, rows) = (2 * COLUMNS, 5);
        let matrix: Vec<_> =
            (0..row * rows).map(|n| f64::from((n * 37 % 91) as u32) / 91.0).collect();
        let pairs = [(0, 1), (4, 2), (3, 3)];
        let mut greatest = [f64::NAN; 3];
        greatest_of_least((&matrix, row), pairs.into_iter(), &mut greatest);
        for ((i, j), greatest) in pairs.into_iter().zip(greatest) {
            let least = (0..row).map(|k| matrix[i * row + k].min(matrix[j * row + k]));
            assert_eq!(greatest, least.fold(0.0, f64::max));
        }
    }

    #[test]
    fn what_is_no_number_stays_none() {
        let mut values = [f64::NAN, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0];
        annual_hazards(&mut values);
        assert!(values[0].is_nan() && values[7] == annual_hazard(7.0));
    }
}
