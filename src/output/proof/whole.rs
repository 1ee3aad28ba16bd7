//! A whole result that was computed again, held to the one that is stored.

use std::collections::BTreeMap;

use crate::output::manifest::{File, Manifest};
use crate::output::proof::{Report, short};
use crate::output::stored::{Contents, Found};

/// How a file that was computed again stands to the stored one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared<'a> {
    /// The same bytes.
    Same,
    /// It is not there, but has the hash that the manifest records.
    AsRecorded,
    /// Other bytes: the hash that was expected.
    Other(&'a str),
    /// It is not there, and there is nothing to hold it to.
    Unknown,
}

/// Holds a file that was computed again to the stored one, or to its recorded hash if that is gone.
pub fn compare<'a>(file: &File, manifest: &'a Manifest, contents: &'a Contents) -> Compared<'a> {
    if let Some(Found::File(hash)) = contents.listed.get(&file.name) {
        return if *hash == file.sha256 { Compared::Same } else { Compared::Other(hash) };
    }
    match manifest.files.iter().find(|listed| listed.name == file.name) {
        Some(listed) if listed.sha256 == file.sha256 => Compared::AsRecorded,
        Some(listed) => Compared::Other(&listed.sha256),
        None => Compared::Unknown,
    }
}

/// What a result is made of.
const ALL: &str = "tables, charts, report";

/// Files of the stored result that were not made again.
pub fn lacking<'a>(manifest: &'a Manifest, again: &[File]) -> Vec<&'a str> {
    let made = |name: &str| again.iter().any(|file| file.name == name);
    manifest.files.iter().map(|file| file.name.as_str()).filter(|name| !made(name)).collect()
}

/// Checks every table and chart and the report, and what the manifest says of them and of trials that failed.
pub fn check(manifest: &Manifest, again: &Manifest, contents: &Contents, report: &mut Report) {
    let mut wrong = Vec::new();
    for file in &again.files {
        let told = match compare(file, manifest, contents) {
            Compared::Same | Compared::AsRecorded => continue,
            Compared::Other(expected) => {
                format!("expected SHA-256 {}, computed {}", short(expected), short(&file.sha256))
            }
            Compared::Unknown => "computed again, but not in the manifest".to_owned(),
        };
        wrong.push((file.name.clone(), told));
    }
    for name in lacking(manifest, &again.files) {
        wrong.push((name.to_owned(), "in the manifest, but not computed again".to_owned()));
    }
    if wrong.is_empty() {
        let files = again.files.len();
        report.agrees(ALL, format!("{files} computed again, to the byte"));
    }
    report.computed_anew_differ(ALL, &wrong);
    if (manifest.failed, &manifest.failures) != (again.failed, &again.failures) {
        let (expected, found) = (manifest.failed, again.failed);
        report.differs(
            "failed trials",
            format!("expected {expected}, computed {found}, or other reasons"),
        );
    }
    if manifest.compared != again.compared {
        let found = "what the manifest says of the scenarios compared is not what was computed";
        report.differs("compared", found);
    }
    let described = |manifest: &Manifest| -> BTreeMap<String, File> {
        let bare = |file: &File| File { sha256: String::new(), ..file.clone() };
        manifest.files.iter().map(|file| (file.name.clone(), bare(file))).collect()
    };
    if wrong.is_empty() && described(manifest) != described(again) {
        let found = "what the manifest says of files or columns is not what this program says";
        if manifest.version == again.version {
            report.differs("description", found);
        } else {
            report.remark("description", found);
        }
    }
}
