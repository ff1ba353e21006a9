//! Content streams: a page's items become printpdf operations, in marked-content sequences.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use printpdf::{Mm, Op, PdfPage, Pt, XObjectId, XObjectTransform};

use super::coded::CodedRun;
use super::graphics::{Pen, number};
use super::image::Picture;
use super::object::{Corners, round, text};
use super::save::{integer, object};
use super::shared::SharedResources;
use super::tags::structure_type;
use crate::cache::equal;
use crate::diag::Diagnostic;
use crate::font::FaceId;
use crate::geometry::Rect;
use crate::image::{Image, ImageData};
use crate::layout::words::{Ends, pieces, spaced};
use crate::layout::{Artifact, Mark, Page, PageItem, Paint, Tag, TagId, misplaced};
use crate::limits;
use crate::text::{GlyphRun, Synthesis};

/// What the content streams of a document refer to, and what refers to them.
#[derive(Debug, Default)]
pub(super) struct Uses {
    /// Faces shown.
    pub(super) fonts: BTreeSet<FaceId>,
    /// Pictures shown, by their number in [`SharedResources`].
    pub(super) pictures: BTreeSet<usize>,
    /// Pictures of this document alone, numbered behind those of [`SharedResources`].
    pub(super) own: Vec<(Arc<Image>, Picture)>,
    /// Alphas set.
    pub(super) alphas: BTreeSet<u8>,
    /// By page: whose content each marked-content sequence is, by its identifier.
    pub(super) marked: Vec<Vec<(TagId, u32)>>,
    /// Links in painting order.
    pub(super) links: Vec<Link>,
    /// Something was not prepared: a face, a glyph.
    pub(super) missing: bool,
    /// What could not be painted.
    pub(super) faults: Vec<Diagnostic>,
}

/// A link's area on a page.
#[derive(Debug)]
pub(super) struct Link {
    /// From 0.
    pub(super) page: usize,
    pub(super) corners: Corners,
    /// A URL, or `#id`.
    pub(super) href: Arc<str>,
    /// What it says.
    pub(super) text: Arc<str>,
    /// The link's tag and its place among the tag's kids.
    pub(super) tag: Option<(TagId, u32)>,
}

/// A face's resource name.
pub(super) fn font_name(face: FaceId) -> String {
    format!("T{}", face.0)
}

impl Uses {
    /// A picture with its number: one that many documents share, or one of this document's own.
    fn picture(&mut self, shared: &SharedResources, image: &Arc<Image>) -> (usize, Picture) {
        if let Some((number, picture)) = shared.picture(image) {
            return (number, picture.clone());
        }
        let same = |(known, _): &(Arc<Image>, Picture)| equal::<Image>(known, image);
        let at = self.own.iter().position(same).unwrap_or_else(|| {
            let picture = shared.deflating(|deflater| Picture::new(image, 1, deflater));
            self.own.push((Arc::clone(image), picture));
            self.own.len() - 1
        });
        (shared.picture_count() + at, self.own[at].1.clone())
    }
}

/// A picture's resource name.
pub(super) fn picture_name(number: usize) -> String {
    format!("X{number}")
}

/// Paints a page. `tags` is empty for a file without structure; `ends` says how each item begins
/// and ends.
pub(super) fn page(
    page: &Page,
    tags: &[Tag],
    ends: &[Ends],
    shared: &SharedResources,
    uses: &mut Uses,
) -> PdfPage {
    uses.marked.push(Vec::new());
    // Marked content is numbered for each page from 0 (ISO 32000-1, 14.7.4.2).
    let number = uses.marked.len() - 1;
    let mut painter = ContentPainter {
        number,
        tags,
        shared,
        uses,
        pen: Pen::page(page.height),
        open: None,
        in_text: false,
    };
    for (i, item) in page.items.iter().enumerate() {
        painter.item(item, ends.get(i).unwrap_or(&Ends::default()));
    }
    painter.close();
    // A push without its pop must not reach into the next page's stream.
    (0..painter.pen.depth()).for_each(|_| painter.pen.restore());
    let (ops, alphas) = painter.pen.finish();
    uses.alphas.extend(alphas);
    // The page's size is written afterwards: millimetres in single precision are not what layout
    // said.
    PdfPage::new(Mm(210.0), Mm(297.0), ops)
}

struct ContentPainter<'a> {
    number: usize,
    tags: &'a [Tag],
    shared: &'a SharedResources,
    uses: &'a mut Uses,
    pen: Pen,
    /// The open marked-content sequence, and the text that stands for what is in it.
    open: Option<(Mark, Option<Arc<str>>)>,
    in_text: bool,
}

impl ContentPainter<'_> {
    // Over 60 lines: one arm for each kind of paint.
    fn item(&mut self, item: &PageItem, ends: &Ends) {
        limits::tick();
        if !item.paint.is_sane() {
            self.fault();
            // A push must be pushed, or its pop would end another.
            if matches!(
                item.paint,
                Paint::PushClip(_)
                    | Paint::PushClipPath(_)
                    | Paint::PushOpacity(_)
                    | Paint::PushTransform(_)
            ) {
                self.close();
                self.pen.save();
            }
            return;
        }
        match &item.paint {
            Paint::PushClip(rect) => {
                // Sequences and saved states nest, so that each can be closed by itself.
                self.close();
                self.pen.save();
                self.pen.clip(*rect);
            }
            Paint::PushClipPath(path) => {
                self.close();
                self.pen.save();
                self.pen.clip_path(path, false);
            }
            Paint::PushOpacity(opacity) => {
                self.close();
                self.pen.save();
                self.pen.fade(*opacity);
            }
            Paint::PushTransform(matrix) => {
                self.close();
                self.pen.save();
                self.pen.transform(*matrix);
            }
            Paint::Pop => {
                self.close();
                self.pen.restore();
            }
            Paint::Link { rect, href, text } => {
                let tag = match item.mark {
                    Mark::Content { tag, order } if self.tag(tag).is_some() => Some((tag, order)),
                    _ => None,
                };
                self.uses.links.push(Link {
                    page: self.number,
                    corners: Corners::new(*rect, self.pen.height),
                    href: Arc::clone(href),
                    text: Arc::clone(text),
                    tag,
                });
            }
            Paint::Glyphs { x, y, run, .. } => self.run(*x, *y, run, item.mark, ends),
            Paint::Path { path, fill, even_odd, stroke } => {
                self.mark(item.mark, None);
                self.end_text();
                self.pen.shape(path, *fill, *even_odd, stroke.as_ref());
            }
            Paint::Image { rect, image } => {
                self.mark(item.mark, None);
                self.end_text();
                self.image(*rect, image);
            }
        }
    }

    fn run(&mut self, mut x: f64, y: f64, run: &GlyphRun, mark: Mark, ends: &Ends) {
        let coded = self.coded(run);
        let is_spaced = coded.as_ref().is_some_and(|coded| coded.spaced) && !self.tags.is_empty();
        // Letter-spaced text is cut into words; what is hyphenated is cut anyway.
        let pieces = if ends.is_plain() && is_spaced { spaced(run) } else { pieces(run, ends) };
        for piece in pieces {
            self.mark(mark, piece.instead);
            match piece.run {
                Cow::Borrowed(run) => self.glyphs(x, y, run, coded.as_deref(), piece.space),
                Cow::Owned(part) => {
                    let coded = self.coded(&part);
                    self.glyphs(x, y, &part, coded.as_deref(), piece.space);
                    x += part.width();
                }
            }
        }
    }

    fn coded(&self, run: &GlyphRun) -> Option<Arc<CodedRun>> {
        self.shared.coded(run)
    }

    fn fault(&mut self) {
        self.uses.faults.push(misplaced(self.number));
    }

    fn tag(&self, id: TagId) -> Option<&Tag> {
        self.tags.get(id.0 as usize)
    }

    /// Goes on with the open marked-content sequence, or begins another.
    fn mark(&mut self, mark: Mark, instead: Option<Arc<str>>) {
        let same = self
            .open
            .as_ref()
            // A replacement text is of its own sequence: joined, it would stand for the
            // neighbours as well.
            .is_some_and(|(open, text)| *open == mark && text.is_none() && instead.is_none());
        if same || self.tags.is_empty() {
            return;
        }
        self.close();
        self.open = Some((mark, instead.clone()));
        let line = self.pen.line();
        match mark {
            Mark::Content { tag, order } if self.tags.get(tag.0 as usize).is_some() => {
                let marked = &mut self.uses.marked[self.number];
                marked.push((tag, order));
                let id = marked.len() as i64 - 1;
                let role = self.tags.get(tag.0 as usize).map_or("Span", |t| structure_type(t.role));
                line.push(b'/');
                match instead {
                    // Poppler looks for other texts in spans only.
                    Some(word) => {
                        line.extend_from_slice(b"Span <</ActualText");
                        object(line, &text(&word));
                    }
                    None => {
                        line.extend_from_slice(role.as_bytes());
                        line.extend_from_slice(b" <<");
                    }
                }
                line.extend_from_slice(b"/MCID ");
                integer(line, id);
                line.extend_from_slice(b">> BDC");
            }
            // Kinds of artifacts: ISO 32000-1, 14.8.2.2.2.
            Mark::Artifact(Artifact::Header) => {
                line.extend_from_slice(b"/Artifact <</Type/Pagination/Subtype/Header>> BDC")
            }
            Mark::Artifact(Artifact::Footer) => {
                line.extend_from_slice(b"/Artifact <</Type/Pagination/Subtype/Footer>> BDC")
            }
            Mark::Artifact(Artifact::Side) => {
                line.extend_from_slice(b"/Artifact <</Type/Pagination>> BDC")
            }
            Mark::Artifact(Artifact::Background) => {
                line.extend_from_slice(b"/Artifact <</Type/Background>> BDC")
            }
            Mark::Artifact(Artifact::Layout) | Mark::Content { .. } => {
                line.extend_from_slice(b"/Artifact <</Type/Layout>> BDC")
            }
        }
    }

    /// Ends the open marked-content sequence.
    fn close(&mut self) {
        self.end_text();
        if self.open.take().is_some() {
            self.pen.operator(&[], "EMC");
        }
    }

    fn end_text(&mut self) {
        if std::mem::take(&mut self.in_text) {
            self.pen.operator(&[], "ET");
        }
    }

    fn glyphs(&mut self, x: f64, y: f64, run: &GlyphRun, coded: Option<&CodedRun>, space: bool) {
        let (Some(font), Some(coded)) = (self.shared.font(run.face), coded) else {
            self.uses.missing = true;
            return;
        };
        if run.glyphs.is_empty() || run.color.is_transparent() || run.size <= 0.0 {
            return;
        }
        if !std::mem::replace(&mut self.in_text, true) {
            self.pen.operator(&[], "BT");
        }
        self.uses.fonts.insert(run.face);
        self.pen.fill(run.color);
        if self.pen.font(run.face, run.size) {
            let line = self.pen.line();
            line.push(b'/');
            line.extend_from_slice(font_name(run.face).as_bytes());
            line.push(b' ');
            number(line, round(run.size));
            line.extend_from_slice(b" Tf");
        }
        let Synthesis { bold, oblique } = run.synthesis;
        self.pen.thicken(bold.then_some((run.color, run.size * Synthesis::thickening(run.size))));
        let slant = if oblique { Synthesis::SLANT as f32 } else { 0.0 };
        let scaling = run.scaling as f32;
        self.pen.operator(&[scaling, 0.0, slant, 1.0, round(x), round(self.pen.height - y)], "Tm");
        self.uses.missing |= !coded.whole;
        for (at, part) in coded.parts.iter().enumerate() {
            self.pen.rise(part.rise);
            let last = at + 1 == coded.parts.len();
            let space = font.space.filter(|_| space && last).map(|glyph| font.code(glyph, " "));
            part.show(self.pen.line(), space);
        }
    }

    fn image(&mut self, rect: Rect, image: &Arc<Image>) {
        let Rect { x, y, width, height } = rect;
        let (number, picture) = self.uses.picture(self.shared, image);
        let bottom = self.pen.height - y - height;
        match (&picture, &image.data) {
            (Picture::Inline, ImageData::Vector { nodes, .. }) => {
                self.pen.save();
                let scale = |to: f64, from: f64| (to / from) as f32;
                self.pen.matrix([
                    scale(width, image.width),
                    0.0,
                    0.0,
                    scale(height, image.height),
                    round(x),
                    round(bottom),
                ]);
                self.pen.shapes(nodes, image.height);
                self.pen.restore();
            }
            _ => {
                self.uses.pictures.insert(number);
                // What was painted before must not make the picture fainter: its alphas are in
                // itself.
                self.pen.alpha(255);
                // A drawing is a form of its own size, an image fills the unit square (ISO
                // 32000-1, 8.10 and 8.9).
                let natural = if matches!(image.data, ImageData::Vector { .. }) {
                    (image.width, image.height)
                } else {
                    (1.0, 1.0)
                };
                let transform = XObjectTransform {
                    translate_x: Some(Pt(round(x))),
                    translate_y: Some(Pt(round(bottom))),
                    scale_x: Some((width / natural.0) as f32),
                    scale_y: Some((height / natural.1) as f32),
                    no_auto_scale: true,
                    ..XObjectTransform::default()
                };
                let id = XObjectId(picture_name(number));
                self.pen.op(Op::UseXobject { id, transform });
            }
        }
    }
}
