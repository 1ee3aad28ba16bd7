//! Words for what differs between two scenarios, chosen by the intervals of the difference.

use crate::analysis::comparison::differences::Row;

/// What the pairs say of an outcome in a scenario and in its base.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// The interval that holds for all rows together leaves out 0.
    Told,
    /// The row's own interval leaves out 0, that of all rows together does not.
    Alone,
    /// The interval holds 0, though some pairs differ.
    NotTold,
    /// Both answers occur, and no pair differs.
    NoPairDiffers,
    /// The scripts alone answer it differently, or every trial of the one says the same, and every trial
    /// of the other: supposed, not found.
    Supposed,
    /// There are too few pairs to say anything.
    Unknown,
}

impl Difference {
    /// What a row says.
    pub fn of(row: &Row) -> Self {
        let known = row.difference.zip(row.low.zip(row.high)).zip(row.low_all.zip(row.high_all));
        let Some(((difference, own), all)) = known else { return Self::Unknown };
        if row.settled {
            return Self::Supposed;
        }
        let holds_0 = |(low, high): (f64, f64)| low <= 0.0 && high >= 0.0;
        if row.quantity == "probability" {
            let fixed = |p: Option<f64>| p == Some(0.0) || p == Some(1.0);
            if fixed(row.base) && fixed(row.value) {
                return Self::Supposed;
            }
            if row.base_only == Some(0) && row.variant_only == Some(0) {
                return Self::NoPairDiffers;
            }
        } else if row.n < 2 {
            // One pair has no spread, so its interval says nothing.
            return Self::Unknown;
        } else if row.se == Some(0.0) {
            return if difference == 0.0 { Self::NoPairDiffers } else { Self::Supposed };
        }
        match (holds_0(own), holds_0(all)) {
            (true, _) => Self::NotTold,
            (false, true) => Self::Alone,
            (false, false) => Self::Told,
        }
    }

    /// A heading for outcomes of which this is said.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Told => "Differences that can be told",
            Self::Alone => "Differences that can be told only of a row chosen beforehand",
            Self::NotTold => "No difference can be told",
            Self::NoPairDiffers => "The same in every pair",
            Self::Supposed => "Fixed by the scenarios",
            Self::Unknown => "Not known",
        }
    }

    /// What stands under the heading: what it means among so many rows.
    pub fn remark(self, rows: usize) -> String {
        match self {
            Self::Told if rows == 1 => "The 95 % interval leaves out 0.".to_owned(),
            Self::Told => format!(
                "The interval that holds at 95 % for all {rows} rows together leaves out 0."
            ),
            Self::Alone => format!(
                "The row's own 95 % interval leaves out 0; that of all {rows} rows together does not. \
                 Who looks through many rows finds some such by chance."
            ),
            Self::NotTold => "The 95 % interval holds 0: more, less and the same all go with these \
                              pairs of trials."
                .to_owned(),
            Self::NoPairDiffers => "Not one pair differs here. A difference too rare to be seen in \
                                    these pairs is not ruled out."
                .to_owned(),
            Self::Supposed => "What the scenarios write down already answers this, or within each \
                               scenario every trial says the same. It follows from what was supposed, \
                               or is too nearly certain for these trials to tell. It is no finding."
                .to_owned(),
            Self::Unknown => "Too few pairs gave an answer.".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(quantity: &str, own: (f64, f64), all: (f64, f64)) -> Row {
        Row {
            variant: "v".into(),
            outcome: "o".into(),
            title: "O".into(),
            quantity: quantity.into(),
            n: 100,
            missing: 0,
            base: Some(0.2),
            value: Some(0.3),
            difference: Some(f64::midpoint(own.0, own.1)),
            se: Some(0.01),
            low: Some(own.0),
            high: Some(own.1),
            low_all: Some(all.0),
            high_all: Some(all.1),
            base_only: Some(1),
            variant_only: Some(11),
            relative_risk: None,
            relative_low: None,
            relative_high: None,
            variance_reduction: None,
            settled: false,
        }
    }

    #[test]
    fn a_difference_is_told_only_if_every_row_together_leaves_out_0() {
        for quantity in ["probability", "mean"] {
            let said = |own, all| Difference::of(&row(quantity, own, all));
            assert_eq!(said((0.01, 0.02), (0.001, 0.03)), Difference::Told);
            assert_eq!(said((-0.02, -0.01), (-0.03, -0.001)), Difference::Told);
            assert_eq!(said((0.01, 0.02), (-0.001, 0.03)), Difference::Alone);
            assert_eq!(said((0.01, 0.02), (0.0, 0.03)), Difference::Alone);
            assert_eq!(said((-0.01, 0.02), (-0.02, 0.03)), Difference::NotTold);
            assert_eq!(said((0.0, 0.02), (-0.02, 0.03)), Difference::NotTold);
            assert_eq!(said((-0.02, 0.0), (-0.02, 0.03)), Difference::NotTold);
        }
    }

    #[test]
    fn what_the_scenarios_fix_is_no_difference_found() {
        let wide = ((0.9, 1.0), (0.8, 1.0));
        let fixed = |base, value, differ: [u64; 2]| {
            let [base_only, variant_only] = differ.map(Some);
            let given = Row {
                base: Some(base),
                value: Some(value),
                base_only,
                variant_only,
                ..row("probability", wide.0, wide.1)
            };
            Difference::of(&given)
        };
        assert_eq!(fixed(0.0, 1.0, [0, 100]), Difference::Supposed);
        assert_eq!(fixed(1.0, 1.0, [0, 0]), Difference::Supposed);
        assert_eq!(fixed(0.0, 0.99, [0, 99]), Difference::Told);
        assert_eq!(fixed(0.5, 0.5, [0, 0]), Difference::NoPairDiffers);
        let told = row("probability", (0.01, 0.02), (0.001, 0.03));
        assert_eq!(Difference::of(&Row { settled: true, ..told }), Difference::Supposed);
    }

    #[test]
    fn a_mean_without_spread_is_supposed_or_not_known() {
        let mean = |n, difference: f64| {
            let own = (difference, difference);
            Difference::of(&Row {
                n,
                se: Some(0.0),
                difference: Some(difference),
                ..row("mean", own, own)
            })
        };
        assert_eq!(mean(100, 0.5), Difference::Supposed);
        assert_eq!(mean(100, 0.0), Difference::NoPairDiffers);
        assert_eq!(mean(1, 0.5), Difference::Unknown);
        let none = Row { difference: None, ..row("mean", (0.1, 0.2), (0.1, 0.2)) };
        assert_eq!(Difference::of(&none), Difference::Unknown);
    }
}
