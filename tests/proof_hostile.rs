//! A manifest may have been written by anyone: nothing in it makes the program panic, read what it
//! should not, or write anywhere.

#[path = "support/results.rs"]
mod support;

use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use detente::output::manifest::Manifest;
use detente::scenario::LoadError;
use proptest::prelude::*;
use serde_json::{Value, json};
use support::{edit, names, result, typed};

/// A manifest as it is written.
static GOOD: OnceLock<String> = OnceLock::new();

/// A change of a manifest.
type Change<'a> = &'a dyn Fn(&mut Value);

/// Makes it one of a comparison with another arm of this name.
fn compared(manifest: &mut Value, name: &str) {
    let mut other = manifest["arms"][0].clone();
    other["name"] = json!(name);
    manifest["kind"] = json!("comparison");
    manifest["arms"].as_array_mut().unwrap().push(other);
}

/// What `verify` and `rerun` say alike of the result, which neither takes.
fn refused(home: &Path, name: &str, code: i32) -> String {
    let before = names(home);
    let (verify, rerun) = (typed(home, &["verify", "out"]), typed(home, &["rerun", "out"]));
    assert_eq!((verify.code, rerun.code), (code, code), "{name}: {} {}", verify.err, rerun.err);
    assert_eq!(verify.err, rerun.err, "{name}");
    assert_eq!(rerun.out, "", "{name}");
    assert_eq!(names(home), before, "{name}: nothing is written");
    without_places(&verify.err)
}

/// Where something stands in a manifest changes with what manifests have.
fn without_places(told: &str) -> String {
    let Some((head, _)) = told.split_once(" at line ") else { return told.to_owned() };
    format!("{head} at ...\n")
}

#[test]
fn what_is_no_manifest_of_a_run_is_refused() {
    let home = result(&["--no-charts"]);
    let out = home.path().join("out");
    let file = out.join("manifest.json");
    let good = fs::read(&file).unwrap();
    let long = "x".repeat(100_000);
    let edits: &[(&str, Change<'_>)] = &[
        ("program", &|m| m["program"] = json!("my web app")),
        ("no_program", &|m| drop(m.as_object_mut().unwrap().remove("program"))),
        ("kind", &|m| m["kind"] = json!("sweep\u{1b}[31m")),
        ("comparison_of_one", &|m| m["kind"] = json!("comparison")),
        ("comparison_of_many", &|m| {
            m["kind"] = json!("comparison");
            m["arms"] = json!(vec![m["arms"][0].clone(); 65]);
        }),
        ("arm_above", &|m| compared(m, "../../above")),
        ("arm_within", &|m| compared(m, "a/b")),
        ("arm_empty", &|m| compared(m, "")),
        ("arms_alike", &|m| {
            let name = m["arms"][0]["name"].as_str().unwrap().to_owned();
            compared(m, &name);
        }),
        ("name_of_arm", &|m| m["arms"][0]["name"] = json!("a\u{1b}[2J")),
        ("no_kind", &|m| drop(m.as_object_mut().unwrap().remove("kind"))),
        ("no_seed", &|m| drop(m.as_object_mut().unwrap().remove("seed"))),
        ("seed_negative", &|m| m["seed"] = json!(-1)),
        ("seed_long", &|m| m["seed"] = json!(long)),
        ("trials_none", &|m| m["trials"] = json!(0)),
        ("trials_many", &|m| m["trials"] = json!(1_000_000_001)),
        ("trials_most", &|m| m["trials"] = json!(u64::MAX)),
        ("trials_half", &|m| m["trials"] = json!(0.5)),
        ("no_arms", &|m| m["arms"] = json!([])),
        ("two_arms", &|m| m["arms"] = json!([m["arms"][0], m["arms"][0]])),
        ("no_texts", &|m| m["arms"][0]["texts"] = json!([])),
        ("set_of_texts", &|m| m["arms"][0]["set"] = json!(vec!["a=1"; 9])),
        ("without_of_texts", &|m| m["arms"][0]["without"] = json!(vec!["x"; 9])),
        ("words_of_texts", &|m| m["arms"][0]["without"] = json!(["x", "y", "z"])),
        ("name_of_file", &|m| m["arms"][0]["file"] = json!("main\u{1b}[2J.toml")),
        ("name_of_text", &|m| m["arms"][0]["texts"][1]["name"] = json!("a\nb")),
        ("name_of_variant", &|m| m["arms"][0]["variant"] = json!("apart\u{7}")),
        ("name_long", &|m| m["arms"][0]["texts"][1]["name"] = json!("n".repeat(5000))),
        ("text_large", &|m| m["arms"][0]["texts"][0]["text"] = json!(" ".repeat(17 << 20))),
        ("file_above", &|m| m["files"][0]["name"] = json!("../main.toml")),
        ("file_within", &|m| m["files"][0]["name"] = json!("charts/../../main.toml")),
        ("file_absolute", &|m| m["files"][0]["name"] = json!("/etc/passwd")),
        ("file_drive", &|m| m["files"][0]["name"] = json!("C:\\main.toml")),
        ("file_empty", &|m| m["files"][0]["name"] = json!("")),
        ("file_twice", &|m| m["files"][1]["name"] = m["files"][0]["name"].clone()),
    ];
    let mut told = String::new();
    for (name, change) in edits {
        edit(&out, change);
        told += &format!("{name}: {}", refused(home.path(), name, 3));
        fs::write(&file, &good).unwrap();
    }
    let deep = "[".repeat(100_000);
    // The scenario has no seed of its own.
    let number = String::from_utf8(good.clone()).unwrap().replace("\"seed\": 0", "\"seed\": 1e999");
    for (name, bytes) in [
        ("empty", &b""[..]),
        ("text", b"notes"),
        ("list", b"[]"),
        ("cut", &good[..20]),
        ("deep", deep.as_bytes()),
        ("number_huge", number.as_bytes()),
        ("latin1", b"{\"program\": \"d\xe9tente\"}"),
        ("zeros", &[0; 100]),
    ] {
        fs::write(&file, bytes).unwrap();
        told += &format!("{name}: {}", refused(home.path(), name, 3));
    }
    let huge = fs::File::create(&file).unwrap();
    huge.set_len(1 << 40).unwrap();
    told += &format!("huge: {}", refused(home.path(), "huge", 3));
    fs::remove_file(&file).unwrap();
    told += &format!("no_manifest: {}", refused(home.path(), "no_manifest", 3));
    fs::create_dir(&file).unwrap();
    told += &format!("folder: {}", refused(home.path(), "folder", 3));
    fs::remove_dir_all(&out).unwrap();
    told += &format!("nothing: {}", refused(home.path(), "nothing", 4));
    fs::write(&out, &good).unwrap();
    told += &format!("file: {}", refused(home.path(), "file", 3));
    insta::assert_snapshot!(told);
}

/// A result of another version may have a scenario that is none for this one.
#[test]
fn a_scenario_that_is_wrong_is_shown_with_its_problems() {
    let home = result(&["--no-charts"]);
    let out = home.path().join("out");
    let good = fs::read(out.join("manifest.json")).unwrap();
    fn replaced<'a>(from: &'a str, to: &'a str) -> impl Fn(&mut Value) + 'a {
        move |manifest: &mut Value| {
            let text = &mut manifest["arms"][0]["texts"][0]["text"];
            let changed = text.as_str().unwrap().replacen(from, to, 1);
            assert!(changed.contains(to));
            *text = json!(changed);
        }
    }
    let cases: &[(&str, Change<'_>)] = &[
        ("key", &replaced("b0 =", "b9 =")),
        ("outside", &replaced("base.toml", "../../base.toml")),
        ("not_kept", &replaced("base.toml", "other.toml")),
        ("circle", &replaced("base.toml", "main.toml")),
        ("set", &|m| {
            m["arms"][0]["set"][0] = json!("states.XAA.isolation=6");
            m["arms"][0]["file"] = json!("");
        }),
        ("no_variant", &|m| m["arms"][0]["variant"] = json!("apaart")),
    ];
    let mut told = String::new();
    for (name, change) in cases {
        edit(&out, change);
        told += &format!("{name}:\n{}\n", refused(home.path(), name, 3));
        fs::write(out.join("manifest.json"), &good).unwrap();
    }
    insta::assert_snapshot!(told);
}

/// Whatever else stands in a manifest is shown without harm, and no more of it than is read.
#[test]
fn words_of_a_manifest_do_not_reach_the_terminal_as_they_are() {
    let home = result(&["--no-charts"]);
    let out = home.path().join("out");
    edit(&out, |manifest| {
        let evil = "\u{1b}[2J\r\n\u{7}".repeat(100);
        manifest["title"] = json!(evil);
        manifest["version"] = json!(evil);
        manifest["binary"] = json!({"sha256": evil, "target": evil, "build": evil});
        manifest["files"][0]["sha256"] = json!(evil);
        manifest["arms"][0]["texts"][0]["sha256"] = json!(evil);
        manifest[&evil] = json!(1);
    });
    for more in [&[][..], &["--all"]] {
        let told = typed(home.path(), &[&["verify", "out"], more].concat());
        assert_eq!((told.code, told.err.as_str()), (1, ""));
        let text = told.out;
        assert!(!text.contains(['\u{1b}', '\r', '\u{7}']), "{text:?}");
        assert!(text.len() < 5_000 && text.lines().count() < 20, "{text}");
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_plain_file_is_not_opened() {
    use std::os::unix::fs::symlink;
    let home = result(&[]);
    let path = |name: &str| home.path().join(name);
    // A table that is a link to the same bytes, a folder that is one, and one to itself.
    fs::rename(path("out/summary.csv"), path("summary.csv")).unwrap();
    symlink("../summary.csv", path("out/summary.csv")).unwrap();
    fs::rename(path("out/charts"), path("charts")).unwrap();
    symlink("../charts", path("out/charts")).unwrap();
    symlink(".", path("out/again")).unwrap();
    let told = typed(home.path(), &["verify", "out"]);
    assert_eq!((told.code, told.err.as_str()), (1, ""));
    insta::assert_snapshot!(support::masked(&told.out));

    // Pipes would be waited for.
    let pipe = |name: &str| {
        let made = std::process::Command::new("mkfifo").arg(path(name)).status();
        made.is_ok_and(|status| status.success())
    };
    fs::remove_file(path("main.toml")).unwrap();
    fs::remove_file(path("out/events.csv")).unwrap();
    if !(pipe("main.toml") && pipe("out/events.csv")) {
        eprintln!("skipped: there is no mkfifo");
        return;
    }
    let told = typed(home.path(), &["verify", "out"]);
    assert!(told.out.contains("main.toml is not there"), "{}", told.out);
    assert!(told.out.contains("events.csv"), "{}", told.out);
    fs::rename(path("out/manifest.json"), path("manifest.json")).unwrap();
    assert!(pipe("out/manifest.json"));
    assert!(refused_as_no_file(home.path()));
    fs::remove_file(path("out/manifest.json")).unwrap();
    symlink("../manifest.json", path("out/manifest.json")).unwrap();
    assert!(refused_as_no_file(home.path()));
}

#[cfg(unix)]
fn refused_as_no_file(home: &Path) -> bool {
    let told = typed(home, &["verify", "out"]);
    told.code == 3 && told.err.contains("its manifest.json is no plain file")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..Default::default() })]

    /// Whatever becomes of the bytes of a manifest, it is read or refused.
    #[test]
    fn no_manifest_makes_the_program_panic(
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..40, "[ -~]{0,8}"), 1..4)
    ) {
        let good = GOOD.get_or_init(|| {
            let home = result(&["--no-charts"]);
            fs::read_to_string(home.path().join("out/manifest.json")).unwrap()
        });
        let mut text = good.clone();
        for (place, length, instead) in edits {
            let start = place.index(text.len());
            let end = (start + length).min(text.len());
            if text.is_char_boundary(start) && text.is_char_boundary(end) {
                text.replace_range(start..end, &instead);
            }
        }
        if let Ok(manifest) = Manifest::read(text.as_bytes()) {
            prop_assert!((1..=1_000_000_000).contains(&manifest.trials));
            if let Err(LoadError::Wrong(wrong)) = manifest.arm().load() {
                prop_assert!(!wrong.report(false).is_empty());
            }
        }
    }
}
