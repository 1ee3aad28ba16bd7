//! Every function, in a world where it does not hold and in one where it does.

use detente::model::ids::{SanctionId, StateId, WarId};
use detente::model::sanction::SanctionTypes;
use detente::model::world::World;
use detente::scenario::expression::words::{Function, Kind, WORDS};

use crate::support::Ground;

fn state(ground: &Ground, code: &str) -> StateId {
    let found = ground.setup.frame.codes.iter().position(|known| known.as_str() == code);
    StateId::new(found.expect("a state"))
}

/// The world after `change`.
fn after(ground: &Ground, change: impl Fn(&Ground, &mut World)) -> World {
    let mut world = ground.setup.initial.clone();
    change(ground, &mut world);
    world
}

/// Each condition fails at the start and holds after the change.
fn turns(conditions: &[&str], change: impl Fn(&Ground, &mut World)) {
    let ground = Ground::new();
    let world = after(&ground, change);
    for text in conditions {
        let truth = ground.truth(text);
        assert!(!truth.holds(&ground.facts(&ground.setup.initial, 0, &[])), "{text} at the start");
        assert!(truth.holds(&ground.facts(&world, 0, &[])), "{text} afterwards");
    }
}

fn begin_invasion(ground: &Ground, world: &mut World) {
    let war = &ground.setup.frame.wars[0];
    world.wars.begin(&ground.setup.frame, WarId::new(0), &war.attackers, &war.targets);
}

#[test]
fn wars() {
    let conditions = [
        "at_war(RUS, UKR)",
        "at_war(UKR, RUS)",
        "at_war(UKR)",
        "war_on('invasion')",
        "any(s: at_war(s, UKR))",
        "count(s: at_war(s)) == 2",
    ];
    turns(&conditions, begin_invasion);
    turns(&["not at_war(RUS, UKR) and at_war(RUS)"], |ground, world| {
        let (rus, usa) = (state(ground, "RUS"), state(ground, "USA"));
        let war = ground.setup.frame.war_of(usa, rus);
        world.wars.begin(&ground.setup.frame, war, &[usa], &[rus]);
    });
}

#[test]
fn a_signature_and_an_entry_into_force() {
    let sign = |ground: &Ground, world: &mut World| {
        let treaty = ground.scope().treaties.find("treaty-2024").expect("a treaty");
        world.treaties.sign(&ground.setup.frame, treaty, 0.0);
    };
    let signed = [
        "signed('treaty-2024') and not in_force('treaty-2024')",
        "pledged(RUS, PRK, defence) and not bound(RUS, PRK, defence)",
        "member(PRK, 'treaty-2024')",
        "count(s: member(s, 'treaty-2024')) == 2",
    ];
    turns(&signed, sign);
    let in_force = [
        "in_force('treaty-2024') and signed('treaty-2024')",
        "bound(RUS, PRK, defence) and bound(PRK, RUS, consultation)",
        "owes(RUS, PRK, defence)",
        "pledged(PRK, RUS, defence)",
    ];
    turns(&in_force, |ground, world| {
        sign(ground, world);
        let treaty = ground.scope().treaties.find("treaty-2024").expect("a treaty");
        world.treaties.enter(&ground.setup.frame, treaty);
    });
}

#[test]
fn an_obligation_has_a_direction_only_where_it_is_owed() {
    let ground = Ground::new();
    assert!(ground.holds("owes(USA, KOR, defence) and not owes(KOR, USA, defence)"));
    assert!(ground.holds("bound(USA, KOR, defence) and bound(KOR, USA, defence)"));
    assert!(!ground.holds("bound(USA, KOR, neutrality) or bound(USA, KOR, non-aggression)"));
    assert!(!ground.holds("member(PRK, 'alliance')") && ground.holds("member(KOR, 'alliance')"));
}

#[test]
fn sanctions() {
    let conditions = [
        "sanctioned(PRK)",
        "sanctioned(PRK, by = USA)",
        "sanctioned(PRK, type = arms)",
        "sanctioned(PRK, type = arms, by = KOR)",
        "sanction_on('arms-embargo')",
        "count(s: sanctioned(PRK, by = s)) == 2",
    ];
    turns(&conditions, |ground, world| {
        world.sanctions.set_entry(&ground.setup.frame, SanctionId::new(0), true);
    });
    let conditions = [
        "sanctioned(RUS, by = USA) and not sanctioned(RUS, type = trade)",
        "sanctioned(RUS, type = travel) and not sanctioned(RUS, by = KOR)",
        "sanctioned(RUS) and not sanctioned(USA)",
    ];
    turns(&conditions, |ground, world| {
        let (usa, rus) = (state(ground, "USA"), state(ground, "RUS"));
        world.sanctions.impose(usa, rus, SanctionTypes::only(3));
    });
}

#[test]
fn warnings_and_deliveries() {
    let conditions = ["warned(PRK)", "warned(PRK, by = KOR) and not warned(PRK, by = USA)"];
    turns(&conditions, |ground, world| {
        world.ledger.warn(state(ground, "KOR"), state(ground, "PRK"), 1.0);
    });
    let conditions = ["supplied(RUS)", "supplied(RUS, by = PRK) and not supplied(RUS, by = CHN)"];
    turns(&conditions, |ground, world| {
        world.ledger.set_delivering(state(ground, "PRK"), state(ground, "RUS"), true);
    });
}

#[test]
fn a_warning_stands_for_its_time() {
    let ground = Ground::new();
    let world = after(&ground, |ground, world| {
        world.ledger.warn(state(ground, "KOR"), state(ground, "PRK"), 1.0);
    });
    let warned = ground.truth("warned(PRK)");
    assert!(warned.holds(&ground.facts(&world, 365, &[])));
    assert!(!warned.holds(&ground.facts(&world, 366, &[])));
}

#[test]
fn events_and_channels() {
    let mut ground = Ground::new();
    let conditions = [
        "fired('visit')",
        "times('dispute') == 3",
        "times('dispute', 'RUS>UKR') == 2",
        "times('attack', 'RUS>UKR') < times('dispute')",
    ];
    let truths = conditions.map(|text| ground.truth(text));
    let holding = |ground: &Ground| {
        truths.each_ref().map(|truth| truth.holds(&ground.facts(&ground.setup.initial, 0, &[])))
    };
    assert_eq!(holding(&ground), [false; 4]);
    let (visit, dispute) = (ground.event("visit"), ground.channel("dispute", "RUS>UKR"));
    let other = ground.channel("dispute", "UKR>RUS");
    ground.fired[visit] = 1;
    ground.counts[dispute] = 2;
    ground.counts[other] = 1;
    assert_eq!(holding(&ground), [true; 4]);
}

#[test]
fn fixed_facts() {
    let ground = Ground::new();
    assert!(ground.holds("contiguous(RUS, PRK)") && !ground.holds("contiguous(CHN, UKR)"));
    assert_eq!(ground.value("distance(USA, PRK)"), 8500.0);
    assert_eq!(ground.value("distance(PRK, USA)"), 8500.0);
}

#[test]
fn all_and_any_ask_every_state() {
    let ground = Ground::new();
    assert!(ground.holds("all(s: isolation(s) < 0.8)"));
    assert!(!ground.holds("all(s: isolation(s) < 0.6)"));
    assert!(ground.holds("any(s: isolation(s) > 0.6)"));
    assert!(!ground.holds("any(s: isolation(s) > 0.8)"));
    assert!(ground.holds("any(s: any(t: owes(s, t, defence) and t == KOR))"));
    assert!(ground.holds("all(s: s == RUS or alignment(s, RUS) <= 0.55)"));
}

#[test]
fn a_state_and_itself_have_no_relation() {
    let ground = Ground::new();
    assert!(!ground.holds("all(s: contiguous(s, RUS) or s != RUS)"));
    assert!(!ground.holds("any(s: s == RUS and alignment(s, RUS) != 0.5)"));
    assert!(!ground.holds("any(s: s == RUS and distance(s, RUS) == 0)"));
    assert_eq!(ground.value("count(s: alignment(s, RUS) > -1 or alignment(s, RUS) < 0.5)"), 5.0);
}

#[test]
fn dates_are_days() {
    let ground = Ground::new();
    let facts = |day| ground.facts(&ground.setup.initial, day, &[]);
    for (text, day) in [
        ("today >= 2024-06-19", 170),
        ("today - 2024-01-01 > 0.5", 183),
        ("today > 2023-06-01 + 1", 152),
        ("1 + 2023-06-01 <= today", 151),
        ("today - 1.5 >= 2023-01-01", 183),
    ] {
        let truth = ground.truth(text);
        let first = (0..1000).find(|day| truth.holds(&facts(*day))).expect("it comes to hold");
        assert_eq!(first, day, "{text}");
    }
    assert!(!ground.holds("today == 2024-01-02") && ground.holds("today == 2024-01-01"));
}

#[test]
fn every_function_is_of_the_kind_the_table_says() {
    let ground = Ground::new();
    for word in WORDS {
        ground.truth(word.example);
        assert!(word.example.contains(word.name), "{}", word.name);
        assert!(word.meaning.ends_with('.'), "{}", word.name);
        let alone = word.example.starts_with(word.name) && word.example.ends_with(')');
        assert!(word.gives != Kind::Truth || alone || word.function == Function::Today);
    }
}
