//! Quantiles from histograms.

use crate::engine::tally::{Cell, FirstDates};

/// The `p`-quantile of a score, interpolated within the bin that holds it and never outside the
/// least and greatest value; exact to one bin of its [`Scale`](crate::engine::tally::Scale).
pub fn of_score(cell: &Cell<'_>, p: f64) -> f64 {
    let counts = cell.counts.iter().map(|&count| u64::from(count));
    let Some((bin, within)) = position(counts, p) else { return f64::NAN };
    cell.scale.value(bin, within).clamp(cell.least(), cell.greatest())
}

/// The day by which a share `p` of the first dates have come, interpolated between the days of
/// their grid; `None` if there are none.
pub fn of_first_dates(dates: &FirstDates, grid: &[i32], p: f64) -> Option<i32> {
    let counts = dates.counts.iter().map(|&count| u64::from(count));
    let (step, within) = position(counts, p)?;
    let (from, to) = (if step == 0 { grid[0] } else { grid[step - 1] }, grid[step]);
    let day = from + (f64::from(to - from) * within).ceil() as i32;
    Some(day.clamp(dates.least, dates.greatest))
}

/// The bin that holds the `p`-quantile of counts, and how far into it (0 to 1) the quantile lies.
fn position(counts: impl Iterator<Item = u64> + Clone, p: f64) -> Option<(usize, f64)> {
    let total: u64 = counts.clone().sum();
    let rank = p * total as f64;
    let mut below = 0;
    for (bin, count) in counts.enumerate().filter(|&(_, count)| count > 0) {
        if (below + count) as f64 >= rank {
            return Some((bin, (rank - below as f64) / count as f64));
        }
        below += count;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::tally::{Scale, SeriesTally};

    fn tally(values: impl IntoIterator<Item = f64>) -> SeriesTally {
        let mut tally = SeriesTally::new(vec![Scale::isolation(0.66)], 1);
        values.into_iter().for_each(|value| tally.add(&[value]));
        tally
    }

    #[test]
    fn quantiles_of_a_uniform_spread() {
        let t = tally((0..100_000).map(|k| f64::from(k) / 100_000.0));
        for p in [0.05, 0.25, 0.5, 0.75, 0.95] {
            assert!((of_score(&t.cell(0, 0), p) - p).abs() < 0.002, "{p}");
        }
    }

    #[test]
    fn quantiles_of_a_constant_are_the_constant() {
        let t = tally(std::iter::repeat_n(0.66, 7));
        for p in [0.05, 0.5, 0.95] {
            assert!((of_score(&t.cell(0, 0), p) - 0.66).abs() < 1e-9);
        }
    }

    #[test]
    fn a_date_everybody_shares_is_found_to_the_day() {
        let days = [0, 31, 61];
        let mut dates = FirstDates::new();
        (0..9).for_each(|_| dates.add(40, &days));
        assert_eq!(of_first_dates(&dates, &days, 0.05), Some(40));
        assert_eq!(of_first_dates(&dates, &days, 0.95), Some(40));
        assert_eq!(of_first_dates(&FirstDates::new(), &days, 0.5), None);
    }
}
