//! Who is bound to whom and who is against whom: relations between states, at the start and at the
//! end.

use jiff::civil::Date;

use crate::analysis::Results;
use crate::analysis::network::Row;
use crate::analysis::wording::numbers::counted;
use crate::output::charts::canvas::Heading;
use crate::output::charts::network::circle::{Circle, Link};
use crate::output::charts::{Kind, Of, Sheet, footer};
use crate::scenario::setup::Setup;

pub mod circle;
mod picture;

/// The chart.
pub(super) const KIND: Kind = Kind {
    name: "network",
    about: "probability of pacts, sanctions and wars between states, at the start and at the end",
    of: Of::Run(|setup, results| Sheet::only(series(setup, results))),
};

/// What is less likely than this is not drawn.
pub const LEAST_SHARE: f64 = 0.05;
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
            Self::Sanction => Look { curve: 5, dashes: Some((2.0, 3.0)), bow: 0.22 },
            Self::War => Look { curve: 1, dashes: None, bow: 0.0 },
        }
    }
}

/// The chart of relations.
#[derive(Clone, Debug, PartialEq)]
struct Network {
    heading: Heading,
    alt: String,
    circle: Circle,
    dates: [Date; 2],
    /// What is likely enough to be drawn on each date.
    links: [Vec<Link>; 2],
}

/// What is likely enough on the first and on the last date. Nothing if there is no relation to be drawn.
fn series(setup: &Setup, results: &Results) -> Option<Network> {
    let circle = Circle::of(setup, results)?;
    let n = results.network.first()?.n;
    let dates = [setup.calendar.start(), setup.calendar.end()];
    let links = dates.map(|date| {
        let mut links = circle.links(&results.network, date);
        links.retain(|link| link.share[0] >= LEAST_SHARE);
        links
    });
    let heading = heading(setup, n, &circle, &links);
    let alt = alternative(&circle, dates, &links, n);
    Some(Network { heading, alt, circle, dates, links })
}

fn heading(setup: &Setup, n: u64, circle: &Circle, links: &[Vec<Link>; 2]) -> Heading {
    let (count, involved, all) = (circle.states.len(), circle.involved, setup.frame.states());
    let left_out = if count < involved {
        format!(" The {count} most capable of {involved} states with any relation.")
    } else if involved < all {
        let without = counted((all - involved) as u64, "state");
        format!(" {without} without any relation left out.")
    } else {
        String::new()
    };
    let shares = links.iter().flatten().map(|link| link.share);
    let widest = shares.map(|[_, low, high]| (high - low) / 2.0).fold(0.0, f64::max);
    Heading {
        title: format!(
            "Who is with whom and who against, {} and {}",
            setup.calendar.start(),
            setup.calendar.end()
        ),
        subtitle: format!(
            "Width is the probability that a relation holds on the date, from {:.0} % of trials on (of \
             sanctions less than half as wide); its 95 % interval is at most ± {:.1} points.{left_out}",
            100.0 * LEAST_SHARE,
            100.0 * widest
        ),
        footer: footer(setup, n),
    }
}

fn alternative(circle: &Circle, dates: [Date; 2], links: &[Vec<Link>; 2], n: u64) -> String {
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
