//! The chain from an attack to the last ally, on worlds small enough to follow by hand. With base
//! rates of 1 or 0 every decision is certain.

#[path = "support/scenarios.rs"]
mod support;

use std::collections::BTreeSet;

use detente::analysis::story;
use detente::engine::trace::Trace;
use detente::engine::trial::Simulator;
use detente::model::change::Change;
use detente::model::ids::WarId;
use detente::model::process::Chance;
use detente::model::war::Camp;
use detente::scenario::setup::Setup;
use support::{count, each_trial, peers, probability};

const CERTAIN: &str =
    "[processes.casus_foederis]\nh_defence = 1\nh_offence = 1\nh_neutrality = 1\n";

fn attack(date: &str) -> String {
    format!("[events.attack]\ndate = {date}\nactions = [{{ attack = \"XBB\", from = \"XAA\" }}]\n")
}

fn treaty(name: &str, members: &[&str], obligation: &str, more: &str) -> String {
    format!(
        "[treaties.{name}]\nmembers = {members:?}\nobligations = [\"{obligation}\"]\n\
         signed = 1999-01-01\n{more}\n"
    )
}

/// Who fights on either side at the end of a trial of a scenario with one war of XAA on XBB.
fn sides(setup: &Setup) -> [Vec<String>; 2] {
    let mut simulator = Simulator::new(setup);
    simulator.run(0).unwrap();
    let war = simulator.world().wars.fought().first().expect("the war is on").id;
    [Camp::Attacker, Camp::Target].map(|camp| {
        let states = simulator.world().wars.camp(war, camp);
        states.map(|state| setup.frame.codes[state.index()].to_string()).collect()
    })
}

fn war(codes: &[&str], treaties: &str) -> [Vec<String>; 2] {
    sides(&peers(codes, 0.0, CERTAIN, &(treaties.to_owned() + &attack("2000-01-01"))))
}

#[test]
fn defence_is_owed_to_the_target_and_offence_to_the_attacker() {
    let treaties = treaty("a", &["XAA", "XCC"], "offence", "")
        + &treaty("b", &["XBB", "XDD"], "defence", "")
        + &treaty("c", &["XAA", "XEE"], "defence", "")
        + &treaty("d", &["XBB", "XFF"], "offence", "");
    let found = war(&["XAA", "XBB", "XCC", "XDD", "XEE", "XFF"], &treaties);
    assert_eq!(found, [vec!["XAA", "XCC"], vec!["XBB", "XDD"]]);
}

#[test]
fn who_is_owed_decides_not_who_owes() {
    let one_sided = treaty("guarantee", &["XBB", "XCC"], "defence", "owed_by = [\"XBB\"]\n");
    assert_eq!(war(&["XAA", "XBB", "XCC"], &one_sided), [vec!["XAA"], vec!["XBB"]]);
    let other = treaty("guarantee", &["XBB", "XCC"], "defence", "owed_by = [\"XCC\"]\n");
    assert_eq!(war(&["XAA", "XBB", "XCC"], &other), [vec!["XAA"], vec!["XBB", "XCC"]]);
}

/// XCC defends XBB; that makes XAA a state under attack, and XCC a belligerent by choice.
#[test]
fn unconditional_treaties_draw_in_the_allies_of_joiners_and_of_attackers() {
    let codes = ["XAA", "XBB", "XCC", "XDD", "XEE"];
    let of = |condition: &str| {
        treaty("b", &["XBB", "XCC"], "defence", "")
            + &treaty("joiner", &["XCC", "XDD"], "defence", condition)
            + &treaty("attacker", &["XAA", "XEE"], "defence", condition)
    };
    assert_eq!(war(&codes, &of("")), [vec!["XAA"], vec!["XBB", "XCC"]]);
    let cascade = war(&codes, &of("conditional = false\n"));
    assert_eq!(cascade, [vec!["XAA", "XEE"], vec!["XBB", "XCC", "XDD"]]);
}

#[test]
fn nobody_joins_against_a_state_it_is_bound_to() {
    for bond in ["defence", "neutrality", "non-aggression", "offence"] {
        let treaties = treaty("b", &["XBB", "XCC"], "defence", "")
            + &treaty("a", &["XAA", "XCC"], bond, "owed_by = [\"XCC\"]\n");
        let found = war(&["XAA", "XBB", "XCC"], &treaties);
        // With offence XCC is called on by both sides, and can help neither.
        assert_eq!(found, [vec!["XAA"], vec!["XBB"]], "{bond}");
    }
    let consultation = treaty("b", &["XBB", "XCC"], "defence", "")
        + &treaty("a", &["XAA", "XCC"], "consultation", "");
    assert_eq!(war(&["XAA", "XBB", "XCC"], &consultation)[1], ["XBB", "XCC"]);
}

#[test]
fn a_treaty_signed_and_not_in_force_calls_on_nobody() {
    let pending = "[treaties.b]\nmembers = [\"XBB\", \"XCC\"]\nobligations = [\"defence\"]\n\
                   ratification = \"by event\"\n\
                   [events.signature]\ndate = 2000-01-01\nactions = [{ sign = \"b\" }]\n\
                   [events.ratification]\ndate = 2005-01-01\nactions = [{ ratify = \"b\" }]\n";
    let at = |date: &str| {
        let more = pending.to_owned() + &attack(date);
        sides(&peers(&["XAA", "XBB", "XCC"], 0.0, CERTAIN, &more))
    };
    assert_eq!(at("2004-12-31"), [vec!["XAA"], vec!["XBB"]]);
    assert_eq!(at("2005-06-01"), [vec!["XAA"], vec!["XBB", "XCC"]]);
}

/// Everyone is allied to everyone without condition: the cascade meets its guard, not the clock.
#[test]
fn a_cascade_ends_even_if_everyone_is_bound_to_everyone() {
    let codes = ["XAA", "XBB", "XCC", "XDD", "XEE", "XFF", "XGG", "XHH"];
    let more = treaty("all", &codes[2..], "defence", "conditional = false\n")
        + &treaty("left", &["XAA", "XCC", "XDD"], "offence", "")
        + &treaty("right", &["XBB", "XEE", "XFF"], "defence", "conditional = false\n");
    let [a, b] = war(&codes, &more);
    let all: BTreeSet<_> = a.iter().chain(&b).collect();
    assert_eq!(all.len(), a.len() + b.len(), "nobody fights on both sides");
    assert!(b.contains(&"XEE".to_owned()) || a.contains(&"XCC".to_owned()), "{a:?} {b:?}");
}

#[test]
fn the_most_capable_decides_first_and_the_later_see_it() {
    // The second decides by the chance to win alone, which the first has raised by joining.
    let states = "title = \"sequence\"\n[run]\nstart = 2000-01-01\nend = 2001-01-01\nseed = 1\n[states]\n\
        XAA = { capability = 0.1, isolation = 0.5 }\nXBB = { capability = 0.02, isolation = 0.5 }\n\
        XCC = { capability = 0.03, isolation = 0.5 }\nXDD = { capability = 0.3, isolation = 0.5 }\n[dyads]\n";
    let dyads: String = ["AA-XBB", "AA-XCC", "AA-XDD", "BB-XCC", "BB-XDD", "CC-XDD"]
        .iter()
        .map(|d| format!("X{d} = {{ distance_km = 9, alignment = 0.8 }}\n"))
        .collect();
    let off: String = detente::model::registry::PROCESSES
        .iter()
        .filter(|entry| entry.about.name != "casus_foederis")
        .map(|entry| format!("[processes.{}]\non = false\n", entry.about.name))
        .collect();
    let more = treaty("b", &["XBB", "XCC", "XDD"], "defence", "") + &attack("2000-01-01");
    let casus = "[processes.casus_foederis]\nh_defence = 0.5\ng_w = 1\n";
    let setup = support::compile(&format!("{states}{dyads}{off}{casus}{more}"));
    let mut seen = 0;
    for trial in 0..50 {
        let mut trace = Trace::default();
        Simulator::new(&setup).run_traced(trial, &mut trace).unwrap();
        let effects = &trace.occurrences[0].effects;
        let decided: Vec<_> = effects
            .iter()
            .filter_map(|made| match made.change {
                Change::Honour(call) => Some((call.debtor.index(), true, made)),
                Change::Break(call) => Some((call.debtor.index(), false, made)),
                _ => None,
            })
            .collect();
        assert_eq!([decided[0].0, decided[1].0], [3, 2], "the most capable first");
        let win = |made: &detente::engine::trace::Made| {
            let terms = &made.reasons.as_ref().unwrap().terms;
            terms.iter().find(|term| term.what == "chance to win").unwrap().value
        };
        let lose = |a: f64, b: f64| 1.0 - 1.0 / (1.0 + (-(0.54 + 0.30 * (a / b).ln())).exp());
        assert!((win(decided[0].2) - lose(0.1, 0.02 + 0.3)).abs() < 1e-12);
        let before = 0.02 + if decided[0].1 { 0.3 } else { 0.0 };
        assert!((win(decided[1].2) - lose(0.1, before + 0.03)).abs() < 1e-12);
        seen += usize::from(decided[0].1);
    }
    assert!((5..45).contains(&seen), "both answers occur: {seen}");
}

/// XCC breaks its word to XBB in 2000; that of 2001 to XDD is worth less, that of 2007 is not.
#[test]
fn a_broken_word_costs_alignment_and_reputation_for_five_years() {
    let more = |second: &str| {
        treaty("b", &["XBB", "XCC"], "defence", "owed_by = [\"XCC\"]\n")
            + &treaty("d", &["XDD", "XCC"], "defence", "owed_by = [\"XCC\"]\n")
            + &attack("2000-01-01")
            + &format!(
                "[events.second]\ndate = {second}\nactions = [{{ attack = \"XDD\", from = \"XAA\" }}]\n"
            )
    };
    let share = |second: &str| {
        let processes = "[processes.casus_foederis]\nh_defence = 0.5\ng_a = 0\ng_w = 0\n";
        let setup = peers(&["XAA", "XBB", "XCC", "XDD"], 0.8, processes, &more(second));
        let kept = each_trial(&setup, 20_000, |s| {
            ["XCC>XBB defence", "XCC>XDD defence"]
                .map(|link| count(&setup, s, "clause-honoured", link) == 1)
        });
        let broke: Vec<_> = kept.iter().filter(|kept| !kept[0]).collect();
        let loyal: Vec<_> = kept.iter().filter(|kept| kept[0]).collect();
        let yes = |of: &[&[bool; 2]]| of.iter().filter(|kept| kept[1]).count();
        ((yes(&broke), broke.len()), (yes(&loyal), loyal.len()))
    };
    let (broke, loyal) = share("2001-06-01");
    probability("after a broken word", broke.0, broke.1, 0.5 * 0.8);
    probability("after a kept word", loyal.0, loyal.1, 0.5);
    let (broke, _) = share("2007-01-01");
    probability("long after a broken word", broke.0, broke.1, 0.5);

    let processes =
        "[processes.casus_foederis]\nh_defence = 0\n[processes.alignment]\nsigma = 0\ntheta = 0\n";
    let setup = peers(&["XAA", "XBB", "XCC", "XDD"], 0.8, processes, &more("2009-01-01"));
    each_trial(&setup, 1, |s| {
        let dyad = |name: &str| {
            let mut dyads = setup.frame.dyads.iter().map(|(d, ..)| d);
            dyads.find(|&d| setup.frame.dyad_name(d) == name).unwrap().index()
        };
        let a = s.world().alignment[dyad("XBB-XCC")];
        assert!((a - (0.8 - 0.2 * 1.8)).abs() < 1e-12, "{a}");
    });
}

#[test]
fn non_aggression_restrains_an_attack_with_its_base_rate() {
    let treaty = treaty("quiet", &["XAA", "XBB"], "non-aggression", "");
    let dispute =
        "[events.dispute]\ndate = 2000-01-01\nactions = [{ dispute = \"XBB\", from = \"XAA\" }]\n";
    let processes = "[processes.attack]\np_war = 1\n[processes.casus_foederis]\nh_non_aggression = 0.37\ng_a = 0\ng_w = 0\n";
    let setup = peers(&["XAA", "XBB"], 0.0, processes, &(treaty + dispute));
    let found = each_trial(&setup, 20_000, |s| {
        let kept = count(&setup, s, "clause-honoured", "XAA>XBB non-aggression") == 1;
        assert_eq!(count(&setup, s, "attack", "XAA>XBB") == 0, kept);
        assert_eq!(s.world().wars.fought().is_empty(), kept);
        kept
    });
    probability("restrained", found.iter().filter(|&&kept| kept).count(), found.len(), 0.37);
}

#[test]
fn an_event_can_invoke_a_treaty_for_a_member_that_began_the_war() {
    let of = |condition: &str| {
        let more = treaty("pact", &["XAA", "XCC"], "defence", condition)
            + "[wars.old]\nside_a = [\"XAA\"]\nside_b = [\"XBB\"]\nsince = 1999-06-01\n\
               [events.incursion]\ndate = 2000-08-06\nactions = [{ invoke = \"old\", state = \"XAA\" }]\n";
        sides(&peers(&["XAA", "XBB", "XCC"], 0.0, CERTAIN, &more))
    };
    assert_eq!(of(""), [vec!["XAA"], vec!["XBB"]]);
    assert_eq!(of("conditional = false\n"), [vec!["XAA", "XCC"], vec!["XBB"]]);
}

#[test]
fn a_held_war_ends_only_by_an_event() {
    let more = "[wars.old]\nside_a = [\"XAA\"]\nside_b = [\"XBB\"]\nsince = 1999-06-01\n\
                [events.hold]\ndate = 2000-01-01\nactions = [{ hold_war = \"old\" }]\n\
                [events.peace]\ndate = 2009-06-01\nactions = [{ end_war = \"old\" }]\n";
    let setup = peers(&["XAA", "XBB"], 0.0, "[processes.war]\nq = 50\n", more);
    each_trial(&setup, 20, |s| {
        assert!(!s.world().wars.is_on(WarId::new(0)));
        for kind in ["war-drawn", "war-won-by-attacker", "war-won-by-target"] {
            assert_eq!(count(&setup, s, kind, "old"), 0);
        }
    });
}

/// The story names war, debtor, creditor, obligation, treaty, article, probability and terms.
#[test]
fn the_chain_is_told_link_by_link() {
    let more =
        treaty("pact", &["XBB", "XCC"], "defence", "articles = { defence = \"article 5\" }\n")
            + &treaty("bond", &["XBB", "XDD"], "defence", "")
            + &treaty("other", &["XAA", "XDD"], "neutrality", "")
            + &attack("2000-01-01");
    let processes =
        "[processes.casus_foederis]\nh_neutrality = 1\n[processes.decay]\n[processes.alignment]\n";
    let setup = peers(&["XAA", "XBB", "XCC", "XDD"], 0.5, processes, &more);
    let told = |trial| {
        let mut trace = Trace::default();
        Simulator::new(&setup).run_traced(trial, &mut trace).unwrap();
        let chances = trace.occurrences[0].effects.iter().filter_map(|made| {
            let reasons = made.reasons.as_ref()?;
            let Chance::Honour(p) = reasons.chance else { panic!("a choice") };
            Some(p)
        });
        assert!(chances.clone().count() >= 2 && chances.clone().all(|p| (0.0..=1.0).contains(&p)));
        story::wars(&setup, &trace)
    };
    let texts: Vec<_> = (0..20).map(told).collect();
    let kept = texts.iter().find(|text| text.contains("joins the war")).expect("some honour");
    let broken = texts.iter().find(|text| text.contains("breaks its word")).expect("some do not");
    insta::assert_snapshot!(format!("{kept}\n{broken}"));
}
