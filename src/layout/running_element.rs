//! Running elements: content of the document that stands in margin boxes (CSS GCPM 3, 1.2).
//!
//! The element of a name serves all pages. Its box is as wide as its side of the page, and a margin
//! that it does not fit becomes larger, as the headers of word processors push the text away.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::absolute;
use super::context::{Context, PageNumber, Scope};
use super::frame::{Effect, Frame, Positioned};
use super::paint::Painter;
use crate::boxes::{BoxNode, Content, Inline};
use crate::geometry::{Rect, Sides};
use crate::sizing::{Edges, margin_area, page_content};
use crate::style::{
    ContentItem, MarginBox, MarginBoxPlace as At, PageStyle, Position, VerticalAlign,
};

/// The running elements of a document by their names, and what they make of pages.
pub(crate) struct RunningElements<'a> {
    nodes: BTreeMap<Arc<str>, &'a BoxNode>,
    /// Pages as the rules have them, and as they are with these elements.
    pages: Vec<(Arc<PageStyle>, Arc<PageStyle>)>,
}

impl<'a> RunningElements<'a> {
    pub(crate) fn new(root: &'a BoxNode) -> Self {
        let mut nodes = BTreeMap::new();
        collect(root, &mut nodes);
        Self { nodes, pages: Vec::new() }
    }

    /// The page with margins that hold its elements.
    pub(crate) fn page(&mut self, cx: &mut Context<'a>, page: Arc<PageStyle>) -> Arc<PageStyle> {
        // Most documents have none.
        if self.nodes.is_empty() {
            return page;
        }
        if let Some((_, known)) = self.pages.iter().find(|(own, _)| *own == page) {
            return Arc::clone(known);
        }
        let mut grown = (*page).clone();
        for own in &page.boxes {
            let Some(node) = self.of(own) else { continue };
            let (margins, needed) = (margins(own, &page), |frame: &Frame<'_>| frame.height);
            // Numbers of one digit: how wide they are hardly ever makes another line.
            let height = cx.speculate(|cx| {
                cx.margin_of = Some(PageNumber { page: 1, pages: 1 });
                let frame = set(cx, node, margin_area(own.place, &page));
                cx.margin_of = None;
                frame.as_deref().map_or(0.0, needed)
            });
            let height = height + margins.top + margins.bottom;
            match own.place {
                At::TopLeft | At::TopCenter | At::TopRight => {
                    grown.margin.top = grown.margin.top.max(height);
                }
                At::BottomLeft | At::BottomCenter | At::BottomRight => {
                    grown.margin.bottom = grown.margin.bottom.max(height);
                }
                _ => {}
            }
        }
        let grown = Arc::new(grown);
        self.pages.push((page, Arc::clone(&grown)));
        grown
    }

    /// Paints the elements of a page, before its text. Boxes that are anchored in them stand by the
    /// text area that the page has by its rules (`ruled`), not by the one that they leave it.
    pub(crate) fn paint(
        &self,
        cx: &mut Context<'a>,
        ruled: &PageStyle,
        page: &PageStyle,
        painter: &mut Painter,
    ) {
        let text = page_content(ruled);
        for own in &page.boxes {
            let Some(node) = self.of(own) else { continue };
            let rect = margin_area(own.place, page);
            let Some(inner) = set(cx, node, rect) else { continue };
            let margins = margins(own, page);
            let free = rect.height - inner.height;
            let y = match own.style.vertical_align {
                VerticalAlign::Top | VerticalAlign::TextTop => margins.top,
                VerticalAlign::Bottom | VerticalAlign::TextBottom => free - margins.bottom,
                _ => free / 2.0,
            };
            let mut frame = Frame::default();
            frame.place(rect.x + margins.left, rect.y + y, 0, &inner, Effect::default());
            for place in std::mem::take(&mut frame.positioned) {
                absolute::place(cx, &mut frame, place, text);
            }
            painter.repeated(cx, &frame, 0.0, 0.0, true);
        }
    }

    /// The element that a margin box holds.
    fn of(&self, margin_box: &MarginBox) -> Option<&'a BoxNode> {
        match margin_box.style.content.as_deref() {
            Some([ContentItem::Element(name)]) => self.nodes.get(name).copied(),
            _ => None,
        }
    }
}

fn margins(margin_box: &MarginBox, page: &PageStyle) -> Sides<f64> {
    Edges::new(&margin_box.style, page_content(page).width).margins()
}

/// The element in a box of that width.
fn set<'a>(cx: &mut Context<'a>, node: &'a BoxNode, rect: Rect) -> Option<Rc<Frame<'a>>> {
    let place = Positioned { node, x: 0.0, y: 0.0, scope: Scope::ROOT };
    let base = Rect::new(0.0, 0.0, rect.width, rect.height);
    absolute::set(cx, place, base).map(|(frame, _)| frame)
}

/// The first running element of each name.
fn collect<'a>(node: &'a BoxNode, found: &mut BTreeMap<Arc<str>, &'a BoxNode>) {
    if let (Position::Running, Some(name)) = (node.style.position, &node.style.running) {
        found.entry(Arc::clone(name)).or_insert(node);
        return;
    }
    match &node.content {
        Content::Blocks(kids) => kids.iter().for_each(|kid| collect(kid, found)),
        Content::Inline(items) => {
            for item in items {
                if let Inline::Positioned(kid) = item {
                    collect(kid, found);
                }
            }
        }
        _ => {}
    }
}
