//! Block flow: boxes become a galley, margins collapse, break opportunities get their rank (CSS
//! 2.2, 9.4.1 and 8.3.1).

use std::rc::Rc;
use std::sync::Arc;

use super::breakable;
use super::context::{Context, Scope};
use super::exclusion::{Exclusions, LinePlace};
use super::fragment;
use super::frame::{Decor, Effect, Frame, Placed, PlacedPicture, Positioned, Thing};
use super::galley::{BreakPoint, Container, Forced, Galley, GalleyEntry, Leaf};
use super::inline::ParaLine;
use super::{absolute, columns, fit, flex, inline, table};
use crate::boxes::{BoxId, BoxNode, Content, Inline, Role};
use crate::diag::{Value, say};
use crate::geometry::{Point, Rect, Sides, Size};
use crate::limits;
use crate::sizing::{
    self, AdjoiningMargins, BlockWidth, ContainingBlock, Edges, HeightRange, TableSizes,
    UsedColumns, decorated, page_content,
};
use crate::style::{Break, Computed, Display, LengthOrAuto as SizeValue, PageKind, Position};

/// Where a box is laid out: its containing block, and what holds around it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Area {
    /// The left edge of the containing block's content.
    pub(crate) x: f64,
    pub(crate) width: f64,
    /// The containing block's height, if it is definite.
    pub(crate) height: Option<f64>,
    pub(crate) scope: Scope,
    /// The width of the page that `width` was reckoned from, if it follows the page.
    pub(crate) page: Option<f64>,
}

impl Area {
    /// What percentages of its boxes are reckoned from.
    pub(super) fn containing_block(self) -> ContainingBlock {
        ContainingBlock { width: self.width, height: self.height }
    }
}

/// The width of pages changes before a leaf of the main flow.
#[derive(Debug, Clone, Copy)]
pub(crate) struct WidthChange {
    /// How many leaves stand on the pages before.
    pub(crate) leaf: usize,
    pub(crate) width: f64,
}

/// What stands between the last content and the next, until the next comes.
#[derive(Debug, Default)]
struct PendingBreak {
    /// The strongest break that was asked for.
    forced: Option<Break>,
    /// Whether a break is unwanted.
    avoid: bool,
    /// Whether a break before the next entry would leave something behind.
    breakable: bool,
}

/// Names and widths of pages, which only the main flow knows.
#[derive(Debug, Default)]
struct Paging {
    /// Whether this is the flow of the pages.
    main: bool,
    /// The page name in force, and that of the last content.
    name: Option<Arc<str>>,
    settled: Option<Arc<str>>,
    /// Where pages of another width begin, and how many of these places are behind.
    changes: Vec<WidthChange>,
    passed: usize,
    /// The width of the pages in force, and the page name that it belongs to.
    width: f64,
    width_of: Option<Arc<str>>,
}

/// Makes a galley box by box.
pub(crate) struct GalleyBuilder<'a, 'c> {
    pub(crate) cx: &'c mut Context<'a>,
    pub(super) galley: Galley<'a>,
    pub(super) exclusions: Exclusions<'a>,
    margin: AdjoiningMargins,
    /// Boxes that begin where the next content stands, once the margin above it is known.
    waiting: Vec<GalleyEntry<'a>>,
    pending: PendingBreak,
    /// How many boxes with `break-inside: avoid` are open.
    keeping: u32,
    paging: Paging,
    started: bool,
    markers: Vec<(f64, breakable::LeafContent<'a>)>,
    /// How many leaves there are.
    leaves: usize,
    /// A text that goes before the first line (a footnote's number).
    prefix: Option<String>,
}

/// The galley of the whole document.
pub(crate) fn document<'a>(cx: &mut Context<'a>, changes: &[WidthChange]) -> Galley<'a> {
    let root = &cx.tree.root;
    let page = cx
        .tree
        .pages
        .resolve(root.style.page.as_deref(), PageKind { first: true, ..PageKind::default() });
    let Size { width, height } = page_content(&page).size();
    let mut builder = GalleyBuilder::new(cx, width);
    builder.paging.main = true;
    builder.paging.changes = changes.to_vec();
    builder.paging.name.clone_from(&root.style.page);
    builder.paging.width_of.clone_from(&root.style.page);
    builder.block(
        root,
        Area { x: 0.0, width, height: Some(height), scope: Scope::ROOT, page: Some(width) },
    );
    builder.finish()
}

/// The galley of what is inside a box, such as a cell.
pub(crate) fn inside<'a>(
    cx: &mut Context<'a>,
    node: &'a BoxNode,
    width: f64,
    height: Option<f64>,
    scope: Scope,
) -> Galley<'a> {
    let mut builder = GalleyBuilder::new(cx, width);
    let area = Area { x: 0.0, width, height, scope: scope.inside(), page: None };
    if UsedColumns::wanted(&node.style) {
        columns::flow(&mut builder, node, area);
    } else {
        builder.content(node, area);
    }
    // A row grows with what hangs in it; boxes that are drawn do not.
    if node.style.display == Display::TableCell {
        builder.hold_exclusions();
    }
    builder.finish()
}

/// The galley of a footnote.
pub(crate) fn note<'a>(
    cx: &mut Context<'a>,
    node: &'a BoxNode,
    number: String,
    width: f64,
) -> Galley<'a> {
    let mut builder = GalleyBuilder::new(cx, width);
    builder.prefix = Some(number);
    builder
        .block(node, Area { x: 0.0, width, height: None, scope: Scope::ROOT.inside(), page: None });
    builder.finish()
}

/// Whether a box is set as a whole: it clips, turns or shrinks.
fn isolated(node: &BoxNode) -> bool {
    let style = &node.style;
    let bounded = style.height != SizeValue::Auto || style.max_height != SizeValue::Auto;
    // A box as tall as its content hides nothing by clipping, so it may break.
    (style.clip && bounded)
        || absolute::is_transformed(style)
        || style.fit.is_some()
        || matches!(node.content, Content::Flex(_))
}

/// Whether a box has a background or a border.
pub(crate) fn painted(style: &Computed) -> bool {
    !style.text.hidden && decorated(style)
}

/// Painting order of a positioned box (CSS 2.2, appendix E, flattened).
pub(crate) fn layer(style: &Computed) -> i32 {
    match style.position {
        Position::Static => 0,
        // Negative indices are painted below the flow, `auto` and 0 above it: all others move up by
        // one.
        _ if style.z_index < 0 => style.z_index,
        _ => style.z_index.saturating_add(1),
    }
}

impl<'a, 'c> GalleyBuilder<'a, 'c> {
    pub(crate) fn new(cx: &'c mut Context<'a>, width: f64) -> Self {
        Self {
            cx,
            galley: Galley { width, ..Galley::default() },
            exclusions: Exclusions::default(),
            margin: AdjoiningMargins::default(),
            waiting: Vec::new(),
            pending: PendingBreak::default(),
            keeping: 0,
            paging: Paging { width, ..Paging::default() },
            started: false,
            markers: Vec::new(),
            leaves: 0,
            prefix: None,
        }
    }

    /// Ends the galley; the last margin is inside of it.
    pub(crate) fn finish(mut self) -> Galley<'a> {
        let margin = self.margin.take();
        if margin != 0.0 {
            self.galley.entries.push(GalleyEntry::Gap(margin));
        }
        self.drain();
        // An empty flow still says which page it wants.
        if !self.started {
            self.galley.page.clone_from(&self.paging.name);
        }
        // Most cells of a table hold one line, and a list that grows begins with room for four.
        self.galley.entries.shrink_to_fit();
        self.galley
    }

    fn drain(&mut self) {
        for entry in std::mem::take(&mut self.waiting) {
            self.emit(entry);
        }
    }

    fn emit(&mut self, entry: GalleyEntry<'a>) {
        match &entry {
            GalleyEntry::Open(id) => {
                self.keeping +=
                    u32::from(self.galley.containers[*id as usize].style().break_inside_avoid);
                self.pending.breakable = false;
            }
            GalleyEntry::Close(id) => {
                self.keeping -=
                    u32::from(self.galley.containers[*id as usize].style().break_inside_avoid);
                self.pending.breakable = true;
            }
            GalleyEntry::Leaf(_) => {
                self.pending.breakable = true;
                self.leaves += 1;
            }
            _ => {}
        }
        self.galley.entries.push(entry);
    }

    /// Settles what stands between the last content and the next: the break, the margin, the boxes
    /// that begin.
    pub(crate) fn flush(&mut self) {
        if !self.started {
            self.started = true;
            self.galley.page.clone_from(&self.paging.name);
            self.paging.settled.clone_from(&self.paging.name);
        }
        // Another named page begins a new sheet, as if a break were asked for (CSS Paged Media 3,
        // 8.1).
        let renamed = self.paging.name != self.paging.settled;
        let kind = self.pending.forced.take().or(renamed.then_some(Break::Page));
        let avoid = std::mem::take(&mut self.pending.avoid) || self.keeping > 0;
        match kind {
            Some(kind) if self.pending.breakable || renamed => {
                self.paging.settled.clone_from(&self.paging.name);
                self.exclusions.clear();
                let forced = Some(Forced { kind, page: self.paging.name.clone() });
                self.galley
                    .entries
                    .push(GalleyEntry::Break(BreakPoint { forced, ..BreakPoint::default() }));
            }
            _ if self.pending.breakable => self
                .galley
                .entries
                .push(GalleyEntry::Break(BreakPoint { avoid, ..BreakPoint::default() })),
            _ => {}
        }
        let margin = self.margin.take();
        if margin != 0.0 {
            self.galley.entries.push(GalleyEntry::Gap(margin));
        }
        self.drain();
    }

    /// Adds something with a height.
    pub(crate) fn leaf(&mut self, mut leaf: Leaf<'a>) {
        self.flush();
        leaf.markers.append(&mut self.markers);
        self.emit(GalleyEntry::Leaf(leaf));
    }

    /// Adds a leaf whose break before it has this rank, right after the one before.
    pub(crate) fn next_leaf(&mut self, leaf: Leaf<'a>, mut point: BreakPoint) {
        // Lines in a box that is kept together are as unwilling to part as its blocks.
        point.avoid |= self.keeping > 0;
        self.galley.entries.push(GalleyEntry::Break(point));
        self.emit(GalleyEntry::Leaf(leaf));
    }

    /// A break asked for or unwanted between what was and what comes; a forced one wins.
    pub(crate) fn break_between(&mut self, value: Break) {
        match value {
            Break::Auto => {}
            Break::Avoid => self.pending.avoid = true,
            forced => {
                // A side is a stronger wish than any page.
                // A page on a certain side satisfies whoever asked for any page.
                if !matches!(self.pending.forced, Some(Break::Left | Break::Right)) {
                    self.pending.forced = Some(forced);
                }
                // CSS Fragmentation 3, 5.2: margins before a forced break are cut.
                if self.pending.breakable {
                    self.margin = AdjoiningMargins::default();
                }
            }
        }
    }

    /// A block-level box.
    pub(crate) fn block(&mut self, node: &'a BoxNode, mut area: Area) {
        limits::tick();
        limits::at(node.span);
        if area.scope.too_deep() {
            self.cx.too_deep(node);
            return;
        }
        // Margin boxes have it.
        if node.style.position == Position::Running {
            return;
        }
        if !sizing::in_flow(node) {
            let place = Positioned { node, x: area.x, y: 0.0, scope: area.scope };
            self.exclusions.add(place);
            self.waiting.push(GalleyEntry::Positioned(place));
            return;
        }
        // `page` holds for a box and ends with it.
        let outer_page = self.paging.name.clone();
        if self.paging.main {
            if node.style.page.is_some() {
                self.paging.name.clone_from(&node.style.page);
            }
            let width = self.page_width();
            // A box that follows the page becomes as much wider as the page does.
            if let Some(from) = area.page.replace(width).filter(|from| *from != width) {
                area.width = (area.width + width - from).max(1.0);
            }
        }
        self.break_between(node.style.break_before);
        if node.id.is_some() || !node.strings.is_empty() || matches!(node.role, Role::Heading(_)) {
            self.waiting.push(GalleyEntry::Anchor(node));
        }
        let is_text = matches!(node.content, Content::Blocks(_) | Content::Inline(_));
        if !is_text || isolated(node) {
            self.pass_exclusions(area);
        }
        match &node.content {
            Content::Flex(kids) if flex::flow(self, node, kids, area) => {}
            _ if isolated(node) => self.solid(node, area),
            Content::Image(_) => self.solid(node, area),
            Content::Table(boxed) => table::flow(self, node, boxed, area, false),
            _ => self.container(node, area),
        }
        self.break_between(node.style.break_after);
        self.paging.name = outer_page;
    }

    /// The width of the page that comes next.
    fn page_width(&mut self) -> f64 {
        if self.paging.name != self.paging.width_of {
            let page = self.cx.tree.pages.resolve(self.paging.name.as_deref(), PageKind::default());
            self.paging.width = page_content(&page).width;
            self.paging.width_of.clone_from(&self.paging.name);
        }
        while let Some(change) =
            self.paging.changes.get(self.paging.passed).filter(|change| change.leaf <= self.leaves)
        {
            self.paging.width = change.width;
            self.paging.passed += 1;
        }
        self.paging.width
    }

    /// A box that does not break unless it must.
    fn solid(&mut self, node: &'a BoxNode, area: Area) {
        let edges = Edges::new(&node.style, area.width);
        self.margin.add(edges.margin.top.unwrap_or(0.0));
        let block = area.containing_block();
        let frame = stretched(self.cx, node, block, area.scope);
        let free = area.width - frame.width - edges.margin_across();
        let left = edges.left_margin(free);
        self.marker(node, area.x + left, area.scope);
        self.leaf(Leaf::new(area.x + left, Rc::new(frame), node.span));
        self.margin.add(edges.margin.bottom.unwrap_or(0.0));
    }

    /// Begins a container and gives its number.
    pub(crate) fn open(&mut self, container: Container<'a>, solid: bool) -> u32 {
        let id = self.galley.containers.len() as u32;
        self.galley.containers.push(container);
        self.waiting.push(GalleyEntry::Open(id));
        if solid {
            self.flush();
        }
        id
    }

    /// Ends a container. A solid end keeps the margins of its last child inside.
    pub(crate) fn close(&mut self, id: u32, solid: bool) {
        // A box that has not begun yet has no content: its end waits with its beginning, so that
        // margins collapse through both.
        let opens = |e: &GalleyEntry<'_>| matches!(e, GalleyEntry::Open(open) if *open == id);
        if self.waiting.iter().any(opens) {
            if !solid {
                self.waiting.push(GalleyEntry::Close(id));
                return;
            }
            self.flush();
        }
        let margin = if solid { self.margin.take() } else { 0.0 };
        if margin != 0.0 {
            self.galley.entries.push(GalleyEntry::Gap(margin));
        }
        self.drain();
        self.emit(GalleyEntry::Close(id));
    }

    /// Whether a new page is asked for here.
    pub(super) fn breaks_next(&self) -> bool {
        let renamed = self.paging.name != self.paging.settled;
        self.started && (renamed || self.pending.forced.is_some() && self.pending.breakable)
    }

    /// The margin between what was and what comes, as far as it is known.
    pub(super) fn margin_so_far(&self) -> f64 {
        self.margin.sum()
    }

    pub(crate) fn add_margin(&mut self, margin: f64) {
        self.margin.add(margin);
    }

    /// The container that stands for a box.
    pub(crate) fn describe(
        node: &'a BoxNode,
        edges: &Edges,
        x: f64,
        width: f64,
        height: HeightRange,
        block: ContainingBlock,
    ) -> Container<'a> {
        let style = &node.style;
        Container {
            node,
            x,
            width,
            border: edges.border,
            padding: edges.padding,
            height,
            shift: sizing::relative_shift(style, block),
            layer: layer(style),
            head: None,
            foot: None,
            no_border: false,
            follows_page: false,
        }
    }

    fn container(&mut self, node: &'a BoxNode, area: Area) {
        let style = &node.style;
        let edges = Edges::new(style, area.width);
        let BlockWidth { content: width, left } = sizing::block_width(style, &edges, area.width);
        let height = sizing::height_range(style, &edges, area.height);
        self.margin.add(edges.margin.top.unwrap_or(0.0));
        let x = area.x + left;
        let mut container = Self::describe(
            node,
            &edges,
            x,
            width + edges.across(),
            height,
            area.containing_block(),
        );
        // Only a box without a width of its own becomes wider with the page.
        let follows = area.page.is_some()
            && style.width == SizeValue::Auto
            && style.max_width == SizeValue::Auto;
        container.follows_page = follows;
        let root = style.clip || style.display == Display::FlowRoot || UsedColumns::wanted(style);
        let (top, bottom) = (container.top(), container.bottom());
        // A plain box leaves no trace in the galley: its margins collapse through it.
        let needed = container.is_painted()
            || container.is_positioned()
            || style.break_inside_avoid
            || root
            || top != 0.0
            || bottom != 0.0
            || !height.is_auto();
        // The content box is the containing block of the children.
        let inner = Area {
            x: x + edges.border.left + edges.padding.left,
            width,
            height: height.definite(),
            scope: area.scope.inside(),
            page: area.page.filter(|_| follows),
        };
        let id = needed.then(|| self.open(container, root || top > 0.0));
        if UsedColumns::wanted(style) {
            columns::flow(self, node, inner);
        } else {
            self.content(node, inner);
        }
        if let Some(id) = id {
            self.close(id, root || bottom > 0.0 || !height.is_auto());
        }
        self.margin.add(edges.margin.bottom.unwrap_or(0.0));
    }

    /// What is inside a box, without its edges.
    pub(crate) fn content(&mut self, node: &'a BoxNode, area: Area) {
        let waiting = self.markers.len();
        self.marker(node, area.x, area.scope);
        match &node.content {
            Content::Blocks(kids) => kids.iter().for_each(|kid| self.block(kid, area)),
            Content::Inline(items) => self.lines(node, items, area),
            Content::Table(boxed) => table::flow(self, node, boxed, area, true),
            Content::Flex(_) | Content::Image(_) => {
                let frame = Rc::new(contents(self.cx, node, area.width, area.height, area.scope));
                self.leaf(Leaf::new(area.x, Rc::new(frame), node.span));
            }
        }
        // An empty item still shows its marker: it found no line to stand beside.
        if self.markers.len() > waiting {
            self.markers.truncate(waiting + 1);
            if let Some((x, line)) = self.markers.pop() {
                self.leaf(Leaf::new(x, line, node.span));
            }
        }
    }

    /// An outside marker waits for the first line.
    pub(crate) fn marker(&mut self, node: &'a BoxNode, x: f64, scope: Scope) {
        if let Some(marker) = node.marker.as_ref().filter(|m| !m.inside)
            && let Some((para, width)) = inline::marker(self.cx, node, marker, scope)
        {
            let line = Rc::new(ParaLine { para, index: 0 });
            self.markers.push((x - width - sizing::marker_gap(marker), line));
        }
    }

    /// Where in the lines that come next pages of another width begin, and how wide the lines are
    /// from there on.
    fn later_widths(&self, area: Area) -> Vec<(usize, f64)> {
        let Some(from) = area.page.filter(|_| self.paging.main) else { return Vec::new() };
        let later = self.paging.changes.get(self.paging.passed..).unwrap_or_default().iter();
        let later = later.filter(|change| change.leaf > self.leaves);
        later
            .map(|change| (change.leaf - self.leaves, (area.width + change.width - from).max(1.0)))
            .collect()
    }

    fn lines(&mut self, node: &'a BoxNode, items: &'a [Inline], area: Area) {
        let note = self.prefix.take();
        // A footnote's number and an inside marker are text of the first line.
        let inside = node.marker.as_ref().filter(|m| m.inside && !m.text.is_empty());
        let prefix = match (&note, inside) {
            (Some(number), _) => Some((format!("{number}\u{A0}"), &node.style)),
            (None, Some(marker)) => {
                Some((format!("{}\u{A0}", marker.text.trim_end()), &marker.style))
            }
            (None, None) => None,
        };
        let prefix = prefix.as_ref().map(|(text, style)| (text.as_str(), *style));
        let (para, places) = if self.exclusions.is_empty() {
            let widths = (area.width, &*self.later_widths(area));
            let (height, scope) = (area.height, area.scope);
            (inline::paragraph(self.cx, node, items, prefix, widths, height, scope), Vec::new())
        } else {
            self.lines_beside(node, items, prefix, area)
        };
        let count = para.lines.len();
        let style = &node.style.text;
        let (orphans, widows) = (style.orphans.max(1) as usize, style.widows.max(1) as usize);
        for index in 0..count {
            let span = node.span.or_else(|| para.place(&para.lines[index]));
            let line = ParaLine { para: Rc::clone(&para), index };
            let LinePlace { gap, left } = places.get(index).copied().unwrap_or_default();
            let leaf = Leaf::new(area.x + left, Rc::new(line), span);
            self.descend(gap);
            if index == 0 {
                self.leaf(leaf);
            } else {
                // A paragraph with fewer lines than `orphans` is not torn at all (CSS Fragmentation
                // 3, 3.3).
                let strands = index < orphans.min(count) || count - index < widows.min(count);
                let avoid = node.style.break_inside_avoid;
                self.next_leaf(leaf, BreakPoint { forced: None, avoid, strands });
            }
        }
    }
}

/// A block's border box at the width that normal flow gives it.
pub(crate) fn stretched<'a>(
    cx: &mut Context<'a>,
    node: &'a BoxNode,
    block: ContainingBlock,
    scope: Scope,
) -> Rc<Frame<'a>> {
    let edges = Edges::new(&node.style, block.width);
    let width = match &node.content {
        // A table is no wider than it needs to be.
        Content::Table(table) => {
            let sizes = TableSizes::new(node, table, block.width);
            sizes.used(cx.sizer(scope), block.width).width - edges.across()
        }
        _ => sizing::block_width(&node.style, &edges, block.width).content,
    };
    sized(cx, node, &edges, width, block, scope)
}

/// A box's border box, as wide as its content needs.
pub(crate) fn shrunk<'a>(
    cx: &mut Context<'a>,
    node: &'a BoxNode,
    block: ContainingBlock,
    scope: Scope,
) -> Rc<Frame<'a>> {
    let edges = Edges::new(&node.style, block.width);
    let width = cx.sizer(scope).shrink_to_fit(node, &edges, block.width);
    sized(cx, node, &edges, width, block, scope)
}

/// A box's border box for a content width; pictures know their own.
fn sized<'a>(
    cx: &mut Context<'a>,
    node: &'a BoxNode,
    edges: &Edges,
    width: f64,
    block: ContainingBlock,
    scope: Scope,
) -> Rc<Frame<'a>> {
    let (width, range) = match &node.content {
        Content::Image(image) => {
            let own = sizing::picture(image, &node.style, edges, Some(block.width), block.height);
            (own.width, HeightRange::exactly(own.height))
        }
        _ => (width, sizing::height_range(&node.style, edges, block.height)),
    };
    boxed(cx, node, edges, width, range, block, scope)
}

/// A box's border box for a content width and bounds of its content height, turned, clipped and
/// shifted as its style says.
// Over 60 lines: the steps have one order, from the inside out: content, background, clip, what is
// positioned in it, rotation, shift.
pub(crate) fn boxed<'a>(
    cx: &mut Context<'a>,
    node: &'a BoxNode,
    edges: &Edges,
    width: f64,
    range: HeightRange,
    block: ContainingBlock,
    scope: Scope,
) -> Rc<Frame<'a>> {
    if scope.too_deep() {
        cx.too_deep(node);
        return Rc::new(Frame::default());
    }
    let style = &node.style;
    // Percentages of children count only if the height is known before the content is.
    let definite = range.definite();
    let inner = fit::contents(cx, node, width, definite, range.max, scope);
    let content_height = range.clamp(inner.height);
    let (left, top) =
        (edges.border.left + edges.padding.left, edges.border.top + edges.padding.top);
    let mut frame = Frame {
        width: width + edges.across(),
        height: content_height + edges.along(),
        baselines: inner.baselines.map(|own| own.down(top)),
        ..Frame::default()
    };
    if node.id.is_some() || !node.strings.is_empty() || matches!(node.role, Role::Heading(_)) {
        frame.push(0.0, 0.0, Thing::Anchor(node));
    }
    // A table paints itself.
    if painted(style) && !matches!(node.content, Content::Table(_)) {
        let size = Size::new(frame.width, frame.height);
        let is_root = node.box_id == BoxId::ROOT;
        let decor = Decor { is_root, ..Decor::whole(style, size, edges.border) };
        frame.push(0.0, 0.0, Thing::Decor(decor));
    }
    if definite.is_some() {
        report_overflow(cx, node, inner.height - content_height);
    }
    let clip = style.clip.then(|| {
        let b = edges.border;
        Rect::new(
            b.left - left,
            b.top - top,
            frame.width - b.left - b.right,
            frame.height - b.top - b.bottom,
        )
    });
    let inner = Rc::new(inner);
    // A clipped frame stays a frame of its own; others dissolve into this one, so that pages can
    // cut between their lines.
    if style.clip {
        frame.place(left, top, 0, &inner, Effect { clip, ..Effect::default() });
    } else {
        merge(&mut frame, left, top, inner);
    }
    // From here on it is the containing block of what is positioned in it.
    if style.position.is_containing_block() {
        absolute::place_all(cx, &mut frame, edges);
    }
    if absolute::is_transformed(style) {
        frame = absolute::transformed(frame, style);
    }
    Rc::new(shifted(frame, style, block))
}

/// Reports content that is taller than its box. Boxes that clip or shrink it were meant to.
fn report_overflow(cx: &mut Context<'_>, node: &BoxNode, over: f64) {
    if over <= 0.5 || node.style.clip || node.style.fit.is_some() {
        return;
    }
    cx.warn(
        "box-overflow",
        say!("the content is {over} pt taller than its box", over = Value::decimal(over, 1)),
        node.span,
        say!("make the box taller, the text shorter, or use `-itog-fit: shrink`"),
    );
}

/// A frame of the same size in which a relatively positioned one is shifted (CSS 2.2, 9.4.3).
fn shifted<'a>(frame: Frame<'a>, style: &Computed, block: ContainingBlock) -> Frame<'a> {
    let shift = sizing::relative_shift(style, block);
    let layer = layer(style);
    if style.position != Position::Relative || (shift == Point::ZERO && layer == 0) {
        return frame;
    }
    let mut outer = Frame {
        width: frame.width,
        height: frame.height,
        baselines: frame.baselines,
        ..Frame::default()
    };
    outer.place(shift.x, shift.y, layer, &Rc::new(frame), Effect::default());
    outer
}

/// Takes over what is in a frame that nobody else holds.
fn merge<'a>(frame: &mut Frame<'a>, x: f64, y: f64, inner: Rc<Frame<'a>>) {
    // A frame that nobody else holds is taken apart, so that pages can cut between its lines.
    match Rc::try_unwrap(inner) {
        Ok(inner) => {
            frame.items.extend(inner.items.into_iter().map(|p| Placed {
                x: p.x + x,
                y: p.y + y,
                ..p
            }));
            frame.positioned.extend(inner.positioned.into_iter().map(|mut p| {
                (p.x, p.y) = (p.x + x, p.y + y);
                p
            }));
            frame.notes.extend(inner.notes);
        }
        Err(shared) => frame.place(x, y, 0, &shared, Effect::default()),
    }
}

/// What is inside a box at a content width: its natural height, no edges.
pub(crate) fn contents<'a>(
    cx: &mut Context<'a>,
    node: &'a BoxNode,
    width: f64,
    height: Option<f64>,
    scope: Scope,
) -> Frame<'a> {
    match &node.content {
        Content::Image(image) => {
            let height = height.unwrap_or(image.height);
            let mut frame = Frame { width, height, ..Frame::default() };
            // `visibility: hidden` keeps the space.
            if !node.style.text.hidden {
                frame.push(0.0, 0.0, Thing::Picture(PlacedPicture { node, image, width, height }));
            }
            frame
        }
        Content::Flex(kids) => flex::contents(cx, node, kids, width, height, scope),
        Content::Table(_) => {
            // A table has its edges itself: they stand out of what is measured here.
            let edges = Edges::new(&node.style, width);
            let Sides { left, top, .. } = edges.inner();
            let (wide, high) = (width + edges.across(), height.map(|own| own + edges.along()));
            let galley = inside(cx, node, wide, high, scope);
            let whole = fragment::whole(cx, &galley);
            let height = (whole.height - edges.along()).max(0.0);
            let baselines = whole.baselines.map(|own| own.down(-top));
            let mut frame = Frame { width, height, baselines, ..Frame::default() };
            merge(&mut frame, -left, -top, Rc::new(whole));
            frame
        }
        _ => {
            let galley = inside(cx, node, width, height, scope);
            fragment::whole(cx, &galley)
        }
    }
}
