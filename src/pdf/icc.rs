//! The sRGB profile of the output intent, small enough to go with every file.

/// The primaries and the white point of sRGB, adapted to D50 (IEC 61966-2-1 with the Bradford
/// transform), as XYZ.
const RED: [f64; 3] = [0.43607, 0.22249, 0.01392];
const GREEN: [f64; 3] = [0.38515, 0.71687, 0.09708];
const BLUE: [f64; 3] = [0.14307, 0.06061, 0.71410];
const WHITE: [f64; 3] = [0.9642, 1.0, 0.82491];

/// Points of the sampled transfer curve. 32 keep it within half of an 8-bit step.
const SAMPLES: u32 = 32;

/// An ICC profile of version 2.1 for display devices (ICC.1:2001-04): three primaries and one
/// shared, sampled curve.
pub(super) fn srgb() -> Vec<u8> {
    let parts: [(&[&[u8; 4]], Vec<u8>); 7] = [
        (&[b"desc"], description("sRGB")),
        (&[b"cprt"], text("CC0")),
        (&[b"wtpt"], xyz(WHITE)),
        (&[b"rXYZ"], xyz(RED)),
        (&[b"gXYZ"], xyz(GREEN)),
        (&[b"bXYZ"], xyz(BLUE)),
        (&[b"rTRC", b"gTRC", b"bTRC"], curve()),
    ];
    let count: usize = parts.iter().map(|(tags, _)| tags.len()).sum();
    let mut table = (count as u32).to_be_bytes().to_vec();
    let mut data = Vec::new();
    for (tags, part) in &parts {
        // Behind the header and the table of tags (ICC.1, 7.2 and 7.3).
        let offset = 128 + 4 + 12 * count + data.len();
        for tag in *tags {
            table.extend_from_slice(*tag);
            table.extend((offset as u32).to_be_bytes());
            table.extend((part.len() as u32).to_be_bytes());
        }
        data.extend_from_slice(part);
        // Tags begin at words (ICC.1, 7.3).
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let mut profile = header((128 + table.len() + data.len()) as u32);
    profile.extend(table);
    profile.extend(data);
    profile
}

fn header(size: u32) -> Vec<u8> {
    let mut header = vec![0; 128];
    header[..4].copy_from_slice(&size.to_be_bytes());
    // Version 2.1, which all readers of PDF/A know.
    header[8..12].copy_from_slice(&[2, 0x10, 0, 0]);
    // A display, from RGB to XYZ (ICC.1, 7.2).
    header[12..24].copy_from_slice(b"mntrRGB XYZ ");
    // A fixed date, 1 January 2026: the same input gives the same bytes.
    header[24..36].copy_from_slice(&[0x07, 0xEA, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]);
    header[36..40].copy_from_slice(b"acsp");
    // The illuminant of the connection space, D50 (ICC.1, 7.2.16).
    header[68..80].copy_from_slice(&xyz(WHITE)[8..20]);
    header
}

fn fixed(value: f64) -> [u8; 4] {
    ((value * 65536.0).round() as i32).to_be_bytes()
}

fn xyz(values: [f64; 3]) -> Vec<u8> {
    let mut out = b"XYZ \0\0\0\0".to_vec();
    values.iter().for_each(|v| out.extend(fixed(*v)));
    out
}

fn text(s: &str) -> Vec<u8> {
    [b"text\0\0\0\0", s.as_bytes(), b"\0"].concat()
}

/// A `textDescriptionType`: the ASCII part, and empty Unicode and Macintosh parts.
fn description(s: &str) -> Vec<u8> {
    let mut out = b"desc\0\0\0\0".to_vec();
    out.extend((s.len() as u32 + 1).to_be_bytes());
    out.extend_from_slice(s.as_bytes());
    // The empty Unicode and Macintosh parts have fixed lengths.
    out.resize(out.len() + 1 + 4 + 4 + 2 + 1 + 67, 0);
    out
}

fn curve() -> Vec<u8> {
    let mut out = b"curv\0\0\0\0".to_vec();
    out.extend(SAMPLES.to_be_bytes());
    for i in 0..SAMPLES {
        let linear = linear(f64::from(i) / f64::from(SAMPLES - 1));
        out.extend(((linear * 65535.0).round() as u16).to_be_bytes());
    }
    out
}

/// The transfer function of IEC 61966-2-1.
fn linear(value: f64) -> f64 {
    if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_profile_is_small_and_whole() {
        let profile = srgb();
        assert!(profile.len() < 560, "{}", profile.len());
        assert_eq!(u32::from_be_bytes(profile[..4].try_into().unwrap()) as usize, profile.len());
        let count = u32::from_be_bytes(profile[128..132].try_into().unwrap()) as usize;
        assert_eq!(count, 9);
        for tag in profile[132..132 + 12 * count].chunks(12) {
            let offset = u32::from_be_bytes(tag[4..8].try_into().unwrap()) as usize;
            let length = u32::from_be_bytes(tag[8..12].try_into().unwrap()) as usize;
            assert!(offset.is_multiple_of(4) && offset + length <= profile.len());
        }
    }

    #[test]
    fn the_primaries_add_up_to_white() {
        for i in 0..3 {
            assert!((RED[i] + GREEN[i] + BLUE[i] - WHITE[i]).abs() < 2e-4);
        }
    }

    #[test]
    fn the_sampled_curve_is_near_the_true_one() {
        let at = |i: u32| linear(f64::from(i) / f64::from(SAMPLES - 1));
        for step in 0..=1000 {
            let value = f64::from(step) / 1000.0;
            let place = value * f64::from(SAMPLES - 1);
            let low = (place.floor() as u32).min(SAMPLES - 2);
            let drawn = at(low) + (at(low + 1) - at(low)) * (place - f64::from(low));
            assert!((drawn - linear(value)).abs() < 0.5 / 255.0);
        }
    }
}
