//! Lists that Word numbers by itself.

use std::collections::BTreeMap;

use docx_rs::{
    AbstractNumbering, Docx, IndentLevel, Level, LevelJc, LevelSuffixType, LevelText, NumberFormat, Numbering as Num, NumberingId, Start,
};

use super::package::Patches;
use super::package::xml::El;
use super::properties::twips;
use crate::boxes::{Marker, Numbering};
use crate::style::{ContentItem, CounterStyle};

/// Word knows nine levels.
const LEVELS: usize = 9;

/// The lists of a document: Word's abstract numberings, each with its levels.
#[derive(Debug, Default)]
pub(super) struct Lists {
    lists: Vec<BTreeMap<usize, LevelDefinition>>,
    /// Which of them, and which level there, a list of the document became.
    by_list: BTreeMap<u32, (usize, usize)>,
}

#[derive(Debug, Clone, PartialEq)]
struct LevelDefinition {
    format: &'static str,
    text: String,
    suffix: Suffix,
    start: usize,
    left: i64,
    first: i64,
    run: Vec<El>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Suffix {
    Space,
    Tab,
}

impl Lists {
    /// The Word list and level of an item whose marker is `marker`; nothing if Word cannot number it.
    ///
    /// A numbered list inside of another shares its Word list, so that «1.1» can hold the number above; bullets have a list of their own.
    pub(super) fn item(&mut self, marker: &Marker, left: f64, first: f64, run: &[El]) -> Option<(NumberingId, IndentLevel)> {
        let number = marker.number.as_ref()?;
        let (format, numbered) = format(&number.style, marker)?;
        let parent = number.parent.and_then(|parent| self.by_list.get(&parent).copied()).filter(|_| numbered);
        let below = parent.map(|(home, level)| (home, level + 1)).filter(|(_, level)| *level < LEVELS);
        let candidates = [self.by_list.get(&number.list).copied(), below, Some((self.lists.len(), 0))];
        for (home, level) in candidates.into_iter().flatten() {
            let Some((text, suffix)) = text(marker, number, level) else { continue };
            if home == self.lists.len() {
                if parent.is_some() && shows_parents(number) {
                    return None;
                }
                self.lists.push(BTreeMap::new());
            }
            let definition = LevelDefinition {
                format,
                text,
                suffix,
                start: usize::try_from(number.value).unwrap_or(1),
                left: twips(left),
                first: twips(first),
                run: run.to_vec(),
            };
            let defined = self.lists[home].entry(level).or_insert_with(|| definition.clone());
            if defined.format == definition.format && defined.text == definition.text {
                self.by_list.insert(number.list, (home, level));
                return Some((NumberingId::new(home + 2), IndentLevel::new(level)));
            }
        }
        None
    }

    /// Adds the lists to the document.
    pub(super) fn define(self, mut docx: Docx, patches: &mut Patches) -> Docx {
        for (index, levels) in self.lists.into_iter().enumerate() {
            let id = index + 2;
            let mut list = AbstractNumbering::new(id);
            // Word wants the levels above a used one to be there too.
            let last = levels.keys().max().copied().unwrap_or(0);
            for depth in 0..=last {
                let defined = levels.get(&depth);
                let (format, text) = defined.map_or(("none", ""), |level| (level.format, level.text.as_str()));
                let start = Start::new(defined.map_or(1, |level| level.start));
                let mut level = Level::new(depth, start, NumberFormat::new(format), LevelText::new(xml_text(text)), LevelJc::new("left"));
                if let Some(defined) = defined {
                    level = level.suffix(match defined.suffix {
                        Suffix::Space => LevelSuffixType::Space,
                        Suffix::Tab => LevelSuffixType::Tab,
                    });
                    let special = match defined.first {
                        first if first < 0 => docx_rs::SpecialIndentType::Hanging(-first as i32),
                        first => docx_rs::SpecialIndentType::FirstLine(first as i32),
                    };
                    level = level.indent(Some(defined.left as i32), Some(special), None, None);
                    patches.levels.insert((id, depth), defined.run.clone());
                }
                list = list.add_level(level);
            }
            docx = docx.add_abstract_numbering(list).add_numbering(Num::new(id, id));
        }
        docx
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }
}

/// Whether the marker holds the numbers of the lists around its own.
fn shows_parents(number: &Numbering) -> bool {
    number.content.iter().flat_map(|content| content.iter()).any(|item| matches!(item, ContentItem::Counters(..)))
}

/// docx-rs writes a level's text as it is.
fn xml_text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

/// Word's number format, and whether the list may share the Word list of the one around it.
fn format(style: &CounterStyle, marker: &Marker) -> Option<(&'static str, bool)> {
    let has_counter = marker
        .number
        .as_ref()
        .and_then(|n| n.content.as_ref())
        .is_none_or(|content| content.iter().any(|item| matches!(item, ContentItem::Counter(..) | ContentItem::Counters(..))));
    if !has_counter {
        return Some(("bullet", false));
    }
    let style = marker
        .number
        .as_ref()
        .and_then(|n| n.content.as_ref())
        .and_then(|content| {
            content.iter().rev().find_map(|item| match item {
                ContentItem::Counter(_, style) | ContentItem::Counters(_, _, style) => Some(style),
                _ => None,
            })
        })
        .unwrap_or(style);
    Some(match style {
        CounterStyle::None => return None,
        CounterStyle::Disc | CounterStyle::Circle | CounterStyle::Square | CounterStyle::Dash | CounterStyle::String(_) => {
            ("bullet", false)
        }
        CounterStyle::Decimal => ("decimal", true),
        CounterStyle::DecimalLeadingZero => ("decimalZero", true),
        CounterStyle::LowerRussian => ("russianLower", true),
        CounterStyle::UpperRussian => ("russianUpper", true),
        CounterStyle::LowerLatin => ("lowerLetter", true),
        CounterStyle::UpperLatin => ("upperLetter", true),
        CounterStyle::LowerRoman => ("lowerRoman", true),
        CounterStyle::UpperRoman => ("upperRoman", true),
    })
}

/// Word's level text (`%1.%2.`) and what follows it.
fn text(marker: &Marker, number: &Numbering, level: usize) -> Option<(String, Suffix)> {
    let mut text = String::new();
    match &number.content {
        Some(content) => {
            // The last counter is the one that numbers the item; one before it belongs to something around the list.
            let own = content.iter().rev().find_map(|item| match item {
                ContentItem::Counter(name, _) | ContentItem::Counters(name, ..) => Some(name),
                _ => None,
            });
            for (at, item) in content.iter().enumerate() {
                match item {
                    ContentItem::String(string) => text.push_str(&string.replace('%', "%%")),
                    ContentItem::Counter(name, _) if Some(name) == own => text.push_str(&format!("%{}", level + 1)),
                    ContentItem::Counters(name, separator, _) if Some(name) == own => {
                        let all: Vec<String> = (1..=level + 1).map(|n| format!("%{n}")).collect();
                        text.push_str(&all.join(separator));
                    }
                    // Another counter is the same for the whole list: what it said in the first item.
                    ContentItem::Counter(..) | ContentItem::Counters(..) => text.push_str(&literal(marker, content, at)?),
                    _ => return None,
                }
            }
        }
        None => match format(&number.style, marker)? {
            ("bullet", _) => text.push_str(&marker.text),
            _ => text.push_str(&format!("%{}.", level + 1)),
        },
    }
    let trimmed = text.trim_end_matches([' ', '\u{a0}']);
    let suffix = if marker.inside { Suffix::Space } else { Suffix::Tab };
    Some((trimmed.to_owned(), suffix))
}

/// What the piece at `at` says in this marker: what is left between the strings around it, up to the next one.
fn literal(marker: &Marker, content: &[ContentItem], at: usize) -> Option<String> {
    let before: String = content[..at].iter().map(|item| if let ContentItem::String(s) = item { &**s } else { "" }).collect();
    let rest = marker.text.strip_prefix(before.as_str())?;
    let end = match content.get(at + 1) {
        Some(ContentItem::String(next)) => rest.find(&**next)?,
        Some(_) => return None,
        None => rest.len(),
    };
    Some(rest[..end].to_owned())
}
