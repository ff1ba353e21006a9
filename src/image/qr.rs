//! QR codes (ISO/IEC 18004) as paths.
//!
//! From the text of `<qr-code>` to a drawing, as SVG becomes one.

use std::sync::Arc;

use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::types::QrResult;
use qrcode::{Color, EcLevel, bits, ec};

use super::{Drawn, DrawnPath, DrawnSegment, Image, ImageData, PIXEL, digest_name};
use crate::diag::{Diagnostic, say};
use crate::geometry::Rect;

/// White around a code, in modules (ISO/IEC 18004, 9.1).
const QUIET: usize = 4;

/// The modules of a code of version 12.
const LARGE: usize = 65;

/// The natural size of a module: two CSS pixels, half a millimetre.
const MODULE: f64 = 2.0 * PIXEL;

/// A QR code of some text, with the quiet zone around it. It stands a loss of 15 % (level M), or of
/// 7 % if the text would not fit else.
///
/// # Errors
/// `qr-size` if the text is too long for any code.
pub fn qr(data: &str) -> Result<Arc<Image>, Diagnostic> {
    // Level M bears the loss of 15 % of a code; L bears 7 %, and holds more.
    let code = Modules::of(data.as_bytes(), EcLevel::M)
        .or_else(|_| Modules::of(data.as_bytes(), EcLevel::L))
        .map_err(|_| {
            Diagnostic::error(
                "qr-size",
                say!("{data} bytes are too many for a QR code", data = data.len()),
            )
            .about(data)
            .hint(say!("2,953 bytes fit at most; use a short URL"))
        })?;
    // A large code is printed small, and its modules are what scanners miss first.
    let smaller = (code.width > LARGE).then(|| Modules::of(data.as_bytes(), EcLevel::L).ok());
    let code = match smaller.flatten() {
        Some(smaller) if smaller.width < code.width => smaller,
        _ => code,
    };
    let side = (code.width + 2 * QUIET) as f64 * MODULE;
    let path = rectangles(&code.dark, code.width)
        .into_iter()
        .flat_map(|module| rectangle(area(module)))
        .collect();
    let fill = |path, color| DrawnPath { path, fill: Some(color), even_odd: false, stroke: None };
    // Scanners want black on white: a code without a ground of its own is lost on a coloured page,
    // and editors that do not know transparent palettes show a black square.
    let white = crate::style::Color { red: 255, green: 255, blue: 255, alpha: 255 };
    let ground = fill(rectangle(Rect::new(0.0, 0.0, side, side)).into(), white);
    let shapes = [ground, fill(path, crate::style::Color::BLACK)];
    let name = digest_name("qr", data.as_bytes());
    let data = ImageData::Vector { nodes: shapes.map(Drawn::Shape).into(), svg: None };
    Ok(Arc::new(Image { name, width: side, height: side, data }))
}

impl Image {
    /// The natural width of a module, if the picture is a code.
    pub(crate) fn module(&self) -> Option<f64> {
        let is_code = matches!(&self.data, ImageData::Vector { svg: None, .. })
            && self.name.starts_with("qr-");
        is_code.then_some(MODULE)
    }

    /// Where the modules of a code are, without the quiet zone around them.
    pub(crate) fn code_area(&self) -> Option<Rect> {
        let quiet = self.module()? * QUIET as f64;
        Some(Rect::new(quiet, quiet, self.width - 2.0 * quiet, self.height - 2.0 * quiet))
    }
}

/// All masks of a code (ISO/IEC 18004, 7.8.2).
const MASKS: [MaskPattern; 8] = [
    MaskPattern::Checkerboard,
    MaskPattern::HorizontalLines,
    MaskPattern::VerticalLines,
    MaskPattern::DiagonalLines,
    MaskPattern::LargeCheckerboard,
    MaskPattern::Fields,
    MaskPattern::Diamonds,
    MaskPattern::Meadow,
];

/// Which modules of a code are dark, row by row.
struct Modules {
    dark: Vec<bool>,
    width: usize,
}

impl Modules {
    /// The smallest code of some bytes, under its best mask. The crate can find that mask, too, but
    /// a code would take as long as all else of a certificate.
    fn of(data: &[u8], level: EcLevel) -> QrResult<Self> {
        let bits = bits::encode_auto(data, level)?;
        let version = bits.version();
        let (data, correction) = ec::construct_codewords(&bits.into_bytes(), version, level)?;
        let mut canvas = Canvas::new(version, level);
        canvas.draw_all_functional_patterns();
        canvas.draw_data(&data, &correction);
        let width = version.width() as usize;
        let masked = MASKS.map(|mask| {
            let mut canvas = canvas.clone();
            canvas.apply_mask(mask);
            let colors = canvas.into_colors();
            let dark = colors.into_iter().map(|color| color == Color::Dark).collect();
            Self { dark, width }
        });
        let best = masked.into_iter().min_by_key(Self::penalty);
        // There are eight.
        Ok(best.unwrap_or(Self { dark: vec![false; width * width], width }))
    }

    /// How hard a code is to read (ISO/IEC 18004, 7.8.3).
    fn penalty(&self) -> u32 {
        let Self { dark, width } = self;
        let rows = dark.chunks(*width).map(|row| line_penalty(row.iter().copied()));
        let column = |x: usize| line_penalty(dark.iter().skip(x).step_by(*width).copied());
        let lines = rows.sum::<u32>() + (0..*width).map(column).sum::<u32>();
        let blocks = dark.chunks(*width).zip(dark.chunks(*width).skip(1)).map(|(row, below)| {
            let blocks = row.windows(2).zip(below.windows(2));
            blocks.filter(|(a, b)| a[0] == a[1] && a == b).count() as u32
        });
        let count = dark.iter().filter(|dark| **dark).count();
        // Half of the modules dark is best; each per cent away from it counts two.
        let balance = (count * 200 / dark.len()).abs_diff(100) as u32;
        lines + 3 * blocks.sum::<u32>() + balance
    }
}

/// What a line of modules adds: runs of one colour, and what looks like a finder pattern.
fn line_penalty(line: impl Iterator<Item = bool>) -> u32 {
    // Dark, light, three dark, light, dark, with four light on one side at least.
    const FINDER: u16 = 0b1011101;
    let (mut penalty, mut run, mut last, mut window) = (0, 0, None, 0u16);
    // Fifteen modules: four before the pattern, itself, and four behind it; beside the code is
    // white.
    let mut next = |dark: bool| {
        window = (window << 1 | u16::from(dark)) & 0x7FFF;
        let found = window >> 4 & 0x7F == FINDER && (window >> 11 == 0 || window & 0xF == 0);
        if found { 40 } else { 0 }
    };
    let counted = |run: u32| if run < 5 { 0 } else { run - 2 };
    for dark in line {
        penalty += next(dark);
        if last == Some(dark) {
            run += 1;
        } else {
            penalty += counted(run);
            (run, last) = (1, Some(dark));
        }
    }
    (0..4).for_each(|_| penalty += next(false));
    penalty + counted(run)
}

/// Dark modules as rectangles (x, y, width, height): runs along a row, and rows below with the same
/// run.
fn rectangles(dark: &[bool], width: usize) -> Vec<[usize; 4]> {
    let mut done: Vec<[usize; 4]> = Vec::new();
    let mut growing: Vec<[usize; 4]> = Vec::new();
    for (y, row) in dark.chunks(width).enumerate() {
        let mut runs: Vec<[usize; 4]> = Vec::new();
        for (x, _) in row.iter().enumerate().filter(|(_, dark)| **dark) {
            match runs.last_mut() {
                Some(run) if run[0] + run[2] == x => run[2] += 1,
                _ => runs.push([x, y, 1, 1]),
            }
        }
        for run in &mut runs {
            // Fewer, larger rectangles: small files, and no hair lines between modules.
            if let Some(place) = growing.iter().position(|g| (g[0], g[2]) == (run[0], run[2])) {
                let above = growing.swap_remove(place);
                *run = [above[0], above[1], above[2], above[3] + 1];
            }
        }
        done.append(&mut growing);
        growing = runs;
    }
    done.append(&mut growing);
    // `swap_remove` has mixed them; the same code must give the same bytes.
    done.sort_by_key(|[x, y, ..]| (*y, *x));
    done
}

/// The area of modules, in points.
fn area([x, y, width, height]: [usize; 4]) -> Rect {
    let edge = |n: usize| (n + QUIET) as f64 * MODULE;
    Rect::from_edges(edge(x), edge(y), edge(x + width), edge(y + height))
}

/// From the lower left corner, as PDF counts: there a rectangle is one operator.
fn rectangle(area: Rect) -> [DrawnSegment; 5] {
    let [top_left, top_right, bottom_right, bottom_left] = area.corners();
    [
        DrawnSegment::Move(bottom_left),
        DrawnSegment::Line(bottom_right),
        DrawnSegment::Line(top_right),
        DrawnSegment::Line(top_left),
        DrawnSegment::Close,
    ]
}

#[cfg(test)]
mod tests {
    use qrcode::QrCode;

    use super::*;

    #[test]
    fn the_mask_is_the_one_that_the_crate_finds() {
        for n in 0..40 {
            let text = format!("https://example.org/{}/{n}", "благодарность/".repeat(n % 9));
            for level in [EcLevel::M, EcLevel::L] {
                let code = QrCode::with_error_correction_level(&text, level).unwrap();
                let dark: Vec<bool> = code.to_colors().iter().map(|c| *c == Color::Dark).collect();
                assert!(Modules::of(text.as_bytes(), level).unwrap().dark == dark, "{text}");
            }
        }
    }

    #[test]
    fn the_rectangles_cover_the_dark_modules_once() {
        let code = QrCode::new("https://example.org/благодарность/2026/00017").unwrap();
        let width = code.width();
        let dark: Vec<bool> = code.to_colors().iter().map(|c| *c == Color::Dark).collect();
        let mut painted = vec![0; dark.len()];
        for [x, y, w, h] in rectangles(&dark, width) {
            (y..y + h).for_each(|y| (x..x + w).for_each(|x| painted[y * width + x] += 1));
        }
        assert!(dark.iter().zip(&painted).all(|(dark, times)| *times == i32::from(*dark)));
    }

    #[test]
    fn what_is_too_long_is_an_error() {
        assert_eq!(qr(&"ы".repeat(2000)).err().map(|fault| fault.code()), Some("qr-size"));
        let image = qr("итог").unwrap();
        assert_eq!(image.width, (21.0 + 8.0) * 1.5);
        assert_ne!(image.name, qr("другое").unwrap().name);
    }
}
