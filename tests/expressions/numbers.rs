//! Numbers: scores, what is made of those of all states, and arithmetic at its edges.

use crate::support::Ground;

#[track_caller]
fn close(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-12, "{a} against {b}");
}

#[test]
fn scores() {
    let ground = Ground::new();
    close(ground.value("isolation(PRK)"), 0.7);
    close(ground.value("capability(CHN)"), 0.2);
    close(ground.value("alignment(PRK, RUS)"), 0.55);
    close(ground.value("alignment(RUS, PRK)"), 0.55);
    close(ground.value("grievance(UKR, RUS)"), 5.0);
    close(ground.value("tension(UKR, RUS)"), 1.0 - (-3.5_f64).exp());
    close(ground.value("tension(CHN, RUS)"), 0.0);
}

#[test]
fn numbers_of_all_states() {
    let ground = Ground::new();
    close(ground.value("sum(s: capability(s))"), 0.43);
    close(ground.value("mean(s: isolation(s))"), 1.85 / 6.0);
    close(ground.value("highest(s: isolation(s))"), 0.7);
    close(ground.value("lowest(s: isolation(s))"), 0.05);
    close(ground.value("count(s: isolation(s) > 0.25)"), 3.0);
    close(ground.value("count(s: true)"), 6.0);
    close(ground.value("sum(s: count(t: contiguous(s, t)))"), 10.0);
}

#[test]
fn what_is_no_number_is_left_out_of_all() {
    let ground = Ground::new();
    close(ground.value("sum(s: alignment(s, USA))"), -0.6 + 0.8 - 0.9 - 0.75 + 0.7);
    close(ground.value("mean(s: alignment(s, USA))"), -0.75 / 5.0);
    close(ground.value("lowest(s: alignment(s, USA))"), -0.9);
    assert_eq!(ground.value("sum(s: isolation(s) * (0 / 0))"), 0.0);
    for text in ["mean", "highest", "lowest"] {
        assert!(ground.value(&format!("{text}(s: isolation(s) * (0 / 0))")).is_nan(), "{text}");
    }
}

#[test]
fn arithmetic() {
    let ground = Ground::new();
    for (text, value) in [
        ("1 + 2 * 3 - 4 / 2", 5.0),
        ("(1 + 2) * 3", 9.0),
        ("8 / 4 / 2", 1.0),
        ("8 - 4 - 2", 2.0),
        ("8 - (4 - 2)", 6.0),
        ("-2 * -3", 6.0),
        ("--2", 2.0),
        ("1_000 + 1e3", 2000.0),
        ("max(1, 2) + min(1, 2)", 3.0),
        ("abs(-0.5)", 0.5),
        ("resolve - threshold", 0.15),
        ("(2025-01-01 - 2024-01-01) * 365.2425", 366.0),
    ] {
        close(ground.value(text), value);
    }
}

#[test]
fn a_division_by_zero_is_infinite_or_no_number() {
    let ground = Ground::new();
    assert_eq!(ground.value("1 / 0"), f64::INFINITY);
    assert_eq!(ground.value("-1 / 0"), f64::NEG_INFINITY);
    for text in ["0 / 0", "max(0 / 0, 1)", "min(1, 0 / 0)", "abs(0 / 0)", "1 / 0 - 1 / 0"] {
        assert!(ground.value(text).is_nan(), "{text}");
    }
    for comparison in ["<", "<=", ">", ">=", "==", "!="] {
        assert!(!ground.holds(&format!("isolation(PRK) {comparison} resolve * (0 / 0)")));
    }
    assert!(ground.holds("isolation(PRK) < 1 / (resolve - resolve)"));
    assert!(!ground.holds("today < 2024-01-01 + resolve * (0 / 0)"));
}
