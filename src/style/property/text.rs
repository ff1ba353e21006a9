//! Text: fonts, spacing, alignment, colour.
//!
//! One of the rooms of the table of properties.

use std::sync::Arc;

use cssparser::Parser;

use super::super::color::color;
use super::super::fault::{CssFault, Parsed, SheetOrigin};
use super::super::units::{
    Length, Specified, Units, absolute, integer, keyword, keywords, length, length_percentage,
    number, or_keyword, positive_integer, positive_length_percentage,
};
use super::super::{
    Decoration, Family, Features, FontStyle, Hyphens, LengthPercentage, LineHeight, LineSpacing,
    TabAlign, TabStop, TextAlign, TextTransform, VerticalAlign, WhiteSpace, WrapStyle,
};
use super::{Property, PropertySetter, alias, inherited, setter, shorthand};
use crate::diag::say;

absolute!(
    Features,
    Arc<[Family]>,
    FontStyle,
    Hyphens,
    LineSpacing,
    TextAlign,
    TextTransform,
    WhiteSpace,
    WrapStyle,
);

pub(super) const ROWS: &[Property] = &[
    // CSS Fonts 4, 2.1 to 2.7.
    inherited!("font-family", font_family, families)
        .syntax("[ <family-name> | serif | sans-serif | monospace | cursive | fantasy ]#"),
    // Before all others: `em` in them is this size.
    Property::longhand("font-size", font_size, |t, from| t.text().font_size = from.text.font_size)
        .inherited()
        .stage(0)
        .syntax(
            "<length> | <percentage> | xx-small | x-small | small | medium | large | x-large | \
             xx-large | xxx-large | smaller | larger",
        ),
    inherited!(
        "font-style",
        font_style,
        keywords!(
            "normal" => FontStyle::Normal,
            "italic" => FontStyle::Italic,
            "oblique" => FontStyle::Italic,
        )
    )
    .syntax("normal | italic | oblique"),
    Property::longhand("font-weight", font_weight, |t, from| {
        t.text().font_weight = from.text.font_weight
    })
    .inherited()
    .syntax("normal | bold | bolder | lighter | <number>")
    .docx("bold from 600 on"),
    // CSS Fonts 4, 2.3; by its new name, CSS Fonts 4, 2.3 too.
    inherited!("font-stretch", font_stretch, stretch)
        .syntax(
            "normal | ultra-condensed | extra-condensed | condensed | semi-condensed | \
             semi-expanded | expanded | extra-expanded | ultra-expanded | <percentage>",
        )
        .docx("—"),
    alias("font-width", "font-stretch"),
    // CSS Fonts 4, 6. Of `font-variant` only the part that most sheets mean by it.
    inherited!("font-variant-caps", small_caps, keywords!("normal" => false, "small-caps" => true))
        .syntax("normal | small-caps"),
    alias("font-variant", "font-variant-caps"),
    inherited!("font-variant-numeric", features[0], numeric)
        .syntax(
            "normal | [ lining-nums | oldstyle-nums ] || [ proportional-nums | tabular-nums ] \
             || [ diagonal-fractions | stacked-fractions ] || ordinal || slashed-zero",
        )
        .docx("—"),
    inherited!("font-feature-settings", features[1], feature_settings)
        .syntax("normal | [ <string> [ <integer> | on | off ]? ]#")
        .docx("—"),
    Property::shorthand("font", shorthand::font, shorthand::FONT).syntax(
        "[ <font-style> || <font-variant-caps> || <font-weight> || <font-stretch-css3> ]? \
         <font-size> [ / <line-height> ]? <font-family>",
    ),
    // CSS 2.2, 10.8.1. A number is inherited as a number, a percentage as a length.
    inherited!("line-height", line_height, line_height)
        .stage(1)
        .syntax("normal | <number> | <length> | <percentage>")
        .docx("number: multiple or at least so many points; length: exactly"),
    // CSS Text 3, 7.
    inherited!("letter-spacing", letter_spacing, spacing).syntax("normal | <length>"),
    inherited!("word-spacing", word_spacing, spacing).syntax("normal | <length>").docx("—"),
    // Before borders and backgrounds: `currentcolor` in them is this colour.
    inherited!("color", color, color)
        .stage(1)
        .syntax("<color>")
        .docx("with alpha: as it looks on white"),
    // CSS Text 3, 6.
    Property::longhand("text-align", text_align, |t, from| {
        t.text().text_align = from.text.text_align
    })
    .inherited()
    .syntax("left | right | center | justify | start | end"),
    inherited!(
        "text-align-last",
        text_align_last,
        keywords!(
            "auto" => None,
            "left" => Some(TextAlign::Left),
            "start" => Some(TextAlign::Start),
            "right" => Some(TextAlign::Right),
            "end" => Some(TextAlign::Right),
            "center" => Some(TextAlign::Center),
            "justify" => Some(TextAlign::Justify),
        )
    )
    .syntax("auto | left | right | center | justify | start | end")
    .docx("—"),
    // CSS Text 3, 8.1.
    Property::longhand("text-indent", text_indent, copy_text_indent)
        .inherited()
        .syntax("[ <length> | <percentage> ] hanging?"),
    inherited!(
        "text-transform",
        text_transform,
        keywords!(
            "none" => TextTransform::None,
            "uppercase" => TextTransform::Uppercase,
            "lowercase" => TextTransform::Lowercase,
            "capitalize" => TextTransform::Capitalize,
        )
    )
    .syntax("none | uppercase | lowercase | capitalize"),
    Property::longhand(
        "text-decoration-line",
        |input, _| decoration(input),
        |t, from| t.line = from.text.decoration,
    )
    .syntax("none | [ underline || overline || line-through ]")
    .docx("underline, line-through"),
    alias("text-decoration", "text-decoration-line"),
    inherited!(
        "white-space",
        white_space,
        keywords!(
            "normal" => WhiteSpace::Normal,
            "nowrap" => WhiteSpace::NoWrap,
            "pre" => WhiteSpace::Pre,
            "pre-wrap" => WhiteSpace::PreWrap,
            "pre-line" => WhiteSpace::PreLine,
        )
    )
    .syntax("normal | nowrap | pre | pre-wrap | pre-line")
    .docx("yes; nowrap by no-break spaces"),
    // CSS Text 3, 5.4 and 5.5.
    inherited!(
        "hyphens",
        hyphens,
        keywords!(
            "none" => Hyphens::None,
            "manual" => Hyphens::Manual,
            "auto" => Hyphens::Auto,
        )
    )
    .syntax("none | manual | auto")
    .pdf("Russian and English")
    .docx("as Word hyphenates"),
    inherited!(
        "overflow-wrap",
        overflow_wrap,
        keywords!("normal" => false, "anywhere" => true, "break-word" => true)
    )
    .syntax("normal | anywhere | break-word")
    .docx("Word breaks every word that does not fit"),
    alias("word-wrap", "overflow-wrap"),
    inherited!("tab-size", tab_size, tab_size).syntax("<number> | <length>").docx("—"),
    // As the tab stops of word processors: from the edge of what the block stands in.
    inherited!("-itog-tab-stops", tab_stops, tab_stops)
        .syntax("none | [ <length> <alignment>? <string>? ]#")
        .docx("—"),
    // CSS Text 4, 6.4: lines do not change with what comes after them.
    inherited!(
        "text-wrap-style",
        wrap,
        keywords!(
            "auto" => WrapStyle::Auto,
            "balance" => WrapStyle::Balance,
            "stable" => WrapStyle::Stable,
        )
    )
    .syntax("auto | balance | stable")
    .docx("Word breaks lines its own way, but for `balance` of ragged text, by indents"),
    inherited!(
        "-itog-line-spacing",
        line_spacing,
        keywords!(
            "css" => LineSpacing::Css,
            "word" => LineSpacing::Word,
            "at-least" => LineSpacing::AtLeast,
        )
    )
    .syntax("css | word | at-least")
    .docx("—"),
    // CSS Fragmentation 3, 3.3.
    inherited!("orphans", orphans, positive_integer)
        .syntax("<integer>")
        .docx("Word keeps two lines together from 2 on"),
    inherited!("widows", widows, positive_integer)
        .syntax("<integer>")
        .docx("Word keeps two lines together from 2 on"),
    // CSS 2.2, 11.2: `collapse` is `hidden` for all but parts of tables, and here for these,
    // too.
    inherited!(
        "visibility",
        hidden,
        keywords!("visible" => false, "hidden" => true, "collapse" => true)
    )
    .syntax("visible | hidden | collapse")
    .docx("hidden text takes no room"),
    inherited!("-itog-min-word-space", min_word_space, share)
        .syntax("<percentage>")
        .docx("Word sets spaces its own way"),
    inherited!("-itog-letter-give", letter_give, letter_give)
        .syntax("<percentage>")
        .docx("Word sets spaces its own way"),
    inherited!("-itog-glyph-scaling", glyph_scaling, glyph_scaling)
        .syntax("<percentage>")
        .docx("Word sets spaces its own way"),
    inherited!(
        "-itog-optical-margins",
        optical_margins,
        keywords!("auto" => true, "none" => false)
    )
    .syntax("auto | none")
    .docx("Word sets edges its own way"),
    inherited!("-itog-typography", typography, keywords!("auto" => true, "none" => false))
        .syntax("auto | none"),
    Property::longhand("vertical-align", vertical_align, |t, from| {
        t.own.vertical_align = from.vertical_align
    })
    .syntax(
        "baseline | sub | super | top | text-top | middle | bottom | text-bottom | <length> \
         | <percentage>",
    )
    .docx("sub, super; in cells top, middle, bottom"),
];

/// A percentage; what is beyond the whole is the whole.
fn share(input: &mut Parser) -> Parsed<f64> {
    Ok(f64::from(input.expect_percentage()?).clamp(0.0, 1.0))
}

/// A percentage of the size that letters of a justified line may move apart or together. More than
/// a twentieth is seen as spaced-out text, which in Russian is emphasis.
fn letter_give(input: &mut Parser) -> Parsed<f64> {
    Ok(share(input)?.min(0.05))
}

/// A percentage of their width that letters of a justified line may be wider or narrower. From two
/// hundredths on neighbouring lines are seen to differ (Thành, Micro-typographic extensions to the
/// TeX typesetting system, 2000).
fn glyph_scaling(input: &mut Parser) -> Parsed<f64> {
    Ok(share(input)?.min(0.02))
}

/// `font-family`.
pub(super) fn families(input: &mut Parser) -> Parsed<Arc<[Family]>> {
    let list = input.parse_comma_separated(|input| {
        if let Ok(name) = input.try_parse(|input| input.expect_string_cloned()) {
            return Ok(Family::Named((&*name).into()));
        }
        let mut name = input.expect_ident()?.to_string();
        let mut words = 1;
        while let Ok(word) = input.try_parse(|input| input.expect_ident_cloned()) {
            name = format!("{name} {word}");
            words += 1;
        }
        let generic = match name.to_ascii_lowercase().as_str() {
            // `serif` alone is generic, «Source Serif» a name.
            _ if words > 1 => None,
            "serif" | "ui-serif" => Some(Family::Serif),
            "sans-serif" | "system-ui" | "ui-sans-serif" => Some(Family::SansSerif),
            "monospace" | "ui-monospace" => Some(Family::Monospace),
            "cursive" => Some(Family::Cursive),
            "fantasy" => Some(Family::Fantasy),
            _ => None,
        };
        Ok(generic.unwrap_or(Family::Named(name.into())))
    })?;
    Ok(list.into())
}

fn font_size(input: &mut Parser, _: SheetOrigin) -> Parsed<PropertySetter> {
    // CSS Fonts 4, 2.5: the keywords of a browser whose medium is 16px; smaller and larger by 1.2.
    let words = [
        ("xx-small", 6.75),
        ("x-small", 7.5),
        ("small", 9.75),
        ("medium", 12.0),
        ("large", 13.5),
        ("x-large", 18.0),
        ("xx-large", 24.0),
        ("xxx-large", 36.0),
    ];
    if let Ok(points) = input.try_parse(|input| keyword(input, &words)) {
        return Ok(setter(move |target| target.text().font_size = points));
    }
    if let Ok(by) =
        // The ratio is left to us, between 1.2 and 1.5 (CSS Fonts 4, 2.5).
        input.try_parse(|input| keyword(input, &[("smaller", 1.0 / 1.2), ("larger", 1.2)]))
    {
        return Ok(setter(move |target| {
            target.text().font_size = target.parent.text.font_size * by
        }));
    }
    let size = positive_length_percentage(input)?;
    Ok(setter(move |target| {
        // In `font-size` itself, `em` and percentages mean the parent's size (CSS Fonts 4, 2.5).
        let em = target.parent.text.font_size;
        let units = Units { em, ..target.units() };
        let size: LengthPercentage = size.compute(&units);
        target.text().font_size = size.resolve(em).max(0.0);
    }))
}

fn font_weight(input: &mut Parser, _: SheetOrigin) -> Parsed<PropertySetter> {
    if let Ok(bolder) =
        input.try_parse(|input| keyword(input, &[("bolder", true), ("lighter", false)]))
    {
        return Ok(setter(move |target| {
            // CSS Fonts 4, 2.2.1.
            let inherited = target.parent.text.font_weight;
            target.text().font_weight = match (bolder, inherited) {
                (true, ..350) => 400,
                (true, 350..550) => 700,
                (true, 550..900) => 900,
                (false, 100..550) => 100,
                (false, 550..750) => 400,
                (false, 750..) => 700,
                _ => inherited,
            };
        }));
    }
    let weight = weight(input)?;
    Ok(setter(move |target| target.text().font_weight = weight))
}

/// A weight that needs no parent.
pub(in super::super) fn weight(input: &mut Parser) -> Parsed<u16> {
    if let Ok(weight) = input.try_parse(|input| keyword(input, &[("normal", 400), ("bold", 700)])) {
        return Ok(weight);
    }
    match number(input)? {
        weight @ 1.0..=1000.0 => Ok(weight.round() as u16),
        _ => CssFault::error(say!("a weight lies between 1 and 1000")),
    }
}

/// `font-stretch` in thousandths.
pub(in super::super) fn stretch(input: &mut Parser) -> Parsed<u16> {
    // CSS Fonts 4, 2.3: the words and what they stand for.
    const WORDS: [(&str, u16); 9] = [
        ("ultra-condensed", 500),
        ("extra-condensed", 625),
        ("condensed", 750),
        ("semi-condensed", 875),
        ("normal", 1000),
        ("semi-expanded", 1125),
        ("expanded", 1250),
        ("extra-expanded", 1500),
        ("ultra-expanded", 2000),
    ];
    if let Ok(width) = input.try_parse(|input| keyword(input, &WORDS)) {
        return Ok(width);
    }
    match f64::from(input.expect_percentage()?) {
        // Ten times the normal width is more than any face has.
        share @ 0.0..=10.0 => Ok((share * 1000.0).round() as u16),
        _ => CssFault::error(say!("a width lies between 0% and 1000%")),
    }
}

#[derive(Debug, Clone, Copy)]
enum Leading {
    Normal,
    Number(f64),
    Length(Length),
}

impl Specified<LineHeight> for Leading {
    fn compute(&self, units: &Units) -> LineHeight {
        match *self {
            Self::Normal => LineHeight::Normal,
            Self::Number(number) => LineHeight::Number(number),
            Self::Length(length) => {
                let height: LengthPercentage = length.compute(units);
                // A length or percentage is inherited as the length it came to; only a number is
                // inherited as itself (CSS 2.2, 10.8.1).
                LineHeight::Length(height.resolve(units.em))
            }
        }
    }
}

fn line_height(input: &mut Parser) -> Parsed<Leading> {
    if input.try_parse(|input| input.expect_ident_matching("normal")).is_ok() {
        return Ok(Leading::Normal);
    }
    match input.try_parse(number) {
        Ok(number) if number >= 0.0 => Ok(Leading::Number(number)),
        Ok(_) => CssFault::error(say!("a line height is not negative")),
        Err(_) => positive_length_percentage(input).map(Leading::Length),
    }
}

/// `normal` or a length.
fn spacing(input: &mut Parser) -> Parsed<Length> {
    or_keyword("normal", length)(input).map(Option::unwrap_or_default)
}

/// A number of spaces (a space being a quarter of an em in the faces that documents are set in), or
/// a length.
fn tab_size(input: &mut Parser) -> Parsed<Length> {
    match input.try_parse(number) {
        Ok(number) if number >= 0.0 => Ok(Length { em: number / 4.0, ..Length::default() }),
        _ => length(input),
    }
}

/// Tab stops as they are written.
struct WrittenTabStops(Vec<(Length, TabAlign, Option<Arc<str>>)>);

impl Specified<Arc<[TabStop]>> for WrittenTabStops {
    fn compute(&self, units: &Units) -> Arc<[TabStop]> {
        let stop = |(at, align, leader): &(Length, TabAlign, Option<Arc<str>>)| {
            let at: LengthPercentage = at.compute(units);
            TabStop { at: at.points, align: *align, leader: leader.clone() }
        };
        let mut stops: Vec<TabStop> = self.0.iter().map(stop).collect();
        stops.sort_by(|a, b| a.at.total_cmp(&b.at));
        stops.into()
    }
}

fn tab_stops(input: &mut Parser) -> Parsed<WrittenTabStops> {
    if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
        return Ok(WrittenTabStops(Vec::new()));
    }
    let words = [
        ("left", TabAlign::Left),
        ("center", TabAlign::Center),
        ("right", TabAlign::Right),
        ("decimal", TabAlign::Decimal),
    ];
    let stops = input.parse_comma_separated(|input| {
        let at = length(input)?;
        let align = input.try_parse(|input| keyword(input, &words)).unwrap_or_default();
        let leader = input.try_parse(|input| input.expect_string_cloned()).ok();
        Ok((at, align, leader.filter(|text| !text.is_empty()).map(|text| (&*text).into())))
    })?;
    Ok(WrittenTabStops(stops))
}

fn text_indent(input: &mut Parser, _: SheetOrigin) -> Parsed<PropertySetter> {
    let mut hanging = input.try_parse(|input| input.expect_ident_matching("hanging")).is_ok();
    let indent = length_percentage(input)?;
    // The word may stand on either side (CSS Text 3, 8.1).
    hanging = hanging || input.try_parse(|input| input.expect_ident_matching("hanging")).is_ok();
    Ok(setter(move |target| {
        let units = target.units();
        target.text().text_indent = indent.compute(&units);
        target.text().text_indent_hanging = hanging;
    }))
}

fn text_align(input: &mut Parser, _: SheetOrigin) -> Parsed<PropertySetter> {
    // What browsers do for `th`: centred, unless an element around the table is aligned by the
    // author.
    if input.try_parse(|input| input.expect_ident_matching("-itog-center-or-inherit")).is_ok() {
        return Ok(setter(|target| {
            // `start` is initial, and only an author can have written another value around the
            // table.
            if target.parent.text.text_align == TextAlign::Start {
                target.text().text_align = TextAlign::Center;
            }
        }));
    }
    let words = [
        ("left", TextAlign::Left),
        ("start", TextAlign::Start),
        ("right", TextAlign::Right),
        ("end", TextAlign::Right),
        ("center", TextAlign::Center),
        ("justify", TextAlign::Justify),
    ];
    let align = keyword(input, &words)?;
    Ok(setter(move |target| target.text().text_align = align))
}

fn copy_text_indent(target: &mut super::Target, from: &super::Computed) {
    target.text().text_indent = from.text.text_indent;
    target.text().text_indent_hanging = from.text.text_indent_hanging;
}

fn decoration(input: &mut Parser) -> Parsed<PropertySetter> {
    let mut line = Decoration::default();
    if input.try_parse(|input| input.expect_ident_matching("none")).is_err() {
        loop {
            match input.expect_ident()? {
                word if word.eq_ignore_ascii_case("underline") => line.underline = true,
                word if word.eq_ignore_ascii_case("overline") => line.overline = true,
                word if word.eq_ignore_ascii_case("line-through") => line.line_through = true,
                _ => {
                    return CssFault::error(say!(
                        "only lines are supported: underline, overline, line-through"
                    ));
                }
            }
            if input.is_exhausted() {
                break;
            }
        }
    }
    Ok(setter(move |target| target.line = line))
}

fn vertical_align(input: &mut Parser, _: SheetOrigin) -> Parsed<PropertySetter> {
    let words = [
        ("baseline", VerticalAlign::Baseline),
        ("sub", VerticalAlign::Sub),
        ("super", VerticalAlign::Super),
        ("top", VerticalAlign::Top),
        ("text-top", VerticalAlign::TextTop),
        ("middle", VerticalAlign::Middle),
        ("bottom", VerticalAlign::Bottom),
        ("text-bottom", VerticalAlign::TextBottom),
    ];
    if let Ok(align) = input.try_parse(|input| keyword(input, &words)) {
        return Ok(setter(move |target| target.own.vertical_align = align));
    }
    let raise = length_percentage(input)?;
    Ok(setter(move |target| {
        let text = &target.own.text;
        // Percentages of `vertical-align` refer to the element's own line height (CSS 2.2,
        // 10.8.1).
        let line = match text.line_height {
            LineHeight::Normal => LineHeight::TYPICAL * text.font_size,
            LineHeight::Number(number) => number * text.font_size,
            LineHeight::Length(points) => points,
        };
        let raise: LengthPercentage = raise.compute(&target.units());
        target.own.vertical_align = VerticalAlign::Length(raise.resolve(line));
    }))
}

fn numeric(input: &mut Parser) -> Parsed<Features> {
    let mut features = Features::default();
    if input.try_parse(|input| input.expect_ident_matching("normal")).is_ok() {
        return Ok(features);
    }
    let words = [
        ("lining-nums", *b"lnum"),
        ("oldstyle-nums", *b"onum"),
        ("proportional-nums", *b"pnum"),
        ("tabular-nums", *b"tnum"),
        ("diagonal-fractions", *b"frac"),
        ("stacked-fractions", *b"afrc"),
        ("ordinal", *b"ordn"),
        ("slashed-zero", *b"zero"),
    ];
    while !input.is_exhausted() {
        features.set(keyword(input, &words)?, 1);
    }
    Ok(features)
}

fn feature_settings(input: &mut Parser) -> Parsed<Features> {
    let mut features = Features::default();
    if input.try_parse(|input| input.expect_ident_matching("normal")).is_ok() {
        return Ok(features);
    }
    for (tag, value) in input.parse_comma_separated(feature)? {
        if !features.set(tag, value) {
            return CssFault::error(say!("at most six features can be set"));
        }
    }
    Ok(features)
}

fn feature(input: &mut Parser) -> Parsed<([u8; 4], u16)> {
    let tag = input.expect_string_cloned()?;
    let Ok(tag) = <[u8; 4]>::try_from(tag.as_bytes()) else {
        return CssFault::error(say!("`{tag}` is not a feature: its name has four letters", tag));
    };
    let value = input
        .try_parse(|input| keyword(input, &[("on", 1), ("off", 0)]))
        .or_else(|_: cssparser::ParseError<CssFault>| {
            // Values choose among the alternates of a glyph, of which no face has a thousand.
            input.try_parse(integer).map(|v| v.clamp(0, 999) as u16)
        })
        .unwrap_or(1);
    Ok((tag, value))
}
