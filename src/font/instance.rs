//! Variable fonts (OpenType, `fvar`): cut at a weight, they are fonts like others for all that
//! comes after, from shaping to the DOCX.

use std::borrow::Cow;

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::raw::TableProvider;
use skrifa::{FontRef, GlyphId, MetadataProvider, Tag};

use super::sfnt;
use crate::diag::{Message, say};

/// The weights that stylesheets ask for; in between, the nearest is taken.
const WEIGHTS: [u16; 9] = [100, 200, 300, 400, 500, 600, 700, 800, 900];

/// What an instance has no use for: axes, variations of outlines and metrics, names of instances,
/// and instructions, which were written for the default outlines.
const DROPPED: [&[u8; 4]; 14] = [
    b"fvar", b"gvar", b"avar", b"cvar", b"HVAR", b"VVAR", b"MVAR", b"STAT", b"fpgm", b"prep",
    b"cvt ", b"gasp", b"hdmx", b"DSIG",
];

/// Whether a file has TrueType outlines and an axis of weight.
pub(super) fn is_variable(bytes: &[u8]) -> bool {
    FontRef::new(bytes).is_ok_and(|font| weights(&font).is_some() && font.glyf().is_ok())
}

/// The lightest and the heaviest weight.
fn weights(font: &FontRef<'_>) -> Option<(u16, u16)> {
    let axis = font.axes().iter().find(|axis| axis.tag() == Tag::new(b"wght"))?;
    let whole = |value: f32| value.clamp(1.0, 1000.0) as u16;
    Some((whole(axis.min_value()), whole(axis.max_value())))
}

/// The instances of a variable font at the weights of a range, or at all that it has.
///
/// # Errors
/// What keeps them from being cut.
pub(super) fn cut(bytes: &[u8], asked: Option<(u16, u16)>) -> Result<Vec<(u16, Vec<u8>)>, Message> {
    let font = FontRef::new(bytes).map_err(|why| say!("this is not a font: {why}", why))?;
    let (light, heavy) = weights(&font).ok_or_else(|| say!("it has no axis of weight"))?;
    let (from, to) = asked.unwrap_or((light, heavy));
    let mut all: Vec<u16> =
        WEIGHTS.into_iter().filter(|weight| (from..=to).contains(weight)).collect();
    // `font-weight: 450` names one weight, round or not.
    if from == to || all.is_empty() {
        all = vec![from];
    }
    // A stylesheet may claim a wider range than the file has.
    all.iter_mut().for_each(|weight| *weight = (*weight).clamp(light, heavy));
    all.dedup();
    let cut = |weight| {
        let file = instance(bytes, &font, weight).ok_or_else(|| say!("its tables are damaged"))?;
        Ok((weight, file))
    };
    all.into_iter().map(cut).collect()
}

/// A file with all glyphs under their own numbers, drawn at a weight.
fn instance(bytes: &[u8], font: &FontRef<'_>, weight: u16) -> Option<Vec<u8>> {
    let place = font.axes().location([("wght", f32::from(weight))]);
    let drawn = InstanceTables::new(font, LocationRef::from(&place))?;
    let mut tables = sfnt::tables(bytes)?;
    tables.retain(|(tag, _)| !DROPPED.contains(&tag));
    for (tag, table) in &mut tables {
        match &*tag {
            b"glyf" => *table = Cow::Borrowed(&drawn.outlines),
            b"loca" => *table = Cow::Borrowed(&drawn.places),
            b"hmtx" => *table = Cow::Borrowed(&drawn.widths),
            // Every glyph has its own width; `loca` has 32 bits; programs know the face by its
            // `usWeightClass`.
            b"hhea" => put(table, 34, &drawn.count.to_be_bytes())?,
            b"head" => put(table, 50, &1i16.to_be_bytes())?,
            b"OS/2" => put(table, 4, &weight.to_be_bytes())?,
            b"maxp" => {
                put(table, 6, &drawn.points.to_be_bytes())?;
                put(table, 8, &drawn.contours.to_be_bytes())?;
            }
            _ => {}
        }
    }
    sfnt::build(&tables)
}

fn put(table: &mut Cow<'_, [u8]>, at: usize, bytes: &[u8]) -> Option<()> {
    table.to_mut().get_mut(at..at + bytes.len())?.copy_from_slice(bytes);
    Some(())
}

/// The glyphs of an instance as tables; composed glyphs are drawn whole.
#[derive(Default)]
struct InstanceTables {
    outlines: Vec<u8>,
    places: Vec<u8>,
    widths: Vec<u8>,
    count: u16,
    points: u16,
    contours: u16,
}

impl InstanceTables {
    fn new(font: &FontRef<'_>, place: LocationRef<'_>) -> Option<Self> {
        let mut drawn = Self { count: font.maxp().ok()?.num_glyphs(), ..Self::default() };
        let (glyphs, metrics) =
            (font.outline_glyphs(), font.glyph_metrics(Size::unscaled(), place));
        for number in 0..drawn.count {
            let glyph = GlyphId::from(number);
            let mut pen = GlyfPen::default();
            if let Some(outline) = glyphs.get(glyph) {
                outline.draw(DrawSettings::unhinted(Size::unscaled(), place), &mut pen).ok()?;
            }
            drawn.place()?;
            let left = pen.write(&mut drawn.outlines)?;
            let points: usize = pen.contours.iter().map(Vec::len).sum();
            drawn.points = drawn.points.max(u16::try_from(points).ok()?);
            drawn.contours = drawn.contours.max(u16::try_from(pen.contours.len()).ok()?);
            let width = metrics.advance_width(glyph).unwrap_or(0.0).round().max(0.0) as u16;
            drawn.widths.extend(width.to_be_bytes());
            drawn.widths.extend(left.to_be_bytes());
        }
        drawn.place()?;
        Some(drawn)
    }

    fn place(&mut self) -> Option<()> {
        self.outlines.resize(self.outlines.len().next_multiple_of(4), 0);
        self.places.extend(u32::try_from(self.outlines.len()).ok()?.to_be_bytes());
        Some(())
    }
}

/// A point of a contour: x, y, and whether it is on the curve.
type GlyfPoint = (i16, i16, bool);

/// Takes an outline as the points of `glyf`.
#[derive(Default)]
struct GlyfPen {
    contours: Vec<Vec<GlyfPoint>>,
}

impl GlyfPen {
    fn add(&mut self, x: f32, y: f32, on: bool) {
        let point = (x.round() as i16, y.round() as i16, on);
        if let Some(contour) = self.contours.last_mut() {
            contour.push(point);
        }
    }

    /// Writes a simple glyph without instructions and gives its left edge. Nothing is packed: it
    /// is cut down once more before it goes anywhere.
    fn write(&self, out: &mut Vec<u8>) -> Option<i16> {
        let all = || self.contours.iter().flatten();
        // A glyph without contours, such as the space, has no bytes at all (OpenType, `loca`).
        let Some(left) = all().map(|p| p.0).min() else { return Some(0) };
        let edges =
            [left, all().map(|p| p.1).min()?, all().map(|p| p.0).max()?, all().map(|p| p.1).max()?];
        out.extend(i16::try_from(self.contours.len()).ok()?.to_be_bytes());
        edges.iter().for_each(|edge| out.extend(edge.to_be_bytes()));
        let mut end = 0;
        for contour in &self.contours {
            end += contour.len();
            out.extend(u16::try_from(end.checked_sub(1)?).ok()?.to_be_bytes());
        }
        // No instructions (OpenType, `glyf`: instructionLength).
        out.extend([0, 0]);
        // A flag of 1 is a point on the curve whose coordinates are two bytes each.
        out.extend(all().map(|p| u8::from(p.2)));
        for pick in [|p: &GlyfPoint| p.0, |p: &GlyfPoint| p.1] {
            let mut last = 0i16;
            for at in all().map(pick) {
                out.extend(at.wrapping_sub(last).to_be_bytes());
                last = at;
            }
        }
        Some(left)
    }
}

impl OutlinePen for GlyfPen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.contours.push(Vec::new());
        self.add(x, y, true);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.add(x, y, true);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.add(cx, cy, false);
        self.add(x, y, true);
    }

    /// TrueType has no cubic curves, so this is never called; the ends are kept in any case.
    fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, x: f32, y: f32) {
        self.add(x, y, true);
    }

    /// A contour closes by itself, so an end upon its beginning is one point too many.
    fn close(&mut self) {
        if let Some(contour) = self.contours.last_mut()
            && contour.len() > 1
            && contour.first() == contour.last()
        {
            contour.pop();
        }
    }
}
