//! Lists of styles within repeated blocks.
//!
//! A paragraph may have its number from its style alone. Where such a list begins anew in each turn
//! of a loop, its paragraphs say their list themselves, since only that can be another one in the
//! next turn.

use std::collections::BTreeMap;

use super::super::package::Package;
use super::super::pieces::PartText;
use super::super::tree::{self, WordElement, WordNode};

/// The list that a style numbers its paragraphs by.
#[derive(Debug, Clone)]
struct StyleList {
    list: String,
    level: String,
    /// The indents of the style, which go before those of the list's level.
    indents: Option<WordElement>,
}

/// The styles with numbers, by their ids.
#[derive(Debug, Default)]
pub(in crate::word) struct StyleLists(BTreeMap<String, StyleList>);

impl StyleLists {
    /// Reads the styles of a package.
    pub(in crate::word) fn read(package: &Package) -> Self {
        let part = |kind: &str| {
            let name = package.related(package.main(), kind).into_iter().next()?;
            tree::read(package.part(&name)?).ok()
        };
        let Some(root) = part("styles") else { return Self::default() };
        let Some(styles) = root.elements().next() else { return Self::default() };
        let numbering = part("numbering");
        let all: BTreeMap<String, &WordElement> = styles
            .elements()
            .filter(|el| el.name == "w:style")
            .filter_map(|el| Some((el.get("w:styleId")?, el)))
            .collect();
        let list = |id: &String| list_of_style(id, &all, numbering.as_ref());
        Self(all.keys().filter_map(|id| Some((id.clone(), list(id)?))).collect())
    }

    /// The list that a paragraph has of its style.
    pub(super) fn of(&self, paragraph: &WordElement) -> Option<&str> {
        self.list(paragraph).map(|list| list.list.as_str())
    }

    fn list(&self, paragraph: &WordElement) -> Option<&StyleList> {
        let own = paragraph.find("w:pPr")?;
        let style = own.find("w:pStyle")?.get("w:val")?;
        self.0.get(&style).filter(|_| own.find("w:numPr").is_none())
    }

    /// Lets paragraphs say their list themselves where it begins anew in a loop.
    pub(in crate::word) fn write_out(&self, root: &mut WordElement, tags: &PartText) {
        if self.0.is_empty() {
            return;
        }
        let restarts = super::restarts(root, tags, self);
        if !restarts.is_empty() {
            self.settle(root, &|list: &str| restarts.contains_key(list));
        }
    }

    fn settle(&self, el: &mut WordElement, begins_anew: &dyn Fn(&str) -> bool) {
        let list = match el.name.as_str() {
            "w:p" => self.list(el).filter(|list| begins_anew(&list.list)),
            _ => None,
        };
        if let Some(list) = list
            && let Some(own) = el.elements_mut().find(|el| el.name == "w:pPr")
        {
            list.say(own);
        }
        el.elements_mut().for_each(|el| self.settle(el, begins_anew));
    }
}

impl StyleList {
    /// Writes the list among the properties of a paragraph, where the schema has it (17.3.1.26).
    fn say(&self, own: &mut WordElement) {
        const BEFORE: [&str; 6] = [
            "w:pStyle",
            "w:keepNext",
            "w:keepLines",
            "w:pageBreakBefore",
            "w:framePr",
            "w:widowControl",
        ];
        const BEHIND_INDENTS: [&str; 10] = [
            "w:contextualSpacing",
            "w:mirrorIndents",
            "w:suppressOverlap",
            "w:jc",
            "w:textDirection",
            "w:textAlignment",
            "w:textboxTightWrap",
            "w:outlineLvl",
            "w:divId",
            "w:cnfStyle",
        ];
        const LAST: [&str; 3] = ["w:rPr", "w:sectPr", "w:pPrChange"];
        let value = |name: &str, value: &str| {
            WordNode::El(WordElement::new(name, &format!(" w:val=\"{value}\""), Vec::new()))
        };
        let level = value("w:ilvl", &self.level);
        let numbering = WordElement::new("w:numPr", "", vec![level, value("w:numId", &self.list)]);
        let is = |node: &WordNode, names: &[&str]| match node {
            WordNode::El(el) => names.contains(&el.name.as_str()),
            _ => false,
        };
        let at = own.children.iter().rposition(|node| is(node, &BEFORE)).map_or(0, |at| at + 1);
        own.children.insert(at, WordNode::El(numbering));
        if let Some(indents) = self.indents.clone().filter(|_| own.find("w:ind").is_none()) {
            let behind = |node: &WordNode| is(node, &BEHIND_INDENTS) || is(node, &LAST);
            let at = own.children.iter().position(behind).unwrap_or(own.children.len());
            own.children.insert(at, WordNode::El(indents));
        }
    }
}

/// The list of a style, or of those that it is based on.
fn list_of_style(
    id: &str,
    styles: &BTreeMap<String, &WordElement>,
    numbering: Option<&WordElement>,
) -> Option<StyleList> {
    let mut indents = None;
    let mut next = id.to_owned();
    // No chain is longer than the styles are many.
    for _ in 0..styles.len() {
        let style = styles.get(&next)?;
        let own = style.find("w:pPr");
        indents = indents.or_else(|| own.and_then(|own| own.find("w:ind")).cloned());
        if let Some(numbered) = own.and_then(|own| own.find("w:numPr")) {
            let value = |name: &str| numbered.find(name).and_then(|el| el.get("w:val"));
            let list = value("w:numId").filter(|list| list != "0")?;
            let linked = || numbering.and_then(|root| level_of(root, &next));
            let level = value("w:ilvl").or_else(linked).unwrap_or_else(|| "0".to_owned());
            return Some(StyleList { list, level, indents });
        }
        next = style.find("w:basedOn")?.get("w:val")?;
    }
    None
}

/// The level that is linked to a style.
fn level_of(el: &WordElement, style: &str) -> Option<String> {
    if el.name == "w:lvl" {
        let linked = el.find("w:pStyle")?.get("w:val")?;
        return (linked == style).then(|| el.get("w:ilvl"))?;
    }
    el.elements().find_map(|el| level_of(el, style))
}
