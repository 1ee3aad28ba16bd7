//! `run.trials`: how many, or until when.

use crate::scenario::document::run::MAX_TRIALS;
use crate::scenario::expression::Rule;
use crate::scenario::problem::Problems;
use crate::scenario::reader::{Entry, FromToml, Placed, numbers};
use crate::scenario::stopping::{DEFAULT_MAX, DEFAULT_MIN};
use crate::scenario::tree::Value;

/// What `run.trials` says.
#[derive(Clone, Debug)]
pub struct Trials {
    /// How many; with a rule, at most.
    pub most: u64,
    /// What may end the run before.
    pub until: Option<Until>,
}

/// What may end a run before it has had its most trials.
#[derive(Clone, Debug)]
pub struct Until {
    /// The rule.
    pub rule: Rule,
    /// From how many trials on it is looked at.
    pub min: u64,
}

impl FromToml for Rule {
    fn read(value: &Placed<Value>, at: &str, problems: &mut Problems) -> Option<Self> {
        let text = String::read(value, at, problems)?;
        Self::parse(&text, &numbers::place(&text, &value.span()), problems)
    }
}

/// Reads `trials` of `[run]`.
pub fn read(run: &mut Entry<'_>, problems: &mut Problems) -> Trials {
    match run.raw("trials").map(Placed::get_ref) {
        Some(Value::Table(_)) => {}
        Some(Value::String(text) | Value::Cell(text)) if text.contains("ci_width") => {
            let rule = "a rule for the trials stands in a table";
            let cure = format!("write trials = {{ until = \"{text}\" }}");
            let place = run.raw("trials").map(Placed::span).unwrap_or_default();
            problems.add_with_cure(place, rule, "this is the rule alone", cure);
            return Trials { most: DEFAULT_MAX, until: None };
        }
        _ => {
            let most = count(run, "trials", problems).unwrap_or(10_000);
            return Trials { most, until: None };
        }
    }
    let Some(mut entry) = run.table("trials", problems) else {
        return Trials { most: DEFAULT_MAX, until: None };
    };
    let rule = entry.need::<Rule>("until", problems).map(Placed::into_inner);
    let max = count(&mut entry, "max", problems);
    let min = count(&mut entry, "min", problems);
    if let (Some(max), Some(min)) = (max, min)
        && max < min
    {
        let place = entry.raw("min").map(Placed::span).unwrap_or_default();
        let rule = "`run.trials.min` must be at most `run.trials.max`";
        problems.add(place, rule, format!("the most trials are {max}"));
    }
    entry.end(problems);
    let until = rule.map(|rule| Until { rule, min: min.unwrap_or(DEFAULT_MIN) });
    Trials { most: max.unwrap_or(DEFAULT_MAX), until }
}

/// A number of trials, if it is one that can be run.
fn count(entry: &mut Entry<'_>, key: &'static str, problems: &mut Problems) -> Option<u64> {
    let trials = entry.get::<u64>(key, problems)?;
    let count = *trials.get_ref();
    let possible = (1..=MAX_TRIALS).contains(&count);
    if !possible {
        let rule = format!("`{}` must lie between 1 and {MAX_TRIALS}", entry.path_of(key));
        problems.add(trials.span(), rule, format!("{count} is out of range"));
    }
    possible.then_some(count)
}
