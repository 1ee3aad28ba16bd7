//! Who is bound to whom and who is against whom: relations between states, at the start and at the
//! end.

use std::collections::HashMap;

use jiff::civil::Date;

use crate::analysis::Results;
use crate::analysis::network::Row;
use crate::output::charts::canvas::Heading;
use crate::output::charts::{Kind, Of, Sheet, counted, footer, seriation};
use crate::scenario::setup::Setup;

mod picture;

/// The chart.
pub const KIND: Kind = Kind {
    name: "network",
    about: "probability of pacts, sanctions and wars between states, at the start and at the end",
    of: Of::Run(|setup, results| Sheet::only(series(setup, results))),
};

/// The most states on a sheet.
const MOST_STATES: usize = 40;
/// The least: two have one line.
const LEAST_STATES: usize = 3;
/// What is less likely than this is not drawn.
const LEAST_SHARE: f64 = 0.05;
/// How many links the alternative in words tells.
const MOST_TOLD: usize = 4;

/// A relation that is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    Defence,
    Consultation,
    Sanction,
    War,
}

impl Relation {
    /// From what lies below to what lies above.
    const ALL: [Self; 4] = [Self::Sanction, Self::Consultation, Self::Defence, Self::War];

    /// What it is called in `network.csv`.
    fn name(self) -> &'static str {
        match self {
            Self::Defence => "defence",
            Self::Consultation => "consultation",
            Self::Sanction => "sanction",
            Self::War => "war",
        }
    }

    /// What it is called on the sheet.
    fn title(self) -> &'static str {
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
}

/// The chart of relations.
#[derive(Clone, Debug, PartialEq)]
struct Network {
    heading: Heading,
    alt: String,
    /// Codes and names in their order around the circle.
    states: Vec<(String, String)>,
    dates: [Date; 2],
    /// What is likely enough to be drawn on each date.
    links: [Vec<Link>; 2],
}

/// A relation between two states on a date.
#[derive(Clone, Debug, PartialEq)]
struct Link {
    relation: Relation,
    /// Places around the circle; of sanctions the first is who imposes them.
    ends: [usize; 2],
    /// Probability, with the ends of its interval.
    share: [f64; 3],
}

/// The states that anything binds or parts, the most capable if there are too many. Nothing if there
/// is no relation to be drawn.
fn series(setup: &Setup, results: &Results) -> Option<Network> {
    let dates = [setup.calendar.start(), setup.calendar.end()];
    let rows = results.network.iter().filter(|row| dates.contains(&row.date));
    let known: Vec<_> = rows.filter_map(|row| Some((row, relation(row)?))).collect();
    let n = known.first()?.0.n;
    let codes: Vec<_> = setup.frame.codes.iter().map(ToString::to_string).collect();
    let linked = |code: &String| known.iter().any(|(row, _)| row.from == *code || row.to == *code);
    let mut states: Vec<_> = (0..codes.len()).filter(|&state| linked(&codes[state])).collect();
    let involved = states.len();
    let capability = &setup.initial.capability;
    states.sort_by(|&a, &b| capability[b].total_cmp(&capability[a]).then(a.cmp(&b)));
    states.truncate(MOST_STATES);
    states.sort_unstable();
    if states.len() < LEAST_STATES {
        return None;
    }
    let place = |code: &str| states.iter().position(|&state| codes[state] == code);
    let mut closeness: HashMap<(usize, usize), f64> = HashMap::new();
    for (row, relation) in &known {
        if let (Some(a), Some(b)) = (place(&row.from), place(&row.to)) {
            *closeness.entry((a.min(b), a.max(b))).or_default() +=
                relation.weight() * row.probability;
        }
    }
    let order = seriation::order(states.len(), |a, b| {
        closeness.get(&(a.min(b), a.max(b))).copied().unwrap_or(0.0)
    });
    let around = |code: &str| {
        let place = place(code)?;
        order.iter().position(|&state| state == place)
    };
    let links = dates.map(|date| {
        let of_date = known.iter().filter(|(row, _)| row.date == date);
        let likely = of_date.filter(|(row, _)| row.probability >= LEAST_SHARE);
        let link = likely.filter_map(|(row, relation)| {
            let ends = [around(&row.from)?, around(&row.to)?];
            let share = [row.probability, row.low, row.high];
            Some(Link { relation: *relation, ends, share })
        });
        link.collect::<Vec<_>>()
    });
    let name = |&place: &usize| {
        let state = states[place];
        (codes[state].clone(), setup.frame.names[state].clone())
    };
    let states: Vec<_> = order.iter().map(name).collect();
    let heading = heading(setup, n, (states.len(), involved), &links);
    let alt = alternative(&states, dates, &links, n);
    Some(Network { heading, alt, states, dates, links })
}

fn relation(row: &Row) -> Option<Relation> {
    Relation::ALL.into_iter().find(|relation| relation.name() == row.relation)
}

fn heading(
    setup: &Setup,
    n: u64,
    (count, involved): (usize, usize),
    links: &[Vec<Link>; 2],
) -> Heading {
    let all = setup.frame.states();
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

fn alternative(
    states: &[(String, String)],
    dates: [Date; 2],
    links: &[Vec<Link>; 2],
    n: u64,
) -> String {
    let pair = |link: &Link| {
        let [one, other] = link.ends.map(|place| &states[place].1);
        match link.relation {
            Relation::Sanction => format!("sanctions of {one} on {other}"),
            relation => format!("{} of {one} and {other}", relation.title()),
        }
    };
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
        format!("{} {:.0} % to {p:.0} % ({low:.0} to {high:.0} %)", pair(link), 100.0 * before)
    });
    let told: Vec<_> = told.collect();
    let most = if told.is_empty() {
        "At the end no relation is left".to_owned()
    } else {
        format!("Of what holds at the end, most changed: {}", told.join("; "))
    };
    format!(
        "Relations of {} in {}: {} links on {}, {} on {}. {most}.",
        counted(states.len() as u64, "state"),
        counted(n, "trial"),
        links[0].len(),
        dates[0],
        links[1].len(),
        dates[1]
    )
}
