//! Calendar dates of the steps.

use jiff::civil::Date;
use jiff::{Span, ToSpan};

use crate::model::timeline::{DAYS_A_YEAR, Timeline};

/// The length of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepLength {
    /// A calendar week.
    Week,
    /// A calendar month.
    Month,
    /// Three calendar months.
    Quarter,
    /// A calendar year.
    Year,
}

impl StepLength {
    /// Every length by its name in scenario files.
    pub const NAMES: [(&'static str, Self); 4] = [
        ("week", Self::Week),
        ("month", Self::Month),
        ("quarter", Self::Quarter),
        ("year", Self::Year),
    ];

    /// The name in scenario files.
    pub fn name(self) -> &'static str {
        Self::NAMES.into_iter().find(|(_, step)| *step == self).map_or("step", |(name, _)| name)
    }

    /// The length in model time (years): months count as twelfths, weeks as seven days of the mean
    /// calendar year.
    pub fn years(self) -> f64 {
        match self {
            Self::Week => 7.0 / DAYS_A_YEAR,
            Self::Month => 1.0 / 12.0,
            Self::Quarter => 0.25,
            Self::Year => 1.0,
        }
    }

    fn times(self, k: i32) -> Span {
        match self {
            Self::Week => k.weeks(),
            Self::Month => k.months(),
            Self::Quarter => (3 * k).months(),
            Self::Year => k.years(),
        }
    }
}

/// The dates of a run: the start, then the end of every step.
#[derive(Clone, Debug)]
pub struct Calendar {
    dates: Vec<Date>,
    step: StepLength,
}

/// The most steps a run may have.
pub const MAX_STEPS: usize = 100_000;

impl Calendar {
    /// The step dates from `start` up to `end`, the last one included if a step ends on it.
    ///
    /// Every date is counted from the start, so that months from the 31st end on the last day of
    /// shorter months and return to the 31st.
    pub fn new(start: Date, end: Date, step: StepLength) -> Self {
        let mut dates = vec![start];
        for k in 1..=i32::try_from(MAX_STEPS).expect("the limit fits") {
            match start.checked_add(step.times(k)) {
                Ok(date) if date <= end => dates.push(date),
                _ => break,
            }
        }
        Self { dates, step }
    }

    /// That of a run whose dates are not known: a single day.
    pub fn unknown() -> Self {
        Self { dates: vec![Date::constant(2000, 1, 1)], step: StepLength::Year }
    }

    /// The length of a step.
    pub fn step(&self) -> StepLength {
        self.step
    }

    /// The step dates.
    pub fn dates(&self) -> &[Date] {
        &self.dates
    }

    /// The first day of the run.
    pub fn start(&self) -> Date {
        self.dates[0]
    }

    /// The last step date.
    pub fn end(&self) -> Date {
        self.dates[self.dates.len() - 1]
    }

    /// When a step after the last one would end, if the calendar goes so far.
    pub fn next_end(&self) -> Option<Date> {
        let k = i32::try_from(self.dates.len()).ok()?;
        self.start().checked_add(self.step.times(k)).ok()
    }

    /// Days from the start to `date`, negative before it.
    pub fn day(&self, date: Date) -> i32 {
        (date - self.start()).get_days()
    }

    /// The date of a day counted from the start.
    pub fn date(&self, day: i32) -> Date {
        self.start().saturating_add(day.days())
    }

    /// Years from the start to `date`, by the calendar's mean year; negative before it.
    pub fn years(&self, date: Date) -> f64 {
        f64::from(self.day(date)) / DAYS_A_YEAR
    }

    /// The last step date on or before `date`, by number.
    pub fn step_at(&self, date: Date) -> usize {
        self.dates.partition_point(|&d| d <= date).saturating_sub(1)
    }

    /// The steps as the model sees them.
    pub fn timeline(&self) -> Timeline {
        Timeline {
            dt: self.step.years(),
            days: self.dates.iter().map(|&date| self.day(date)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn months_are_counted_from_the_start() {
        let calendar = Calendar::new(date(2024, 1, 31), date(2024, 5, 1), StepLength::Month);
        let days: Vec<String> = calendar.dates().iter().map(Date::to_string).collect();
        assert_eq!(days, ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"]);
        assert_eq!(calendar.timeline().days, [0, 29, 60, 90]);
    }

    #[test]
    fn days_and_dates_are_inverse() {
        let calendar = Calendar::new(date(2022, 3, 1), date(2027, 3, 1), StepLength::Month);
        assert_eq!(calendar.dates().len(), 61);
        assert_eq!(calendar.end(), date(2027, 3, 1));
        assert_eq!(calendar.date(calendar.day(date(2024, 6, 19))), date(2024, 6, 19));
        assert_eq!(calendar.step_at(date(2024, 6, 19)), 27);
        assert_eq!(calendar.step_at(date(2024, 6, 1)), 27);
        assert_eq!(calendar.step_at(date(2022, 3, 1)), 0);
    }
}
