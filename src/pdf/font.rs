//! Fonts: which glyphs stand for which text, the subset, and the font dictionaries.
//!
//! A code in a content stream is one pair of glyph and text, so that a hyphen and a soft hyphen, or
//! a space and a no-break space, are told apart when text is copied although they look the same.
//! Codes are numbered by text: neighbouring letters make one range in the character map, and the
//! numbers do not depend on what came first.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::deflate::Deflater;
use super::object::{ascii, link, name};
use super::shared::SubsetExtent;
use crate::cache::Fnv;
use crate::diag::{Diagnostic, say};
use crate::font::{Face, FaceId, FontBook, GlyphId, Outlines, sfnt};
use crate::layout::{Pages, Paint};
use crate::text::GlyphRun;

/// Codes have two bytes, and 0 is of no glyph.
const MAX_CODES: usize = 0xFFFF;

/// What a glyph that stands for no text of its own (the rest of a cluster) is said to mean: a space
/// of no width.
const NOTHING: &str = "\u{200B}";

/// Up to how many glyphs of a cluster are each said to mean a character.
const MOST_PARTS: usize = 64;

/// A cluster of a run: glyphs that stand for a piece of text together.
pub(super) struct Cluster<'a> {
    /// Which glyphs.
    pub(super) glyphs: std::ops::Range<usize>,
    /// What they stand for.
    pub(super) text: &'a str,
}

impl<'a> Cluster<'a> {
    /// What its n-th glyph is said to mean: its own character if there is one for each, else the
    /// first means all. (`/ActualText` could say it better, but poppler loses the rest of the
    /// element after a marked-content sequence inside another.)
    pub(super) fn text_of(&self, n: usize) -> &'a str {
        // So it is in nearly all clusters.
        if self.glyphs.len() == 1 {
            return if self.text.is_empty() { NOTHING } else { self.text };
        }
        let mut chars = self.text.char_indices();
        // No letter bears so many marks that anybody would look for each of them.
        if self.glyphs.len() > MOST_PARTS {
            return if n == 0 { self.text } else { NOTHING };
        }
        if chars.clone().count() == self.glyphs.len() {
            let own = chars.nth(n).map(|(at, c)| &self.text[at..at + c.len_utf8()]);
            return own.unwrap_or(NOTHING);
        }
        if n == 0 && !self.text.is_empty() { self.text } else { NOTHING }
    }
}

/// The clusters of a run in visual order, whichever way the text runs.
pub(super) fn clusters(run: &GlyphRun) -> impl Iterator<Item = Cluster<'_>> {
    let mut at = 0;
    let mut before: Option<u32> = None;
    std::iter::from_fn(move || {
        let start = run.glyphs.get(at)?.cluster;
        let first = at;
        at += run.glyphs[at..].iter().take_while(|g| g.cluster == start).count();
        let after = run.glyphs.get(at).map(|g| g.cluster);
        // In text from right to left clusters descend: the end is then where the cluster before
        // began.
        let end = after
            .filter(|a| *a > start)
            .or(before.filter(|b| *b > start))
            .map_or(run.text.len(), |e| e as usize);
        before = Some(start);
        let text = run.text.get(start as usize..end).unwrap_or("");
        // Spaces that were trimmed off a line are not the last glyph's.
        let text = if at == run.glyphs.len() && !text.trim_end().is_empty() {
            text.trim_end()
        } else {
            text
        };
        Some(Cluster { glyphs: first..at, text })
    })
}

/// The codes of one face: what each glyph may stand for.
#[derive(Debug, Default)]
struct Codes {
    /// By glyph: texts with their codes.
    by_glyph: Vec<Vec<(Box<str>, u16)>>,
    /// How many pairs there are.
    noted: usize,
    /// By code, from 1: glyph and text.
    list: Vec<(GlyphId, Box<str>)>,
}

impl Codes {
    fn note(&mut self, glyph: GlyphId, text: &str) {
        let glyph = usize::from(glyph);
        if self.by_glyph.len() <= glyph {
            self.by_glyph.resize_with(glyph + 1, Vec::new);
        }
        if !self.by_glyph[glyph].iter().any(|(t, _)| **t == *text) {
            self.by_glyph[glyph].push((text.into(), 0));
            self.noted += 1;
        }
    }

    fn number(&mut self) -> bool {
        let pairs = self
            .by_glyph
            .iter()
            .enumerate()
            .flat_map(|(g, texts)| texts.iter().map(move |(t, _)| (g as GlyphId, t.clone())));
        self.list = pairs.collect();
        // By text: neighbouring letters get neighbouring codes, and the order of documents does
        // not matter.
        self.list.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
        for (i, (glyph, text)) in self.list.iter().enumerate() {
            let texts = &mut self.by_glyph[usize::from(*glyph)];
            if let Some(entry) = texts.iter_mut().find(|(t, _)| t == text) {
                entry.1 = u16::try_from(i + 1).unwrap_or(0);
            }
        }
        self.list.len() <= MAX_CODES
    }

    fn get(&self, glyph: GlyphId, text: &str) -> u16 {
        let texts = self.by_glyph.get(usize::from(glyph)).map_or(&[][..], Vec::as_slice);
        texts.iter().find(|(t, _)| **t == *text).map_or(0, |(_, code)| *code)
    }
}

/// One face of a file or of a batch of files, ready to be written into each.
#[derive(Debug)]
pub(super) struct PdfFont {
    codes: Codes,
    /// By code, in thousandths of the em; entry 0 is of no code.
    widths: Vec<u16>,
    /// The glyph of a space.
    pub(super) space: Option<GlyphId>,
    base_name: String,
    descriptor: Dictionary,
    cff: bool,
    program: Stream,
    to_unicode: Stream,
    /// For TrueType: codes to glyphs, if they differ. For CFF: a CMap from codes to glyphs, if
    /// they differ.
    mapping: Option<Stream>,
    /// Widths as they are written: by code for TrueType, by glyph for CFF.
    w: Object,
}

impl PdfFont {
    /// The code of a glyph with a meaning; 0 if the font was prepared without it.
    pub(super) fn code(&self, glyph: GlyphId, text: &str) -> u16 {
        self.codes.get(glyph, text)
    }

    /// The width of a code as readers will know it, in thousandths of the em.
    pub(super) fn width(&self, code: u16) -> f64 {
        f64::from(self.widths.get(usize::from(code)).copied().unwrap_or(0))
    }

    // Over 60 lines: the parts of one font, all made of the same list of codes.
    fn new(face: &Face, mut codes: Codes, deflater: &mut Deflater) -> Result<Self, Diagnostic> {
        let family = &face.family;
        if !codes.number() {
            return Err(Diagnostic::error(
                "pdf-font",
                say!(
                    "the document needs more than {most} glyphs of `{family}`",
                    most = MAX_CODES,
                    family
                ),
            ));
        }
        let mut glyphs: Vec<GlyphId> = codes.list.iter().map(|(glyph, _)| *glyph).collect();
        let mut seen = BTreeSet::new();
        // One glyph may have several codes but is embedded once.
        glyphs.retain(|glyph| *glyph != 0 && seen.insert(*glyph));
        let subset = face.subset(&glyphs)?;
        let cff = subset.outlines == Outlines::Cff;
        let places: Vec<u16> = codes
            .list
            .iter()
            .map(|(glyph, _)| subset.glyphs.get(glyph).copied().unwrap_or(0))
            .collect();
        let advances = advances(face, &codes.list);
        let mut widths = vec![0];
        widths.extend(&advances);
        // Codes that are the glyphs' own numbers need no map; so it is in most files.
        let identity = places.iter().enumerate().all(|(i, place)| usize::from(*place) == i + 1);
        let mapping = (!identity)
            .then(|| if cff { code_map(&places, deflater) } else { glyph_map(&places, deflater) });

        let program = if cff { subset.data } else { sfnt::cut(subset.data) };
        let tag = subset_tag(&program);
        let base_name = format!("{tag}+{}", ascii_name(&face.postscript_name));
        // A font file may have bytes behind its last table; whole words keep sums right.
        let (program, length) = deflater.padded(&program, &[0, 0, 0, 1]);
        let mut dict = dictionary! { "Filter" => "FlateDecode" };
        if cff {
            dict.set("Subtype", "CIDFontType0C");
        } else {
            // Of the program before it is deflated, which only TrueType needs (ISO 32000-1,
            // 9.9).
            dict.set("Length1", length as i64);
        }
        let w = if cff {
            let mut by_glyph = vec![0; glyphs.len()];
            for (place, width) in places.iter().zip(&advances).filter(|(place, _)| **place > 0) {
                by_glyph[usize::from(*place) - 1] = *width;
            }
            width_array(&by_glyph)
        } else {
            width_array(&advances)
        };
        Ok(Self {
            space: face.glyph(' '),
            descriptor: descriptor(face, &base_name),
            program: Stream::new(dict, program),
            to_unicode: deflater.stream(
                Dictionary::new(),
                to_unicode(&codes.list).into_bytes(),
                b"\n",
            ),
            codes,
            widths,
            base_name,
            cff,
            mapping,
            w,
        })
    }

    /// Writes the font and gives its dictionary.
    pub(super) fn write(&self, document: &mut Document) -> lopdf::ObjectId {
        let program = document.add_object(self.program.clone());
        let to_unicode = document.add_object(self.to_unicode.clone());
        let mapping = self.mapping.as_ref().map(|stream| document.add_object(stream.clone()));
        let mut descriptor = self.descriptor.clone();
        descriptor.set(if self.cff { "FontFile3" } else { "FontFile2" }, link(program));
        let descriptor = document.add_object(descriptor);

        let mut descendant = dictionary! {
            "Type" => "Font",
            "Subtype" => if self.cff { "CIDFontType0" } else { "CIDFontType2" },
            "BaseFont" => name(&self.base_name),
            "CIDSystemInfo" => dictionary! {
                "Registry" => ascii("Adobe"),
                "Ordering" => ascii("Identity"),
                "Supplement" => 0,
            },
            "FontDescriptor" => link(descriptor),
            "W" => self.w.clone(),
        };
        // PDF/A asks for the map even where it is the identity (ISO 19005-2, 6.2.11.3.2).
        if !self.cff {
            descendant.set("CIDToGIDMap", mapping.map_or_else(|| name("Identity"), link));
        }
        let descendant = document.add_object(descendant);
        let encoding = mapping.filter(|_| self.cff).map_or_else(|| name("Identity-H"), link);
        document.add_object(dictionary! {
            "Type" => "Font",
            "Subtype" => "Type0",
            "BaseFont" => name(&self.base_name),
            "Encoding" => encoding,
            "DescendantFonts" => Object::Array(vec![link(descendant)]),
            "ToUnicode" => link(to_unicode),
        })
    }
}

/// What Russian text of names, posts and reasons is made of, soft hyphen and no-break space among
/// it.
const SCRIPT: &str = "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя\
    0123456789 \u{a0}\u{ad}-–—.,:;!?()«»„“№…/";

/// All faces that some documents use.
pub(super) fn collect(
    documents: &[&Pages],
    extent: SubsetExtent,
    deflater: &mut Deflater,
    faults: &mut Vec<Diagnostic>,
) -> BTreeMap<FaceId, PdfFont> {
    let Some(book): Option<&FontBook> = documents.first().map(|p| &*p.fonts) else {
        return BTreeMap::new();
    };
    let mut used: BTreeMap<FaceId, Codes> = BTreeMap::new();
    let mut varied: BTreeSet<FaceId> = BTreeSet::new();
    for (number, pages) in documents.iter().enumerate() {
        let before: BTreeMap<FaceId, usize> =
            used.iter().map(|(face, codes)| (*face, codes.noted)).collect();
        for run in runs(pages) {
            let codes = used.entry(run.face).or_default();
            for cluster in clusters(run) {
                for (n, glyph) in run.glyphs[cluster.glyphs.clone()].iter().enumerate() {
                    codes.note(glyph.id, cluster.text_of(n));
                }
            }
        }
        // A face whose codes still grow from document to document shows varying text, such as
        // names.
        let grown = used
            .iter()
            .filter(|(face, codes)| number > 0 && before.get(face) != Some(&codes.noted));
        varied.extend(grown.map(|(face, _)| *face));
    }
    let mut fonts = BTreeMap::new();
    for (id, mut codes) in used {
        let face = book.face(id);
        // For spaces between lines.
        let more =
            if extent == SubsetExtent::Script && varied.contains(&id) { SCRIPT } else { " " };
        for (at, c) in more.char_indices() {
            if let Some(glyph) = face.glyph(c) {
                codes.note(glyph, &more[at..at + c.len_utf8()]);
            }
        }
        match PdfFont::new(face, codes, deflater) {
            Ok(font) => drop(fonts.insert(id, font)),
            Err(fault) => faults.push(fault),
        }
    }
    fonts
}

fn runs(pages: &Pages) -> impl Iterator<Item = &GlyphRun> {
    pages.pages.iter().flat_map(|p| &p.items).filter_map(|item| match &item.paint {
        Paint::Glyphs { run, .. } => Some(run),
        _ => None,
    })
}

/// The advance of every code, rounded to thousandths of the em.
fn advances(face: &Face, list: &[(GlyphId, Box<str>)]) -> Vec<u16> {
    let scale = 1000.0 / face.metrics.units_per_em;
    list.iter().map(|(glyph, _)| (face.advance(*glyph) * scale).round() as u16).collect()
}

/// `/W` for widths that are numbered from 1.
fn width_array(widths: &[u16]) -> Object {
    let widths = widths.iter().map(|w| Object::Integer(i64::from(*w))).collect();
    Object::Array(vec![Object::Integer(1), Object::Array(widths)])
}

/// `/CIDToGIDMap` (ISO 32000-1, 9.7.4.2).
fn glyph_map(places: &[u16], deflater: &mut Deflater) -> Stream {
    // Code 0 is `.notdef`, as it is in all fonts of ours.
    let mut data = vec![0, 0];
    places.iter().for_each(|place| data.extend(place.to_be_bytes()));
    deflater.stream(Dictionary::new(), data, &[0, 1])
}

/// An encoding for CFF, which has no `/CIDToGIDMap`: a CMap from codes to glyphs (ISO 32000-1,
/// 9.7.5.3).
fn code_map(places: &[u16], deflater: &mut Deflater) -> Stream {
    let mut map = cmap_head("Itog-Codes", "Identity", 1);
    let entries: Vec<String> =
        places.iter().enumerate().map(|(i, place)| format!("<{:04X}> {place}\n", i + 1)).collect();
    // At most 100 entries in a block (Adobe Technical Note 5014).
    for part in entries.chunks(100) {
        let _ = write!(map, "{} begincidchar\n{}endcidchar\n", part.len(), part.concat());
    }
    map.push_str(CMAP_TAIL);
    let info = dictionary! {
        "Registry" => ascii("Adobe"),
        "Ordering" => ascii("Identity"),
        "Supplement" => 0,
    };
    let dict =
        dictionary! { "Type" => "CMap", "CMapName" => "Itog-Codes", "CIDSystemInfo" => info };
    deflater.stream(dict, map.into_bytes(), b"\n")
}

const CMAP_TAIL: &str = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";

fn cmap_head(name: &str, ordering: &str, kind: u8) -> String {
    format!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo \
            <</Registry (Adobe) /Ordering ({ordering}) \
         /Supplement 0>> def\n/CMapName /{name} def\n/CMapType {kind} def\n1 \
         begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
    )
}

/// The character map from codes to text (ISO 32000-1, 9.10.3), neighbours joined to ranges.
fn to_unicode(list: &[(GlyphId, Box<str>)]) -> String {
    let hex =
        |text: &str| text.encode_utf16().fold(String::new(), |s, unit| s + &format!("{unit:04X}"));
    // Only codes of one unit can be counted on in a range.
    let single = |text: &str| {
        let mut units = text.encode_utf16();
        units.next().filter(|_| units.next().is_none())
    };
    let mut ranges: Vec<String> = Vec::new();
    let mut i = 0;
    while i < list.len() {
        let mut last = i;
        // A range must not run over the last byte of its code or of its text.
        while let (Some(a), Some(b)) =
            (single(&list[last].1), list.get(last + 1).and_then(|(_, t)| single(t)))
        {
            if a.checked_add(1) != Some(b) || a & 0xFF == 0xFF || (last + 1) & 0xFF == 0xFF {
                break;
            }
            last += 1;
        }
        ranges.push(format!("<{:04X}> <{:04X}> <{}>\n", i + 1, last + 1, hex(&list[i].1)));
        i = last + 1;
    }
    let mut map = cmap_head("Adobe-Identity-UCS", "UCS", 2);
    // The same limit as for codes.
    for part in ranges.chunks(100) {
        let _ = write!(map, "{} beginbfrange\n{}endbfrange\n", part.len(), part.concat());
    }
    map + CMAP_TAIL
}

/// The font descriptor (ISO 32000-1, 9.8), its font file apart.
fn descriptor(face: &Face, base_name: &str) -> Dictionary {
    let metrics = &face.metrics;
    let scaled =
        |value: f64| Object::Integer((value * 1000.0 / metrics.units_per_em).round() as i64);
    // Symbolic, because the encoding is our own; italic where the face slants.
    let (bbox, flags) = (metrics.bbox, 4 | if face.italic { 64 } else { 0 });
    dictionary! {
        "Type" => "FontDescriptor",
        "FontName" => name(base_name),
        "Flags" => flags,
        "FontBBox" => Object::Array(
            [bbox.x_min, bbox.y_min, bbox.x_max, bbox.y_max].map(scaled).into(),
        ),
        "ItalicAngle" => Object::Integer(metrics.italic_angle.round() as i64),
        "Ascent" => scaled(metrics.ascent),
        "Descent" => scaled(-metrics.descent),
        "CapHeight" => scaled(metrics.cap_height),
        // No font says how thick its stems are; this is near for the usual weights.
        "StemV" => i64::from(face.weight) / 5,
    }
}

/// Six letters that tell this subset from others of the face (ISO 32000-1, 9.6.4).
fn subset_tag(subset: &[u8]) -> String {
    let mut hash = Fnv::of(subset);
    // Six capitals before a plus mark the name of a subset (ISO 32000-1, 9.6.4).
    (0..6)
        .map(|_| {
            let letter = char::from(b'A' + (hash % 26) as u8);
            hash /= 26;
            letter
        })
        .collect()
}

/// A PostScript name with nothing in it that names may not have.
fn ascii_name(name: &str) -> String {
    let name: String =
        name.chars().filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c)).collect();
    if name.is_empty() { "Font".to_owned() } else { name }
}
