//! No expression can overflow the stack of a thread, in a debug build either.

use detente::scenario::expression::{Expression, MAX_LEVELS};
use detente::scenario::problem::Problems;

use crate::support::{Ground, place};

/// Runs on a stack of 2 MiB.
fn on_a_small_stack(run: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(run);
    thread.expect("it starts").join().expect("it ends well");
}

/// Every rank of signs at every level.
fn deep(levels: usize) -> String {
    format!("{}1 or 2{}", "1 or 1 and 1 < 1 + 1 * abs(".repeat(levels), ")".repeat(levels))
}

#[test]
fn what_is_too_deep_is_refused() {
    on_a_small_stack(|| {
        let repeated =
            [("not ", ""), ("-", ""), ("(", ")"), ("abs(", ")"), ("!", ""), ("- not ", "")];
        for (open, close) in repeated {
            for count in [MAX_LEVELS + 1, 300, 1_900] {
                for text in [
                    format!("{}true{}", open.repeat(count), close.repeat(count)),
                    open.repeat(count),
                    close.repeat(count),
                ] {
                    let mut problems = Problems::default();
                    let parsed = Expression::parse(&text, place(&text), &mut problems);
                    assert!(parsed.is_none(), "{open} {count}");
                    assert!(problems.len() == 1 || open == "!", "{open} {count}: {problems:?}");
                }
            }
        }
    });
}

#[test]
fn the_deepest_parentheses_can_be_parsed() {
    on_a_small_stack(|| {
        let text = deep(MAX_LEVELS);
        let mut problems = Problems::default();
        assert!(Expression::parse(&text, place(&text), &mut problems).is_none());
        assert_eq!(problems.len(), 1, "{problems:?}");
    });
}

#[test]
fn the_deepest_tree_can_be_checked() {
    on_a_small_stack(|| {
        let ground = Ground::new();
        let text = deep(10);
        let mut problems = Problems::default();
        let parsed = Expression::parse(&text, place(&text), &mut problems).expect("it is read");
        assert_eq!(parsed.tree().to_string(), text);
        assert!(parsed.clone().truth(&mut ground.scope(), &mut problems).is_none());
        assert!(problems.len() > 10, "{}", problems.len());
    });
}

#[test]
fn the_longest_and_the_deepest_expressions_can_be_evaluated() {
    on_a_small_stack(|| {
        let ground = Ground::new();
        let sum = format!("distance(RUS, PRK) < 1{}", "+1".repeat(980));
        let any = format!("at_war(PRK){}", " or at_war(PRK)".repeat(132));
        let deep = format!("distance(RUS, PRK)<{}1{}", "1+1*(".repeat(30), ")".repeat(30));
        for (text, holds) in [(sum, true), (any, false), (deep, true)] {
            assert_eq!(ground.holds(&text), holds);
        }
    });
}
