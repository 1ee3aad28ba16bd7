//! The command line: one file for each command, exit codes here.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::engine::ensemble::EnsembleError;
use crate::output::block_file::BlockFileError;
use crate::output::charts::ChartError;
use crate::output::directory::DirectoryError;
use crate::output::file::FileError;
use crate::output::stored::StoredError;
use crate::output::write::WriteError;
use crate::scenario::LoadError;

mod again;
mod bar;
mod beside;
mod check;
mod chosen;
mod compare;
mod comparison_table;
mod completions;
mod explain;
mod export;
mod init;
mod json;
mod man;
mod merge;
mod plot;
mod progress;
mod ranks;
mod replay;
mod rerun;
mod resumed;
mod run;
mod running;
mod schema;
mod sharding;
mod shards;
mod short;
mod signals;
mod stopped;
mod table;
mod underway;
mod verify;
mod written;

/// A scenario engine for alliance dynamics.
///
/// Write a scenario file (states, treaties, sanctions, wars, events), run thousands of reproducible
/// Monte Carlo trials, and read CSV tables, charts and a report.
#[derive(Debug, Parser)]
#[command(
    name = "detente",
    version,
    after_help = "Exit codes: 0 done, 1 the run failed or a result differs, 2 usage, 3 wrong scenario or no result, 4 input or output, 130 or 143 stopped by Ctrl-C or a scheduler."
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Init(init::Init),
    Run(run::Run),
    Rerun(rerun::Rerun),
    Verify(verify::Verify),
    Compare(compare::Compare),
    Plot(plot::Plot),
    Export(export::Export),
    Check(check::Check),
    Merge(merge::Merge),
    Shards(shards::Shards),
    Replay(replay::Replay),
    Explain(explain::Explain),
    Schema(schema::Schema),
    Completions(completions::Completions),
    Man(man::Man),
}

/// Why a command failed; each kind has its exit code.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("no trial ended well ({trials} failed); trial {first}: {reason}\n  {replay}")]
    Run { trials: u64, first: u32, reason: String, replay: String },
    /// The first failed trial of a run that was to stop there.
    #[error("trial {trial} failed: {reason}\n  {replay}")]
    First { trial: u32, reason: String, replay: String },
    /// A trial that was to be told.
    #[error("trial {trial} failed: {reason}")]
    Alone { trial: u32, reason: String },
    /// Somebody asked for it; what is kept has been worded.
    #[error("{said}")]
    Stopped { code: u8, said: String },
    /// What differs has been said.
    #[error("the result differs")]
    Differs,
    #[error("{0}")]
    Usage(String),
    #[error("{0}")]
    Scenario(String),
    /// What is wanting has been said.
    #[error("shards are wanting")]
    Wanting,
    /// There is no result that could be repeated.
    #[error("{0}")]
    NoResult(String),
    #[error("{0}")]
    Io(String),
    /// A rank failed, and has said why.
    #[error("a rank failed")]
    Elsewhere { code: u8 },
    #[error("cannot write to the terminal: {0}")]
    Terminal(#[from] io::Error),
}

impl Failure {
    fn code(&self) -> u8 {
        match self {
            Self::Run { .. } | Self::First { .. } | Self::Alone { .. } => 1,
            Self::Differs | Self::Wanting => 1,
            Self::Stopped { code, .. } | Self::Elsewhere { code } => *code,
            Self::Usage(_) => 2,
            Self::Scenario(_) | Self::NoResult(_) => 3,
            Self::Io(_) | Self::Terminal(_) => 4,
        }
    }

    /// It, or nothing if whoever read the output has seen enough: `detente check FILE | head -1`.
    fn unless_enough(self) -> Result<(), Self> {
        match self {
            Self::Terminal(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            other => Err(other),
        }
    }

    /// The same of one of several scenarios.
    fn within(self, name: &str) -> Self {
        match self {
            Self::Run { trials, first, reason, replay } => {
                Self::Run { trials, first, reason: format!("in {name}: {reason}"), replay }
            }
            other => other,
        }
    }

    fn loading(error: LoadError) -> Self {
        match error {
            LoadError::Io { .. } => Self::Io(error.to_string()),
            LoadError::Folder { .. } | LoadError::NoVariant { .. } => {
                Self::Usage(error.to_string())
            }
            LoadError::Wrong(wrong) => Self::Scenario(wrong.report(colour(&io::stderr()))),
        }
    }
}

impl From<DirectoryError> for Failure {
    fn from(error: DirectoryError) -> Self {
        Self::Io(error.to_string())
    }
}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        Self::Io(error.to_string())
    }
}

impl From<StoredError> for Failure {
    fn from(error: StoredError) -> Self {
        match error {
            StoredError::Unusable { .. } | StoredError::Table { .. } => {
                Self::NoResult(error.to_string())
            }
            StoredError::Io { .. } => Self::Io(error.to_string()),
        }
    }
}

impl From<ChartError> for Failure {
    fn from(error: ChartError) -> Self {
        Self::Io(error.to_string())
    }
}

impl From<BlockFileError> for Failure {
    fn from(error: BlockFileError) -> Self {
        match error {
            BlockFileError::Unusable { .. } => Self::NoResult(error.to_string()),
            BlockFileError::Io { .. } | BlockFileError::Write(_) => Self::Io(error.to_string()),
        }
    }
}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        Self::Io(error.to_string())
    }
}

impl From<EnsembleError> for Failure {
    fn from(error: EnsembleError) -> Self {
        match error {
            EnsembleError::Threads(_) => Self::Io(error.to_string()),
            EnsembleError::TooMany(_) => Self::Usage(error.to_string()),
        }
    }
}

/// Runs the program.
pub fn main() -> ExitCode {
    // clap prints usage errors itself, and exits with 2.
    let done = match Arguments::parse().command {
        Command::Init(init) => init.execute(),
        Command::Run(run) => run.execute(),
        Command::Rerun(rerun) => rerun.execute(),
        Command::Verify(verify) => verify.execute(),
        Command::Compare(compare) => compare.execute(),
        Command::Plot(plot) => plot.execute(),
        Command::Export(export) => export.execute(),
        Command::Check(check) => check.execute(),
        Command::Merge(merge) => merge.execute(),
        Command::Shards(shards) => shards.execute(),
        Command::Replay(replay) => replay.execute(),
        Command::Explain(explain) => explain.execute(),
        Command::Schema(schema) => schema.execute(),
        Command::Completions(completions) => completions.execute(),
        Command::Man(man) => man.execute(),
    };
    match done.or_else(Failure::unless_enough) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            tell(&failure);
            ExitCode::from(failure.code())
        }
    }
}

/// Tells why a command failed, unless that has been said.
fn tell(failure: &Failure) {
    let text = match failure {
        Failure::Differs | Failure::Wanting | Failure::Elsewhere { .. } => return,
        Failure::Scenario(report) => report.clone(),
        // Nothing went wrong.
        Failure::Stopped { said, .. } => said.clone(),
        other => format!("error: {other}"),
    };
    // Where even this cannot be written, the exit code still says what happened.
    let _ = writeln!(io::stderr(), "{text}");
}

/// Whether to colour what goes to this stream.
fn colour(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
