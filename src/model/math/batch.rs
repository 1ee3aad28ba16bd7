//! The same functions over slices, several numbers at a time and to the same bits.
//!
//! A rate is needed for every dyad at every step, and each ends in an exponential. The steps of
//! `libm::exp` (argument reduction, a rational approximation, a power of two) are written here
//! without branches, so that the compiler computes several numbers side by side. Every operation is
//! one of IEEE 754 and none is fused or reordered, so each result is that of the function for one
//! number, on every instruction set; where a number is outside the range of the branch-free steps,
//! that function computes it.

use std::marker::PhantomData;

use pulp::{Arch, Simd, WithSimd};

use super::{SMALL_ODDS, annual_hazard, exp, ln, small_log1p};

mod lanes;

use lanes::{exp_lanes, ln_lane};

/// How many numbers are computed side by side.
const LANES: usize = 8;

/// How many columns of a matrix are compared side by side.
pub const COLUMNS: usize = 4;

/// Replaces each number by its exponential.
pub fn exp_all(values: &mut [f64]) {
    Arch::new().dispatch(Batch::<Exponential>(values, PhantomData));
}

/// Replaces each number by its natural logarithm.
pub fn ln_all(values: &mut [f64]) {
    Arch::new().dispatch(Batch::<Logarithm>(values, PhantomData));
}

/// Replaces each log-odds of an event within a year by its hazard (1/year), as [`annual_hazard`].
pub fn annual_hazards(etas: &mut [f64]) {
    Arch::new().dispatch(Batch::<Hazard>(etas, PhantomData));
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

/// A function of one number, and of [`LANES`] side by side.
trait Function {
    fn alone(x: f64) -> f64;

    fn together(chunk: &mut [f64; LANES]);
}

struct Exponential;

struct Logarithm;

struct Hazard;

/// The numbers to be replaced by those of a function.
struct Batch<'a, F>(&'a mut [f64], PhantomData<F>);

// The loops are the same for every instruction set; the compiler makes a version for each. Nothing in
// them may be left to a closure, which would be compiled for the least of them.
impl<F: Function> WithSimd for Batch<'_, F> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let (chunks, rest) = self.0.as_chunks_mut::<LANES>();
        for chunk in chunks {
            F::together(chunk);
        }
        // A rest of a few is filled up, one or two are computed alone.
        match *rest {
            [] => {}
            [_] | [_, _] => rest.iter_mut().for_each(|x| *x = F::alone(*x)),
            [first, ..] => {
                let mut last = [first; LANES];
                last[..rest.len()].copy_from_slice(rest);
                F::together(&mut last);
                rest.copy_from_slice(&last[..rest.len()]);
            }
        }
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

impl Function for Exponential {
    #[inline(always)]
    fn alone(x: f64) -> f64 {
        exp(x)
    }

    #[inline(always)]
    fn together(chunk: &mut [f64; LANES]) {
        match exp_lanes(chunk) {
            Some(powers) => *chunk = powers,
            None => chunk.iter_mut().for_each(|x| *x = exp(*x)),
        }
    }
}

impl Function for Logarithm {
    #[inline(always)]
    fn alone(x: f64) -> f64 {
        ln(x)
    }

    #[inline(always)]
    fn together(chunk: &mut [f64; LANES]) {
        let normal = |x: &f64| (*x >= f64::MIN_POSITIVE) & (*x < f64::INFINITY);
        if chunk.iter().fold(true, |all, x| all & normal(x)) {
            chunk.iter_mut().for_each(|x| *x = ln_lane(*x));
        } else {
            chunk.iter_mut().for_each(|x| *x = ln(*x));
        }
    }
}

impl Function for Hazard {
    #[inline(always)]
    fn alone(eta: f64) -> f64 {
        annual_hazard(eta)
    }

    #[inline(always)]
    fn together(chunk: &mut [f64; LANES]) {
        let Some(odds) = exp_lanes(chunk) else {
            chunk.iter_mut().for_each(|eta| *eta = annual_hazard(*eta));
            return;
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
