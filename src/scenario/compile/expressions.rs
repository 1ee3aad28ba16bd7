//! What expressions of a scenario may name, and the questions and conditions made of them.

use jiff::civil::Date;

use crate::model::expression::{Moments, Number, Truth};
use crate::model::ids::{EventId, SanctionId, TreatyId, WarId};
use crate::model::process::Channel;
use crate::scenario::calendar::Calendar;
use crate::scenario::compile::happenings::day_in_run;
use crate::scenario::compile::questions::at_step_date;
use crate::scenario::compile::resolve::Names;
use crate::scenario::document::outcomes::{Moment, Question as Written, Span};
use crate::scenario::document::{Document, List};
use crate::scenario::expression::{Expression, Known, Memory, Scope};
use crate::scenario::problem::Problems;
use crate::scenario::reader::Placed;
use crate::scenario::setup::{Fold, How, Question, Test};

/// What expressions may name.
pub fn scope<'a>(
    document: &'a Document,
    names: &'a Names,
    channels: &'a [Channel],
    calendar: &'a Calendar,
) -> Scope<'a> {
    let mut states = Known::states(&names.codes);
    states.whole = names.whole();
    Scope {
        states,
        treaties: known(&document.treaties, TreatyId::new),
        sanctions: known(&document.sanctions, SanctionId::new),
        wars: known(&document.wars, WarId::new),
        events: known(&document.events, EventId::new),
        quantities: Known::all(
            document.quantities.iter().enumerate().map(|(n, q)| (q.name.as_str(), n)),
        ),
        channels: Known::all(channels.iter().map(|c| (c.kind, c.subject.as_str()))),
        off: {
            let off = document.processes.iter().filter(|process| !process.on);
            off.map(|process| process.entry.about.name).collect()
        },
        calendar,
        memory: Memory::default(),
    }
}

fn known<T, Id>(list: &List<T>, id: impl Fn(usize) -> Id) -> Known<'_, Id> {
    let names = list.iter().enumerate().map(|(n, entry)| (entry.name.as_str(), id(n)));
    Known { list: names.collect(), whole: !list.unread }
}

/// The question that an outcome asks by an expression.
pub fn question(
    written: &Written,
    document: &Document,
    scope: &mut Scope<'_>,
    problems: &mut Problems,
) -> Option<Question> {
    match written {
        Written::Ever(truth, span) => {
            let truth = truth.as_ref().and_then(|truth| truth.get_ref().truth(scope, problems));
            let (from, until) = days(span, document, problems)?;
            let truth = truth?;
            if truth.moments() == Moments::StepDates {
                some_step_date(span, (from, until), document, problems)?;
            }
            Some(Question::Ever { moments: truth.moments(), truth, from, until })
        }
        Written::Holds(truth, at) => {
            let truth = truth.as_ref().and_then(|truth| truth.get_ref().truth(scope, problems));
            let moments = truth.as_ref().map_or(Moments::Changes, Truth::moments);
            let at = day(at.as_ref()?, moments, document, problems);
            Some(Question::Holds { truth: truth?, moments, at: at? })
        }
        Written::Value(number, at, test) => {
            let number =
                number.as_ref().and_then(|number| number.get_ref().number(scope, problems));
            let moments = number.as_ref().map_or(Moments::Changes, Number::moments);
            let at = day(at.as_ref()?, moments, document, problems);
            Some(Question::Number { number: number?, moments, fold: Fold::At(at?), test: *test })
        }
        Written::Gathered(how, number, span, test) => {
            gathered(*how, number.as_ref(), span, *test, document, scope, problems)
        }
        Written::Treaty { .. } | Written::Isolation(..) | Written::Alignment(..) => None,
    }
}

fn gathered(
    how: How,
    number: Option<&Placed<Expression>>,
    span: &Span,
    test: Option<Test>,
    document: &Document,
    scope: &mut Scope<'_>,
    problems: &mut Problems,
) -> Option<Question> {
    let number = number.and_then(|number| number.get_ref().number(scope, problems));
    let (from, until) = days(span, document, problems)?;
    some_step_date(span, (from, until), document, problems)?;
    let fold = Fold::Over { how, from, until };
    let number = number?;
    Some(Question::Number { moments: Moments::StepDates, number, fold, test })
}

/// Whether a step date lies in a span: scores are known at no others.
fn some_step_date(
    span: &Span,
    (from, until): (i32, i32),
    document: &Document,
    problems: &mut Problems,
) -> Option<()> {
    let calendar = &document.run.as_ref()?.calendar;
    let mut dates = calendar.dates().iter().map(|&date| calendar.day(date));
    let some = dates.any(|day| (from..=until).contains(&day));
    if !some {
        let place = span.until.as_ref().or(span.from.as_ref()).map(Placed::span);
        let rule = "scores and numbers over time are known at step dates";
        problems.add(place.unwrap_or_default(), rule, "none lies between these days");
    }
    some.then_some(())
}

/// The first and the last day of a span; those of the run where it says nothing.
fn days(span: &Span, document: &Document, problems: &mut Problems) -> Option<(i32, i32)> {
    let calendar = &document.run.as_ref()?.calendar;
    let what = "the date of an outcome";
    let mut day = |date: Option<&Placed<Date>>, usual: i32| match date {
        Some(date) => day_in_run(document, date, what, problems),
        None => Some(usual),
    };
    let from = day(span.from.as_ref(), 0);
    let until = day(span.until.as_ref(), calendar.day(calendar.end()));
    from.zip(until)
}

/// A day on which an expression is asked about: a step date, if it reads scores.
fn day(
    moment: &Moment,
    moments: Moments,
    document: &Document,
    problems: &mut Problems,
) -> Option<i32> {
    let calendar = &document.run.as_ref()?.calendar;
    match moment {
        Moment::End => Some(calendar.day(calendar.end())),
        Moment::Date(date) if moments == Moments::StepDates => {
            at_step_date(document, date, "the date of an outcome", problems)?;
            Some(calendar.day(*date.get_ref()))
        }
        Moment::Date(date) => day_in_run(document, date, "the date of an outcome", problems),
    }
}
