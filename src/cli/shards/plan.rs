//! `detente shards plan`: a script that runs the shards.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::builder::RangedU64ValueParser;
use clap::{Args, Parser, ValueEnum};

use crate::analysis::wording::numbers::counted;
use crate::cli::running::Wish;
use crate::cli::{Arguments, Command, Failure};
use crate::engine::digest::BLOCK;
use crate::engine::ensemble::{self, Enough, GiveUp, Plan as Trials};
use crate::engine::experiment::Findings;
use crate::engine::shard::MOST_SHARDS;
use crate::output::manifest::shell_word;

/// How long trials are timed, at least.
const TIMED: Duration = Duration::from_secs(2);

/// How many times the time that a task is meant to take a scheduler is asked for.
const ROOM: u64 = 2;

/// Print a script that runs a scenario in shards.
///
/// Runs trials for some seconds to see how long they take here, and makes the shards so that each
/// takes about the minutes that are wanted. Nothing is written but the script, to standard output.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  detente shards plan scenarios/july-1914.toml --engine slurm -- --trials 1000000\n  \
    detente shards plan scenarios/july-1914.toml --engine shell --minutes 5 --compare -- --variant no-blank-cheque --threads 4"
)]
pub struct Plan {
    /// The scenario file (TOML).
    file: PathBuf,
    /// What runs the script: Slurm, PBS, or a shell, one shard after the other.
    #[arg(long, value_enum)]
    engine: Engine,
    /// How long a shard is to take, in minutes.
    #[arg(long, value_name = "M", default_value_t = 60, allow_negative_numbers = true, value_parser = RangedU64ValueParser::<u64>::new().range(1..=100_000))]
    minutes: u64,
    /// Where the shards are to be written; a directory named after the scenario, ending in -shards, in
    /// results/ if not given.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Compare: OPTIONS are those of `detente compare`.
    #[arg(long)]
    compare: bool,
    /// Options of `detente run`, behind `--`: --trials, --seed, --variant, --set, --threads ...
    #[arg(last = true, value_name = "OPTIONS")]
    options: Vec<String>,
}

/// For whom a script is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Engine {
    Slurm,
    Pbs,
    Shell,
}

/// A plan that is to be made of a command.
#[derive(Clone, Debug)]
pub struct Planned {
    engine: Engine,
    minutes: u64,
    /// Where the shards are to be written.
    out: Option<PathBuf>,
    /// The words of the command.
    words: Vec<String>,
}

impl Plan {
    pub(super) fn execute(&self) -> Result<(), Failure> {
        let verb = if self.compare { "compare" } else { "run" };
        let mut words = vec![verb.to_owned(), self.file.display().to_string()];
        words.extend(self.options.iter().cloned());
        let typed = ["detente".to_owned()].into_iter().chain(words.iter().cloned());
        // clap says what is wrong with it, and exits.
        let command = Arguments::try_parse_from(typed).unwrap_or_else(|error| error.exit()).command;
        let planned =
            Planned { engine: self.engine, minutes: self.minutes, out: self.out.clone(), words };
        match command {
            Command::Run(mut run) => {
                run.running.plan_instead(planned)?;
                run.execute()
            }
            Command::Compare(mut compare) => {
                compare.running.plan_instead(planned)?;
                compare.execute()
            }
            _ => Err(Failure::Usage("only a run or a comparison has shards".to_owned())),
        }
    }
}

impl Planned {
    /// Times some trials and prints the script.
    pub fn print(&self, wish: &Wish<'_, '_>, trials: Trials) -> Result<(), Failure> {
        let all = trials.trials.div_ceil(BLOCK);
        let (pace, threads) = timed(wish, trials, all)?;
        let block = pace.as_secs_f64();
        let wanted = Duration::from_secs(60 * self.minutes).as_secs_f64();
        // A number of blocks, at most all of them.
        let each = ((wanted / block.max(1e-9)).floor() as u64).clamp(1, all);
        let shards = all.div_ceil(each).min(MOST_SHARDS);
        let out = self.out.clone();
        let out =
            out.unwrap_or_else(|| Path::new("results").join(format!("{}-shards", wish.usual)));
        let program = std::env::current_exe()
            .map_or_else(|_| "detente".to_owned(), |path| path.display().to_string());
        let program = shell_word(&program);
        let words: Vec<_> = self.words.iter().map(|word| shell_word(word)).collect();
        let mut command = format!("{program} {}", words.join(" "));
        if trials.threads.is_none() {
            command += &format!(" --threads {threads}");
        }
        let script = Script {
            shards,
            threads,
            out: shell_word(&out.display().to_string()),
            limit: self.minutes * ROOM + 1,
            about: format!(
                "# {} trials in {} of at most {} blocks of {BLOCK} trials; where this was\n\
                 # planned, a shard takes about {} on {threads} threads.\n",
                trials.trials,
                counted(shards, "shard"),
                all.div_ceil(shards),
                told(block * all.div_ceil(shards) as f64),
            ),
            program,
            command,
        };
        io::stdout().lock().write_all(script.of(self.engine).as_bytes())?;
        Ok(())
    }
}

/// How long a block takes, and on how many threads.
fn timed(wish: &Wish<'_, '_>, trials: Trials, all: u64) -> Result<(Duration, usize), Failure> {
    let threads = trials.most_threads();
    let started = Instant::now();
    let enough = |_: &Findings| started.elapsed() >= TIMED;
    let until: (Enough<'_>, GiveUp<'_>) = (&enough, &|| false);
    let (_, done) = ensemble::stretch(wish.experiment, 0..all, trials, until, &|_| {})?;
    let pace = started.elapsed().div_f64(done.max(1) as f64);
    Ok((pace, threads))
}

fn told(seconds: f64) -> String {
    if seconds < 90.0 {
        format!("{seconds:.0} seconds")
    } else {
        format!("{:.0} minutes", seconds / 60.0)
    }
}

/// What is in every script.
struct Script {
    shards: u64,
    threads: usize,
    out: String,
    /// Minutes to ask a scheduler for.
    limit: u64,
    about: String,
    program: String,
    command: String,
}

impl Script {
    fn of(&self, engine: Engine) -> String {
        let Self { shards, threads, out, limit, about, .. } = self;
        match engine {
            Engine::Slurm => format!(
                "#!/bin/bash\n\
                 #SBATCH --job-name=detente\n\
                 #SBATCH --array=1-{shards}\n\
                 #SBATCH --cpus-per-task={threads}\n\
                 #SBATCH --time={limit}\n\
                 {about}{}\
                 set -eu\n\
                 exec {}\n",
                self.then("sbatch SCRIPT; tasks that were ended: sbatch --array=3,7 SCRIPT"),
                self.task("$SLURM_ARRAY_TASK_ID"),
            ),
            Engine::Pbs => {
                // An array of one task is refused.
                let (array, index) = match shards {
                    1 => (String::new(), "1"),
                    _ => (format!("#PBS -J 1-{shards}\n"), "$PBS_ARRAY_INDEX"),
                };
                let time = format!("{:02}:{:02}:00", limit / 60, limit % 60);
                format!(
                    "#!/bin/bash\n\
                     #PBS -N detente\n\
                     {array}\
                     #PBS -l select=1:ncpus={threads}\n\
                     #PBS -l walltime={time}\n\
                     {about}{}\
                     set -eu\n\
                     cd \"$PBS_O_WORKDIR\"\n\
                     exec {}\n",
                    self.then("qsub SCRIPT"),
                    self.task(index),
                )
            }
            Engine::Shell => format!(
                "#!/bin/sh\n\
                 {about}{}\
                 set -eu\n\
                 shard=1\n\
                 while [ \"$shard\" -le {shards} ]; do\n  \
                 {}\n  \
                 shard=$((shard + 1))\n\
                 done\n\
                 {} shards status {out}\n",
                self.then(
                    "sh SCRIPT; a part of the shards on another machine: change the two numbers"
                ),
                self.task("$shard"),
                self.program,
            ),
        }
    }

    fn then(&self, submit: &str) -> String {
        let (program, out) = (&self.program, &self.out);
        format!(
            "# To submit: {submit}\n\
             # Then: {program} shards status {out}\n\
             #       {program} merge {out} --out RESULT\n"
        )
    }

    /// The command of a task. What it has done before it is ended is gone on with.
    fn task(&self, number: &str) -> String {
        let Self { command, shards, out, .. } = self;
        format!("{command} --shard \"{number}/{shards}\" --out {out} --resume")
    }
}
