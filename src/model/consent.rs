//! Who comes to an agreement with whom if both choose: the coordination of two multinomial choices.
//!
//! Of all pairs, (i, j) is next with the probability that i chooses j and j chooses i, each among
//! all others at risk (Stadtfeld, Hollway and Block 2017):
//!
//! ```text
//! p(j | i) = h_ij / sum_k h_ik,   P(ij) = p(j | i) p(i | j) / sum_{k<l} p(l | k) p(k | l)
//! ```

use crate::model::ids::Dyads;

/// Replaces the hazards of all dyads by those of mutual consent, in part: `share` of each hazard h
/// becomes P(ij) times the sum of all hazards, which stays. `sums` is scratch, one a state.
pub fn coordinate(dyads: &Dyads, hazards: &mut [f64], share: f64, sums: &mut [f64]) {
    sums.fill(0.0);
    let mut total = 0.0;
    for (dyad, i, j) in dyads.iter() {
        let h = hazards[dyad.index()];
        sums[i.index()] += h;
        sums[j.index()] += h;
        total += h;
    }
    if total == 0.0 {
        return;
    }
    // Divided one by one: h squared may be too small for a number.
    let mutual = |h: f64, i: usize, j: usize| match h {
        0.0 => 0.0,
        _ => (h / sums[i]) * (h / sums[j]),
    };
    let of = |h: &[f64]| -> f64 {
        dyads.iter().map(|(d, i, j)| mutual(h[d.index()], i.index(), j.index())).sum()
    };
    let all = of(hazards);
    for (dyad, i, j) in dyads.iter() {
        let h = hazards[dyad.index()];
        if h > 0.0 {
            let consented = total * mutual(h, i.index(), j.index()) / all;
            hazards[dyad.index()] = (1.0 - share) * h + share * consented;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(hazards: &[f64], states: usize) -> Vec<f64> {
        let mut hazards = hazards.to_vec();
        coordinate(&Dyads::new(states), &mut hazards, 1.0, &mut vec![0.0; states]);
        hazards
    }

    fn near(one: &[f64], other: &[f64]) {
        assert!(one.iter().zip(other).all(|(a, b)| (a - b).abs() < 1e-12), "{one:?} {other:?}");
    }

    /// V14, T2: without preference every pair is as likely, 2 / (n (n - 1)).
    #[test]
    fn v14_equal_hazards_stay_equal() {
        near(&of(&[0.3; 10], 5), &[0.3; 10]);
    }

    /// V14, T3: a constant added to every log-hazard changes no choice.
    #[test]
    fn v14_a_common_factor_changes_no_choice() {
        let h = [0.1, 0.4, 0.2, 0.7, 0.3, 0.5];
        let scaled: Vec<_> = h.iter().map(|h| 3.0 * h).collect();
        let tripled: Vec<_> = of(&h, 4).iter().map(|h| 3.0 * h).collect();
        near(&of(&scaled, 4), &tripled);
    }

    /// V14, T4: an alternative that nobody takes leaves the odds of the others.
    #[test]
    fn v14_an_irrelevant_alternative_leaves_the_odds() {
        let three = of(&[0.1, 0.4, 0.2], 3);
        let four = of(&[0.1, 0.4, 0.0, 0.2, 0.0, 0.0], 4);
        near(&three, &[four[0], four[1], four[3]]);
    }

    /// V14, T5: by hand for three states.
    #[test]
    fn v14_the_product_of_two_choices() {
        let (ab, ac, bc): (f64, f64, f64) = (0.1, 0.4, 0.2);
        let (a, b, c) = (ab + ac, ab + bc, ac + bc);
        let mutual = [ab * ab / (a * b), ac * ac / (a * c), bc * bc / (b * c)];
        let scale = (ab + ac + bc) / mutual.iter().sum::<f64>();
        near(&of(&[ab, ac, bc], 3), &mutual.map(|m| m * scale));
    }

    #[test]
    fn tiny_hazards_stay_numbers() {
        near(&of(&[3e-164; 3], 3), &[3e-164; 3]);
        assert_eq!(of(&[3e-164, 0.0, 0.2], 3)[1], 0.0, "who is not at risk stays so");
    }

    #[test]
    fn where_nobody_is_at_risk_nothing_happens() {
        near(&of(&[0.0; 3], 3), &[0.0; 3]);
    }
}
