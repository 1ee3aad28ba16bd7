//! Dates of a network as they are asked for.

use std::str::FromStr;

use jiff::Span;
use jiff::civil::Date;

use crate::cli::Failure;

/// A date as typed, or a month or a year, which mean all dates in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum When {
    First,
    Last,
    All,
    /// What was typed, with the first and the last day it means.
    Within(String, Date, Date),
}

impl FromStr for When {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "first" => return Ok(Self::First),
            "last" => return Ok(Self::Last),
            "all" => return Ok(Self::All),
            _ => {}
        }
        let days = match text.len() {
            4 => days(&format!("{text}-01-01"), Date::last_of_year),
            7 => days(&format!("{text}-01"), Date::last_of_month),
            10 => days(text, |date| date),
            _ => None,
        };
        let (first, last) = days.ok_or_else(|| {
            "a date such as 2026-06-01, a month, a year, first, last or all".to_owned()
        })?;
        Ok(Self::Within(text.to_owned(), first, last))
    }
}

/// The first and the last day of what begins on a day that was typed in full.
fn days(first: &str, last: impl Fn(Date) -> Date) -> Option<(Date, Date)> {
    let first: Date = first.parse().ok().filter(|date: &Date| date.to_string() == first)?;
    Some((first, last(first)))
}

/// The dates that are asked for, in order, of those that are kept; the first and the last if none is.
pub(super) fn chosen(asked: &[When], kept: &[Date]) -> Result<Vec<Date>, Failure> {
    let usual = [When::First, When::Last];
    let asked = if asked.is_empty() { &usual[..] } else { asked };
    let mut chosen = Vec::new();
    for when in asked {
        match when {
            When::First => chosen.extend(kept.first()),
            When::Last => chosen.extend(kept.last()),
            When::All => chosen.extend(kept),
            When::Within(text, first, last) => {
                let before = chosen.len();
                chosen.extend(kept.iter().filter(|date| (first..=last).contains(date)));
                if chosen.len() == before {
                    return Err(not_kept(text, (*first, *last), kept));
                }
            }
        }
    }
    chosen.sort();
    chosen.dedup();
    Ok(chosen)
}

/// Why there is no network on a date that was asked for, and when there is one.
fn not_kept(text: &str, (first, last): (Date, Date), kept: &[Date]) -> Failure {
    let distance = |date: Date| {
        let days = |span: Result<Span, _>| span.map_or(i32::MAX, |span| span.get_days());
        days(date.since(last)).max(days(first.since(date)))
    };
    let nearest = kept.iter().min_by_key(|date| distance(**date));
    let nearest = nearest.map(|date| format!("the nearest is {date}; ")).unwrap_or_default();
    let kept: Vec<_> = kept.iter().map(Date::to_string).collect();
    Failure::Usage(format!(
        "network.csv has no relations of {text}; {nearest}it has those of: {}",
        kept.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_months_years_and_words_are_read() {
        let within = |text: &str, first, last| When::Within(text.to_owned(), first, last);
        for (text, expected) in [
            ("first", When::First),
            ("last", When::Last),
            ("all", When::All),
            ("2024-02-29", within("2024-02-29", date(2024, 2, 29), date(2024, 2, 29))),
            ("2024-02", within("2024-02", date(2024, 2, 1), date(2024, 2, 29))),
            ("2023", within("2023", date(2023, 1, 1), date(2023, 12, 31))),
        ] {
            assert_eq!(text.parse(), Ok(expected), "{text}");
        }
        for wrong in ["", "2023-02-29", "2024-13", "24", "20240229", "1st", "+2024-1", "２０"] {
            assert!(wrong.parse::<When>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_asked_for_is_found_once_and_in_order() {
        let kept = [date(2020, 1, 1), date(2020, 5, 1), date(2021, 3, 1), date(2022, 1, 1)];
        let dates = |asked: &[&str]| {
            let asked: Vec<When> = asked.iter().map(|text| text.parse().unwrap()).collect();
            chosen(&asked, &kept).map_err(|failure| failure.to_string())
        };
        assert_eq!(dates(&[]), Ok(vec![kept[0], kept[3]]));
        assert_eq!(
            dates(&["last", "2020", "2020-05-01", "first"]),
            Ok(vec![kept[0], kept[1], kept[3]])
        );
        assert_eq!(dates(&["all"]), Ok(kept.to_vec()));
        assert_eq!(dates(&["2021-03", "2022"]), Ok(vec![kept[2], kept[3]]));
        for (asked, nearest) in [
            ("2021-04", kept[2]),
            // As near to both: the earlier.
            ("2021-08-01", kept[2]),
            ("2021-08-02", kept[3]),
            ("1066", kept[0]),
            ("9999-12-31", kept[3]),
            ("2020-02-29", kept[0]),
        ] {
            let error = dates(&[asked]).unwrap_err();
            assert!(error.contains(&format!("the nearest is {nearest};")), "{error}");
            assert!(error.ends_with("2020-01-01, 2020-05-01, 2021-03-01, 2022-01-01"), "{error}");
        }
    }
}
