//! How far a long run has come.

use std::fmt;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::analysis::precision::{self, Stopped};
use crate::cli::Failure;
use crate::engine::digest::{BLOCK, Blocks};
use crate::engine::ensemble::{self, Plan};
use crate::engine::experiment::{Experiment, Findings};
use crate::scenario::stopping::Stopping;

/// Runs what is missing of an experiment, and shows on a bar how far it has come.
pub fn extend(
    experiment: &Experiment<'_>,
    findings: &mut Findings,
    plan: Plan,
    bar: &ProgressBar,
) -> Result<(), Failure> {
    bar.set_position(findings.trials);
    let done = ensemble::extend(experiment, findings, plan, &|trials| bar.inc(trials));
    bar.finish_and_clear();
    Ok(done?)
}

/// Runs some blocks of an experiment, with such a bar.
pub fn chosen(experiment: &Experiment<'_>, list: &[u64], plan: Plan) -> Result<Blocks, Failure> {
    let bar = bar(plan.trials.min(list.len() as u64 * BLOCK));
    let found = ensemble::chosen(experiment, list, plan, &|trials| bar.inc(trials));
    bar.finish_and_clear();
    let mut blocks = Blocks::default();
    found?.into_iter().for_each(|findings| blocks.merge(findings.blocks));
    Ok(blocks)
}

/// Runs trials until the rule is met, at most those of the plan, and shows it on a bar.
pub fn until(
    experiment: &Experiment<'_>,
    findings: &mut Findings,
    stopping: &Stopping,
    plan: Plan,
    bar: &ProgressBar,
) -> Result<Stopped, Failure> {
    bar.set_position(findings.trials);
    let done = precision::extend(experiment, findings, stopping, plan, &|trials| bar.inc(trials));
    bar.finish_and_clear();
    Ok(done?)
}

/// A bar for so many trials, on the standard error of a terminal.
pub fn bar(trials: u64) -> ProgressBar {
    let target = ProgressDrawTarget::stderr_with_hz(8);
    let bar = ProgressBar::with_draw_target(Some(trials), target);
    let template = "{human_pos} of {human_len} trials [{wide_bar}] {speed}, {left} left ";
    let style = ProgressStyle::with_template(template)
        .expect("the template is right")
        .with_key("speed", |state: &ProgressState, out: &mut dyn fmt::Write| {
            // A line that cannot be drawn is not worth stopping for.
            let _ = write!(out, "{:.0}/s", state.per_sec());
        })
        .with_key("left", |state: &ProgressState, out: &mut dyn fmt::Write| {
            let _ = match state.pos() {
                0 => write!(out, "some time"),
                _ => write!(out, "{:.0} s", state.eta().as_secs_f64().ceil()),
            };
        });
    bar.set_style(style.progress_chars("=> "));
    bar.enable_steady_tick(Duration::from_millis(125));
    bar
}
