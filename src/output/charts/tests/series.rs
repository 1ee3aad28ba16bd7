//! What every chart says, before it is drawn: the series of a scenario so small that they can be read.
//!
//! `INSTA_UPDATE=always cargo test --lib charts` writes the snapshots anew; read them first.

use super::*;

/// Three states, four trials, three step dates: everything that any chart shows happens in it.
const SMALL: &str = r#"
title = "A small world"
[run]
start = 2000-01-01
end = 2000-07-01
step = "quarter"
seed = 7
[states]
XAA = { name = "Arland", capability = 0.04, isolation = 0.3, ideal_point = 1.0 }
XBB = { name = "Borea", capability = 0.005, isolation = 0.5, ideal_point = 0.5 }
XCC = { name = "Corvia", capability = 0.02, isolation = 0.6, ideal_point = -1.0 }
[dyads]
default = { distance_km = 500 }
[treaties.guarantee]
members = ["XAA", "XBB"]
obligations = ["defence"]
signed = 1990-01-01
[sanctions.embargo]
senders = ["XAA"]
targets = ["XCC"]
types = ["trade"]
since = 1999-01-01
[events.attack]
date = 2000-02-01
actions = [{ attack = "XBB", from = "XCC" }]
[events.delivery]
date = 2000-05-01
probability = 0.5
actions = [{ arm = "XCC", from = "XBB" }]
[variant.calm]
without = ["events.attack"]
[outcomes.war]
title = "Arland fights Corvia"
ever = "at_war(XAA, XCC)"
[outcomes.rank]
title = "Isolation of Corvia at the end"
value = "isolation(XCC)"
at = "end"
[charts]
isolation = ["XCC"]
alignment = ["XAA-XCC"]
"#;

const FEW: u64 = 4;

/// The series of every sheet, by name. What a release changes is left out.
fn told(shown: Shown<'_>) -> Vec<(String, String)> {
    let sheets = KINDS.iter().flat_map(|kind| {
        kind.sheets(shown).into_iter().map(|sheet| (sheet.name(kind), sheet.picture))
    });
    let told = |(name, picture): (String, Box<dyn Picture>)| {
        let version = format!("detente {VERSION}");
        (name, format!("{picture:#?}").replace(&version, "detente VERSION"))
    };
    sheets.map(told).collect()
}

#[test]
fn of_a_run() {
    let all = of_run(SMALL, FEW, told);
    let kinds = KINDS.iter().filter(|kind| matches!(kind.of, Of::Run(_)));
    assert_eq!(all.len(), kinds.count(), "every chart has something to show");
    for (name, series) in all {
        insta::assert_snapshot!(format!("run-{name}"), series);
    }
}

#[test]
fn of_the_same_compared() {
    let all = of_comparison(SMALL, &["calm"], FEW, told);
    let kinds = KINDS.iter().filter(|kind| matches!(kind.of, Of::Comparison(_)));
    assert_eq!(all.len(), kinds.count(), "every chart has something to show");
    for (name, series) in all {
        insta::assert_snapshot!(format!("comparison-{name}"), series);
    }
}
