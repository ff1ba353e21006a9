//! Blocks of the template language in a document: each tag is raised to where its block can repeat
//! what is around it.
//!
//! The two ends of a block meet in one element: a run, a paragraph, a cell, a table, the text. Each
//! end is brought up into that element, by cutting what lies between in two. A half that is left
//! without content goes away, so that a paragraph or a row that held nothing but the tag vanishes.
//! Where both ends stand within the text of their paragraphs, they stay there: the text of the
//! block then goes from the middle of one paragraph to the middle of another, as it was typed.

use std::collections::BTreeSet;

use super::pieces::PartText;
use super::tag::{TagFault, TagKind};
use super::tree::{WordElement, WordNode};
use crate::diag::{Message, say};
use crate::limits;

/// How deep blocks may be nested.
const DEEPEST: usize = 48;
/// What holds paragraphs and tables.
const CONTAINERS: [&str; 8] = [
    "w:body",
    "w:tc",
    "w:hdr",
    "w:ftr",
    "w:footnote",
    "w:endnote",
    "w:txbxContent",
    "w:sdtContent",
];

/// A block: its tags by their places.
#[derive(Debug, Default)]
struct TagBlock {
    name: String,
    open: usize,
    others: Vec<usize>,
    close: usize,
}

/// Brings the tags of all blocks to where they belong.
pub(super) fn raise(root: &mut WordElement, text: &mut PartText) {
    let blocks = match_up(text);
    let ids = |block: &TagBlock| [&[block.open, block.close], block.others.as_slice()].concat();
    let of_blocks: BTreeSet<usize> = blocks.iter().flat_map(ids).collect();
    // Ends that do not match have no element to meet in.
    if !text.faults.is_empty() {
        return;
    }
    for block in &blocks {
        if let Err((fault, tag)) = settle(root, block, &of_blocks) {
            text.faults.push((fault, text.tags[tag].at.clone()));
        }
    }
}

fn fault(message: Message, hint: Message) -> TagFault {
    TagFault { code: "word-block", message, hint: Some(hint) }
}

/// The blocks, inner ones first; the text of the closing tags gets their names.
// Over 60 lines: one arm for each kind of tag, each with its faults.
fn match_up(text: &mut PartText) -> Vec<TagBlock> {
    let mut open: Vec<TagBlock> = Vec::new();
    let mut done = Vec::new();
    for id in 0..text.tags.len() {
        let at = text.tags[id].at.clone();
        match text.tags[id].kind.clone() {
            TagKind::Open(name) => {
                open.push(TagBlock { name, open: id, ..TagBlock::default() });
                // Handlebars goes down its stack for each.
                if open.len() == DEEPEST + 1 {
                    let message = say!("blocks are nested more than {limit} deep", limit = DEEPEST);
                    let hint = say!("decide it in the data");
                    text.faults.push((fault(message, hint), at));
                }
            }
            TagKind::Else => match open.last_mut() {
                Some(block) => block.others.push(id),
                None => text.faults.push((
                    fault(
                        say!("`else` stands outside of a block"),
                        say!("write it between `{{#if …}}` and `{{/if}}`"),
                    ),
                    at,
                )),
            },
            TagKind::Close(name) => match open.pop() {
                Some(block) if name.is_empty() || name == block.name => {
                    text.tags[id].text = format!("{{{{/{}}}}}", block.name);
                    done.push(TagBlock { close: id, ..block });
                }
                Some(block) => {
                    let opened = block.name.clone();
                    text.faults.push((
                        fault(
                            say!(
                                "`{{/{name}}}` closes nothing here: `{{#{opened}}}` is open",
                                name,
                                opened = opened.as_str()
                            ),
                            say!("write `{{/{opened}}}`", opened = opened.as_str()),
                        ),
                        at,
                    ));
                    // The outer block may be the one that is meant, and is looked at no more.
                    if let Some(outer) = open.iter().rposition(|one| one.name == name) {
                        open.truncate(outer);
                    }
                }
                None => text.faults.push((
                    fault(
                        say!("this tag closes nothing: no block is open here"),
                        say!("take it away, or write the beginning of the block before it"),
                    ),
                    at,
                )),
            },
            TagKind::Value | TagKind::Picture(_) | TagKind::Cell(_) | TagKind::Comment => {}
        }
    }
    for block in open {
        let name = block.name;
        let at = text.tags[block.open].at.clone();
        let known = say!("the block `{name}` is never closed", name = name.as_str());
        text.faults
            .push((fault(known, say!("add `{{/{name}}}` or `{{конец}}` where it ends", name)), at));
    }
    done
}

/// The way to a tag.
fn find(el: &WordElement, id: usize) -> Option<Vec<usize>> {
    limits::tick();
    for (at, node) in el.children.iter().enumerate() {
        let inner = match node {
            WordNode::Tag(tag) if *tag == id => Some(Vec::new()),
            WordNode::El(el) => find(el, id),
            _ => None,
        };
        if let Some(mut path) = inner {
            // The way is put together from its end.
            path.insert(0, at);
            return Some(path);
        }
    }
    None
}

/// The names of the elements on a way, from the one at `depth` down.
fn names<'a>(root: &'a WordElement, path: &[usize], depth: usize) -> Vec<&'a str> {
    let ends = (depth + 1)..path.len();
    ends.filter_map(|end| root.at(&path[..end])).map(|el| el.name.as_str()).collect()
}

type RefusedBlock = (TagFault, usize);

/// Raises the tags of one block.
fn settle(
    root: &mut WordElement,
    block: &TagBlock,
    of_blocks: &BTreeSet<usize>,
) -> Result<(), RefusedBlock> {
    let ids: Vec<usize> =
        [block.open].into_iter().chain(block.others.iter().copied()).chain([block.close]).collect();
    let Some(paths) = ids.iter().map(|id| find(root, *id)).collect::<Option<Vec<_>>>() else {
        // A tag in a field or a description: it holds no block.
        let message = say!("a block cannot stand in a field or in a description");
        return Err((fault(message, say!("write it in the text")), block.open));
    };
    let (first, last) = (&paths[0], &paths[paths.len() - 1]);
    let common = |a: &[usize], b: &[usize]| a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let mut depth = paths.iter().map(|path| common(first, path)).min().unwrap_or(0);
    // The tags themselves are not elements that they could meet in.
    depth = depth.min(first.len() - 1).min(last.len() - 1);
    let at = |depth: usize| root.at(&first[..depth]).map_or("", |el| el.name.as_str());
    match at(depth) {
        "w:t" | "w:instrText" => {
            if let Some(item) = whole_item(root, block, (first, last), depth, of_blocks) {
                return lift_all(root, &ids, item);
            }
            return Ok(());
        }
        "w:tr" => {
            let cells = cells(root, &first[..depth]);
            let ends = (cells.first(), cells.last());
            // From the first cell to the last: the row is repeated, not its cells.
            let whole = ends == (Some(&first[depth]), Some(&last[depth])) && cells.len() > 1;
            let level = if whole { depth - 1 } else { depth };
            return lift_rows(root, block, &ids, level, depth);
        }
        "w:tbl" => return lift_rows(root, block, &ids, depth, depth),
        _ => {}
    }
    for (id, path) in ids.iter().zip(&paths) {
        let way = names(root, path, depth);
        // Only of its own branch: the table that both are in is no border.
        if way.iter().any(|name| matches!(*name, "w:tbl" | "w:tr" | "w:tc")) {
            let message = say!("one end of the block is in a table and the other is not");
            let hint = say!("put both into one row to repeat it, or both outside of the table");
            return Err((fault(message, hint), *id));
        }
        if way.contains(&"w:txbxContent") {
            let message = say!("one end of the block is in a text box and the other is not");
            return Err((fault(message, say!("put both into the text box, or both outside")), *id));
        }
    }
    if CONTAINERS.contains(&at(depth)) && within_text(root, &paths, depth, of_blocks) {
        // Both stay within their paragraphs.
        return ids.iter().try_for_each(|id| lift(root, *id, depth + 1));
    }
    if let Some(item) = whole_item(root, block, (first, last), depth, of_blocks) {
        return lift_all(root, &ids, item);
    }
    lift_all(root, &ids, depth)
}

fn lift_all(root: &mut WordElement, ids: &[usize], depth: usize) -> Result<(), RefusedBlock> {
    ids.iter().try_for_each(|id| lift(root, *id, depth))
}

/// Whether the block begins after some text of its paragraph and ends before some.
fn within_text(
    root: &WordElement,
    paths: &[Vec<usize>],
    depth: usize,
    of_blocks: &BTreeSet<usize>,
) -> bool {
    let in_paragraph = |path: &Vec<usize>| {
        root.at(&path[..depth + 1]).is_some_and(|el| el.name == "w:p") && path.len() > depth + 1
    };
    let (first, last) = (&paths[0], &paths[paths.len() - 1]);
    let says = |node: &WordNode| says_text(node, of_blocks);
    paths.iter().all(in_paragraph)
        && beside_tag(root, first, depth + 1, TagSide::Before, &says)
        && beside_tag(root, last, depth + 1, TagSide::After, &says)
}

/// Whether a block is all that a list item says, so that items are repeated: the depth to raise
/// its tags to.
fn whole_item(
    root: &WordElement,
    block: &TagBlock,
    (first, last): (&[usize], &[usize]),
    depth: usize,
    of_blocks: &BTreeSet<usize>,
) -> Option<usize> {
    if root.at(&first[..depth]).is_some_and(|el| CONTAINERS.contains(&&*el.name)) {
        return None;
    }
    let paragraph =
        (0..=depth).rev().find(|end| root.at(&first[..*end]).is_some_and(|el| el.name == "w:p"))?;
    let el = root.at(&first[..paragraph])?;
    let numbered = el.find("w:pPr").is_some_and(|properties| properties.find("w:numPr").is_some());
    let says = |node: &WordNode| says_text(node, of_blocks);
    let whole = !beside_tag(root, first, paragraph, TagSide::Before, &says)
        && !beside_tag(root, last, paragraph, TagSide::After, &says);
    // What is parted by commas is one item; «один;» is an item with its mark.
    let parted = super::pieces::text_of(el).ends_with(char::is_whitespace);
    (numbered && whole && !parted && block.name == "each" && block.others.is_empty())
        .then(|| paragraph - 1)
}

/// The places of a row's cells.
fn cells(root: &WordElement, row: &[usize]) -> Vec<usize> {
    let Some(row) = root.at(row) else { return Vec::new() };
    let is_cell = |el: &WordElement| matches!(el.name.as_str(), "w:tc" | "w:sdt");
    let cell = |node: &WordNode| matches!(node, WordNode::El(el) if is_cell(el));
    let all = row.children.iter().enumerate().filter(|(_, node)| cell(node));
    all.map(|(at, _)| at).collect()
}

/// Brings tags out of the cells of a table: to its rows, or to the cells of a row.
fn lift_rows(
    root: &mut WordElement,
    block: &TagBlock,
    ids: &[usize],
    level: usize,
    meet: usize,
) -> Result<(), RefusedBlock> {
    for id in ids {
        let Some(path) = find(root, *id) else { continue };
        let rows = root.at(&path[..level]).is_some_and(|el| el.name == "w:tbl");
        // `else` within a row would cut it in two.
        if block.others.contains(id) && level < meet {
            let message = say!("`else` stands in a row that is repeated as a whole");
            let hint = say!("put it into a row of its own, or close the block in its cell");
            return Err((fault(message, hint), *id));
        }
        let below = &path[level..];
        let nested = names(root, &path, level).iter().filter(|n| **n == "w:tbl").count();
        if nested > 0 {
            let message = say!("one end of the block is in a table within the table");
            return Err((fault(message, say!("put both ends into one table")), *id));
        }
        // First up into its cell, where its paragraph vanishes if nothing else is in it.
        let cell = (level..path.len())
            .find(|end| root.at(&path[..*end]).is_some_and(|el| el.name == "w:tc"));
        let (Some(cell), false) = (cell, below.is_empty()) else { continue };
        lift(root, *id, cell)?;
        let Some(path) = find(root, *id) else { continue };
        let child = path[level];
        if let Some(el) = root.at_mut(&path[..cell]) {
            el.children[path[cell]] = WordNode::Raw(String::new());
            // A cell must end with a paragraph, or Word does not open the file.
            if !el.elements().any(|el| matches!(el.name.as_str(), "w:p" | "w:tbl" | "w:sdt")) {
                el.children.push(WordNode::El(WordElement::new("w:p", "", Vec::new())));
            }
        }
        let alone = rows && root.at(&path[..level + 1]).is_some_and(|row| !says_something(row));
        let Some(el) = root.at_mut(&path[..level]) else { continue };
        match alone {
            true => el.children[child] = WordNode::Tag(*id),
            false => {
                // The end goes behind the row that it was in, all else before it.
                let at = beside(&el.children, child, *id, *id == block.close);
                el.children.insert(at, WordNode::Tag(*id));
            }
        }
    }
    Ok(())
}

/// Where a tag goes that begins or ends a block before or behind a row: outside of the tags of the
/// blocks within it, which were brought there before.
fn beside(children: &[WordNode], row: usize, id: usize, ends: bool) -> usize {
    let passed = |node: &&WordNode| match node {
        WordNode::Tag(other) => (*other < id) == ends,
        WordNode::Raw(raw) => raw.trim().is_empty(),
        _ => false,
    };
    match ends {
        true => row + 1 + children[row + 1..].iter().take_while(passed).count(),
        false => row - children[..row].iter().rev().take_while(passed).count(),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TagSide {
    Before,
    After,
}

/// Whether a node shows anything: tags of other blocks do not, since they are brought out of it.
fn says_text(node: &WordNode, of_blocks: &BTreeSet<usize>) -> bool {
    shows(node, &|id| !of_blocks.contains(&id))
}

/// Whether anything beside a tag within the element at `depth` of its way `says` something.
fn beside_tag(
    root: &WordElement,
    path: &[usize],
    depth: usize,
    side: TagSide,
    says: &dyn Fn(&WordNode) -> bool,
) -> bool {
    (depth..path.len()).any(|end| {
        let Some(el) = root.at(&path[..end]) else { return false };
        let at = path[end];
        let beside = match side {
            TagSide::Before => &el.children[..at],
            TagSide::After => el.children.get(at + 1..).unwrap_or_default(),
        };
        beside.iter().any(says)
    })
}

/// What stands in an element and says nothing of its own.
fn is_silent(name: &str) -> bool {
    matches!(
        name,
        "w:pPr"
            | "w:rPr"
            | "w:tcPr"
            | "w:trPr"
            | "w:tblPrEx"
            | "w:sdtPr"
            | "w:sdtEndPr"
            | "w:proofErr"
            | "w:bookmarkStart"
            | "w:bookmarkEnd"
            | "w:lastRenderedPageBreak"
            | "w:permStart"
            | "w:permEnd"
    )
}

fn node_says(node: &WordNode) -> bool {
    shows(node, &|_| true)
}

/// Whether an element shows anything: text, a tag, a picture, a break.
fn says_something(el: &WordElement) -> bool {
    element_shows(el, &|_| true)
}

/// Whether a node shows anything; `counts` says which tags do.
fn shows(node: &WordNode, counts: &dyn Fn(usize) -> bool) -> bool {
    match node {
        WordNode::El(el) => element_shows(el, counts),
        WordNode::Text(text) => !text.is_empty(),
        WordNode::Raw(_) => false,
        WordNode::Tag(id) => counts(*id),
    }
}

fn element_shows(el: &WordElement, counts: &dyn Fn(usize) -> bool) -> bool {
    if is_silent(&el.name) {
        return false;
    }
    match el.name.as_str() {
        // These may be there and hold nothing.
        "w:p" | "w:r" | "w:t" | "w:tc" | "w:tr" | "w:hyperlink" | "w:ins" | "w:smartTag"
        | "w:sdt" | "w:sdtContent" => el.children.iter().any(|node| shows(node, counts)),
        // What was taken out is there only for whoever looks at the changes.
        "w:del" => false,
        _ => true,
    }
}

/// Makes a tag a child of the element at `depth` of its way, by cutting in two what is between.
fn lift(root: &mut WordElement, id: usize, depth: usize) -> Result<(), RefusedBlock> {
    while let Some(path) = find(root, id).filter(|path| path.len() > depth + 1) {
        let (at, parent) = (path[path.len() - 1], &path[..path.len() - 1]);
        let (place, above) = (parent[parent.len() - 1], &parent[..parent.len() - 1]);
        let Some(above) = root.at_mut(above) else { break };
        let WordNode::El(el) =
            std::mem::replace(&mut above.children[place], WordNode::Raw(String::new()))
        else {
            break;
        };
        let pieces = cut(el, at, id);
        above.children.splice(place..=place, pieces);
    }
    Ok(())
}

/// The two halves of an element around a tag of its children; those without content are left out,
/// but for the marks that others point at.
fn cut(el: WordElement, at: usize, id: usize) -> Vec<WordNode> {
    let WordElement { name, attributes, mut children } = el;
    let right: Vec<WordNode> = children.split_off(at + 1);
    children.pop();
    let is_property = |node: &WordNode| {
        matches!(node, WordNode::El(el) if matches!(el.name.as_str(),
            "w:pPr" | "w:rPr" | "w:sdtPr" | "w:sdtEndPr"))
    };
    let properties: Vec<WordNode> =
        children.iter().filter(|node| is_property(node)).cloned().collect();
    // A section ends with the last of the paragraphs.
    let ends_section = properties
        .iter()
        .any(|node| matches!(node, WordNode::El(el) if el.find("w:sectPr").is_some()));
    let half = |mut children: Vec<WordNode>, keep: bool| {
        let marks = |node: &WordNode| {
            matches!(node, WordNode::El(el) if el.name.starts_with("w:bookmark")
                && el.get("w:name").as_deref() != Some("_GoBack"))
        };
        if keep || children.iter().any(node_says) {
            vec![WordNode::El(WordElement::new(&name, &attributes, children))]
        } else {
            children.retain(marks);
            children
        }
    };
    let mut left = children;
    if ends_section {
        left.iter_mut().for_each(|node| {
            if let WordNode::El(el) = node
                && el.name == "w:pPr"
            {
                el.children.retain(|n| !matches!(n, WordNode::El(el) if el.name == "w:sectPr"));
            }
        });
    }
    let mut pieces = half(left, false);
    pieces.push(WordNode::Tag(id));
    pieces.extend(half(properties.into_iter().chain(right).collect(), ends_section));
    pieces
}
