//! Whether the pixels of a JPEG file are all there.
//!
//! Files are cut by an interrupted copy and closed again by the program that opens them, and
//! viewers paint what is missing grey without a word. The codes of all blocks are read, as a
//! decoder does (ITU-T T.81, annexes F and G), and nothing is made of them.

use crate::diag::{Message, say};
use crate::limits;

/// What is wrong with the pixels; nothing if they are whole, or if that cannot be known.
pub(super) fn damage(bytes: &[u8]) -> Option<Message> {
    ScanReader::default().read(bytes).err()?.message()
}

/// What ends the reading. Of a few bits, since each code that is read may come to it.
#[derive(Debug, Clone, Copy)]
enum ScanStop {
    Cut,
    Garbled,
    /// It cannot be told what the pixels are.
    Unknown,
}

impl ScanStop {
    fn message(self) -> Option<Message> {
        match self {
            Self::Cut => Some(say!("its pixels end too early")),
            Self::Garbled => Some(say!("its pixels are garbled")),
            Self::Unknown => None,
        }
    }
}

/// A component of the picture: its number, its blocks in a unit, and the blocks of a scan of its
/// own.
#[derive(Debug, Clone, Copy)]
struct Component {
    id: u8,
    blocks: usize,
    alone: usize,
}

/// What is known of a file up to a scan.
#[derive(Debug, Default)]
struct ScanReader {
    components: Vec<Component>,
    /// The units of a scan of several components.
    units: usize,
    progressive: bool,
    /// Units between two marks.
    restart: usize,
    /// Of coefficients 0, and of the others.
    tables: [[Option<Huffman>; 4]; 2],
}

impl ScanReader {
    fn read(&mut self, bytes: &[u8]) -> Result<(), ScanStop> {
        let mut at = 2;
        loop {
            // What is wrong with segments is told where the header is read.
            let &[0xFF, marker, ..] = bytes.get(at..).unwrap_or_default() else { return Ok(()) };
            if matches!(marker, 0x01 | 0xD0..=0xD8 | 0xFF) {
                at += if marker == 0xFF { 1 } else { 2 };
                continue;
            }
            let length = bytes.get(at + 2..at + 4).ok_or(ScanStop::Unknown)?;
            let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
            let body = bytes.get(at + 4..at + 2 + length.max(2)).ok_or(ScanStop::Unknown)?;
            at += 2 + length.max(2);
            match marker {
                0xC0..=0xC2 => self.frame(body, marker == 0xC2).ok_or(ScanStop::Unknown)?,
                0xC4 => self.huffman(body).ok_or(ScanStop::Unknown)?,
                0xDD => {
                    let interval = body.first_chunk::<2>().ok_or(ScanStop::Unknown)?;
                    self.restart = u16::from_be_bytes(*interval).into();
                }
                0xDA => at += self.scan(body, &bytes[at..])?,
                0xD9 => return Ok(()),
                _ => {}
            }
        }
    }

    fn frame(&mut self, body: &[u8], progressive: bool) -> Option<()> {
        let [_, h1, h0, w1, w0, _, rest @ ..] = body else { return None };
        let size = [[*w1, *w0], [*h1, *h0]].map(|pair| usize::from(u16::from_be_bytes(pair)));
        let all: Vec<(u8, [usize; 2])> = rest
            .as_chunks::<3>()
            .0
            .iter()
            .map(|[id, share, _]| (*id, [usize::from(share >> 4), usize::from(share & 15)]))
            .collect();
        let most = |way: usize| all.iter().map(|(_, share)| share[way]).max().filter(|n| *n > 0);
        let most = [most(0)?, most(1)?];
        let along = |way: usize, share: usize| (size[way] * share).div_ceil(most[way]).div_ceil(8);
        self.units = (0..2).map(|way| size[way].div_ceil(8 * most[way])).product();
        self.components = all
            .iter()
            .map(|&(id, [across, down])| Component {
                id,
                blocks: across * down,
                alone: along(0, across) * along(1, down),
            })
            .collect();
        self.progressive = progressive;
        Some(())
    }

    fn huffman(&mut self, mut body: &[u8]) -> Option<()> {
        while let [kind, rest @ ..] = body {
            let (counts, rest) = rest.split_first_chunk::<16>()?;
            let count = counts.iter().map(|count| usize::from(*count)).sum();
            let symbols = rest.get(..count)?;
            let place = self.tables.get_mut(usize::from(kind >> 4))?;
            *place.get_mut(usize::from(kind & 15))? = Some(Huffman::new(counts, symbols));
            body = &rest[count..];
        }
        Some(())
    }

    /// Reads a scan, and says how many bytes its pixels take.
    fn scan(&self, head: &[u8], pixels: &[u8]) -> Result<usize, ScanStop> {
        let (count, rest) = head.split_first().ok_or(ScanStop::Unknown)?;
        let (own, rest) =
            rest.split_at_checked(2 * usize::from(*count)).ok_or(ScanStop::Unknown)?;
        let &[from, to, approximation, ..] = rest else { return Err(ScanStop::Unknown) };
        let end = markers(pixels).find(|(_, marker)| !matches!(marker, 0xD0..=0xD7));
        let end = end.map_or(pixels.len(), |(at, _)| at);
        // What is refined depends on what was there before.
        if self.progressive && approximation >> 4 > 0 && from > 0 {
            return Ok(end);
        }
        let mut parts = Vec::new();
        for [id, tables] in own.as_chunks::<2>().0 {
            let component =
                self.components.iter().find(|own| own.id == *id).ok_or(ScanStop::Unknown)?;
            let table = |class: usize, number: u8| {
                self.tables[class].get(usize::from(number)).and_then(Option::as_ref)
            };
            let coded = Coded {
                first: table(0, tables >> 4),
                others: table(1, tables & 15),
                from: usize::from(from),
                to: if self.progressive { usize::from(to) } else { 63 },
                refined: self.progressive && approximation >> 4 > 0,
            };
            parts.push((component, coded));
        }
        let units = if let [(only, _)] = &parts[..] { only.alone } else { self.units };
        let alone = parts.len() == 1;
        let mut bits = Bits { bytes: &pixels[..end], ..Bits::default() };
        let mut run = 0;
        for unit in 0..units {
            if unit > 0 && self.restart > 0 && unit % self.restart == 0 {
                bits.restart()?;
                run = 0;
            }
            if unit % 1024 == 0 {
                limits::tick();
            }
            for (component, coded) in &parts {
                for _ in 0..if alone { 1 } else { component.blocks } {
                    coded.block(&mut bits, &mut run)?;
                }
            }
        }
        // Some cameras fill up what they did not need.
        let over = pixels.get(bits.at..end).unwrap_or_default();
        if over.len() > SPARE && over.iter().any(|byte| !matches!(byte, 0 | 0xFF)) {
            return Err(ScanStop::Garbled);
        }
        Ok(end)
    }
}

/// So many bytes behind the last block are no sign of damage.
const SPARE: usize = 16;

/// The markers in pixels and where they stand; there FF is followed by 00.
fn markers(pixels: &[u8]) -> impl Iterator<Item = (usize, u8)> {
    let pairs = pixels.windows(2).enumerate();
    pairs
        .filter(|(_, pair)| pair[0] == 0xFF && !matches!(pair[1], 0 | 0xFF))
        .map(|(at, p)| (at, p[1]))
}

/// How the blocks of a component are coded in a scan.
#[derive(Debug)]
struct Coded<'t> {
    first: Option<&'t Huffman>,
    others: Option<&'t Huffman>,
    /// Which coefficients.
    from: usize,
    to: usize,
    /// Only a bit more of each is told.
    refined: bool,
}

impl Coded<'_> {
    /// Reads over a block; `run` is how many blocks more are known to have nothing.
    fn block(&self, bits: &mut Bits<'_>, run: &mut usize) -> Result<(), ScanStop> {
        if self.from == 0 {
            if self.refined {
                return bits.skip(1);
            }
            let size = self.first.ok_or(ScanStop::Unknown)?.symbol(bits)?;
            bits.skip(size.into())?;
        } else if *run > 0 {
            *run -= 1;
            return Ok(());
        }
        let mut at = self.from.max(1);
        while at <= self.to {
            let symbol = self.others.ok_or(ScanStop::Unknown)?.symbol(bits)?;
            let (zeros, size) = (usize::from(symbol >> 4), u32::from(symbol & 15));
            match (zeros, size) {
                (15, 0) => at += 16,
                // The end of this block, and of a run of them in a progressive scan.
                (zeros, 0) => {
                    *run = (1 << zeros) - 1 + bits.take(zeros as u32)?;
                    return Ok(());
                }
                _ => {
                    at += zeros + 1;
                    bits.skip(size)?;
                }
            }
        }
        if at > self.to + 1 { Err(ScanStop::Garbled) } else { Ok(()) }
    }
}

/// A table of codes (annex C): short ones are looked up, long ones found by their length.
#[derive(Debug)]
struct Huffman {
    short: Vec<(u8, u8)>,
    /// Of each length the first code, the code behind the last, and the place of the first symbol.
    lengths: [(u32, u32, usize); 17],
    symbols: Vec<u8>,
}

impl Huffman {
    fn new(counts: &[u8; 16], symbols: &[u8]) -> Self {
        let mut table =
            Self { short: vec![(0, 0); 256], lengths: [(0, 0, 0); 17], symbols: symbols.to_vec() };
        let (mut code, mut place) = (0u32, 0);
        for (length, count) in (1..).zip(counts) {
            table.lengths[length] = (code, code + u32::from(*count), place);
            for symbol in &symbols[place..place + usize::from(*count)] {
                if length <= 8 {
                    let from = (code << (8 - length)) as usize;
                    let all = table.short.iter_mut().skip(from).take(1 << (8 - length));
                    all.for_each(|entry| *entry = (length as u8, *symbol));
                }
                code += 1;
            }
            place += usize::from(*count);
            code <<= 1;
        }
        table
    }

    fn symbol(&self, bits: &mut Bits<'_>) -> Result<u8, ScanStop> {
        let ahead = bits.ahead();
        let (length, symbol) = self.short[(ahead >> 8) as usize];
        if length > 0 {
            bits.skip(length.into())?;
            return Ok(symbol);
        }
        for length in 9..=16usize {
            let code = ahead >> (16 - length);
            let (first, behind, place) = self.lengths[length];
            if code >= first && code < behind {
                bits.skip(length as u32)?;
                return self
                    .symbols
                    .get(place + (code - first) as usize)
                    .copied()
                    .ok_or(ScanStop::Unknown);
            }
        }
        Err(if bits.is_empty() { ScanStop::Cut } else { ScanStop::Garbled })
    }
}

/// Bits of pixels up to the next marker.
#[derive(Debug, Default)]
struct Bits<'b> {
    bytes: &'b [u8],
    at: usize,
    held: u64,
    count: u32,
}

impl Bits<'_> {
    fn fill(&mut self) {
        while self.count <= 32 {
            if let Some(four) = self.bytes[self.at..].first_chunk::<4>()
                && !four.contains(&0xFF)
            {
                self.at += 4;
                self.held = self.held << 32 | u64::from(u32::from_be_bytes(*four));
                self.count += 32;
                continue;
            }
            let Some(&byte) = self.bytes.get(self.at) else { return };
            if byte == 0xFF {
                if self.bytes.get(self.at + 1) != Some(&0) {
                    return;
                }
                self.at += 1;
            }
            self.at += 1;
            self.held = self.held << 8 | u64::from(byte);
            self.count += 8;
        }
    }

    /// The next 16 bits; behind the last there are ones, as what fills up the last byte.
    fn ahead(&mut self) -> u32 {
        if self.count < 16 {
            self.fill();
        }
        let held = self.held as u32 & 0xFFFF;
        match self.count {
            0..16 => ((held << (16 - self.count)) | ((1 << (16 - self.count)) - 1)) & 0xFFFF,
            count => (self.held >> (count - 16)) as u32 & 0xFFFF,
        }
    }

    fn is_empty(&self) -> bool {
        self.count < 16
    }

    fn skip(&mut self, bits: u32) -> Result<(), ScanStop> {
        self.take(bits).map(|_| ())
    }

    fn take(&mut self, bits: u32) -> Result<usize, ScanStop> {
        if self.count < bits {
            self.fill();
        }
        let left = self.count.checked_sub(bits).ok_or(ScanStop::Cut)?;
        self.count = left;
        Ok((self.held >> left) as usize & ((1 << bits) - 1))
    }

    /// Goes on behind the mark that parts intervals.
    fn restart(&mut self) -> Result<(), ScanStop> {
        let rest = &self.bytes[self.at.min(self.bytes.len())..];
        let (at, marker) = markers(rest).next().ok_or(ScanStop::Cut)?;
        if self.count >= 8 || at > 1 || !matches!(marker, 0xD0..=0xD7) {
            return Err(ScanStop::Garbled);
        }
        self.at += at + 2;
        (self.held, self.count) = (0, 0);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A grey picture of one block: a table with one code for a first coefficient of no bits and
    /// one for the end of a block.
    fn picture(blocks: u16, restart: u8, pixels: &[u8]) -> Vec<u8> {
        let mut file = vec![0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0, 8];
        file.extend((8 * blocks).to_be_bytes());
        file.extend([1, 1, 0x11, 0, 0xFF, 0xDD, 0, 4, 0, restart]);
        for class in [0, 0x10] {
            file.extend([0xFF, 0xC4, 0, 20, class, 1]);
            file.extend([0; 16]);
        }
        file.extend([0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0]);
        file.extend(pixels);
        file.extend([0xFF, 0xD9]);
        file
    }

    #[test]
    fn pixels_end_where_they_should() {
        let (cut, garbled) = (ScanStop::Cut.message(), ScanStop::Garbled.message());
        // A block takes two bits.
        assert_eq!(damage(&picture(4, 0, &[0])), None);
        assert_eq!(damage(&picture(5, 0, &[0, 0x3F])), None);
        assert_eq!(damage(&picture(3, 1, &[0x3F, 0xFF, 0xD0, 0x3F, 0xFF, 0xD1, 0x3F])), None);
        assert_eq!(damage(&picture(4, 0, &[&[0][..], &[0; 40]].concat())), None);
        assert_eq!(damage(&picture(5, 0, &[0])), cut);
        assert_eq!(damage(&picture(4, 0, &[0b1000_0000, 0, 0])), garbled);
        assert_eq!(damage(&picture(2, 1, &[0x3F, 0x3F])), cut);
        assert_eq!(damage(&picture(4, 0, &[&[0][..], &[5; 40]].concat())), garbled);
    }

    #[test]
    fn no_cut_of_a_file_panics() {
        let whole = picture(3, 1, &[0x3F, 0xFF, 0xD0, 0x3F, 0xFF, 0xD1, 0x3F]);
        for end in 0..whole.len() {
            let _ = damage(&whole[..end]);
        }
    }
}
