//! Outcomes, and what is summarised and drawn.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::ids::{DyadId, StateCode, StateId};
use crate::model::treaty::Obligation;
use crate::scenario::compile::happenings::{day_in_run, has};
use crate::scenario::compile::resolve::{Names, find};
use crate::scenario::compile::{expressions, memory};
use crate::scenario::document::Document;
use crate::scenario::document::outcomes as written;
use crate::scenario::expression::Scope;
use crate::scenario::names::readable;
use crate::scenario::problem::Problems;
use crate::scenario::reader::{Placed, unknown};
use crate::scenario::setup::{ChartPlan, Outcome, Question, Score, When};

/// The most curves of the first-date chart: as many as there are colours told apart with any
/// colour vision.
const MOST_CURVES: usize = 7;

/// The most outcomes of a scenario.
const MOST_OUTCOMES: usize = 200;

/// The most panels the program chooses for a chart by itself.
const CHOSEN_PANELS: usize = 6;

/// The outcomes of the file, in its order.
pub fn outcomes(
    document: &Document,
    names: &Names,
    scope: &mut Scope<'_>,
    problems: &mut Problems,
) -> Option<Vec<Outcome>> {
    if let Some(entry) = document.outcomes.get(MOST_OUTCOMES) {
        let rule = format!("a scenario asks for at most {MOST_OUTCOMES} outcomes");
        problems.add(entry.span.clone(), rule, format!("it has {}", document.outcomes.len()));
        return None;
    }
    let mut outcomes = Vec::new();
    for entry in &*document.outcomes {
        let Some(body) = &entry.body else { continue };
        let question = match &body.question {
            of_scores @ (written::Question::Treaty { .. }
            | written::Question::Isolation(..)
            | written::Question::Alignment(..)) => question(of_scores, document, names, problems),
            expression => expressions::question(expression, document, scope, problems),
        };
        outcomes.extend(question.map(|question| Outcome {
            name: entry.name.clone(),
            title: body.title.clone().unwrap_or_else(|| readable(&entry.name)),
            question,
            written: body.question.expression().map(|e| e.text().to_owned()),
        }));
    }
    tell_apart(document, &mut outcomes);
    (outcomes.len() == document.outcomes.len()).then_some(outcomes)
}

/// Gives outcomes without a title their very name where the words made of it are another's title too.
fn tell_apart(document: &Document, outcomes: &mut [Outcome]) {
    let mut titles = BTreeMap::<String, usize>::new();
    for outcome in &*outcomes {
        *titles.entry(outcome.title.clone()).or_default() += 1;
    }
    let titled: BTreeSet<&str> = document
        .outcomes
        .iter()
        .filter(|entry| entry.body.as_ref().is_some_and(|body| body.title.is_some()))
        .map(|entry| entry.name.as_str())
        .collect();
    for outcome in outcomes {
        if titles[&outcome.title] > 1 && !titled.contains(outcome.name.as_str()) {
            outcome.title.clone_from(&outcome.name);
        }
    }
}

fn question(
    question: &written::Question,
    document: &Document,
    names: &Names,
    problems: &mut Problems,
) -> Option<Question> {
    let what = "the date of an outcome";
    match question {
        written::Question::Treaty { obligation, stage, between, at, by } => {
            let dyad = between.as_ref().and_then(|codes| names.dyad(codes, problems));
            let when = match (at, by) {
                (Some(at), _) => day_in_run(document, at, what, problems).map(When::At),
                (None, Some(by)) => day_in_run(document, by, what, problems).map(When::By),
                (None, None) => {
                    let calendar = &document.run.as_ref()?.calendar;
                    Some(When::By(calendar.day(calendar.end())))
                }
            };
            let obligation = obligation.as_ref().and_then(|o| known(o, document, problems));
            Some(Question::Treaty {
                obligation: obligation?,
                stage: *stage,
                dyad: dyad?,
                when: when?,
            })
        }
        written::Question::Isolation(code, at, test) => {
            let state = code.as_ref().and_then(|code| names.state(code, problems));
            let day = at.as_ref().and_then(|at| at_step_date(document, at, what, problems));
            Some(Question::Score { score: Score::Isolation(state?), day: day?, test: (*test)? })
        }
        written::Question::Alignment(codes, at, test) => {
            let dyad = codes.as_ref().and_then(|codes| names.dyad(codes, problems));
            let day = at.as_ref().and_then(|at| at_step_date(document, at, what, problems));
            Some(Question::Score { score: Score::Alignment(dyad?), day: day?, test: (*test)? })
        }
        _ => None,
    }
}

/// The obligation of this name. The name of a treaty in its place is noted as such.
fn known(
    word: &Placed<String>,
    document: &Document,
    problems: &mut Problems,
) -> Option<Obligation> {
    let name = word.get_ref();
    let obligation = Obligation::from_name(name);
    if obligation.is_none() {
        let rule = format!("there is no obligation `{name}`");
        let names = Obligation::ALL.map(Obligation::name);
        if has(&document.treaties, name) {
            let found = format!("`{name}` is a treaty");
            let names = names.join(", ");
            let cure = format!("`treaty` takes an obligation ({names}), and `between` the dyad");
            problems.add_with_cure(word.span(), rule, found, cure);
        } else {
            unknown(word.span(), &rule, name, &names, problems);
        }
    }
    obligation
}

/// The day of a step date; scores are known at no others.
pub fn at_step_date(
    document: &Document,
    at: &Placed<jiff::civil::Date>,
    what: &str,
    problems: &mut Problems,
) -> Option<i32> {
    let day = day_in_run(document, at, what, problems)?;
    let calendar = &document.run.as_ref()?.calendar;
    let step = calendar.step_at(*at.get_ref());
    let before = calendar.dates()[step];
    if before == *at.get_ref() {
        return Some(day);
    }
    let rule = "a score is asked for at a step date";
    let found = "a step is under way on this day";
    let cure = match calendar.dates().get(step + 1) {
        Some(after) => format!("take {before} or {after}"),
        None => format!("take {before}"),
    };
    problems.add_with_cure(at.span(), rule, found, cure);
    None
}

/// Dyads of the summary, and the charts.
pub fn charts(
    document: &Document,
    names: &Names,
    problems: &mut Problems,
) -> (Option<Vec<DyadId>>, Option<ChartPlan>) {
    let wanted = &document.charts;
    let summary = match &wanted.summary_dyads {
        Some(list) => each_once(list, |codes| names.dyad(codes, problems)),
        None => Some(names.dyads.iter().map(|(dyad, ..)| dyad).collect()),
    };
    if let Some(summary) = &summary {
        memory::check(document, summary.len(), problems);
    }
    let isolation = match &wanted.isolation {
        Some(list) => each_once(list, |code| names.state(code, problems)),
        None => Some(most_isolated(document, names)),
    };
    let alignment = match &wanted.alignment {
        Some(list) => each_once(list, |codes| names.dyad(codes, problems)),
        None => summary.as_ref().map(|summary| asked_about(document, names, summary)),
    };
    if let (Some(list), Some(summary)) = (&wanted.alignment, &summary) {
        drawn_from_summary(list, summary, names, problems);
    }
    let first_dates = match &wanted.first_dates {
        Some(list) => {
            few_enough(list, problems);
            each_once(list, |name| first_date(document, name, problems))
        }
        None => Some(
            (0..document.outcomes.len())
                .filter(|&n| has_first_date(document, n))
                .take(CHOSEN_PANELS)
                .collect(),
        ),
    };
    let plan =
        isolation.zip(alignment).zip(first_dates).map(|((isolation, alignment), first_dates)| {
            ChartPlan { isolation, alignment, first_dates }
        });
    (summary, plan)
}

fn drawn_from_summary(
    drawn: &[Placed<[StateCode; 2]>],
    summary: &[DyadId],
    names: &Names,
    problems: &mut Problems,
) {
    for codes in drawn {
        // Unknown states have been noted already.
        let dyad = names.dyad(codes, &mut Problems::default());
        if dyad.is_some_and(|dyad| !summary.contains(&dyad)) {
            let rule = "the alignment chart draws dyads of the summary";
            let found = "not listed in `[summary] dyads`";
            problems.add_with_cure(codes.span(), rule, found, "add it there, or leave it out");
        }
    }
}

/// What the entries of a list stand for, each once however often it is listed; `None` if any stands
/// for nothing.
fn each_once<T, Id: Ord + Copy>(
    list: &[Placed<T>],
    mut find: impl FnMut(&Placed<T>) -> Option<Id>,
) -> Option<Vec<Id>> {
    let ids: Vec<_> = list.iter().map(&mut find).collect();
    let mut ids = ids.into_iter().collect::<Option<Vec<_>>>()?;
    let mut seen = BTreeSet::new();
    ids.retain(|id| seen.insert(*id));
    Some(ids)
}

fn few_enough(list: &[Placed<String>], problems: &mut Problems) {
    if let Some(name) = list.get(MOST_CURVES) {
        let rule = format!("the first-date chart has at most {MOST_CURVES} curves");
        problems.add(name.span(), rule, format!("this is number {}", MOST_CURVES + 1));
    }
}

fn most_isolated(document: &Document, names: &Names) -> Vec<StateId> {
    let isolation = |id: &StateId| {
        let body = document.states.get(id.index()).and_then(|s| s.body.as_ref());
        body.map_or(0.0, |state| state.isolation.value)
    };
    let mut states: Vec<_> = (0..names.codes.len()).map(StateId::new).collect();
    states.sort_by(|a, b| isolation(b).total_cmp(&isolation(a)).then(a.cmp(b)));
    states.truncate(CHOSEN_PANELS);
    states
}

/// Dyads of the summary that outcomes ask about, then its first ones.
fn asked_about(document: &Document, names: &Names, summary: &[DyadId]) -> Vec<DyadId> {
    let mut silent = Problems::default();
    let bodies = document.outcomes.iter().filter_map(|outcome| outcome.body.as_ref());
    let mut dyads: Vec<_> = bodies
        .filter_map(|outcome| match &outcome.question {
            written::Question::Treaty { between, .. } => names.dyad(between.as_ref()?, &mut silent),
            written::Question::Alignment(codes, ..) => names.dyad(codes.as_ref()?, &mut silent),
            _ => None,
        })
        .collect();
    dyads.extend(summary.iter().take(CHOSEN_PANELS));
    let mut seen = BTreeSet::new();
    dyads.retain(|dyad| summary.contains(dyad) && seen.insert(*dyad));
    dyads.truncate(CHOSEN_PANELS);
    dyads
}

/// Whether an outcome asks when something first comes about.
pub fn has_first_date(document: &Document, outcome: usize) -> bool {
    let body = document.outcomes[outcome].body.as_ref();
    body.is_some_and(|o| {
        use written::Question::{Ever, Treaty};
        matches!(o.question, Treaty { at: None, .. } | Ever(..))
    })
}

/// The outcome of this name, if it asks when something first comes about.
pub fn first_date(
    document: &Document,
    name: &Placed<String>,
    problems: &mut Problems,
) -> Option<usize> {
    let outcome = find(&document.outcomes, "outcome", name, problems)?;
    if document.outcomes[outcome].whole && !has_first_date(document, outcome) {
        let rule =
            "a first date belongs to an outcome that asks whether something ever comes about";
        let found = format!("`{}` asks something else", name.get_ref());
        problems.add_with_cure(name.span(), rule, found, "leave it out");
        return None;
    }
    Some(outcome)
}
