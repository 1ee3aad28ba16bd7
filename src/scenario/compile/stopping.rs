//! The rule that ends a run, with its names resolved.

use crate::scenario::document::Document;
use crate::scenario::document::trials::Until;
use crate::scenario::expression::rule::Clause as Written;
use crate::scenario::problem::Problems;
use crate::scenario::reader::{shown, unknown};
use crate::scenario::setup::Outcome;
use crate::scenario::stopping::{Clause, Stopping, Width};

/// The rule of `[run]`, if there is one. `outcomes` are those of the document, if all are right.
pub fn stopping(
    document: &Document,
    outcomes: Option<&[Outcome]>,
    problems: &mut Problems,
) -> Option<Stopping> {
    let Until { rule, min } = document.run.as_ref()?.trials.until.as_ref()?;
    let clause = |written: &Written| {
        let outcome = outcome(document, written, problems)?;
        if let Some(asked) = outcomes.and_then(|outcomes| outcomes.get(outcome)) {
            below_one(written, asked, problems);
        }
        let (width, name) = (written.width, written.outcome.clone());
        Some(Clause { width, outcome, name, below: written.below })
    };
    let clauses: Vec<_> = rule.clauses.iter().filter_map(clause).collect();
    Some(Stopping { rule: rule.text.clone(), clauses, min: *min })
}

/// The number of the outcome of this name.
fn outcome(document: &Document, written: &Written, problems: &mut Problems) -> Option<usize> {
    let outcomes = &document.outcomes;
    let name = &written.outcome;
    let found = outcomes.iter().position(|entry| entry.name == *name);
    if found.is_none() && !outcomes.unread {
        let names: Vec<_> = outcomes.iter().map(|entry| entry.name.as_str()).collect();
        let rule = format!("there is no outcome `{name}`");
        unknown(written.span.clone(), &rule, name, &names, problems);
    }
    found
}

/// The interval of a probability is never wider than 1: below more than that every width lies.
fn below_one(written: &Written, asked: &Outcome, problems: &mut Problems) {
    let below = written.below;
    if written.width == Width::Relative || asked.question.is_measure() || below < 1.0 {
        return;
    }
    let rule =
        format!("`{}` is yes or no: its width has to lie below a number below 1", asked.name);
    let cure = format!("for {} % write {}", shown(below), shown(below / 100.0));
    let place = written.below_span.clone();
    problems.add_with_cure(place, rule, "every width lies below this", cure);
}
