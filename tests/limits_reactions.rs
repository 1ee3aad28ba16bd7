//! Limit cases of what states do to each other: V11 to V18, V21, and the pieces of the whole model
//! that have an exact answer. Seeds are fixed; the z-rule fails by chance about once in 16,000.

#[path = "support/scenarios.rs"]
mod support;

use detente::engine::trial::Simulator;
use detente::model::change::{Change, Level};
use detente::model::clocks::Clocks;
use detente::model::derived::Derived;
use detente::model::draws::Draws;
use detente::model::entity::Entity;
use detente::model::frame::Frame;
use detente::model::ids::StateId;
use detente::model::process::{About, Effect, Firing, Memory, Next, Process, Tag, View};
use detente::model::processes::crisis::{Crisis, CrisisParameters};
use detente::model::processes::sanction::{Sanction, SanctionParameters};
use detente::model::victory::Victory;
use detente::model::world::World;
use support::{
    count, count_kind, each_trial, moments, pair, peers, probability, within_four_errors,
};

const DT: f64 = 1.0 / 12.0;

#[test]
fn v11_grievance_from_disputes_at_a_constant_rate_is_shot_noise() {
    let (rate, tau, years) = (4.0, 5.0, 25);
    let disputes = format!(
        "[events.quarrel]\nrate = {rate}\nactions = [{{ dispute = \"XBB\", from = \"XAA\" }}]\n"
    );
    let setup = pair(years, "week", 0.0, "[processes.decay]\n", &disputes);
    let found = each_trial(&setup, 30_000, |s| s.world().grievance[0]);
    // The start is forgotten but for exp(-5) of it.
    let left = (-f64::from(years) / tau).exp();
    let (mean, variance) = moments(&found);
    let expected = rate * tau * (1.0 - left) + 2.0 * left;
    let spread = rate * tau / 2.0 * (1.0 - left * left);
    assert!((mean / expected - 1.0).abs() < 0.02, "mean {mean} against {expected}");
    assert!((variance / spread - 1.0).abs() < 0.03, "variance {variance} against {spread}");
}

/// Disputes at the rate m + alpha G.
struct SelfExciting {
    m: f64,
    alpha: f64,
}

const EXCITING: About =
    About { name: "self-exciting", tag: Tag(1001), summary: "disputes at the rate m + alpha G" };

impl Process for SelfExciting {
    fn about(&self) -> &'static About {
        &EXCITING
    }

    fn channels(&self, _frame: &Frame) -> Vec<detente::model::process::Channel> {
        let kind = "dispute";
        vec![detente::model::process::Channel { kind, subject: "XAA>XBB".to_owned() }]
    }

    fn memory(&self, _frame: &Frame) -> Memory {
        Memory { clocks: Clocks::new(1), ..Memory::default() }
    }

    fn begin(
        &self,
        _frame: &Frame,
        _world: &mut World,
        memory: &mut Memory,
        draws: &mut dyn Draws,
    ) {
        memory.clocks.start(EXCITING.tag, &[Entity::pair("XAA", "XBB")], draws);
    }

    fn step(
        &self,
        view: View<'_>,
        memory: &mut Memory,
        draws: &mut dyn Draws,
        next: &mut Next<'_>,
    ) {
        let rate = self.m + self.alpha * view.world.grievance[0];
        let hazard = rate * view.frame.timeline.dt;
        let key = (EXCITING.tag, Entity::pair("XAA", "XBB"));
        memory.clocks.fire_each(0, hazard, key, draws, |fraction| {
            let dispute = Change::Dispute(StateId::new(0), StateId::new(1), Level::Force);
            next.firings.push(Firing {
                day: view.frame.timeline.day_within(view.step, fraction),
                tag: EXCITING.tag,
                channel: 0,
                effect: Effect::One(dispute),
            });
        });
    }
}

#[test]
fn v12_self_excitation_multiplies_the_rate_by_one_over_one_minus_the_branching_number() {
    let (m, alpha, tau, years) = (1.0, 0.3, 1.0, 40);
    let mut setup = pair(years, "week", 0.0, &format!("[processes.decay]\ntau = {tau}\n"), "");
    setup.processes.push(Box::new(SelfExciting { m, alpha }));
    // On the grid G settles where G (1 - exp(-dt / tau)) = (m + alpha G) dt; it starts there.
    let dt = setup.frame.timeline.dt;
    let settled = m * dt / (1.0 - (-dt / tau).exp() - alpha * dt);
    setup.initial.grievance[0] = settled;
    let theory = m + alpha * settled;
    assert!((theory / (m / (1.0 - alpha * tau)) - 1.0).abs() < 0.005, "the grid is fine enough");
    let years = setup.frame.timeline.steps() as f64 * dt;
    let rates = each_trial(&setup, 8_000, |s| f64::from(s.record().counts[0]) / years);
    let (mean, variance) = moments(&rates);
    within_four_errors("rate", mean, theory, (variance / rates.len() as f64).sqrt());
}

#[test]
fn v13_one_disliked_act_draws_three_warnings_on_average() {
    let act =
        "[events.act]\ndate = 2000-01-01\nactions = [{ dispute = \"XBB\", from = \"XAA\" }]\n";
    let setup = pair(12, "month", -0.5, "[processes.warning]\nw0 = 0\n", act);
    let counts = each_trial(&setup, 20_000, |s| f64::from(count(&setup, s, "warning", "XBB>XAA")));
    let n = counts.len() as f64;
    let (mean, variance) = moments(&counts);
    within_four_errors("warnings", mean, 3.0, (3.0 / n).sqrt());
    let dispersion = ((n - 1.0) * variance / mean - (n - 1.0)) / (2.0 * (n - 1.0)).sqrt();
    assert!(dispersion.abs() < 2.576, "dispersion z = {dispersion:.2}");
    // The one who acts is not aggrieved by itself.
    each_trial(&setup, 50, |s| assert_eq!(count(&setup, s, "warning", "XAA>XBB"), 0));
}

/// An attack of XAA on XBB, which four others have promised to defend.
const ATTACKED: &str = r#"
[treaties.defence]
members = ["XBB", "XCC", "XDD", "XEE", "XFF"]
obligations = ["defence"]
owed_by = ["XCC", "XDD", "XEE", "XFF"]
signed = 1999-01-01
[events.attack]
date = 2000-01-01
actions = [{ attack = "XBB", from = "XAA" }]
"#;

const SIX: [&str; 6] = ["XAA", "XBB", "XCC", "XDD", "XEE", "XFF"];

#[test]
fn v15_v16_without_covariates_each_ally_comes_with_the_base_rate() {
    let (h, trials) = (0.41, 20_000);
    let processes = format!("[processes.casus_foederis]\nh_defence = {h}\ng_a = 0\ng_w = 0\n");
    let setup = peers(&SIX, 0.8, &processes, ATTACKED);
    let joined = each_trial(&setup, trials, |s| {
        let honoured = |k: &str| count(&setup, s, "clause-honoured", &format!("{k}>XBB defence"));
        ["XCC", "XDD", "XEE", "XFF"].map(|k| honoured(k) as usize)
    });
    for ally in 0..4 {
        let yes = joined.iter().filter(|joined| joined[ally] == 1).count();
        probability(&format!("ally {ally}"), yes, joined.len(), h);
    }
    let binomial = [1.0, 4.0, 6.0, 4.0, 1.0];
    for (k, choose) in (0..).zip(binomial) {
        let yes = joined.iter().filter(|joined| joined.iter().sum::<usize>() == k as usize).count();
        let theory = choose * f64::powi(h, k) * f64::powi(1.0 - h, 4 - k);
        probability(&format!("{k} joiners"), yes, joined.len(), theory);
    }
    let any = joined.iter().filter(|joined| joined.iter().any(|&one| one > 0)).count();
    probability("at least one", any, joined.len(), 1.0 - (1.0 - h).powi(4));
}

#[test]
fn v17_equal_sides_leave_the_attackers_advantage() {
    let war = "[wars.duel]\nside_a = [\"XAA\"]\nside_b = [\"XBB\"]\nsince = 1999-01-01\n";
    for (keys, theory) in [("", 0.6318), ("initiator = 0\nexponent = 0.36\n", 0.5)] {
        let processes = format!("[processes.war]\np_draw = 0\nloss = 1\n{keys}");
        let setup = peers(&["XAA", "XBB"], 0.0, &processes, war);
        let won = each_trial(&setup, 20_000, |s| {
            let kinds = ["war-won-by-attacker", "war-won-by-target", "war-drawn"];
            kinds.map(|kind| count(&setup, s, kind, "duel") as usize)
        });
        let [a, b, drawn] = [0, 1, 2].map(|n| won.iter().map(|won| won[n]).sum::<usize>());
        assert_eq!(drawn, 0);
        // exp(-0.9 x 10) of the wars are still being fought at the end.
        probability("wars ended", a + b, won.len(), 1.0 - (-9.0_f64).exp());
        probability("won by the attacker", a, a + b, theory);
    }
}

#[test]
fn v18_without_deterrence_pacts_do_not_touch_disputes() {
    let run = |delta: f64, obligations: &str| {
        let treaty = format!(
            "[treaties.shield]\nmembers = [\"XBB\", \"XCC\"]\nobligations = [\"{obligations}\"]\n\
             dimensions = [\"military\"]\nsigned = 1999-01-01\n"
        );
        let processes = format!(
            "[processes.crisis]\ndelta = {delta}\nb0 = -2\n[processes.decay]\n\
             [processes.alignment]\n[processes.casus_foederis]\n"
        );
        let setup = peers(&["XAA", "XBB", "XCC"], 0.0, &processes, &treaty);
        each_trial(&setup, 200, |s| (s.record().counts.clone(), s.record().first_day.clone()))
    };
    assert_eq!(run(0.0, "defence"), run(0.0, "consultation"), "to the bit");
    assert_ne!(run(0.62, "defence"), run(0.62, "consultation"), "deterrence does something");
}

#[test]
fn v21_scaling_capability_moves_sanctions_by_a_constant_and_leaves_disputes_and_wars() {
    let setup = support::compile(&support::flagship());
    let z = 0.37_f64;
    let mut scaled = setup.initial.clone();
    for state in (0..setup.frame.states()).map(StateId::new) {
        scaled.scale_capability(state, z);
    }
    let look = |world: &World| {
        let mut derived = Derived::new(&setup.frame);
        derived.update(&setup.frame, world);
        let view = View { frame: &setup.frame, world, derived: &derived, step: 0 };
        let sanction = Sanction::new(SanctionParameters::default());
        let crisis = Crisis::new(CrisisParameters::default(), None);
        let pairs = setup.frame.pairs.iter();
        pairs
            .map(|(_, i, j)| (sanction.log_odds(&view, i, j), crisis.log_odds(&view, (i, j), 0.0)))
            .collect::<Vec<_>>()
    };
    let shift = 0.353 * z.ln();
    for (before, after) in look(&setup.initial).into_iter().zip(look(&scaled)) {
        assert!((after.0 - before.0 - shift).abs() < 1e-12, "sanction: {before:?} to {after:?}");
        assert!((after.1 - before.1).abs() < 1e-12, "dispute: {before:?} to {after:?}");
    }
    let victory = Victory { initiator: 0.54, exponent: 0.30 };
    assert!(
        (victory.of_attacker(0.2, 0.03) - victory.of_attacker(0.2 * z, 0.03 * z)).abs() < 1e-12
    );
}

#[test]
fn a_threat_that_is_due_doubles_the_hazard_of_the_sanction() {
    let mut setup = peers(&["XAA", "XBB", "XCC"], -0.5, "", "");
    let sanction = Sanction::new(SanctionParameters::default());
    let (k, i) = (StateId::new(0), StateId::new(1));
    let hazard = |setup: &detente::scenario::setup::Setup| {
        let mut derived = Derived::new(&setup.frame);
        derived.update(&setup.frame, &setup.initial);
        let (frame, world) = (&setup.frame, &setup.initial);
        let view = View { frame, world, derived: &derived, step: 0 };
        [sanction.hazard(&view, k, i), sanction.hazard(&view, i, k)]
    };
    let before = hazard(&setup);
    setup.initial.ledger.warn(k, i, 1.0);
    assert_eq!(hazard(&setup), before, "a warning alone changes nothing by default");
    assert!(setup.initial.ledger.call_in(k, i, 1.0));
    assert_eq!(hazard(&setup), [2.0 * before[0], before[1]]);
    assert!(setup.initial.ledger.settle(k, i));
    assert_eq!(hazard(&setup), before);
}

/// XBB warns XAA, which acts; XBB carries its threat out, or lets it lapse after a year.
#[test]
fn a_threat_is_carried_out_or_lapses_and_the_record_says_which() {
    let act = "[events.warning]\ndate = 2000-02-01\nactions = [{ warn = \"XAA\", from = \"XBB\" }]\n\
               [events.act]\ndate = 2000-03-01\nactions = [{ dispute = \"XCC\", from = \"XAA\" }]\n";
    let processes = "[processes.warning]\nw0 = 0\nw1 = 0\n[processes.sanction]\nb0 = -1\nb_a = 0\n\
                     b_t = 0\nb_c = 0\nb_v = 0\nb_n = 0\nm_due = 3\n";
    let setup = peers(&["XAA", "XBB", "XCC"], -0.5, processes, act);
    let threats = each_trial(&setup, 10_000, |s| {
        let kinds = ["threat-due", "threat-carried-out", "threat-lapsed", "sanction"];
        kinds.map(|kind| count(&setup, s, kind, "XBB>XAA") as usize)
    });
    // Sanctions before the act leave no threat to become due: two months at the plain hazard.
    let hazard = (1.0 + (-1.0_f64).exp()).ln();
    let [due, done, lapsed, _] = [0, 1, 2, 3].map(|n| threats.iter().map(|t| t[n]).sum::<usize>());
    probability("due", due, threats.len(), (-hazard * 2.0 * DT).exp());
    assert_eq!(due, done + lapsed, "every threat that is due is carried out or lapses");
    // The factor holds from the step after the act: eleven months and the last, in which it ends.
    probability("carried out", done, due, 1.0 - (-3.0 * hazard * 12.0 * DT).exp());
}

#[test]
fn arms_raise_capability_for_a_year_and_payment_raises_the_suppliers_for_good() {
    let event = "[events.arms]\ndate = 2000-02-01\nactions = [{ arm = \"XBB\", from = \"XAA\" }]\n";
    let run = |years: i32, keys: &str| {
        let processes = format!("[processes.arms]\nr0 = 0\n{keys}");
        let setup = pair(years, "month", 0.5, &processes, event);
        let mut simulator = Simulator::new(&setup);
        simulator.run(0).unwrap();
        (simulator.world().capability.clone(), simulator.world().ledger.last_force(StateId::new(0)))
    };
    let near = |found: &[f64], expected: [f64; 2]| {
        assert!(found.iter().zip(expected).all(|(f, e)| (f - e).abs() < 1e-15), "{found:?}");
    };
    near(&run(1, "p_payback = 0\n").0, [0.02, 0.01 * 1.02]);
    near(&run(2, "p_payback = 0\n").0, [0.02, 0.01]);
    near(&run(2, "p_payback = 1\n").0, [0.02 * 1.01, 0.01]);
    let processes = "[processes.arms]\nr0 = 0\n";
    let setup = pair(1, "month", 0.5, processes, event);
    let paid = each_trial(&setup, 20_000, |s| count(&setup, s, "arms-for-support", "XAA>XBB"));
    probability("paid", paid.iter().sum::<u32>() as usize, paid.len(), 0.5);
}

#[test]
fn rapport_is_zero_on_average() {
    let setup = pair(6, "month", 0.6, "[processes.contact]\n", "");
    let found = each_trial(&setup, 40_000, |s| s.world().rapport[0]);
    let (mean, variance) = moments(&found);
    // Days are rounded up, so a contact is up to a day, on average half a day, fresher.
    let fresher = 0.5 / 365.2425 / 0.5 * 0.33;
    assert!(mean.abs() < fresher + 4.0 * (variance / found.len() as f64).sqrt(), "{mean}");
}

#[test]
fn sanctions_are_lifted_pair_by_pair_and_a_third_of_the_targets_concede() {
    let entry = "[sanctions.coalition]\nsenders = [\"XAA\", \"XBB\"]\ntargets = [\"XCC\"]\n\
                 types = [\"trade\"]\nsince = 1999-01-01\n";
    let setup = peers(&["XAA", "XBB", "XCC"], 0.0, "[processes.lifting]\n", entry);
    let found = each_trial(&setup, 20_000, |s| {
        let lifted = |pair: &str| count(&setup, s, "sanction-lifted", pair) as usize;
        let conceded = count_kind(&setup, s, "concession") as usize;
        let (cc, aa) = (StateId::new(2), StateId::new(0));
        assert_eq!(s.world().sanctions.bite(aa, cc), lifted("XAA>XCC") == 0);
        [lifted("XAA>XCC"), lifted("XBB>XCC"), conceded]
    });
    let [a, b, conceded] = [0, 1, 2].map(|n| found.iter().map(|f| f[n]).sum::<usize>());
    let theory = 1.0 - (-0.82_f64).exp();
    probability("lifted by one", a, found.len(), theory);
    probability("lifted by the other", b, found.len(), theory);
    let both = found.iter().filter(|f| f[0] + f[1] == 2).count();
    probability("lifted by both", both, found.len(), theory * theory);
    probability("conceded", conceded, a + b, 0.34);
}

#[test]
fn a_treaty_is_in_force_when_it_is_ratified() {
    let treaty = |way: &str| {
        let ratified = match way {
            "at signature" => "",
            _ => "[events.ratification]\ndate = 2001-06-15\nactions = [{ ratify = \"one\" }]\n",
        };
        format!(
            "[treaties.one]\nmembers = [\"XAA\", \"XBB\"]\nobligations = [\"defence\"]\n\
             ratification = \"{way}\"\n\
             [events.signature]\ndate = 2000-01-01\nactions = [{{ sign = \"one\" }}]\n\
             {ratified}\
             [outcomes.before]\ntreaty = \"defence\"\nbetween = \"XAA-XBB\"\nat = 2000-07-01\n\
             [outcomes.signed]\ntreaty = \"defence\"\nbetween = \"XAA-XBB\"\nat = 2000-07-01\n\
             stage = \"signed\"\n\
             [outcomes.after]\ntreaty = \"defence\"\nbetween = \"XAA-XBB\"\nat = 2001-06-15\n"
        )
    };
    let ask = |processes: &str, way: &str, trials: u32| {
        let setup = peers(&["XAA", "XBB"], 0.0, processes, &treaty(way));
        each_trial(&setup, trials, |s| {
            let answers: Vec<_> = s.record().answers.iter().map(|a| a.yes).collect();
            [answers[0], answers[1], answers[2]]
        })
    };
    let names = ["before", "signed", "after"];
    let named = |rows: Vec<[bool; 3]>| -> Vec<usize> {
        names.iter().enumerate().map(|(n, _)| rows.iter().filter(|row| row[n]).count()).collect()
    };
    assert_eq!(named(ask("", "by event", 1)), [0, 1, 1]);
    assert_eq!(named(ask("", "at signature", 1)), [1, 1, 1]);
    assert_eq!(named(ask("", "by chance", 1)), [1, 1, 1], "no ratification, no lag");
    let rows = named(ask("[processes.ratification]\n", "by chance", 20_000));
    assert_eq!(rows[1..], [20_000, 20_000]);
    // Six steps at 2 a year.
    probability("in force after half a year", rows[0], 20_000, 1.0 - (-1.0_f64).exp());
}

/// V14, T1: which of six pairs signs first, against the product of both states' choices.
#[test]
fn v14_with_mutual_consent_pairs_sign_in_proportion_to_both_choices() {
    let alignments = [0.9, 0.2, -0.4, 0.5, -0.8, 0.1];
    let codes = ["XAA", "XBB", "XCC", "XDD"];
    let mut dyads = String::new();
    let mut names = Vec::new();
    let mut next = alignments.iter();
    for (n, i) in codes.iter().enumerate() {
        for j in &codes[n + 1..] {
            let a = next.next().expect("six pairs");
            dyads += &format!("{i}-{j} = {{ distance_km = 100, alignment = {a} }}\n");
            names.push(format!("{i}-{j}"));
        }
    }
    let off: String = detente::model::registry::PROCESSES
        .iter()
        .filter(|entry| entry.about.name != "pact")
        .map(|entry| format!("[processes.{}]\non = false\n", entry.about.name))
        .collect();
    let states: String =
        codes.map(|c| format!("{c} = {{ capability = 0.02, isolation = 0.5 }}\n")).concat();
    let setup = support::compile(&format!(
        "title = \"consent\"\n[run]\nstart = 2000-01-01\nend = 2000-02-01\nseed = 7\n[states]\n{states}\
         [dyads]\n{dyads}{off}[processes.pact]\nb0 = -3\nb_a = 2\nb_d = 0\nb_x = 0\nb_m = 0\ntwo_sided = 1\n"
    ));
    let signed = each_trial(&setup, 100_000, |s| {
        let counts: Vec<u32> = names.iter().map(|name| count(&setup, s, "pact", name)).collect();
        (counts.iter().sum::<u32>() == 1).then(|| counts.iter().position(|&c| c == 1)).flatten()
    });
    let signed: Vec<usize> = signed.into_iter().flatten().collect();
    let h = alignments.map(|a: f64| (1.0 + (-3.0 + 2.0 * a).exp()).ln());
    let pairs = [(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)];
    let sum = |state: usize| -> f64 {
        pairs.iter().zip(h).filter(|((i, j), _)| *i == state || *j == state).map(|(_, h)| h).sum()
    };
    let mutual: Vec<f64> =
        pairs.iter().zip(h).map(|((i, j), h)| h * h / (sum(*i) * sum(*j))).collect();
    let total: f64 = mutual.iter().sum();
    let n = signed.len() as f64;
    // A step in which two pairs sign is not counted, so odds differ from the rates by some hundredths.
    let chi: f64 = (0..6)
        .map(|k| {
            let found = signed.iter().filter(|&&s| s == k).count() as f64;
            let expected = n * mutual[k] / total;
            (found - expected).powi(2) / expected
        })
        .sum();
    // 15.09 is the .01 quantile of chi-square with five degrees of freedom.
    assert!(chi < 15.09, "chi-square {chi:.2} of {n} choices");
}
