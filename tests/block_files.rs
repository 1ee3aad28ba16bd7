//! BlockFile files: what comes out of them is what went in, or an error.

#[path = "support/scenarios.rs"]
mod support;

use std::fs;
use std::path::{Path, PathBuf};

use detente::engine::ensemble::{self, Plan};
use detente::engine::experiment::{Experiment, Findings};
use detente::engine::shard::Shard;
use detente::output::block_file::{BlockFile, BlockFileError, Folder, Head};
use detente::output::manifest::{Invocation, Manifest, describe};
use detente::scenario::{self, Folder as Beside, Loaded, Wanted};
use proptest::prelude::{ProptestConfig, any, proptest};
use sha2::{Digest, Sha256};

const SCENARIO: &str = r#"
title = "Two"
[run]
start = 2000-01-01
end = 2001-01-01
trials = 300
[states]
XAA = { capability = 0.02, isolation = "normal(0.5, 0.1)", ideal_point = 1.0 }
XBB = { capability = 0.01, isolation = 0.4, ideal_point = -1.0 }
[dyads]
default = { distance_km = 10 }
[outcomes.disputes]
value = "times('dispute')"
at = "end"
"#;

fn loaded() -> Loaded {
    match scenario::read("two.toml", SCENARIO, &Beside::default(), Wanted::default()) {
        Ok(loaded) => loaded,
        Err(error) => panic!("{error}"),
    }
}

fn manifest(loaded: &Loaded) -> Manifest {
    let (file, command) = ("two.toml", ["detente".to_owned()]);
    let invocation =
        Invocation { file, sources: &loaded.sources, command: &command, stopping: None };
    describe(&loaded.setup, 300, true, &invocation)
}

/// Findings of 128 trials, written; with the experiment's other blocks.
fn written(folder: &Path) -> (PathBuf, Head, Findings) {
    let loaded = loaded();
    let experiment = Experiment::of(&loaded.setup);
    let mut findings = Findings::new(&experiment);
    let found = ensemble::blocks(&experiment, 0..2, Plan::new(300), &|_| {}).unwrap();
    found.into_iter().for_each(|found| findings.merge(found));
    let head = Head::new(manifest(&loaded), (None, None), (0, &findings));
    let folder = Folder { path: folder.to_owned() };
    folder.write(&head, &findings).unwrap();
    (folder.file(None), head, findings)
}

fn why(path: &Path) -> String {
    match BlockFile::read(path) {
        Err(BlockFileError::Unusable { why, .. }) => why,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it was read"),
    }
}

#[test]
fn what_went_in_comes_out() {
    let home = tempfile::tempdir().unwrap();
    let (path, head, findings) = written(home.path());
    let file = BlockFile::read(&path).unwrap();
    assert_eq!(file.head, Head { unpacked: file.head.unpacked, ..head });
    // What is only scratch of a thread does not come out, and nothing is lost by it.
    let loaded = loaded();
    let mut merged = Findings::new(&Experiment::of(&loaded.setup));
    merged.merge(file.findings);
    assert_eq!(merged, findings);
    assert_eq!((file.head.first, file.head.end, file.head.trials()), (0, 2, 128));
    assert!(!file.head.is_complete());
    let text = fs::read(&path).unwrap();
    assert!(text.starts_with(b"detente blocks 1\n{\"experiment\":\""));
}

#[test]
fn every_byte_counts() {
    let home = tempfile::tempdir().unwrap();
    let (path, ..) = written(home.path());
    let whole = fs::read(&path).unwrap();
    let head = whole.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(1).unwrap().0;
    let end = whole.len();
    // Every byte of the first line, of the ends of the head and of the hash; others evenly between.
    let places = (0..200).chain(head - 50..head + 50).chain(end - 40..end);
    for place in places.chain((0..end).step_by(end / 500)) {
        let mut bytes = whole.clone();
        bytes[place] ^= 1 << (place % 8);
        fs::write(&path, &bytes).unwrap();
        why(&path);
        assert!(BlockFile::head(&path).is_err(), "byte {place}");
    }
    for length in (0..100).chain(head - 5..head + 50).chain(end - 40..end) {
        fs::write(&path, &whole[..length]).unwrap();
        why(&path);
    }
    fs::write(&path, [&whole[..], b"\n"].concat()).unwrap();
    assert!(why(&path).contains("damaged"));
}

/// A block file whose bytes were changed by somebody who can make a hash.
fn forged(path: &Path, change: impl Fn(&mut Vec<u8>)) {
    let mut bytes = fs::read(path).unwrap();
    bytes.truncate(bytes.len() - 32);
    change(&mut bytes);
    let hash = Sha256::digest(&bytes);
    bytes.extend(hash);
    fs::write(path, bytes).unwrap();
}

fn with_head(path: &Path, change: impl Fn(&mut serde_json::Value)) {
    forged(path, |bytes| {
        let mut lines = bytes.splitn(3, |&byte| byte == b'\n');
        let (first, head, rest) =
            (lines.next().unwrap(), lines.next().unwrap(), lines.next().unwrap());
        let mut head: serde_json::Value = serde_json::from_slice(head).unwrap();
        change(&mut head);
        *bytes = [first, head.to_string().as_bytes(), rest].join(&b'\n');
    });
}

#[test]
fn a_head_that_cannot_be_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let (path, ..) = written(home.path());
    let whole = fs::read(&path).unwrap();
    type Change = fn(&mut serde_json::Value);
    let cases: [(Change, &str); 9] = [
        (|head| head["first"] = 1.into(), "its blocks are not those of its shard"),
        (|head| head["end"] = 3.into(), "its findings are not of its blocks"),
        (|head| head["end"] = 99.into(), "its blocks are not those of its shard"),
        (|head| head["unpacked"] = 7.into(), "its findings are not as long as it says"),
        (|head| head["unpacked"] = u64::MAX.into(), "it says that it is longer than it can be"),
        (|head| head["shard"] = serde_json::json!({ "number": 0, "of": 0 }), "there are 0 shards"),
        (|head| head["manifest"]["seed"] = 9.into(), "its identity is not that"),
        (|head| head["manifest"]["trials"] = 0.into(), "`trials` is 0"),
        (|head| head["manifest"]["arms"] = serde_json::json!([]), "`arms` has 0 entries"),
    ];
    for (change, expected) in cases {
        fs::write(&path, &whole).unwrap();
        with_head(&path, change);
        let why = why(&path);
        assert!(why.contains(expected), "{why}");
    }
}

#[test]
fn names_are_those_of_shards() {
    let folder = Folder::beside(Path::new("results/x"));
    assert_eq!(folder.path, Path::new("results/x.part"));
    assert_eq!(folder.file(None), Path::new("results/x.part/findings.blocks"));
    let shard = Shard::new(3, 16).unwrap();
    assert_eq!(folder.file(Some(shard)), Path::new("results/x.part/shard-3-of-16.blocks"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Whatever somebody makes of the findings, with a right hash: no panic, and nothing without end.
    #[test]
    fn forged_findings_do_no_harm(place in any::<proptest::sample::Index>(), byte: u8, cut: bool) {
        let home = tempfile::tempdir().unwrap();
        let (path, ..) = WRITTEN.with(|whole| {
            let path = home.path().join("a.blocks");
            fs::write(&path, whole).unwrap();
            (path, ())
        });
        forged(&path, |bytes| {
            let at = place.index(bytes.len());
            if cut { bytes.truncate(at) } else { bytes[at] = byte }
        });
        let _ = BlockFile::read(&path);
    }
}

thread_local! {
    static WRITTEN: Vec<u8> = {
        let home = tempfile::tempdir().unwrap();
        let (path, ..) = written(home.path());
        fs::read(path).unwrap()
    };
}
