//! Headers and footers: margin boxes, what is behind the page, and boxes that stand on every page.

use super::flow::Area;
use super::inline::field;
use super::package::xml::El;
use super::package::{ExtraPart, MC, R, W, WORD, WP, WPS};
use super::picture::{self, Anchor, Origin};
use super::properties::{difference, run, twips};
use super::section::{content_height, content_width};
use super::{Writer, frame};
use crate::boxes::Field;
use crate::style::{Background, ContentItem, CounterStyle, Fitting, MarginBox, MarginBoxPlace, PageStyle, TextAlign};

/// Whether a page has a header or footer: text, or in the header what stands at a place of the page.
pub(super) fn has(writer: &Writer<'_>, page: &PageStyle, top: bool) -> bool {
    page.boxes.iter().any(|b| is_top(b.place) == Some(top))
        || (top && (page.background != Background::default() || !writer.fixed.is_empty()))
}

/// Whether a margin box belongs to the header or to the footer; nothing for those at the sides.
pub(super) fn is_top(place: MarginBoxPlace) -> Option<bool> {
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

/// Headers and footers written so far: of which pages, and the names of their parts.
#[derive(Debug, Default)]
pub(super) struct Headers(Vec<(PageStyle, bool, String)>);

/// The name of a page's header or footer part, made if there is none like it.
pub(super) fn part(writer: &mut Writer<'_>, page: &PageStyle, top: bool) -> String {
    let same = |known: &&(PageStyle, bool, String)| known.1 == top && known.0 == *page;
    if let Some((.., name)) = writer.headers.0.iter().find(same) {
        return name.clone();
    }
    let name = make(writer, page, top);
    writer.headers.0.push((page.clone(), top, name.clone()));
    name
}

/// Makes a header or footer part. Left, centre and right boxes share a line, set apart by tabs.
fn make(writer: &mut Writer<'_>, page: &PageStyle, top: bool) -> String {
    let boxes: Vec<&MarginBox> = page.boxes.iter().filter(|b| is_top(b.place) == Some(top)).collect();
    let kind = if top { "header" } else { "footer" };
    let outer = std::mem::take(&mut writer.relations);
    let mut paragraph = El::new("w:p");
    let style = writer.header_style(boxes.first().map(|b| &b.style.text), top);
    let mut properties = El::new("w:pPr").child(El::val("w:pStyle", style));
    let width = content_width(page);
    let mut picture = Vec::new();
    if top {
        picture.extend(color(writer, page));
        picture.extend(background(writer, page));
        picture.extend(fixed(writer, page));
    }
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
    known.map(|part| part.name.clone()).unwrap_or_else(|| {
        let number = writer.patches.parts.iter().filter(|part| part.name.starts_with(kind)).count() + 1;
        let name = format!("{kind}{number}.xml");
        let content_type = Some(format!("{WORD}.{kind}+xml"));
        writer.patches.parts.push(ExtraPart { name: name.clone(), bytes, content_type, relations });
        name
    })
}

/// The colour of a page, as a run of its header: Word's own page colour is one for the whole document and is not printed.
fn color(writer: &mut Writer<'_>, page: &PageStyle) -> Option<El> {
    let color = Some(page.background.color).filter(|color| !color.is_transparent())?;
    let (across, along) = (Origin::Page(0.0), Origin::Page(0.0));
    let place = Anchor { width: page.width, height: page.height, across, along, behind: true };
    Some(El::new("w:r").child(frame::rectangle(writer, &place, color)))
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

/// The boxes that stand on every page, as runs of its header.
fn fixed(writer: &mut Writer<'_>, page: &PageStyle) -> Vec<El> {
    let boxes = writer.fixed.clone();
    let waiting = std::mem::take(&mut writer.anchors);
    let width = content_width(page);
    let area = Area { block: Some([0.0, 0.0, width, content_height(page)]), ..Area::of_width(width) };
    // A fixed box may hold others; writing it gathers them.
    let mut open = std::mem::take(&mut writer.fixed);
    while !open.is_empty() {
        for node in &open {
            frame::anchored(writer, node, &area);
        }
        open = std::mem::take(&mut writer.fixed);
    }
    writer.fixed = boxes;
    std::mem::replace(&mut writer.anchors, waiting)
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
            ContentItem::StringFn(name, pick) => match writer.strings.reference(name, *pick, &writer.styles, &writer.uses) {
                Ok(reference) => runs.push(super::inline::simple_field(&reference.instruction, &reference.text, &properties)),
                Err(why) => {
                    let message = format!("a Word header cannot show `string({name})`: {why}; it is left out");
                    writer.warn_once("docx-margin-content", &message, None);
                }
            },
            other => writer.warn_once("docx-margin-content", &format!("a Word header cannot hold {}; it is left out", unheld(other)), None),
        }
    }
    runs
}

/// What the author wrote, for a warning.
fn unheld(item: &ContentItem) -> String {
    match item {
        ContentItem::TargetCounter(..) => "`target-counter()`".to_owned(),
        ContentItem::Leader(_) => "`leader()`".to_owned(),
        ContentItem::Attr(name) => format!("`attr({name})`"),
        _ => "such content".to_owned(),
    }
}
