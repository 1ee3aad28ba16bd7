//! What inputs are made of: the scenarios of the crate, its documents and its tests.
//!
//! Nothing is kept here: as scenarios and tests come, they become part of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::dictionary;
use crate::targets::toml::small;
use crate::targets::{expression, tables};

/// The largest scenario that is a seed; pieces and words come from larger ones, too.
const MOST_BYTES: usize = 5_000;

/// Seeds, and pieces of them.
pub struct Corpus {
    /// Whole scenarios, most of them right.
    pub scenarios: Vec<String>,
    /// Pieces of scenarios: lines, blocks, and what tests of wrong scenarios put in their place.
    pub pieces: Vec<String>,
    /// Words of scenarios and of the dictionary.
    pub words: Vec<String>,
    /// Tables in CSV.
    pub tables: Vec<String>,
    /// Expressions.
    pub expressions: Vec<String>,
}

impl Corpus {
    /// Reads the files of the crate.
    pub fn gather() -> Self {
        let mut scenarios: Vec<_> =
            files(&["scenarios", "tests", "src"], "toml").iter().map(|path| read(path)).collect();
        let page = read(Path::new("docs/scenario.md"));
        let examples: Vec<_> = page.split("```toml\n").skip(1).collect();
        let examples =
            examples.iter().filter_map(|rest| rest.split_once("```")).map(|(toml, _)| toml);
        let examples: Vec<&str> = examples.collect();
        scenarios.extend(examples.first().map(|&first| first.to_owned()));
        scenarios.push(examples.join("\n"));

        let page = read(Path::new("docs/expressions.md"));
        let spans: Vec<_> = page.split('`').map(str::to_owned).collect();
        let mut expressions = expression::seeds(&spans);
        let mut pieces = BTreeSet::new();
        for path in files(&["tests"], "rs") {
            let literals = literals(&read(&path));
            let (whole, parts): (Vec<_>, Vec<_>) =
                literals.into_iter().partition(|text| text.contains("[states]\n"));
            if path.components().any(|part| part.as_os_str() == "expressions") {
                expressions.extend(expression::seeds(&parts));
            }
            scenarios.extend(whole.into_iter().filter(|text| !text.contains("{}")));
            if path.ends_with("problems.rs") {
                pieces.extend(parts);
            }
        }
        for text in &scenarios {
            pieces.extend(text.lines().map(|line| format!("{line}\n")));
            pieces.extend(text.split("\n\n").map(|block| format!("{block}\n\n")));
        }
        let mut words: BTreeSet<_> = dictionary::words().into_iter().collect();
        for text in &scenarios {
            words.extend(text.split(|c: char| !in_a_word(c)).map(str::to_owned));
        }
        // Large scenarios take long and try little that small ones do not.
        scenarios.retain(|text| text.len() <= MOST_BYTES);
        let short: Vec<_> = scenarios.iter().flat_map(|text| shortened(text)).collect();
        scenarios.extend(short);
        let pieces = pieces.into_iter().filter(|piece| !piece.trim().is_empty()).collect();
        let words = words.into_iter().collect();
        Self { scenarios, pieces, words, tables: tables::seeds(), expressions }
    }
}

/// Whether a character is part of a word rather than between words.
pub fn in_a_word(c: char) -> bool {
    c.is_alphanumeric() || "_-.".contains(c)
}

/// The scenario in longer steps, where it is then small enough to be run.
fn shortened(text: &str) -> Vec<String> {
    let steps = ["quarter", "year"].map(|step| format!("step = \"{step}\""));
    let longer = steps.iter().map(|step| match text.contains("step = \"month\"") {
        true => text.replace("step = \"month\"", step),
        false => text.replace("[run]\n", &format!("[run]\n{step}\n")),
    });
    let runs =
        |text: &String| detente::scenario::parse(text, None).is_ok_and(|setup| small(&setup));
    longer.filter(runs).collect()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files of these folders and below with this ending, in alphabetical order.
fn files(folders: &[&str], ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting: Vec<PathBuf> = folders.iter().map(PathBuf::from).collect();
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|found| found == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The string literals of a Rust source, unescaped. One that only looks like one does no harm.
fn literals(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find('"') {
        let raw = rest[..at].ends_with("r#");
        rest = &rest[at + 1..];
        let (text, length) = if raw { raw_literal(rest) } else { literal(rest) };
        found.push(text);
        rest = &rest[length..];
    }
    found
}

fn raw_literal(rest: &str) -> (String, usize) {
    let end = rest.find("\"#").unwrap_or(rest.len());
    (rest[..end].to_owned(), (end + 2).min(rest.len()))
}

fn literal(rest: &str) -> (String, usize) {
    let mut text = String::new();
    let (mut characters, mut base) = (rest.char_indices(), 0);
    while let Some((at, c)) = characters.next() {
        match c {
            '"' => return (text, base + at + 1),
            '\\' => match characters.next().map(|(_, escaped)| escaped) {
                Some('n') => text.push('\n'),
                Some('t') => text.push('\t'),
                Some('r') => text.push('\r'),
                Some('0') => text.push('\0'),
                // The line goes on after the indent of the next one.
                Some('\n') => {
                    let next = characters.as_str().trim_start();
                    characters = next.char_indices();
                    base = rest.len() - next.len();
                }
                Some('u') => {
                    let code: String =
                        characters.by_ref().map(|(_, c)| c).take_while(|&c| c != '}').collect();
                    let code = u32::from_str_radix(code.trim_start_matches('{'), 16).ok();
                    text.extend(code.and_then(char::from_u32));
                }
                Some(other) => text.push(other),
                None => {}
            },
            _ => text.push(c),
        }
    }
    (text, rest.len())
}
