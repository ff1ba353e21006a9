//! The text of a paragraph: white space collapsed (CSS Text 3, section 4.1), typography mended,
//! letters transformed.
//!
//! All three see the paragraph as a whole: a space at the end of `<b>…</b>` swallows the one after
//! it, and quotes are told to open or close by what stands on the other side of a tag.

use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::Arc;

use super::{Inline, english};
use crate::cache::Memo;
use crate::lang::ru::typography::typograph;
use crate::lang::ru::{is_letter, is_letter_or_digit};
use crate::style::{Computed, TextTransform};

/// Inline content as it was gathered, ready to be set.
pub(super) fn finish(items: Vec<Inline>) -> Vec<Inline> {
    // The order matters: typography asks for single spaces, and knows names by capitals that
    // `text-transform` would make everywhere.
    let mut items = collapse(items);
    mend(&mut items);
    transform(&mut items);
    items
}

/// Whether there is nothing but collapsible white space (and marks that take no room).
pub(super) fn is_blank(items: &[Inline]) -> bool {
    items.iter().all(|item| match item {
        Inline::Text { text, style, .. } => {
            style.text.white_space.collapses() && text.chars().all(is_space)
        }
        // An element with an id is a target, and must not vanish with its white space.
        Inline::Start(start) => start.id.is_none(),
        Inline::End => true,
        _ => false,
    })
}

/// The white space of CSS: no-break spaces are not.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c')
}

struct Collapser {
    out: Vec<Inline>,
    /// Nothing stands in the line yet.
    at_start: bool,
    /// The text in `out` that ends with the collapsible space that came last.
    space: Option<usize>,
}

fn collapse(items: Vec<Inline>) -> Vec<Inline> {
    let mut state = Collapser { out: Vec::with_capacity(items.len()), at_start: true, space: None };
    for item in items {
        match item {
            Inline::Text { text, style, span } if style.text.white_space.collapses() => {
                // `pre-line` collapses spaces but not lines.
                let keeps_lines = style.text.white_space.keeps_line_feeds();
                if !text.is_empty() && state.is_collapsed(&text) {
                    state.solid();
                    state.space = text.ends_with(' ').then_some(state.out.len());
                    state.out.push(Inline::Text { text, style, span });
                    continue;
                }
                for (i, line) in text.split(|c| keeps_lines && c == '\n').enumerate() {
                    if i > 0 {
                        state.end_line();
                        state.out.push(Inline::Break);
                    }
                    state.text(line, &style, span);
                }
            }
            Inline::Text { text, style, span } => state.preserved(&text, &style, span),
            Inline::Break => {
                state.end_line();
                state.out.push(Inline::Break);
            }
            // They stand in no place of their own in the line: white space runs through them.
            Inline::Start(_) | Inline::End | Inline::Positioned(_) => state.out.push(item),
            Inline::Leader(..)
            | Inline::Tab(_)
            | Inline::Atomic(_)
            | Inline::Field(..)
            | Inline::Footnote(_) => {
                state.solid();
                state.out.push(item);
            }
        }
    }
    state.end_line();
    // Taking the last space away may have left nothing of a text.
    state.out.retain(|item| !matches!(item, Inline::Text { text, .. } if text.is_empty()));
    state.out
}

impl Collapser {
    fn solid(&mut self) {
        self.at_start = false;
        self.space = None;
    }

    /// Takes away the space at the end of the line.
    fn end_line(&mut self) {
        if let Some(Inline::Text { text, .. }) =
            self.space.take().and_then(|at| self.out.get_mut(at))
        {
            *text = text.strip_suffix(' ').unwrap_or(text).into();
        }
        self.at_start = true;
    }

    /// Whether a text stands as it is: so do most of a template. A text of one space is left to
    /// the long way.
    fn is_collapsed(&self, text: &str) -> bool {
        let mut space = self.at_start || self.space.is_some();
        for byte in text.bytes() {
            match byte {
                b' ' if space => return false,
                b'\t' | b'\n' | b'\r' | b'\x0c' => return false,
                byte => space = byte == b' ',
            }
        }
        text != " "
    }

    fn text(&mut self, text: &str, style: &Arc<Computed>, span: Option<crate::diag::Span>) {
        let mut kept = String::with_capacity(text.len());
        for c in text.chars() {
            if !is_space(c) {
                kept.push(c);
                self.solid();
            // The first space of a run counts, and none at the start of a line.
            } else if !self.at_start && self.space.is_none() {
                kept.push(' ');
                self.space = Some(self.out.len());
            }
        }
        if !kept.is_empty() {
            self.out.push(Inline::Text { text: kept.into(), style: Arc::clone(style), span });
        }
    }

    fn preserved(&mut self, text: &str, style: &Arc<Computed>, span: Option<crate::diag::Span>) {
        let mut from = 0;
        // One character more than there is, so that the last stretch is written like the others.
        for (at, c) in text.char_indices().chain([(text.len(), '\0')]) {
            let special = match c {
                '\n' => Some(Inline::Break),
                '\t' => Some(Inline::Tab(Arc::clone(style))),
                // Line ends of Windows: the line feed after it counts.
                '\r' => None,
                _ if at == text.len() => None,
                _ => continue,
            };
            if from < at {
                self.solid();
                self.out.push(Inline::Text {
                    text: text[from..at].into(),
                    style: Arc::clone(style),
                    span,
                });
            }
            from = at + usize::from(at < text.len());
            if let Some(special) = special {
                self.solid();
                self.at_start = matches!(special, Inline::Break);
                self.out.push(special);
            }
        }
    }
}

/// What stands for things that are not text when typography looks at a paragraph.
const OBJECT: char = '\u{fffc}';

fn is_russian(style: &Computed) -> bool {
    let lang = &*style.text.lang;
    // Without a language a document counts as Russian, since these are Russian documents.
    lang.is_empty() || lang == "ru" || lang.starts_with("ru-")
}

fn is_english(style: &Computed) -> bool {
    let lang = &*style.text.lang;
    lang == "en" || lang.starts_with("en-")
}

/// How a text of this style is mended, if it is.
fn mending(style: &Computed) -> Option<fn(&str) -> Arc<str>> {
    let mends = style.text.typography && style.text.white_space.collapses();
    match mends {
        true if is_russian(style) => Some(russian),
        true if is_english(style) => Some(|text| english::mend(text).into()),
        _ => None,
    }
}

/// A text longer than this, in bytes, is not likely to come again.
const LONGEST: usize = 1000;

thread_local! {
    /// Texts mended before: those of a batch are mostly the same. Mending knows nothing but the
    /// text, so nobody can tell whether it was remembered.
    static MENDED: RefCell<Memo<Box<str>, Arc<str>>> = RefCell::default();
}

fn russian(text: &str) -> Arc<str> {
    if text.len() > LONGEST {
        return typograph(text).into();
    }
    if let Some(known) = MENDED.with_borrow_mut(|memo| memo.find(text)) {
        return known;
    }
    let mended: Arc<str> = typograph(text).into();
    MENDED.with_borrow_mut(|memo| memo.keep(text.into(), Arc::clone(&mended)));
    mended
}

/// Mends spaces, quotes and dashes in the whole paragraph, and gives each piece of text its share
/// of the result.
fn mend(items: &mut [Inline]) {
    // Of a paragraph in two languages the other one is as it was typed.
    let Some((language, typograph)) = items.iter().find_map(|item| match item {
        Inline::Text { style, .. } => Some((is_english(style), mending(style)?)),
        _ => None,
    }) else {
        return;
    };
    let mends = |style: &Computed| mending(style).is_some() && is_english(style) == language;
    let mut joined = String::new();
    let mut pieces = Vec::new();
    for (at, item) in items.iter().enumerate() {
        match item {
            Inline::Text { text, style, .. } if mends(style) => {
                pieces.push((at, joined.len()));
                joined.push_str(text);
            }
            Inline::Break => joined.push('\n'),
            Inline::Start(_) | Inline::End | Inline::Positioned(_) => {}
            // Text that is not to be mended is an object, too: what stands beside it sees a
            // neighbour, and not the end of the line.
            _ => joined.push(OBJECT),
        }
    }
    if pieces.is_empty() {
        return;
    }
    let mended = typograph(&joined);
    // Most paragraphs are right as they are.
    if *mended == *joined {
        return;
    }
    // A single text takes the result whole; nothing has to be shared out.
    if let [(at, _)] = pieces[..]
        && let Inline::Text { text, .. } = &mut items[at]
        && text.len() == joined.len()
    {
        *text = mended;
        return;
    }
    share(items, &pieces, &joined, &mended, typograph);
}

/// Gives each piece its share of the mended text.
fn share(
    items: &mut [Inline],
    pieces: &[(usize, usize)],
    joined: &str,
    mended: &str,
    typograph: fn(&str) -> Arc<str>,
) {
    let cuts: Vec<usize> =
        pieces.iter().flat_map(|&(at, start)| [start, start + items[at].text().len()]).collect();
    // If typography has moved an object, no share can be told: then each piece is mended by itself.
    let shares = if mended.matches(OBJECT).count() == joined.matches(OBJECT).count() {
        align(joined, mended, &cuts)
    } else {
        None
    };
    for (i, &(at, _)) in pieces.iter().enumerate() {
        if let Inline::Text { text, .. } = &mut items[at] {
            *text = match &shares {
                Some(shares) => mended[shares[2 * i]..shares[2 * i + 1]].into(),
                None => typograph(text),
            };
        }
    }
}

impl Inline {
    fn text(&self) -> &str {
        match self {
            Self::Text { text, .. } => text,
            _ => "",
        }
    }
}

/// What a character counts as when a text is held against its mended form: spaces, quotes and
/// dashes are each alike.
fn class(c: char) -> char {
    match c {
        ' ' | '\n' | '\u{a0}' | '\u{2009}' | '\u{202f}' => ' ',
        '"' | '«' | '»' | '„' | '“' | '”' | '\'' | '’' | '‘' => '"',
        '-' | '–' | '—' | '‑' | '−' => '-',
        c => c,
    }
}

/// Where the offsets `cuts` (ascending) of a text lie in its mended form, or nothing if the two
/// cannot be held together.
fn align(old: &str, new: &str, cuts: &[usize]) -> Option<Vec<usize>> {
    /// The longest stretch that may be put in or taken out at one place.
    const REACH: usize = 12;
    let olds: Vec<(usize, char)> = old.char_indices().map(|(at, c)| (at, class(c))).collect();
    let news: Vec<(usize, char)> = new.char_indices().map(|(at, c)| (at, class(c))).collect();
    let agree = |i: usize, j: usize| {
        // Three characters in a row agree by chance too seldom to matter; nearer to the end all
        // that are left must.
        let ahead = olds[i..].iter().zip(&news[j..]).take(3);
        ahead.clone().all(|(a, b)| a.1 == b.1)
            && (ahead.len() == 3 || olds.len() - i == news.len() - j)
    };
    let mut found = Vec::with_capacity(cuts.len());
    let mut cuts = cuts.iter().peekable();
    let (mut i, mut j) = (0, 0);
    loop {
        let at = olds.get(i).map_or(old.len(), |o| o.0);
        // What was put in at the very end belongs to the last piece.
        let to = if i < olds.len() { news.get(j).map_or(new.len(), |n| n.0) } else { new.len() };
        while cuts.next_if(|cut| **cut <= at).is_some() {
            found.push(to);
        }
        if i >= olds.len() {
            return Some(found);
        }
        if j < news.len() && olds[i].1 == news[j].1 {
            (i, j) = (i + 1, j + 1);
            continue;
        }
        // The shortest change first: most are one character for one or two.
        let mut steps = (1..=REACH).flat_map(|sum| (0..=sum).map(move |di| (di, sum - di)));
        let (di, dj) = steps.find(|(di, dj)| {
            i + di <= olds.len() && j + dj <= news.len() && agree(i + di, j + dj)
        })?;
        (i, j) = (i + di, j + dj);
    }
}

/// `text-transform`, after typography: it knows names by their capitals.
fn transform(items: &mut [Inline]) {
    let mut in_word = false;
    for item in items {
        let Inline::Text { text, style, .. } = item else {
            // A picture or a break ends a word, the edge of an element does not.
            in_word &= matches!(item, Inline::Start(_) | Inline::End | Inline::Positioned(_));
            continue;
        };
        if let Cow::Owned(changed) = transformed(text, style.text.text_transform, in_word) {
            *text = changed.into();
        }
        in_word = text.chars().next_back().is_some_and(continues_word);
    }
}

/// A text after `text-transform`; `in_word` is whether it goes on with a word.
pub(crate) fn transformed(text: &str, how: TextTransform, in_word: bool) -> Cow<'_, str> {
    match how {
        TextTransform::None => Cow::Borrowed(text),
        TextTransform::Uppercase => Cow::Owned(text.to_uppercase()),
        TextTransform::Lowercase => Cow::Owned(text.to_lowercase()),
        TextTransform::Capitalize => {
            let mut capitalized = String::with_capacity(text.len());
            let mut inside = in_word;
            for c in text.chars() {
                if is_letter(c) && !inside {
                    capitalized.extend(c.to_uppercase());
                } else {
                    capitalized.push(c);
                }
                inside = continues_word(c);
            }
            Cow::Owned(capitalized)
        }
    }
}

/// Whether a word goes on behind a character.
pub(crate) fn continues_word(c: char) -> bool {
    is_letter_or_digit(c) || matches!(c, '\'' | '’' | '\u{ad}')
}
