//! The scenarios that are shipped.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::fs;
use std::path::{Path, PathBuf};

use detente::scenario::folder::Folder;
use detente::scenario::gather::{Gathered, gather};
use detente::scenario::problem::Problems;
use detente::scenario::setup::Setup;
use detente::scenario::{self, LoadError, Wanted};

/// Their names, in alphabetical order.
pub fn names() -> Vec<String> {
    let entries = fs::read_dir("scenarios").expect("the crate has a folder of scenarios");
    let paths = entries.map(|entry| entry.expect("it can be read").path());
    let mut names: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| path.file_stem().expect("a file has a name").to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn path(name: &str) -> PathBuf {
    Path::new("scenarios").join(format!("{name}.toml"))
}

/// One of them, which must be right.
pub fn load(name: &str, variant: Option<&str>) -> Setup {
    match scenario::load(&path(name), Wanted { variant, ..Wanted::default() }) {
        Ok(loaded) => loaded.setup,
        Err(LoadError::Wrong(wrong)) => panic!("{}", wrong.report(false)),
        Err(other) => panic!("{other}"),
    }
}

/// The texts that make one of them, joined.
pub fn gathered(name: &str) -> Gathered {
    let path = path(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut problems = Problems::default();
    let gathered = gather(name, &text, &Folder::of(&path), (&[], &[]), &mut problems);
    assert!(problems.is_empty(), "{name} has problems");
    gathered
}
