//! `[events]`: what is to happen.

use jiff::civil::Date;
use toml::Spanned;

use crate::scenario::document::actions::{Action, actions};
use crate::scenario::expression::Expression;
use crate::scenario::problem::{Problem, Problems};
use crate::scenario::reader::{Entry, Number, Placed};

/// An event.
#[derive(Clone, Debug)]
pub struct Event {
    /// When, if that could be read.
    pub timing: Option<Timing>,
    /// Which of its occasions it takes.
    pub terms: Terms,
    /// What happens, in order, as far as it could be read.
    pub actions: Vec<Action>,
    /// Whether there are actions and all could be read.
    pub complete: bool,
}

/// When an event has an occasion.
#[derive(Clone, Debug)]
pub enum Timing {
    /// On a date.
    Date(Placed<Date>),
    /// At random, so many times a year.
    Rate(Number),
    /// On a day from the first to the second date.
    Window(Placed<Date>, Placed<Date>),
    /// Each time a condition comes to hold.
    When(Placed<Expression>),
}

/// Which of its occasions an event takes.
#[derive(Clone, Debug)]
pub struct Terms {
    /// The probability that it takes one.
    pub probability: Number,
    /// Whether it happens at most once.
    pub once: bool,
    /// Years before it can happen again.
    pub cooldown: Number,
    /// The first day on which it can happen.
    pub from: Option<Placed<Date>>,
    /// The last day on which it can happen.
    pub until: Option<Placed<Date>>,
    /// Events that have to have happened.
    pub requires: Vec<Placed<String>>,
    /// Events of which only one happens.
    pub excludes: Vec<Placed<String>>,
}

impl Event {
    /// The first day on which it can happen, if that is said.
    pub fn first_day(&self) -> Option<Date> {
        match &self.timing {
            Some(Timing::Date(date) | Timing::Window(date, _)) => Some(*date.get_ref()),
            _ => self.terms.from.as_ref().map(|date| *date.get_ref()),
        }
    }

    /// The last day on which it can happen, if that is said.
    pub fn last_day(&self) -> Option<Date> {
        match &self.timing {
            Some(Timing::Date(date) | Timing::Window(_, date)) => Some(*date.get_ref()),
            _ => self.terms.until.as_ref().map(|date| *date.get_ref()),
        }
    }
}

const TIMINGS: [&str; 4] = ["date", "rate", "window", "when"];

/// Reads an entry of `[events]`.
pub fn event(name: &Placed<&str>, entry: &mut Entry<'_>, problems: &mut Problems) -> Option<Event> {
    let timing = timing(name, entry, problems);
    let terms = terms(entry, problems);
    let actions = actions(entry, problems);
    let complete =
        actions.as_ref().is_some_and(|list| !list.is_empty() && list.iter().all(Option::is_some));
    let actions = actions.into_iter().flatten().flatten().collect();
    Some(Event { timing, terms, actions, complete })
}

fn timing(name: &Placed<&str>, entry: &mut Entry<'_>, problems: &mut Problems) -> Option<Timing> {
    let date = entry.get::<Date>("date", problems);
    let rate = entry.uncertain("rate", 0.0..=1000.0, problems);
    let window = window(entry, problems);
    let when = entry.get::<Expression>("when", problems);
    let present: Vec<_> = TIMINGS.into_iter().filter(|key| entry.has(key)).collect();
    let rule = format!(
        "event `{}` has exactly one of `date`, `rate`, `window` and `when`",
        name.get_ref()
    );
    match present[..] {
        ["date"] => date.map(Timing::Date),
        ["rate"] => rate.map(Timing::Rate),
        ["window"] => window.map(|(first, last)| Timing::Window(first, last)),
        [_] => when.map(Timing::When),
        [] => {
            let lack = Problem::new(entry.place(), rule, "it has none");
            entry.lack(&TIMINGS, lack);
            None
        }
        [first, second, ..] => {
            let found = format!("it has `{first}` and `{second}`");
            problems.add(entry.place_of(second), rule, found);
            None
        }
    }
}

/// The first and the last day of a window.
fn window(entry: &mut Entry<'_>, problems: &mut Problems) -> Option<(Placed<Date>, Placed<Date>)> {
    let dates = entry.get::<Vec<Placed<Date>>>("window", problems)?;
    if entry.len_of("window") != 2 {
        let rule = format!("`{}` has a first and a last day", entry.path_of("window"));
        let found = format!("it has {} dates", entry.len_of("window"));
        let cure = "for example: window = [2024-01-01, 2024-12-31]";
        problems.add_with_cure(dates.span(), rule, found, cure);
    }
    let [first, last] = <[_; 2]>::try_from(dates.into_inner()).ok()?;
    in_order(&first, &last, &entry.path_of("window"), problems).then_some((first, last))
}

/// Whether one date comes no later than another.
fn in_order(first: &Placed<Date>, last: &Placed<Date>, at: &str, problems: &mut Problems) -> bool {
    let order = first.get_ref() <= last.get_ref();
    if !order {
        let rule = format!("`{at}` begins before it ends");
        problems.add(last.span(), rule, format!("it begins on {}", first.get_ref()));
    }
    order
}

fn terms(entry: &mut Entry<'_>, problems: &mut Problems) -> Terms {
    let probability = entry.uncertain("probability", 0.0..=1.0, problems);
    let once = entry.get::<bool>("once", problems).is_some_and(Spanned::into_inner);
    let cooldown = entry.uncertain("cooldown", 0.0..=1000.0, problems);
    let (from, until) = (entry.get("from", problems), entry.get("until", problems));
    let fixed = ["date", "window"].into_iter().find(|key| entry.has(key));
    for key in ["from", "until", "cooldown", "once"] {
        if let (Some(fixed), true) = (fixed, entry.has(key)) {
            let rule = format!("`{key}` goes with `rate` and `when`");
            let found = format!("an event with a `{fixed}` has one occasion");
            problems.add_with_cure(entry.place_of(key), rule, found, "leave it out");
        }
    }
    if let (Some(from), Some(until)) = (&from, &until) {
        in_order(from, until, &format!("{}.until", entry.path()), problems);
    }
    let mut names = |key| {
        let list = entry.get::<Vec<Placed<String>>>(key, problems);
        list.map(Spanned::into_inner).unwrap_or_default()
    };
    let (requires, excludes) = (names("requires"), names("excludes"));
    Terms {
        probability: probability.unwrap_or(1.0.into()),
        once,
        cooldown: cooldown.unwrap_or_default(),
        from,
        until,
        requires,
        excludes,
    }
}
