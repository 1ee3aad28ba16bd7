//! Outcomes against answers known by hand, at the days where they change.

#[path = "support/scenarios.rs"]
mod support;

use std::collections::BTreeMap;

use support::{HISTORY, each_trial, pair};

/// The answers of a run without chance to these outcomes (name and keys).
fn answers(outcomes: &[(&str, &str)]) -> BTreeMap<String, (bool, Option<String>)> {
    let tables: String =
        outcomes.iter().map(|(name, keys)| format!("[outcomes.{name}]\n{keys}\n")).collect();
    let setup = pair(10, "month", 0.25, "", &format!("{HISTORY}{tables}"));
    let trial = each_trial(&setup, 1, |s| s.record().answers.clone()).remove(0);
    let named = setup.outcomes.iter().zip(trial).map(|(outcome, answer)| {
        let day = answer.first_day.map(|day| setup.calendar.date(day).to_string());
        (outcome.name.clone(), (answer.yes, day))
    });
    named.collect()
}

fn yes(found: &BTreeMap<String, (bool, Option<String>)>) -> Vec<&str> {
    found.iter().filter(|(_, (yes, _))| *yes).map(|(name, _)| name.as_str()).collect()
}

#[test]
fn a_treaty_binds_from_the_day_it_is_signed_to_the_day_before_it_ends() {
    let at = |date: &str| format!("treaty = \"defence\"\nbetween = \"XAA-XBB\"\nat = {date}");
    let dates =
        ["2003-06-18", "2003-06-19", "2003-07-01", "2005-12-03", "2005-12-04", "2009-12-01"];
    let outcomes: Vec<_> = dates.iter().map(|date| (*date, at(date))).collect();
    let outcomes: Vec<_> = outcomes.iter().map(|(name, keys)| (*name, keys.as_str())).collect();
    assert_eq!(yes(&answers(&outcomes)), ["2003-06-19", "2003-07-01", "2005-12-03"]);
}

#[test]
fn by_counts_its_own_day_and_keeps_the_first() {
    let found = answers(&[
        ("before", "treaty = \"defence\"\nbetween = \"XBB-XAA\"\nby = 2003-06-18"),
        ("on", "treaty = \"defence\"\nbetween = \"XAA-XBB\"\nby = 2003-06-19"),
        ("ever", "treaty = \"consultation\"\nbetween = \"XAA-XBB\""),
        ("other", "treaty = \"neutrality\"\nbetween = \"XAA-XBB\""),
    ]);
    assert_eq!(yes(&found), ["ever", "on"]);
    assert_eq!(found["on"].1.as_deref(), Some("2003-06-19"));
    assert_eq!(found["ever"].1.as_deref(), Some("2003-06-19"));
}

#[test]
fn scores_are_compared_strictly_at_their_date() {
    let isolation = |date: &str, test: &str| format!("isolation = \"XBB\"\nat = {date}\n{test}");
    let alignment = |test: &str| format!("alignment = \"XAA-XBB\"\nat = 2006-01-01\n{test}");
    let keys = [
        ("before-above", isolation("2004-02-01", "above = 0.4")),
        ("before-below", isolation("2004-02-01", "below = 0.41")),
        ("before-equal", isolation("2004-02-01", "below = 0.4")),
        ("on-above", isolation("2004-03-01", "above = 0.69")),
        ("on-below", isolation("2004-03-01", "below = 0.69")),
        ("close-above", alignment("above = 0.24")),
        ("close-equal", alignment("above = 0.25")),
        ("close-below", alignment("below = 0.26")),
    ];
    let keys: Vec<_> = keys.iter().map(|(name, keys)| (*name, keys.as_str())).collect();
    assert_eq!(yes(&answers(&keys)), ["before-below", "close-above", "close-below", "on-above"]);
}
