//! `[outcomes]`: what is asked of every trial.

use jiff::civil::Date;

use crate::model::ids::StateCode;
use crate::scenario::expression::Expression;
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::reader::{Entry, Line, Placed};
use crate::scenario::setup::{How, Stage, Test};
use crate::scenario::tree::Value;

/// An outcome.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The title for people.
    pub title: Option<String>,
    /// What is asked.
    pub question: Question,
}

/// What an outcome asks. `None` stands for what could not be read, except where said otherwise.
#[derive(Clone, Debug)]
pub enum Question {
    /// An obligation between two states; by a date, at a date, or (neither) ever within the run.
    Treaty {
        /// Which, as written.
        obligation: Option<Placed<String>>,
        /// Whether a signature is enough.
        stage: Stage,
        /// Between whom.
        between: Option<Placed<[StateCode; 2]>>,
        /// In force at this date, if asked.
        at: Option<Placed<Date>>,
        /// In force at any time up to this date, if asked.
        by: Option<Placed<Date>>,
    },
    /// Isolation of a state at a date.
    Isolation(Option<Placed<StateCode>>, Option<Placed<Date>>, Option<Test>),
    /// Alignment of a dyad at a date.
    Alignment(Option<Placed<[StateCode; 2]>>, Option<Placed<Date>>, Option<Test>),
    /// Whether an expression ever holds within a span of days.
    Ever(Option<Placed<Expression>>, Span),
    /// Whether an expression holds at a date.
    Holds(Option<Placed<Expression>>, Option<Moment>),
    /// The value of an expression at a date, put to a test if there is one.
    Value(Option<Placed<Expression>>, Option<Moment>, Option<Test>),
    /// An expression's values at step dates, gathered, put to a test if there is one.
    Gathered(How, Option<Placed<Expression>>, Span, Option<Test>),
}

impl Question {
    /// The expression it asks about, if it asks about one.
    pub fn expression(&self) -> Option<&Expression> {
        let expression = match self {
            Self::Ever(expression, _)
            | Self::Holds(expression, _)
            | Self::Value(expression, ..)
            | Self::Gathered(_, expression, ..) => expression.as_ref(),
            Self::Treaty { .. } | Self::Isolation(..) | Self::Alignment(..) => None,
        };
        expression.map(Placed::get_ref)
    }
}

/// A date, or the end of the run.
#[derive(Clone, Debug)]
pub enum Moment {
    /// The end of the run.
    End,
    /// A date.
    Date(Placed<Date>),
}

/// A span of days; the run's where nothing is said.
#[derive(Clone, Debug, Default)]
pub struct Span {
    /// The first day.
    pub from: Option<Placed<Date>>,
    /// The last day.
    pub until: Option<Placed<Date>>,
}

/// The stages of a treaty, by name.
pub const STAGES: [(&str, Stage); 2] = [("signed", Stage::Signed), ("in force", Stage::InForce)];

/// What can be asked about.
const SUBJECTS: [&str; 9] =
    ["ever", "holds", "value", "maximum", "minimum", "mean", "treaty", "isolation", "alignment"];

/// Reads an entry of `[outcomes]`.
pub fn outcome(
    name: &Placed<&str>,
    entry: &mut Entry<'_>,
    problems: &mut Problems,
) -> Option<Outcome> {
    let title = entry.get::<Line>("title", problems).map(|line| line.into_inner().0);
    let present: Vec<_> = SUBJECTS.into_iter().filter(|key| entry.has(key)).collect();
    let question = match present[..] {
        ["treaty"] => treaty(entry, problems),
        ["isolation"] => {
            let state = entry.get::<StateCode>("isolation", problems);
            let (date, test) = (at(entry, problems), test(entry, 0.0, problems));
            Question::Isolation(state, date, test)
        }
        ["alignment"] => {
            let dyad = entry.get("alignment", problems);
            let (date, test) = (at(entry, problems), test(entry, -1.0, problems));
            Question::Alignment(dyad, date, test)
        }
        ["ever"] => {
            let truth = entry.get("ever", problems);
            Question::Ever(truth, span("by", entry, problems))
        }
        ["holds"] => {
            let truth = entry.get("holds", problems);
            Question::Holds(truth, moment(entry, problems))
        }
        ["value"] => {
            let number = entry.get("value", problems);
            let at = moment(entry, problems);
            Question::Value(number, at, optional_test(entry, problems))
        }
        [how @ ("maximum" | "minimum" | "mean")] => {
            let number = entry.get(how, problems);
            let span = span("until", entry, problems);
            let how = match how {
                "maximum" => How::Maximum,
                "minimum" => How::Minimum,
                _ => How::Mean,
            };
            Question::Gathered(how, number, span, optional_test(entry, problems))
        }
        _ => {
            unclear(name, entry, &present, problems);
            return None;
        }
    };
    Some(Outcome { title, question })
}

/// Keys that go with what is asked about.
const COMPANIONS: [&str; 8] = ["between", "stage", "at", "by", "from", "until", "above", "below"];

/// Notes that an outcome asks about nothing, or about several things.
fn unclear(
    name: &Placed<&str>,
    entry: &mut Entry<'_>,
    present: &[&'static str],
    problems: &mut Problems,
) {
    // Whatever it was to ask, these keys are no mistake of their own.
    for key in SUBJECTS.into_iter().chain(COMPANIONS) {
        entry.raw(key);
    }
    let rule = format!("outcome `{}` asks about exactly one thing", name.get_ref());
    if let [first, second, ..] = present {
        let found = format!("it has `{first}` and `{second}`");
        let cure = "write an outcome for each";
        problems.add_with_cure(entry.place_of(second), rule, found, cure);
    } else {
        let lack = Problem::new(name.span(), rule, "it asks about nothing")
            .with_cure(format!("one of: {}", SUBJECTS.join(", ")));
        entry.lack(&SUBJECTS, lack);
    }
}

fn treaty(entry: &mut Entry<'_>, problems: &mut Problems) -> Question {
    let obligation = entry.get::<String>("treaty", problems);
    let between = entry.need("between", problems);
    let stage = entry.choice("stage", "stage of a treaty", &STAGES, problems);
    let stage = stage.unwrap_or(Stage::InForce);
    let (at, by) = (entry.get("at", problems), entry.get::<Date>("by", problems));
    if entry.has("at") && entry.has("by") {
        let rule = "a treaty is asked about either `at` a date or `by` a date";
        problems.add(entry.place_of("by"), rule, "this outcome has both");
    }
    Question::Treaty { obligation, stage, between, at, by }
}

/// The date at which an expression is asked about, or the end of the run.
fn moment(entry: &mut Entry<'_>, problems: &mut Problems) -> Option<Moment> {
    let end = |value: &Placed<Value>| value.get_ref().as_str() == Some("end");
    if entry.raw("at").is_some_and(end) {
        return Some(Moment::End);
    }
    if !entry.has("at") {
        let rule = format!("`{}` asks `at` a date or `at = \"end\"`", entry.path());
        let lack = Problem::new(entry.place(), rule, "it is missing here");
        entry.lack(&["at"], lack);
    }
    entry.get::<Date>("at", problems).map(Moment::Date)
}

/// A span of days, whose last one is under `last`.
fn span(last: &'static str, entry: &mut Entry<'_>, problems: &mut Problems) -> Span {
    let (from, until) = (entry.get::<Date>("from", problems), entry.get::<Date>(last, problems));
    if let (Some(from), Some(until)) = (&from, &until)
        && from.get_ref() > until.get_ref()
    {
        let rule = format!("`{}` asks from one day to a later one", entry.path());
        problems.add(until.span(), rule, format!("it asks from {}", from.get_ref()));
    }
    Span { from, until }
}

/// A test, if there is one.
fn optional_test(entry: &mut Entry<'_>, problems: &mut Problems) -> Option<Test> {
    let limit = -f64::MAX..=f64::MAX;
    let above = entry.number("above", limit.clone(), problems).map(Test::Above);
    let below = entry.number("below", limit, problems).map(Test::Below);
    if entry.has("above") && entry.has("below") {
        let rule = format!("`{}` has `above` or `below`", entry.path());
        problems.add(entry.place_of("below"), rule, "it has both");
    }
    above.or(below)
}

/// The date at which a score is asked about.
fn at(entry: &mut Entry<'_>, problems: &mut Problems) -> Option<Placed<Date>> {
    if !entry.has("at") && entry.has("by") {
        entry.raw("by");
        let rule = format!("`{}` asks about a score `at` a date", entry.path());
        let found = "only treaties are asked about `by` a date";
        problems.add_with_cure(entry.place_of("by"), rule, found, "did you mean `at`?");
        return None;
    }
    entry.need("at", problems)
}

fn test(entry: &mut Entry<'_>, low: f64, problems: &mut Problems) -> Option<Test> {
    let above = entry.number("above", low..=1.0, problems).map(Test::Above);
    let below = entry.number("below", low..=1.0, problems).map(Test::Below);
    let rule = format!("`{}` needs either `above` or `below`", entry.path());
    match (entry.has("above"), entry.has("below")) {
        (true, true) => {
            problems.add(entry.place_of("below"), rule, "it has both");
            None
        }
        (false, false) => {
            let lack = Problem::new(entry.place(), rule, "it has neither");
            entry.lack(&["above", "below"], lack);
            None
        }
        _ => above.or(below),
    }
}
