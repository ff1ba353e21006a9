//! JPEG files: the header is read, the rest goes through as it is (ITU-T T.81, annex B).

use std::borrow::Cow;
use std::sync::Arc;

use super::ImageData;
use crate::diag::{Diagnostic, Message, say};
use crate::geometry::PixelSize;

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

/// Reads a JPEG file; the second of the pair says how it is to be turned, if it is.
pub(super) fn read(
    name: &str,
    bytes: &[u8],
) -> Result<(ImageData, Option<ExifOrientation>), Diagnostic> {
    let header = header(bytes).map_err(|why| {
        Diagnostic::error(
            "image-broken",
            say!("the JPEG file `{name}` cannot be used: {why}", name, why),
        )
        .hint(say!("copy it again from where it came, or save it anew in an image editor"))
    })?;
    // Two components are allowed by the standard, but PDF has no colour space for them.
    let (Some((width, height)), components @ (1 | 3 | 4)) = (header.size, header.components) else {
        return Err(Diagnostic::error(
            "image-broken",
            say!(
                "the JPEG file `{name}` has no picture, or one of an unknown kind of colour",
                name
            ),
        )
        .hint(say!("copy it again from where it came, or save it anew in an image editor")));
    };
    let pixels = PixelSize::new(width.into(), height.into());
    super::png::held(name, pixels)?;
    // PDF readers do not look at Exif, so a photograph of a phone would lie on its side.
    let orientation = header.orientation.and_then(|tag| ExifOrientation::new(tag, header.size?));
    Ok((ImageData::Jpeg { bytes: Arc::from(bytes), pixels, components }, orientation))
}

/// How a photograph is to be turned and mirrored to stand upright.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ExifOrientation {
    /// The pixels of the upright one.
    size: (u16, u16),
    /// From stored to upright pixels, as SVG writes it.
    matrix: [i32; 6],
}

impl ExifOrientation {
    /// That of an orientation in Exif 2.3, 4.6.4, for a picture of that size; nothing if it is
    /// stored upright, or the number means nothing.
    fn new(orientation: u8, (width, height): (u16, u16)) -> Option<Self> {
        let (w, h) = (i32::from(width), i32::from(height));
        let matrix = match orientation {
            2 => [-1, 0, 0, 1, w, 0],
            3 => [-1, 0, 0, -1, w, h],
            4 => [1, 0, 0, -1, 0, h],
            5 => [0, 1, 1, 0, 0, 0],
            6 => [0, 1, -1, 0, h, 0],
            7 => [0, -1, -1, 0, h, w],
            8 => [0, -1, 1, 0, 0, w],
            _ => return None,
        };
        // From 5 on the picture lies on its side.
        let size = if orientation < 5 { (width, height) } else { (height, width) };
        Some(Self { size, matrix })
    }

    /// A drawing that shows the file of that address upright.
    pub(super) fn svg(self, url: &str) -> String {
        let [a, b, c, d, e, f] = self.matrix;
        let (width, height) = self.size;
        let (w, h) = if a == 0 { (height, width) } else { (width, height) };
        let url = url.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\">\
             <image width=\"{w}\" height=\"{h}\" transform=\"matrix({a} {b} {c} {d} {e} {f})\" \
             href=\"{url}\"/></svg>"
        )
    }
}

/// The file without what a camera says of how it was held: viewers would turn it again.
pub(super) fn without_orientation(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut kept: Option<Vec<u8>> = None;
    let mut at = 2;
    // The segments of the header, up to the one that the pixels follow.
    while let Some(&[0xFF, marker, high, low]) = bytes.get(at..at + 4)
        && !matches!(marker, 0xDA | 0xD9)
    {
        let end = at + 2 + usize::from(u16::from_be_bytes([high, low])).max(2);
        let Some(segment) = bytes.get(at..end) else { break };
        if marker == 0xE1 {
            kept.get_or_insert_with(|| bytes[..at].to_vec());
        } else if let Some(kept) = &mut kept {
            kept.extend_from_slice(segment);
        }
        at = end;
    }
    match kept {
        Some(mut kept) => {
            kept.extend_from_slice(&bytes[at.min(bytes.len())..]);
            Cow::Owned(kept)
        }
        None => Cow::Borrowed(bytes),
    }
}

/// Whether Adobe's marker is there: then the inks of a CMYK picture are stored inverted.
pub(crate) fn is_adobe(bytes: &[u8]) -> bool {
    header(bytes).is_ok_and(|h| h.adobe)
}

fn header(bytes: &[u8]) -> Result<JpegHeader, Message> {
    let cut = || say!("it is cut off");
    let mut header = JpegHeader::default();
    // Behind the marker that begins the file, FF D8.
    let mut at = 2;
    loop {
        // A marker is FF and a byte that is neither FF (filling) nor 00.
        if *bytes.get(at).ok_or_else(cut)? != 0xFF {
            return Err(say!("it is damaged"));
        }
        let marker = *bytes.get(at + 1).ok_or_else(cut)?;
        if marker == 0xFF {
            at += 1;
            continue;
        }
        // Markers without a length: TEM, restarts, start of image.
        if matches!(marker, 0x01 | 0xD0..=0xD8) {
            at += 2;
            continue;
        }
        let length = bytes.get(at + 2..at + 4).ok_or_else(cut)?;
        let length = usize::from(u16::from_be_bytes([length[0], length[1]]));
        // The length counts its own two bytes: a smaller one is a fault, and must not stand still.
        let body = bytes.get(at + 4..at + 2 + length.max(2)).ok_or_else(cut)?;
        match marker {
            // Baseline, extended and progressive, all by Huffman coding: what `DCTDecode` reads.
            0xC0..=0xC2 => frame(body, &mut header)?,
            0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => {
                return Err(say!(
                    "it is lossless or arithmetically coded, which PDF does not support"
                ));
            }
            0xEE if body.starts_with(b"Adobe") => header.adobe = true,
            0xE1 if body.starts_with(b"Exif\0\0") => header.orientation = orientation(&body[6..]),
            // The pixels begin: nothing more is to be known, but that they end. In pixels FF is
            // followed by 00, so this is the marker of the end wherever it stands.
            0xDA if !body_ends(&bytes[at..]) => return Err(cut()),
            0xDA | 0xD9 => return Ok(header),
            _ => {}
        }
        at += 2 + length.max(2);
    }
}

fn body_ends(pixels: &[u8]) -> bool {
    pixels.windows(2).any(|pair| pair == [0xFF, 0xD9])
}

fn frame(body: &[u8], header: &mut JpegHeader) -> Result<(), Message> {
    let [precision, h1, h0, w1, w0, components, ..] = *body else {
        return Err(say!("it is damaged"));
    };
    // `DCTDecode` is baseline and progressive of 8 bits (ISO 32000-1, 7.4.8).
    if precision != 8 {
        return Err(say!("it has more than 8 bits for a sample, which PDF does not support"));
    }
    let size = (u16::from_be_bytes([w1, w0]), u16::from_be_bytes([h1, h0]));
    if size.0 == 0 || size.1 == 0 {
        return Err(say!("it has no width or no height"));
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
    // Behind the byte order and the number 42 (TIFF 6.0, 2).
    let directory = number(4, 4)?;
    let count = number(directory, 2)?;
    (0..count)
        // A count of two bytes, then entries of twelve: tag, type, count, value (TIFF 6.0, 2).
        .map(|i| directory + 2 + 12 * i)
        // `Orientation`.
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
        let (data, orientation) = read("a.jpg", &jpeg(&[GREY])).unwrap();
        let ImageData::Jpeg { pixels, components, .. } = data else { panic!() };
        assert_eq!((pixels, components), (PixelSize::new(30, 20), 1));
        assert!(orientation.is_none());
        assert!(is_adobe(&jpeg(&[ADOBE, INKS])));
        assert!(!is_adobe(&jpeg(&[INKS])));
    }

    #[test]
    fn every_orientation_brings_each_corner_to_its_place() {
        let exif = |orientation: u8| {
            let mut exif = b"\xFF\xE1\0\x22Exif\0\0MM\0\x2A\0\0\0\x08\
                \0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
                .to_vec();
            exif[29] = orientation;
            read("a.jpg", &jpeg(&[&exif, GREY])).unwrap().1
        };
        // Where row 0 and column 0 of the stored picture are seen (Exif 2.3, 4.6.4).
        let seen = [
            (2, ("top", "right")),
            (3, ("bottom", "right")),
            (4, ("bottom", "left")),
            (5, ("left", "top")),
            (6, ("right", "top")),
            (7, ("right", "bottom")),
            (8, ("left", "bottom")),
        ];
        for (orientation, place) in seen {
            let ExifOrientation { size: (width, height), matrix: [a, b, c, d, e, f] } =
                exif(orientation).unwrap();
            assert_eq!((width, height), if orientation < 5 { (30, 20) } else { (20, 30) });
            let side = |x: i32, y: i32| match () {
                () if x == 0 => "left",
                () if y == 0 => "top",
                () if x == i32::from(width) * 2 => "right",
                () if y == i32::from(height) * 2 => "bottom",
                () => "inside",
            };
            // The middles of the first row and of the first column, doubled.
            let at = |x: i32, y: i32| (a * x + c * y + 2 * e, b * x + d * y + 2 * f);
            let ((x, y), (u, v)) = (at(30, 0), at(0, 20));
            assert_eq!((side(x, y), side(u, v)), place, "orientation {orientation}");
        }
        assert_eq!([0, 1, 9].map(exif), [None; 3]);
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
