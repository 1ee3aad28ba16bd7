//! Intervals of two probabilities estimated from the same pairs.
//!
//! Fagerland, Lydersen and Laake (2014) compare the methods in use and recommend these two.

/// Pairs by what was seen in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pairs {
    /// All of them.
    pub n: u64,
    /// Yes in both.
    pub both: u64,
    /// Yes in the base only.
    pub base_only: u64,
    /// Yes in the other only.
    pub other_only: u64,
}

impl Pairs {
    /// The probability in the base.
    pub fn base(self) -> f64 {
        (self.both + self.base_only) as f64 / self.n as f64
    }

    /// The probability in the other.
    pub fn other(self) -> f64 {
        (self.both + self.other_only) as f64 / self.n as f64
    }

    /// Other less base.
    pub fn difference(self) -> f64 {
        // One division of whole numbers: exactly 0 where as many gain as lose.
        (self.other_only as f64 - self.base_only as f64) / self.n as f64
    }

    /// The standard error of the difference.
    pub fn error(self) -> f64 {
        let (n, d) = (self.n as f64, self.difference());
        let parted = (self.base_only + self.other_only) as f64 / n;
        ((parted - d * d).max(0.0) / n).sqrt()
    }

    /// The interval of the difference: that of Wald with the Laplace adjustment of Bonett and Price
    /// (2012). Where no pair parts it is not empty: among more pairs one might.
    pub fn difference_interval(self, z: f64) -> (f64, f64) {
        let n = self.n as f64 + 2.0;
        let (lost, gained) = ((self.base_only + 1) as f64 / n, (self.other_only + 1) as f64 / n);
        let d = gained - lost;
        let half = z * ((gained + lost - d * d).max(0.0) / n).sqrt();
        ((d - half).max(-1.0), (d + half).min(1.0))
    }

    /// The relative risk, other over base; `None` if the base has no yes.
    pub fn ratio(self) -> Option<f64> {
        let (base, other) = (self.both + self.base_only, self.both + self.other_only);
        (base > 0).then(|| other as f64 / base as f64)
    }

    /// The interval of the relative risk (Bonett and Price 2006): Wilson intervals of both
    /// probabilities among the pairs with any yes, narrowed by what the two have in common.
    pub fn ratio_interval(self, z: f64) -> Option<(f64, f64)> {
        let any = self.both + self.base_only + self.other_only;
        let (base, other) = (self.both + self.base_only, self.both + self.other_only);
        if base == 0 || other == 0 {
            return None;
        }
        let n = any as f64;
        let plus = |count: u64| count as f64 + 1.0;
        let parted = (self.base_only + self.other_only) as f64 + 2.0;
        let a = (parted / (plus(base) * plus(other))).sqrt();
        let part = |count: u64| ((1.0 - plus(count) / (n + 2.0)) / plus(count)).sqrt();
        let z = z * a / (part(base) + part(other));
        let wilson = |count: u64| {
            let (count, z2) = (count as f64, z * z);
            let half = z * (z2 / 4.0 + count * (1.0 - count / n)).max(0.0).sqrt();
            let (middle, scale) = (count + z2 / 2.0, n + z2);
            ((middle - half) / scale, (middle + half) / scale)
        };
        let ((base_low, base_high), (other_low, other_high)) = (wilson(base), wilson(other));
        Some((other_low / base_high, other_high / base_low))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::streams::Streams;
    use crate::model::draws::Draws;
    use crate::model::entity::Entity;
    use crate::model::process::Tag;

    const Z: f64 = 1.959_963_984_540_054;

    /// The example of Fagerland, Lydersen and Laake 2014: 21 patients before and after a transplant,
    /// 1 with a yes in both, 1 before only, 7 after only.
    #[test]
    fn published_example() {
        let pairs = Pairs { n: 21, both: 1, base_only: 1, other_only: 7 };
        assert!((pairs.difference() - 0.286).abs() < 5e-4);
        let (low, high) = pairs.difference_interval(Z);
        assert!((low - 0.013).abs() < 1e-3 && (high - 0.508).abs() < 1e-3, "{low} {high}");
        assert!((pairs.ratio().unwrap() - 4.0).abs() < 1e-12);
    }

    /// Both intervals hold the truth about as often as they say, over random pairs.
    #[test]
    fn coverage() {
        let mut streams = Streams::new(7, 0);
        for (n, both, base_only, other_only) in [
            (200, 0.30, 0.05, 0.10),
            (200, 0.02, 0.02, 0.06),
            (1000, 0.004, 0.002, 0.012),
            (1000, 0.5, 0.01, 0.01),
            (60, 0.2, 0.2, 0.1),
        ] {
            let (truth, ratio) = (other_only - base_only, (both + other_only) / (both + base_only));
            let (mut of_difference, mut of_ratio, mut ratios) = (0, 0, 0);
            let times = 4_000;
            for repetition in 0..times {
                let entity = Entity::named("pair", &repetition.to_string());
                let mut pairs = Pairs { n, both: 0, base_only: 0, other_only: 0 };
                for pair in 0..n as u32 {
                    let u = streams.uniform(Tag(1), entity, pair);
                    if u < both {
                        pairs.both += 1;
                    } else if u < both + base_only {
                        pairs.base_only += 1;
                    } else if u < both + base_only + other_only {
                        pairs.other_only += 1;
                    }
                }
                let (low, high) = pairs.difference_interval(Z);
                of_difference += u32::from(low <= truth && truth <= high);
                if let Some((low, high)) = pairs.ratio_interval(Z) {
                    ratios += 1;
                    of_ratio += u32::from(low <= ratio && ratio <= high);
                }
            }
            let share = |hits, all| f64::from(hits) / f64::from(all);
            let (d, r) = (share(of_difference, times), share(of_ratio, ratios));
            assert!(
                (0.935..0.99).contains(&d),
                "difference: {d} at {n} {both} {base_only} {other_only}"
            );
            assert!(
                (0.935..0.995).contains(&r),
                "ratio: {r} at {n} {both} {base_only} {other_only}"
            );
        }
    }

    #[test]
    fn nothing_parts_and_the_interval_says_so() {
        let pairs = Pairs { n: 1000, both: 300, base_only: 0, other_only: 0 };
        assert_eq!((pairs.difference(), pairs.error(), pairs.ratio()), (0.0, 0.0, Some(1.0)));
        let (low, high) = pairs.difference_interval(Z);
        assert!(low < 0.0 && high == -low && high < 0.003, "{low} {high}");
        let (low, high) = pairs.ratio_interval(Z).unwrap();
        assert!(low < 1.0 && high > 1.0 && high < 1.02, "{low} {high}");
        let none = Pairs { n: 10, both: 0, base_only: 0, other_only: 3 };
        assert_eq!((none.ratio(), none.ratio_interval(Z)), (None, None));
    }
}
