//! Fragmentation: as much of a galley as fits is placed in a fragmentainer, and the galley is cut
//! at the best break opportunity (CSS Fragmentation 3, 4.4).

use std::rc::Rc;

use super::absolute;
use super::breakable::Space;
use super::context::{Context, EPSILON};
use super::footnote;
use super::frame::{Baselines, Decor, Effect, Frame, Placed, Positioned, Thing};
use super::galley::{BreakPoint, Container, Forced, Galley, GalleyEntry, Leaf};
use super::split;
use crate::boxes::BoxId;
use crate::diag::{Value, say};
use crate::geometry::{Point, Rect, Sides};
use crate::limits;
use crate::style::{Break, Position};

/// The share of a fragmentainer that rows repeated above or below may take: more than half would
/// leave the table less room than its own head has.
pub(crate) const REPEAT_SHARE: f64 = 0.5;

/// What a galley is fragmented into: a page, a column, a cell (CSS Fragmentation 3, 2).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fragmentainer {
    pub(crate) height: f64,
    /// The height of a fragmentainer where nothing stands yet: the next page or column.
    pub(crate) fresh: f64,
    pub(crate) kind: FragmentainerKind,
    /// Whether something stands above in the same fragmentainer, so that all of it may also go to
    /// the next one.
    pub(crate) started: bool,
}

/// Kinds of fragmentainers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FragmentainerKind {
    /// Without end: forced breaks mean nothing.
    Endless,
    Page,
    Column,
    /// A table cell or another box that is cut with its neighbours.
    Cell,
    /// A cell whose row ends where its content asks for a break.
    ForcedCell,
}

impl FragmentainerKind {
    /// Whether breaks to another page can be made.
    fn has_forced_breaks(self) -> bool {
        matches!(self, Self::Page | Self::ForcedCell)
    }
}

/// Why a fragment ends.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum StopReason {
    /// Nothing is left.
    End,
    /// The fragmentainer is full.
    Full,
    /// A break is asked for.
    Forced(Forced),
}

/// How far a galley has been placed, and where the next fragment resumes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cursor<'a> {
    pub(crate) entry: usize,
    /// The boxes that go on, outermost first, with the content height that they have behind them.
    open: Vec<(u32, f64)>,
    /// What is left of the leaf before `entry`, the first thing of the next fragment.
    remainder: Option<Leaf<'a>>,
    /// Whether the break was not asked for, so that margins after it are dropped.
    unforced: bool,
    /// Footnotes, or their ends, that found no room.
    pub(crate) notes: Vec<footnote::NoteRemainder<'a>>,
}

impl Cursor<'_> {
    /// Whether a page break is asked for in what is still to be placed.
    pub(crate) fn forced_ahead(&self, galley: &Galley<'_>) -> bool {
        let rest = galley.entries.get(self.entry..).unwrap_or_default();
        rest.iter().any(|entry| match entry {
            GalleyEntry::Break(BreakPoint { forced: Some(forced), .. }) => {
                forced.kind != Break::Column
            }
            GalleyEntry::Leaf(leaf) => leaf.content.has_forced_break(),
            _ => false,
        })
    }

    /// Makes the boxes that go on as wide as the page on which they do.
    pub(crate) fn widen(&self, galley: &mut Galley<'_>, more: f64) {
        for (id, _) in &self.open {
            let container = &mut galley.containers[*id as usize];
            if container.follows_page {
                container.width = (container.width + more).max(0.0);
            }
        }
    }
}

/// A fragment, and what is left.
pub(crate) struct Fragmented<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) stop: StopReason,
    pub(crate) cursor: Cursor<'a>,
    /// Whether anything that is not repeated was placed.
    pub(crate) placed: bool,
    /// Whether the fragmentainer ends where orphans or widows are left.
    pub(crate) strands: bool,
}

/// Places everything in a fragmentainer without end.
pub(crate) fn whole<'a>(cx: &mut Context<'a>, galley: &Galley<'a>) -> Frame<'a> {
    let fragmentainer = Fragmentainer {
        height: f64::INFINITY,
        fresh: f64::INFINITY,
        kind: FragmentainerKind::Endless,
        started: false,
    };
    fragment(cx, galley, &Cursor::default(), fragmentainer).frame
}

/// Places what fits a fragmentainer, from the cursor on.
pub(crate) fn fragment<'a>(
    cx: &mut Context<'a>,
    galley: &Galley<'a>,
    cursor: &Cursor<'a>,
    fragmentainer: Fragmentainer,
) -> Fragmented<'a> {
    let mut breaker = Breaker {
        galley,
        fragmentainer,
        frame: Frame { width: galley.width, ..Frame::default() },
        y: 0.0,
        lowest: 0.0,
        placed: false,
        open: Vec::new(),
        progress: fragmentainer.started,
        dropping: cursor.unforced,
        saved: [None, None, None, None],
        strands: false,
        notes: footnote::Foot::resume(cx, &cursor.notes, galley.width, fragmentainer),
    };
    for &(container, consumed) in &cursor.open {
        breaker.reopen(container, consumed);
    }
    // Notes from the page before count as content: a page full of them makes progress.
    let carried = !cursor.notes.is_empty();
    let (stop, cursor) = breaker.run(cx, cursor);
    // What sticks out of a box of set height counts where nothing else would keep it on the page.
    let lowest = if fragmentainer.kind == FragmentainerKind::Page { 0.0 } else { breaker.lowest };
    breaker.frame.height = breaker.y.max(lowest);
    let (mut frame, mut cursor, placed) = (breaker.frame, cursor, breaker.placed || carried);
    let strands = breaker.strands;
    cursor.notes = breaker.notes.finish(cx, &mut frame, fragmentainer);
    // The flow has ended but a note has not: it needs another page.
    let stop =
        if stop == StopReason::End && !cursor.notes.is_empty() { StopReason::Full } else { stop };
    Fragmented { frame, stop, cursor, placed, strands }
}

/// A box whose end has not come yet.
#[derive(Debug, Clone)]
struct OpenBox<'a> {
    container: u32,
    /// The top of the border box, in this fragmentainer.
    top: f64,
    content_top: f64,
    /// Content height in earlier rooms.
    consumed: f64,
    /// Its background's item.
    item: Option<usize>,
    begins: bool,
    shift: Point,
    layer: i32,
    positioned: Vec<Positioned<'a>>,
}

/// The state at a break opportunity.
#[derive(Debug, Clone)]
struct Saved<'a> {
    entry: usize,
    y: f64,
    lowest: f64,
    placed: bool,
    items: usize,
    positioned: usize,
    open: Vec<OpenBox<'a>>,
    /// Notes at the foot, and notes handed on.
    notes: usize,
    called: usize,
    baselines: Option<Baselines>,
}

struct Breaker<'a, 'g> {
    galley: &'g Galley<'a>,
    fragmentainer: Fragmentainer,
    frame: Frame<'a>,
    y: f64,
    /// The lowest edge of all leaves.
    lowest: f64,
    placed: bool,
    open: Vec<OpenBox<'a>>,
    /// Whether something was placed since the top, so that a break makes progress.
    progress: bool,
    dropping: bool,
    /// The last opportunity of every rank.
    saved: [Option<Saved<'a>>; 4],
    /// Whether the cut was made where lines are stranded.
    strands: bool,
    notes: footnote::Foot<'a>,
}

impl<'a> Breaker<'a, '_> {
    fn container(&self, id: u32) -> &Container<'a> {
        &self.galley.containers[id as usize]
    }

    /// The lowest place that content may reach here.
    fn limit(&self) -> f64 {
        if self.fragmentainer.height == f64::INFINITY {
            return self.fragmentainer.height;
        }
        // Every box that runs through this fragmentainer keeps something free at its foot: a cloned
        // edge, the rows that its table repeats.
        let kept: f64 = self.open.iter().map(|open| self.reserve(open.container)).sum();
        self.fragmentainer.height - kept - self.notes.height()
    }

    /// The height that a leaf would find in the next fragmentainer, under what is repeated there.
    fn fresh(&self, limit: f64) -> f64 {
        // A leaf that goes on in the next fragmentainer stands there below cloned edges and
        // repeated heads.
        let above = |open: &OpenBox<'a>| {
            let container = self.container(open.container);
            let edge = if container.clones() { container.top() } else { 0.0 };
            edge + container
                .head
                .as_ref()
                .filter(|head| self.repeats(head))
                .map_or(0.0, |head| head.height)
        };
        let below = self.fragmentainer.height - self.notes.height() - limit;
        self.fragmentainer.fresh - below - self.open.iter().map(above).sum::<f64>()
    }

    /// Whether rows are repeated in this fragmentainer: not if they would leave too little of it.
    fn repeats(&self, rows: &Frame<'a>) -> bool {
        rows.height <= self.fragmentainer.height.min(self.fragmentainer.fresh) * REPEAT_SHARE
    }

    /// What a box needs at the foot of every fragmentainer that it runs through.
    fn reserve(&self, container: u32) -> f64 {
        let container = self.container(container);
        let edge = if container.clones() { container.bottom() } else { 0.0 };
        edge + container
            .foot
            .as_ref()
            .filter(|foot| self.repeats(foot))
            .map_or(0.0, |foot| foot.height)
    }

    fn shift(&self) -> (Point, i32) {
        self.open.last().map_or((Point::ZERO, 0), |open| (open.shift, open.layer))
    }

    fn run(&mut self, cx: &mut Context<'a>, from: &Cursor<'a>) -> (StopReason, Cursor<'a>) {
        let galley = self.galley;
        if let Some(rest) = &from.remainder
            && let Some(end) = self.leaf(cx, rest, from.entry)
        {
            return end;
        }
        let mut index = from.entry;
        while let Some(entry) = galley.entries.get(index) {
            limits::tick();
            match entry {
                GalleyEntry::Gap(height) => {
                    // Margins right after an unforced break are truncated (CSS Fragmentation 3,
                    // 5.2).
                    if !self.dropping {
                        self.y += height;
                    }
                }
                GalleyEntry::Open(id) => self.begin(*id),
                GalleyEntry::Close(id) => {
                    if let Some(end) = self.end(cx, *id, index) {
                        return end;
                    }
                }
                GalleyEntry::Leaf(leaf) => {
                    if let Some(end) = self.leaf(cx, leaf, index + 1) {
                        return end;
                    }
                }
                GalleyEntry::Break(point) => match &point.forced {
                    // A forced break counts as placed content, so what follows keeps its margin.
                    Some(forced) if self.honours(forced.kind) => {
                        let cursor = self.cut(cx, index + 1, None);
                        return (
                            StopReason::Forced(forced.clone()),
                            Cursor { unforced: false, ..cursor },
                        );
                    }
                    _ => self.save(index + 1, point.rank()),
                },
                GalleyEntry::Anchor(node) => {
                    let (Point { x: dx, y: dy }, _) = self.shift();
                    self.frame.push(dx, self.y + dy, Thing::Anchor(node));
                }
                GalleyEntry::Positioned(place) => {
                    let (Point { x: dx, y: dy }, _) = self.shift();
                    self.adopt(Positioned { x: place.x + dx, y: self.y + dy, ..*place });
                }
            }
            index += 1;
        }
        (StopReason::End, Cursor { entry: index, ..Cursor::default() })
    }

    fn honours(&self, kind: Break) -> bool {
        match self.fragmentainer.kind {
            FragmentainerKind::Page | FragmentainerKind::ForcedCell => kind != Break::Column,
            FragmentainerKind::Column => true,
            FragmentainerKind::Endless | FragmentainerKind::Cell => false,
        }
    }

    fn save(&mut self, entry: usize, rank: usize) {
        if self.fragmentainer.height == f64::INFINITY || !self.progress {
            return;
        }
        // Only the last opportunity of each rank is kept: content fills as much of the
        // fragmentainer as the rules allow (CSS Fragmentation 3, 4.4).
        self.saved[rank] = Some(Saved {
            entry,
            y: self.y,
            lowest: self.lowest,
            placed: self.placed,
            items: self.frame.items.len(),
            positioned: self.frame.positioned.len(),
            open: self.open.clone(),
            notes: self.notes.len(),
            called: self.frame.notes.len(),
            baselines: self.frame.baselines,
        });
    }

    fn placeholder(&mut self, id: u32, begins: bool, border: Sides<f64>) -> Option<usize> {
        let galley = self.galley;
        let container = &galley.containers[id as usize];
        if !container.is_painted() {
            return None;
        }
        let (Point { x: dx, y: dy }, _) = self.shift();
        let Point { x: sx, y: sy } = container.shift;
        // A box is painted below what is in it, so its background takes its place now and gets its
        // height when the box ends.
        let decor = Decor {
            style: container.style(),
            width: container.width,
            height: 0.0,
            border,
            begins,
            ends: false,
            no_border: container.no_border,
            shown: false,
            is_root: container.node.box_id == BoxId::ROOT,
        };
        // Without a layer of its own a box is painted with the box that it is in.
        let layer = if container.layer != 0 { container.layer } else { self.shift().1 };
        self.frame.items.push(Placed {
            x: container.x + dx + sx,
            y: self.y + dy + sy,
            layer,
            thing: Thing::Decor(decor),
        });
        Some(self.frame.items.len() - 1)
    }

    fn push_open(&mut self, id: u32, begins: bool, consumed: f64, top_edge: f64, border_top: f64) {
        let border = self.container(id).border;
        let item = self.placeholder(id, begins, Sides { top: border_top, bottom: 0.0, ..border });
        let (outer_shift, outer) = self.shift();
        let container = self.container(id);
        let layer = if container.layer != 0 { container.layer } else { outer };
        let shift = outer_shift + container.shift;
        let top = self.y;
        self.y += top_edge;
        let content_top = self.y;
        self.open.push(OpenBox {
            container: id,
            top,
            content_top,
            consumed,
            item,
            begins,
            shift,
            layer,
            positioned: Vec::new(),
        });
    }

    fn begin(&mut self, id: u32) {
        let container = self.container(id);
        let (edge, border) = (container.top(), container.border.top);
        // An edge ends the stretch at the top where margins are dropped.
        if edge > 0.0 {
            self.dropping = false;
        }
        self.push_open(id, true, 0.0, edge, border);
    }

    /// A box goes on from the fragmentainer before.
    fn reopen(&mut self, id: u32, consumed: f64) {
        let container = self.container(id);
        let clones = container.clones();
        let (edge, border) =
            if clones { (container.top(), container.border.top) } else { (0.0, 0.0) };
        // Rows of `thead` stand above what goes on (CSS 2.2, 17.2.1).
        let head = container.head.clone().filter(|head| self.repeats(head));
        let x = container.x + container.border.left + container.padding.left;
        self.push_open(id, false, consumed, edge, border);
        if let Some(head) = head {
            let (Point { x: dx, y: dy }, layer) = self.shift();
            let effect = Effect { artifact: true, ..Effect::default() };
            self.frame.items.push(Placed {
                x: x + dx,
                y: self.y + dy,
                layer,
                thing: Thing::Frame(Rc::clone(&head), Some(Box::new(effect))),
            });
            self.y += head.height;
            if let Some(open) = self.open.last_mut() {
                // The repeated rows are not part of the content's height.
                open.content_top = self.y;
            }
        }
    }

    /// Ends a box, or stops where its height runs out of the fragmentainer.
    fn end(
        &mut self,
        cx: &mut Context<'a>,
        id: u32,
        index: usize,
    ) -> Option<(StopReason, Cursor<'a>)> {
        let container = self.container(id);
        let (height, bottom) = (container.height, container.bottom());
        let open = self.open.last()?;
        let content = self.y - open.content_top + open.consumed;
        // A box that has come from another fragmentainer cannot end above its content.
        let min = if open.consumed > 0.0 { 0.0 } else { f64::NEG_INFINITY };
        // What `height` and `min-height` add below the content.
        let extra = (height.clamp(content) - content).max(min);
        // The box that ends needs its foot no more.
        let limit = self.limit() + self.reserve(id);
        if extra > 0.0 && self.y + extra > limit + EPSILON {
            let here = (limit - self.y).max(0.0);
            // Less than a point of an empty box is not worth a fragment, unless nothing else would
            // stand here.
            if here > 1.0 || self.progress {
                self.y += here;
                self.progress = true;
                self.placed = true;
                return Some((StopReason::Full, self.cut(cx, index, None)));
            }
        }
        if extra <= 0.0 && bottom > 0.0 && self.y + bottom > limit + EPSILON && self.progress {
            // The edge does not fit: rather take the last lines along than leave the edge alone.
            if let Some(end) = self.cut_at_best(cx, 3) {
                return Some(end);
            }
        }
        // Half a point too much is a rounding error that nobody sees.
        if extra < -0.5 {
            let message = say!(
                "the content is {extra} pt taller than its box",
                extra = Value::decimal(-extra, 1)
            );
            let span = self.container(id).node.span;
            cx.warn("box-overflow", message, span, say!("make the box taller or the text shorter"));
        }
        let open = self.open.pop()?;
        self.y += extra + bottom;
        if extra > 0.0 || bottom > 0.0 {
            self.dropping = false;
            self.progress = true;
            self.placed = true;
        }
        self.seal(cx, &open, true);
        None
    }

    /// Gives a box's background its height and places the boxes that are positioned by it.
    fn seal(&mut self, cx: &mut Context<'a>, open: &OpenBox<'a>, ends: bool) {
        let galley = self.galley;
        let container = &galley.containers[open.container as usize];
        let bottom = if ends || container.clones() { container.border.bottom } else { 0.0 };
        let top = if open.begins || container.clones() { container.border.top } else { 0.0 };
        let height = self.y - open.top;
        if let Some(Placed { thing: Thing::Decor(decor), .. }) =
            open.item.and_then(|i| self.frame.items.get_mut(i))
        {
            decor.height = height;
            decor.ends = ends;
            decor.border.bottom = bottom;
            // Of a box that has no height here nothing is painted, not even its sides.
            decor.shown = height > 0.0;
        }
        if !open.positioned.is_empty() {
            let b = container.border;
            let Point { x: dx, y: dy } = open.shift;
            let rect = Rect::new(
                container.x + b.left + dx,
                open.top + top + dy,
                container.width - b.left - b.right,
                (height - top - bottom).max(0.0),
            );
            for place in &open.positioned {
                absolute::place(cx, &mut self.frame, *place, rect);
            }
            let adopted = std::mem::take(&mut self.frame.positioned);
            adopted.into_iter().for_each(|place| self.adopt(place));
        }
    }

    /// Gives an absolute box to the innermost open box that is its containing block, or to whoever
    /// holds this frame.
    fn adopt(&mut self, place: Positioned<'a>) {
        let galley = self.galley;
        // Fixed boxes look past all containing blocks to the page.
        let fixed = place.node.style.position == Position::Fixed;
        let holder = self
            .open
            .iter_mut()
            .rev()
            .find(|open| galley.containers[open.container as usize].is_positioned());
        match holder {
            Some(open) if !fixed => open.positioned.push(place),
            _ => self.frame.positioned.push(place),
        }
    }

    /// Places a leaf, or stops before or inside of it.
    // Over 60 lines: a list of ways to place a leaf in the order in which they are tried, all of
    // the same few values.
    fn leaf(
        &mut self,
        cx: &mut Context<'a>,
        leaf: &Leaf<'a>,
        next: usize,
    ) -> Option<(StopReason, Cursor<'a>)> {
        if leaf.content.adapts() {
            return self.adapt(cx, leaf, next);
        }
        if self.fragmentainer.kind.has_forced_breaks()
            && leaf.content.has_forced_break()
            && let limit = self.limit()
            && let Some((top, rest)) = self.split(cx, leaf, limit, self.fresh(limit))
        {
            self.put_part(cx, &top, limit);
            return rest.map(|rest| (StopReason::Full, self.cut(cx, next, Some(rest))));
        }
        let height = leaf.height();
        let called = leaf.content.notes();
        let needed = self.notes.cost(cx, &called, self.galley.width);
        let foot = leaf.content.is_foot();
        // Rows of `tfoot` themselves stand in the space that is kept for their repeats.
        let kept =
            self.open.last().filter(|_| foot).map_or(0.0, |open| self.reserve(open.container));
        let limit = self.limit() + kept;
        if self.y + height + needed <= limit + EPSILON {
            self.notes.add(cx, called, self.galley.width, None);
            self.put(cx, leaf);
            return None;
        }
        if needed > 0.0
            && self.y + height + self.notes.min_cost(cx, &called, self.galley.width)
                <= limit + EPSILON
        {
            // The line fits with the first lines of its last note.
            self.notes.add(cx, called, self.galley.width, Some(limit - self.y - height));
            self.put(cx, leaf);
            return None;
        }
        let fresh = self.fresh(limit);
        let tall = height > fresh + EPSILON;
        // What fits the next fragmentainer whole goes there, unless it may be cut.
        if (tall || leaf.content.divides())
            && let Some((top, rest)) = self.split(cx, leaf, limit, fresh)
        {
            self.put_part(cx, &top, limit);
            return rest.map(|rest| (StopReason::Full, self.cut(cx, next, Some(rest))));
        }
        if let Some(end) = self.cut_at_best(cx, 3) {
            return Some(end);
        }
        // A box with an edge may begin here and its first line find no room: then the whole box
        // goes on, edge included.
        let above = self.y > EPSILON
            && self
                .open
                .iter()
                .any(|open| open.begins && self.container(open.container).top() > 0.0);
        if self.progress || (above && !tall) {
            // No opportunity at all, but the next fragmentainer has more room.
            let cursor = self.cut(cx, next, Some(leaf.clone()));
            return Some((StopReason::Full, cursor));
        }
        self.notes.add(cx, called, self.galley.width, Some(f64::INFINITY));
        // Nothing else helps: not a word may be lost, so it is made smaller.
        let scaled = split::scaled(cx, leaf, limit - self.y);
        self.put(cx, &scaled);
        None
    }

    /// The part of a leaf that fits above the notes that it calls.
    fn split(
        &self,
        cx: &mut Context<'a>,
        leaf: &Leaf<'a>,
        limit: f64,
        fresh: f64,
    ) -> Option<(Leaf<'a>, Option<Leaf<'a>>)> {
        let space = limit - self.y;
        let split = |cx: &mut Context<'a>, height: f64| {
            if height <= EPSILON {
                return None;
            }
            let space = Space { height, fresh, started: self.progress };
            let (top, rest) = leaf.content.split(cx, space, leaf.span)?;
            // Markers stand beside the first part only.
            let rest = rest.map(|rest| Leaf::new(leaf.x, rest, leaf.span));
            Some((Leaf { content: top, ..leaf.clone() }, rest))
        };
        let (top, rest) = split(cx, space)?;
        // The part calls notes of its own, which need space at the foot of the same page.
        let cost = self.notes.cost(cx, &top.content.notes(), self.galley.width);
        if cost > 0.0 && top.height() + cost > space {
            return split(cx, space - cost).or(Some((top, rest)));
        }
        Some((top, rest))
    }

    /// Places the first part of a leaf with its notes, of which what does not fit goes on.
    fn put_part(&mut self, cx: &mut Context<'a>, top: &Leaf<'a>, limit: f64) {
        let space = limit - self.y - top.height();
        self.notes.add(cx, top.content.notes(), self.galley.width, Some(space));
        self.put(cx, top);
    }

    /// Places a leaf here.
    fn put(&mut self, cx: &mut Context<'a>, leaf: &Leaf<'a>) {
        let (Point { x: dx, y: dy }, layer) = self.shift();
        let (x, y) = (leaf.x + dx, self.y + dy);
        let baselines = leaf.content.baselines();
        for (marker_x, line) in &leaf.markers {
            // A marker stands on the first baseline beside it, or at the top if there is none.
            let own = line.baselines().map_or(0.0, |own| own.first);
            let baseline = baselines.map_or(own, |beside| beside.first);
            let at = Point::new(marker_x + dx, y + baseline - own);
            line.place(cx, &mut self.frame, at, layer);
        }
        // What the leaf holds of absolute boxes looks for the innermost open box that is a
        // containing block.
        let held = self.frame.positioned.len();
        leaf.content.place(cx, &mut self.frame, Point::new(x, y), layer);
        let adopted = self.frame.positioned.split_off(held);
        adopted.into_iter().for_each(|place| self.adopt(place));
        if let Some(own) = baselines {
            self.frame.baselines = Some(Baselines::then(self.frame.baselines, own.down(self.y)));
        }
        self.y += leaf.height();
        self.lowest = self.lowest.max(self.y);
        self.placed = true;
        self.progress = true;
        self.dropping = false;
    }

    /// Sets content that takes its height from the space (columns) into what is left here.
    fn adapt(
        &mut self,
        cx: &mut Context<'a>,
        leaf: &Leaf<'a>,
        next: usize,
    ) -> Option<(StopReason, Cursor<'a>)> {
        // What is left of the columns takes the place of the leaf, round by round.
        let mut leaf = leaf.clone();
        loop {
            let limit = self.limit();
            let fresh = self.fresh(limit);
            let height = limit - self.y;
            let space = Space { height, fresh, started: self.progress };
            let mut outcome = leaf.content.split(cx, space, leaf.span);
            let called = outcome.as_ref().map(|(top, _)| top.notes()).unwrap_or_default();
            let cost = self.notes.cost(cx, &called, self.galley.width);
            if outcome.as_ref().is_some_and(|(top, _)| top.height() + cost > height) && cost > 0.0 {
                let space = Space { height: height - cost, ..space };
                outcome = leaf.content.split(cx, space, leaf.span);
            }
            let Some((top, rest)) = outcome else {
                return Some(
                    self.cut_at_best(cx, 3)
                        .unwrap_or_else(|| (StopReason::Full, self.cut(cx, next, Some(leaf)))),
                );
            };
            let (x, span) = (leaf.x, leaf.span);
            self.put_part(cx, &Leaf { content: top, ..leaf }, limit);
            leaf = Leaf::new(x, rest?, span);
            // Breaks asked for in columns without end make another row of columns.
            if self.fragmentainer.kind != FragmentainerKind::Endless {
                return Some((StopReason::Full, self.cut(cx, next, Some(leaf))));
            }
        }
    }

    /// Goes back to the best opportunity of at most this rank, the last one of it.
    fn cut_at_best(
        &mut self,
        cx: &mut Context<'a>,
        worst: usize,
    ) -> Option<(StopReason, Cursor<'a>)> {
        // From the best rank down; 0 breaks no rule.
        let rank = (0..=worst).find(|&rank| self.saved[rank].is_some())?;
        let saved = self.saved[rank].take()?;
        self.strands = rank >= 2;
        // Bit 0 of a rank says that `avoid` stands against it: the author should know.
        if rank & 1 == 1 {
            self.report_broken(cx, &saved);
        }
        self.y = saved.y;
        self.lowest = saved.lowest;
        self.placed = saved.placed;
        // All that was placed since the opportunity is taken back.
        self.frame.items.truncate(saved.items);
        self.frame.positioned.truncate(saved.positioned);
        self.frame.baselines = saved.baselines;
        self.notes.truncate(saved.notes);
        self.frame.notes.truncate(saved.called);
        self.open = saved.open;
        Some((StopReason::Full, self.cut(cx, saved.entry, None)))
    }

    fn report_broken(&self, cx: &mut Context<'a>, saved: &Saved<'a>) {
        // Columns and cells are tried at several heights; only the breaks of pages are final.
        if self.fragmentainer.kind != FragmentainerKind::Page {
            return;
        }
        let galley = self.galley;
        // The outermost box that asks to be kept whole is where the author wrote it.
        let keeper = saved
            .open
            .iter()
            .map(|open| &galley.containers[open.container as usize])
            .find(|c| c.style().break_inside_avoid);
        let leaf = galley.entries[saved.entry..].iter().find_map(|entry| match entry {
            GalleyEntry::Leaf(leaf) => leaf.span,
            _ => None,
        });
        let span = keeper.map_or(leaf, |c| c.node.span);
        cx.warn(
            "keep-broken",
            say!("what is to stay together is taller than a page and was broken"),
            span,
            say!("keep less together"),
        );
    }

    /// Ends this fragmentainer here.
    fn cut(
        &mut self,
        cx: &mut Context<'a>,
        entry: usize,
        remainder: Option<Leaf<'a>>,
    ) -> Cursor<'a> {
        let mut open = std::mem::take(&mut self.open);
        let resumed =
            open.iter().map(|o| (o.container, self.y - o.content_top + o.consumed)).collect();
        // Boxes end from the inside out, so that each reaches down to the end of those in it.
        while let Some(last) = open.pop() {
            let container = self.container(last.container);
            let edge = if container.clones() { container.bottom() } else { 0.0 };
            let foot = container.foot.clone().filter(|foot| {
                self.repeats(foot) && self.y + foot.height <= self.fragmentainer.height + EPSILON
            });
            if let Some(foot) = foot {
                let x = container.x + container.border.left + container.padding.left + last.shift.x;
                let effect = Effect { artifact: true, ..Effect::default() };
                let thing = Thing::Frame(Rc::clone(&foot), Some(Box::new(effect)));
                self.frame.items.push(Placed {
                    x,
                    y: self.y + last.shift.y,
                    layer: last.layer,
                    thing,
                });
                self.y += foot.height;
            }
            self.y += edge;
            self.open = open;
            self.seal(cx, &last, false);
            open = std::mem::take(&mut self.open);
        }
        Cursor { entry, open: resumed, remainder, unforced: true, notes: Vec::new() }
    }
}
