//! Which relations the states of every dyad have on a few step dates.

use crate::model::frame::Frame;
use crate::model::ids::{DyadId, StateId};
use crate::model::treaty::{Dimension, Obligation};
use crate::model::world::World;

/// The most step dates on which relations are kept: the first, the last and twelve between.
pub const MOST_DATES: usize = 14;

/// The ends of a relation between the two states of a dyad, in order of position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// It has no direction.
    Mutual,
    /// From the first state to the second.
    Forth,
    /// From the second state to the first.
    Back,
}

/// Every relation with its name in results; its place is its bit in a dyad's mask.
pub const RELATIONS: [(&str, Ends); 12] = [
    (Obligation::ALL[0].name(), Ends::Mutual),
    (Obligation::ALL[1].name(), Ends::Mutual),
    (Obligation::ALL[2].name(), Ends::Mutual),
    (Obligation::ALL[3].name(), Ends::Mutual),
    (Obligation::ALL[4].name(), Ends::Mutual),
    (Dimension::Economic.name(), Ends::Mutual),
    (Dimension::Political.name(), Ends::Mutual),
    ("war", Ends::Mutual),
    ("sanction", Ends::Forth),
    ("sanction", Ends::Back),
    ("arms", Ends::Forth),
    ("arms", Ends::Back),
];

/// The step dates on which relations are kept, by number: the first and the last, and up to twelve
/// evenly spaced between them. They follow from the number of steps alone.
pub fn dates(steps: usize) -> Vec<usize> {
    let gaps = MOST_DATES - 1;
    let mut dates: Vec<_> = (0..=gaps).map(|k| (2 * k * steps + gaps) / (2 * gaps)).collect();
    dates.dedup();
    dates
}

/// The relations of one trial.
#[derive(Clone, Debug)]
pub struct Relations {
    dates: Vec<usize>,
    /// By kept date and dyad: bit b is set if the dyad has relation b.
    masks: Vec<u16>,
    /// The versions of what was noted last.
    seen: Option<[u64; 4]>,
}

/// The versions of all relations between states: the same within a trial, if they are.
pub fn versions(world: &World) -> [u64; 4] {
    let World { treaties, sanctions, wars, ledger, .. } = world;
    [treaties.version(), sanctions.version(), wars.version(), ledger.deliveries()]
}

impl Relations {
    /// Room for the relations of a trial.
    pub fn new(frame: &Frame) -> Self {
        let dates = dates(frame.timeline.steps());
        Self { masks: vec![0; dates.len() * frame.dyads.len()], dates, seen: None }
    }

    /// Forgets what was noted: a new trial begins.
    pub fn clear(&mut self) {
        self.seen = None;
    }

    /// By kept date and dyad: bit b is set if the dyad has relation b of [`RELATIONS`].
    pub fn masks(&self) -> &[u16] {
        &self.masks
    }

    /// Notes the relations on a step date, if it is one of those that are kept.
    pub fn note(&mut self, frame: &Frame, world: &World, date: usize) {
        let Ok(place) = self.dates.binary_search(&date) else { return };
        let dyads = frame.dyads.len();
        let before = self.seen.replace(versions(world));
        if place > 0 && self.seen == before {
            self.masks.copy_within((place - 1) * dyads..place * dyads, place * dyads);
            return;
        }
        let masks = &mut self.masks[place * dyads..][..dyads];
        for (mask, (dyad, i, j)) in masks.iter_mut().zip(frame.dyads.iter()) {
            *mask = mask_of(world, dyad, (i, j));
        }
    }
}

/// The relations of a dyad, in the order of [`RELATIONS`].
fn mask_of(world: &World, dyad: DyadId, (i, j): (StateId, StateId)) -> u16 {
    let bound = Obligation::ALL.map(|obligation| world.treaties.bound(i, j, obligation));
    let others = [
        world.treaties.economic(dyad),
        world.treaties.signed_side(dyad, Dimension::Political),
        world.wars.between(dyad),
        world.sanctions.any(i, j),
        world.sanctions.any(j, i),
        world.ledger.delivering(i, j),
        world.ledger.delivering(j, i),
    ];
    bound.into_iter().chain(others).rev().fold(0, |mask, holds| mask << 1 | u16::from(holds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_the_first_the_last_and_twelve_evenly_spaced_between() {
        assert_eq!(dates(0), [0]);
        assert_eq!(dates(1), [0, 1]);
        assert_eq!(dates(12), (0..=12).collect::<Vec<_>>());
        assert_eq!(dates(26), (0..=13).map(|k| 2 * k).collect::<Vec<_>>());
        for steps in [13, 14, 60, 61, 119, 100_000] {
            let dates = dates(steps);
            assert_eq!((dates.len(), dates[0], dates[13]), (14, 0, steps));
            let gaps: Vec<_> = dates.windows(2).map(|pair| pair[1] - pair[0]).collect();
            let (least, most) = (gaps.iter().min().unwrap(), gaps.iter().max().unwrap());
            assert!(most - least <= 1, "{steps}: {gaps:?}");
        }
    }
}
