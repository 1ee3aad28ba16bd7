//! Tables of relations, occurrences, wars and stories against values worked out by hand.

#[path = "support/scenarios.rs"]
mod support;

use std::fmt::Debug;

use detente::analysis::Results;
use detente::analysis::interval::wilson;
use detente::engine::ensemble::{self, Plan};
use detente::engine::tally::Tally;
use detente::scenario::setup::Setup;
use proptest::prelude::{any, prop, prop_assert, proptest};
use serde::Serialize;
use serde::de::DeserializeOwned;
use support::{compile, each_trial, flagship, pair};

fn results(setup: &Setup, trials: u64) -> Results {
    Results::new(setup, &ensemble::run(setup, Plan::new(trials), &|_| {}).unwrap())
}

/// Rows written as CSV and read again are the same.
fn read_back<R: Serialize + DeserializeOwned + PartialEq + Debug>(rows: &[R]) {
    assert!(!rows.is_empty(), "there is something to read");
    let mut writer = csv::Writer::from_writer(Vec::new());
    rows.iter().for_each(|row| writer.serialize(row).unwrap());
    let bytes = writer.into_inner().unwrap();
    let read = csv::Reader::from_reader(&bytes[..]).into_deserialize::<R>();
    assert_eq!(read.collect::<Result<Vec<_>, _>>().unwrap(), rows);
}

/// Five years in steps of a year, from 2000: every step date is kept.
const RELATIONS: &str = r#"
[treaties.pact]
members = ["XAA", "XBB"]
obligations = ["defence", "consultation"]
dimensions = ["military", "political", "economic"]
ratification = "by event"
[wars.war]
side_a = ["XBB"]
side_b = ["XAA"]
[sanctions.ban]
senders = ["XBB"]
targets = ["XAA"]
types = ["travel"]
[events.signature]
date = 2000-06-01
actions = [{ sign = "pact" }]
[events.entry]
date = 2001-06-01
actions = [{ ratify = "pact" }]
[events.arms]
date = 2001-06-01
actions = [{ arm = "XBB", from = "XAA" }]
[events.end]
date = 2003-01-01
actions = [{ terminate = "pact" }]
[events.strife]
window = [2003-06-01, 2003-06-02]
probability = 0.25
actions = [{ start_war = "war" }, { impose = "ban" }]
"#;

#[test]
fn relations_hold_from_the_day_they_begin_to_the_day_they_end() {
    let setup = pair(5, "year", 0.5, "", RELATIONS);
    let n = 400;
    let rows = results(&setup, n).network;
    let certain = |relation: &str, years: &[i16], (from, to): (&str, &str)| {
        let found: Vec<_> = rows.iter().filter(|row| row.relation == relation).collect();
        let dates: Vec<_> = found.iter().map(|row| row.date.year()).collect();
        assert_eq!(dates, years, "{relation}");
        for row in found {
            assert_eq!((row.from.as_str(), row.to.as_str()), (from, to), "{relation}");
            assert_eq!((row.trials, row.n, row.probability), (n, n, 1.0), "{relation}");
        }
    };
    // Of a step date everything counts that happened on it: the treaty ends on 1 January 2003.
    certain("defence", &[2002], ("XAA", "XBB"));
    certain("consultation", &[2002], ("XAA", "XBB"));
    certain("economic", &[2002], ("XAA", "XBB"));
    certain("political", &[2001, 2002], ("XAA", "XBB"));
    certain("arms", &[2002, 2003, 2004, 2005], ("XAA", "XBB"));
    // War and sanction come together in a quarter of the trials, and stay.
    let uncertain: Vec<_> =
        rows.iter().filter(|row| ["war", "sanction"].contains(&row.relation.as_str())).collect();
    let keys: Vec<_> = uncertain
        .iter()
        .map(|row| (row.date.year(), row.relation.as_str(), row.from.as_str(), row.to.as_str()))
        .collect();
    assert_eq!(
        keys,
        [
            (2004, "war", "XAA", "XBB"),
            (2004, "sanction", "XBB", "XAA"),
            (2005, "war", "XAA", "XBB"),
            (2005, "sanction", "XBB", "XAA"),
        ]
    );
    let trials = uncertain[0].trials;
    support::probability("war", usize::try_from(trials).unwrap(), 400, 0.25);
    let (low, high) = wilson(trials, n);
    for row in uncertain {
        assert_eq!(row.trials, trials);
        assert!((row.low - low).abs() < 1e-9 && (row.high - high).abs() < 1e-9);
        assert!((row.probability - trials as f64 / n as f64).abs() < 1e-9);
    }
    assert_eq!(rows.len(), 3 + 2 + 4 + 4, "nothing else holds in any trial");
    read_back(&rows);
}

#[test]
fn a_relation_is_as_likely_as_the_outcome_that_asks_for_it() {
    let more = r#"
        [outcomes.bound-at-the-end]
        treaty = "defence"
        between = "RUS-PRK"
        at = 2027-03-01
        [outcomes.at-war-at-the-end]
        holds = "at_war(RUS, UKR)"
        at = "end"
        [outcomes.sanctioned-at-the-end]
        holds = "sanctioned(RUS, by = USA)"
        at = "end"
    "#;
    let setup = compile(&(flagship() + more));
    let results = results(&setup, 100);
    let end = setup.calendar.end();
    for (outcome, relation, from, to) in [
        ("bound-at-the-end", "defence", "PRK", "RUS"),
        ("at-war-at-the-end", "war", "RUS", "UKR"),
        ("sanctioned-at-the-end", "sanction", "USA", "RUS"),
    ] {
        let asked = results.outcomes.iter().find(|row| row.outcome == outcome).unwrap();
        let held = results.network.iter().find(|row| {
            (row.date, row.relation.as_str(), row.from.as_str(), row.to.as_str())
                == (end, relation, from, to)
        });
        assert_eq!(held.map_or(0, |row| row.trials), asked.yes, "{outcome}");
        assert!(asked.yes > 0, "{outcome} happens, or nothing is compared");
    }
    assert!(results.network.iter().all(|row| row.trials > 0));
}

/// Three states among whom everything happens at rates.
fn busy() -> Setup {
    let strife = r#"
        [wars.war]
        side_a = ["XAA"]
        side_b = ["XBB"]
        [treaties.pact]
        members = ["XBB", "XCC"]
        obligations = ["defence"]
        [events.strife]
        rate = 1
        actions = [{ start_war = "war" }, { attack = "XCC", from = "XAA" }, { arm = "XBB", from = "XCC" }]
        [events.calm]
        rate = 2
        actions = [{ end_war = "war" }]
        [events.words]
        rate = 1
        actions = [{ sign = "pact" }, { accede = "pact", state = "XAA" }]
        [outcomes.war]
        ever = "at_war(XAA, XBB)"
        [outcomes.pact]
        ever = "fired('words')"
    "#;
    support::peers(
        &["XAA", "XBB", "XCC"],
        0.5,
        "[processes.casus_foederis]\n[processes.arms]\n[processes.war]\n",
        strife,
    )
}

proptest! {
    #[test]
    fn the_order_of_trials_and_of_merging_does_not_matter(
        order in prop::collection::vec(any::<u32>(), 40),
        part in prop::collection::vec(0..4_usize, 40),
    ) {
        let setup = busy();
        let records = each_trial(&setup, 40, |simulator| simulator.record().clone());
        let mut whole = Tally::new(&setup);
        records.iter().for_each(|record| whole.add(&setup, record));
        let mut trials: Vec<usize> = (0..40).collect();
        trials.sort_by_key(|&trial| order[trial]);
        let mut parts = vec![Tally::new(&setup); 4];
        for trial in trials {
            parts[part[trial]].add(&setup, &records[trial]);
        }
        let merged = parts.into_iter().rev().reduce(|mut one, other| {
            one.merge(other);
            one
        });
        prop_assert!(merged.unwrap() == whole);
    }
}
