//! What stands in a directory, and whether it is results and nothing else.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use serde_json::Value;

use crate::output::directory::{DirectoryError, MANIFEST, failed};

/// Whether `--force` may replace it: a directory that is empty, or holds the files its manifest
/// lists and nothing else.
pub(super) fn replaceable(target: &Path) -> Result<(), DirectoryError> {
    let foreign = || DirectoryError::Foreign(target.to_owned());
    if !fs::symlink_metadata(target).is_ok_and(|metadata| metadata.is_dir()) {
        return Err(foreign());
    }
    let found = files(target).map_err(failed(target))?;
    if found.is_empty() {
        return Ok(());
    }
    let ours = listed(target).ok_or_else(foreign)?;
    match found.into_iter().find(|file| !ours.contains(file)) {
        None => Ok(()),
        Some(stray) => Err(DirectoryError::Stray { path: target.to_owned(), stray }),
    }
}

/// The files that the manifest of a result directory lists, and itself; `None` if there is none.
fn listed(target: &Path) -> Option<BTreeSet<String>> {
    if !fs::symlink_metadata(target.join(MANIFEST)).ok()?.is_file() {
        return None;
    }
    let manifest: Value = serde_json::from_slice(&fs::read(target.join(MANIFEST)).ok()?).ok()?;
    if manifest["program"] != "detente" {
        return None;
    }
    let names = manifest["files"].as_array()?.iter().filter_map(|file| file["name"].as_str());
    Some(names.chain([MANIFEST]).map(str::to_owned).collect())
}

/// The result directory that a path is or lies in, if any; the path itself need not exist.
///
/// # Errors
/// If it cannot be said where the path leads.
pub fn result_around(path: &Path) -> Result<Option<PathBuf>, DirectoryError> {
    let mut there = path.ancestors().map(|part| match part {
        part if part == Path::new("") => Path::new("."),
        part => part,
    });
    let Some(there) = there.find(|part| part.exists()) else { return Ok(None) };
    let rest = path.strip_prefix(there).unwrap_or(path);
    if rest.components().any(|part| part == Component::ParentDir) {
        return Err(DirectoryError::NoName(path.to_owned()));
    }
    let real = there.canonicalize().map_err(failed(path))?;
    let mut around = real.ancestors().map(Path::to_owned);
    Ok(around.find(|folder| is_result(folder)))
}

/// Whether a directory is a result of this program.
pub fn is_result(folder: &Path) -> bool {
    listed(folder).is_some()
}

/// Everything below a directory that is no directory, and every empty one, by path within it.
pub fn files(folder: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            let below = files(&entry.path())?;
            if below.is_empty() {
                found.push(name);
            } else {
                found.extend(below.into_iter().map(|file| format!("{name}/{file}")));
            }
        } else {
            found.push(name);
        }
    }
    found.sort();
    Ok(found)
}
