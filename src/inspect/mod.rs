//! A look at the finished pages: is every word of the boxes there to be read?
//!
//! Layout places what it is told to place, even beside the paper or upon other text. Nobody
//! re-reads certificate 214, so each document is looked through before it is written: words beside
//! the paper, words upon words, letters upon letters, words cut off, words in the colour of their
//! ground, words under pictures, words as small as dust, words that are on no page, and more pages
//! than the design has room for.

mod ground;
mod picture;
mod spacing;
mod told;
mod word;

use crate::boxes::{BoxNode, BoxTree, Content, Inline, Role};
use crate::diag::{Diagnostic, Message, Sink, say};
use crate::geometry::Rect;
use crate::lang::ru::{is_letter, is_letter_or_digit};
use crate::layout::{Artifact, Mark, Page, Pages, Paint};
use crate::limits;
use crate::style::PageKind;
use ground::Ground;
use told::{FoundWord, WordFault};
use word::{PaintedWord, Quad};

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Check {
    /// Words beside the paper.
    OffPage,
    /// Words upon other words.
    Overlap,
    /// Letters that stand upon their neighbours, and words with no space between them.
    Crowded,
    /// Words that `overflow: hidden` cuts.
    Clipped,
    /// Words in the colour of what is behind them.
    Unseen,
    /// Words under an area or a picture that hides them.
    Covered,
    /// Words too small for anybody to read.
    Tiny,
    /// Words of the boxes that are on no page.
    Lost,
    /// More or fewer pages than `-itog-pages` asks for.
    PageCount,
}

impl Check {
    /// All checks.
    pub const ALL: [Self; 9] = [
        Self::OffPage,
        Self::Overlap,
        Self::Crowded,
        Self::Clipped,
        Self::Unseen,
        Self::Covered,
        Self::Tiny,
        Self::Lost,
        Self::PageCount,
    ];

    /// The code of its faults.
    pub fn code(self) -> &'static str {
        match self {
            Self::OffPage => "text-off-page",
            Self::Overlap => "text-overlap",
            Self::Crowded => "text-crowded",
            Self::Clipped => "text-clipped",
            Self::Unseen => "text-unseen",
            Self::Covered => "text-covered",
            Self::Tiny => "text-tiny",
            Self::Lost => "text-lost",
            Self::PageCount => "page-count",
        }
    }

    /// A fault of this check: an error, unless it is allowed. What a stylesheet asks for in so many
    /// words, such as `overflow: hidden`, is never more than a warning.
    fn fault(self, message: Message, allowed: &[Self]) -> Diagnostic {
        // `overflow: hidden`, white text and `letter-spacing: -3pt` are said in so many words.
        let asked_for = matches!(self, Self::Crowded | Self::Clipped | Self::Unseen | Self::Tiny);
        if asked_for || allowed.contains(&self) {
            Diagnostic::warning(self.code(), message)
        } else {
            Diagnostic::error(self.code(), message)
        }
    }
}

/// Looks the pages of a document through; what is `allowed` is reported as a warning.
pub fn inspect(pages: &Pages, tree: &BoxTree, allowed: &[Check], sink: &mut Sink) {
    page_count(pages, tree, allowed, sink);
    let mut found = Vec::new();
    let mut pictures = picture::PrintedPictures::default();
    for (number, page) in pages.pages.iter().enumerate() {
        let (words, seen, grounds) = words(page);
        for (word, trouble) in words.iter().zip(seen) {
            found.extend(trouble.map(|kind| FoundWord::new(number, kind, word)));
            let past = word.quad.beyond(Rect::new(0.0, 0.0, page.width, page.height));
            let past = past.filter(|(_, by)| *by > word::TOLERANCE && !word.quad.is_gone);
            if let Some((side, by)) = past {
                found.push(FoundWord::new(number, WordFault::OffPage(side, by), word));
            }
            if is_ornament(word.mark) {
                continue;
            }
            if word.quad.size() < SMALLEST {
                let kind = WordFault::Tiny(word.quad.size());
                found.push(FoundWord::new(number, kind, word));
            }
            let crowded = spacing::crowded(word.run, pages);
            found.extend(crowded.map(|kind| FoundWord::new(number, kind, word)));
        }
        // Sorted, each word is compared only with what begins before it ends.
        let mut order: Vec<&PaintedWord<'_>> = words.iter().filter(|word| word.counts()).collect();
        order.sort_by(|a, b| a.quad.top().total_cmp(&b.quad.top()));
        overlaps(number, &order, &mut found);
        covered(number, &order, &grounds, &mut found);
        picture::on_codes(number, &words, &grounds, &mut found);
        pictures.look(&grounds, tree, sink);
    }
    told::tell(&found, pages, allowed, sink);
    lost(pages, tree, allowed, sink);
}

fn page_count(pages: &Pages, tree: &BoxTree, allowed: &[Check], sink: &mut Sink) {
    let first = PageKind { first: true, ..PageKind::default() };
    let style = tree.pages.resolve(tree.root.style.page.as_deref(), first);
    // Most documents may be as long as they are; only a design of a single sheet names a number.
    let (Some(wanted), count) = (style.pages, pages.pages.len()) else { return };
    if wanted as usize == count {
        return;
    }
    let message = say!(
        "the design has {wanted} {wanted:page|pages}, and this is {count} {count:page|pages} long",
        wanted,
        count
    );
    let place = tree.root.span.and_then(|span| tree.sources.place(span));
    let hint = if count > wanted as usize {
        say!("shorten the longest text, or take a design with more room")
    } else {
        say!("`-itog-pages` in the `@page` rule says how many pages there should be")
    };
    sink.push(Check::PageCount.fault(message, allowed).at(place).hint(hint));
}

/// Letters of fewer points are dust, and nobody reads them.
const SMALLEST: f64 = 4.0;

/// What a page has: its words, of each what clips and grounds do to it, and the grounds.
type PageWords<'a> = (Vec<PaintedWord<'a>>, Vec<Option<WordFault>>, Vec<Ground<'a>>);

fn words(page: &Page) -> PageWords<'_> {
    let (mut words, mut seen) = (Vec::new(), Vec::new());
    let mut view = ground::View::default();
    for item in &page.items {
        limits::tick();
        match &item.paint {
            Paint::Glyphs { x, y, run, span } => {
                let mark = (item.mark, words.len());
                let Some(mut word) = PaintedWord::new(*x, *y, run, *span, mark, &view) else {
                    continue;
                };
                seen.push(view.trouble(&word));
                word.cut(view.clip());
                words.push(word);
                view.words = words.len();
            }
            paint => view.paint(paint),
        }
    }
    (words, seen, view.grounds)
}

/// Words under what is painted later; the words are sorted.
fn covered(
    page: usize,
    order: &[&PaintedWord<'_>],
    grounds: &[Ground<'_>],
    found: &mut Vec<FoundWord>,
) {
    let high = |word: &&PaintedWord<'_>| word.quad.bottom() - word.quad.top();
    let highest = order.iter().map(high).fold(0.0, f64::max);
    for ground in grounds {
        limits::tick();
        let area = ground.bounds();
        // A word that begins higher up than the tallest one is high cannot reach down to it.
        let first = order.partition_point(|word| word.quad.top() < area.y - highest);
        let near = order[first..].iter().take_while(|word| word.quad.top() < area.bottom());
        for word in near.filter(|word| ground.covers(word)) {
            found.push(FoundWord::new(page, WordFault::Covered, word));
        }
    }
}

/// Words that stand upon others of the page; they are sorted.
fn overlaps(page: usize, order: &[&PaintedWord<'_>], found: &mut Vec<FoundWord>) {
    for (at, upper) in order.iter().enumerate() {
        let below = order[at + 1..].iter().take_while(|w| w.quad.top() < upper.quad.bottom());
        limits::tick();
        for lower in below {
            if let Some(depth) = Quad::overlap(&upper.quad, &lower.quad) {
                // What is painted later stands upon the other.
                let (under, over) =
                    if upper.order <= lower.order { (upper, lower) } else { (lower, upper) };
                let kind = WordFault::Overlap { depth, under: told::shown(under.text()) };
                found.push(FoundWord::new(page, kind, over));
            }
        }
    }
}

/// Letters of the boxes against letters of the pages. Pages have more, numbers and markers; if they
/// have less, something is gone.
fn lost(pages: &Pages, tree: &BoxTree, allowed: &[Check], sink: &mut Sink) {
    // Letters alone: spaces, hyphens and numbers change between boxes and pages.
    let letters = |text: &str| text.chars().filter(|c| is_letter(*c)).count();
    let content = |item: &crate::layout::PageItem| match (&item.paint, item.mark) {
        (Paint::Glyphs { run, .. }, Mark::Content { .. }) => letters(&run.text),
        _ => 0,
    };
    let painted: usize = pages.pages.iter().flat_map(|page| &page.items).map(content).sum();
    let mut wanted = 0;
    texts(&tree.root, &mut |text, _| wanted += letters(text));
    // Counting is cheap, and all but never fails; only then texts are looked for.
    if painted >= wanted {
        return;
    }
    // All pages in one, for a text may go on on the next page.
    let all: String = pages
        .pages
        .iter()
        .flat_map(|page| &page.items)
        .filter_map(|item| match &item.paint {
            Paint::Glyphs { run, .. } => Some(&*run.text),
            _ => None,
        })
        .flat_map(|text| text.chars().filter(|c| is_letter_or_digit(*c)))
        .collect();
    texts(&tree.root, &mut |text, span| {
        let bare: String = text.chars().filter(|c| is_letter_or_digit(*c)).collect();
        // Without spaces and hyphens, since lines may have broken the text anywhere.
        if !bare.is_empty() && !all.contains(&bare) {
            let message = say!("{shown} is on no page", shown = told::shown(text));
            let place = span.and_then(|span| tree.sources.place(span));
            let fault = Check::Lost.fault(message, allowed).about(text).at(place);
            sink.push(
                fault.hint(say!("this should not happen: please report it with the template")),
            );
        }
    });
}

/// Calls back for each text that is to be seen and read out.
fn texts(node: &BoxNode, each: &mut impl FnMut(&str, Option<crate::diag::Span>)) {
    // Ornament is not read out, so nobody misses its letters.
    if node.role == Role::Artifact {
        return;
    }
    match &node.content {
        Content::Blocks(all) | Content::Flex(all) => all.iter().for_each(|node| texts(node, each)),
        Content::Inline(items) => inline(items, each),
        Content::Table(table) => {
            table.caption.iter().for_each(|caption| texts(caption, each));
            let cells = table.rows().flat_map(|row| &row.cells);
            cells.for_each(|cell| texts(&cell.node, each));
        }
        Content::Image(_) => {}
    }
}

fn inline(items: &[Inline], each: &mut impl FnMut(&str, Option<crate::diag::Span>)) {
    // How deep inside of ornament.
    let (mut depth, mut ornament) = (0usize, None);
    for item in items {
        match item {
            Inline::Start(start) => {
                depth += 1;
                if start.role == Role::Artifact && ornament.is_none() {
                    ornament = Some(depth);
                }
            }
            Inline::End => {
                // Elements nest: only the end of the outermost ornament ends it.
                ornament = ornament.filter(|at| *at != depth);
                depth = depth.saturating_sub(1);
            }
            _ if ornament.is_some() => {}
            Inline::Text { text, style, span } if !style.text.hidden => each(text, *span),
            Inline::Atomic(node) | Inline::Footnote(node) | Inline::Positioned(node) => {
                texts(node, each);
            }
            _ => {}
        }
    }
}

/// Whether an item is ornament, which may lie under text.
fn is_ornament(mark: Mark) -> bool {
    matches!(mark, Mark::Artifact(Artifact::Layout | Artifact::Background))
}
