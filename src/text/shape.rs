//! Shaping of words, each once: glyphs and advances in font units, kept in a bounded cache that all
//! threads share.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use harfrust::{
    BufferFlags, Feature, FontRef, GlyphBuffer, Language, ShapeOptions, ShapePlan, ShapePlanKey,
    ShaperData, Tag, UnicodeBuffer, script,
};

use crate::cache::Memo;
use crate::diag::say;
use crate::font::{Face, FaceId, FontBook, GlyphId};
use crate::lang::ru::hyphen::{Exceptions, breaks};
use crate::limits;
use crate::style::Features;

/// The cache's parts, so that threads rarely wait for one another.
const SHARDS: usize = 16;
/// Longer words are shaped anew every time.
const LONGEST_KEPT: usize = 96;

/// How many plans of shaping a face keeps: one for each script, language and set of features.
const PLANS: usize = 64;

/// What changes the shape of a word beside its face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Manner {
    /// The face's own small capitals (`smcp`).
    pub(super) small_caps: bool,
    /// Capitals in place of all letters, for faces without small capitals.
    pub(super) capitals: bool,
    /// Ligatures; off in letter-spaced text.
    pub(super) ligatures: bool,
    /// Those of `font-variant-numeric` and `font-feature-settings`.
    pub(super) features: [Features; 2],
}

impl Manner {
    /// As most text is shaped.
    pub(super) const PLAIN: Self =
        Self { small_caps: false, capitals: false, ligatures: true, features: [Features::NONE; 2] };

    fn bits(self) -> u8 {
        u8::from(self.small_caps) | u8::from(self.capitals) << 1 | u8::from(self.ligatures) << 2
    }

    fn features(self) -> Vec<Feature> {
        let mut features = Vec::new();
        if self.small_caps {
            features.push(Feature::new(Tag::new(b"smcp"), 1, ..));
        }
        if !self.ligatures {
            features.extend([b"liga", b"clig"].map(|tag| Feature::new(Tag::new(tag), 0, ..)));
        }
        // Last, because of two values for a feature the shaper takes the later: the author's
        // wins.
        let own = self.features.iter().flat_map(Features::iter);
        features.extend(own.map(|(tag, value)| Feature::new(Tag::new(&tag), value.into(), ..)));
        features
    }
}

/// How a word is shaped: the part of the cache's key that is the same for a whole item.
#[derive(Debug, Clone, Copy)]
pub(super) struct Voice<'a> {
    pub(super) face: FaceId,
    pub(super) manner: Manner,
    pub(super) lang: &'a str,
}

/// A shaped word in font units.
#[derive(Debug, Default)]
pub(super) struct ShapedWord {
    pub(super) glyphs: Box<[ShapedGlyph]>,
    /// The sum of the advances.
    pub(super) width: i32,
    /// Kerning between a space before and the word.
    pub(super) before: i32,
    /// Kerning between the word and a space after.
    pub(super) after: i32,
    hyphens: OnceLock<Box<[WordCut]>>,
}

/// A glyph of a [`ShapedWord`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ShapedGlyph {
    pub(super) id: GlyphId,
    pub(super) advance: i32,
    pub(super) dx: i32,
    pub(super) dy: i32,
    /// Where the pen stands before it.
    x: i32,
    /// The byte where its cluster starts.
    pub(super) cluster: u32,
    /// Whether the text may be cut before it without a change of shape.
    safe: bool,
}

/// A place inside a word where it may be cut, in font units from the word's start.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct WordCut {
    /// The byte.
    pub(super) at: u32,
    /// Where the first part ends, hyphen included if there is one.
    pub(super) end: i32,
    /// Where it ends without the hyphen.
    pub(super) bare_end: i32,
    /// Where the second part starts.
    pub(super) start: i32,
}

impl ShapedWord {
    /// How many clusters it has.
    pub(super) fn clusters(&self) -> usize {
        let mut last = None;
        self.glyphs.iter().filter(|g| last.replace(g.cluster) != Some(g.cluster)).count()
    }

    /// How many clusters it has, as a number to reckon with.
    pub(super) fn letters(&self) -> f64 {
        self.clusters() as f64
    }

    /// The bytes at which clusters start, rising.
    pub(super) fn cluster_starts(&self) -> Vec<u32> {
        let mut starts: Vec<u32> = self.glyphs.iter().map(|g| g.cluster).collect();
        starts.dedup();
        // Of words that run from right to left the shaper gives the last letter first.
        starts.sort_unstable();
        starts
    }
}

/// Shapes words.
pub(super) struct Shaper {
    fonts: Arc<FontBook>,
    /// The user's own breaks in words.
    pub(super) hyphens: Exceptions,
    engines: Vec<OnceLock<FaceShaper>>,
    shards: [Mutex<Words>; SHARDS],
    /// Where patterns break words: Word is told of each word, whose lines are not known.
    broken: Mutex<Memo<Box<str>, Arc<[usize]>>>,
}

/// Shapes by face, manner, language and text, all in one key. Those that documents bring of their
/// own are forgotten, so that memory does not grow with a batch.
type Words = Memo<Box<[u8]>, Arc<ShapedWord>>;

/// What is computed once per face.
struct FaceShaper {
    data: ShaperData,
    plans: Mutex<Vec<Arc<ShapePlan>>>,
}

impl Shaper {
    pub(super) fn new(fonts: Arc<FontBook>) -> Self {
        let engines = (0..fonts.len()).map(|_| OnceLock::new()).collect();
        Self {
            fonts,
            hyphens: Exceptions::none(),
            engines,
            shards: Default::default(),
            broken: Mutex::default(),
        }
    }

    pub(super) fn fonts(&self) -> &Arc<FontBook> {
        &self.fonts
    }

    /// The shape of a word: text without spaces, all of which the face covers. A glyph that is
    /// missing after all is left out.
    pub(super) fn shape(&self, voice: Voice<'_>, word: &str) -> Arc<ShapedWord> {
        if word.len() > LONGEST_KEPT {
            hold_word(word);
            return Arc::new(self.shape_anew(voice, word));
        }
        let mut key = Vec::with_capacity(word.len() + voice.lang.len() + 4);
        key.extend(voice.face.0.to_le_bytes());
        key.push(voice.manner.bits());
        for (tag, value) in voice.manner.features.iter().flat_map(Features::iter) {
            key.extend(tag);
            key.extend(value.to_be_bytes());
        }
        key.extend(voice.lang.as_bytes());
        // Language tags hold no zero byte, so «ru» + «с» is never «руc» of another pair.
        key.push(0);
        key.extend(word.as_bytes());
        let mut hasher = DefaultHasher::new();
        key.hash(&mut hasher);
        // `DefaultHasher` has no random seed, so runs are alike; which shard a word is in
        // changes no result.
        let shard = &self.shards[hasher.finish() as usize % SHARDS];
        let known = shard.lock().unwrap_or_else(PoisonError::into_inner).find(key.as_slice());
        if let Some(shape) = known {
            return shape;
        }
        // Without the lock: two threads may shape the same word, which is cheaper than waiting.
        let shape = Arc::new(self.shape_anew(voice, word));
        let mut shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
        shard.keep(key.into(), Arc::clone(&shape));
        shape
    }

    /// Where the breaker may hyphenate a word. Computed once per shape.
    pub(super) fn hyphens<'s>(
        &self,
        voice: Voice<'_>,
        word: &str,
        shape: &'s ShapedWord,
    ) -> &'s [WordCut] {
        shape.hyphens.get_or_init(|| {
            let points = self.pattern_breaks(voice.lang, word);
            points.iter().map(|at| self.cut(voice, word, shape, *at, true)).collect()
        })
    }

    /// Where patterns break a word of a language.
    pub(super) fn pattern_breaks(&self, lang: &str, word: &str) -> Arc<[usize]> {
        // The patterns there are: Russian for Cyrillic letters, English for Latin ones.
        if !matches!(lang.split('-').next(), Some("" | "ru" | "en")) {
            return Arc::default();
        }
        let memo = || self.broken.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = word.len() <= LONGEST_KEPT;
        if let Some(known) = kept.then(|| memo().find(word)).flatten() {
            return known;
        }
        let points: Arc<[usize]> = breaks(word, &self.hyphens).into();
        if kept {
            memo().keep(word.into(), Arc::clone(&points));
        }
        points
    }

    /// What cutting a word at a byte does to its width. Shaping is local: nothing changes beyond
    /// the two clusters that meet at the cut, unless a ligature is cut through.
    pub(super) fn cut(
        &self,
        voice: Voice<'_>,
        word: &str,
        shape: &ShapedWord,
        at: usize,
        hyphen: bool,
    ) -> WordCut {
        let cluster = |i: usize| shape.glyphs.get(i).map_or(word.len(), |g| g.cluster as usize);
        let i = shape.glyphs.partition_point(|g| (g.cluster as usize) < at);
        let last = if i == 0 { 0 } else { cluster(i - 1) };
        let x = shape.glyphs.get(i).map_or(shape.width, |g| g.x);
        // The cut goes through a ligature: both parts are shaped anew.
        let (bare_end, start) = if cluster(i) != at {
            (
                self.shape(voice, &word[..at]).width,
                shape.width - self.shape(voice, &word[at..]).width,
            )
        // The shaper itself says that nothing changes here (`unsafe_to_break`), which is so for
        // most cuts.
        } else if shape.glyphs.get(i).is_none_or(|g| g.safe) {
            (x, x)
        } else {
            // Only the two clusters that meet are shaped again: what kerning they lose is what
            // the cut costs.
            let next = (i..).map(cluster).find(|c| *c > at).unwrap_or(word.len());
            let apart =
                self.shape(voice, &word[last..at]).width + self.shape(voice, &word[at..next]).width;
            (x - (self.shape(voice, &word[last..next]).width - apart), x)
        };
        let end = if hyphen {
            let joint = &word[last..at];
            let hyphenated = format!("{joint}{}", self.hyphen(voice.face));
            bare_end + self.shape(voice, &hyphenated).width - self.shape(voice, joint).width
        } else {
            bare_end
        };
        WordCut { at: at as u32, end, bare_end, start }
    }

    /// The character that shows a hyphen in a face.
    pub(super) fn hyphen(&self, face: FaceId) -> char {
        if self.fonts.face(face).covers('\u{2010}') { '\u{2010}' } else { '-' }
    }

    /// Whether a face's own small capitals include a letter.
    pub(super) fn has_small_capital(&self, face: FaceId, letter: char) -> bool {
        if !self.fonts.face(face).has_feature(b"smcp") {
            return false;
        }
        let mut bytes = [0; 4];
        let letter: &str = letter.encode_utf8(&mut bytes);
        let plain = self.shape(Voice { face, manner: Manner::PLAIN, lang: "" }, letter);
        let small = self.shape(
            Voice { face, manner: Manner { small_caps: true, ..Manner::PLAIN }, lang: "" },
            letter,
        );
        plain.glyphs.iter().map(|g| g.id).ne(small.glyphs.iter().map(|g| g.id))
    }

    /// Whether a face shows a base with its combining marks, be it by composing them.
    pub(super) fn shows(&self, face: FaceId, cluster: &str) -> bool {
        let mut missing = false;
        self.run(
            Voice { face, manner: Manner::PLAIN, lang: "" },
            cluster.char_indices(),
            |buffer| {
                missing = buffer.glyph_infos().iter().any(|info| info.glyph_id == 0);
            },
        );
        !missing
    }

    fn shape_anew(&self, voice: Voice<'_>, word: &str) -> ShapedWord {
        limits::tick();
        let mut glyphs = Vec::with_capacity(word.len() / 2 + 1);
        let mut width = 0;
        self.run(voice, word.char_indices(), |buffer| {
            for (info, position) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
                // Glyph 0 is the sign for a missing character; the fault has been reported where
                // faces were chosen.
                if let Ok(id @ 1..) = GlyphId::try_from(info.glyph_id) {
                    let safe = !info.unsafe_to_break();
                    let (dx, dy) = (position.x_offset, position.y_offset);
                    glyphs.push(ShapedGlyph {
                        id,
                        advance: position.x_advance,
                        dx,
                        dy,
                        x: width,
                        cluster: info.cluster,
                        safe,
                    });
                    width += position.x_advance;
                }
            }
        });
        let (before, after) = self.space_kerning(voice, word, &glyphs);
        ShapedWord { glyphs: glyphs.into(), width, before, after, hyphens: OnceLock::new() }
    }

    /// Kerning with a space before and after a word: what changes when it is shaped between two
    /// spaces.
    fn space_kerning(&self, voice: Voice<'_>, word: &str, glyphs: &[ShapedGlyph]) -> (i32, i32) {
        let spaced = [(0, ' ')]
            .into_iter()
            .chain(word.char_indices().map(|(i, c)| (i + 1, c)))
            .chain([(word.len() + 1, ' ')]);
        let mut kerning = (0, 0);
        self.run(voice, spaced, |buffer| {
            let ids = buffer.glyph_infos().iter().map(|info| info.glyph_id);
            let positions = buffer.glyph_positions();
            let n = glyphs.len();
            // A face that changes the glyphs themselves beside a space keeps the shape of the bare
            // word.
            if n > 0
                && positions.len() == n + 2
                && ids.skip(1).take(n).eq(glyphs.iter().map(|g| u32::from(g.id)))
            {
                kerning = (
                    // The advance of the space before, against that of the space after, which
                    // nothing follows.
                    positions[0].x_advance - positions[n + 1].x_advance,
                    positions[n].x_advance - glyphs[n - 1].advance,
                );
            }
        });
        kerning
    }

    /// Kerning between two letters that stand in different words.
    pub(super) fn kerning(&self, voice: Voice<'_>, left: char, right: char) -> i32 {
        let (mut alone, mut pair) = (None, None);
        let first = |buffer: &GlyphBuffer| {
            Some((
                buffer.glyph_infos().first()?.glyph_id,
                buffer.glyph_positions().first()?.x_advance,
            ))
        };
        self.run(voice, [(0, left)].into_iter(), |buffer| alone = first(buffer));
        self.run(voice, [(0, left), (1, right)].into_iter(), |buffer| {
            pair = first(buffer).filter(|_| buffer.len() == 2)
        });
        match (alone, pair) {
            // Where the pair makes other glyphs, what changed is not kerning.
            (Some((a, alone)), Some((b, pair))) if a == b => pair - alone,
            _ => 0,
        }
    }

    // Over 60 lines: what a shaper is to be told about one run, in the order of its interface.
    fn run(
        &self,
        voice: Voice<'_>,
        text: impl Iterator<Item = (usize, char)>,
        result: impl FnOnce(&GlyphBuffer),
    ) {
        let face = self.fonts.face(voice.face);
        let Ok(font) = FontRef::from_index(face.data.bytes(), face.index) else { return };
        let engine = self.engines[usize::from(voice.face.0)]
            .get_or_init(|| FaceShaper { data: ShaperData::new(&font), plans: Mutex::default() });
        let shaper = engine.data.shaper(&font).build();
        let mut buffer = UnicodeBuffer::new();
        for (i, c) in text {
            if voice.manner.capitals {
                c.to_uppercase().for_each(|c| buffer.add(replaced(face, c), i as u32));
            } else {
                buffer.add(replaced(face, c), i as u32);
            }
        }
        buffer.guess_segment_properties();
        // Digits and signs have no script; faces may have other figures and kerning for Cyrillic
        // than for Latin.
        if matches!(buffer.script(), script::COMMON | script::UNKNOWN | script::INHERITED) {
            buffer.set_script(if speaks_cyrillic(voice.lang) {
                script::CYRILLIC
            } else {
                script::LATIN
            });
        }
        let language = Language::new(voice.lang);
        if let Some(language) = language.clone() {
            buffer.set_language(language);
        }
        // Else a zero-width joiner would become a space of no width, which is one more glyph in
        // the file.
        buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
        let features = voice.manner.features();
        let (direction, script) = (buffer.direction(), buffer.script());
        let language = buffer.language();
        let key = ShapePlanKey::new(Some(script), direction)
            .language(language.as_ref())
            .features(&features);
        let plan = {
            // Making a plan costs as much as shaping many words; a document has a few.
            let mut plans = engine.plans.lock().unwrap_or_else(PoisonError::into_inner);
            match plans.iter().find(|plan| key.matches(plan)) {
                Some(plan) => Arc::clone(plan),
                None => {
                    let plan = Arc::new(ShapePlan::new(
                        &shaper,
                        direction,
                        Some(script),
                        buffer.language().as_ref(),
                        &features,
                    ));
                    // Tags of languages are the user's: whoever invents them must not make others
                    // pay for each.
                    if plans.len() >= PLANS {
                        plans.clear();
                    }
                    plans.push(Arc::clone(&plan));
                    plan
                }
            }
        };
        let options = ShapeOptions::new().plan(Some(&plan)).features(&features);
        match limits::wall(|| say!("the shaper (harfrust)"), || shaper.shape(buffer, options)) {
            Ok(buffer) => result(&buffer),
            Err(fault) => limits::stop(fault),
        }
    }
}

/// A word of megabytes is no word: shaping and hyphenating it would take minutes.
fn hold_word(word: &str) {
    let limit = limits::get().word;
    if word.len() > limit && word.chars().nth(limit).is_some() {
        let begin: String = word.chars().take(20).collect();
        let message =
            say!("a word has more than {limit} letters: it begins with «{begin}»", limit, begin);
        limits::stop(limits::reached("limit-word", message).about(word));
    }
}

impl std::fmt::Debug for Shaper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kept: usize = self
            .shards
            .iter()
            .map(|s| s.lock().unwrap_or_else(PoisonError::into_inner).len())
            .sum();
        write!(f, "Shaper({} faces, {kept} words kept)", self.engines.len())
    }
}

/// The character that a face shows for another: its hyphen-minus for hyphens that it lacks (U+2011
/// has no glyph in most faces).
fn replaced(face: &Face, c: char) -> char {
    match c {
        '\u{2010}' | '\u{2011}' if !face.covers(c) => {
            if face.covers('\u{2010}') {
                '\u{2010}'
            } else {
                '-'
            }
        }
        c => c,
    }
}

/// Whether text in a language without any letters (numbers, signs) belongs to Cyrillic text.
fn speaks_cyrillic(lang: &str) -> bool {
    matches!(lang.split('-').next().unwrap_or(""), "" | "ru" | "uk" | "be" | "bg" | "sr" | "mk")
}
