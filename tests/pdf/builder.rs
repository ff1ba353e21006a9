//! Pages by hand: a small stand-in for layout.

use std::sync::{Arc, LazyLock};

use itog::diag::Source;
use itog::internals::diag::{Sources, Span};
use itog::internals::font::{FaceId, FaceTraits, FontBook};
use itog::internals::geometry::Rect;
use itog::internals::image::{DrawnSegment, Image};
use itog::internals::layout::{
    Artifact, Bookmark, Destination, Mark, Meta, Page, PageItem, Pages, Paint, Role, Tag, TagId,
};
use itog::internals::style::{Color, Family};
use itog::internals::text::{Glyph, GlyphRun};

/// The bundled faces, and one with CFF outlines: `Squares`.
pub(crate) static BOOK: LazyLock<Arc<FontBook>> = LazyLock::new(|| {
    let mut book = FontBook::bundled();
    book.add(&include_bytes!("squares.otf")[..]).unwrap();
    Arc::new(book)
});

pub(crate) fn face(family: &str, weight: u16) -> FaceId {
    BOOK.select(&[Family::Named(family.into())], FaceTraits { weight, ..FaceTraits::default() })[0]
}

/// Glyphs of a text, one for each character, unkerned. A soft hyphen looks like a hyphen.
pub(crate) fn run(text: &str, face: FaceId, size: f64) -> GlyphRun {
    let font = BOOK.face(face);
    let scale = size / font.metrics.units_per_em;
    let glyphs = text.char_indices().map(|(at, c)| {
        let id = font.glyph(if c == '\u{AD}' { '-' } else { c }).unwrap_or(0);
        Glyph { id, advance: font.advance(id) * scale, dx: 0.0, dy: 0.0, cluster: at as u32 }
    });
    GlyphRun {
        face,
        size,
        color: Color::BLACK,
        synthesis: Default::default(),
        scaling: 1.0,
        text: text.into(),
        glyphs: glyphs.collect(),
    }
}

pub(crate) fn tag(role: Role, parent: Option<TagId>, order: u32) -> Tag {
    Tag {
        role,
        parent,
        order,
        alt: None,
        lang: None,
        columns: 1,
        rows: 1,
        heads_row: false,
        numbering: None,
        bounds: None,
        span: None,
    }
}

pub(crate) struct Builder {
    pub(crate) pages: Pages,
    pub(crate) y: f64,
    orders: Vec<u32>,
}

impl Builder {
    /// An A4 document with a title, a language and one empty page.
    pub(crate) fn new() -> Self {
        let mut sources = Sources::default();
        sources.add(Source::new(
            "template.hbs",
            "<html>\n<img src=\"seal.svg\"/>\n<h3>Итоги</h3>\n</html>\n",
        ));
        let meta = Meta {
            title: Some("Итоговый документ «Проба» & <всё>".into()),
            author: Some("Оргкомитет".into()),
            date: Some("2026-11-16".into()),
            lang: Some("ru-RU".into()),
            ..Meta::default()
        };
        let pages = Pages {
            pages: Vec::new(),
            tags: vec![tag(Role::Document, None, 0)],
            outline: Vec::new(),
            targets: Default::default(),
            meta,
            fonts: Arc::clone(&BOOK),
            sources: Arc::new(sources),
        };
        let mut builder = Self { pages, y: 0.0, orders: vec![0] };
        builder.page();
        builder
    }

    pub(crate) fn page(&mut self) {
        self.pages.pages.push(Page { width: 595.276, height: 841.89, ..Page::default() });
        self.y = 70.0;
    }

    pub(crate) fn order(&mut self, parent: TagId) -> u32 {
        self.orders[parent.0 as usize] += 1;
        self.orders[parent.0 as usize]
    }

    pub(crate) fn tag(&mut self, role: Role, parent: TagId) -> TagId {
        let order = self.order(parent);
        self.pages.tags.push(tag(role, Some(parent), order));
        self.orders.push(0);
        TagId(self.pages.tags.len() as u32 - 1)
    }

    pub(crate) fn edit(&mut self, id: TagId) -> &mut Tag {
        &mut self.pages.tags[id.0 as usize]
    }

    pub(crate) fn paint(&mut self, mark: Mark, paint: Paint) {
        self.pages.pages.last_mut().unwrap().items.push(PageItem { mark, paint });
    }

    pub(crate) fn content(&mut self, tag: TagId) -> Mark {
        let order = self.order(tag);
        Mark::Content { tag, order }
    }

    pub(crate) fn glyphs(&mut self, mark: Mark, x: f64, run: GlyphRun) {
        let y = self.y;
        self.paint(mark, Paint::Glyphs { x, y, run, span: None });
    }

    /// Lines of one element, each below the one before.
    pub(crate) fn lines(&mut self, tag: TagId, x: f64, lines: &[&str], weight: u16, size: f64) {
        let mark = self.content(tag);
        for line in lines {
            self.glyphs(mark, x, run(line, face("PT Serif", weight), size));
            self.y += size * 1.3;
        }
    }

    pub(crate) fn heading(&mut self, level: u8, text: &str) -> TagId {
        let tag = self.tag(Role::Heading(level), TagId(0));
        let target = Destination { page: self.pages.pages.len() - 1, x: 70.0, y: self.y - 20.0 };
        self.pages.outline.push(Bookmark { level, title: text.to_owned(), target, tag });
        self.lines(tag, 70.0, &[text], 700, 20.0 - 2.0 * f64::from(level));
        self.y += 8.0;
        tag
    }

    pub(crate) fn paragraph(&mut self, lines: &[&str]) -> TagId {
        let tag = self.tag(Role::Paragraph, TagId(0));
        self.lines(tag, 70.0, lines, 400, 12.0);
        self.y += 6.0;
        tag
    }

    pub(crate) fn rule(&mut self, x: f64, y: f64, width: f64, height: f64) {
        let path = DrawnSegment::rectangle(Rect::new(x, y, width, height)).into();
        let paint = Paint::Path {
            path,
            fill: Some(Color { red: 150, green: 30, blue: 30, alpha: 255 }),
            even_odd: false,
            stroke: None,
        };
        self.paint(Mark::Artifact(Artifact::Layout), paint);
    }

    pub(crate) fn figure(&mut self, rect: Rect, image: &Arc<Image>, alt: &str) -> TagId {
        let tag = self.tag(Role::Figure, TagId(0));
        let page = self.pages.pages.len() - 1;
        self.edit(tag).alt = Some(alt.into());
        self.edit(tag).bounds = Some((page, rect));
        self.edit(tag).span = Some(Span::new(itog::internals::diag::SourceId(0), 7..29));
        let mark = self.content(tag);
        self.paint(mark, Paint::Image { rect, image: Arc::clone(image) });
        tag
    }
}
