//! Lists within repeated blocks: which of them begin anew in each turn.
//!
//! A list that is part of what is repeated, such as the points below a heading, counts from 1 each
//! time. A list whose items themselves are repeated goes on.

mod styled;

use std::collections::BTreeMap;

use super::pieces::PartText;
use super::tag::TagKind;
use super::tree::{WordElement, WordNode};
pub(super) use styled::StyleLists;

/// The lists (`w:numId`) that begin anew, with the opening tag of the loop in whose turns they do.
pub(super) type Restarts = BTreeMap<String, usize>;

/// A paragraph: its list, and the loops around it, the outermost first.
struct LoopItem {
    list: Option<String>,
    loops: Vec<usize>,
}

/// Finds the lists that begin anew.
pub(super) fn restarts(root: &WordElement, tags: &PartText, styles: &StyleLists) -> Restarts {
    let mut items = Vec::new();
    walk(root, (tags, styles), &mut Vec::new(), &mut items);
    let mut found = Restarts::new();
    let loops = items.iter().flat_map(|item| item.loops.iter().copied());
    // An inner loop stands behind the one around it, and the innermost that counts is meant.
    let loops: std::collections::BTreeSet<usize> = loops.collect();
    for open in loops {
        let within = |item: &&LoopItem| item.loops.contains(&open);
        let first = items.iter().find(within).and_then(|item| item.list.as_ref());
        let lists = items.iter().filter(within).filter_map(|item| item.list.as_ref());
        let lists: std::collections::BTreeSet<&String> = lists.collect();
        for list in lists.into_iter().filter(|list| first != Some(*list)) {
            let of = |item: &&LoopItem| item.list.as_ref() == Some(list);
            let outside = items.iter().filter(of).any(|item| !item.loops.contains(&open));
            let deeper = items.iter().filter(of).any(|item| item.loops.last() != Some(&open));
            let several = items.iter().filter(of).count() > 1;
            if !outside && (deeper || several) {
                found.insert(list.clone(), open);
            }
        }
    }
    found
}

/// The id of the list that a paragraph is an item of.
fn list_of(paragraph: &WordElement) -> Option<String> {
    let numbering = paragraph.find("w:pPr")?.find("w:numPr")?;
    numbering.find("w:numId")?.get("w:val").filter(|id| id != "0")
}

fn walk(
    el: &WordElement,
    (tags, styles): (&PartText, &StyleLists),
    open: &mut Vec<usize>,
    items: &mut Vec<LoopItem>,
) {
    if el.name == "w:p" {
        let list = list_of(el).or_else(|| styles.of(el).map(str::to_owned));
        items.push(LoopItem { list, loops: open.clone() });
    }
    for node in &el.children {
        match node {
            WordNode::El(el) => walk(el, (tags, styles), open, items),
            WordNode::Tag(id) => match tags.tags.get(*id).map(|tag| (&tag.kind, &tag.text)) {
                Some((TagKind::Open(name), _)) if name == "each" => open.push(*id),
                Some((TagKind::Close(_), text)) if text == "{{/each}}" => drop(open.pop()),
                _ => {}
            },
            _ => {}
        }
    }
}

/// `numbering.xml` with one more list of the same look as another, which counts from the start;
/// gives its id, too.
pub(super) fn copy(numbering: &str, list: &str) -> Option<(String, String)> {
    let own = format!("w:numId=\"{list}\"");
    let start = numbering.match_indices("<w:num ").map(|(at, _)| at).find(|at| {
        let tag = &numbering[*at..];
        tag[..tag.find('>').unwrap_or(tag.len())].contains(&own)
    })?;
    let body = &numbering[start..];
    let body = &body[..body.find("</w:num>")?];
    let look = body.split_once("<w:abstractNumId w:val=\"")?.1.split('"').next()?;
    let ids = numbering.split("w:numId=\"").skip(1);
    let highest = ids.filter_map(|rest| rest.split('"').next()?.parse::<u32>().ok()).max()?;
    let id = (highest + 1).to_string();
    let levels: String = (0..9)
        .map(|level| {
            format!(
                "<w:lvlOverride w:ilvl=\"{level}\"><w:startOverride w:val=\"{}\"/>\
                 </w:lvlOverride>",
                start_of(numbering, look, level)
            )
        })
        .collect();
    let new =
        format!("<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{look}\"/>{levels}</w:num>");
    let end = numbering.rfind("</w:num>")? + "</w:num>".len();
    Some((format!("{}{new}{}", &numbering[..end], &numbering[end..]), id))
}

/// Where a level of a list begins to count.
fn start_of(numbering: &str, look: &str, level: usize) -> u32 {
    let number = || {
        let own = numbering.find(&format!("w:abstractNumId=\"{look}\""))?;
        let of = &numbering[own..];
        let of = &of[..of.find("</w:abstractNum>")?];
        let level = &of[of.find(&format!("<w:lvl w:ilvl=\"{level}\""))?..];
        let level = &level[..level.find("</w:lvl>")?];
        level.split_once("<w:start w:val=\"")?.1.split('"').next()?.parse().ok()
    };
    number().unwrap_or(1)
}
