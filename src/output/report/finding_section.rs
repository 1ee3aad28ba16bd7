//! What was found, in words.

use askama::Template;

use crate::analysis::finding::{Compared, Finding, Group};
use crate::output::report::ReportError;
use crate::scenario::setup::Setup;

#[derive(Template)]
#[template(path = "report/finding.html")]
struct View {
    parts: Vec<Part>,
    /// The element of a group's heading.
    level: &'static str,
    caution: &'static str,
}

struct Part {
    heading: Option<String>,
    lead: Vec<String>,
    groups: Vec<Group>,
}

const ERROR: &str = "Intervals of 95 % are the Monte Carlo error of a share or mean of trials. They say \
                     nothing of the model's own error, which is larger: this is what follows from the \
                     model and from what the scenario supposes, not a forecast.";

const ERROR_UNCERTAIN: &str = "Intervals of 95 % are the Monte Carlo error of a share or mean of trials, \
    averaged over the scenario's uncertain numbers. They say nothing of the model's own error, which is \
    larger: this is what follows from the model and from what the scenario supposes, not a forecast.";

const ERROR_DIFFERENCE: &str = "A difference is variant less base, over pairs of trials that draw the same \
    random numbers. Its 95 % interval is the Monte Carlo error. What only one of the two has, such as an event \
    left out, may write to an outcome itself: the difference holds that as well as what follows from it. It is an effect in the world only as far \
    as the model is right, and a small difference with a narrow interval is well estimated, and still small.";

/// The section of a run.
pub fn of_run(finding: Finding, setup: &Setup) -> Result<String, ReportError> {
    let caution = if setup.uncertainty.numbers.is_empty() { ERROR } else { ERROR_UNCERTAIN };
    let part = Part { heading: None, lead: finding.lead, groups: finding.groups };
    Ok(View { parts: vec![part], level: "h3", caution }.render()?)
}

/// The section of a comparison: a part for each scenario that is compared with the base.
pub fn of_comparison(compared: Vec<Compared>) -> Result<String, ReportError> {
    let several = compared.len() > 1;
    let part = |found: Compared| Part {
        heading: several.then_some(found.name),
        lead: vec![found.lead],
        groups: found.groups,
    };
    let level = if several { "h4" } else { "h3" };
    let parts = compared.into_iter().map(part).collect();
    Ok(View { parts, level, caution: ERROR_DIFFERENCE }.render()?)
}
