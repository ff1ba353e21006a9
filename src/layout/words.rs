//! Words at the ends of lines. Lines are trimmed when they are broken, but for assistive technology
//! a line's last word and the next line's first are one unless a space stands between them (ISO
//! 32000-1, 14.8.2.5). A word that was hyphenated is given in full where it begins, for readers
//! that do not join its parts.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::{Mark, Page, Paint, Role, Tag};
use crate::text::{Glyph, GlyphRun};

/// What is to be said of an item beyond what its glyphs stand for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ends {
    /// Whether a space is to follow it.
    pub(crate) space: bool,
    /// How many bytes of its text, from its start, are the rest of a word that was said before.
    pub(crate) head: usize,
    /// Where in its text a word starts that goes on in the next line, and the whole word.
    pub(crate) tail: Option<(usize, Arc<str>)>,
}

impl Ends {
    /// Whether no word goes on into another line, and no space is missing.
    pub(crate) fn is_plain(&self) -> bool {
        !self.space && self.head == 0 && self.tail.is_none()
    }
}

/// For each item of each page: how it begins and ends.
pub(crate) fn ends(pages: &[Page], tags: &[Tag]) -> Vec<Vec<Ends>> {
    let blocks = blocks(tags);
    let mut ends: Vec<Vec<Ends>> =
        pages.iter().map(|page| vec![Ends::default(); page.items.len()]).collect();
    // By block: the last run so far, with its baseline.
    let mut last: Vec<Option<(usize, usize, f64)>> = vec![None; tags.len()];
    for (p, page) in pages.iter().enumerate() {
        for (i, item) in page.items.iter().enumerate() {
            let (Mark::Content { tag, .. }, Paint::Glyphs { y, run, .. }) =
                (item.mark, &item.paint)
            else {
                continue;
            };
            let Some(&block) = blocks.get(tag.0 as usize) else { continue };
            if let Some((before_page, before, baseline)) = last[block] {
                let Paint::Glyphs { run: ended, .. } = &pages[before_page].items[before].paint
                else {
                    continue;
                };
                // A raised or lowered piece of a line is not a new line.
                let new_line =
                    before_page != p || (baseline - y).abs() > 0.6 * run.size.max(ended.size);
                let first = &mut ends[before_page][before];
                first.space = new_line
                    && ends_word(&ended.text)
                    && !run.text.starts_with(char::is_whitespace);
                if let Some((start, word)) =
                    hyphenated(ended, run).filter(|(start, _)| new_line && *start >= first.head)
                {
                    first.tail = Some((start, word));
                    ends[p][i].head = first_word(&run.text).len();
                }
            }
            last[block] = Some((p, i, *y));
        }
    }
    ends
}

/// The word that one line begins, to be hyphenated, and the next one ends: where it starts in the
/// first of them, and all of it.
fn hyphenated(ended: &GlyphRun, begun: &GlyphRun) -> Option<(usize, Arc<str>)> {
    let start = ended.text.strip_suffix('\u{AD}')?.rfind(char::is_whitespace);
    let start =
        start.map_or(0, |at| at + ended.text[at..].chars().next().map_or(1, char::len_utf8));
    let parts = [&ended.text[start..], first_word(&begun.text)];
    // A hyphen beside a sign alone joins no word.
    let whole = parts.iter().all(|part| part.contains(char::is_alphanumeric));
    let word: String =
        parts.iter().flat_map(|part| part.chars()).filter(|c| *c != '\u{AD}').collect();
    (whole && can_cut(ended, start) && can_cut(begun, parts[1].len())).then(|| (start, word.into()))
}

/// Whether a run falls into two at a byte of its text.
fn can_cut(run: &GlyphRun, at: usize) -> bool {
    let edge = at == 0
        || at == run.text.len()
        || run.glyphs.iter().any(|glyph| glyph.cluster as usize == at);
    // Text from right to left has its glyphs the other way round, and is never cut.
    edge && run.glyphs.is_sorted_by_key(|glyph| glyph.cluster)
}

/// What stands before the first space.
fn first_word(text: &str) -> &str {
    text.split(char::is_whitespace).next().unwrap_or_default()
}

/// A part of a run.
pub(crate) struct RunPiece<'a> {
    pub(crate) run: Cow<'a, GlyphRun>,
    /// What it is to be read as instead of what its glyphs stand for.
    pub(crate) instead: Option<Arc<str>>,
    /// Whether a space is to follow it.
    pub(crate) space: bool,
}

/// Cuts a run into words and spaces, each read as what it is: letters set so far apart are words of
/// their own to readers that go by distance.
pub(crate) fn spaced(run: &GlyphRun) -> Vec<RunPiece<'_>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut space = None;
    for (at, c) in run.text.char_indices() {
        match ranges.last_mut() {
            Some(last) if space == Some(c.is_whitespace()) || !can_cut(run, at) => {
                last.end = at + c.len_utf8()
            }
            _ => ranges.push(at..at + c.len_utf8()),
        }
        space = Some(c.is_whitespace());
    }
    let said = |range: &Range<usize>| {
        Some(run.text[range.clone()].trim_end()).filter(|word| !word.is_empty()).map(Arc::from)
    };
    ranges
        .into_iter()
        .map(|range| RunPiece {
            instead: said(&range),
            run: Cow::Owned(cut(run, range)),
            space: false,
        })
        .collect()
}

/// Cuts the parts of hyphenated words off a run: the first part is read as the whole word, the
/// second as nothing.
pub(crate) fn pieces<'a>(run: &'a GlyphRun, ends: &Ends) -> Vec<RunPiece<'a>> {
    if ends.head == 0 && ends.tail.is_none() {
        return vec![RunPiece { run: Cow::Borrowed(run), instead: None, space: ends.space }];
    }
    let head = Some(ends.head).filter(|head| *head > 0);
    let tail = ends.tail.as_ref();
    let (from, to) = (head.unwrap_or(0), tail.map_or(run.text.len(), |(start, _)| *start));
    let parts = [
        (0..from, head.map(|_| Arc::from(""))),
        (from..to, None),
        (to..run.text.len(), tail.map(|(_, word)| Arc::clone(word))),
    ];
    let filled = parts.into_iter().filter(|(range, _)| !range.is_empty());
    filled
        .map(|(range, instead)| RunPiece {
            space: ends.space && range.end == run.text.len(),
            run: Cow::Owned(cut(run, range)),
            instead,
        })
        .collect()
}

/// The part of a run whose text is in a range.
fn cut(run: &GlyphRun, range: Range<usize>) -> GlyphRun {
    let inside = run.glyphs.iter().filter(|glyph| range.contains(&(glyph.cluster as usize)));
    let glyphs = inside
        .map(|glyph| Glyph { cluster: glyph.cluster - range.start as u32, ..*glyph })
        .collect();
    GlyphRun { text: run.text[range].into(), glyphs, ..run.clone() }
}

/// Whether a line that ends so was broken at a space: not at a hyphen or slash inside a word.
fn ends_word(text: &str) -> bool {
    let mut chars = text.chars().rev();
    match chars.next() {
        None | Some('\u{AD}') => false,
        Some(c) if c.is_whitespace() => false,
        // A dash with a space before it stands between words; one without joins two.
        Some('-' | '\u{2010}'..='\u{2015}' | '/') => chars.next().is_some_and(char::is_whitespace),
        Some(_) => true,
    }
}

/// For each tag the tag of the paragraph, cell or the like that it is in.
pub(crate) fn blocks(tags: &[Tag]) -> Vec<usize> {
    let inline = |role| {
        matches!(
            role,
            Role::Span
                | Role::Strong
                | Role::Emphasis
                | Role::Code
                | Role::Link
                | Role::Quote
                | Role::None
        )
    };
    let mut blocks: Vec<usize> = Vec::with_capacity(tags.len());
    for (i, tag) in tags.iter().enumerate() {
        let parent = tag.parent.map(|p| p.0 as usize).filter(|p| *p < i && inline(tag.role));
        blocks.push(parent.map_or(i, |p| blocks[p]));
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::FaceId;
    use crate::style::Color;

    #[test]
    fn a_line_is_broken_at_a_space_or_within_a_word() {
        for whole in ["слово", "слово,", "«слово»", "слово —", "слово\u{A0}—"]
        {
            assert!(ends_word(whole), "{whole}");
        }
        for part in ["сло\u{AD}", "научно-", "и/", "14–", "слово ", ""] {
            assert!(!ends_word(part), "{part}");
        }
    }

    fn run(text: &str) -> GlyphRun {
        let glyph = |at: usize| Glyph { id: 1, advance: 5.0, dx: 0.0, dy: 0.0, cluster: at as u32 };
        let glyphs = text.char_indices().map(|(at, _)| glyph(at)).collect();
        GlyphRun {
            face: FaceId(0),
            size: 10.0,
            color: Color::BLACK,
            synthesis: Default::default(),
            scaling: 1.0,
            text: text.into(),
            glyphs,
        }
    }

    fn read(run: &GlyphRun, ends: &Ends) -> String {
        pieces(run, ends)
            .iter()
            .map(|piece| piece.instead.as_deref().unwrap_or(&piece.run.text).to_owned())
            .collect()
    }

    #[test]
    fn a_hyphenated_word_is_read_where_it_begins() {
        let (one, two) = (run("первое сло\u{AD}"), run("во, и второе"));
        let (start, word) = hyphenated(&one, &two).unwrap();
        assert_eq!(&*word, "слово,");
        assert_eq!(
            read(&one, &Ends { tail: Some((start, word)), ..Ends::default() }),
            "первое слово,"
        );
        let rest = Ends { head: first_word(&two.text).len(), ..Ends::default() };
        assert_eq!(read(&two, &rest), " и второе");
        let widths: f64 = pieces(&two, &rest).iter().map(|piece| piece.run.width()).sum();
        assert!((widths - two.width()).abs() < 1e-9);
    }

    #[test]
    fn what_is_no_word_or_cannot_be_cut_is_left_alone() {
        assert!(hyphenated(&run("первое слово"), &run("и второе")).is_none());
        assert!(hyphenated(&run("сло\u{AD}"), &run(" во")).is_none());
        let mut backwards = run("во, и");
        backwards.glyphs = backwards.glyphs.iter().rev().copied().collect();
        assert!(hyphenated(&run("сло\u{AD}"), &backwards).is_none());
        let mut ligature = run("сло\u{AD}");
        ligature.glyphs = ligature.glyphs[..1].into();
        assert!(hyphenated(&ligature, &run("во")).is_some());
        ligature.text = "и сло\u{AD}".into();
        assert!(hyphenated(&ligature, &run("во")).is_none());
    }

    #[test]
    fn spaced_letters_are_read_as_words() {
        let run = run("БЛАГО ДАР ");
        let read: Vec<_> = spaced(&run)
            .iter()
            .map(|piece| (piece.run.text.to_string(), piece.instead.as_deref().map(str::to_owned)))
            .collect();
        let word = |text: &str| (text.to_owned(), Some(text.to_owned()));
        assert_eq!(read, [word("БЛАГО"), (" ".into(), None), word("ДАР"), (" ".into(), None)]);
    }
}
