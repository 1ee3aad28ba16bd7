//! Dates that differ between trials, as people read them.

use jiff::civil::Date;

/// Days of a mean month and a mean year.
const MONTH: f64 = 30.436_875;
const YEAR: f64 = 365.242_5;

/// A mean date with its standard deviation over trials (days), neither finer than the deviation lets it
/// be: `4 April 2023`, `4 April 2023 ± 3 days`, `April 2023 ± 5 months`, `2023 ± 4 years`.
pub fn typical(mean: Date, deviation: f64) -> String {
    let (day, month) = (mean.strftime("%-d %B %Y"), mean.strftime("%B %Y"));
    match deviation {
        0.0 => day.to_string(),
        days if days < 10.0 => format!("{day} ± {}", whole(days, "day")),
        days if days < 1.5 * MONTH => format!("{month} ± {}", whole(days, "day")),
        days if days < 2.0 * YEAR => format!("{month} ± {}", whole(days / MONTH, "month")),
        days => format!("{} ± {}", mean.year(), whole(days / YEAR, "year")),
    }
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
            .map(|days| typical(date(2023, 4, 4), days));
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
}
