//! Cells of tables that grow together, and the grid of tables whose rows have got more of them.
//!
//! Which cells say the same is known only when the part is filled, so this works on its text.

use super::super::pieces;
use super::super::tree::{self, WordElement, WordNode};

/// What stands in a cell's properties until it is known what it grows together with.
pub(super) const DOWN: &str = "<w:vMerge w:val=\"itog\"/>";
pub(super) const RIGHT: &str = "<w:hMerge w:val=\"itog\"/>";

/// A part whose cells are merged and whose tables have a column for each cell.
pub(super) fn settle(text: String) -> String {
    let Ok(mut root) = tree::read(text.as_bytes()) else { return text };
    walk(&mut root);
    let mut out = String::with_capacity(text.len());
    root.children.iter().for_each(|node| node.write(&mut out));
    out
}

fn walk(el: &mut WordElement) {
    if el.name == "w:tbl" {
        for row in el.elements_mut().filter(|el| el.name == "w:tr") {
            merge_right(row);
        }
        merge_down(el);
        widen(el);
    }
    el.elements_mut().for_each(walk);
}

/// Whether a cell is to grow together with its like in this direction.
fn grows(cell: &WordElement, way: &str) -> bool {
    let mark = cell.find("w:tcPr").and_then(|properties| properties.find(way));
    mark.and_then(|mark| mark.get("w:val")).is_some_and(|value| value == "itog")
}

fn words(el: &WordElement) -> String {
    match el.name.as_str() {
        "w:p" => pieces::text_of(el),
        _ => el.elements().map(words).collect(),
    }
}

fn number(el: &WordElement, name: &str, attribute: &str) -> Option<usize> {
    el.find("w:tcPr")?.find(name)?.get(attribute)?.parse().ok()
}

fn span(cell: &WordElement) -> usize {
    number(cell, "w:gridSpan", "w:val").unwrap_or(1).max(1)
}

fn is_cell(node: &WordNode) -> bool {
    matches!(node, WordNode::El(el) if el.name == "w:tc")
}

/// Neighbours in a row that say the same become one cell.
fn merge_right(row: &mut WordElement) {
    let mut last: Option<usize> = None;
    for at in 0..row.children.len() {
        if !is_cell(&row.children[at]) {
            continue;
        }
        let (before, rest) = row.children.split_at_mut(at);
        let WordNode::El(cell) = &rest[0] else { continue };
        let grown = grows(cell, "w:hMerge");
        match last.map(|at| &mut before[at]) {
            Some(WordNode::El(first)) if grown && words(first) == words(cell) => {
                let (spans, width) = (span(first) + span(cell), width(first) + width(cell));
                first.put_property("w:gridSpan", &format!("<w:gridSpan w:val=\"{spans}\"/>"));
                if width > 0 {
                    set_width(first, width);
                }
                rest[0] = WordNode::Raw(String::new());
            }
            _ => last = grown.then_some(at),
        }
    }
    for cell in row.elements_mut().filter(|el| el.name == "w:tc") {
        if grows(cell, "w:hMerge") {
            cell.put_property("w:hMerge", "");
        }
    }
}

/// Cells below each other that say the same become one.
fn merge_down(table: &mut WordElement) {
    let mut above: Vec<(usize, String)> = Vec::new();
    for row in table.elements_mut().filter(|el| el.name == "w:tr") {
        let mut column = 0;
        let mut own = Vec::new();
        for cell in row.elements_mut().filter(|el| el.name == "w:tc") {
            let start = column;
            column += span(cell);
            if !grows(cell, "w:vMerge") {
                continue;
            }
            let said = words(cell);
            let goes_on = above.iter().any(|(at, text)| *at == start && *text == said);
            own.push((start, said));
            if goes_on {
                cell.put_property("w:vMerge", "<w:vMerge/>");
                cell.children
                    .retain(|node| matches!(node, WordNode::El(el) if el.name == "w:tcPr"));
                cell.children.push(WordNode::El(WordElement::new("w:p", "", Vec::new())));
            } else {
                cell.put_property("w:vMerge", "<w:vMerge w:val=\"restart\"/>");
            }
        }
        above = own;
    }
}

fn width(cell: &WordElement) -> usize {
    number(cell, "w:tcW", "w:w").unwrap_or(0)
}

fn set_width(cell: &mut WordElement, width: usize) {
    let properties = cell.elements_mut().find(|el| el.name == "w:tcPr");
    let own = properties.and_then(|el| el.elements_mut().find(|el| el.name == "w:tcW"));
    if let Some(own) = own {
        own.set("w:w", &width.to_string());
    }
}

/// A table whose rows have more cells than it has columns gets a column for each, in its old width.
fn widen(table: &mut WordElement) {
    let spans = |row: &WordElement| -> Vec<(usize, usize)> {
        let cells = row.elements().filter(|el| el.name == "w:tc");
        cells.map(|cell| (span(cell), width(cell))).collect()
    };
    let rows = table.elements().filter(|el| el.name == "w:tr").map(spans);
    let columns = |row: &Vec<(usize, usize)>| row.iter().map(|(span, _)| span).sum::<usize>();
    let Some(widest) = rows.max_by_key(|row| columns(row)) else { return };
    let count = columns(&widest);
    let Some(grid) = table.elements_mut().find(|el| el.name == "w:tblGrid") else { return };
    let own: Vec<usize> = grid
        .elements()
        .filter(|el| el.name == "w:gridCol")
        .map(|el| el.get("w:w").and_then(|w| w.parse().ok()).unwrap_or(0))
        .collect();
    if count <= own.len() {
        return;
    }
    let whole: usize = own.iter().sum();
    let wanted: Vec<usize> =
        widest.iter().flat_map(|(span, width)| vec![width / span; *span]).collect();
    let sum: usize = wanted.iter().sum();
    let scaled = |width: usize| (width * whole).checked_div(sum).unwrap_or(whole / count);
    grid.children = wanted
        .iter()
        .map(|width| WordElement::new("w:gridCol", &format!(" w:w=\"{}\"", scaled(*width)), vec![]))
        .map(WordNode::El)
        .collect();
    for row in table.elements_mut().filter(|el| el.name == "w:tr") {
        for cell in row.elements_mut().filter(|el| el.name == "w:tc") {
            let width = scaled(width(cell));
            if width > 0 {
                set_width(cell, width);
            }
        }
    }
}
