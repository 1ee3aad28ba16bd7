//! The program as a user types it.

#[path = "support/typed.rs"]
mod program;

use std::fs;
use std::path::Path;

use program::{Typed, typed};
use tempfile::TempDir;

const FLAGSHIP: &str = "scenarios/russia-north-korea-2024.toml";

fn detente(arguments: &[&str]) -> Typed {
    typed(Path::new("."), arguments)
}

fn run(out: &Path, more: &[&str]) -> Typed {
    let out = out.display().to_string();
    detente(&[&["run", FLAGSHIP, "--trials", "60", "--out", &out], more].concat())
}

fn home() -> TempDir {
    tempfile::tempdir().expect("a directory for the test")
}

/// Names below a directory, sorted.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .expect("it is there")
        .map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn run_leaves_tables_charts_and_a_manifest() {
    let home = home();
    let out = home.path().join("results");
    let typed = run(&out, &[]);
    assert_eq!(typed.code, 0, "{}", typed.err);
    assert!(typed.out.contains("60 trials of 60 steps"), "{}", typed.out);
    assert!(typed.out.contains("Japan-South Korea defence pact"), "{}", typed.out);
    assert!(typed.out.contains(&out.display().to_string()), "{}", typed.out);
    let files = [
        "blocks.csv",
        "cascades.csv",
        "charts",
        "events.csv",
        "first_dates.csv",
        "manifest.json",
        "measures.csv",
        "network.csv",
        "outcomes.csv",
        "report.html",
        "story_lines.csv",
        "summary.csv",
        "timeline.csv",
    ];
    assert_eq!(names(&out), files);
    assert_eq!(names(home.path()), ["results"], "nothing is left beside the results");
    for name in names(&out.join("charts")) {
        let bytes = fs::read(out.join("charts").join(&name)).unwrap();
        let magic: &[u8] = if name.ends_with("png") { b"\x89PNG" } else { b"<svg" };
        assert!(bytes.starts_with(magic), "{name}");
        assert!(bytes.len() > 5_000, "{name} is not blank: {} bytes", bytes.len());
    }
    assert_eq!(names(&out.join("charts")).len(), 18);
}

#[test]
fn the_manifest_describes_what_is_there() {
    let home = home();
    let out = home.path().join("results");
    run(&out, &["--seed", "7", "--variant", "no-pact"]);
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(out.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["program"], "detente");
    assert_eq!((manifest["seed"].as_u64(), manifest["trials"].as_u64()), (Some(7), Some(60)));
    let arm = &manifest["arms"][0];
    assert_eq!((&manifest["kind"], &arm["variant"]), (&"run".into(), &"no-pact".into()));
    assert_eq!(arm["texts"][0]["text"], fs::read_to_string(FLAGSHIP).unwrap());
    for file in manifest["files"].as_array().unwrap() {
        let bytes = fs::read(out.join(file["name"].as_str().unwrap())).unwrap();
        if let Some(columns) = file["columns"].as_array() {
            let header = String::from_utf8_lossy(&bytes).lines().next().unwrap().to_owned();
            let described: Vec<_> = columns.iter().map(|c| c["name"].as_str().unwrap()).collect();
            assert_eq!(header, described.join(","));
        }
    }
    let parameters = manifest["parameters"].as_array().unwrap();
    let theta = parameters.iter().find(|p| p["name"] == "theta").unwrap();
    assert_eq!(
        (theta["value"].as_f64(), theta["evidence"].as_str()),
        (Some(0.25), Some("calibrated"))
    );
}

#[test]
fn seed_threads_and_charts_do_what_they_say() {
    let home = home();
    let folder = |name: &str| home.path().join(name);
    let summary = |name: &str| fs::read(folder(name).join("summary.csv")).unwrap();
    run(&folder("one"), &["--threads", "1", "--no-charts"]);
    run(&folder("two"), &["--threads", "2", "--no-charts"]);
    run(&folder("other"), &["--seed", "1", "--no-charts"]);
    assert!(summary("one") == summary("two"));
    assert!(summary("one") != summary("other"));
    assert!(!folder("one").join("charts").exists());
    let manifest = fs::read(folder("one").join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    let listed = manifest["files"].as_array().expect("a list").iter();
    let listed: Vec<_> = listed.map(|file| file["name"].as_str().unwrap()).collect();
    assert!(listed.contains(&"summary.csv"), "{listed:?}");
    // The command as typed may have the word in a path.
    assert!(!listed.iter().any(|name| name.contains("charts")), "no chart that is not there");
}

#[test]
fn existing_results_are_refused_without_force_and_others_always() {
    let home = home();
    let out = home.path().join("results");
    assert_eq!(run(&out, &["--no-charts"]).code, 0);
    let before = fs::read(out.join("manifest.json")).unwrap();
    let refused = run(&out, &["--no-charts", "--seed", "3"]);
    assert_eq!(refused.code, 4);
    assert!(refused.err.contains("exists already; give --force"), "{}", refused.err);
    assert_eq!(fs::read(out.join("manifest.json")).unwrap(), before);
    assert_eq!(run(&out, &["--no-charts", "--seed", "3", "--force"]).code, 0);
    assert!(fs::read(out.join("manifest.json")).unwrap() != before);

    let thesis = home.path().join("thesis");
    fs::create_dir(&thesis).unwrap();
    fs::write(thesis.join("chapter.txt"), "years of work").unwrap();
    let refused = run(&thesis, &["--force"]);
    assert_eq!(refused.code, 4);
    assert!(refused.err.contains("is no directory of results of detente"), "{}", refused.err);
    assert_eq!(names(&thesis), ["chapter.txt"]);
}

#[test]
fn a_wrong_scenario_is_exit_3_and_runs_nothing() {
    let home = home();
    let file = home.path().join("wrong.toml");
    let text = fs::read_to_string(FLAGSHIP).unwrap();
    fs::write(&file, text.replace("isolation = 0.66", "isolatoin = 0.66")).unwrap();
    let (file, out) = (file.display().to_string(), home.path().join("results"));
    for arguments in [vec!["check", &file], vec!["run", &file, "--out", out.to_str().unwrap()]] {
        let typed = detente(&arguments);
        assert_eq!(typed.code, 3);
        assert!(typed.err.contains("did you mean `isolation`?"), "{}", typed.err);
        assert!(typed.err.contains("wrong.toml:"), "{}", typed.err);
        assert!(typed.out.is_empty());
    }
    assert!(!out.exists());
}

#[test]
fn check_says_what_is_in_a_scenario() {
    let typed = detente(&["check", FLAGSHIP]);
    assert_eq!((typed.code, typed.err.as_str()), (0, ""));
    insta::assert_snapshot!(typed.out);
    let variant = detente(&["check", FLAGSHIP, "--variant", "forecast"]);
    assert!(variant.out.contains("events: 0"), "{}", variant.out);
    let rich = detente(&["check", "tests/support/rich.toml"]);
    insta::assert_snapshot!("check_of_much", rich.out);
}

/// A scenario of several files, changed on the command line: the manifest has it all, and any trial
/// can be replayed from it.
#[test]
fn scenarios_of_several_files_and_changes_are_in_the_manifest() {
    let home = home();
    let write = |name: &str, text: &str| fs::write(home.path().join(name), text).unwrap();
    write("states.csv", "code,capability,isolation,ideal_point\nXAA,0.02,0.5,1\nXBB,0.01,0.4,-1\n");
    write(
        "base.toml",
        "title = \"base\"\nstates = \"states.csv\"\n[run]\nstart = 2000-01-01\nend = 2001-01-01\n\
         [dyads]\ndefault = { distance_km = 10 }\n",
    );
    write(
        "main.toml",
        "extends = \"base.toml\"\ntitle = \"main\"\n[processes.crisis]\nb0 = \"normal(-6, 0.1)\"\n\
         [outcomes.disputes]\nvalue = \"times('dispute')\"\nat = \"end\"\n",
    );
    let file = home.path().join("main.toml").display().to_string();
    let out = home.path().join("out");
    let set = ["--set", "states.XAA.isolation=0.6", "--set", "title=It's changed"];
    let places = ["run", &file, "--trials", "50", "--out", out.to_str().unwrap()];
    let typed = detente(&[&places[..], &set].concat());
    assert_eq!(typed.code, 0, "{}", typed.err);
    assert!(typed.out.starts_with("It's changed\n"), "{}", typed.out);
    assert!(typed.out.contains("Disputes"), "{}", typed.out);
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(out.join("manifest.json")).unwrap()).unwrap();
    let scenario = &manifest["arms"][0];
    let texts =
        scenario["texts"].as_array().unwrap().iter().map(|text| text["name"].as_str().unwrap());
    assert_eq!(texts.collect::<Vec<_>>()[1..], ["base.toml", "states.csv", "--set", "--set"]);
    assert_eq!(scenario["set"][0], "states.XAA.isolation=0.6");
    assert_eq!(manifest["uncertain"][0]["key"], "processes.crisis.b0");
    let summary = fs::read_to_string(out.join("summary.csv")).unwrap();
    assert!(summary.contains("isolation,XAA,2000-01-01,50,0.6,"), "{summary}");
    let replayed = detente(&[&["replay", &file, "--trial", "3"][..], &set].concat());
    assert!(replayed.out.starts_with("It's changed: trial 3"), "{}", replayed.out);
    let checked = detente(&[&["check", &file][..], &set].concat());
    assert!(checked.out.contains("\n  uncertain numbers: 1\n"), "{}", checked.out);
    let files = format!("\n  files read: {file}, base.toml, states.csv\n");
    // A long path stands in a line of its own.
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat(&checked.out).contains(&flat(&files)), "{}", checked.out);

    let wrong = detente(&["check", &file, "--set", "states.XAA.isolation=6"]);
    assert_eq!(wrong.code, 3);
    assert!(wrong.err.contains("--> --set:1:22"), "{}", wrong.err);
    fs::remove_file(home.path().join("states.csv")).unwrap();
    assert_eq!(detente(&["check", &file]).code, 3);
}

#[test]
fn the_schema_is_printed_or_written() {
    let typed = detente(&["schema"]);
    assert_eq!((typed.code, typed.err.as_str()), (0, ""));
    let schema: serde_json::Value = serde_json::from_str(&typed.out).expect("it is JSON");
    assert_eq!(schema["title"], "A scenario of detente");
    let home = home();
    let file = home.path().join("detente.schema.json").display().to_string();
    assert_eq!(detente(&["schema", "--out", &file]).code, 0);
    assert_eq!(fs::read_to_string(&file).unwrap(), typed.out);
    assert_eq!(detente(&["schema", "--out", &file]).code, 4, "nothing is overwritten unasked");
    assert_eq!(detente(&["schema", "--out", &file, "--force"]).code, 0);
    assert_eq!(detente(&["schema", "--force"]).code, 2);
}

#[test]
fn explain_knows_keys_hypotheses_and_functions() {
    for (arguments, says) in [
        (&["key", "events.rate"][..], "a number or a distribution"),
        (&["key", "events"], "probability"),
        (&["key"], "correlations"),
        (&["hypothesis", "no_deterrence"], "sets: crisis.delta = 0"),
        (&["function", "at_war"], "at_war(S, T)"),
    ] {
        let typed = detente(&[&["explain"], arguments].concat());
        assert_eq!(typed.code, 0, "{arguments:?}: {}", typed.err);
        assert!(typed.out.contains(says), "{arguments:?}: {}", typed.out);
    }
    for (arguments, near) in [
        (["key", "events.x.raet"], "rate"),
        (["hypothesis", "no_deterence"], "no_deterrence"),
        (["function", "atwar"], "at_war"),
    ] {
        let typed = detente(&[&["explain"], &arguments[..]].concat());
        assert_eq!(typed.code, 2);
        assert!(typed.err.contains(near), "{arguments:?}: {}", typed.err);
    }
}

#[test]
fn usage_errors_are_exit_2() {
    for arguments in [
        &["run"][..],
        &["fly"],
        &["run", FLAGSHIP, "--trials", "0"],
        &["run", FLAGSHIP, "--trials", "many"],
        &["run", FLAGSHIP, "--trials", "2000000000"],
        &["run", FLAGSHIP, "--threads", "0"],
        &["run", FLAGSHIP, "--seed", "-1"],
        &["run", FLAGSHIP, "--variant", "no-pakt"],
        &["check", FLAGSHIP, "--variant", "x"],
    ] {
        let typed = detente(arguments);
        assert_eq!(typed.code, 2, "{arguments:?}: {}", typed.err);
        assert!(!typed.err.is_empty());
    }
    let typed = detente(&["run", FLAGSHIP, "--variant", "no-pakt"]);
    assert!(typed.err.contains("did you mean `no-pact`?"), "{}", typed.err);
}

#[test]
fn missing_files_and_unwritable_places_are_exit_4() {
    let home = home();
    let missing = detente(&["check", "no/such/file.toml"]);
    assert_eq!(missing.code, 4);
    assert!(missing.err.contains("cannot read no/such/file.toml"), "{}", missing.err);
    let file = home.path().join("file");
    fs::write(&file, "x").unwrap();
    let below = run(&file.join("results"), &[]);
    assert_eq!(below.code, 4, "{}", below.err);
    assert!(below.err.contains("cannot write"), "{}", below.err);
    let binary = home.path().join("binary.toml");
    fs::write(&binary, [0xff, 0xfe, 0x00]).unwrap();
    assert_eq!(
        detente(&["check", binary.to_str().unwrap()]).code,
        3,
        "no text is a wrong scenario"
    );
}

#[test]
fn help_explains_each_command() {
    for (arguments, says) in [
        (&["--help"][..], "Exit codes: 0 done"),
        (&["run", "--help"], "report on any number of threads"),
        (&["check", "--help"], "every problem at once"),
        (&["init", "--help"], "detente init old.toml --force"),
        (&["completions", "--help"], "detente completions fish >"),
        (&["man", "--help"], "detente man | man -l -"),
    ] {
        let typed = detente(arguments);
        assert_eq!(typed.code, 0);
        let flat = typed.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains(says), "{}", typed.out);
    }
    assert!(detente(&["--version"]).out.starts_with("detente 0."));
}

/// What is no scenario file but may have been meant is named in one message.
#[test]
fn a_folder_or_a_manifest_is_no_scenario_file() {
    let home = home();
    let done = typed(home.path(), &["init", "first.toml"]);
    assert_eq!(done.code, 0, "{}", done.err);
    fs::create_dir(home.path().join("empty")).unwrap();
    let run = ["run", "first.toml", "--trials", "8", "--out", "result", "--quiet"];
    assert_eq!(typed(home.path(), &run).code, 0);
    for (arguments, code, said) in [
        (
            &["run", "."][..],
            2,
            "error: . is a folder, not a scenario file; give one of the files in it: ./first.toml\n",
        ),
        (
            &["check", "empty"],
            2,
            "error: empty is a folder, not a scenario file; there is no *.toml in it\n",
        ),
        (
            &["compare", "result", "--variant", "x"],
            2,
            "error: result is a folder, not a scenario file; if it is a result, `detente rerun` \
             repeats it, and `detente replay FILE --trial K` tells a trial of the scenario's own file, which \
             its manifest.json names\n",
        ),
    ] {
        let refused = typed(home.path(), arguments);
        assert_eq!((refused.code, refused.err.as_str()), (code, said), "{arguments:?}");
        assert_eq!(refused.out, "", "{arguments:?}");
    }
    let refused = typed(home.path(), &["run", "result/manifest.json"]);
    assert_eq!(refused.code, 3, "{}", refused.err);
    assert!(refused.err.contains("`detente rerun DIR` repeats"), "{}", refused.err);
    assert!(refused.err.contains("1 problem in result/manifest.json"), "{}", refused.err);
}

/// The last line says how much there is and where, not every name; `--json` has these.
#[test]
fn what_was_written_is_counted() {
    let home = home();
    let out = home.path().join("results");
    let typed = run(&out, &[]);
    let last = typed.out.lines().last().unwrap_or_default();
    let counts = "10 tables, 9 charts (PNG, SVG), manifest.json, report.html";
    assert_eq!(last, format!("{}: {counts}", out.display()));
}
