//! The kerning of some glyphs of a face as a `GPOS` table of its own.

use std::collections::{BTreeMap, BTreeSet};

use skrifa::raw::TableProvider;
use skrifa::raw::tables::gpos::{PairPos, PositionSubtables};
use skrifa::raw::tables::kern::SubtableKind;
use skrifa::{FontRef, GlyphId, GlyphId16, Tag};

/// The scripts that are kerned.
const SCRIPTS: [&[u8; 4]; 3] = [b"DFLT", b"cyrl", b"latn"];

/// The adjustments between glyphs: a row for each left one, a column for each right one.
struct Pairs {
    rows: Vec<Vec<i16>>,
}

/// A table that kerns `glyphs`, numbered as they stand there, as the face does; nothing if it does
/// not, or the table would be too large.
pub(super) fn table(font: &FontRef<'_>, glyphs: &[u16]) -> Option<Vec<u8>> {
    let mut pairs = Pairs { rows: vec![vec![0; glyphs.len()]; glyphs.len()] };
    // A face with `GPOS` kerning ignores its `kern` table, as shapers do.
    if positioned(font, glyphs, &mut pairs).is_none() {
        listed(font, glyphs, &mut pairs)?;
    }
    pairs.write()
}

/// Adds what the feature `kern` of `GPOS` says; nothing if there is no such feature.
fn positioned(font: &FontRef<'_>, glyphs: &[u16], pairs: &mut Pairs) -> Option<()> {
    let gpos = font.gpos().ok()?;
    let (scripts, features, lookups) =
        (gpos.script_list().ok()?, gpos.feature_list().ok()?, gpos.lookup_list().ok()?);
    // Lookups count once, in their own order, however many scripts name them.
    let mut wanted = BTreeSet::new();
    for record in scripts
        .script_records()
        .iter()
        .filter(|record| SCRIPTS.iter().any(|tag| record.script_tag() == Tag::new(tag)))
    {
        let Some(Ok(system)) =
            record.script(scripts.offset_data()).ok().and_then(|script| script.default_lang_sys())
        else {
            continue;
        };
        for index in system.feature_indices() {
            let Some(record) = features.feature_records().get(usize::from(index.get())) else {
                continue;
            };
            if record.feature_tag() == Tag::new(b"kern") {
                wanted.extend(
                    record
                        .feature(features.offset_data())
                        .ok()?
                        .lookup_list_indices()
                        .iter()
                        .map(|index| index.get()),
                );
            }
        }
    }
    if wanted.is_empty() {
        return None;
    }
    for index in wanted {
        let Ok(PositionSubtables::Pair(subtables)) =
            lookups.lookups().get(usize::from(index)).ok()?.subtables()
        else {
            continue;
        };
        // The first subtable that knows a pair has the say.
        let mut said = vec![vec![false; glyphs.len()]; glyphs.len()];
        for subtable in subtables.iter() {
            add(&subtable.ok()?, glyphs, pairs, &mut said)?;
        }
    }
    Some(())
}

// Over 60 lines: one arm for each of the two formats of pairs (OpenType, `GPOS`).
fn add(
    subtable: &PairPos<'_>,
    glyphs: &[u16],
    pairs: &mut Pairs,
    said: &mut [Vec<bool>],
) -> Option<()> {
    let mut put = |left: usize, right: usize, value: Option<i16>| {
        // Also a pair that is said to be 0: later subtables are not asked (OpenType, `GPOS`).
        if !std::mem::replace(&mut said[left][right], true) {
            let sum = &mut pairs.rows[left][right];
            *sum = sum.saturating_add(value.unwrap_or(0));
        }
    };
    match subtable {
        PairPos::Format1(table) => {
            let coverage = table.coverage().ok()?;
            let mut by_glyph: BTreeMap<GlyphId16, Vec<usize>> = BTreeMap::new();
            for (place, glyph) in glyphs.iter().enumerate() {
                by_glyph.entry(GlyphId16::new(*glyph)).or_default().push(place);
            }
            for (left, glyph) in glyphs.iter().enumerate() {
                let Some(set) = coverage.get(GlyphId16::new(*glyph)) else { continue };
                for record in
                    table.pair_sets().get(usize::from(set)).ok()?.pair_value_records().iter()
                {
                    let record = record.ok()?;
                    for right in by_glyph.get(&record.second_glyph()).into_iter().flatten() {
                        put(left, *right, record.value_record1().x_advance());
                    }
                }
            }
        }
        PairPos::Format2(table) => {
            let (coverage, first, second) =
                (table.coverage().ok()?, table.class_def1().ok()?, table.class_def2().ok()?);
            let columns: Vec<usize> = glyphs
                .iter()
                .map(|glyph| usize::from(second.get(GlyphId16::new(*glyph))))
                .collect();
            for (left, glyph) in glyphs
                .iter()
                .enumerate()
                .filter(|(_, glyph)| coverage.get(GlyphId16::new(**glyph)).is_some())
            {
                let row = table
                    .class1_records()
                    .get(usize::from(first.get(GlyphId16::new(*glyph))))
                    .ok()?;
                let values: Vec<Option<i16>> = row
                    .class2_records()
                    .iter()
                    .map(|record| record.ok().and_then(|r| r.value_record1().x_advance()))
                    .collect();
                columns.iter().enumerate().for_each(|(right, column)| {
                    put(left, right, values.get(*column).copied().flatten())
                });
            }
        }
    }
    Some(())
}

/// Adds what the table `kern` says, which older faces have instead.
fn listed(font: &FontRef<'_>, glyphs: &[u16], pairs: &mut Pairs) -> Option<()> {
    for subtable in font
        .kern()
        .ok()?
        .subtables()
        .filter_map(Result::ok)
        .filter(|subtable| subtable.is_horizontal())
    {
        let Ok(SubtableKind::Format0(list)) = subtable.kind() else { continue };
        for (row, left) in pairs.rows.iter_mut().zip(glyphs) {
            for (sum, right) in row.iter_mut().zip(glyphs) {
                let value = list.kerning(GlyphId::from(*left), GlyphId::from(*right)).unwrap_or(0);
                *sum = sum.saturating_add(i16::try_from(value).unwrap_or(0));
            }
        }
    }
    Some(())
}

impl Pairs {
    /// The whole table, with one lookup by classes (OpenType, `GPOS`, pair adjustment format 2):
    /// equal rows are a class of left glyphs, equal columns a class of right ones.
    fn write(&self) -> Option<Vec<u8>> {
        let size = self.rows.len();
        let columns: Vec<Vec<i16>> =
            (0..size).map(|column| self.rows.iter().map(|row| row[column]).collect()).collect();
        let (left, right) = (classes(&self.rows), classes(&columns));
        // No pair is kerned, so no table is better than an empty one.
        if left.iter().all(|class| *class == 0) {
            return None;
        }
        let first_of = |classes: &[u16]| {
            let count = classes.iter().max().map_or(1, |last| usize::from(*last) + 1);
            (0..count)
                .map(|class| classes.iter().position(|own| usize::from(*own) == class))
                .collect::<Vec<_>>()
        };
        let (lefts, rights) = (first_of(&left), first_of(&right));
        let kerned: Vec<u16> =
            (0..size).filter(|glyph| left[*glyph] != 0).map(|glyph| glyph as u16).collect();

        // One lookup (pairs, no flags) with one subtable, for one feature of all scripts.
        let mut out = vec![0, 1, 0, 0];
        let script_size = 2 + 6 * SCRIPTS.len() + 12;
        let feature_at = 10 + script_size;
        words(&mut out, &[10, feature_at, feature_at + 14]);
        words(&mut out, &[SCRIPTS.len()]);
        for tag in SCRIPTS {
            out.extend(tag);
            words(&mut out, &[2 + 6 * SCRIPTS.len()]);
        }
        // The script table: its default language system asks for the one feature there is.
        words(&mut out, &[4, 0, 0, 0xFFFF, 1, 0]);
        words(&mut out, &[1]);
        out.extend(b"kern");
        words(&mut out, &[8, 0, 1, 0]);
        // One lookup, of pairs by their classes (OpenType, `GPOS`, lookup type 2, format 2).
        words(&mut out, &[1, 4, 2, 0, 1, 8]);

        let coverage_at = 16 + 2 * lefts.len() * rights.len();
        let left_at = coverage_at + 4 + 2 * kerned.len();
        let right_at = left_at + 6 + 2 * size;
        // Offsets have 16 bits. With too many classes the table cannot be written, and kerning
        // is left out.
        u16::try_from(right_at).ok()?;
        // Advances of the left glyph, nothing of the right one.
        words(&mut out, &[2, coverage_at, 4, 0, left_at, right_at, lefts.len(), rights.len()]);
        for row in &lefts {
            let value = |column: &Option<usize>| {
                row.zip(*column).map_or(0, |(row, column)| self.rows[row][column])
            };
            rights.iter().for_each(|column| out.extend(value(column).to_be_bytes()));
        }
        words(&mut out, &[1, kerned.len()]);
        kerned.iter().for_each(|glyph| out.extend(glyph.to_be_bytes()));
        for classes in [&left, &right] {
            words(&mut out, &[1, 0, size]);
            classes.iter().for_each(|class| out.extend(class.to_be_bytes()));
        }
        Some(out)
    }
}

/// Big-endian numbers of 16 bits, all of which are known to fit.
fn words(out: &mut Vec<u8>, all: &[usize]) {
    all.iter().for_each(|word| out.extend((*word as u16).to_be_bytes()));
}

/// The class of each line of numbers: equal ones have the same, zeros have class 0.
fn classes(lines: &[Vec<i16>]) -> Vec<u16> {
    let mut known: BTreeMap<&[i16], u16> = BTreeMap::new();
    let class = |line: &'_ Vec<i16>| line.iter().any(|value| *value != 0);
    let mut next = 0;
    lines
        .iter()
        .map(|line| {
            if !class(line) {
                return 0;
            }
            *known.entry(line.as_slice()).or_insert_with(|| {
                next += 1;
                next
            })
        })
        .collect()
}
