//! The most frequent story lines.

use askama::Template;

use crate::analysis::wording::dates::typical;
use crate::analysis::wording::numbers::{counted, grouped, percents};
use crate::analysis::{Results, story_lines};
use crate::output::manifest::Manifest;
use crate::output::report::ReportError;
use crate::output::report::provenance::replay;
use crate::scenario::setup::Setup;

/// How many are told.
const TOLD: usize = 8;

#[derive(Template)]
#[template(path = "report/story_lines.html")]
struct View<'a> {
    about: &'static str,
    /// The titles of the outcomes that lines are made of.
    chosen: Vec<&'a str>,
    lines: Vec<Line<'a>>,
    remarks: Vec<String>,
}

struct Line<'a> {
    share: String,
    interval: String,
    trials: String,
    steps: Vec<Step<'a>>,
    command: String,
}

/// An outcome of a line.
struct Step<'a> {
    title: &'a str,
    date: String,
    /// Whether it came about on the day of the one before, and both on this day in every trial of the line.
    same_day: bool,
}

const ABOUT: &str = "The story line of a trial is the order in which these outcomes came about in it; what a \
    line does not name did not come about. Those of one day stand in the order of this list.";

/// The section; nothing where there is no line.
pub fn text(setup: &Setup, results: &Results, manifest: &Manifest) -> Result<String, ReportError> {
    let rows = &results.story_lines;
    if rows.is_empty() {
        return Ok(String::new());
    }
    let (told, others) = rows.split_at(rows.len().min(TOLD));
    let title = |&outcome: &usize| setup.outcomes[outcome].title.as_str();
    let view = View {
        about: ABOUT,
        chosen: setup.story_lines.iter().map(title).collect(),
        lines: told.iter().map(|row| line(setup, row, manifest)).collect(),
        remarks: remarks(told, others),
    };
    Ok(view.render()?)
}

fn line<'a>(setup: &'a Setup, row: &story_lines::Row, manifest: &Manifest) -> Line<'a> {
    let [p, low, high] = percents([row.probability, row.low, row.high]);
    let outcomes = story_lines::outcomes(setup, &row.story_line).unwrap_or_default();
    let dates: Vec<_> = row.dates().collect();
    let step = |(n, &outcome): (usize, &usize)| {
        let (mean, deviation) = dates[n];
        let same_day = n > 0 && deviation == 0.0 && dates[n - 1] == dates[n];
        let title = setup.outcomes[outcome].title.as_str();
        Step { title, date: typical(mean, deviation, row.trials), same_day }
    };
    Line {
        share: format!("{p} %"),
        interval: format!("{low} to {high} %"),
        trials: counted(row.trials, "trial"),
        steps: outcomes.iter().enumerate().map(step).collect(),
        command: replay(manifest.arm(), &row.trial.to_string(), manifest.seed),
    }
}

/// What is to be known of all of them.
fn remarks(told: &[story_lines::Row], others: &[story_lines::Row]) -> Vec<String> {
    let mut remarks = vec![
        "In the commands the scenario's file is named without its folder: type them in that folder.".to_owned(),
    ];
    if let ([only], []) = (told, others) {
        remarks.push(format!(
            "Every trial has this line: the scenario supposes it, or others are too rare to be seen in {}.",
            counted(only.n, "trial")
        ));
        return remarks;
    }
    if let Some(row) = others.first() {
        let trials: u64 = others.iter().map(|row| row.trials).sum();
        let [share] = percents([trials as f64 / row.n as f64]);
        let lines = others.len() as u64;
        let have = if lines == 1 {
            format!("The one other line is that of {share} % of the trials")
        } else {
            format!(
                "The {} other lines are together those of {share} % of the trials",
                grouped(lines)
            )
        };
        remarks.push(format!("{have}; story_lines.csv has them all."));
    }
    if told.windows(2).any(|pair| pair[1].high > pair[0].low) {
        let rule = "Which of two lines is the more frequent may not be told where their intervals overlap.";
        remarks.push(rule.to_owned());
    }
    remarks.push(
        "Dates are means over the trials of a line, ± one standard deviation. The command tells the first \
         of these trials; another one of the same line may tell of other dates and causes."
            .to_owned(),
    );
    remarks
}
