//! Which rows the tables of a result have, in their order: by what they are told apart.

use std::iter;

use jiff::civil::Date;

use crate::analysis::{first_dates, summary as scores};
use crate::engine::experiment::Experiment;
use crate::engine::pairing::{self, Pairing};
use crate::output::stored::table::Key;
use crate::scenario::setup::Setup;

/// Of `summary.csv`.
pub(super) fn summary(setup: &Setup) -> impl Iterator<Item = Key> {
    scores::subjects(setup).flat_map(|(metric, subject)| {
        let cells = move |date: &Date| {
            vec![
                ("metric", metric.to_owned()),
                ("subject", subject.clone()),
                ("date", date.to_string()),
            ]
        };
        setup.calendar.dates().iter().map(cells)
    })
}

/// Of `outcomes.csv`, or of `measures.csv`.
pub(super) fn outcome(setup: &Setup, measures: bool) -> impl Iterator<Item = Key> {
    let outcomes = setup.outcomes.iter();
    let outcomes = outcomes.filter(move |outcome| outcome.question.is_measure() == measures);
    outcomes
        .map(|outcome| vec![("outcome", outcome.name.clone()), ("title", outcome.title.clone())])
}

/// Of `first_dates.csv`.
pub(super) fn date(setup: &Setup) -> impl Iterator<Item = Key> {
    first_dates::asked(setup)
        .map(|(outcome, date)| vec![("outcome", outcome.to_owned()), ("date", date.to_string())])
}

/// Of `variance.csv`.
pub(super) fn variance(setup: &Setup) -> impl Iterator<Item = Key> {
    let key = |metric: &str, subject: &str, date: String| {
        vec![("metric", metric.to_owned()), ("subject", subject.to_owned()), ("date", date)]
    };
    let outcomes =
        setup.outcomes.iter().map(move |outcome| key("outcome", &outcome.name, String::new()));
    let series = pairing::series(setup).into_iter().flat_map(move |name| {
        let dates = setup.calendar.dates().iter();
        dates.map(move |date| {
            let (metric, subject) = name.split_once(' ').unwrap_or(("", &name));
            key(metric, subject, date.to_string())
        })
    });
    outcomes.chain(series)
}

/// Of `differences.csv`, for one variant.
pub(super) fn difference<'a>(
    experiment: &'a Experiment<'_>,
    pairing: &'a Pairing,
    variant: &'a str,
) -> impl Iterator<Item = Key> + 'a {
    let outcomes = &experiment.arms()[0].outcomes;
    pairing.outcomes.iter().map(move |&(ours, _)| {
        let (name, title) = (outcomes[ours].name.clone(), outcomes[ours].title.clone());
        vec![("variant", variant.to_owned()), ("outcome", name), ("title", title)]
    })
}

/// Of `difference_series.csv`, for one variant.
pub(super) fn series<'a>(
    experiment: &'a Experiment<'_>,
    pairing: &'a Pairing,
    variant: &'a str,
) -> impl Iterator<Item = Key> + 'a {
    let setup = experiment.arms()[0];
    let names = pairing::series(setup);
    let paired = pairing.series.iter().map(move |&(ours, _)| names[ours].clone());
    paired.flat_map(move |name| {
        setup.calendar.dates().iter().map(move |date| {
            let (metric, subject) = name.split_once(' ').unwrap_or(("", &name));
            let cells = [("metric", metric.to_owned()), ("subject", subject.to_owned())];
            let date = ("date", date.to_string());
            iter::once(("variant", variant.to_owned())).chain(cells).chain([date]).collect()
        })
    })
}
