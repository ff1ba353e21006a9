//! TrueType files cut down to the tables that a PDF needs.

/// The tables of ISO 32000-1, 9.9, table 126. Names and licences, which a subset still has, can be half of its bytes.
const TABLES: [&[u8; 4]; 9] = [b"cvt ", b"fpgm", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"prep"];

/// What `head` adds to the sum of all words of the file to make it this (OpenType, `head`).
const MAGIC: u32 = 0xB1B0_AFBA;

/// The file without the tables that no reader of PDF looks at; as it is if it is not what a subset should be.
pub(super) fn cut(font: Vec<u8>) -> Vec<u8> {
    try_cut(&font).unwrap_or(font)
}

fn try_cut(font: &[u8]) -> Option<Vec<u8>> {
    let count = usize::from(u16::from_be_bytes(font.get(4..6)?.try_into().ok()?));
    let records = font.get(12..12 + 16 * count)?.as_chunks::<16>().0;
    let kept: Vec<(&[u8], &[u8])> = records
        .iter()
        .filter(|record| TABLES.iter().any(|tag| record.starts_with(*tag)))
        .map(|record| {
            let number = |at: usize| Some(u32::from_be_bytes(record.get(at..at + 4)?.try_into().ok()?) as usize);
            let (start, length) = (number(8)?, number(12)?);
            Some((&record[..4], font.get(start..start.checked_add(length)?)?))
        })
        .collect::<Option<_>>()?;
    let count = u16::try_from(kept.len()).ok().filter(|n| *n > 0)?;
    // The largest power of two that is not above the number of tables (OpenType, table directory).
    let selector = count.ilog2() as u16;
    let range = 16 << selector;
    let mut out = font.get(..4)?.to_vec();
    [count, range, selector, count * 16 - range].iter().for_each(|v| out.extend(v.to_be_bytes()));
    let mut body = Vec::with_capacity(font.len());
    let mut adjustment = None;
    for (tag, table) in &kept {
        let start = 12 + 16 * kept.len() + body.len();
        body.extend_from_slice(table);
        let own = body.len() - table.len();
        if *tag == b"head" {
            body.get_mut(own + 8..own + 12)?.fill(0);
            adjustment = Some(start + 8);
        }
        body.resize(body.len().next_multiple_of(4), 0);
        out.extend_from_slice(tag);
        [sum(&body[own..]), u32::try_from(start).ok()?, table.len() as u32].iter().for_each(|v| out.extend(v.to_be_bytes()));
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
            let has = |font: &[u8], tag: &[u8]| font[12..12 + 16 * usize::from(font[5])].chunks(16).any(|r| r.starts_with(tag));
            assert!(cut.len() < whole.len() && !has(&cut, b"name") && has(&cut, b"glyf"), "{}", face.family);
            assert_eq!(sum(&cut), MAGIC);
        }
        assert_eq!(cut(b"junk".to_vec()), b"junk");
        assert_eq!(cut(vec![0xFF; 40]), [0xFF; 40]);
    }
}
