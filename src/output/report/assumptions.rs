//! What a result rests on: parameters with their evidence, uncertain numbers, mechanisms, sources.

use crate::analysis::wording::numbers::counted;
use crate::analysis::{Results, variance};
use crate::model::registry::PROCESSES;
use crate::output::manifest::{Manifest, Parameter};
use crate::output::report::ReportError;
use crate::output::report::page::{folded, notes};
use crate::output::report::table::{Cell, Row, Table, numbers, row, words};

/// The parameters: those that are not at their default by themselves, then all the others.
pub fn parameters(manifest: &Manifest) -> Result<String, ReportError> {
    let columns = || {
        vec![
            words("Parameter"),
            numbers("Value"),
            numbers("Default"),
            words("Unit"),
            words("Evidence"),
            words("Meaning"),
        ]
    };
    let (changed, usual): (Vec<_>, Vec<_>) =
        manifest.parameters.iter().partition(|known| is_changed(known, manifest));
    let of = |known: &[&Parameter]| known.iter().map(|known| parameter(known, manifest)).collect();
    let marks = ["assumed", "published", "calibrated", "estimated"].map(|mark| {
        let count = manifest.parameters.iter().filter(|known| known.evidence == mark).count();
        format!("{count} {mark}")
    });
    let all = manifest.parameters.len() as u64;
    let said = format!(
        "The mechanisms that run have {}, by the evidence behind their defaults: {}. An estimated one \
         comes from data, a calibrated one was adjusted to them, a published one from the literature; \
         behind an assumed one there is no evidence.",
        counted(all, "parameter"),
        marks.join(", ")
    );
    let caption = "Parameters that the scenario sets or leaves uncertain";
    let mut html = notes(&[&said])?;
    if changed.is_empty() {
        html += &notes(&["The scenario sets none of them: all are at their defaults."])?;
    }
    html += &Table::new("changed", caption, columns(), of(&changed)).html()?;
    if usual.is_empty() {
        return Ok(html);
    }
    let rest =
        Table::new("defaults", "Parameters at their defaults", columns(), of(&usual)).html()?;
    let others = if changed.is_empty() { "parameter" } else { "other parameter" };
    let summary = format!(
        "{} of these mechanisms, each with the value that it has where no scenario sets it",
        counted(usual.len() as u64, others)
    );
    let place = "docs/parameters.md lists all parameters with their sources, those of mechanisms that are off \
                 too; manifest.json lists those of this result under `parameters`.";
    Ok(html + &folded(&summary, &(rest + &notes(&[place])?))?)
}

fn key(known: &Parameter) -> String {
    format!("{}.{}", known.process, known.name)
}

fn is_uncertain(known: &Parameter, manifest: &Manifest) -> bool {
    let full = format!("processes.{}", key(known));
    manifest.uncertain.iter().any(|number| number.key == full)
}

fn is_changed(known: &Parameter, manifest: &Manifest) -> bool {
    known.value != known.default || is_uncertain(known, manifest)
}

fn parameter(known: &Parameter, manifest: &Manifest) -> Row {
    let uncertain = is_uncertain(known, manifest);
    let evidence = match (uncertain, known.value == known.default) {
        (true, _) => format!("uncertain here; the default {}", known.evidence),
        (false, false) => format!("set by the scenario; the default {}", known.evidence),
        (false, true) => known.evidence.clone(),
    };
    row(vec![
        Cell::text(key(known)),
        Cell::number(known.value.to_string(), Some(known.value)),
        Cell::number(known.default.to_string(), Some(known.default)),
        Cell::text(&known.unit),
        Cell::text(evidence),
        Cell::text(&known.meaning),
    ])
}

/// The numbers that are drawn anew in every trial, and what they move as far as that is known.
pub fn uncertain(manifest: &Manifest, results: Option<&Results>) -> Result<String, ReportError> {
    if manifest.uncertain.is_empty() {
        return notes(&[
            "Nothing: every number of the scenario is the same in every trial, however doubtful it \
             is. What the trials differ in is chance.",
        ]);
    }
    let mut html = notes(&["These numbers are drawn anew in every trial."])?;
    if let Some(results) = results {
        html += &notes(&[&moved(results)])?;
    }
    let rows = manifest.uncertain.iter().map(|known| {
        let number = |value: f64| Cell::number(figure(value), Some(value));
        row(vec![
            Cell::text(&known.key),
            Cell::code(&known.written),
            number(known.median),
            number(known.q05),
            number(known.q95),
        ])
    });
    let columns = vec![
        words("Number"),
        words("As written"),
        numbers("Median"),
        numbers("5 % quantile"),
        numbers("95 % quantile"),
    ];
    html += &Table::new("uncertain", "Uncertain numbers", columns, rows.collect()).html()?;
    let groups = manifest
        .correlations
        .iter()
        .map(|group| row(vec![Cell::text(&group.name), Cell::text(group.members.join(", "))]));
    let columns = vec![words("Group"), words("Numbers that go together")];
    let caption = "Uncertain numbers that depend on each other";
    Ok(html + &Table::new("correlations", caption, columns, groups.collect()).html()?)
}

/// Which answers the uncertain numbers move, all of them together.
fn moved(results: &Results) -> String {
    let of_outcomes = results.variance.iter().filter(|row| row.metric == "outcome");
    let (moved, others): (Vec<_>, Vec<_>) =
        of_outcomes.partition(|row| row.low.is_some_and(|low| low > 0.0));
    if moved.is_empty() {
        return "That they move any answer cannot be told from these trials.".to_owned();
    }
    let outcomes = results.outcomes.iter().map(|row| (&row.outcome, &row.title));
    let measures = results.measures.iter().map(|row| (&row.outcome, &row.title));
    let titles: Vec<_> = outcomes.chain(measures).collect();
    let named = |row: &&variance::Row| {
        let known = titles.iter().find(|(outcome, _)| **outcome == row.subject);
        let title = known.map_or(row.subject.as_str(), |(_, title)| title.as_str());
        format!("“{title}” ({:.0} %)", 100.0 * row.share.unwrap_or_default().clamp(0.0, 1.0))
    };
    let others = match others.len() {
        0 => String::new(),
        1 => " Of one other answer it cannot be told.".to_owned(),
        n => format!(" Of {n} other answers it cannot be told."),
    };
    format!(
        "Together they move these answers (in brackets the share of the variance over trials that they \
         explain): {}. Which of the numbers does it is not told.{others}",
        moved.iter().map(named).collect::<Vec<_>>().join(", ")
    )
}

/// A number in up to six significant digits.
fn figure(value: f64) -> String {
    let rounded: f64 = format!("{value:.5e}").parse().unwrap_or(value);
    rounded.to_string()
}

/// The mechanisms that ran, and those that did not.
pub fn processes(manifest: &Manifest) -> Result<String, ReportError> {
    let rows = PROCESSES.iter().map(|entry| {
        let name = entry.about.name;
        let on = manifest.processes_on.iter().any(|known| known == name);
        let unusual = on != entry.usual;
        let state = match (on, unusual) {
            (true, false) => "on",
            (true, true) => "on, usually off",
            (false, false) => "off, as usual",
            (false, true) => "off, usually on",
        };
        let cells = vec![Cell::text(name), Cell::text(state), Cell::text(entry.about.summary)];
        Row { cells, marked: unusual }
    });
    let columns = vec![words("Process"), words("Runs"), words("What it does")];
    Table::new("processes", "Processes of the model", columns, rows.collect()).html()
}

/// Where the entries of the scenario come from.
pub fn sources(manifest: &Manifest) -> Result<String, ReportError> {
    if manifest.sources.is_empty() {
        return notes(&["No entry of the scenario names a source or has a note."]);
    }
    let rows = manifest.sources.iter().map(|known| {
        row(vec![
            Cell::text(&known.entry),
            Cell::text(known.source.as_deref().unwrap_or_default()),
            Cell::text(known.note.as_deref().unwrap_or_default()),
        ])
    });
    let columns = vec![words("Entry"), words("Source"), words("Note")];
    let caption = "Entries of the scenario with their sources and notes";
    let table = Table::new("sources", caption, columns, rows.collect()).html()?;
    let count = manifest.sources.len();
    let entries = if count == 1 { "entry" } else { "entries" };
    folded(&format!("{count} {entries} with a source or a note"), &table)
}
