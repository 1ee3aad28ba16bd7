//! `detente explain`: what a scenario means, and what a process of the model, a key of scenarios, a
//! hypothesis or a function is.

use std::io::{self, Write};

use clap::{Args, Subcommand};

use crate::analysis::briefing::briefing;
use crate::cli::Failure;
use crate::cli::chosen::Chosen;
use crate::model::hypotheses::{HYPOTHESES, Hypothesis};
use crate::model::registry::{self, PROCESSES};
use crate::scenario::expression::distribution;
use crate::scenario::expression::words::{WORDS, Word};
use crate::scenario::names::suggestion;
use crate::scenario::prose::{columned, wrapped};
use crate::scenario::vocabulary;

/// Explain a scenario in words, or a part of the model or of the scenario language.
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
    /// What a scenario means, in words: who there is, what binds and divides them, what can happen
    /// when, what is uncertain, what is asked, and what its variants change.
    Scenario(Chosen),
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
    /// The functions of expressions, and the distributions that may stand for a number.
    Function {
        /// The function, such as `at_war` or `normal`.
        name: Option<String>,
    },
}

impl Explain {
    pub(super) fn execute(&self) -> Result<(), Failure> {
        let text = match &self.what {
            What::Scenario(chosen) => {
                let loaded = chosen.load()?;
                briefing(&loaded.setup, &loaded.variants)
            }
            What::Process { name: None } => {
                columned("", PROCESSES.iter().map(|e| (e.about.name, e.about.summary.to_owned())))
            }
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
                let words: String = WORDS.iter().filter(wanted).map(of_function).collect();
                let found = words + &distributions(name.as_deref());
                let names = WORDS.iter().map(|w| w.name).chain(distribution::NAMES);
                some(found, "function", name.as_deref(), names)?
            }
        };
        write!(io::stdout().lock(), "{text}")?;
        Ok(())
    }
}

fn of_key(key: &str) -> Result<String, Failure> {
    let found = vocabulary::find(key);
    if found.is_empty() {
        let near = vocabulary::unknown(key);
        let cure = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        return Err(Failure::Usage(format!("scenarios have no key `{key}`{cure}")));
    }
    let slip = vocabulary::slip(key)
        .map(|near| format!("\n  `{key}` is taken for a name of your own; `{near}` is a key.\n"));
    let pages: Vec<_> = found.iter().map(vocabulary::page).collect();
    Ok(pages.join("\n") + &slip.unwrap_or_default())
}

fn of_hypothesis(hypothesis: &Hypothesis) -> String {
    let values =
        hypothesis.values().map(|(parameter, value)| format!("{} = {value}", parameter.key()));
    let sets = format!("sets: {}", values.collect::<Vec<_>>().join(", "));
    let evidence = format!("{}: {}", hypothesis.mark, hypothesis.source);
    let said = [hypothesis.summary, &sets, &evidence].map(|text| wrapped("  ", text));
    format!("{}\n{}\n", hypothesis.name, said.concat())
}

fn of_function(word: &Word) -> String {
    let example = wrapped("  for example: ", word.example);
    format!("{}{}{example}", wrapped("", &word.usage()), wrapped("  ", word.meaning))
}

/// How distributions are written: that of this name, or all.
fn distributions(name: Option<&str>) -> String {
    let known = distribution::NAMES.iter().zip(distribution::USAGE);
    let wanted = known.filter(|(known, _)| name.is_none_or(|name| name == **known));
    let usages: String = wanted.map(|(_, usage)| format!("{usage}\n")).collect();
    if usages.is_empty() {
        return usages;
    }
    let said = "A distribution stands in quotes where the scenario may have a number, which is then \
                drawn from it in every trial.";
    let gap = if name.is_none() { "\n" } else { "" };
    format!("{gap}{usages}{}", wrapped("  ", said))
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
