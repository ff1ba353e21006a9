//! JPEG files: the header is read, the rest goes through as it is (ITU-T T.81, annex B).

use std::sync::Arc;

use super::{ImageData, MAX_PIXELS};
use crate::diag::Diagnostic;

/// What a JPEG file says of itself before its pixels.
#[derive(Debug, Default)]
struct JpegHeader {
    size: Option<(u16, u16)>,
    components: u8,
    /// Adobe's marker is there.
    adobe: bool,
    /// How a camera held it (Exif 2.3, tag 0x0112); 1 is upright.
    orientation: Option<u8>,
}

/// Reads a JPEG file; the second of the pair says what will look otherwise than in a browser.
pub(super) fn read(
    name: &str,
    bytes: &[u8],
) -> Result<(ImageData, Option<Diagnostic>), Diagnostic> {
    let header = header(bytes).map_err(|what| {
        Diagnostic::error("image-broken", format!("the JPEG file `{name}` {what}"))
    })?;
    // Two components are allowed by the standard, but PDF has no colour space for them.
    let (Some((width, height)), components @ (1 | 3 | 4)) = (header.size, header.components) else {
        return Err(Diagnostic::error(
            "image-broken",
            format!("the JPEG file `{name}` has no picture, or one of an unknown kind of colour"),
        ));
    };
    let pixels = (u32::from(width), u32::from(height));
    if u64::from(pixels.0) * u64::from(pixels.1) > MAX_PIXELS {
        return Err(super::png::too_large(name, pixels));
    }
    // PDF readers do not look at Exif, so a photograph of a phone may lie on its side.
    let turned = header.orientation.filter(|o| *o != 1).map(|_| {
        Diagnostic::warning(
            "image-orientation",
            format!("the photograph `{name}` is stored turned, and it is shown as it is stored"),
        )
        .hint("turn it in an image editor and save it upright")
    });
    Ok((ImageData::Jpeg { bytes: Arc::from(bytes), pixels, components }, turned))
}

/// Whether Adobe's marker is there: then the inks of a CMYK picture are stored inverted.
pub(crate) fn is_adobe(bytes: &[u8]) -> bool {
    header(bytes).is_ok_and(|h| h.adobe)
}

fn header(bytes: &[u8]) -> Result<JpegHeader, &'static str> {
    const CUT: &str = "is cut off";
    let mut header = JpegHeader::default();
    let mut at = 2;
    loop {
        // A marker is FF and a byte that is neither FF (filling) nor 00.
        if *bytes.get(at).ok_or(CUT)? != 0xFF {
            return Err("is damaged");
        }
        let marker = *bytes.get(at + 1).ok_or(CUT)?;
        if marker == 0xFF {
            at += 1;
            continue;
        }
        // Markers without a length: TEM, restarts, start of image.
        if matches!(marker, 0x01 | 0xD0..=0xD8) {
            at += 2;
            continue;
        }
        let length = bytes.get(at + 2..at + 4).ok_or(CUT)?;
        let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
        let body = bytes.get(at + 4..at + 2 + length.max(2)).ok_or(CUT)?;
        match marker {
            // Baseline, extended and progressive, all by Huffman coding: what `DCTDecode` reads.
            0xC0..=0xC2 => frame(body, &mut header)?,
            0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                return Err("is lossless or arithmetically coded, which PDF does not know");
            }
            0xEE if body.starts_with(b"Adobe") => header.adobe = true,
            0xE1 if body.starts_with(b"Exif\0\0") => header.orientation = orientation(&body[6..]),
            // The pixels begin: nothing more is to be known, but that they end. In pixels FF is
            // followed by 00, so this is the marker of the end wherever it stands.
            0xDA if !body_ends(&bytes[at..]) => return Err(CUT),
            0xDA | 0xD9 => return Ok(header),
            _ => {}
        }
        at += 2 + length.max(2);
    }
}

fn body_ends(pixels: &[u8]) -> bool {
    pixels.windows(2).any(|pair| pair == [0xFF, 0xD9])
}

fn frame(body: &[u8], header: &mut JpegHeader) -> Result<(), &'static str> {
    let [precision, h1, h0, w1, w0, components, ..] = *body else { return Err("is damaged") };
    // `DCTDecode` is baseline and progressive of 8 bits (ISO 32000-1, 7.4.8).
    if precision != 8 {
        return Err("has more than 8 bits for a sample, which PDF does not know");
    }
    let size = (u16::from_be_bytes([w1, w0]), u16::from_be_bytes([h1, h0]));
    if size.0 == 0 || size.1 == 0 {
        return Err("has no width or no height");
    }
    header.size = Some(size);
    header.components = components;
    Ok(())
}

/// The orientation in the first directory of a TIFF structure.
fn orientation(tiff: &[u8]) -> Option<u8> {
    let little = tiff.starts_with(b"II");
    let number = |at: usize, length: usize| {
        let bytes = tiff.get(at..at.checked_add(length)?)?;
        let join = |n: usize, b: &u8| n << 8 | usize::from(*b);
        Some(if little { bytes.iter().rev().fold(0, join) } else { bytes.iter().fold(0, join) })
    };
    let directory = number(4, 4)?;
    let count = number(directory, 2)?;
    (0..count)
        .map(|i| directory + 2 + 12 * i)
        .find(|entry| number(*entry, 2) == Some(0x0112))
        .and_then(|entry| number(entry + 8, 2))
        .and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jpeg(parts: &[&[u8]]) -> Vec<u8> {
        let mut out = vec![0xFF, 0xD8];
        parts.iter().for_each(|p| out.extend_from_slice(p));
        out.extend([0xFF, 0xDA, 0, 2, 0xFF, 0xD9]);
        out
    }

    const GREY: &[u8] = &[0xFF, 0xC0, 0, 11, 8, 0, 20, 0, 30, 1, 1, 0x11, 0];
    const INKS: &[u8] =
        &[0xFF, 0xC2, 0, 20, 8, 0, 20, 0, 30, 4, 1, 17, 0, 2, 17, 0, 3, 17, 0, 4, 17, 0];
    const ADOBE: &[u8] = &[0xFF, 0xEE, 0, 14, b'A', b'd', b'o', b'b', b'e', 0, 100, 0, 0, 0, 0, 2];

    #[test]
    fn the_header_gives_size_and_colours() {
        let (data, turned) = read("a.jpg", &jpeg(&[GREY])).unwrap();
        assert!(matches!(data, ImageData::Jpeg { pixels: (30, 20), components: 1, .. }));
        assert!(turned.is_none());
        assert!(is_adobe(&jpeg(&[ADOBE, INKS])));
        assert!(!is_adobe(&jpeg(&[INKS])));
    }

    #[test]
    fn a_turned_photograph_is_told_of() {
        let exif = b"\xFF\xE1\0\x22Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
        let (_, turned) = read("a.jpg", &jpeg(&[exif, GREY])).unwrap();
        assert_eq!(turned.unwrap().code(), "image-orientation");
    }

    #[test]
    fn no_cut_of_a_file_panics() {
        let whole = jpeg(&[ADOBE, INKS]);
        for end in 0..whole.len() {
            let _ = read("a.jpg", &whole[..end]);
        }
        assert_eq!(read("a.jpg", &whole[..20]).unwrap_err().code(), "image-broken");
    }
}
