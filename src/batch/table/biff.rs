//! What calamine does not tell of an old workbook: which rows are hidden, and in which number
//! formats cells are shown (MS-CFB, MS-XLS).

use std::collections::{BTreeMap, BTreeSet};

use super::number_format;

/// What a sheet says besides its values.
#[derive(Debug, Default)]
pub(super) struct SheetLook {
    /// Rows that are hidden or filtered out, from 0.
    hidden: BTreeSet<u16>,
    /// The styles of cells with numbers.
    styles: BTreeMap<(u16, u16), u16>,
}

/// The looks of all sheets of a workbook, in their order.
#[derive(Debug, Default)]
pub(super) struct BookLook {
    sheets: Vec<SheetLook>,
    formats: BTreeMap<u16, String>,
    /// The number format of each style.
    styles: Vec<u16>,
    pub(super) from_1904: bool,
}

impl BookLook {
    /// Of the bytes of a file; of one that is made otherwise nothing is known.
    pub(super) fn of(bytes: &[u8]) -> Self {
        let mut look = Self::default();
        if let Some(stream) = Compound::of(bytes).and_then(|file| file.stream()) {
            look.read(&stream);
        }
        look
    }

    /// Whether a row is hidden.
    pub(super) fn is_hidden(&self, sheet: usize, row: u32) -> bool {
        let hidden = || self.sheets.get(sheet).map(|sheet| &sheet.hidden);
        u16::try_from(row).is_ok_and(|row| hidden().is_some_and(|rows| rows.contains(&row)))
    }

    /// In which format a number is shown, if it is more than the plain one.
    pub(super) fn format(&self, sheet: usize, row: u32, column: u32) -> Option<&str> {
        let at = (u16::try_from(row).ok()?, u16::try_from(column).ok()?);
        let style = *self.sheets.get(sheet)?.styles.get(&at)?;
        let format = *self.styles.get(usize::from(style))?;
        let own = self.formats.get(&format).map(String::as_str);
        let code = own.unwrap_or_else(|| number_format::built_in(u32::from(format)));
        (!code.is_empty() && !code.eq_ignore_ascii_case("general") && code != "@").then_some(code)
    }

    fn read(&mut self, stream: &[u8]) {
        let mut starts = Vec::new();
        let mut wide = true;
        for (kind, data) in Records::of(stream, 0) {
            match kind {
                // Of Excel 97 and later, whose texts are of two bytes or one.
                0x0809 => wide = u16_at(data, 0) == Some(0x0600),
                0x0022 => self.from_1904 = u16_at(data, 0) == Some(1),
                0x0085 => starts.extend(u32_at(data, 0)),
                0x00E0 => self.styles.push(u16_at(data, 2).unwrap_or_default()),
                0x041E => {
                    if let (Some(id), Some(code)) = (u16_at(data, 0), format_code(data, wide)) {
                        self.formats.insert(id, code);
                    }
                }
                _ => {}
            }
        }
        self.sheets = starts.into_iter().map(|start| SheetLook::of(stream, start)).collect();
    }
}

impl SheetLook {
    fn of(stream: &[u8], start: u32) -> Self {
        let mut look = Self::default();
        for (kind, data) in Records::of(stream, start as usize) {
            let (Some(row), Some(column)) = (u16_at(data, 0), u16_at(data, 2)) else { continue };
            match kind {
                // A row of no height is hidden.
                0x0208 if u16_at(data, 12).is_some_and(|flags| flags & 0x20 != 0) => {
                    look.hidden.insert(row);
                }
                // A number, a short one, a formula.
                0x0203 | 0x027E | 0x0006 => {
                    look.styles.extend(u16_at(data, 4).map(|style| ((row, column), style)));
                }
                // Several short numbers, each of its style and four bytes.
                0x00BD => {
                    let all = data.get(4..data.len().saturating_sub(2)).unwrap_or_default();
                    for (one, column) in all.chunks_exact(6).zip(column..) {
                        look.styles.extend(u16_at(one, 0).map(|style| ((row, column), style)));
                    }
                }
                _ => {}
            }
        }
        look
    }
}

/// The code of a number format: a text behind its number.
fn format_code(data: &[u8], wide: bool) -> Option<String> {
    if !wide {
        let length = usize::from(*data.get(2)?);
        return Some(data.get(3..3 + length)?.iter().map(|byte| char::from(*byte)).collect());
    }
    let (length, flags) = (usize::from(u16_at(data, 2)?), *data.get(4)?);
    match flags & 1 {
        0 => Some(data.get(5..5 + length)?.iter().map(|byte| char::from(*byte)).collect()),
        _ => {
            let units = data.get(5..5 + 2 * length)?.chunks_exact(2);
            let units: Vec<u16> = units.filter_map(|unit| u16_at(unit, 0)).collect();
            String::from_utf16(&units).ok()
        }
    }
}

/// The records of one substream, without those of the charts in it.
struct Records<'s> {
    stream: &'s [u8],
    at: usize,
    depth: usize,
}

impl<'s> Records<'s> {
    fn of(stream: &'s [u8], at: usize) -> Self {
        Self { stream, at, depth: 0 }
    }
}

impl<'s> Iterator for Records<'s> {
    type Item = (u16, &'s [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let kind = u16_at(self.stream, self.at)?;
            let length = usize::from(u16_at(self.stream, self.at + 2)?);
            let data = self.stream.get(self.at + 4..self.at + 4 + length)?;
            self.at += 4 + length;
            match kind {
                0x0809 => self.depth += 1,
                0x000A if self.depth <= 1 => return None,
                0x000A => self.depth -= 1,
                _ => {}
            }
            if self.depth <= 1 {
                return Some((kind, data));
            }
        }
    }
}

/// A compound file: sectors, and the table that chains them.
struct Compound<'b> {
    bytes: &'b [u8],
    sector: usize,
    chain: Vec<u32>,
}

impl<'b> Compound<'b> {
    fn of(bytes: &'b [u8]) -> Option<Self> {
        if !bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
            return None;
        }
        let shift = u16_at(bytes, 30).filter(|shift| (9..=12).contains(shift))?;
        let mut file = Self { bytes, sector: 1 << shift, chain: Vec::new() };
        // The head names the first sectors of the table, and a list of sectors the others.
        let mut tables: Vec<u32> = (0..109).filter_map(|n| u32_at(bytes, 76 + 4 * n)).collect();
        let mut next = u32_at(bytes, 68)?;
        for _ in 0..u32_at(bytes, 72)? {
            let Some(list) = file.at(next) else { break };
            let numbers = list.chunks_exact(4).filter_map(|number| u32_at(number, 0));
            tables.extend(numbers);
            next = tables.pop()?;
        }
        for table in tables {
            let Some(table) = file.at(table) else { continue };
            file.chain.extend(table.chunks_exact(4).filter_map(|number| u32_at(number, 0)));
        }
        Some(file)
    }

    fn at(&self, sector: u32) -> Option<&'b [u8]> {
        let start = (sector as usize).checked_add(1)?.checked_mul(self.sector)?;
        self.bytes.get(start..(start + self.sector).min(self.bytes.len()))
    }

    /// What lies in the sectors that begin with one.
    fn chained(&self, first: u32) -> Vec<u8> {
        let mut all = Vec::new();
        let mut next = first;
        // A chain that comes back to itself ends when it is longer than the file.
        for _ in 0..=self.chain.len() {
            let Some(sector) = self.at(next) else { break };
            all.extend_from_slice(sector);
            let Some(following) = self.chain.get(next as usize) else { break };
            next = *following;
        }
        all
    }

    /// The stream of the workbook.
    fn stream(&self) -> Option<Vec<u8>> {
        let entries = self.chained(u32_at(self.bytes, 48)?);
        let root = entries.get(..128)?;
        let named = |entry: &&[u8]| {
            let name = entry[..64].chunks_exact(2).map_while(|c| u16_at(c, 0).filter(|c| *c > 0));
            let name: Vec<u16> = name.collect();
            String::from_utf16(&name).is_ok_and(|name| matches!(&*name, "Workbook" | "Book"))
        };
        let entry = entries.chunks_exact(128).find(named)?;
        let (first, size) = (u32_at(entry, 116)?, u32_at(entry, 120)? as usize);
        let mut stream = match size < u32_at(self.bytes, 56)? as usize {
            false => self.chained(first),
            // A small stream lies in pieces of 64 bytes of the root's.
            true => {
                let (pieces, links) =
                    (self.chained(u32_at(root, 116)?), self.chained(u32_at(self.bytes, 60)?));
                let mut all = Vec::new();
                let mut next = first as usize;
                while all.len() < size {
                    all.extend_from_slice(pieces.get(64 * next..64 * next + 64)?);
                    next = u32_at(&links, 4 * next)? as usize;
                }
                all
            }
        };
        stream.truncate(size);
        Some(stream)
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}
