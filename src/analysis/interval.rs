//! Intervals of estimated probabilities and of mean counts.

use crate::model::math::normal;

/// The 97.5 % point of the standard normal distribution.
pub const Z: f64 = 1.959_963_984_540_054;

/// The normal quantile of intervals of a whole family that hold together at 95 % (Bonferroni), so that one of
/// them may be picked for what it says.
pub fn z_of_all(family: usize) -> f64 {
    let above = 0.025 / family.max(1) as f64;
    normal::quantile(1.0 - above, above)
}

/// The Wilson (1927) score interval at 95 % of a probability estimated by `yes` of `n` trials.
/// With no trial nothing is known: 0 to 1.
///
/// ```
/// let (low, high) = detente::analysis::interval::wilson(1, 10);
/// assert!((low - 0.0179).abs() < 1e-4 && (high - 0.4042).abs() < 1e-4);
/// ```
pub fn wilson(yes: u64, n: u64) -> (f64, f64) {
    wilson_at(yes, n, Z)
}

/// The same of `z` standard errors.
pub fn wilson_at(yes: u64, n: u64, z: f64) -> (f64, f64) {
    if n == 0 {
        return (0.0, 1.0);
    }
    let (yes, n) = (yes as f64, n as f64);
    let p = yes / n;
    let centre = p + z * z / (2.0 * n);
    let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z * z / n;
    // At the ends the formula gives 0 and 1 but for rounding.
    let low = if yes == 0.0 { 0.0 } else { (centre - half) / scale };
    let high = if yes == n { 1.0 } else { (centre + half) / scale };
    (low, high)
}

/// The score interval at 95 % of how often something happens in a trial on average, from the mean over `n`
/// trials and its standard error (none of a single trial). It never reaches below 0.
///
/// It is to counts what Wilson's is to shares: the means from which the one observed is at most [`Z`]
/// standard errors away, where the error is that of the mean supposed. The variance of a count is taken to
/// be a multiple of its mean, the one observed; 1, as of a Poisson distribution, where none was. With no
/// trial nothing is known: 0 to infinity. A count that is the same in every trial has no width.
///
/// ```
/// // Ten times in one trial: the score interval of a Poisson mean.
/// let (low, high) = detente::analysis::interval::of_mean_count(10.0, None, 1);
/// assert!((low - 5.432).abs() < 1e-3 && (high - 18.410).abs() < 1e-3);
/// ```
pub fn of_mean_count(mean: f64, error: Option<f64>, n: u64) -> (f64, f64) {
    of_mean_count_at(mean, error, n, Z)
}

/// The same of `z` standard errors.
pub fn of_mean_count_at(mean: f64, error: Option<f64>, n: u64, z: f64) -> (f64, f64) {
    if n == 0 {
        return (0.0, f64::INFINITY);
    }
    if mean <= 0.0 {
        return (0.0, z * z / n as f64);
    }
    // The squared error of a mean μ is `unit` times μ.
    let unit = error.map_or(1.0 / n as f64, |error| error * error / mean);
    let shift = z * z * unit / 2.0;
    let half = (2.0 * mean * shift + shift * shift).sqrt();
    // The lower end is above 0 but for rounding.
    ((mean + shift - half).max(0.0), mean + shift + half)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mean_counts_keep_above_zero_and_hold_the_mean() {
        for n in [2_u64, 10, 300, 100_000] {
            for (count, squares) in [(1, 1), (2, 2), (2, 4), (7, 19), (5_000, 9_000_000)] {
                let (m, k) = (count as f64 / n as f64, n as f64);
                let spread = (squares as f64 / k - m * m).max(0.0) / (k - 1.0);
                let (low, high) = of_mean_count(m, Some(spread.sqrt()), n);
                assert!(0.0 <= low && low <= m && m <= high, "{count} in {n}: {low} to {high}");
            }
        }
        assert_eq!(of_mean_count(3.0, Some(0.0), 50), (3.0, 3.0));
        assert_eq!(of_mean_count(0.0, Some(0.0), 0), (0.0, f64::INFINITY));
    }

    /// Who happens at most once, and seldom, has a count that is a share.
    #[test]
    fn rare_counts_have_nearly_the_interval_of_their_share() {
        for yes in [0_u64, 1, 5, 20] {
            let n = 10_000_u64;
            let p = yes as f64 / n as f64;
            let error = (p * (1.0 - p) / (n as f64 - 1.0)).sqrt();
            let (counted, shared) = (of_mean_count(p, Some(error), n), wilson(yes, n));
            let near = |a: f64, b: f64| (a - b).abs() <= 0.005 * shared.1;
            assert!(
                near(counted.0, shared.0) && near(counted.1, shared.1),
                "{yes}: {counted:?} {shared:?}"
            );
        }
    }

    /// Of a count that is 0 or 2 in a trial, whose dispersion has to be estimated: near 95 % of the time.
    #[test]
    fn means_of_dispersed_counts_are_covered() {
        let n = 200_u32;
        for p in [0.1_f64, 0.3, 0.5, 0.8] {
            let (mut chance, mut covered) = ((1.0 - p).powi(200), 0.0);
            for twos in 0..=n {
                let share = f64::from(twos) / f64::from(n);
                let spread = 4.0 * share * (1.0 - share) / f64::from(n - 1);
                let (low, high) = of_mean_count(2.0 * share, Some(spread.sqrt()), n.into());
                if (low..=high).contains(&(2.0 * p)) {
                    covered += chance;
                }
                chance *= f64::from(n - twos) / f64::from(twos + 1) * p / (1.0 - p);
            }
            assert!((0.93..0.97).contains(&covered), "{p}: {covered}");
        }
    }

    /// Of a Poisson mean, over what may be counted: near 95 % of the time, never far below.
    #[test]
    fn poisson_means_are_covered() {
        for mean in [0.5, 1.0, 2.0, 5.0, 12.0, 30.0] {
            let (mut chance, mut covered) = (libm::exp(-mean), 0.0);
            for count in 0..200_u32 {
                let (low, high) = of_mean_count(f64::from(count), None, 1);
                if (low..=high).contains(&mean) {
                    covered += chance;
                }
                chance *= mean / f64::from(count + 1);
            }
            assert!((0.90..0.999).contains(&covered), "{mean}: {covered}");
        }
    }

    /// The step in which something happens most often, picked among many in which it is equally frequent:
    /// an interval of that step alone seldom holds the mean, that of all together does.
    #[test]
    fn the_peak_among_many_steps_is_covered_by_the_interval_of_all() {
        for steps in [21_u32, 61] {
            let all = z_of_all(steps as usize);
            for mean in [30.0_f64, 100.0, 400.0] {
                let (mut up_to, mut own, mut together) = (0.0_f64, 0.0, 0.0);
                for count in 0..800_u32 {
                    let k = f64::from(count);
                    let before = up_to.powi(steps as i32);
                    up_to += libm::exp(k * libm::log(mean) - mean - libm::lgamma(k + 1.0));
                    let chance = up_to.min(1.0).powi(steps as i32) - before;
                    let holds = |z| {
                        let (low, high) = of_mean_count_at(k, None, 1, z);
                        (low..=high).contains(&mean)
                    };
                    own += if holds(Z) { chance } else { 0.0 };
                    together += if holds(all) { chance } else { 0.0 };
                }
                assert!(own < 0.6, "{steps} steps of {mean}: {own}");
                assert!((0.945..0.98).contains(&together), "{steps} steps of {mean}: {together}");
            }
        }
        assert!((z_of_all(1) - Z).abs() < 1e-9);
    }

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
