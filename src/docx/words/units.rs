//! Units of the format: lengths, colours, languages.
//!
//! On the floor of words: all other files write lengths by these.

use crate::style::Color;

/// A twentieth of a point, in points: the unit of most lengths in a DOCX.
pub(crate) const TWIP: f64 = 0.05;

/// Points as twentieths of a point.
pub(crate) fn twips(points: f64) -> i64 {
    (points * 20.0).round() as i64
}

/// Points as English Metric Units (914,400 an inch).
pub(crate) fn emu(points: f64) -> i64 {
    (points * 12_700.0).round() as i64
}

/// English Metric Units as points, to a hundredth.
pub(crate) fn points(emu: i64) -> f64 {
    (emu as f64 / 127.0).round() / 100.0
}

/// A colour as Word writes it. Word knows no alpha for text and borders, so the colour is what it
/// looks like on white.
pub(crate) fn hex(color: Color) -> String {
    let alpha = u32::from(color.alpha);
    // Half of 255 is added, so that the division rounds.
    let seen = |part: u8| (u32::from(part) * alpha + 255 * (255 - alpha) + 127) / 255;
    format!("{:02X}{:02X}{:02X}", seen(color.red), seen(color.green), seen(color.blue))
}

/// A language tag as Word has it: with a region.
pub(crate) fn locale(lang: &str) -> String {
    match lang {
        // Word finds a dictionary by language and region, for hyphens and spelling.
        "ru" | "" => "ru-RU".to_owned(),
        "en" => "en-US".to_owned(),
        other => other.to_owned(),
    }
}
