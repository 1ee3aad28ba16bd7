//! Dates that differ between trials, as people read them.

use jiff::civil::Date;

/// Days of a mean month and a mean year.
const MONTH: f64 = 30.436_875;
const YEAR: f64 = 365.242_5;

/// From fewer trials than this no date is told to the day: how far it spreads is not known.
const ENOUGH: u64 = 10;

/// Between the 5 % and the 95 % quantile of a normal distribution, in standard deviations.
const QUANTILES: f64 = 3.289_707;

/// How finely a date that differs between trials is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fineness {
    /// To the day.
    Day,
    /// To the month.
    Month,
    /// To the year.
    Year,
}

impl Fineness {
    /// That of a date with such a standard deviation (days) over so many trials.
    pub fn of(deviation: f64, trials: u64) -> Self {
        match deviation {
            days if days >= 2.0 * YEAR => Self::Year,
            days if days >= 10.0 || trials < ENOUGH => Self::Month,
            _ => Self::Day,
        }
    }

    /// That of a median over so many trials, with the 5 % and the 95 % quantile if they are known; else
    /// the number of trials alone decides.
    pub fn of_median(quantiles: Option<(Date, Date)>, trials: u64) -> Self {
        let spread = quantiles.map_or(0, |(low, high)| (high - low).get_days());
        Self::of(f64::from(spread) / QUANTILES, trials)
    }

    /// The date in words: `4 April 2023`, `April 2023`, `2023`.
    pub fn long(self, date: Date) -> String {
        let format = match self {
            Self::Day => "%-d %B %Y",
            Self::Month => "%B %Y",
            Self::Year => "%Y",
        };
        date.strftime(format).to_string()
    }

    /// The date in figures, after ISO 8601: `2023-04-04`, `2023-04`, `2023`.
    pub fn short(self, date: Date) -> String {
        let format = match self {
            Self::Day => "%Y-%m-%d",
            Self::Month => "%Y-%m",
            Self::Year => "%Y",
        };
        date.strftime(format).to_string()
    }
}

/// A mean date with its standard deviation over so many trials (days), neither finer than these let it
/// be: `4 April 2023`, `4 April 2023 ± 3 days`, `April 2023 ± 5 months`, `2023 ± 4 years`.
pub fn typical(mean: Date, deviation: f64, trials: u64) -> String {
    let date = Fineness::of(deviation, trials).long(mean);
    let spread = match deviation {
        0.0 => return date,
        days if days < 1.5 * MONTH => whole(days, "day"),
        days if days < 2.0 * YEAR => whole(days / MONTH, "month"),
        days => whole(days / YEAR, "year"),
    };
    format!("{date} ± {spread}")
}

/// So many of a unit, at least one.
fn whole(number: f64, unit: &str) -> String {
    let number = number.round().max(1.0);
    format!("{number} {unit}{}", if number > 1.0 { "s" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_date_is_as_fine_as_its_spread_lets_it_be() {
        let told = [0.0, 0.2, 3.4, 9.9, 10.0, 45.6, 45.7, 150.0, 730.0, 731.0, 1_500.0]
            .map(|days| typical(date(2023, 4, 4), days, 100));
        assert_eq!(
            told,
            [
                "4 April 2023",
                "4 April 2023 ± 1 day",
                "4 April 2023 ± 3 days",
                "4 April 2023 ± 10 days",
                "April 2023 ± 10 days",
                "April 2023 ± 46 days",
                "April 2023 ± 2 months",
                "April 2023 ± 5 months",
                "April 2023 ± 24 months",
                "2023 ± 2 years",
                "2023 ± 4 years",
            ]
        );
    }

    #[test]
    fn few_trials_tell_no_day() {
        let told = [1, 9, 10].map(|trials| typical(date(2023, 4, 4), 0.0, trials));
        assert_eq!(told, ["April 2023", "April 2023", "4 April 2023"]);
        assert_eq!(typical(date(2023, 4, 4), 3.0, 4), "April 2023 ± 3 days");
        assert_eq!(typical(date(2023, 4, 4), 1_500.0, 4), "2023 ± 4 years");
    }

    #[test]
    fn a_median_is_as_fine_as_its_quantiles_and_its_trials_let_it_be() {
        let of = |high, trials| Fineness::of_median(Some((date(2023, 4, 1), high)), trials);
        // Ten days of deviation are 33 between the quantiles.
        let fine = [date(2023, 4, 1), date(2023, 5, 3), date(2023, 5, 4), date(2030, 1, 1)];
        assert_eq!(
            fine.map(|high| of(high, 10).short(date(2023, 4, 2))),
            ["2023-04-02", "2023-04-02", "2023-04", "2023"]
        );
        assert_eq!(of(date(2023, 4, 1), 9), Fineness::Month);
        let alone = [1, 9, 10].map(|trials| Fineness::of_median(None, trials));
        assert_eq!(alone, [Fineness::Month, Fineness::Month, Fineness::Day]);
        assert_eq!(Fineness::Month.long(date(2023, 4, 2)), "April 2023");
    }
}
