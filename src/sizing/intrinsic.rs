//! Narrowest and widest content (CSS Sizing 3, chapter 5; CSS 2.2, 10.3.5).

use super::edges::{Edges, clamp_width, content_size, set_width};
use super::picture::picture;
use super::table::TableSizes;
use super::{ContentSizes, Sizer};
use crate::boxes::{BoxNode, Content, MAX_DEPTH};
use crate::limits;
use crate::style::{FlexDirection, LengthOrAuto as SizeValue};

/// Whether a box takes part in the flow of its parent.
pub(crate) fn in_flow(node: &BoxNode) -> bool {
    !node.style.position.is_out_of_flow()
}

impl Sizer<'_> {
    /// Narrowest and widest content of a box, without its edges and whatever its `width` says.
    pub(crate) fn content(self, node: &BoxNode) -> ContentSizes {
        // Fitting asks for the same box at several scales; each is an answer of its own.
        let id = (node.box_id, self.scale.to_bits());
        if let Some(known) = self.memo.content.borrow().get(&id) {
            return *known;
        }
        let depth = self.memo.depth.get();
        // Layout reports boxes that are nested so deep; here they only must not overflow the stack.
        if depth > MAX_DEPTH {
            return ContentSizes::default();
        }
        limits::tick();
        self.memo.depth.set(depth + 1);
        let sizes = self.measured(node);
        self.memo.depth.set(depth);
        self.memo.content.borrow_mut().insert(id, sizes);
        sizes
    }

    fn measured(self, node: &BoxNode) -> ContentSizes {
        let sizes = match &node.content {
            Content::Inline(inline) => self.inline(node, inline),
            Content::Blocks(kids) => self.widest(kids),
            Content::Flex(kids) => self.flex_row(node, kids),
            Content::Table(table) => TableSizes::new(node, table, 0.0).content(self),
            Content::Image(image) => {
                let edges = Edges::new(&node.style, 0.0);
                ContentSizes::both(picture(image, &node.style, &edges, None, None).width)
            }
        };
        // An inside marker stands in the first line with the text, and alone at its narrowest.
        let marker = self.inside_marker(node);
        let (min, max) = (sizes.min.max(marker), sizes.max + marker);
        ContentSizes { min, max: max.max(min) }
    }

    /// Narrowest and widest margin box; percentages count as nothing.
    pub(crate) fn outer(self, node: &BoxNode) -> ContentSizes {
        let style = &node.style;
        let edges = Edges::new(style, 0.0);
        let around = edges.across() + edges.margin_across();
        let is_table = matches!(node.content, Content::Table(_));
        let fixed = match style.width {
            SizeValue::Set(value) if value.percent == 0.0 => set_width(style, &edges, 0.0),
            _ => None,
        };
        let mut sizes = match fixed {
            Some(width) if !is_table => ContentSizes::both(width),
            // A table is never narrower than its columns (CSS 2.2, 17.5.2).
            Some(width) => self.content(node).map(|content| content.max(width)),
            None => self.content(node),
        };
        let is_picture = matches!(node.content, Content::Image(_));
        if is_picture && matches!(style.width, SizeValue::Set(v) if v.percent != 0.0) {
            // It gives way as its container becomes narrower (CSS Sizing 3, 5.2.2).
            sizes.min = 0.0;
        }
        let absolute = |size: SizeValue| content_size(size, style, None, edges.across());
        if let Some(limit) = absolute(style.max_width) {
            sizes = sizes.map(|width| width.min(limit));
        }
        if let Some(limit) = absolute(style.min_width) {
            sizes = sizes.map(|width| width.max(limit));
        }
        sizes.plus(around)
    }

    /// The content width of a box that shrinks to fit in `base` (CSS 2.2, 10.3.5).
    pub(crate) fn shrink_to_fit(self, node: &BoxNode, edges: &Edges, base: f64) -> f64 {
        let style = &node.style;
        let width = set_width(style, edges, base).unwrap_or_else(|| {
            self.content(node).shrink_to_fit(base - edges.across() - edges.margin_across())
        });
        clamp_width(width, style, edges, base)
    }

    fn widest(self, kids: &[BoxNode]) -> ContentSizes {
        let kids = kids.iter().filter(|kid| in_flow(kid));
        kids.fold(ContentSizes::default(), |all, kid| all.union(self.outer(kid)))
    }

    /// A flex container (CSS Flexbox 1, 9.9, in its simple form that browsers share): items of a
    /// row side by side; a row that wraps is as narrow as its widest item.
    fn flex_row(self, node: &BoxNode, kids: &[BoxNode]) -> ContentSizes {
        let flex = &node.style.flex;
        if matches!(flex.direction, FlexDirection::Column | FlexDirection::ColumnReverse) {
            return self.widest(kids);
        }
        // `normal` means no gap in flex containers (CSS Box Alignment 3, 8.1).
        let gap = node.style.column_gap.map_or(0.0, |gap| gap.resolve(0.0));
        let (mut all, mut count) = (ContentSizes::default(), 0u32);
        for kid in kids.iter().filter(|kid| in_flow(kid)) {
            let kid = self.outer(kid);
            all.min = if flex.wrap { all.min.max(kid.min) } else { all.min + kid.min };
            all.max += kid.max;
            count += 1;
        }
        let gaps = gap * f64::from(count.saturating_sub(1));
        ContentSizes { min: all.min + if flex.wrap { 0.0 } else { gaps }, max: all.max + gaps }
    }
}
