//! Words for probabilities: those of the standard that analysts of the United States write by, chosen
//! by the whole interval and not by the estimate alone.
//!
//! Office of the Director of National Intelligence. 2015. *Intelligence Community Directive 203:
//! Analytic standards*, section D.6.e(2)(a). Its scale ends at 1 and 99 %; here the outermost terms
//! reach to 0 and 1, because a share of trials is given beside every term.

/// A term of the scale, from the least likely up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Term {
    /// Below 5 %.
    AlmostNoChance,
    /// From 5 to 20 %.
    VeryUnlikely,
    /// From 20 to 45 %.
    Unlikely,
    /// From 45 to 55 %.
    RoughlyEven,
    /// From 55 to 80 %.
    Likely,
    /// From 80 to 95 %.
    VeryLikely,
    /// Above 95 %.
    AlmostCertain,
}

impl Term {
    /// The whole scale.
    pub const ALL: [Self; 7] = [
        Self::AlmostNoChance,
        Self::VeryUnlikely,
        Self::Unlikely,
        Self::RoughlyEven,
        Self::Likely,
        Self::VeryLikely,
        Self::AlmostCertain,
    ];

    /// The term of a probability. A limit belongs to the term nearer to even odds, so that the terms
    /// of an outcome and of its opposite are opposites too.
    pub fn of(probability: f64) -> Self {
        match probability {
            p if p < 0.05 => Self::AlmostNoChance,
            p if p < 0.20 => Self::VeryUnlikely,
            p if p < 0.45 => Self::Unlikely,
            p if p <= 0.55 => Self::RoughlyEven,
            p if p <= 0.80 => Self::Likely,
            p if p <= 0.95 => Self::VeryLikely,
            _ => Self::AlmostCertain,
        }
    }

    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::AlmostNoChance => "almost no chance",
            Self::VeryUnlikely => "very unlikely",
            Self::Unlikely => "unlikely",
            Self::RoughlyEven => "a roughly even chance",
            Self::Likely => "likely",
            Self::VeryLikely => "very likely",
            Self::AlmostCertain => "almost certain",
        }
    }

    /// Which probabilities it stands for.
    pub fn range(self) -> &'static str {
        match self {
            Self::AlmostNoChance => "below 5 %",
            Self::VeryUnlikely => "5 to 20 %",
            Self::Unlikely => "20 to 45 %",
            Self::RoughlyEven => "45 to 55 %",
            Self::Likely => "55 to 80 %",
            Self::VeryLikely => "80 to 95 %",
            Self::AlmostCertain => "above 95 %",
        }
    }

    /// What is said of an outcome.
    fn predicate(self) -> &'static str {
        match self {
            Self::AlmostNoChance => "has almost no chance",
            Self::VeryUnlikely => "is very unlikely",
            Self::Unlikely => "is unlikely",
            Self::RoughlyEven => "has a roughly even chance",
            Self::Likely => "is likely",
            Self::VeryLikely => "is very likely",
            Self::AlmostCertain => "is almost certain",
        }
    }
}

/// What trials say of an outcome that is yes or no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likelihood {
    /// There is no trial to say anything.
    Unknown,
    /// No in every trial: supposed by the scenario, or too rare to be seen.
    Never,
    /// Yes in every trial: supposed by the scenario, or nearly so.
    Always,
    /// Both answers occur.
    Open {
        /// The term of the interval's lower end.
        least: Term,
        /// That of its upper end.
        greatest: Term,
        /// Whether the interval holds 50 %.
        even: bool,
    },
}

impl Likelihood {
    /// From `yes` of `n` trials and the interval of their share.
    pub fn of(yes: u64, n: u64, (low, high): (f64, f64)) -> Self {
        match yes {
            _ if n == 0 => Self::Unknown,
            0 => Self::Never,
            _ if yes == n => Self::Always,
            _ => Self::Open {
                least: Term::of(low),
                greatest: Term::of(high),
                even: (low..=high).contains(&0.5),
            },
        }
    }

    /// Whether both answers occur, so that there is something to be found out.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open { .. })
    }

    /// A heading for outcomes of which this is said: the words, and what a single one stands for.
    pub fn heading(self) -> String {
        let words = self.words();
        let text = match self {
            Self::Open { least, greatest, .. } if least == greatest => {
                format!("{words} ({})", least.range())
            }
            _ => words,
        };
        text[..1].to_uppercase() + &text[1..]
    }

    /// The words alone: `very unlikely`.
    pub fn words(self) -> String {
        match self {
            Self::Unknown => "not known".to_owned(),
            Self::Never => "in no trial".to_owned(),
            Self::Always => "in every trial".to_owned(),
            Self::Open { least, greatest, .. } if least == greatest => least.word().to_owned(),
            Self::Open { least, greatest, .. } if next(least) == Some(greatest) => {
                format!("{} or {}", least.word(), greatest.word())
            }
            Self::Open { least, greatest, .. } => {
                format!("anything from {} to {}", least.word(), greatest.word())
            }
        }
    }

    /// What is said of an outcome, after its title: `is very unlikely`.
    pub fn predicate(self) -> String {
        let (least, greatest, even) = match self {
            Self::Unknown => return "is not known".to_owned(),
            Self::Never => return "came about in no trial".to_owned(),
            Self::Always => return "came about in every trial".to_owned(),
            Self::Open { least, greatest, even } => (least, greatest, even),
        };
        let text = if least == greatest {
            least.predicate().to_owned()
        } else if next(least) == Some(greatest) {
            let (first, second) = (least.predicate(), greatest.predicate());
            // "is very unlikely or unlikely", with one verb where it is the same.
            format!(
                "{first} or {}",
                second.strip_prefix("is ").filter(|_| first.starts_with("is ")).unwrap_or(second)
            )
        } else {
            format!("may be anything from {} to {}", least.word(), greatest.word())
        };
        if even { format!("{text}, and {EVEN}") } else { text }
    }
}

/// What is said of a probability whose interval holds 50 %.
pub const EVEN: &str = "cannot be told apart from 50 %";

fn next(term: Term) -> Option<Term> {
    let place = Term::ALL.iter().position(|known| *known == term)?;
    Term::ALL.get(place + 1).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::interval::wilson;

    #[test]
    fn terms_have_the_limits_of_the_directive() {
        for (p, term) in [
            (1e-9, Term::AlmostNoChance),
            (0.049_999, Term::AlmostNoChance),
            (0.05, Term::VeryUnlikely),
            (0.199_999, Term::VeryUnlikely),
            (0.20, Term::Unlikely),
            (0.45, Term::RoughlyEven),
            (0.55, Term::RoughlyEven),
            (0.550_001, Term::Likely),
            (0.80, Term::Likely),
            (0.95, Term::VeryLikely),
            (0.950_001, Term::AlmostCertain),
            (1.0 - 1e-9, Term::AlmostCertain),
        ] {
            assert_eq!(Term::of(p), term, "{p}");
        }
    }

    #[test]
    fn the_opposite_of_an_outcome_has_the_opposite_term() {
        for per_mille in 0..=1000 {
            let p = f64::from(per_mille) / 1000.0;
            let place = |p| Term::ALL.iter().position(|term| *term == Term::of(p)).unwrap();
            // 1 - p is rounded, so its limits are passed by a hair only where p is one of them.
            let opposite = (f64::from(1000 - per_mille)) / 1000.0;
            assert_eq!(place(p) + place(opposite), 6, "{p}");
        }
    }

    #[test]
    fn a_term_stands_alone_only_if_it_holds_the_whole_interval() {
        let said = |yes, n| Likelihood::of(yes, n, wilson(yes, n)).predicate();
        assert_eq!(said(1_200, 10_000), "is very unlikely");
        assert_eq!(said(2_000, 10_000), "is very unlikely or unlikely");
        assert_eq!(said(12, 100), "is very unlikely");
        assert_eq!(said(2, 20), "may be anything from almost no chance to unlikely");
        let even = "is unlikely or has a roughly even chance, and cannot be told apart from 50 %";
        assert_eq!(said(460, 1_000), "is unlikely or has a roughly even chance");
        assert_eq!(said(475, 1_000), even);
        assert_eq!(said(9_970, 10_000), "is almost certain");
    }

    #[test]
    fn even_odds_are_named_exactly_where_the_interval_holds_them() {
        let even = |low, high| Likelihood::of(1, 2, (low, high)).predicate().contains("50 %");
        assert!(even(0.5, 0.6) && even(0.4, 0.5) && even(0.2, 0.9));
        assert!(!even(0.500_001, 0.6) && !even(0.4, 0.499_999));
    }

    #[test]
    fn what_is_the_same_in_every_trial_is_no_finding() {
        for n in [1, 20, 1_000_000] {
            assert_eq!(Likelihood::of(0, n, wilson(0, n)), Likelihood::Never);
            assert_eq!(Likelihood::of(n, n, wilson(n, n)), Likelihood::Always);
            assert!(!Likelihood::Never.is_open() && !Likelihood::Always.is_open());
        }
        assert!(Likelihood::of(1, 1_000_000, wilson(1, 1_000_000)).is_open());
        assert_eq!(Likelihood::of(0, 0, wilson(0, 0)), Likelihood::Unknown);
    }

    #[test]
    fn headings_say_what_the_words_stand_for() {
        let heading = |low, high| Likelihood::of(1, 3, (low, high)).heading();
        assert_eq!(heading(0.3, 0.4), "Unlikely (20 to 45 %)");
        assert_eq!(heading(0.3, 0.5), "Unlikely or a roughly even chance");
        assert_eq!(heading(0.01, 0.9), "Anything from almost no chance to very likely");
        assert_eq!(Likelihood::Always.heading(), "In every trial");
    }
}
