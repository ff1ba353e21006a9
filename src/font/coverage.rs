//! Which characters a face shows, asked once for each letter of a document.

/// The characters that a face has: bitmaps of 256 characters, found through their number divided by
/// 256.
#[derive(Default, PartialEq)]
pub(super) struct Coverage {
    /// For every block of 256 characters, its place in `bits`; [`Self::NONE`] for an empty block.
    blocks: Vec<u16>,
    bits: Vec<[u64; 4]>,
}

impl Coverage {
    const NONE: u16 = u16::MAX;

    /// The set of some characters.
    pub(super) fn new(characters: impl Iterator<Item = u32>) -> Self {
        let mut set = Self::default();
        // A damaged character map may name numbers beyond Unicode, which would make the list of
        // blocks as long.
        for c in characters.filter(|c| *c <= 0x10_FFFF) {
            let block = c as usize / 256;
            if block >= set.blocks.len() {
                set.blocks.resize(block + 1, Self::NONE);
            }
            if set.blocks[block] == Self::NONE {
                // 4,352 blocks cover all of Unicode, so the number fits.
                set.blocks[block] = set.bits.len() as u16;
                set.bits.push([0; 4]);
            }
            set.bits[usize::from(set.blocks[block])][c as usize % 256 / 64] |= 1 << (c % 64);
        }
        set
    }

    /// Whether a character is in it.
    pub(super) fn contains(&self, c: char) -> bool {
        let c = u32::from(c);
        match self.blocks.get(c as usize / 256) {
            None | Some(&Self::NONE) => false,
            Some(&block) => {
                self.bits[usize::from(block)][c as usize % 256 / 64] >> (c % 64) & 1 == 1
            }
        }
    }
}

impl std::fmt::Debug for Coverage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let count: u32 = self.bits.iter().flatten().map(|word| word.count_ones()).sum();
        write!(f, "Coverage({count} characters)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holds_what_was_put_in_and_nothing_else() {
        let set = Coverage::new([0x41, 0x451, 0x1_F600, 0x10_FFFF, 0x11_0000].into_iter());
        for c in ['A', 'ё', '😀', '\u{10FFFF}'] {
            assert!(set.contains(c), "{c:?}");
        }
        for c in ['B', 'Ё', '\u{200}', '😁', '\u{10FFFE}'] {
            assert!(!set.contains(c), "{c:?}");
        }
        assert_eq!(format!("{set:?}"), "Coverage(4 characters)");
    }
}
