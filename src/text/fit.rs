//! Choice of line ends: optimal fit after Knuth and Plass (1981), balanced fit for centred text, first fit as browsers do.

use std::ops::Range;

use super::breaks::{Stop, StopKind};

/// How far a space stretches at badness 100, as a share of its width. TeX's half.
pub(super) const STRETCH: f64 = 1.0 / 2.0;
/// Rounding errors that are no overflow, in points.
pub(super) const SLIP: f64 = 1e-6;

/// How a justified paragraph is judged: the sum of what its lines cost is made as small as can be.
///
/// In both, a line whose spaces are half again as wide as they should be costs about 10,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LineCosts {
    /// The square of the stretch of a space, and a high price for hyphens: few hyphens, and the least sum of squares that they allow.
    #[default]
    Even,
    /// TeX's demerits with the values of plain TeX: badness grows with the cube of the stretch and is squared, so the worst line counts most.
    /// `\pretolerance` is 100 and `\tolerance` 200; after that, any badness is taken.
    Tex,
}

/// The prices of [`LineCosts`].
struct Prices {
    /// For each line.
    line: f64,
    /// For a hyphen at the end of a line.
    hyphen: f64,
    /// For two hyphens one below the other.
    consecutive_hyphens: f64,
    /// For a last line that begins in the middle of a word.
    final_hyphen: f64,
    /// For a tight line beside a loose one.
    mismatch: f64,
    /// For a last line that is hardly there.
    short_last: f64,
}

impl LineCosts {
    fn prices(self, ems: f64) -> Prices {
        match self {
            // The price of a hyphen was chosen so that Russian paragraphs get as many as from Typst, or fewer, at measures of 18 to 44 ems.
            Self::Even => Prices {
                line: 10.0,
                hyphen: (51_000.0 * (27.0 / ems).powf(1.6)).max(48_000.0),
                consecutive_hyphens: 20_000.0,
                final_hyphen: 5_000.0,
                mismatch: 0.0,
                short_last: 10_000.0,
            },
            Self::Tex => Prices {
                line: 10.0,
                hyphen: 2_500.0,
                consecutive_hyphens: 10_000.0,
                final_hyphen: 5_000.0,
                mismatch: 10_000.0,
                short_last: 0.0,
            },
        }
    }

    /// Limits of badness: that of a paragraph without hyphens, and those tried one after the other with them.
    pub(super) fn tolerances(self) -> (f64, &'static [f64]) {
        match self {
            // The first limit is a space two and a half times as wide as it should be.
            Self::Even => (20.0, &[3_000.0, f64::INFINITY]),
            Self::Tex => (100.0, &[200.0, f64::INFINITY]),
        }
    }
}

/// A word cut where no word may be cut.
const EMERGENCY: f64 = 1e9;
/// A line that is too long whatever is done.
const OVERFULL: f64 = 1e15;
/// Badness of a line without any stretch, and the same in TeX, for which all such lines are alike.
const WORST: f64 = 1e6;
const TEX_WORST: f64 = 1e4;

/// What is chosen among: stops and line widths.
pub(super) struct Measure<'a> {
    pub(super) stops: &'a [Stop],
    /// Positions and distances of tab stops: (where the tab is, how far apart its stops are).
    pub(super) tabs: &'a [(f64, f64)],
    /// Room in the first line of the segment, and how far it is indented.
    pub(super) first: (f64, f64),
    /// The same for the others.
    pub(super) rest: (f64, f64),
}

impl Measure<'_> {
    /// Room in the line that starts at a stop.
    pub(super) fn room(&self, from: usize) -> f64 {
        if from == 0 { self.first.0 } else { self.rest.0 }
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
        let mut start = self.stops[from].start;
        if self.tabs.is_empty() {
            return end - start;
        }
        let indent = if from == 0 { self.first.1 } else { self.rest.1 };
        let first = self.tabs.partition_point(|(at, _)| *at < start);
        for (at, distance) in self.tabs[first..].iter().take_while(|(at, _)| *at < end) {
            let x = indent + at - start;
            start -= next_tab(x, *distance) - x;
        }
        end - start
    }

    fn spaces(&self, from: usize, to: usize) -> f64 {
        (self.stops[to].end_spaces - self.stops[from].start_spaces).max(0.0)
    }
}

/// The tab stop after a place.
pub(super) fn next_tab(x: f64, distance: f64) -> f64 {
    if distance > 0.0 { ((x + SLIP) / distance).floor().mul_add(distance, distance) } else { x }
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
        // A hyphen may make an earlier stop too wide while a later one still fits, so the look-ahead goes by the bare width.
        while to <= last && measure.bare_width(from, to) <= room {
            if measure.width(from, to) <= room {
                let slot = if measure.stops[to].kind == StopKind::Emergency { &mut cut } else { &mut best };
                *slot = Some(to);
            }
            to += 1;
        }
        from = best.or(cut).unwrap_or(from + 1);
        ends.push(from);
    }
    ends
}

/// What counts as a good paragraph.
#[derive(Debug, Clone, Copy)]
pub(super) enum Goal {
    /// Spaces of even width. Lines with more badness than the tolerance are not tried.
    Justified {
        /// What lines cost.
        costs: LineCosts,
        /// The limit of badness; infinite for a last attempt that always succeeds.
        tolerance: f64,
        /// Whether the last line is justified too.
        last: bool,
        /// A last line should not be shorter than this.
        shortest_last: f64,
        /// How many ems a line is wide. In narrow columns hyphens would crowd, so they are dearer there.
        ems: f64,
        /// How far a space may shrink, as a share of its width.
        shrink: f64,
    },
    /// Lines of even length, the last among them.
    Balanced,
}

impl Goal {
    /// How far spaces may shrink.
    fn shrink(self) -> f64 {
        match self {
            Self::Justified { shrink, .. } => shrink,
            Self::Balanced => 0.0,
        }
    }

    fn prices(self) -> Prices {
        match self {
            Self::Justified { costs, ems, .. } => costs.prices(ems),
            Self::Balanced => LineCosts::Tex.prices(f64::INFINITY),
        }
    }

    /// Whether line ends must be found, even if a line is too long.
    fn is_last_attempt(self) -> bool {
        match self {
            Self::Justified { tolerance, .. } => tolerance.is_infinite(),
            Self::Balanced => true,
        }
    }
}

/// Optimal fit: the stops at which lines end so that the sum of demerits is least, or nothing if no line ends are within the tolerance.
///
/// The cost is linear in the number of stops: a start of a line is forgotten as soon as no later stop can end its line.
pub(super) fn optimal_fit(measure: &Measure<'_>, goal: Goal) -> Option<Vec<usize>> {
    let last = measure.stops.len() - 1;
    let prices = goal.prices();
    let mut nodes = vec![Node { stop: 0, class: 1, total: 0.0, before: 0 }];
    // Stops at which a line may start, each with its nodes, which stand together.
    let mut active: Vec<Range<usize>> = Vec::new();
    active.push(0..1);
    for to in 1..=last {
        let mut best: [Option<Node>; 4] = [None; 4];
        let mut overfull: Option<Node> = None;
        active.retain(|from| {
            let start = nodes[from.start].stop;
            match line(measure, goal, start, to) {
                Verdict::Good { badness, class } => {
                    for index in from.clone() {
                        let total = nodes[index].total + demerits(measure, goal, &prices, &nodes[index], to, badness, class);
                        if best[class].is_none_or(|best| total <= best.total) {
                            best[class] = Some(Node { stop: to, class, total, before: index });
                        }
                    }
                    true
                }
                Verdict::Loose => true,
                Verdict::TooLong { by } => {
                    let total = nodes[from.start].total + OVERFULL * (1.0 + by / measure.room(start).max(1.0));
                    if overfull.is_none_or(|worst| total <= worst.total) {
                        overfull = Some(Node { stop: to, class: 1, total, before: from.start });
                    }
                    // The hyphen alone may be too much; the stop after it need not be.
                    measure.bare_width(start, to) - goal.shrink() * measure.spaces(start, to) <= measure.room(start) + SLIP
                }
            }
        });
        if active.is_empty() && best.iter().all(Option::is_none) {
            best[1] = Some(overfull.filter(|_| goal.is_last_attempt())?);
        }
        let least = best.iter().flatten().map(|node| node.total).fold(f64::INFINITY, f64::min);
        let first = nodes.len();
        // A class matters to the next line by no more than this, so a node that is dearer by more is of no use.
        nodes.extend(best.into_iter().flatten().filter(|node| node.total <= least + prices.mismatch));
        if nodes.len() > first {
            active.push(first..nodes.len());
        }
    }
    let mut node = *nodes.iter().rev().take_while(|node| node.stop == last).min_by(|a, b| a.total.total_cmp(&b.total))?;
    let mut ends = Vec::new();
    while node.stop > 0 {
        ends.push(node.stop);
        node = nodes[node.before];
    }
    ends.reverse();
    Some(ends)
}

/// A way to end a line at a stop: the best one for its fitness class.
#[derive(Debug, Clone, Copy)]
struct Node {
    stop: usize,
    /// 0 tight, 1 decent, 2 loose, 3 very loose.
    class: usize,
    total: f64,
    before: usize,
}

enum Verdict {
    Good { badness: f64, class: usize },
    Loose,
    TooLong { by: f64 },
}

/// How good a line is, looked at alone.
fn line(measure: &Measure<'_>, goal: Goal, from: usize, to: usize) -> Verdict {
    let slack = measure.room(from) - measure.width(from, to);
    let Goal::Justified { costs, tolerance, last, shrink, .. } = goal else {
        let share = slack / measure.room(from).max(1.0);
        return if slack < -SLIP { Verdict::TooLong { by: -slack } } else { Verdict::Good { badness: share, class: 1 } };
    };
    let spaces = measure.spaces(from, to);
    if slack < -shrink * spaces - SLIP {
        return Verdict::TooLong { by: -slack - shrink * spaces };
    }
    if slack >= 0.0 && to == measure.stops.len() - 1 && !last {
        return Verdict::Good { badness: 0.0, class: 1 };
    }
    let give = if slack < 0.0 { shrink } else { STRETCH } * spaces;
    let ratio = if slack.abs() <= SLIP { 0.0 } else { slack / give.max(SLIP) };
    let badness = (100.0 * ratio.abs().powi(3)).min(if costs == LineCosts::Tex { TEX_WORST } else { WORST });
    let class = match ratio {
        ..-0.5 => 0,
        ..=0.5 => 1,
        ..=1.0 => 2,
        _ => 3,
    };
    if badness > tolerance { Verdict::Loose } else { Verdict::Good { badness, class } }
}

/// What a line costs after the line before it.
fn demerits(measure: &Measure<'_>, goal: Goal, prices: &Prices, before: &Node, to: usize, badness: f64, class: usize) -> f64 {
    let kind = measure.stops[to].kind;
    let hyphen = kind == StopKind::Hyphen;
    let hyphen_before = measure.stops[before.stop].kind == StopKind::Hyphen;
    let is_last = to == measure.stops.len() - 1;
    let mut cost = match goal {
        // A quarter of the measure left empty weighs as much as a hyphen.
        Goal::Balanced => 16.0 * prices.hyphen * badness * badness,
        Goal::Justified { costs: LineCosts::Tex, .. } => (prices.line + badness).powi(2),
        Goal::Justified { costs: LineCosts::Even, .. } if badness == 0.0 => prices.line,
        Goal::Justified { costs: LineCosts::Even, .. } => {
            let slack = measure.room(before.stop) - measure.width(before.stop, to);
            let share = slack / measure.spaces(before.stop, to).max(SLIP);
            prices.line + 10_000.0 * (share / STRETCH).powi(2).min(WORST)
        }
    };
    if hyphen {
        cost += prices.hyphen;
    }
    if kind == StopKind::Emergency {
        cost += EMERGENCY;
    }
    if hyphen && hyphen_before {
        cost += prices.consecutive_hyphens;
    }
    if is_last && hyphen_before {
        cost += prices.final_hyphen;
    }
    if let Goal::Justified { shortest_last, .. } = goal {
        if class.abs_diff(before.class) > 1 {
            cost += prices.mismatch;
        }
        if is_last && before.stop > 0 && measure.width(before.stop, to) < shortest_last {
            cost += prices.short_last;
        }
    }
    cost
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Words of some widths with a space of 3 between; a negative width is a word's part that a hyphen of 2 may be put after.
    fn stops(words: &[i32]) -> Vec<Stop> {
        let (mut x, mut spaces) = (0.0, 0.0);
        let stop = |kind, end: f64, bare_end, start, end_spaces, start_spaces| Stop {
            atom: 0,
            at: 0,
            kind,
            end,
            bare_end,
            start,
            end_spaces,
            start_spaces,
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

    /// The cost of given line ends; nothing if a line is not possible.
    fn cost(measure: &Measure<'_>, goal: Goal, ends: &[usize]) -> Option<f64> {
        let mut node = Node { stop: 0, class: 1, total: 0.0, before: 0 };
        for &to in ends {
            let Verdict::Good { badness, class } = line(measure, goal, node.stop, to) else { return None };
            node.total += demerits(measure, goal, &goal.prices(), &node, to, badness, class);
            (node.stop, node.class) = (to, class);
        }
        Some(node.total)
    }

    /// The least cost of all ways to end lines.
    fn least(measure: &Measure<'_>, goal: Goal) -> Option<f64> {
        let inner = measure.stops.len() - 2;
        let ways = (0..1_u32 << inner).map(|set| {
            let mut ends: Vec<usize> = (0..inner).filter(|i| set >> i & 1 == 1).map(|i| i + 1).collect();
            ends.push(inner + 1);
            ends
        });
        ways.filter_map(|ends| cost(measure, goal, &ends)).min_by(f64::total_cmp)
    }

    proptest! {
        #[test]
        fn no_other_line_ends_are_better(
            words in prop::collection::vec(prop_oneof![4 => 2..14_i32, 1 => -9..-2_i32], 1..12), width in 15..60_u32, indent in 0..8_u32,
        ) {
            let stops = stops(&words);
            let rest = f64::from(width);
            let indent = f64::from(indent);
            let measure = Measure { stops: &stops, tabs: &[], first: (rest - indent, indent), rest: (rest, 0.0) };
            let justified = |costs, tolerance| Goal::Justified { costs, tolerance, last: false, shortest_last: 8.0, ems: 30.0, shrink: 1.0 / 3.0 };
            let (even, tex) = (LineCosts::Even, LineCosts::Tex);
            let goals = [(even, 20.0), (even, f64::INFINITY), (tex, 100.0), (tex, 200.0), (tex, f64::INFINITY)];
            for goal in goals.map(|(costs, tolerance)| justified(costs, tolerance)).into_iter().chain([Goal::Balanced]) {
                match (optimal_fit(&measure, goal), least(&measure, goal)) {
                    (Some(ends), Some(least)) => {
                        let found = cost(&measure, goal, &ends);
                        prop_assert!(found.is_some_and(|found| (found - least).abs() <= 1e-9 * least), "{ends:?} cost {found:?}, not {least}");
                    }
                    // Where no way is possible, only the last attempt gives one, with a line that is too long.
                    (Some(_), None) => prop_assert!(goal.is_last_attempt()),
                    (None, least) => prop_assert!(least.is_none(), "missed {least:?}"),
                }
            }
        }

        #[test]
        fn first_fit_fills_every_line(words in prop::collection::vec(prop_oneof![4 => 2..14_i32, 1 => -9..-2_i32], 1..40), width in 15..60_u32) {
            let stops = stops(&words);
            let width = f64::from(width);
            let measure = Measure { stops: &stops, tabs: &[], first: (width, 0.0), rest: (width, 0.0) };
            let ends = first_fit(&measure);
            prop_assert_eq!(ends.last(), Some(&(stops.len() - 1)));
            let mut from = 0;
            for to in ends {
                prop_assert!(to > from && measure.width(from, to) <= width);
                let later = (to + 1..stops.len()).find(|later| measure.width(from, *later) <= width);
                prop_assert_eq!(later, None, "the line from {} to {} has room", from, to);
                from = to;
            }
        }
    }

    #[test]
    fn a_word_wider_than_the_line_overflows_alone() {
        let stops = stops(&[5, 90, 5, 5]);
        let measure = Measure { stops: &stops, tabs: &[], first: (30.0, 0.0), rest: (30.0, 0.0) };
        let unlimited = Goal::Justified {
            costs: LineCosts::Even,
            tolerance: f64::INFINITY,
            last: false,
            shortest_last: 0.0,
            ems: 30.0,
            shrink: 1.0 / 3.0,
        };
        assert_eq!(optimal_fit(&measure, unlimited), Some(vec![1, 2, 4]));
        assert_eq!(optimal_fit(&measure, Goal::Balanced), Some(vec![1, 2, 4]));
        assert_eq!(first_fit(&measure), [1, 2, 4]);
    }
}
