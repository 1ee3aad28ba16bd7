//! What a result says of itself, held to what is there. Nothing is computed again.

use serde_json::Value;

use crate::output::binary::Binary;
use crate::output::manifest::{Manifest, Text, plain};
use crate::output::proof::{Report, hashes, short};
use crate::output::stored::{Contents, Found, Stored, originals};
use crate::scenario::sources::Sources;

/// What a manifest says that follows from its scenario alone.
const DESCRIBED: [&str; 12] = [
    "title",
    "question",
    "start",
    "end",
    "steps",
    "years_a_step",
    "processes_on",
    "processes_off",
    "parameters",
    "uncertain",
    "correlations",
    "sources",
];

/// Checks files, texts, version and binary.
pub fn check(stored: &Stored, contents: &Contents, report: &mut Report) {
    let version = &stored.manifest.version;
    report.agrees("manifest", format!("readable, of detente {}", plain(version)));
    if !stored.unknown.is_empty() {
        let fields: Vec<_> = stored.unknown.iter().take(5).map(|field| plain(field)).collect();
        report.remark(
            "manifest",
            format!("fields this version does not know: {}", fields.join(", ")),
        );
    }
    files(stored, contents, report);
    texts(&stored.manifest, report);
    original(&stored.manifest, report);
    program(&stored.manifest, report);
}

fn files(stored: &Stored, contents: &Contents, report: &mut Report) {
    let mut wrong = Vec::new();
    for file in &stored.manifest.files {
        let found = match contents.listed.get(&file.name) {
            None => "expected by the manifest, not there".to_owned(),
            Some(Found::NoFile) => "expected a file, found a link or something else".to_owned(),
            Some(Found::File(hash)) if *hash != file.sha256 => hashes(&file.sha256, hash),
            Some(Found::File(_)) => continue,
        };
        wrong.push((file.name.clone(), found));
    }
    let unlisted = "found, not in the manifest".to_owned();
    let foreign: Vec<_> =
        contents.foreign.iter().map(|name| (name.clone(), unlisted.clone())).collect();
    if wrong.is_empty() && foreign.is_empty() {
        let files = stored.manifest.files.len();
        report.agrees("files", format!("{files}, each as recorded, and nothing else"));
    }
    report.differ("files", &wrong);
    report.differ("other files", &foreign);
}

fn texts(manifest: &Manifest, report: &mut Report) {
    let mut wrong = Vec::new();
    for arm in &manifest.arms {
        for text in &arm.texts {
            let hash = text.digest();
            if hash != text.sha256 {
                wrong.push((format!("text {}", text.name), hashes(&text.sha256, &hash)));
            }
        }
        let words = &arm.texts[arm.files().len()..];
        if !words.iter().map(|text| &text.text).eq(arm.words()) {
            let found = "expected those of `without` and `set`, found others among the texts";
            wrong.push(("words".to_owned(), found.to_owned()));
        }
    }
    // The texts that several arms share are told once.
    wrong.dedup();
    if wrong.is_empty() {
        let count: usize = manifest.arms.iter().map(|arm| arm.texts.len()).sum();
        let of = if manifest.arms.len() == 1 { "the scenario" } else { "the scenarios" };
        report.agrees("texts", format!("{count} of {of}, each as recorded"));
    }
    report.differ("texts", &wrong);
}

/// The scenarios' files, where they are still there. Whoever goes on with a scenario does not change
/// its results.
fn original(manifest: &Manifest, report: &mut Report) {
    let what = "scenario file";
    let mut told = Vec::new();
    for arm in &manifest.arms {
        let file = plain(&arm.file);
        if told.contains(&file) {
            continue;
        }
        told.push(file.clone());
        let Some(now) = originals(arm) else {
            report.remark(what, format!("{file} is not there; the manifest has its text"));
            continue;
        };
        let changed = arm.files().iter().zip(&now).filter(|&both| !same(both));
        let changed: Vec<_> = changed.map(|(text, _)| plain(&text.name)).collect();
        if changed.is_empty() {
            report.agrees(what, format!("{file} is as it was"));
        } else {
            report.remark(what, format!("changed since the run: {}", changed.join(", ")));
        }
    }
}

/// Whether a text is what its file says now, but for a byte-order mark.
fn same((text, now): (&Text, &Option<String>)) -> bool {
    let mark = '\u{feff}';
    now.as_ref().is_some_and(|now| {
        now.strip_prefix(mark).unwrap_or(now) == text.text.strip_prefix(mark).unwrap_or(&text.text)
    })
}

fn program(manifest: &Manifest, report: &mut Report) {
    let (version, recorded) = (env!("CARGO_PKG_VERSION"), plain(&manifest.version));
    if recorded == version {
        report.agrees("version", version);
    } else {
        report.remark("version", format!("expected {recorded}, this is {version}"));
    }
    let (expected, running) = (&manifest.binary, Binary::running());
    if expected.sha256.is_none() || running.sha256.is_none() {
        report.remark("binary", "its hash is not known");
    } else if *expected == running {
        report.agrees("binary", told(expected));
    } else {
        let (expected, running) = (told(expected), told(&running));
        report.remark("binary", format!("expected {expected}, this is {running}"));
    }
    report.other = other_than(manifest, &running);
}

fn told(binary: &Binary) -> String {
    let hash = short(binary.sha256.as_deref().unwrap_or_default());
    format!("{hash} ({}, {})", plain(&binary.target), plain(&binary.build))
}

/// In what this program is not the one of a result, so that it may compute something else.
pub fn other(manifest: &Manifest) -> Option<&'static str> {
    other_than(manifest, &Binary::running())
}

fn other_than(manifest: &Manifest, running: &Binary) -> Option<&'static str> {
    let expected = &manifest.binary;
    if manifest.version != env!("CARGO_PKG_VERSION") {
        Some("another version of the program")
    } else if expected.target != running.target {
        Some("another kind of machine")
    } else if expected != running {
        Some("another binary")
    } else {
        None
    }
}

/// Holds what the manifest says of its scenarios to what they say by themselves; `sources` are the
/// texts that were read for each.
///
/// # Errors
/// If a manifest cannot be serialised, which it always can.
pub fn check_described(
    manifest: &Manifest,
    again: &Manifest,
    sources: &[&Sources],
    report: &mut Report,
) -> Result<(), serde_json::Error> {
    let read = sources.iter().map(|sources| {
        sources.iter().map(|source| (&source.name, &source.text)).collect::<Vec<_>>()
    });
    let kept = manifest
        .arms
        .iter()
        .map(|arm| arm.texts.iter().map(|text| (&text.name, &text.text)).collect::<Vec<_>>());
    if !read.eq(kept) {
        let found = "expected those that the scenario reads, found others beside them";
        report.differs("texts", found);
    }
    // Through the same text, so that numbers are read in the same way.
    let table = |manifest: &Manifest| serde_json::from_slice::<Value>(&manifest.bytes()?);
    let (kept, again) = (table(manifest)?, table(again)?);
    let wrong: Vec<_> = DESCRIBED.iter().filter(|key| kept[**key] != again[**key]).collect();
    let names: Vec<_> = wrong.iter().map(|key| format!("`{key}`")).collect();
    if wrong.is_empty() {
        report
            .agrees("description", "what the manifest says of the scenario follows from its texts");
    } else if manifest.version == env!("CARGO_PKG_VERSION") {
        let found =
            format!("{} of the manifest is not what follows from the texts", names.join(", "));
        report.differs("description", found);
    } else {
        let found =
            format!("{} of the manifest is worded otherwise by this version", names.join(", "));
        report.remark("description", found);
    }
    Ok(())
}
