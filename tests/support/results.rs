//! Results of small runs, and the program typed at them.
#![allow(dead_code, reason = "each test file uses its own part")]

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

#[path = "typed.rs"]
mod program;

#[allow(unused_imports, reason = "each test file uses its own part")]
pub use program::{Typed, typed};

/// A scenario of several files, with a variant and an uncertain number.
pub fn write_scenario(folder: &Path) {
    let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
    fs::create_dir(folder.join("tables")).unwrap();
    write(
        "tables/states.csv",
        "code,capability,isolation,ideal_point\nXAA,0.02,0.5,1\nXBB,0.01,0.4,-1\n",
    );
    write(
        "base.toml",
        "title = \"base\"\nstates = \"tables/states.csv\"\n[run]\nstart = 2000-01-01\n\
         end = 2002-01-01\n[dyads]\ndefault = { distance_km = 10 }\n",
    );
    write(
        "main.toml",
        "extends = \"base.toml\"\ntitle = \"main\"\n[processes.crisis]\nb0 = \"normal(-6, 0.1)\"\n\
         [outcomes.disputes]\nvalue = \"times('dispute')\"\nat = \"end\"\n\
         [variant.apart]\nstates.XBB.isolation = 0.9\n",
    );
}

/// A folder with that scenario and the result `out` of 150 trials of it.
pub fn result(more: &[&str]) -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("a directory for the test");
    write_scenario(home.path());
    let run = ["run", "main.toml", "--trials", "150", "--out", "out", "--variant", "apart"];
    let set = ["--set", "states.XAA.isolation=0.6", "--set", "title=It's changed"];
    let done = typed(home.path(), &[&run[..], &set, more].concat());
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    home
}

/// The files below a directory, by path within it, sorted.
pub fn names(folder: &Path) -> Vec<String> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("it is there") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() { walk(&path, found) } else { found.push(path) }
        }
    }
    let mut found = Vec::new();
    walk(folder, &mut found);
    found.sort();
    let name = |path: &PathBuf| path.strip_prefix(folder).unwrap().display().to_string();
    found.iter().map(name).collect()
}

/// The manifest of the result.
pub fn manifest(out: &Path) -> Value {
    serde_json::from_slice(&fs::read(out.join("manifest.json")).unwrap()).unwrap()
}

/// Changes the manifest of the result.
pub fn edit(out: &Path, change: impl FnOnce(&mut Value)) {
    let mut value = manifest(out);
    change(&mut value);
    fs::write(out.join("manifest.json"), serde_json::to_vec_pretty(&value).unwrap()).unwrap();
}

/// A text without what differs from build to build: hashes and the kind of machine.
pub fn masked(text: &str) -> String {
    let mut lines = Vec::new();
    for line in text.lines() {
        if line.contains("  binary  ") {
            let (head, _) = line.split_once("binary").unwrap();
            lines.push(format!("{head}binary ..."));
            continue;
        }
        let words = line.split(' ').map(|word| {
            let bare = word.trim_end_matches(',');
            let hash = bare.len() >= 16 && bare.chars().all(|c| c.is_ascii_hexdigit());
            if hash { word.replace(bare, "#") } else { word.to_owned() }
        });
        lines.push(words.collect::<Vec<_>>().join(" "));
    }
    lines.join("\n")
}
