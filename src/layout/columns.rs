//! Multi-column boxes: balancing, rules, breaks (CSS Multi-column Layout 1).

use std::rc::Rc;

use super::breakable::{self, Breakable, Space};
use super::context::{Context, EPSILON, Scope};
use super::decor;
use super::flow::{Area, GalleyBuilder};
use super::fragment::{self, Cursor, Fragmentainer, FragmentainerKind, StopReason};
use super::frame::{Baselines, Effect, Frame, Thing};
use super::galley::{Galley, GalleyEntry, Leaf};
use crate::boxes::{BoxNode, Content};
use crate::diag::{Span, say};
use crate::sizing::{UNBOUNDED, UsedColumns};
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
pub(crate) fn flow<'a>(builder: &mut GalleyBuilder<'a, '_>, node: &'a BoxNode, area: Area) {
    if area.scope.columns >= MAX_NESTED {
        let message =
            say!("columns inside of more than {most} others are set as one", most = MAX_NESTED);
        builder.cx.warn(
            "columns-nested",
            message,
            node.span,
            say!("use fewer columns inside each other"),
        );
        return builder.content(node, area);
    }
    let scope = Scope { columns: area.scope.columns + 1, ..area.scope };
    flow_columns(builder, node, Area { scope, ..area });
}

fn flow_columns<'a>(builder: &mut GalleyBuilder<'a, '_>, node: &'a BoxNode, area: Area) {
    let style = &node.style;
    let UsedColumns { count, width, gap } = UsedColumns::new(style, area.width);
    let inner = Area { x: 0.0, width, height: None, scope: area.scope.inside(), page: None };
    let add = |builder: &mut GalleyBuilder<'a, '_>, galley: Galley<'a>| {
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
        builder.leaf(Leaf::new(area.x, Rc::new(set), node.span));
    };
    let Content::Blocks(kids) = &node.content else {
        let mut columns = GalleyBuilder::new(builder.cx, width);
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
            let mut columns = GalleyBuilder::new(builder.cx, width);
            columned.iter().for_each(|kid| columns.block(kid, inner));
            let galley = columns.finish();
            add(builder, galley);
        }
        if let Some(spanning) = spanning {
            builder.block(spanning, Area { scope: area.scope.inside(), ..area });
        }
    }
}

/// Sets columns in a fragmentainer and gives what is left. Nothing if the next one is a better
/// place.
// Over 60 lines: the search for the height of balanced columns tries all columns at each step.
fn fragment<'a>(
    cx: &mut Context<'a>,
    set: &ColumnSet<'a>,
    Space { height: space, fresh, started }: Space,
) -> Option<(Frame<'a>, Option<ColumnSet<'a>>)> {
    let space = set.height.map_or(space, |height| height.min(space));
    if space <= EPSILON && started {
        return None;
    }
    // Columns in a fragmentainer without end are balanced between finite heights.
    let limit = if space.is_finite() { space } else { UNBOUNDED };
    let attempt = |cx: &mut Context<'a>, height: f64| {
        let mut cursor = set.cursor.clone();
        let mut columns = Vec::new();
        let (mut stop, mut placed) = (StopReason::Full, false);
        while columns.len() < set.count && stop != StopReason::End {
            // Only the first column may be passed over for the next page: the others follow in this
            // one.
            let started = started && columns.is_empty();
            let fragmentainer = Fragmentainer {
                height,
                fresh: fresh.min(limit).max(height),
                kind: FragmentainerKind::Column,
                started,
            };
            let fragmented =
                cx.speculate(|cx| fragment::fragment(cx, &set.galley, &cursor, fragmentainer));
            columns.push(fragmented.frame);
            placed |= fragmented.placed;
            (stop, cursor) = (fragmented.stop, fragmented.cursor);
        }
        (columns, stop, cursor, placed)
    };
    // First as tall as can be: what does not fit then fills all columns and goes on.
    let mut best = attempt(cx, limit);
    if best.1 != StopReason::End && !best.3 && started {
        return None;
    }
    if best.1 == StopReason::End && set.balanced {
        // Balanced columns are no lower than an even share, nor than the tallest thing in them.
        let total: f64 = best.0.iter().map(|frame| frame.height).sum();
        let (mut low, mut high) =
            ((total / set.count as f64).max(tallest(&set.galley)).min(limit), limit.min(total));
        // Most often the even share is nearly enough.
        for share in [low, low * 1.1 + 1.0] {
            let tried = attempt(cx, share.min(high));
            if tried.1 == StopReason::End {
                high = share.min(high);
                best = tried;
                break;
            }
            low = share.min(high);
        }
        // Half a point of difference between columns is invisible, and each halving lays out all
        // columns.
        while high - low > 0.5 {
            let middle = (low + high) / 2.0;
            let tried = attempt(cx, middle);
            if tried.1 == StopReason::End {
                high = middle;
                best = tried;
            } else {
                low = middle;
            }
        }
    }
    let (columns, stop, cursor, _) = best;
    Some((assemble(set, columns), (stop != StopReason::End).then(|| set.rest(cursor))))
}

/// The height of the tallest thing that columns must hold whole.
fn tallest(galley: &Galley<'_>) -> f64 {
    let height = |entry: &GalleyEntry<'_>| match entry {
        GalleyEntry::Leaf(leaf) => leaf.height(),
        _ => 0.0,
    };
    galley.entries.iter().map(height).fold(0.0, f64::max)
}

fn assemble<'a>(set: &ColumnSet<'a>, columns: Vec<Frame<'a>>) -> Frame<'a> {
    let height = columns.iter().map(|column| column.height).fold(0.0, f64::max);
    let height = set.height.map_or(height, |set| set.max(height));
    let mut frame = Frame { width: set.width, height, ..Frame::default() };
    // Rules stand in the middle of the gaps (CSS Multi-column 1, 4.1) and take no space.
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

/// Columns take the height of the space that they get.
impl<'a> Breakable<'a> for ColumnSet<'a> {
    fn height(&self) -> f64 {
        0.0
    }

    fn baselines(&self) -> Option<Baselines> {
        None
    }

    fn notes(&self) -> Vec<&'a BoxNode> {
        Vec::new()
    }

    fn frame(&self, cx: &mut Context<'a>) -> Rc<Frame<'a>> {
        let space = Space { height: f64::INFINITY, fresh: f64::INFINITY, started: false };
        Rc::new(fragment(cx, self, space).map(|(frame, _)| frame).unwrap_or_default())
    }

    fn split(
        &self,
        cx: &mut Context<'a>,
        space: Space,
        _: Option<Span>,
    ) -> Option<(breakable::LeafContent<'a>, Option<breakable::LeafContent<'a>>)> {
        let (frame, rest) = fragment(cx, self, space)?;
        let rest = rest.map(|rest| -> breakable::LeafContent<'a> { Rc::new(rest) });
        Some((Rc::new(Rc::new(frame)), rest))
    }

    fn adapts(&self) -> bool {
        true
    }
}
