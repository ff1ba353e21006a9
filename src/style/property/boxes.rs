//! Boxes: display, sizes, margins, borders, position, tables.
//!
//! One of the rooms of the table of properties.

use std::sync::Arc;

use cssparser::Parser;

use super::super::color::color;
use super::super::fault::{CssFault, Parsed, SheetOrigin};
use super::super::units::{
    Length, absolute, angle, integer, keyword, keywords, length_percentage, or_keyword,
    positive_length, positive_length_percentage, share,
};
use super::super::{BorderStyle, Display, Position, WrapFlow};
use super::{Property, PropertySetter, alias, own, setter, shorthand};
use crate::diag::say;

absolute!(BorderStyle, Display, WrapFlow);

const SIZE: &str = "auto | <length> | <percentage>";
const MAXIMUM: &str = "none | <length> | <percentage>";
const LENGTH: &str = "<length> | <percentage>";
const WIDTH: &str = "thin | medium | thick | <length>";
const STYLE: &str = "none | hidden | solid | dashed | dotted | double";

pub(super) const ROWS: &[Property] = &[
    // CSS 2.2, 9.2.4, and the inner kinds of CSS Display 3 under their short names.
    own!("display", [.display], display)
        .syntax(
            "none | block | inline | inline-block | list-item | flow-root | flex | grid | table \
             | table-caption | table-column-group | table-column | table-header-group | \
             table-row-group | table-footer-group | table-row | table-cell",
        )
        .docx("flex rows and grids become tables without borders, inline-block becomes inline"),
    // CSS 2.2, 8.3. Alone among these, margins may be negative.
    own!("margin-top", [.margin.top], or_keyword("auto", length_percentage)).syntax(SIZE),
    own!("margin-right", [.margin.right], or_keyword("auto", length_percentage)).syntax(SIZE),
    own!("margin-bottom", [.margin.bottom], or_keyword("auto", length_percentage)).syntax(SIZE),
    own!("margin-left", [.margin.left], or_keyword("auto", length_percentage)).syntax(SIZE),
    Property::shorthand("margin", shorthand::sides, MARGIN)
        .syntax("[ auto | <length> | <percentage> ]{1,4}"),
    // CSS 2.2, 8.4.
    own!("padding-top", [.padding.top], positive_length_percentage).syntax(LENGTH),
    own!("padding-right", [.padding.right], positive_length_percentage).syntax(LENGTH),
    own!("padding-bottom", [.padding.bottom], positive_length_percentage).syntax(LENGTH),
    own!("padding-left", [.padding.left], positive_length_percentage).syntax(LENGTH),
    Property::shorthand("padding", shorthand::sides, PADDING)
        .syntax("[ <length> | <percentage> ]{1,4}"),
    // CSS Logical Properties 1, 4. Text runs from left to right and lines from top to bottom
    // here, so that each is one side always.
    alias("margin-block-start", "margin-top"),
    alias("margin-block-end", "margin-bottom"),
    alias("margin-inline-start", "margin-left"),
    alias("margin-inline-end", "margin-right"),
    alias("padding-block-start", "padding-top"),
    alias("padding-block-end", "padding-bottom"),
    alias("padding-inline-start", "padding-left"),
    alias("padding-inline-end", "padding-right"),
    Property::shorthand("margin-block", shorthand::sides, MARGIN_BLOCK)
        .syntax("[ auto | <length> | <percentage> ]{1,2}"),
    Property::shorthand("margin-inline", shorthand::sides, MARGIN_INLINE)
        .syntax("[ auto | <length> | <percentage> ]{1,2}"),
    Property::shorthand("padding-block", shorthand::sides, PADDING_BLOCK)
        .syntax("[ <length> | <percentage> ]{1,2}"),
    Property::shorthand("padding-inline", shorthand::sides, PADDING_INLINE)
        .syntax("[ <length> | <percentage> ]{1,2}"),
    // CSS 2.2, 8.5. A width counts only where there is a style.
    own!("border-top-width", [.border.top.width], border_width).syntax(WIDTH),
    own!("border-right-width", [.border.right.width], border_width).syntax(WIDTH),
    own!("border-bottom-width", [.border.bottom.width], border_width).syntax(WIDTH),
    own!("border-left-width", [.border.left.width], border_width).syntax(WIDTH),
    own!("border-top-style", [.border.top.style], border_style).syntax(STYLE),
    own!("border-right-style", [.border.right.style], border_style).syntax(STYLE),
    own!("border-bottom-style", [.border.bottom.style], border_style).syntax(STYLE),
    own!("border-left-style", [.border.left.style], border_style).syntax(STYLE),
    own!("border-top-color", [.border.top.color], color).syntax("<color>"),
    own!("border-right-color", [.border.right.color], color).syntax("<color>"),
    own!("border-bottom-color", [.border.bottom.color], color).syntax("<color>"),
    own!("border-left-color", [.border.left.color], color).syntax("<color>"),
    Property::shorthand("border-width", shorthand::sides, WIDTHS)
        .syntax("[ thin | medium | thick | <length> ]{1,4}"),
    Property::shorthand("border-style", shorthand::sides, STYLES)
        .syntax("[ none | hidden | solid | dashed | dotted | double ]{1,4}"),
    Property::shorthand("border-color", shorthand::sides, COLORS).syntax("<color>{1,4}"),
    Property::shorthand("border-top", shorthand::any_order, TOP).syntax(SIDE),
    Property::shorthand("border-right", shorthand::any_order, RIGHT).syntax(SIDE),
    Property::shorthand("border-bottom", shorthand::any_order, BOTTOM).syntax(SIDE),
    Property::shorthand("border-left", shorthand::any_order, LEFT).syntax(SIDE),
    Property::shorthand("border", shorthand::border, BORDER).syntax(SIDE),
    // CSS Backgrounds 3, 5.1, from the top left corner clockwise, as the shorthand goes.
    own!("border-top-left-radius", [.radius[0]], radius).syntax(LENGTH).docx("text boxes"),
    own!("border-top-right-radius", [.radius[1]], radius)
        .syntax(LENGTH)
        .docx("text boxes: as the top left one"),
    own!("border-bottom-right-radius", [.radius[2]], radius)
        .syntax(LENGTH)
        .docx("text boxes: as the top left one"),
    own!("border-bottom-left-radius", [.radius[3]], radius)
        .syntax(LENGTH)
        .docx("text boxes: as the top left one"),
    Property::shorthand("border-radius", shorthand::sides, RADIUS)
        .syntax("[ <length> | <percentage> ]{1,4}")
        .docx("text boxes"),
    // CSS 2.2, 10.2 to 10.7.
    own!("width", [.width], or_keyword("auto", positive_length_percentage))
        .syntax(SIZE)
        .docx("paragraphs (as indents), tables, cells, pictures"),
    own!("height", [.height], or_keyword("auto", positive_length_percentage))
        .syntax(SIZE)
        .docx("table rows, pictures, text boxes, empty boxes"),
    own!("min-width", [.min_width], or_keyword("auto", positive_length_percentage))
        .syntax(SIZE)
        .docx("paragraphs (as indents), tables, cells, pictures, flex items"),
    own!("min-height", [.min_height], or_keyword("auto", positive_length_percentage))
        .syntax(SIZE)
        .docx("table rows, pictures, text boxes, empty boxes"),
    own!("max-width", [.max_width], or_keyword("none", positive_length_percentage))
        .syntax(MAXIMUM)
        .docx("paragraphs (as indents), tables, cells, pictures, flex items"),
    own!("max-height", [.max_height], or_keyword("none", positive_length_percentage))
        .syntax(MAXIMUM)
        .docx("pictures, text boxes"),
    own!("box-sizing", [.border_box], keywords!("content-box" => false, "border-box" => true))
        .syntax("content-box | border-box"),
    Property::longhand("position", position, |t, from| {
        t.own.position = from.position;
        t.own.running.clone_from(&from.running);
    })
    .syntax("static | relative | absolute | fixed | running(<name>)")
    .docx(
        "absolute boxes become anchored pictures and text boxes, fixed ones go into the \
         headers of all sections; relative has no effect; what is running is left out",
    ),
    // CSS 2.2, 9.3.2.
    own!("top", [.inset.top], or_keyword("auto", length_percentage))
        .syntax(SIZE)
        .docx("anchored pictures and text boxes"),
    own!("right", [.inset.right], or_keyword("auto", length_percentage))
        .syntax(SIZE)
        .docx("anchored pictures and text boxes"),
    own!("bottom", [.inset.bottom], or_keyword("auto", length_percentage))
        .syntax(SIZE)
        .docx("anchored pictures and text boxes"),
    own!("left", [.inset.left], or_keyword("auto", length_percentage))
        .syntax(SIZE)
        .docx("anchored pictures and text boxes"),
    Property::shorthand("inset", shorthand::sides, INSET)
        .syntax("[ auto | <length> | <percentage> ]{1,4}")
        .docx("anchored pictures and text boxes"),
    // CSS 2.2, 9.9.1.
    // CSS Exclusions 1, 3.1.
    own!(
        "wrap-flow",
        [.wrap_flow],
        keywords!(
            "auto" => WrapFlow::Auto,
            "both" => WrapFlow::Maximum,
            "start" => WrapFlow::Start,
            "end" => WrapFlow::End,
            "maximum" => WrapFlow::Maximum,
            "clear" => WrapFlow::Clear,
        )
    )
    .syntax("auto | both | start | end | maximum | clear")
    .docx("—"),
    own!("z-index", [.z_index], z_index)
        .syntax("auto | <integer>")
        .docx("negative: behind the text"),
    // CSS 2.2, 11.1.1. Paper does not scroll, so there is nothing between seen and cut off.
    own!("overflow", [.clip], keywords!("visible" => false, "hidden" => true, "clip" => true))
        .syntax("visible | hidden | clip")
        .docx("—"),
    own!("rotate", [.rotate], rotate).syntax("none | <angle>").docx("pictures, text boxes"),
    own!("transform-origin", [.rotate_origin], origin)
        .syntax(
            "[ left | center | right | <length> | <percentage> ] [ top | center | bottom | \
             <length> | <percentage> ]?",
        )
        .docx("—"),
    // CSS 2.2, 17.5.2.
    own!("table-layout", [.table_fixed], keywords!("auto" => false, "fixed" => true))
        .syntax("auto | fixed")
        .docx("columns are as wide as in the PDF"),
    // CSS 2.2, 17.6, and 17.4.1 for captions.
    own!(
        "border-collapse",
        [.table.collapse],
        keywords!("separate" => false, "collapse" => true)
    )
    .inherited()
    .syntax("separate | collapse"),
    own!("border-spacing", [.table.spacing], border_spacing)
        .inherited()
        .syntax("<length>{1,2}")
        .docx("the horizontal one, both ways"),
    own!("caption-side", [.table.caption_bottom], keywords!("top" => false, "bottom" => true))
        .inherited()
        .syntax("top | bottom"),
    Property::longhand("-itog-fit", fit, |t, from| t.fit = from.fit.map(|fit| fit.whole))
        .syntax("none | shrink | block")
        .docx("yes, by the size of the text"),
    Property::longhand("-itog-fit-min", fit_min, |t, from| {
        t.fit_min = from.fit.map_or(t.fit_min, |fit| fit.min)
    })
    .syntax("<number> | <percentage>"),
];

const SIDE: &str = "[ thin | medium | thick | <length> ] || [ none | hidden | solid | dashed | \
    dotted | double ] || <color>";
const MARGIN: &[&str] = &["margin-top", "margin-right", "margin-bottom", "margin-left"];
const MARGIN_BLOCK: &[&str] = &["margin-top", "margin-bottom"];
const MARGIN_INLINE: &[&str] = &["margin-left", "margin-right"];
const PADDING: &[&str] = &["padding-top", "padding-right", "padding-bottom", "padding-left"];
const PADDING_BLOCK: &[&str] = &["padding-top", "padding-bottom"];
const PADDING_INLINE: &[&str] = &["padding-left", "padding-right"];
const WIDTHS: &[&str] =
    &["border-top-width", "border-right-width", "border-bottom-width", "border-left-width"];
const STYLES: &[&str] =
    &["border-top-style", "border-right-style", "border-bottom-style", "border-left-style"];
const COLORS: &[&str] =
    &["border-top-color", "border-right-color", "border-bottom-color", "border-left-color"];
const TOP: &[&str] = &["border-top-width", "border-top-style", "border-top-color"];
const RIGHT: &[&str] = &["border-right-width", "border-right-style", "border-right-color"];
const BOTTOM: &[&str] = &["border-bottom-width", "border-bottom-style", "border-bottom-color"];
const LEFT: &[&str] = &["border-left-width", "border-left-style", "border-left-color"];
pub(super) const BORDER: &[&str] = &[
    "border-top-width",
    "border-top-style",
    "border-top-color",
    "border-right-width",
    "border-right-style",
    "border-right-color",
    "border-bottom-width",
    "border-bottom-style",
    "border-bottom-color",
    "border-left-width",
    "border-left-style",
    "border-left-color",
];
const RADIUS: &[&str] = &[
    "border-top-left-radius",
    "border-top-right-radius",
    "border-bottom-right-radius",
    "border-bottom-left-radius",
];
const INSET: &[&str] = &["top", "right", "bottom", "left"];

fn display(input: &mut Parser) -> Parsed<Display> {
    let display = input.try_parse(|input| {
        keyword(
            input,
            &[
                ("none", Display::None),
                ("block", Display::Block),
                ("flow-root", Display::FlowRoot),
                ("inline", Display::Inline),
                ("inline-block", Display::InlineBlock),
                ("list-item", Display::ListItem),
                ("flex", Display::Flex),
                ("grid", Display::Grid),
                ("table", Display::Table),
                ("table-caption", Display::TableCaption),
                ("table-column-group", Display::TableColumnGroup),
                ("table-column", Display::TableColumn),
                ("table-header-group", Display::TableHeaderGroup),
                ("table-row-group", Display::TableRowGroup),
                ("table-footer-group", Display::TableFooterGroup),
                ("table-row", Display::TableRow),
                ("table-cell", Display::TableCell),
            ],
        )
    });
    match display {
        Ok(display) => Ok(display),
        Err(error) => match &**input.expect_ident()? {
            // Known to CSS and not to us, with an equivalent: it is said instead of a list of
            // values.
            "inline-grid" | "inline-flex" | "inline-table" => {
                CssFault::error(say!("wrap the box in an element with `display: inline-block`"))
            }
            _ => Err(error),
        },
    }
}

pub(super) fn border_width(input: &mut Parser) -> Parsed<Length> {
    let words = [
        // 1, 3 and 5 pixels, as browsers share (CSS Backgrounds 3, 4.3).
        ("thin", Length::points(0.75)),
        ("medium", Length::points(2.25)),
        ("thick", Length::points(3.75)),
    ];
    input
        .try_parse(|input| keyword(input, &words))
        .or_else(|_: cssparser::ParseError<CssFault>| positive_length(input))
}

pub(super) fn border_style(input: &mut Parser) -> Parsed<BorderStyle> {
    keyword(
        input,
        &[
            ("none", BorderStyle::None),
            ("hidden", BorderStyle::Hidden),
            ("solid", BorderStyle::Solid),
            ("dashed", BorderStyle::Dashed),
            ("dotted", BorderStyle::Dotted),
            ("double", BorderStyle::Double),
        ],
    )
}

fn radius(input: &mut Parser) -> Parsed<Length> {
    let radius = positive_length_percentage(input)?;
    if input.try_parse(|input| input.expect_delim('/')).is_ok() {
        // Told, not read as one radius: an ellipse was asked for, and a circle looks different.
        return CssFault::error(say!("corners are parts of circles: there is no second radius"));
    }
    Ok(radius)
}

fn z_index(input: &mut Parser) -> Parsed<i32> {
    or_keyword("auto", integer)(input).map(Option::unwrap_or_default)
}

fn rotate(input: &mut Parser) -> Parsed<f64> {
    or_keyword("none", angle)(input).map(Option::unwrap_or_default)
}

fn origin(input: &mut Parser) -> Parsed<Option<(Length, Length)>> {
    super::image::position(input).map(Some)
}

fn border_spacing(input: &mut Parser) -> Parsed<(Length, Length)> {
    let horizontal = positive_length(input)?;
    // One length is for both directions (CSS 2.2, 17.6.1).
    let vertical = if input.is_exhausted() { horizontal } else { positive_length(input)? };
    Ok((horizontal, vertical))
}

fn fit(input: &mut Parser, _: SheetOrigin) -> Parsed<PropertySetter> {
    let words = [("none", None), ("shrink", Some(false)), ("block", Some(true))];
    let fit = keyword(input, &words)?;
    Ok(setter(move |target| target.fit = fit))
}

fn fit_min(input: &mut Parser, _: SheetOrigin) -> Parsed<PropertySetter> {
    let share = share(input)?;
    if !(share > 0.0 && share <= 1.0) {
        return CssFault::error(say!(
            "a share of the font size lies between 0 and 1, such as `0.6` or `60%`"
        ));
    }
    Ok(setter(move |target| target.fit_min = share))
}

/// `position`; `running()` is that of CSS GCPM 3, 1.2.1.
fn position(input: &mut Parser, _: SheetOrigin) -> Parsed<PropertySetter> {
    let words = [
        ("static", Position::Static),
        ("relative", Position::Relative),
        ("absolute", Position::Absolute),
        ("fixed", Position::Fixed),
    ];
    if input.try_parse(|input| input.expect_function_matching("running")).is_ok() {
        let name: Arc<str> = input.parse_nested_block(|input| {
            Ok::<_, cssparser::ParseError<CssFault>>((&**input.expect_ident()?).into())
        })?;
        return Ok(setter(move |target| {
            target.own.position = Position::Running;
            target.own.running = Some(Arc::clone(&name));
        }));
    }
    let position = keyword(input, &words)?;
    Ok(setter(move |target| {
        target.own.position = position;
        target.own.running = None;
    }))
}
