//! Where a result comes from, what failed, and how to get it again.

use std::path::Path;

use serde_json::Value;

use crate::analysis::finding::long;
use crate::analysis::wording::numbers::{counted, grouped};
use crate::output::manifest::{Arm, Failure, Manifest, RUN, shell_word};
use crate::output::report::ReportError;
use crate::output::report::page::{commands, listed, notes};
use crate::output::report::table::{Cell, Row, Table, row, words};
use crate::scenario::setup::Setup;

/// The trials that failed, with the commands that replay them.
pub fn failures(manifest: &Manifest) -> Result<String, ReportError> {
    let mut arms = vec![(&manifest.arms[0], manifest.failed, &manifest.failures)];
    let others = manifest.arms[1..].iter().zip(&manifest.compared);
    arms.extend(others.map(|(arm, compared)| (arm, compared.failed, &compared.failures)));
    let failed: u64 = arms.iter().map(|(_, failed, _)| failed).sum();
    if failed == 0 {
        return notes(&["None."]);
    }
    let said = format!(
        "{} failed and are counted nowhere else. A scenario of which many fail is not to be trusted: \
         those that are left are not a fair sample.",
        counted(failed, "trial")
    );
    let rows = arms.iter().flat_map(|(arm, _, failures)| {
        failures.iter().map(|failure| failed_trial(arm, failure, manifest.seed))
    });
    let columns = vec![words("Trial"), words("Reason"), words("To see it")];
    let caption = "Trials that failed, up to a hundred a scenario";
    Ok(notes(&[&said])? + &Table::new("failed", caption, columns, rows.collect()).html()?)
}

fn failed_trial(arm: &Arm, failure: &Failure, seed: u64) -> Row {
    row(vec![
        Cell::text(grouped(failure.trial.into())),
        Cell::text(&failure.reason),
        Cell::code(replay(arm, &failure.trial.to_string(), seed)),
    ])
}

/// A scenario's file without its folder: where it lies differs between machines.
fn file_name(path: &str) -> String {
    Path::new(path).file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// What the command line says of a scenario.
fn chosen(arm: &Arm) -> String {
    let variant = arm.variant.iter().map(|name| format!(" --variant {}", shell_word(name)));
    let without = arm.without.iter().map(|key| format!(" --without {}", shell_word(key)));
    let set = arm.set.iter().map(|change| format!(" --set {}", shell_word(change)));
    let file = file_name(&arm.file);
    format!("{}{}", shell_word(&file), variant.chain(without).chain(set).collect::<String>())
}

/// The command that tells a trial of a scenario.
pub fn replay(arm: &Arm, trial: &str, seed: u64) -> String {
    format!("detente replay {} --trial {trial} --seed {seed}", chosen(arm))
}

/// Version, scenario, seed, files, and the commands that give the result again.
pub fn text(setup: &Setup, manifest: &Manifest) -> Result<String, ReportError> {
    let mut facts = vec![
        ("Program", format!("detente {}", manifest.version), false),
        ("Seed", manifest.seed.to_string(), false),
        ("Trials", grouped(manifest.trials), false),
        (
            "Dates",
            format!("{} to {}", long(setup.calendar.start()), long(setup.calendar.end())),
            false,
        ),
    ];
    facts.extend(manifest.stopping.as_ref().map(|known| ("Stopping rule", stopping(known), false)));
    let said = "The same program, scenario, seed and number of trials give the same bytes in every file \
                listed here, this report among them, on any number of threads. Two things differ between \
                repetitions, and only manifest.json has them: the command as typed, and the SHA-256 of \
                the binary. It also has the whole text of the scenario. In the commands, DIR is the \
                directory of this report, and a scenario's file is named without its folder: type them in \
                that folder.";
    Ok(listed(facts)?
        + &texts(manifest)?
        + "<h3>How to get it again</h3>"
        + &notes(&[said])?
        + &commands(again(manifest))?
        + &files(manifest)?)
}

fn stopping(known: &Value) -> String {
    let word = |key: &str| known[key].as_str().unwrap_or("not known").to_owned();
    let looks = known["looks"].as_array().map_or(0, Vec::len) as u64;
    format!("{} ({}, after {})", word("rule"), word("reason"), counted(looks, "look"))
}

fn again(manifest: &Manifest) -> Vec<(&'static str, String)> {
    let base = manifest.arm();
    let seed = manifest.seed;
    let mut commands = vec![
        ("Repeat the whole result from manifest.json", "detente rerun DIR".to_owned()),
        ("Check its files and compute a sample again", "detente verify DIR".to_owned()),
        ("Compute everything again and compare it", "detente verify DIR --all".to_owned()),
    ];
    if manifest.kind == RUN {
        // A rule that ended the run is in the scenario or among its changes; a number is not.
        let trials = match manifest.stopping {
            Some(_) => String::new(),
            None => format!(" --trials {}", manifest.trials),
        };
        let run = format!("detente run {}{trials} --seed {seed}", chosen(base));
        commands.push(("Run the scenario", run));
        commands.push(("Tell one of its trials, number K", replay(base, "K", seed)));
    } else if in_one_folder(manifest) {
        let compare = compare(manifest);
        let again = format!("{compare}{} --seed {seed}", how_many(manifest));
        commands.push(("Compare the scenarios", again));
        let told = format!("{compare} --trial K --seed {seed}");
        commands.push(("Tell one pair of trials side by side, number K", told));
    }
    commands
}

/// Whether the files of a comparison lie in one folder: only then do their names without it tell which they
/// are.
fn in_one_folder(manifest: &Manifest) -> bool {
    let folder = |file: &str| Path::new(file).parent().map(Path::to_owned);
    manifest.arms.iter().all(|arm| folder(&arm.file) == folder(&manifest.arm().file))
}

/// Whether all scenarios of a comparison have a change of the base.
fn is_common(manifest: &Manifest, words: &String) -> bool {
    manifest.arms[1..].iter().all(|arm| arm.set.contains(words))
}

/// How many trials a comparison has, in words of `compare`: by its rule, if it has one, or a number.
fn how_many(manifest: &Manifest) -> String {
    if manifest.stopping.is_none() {
        return format!(" --trials {}", manifest.trials);
    }
    // A rule that was typed is among the changes of the base alone; another is in its text, or set for all.
    let typed =
        manifest.arm().set.iter().filter(|words| !is_common(manifest, words)).filter_map(|words| {
            let until = words.strip_prefix("run.trials.until=").map(|rule| ("until", rule));
            until.or_else(|| words.strip_prefix("run.trials.max=").map(|most| ("max-trials", most)))
        });
    typed.map(|(name, word)| format!(" --{name} {}", shell_word(word))).collect()
}

/// The command that compares the scenarios: `compare` with the words that make these of them, whichever they
/// were when it was typed.
fn compare(manifest: &Manifest) -> String {
    let (base, others) = (manifest.arm(), &manifest.arms[1..]);
    let mut files = vec![&base.file];
    let mut options: Vec<_> = base.variant.iter().map(|name| ("base", name)).collect();
    for arm in others {
        let of_base = arm.file == base.file;
        match &arm.variant {
            Some(name) if of_base && arm.variant != base.variant => options.push(("variant", name)),
            _ if of_base && arm.variant == base.variant && arm.without != base.without => {
                // It lacks one thing more than the base, or one less.
                let more = arm.without.iter().find(|key| !base.without.contains(key));
                let less = base.without.iter().find(|key| !arm.without.contains(key));
                options.extend(more.map(|key| ("without", key)));
                options.extend(less.map(|key| ("with", key)));
            }
            _ => files.push(&arm.file),
        }
    }
    // What changes the base's stopping rule alone changes no trial.
    let common = base.set.iter().filter(|words| is_common(manifest, words));
    options.extend(common.map(|words| ("set", words)));
    let files = files.into_iter().map(|file| format!(" {}", shell_word(&file_name(file))));
    let options = options.into_iter().map(|(name, word)| format!(" --{name} {}", shell_word(word)));
    format!("detente compare{}", files.chain(options).collect::<String>())
}

fn texts(manifest: &Manifest) -> Result<String, ReportError> {
    let mut rows = Vec::new();
    let mut seen = Vec::new();
    for arm in &manifest.arms {
        for (n, text) in arm.texts.iter().enumerate() {
            // Only the first has a path in front; several scenarios may share texts.
            let name = if n == 0 { file_name(&text.name) } else { text.name.clone() };
            let known = (name, text.sha256.clone());
            if !seen.contains(&known) {
                rows.push(row(vec![Cell::text(&known.0), Cell::code(&known.1)]));
                seen.push(known);
            }
        }
    }
    let columns = vec![words("Text"), words("SHA-256")];
    let caption = "The texts of the scenario";
    Table { data: false, ..Table::new("texts", caption, columns, rows) }.html()
}

fn files(manifest: &Manifest) -> Result<String, ReportError> {
    let rows = manifest.files.iter().map(|file| {
        row(vec![Cell::text(&file.name), Cell::text(&file.about), Cell::code(&file.sha256)])
    });
    let columns = vec![words("File"), words("What it is"), words("SHA-256")];
    let caption = "The other files of the result";
    Table { data: false, ..Table::new("files", caption, columns, rows.collect()) }.html()
}
