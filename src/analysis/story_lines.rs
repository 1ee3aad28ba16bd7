//! Rows of `story_lines.csv`: in which order outcomes came about, and how often.

use std::cmp::Reverse;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::analysis::interval::wilson;
use crate::analysis::rounded;
use crate::engine::tally::{Order, StoryLine, Tally};
use crate::scenario::setup::Setup;

/// What stands between two outcomes of a line.
const THEN: &str = " > ";

/// The line of the trials in which none of the outcomes came about.
const NONE: &str = "none of them";

/// A story line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// From 1, the most frequent first.
    pub rank: u64,
    /// The outcomes that came about, by their names in the scenario, in order, as in `a > b`.
    pub story_line: String,
    /// How many trials ended well.
    pub n: u64,
    /// How many of them have this line.
    pub trials: u64,
    /// Their share.
    pub probability: f64,
    /// Lower end of the 95 % Wilson interval.
    pub low: f64,
    /// Upper end of the 95 % Wilson interval.
    pub high: f64,
    /// The lowest number of a trial that has it.
    pub trial: u32,
    /// Mean over its trials of the date on which its first outcome came about; empty if it has none.
    pub date_1: Option<Date>,
    /// Standard deviation of that date over its trials (days); 0 for a single trial.
    pub sd_1: Option<f64>,
    /// Of its second outcome.
    pub date_2: Option<Date>,
    /// Of its second outcome.
    pub sd_2: Option<f64>,
    /// Of its third outcome.
    pub date_3: Option<Date>,
    /// Of its third outcome.
    pub sd_3: Option<f64>,
    /// Of its fourth outcome.
    pub date_4: Option<Date>,
    /// Of its fourth outcome.
    pub sd_4: Option<f64>,
    /// Of its fifth outcome.
    pub date_5: Option<Date>,
    /// Of its fifth outcome.
    pub sd_5: Option<f64>,
    /// Of its sixth outcome.
    pub date_6: Option<Date>,
    /// Of its sixth outcome.
    pub sd_6: Option<f64>,
}

impl Row {
    /// Mean date and standard deviation (days) of each outcome of the line, in its order.
    pub fn dates(&self) -> impl Iterator<Item = (Date, f64)> {
        let dates = [self.date_1, self.date_2, self.date_3, self.date_4, self.date_5, self.date_6];
        let deviations = [self.sd_1, self.sd_2, self.sd_3, self.sd_4, self.sd_5, self.sd_6];
        dates.into_iter().zip(deviations).map_while(|(date, sd)| date.zip(sd))
    }
}

/// The rows: every line that a trial has, the most frequent first.
pub fn rows(setup: &Setup, tally: &Tally) -> Vec<Row> {
    let mut lines: Vec<_> = tally.story_lines.lines().iter().collect();
    // Lines are in order of the chosen outcomes, so equals stay in it.
    lines.sort_by_key(|(_, line)| Reverse(line.trials));
    let ranked = (1..).zip(lines);
    ranked.map(|(rank, (order, line))| row(setup, rank, (order, line), tally.trials)).collect()
}

fn row(setup: &Setup, rank: u64, (order, line): (&Order, &StoryLine), n: u64) -> Row {
    let (low, high) = wilson(line.trials, n);
    let day = |place: usize| (order[place] > 0).then_some(&line.days[place]);
    let date = |place| day(place).map(|days| setup.calendar.date(days.mean(line.trials)));
    let sd = |place| day(place).map(|days| rounded(days.sd(line.trials)));
    Row {
        rank,
        story_line: written(setup, order),
        n,
        trials: line.trials,
        probability: rounded(line.trials as f64 / n as f64),
        low: rounded(low),
        high: rounded(high),
        trial: line.first,
        date_1: date(0),
        sd_1: sd(0),
        date_2: date(1),
        sd_2: sd(1),
        date_3: date(2),
        sd_3: sd(2),
        date_4: date(3),
        sd_4: sd(3),
        date_5: date(4),
        sd_5: sd(4),
        date_6: date(5),
        sd_6: sd(5),
    }
}

fn written(setup: &Setup, order: &Order) -> String {
    let came = order.iter().map_while(|&place| usize::from(place).checked_sub(1));
    let names: Vec<_> = came.map(|place| name(setup, setup.story_lines[place])).collect();
    if names.is_empty() { NONE.to_owned() } else { names.join(THEN) }
}

/// An outcome's name within a line; in quotation marks where the line would be read as another.
fn name(setup: &Setup, outcome: usize) -> String {
    let name = &setup.outcomes[outcome].name;
    let misread = name.contains(THEN.trim()) || name.contains('"') || name == NONE;
    if misread { format!("\"{name}\"") } else { name.clone() }
}

/// The outcomes of a written line by their numbers, in its order; `None` if no trial of the scenario
/// can have it.
pub fn outcomes(setup: &Setup, line: &str) -> Option<Vec<usize>> {
    if line == NONE {
        return (!setup.story_lines.is_empty()).then(Vec::new);
    }
    rest(setup, line, &mut Vec::new())
}

/// The outcomes of a line of which some have been read.
fn rest(setup: &Setup, line: &str, read: &mut Vec<usize>) -> Option<Vec<usize>> {
    for &outcome in &setup.story_lines {
        let Some(after) = line.strip_prefix(&name(setup, outcome)) else { continue };
        if read.contains(&outcome) {
            continue;
        }
        read.push(outcome);
        let whole = match after.strip_prefix(THEN) {
            Some(more) => rest(setup, more, read),
            None => after.is_empty().then(|| read.clone()),
        };
        if whole.is_some() {
            return whole;
        }
        read.pop();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every order of some places, of however many of them.
    fn orders(places: u8) -> Vec<Order> {
        let mut all = vec![Order::default()];
        let mut from = 0;
        for length in 0..usize::from(places) {
            let longer = all.len();
            for n in from..longer {
                let free = (1..=places).filter(|place| !all[n].contains(place));
                let with = |place| {
                    let mut order = all[n];
                    order[length] = place;
                    order
                };
                let grown: Vec<_> = free.map(with).collect();
                all.extend(grown);
            }
            from = longer;
        }
        all
    }

    /// Names that are made to be mistaken for each other are read as what was written.
    #[test]
    fn every_line_is_written_and_read_again() {
        let names = ["a", "b", "a > b", "none of them", "\"a > b\"", "a >"];
        let outcomes_of =
            names.map(|name| format!("[outcomes.{name:?}]\never = \"at_war(XAA)\"\n"));
        let text = include_str!("../../scenarios/classroom.toml");
        let (before, rest) = text.split_once("[outcomes.arland-fights]").expect("it asks");
        let (_, after) = rest.split_once("[processes]").expect("it chooses processes");
        let (processes, _) = after.split_once("[charts]").expect("it chooses charts");
        let text = format!("{before}{}[processes]{processes}", outcomes_of.concat());
        let setup = crate::scenario::parse(&text, None).expect("the scenario is right");
        assert_eq!(setup.story_lines, [0, 1, 2, 3, 4, 5]);
        let orders = orders(6);
        assert_eq!(orders.len(), 1957);
        let mut lines = std::collections::BTreeSet::new();
        for order in orders {
            let line = written(&setup, &order);
            let places = order.iter().filter(|place| **place > 0);
            let expected: Vec<_> = places.map(|&place| usize::from(place) - 1).collect();
            assert_eq!(outcomes(&setup, &line), Some(expected), "{line}");
            lines.insert(line);
        }
        assert_eq!(lines.len(), 1957);
        for line in ["", "a > ", "a > a", "c", "a >b", "none of them > a", "a > none of them"] {
            assert_eq!(outcomes(&setup, line), None, "{line}");
        }
    }
}
