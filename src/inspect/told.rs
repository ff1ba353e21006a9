//! What was found, reported once for each text: which words, where, by how much, and what to do.

use super::Check;
use super::word::{PaintedWord, Side};
use crate::diag::{Message, Sink, Span, Value, say};
use crate::layout::{Artifact, Mark, Pages};

/// Points in a millimetre.
pub(super) const MM: f64 = 72.0 / 25.4;

/// What is wrong with a word.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum WordFault {
    /// By how many points it is beyond which edge of the paper.
    OffPage(Side, f64),
    /// By how many points it stands in another, and what that says.
    Overlap {
        depth: f64,
        under: String,
    },
    /// Letters stand upon each other, or words do.
    Crowded {
        letters: bool,
    },
    /// How many points are cut.
    Clipped(f64),
    Unseen,
    Covered,
    /// On a QR code.
    OnCode,
    /// How many points its letters have.
    Tiny(f64),
}

impl WordFault {
    fn check(&self) -> Check {
        match self {
            Self::OffPage(..) => Check::OffPage,
            Self::Overlap { .. } | Self::OnCode => Check::Overlap,
            Self::Crowded { .. } => Check::Crowded,
            Self::Clipped(_) => Check::Clipped,
            Self::Unseen => Check::Unseen,
            Self::Covered => Check::Covered,
            Self::Tiny(_) => Check::Tiny,
        }
    }

    fn depth(&self) -> f64 {
        match self {
            Self::OffPage(_, by) | Self::Clipped(by) | Self::Overlap { depth: by, .. } => *by,
            Self::Crowded { .. } | Self::Unseen | Self::Covered | Self::OnCode => 0.0,
            // The smallest is the worst.
            Self::Tiny(size) => -size,
        }
    }
}

/// A word with what is wrong with it.
#[derive(Debug)]
pub(super) struct FoundWord {
    page: usize,
    kind: WordFault,
    text: String,
    span: Option<Span>,
    /// It stands in a margin box.
    in_margin: bool,
}

impl FoundWord {
    pub(super) fn new(page: usize, kind: WordFault, word: &PaintedWord<'_>) -> Self {
        let in_margin = matches!(
            word.mark,
            Mark::Artifact(Artifact::Header | Artifact::Footer | Artifact::Side)
        );
        Self { page, kind, text: clean(word.text()), span: word.span, in_margin }
    }
}

/// A text without the marks of the typesetter.
fn clean(text: &str) -> String {
    // Soft hyphens are not what people wrote, and are not found by a search.
    text.replace('\u{ad}', "").trim().to_owned()
}

/// A text for a message: in quotes, its middle left out when it is long.
pub(super) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let text = clean(text);
    let count = text.chars().count();
    if count <= LONGEST {
        return format!("«{text}»");
    }
    // Beginning and end: people know their text by both.
    let head: String = text.chars().take(LONGEST / 2).collect();
    let tail: String = text.chars().skip(count - LONGEST / 3).collect();
    format!("«{} … {}»", head.trim_end(), tail.trim_start())
}

/// The words of one text that have the same fault on the same page.
fn grouped(found: &[FoundWord]) -> Vec<Vec<&FoundWord>> {
    let mut groups: Vec<Vec<&FoundWord>> = Vec::new();
    for one in found {
        let same = |group: &&mut Vec<&FoundWord>| {
            let first = group[0];
            let side = |kind: &WordFault| {
                if let WordFault::OffPage(side, _) = kind { Some(*side) } else { None }
            };
            (first.page, first.span, first.kind.check()) == (one.page, one.span, one.kind.check())
                && side(&first.kind) == side(&one.kind)
        };
        // A paragraph that runs off the page is one fault, not one for each of its words.
        match groups.iter_mut().find(same) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups
}

/// One fault for each text, page and kind.
pub(super) fn tell(found: &[FoundWord], pages: &Pages, allowed: &[Check], sink: &mut Sink) {
    for group in grouped(found) {
        // The deepest of them is named: what mends it mends the others.
        let Some(worst) = group.iter().max_by(|a, b| a.kind.depth().total_cmp(&b.kind.depth()))
        else {
            continue;
        };
        // A word may stand upon several others.
        let mut texts: Vec<&str> = group.iter().map(|one| one.text.as_str()).collect();
        texts.dedup();
        let text = texts.join(" ");
        let words = text.split_whitespace().count();
        let what = match words {
            1 => say!("{shown}", shown = shown(&text)),
            words => say!("{words} words, {shown},", words, shown = shown(&text)),
        };
        let page = worst.page + 1;
        let (message, hint) = said(&worst.kind, &what, words, page);
        let hint = if worst.in_margin { in_margin(&worst.kind).unwrap_or(hint) } else { hint };
        let place = worst.span.and_then(|span| pages.sources.place(span));
        sink.push(
            worst.kind.check().fault(message, allowed).about(&worst.text).at(place).hint(hint),
        );
    }
}

/// The advice for words of a margin box, which does not flow and does not shrink.
fn in_margin(kind: &WordFault) -> Option<Message> {
    match kind {
        WordFault::OffPage(..) => Some(say!(
            "shorten it, make it smaller (`font-size`), let it break (without `white-space: \
             nowrap`), or give the page a larger `margin`"
        )),
        WordFault::Overlap { .. } => Some(say!(
            "shorten one of the two, make it smaller (`font-size`), let it break (without \
             `white-space: nowrap`), or give the page a larger `margin`"
        )),
        _ => None,
    }
}

/// The message and the advice for some words: what is wrong with them, and on which page.
// Over 60 lines: a whole sentence for each fault, so that each can be translated.
fn said(kind: &WordFault, what: &Message, words: usize, page: usize) -> (Message, Message) {
    let mm = Value::decimal(kind.depth() / MM, 1);
    match kind {
        WordFault::OffPage(side, _) => {
            let edge = match side {
                Side::Left => say!("left"),
                Side::Top => say!("upper"),
                Side::Right => say!("right"),
                Side::Bottom => say!("lower"),
            };
            let hint = match side {
                Side::Left => {
                    say!(
                        "see to what takes it there: a negative `left`, `margin-left`, \
                         `text-indent` or `letter-spacing`, or a transformation"
                    )
                }
                Side::Right => {
                    say!(
                        "let it break (`overflow-wrap: break-word`, without `white-space: \
                         nowrap`), or make it shorter or smaller"
                    )
                }
                Side::Top | Side::Bottom => {
                    say!(
                        "shorten the text, make it smaller (`-itog-fit: shrink`), or do not take \
                     it out of the flow by `position`"
                    )
                }
            };
            let message = say!(
                "{what} {words:is|are} off the paper: {mm} mm over the {edge} edge of page {page}",
                what,
                words,
                mm,
                edge,
                page
            );
            (message, hint)
        }
        WordFault::Overlap { under, .. } => (
            say!(
                "{what} {words:is|are} printed over {under} on page {page}, {mm} mm deep",
                what,
                words,
                under,
                page,
                mm
            ),
            say!(
                "shorten the text, make it smaller (`-itog-fit: shrink`), or give the two more room"
            ),
        ),
        WordFault::Crowded { letters: true } => (
            say!("the letters of {what} stand upon each other on page {page}", what, page),
            say!("give `letter-spacing` a larger value, or the text more room"),
        ),
        WordFault::Crowded { letters: false } => (
            say!("{what} {words:is|are} printed without spaces on page {page}", what, words, page),
            say!("give `word-spacing` a larger value, or the text more room"),
        ),
        WordFault::Clipped(_) => (
            say!(
                "{what} {words:is|are} cut off at the edge of the box on page {page}; \
                 {mm} mm are missing",
                what,
                words,
                page,
                mm
            ),
            say!("make the box larger, or the text shorter or smaller (`-itog-fit: shrink`)"),
        ),
        WordFault::Unseen => (
            say!(
                "{what} {words:is|are} all but the colour of the background on page {page}: \
                 nobody can read {words:it|them}",
                what,
                words,
                page
            ),
            say!("give the text another `color` or `opacity`, or the box another `background`"),
        ),
        WordFault::Covered => (
            say!(
                "{what} {words:is|are} hidden behind a box or a picture on page {page}",
                what,
                words,
                page
            ),
            say!("give them more room, or put the box or the picture behind (`z-index: -1`)"),
        ),
        WordFault::OnCode => (
            say!(
                "{what} {words:is|are} printed over a QR code on page {page}, which nobody can \
                 read then",
                what,
                words,
                page
            ),
            say!("give the two places of their own"),
        ),
        WordFault::Tiny(size) => (
            say!(
                "{what} {words:is|are} only {size} pt high on page {page}: nobody can read \
                 {words:it|them}",
                what,
                words,
                size = Value::decimal(*size, 1),
                page
            ),
            say!(
                "make the text larger (`font-size`, `-itog-fit-min`) or take it out \
                 (`display: none`)"
            ),
        ),
    }
}
