//! `[outcomes]`: what is asked of every trial.

use jiff::civil::Date;
use toml::Spanned;

use crate::model::ids::StateCode;
use crate::model::treaty::Obligation;
use crate::scenario::document::states::dyad_codes;
use crate::scenario::problem::Problems;
use crate::scenario::reader::{Entry, Placed, in_range, suggested_one_of, unknown};
use crate::scenario::setup::Test;

/// An outcome.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The title for people.
    pub title: Option<String>,
    /// What is asked.
    pub question: Question,
}

/// What an outcome asks.
#[derive(Clone, Debug)]
pub enum Question {
    /// An obligation between two states; by a date, at a date, or (neither) ever within the run.
    Treaty {
        /// Which.
        obligation: Obligation,
        /// Between whom.
        between: Placed<[StateCode; 2]>,
        /// In force at this date.
        at: Option<Placed<Date>>,
        /// In force at any time up to this date.
        by: Option<Placed<Date>>,
    },
    /// Isolation of a state at a date.
    Isolation(Placed<StateCode>, Placed<Date>, Test),
    /// Alignment of a dyad at a date.
    Alignment(Placed<[StateCode; 2]>, Placed<Date>, Test),
}

const SUBJECTS: [&str; 3] = ["treaty", "isolation", "alignment"];

/// Reads an entry of `[outcomes]`.
pub fn outcome(
    name: &Placed<&str>,
    entry: &mut Entry<'_>,
    problems: &mut Problems,
) -> Option<Outcome> {
    let title = entry.get::<String>("title", problems).map(Spanned::into_inner);
    let present: Vec<_> = SUBJECTS.into_iter().filter(|key| entry.raw(key).is_some()).collect();
    let question = match present[..] {
        ["treaty"] => treaty(entry, problems),
        ["isolation"] => {
            let state = entry.get::<StateCode>("isolation", problems);
            let (date, test) = (entry.need("at", problems), test(entry, 0.0, problems));
            Some(Question::Isolation(state?, date?, test?))
        }
        ["alignment"] => {
            let dyad = dyad(entry, "alignment", problems);
            let (date, test) = (entry.need("at", problems), test(entry, -1.0, problems));
            Some(Question::Alignment(dyad?, date?, test?))
        }
        _ => {
            let rule = format!("outcome `{}` asks about exactly one thing", name.get_ref());
            let found = match present[..] {
                [] => "it asks about nothing".to_owned(),
                _ => format!("it has {}", present.join(", ")),
            };
            problems.add_with_cure(name.span(), rule, found, suggested_one_of(entry, &SUBJECTS));
            // Whatever it was to ask, these keys are no mistake of their own.
            for key in ["between", "at", "by", "above", "below"] {
                entry.raw(key);
            }
            return None;
        }
    };
    Some(Outcome { title, question: question? })
}

fn treaty(entry: &mut Entry<'_>, problems: &mut Problems) -> Option<Question> {
    let kind = entry.get::<String>("treaty", problems);
    let between = if entry.raw("between").is_some() {
        dyad(entry, "between", problems)
    } else {
        entry.need::<String>("between", problems).and(None)
    };
    let (at, by) = (entry.get("at", problems), entry.get::<Date>("by", problems));
    if let (Some(_), Some(by)) = (&at, &by) {
        problems.add(by.span(), "a treaty is asked about `at` a date or `by` a date", "not both");
    }
    let kind = kind?;
    let obligation = Obligation::from_name(kind.get_ref());
    if obligation.is_none() {
        let rule = format!("there is no obligation `{}`", kind.get_ref());
        let names = Obligation::ALL.map(Obligation::name);
        unknown(kind.span(), &rule, kind.get_ref(), &names, problems);
    }
    Some(Question::Treaty { obligation: obligation?, between: between?, at, by })
}

fn dyad(
    entry: &mut Entry<'_>,
    key: &'static str,
    problems: &mut Problems,
) -> Option<Placed<[StateCode; 2]>> {
    let name = entry.get::<String>(key, problems)?;
    Some(Spanned::new(name.span(), dyad_codes(&name, problems)?))
}

fn test(entry: &mut Entry<'_>, low: f64, problems: &mut Problems) -> Option<Test> {
    let (above, below) = (entry.get::<f64>("above", problems), entry.get::<f64>("below", problems));
    let (key, value) = match (above, below) {
        (Some(value), None) => ("above", value),
        (None, Some(value)) => ("below", value),
        (above, _) => {
            let found = if above.is_some() { "it has both" } else { "it has neither" };
            let rule = format!("`{}` needs `above` or `below`", entry.path());
            problems.add(entry.span(), rule, found);
            return None;
        }
    };
    let value = in_range(&value, &(low..=1.0), &entry.path_of(key), problems)?;
    Some(if key == "above" { Test::Above(value) } else { Test::Below(value) })
}
