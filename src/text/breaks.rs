//! Where lines may end: the Unicode line breaking algorithm (UAX 14), some rules of our own, soft
//! hyphens, hyphenation, and cuts in words that are wider than a line.

use std::iter::Peekable;
use std::ops::Range;

use unicode_linebreak::linebreaks;

use super::prepare::{Atom, AtomKind, Font, LetterSums, Segment};
use super::protrusion;
use super::shape::{Shaper, WordCut};
use crate::lang::ru::is_letter;
use crate::limits;
use crate::style::{Hyphens, TextStyle, WrapStyle};

/// A place where a line may end and the next begin.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct BreakOpportunity {
    /// The atom that the next line begins with or in.
    pub(super) atom: usize,
    /// The byte of the segment's text at which the next line begins.
    pub(super) at: usize,
    pub(super) kind: StopKind,
    /// Where the line that ends here ends: without trailing spaces, with its hyphen.
    pub(super) end: f64,
    /// The same without the hyphen: it never shrinks from stop to stop.
    pub(super) bare_end: f64,
    /// Where the line that starts here starts.
    pub(super) start: f64,
    /// The width of stretchable spaces up to the end of the line that ends here.
    pub(super) end_spaces: f64,
    /// The same up to the start of the line that starts here.
    pub(super) start_spaces: f64,
    /// All letters before it.
    pub(super) letters: LetterSums,
    /// How far the line that ends here stands out at its end, which `end` leaves out.
    pub(super) out_end: f64,
    /// How far the line that starts here stands out at its start, which `start` leaves out.
    pub(super) out_start: f64,
    /// How many letters a hyphen here lacks to stand [`FAR`] from either end of the word.
    pub(super) near: u8,
}

/// Where patterns may hyphenate the words of a text that stands alone, but for short ones: a break
/// in those gives a line little, and whoever reads the text as characters finds each word in parts.
pub(super) fn hyphens_of_text(shaper: &Shaper, text: &str, lang: &str) -> Vec<usize> {
    let mut all = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if !c.is_whitespace() {
            start.get_or_insert(at);
        } else if let Some(word) = start.take().map(|start| start..at)
            && is_for_patterns(text, &word)
            && text[word.clone()].chars().filter(|c| is_letter(*c)).count() > SHORTEST
        {
            let own = shaper.pattern_breaks(lang, &text[word.clone()]);
            all.extend(own.iter().map(|at| word.start + at));
        }
    }
    all
}

/// Words shorter than this are not hyphenated, as in browsers: «го-да» saves nobody a line.
const SHORTEST: usize = 5;

/// Whether patterns may hyphenate the word of a text. Names of people are kept whole, as editors
/// ask for: words with a capital beside another one («Шульгу Н. Н.», «Белову Светлану»), if they
/// are not all capitals as in a heading.
fn is_for_patterns(text: &str, word: &Range<usize>) -> bool {
    let capital = |word: &str| {
        let mut letters = word.chars().filter(|c| is_letter(*c));
        letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase)
    };
    let own = &text[word.clone()];
    let before = text[..word.start].split_whitespace().next_back().unwrap_or_default();
    let after = text[word.end..].split_whitespace().next().unwrap_or_default();
    // «… форума. Участники …»: a full stop parts words, but for that of an initial.
    let ends = |word: &str| word.ends_with(['.', '!', '?', ':']) && word.chars().count() != 2;
    let is_name =
        capital(own) && (capital(before) && !ends(before) || capital(after) && !ends(own));
    !is_name
        && own.chars().filter(|c| is_letter(*c)).count() >= SHORTEST
        && !is_in_address(text, word)
}

/// Whether a word is a part of an address, where a hyphen would be read as the address's own:
/// «library.example.ru», «info@example.ru».
fn is_in_address(text: &str, word: &Range<usize>) -> bool {
    let before = text[..word.start].rsplit(char::is_whitespace).next().unwrap_or_default();
    let behind = text[word.end..].split(char::is_whitespace).next().unwrap_or_default();
    let whole = &text[word.start - before.len()..word.end + behind.len()];
    let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let dotted = |(at, _): (usize, &str)| {
        latin(whole[..at].chars().next_back())
            && whole[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic())
    };
    whole.contains('@') || whole.contains("://") || whole.match_indices('.').any(dotted)
}

/// The preferred minimum of letters between a hyphen and either end of its word.
const FAR: usize = 5;

/// Kinds of [`BreakOpportunity`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StopKind {
    /// Nothing is added.
    Plain,
    /// A hyphen is added.
    Hyphen,
    /// A word is cut because it is wider than any line.
    Emergency,
}

/// Which stops are wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct BreakFilter {
    /// Those of hyphenation patterns, where the style asks for them. Soft hyphens always count.
    pub(super) patterns: bool,
    /// Whether words that are wider than this are cut, where the style allows it.
    pub(super) cut_wider: Option<f64>,
    /// Whether lines have optical margins.
    pub(super) optical: bool,
}

/// The stops of a segment in order: the first is its start, the last its end.
pub(super) fn stops(
    shaper: &Shaper,
    segment: &Segment<'_>,
    block: &TextStyle,
    wanted: BreakFilter,
) -> Vec<BreakOpportunity> {
    let mut finder =
        BreakFinder { shaper, segment, block, stops: Vec::with_capacity(segment.atoms.len()) };
    finder.stops.push(finder.at_atom(0));
    let plain = linebreaks(&segment.text)
        .map(|(at, _)| at)
        // UAX 14 breaks at the end of the text, which is not a choice.
        .filter(|at| *at < segment.text.len() && follows_rules(&segment.text, *at));
    let mut plain = merged(plain, hyphens_of_word(&segment.text, block)).peekable();
    let mut soft = segment.soft_hyphens.iter().copied().peekable();
    let mut after_leader = false;
    for (i, atom) in segment.atoms.iter().enumerate() {
        limits::tick();
        match &atom.kind {
            // An edge that opens a box goes to the next line with what follows it; one that closes
            // stays.
            AtomKind::Edge { closes: true, .. } => continue,
            AtomKind::Leader { .. } => {
                finder.between(i, &mut plain);
                after_leader = true;
            }
            AtomKind::Word { span, font, shape } => {
                // The number that a leader leads to stays with it.
                if std::mem::take(&mut after_leader) {
                    while plain.next_if(|at| *at <= atom.text.start).is_some() {}
                }
                finder.between(i, &mut plain);
                finder.within(i, (*span, *font, shape), &mut plain, &mut soft, wanted);
            }
            _ => finder.between(i, &mut plain),
        }
    }
    finder.stops.push(finder.at_atom(segment.atoms.len()));
    if let Some(width) = wanted.cut_wider {
        finder.cut_wide(width);
    }
    if wanted.optical {
        finder.stand_out();
    }
    finder.stops
}

struct BreakFinder<'s, 'a> {
    shaper: &'s Shaper,
    segment: &'s Segment<'a>,
    block: &'s TextStyle,
    stops: Vec<BreakOpportunity>,
}

impl BreakFinder<'_, '_> {
    /// The stop before an atom.
    fn at_atom(&self, i: usize) -> BreakOpportunity {
        let atoms = &self.segment.atoms;
        let (start, start_spaces, letters, at) = match atoms.get(i) {
            Some(atom) => (atom.x, atom.spaces, atom.letters, atom.text.start),
            None => atoms.last().map_or((0.0, 0.0, LetterSums::default(), 0), |last| {
                let letters = match &last.kind {
                    AtomKind::Word { font, shape, .. } => {
                        last.letters.and(font.size, shape.letters(), last.width)
                    }
                    _ => last.letters,
                };
                (last.x + last.width, last.spaces, letters, self.segment.text.len())
            }),
        };
        let mut end = start;
        let mut end_spaces = start_spaces;
        // Back over what hangs or is not seen, up to the last solid thing: there the line before
        // ends.
        for atom in atoms[..i].iter().rev() {
            if atom.is_solid() {
                if let AtomKind::Word { .. } = atom.kind {
                    // Kerning with a space, and letter-space after the last letter, go with the
                    // space that the line ends at.
                    end -= atom.after
                        + self.segment.style(atom).map_or(0.0, |style| style.letter_spacing);
                }
                break;
            }
            if let AtomKind::Space { .. } = atom.kind {
                end -= atom.width;
                end_spaces = atom.spaces;
            }
        }
        BreakOpportunity {
            atom: i,
            at,
            kind: StopKind::Plain,
            end,
            bare_end: end,
            start,
            end_spaces,
            start_spaces,
            letters,
            out_end: 0.0,
            out_start: 0.0,
            near: 0,
        }
    }

    /// Adds the stop before an atom if there is an opportunity.
    fn between(&mut self, i: usize, plain: &mut Peekable<impl Iterator<Item = usize>>) {
        let atoms = &self.segment.atoms;
        let at = atoms[i].text.start;
        while plain.next_if(|p| *p < at).is_some() {}
        // Edges of elements are not content: a break lies between what stands on both sides of
        // them.
        let Some(before) =
            atoms[..i].iter().rev().find(|atom| !matches!(atom.kind, AtomKind::Edge { .. }))
        else {
            return;
        };
        if plain.next_if_eq(&at).is_none() {
            return;
        }
        let wraps = |atom: Option<&Atom>| {
            atom.and_then(|atom| self.segment.style(atom)).unwrap_or(self.block).white_space.wraps()
        };
        let next = atoms[i..].iter().find(|atom| !matches!(atom.kind, AtomKind::Edge { .. }));
        // The space belongs to the text before, so its `white-space` decides; between two words
        // both must allow the break (CSS Text 3, 5.1).
        if wraps(Some(before)) && (matches!(before.kind, AtomKind::Space { .. }) || wraps(next)) {
            self.stops.push(self.at_atom(i));
        }
    }

    /// Adds the stops inside a word.
    // Over 60 lines: breaks of a word from four sources, of which one may silence another.
    fn within(
        &mut self,
        i: usize,
        (span, font, shape): (usize, Font, &super::shape::ShapedWord),
        plain: &mut Peekable<impl Iterator<Item = usize>>,
        soft: &mut Peekable<impl Iterator<Item = usize>>,
        wanted: BreakFilter,
    ) {
        let atom = &self.segment.atoms[i];
        let style: &TextStyle = self.segment.spans[span].style;
        let word = &self.segment.text[atom.text.clone()];
        let mut cuts: Vec<(WordCut, StopKind)> = Vec::new();
        while let Some(at) = plain.next_if(|at| *at < atom.text.end) {
            cuts.push((
                self.shaper.cut(font.voice(style), word, shape, at - atom.text.start, false),
                StopKind::Plain,
            ));
        }
        let mut has_soft = false;
        while let Some(at) = soft.next_if(|at| *at <= atom.text.end) {
            if at > atom.text.start && at < atom.text.end && style.hyphens != Hyphens::None {
                has_soft = true;
                cuts.push((
                    self.shaper.cut(font.voice(style), word, shape, at - atom.text.start, true),
                    StopKind::Hyphen,
                ));
            }
        }
        // Soft hyphens say where a word may be cut; patterns keep out of it then (CSS Text 3,
        // section 6.1).
        if style.hyphens == Hyphens::Auto
            && wanted.patterns
            && !has_soft
            && is_for_patterns(&self.segment.text, &atom.text)
            && self.is_whole(atom)
        {
            cuts.extend(
                self.shaper
                    .hyphens(font.voice(style), word, shape)
                    .iter()
                    .map(|cut| (*cut, StopKind::Hyphen)),
            );
        }
        if !style.white_space.wraps() || cuts.is_empty() {
            return;
        }
        // A plain break wins over a hyphen at the same place: «Санкт-Петербург» needs no second
        // one.
        cuts.sort_by_key(|(cut, kind)| (cut.at, *kind == StopKind::Hyphen));
        cuts.dedup_by_key(|(cut, _)| cut.at);
        let word_of = WordOfStops { atom, i, font, style, clusters: shape.cluster_starts() };
        for (cut, kind) in cuts {
            let (head, tail) = word.split_at_checked(cut.at as usize).unwrap_or_default();
            let near = match kind {
                StopKind::Hyphen => lacks(head.chars().rev()) + lacks(tail.chars()),
                _ => 0,
            };
            self.stops.push(BreakOpportunity { near, ..word_of.stop(cut, kind) });
        }
    }

    /// Whether a word is not the continuation of letters in another style or face, nor continued
    /// so. Such words are not hyphenated.
    fn is_whole(&self, atom: &Atom) -> bool {
        let text = &self.segment.text;
        let letter = |c: Option<char>| c.is_some_and(is_letter);
        let (before, word, after) =
            (&text[..atom.text.start], &text[atom.text.clone()], &text[atom.text.end..]);
        !(letter(before.chars().next_back()) && letter(word.chars().next())
            || letter(after.chars().next()) && letter(word.chars().next_back()))
    }

    /// Adds stops between all letters of stretches that are wider than a line.
    fn cut_wide(&mut self, width: f64) {
        let stops = std::mem::take(&mut self.stops);
        for stop in stops {
            // Only stretches that fit no line are cut; a shorter word goes to the next line
            // whole.
            if let Some(last) = self.stops.last().filter(|last| stop.bare_end - last.start > width)
            {
                let (from, to) = (last.at, stop.at);
                for i in last.atom..stop.atom.saturating_add(1).min(self.segment.atoms.len()) {
                    self.cut_word(i, from, to);
                }
            }
            self.stops.push(stop);
        }
    }

    /// Lets what stands at the ends of lines stand out of them.
    fn stand_out(&mut self) {
        let mut stops = std::mem::take(&mut self.stops);
        for stop in &mut stops {
            stop.out_end = self.out_end(stop);
            stop.out_start = self.out_start(stop);
            stop.end -= stop.out_end;
            stop.bare_end -= stop.out_end;
            stop.start += stop.out_start;
        }
        self.stops = stops;
    }

    fn out_end(&self, stop: &BreakOpportunity) -> f64 {
        let atoms = &self.segment.atoms;
        let inside = atoms.get(stop.atom).filter(|atom| stop.at > atom.text.start);
        // An edge with a width keeps its distance, and nothing stands out through an object.
        let last = inside.or_else(|| {
            let rest = atoms[..stop.atom].iter().rev();
            rest.take_while(|atom| atom.width == 0.0 || !matches!(atom.kind, AtomKind::Edge { .. }))
                .find(|atom| atom.is_solid())
        });
        let Some((atom, AtomKind::Word { font, .. })) = last.map(|atom| (atom, &atom.kind)) else {
            return 0.0;
        };
        let c = match stop.kind {
            StopKind::Hyphen => Some(self.shaper.hyphen(font.face)),
            _ => self.segment.text[atom.text.start..stop.at.min(atom.text.end)].chars().next_back(),
        };
        c.map_or(0.0, |c| protrusion::at_end(c) * self.advance(*font, c))
    }

    fn out_start(&self, stop: &BreakOpportunity) -> f64 {
        let first = self.segment.atoms[stop.atom..]
            .iter()
            .find(|atom| atom.width != 0.0 || !matches!(atom.kind, AtomKind::Edge { .. }));
        let Some((atom, AtomKind::Word { font, .. })) = first.map(|atom| (atom, &atom.kind)) else {
            return 0.0;
        };
        let c = self.segment.text[stop.at.max(atom.text.start)..atom.text.end].chars().next();
        c.map_or(0.0, |c| protrusion::at_start(c) * self.advance(*font, c))
    }

    fn advance(&self, font: Font, c: char) -> f64 {
        let face = self.shaper.fonts().face(font.face);
        face.glyph(c).map_or(0.0, |glyph| face.advance(glyph) * font.scale)
    }

    fn cut_word(&mut self, i: usize, from: usize, to: usize) {
        let atom = &self.segment.atoms[i];
        let AtomKind::Word { span, font, shape } = &atom.kind else { return };
        let style: &TextStyle = self.segment.spans[*span].style;
        if !style.overflow_wrap || !style.white_space.wraps() {
            return;
        }
        let word = &self.segment.text[atom.text.clone()];
        if atom.text.start > from {
            let stop = BreakOpportunity { kind: StopKind::Emergency, ..self.at_atom(i) };
            self.stops.push(stop);
        }
        let word_of = WordOfStops { atom, i, font: *font, style, clusters: shape.cluster_starts() };
        let mut last = 0;
        for glyph in &shape.glyphs {
            let at = glyph.cluster as usize;
            let place = atom.text.start + at;
            // Never between letters of one cluster: a mark stays with its base.
            if at > last && place > from && place < to {
                let cut = self.shaper.cut(font.voice(style), word, shape, at, false);
                self.stops.push(word_of.stop(cut, StopKind::Emergency));
            }
            last = at;
        }
    }
}

/// How many letters a part of a word lacks to be long enough beside a hyphen. A part of a compound
/// counts as a word.
fn lacks(part: impl Iterator<Item = char>) -> u8 {
    FAR.saturating_sub(part.take_while(|c| *c != '-').take(FAR).count()) as u8
}

/// A word whose stops are looked for.
struct WordOfStops<'a> {
    atom: &'a Atom,
    i: usize,
    font: Font,
    style: &'a TextStyle,
    /// Where its clusters begin.
    clusters: Vec<u32>,
}

impl WordOfStops<'_> {
    fn stop(&self, cut: WordCut, kind: StopKind) -> BreakOpportunity {
        let Self { atom, font, style, .. } = self;
        let before = self.clusters.partition_point(|start| *start < cut.at);
        let place = |units: i32, gaps: usize| {
            atom.x + f64::from(units) * font.scale + style.letter_spacing * gaps as f64
        };
        let bare_end = place(cut.bare_end, before.saturating_sub(1));
        let hyphen = usize::from(kind == StopKind::Hyphen);
        BreakOpportunity {
            atom: self.i,
            at: atom.text.start + cut.at as usize,
            kind,
            end: place(cut.end, (before + hyphen).saturating_sub(1)),
            bare_end,
            start: place(cut.start, before),
            end_spaces: atom.spaces,
            start_spaces: atom.spaces,
            letters: atom.letters.and(font.size, before as f64, bare_end - atom.x),
            out_end: 0.0,
            out_start: 0.0,
            near: 0,
        }
    }
}

/// Our own rules about opportunities that UAX 14 gives: they take some away.
fn follows_rules(text: &str, at: usize) -> bool {
    let (head, tail) = (&text[..at], &text[at..]);
    let Some(last) = head.chars().next_back() else { return false };
    let around = |n: usize| {
        letters(head[..head.len() - last.len_utf8()].chars().rev(), n) && letters(tail.chars(), n)
    };
    match last {
        // «Санкт-Петербург», «из-за», but never «e-mail», «6-НК».
        '-' | '\u{2010}' => around(2) && !in_mail(head, tail),
        // «10–15» stays whole.
        '\u{2013}' => !tail.starts_with(|c: char| c.is_numeric()),
        // Addresses break after a slash, but for those that begin them; «км/ч» and «и/или» do not.
        '/' => around(3) || in_address(head) && !head.ends_with("://"),
        _ => true,
    }
}

/// Where lines may end inside of the web addresses of a text.
pub(super) fn breaks_of_addresses(text: &str) -> Vec<usize> {
    let inside = |at: &usize| {
        let (head, tail) = (&text[..*at], &text[*at..]);
        in_address(head)
            && !head.ends_with(char::is_whitespace)
            && !tail.starts_with(char::is_whitespace)
            && follows_rules(text, *at)
    };
    linebreaks(text).map(|(at, _)| at).filter(|at| *at < text.len()).filter(inside).collect()
}

/// The hyphens of a text behind which Word would end a line and we do not: «50-летие», «212-р»,
/// «e-mail». Numbers of telephones and addresses keep theirs, so that they can be searched for.
pub(super) fn kept_hyphens(text: &str) -> Vec<usize> {
    let kept = |at: &usize| {
        let (head, tail) = (&text[..*at], &text[*at + 1..]);
        let inside = head.ends_with(char::is_alphanumeric) && tail.starts_with(is_letter);
        let before = head.rsplit(char::is_whitespace).next().unwrap_or_default();
        let after = tail.split(char::is_whitespace).next().unwrap_or_default();
        let address = |part: &str| part.contains(['@', '/', '.', '_']);
        let plain = !address(before) && !address(after.trim_end_matches(['.', ',']));
        inside && plain && !follows_rules(text, *at + 1)
    };
    text.match_indices('-').map(|(at, _)| at).filter(kept).collect()
}

/// Where Word ends lines besides: after every hyphen within a word, be it of letters or figures.
fn hyphens_of_word(text: &str, block: &TextStyle) -> Vec<usize> {
    if block.wrap != WrapStyle::Stable {
        return Vec::new();
    }
    let inside = |at: &usize| {
        let (head, tail) = (&text[..*at - 1], &text[*at..]);
        head.ends_with(char::is_alphanumeric) && tail.starts_with(char::is_alphanumeric)
    };
    text.match_indices('-').map(|(at, _)| at + 1).filter(inside).collect()
}

/// Both of two rising rows as one.
fn merged(one: impl Iterator<Item = usize>, other: Vec<usize>) -> impl Iterator<Item = usize> {
    let (mut one, mut other) = (one.peekable(), other.into_iter().peekable());
    std::iter::from_fn(move || match (one.peek(), other.peek()) {
        (Some(a), Some(b)) if a == b => {
            one.next();
            other.next()
        }
        (Some(a), Some(b)) if a > b => other.next(),
        (None, _) => other.next(),
        _ => one.next(),
    })
}

/// Whether text begins with at least so many letters.
fn letters(mut text: impl Iterator<Item = char>, n: usize) -> bool {
    (0..n).all(|_| text.next().is_some_and(is_letter))
}

/// Whether the word that these two halves make is an address of mail, in which a hyphen at the end
/// of a line may be one of the address or not.
fn in_mail(head: &str, tail: &str) -> bool {
    let before = || head.rsplit(char::is_whitespace).next().unwrap_or_default();
    let after = || tail.split(char::is_whitespace).next().unwrap_or_default();
    before().contains('@') || after().contains('@')
}

/// Whether the word that ends here looks like a web address.
fn in_address(head: &str) -> bool {
    let word = head.rsplit(char::is_whitespace).next().unwrap_or("");
    word.contains("://") || word.contains("www.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_that_no_line_ends_behind_are_found() {
        let kept = |text: &str| kept_hyphens(text).len();
        assert_eq!(kept("к 50-летию, №\u{a0}212-р, 4-х классов и 6-НК"), 4);
        assert_eq!(kept("Санкт-Петербург, из-за, тел. 2-15-67, 2024-2026"), 0);
        assert_eq!(kept("a-b@example.ru, 8-б.example.org, https://a.ru/5-б"), 0);
    }

    #[test]
    fn addresses_break_behind_slashes() {
        let parts = |text: &str| {
            let places = breaks_of_addresses(text);
            places.iter().map(|at| text[*at..].to_owned()).collect::<Vec<_>>()
        };
        let text = "на сайте https://library.ru/news/1 до и/или после";
        assert_eq!(parts(text), ["news/1 до и/или после"]);
        assert!(parts("км/ч, info@library.ru, библиотека/музей").is_empty());
    }

    #[test]
    fn rules_take_bad_opportunities_away() {
        let split = |text: &str| {
            let mut out = String::new();
            let mut last = 0;
            for (at, _) in
                linebreaks(text).filter(|(at, _)| *at == text.len() || follows_rules(text, *at))
            {
                out += &text[last..at];
                out += if at == text.len() { "" } else { "|" };
                last = at;
            }
            out
        };
        for (text, expected) in [
            ("из-за Санкт-Петербурга", "из-|за |Санкт-|Петербурга"),
            ("e-mail и 6-НК", "e-mail |и |6-НК"),
            ("на dom-knigi@tayga-dk.ru", "на |dom-knigi@tayga-dk.ru"),
            ("10–15 человек", "10–15 |человек"),
            ("60 км/ч и/или", "60 |км/ч |и/или"),
            ("https://library.ru/news/1", "https://library.ru/|news/1"),
            ("«Год литературы»", "«Год |литературы»"),
            ("№\u{a0}11 г.\u{a0}Кемерово", "№\u{a0}11 |г.\u{a0}Кемерово"),
        ] {
            assert_eq!(split(text), expected);
        }
    }
}
