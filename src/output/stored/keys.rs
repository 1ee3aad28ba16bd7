//! Which rows the tables of a result have, in their order: by what they are told apart.

use std::iter;

use jiff::civil::Date;

use crate::analysis::first_dates;
use crate::engine::experiment::Experiment;
use crate::engine::metric::{self, Series};
use crate::engine::pairing::Pairing;
use crate::output::stored::table::Key;
use crate::scenario::setup::Setup;

/// Of `summary.csv`.
pub(super) fn summary(setup: &Setup) -> impl Iterator<Item = Key> {
    metric::series(setup).into_iter().flat_map(|series| {
        let cells = move |date: &Date| score(&series, date).to_vec();
        setup.calendar.dates().iter().map(cells)
    })
}

/// A series at a step date.
fn score(series: &Series, date: &Date) -> [(&'static str, String); 3] {
    [
        ("metric", series.metric.name().to_owned()),
        ("subject", series.subject.clone()),
        ("date", date.to_string()),
    ]
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
    let outcomes = setup.outcomes.iter().map(|outcome| {
        let date = ("date", String::new());
        vec![("metric", "outcome".to_owned()), ("subject", outcome.name.clone()), date]
    });
    outcomes.chain(summary(setup))
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
    let all = metric::series(setup);
    let paired = pairing.series.iter().map(move |&(ours, _)| all[ours].clone());
    paired.flat_map(move |series| {
        setup.calendar.dates().iter().map(move |date| {
            iter::once(("variant", variant.to_owned())).chain(score(&series, date)).collect()
        })
    })
}
