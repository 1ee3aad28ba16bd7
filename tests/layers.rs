//! The direction of dependency: model <- scenario <- engine <- analysis <- output <- cli.

use std::fs;
use std::path::{Path, PathBuf};

const LAYERS: [&str; 6] = ["model", "scenario", "engine", "analysis", "output", "cli"];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

fn all() -> Vec<(String, String)> {
    let mut found = Vec::new();
    sources(Path::new("src"), &mut found);
    assert!(found.len() > 30, "the sources were found");
    found
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix("src").expect("below src").display().to_string();
            (name, fs::read_to_string(&path).expect("it is text"))
        })
        .collect()
}

/// The layer a file or a path after `crate::` belongs to.
fn layer(name: &str) -> Option<usize> {
    let first = name.split(['/', '.', ':', ',', ' ', ';', '{', '}']).next()?;
    LAYERS.iter().position(|layer| *layer == first)
}

#[test]
fn every_edge_points_down() {
    let mut edges = 0;
    for (file, text) in all() {
        let Some(from) = layer(&file) else { continue };
        for place in text.match_indices("crate::").map(|(at, _)| at + "crate::".len()) {
            let Some(to) = layer(&text[place..]) else {
                panic!("{file}: `crate::` is followed by the name of a layer")
            };
            edges += 1;
            assert!(to <= from, "{file} in {} uses {}", LAYERS[from], LAYERS[to]);
        }
    }
    assert!(edges > 100, "the edges were found: {edges}");
}

/// Files that mention `what`.
fn mentioning(what: &str) -> Vec<String> {
    all().into_iter().filter(|(_, text)| text.contains(what)).map(|(file, _)| file).collect()
}

#[test]
fn threads_and_files_have_one_place() {
    assert_eq!(mentioning("rayon::"), ["engine/ensemble.rs"]);
    let mut files: Vec<_> = ["std::fs", "fs::", " File::", "OpenOptions"]
        .iter()
        .flat_map(|what| mentioning(what))
        .collect();
    files.sort();
    files.dedup();
    assert_eq!(
        files,
        [
            "output/block_file/store.rs",
            "output/directory.rs",
            "output/directory/contents.rs",
            "output/file.rs",
            "output/stored.rs",
            "scenario/folder.rs"
        ]
    );
    assert!(mentioning("super::super").is_empty());
}

#[test]
fn the_model_is_pure() {
    for forbidden in ["std::fs", "std::time", "std::thread", "std::env", "println!", "rand::"] {
        let guilty: Vec<_> =
            mentioning(forbidden).into_iter().filter(|file| layer(file) == Some(0)).collect();
        assert!(guilty.is_empty(), "{forbidden} in {guilty:?}");
    }
}

#[test]
fn no_glob_imports_and_no_mod_files() {
    for (file, text) in all() {
        assert!(!file.ends_with("mod.rs"), "{file}");
        let globs =
            text.lines().filter(|line| line.contains("::*;") && !line.contains("use super::*;"));
        assert_eq!(globs.count(), 0, "{file}");
    }
}
