//! Page set-up: the properties of each section from `@page` (ECMA-376 Part 1, 17.6).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::area::StoryArea;
use super::band::BandFrame;
use super::section::DocxSection;
use super::{Story, header, spacing};
use crate::diag::say;
use crate::docx::package::xml::El;
use crate::docx::registry::headers::{HeaderId, PageBand};
use crate::docx::registry::relations::PartId;
use crate::docx::words::properties::borders;
use crate::docx::words::units::twips;
use crate::docx::writer::DocxWriter;
use crate::sizing::page_content;
use crate::style::{PageKind, PageStyle};

/// The longest side of a page that Word has, in points: 22 inches (558.8 mm).
const WIDEST: f64 = 1584.0;

/// The pages of a section's kinds.
struct SectionPages {
    right: Arc<PageStyle>,
    first: Arc<PageStyle>,
    left: Arc<PageStyle>,
}

/// The header and footer parts of the sections so far, by what refers to them and for which pages.
type ShownParts = BTreeMap<(PageBand, &'static str), HeaderId>;

/// The room of the first page.
pub(crate) fn first_area(writer: &DocxWriter<'_>) -> StoryArea<'static> {
    let content = page_content(&writer.tree.pages.resolve(None, PageKind::default()));
    StoryArea::of_page(content)
}

/// Gives each section its properties: on its last paragraph, and at the end of the body those of
/// the last one. Says whether left pages have headers of their own.
pub(crate) fn close_sections(writer: &mut DocxWriter<'_>, story: &mut Story) -> bool {
    let mut sections = story.sections.take().unwrap_or_default();
    balance(writer, story, &mut sections);
    let pages = Arc::clone(&writer.tree.pages);
    let even = sections.iter().any(|section| {
        let page = |kind| pages.resolve(section.page.as_deref(), kind);
        differs(&page(PageKind { left: true, ..PageKind::default() }), &page(PageKind::default()))
    });
    let mut inserted = 0;
    let mut shown = ShownParts::new();
    // A section's properties stand in its last paragraph, those of the last one at the end of
    // the body (ECMA-376 Part 1, 17.6.17, 17.6.18).
    for (index, pair) in sections.windows(2).enumerate() {
        let properties = properties(writer, &pair[0], index > 0, even, &mut shown);
        let end = pair[1].at + inserted;
        let mut last = story.blocks.get_mut(end.wrapping_sub(1)).filter(|el| el.name == "w:p");
        if last.is_none() {
            // The section ends with a table, which cannot hold its properties.
            insert_spacer(writer, story, end);
            inserted += 1;
            last = story.blocks.get_mut(end);
        }
        if let Some(last) = last {
            last.ensure_first("w:pPr").replace(properties);
        }
    }
    let last = sections.last().cloned().unwrap_or_default();
    let properties = properties(writer, &last, sections.len() > 1, even, &mut shown);
    story.blocks.push(properties);
    even
}

/// Puts an empty paragraph before a block.
fn insert_spacer(writer: &mut DocxWriter<'_>, story: &mut Story, at: usize) {
    let mut inner = story.cell();
    spacing::spacer(writer, &mut inner, 0.0, 0.0, Vec::new());
    story.blocks.splice(at..at, inner.blocks);
}

/// Ends columns that nothing follows on their page with a section of no height: only before a
/// continuous break does Word balance them.
fn balance(writer: &mut DocxWriter<'_>, story: &mut Story, sections: &mut Vec<DocxSection>) {
    let mut index = 0;
    while let Some(section) = sections.get(index).cloned() {
        let next = sections.get(index + 1);
        if section.columns.is_some() && next.is_none_or(|next| !next.continuous) {
            let at = next.map_or(story.blocks.len(), |next| next.at);
            insert_spacer(writer, story, at);
            sections[index + 1..].iter_mut().for_each(|later| later.at += 1);
            let ending = DocxSection { at, columns: None, continuous: true, ..section };
            sections.insert(index + 1, ending);
        }
        index += 1;
    }
}

/// Whether pages have other headers or footers.
fn differs(page: &PageStyle, from: &PageStyle) -> bool {
    page.boxes != from.boxes || page.background != from.background
}

/// `w:sectPr`. `follows` is whether another section came before; `even`, whether left pages differ
/// in any section: then Word asks each section for theirs.
fn properties(
    writer: &mut DocxWriter<'_>,
    of: &DocxSection,
    follows: bool,
    even: bool,
    shown: &mut ShownParts,
) -> El {
    let page = |kind| writer.tree.pages.resolve(of.page.as_deref(), kind);
    let pages = SectionPages {
        right: page(PageKind::default()),
        first: page(PageKind { first: !follows, begins: true, ..PageKind::default() }),
        left: page(PageKind { left: true, ..PageKind::default() }),
    };
    let page = Arc::clone(&pages.right);
    let title = differs(&pages.first, &page);
    warn(writer, &pages);
    let mut section = El::new("w:sectPr");
    // What goes on below on the same page has the headers of the section before.
    if !of.continuous {
        section = section.children(references(writer, &pages, title, even, shown));
    }
    // The type is that of the break before the section, not behind it (17.6.22).
    section.push(El::val("w:type", if of.continuous { "continuous" } else { "nextPage" }));
    let mut size = El::new("w:pgSz")
        .with("w:w", twips(page.width.min(WIDEST)))
        .with("w:h", twips(page.height.min(WIDEST)));
    // Printers turn the sheet by this, not by the sizes.
    if page.width > page.height {
        size.set("w:orient", "landscape");
    }
    section.push(size);
    section.push(margins(&page));
    section = section.children(page_borders(&page));
    section.push(match of.columns {
        Some(columns) => {
            let cols =
                El::new("w:cols").with("w:num", columns.count).with("w:space", twips(columns.gap));
            if columns.rule { cols.with("w:sep", 1) } else { cols }
        }
        // Word's own gap, 12.5 mm, for whoever sets columns later.
        None => El::new("w:cols").with("w:space", 708),
    });
    // Word shows headers of first pages only where this stands (17.10.6).
    if title {
        section.push(El::new("w:titlePg"));
    }
    section
}

/// Says what a section cannot have.
fn warn(writer: &mut DocxWriter<'_>, pages: &SectionPages) {
    let page = &pages.right;
    let sized = |other: &PageStyle| {
        (other.width, other.height, other.margin) != (page.width, page.height, page.margin)
    };
    if sized(&pages.first) || sized(&pages.left) {
        writer.warn_once(
            "docx-page-size",
            say!("first and left pages of a DOCX section have the size and margins of the others"),
            None,
        );
    }
    if let Some(fault) = page.impossible(&writer.tree.sources) {
        writer.report(fault, None);
    } else if page.width.max(page.height) > WIDEST {
        writer.warn_once(
            "docx-page-size",
            say!("Word's pages are at most 558.8 mm wide and high: it shows a smaller one"),
            None,
        );
    }
    for own in page.boxes.iter().filter(|own| PageBand::of(own.place).is_none()) {
        let place = own.place.name();
        let message =
            say!("Word has no margin boxes beside the text: `@{place}` is left out", place);
        writer.warn_once("docx-margin-box", message, own.span);
    }
}

/// What refers to a section's headers and footers.
fn references(
    writer: &mut DocxWriter<'_>,
    pages: &SectionPages,
    title: bool,
    even: bool,
    shown: &mut ShownParts,
) -> Vec<El> {
    let mut references = Vec::new();
    let mut versions = vec![("default", &pages.right)];
    versions.extend(title.then_some(("first", &pages.first)));
    versions.extend(even.then_some(("even", &pages.left)));
    for band in PageBand::ALL {
        // A section without a header of its own would show that of the section before.
        let inherits = shown.keys().any(|(known, _)| *known == band);
        if !versions.iter().any(|(_, page)| header::has(writer, page, band)) && !inherits {
            continue;
        }
        for (kind, page) in &versions {
            let part = header::part(writer, page, band);
            // The same as before is «as in the previous section», so that whoever changes one
            // changes all.
            if shown.get(&(band, *kind)) != Some(&part) {
                let name = writer.headers.name(part);
                let id = writer.relations.intern(PartId::DOCUMENT, band.kind(), name);
                references.push(El::new(band.reference()).with("w:type", *kind).with("r:id", id));
                shown.insert((band, *kind), part);
            }
        }
    }
    references
}

/// The margins, up to the text: what is between is the page's border and padding.
fn margins(page: &PageStyle) -> El {
    let edge = |margin: f64, border: f64, padding: f64| twips(margin + border + padding);
    let (margin, border, padding) = (page.margin, page.border, page.padding);
    El::new("w:pgMar")
        .with("w:top", edge(margin.top, border.top.width, padding.top))
        .with("w:right", edge(margin.right, border.right.width, padding.right))
        .with("w:bottom", edge(margin.bottom, border.bottom.width, padding.bottom))
        .with("w:left", edge(margin.left, border.left.width, padding.left))
        .with("w:header", twips(BandFrame::of(page, PageBand::Header).distance))
        .with("w:footer", twips(BandFrame::of(page, PageBand::Footer).distance))
        .with("w:gutter", 0)
}

/// Word counts a border's distance from the text or from the sheet's edge, at most 31 pt: the
/// nearer one.
fn page_borders(page: &PageStyle) -> Option<El> {
    let from_text =
        page.padding.top.max(page.padding.left) <= page.margin.top.min(page.margin.left);
    let space = if from_text { page.padding } else { page.margin };
    let frame = El::filled("w:pgBorders", borders(page.border, space))?;
    Some(frame.with("w:offsetFrom", if from_text { "text" } else { "page" }))
}
