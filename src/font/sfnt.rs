//! TrueType files taken apart into tables and put together again.

use std::borrow::Cow;

/// A table with its tag.
pub(super) type SfntTable<'a> = ([u8; 4], Cow<'a, [u8]>);

/// The tables of ISO 32000-1, 9.9, table 126, without those for instructions. Names and licences,
/// which a subset still has, can be half of its bytes.
const TABLES: [&[u8; 4]; 6] = [b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp"];

/// What `head` adds to the sum of all words of the file to make it this (OpenType, `head`).
const MAGIC: u32 = 0xB1B0_AFBA;

/// The file without the tables that no reader of PDF looks at, and without instructions for the
/// grid of a screen, which are half of a glyph; as it is if it is not what a subset should be.
pub(crate) fn cut(font: Vec<u8>) -> Vec<u8> {
    plain_tables(&font).and_then(|tables| build(&tables)).unwrap_or(font)
}

/// Glyph outlines and their places without instructions (OpenType, `glyf` and `loca`).
fn plain(glyf: &[u8], loca: &[u8], long: bool) -> Option<(Vec<u8>, Vec<u8>)> {
    // Short offsets count pairs of bytes (OpenType, `loca`).
    let offsets: Vec<usize> = if long {
        loca.as_chunks::<4>().0.iter().map(|offset| u32::from_be_bytes(*offset) as usize).collect()
    } else {
        loca.as_chunks::<2>()
            .0
            .iter()
            .map(|offset| 2 * usize::from(u16::from_be_bytes(*offset)))
            .collect()
    };
    let (mut glyphs, mut places) = (Vec::with_capacity(glyf.len()), Vec::with_capacity(loca.len()));
    let mut place = |at: usize| {
        if long {
            places.extend(u32::try_from(at).ok()?.to_be_bytes());
        } else {
            places.extend(u16::try_from(at / 2).ok()?.to_be_bytes());
        }
        Some(())
    };
    for pair in offsets.windows(2) {
        place(glyphs.len())?;
        let glyph = glyf.get(pair[0]..pair[1])?;
        if !glyph.is_empty() {
            plain_glyph(glyph, &mut glyphs)?;
            // So glyphs begin at even bytes.
            glyphs.resize(glyphs.len().next_multiple_of(2), 0);
        }
    }
    place(glyphs.len())?;
    Some((glyphs, places))
}

fn plain_glyph(glyph: &[u8], out: &mut Vec<u8>) -> Option<()> {
    const HEADER: usize = 10;
    let word = |at: usize| Some(u16::from_be_bytes(glyph.get(at..at + 2)?.try_into().ok()?));
    let contours = word(0)?;
    // A negative number of contours marks a glyph made of others.
    if contours < 0x8000 {
        let length = HEADER + 2 * usize::from(contours);
        let points = length + 2 + usize::from(word(length)?);
        out.extend_from_slice(glyph.get(..length)?);
        // The length of the instructions, which are left out.
        out.extend([0, 0]);
        out.extend_from_slice(glyph.get(points..)?);
        return Some(());
    }
    // Flags of a component (OpenType, `glyf`).
    let (words, scale, more, axes, matrix, instructions) = (0x1, 0x8, 0x20, 0x40, 0x80, 0x100);
    out.extend_from_slice(glyph.get(..HEADER)?);
    let mut at = HEADER;
    loop {
        let flags = word(at)?;
        let has = |flag: u16| flags & flag != 0;
        // Two arguments of a word or a byte each, then one, two or four numbers of a word.
        let arguments = if has(words) { 4 } else { 2 };
        let transform = [(scale, 2), (axes, 4), (matrix, 8)]
            .iter()
            .find(|(flag, _)| has(*flag))
            .map_or(0, |(_, bytes)| *bytes);
        let end = at + 4 + arguments + transform;
        out.extend((flags & !instructions).to_be_bytes());
        out.extend_from_slice(glyph.get(at + 2..end)?);
        at = end;
        if !has(more) {
            return Some(());
        }
    }
}

/// The tables that draw glyphs, without instructions.
pub(super) fn plain_tables(font: &[u8]) -> Option<Vec<SfntTable<'_>>> {
    let mut kept = tables(font)?;
    kept.retain(|(tag, _)| TABLES.contains(&tag));
    let find = |tag: &[u8; 4]| kept.iter().position(|(own, _)| own == tag);
    let (glyf, loca) = (find(b"glyf")?, find(b"loca")?);
    // `indexToLocFormat`, the low byte.
    let long = *kept[find(b"head")?].1.get(51)? != 0;
    let (glyphs, places) = plain(&kept[glyf].1, &kept[loca].1, long)?;
    (kept[glyf].1, kept[loca].1) = (glyphs.into(), places.into());
    Some(kept)
}

/// All tables of a file that is not a collection.
pub(super) fn tables(font: &[u8]) -> Option<Vec<SfntTable<'_>>> {
    let count = usize::from(u16::from_be_bytes(font.get(4..6)?.try_into().ok()?));
    let records = font.get(12..12 + 16 * count)?.as_chunks::<16>().0;
    let table = |record: &[u8; 16]| {
        let number =
            |at: usize| Some(u32::from_be_bytes(record.get(at..at + 4)?.try_into().ok()?) as usize);
        let (start, length) = (number(8)?, number(12)?);
        Some((record[..4].try_into().ok()?, font.get(start..start.checked_add(length)?)?.into()))
    };
    records.iter().map(table).collect()
}

/// A file with TrueType outlines of these tables, which are sorted by their tags.
pub(super) fn build(tables: &[SfntTable<'_>]) -> Option<Vec<u8>> {
    let count = u16::try_from(tables.len()).ok().filter(|n| *n > 0)?;
    // The largest power of two that is not above the number of tables (OpenType, table directory).
    let selector = count.ilog2() as u16;
    let range = 16 << selector;
    let mut out = vec![0, 1, 0, 0];
    [count, range, selector, count * 16 - range].iter().for_each(|v| out.extend(v.to_be_bytes()));
    let mut body = Vec::new();
    let mut adjustment = None;
    for (tag, table) in tables {
        // Behind the header and a record for each table (OpenType, table directory).
        let start = 12 + 16 * tables.len() + body.len();
        body.extend_from_slice(table);
        let own = body.len() - table.len();
        if tag == b"head" {
            // `checkSumAdjustment` counts as 0 in all sums, its own among them.
            body.get_mut(own + 8..own + 12)?.fill(0);
            adjustment = Some(start + 8);
        }
        // Tables begin at words, and sums are of whole words.
        body.resize(body.len().next_multiple_of(4), 0);
        out.extend_from_slice(tag);
        [sum(&body[own..]), u32::try_from(start).ok()?, table.len() as u32]
            .iter()
            .for_each(|v| out.extend(v.to_be_bytes()));
    }
    out.extend(body);
    let total = MAGIC.wrapping_sub(sum(&out));
    let place = adjustment?;
    out.get_mut(place..place + 4)?.copy_from_slice(&total.to_be_bytes());
    Some(out)
}

/// The sum of all words.
fn sum(data: &[u8]) -> u32 {
    data.as_chunks::<4>().0.iter().fold(0, |sum, word| sum.wrapping_add(u32::from_be_bytes(*word)))
}

#[cfg(all(test, feature = "bundled-fonts"))]
mod tests {
    use super::*;
    use crate::font::FontBook;

    #[test]
    fn names_go_and_glyphs_stay() {
        for (_, face) in FontBook::bundled().faces() {
            let whole = face.subset(&[1, 2, 3]).unwrap().data;
            let cut = cut(whole.clone());
            let has = |font: &[u8], tag: &[u8]| {
                font[12..12 + 16 * usize::from(font[5])].chunks(16).any(|r| r.starts_with(tag))
            };
            assert!(
                cut.len() < whole.len()
                    && !has(&cut, b"fpgm")
                    && !has(&cut, b"name")
                    && has(&cut, b"glyf"),
                "{}",
                face.family
            );
            assert_eq!(sum(&cut), MAGIC);
        }
        assert_eq!(cut(b"junk".to_vec()), b"junk");
        assert_eq!(cut(vec![0xFF; 40]), [0xFF; 40]);
    }
}
