//! The only place the model takes transcendental functions from.
//!
//! The `libm` crate computes them in Rust, so the same input gives the same bits on every platform;
//! the C library that `f64::exp` calls does not promise that.
//!
//! `batch` has those that every rate needs, over slices. What follows from a normal or a beta
//! distribution is in the other files below; there statrs has the special functions that `libm` has
//! not. It takes `exp` and `ln` through num-traits, which means those of the platform in this program,
//! so these may differ in their last bits elsewhere.

pub mod batch;
pub mod beta;
pub mod normal;

/// e to the power `x`.
#[inline]
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// Natural logarithm.
#[inline]
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// e to the power `x`, less 1, to the last digits where `x` is small.
#[inline]
pub fn exp_m1(x: f64) -> f64 {
    libm::expm1(x)
}

/// Hyperbolic sine.
#[inline]
pub fn sinh(x: f64) -> f64 {
    libm::sinh(x)
}

/// Hyperbolic cosine.
#[inline]
pub fn cosh(x: f64) -> f64 {
    libm::cosh(x)
}

/// Hyperbolic tangent.
#[inline]
pub fn tanh(x: f64) -> f64 {
    libm::tanh(x)
}

/// Inverse hyperbolic tangent.
#[inline]
pub fn atanh(x: f64) -> f64 {
    libm::atanh(x)
}

/// Hazard per year of an event whose probability within a year is `logistic(eta)`:
/// `-ln(1 - logistic(eta)) = ln(1 + exp(eta))`.
///
/// The log-rates of docs/model.md were fitted as logits on dyad-years, so this is the constant
/// hazard that gives back the fitted yearly probability; `exp(eta)` alone would overstate it by
/// about `exp(eta) / 2`.
#[inline]
pub fn annual_hazard(eta: f64) -> f64 {
    // Beyond, 1 makes no difference to exp(eta), which would grow out of range.
    if eta > 36.0 {
        return eta;
    }
    let odds = libm::exp(eta);
    if odds < SMALL_ODDS { small_log1p(odds) } else { libm::log1p(odds) }
}

/// Below these odds the series of ln(1 + x) is exact to the last bit or two, and much faster; most
/// hazards are as small.
const SMALL_ODDS: f64 = 1.0 / 64.0;

/// ln(1 + x) for 0 <= x < 1/64: the first nine terms of its series.
#[inline(always)]
fn small_log1p(x: f64) -> f64 {
    let tail = 1.0 / 5.0 - x * (1.0 / 6.0 - x * (1.0 / 7.0 - x * (1.0 / 8.0 - x / 9.0)));
    x * (1.0 - x * (1.0 / 2.0 - x * (1.0 / 3.0 - x * (1.0 / 4.0 - x * tail))))
}

/// `1 / (1 + exp(-eta))`.
#[inline]
pub fn logistic(eta: f64) -> f64 {
    1.0 / (1.0 + exp(-eta))
}

/// `ln(p / (1 - p))`, infinite at the ends.
#[inline]
pub fn logit(p: f64) -> f64 {
    ln(p / (1.0 - p))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_meets_the_function() {
        for n in 1..=1000 {
            let x = SMALL_ODDS * f64::from(n) / 1000.0;
            assert!((small_log1p(x) / libm::log1p(x) - 1.0).abs() < 4.0 * f64::EPSILON, "{x}");
        }
        assert_eq!(small_log1p(0.0), 0.0);
    }

    #[test]
    fn huge_odds_have_a_finite_hazard() {
        assert_eq!(annual_hazard(1e4), 1e4);
        assert!((annual_hazard(36.0) - 36.0).abs() < 1e-12);
    }

    #[test]
    fn annual_hazard_returns_the_fitted_yearly_probability() {
        for eta in [-9.0, -6.05, -3.18, -0.29, 0.0, 2.0] {
            let probability = 1.0 - exp(-annual_hazard(eta));
            let logistic = 1.0 / (1.0 + exp(-eta));
            assert!((probability - logistic).abs() < 1e-15, "eta {eta}");
        }
    }
}
