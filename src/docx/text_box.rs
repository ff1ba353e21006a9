//! Positioned boxes: pictures and text boxes anchored at a place of the page.

use std::sync::Arc;

use docx_rs::Document;

use super::Writer;
use super::flow::{self, Area, Block, Flow};
use super::package::xml::El;
use super::package::{self, A, WPS};
use super::picture::{self, Anchor, Origin};
use super::properties::{emu, hex};
use super::slack::with_slack;
use super::table::words;
use crate::boxes::{BoxNode, Content};
use crate::diag::Diagnostic;
use crate::geometry::{Rect, Sides, Size};
use crate::sizing::{Edges, HeightRange, absolute_place};
use crate::style::{
    BorderSide, BorderStyle, Color, Computed, LengthOrAuto as SizeValue, LengthPercentage, Position,
};

/// How many characters of its text describe a text box.
const DESCRIPTION: usize = 200;

/// Hangs an absolutely positioned box on the next paragraph. A fixed one waits for the headers of
/// all pages.
pub(super) fn positioned(writer: &mut Writer<'_>, node: &BoxNode, area: &Area<'_>) {
    if node.style.position == Position::Fixed {
        let vertical = [node.style.inset.top, node.style.inset.bottom];
        if vertical == [SizeValue::Auto; 2] {
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
    let block = area.block.unwrap_or_else(|| Rect::new(0.0, 0.0, area.inner(), 0.0));
    let edges = Edges::new(&node.style, block.width);
    // Where the box would stand in the flow.
    let along_flow = if area.block.is_some() { 0.0 } else { area.left };
    let (content, range) = writer.sizer.absolute_size(node, &edges, block.size(), along_flow);
    let drawing = match &node.content {
        Content::Image(image) => {
            let size = Size::new(content, range.min);
            let place = place(node, area, &edges, block, size);
            picture::anchored(writer, node, image, &place)
        }
        _ => text_box(writer, node, area, &edges, block, (content, range)),
    };
    let run = El::new("w:r").child(drawing);
    // Word has nothing anchored inside of text boxes and footnotes: it hangs beside them.
    if writer.boxed > 0 { writer.hoisted.push(run) } else { writer.anchors.push(run) }
}

/// Where a border box of that size stands by its insets.
fn place(node: &BoxNode, area: &Area<'_>, edges: &Edges, block: Rect, size: Size) -> Anchor {
    let style = &node.style;
    let (x, y) = absolute_place(style, edges, block, size);
    let on_page = area.block.is_some();
    let margins = edges.margins();
    Anchor {
        width: size.width,
        height: size.height,
        across: match x {
            Some(x) if on_page => Origin::Page(x),
            Some(x) => Origin::Paragraph(area.left + x),
            None => Origin::Paragraph(area.left + margins.left),
        },
        along: match y {
            Some(y) if on_page => Origin::Page(y),
            Some(y) => Origin::Paragraph(y),
            None if style.position == Position::Fixed => Origin::Page(block.y),
            None => Origin::Paragraph(margins.top),
        },
        behind: style.z_index < 0,
    }
}

/// How much higher than measured a box is made that hangs from below, as a share and in points: its
/// height is known to Word only, and a line more must not be cut off at the top.
const HANGING: (f64, f64) = (0.5, 24.0);

/// A box of text as a Word text box, with its content width and the bounds of its height. The text
/// of a box that hangs from below stands at its bottom.
fn text_box(
    writer: &mut Writer<'_>,
    node: &BoxNode,
    area: &Area<'_>,
    edges: &Edges,
    block: Rect,
    (content, range): (f64, HeightRange),
) -> El {
    let style = &node.style;
    let set = style.width != SizeValue::Auto
        || (style.inset.left != SizeValue::Auto && style.inset.right != SizeValue::Auto);
    let widest = writer.sizer.content(node).max;
    // A box that shrinks to its longest line is as wide as Word needs it to be.
    let content = if set || widest > content + 0.1 { content } else { with_slack(content) };
    let around = edges.inner();
    let width = content.max(1.0) + edges.across();
    let hangs = range.definite().is_none()
        && style.inset.top == SizeValue::Auto
        && style.inset.bottom != SizeValue::Auto;
    let likely = range.clamp(writer.sizer.content_height(node, content)) + edges.along();
    let height = if hangs { likely * (1.0 + HANGING.0) + HANGING.1 } else { likely };
    let anchor = place(node, area, edges, block, Size::new(width, height));
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
        .child(El::new(if hangs || range.definite().is_some() {
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
    values.margin = Sides::all(SizeValue::Set(LengthPercentage::ZERO));
    values.inset = Sides::default();
    values.background = Default::default();
    (values.width, values.min_width) = (SizeValue::Auto, SizeValue::Auto);
    (values.max_width, values.height) = (SizeValue::Auto, SizeValue::Auto);
    values.rotate = 0.0;
    let inner_width = (width - around.left - around.right).max(1.0);
    let block = match (anchor.across, anchor.along, area.block) {
        (Origin::Page(x), Origin::Page(y), Some(_)) => Some(Rect::new(x, y, width, anchor.height)),
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
