//! Positioned boxes: pictures and text boxes anchored at a place of the page.

use super::anchor::{self, AnchorOrigin, DrawingAnchor, hang_bookmark};
use super::area::{KeepTogether, StoryArea};
use super::{Story, flow, picture, shape, spacing};
use crate::boxes::{BoxNode, Content};
use crate::diag::say;
use crate::docx::package::xml::El;
use crate::docx::words::slack::{hanging_height, overflows, with_slack};
use crate::docx::words::units::{emu, hex};
use crate::docx::writer::DocxWriter;
use crate::geometry::{Point, Rect, Sides, Size};
use crate::sizing::{AbsolutePlace, Edges, HeightRange, absolute_place};
use crate::style::{BorderSide, BorderStyle, LengthOrAuto as SizeValue, Position};

/// How many characters of its text describe a text box.
const DESCRIPTION: usize = 200;

/// Hangs an absolutely positioned box on the next paragraph. A fixed one stands in the headers of
/// all pages, which have been given it beforehand.
pub(crate) fn positioned(
    writer: &mut DocxWriter<'_>,
    node: &BoxNode,
    area: &StoryArea<'_>,
    story: &mut Story,
) {
    if node.style.position == Position::Running {
        let message = say!("running elements are left out of the DOCX");
        writer.warn_once("docx-running", message, node.span);
        return;
    }
    if node.style.position != Position::Fixed {
        anchored(writer, node, area, story);
        return;
    }
    let vertical = [node.style.inset.top, node.style.inset.bottom];
    if vertical == [SizeValue::Auto; 2] {
        writer.warn_once(
            "docx-fixed",
            say!(
                "a fixed box without `top` or `bottom` is placed at the top of each page of the \
                 DOCX"
            ),
            node.span,
        );
    }
}

/// Hangs a box on the next paragraph, or on the header being written.
pub(crate) fn anchored(
    writer: &mut DocxWriter<'_>,
    node: &BoxNode,
    area: &StoryArea<'_>,
    story: &mut Story,
) {
    let block = area.block.unwrap_or_else(|| Rect::new(0.0, 0.0, area.inner(), 0.0));
    let edges = Edges::new(&node.style, block.width);
    // Where the box would stand in the flow.
    let along_flow = if area.block.is_some() { 0.0 } else { area.left };
    let (content, range) = writer.sizer.absolute_size(node, &edges, block.size(), along_flow);
    let drawing = match &node.content {
        // Nothing is seen of it, and it takes no room.
        Content::Image(_) if node.style.text.hidden => return,
        Content::Image(image) => {
            let size = Size::new(content, range.min);
            let place = place(node, area, &edges, block, size);
            picture::anchored(writer, story.anchor_part(), node, image, &place)
        }
        _ => {
            let measured = MeasuredBox { edges, block, content, range };
            text_box(writer, node, area, &measured, story)
        }
    };
    story.hang(El::new("w:r").child(drawing));
}

/// A positioned box with what is known of its size.
struct MeasuredBox {
    edges: Edges,
    /// What it is placed by.
    block: Rect,
    /// The width of its content.
    content: f64,
    /// The bounds of its content's height.
    range: HeightRange,
}

/// Where a border box of that size stands by its insets.
fn place(
    node: &BoxNode,
    area: &StoryArea<'_>,
    edges: &Edges,
    block: Rect,
    size: Size,
) -> DrawingAnchor {
    let style = &node.style;
    let AbsolutePlace { x, y } = absolute_place(style, edges, block, size);
    let on_page = area.block.is_some();
    let margins = edges.margins();
    DrawingAnchor {
        size,
        across: match x {
            Some(x) if on_page => AnchorOrigin::Page(x),
            Some(x) => AnchorOrigin::Paragraph(area.left + x),
            None => AnchorOrigin::Paragraph(area.left + margins.left),
        },
        along: match y {
            Some(y) if on_page => AnchorOrigin::Page(y),
            Some(y) => AnchorOrigin::Paragraph(y),
            None if style.position == Position::Fixed => AnchorOrigin::Page(block.y),
            None => AnchorOrigin::Paragraph(margins.top),
        },
        behind: style.z_index < 0,
    }
}

/// A box of text as a Word text box. The text of a box that hangs from below stands at its bottom.
fn text_box(
    writer: &mut DocxWriter<'_>,
    node: &BoxNode,
    area: &StoryArea<'_>,
    measured: &MeasuredBox,
    story: &mut Story,
) -> El {
    let style = &node.style;
    let MeasuredBox { edges, block, content, range } = measured;
    let set = style.width != SizeValue::Auto
        || (style.inset.left != SizeValue::Auto && style.inset.right != SizeValue::Auto);
    let widest = writer.sizer.content(node).max;
    let is_table = matches!(node.content, Content::Table(_));
    // A box that shrinks to its longest line is as wide as Word needs it to be; the cells of a
    // table see to that themselves.
    let tight = !set && !is_table && !overflows(widest, *content);
    let content = if tight { with_slack(*content) } else { *content };
    let width = content.max(1.0) + edges.across();
    let hangs = range.definite().is_none()
        && style.inset.top == SizeValue::Auto
        && style.inset.bottom != SizeValue::Auto;
    let likely = range.clamp(writer.sizer.content_height(node, content)) + edges.along();
    let height = if hangs { hanging_height(likely) } else { likely };
    let size = Size::new(width, height);
    let anchor = place(node, area, edges, *block, size);
    // A table draws its own edges.
    let around = if is_table { Sides::default() } else { edges.inner() };
    let inside = inner(writer, node, area, &anchor, &around, story);
    let plain = !style.has_border() && style.background.color.is_transparent();
    if hangs && !plain {
        writer.warn_once(
            "docx-text-box",
            say!("the height of this box is not known to the writer: give it a `height` or `top`"),
            node.span,
        );
    }
    // A box that grows downwards would leave its lower edge, by which this one is placed.
    let fixed = hangs || range.definite().is_some();
    let body = body_properties(&around, hangs, fixed);
    let shape = El::new("wps:wsp")
        .child(El::new("wps:cNvSpPr").with("txBox", 1))
        .child(outline(writer, node, size))
        .child(El::new("wps:txbx").child(El::new("w:txbxContent").children(inside)))
        .child(body);
    let number = writer.ids.drawing();
    // A text box says what is in it, for those who do not see where it stands.
    let shown = node.alt.as_deref().map_or_else(|| node.plain_text(), str::to_owned);
    let shown: String = shown.chars().take(DESCRIPTION).collect();
    let names = anchor::names(number, &format!("Надпись {number}"), Some(&shown));
    shape::drawing(&anchor, number, names, shape)
}

/// How text stands in its box: `wps:bodyPr`.
fn body_properties(around: &Sides<f64>, hangs: bool, fixed: bool) -> El {
    El::new("wps:bodyPr")
        .with("rot", 0)
        .with("vert", "horz")
        .with("wrap", "square")
        .with("lIns", emu(around.left))
        .with("tIns", emu(around.top))
        .with("rIns", emu(around.right))
        .with("bIns", emu(around.bottom))
        // Placed by its lower edge, its text goes down to it, too.
        .with("anchor", if hangs { "b" } else { "t" })
        .with("anchorCtr", 0)
        // Word makes a box whose height nobody set as high as its text is there.
        .child(El::new(if fixed { "a:noAutofit" } else { "a:spAutoFit" }))
}

/// The box's outline and background.
fn outline(writer: &mut DocxWriter<'_>, node: &BoxNode, size: Size) -> El {
    let style = &node.style;
    let Size { width, height } = size;
    let mut transform = El::new("a:xfrm");
    if style.rotate != 0.0 {
        transform.set("rot", anchor::angle(style.rotate));
    }
    let transform = transform
        .child(El::new("a:off").with("x", 0).with("y", 0))
        .child(El::new("a:ext").with("cx", emu(width)).with("cy", emu(height)));
    // Word rounds all corners alike; the first one stands for them.
    let radius = style.radius[0].resolve(width);
    let mut guides = El::new("a:avLst");
    if radius > 0.0 {
        // The corner is counted in 100,000ths of the shorter side, at most a half of it.
        let share = (radius / width.min(height).max(1.0) * 100_000.0).clamp(0.0, 50_000.0).round();
        guides.push(El::new("a:gd").with("name", "adj").with("fmla", format!("val {share}")));
    }
    let geometry = El::new("a:prstGeom")
        .with("prst", if radius > 0.0 { "roundRect" } else { "rect" })
        .child(guides);
    let solid = |color| El::new("a:solidFill").child(El::new("a:srgbClr").with("val", hex(color)));
    // A table draws its own edges.
    let is_table = matches!(node.content, Content::Table(_));
    let fill = if is_table || style.background.color.is_transparent() {
        El::new("a:noFill")
    } else {
        solid(style.background.color)
    };
    let border = if is_table { Sides::default() } else { style.border };
    let sides = [border.top, border.right, border.bottom, border.left];
    if sides.iter().any(|side| *side != sides[0]) {
        writer.warn_once(
            "docx-border",
            say!("a text box of a DOCX has the same border on all sides: the top one's"),
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

/// What is inside the box, as paragraphs and tables.
fn inner(
    writer: &mut DocxWriter<'_>,
    node: &BoxNode,
    area: &StoryArea<'_>,
    anchor: &DrawingAnchor,
    around: &Sides<f64>,
    story: &mut Story,
) -> Vec<El> {
    let width = (anchor.size.width - around.across()).max(1.0);
    let block = match (anchor.across, anchor.along, area.block) {
        (AnchorOrigin::Page(x), AnchorOrigin::Page(y), Some(_)) => {
            Some(Rect::at(Point::new(x, y), anchor.size))
        }
        _ => None,
    };
    let keep = KeepTogether { all: node.style.break_inside_avoid, ..KeepTogether::default() };
    let inside = StoryArea { block, page: area.page, keep, ..StoryArea::of_width(width) };
    let mut inner = story.text_box();
    let empty = match &node.content {
        Content::Inline(content) => content.is_empty() && node.marker.is_none(),
        Content::Blocks(kids) => kids.is_empty(),
        _ => false,
    };
    if empty {
        // The text box itself is as high as the box.
        hang_bookmark(writer, node, &mut inner);
    } else {
        flow::held(writer, node, &inside, &mut inner);
    }
    spacing::end(writer, &mut inner);
    story.absorb(inner)
}
