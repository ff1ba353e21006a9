//! What of CSS a DOCX does not have, in one table: by properties and by the kinds of box that lose
//! them. The warnings are made from it (`unwritten`), and a part of `docs/css-supported.md`.

use std::ops::Deref;

use super::band;
use crate::diag::{Message, say};
use crate::style::{
    Alignment, BorderStyle, Break, Color, Computed, Display, Features, LengthOrAuto,
    LengthPercentage, LineHeight, LineSpacing, MarginBox, Position, Sides, TextStyle,
    VerticalAlign, WrapFlow,
};
use BoxKind::{
    Block, Body, Cell, Column, Empty, Flex, Inline as Words, Item, LineBox, LinePicture, ListItem,
    MarginBox as LoneMarginBox, Note, Picture, PlacedPicture, Row, SharedMarginBox, Table, TextBox,
};

/// What a box is to Word. One may be several things: an item that is a table is both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BoxKind {
    Body,
    /// Text, or boxes one below the other, in the flow.
    Block,
    /// A box in the flow with nothing in it: room, or a rule.
    Empty,
    /// What has a number or bullet beside it.
    ListItem,
    /// An item of a flex box or grid.
    Item,
    Flex,
    Table,
    Row,
    Column,
    Cell,
    /// A picture that is a block.
    Picture,
    /// A picture in a line of text.
    LinePicture,
    /// A picture at a place of its own.
    PlacedPicture,
    /// A footnote.
    Note,
    /// Any other box at a place of its own.
    TextBox,
    /// Words in a line.
    Inline,
    /// A box in a line that is no picture: its text is set in the line, which is told of all.
    LineBox,
    /// A margin box that has the header or footer for itself.
    MarginBox,
    /// One that shares it with others.
    SharedMarginBox,
}

impl BoxKind {
    /// As documents call it.
    fn name(self) -> &'static str {
        match self {
            Body => "body",
            Block => "blocks",
            Empty => "empty blocks, rules",
            ListItem => "list items",
            Item => "items of flex boxes and grids",
            Flex => "flex boxes, grids",
            Table => "tables",
            Row => "rows",
            Column => "columns",
            Cell => "cells",
            Picture => "pictures that are blocks",
            LinePicture => "pictures in lines",
            PlacedPicture => "positioned pictures",
            Note => "footnotes",
            TextBox => "other positioned boxes",
            Words => "words in lines",
            LineBox => "inline blocks",
            LoneMarginBox => "margin boxes alone on their side",
            SharedMarginBox => "margin boxes that share a side",
        }
    }
}

/// Boxes with edges of their own that are no pictures, text boxes or words.
const FRAMES: &[BoxKind] = &[Body, Block, Empty, Item, Flex, Table, Cell, Note];
const PICTURES: &[BoxKind] = &[Picture, LinePicture, PlacedPicture];
const MARGIN_BOXES: &[BoxKind] = &[LoneMarginBox, SharedMarginBox];

/// A margin box, and those that it shares its header or footer with, itself among them.
pub(crate) type Band<'a> = Option<(&'a MarginBox, &'a [&'a MarginBox])>;

/// A box with what it is compared to.
#[derive(Clone, Copy)]
pub(crate) struct SeenBox<'a> {
    pub(crate) style: &'a Computed,
    /// The text around words, of a margin box its own.
    pub(crate) around: &'a TextStyle,
    pub(crate) band: Band<'a>,
}

impl Deref for SeenBox<'_> {
    type Target = Computed;

    fn deref(&self) -> &Computed {
        self.style
    }
}

/// Values of some properties that are lost.
pub(crate) struct LostValue {
    pub(crate) code: &'static str,
    /// Their names in the table of properties.
    pub(crate) properties: &'static [&'static str],
    /// The boxes that lose them.
    pub(crate) of: &'static [&'static [BoxKind]],
    pub(crate) message: fn() -> Message,
    pub(crate) is: fn(SeenBox<'_>) -> bool,
}

pub(crate) const LOST: &[LostValue] = &[
    // `w:pPr` has no height (ECMA-376 Part 1, 17.3.1), only rows and drawings have one.
    LostValue {
        code: "docx-height",
        properties: &["height", "min-height", "max-height"],
        of: &[&[Block, Item, Note]],
        message: || {
            say!(
                "a paragraph or box is as high as its text in Word; rows, pictures, text boxes \
            and \
                  empty boxes keep their heights"
            )
        },
        is: |style| [&style.height, &style.min_height, &style.max_height].into_iter().any(is_set),
    },
    LostValue {
        code: "docx-radius",
        properties: &["border-radius"],
        of: &[FRAMES, &[Row, Words], MARGIN_BOXES],
        message: || {
            say!("Word draws the corners of frames and backgrounds square, but for text boxes")
        },
        is: |style| is_round(&style) && (is_filled(&style) || style.has_border()),
    },
    LostValue {
        code: "docx-radius",
        properties: &["border-radius"],
        of: &[&[TextBox]],
        // `roundRect` has one guide for all four (ECMA-376 Part 1, 20.1.9.18).
        message: || say!("Word rounds all corners of a text box as the top left one"),
        is: |style| style.radius.iter().any(|corner| *corner != style.radius[0]),
    },
    LostValue {
        code: "docx-background",
        properties: &["background-image"],
        of: &[FRAMES, &[Row, TextBox, Words], MARGIN_BOXES],
        message: || say!("a DOCX has background pictures on pages only, not on boxes"),
        is: |style| style.background.image.is_some(),
    },
    LostValue {
        code: "docx-rotate",
        properties: &["rotate"],
        of: &[FRAMES],
        // Drawings turn: pictures, and text boxes.
        message: || say!("Word turns pictures and positioned boxes only; this text stays upright"),
        is: |style| style.rotate != 0.0,
    },
    LostValue {
        code: "docx-effect",
        properties: &["opacity", "box-shadow", "transform"],
        of: &[FRAMES, &[TextBox]],
        message: || {
            say!(
                "Word has no `opacity`, `box-shadow`, `translate()` and `scale()` of boxes: this \
                 one is placed as it would be without them"
            )
        },
        is: has_effect,
    },
    LostValue {
        code: "docx-effect",
        properties: &["opacity", "box-shadow"],
        of: &[&[Words], MARGIN_BOXES],
        message: || say!("Word has neither for words in a line, a header or a footer"),
        // What stands in a line is not transformed (CSS Transforms 1, 3).
        is: |style| style.opacity < 1.0 || !style.shadows.is_empty(),
    },
    LostValue {
        code: "docx-relative",
        properties: &["position"],
        of: &[FRAMES, &[Words, LinePicture, Picture]],
        message: || {
            say!("Word does not shift text; this stays where it is without `position: relative`")
        },
        is: |style| style.position == Position::Relative && style.inset != Sides::default(),
    },
    LostValue {
        code: "docx-grid",
        properties: &["display"],
        of: &[&[Flex]],
        message: || say!("Word has no grids: this one becomes rows of a table, as a flex box does"),
        is: |style| style.display == Display::Grid,
    },
    LostValue {
        code: "docx-text",
        properties: &["text-indent"],
        of: &[&[ListItem]],
        // The indent of a level is both that of its number and of its text (ECMA-376 Part 1,
        // 17.9.22).
        message: || say!("the first line of a list item begins where its other lines do in Word"),
        is: |style| style.text.text_indent != LengthPercentage::ZERO,
    },
    LostValue {
        code: "docx-columns",
        properties: &["column-rule-width", "column-rule-style", "column-rule-color"],
        of: &[&[Block, Item]],
        message: || say!("the line between columns is always thin and black in Word"),
        // `w:cols` says of the line only whether there is one (`w:sep`, ECMA-376 Part 1, 17.6.4),
        // so a thin black one loses nothing.
        is: |style| {
            let rule = &style.columns.rule;
            let thin = rule.width <= 1.0 && rule.style == BorderStyle::Solid;
            rule.style != BorderStyle::None
                && rule.width > 0.0
                && !(thin && rule.color == Color::BLACK)
        },
    },
    LostValue {
        code: "docx-columns",
        properties: &["column-fill"],
        of: &[&[Block, Item]],
        message: || say!("Word balances the columns"),
        is: |style| style.columns.fill_auto,
    },
    LostValue {
        code: "docx-columns",
        properties: &["column-span"],
        of: &[&[Block, Item]],
        message: || say!("this stays in its column in Word; end the box with columns before it"),
        is: |style| style.columns.span_all,
    },
    LostValue {
        code: "docx-break",
        properties: &["break-before", "break-after"],
        of: &[&[Block, Item]],
        message: || say!("a DOCX has no breaks of columns; Word balances them"),
        is: |style| [style.break_before, style.break_after].contains(&Break::Column),
    },
    LostValue {
        code: "docx-overflow",
        properties: &["overflow"],
        of: &[FRAMES, PICTURES, &[TextBox]],
        message: || {
            say!("Word cuts nothing off: what does not fit goes below, or makes the box larger")
        },
        is: |style| style.clip && (is_set(&style.height) || is_set(&style.max_height)),
    },
    LostValue {
        code: "docx-rotate",
        properties: &["transform-origin"],
        of: &[FRAMES, PICTURES, &[TextBox]],
        // `a:xfrm` has an angle and no point to turn about (ECMA-376 Part 1, 20.1.7.6).
        message: || say!("Word rotates boxes about their centre"),
        is: |style| style.rotate != 0.0 && style.rotate_origin.is_some(),
    },
    LostValue {
        code: "docx-wrap",
        properties: &["wrap-flow"],
        of: &[&[TextBox, PlacedPicture]],
        message: || say!("text does not flow around the box in the DOCX: it goes on beneath it"),
        is: |style| style.wrap_flow != WrapFlow::Auto,
    },
    LostValue {
        code: "docx-stack",
        properties: &["z-index"],
        of: &[&[TextBox, PlacedPicture]],
        message: || {
            say!(
                "Word has boxes behind the text and in front of it; those over each other lie in \
                  the order of the document"
            )
        },
        // Negative ones go behind the text, 0 and 1 before it: who writes more wants an order among
        // boxes.
        is: |style| style.z_index > 1,
    },
    LostValue {
        code: "docx-picture",
        properties: &["margin"],
        of: &[&[LinePicture]],
        // `distT` and the like of `wp:inline` count only once the picture floats (ECMA-376 Part 1,
        // 20.4.2.8).
        message: || {
            say!("a picture in a line has no margin in Word; give it to a paragraph around it")
        },
        is: |style| {
            let Sides { top, right, bottom, left } = &style.margin;
            [top, right, bottom, left].into_iter().any(is_set)
        },
    },
    LostValue {
        code: "docx-picture",
        properties: &["padding", "border", "background"],
        of: &[PICTURES],
        message: || {
            say!(
                "a picture has no padding, border or background in Word; give them to a \
                 paragraph around it"
            )
        },
        is: |style| {
            style.padding != Sides::default()
                || style.has_border()
                || is_filled(&style)
                || style.background.image.is_some()
        },
    },
    LostValue {
        code: "docx-radius",
        properties: &["border-radius"],
        of: &[PICTURES],
        message: || say!("the corners of pictures are square in Word"),
        is: |style| is_round(&style),
    },
    LostValue {
        code: "docx-effect",
        properties: &["opacity", "box-shadow", "transform"],
        of: &[PICTURES],
        message: || say!("Word shows pictures without them, but for `rotate()`"),
        is: has_effect,
    },
    LostValue {
        code: "docx-vertical-align",
        properties: &["vertical-align"],
        of: &[&[LinePicture]],
        message: || say!("a picture in a line stands on the line in Word, or by a length above it"),
        is: |style| {
            !matches!(style.vertical_align, VerticalAlign::Baseline | VerticalAlign::Length(_))
        },
    },
    LostValue {
        code: "docx-text",
        properties: &["line-height"],
        of: &[&[Words]],
        // Only paragraphs have `w:spacing` with `w:line` (ECMA-376 Part 1, 17.3.1.33).
        message: || {
            say!("the lines of a paragraph are as high as its own `line-height` says in Word")
        },
        is: |words| words.text.line_height != words.around.line_height && rises(words),
    },
    LostValue {
        code: "docx-inline",
        properties: &["margin", "padding", "border"],
        of: &[&[Words]],
        message: || {
            say!(
                "words inside of a line have no margin or padding in Word, and a border is around \
                  all of them or not at all"
            )
        },
        // `w:bdr` is one line for all four sides (ECMA-376 Part 1, 17.3.2.4).
        is: |style| {
            let Sides { top, right, bottom, left } = &style.border;
            let even = top == right && top == bottom && top == left;
            has_gaps(&style) || !even
        },
    },
    LostValue {
        code: "docx-vertical-align",
        properties: &["vertical-align"],
        of: &[&[Words]],
        message: || {
            say!(
                "Word raises and lowers words by `sub`, `super` and lengths only; these stay on \
                  the line"
            )
        },
        // `w:vertAlign` (ECMA-376 Part 1, 17.3.2.42) and `w:position` (17.3.2.24) are all that runs
        // have.
        is: |style| {
            !matches!(
                style.vertical_align,
                VerticalAlign::Baseline
                    | VerticalAlign::Sub
                    | VerticalAlign::Super
                    | VerticalAlign::Length(_)
            )
        },
    },
    LostValue {
        code: "docx-background",
        properties: &["background"],
        of: &[&[Column]],
        message: || say!("a column has no background in Word; give it to the cells"),
        // `w:gridCol` has a width and nothing else (ECMA-376 Part 1, 17.4.16).
        is: |style| is_filled(&style) || style.background.image.is_some(),
    },
    LostValue {
        code: "docx-height",
        properties: &["height"],
        of: &[&[Table]],
        message: || say!("a table is as high as its rows in Word; give them a height"),
        is: |style| is_set(&style.height) || is_set(&style.min_height),
    },
    LostValue {
        code: "docx-border",
        properties: &["padding"],
        of: &[&[Table]],
        message: || {
            say!(
                "a table's border and background end at its cells in Word; give them to a box \
                  around it"
            )
        },
        // Around what is not seen padding is room, which Word has, too. Collapsed borders have none
        // (CSS 2.2, 17.6.2).
        is: |style| {
            let seen = style.has_border() || is_filled(&style);
            seen && !style.table.collapse && style.padding != Sides::default()
        },
    },
    LostValue {
        code: "docx-flex",
        properties: &["align-content"],
        of: &[&[Flex]],
        message: || say!("lines of a flex box are set close together in Word"),
        is: |style| {
            style.flex.wrap
                && !matches!(
                    style.flex.align_content,
                    Alignment::Auto | Alignment::Start | Alignment::Stretch
                )
        },
    },
    LostValue {
        code: "docx-grid",
        properties: &["grid-template-rows"],
        of: &[&[Flex]],
        message: || say!("rows of a grid are as high as their content in Word"),
        is: |style| !style.grid.rows.is_empty(),
    },
    LostValue {
        code: "docx-text",
        properties: &["-itog-fit"],
        of: &[&[Flex, Note, Table]],
        message: || {
            say!("only paragraphs and whole blocks are made smaller in a DOCX; this is not")
        },
        is: |style| style.fit.is_some_and(|fit| !fit.whole),
    },
    LostValue {
        code: "docx-margin-box",
        properties: &[
            "width",
            "min-width",
            "max-width",
            "height",
            "margin",
            "padding",
            "border",
            "background-color",
            "text-align",
            "text-indent",
            "vertical-align",
        ],
        of: &[MARGIN_BOXES],
        message: || {
            say!(
                "boxes that share a header or footer are one paragraph in Word: only the lines \
                 above and below them and the colour that are the same for all are written"
            )
        },
        is: |seen| seen.band.is_some_and(|(own, boxes)| band::parts(own, boxes)),
    },
];

fn has_effect(style: SeenBox<'_>) -> bool {
    style.opacity < 1.0 || !style.shadows.is_empty() || !style.transform.is_empty()
}

/// Whether words make their line higher than the text around them does.
fn rises(words: SeenBox<'_>) -> bool {
    let high = |text: &TextStyle| match text.line_height {
        LineHeight::Normal => text.font_size * LineHeight::TYPICAL,
        LineHeight::Number(times) => text.font_size * times,
        LineHeight::Length(points) => points,
    };
    high(&words.text) > high(words.around)
}

/// Values of text, which are inherited, so that they are reported once for each document.
pub(crate) struct LostTextValue {
    pub(crate) code: &'static str,
    pub(crate) property: &'static str,
    pub(crate) message: fn() -> Message,
    pub(crate) is: fn(&TextStyle) -> bool,
}

/// Below are the weights whose letters look other than regular ones (CSS Fonts 4, 2.4.1).
const LIGHT: u16 = 350;

pub(crate) const TEXT: &[LostTextValue] = &[
    LostTextValue {
        code: "docx-text",
        property: "-itog-line-spacing",
        message: || {
            say!("the DOCX has the line spacing of CSS, whatever `-itog-line-spacing` says")
        },
        is: |text| text.line_spacing != LineSpacing::Css,
    },
    LostTextValue {
        code: "docx-features",
        property: "font-feature-settings",
        message: || {
            say!("a DOCX cannot express `font-variant-numeric` and `font-feature-settings`")
        },
        is: |text| text.features != [Features::NONE; 2],
    },
    LostTextValue {
        code: "docx-text",
        property: "word-spacing",
        message: || say!("spaces are as wide as the face has them in Word"),
        // `w:spacing` of a run widens each of its characters (ECMA-376 Part 1, 17.3.2.35).
        is: |text| text.word_spacing != 0.0,
    },
    LostTextValue {
        code: "docx-text",
        property: "text-align-last",
        message: || {
            say!(
                "Word aligns the last line as it does all lines, or at the left if they are \
                  justified"
            )
        },
        is: |text| text.text_align_last.is_some(),
    },
    LostTextValue {
        code: "docx-text",
        property: "font-weight",
        message: || {
            say!("Word supports only regular and bold faces; name the family of the light one")
        },
        // `w:b` is on or off (ECMA-376 Part 1, 17.3.2.1).
        is: |text| text.font_weight < LIGHT,
    },
    LostTextValue {
        code: "docx-text",
        property: "font-stretch",
        message: || {
            say!("Word knows no widths of a family; name the family of the narrow or wide face")
        },
        // `w:w` (ECMA-376 Part 1, 17.3.2.43) squeezes the letters of the face there is.
        is: |text| text.font_stretch != TextStyle::default().font_stretch,
    },
    LostTextValue {
        code: "docx-text",
        property: "text-decoration-line",
        message: || say!("Word draws no lines over text"),
        // `w:u` is below the letters, `w:strike` goes through them; no property of runs draws above
        // them (ECMA-376 Part 1, 17.3.2.40 and 17.3.2.37).
        is: |text| text.decoration.overline,
    },
];

fn is_set(length: &LengthOrAuto) -> bool {
    // `min-height: 0` is what is there without it, so nothing is lost.
    !matches!(length, LengthOrAuto::Auto) && *length != LengthOrAuto::Set(LengthPercentage::ZERO)
}

fn is_round(style: &Computed) -> bool {
    style.radius.iter().any(|r| r.points > 0.0 || r.percent > 0.0)
}

fn is_filled(style: &Computed) -> bool {
    !style.background.color.is_transparent()
}

/// Margins and padding.
fn has_gaps(style: &Computed) -> bool {
    let Sides { top, right, bottom, left } = &style.margin;
    [top, right, bottom, left].into_iter().any(is_set) || style.padding != Sides::default()
}

/// The kinds of box and what their values lose, as a part of `docs/css-supported.md`.
pub fn documented() -> String {
    let mut text = INTRODUCTION.to_owned();
    let quoted = |names: &[&str]| {
        names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
    };
    for row in LOST {
        let kinds: Vec<&str> = row.of.iter().copied().flatten().map(|kind| kind.name()).collect();
        let (names, kinds) = (quoted(row.properties), kinds.join(", "));
        text += &format!("| {names} | {kinds} | {} |\n", (row.message)());
    }
    for row in TEXT {
        text += &format!("| `{}` | text | {} |\n", row.property, (row.message)());
    }
    text
}

const INTRODUCTION: &str = "
## What a DOCX does not have, by kinds of box

Made from the table by which the DOCX writer warns (`src/docx/story/lost.rs`): values of these
properties that differ from what Word shows are told once for each rule. `tests/properties` tries
every value on every kind of box; what the PDF draws is in the DOCX, or told.

| properties | boxes | in Word |
|---|---|---|
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_table() {
        let table = crate::style::supported();
        let names = LOST.iter().flat_map(|lost| lost.properties).copied();
        for name in names.chain(TEXT.iter().map(|lost| lost.property)) {
            assert!(table.contains(&format!("| `{name}` |")), "{name}");
        }
    }
}
