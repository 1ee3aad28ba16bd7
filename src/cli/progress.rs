//! How far a long run has come.

use std::fmt;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::cli::Failure;
use crate::cli::signals::Signals;
use crate::engine::digest::{BLOCK, Blocks};
use crate::engine::ensemble::{self, Plan};
use crate::engine::experiment::{Experiment, Findings};

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

/// A bar for so many trials, on the standard error of a terminal.
pub fn bar(trials: u64) -> ProgressBar {
    drawn(trials, || None)
}

/// A bar for so many trials of a run that may be asked to stop, and says so.
pub fn bar_of_a_run(trials: u64, signals: Signals) -> ProgressBar {
    drawn(trials, move || signals.asked().map(|_| "stopping soon; again: at once".to_owned()))
}

fn drawn(
    trials: u64,
    notice: impl Fn() -> Option<String> + Clone + Send + Sync + 'static,
) -> ProgressBar {
    let target = ProgressDrawTarget::stderr_with_hz(8);
    let bar = ProgressBar::with_draw_target(Some(trials), target);
    let template = "{human_pos} of {human_len} trials [{wide_bar}] {speed}, {left} ";
    let style = ProgressStyle::with_template(template)
        .expect("the template is right")
        .with_key("speed", |state: &ProgressState, out: &mut dyn fmt::Write| {
            // A line that cannot be drawn is not worth stopping for.
            let _ = write!(out, "{:.0}/s", state.per_sec());
        })
        .with_key("left", move |state: &ProgressState, out: &mut dyn fmt::Write| {
            let _ = match (notice(), state.pos()) {
                (Some(notice), _) => write!(out, "{notice}"),
                (None, 0) => write!(out, "some time left"),
                (None, _) => write!(out, "{:.0} s left", state.eta().as_secs_f64().ceil()),
            };
        });
    bar.set_style(style.progress_chars("=> "));
    bar.enable_steady_tick(Duration::from_millis(125));
    bar
}
