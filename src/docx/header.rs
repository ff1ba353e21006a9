//! Headers and footers: margin boxes, what is behind the page, and boxes that stand on every page.

use docx_rs::{Docx, Style, StyleType};

use super::flow::Area;
use super::inline::field;
use super::package::xml::El;
use super::package::{ExtraPart, MC, Patches, R, W, WORD, WP, WPS};
use super::picture::{self, Anchor, Origin};
use super::properties::{difference, twips};
use super::section::{content_area, content_width};
use super::{Writer, text_box};
use crate::boxes::Field;
use crate::geometry::Size;
use crate::sizing::fitted;
use crate::style::{
    Backdrop, Background, ContentItem, CounterStyle, MarginBox, MarginBoxPlace, PageStyle,
    TextAlign,
};

/// Whether a page has a header or footer: text, or in the header what stands at a place of the
/// page.
pub(super) fn has(writer: &Writer<'_>, page: &PageStyle, top: bool) -> bool {
    page.boxes.iter().any(|b| is_top(b.place) == Some(top))
        || (top && (page.background != Background::default() || !writer.fixed.is_empty()))
}

/// Whether a margin box belongs to the header or to the footer; nothing for those at the sides.
pub(super) fn is_top(place: MarginBoxPlace) -> Option<bool> {
    use MarginBoxPlace::{
        BottomCenter, BottomLeft, BottomLeftCorner, BottomRight, BottomRightCorner, TopCenter,
        TopLeft, TopLeftCorner, TopRight, TopRightCorner,
    };
    match place {
        TopLeftCorner | TopLeft | TopCenter | TopRight | TopRightCorner => Some(true),
        BottomLeftCorner | BottomLeft | BottomCenter | BottomRight | BottomRightCorner => {
            Some(false)
        }
        _ => None,
    }
}

/// Headers and footers written so far.
#[derive(Debug, Default)]
pub(super) struct Headers {
    /// Of which pages, whether at the top, and the names of their parts.
    parts: Vec<(PageStyle, bool, String)>,
    looks: Looks,
}

/// The styles of headers and footers, each as the first one with text has it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Looks {
    header: Option<Look>,
    footer: Option<Look>,
}

/// Paragraph and run properties.
type Look = (Vec<El>, Vec<El>);

impl Headers {
    /// What the styles are, if there are any headers or footers.
    pub(super) fn looks(self) -> Option<Looks> {
        (!self.parts.is_empty()).then_some(self.looks)
    }

    fn look(&mut self, top: bool) -> &mut Option<Look> {
        if top { &mut self.looks.header } else { &mut self.looks.footer }
    }
}

impl Looks {
    /// Adds the styles to the document; `normal` is what they are based on.
    pub(super) fn define(self, mut docx: Docx, patches: &mut Patches, normal: &Look) -> Docx {
        for (id, name, look) in
            [("Header", "header", self.header), ("Footer", "footer", self.footer)]
        {
            let spacing = El::new("w:spacing")
                .with("w:before", 0)
                .with("w:after", 0)
                .with("w:line", 240)
                .with("w:lineRule", "auto");
            let (own, run) = look.unwrap_or_else(|| (Vec::new(), normal.1.clone()));
            let paragraph =
                [vec![spacing, El::new("w:suppressAutoHyphens")], difference(&own, &normal.0)]
                    .concat();
            patches.styles.insert(id.into(), (paragraph, difference(&run, &normal.1)));
            docx = docx.add_style(
                Style::new(id, StyleType::Paragraph).name(name).based_on("Normal").ui_priority(99),
            );
        }
        docx
    }
}

/// The name of a page's header or footer part, made if there is none like it.
pub(super) fn part(writer: &mut Writer<'_>, page: &PageStyle, top: bool) -> String {
    let same = |known: &&(PageStyle, bool, String)| known.1 == top && known.0 == *page;
    if let Some((.., name)) = writer.headers.parts.iter().find(same) {
        return name.clone();
    }
    let name = make(writer, page, top);
    writer.headers.parts.push((page.clone(), top, name.clone()));
    name
}

/// Makes a header or footer part. Left, centre and right boxes share a line, set apart by tabs.
fn make(writer: &mut Writer<'_>, page: &PageStyle, top: bool) -> String {
    let boxes: Vec<&MarginBox> =
        page.boxes.iter().filter(|b| is_top(b.place) == Some(top)).collect();
    let kind = if top { "header" } else { "footer" };
    let outer = std::mem::take(&mut writer.relations);
    let width = content_width(page);
    let mut runs = Vec::new();
    if top {
        runs.extend(color(writer, page));
        runs.extend(background(writer, page));
        runs.extend(fixed(writer, page));
    }
    let align = match boxes.as_slice() {
        [only] => match align_of(only) {
            TextAlign::Start | TextAlign::Left => "left",
            TextAlign::Right => "right",
            TextAlign::Center | TextAlign::Justify => "center",
        },
        _ => "left",
    };
    let mut wanted = vec![El::val("w:jc", align)];
    if boxes.len() > 1 {
        let stop = |(kind, at): (&'static str, f64)| {
            El::new("w:tab").with("w:val", kind).with("w:pos", twips(at))
        };
        wanted.push(
            El::new("w:tabs").children([("center", width / 2.0), ("right", width)].map(stop)),
        );
    }
    let mut properties =
        El::new("w:pPr").child(El::val("w:pStyle", if top { "Header" } else { "Footer" }));
    if let Some(first) = boxes.first() {
        let run = writer.faces.run(&first.style.text);
        let (base, _) =
            writer.headers.look(top).get_or_insert_with(|| (wanted.clone(), run.to_vec())).clone();
        properties = properties.children(direct(&wanted, &base));
    }
    match boxes.as_slice() {
        [only] => runs.extend(content(writer, only, top)),
        many => {
            for (index, align) in
                [TextAlign::Left, TextAlign::Center, TextAlign::Right].into_iter().enumerate()
            {
                if index > 0 && many.len() > 1 {
                    runs.push(El::new("w:r").child(El::new("w:tab")));
                }
                for margin_box in many.iter().filter(|b| align_of(b) == align) {
                    runs.extend(content(writer, margin_box, top));
                }
            }
        }
    }
    let paragraph = El::new("w:p").child(properties).children(runs);
    let root = if top { "w:hdr" } else { "w:ftr" };
    let bytes = El::new(root)
        .with("xmlns:w", W)
        .with("xmlns:r", R)
        .with("xmlns:wp", WP)
        .with("xmlns:wps", WPS)
        .with("xmlns:mc", MC);
    let bytes = bytes.child(paragraph).part();
    let relations = std::mem::replace(&mut writer.relations, outer);
    // The same header again is the same part.
    let known = writer.patches.parts.iter().find(|part| {
        part.name.starts_with(kind) && part.bytes == bytes && part.relations == relations
    });
    known.map(|part| part.name.clone()).unwrap_or_else(|| {
        let number =
            writer.patches.parts.iter().filter(|part| part.name.starts_with(kind)).count() + 1;
        let name = format!("{kind}{number}.xml");
        let content_type = Some(format!("{WORD}.{kind}+xml"));
        writer.patches.parts.push(ExtraPart { name: name.clone(), bytes, content_type, relations });
        name
    })
}

/// What the style does not say. Its tabs are cleared where there are others: Word would have both.
fn direct(wanted: &[El], base: &[El]) -> Vec<El> {
    let mut direct = difference(wanted, base);
    if let (Some(own), Some(tabs)) = (
        direct.iter_mut().find(|el| el.name == "w:tabs"),
        base.iter().find(|el| el.name == "w:tabs"),
    ) {
        let clear = |tab: &El| {
            tab.get("w:pos")
                .map(|at| El::new("w:tab").with("w:val", "clear").with("w:pos", at.to_owned()))
        };
        let mut stops: Vec<El> =
            tabs.elements().filter_map(clear).chain(own.elements().cloned()).collect();
        stops.sort_by_key(|stop| stop.get("w:pos").and_then(|at| at.parse::<i64>().ok()));
        *own = El::new("w:tabs").children(stops);
    }
    direct
}

/// The colour of a page, as a run of its header: Word's own page colour is one for the whole
/// document and is not printed.
fn color(writer: &mut Writer<'_>, page: &PageStyle) -> Option<El> {
    let color = Some(page.background.color).filter(|color| !color.is_transparent())?;
    let (across, along) = (Origin::Page(0.0), Origin::Page(0.0));
    let place = Anchor { width: page.width, height: page.height, across, along, behind: true };
    Some(El::new("w:r").child(text_box::rectangle(writer, &place, color)))
}

/// The picture behind a page, as a run of its header.
fn background(writer: &mut Writer<'_>, page: &PageStyle) -> Option<El> {
    let Background { image: Some((backdrop, span)), size, position, repeat, .. } = &page.background
    else {
        return None;
    };
    let image = match backdrop {
        Backdrop::Url(url) => writer.images.load(url),
        Backdrop::Gradient(gradient) => {
            let svg = crate::image::css_gradient(gradient, page.width, page.height);
            writer.images.inline(&svg).0
        }
    };
    let image = match image {
        Ok(image) => image,
        Err(fault) => {
            writer.report(fault, *span);
            return None;
        }
    };
    let Size { width, height } = fitted(*size, &image, Size::new(page.width, page.height));
    if (repeat.0 && width < page.width - 0.5) || (repeat.1 && height < page.height - 0.5) {
        writer.warn_once(
            "docx-background",
            "Word does not repeat a background picture; it stands on the page once",
            *span,
        );
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
    let area = Area { block: Some(content_area(page)), ..Area::of_width(width) };
    // A fixed box may hold others; writing it gathers them.
    let mut open = std::mem::take(&mut writer.fixed);
    while !open.is_empty() {
        for node in &open {
            text_box::anchored(writer, node, &area);
        }
        open = std::mem::take(&mut writer.fixed);
    }
    writer.fixed = boxes;
    std::mem::replace(&mut writer.anchors, waiting)
}

fn align_of(margin_box: &MarginBox) -> TextAlign {
    use MarginBoxPlace::{
        BottomCenter, BottomRight, BottomRightCorner, TopCenter, TopRight, TopRightCorner,
    };
    match margin_box.place {
        TopCenter | BottomCenter => TextAlign::Center,
        TopRight | TopRightCorner | BottomRight | BottomRightCorner => TextAlign::Right,
        _ => TextAlign::Left,
    }
}

/// What a margin box says, as runs.
fn content(writer: &mut Writer<'_>, margin_box: &MarginBox, top: bool) -> Vec<El> {
    writer.see(&margin_box.style.text);
    let wanted = writer.faces.run(&margin_box.style.text);
    let properties = writer
        .headers
        .look(top)
        .as_ref()
        .map_or_else(Vec::new, |(_, base)| difference(&wanted, base));
    let mut runs = Vec::new();
    for item in margin_box.style.content.iter().flat_map(|content| content.iter()) {
        match item {
            ContentItem::String(string) => {
                runs.extend(super::inline::text_run(writer, string, &properties, false, None))
            }
            ContentItem::Counter(name, style) | ContentItem::Counters(name, _, style) => {
                let style = if *style == CounterStyle::Disc {
                    CounterStyle::Decimal
                } else {
                    style.clone()
                };
                let number =
                    if &**name == "pages" { Field::Pages(style) } else { Field::Page(style) };
                runs.push(field(writer, &number, &properties));
            }
            ContentItem::Url(url) => match writer.images.load(url) {
                Ok(image) => {
                    let drawing = picture::natural(writer, &image);
                    runs.push(El::new("w:r").child(drawing));
                }
                Err(fault) => writer.report(fault, None),
            },
            ContentItem::StringFn(name, pick) => {
                match writer.strings.reference(name, *pick, &writer.styles, &writer.uses) {
                    Ok(reference) => runs.push(super::inline::simple_field(
                        &reference.instruction,
                        &reference.text,
                        &properties,
                    )),
                    Err(why) => {
                        let message = format!(
                            "a Word header cannot show `string({name})`: {why}; it is left out"
                        );
                        writer.warn_once("docx-margin-content", &message, None);
                    }
                }
            }
            other => writer.warn_once(
                "docx-margin-content",
                &format!("a Word header cannot hold {}; it is left out", unheld(other)),
                None,
            ),
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
