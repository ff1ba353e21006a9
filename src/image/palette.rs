//! Indexed colour: drawings have few colours, so their pixels are stored as numbers of these.

/// The most colours that a palette holds.
const COLORS: usize = 256;

/// How far the colours of two half-covered pixels may be apart to count as one, in 255ths of what
/// is seen: less than can be seen along an edge.
const NEAR: u8 = 16;

/// Pixels as numbers of colours.
pub(super) struct IndexedPixels {
    /// Red, green, blue, alpha.
    pub(super) colors: Vec<[u8; 4]>,
    /// How many bits a pixel has: 1, 2, 4 or 8.
    pub(super) depth: u8,
    /// Rows of whole bytes.
    pub(super) rows: Vec<u8>,
}

/// Finds the palette of a picture that comes row by row.
pub(super) struct PaletteFinder {
    width: usize,
    /// Colours and how often they were seen.
    seen: Vec<([u8; 4], usize)>,
    /// Rows as numbers of colours. Rows are often the same as the one above, so they are kept
    /// once, with how often they stand there.
    numbers: Vec<u8>,
    repeats: Vec<usize>,
    above: Vec<[u8; 4]>,
}

impl PaletteFinder {
    pub(super) fn new(width: usize) -> Self {
        Self {
            width: width.max(1),
            seen: Vec::new(),
            numbers: Vec::new(),
            repeats: Vec::new(),
            above: Vec::new(),
        }
    }

    /// Sees some rows, whose colours are multiplied by their alpha; nothing is left if there are
    /// too many colours.
    pub(super) fn record_use(mut self, rows: &[u8]) -> Option<Self> {
        let rows = rows.as_chunks::<4>().0;
        let above = std::mem::take(&mut self.above);
        let mut last: &[[u8; 4]] = &above;
        for row in rows.chunks(self.width) {
            if row == last
                && let Some(times) = self.repeats.last_mut()
            {
                *times += 1;
            } else {
                self.row(row)?;
            }
            last = row;
        }
        self.above = last.to_vec();
        Some(self)
    }

    fn row(&mut self, row: &[[u8; 4]]) -> Option<()> {
        self.repeats.push(1);
        for run in row.chunk_by(|a, b| a == b) {
            let known = self.seen.iter().position(|(color, _)| *color == run[0]);
            let number = known.unwrap_or(self.seen.len());
            if known.is_none() {
                self.seen.push((run[0], 0));
                if self.seen.len() > COLORS {
                    // Too many colours: RGBA is written, and nothing more needs to be seen.
                    return None;
                }
            }
            self.seen[number].1 += run.len();
            self.numbers.resize(self.numbers.len() + run.len(), number as u8);
        }
        Some(())
    }

    /// The palette, and the picture as numbers of its colours.
    pub(super) fn finish(self) -> IndexedPixels {
        let (colors, merged) = merge(&self.seen);
        // PNG has palettes of 1, 2, 4 and 8 bits.
        let depth = match colors.len() {
            0..=2 => 1,
            3..=4 => 2,
            5..=16 => 4,
            _ => 8,
        };
        let per_byte = 8 / usize::from(depth);
        let length = self.width.div_ceil(per_byte);
        let mut rows = Vec::with_capacity(length * self.repeats.iter().sum::<usize>());
        for (row, times) in self.numbers.chunks(self.width).zip(self.repeats) {
            rows.extend(row.chunks(per_byte).map(|part| {
                let bits = part.iter().fold(0, |bits: u8, number| {
                    bits.wrapping_shl(u32::from(depth)) | merged[usize::from(*number)]
                });
                // The last byte of a row is filled from its left (PNG, 7.2).
                bits << (usize::from(depth) * (per_byte - part.len()))
            }));
            (1..times).for_each(|_| rows.extend_from_within(rows.len() - length..));
        }
        IndexedPixels { colors: colors.into_iter().map(straight).collect(), depth, rows }
    }
}

/// Joins colours of half-covered pixels that are near to a more frequent one: the colours that are
/// left, and the number of each.
fn merge(seen: &[([u8; 4], usize)]) -> (Vec<[u8; 4]>, [u8; COLORS]) {
    let mut order: Vec<usize> = (0..seen.len()).collect();
    // Frequent colours first, so that rare ones along an edge join them and not the other way
    // round.
    order.sort_by_key(|number| std::cmp::Reverse(seen[*number].1));
    let mut colors: Vec<[u8; 4]> = Vec::new();
    let mut merged = [0; COLORS];
    for number in order {
        let color = seen[number].0;
        // Full colours are never joined: they are areas, where the smallest difference is seen.
        let half = (1..255).contains(&color[3]);
        let near = |other: &[u8; 4]| {
            *other == color
                || (half && color.iter().zip(other).all(|(a, b)| a.abs_diff(*b) <= NEAR))
        };
        let place = colors.iter().position(near).unwrap_or(colors.len());
        if place == colors.len() {
            colors.push(color);
        }
        merged[number] = place as u8;
    }
    (colors, merged)
}

/// A colour that is not multiplied by its alpha.
pub(super) fn straight([red, green, blue, alpha]: [u8; 4]) -> [u8; 4] {
    let part = |value: u8| match u16::from(alpha) {
        0 => 0,
        alpha => ((u16::from(value.min(alpha as u8)) * 255 + alpha / 2) / alpha) as u8,
    };
    [part(red), part(green), part(blue), alpha]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(width: usize, pixels: &[u8]) -> Option<IndexedPixels> {
        // A row at a time, so that rows repeat over bands.
        pixels
            .chunks(width * 4)
            .try_fold(PaletteFinder::new(width), PaletteFinder::record_use)
            .map(PaletteFinder::finish)
    }

    #[test]
    fn few_colours_take_few_bits_and_rows_end_in_whole_bytes() {
        let (red, clear) = ([255, 0, 0, 255], [0; 4]);
        let pixels = [red, clear, red, red, clear, red].concat();
        let palette = find(3, &pixels).unwrap();
        assert_eq!(
            (palette.colors, palette.depth, palette.rows),
            (vec![red, clear], 1, vec![0b0100_0000, 0b0100_0000])
        );
    }

    #[test]
    fn edges_lose_shades_and_surfaces_do_not() {
        let mut pixels = vec![[10, 20, 30, 255]; 9];
        pixels.extend([
            [11, 20, 30, 255],
            [60, 0, 0, 120],
            [60, 0, 0, 120],
            [65, 0, 0, 130],
            [0, 60, 0, 120],
        ]);
        let palette = find(14, pixels.as_flattened()).unwrap();
        assert_eq!((palette.colors.len(), palette.depth), (4, 2));
        assert_eq!(palette.colors[0], [10, 20, 30, 255]);
        assert!(
            palette.colors.contains(&[128, 0, 0, 120])
                && palette.colors.contains(&[0, 128, 0, 120])
        );
        let many: Vec<[u8; 4]> =
            (0..=256u16).map(|n| [(n % 256) as u8, (n / 256) as u8, 0, 255]).collect();
        assert!(find(257, many.as_flattened()).is_none());
    }
}
