//! Made-up input for everything that reads what a user has written: nothing of it may panic or
//! hang.
//!
//!     cargo test --test fuzz                                   a few seconds of every target
//!     cargo test --release --test fuzz -- toml 1000000         a long run of one
//!     cargo test --release --test fuzz -- toml 1 --from 1234   one execution again
//!
//! The number of an execution is all that its input depends on, besides the corpus: good scenarios
//! and the pieces that the tests of wrong ones are made of. Mutations know of lines, tables, words
//! and numbers. A panic is caught and its input cut down as far as it still panics at that place.
//! The executions run in a process of their own, so that even one that ends it is found.

use std::process::ExitCode;

mod arguments;
mod chance;
mod corpus;
mod dictionary;
mod itself;
mod mutate;
mod run;
mod shrink;
mod supervise;
mod targets;

use arguments::{Arguments, Asked};
use corpus::Corpus;
use run::{HANGS, Span};
use targets::{TARGETS, Target};

fn main() -> ExitCode {
    let asked = match arguments::read(std::env::args().skip(1), TARGETS) {
        Ok(asked) => asked,
        Err(usage) => {
            eprintln!("{usage}");
            return ExitCode::from(2);
        }
    };
    match asked {
        Asked::List => TARGETS.iter().for_each(|target| println!("{}: test", target.name)),
        Asked::Run(runs) if supervise::is_worker() => return work(&runs),
        Asked::Run(runs) => return supervise::supervise(&runs),
    }
    ExitCode::SUCCESS
}

/// Runs what is asked for and tells of it as the other tests do.
fn work(runs: &[Arguments]) -> ExitCode {
    let itself = !runs.is_empty() && runs.iter().all(|run| !run.long);
    let tests = runs.len() + usize::from(itself);
    println!("\nrunning {tests} tests");
    let corpus = Corpus::gather();
    let failed = usize::from(itself && !itself::check(&corpus));
    let failed = failed + runs.iter().filter(|run| !one(run, &corpus)).count();
    let (passed, verdict) = (tests - failed, if failed == 0 { "ok" } else { "FAILED" });
    println!("\ntest result: {verdict}. {passed} passed; {failed} failed; 0 ignored\n");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) }
}

/// Runs a target; whether all went well.
fn one(asked: &Arguments, corpus: &Corpus) -> bool {
    let span = Span { first: asked.first, executions: asked.executions, limit: HANGS };
    let report = run::run(asked.target, span, corpus, asked.long);
    let verdict = if report.failures.is_empty() { "ok" } else { "FAILED" };
    println!("test fuzz::{} ... {verdict} ({})", asked.target.name, report.summary());
    for failure in &report.failures {
        tell(asked.target, failure, corpus);
    }
    report.failures.is_empty()
}

fn tell(target: &Target, failure: &run::Failure, corpus: &Corpus) {
    let (name, number) = (target.name, failure.execution);
    let input = mutate::input(target, number, corpus);
    println!("\nexecution {number}: {}", failure.fault.message);
    println!("again: cargo test --test fuzz -- {name} 1 --from {number}");
    let smallest = shrink::shrink(target, &input, &failure.fault, HANGS);
    println!("the smallest such input found has {} bytes:", smallest.len());
    println!("--------\n{smallest}\n--------\n{smallest:?}");
}
