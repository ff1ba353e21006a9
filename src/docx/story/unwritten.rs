//! What of CSS has no likeness in a DOCX, by the parts of a document that have it: reported once
//! for each rule.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::flow::forces_page;
use crate::boxes::{BoxNode, BoxTree, Content, Inline, TableBox};
use crate::diag::{Diagnostic, Message, Sink, Span, say};
use crate::sizing::in_flow;
use crate::style::{
    Alignment, BorderStyle, Break, Color, Computed, LengthOrAuto, LengthPercentage, LineSpacing,
    PageKind, Position, Sides, TextStyle, VerticalAlign, WrapFlow,
};

/// Values of some properties that are lost.
struct LostValue {
    code: &'static str,
    /// Their names in the table of properties.
    properties: &'static [&'static str],
    message: fn() -> Message,
    is: fn(&Computed) -> bool,
}

const BLOCKS: &[LostValue] = &[
    LostValue {
        code: "docx-text",
        properties: &["-itog-line-spacing"],
        message: || {
            say!("the DOCX has the line spacing of CSS, whatever `-itog-line-spacing` says")
        },
        is: |style| style.text.line_spacing != LineSpacing::Css,
    },
    // `w:pPr` has no height (ECMA-376 Part 1, 17.3.1), only rows and drawings have one.
    LostValue {
        code: "docx-height",
        properties: &["height", "min-height", "max-height"],
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
        message: || say!("Word draws the corners of what has a background square"),
        is: |style| is_round(style) && !style.has_border() && is_filled(style),
    },
    LostValue {
        code: "docx-columns",
        properties: &["column-rule-width", "column-rule-style", "column-rule-color"],
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
        message: || say!("Word balances the columns"),
        is: |style| style.columns.fill_auto,
    },
    LostValue {
        code: "docx-columns",
        properties: &["column-span"],
        message: || say!("this stays in its column in Word; end the box with columns before it"),
        is: |style| style.columns.span_all,
    },
    LostValue {
        code: "docx-break",
        properties: &["break-before", "break-after"],
        message: || say!("a DOCX has no breaks of columns; Word balances them"),
        is: |style| [style.break_before, style.break_after].contains(&Break::Column),
    },
];

/// What is cut off, be it text in the flow or a text box.
const ALL_BOXES: &[LostValue] = &[
    LostValue {
        code: "docx-overflow",
        properties: &["overflow"],
        message: || {
            say!("Word cuts nothing off: what does not fit goes below, or makes the box larger")
        },
        is: |style| style.clip && (is_set(&style.height) || is_set(&style.max_height)),
    },
    LostValue {
        code: "docx-rotate",
        properties: &["transform-origin"],
        // `a:xfrm` has an angle and no point to turn about (ECMA-376 Part 1, 20.1.7.6).
        message: || say!("Word rotates boxes about their centre"),
        is: |style| style.rotate != 0.0 && style.rotate_origin.is_some(),
    },
];

const ABSOLUTE: &[LostValue] = &[
    LostValue {
        code: "docx-wrap",
        properties: &["wrap-flow"],
        message: || say!("text does not flow around the box in the DOCX: it goes on beneath it"),
        is: |style| style.wrap_flow != WrapFlow::Auto,
    },
    LostValue {
        code: "docx-background",
        properties: &["background-image"],
        message: || say!("a DOCX has background pictures on pages only, not on boxes"),
        is: |style| style.background.image.is_some(),
    },
    LostValue {
        code: "docx-stack",
        properties: &["z-index"],
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
];

const PICTURES: &[LostValue] = &[
    LostValue {
        code: "docx-picture",
        properties: &["margin", "padding", "border", "background-color"],
        message: || {
            say!(
                "a picture has no margin, padding, border or background in Word; give them to a \
                  paragraph around it"
            )
        },
        // A positioned picture stands where its margins put it.
        is: |style| {
            let placed = matches!(style.position, Position::Absolute | Position::Fixed);
            let edges = if placed {
                style.padding != Sides::default() || style.has_border()
            } else {
                has_edges(style)
            };
            edges || !style.background.color.is_transparent()
        },
    },
    LostValue {
        code: "docx-radius",
        properties: &["border-radius"],
        message: || say!("the corners of pictures are square in Word"),
        is: is_round,
    },
    LostValue {
        code: "docx-effect",
        properties: &["opacity", "box-shadow", "transform"],
        message: || say!("Word shows pictures without them, but for `rotate()`"),
        is: |style| style.opacity < 1.0 || !style.shadows.is_empty() || !style.transform.is_empty(),
    },
];

const INLINE: &[LostValue] = &[
    LostValue {
        code: "docx-inline",
        properties: &["margin", "padding", "border"],
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
            has_gaps(style) || !even
        },
    },
    LostValue {
        code: "docx-radius",
        properties: &["border-radius"],
        message: || say!("Word draws the corners of what has a background square"),
        is: |style| is_round(style) && is_filled(style),
    },
    LostValue {
        code: "docx-vertical-align",
        properties: &["vertical-align"],
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
        code: "docx-relative",
        properties: &["position"],
        message: || {
            say!("Word does not shift text; this stays where it is without `position: relative`")
        },
        is: |style| style.position == Position::Relative && style.inset != Sides::default(),
    },
];

const CELLS: &[LostValue] = &[LostValue {
    code: "docx-radius",
    properties: &["border-radius"],
    message: || say!("the corners of cells are square in Word"),
    is: |style| is_round(style) && (is_filled(style) || style.has_border()),
}];

const COLUMNS: &[LostValue] = &[LostValue {
    code: "docx-background",
    properties: &["background-color"],
    message: || say!("a column has no background in Word; give it to the cells"),
    // `w:gridCol` has a width and nothing else (ECMA-376 Part 1, 17.4.16).
    is: |style| !style.background.color.is_transparent(),
}];

const TABLES: &[LostValue] = &[
    LostValue {
        code: "docx-height",
        properties: &["height"],
        message: || say!("a table is as high as its rows in Word; give them a height"),
        is: |style| is_set(&style.height) || is_set(&style.min_height),
    },
    LostValue {
        code: "docx-border",
        properties: &["padding"],
        message: || {
            say!(
                "a table's border and background end at its cells in Word; give them to a box \
                  around it"
            )
        },
        // Around what is not seen padding is room, which Word has, too. Collapsed borders have none
        // (CSS 2.2, 17.6.2).
        is: |style| {
            let seen = style.has_border() || is_filled(style);
            seen && !style.table.collapse && style.padding != Sides::default()
        },
    },
];

const FLEX: &[LostValue] = &[
    LostValue {
        code: "docx-flex",
        properties: &["align-content"],
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
        message: || say!("rows of a grid are as high as their content in Word"),
        is: |style| !style.grid.rows.is_empty(),
    },
];

/// Values of text, which are inherited, so that they are reported once for each document.
struct LostTextValue {
    property: &'static str,
    message: fn() -> Message,
    is: fn(&TextStyle) -> bool,
}

/// Below are the weights whose letters look other than regular ones (CSS Fonts 4, 2.4.1).
const LIGHT: u16 = 350;

const TEXT: &[LostTextValue] = &[
    LostTextValue {
        property: "word-spacing",
        message: || say!("spaces are as wide as the face has them in Word"),
        // `w:spacing` of a run widens each of its characters (ECMA-376 Part 1, 17.3.2.35).
        is: |text| text.word_spacing != 0.0,
    },
    LostTextValue {
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
        property: "font-weight",
        message: || {
            say!("Word supports only regular and bold faces; name the family of the light one")
        },
        // `w:b` is on or off (ECMA-376 Part 1, 17.3.2.1).
        is: |text| text.font_weight < LIGHT,
    },
    LostTextValue {
        property: "font-stretch",
        message: || {
            say!("Word knows no widths of a family; name the family of the narrow or wide face")
        },
        // `w:w` (ECMA-376 Part 1, 17.3.2.43) squeezes the letters of the face there is.
        is: |text| text.font_stretch != TextStyle::default().font_stretch,
    },
    LostTextValue {
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

fn has_edges(style: &Computed) -> bool {
    has_gaps(style) || style.has_border()
}

/// Reports all that is lost of a document.
pub(crate) fn report(tree: &BoxTree, sink: &mut Sink) {
    let mut reporter = LostValueReporter { tree, sink, reported: BTreeMap::new() };
    reporter.pages();
    reporter.node(&tree.root);
}

/// Walks the boxes and reports each lost value once.
struct LostValueReporter<'a> {
    tree: &'a BoxTree,
    sink: &'a mut Sink,
    /// Messages, and the values that each was told of: a hundred paragraphs of one rule have the
    /// same. `None` is the document itself.
    reported: BTreeMap<String, Vec<Option<Arc<Computed>>>>,
}

impl LostValueReporter<'_> {
    fn say(
        &mut self,
        code: &'static str,
        message: fn() -> Message,
        about: Option<&Arc<Computed>>,
        span: Option<Span>,
    ) {
        self.lost(code, &[], message, about, span);
    }

    fn lost(
        &mut self,
        code: &'static str,
        properties: &[&str],
        message: fn() -> Message,
        about: Option<&Arc<Computed>>,
        span: Option<Span>,
    ) {
        let message = message();
        let known = self.reported.entry(message.to_string()).or_default();
        if !known.iter().any(|one| one.as_ref() == about) {
            known.push(about.cloned());
            let names: Vec<String> = properties.iter().map(|name| format!("`{name}`")).collect();
            let message = match properties {
                [] => message,
                _ => say!("{names} in a DOCX: {message}", names, message),
            };
            let place = span.and_then(|span| self.tree.sources.place(span));
            self.sink.push(Diagnostic::warning(code, message).at(place));
        }
    }

    fn check(&mut self, kinds: &[LostValue], style: &Arc<Computed>, span: Option<Span>) {
        for kind in kinds.iter().filter(|kind| (kind.is)(style)) {
            self.lost(kind.code, kind.properties, kind.message, Some(style), span);
        }
    }

    fn text(&mut self, style: &TextStyle, span: Option<Span>) {
        for kind in TEXT.iter().filter(|kind| (kind.is)(style)) {
            // Text inherits: told by element, the same message would come for all that lies below
            // the rule.
            self.lost("docx-text", &[kind.property], kind.message, None, span);
        }
    }

    fn pages(&mut self) {
        let page = self.tree.pages.resolve(None, PageKind::default());
        if page.bleed > 0.0 || page.marks.any() {
            let message =
                || say!("a DOCX has no bleed and no crop marks; give print shops the PDF");
            self.say("docx-bleed", message, None, None);
        }
    }

    fn node(&mut self, node: &BoxNode) {
        let (style, span) = (&node.style, node.span);
        self.check(ALL_BOXES, style, span);
        if !in_flow(node) {
            self.check(ABSOLUTE, style, span);
        }
        match &node.content {
            Content::Image(_) => self.check(PICTURES, style, span),
            Content::Table(table) => {
                self.check(TABLES, style, span);
                self.table(table, span);
            }
            Content::Flex(items) => {
                self.check(FLEX, style, span);
                items.iter().for_each(|item| self.node(item));
            }
            Content::Blocks(kids) => {
                self.block(node, !kids.is_empty());
                kids.iter().for_each(|kid| self.node(kid));
            }
            Content::Inline(items) => {
                self.text(&style.text, span);
                self.block(node, !items.is_empty());
                self.line(items);
            }
        }
    }

    /// A box of blocks or of lines.
    fn block(&mut self, node: &BoxNode, filled: bool) {
        let is_body = node.box_id == self.tree.root.box_id;
        // The body becomes the sections, which have a height and columns, and no paragraph.
        if filled && in_flow(node) && !is_body {
            self.check(BLOCKS, &node.style, node.span);
        }
    }

    fn line(&mut self, items: &[Inline]) {
        for item in items {
            match item {
                Inline::Start(start) => {
                    self.check(INLINE, &start.style, start.span);
                    self.text(&start.style.text, start.span);
                }
                Inline::Atomic(node) => {
                    self.node(node);
                }
                Inline::Footnote(node) | Inline::Positioned(node) => self.node(node),
                // `w:defaultTabStop` is one for the whole document (ECMA-376 Part 1, 17.15.1.25).
                Inline::Tab(style)
                    if style.text.tab_size != TextStyle::default().tab_size
                        || !style.text.tab_stops.is_empty() =>
                {
                    let message = || {
                        say!(
                            "tabs go to the stops of Word, whatever `tab-size` and \
                             `-itog-tab-stops` say"
                        )
                    };
                    self.say("docx-text", message, None, None);
                }
                _ => {}
            }
        }
    }

    fn table(&mut self, table: &TableBox, span: Option<Span>) {
        table.caption.iter().for_each(|caption| self.node(caption));
        table.columns.iter().for_each(|column| self.check(COLUMNS, &column.style, span));
        // A break after a row becomes one before the next row, and after the last there is none.
        let last = table.rows().last().filter(|row| forces_page(row.style.break_after));
        if let Some(row) = last {
            let message =
                || say!("no page begins after the last row in Word; ask for it after the table");
            self.say("docx-break", message, Some(&row.style), row.span);
        }
        for cell in table.rows().flat_map(|row| &row.cells) {
            let node = &cell.node;
            self.check(CELLS, &node.style, node.span);
            match &node.content {
                Content::Blocks(kids) => kids.iter().for_each(|kid| self.node(kid)),
                Content::Inline(items) => {
                    self.text(&node.style.text, node.span);
                    self.line(items);
                }
                _ => self.node(node),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_the_table() {
        let table = crate::style::supported();
        let all = [BLOCKS, ALL_BOXES, ABSOLUTE, PICTURES, INLINE, CELLS, COLUMNS, TABLES, FLEX];
        let names = all.iter().copied().flatten().flat_map(|lost| lost.properties).copied();
        for name in names.chain(TEXT.iter().map(|lost| lost.property)) {
            assert!(table.contains(&format!("| `{name}` |")), "{name}");
        }
    }
}
