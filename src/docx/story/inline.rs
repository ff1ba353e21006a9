//! Inline content as runs: text, fields, links, pictures, content controls.

use std::sync::Arc;

use super::area::StoryArea;
use super::characters::{TextSetting, t, text_pieces};
use super::{Story, control, note, picture, text_box};
use crate::boxes::{BoxNode, Content, Field, Inline, InlineBox, Role};
use crate::diag::{Diagnostic, Span, say};
use crate::docx::package::xml::El;
use crate::docx::registry::styles::is_element;
use crate::docx::words::properties::{border, difference, shade};
use crate::docx::writer::DocxWriter;
use crate::sizing::in_flow;
use crate::style::{Computed, CounterStyle, Hyphens, TextStyle, VerticalAlign};

/// What runs stand in.
#[derive(Clone, Copy)]
pub(crate) struct RunBase<'a> {
    /// The values of the paragraph.
    pub(crate) style: &'a TextStyle,
    /// What the paragraph's style gives.
    pub(crate) properties: &'a [El],
    /// Whether they are in a content control.
    pub(crate) in_control: bool,
}

/// The runs of a paragraph.
/// `room` is the width that percentages refer to.
pub(crate) fn runs(
    writer: &mut DocxWriter<'_>,
    content: &[Inline],
    base: RunBase<'_>,
    room: f64,
    story: &mut Story,
) -> Vec<El> {
    let mut line = RunBuilder { base, open: Vec::new(), done: vec![Vec::new()] };
    for piece in content {
        match piece {
            Inline::Text { text, style, span } => {
                let properties = line.properties(writer, style);
                let soft_hyphens = writer.faces.soft_hyphens && !line.base().in_control;
                let of = (&**text, &*style.text);
                let setting = TextSetting::new(writer.sizer.typesetter, of, soft_hyphens);
                line.push_all(text_run(writer, text, &properties, &setting, *span));
            }
            Inline::Break => line.push(El::new("w:r").child(El::new("w:br"))),
            // What fills the room is said by the tab stop, which the paragraph has.
            Inline::Tab(style) | Inline::Leader(_, style) => {
                let properties = line.properties(writer, style);
                line.push(bare_run(&properties).child(El::new("w:tab")));
            }
            Inline::Field(field, style) => {
                let properties = line.properties(writer, style);
                line.push(self::field(writer, field, &properties));
            }
            Inline::Start(inline) => {
                let marks = inline.id.as_ref().and_then(|id| writer.ids.set_bookmark(id));
                line.push_all(marks.into_iter().flatten());
                line.open.push(inline);
                line.done.push(Vec::new());
            }
            Inline::End => line.close(writer, story),
            Inline::Atomic(node) => line.push_all(atomic(writer, node, line.base(), room, story)),
            Inline::Footnote(node) => line.push_all(note::footnote(writer, node, story)),
            Inline::Positioned(node) => {
                text_box::positioned(writer, node, &StoryArea::of_width(room), story);
            }
        }
    }
    // Where an end is missing, what has been made so far must not get lost.
    while !line.open.is_empty() {
        line.close(writer, story);
    }
    line.done.pop().unwrap_or_default()
}

/// A picture in the line, or the text of an inline block.
fn atomic(
    writer: &mut DocxWriter<'_>,
    node: &BoxNode,
    base: RunBase<'_>,
    room: f64,
    story: &mut Story,
) -> Vec<El> {
    if let Content::Image(image) = &node.content {
        let drawing = picture::inline(writer, story.part, node, image, room);
        return vec![bare_run(&raised(&node.style).into_iter().collect::<Vec<_>>()).child(drawing)];
    }
    writer.warn_once(
        "docx-inline-block",
        say!("Word has no inline blocks; its text is set in the line"),
        node.span,
    );
    let mut all = Vec::new();
    for inner in flatten(writer, node, story) {
        all.extend(runs(writer, inner, base, room, story));
    }
    all
}

/// The lines of text anywhere in a box. What stands at a place of its own hangs on the paragraph.
pub(crate) fn flatten<'a>(
    writer: &mut DocxWriter<'_>,
    node: &'a BoxNode,
    story: &mut Story,
) -> Vec<&'a [Inline]> {
    if !in_flow(node) {
        text_box::positioned(writer, node, &StoryArea::of_width(0.0), story);
        return Vec::new();
    }
    match &node.content {
        Content::Inline(inline) => vec![inline],
        Content::Blocks(nodes) | Content::Flex(nodes) => {
            nodes.iter().flat_map(|node| flatten(writer, node, story)).collect()
        }
        Content::Table(table) => {
            let cells = table.rows().flat_map(|row| &row.cells).map(|cell| &cell.node);
            let all = table.caption.iter().chain(cells);
            all.flat_map(|node| flatten(writer, node, story)).collect()
        }
        Content::Image(_) => Vec::new(),
    }
}

/// Runs being made. Elements nest: each has what is in it so far.
struct RunBuilder<'a> {
    base: RunBase<'a>,
    open: Vec<&'a InlineBox>,
    /// The runs at each depth; one more than there are open elements.
    done: Vec<Vec<El>>,
}

impl RunBuilder<'_> {
    fn push(&mut self, el: El) {
        self.push_all([el]);
    }

    fn push_all(&mut self, all: impl IntoIterator<Item = El>) {
        if let Some(top) = self.done.last_mut() {
            top.extend(all);
        }
    }

    /// What runs stand in here.
    fn base(&self) -> RunBase<'_> {
        let in_control = self.open.iter().any(|open| open.control.is_some());
        RunBase { in_control: self.base.in_control || in_control, ..self.base }
    }

    /// What a run needs beyond its paragraph's style: a character style where the innermost element
    /// has one, direct formatting otherwise.
    fn properties(&self, writer: &mut DocxWriter<'_>, style: &Arc<Computed>) -> Vec<El> {
        writer.faces.record_use(&style.text);
        let mut wanted = difference(&writer.faces.run(&style.text), self.base.properties);
        if is_hyphenated(self.base.style) && !is_hyphenated(&style.text) {
            wanted.retain(|el| el.name != "w:lang");
            wanted.extend(unhyphenated());
        }
        if let Some(open) = self.open.last() {
            run_look(&open.style, &mut wanted);
            let name = style_name(open);
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
                .map(|open| style_name(open))
                .find(|name| !name.is_empty());
            if let Some(id) = around.and_then(|name| writer.styles.known_character(name, &wanted)) {
                return vec![El::val("w:rStyle", id)];
            }
            // Bold within italic is a style as well, that of both.
            let names = self.open.iter().map(|open| style_name(open));
            let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
            if names.len() > 1
                && !wanted.is_empty()
                && let Some(id) = writer.styles.character(&names.join(" "), &wanted)
            {
                return vec![El::val("w:rStyle", id)];
            }
        }
        wanted
    }

    /// Ends the innermost element: a link or a content control wraps its runs, others leave them as
    /// they are.
    fn close(&mut self, writer: &mut DocxWriter<'_>, story: &Story) {
        let (Some(open), Some(inside)) = (self.open.pop(), self.done.pop()) else { return };
        let inside = match &open.control {
            Some(name) => vec![control::control(writer, name, open.span, inside)],
            None => inside,
        };
        match &open.href {
            Some(href) => {
                let link = El::new("w:hyperlink");
                let link = match href.strip_prefix('#') {
                    // Places in the document are bookmarks, without a relationship (17.16.22).
                    Some(id) => link.with("w:anchor", writer.ids.bookmark(id)),
                    None => {
                        link.with("r:id", writer.relations.intern_link(story.part, &address(href)))
                    }
                };
                self.push(link.children(inside));
            }
            None => self.push_all(inside),
        }
    }
}

fn is_hyphenated(style: &TextStyle) -> bool {
    style.hyphens == Hyphens::Auto && style.white_space.wraps()
}

/// Keeps the words of a run whole in a hyphenated paragraph: Word has no property for it, but does
/// not hyphenate what is not proofed, nor LibreOffice what is in no language.
fn unhyphenated() -> [El; 2] {
    [El::new("w:noProof"), El::val("w:lang", "zxx")]
}

/// How far above the line a run stands.
fn raised(values: &Computed) -> Option<El> {
    match values.vertical_align {
        // In half-points.
        VerticalAlign::Length(points) if points != 0.0 => {
            Some(El::val("w:position", (points * 2.0).round() as i64))
        }
        _ => None,
    }
}

/// What an inline element says of its runs besides its text values: how high they stand, what is
/// behind and around them.
fn run_look(values: &Computed, wanted: &mut Vec<El>) {
    wanted.extend(match values.vertical_align {
        VerticalAlign::Super => Some(El::val("w:vertAlign", "superscript")),
        VerticalAlign::Sub => Some(El::val("w:vertAlign", "subscript")),
        _ => raised(values),
    });
    if matches!(values.vertical_align, VerticalAlign::Super | VerticalAlign::Sub) {
        // Word makes raised and lowered text smaller by itself.
        wanted.retain(|el| el.name != "w:sz" && el.name != "w:szCs");
    }
    if !values.background.color.is_transparent() {
        wanted.push(shade(values.background.color));
    }
    if let Some(mut border) = border("w:bdr", values.border.bottom, 0.0)
        // Word frames a run on all sides or on none, so a line below alone is not a
        // frame.
        .filter(|_| values.border.top == values.border.bottom)
    {
        border.set("w:space", 0);
        wanted.push(border);
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
        // Cyrillic stays: the schema's `anyURI` may hold it, and people read the address.
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
    El::new("w:r").children(El::filled("w:rPr", properties.iter().cloned()))
}

/// A run of plain text that gives no cause for a report.
pub(crate) fn plain_run(text: &str) -> El {
    El::new("w:r").child(t(text))
}

/// A run, with what is not text in WordprocessingML as elements: soft and no-break hyphens, tabs,
/// line breaks.
pub(crate) fn text_run(
    writer: &mut DocxWriter<'_>,
    text: &str,
    properties: &[El],
    setting: &TextSetting,
    span: Option<Span>,
) -> Option<El> {
    let lost = |c: char| {
        writer.report(
            Diagnostic::warning(
                "docx-character",
                say!(
                    "U+{c} cannot be stored in a DOCX and is left out",
                    c = format!("{:04X}", u32::from(c))
                ),
            )
            .hint(say!("take the control character out of the data")),
            span,
        );
    };
    let pieces = text_pieces(text, setting, lost);
    (!pieces.is_empty()).then(|| bare_run(properties).children(pieces))
}

/// A field that Word keeps up to date.
pub(crate) fn field(writer: &mut DocxWriter<'_>, field: &Field, properties: &[El]) -> El {
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
            format!(" PAGEREF {}{} ", writer.ids.bookmark(id), format(style))
        }
    };
    // Word and LibreOffice compute page fields when they lay out; «1» is for those who do not.
    simple_field(&instruction, "1", properties)
}

/// A field by its instruction, with what it shows until Word brings it up to date.
pub(crate) fn simple_field(instruction: &str, shown: &str, properties: &[El]) -> El {
    El::new("w:fldSimple")
        .with("w:instr", instruction.to_owned())
        .child(bare_run(properties).child(t(shown)))
}
