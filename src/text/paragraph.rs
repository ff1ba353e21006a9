//! The pipeline of a paragraph: segments, stops, the choice of line ends, lines.

use super::breaks::{BreakFilter, BreakOpportunity, stops};
use super::chain::Chains;
use super::costs::{Demerits, Goal, LineCosts};
use super::fit::{LineRoom, Measure, Tab, TabStops, first_fit, optimal_fit};
use super::line::{LineSetter, LineSetting};
use super::metrics::{LineExtent, LineRule, line_extent};
use super::prepare::{AtomKind, LetterGive, Segment, segments};
use super::shape::Shaper;
use super::{ContentSizes, Faults, InlineItem, Line, Setting, Typesetter};
use crate::diag::Diagnostic;
use crate::style::{Hyphens, TextAlign, TextStyle, WrapStyle};

/// A last line should be as long as the indent, and as so many ems.
const SHORTEST_LAST: f64 = 2.5;
pub(super) fn set(
    typesetter: &Typesetter,
    items: &[InlineItem<'_>],
    setting: &Setting<'_>,
    faults: &mut dyn Faults,
) -> Vec<Line> {
    let Typesetter { shaper, chains, costs, .. } = typesetter;
    let costs = *costs;
    let mut lines = Vec::new();
    let strut = match chains.get(shaper.fonts(), setting.style).faces.first() {
        Some(face) => line_extent(shaper.fonts(), *face, setting.style),
        // Without any face there is an error already; lines keep some height, so that pages are
        // made and more can be told.
        None => LineExtent { above: setting.style.font_size, below: 0.0 },
    };
    for (i, segment) in segments(shaper, chains, items, faults).iter().enumerate() {
        let hanging = setting.style.text_indent_hanging;
        let first_indent = if (i == 0) != hanging { setting.indent } else { 0.0 };
        let rest_indent = if hanging { setting.indent } else { 0.0 };
        let tabs = tabs(segment, setting.tab_origin);
        let choice =
            Choice { shaper, segment, setting, costs, tabs: &tabs, first_indent, rest_indent };
        let (stops, ends) = choice.line_ends();
        let (rule, tab_origin) = (LineRule::new(setting.style), setting.tab_origin);
        let setter = LineSetter { shaper, segment, strut, rule, tab_origin };
        let mut from = 0;
        for to in ends {
            let last = to == stops.len() - 1;
            let align = if last { setting.align_last } else { setting.align };
            let indent = if from == 0 { first_indent } else { rest_indent };
            lines.push(setter.line(
                &stops[from],
                &stops[to],
                LineSetting {
                    width: setting.width,
                    indent,
                    align,
                    shrink: if setting.align == TextAlign::Justify { shrink(setting) } else { 0.0 },
                    letter_give: LetterGive::new(setting.style),
                },
            ));
            from = to;
        }
    }
    // Most paragraphs are a line or two, and a list that grows begins with room for four.
    lines.shrink_to_fit();
    lines
}

pub(super) fn content_sizes(
    shaper: &Shaper,
    chains: &Chains,
    items: &[InlineItem<'_>],
) -> ContentSizes {
    let (mut min, mut max) = (0.0_f64, 0.0_f64);
    let block = TextStyle::default();
    for segment in segments(shaper, chains, items, &mut |_: u32, _: Diagnostic| {}) {
        let tabs = tabs(&segment, 0.0);
        let stops = stops(
            shaper,
            &segment,
            &block,
            // Hyphens count for the narrowest width, emergency cuts do not: they are not a width
            // that anyone wants.
            BreakFilter { patterns: true, cut_wider: None, optical: false },
        );
        let measure = Measure {
            stops: &stops,
            tabs: &tabs,
            first: LineRoom { width: f64::INFINITY, indent: 0.0 },
            rest: LineRoom { width: f64::INFINITY, indent: 0.0 },
            letter_give: LetterGive::default(),
        };
        max = max.max(measure.width(0, stops.len() - 1));
        min = (1..stops.len()).map(|to| measure.width(to - 1, to)).fold(min, f64::max);
    }
    ContentSizes { min, max }
}

/// The choice of line ends for a segment.
pub(super) struct Choice<'c, 'a> {
    pub(super) shaper: &'c Shaper,
    pub(super) segment: &'c Segment<'a>,
    pub(super) setting: &'c Setting<'c>,
    pub(super) costs: LineCosts,
    pub(super) tabs: &'c [Tab],
    pub(super) first_indent: f64,
    pub(super) rest_indent: f64,
}

impl Choice<'_, '_> {
    /// The stops that were chosen among, and those at which lines end. At least one line.
    pub(super) fn line_ends(&self) -> (Vec<BreakOpportunity>, Vec<usize>) {
        let setting = self.setting;
        let narrowest = setting.width - self.first_indent.max(self.rest_indent).max(0.0);
        // In ragged text the eye does not look for an edge.
        let optical = setting.style.optical_margins && setting.align == TextAlign::Justify;
        let all = |patterns| {
            stops(
                self.shaper,
                self.segment,
                setting.style,
                BreakFilter { patterns, cut_wider: Some(narrowest), optical },
            )
        };
        match setting.align {
            _ if setting.style.wrap == WrapStyle::Stable => {
                let stops = all(true);
                let ends = first_fit(&self.measure(&stops));
                (stops, ends)
            }
            TextAlign::Start | TextAlign::Left | TextAlign::Right
                if setting.style.wrap == WrapStyle::Auto =>
            {
                let stops = all(true);
                let ends = first_fit(&self.measure(&stops));
                (stops, ends)
            }
            TextAlign::Justify if setting.style.wrap == WrapStyle::Auto => self.justified_ends(all),
            _ => {
                let stops = all(true);
                let measure = self.measure(&stops);
                let ends = optimal_fit(&measure, Goal::Balanced, None)
                    .unwrap_or_else(|| first_fit(&measure));
                (stops, ends)
            }
        }
    }

    fn justified_ends(
        &self,
        stops: impl Fn(bool) -> Vec<BreakOpportunity>,
    ) -> (Vec<BreakOpportunity>, Vec<usize>) {
        // TeX first tries without hyphenation (`\pretolerance`).
        // Plain TeX tries without hyphens first (`\pretolerance=100`), then with them
        // (`\tolerance=200`).
        if self.costs == LineCosts::Tex {
            let plain = stops(false);
            if let Some(ends) =
                optimal_fit(&self.measure(&plain), self.justified(Demerits::Tex, 100.0), None)
            {
                return (plain, ends);
            }
        }
        let stops =
            stops(self.segment.spans.iter().any(|span| span.style.hyphens == Hyphens::Auto));
        let measure = self.measure(&stops);
        let fit = |demerits, tolerance, like: Option<&[usize]>| {
            optimal_fit(&measure, self.justified(demerits, tolerance), like)
        };
        let ends = match self.costs {
            LineCosts::Tex => {
                fit(Demerits::Tex, 200.0, None).or_else(|| fit(Demerits::Tex, f64::INFINITY, None))
            }
            // Twice: the first fit says how many hyphens the paragraph needs, the second sets it
            // as evenly as it can with so many.
            LineCosts::Even => fit(Demerits::Sparing, f64::INFINITY, None)
                .and_then(|ends| fit(Demerits::Squares, f64::INFINITY, Some(&ends))),
        };
        let ends = ends.unwrap_or_else(|| first_fit(&measure));
        (stops, ends)
    }

    fn measure<'m>(&'m self, stops: &'m [BreakOpportunity]) -> Measure<'m> {
        let measure = |indent: f64| LineRoom { width: self.setting.width - indent, indent };
        Measure {
            stops,
            tabs: self.tabs,
            first: measure(self.first_indent),
            rest: measure(self.rest_indent),
            letter_give: LetterGive::new(self.setting.style),
        }
    }

    fn justified(&self, demerits: Demerits, tolerance: f64) -> Goal {
        let size = self.setting.style.font_size;
        let space = self
            .segment
            .atoms
            .iter()
            .find(|atom| matches!(atom.kind, AtomKind::Space { .. }))
            // A quarter of an em is the space of most text faces; without a space it does not
            // matter.
            .map_or(0.25, |atom| atom.width / size);
        let shortest_last = self.setting.indent.max(SHORTEST_LAST * size);
        Goal::Justified {
            demerits,
            tolerance,
            last: self.setting.align_last == TextAlign::Justify,
            shortest_last,
            shrink: shrink(self.setting),
            space,
            hyphen: demerits.hyphen(self.setting.width / size, self.setting.style.letter_give),
        }
    }
}

/// How far spaces of justified lines may shrink, as a share of their width.
fn shrink(setting: &Setting<'_>) -> f64 {
    1.0 - setting.style.min_word_space
}

fn tabs(segment: &Segment<'_>, origin: f64) -> Vec<Tab> {
    let tab = |atom: &super::prepare::Atom| match atom.kind {
        AtomKind::Tab { span } => {
            Some(Tab { x: atom.x, stops: TabStops::new(segment.spans[span].style, origin) })
        }
        _ => None,
    };
    segment.atoms.iter().filter_map(tab).collect()
}
