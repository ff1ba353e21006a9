//! Pictures as DrawingML (ECMA-376 Part 1, 20.2, 20.4).
//!
//! Called by the stories for what `sizing` has measured.

use std::sync::Arc;

use super::anchor::{self, DrawingAnchor};
use super::shape;
use crate::boxes::{BoxNode, Role};
use crate::diag::Span;
use crate::docx::package::words::A;
use crate::docx::package::xml::El;
use crate::docx::registry::relations::PartId;
use crate::docx::words::units::emu;
use crate::docx::writer::DocxWriter;
use crate::geometry::Size;
use crate::image::Image;
use crate::sizing::{self, Edges};
use crate::style::Fitting;

const PIC: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";
const SVG: &str = "http://schemas.microsoft.com/office/drawing/2016/SVG/main";
/// Names the SVG in a picture's extensions ([MS-ODRAWXML] 2.2.6).
const SVG_EXTENSION: &str = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}";

/// What a picture shows and how it is turned.
#[derive(Debug)]
pub(crate) struct PictureSubject {
    alt: Option<Arc<str>>,
    rotate: f64,
    fitting: Fitting,
    /// It keeps its room and is not seen.
    hidden: bool,
    span: Option<Span>,
}

impl PictureSubject {
    pub(crate) fn of(node: &BoxNode) -> Self {
        let style = &node.style;
        let (rotate, fitting, hidden) = (style.rotate, style.object_fit, style.text.hidden);
        Self { alt: node.alt.clone(), rotate, fitting, hidden, span: node.span }
    }

    /// A background, which shows nothing that the text does not say.
    pub(crate) fn background(span: Option<Span>) -> Self {
        Self { span, fitting: Fitting::Fill, alt: None, rotate: 0.0, hidden: false }
    }
}

/// A picture in the line; `room` is the width that percentages refer to.
pub(crate) fn inline(
    writer: &mut DocxWriter<'_>,
    part: PartId,
    node: &BoxNode,
    image: &Arc<Image>,
    room: f64,
) -> El {
    let edges = Edges::new(&node.style, room);
    let size = sizing::picture(image, &node.style, &edges, Some(room), None);
    in_line(writer, part, &PictureSubject::of(node), image, size)
}

/// A picture in the line, of that size.
pub(crate) fn in_line(
    writer: &mut DocxWriter<'_>,
    part: PartId,
    subject: &PictureSubject,
    image: &Arc<Image>,
    size: Size,
) -> El {
    if subject.hidden {
        return shape::room(writer, size);
    }
    let number = writer.ids.drawing();
    anchor::in_line(size, body(writer, part, subject, image, size, number))
}

/// A picture at a place on its page, behind the text if it is ornament or lies below it.
pub(crate) fn anchored(
    writer: &mut DocxWriter<'_>,
    part: PartId,
    node: &BoxNode,
    image: &Arc<Image>,
    place: &DrawingAnchor,
) -> El {
    // Ornament must not cover text, whatever it is drawn over in CSS.
    let place = DrawingAnchor { behind: place.behind || node.role == Role::Artifact, ..*place };
    at_place(writer, part, &PictureSubject::of(node), image, &place)
}

/// A picture at a place.
pub(crate) fn at_place(
    writer: &mut DocxWriter<'_>,
    part: PartId,
    subject: &PictureSubject,
    image: &Arc<Image>,
    place: &DrawingAnchor,
) -> El {
    let number = writer.ids.drawing();
    let body = body(writer, part, subject, image, place.size, number);
    anchor::anchor(place, number, body)
}

/// How much of a picture is cut off at each side so that it fills its room in its own proportions;
/// less than nothing leaves room beside it (ECMA-376 Part 1, 20.1.8.55).
fn cut(fitting: Fitting, image: &Image, room: Size) -> Option<El> {
    let size = sizing::fitted(fitting, image, room);
    // In 100,000ths of the picture, half at each side.
    let share = |size: f64, room: f64| ((size - room) / size.max(1.0) * 50_000.0).round() as i64;
    let (across, along) = (share(size.width, room.width), share(size.height, room.height));
    let rect = El::new("a:srcRect");
    let rect = if across == 0 { rect } else { rect.with("l", across).with("r", across) };
    let rect = if along == 0 { rect } else { rect.with("t", along).with("b", along) };
    (!rect.attributes.is_empty()).then_some(rect)
}

/// `wp:docPr` and the graphic of a drawing of that number.
fn body(
    writer: &mut DocxWriter<'_>,
    part: PartId,
    subject: &PictureSubject,
    image: &Arc<Image>,
    size: Size,
    number: usize,
) -> Vec<El> {
    let name = format!("Рисунок {number}");
    let files = writer.relations.intern_picture(part, writer.images, image, size.width);
    let files = files.unwrap_or_else(|fault| {
        writer.report(fault, subject.span);
        // A drawing without a file keeps its room, so that the rest stands where it would; the
        // fault has been reported.
        Default::default()
    });
    let doc = anchor::names(number, &name, subject.alt.as_deref());
    let names = El::new("pic:nvPicPr")
        .child(El::new("pic:cNvPr").with("id", number).with("name", &name))
        .child(El::new("pic:cNvPicPr"));
    let mut blip = El::new("a:blip");
    if let Some(raster) = files.raster {
        blip.set("r:embed", raster);
    }
    // Newer versions of Word show the drawing itself, all others the pixels beside it.
    if let Some(svg) = files.svg {
        let svg = El::new("asvg:svgBlip").with("xmlns:asvg", SVG).with("r:embed", svg);
        blip.push(
            El::new("a:extLst").child(El::new("a:ext").with("uri", SVG_EXTENSION).child(svg)),
        );
    }
    let fill = El::new("pic:blipFill")
        .child(blip)
        .children(cut(subject.fitting, image, size))
        .child(El::new("a:stretch").child(El::new("a:fillRect")));
    let mut transform = El::new("a:xfrm");
    if subject.rotate != 0.0 {
        transform.set("rot", anchor::angle(subject.rotate));
    }
    let (width, height) = (emu(size.width).max(1), emu(size.height).max(1));
    let transform = transform
        .child(El::new("a:off").with("x", 0).with("y", 0))
        .child(El::new("a:ext").with("cx", width).with("cy", height));
    let shape = El::new("pic:spPr")
        .child(transform)
        .child(El::new("a:prstGeom").with("prst", "rect").child(El::new("a:avLst")));
    let picture = El::new("pic:pic").with("xmlns:pic", PIC).child(names).child(fill).child(shape);
    let graphic = El::new("a:graphic")
        .with("xmlns:a", A)
        .child(El::new("a:graphicData").with("uri", PIC).child(picture));
    vec![doc, El::new("wp:cNvGraphicFramePr"), graphic]
}
