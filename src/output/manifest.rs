//! `manifest.json`: what was run, with what, and what every file and column means. What is written
//! here is read again by `rerun` and `verify`.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::engine::tally::Tally;
use crate::output::binary::Binary;
use crate::scenario::document::run::MAX_TRIALS;
use crate::scenario::setup::Setup;

mod arm;
mod comparison;
mod describe;

pub use arm::{Arm, Text};
pub use comparison::{Compared, compared, describe_comparison};
pub use describe::{Invocation, describe};

/// What every manifest of this program says it is of.
pub const PROGRAM: &str = "detente";

/// What the manifest of one scenario's run is called.
pub const RUN: &str = "run";

/// What the manifest of a comparison is called.
pub const COMPARISON: &str = "comparison";

/// The most scenarios of a comparison: each has buffers of its own on every thread.
pub const MOST_ARMS: usize = 64;

/// What was run, with what, and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "docs/results.md says what every field means")]
pub struct Manifest {
    pub program: String,
    pub version: String,
    pub binary: Binary,
    /// What was made: a run or a comparison.
    pub kind: String,
    pub title: String,
    pub question: Option<String>,
    pub seed: u64,
    pub trials: u64,
    /// How a run with a stopping rule ended.
    #[serde(default)]
    pub stopping: Option<Value>,
    /// Whether charts were asked for.
    pub charts: bool,
    pub failed: u64,
    pub failures: Vec<Failure>,
    pub start: String,
    pub end: String,
    pub steps: usize,
    pub years_a_step: f64,
    pub command: Vec<String>,
    pub processes_on: Vec<String>,
    pub processes_off: Vec<String>,
    pub files: Vec<File>,
    pub parameters: Vec<Parameter>,
    pub uncertain: Vec<Uncertain>,
    pub correlations: Vec<Correlated>,
    pub sources: Vec<Cited>,
    /// What it takes to get the same again: the scenarios that were run together. A run has one, a
    /// comparison its base and the others.
    pub arms: Vec<Arm>,
    /// How the others of a comparison stand to its base.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub compared: Vec<Compared>,
}

/// A trial that failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "docs/results.md says what every field means")]
pub struct Failure {
    pub trial: u32,
    pub reason: String,
    pub replay: String,
}

/// A table, a chart, or the report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "docs/results.md says what every field means")]
pub struct File {
    pub name: String,
    pub about: String,
    pub sha256: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<Column>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "docs/results.md says what every field means")]
pub struct Column {
    pub name: String,
    /// `text`, `integer`, `number`, `date` or `boolean`.
    #[serde(default, rename = "type")]
    pub kind: String,
    pub unit: String,
    pub meaning: String,
}

/// A parameter of a process.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "docs/results.md says what every field means")]
pub struct Parameter {
    pub process: String,
    pub name: String,
    pub value: f64,
    pub default: f64,
    pub unit: String,
    pub evidence: String,
    pub meaning: String,
}

/// A number that is drawn anew in every trial.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "docs/results.md says what every field means")]
pub struct Uncertain {
    pub key: String,
    pub written: String,
    /// As written, cut to the range of its key.
    pub distribution: String,
    pub median: f64,
    pub q05: f64,
    pub q95: f64,
}

/// A group of uncertain numbers that go together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "docs/results.md says what every field means")]
pub struct Correlated {
    pub name: String,
    pub members: Vec<String>,
}

/// Where an entry of the scenario comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "docs/results.md says what every field means")]
pub struct Cited {
    pub entry: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Why a manifest is none that can be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unusable(String);

/// What is asked of a manifest before anything else.
#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    program: Value,
    #[serde(default)]
    kind: Value,
}

impl Manifest {
    /// The file.
    ///
    /// # Errors
    /// If it cannot be serialised, which it always can.
    pub fn bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// Reads the file. Whoever may have written it: nothing is taken on trust that would be acted on.
    ///
    /// # Errors
    /// If it is no manifest of a run that this program could repeat.
    pub fn read(bytes: &[u8]) -> Result<Self, Unusable> {
        let unusable = |why: String| Err(Unusable(why));
        if std::str::from_utf8(bytes).is_err() {
            return unusable("manifest.json is not UTF-8 text".to_owned());
        }
        let wrong = |error: serde_json::Error| {
            let what = if error.is_data() { ":" } else { " is no JSON that can be read:" };
            Unusable(format!("manifest.json{what} {}", plain(&error.to_string())))
        };
        let head: Head = serde_json::from_slice(bytes).map_err(wrong)?;
        if head.program != PROGRAM {
            return unusable("its manifest.json is not of detente".to_owned());
        }
        match &head.kind {
            Value::String(kind) if ![RUN, COMPARISON].contains(&kind.as_str()) => {
                let kind = plain(kind);
                return unusable(format!(
                    "it is of kind `{kind}`; this repeats a `{RUN}` or a `{COMPARISON}`"
                ));
            }
            _ => {}
        }
        let manifest: Self = serde_json::from_slice(bytes).map_err(wrong)?;
        manifest.check().map_err(|why| Unusable(format!("manifest.json: {why}")))?;
        Ok(manifest)
    }

    /// The fields of the file it was read from that this version does not know.
    pub fn unknown_fields(&self, bytes: &[u8]) -> Vec<String> {
        // Both are tables, or there would be no manifest.
        let fields = |bytes: &[u8]| -> BTreeMap<String, IgnoredAny> {
            serde_json::from_slice(bytes).unwrap_or_default()
        };
        let known = fields(&self.bytes().unwrap_or_default());
        fields(bytes).into_keys().filter(|field| !known.contains_key(field)).collect()
    }

    /// The scenario of a run, or the base of a comparison.
    pub fn arm(&self) -> &Arm {
        &self.arms[0]
    }

    /// The arms of a comparison give folders and charts their names.
    fn check_names(&self) -> Result<(), String> {
        let mut names = BTreeSet::new();
        for arm in self.arms.iter().filter(|_| self.kind != RUN) {
            let name = plain(&arm.name);
            if arm.name.contains('/') || !stays_inside(&arm.name) {
                return Err(format!("`arms` has `{name}`, which is no name of a folder"));
            }
            if !names.insert(&arm.name) {
                return Err(format!("`arms` has `{name}` twice"));
            }
        }
        Ok(())
    }

    /// Whether it is one that this program could repeat.
    pub(super) fn check(&self) -> Result<(), String> {
        if !(1..=MAX_TRIALS).contains(&self.trials) {
            return Err(format!("`trials` is {}, not from 1 to {MAX_TRIALS}", self.trials));
        }
        if ![RUN, COMPARISON].contains(&self.kind.as_str()) {
            return Err(format!("`kind` is `{}`", plain(&self.kind)));
        }
        match (self.kind == RUN, self.arms.len()) {
            (true, 1) => {}
            (true, n) => return Err(format!("`arms` has {n} entries; a run has one")),
            (false, n) if (2..=MOST_ARMS).contains(&n) => {}
            (false, n) => {
                return Err(format!("`arms` has {n} entries; a comparison has 2 to {MOST_ARMS}"));
            }
        }
        self.arms.iter().try_for_each(Arm::check)?;
        self.check_names()?;
        let mut names = BTreeSet::new();
        for file in &self.files {
            let name = plain(&file.name);
            if !stays_inside(&file.name) {
                return Err(format!("`files` has `{name}`, which leads out of the result"));
            }
            if !names.insert(&file.name) {
                return Err(format!("`files` has `{name}` twice"));
            }
        }
        Ok(())
    }
}

/// Whether a name is a path within the directory, written in the one way there is.
fn stays_inside(name: &str) -> bool {
    let part = |part: &str| !["", ".", ".."].contains(&part);
    !name.contains(['\\', ':', '\0']) && name.split('/').all(part)
}

/// The most characters shown of what a file says.
const MOST_SHOWN: usize = 160;

/// What a file says, as it may go to a terminal: in one line, short, without control characters.
pub fn plain(text: &str) -> String {
    let mut shown: String = text
        .chars()
        .take(MOST_SHOWN)
        .map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c })
        .collect();
    if text.chars().nth(MOST_SHOWN).is_some() {
        shown.push('…');
    }
    shown
}

/// The failures that are kept, each with the command that replays it.
pub fn failures(file: &str, setup: &Setup, tally: &Tally) -> Vec<Failure> {
    let failure = |failure: &crate::engine::tally::Failure| Failure {
        trial: failure.trial,
        reason: failure.reason.clone(),
        replay: replay(file, setup, failure.trial),
    };
    tally.failures.iter().map(failure).collect()
}

/// The command that replays a trial, ready for a shell.
pub fn replay(file: &str, setup: &Setup, trial: u32) -> String {
    let variant = setup.variant.as_ref().map(|v| format!(" --variant {v}")).unwrap_or_default();
    let set: String =
        setup.set.iter().map(|words| format!(" --set {}", shell_word(words))).collect();
    let without: String =
        setup.without.iter().map(|words| format!(" --without {}", shell_word(words))).collect();
    let (file, seed) = (shell_word(file), setup.seed);
    format!("detente replay {file} --trial {trial} --seed {seed}{variant}{without}{set}")
}

/// A word as a shell takes it.
pub fn shell_word(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+=".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}
