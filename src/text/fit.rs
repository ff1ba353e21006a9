//! Choice of line ends: optimal fit after Knuth and Plass (1981) with TeX's costs, balanced fit for centred text, first fit as browsers do.

use super::breaks::{Stop, StopKind};

/// How far a space may shrink, as a share of its width. TeX's third.
pub(super) const SHRINK: f64 = 1.0 / 3.0;
/// How far a space stretches at badness 100, as a share of its width. TeX's half.
pub(super) const STRETCH: f64 = 1.0 / 2.0;
/// Rounding errors that are no overflow, in points.
pub(super) const SLIP: f64 = 1e-6;

/// TeX's `\linepenalty`.
const LINE: f64 = 10.0;
/// TeX's `\hyphenpenalty`.
const HYPHEN: f64 = 50.0;
/// TeX's `\doublehyphendemerits`: two hyphens one below the other.
const CONSECUTIVE_HYPHENS: f64 = 10_000.0;
/// TeX's `\finalhyphendemerits`: the last line is a cut word's rest.
const FINAL_HYPHEN: f64 = 5_000.0;
/// TeX's `\adjdemerits`: a tight line beside a loose one.
const MISMATCH: f64 = 10_000.0;
/// A last line that is hardly there.
const SHORT_LAST: f64 = 10_000.0;
/// A word cut where no word may be cut.
const EMERGENCY: f64 = 1e9;
/// A line that is too long whatever is done.
const OVERFULL: f64 = 1e15;
/// Badness of a line without any stretch; TeX stops at 10,000.
const WORST: f64 = 1e6;

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
    /// Spaces of even width: TeX's demerits. Lines with more badness than the tolerance are not tried.
    Justified {
        /// The limit of badness; infinite for a last attempt that always succeeds.
        tolerance: f64,
        /// Whether the last line is justified too.
        last: bool,
        /// A last line should not be shorter than this.
        shortest_last: f64,
    },
    /// Lines of even length, the last among them.
    Balanced,
}

impl Goal {
    /// How far spaces may shrink.
    fn shrink(self) -> f64 {
        match self {
            Self::Justified { .. } => SHRINK,
            Self::Balanced => 0.0,
        }
    }
}

/// Optimal fit: the stops at which lines end so that the sum of demerits is least, or nothing if no line ends are within the tolerance.
///
/// The cost is linear in the number of stops: a start of a line is forgotten as soon as no later stop can end its line.
pub(super) fn optimal_fit(measure: &Measure<'_>, goal: Goal) -> Option<Vec<usize>> {
    let last = measure.stops.len() - 1;
    let mut nodes = vec![Node { stop: 0, class: 1, total: 0.0, before: 0 }];
    let mut active = vec![0_usize];
    for to in 1..=last {
        let mut best: [Option<Node>; 4] = [None; 4];
        let mut overfull: Option<Node> = None;
        active.retain(|&index| {
            let node = nodes[index];
            let too_long = match line(measure, goal, node.stop, to) {
                Verdict::Good { badness, class } => {
                    let total = node.total + demerits(measure, goal, &node, to, badness, class);
                    let slot = &mut best[class];
                    if slot.is_none_or(|best| total < best.total) {
                        *slot = Some(Node { stop: to, class, total, before: index });
                    }
                    false
                }
                Verdict::Loose => false,
                Verdict::TooLong { by } => {
                    let total = node.total + OVERFULL * (1.0 + by / measure.room(node.stop).max(1.0));
                    if overfull.is_none_or(|worst| total <= worst.total) {
                        overfull = Some(Node { stop: to, class: 1, total, before: index });
                    }
                    // The hyphen alone may be too much; the stop after it need not be.
                    measure.bare_width(node.stop, to) - goal.shrink() * measure.spaces(node.stop, to) > measure.room(node.stop) + SLIP
                }
            };
            !too_long
        });
        for node in best.into_iter().flatten() {
            active.push(nodes.len());
            nodes.push(node);
        }
        if active.is_empty() {
            let forgiving = !matches!(goal, Goal::Justified { tolerance, .. } if tolerance.is_finite());
            let node = overfull.filter(|_| forgiving)?;
            active.push(nodes.len());
            nodes.push(node);
        }
    }
    let end = active.into_iter().filter(|index| nodes[*index].stop == last).min_by(|a, b| nodes[*a].total.total_cmp(&nodes[*b].total));
    let mut ends = Vec::new();
    let mut node = nodes[end?];
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
    let Goal::Justified { tolerance, last, .. } = goal else {
        let share = slack / measure.room(from).max(1.0);
        return if slack < -SLIP { Verdict::TooLong { by: -slack } } else { Verdict::Good { badness: share, class: 1 } };
    };
    let spaces = measure.spaces(from, to);
    if slack < -SHRINK * spaces - SLIP {
        return Verdict::TooLong { by: -slack - SHRINK * spaces };
    }
    if slack >= 0.0 && to == measure.stops.len() - 1 && !last {
        return Verdict::Good { badness: 0.0, class: 1 };
    }
    let give = if slack < 0.0 { SHRINK } else { STRETCH } * spaces;
    let ratio = if slack.abs() <= SLIP { 0.0 } else { slack / give.max(SLIP) };
    let badness = (100.0 * ratio.abs().powi(3)).min(WORST);
    let class = match ratio {
        ..-0.5 => 0,
        ..=0.5 => 1,
        ..=1.0 => 2,
        _ => 3,
    };
    if badness > tolerance { Verdict::Loose } else { Verdict::Good { badness, class } }
}

/// What a line costs after the line before it.
fn demerits(measure: &Measure<'_>, goal: Goal, before: &Node, to: usize, badness: f64, class: usize) -> f64 {
    let kind = measure.stops[to].kind;
    let hyphen = kind == StopKind::Hyphen;
    let hyphen_before = measure.stops[before.stop].kind == StopKind::Hyphen;
    let is_last = to == measure.stops.len() - 1;
    let mut cost = match goal {
        // A quarter of the measure left empty weighs as much as a hyphen.
        Goal::Balanced => 16.0 * HYPHEN * HYPHEN * badness * badness,
        Goal::Justified { .. } => (LINE + badness).powi(2),
    };
    if hyphen {
        cost += HYPHEN * HYPHEN;
    }
    if kind == StopKind::Emergency {
        cost += EMERGENCY;
    }
    if hyphen && hyphen_before {
        cost += CONSECUTIVE_HYPHENS;
    }
    if is_last && hyphen_before {
        cost += FINAL_HYPHEN;
    }
    if let Goal::Justified { shortest_last, .. } = goal {
        if class.abs_diff(before.class) > 1 {
            cost += MISMATCH;
        }
        if is_last && before.stop > 0 && measure.width(before.stop, to) < shortest_last {
            cost += SHORT_LAST;
        }
    }
    cost
}
