//! Multi-column boxes: balancing, rules, breaks (CSS Multi-column Layout 1).

use std::rc::Rc;

use super::context::{Context, EPSILON};
use super::decor;
use super::fill::{self, Cursor, Room, RoomKind, Stop};
use super::flow::{Area, Builder};
use super::frame::{Effect, Frame, Thing};
use super::galley::{Entry, Galley, Leaf, LeafKind};
use crate::boxes::{BoxNode, Content};
use crate::sizing::Columns;
use crate::style::BorderSide;

/// How deep columns may nest: every level tries a dozen heights.
const MAX_NESTED: u32 = 2;

/// Content that is to stand in columns, and how far it has been poured.
#[derive(Debug)]
pub(crate) struct ColumnSet<'a> {
    galley: Rc<Galley<'a>>,
    cursor: Cursor<'a>,
    count: usize,
    gap: f64,
    rule: BorderSide,
    balanced: bool,
    /// The columns' height, if it is set.
    height: Option<f64>,
    width: f64,
}

/// Adds a multi-column box's content to a flow. Boxes with `column-span: all` stand between sets of
/// columns.
pub(crate) fn flow<'a>(builder: &mut Builder<'a, '_>, node: &'a BoxNode, area: Area) {
    if builder.cx.columns >= MAX_NESTED {
        let message = format!("columns inside of more than {MAX_NESTED} others are set as one");
        builder.cx.warn(
            "columns-nested",
            message,
            node.span,
            "use fewer columns inside each other",
        );
        return builder.content(node, area);
    }
    builder.cx.columns += 1;
    flow_columns(builder, node, area);
    builder.cx.columns -= 1;
}

fn flow_columns<'a>(builder: &mut Builder<'a, '_>, node: &'a BoxNode, area: Area) {
    let style = &node.style;
    let Columns { count, width, gap } = Columns::new(style, area.width);
    let inner = Area { x: 0.0, width, height: None, depth: area.depth + 1, page: None };
    let add = |builder: &mut Builder<'a, '_>, galley: Galley<'a>| {
        if galley.entries.is_empty() {
            return;
        }
        let set = ColumnSet {
            galley: Rc::new(galley),
            cursor: Cursor::default(),
            count,
            gap,
            rule: style.columns.rule,
            balanced: !style.columns.fill_auto,
            height: area.height,
            width: area.width,
        };
        builder.leaf(Leaf {
            x: area.x,
            kind: LeafKind::Columns(Rc::new(set)),
            markers: Vec::new(),
            span: node.span,
        });
    };
    let Content::Blocks(kids) = &node.content else {
        let mut columns = Builder::new(builder.cx, width);
        columns.content(node, inner);
        let galley = columns.finish();
        add(builder, galley);
        return;
    };
    for group in kids.split_inclusive(|kid| kid.style.columns.span_all) {
        let (spanning, columned) = match group.split_last() {
            Some((last, before)) if last.style.columns.span_all => (Some(last), before),
            _ => (None, group),
        };
        if !columned.is_empty() {
            let mut columns = Builder::new(builder.cx, width);
            columned.iter().for_each(|kid| columns.block(kid, inner));
            let galley = columns.finish();
            add(builder, galley);
        }
        if let Some(spanning) = spanning {
            builder.block(spanning, Area { depth: area.depth + 1, ..area });
        }
    }
}

/// Sets columns in a room and gives what is left. Nothing if the next room is a better place.
pub(crate) fn pour<'a>(
    cx: &mut Context<'a>,
    set: &ColumnSet<'a>,
    space: f64,
    fresh: f64,
    started: bool,
) -> Option<(Frame<'a>, Option<ColumnSet<'a>>)> {
    let space = set.height.map_or(space, |height| height.min(space));
    if space <= EPSILON && started {
        return None;
    }
    let limit = if space.is_finite() { space } else { f64::MAX / 4.0 };
    let attempt = |cx: &mut Context<'a>, height: f64| {
        let mut cursor = set.cursor.clone();
        let mut columns = Vec::new();
        let (mut stop, mut placed) = (Stop::Full, false);
        while columns.len() < set.count && stop != Stop::End {
            let started = started && columns.is_empty();
            let room = Room {
                height,
                fresh: fresh.min(limit).max(height),
                kind: RoomKind::Column,
                started,
            };
            let filled = cx.quietly(|cx| fill::fill(cx, &set.galley, &cursor, room));
            columns.push(filled.frame);
            placed |= filled.placed;
            (stop, cursor) = (filled.stop, filled.cursor);
        }
        (columns, stop, cursor, placed)
    };
    let mut best = attempt(cx, limit);
    if best.1 != Stop::End && !best.3 && started {
        return None;
    }
    if best.1 == Stop::End && set.balanced {
        let total: f64 = best.0.iter().map(|frame| frame.height).sum();
        let (mut low, mut high) =
            ((total / set.count as f64).max(tallest(&set.galley)).min(limit), limit.min(total));
        // Most often the even share is nearly enough.
        for share in [low, low * 1.1 + 1.0] {
            let tried = attempt(cx, share.min(high));
            if tried.1 == Stop::End {
                high = share.min(high);
                best = tried;
                break;
            }
            low = share.min(high);
        }
        while high - low > 0.5 {
            let middle = (low + high) / 2.0;
            let tried = attempt(cx, middle);
            if tried.1 == Stop::End {
                high = middle;
                best = tried;
            } else {
                low = middle;
            }
        }
    }
    let (columns, stop, cursor, _) = best;
    Some((assemble(set, columns), (stop != Stop::End).then(|| set.rest(cursor))))
}

/// The height of the tallest thing that columns must hold whole.
fn tallest(galley: &Galley<'_>) -> f64 {
    let height = |entry: &Entry<'_>| match entry {
        Entry::Leaf(leaf) => leaf.height(),
        _ => 0.0,
    };
    galley.entries.iter().map(height).fold(0.0, f64::max)
}

fn assemble<'a>(set: &ColumnSet<'a>, columns: Vec<Frame<'a>>) -> Frame<'a> {
    let height = columns.iter().map(|column| column.height).fold(0.0, f64::max);
    let height = set.height.map_or(height, |set| set.max(height));
    let mut frame = Frame { width: set.width, height, ..Frame::default() };
    let step = set.galley.width + set.gap;
    for (index, column) in columns.into_iter().enumerate() {
        let x = index as f64 * step;
        if index == 0 {
            frame.baselines = column.baselines;
        } else if set.rule.width > 0.0 {
            let line = decor::vertical(set.rule, x - set.gap / 2.0, 0.0, height);
            frame.push(0.0, 0.0, Thing::Ornament(Rc::from(line)));
        }
        frame.place(x, 0.0, 0, &Rc::new(column), Effect::default());
    }
    frame
}

impl<'a> ColumnSet<'a> {
    fn rest(&self, cursor: Cursor<'a>) -> Self {
        Self { galley: Rc::clone(&self.galley), cursor, height: None, ..*self }
    }
}
