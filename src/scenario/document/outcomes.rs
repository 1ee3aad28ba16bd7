//! `[outcomes]`: what is asked of every trial.

use crate::model::ids::StateCode;
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::reader::{Entry, Line, Placed};
use crate::scenario::setup::{Stage, Test};
use jiff::civil::Date;

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
}

const SUBJECTS: [&str; 3] = ["treaty", "isolation", "alignment"];

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
        _ => {
            unclear(name, entry, &present, problems);
            return None;
        }
    };
    Some(Outcome { title, question })
}

/// Notes that an outcome asks about nothing, or about several things.
fn unclear(
    name: &Placed<&str>,
    entry: &mut Entry<'_>,
    present: &[&'static str],
    problems: &mut Problems,
) {
    // Whatever it was to ask, these keys are no mistake of their own.
    for key in SUBJECTS.into_iter().chain(["between", "stage", "at", "by", "above", "below"]) {
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
    let stages = [("signed", Stage::Signed), ("in force", Stage::InForce)];
    let stage = entry.choice("stage", "stage of a treaty", &stages, problems);
    let stage = stage.unwrap_or(Stage::InForce);
    let (at, by) = (entry.get("at", problems), entry.get::<Date>("by", problems));
    if entry.has("at") && entry.has("by") {
        let rule = "a treaty is asked about either `at` a date or `by` a date";
        problems.add(entry.place_of("by"), rule, "this outcome has both");
    }
    Question::Treaty { obligation, stage, between, at, by }
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
