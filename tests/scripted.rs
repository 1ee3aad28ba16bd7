//! What a scenario answers by itself is told apart from what its trials find.

#[path = "support/scenarios.rs"]
mod support;

use std::collections::BTreeMap;

use detente::analysis::{Results, finding};
use detente::engine::ensemble::{self, Plan};
use detente::scenario::setup::Setup;
use support::{HISTORY, compile, flagship, pair};

fn results(setup: &Setup, trials: u64) -> Results {
    Results::new(setup, &ensemble::run(setup, Plan::new(trials), &|_| {}).unwrap())
}

/// How far the script's events move the share of yes of each outcome, in thousandths.
fn scripted(results: &Results) -> BTreeMap<&str, i32> {
    let rows = results.outcomes.iter();
    rows.map(|row| (row.outcome.as_str(), (1_000.0 * row.scripted) as i32)).collect()
}

/// The signature and the troops of the flagship are events with dates. That the pact binds at the end is not
/// so in every trial, and all the same written down.
#[test]
fn events_with_dates_write_their_outcomes_down_whatever_processes_make_of_it() {
    let setup = compile(&flagship());
    let results = results(&setup, 200);
    let written: Vec<_> = results.outcomes.iter().filter(|row| row.is_written_down()).collect();
    let names: Vec<_> = written.iter().map(|row| row.outcome.as_str()).collect();
    assert_eq!(names, ["rus-prk", "rus-prk-at-end", "prk-fights"]);
    assert!(written.iter().all(|row| row.scripted == 1.0));
    // An event begins deliveries, and whether they go on to the end is for processes to say.
    let arms = results.outcomes.iter().find(|row| row.outcome == "arms-to-russia").unwrap();
    assert!(arms.scripted == 1.0 && arms.probability < 0.5);
    let at_end = written.iter().find(|row| row.outcome == "rus-prk-at-end").unwrap();
    assert!(0 < at_end.yes && at_end.yes < at_end.n, "{} of {}", at_end.yes, at_end.n);

    let found = finding::of_run(&setup, &results);
    let fixed: Vec<_> =
        found.groups.iter().filter(|g| g.heading == "Written down by the scenario").collect();
    assert_eq!(fixed.len(), 1);
    assert_eq!(fixed[0].items.len(), 3);
    assert!(fixed[0].remark.starts_with("The scenario itself writes this down"));
    assert!(
        written.iter().all(|row| !found.lead[0].contains(&format!("“{}”", row.title))),
        "{:?}",
        found.lead
    );
}

/// What holds from the start is no event's doing; what an event takes away is.
#[test]
fn only_what_events_change_is_scripted() {
    let questions = r#"
        [outcomes.pact]
        treaty = "defence"
        between = "XAA-XBB"
        [outcomes.pact-at-end]
        treaty = "defence"
        between = "XAA-XBB"
        at = 2009-12-01
        [outcomes.raised]
        isolation = "XBB"
        at = 2009-12-01
        above = 0.5
        [outcomes.start]
        isolation = "XAA"
        at = 2009-12-01
        above = 0.4
        [outcomes.old]
        treaty = "consultation"
        between = "XAA-XBB"
        at = 2009-12-01
        [outcomes.count]
        value = "isolation(XBB)"
        at = 2009-12-01
    "#;
    let old = r#"
        [treaties.old]
        members = ["XAA", "XBB"]
        obligations = ["neutrality"]
        signed = 1990-01-01
        [events.old]
        date = 2004-01-01
        actions = [{ terminate = "old" }]
        [outcomes.neutral]
        treaty = "neutrality"
        between = "XAA-XBB"
        at = 2009-12-01
        [outcomes.neutral-ever]
        treaty = "neutrality"
        between = "XAA-XBB"
    "#;
    let setup = pair(10, "month", 0.25, "", &format!("{HISTORY}{old}{questions}"));
    let results = results(&setup, 64);
    let expected = [
        ("neutral", -1_000),
        ("neutral-ever", 0),
        ("old", 0),
        ("pact", 1_000),
        ("pact-at-end", 0),
        ("raised", 1_000),
        ("start", 0),
    ];
    assert_eq!(scripted(&results), BTreeMap::from(expected));
}

/// An event that comes now and then answers in so many trials of the script, however many are run.
#[test]
fn an_event_of_chance_writes_an_outcome_down_as_often_as_it_comes() {
    let questions = |probability: f64| {
        format!(
            "[treaties.pact]\nmembers = [\"XAA\", \"XBB\"]\nobligations = [\"defence\"]\n\
             [events.signature]\ndate = 2003-06-19\nprobability = {probability}\n\
             actions = [{{ sign = \"pact\" }}]\n\
             [outcomes.pact]\ntreaty = \"defence\"\nbetween = \"XAA-XBB\"\n"
        )
    };
    let share = |probability, trials| {
        let setup = pair(10, "month", 0.25, "", &questions(probability));
        results(&setup, trials).outcomes.remove(0)
    };
    let rare = share(0.25, 64);
    // The script's trials are those of the run: nothing else happens here.
    assert_eq!(rare.scripted, rare.probability);
    assert!(0.0 < rare.scripted && !rare.is_written_down());
    assert_eq!(share(0.25, 500).scripted, rare.scripted, "not a matter of the number of trials");
    assert!(share(0.9, 10).is_written_down());
    let setup = pair(10, "month", 0.25, "", &questions(0.25));
    let found = finding::of_run(&setup, &results(&setup, 64));
    let remark = &found.groups[0].items[0].remarks;
    let told = format!("make the answer yes in {} of 64 trials", 64.0 * rare.scripted);
    assert!(remark.iter().any(|said| said.contains(&told)), "{remark:?}");
}

/// Without a title a name is told in words, unless these are another outcome's title as well.
#[test]
fn names_that_read_alike_stay_apart() {
    let outcome = |name: &str, title: &str| {
        format!("[outcomes.{name}]\n{title}treaty = \"defence\"\nbetween = \"XAA-XBB\"\n")
    };
    let titles = |outcomes: &[(&str, &str)]| -> Vec<String> {
        let all: String = outcomes.iter().map(|(name, title)| outcome(name, title)).collect();
        let setup = pair(10, "month", 0.25, "", &all);
        setup.outcomes.iter().map(|outcome| outcome.title.clone()).collect()
    };
    assert_eq!(titles(&[("a-b", ""), ("a_c", "")]), ["A b", "A c"]);
    assert_eq!(titles(&[("a-b", ""), ("a_b", "")]), ["a-b", "a_b"]);
    assert_eq!(titles(&[("a-b", ""), ("x", "title = \"A b\"\n")]), ["a-b", "A b"]);
}
