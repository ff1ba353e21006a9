//! Lines from chosen stops: glyphs with exact places, spaces stretched, lines aligned, heights
//! reckoned.

use std::sync::Arc;

use super::breaks::{BreakOpportunity, StopKind};
use super::costs::letters_part;
use super::fit::{SLIP, TabStops, tab_advance};
use super::metrics::{LineExtent, LineRule, line_extent};
use super::prepare::{Atom, AtomKind, Font, ItemSpan, LetterGive, LetterSums, Segment};
use super::shape::{Manner, ShapedGlyph, ShapedWord, Shaper, Voice};
use super::{Glyph, GlyphRun, Line, Piece, Synthesis};
use crate::font::FaceId;
use crate::style::{LineHeight, LineSpacing, TabAlign, TabStop, TextAlign, TextStyle};

/// What the lines of a paragraph share.
pub(super) struct LineSetter<'s, 'a> {
    pub(super) shaper: &'s Shaper,
    pub(super) segment: &'s Segment<'a>,
    /// The strut of the block.
    pub(super) strut: LineExtent,
    /// What becomes of the height of lines.
    pub(super) rule: LineRule,
    pub(super) tab_origin: f64,
}

/// How one line is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct LineSetting {
    /// The measure, indent included.
    pub(super) width: f64,
    pub(super) indent: f64,
    pub(super) align: TextAlign,
    /// How far spaces may shrink, as a share of their width. In a justified paragraph they may in
    /// the last line too.
    pub(super) shrink: f64,
    /// What letters of a justified line may do for it.
    pub(super) letter_give: LetterGive,
}

/// Where a part of an atom stands in its line.
#[derive(Debug, Clone, Copy)]
struct AtomPlace {
    /// Whether a hyphen follows that the text does not have.
    hyphenated: bool,
    /// Whether it stands behind the last word or object.
    hangs: bool,
    /// Whether it is that last one.
    is_last: bool,
}

impl LineSetter<'_, '_> {
    /// The line between two stops.
    pub(super) fn line(
        &self,
        from: &BreakOpportunity,
        to: &BreakOpportunity,
        place: LineSetting,
    ) -> Line {
        let atoms = &self.segment.atoms;
        let inside = atoms.get(to.atom).is_some_and(|atom| to.at > atom.text.start);
        let end = if inside { to.atom + 1 } else { to.atom };
        // What comes after the last word or object hangs.
        let hang = atoms[from.atom..end]
            .iter()
            .rposition(Atom::is_solid)
            .map_or(from.atom, |i| from.atom + i + 1);
        let x = place.indent - from.out_start;
        let mut draft = LineDraft::new(self.shaper, self.segment, x, self.tab_origin);
        for (i, atom) in atoms.iter().enumerate().take(end).skip(from.atom) {
            let first = atom.text.start.max(from.at);
            let last = if inside && i + 1 == end { to.at } else { atom.text.end };
            let place = AtomPlace {
                hyphenated: inside && i + 1 == end && to.kind == StopKind::Hyphen,
                hangs: i >= hang,
                is_last: i + 1 == hang,
            };
            draft.add(atom, first..last.max(first), place);
        }
        let place = LineSetting { width: place.width + to.out_end, ..place };
        self.finish(draft, place, to.kind == StopKind::Hyphen)
    }

    // Over 60 lines: width, stretch and height are of one line.
    fn finish(&self, mut draft: LineDraft<'_, '_>, place: LineSetting, hyphenated: bool) -> Line {
        draft.settle_tab();
        draft.close();
        let width = draft.x - place.indent;
        let slack = place.width - draft.x;
        let stretchable: f64 = draft.spaces.iter().map(|space| space.2).sum();
        // The last line of a justified paragraph is not stretched, but it may have been chosen
        // tight.
        let wanted = place.align == TextAlign::Justify || (place.shrink > 0.0 && slack < 0.0);
        // A leader takes all that is free, so nothing is left to stretch.
        let justified = wanted && draft.leaders.is_empty() && stretchable > 0.0;
        let mut shift = 0.0;
        let mut over = (-slack).max(0.0);
        if justified {
            let letters = draft.letters();
            let give = place.letter_give.of(letters);
            let part = letters_part(slack, stretchable, give, place.shrink);
            let moved = place.letter_give.share(if part == 0.0 { 0.0 } else { part / give });
            let slack = slack - moved.of(letters);
            // Spaces never shrink below their least; what remains sticks out and is reported.
            let change = slack.max(-place.shrink * stretchable);
            over = (change - slack).max(0.0);
            draft.stretch(change / stretchable, moved);
        } else if !draft.leaders.is_empty() {
            draft.fill(slack.max(0.0), place.width);
        } else {
            // A line that is too long keeps its start in the measure.
            shift = match place.align {
                TextAlign::Right => slack.max(0.0),
                TextAlign::Center => slack.max(0.0) / 2.0,
                TextAlign::Start | TextAlign::Left | TextAlign::Justify => 0.0,
            };
        }
        // A line without content has no strut: it takes no room (CSS 2.2, 9.4.2).
        let mut height = if draft.solid || self.segment.forced {
            self.strut
        } else {
            LineExtent { above: 0.0, below: 0.0 }
        };
        // Where word processors have it, a paragraph's own face counts only in a line without any.
        if self.rule != LineRule::Css && draft.lettered {
            height = draft.extent;
        } else {
            height.add(draft.extent);
        }
        if height.above.is_finite() && height != (LineExtent { above: 0.0, below: 0.0 }) {
            height = self.rule.applied(height);
        }
        let mut pieces = draft.pieces;
        pieces.shrink_to_fit();
        for piece in &mut pieces {
            match piece {
                Piece::Glyphs { x, .. } | Piece::Edge { x, .. } | Piece::Object { x, .. } => {
                    *x += shift
                }
            }
        }
        Line {
            pieces,
            ascent: height.above,
            descent: height.below,
            width,
            // Less is an error of rounding.
            overfull: (over > 0.001).then_some(over),
            hyphenated,
        }
    }
}

/// A line that is being made.
struct LineDraft<'s, 'a> {
    shaper: &'s Shaper,
    segment: &'s Segment<'a>,
    pieces: Vec<Piece>,
    run: Option<OpenRun>,
    x: f64,
    /// Stretchable spaces: piece, glyph, width without kerning.
    spaces: Vec<(usize, usize, f64)>,
    /// Leaders: the number of pieces before it, its span, its pattern.
    leaders: Vec<(usize, usize, Arc<str>)>,
    extent: LineExtent,
    /// Something makes it a line: text, an object, an edge with a width.
    solid: bool,
    /// Whether it has letters or objects, which have a height of their own.
    lettered: bool,
    tab_origin: f64,
    /// A tab whose width depends on the text after it.
    tab: Option<OpenTab>,
}

/// A tab that the text after it is aligned by.
struct OpenTab {
    stop: TabStop,
    span: usize,
    x: f64,
    /// The number of pieces before it.
    pieces: usize,
}

/// Glyphs of one span and font that are being collected.
struct OpenRun {
    span: usize,
    face: FaceId,
    size: f64,
    x: f64,
    text: String,
    glyphs: Vec<Glyph>,
}

impl<'s, 'a> LineDraft<'s, 'a> {
    fn new(shaper: &'s Shaper, segment: &'s Segment<'a>, x: f64, tab_origin: f64) -> Self {
        let extent = LineExtent { above: f64::NEG_INFINITY, below: f64::NEG_INFINITY };
        Self {
            shaper,
            segment,
            pieces: Vec::new(),
            run: None,
            x,
            spaces: Vec::new(),
            leaders: Vec::new(),
            extent,
            solid: false,
            lettered: false,
            tab_origin,
            tab: None,
        }
    }

    /// Adds the part of an atom that lies in the line. What hangs after the line's end has no
    /// width.
    // Over 60 lines: one arm for each kind of atom.
    fn add(&mut self, atom: &Atom, text: std::ops::Range<usize>, place: AtomPlace) {
        let AtomPlace { hangs, .. } = place;
        match &atom.kind {
            AtomKind::Word { span, font, shape } => {
                let part = &self.segment.text[text.clone()];
                let style: &TextStyle = self.segment.spans[*span].style;
                if text == atom.text && !place.hyphenated {
                    self.word(*span, *font, shape, part, atom.after, place);
                } else {
                    let hyphenated;
                    let shaped = if place.hyphenated {
                        hyphenated = format!("{part}{}", self.shaper.hyphen(font.face));
                        &hyphenated
                    } else {
                        part
                    };
                    // A part of a word is shaped anew: at the cut, letters may have joined or
                    // kerned.
                    let shape = self.shaper.shape(font.voice(style), shaped);
                    self.word(*span, *font, &shape, part, atom.after, place);
                }
            }
            AtomKind::Space { span, font, glyph, stretch, .. } => {
                let width = if hangs { 0.0 } else { atom.width };
                let text = &self.segment.text[text];
                self.touch(*span, font.face, hangs);
                let run = self.run(*span, *font);
                let cluster = run.text.len() as u32;
                run.text.push_str(text);
                // The space keeps its glyph though it has no width at the line's end, so that
                // the text is copied with it.
                if let Some(id) = *glyph {
                    run.glyphs.push(Glyph { id, advance: width, dx: 0.0, dy: 0.0, cluster });
                    let place = run.glyphs.len() - 1;
                    if *stretch > 0.0 && !hangs {
                        self.spaces.push((self.pieces.len(), place, *stretch));
                    }
                }
                self.x += width;
            }
            AtomKind::Edge { tag, .. } => {
                self.close();
                self.solid |= atom.width != 0.0;
                self.pieces.push(Piece::Edge { x: self.x, width: atom.width, tag: *tag });
                self.x += atom.width;
            }
            AtomKind::Object { tag, ascent, descent } => {
                self.close();
                (self.solid, self.lettered) = (true, true);
                self.extent.add(LineExtent { above: *ascent, below: *descent });
                self.pieces.push(Piece::Object { x: self.x, tag: *tag });
                self.x += atom.width;
            }
            AtomKind::Leader { span, pattern } => {
                self.settle_tab();
                self.close();
                self.solid = true;
                self.leaders.push((self.pieces.len(), *span, Arc::clone(pattern)));
                // What stands before a leader is not stretched with what stands after it.
                self.spaces.clear();
            }
            AtomKind::Tab { span } => {
                self.settle_tab();
                self.close();
                self.solid = true;
                let span = *span;
                let style = self.segment.spans[span].style;
                if let Some(face) = self.segment.spans[span].primary
                    && style.line_spacing != LineSpacing::Css
                {
                    self.touch(span, face, false);
                }
                let stops = TabStops::new(self.segment.spans[span].style, self.tab_origin);
                let stop = stops.next(self.x);
                let (x, pieces) = (self.x, self.pieces.len());
                self.tab = Some(OpenTab { stop, span, x, pieces });
                // Those that begin at their stop need not wait for what comes after them.
                if self.tab.as_ref().is_some_and(|tab| tab.stop.align == TabAlign::Left) {
                    self.settle_tab();
                }
                self.spaces.clear();
            }
        }
    }

    /// Adds the glyphs of a word; `after` is by how much it is kerned with the space behind it.
    fn word(
        &mut self,
        span: usize,
        font: Font,
        shape: &ShapedWord,
        text: &str,
        after: f64,
        place: AtomPlace,
    ) {
        self.touch(span, font.face, false);
        let spacing = self.segment.spans[span].style.letter_spacing;
        let run = self.run(span, font);
        let base = run.text.len() as u32;
        run.text.push_str(text);
        // Whoever copies the line gets a soft hyphen, so that the word can be found whole.
        run.text.extend(place.hyphenated.then_some('\u{AD}'));
        let mut width = 0.0;
        let count = shape.glyphs.len();
        for (i, glyph) in shape.glyphs.iter().enumerate() {
            let mut advance = f64::from(glyph.advance) * font.scale;
            let ends_cluster =
                shape.glyphs.get(i + 1).is_none_or(|next| next.cluster != glyph.cluster);
            // At the end of a line there is no space to kern with.
            if i + 1 == count && !place.is_last {
                advance += after;
            }
            // Letter-space follows clusters, not glyphs, so that no mark is torn from its base;
            // none after the last letter of a line.
            if ends_cluster && !(place.is_last && i + 1 == count) {
                advance += spacing;
            }
            let (dx, dy) = (f64::from(glyph.dx) * font.scale, f64::from(glyph.dy) * font.scale);
            run.glyphs.push(Glyph { id: glyph.id, advance, dx, dy, cluster: base + glyph.cluster });
            width += advance;
        }
        self.x += width;
    }

    /// The run that the next glyphs of a span and font belong to.
    fn run(&mut self, span: usize, font: Font) -> &mut OpenRun {
        if self
            .run
            .as_ref()
            .is_some_and(|run| run.span != span || run.face != font.face || run.size != font.size)
        {
            self.close();
        }
        let x = self.x;
        self.run.get_or_insert_with(|| OpenRun {
            span,
            face: font.face,
            size: font.size,
            x,
            text: String::new(),
            glyphs: Vec::new(),
        })
    }

    /// Ends the run.
    fn close(&mut self) {
        let Some(run) = self.run.take() else { return };
        let span = &self.segment.spans[run.span];
        let width = self.x - run.x;
        let run_x = run.x;
        let face = self.shaper.fonts().face(run.face);
        let run = GlyphRun {
            face: run.face,
            size: run.size,
            color: span.style.color,
            synthesis: Synthesis::new(face, span.style),
            scaling: 1.0,
            text: run.text.into(),
            glyphs: run.glyphs.into(),
        };
        self.pieces.push(Piece::Glyphs { x: run_x, width, raise: span.raise, tag: span.tag, run });
    }

    /// Gives the last tab its width, and fills it.
    fn settle_tab(&mut self) {
        self.close();
        let Some(OpenTab { stop, span, x, pieces }) = self.tab.take() else { return };
        let text = match stop.align {
            TabAlign::Decimal => self.width_before_decimals(pieces).unwrap_or(self.x - x),
            _ => self.x - x,
        };
        let advance = tab_advance(&stop, x, text);
        for piece in &mut self.pieces[pieces..] {
            match piece {
                Piece::Glyphs { x, .. } | Piece::Edge { x, .. } | Piece::Object { x, .. } => {
                    *x += advance;
                }
            }
        }
        self.x += advance;
        let filled = match &stop.leader {
            // Counted from the stop, so that dots of neighbouring lines stand below each other.
            Some(pattern) => self.leader(span, pattern, x, x + advance, stop.at.max(x + advance)),
            None => self.ruled(span, x, advance),
        };
        if let Some(piece) = filled {
            self.pieces.insert(pieces, piece);
        }
    }

    /// The width of what stands before the first decimal sign after some pieces.
    fn width_before_decimals(&self, pieces: usize) -> Option<f64> {
        let start = self.pieces.get(pieces).map(piece_start)?;
        self.pieces[pieces..].iter().find_map(|piece| {
            let Piece::Glyphs { x, run, .. } = piece else { return None };
            let at = run.text.find([',', '.'])?;
            let before = run.glyphs.iter().take_while(|glyph| (glyph.cluster as usize) < at);
            Some(x + before.map(|glyph| glyph.advance).sum::<f64>() - start)
        })
    }

    /// A tab that carries a line: a space as wide as it.
    fn ruled(&self, span: usize, x: f64, width: f64) -> Option<Piece> {
        let span = &self.segment.spans[span];
        if span.style.decoration == Default::default() || width <= 0.0 {
            return None;
        }
        let mut run = pattern_run(self.shaper, span, " ")?;
        if let Some(glyph) = Arc::make_mut(&mut run.glyphs).first_mut() {
            glyph.advance = width;
        }
        Some(Piece::Glyphs { x, width, raise: span.raise, tag: span.tag, run })
    }

    /// Makes room for a span's text. A space that hangs makes none, unless white space is kept.
    fn touch(&mut self, span: usize, face: FaceId, hangs: bool) {
        let span = &self.segment.spans[span];
        if hangs && span.style.white_space.collapses() {
            return;
        }
        (self.solid, self.lettered) = (true, true);
        let fonts = self.shaper.fonts();
        let mut own = line_extent(fonts, span.primary.unwrap_or(face), span.style);
        // With `line-height: normal`, a face that stands in for another makes room too (CSS 2.2,
        // 10.8.1).
        if span.style.line_height == LineHeight::Normal && span.primary != Some(face) {
            own.add(line_extent(fonts, face, span.style));
        }
        self.extent
            .add(LineExtent { above: own.above + span.raise, below: own.below - span.raise });
    }

    /// The letters that can give way, as far as spaces stretch (from the last leader or tab on).
    /// No letter-space follows the last of the line.
    fn letters(&self) -> LetterSums {
        let first = self.spaces.first().map_or(usize::MAX, |space| space.0);
        let runs = self.pieces.iter().skip(first).filter_map(|piece| match piece {
            Piece::Glyphs { run, .. } => Some(run),
            _ => None,
        });
        let (mut letters, mut last) = (LetterSums::default(), 0.0);
        for run in runs {
            let count = (0..run.glyphs.len()).filter(|i| ends_letter(run, *i)).count();
            if count > 0 {
                let widths = run.glyphs.iter().filter(|glyph| !is_space(run, glyph));
                let width = widths.map(|glyph| glyph.advance).sum();
                letters = letters.and(run.size, count as f64, width);
                last = run.size;
            }
        }
        LetterSums { sizes: letters.sizes - last, ..letters }
    }

    /// Adds a share of its natural width to every stretchable space, makes letters as much wider
    /// and moves all but the last as far apart as they are to, and moves what stands after.
    fn stretch(&mut self, share: f64, letters: LetterGive) {
        let mut spaces = self.spaces.iter().peekable();
        let first = spaces.peek().map_or(usize::MAX, |space| space.0);
        let last = self.pieces.iter().rposition(|piece| match piece {
            Piece::Glyphs { run, .. } => (0..run.glyphs.len()).any(|i| ends_letter(run, i)),
            _ => false,
        });
        let mut shift = 0.0;
        for (i, piece) in self.pieces.iter_mut().enumerate().skip(first) {
            match piece {
                Piece::Edge { x, .. } | Piece::Object { x, .. } => *x += shift,
                Piece::Glyphs { x, width, run, .. } => {
                    *x += shift;
                    let mut added = 0.0;
                    while let Some((_, glyph, natural)) = spaces.next_if(|space| space.0 == i) {
                        Arc::make_mut(&mut run.glyphs)[*glyph].advance += share * natural;
                        added += share * natural;
                    }
                    if letters.scaling != 0.0 {
                        added += widen(run, letters.scaling);
                    }
                    if letters.spacing != 0.0 {
                        let apart = letters.spacing * run.size;
                        let mut ends: Vec<usize> =
                            (0..run.glyphs.len()).filter(|g| ends_letter(run, *g)).collect();
                        if last == Some(i) {
                            ends.pop();
                        }
                        let glyphs = Arc::make_mut(&mut run.glyphs);
                        ends.iter().for_each(|g| glyphs[*g].advance += apart);
                        added += apart * ends.len() as f64;
                    }
                    *width += added;
                    shift += added;
                }
            }
        }
    }

    /// Fills the line's free width with the leaders' patterns, aligned with the line's end so that
    /// those of neighbouring lines stand in columns.
    fn fill(&mut self, free: f64, measure: f64) {
        let share = free / self.leaders.len() as f64;
        let leaders = std::mem::take(&mut self.leaders);
        let mut shift = 0.0;
        let mut out = Vec::with_capacity(self.pieces.len() + leaders.len());
        let mut leaders = leaders.into_iter().peekable();
        let old = std::mem::take(&mut self.pieces);
        let ends: Vec<f64> = old.iter().map(piece_start).chain([self.x]).collect();
        for (i, piece) in old.into_iter().map(Some).chain([None]).enumerate() {
            while let Some((_, span, pattern)) = leaders.next_if(|leader| leader.0 == i) {
                let start = ends[i] + shift;
                out.extend(self.leader(span, &pattern, start, start + share, measure));
                shift += share;
            }
            if let Some(mut piece) = piece {
                match &mut piece {
                    Piece::Glyphs { x, .. } | Piece::Edge { x, .. } | Piece::Object { x, .. } => {
                        *x += shift
                    }
                }
                out.push(piece);
            }
        }
        self.pieces = out;
    }

    /// A leader's glyphs between two places.
    fn leader(
        &mut self,
        span: usize,
        pattern: &str,
        start: f64,
        end: f64,
        measure: f64,
    ) -> Option<Piece> {
        let unit = pattern_run(self.shaper, &self.segment.spans[span], pattern)?;
        let step = unit.width();
        let last = ((measure - end + SLIP) / step).ceil() * step;
        let count = ((measure - last - start + SLIP) / step).floor();
        // None fits, or the pattern is so narrow that a line of it would be a file of its own.
        if !(1.0..=10_000.0).contains(&count) {
            return None;
        }
        // Counted from the right edge of the measure, so that dots of neighbouring lines stand
        // below each other (CSS Content 3).
        let x = measure - last - count * step;
        let mut glyphs = Vec::new();
        let mut text = String::new();
        for _ in 0..count as usize {
            let base = text.len() as u32;
            text.push_str(pattern);
            glyphs.extend(
                unit.glyphs.iter().map(|glyph| Glyph { cluster: glyph.cluster + base, ..*glyph }),
            );
        }
        let span = &self.segment.spans[span];
        let run = GlyphRun {
            face: unit.face,
            size: span.style.font_size,
            color: span.style.color,
            synthesis: unit.synthesis,
            scaling: 1.0,
            text: text.into(),
            glyphs: glyphs.into(),
        };
        Some(Piece::Glyphs { x, width: step * count, raise: span.raise, tag: span.tag, run })
    }
}

/// A leader's pattern, shaped once.
fn pattern_run(shaper: &Shaper, span: &ItemSpan<'_>, pattern: &str) -> Option<GlyphRun> {
    let face = span.primary?;
    let style = span.style;
    let scale = style.font_size / shaper.fonts().face(face).metrics.units_per_em;
    let shape = shaper.shape(Voice { face, manner: Manner::PLAIN, lang: &style.lang }, pattern);
    let points = |units: i32| f64::from(units) * scale;
    let glyph = |g: &ShapedGlyph| Glyph {
        id: g.id,
        advance: points(g.advance),
        dx: points(g.dx),
        dy: points(g.dy),
        cluster: g.cluster,
    };
    let glyphs = shape.glyphs.iter().map(glyph).collect();
    let run = GlyphRun {
        face,
        size: style.font_size,
        color: style.color,
        synthesis: Synthesis::new(shaper.fonts().face(face), style),
        scaling: 1.0,
        text: pattern.into(),
        glyphs,
    };
    (run.width() > 0.0).then_some(run)
}

/// Makes the letters of a run wider by a share of their width; gives by how much it grew.
fn widen(run: &mut GlyphRun, share: f64) -> f64 {
    let spaces: Vec<bool> = run.glyphs.iter().map(|glyph| is_space(run, glyph)).collect();
    run.scaling += share;
    let mut added = 0.0;
    for (glyph, _) in
        Arc::make_mut(&mut run.glyphs).iter_mut().zip(spaces).filter(|(_, space)| !space)
    {
        added += share * glyph.advance;
        glyph.advance += share * glyph.advance;
        glyph.dx += share * glyph.dx;
    }
    added
}

/// Whether a glyph ends a cluster of the text that is not a space.
fn ends_letter(run: &GlyphRun, i: usize) -> bool {
    let glyph = &run.glyphs[i];
    run.glyphs.get(i + 1).is_none_or(|next| next.cluster != glyph.cluster) && !is_space(run, glyph)
}

fn is_space(run: &GlyphRun, glyph: &Glyph) -> bool {
    run.text[glyph.cluster as usize..].starts_with([' ', '\u{A0}', '\u{202F}'])
}

fn piece_start(piece: &Piece) -> f64 {
    match piece {
        Piece::Glyphs { x, .. } | Piece::Edge { x, .. } | Piece::Object { x, .. } => *x,
    }
}
