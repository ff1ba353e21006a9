//! Flex containers: `sizing` decides where the items go (CSS Flexible Box Layout 1), our own layout
//! says how high they are and sets them.

use std::rc::Rc;

use super::context::{Context, Scope};
use super::fit;
use super::flow::{self, Area, GalleyBuilder};
use super::frame::{Baselines, Effect, Frame, Positioned};
use super::galley::Leaf;
use crate::boxes::BoxNode;
use crate::sizing::{
    BlockWidth, ContainingBlock, Edges, FlexItem, FlexSizes, HeightRange, ItemHeight, block_width,
    in_flow,
};
use crate::style::{FlexDirection, LengthOrAuto as SizeValue};

/// Widths are told apart as finely as this share of a point when heights are remembered.
const STEPS_PER_POINT: f64 = 64.0;

/// What is inside a flex container of a content width.
pub(crate) fn contents<'a>(
    cx: &mut Context<'a>,
    node: &'a BoxNode,
    kids: &'a [BoxNode],
    width: f64,
    height: Option<f64>,
    scope: Scope,
) -> Frame<'a> {
    let sizer = cx.sizer(scope);
    let sizes = sizer
        .flex(node, kids, width, height, &mut |kid, content| item_height(cx, kid, content, scope));
    let mut frame = Frame { width, height: sizes.height, ..Frame::default() };
    // Only a box of known height that steps down as a whole hands its free room on to Word.
    let settling = height.is_some() && node.style.fit.is_some_and(|fit| fit.whole);
    let mut bottom = 0.0;
    for item in &sizes.items {
        if settling {
            // A part that grows has its text at its top: the room is below that text.
            let natural = item_height(cx, item.node, item.content.width, scope).height;
            cx.settled.note(node, item.node, item.rect.y - bottom);
            bottom = item.rect.y + natural + Edges::new(&item.node.style, width).along();
        }
        place(cx, &mut frame, item, ContainingBlock { width, height }, 0.0, scope);
    }
    frame.positioned.extend(absolute_kids(kids, scope));
    frame
}

/// Sets an item in a frame that begins `top` below the container's content edge.
fn place<'a>(
    cx: &mut Context<'a>,
    frame: &mut Frame<'a>,
    item: &FlexItem<'a>,
    block: ContainingBlock,
    top: f64,
    scope: Scope,
) {
    let FlexItem { node, rect, content, .. } = *item;
    let edges = Edges::new(&node.style, block.width);
    let range = HeightRange::exactly(content.height);
    let child = flow::boxed(cx, node, &edges, content.width, range, block, scope.inside());
    let y = rect.y - top;
    // The baseline of the container is that of its first item, of what aligns by the last line
    // that of its last (CSS Flexbox 1, 8.5).
    if let Some(own) = child.baselines {
        frame.baselines = Some(Baselines::then(frame.baselines, own.down(y)));
    }
    frame.place(rect.x, y, flow::layer(&node.style), &child, Effect::default());
}

/// Absolute children take no part in flex layout; their static position is the container's corner,
/// as `flex-start` on both axes gives it (CSS Flexbox 1, 4.1).
fn absolute_kids<'a>(
    kids: &'a [BoxNode],
    scope: Scope,
) -> impl Iterator<Item = Positioned<'a>> + use<'a> {
    let place = move |node| Positioned { node, x: 0.0, y: 0.0, scope: scope.inside() };
    kids.iter().filter(|kid| !in_flow(kid)).map(place)
}

/// Lines of a row, or items of a column, between which pages may break.
struct Strip<'a> {
    items: Vec<FlexItem<'a>>,
    top: f64,
    bottom: f64,
}

/// Whether the content alone decides how high a container is, so that it can go on elsewhere.
fn can_break(node: &BoxNode) -> bool {
    let style = &node.style;
    let auto = SizeValue::Auto;
    (style.height, style.min_height, style.max_height) == (auto, auto, auto)
        && !style.clip
        && !super::absolute::is_transformed(style)
        && style.display != crate::style::Display::Grid
        && style.fit.is_none()
        && !style.break_inside_avoid
        // What a reversed column begins with stands last.
        && style.flex.direction != FlexDirection::ColumnReverse
}

/// The strips of a container from above.
fn strips<'a>(sizes: FlexSizes<'a>, is_column: bool, width: f64) -> Vec<Strip<'a>> {
    let mut strips: Vec<Strip<'a>> = Vec::new();
    for item in sizes.items {
        let margins = Edges::new(&item.node.style, width).margins();
        let (top, bottom) = (item.rect.y - margins.top, item.rect.bottom() + margins.bottom);
        match strips.last_mut() {
            // Items of a line stand side by side and are kept together; each item of a column is a
            // strip.
            Some(strip) if !is_column && strip.items[0].line == item.line => {
                strip.items.push(item);
                (strip.top, strip.bottom) = (strip.top.min(top), strip.bottom.max(bottom));
            }
            _ => strips.push(Strip { items: vec![item], top, bottom }),
        }
    }
    strips
}

/// Adds a container of several lines (or a column of several items) to a flow, so that pages break
/// between them (CSS Flexbox 1, 10). Nothing is added if there is only one: it stays whole.
pub(crate) fn flow<'a>(
    builder: &mut GalleyBuilder<'a, '_>,
    node: &'a BoxNode,
    kids: &'a [BoxNode],
    area: Area,
) -> bool {
    if !can_break(node) {
        return false;
    }
    let edges = Edges::new(&node.style, area.width);
    let BlockWidth { content: width, left } = block_width(&node.style, &edges, area.width);
    let scope = area.scope;
    let cx = &mut *builder.cx;
    let sizer = cx.sizer(scope);
    let sizes = sizer
        .flex(node, kids, width, None, &mut |kid, content| item_height(cx, kid, content, scope));
    let is_column = node.style.flex.direction == FlexDirection::Column;
    let strips = strips(sizes, is_column, width);
    // One strip is set as a solid box, as tall as its container says.
    if strips.len() < 2 {
        return false;
    }
    builder.add_margin(edges.margins().top);
    let x = area.x + left;
    builder.marker(node, x, scope);
    let outer = width + edges.across();
    let block = area.containing_block();
    let container = GalleyBuilder::describe(node, &edges, x, outer, HeightRange::AUTO, block);
    // Margins inside of a flex container collapse with nothing.
    let id = builder.open(container, true);
    let mut bottom = 0.0;
    for (at, strip) in strips.iter().enumerate() {
        let mut frame = Frame { width, height: strip.bottom - strip.top, ..Frame::default() };
        // They hang at the container's corner, which is where the first strip begins.
        if at == 0 {
            frame.positioned.extend(absolute_kids(kids, scope));
        }
        let inner = ContainingBlock { width, height: None };
        for item in &strip.items {
            builder.break_between(item.node.style.break_before);
            place(builder.cx, &mut frame, item, inner, strip.top, scope);
        }
        builder.add_margin(strip.top - bottom);
        bottom = strip.bottom;
        let span = strip.items[0].node.span.or(node.span);
        builder.leaf(Leaf::new(x + edges.inner().left, Rc::new(Rc::new(frame)), span));
        strip.items.iter().for_each(|item| builder.break_between(item.node.style.break_after));
    }
    builder.close(id, true);
    builder.add_margin(edges.margins().bottom);
    true
}

/// The height and first baseline of an item's content at a width; asked for more than once while
/// the best widths are looked for.
fn item_height<'a>(cx: &mut Context<'a>, kid: &'a BoxNode, width: f64, scope: Scope) -> ItemHeight {
    let id = (kid.box_id, (width * STEPS_PER_POINT).round().to_bits(), scope.scale.to_bits());
    if let Some(&known) = cx.caches.heights.get(&id) {
        // taffy asks for the same item several times, and nested containers multiply that.
        return known;
    }
    let measured = if scope.too_deep() {
        cx.too_deep(kid);
        ItemHeight::default()
    } else {
        let frame =
            cx.speculate(|cx| fit::contents(cx, kid, width, None, f64::INFINITY, scope.inside()));
        ItemHeight { height: frame.height, baseline: frame.baselines.map(|own| own.first) }
    };
    cx.caches.heights.insert(id, measured);
    measured
}
