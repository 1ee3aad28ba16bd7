//! Who is bound to whom and who is against whom: relations between states, at the start and at the
//! end.

use jiff::civil::Date;

use crate::analysis::Results;
use crate::analysis::network::Row;
use crate::analysis::wording::numbers::counted;
use crate::output::charts::canvas::Heading;
use crate::output::charts::network::choice::Choice;
use crate::output::charts::network::circle::{Circle, Link};
use crate::output::charts::{Kind, Of, Sheet, footer};
use crate::scenario::setup::Setup;

pub mod bands;
pub mod choice;
pub mod circle;
mod picture;
pub mod ring;

/// The chart.
pub(super) const KIND: Kind = Kind {
    name: "network",
    about: "probability of pacts, sanctions and wars between states, at the start and at the end",
    of: Of::Run(|setup, results| Sheet::only(series(setup, results))),
};

/// Widths of the lines (nominal pixels) of what holds in no trial and in every trial: a pixel at the least, so that
/// the faintest line has its whole colour. Sanctions are thinner, since there are many of them.
const WIDTHS: (f64, f64) = (1.2, 5.2);
const WIDTHS_OF_SANCTIONS: (f64, f64) = (1.2, 2.2);
/// The probabilities whose widths the legend shows.
pub const KEY: [f64; 3] = [0.1, 0.5, 1.0];
/// How many links the alternative in words tells.
const MOST_TOLD: usize = 4;

/// A relation that is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// A pact to defend each other.
    Defence,
    /// A pact to consult each other.
    Consultation,
    /// Sanctions of one on the other.
    Sanction,
    /// War.
    War,
}

/// How a relation looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// The curve whose colour it has.
    pub curve: usize,
    /// Length of dashes and of the gaps between them; none if it is solid.
    pub dashes: Option<(f64, f64)>,
    /// How far its line is bowed to the left, as a part of its length.
    pub bow: f64,
}

impl Relation {
    /// From what lies below to what lies above.
    pub const ALL: [Self; 4] = [Self::Sanction, Self::Consultation, Self::Defence, Self::War];

    /// That of a row; none if it is not drawn.
    pub fn of(row: &Row) -> Option<Self> {
        Self::ALL.into_iter().find(|relation| relation.name() == row.relation)
    }

    /// What it is called in `network.csv`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Defence => "defence",
            Self::Consultation => "consultation",
            Self::Sanction => "sanction",
            Self::War => "war",
        }
    }

    /// What it is called on the sheet.
    pub fn title(self) -> &'static str {
        match self {
            Self::Defence => "defence pact",
            Self::Consultation => "consultation pact",
            Self::Sanction => "sanctions on",
            Self::War => "war",
        }
    }

    /// How much closer it makes two states, for the order in which they stand.
    fn weight(self) -> f64 {
        match self {
            Self::Defence => 1.0,
            Self::Consultation => 0.5,
            Self::Sanction => -0.5,
            Self::War => -1.0,
        }
    }

    /// How it looks.
    pub fn look(self) -> Look {
        match self {
            Self::Defence => Look { curve: 0, dashes: None, bow: 0.1 },
            Self::Consultation => Look { curve: 2, dashes: Some((7.0, 4.0)), bow: -0.1 },
            // Bowed to the left of who imposes them, so that those the other way lie apart.
            Self::Sanction => Look { curve: 3, dashes: Some((2.0, 3.0)), bow: 0.22 },
            Self::War => Look { curve: 1, dashes: None, bow: 0.0 },
        }
    }

    /// The width of the line of what is so likely (nominal pixels). Nothing else tells how likely it is: a
    /// colour that paled with it would fade into the ground.
    pub fn width(self, share: f64) -> f64 {
        let (least, most) = if self == Self::Sanction { WIDTHS_OF_SANCTIONS } else { WIDTHS };
        least + (most - least) * share
    }
}

/// The chart of relations.
#[derive(Clone, Debug, PartialEq)]
struct Network {
    heading: Heading,
    alt: String,
    circle: Circle,
    dates: [Date; 2],
    /// What is drawn on each date.
    drawn: Choice,
}

/// What is likely enough on the first and on the last date. Nothing if there is no relation to be drawn.
fn series(setup: &Setup, results: &Results) -> Option<Network> {
    let circle = Circle::of(setup, results)?;
    let n = results.network.first()?.n;
    let dates = [setup.calendar.start(), setup.calendar.end()];
    let links = dates.map(|date| circle.links(&results.network, date));
    let drawn = Choice::of(circle.states.len(), &links);
    let heading = heading(setup, n, (&circle, &drawn));
    let alt =
        alternative(&circle, dates, &drawn.links, n) + &bands::told(&drawn.bands, &circle, dates);
    Some(Network { heading, alt, circle, dates, drawn })
}

fn heading(setup: &Setup, n: u64, (circle, drawn): (&Circle, &Choice)) -> Heading {
    let (count, involved, all) = (circle.states.len(), circle.involved, setup.frame.states());
    let left_out = if count < involved {
        format!(" The {count} most capable of {involved} states with any relation.")
    } else if involved < all {
        let without = counted((all - involved) as u64, "state");
        format!(" {without} without any relation left out.")
    } else {
        String::new()
    };
    let shares = drawn.links.iter().flatten().map(|link| link.share);
    let widest = shares.map(|[_, low, high]| (high - low) / 2.0).fold(0.0, f64::max);
    Heading {
        title: format!(
            "Who is with whom and who against, {} and {}",
            setup.calendar.start(),
            setup.calendar.end()
        ),
        subtitle: format!(
            "Width is the probability that a relation holds on the date, {} (lines of sanctions are thinner); \
             its 95 % interval is at most ±\u{a0}{:.1} points.{}{left_out}",
            drawn.said("network.csv has the others"),
            100.0 * widest,
            bands::legend(count, &drawn.bands)
        ),
        footer: footer(setup, n),
    }
}

fn alternative(circle: &Circle, dates: [Date; 2], links: &[Vec<Link>], n: u64) -> String {
    let before = |link: &Link| {
        let same = |old: &&Link| old.relation == link.relation && old.ends == link.ends;
        links[0].iter().find(same).map_or(0.0, |old| old.share[0])
    };
    let mut changed: Vec<_> = links[1].iter().map(|link| (link, before(link))).collect();
    changed.sort_by(|(a, was), (b, had)| {
        (b.share[0] - had).abs().total_cmp(&(a.share[0] - was).abs()).then(a.ends.cmp(&b.ends))
    });
    let told = changed.iter().take(MOST_TOLD).map(|(link, before)| {
        let [p, low, high] = link.share.map(|share| 100.0 * share);
        let pair = circle.said(link.relation, link.ends);
        format!("{pair} {:.0} % to {p:.0} % ({low:.0} to {high:.0} %)", 100.0 * before)
    });
    let told: Vec<_> = told.collect();
    let most = if told.is_empty() {
        "At the end no relation is left".to_owned()
    } else {
        format!("Of what holds at the end, most changed: {}", told.join("; "))
    };
    format!(
        "Relations of {} in {}: {} links on {}, {} on {}. {most}.",
        counted(circle.states.len() as u64, "state"),
        counted(n, "trial"),
        links[0].len(),
        dates[0],
        links[1].len(),
        dates[1]
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::charts::network::choice::LEAST_SHARE;
    use crate::output::charts::theme::{THEMES, contrast};

    /// Web Content Accessibility Guidelines 2.1, 1.4.11: what has to be seen to understand a picture.
    #[test]
    fn every_line_can_be_seen_and_is_told_from_the_others() {
        for theme in THEMES {
            let looks = Relation::ALL.map(|relation| {
                let look = relation.look();
                let colour = theme.curves[look.curve].colour;
                let contrast = contrast(colour, theme.paper);
                assert!(contrast >= 3.0, "{}: {} {contrast}", theme.name, relation.name());
                (colour, look.dashes.map(|(dash, gap)| (dash.to_bits(), gap.to_bits())))
            });
            for (n, look) in looks.iter().enumerate() {
                // A war has its cross.
                let others = looks[n + 1..].iter().zip(&Relation::ALL[n + 1..]);
                let mut others = others.filter(|(_, other)| **other != Relation::War);
                assert!(others.all(|(other, _)| other != look), "{}", theme.name);
            }
        }
        for relation in Relation::ALL {
            let widths = [LEAST_SHARE, 0.5, 1.0].map(|share| relation.width(share));
            assert!(widths[0] > 1.0 && widths.is_sorted(), "{widths:?}");
            assert!(widths[2] > 1.6 * widths[0], "{widths:?}");
        }
    }
}
