//! Pictures as DrawingML.

use std::sync::Arc;

use super::Writer;
use super::package::xml::{El, is_xml_char};
use super::package::{A, Bytes, ExtraPart, R};
use super::properties::emu;
use crate::boxes::{BoxNode, Role};
use crate::diag::Span;
use crate::geometry::Size;
use crate::image::{Image, ImageData};
use crate::sizing::{self, Edges};
use crate::style::Position;

const PIC: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";
const SVG: &str = "http://schemas.microsoft.com/office/drawing/2016/SVG/main";
/// Names the SVG in a picture's extensions ([MS-ODRAWXML] 2.2.6).
const SVG_EXTENSION: &str = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}";

/// Marks ornament ([MS-ODRAWXML] 2.27).
const DECORATIVE: &str = "http://schemas.microsoft.com/office/drawing/2017/decorative";
const DECORATIVE_EXTENSION: &str = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}";

/// Vector pictures are drawn with this many dots an inch.
const DPI: f64 = 300.0;

/// What an anchored thing is placed by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Origin {
    /// The sheet.
    Page(f64),
    /// The column across, the paragraph along.
    Paragraph(f64),
}

/// Size and place of an anchored thing, in points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Anchor {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) across: Origin,
    pub(super) along: Origin,
    pub(super) behind: bool,
}

/// A picture in the line; `room` is the width that percentages refer to.
pub(super) fn inline(writer: &mut Writer<'_>, node: &BoxNode, image: &Arc<Image>, room: f64) -> El {
    let edges = Edges::new(&node.style, room);
    let size = sizing::picture(image, &node.style, &edges, Some(room), None);
    in_line(writer, &Subject::of(node), image, size)
}

/// A picture in the line, in its natural size.
pub(super) fn natural(writer: &mut Writer<'_>, image: &Arc<Image>) -> El {
    let subject = Subject { alt: None, rotate: 0.0, span: None };
    in_line(writer, &subject, image, Size::new(image.width, image.height))
}

pub(super) fn in_line(
    writer: &mut Writer<'_>,
    subject: &Subject,
    image: &Arc<Image>,
    Size { width, height }: Size,
) -> El {
    let body = body(writer, subject, image, width, height).1;
    let inline =
        El::new("wp:inline").with("distT", 0).with("distB", 0).with("distL", 0).with("distR", 0);
    El::new("w:drawing").child(inline.child(extent(width, height)).children(body))
}

/// A picture at a place on its page, behind the text if it is ornament or lies below it.
pub(super) fn anchored(
    writer: &mut Writer<'_>,
    node: &BoxNode,
    image: &Arc<Image>,
    place: &Anchor,
) -> El {
    let (number, body) = body(writer, &Subject::of(node), image, place.width, place.height);
    anchor(&Anchor { behind: place.behind || node.role == Role::Artifact, ..*place }, number, body)
}

/// A picture behind everything on the page.
pub(super) fn background(
    writer: &mut Writer<'_>,
    image: &Arc<Image>,
    place: &Anchor,
    span: Option<Span>,
) -> El {
    let (number, body) =
        body(writer, &Subject { alt: None, rotate: 0.0, span }, image, place.width, place.height);
    anchor(&Anchor { behind: true, ..*place }, number, body)
}

/// A drawing anchored at its place; `body` is what follows the wrapping: names and graphic.
pub(super) fn anchor(place: &Anchor, number: usize, body: Vec<El>) -> El {
    let position = |name: &'static str, origin: Origin, own: &'static str| {
        let (from, offset) = match origin {
            Origin::Page(offset) => ("page", offset),
            Origin::Paragraph(offset) => (own, offset),
        };
        El::new(name)
            .with("relativeFrom", from)
            .child(El::new("wp:posOffset").text(emu(offset).to_string()))
    };
    let in_cell = matches!(place.along, Origin::Paragraph(_));
    let anchor = El::new("wp:anchor")
        .with("distT", 0)
        .with("distB", 0)
        .with("distL", 0)
        .with("distR", 0)
        .with("simplePos", 0)
        .with("relativeHeight", number)
        .with("behindDoc", u8::from(place.behind))
        .with("locked", 0)
        .with("layoutInCell", u8::from(in_cell))
        .with("allowOverlap", 1)
        .child(El::new("wp:simplePos").with("x", 0).with("y", 0))
        .child(position("wp:positionH", place.across, "column"))
        .child(position("wp:positionV", place.along, "paragraph"))
        .child(extent(place.width, place.height))
        .child(El::new("wp:effectExtent").with("l", 0).with("t", 0).with("r", 0).with("b", 0))
        .child(El::new("wp:wrapNone"))
        .children(body);
    El::new("w:drawing").child(anchor)
}

/// Whether a box stands on its own at a place of the page.
pub(super) fn is_positioned(node: &BoxNode) -> bool {
    matches!(node.style.position, Position::Absolute | Position::Fixed)
}

/// Degrees clockwise as DrawingML counts them: 60,000ths, not negative.
pub(super) fn angle(degrees: f64) -> i64 {
    ((degrees.rem_euclid(360.0)) * 60_000.0).round() as i64
}

fn extent(width: f64, height: f64) -> El {
    El::new("wp:extent").with("cx", emu(width).max(1)).with("cy", emu(height).max(1))
}

/// What a drawing is called and what it shows. One that shows nothing says so, or Word's
/// accessibility checker asks for a description.
pub(super) fn names(number: usize, name: &str, alt: Option<&str>) -> El {
    let names = El::new("wp:docPr").with("id", number).with("name", name.to_owned());
    match alt.map(str::trim).filter(|alt| !alt.is_empty()) {
        Some(alt) => {
            names.with("descr", alt.chars().filter(|c| is_xml_char(*c)).collect::<String>())
        }
        None => {
            let mark = El::new("adec:decorative").with("xmlns:adec", DECORATIVE).with("val", 1);
            let extension = El::new("a:ext").with("uri", DECORATIVE_EXTENSION).child(mark);
            names.child(El::new("a:extLst").with("xmlns:a", A).child(extension))
        }
    }
}

/// What a picture shows and how it is turned.
pub(super) struct Subject {
    alt: Option<Arc<str>>,
    rotate: f64,
    span: Option<Span>,
}

impl Subject {
    pub(super) fn of(node: &BoxNode) -> Self {
        Self { alt: node.alt.clone(), rotate: node.style.rotate, span: node.span }
    }
}

/// The drawing's number, and `wp:docPr` and the graphic.
fn body(
    writer: &mut Writer<'_>,
    subject: &Subject,
    image: &Arc<Image>,
    width: f64,
    height: f64,
) -> (usize, Vec<El>) {
    let number = writer.next_drawing();
    let name = format!("Рисунок {number}");
    let (picture, svg) = media(writer, subject.span, image, width);
    let doc = names(number, &name, subject.alt.as_deref());
    let names = El::new("pic:nvPicPr")
        .child(El::new("pic:cNvPr").with("id", number).with("name", &name))
        .child(El::new("pic:cNvPicPr"));
    let mut blip = El::new("a:blip");
    if let Some(picture) = picture {
        blip.set("r:embed", picture);
    }
    if let Some(svg) = svg {
        let svg = El::new("asvg:svgBlip").with("xmlns:asvg", SVG).with("r:embed", svg);
        blip.push(
            El::new("a:extLst").child(El::new("a:ext").with("uri", SVG_EXTENSION).child(svg)),
        );
    }
    let fill = El::new("pic:blipFill")
        .child(blip)
        .child(El::new("a:stretch").child(El::new("a:fillRect")));
    let mut transform = El::new("a:xfrm");
    if subject.rotate != 0.0 {
        transform.set("rot", angle(subject.rotate));
    }
    let transform = transform
        .child(El::new("a:off").with("x", 0).with("y", 0))
        .child(El::new("a:ext").with("cx", emu(width).max(1)).with("cy", emu(height).max(1)));
    let shape = El::new("pic:spPr")
        .child(transform)
        .child(El::new("a:prstGeom").with("prst", "rect").child(El::new("a:avLst")));
    let picture = El::new("pic:pic").with("xmlns:pic", PIC).child(names).child(fill).child(shape);
    let graphic = El::new("a:graphic")
        .with("xmlns:a", A)
        .child(El::new("a:graphicData").with("uri", PIC).child(picture));
    (number, vec![doc, El::new("wp:cNvGraphicFramePr"), graphic])
}

/// The relationships of a picture's files: the raster and, if there is one, the SVG. Each file is
/// in the package once.
fn media(
    writer: &mut Writer<'_>,
    span: Option<Span>,
    image: &Arc<Image>,
    width: f64,
) -> (Option<String>, Option<String>) {
    let (bytes, ending) = match &image.data {
        ImageData::Jpeg { bytes, .. } => (Some(Arc::clone(bytes)), "jpeg"),
        ImageData::Png { bytes, .. } => (Some(Arc::clone(bytes)), "png"),
        ImageData::Vector { .. } => (None, "png"),
    };
    let key = image.name.to_string();
    if !writer.media.contains_key(&key) {
        // Dots for the size on paper, whatever the natural size is.
        let bytes = match bytes {
            Some(bytes) => Ok(bytes),
            None => writer.images.raster(image, DPI * (width / image.width.max(0.01))),
        };
        match bytes {
            Ok(bytes) => {
                let path = add(writer, Bytes::Kept(bytes), ending);
                writer.media.insert(key.clone(), path);
            }
            Err(fault) => {
                writer.report(fault, span);
                return (None, None);
            }
        }
    }
    let path = writer.media[&key].clone();
    let picture = writer.relate(&format!("{R}/image"), &path, false);
    let Some(text) = writer.images.plain_svg(image) else { return (Some(picture), None) };
    let key = format!("svg {key}");
    if !writer.media.contains_key(&key) {
        let path = add(writer, Bytes::Kept(text.into()), "svg");
        writer.media.insert(key.clone(), path);
    }
    let path = writer.media[&key].clone();
    (Some(picture), Some(writer.relate(&format!("{R}/image"), &path, false)))
}

/// Puts a file into the package.
fn add(writer: &mut Writer<'_>, bytes: Bytes, ending: &str) -> String {
    let path = format!("media/image{}.{ending}", writer.media.len() + 1);
    writer.patches.parts.push(ExtraPart {
        name: path.clone(),
        bytes,
        content_type: None,
        relations: Vec::new(),
    });
    path
}
