//! `detente explain`: what a process of the model, a key of scenarios, a hypothesis or a function
//! is.

use std::io::{self, Write};

use clap::{Args, Subcommand};

use crate::cli::Failure;
use crate::model::hypotheses::{HYPOTHESES, Hypothesis};
use crate::model::registry::{self, Entry, PROCESSES};
use crate::scenario::expression::words::{WORDS, Word};
use crate::scenario::names::suggestion;
use crate::scenario::vocabulary;

/// Explain a part of the model or of the scenario language.
///
/// Of a process, prints its mechanism, equation, units and source, and its parameters with defaults,
/// ranges and what stands behind each default.
#[derive(Debug, Args)]
pub struct Explain {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A process by name, or all processes in a line each.
    Process {
        /// The process, such as `pact`.
        name: Option<String>,
    },
    /// A key of scenario files: its meaning, type, range, default and an example.
    Key {
        /// The key, such as `events.rate`, a section or a verb; all keys in a few lines if not given.
        key: Option<String>,
    },
    /// The structural hypotheses: what each sets, and what stands behind it.
    Hypothesis {
        /// The hypothesis, such as `isolation_net`.
        name: Option<String>,
    },
    /// The functions of expressions.
    Function {
        /// The function, such as `at_war`.
        name: Option<String>,
    },
}

impl Explain {
    pub(super) fn execute(&self) -> Result<(), Failure> {
        let text = match &self.what {
            What::Process { name: None } => PROCESSES.iter().map(line).collect(),
            What::Process { name: Some(name) } => {
                let entry = registry::find(name).ok_or_else(|| {
                    unknown("process", name, PROCESSES.iter().map(|entry| entry.about.name))
                })?;
                format!("{}\n{}", registry::header(entry), registry::table(entry))
            }
            What::Key { key } => {
                key.as_deref().map_or_else(|| Ok(vocabulary::overview()), of_key)?
            }
            What::Hypothesis { name } => {
                let wanted = |h: &&Hypothesis| name.as_deref().is_none_or(|name| name == h.name);
                let found: String = HYPOTHESES.iter().filter(wanted).map(of_hypothesis).collect();
                some(found, "hypothesis", name.as_deref(), HYPOTHESES.iter().map(|h| h.name))?
            }
            What::Function { name } => {
                let wanted = |w: &&Word| name.as_deref().is_none_or(|name| name == w.name);
                let found: String = WORDS.iter().filter(wanted).map(of_function).collect();
                some(found, "function", name.as_deref(), WORDS.iter().map(|w| w.name))?
            }
        };
        write!(io::stdout().lock(), "{text}")?;
        Ok(())
    }
}

fn line(entry: &Entry) -> String {
    format!("{:10}  {}\n", entry.about.name, entry.about.summary)
}

fn of_key(key: &str) -> Result<String, Failure> {
    let found = vocabulary::find(key);
    if found.is_empty() {
        let near = vocabulary::unknown(key);
        let cure = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        return Err(Failure::Usage(format!("scenarios have no key `{key}`{cure}")));
    }
    Ok(found.iter().map(vocabulary::page).collect::<Vec<_>>().join("\n"))
}

fn of_hypothesis(hypothesis: &Hypothesis) -> String {
    let values =
        hypothesis.values().map(|(parameter, value)| format!("{} = {value}", parameter.key()));
    format!(
        "{}\n  {}\n  sets: {}\n  {}: {}\n\n",
        hypothesis.name,
        hypothesis.summary,
        values.collect::<Vec<_>>().join(", "),
        hypothesis.mark,
        hypothesis.source
    )
}

fn of_function(word: &Word) -> String {
    format!("{}\n  {}\n  for example: {}\n", word.usage(), word.meaning, word.example)
}

/// What was found, if anything.
fn some(
    found: String,
    kind: &str,
    name: Option<&str>,
    names: impl Iterator<Item = &'static str>,
) -> Result<String, Failure> {
    match name {
        Some(name) if found.is_empty() => Err(unknown(kind, name, names)),
        _ => Ok(found),
    }
}

fn unknown(kind: &str, name: &str, names: impl Iterator<Item = &'static str>) -> Failure {
    let names: Vec<_> = names.collect();
    let cure = suggestion(name, &names).map(|cure| format!("; {cure}")).unwrap_or_default();
    Failure::Usage(format!("there is no {kind} `{name}`{cure}"))
}
