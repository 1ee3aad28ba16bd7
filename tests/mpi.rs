//! An experiment in the processes of an MPI job, with the feature `mpi`. Skipped where there is no `mpirun`.

#[path = "support/ranks.rs"]
mod ranks;
#[path = "support/results.rs"]
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use ranks::{has_mpirun, job};
use serde_json::Value;
use support::{manifest, names, typed, write_scenario};

const TRIALS: &str = "330";

/// Longer than any of these jobs takes; one that takes longer hangs.
const LONG: Duration = Duration::from_secs(120);

/// Whether there is no MPI to run jobs with; says so.
fn no_mpirun() -> bool {
    let none = !has_mpirun();
    if none {
        eprintln!("skipped: there is no mpirun");
    }
    none
}

/// Waits for a job; one that hangs is a failure.
fn ended(mut job: std::process::Child, what: &str) -> Output {
    let begun = Instant::now();
    while job.try_wait().expect("it can be asked").is_none() {
        if begun.elapsed() > LONG {
            job.kill().expect("it can be killed");
            panic!("it hangs: {what}");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    job.wait_with_output().expect("it has ended")
}

fn run(home: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = ended(job(home, arguments).spawn().expect("it starts"), &arguments.join(" "));
    let text = |bytes| String::from_utf8(bytes).expect("it prints text");
    (output.status.code().expect("it exits"), text(output.stdout), text(output.stderr))
}

const DETENTE: &str = env!("CARGO_BIN_EXE_detente");

/// A part of a job: so many processes of the program with these arguments.
fn part<'a>(ranks: &'a str, arguments: &[&'a str]) -> Vec<&'a str> {
    [&["-np", ranks, DETENTE][..], arguments, &["--mpi", "--threads", "1"]].concat()
}

/// Everything in a result; of the manifest everything but the command.
fn result(out: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files: BTreeMap<_, _> = names(out)
        .into_iter()
        .map(|name| (name.clone(), fs::read(out.join(name)).unwrap()))
        .collect();
    let mut manifest = manifest(out);
    manifest["command"] = Value::Null;
    files.insert("manifest.json".to_owned(), manifest.to_string().into_bytes());
    files
}

#[test]
fn any_number_of_ranks_gives_the_bytes_of_one_process() {
    if no_mpirun() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    write_scenario(home.path());
    for command in [
        &["run", "main.toml", "--variant", "apart", "--trials", TRIALS][..],
        &["compare", "main.toml", "--variant", "apart", "--trials", TRIALS],
    ] {
        let alone = typed(home.path(), &[command, &["--out", "alone", "--force"]].concat());
        assert_eq!(alone.code, 0, "{}", alone.err);
        let expected = result(&home.path().join("alone"));
        // More ranks than blocks, too.
        for ranks in ["1", "2", "3", "8"] {
            let arguments = [command, &["--out", "ranks"]].concat();
            let (code, out, err) = run(home.path(), &part(ranks, &arguments));
            assert_eq!((code, err.as_str()), (0, ""), "{ranks}");
            assert_eq!(out.matches("\nranks: ").count(), 1, "one tells: {out}");
            assert!(result(&home.path().join("ranks")) == expected, "{ranks}");
            assert!(!home.path().join("ranks.part").exists());
            fs::remove_dir_all(home.path().join("ranks")).unwrap();
        }
    }
}

#[test]
fn what_fails_at_one_rank_ends_all_with_its_exit_code() {
    if no_mpirun() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    write_scenario(home.path());
    let good = ["run", "main.toml", "--trials", TRIALS, "--out", "out"];
    let with = |more: &[&'static str]| -> Vec<&str> { [&good[..], more].concat() };
    let jobs: [(Vec<Vec<&str>>, i32, &str); 6] = [
        // The second cannot read its scenario, or has one that is wrong.
        (
            vec![good.to_vec(), with(&["--set", "states.XAA.isolation=7"])],
            3,
            "1 problem in main.toml",
        ),
        (vec![good.to_vec(), vec!["run", "nowhere.toml"]], 4, "cannot read nowhere.toml"),
        (vec![vec!["run", "nowhere.toml"], good.to_vec()], 4, "cannot read nowhere.toml"),
        // What they have found does not go together.
        (
            vec![with(&["--seed", "1"]), with(&["--seed", "2"])],
            3,
            "error: what rank 1 has found: its seed is 2, not 1",
        ),
        (
            vec![good.to_vec(), ["run", "main.toml", "--out", "out", "--trials", "400"].to_vec()],
            3,
            "error: what rank 1 has found: it is",
        ),
        (vec![good.to_vec(), with(&["--shard", "1/2"])], 2, "cannot be used with"),
    ];
    for (parts, expected, why) in jobs {
        let mut arguments = Vec::new();
        for (n, command) in parts.iter().enumerate() {
            arguments.extend(if n == 0 { vec![] } else { vec![":"] });
            arguments.extend(part("1", command));
        }
        let (code, out, err) = run(home.path(), &arguments);
        assert_eq!((code, out.as_str()), (expected, ""), "{parts:?}: {err}");
        assert_eq!(err.matches(why).count(), 1, "{parts:?}: {err}");
        assert!(!home.path().join("out").exists());
    }
    // Both fail, and one says it.
    fs::create_dir(home.path().join("out")).unwrap();
    fs::write(home.path().join("out/notes"), "mine").unwrap();
    let (code, _, err) = run(home.path(), &part("2", &good));
    assert_eq!((code, err.matches("error: out ").count()), (4, 1), "{err}");
    fs::remove_dir_all(home.path().join("out")).unwrap();
    let rule = ["run", "main.toml", "--set", "run.trials.until=\"ci_width(disputes) < 1\""];
    let (code, _, err) = run(home.path(), &part("2", &rule));
    assert_eq!((code, err.matches("ranks need a number of trials").count()), (2, 1), "{err}");
}

/// A process that is killed takes the others with it, and what was kept is gone on with.
#[test]
fn a_job_that_was_killed_goes_on_and_gives_the_same_bytes() {
    if no_mpirun() {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    write_scenario(home.path());
    let trials = ["--trials", "20_000", "--no-charts"];
    let command = [&["run", "main.toml", "--variant", "apart"][..], &trials].concat();
    let alone = typed(home.path(), &[&command[..], &["--out", "alone"]].concat());
    assert_eq!(alone.code, 0, "{}", alone.err);
    let more = [&command[..], &["--out", "out", "--save-every", "0", "--resume"]].concat();
    let child = job(home.path(), &part("2", &more)).spawn().expect("it starts");
    let kept = |rank: u64| home.path().join(format!("out.part/shard-{rank}-of-2.blocks"));
    let begun = Instant::now();
    while !(kept(1).exists() && kept(2).exists()) {
        assert!(begun.elapsed() < LONG, "nothing is kept");
        std::thread::sleep(Duration::from_millis(1));
    }
    let mpirun = child.id().to_string();
    let stop = Command::new("kill").args(["-TERM", &mpirun]).status().expect("there is kill");
    assert!(stop.success());
    assert!(!ended(child, "a job that was asked to end").status.success());
    assert!(kept(1).exists() && kept(2).exists() && !home.path().join("out").exists());
    let (code, _, err) = run(home.path(), &part("2", &more));
    assert_eq!((code, err.lines().count()), (0, 1), "{err}");
    assert!(err.starts_with("going on after "), "{err}");
    assert!(result(&home.path().join("out")) == result(&home.path().join("alone")));
    assert!(!home.path().join("out.part").exists());
}
