//! Filling: a galley is poured into a room until the room is full, and cut at the best opportunity
//! (CSS Fragmentation 3, 4.4).

use std::rc::Rc;

use super::context::{Context, EPSILON};
use super::footnote;
use super::frame::{Decor, Effect, Frame, Placed, Positioned, Thing};
use super::galley::{Container, Entry, Forced, Galley, Leaf, LeafKind};
use super::inline::SourceKind;
use super::split;
use super::{absolute, columns};
use crate::boxes::{BoxId, BoxNode};
use crate::geometry::{Point, Rect, Sides};
use crate::style::{Break, Position};
use crate::text::Piece;

/// The share of a room that rows repeated above or below may take.
const REPEAT_SHARE: f64 = 0.5;

/// The room that a galley is poured into.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Room {
    pub(crate) height: f64,
    /// The height of a room where nothing stands yet: the next page or column.
    pub(crate) fresh: f64,
    pub(crate) kind: RoomKind,
    /// Whether something stands above in the same room, so that all of it may also go to the next
    /// one.
    pub(crate) started: bool,
}

/// What a room is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RoomKind {
    /// Without end: forced breaks mean nothing.
    Endless,
    Page,
    Column,
    /// A table cell or another box that is cut with its neighbours.
    Cell,
}

/// Why filling stopped.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Stop {
    /// Nothing is left.
    End,
    /// The room is full.
    Full,
    /// A break is asked for.
    Forced(Forced),
}

/// How far a galley has been poured.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cursor<'a> {
    pub(crate) entry: usize,
    /// The boxes that go on, outermost first, with the content height that they have behind them.
    open: Vec<(u32, f64)>,
    /// What is left of the leaf before `entry`.
    rest: Option<Leaf<'a>>,
    /// Whether the break was not asked for, so that margins after it are dropped.
    unforced: bool,
    /// Footnotes, or their ends, that found no room.
    pub(crate) notes: Vec<footnote::Rest<'a>>,
}

impl Cursor<'_> {
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

/// What filling a room gives.
pub(crate) struct Filled<'a> {
    pub(crate) frame: Frame<'a>,
    pub(crate) stop: Stop,
    pub(crate) cursor: Cursor<'a>,
    /// Whether anything that is not repeated was placed.
    pub(crate) placed: bool,
}

/// Pours everything into a room without end.
pub(crate) fn all<'a>(cx: &mut Context<'a>, galley: &Galley<'a>) -> Frame<'a> {
    let room = Room {
        height: f64::INFINITY,
        fresh: f64::INFINITY,
        kind: RoomKind::Endless,
        started: false,
    };
    fill(cx, galley, &Cursor::default(), room).frame
}

/// Pours a galley into a room.
pub(crate) fn fill<'a>(
    cx: &mut Context<'a>,
    galley: &Galley<'a>,
    cursor: &Cursor<'a>,
    room: Room,
) -> Filled<'a> {
    let mut fill = Fill {
        galley,
        room,
        frame: Frame { width: galley.width, ..Frame::default() },
        y: 0.0,
        lowest: 0.0,
        placed: false,
        open: Vec::new(),
        progress: room.started,
        dropping: cursor.unforced,
        saved: [None, None, None, None],
        notes: footnote::Foot::resume(cx, &cursor.notes, galley.width, room),
    };
    for &(container, consumed) in &cursor.open {
        fill.reopen(container, consumed);
    }
    let carried = !cursor.notes.is_empty();
    let (stop, cursor) = fill.run(cx, cursor);
    // What sticks out of a box of set height counts where nothing else would keep it on the page.
    let lowest = if room.kind == RoomKind::Page { 0.0 } else { fill.lowest };
    fill.frame.height = fill.y.max(lowest);
    let (mut frame, mut cursor, placed) = (fill.frame, cursor, fill.placed || carried);
    cursor.notes = fill.notes.finish(cx, &mut frame, room);
    let stop = if stop == Stop::End && !cursor.notes.is_empty() { Stop::Full } else { stop };
    Filled { frame, stop, cursor, placed }
}

/// A box whose end has not come yet.
#[derive(Debug, Clone)]
struct OpenBox<'a> {
    container: u32,
    /// The top of the border box, in this room.
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
    baselines: Option<(f64, f64)>,
}

struct Fill<'a, 'g> {
    galley: &'g Galley<'a>,
    room: Room,
    frame: Frame<'a>,
    y: f64,
    /// The lowest edge of all leaves.
    lowest: f64,
    placed: bool,
    open: Vec<OpenBox<'a>>,
    /// Whether a break here would not be in vain.
    progress: bool,
    dropping: bool,
    /// The last opportunity of every rank.
    saved: [Option<Saved<'a>>; 4],
    notes: footnote::Foot<'a>,
}

impl<'a> Fill<'a, '_> {
    fn container(&self, id: u32) -> &Container<'a> {
        &self.galley.containers[id as usize]
    }

    /// The lowest place that content may reach here.
    fn limit(&self) -> f64 {
        if self.room.height == f64::INFINITY {
            return self.room.height;
        }
        let kept: f64 = self.open.iter().map(|open| self.reserve(open.container)).sum();
        self.room.height - kept - self.notes.height()
    }

    /// The height that a leaf would find in the next room, under what is repeated there.
    fn fresh(&self, limit: f64) -> f64 {
        let above = |open: &OpenBox<'a>| {
            let container = self.container(open.container);
            let edge = if container.clones() { container.top() } else { 0.0 };
            edge + container
                .head
                .as_ref()
                .filter(|head| self.repeats(head))
                .map_or(0.0, |head| head.height)
        };
        let below = self.room.height - self.notes.height() - limit;
        self.room.fresh - below - self.open.iter().map(above).sum::<f64>()
    }

    /// Whether rows are repeated in this room: not if they would leave too little of it.
    fn repeats(&self, rows: &Frame<'a>) -> bool {
        rows.height <= self.room.height.min(self.room.fresh) * REPEAT_SHARE
    }

    /// What a box needs at the foot of every room that it runs through.
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

    fn run(&mut self, cx: &mut Context<'a>, from: &Cursor<'a>) -> (Stop, Cursor<'a>) {
        let galley = self.galley;
        if let Some(rest) = &from.rest
            && let Some(end) = self.leaf(cx, rest, from.entry)
        {
            return end;
        }
        let mut index = from.entry;
        while let Some(entry) = galley.entries.get(index) {
            match entry {
                Entry::Gap(height) => {
                    if !self.dropping {
                        self.y += height;
                    }
                }
                Entry::Open(id) => self.begin(*id),
                Entry::Close(id) => {
                    if let Some(end) = self.end(cx, *id, index) {
                        return end;
                    }
                }
                Entry::Leaf(leaf) => {
                    if let Some(end) = self.leaf(cx, leaf, index + 1) {
                        return end;
                    }
                }
                Entry::Break(chance) => match &chance.forced {
                    Some(forced) if self.honours(forced.kind) => {
                        let cursor = self.cut(cx, index + 1, None);
                        return (
                            Stop::Forced(forced.clone()),
                            Cursor { unforced: false, ..cursor },
                        );
                    }
                    _ => self.save(index + 1, chance.rank()),
                },
                Entry::Anchor(node) => {
                    let (Point { x: dx, y: dy }, _) = self.shift();
                    self.frame.push(dx, self.y + dy, Thing::Anchor(node));
                }
                Entry::Positioned(place) => {
                    let (Point { x: dx, y: dy }, _) = self.shift();
                    self.adopt(Positioned { x: place.x + dx, y: self.y + dy, ..*place });
                }
            }
            index += 1;
        }
        (Stop::End, Cursor { entry: index, ..Cursor::default() })
    }

    fn honours(&self, kind: Break) -> bool {
        match self.room.kind {
            RoomKind::Page => kind != Break::Column,
            RoomKind::Column => true,
            RoomKind::Endless | RoomKind::Cell => false,
        }
    }

    fn save(&mut self, entry: usize, rank: usize) {
        if self.room.height == f64::INFINITY || !self.progress {
            return;
        }
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
        if !container.painted {
            return None;
        }
        let (Point { x: dx, y: dy }, _) = self.shift();
        let Point { x: sx, y: sy } = container.shift;
        let decor = Decor {
            style: container.style,
            width: container.width,
            height: 0.0,
            border,
            begins,
            ends: false,
            no_border: container.no_border,
            shown: false,
            is_root: container.node.box_id == BoxId::ROOT,
        };
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
        if edge > 0.0 {
            self.dropping = false;
        }
        self.push_open(id, true, 0.0, edge, border);
    }

    /// A box goes on from the room before.
    fn reopen(&mut self, id: u32, consumed: f64) {
        let container = self.container(id);
        let clones = container.clones();
        let (edge, border) =
            if clones { (container.top(), container.border.top) } else { (0.0, 0.0) };
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
                thing: Thing::Frame(Rc::clone(&head), effect),
            });
            self.y += head.height;
            if let Some(open) = self.open.last_mut() {
                // The repeated rows are no part of the content's height.
                open.content_top = self.y;
            }
        }
    }

    /// Ends a box, or stops where its height runs out of the room.
    fn end(&mut self, cx: &mut Context<'a>, id: u32, index: usize) -> Option<(Stop, Cursor<'a>)> {
        let container = self.container(id);
        let (height, bottom) = (container.height, container.bottom());
        let open = self.open.last()?;
        let content = self.y - open.content_top + open.consumed;
        // A box that has come from another room cannot end above its content.
        let least = if open.consumed > 0.0 { 0.0 } else { f64::NEG_INFINITY };
        let extra = (height.clamp(content) - content).max(least);
        let limit = self.limit() + self.reserve(id);
        if extra > 0.0 && self.y + extra > limit + EPSILON {
            let here = (limit - self.y).max(0.0);
            if here > 1.0 || self.progress {
                self.y += here;
                self.progress = true;
                self.placed = true;
                return Some((Stop::Full, self.cut(cx, index, None)));
            }
        }
        if extra <= 0.0 && bottom > 0.0 && self.y + bottom > limit + EPSILON && self.progress {
            // The edge does not fit: rather take the last lines along than leave the edge alone.
            if let Some(end) = self.cut_at_best(cx, 3) {
                return Some(end);
            }
        }
        if extra < -0.5 {
            let message = format!("the content is {:.1} pt taller than its box", -extra);
            let span = self.container(id).node.span;
            cx.warn("box-overflow", message, span, "make the box taller or the text shorter");
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
        let fixed = place.node.style.position == Position::Fixed;
        let holder = self
            .open
            .iter_mut()
            .rev()
            .find(|open| galley.containers[open.container as usize].positioned);
        match holder {
            Some(open) if !fixed => open.positioned.push(place),
            _ => self.frame.positioned.push(place),
        }
    }

    /// Places a leaf, or stops before or inside of it.
    fn leaf(
        &mut self,
        cx: &mut Context<'a>,
        leaf: &Leaf<'a>,
        next: usize,
    ) -> Option<(Stop, Cursor<'a>)> {
        if let LeafKind::Columns(set) = &leaf.kind {
            return self.columns(cx, leaf, set, next);
        }
        let height = leaf.height();
        let called = self.called(leaf);
        let needed = self.notes.cost(cx, &called, self.galley.width);
        let foot = matches!(&leaf.kind, LeafKind::Rows(rows) if rows.is_foot);
        let kept =
            self.open.last().filter(|_| foot).map_or(0.0, |open| self.reserve(open.container));
        let limit = self.limit() + kept;
        if self.y + height + needed <= limit + EPSILON {
            self.notes.add(cx, called, self.galley.width, None);
            self.put(cx, leaf);
            return None;
        }
        if needed > 0.0
            && self.y + height + self.notes.least(cx, &called, self.galley.width) <= limit + EPSILON
        {
            // The line fits with the first lines of its last note.
            self.notes.add(cx, called, self.galley.width, Some(limit - self.y - height));
            self.put(cx, leaf);
            return None;
        }
        let fresh = self.fresh(limit);
        let tall = height > fresh + EPSILON;
        if tall && let Some((top, rest)) = self.split(cx, leaf, limit, fresh) {
            self.notes.add(
                cx,
                top_notes(&top),
                self.galley.width,
                Some(limit - self.y - top.height()),
            );
            self.put(cx, &top);
            return rest.map(|rest| (Stop::Full, self.cut(cx, next, Some(rest))));
        }
        if let Some(end) = self.cut_at_best(cx, 3) {
            return Some(end);
        }
        let above = self.y > EPSILON
            && self
                .open
                .iter()
                .any(|open| open.begins && self.container(open.container).top() > 0.0);
        if self.progress || (above && !tall) {
            // No opportunity at all, but the next room has more room.
            let cursor = self.cut(cx, next, Some(leaf.clone()));
            return Some((Stop::Full, cursor));
        }
        self.notes.add(cx, called, self.galley.width, Some(f64::INFINITY));
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
        let (top, rest) = split::split(cx, leaf, space, fresh)?;
        let cost = self.notes.cost(cx, &top_notes(&top), self.galley.width);
        if cost > 0.0 && top.height() + cost > space {
            return split::split(cx, leaf, space - cost, fresh).or(Some((top, rest)));
        }
        Some((top, rest))
    }

    fn called(&self, leaf: &Leaf<'a>) -> Vec<&'a BoxNode> {
        match &leaf.kind {
            LeafKind::Line(para, index) => para.notes(*index),
            LeafKind::Frame(frame) => frame.notes.clone(),
            LeafKind::Rows(rows) => rows.notes(),
            LeafKind::Columns(_) => Vec::new(),
        }
    }

    /// Places a leaf here.
    fn put(&mut self, cx: &mut Context<'a>, leaf: &Leaf<'a>) {
        let (Point { x: dx, y: dy }, layer) = self.shift();
        let (x, y) = (leaf.x + dx, self.y + dy);
        let baselines = leaf.baselines();
        for (marker_x, para) in &leaf.markers {
            let ascent = para.lines[0].ascent;
            let baseline = baselines.map_or(ascent, |(first, _)| first);
            let thing = Thing::Line(Rc::clone(para), 0);
            self.frame.items.push(Placed {
                x: marker_x + dx,
                y: y + baseline - ascent,
                layer,
                thing,
            });
        }
        let held = self.frame.positioned.len();
        match &leaf.kind {
            LeafKind::Line(para, index) => {
                self.frame.items.push(Placed {
                    x,
                    y,
                    layer,
                    thing: Thing::Line(Rc::clone(para), *index),
                });
                if para.calls {
                    self.line_calls(x, y, para, *index);
                }
            }
            LeafKind::Frame(frame) => self.frame.place(x, y, layer, frame, Effect::default()),
            LeafKind::Rows(rows) => {
                let frame = rows.frame(cx);
                self.frame.place(x, y, layer, &frame, Effect::default());
            }
            LeafKind::Columns(_) => {}
        }
        let adopted = self.frame.positioned.split_off(held);
        adopted.into_iter().for_each(|place| self.adopt(place));
        if let Some((first, last)) = baselines {
            let first = self.frame.baselines.map_or(self.y + first, |(known, _)| known);
            self.frame.baselines = Some((first, self.y + last));
        }
        self.y += leaf.height();
        self.lowest = self.lowest.max(self.y);
        self.placed = true;
        self.progress = true;
        self.dropping = false;
    }

    /// Boxes in a line that want a place elsewhere.
    fn line_calls(&mut self, x: f64, y: f64, para: &super::inline::Para<'a>, index: usize) {
        let line = &para.lines[index];
        for piece in &line.pieces {
            match piece {
                Piece::Edge { x: at, tag, .. } => {
                    if let Some(SourceKind::Positioned(node)) =
                        para.sources.get(*tag as usize).map(|s| &s.kind)
                    {
                        let (scale, depth) = (para.scale, para.depth);
                        self.frame.positioned.push(Positioned { node, x: x + at, y, scale, depth });
                    }
                }
                Piece::Object { x: at, tag } => {
                    let Some(source) = para.sources.get(*tag as usize) else { continue };
                    if let SourceKind::Object(frame, dx, dy) = &source.kind {
                        let shift = para.shift(source.element);
                        let (x, y) = (x + at + dx + shift.x, y + line.ascent + dy + shift.y);
                        self.frame.positioned.extend(frame.positioned.iter().map(|p| Positioned {
                            x: p.x + x,
                            y: p.y + y,
                            ..*p
                        }));
                    }
                }
                Piece::Glyphs { .. } => {}
            }
        }
        self.frame.notes.extend(para.notes(index));
    }

    /// Sets a multi-column box's content into what is left of the room.
    fn columns(
        &mut self,
        cx: &mut Context<'a>,
        leaf: &Leaf<'a>,
        set: &Rc<columns::ColumnSet<'a>>,
        next: usize,
    ) -> Option<(Stop, Cursor<'a>)> {
        let mut set = Rc::clone(set);
        let mut markers = leaf.markers.clone();
        loop {
            let limit = self.limit();
            let fresh = self.fresh(limit);
            let mut outcome = columns::pour(cx, &set, limit - self.y, fresh, self.progress);
            let called = outcome.as_ref().map(|(frame, _)| frame.notes.clone()).unwrap_or_default();
            let cost = self.notes.cost(cx, &called, self.galley.width);
            if outcome.as_ref().is_some_and(|(frame, _)| frame.height + cost > limit - self.y)
                && cost > 0.0
            {
                outcome = columns::pour(cx, &set, limit - self.y - cost, fresh, self.progress);
            }
            let Some((frame, rest)) = outcome else {
                let rest =
                    Leaf { x: leaf.x, kind: LeafKind::Columns(set), markers, span: leaf.span };
                return Some(
                    self.cut_at_best(cx, 3)
                        .unwrap_or_else(|| (Stop::Full, self.cut(cx, next, Some(rest)))),
                );
            };
            self.notes.add(
                cx,
                frame.notes.clone(),
                self.galley.width,
                Some(limit - self.y - frame.height),
            );
            let markers = std::mem::take(&mut markers);
            self.put(
                cx,
                &Leaf {
                    x: leaf.x,
                    kind: LeafKind::Frame(Rc::new(frame)),
                    markers,
                    span: leaf.span,
                },
            );
            set = Rc::new(rest?);
            // Breaks asked for in columns that have no next room make another row of columns.
            if self.room.kind != RoomKind::Endless {
                let rest = Leaf {
                    x: leaf.x,
                    kind: LeafKind::Columns(set),
                    markers: Vec::new(),
                    span: leaf.span,
                };
                return Some((Stop::Full, self.cut(cx, next, Some(rest))));
            }
        }
    }

    /// Goes back to the best opportunity of at most this rank, the last one of it.
    fn cut_at_best(&mut self, cx: &mut Context<'a>, worst: usize) -> Option<(Stop, Cursor<'a>)> {
        let rank = (0..=worst).find(|&rank| self.saved[rank].is_some())?;
        let saved = self.saved[rank].take()?;
        if rank & 1 == 1 {
            self.report_broken(cx, &saved);
        }
        self.y = saved.y;
        self.lowest = saved.lowest;
        self.placed = saved.placed;
        self.frame.items.truncate(saved.items);
        self.frame.positioned.truncate(saved.positioned);
        self.frame.baselines = saved.baselines;
        self.notes.truncate(saved.notes);
        self.frame.notes.truncate(saved.called);
        self.open = saved.open;
        Some((Stop::Full, self.cut(cx, saved.entry, None)))
    }

    fn report_broken(&self, cx: &mut Context<'a>, saved: &Saved<'a>) {
        if self.room.kind != RoomKind::Page {
            return;
        }
        let galley = self.galley;
        let keeper = saved
            .open
            .iter()
            .map(|open| &galley.containers[open.container as usize])
            .find(|c| c.style.break_inside_avoid);
        let leaf = galley.entries[saved.entry..].iter().find_map(|entry| match entry {
            Entry::Leaf(leaf) => leaf.span,
            _ => None,
        });
        let span = keeper.map_or(leaf, |c| c.node.span);
        cx.warn(
            "keep-broken",
            "what is to stay together is taller than a page and was broken",
            span,
            "keep less together",
        );
    }

    /// Ends this room here.
    fn cut(&mut self, cx: &mut Context<'a>, entry: usize, rest: Option<Leaf<'a>>) -> Cursor<'a> {
        let mut open = std::mem::take(&mut self.open);
        let resumed =
            open.iter().map(|o| (o.container, self.y - o.content_top + o.consumed)).collect();
        while let Some(last) = open.pop() {
            let container = self.container(last.container);
            let edge = if container.clones() { container.bottom() } else { 0.0 };
            let foot = container.foot.clone().filter(|foot| {
                self.repeats(foot) && self.y + foot.height <= self.room.height + EPSILON
            });
            if let Some(foot) = foot {
                let x = container.x + container.border.left + container.padding.left + last.shift.x;
                let effect = Effect { artifact: true, ..Effect::default() };
                let thing = Thing::Frame(Rc::clone(&foot), effect);
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
        Cursor { entry, open: resumed, rest, unforced: true, notes: Vec::new() }
    }
}

fn top_notes<'a>(leaf: &Leaf<'a>) -> Vec<&'a BoxNode> {
    match &leaf.kind {
        LeafKind::Frame(frame) => frame.notes.clone(),
        LeafKind::Rows(rows) => rows.notes(),
        _ => Vec::new(),
    }
}
