//! Items become atoms: shaped words, spaces, edges, objects, each with its place in the paragraph
//! set as one endless line.

use std::ops::Range;
use std::sync::Arc;

use super::chain::Chains;
use super::shape::{Manner, ShapedWord, Shaper, Voice};
use super::{Faults, InlineItem};
use crate::diag::{Diagnostic, say};
use crate::font::{Face, FaceId, GlyphId};
use crate::lang::ru::is_letter;
use crate::style::{Family, TextStyle, WhiteSpace};

/// How large synthesised small capitals are, as browsers make them.
const SMALL_CAPITAL: f64 = 0.7;

/// A paragraph's text between two forced breaks.
pub(super) struct Segment<'a> {
    /// The text of all items, one after the other, without soft hyphens. An object is U+FFFC, a
    /// tab U+0009.
    pub(super) text: String,
    pub(super) atoms: Vec<Atom>,
    pub(super) spans: Vec<ItemSpan<'a>>,
    /// Where soft hyphens were.
    pub(super) soft_hyphens: Vec<usize>,
    /// It ends with a forced break and not with the paragraph.
    pub(super) forced: bool,
}

/// What the atoms of one item share.
pub(super) struct ItemSpan<'a> {
    pub(super) style: &'a Arc<TextStyle>,
    pub(super) raise: f64,
    pub(super) tag: u32,
    /// The face that line height is reckoned with: the first that was asked for and is there.
    pub(super) primary: Option<FaceId>,
}

/// A piece of a paragraph that is measured as a whole.
pub(super) struct Atom {
    pub(super) kind: AtomKind,
    /// Its bytes in the segment's text.
    pub(super) text: Range<usize>,
    /// Where it starts if the segment is one line.
    pub(super) x: f64,
    /// Its width, with kerning to the space after a word and to the word after a space.
    pub(super) width: f64,
    /// The part of the width that is kerning with the space after it.
    pub(super) after: f64,
    /// The width of all stretchable spaces before it.
    pub(super) spaces: f64,
    /// All letters before it.
    pub(super) letters: LetterSums,
}

/// What of a text can give way besides its spaces, in points.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct LetterSums {
    /// The sizes of letters that letter-space may be put after.
    pub(super) sizes: f64,
    /// The widths of letters.
    pub(super) widths: f64,
}

impl LetterSums {
    /// With the first letters of a word, which are so wide.
    pub(super) fn and(self, size: f64, letters: f64, width: f64) -> Self {
        Self { sizes: self.sizes + size * letters, widths: self.widths + width }
    }
}

/// How far letters of a justified line may move and change, as shares.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct LetterGive {
    /// Of their size, apart or together.
    pub(super) spacing: f64,
    /// Of their width, wider or narrower.
    pub(super) scaling: f64,
}

impl LetterGive {
    pub(super) fn new(style: &TextStyle) -> Self {
        Self { spacing: style.letter_give, scaling: style.glyph_scaling }
    }

    /// By how much some letters can make a line longer.
    pub(super) fn of(self, letters: LetterSums) -> f64 {
        self.spacing * letters.sizes + self.scaling * letters.widths
    }

    /// A share of both.
    pub(super) fn share(self, share: f64) -> Self {
        Self { spacing: self.spacing * share, scaling: self.scaling * share }
    }
}

impl Atom {
    /// Whether a line may end with it; what is not solid hangs or has no width of its own.
    pub(super) fn is_solid(&self) -> bool {
        match &self.kind {
            AtomKind::Word { shape, .. } => !shape.glyphs.is_empty(),
            AtomKind::Space { hangs, .. } => !hangs,
            AtomKind::Edge { .. } => false,
            AtomKind::Object { .. } | AtomKind::Leader { .. } | AtomKind::Tab { .. } => true,
        }
    }
}

/// Kinds of [`Atom`].
pub(super) enum AtomKind {
    Word {
        span: usize,
        font: Font,
        shape: Arc<ShapedWord>,
    },
    /// In justified text it gives way in proportion to `stretch`, its width without kerning; it
    /// `hangs` out of a line's end, which a no-break space does not.
    Space {
        span: usize,
        font: Font,
        glyph: Option<GlyphId>,
        stretch: f64,
        hangs: bool,
    },
    Edge {
        tag: u32,
        closes: bool,
    },
    Object {
        tag: u32,
        ascent: f64,
        descent: f64,
    },
    Leader {
        span: usize,
        pattern: Arc<str>,
    },
    Tab {
        span: usize,
    },
}

/// A face at a size, in one manner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Font {
    pub(super) face: FaceId,
    pub(super) size: f64,
    pub(super) manner: Manner,
    /// Points per font unit.
    pub(super) scale: f64,
}

impl AtomKind {
    pub(super) fn span(&self) -> Option<usize> {
        match self {
            Self::Word { span, .. }
            | Self::Space { span, .. }
            | Self::Leader { span, .. }
            | Self::Tab { span } => Some(*span),
            Self::Edge { .. } | Self::Object { .. } => None,
        }
    }
}

impl Font {
    pub(super) fn voice<'a>(&self, style: &'a TextStyle) -> Voice<'a> {
        Voice { face: self.face, manner: self.manner, lang: &style.lang }
    }
}

/// Makes the segments of a paragraph. The last one may be empty only if there is no other.
// Over 60 lines: one arm for each kind of item.
pub(super) fn segments<'a>(
    shaper: &Shaper,
    chains: &Chains,
    items: &[InlineItem<'a>],
    faults: &mut dyn Faults,
) -> Vec<Segment<'a>> {
    let mut done = Vec::new();
    let mut current = Collector::new(shaper, chains, faults);
    let mut open_edges: Vec<u32> = Vec::new();
    for item in items {
        match item {
            InlineItem::Text { text, style, raise, tag } => {
                let mut lines = text.split(is_line_feed).peekable();
                while let Some(line) = lines.next() {
                    current.text(line, ItemSpan { style, raise: *raise, tag: *tag, primary: None });
                    if lines.peek().is_some() {
                        done.push(current.finish(true));
                    }
                }
            }
            InlineItem::Edge { width, tag } => {
                // The innermost open edge of this tag: the same element may come again after a
                // forced break.
                let closes = open_edges
                    .iter()
                    .rposition(|open| open == tag)
                    .map(|i| open_edges.remove(i))
                    .is_some();
                if !closes {
                    open_edges.push(*tag);
                }
                current.push(AtomKind::Edge { tag: *tag, closes }, 0, *width);
            }
            InlineItem::Object { width, ascent, descent, tag } => {
                current.segment.text.push('\u{FFFC}');
                current.push(
                    AtomKind::Object { tag: *tag, ascent: *ascent, descent: *descent },
                    // The bytes of U+FFFC in UTF-8.
                    3,
                    *width,
                );
            }
            InlineItem::Break => done.push(current.finish(true)),
            InlineItem::Leader { pattern, style, tag } => {
                let span = current.span(ItemSpan { style, raise: 0.0, tag: *tag, primary: None });
                current.segment.text.push('\u{FFFC}');
                current.push(AtomKind::Leader { span, pattern: Arc::from(*pattern) }, 3, 0.0);
            }
            InlineItem::Tab { style, tag } => {
                let span = current.span(ItemSpan { style, raise: 0.0, tag: *tag, primary: None });
                current.segment.text.push('\t');
                current.push(AtomKind::Tab { span }, 1, 0.0);
            }
        }
    }
    // A break at the very end begins no line.
    if !current.segment.atoms.is_empty() {
        done.push(current.finish(false));
    }
    done
}

struct Collector<'a, 't> {
    shaper: &'t Shaper,
    chains: &'t Chains,
    faults: &'t mut dyn Faults,
    segment: Segment<'a>,
    /// The space met last, its glyph and advance: nearly always the next one's too.
    last_space: Option<(FaceId, char, (Option<GlyphId>, f64))>,
}

impl<'a, 't> Collector<'a, 't> {
    fn new(shaper: &'t Shaper, chains: &'t Chains, faults: &'t mut dyn Faults) -> Self {
        Self { shaper, chains, faults, segment: Segment::new(), last_space: None }
    }

    fn finish(&mut self, forced: bool) -> Segment<'a> {
        let mut segment = std::mem::replace(&mut self.segment, Segment::new());
        segment.forced = forced;
        segment.place(self.shaper);
        segment
    }

    fn span(&mut self, mut span: ItemSpan<'a>) -> usize {
        span.primary = self.chains.get(self.shaper.fonts(), span.style).faces.first().copied();
        self.segment.spans.push(span);
        self.segment.spans.len() - 1
    }

    /// Adds an atom that stands for the last bytes of the text.
    fn push(&mut self, kind: AtomKind, bytes: usize, width: f64) {
        let end = self.segment.text.len();
        self.segment.atoms.push(Atom {
            kind,
            text: end - bytes..end,
            x: 0.0,
            width,
            after: 0.0,
            spaces: 0.0,
            letters: LetterSums::default(),
        });
    }

    // Over 60 lines: one pass over the letters, which ends words where the face changes.
    fn text(&mut self, text: &str, span: ItemSpan<'a>) {
        if text.is_empty() {
            return;
        }
        let style = span.style;
        let tag = span.tag;
        let chain = self.chains.get(self.shaper.fonts(), style);
        for fault in &chain.faults {
            self.faults.fault(tag, fault.clone());
        }
        let span = self.span(span);
        let mut word: Option<(Font, usize)> = None;
        let mut chars = text.char_indices().peekable();
        while let Some((i, c)) = chars.next() {
            // Taken out of the text, or words would be shaped in halves and found by no
            // hyphenation.
            if c == '\u{AD}' {
                self.segment.soft_hyphens.push(self.segment.text.len());
                continue;
            }
            if is_space(c) {
                self.word(span, word.take());
                self.space(span, &chain.faces, c);
                continue;
            }
            // They stay in the word for the line breaker and the shaper, and need no face that
            // has them.
            if is_invisible(c) {
                if word.is_none() {
                    word = chain.faces.first().map(|face| {
                        (self.font(style, *face, false, false), self.segment.text.len())
                    });
                }
                self.segment.text.push(c);
                continue;
            }
            let mut end = i + c.len_utf8();
            // A base and its marks must come from one face, or the mark stands beside it.
            while let Some((j, mark)) = chars.next_if(|(_, c)| is_mark(*c)) {
                end = j + mark.len_utf8();
            }
            let cluster = &text[i..end];
            // The usual case, without asking the whole chain: the letter before was in the first
            // face, and that has this one, too.
            let known = word.filter(|(font, _)| {
                !font.manner.capitals && !style.small_caps && end == i + c.len_utf8() && {
                    chain.faces.first() == Some(&font.face)
                        && self.shaper.fonts().face(font.face).covers(c)
                }
            });
            let font = match known {
                Some((font, _)) => Some(font),
                None => self.choose(
                    style,
                    &chain.faces,
                    c,
                    cluster,
                    || missing(self.shaper, &chain.faces, c, text, i),
                    tag,
                ),
            };
            if word.map(|(font, _)| font) != font {
                self.word(span, word.take());
                word = font.map(|font| (font, self.segment.text.len()));
            }
            self.segment.text.push_str(cluster);
        }
        self.word(span, word.take());
    }

    /// The font for a base with its marks: of the first face in the chain that shows them.
    fn choose(
        &mut self,
        style: &TextStyle,
        chain: &[FaceId],
        c: char,
        cluster: &str,
        fault: impl FnOnce() -> Diagnostic,
        tag: u32,
    ) -> Option<Font> {
        let fonts = self.shaper.fonts();
        let marked = cluster.len() > c.len_utf8();
        let covers = |face: FaceId, c: char| {
            let face = fonts.face(face);
            // Hyphens that a face lacks are shown by its hyphen-minus; another face only for
            // them would look foreign.
            face.covers(c) || matches!(c, '\u{2010}' | '\u{2011}') && face.covers('-')
        };
        let shows = |face: &&FaceId| {
            let small = !style.small_caps
                || c.to_uppercase().all(|c| covers(**face, c))
                || self.shaper.has_small_capital(**face, c);
            small && if marked { self.shaper.shows(**face, cluster) } else { covers(**face, c) }
        };
        let face = match chain.iter().find(shows) {
            Some(face) => *face,
            None => {
                self.faults.fault(tag, fault());
                // The first face shows its sign for what is missing, and the line keeps its
                // width.
                *chain.first()?
            }
        };
        if is_right_to_left(c) {
            self.faults.fault(tag, turned(c));
        }
        if chain.first() != Some(&face)
            && is_letter(c)
            && let Some(fault) = coverage(self.shaper, chain, face, c, style)
        {
            self.faults.fault(tag, fault);
        }
        let own = style.small_caps && self.shaper.has_small_capital(face, c);
        let made = style.small_caps && !own && c.is_lowercase();
        Some(self.font(style, face, own, made))
    }

    fn font(&self, style: &TextStyle, face: FaceId, small_caps: bool, capitals: bool) -> Font {
        let size = if capitals { style.font_size * SMALL_CAPITAL } else { style.font_size };
        let scale = size / self.shaper.fonts().face(face).metrics.units_per_em;
        Font {
            face,
            size,
            manner: Manner {
                small_caps,
                capitals,
                // Spaced letters must not be joined by a ligature (CSS Text 3, 8.2).
                ligatures: style.letter_spacing == 0.0,
                features: style.features,
            },
            scale,
        }
    }

    /// Adds the word that reaches to the end of the text.
    fn word(&mut self, span: usize, word: Option<(Font, usize)>) {
        let Some((font, start)) = word else { return };
        let text = &self.segment.text[start..];
        let style = self.segment.spans[span].style;
        let shape = self.shaper.shape(font.voice(style), text);
        let width = f64::from(shape.width) * font.scale + letter_spacing(style, &shape);
        let bytes = text.len();
        self.push(AtomKind::Word { span, font, shape }, bytes, width);
    }

    fn space(&mut self, span: usize, chain: &[FaceId], c: char) {
        // A tab or carriage return that got here was not to be kept.
        let c = if c.is_control() { ' ' } else { c };
        let style = self.segment.spans[span].style;
        self.segment.text.push(c);
        let fonts = self.shaper.fonts();
        let Some(face) =
            chain.iter().find(|face| fonts.face(**face).covers(' ')).or(chain.first()).copied()
        else {
            return;
        };
        let font = self.font(style, face, false, false);
        let (glyph, advance) = match self.last_space {
            Some((same, space, measured)) if same == face && space == c => measured,
            _ => space_glyph(fonts.face(face), c),
        };
        self.last_space = Some((face, c, (glyph, advance)));
        // Spaces that are kept as typed need give no room (CSS Text 3, 6.4): that after the number
        // of a point is as wide in every line.
        let stretches = matches!(c, ' ' | '\u{A0}') && style.white_space != WhiteSpace::Pre;
        let hangs = !matches!(c, '\u{A0}' | '\u{2007}' | '\u{202F}');
        let extra = style.letter_spacing + if stretches { style.word_spacing } else { 0.0 };
        let width = advance * font.scale + extra;
        let stretch = if stretches { width.max(0.0) } else { 0.0 };
        self.push(AtomKind::Space { span, font, glyph, stretch, hangs }, c.len_utf8(), width);
    }
}

impl Segment<'_> {
    fn new() -> Self {
        Self {
            text: String::new(),
            atoms: Vec::new(),
            spans: Vec::new(),
            soft_hyphens: Vec::new(),
            forced: false,
        }
    }

    /// Kerns words with the spaces beside them, and where an element begins or ends within a word,
    /// and gives every atom its place.
    fn place(&mut self, shaper: &Shaper) {
        // Words are shaped by themselves, so that each is shaped once; what happens between two
        // of them is added here.
        for i in 1..self.atoms.len() {
            let (head, tail) = self.atoms.split_at_mut(i);
            let (Some(left), Some(right)) = (head.last_mut(), tail.first()) else { continue };
            match (&left.kind, &right.kind) {
                (
                    AtomKind::Word { span: a, font, shape },
                    AtomKind::Space { span: b, font: other, .. },
                ) if a == b && font == other && self.text[right.text.clone()] == *" " => {
                    left.after = f64::from(shape.after) * font.scale;
                    left.width += left.after;
                }
                (
                    AtomKind::Space { span: a, font, .. },
                    AtomKind::Word { span: b, font: other, shape },
                ) if a == b && font == other && self.text[left.text.clone()] == *" " => {
                    left.width += f64::from(shape.before) * font.scale;
                }
                (
                    AtomKind::Word { span: a, font, .. },
                    AtomKind::Word { span: b, font: other, .. },
                ) if font == other && self.spans[*a].raise == self.spans[*b].raise => {
                    let ends = (
                        self.text[left.text.clone()].chars().next_back(),
                        self.text[right.text.clone()].chars().next(),
                    );
                    if let (Some(last), Some(first)) = ends {
                        let kerning = shaper.kerning(font.voice(self.spans[*a].style), last, first);
                        left.after = f64::from(kerning) * font.scale;
                        left.width += left.after;
                    }
                }
                _ => {}
            }
        }
        // Running sums: the width of any line is a difference of two of them.
        let (mut x, mut spaces, mut letters) = (0.0, 0.0, LetterSums::default());
        for atom in &mut self.atoms {
            (atom.x, atom.spaces, atom.letters) = (x, spaces, letters);
            x += atom.width;
            match &atom.kind {
                AtomKind::Space { stretch, .. } => spaces += stretch,
                AtomKind::Word { font, shape, .. } => {
                    letters = letters.and(font.size, shape.letters(), atom.width);
                }
                _ => {}
            }
        }
    }

    /// The style that an atom is set in.
    pub(super) fn style(&self, atom: &Atom) -> Option<&TextStyle> {
        atom.kind.span().map(|span| &**self.spans[span].style)
    }
}

/// The letter-spacing that a word gets in all: after every cluster, as browsers do.
fn letter_spacing(style: &TextStyle, shape: &ShapedWord) -> f64 {
    if style.letter_spacing == 0.0 { 0.0 } else { style.letter_spacing * shape.clusters() as f64 }
}

/// The glyph of a space and its advance in font units. What a face lacks is made of its space, with
/// the width that Unicode gives the character (chapter 6.2, table 6-2).
fn space_glyph(face: &Face, c: char) -> (Option<GlyphId>, f64) {
    let em = face.metrics.units_per_em;
    let own = |c: char| match c {
        ' ' | '\u{A0}' => face.space(c == ' '),
        c => face.glyph(c).map(|glyph| (glyph, face.advance(glyph))),
    };
    // A quarter of an em where the face has none, as wide as it is in most faces.
    let space = own(' ').map_or((None, em / 4.0), |(glyph, advance)| (Some(glyph), advance));
    if let Some((glyph, advance)) = own(c) {
        return (Some(glyph), advance);
    }
    match c {
        ' ' | '\u{A0}' => space,
        '\u{2007}' => (space.0, own('0').map_or(em / 2.0, |digit| digit.1)),
        '\u{2008}' => (space.0, own('.').map_or(em / 4.0, |point| point.1)),
        c => (space.0, em * fixed_width(c)),
    }
}

/// LetterSums of a script that the face asked for lacks, reported once for each script.
fn coverage(
    shaper: &Shaper,
    chain: &[FaceId],
    used: FaceId,
    c: char,
    style: &TextStyle,
) -> Option<Diagnostic> {
    let fonts = shaper.fonts();
    let first = fonts.face(*chain.first()?);
    let used = fonts.face(used);
    // A list of families may well begin with one that has only some letters.
    let listed = style.font_family.iter().any(|family| match family {
        Family::Named(name) => name.eq_ignore_ascii_case(&used.family),
        _ => false,
    });
    if listed || used.family == first.family || first.is_partial() {
        return None;
    }
    let letters = match c {
        // The block of Cyrillic, U+0400 to U+04FF.
        'Ѐ'..='ӿ' => say!("Cyrillic letters"),
        _ if c.is_ascii() => say!("Latin letters"),
        _ => return None,
    };
    let example = if c.is_ascii() { "AZaz" } else { "АЯая" };
    let all = example.chars().all(|c| !first.covers(c));
    let lacks = if all { letters } else { say!("letter «{c}»", c) };
    let message = say!(
        "the font `{family}` has no {lacks}: {used} is used",
        family = first.family,
        lacks,
        used = used.family
    );
    let fault = Diagnostic::warning("font-coverage", message);
    Some(
        fault.hint(say!("take a font that has them, or name the second one in `font-family`, too")),
    )
}

fn missing(shaper: &Shaper, chain: &[FaceId], c: char, text: &str, at: usize) -> Diagnostic {
    // So much of the line as leads to the place.
    let before: String =
        text[..at].chars().rev().take(20).collect::<Vec<_>>().into_iter().rev().collect();
    let after: String = text[at..].chars().take(20).collect();
    let mut tried: Vec<&str> = Vec::new();
    for face in chain {
        let family = shaper.fonts().face(*face).family.as_str();
        if !tried.contains(&family) {
            tried.push(family);
        }
    }
    let message = say!(
        "no face has the character «{c}» (U+{code}) in “{before}{after}”",
        c,
        code = format!("{:04X}", u32::from(c)),
        before,
        after
    );
    let fault = Diagnostic::error("missing-glyph", message).about(c);
    let fault =
        if tried.is_empty() { fault } else { fault.hint(say!("faces tried: {tried}", tried)) };
    fault.hint(say!("replace the character, or add a face that has it with `@font-face`"))
}

fn turned(c: char) -> Diagnostic {
    let message =
        say!("Hebrew and Arabic are set from left to right: several words stand in a wrong order");
    Diagnostic::warning("text-direction", message)
        .about(c)
        .hint(say!("put a picture of the text in its place"))
}

/// LetterSums of the scripts that are written from right to left.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}')
}

/// Line feeds that reach this stage break the line; `Item::Break` is the usual form.
fn is_line_feed(c: char) -> bool {
    matches!(c, '\n' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\r' | '\u{A0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}'
    )
}

/// Characters that steer other characters and print nothing.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{34F}'
                | '\u{61C}'
                | '\u{180E}'
                | '\u{200B}'..='\u{200F}'
                | '\u{202A}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{FE00}'..='\u{FE0F}'
                | '\u{FEFF}'
                | '\u{E0000}'..='\u{E0FFF}'
        )
}

/// Combining marks of the scripts that bundled faces serve, and those for symbols.
fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36F}'
            | '\u{483}'..='\u{489}'
            | '\u{1AB0}'..='\u{1AFF}'
            | '\u{1DC0}'..='\u{1DFF}'
            | '\u{20D0}'..='\u{20FF}'
            | '\u{2DE0}'..='\u{2DFF}'
            | '\u{A66F}'..='\u{A67D}'
            | '\u{FE20}'..='\u{FE2F}'
    )
}

/// The width of a fixed space in ems.
fn fixed_width(c: char) -> f64 {
    // As the Unicode Standard has them (6.2, table 6-2).
    match c {
        '\u{2001}' | '\u{2003}' | '\u{3000}' => 1.0,
        '\u{2000}' | '\u{2002}' => 0.5,
        '\u{2004}' => 1.0 / 3.0,
        '\u{2006}' => 1.0 / 6.0,
        '\u{2009}' | '\u{202F}' => 0.2,
        '\u{200A}' => 0.1,
        '\u{205F}' => 4.0 / 18.0,
        _ => 0.25,
    }
}
