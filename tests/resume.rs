//! Runs that are interrupted, and go on: nothing is lost, nothing is mixed, and the bytes are the same.
#![cfg(unix)]

#[path = "support/results.rs"]
mod support;

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::{Duration, Instant};

use support::{Typed, names, typed, write_scenario};
use tempfile::TempDir;

const RUN: [&str; 5] = ["run", "main.toml", "--no-charts", "--trials", "6400"];
const COMPARE: [&str; 7] =
    ["compare", "main.toml", "--variant", "apart", "--no-charts", "--trials", "3200"];

fn home() -> TempDir {
    let home = tempfile::tempdir().expect("a directory for the test");
    write_scenario(home.path());
    home
}

/// Starts a command in a folder; what it says is thrown away.
fn started(folder: &Path, arguments: &[&str]) -> Child {
    Command::new(assert_cmd::cargo::cargo_bin!("detente"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts")
}

/// Starts a command and ends it as soon as its block file is there.
fn interrupted(folder: &Path, arguments: &[&str], part: &str, signal: &str) -> Typed {
    let child = Command::new(assert_cmd::cargo::cargo_bin!("detente"))
        .args(arguments)
        .current_dir(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let begun = Instant::now();
    while !folder.join(part).exists() && begun.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(2));
    }
    let sent = Command::new("kill").args([signal, &child.id().to_string()]).status();
    assert!(sent.expect("there is `kill`").success(), "it still runs");
    let output = child.wait_with_output().expect("it ends");
    let text = |bytes| String::from_utf8(bytes).expect("it prints text");
    let code = output.status.code().unwrap_or(-1);
    Typed { code, out: text(output.stdout), err: text(output.stderr) }
}

/// Holds two results to the same bytes; the manifests may differ in the command.
fn same(one: &Path, other: &Path) {
    assert_eq!(names(one), names(other));
    for name in names(one) {
        let bytes = |folder: &Path| fs::read(folder.join(&name)).expect("it can be read");
        if name == "manifest.json" {
            let manifest = |folder| {
                let mut value: serde_json::Value = serde_json::from_slice(&bytes(folder)).unwrap();
                value["command"] = serde_json::Value::Null;
                value
            };
            assert_eq!(manifest(one), manifest(other));
        } else {
            assert!(bytes(one) == bytes(other), "{name} differs");
        }
    }
}

/// A command whole, and once more, killed at twenty random moments: the same bytes.
fn killed_at_random(command: &[&str], seed: u64) {
    let home = home();
    let begun = Instant::now();
    let whole = typed(home.path(), &[command, &["--out", "whole"]].concat());
    assert_eq!(whole.code, 0, "{}", whole.err);
    // However fast the machine is, moments lie between the start and the end.
    let longest = u64::try_from(begun.elapsed().as_millis()).unwrap().max(20);
    let go_on = [command, &["--out", "parts", "--resume", "--save-every", "0"]].concat();
    let (mut state, mut went_on) = (seed, 0);
    for _ in 0..20 {
        // Knuth's multiplier; the upper bits are random enough for a moment.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let mut child = started(home.path(), &go_on);
        std::thread::sleep(Duration::from_millis((state >> 33) % longest));
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        went_on += usize::from(home.path().join("parts.part/findings.blocks").exists());
        if home.path().join("parts").exists() {
            // It was done before it was killed: once more.
            same(&home.path().join("whole"), &home.path().join("parts"));
            fs::remove_dir_all(home.path().join("parts")).unwrap();
        }
    }
    assert!(went_on > 3, "there was something to go on with {went_on} times");
    let done = typed(home.path(), &go_on);
    assert_eq!(done.code, 0, "{}", done.err);
    same(&home.path().join("whole"), &home.path().join("parts"));
    assert!(!home.path().join("parts.part").exists(), "nothing is left");
}

#[test]
fn a_run_that_is_killed_goes_on_to_the_same_bytes() {
    killed_at_random(&RUN, 1);
}

#[test]
fn so_does_one_with_a_rule() {
    let rule = "ci_width(disputes) < 0.0068";
    killed_at_random(&["run", "main.toml", "--no-charts", "--until", rule], 2);
}

#[test]
fn so_does_a_comparison() {
    killed_at_random(&COMPARE, 3);
}

#[test]
fn who_asks_it_to_stop_is_told_how_to_go_on() {
    let home = home();
    for (signal, code) in [("-INT", 130), ("-TERM", 143)] {
        let out = format!("out{code}");
        let command = [&RUN[..4], &["200_000", "--save-every", "0", "--out", &out]].concat();
        let begun = Instant::now();
        let part = format!("{out}.part/findings.blocks");
        let stopped = interrupted(home.path(), &command, &part, signal);
        assert!(begun.elapsed() < Duration::from_secs(60));
        assert_eq!((stopped.code, stopped.out.as_str()), (code, ""), "{}", stopped.err);
        assert!(stopped.err.starts_with("stopped after "), "{}", stopped.err);
        assert!(
            stopped.err.contains(&format!("of 200000 trials, kept in {out}.part; to go on:\n"))
        );
        let ending = format!("--trials 200_000 --save-every 0 --out {out} --resume");
        assert!(stopped.err.trim_end().ends_with(&ending), "{}", stopped.err);
        assert!(!home.path().join(&out).exists());

        // Going on to fewer trials, of the same blocks, ends at once.
        let trials = stopped.err.split_whitespace().nth(2).unwrap();
        let go_on = [&RUN[..4], &[trials, "--out", &out, "--resume"]].concat();
        let done = typed(home.path(), &go_on);
        assert_eq!(done.code, 0, "{}", done.err);
        let going_on = format!("going on after {trials} trials from {part}\n");
        assert_eq!(done.err, going_on);
        assert!(
            done.out.contains(&format!("{trials} trials ({trials} before) of")),
            "{}",
            done.out
        );
        let whole = [&RUN[..4], &[trials, "--out", "whole", "--force"]].concat();
        assert_eq!(typed(home.path(), &whole).code, 0);
        same(&home.path().join("whole"), &home.path().join(&out));
    }
}

/// A run of so many states from 2000 to the end of a year that has just begun, on one thread; nothing
/// is kept of it yet.
fn many_states(home: &Path, states: usize, end: u16) -> (Child, BufReader<ChildStderr>) {
    let letters = || 'A'..='Z';
    let codes = letters().flat_map(|a| letters().map(move |b| format!("X{a}{b}"))).take(states);
    let states: String = codes
        .map(|code| {
            format!("{code} = {{ capability = 0.003, isolation = 0.5, ideal_point = 0 }}\n")
        })
        .collect();
    let text = format!(
        "title = \"many\"\n[run]\nstart = 2000-01-01\nend = {end}-01-01\n[states]\n{states}\
         [dyads]\ndefault = {{ distance_km = 100 }}\n[summary]\ndyads = []\n"
    );
    fs::write(home.join("many.toml"), text).unwrap();
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("detente"))
        .args(["run", "many.toml", "--resume", "--out", "out", "--threads", "1"])
        .current_dir(home)
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut err = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    err.read_line(&mut line).unwrap();
    assert_eq!(line, "there is no out.part/findings.blocks to go on with: beginning\n");
    (child, err)
}

#[test]
fn who_asks_to_stop_does_not_wait_for_a_slow_block() {
    let home = tempfile::tempdir().unwrap();
    // A trial takes part of a second, a block of 64 far longer than the test.
    let (mut child, mut err) = many_states(home.path(), 60, 2005);
    std::thread::sleep(Duration::from_secs(1));
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(sent.expect("there is `kill`").success());
    let asked = Instant::now();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
    let mut said = String::new();
    err.read_to_string(&mut said).unwrap();
    let nothing = "stopped before the first block of trials had ended; nothing is kept";
    assert!(said.contains(nothing), "{said}");
}

#[test]
fn a_stop_loses_no_block_that_has_ended() {
    let home = tempfile::tempdir().unwrap();
    // A block takes a second or more, and the first has been kept.
    many_states(home.path(), 24, 2005).0.kill().unwrap();
    let run = ["run", "many.toml", "--save-every", "0", "--no-charts", "--trials", "6400"];
    let run = [&run[..], &["--out", "kept", "--threads", "2"]].concat();
    let stopped = interrupted(home.path(), &run, "kept.part/findings.blocks", "-INT");
    assert_eq!(stopped.code, 130, "{}", stopped.err);
    let said = stopped.err.split_whitespace().collect::<Vec<_>>();
    assert_eq!(&said[..2], ["stopped", "after"], "{}", stopped.err);
    let trials: u64 = said[2].parse().unwrap();
    assert!(trials >= 64 && trials.is_multiple_of(64), "{trials}");
}

#[test]
fn who_asks_twice_does_not_wait() {
    let home = tempfile::tempdir().unwrap();
    // A trial takes far longer than the test.
    let (mut child, _err) = many_states(home.path(), 150, 2060);
    let id = child.id().to_string();
    // Until the first trial has begun.
    std::thread::sleep(Duration::from_secs(3));
    for _ in 0..2 {
        std::thread::sleep(Duration::from_millis(500));
        assert!(child.try_wait().unwrap().is_none(), "it goes on");
        let sent = Command::new("kill").args(["-INT", &id]).status();
        assert!(sent.expect("there is `kill`").success());
    }
    let asked = Instant::now();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert!(asked.elapsed() < Duration::from_secs(5), "{:?}", asked.elapsed());
    assert!(!home.path().join("out").exists() && !home.path().join("out.part").exists());
}

/// A folder with the part of a run of 6,400 trials that was stopped, and how many trials it has.
fn stopped() -> (TempDir, u64) {
    let home = home();
    let command = [&RUN[..4], &["200_000", "--save-every", "0", "--out", "out"]].concat();
    let stopped = interrupted(home.path(), &command, "out.part/findings.blocks", "-INT");
    assert_eq!(stopped.code, 130, "{}", stopped.err);
    let trials = stopped.err.split_whitespace().nth(2).unwrap().parse().unwrap();
    (home, trials)
}

#[test]
fn what_an_earlier_run_has_left_is_never_mixed_with_another() {
    let (home, trials) = stopped();
    let part = home.path().join("out.part/findings.blocks");
    let before = fs::read(&part).unwrap();
    let refused = |arguments: &[&str], code: i32, message: &str| {
        let refused = typed(home.path(), arguments);
        assert_eq!((refused.code, refused.out.as_str()), (code, ""), "{}", refused.err);
        assert!(refused.err.contains(message), "{}", refused.err);
        assert!(fs::read(&part).unwrap() == before, "it is as it was");
    };
    let run = [&RUN[..4], &["200_000", "--out", "out"]].concat();
    let add = "add --resume to go on with them, or remove it to begin anew";
    refused(&run, 4, add);
    refused(&[&run[..], &["--force"]].concat(), 4, add);
    let what = "out.part/findings.blocks is what another run has left: ";
    refused(&[&run[..], &["--seed", "5"]].concat(), 4, &format!("{what}its seed is "));
    for (more, why) in [
        (&["--seed", "5"][..], "its seed is 0, not 5"),
        (&["--variant", "apart"], "it has scenario `main`, not `apart`"),
        (&["--set", "title=x"], "its --set for `main` is nothing, not `title=x`"),
        (
            &["--without", "processes.crisis"],
            "its --without for `main` is nothing, not `processes.crisis`",
        ),
    ] {
        let resume = [&run[..], more, &["--resume"]].concat();
        refused(&resume, 3, &format!("{what}{why}"));
    }
    let fewer = (trials - 1).to_string();
    let resume = [&RUN[..4], &[&fewer, "--out", "out", "--resume"]].concat();
    refused(&resume, 3, &format!("it has {trials} trials, more than {fewer}"));
    let compare = ["compare", "main.toml", "--variant", "apart", "--out", "out", "--resume"];
    refused(&compare, 3, "it is of a run, not of a comparison");

    let main = home.path().join("main.toml");
    let text = fs::read_to_string(&main).unwrap();
    fs::write(&main, format!("{text}\n")).unwrap();
    refused(&[&run[..], &["--resume"]].concat(), 3, "the text of `main` has changed");
    // A rule that the scenario itself has, over trials at which nobody looked.
    fs::write(&main, &text).unwrap();
}

#[test]
fn a_rule_does_not_go_on_with_trials_at_which_it_was_not_looked() {
    let home = home();
    let main = home.path().join("main.toml");
    let text = fs::read_to_string(&main).unwrap();
    let rule = "[run.trials]\nuntil = \"ci_width(disputes) < 0.001\"\n";
    fs::write(&main, format!("{text}{rule}")).unwrap();
    let command = [&RUN[..], &["--save-every", "0", "--out", "out"]].concat();
    let stopped = interrupted(home.path(), &command, "out.part/findings.blocks", "-INT");
    assert_eq!(stopped.code, 130, "{}", stopped.err);
    let go_on = ["run", "main.toml", "--out", "out", "--resume"];
    let refused = typed(home.path(), &go_on);
    assert_eq!(refused.code, 3);
    let why = "it was run for a number of trials, not until `ci_width(disputes) < 0.001`";
    assert!(refused.err.contains(why), "{}", refused.err);
}

#[test]
fn more_trials_go_on_from_fewer() {
    let home = home();
    // Ends in a block that is not whole, and is not kept therefore.
    let command = [&RUN[..4], &["200_001", "--save-every", "0", "--out", "out"]].concat();
    let stopped = interrupted(home.path(), &command, "out.part/findings.blocks", "-INT");
    let trials: u64 = stopped.err.split_whitespace().nth(2).unwrap().parse().unwrap();
    assert_eq!(trials % 64, 0);
    let more = (trials + 100).to_string();
    let go_on = [&RUN[..4], &[&more, "--out", "out", "--resume", "--save-every", "0"]].concat();
    assert_eq!(typed(home.path(), &go_on).code, 0);
    assert_eq!(typed(home.path(), &[&RUN[..4], &[&more, "--out", "whole"]].concat()).code, 0);
    same(&home.path().join("whole"), &home.path().join("out"));
}

#[test]
fn a_damaged_part_is_refused_and_named() {
    let (home, _) = stopped();
    let part = home.path().join("out.part/findings.blocks");
    let whole = fs::read(&part).unwrap();
    let go_on = [&RUN[..4], &["200_000", "--out", "out", "--resume"]].concat();
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    for (bytes, why) in [
        (flipped, "it is damaged: its bytes have not the hash at their end"),
        (whole[..whole.len() / 2].to_vec(), "it is damaged"),
        (Vec::new(), "it is no block file of detente"),
        (b"PK\x03\x04\n".to_vec(), "it is no block file of detente"),
        (b"detente blocks 2\n{}\n".to_vec(), "its format is 2; this version reads 1"),
    ] {
        fs::write(&part, &bytes).unwrap();
        let refused = typed(home.path(), &go_on);
        assert_eq!(refused.code, 3, "{}", refused.err);
        let message = format!("error: out.part/findings.blocks cannot be used: {why}");
        assert!(refused.err.starts_with(&message), "{}", refused.err);
        assert!(!home.path().join("out").exists());
    }
    fs::remove_file(&part).unwrap();
    fs::create_dir(&part).unwrap();
    let refused = typed(home.path(), &go_on);
    assert_eq!(refused.code, 3, "{}", refused.err);
    assert!(refused.err.contains("it is no plain file"), "{}", refused.err);
}

#[test]
fn a_full_disk_stops_the_run_and_leaves_what_was_kept() {
    let (home, trials) = stopped();
    let part = home.path().join("out.part/findings.blocks");
    let before = fs::read(&part).unwrap();
    let program = assert_cmd::cargo::cargo_bin!("detente").display().to_string();
    // With the signal ignored, writing more than this says that the file is too large.
    let script = format!(
        "trap '' XFSZ; ulimit -f 1; exec {program} run main.toml --no-charts --trials 200_000 \
         --save-every 0 --out \"$0\" --resume"
    );
    for (out, kept) in [("out", true), ("new", false)] {
        let output = Command::new("bash")
            .args(["-c", &script, out])
            .current_dir(home.path())
            .output()
            .expect("there is bash");
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(4), "{err}");
        assert!(err.contains(&format!("cannot write {out}.part/findings.blocks: File too large")));
        let to_go_on = "what was kept before is still there; to go on:";
        assert_eq!(err.contains(to_go_on), kept, "{err}");
        assert!(!home.path().join(out).exists());
    }
    assert!(fs::read(&part).unwrap() == before, "it is as it was");
    let left: Vec<_> = fs::read_dir(home.path().join("out.part")).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing half-written: {left:?}");
    let more = (trials + 64).to_string();
    let go_on = [&RUN[..4], &[&more, "--out", "out", "--resume"]].concat();
    assert_eq!(typed(home.path(), &go_on).code, 0);
}

#[test]
fn a_place_that_cannot_be_written_is_an_error_and_one_that_vanishes_is_made_again() {
    let home = home();
    fs::write(home.path().join("out.part"), "a file").unwrap();
    let command = [&RUN[..], &["--save-every", "0", "--out", "out"]].concat();
    let refused = typed(home.path(), &command);
    assert_eq!(refused.code, 4, "{}", refused.err);
    assert!(refused.err.contains("out.part/findings.blocks"), "{}", refused.err);
    assert_eq!(fs::read(home.path().join("out.part")).unwrap(), b"a file");
    fs::remove_file(home.path().join("out.part")).unwrap();

    let mut child = started(home.path(), &command);
    let mut vanished = 0;
    while child.try_wait().unwrap().is_none() {
        vanished += u32::from(fs::remove_dir_all(home.path().join("out.part")).is_ok());
        std::thread::sleep(Duration::from_millis(5));
    }
    let code = child.wait().unwrap().code();
    assert!(vanished > 0);
    if code == Some(0) {
        assert_eq!(typed(home.path(), &[&RUN[..], &["--out", "whole"]].concat()).code, 0);
        same(&home.path().join("whole"), &home.path().join("out"));
    } else {
        // It vanished between the making of the directory and that of the file.
        assert_eq!(code, Some(4));
        assert!(!home.path().join("out").exists());
    }
}
