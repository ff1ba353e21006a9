//! Heights for whoever does not lay out: Word wants to know some of them beforehand.
//!
//! Lines are broken as on our pages, so a height is as exact as the faces are the same. Pages,
//! columns and footnotes play no part, and baselines are not aligned in rows.

use super::edges::{Edges, block_width, height_range};
use super::inline::MeasuredItem;
use super::intrinsic::in_flow;
use super::picture::picture;
use super::table::{TableSizes, UsedTable};
use super::{ItemHeight, Sizer, UsedColumns};
use crate::boxes::{BoxNode, Content, Inline, MAX_DEPTH};
use crate::diag::Sink;
use crate::style::{Computed, LengthOrAuto as SizeValue};
use crate::text::{InlineItem, Line, Setting};

impl Sizer<'_> {
    /// The height of a block's margin box in a containing block of that width.
    pub(crate) fn height(self, node: &BoxNode, base: f64) -> f64 {
        let edges = Edges::new(&node.style, base);
        let content = match &node.content {
            Content::Image(image) => {
                let size = picture(image, &node.style, &edges, Some(base), None);
                return size.height + edges.along() + edges.margin_along();
            }
            Content::Table(table) => {
                let sizes = TableSizes::new(node, table, base);
                self.table_height(&sizes, &sizes.used(self, base))
            }
            _ => self.content_height(node, block_width(&node.style, &edges, base).content),
        };
        let content = height_range(&node.style, &edges, None).clamp(content);
        content + edges.along() + edges.margin_along()
    }

    /// The height of what is in a box at a content width.
    pub(crate) fn content_height(self, node: &BoxNode, width: f64) -> f64 {
        let depth = self.memo.depth.get();
        // Layout reports boxes nested so deep; here the stack must only not overflow.
        if depth > MAX_DEPTH {
            return 0.0;
        }
        self.memo.depth.set(depth + 1);
        let height = match &node.content {
            Content::Inline(inline) => {
                self.lines(node, inline, width).iter().map(Line::height).sum()
            }
            Content::Blocks(kids) if UsedColumns::wanted(&node.style) => {
                let columns = UsedColumns::new(&node.style, width);
                // Balanced columns share the height; a word more or less is not known here.
                self.stacked(kids, columns.width) / columns.count as f64
            }
            Content::Blocks(kids) => self.stacked(kids, width),
            Content::Flex(kids) => {
                self.flex(node, kids, width, None, &mut |kid, width| ItemHeight {
                    height: self.content_height(kid, width),
                    baseline: None,
                })
                .height
            }
            Content::Table(table) => {
                let width = width + Edges::new(&node.style, width).across();
                let sizes = TableSizes::new(node, table, width);
                self.table_height(&sizes, &sizes.filling(self, width))
            }
            Content::Image(image) => image.height,
        };
        self.memo.depth.set(depth);
        height
    }

    /// How many lines the inline content of a box has at a content width; 0 if it has other
    /// content.
    pub(crate) fn line_count(self, node: &BoxNode, width: f64) -> usize {
        match &node.content {
            Content::Inline(inline) => self.lines(node, inline, width).len(),
            _ => 0,
        }
    }

    fn lines(self, node: &BoxNode, inline: &[Inline], width: f64) -> Vec<Line> {
        let measuring = self.items(node, inline, Some(width));
        if !measuring.makes_line {
            return Vec::new();
        }
        let style = self.text_style(&node.style.text);
        let setting = Setting::of_block(&style, width, Edges::new(&node.style, width).line_start());
        let items: Vec<InlineItem<'_>> = measuring.items.iter().map(MeasuredItem::item).collect();
        self.typesetter.set(&items, &setting, &mut Sink::new())
    }

    /// Blocks one below the other, adjoining margins collapsed (CSS 2.2, 8.3.1) as far as boxes
    /// side by side have them; those of the first and last child count.
    fn stacked(self, kids: &[BoxNode], width: f64) -> f64 {
        let (mut height, mut below) = (0.0, 0.0f64);
        for kid in kids.iter().filter(|kid| in_flow(kid)) {
            let margins = Edges::new(&kid.style, width).margins();
            // Of two positive margins the smaller one lies within the larger.
            let overlap = margins.top.max(0.0).min(below.max(0.0));
            height += self.height(kid, width) - overlap;
            below = margins.bottom;
        }
        height
    }

    fn table_height(self, sizes: &TableSizes<'_>, used: &UsedTable) -> f64 {
        let TableSizes { node, table, .. } = *sizes;
        let UsedTable { columns, width, .. } = used;
        let gap = sizes.spacing;
        let mut rows: Vec<f64> =
            table.rows().map(|row| row.style.height.resolve(0.0).unwrap_or(0.0)).collect();
        for (at, row) in sizes.rows() {
            for cell in &row.cells {
                let end = (cell.column + cell.columns).min(columns.len());
                let covered = columns.get(cell.column..end).unwrap_or_default();
                let edges = sizes.cell_edges(cell, at);
                let width = covered.iter().sum::<f64>()
                    + gap.width * covered.len().saturating_sub(1) as f64
                    - edges.across();
                let own = self.content_height(&cell.node, width.max(0.0)) + edges.along();
                let own = own.max(least_height(&cell.node.style, &edges));
                // A cell of several rows counts for the last one: what the others lack.
                let end = (at + cell.rows).min(rows.len());
                let above: f64 = rows.get(at..end - 1).unwrap_or_default().iter().sum();
                if let Some(last) = rows.get_mut(end - 1) {
                    *last = last.max(own - above);
                }
            }
        }
        let caption = table.caption.as_ref().map_or(0.0, |caption| self.height(caption, *width));
        // There is spacing above the first row and below the last one, too (CSS 2.2, 17.6.1).
        let gaps = gap.height * (rows.len() + 1) as f64;
        // The caller adds the edges of the style, which collapsed borders are not.
        let edges = sizes.edges.along() - Edges::new(&node.style, *width).along();
        rows.iter().sum::<f64>() + gaps + caption + edges
    }
}

/// The height that a cell asks for, with its edges.
fn least_height(style: &Computed, edges: &Edges) -> f64 {
    match style.height {
        // A percentage refers to the height of the row, which is what is being looked for.
        SizeValue::Set(value) if value.percent == 0.0 => {
            if style.border_box {
                value.points
            } else {
                value.points + edges.along()
            }
        }
        _ => 0.0,
    }
}
