//! Who a random draw belongs to: a name, hashed the same way everywhere and for ever.

use sha2::{Digest, Sha256};

/// The identity of a state, dyad, ordered pair, treaty, war or event in the random streams.
///
/// It is the first eight bytes (little-endian) of the SHA-256 of `kind`, a zero byte and `name`.
/// It depends on nothing but the name, so adding, removing or reordering other entries of a
/// scenario cannot move anybody's draws. Two equal hashes in one scenario are refused when it is
/// compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entity(u64);

impl Entity {
    /// The entity of this kind (`"state"`, `"dyad"`, `"pair"`, `"treaty"`, `"seat"`, `"war"`, `"event"`) and name.
    pub fn named(kind: &str, name: &str) -> Self {
        let digest =
            Sha256::new().chain_update(kind).chain_update([0]).chain_update(name).finalize();
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&digest[..8]);
        Self(u64::from_le_bytes(bytes))
    }

    /// The dyad of two names, the same in either order.
    pub fn dyad(a: &str, b: &str) -> Self {
        let (first, second) = if a <= b { (a, b) } else { (b, a) };
        Self::named("dyad", &format!("{first}-{second}"))
    }

    /// The ordered pair of two names.
    pub fn pair(from: &str, to: &str) -> Self {
        Self::named("pair", &format!("{from}>{to}"))
    }

    /// The 64 bits.
    #[inline]
    pub fn bits(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dyad_has_no_direction_and_a_kind_is_part_of_the_identity() {
        assert_eq!(Entity::dyad("RUS", "PRK"), Entity::dyad("PRK", "RUS"));
        assert_ne!(Entity::named("event", "PRK-RUS"), Entity::dyad("PRK", "RUS"));
    }

    #[test]
    fn the_hash_is_pinned() {
        // Independent: printf 'dyad\0PRK-RUS' | sha256sum | cut -c1-16, bytes reversed.
        assert_eq!(Entity::dyad("RUS", "PRK").bits(), PINNED);
    }

    const PINNED: u64 = 0x5242_58e4_21ff_430d;
}
