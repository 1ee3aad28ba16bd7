//! What an author is told about an expression that is wrong. `snapshots` holds what is said.

use detente::scenario::expression::{Expression, Place};
use detente::scenario::problem::{Problems, render};
use detente::scenario::sources::Sources;

use crate::support::Ground;

/// The problems of a file as they are shown.
fn shown(file: &str, problems: Problems) -> String {
    let mut sources = Sources::default();
    sources.add("broken.toml", file);
    render(&sources, &problems.into_sorted(), false)
}

/// What a condition of a scenario is told.
fn told(text: &str) -> String {
    let ground = Ground::new();
    let file = format!("when = \"{text}\"");
    let place = Place { start: 8, whole: 7..file.len(), exact: true };
    let mut problems = Problems::default();
    let parsed = Expression::parse(text, place, &mut problems);
    drop(parsed.and_then(|parsed| parsed.truth(&mut ground.scope(), &mut problems)));
    assert!(!problems.is_empty(), "nothing is wrong with {text}");
    shown(&file, problems)
}

/// What a distribution is told.
fn told_of_number(text: &str) -> String {
    let file = format!("isolation = \"{text}\"");
    let place = Place { start: 13, whole: 12..file.len(), exact: true };
    let mut problems = Problems::default();
    let parsed = Expression::parse(text, place, &mut problems);
    drop(parsed.and_then(|parsed| parsed.distribution(&mut problems)));
    assert!(!problems.is_empty(), "nothing is wrong with {text}");
    shown(&file, problems)
}

/// Compares what is said with the snapshots: one for each group, so that a page can be read.
macro_rules! told {
    ($told:ident: $($name:ident: [$($text:expr),+ $(,)?];)+) => {$(
        #[test]
        fn $name() {
            let all: Vec<String> = [$($text),+].into_iter().map($told).collect();
            insta::with_settings!({ omit_expression => true }, {
                insta::assert_snapshot!(stringify!($name), all.join("\n\n"));
            });
        }
    )+};
}

told! { told:
    signs_of_other_languages: [
        "isolation(PRK) = 0.6",
        "at_war(RUS) && at_war(USA) || !at_war(PRK)",
        "at_war(RUS) AND isolation(PRK) < 0.6",
        "NOT at_war(RUS) Or True",
        "isolation(PRK) ≥ 0.6 and isolation(RUS) <> 0.5",
        "isolation(PRK)^2 > 0.5",
        "isolation[PRK] > 0.5",
        "isolation(PRK) is 0.5",
        "at_war(RUS); at_war(PRK)",
    ];
    what_is_missing: [
        "",
        "   ",
        "at_war(RUS) and",
        "or at_war(RUS)",
        "isolation(PRK) <",
        "isolation(PRK) < and at_war(RUS)",
        "isolation(PRK) < > 0.5",
        "at_war(RUS) at_war(PRK)",
        "at_war(RUS UKR)",
        "at_war(RUS, )",
        "at_war(, UKR)",
        "() and at_war(RUS)",
        "not",
        "2(capability(RUS)) > 0.1",
    ];
    parentheses: [
        "at_war(RUS, UKR and isolation(PRK) < 0.6",
        "(at_war(RUS) or at_war(PRK)) and (isolation(PRK) < 0.5",
        "at_war(RUS)) and at_war(PRK)",
        "at_war(RUS), at_war(PRK)",
        "s: at_war(s)",
    ];
    numbers: [
        "isolation(PRK) > 60%",
        "isolation(PRK) > .6",
        "isolation(PRK) > 0,6",
        "distance(PRK, RUS) < 400km",
        "isolation(PRK) < 1e999",
        "isolation(PRK) > '0.6'",
    ];
    dates: [
        "today > 1.6.2026",
        "today > 2026-6-1",
        "today > 2026/06/01",
        "today > 1 June 2026",
        "today > 2025-02-30",
        "today > '2026-06-01'",
        "today > 2026",
        "today()> 2026-06-01",
    ];
    pairs: [
        "alignment(RUS-PRK) > 0",
        "at_war(RUS>UKR) or bound(RUS - PRK, defence)",
        "alignment(RUS-RSU) > 0",
        "isolation(RUS-PRK) > 0",
        "max(isolation(RUS) - isolation(PRK), 0) > sanctioned(RUS-PRK)",
    ];
    quotes: [
        "fired(visit)",
        "in_force(treaty-2024) and not member(PRK, treaty-2024)",
        "times(dispute, RUS>UKR) > 2",
        "fired('visit)",
        "fired(‘visit’)",
        "fired(2024)",
        "fired(at_war(RUS))",
        "at_war('RUS')",
        "visit",
        "fired('visit' and 'signature')",
    ];
    unknown_names: [
        "at_wer(RUS)",
        "banana(RUS)",
        "isolation(RSU) > 0.2",
        "isolation(rus) > 0.2",
        "isolation(DEU) > 0.2",
        "at_war(resolve)",
        "in_force('treaty-2023')",
        "in_force('visit')",
        "fired('vist')",
        "war_on('treaty-2024')",
        "sanction_on('embargo')",
        "bound(RUS, PRK, defense)",
        "bound(RUS, PRK, alliance)",
        "sanctioned(PRK, type = weapons)",
        "times('war') > 1",
        "times('disputes') > 1",
        "times('dispute', 'UKR-RUS') > 1",
        "resolv > 0.5",
        "isolation > 0.5",
        "at_war",
        "defence",
        "banana > 0.5",
        "normal(0.4, 0.05) > 0.3",
    ];
    arguments: [
        "at_war()",
        "at_war(RUS, UKR, USA)",
        "isolation(PRK, RUS) > 0.5",
        "bound(RUS, PRK)",
        "sanctioned(PRK, USA)",
        "sanctioned(PRK, from = USA)",
        "sanctioned(PRK, by = USA, by = KOR)",
        "isolation(state = PRK) > 0.5",
        "ever(resolve = 0.5)",
        "max(isolation(PRK)) > 0.5",
        "max(s: isolation(s)) > 0.5",
        "highest(isolation(PRK), isolation(RUS)) > 0.5",
        "at_war(s: RUS)",
        "any(at_war(RUS))",
        "count(sanctioned(RUS)) > 2",
        "any('x': at_war(RUS))",
    ];
    kinds: [
        "isolation(PRK)",
        "today",
        "PRK",
        "'visit'",
        "isolation(PRK) and at_war(RUS)",
        "not isolation(PRK)",
        "at_war(RUS) > 0.5",
        "at_war(RUS) == true",
        "PRK > 0.5",
        "PRK < RUS",
        "isolation(PRK) + at_war(RUS) > 1",
        "PRK * 2 > 1",
        "-today > 1",
        "today + 2024-01-01 > 1",
        "1 - today > 1",
        "today * 2 > 1",
        "today > isolation(PRK)",
        "isolation(at_war(RUS)) > 0.5",
        "isolation(0.5) > 0.5",
        "mean(s: at_war(s)) > 0.5",
        "any(s: isolation(s))",
        "since(isolation(PRK)) > 1",
        "'visit' == 'visit'",
    ];
    chains_of_comparisons: [
        "0.2 < isolation(PRK) < 0.6",
        "isolation(PRK) < isolation(RUS) == isolation(UKR) < 0.5",
        "at_war(RUS) == not at_war(UKR)",
    ];
    states_with_themselves: [
        "at_war(RUS, RUS)",
        "alignment(PRK, PRK) > 0.5",
        "sanctioned(PRK, by = PRK)",
        "any(s: contiguous(s, s))",
    ];
    names_for_each_state: [
        "any(s: at_war(RUS))",
        "any(RUS: at_war(RUS))",
        "any(resolve: at_war(resolve))",
        "any(and: at_war(RUS))",
        "any(today: at_war(today))",
        "any(s: any(s: at_war(s)))",
        "any(a: any(b: any(c: any(d: any(e: at_war(a, e) and at_war(b, c) and at_war(d))))))",
        "any(s: any(t: ever(at_war(s, t))))",
        "at_war(s)",
    ];
    always_and_never: [
        "true",
        "not false",
        "1 < 2",
        "at_war(RUS) or true",
        "at_war(RUS) and 1 > 2",
        "PRK == RUS",
        "any(s: s == s)",
        "2024-01-01 < 2025-01-01",
        "ever(true)",
        "isolation(PRK) > 60",
        "isolation(PRK) >= 0",
        "1.5 < alignment(PRK, RUS)",
        "count(s: at_war(s)) < 0",
        "tension(PRK, RUS) == 2",
    ];
    everything_at_once: [
        "at_wer(RUS) && isolation(DEU) > 0.5 or fired(visit) and bound(RUS, RUS, defense)",
    ];
}

told! { told_of_number:
    distributions: [
        "normal(0.4)",
        "nomal(0.4, 0.1)",
        "gamma(1, 2)",
        "0.4",
        "isolation",
        "isolation(PRK)",
        "uniform(0, at_war(RUS))",
        "normal(mean = 0.4, sd = 0.1)",
        "normal(0.4: 0.1)",
        "beta(1, 2, 3)",
        "choice()",
        "choice(0.1: 0.5, 0.2)",
        "truncated(0.4, 0, 1)",
        "truncated(normal(0.4), 0, x)",
        "normal(normal(0, 1), 1)",
        "normal(0,4, 0,1)",
        "normal(1/0, 1)",
    ];
}

#[test]
fn a_string_with_escapes_is_underlined_as_a_whole() {
    let ground = Ground::new();
    let file = r#"when = "fired(\"vist\")""#;
    let place = Place { start: 8, whole: 7..file.len(), exact: false };
    let mut problems = Problems::default();
    let parsed = Expression::parse("fired(\"vist\")", place, &mut problems).expect("it is read");
    drop(parsed.truth(&mut ground.scope(), &mut problems));
    let told = shown(file, problems);
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(told); });
}

#[test]
fn names_are_excused_while_others_could_not_be_read() {
    let ground = Ground::new();
    let mut scope = ground.scope();
    scope.states.whole = false;
    scope.treaties.whole = false;
    scope.quantities.whole = false;
    for text in ["at_war(DEU, RUS)", "in_force('x')", "banana > 1", "at_war(x)"] {
        let place = Place { start: 0, whole: 0..text.len(), exact: true };
        let mut problems = Problems::default();
        let parsed = Expression::parse(text, place, &mut problems).expect("it is read");
        assert!(parsed.truth(&mut scope, &mut problems).is_none());
        assert!(problems.is_empty(), "{text}: {problems:?}");
    }
}
