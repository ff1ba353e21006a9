//! Headers and footers: margin boxes, what is behind the page, and boxes that stand on every page.
//!
//! Each is a story of one paragraph, written by hand; what is anchored in it hangs there.

use super::anchor::{AnchorOrigin, DrawingAnchor};
use super::area::StoryArea;
use super::band::{BandFrame, align_of};
use super::characters::TextSetting;
use super::{Story, inline, picture, shape, text_box};
use crate::boxes::{Field, transformed};
use crate::diag::{Message, say};
use crate::docx::package::xml::El;
use crate::docx::registry::headers::{HeaderId, PageBand};
use crate::docx::words::properties::{
    NormalValues, Surface, alignment, difference, indents, surface,
};
use crate::docx::words::slack::UNSEEN;
use crate::docx::words::units::twips;
use crate::docx::writer::DocxWriter;
use crate::geometry::Size;
use crate::sizing::{fitted, page_content};
use crate::style::{
    Backdrop, Background, ContentItem, CounterStyle, MarginBox, PageStyle, StringPick, TextAlign,
    TextTransform,
};

/// Whether a page has a header or footer: text, or in the header what stands at a place of the
/// page.
pub(crate) fn has(writer: &DocxWriter<'_>, page: &PageStyle, band: PageBand) -> bool {
    let placed = page.background != Background::default() || !writer.headers.fixed.is_empty();
    band.boxes(page).next().is_some() || (band == PageBand::Header && placed)
}

/// A page's header or footer, made if there is none like it.
pub(crate) fn part(writer: &mut DocxWriter<'_>, page: &PageStyle, band: PageBand) -> HeaderId {
    if let Some(known) = writer.headers.known(page, band) {
        return known;
    }
    let part = writer.relations.open();
    let mut story = Story::header(part);
    // Once for each page: the footer's part would show it a second time.
    if band == PageBand::Header {
        // The colour first, the picture over it, boxes over both: later drawings lie above
        // earlier ones.
        let color = color(writer, page);
        story.wait(color);
        let background = background(writer, page, &story);
        story.wait(background);
        fixed(writer, page, &mut story);
    }
    let boxes: Vec<&MarginBox> = band.boxes(page).collect();
    let mut properties = vec![El::val("w:pStyle", band.style())];
    let wanted = paragraph_properties(page, band);
    // A band is one paragraph in Word, and looks as its first box does.
    if let Some(first) = boxes.first() {
        let run = writer.faces.run(&first.style.text);
        let look = writer.headers.looks.of(band);
        let base = look
            .get_or_insert_with(|| NormalValues { paragraph: wanted.clone(), run: run.to_vec() });
        properties.extend(direct(&wanted, &base.paragraph));
    }
    let runs = line(writer, &boxes, band, &story);
    let paragraph = El::new("w:p")
        .child(El::new("w:pPr").children(properties))
        .children(story.into_waiting())
        .children(runs);
    let root = El::new(band.root()).child(paragraph);
    let relations = writer.relations.take(part);
    writer.headers.intern(page, band, root, relations)
}

/// Alignment, edges and tab stops of a band: left, centre and right boxes share a line, set apart
/// by tabs.
fn paragraph_properties(page: &PageStyle, band: PageBand) -> Vec<El> {
    let boxes: Vec<&MarginBox> = band.boxes(page).collect();
    let align = match &boxes[..] {
        [only] => alignment(only.style.text.text_align),
        // Where there are several, the tab stops align them.
        _ => "left",
    };
    let mut wanted = vec![El::val("w:jc", align)];
    let frame = BandFrame::of(page, band);
    wanted.push(indents(frame.place));
    wanted.extend(surface(Surface { border: &frame.border, shade: frame.shade }));
    if boxes.len() > 1 {
        let stop = |(kind, at): (&'static str, f64)| {
            El::new("w:tab").with("w:val", kind).with("w:pos", twips(at))
        };
        let width = page_content(page).width;
        // As in headers that Word itself makes, so that people find their way.
        let stops = [("center", width / 2.0), ("right", width)];
        wanted.push(El::new("w:tabs").children(stops.map(stop)));
    }
    wanted
}

/// The text of a header's boxes, from left to right.
fn line(
    writer: &mut DocxWriter<'_>,
    boxes: &[&MarginBox],
    band: PageBand,
    story: &Story,
) -> Vec<El> {
    if let [only] = boxes {
        return content(writer, only, band, story);
    }
    let mut runs = Vec::new();
    for (index, align) in
        [TextAlign::Left, TextAlign::Center, TextAlign::Right].into_iter().enumerate()
    {
        if index > 0 && boxes.len() > 1 {
            runs.push(El::new("w:r").child(El::new("w:tab")));
        }
        for margin_box in boxes.iter().filter(|margin_box| align_of(margin_box.place) == align) {
            runs.extend(content(writer, margin_box, band, story));
        }
    }
    runs
}

/// What the style does not say. Its tabs are cleared where there are others: Word would have both.
fn direct(wanted: &[El], base: &[El]) -> Vec<El> {
    let mut direct = difference(wanted, base);
    if let (Some(own), Some(tabs)) = (
        direct.iter_mut().find(|el| el.name == "w:tabs"),
        base.iter().find(|el| el.name == "w:tabs"),
    ) {
        // Stops of a paragraph join those of its style, which therefore must be cleared (ECMA-376
        // Part 1, 17.3.1.38).
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
fn color(writer: &mut DocxWriter<'_>, page: &PageStyle) -> Option<El> {
    let color = Some(page.background.color).filter(|color| !color.is_transparent())?;
    let corner = AnchorOrigin::Page(0.0);
    let size = Size::new(page.width, page.height);
    let place = DrawingAnchor { size, across: corner, along: corner, behind: true };
    Some(El::new("w:r").child(shape::rectangle(writer, &place, color)))
}

/// The picture behind a page, as a run of its header.
fn background(writer: &mut DocxWriter<'_>, page: &PageStyle, story: &Story) -> Option<El> {
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
    let size = fitted(*size, &image, Size::new(page.width, page.height));
    let free = Size::new(page.width - size.width, page.height - size.height);
    if (repeat.x && free.width > UNSEEN) || (repeat.y && free.height > UNSEEN) {
        writer.warn_once(
            "docx-background",
            say!("Word does not repeat a background picture; it is placed on the page once"),
            *span,
        );
    }
    let place = DrawingAnchor {
        size,
        across: AnchorOrigin::Page(position.0.resolve(free.width)),
        along: AnchorOrigin::Page(position.1.resolve(free.height)),
        behind: true,
    };
    let subject = picture::PictureSubject::background(*span);
    let drawing = picture::at_place(writer, story.part, &subject, &image, &place);
    Some(El::new("w:r").child(drawing))
}

/// Hangs the boxes that stand on every page.
fn fixed(writer: &mut DocxWriter<'_>, page: &PageStyle, story: &mut Story) {
    let content = page_content(page);
    let area = StoryArea::of_page(content);
    for node in writer.headers.fixed.clone() {
        text_box::anchored(writer, node, &area, story);
    }
}

/// What a margin box says, as runs.
fn content(
    writer: &mut DocxWriter<'_>,
    margin_box: &MarginBox,
    band: PageBand,
    story: &Story,
) -> Vec<El> {
    writer.faces.record_use(&margin_box.style.text);
    let wanted = writer.faces.run(&margin_box.style.text);
    let look = writer.headers.looks.of(band).as_ref();
    let properties = look.map_or_else(Vec::new, |look| difference(&wanted, &look.run));
    let mut runs = Vec::new();
    for item in margin_box.style.content.iter().flat_map(|content| content.iter()) {
        match item {
            ContentItem::String(string) => {
                let setting = TextSetting::default();
                let text = transformed(string, margin_box.style.text.text_transform, false);
                runs.extend(inline::text_run(writer, &text, &properties, &setting, None));
            }
            ContentItem::Counter(name, style) | ContentItem::Counters(name, _, style) => {
                runs.push(inline::field(writer, &page_field(name, style), &properties));
            }
            ContentItem::Url(url) => match writer.images.load(url) {
                Ok(image) => {
                    let subject = picture::PictureSubject::background(None);
                    let size = Size::new(image.width, image.height);
                    let drawing = picture::in_line(writer, story.part, &subject, &image, size);
                    runs.push(El::new("w:r").child(drawing));
                }
                Err(fault) => writer.report(fault, None),
            },
            ContentItem::StringFn(name, pick) => {
                let how = margin_box.style.text.text_transform;
                runs.extend(running_string(writer, (name, *pick), how, &properties));
            }
            other => writer.warn_once(
                "docx-margin-content",
                say!("a Word header cannot hold {other}; it is left out", other = unheld(other)),
                None,
            ),
        }
    }
    runs
}

/// The field of a page counter. A page's number is not a bullet.
fn page_field(name: &str, style: &CounterStyle) -> Field {
    // `PAGE` has switches for figures and letters, and none for a bullet.
    let style = if *style == CounterStyle::Disc { CounterStyle::Decimal } else { style.clone() };
    if name == "pages" { Field::Pages(style) } else { Field::Page(style) }
}

/// `string(name, pick)` as a field, if Word has one that shows the same.
fn running_string(
    writer: &mut DocxWriter<'_>,
    (name, pick): (&str, StringPick),
    how: TextTransform,
    properties: &[El],
) -> Option<El> {
    match writer.strings.reference(name, pick, &mut writer.styles) {
        Ok(field) => {
            // ECMA-376 Part 1, 17.16.4.3.1.
            let switch = match how {
                TextTransform::None => "",
                TextTransform::Uppercase => "\\* Upper ",
                TextTransform::Lowercase => "\\* Lower ",
                TextTransform::Capitalize => "\\* Caps ",
            };
            let instruction = format!("{}{switch}", field.instruction);
            let shown = transformed(&field.text, how, false);
            Some(inline::simple_field(&instruction, &shown, properties))
        }
        Err(why) => {
            let message = say!(
                "a Word header cannot show `string({name})`: {why}; it is left out",
                name,
                why
            );
            writer.warn_once("docx-margin-content", message, None);
            None
        }
    }
}

/// What the author wrote, for a warning.
fn unheld(item: &ContentItem) -> Message {
    match item {
        ContentItem::TargetCounter(..) => say!("`target-counter()`"),
        ContentItem::Leader(_) => say!("`leader()`"),
        ContentItem::Element(name) => say!("`element({name})`", name),
        ContentItem::Attr(name) => say!("`attr({name})`", name),
        _ => say!("such content"),
    }
}
