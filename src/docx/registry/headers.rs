//! Headers and footers that have been written, and what their styles are.

use crate::boxes::BoxNode;
use crate::docx::package::ExtraPart;
use crate::docx::package::definitions::StyleDefinition;
use crate::docx::package::relations::Relation;
use crate::docx::package::xml::El;
use crate::docx::words::properties::{NormalValues, difference};
use crate::style::{MarginBox, MarginBoxPlace, PageStyle};

/// The header or the footer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PageBand {
    Header,
    Footer,
}

impl PageBand {
    /// Both, in the order of the schema.
    pub(crate) const ALL: [Self; 2] = [Self::Header, Self::Footer];

    /// The one that a margin box belongs to; nothing for those at the sides.
    pub(crate) fn of(place: MarginBoxPlace) -> Option<Self> {
        if place.is_above() { Some(Self::Header) } else { place.is_below().then_some(Self::Footer) }
    }

    /// The margin boxes of a page that belong to it.
    pub(crate) fn boxes(self, page: &PageStyle) -> impl Iterator<Item = &MarginBox> {
        page.boxes.iter().filter(move |margin_box| Self::of(margin_box.place) == Some(self))
    }

    /// What its parts and their relationships are called.
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Footer => "footer",
        }
    }

    /// The id of its style.
    pub(crate) fn style(self) -> &'static str {
        match self {
            Self::Header => "Header",
            Self::Footer => "Footer",
        }
    }

    /// The root of its parts.
    pub(crate) fn root(self) -> &'static str {
        match self {
            Self::Header => "w:hdr",
            Self::Footer => "w:ftr",
        }
    }

    /// What refers to it in a section's properties.
    pub(crate) fn reference(self) -> &'static str {
        match self {
            Self::Header => "w:headerReference",
            Self::Footer => "w:footerReference",
        }
    }
}

/// A header or footer of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct HeaderId(usize);

/// The part of a header or footer, finished but for what its paragraphs share with others.
#[derive(Debug)]
struct HeaderPart {
    band: PageBand,
    name: String,
    root: El,
    relations: Vec<Relation>,
}

/// Headers and footers written so far.
#[derive(Debug, Default)]
pub(crate) struct HeaderRegistry<'a> {
    /// Boxes that stand on every page, in the order of the document.
    pub(crate) fixed: Vec<&'a BoxNode>,
    /// Of which pages they are.
    of_pages: Vec<(PageStyle, PageBand, HeaderId)>,
    parts: Vec<HeaderPart>,
    pub(crate) looks: HeaderLooks,
}

/// The values of the styles of headers and footers, each as the first one with text has it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct HeaderLooks {
    header: Option<NormalValues>,
    footer: Option<NormalValues>,
}

impl HeaderRegistry<'_> {
    /// The one that such pages have, if it is there.
    pub(crate) fn known(&self, page: &PageStyle, band: PageBand) -> Option<HeaderId> {
        let same = |known: &&(PageStyle, PageBand, HeaderId)| known.1 == band && known.0 == *page;
        self.of_pages.iter().find(same).map(|(.., id)| *id)
    }

    /// The pages that have them.
    pub(crate) fn pages(&self) -> impl Iterator<Item = (&PageStyle, PageBand)> {
        self.of_pages.iter().map(|(page, band, _)| (page, *band))
    }

    /// The name of its part.
    pub(crate) fn name(&self, id: HeaderId) -> &str {
        &self.parts[id.0].name
    }

    /// The one for such pages: the same header again is the same part.
    pub(crate) fn intern(
        &mut self,
        page: &PageStyle,
        band: PageBand,
        root: El,
        relations: Vec<Relation>,
    ) -> HeaderId {
        // Pages of other names often have the same header: one part serves both.
        let same = |part: &HeaderPart| {
            part.band == band && part.root == root && part.relations == relations
        };
        let known = self.parts.iter().position(same);
        let id = HeaderId(known.unwrap_or(self.parts.len()));
        if known.is_none() {
            let before = self.parts.iter().filter(|part| part.band == band).count();
            let name = format!("{}{}.xml", band.kind(), before + 1);
            self.parts.push(HeaderPart { band, name, root, relations });
        }
        self.of_pages.push((page.clone(), band, id));
        id
    }

    /// The headers and footers, for who looks at all paragraphs.
    pub(crate) fn elements_mut(&mut self) -> impl Iterator<Item = &mut El> {
        self.parts.iter_mut().map(|part| &mut part.root)
    }

    /// The parts, and what their styles are if there are any.
    pub(crate) fn finish(self) -> (Vec<ExtraPart>, Option<HeaderLooks>) {
        let looks = (!self.parts.is_empty()).then_some(self.looks);
        let parts = self
            .parts
            .into_iter()
            .map(|part| ExtraPart::word(part.name, part.band.kind(), part.root, part.relations));
        (parts.collect(), looks)
    }
}

impl HeaderLooks {
    pub(crate) fn of(&mut self, band: PageBand) -> &mut Option<NormalValues> {
        match band {
            PageBand::Header => &mut self.header,
            PageBand::Footer => &mut self.footer,
        }
    }

    /// The styles of headers and footers; `normal` is what they are based on.
    pub(crate) fn define(&self, normal: &NormalValues) -> Vec<StyleDefinition> {
        let looks = [(PageBand::Header, &self.header), (PageBand::Footer, &self.footer)];
        let define = |(band, look): (PageBand, &Option<NormalValues>)| {
            let spacing = El::new("w:spacing")
                .with("w:before", 0)
                .with("w:after", 0)
                // 240ths of a line: a single one.
                .with("w:line", 240)
                .with("w:lineRule", "auto");
            // A header of one line has nothing to break, and must not inherit the line spacing
            // of the text.
            let mut paragraph = vec![spacing, El::new("w:suppressAutoHyphens")];
            let run = match look {
                Some(look) => {
                    paragraph.extend(difference(&look.paragraph, &normal.paragraph));
                    difference(&look.run, &normal.run)
                }
                None => Vec::new(),
            };
            StyleDefinition {
                id: band.style().into(),
                name: band.kind().into(),
                // Word's own place for them, at the end of the gallery.
                priority: Some(99),
                paragraph,
                run,
                ..StyleDefinition::default()
            }
        };
        looks.into_iter().map(define).collect()
    }
}
