//! Computed values as Word's paragraph and run properties.

use super::faces::{Faces, bold};
use super::flow::Area;
use super::package::xml::{El, Str};
use crate::style::{
    BorderSide, BorderStyle, Color, FontStyle, Hyphens, LineHeight, Sides, TextAlign, TextStyle,
};

/// Points as twentieths of a point.
pub(super) fn twips(points: f64) -> i64 {
    (points * 20.0).round() as i64
}

/// Points as English Metric Units (914,400 an inch).
pub(super) fn emu(points: f64) -> i64 {
    (points * 12_700.0).round() as i64
}

/// A colour as Word writes it. Word knows no alpha for text and borders, so the colour is what it
/// looks like on white.
pub(super) fn hex(color: Color) -> String {
    let alpha = u32::from(color.alpha);
    let seen = |part: u8| (u32::from(part) * alpha + 255 * (255 - alpha) + 127) / 255;
    format!("{:02X}{:02X}{:02X}", seen(color.red), seen(color.green), seen(color.blue))
}

/// Where a paragraph stands between its page's or cell's edges, in points.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Placing {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) before: f64,
    pub(super) after: f64,
    pub(super) first: f64,
}

/// What a paragraph asks for besides its text values.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Keeping {
    pub(super) next: bool,
    pub(super) lines: bool,
    pub(super) page_before: bool,
}

/// The paragraph properties of a text style in its place, with border and background of the box
/// around; `outline` is 0 for the highest heading.
pub(super) fn paragraph(
    faces: &Faces,
    style: &TextStyle,
    placing: Placing,
    keeping: Keeping,
    outline: Option<u8>,
    area: &Area<'_>,
) -> Vec<El> {
    let mut all = vec![
        flag("w:keepNext", keeping.next),
        flag("w:keepLines", keeping.lines),
        flag("w:pageBreakBefore", keeping.page_before),
        flag("w:widowControl", style.widows > 1 || style.orphans > 1),
        flag("w:suppressAutoHyphens", style.hyphens != Hyphens::Auto),
        spacing(faces, style, placing),
        indents(placing),
        El::val(
            "w:jc",
            match style.text_align {
                TextAlign::Start | TextAlign::Left => "left",
                TextAlign::Right => "right",
                TextAlign::Center => "center",
                TextAlign::Justify => "both",
            },
        ),
    ];
    if let Some(level) = outline {
        all.push(El::val("w:outlineLvl", level));
    }
    all.extend(surface(area));
    all
}

/// Border and background of the box around, or none.
fn surface(area: &Area<'_>) -> [El; 2] {
    let none = ["w:top", "w:left", "w:bottom", "w:right"].map(|side| El::val(side, "nil"));
    let border = area.frame.clone().unwrap_or_else(|| none.into());
    let fill = area.shade.clone().map_or(Str::Word("auto"), Str::from);
    [
        El::new("w:pBdr").children(border),
        El::val("w:shd", "clear").with("w:color", "auto").with("w:fill", fill),
    ]
}

pub(super) fn indents(placing: Placing) -> El {
    let ind =
        El::new("w:ind").with("w:left", twips(placing.left)).with("w:right", twips(placing.right));
    let first = twips(placing.first);
    if first < 0 { ind.with("w:hanging", -first) } else { ind.with("w:firstLine", first) }
}

/// Line spacing: a multiple of the face's own line where CSS asks for hardly more than that, else
/// at least what CSS asks for, and exactly where CSS has a length.
///
/// Of a multiple LibreOffice, and others that follow Word, do not count what the last line of a
/// page has more than its own height, so that there would now and then be a line more on a page
/// than in CSS.
fn spacing(faces: &Faces, style: &TextStyle, placing: Placing) -> El {
    let natural = faces.word(&style.font_family).line;
    let (line, rule) = match style.line_height {
        LineHeight::Normal => (240, "auto"),
        LineHeight::Number(n) if n > natural * 1.1 => (twips(n * style.font_size), "atLeast"),
        LineHeight::Number(n) => ((240.0 * n / natural).round() as i64, "auto"),
        LineHeight::Length(points) => (twips(points), "exact"),
    };
    El::new("w:spacing")
        .with("w:before", twips(placing.before.max(0.0)))
        .with("w:after", twips(placing.after.max(0.0)))
        .with("w:line", line)
        .with("w:lineRule", rule)
}

fn flag(name: &'static str, on: bool) -> El {
    if on { El::new(name) } else { El::val(name, 0) }
}

/// The run properties of a text style.
pub(super) fn run(faces: &Faces, style: &TextStyle) -> Vec<El> {
    let face = faces.word(&style.font_family).name;
    let mut fonts = El::new("w:rFonts");
    for slot in ["w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"] {
        fonts.set(slot, face.clone());
    }
    let size = (style.font_size * 2.0).round().max(2.0) as i64;
    let bold = bold(style);
    let italic = style.font_style == FontStyle::Italic;
    let mut all = vec![
        fonts,
        flag("w:b", bold),
        flag("w:bCs", bold),
        flag("w:i", italic),
        flag("w:iCs", italic),
        flag("w:smallCaps", style.small_caps),
        flag("w:strike", style.decoration.line_through),
        flag("w:vanish", style.hidden),
        El::val("w:color", hex(style.color)),
        El::val("w:spacing", twips(style.letter_spacing)),
        // From half a point on: CSS kerns text of all sizes.
        El::val("w:kern", 1),
        El::val("w:sz", size),
        El::val("w:szCs", size),
        El::val("w:u", if style.decoration.underline { "single" } else { "none" }),
    ];
    if !style.lang.is_empty() {
        all.push(El::val("w:lang", locale(&style.lang)));
    }
    all
}

/// Those of `wanted` that `base` does not give already. Word inherits spacing, indents and fonts by
/// attribute, so only what is new is said.
pub(super) fn difference(wanted: &[El], base: &[El]) -> Vec<El> {
    if std::ptr::eq(wanted, base) {
        return Vec::new();
    }
    let differs = |property: &El| {
        let Some(given) = base.iter().find(|el| el.name == property.name) else {
            return Some(property.clone());
        };
        if given == property {
            return None;
        }
        let mut rest = property.clone();
        if ["w:spacing", "w:ind", "w:rFonts"].contains(&property.name.as_ref()) {
            rest.attributes.retain(|(name, value)| given.get(name) != Some(value));
            // `line` and `lineRule` make sense together only.
            if let (Some(line), Some(rule)) = (property.get("w:line"), property.get("w:lineRule"))
                && (rest.get("w:line").is_some() || rest.get("w:lineRule").is_some())
            {
                rest.set("w:line", line.to_owned());
                rest.set("w:lineRule", rule.to_owned());
            }
        }
        Some(rest)
    };
    wanted.iter().filter_map(differs).collect()
}

/// Only what differs from Word's own defaults, for a style that stands on nothing.
pub(super) fn without_defaults(properties: Vec<El>) -> Vec<El> {
    let off = |el: &El| {
        let plain = el.name == "w:pBdr" || (el.name == "w:u" && el.get("w:val") == Some("none"));
        plain
            || el.get("w:val") == Some("0")
            || (el.name == "w:shd" && el.get("w:fill") == Some("auto"))
    };
    // Widow control is on by default, so that off must be said.
    properties.into_iter().filter(|el| el.name == "w:widowControl" || !off(el)).collect()
}

/// A language tag as Word has it: with a region.
pub(super) fn locale(lang: &str) -> String {
    match lang {
        "ru" | "" => "ru-RU".to_owned(),
        "en" => "en-US".to_owned(),
        other => other.to_owned(),
    }
}

/// A border as one of `w:top`, `w:left` and so on, or nothing.
pub(super) fn border(name: &'static str, side: BorderSide, space: f64) -> Option<El> {
    let kind = match side.style {
        BorderStyle::None | BorderStyle::Hidden => return None,
        BorderStyle::Solid => "single",
        BorderStyle::Dashed => "dashed",
        BorderStyle::Dotted => "dotted",
        BorderStyle::Double => "double",
    };
    // Eighths of a point; a double line's is the width of each of its lines.
    let eighths =
        if side.style == BorderStyle::Double { side.width * 8.0 / 3.0 } else { side.width * 8.0 };
    (side.width > 0.0).then(|| {
        El::new(name)
            .with("w:val", kind)
            .with("w:sz", (eighths.round() as i64).clamp(2, 96))
            .with("w:space", (space.round() as i64).clamp(0, 31))
            .with("w:color", hex(side.color))
    })
}

/// The four borders that there are.
pub(super) fn borders(sides: Sides<BorderSide>, space: Sides<f64>) -> Vec<El> {
    let all = [
        border("w:top", sides.top, space.top),
        border("w:left", sides.left, space.left),
        border("w:bottom", sides.bottom, space.bottom),
        border("w:right", sides.right, space.right),
    ];
    all.into_iter().flatten().collect()
}
