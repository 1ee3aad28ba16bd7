//! How wars spread: who begins them, and who joins beside whom.

use std::cmp::Reverse;

use crate::analysis::Results;
use crate::analysis::cascades::Row;
use crate::analysis::wording::dates::Fineness;
use crate::analysis::wording::numbers::{counted, percents};
use crate::output::charts::canvas::Heading;
use crate::output::charts::{Kind, Of, Sheet, footer};
use crate::scenario::setup::Setup;

mod mark;
mod picture;
mod tree;

/// The chart.
pub const KIND: Kind = Kind {
    name: "cascades",
    about: "who begins wars and who joins them beside whom: shares of trials with 95 % Wilson intervals",
    of: Of::Run(|setup, results| Sheet::only(series(setup, results))),
};

/// The most ways of beginning a war on a sheet, and of joining one.
const MOST_BEGUN: usize = 12;
const MOST_JOINED: usize = 18;
/// How many times as likely as the rarest way the likeliest is where the scale becomes logarithmic.
const WIDE: f64 = 20.0;
/// How many of each the alternative in words tells.
const MOST_TOLD: usize = 4;

/// The chart of wars.
#[derive(Clone, Debug, PartialEq)]
struct Cascades {
    heading: Heading,
    alt: String,
    /// How wars begin, the likeliest first.
    begun: Vec<Entry>,
    /// Who joins, by the one against whom, those with the likeliest joiner first.
    joined: Vec<Group>,
    scale: Scale,
}

/// The scale of shares: where it begins if it is logarithmic, else it begins at 0; and where it ends.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Scale {
    low: Option<f64>,
    top: f64,
}

/// Those who join against one state.
#[derive(Clone, Debug, PartialEq)]
struct Group {
    against: Named,
    /// Each with how deep below the first of its side it stands: 0 for who joins beside one of those with
    /// whom the war began.
    entries: Vec<(usize, Entry)>,
}

/// A way of entering a war.
#[derive(Clone, Debug, PartialEq)]
struct Entry {
    state: Named,
    /// Whom it attacks, or beside whom it stands.
    other: Named,
    /// Whether it joins a war that others began.
    joins: bool,
    reason: String,
    /// Share of trials, with the ends of its 95 % interval.
    share: [f64; 3],
    trials: u64,
    count: u64,
    n: u64,
    /// Median of the first date, no finer than so many trials tell it.
    first: Option<String>,
}

/// A state.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Named {
    code: String,
    name: String,
}

impl Cascades {
    fn entries(&self) -> impl Iterator<Item = &Entry> {
        all(&self.begun, &self.joined)
    }
}

fn all<'a>(begun: &'a [Entry], joined: &'a [Group]) -> impl Iterator<Item = &'a Entry> {
    let joined = joined.iter().flat_map(|group| &group.entries);
    begun.iter().chain(joined.map(|(_, entry)| entry))
}

impl Scale {
    /// From 0, or logarithmic where the rarest way would lie on the axis; beyond every interval.
    fn of(entries: &[&Entry]) -> Self {
        let of = |n: usize| entries.iter().map(move |entry| entry.share[n]);
        let (rarest, likeliest) = (of(0).fold(1.0, f64::min), of(0).fold(0.0, f64::max));
        let top = of(2).fold(0.0, f64::max);
        if likeliest > WIDE * rarest {
            // What has happened has an interval that begins above 0, but for rounding.
            let low = of(1).fold(1.0, f64::min).max(1e-9);
            Self { low: Some(low), top: if top > 0.5 { 1.0 } else { top } }
        } else {
            Self { low: None, top: (top * 1.05).clamp(0.01, 1.0) }
        }
    }
}

impl Entry {
    /// The share in per cent, with its interval.
    fn said(&self) -> String {
        let [value, low, high] = percents(self.share);
        format!("{value} % ({low} to {high})")
    }
}

/// The likeliest ways. Nothing if nobody enters a war that begins, or that is joined, within the run.
fn series(setup: &Setup, results: &Results) -> Option<Cascades> {
    let n = results.cascades.first()?.n;
    let (begun, joined): (Vec<_>, Vec<_>) =
        results.cascades.iter().partition(|row| row.beside.is_none());
    let found = [begun.len(), joined.len()];
    let groups = tree::groups(&joined[..found[1].min(MOST_JOINED)], &begun);
    let groups = groups.into_iter().map(|(against, rows)| {
        let entries = rows.into_iter().map(|(depth, row)| (depth, entry(setup, row))).collect();
        Group { against: named(setup, against), entries }
    });
    let joined: Vec<_> = groups.collect();
    let begun: Vec<_> = begun.into_iter().take(MOST_BEGUN).map(|row| entry(setup, row)).collect();
    let scale = Scale::of(&all(&begun, &joined).collect::<Vec<_>>());
    let heading = heading(setup, n, found, scale);
    let alt = alternative(setup, n, &begun, &joined);
    Some(Cascades { heading, alt, begun, joined, scale })
}

fn entry(setup: &Setup, row: &Row) -> Entry {
    let fineness = Fineness::of_median(row.first_q05.zip(row.first_q95), row.trials);
    Entry {
        state: named(setup, &row.state),
        other: named(setup, row.beside.as_ref().unwrap_or(&row.against)),
        joins: row.beside.is_some(),
        reason: row.reason.clone(),
        share: [row.probability, row.low, row.high],
        trials: row.trials,
        count: row.count,
        n: row.n,
        first: row.first_q50.map(|date| fineness.short(date)),
    }
}

fn named(setup: &Setup, code: &str) -> Named {
    let codes = setup.frame.codes.iter().zip(&setup.frame.names);
    let known = codes.into_iter().find(|(known, _)| known.to_string() == code);
    let name = known.map_or(code, |(_, name)| name);
    Named { code: code.to_owned(), name: name.to_owned() }
}

fn period(setup: &Setup) -> String {
    format!("{} to {}", setup.calendar.start(), setup.calendar.end())
}

fn heading(setup: &Setup, n: u64, [begun, joined]: [usize; 2], scale: Scale) -> Heading {
    let mut more = String::new();
    more += match joined {
        0 => " No state joins a war in any trial.",
        _ => " Who joins is indented below the one it stands beside.",
    };
    let left_out = [
        (begun > MOST_BEGUN)
            .then(|| format!("the {MOST_BEGUN} likeliest of {begun} ways in which a war begins")),
        (joined > MOST_JOINED)
            .then(|| format!("the {MOST_JOINED} likeliest of {joined} in which one is joined")),
    ];
    let left_out: Vec<_> = left_out.into_iter().flatten().collect();
    if !left_out.is_empty() {
        more += &format!(" Drawn are {}; cascades.csv has all.", left_out.join(" and "));
    }
    let scale = if scale.low.is_some() { ", logarithmic scale" } else { "" };
    Heading {
        title: format!("Who begins wars and who joins them, {}", period(setup)),
        subtitle: format!(
            "Share of trials (%{scale}) in which it happens at least once, with the 95 % Wilson interval \
             of the estimate; at the right the median of the first date, as fine as its spread over trials lets \
             it be.{more}"
        ),
        footer: footer(setup, n),
    }
}

fn alternative(setup: &Setup, n: u64, begun: &[Entry], joined: &[Group]) -> String {
    let attacks = |entry: &Entry| {
        format!("{} attacks {} {}", entry.state.name, entry.other.name, entry.said())
    };
    let begun = listed(begun.iter().map(attacks).collect());
    let mut joiners: Vec<_> = joined.iter().flat_map(|group| &group.entries).collect();
    joiners.sort_by_key(|(_, entry)| Reverse(entry.trials));
    let joins = |(_, entry): &&(usize, Entry)| {
        format!("{} beside {} {}", entry.state.name, entry.other.name, entry.said())
    };
    let joined = listed(joiners.iter().map(joins).collect());
    format!(
        "Wars that begin and those who join them, {}, as shares of {} with 95 % intervals. Begun: \
         {begun}. Joined: {joined}.",
        period(setup),
        counted(n, "trial"),
    )
}

/// The first of them, and how many more there are.
fn listed(mut all: Vec<String>) -> String {
    let more = all.len().saturating_sub(MOST_TOLD);
    all.truncate(MOST_TOLD);
    if more > 0 {
        all.push(format!("and {more} more"));
    }
    if all.is_empty() { "none".to_owned() } else { all.join("; ") }
}
