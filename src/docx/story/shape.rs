//! Shapes of DrawingML (ECMA-376 Part 1, 20.1) as drawings: colours behind pages, rooms that show
//! nothing.

use super::anchor::{self, DrawingAnchor};
use crate::docx::package::words::{A, WPS};
use crate::docx::package::xml::El;
use crate::docx::words::units::{emu, hex};
use crate::docx::writer::DocxWriter;
use crate::geometry::Size;
use crate::style::Color;

/// A rectangle of one colour.
pub(crate) fn rectangle(writer: &mut DocxWriter<'_>, place: &DrawingAnchor, color: Color) -> El {
    let number = writer.ids.drawing();
    let names = anchor::names(number, &format!("Фон {number}"), None);
    drawing(place, number, names, bare_shape(place.size, Some(color)))
}

/// A shape in the line that shows nothing and takes that room.
pub(crate) fn room(writer: &mut DocxWriter<'_>, size: Size) -> El {
    let number = writer.ids.drawing();
    let names = anchor::names(number, &format!("Место {number}"), None);
    let graphic = graphic(bare_shape(size, None));
    chosen(anchor::in_line(size, vec![names, El::new("wp:cNvGraphicFramePr"), graphic]))
}

/// A shape without an outline and without text.
fn bare_shape(size: Size, color: Option<Color>) -> El {
    let (width, height) = (emu(size.width).max(1), emu(size.height).max(1));
    let transform = El::new("a:xfrm")
        .child(El::new("a:off").with("x", 0).with("y", 0))
        .child(El::new("a:ext").with("cx", width).with("cy", height));
    let solid = |color| El::new("a:solidFill").child(El::new("a:srgbClr").with("val", hex(color)));
    let properties = El::new("wps:spPr")
        .child(transform)
        .child(El::new("a:prstGeom").with("prst", "rect").child(El::new("a:avLst")))
        .child(color.map_or_else(|| El::new("a:noFill"), solid))
        .child(El::new("a:ln").child(El::new("a:noFill")));
    El::new("wps:wsp").child(El::new("wps:cNvSpPr")).child(properties).child(El::new("wps:bodyPr"))
}

/// A shape anchored at its place.
pub(crate) fn drawing(place: &DrawingAnchor, number: usize, names: El, shape: El) -> El {
    let body = vec![names, El::new("wp:cNvGraphicFramePr"), graphic(shape)];
    chosen(anchor::anchor(place, number, body))
}

fn graphic(shape: El) -> El {
    let data = El::new("a:graphicData").with("uri", WPS).child(shape);
    El::new("a:graphic").with("xmlns:a", A).child(data)
}

/// A drawing with a shape, as readers of Word 2010 and later understand it.
fn chosen(drawing: El) -> El {
    El::new("mc:AlternateContent")
        .child(El::new("mc:Choice").with("Requires", "wps").child(drawing))
}
