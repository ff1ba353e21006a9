//! Digests by which equal objects and documents are known.

/// 128 bits that tell contents apart; not cryptographic (two multiply–rotate lanes over words of
/// eight bytes).
#[derive(Debug)]
pub(super) struct Digest(u64, u64);

impl Digest {
    pub(super) fn new(seed: u64) -> Self {
        // The golden ratio in 64 bits: any number with well-mixed digits would do.
        Self(0x9E37_79B9_7F4A_7C15, seed)
    }

    /// Adds bytes; the same bytes in other portions are another content.
    pub(super) fn update(&mut self, data: &[u8]) {
        let (words, rest) = data.as_chunks::<8>();
        words.iter().for_each(|word| self.word(*word));
        if !rest.is_empty() {
            let mut word = [0; 8];
            word[..rest.len()].copy_from_slice(rest);
            self.word(word);
        }
    }

    fn word(&mut self, word: [u8; 8]) {
        let Self(a, b) = self;
        let word = u64::from_le_bytes(word);
        // The factors of MurmurHash3's last step, which are known to mix well.
        *a = (*a ^ word).wrapping_mul(0xFF51_AFD7_ED55_8CCD).rotate_left(29);
        *b = (b.rotate_left(31) ^ *a).wrapping_add(word).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
    }

    pub(super) fn value(&self) -> [u64; 2] {
        let Self(a, b) = *self;
        let a = (a ^ (b >> 32)).wrapping_mul(0xC4CE_B9FE_1A85_EC53);
        [a ^ (a >> 29), b ^ (b >> 33)]
    }

    pub(super) fn hex(&self) -> String {
        let [a, b] = self.value();
        format!("{a:016X}{b:016X}")
    }
}
