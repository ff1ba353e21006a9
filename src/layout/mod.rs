//! Layout: a box tree in, pages of positioned items out.
//!
//! | stage | file | takes | gives |
//! |---|---|---|---|
//! | structure | `tags` | box tree | `TagPlan`: the element of each piece of content |
//! | lines | `collect`, `inline`, `line_edge`, `rewrap` | inline content, a width | `Para` |
//! | flow | `flow`, `flex`, `columns`, `table` | boxes, an `Area` | `Galley`: leaves, breaks |
//! | fragments | `fragment`, `breakable`, `split`, `footnote` | galley, `Cursor` | `Fragmented` |
//! | exclusions | `exclusion` | boxes that text flows around | spans left for lines |
//! | out of flow | `absolute`, `fit`, `settle` | positioned and shrunk boxes | frames |
//! | pages | `page`, `running`, `running_element` | galley, page rules | unpainted pages |
//! | margins | `margin_box`, `marks` | page rules, numbers | what stands around the text |
//! | painting | `paint`, `decor` | frames | items, links, targets, bookmarks (`pages`) |
//!
//! A *galley* (`galley`) is a block formatting context before fragmentation, a *frame* (`frame`) is
//! what has its place; `context` holds what every stage is given. How wide and high boxes are is
//! asked of `sizing`. Numbers that are known only after layout (page numbers in the text) make
//! another pass, three at most.

mod absolute;
mod breakable;
mod collect;
mod columns;
mod context;
mod decor;
mod exclusion;
mod fit;
mod flex;
mod flow;
mod footnote;
mod fragment;
mod frame;
mod galley;
mod inline;
mod line_edge;
mod margin_box;
mod marks;
mod page;
pub mod pages;
mod paint;
mod rewrap;
mod running;
mod running_element;
mod settle;
mod split;
mod table;
mod tags;
pub(crate) mod words;

pub use crate::boxes::{Meta, Role};
pub use pages::*;

use std::sync::Arc;

use crate::boxes::BoxTree;
use crate::diag::{Diagnostic, Sink, say};
use crate::image::ImageStore;
use crate::sizing::{SizeMemo, Sizer};
use crate::text::Typesetter;
use context::{Context, KnownLabels, LoadImage, Numbers, WantedPicture};
pub(crate) use settle::Settled;
pub(crate) use settle::settle;

/// How often the document is laid out until its page numbers stand still.
const MAX_PASSES: usize = 3;

/// Lays a document out on pages.
///
/// What does not fit is broken, made smaller or placed all the same, and reported as a warning: no
/// text is lost. Boxes nested too deep and documents of too many pages are errors.
pub fn layout(
    tree: &BoxTree,
    typesetter: &Typesetter,
    images: &ImageStore,
    sink: &mut Sink,
) -> Pages {
    layout_settling(tree, typesetter, images, sink).0
}

/// Lays a document out, and gives with the pages what a writer that does not lay out must know.
pub(crate) fn layout_settling(
    tree: &BoxTree,
    typesetter: &Typesetter,
    images: &ImageStore,
    sink: &mut Sink,
) -> (Pages, Settled) {
    let load = |wanted: WantedPicture<'_>| wanted.from(images);
    lay_out(tree, typesetter, &load, sink)
}

fn lay_out(
    tree: &BoxTree,
    typesetter: &Typesetter,
    load_image: LoadImage<'_>,
    sink: &mut Sink,
) -> (Pages, Settled) {
    let plan = tags::TagPlan::new(tree);
    let mut numbers = Numbers::default();
    let mut pass = 1;
    loop {
        // Only the faults of the last pass count: those of the others speak of lines that nobody
        // sees.
        let mut faults = Sink::new();
        let labels = KnownLabels { plan: &plan, numbers: &numbers };
        // Measures depend on the numbers in the text, so none of them may outlive its pass.
        let memo = SizeMemo::default();
        let sizer = Sizer::new(typesetter, &labels, &memo);
        let (made, fields_used, boxes) = {
            let mut cx = Context::new(tree, sizer, load_image, &plan, &numbers, &mut faults);
            let made = page::make(&mut cx);
            (made, cx.fields_used, std::mem::take(&mut cx.settled))
        };
        // Numbers in the text change its width, and that may change the numbers.
        let settled = !fields_used || made.numbers == numbers;
        if !settled && pass < MAX_PASSES {
            numbers = made.numbers;
            pass += 1;
            continue;
        }
        if !settled {
            faults.push(unsettled(tree));
        }
        sink.extend(faults.into_vec());
        let mut tags = plan.tags;
        for (id, bounds) in made.painter.bounds {
            if let Some(tag) = tags.get_mut(id.0 as usize) {
                tag.bounds = Some(bounds);
            }
        }
        tags::place_tables(&mut tags, &made.painter.rows);
        let pages = Pages {
            pages: made.pages,
            tags,
            outline: made.painter.outline,
            targets: made.painter.targets,
            meta: tree.meta.clone(),
            fonts: Arc::clone(typesetter.fonts()),
            sources: Arc::clone(&tree.sources),
        };
        return (pages, boxes);
    }
}

/// The fault of a document whose page numbers change where its lines break.
fn unsettled(tree: &BoxTree) -> Diagnostic {
    let message =
        say!("page numbers in the text still change after {most} passes", most = MAX_PASSES);
    let place = tree.root.span.and_then(|span| tree.sources.place(span));
    Diagnostic::warning("page-numbers", message)
        .at(place)
        .hint(say!("move the numbers out of the running text"))
}

// Text of a known width needs faces that are there.
#[cfg(all(test, feature = "bundled-fonts"))]
mod tests;
