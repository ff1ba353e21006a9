//! Sections: page size, margins, borders, columns, headers and footers from `@page`.

use std::sync::Arc;

use super::Writer;
use super::flow::{Area, Block, Flow};
use super::inline::field;
use super::package::xml::El;
use super::package::{ExtraPart, MC, R, W, WORD, WP, WPS};
use super::picture::{self, Anchor, Origin};
use super::properties::{borders, difference, run, twips};
use crate::boxes::Field;
use crate::style::{Background, ContentItem, CounterStyle, Fitting, MarginBox, MarginBoxPlace, PageKind, PageStyle, TextAlign};

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

/// Gives each section but the last its properties, on its last paragraph; returns those of the last.
pub(super) fn close(writer: &mut Writer<'_>, flow: &mut Flow) -> El {
    let sections = flow.sections.take().unwrap_or_default();
    let mut inserted = 0;
    for (index, pair) in sections.windows(2).enumerate() {
        let properties = properties(writer, &pair[0], index > 0);
        let mut end = pair[1].at + inserted;
        if !matches!(flow.blocks.get(end.wrapping_sub(1)), Some(Block::Paragraph(..))) {
            let mut spacer = Flow::default();
            super::flow::spacer(writer, &mut spacer, 0.0, 0.0, Vec::new());
            flow.blocks.splice(end..end, spacer.blocks);
            inserted += 1;
            end += 1;
        }
        if let Some(Block::Paragraph(_, id)) = flow.blocks.get(end - 1) {
            writer.patches.paragraphs.entry(id.clone()).or_default().push(properties);
        }
    }
    let last = sections.last().cloned().unwrap_or_default();
    properties(writer, &last, sections.len() > 1)
}

/// The width that content has on a page.
pub(super) fn content_width(page: &PageStyle) -> f64 {
    let edges =
        [page.margin.left, page.margin.right, page.padding.left, page.padding.right, page.border.left.width, page.border.right.width];
    page.width - edges.iter().sum::<f64>()
}

/// The height that content has on a page.
pub(super) fn content_height(page: &PageStyle) -> f64 {
    let edges =
        [page.margin.top, page.margin.bottom, page.padding.top, page.padding.bottom, page.border.top.width, page.border.bottom.width];
    page.height - edges.iter().sum::<f64>()
}

/// `w:sectPr`. `follows` is whether another section came before.
fn properties(writer: &mut Writer<'_>, of: &Section, follows: bool) -> El {
    let pages = Arc::clone(&writer.tree.pages);
    let name = of.page.as_deref();
    let page = pages.resolve(name, PageKind::default());
    let first = pages.resolve(name, PageKind { first: !follows, ..PageKind::default() });
    let left = pages.resolve(name, PageKind { left: true, ..PageKind::default() });
    let mut section = El::new("w:sectPr");
    let differs = |other: &PageStyle| other.boxes != page.boxes || other.background != page.background;
    let (title, even) = (differs(&first), differs(&left));
    writer.patches.even_and_odd |= even;
    let sized = |other: &PageStyle| (other.width, other.height, other.margin) != (page.width, page.height, page.margin);
    if sized(&first) || sized(&left) {
        writer.warn_once("docx-page-size", "first and left pages of a DOCX section have the size and margins of the others", None);
    }
    // What goes on below on the same page has the headers of the section before.
    if !of.continuous {
        let mut versions = vec![("default", &page)];
        versions.extend(title.then_some(("first", &first)));
        versions.extend(even.then_some(("even", &left)));
        for (top, element) in [(true, "w:headerReference"), (false, "w:footerReference")] {
            let shows = |page: &PageStyle| has(page, top);
            // A section without a header of its own would show that of the section before.
            if !versions.iter().any(|(_, page)| shows(page)) && !follows {
                continue;
            }
            for (kind, page) in &versions {
                let id = part(writer, page, top);
                section.push(El::new(element).with("w:type", *kind).with("r:id", id));
            }
        }
    }
    for place in page.boxes.iter().filter(|b| is_top(b.place).is_none()) {
        writer.warn_once("docx-margin-box", &format!("Word has no page margin box {:?}", place.place), None);
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
            .with("w:bottom", edge(page.margin.bottom, page.border.bottom.width, page.padding.bottom))
            .with("w:left", edge(page.margin.left, page.border.left.width, page.padding.left))
            .with("w:header", header_distance(&page, true))
            .with("w:footer", header_distance(&page, false))
            .with("w:gutter", 0),
    );
    // Word counts a border's distance from the text or from the sheet's edge, at most 31 pt: the nearer one.
    let from_text = page.padding.top.max(page.padding.left) <= page.margin.top.min(page.margin.left);
    let space = if from_text { page.padding } else { page.margin };
    let frame = borders(page.border, space);
    if !frame.is_empty() {
        section.push(El::new("w:pgBorders").with("w:offsetFrom", if from_text { "text" } else { "page" }).children(frame));
    }
    section.push(match of.columns {
        Some(columns) => {
            let cols = El::new("w:cols").with("w:num", columns.count).with("w:space", twips(columns.gap));
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

/// Whether a page has a header or footer: text, or in the header what is behind the page.
fn has(page: &PageStyle, top: bool) -> bool {
    page.boxes.iter().any(|b| is_top(b.place) == Some(top)) || (top && page.background != Background::default())
}

/// Whether a margin box belongs to the header or to the footer; nothing for those at the sides.
fn is_top(place: MarginBoxPlace) -> Option<bool> {
    use MarginBoxPlace::{
        BottomCenter, BottomLeft, BottomLeftCorner, BottomRight, BottomRightCorner, TopCenter, TopLeft, TopLeftCorner, TopRight,
        TopRightCorner,
    };
    match place {
        TopLeftCorner | TopLeft | TopCenter | TopRight | TopRightCorner => Some(true),
        BottomLeftCorner | BottomLeft | BottomCenter | BottomRight | BottomRightCorner => Some(false),
        _ => None,
    }
}

/// Makes a header or footer part and gives its relationship id. Left, centre and right boxes share a line, set apart by tabs.
fn part(writer: &mut Writer<'_>, page: &PageStyle, top: bool) -> String {
    let boxes: Vec<&MarginBox> = page.boxes.iter().filter(|b| is_top(b.place) == Some(top)).collect();
    let kind = if top { "header" } else { "footer" };
    let outer = std::mem::take(&mut writer.relations);
    let mut paragraph = El::new("w:p");
    let style = writer.header_style(boxes.first().map(|b| &b.style.text), top);
    let mut properties = El::new("w:pPr").child(El::val("w:pStyle", style));
    let width = content_width(page);
    let picture: Vec<El> = if top { color(writer, page).into_iter().chain(background(writer, page)).collect() } else { Vec::new() };
    match boxes.as_slice() {
        [] => {
            paragraph.push(properties);
            picture.into_iter().for_each(|run| paragraph.push(run));
        }
        [only] => {
            let align = match align_of(only) {
                TextAlign::Start | TextAlign::Left => "left",
                TextAlign::Right => "right",
                TextAlign::Center | TextAlign::Justify => "center",
            };
            properties.push(El::val("w:jc", align));
            paragraph.push(properties);
            picture.into_iter().chain(content(writer, only)).for_each(|run| paragraph.push(run));
        }
        many => {
            let stops =
                [("center", width / 2.0), ("right", width)].map(|(kind, at)| El::new("w:tab").with("w:val", kind).with("w:pos", twips(at)));
            properties.push(El::new("w:tabs").children(stops));
            properties.push(El::val("w:jc", "left"));
            paragraph.push(properties);
            picture.into_iter().for_each(|run| paragraph.push(run));
            for (index, align) in [TextAlign::Left, TextAlign::Center, TextAlign::Right].into_iter().enumerate() {
                if index > 0 {
                    paragraph.push(El::new("w:r").child(El::new("w:tab")));
                }
                for margin_box in many.iter().filter(|b| align_of(b) == align) {
                    content(writer, margin_box).into_iter().for_each(|run| paragraph.push(run));
                }
            }
        }
    }
    let root = if top { "w:hdr" } else { "w:ftr" };
    let bytes = El::new(root).with("xmlns:w", W).with("xmlns:r", R).with("xmlns:wp", WP).with("xmlns:wps", WPS).with("xmlns:mc", MC);
    let bytes = bytes.child(paragraph).part();
    let relations = std::mem::replace(&mut writer.relations, outer);
    // The same header again is the same part.
    let known = writer.patches.parts.iter().find(|part| part.name.starts_with(kind) && part.bytes == bytes && part.relations == relations);
    let name = known.map(|part| part.name.clone()).unwrap_or_else(|| {
        let number = writer.patches.parts.iter().filter(|part| part.name.starts_with(kind)).count() + 1;
        let name = format!("{kind}{number}.xml");
        let content_type = Some(format!("{WORD}.{kind}+xml"));
        writer.patches.parts.push(ExtraPart { name: name.clone(), bytes, content_type, relations });
        name
    });
    writer.relate(&format!("{R}/{kind}"), &name, false)
}

/// The colour of a page, as a run of its header: Word's own page colour is one for the whole document and is not printed.
fn color(writer: &mut Writer<'_>, page: &PageStyle) -> Option<El> {
    let color = Some(page.background.color).filter(|color| !color.is_transparent())?;
    let (across, along) = (Origin::Page(0.0), Origin::Page(0.0));
    let place = Anchor { width: page.width, height: page.height, across, along, behind: true };
    Some(El::new("w:r").child(super::frame::rectangle(writer, &place, color)))
}

/// The picture behind a page, as a run of its header.
fn background(writer: &mut Writer<'_>, page: &PageStyle) -> Option<El> {
    let Background { image: Some((url, span)), size, position, repeat, .. } = &page.background else { return None };
    let image = match writer.images.load(url) {
        Ok(image) => image,
        Err(fault) => {
            writer.report(fault, *span);
            return None;
        }
    };
    let (across, along) = (page.width / image.width.max(0.01), page.height / image.height.max(0.01));
    let scaled = |scale: f64| (image.width * scale, image.height * scale);
    let (width, height) = match size {
        Fitting::Fill => (page.width, page.height),
        Fitting::Contain => scaled(across.min(along)),
        Fitting::Cover => scaled(across.max(along)),
        Fitting::Natural => scaled(1.0),
        Fitting::ScaleDown => scaled(across.min(along).min(1.0)),
        Fitting::Explicit(width, height) => match (width.resolve(page.width), height.resolve(page.height)) {
            (Some(width), Some(height)) => (width, height),
            (Some(width), None) => (width, width * image.height / image.width.max(0.01)),
            (None, Some(height)) => (height * image.width / image.height.max(0.01), height),
            (None, None) => scaled(1.0),
        },
    };
    if (repeat.0 && width < page.width - 0.5) || (repeat.1 && height < page.height - 0.5) {
        writer.warn_once("docx-background", "Word does not repeat a background picture; it stands on the page once", *span);
    }
    let place = Anchor {
        width,
        height,
        across: Origin::Page(position.0.resolve(page.width - width)),
        along: Origin::Page(position.1.resolve(page.height - height)),
        behind: true,
    };
    let drawing = picture::background(writer, &image, &place, *span);
    Some(El::new("w:r").child(drawing))
}

fn align_of(margin_box: &MarginBox) -> TextAlign {
    use MarginBoxPlace::{BottomCenter, BottomRight, BottomRightCorner, TopCenter, TopRight, TopRightCorner};
    match margin_box.place {
        TopCenter | BottomCenter => TextAlign::Center,
        TopRight | TopRightCorner | BottomRight | BottomRightCorner => TextAlign::Right,
        _ => TextAlign::Left,
    }
}

/// What a margin box says, as runs.
fn content(writer: &mut Writer<'_>, margin_box: &MarginBox) -> Vec<El> {
    writer.see(&margin_box.style.text);
    let base = writer.header_run.clone();
    let properties = difference(&run(&writer.faces, &margin_box.style.text), &base);
    let mut runs = Vec::new();
    for item in margin_box.style.content.iter().flat_map(|content| content.iter()) {
        match item {
            ContentItem::String(string) => runs.extend(super::inline::text_run(writer, string, &properties, false, None)),
            ContentItem::Counter(name, style) | ContentItem::Counters(name, _, style) => {
                let style = if *style == CounterStyle::Disc { CounterStyle::Decimal } else { style.clone() };
                let number = if &**name == "pages" { Field::Pages(style) } else { Field::Page(style) };
                runs.push(field(writer, &number, &properties));
            }
            ContentItem::Url(url) => match writer.images.load(url) {
                Ok(image) => {
                    let drawing = picture::natural(writer, &image);
                    runs.push(El::new("w:r").child(drawing));
                }
                Err(fault) => writer.report(fault, None),
            },
            other => writer.warn_once("docx-margin-content", &format!("a DOCX header cannot hold {}", unheld(other)), None),
        }
    }
    runs
}

/// What the author wrote, for a warning.
fn unheld(item: &ContentItem) -> String {
    match item {
        ContentItem::StringFn(name, _) => format!("`string({name})`"),
        ContentItem::TargetCounter(..) => "`target-counter()`".to_owned(),
        ContentItem::Leader(_) => "`leader()`".to_owned(),
        ContentItem::Attr(name) => format!("`attr({name})`"),
        _ => "such content".to_owned(),
    }
}
