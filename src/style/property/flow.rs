//! Flow: breaks, pages, columns, flex, footnotes.
//!
//! One of the rooms of the table of properties.

use std::sync::Arc;

use cssparser::Parser;

use super::super::color::color;
use super::super::fault::{CssFault, Parsed, SheetOrigin};
use super::super::units::{
    Length, Specified, Units, absolute, integer, keyword, keywords, or_keyword, positive_integer,
    positive_length, positive_length_percentage, positive_number, share,
};
use super::super::{Alignment, Break, FlexDirection, LengthOrAuto, PrinterMarks};
use super::boxes::{border_style, border_width};
use super::{Property, PropertySetter, alias, own, setter, shorthand};
use crate::diag::say;
use crate::geometry::Size;

absolute!(Alignment, Break, FlexDirection, Arc<str>);

const BREAK: &str =
    "auto | avoid | avoid-page | page | always | left | right | recto | verso | column";
const ALIGN: &str = "normal | stretch | start | flex-start | center | end | flex-end | baseline | \
    space-between | space-around | space-evenly";

pub(super) const ROWS: &[Property] = &[
    // CSS Fragmentation 3, 3.1 and 3.2.
    own!("break-before", [.break_before], breaks).syntax(BREAK).docx("page; avoid: keep with next"),
    own!("break-after", [.break_after], breaks).syntax(BREAK).docx("page; avoid: keep with next"),
    own!(
        "break-inside",
        [.break_inside_avoid],
        keywords!(
            "auto" => false,
            "avoid" => true,
            "avoid-page" => true,
            "avoid-column" => true,
        )
    )
    .syntax("auto | avoid | avoid-page | avoid-column")
    .docx("avoid: keep lines together"),
    // The names of CSS 2.2, which CSS Fragmentation 3, 3.4 keeps.
    alias("page-break-before", "break-before"),
    alias("page-break-after", "break-after"),
    alias("page-break-inside", "break-inside"),
    // CSS Fragmentation 3, 5.4.
    own!("box-decoration-break", [.decoration_clone], keywords!("slice" => false, "clone" => true))
        .syntax("slice | clone")
        .docx("Word draws a border around each part"),
    own!("page", [.page], or_keyword("auto", name)).syntax("auto | <name>").docx("a section"),
    Property::longhand("-itog-pages", page_count, |t, _| t.pages = None)
        .syntax("auto | <integer>")
        .docx("Word counts its own pages; the PDF is checked"),
    Property::longhand("-itog-zoom", zoom, |_, _| {})
        .stage(0)
        .syntax("<number> | <percentage>")
        .pdf("of the root element: all lengths and the sheet"),
    Property::longhand("size", page_size, |t, _| t.size = None).syntax(
        "auto | portrait | landscape | [ <length>{1,2} ] | [ A3 | A4 | A5 | A6 | A7 | B4 | \
         B5 | letter | legal | ledger ] [ portrait | landscape ]?",
    ),
    Property::longhand("bleed", bleed, |t, _| t.bleed = None).syntax("auto | <length>").docx("—"),
    Property::longhand("marks", marks, |t, _| t.marks = PrinterMarks::default())
        .syntax("none | [ crop || cross ]")
        .docx("—"),
    // CSS GCPM 3, 2. Only footnotes float.
    Property::longhand("float", float, |t, from| t.own.footnote = from.footnote)
        .syntax("none | footnote")
        .docx("a footnote; in text boxes a note in brackets"),
    // CSS Multi-column 1, 3 and 4.
    own!("column-count", [.columns.count], or_keyword("auto", positive_integer))
        .syntax("auto | <integer>")
        .docx("a section with columns"),
    own!("column-width", [.columns.width], or_keyword("auto", positive_length))
        .syntax("auto | <length>")
        .docx("a section with columns"),
    // `auto` is the width's; a second `auto` is the count's.
    Property::shorthand("columns", shorthand::any_order, COLUMNS)
        .syntax("<column-width> || <column-count>")
        .docx("a section with columns"),
    own!("column-rule-width", [.columns.rule.width], border_width)
        .syntax("thin | medium | thick | <length>")
        .docx("a line between columns"),
    own!("column-rule-style", [.columns.rule.style], border_style)
        .syntax("none | hidden | solid | dashed | dotted | double")
        .docx("—"),
    own!("column-rule-color", [.columns.rule.color], color).syntax("<color>").docx("—"),
    Property::shorthand("column-rule", shorthand::any_order, RULE)
        .syntax("<column-rule-width> || <column-rule-style> || <color>")
        .docx("a line between columns"),
    // CSS Multi-column 1, 6 and 7.
    own!("column-fill", [.columns.fill_auto], keywords!("balance" => false, "auto" => true))
        .syntax("balance | auto")
        .docx("balance"),
    own!("column-span", [.columns.span_all], keywords!("none" => false, "all" => true))
        .syntax("none | all")
        .docx("—"),
    // CSS Box Alignment 3, 8.
    own!("row-gap", [.row_gap], gap).syntax("normal | <length> | <percentage>").docx("—"),
    own!("column-gap", [.column_gap], or_keyword("normal", positive_length_percentage))
        .syntax("normal | <length> | <percentage>")
        .docx("columns, flex rows"),
    Property::shorthand("gap", shorthand::sides, &["row-gap", "column-gap"])
        .syntax("[ normal | <length> | <percentage> ]{1,2}")
        .docx("columns, flex rows"),
    own!(
        "flex-direction",
        [.flex.direction],
        keywords!(
            "row" => FlexDirection::Row,
            "row-reverse" => FlexDirection::RowReverse,
            "column" => FlexDirection::Column,
            "column-reverse" => FlexDirection::ColumnReverse,
        )
    )
    .syntax("row | row-reverse | column | column-reverse")
    .docx("row: a table; column: paragraphs"),
    // CSS Flexible Box 1, 5.
    own!("flex-wrap", [.flex.wrap], keywords!("nowrap" => false, "wrap" => true))
        .syntax("nowrap | wrap")
        .docx("a table for each row"),
    Property::shorthand("flex-flow", shorthand::any_order, FLOW)
        .syntax("<flex-direction> || <flex-wrap>")
        .docx("row: a table; column: paragraphs"),
    // CSS Flexible Box 1, 7.
    own!("flex-grow", [.flex.grow], positive_number)
        .syntax("<number>")
        .docx("widths of the table's columns"),
    own!("flex-shrink", [.flex.shrink], positive_number)
        .syntax("<number>")
        .docx("widths of the table's columns"),
    own!("flex-basis", [.flex.basis], basis)
        .syntax("auto | <length> | <percentage>")
        .docx("widths of the table's columns"),
    Property::shorthand("flex", shorthand::flex, shorthand::FLEX)
        .syntax("none | [ <flex-grow> <flex-shrink>? || <flex-basis> ]")
        .docx("widths of the table's columns"),
    // CSS Flexible Box 1, 8; the values are those of CSS Box Alignment 3.
    own!("justify-content", [.flex.justify_content], alignment).syntax(ALIGN),
    own!("align-items", [.flex.align_items], alignment)
        .syntax(ALIGN)
        .docx("start, center, end; baseline as end"),
    own!("align-self", [.flex.align_self], self_alignment)
        .syntax("auto | normal | stretch | start | flex-start | center | end | flex-end | baseline")
        .docx("start, center, end; baseline as end"),
    own!("align-content", [.flex.align_content], alignment).syntax(ALIGN),
    // CSS Box Alignment 3, 5.3, 6.3 and 7.3: how it is aligned, then how it is justified.
    Property::shorthand("place-content", shorthand::sides, &["align-content", "justify-content"])
        .syntax("<align-content> <justify-content>?"),
    Property::shorthand("place-items", shorthand::sides, &["align-items", "justify-items"])
        .syntax("<align-items> <justify-items>?")
        .docx("start, center, end"),
    Property::shorthand("place-self", shorthand::sides, &["align-self", "justify-self"])
        .syntax("<align-self> <justify-self>?")
        .docx("start, center, end"),
    own!("order", [.flex.order], integer).syntax("<integer>"),
];

const COLUMNS: &[&str] = &["column-width", "column-count"];
const RULE: &[&str] = &["column-rule-width", "column-rule-style", "column-rule-color"];
const FLOW: &[&str] = &["flex-direction", "flex-wrap"];

fn breaks(input: &mut Parser) -> Parsed<Break> {
    keyword(
        input,
        &[
            ("auto", Break::Auto),
            ("avoid", Break::Avoid),
            ("avoid-page", Break::Avoid),
            ("avoid-column", Break::Avoid),
            ("page", Break::Page),
            // As `page-break-before` calls it, and most sheets still do.
            ("always", Break::Page),
            ("left", Break::Left),
            // A verso is a left page only where text runs from left to right, as it does here.
            ("verso", Break::Left),
            ("right", Break::Right),
            ("recto", Break::Right),
            ("column", Break::Column),
        ],
    )
}

fn name(input: &mut Parser) -> Parsed<Arc<str>> {
    Ok((&**input.expect_ident()?).into())
}

fn gap(input: &mut Parser) -> Parsed<Length> {
    or_keyword("normal", positive_length_percentage)(input).map(Option::unwrap_or_default)
}

#[derive(Debug, Clone, Copy)]
struct FlexBasis(Option<Length>);

impl Specified<LengthOrAuto> for FlexBasis {
    fn compute(&self, units: &Units) -> LengthOrAuto {
        self.0.compute(units)
    }
}

fn basis(input: &mut Parser) -> Parsed<FlexBasis> {
    match input.try_parse(|input| input.expect_ident_matching("content")) {
        // `content` and `auto` differ only for items with a `width` of their own, which keep it
        // here.
        Ok(()) => Ok(FlexBasis(None)),
        Err(_) => or_keyword("auto", positive_length_percentage)(input).map(FlexBasis),
    }
}

pub(super) fn alignment(input: &mut Parser) -> Parsed<Alignment> {
    keyword(
        input,
        &[
            ("normal", Alignment::Auto),
            ("stretch", Alignment::Stretch),
            ("start", Alignment::Start),
            ("flex-start", Alignment::Start),
            // Text runs from left to right only.
            ("left", Alignment::Start),
            ("end", Alignment::End),
            ("flex-end", Alignment::End),
            ("right", Alignment::End),
            ("center", Alignment::Center),
            ("baseline", Alignment::Baseline),
            ("space-between", Alignment::SpaceBetween),
            ("space-around", Alignment::SpaceAround),
            ("space-evenly", Alignment::SpaceEvenly),
        ],
    )
}

pub(super) fn self_alignment(input: &mut Parser) -> Parsed<Alignment> {
    match input.try_parse(|input| input.expect_ident_matching("auto")) {
        Ok(()) => Ok(Alignment::Auto),
        Err(_) => alignment(input),
    }
}

fn float(input: &mut Parser, _: SheetOrigin) -> Parsed<PropertySetter> {
    let footnote = match &**input.expect_ident()? {
        word if word.eq_ignore_ascii_case("none") => false,
        word if word.eq_ignore_ascii_case("footnote") => true,
        _ => {
            return CssFault::error(say!(
                "boxes do not float to the sides: use `display: flex`, a table, or `position: \
                 absolute`"
            ));
        }
    };
    Ok(setter(move |target| target.own.footnote = footnote))
}

/// How much larger than written all lengths are, those of the sheet among them.
fn zoom(input: &mut Parser, _: SheetOrigin) -> Parsed<PropertySetter> {
    let zoom = share(input)?;
    if !(0.1..=10.0).contains(&zoom) {
        return CssFault::error(say!("a document is made a tenth to ten times as large"));
    }
    // Only the root is asked: nothing has been measured by anything else before it.
    Ok(setter(move |target| target.scale.asked = zoom))
}

/// `bleed` (CSS Paged Media 3, section 7.2).
fn bleed(input: &mut Parser, _: SheetOrigin) -> Parsed<PropertySetter> {
    let length = or_keyword("auto", positive_length)(input)?;
    Ok(setter(move |target| {
        let units = target.units();
        target.bleed = length.map(|length| length.absolute(&units));
    }))
}

/// `marks` (CSS Paged Media 3, section 7.3).
fn marks(input: &mut Parser, _: SheetOrigin) -> Parsed<PropertySetter> {
    let mut marks = PrinterMarks::default();
    if input.try_parse(|input| input.expect_ident_matching("none")).is_err() {
        while !input.is_exhausted() {
            match keyword(input, &[("crop", true), ("cross", false)])? {
                true => marks.crop = true,
                false => marks.cross = true,
            }
        }
    }
    Ok(setter(move |target| target.marks = marks))
}

/// Sheet sizes in millimetres: those of ISO 216, B4 and B5 among them, and the American ones (CSS
/// Paged Media 3, 7.1).
const SHEETS: &[(&str, Size)] = &[
    ("a3", Size::new(297.0, 420.0)),
    ("a4", Size::new(210.0, 297.0)),
    ("a5", Size::new(148.0, 210.0)),
    ("a6", Size::new(105.0, 148.0)),
    ("a7", Size::new(74.0, 105.0)),
    ("b4", Size::new(250.0, 353.0)),
    ("b5", Size::new(176.0, 250.0)),
    ("letter", Size::new(215.9, 279.4)),
    ("legal", Size::new(215.9, 355.6)),
    ("ledger", Size::new(279.4, 431.8)),
];

/// How many pages the document should have.
fn page_count(input: &mut Parser, _: SheetOrigin) -> Parsed<PropertySetter> {
    if input.try_parse(|input| input.expect_ident_matching("auto")).is_ok() {
        return Ok(setter(|target| target.pages = None));
    }
    match u32::try_from(input.expect_integer()?) {
        Ok(pages) if pages > 0 => Ok(setter(move |target| target.pages = Some(pages))),
        _ => CssFault::error(say!("a document has at least one page")),
    }
}

/// `size` (CSS Paged Media 3, section 7.1).
fn page_size(input: &mut Parser, origin: SheetOrigin) -> Parsed<PropertySetter> {
    const MM: f64 = 72.0 / 25.4;
    const A4: Size = Size::new(210.0 * MM, 297.0 * MM);
    if input.try_parse(|input| input.expect_ident_matching("auto")).is_ok() {
        return Ok(setter(|target| (target.size, target.size_at) = (Some(A4), None)));
    }
    let mut sheet = None;
    let mut landscape = None;
    while let Ok(word) = input.try_parse(|input| input.expect_ident_cloned()) {
        let word = word.to_ascii_lowercase();
        match (SHEETS.iter().find(|(name, _)| *name == word), word.as_str()) {
            (Some((_, size)), _) if sheet.is_none() => sheet = Some(size.scaled(MM)),
            (None, "portrait") if landscape.is_none() => landscape = Some(false),
            (None, "landscape") if landscape.is_none() => landscape = Some(true),
            _ => {
                let names: Vec<&'static str> =
                    SHEETS.iter().map(|(name, _)| *name).chain(["portrait", "landscape"]).collect();
                return Err(cssparser::ParseError::custom(CssFault::unknown(
                    say!("`{word}` is not a known sheet", word),
                    &word,
                    &names,
                )));
            }
        }
    }
    if sheet.is_some() || landscape.is_some() {
        let Size { width, height } = sheet.unwrap_or(A4);
        // The orientation asked for counts, whichever side the table has first.
        let (short, long) = (width.min(height), width.max(height));
        let size = match landscape {
            Some(true) => Size::new(long, short),
            Some(false) => Size::new(short, long),
            None => Size { width, height },
        };
        return Ok(setter(move |target| (target.size, target.size_at) = (Some(size), None)));
    }
    let start = input.position().byte_index();
    let width = positive_length(input)?;
    // One length makes a square sheet (CSS Paged Media 3, 7.1).
    let height = if input.is_exhausted() { width } else { positive_length(input)? };
    let at = origin.span(start..input.position().byte_index());
    Ok(setter(move |target| {
        let size: Size = (width, height).compute(&target.units());
        target.size = Some(size);
        target.size_at = at;
    }))
}
