//! The record in a picture that it is as it was written, so that it may be replaced without asking:
//! a digest behind the SVG, or in a text chunk before the end of the PNG file (PNG 3, 11.3.3).

use crate::cache::Fnv;
#[cfg(feature = "svg")]
use crate::image::png_text_chunk;

/// The key of the text chunk.
const KEY: &str = "itog";
/// The key of what a picture was made of.
const OF: &str = "itog-of";
/// What a PNG file begins with.
const PNG: &[u8] = b"\x89PNG";
/// What a PNG file ends with: the chunk `IEND`.
const END: usize = 12;

/// Seals SVG.
pub(super) fn svg(out: &mut String) {
    let digest = Fnv::of(out.as_bytes());
    out.push_str(&format!("<!--{KEY}:{digest:016x}-->"));
}

/// Seals a PNG file.
#[cfg(feature = "svg")]
pub(super) fn png(file: &mut Vec<u8>) {
    let Some(end) = file.len().checked_sub(END) else { return };
    let chunk = png_text_chunk(KEY, &format!("{:016x}", Fnv::of(&file[..end])));
    file.splice(end..end, chunk);
}

/// Puts behind the seal what a picture was made of.
#[cfg(feature = "batch")]
pub(crate) fn mark(file: &mut Vec<u8>, made_of: u64) {
    let digits = format!("{made_of:016x}");
    if !file.starts_with(PNG) {
        return file.extend(format!("<!--{OF}:{digits}-->").as_bytes());
    }
    #[cfg(feature = "svg")]
    if let Some(end) = file.len().checked_sub(END) {
        file.splice(end..end, png_text_chunk(OF, &digits));
    }
}

/// What a picture was made of, if it says so.
#[cfg(feature = "batch")]
pub(crate) fn made_of(file: &[u8]) -> Option<u64> {
    let place = place_of_mark(file)?;
    let digits = &file[place][..];
    let digits = digits.strip_suffix(b"-->").unwrap_or(digits);
    // Behind the digits of a text chunk stands a checksum of four bytes.
    let end = digits.len() - if file.starts_with(PNG) { 4 } else { 0 };
    let text = str::from_utf8(digits.get(end.checked_sub(16)?..end)?).ok()?;
    u64::from_str_radix(text, 16).ok()
}

/// Where a mark stands behind the seal.
fn place_of_mark(file: &[u8]) -> Option<std::ops::Range<usize>> {
    // A text chunk: length, kind, key, a zero, digits, checksum; then the end.
    let (before, length, end) = match file.starts_with(PNG) {
        true => (8, 8 + OF.len() + 1 + 16 + 4, END),
        false => (4, 4 + OF.len() + 1 + 16 + 3, 0),
    };
    let end = file.len().checked_sub(end)?;
    let start = end.checked_sub(length)?;
    file[start + before..end].starts_with(OF.as_bytes()).then_some(start..end)
}

/// Whether a file is a picture that was written here and not changed since.
pub(crate) fn is_unchanged(file: &[u8]) -> bool {
    match place_of_mark(file) {
        Some(place) => is_sealed(&[&file[..place.start], &file[place.end..]].concat()),
        None => is_sealed(file),
    }
}

fn is_sealed(file: &[u8]) -> bool {
    let digits = |bytes: &[u8]| {
        let text = str::from_utf8(bytes).ok()?;
        u64::from_str_radix(text, 16).ok()
    };
    let (content, seal) = if file.starts_with(PNG) {
        // Before the end: sixteen digits and a checksum of four bytes.
        let Some(end) = file.len().checked_sub(END + 4 + 16) else { return false };
        // Length, kind, key and a zero.
        let Some(content) = end.checked_sub(8 + KEY.len() + 1) else { return false };
        (&file[..content], digits(&file[end..end + 16]))
    } else {
        let Some(end) = file.len().checked_sub(3 + 16) else { return false };
        let Some(content) = end.checked_sub(4 + KEY.len() + 1) else { return false };
        (&file[..content], digits(&file[end..end + 16]))
    };
    seal == Some(Fnv::of(content))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_seen() {
        let mut file = "<svg></svg>".to_owned();
        svg(&mut file);
        assert!(is_unchanged(file.as_bytes()));
        assert!(!is_unchanged(file.replace("<svg>", "<svg >").as_bytes()));
        #[cfg(feature = "batch")]
        {
            let mut marked = file.clone().into_bytes();
            mark(&mut marked, 7);
            assert!(is_unchanged(&marked));
            assert_eq!((made_of(&marked), made_of(file.as_bytes())), (Some(7), None));
        }
        for other in ["", "<svg></svg>", "\u{fffd}PNG"] {
            assert!(!is_unchanged(other.as_bytes()));
        }
    }
}
