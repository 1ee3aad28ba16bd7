//! What a run or a comparison found, in plain words: computed from the rows of its tables by the rules
//! of [`wording`](crate::analysis::wording), so that no word says more than its interval.

use jiff::civil::Date;

use crate::analysis::wording::dates::Fineness;
use crate::analysis::wording::likelihood::Likelihood;
use crate::analysis::wording::numbers::{counted, decimals, fixed, percents};
use crate::analysis::{Results, interval, measures, outcomes, variance};
use crate::engine::script;
use crate::scenario::setup::Setup;

mod compared;

pub use compared::{Compared, Shown, compared, shown};

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Sentences that can stand alone.
    pub lead: Vec<String>,
    /// The outcomes, those of which the same can be said together.
    pub groups: Vec<Group>,
}

/// Outcomes of which the same can be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What is said of them.
    pub heading: String,
    /// What that means, where the heading is not enough.
    pub remark: String,
    /// The outcomes.
    pub items: Vec<Item>,
}

/// An outcome with its figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its title.
    pub title: String,
    /// The estimate, with its unit.
    pub estimate: String,
    /// Its 95 % interval; empty if the estimate has none.
    pub interval: String,
    /// What else is to be known, a sentence each.
    pub remarks: Vec<String>,
}

/// The heading of outcomes that the scenario itself writes down.
const FIXED: &str = "Written down by the scenario";

/// What stands under it.
const WRITTEN: &str = "The scenario itself writes this down: its events alone, with every process still, \
                       answer it so. That it comes about is supposed; found is only how often processes \
                       undo it.";

/// What a run found: outcomes from the likeliest down, those that are the same in every trial, those that
/// the scenario itself writes down, measures.
pub fn of_run(setup: &Setup, results: &Results) -> Finding {
    let mut told: Vec<_> = results.outcomes.iter().map(|row| (likelihood(row), row)).collect();
    let lead = lead(setup, results, &told);
    // What is no finding stands behind what is one.
    told.sort_by(|(one, a), (other, b)| {
        let rank = |likelihood: &Likelihood, row: &outcomes::Row| {
            (row.is_written_down(), !likelihood.is_open())
        };
        rank(one, a).cmp(&rank(other, b)).then(b.probability.total_cmp(&a.probability))
    });
    let mut groups: Vec<Group> = Vec::new();
    for (likelihood, row) in told {
        let fixed = row.is_written_down();
        let heading = if fixed { FIXED.to_owned() } else { likelihood.heading() };
        let place = groups.iter().position(|group| group.heading == heading);
        let place = place.unwrap_or_else(|| {
            let remark = if fixed { WRITTEN.to_owned() } else { remark(likelihood, row) };
            groups.push(Group { heading, remark, items: Vec::new() });
            groups.len() - 1
        });
        groups[place].items.push(outcome(likelihood, row, &results.variance));
    }
    if !results.measures.is_empty() {
        groups.push(Group {
            heading: "Numbers".to_owned(),
            remark: "Means over trials.".to_owned(),
            items: results.measures.iter().map(measure).collect(),
        });
    }
    Finding { lead, groups }
}

fn likelihood(row: &outcomes::Row) -> Likelihood {
    Likelihood::of(row.yes, row.n, (row.low, row.high))
}

/// The scenario's first outcome that is not the same in every trial and that it does not write down itself.
fn lead(setup: &Setup, results: &Results, told: &[(Likelihood, &outcomes::Row)]) -> Vec<String> {
    let found = |(likelihood, row): &&(Likelihood, &outcomes::Row)| {
        likelihood.is_open() && !row.is_written_down()
    };
    if let Some((likelihood, row)) = told.iter().find(found) {
        let [p, low, high] = percents([row.probability, row.low, row.high]);
        let of = counted(row.n, "trial");
        return vec![format!(
            "“{}” {}: yes in {p} % of {of}, with a 95 % interval of {low} to {high} %.",
            row.title,
            likelihood.predicate()
        )];
    }
    if let Some(row) = results.measures.iter().find(|row| row.mean.is_some()) {
        let Item { title, estimate, interval, .. } = measure(row);
        let interval = match interval.as_str() {
            "" => String::new(),
            known => format!(", with a 95 % interval of {known}"),
        };
        let trials = counted(row.n, "trial");
        return vec![format!("“{title}” is {estimate} on average over {trials}{interval}.")];
    }
    if !told.is_empty() {
        return vec![
            "No outcome that the scenario leaves open differs between trials: what is asked follows \
             from what the scenario supposes, or is too rare or too nearly certain for these trials to \
             tell."
                .to_owned(),
        ];
    }
    let trials = results.summary.first().map_or(0, |row| row.n);
    vec![format!(
        "The scenario asks for no outcomes; what {} of it show is how scores move from {} to {}.",
        counted(trials, "trial"),
        long(setup.calendar.start()),
        long(setup.calendar.end())
    )]
}

/// What it means that every trial gives the same answer.
fn remark(likelihood: Likelihood, row: &outcomes::Row) -> String {
    let [low, high] = percents([row.low, row.high]);
    match likelihood {
        Likelihood::Always => format!(
            "The scenario supposes it, or its probability is above {low} %: more cannot be told \
             from {}. Not a finding.",
            counted(row.n, "trial")
        ),
        Likelihood::Never => format!(
            "The scenario rules it out, or its probability is below {high} %: more cannot be told \
             from {}. Not a finding.",
            counted(row.n, "trial")
        ),
        Likelihood::Unknown | Likelihood::Open { .. } => String::new(),
    }
}

fn outcome(likelihood: Likelihood, row: &outcomes::Row, shares: &[variance::Row]) -> Item {
    let [p, low, high] = percents([row.probability, row.low, row.high]);
    let mut remarks = Vec::new();
    if let Likelihood::Open { even: true, .. } = likelihood {
        remarks.push("It cannot be told apart from 50 %.".to_owned());
    }
    remarks.extend(partly_scripted(row));
    remarks.extend(moved(&row.outcome, shares));
    remarks.extend(first_dates(row));
    Item {
        title: row.title.clone(),
        estimate: format!("{p} %"),
        interval: format!("{low} to {high} %"),
        remarks,
    }
}

/// How often the scenario's events give an answer by themselves, where trials may give another.
fn partly_scripted(row: &outcomes::Row) -> Option<String> {
    (row.scripted != 0.0 && !row.is_written_down()).then(|| {
        let answer = if row.scripted > 0.0 { "yes" } else { "no" };
        format!(
            "With every process still, the scenario's events alone make the answer {answer} in {:.0} of {} trials.",
            row.scripted.abs() * f64::from(script::TRIALS),
            script::TRIALS
        )
    })
}

/// How far uncertain numbers move a probability, where the trials can tell that they do.
fn moved(outcome: &str, shares: &[variance::Row]) -> Option<String> {
    let row = shares.iter().find(|row| row.metric == "outcome" && row.subject == outcome)?;
    let numbers = row.numbers.filter(|numbers| *numbers > 0.0)?;
    let told = row.low.is_some_and(|low| low > 0.0);
    told.then(|| {
        let points = 100.0 * numbers.sqrt();
        let points = if points < 1.0 { format!("{points:.1}") } else { format!("{points:.0}") };
        format!(
            "The uncertain numbers move this probability by {points} points (one standard \
             deviation), which the interval leaves out."
        )
    })
}

/// When it came, among the trials in which it did.
fn first_dates(row: &outcomes::Row) -> Option<String> {
    let (from, median, to) = (row.first_q05?, row.first_q50?, row.first_q95?);
    let fineness = Fineness::of_median(Some((from, to)), row.yes);
    let [from, median, to] = [from, median, to].map(|date| fineness.long(date));
    Some(if from == to {
        let on = if fineness == Fineness::Day { "on" } else { "in" };
        format!("Where it came, nearly always {on} {median}.")
    } else {
        format!("Where it came, half the time by {median}, nine times in ten from {from} to {to}.")
    })
}

fn measure(row: &measures::Row) -> Item {
    let mut remarks = Vec::new();
    let constant = row.least.is_some() && row.least == row.greatest;
    // One trial, or trials that all say the same, have no spread to make an interval of.
    let error = row.se.map(|se| interval::Z * se).filter(|_| row.n > 1 && !constant);
    let places = error.map_or(4, |error| decimals(2.0 * error));
    if constant && row.n > 1 {
        remarks.push("The same in every trial: supposed by the scenario, not found.".to_owned());
    } else if let (Some(low), Some(high)) = (row.q05, row.q95) {
        let [low, high] = spread([low, high]);
        remarks.push(format!("Nine trials in ten lie between {low} and {high}."));
    }
    if row.missing > 0 {
        let (with, without) = (counted(row.n, "trial"), counted(row.missing, "trial"));
        remarks.push(format!("{with} gave a number and {without} gave none."));
    }
    let shown = |value: f64| fixed(value, places);
    let interval = row
        .mean
        .zip(error)
        .map(|(mean, error)| format!("{} to {}", shown(mean - error), shown(mean + error)));
    Item {
        title: row.title.clone(),
        estimate: row.mean.map_or_else(|| "none".to_owned(), shown),
        interval: interval.unwrap_or_default(),
        remarks,
    }
}

/// Numbers that trials lie between, in as many decimals as tell them apart.
pub fn spread<const N: usize>(numbers: [f64; N]) -> [String; N] {
    let whole = numbers.iter().all(|number| *number == number.trunc());
    let width = numbers[N - 1] - numbers[0];
    let places = if whole { 0 } else { decimals(width) };
    numbers.map(|number| fixed(number, places))
}

/// A date in words.
pub fn long(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

#[cfg(test)]
mod tests;
