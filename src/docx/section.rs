//! Sections: page size, margins, borders, headers and footers from `@page`.

use std::sync::Arc;

use super::Writer;
use super::inline::field;
use super::package::xml::El;
use super::package::{ExtraPart, W};
use super::properties::{borders, difference, run, twips};
use crate::boxes::Field;
use crate::style::{ContentItem, CounterStyle, MarginBox, MarginBoxPlace, PageKind, PageStyle, TextAlign};

const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The width that content has on a page.
pub(super) fn content_width(page: &PageStyle) -> f64 {
    let edges =
        [page.margin.left, page.margin.right, page.padding.left, page.padding.right, page.border.left.width, page.border.right.width];
    page.width - edges.iter().sum::<f64>()
}

/// `w:sectPr` of a section on pages of that name. `continues` is whether another section came before.
pub(super) fn properties(writer: &mut Writer<'_>, name: Option<&str>, continues: bool) -> El {
    let pages = Arc::clone(&writer.tree.pages);
    let page = pages.resolve(name, PageKind::default());
    let first = pages.resolve(name, PageKind { first: !continues, ..PageKind::default() });
    let left = pages.resolve(name, PageKind { left: true, ..PageKind::default() });
    let mut section = El::new("w:sectPr");
    let title = first.boxes != page.boxes;
    let even = left.boxes != page.boxes;
    writer.patches.even_and_odd |= even;
    let mut versions = vec![("default", &page)];
    if title {
        versions.push(("first", &first));
    }
    if even {
        versions.push(("even", &left));
    }
    for (top, element) in [(true, "w:headerReference"), (false, "w:footerReference")] {
        let any = versions.iter().any(|(_, page)| page.boxes.iter().any(|b| is_top(b.place) == Some(top)));
        // A section without a header of its own would show that of the section before.
        if !any && !continues {
            continue;
        }
        for (kind, page) in &versions {
            let id = part(writer, page, top);
            section.push(El::new(element).with("w:type", *kind).with("r:id", id));
        }
    }
    for place in page.boxes.iter().filter(|b| is_top(b.place).is_none()) {
        writer.warn_once("docx-margin-box", &format!("Word has no page margin box {:?}", place.place), None);
    }
    section.push(El::val("w:type", "nextPage"));
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
    let space = page.margin.map(|margin| margin.min(31.0));
    let frame = borders(page.border, space);
    if !frame.is_empty() {
        section.push(El::new("w:pgBorders").with("w:offsetFrom", "page").children(frame));
    }
    section.push(El::new("w:cols").with("w:space", 708));
    if title {
        section.push(El::new("w:titlePg"));
    }
    section
}

/// From the sheet's edge to the header, in twips: where a line in the middle of the margin begins.
fn header_distance(page: &PageStyle, top: bool) -> i64 {
    let (margin, placed) = if top { (page.margin.top, true) } else { (page.margin.bottom, false) };
    let text = page.boxes.iter().find(|b| is_top(b.place) == Some(placed));
    let (line, padding) = text.map_or((0.0, 0.0), |b| {
        let padding = b.style.padding.top.resolve(0.0) - b.style.padding.bottom.resolve(0.0);
        (b.style.text.font_size * 1.15, if placed { padding } else { -padding })
    });
    twips(((margin - line + padding) / 2.0).clamp(0.0, margin))
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
    let number = writer.patches.parts.len() + 1;
    let kind = if top { "header" } else { "footer" };
    let mut paragraph = El::new("w:p");
    let mut properties = El::new("w:pPr").child(El::val("w:pStyle", writer.header_style(boxes.first().map(|b| &b.style.text))));
    let width = content_width(page);
    match boxes.as_slice() {
        [] => paragraph.push(properties),
        [only] => {
            let align = match align_of(only) {
                TextAlign::Left => "left",
                TextAlign::Right => "right",
                TextAlign::Center | TextAlign::Justify => "center",
            };
            properties.push(El::val("w:jc", align));
            paragraph.push(properties);
            content(writer, only).into_iter().for_each(|run| paragraph.push(run));
        }
        many => {
            let stops =
                [("center", width / 2.0), ("right", width)].map(|(kind, at)| El::new("w:tab").with("w:val", kind).with("w:pos", twips(at)));
            properties.push(El::new("w:tabs").children(stops));
            properties.push(El::val("w:jc", "left"));
            paragraph.push(properties);
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
    let bytes = El::new(root).with("xmlns:w", W).with("xmlns:r", R).child(paragraph).part();
    let id = format!("rIdPart{number}");
    writer.patches.parts.push(ExtraPart {
        name: format!("{kind}{number}.xml"),
        bytes,
        content_type: Some(format!("application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml")),
        relationship: Some((id.clone(), format!("{R}/{kind}"))),
    });
    id
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
    let properties = difference(&run(&margin_box.style.text), &base);
    let text = |text: &str| {
        let run = El::new("w:r").child(El::new("w:rPr").children(properties.iter().cloned()));
        run.child(El::new("w:t").with("xml:space", "preserve").text(text))
    };
    let mut runs = Vec::new();
    for item in margin_box.style.content.iter().flat_map(|content| content.iter()) {
        match item {
            ContentItem::String(string) => runs.push(text(string)),
            ContentItem::Counter(name, style) | ContentItem::Counters(name, _, style) => {
                let style = if *style == CounterStyle::Disc { CounterStyle::Decimal } else { style.clone() };
                let number = if &**name == "pages" { Field::Pages(style) } else { Field::Page(style) };
                runs.push(field(writer, &number, &properties));
            }
            other => writer.warn_once("docx-margin-content", &format!("a DOCX header cannot hold {other:?}"), None),
        }
    }
    runs
}
