//! `@page` (CSS Paged Media 3).
//!
//! The cascade of pages beside that of elements: `layout` asks it for each page, `docx` for each
//! section.

use std::ops::RangeInclusive;
use std::sync::{Arc, OnceLock};

use cssparser::{ParseError, Parser};

use super::cascade::Applied;
use super::declaration::DeclarationBlock;
use super::fault::{CssFault, Parsed};
use super::sheet::Stylesheet;
use super::target::Target;
use super::units::Scale;
use super::variables::Variables;
use super::{
    Computed, LengthOrAuto, MarginBox, MarginBoxPlace, PageKind, PageStyle, PrinterMarks, Sides,
    TextAlign, VerticalAlign,
};
use crate::cache::Serial;
use crate::diag::{Diagnostic, Sources, Span, Value, say};
use crate::geometry::Size;

/// An `@page` rule.
#[derive(Debug)]
pub(super) struct PageRule {
    /// Empty: all pages.
    pub(super) selectors: Vec<PageSelector>,
    pub(super) block: DeclarationBlock,
    pub(super) boxes: Vec<(MarginBoxPlace, DeclarationBlock)>,
}

/// What only pages have.
struct PageSheet {
    size: Option<Size>,
    size_at: Option<Span>,
    content_at: Option<Span>,
    bleed: Option<f64>,
    marks: PrinterMarks,
    pages: Option<u32>,
}

/// Which pages an `@page` rule is for.
#[derive(Debug, Clone, Default)]
pub(super) struct PageSelector {
    name: Option<Arc<str>>,
    first: bool,
    blank: bool,
    left: Option<bool>,
}

impl PageSelector {
    fn matches(&self, name: Option<&str>, kind: PageKind) -> bool {
        self.name.as_deref().is_none_or(|own| Some(own) == name)
            && (!self.first || kind.first || kind.begins && self.name.is_some())
            && (!self.blank || kind.blank)
            && self.left.is_none_or(|left| left == kind.left)
    }

    /// CSS Paged Media 3, section 3.4.
    fn specificity(&self) -> (u8, u8, u8) {
        (
            u8::from(self.name.is_some()),
            u8::from(self.first) + u8::from(self.blank),
            u8::from(self.left.is_some()),
        )
    }
}

/// The selectors of an `@page` rule.
pub(super) fn selectors(input: &mut Parser) -> Parsed<Vec<PageSelector>> {
    if input.is_exhausted() { Ok(Vec::new()) } else { input.parse_comma_separated(selector) }
}

fn selector(input: &mut Parser) -> Parsed<PageSelector> {
    let mut selector = PageSelector::default();
    if let Ok(name) = input.try_parse(|input| input.expect_ident_cloned()) {
        selector.name = Some((&*name).into());
    }
    while input.try_parse(|input| input.expect_colon()).is_ok() {
        let word = input.expect_ident()?;
        match word.to_ascii_lowercase().as_str() {
            "first" => selector.first = true,
            "blank" => selector.blank = true,
            "left" => selector.left = Some(true),
            "right" => selector.left = Some(false),
            _ => {
                return Err(ParseError::custom(CssFault::unknown(
                    say!("`:{word}` is not a kind of page", word),
                    word,
                    &["first", "left", "right", "blank"],
                )));
            }
        }
    }
    // No name and no colon means that nothing was read, and an empty selector would match all
    // pages.
    if selector.name.is_none() && selector.specificity() == (0, 0, 0) {
        return Err(ParseError::unexpected_token());
    }
    Ok(selector)
}

/// The margin boxes by name.
pub(super) const MARGIN_BOXES: [(&str, MarginBoxPlace); 16] = [
    ("top-left-corner", MarginBoxPlace::TopLeftCorner),
    ("top-left", MarginBoxPlace::TopLeft),
    ("top-center", MarginBoxPlace::TopCenter),
    ("top-right", MarginBoxPlace::TopRight),
    ("top-right-corner", MarginBoxPlace::TopRightCorner),
    ("right-top", MarginBoxPlace::RightTop),
    ("right-middle", MarginBoxPlace::RightMiddle),
    ("right-bottom", MarginBoxPlace::RightBottom),
    ("bottom-right-corner", MarginBoxPlace::BottomRightCorner),
    ("bottom-right", MarginBoxPlace::BottomRight),
    ("bottom-center", MarginBoxPlace::BottomCenter),
    ("bottom-left", MarginBoxPlace::BottomLeft),
    ("bottom-left-corner", MarginBoxPlace::BottomLeftCorner),
    ("left-bottom", MarginBoxPlace::LeftBottom),
    ("left-middle", MarginBoxPlace::LeftMiddle),
    ("left-top", MarginBoxPlace::LeftTop),
];

impl MarginBoxPlace {
    /// Its name in a stylesheet, without `@`.
    pub(crate) fn name(self) -> &'static str {
        MARGIN_BOXES.iter().find(|(_, place)| *place == self).map_or("", |(name, _)| name)
    }
}

/// The margin box of that name.
pub(super) fn margin_box(name: &str) -> Option<MarginBoxPlace> {
    MARGIN_BOXES.iter().find(|(known, _)| name.eq_ignore_ascii_case(known)).map(|(_, place)| *place)
}

/// Alignment of a margin box where it says nothing (CSS Paged Media 3, section 5.3).
fn alignment(place: MarginBoxPlace) -> (TextAlign, VerticalAlign) {
    use MarginBoxPlace as P;
    let text = match place {
        P::TopLeft | P::BottomLeft | P::TopRightCorner | P::BottomRightCorner => TextAlign::Left,
        P::TopRight | P::BottomRight | P::TopLeftCorner | P::BottomLeftCorner => TextAlign::Right,
        _ => TextAlign::Center,
    };
    let vertical = match place {
        P::LeftTop | P::RightTop => VerticalAlign::Top,
        P::LeftBottom | P::RightBottom => VerticalAlign::Bottom,
        _ => VerticalAlign::Middle,
    };
    (text, vertical)
}

/// How many kinds of pages there are.
const KINDS: usize = 16;

/// What the `@page` rules of all stylesheets say together.
#[derive(Debug, Clone, Default)]
pub struct PageRules {
    serial: Serial,
    sheets: Vec<Stylesheet>,
    root: Arc<Computed>,
    /// Nothing has been measured where no stylesheet made the pages.
    scale: Option<Scale>,
    variables: Arc<Variables>,
    /// The names that rules ask for, sorted; any other name is as good as none.
    names: Vec<Arc<str>>,
    /// Resolved styles: sixteen kinds for no name, then for each name.
    resolved: Vec<OnceLock<Arc<PageStyle>>>,
}

impl PageRules {
    pub(super) fn new(
        sheets: Vec<Stylesheet>,
        root: Arc<Computed>,
        scale: Scale,
        variables: Arc<Variables>,
    ) -> Self {
        let selectors =
            sheets.iter().flat_map(|sheet| &sheet.0.pages).flat_map(|rule| &rule.selectors);
        let mut names: Vec<Arc<str>> =
            selectors.filter_map(|selector| selector.name.clone()).collect();
        names.sort();
        names.dedup();
        // Sixteen kinds: first or not, beginning a name or not, left or right, blank or not.
        let resolved = vec![OnceLock::new(); KINDS * (names.len() + 1)];
        let scale = Some(scale);
        Self { serial: Serial::next(), sheets, root, scale, variables, names, resolved }
    }

    /// Rules that give every page the same style, for boxes that no stylesheet made.
    pub fn uniform(style: PageStyle) -> Self {
        Self { resolved: vec![OnceLock::from(Arc::new(style)); KINDS], ..Self::default() }
    }

    /// The number that they are known by: copies of them say the same.
    pub(crate) fn serial(&self) -> Serial {
        self.serial
    }

    /// The page style for a page of that name (the `page` property) and kind.
    pub fn resolve(&self, name: Option<&str>, kind: PageKind) -> Arc<PageStyle> {
        let named = name
            .and_then(|name| self.names.binary_search_by(|known| (**known).cmp(name)).ok())
            .map_or(0, |i| i + 1);
        // Each name has a style for every answer to four questions.
        let slot = KINDS * named
            + 8 * usize::from(kind.begins)
            + 4 * usize::from(kind.first)
            + 2 * usize::from(kind.left)
            + usize::from(kind.blank);
        match self.resolved.get(slot) {
            Some(slot) => Arc::clone(slot.get_or_init(|| Arc::new(self.compute(name, kind)))),
            None => Arc::new(self.compute(name, kind)),
        }
    }

    fn compute(&self, name: Option<&str>, kind: PageKind) -> PageStyle {
        let rules = self.matching(name, kind);
        let blocks = rules.iter().map(|rule| &rule.block);
        let (context, sheet) = self.apply(Target::new(&self.root, self.scale()), blocks);
        let mut style =
            PageStyle { marks: sheet.marks, pages: sheet.pages, ..PageStyle::default() };
        // Sheets with marks bleed 6 pt unless they say otherwise.
        let auto = if sheet.marks.crop { 6.0 } else { 0.0 };
        style.bleed = sheet.bleed.unwrap_or(auto);
        if let Some(size) = sheet.size {
            (style.width, style.height) = self.on_paper(size);
            style.size_at = sheet.size_at;
        }
        let (width, height) = (style.width, style.height);
        let resolve = |size: LengthOrAuto, base: f64| size.resolve(base).unwrap_or(0.0);
        style.margin = Sides {
            // Unlike in boxes, percentages at the top and bottom of pages refer to the height
            // (CSS Paged Media 3).
            top: resolve(context.margin.top, height),
            right: resolve(context.margin.right, width),
            bottom: resolve(context.margin.bottom, height),
            left: resolve(context.margin.left, width),
        };
        style.padding = Sides {
            top: context.padding.top.resolve(height),
            right: context.padding.right.resolve(width),
            bottom: context.padding.bottom.resolve(height),
            left: context.padding.left.resolve(width),
        };
        style.border = context.border;
        style.background = context.background.clone();
        style.counter_reset = Arc::clone(&context.counter_reset);
        style.counter_increment = Arc::clone(&context.counter_increment);
        style.counter_set = Arc::clone(&context.counter_set);

        style.boxes = self.margin_boxes(&rules, &context);
        style
    }

    fn scale(&self) -> Scale {
        self.scale.unwrap_or(Scale::plain(self.root.text.font_size))
    }

    /// A sheet as large as the root's `-itog-zoom` makes it. Sizes of ISO 216 are half of each
    /// other but for the half millimetres that it cuts off: A5 is 148 mm wide, not 148.5.
    fn on_paper(&self, size: Size) -> (f64, f64) {
        const MM: f64 = 72.0 / 25.4;
        let zoom = self.scale().zoom;
        if zoom == 1.0 {
            return (size.width, size.height);
        }
        let whole = |side: f64| (side * zoom / MM + 0.05).floor() * MM;
        (whole(size.width), whole(size.height))
    }

    /// The rules of a page, in the order of the cascade.
    fn matching(&self, name: Option<&str>, kind: PageKind) -> Vec<&PageRule> {
        let mut rules: Vec<(usize, (u8, u8, u8), &PageRule)> = Vec::new();
        for (number, sheet) in self.sheets.iter().enumerate() {
            // The first sheet is the user agent's, whose rules come before all others.
            let level = usize::from(number > 0);
            for rule in &sheet.0.pages {
                let matching =
                    rule.selectors.iter().filter(|selector| selector.matches(name, kind));
                // A rule with a list of selectors counts by the most specific of those that
                // match, as everywhere in CSS.
                match matching.map(PageSelector::specificity).max() {
                    Some(specificity) => rules.push((level, specificity, rule)),
                    None if rule.selectors.is_empty() => rules.push((level, (0, 0, 0), rule)),
                    None => {}
                }
            }
        }
        rules.sort_by_key(|(level, specificity, _)| (*level, *specificity));
        rules.into_iter().map(|(_, _, rule)| rule).collect()
    }

    /// The margin boxes that have something in them.
    fn margin_boxes(&self, rules: &[&PageRule], context: &Computed) -> Vec<MarginBox> {
        let mut boxes = Vec::new();
        for (_, place) in MARGIN_BOXES {
            // Rules are in the order of the cascade already, so their blocks for this place are,
            // too.
            let blocks: Vec<&DeclarationBlock> = rules
                .iter()
                .flat_map(|rule| &rule.boxes)
                .filter(|(own, _)| *own == place)
                .map(|(_, block)| block)
                .collect();
            if blocks.is_empty() {
                continue;
            }
            let mut target = Target::new(context, self.scale());
            let (text_align, vertical_align) = alignment(place);
            target.text().text_align = text_align;
            target.own.vertical_align = vertical_align;
            let (own, sheet) = self.apply(target, blocks.into_iter());
            if own.content.as_ref().is_some_and(|content| !content.is_empty()) {
                boxes.push(MarginBox { place, style: Arc::new(own), span: sheet.content_at });
            }
        }
        boxes
    }

    fn apply<'b>(
        &self,
        target: Target,
        blocks: impl Iterator<Item = &'b DeclarationBlock> + Clone,
    ) -> (Computed, PageSheet) {
        let declarations = blocks
            .clone()
            .flat_map(|block| &block.normal)
            .chain(blocks.flat_map(|block| &block.important));
        let mut target =
            // Faults have been reported by the cascade: pages are computed when they are made, some
            // of them twice.
            Applied::new(declarations, &self.variables, &mut |_| {}).apply(target, false);
        let (bleed, marks, pages) = (target.bleed, target.marks, target.pages);
        let (size, size_at) = (target.size.take(), target.size_at);
        let content_at = target.content_at;
        let sheet = PageSheet { size, size_at, content_at, bleed, marks, pages };
        // As a root, it is not a child of a flex container and nobody's decoration reaches it.
        (target.finish(true), sheet)
    }
}

/// The sides that a page may have, in points (ISO 19005-2, 6.1.13).
const PAPER: RangeInclusive<f64> = 3.0..=14_400.0;

impl PageStyle {
    /// The fault of a page that no PDF can have.
    pub(crate) fn impossible(&self, sources: &Sources) -> Option<Diagnostic> {
        if PAPER.contains(&self.width) && PAPER.contains(&self.height) {
            return None;
        }
        let message = say!(
            "a page of {width} × {height} pt cannot be made: sides have 3 to 14,400 pt",
            width = Value::Decimal(self.width, 0),
            height = Value::Decimal(self.height, 0)
        );
        let place = self.size_at.and_then(|span| sources.place(span));
        let fault = Diagnostic::error("limit-page-size", message).at(place);
        Some(fault.hint(say!("correct `size` in `@page`")))
    }
}
