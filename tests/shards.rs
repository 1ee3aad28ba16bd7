//! Work for more than one machine: shards, their status, a plan, and the result that is made of them.

#[path = "support/results.rs"]
mod support;

use std::fs;
use std::path::Path;

use serde_json::Value;
use support::{Typed, names, typed, write_scenario};
use tempfile::TempDir;

const RUN: [&str; 5] = ["run", "main.toml", "--trials", "330", "--threads"];

fn home() -> TempDir {
    let home = tempfile::tempdir().expect("a directory for the test");
    write_scenario(home.path());
    home
}

fn shard(home: &Path, which: &str, more: &[&str]) -> Typed {
    typed(home, &[&RUN[..], &["2", "--shard", which, "--out", "shards"], more].concat())
}

/// A folder with the shards of a run, and without what they were made from.
fn sharded(of: u64) -> TempDir {
    let home = home();
    for number in 1..=of {
        let done = shard(home.path(), &format!("{number}/{of}"), &[]);
        assert_eq!((done.code, done.err.as_str()), (0, ""));
    }
    home
}

fn merged(home: &Path, more: &[&str]) -> Typed {
    typed(home, &[&["merge", "shards", "--out", "out", "--no-charts"], more].concat())
}

fn refused(home: &Path, more: &[&str], message: &str) {
    let refused = merged(home, more);
    assert_eq!((refused.code, refused.out.as_str()), (3, ""), "{}", refused.err);
    assert!(refused.err.contains(message), "{}", refused.err);
    assert!(!home.join("out").exists());
}

#[test]
fn the_result_is_that_of_one_process_and_needs_nothing_but_the_shards() {
    let home = sharded(3);
    let out = shard(home.path(), "3/3", &["--resume"]);
    assert_eq!(out.code, 0, "{}", out.err);
    assert_eq!(out.out, "shard 3 of 3: 74 trials, shards/shard-3-of-3.blocks\n");
    assert_eq!(out.err, "going on after 74 trials from shards/shard-3-of-3.blocks\n");
    let whole = typed(home.path(), &[&RUN[..], &["1", "--out", "whole"]].concat());
    assert_eq!(whole.code, 0, "{}", whole.err);
    for path in ["main.toml", "base.toml"] {
        fs::remove_file(home.path().join(path)).unwrap();
    }
    fs::remove_dir_all(home.path().join("tables")).unwrap();

    let status = typed(home.path(), &["shards", "status", "shards"]);
    assert_eq!((status.code, status.err.as_str()), (0, ""));
    let done = typed(home.path(), &["merge", "shards", "--out", "out"]);
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    assert!(done.out.starts_with("main: 330 trials from 3 block files, seed 0\n"), "{}", done.out);
    assert_eq!(names(&home.path().join("whole")), names(&home.path().join("out")));
    for name in names(&home.path().join("whole")) {
        let bytes = |folder: &str| fs::read(home.path().join(folder).join(&name)).unwrap();
        if name == "manifest.json" {
            let manifest = |folder: &str| -> Value {
                let mut manifest: Value = serde_json::from_slice(&bytes(folder)).unwrap();
                manifest["command"] = Value::Null;
                manifest
            };
            assert_eq!(manifest("whole"), manifest("out"));
        } else {
            assert!(bytes("whole") == bytes("out"), "{name}");
        }
    }
    assert_eq!(typed(home.path(), &["verify", "out", "--all"]).code, 0);
}

#[test]
fn more_shards_than_blocks_leave_some_without() {
    let home = sharded(7);
    let status = typed(home.path(), &["shards", "status", "shards"]);
    assert!(status.out.contains("complete   1-7\n"), "{}", status.out);
    assert_eq!(merged(home.path(), &[]).code, 0);
}

#[test]
fn gaps_overlaps_and_strangers_are_named() {
    let home = sharded(3);
    let shards = home.path().join("shards");
    let part = |name: &str| shards.join(name);
    fs::rename(part("shard-2-of-3.blocks"), home.path().join("aside")).unwrap();
    refused(home.path(), &[], "blocks 2 to 3 (shard 2) of 6 are missing");
    let status = typed(home.path(), &["shards", "status", "shards"]);
    assert_eq!((status.code, status.err.as_str()), (1, ""));
    assert_eq!(
        status.out,
        "shards: main, 330 trials in 3 shards, seed 0\n  complete   1, 3\n  missing    2\n\
         verdict: 1 of 3 shards are wanting\n"
    );
    refused(home.path(), &["aside", "aside"], "both have blocks 2 to 3");

    // Of the same blocks, but of another seed, number of trials, or kind.
    let other = |more: &[&str], why: &str| {
        let line = ["run", "main.toml", "--shard", "2/3", "--out", "others", "--trials"];
        let done = typed(home.path(), &[&line[..], more].concat());
        assert_eq!(done.code, 0, "{}", done.err);
        refused(home.path(), &["others"], why);
        fs::rename(home.path().join("others/shard-2-of-3.blocks"), part("shard-2-of-3.blocks"))
            .unwrap();
        let status = typed(home.path(), &["shards", "status", "shards"]);
        assert_eq!(status.code, 1);
        assert!(status.out.contains("foreign    shard-2-of-3.blocks: "), "{}", status.out);
        assert!(status.out.contains(why), "{}", status.out);
        fs::remove_file(part("shard-2-of-3.blocks")).unwrap();
    };
    other(&["330", "--seed", "5"], "its seed is 5, not 0");
    other(&["331"], "it is of 331 trials in all, not 330");
    other(&["330", "--set", "title=x"], "its --set for `main` is `title=x`, not nothing");

    let mut bytes = fs::read(home.path().join("aside")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(part("shard-2-of-3.blocks"), &bytes).unwrap();
    fs::write(part("slurm-17.out"), "").unwrap();
    refused(home.path(), &[], "shard-2-of-3.blocks cannot be used: it is damaged");
    let status = typed(home.path(), &["shards", "status", "shards"]);
    assert_eq!(
        status.out,
        "shards: main, 330 trials in 3 shards, seed 0\n  complete   1, 3\n  missing    2\n  \
         damaged    shard-2-of-3.blocks: it is damaged: its bytes have not the hash at their end\n  \
         other      slurm-17.out\nverdict: 1 of 3 shards are wanting\n"
    );
}

#[test]
fn nothing_is_made_of_nothing() {
    let home = home();
    fs::create_dir(home.path().join("shards")).unwrap();
    refused(home.path(), &[], "there are no block files");
    let status = typed(home.path(), &["shards", "status", "shards"]);
    assert_eq!((status.code, status.out.as_str()), (3, ""));
    assert_eq!(status.err, "error: shards has no shards\n");
    for command in [&["merge", "nowhere", "--out", "out"][..], &["shards", "status", "nowhere"]] {
        let absent = typed(home.path(), command);
        assert_eq!(absent.code, 4);
        assert!(absent.err.contains("cannot read nowhere"), "{}", absent.err);
    }
    let whole = typed(home.path(), &["merge", "main.toml", "--out", "out"]);
    assert_eq!(whole.code, 3);
    assert!(whole.err.contains("main.toml cannot be used: it is no block file"), "{}", whole.err);
}

#[test]
fn shards_of_one_number_stand_in_a_directory() {
    let home = sharded(3);
    let other = shard(home.path(), "1/4", &[]);
    assert_eq!(other.code, 4);
    let why =
        "shards has shards of 3, such as shard-1-of-3.blocks; shard 1 of 4 does not go with them";
    assert!(other.err.contains(why), "{}", other.err);
    let again = shard(home.path(), "1/3", &[]);
    assert_eq!(again.code, 4);
    let why = "shards/shard-1-of-3.blocks has 128 trials of shard 1 of 3; add --resume";
    assert!(again.err.contains(why), "{}", again.err);
}

#[test]
fn what_cannot_be_split_is_a_usage_error() {
    let home = home();
    let usage = |arguments: &[&str], why: &str| {
        let refused = typed(home.path(), arguments);
        assert_eq!((refused.code, refused.out.as_str()), (2, ""), "{}", refused.err);
        assert!(refused.err.contains(why), "{}", refused.err);
    };
    for text in ["0/3", "4/3", "x", "1/0", "auto"] {
        usage(&["run", "main.toml", "--shard", text], "--shard <I/N>");
    }
    let rule = "ci_width(disputes) < 0.1";
    usage(&["run", "main.toml", "--shard", "1/3", "--until", rule], "cannot be used with");
    let set = format!("run.trials.until={rule}");
    let with_rule = ["run", "main.toml", "--shard", "1/3", "--set", &set];
    usage(&with_rule, "shards need a number of trials");
    usage(&["run", "main.toml", "--shard", "1/3", "--force"], "cannot be used with");
    let plan = ["shards", "plan", "main.toml", "--engine", "shell", "--"];
    usage(&[&plan[..], &["--shard", "1/3"]].concat(), "--shard is none of the options");
    usage(&[&plan[..], &["--set", &set]].concat(), "shards need a number of trials");
    usage(&[&plan[..], &["--trails", "3"]].concat(), "--trials");
}

#[test]
fn a_scheduler_says_which_shard_a_task_is() {
    let home = home();
    let task = |variables: &[(&str, &str)]| {
        let mut command = assert_cmd::Command::new(assert_cmd::cargo::cargo_bin!("detente"));
        let arguments = [&RUN[..], &["1", "--shard", "auto", "--out", "shards"]].concat();
        command.args(arguments).current_dir(home.path()).envs(variables.iter().copied());
        command.output().unwrap()
    };
    let array = [("SLURM_ARRAY_TASK_ID", "0"), ("SLURM_ARRAY_TASK_MIN", "0")];
    let count = [("SLURM_ARRAY_TASK_MAX", "2"), ("SLURM_ARRAY_TASK_COUNT", "3")];
    let done = task(&[array, count].concat());
    assert_eq!(done.status.code(), Some(0));
    assert!(home.path().join("shards/shard-1-of-3.blocks").exists());
    let pbs = task(&[("PBS_ARRAY_INDEX", "1")]);
    assert_eq!(pbs.status.code(), Some(2));
    let err = String::from_utf8(pbs.stderr).unwrap();
    assert!(err.contains("--shard \"$PBS_ARRAY_INDEX/N\""), "{err}");
}

#[cfg(unix)]
#[test]
fn a_planned_script_runs_and_its_shards_make_the_result() {
    let home = home();
    let trials = ["--trials", "330", "--variant", "apart"];
    let plan = |engine: &str, more: &[&str]| {
        let plan = ["shards", "plan", "main.toml", "--engine", engine, "--out", "my shards"];
        let planned = typed(home.path(), &[&plan[..], more, &["--"], &trials].concat());
        assert_eq!((planned.code, planned.err.as_str()), (0, ""));
        planned.out
    };
    for more in [&[][..], &["--compare"]] {
        let script = plan("shell", more);
        // A minute is more than enough for all of it.
        assert!(script.contains("while [ \"$shard\" -le 1 ]"), "{script}");
        let script = script.replace("-le 1 ]", "-le 4 ]").replace("/1\"", "/4\"");
        fs::write(home.path().join("script"), &script).unwrap();
        let mut shell = assert_cmd::Command::new("sh");
        let ran = shell.arg("script").current_dir(home.path()).output().unwrap();
        let out = String::from_utf8(ran.stdout).unwrap();
        assert_eq!(ran.status.code(), Some(0), "{script}\n{out}");
        assert!(out.contains("verdict: complete"), "{out}");
        let merge = ["merge", "my shards", "--out", "out", "--no-charts"];
        assert_eq!(typed(home.path(), &merge).code, 0);
        assert_eq!(typed(home.path(), &["verify", "out", "--all"]).code, 0);
        fs::remove_dir_all(home.path().join("out")).unwrap();
        fs::remove_dir_all(home.path().join("my shards")).unwrap();
    }
    let slurm = plan("slurm", &["--minutes", "5"]);
    assert!(slurm.starts_with("#!/bin/bash\n#SBATCH --job-name=detente\n#SBATCH --array=1-1\n"));
    assert!(slurm.contains("#SBATCH --time=11\n"), "{slurm}");
    assert!(slurm.contains("--variant apart --threads "), "{slurm}");
    let ending = "--shard \"$SLURM_ARRAY_TASK_ID/1\" --out 'my shards' --resume\n";
    assert!(slurm.ends_with(ending), "{slurm}");
    let pbs = plan("pbs", &[]);
    assert!(pbs.contains("#PBS -l walltime=02:01:00\n"), "{pbs}");
    assert!(pbs.ends_with("--shard \"1/1\" --out 'my shards' --resume\n"), "{pbs}");
    assert!(!home.path().join("results").exists());
}

/// Events that set each other off without end, in those trials in which they begin.
const ENDLESS: &str = "title = \"endless\"\n[run]\nstart = 2000-01-01\nend = 2001-01-01\n[states]\n\
    XAA = { capability = 0.02, isolation = 0.5, ideal_point = 1 }\n\
    XBB = { capability = 0.01, isolation = 0.4, ideal_point = -1 }\n\
    [dyads]\nXAA-XBB = { distance_km = 10 }\n\
    [treaties.pact]\nmembers = [\"XAA\", \"XBB\"]\nobligations = [\"defence\"]\n\
    [events.first]\nrate = 0.02\nonce = true\nactions = [{ sign = \"pact\" }]\n\
    [events.off]\nwhen = \"fired('first') and signed('pact')\"\nonce = false\nactions = [{ terminate = \"pact\" }]\n\
    [events.on]\nwhen = \"fired('first') and not signed('pact')\"\nonce = false\nactions = [{ sign = \"pact\" }]\n\
    [variant.sooner]\nevents.first.rate = 0.04\n";

/// What is left out of the program says how to get it.
#[cfg(not(feature = "mpi"))]
#[test]
fn a_program_without_mpi_joins_no_job() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("endless.toml"), ENDLESS).unwrap();
    for command in ["run", "compare"] {
        let refused = typed(home.path(), &[command, "endless.toml", "--mpi"]);
        assert_eq!((refused.code, refused.out.as_str()), (2, ""));
        let how = "build it with `cargo install --path . --features mpi`";
        assert_eq!(refused.err, format!("error: this detente was built without MPI; {how}\n"));
    }
    assert!(!home.path().join("results").exists());
}

/// A trial that fails is told with its reason and the command that replays it, by every command.
#[test]
fn failed_trials_are_told_by_all_and_may_stop_a_run() {
    let home = tempfile::tempdir().unwrap();
    fs::write(home.path().join("endless.toml"), ENDLESS).unwrap();
    let lines = |out: &str| ["--trials", "640", "--out", out].map(str::to_owned);
    let run = |first: &[&str], out: &str, more: &[&str]| {
        let lines = lines(out);
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        typed(home.path(), &[first, &lines, more].concat())
    };
    let alone = ["run", "endless.toml"];
    let compare = ["compare", "endless.toml", "--variant", "sooner"];
    let whole = run(&alone, "run", &["--no-charts"]);
    assert_eq!(whole.code, 0);
    let manifest = fs::read(home.path().join("run/manifest.json")).unwrap();
    let manifest: Value = serde_json::from_slice(&manifest).unwrap();
    let first = &manifest["failures"][0];
    let replay = first["replay"].as_str().unwrap();
    let reason = "more than 10000 events set each other off on one day";
    assert_eq!(first["reason"], reason);
    let told = format!("  trial {}: {reason}\n    {replay}\n", first["trial"]);
    assert!(whole.err.contains(&told), "{}", whole.err);

    // Of a comparison, a trial may fail in one of the scenarios only.
    let compared = run(&compare, "compare", &["--no-charts"]);
    assert_eq!(compared.code, 0);
    assert!(compared.err.contains(&told), "{}", compared.err);
    assert!(compared.err.contains("--variant sooner"), "{}", compared.err);

    for number in 1..=2 {
        let number = format!("{number}/2");
        assert_eq!(run(&alone, "shards", &["--shard", &number]).code, 0);
    }
    let merge = typed(home.path(), &["merge", "shards", "--out", "merged", "--no-charts"]);
    assert!(merge.err.contains(&told), "{}", merge.err);
    let status = typed(home.path(), &["shards", "status", "shards"]);
    let count = format!("failed     {} trials", manifest["failed"]);
    assert!(status.out.contains(&count), "{}", status.out);

    for threads in ["1", "2", "7"] {
        let stop = ["--fail-fast", "--threads", threads, "--save-every", "0"];
        let stopped = run(&alone, "stopped", &stop);
        assert_eq!((stopped.code, stopped.out.as_str()), (1, ""));
        let expected = format!("error: trial {} failed: {reason}\n  {replay}\n", first["trial"]);
        assert_eq!(stopped.err, expected);
        let _ = fs::remove_dir_all(home.path().join("stopped.part"));
        let stopped = run(&compare, "stopped", &stop);
        assert_eq!((stopped.code, stopped.out.as_str()), (1, ""));
        let _ = fs::remove_dir_all(home.path().join("stopped.part"));
        assert!(!home.path().join("stopped").exists());
    }
    let words = replay.split_whitespace().skip(1).collect::<Vec<_>>();
    let replayed = typed(home.path(), &words);
    assert_eq!(replayed.code, 1);
    let ending = format!("trial {} failed: {reason}\n", first["trial"]);
    assert!(replayed.err.ends_with(&ending), "{}", replayed.err);
}
