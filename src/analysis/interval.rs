//! Intervals of estimated probabilities.

/// The 97.5 % point of the standard normal distribution.
pub const Z: f64 = 1.959_963_984_540_054;

/// The Wilson (1927) score interval at 95 % of a probability estimated by `yes` of `n` trials.
/// With no trial nothing is known: 0 to 1.
///
/// ```
/// let (low, high) = detente::analysis::interval::wilson(1, 10);
/// assert!((low - 0.0179).abs() < 1e-4 && (high - 0.4042).abs() < 1e-4);
/// ```
pub fn wilson(yes: u64, n: u64) -> (f64, f64) {
    if n == 0 {
        return (0.0, 1.0);
    }
    let (yes, n) = (yes as f64, n as f64);
    let p = yes / n;
    let centre = p + Z * Z / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    // At the ends the formula gives 0 and 1 but for rounding.
    let low = if yes == 0.0 { 0.0 } else { (centre - half) / scale };
    let high = if yes == n { 1.0 } else { (centre + half) / scale };
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_values() {
        // Newcombe 1998, table I, method 3: 81/263, 15/148, 0/20, 1/29.
        for (yes, n, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let (l, h) = wilson(yes, n);
            assert!((l - low).abs() < 5e-5 && (h - high).abs() < 5e-5, "{yes}/{n}: {l} {h}");
        }
    }

    #[test]
    fn the_ends_stay_within_zero_and_one() {
        assert_eq!(wilson(0, 10).0, 0.0);
        assert_eq!(wilson(10, 10).1, 1.0);
        assert_eq!(wilson(0, 0), (0.0, 1.0));
    }
}
