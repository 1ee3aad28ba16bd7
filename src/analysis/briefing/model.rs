//! Which mechanisms are on, and what about them is not as usual.

use super::{figure, listed, sentence};
use crate::model::hypotheses::{HYPOTHESES, Hypothesis};
use crate::model::registry::PROCESSES;
use crate::scenario::prose::wrapped;
use crate::scenario::setup::{ParameterValue, Setup};

/// Hypotheses, processes and parameters that differ from the defaults.
pub fn text(setup: &Setup) -> String {
    let supposed: Vec<_> =
        HYPOTHESES.iter().filter(|h| setup.hypotheses.contains(&h.name)).collect();
    let mut text = String::new();
    for hypothesis in &supposed {
        let said = format!("{} ({}: {})", hypothesis.summary, hypothesis.mark, hypothesis.source);
        let said = wrapped("      ", &sentence(&said));
        text += &format!("  hypothesis {}\n{said}", hypothesis.name);
    }
    let different = setup.parameters.iter().filter(|p| p.value != p.parameter.default);
    text.extend(different.map(|value| of_parameter(setup, value, &supposed)));
    text += &switched(setup);
    if text.is_empty() {
        "  By the defaults of every process.\n".clone_into(&mut text);
    }
    text
}

fn of_parameter(setup: &Setup, value: &ParameterValue, supposed: &[&Hypothesis]) -> String {
    let (known, process) = (value.parameter, value.process);
    let key = format!("{process}.{}", known.name);
    let full = format!("processes.{key}");
    let by = supposed.iter().find(|hypothesis| {
        hypothesis.values().any(|(id, set)| id.key() == key && set == value.value)
    });
    let evidence = match by {
        _ if setup.uncertainty.numbers.iter().any(|number| number.key == full) => {
            "the median of what is drawn".to_owned()
        }
        Some(hypothesis) => format!("{}, by {}", hypothesis.mark, hypothesis.name),
        None => "set by the scenario".to_owned(),
    };
    let said = format!(
        "{} ({evidence}) in place of {} ({}): {}",
        figure(value.value),
        figure(known.default),
        known.mark,
        known.meaning
    );
    format!("  {key}\n{}", wrapped("      ", &said))
}

/// The processes that are not as usual.
fn switched(setup: &Setup) -> String {
    let on = |name: &str| setup.processes.iter().any(|process| process.about().name == name);
    let unusual = |usual: bool| {
        let entries = PROCESSES.iter().filter(|e| e.usual == usual && on(e.about.name) != usual);
        entries.map(|entry| entry.about.name.to_owned()).collect::<Vec<_>>()
    };
    let mut text = String::new();
    for (usual, what) in [(true, "off, though usually on"), (false, "on, though usually off")] {
        let names = unusual(usual);
        if !names.is_empty() {
            text += &wrapped("  ", &sentence(&format!("{what}: {}", listed(&names))));
        }
    }
    text
}
