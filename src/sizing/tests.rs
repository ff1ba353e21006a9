//! Sizes of small documents, as numbers that can be reckoned by hand.

use std::sync::Arc;

use super::{
    AbsolutePlace, Edges, ItemHeight, Placeholders, SizeMemo, Sizer, TableSizes, UsedColumns,
    absolute_place, block_width, fitted, picture,
};
use crate::boxes::{self, BoxNode, Content};
use crate::diag::{Sink, Source, Sources};
use crate::files::Files;
use crate::font::FontBook;
use crate::geometry::{Rect, Size};
use crate::image::{Image, ImageData, ImageStore};
use crate::markup;
use crate::style::{self, Fitting};
use crate::text::Typesetter;

/// Lays nothing out: parses, cascades, builds boxes and hands over the first box of the body.
fn measured<T>(html: &str, css: &str, ask: impl FnOnce(Sizer<'_>, &BoxNode) -> T) -> T {
    let page = format!(
        "<html><head><title>x</title><style>body, p {{ margin: 0; font: 10pt/12pt 'PT Serif' }} \
         {css}</style></head><body>{html}</body></html>"
    );
    let mut sink = Sink::new();
    let mut sources = Sources::default();
    sources.add(Source::new("case", page.clone()));
    let tree = markup::parse(&page, Arc::new(sources), &mut sink).expect("well-formed");
    let styles = style::cascade(&tree, &[], &mut sink);
    let images = ImageStore::new(Files::memory([]));
    let tree = boxes::build(&tree, &styles, &images, &mut sink);
    let typesetter = Typesetter::new(Arc::new(FontBook::bundled()));
    let memo = SizeMemo::default();
    let Content::Blocks(kids) = &tree.root.content else { panic!("no blocks in {html}") };
    ask(Sizer::new(&typesetter, &Placeholders, &memo), &kids[0])
}

/// Column widths of a table in 400 pt, and its own width, to a tenth.
fn table(html: &str, css: &str) -> String {
    measured(html, css, |sizer, node| {
        let Content::Table(table) = &node.content else { panic!("no table in {html}") };
        let used = TableSizes::new(node, table, 400.0).used(sizer, 400.0);
        let columns: Vec<String> = used.columns.iter().map(|w| format!("{w:.1}")).collect();
        format!("{} = {:.1} at {:.1}", columns.join(" "), used.width, used.left)
    })
}

/// Cells of no padding, so that the numbers are those of the rules alone.
const BARE: &str = "table { border-spacing: 0 } td { padding: 0 }";

#[test]
fn set_widths_stay_and_the_rest_goes_to_the_open_column() {
    let html = "<table style='width: 300pt'><tr><td style='width: 50pt'/><td/></tr></table>";
    assert_eq!(table(html, BARE), "50.0 250.0 = 300.0 at 0.0");
}

#[test]
fn percentages_are_of_the_table() {
    let html =
        "<table style='width: 200pt'><col style='width: 25%'/><col/><tr><td/><td/></tr></table>";
    assert_eq!(table(html, BARE), "50.0 150.0 = 200.0 at 0.0");
}

#[test]
fn percentages_of_more_than_the_whole_are_cut_on_the_right() {
    let html = "<table style='width: 200pt'><col style='width: 60%'/><col style='width: 60%'/>\
                <tr><td/><td/></tr></table>";
    assert_eq!(table(html, BARE), "120.0 80.0 = 200.0 at 0.0");
}

#[test]
fn an_auto_table_is_so_wide_that_its_percentages_come_true() {
    let html = "<table><tr><td style='width: 50%'/><td><p style='width: 60pt'/></td></tr></table>";
    assert_eq!(table(html, BARE), "60.0 60.0 = 120.0 at 0.0");
}

#[test]
fn a_cell_of_two_columns_gives_them_its_width() {
    let html = "<table><tr><td colspan='2' style='width: 100pt'/><td/></tr>\
                <tr><td><p style='width: 30pt'/></td><td><p style='width: \
                10pt'/></td><td/></tr></table>";
    assert_eq!(table(html, BARE), "75.0 25.0 0.0 = 100.0 at 0.0");
}

#[test]
fn a_percentage_of_two_columns_goes_to_the_open_one() {
    let html = "<table style='width: 200pt'><tr><td colspan='2' style='width: 60%'/><td/></tr>\
                <tr><td style='width: 20%'/><td/><td/></tr></table>";
    assert_eq!(table(html, BARE), "40.0 80.0 80.0 = 200.0 at 0.0");
}

#[test]
fn a_table_keeps_its_bounds() {
    let wide = "<table style='min-width: 150pt'><tr><td><p style='width: 30pt'/></td></tr></table>";
    assert_eq!(table(wide, BARE), "150.0 = 150.0 at 0.0");
    let narrow = "<table style='width: 300pt; max-width: 150pt'><tr><td/></tr></table>";
    assert_eq!(table(narrow, BARE), "150.0 = 150.0 at 0.0");
    let full = "<table style='max-width: 20pt'><tr><td><p style='width: 30pt'/></td></tr></table>";
    assert_eq!(table(full, BARE), "30.0 = 30.0 at 0.0", "no table is narrower than its content");
}

#[test]
fn a_cell_keeps_its_bounds_and_percentages_bound_nothing() {
    let row = |style: &str| {
        table(&format!("<table><tr><td style='{style}'><p>слово слово</p></td></tr></table>"), BARE)
    };
    assert_eq!(row("min-width: 200pt"), "200.0 = 200.0 at 0.0");
    assert_eq!(row("max-width: 35pt"), "35.0 = 35.0 at 0.0");
    assert_eq!(row("max-width: 50%"), row(""));
}

#[test]
fn collapsed_borders_are_shared() {
    let css = "table { border-collapse: collapse } td { padding: 0; border: 2pt solid }";
    let html = "<table><tr><td><p style='width: 30pt'/></td><td><p style='width: \
        30pt'/></td></tr></table>";
    assert_eq!(table(html, css), "32.0 32.0 = 66.0 at 0.0");
}

#[test]
fn auto_margins_put_a_table_in_the_middle() {
    let html = "<table style='width: 100pt; margin: 0 auto'><tr><td/></tr></table>";
    assert_eq!(table(html, BARE), "100.0 = 100.0 at 150.0");
}

#[test]
fn content_is_as_narrow_as_its_longest_word() {
    let sizes = measured("<p>долгое слово</p>", "", |sizer, node| sizer.content(node));
    let word = measured("<p>долгое</p>", "", |sizer, node| sizer.content(node));
    assert_eq!(sizes.min, word.max);
    assert!(sizes.max > sizes.min * 1.5);
}

#[test]
fn blocks_fill_what_their_margins_leave() {
    let html = "<div style='width: 50%; padding: 0 10pt; margin: 0 0 0 auto'>a</div>";
    let width = measured(html, "", |_, node| {
        block_width(&node.style, &Edges::new(&node.style, 200.0), 200.0)
    });
    assert_eq!((width.content, width.left), (100.0, 80.0));
}

fn image() -> Image {
    let data = ImageData::Vector { nodes: Arc::from([]), svg: None };
    Image { name: Arc::from("x"), width: 100.0, height: 50.0, data }
}

#[test]
fn pictures_keep_their_shape_within_bounds() {
    let size = |css: &str| {
        let css = format!("div {{ {css} }}");
        measured("<div>a</div>", &css, |_, node| {
            picture(&image(), &node.style, &Edges::new(&node.style, 0.0), Some(300.0), None)
        })
    };
    assert_eq!(size("width: 60pt"), Size::new(60.0, 30.0));
    assert_eq!(size("max-width: 40pt"), Size::new(40.0, 20.0));
    assert_eq!(size("height: 100pt"), Size::new(200.0, 100.0));
    let framed = size("width: 100pt; padding: 10pt; box-sizing: border-box");
    assert_eq!(framed, Size::new(80.0, 40.0));
}

#[test]
fn backgrounds_cover_or_are_contained() {
    let room = Size::new(100.0, 100.0);
    assert_eq!(fitted(Fitting::Cover, &image(), room), Size::new(200.0, 100.0));
    assert_eq!(fitted(Fitting::Contain, &image(), room), Size::new(100.0, 50.0));
}

#[test]
fn absolute_boxes_hang_on_their_insets() {
    let place = |css: &str| {
        let css = format!("div {{ position: absolute; {css} }}");
        measured("<section><div>a</div></section>", &css, |sizer, node| {
            let Content::Blocks(kids) = &node.content else { panic!("no blocks") };
            let block = Rect::new(10.0, 20.0, 100.0, 50.0);
            let edges = Edges::new(&kids[0].style, block.width);
            let (width, height) = sizer.absolute_size(&kids[0], &edges, block.size(), 0.0);
            let size = Size::new(width, height.clamp(12.0));
            (width, absolute_place(&kids[0].style, &edges, block, size))
        })
    };
    let at = |x: Option<f64>, y: Option<f64>| AbsolutePlace { x, y };
    assert_eq!(place("left: 5pt; right: 15pt; top: 1pt"), (80.0, at(Some(15.0), Some(21.0))));
    assert_eq!(place("width: 30pt; right: 0; bottom: 0"), (30.0, at(Some(80.0), Some(58.0))));
    assert_eq!(place("width: 30pt"), (30.0, at(None, None)));
}

#[test]
fn flex_items_stand_in_lines() {
    let html = "<div style='display: flex; flex-wrap: wrap; gap: 10pt'>\
                <p style='width: 60pt'>a</p><p style='width: 60pt'>b</p><p style='width: \
                60pt'>c</p></div>";
    let places = measured(html, "", |sizer, node| {
        let Content::Flex(kids) = &node.content else { panic!("no flex") };
        let mut heights = |_: &BoxNode, _: f64| ItemHeight { height: 12.0, baseline: None };
        let sizes = sizer.flex(node, kids, 140.0, None, &mut heights);
        let item = |item: &super::FlexItem<'_>| (item.line, item.rect.x, item.rect.y);
        (sizes.height, sizes.items.iter().map(item).collect::<Vec<_>>())
    });
    assert_eq!(places, (34.0, vec![(0, 0.0, 0.0), (0, 70.0, 0.0), (1, 0.0, 22.0)]));
}

#[test]
fn an_item_that_does_not_shrink_keeps_its_width() {
    let html =
        "<div style='display: flex'><div style='width: 60pt; flex: none'>a</div><p>b</p></div>";
    let widths = measured(html, "", |sizer, node| {
        let Content::Flex(kids) = &node.content else { panic!("no flex") };
        let mut heights = |_: &BoxNode, _: f64| ItemHeight::default();
        let sizes = sizer.flex(node, kids, 300.0, None, &mut heights);
        sizes.items[0].rect.width
    });
    assert_eq!(widths, 60.0);
}

#[test]
fn columns_are_as_many_as_fit() {
    let columns =
        measured("<div style='columns: 90pt; column-gap: 10pt'>a</div>", "", |_, node| {
            UsedColumns::new(&node.style, 310.0)
        });
    assert_eq!((columns.count, columns.width), (3, 290.0 / 3.0));
}

#[test]
fn heights_count_lines() {
    let html =
        "<div><p>а б в г</p><p style='margin-top: 4pt; padding: 1pt'>слово<br/>слово</p></div>";
    let height = measured(html, "", |sizer, node| sizer.height(node, 300.0));
    assert_eq!(height, 12.0 + 4.0 + 24.0 + 2.0);
}
