//! `ever` and `since`, and when expressions are looked at.

use detente::model::expression::{Moments, Tracked, note};
use detente::model::ids::WarId;
use detente::model::world::World;

use crate::support::Ground;

fn war(ground: &Ground, world: &mut World, on: bool) {
    let (frame, war) = (&ground.setup.frame, &ground.setup.frame.wars[0]);
    match on {
        true => world.wars.begin(frame, WarId::new(0), &war.attackers, &war.targets),
        false => world.wars.end(frame, WarId::new(0)),
    };
}

/// What each expression says after each day: whether there is war, and whether all is looked at.
fn story(texts: &[&str], days: &[(i32, bool, Moments)]) -> Vec<Vec<bool>> {
    let ground = Ground::new();
    let mut scope = ground.scope();
    let truths: Vec<_> = texts.iter().map(|text| ground.truth_in(text, &mut scope)).collect();
    let memory = scope.memory;
    let mut tracked = vec![Tracked::default(); memory.places];
    let mut world = ground.setup.initial.clone();
    let mut told = Vec::new();
    for (day, on, moments) in days {
        if world.wars.is_on(WarId::new(0)) != *on {
            war(&ground, &mut world, *on);
        }
        note(&memory.trackers, &mut tracked, &ground.facts(&world, *day, &[]), *moments);
        let facts = ground.facts(&world, *day, &tracked);
        told.push(truths.iter().map(|truth| truth.holds(&facts)).collect());
    }
    told
}

use Moments::{Changes, Firings, StepDates};

#[test]
fn ever_remembers() {
    let told = story(
        &["ever(at_war(RUS, UKR))", "at_war(RUS, UKR)", "ever(not ever(at_war(RUS, UKR)))"],
        &[(0, false, StepDates), (3, true, Changes), (5, false, Changes), (31, false, StepDates)],
    );
    let columns = |n: usize| told.iter().map(|row| row[n]).collect::<Vec<_>>();
    assert_eq!(columns(0), [false, true, true, true]);
    assert_eq!(columns(1), [false, true, false, false]);
    assert_eq!(columns(2), [true; 4]);
}

#[test]
fn since_counts_from_the_last_time_it_came_to_hold() {
    let texts = ["since(at_war(RUS)) < 1", "since(at_war(RUS)) >= 1", "since(at_war(RUS)) != 7"];
    let told = story(
        &texts,
        &[
            (0, false, StepDates),
            (10, true, Changes),
            (300, true, StepDates),
            (400, false, Changes),
            (500, true, Changes),
            (866, true, StepDates),
        ],
    );
    let columns = |n: usize| told.iter().map(|row| row[n]).collect::<Vec<_>>();
    assert_eq!(columns(0), [false, true, true, false, true, false]);
    assert_eq!(columns(1), [false, false, false, true, false, true]);
    assert_eq!(columns(2), [false, true, true, true, true, true]);
}

#[test]
fn memory_within_all_states_is_kept_for_each() {
    let told = story(
        &["count(s: ever(at_war(s, UKR))) == 1", "all(s: s == RUS or not ever(at_war(s, UKR)))"],
        &[(0, false, StepDates), (3, true, Changes), (5, false, Changes)],
    );
    assert_eq!(told, [[false, true], [true, true], [true, true]]);
}

#[test]
fn memory_of_memory_is_noted_from_the_inside() {
    let told = story(
        &["ever(ever(at_war(RUS)) and not at_war(RUS))", "since(ever(at_war(RUS))) == 0"],
        &[(0, false, StepDates), (3, true, Changes), (5, false, Changes)],
    );
    assert_eq!(told, [[false, false], [false, true], [true, false]]);
}

#[test]
fn what_moves_all_the_time_is_looked_at_on_step_dates() {
    let ground = Ground::new();
    for (text, moments) in [
        ("at_war(RUS, UKR)", Changes),
        ("times('dispute') > resolve", Firings),
        ("at_war(RUS) or times('dispute') > 3", Firings),
        ("distance(RUS, PRK) < 10 and fired('visit')", Changes),
        ("any(s: sanctioned(s))", Changes),
        ("ever(at_war(RUS))", Firings),
        ("ever(isolation(RUS) > 0.5)", Firings),
        ("at_war(RUS) or isolation(PRK) < 0.6", StepDates),
        ("any(s: capability(s) > 0.3)", StepDates),
        ("alignment(PRK, RUS) > 0", StepDates),
        ("grievance(PRK, RUS) > 1", StepDates),
        ("tension(PRK, RUS) > 0.1", StepDates),
        ("today > 2025-01-01", StepDates),
        ("since(at_war(RUS)) > 1", StepDates),
    ] {
        assert_eq!(ground.truth(text).moments(), moments, "{text}");
    }
    assert_eq!(ground.number("count(s: at_war(s))").moments(), Changes);
    assert_eq!(ground.number("mean(s: isolation(s))").moments(), StepDates);
}

#[test]
fn trackers_look_only_when_they_should() {
    let ground = Ground::new();
    let mut scope = ground.scope();
    ground.truth_in("ever(isolation(PRK) > 0.6) and ever(not at_war(RUS))", &mut scope);
    let mut tracked = vec![Tracked::default(); scope.memory.places];
    let facts = ground.facts(&ground.setup.initial, 1, &[]);
    note(&scope.memory.trackers, &mut tracked, &facts, Changes);
    assert_eq!(tracked.iter().map(|t| t.ever).collect::<Vec<_>>(), [false, true]);
    note(&scope.memory.trackers, &mut tracked, &facts, StepDates);
    assert_eq!(tracked.iter().map(|t| t.ever).collect::<Vec<_>>(), [true, true]);
}

#[test]
fn the_same_truth_is_remembered_once() {
    let ground = Ground::new();
    let mut scope = ground.scope();
    ground.truth_in("ever(at_war(RUS)) and since(at_war(RUS)) > 1", &mut scope);
    ground.truth_in("not ever(at_war(RUS))", &mut scope);
    assert_eq!((scope.memory.trackers.len(), scope.memory.places), (1, 1));
    ground.truth_in("any(s: ever(at_war(s)))", &mut scope);
    assert_eq!((scope.memory.trackers.len(), scope.memory.places), (2, 7));
}
