//! Sections: page size, margins, borders, columns, headers and footers from `@page`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Writer;
use super::flow::{Area, Block, Flow};
use super::header::{self, is_top};
use super::package::R;
use super::package::xml::El;
use super::properties::{borders, twips};
use crate::geometry::Rect;
use crate::style::{PageKind, PageStyle};

/// Columns of text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Columns {
    pub(super) count: u32,
    pub(super) gap: f64,
    pub(super) rule: bool,
}

/// Where a section begins and what its pages are.
#[derive(Debug, Clone, Default)]
pub(super) struct Section {
    at: usize,
    pub(super) page: Option<Arc<str>>,
    columns: Option<Columns>,
    /// It goes on below the section before, on the same page.
    continuous: bool,
}

/// Begins a new section where a box asks for other pages or columns than the one before it.
pub(super) fn enter(flow: &mut Flow, area: &Area<'_>) {
    let at = flow.blocks.len();
    let breaks = flow.break_page;
    let Some(sections) = &mut flow.sections else { return };
    let Some(current) = sections.last() else { return };
    if current.page == area.page && current.columns == area.columns {
        return;
    }
    let continuous = at > 0 && current.page == area.page && !breaks;
    let section = Section { at, page: area.page.clone(), columns: area.columns, continuous };
    if current.at == at {
        sections.pop();
    }
    sections.push(section);
    flow.break_page = false;
}

/// Gives each section but the last its properties, on its last paragraph; returns those of the
/// last.
pub(super) fn close(writer: &mut Writer<'_>, flow: &mut Flow) -> El {
    let mut sections = flow.sections.take().unwrap_or_default();
    balance(writer, flow, &mut sections);
    let mut inserted = 0;
    let mut shown = Shown::default();
    let pages = Arc::clone(&writer.tree.pages);
    writer.patches.even_and_odd = sections.iter().any(|section| {
        let page = |kind| pages.resolve(section.page.as_deref(), kind);
        differs(&page(PageKind { left: true, ..PageKind::default() }), &page(PageKind::default()))
    });
    for (index, pair) in sections.windows(2).enumerate() {
        let properties = properties(writer, &pair[0], index > 0, &mut shown);
        let mut end = pair[1].at + inserted;
        if !matches!(flow.blocks.get(end.wrapping_sub(1)), Some(Block::Paragraph(..))) {
            let mut spacer = Flow::default();
            super::flow::spacer(writer, &mut spacer, 0.0, 0.0, Vec::new());
            flow.blocks.splice(end..end, spacer.blocks);
            inserted += 1;
            end += 1;
        }
        if let Some(Block::Paragraph(paragraph)) = flow.blocks.get(end - 1) {
            writer.patches.paragraphs.entry(paragraph.id.clone()).or_default().push(properties);
        }
    }
    let last = sections.last().cloned().unwrap_or_default();
    properties(writer, &last, sections.len() > 1, &mut shown)
}

/// Ends columns that nothing follows on their page with a section of no height: only before a
/// continuous break does Word balance them.
fn balance(writer: &mut Writer<'_>, flow: &mut Flow, sections: &mut Vec<Section>) {
    let mut index = 0;
    while let Some(section) = sections.get(index).cloned() {
        let next = sections.get(index + 1);
        if section.columns.is_some() && next.is_none_or(|next| !next.continuous) {
            let at = next.map_or(flow.blocks.len(), |next| next.at);
            let mut spacer = Flow::default();
            super::flow::spacer(writer, &mut spacer, 0.0, 0.0, Vec::new());
            flow.blocks.splice(at..at, spacer.blocks);
            sections[index + 1..].iter_mut().for_each(|later| later.at += 1);
            sections.insert(index + 1, Section { at, columns: None, continuous: true, ..section });
        }
        index += 1;
    }
}

/// The header and footer parts of the sections so far, by element and kind.
type Shown = BTreeMap<(&'static str, &'static str), String>;

/// The content area of a page, from the sheet's corner.
pub(super) fn content_area(page: &PageStyle) -> Rect {
    let sheet = Rect::new(0.0, 0.0, page.width, page.height);
    sheet.inset(page.margin).inset(page.border.map(|side| side.width)).inset(page.padding)
}

/// The width that content has on a page.
pub(super) fn content_width(page: &PageStyle) -> f64 {
    content_area(page).width
}

/// Whether pages have other headers or footers.
fn differs(page: &PageStyle, from: &PageStyle) -> bool {
    page.boxes != from.boxes || page.background != from.background
}

/// `w:sectPr`. `follows` is whether another section came before.
fn properties(writer: &mut Writer<'_>, of: &Section, follows: bool, shown: &mut Shown) -> El {
    let pages = Arc::clone(&writer.tree.pages);
    let name = of.page.as_deref();
    let page = pages.resolve(name, PageKind::default());
    let first = pages.resolve(name, PageKind { first: !follows, ..PageKind::default() });
    let left = pages.resolve(name, PageKind { left: true, ..PageKind::default() });
    let mut section = El::new("w:sectPr");
    // Where left pages differ in one section, Word asks each section for theirs.
    let (title, even) = (differs(&first, &page), writer.patches.even_and_odd);
    let sized = |other: &PageStyle| {
        (other.width, other.height, other.margin) != (page.width, page.height, page.margin)
    };
    if sized(&first) || sized(&left) {
        writer.warn_once(
            "docx-page-size",
            "first and left pages of a DOCX section have the size and margins of the others",
            None,
        );
    }
    // What goes on below on the same page has the headers of the section before.
    if !of.continuous {
        let mut versions = vec![("default", &page)];
        versions.extend(title.then_some(("first", &first)));
        versions.extend(even.then_some(("even", &left)));
        for (top, element) in [(true, "w:headerReference"), (false, "w:footerReference")] {
            // A section without a header of its own would show that of the section before.
            let inherits = shown.keys().any(|(known, _)| *known == element);
            if !versions.iter().any(|(_, page)| header::has(writer, page, top)) && !inherits {
                continue;
            }
            for (kind, page) in &versions {
                let part = header::part(writer, page, top);
                // The same as before is «as in the previous section», so that whoever changes one
                // changes all.
                if shown.get(&(element, *kind)) != Some(&part) {
                    let id = writer.relate(
                        &format!("{R}/{}", if top { "header" } else { "footer" }),
                        &part,
                        false,
                    );
                    section.push(El::new(element).with("w:type", *kind).with("r:id", id));
                    shown.insert((element, *kind), part);
                }
            }
        }
    }
    for place in page.boxes.iter().filter(|b| is_top(b.place).is_none()) {
        writer.warn_once(
            "docx-margin-box",
            &format!("Word has no page margin box {:?}", place.place),
            None,
        );
    }
    section.push(El::val("w:type", if of.continuous { "continuous" } else { "nextPage" }));
    let mut size = El::new("w:pgSz").with("w:w", twips(page.width)).with("w:h", twips(page.height));
    if page.width > page.height {
        size.set("w:orient", "landscape");
    }
    section.push(size);
    let edge = |margin: f64, border: f64, padding: f64| twips(margin + border + padding);
    section.push(
        El::new("w:pgMar")
            .with("w:top", edge(page.margin.top, page.border.top.width, page.padding.top))
            .with("w:right", edge(page.margin.right, page.border.right.width, page.padding.right))
            .with(
                "w:bottom",
                edge(page.margin.bottom, page.border.bottom.width, page.padding.bottom),
            )
            .with("w:left", edge(page.margin.left, page.border.left.width, page.padding.left))
            .with("w:header", header_distance(&page, true))
            .with("w:footer", header_distance(&page, false))
            .with("w:gutter", 0),
    );
    // Word counts a border's distance from the text or from the sheet's edge, at most 31 pt: the
    // nearer one.
    let from_text =
        page.padding.top.max(page.padding.left) <= page.margin.top.min(page.margin.left);
    let space = if from_text { page.padding } else { page.margin };
    let frame = borders(page.border, space);
    if !frame.is_empty() {
        section.push(
            El::new("w:pgBorders")
                .with("w:offsetFrom", if from_text { "text" } else { "page" })
                .children(frame),
        );
    }
    section.push(match of.columns {
        Some(columns) => {
            let cols =
                El::new("w:cols").with("w:num", columns.count).with("w:space", twips(columns.gap));
            if columns.rule { cols.with("w:sep", 1) } else { cols }
        }
        None => El::new("w:cols").with("w:space", 708),
    });
    if title {
        section.push(El::new("w:titlePg"));
    }
    section
}

/// From the sheet's edge to the header, in twips: where a line in the middle of the margin begins.
fn header_distance(page: &PageStyle, top: bool) -> i64 {
    let margin = if top { page.margin.top } else { page.margin.bottom };
    let text = page.boxes.iter().find(|b| is_top(b.place) == Some(top));
    let (line, padding) = text.map_or((0.0, 0.0), |b| {
        let padding = b.style.padding.top.resolve(0.0) - b.style.padding.bottom.resolve(0.0);
        (b.style.text.font_size * 1.15, if top { padding } else { -padding })
    });
    twips(((margin - line + padding) / 2.0).clamp(0.0, margin.max(0.0)))
}
