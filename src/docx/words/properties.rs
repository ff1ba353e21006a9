//! Computed values as Word's paragraph and run properties (ECMA-376 Part 1, 17.3.1, 17.3.2).

use std::sync::Arc;

use super::slack::NEAR_OWN_LINE;
use super::units::{hex, locale, twips};
use crate::cache::equal;
use crate::docx::package::xml::{El, Str};
use crate::style::{
    BorderSide, BorderStyle, Color, FontStyle, Hyphens, LineHeight, Sides, TextAlign, TextStyle,
};

/// Properties that many runs or paragraphs have.
pub(crate) type Properties = Arc<[El]>;

/// A family for Word.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct WordFace {
    /// What Word is to call it.
    pub(crate) name: Str,
    /// The height of a line that nobody asked a height for, in ems: ascent, descent and line gap.
    pub(crate) line: f64,
    /// Whether readers have it.
    pub(crate) common: bool,
}

/// Where a paragraph stands between its page's or cell's edges, in points.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct ParagraphPosition {
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) before: f64,
    pub(crate) after: f64,
    pub(crate) first: f64,
}

/// What a paragraph asks for besides its text values.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct ParagraphFlow {
    pub(crate) next: bool,
    pub(crate) lines: bool,
    pub(crate) page_before: bool,
}

/// Border and background that a paragraph has from the box around it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Surface<'a> {
    /// The borders that there are, as children of `w:pBdr`.
    pub(crate) border: &'a [El],
    pub(crate) shade: Option<Color>,
}

impl Surface<'_> {
    pub(crate) fn is_none(&self) -> bool {
        self.border.is_empty() && self.shade.is_none()
    }
}

/// What a paragraph is besides its text values.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct ParagraphPlace {
    pub(crate) position: ParagraphPosition,
    pub(crate) flow: ParagraphFlow,
    /// 0 for the highest heading.
    pub(crate) outline: Option<u8>,
}

/// The paragraph properties of a text style in its place, with border and background of the box
/// around.
pub(crate) fn paragraph(
    face: &WordFace,
    style: &TextStyle,
    place: ParagraphPlace,
    around: Surface<'_>,
) -> Vec<El> {
    let ParagraphPlace { position: placing, flow: keeping, outline } = place;
    let mut all = vec![
        // Off is said, too: a paragraph must be able to undo what its style, made of most of its
        // kind, says.
        flag("w:keepNext", keeping.next),
        flag("w:keepLines", keeping.lines),
        flag("w:pageBreakBefore", keeping.page_before),
        // Word knows two lines or none.
        flag("w:widowControl", style.widows > 1 || style.orphans > 1),
        flag("w:suppressAutoHyphens", style.hyphens != Hyphens::Auto),
        spacing(face, style, placing),
        indents(placing),
        El::val("w:jc", alignment(style.text_align)),
    ];
    if let Some(level) = outline {
        all.push(El::val("w:outlineLvl", level));
    }
    all.extend(surface(around));
    all
}

/// The value of `w:jc`.
pub(crate) fn alignment(align: TextAlign) -> &'static str {
    match align {
        TextAlign::Start | TextAlign::Left => "left",
        TextAlign::Right => "right",
        TextAlign::Center => "center",
        // `distribute` would stretch the letters, too.
        TextAlign::Justify => "both",
    }
}

/// Whether Word is to set a text bold: it knows two weights.
pub(crate) fn bold(style: &TextStyle) -> bool {
    // From semi-bold on: it is there to stand out, and in regular letters it would not.
    style.font_weight >= 600
}

/// Border and background of the box around, or none.
pub(crate) fn surface(around: Surface<'_>) -> [El; 2] {
    let border = if around.border.is_empty() {
        // Said, so that a paragraph may have none though its style has one.
        ["w:top", "w:left", "w:bottom", "w:right"].map(|side| El::val(side, "nil")).to_vec()
    } else {
        around.border.to_vec()
    };
    let fill = around.shade.map_or(Str::Word("auto"), |color| hex(color).into());
    [
        El::new("w:pBdr").children(border),
        El::val("w:shd", "clear").with("w:color", "auto").with("w:fill", fill),
    ]
}

pub(crate) fn indents(placing: ParagraphPosition) -> El {
    let ind =
        El::new("w:ind").with("w:left", twips(placing.left)).with("w:right", twips(placing.right));
    let first = twips(placing.first);
    if first < 0 { ind.with("w:hanging", -first) } else { ind.with("w:firstLine", first) }
}

/// Line spacing: a multiple of the face's own line where CSS asks for hardly more than that, or for
/// a multiple that Word has a name for, else at least what CSS asks for, and exactly where CSS has
/// a length.
fn spacing(face: &WordFace, style: &TextStyle, placing: ParagraphPosition) -> El {
    let natural = face.line;
    let (line, rule) = match style.line_height {
        // In 240ths of the face's own line.
        LineHeight::Normal => (240, "auto"),
        LineHeight::Number(n) if let Some(line) = named_multiple(n / natural) => (line, "auto"),
        LineHeight::Number(n) if n > natural * NEAR_OWN_LINE => {
            (twips(n * style.font_size), "atLeast")
        }
        // Word's multiple is of the face's own line, CSS's of the size.
        LineHeight::Number(n) => ((240.0 * n / natural).round() as i64, "auto"),
        LineHeight::Length(points) => (twips(points), "exact"),
    };
    El::new("w:spacing")
        .with("w:before", twips(placing.before.max(0.0)))
        .with("w:after", twips(placing.after.max(0.0)))
        .with("w:line", line)
        .with("w:lineRule", rule)
}

/// «Полуторный», «двойной» and further halves, in 240ths: Word shows them by their names, and they
/// go with the size when that is changed. What is half a hundredth beside them is meant for them.
fn named_multiple(multiple: f64) -> Option<i64> {
    let halves = (multiple * 2.0).round();
    (halves > 2.0 && (multiple - halves / 2.0).abs() < 0.005).then_some(halves as i64 * 120)
}

fn flag(name: &'static str, on: bool) -> El {
    if on { El::new(name) } else { El::val(name, 0) }
}

/// The run properties of a text style.
pub(crate) fn run(face: &WordFace, style: &TextStyle) -> Vec<El> {
    let mut fonts = El::new("w:rFonts");
    // Word chooses the slot by the character; «№» and quotation marks may go to the East Asian
    // one.
    for slot in ["w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"] {
        fonts.set(slot, face.name.clone());
    }
    // In half-points; Word's smallest size is 1 pt.
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

/// The values of `Normal`, on which all other styles stand.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct NormalValues {
    pub(crate) paragraph: Vec<El>,
    pub(crate) run: Vec<El>,
}

/// The properties of `wanted` that `base` lacks or has otherwise. Word inherits spacing, indents
/// and fonts by attribute, so only what is new is said.
pub(crate) fn difference(wanted: &[El], base: &[El]) -> Vec<El> {
    // Most runs look like their paragraph and most paragraphs like their style.
    if equal(wanted, base) {
        return Vec::new();
    }
    // Both are in the same order nearly everywhere, so that what is looked for stands behind what
    // was found last.
    let mut next = 0;
    let differs = |property: &El| {
        let named = |el: &El| el.name == property.name;
        let behind = base[next..].iter().position(named).map(|at| next + at);
        let Some(found) = behind.or_else(|| base[..next].iter().position(named)) else {
            return Some(property.clone());
        };
        next = found + 1;
        let given = &base[found];
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
pub(crate) fn without_defaults(properties: Vec<El>) -> Vec<El> {
    let off = |el: &El| {
        let plain = el.name == "w:pBdr" || (el.name == "w:u" && el.get("w:val") == Some("none"));
        plain
            || el.get("w:val") == Some("0")
            || (el.name == "w:shd" && el.get("w:fill") == Some("auto"))
    };
    // Widow control is on by default, so that off must be said.
    properties.into_iter().filter(|el| el.name == "w:widowControl" || !off(el)).collect()
}

/// A border as one of `w:top`, `w:left` and so on, or nothing.
pub(crate) fn border(name: &'static str, side: BorderSide, space: f64) -> Option<El> {
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
            // The bounds of the format: a quarter of a point to 12 pt (ECMA-376 Part 1, 17.3.4),
            // and up to 31 pt to the text.
            .with("w:sz", (eighths.round() as i64).clamp(2, 96))
            .with("w:space", (space.round() as i64).clamp(0, 31))
            .with("w:color", hex(side.color))
    })
}

/// The four borders that there are.
pub(crate) fn borders(sides: Sides<BorderSide>, space: Sides<f64>) -> Vec<El> {
    let all = [
        border("w:top", sides.top, space.top),
        border("w:left", sides.left, space.left),
        border("w:bottom", sides.bottom, space.bottom),
        border("w:right", sides.right, space.right),
    ];
    all.into_iter().flatten().collect()
}

/// A background of one colour.
pub(crate) fn shade(color: Color) -> El {
    El::new("w:shd").with("w:val", "clear").with("w:color", "auto").with("w:fill", hex(color))
}
