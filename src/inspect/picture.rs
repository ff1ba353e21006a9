//! Pictures as they are printed: photographs whose pixels show, and codes that no telephone reads.

use std::collections::BTreeSet;

use super::ground::Ground;
use super::told::{FoundWord, MM, WordFault};
use super::word::PaintedWord;
use crate::boxes::{BoxNode, BoxTree, Content, Inline};
use crate::diag::{Diagnostic, Place, Sink, Value, say};
use crate::geometry::{PixelSize, Point, Rect};
use crate::image::{Image, ImageData};

/// Pixels in an inch below which each of them is seen on paper.
const COARSE: f64 = 100.0;

/// Millimetres of a side from which on a picture is more than a mark.
const LARGE: f64 = 15.0;

/// Pixels of a side below which a picture is an even area or a pattern, and meant to be stretched.
const FEW: u32 = 8;

/// Millimetres of a module that cameras of telephones still tell from the next one.
const MODULE: f64 = 0.25;

/// What is wrong with the pictures of all pages; each is told once.
#[derive(Debug, Default)]
pub(super) struct PrintedPictures {
    told: BTreeSet<Box<str>>,
}

impl PrintedPictures {
    /// Looks at the pictures of a page.
    pub(super) fn look(&mut self, grounds: &[Ground<'_>], tree: &BoxTree, sink: &mut Sink) {
        for (image, rect) in grounds.iter().filter_map(Ground::picture) {
            let Some(fault) = fault(image, rect) else { continue };
            if self.told.insert((*image.name).into()) {
                sink.push(fault.at(place(tree, image)));
            }
        }
    }
}

fn fault(image: &Image, rect: Rect) -> Option<Diagnostic> {
    if let Some(module) = image.module() {
        let size = module * rect.width / image.width / MM;
        return (size < MODULE).then(|| {
            let wanted = (rect.width / MM * MODULE / size).ceil();
            let message = say!(
                "the squares of the QR code are {size} mm wide: cameras will not read it",
                size = Value::decimal(size, 2)
            );
            let hint = say!(
                "make it {wanted} mm wide at least, or its text shorter",
                wanted = Value::decimal(wanted, 0)
            );
            Diagnostic::warning("qr-small", message).hint(hint)
        });
    }
    let (ImageData::Jpeg { pixels, .. } | ImageData::Png { pixels, .. }) = &image.data else {
        return None;
    };
    let PixelSize { width, height } = *pixels;
    // The side with fewer pixels to an inch is the one that shows them.
    let across = f64::from(width) * 72.0 / rect.width;
    let down = f64::from(height) * 72.0 / rect.height;
    let density = across.min(down);
    let large = rect.width.max(rect.height) > LARGE * MM && width.min(height) >= FEW;
    (large && density < COARSE).then(|| {
        let message = say!(
            "the picture `{name}` has {density} pixels to an inch as it is printed, \
             {width} mm wide: they will be seen",
            name = &*image.name,
            density = Value::decimal(density.round(), 0),
            width = Value::decimal((rect.width / MM).round(), 0)
        );
        // Twice what is bearable: nobody takes a new picture for one that just passes.
        let wanted = (f64::from(width) * 2.0 * COARSE / density).ceil();
        let hint = say!(
            "take a larger picture, from {wanted} pixels wide, or print it smaller",
            wanted = Value::decimal(wanted, 0)
        );
        Diagnostic::warning("image-coarse", message).hint(hint)
    })
}

/// Words that stand on a code, which nobody can read any more.
pub(super) fn on_codes(
    page: usize,
    words: &[PaintedWord<'_>],
    grounds: &[Ground<'_>],
    found: &mut Vec<FoundWord>,
) {
    for (image, rect) in grounds.iter().filter_map(Ground::picture) {
        let Some(code) = image.code_area() else { continue };
        let scale = rect.width / image.width;
        let area = Rect::new(
            rect.x + code.x * scale,
            rect.y + code.y * scale,
            code.width * scale,
            code.height * scale,
        );
        let holds = |at: Point| {
            (area.x..area.right()).contains(&at.x) && (area.y..area.bottom()).contains(&at.y)
        };
        let over = words.iter().filter(|word| {
            // A long word may lie across a code with both its ends outside.
            let ways = [0.0, 0.25, 0.5, 0.75, 1.0];
            word.counts() && ways.iter().any(|way| holds(word.quad.along(*way)))
        });
        found.extend(over.map(|word| FoundWord::new(page, WordFault::OnCode, word)));
    }
}

/// Where a picture stands in the template.
fn place(tree: &BoxTree, image: &Image) -> Option<Place> {
    node(&tree.root, image).and_then(|node| node.span).and_then(|span| tree.sources.place(span))
}

/// The box of a picture, or the one that has it behind it.
fn node<'t>(within: &'t BoxNode, image: &Image) -> Option<&'t BoxNode> {
    let of_inline = |items: &'t [Inline]| {
        items.iter().find_map(|item| match item {
            Inline::Atomic(inner) | Inline::Footnote(inner) | Inline::Positioned(inner) => {
                node(inner, image)
            }
            _ => None,
        })
    };
    match &within.content {
        Content::Image(own) => (own.name == image.name).then_some(within),
        Content::Blocks(all) | Content::Flex(all) => {
            all.iter().find_map(|inner| node(inner, image))
        }
        Content::Inline(items) => of_inline(items),
        Content::Table(table) => {
            table.rows().flat_map(|row| &row.cells).find_map(|cell| node(&cell.node, image))
        }
    }
}
