//! The executions run in a process of their own: an input that ends it, as a stack that overflows
//! does, is found by what the threads were at.

use std::fs::{self, File};
use std::io::{Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use crate::arguments::Arguments;
use crate::corpus::Corpus;
use crate::mutate;

/// Tells the process that it is the one that works, and where to note what it is at.
const WORKER: &str = "DETENTE_FUZZ_WORKER";

/// Whether this process was started by another one to work.
pub fn is_worker() -> bool {
    std::env::var_os(WORKER).is_some()
}

/// What a thread is at, in a file that outlives the process.
pub struct Status {
    file: Option<File>,
}

impl Status {
    /// Where this thread notes it.
    pub fn of_thread(thread: usize) -> Self {
        let folder = std::env::var_os(WORKER).map(PathBuf::from);
        Self { file: folder.and_then(|folder| File::create(folder.join(thread.to_string())).ok()) }
    }

    /// Notes an execution before it begins.
    pub fn note(&mut self, execution: u64) {
        if let Some(file) = &mut self.file {
            // If it cannot be noted, an end of the process is not traced to it; no more.
            let _ = file.seek(SeekFrom::Start(0));
            let _ = file.write_all(&execution.to_le_bytes());
        }
    }
}

/// Runs this program again as the one that works, with the same arguments.
pub fn supervise(runs: &[Arguments]) -> ExitCode {
    let words: Vec<_> = std::env::args().skip(1).collect();
    let (code, current) = start(&words);
    if let Some(code) = code {
        return ExitCode::from(u8::try_from(code).unwrap_or(1));
    }
    println!("\nthe process was ended, perhaps by a stack that overflowed");
    let corpus = Corpus::gather();
    for target in runs.iter().map(|run| run.target) {
        let name = target.name;
        for &execution in &current {
            let number = execution.to_string();
            let words = [name, "1", "--from", &number].map(str::to_owned);
            if start(&words).0.is_none() {
                println!("execution {execution} of {name} does that");
                println!("again: cargo test --test fuzz -- {name} 1 --from {execution}");
                let input = mutate::input(target, execution, &corpus);
                println!("its input:\n--------\n{input}\n--------");
            }
        }
    }
    println!("\ntest result: FAILED. 0 passed; {} failed; 0 ignored\n", runs.len());
    ExitCode::from(1)
}

/// Starts a process that works. Its exit code, none if it was ended; and what its threads were at.
fn start(words: &[String]) -> (Option<i32>, Vec<u64>) {
    let folder = tempfile::tempdir().expect("a folder for the status of threads");
    let program = std::env::current_exe().expect("this program has a path");
    let status = Command::new(program).args(words).env(WORKER, folder.path()).status();
    let code = status.expect("this program starts").code();
    let files = fs::read_dir(folder.path()).into_iter().flatten().flatten();
    let noted = files.filter_map(|file| fs::read(file.path()).ok()?.try_into().ok());
    (code, noted.map(u64::from_le_bytes).collect())
}
