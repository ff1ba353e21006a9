//! Backgrounds and pictures.
//!
//! One of the rooms of the table of properties.

use cssparser::Parser;

use super::super::color::color;
use super::super::fault::{CssFault, Parsed, SheetOrigin};
use super::super::units::{
    Length, Specified, Units, absolute, keyword, keywords, length_percentage, or_keyword,
    positive_length_percentage,
};
use super::super::{Backdrop, Fitting, LengthOrAuto, LengthPercentage, Repeat};
use super::{Property, PropertySetter, effect, own, setter, shorthand};
use crate::diag::say;

absolute!(Fitting, Repeat);

const POSITION: &str = "[ left | center | right | <length> | <percentage> ] || [ top | center | \
    bottom | <length> | <percentage> ]";

pub(super) const ROWS: &[Property] = &[
    // CSS Backgrounds 3, 3, with one layer.
    own!("background-color", [.background.color], color)
        .syntax("<color>")
        .docx("pages, paragraphs, cells, text boxes; with alpha: as it looks on white"),
    Property::longhand("background-image", background_image, |t, from| {
        t.own.background.image = from.background.image.clone()
    })
    .syntax("none | url() | [ repeating- ]? [ linear-gradient() | radial-gradient() ]")
    .docx("pages"),
    own!("background-size", [.background.size], background_size)
        .syntax("contain | cover | [ auto | <length> | <percentage> ]{1,2}")
        .docx("pages"),
    own!("background-position", [.background.position], position).syntax(POSITION).docx("pages"),
    own!("background-repeat", [.background.repeat], background_repeat)
        .syntax("repeat-x | repeat-y | [ repeat | no-repeat ]{1,2}")
        .docx("—"),
    Property::shorthand("background", shorthand::background, shorthand::BACKGROUND)
        .syntax(
            "<background-color> || <background-image> || <background-position> [ / \
             <background-size> ]? || <background-repeat>",
        )
        .docx("the colour; on pages the picture"),
    own!(
        "object-fit",
        [.object_fit],
        keywords!(
            "fill" => Fitting::Fill,
            "contain" => Fitting::Contain,
            "cover" => Fitting::Cover,
            "none" => Fitting::Natural,
            "scale-down" => Fitting::ScaleDown,
        )
    )
    .syntax("fill | contain | cover | none | scale-down"),
];

fn background_image(input: &mut Parser, origin: SheetOrigin) -> Parsed<PropertySetter> {
    if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
        return Ok(setter(|target| target.own.background.image = None));
    }
    input.skip_whitespace();
    let start = input.position();
    // Looked at first, so that what is wrong with a gradient is reported as such, and not as «no
    // url».
    if effect::is_gradient(input) {
        let gradient = effect::gradient(input)?;
        let span = origin.span(start.byte_index()..input.position().byte_index());
        return Ok(setter(move |target| {
            let gradient = gradient.compute(&target.units());
            target.own.background.image = Some((gradient, span));
        }));
    }
    let url: std::sync::Arc<str> = match input.try_parse(|input| input.expect_url()) {
        Ok(url) => origin.url(&url),
        Err(_) => return Err(cssparser::ParseError::unexpected_token()),
    };
    if !input.is_exhausted() && input.try_parse(|input| input.expect_comma()).is_ok() {
        return CssFault::error(say!("one picture only"));
    }
    let span = origin.span(start.byte_index()..input.position().byte_index());
    Ok(setter(move |target| target.own.background.image = Some((Backdrop::Url(url.clone()), span))))
}

#[derive(Debug, Clone, Copy)]
enum SpecifiedFitting {
    Fixed(Fitting),
    Explicit(Option<Length>, Option<Length>),
}

impl Specified<Fitting> for SpecifiedFitting {
    fn compute(&self, units: &Units) -> Fitting {
        match self {
            Self::Fixed(fitting) => *fitting,
            Self::Explicit(width, height) => {
                let whole = LengthOrAuto::Set(LengthPercentage::percent(100.0));
                match (width.compute(units), height.compute(units)) {
                    (LengthOrAuto::Auto, LengthOrAuto::Auto) => Fitting::Natural,
                    // The same thing in two notations; the one without percentages is what
                    // `object-fit` says, too.
                    (width, height) if width == whole && height == whole => Fitting::Fill,
                    (width, height) => Fitting::Explicit(width, height),
                }
            }
        }
    }
}

fn background_size(input: &mut Parser) -> Parsed<SpecifiedFitting> {
    let words = [("contain", Fitting::Contain), ("cover", Fitting::Cover)];
    if let Ok(fitting) = input.try_parse(|input| keyword(input, &words)) {
        return Ok(SpecifiedFitting::Fixed(fitting));
    }
    let side = or_keyword("auto", positive_length_percentage);
    // A second size that is missing is `auto` (CSS Backgrounds 3, 3.9).
    let width = side(input)?;
    Ok(SpecifiedFitting::Explicit(width, input.try_parse(side).unwrap_or(None)))
}

fn background_repeat(input: &mut Parser) -> Parsed<Repeat> {
    let words =
        [("repeat-x", Repeat { x: true, y: false }), ("repeat-y", Repeat { x: false, y: true })];
    if let Ok(repeat) = input.try_parse(|input| keyword(input, &words)) {
        return Ok(repeat);
    }
    // One word is for both directions (CSS Backgrounds 3, 3.4).
    let axis = |input: &mut Parser| keyword(input, &[("repeat", true), ("no-repeat", false)]);
    let x = axis(input)?;
    Ok(Repeat { x, y: input.try_parse(axis).unwrap_or(x) })
}

/// One coordinate: a keyword with the axis that it belongs to, or a length.
fn coordinate(input: &mut Parser) -> Parsed<(Option<Axis>, Length)> {
    let words = [
        ("left", (Some(Axis::X), Length::percent(0.0))),
        ("right", (Some(Axis::X), Length::percent(100.0))),
        ("top", (Some(Axis::Y), Length::percent(0.0))),
        ("bottom", (Some(Axis::Y), Length::percent(100.0))),
        ("center", (None, Length::percent(50.0))),
    ];
    match input.try_parse(|input| keyword(input, &words)) {
        Ok(found) => Ok(found),
        Err::<_, cssparser::ParseError<CssFault>>(_) => Ok((None, length_percentage(input)?)),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Axis {
    X,
    Y,
}

/// A position of one, two or four parts (CSS Values 4, section 9.1): `right`, `left top`, `right
/// 10mm bottom 5mm`.
pub(super) fn position(input: &mut Parser) -> Parsed<(Length, Length)> {
    let mut edges = Vec::new();
    while edges.len() < 4
        && let Ok(found) = input.try_parse(coordinate)
    {
        edges.push(found);
    }
    let center = Length::percent(50.0);
    match edges[..] {
        // With one part, the other axis is centred.
        [(Some(Axis::Y), y)] => Ok((center, y)),
        [(_, x)] => Ok((x, center)),
        [(Some(Axis::Y), y), (Some(Axis::X) | None, x)] | [(None, y), (Some(Axis::X), x)] => {
            Ok((x, y))
        }
        // Two lengths are across and along; a keyword may also come in the other order, as
        // above.
        [(Some(Axis::X) | None, x), (Some(Axis::Y) | None, y)] => Ok((x, y)),
        [(Some(a), edge_a), (None, by_a), (Some(b), edge_b), (None, by_b)] if a != b => {
            let (first, second) = (edge_a.off_edge(by_a), edge_b.off_edge(by_b));
            Ok(if a == Axis::X { (first, second) } else { (second, first) })
        }
        _ => Err(cssparser::ParseError::unexpected_token()),
    }
}
