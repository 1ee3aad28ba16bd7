//! The standard normal distribution, by both of its tails.
//!
//! A probability near 1 has lost what distinguishes it from 1, so it is always given or returned
//! together with what is missing to 1, and the smaller of the two is used.

use std::f64::consts::{FRAC_1_SQRT_2, SQRT_2};

use statrs::function::erf::erfc_inv;

/// The probabilities of a value below and above `z`.
pub fn tails(z: f64) -> (f64, f64) {
    // Not `erfc` of statrs, which is exact to ten digits only.
    let half_of = |x: f64| 0.5 * libm::erfc(x * FRAC_1_SQRT_2);
    (half_of(-z), half_of(z))
}

/// The value with the probability `below` under it and `above` over it; the two sum to 1.
pub fn quantile(below: f64, above: f64) -> f64 {
    if below <= above { -SQRT_2 * erfc_inv(2.0 * below) } else { SQRT_2 * erfc_inv(2.0 * above) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_known_to_fifteen_digits() {
        for (p, z) in [
            (0.5, 0.0),
            (0.75, 0.674_489_750_196_081_7),
            (0.975, 1.959_963_984_540_054),
            (0.999, 3.090_232_306_167_813_5),
            (1e-9, -5.997_807_015_007_687),
            (1e-15, -7.941_345_326_170_997),
        ] {
            let found = quantile(p, 1.0 - p);
            assert!((found - z).abs() < 1e-13, "{p}: {found}");
        }
    }

    #[test]
    fn tails_and_quantile_are_inverse_in_both_tails() {
        for n in -120..=120 {
            let z = f64::from(n) / 10.0;
            let (below, above) = tails(z);
            let found = quantile(below, above);
            assert!((found - z).abs() < 1e-13 * (1.0 + z.abs()), "{z}: {found}");
        }
    }
}
