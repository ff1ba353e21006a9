//! Exclusions: positioned boxes that the lines beside them keep clear of (CSS Exclusions 1).
//!
//! A galley is set before it is cut into pages, so places are counted from the last forced break:
//! what stands on a page that begins by itself is not known yet. There a box that hangs on the text
//! is kept clear of all the same, one that hangs on the page is not.

use std::rc::Rc;
use std::sync::Arc;

use super::absolute;
use super::context::Context;
use super::flow::{Area, GalleyBuilder};
use super::frame::Positioned;
use super::galley::{BreakPoint, GalleyEntry};
use super::inline::{self, Para};
use crate::boxes::{BoxNode, Inline};
use crate::geometry::Rect;
use crate::style::{Computed, LengthOrAuto, WrapFlow};

/// Lines are not set in less than this: they go below the box. Word asks for an inch.
const NARROWEST: f64 = 72.0;
/// How often a paragraph is set anew: each box in it has two edges.
const MAX_SETTINGS: usize = 32;
/// What sums of lengths may be out by. Frames of Word stand a twentieth of a point lower than the
/// line that they begin beside, and push one more line away by that.
const SLACK: f64 = 0.02;
/// The height of the first line of what is no text, which is not known yet.
const ANY_HEIGHT: f64 = 2.0;

/// The boxes that lines of a galley keep clear of.
#[derive(Debug, Default)]
pub(crate) struct Exclusions<'a> {
    /// Those whose place is known as soon as the next line has one.
    waiting: Vec<Positioned<'a>>,
    placed: Vec<Exclusion>,
}

/// A box, by the left edge of the galley and its last forced break.
#[derive(Debug, Clone, Copy)]
struct Exclusion {
    area: Rect,
    flow: WrapFlow,
}

/// Where a line can be laid out between the boxes beside it: CSS has no word for it but «shortened
/// line box» (CSS 2.2, 9.5); engines call it a layout opportunity.
#[derive(Debug, Clone, Copy)]
struct LayoutOpportunity {
    /// How far down the line must go to reach it.
    gap: f64,
    /// How far from the left edge it begins.
    left: f64,
    width: f64,
}

/// Where a line stands: how far below the one before it, and how far from the left edge.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct LinePlace {
    pub(crate) gap: f64,
    pub(crate) left: f64,
}

impl<'a> Exclusions<'a> {
    pub(crate) fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.placed.is_empty()
    }

    /// A positioned box was met.
    pub(crate) fn add(&mut self, place: Positioned<'a>) {
        if place.node.style.wrap_flow != WrapFlow::Auto {
            self.waiting.push(place);
        }
    }

    /// A new page begins.
    pub(crate) fn clear(&mut self) {
        self.placed.clear();
    }

    /// Finds the places of the boxes that wait, whose static position is `y`.
    fn settle(&mut self, cx: &mut Context<'a>, y: f64, page: Rect) {
        for place in std::mem::take(&mut self.waiting) {
            let inset = &place.node.style.inset;
            let hangs_on_page =
                [inset.top, inset.bottom].iter().any(|side| *side != LengthOrAuto::Auto);
            // Set here for its size alone: its faults are told when it is placed on its page.
            let set = cx.speculate(|cx| absolute::set(cx, Positioned { y, ..place }, page));
            // On which page it hangs is not known below the first one.
            if let Some((frame, corner)) = set.filter(|_| !hangs_on_page || y <= page.height) {
                let area = Rect::new(corner.x, corner.y, frame.width, frame.height);
                self.placed.push(Exclusion { area, flow: place.node.style.wrap_flow });
            }
        }
    }

    /// The lowest edge.
    fn bottom(&self) -> f64 {
        self.placed.iter().map(|one| one.area.bottom()).fold(0.0, f64::max)
    }

    /// The first one at `y` or below for something of that height.
    fn opportunity(&self, y: f64, height: f64, x: f64, width: f64) -> LayoutOpportunity {
        let mut gap = 0.0;
        loop {
            let top = y + gap;
            let (mut left, mut right) = (0.0_f64, 0.0_f64);
            let mut below = f64::INFINITY;
            for Exclusion { area, flow } in &self.placed {
                // A box that only touches the line, or ends a rounding error below its top, is not
                // beside it.
                let beside = area.y < top + height - SLACK && area.bottom() > top + SLACK;
                if !beside || area.right() <= x || area.x >= x + width {
                    continue;
                }
                // More room begins at the first lower edge of those beside, not at the last.
                below = below.min(area.bottom());
                let (before, after) = (area.x - x, x + width - area.right());
                match flow {
                    WrapFlow::Auto => {}
                    WrapFlow::Clear => left = width,
                    WrapFlow::Start => right = right.max(x + width - area.x),
                    WrapFlow::End => left = left.max(area.right() - x),
                    WrapFlow::Maximum if before > after => right = right.max(x + width - area.x),
                    WrapFlow::Maximum => left = left.max(area.right() - x),
                }
            }
            let free = width - left - right;
            // A column may be narrower than the least that is asked for, and then is taken whole.
            if free >= NARROWEST.min(width) || below.is_infinite() {
                return LayoutOpportunity { gap, left, width: free };
            }
            gap = below - y;
        }
    }
}

impl<'a> GalleyBuilder<'a, '_> {
    /// Where the next content stands, from the last forced break.
    fn depth(&self) -> f64 {
        let entries = &self.galley.entries;
        let forced = |entry: &GalleyEntry<'_>| match entry {
            GalleyEntry::Break(BreakPoint { forced, .. }) => forced.is_some(),
            _ => false,
        };
        let from = entries.iter().rposition(forced).map_or(0, |at| at + 1);
        let height = |entry: &GalleyEntry<'_>| match entry {
            GalleyEntry::Gap(gap) => *gap,
            GalleyEntry::Leaf(leaf) => leaf.height(),
            GalleyEntry::Open(id) => self.galley.containers[*id as usize].top(),
            GalleyEntry::Close(id) => self.galley.containers[*id as usize].bottom(),
            _ => 0.0,
        };
        entries[from..].iter().map(height).sum::<f64>()
    }

    /// The place of the next line, and of the boxes that wait for it.
    fn settle_exclusions(&mut self, area: Area) -> f64 {
        let y = if self.breaks_next() { 0.0 } else { self.depth() + self.margin_so_far() };
        let page =
            Rect::new(0.0, 0.0, self.galley.width, area.height.unwrap_or(self.cx.page_height));
        let mut exclusions = std::mem::take(&mut self.exclusions);
        if self.breaks_next() {
            exclusions.clear();
        }
        exclusions.settle(self.cx, y, page);
        self.exclusions = exclusions;
        y
    }

    /// Moves what is no text below the boxes that it would stand beside.
    pub(crate) fn pass_exclusions(&mut self, area: Area) {
        if self.exclusions.is_empty() {
            return;
        }
        let y = self.settle_exclusions(area);
        let LayoutOpportunity { gap, left, width } =
            self.exclusions.opportunity(y, ANY_HEIGHT, area.x, area.width);
        // How tall it will be is not known, so it goes below all boxes and not only the first.
        let gap = if left > 0.0 || width < area.width { self.exclusions.bottom() - y } else { gap };
        self.descend(gap);
    }

    /// The height that a cell or a box needs for what hangs in it.
    pub(crate) fn hold_exclusions(&mut self) {
        if !self.exclusions.placed.is_empty() {
            let gap = self.exclusions.bottom() - self.depth();
            self.descend(gap);
        }
    }

    /// Goes so far down.
    pub(crate) fn descend(&mut self, gap: f64) {
        if gap > 0.0 {
            self.flush();
            self.galley.entries.push(GalleyEntry::Gap(gap));
        }
    }

    /// Sets a paragraph beside boxes: line by line it is as wide as they leave it.
    pub(crate) fn lines_beside(
        &mut self,
        node: &'a BoxNode,
        items: &'a [Inline],
        prefix: Option<(&str, &'a Arc<Computed>)>,
        area: Area,
    ) -> (Rc<Para<'a>>, Vec<LinePlace>) {
        let start = self.settle_exclusions(area);
        // From which line on the paragraph has which width.
        let mut widths = vec![(0, area.width)];
        let mut places = Vec::new();
        let mut settings = 0;
        // How tall a line is decides what is beside it, and that decides how wide it is: set, look
        // for the first line whose width was another, and set from that line on anew.
        loop {
            let (width, later) = (widths[0].1, &widths[1..]);
            let set = |cx: &mut Context<'a>| {
                inline::paragraph(cx, node, items, prefix, (width, later), area.height, area.scope)
            };
            let (para, faults) = self.cx.collect_faults(set);
            places.clear();
            let mut y = start;
            let mut other = None;
            for (at, line) in para.lines.iter().enumerate() {
                let free = self.exclusions.opportunity(y, line.height(), area.x, area.width);
                let set = widths.iter().rev().find(|(from, _)| *from <= at);
                if set.is_some_and(|(_, width)| (width - free.width).abs() > 0.1) {
                    other = Some((at, free.width));
                    break;
                }
                y += free.gap + line.height();
                places.push(LinePlace { gap: free.gap, left: free.left });
            }
            settings += 1;
            match other.filter(|_| settings < MAX_SETTINGS) {
                Some((at, width)) => {
                    // What was found for later lines was found for other words.
                    widths.retain(|(from, _)| *from < at);
                    widths.push((at, width));
                }
                None => {
                    self.cx.sink.extend(faults);
                    places.resize(para.lines.len(), LinePlace::default());
                    return (para, places);
                }
            }
        }
    }
}
