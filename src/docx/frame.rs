//! Positioned boxes: pictures and text boxes anchored at a place of the page.

use std::sync::Arc;

use docx_rs::Document;

use super::Writer;
use super::flow::{self, Area, Block, Flow};
use super::package::xml::El;
use super::package::{self, A, WPS};
use super::picture::{self, Anchor, Origin};
use super::properties::{emu, hex};
use super::room::edges;
use super::table::words;
use crate::boxes::{BoxNode, Content};
use crate::diag::Diagnostic;
use crate::style::{
    BorderSide, BorderStyle, Color, Computed, LengthPercentage, Position, Sides, Size,
};

/// How many characters of its text describe a text box.
const DESCRIPTION: usize = 200;

/// Hangs an absolutely positioned box on the next paragraph. A fixed one waits for the headers of
/// all pages.
pub(super) fn positioned(writer: &mut Writer<'_>, node: &BoxNode, area: &Area<'_>) {
    if node.style.position == Position::Fixed {
        let vertical = [node.style.inset.top, node.style.inset.bottom];
        if vertical == [Size::Auto; 2] {
            writer.warn_once(
                "docx-fixed",
                "a fixed box without `top` or `bottom` stands at the top of each page of the DOCX",
                node.span,
            );
        }
        writer.fixed.push(node.clone());
        return;
    }
    anchored(writer, node, area);
}

/// Hangs a box on the next paragraph, or on the header being written.
pub(super) fn anchored(writer: &mut Writer<'_>, node: &BoxNode, area: &Area<'_>) {
    let drawing = match &node.content {
        Content::Image(image) => {
            let size = picture::size(
                &node.style,
                image,
                area.block.map_or(area.inner(), |block| block[2]),
            );
            picture::anchored(writer, node, image, &place(node, area, size))
        }
        _ => text_box(writer, node, area),
    };
    let run = El::new("w:r").child(drawing);
    // Word has nothing anchored inside of text boxes and footnotes: it hangs beside them.
    if writer.boxed > 0 { writer.hoisted.push(run) } else { writer.anchors.push(run) }
}

/// Where a box of that size stands by its insets (CSS 2.2, 10.3.7 and 10.6.4).
fn place(node: &BoxNode, area: &Area<'_>, size: (f64, f64)) -> Anchor {
    let style = &node.style;
    let [left, top, width, height] = area.block.unwrap_or([0.0, 0.0, area.inner(), 0.0]);
    let margin = |size: Size| size.resolve(width);
    let along = |start: Option<f64>,
                 end: Option<f64>,
                 room: f64,
                 size: f64,
                 before: Option<f64>,
                 after: Option<f64>| match (start, end) {
        (Some(start), Some(end)) => Some(match (before, after) {
            (Some(before), _) => start + before,
            (None, Some(after)) => room - end - after - size,
            (None, None) => start + ((room - start - end - size) / 2.0).max(0.0),
        }),
        (Some(start), None) => Some(start + before.unwrap_or(0.0)),
        (None, Some(end)) => Some(room - end - after.unwrap_or(0.0) - size),
        (None, None) => None,
    };
    let inset = style.inset;
    let x = along(
        inset.left.resolve(width),
        inset.right.resolve(width),
        width,
        size.0,
        margin(style.margin.left),
        margin(style.margin.right),
    );
    let y = along(
        inset.top.resolve(height),
        inset.bottom.resolve(height),
        height,
        size.1,
        margin(style.margin.top),
        margin(style.margin.bottom),
    );
    let on_page = area.block.is_some();
    Anchor {
        width: size.0,
        height: size.1,
        across: match x {
            Some(x) if on_page => Origin::Page(left + x),
            Some(x) => Origin::Paragraph(area.left + x),
            None => Origin::Paragraph(area.left + margin(style.margin.left).unwrap_or(0.0)),
        },
        along: match y {
            Some(y) if on_page => Origin::Page(top + y),
            Some(y) => Origin::Paragraph(y),
            None if style.position == Position::Fixed => Origin::Page(top),
            None => Origin::Paragraph(margin(style.margin.top).unwrap_or(0.0)),
        },
        behind: style.z_index < 0,
    }
}

/// A box of text as a Word text box. A box that hangs from below is made high enough and its text
/// stands at its bottom, because its height is known to Word only.
fn text_box(writer: &mut Writer<'_>, node: &BoxNode, area: &Area<'_>) -> El {
    let style = &node.style;
    let block = area.block.unwrap_or([0.0, 0.0, area.inner(), 0.0]);
    let base = block[2].max(1.0);
    let around = edges(style, base);
    let (left, right) = (style.inset.left.resolve(base), style.inset.right.resolve(base));
    let margins = style.margin.left.resolve(base).unwrap_or(0.0)
        + style.margin.right.resolve(base).unwrap_or(0.0);
    let across = around.left + around.right;
    let set =
        |size: Size| size.resolve(base).map(|w| if style.border_box { w } else { w + across });
    let width = match (set(style.width), left, right) {
        (Some(width), ..) => width,
        (None, Some(left), Some(right)) => base - left - right - margins,
        (None, left, right) => {
            let (least, most) = writer.faces.widths(node);
            // Word's own measure of a line may be a little wider.
            (most * 1.01 + 1.0).min(base - left.or(right).unwrap_or(0.0)).max(least)
        }
    };
    let width = set(style.max_width).map_or(width, |max| width.min(max)).max(across + 1.0);
    let room = block[3];
    let asked = style
        .height
        .resolve(room)
        .map(|h| if style.border_box { h } else { h + around.top + around.bottom });
    let (top, bottom) = (style.inset.top.resolve(room), style.inset.bottom.resolve(room));
    let between = top.zip(bottom).filter(|_| room > 0.0).map(|(top, bottom)| room - top - bottom);
    let likely = writer.faces.height(node, width);
    let hangs = asked.is_none() && top.is_none() && bottom.is_some();
    let height = asked.or(between).unwrap_or(if hangs { likely * 1.5 + 24.0 } else { likely });
    let anchor = place(node, area, (width, height));
    let inside = inner(writer, node, area, &anchor, width, &around);
    let plain = style.border == Sides::default() && style.background.color.is_transparent();
    if hangs && !plain {
        writer.warn_once(
            "docx-text-box",
            "the height of this box is not known to the writer: give it a `height` or `top`",
            node.span,
        );
    }
    let body = El::new("wps:bodyPr")
        .with("rot", 0)
        .with("vert", "horz")
        .with("wrap", "square")
        .with("lIns", emu(around.left))
        .with("tIns", emu(around.top))
        .with("rIns", emu(around.right))
        .with("bIns", emu(around.bottom))
        .with("anchor", if hangs { "b" } else { "t" })
        .with("anchorCtr", 0)
        .child(El::new(if hangs || asked.is_some() || between.is_some() {
            "a:noAutofit"
        } else {
            "a:spAutoFit"
        }));
    let shape = El::new("wps:wsp")
        .child(El::new("wps:cNvSpPr").with("txBox", 1))
        .child(shape(writer, node, width, height))
        .child(El::new("wps:txbx").child(El::new("w:txbxContent").children(inside)))
        .child(body);
    let number = writer.next_drawing();
    // A text box says what is in it, for those who do not see where it stands.
    let shown = node.alt.as_deref().map_or_else(|| words(node), str::to_owned);
    let shown: String = shown.chars().take(DESCRIPTION).collect();
    let names = picture::names(number, &format!("Надпись {number}"), Some(&shown));
    drawing(&anchor, number, names, shape)
}

/// A rectangle of one colour.
pub(super) fn rectangle(writer: &mut Writer<'_>, place: &Anchor, color: Color) -> El {
    let transform = El::new("a:xfrm")
        .child(El::new("a:off").with("x", 0).with("y", 0))
        .child(El::new("a:ext").with("cx", emu(place.width)).with("cy", emu(place.height)));
    let properties = El::new("wps:spPr")
        .child(transform)
        .child(El::new("a:prstGeom").with("prst", "rect").child(El::new("a:avLst")))
        .child(El::new("a:solidFill").child(El::new("a:srgbClr").with("val", hex(color))))
        .child(El::new("a:ln").child(El::new("a:noFill")));
    let shape = El::new("wps:wsp")
        .child(El::new("wps:cNvSpPr"))
        .child(properties)
        .child(El::new("wps:bodyPr"));
    let number = writer.next_drawing();
    let names = picture::names(number, &format!("Фон {number}"), None);
    drawing(place, number, names, shape)
}

/// A shape anchored at its place, as readers of Word 2010 and later understand it.
fn drawing(place: &Anchor, number: usize, names: El, shape: El) -> El {
    let data = El::new("a:graphicData").with("uri", WPS).child(shape);
    let graphic = El::new("a:graphic").with("xmlns:a", A).child(data);
    let drawing =
        picture::anchor(place, number, vec![names, El::new("wp:cNvGraphicFramePr"), graphic]);
    El::new("mc:AlternateContent")
        .child(El::new("mc:Choice").with("Requires", "wps").child(drawing))
}

/// The box's outline and background.
fn shape(writer: &mut Writer<'_>, node: &BoxNode, width: f64, height: f64) -> El {
    let style = &node.style;
    let mut transform = El::new("a:xfrm");
    if style.rotate != 0.0 {
        transform.set("rot", picture::angle(style.rotate));
    }
    let transform = transform
        .child(El::new("a:off").with("x", 0).with("y", 0))
        .child(El::new("a:ext").with("cx", emu(width)).with("cy", emu(height)));
    let radius = style.radius[0].resolve(width);
    let mut guides = El::new("a:avLst");
    if radius > 0.0 {
        let share = (radius / width.min(height).max(1.0) * 100_000.0).clamp(0.0, 50_000.0).round();
        guides.push(El::new("a:gd").with("name", "adj").with("fmla", format!("val {share}")));
    }
    let geometry = El::new("a:prstGeom")
        .with("prst", if radius > 0.0 { "roundRect" } else { "rect" })
        .child(guides);
    let solid = |color| El::new("a:solidFill").child(El::new("a:srgbClr").with("val", hex(color)));
    let fill = if style.background.color.is_transparent() {
        El::new("a:noFill")
    } else {
        solid(style.background.color)
    };
    let sides = [style.border.top, style.border.right, style.border.bottom, style.border.left];
    if sides.iter().any(|side| *side != sides[0]) {
        writer.warn_once(
            "docx-border",
            "a text box of a DOCX has the same border on all sides: the top one's",
            node.span,
        );
    }
    let BorderSide { width: thickness, style: kind, color } = sides[0];
    let line = if thickness > 0.0 {
        let mut line = El::new("a:ln").with("w", emu(thickness));
        if kind == BorderStyle::Double {
            line.set("cmpd", "dbl");
        }
        let dash = match kind {
            BorderStyle::Dashed => "dash",
            BorderStyle::Dotted => "sysDot",
            _ => "solid",
        };
        line.child(solid(color)).child(El::new("a:prstDash").with("val", dash))
    } else {
        El::new("a:ln").child(El::new("a:noFill"))
    };
    El::new("wps:spPr").child(transform).child(geometry).child(fill).child(line)
}

/// What is inside the box, as finished paragraphs and tables.
fn inner(
    writer: &mut Writer<'_>,
    node: &BoxNode,
    area: &Area<'_>,
    anchor: &Anchor,
    width: f64,
    around: &Sides<f64>,
) -> Vec<El> {
    let mut content = node.clone();
    let values: &mut Computed = Arc::make_mut(&mut content.style);
    values.position = Position::Static;
    values.padding = Sides::default();
    values.border = Sides::default();
    values.radius = Default::default();
    values.margin = Sides::all(Size::Set(LengthPercentage::ZERO));
    values.inset = Sides::default();
    values.background = Default::default();
    (values.width, values.max_width, values.height) = (Size::Auto, Size::Auto, Size::Auto);
    values.rotate = 0.0;
    let inner_width = (width - around.left - around.right).max(1.0);
    let block = match (anchor.across, anchor.along, area.block) {
        (Origin::Page(x), Origin::Page(y), Some(_)) => Some([x, y, width, anchor.height]),
        _ => None,
    };
    let waiting = std::mem::take(&mut writer.anchors);
    writer.boxed += 1;
    let mut flow = Flow::default();
    let inside = Area { block, page: area.page.clone(), ..Area::of_width(inner_width) };
    flow::blocks(writer, std::slice::from_ref(&content), &inside, &mut flow);
    flow::end(writer, &mut flow);
    writer.boxed -= 1;
    writer.anchors = waiting;
    if writer.boxed == 0 {
        writer.anchors.extend(std::mem::take(&mut writer.hoisted));
    }
    story(writer, flow)
}

/// A story outside of the document's own flow, finished by itself.
pub(super) fn story(writer: &mut Writer<'_>, flow: Flow) -> Vec<El> {
    let mut document = Document::new();
    document.children.extend(flow.blocks.into_iter().map(Block::into_child));
    package::story(&document, &mut writer.patches).unwrap_or_else(|why| {
        writer.sink.push(
            Diagnostic::error("docx-package", format!("the DOCX cannot be finished: {why}"))
                .hint("please report this with your template and data"),
        );
        Vec::new()
    })
}
