//! Tables on pages.

use super::*;
use crate::style::PageStyle;

fn padded(c: &mut Computed) {
    c.padding = Sides::all(LengthPercentage::points(2.0));
    c.border = border(1.0);
}

fn collapsed(c: &mut Computed) {
    c.table.collapse = true;
}

fn cells(texts: &[&str]) -> RowBox {
    row(texts
        .iter()
        .enumerate()
        .map(|(i, text)| {
            cell(i, 1, 1, p(text, plain), |c| {
                padded(c);
                collapsed(c);
            })
        })
        .collect())
}

#[test]
fn columns_get_what_their_content_needs() {
    let body = vec![cells(&["a", "much longer text in this cell"]), cells(&["bb", "short"])];
    let (pages, faults) = lay(&tree(
        vec![table(2, vec![], body, vec![], collapsed), p("after", plain)],
        PageRules::uniform(PageStyle::default()),
    ));
    assert!(faults.is_empty(), "{faults:?}");
    insta::assert_snapshot!(dump(&pages));
}

#[test]
fn head_and_foot_are_repeated() {
    let body = (0..80).map(|i| cells(&[&format!("{i}"), "text"])).collect();
    let (pages, faults) = lay(&tree(
        vec![table(2, vec![cells(&["No", "Head"])], body, vec![cells(&["", "Foot"])], collapsed)],
        PageRules::uniform(PageStyle::default()),
    ));
    assert!(faults.is_empty(), "{faults:?}");
    let text: String =
        dump(&pages).lines().filter(|l| !l.contains("rect")).map(|l| format!("{l}\n")).collect();
    insta::assert_snapshot!(text);
    let all = words(&pages);
    assert_eq!(all.iter().filter(|w| *w == "Head").count(), 1, "repeated rows are ornaments");
}

#[test]
fn a_row_taller_than_a_page_is_split() {
    let long = "word ".repeat(3000);
    let body = vec![cells(&["before", "x"]), cells(&["tall", &long]), cells(&["after", "y"])];
    let (pages, _) = lay(&tree(
        vec![table(2, vec![], body, vec![], collapsed)],
        PageRules::uniform(PageStyle::default()),
    ));
    assert_eq!(words(&pages).iter().filter(|w| *w == "word").count(), 3000);
    assert!(pages.pages.len() >= 3, "{}", pages.pages.len());
}

#[test]
fn spans_cover_rows_and_columns() {
    let body = vec![
        row(vec![cell(0, 1, 2, p("tall", plain), padded), cell(1, 2, 1, p("wide", plain), padded)]),
        row(vec![cell(1, 1, 1, p("b", plain), padded), cell(2, 1, 1, p("c", plain), padded)]),
    ];
    let (pages, _) = lay(&tree(
        vec![table(3, vec![], body, vec![], plain)],
        PageRules::uniform(PageStyle::default()),
    ));
    insta::assert_snapshot!(dump(&pages));
}
