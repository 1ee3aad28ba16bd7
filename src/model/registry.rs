//! Every process there is, in the order in which a step runs them.

use crate::model::parameters::Parameter;
use crate::model::process::{About, Process};
use crate::model::processes::{alignment, decay, isolation, pact, pact_end};

/// A process before it has its parameters.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// What it is.
    pub about: &'static About,
    /// Its parameters.
    pub parameters: &'static [Parameter],
    /// Its source file: the header says mechanism, equation, units and source.
    file: &'static str,
    /// Makes it from values in the order of `parameters`.
    pub build: fn(&[f64]) -> Box<dyn Process>,
}

macro_rules! entry {
    ($module:ident :: $process:ident, $parameters:ident) => {
        Entry {
            about: &$module::ABOUT,
            parameters: $module::$parameters::TABLE,
            file: include_str!(concat!("processes/", stringify!($module), ".rs")),
            build: |values| {
                Box::new($module::$process::new($module::$parameters::from_values(values)))
            },
        }
    };
}

/// The processes a scenario can switch and tune. (Scheduled events are not among them: they are
/// what the scenario says, not how the world behaves.)
pub const PROCESSES: &[Entry] = &[
    entry!(alignment::Alignment, AlignmentParameters),
    entry!(pact::Pact, PactParameters),
    entry!(pact_end::PactEnd, PactEndParameters),
    entry!(isolation::Isolation, IsolationParameters),
    entry!(decay::Decay, DecayParameters),
];

/// The process of this name.
pub fn find(name: &str) -> Option<&'static Entry> {
    PROCESSES.iter().find(|entry| entry.about.name == name)
}

/// The header of a process's file: mechanism, equation, units, source.
pub fn header(entry: &Entry) -> String {
    let lines = entry.file.lines().map_while(|line| line.strip_prefix("//!"));
    // The fences around an equation are for rendered documentation only.
    let text = lines.map(|line| line.strip_prefix(' ').unwrap_or(line));
    let text = text.filter(|line| !line.starts_with("```"));
    text.map(|line| format!("{line}\n")).collect()
}

/// The parameters of a process as a Markdown table.
pub fn table(entry: &Entry) -> String {
    let mut text = "| parameter | default | unit | range | evidence | meaning |\n\
                    | --- | --- | --- | --- | --- | --- |\n"
        .to_owned();
    for p in entry.parameters {
        text += &format!(
            "| `{}` | {} | {} | {} to {} | {} | {} |\n",
            p.name, p.default, p.unit, p.min, p.max, p.mark, p.meaning
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_header_has_an_equation_and_a_source() {
        for entry in PROCESSES {
            let header = header(entry);
            assert!(header.contains(&format!("`{}`", entry.about.name)), "{header}");
            assert!(header.contains(" = ") || header.contains("<-"), "{header}");
            assert!(header.contains("Source: "), "{header}");
        }
    }

    #[test]
    fn names_and_tags_are_unique_and_defaults_in_range() {
        let names: BTreeSet<_> = PROCESSES.iter().map(|e| e.about.name).collect();
        let tags: BTreeSet<_> = PROCESSES.iter().map(|e| e.about.tag).collect();
        assert_eq!((names.len(), tags.len()), (PROCESSES.len(), PROCESSES.len()));
        for parameter in PROCESSES.iter().flat_map(|e| e.parameters) {
            assert!((parameter.min..=parameter.max).contains(&parameter.default), "{parameter:?}");
        }
    }
}
