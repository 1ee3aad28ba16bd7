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
        (0..).zip(&records).for_each(|(trial, record)| whole.add(&setup, trial, record));
        let mut trials: Vec<u32> = (0..40).collect();
        trials.sort_by_key(|&trial| order[trial as usize]);
        let mut parts = vec![Tally::new(&setup); 4];
        for trial in trials {
            parts[part[trial as usize]].add(&setup, trial, &records[trial as usize]);
        }
        let merged = parts.into_iter().rev().reduce(|mut one, other| {
            one.merge(other);
            one
        });
        prop_assert!(merged.unwrap() == whole);
    }
}

/// An event on a date, one that is as likely on every day of a window, one at a rate, and one that
/// never comes; four years in steps of a year.
const OCCURRENCES: &str = r#"
[events.dated]
date = 2001-07-01
actions = [{ shift_isolation = "XBB", by = 0.1 }]
[events.drawn]
window = [2002-01-02, 2003-12-31]
actions = [{ shift_isolation = "XBB", by = 0.1 }]
[events.often]
rate = 3
actions = [{ contact = "XAA-XBB" }]
[events.early]
date = 2000-01-01
actions = [{ shift_isolation = "XBB", by = 0.1 }]
[events.never]
when = "isolation(XAA) > 0.9"
actions = [{ contact = "XAA-XBB" }]
"#;

#[test]
fn what_happens_is_counted_in_its_step() {
    let setup = pair(4, "year", 0.5, &support::constant_pact(0.5), OCCURRENCES);
    let n = 2_000;
    let results = results(&setup, n);
    let rows = &results.timeline;
    let of = |kind: &str, subject: &str| -> Vec<_> {
        let wanted = rows.iter().filter(|row| row.kind == kind && row.subject == subject);
        wanted.collect()
    };
    let trials = |subject| of("event", subject).iter().map(|row| row.trials).collect::<Vec<_>>();
    assert_eq!(trials("early"), [n, 0, 0, 0, 0], "what happens on the first day is the first's");
    assert_eq!(trials("dated"), [0, 0, n, 0, 0]);
    assert_eq!(trials("never"), [0; 5]);
    // A window of 365 days of the third year and 364 of the fourth: it ends a day before the step.
    let drawn = trials("drawn");
    assert_eq!((drawn[0], drawn[1], drawn[2], drawn[3] + drawn[4]), (0, 0, 0, n));
    support::probability("drawn", drawn[3] as usize, n as usize, 365.0 / 729.0);
    for row in rows {
        let dated = ["dated", "early"].contains(&row.subject.as_str());
        assert_eq!(row.scheduled, dated, "{}", row.subject);
    }
    // A Poisson number of mean 3 in every year, none on the first day.
    let rounded = |value: f64| (value * 1e9).round() / 1e9;
    for row in &of("event", "often")[1..] {
        let error = row.se.unwrap();
        support::within_four_errors("mean", row.mean, 3.0, (3.0 / n as f64).sqrt());
        assert!((error / (3.0 / n as f64).sqrt() - 1.0).abs() < 0.1, "{error}");
        assert_eq!(row.count as f64, (row.mean * n as f64).round());
        let any = 1.0 - (-3.0_f64).exp();
        support::probability("any", row.trials as usize, n as usize, any);
        let (low, high) = wilson(row.trials, n);
        assert_eq!((row.low, row.high), (rounded(low), rounded(high)));
    }
    // A pact once at most, signed in a year with the hazard 0.5 while there is none.
    for (year, row) in of("pact", "").iter().enumerate().skip(1) {
        let theory = (-0.5 * (year as f64 - 1.0)).exp() * (1.0 - (-0.5_f64).exp());
        support::probability("pact", row.trials as usize, n as usize, theory);
        assert_eq!(row.count, row.trials);
    }
    read_back(rows);
}

#[test]
fn steps_add_up_to_what_happened_in_all() {
    let setup = compile(&flagship());
    let results = results(&setup, 100);
    let kinds = |all: Vec<&str>| {
        let mut kinds: Vec<String> = all.into_iter().map(str::to_owned).collect();
        kinds.dedup();
        kinds
    };
    let happened = kinds(results.events.iter().map(|row| row.kind.as_str()).collect());
    assert_eq!(kinds(results.timeline.iter().map(|row| row.kind.as_str()).collect()), happened);
    for kind in happened {
        let of_steps = results.timeline.iter().filter(|row| row.kind == kind);
        let counts: u64 = of_steps.map(|row| row.count).sum();
        let of_all = results.events.iter().filter(|row| row.kind == kind);
        let total: f64 = of_all.map(|row| row.mean_count * 100.0).sum();
        assert_eq!(counts as f64, total.round(), "{kind}");
    }
    let dates = setup.calendar.dates().len();
    assert_eq!(results.timeline.len() % dates, 0, "every line has all dates");
}

/// A war begins on the 20th of January in about half of the trials, on the 31st in the others: no date of it
/// lies before, and each is one of those days.
#[test]
fn wars_are_dated_by_days_on_which_they_began() {
    let attack = |name: &str, date: &str, requires: &str| {
        format!(
            "[events.{name}]\ndate = {date}\n{requires}\n\
             actions = [{{ attack = \"XBB\", from = \"XAA\" }}]\n"
        )
    };
    let events = attack("early", "2000-01-20", "probability = 0.5")
        + &attack("late", "2000-01-31", "excludes = [\"early\"]");
    let setup = pair(1, "month", 0.25, "", &events);
    let rows = results(&setup, 200).cascades;
    assert_eq!(rows.len(), 1);
    let dates = [rows[0].first_q05, rows[0].first_q50, rows[0].first_q95].map(|date| {
        let date = date.expect("it happened").to_string();
        assert!(["2000-01-20", "2000-01-31"].contains(&date.as_str()), "{date}");
        date
    });
    assert_eq!([&dates[0], &dates[2]], ["2000-01-20", "2000-01-31"]);
}

/// XAA attacks XBB in half of the trials: XCC defends XBB, and XDD XCC. The scenario's own war begins
/// twice in every trial, and an event sends XBB into it once.
#[test]
fn wars_spread_along_clauses_and_by_events() {
    let more = r#"
        [treaties.first]
        members = ["XBB", "XCC"]
        obligations = ["defence"]
        signed = 1990-01-01
        [treaties.second]
        members = ["XCC", "XDD"]
        obligations = ["defence"]
        conditional = false
        signed = 1990-01-01
        [wars.war]
        side_a = ["XAA", "XEE"]
        side_b = ["XFF", "XGG"]
        [events.attack]
        date = 2002-07-01
        probability = 0.5
        actions = [{ attack = "XBB", from = "XAA" }]
        [events.war]
        date = 2003-03-15
        actions = [{ start_war = "war" }]
        [events.help]
        date = 2003-03-16
        actions = [{ join_war = "war", state = "XBB", side = "b" }]
        [events.peace]
        date = 2004-03-15
        actions = [{ end_war = "war" }]
        [events.again]
        date = 2005-03-15
        actions = [{ start_war = "war" }]
    "#;
    let codes = ["XAA", "XBB", "XCC", "XDD", "XEE", "XFF", "XGG"];
    let honour = "[processes.casus_foederis]\nh_defence = 1\nreputation = 1\ng_a = 0\ng_w = 0\n";
    let setup = support::peers(&codes, 0.5, honour, more);
    let n = 300;
    let rows = results(&setup, n).cascades;
    let attacked = rows.iter().find(|row| row.reason == "event" && row.against == "XBB").unwrap();
    support::probability("attack", attacked.trials as usize, n as usize, 0.5);
    let half = attacked.trials;
    let described: Vec<_> = rows
        .iter()
        .map(|row| {
            let beside = row.beside.clone().unwrap_or_default();
            let words = [&row.role, &row.state, &beside, &row.against, &row.reason];
            (words.map(String::as_str).join(" "), row.trials, row.count)
        })
        .collect();
    let expected = [
        ("attacker XAA  XFF event", n, 2 * n),
        ("attacker XAA  XGG event", n, 2 * n),
        ("attacker XEE  XFF event", n, 2 * n),
        ("attacker XEE  XGG event", n, 2 * n),
        ("attacker XAA  XBB event", half, half),
    ];
    for (found, (words, trials, count)) in described.iter().zip(expected) {
        assert_eq!((found.0.as_str(), found.1, found.2), (words, trials, count));
    }
    let joined = |words: &str| {
        let found = described.iter().find(|(found, ..)| found == words);
        found.map(|(_, trials, count)| (*trials, *count))
    };
    // XCC owes defence to XBB where it is attacked and not where it was sent; XDD owes it to a state
    // that joins a war as well.
    assert_eq!(joined("joiner XBB XFF XAA event"), Some((n, n)));
    assert_eq!(joined("joiner XCC XBB XAA defence"), Some((half, half)));
    assert_eq!(joined("joiner XDD XCC XAA defence"), Some((half, half)));
    assert_eq!(described.len(), 5 + 3);
    assert!(rows.iter().all(|row| row.role == "joiner" || row.beside.is_none()));
    let begun = rows.iter().find(|row| row.against == "XFF" && row.state == "XAA").unwrap();
    let first = begun.first_q50.unwrap();
    let step = [jiff::civil::date(2003, 3, 1), jiff::civil::date(2003, 4, 1)];
    assert!(step[0] < first && first <= step[1], "{first}");
    read_back(&rows);
}
