//! Where states stand and where they go: isolation against capability.

use jiff::civil::Date;

use crate::analysis::Results;
use crate::analysis::summary::Row;
use crate::analysis::wording::numbers::counted;
use crate::engine::metric::Metric;
use crate::output::charts::canvas::Heading;
use crate::output::charts::{Kind, Of, Sheet, footer};
use crate::scenario::setup::Setup;

mod picture;

/// The chart.
pub const KIND: Kind = Kind {
    name: "isolation-capability",
    about: "isolation against capability of states from start to end: medians, with 50 % and 90 % of trials at the end",
    of: Of::Run(|setup, results| Sheet::only(series(setup, results))),
};

/// The most states on a sheet.
const MOST_STATES: usize = 40;
/// Up to how many have their names beside them; more have their codes.
const MOST_NAMES: usize = 16;
/// How many states the alternative in words tells.
const MOST_TOLD: usize = 5;
/// Neither axis magnifies more: a part of the range of isolation, and a ratio of capabilities.
const LEAST_SPAN: f64 = 0.1;
const LEAST_RATIO: f64 = 2.0;
/// The least capability that has a place: what tables give as 0 is less.
const LEAST: f64 = 1e-9;

/// The chart of states.
#[derive(Clone, Debug, PartialEq)]
struct Plane {
    heading: Heading,
    alt: String,
    dates: [Date; 2],
    /// The most capable first.
    states: Vec<State>,
    /// Ends of the axes.
    capability: (f64, f64),
    isolation: (f64, f64),
}

/// A state.
#[derive(Clone, Debug, PartialEq)]
struct State {
    code: String,
    name: String,
    /// Medians of capability and isolation by step date.
    path: Vec<(f64, f64)>,
    /// At the end.
    capability: Spread,
    isolation: Spread,
}

/// The 5, 25, 50, 75 and 95 % quantiles over trials.
type Spread = [f64; 5];

/// The most capable states. Nothing if no trial ended well.
fn series(setup: &Setup, results: &Results) -> Option<Plane> {
    let n = results.summary.first()?.n;
    let dates = setup.calendar.dates().len();
    let [isolation, capability] =
        [Metric::Isolation, Metric::Capability].map(|metric| of(&results.summary, metric, dates));
    let frame = &setup.frame;
    let mut order: Vec<_> = (0..frame.states()).collect();
    let start = |state: usize| setup.initial.capability[state];
    order.sort_by(|&a, &b| start(b).total_cmp(&start(a)).then(a.cmp(&b)));
    order.truncate(MOST_STATES);
    let state = |&state: &usize| {
        let (isolation, capability) = (*isolation.get(state)?, *capability.get(state)?);
        let path = capability.iter().zip(isolation);
        Some(State {
            code: frame.codes[state].to_string(),
            name: frame.names[state].clone(),
            path: path.map(|(c, i)| (c.q50.max(LEAST), i.q50)).collect(),
            capability: spread(capability.last()?).map(|c| c.max(LEAST)),
            isolation: spread(isolation.last()?),
        })
    };
    let states: Vec<_> = order.iter().filter_map(state).collect();
    let dates = [setup.calendar.start(), setup.calendar.end()];
    let heading = heading(setup, n, states.len());
    let alt = alternative(&states, dates, n);
    let capability = range(&states, |state| (&state.capability, |&(c, _)| c));
    let isolation = range(&states, |state| (&state.isolation, |&(_, i)| i));
    (!states.is_empty()).then(|| Plane {
        heading,
        alt,
        dates,
        states,
        capability: wide(capability),
        isolation: high(isolation),
    })
}

/// The rows of a metric, by subject.
fn of(rows: &[Row], metric: Metric, dates: usize) -> Vec<&[Row]> {
    let same = |a: &Row, b: &Row| (&a.metric, &a.subject) == (&b.metric, &b.subject);
    let all = rows.chunk_by(same).filter(|rows| rows[0].metric == metric.name());
    all.filter(|rows| rows.len() == dates).collect()
}

fn spread(row: &Row) -> Spread {
    [row.q05, row.q25, row.q50, row.q75, row.q95]
}

/// The least and the greatest of what is drawn of a score.
fn range<'a>(
    states: &'a [State],
    of: impl Fn(&'a State) -> (&'a Spread, fn(&(f64, f64)) -> f64),
) -> (f64, f64) {
    let values = states.iter().flat_map(|state| {
        let (spread, median) = of(state);
        spread.iter().copied().chain(state.path.iter().map(median))
    });
    values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)))
}

/// Ends of a logarithmic axis, with room beyond what is drawn.
fn wide((low, high): (f64, f64)) -> (f64, f64) {
    let ratio = (high / low).max(LEAST_RATIO);
    let margin = libm::pow(ratio, 0.07) * (ratio / (high / low)).sqrt();
    (low / margin, high * margin)
}

/// Ends of the axis of isolation, with room beyond what is drawn.
fn high((low, high): (f64, f64)) -> (f64, f64) {
    let margin = 0.06 * (high - low) + (LEAST_SPAN - (high - low)).max(0.0) / 2.0;
    (low - margin, high + margin)
}

fn heading(setup: &Setup, n: u64, count: usize) -> Heading {
    let all = setup.frame.states();
    let left_out = if count < all {
        format!(" The {count} most capable of {all} states.")
    } else {
        String::new()
    };
    Heading {
        title: format!(
            "Isolation against capability, {} to {}",
            setup.calendar.start(),
            setup.calendar.end()
        ),
        subtitle: format!(
            "Isolation from 0 (connected) to 1 (isolated); capability as a share of the world at the start (%, \
             logarithmic scale). Line: medians from the start (ring) to the end (disc); cross: 50 % (thick) \
             and 90 % of trials at the end.{left_out}"
        ),
        footer: footer(setup, n),
    }
}

impl State {
    /// Both scores at the end, with the range of 90 % of trials.
    fn said(&self) -> [String; 2] {
        let [c05, _, c50, _, c95] = self.capability.map(|c| per_cent(100.0 * c));
        let [i05, _, i50, _, i95] = self.isolation;
        [format!("{c50} % ({c05} to {c95})"), format!("{i50:.3} ({i05:.3} to {i95:.3})")]
    }
}

/// A share in per cent, in three digits.
fn per_cent(value: f64) -> String {
    let decimals = (2.0 - libm::log10(value).floor()).clamp(0.0, 7.0) as usize;
    format!("{value:.decimals$}")
}

fn alternative(states: &[State], [start, end]: [Date; 2], n: u64) -> String {
    let told = states.iter().take(MOST_TOLD).map(|state| {
        let [capability, isolation] = state.said();
        format!("{} capability {capability}, isolation {isolation}", state.name)
    });
    let mut told: Vec<_> = told.collect();
    if let Some(more @ 1..) = states.len().checked_sub(MOST_TOLD) {
        told.push(format!("and {more} more"));
    }
    format!(
        "Isolation against capability of {} in {}, {start} to {end}. Medians at the end, with the range of \
         90 % of trials: {}.",
        counted(states.len() as u64, "state"),
        counted(n, "trial"),
        told.join("; ")
    )
}
