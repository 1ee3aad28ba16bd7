//! What happens when: a strip for everything that happens, darker where it happens more often.

use jiff::civil::Date;

use crate::analysis::Results;
use crate::analysis::interval::{Z, of_mean_count_at, wilson_at, z_of_all};
use crate::analysis::timeline::Row;
use crate::analysis::wording::numbers::{counted, decimals, percents};
use crate::model::processes::events;
use crate::output::charts::canvas::Heading;
use crate::output::charts::{Kind, Of, Sheet, footer};
use crate::scenario::setup::Setup;

mod picture;

/// The chart.
pub const KIND: Kind = Kind {
    name: "timeline",
    about: "how often things happen in each step: the scenario's events and what processes do",
    of: Of::Run(|setup, results| Sheet::only(series(setup, results))),
};

/// The most strips of each of the two parts.
const MOST_STRIPS: usize = 32;
/// How many strips the alternative in words tells.
const MOST_TOLD: usize = 5;

/// The chart of what happens.
#[derive(Clone, Debug, PartialEq)]
struct Timeline {
    heading: Heading,
    alt: String,
    /// The scenario's events by their date, then what processes do, the most frequent first.
    parts: [Vec<Strip>; 2],
    span: (Date, Date),
}

/// Something that happens.
#[derive(Clone, Debug, PartialEq)]
struct Strip {
    name: String,
    /// The day of an event that has one.
    scheduled: Option<Date>,
    cells: Vec<Cell>,
    /// The step in which it happens most often, the first of several. Who picks it among all steps has to
    /// allow for that: its intervals hold together with those of all others. Of an event with a date, which
    /// nobody has to pick, they are its own.
    peak: Cell,
}

/// How often it happens in a step.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Cell {
    /// The step's last day.
    date: Date,
    /// Mean number of times in a trial, with the ends of its 95 % interval.
    mean: [f64; 3],
    /// Share of trials in which it happens, with the ends of its 95 % interval.
    share: [f64; 3],
}

impl Cell {
    /// The mean and its interval, both with the digits that the latter has.
    fn times(&self) -> [String; 2] {
        let [mean, low, high] = self.mean;
        if low == high {
            return [number(mean), "always the same".to_owned()];
        }
        let decimals = decimals(high - low);
        [format!("{mean:.decimals$}"), format!("{low:.decimals$} to {high:.decimals$}")]
    }

    /// The share of trials and its interval, in per cent.
    fn percents(&self) -> [String; 2] {
        let [value, low, high] = percents(self.share);
        [format!("{value} %"), format!("{low} to {high}")]
    }
}

impl Strip {
    /// Mean number of times in a trial, over all steps.
    fn total(&self) -> f64 {
        self.cells.iter().map(|cell| cell.mean[0]).sum()
    }
}

/// Nothing if nothing happens, or trials end before the first step.
fn series(setup: &Setup, results: &Results) -> Option<Timeline> {
    let n = results.timeline.first()?.n;
    let strips = results.timeline.chunk_by(|a, b| (&a.kind, &a.subject) == (&b.kind, &b.subject));
    let strips = strips.map(|rows| (rows[0].kind == events::KIND, strip(setup, rows)));
    let (own, others): (Vec<_>, Vec<_>) = strips.partition(|(own, _)| *own);
    let [mut own, mut others] =
        [own, others].map(|part| part.into_iter().map(|(_, strip)| strip).collect::<Vec<_>>());
    let all = own.len() + others.len();
    own.retain(|strip| strip.total() > 0.0 || strip.scheduled.is_some());
    own.sort_by_key(|strip| strip.scheduled.unwrap_or(strip.peak.date));
    others.sort_by(|a, b| b.total().total_cmp(&a.total()).then_with(|| a.name.cmp(&b.name)));
    own.truncate(MOST_STRIPS);
    others.truncate(MOST_STRIPS);
    let parts = [own, others];
    let shown: usize = parts.iter().map(Vec::len).sum();
    if shown == 0 {
        return None;
    }
    let left_out = match all - shown {
        0 => String::new(),
        more => format!(" {more} more left out: they are rarer or do not happen."),
    };
    let heading = Heading {
        title: format!("What happens when, {} to {}", setup.calendar.start(), setup.calendar.end()),
        subtitle: format!(
            "The stronger the colour, the more often within a step, each strip on its own scale. At the right: times in a \
             trial, and in the step of its peak with the 95 % interval that holds for all its steps together; of events with a date \
             (triangles) the share of trials.{left_out}"
        ),
        footer: footer(setup, n),
    };
    let told = parts[1].iter().take(MOST_TOLD).map(|strip| {
        let peak = &strip.peak;
        let [mean, interval] = peak.times();
        format!(
            "{} {} (most in the step to {}: {mean}, {interval})",
            strip.name,
            number(strip.total()),
            peak.date
        )
    });
    let told: Vec<_> = told.collect();
    let most = if told.is_empty() {
        String::new()
    } else {
        format!(" Most frequent, in times a trial: {}.", told.join("; "))
    };
    let alt = format!(
        "How often {} and {} of other things happen in each of {} steps, in {} (100 %).{most}",
        counted(parts[0].len() as u64, "event"),
        counted(parts[1].len() as u64, "kind"),
        setup.frame.timeline.steps(),
        counted(n, "trial")
    );
    let span = (setup.calendar.start(), setup.calendar.end());
    Some(Timeline { heading, alt, parts, span })
}

/// The strip of the rows of one thing, by date.
fn strip(setup: &Setup, rows: &[Row]) -> Strip {
    let first = &rows[0];
    let own = first.kind == events::KIND;
    let day = || {
        let event = setup.frame.events.iter().find(|event| event.name == first.subject)?;
        match event.timing {
            crate::model::event::Timing::Day(day) => Some(setup.calendar.date(day)),
            _ => None,
        }
    };
    let peak = rows.iter().fold(first, |most, row| if row.mean > most.mean { row } else { most });
    let z = if first.scheduled { Z } else { z_of_all(rows.len()) };
    Strip {
        name: if own { first.subject.clone() } else { first.kind.clone() },
        scheduled: if own && first.scheduled { day() } else { None },
        cells: rows.iter().map(|row| cell(row, Z)).collect(),
        peak: cell(peak, z),
    }
}

/// A step with intervals of so many standard errors.
fn cell(row: &Row, z: f64) -> Cell {
    let (least, greatest) = wilson_at(row.trials, row.n, z);
    // What no trial had twice in the step has a mean that is a share.
    let (low, high) = if row.count == row.trials {
        (least, greatest)
    } else {
        of_mean_count_at(row.mean, row.se, row.n, z)
    };
    Cell { date: row.date, mean: [row.mean, low, high], share: [row.probability, least, greatest] }
}

/// A number of times in about three digits.
fn number(value: f64) -> String {
    match value {
        value if value >= 100.0 => format!("{value:.0}"),
        value if value >= 10.0 => format!("{value:.1}"),
        value if value >= 1.0 || value == 0.0 => format!("{value:.2}"),
        value if value >= 0.001 => format!("{value:.3}"),
        value => format!("{value:.0e}"),
    }
}
