//! QR codes (ISO/IEC 18004) as paths.

use std::sync::Arc;

use qrcode::{Color, EcLevel, QrCode};

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
    let code = QrCode::with_error_correction_level(data, EcLevel::M)
        .or_else(|_| QrCode::with_error_correction_level(data, EcLevel::L))
        .map_err(|_| {
            Diagnostic::error(
                "qr-size",
                say!("{data} bytes are too many for a QR code", data = data.len()),
            )
            .hint(say!("2,953 bytes fit at most; use a short URL"))
        })?;
    // A large code is printed small, and its modules are what scanners miss first.
    let code = match QrCode::with_error_correction_level(data, EcLevel::L) {
        Ok(smaller) if code.width() > LARGE && smaller.width() < code.width() => smaller,
        _ => code,
    };
    let side = (code.width() + 2 * QUIET) as f64 * MODULE;
    let dark: Vec<bool> = code.to_colors().iter().map(|c| *c == Color::Dark).collect();
    let path = rectangles(&dark, code.width())
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
    use super::*;

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
