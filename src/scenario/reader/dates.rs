//! Dates, and what is meant by one that is written in another way.

use jiff::civil::Date;

use super::{FromToml, Placed, unreadable, wrong_type};
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::tree::Value;

/// How dates are written.
pub const RULE: &str = "a date is written year-month-day";

/// What is said of a date that is written in another way.
pub const OTHERWISE: &str = "this is written otherwise";

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

impl FromToml for Date {
    fn read(value: &Placed<Value>, at: &str, problems: &mut Problems) -> Option<Self> {
        let text = match value.get_ref() {
            unread if unreadable(unread) => return None,
            Value::Datetime(Some(text)) | Value::String(text) | Value::Cell(text) => text.clone(),
            other => {
                wrong_type(value.span(), at, "a date such as 2024-06-19", other, problems);
                return None;
            }
        };
        // Ten characters leave room for a day and for nothing that would go unread.
        let date = if text.len() == 10 { text.parse().ok() } else { None };
        if date.is_none() {
            let rule = format!("`{at}` must be a day of the calendar such as 2024-06-19");
            let day = text.get(..10).filter(|day| day.parse::<Self>().is_ok());
            let problem = match (day, cure(&text)) {
                (Some(day), _) => Problem::new(value.span(), rule, "this is more than a day")
                    .with_cure(format!("leave out what follows {day}")),
                (None, Some(cure)) => Problem::new(value.span(), rule, OTHERWISE).with_cure(cure),
                (None, None) => {
                    Problem::new(value.span(), rule, format!("`{text}` is no such day"))
                }
            };
            problems.push(problem);
        }
        date
    }
}

/// How to write what looks like a date written in another way, such as `1.6.2026`.
pub fn cure(text: &str) -> Option<String> {
    let parts = parts(text)?;
    Some(match readings(parts)[..] {
        [] => "write year-month-day, such as 2024-06-19".to_owned(),
        [day] => format!("write {day}"),
        [day, other, ..] => format!("write {day} or {other}, whichever is meant"),
    })
}

/// The three parts of what looks like a date and is not written year-month-day.
fn parts(text: &str) -> Option<[&str; 3]> {
    let separator = |c: char| "/.-, ".contains(c);
    let mut parts = text.split(separator).filter(|part| !part.is_empty());
    let parts = [parts.next()?, parts.next()?, parts.next().filter(|_| parts.next().is_none())?];
    let number = |part: &str| part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    let day = parts.iter().all(|part| number(part) || month(part).is_some());
    let written_well = text.len() == 10 && is_year(parts[0]) && text.matches('-').count() == 2;
    let dated = text.contains('/') || is_year(parts[0]) || is_year(parts[2]);
    (day && dated && !written_well).then_some(parts)
}

/// The days that the parts may mean: one, or two where day and month may change places.
fn readings([a, b, c]: [&str; 3]) -> Vec<Date> {
    let orders = if is_year(a) {
        vec![(a, b, c)]
    } else if is_year(c) {
        vec![(c, b, a), (c, a, b)]
    } else {
        Vec::new()
    };
    let day = |(year, m, day): (&str, &str, &str)| {
        Date::new(year.parse().ok()?, month(m)?, day.parse().ok()?).ok()
    };
    let mut days: Vec<_> = orders.into_iter().filter_map(day).collect();
    days.dedup();
    days
}

fn is_year(part: &str) -> bool {
    part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit())
}

/// The month of a number or an English name, which may be shortened.
fn month(part: &str) -> Option<i8> {
    let name = part.to_lowercase();
    let named = |month: &&str| name.len() >= 3 && month.starts_with(&name);
    let number = (1..).zip(&MONTHS).find(|(_, month)| named(month)).map(|(number, _)| number);
    number.or_else(|| part.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_written_otherwise_is_understood() {
        for (text, meant) in [
            ("2026-6-1", "write 2026-06-01"),
            ("2026/06/01", "write 2026-06-01"),
            ("31.12.2026", "write 2026-12-31"),
            ("12/31/2026", "write 2026-12-31"),
            ("1 June 2026", "write 2026-06-01"),
            ("Jun 1, 2026", "write 2026-06-01"),
            ("01/06/2026", "write 2026-06-01 or 2026-01-06, whichever is meant"),
            ("01/06/26", "write year-month-day, such as 2024-06-19"),
            ("41/06/2026", "write year-month-day, such as 2024-06-19"),
        ] {
            assert_eq!(cure(text).as_deref(), Some(meant), "{text}");
        }
        for other in ["2025-02-30", "1.2.3", "soon", "2026", "12:00:00", "1/2/3/4", "é/1/2026", ""]
        {
            assert_eq!(cure(other), None, "{other}");
        }
    }
}
