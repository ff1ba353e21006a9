//! Faces embedded in a document that people will go on editing: small, but with all letters that
//! they may type.

use std::collections::BTreeSet;

use skrifa::{FontRef, MetadataProvider};

use super::sfnt::{self, SfntTable};
use super::{Face, Outlines, kerning};

/// What people type in Russian and English, with accents and signs of texts like these.
const TYPED: &str = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя\
    \u{a0}\u{ad}\u{301}\u{2010}\u{2011}–—‘’‚“”„«»‹›•…§№©®™°±×·€₽";

/// The names that programs ask for: copyright, family, style, identity, full name, version,
/// PostScript name, licence, typographic family and style (OpenType, `name`).
const NAMES: [u16; 10] = [0, 1, 2, 3, 4, 5, 6, 14, 16, 17];

/// Where the bits of `ulUnicodeRange` are that letters of TYPED may be in (OpenType, `OS/2`): bit,
/// first and last character.
const RANGES: [(usize, u32, u32); 16] = [
    (0, 0x20, 0x7E),
    (1, 0x80, 0xFF),
    (2, 0x100, 0x17F),
    (3, 0x180, 0x24F),
    (5, 0x2B0, 0x2FF),
    (6, 0x300, 0x36F),
    (7, 0x370, 0x3FF),
    (9, 0x400, 0x52F),
    (29, 0x1E00, 0x1EFF),
    (31, 0x2000, 0x206F),
    (32, 0x2070, 0x209F),
    (33, 0x20A0, 0x20CF),
    (35, 0x2100, 0x214F),
    (37, 0x2190, 0x21FF),
    (38, 0x2200, 0x22FF),
    (45, 0x25A0, 0x25FF),
];

/// Whether people may type it, so that every editable face has it, as far as the whole one does.
pub fn is_typed(c: char) -> bool {
    // The commonest first: looking for a character takes longer than all else.
    matches!(c, ' '..='~' | 'А'..='я' | 'ё' | 'Ё' | '\u{a0}' | '«' | '»' | '–' | '—' | '№')
        || (c > '~' && TYPED.contains(c))
}

/// Whether letters of this kind stand for themselves: those of scripts that join or stack them need
/// tables that are left out.
fn is_simple(c: char) -> bool {
    matches!(
        u32::from(c),
        0x20..=0x58F
            | 0x10A0..=0x10FF
            | 0x1C80..=0x1C8F
            | 0x1D00..=0x2DFF
            | 0xA640..=0xA69F
            | 0xA720..=0xA7FF
            | 0xFB00..=0xFB06
    )
}

impl Face {
    /// A file of the face with the Russian and English letters, figures and signs that people type,
    /// and `extra` characters: no instructions for the grid of a screen, no substitutions;
    /// kerning stays. Its character map holds nothing else, so that programs take other letters
    /// from other faces. Nothing if the face does not draw in the way of TrueType, or the
    /// characters need more than their glyphs.
    pub fn editable(&self, extra: &BTreeSet<char>) -> Option<Vec<u8>> {
        // Without their substitutions such letters would stand side by side unjoined: then the
        // whole face goes along.
        if !extra.iter().all(|c| is_simple(*c)) {
            return None;
        }
        let bytes = self.data.bytes();
        let font = FontRef::from_index(bytes, self.index).ok()?;
        let whole = sfnt::tables(bytes)?;
        let charmap = font.charmap();
        let wanted: BTreeSet<char> =
            (' '..='~').chain(TYPED.chars()).chain(extra.iter().copied()).collect();
        let found = wanted.into_iter().filter_map(|c| {
            Some((c, u16::try_from(charmap.map(c)?.to_u32()).ok().filter(|glyph| *glyph != 0)?))
        });
        let found: Vec<(char, u16)> = found.collect();
        let mut glyphs: Vec<u16> = Vec::with_capacity(found.len());
        found.iter().for_each(|(_, glyph)| {
            if !glyphs.contains(glyph) {
                glyphs.push(*glyph)
            }
        });
        let subset =
            self.subset(&glyphs).ok().filter(|subset| subset.outlines == Outlines::TrueType)?;
        let map: Vec<(u32, u16)> = found
            .iter()
            .map(|(c, glyph)| Some((u32::from(*c), *subset.glyphs.get(glyph)?)))
            .collect::<Option<_>>()?;

        let mut tables: Vec<SfntTable<'_>> = sfnt::plain_tables(&subset.data)?;
        let find = |tag: &[u8; 4]| whole.iter().find(|(own, _)| own == tag).map(|(_, table)| table);
        let maxp = tables.iter_mut().find(|(tag, _)| tag == b"maxp")?;
        // Zones and stack sizes of instructions that are gone would be claims about nothing.
        maxp.1 = without_instructions(&maxp.1)?.into();
        tables.push((*b"OS/2", os2(find(b"OS/2")?, &map)?.into()));
        tables.push((*b"cmap", cmap(&map)?.into()));
        tables.push((*b"name", name(find(b"name")?)?.into()));
        // Version 3: glyphs have no names.
        let post = [&[0, 3, 0, 0], find(b"post")?.get(4..32)?].concat();
        tables.push((*b"post", post.into()));
        // Smooth at all sizes (OpenType, `gasp`).
        tables.push((*b"gasp", vec![0, 1, 0, 1, 0xFF, 0xFF, 0, 0x0F].into()));
        // The subset put `.notdef` in front, so glyphs are one place farther on than in the
        // list.
        glyphs.insert(0, 0);
        tables.extend(kerning::table(&font, &glyphs).map(|table| (*b"GPOS", table.into())));
        // Readers search the directory by halves, so it must be sorted (OpenType, table
        // directory).
        tables.sort_by_key(|(tag, _)| *tag);
        sfnt::build(&tables)
    }
}

/// `maxp` of a face whose glyphs have no instructions.
fn without_instructions(maxp: &[u8]) -> Option<Vec<u8>> {
    let mut own = maxp.to_vec();
    // From maxZones to maxSizeOfInstructions.
    own.get_mut(14..28)?.fill(0);
    // `maxZones`: 1 says that there is no twilight zone.
    own[15] = 1;
    Some(own)
}

/// `OS/2` that claims the characters that are there.
fn os2(table: &[u8], map: &[(u32, u16)]) -> Option<Vec<u8>> {
    let mut own = table.to_vec();
    for word in 0..4 {
        // `ulUnicodeRange1` to `4` begin at byte 42 of `OS/2`.
        let place = own.get_mut(42 + 4 * word..46 + 4 * word)?;
        let bits = u32::from_be_bytes((&*place).try_into().ok()?);
        let claimed = |(bit, first, last): &(usize, u32, u32)| {
            bit / 32 == word && map.iter().any(|(c, _)| c >= first && c <= last)
        };
        let there = RANGES
            .iter()
            .filter(|range| claimed(range))
            .fold(0, |bits, (bit, ..)| bits | 1 << (bit % 32));
        place.copy_from_slice(&(bits & there).to_be_bytes());
    }
    let edge = |pair: Option<&(u32, u16)>| {
        pair.map_or(0xFFFF, |(c, _)| u16::try_from(*c).unwrap_or(0xFFFF))
    };
    // `usFirstCharIndex` and `usLastCharIndex`.
    own.get_mut(64..66)?.copy_from_slice(&edge(map.first()).to_be_bytes());
    own.get_mut(66..68)?.copy_from_slice(&edge(map.last()).to_be_bytes());
    Some(own)
}

/// `cmap` for Unicode: format 4 for the Basic Multilingual Plane, format 12 besides if there is
/// more.
fn cmap(map: &[(u32, u16)]) -> Option<Vec<u8>> {
    // Neighbours whose glyphs are neighbours.
    let mut runs: Vec<(u32, u32, u16)> = Vec::new();
    for (c, glyph) in map {
        match runs.last_mut() {
            Some((first, last, start))
                if *last + 1 == *c && u32::from(*start) + (*c - *first) == u32::from(*glyph) =>
            {
                *last = *c
            }
            _ => runs.push((*c, *c, *glyph)),
        }
    }
    // 0xFFFF itself is the end mark of format 4.
    let basic = segments(runs.iter().filter(|(_, last, _)| *last < 0xFFFF))?;
    let full = (runs.last()?.1 > 0xFFFF).then(|| {
        let mut table = vec![0, 12, 0, 0];
        [16 + 12 * runs.len() as u32, 0, runs.len() as u32]
            .iter()
            .for_each(|v| table.extend(v.to_be_bytes()));
        runs.iter().for_each(|(first, last, glyph)| {
            [*first, *last, u32::from(*glyph)].iter().for_each(|v| table.extend(v.to_be_bytes()))
        });
        table
    });
    let count = 2 + u16::from(full.is_some());
    // The tables stand behind a header and a record for each of them (OpenType, `cmap`).
    let at = 4 + 8 * u32::from(count);
    let mut out = [0, count].map(u16::to_be_bytes).concat();
    // Unicode and Windows.
    let places = [(0, 3, at), (3, 1, at), (3, 10, at + basic.len() as u32)];
    for (platform, encoding, place) in places.into_iter().take(usize::from(count)) {
        out.extend([0, platform, 0, encoding]);
        out.extend(place.to_be_bytes());
    }
    out.extend(basic);
    out.extend(full.into_iter().flatten());
    Some(out)
}

/// A subtable of format 4: a segment for each run.
fn segments<'a>(runs: impl Iterator<Item = &'a (u32, u32, u16)>) -> Option<Vec<u8>> {
    let mut ends = Vec::new();
    let (mut starts, mut deltas) = (Vec::new(), Vec::new());
    for (first, last, glyph) in runs {
        let first = u16::try_from(*first).ok()?;
        ends.push(u16::try_from(*last).ok()?);
        starts.push(first);
        deltas.push(glyph.wrapping_sub(first));
    }
    // Format 4 ends with a segment of its own that maps 0xFFFF to glyph 0.
    ends.push(0xFFFF);
    starts.push(0xFFFF);
    deltas.push(1);
    let count = u16::try_from(ends.len()).ok()?;
    let selector = count.ilog2() as u16;
    // `searchRange`, `entrySelector`, `rangeShift`: twice the largest power of two not above the
    // number of segments.
    let range = 2u16.checked_shl(u32::from(selector))?;
    let length = 16 + 8 * u32::from(count);
    let mut all =
        vec![4, u16::try_from(length).ok()?, 0, count * 2, range, selector, count * 2 - range];
    all.extend(&ends);
    all.push(0);
    all.extend(starts);
    all.extend(deltas);
    all.extend(ends.iter().map(|_| 0));
    Some(all.into_iter().flat_map(u16::to_be_bytes).collect())
}

/// `name` with the names that programs ask for, in English for Windows; whole if it has none of
/// these.
fn name(table: &[u8]) -> Option<Vec<u8>> {
    const WINDOWS: [u8; 6] = [0, 3, 0, 1, 4, 9];
    let word = |at: usize| Some(u16::from_be_bytes(table.get(at..at + 2)?.try_into().ok()?));
    let (count, texts) = (usize::from(word(2)?), usize::from(word(4)?));
    let mut kept: Vec<(u16, &[u8])> = Vec::new();
    for record in table.get(6..6 + 12 * count)?.as_chunks::<12>().0 {
        let number = |at: usize| u16::from_be_bytes([record[at], record[at + 1]]);
        // Programs ask for the English names of Windows: platform 3, encoding 1, language 0x409.
        if record.starts_with(&WINDOWS) && NAMES.contains(&number(6)) {
            let start = texts + usize::from(number(10));
            kept.push((number(6), table.get(start..start + usize::from(number(8)))?));
        }
    }
    if kept.is_empty() {
        return Some(table.to_vec());
    }
    // The texts stand behind a header and a record of twelve bytes for each (OpenType, `name`).
    let mut out: Vec<u8> = [0, kept.len() as u16, (6 + 12 * kept.len()) as u16]
        .into_iter()
        .flat_map(u16::to_be_bytes)
        .collect();
    let mut texts: Vec<u8> = Vec::new();
    for (id, text) in kept {
        out.extend(WINDOWS);
        [id, u16::try_from(text.len()).ok()?, u16::try_from(texts.len()).ok()?]
            .iter()
            .for_each(|v| out.extend(v.to_be_bytes()));
        texts.extend(text);
    }
    out.extend(texts);
    Some(out)
}

#[cfg(all(test, feature = "bundled-fonts"))]
mod tests {
    use super::*;
    use crate::font::{FaceData, FontBook};

    #[test]
    fn faces_keep_letters_and_widths_and_lose_the_rest() {
        for (_, face) in FontBook::bundled().faces() {
            let file = face
                .editable(&BTreeSet::from(['ѣ', '\u{1F600}']))
                .or_else(|| face.editable(&BTreeSet::from(['ѣ'])))
                .unwrap();
            let small = Face::read(FaceData::Shared(file.as_slice().into()), 0).unwrap();
            assert!(
                file.len() < face.data.bytes().len() * 2 / 3,
                "{}: {} bytes",
                face.postscript_name,
                file.len()
            );
            assert_eq!(
                (&small.family, &small.postscript_name, small.weight, small.italic),
                (&face.family, &face.postscript_name, face.weight, face.italic)
            );
            assert_eq!(small.metrics.ascent, face.metrics.ascent);
            for c in "Жя,№»fQ7ѣ ".chars().filter(|c| face.covers(*c)) {
                let (own, whole) = (small.glyph(c).unwrap(), face.glyph(c).unwrap());
                assert_eq!(
                    small.advance(own),
                    face.advance(whole),
                    "{}: {c}",
                    face.postscript_name
                );
            }
            assert!(!small.covers('ħ') && !small.covers('α'));
        }
    }

    #[test]
    fn letters_that_join_are_left_whole() {
        let book = FontBook::bundled();
        let (_, face) = book.faces().next().unwrap();
        assert!(face.editable(&BTreeSet::from(['ب'])).is_none());
        assert!(is_typed('Ё') && is_typed('q') && is_typed('№') && !is_typed('é'));
    }
}
