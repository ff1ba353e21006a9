//! The lists of first names under one look: an index by hash, made when the first name is read.
//!
//! A full name asks some ten times whether a word is a first name and of which sex. Each list by
//! itself is searched in a dozen steps; one table answers for all of them in one.

use std::sync::LazyLock;

use super::{lists, rare};
use crate::ru::word::Letters;

/// In which lists a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FirstName(u8);

const UNISEX: u8 = 1;
const WOMEN: u8 = 1 << 1;
const MEN: u8 = 1 << 2;
const RARE_MEN: u8 = 1 << 3;
const RARE_WOMEN: u8 = 1 << 4;
const EASTERN: u8 = 1 << 5;
const SOFT_FEMININE: u8 = 1 << 6;

const LISTS: [(&str, u8); 10] = [
    (lists::UNISEX, UNISEX),
    (lists::WOMEN, WOMEN),
    (lists::WOMEN_ODD, WOMEN),
    (lists::WOMEN_IN_INA, WOMEN),
    (lists::MEN, MEN),
    (lists::MEN_IN_A, MEN),
    (rare::MEN, RARE_MEN),
    (rare::WOMEN, RARE_WOMEN),
    (lists::EASTERN, EASTERN),
    (lists::SOFT_FEMININE, SOFT_FEMININE),
];

impl FirstName {
    pub(super) fn of(word: &Letters) -> Self {
        Self(INDEX.find(word.bytes()))
    }

    const fn has(self, lists: u8) -> bool {
        self.0 & lists != 0
    }

    pub(super) const fn is_unisex(self) -> bool {
        self.has(UNISEX)
    }

    /// Whether most who have the name are women.
    pub(super) const fn is_of_women(self) -> bool {
        self.has(WOMEN)
    }

    pub(super) const fn is_of_men(self) -> bool {
        self.has(MEN | RARE_MEN)
    }

    pub(super) const fn is_rare_of_women(self) -> bool {
        self.has(RARE_WOMEN)
    }

    pub(super) const fn is_known(self) -> bool {
        self.has(!EASTERN)
    }

    pub(super) const fn is_rare_or_eastern(self) -> bool {
        self.has(RARE_MEN | RARE_WOMEN | EASTERN)
    }
}

/// An open table of the hashes of all names with their lists.
struct NameIndex {
    slots: Vec<(u64, u8)>,
}

static INDEX: LazyLock<NameIndex> = LazyLock::new(NameIndex::new);

impl NameIndex {
    fn new() -> Self {
        let names =
            || LISTS.iter().flat_map(|(list, mask)| list.split(' ').map(move |name| (name, *mask)));
        // At most three quarters full, so that most searches end at the first slot or two.
        let size = (names().count() * 4 / 3).next_power_of_two();
        let mut index = Self { slots: vec![(0, 0); size] };
        for (name, mask) in names() {
            let hash = hash(name.as_bytes());
            let at = index.slot(hash);
            if let Some(slot) = index.slots.get_mut(at) {
                *slot = (hash, slot.1 | mask);
            }
        }
        index
    }

    /// The slot of a hash, or the free one where it belongs.
    fn slot(&self, hash: u64) -> usize {
        let last = self.slots.len() - 1;
        let start = usize::try_from(hash & last as u64).unwrap_or_default();
        let ours =
            |at: &usize| matches!(self.slots[*at], (found, mask) if found == hash || mask == 0);
        (0..=last).map(|step| (start + step) & last).find(ours).unwrap_or_default()
    }

    fn find(&self, word: &[u8]) -> u8 {
        let hash = hash(word);
        match self.slots[self.slot(hash)] {
            (found, mask) if found == hash => mask,
            _ => 0,
        }
    }
}

/// Of four thousand names no two share 64 bits, and an unknown word does so once in 10¹⁵.
fn hash(word: &[u8]) -> u64 {
    let mut hash = word.len() as u64;
    for eight in word.chunks(8) {
        let mut bytes = [0; 8];
        bytes[..eight.len()].copy_from_slice(eight);
        // An odd factor with its bits well spread, of 2⁶⁴ divided by the golden ratio.
        hash =
            (hash.rotate_left(5) ^ u64::from_le_bytes(bytes)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
    // The low bits choose the slot; the high ones are better mixed.
    hash ^ (hash >> 32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_the_lists_hold() {
        for (list, mask) in LISTS {
            for name in list.split(' ') {
                assert!(INDEX.find(name.as_bytes()) & mask != 0, "{name}");
            }
        }
        for word in ["стол", "", "аннаа", "иванн"] {
            assert_eq!(INDEX.find(word.as_bytes()), 0, "{word}");
        }
    }
}
