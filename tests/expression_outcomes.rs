//! Outcomes and measures asked by expressions, against answers known by hand and against the series
//! of the same trial.

#[path = "support/scenarios.rs"]
mod support;

use detente::analysis::Results;
use detente::engine::ensemble::{self, Plan};
use detente::engine::metric::{self, Series};
use detente::engine::record::Answer;
use support::{HISTORY, compile, count_kind, each_trial, flagship, moments, pair};

/// The answer to an outcome with these keys, and the day on which it first became yes.
fn answer(keys: &str) -> (Answer, Option<String>) {
    let setup = pair(10, "month", 0.25, "", &format!("{HISTORY}[outcomes.x]\n{keys}\n"));
    let answer = each_trial(&setup, 1, |simulator| simulator.record().answers[0]).remove(0);
    (answer, answer.first_day.map(|day| setup.calendar.date(day).to_string()))
}

#[test]
fn what_ever_holds_has_the_day_on_which_it_first_does() {
    let first = |keys: &str| {
        let (answer, day) = answer(keys);
        assert_eq!(answer.yes, day.is_some());
        day.unwrap_or_default()
    };
    let bound = "ever = \"bound(XAA, XBB, defence)\"";
    assert_eq!(first(bound), "2003-06-19");
    assert_eq!(first(&format!("{bound}\nby = 2003-06-18")), "");
    assert_eq!(first(&format!("{bound}\nby = 2003-06-19")), "2003-06-19");
    // It holds before the day from which it is asked: it is seen on that day.
    assert_eq!(first(&format!("{bound}\nfrom = 2004-01-15")), "2004-01-15");
    assert_eq!(first(&format!("{bound}\nfrom = 2005-12-04")), "");
    assert_eq!(first("ever = \"isolation(XBB) > 0.6\""), "2004-03-01");
    let ended = "ever = \"ever(bound(XAA, XBB, defence)) and not bound(XAA, XBB, defence)\"";
    assert_eq!(first(ended), "2005-12-04");
    assert_eq!(first("ever = \"since(bound(XAA, XBB, neutrality)) > 0\""), "");
}

#[test]
fn what_holds_at_a_day_is_what_held_when_last_looked_at() {
    let at = |text: &str, at: &str| answer(&format!("holds = \"{text}\"\nat = {at}")).0.yes;
    let bound = "bound(XAA, XBB, defence)";
    assert!(!at(bound, "2003-06-18") && at(bound, "2003-06-19") && at(bound, "2005-12-03"));
    assert!(!at(bound, "2005-12-04") && !at(bound, "\"end\""));
    let isolated = "isolation(XBB) > 0.6";
    assert!(!at(isolated, "2004-02-01") && at(isolated, "2004-03-01") && at(isolated, "\"end\""));
}

#[test]
fn numbers_at_a_day_and_over_dates() {
    let near = |keys: &str, theory: f64| {
        let value = answer(keys).0.value;
        assert!((value - theory).abs() < 1e-12, "{keys}: {value} against {theory}");
    };
    near("value = \"isolation(XBB)\"\nat = \"end\"", 0.7);
    near("value = \"isolation(XBB) - isolation(XAA)\"\nat = 2003-01-01", -0.1);
    near("value = \"count(s: bound(s, XAA, defence))\"\nat = 2005-12-03", 1.0);
    near("value = \"today - 2000-01-01\"\nat = \"end\"", 3653.0 / 365.2425);
    near("maximum = \"isolation(XBB)\"", 0.7);
    near("minimum = \"isolation(XBB)\"", 0.4);
    near("maximum = \"isolation(XBB)\"\nuntil = 2004-02-01", 0.4);
    // 121 step dates; the shock is seen from the 51st on.
    near("mean = \"isolation(XBB)\"", (50.0 * 0.4 + 71.0 * 0.7) / 121.0);
    near("mean = \"isolation(XBB)\"\nfrom = 2004-02-01\nuntil = 2004-03-01", 0.55);
    let never = "value = \"since(bound(XAA, XBB, neutrality))\"\nat = \"end\"";
    assert!(answer(never).0.value.is_nan());
}

#[test]
fn a_number_with_a_test_is_yes_or_no() {
    let yes = |keys: &str| answer(keys).0.yes;
    assert!(yes("maximum = \"isolation(XBB)\"\nabove = 0.69"));
    assert!(!yes("maximum = \"isolation(XBB)\"\nabove = 0.7"));
    assert!(yes("minimum = \"isolation(XBB)\"\nbelow = 0.41"));
    // What is no number passes no test.
    let never = "value = \"since(bound(XAA, XBB, neutrality))\"\nat = \"end\"\n";
    assert!(!yes(&format!("{never}above = -1000")) && !yes(&format!("{never}below = 1000")));
}

/// Every process on: expressions agree with the series that the same trial records.
#[test]
fn expressions_see_what_the_series_record() {
    let text = flagship()
        + "[outcomes.m1]\nmaximum = \"isolation(PRK)\"\n\
           [outcomes.m2]\nmean = \"alignment(PRK, RUS)\"\n\
           [outcomes.m3]\nvalue = \"lowest(s: isolation(s))\"\nat = \"end\"\n\
           [outcomes.e1]\never = \"isolation(PRK) < 0.62\"\n\
           [outcomes.t1]\nvalue = \"times('dispute')\"\nat = \"end\"\n";
    let setup = compile(&text);
    let named = |name: &str| setup.outcomes.iter().position(|o| o.name == name).unwrap();
    let prk = setup.frame.codes.iter().position(|code| code.as_str() == "PRK").unwrap();
    let friends = |series: &Series| series.name() == "alignment PRK-RUS";
    let dyad = metric::series(&setup).iter().position(friends).unwrap();
    let dates = setup.calendar.dates().len();
    let crossed = each_trial(&setup, 40, |simulator| {
        let record = simulator.record();
        let series = |n: usize| (0..dates).map(move |date| record.at(date)[n]);
        let value = |name: &str| record.answers[named(name)].value;
        assert_eq!(value("m1"), series(prk).fold(0.0, f64::max));
        let mean = series(dyad).sum::<f64>() / dates as f64;
        assert!((value("m2") - mean).abs() < 1e-12);
        let last = &record.at(dates - 1)[..setup.frame.states()];
        assert_eq!(value("m3"), last.iter().copied().fold(1.0, f64::min));
        let low = series(prk).position(|isolation| isolation < 0.62);
        let day = low.map(|date| setup.frame.timeline.days[date]);
        assert_eq!(record.answers[named("e1")].first_day, day);
        assert_eq!(value("t1"), f64::from(count_kind(&setup, simulator, "dispute")));
        day.is_some()
    });
    assert!(crossed.contains(&true), "some trial crosses the line");
}

#[test]
fn measures_have_a_table_of_their_own() {
    let text = flagship()
        + "[outcomes.disputes]\nvalue = \"times('dispute')\"\nat = \"end\"\n\
           [outcomes.never]\nvalue = \"since(at_war(GBR, FRA))\"\nat = \"end\"\n\
           [outcomes.many]\nvalue = \"times('dispute')\"\nat = \"end\"\nabove = 20\n";
    let setup = compile(&text);
    let plan = Plan { threads: Some(2), ..Plan::new(300) };
    let results = Results::new(&setup, &ensemble::run(&setup, plan, &|_| {}).unwrap());
    let counts = each_trial(&setup, 300, |s| f64::from(count_kind(&setup, s, "dispute")));
    let (mean, variance) = moments(&counts);
    let measure = |name: &str| results.measures.iter().find(|row| row.outcome == name).unwrap();
    let (disputes, never) = (measure("disputes"), measure("never"));
    assert_eq!((disputes.n, disputes.missing), (300, 0));
    assert!((disputes.mean.unwrap() - mean).abs() < 1e-6);
    assert!((disputes.sd.unwrap() - variance.sqrt()).abs() < 1e-6);
    let mut sorted = counts.clone();
    sorted.sort_by(f64::total_cmp);
    assert_eq!(disputes.q50, Some(sorted[149]));
    assert_eq!((disputes.least, disputes.greatest), (Some(sorted[0]), Some(sorted[299])));
    assert_eq!((never.n + never.missing, never.mean.is_some()), (300, never.n > 0));
    assert!(results.outcomes.iter().all(|row| row.outcome != "never"));
    let many = results.outcomes.iter().find(|row| row.outcome == "many").unwrap();
    assert_eq!(many.yes, counts.iter().filter(|&&n| n > 20.0).count() as u64);
}
