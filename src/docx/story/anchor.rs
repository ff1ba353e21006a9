//! Places of anchored drawings, and bookmarks that wait for a paragraph.

use super::Story;
use crate::boxes::BoxNode;
use crate::docx::package::words::A;
use crate::docx::package::xml::{El, is_xml_char};
use crate::docx::words::units::emu;
use crate::docx::writer::DocxWriter;
use crate::geometry::Size;

/// Marks ornament ([MS-ODRAWXML] 2.27).
const DECORATIVE: &str = "http://schemas.microsoft.com/office/drawing/2017/decorative";
const DECORATIVE_EXTENSION: &str = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}";

/// What an anchored thing is placed by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum AnchorOrigin {
    /// The sheet.
    Page(f64),
    /// The column across, the paragraph along.
    Paragraph(f64),
}

/// Size and place of an anchored thing, in points.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DrawingAnchor {
    pub(crate) size: Size,
    pub(crate) across: AnchorOrigin,
    pub(crate) along: AnchorOrigin,
    /// Whether text lies over it.
    pub(crate) behind: bool,
}

/// The bookmark of a box that is not a paragraph goes into the next one.
pub(crate) fn hang_bookmark(writer: &mut DocxWriter<'_>, node: &BoxNode, story: &mut Story) {
    let marks = node.id.as_ref().and_then(|id| writer.ids.set_bookmark(id));
    story.wait(marks.into_iter().flatten());
}

/// A drawing anchored at its place; `body` is what follows the wrapping: names and graphic.
pub(crate) fn anchor(place: &DrawingAnchor, number: usize, body: Vec<El>) -> El {
    let position = |name: &'static str, origin: AnchorOrigin, own: &'static str| {
        let (from, offset) = match origin {
            AnchorOrigin::Page(offset) => ("page", offset),
            AnchorOrigin::Paragraph(offset) => (own, offset),
        };
        El::new(name)
            .with("relativeFrom", from)
            .child(El::new("wp:posOffset").text(emu(offset).to_string()))
    };
    let in_cell = matches!(place.along, AnchorOrigin::Paragraph(_));
    let anchor = El::new("wp:anchor")
        .with("distT", 0)
        .with("distB", 0)
        .with("distL", 0)
        .with("distR", 0)
        .with("simplePos", 0)
        // Drawings lie over each other in the order of the document, as boxes do in CSS.
        .with("relativeHeight", number)
        .with("behindDoc", u8::from(place.behind))
        .with("locked", 0)
        // In a cell, Word counts «from the page» from the cell if this is on.
        .with("layoutInCell", u8::from(in_cell))
        // Without it Word moves a drawing that would lie over another one.
        .with("allowOverlap", 1)
        .child(El::new("wp:simplePos").with("x", 0).with("y", 0))
        .child(position("wp:positionH", place.across, "column"))
        .child(position("wp:positionV", place.along, "paragraph"))
        .child(extent(place.size))
        .child(El::new("wp:effectExtent").with("l", 0).with("t", 0).with("r", 0).with("b", 0))
        // Text does not make room for absolute boxes in CSS.
        .child(El::new("wp:wrapNone"))
        .children(body);
    El::new("w:drawing").child(anchor)
}

/// A drawing that stands in the line like a letter; `body` is as in [`anchor`].
pub(crate) fn in_line(size: Size, body: Vec<El>) -> El {
    let inline =
        El::new("wp:inline").with("distT", 0).with("distB", 0).with("distL", 0).with("distR", 0);
    El::new("w:drawing").child(inline.child(extent(size)).children(body))
}

/// Degrees clockwise as DrawingML counts them: 60,000ths, not negative.
pub(crate) fn angle(degrees: f64) -> i64 {
    ((degrees.rem_euclid(360.0)) * 60_000.0).round() as i64
}

/// The size of a drawing; Word wants some.
fn extent(size: Size) -> El {
    El::new("wp:extent").with("cx", emu(size.width).max(1)).with("cy", emu(size.height).max(1))
}

/// What a drawing is called and what it shows. One that shows nothing says so, or Word's
/// accessibility checker asks for a description.
pub(crate) fn names(number: usize, name: &str, alt: Option<&str>) -> El {
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
