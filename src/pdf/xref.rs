//! Where the objects of a file that is written as it comes lie, in a few bytes each.
//!
//! A merged file has some twenty objects a page, and their places must be known until its end, when
//! the cross-reference stream is written. What lies in a row is one run; full blocks of runs are
//! sorted and kept as differences, and read back all at once, in the order of their numbers.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::iter::Peekable;

/// Where objects with numbers in a row are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum XrefEntry {
    /// At a byte of the file; one object only.
    At(u64),
    /// In an object stream, from this index on.
    In { container: u32, index: u32 },
}

/// Objects with numbers in a row that lie in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct XrefRun {
    pub(super) first: u32,
    pub(super) length: u32,
    pub(super) place: XrefEntry,
}

/// How many runs wait to be packed.
const BLOCK: usize = 1024;

/// All runs, in the order in which they were written.
#[derive(Debug, Default)]
pub(super) struct XrefRuns {
    open: Vec<XrefRun>,
    /// Blocks of runs, each sorted, as differences.
    packed: Vec<Box<[u8]>>,
}

impl XrefRuns {
    /// Adds an object.
    pub(super) fn add(&mut self, number: u32, place: XrefEntry) {
        if let (Some(run), XrefEntry::In { container: here, index: next }) =
            (self.open.last_mut(), place)
            && let XrefEntry::In { container, index } = run.place
            && (container, index + run.length, run.first + run.length) == (here, next, number)
        {
            run.length += 1;
            return;
        }
        if self.open.len() >= BLOCK {
            self.pack();
        }
        self.open.push(XrefRun { first: number, length: 1, place });
    }

    fn pack(&mut self) {
        // An object may be written long after its number was given, and the table goes by numbers.
        self.open.sort_unstable_by_key(|run| run.first);
        let (mut bytes, mut last) = (Vec::new(), LastRun::default());
        for run in self.open.drain(..) {
            number(&mut bytes, u64::from(run.first - last.next));
            let (kind, place, before) = match run.place {
                XrefEntry::At(at) => (0, at, &mut last.at),
                XrefEntry::In { container, .. } => (1, u64::from(container), &mut last.container),
            };
            number(&mut bytes, (u64::from(run.length) << 1) | kind);
            let step = place.wrapping_sub(*before) as i64;
            // Small steps back are small numbers, too.
            number(&mut bytes, ((step << 1) ^ (step >> 63)) as u64);
            if let XrefEntry::In { index, .. } = run.place {
                number(&mut bytes, u64::from(index));
            }
            *before = place;
            last.next = run.first + run.length;
        }
        self.packed.push(bytes.into_boxed_slice());
    }

    /// All runs by their numbers, once all are added.
    pub(super) fn sorted(&mut self) -> impl Iterator<Item = XrefRun> + '_ {
        self.pack();
        let reader = |bytes| PackedRuns { bytes, last: LastRun::default() }.peekable();
        let mut blocks: Vec<Peekable<PackedRuns<'_>>> =
            self.packed.iter().map(|bytes| reader(bytes)).collect();
        // Blocks overlap a little: what comes next is at the front of one of them.
        let fronts = blocks.iter_mut().enumerate();
        let mut heap: BinaryHeap<Reverse<(u32, usize)>> =
            fronts.filter_map(|(at, block)| Some(Reverse((block.peek()?.first, at)))).collect();
        std::iter::from_fn(move || {
            let Reverse((_, at)) = heap.pop()?;
            let run = blocks[at].next();
            heap.extend(blocks[at].peek().map(|next| Reverse((next.first, at))));
            run
        })
    }
}

/// What the next run is told apart from.
#[derive(Debug, Default)]
struct LastRun {
    next: u32,
    at: u64,
    container: u64,
}

/// The runs of a block.
struct PackedRuns<'p> {
    bytes: &'p [u8],
    last: LastRun,
}

impl Iterator for PackedRuns<'_> {
    type Item = XrefRun;

    fn next(&mut self) -> Option<XrefRun> {
        let first = self.last.next + self.number()? as u32;
        let length = self.number()?;
        let step = self.number()?;
        let step = (step >> 1) as i64 ^ -((step & 1) as i64);
        let place = if length & 1 == 0 {
            self.last.at = self.last.at.wrapping_add_signed(step);
            XrefEntry::At(self.last.at)
        } else {
            self.last.container = self.last.container.wrapping_add_signed(step);
            XrefEntry::In { container: self.last.container as u32, index: self.number()? as u32 }
        };
        let length = (length >> 1) as u32;
        self.last.next = first + length;
        Some(XrefRun { first, length, place })
    }
}

impl PackedRuns<'_> {
    fn number(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let (byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            value |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        Some(value)
    }
}

/// Seven bits a byte, the lowest first.
fn number(out: &mut Vec<u8>, mut value: u64) {
    while value > 0x7F {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_come_back_by_their_numbers() {
        let mut runs = XrefRuns::default();
        let mut expected = Vec::new();
        // A root whose number is the first and whose object is the last; records of a stream, three
        // packed objects, and one that is written a record later.
        for record in 0..5000u32 {
            let first = 10 + 5 * record;
            let at = (1 << 33) + u64::from(record) * 2311;
            let container = 4 + 5 * (record / 50) * 50;
            for (number, index) in (first..).zip(0..3) {
                runs.add(number, XrefEntry::In { container, index: index + 4 * (record % 50) });
            }
            let place = XrefEntry::In { container, index: 4 * (record % 50) };
            expected.push(XrefRun { first, length: 3, place });
            runs.add(first + 3, XrefEntry::At(at));
            expected.push(XrefRun { first: first + 3, length: 1, place: XrefEntry::At(at) });
        }
        runs.add(1, XrefEntry::At(17));
        expected.insert(0, XrefRun { first: 1, length: 1, place: XrefEntry::At(17) });
        assert!(runs.packed.iter().map(|block| block.len()).sum::<usize>() < 5000 * 10);
        assert!(runs.sorted().eq(expected));
    }
}
