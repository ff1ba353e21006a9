//! Choice of line ends: optimal fit after Knuth and Plass (1981), balanced fit for centred text,
//! first fit as browsers do.

use std::ops::Range;
use std::sync::Arc;

use super::breaks::{BreakOpportunity, StopKind};
use super::costs::{Goal, LineVerdict, cost, line};
use super::prepare::{LetterGive, LetterSums};
use crate::limits;
use crate::style::{TabAlign, TabStop, TextStyle};

/// Rounding errors that do not count as overflow, in points.
pub(super) const SLIP: f64 = 1e-6;
/// A line that is too long whatever is done.
const OVERFULL: f64 = 1e15;

/// A tab, and the stops that it may go to.
#[derive(Debug, Clone)]
pub(super) struct Tab {
    pub(super) x: f64,
    pub(super) stops: TabStops,
}

/// The stops of a tab: those that are set, and after them one at each distance.
#[derive(Debug, Clone)]
pub(super) struct TabStops {
    stops: Arc<[TabStop]>,
    distance: f64,
    /// Where the line's own zero lies, counted as the stops are.
    origin: f64,
}

impl TabStops {
    pub(super) fn new(style: &TextStyle, origin: f64) -> Self {
        let origin = if style.tab_stops.is_empty() { 0.0 } else { origin };
        Self { stops: Arc::clone(&style.tab_stops), distance: style.tab_size, origin }
    }

    /// The stop after a place of the line.
    pub(super) fn next(&self, x: f64) -> TabStop {
        let x = x + self.origin;
        let set = self.stops.iter().find(|stop| stop.at > x + SLIP);
        let stop = set.cloned().unwrap_or_else(|| {
            let distance = self.distance;
            let at = match distance > 0.0 {
                true => ((x + SLIP) / distance).floor().mul_add(distance, distance),
                false => x,
            };
            TabStop { at, align: TabAlign::Left, leader: None }
        });
        TabStop { at: stop.at - self.origin, ..stop }
    }
}

/// How far a tab at a place goes to a stop, if the text after it has this width.
pub(super) fn tab_advance(stop: &TabStop, x: f64, text: f64) -> f64 {
    let room = stop.at - x;
    match stop.align {
        TabAlign::Left => room,
        TabAlign::Center => (room - text / 2.0).max(0.0),
        TabAlign::Right | TabAlign::Decimal => (room - text).max(0.0),
    }
}

/// The room in a line, and how far it is indented.
#[derive(Debug, Clone, Copy)]
pub(super) struct LineRoom {
    pub(super) width: f64,
    pub(super) indent: f64,
}

/// What is chosen among: stops and line widths.
pub(super) struct Measure<'a> {
    pub(super) stops: &'a [BreakOpportunity],
    pub(super) tabs: &'a [Tab],
    /// The first line of the segment.
    pub(super) first: LineRoom,
    /// The others.
    pub(super) rest: LineRoom,
    /// What letters may do for a line.
    pub(super) letter_give: LetterGive,
}

impl Measure<'_> {
    /// Room in the line that starts at a stop.
    pub(super) fn room(&self, from: usize) -> f64 {
        if from == 0 { self.first.width } else { self.rest.width }
    }

    /// The natural width of a line.
    pub(super) fn width(&self, from: usize, to: usize) -> f64 {
        self.extent(from, self.stops[to].end)
    }

    /// The natural width of a line without the hyphen at its end.
    fn bare_width(&self, from: usize, to: usize) -> f64 {
        self.extent(from, self.stops[to].bare_end)
    }

    fn extent(&self, from: usize, end: f64) -> f64 {
        // A tab ends at a stop that depends on where its line begins, so its width is known only
        // here: the line is measured as if it began so much earlier.
        let mut start = self.stops[from].start;
        // Nearly all paragraphs; this is asked for every pair of stops.
        if self.tabs.is_empty() {
            return end - start;
        }
        let indent = if from == 0 { self.first.indent } else { self.rest.indent };
        let first = self.tabs.partition_point(|tab| tab.x < start);
        for (i, tab) in self.tabs.iter().enumerate().skip(first) {
            if tab.x >= end {
                break;
            }
            let x = indent + tab.x - start;
            let text = self.tabs.get(i + 1).map_or(end, |next| next.x.min(end)) - tab.x;
            start -= tab_advance(&tab.stops.next(x), x, text);
        }
        end - start
    }

    pub(super) fn spaces(&self, from: usize, to: usize) -> f64 {
        // Spaces that hang between two stops are counted by neither, so the difference may be
        // below 0 for a line without any.
        (self.stops[to].end_spaces - self.stops[from].start_spaces).max(0.0)
    }

    /// By how much the letters of a line can make it longer or shorter.
    pub(super) fn give(&self, from: usize, to: usize) -> f64 {
        let (from, to) = (self.stops[from].letters, self.stops[to].letters);
        self.letter_give.of(LetterSums {
            sizes: (to.sizes - from.sizes).max(0.0),
            widths: (to.widths - from.widths).max(0.0),
        })
    }
}

/// First fit: every line takes as much as it can. Gives the stops at which lines end.
pub(super) fn first_fit(measure: &Measure<'_>) -> Vec<usize> {
    let last = measure.stops.len() - 1;
    let mut ends = Vec::new();
    let mut from = 0;
    while from < last {
        let room = measure.room(from) + SLIP;
        let mut best = None;
        let mut cut = None;
        let mut to = from + 1;
        // A hyphen may make an earlier stop too wide while a later one still fits, so the
        // look-ahead goes by the bare width.
        while to <= last && measure.bare_width(from, to) <= room {
            if measure.width(from, to) <= room {
                let slot = if measure.stops[to].kind == StopKind::Emergency {
                    &mut cut
                } else {
                    &mut best
                };
                *slot = Some(to);
            }
            to += 1;
        }
        // A word is cut only if nothing else ends the line; a line that is too long takes one
        // stop, so that the text goes on.
        from = best.or(cut).unwrap_or(from + 1);
        ends.push(from);
    }
    ends
}

/// How many hyphens line ends have before each stop.
fn hyphens(measure: &Measure<'_>, ends: &[usize]) -> Vec<u32> {
    let mut counts = Vec::with_capacity(measure.stops.len());
    let (mut count, mut ends) = (0, ends.iter().peekable());
    for (i, stop) in measure.stops.iter().enumerate() {
        count += u32::from(ends.next_if_eq(&&i).is_some() && stop.kind == StopKind::Hyphen);
        counts.push(count);
    }
    counts
}

/// What given line ends cost; nothing if a line is not possible.
fn total(measure: &Measure<'_>, goal: Goal, ends: &[usize]) -> Option<f64> {
    let (mut from, mut class_before, mut total) = (0, DECENT, 0.0);
    for &to in ends {
        let LineVerdict::Good { badness, class } = line(measure, goal, from, to) else {
            return None;
        };
        total += cost(measure, goal, (from, class_before), to, badness, class);
        (from, class_before) = (to, class);
    }
    Some(total)
}

/// Best fit: every line ends where it alone costs least. Quickly found, and near enough to the
/// optimum to tell what cannot be part of it.
fn best_fit(measure: &Measure<'_>, goal: Goal) -> Option<Vec<usize>> {
    let last = measure.stops.len() - 1;
    let mut ends = Vec::new();
    let (mut from, mut class_before) = (0, DECENT);
    while from < last {
        let mut best: Option<(f64, usize, usize)> = None;
        for to in from + 1..=last {
            match line(measure, goal, from, to) {
                LineVerdict::Good { badness, class } => {
                    let price = cost(measure, goal, (from, class_before), to, badness, class);
                    if best.is_none_or(|(least, ..)| price <= least) {
                        best = Some((price, to, class));
                    }
                }
                LineVerdict::Loose => {}
                LineVerdict::TooLong { .. } => {
                    if !could_fit_longer(measure, goal, from, to) {
                        break;
                    }
                }
            }
        }
        let (_, to, class) = best?;
        ends.push(to);
        (from, class_before) = (to, class);
    }
    Some(ends)
}

/// Whether a line that is too long may have a later end that fits: the hyphen alone may be too
/// much.
fn could_fit_longer(measure: &Measure<'_>, goal: Goal, from: usize, to: usize) -> bool {
    let shrink = goal.shrink() * measure.spaces(from, to);
    let give = if goal.is_justified() { measure.give(from, to) } else { 0.0 };
    measure.bare_width(from, to) - shrink - give <= measure.room(from) + SLIP
}

/// By how much the hyphens up to a stop may differ from those that are allowed there. So the cost
/// stays linear.
const LEEWAY: u32 = 5;

/// Before the first line there is no tight or loose one: it counts as decent.
const DECENT: usize = 1;

/// After so many starts in a row whose lines are too short to be of use, none is looked for among
/// those that come after them, which make shorter lines still. One would not do: a start that hangs
/// into the margin is a little farther left than its place in the row.
const TOO_SHORT: u32 = 3;

/// Optimal fit: the stops at which lines end so that the sum of demerits is least, or nothing if no
/// line ends are within the tolerance. There are no more hyphens than in the line ends to be
/// `like`, if they are given.
///
/// The cost is linear in the number of stops: a start of a line is forgotten as soon as no later
/// stop can end its line, and not yet looked at while its line would cost more than a way to set
/// the whole that is known already.
pub(super) fn optimal_fit(
    measure: &Measure<'_>,
    goal: Goal,
    like: Option<&[usize]>,
) -> Option<Vec<usize>> {
    let best = if like.is_none() { best_fit(measure, goal) } else { None };
    let known = like.or(best.as_deref()).and_then(|ends| total(measure, goal, ends));
    // Sums of the same costs in another order may differ in the last bits.
    let bound = known.map_or(f64::INFINITY, |total| total * (1.0 + 1e-9));
    fit_within(measure, goal, like, bound)
}

/// Optimal fit among the ways that cost no more than a bound, which one way at least must meet.
// Over 60 lines: one algorithm (Knuth and Plass 1981, figure 13), whose state all steps share.
fn fit_within(
    measure: &Measure<'_>,
    goal: Goal,
    like: Option<&[usize]>,
    bound: f64,
) -> Option<Vec<usize>> {
    let last = measure.stops.len() - 1;
    let most = like.map(|ends| hyphens(measure, ends));
    let most = most.as_deref();
    let mut nodes = vec![FitNode { stop: 0, class: DECENT, hyphens: 0, total: 0.0, before: 0 }];
    // Stops at which a line may start, in their order, each with its nodes, which stand together.
    let mut active: Vec<LineStart> = Vec::new();
    active.push(LineStart { nodes: 0..1, least: 0.0 });
    let mut best: Vec<FitNode> = Vec::new();
    for to in 1..=last {
        limits::tick();
        best.clear();
        let mut overfull: Option<FitNode> = None;
        let hyphen = u32::from(most.is_some() && measure.stops[to].kind == StopKind::Hyphen);
        let allowed = |node: &FitNode| {
            most.is_none_or(|most| {
                if to == last {
                    node.hyphens <= most[last]
                } else {
                    node.hyphens.abs_diff(most[to]) <= LEEWAY
                }
            })
        };
        let least = active.iter().map(|start| start.least).fold(f64::INFINITY, f64::min);
        let mut too_short = 0;
        active.retain(|from| {
            // The rest of the row waits for a later stop. In the last line all may be needed.
            if too_short >= TOO_SHORT && to < last {
                return true;
            }
            let start = nodes[from.nodes.start].stop;
            match line(measure, goal, start, to) {
                LineVerdict::Good { badness, class } => {
                    if least + goal.least_cost(badness) > bound {
                        // The first line has a room of its own, so it says nothing of others. What
                        // is too long is dear as well, but never after what is too short.
                        too_short += u32::from(start > 0 && is_short(measure, start, to));
                        return true;
                    }
                    too_short = 0;
                    for index in from.nodes.clone() {
                        let before = &nodes[index];
                        let total = before.total
                            + cost(measure, goal, (before.stop, before.class), to, badness, class);
                        let node = FitNode {
                            stop: to,
                            class,
                            hyphens: before.hyphens + hyphen,
                            total,
                            before: index,
                        };
                        if total > bound {
                            continue;
                        }
                        match best
                            .iter_mut()
                            .find(|best| best.class == class && best.hyphens == node.hyphens)
                        {
                            Some(best) if total <= best.total => *best = node,
                            None if allowed(&node) => best.push(node),
                            _ => {}
                        }
                    }
                    true
                }
                // Later stops make the line longer, so this start stays.
                LineVerdict::Loose => {
                    too_short += u32::from(start > 0 && is_short(measure, start, to));
                    true
                }
                LineVerdict::TooLong { by } => {
                    let before = nodes[from.nodes.start];
                    // Of lines that are all too long, the one that sticks out least.
                    let total = before.total + OVERFULL * (1.0 + by / measure.room(start).max(1.0));
                    if overfull.is_none_or(|worst| total <= worst.total) {
                        overfull = Some(FitNode {
                            stop: to,
                            class: DECENT,
                            hyphens: before.hyphens + hyphen,
                            total,
                            before: from.nodes.start,
                        });
                    }
                    could_fit_longer(measure, goal, start, to)
                }
            }
        });
        // The last start has been given up: only a line that is too long goes on from here.
        if active.is_empty() && best.is_empty() {
            best.push(overfull.filter(|_| goal.is_last_attempt())?);
        }
        let first = nodes.len();
        // A class matters to the next line by no more than this, so a node that is dearer by more,
        // and has no fewer hyphens, is of no use.
        let beats = |other: &FitNode, node: &FitNode| {
            other.hyphens <= node.hyphens && other.total + goal.mismatch() < node.total
        };
        nodes.extend(best.iter().filter(|node| !best.iter().any(|other| beats(other, node))));
        if nodes.len() > first {
            let least = nodes[first..].iter().map(|node| node.total).fold(f64::INFINITY, f64::min);
            active.push(LineStart { nodes: first..nodes.len(), least });
        }
    }
    let mut node = *nodes
        .iter()
        .rev()
        // Nodes of one stop stand together, and those of the last stop at the end.
        .take_while(|node| node.stop == last)
        .min_by(|a, b| a.total.total_cmp(&b.total))?;
    let mut ends = Vec::new();
    while node.stop > 0 {
        ends.push(node.stop);
        node = nodes[node.before];
    }
    ends.reverse();
    Some(ends)
}

/// Whether a line has to be stretched.
fn is_short(measure: &Measure<'_>, from: usize, to: usize) -> bool {
    measure.width(from, to) < measure.room(from)
}

/// A stop at which a line may start.
struct LineStart {
    /// The ways to come there.
    nodes: Range<usize>,
    /// What the cheapest of them costs.
    least: f64,
}

/// A way to end a line at a stop: the best one for its fitness class and its hyphens.
#[derive(Debug, Clone, Copy)]
struct FitNode {
    stop: usize,
    /// 0 tight, 1 decent, 2 loose, 3 very loose.
    class: usize,
    /// How many hyphens there are up to here, if they are counted.
    hyphens: u32,
    total: f64,
    before: usize,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::costs::Demerits;
    use super::*;

    fn room(width: f64, indent: f64) -> LineRoom {
        LineRoom { width, indent }
    }

    /// Words of some widths with a space of 3 between; a negative width is a word's part that a
    /// hyphen of 2 may be put after.
    fn stops(words: &[i32]) -> Vec<BreakOpportunity> {
        let (mut x, mut spaces) = (0.0, 0.0);
        let stop = |kind, end: f64, bare_end, start, end_spaces, start_spaces| BreakOpportunity {
            atom: 0,
            at: 0,
            kind,
            end,
            bare_end,
            start,
            end_spaces,
            start_spaces,
            letters: LetterSums::default(),
            out_end: 0.0,
            out_start: 0.0,
            near: 0,
        };
        let mut stops = vec![stop(StopKind::Plain, 0.0, 0.0, 0.0, 0.0, 0.0)];
        for (i, word) in words.iter().enumerate() {
            x += f64::from(word.abs());
            if i + 1 == words.len() {
                stops.push(stop(StopKind::Plain, x, x, x, spaces, spaces));
            } else if *word < 0 {
                stops.push(stop(StopKind::Hyphen, x + 2.0, x, x, spaces, spaces));
            } else {
                stops.push(stop(StopKind::Plain, x, x, x + 3.0, spaces, spaces + 3.0));
                (x, spaces) = (x + 3.0, spaces + 3.0);
            }
        }
        stops
    }

    /// The least cost of all ways to end lines.
    fn least(measure: &Measure<'_>, goal: Goal, like: Option<&[usize]>) -> Option<f64> {
        let count = |ends: &[usize]| hyphens(measure, ends).last().copied();
        let inner = measure.stops.len() - 2;
        let ways = (0..1_u32 << inner).map(|set| {
            let mut ends: Vec<usize> =
                (0..inner).filter(|i| set >> i & 1 == 1).map(|i| i + 1).collect();
            ends.push(inner + 1);
            ends
        });
        ways.filter(|ends| like.is_none_or(|like| count(ends) <= count(like)))
            .filter_map(|ends| total(measure, goal, &ends))
            .min_by(f64::total_cmp)
    }

    fn justified(demerits: Demerits, tolerance: f64) -> Goal {
        Goal::Justified {
            demerits,
            tolerance,
            last: false,
            shortest_last: 8.0,
            shrink: 1.0 / 3.0,
            space: 0.25,
            hyphen: demerits.hyphen(30.0, 0.0),
        }
    }

    /// Words, and whether a hyphen may stand after them.
    fn words(most: usize) -> impl Strategy<Value = Vec<i32>> {
        prop::collection::vec(prop_oneof![4 => 2..14_i32, 1 => -9..-2_i32], 1..most)
    }

    fn measure(stops: &[BreakOpportunity], width: u32, indent: u32) -> Measure<'_> {
        let (width, indent) = (f64::from(width), f64::from(indent));
        let (first, rest) = (room(width - indent, indent), room(width, 0.0));
        Measure { stops, tabs: &[], first, rest, letter_give: LetterGive::default() }
    }

    /// All goals that a paragraph is set by, and line ends that have as many hyphens as allowed.
    fn goals(sparing: &[usize]) -> Vec<(Goal, Option<&[usize]>)> {
        let unlimited = f64::INFINITY;
        let squares = justified(Demerits::Squares, unlimited);
        let tex = [100.0, 200.0, unlimited].map(|tolerance| justified(Demerits::Tex, tolerance));
        let others = [justified(Demerits::Sparing, unlimited), squares, Goal::Balanced];
        let free = tex.into_iter().chain(others).map(|goal| (goal, None));
        free.chain([(squares, Some(sparing))]).collect()
    }

    proptest! {
        #[test]
        fn no_other_line_ends_are_better(
            words in words(12), width in 15..60_u32, indent in 0..8_u32,
        ) {
            let stops = stops(&words);
            let measure = measure(&stops, width, indent);
            let sparing = justified(Demerits::Sparing, f64::INFINITY);
            let sparing = optimal_fit(&measure, sparing, None).unwrap();
            for (goal, like) in goals(&sparing) {
                match (optimal_fit(&measure, goal, like), least(&measure, goal, like)) {
                    (Some(ends), Some(least)) => {
                        let found = total(&measure, goal, &ends);
                        prop_assert!(
                            found.is_some_and(|found| (found - least).abs() <= 1e-9 * least),
                            "{ends:?} cost {found:?}, not {least}"
                        );
                    }
                    // Where no way is possible, only the last attempt gives one, with a line that
                    // is too long.
                    (Some(_), None) => prop_assert!(goal.is_last_attempt()),
                    (None, least) => prop_assert!(least.is_none(), "missed {least:?}"),
                }
            }
        }

        /// What is known to cost less may be left out, and only that.
        #[test]
        fn a_bound_changes_no_line_end(
            words in words(150), width in 15..90_u32, indent in 0..8_u32,
        ) {
            let stops = stops(&words);
            let measure = measure(&stops, width, indent);
            let sparing = justified(Demerits::Sparing, f64::INFINITY);
            let sparing = fit_within(&measure, sparing, None, f64::INFINITY).unwrap();
            for (goal, like) in goals(&sparing) {
                prop_assert_eq!(
                    optimal_fit(&measure, goal, like),
                    fit_within(&measure, goal, like, f64::INFINITY)
                );
            }
        }

        #[test]
        fn first_fit_fills_every_line(words in words(40), width in 15..60_u32) {
            let stops = stops(&words);
            let measure = measure(&stops, width, 0);
            let width = f64::from(width);
            let ends = first_fit(&measure);
            prop_assert_eq!(ends.last(), Some(&(stops.len() - 1)));
            let mut from = 0;
            for to in ends {
                prop_assert!(to > from && measure.width(from, to) <= width);
                let mut later = to + 1..stops.len();
                let later = later.find(|later| measure.width(from, *later) <= width);
                prop_assert_eq!(later, None, "the line from {} to {} has room", from, to);
                from = to;
            }
        }
    }

    #[test]
    fn a_word_wider_than_the_line_overflows_alone() {
        let stops = stops(&[5, 90, 5, 5]);
        let measure = Measure {
            stops: &stops,
            tabs: &[],
            first: room(30.0, 0.0),
            rest: room(30.0, 0.0),
            letter_give: LetterGive::default(),
        };
        let unlimited = justified(Demerits::Sparing, f64::INFINITY);
        assert_eq!(optimal_fit(&measure, unlimited, None), Some(vec![1, 2, 4]));
        assert_eq!(optimal_fit(&measure, Goal::Balanced, None), Some(vec![1, 2, 4]));
        assert_eq!(first_fit(&measure), [1, 2, 4]);
    }
}
