//! What holds for any expression.

use detente::model::expression::{Comparison, Step, Tracked};
use detente::model::ids::WarId;
use detente::scenario::expression::tree::{Argument, Name, Node, Tree};
use detente::scenario::expression::{Expression, MAX_CHARACTERS};
use detente::scenario::problem::Problems;
use jiff::civil::Date;
use proptest::prelude::*;

use crate::support::{Ground, place};

fn of(node: Node) -> Tree {
    Tree { span: 0..0, node }
}

fn name(text: &str) -> Name {
    Name { span: 0..0, text: text.to_owned() }
}

fn leaf() -> impl Strategy<Value = Tree> {
    let names = ["RUS", "AND", "s", "resolve", "non-aggression", "today", "_x1", "Größe"];
    prop_oneof![
        (0.0..1e6_f64).prop_map(Node::Number),
        (0_u32..3000).prop_map(|number| Node::Number(f64::from(number))),
        (1900_i16..2100, 1_i8..=12, 1_i8..=28)
            .prop_map(|(y, m, d)| Node::Date(Date::new(y, m, d).expect("a day"))),
        "[a-zA-Z0-9 >.-]{0,12}".prop_map(Node::Text),
        "[a-z' ]{0,6}".prop_map(Node::Text),
        proptest::sample::select(names.to_vec()).prop_map(|name| Node::Name(name.to_owned())),
        any::<bool>().prop_map(Node::Truth),
    ]
    .prop_map(of)
}

fn comparison() -> impl Strategy<Value = Comparison> {
    proptest::sample::select(vec![
        Comparison::Less,
        Comparison::AtMost,
        Comparison::Greater,
        Comparison::AtLeast,
        Comparison::Equal,
        Comparison::Unequal,
    ])
}

fn steps(
    tree: impl Strategy<Value = Tree> + Clone,
    steps: [Step; 2],
    node: fn(Box<Tree>, Vec<(Step, Tree)>) -> Node,
) -> impl Strategy<Value = Node> {
    let step = proptest::sample::select(steps.to_vec());
    let rest = proptest::collection::vec((step, tree.clone()), 1..4);
    (tree, rest).prop_map(move |(first, rest)| node(Box::new(first), rest))
}

fn argument(tree: impl Strategy<Value = Tree> + Clone) -> impl Strategy<Value = Argument> {
    let keyword = tree.clone().prop_map(|value| Argument::Keyword(name("by"), value));
    let pair = (tree.clone(), tree.clone()).prop_map(|(a, b)| Argument::Pair(a, b));
    prop_oneof![3 => tree.prop_map(Argument::Plain), 1 => keyword, 1 => pair]
}

fn any_tree() -> impl Strategy<Value = Tree> {
    leaf().prop_recursive(4, 40, 4, |tree| {
        let several = || proptest::collection::vec(tree.clone(), 2..4);
        let functions = proptest::sample::select(vec!["f", "at_war", "count", "choice"]);
        let arguments = proptest::collection::vec(argument(tree.clone()), 0..4);
        let compared = proptest::collection::vec((comparison(), tree.clone()), 1..3);
        prop_oneof![
            tree.clone().prop_map(|inner| Node::Not(Box::new(inner))),
            tree.clone().prop_map(|inner| Node::Negative(Box::new(inner))),
            several().prop_map(Node::And),
            several().prop_map(Node::Or),
            (tree.clone(), compared).prop_map(|(first, rest)| Node::Compare(Box::new(first), rest)),
            steps(tree.clone(), [Step::Plus, Step::Minus], Node::Sum),
            steps(tree.clone(), [Step::Times, Step::Over], Node::Product),
            (functions, arguments).prop_map(|(f, arguments)| Node::Call(name(f), arguments)),
        ]
        .prop_map(of)
    })
}

/// A number that may be anything, in which `s` is a state.
fn number() -> impl Strategy<Value = String> {
    let leaves = [
        "isolation(s)",
        "capability(RUS)",
        "alignment(s, RUS)",
        "tension(PRK, s)",
        "distance(s, USA)",
        "resolve",
        "threshold * 0",
        "times('dispute')",
        "since(at_war(RUS))",
        "count(t: contiguous(s, t))",
        "highest(t: alignment(s, t))",
        "(today - 2024-02-01)",
    ];
    proptest::sample::select(leaves.to_vec()).prop_map(str::to_owned).prop_recursive(3, 8, 2, |n| {
        let sign = proptest::sample::select(vec!["+", "-", "*", "/"]);
        prop_oneof![
            (n.clone(), sign, n.clone()).prop_map(|(a, sign, b)| format!("({a} {sign} {b})")),
            n.clone().prop_map(|a| format!("-{a}")),
            n.clone().prop_map(|a| format!("abs({a})")),
            (n.clone(), n).prop_map(|(a, b)| format!("max({a}, {b})")),
        ]
    })
}

/// A truth that may be anything, in which `s` is a state.
fn truth() -> impl Strategy<Value = String> {
    let leaves = [
        "at_war(s)",
        "at_war(s, UKR)",
        "sanctioned(s, by = USA)",
        "s == RUS",
        "s != PRK",
        "bound(s, KOR, defence)",
        "any(u: u != s and alignment(u, s) > resolve)",
        "ever(at_war(s, RUS))",
        "fired('visit')",
        "today > 2024-03-01",
    ];
    let signs = proptest::sample::select(vec!["<", "<=", ">", ">=", "==", "!="]);
    let compared = (number(), signs, number()).prop_map(|(a, sign, b)| format!("{a} {sign} {b}"));
    let leaf = proptest::sample::select(leaves.to_vec()).prop_map(str::to_owned);
    prop_oneof![leaf, compared].prop_recursive(3, 8, 2, |truth| {
        prop_oneof![
            (truth.clone(), truth.clone()).prop_map(|(a, b)| format!("({a} and {b})")),
            (truth.clone(), truth.clone()).prop_map(|(a, b)| format!("({a} or {b})")),
            truth.prop_map(|a| format!("not ({a})")),
        ]
    })
}

/// Whether a text holds in a world with or without war, at a value of `resolve`.
fn holds(text: &str, war: bool, resolve: f64) -> bool {
    let mut ground = Ground::new();
    ground.quantities[0] = resolve;
    let mut world = ground.setup.initial.clone();
    if war {
        let (frame, fought) = (&ground.setup.frame, &ground.setup.frame.wars[0]);
        world.wars.begin(frame, WarId::new(0), &fought.attackers, &fought.targets);
    }
    let mut scope = ground.scope();
    let truth = ground.truth_in(text, &mut scope);
    let tracked = vec![Tracked { ever: war, ..Tracked::default() }; scope.memory.places];
    truth.holds(&ground.facts(&world, 40, &tracked))
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(300)
    })]

    #[test]
    fn what_is_printed_is_read_as_the_same_tree(tree in any_tree()) {
        let text = tree.to_string();
        prop_assume!(text.chars().count() <= MAX_CHARACTERS);
        let mut problems = Problems::default();
        let parsed = Expression::parse(&text, place(&text), &mut problems);
        prop_assert!(problems.is_empty(), "{}: {:?}", text, problems);
        let parsed = parsed.expect("it is read");
        prop_assert_eq!(parsed.tree(), &tree);
    }

    #[test]
    fn no_text_makes_anything_panic(text in "\\PC{0,60}") {
        let mut problems = Problems::default();
        if let Some(parsed) = Expression::parse(&text, place(&text), &mut problems) {
            let ground = Ground::new();
            drop(parsed.truth(&mut ground.scope(), &mut problems));
            drop(parsed.distribution(&mut problems));
        } else {
            prop_assert!(!problems.is_empty());
        }
    }

    #[test]
    fn no_row_of_words_makes_anything_panic(words in words()) {
        let text = words.join(" ");
        let ground = Ground::new();
        let mut problems = Problems::default();
        let parsed = Expression::parse(&text, place(&text), &mut problems);
        let truth = parsed.as_ref().and_then(|p| p.truth(&mut ground.scope(), &mut problems));
        prop_assert!(truth.is_some() || !problems.is_empty(), "{}", text);
        for problem in problems.into_sorted() {
            prop_assert!(text.is_empty() || text.get(problem.span.clone()).is_some_and(|s| !s.is_empty()), "{:?}", problem);
        }
    }

    #[test]
    fn negation_turns_and_into_or(a in truth(), b in truth(), war: bool, resolve in -1.0..1.0) {
        let both = format!("any(s: s == PRK and not (({a}) and ({b})))");
        let either = format!("any(s: s == PRK and (not ({a}) or not ({b})))");
        prop_assert_eq!(holds(&both, war, resolve), holds(&either, war, resolve));
    }

    #[test]
    fn a_count_is_that_of_a_loop(truth in truth(), war: bool, resolve in -1.0..1.0) {
        let states = ["CHN", "KOR", "PRK", "RUS", "UKR", "USA"];
        let one = |code: &&str| holds(&format!("any(s: s == {code} and ({truth}))"), war, resolve);
        let naive = states.iter().filter(|code| one(code)).count();
        // What is said of each state has to mention it.
        let text = format!("count(s: ({truth}) and (s != USA or s == USA)) == {naive}");
        prop_assert!(holds(&text, war, resolve), "{}", text);
    }
}

/// Words and signs in a row, mostly nonsense.
fn words() -> impl Strategy<Value = Vec<&'static str>> {
    let all = vec![
        "and",
        "or",
        "not",
        "AND",
        "NOT",
        "(",
        ")",
        ",",
        ":",
        "=",
        "==",
        "<",
        ">=",
        "+",
        "-",
        "*",
        "/",
        "0.6",
        "60%",
        "2024-06-19",
        "19.6.2024",
        "1",
        "June",
        "2026",
        "true",
        "RUS",
        "PRK",
        "s",
        "resolve",
        "defence",
        "by",
        "type",
        "arms",
        "'visit'",
        "'treaty-2024'",
        "\"x",
        "today",
        "any(s:",
        "count(",
        "sum(s:",
        "at_war(",
        "bound(",
        "sanctioned(",
        "fired(",
        "member(",
        "times(",
        "ever(",
        "since(",
        "max(",
        "normal(",
        "choice(",
        "visit",
        "&&",
        "!",
        "é",
        "^",
    ];
    proptest::collection::vec(proptest::sample::select(all), 0..14)
}
