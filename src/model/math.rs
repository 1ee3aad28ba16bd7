//! The only place the model takes transcendental functions from.
//!
//! The `libm` crate computes them in Rust, so the same input gives the same bits on every platform;
//! the C library that `f64::exp` calls does not promise that.

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
    libm::log1p(libm::exp(eta))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn annual_hazard_returns_the_fitted_yearly_probability() {
        for eta in [-9.0, -6.05, -3.18, -0.29, 0.0, 2.0] {
            let probability = 1.0 - exp(-annual_hazard(eta));
            let logistic = 1.0 / (1.0 + exp(-eta));
            assert!((probability - logistic).abs() < 1e-15, "eta {eta}");
        }
    }
}
