//! Pages as pictures, for screens: SVG, and PNG made from it, so that both look the same.
//!
//! | file | what it writes |
//! |---|---|
//! | `page` | a page: its items, their groups, links |
//! | `words` | the layer of invisible text that is selected, searched and read aloud |
//! | `drawing` | drawings: gradients, patterns, masks, pictures in them |
//! | `glyphs` | the outlines of letters, each once for a document |
//! | `seal` | the record that a file is as it was written |
//! | `text` | numbers, colours, paths as SVG writes them |
//!
//! What is drawn is what the PDF shows, page by page.

mod drawing;
mod glyphs;
mod page;
mod seal;
mod text;
mod words;

use crate::diag::Sink;
#[cfg(feature = "svg")]
use crate::geometry::PixelSize;
use crate::layout::{Pages, misplaced};
use glyphs::Glyphs;
pub(crate) use seal::is_unchanged;
#[cfg(feature = "batch")]
pub(crate) use seal::{made_of, mark};
use words::Reading;

/// A document's pages as pictures: laid out once, drawn when they are asked for.
///
/// ```
/// use itog::Engine;
/// use itog::model::{self, Format};
///
/// let yaml = "kind: Решение\nrecommendations: [Провести форум.]\n";
/// let data = model::read(yaml.as_bytes(), "decision.yaml", Format::Yaml)?.value;
/// let composition = Engine::new().load_builtin("final-document")?.value.compose(&data)?.value;
/// let pictures = composition.to_pictures()?.value;
/// assert_eq!(pictures.len(), 1);
/// for page in pictures.iter() {
///     assert!(page.to_svg().starts_with("<svg"));
///     assert!(page.to_png(96.0)?.starts_with(b"\x89PNG"));
/// }
/// # Ok::<(), itog::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Pictures {
    pages: Pages,
    glyphs: Glyphs,
    reading: Reading,
}

/// A page of [`Pictures`].
#[derive(Debug, Clone, Copy)]
pub struct PagePicture<'a> {
    pictures: &'a Pictures,
    number: usize,
}

impl Pictures {
    /// Makes ready what the pages have in common. What cannot be drawn is an error in the sink:
    /// `pdf-coordinate`, `font-broken`.
    pub(crate) fn new(pages: Pages, sink: &mut Sink) -> Self {
        for (number, page) in pages.pages.iter().enumerate() {
            if page.items.iter().any(|item| !item.paint.is_sane()) {
                sink.push(misplaced(number));
            }
        }
        let glyphs = Glyphs::new(&pages, sink);
        let reading = Reading::new(&pages);
        Self { pages, glyphs, reading }
    }

    /// How many pages there are.
    pub fn len(&self) -> usize {
        self.pages.pages.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.pages.pages.is_empty()
    }

    /// A page, counted from 0.
    pub fn page(&self, number: usize) -> Option<PagePicture<'_>> {
        (number < self.len()).then_some(PagePicture { pictures: self, number })
    }

    /// All pages in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = PagePicture<'_>> {
        (0..self.len()).map(|number| PagePicture { pictures: self, number })
    }
}

impl PagePicture<'_> {
    /// The width of the sheet in points, the room for bleed and printer's marks included.
    pub fn width(&self) -> f64 {
        self.side(|page| page.width)
    }

    /// The height of the sheet in points, the room for bleed and printer's marks included.
    pub fn height(&self) -> f64 {
        self.side(|page| page.height)
    }

    fn side(&self, side: impl Fn(&crate::layout::Page) -> f64) -> f64 {
        let page = self.pictures.pages.pages.get(self.number);
        page.map_or(0.0, |page| side(page) + 2.0 * page.slug)
    }

    /// The page as SVG: paths, so that it needs no fonts, under a layer of invisible text that can
    /// be selected and searched. It can stand in HTML, several pages side by side: its identifiers
    /// begin with `p1-` on the first page, `p2-` on the second. Links to places in the document
    /// lead to `#page-2` and the like, the page; those to other addresses are kept if they begin
    /// with `http:`, `https:`, `mailto:` or `tel:`.
    pub fn to_svg(&self) -> String {
        let mut svg = page::svg(self.pictures, self.number);
        seal::svg(&mut svg);
        svg
    }

    /// The page as PNG on white paper, with so many pixels to an inch: 96 for screens, 150 for
    /// messengers, 300 for print.
    ///
    /// # Errors
    /// `image-size` if it would have more than 50 million pixels.
    #[cfg(feature = "svg")]
    pub fn to_png(&self, dpi: f64) -> Result<Vec<u8>, crate::diag::Error> {
        let pixels = page::Pixels { scale: dpi / 72.0, shown: Vec::new() };
        let (svg, shown) = page::for_pixels(self.pictures, self.number, pixels);
        // A page that is a hair wider than whole pixels has no pixel more, as in PDF readers.
        let side = |length: f64| (length * dpi / 72.0 - 1e-6).ceil().clamp(1.0, 1e9) as u32;
        let size = PixelSize::new(side(self.width()), side(self.height()));
        let mut png = crate::image::draw(self.number + 1, &svg, &shown, size, dpi)?;
        seal::png(&mut png);
        Ok(png)
    }
}
