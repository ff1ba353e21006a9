//! A page as SVG: its items in painting order, in groups that clip, move and fade.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use super::Pictures;
use super::text::{attribute, color, escaped, fraction, line, number, path, transform};
use super::words::Layer;
use crate::font::{FaceId, GlyphId};
use crate::geometry::{Matrix, Point, Rect};
use crate::image::{DrawnSegment, Image, Shown, Stroke};
use crate::layout::{Mark, PageItem, Paint};
use crate::style::Color;
use crate::text::{GlyphRun, Synthesis};

/// What a page is drawn for, if not for browsers: pixels.
pub(super) struct Pixels {
    /// Pixels to a point.
    pub(super) scale: f64,
    /// The raster pictures on it, which are handed over beside the text.
    pub(super) shown: Vec<Shown>,
}

/// A page for browsers.
pub(super) fn svg(pictures: &Pictures, number: usize) -> String {
    SvgWriter::new(pictures, number, None).finish().0
}

/// A page to be drawn as pixels, with the raster pictures that it names by their numbers: without
/// what leaves no trace there, text and links.
#[cfg(feature = "svg")]
pub(super) fn for_pixels(
    pictures: &Pictures,
    number: usize,
    pixels: Pixels,
) -> (String, Vec<Shown>) {
    SvgWriter::new(pictures, number, Some(pixels)).finish()
}

/// What a [`Paint::Pop`] ends.
enum Open {
    Group,
    /// Things that are seen through: how much they were before.
    Faded(f64),
}

pub(super) struct SvgWriter<'a> {
    pictures: &'a Pictures,
    number: usize,
    pub(super) pixels: Option<Pixels>,
    /// What is named and used below.
    pub(super) defs: String,
    body: String,
    /// Links lie above all, so that they can be clicked on.
    links: String,
    layer: Layer,
    open: Vec<Open>,
    /// How much of what is painted is seen.
    opacity: f64,
    /// How many names were given.
    names: usize,
    glyphs: BTreeMap<(FaceId, GlyphId), String>,
    /// Pictures that have been written, with their names.
    pub(super) written: Vec<(Arc<Image>, String)>,
}

impl<'a> SvgWriter<'a> {
    fn new(pictures: &'a Pictures, number: usize, pixels: Option<Pixels>) -> Self {
        Self {
            pictures,
            number,
            pixels,
            defs: String::new(),
            body: String::new(),
            links: String::new(),
            layer: Layer::default(),
            open: Vec::new(),
            opacity: 1.0,
            names: 0,
            glyphs: BTreeMap::new(),
            written: Vec::new(),
        }
    }

    fn finish(mut self) -> (String, Vec<Shown>) {
        let pictures = self.pictures;
        let Some(page) = pictures.pages.pages.get(self.number) else { return Default::default() };
        for (at, item) in page.items.iter().enumerate() {
            if item.paint.is_sane() {
                self.item(at, item);
            }
        }
        self.end_text();
        // A push without its pop must not leave the file unfinished.
        while let Some(open) = self.open.pop() {
            self.end(open);
        }
        // The page's own corner is the origin; what is printed beside it lies before.
        let (left, top) = (-page.slug, -page.slug);
        let (width, height) = (page.width + 2.0 * page.slug, page.height + 2.0 * page.slug);
        let mut out = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"");
        number(&mut out, width);
        out.push_str("pt\" height=\"");
        number(&mut out, height);
        out.push_str("pt\" viewBox=\"");
        for (at, value) in [left, top, width, height].into_iter().enumerate() {
            out.push_str(if at > 0 { " " } else { "" });
            number(&mut out, value);
        }
        out.push('"');
        if self.pixels.is_none() {
            let meta = &pictures.pages.meta;
            for (name, value) in [("lang", &meta.lang), ("aria-label", &meta.title)] {
                if let Some(value) = value {
                    let _ = write!(out, " {name}=\"");
                    escaped(&mut out, value);
                    out.push('"');
                }
            }
            out.push_str(" role=\"document\" font-family=\"serif\"");
        }
        out.push_str("><defs>");
        out.push_str(&self.defs);
        out.push_str("</defs><rect");
        for (name, value) in [("x", left), ("y", top), ("width", width), ("height", height)] {
            attribute(&mut out, name, value);
        }
        // Paper is white, whatever stands behind the picture.
        out.push_str(" fill=\"#fff\"/>");
        out.push_str(&self.body);
        out.push_str(&self.links);
        out.push_str("</svg>");
        (out, self.pixels.map(|pixels| pixels.shown).unwrap_or_default())
    }

    /// A name that no other thing of the document has.
    pub(super) fn name(&mut self) -> String {
        self.names += 1;
        format!("p{}-{}", self.number + 1, self.names)
    }

    /// Ends the open text: what follows is in another group.
    fn end_text(&mut self) {
        if let Some(text) = self.layer.close() {
            self.body.push_str(&text);
        }
    }

    fn end(&mut self, open: Open) {
        match open {
            Open::Group => self.body.push_str("</g>"),
            Open::Faded(before) => self.opacity = before,
        }
    }

    fn item(&mut self, at: usize, item: &PageItem) {
        match &item.paint {
            Paint::PushClip(rect) => self.clip(&DrawnSegment::rectangle(*rect)),
            Paint::PushClipPath(path) => self.clip(path),
            Paint::PushOpacity(opacity) => {
                self.open.push(Open::Faded(self.opacity));
                self.opacity *= opacity.clamp(0.0, 1.0);
            }
            Paint::PushTransform(matrix) => {
                self.end_text();
                self.body.push_str("<g");
                transform(&mut self.body, "transform", *matrix);
                self.body.push('>');
                self.open.push(Open::Group);
            }
            Paint::Pop => {
                self.end_text();
                if let Some(open) = self.open.pop() {
                    self.end(open);
                }
            }
            Paint::Link { rect, href, text } => self.link(*rect, href, text),
            Paint::Glyphs { x, y, run, .. } => {
                self.glyphs(*x, *y, run);
                if self.pixels.is_none() {
                    let space = self.pictures.reading.space(self.number, at);
                    let (pages, reading) = (&self.pictures.pages, &self.pictures.reading);
                    let before =
                        self.layer.add(pages, reading, item.mark, Point::new(*x, *y), run, space);
                    self.body.push_str(&before.unwrap_or_default());
                }
            }
            Paint::Path { path, fill, even_odd, stroke } => {
                let opacity = self.opacity;
                shape(&mut self.body, path, *fill, *even_odd, stroke.as_ref(), opacity);
            }
            Paint::Image { rect, image } => self.image(item.mark, *rect, image),
        }
    }

    fn clip(&mut self, path: &[DrawnSegment]) {
        self.end_text();
        let name = self.clip_path(path, false);
        let _ = write!(self.body, "<g clip-path=\"url(#{name})\">");
        self.open.push(Open::Group);
    }

    /// Defines a clip path.
    pub(super) fn clip_path(&mut self, segments: &[DrawnSegment], even_odd: bool) -> String {
        let name = self.name();
        let _ = write!(self.defs, "<clipPath id=\"{name}\"><path");
        path(&mut self.defs, segments, even_odd.then_some("clip-rule"));
        self.defs.push_str("/></clipPath>");
        name
    }

    fn glyphs(&mut self, x: f64, y: f64, run: &GlyphRun) {
        if run.color.is_transparent() || run.size <= 0.0 {
            return;
        }
        let units = self.pictures.pages.fonts.face(run.face).metrics.units_per_em;
        let scale = run.size / units;
        let Synthesis { bold, oblique } = run.synthesis;
        // Font units with y upwards; a slant moves what is above the baseline to the right.
        let slant = if oblique { Synthesis::SLANT * scale } else { 0.0 };
        let mut group = String::from("<g");
        let wide = scale * run.scaling;
        transform(&mut group, "transform", Matrix::new([wide, 0.0, slant, -scale, x, y]));
        color(&mut group, "fill", run.color, self.opacity);
        if bold {
            color(&mut group, "stroke", run.color, self.opacity);
            attribute(&mut group, "stroke-width", units * Synthesis::thickening(run.size));
            // The points of mitred joins would stick out of letters.
            group.push_str(" stroke-linejoin=\"round\"");
        }
        group.push('>');
        let (empty, mut pen) = (group.len(), 0.0);
        for glyph in run.glyphs.iter() {
            if let Some(name) = self.glyph(run.face, glyph.id) {
                let _ = write!(group, "<use href=\"#{name}\"");
                // Tenths of a font unit are far below a pixel, and every digit is paid for each
                // letter.
                attribute(&mut group, "x", ((pen + glyph.dx) / wide * 10.0).round() / 10.0);
                if glyph.dy != 0.0 {
                    attribute(&mut group, "y", glyph.dy / scale);
                }
                group.push_str("/>");
            }
            pen += glyph.advance;
        }
        // Spaces leave no ink.
        if group.len() > empty {
            self.body.push_str(&group);
            self.body.push_str("</g>");
        }
    }

    /// The name of a glyph's outline, if it leaves ink.
    fn glyph(&mut self, face: FaceId, glyph: GlyphId) -> Option<String> {
        if let Some(name) = self.glyphs.get(&(face, glyph)) {
            return Some(name.clone());
        }
        let outline = self.pictures.glyphs.outline(face, glyph)?;
        let name = self.name();
        let _ = write!(self.defs, "<path id=\"{name}\" d=\"{outline}\"/>");
        self.glyphs.insert((face, glyph), name.clone());
        Some(name)
    }

    fn image(&mut self, mark: Mark, rect: Rect, image: &Arc<Image>) {
        let (name, size) = self.picture(image, rect.size());
        let mut out = format!("<use href=\"#{name}\"");
        let scale = Matrix::scale(rect.width / size.width, rect.height / size.height);
        transform(&mut out, "transform", Matrix::translate(rect.corner()).around(scale));
        fraction(&mut out, "opacity", self.opacity);
        if let (Mark::Content { tag, .. }, None) = (mark, &self.pixels)
            // Pictures without a description are ornament to whoever listens.
            && let Some(alt) = self.alt(tag.0)
        {
            out.push_str(" role=\"img\" aria-label=\"");
            escaped(&mut out, &alt);
            out.push('"');
        }
        out.push_str("/>");
        self.body.push_str(&out);
    }

    fn alt(&self, tag: u32) -> Option<Arc<str>> {
        self.pictures.pages.tags.get(tag as usize)?.alt.clone().filter(|alt| !alt.is_empty())
    }

    fn link(&mut self, rect: Rect, href: &str, text: &str) {
        let Some(href) = self.address(href).filter(|_| self.pixels.is_none()) else { return };
        let out = &mut self.links;
        out.push_str("<a href=\"");
        escaped(out, &href);
        out.push_str("\" aria-label=\"");
        // Without words of its own its address is what there is to be read aloud.
        escaped(out, if text.trim().is_empty() { &href } else { text });
        // Filled, though with nothing: clicks go through what has no fill at all.
        out.push_str("\"><rect fill-opacity=\"0\"");
        for (name, value) in
            [("x", rect.x), ("y", rect.y), ("width", rect.width), ("height", rect.height)]
        {
            attribute(out, name, value);
        }
        out.push_str("/></a>");
    }

    /// Where a link leads; nothing if a browser could be made to run what it holds.
    fn address(&self, href: &str) -> Option<String> {
        match href.strip_prefix('#') {
            Some(id) => {
                // A place within a page has no name that the files of other pages know.
                let page = self.pictures.pages.targets.get(id)?.0.page;
                Some(format!("#page-{}", page + 1))
            }
            None => {
                let (scheme, _) = href.split_once(':')?;
                let safe = ["http", "https", "mailto", "tel"];
                safe.iter().any(|known| scheme.eq_ignore_ascii_case(known)).then(|| href.to_owned())
            }
        }
    }
}

/// A path with its fill and stroke.
pub(super) fn shape(
    out: &mut String,
    segments: &[DrawnSegment],
    fill: Option<Color>,
    even_odd: bool,
    stroke: Option<&Stroke>,
    opacity: f64,
) {
    let fill = fill.filter(|color| !color.is_transparent());
    // A width of 0 is nothing in CSS and SVG.
    let stroke = stroke.filter(|s| !s.color.is_transparent() && s.width > 0.0);
    if fill.is_none() && stroke.is_none() {
        return;
    }
    out.push_str("<path");
    path(out, segments, even_odd.then_some("fill-rule"));
    match fill {
        Some(fill) => color(out, "fill", fill, opacity),
        None => out.push_str(" fill=\"none\""),
    }
    if let Some(stroke) = stroke {
        color(out, "stroke", stroke.color, opacity);
        line(out, stroke);
    }
    out.push_str("/>");
}
