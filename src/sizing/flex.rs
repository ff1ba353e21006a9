//! Flex containers: taffy, which browsers' own tests are run against, decides how wide the items
//! are and where they go (CSS Flexible Box Layout 1, 9); we tell it how wide and high content is.

use taffy::prelude::*;
use taffy::{Baselines, compute_leaf_layout};

use super::Sizer;
use super::edges::{Edges, HeightRange, height_range};
use super::intrinsic::in_flow;
use super::picture::picture;
use crate::boxes::{BoxNode, Content};
use crate::geometry;
use crate::style::{
    Alignment, Computed, FlexDirection, LengthOrAuto as SizeValue, LengthPercentage as Value,
};

/// A flex container's content.
#[derive(Debug, Default)]
pub(crate) struct FlexSizes<'n> {
    /// The height of the content box.
    pub(crate) height: f64,
    /// The items in the flow, in the order in which they are placed (`order`).
    pub(crate) items: Vec<FlexItem<'n>>,
}

/// An item of a flex container.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FlexItem<'n> {
    pub(crate) node: &'n BoxNode,
    /// The number of its line, from 0. A column is one line.
    pub(crate) line: usize,
    /// Its border box, in the content box of the container.
    pub(crate) rect: geometry::Rect,
    /// Its content box.
    pub(crate) content: geometry::Size,
}

/// How high the content of an item is at a width.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ItemHeight {
    pub(crate) height: f64,
    /// The first baseline from the content's top.
    pub(crate) baseline: Option<f64>,
}

/// How much wider than measured an item is made, so that the text set in it does not wrap:
/// taffy reckons in single precision, which loses some thousandths of a point.
const ROUNDED_UP: f64 = 0.005;

/// Widths nearer to the widest content than this are meant to be it, for the same reason.
const NEARLY: f64 = 0.02;

impl Sizer<'_> {
    /// Lines and items of a flex container whose content box has a width and perhaps a height.
    /// `heights` says how high an item's content is at a content width; it is asked more than once.
    // Over 60 lines: the tree of taffy lives only here, from its making to the last place read from
    // it.
    pub(crate) fn flex<'n>(
        self,
        node: &BoxNode,
        kids: &'n [BoxNode],
        width: f64,
        height: Option<f64>,
        heights: &mut dyn FnMut(&'n BoxNode, f64) -> ItemHeight,
    ) -> FlexSizes<'n> {
        let mut items: Vec<&'n BoxNode> = kids.iter().filter(|kid| in_flow(kid)).collect();
        // The sort is stable: items of the same `order` keep the order of the document.
        items.sort_by_key(|kid| kid.style.flex.order);
        // Grids take the same way: taffy lays both out, and only their styles differ.
        let is_grid = node.style.display == crate::style::Display::Grid;
        let style_of = |kid: &BoxNode| {
            let style = item_style(kid);
            if is_grid { super::grid::item(&kid.style, style) } else { style }
        };
        let mut container = container_style(&node.style, width, height);
        if is_grid {
            container = super::grid::container(&node.style, container);
        }
        let mut tree: TaffyTree<&'n BoxNode> = TaffyTree::with_capacity(items.len() + 1);
        // Taffy rounds to whole pixels by default; points are not pixels.
        tree.disable_rounding();
        let leaves: Vec<NodeId> = items
            .iter()
            .filter_map(|kid| tree.new_leaf_with_context(style_of(kid), *kid).ok())
            .collect();
        // taffy fails only on nodes that are not in its tree, which cannot be here; nothing is
        // placed then, and the inspection of pages reports the text as lost.
        let Ok(root) = tree.new_with_children(container, &leaves) else {
            return FlexSizes::default();
        };
        let space = Size {
            width: AvailableSpace::Definite(width as f32),
            height: height
                .map_or(AvailableSpace::MaxContent, |h| AvailableSpace::Definite(h as f32)),
        };
        let measured =
            tree.compute_layout_with_measure(root, space, |inputs, _, context, style| {
                let mut baseline = None;
                let mut output = compute_leaf_layout(
                    inputs,
                    style,
                    |_, _| 0.0,
                    |known, space| {
                        let Some(kid) = context else { return Size::ZERO };
                        let (size, first) = self.item_size(kid, known, space, width, heights);
                        baseline = first;
                        size
                    },
                );
                // `compute_leaf_layout` knows no baselines, and `align-items: baseline` needs
                // them.
                output.baselines = Baselines::from_first(baseline);
                output
            });
        if measured.is_err() {
            return FlexSizes::default();
        }
        let root_height = tree.layout(root).map_or(0.0, |root| f64::from(root.size.height));
        let mut out = FlexSizes { height: root_height, items: Vec::with_capacity(items.len()) };
        for (kid, leaf) in items.iter().zip(&leaves) {
            let Ok(place) = tree.layout(*leaf) else { continue };
            let rect = geometry::Rect::new(
                f64::from(place.location.x),
                f64::from(place.location.y),
                f64::from(place.size.width),
                f64::from(place.size.height),
            );
            let edges = Edges::new(&kid.style, width);
            let content = geometry::Size::new(
                self.widened(kid, (rect.width - edges.across()).max(0.0)),
                (rect.height - edges.along()).max(0.0),
            );
            out.items.push(FlexItem { node: kid, line: 0, rect, content });
        }
        number_lines(node.style.flex.direction, &mut out.items);
        out
    }

    /// Text that just fits must not wrap for a rounding error.
    fn widened(self, kid: &BoxNode, width: f64) -> f64 {
        if matches!(kid.content, Content::Image(_)) {
            return width;
        }
        let max = self.content(kid).max;
        if width < max && width + NEARLY > max { max } else { width }
    }

    /// The content size of an item for what taffy knows of its border box, and its baseline.
    fn item_size<'n>(
        self,
        kid: &'n BoxNode,
        known: Size<Option<f32>>,
        space: Size<AvailableSpace>,
        base: f64,
        heights: &mut dyn FnMut(&'n BoxNode, f64) -> ItemHeight,
    ) -> (Size<f32>, Option<f32>) {
        let edges = Edges::new(&kid.style, base);
        let known = Size {
            width: known.width.map(|w| (w - edges.across() as f32).max(0.0)),
            height: known.height.map(|h| (h - edges.along() as f32).max(0.0)),
        };
        if let Content::Image(image) = &kid.content {
            let own = picture(image, &kid.style, &edges, Some(base), None);
            let ratio = if own.width > 0.0 { own.height / own.width } else { 1.0 };
            let size = match (known.width, known.height) {
                (Some(width), Some(height)) => Size { width, height },
                (Some(width), None) => Size { width, height: width * ratio as f32 },
                (None, Some(height)) => {
                    // A picture of no height must not become infinitely wide.
                    Size { width: (f64::from(height) / ratio.max(1e-6)) as f32, height }
                }
                (None, None) => Size { width: own.width as f32, height: own.height as f32 },
            };
            return (size, None);
        }
        let width = known.width.map(f64::from).unwrap_or_else(|| {
            let sizes = self.content(kid);
            match space.width {
                AvailableSpace::MinContent => sizes.min,
                AvailableSpace::MaxContent => sizes.max,
                AvailableSpace::Definite(room) => sizes.shrink_to_fit(f64::from(room)),
            }
        });
        // Taffy asks for both sides at once, also where it knows one already.
        let natural = heights(kid, self.widened(kid, width));
        let size = Size {
            width: (width + ROUNDED_UP) as f32,
            height: known.height.unwrap_or(natural.height as f32),
        };
        (size, natural.baseline.map(|b| (b + edges.inner().top) as f32))
    }
}

/// Says which line each item is in: along a row every item stands farther on than the one before,
/// and the first of the next line begins anew.
fn number_lines(direction: FlexDirection, items: &mut [FlexItem<'_>]) {
    let reversed = match direction {
        FlexDirection::Row => false,
        FlexDirection::RowReverse => true,
        FlexDirection::Column | FlexDirection::ColumnReverse => return,
    };
    let mut line = 0;
    for at in 1..items.len() {
        let (before, here) = (items[at - 1].rect, items[at].rect);
        let goes_on = if reversed { here.x < before.x } else { here.x > before.x };
        // Items of no width stand where the one before ends, in the same line.
        let beside = here.x == before.x && here.y < before.bottom().max(before.y + NEARLY);
        line += usize::from(!goes_on && !beside);
        items[at].line = line;
    }
}

fn container_style(style: &Computed, width: f64, height: Option<f64>) -> Style {
    let flex = &style.flex;
    // A definite height has been held between its bounds already.
    let range = match height {
        Some(height) => HeightRange::exactly(height),
        None => height_range(style, &Edges::new(style, width), None),
    };
    let gap =
        |value: Option<Value>, base: f64| length(value.map_or(0.0, |v| v.resolve(base)) as f32);
    Style {
        display: Display::Flex,
        size: Size {
            width: length(width as f32),
            height: height.map_or(auto(), |h| length(h as f32)),
        },
        // The width is definite and has been held between its own bounds by whoever asks.
        min_size: Size { width: auto(), height: length(range.min as f32) },
        max_size: Size {
            width: auto(),
            height: if range.max < f64::INFINITY { length(range.max as f32) } else { auto() },
        },
        flex_direction: match flex.direction {
            FlexDirection::Row => taffy::FlexDirection::Row,
            FlexDirection::RowReverse => taffy::FlexDirection::RowReverse,
            FlexDirection::Column => taffy::FlexDirection::Column,
            FlexDirection::ColumnReverse => taffy::FlexDirection::ColumnReverse,
        },
        flex_wrap: if flex.wrap { FlexWrap::Wrap } else { FlexWrap::NoWrap },
        justify_content: content(flex.justify_content),
        align_content: content(flex.align_content),
        align_items: items(flex.align_items).unwrap_or(AlignItems::NORMAL),
        gap: Size {
            width: gap(style.column_gap, width),
            height: gap(Some(style.row_gap), height.unwrap_or(0.0)),
        },
        ..Style::DEFAULT
    }
}

fn item_style(node: &BoxNode) -> Style {
    let style = &node.style;
    let flex = &style.flex;
    let edge = |v: Value| {
        if v.percent == 0.0 { length(v.points as f32) } else { percent((v.percent / 100.0) as f32) }
    };
    let margin = |m: SizeValue| match m {
        SizeValue::Auto => LengthPercentageAuto::auto(),
        SizeValue::Set(v) if v.percent == 0.0 => length(v.points as f32),
        SizeValue::Set(v) => percent((v.percent / 100.0) as f32),
    };
    Style {
        box_sizing: if style.border_box { BoxSizing::BorderBox } else { BoxSizing::ContentBox },
        size: Size { width: dimension(style.width), height: dimension(style.height) },
        // `auto` minimum sizes are the content's (CSS Flexbox 1, 4.5); taffy knows.
        min_size: Size { width: margin(style.min_width), height: margin(style.min_height) },
        max_size: Size { width: margin(style.max_width), height: margin(style.max_height) },
        margin: Rect {
            left: margin(style.margin.left),
            right: margin(style.margin.right),
            top: margin(style.margin.top),
            bottom: margin(style.margin.bottom),
        },
        padding: Rect {
            left: edge(style.padding.left),
            right: edge(style.padding.right),
            top: edge(style.padding.top),
            bottom: edge(style.padding.bottom),
        },
        border: Rect {
            left: length(style.border.left.width as f32),
            right: length(style.border.right.width as f32),
            top: length(style.border.top.width as f32),
            bottom: length(style.border.bottom.width as f32),
        },
        flex_grow: flex.grow as f32,
        flex_shrink: flex.shrink as f32,
        flex_basis: dimension(flex.basis),
        align_self: items(flex.align_self),
        ..Style::DEFAULT
    }
}

fn dimension(size: SizeValue) -> Dimension {
    match size {
        SizeValue::Auto => Dimension::auto(),
        SizeValue::Set(v) if v.percent == 0.0 => Dimension::length(v.points as f32),
        SizeValue::Set(v) => Dimension::percent((v.percent / 100.0) as f32),
    }
}

fn content(alignment: Alignment) -> AlignContent {
    match alignment {
        Alignment::Auto | Alignment::Baseline => AlignContent::NORMAL,
        Alignment::Start => AlignContent::FLEX_START,
        Alignment::End => AlignContent::FLEX_END,
        Alignment::Center => AlignContent::CENTER,
        Alignment::Stretch => AlignContent::STRETCH,
        Alignment::SpaceBetween => AlignContent::SPACE_BETWEEN,
        Alignment::SpaceAround => AlignContent::SPACE_AROUND,
        Alignment::SpaceEvenly => AlignContent::SPACE_EVENLY,
    }
}

pub(super) fn items(alignment: Alignment) -> Option<AlignItems> {
    Some(match alignment {
        Alignment::Start => AlignItems::FLEX_START,
        Alignment::End => AlignItems::FLEX_END,
        Alignment::Center => AlignItems::CENTER,
        Alignment::Baseline => AlignItems::BASELINE,
        Alignment::Stretch => AlignItems::STRETCH,
        _ => return None,
    })
}
