//! What is drawn of a network: what is likely enough, and no more of it than can be told apart.

use crate::output::charts::network::bands::{self, Band};
use crate::output::charts::network::circle::Link;

/// What is less likely than this is never drawn.
pub const LEAST_SHARE: f64 = 0.05;
/// The most lines that are drawn on a date: with more of them only what is likelier is.
const MOST_LINES: usize = 100;

/// What is drawn on some dates.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What is less likely is not drawn: [`LEAST_SHARE`], or more in whole per cent.
    pub least: f64,
    /// The links that are as likely, by date; arcs tell some of them.
    pub links: Vec<Vec<Link>>,
    /// Treaties of many, drawn as arcs.
    pub bands: Vec<Band>,
}

impl Choice {
    /// Chooses among the links of so many states on each date.
    pub fn of(count: usize, all: &[Vec<Link>]) -> Self {
        let mut choice = Self::from(count, all, LEAST_SHARE);
        while choice.lines() > MOST_LINES && choice.least < 1.0 {
            let percent = (100.0 * choice.least).round() + 1.0;
            choice = Self::from(count, all, percent / 100.0);
        }
        choice
    }

    fn from(count: usize, all: &[Vec<Link>], least: f64) -> Self {
        let likely = |links: &Vec<Link>| {
            links.iter().filter(|link| link.share[0] >= least).cloned().collect()
        };
        let links: Vec<Vec<Link>> = all.iter().map(likely).collect();
        Self { least, bands: bands::find(count, &links), links }
    }

    /// The lines of the date that has most of them.
    fn lines(&self) -> usize {
        let by_date = self.links.iter().enumerate().map(|(date, links)| {
            let told = |link: &&Link| self.bands.iter().any(|band| band.tells(date, link));
            links.iter().filter(|link| !told(link)).count()
        });
        by_date.max().unwrap_or(0)
    }

    /// From what probability on something is drawn, and where the `rest` is, if that is not the usual one.
    pub fn said(&self, rest: &str) -> String {
        let from = format!("from {:.0} % of trials on", 100.0 * self.least);
        if self.least > LEAST_SHARE { format!("{from}; {rest}") } else { from }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::charts::network::Relation;

    /// A link between every two of so many states; one in ten of them is as likely as 40 %, the others are
    /// as likely as 5 to 14 %.
    fn links(count: usize) -> Vec<Link> {
        let pairs = (0..count).flat_map(|a| (a + 1..count).map(move |b| [a, b]));
        let share =
            |n: usize| if n.is_multiple_of(10) { 0.4 } else { 0.05 + (n % 10) as f64 / 100.0 };
        pairs
            .enumerate()
            .map(|(n, ends)| Link {
                relation: Relation::Sanction,
                ends,
                share: [share(n), share(n) - 0.01, share(n) + 0.01],
            })
            .collect()
    }

    #[test]
    fn as_many_lines_as_can_be_told_apart_and_the_likeliest() {
        let few = Choice::of(10, &[links(10), Vec::new()]);
        assert_eq!((few.least, few.links[0].len()), (LEAST_SHARE, 45));
        assert_eq!(few.said("the rest"), "from 5 % of trials on");
        // 190 links: 19 of each kind.
        let many = Choice::of(20, &[Vec::new(), links(20)]);
        assert_eq!((many.least, many.links[1].len()), (0.11, 95));
        assert_eq!(many.said("the rest"), "from 11 % of trials on; the rest");
        // Where all are as likely as each other there is nothing to choose by.
        let mut alike = links(20);
        alike.iter_mut().for_each(|link| link.share = [1.0; 3]);
        let all = Choice::of(20, &[alike]);
        assert_eq!((all.least, all.links[0].len()), (1.0, 190));
    }
}
