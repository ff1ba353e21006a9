//! The record in a picture that it is as it was written, so that it may be replaced without asking:
//! a digest behind the SVG, or in a text chunk before the end of the PNG file (PNG 3, 11.3.3).

use crate::image::digest;
#[cfg(feature = "svg")]
use crate::image::png_text_chunk;

/// The key of the text chunk.
const KEY: &str = "itog";
/// What a PNG file ends with: the chunk `IEND`.
#[cfg(feature = "svg")]
const END: usize = 12;

/// Seals SVG.
pub(super) fn svg(out: &mut String) {
    let digest = digest(out.as_bytes());
    out.push_str(&format!("<!--{KEY}:{digest:016x}-->"));
}

/// Seals a PNG file.
#[cfg(feature = "svg")]
pub(super) fn png(file: &mut Vec<u8>) {
    let Some(end) = file.len().checked_sub(END) else { return };
    let chunk = png_text_chunk(KEY, &format!("{:016x}", digest(&file[..end])));
    file.splice(end..end, chunk);
}

/// Whether a file is a picture that was written here and not changed since.
pub(crate) fn is_unchanged(file: &[u8]) -> bool {
    let digits = |bytes: &[u8]| {
        let text = str::from_utf8(bytes).ok()?;
        u64::from_str_radix(text, 16).ok()
    };
    let (content, seal) = if file.starts_with(b"\x89PNG") {
        // Before the end: sixteen digits and a checksum of four bytes.
        let Some(end) = file.len().checked_sub(12 + 4 + 16) else { return false };
        // Length, kind, key and a zero.
        let Some(content) = end.checked_sub(8 + KEY.len() + 1) else { return false };
        (&file[..content], digits(&file[end..end + 16]))
    } else {
        let Some(end) = file.len().checked_sub(3 + 16) else { return false };
        let Some(content) = end.checked_sub(4 + KEY.len() + 1) else { return false };
        (&file[..content], digits(&file[end..end + 16]))
    };
    seal == Some(digest(content))
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
        for other in ["", "<svg></svg>", "\u{fffd}PNG"] {
            assert!(!is_unchanged(other.as_bytes()));
        }
    }
}
