//! The steps of a run, in days and in years.

/// Mean length of a year of the Gregorian calendar (days).
pub const DAYS_A_YEAR: f64 = 365.2425;

/// The steps of a run.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// Length of a step in model time (years).
    pub dt: f64,
    /// Day of every step date, counted from the start; one more than there are steps.
    pub days: Vec<i32>,
}

impl Timeline {
    /// How many steps the run has.
    pub fn steps(&self) -> usize {
        self.days.len() - 1
    }

    /// The day of a moment within a step: `fraction` in (0, 1] gives a day after the step's first
    /// date and no later than its last.
    pub fn day_within(&self, step: usize, fraction: f64) -> i32 {
        let (from, to) = (self.days[step], self.days[step + 1]);
        // A fraction in (0, 1] times a day count below 2^31 fits.
        let days = (fraction * f64::from(to - from)).ceil() as i32;
        (from + days).clamp(from + 1, to)
    }

    /// Model time (years since the start) at a step date.
    pub fn years(&self, step: usize) -> f64 {
        step as f64 * self.dt
    }

    /// Model time on a day of a step.
    pub fn moment(&self, step: usize, day: i32) -> f64 {
        let from = self.days[step];
        let days = self.days.get(step + 1).map_or(1, |to| to - from);
        self.years(step) + f64::from(day - from) / f64::from(days) * self.dt
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_firing_falls_after_the_first_and_up_to_the_last_date_of_its_step() {
        let timeline = Timeline { dt: 1.0 / 12.0, days: vec![0, 31, 61] };
        assert_eq!(timeline.day_within(0, f64::MIN_POSITIVE), 1);
        assert_eq!(timeline.day_within(0, 0.5), 16);
        assert_eq!(timeline.day_within(0, 1.0), 31);
        assert_eq!(timeline.day_within(1, 1e-9), 32);
        assert_eq!(timeline.day_within(1, 1.0), 61);
    }

    #[test]
    fn model_time_runs_evenly_within_a_step() {
        let timeline = Timeline { dt: 0.5, days: vec![0, 100, 300] };
        assert_eq!(timeline.moment(0, 0), 0.0);
        assert_eq!(timeline.moment(0, 100), 0.5);
        assert_eq!(timeline.moment(1, 200), 0.75);
        assert_eq!(timeline.moment(2, 300), 1.0);
    }
}
