//! What is asked for on the command line: by a person, or by `cargo test` of every test there is.

use crate::targets::Target;

/// What to do.
pub enum Asked {
    /// Name the targets.
    List,
    /// Run these.
    Run(Vec<Arguments>),
}

/// A target and which executions of it.
pub struct Arguments {
    pub target: &'static Target,
    pub first: u64,
    pub executions: u64,
    /// Whether a person waits for it.
    pub long: bool,
}

/// Options of the usual test runner that are followed by a value.
const WITH_VALUE: [&str; 6] =
    ["--test-threads", "--skip", "--format", "--color", "--logfile", "--shuffle-seed"];

/// Reads the words after the program's name.
///
/// One word is part of a target's name, as `cargo test WORD` means it; options that `cargo test`
/// hands to every test are passed over.
pub fn read(
    words: impl Iterator<Item = String>,
    targets: &'static [Target],
) -> Result<Asked, String> {
    let (mut plain, mut first, mut listed, mut ignored) = (Vec::new(), 0, false, false);
    let mut words = words;
    while let Some(word) = words.next() {
        match word.as_str() {
            "--list" => listed = true,
            "--ignored" => ignored = true,
            "--from" => first = number(&words.next().unwrap_or_default())?,
            option if WITH_VALUE.contains(&option) => drop(words.next()),
            option if option.starts_with('-') => {}
            _ => plain.push(word),
        }
    }
    if listed {
        return Ok(Asked::List);
    }
    // No target is one of the tests that run only if asked for.
    let short = |target: &'static Target| Arguments {
        target,
        first,
        executions: target.short,
        long: false,
    };
    Ok(Asked::Run(match plain.as_slice() {
        [] if ignored => Vec::new(),
        [] => targets.iter().map(short).collect(),
        [part] => targets.iter().filter(|t| t.name.contains(part.as_str())).map(short).collect(),
        [name, executions] => {
            let target = targets.iter().find(|target| target.name == name.as_str());
            let names: Vec<_> = targets.iter().map(|target| target.name).collect();
            let target = target
                .ok_or_else(|| format!("no target `{name}`; there are: {}", names.join(", ")))?;
            vec![Arguments { target, first, executions: number(executions)?, long: true }]
        }
        _ => return Err("usage: TARGET EXECUTIONS [--from N]".to_owned()),
    }))
}

fn number(word: &str) -> Result<u64, String> {
    word.replace(['_', ','], "").parse().map_err(|_| format!("`{word}` is no number"))
}
