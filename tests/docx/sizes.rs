//! Sizes: every cell of a table, every item of a flex row and every picture is as wide in the DOCX
//! as on the PDF's pages.
//!
//! Each box has a colour of its own, by which it is found again: as a filled path on the page, as
//! the shading of a cell in the DOCX.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use itog::diag::Sink;
use itog::internals::font::FontBook;
use itog::internals::geometry::Rect;
use itog::internals::{image::DrawnSegment, layout, layout::Paint, text::Typesetter};
use roxmltree::{Document, Node};

use crate::package::Package;
use crate::{boxes, page, write};

static TYPESETTER: LazyLock<Typesetter> =
    LazyLock::new(|| Typesetter::new(Arc::new(FontBook::bundled())));

/// Numbers that are the same on every run (Knuth's linear congruential generator).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len() as u64) as usize]
    }
}

/// The rectangles on the pages by the colour that they are filled with, and the pictures in order.
fn painted(markup: &str) -> (BTreeMap<String, Rect>, Vec<Rect>) {
    let (tree, images) = boxes(markup);
    let pages = layout::layout(&tree, &TYPESETTER, &images, &mut Sink::new());
    let (mut fills, mut pictures) = (BTreeMap::new(), Vec::new());
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let Paint::Image { rect, .. } = &item.paint {
            pictures.push(*rect);
        }
        if let Paint::Path { path, fill: Some(color), .. } = &item.paint {
            let points: Vec<(f64, f64)> = path
                .iter()
                .filter_map(|segment| match *segment {
                    DrawnSegment::Move(at) | DrawnSegment::Line(at) => Some((at.x, at.y)),
                    _ => None,
                })
                .collect();
            let least =
                points.iter().fold((f64::MAX, f64::MAX), |a, b| (a.0.min(b.0), a.1.min(b.1)));
            let most =
                points.iter().fold((f64::MIN, f64::MIN), |a, b| (a.0.max(b.0), a.1.max(b.1)));
            let rect = Rect::new(least.0, least.1, most.0 - least.0, most.1 - least.1);
            let color = format!("{:02X}{:02X}{:02X}", color.red, color.green, color.blue);
            fills.entry(color).or_insert(rect);
        }
    }
    (fills, pictures)
}

fn value(node: Node<'_, '_>, child: &str, attribute: &str) -> Option<String> {
    let child = node.children().find(|own| own.tag_name().name() == child)?;
    child.attributes().find(|own| own.name() == attribute).map(|own| own.value().to_owned())
}

/// Cells by their shading: width, and the height that their row has at least.
fn cells(document: &Document<'_>) -> BTreeMap<String, (f64, Option<f64>)> {
    let points = |text: String| text.parse::<f64>().unwrap() / 20.0;
    let mut found = BTreeMap::new();
    for cell in document.descendants().filter(|node| node.tag_name().name() == "tcPr") {
        let row = cell.ancestors().find(|node| node.tag_name().name() == "tr").unwrap();
        let height = row
            .children()
            .find(|node| node.tag_name().name() == "trPr")
            .and_then(|properties| value(properties, "trHeight", "val"));
        // Word takes the spacing from the cells, half of it at each side.
        let table = row.parent().unwrap().children().find(|own| own.tag_name().name() == "tblPr");
        let spacing = table.and_then(|table| value(table, "tblCellSpacing", "w"));
        let spacing = spacing.map_or(0.0, |half| 2.0 * points(half));
        if let (Some(color), Some(width)) = (value(cell, "shd", "fill"), value(cell, "tcW", "w")) {
            found.insert(color, (points(width) - spacing, height.map(points)));
        }
    }
    found
}

struct Maker {
    dice: Dice,
    color: u32,
}

impl Maker {
    fn color(&mut self) -> String {
        self.color += 1;
        format!("background: #{:06x}", 0x10_0000 + self.color * 0x111)
    }

    fn text(&mut self) -> String {
        let words = ["Альфа", "б", "весьма", "длинное слово", "№ п/п", "12 500,5", "Ответственный"];
        (0..=self.dice.below(4)).map(|_| self.dice.one(&words)).collect::<Vec<_>>().join(" ")
    }

    fn table(&mut self, depth: u32) -> String {
        let count = 1 + self.dice.below(4);
        let collapse = self.dice.one(&[
            "collapse",
            "separate; border-spacing: 0",
            "separate; border-spacing: 3pt",
        ]);
        let width = self.dice.one(&[
            "",
            "",
            "width: 100%",
            "width: 300pt",
            "min-width: 250pt",
            "max-width: 180pt",
            "width: 60%",
        ]);
        let layout = self.dice.one(&["", "", "table-layout: fixed"]);
        let margin = self.dice.one(&["", "margin: 0 auto", "margin-left: 20pt"]);
        let mut out =
            format!("<table style=\"border-collapse: {collapse}; {width}; {layout}; {margin}\">");
        if self.dice.below(3) == 0 {
            out.push_str("<colgroup>");
            for _ in 0..count {
                let own = self.dice.one(&["", "width: 30%", "width: 60pt", "width: 50%"]);
                out.push_str(&format!("<col style=\"{own}\"/>"));
            }
            out.push_str("</colgroup>");
        }
        for _ in 0..=self.dice.below(3) {
            out.push_str(&format!("<tr style=\"{}\">", self.dice.one(&["", "", "height: 30pt"])));
            let mut at = 0;
            while at < count {
                let span = 1 + self.dice.below((count - at).min(2));
                at += span;
                let own = self.dice.one(&[
                    "",
                    "",
                    "",
                    "width: 80pt",
                    "width: 25%",
                    "min-width: 90pt",
                    "max-width: 40pt",
                    "height: 40pt",
                ]);
                let padding = self.dice.one(&["1pt", "2pt 5pt", "0"]);
                let border = self.dice.one(&["0", "1pt solid black", "3pt solid red"]);
                let color = self.color();
                let inside = if depth > 0 && self.dice.below(8) == 0 {
                    self.table(depth - 1)
                } else {
                    self.text()
                };
                out.push_str(&format!(
                    "<td colspan=\"{span}\" style=\"{color}; padding: {padding}; border: {border}; \
                     {own}\">{inside}</td>"
                ));
            }
            out.push_str("</tr>");
        }
        out + "</table>"
    }

    fn flex(&mut self) -> String {
        let how = self.dice.one(&[
            "",
            "justify-content: space-between",
            "justify-content: center",
            "flex-wrap: wrap",
            "gap: 10pt",
            "flex-direction: row-reverse",
        ]);
        let items: Vec<String> = (0..1 + self.dice.below(4))
            .map(|_| {
                let own = self.dice.one(&[
                    "",
                    "flex: 1",
                    "flex: 0 0 60pt",
                    "width: 70pt; padding: 3pt",
                    "margin: 0 5pt",
                    "min-width: 90pt",
                ]);
                let (color, text) = (self.color(), self.text());
                format!("<p style=\"margin: 0; {color}; {own}\">{text}</p>")
            })
            .collect();
        format!("<div style=\"display: flex; {how}\">{}</div>", items.concat())
    }

    fn picture(&mut self) -> String {
        let own = self.dice.one(&[
            "",
            "width: 40pt",
            "height: 30pt",
            "width: 50%; max-width: 90pt",
            "width: 60pt; height: 20pt",
            "width: 60pt; padding: 5pt; box-sizing: border-box",
            "min-width: 80pt",
            "max-height: 25pt",
        ]);
        let picture = format!("<qr-code data=\"итог\" alt=\"Код\" style=\"{own}\"/>");
        match self.dice.below(3) {
            0 => format!("<p>{picture} в строке</p>"),
            1 => format!(
                "<div style=\"display: flex; align-items: flex-start\">{picture}<p>рядом</p></div>"
            ),
            _ => format!("<div>{picture}</div>"),
        }
    }
}

const CSS: &str =
    "@page { size: A4; margin: 20mm } body { margin: 0; font: 11pt/1.2 'Liberation Serif' }";

#[test]
fn cells_of_random_tables_are_as_wide_as_on_the_page() {
    let mut maker = Maker { dice: Dice(7), color: 0 };
    let mut compared = 0;
    for number in 0..300 {
        maker.color = 0;
        let markup = page(CSS, &maker.table(1));
        let (bytes, warnings) = write(&markup);
        let package = Package::read(&bytes);
        let document = Document::parse(package.text("word/document.xml")).unwrap();
        let (painted, _) = painted(&markup);
        for (color, (width, height)) in cells(&document) {
            let Some(rect) = painted.get(&color) else { continue };
            assert!(
                (width - rect.width).abs() <= 0.5,
                "table {number}, cell {color}: {width} pt, {} pt on the page; {warnings:?}\n\
                 {markup}",
                rect.width
            );
            if let Some(height) = height {
                assert!(
                    height <= rect.height + 0.5,
                    "{number} {color}: {height} {rect:?}\n{markup}"
                );
            }
            compared += 1;
        }
    }
    assert!(compared > 1000, "{compared} cells");
}

#[test]
fn items_of_random_flex_rows_are_as_wide_as_on_the_page() {
    let mut maker = Maker { dice: Dice(11), color: 0 };
    let mut compared = 0;
    for number in 0..150 {
        maker.color = 0;
        let markup = page(CSS, &maker.flex());
        let (bytes, _) = write(&markup);
        let package = Package::read(&bytes);
        let document = Document::parse(package.text("word/document.xml")).unwrap();
        let (painted, _) = painted(&markup);
        for (color, (width, _)) in cells(&document) {
            let Some(rect) = painted.get(&color) else { continue };
            // A line that just fits has what Word needs besides: a point and a hundredth.
            let most = rect.width * 1.01 + 1.0 + 0.5;
            assert!(
                width >= rect.width - 0.5 && width <= most,
                "row {number}, item {color}: {width} pt, {} pt on the page\n{markup}",
                rect.width
            );
            compared += 1;
        }
    }
    assert!(compared > 250, "{compared} items");
}

#[test]
fn random_pictures_are_as_large_as_on_the_page() {
    let mut maker = Maker { dice: Dice(13), color: 0 };
    for number in 0..150 {
        let markup = page(CSS, &maker.picture());
        let (bytes, _) = write(&markup);
        let package = Package::read(&bytes);
        let document = Document::parse(package.text("word/document.xml")).unwrap();
        let extent =
            document.descendants().find(|node| node.tag_name().name() == "extent").unwrap();
        let side = |name: &str| extent.attribute(name).unwrap().parse::<f64>().unwrap() / 12_700.0;
        let (_, pictures) = painted(&markup);
        let rect = pictures[0];
        assert!(
            (side("cx") - rect.width).abs() <= 0.5 && (side("cy") - rect.height).abs() <= 0.5,
            "picture {number}: {} × {} pt, {rect:?} on the page\n{markup}",
            side("cx"),
            side("cy")
        );
    }
}
