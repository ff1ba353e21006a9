//! Pictures as DrawingML.

use std::sync::Arc;

use super::Writer;
use super::package::ExtraPart;
use super::package::xml::El;
use super::properties::emu;
use crate::boxes::{BoxNode, Role};
use crate::image::{self, Image, ImageData};
use crate::style::{Position, Size};

const A: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const PIC: &str = "http://schemas.openxmlformats.org/drawingml/2006/picture";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Vector pictures are drawn with this many dots an inch.
const DPI: f64 = 300.0;

/// A picture in the line.
pub(super) fn inline(writer: &mut Writer<'_>, node: &BoxNode, image: &Arc<Image>) -> El {
    let (width, height) = size(node, image);
    let body = body(writer, node, image, width, height);
    let inline = El::new("wp:inline").with("distT", 0).with("distB", 0).with("distL", 0).with("distR", 0);
    El::new("w:drawing").child(inline.child(extent(width, height)).children(body))
}

/// A picture at a place on its page, behind the text if it is ornament or lies below it.
pub(super) fn anchored(writer: &mut Writer<'_>, node: &BoxNode, image: &Arc<Image>, area: (f64, f64)) -> El {
    let (width, height) = size(node, image);
    let behind = node.style.z_index < 0 || node.role == Role::Artifact;
    let fixed = |start: Size, end: Size, room: f64, extent: f64| {
        let from_end = || end.resolve(room).map(|end| room - end - extent);
        start.resolve(room).or_else(from_end).unwrap_or(0.0)
    };
    let x = fixed(node.style.inset.left, node.style.inset.right, area.0, width);
    let y = fixed(node.style.inset.top, node.style.inset.bottom, area.1, height);
    let place =
        |name: &str, offset: f64| El::new(name).with("relativeFrom", "margin").child(El::new("wp:posOffset").text(emu(offset).to_string()));
    let body = body(writer, node, image, width, height);
    let order = body.first().and_then(|el| el.get("id")).and_then(|id| id.parse::<u32>().ok()).unwrap_or(1);
    let anchor = El::new("wp:anchor")
        .with("distT", 0)
        .with("distB", 0)
        .with("distL", 0)
        .with("distR", 0)
        .with("simplePos", 0)
        .with("relativeHeight", order)
        .with("behindDoc", u8::from(behind))
        .with("locked", 0)
        .with("layoutInCell", 1)
        .with("allowOverlap", 1)
        .child(El::new("wp:simplePos").with("x", 0).with("y", 0))
        .child(place("wp:positionH", x))
        .child(place("wp:positionV", y))
        .child(extent(width, height))
        .child(El::new("wp:effectExtent").with("l", 0).with("t", 0).with("r", 0).with("b", 0))
        .child(El::new("wp:wrapNone"))
        .children(body);
    El::new("w:drawing").child(anchor)
}

/// Whether a box is a picture that stands on its own at a place of the page.
pub(super) fn is_positioned(node: &BoxNode) -> bool {
    matches!(node.style.position, Position::Absolute | Position::Fixed)
}

fn extent(width: f64, height: f64) -> El {
    El::new("wp:extent").with("cx", emu(width)).with("cy", emu(height))
}

/// The size that CSS gives, with the other side in proportion.
fn size(node: &BoxNode, image: &Image) -> (f64, f64) {
    let style = &node.style;
    match (style.width.resolve(0.0).filter(|w| *w > 0.0), style.height.resolve(0.0).filter(|h| *h > 0.0)) {
        (Some(width), Some(height)) => (width, height),
        (Some(width), None) => (width, width * image.height / image.width.max(0.01)),
        (None, Some(height)) => (height * image.width / image.height.max(0.01), height),
        (None, None) => (image.width, image.height),
    }
}

/// `wp:docPr` and the graphic.
fn body(writer: &mut Writer<'_>, node: &BoxNode, image: &Arc<Image>, width: f64, height: f64) -> Vec<El> {
    let number = writer.next_drawing();
    let name = format!("Рисунок {number}");
    let alt = node.alt.as_deref().unwrap_or("");
    let relationship = media(writer, node, image, width);
    let mut doc = El::new("wp:docPr").with("id", number).with("name", &name);
    if !alt.is_empty() {
        doc.set("descr", alt);
    }
    let names = El::new("pic:nvPicPr").child(El::new("pic:cNvPr").with("id", number).with("name", &name)).child(El::new("pic:cNvPicPr"));
    let fill = El::new("pic:blipFill")
        .child(El::new("a:blip").with("r:embed", relationship))
        .child(El::new("a:stretch").child(El::new("a:fillRect")));
    let transform = El::new("a:xfrm")
        .child(El::new("a:off").with("x", 0).with("y", 0))
        .child(El::new("a:ext").with("cx", emu(width)).with("cy", emu(height)));
    let shape = El::new("pic:spPr").child(transform).child(El::new("a:prstGeom").with("prst", "rect").child(El::new("a:avLst")));
    let picture = El::new("pic:pic").with("xmlns:pic", PIC).child(names).child(fill).child(shape);
    let graphic = El::new("a:graphic").with("xmlns:a", A).child(El::new("a:graphicData").with("uri", PIC).child(picture));
    vec![doc, El::new("wp:cNvGraphicFramePr"), graphic]
}

/// The relationship of a picture's file, which is in the package once.
fn media(writer: &mut Writer<'_>, node: &BoxNode, image: &Arc<Image>, width: f64) -> String {
    let key = image.name.to_string();
    if let Some(id) = writer.media.get(&key) {
        return id.clone();
    }
    let (bytes, ending) = match &image.data {
        ImageData::Jpeg { bytes, .. } => (bytes.to_vec(), "jpeg"),
        ImageData::Png { bytes, .. } => (bytes.to_vec(), "png"),
        // Dots for the size on paper, whatever the natural size is.
        ImageData::Vector { .. } => match image::rasterize(image, DPI * (width / image.width.max(0.01))) {
            Ok(png) => (png, "png"),
            Err(fault) => {
                writer.report(fault, node.span);
                return String::new();
            }
        },
    };
    let number = writer.patches.parts.len() + 1;
    let id = format!("rIdPart{number}");
    writer.patches.parts.push(ExtraPart {
        name: format!("media/image{number}.{ending}"),
        bytes,
        content_type: None,
        relationship: Some((id.clone(), format!("{R}/image"))),
    });
    writer.media.insert(key, id.clone());
    id
}
