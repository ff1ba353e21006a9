//! Cost grows with the document, and depth has an end that is told.

use super::*;
use crate::boxes::MAX_DEPTH;

/// Puts a box into another one.
type Wrap = fn(BoxNode) -> BoxNode;

fn nested(depth: u32, wrap: impl Fn(BoxNode) -> BoxNode) -> BoxNode {
    (0..depth).fold(p("core", plain), |inner, _| wrap(inner))
}

fn flex(kid: BoxNode) -> BoxNode {
    node(Role::None, style(plain), Content::Flex(vec![kid]))
}

fn tabled(kid: BoxNode) -> BoxNode {
    table(1, vec![], vec![row(vec![cell(0, 1, 1, kid, plain)])], vec![], plain)
}

/// Some layers of every kind that lie within the limit.
#[test]
fn deep_boxes_are_set() {
    let kinds: [(&str, Wrap, u32); 4] = [
        ("blocks", |kid| div(vec![kid], |c| c.border = border(0.1)), MAX_DEPTH - 5),
        ("flex", flex, MAX_DEPTH / 2 - 5),
        ("tables", tabled, MAX_DEPTH / 4 - 5),
        ("columns", |kid| div(vec![kid], |c| c.columns.count = Some(2)), MAX_DEPTH / 4),
    ];
    for (name, wrap, depth) in kinds {
        let (pages, faults) = lay(&tree(vec![nested(depth, wrap)], PageRules::default()));
        assert!(faults.iter().all(|f| f.code() != "nesting-depth"), "{name}: {faults:?}");
        assert_eq!(words(&pages), ["core"], "{name}");
    }
}

#[test]
fn boxes_that_are_too_deep_are_an_error() {
    let kinds: [(&str, Wrap); 3] =
        [("blocks", |kid| div(vec![kid], plain)), ("flex", flex), ("tables", tabled)];
    for (name, wrap) in kinds {
        let (_, faults) = lay(&tree(vec![nested(MAX_DEPTH * 3, wrap)], PageRules::default()));
        assert!(faults.iter().any(|f| f.code() == "nesting-depth"), "{name}: {faults:?}");
    }
}

#[test]
fn a_table_of_ten_thousand_rows_is_set() {
    let body = (0..10_000)
        .map(|i| row(vec![cell(0, 1, 1, p(&format!("{i}"), plain), |c| c.border = border(0.5))]))
        .collect();
    let (pages, _) = lay(&tree(vec![table(1, vec![], body, vec![], plain)], PageRules::default()));
    assert_eq!(words(&pages).len(), 10_000);
}
