//! Inline content as runs.

use std::sync::Arc;

use super::flow::Area;
use super::package::R;
use super::package::xml::{El, is_xml_char};
use super::properties::{border, difference, hex};
use super::styles::is_element;
use super::{Writer, notes, picture, text_box};
use crate::boxes::{BoxNode, Content, Field, Inline, InlineBox, Role};
use crate::diag::{Diagnostic, Span};
use crate::style::{Computed, CounterStyle, VerticalAlign, WhiteSpace};

/// The runs of a paragraph whose style gives `base`.
/// `room` is the width that percentages refer to.
pub(super) fn runs(writer: &mut Writer<'_>, content: &[Inline], base: &[El], room: f64) -> Vec<El> {
    let mut line = Line { base, open: Vec::new(), done: vec![Vec::new()] };
    for piece in content {
        match piece {
            Inline::Text { text, style, span } => {
                let properties = line.properties(writer, style);
                let elements = text_run(
                    writer,
                    text,
                    &properties,
                    style.text.white_space == WhiteSpace::NoWrap,
                    *span,
                );
                line.push_all(elements);
            }
            Inline::Break => line.push(El::new("w:r").child(El::new("w:br"))),
            Inline::Tab(style) | Inline::Leader(_, style) => {
                let properties = line.properties(writer, style);
                line.push(bare_run(&properties).child(El::new("w:tab")));
            }
            Inline::Field(field, style) => {
                let properties = line.properties(writer, style);
                let field = self::field(writer, field, &properties);
                line.push(field);
            }
            Inline::Start(inline) => {
                if let Some(id) = &inline.id {
                    line.push_all(bookmark(writer, id));
                }
                line.open.push(Open { inline });
                line.done.push(Vec::new());
            }
            Inline::End => line.close(writer),
            Inline::Atomic(node) => match &node.content {
                Content::Image(image) => {
                    let drawing = picture::inline(writer, node, image, room);
                    line.push(El::new("w:r").child(drawing));
                }
                _ => {
                    writer.warn_once(
                        "docx-inline-block",
                        "Word has no inline blocks; its text stands in the line",
                        node.span,
                    );
                    for inner in flatten(writer, node) {
                        let elements = runs(writer, inner, base, room);
                        line.push_all(elements);
                    }
                }
            },
            Inline::Footnote(node) => {
                let call = notes::footnote(writer, node);
                line.push_all(call);
            }
            Inline::Positioned(node) => text_box::positioned(writer, node, &Area::of_width(room)),
        }
    }
    while !line.open.is_empty() {
        line.close(writer);
    }
    line.done.pop().unwrap_or_default()
}

/// The lines of text anywhere in a box. What stands at a place of its own hangs on the paragraph.
pub(super) fn flatten<'a>(writer: &mut Writer<'_>, node: &'a BoxNode) -> Vec<&'a [Inline]> {
    if picture::is_positioned(node) {
        text_box::positioned(writer, node, &Area::of_width(0.0));
        return Vec::new();
    }
    match &node.content {
        Content::Inline(inline) => vec![inline],
        Content::Blocks(nodes) | Content::Flex(nodes) => {
            nodes.iter().flat_map(|node| flatten(writer, node)).collect()
        }
        Content::Table(table) => {
            let rows = table.head.iter().chain(&table.body).chain(&table.foot);
            let cells = rows.flat_map(|row| &row.cells).map(|cell| &cell.node);
            table.caption.iter().chain(cells).flat_map(|node| flatten(writer, node)).collect()
        }
        Content::Image(_) => Vec::new(),
    }
}

struct Line<'a> {
    base: &'a [El],
    open: Vec<Open<'a>>,
    done: Vec<Vec<El>>,
}

struct Open<'a> {
    inline: &'a InlineBox,
}

impl Line<'_> {
    fn push(&mut self, el: El) {
        self.push_all([el]);
    }

    fn push_all(&mut self, all: impl IntoIterator<Item = El>) {
        if let Some(top) = self.done.last_mut() {
            top.extend(all);
        }
    }

    /// What a run needs beyond its paragraph's style: a character style where the innermost element
    /// has one, direct formatting otherwise.
    fn properties(&self, writer: &mut Writer<'_>, style: &Arc<Computed>) -> Vec<El> {
        writer.see(&style.text);
        let mut wanted = difference(&writer.faces.run(&style.text), self.base);
        if let Some(open) = self.open.last() {
            let values = &open.inline.style;
            wanted.extend(match values.vertical_align {
                VerticalAlign::Super => Some(El::val("w:vertAlign", "superscript")),
                VerticalAlign::Sub => Some(El::val("w:vertAlign", "subscript")),
                VerticalAlign::Length(points) if points != 0.0 => {
                    Some(El::val("w:position", (points * 2.0).round() as i64))
                }
                _ => None,
            });
            if matches!(values.vertical_align, VerticalAlign::Super | VerticalAlign::Sub) {
                // Word makes raised and lowered text smaller by itself.
                wanted.retain(|el| el.name != "w:sz" && el.name != "w:szCs");
            }
            if !values.background.color.is_transparent() {
                let shade = El::new("w:shd").with("w:val", "clear").with("w:color", "auto");
                wanted.push(shade.with("w:fill", hex(values.background.color)));
            }
            if let Some(mut border) = border("w:bdr", values.border.bottom, 0.0)
                .filter(|_| values.border.top == values.border.bottom)
            {
                border.set("w:space", 0);
                wanted.push(border);
            }
            let name = style_name(open.inline);
            if !name.is_empty()
                && !wanted.is_empty()
                && let Some(id) = writer.styles.character(name, &wanted)
            {
                return vec![El::val("w:rStyle", id)];
            }
            // What is inside and looks the same, such as a link's page number, has the style of the
            // element around.
            let around = self
                .open
                .iter()
                .rev()
                .skip(1)
                .map(|open| style_name(open.inline))
                .find(|name| !name.is_empty());
            if let Some(id) = around.and_then(|name| writer.styles.known_character(name, &wanted)) {
                return vec![El::val("w:rStyle", id)];
            }
        }
        wanted
    }

    /// Ends the innermost element: a link or a content control wraps its runs, others leave them as
    /// they are.
    fn close(&mut self, writer: &mut Writer<'_>) {
        let (Some(open), Some(inside)) = (self.open.pop(), self.done.pop()) else { return };
        let inside = match &open.inline.control {
            Some(control) => vec![writer.control(control, inside)],
            None => inside,
        };
        match &open.inline.href {
            Some(href) => {
                let link = match href.strip_prefix('#') {
                    Some(id) => El::new("w:hyperlink").with("w:anchor", writer.bookmark_name(id)),
                    None => El::new("w:hyperlink").with(
                        "r:id",
                        writer.relate(&format!("{R}/hyperlink"), &address(href), true),
                    ),
                };
                self.push(link.children(inside));
            }
            None => self.push_all(inside),
        }
    }
}

/// What names the character style of an inline element; nothing if it has none of its own.
fn style_name(inline: &InlineBox) -> &str {
    match (&*inline.class, inline.role) {
        ("", Role::Link) => "a",
        ("", Role::Strong) => "strong",
        ("", Role::Emphasis) => "em",
        ("", _) if is_element(&inline.element) => &inline.element,
        (class, _) => class.split_whitespace().next().unwrap_or(""),
    }
}

/// An address as a relationship's target: what a URI cannot hold is escaped.
fn address(href: &str) -> String {
    let mut out = String::new();
    for c in href.trim().chars() {
        if c.is_control() || matches!(c, ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
        {
            let mut buffer = [0; 4];
            c.encode_utf8(&mut buffer)
                .bytes()
                .for_each(|byte| out.push_str(&format!("%{byte:02X}")));
        } else {
            out.push(c);
        }
    }
    out
}

fn bare_run(properties: &[El]) -> El {
    let run = El::new("w:r");
    if properties.is_empty() {
        run
    } else {
        run.child(El::new("w:rPr").children(properties.iter().cloned()))
    }
}

fn t(text: &str) -> El {
    El::new("w:t").with("xml:space", "preserve").text(text)
}

/// A run, with what is not text in WordprocessingML as elements: soft and no-break hyphens, tabs,
/// line breaks.
pub(super) fn text_run(
    writer: &mut Writer<'_>,
    text: &str,
    properties: &[El],
    no_wrap: bool,
    span: Option<Span>,
) -> Option<El> {
    let mut run = bare_run(properties);
    let mut plain = String::new();
    let flush = |plain: &mut String, run: &mut El| {
        if !plain.is_empty() {
            run.push(t(plain));
            plain.clear();
        }
    };
    for c in text.chars() {
        let special = match c {
            '\u{ad}' => Some("w:softHyphen"),
            '\u{2011}' => Some("w:noBreakHyphen"),
            '\t' => Some("w:tab"),
            '\n' | '\r' => Some("w:br"),
            _ => None,
        };
        match special {
            Some(name) => {
                flush(&mut plain, &mut run);
                run.push(El::new(name));
            }
            None if c == ' ' && no_wrap => plain.push('\u{a0}'),
            // A narrow no-break space is in few faces, and one from another face is of any width.
            None if c == '\u{202f}' => plain.push('\u{a0}'),
            None if is_xml_char(c) => plain.push(c),
            None => writer.report(
                Diagnostic::warning(
                    "docx-character",
                    format!("U+{:04X} cannot stand in a DOCX and is left out", u32::from(c)),
                )
                .hint("take the control character out of the data"),
                span,
            ),
        }
    }
    flush(&mut plain, &mut run);
    let filled = run.elements().any(|el| el.name != "w:rPr");
    filled.then_some(run)
}

/// A field that Word keeps up to date.
pub(super) fn field(writer: &mut Writer<'_>, field: &Field, properties: &[El]) -> El {
    let format = |style: &CounterStyle| match style {
        CounterStyle::UpperRoman => " \\* ROMAN",
        CounterStyle::LowerRoman => " \\* roman",
        CounterStyle::UpperLatin => " \\* ALPHABETIC",
        CounterStyle::LowerLatin => " \\* alphabetic",
        _ => "",
    };
    let instruction = match field {
        Field::Page(style) => format!(" PAGE{} ", format(style)),
        Field::Pages(style) => format!(" NUMPAGES{} ", format(style)),
        Field::TargetPage(id, style) => {
            format!(" PAGEREF {}{} ", writer.bookmark_name(id), format(style))
        }
    };
    simple_field(&instruction, "1", properties)
}

/// A field by its instruction, with what it shows until Word brings it up to date.
pub(super) fn simple_field(instruction: &str, shown: &str, properties: &[El]) -> El {
    El::new("w:fldSimple")
        .with("w:instr", instruction.to_owned())
        .child(bare_run(properties).child(t(shown)))
}

/// The start and end of a bookmark, for links to an `id`.
pub(super) fn bookmark(writer: &mut Writer<'_>, id: &str) -> Vec<El> {
    let name = writer.bookmark_name(id);
    if !writer.marked.insert(name.clone()) {
        return Vec::new();
    }
    let number = writer.next_bookmark();
    vec![
        El::new("w:bookmarkStart").with("w:id", number).with("w:name", name),
        El::new("w:bookmarkEnd").with("w:id", number),
    ]
}
