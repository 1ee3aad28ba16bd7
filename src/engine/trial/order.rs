//! The order in which what fired in a step is applied: day, process, channel by name.

use crate::engine::record::Channels;
use crate::model::process::{Firing, Tag};

/// Puts firings in order. Each is looked up once, not at every comparison.
#[derive(Clone, Debug)]
pub(super) struct Order {
    keys: Vec<(u128, u32)>,
    sorted: Vec<Firing>,
}

impl Order {
    /// Room for so many firings.
    pub(super) fn with_room(firings: usize) -> Self {
        Self { keys: Vec::with_capacity(firings), sorted: Vec::with_capacity(firings) }
    }

    /// Sorts what fired. Firings of one channel on one day are alike.
    pub(super) fn sort(&mut self, channels: &Channels, firings: &mut Vec<Firing>) {
        self.keys.clear();
        self.keys.extend((0..).zip(&*firings).map(|(n, firing)| {
            let rank = channels.rank(firing.tag, firing.channel);
            (key(firing.day, firing.tag, rank), n)
        }));
        self.keys.sort_unstable();
        self.sorted.clear();
        self.sorted.extend(self.keys.iter().map(|&(_, n)| firings[n as usize]));
        std::mem::swap(&mut self.sorted, firings);
    }
}

/// Day, process and rank of the channel, as one number.
fn key(day: i32, tag: Tag, rank: u32) -> u128 {
    // Days before the start come first: the sign is turned round.
    let day = day as u32 ^ 1 << 31;
    u128::from(day) << 64 | u128::from(tag.0) << 32 | u128::from(rank)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_in_the_order_of_day_then_process_then_channel() {
        let most = u32::MAX;
        let firings = [
            (i32::MIN, 9, 9),
            (-1, most, most),
            (0, 0, 0),
            (0, 0, most),
            (0, 1, 0),
            (0, most, 0),
            (1, 0, 0),
            (i32::MAX, 0, 0),
        ];
        assert!(firings.is_sorted_by(|a, b| { key(a.0, Tag(a.1), a.2) < key(b.0, Tag(b.1), b.2) }));
    }
}
