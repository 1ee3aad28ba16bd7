//! Guarantee 1 as a table: however an experiment is run, its results are the same bytes. The table
//! stands in docs/guarantees.md; regenerate it with
//!
//!     DETENTE_BLESS=1 cargo test --test identity_matrix
//!
//! Rows of ranks are run with the feature `mpi` where there is an mpirun (`.ci/mpi`), and taken to be like
//! the others elsewhere. The page says so.

#[path = "support/ranks.rs"]
mod ranks;
#[path = "support/results.rs"]
mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use ranks::{has_mpirun, job};
use sha2::{Digest, Sha256};
use support::{names, typed, write_scenario};

const PAGE: &str = "docs/guarantees.md";
const BEGIN: &str = "<!-- the table begins -->\n";
const END: &str = "<!-- the table ends -->\n";

/// Five blocks and a part of one.
const TRIALS: &str = "330";

/// A way to run an experiment.
enum Way {
    /// In one process.
    Whole,
    /// Killed when the first blocks have been kept, then gone on with.
    Resumed,
    /// In so many shards, merged in the order in which the file names sort, the other way round, or
    /// shuffled; if `resumed`, the first of them was killed and gone on with.
    Shards { of: u64, order: Order, resumed: bool },
    /// In so many processes of an MPI job.
    Ranks(u32),
}

#[derive(Clone, Copy, PartialEq)]
enum Order {
    Names,
    Reversed,
    Shuffled,
}

struct Row {
    threads: u32,
    way: Way,
    charts: bool,
}

fn rows() -> Vec<Row> {
    let whole = |threads, charts| Row { threads, way: Way::Whole, charts };
    let ranks = |threads, n| Row { threads, way: Way::Ranks(n), charts: true };
    let resumed = |threads| Row { threads, way: Way::Resumed, charts: true };
    let shards = |threads, of, order, resumed, charts| {
        let way = Way::Shards { of, order, resumed };
        Row { threads, way, charts }
    };
    vec![
        whole(1, true),
        whole(2, true),
        whole(7, true),
        whole(1, false),
        whole(7, false),
        resumed(1),
        resumed(2),
        resumed(7),
        shards(1, 1, Order::Names, false, true),
        shards(2, 3, Order::Names, false, true),
        shards(2, 3, Order::Reversed, false, true),
        shards(7, 3, Order::Shuffled, false, true),
        shards(1, 3, Order::Names, true, true),
        shards(2, 3, Order::Names, false, false),
        shards(1, 16, Order::Names, false, true),
        shards(2, 16, Order::Reversed, false, true),
        shards(2, 16, Order::Shuffled, true, true),
        ranks(1, 1),
        ranks(1, 2),
        ranks(2, 2),
    ]
}

impl Row {
    fn told(&self) -> String {
        let threads = self.threads;
        let charts = if self.charts { "with" } else { "without" };
        let way = match self.way {
            Way::Whole => "one process".to_owned(),
            Way::Resumed => "killed and resumed".to_owned(),
            Way::Ranks(1) => "1 rank".to_owned(),
            Way::Ranks(n) => format!("{n} ranks"),
            Way::Shards { of, order, resumed } => {
                let order = match order {
                    Order::Names => "in order",
                    Order::Reversed => "in reverse",
                    Order::Shuffled => "shuffled",
                };
                let resumed = if resumed { ", one killed and resumed" } else { "" };
                let shards = if of == 1 { "shard" } else { "shards" };
                format!("{of} {shards}, merged {order}{resumed}")
            }
        };
        format!("{threads} | {way} | {charts}")
    }

    /// Whether it can be run here.
    fn can_be_run(&self) -> bool {
        !matches!(self.way, Way::Ranks(_)) || cfg!(feature = "mpi") && has_mpirun()
    }

    /// Runs it; the result is in `out`.
    fn run(&self, home: &Path, command: &[&str]) {
        let _ = fs::remove_dir_all(home.join("out"));
        let _ = fs::remove_dir_all(home.join("shards"));
        let threads = self.threads.to_string();
        let all = [command, &["--trials", TRIALS, "--threads", &threads]].concat();
        let charts: &[&str] = if self.charts { &[] } else { &["--no-charts"] };
        match self.way {
            Way::Whole => done(home, &[&all[..], charts, &["--out", "out"]].concat()),
            Way::Ranks(n) => {
                let program = assert_cmd::cargo::cargo_bin!("detente");
                let program = program.to_str().expect("the path is text");
                let ranks = ["-np", &n.to_string(), program];
                let all = [&ranks[..], &all, &["--mpi", "--out", "out"]].concat();
                let ended = job(home, &all).output().expect("mpirun starts");
                assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
            }
            Way::Resumed => {
                let go_on = [&all[..], charts, &["--out", "out", "--resume"]].concat();
                killed(home, &go_on, "out.part/findings.blocks", "out");
                done(home, &go_on);
            }
            Way::Shards { of, order, resumed } => {
                for number in 1..=of {
                    let which = format!("{number}/{of}");
                    let shard = ["--shard", &which, "--out", "shards", "--resume"];
                    let shard = [&all[..], &shard].concat();
                    if resumed && number == 1 {
                        let part = format!("shards/shard-1-of-{of}.blocks");
                        killed(home, &shard, &part, "never");
                    }
                    done(home, &shard);
                }
                let mut parts: Vec<_> = names(&home.join("shards"));
                assert_eq!(parts.len() as u64, of);
                match order {
                    Order::Names => {}
                    Order::Reversed => parts.reverse(),
                    // Seven goes into neither number.
                    Order::Shuffled => {
                        let n = parts.len();
                        parts = (0..n).map(|k| parts[(k * 7 + 2) % n].clone()).collect();
                    }
                }
                let paths: Vec<_> = parts.iter().map(|part| format!("shards/{part}")).collect();
                let paths: Vec<_> = paths.iter().map(String::as_str).collect();
                done(home, &[&["merge", "--out", "out"][..], charts, &paths].concat());
            }
        }
    }
}

fn done(home: &Path, arguments: &[&str]) {
    let done = typed(home, arguments);
    assert_eq!(done.code, 0, "{arguments:?}: {}", done.err);
}

/// Starts a command and kills it as soon as its block file is there; again, if it was faster than that.
fn killed(home: &Path, arguments: &[&str], part: &str, out: &str) {
    for _ in 0..20 {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin!("detente"))
            .args(arguments)
            .args(["--save-every", "0"])
            .current_dir(home)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        while !home.join(part).exists() && child.try_wait().expect("it can be asked").is_none() {
            std::thread::sleep(Duration::from_micros(200));
        }
        child.kill().expect("it can be killed");
        child.wait().expect("it ends");
        if home.join(part).exists() {
            return;
        }
        let _ = fs::remove_dir_all(home.join(out));
    }
    panic!("{arguments:?} was always done before it could be killed");
}

/// One hash of the names and bytes of all tables, and one of all charts; and what the manifest says
/// but for the command, and but for charts where there are none.
fn fingerprints(out: &Path) -> [String; 3] {
    let mut hashes = [Sha256::new(), Sha256::new(), Sha256::new()];
    for name in names(out) {
        let mut bytes = fs::read(out.join(&name)).expect("it can be read");
        let which = if name == "manifest.json" {
            let mut manifest: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
            manifest["command"] = serde_json::Value::Null;
            manifest["charts"] = serde_json::Value::Null;
            // The binary is another one whenever it is built.
            manifest["binary"] = serde_json::Value::Null;
            let files = manifest["files"].as_array_mut().unwrap();
            files.retain(|file| !is_drawn(file["name"].as_str().unwrap()));
            bytes = manifest.to_string().into_bytes();
            2
        } else {
            usize::from(is_drawn(&name))
        };
        hashes[which].update(name.as_bytes());
        hashes[which].update((bytes.len() as u64).to_le_bytes());
        hashes[which].update(&bytes);
    }
    hashes.map(|hash| hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect())
}

/// Charts, and the report, which has them in it.
fn is_drawn(name: &str) -> bool {
    name.starts_with("charts/") || name == "report.html"
}

fn table() -> String {
    if rows().iter().any(|row| !row.can_be_run()) {
        eprintln!("rows of ranks are shown, not run: that takes the feature `mpi` and an mpirun");
    }
    let home = tempfile::tempdir().expect("a directory for the test");
    write_scenario(home.path());
    let mut table = String::from(
        "| experiment | threads | how | charts | tables | charts and report |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for (what, command) in [
        ("run", &["run", "main.toml", "--variant", "apart"][..]),
        ("compare", &["compare", "main.toml", "--variant", "apart", "--set", "title=T"]),
    ] {
        let mut first: Option<[String; 3]> = None;
        for row in rows() {
            let told = row.told();
            if row.can_be_run() {
                row.run(home.path(), command);
                assert!(!home.path().join("out.part").exists());
                let found = fingerprints(&home.path().join("out"));
                let expected = first.get_or_insert_with(|| found.clone());
                assert_eq!((&found[0], &found[2]), (&expected[0], &expected[2]), "{what}: {told}");
                assert!(!row.charts || found[1] == expected[1], "{what}: {told}");
            }
            let [tables, charts, _] = first.as_ref().expect("the first row can be run");
            let charts = if row.charts { &**charts } else { "none" };
            table += &format!("| {what} | {told} | `{tables}` | {} |\n", shown(charts));
        }
    }
    table
}

fn shown(charts: &str) -> String {
    if charts == "none" { charts.to_owned() } else { format!("`{charts}`") }
}

#[test]
fn however_an_experiment_is_run_its_bytes_are_the_same() {
    let table = table();
    let page = fs::read_to_string(PAGE).unwrap_or_else(|error| panic!("{PAGE}: {error}"));
    let (before, rest) = page.split_once(BEGIN).expect("the page has a place for the table");
    let (kept, after) = rest.split_once(END).expect("the table ends");
    if std::env::var_os("DETENTE_BLESS").is_some() {
        fs::write(PAGE, format!("{before}{BEGIN}{table}{END}{after}")).expect("it can be written");
        return;
    }
    assert_eq!(kept, table, "DETENTE_BLESS=1 cargo test --test identity_matrix writes it anew");
}
