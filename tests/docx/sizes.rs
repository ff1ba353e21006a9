//! Sizes: every column and cell of a table, every item of a flex row and every picture is as wide
//! in the DOCX as on the PDF's pages, and stands where it does. `sizes/*.html` are single cases.
//!
//! Each box has a colour of its own, by which it is found again: as a filled path on the page, as
//! the shading of a cell in the DOCX.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use itog::diag::Sink;
use itog::internals::docx;
use itog::internals::font::FontBook;
use itog::internals::geometry::Rect;
use itog::internals::text::{ContentSizes, Typesetter};
use itog::internals::{image::DrawnSegment, layout, layout::Paint};
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

/// A cell of the DOCX.
struct Cell {
    /// From the left edge of the page's content; nothing in a table within a cell or text box,
    /// which stand elsewhere.
    left: Option<f64>,
    /// As the cell says it.
    width: f64,
    /// As the columns say it that the cell spans.
    columns: f64,
    /// What its row has at least.
    height: Option<f64>,
}

/// Cells by their shading.
fn cells(document: &Document<'_>) -> BTreeMap<String, Cell> {
    let points = |text: String| text.parse::<f64>().unwrap() / 20.0;
    let is = |name: &'static str| move |node: &Node<'_, '_>| node.tag_name().name() == name;
    let mut found = BTreeMap::new();
    for table in document.descendants().filter(is("tbl")) {
        let grid = table.children().find(is("tblGrid")).unwrap();
        let grid: Vec<f64> = grid
            .children()
            .filter(is("gridCol"))
            .map(|column| {
                let width = column.attributes().find(|own| own.name() == "w").unwrap();
                points(width.value().to_owned())
            })
            .collect();
        let properties = table.children().find(is("tblPr")).unwrap();
        // Word takes the spacing from the cells, half of it at each side.
        let spacing = value(properties, "tblCellSpacing", "w");
        let spacing = spacing.map_or(0.0, |half| 2.0 * points(half));
        let indent = value(properties, "tblInd", "w").map(points).unwrap();
        let inside = table.ancestors().any(|node| is("tc")(&node) || is("txbxContent")(&node));
        for row in table.children().filter(is("tr")) {
            let properties = row.children().find(is("trPr"));
            let said = |name| properties.and_then(|properties| value(properties, name, "val"));
            let mut column = said("gridBefore").map_or(0, |count| count.parse().unwrap());
            for cell in row.children().filter(is("tc")) {
                let cell = cell.children().find(is("tcPr")).unwrap();
                let span = value(cell, "gridSpan", "val").map_or(1, |span| span.parse().unwrap());
                let columns: f64 = grid[column..column + span].iter().sum();
                let before: f64 = grid[..column].iter().sum();
                let left = (!inside).then_some(indent + before + spacing / 2.0);
                column += span;
                let width = value(cell, "tcW", "w").map(points);
                if let (Some(color), Some(width)) = (value(cell, "shd", "fill"), width) {
                    let height = said("trHeight").map(points);
                    let (width, columns) = (width - spacing, columns - spacing);
                    found.insert(color, Cell { left, width, columns, height });
                }
            }
        }
    }
    found
}

/// The sizes of the pictures in their order.
fn extents(document: &Document<'_>) -> Vec<(f64, f64)> {
    let side = |node: Node<'_, '_>, name| {
        node.attribute(name).and_then(|side| side.parse::<f64>().ok()).unwrap() / 12_700.0
    };
    // Text boxes have extents, too.
    let is_picture = |node: &Node<'_, '_>| {
        let mut drawing = node.parent().into_iter().flat_map(|parent| parent.descendants());
        drawing.any(|node| node.tag_name().name() == "pic")
    };
    document
        .descendants()
        .filter(|node| node.tag_name().name() == "extent" && is_picture(node))
        .map(|node| (side(node, "cx"), side(node, "cy")))
        .collect()
}

/// Whether two lengths are the same to the eye.
fn same(docx: f64, page: f64) -> bool {
    (docx - page).abs() <= 0.5
}

/// The left margin of the pages, 20 mm.
const MARGIN: f64 = 20.0 * 72.0 / 25.4;

/// Compares a document's cells and pictures with those of its pages, and counts them.
fn compare(case: &str, markup: &str) -> Compared {
    let (bytes, _) = write(markup);
    let package = Package::read(&bytes);
    let document = Document::parse(package.text("word/document.xml")).unwrap();
    let (painted, pictures) = painted(markup);
    let cells = cells(&document);
    let extents = extents(&document);
    let mut compared = Compared { unseen: 0, cells: 0, pictures: extents.len() };
    for (color, Cell { left, width, columns, .. }) in &cells {
        let Some(rect) = painted.get(color) else {
            compared.unseen += 1;
            continue;
        };
        let left = left.unwrap_or(rect.x - MARGIN);
        assert!(
            same(*width, rect.width) && same(*columns, rect.width) && same(left, rect.x - MARGIN),
            "{case}, cell {color}: {width} pt in columns of {columns} pt at {left} pt, {rect:?} \
             on the page\n{markup}",
        );
        compared.cells += 1;
    }
    assert_eq!(extents.len(), pictures.len(), "{case}: the pictures\n{markup}");
    for ((width, height), rect) in extents.iter().zip(&pictures) {
        assert!(
            same(*width, rect.width) && same(*height, rect.height),
            "{case}, picture: {width} × {height} pt, {rect:?} on the page\n{markup}"
        );
    }
    compared
}

#[derive(Default)]
struct Compared {
    cells: usize,
    pictures: usize,
    /// Cells that no page shows.
    unseen: usize,
}

impl Compared {
    fn add(&mut self, more: &Self) {
        self.cells += more.cells;
        self.pictures += more.pictures;
        self.unseen += more.unseen;
    }
}

/// An item of a flex row.
struct RowItem {
    text: String,
    /// Left and right together.
    padding: f64,
}

impl RowItem {
    /// What Word needs beyond a width on the page so that the words stay whole that do so there:
    /// the padding gives what it has.
    fn slack(&self, width: f64) -> f64 {
        // An item is as wide as its words ask for, and no narrower than the longest of them.
        let item = |room: &str| {
            let Self { text, .. } = self;
            let item = format!("<p style=\"margin: 0; background: #abcdef\">{text}</p>");
            let row = format!("<div style=\"display: flex; width: {room}\">{item}</div>");
            painted(&page(CSS, &row)).0["ABCDEF"].width
        };
        let content = ContentSizes { min: item("1pt"), max: item("1000pt") };
        (docx::slack(content, width - self.padding) - self.padding).max(0.0)
    }
}

struct Maker {
    dice: Dice,
    color: u32,
    /// Whether cells hold pictures, too.
    pictures: bool,
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
        let margin = self.dice.one(&["", "margin: 0 auto", "margin-left: 20pt", "margin: 0 5%"]);
        let edges = self.dice.one(&[
            "",
            "border: 3pt solid green",
            "padding: 6pt",
            "padding: 2pt 5%",
            "border: 6pt solid green; border-left: 1pt solid blue; padding: 4pt 10pt",
            "border: 2pt solid green; padding: 4pt; box-sizing: border-box",
        ]);
        let mut out = format!(
            "<table style=\"border-collapse: {collapse}; {width}; {layout}; {margin}; {edges}\">"
        );
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
                } else if self.pictures && self.dice.below(3) == 0 {
                    self.picture()
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

    /// A flex row, and its items with their colours.
    fn flex(&mut self) -> (String, Vec<(String, RowItem)>) {
        let how = self.dice.one(&[
            "",
            "justify-content: space-between",
            "justify-content: center",
            "flex-wrap: wrap",
            "gap: 10pt",
            "flex-direction: row-reverse",
        ]);
        let (mut items, mut out) = (Vec::new(), String::new());
        for _ in 0..1 + self.dice.below(4) {
            let (own, padding) = match self.dice.below(8) {
                0 => ("flex: 1", 0.0),
                1 => ("flex: 0 0 60pt", 0.0),
                2 => ("width: 70pt; padding: 3pt", 6.0),
                3 => ("margin: 0 5pt", 0.0),
                4 => ("min-width: 90pt", 0.0),
                5 => ("padding: 0.5pt", 1.0),
                _ => ("", 0.0),
            };
            let (color, text) = (self.color(), self.text());
            out.push_str(&format!("<p style=\"margin: 0; {color}; {own}\">{text}</p>"));
            let color = color.rsplit('#').next().unwrap().to_uppercase();
            items.push((color, RowItem { text, padding }));
        }
        (format!("<div style=\"display: flex; {how}\">{out}</div>"), items)
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
fn cases_of_sizes() {
    insta::glob!("sizes/*.html", |path| {
        let case = path.file_stem().unwrap().to_string_lossy();
        let compared = compare(&case, &std::fs::read_to_string(path).unwrap());
        assert_eq!(compared.unseen, 0, "{case}");
        assert!(compared.cells + compared.pictures > 0, "{case}");
    });
}

#[test]
fn cells_of_random_tables_are_as_wide_as_on_the_page() {
    let mut maker = Maker { dice: Dice(7), color: 0, pictures: false };
    let mut all = Compared::default();
    for number in 0..300 {
        maker.color = 0;
        all.add(&compare(&format!("table {number}"), &page(CSS, &maker.table(1))));
    }
    assert!(all.cells > 1000 && all.unseen <= all.cells / 100, "{} {}", all.cells, all.unseen);
}

/// A table that is an item or positioned has its width from what it is in, and its edges once.
#[test]
fn cells_of_random_tables_that_are_items_are_as_wide_as_on_the_page() {
    let mut maker = Maker { dice: Dice(23), color: 0, pictures: false };
    let mut all = Compared::default();
    for number in 0..150 {
        maker.color = 0;
        // Percentages of padding are of what is around, which a table that is an item is not told.
        let table = maker.table(0).replace("padding: 2pt 5%", "padding: 2pt 12pt");
        let body = if number % 2 == 0 {
            format!("<div style=\"display: flex\">{table}<p>рядом</p></div>")
        } else {
            let placed = table.replacen("style=\"", "style=\"position: absolute; left: 9pt; ", 1);
            format!("<p>Слово</p>{placed}")
        };
        all.add(&compare(&format!("item {number}"), &page(CSS, &body)));
    }
    assert!(all.cells > 500 && all.unseen <= all.cells / 100, "{} {}", all.cells, all.unseen);
}

#[test]
fn a_table_that_is_an_item_is_painted_once() {
    let table = "<table style=\"border: 3pt solid red; background: #abcdef; padding: 9pt\">\
                 <tr><td>Слово</td></tr></table>";
    let (tree, images) = boxes(&page(CSS, &format!("<div style=\"display: flex\">{table}</div>")));
    let pages = layout::layout(&tree, &TYPESETTER, &images, &mut Sink::new());
    let filled = |item: &&layout::PageItem| {
        let Paint::Path { fill: Some(color), .. } = &item.paint else { return false };
        (color.red, color.green, color.blue) == (0xAB, 0xCD, 0xEF)
    };
    assert_eq!(pages.pages[0].items.iter().filter(filled).count(), 1);
}

#[test]
fn pictures_in_random_tables_are_as_large_as_on_the_page() {
    let mut maker = Maker { dice: Dice(17), color: 0, pictures: true };
    let mut all = Compared::default();
    for number in 0..150 {
        maker.color = 0;
        all.add(&compare(&format!("table {number}"), &page(CSS, &maker.table(1))));
    }
    assert!(all.pictures > 100 && all.unseen <= all.cells / 100, "{} {}", all.pictures, all.unseen);
}

/// A row is as high as it says, unless what it holds is higher.
#[test]
fn rows_with_a_height_are_as_high_as_on_the_page() {
    let mut maker = Maker { dice: Dice(19), color: 0, pictures: false };
    let (mut governed, mut compared) = (0, 0);
    for number in 0..150 {
        maker.color = 0;
        let markup = page(CSS, &maker.table(0));
        let (bytes, _) = write(&markup);
        let package = Package::read(&bytes);
        let document = Document::parse(package.text("word/document.xml")).unwrap();
        let (said, _) = painted(&markup);
        let (natural, _) = painted(&markup.replace("height: 30pt", "").replace("height: 40pt", ""));
        for (color, cell) in cells(&document) {
            let (Some(rect), Some(natural)) = (said.get(&color), natural.get(&color)) else {
                continue;
            };
            compared += 1;
            let height = cell.height.unwrap_or_default();
            let agrees = if rect.height > natural.height + 0.5 {
                governed += 1;
                same(height, rect.height)
            } else {
                height <= rect.height + 0.5
            };
            assert!(agrees, "{number} {color}: {height} {rect:?} {natural:?}\n{markup}");
        }
    }
    assert!(compared > 500 && governed > 100, "{compared} {governed}");
}

#[test]
fn items_of_random_flex_rows_are_as_wide_as_on_the_page() {
    let mut maker = Maker { dice: Dice(11), color: 0, pictures: false };
    let (mut compared, mut widened, mut unseen) = (0, 0, 0);
    for number in 0..150 {
        maker.color = 0;
        let (row, items) = maker.flex();
        let markup = page(CSS, &row);
        let (bytes, _) = write(&markup);
        let package = Package::read(&bytes);
        let document = Document::parse(package.text("word/document.xml")).unwrap();
        let (painted, _) = painted(&markup);
        let cells = cells(&document);
        for (color, item) in &items {
            let (Some(rect), Some(Cell { left: Some(left), width, .. })) =
                (painted.get(color), cells.get(color))
            else {
                unseen += 1;
                continue;
            };
            let place = rect.x - MARGIN;
            // What is wider than on the page takes it from the free room around, so that the
            // others stand where they do there.
            let slack = if *width > rect.width + 0.5 { item.slack(rect.width) } else { 0.0 };
            widened += usize::from(slack > 0.0);
            assert!(
                *width >= rect.width - 0.5
                    && *width <= rect.width + slack + 0.5
                    && *left <= place + 0.5
                    && left + width >= place + rect.width - 0.5,
                "row {number}, item {color}: {width} pt at {left} pt, {rect:?} on the page, slack \
                 {slack} pt\n{markup}",
            );
            compared += 1;
        }
    }
    assert!(compared > 250 && unseen <= compared / 100, "{compared} items, {unseen} unseen");
    assert!(widened > 20 && widened < compared / 2, "{widened} of {compared} widened");
}

#[test]
fn random_pictures_are_as_large_as_on_the_page() {
    let mut maker = Maker { dice: Dice(13), color: 0, pictures: false };
    let mut all = Compared::default();
    for number in 0..150 {
        all.add(&compare(&format!("picture {number}"), &page(CSS, &maker.picture())));
    }
    assert_eq!(all.pictures, 150);
}
