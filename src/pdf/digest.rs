//! Digests by which equal objects and documents are known.
//!
//! Asked when parts are shared or merged: equal ones are written once.

/// 128 bits that tell contents apart; not cryptographic (two multiply–rotate lanes over words of
/// eight bytes).
#[derive(Debug, Clone)]
pub(super) struct Digest {
    lanes: (u64, u64),
    /// The bytes of a word that is not full yet, and how many there are.
    open: ([u8; 8], usize),
}

impl Digest {
    pub(super) fn new(seed: u64) -> Self {
        // The golden ratio in 64 bits: any number with well-mixed digits would do.
        Self { lanes: (0x9E37_79B9_7F4A_7C15, seed), open: ([0; 8], 0) }
    }

    /// Adds bytes, in whatever portions they come.
    pub(super) fn update(&mut self, mut data: &[u8]) {
        let (word, filled) = &mut self.open;
        if *filled > 0 {
            let taken = data.len().min(word.len() - *filled);
            word[*filled..*filled + taken].copy_from_slice(&data[..taken]);
            *filled += taken;
            data = &data[taken..];
            if *filled < word.len() {
                return;
            }
            let word = *word;
            self.word(word);
        }
        let (words, rest) = data.as_chunks::<8>();
        words.iter().for_each(|word| self.word(*word));
        self.open = ([0; 8], rest.len());
        self.open.0[..rest.len()].copy_from_slice(rest);
    }

    fn word(&mut self, word: [u8; 8]) {
        let (a, b) = &mut self.lanes;
        let word = u64::from_le_bytes(word);
        // The factors of MurmurHash3's last step, which are known to mix well.
        *a = (*a ^ word).wrapping_mul(0xFF51_AFD7_ED55_8CCD).rotate_left(29);
        *b = (b.rotate_left(31) ^ *a).wrapping_add(word).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    }

    pub(super) fn value(&self) -> [u64; 2] {
        let mut whole = self.clone();
        if whole.open.1 > 0 {
            whole.word(whole.open.0);
        }
        let (a, b) = whole.lanes;
        let a = (a ^ (b >> 32)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
        [a ^ (a >> 29), b ^ (b >> 33)]
    }

    pub(super) fn hex(&self) -> String {
        let [a, b] = self.value();
        format!("{a:016X}{b:016X}")
    }
}

#[cfg(test)]
mod tests {
    use super::Digest;

    #[test]
    fn portions_make_no_difference() {
        let data: Vec<u8> = (0..100).collect();
        let whole = |portions: &[usize]| {
            let mut digest = Digest::new(7);
            let mut rest = &data[..];
            for portion in portions {
                let (first, others) = rest.split_at(*portion);
                digest.update(first);
                rest = others;
            }
            digest.update(rest);
            digest.hex()
        };
        for portions in [&[1, 2, 3][..], &[8, 8], &[7, 1, 9, 0, 50], &[99]] {
            assert_eq!(whole(portions), whole(&[]), "{portions:?}");
        }
    }
}
