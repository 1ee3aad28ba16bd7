//! A result comes out the same again, and what has been altered in it is named.

#[path = "support/results.rs"]
mod support;

use std::fs;
use std::path::Path;

use detente::output::manifest::{Failure, Manifest};
use serde_json::json;
use sha2::{Digest, Sha256};
use support::{Typed, edit, manifest, masked, names, result, typed};

/// A change of the result in a directory.
type Change<'a> = &'a dyn Fn(&Path);

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The files below a directory with what is in them.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let read = |name: String| (name.clone(), fs::read(folder.join(name)).unwrap());
    names(folder).into_iter().map(read).collect()
}

/// Records the hash of a file as it now is.
fn record(out: &Path, name: &str) {
    let hash = hex(&Sha256::digest(fs::read(out.join(name)).unwrap()));
    edit(out, |manifest| {
        let files = manifest["files"].as_array_mut().unwrap();
        files.iter_mut().find(|file| file["name"] == name).unwrap()["sha256"] = json!(hash);
    });
}

/// Changes a file of the result.
fn alter(out: &Path, name: &str, from: &str, to: &str) {
    let text = fs::read_to_string(out.join(name)).unwrap();
    assert!(text.contains(from), "{name} has {from}");
    fs::write(out.join(name), text.replacen(from, to, 1)).unwrap();
}

/// What `verify` says of a copy of the result that `change` has altered.
fn verified(home: &Path, change: impl FnOnce(&Path), more: &[&str]) -> Typed {
    let copy = home.join("copy");
    for (name, bytes) in files(&home.join("out")) {
        let file = copy.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
    change(&copy);
    let said = typed(home, &[&["verify", "copy"], more].concat());
    fs::remove_dir_all(copy).unwrap();
    said
}

/// Everything but the manifest, which records the command.
fn tables_and_charts(folder: &Path) -> Vec<(String, Vec<u8>)> {
    files(folder).into_iter().filter(|(name, _)| name != "manifest.json").collect()
}

/// What the command line leaves out is part of what is repeated.
#[test]
fn a_result_without_an_entry_is_repeated_without_it() {
    let home = result(&["--no-charts", "--without", "outcomes.disputes"]);
    for command in [&["verify", "out"][..], &["verify", "out", "--all"], &["rerun", "out"]] {
        let said = typed(home.path(), command);
        assert_eq!(said.code, 0, "{command:?}: {}{}", said.out, said.err);
        assert!(said.out.contains("verdict: agrees"), "{}", said.out);
    }
    let measures = fs::read_to_string(home.path().join("out-rerun/measures.csv")).unwrap();
    assert_eq!(measures.lines().count(), 1, "it was left out");
    let said = verified(
        home.path(),
        |out| edit(out, |m| m["arms"][0]["without"] = json!(["processes.crisis"])),
        &[],
    );
    assert_eq!(said.code, 1, "{}{}", said.out, said.err);
}

/// What is written can be read, to the byte.
#[test]
fn a_manifest_reads_as_it_was_written() {
    let home = tempfile::tempdir().unwrap();
    let here = std::env::current_dir().unwrap();
    for file in ["tests/support/rich.toml", "scenarios/july-1914.toml"] {
        let file = here.join(file).display().to_string();
        let run = ["run", &file, "--trials", "70", "--out", "out", "--force", "--no-charts"];
        let done = typed(home.path(), &run);
        assert_eq!(done.code, 0, "{}", done.err);
        let bytes = fs::read(home.path().join("out/manifest.json")).unwrap();
        let mut manifest = Manifest::read(&bytes).unwrap();
        assert!(manifest.bytes().unwrap() == bytes, "{file}");
        assert!(manifest.unknown_fields(&bytes).is_empty());
        let (reason, replay) = ("a \"reason\"\n".to_owned(), String::new());
        manifest.failures.push(Failure { trial: u32::MAX, reason, replay });
        manifest.seed = u64::MAX;
        assert_eq!(Manifest::read(&manifest.bytes().unwrap()), Ok(manifest));
    }
}

#[test]
fn a_rerun_needs_nothing_but_the_manifest() {
    let home = result(&["--seed", "9"]);
    let path = |name: &str| home.path().join(name);
    for gone in ["main.toml", "base.toml", "tables/states.csv"] {
        fs::remove_file(path(gone)).unwrap();
    }
    let again = typed(home.path(), &["rerun", "out/"]);
    assert_eq!((again.code, again.err.as_str()), (0, ""), "{}", again.out);
    insta::assert_snapshot!(again.out);
    assert!(tables_and_charts(&path("out")) == tables_and_charts(&path("out-rerun")));
    let without_command = |name: &str| {
        let mut manifest = manifest(&path(name));
        manifest["command"] = json!(null);
        manifest
    };
    assert_eq!(without_command("out"), without_command("out-rerun"));

    // A rerun is a result as any.
    let third = typed(home.path(), &["rerun", "out-rerun", "--out", "third", "--threads", "1"]);
    assert_eq!(third.code, 0, "{}", third.out);
    assert!(tables_and_charts(&path("out")) == tables_and_charts(&path("third")));

    // Where only the manifest is left, its hashes are what the files are held to.
    for (name, _) in tables_and_charts(&path("third")) {
        fs::remove_file(path("third").join(name)).unwrap();
    }
    let bare = typed(home.path(), &["rerun", "third", "--out", "out-rerun", "--force"]);
    assert_eq!(bare.code, 0, "{}", bare.out);
    assert!(bare.out.contains("files of third are not there; held to the hashes"), "{}", bare.out);
    let recorded = "files have the hashes that the manifest of third records\n";
    assert!(bare.out.ends_with(recorded), "{}", bare.out);
    assert!(!bare.out.contains("byte for byte"), "{}", bare.out);
    assert!(tables_and_charts(&path("out")) == tables_and_charts(&path("out-rerun")));
    fs::remove_file(path("out-rerun/summary.csv")).unwrap();
    let most = typed(home.path(), &["rerun", "out-rerun", "--out", "fourth"]);
    let end = "those of out-rerun, byte for byte; of the others (1) the hashes are those that its \
               manifest records\n";
    assert!(most.out.ends_with(end), "{}", most.out);
    assert!(tables_and_charts(&path("out")) == tables_and_charts(&path("fourth")));
}

#[test]
fn a_rerun_names_what_differs_and_never_writes_over_the_result() {
    let home = result(&["--no-charts"]);
    let out = home.path().join("out");
    alter(&out, "summary.csv", "0.6", "0.7");
    let before = files(&out);
    let again = typed(home.path(), &["rerun", "out"]);
    assert_eq!((again.code, again.err.as_str()), (1, ""), "{}", again.out);
    insta::assert_snapshot!(again.out);
    for (arguments, code, says) in [
        (&["rerun", "out"][..], 4, "out-rerun exists already; give --force"),
        (&["rerun", "out", "--out", "out"], 2, "out is the result itself"),
        (&["rerun", "out", "--out", "./out/", "--force"], 2, "is the result itself"),
        (&["rerun", ".."], 2, ".. has no name of its own; give --out"),
    ] {
        let refused = typed(home.path(), arguments);
        assert_eq!(refused.code, code, "{arguments:?}: {}", refused.err);
        assert!(refused.err.contains(says), "{arguments:?}: {}", refused.err);
    }
    assert!(files(&out) == before);
    edit(&out, |manifest| manifest["arms"][0]["texts"][1]["sha256"] = json!("0"));
    let warned = typed(home.path(), &["rerun", "out", "--force"]);
    let warning = "warning: the text of base.toml is not the one that was recorded\n";
    assert_eq!((warned.code, warned.err.as_str()), (1, warning));
}

#[test]
fn a_result_agrees_with_itself_on_any_number_of_threads() {
    let home = result(&[]);
    let told = typed(home.path(), &["verify", "out"]);
    assert_eq!((told.code, told.err.as_str()), (0, ""), "{}", told.out);
    insta::assert_snapshot!(masked(&told.out));
    for threads in ["1", "2", "7"] {
        let again = typed(home.path(), &["verify", "out", "--threads", threads]);
        assert_eq!((again.code, again.out), (0, told.out.clone()));
    }
    let two = typed(home.path(), &["verify", "out", "--blocks", "2"]);
    assert!(
        two.out.ends_with("verdict: agrees; 2 of 3 blocks were computed again\n"),
        "{}",
        two.out
    );
    let all = typed(home.path(), &["verify", "out", "--all", "--threads", "2"]);
    assert_eq!((all.code, all.err.as_str()), (0, ""), "{}", all.out);
    insta::assert_snapshot!("everything_agrees", masked(&all.out));
    let none = typed(home.path(), &["verify", "out", "--blocks", "0"]);
    assert_eq!(none.code, 2);
    assert!(none.err.contains("a whole number from 1; --all"), "{}", none.err);
    assert_eq!(typed(home.path(), &["verify", "out", "--blocks", "2", "--all"]).code, 2);
}

#[test]
fn what_has_been_altered_is_named() {
    let home = result(&[]);
    let cases: &[(&str, Change<'_>)] = &[
        ("cell", &|out| alter(out, "summary.csv", "0.6", "0.7")),
        ("chart", &|out| alter(out, "charts/isolation.svg", "<svg", "<svg ")),
        ("missing", &|out| fs::remove_file(out.join("events.csv")).unwrap()),
        ("foreign", &|out| fs::write(out.join("charts/notes.txt"), "what I saw").unwrap()),
        ("text", &|out| {
            edit(out, |manifest| {
                let text = &mut manifest["arms"][0]["texts"][1]["text"];
                *text =
                    json!(text.as_str().unwrap().replace("distance_km = 10", "distance_km = 11"));
            });
        }),
        ("text_unread", &|out| {
            edit(out, |manifest| {
                let texts = manifest["arms"][0]["texts"].as_array_mut().unwrap();
                texts.insert(
                    1,
                    json!({"name": "b", "sha256": hex(&Sha256::digest("x")), "text": "x"}),
                );
            });
        }),
        ("set", &|out| edit(out, |m| m["arms"][0]["set"][0] = json!("states.XAA.isolation=0.61"))),
        ("variant", &|out| edit(out, |m| m["arms"][0]["variant"] = json!(null))),
        ("seed", &|out| edit(out, |manifest| manifest["seed"] = json!(5))),
        ("trials", &|out| edit(out, |manifest| manifest["trials"] = json!(200))),
        ("parameter", &|out| edit(out, |m| m["parameters"][0]["value"] = json!(0.125))),
        ("fingerprint", &|out| {
            let table = fs::read_to_string(out.join("blocks.csv")).unwrap();
            let last = table.trim_end().rsplit(',').next().unwrap().to_owned();
            alter(out, "blocks.csv", &last, &last.chars().rev().collect::<String>());
            record(out, "blocks.csv");
        }),
        ("no_fingerprints", &|out| fs::remove_file(out.join("blocks.csv")).unwrap()),
        ("no_fingerprints_listed", &|out| {
            fs::remove_file(out.join("blocks.csv")).unwrap();
            edit(out, |manifest| {
                let files = manifest["files"].as_array_mut().unwrap();
                files.retain(|file| file["name"] != "blocks.csv");
            });
        }),
        ("version_and_seed", &|out| {
            edit(out, |manifest| {
                manifest["version"] = json!("0.0.9");
                manifest["seed"] = json!(5);
            });
        }),
        ("binary_and_seed", &|out| {
            edit(out, |manifest| {
                manifest["binary"]["sha256"] = json!("0".repeat(64));
                manifest["seed"] = json!(5);
            });
        }),
    ];
    for (name, change) in cases {
        let told = verified(home.path(), change, &[]);
        assert_eq!((told.code, told.err.as_str()), (1, ""), "{name}: {}", told.out);
        insta::assert_snapshot!(format!("altered_{name}"), masked(&told.out));
    }
}

#[test]
fn what_is_no_fault_of_the_result_is_a_remark() {
    let home = result(&["--no-charts"]);
    let cases: &[(&str, Change<'_>)] = &[
        ("version", &|out| edit(out, |manifest| manifest["version"] = json!("0.0.9"))),
        ("binary", &|out| edit(out, |m| m["binary"]["sha256"] = json!("0".repeat(64)))),
        ("unknown_binary", &|out| edit(out, |m| m["binary"]["sha256"] = json!(null))),
        ("field", &|out| edit(out, |manifest| manifest["mood"] = json!("good"))),
        ("scenario_changed", &|out| {
            let table = out.with_file_name("tables/states.csv");
            let text = fs::read_to_string(&table).unwrap();
            fs::write(table, text.replace("0.02", "0.03")).unwrap();
        }),
        ("scenario_gone", &|out| fs::remove_file(out.with_file_name("main.toml")).unwrap()),
    ];
    for (name, change) in cases {
        let told = verified(home.path(), change, &[]);
        assert_eq!((told.code, told.err.as_str()), (0, ""), "{name}: {}", told.out);
        let remarks = told.out.lines().filter(|line| line.starts_with("  remark"));
        let remarks = remarks.map(|line| format!("{line}\n")).collect::<String>();
        insta::assert_snapshot!(format!("remark_{name}"), masked(&remarks));
    }
}

/// Who alters a table and its hash is found only by computing all of it again.
#[test]
fn an_altered_table_with_an_altered_hash_is_found_by_all() {
    let home = result(&["--no-charts"]);
    let change = |out: &Path| {
        alter(out, "summary.csv", "0.6", "0.7");
        record(out, "summary.csv");
    };
    assert_eq!(verified(home.path(), change, &[]).code, 0);
    let all = verified(home.path(), change, &["--all"]);
    assert_eq!((all.code, all.err.as_str()), (1, ""));
    insta::assert_snapshot!(masked(&all.out));
}

/// Events that set each other off without end, in those trials in which they begin.
const ENDLESS: &str = "title = \"endless\"\n[run]\nstart = 2000-01-01\nend = 2001-01-01\n[states]\n\
    XAA = { capability = 0.02, isolation = 0.5, ideal_point = 1 }\n\
    XBB = { capability = 0.01, isolation = 0.4, ideal_point = -1 }\n\
    [dyads]\nXAA-XBB = { distance_km = 10 }\n\
    [treaties.pact]\nmembers = [\"XAA\", \"XBB\"]\nobligations = [\"defence\"]\n\
    [events.first]\nrate = 0.2\nonce = true\nactions = [{ sign = \"pact\" }]\n\
    [events.off]\nwhen = \"fired('first') and signed('pact')\"\nonce = false\nactions = [{ terminate = \"pact\" }]\n\
    [events.on]\nwhen = \"fired('first') and not signed('pact')\"\nonce = false\nactions = [{ sign = \"pact\" }]\n";

/// Trials that fail are part of a result.
#[test]
fn trials_that_fail_fail_again() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("endless.toml"), ENDLESS).unwrap();
    let run = ["run", "endless.toml", "--trials", "100", "--no-charts", "--out", "out"];
    assert_eq!(typed(home.path(), &run).code, 0);
    assert!(manifest(&home.path().join("out"))["failed"].as_u64().unwrap() > 5);
    assert_eq!(typed(home.path(), &["verify", "out", "--all"]).code, 0);
    let again = typed(home.path(), &["rerun", "out"]);
    assert_eq!(again.code, 0, "{}", again.out);
    assert!(again.err.contains("trials failed and are not counted"), "{}", again.err);
    let fewer = |out: &Path| edit(out, |manifest| manifest["failed"] = json!(1));
    let told = verified(home.path(), fewer, &["--all"]);
    assert_eq!(told.code, 1);
    assert!(told.out.ends_with("verdict: differs in failed trials\n"), "{}", told.out);
}

/// A comparison of the scenario with a variant, without an entry, and with charts.
fn compared(more: &[&str]) -> tempfile::TempDir {
    let home = tempfile::tempdir().expect("a directory for the test");
    support::write_scenario(home.path());
    let compare = ["compare", "main.toml", "--variant", "apart", "--without", "processes.crisis"];
    let done = typed(home.path(), &[&compare[..], &["--out", "out"], more].concat());
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    home
}

#[test]
fn a_comparison_is_repeated_from_its_manifest_and_verified() {
    let home = compared(&["--trials", "130"]);
    fs::remove_dir_all(home.path().join("tables")).unwrap();
    fs::remove_file(home.path().join("main.toml")).unwrap();
    let rerun = typed(home.path(), &["rerun", "out"]);
    assert_eq!(rerun.code, 0, "{}{}", rerun.out, rerun.err);
    assert!(rerun.out.contains("verdict: agrees; all 41 files"), "{}", rerun.out);
    let again = tables_and_charts(&home.path().join("out-rerun"));
    assert!(again == tables_and_charts(&home.path().join("out")));
    for more in [&[][..], &["--all"], &["--blocks", "2", "--threads", "1"]] {
        let said = typed(home.path(), &[&["verify", "out"], more].concat());
        assert_eq!(said.code, 0, "{more:?}: {}{}", said.out, said.err);
    }
    let bytes = fs::read(home.path().join("out/manifest.json")).unwrap();
    let read = Manifest::read(&bytes).unwrap();
    assert!(read.bytes().unwrap() == bytes, "it reads as it was written");
    assert_eq!((read.arms.len(), read.compared.len()), (3, 2));
}

#[test]
fn what_is_altered_in_a_comparison_is_named() {
    let home = compared(&["--trials", "130", "--no-charts"]);
    let mut told = String::new();
    let changes: &[(&str, Change<'_>, &[&str])] = &[
        (
            "most_missing",
            &|out| {
                for arm in ["apart", "base", "without-processes-crisis"] {
                    fs::remove_dir_all(out.join(arm)).unwrap();
                }
            },
            &[],
        ),
        ("table", &|out| alter(out, "apart/summary.csv", "isolation,XBB", "isolation,XAA"), &[]),
        ("seed", &|out| edit(out, |m| m["seed"] = json!(7)), &[]),
        ("arm", &|out| edit(out, |m| m["arms"][1]["variant"] = json!(null)), &[]),
        ("text", &|out| edit(out, |m| m["arms"][2]["texts"][0]["text"] = json!("x = 1")), &[]),
        (
            "unpaired",
            &|out| edit(out, |m| m["compared"][1]["only_here"] = json!(["x"])),
            &["--all"],
        ),
        (
            "table_and_hash",
            &|out| {
                alter(out, "differences.csv", "apart", "apert");
                record(out, "differences.csv");
            },
            &["--all"],
        ),
    ];
    for (name, change, more) in changes {
        let said = verified(home.path(), change, more);
        let code = if *name == "text" { 3 } else { 1 };
        assert_eq!(said.code, code, "{name}: {}{}", said.out, said.err);
        let verdict = said.out.lines().filter(|line| line.contains("differs"));
        told += &format!("{name}: {}\n", verdict.collect::<Vec<_>>().join("\n    "));
    }
    insta::assert_snapshot!(masked(&told));
    // What several scenarios share is told once.
    edit(&home.path().join("out"), |manifest| {
        for arm in manifest["arms"].as_array_mut().unwrap() {
            arm["texts"][1]["sha256"] = json!("0");
        }
    });
    let warned = typed(home.path(), &["rerun", "out"]);
    let warning = "warning: the text of base.toml is not the one that was recorded\n";
    assert_eq!(warned.err, warning);
}
