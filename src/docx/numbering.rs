//! Lists that Word numbers by itself.

use std::collections::BTreeMap;

use docx_rs::{
    AbstractNumbering, Docx, Level, LevelJc, LevelOverride, LevelSuffixType, LevelText,
    NumberFormat, Numbering as Num, Start,
};

use super::package::Patches;
use super::package::xml::El;
use super::properties::{Placing, twips};
use crate::boxes::{BoxNode, Content, ListNumbering, Marker, counter_text};
use crate::style::{ContentItem, CounterStyle};

/// Word knows nine levels.
const LEVELS: usize = 9;
/// docx-rs keeps numbering 1 for itself.
const FIRST_ID: usize = 2;

/// How much further in a level stands that the document does not use, in twips.
const STEP: i64 = 360;

/// A list item as Word numbers it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Item {
    pub(super) number: usize,
    pub(super) level: usize,
    /// Left indent and first-line indent of the level, in twips.
    pub(super) place: (i64, i64),
}

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// Word's abstract numberings: the levels of each.
    lists: Vec<BTreeMap<usize, LevelDefinition>>,
    /// Where the counters of each would stand in Word.
    counters: Vec<[Option<i32>; LEVELS]>,
    /// Word's numberings: of which list, and from which number a level begins anew.
    numbers: Vec<(usize, Option<(usize, i32)>)>,
    /// Which numbering, and which level there, a list of the document became.
    by_list: BTreeMap<u32, (usize, usize)>,
    /// Lists in Russian letters that get further than Word's alphabet agrees with ours.
    lettered: BTreeMap<u32, i32>,
    /// The style that has the number of a list's level.
    styles: BTreeMap<(usize, usize), String>,
    warning: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
struct LevelDefinition {
    format: &'static str,
    text: String,
    suffix: Suffix,
    start: i32,
    place: (i64, i64),
    run: Vec<El>,
}

impl LevelDefinition {
    /// What a marker of this level has to look like in Word. A bullet is what it is.
    fn shown<'a>(&'a self, marker: &'a Marker) -> &'a str {
        if self.format == "bullet" {
            &self.text
        } else {
            marker.text.trim_end_matches([' ', '\u{a0}'])
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Suffix {
    Space,
    Tab,
    Nothing,
}

impl Lists {
    /// Looks at all lists beforehand: how far each counts decides whether Word's letters will do.
    pub(super) fn survey(&mut self, node: &BoxNode) {
        if let Some(number) = node.marker.as_ref().and_then(|marker| marker.number.as_ref()) {
            let most = self.lettered.entry(number.list).or_insert(number.value);
            *most = (*most).max(number.value);
        }
        match &node.content {
            Content::Blocks(nodes) | Content::Flex(nodes) => {
                nodes.iter().for_each(|node| self.survey(node))
            }
            Content::Table(table) => {
                let rows = table.head.iter().chain(&table.body).chain(&table.foot);
                rows.flat_map(|row| &row.cells).for_each(|cell| self.survey(&cell.node));
            }
            Content::Inline(_) | Content::Image(_) => {}
        }
    }

    /// Why the last item was not numbered as it should be, told once.
    pub(super) fn take_warning(&mut self) -> Option<String> {
        self.warning.take()
    }

    /// The item whose marker is `marker` as Word numbers it; nothing if Word cannot.
    ///
    /// A numbered list inside of another shares its Word list, so that «1.1» can hold the number
    /// above; bullets have a list of their own.
    pub(super) fn item(&mut self, marker: &Marker, placing: Placing, run: &[El]) -> Option<Item> {
        let number = marker.number.as_ref()?;
        let style = counter_style(number);
        let (format, numbered) = format(style, number)?;
        if !self.letters_agree(style, number) {
            return None;
        }
        let outer = number.parent.and_then(|parent| self.by_list.get(&parent).copied());
        if outer.is_some_and(|(_, level)| level + 1 >= LEVELS) {
            self.warning =
                Some("Word numbers nine levels; deeper ones have their numbers as text".to_owned());
            return None;
        }
        let home = self.by_list.get(&number.list).copied();
        let below = outer.filter(|_| numbered).map(|(num, level)| (num, level + 1));
        let place = (twips(placing.left), twips(placing.first));
        for known in [home, below].into_iter().flatten() {
            let (num, level) = known;
            let Some(definition) = definition(marker, number, format, level, place, run) else {
                continue;
            };
            let list = self.numbers[num].0;
            if word_text(&definition, level, number.value, |depth| self.above(list, depth))
                != definition.shown(marker)
            {
                continue;
            }
            let defined = self.lists[list].entry(level).or_insert(definition.clone());
            if defined.format == definition.format && defined.text == definition.text {
                return Some(self.count(num, level, number, format));
            }
        }
        let definition = definition(marker, number, format, 0, place, run)?;
        let alone = word_text(&definition, 0, number.value, |_| String::new());
        if alone != definition.shown(marker) {
            self.warning = Some(
                "Word does not number the point above like that; the numbers below it are text"
                    .to_owned(),
            );
            return None;
        }
        if !numbered && let Some(num) = self.same_bullets(&definition) {
            return Some(self.count(num, 0, number, format));
        }
        self.lists.push(BTreeMap::from([(0, definition)]));
        self.counters.push([None; LEVELS]);
        self.numbers.push((self.lists.len() - 1, None));
        Some(self.count(self.numbers.len() - 1, 0, number, format))
    }

    /// The number that Word has for a level above the item: that of the last item there.
    fn above(&self, list: usize, level: usize) -> String {
        let Some(above) = self.lists[list].get(&level) else { return String::new() };
        let last = self.counters[list].get(level).copied().flatten();
        word_number(above.format, last.unwrap_or(above.start))
    }

    /// A list of bullets that looks just the same: bullets have no numbers to keep apart.
    fn same_bullets(&self, definition: &LevelDefinition) -> Option<usize> {
        let same = |levels: &BTreeMap<usize, LevelDefinition>| {
            levels.len() == 1
                && levels.get(&0).is_some_and(|level| {
                    LevelDefinition { start: level.start, ..definition.clone() } == *level
                })
        };
        self.numbers
            .iter()
            .position(|(list, restart)| restart.is_none() && same(&self.lists[*list]))
    }

    /// Counts as Word does, and begins a numbering anew where Word would get another number than
    /// ours.
    fn count(&mut self, num: usize, level: usize, number: &ListNumbering, format: &str) -> Item {
        let (mut num, list) = (num, self.numbers[num].0);
        let definition = &self.lists[list][&level];
        let place = definition.place;
        let counters = &mut self.counters[list];
        let next = counters[level].map_or(definition.start, |value| value.saturating_add(1));
        if next != number.value && format != "bullet" {
            self.numbers.push((list, Some((level, number.value.max(0)))));
            num = self.numbers.len() - 1;
        }
        counters[level] = Some(number.value);
        counters[level + 1..].fill(None);
        self.by_list.insert(number.list, (num, level));
        Item { number: num + FIRST_ID, level, place }
    }

    /// Word's Russian letters are а б в г д е ж з и к л …; ours may leave out other ones. A list
    /// that gets so far is written as text, so that «подпункт и» is the same one on paper and
    /// in the DOCX.
    fn letters_agree(&mut self, style: &CounterStyle, number: &ListNumbering) -> bool {
        if !matches!(style, CounterStyle::LowerRussian | CounterStyle::UpperRussian) {
            return true;
        }
        let most = self.lettered.get(&number.list).copied().unwrap_or(number.value).min(500);
        let agree = (1..=most)
            .all(|value| counter_text(&CounterStyle::LowerRussian, value) == word_letter(value));
        if !agree {
            self.warning = Some("Word counts other Russian letters from the eighth on; this list's letters are text".to_owned());
        }
        agree
    }

    /// The numbering that begins the list of a numbering, and where the list's level stands.
    pub(super) fn first_of(&self, number: usize, level: usize) -> Option<Item> {
        let (list, _) = self.numbers.get(number.checked_sub(FIRST_ID)?)?;
        let first = self.numbers.iter().position(|(own, start)| own == list && start.is_none())?;
        let place = self.lists.get(*list)?.get(&level)?.place;
        Some(Item { number: first + FIRST_ID, level, place })
    }

    /// Links a level to the style that has its number; false if another style has it.
    pub(super) fn link(&mut self, item: Item, style: &str) -> bool {
        let list = item.number.checked_sub(FIRST_ID).and_then(|at| self.numbers.get(at));
        let Some(key) = list.map(|(list, _)| (*list, item.level)) else { return false };
        let free = !self.styles.contains_key(&key);
        if free {
            self.styles.insert(key, style.to_owned());
        }
        free
    }

    /// Adds the lists to the document.
    pub(super) fn define(self, mut docx: Docx, patches: &mut Patches, title: &str) -> Docx {
        for (index, levels) in self.lists.into_iter().enumerate() {
            let id = index + FIRST_ID;
            let mut list = AbstractNumbering::new(id);
            // Word merges lists of one identity when texts are pasted between documents.
            patches.lists.insert(id, identity(&format!("{title} {index} {levels:?}")));
            for (depth, defined) in complete(levels) {
                let mut level = level(depth, defined.as_ref());
                if let Some(style) = self.styles.get(&(index, depth)) {
                    level = level.paragraph_style(style);
                }
                list = list.add_level(level);
                if let Some(defined) = defined {
                    patches.levels.insert((id, depth), defined.run);
                }
            }
            docx = docx.add_abstract_numbering(list);
        }
        for (index, (list, restart)) in self.numbers.into_iter().enumerate() {
            let mut number = Num::new(index + FIRST_ID, list + FIRST_ID);
            if let Some((level, start)) = restart {
                number = number.overrides(vec![
                    LevelOverride::new(level).start(usize::try_from(start).unwrap_or(1)),
                ]);
            }
            docx = docx.add_numbering(number);
        }
        docx
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }
}

/// All nine levels of a list, so that whoever goes a level down in Word gets a number there: those
/// below the ones of the document go on as these do. One above them that has none has no number.
fn complete(mut levels: BTreeMap<usize, LevelDefinition>) -> Vec<(usize, Option<LevelDefinition>)> {
    let deepest = levels.keys().max().copied().unwrap_or(0);
    let decimal = levels.values().all(|level| level.format == "decimal");
    let Some(last) = levels.get(&deepest).cloned() else { return Vec::new() };
    let below = |depth: usize| {
        let steps = (depth - deepest) as i64 * STEP;
        let (format, text) = match last.format {
            "bullet" => ("bullet", last.text.clone()),
            _ if decimal => {
                let numbers: Vec<String> = (1..=depth + 1).map(|n| format!("%{n}")).collect();
                ("decimal", format!("{}.", numbers.join(".")))
            }
            _ => ("decimal", format!("%{})", depth + 1)),
        };
        let (left, first) = last.place;
        LevelDefinition { format, text, start: 1, place: (left + steps, first), ..last.clone() }
    };
    (0..LEVELS)
        .map(|depth| {
            (depth, if depth > deepest { Some(below(depth)) } else { levels.remove(&depth) })
        })
        .collect()
}

/// A number made of a text, never nought (FNV-1a; it only has to differ where texts do).
fn identity(text: &str) -> u32 {
    text.bytes()
        .fold(0x811C_9DC5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
        .max(1)
}

fn level(depth: usize, defined: Option<&LevelDefinition>) -> Level {
    let (format, text) = defined.map_or(("none", ""), |level| (level.format, level.text.as_str()));
    let start = Start::new(defined.map_or(1, |level| usize::try_from(level.start).unwrap_or(1)));
    // A number in the line begins where the line begins; one beside it ends there.
    let side =
        if defined.is_some_and(|level| level.suffix == Suffix::Tab) { "right" } else { "left" };
    let mut level = Level::new(
        depth,
        start,
        NumberFormat::new(format),
        LevelText::new(xml_text(text)),
        LevelJc::new(side),
    );
    if let Some(defined) = defined {
        level = level.suffix(match defined.suffix {
            Suffix::Space => LevelSuffixType::Space,
            Suffix::Tab => LevelSuffixType::Tab,
            Suffix::Nothing => LevelSuffixType::Nothing,
        });
        let (left, first) = defined.place;
        let special = if first < 0 {
            docx_rs::SpecialIndentType::Hanging(-first as i32)
        } else {
            docx_rs::SpecialIndentType::FirstLine(first as i32)
        };
        level = level.indent(Some(left as i32), Some(special), None, None);
    }
    level
}

fn definition(
    marker: &Marker,
    number: &ListNumbering,
    format: &'static str,
    level: usize,
    place: (i64, i64),
    run: &[El],
) -> Option<LevelDefinition> {
    let (text, suffix) = text(marker, number, format, level)?;
    Some(LevelDefinition {
        format,
        text,
        suffix,
        start: number.value.max(0),
        place,
        run: run.to_vec(),
    })
}

/// The letter that Word's `russianLower` has for a number: 29 letters, then doubled ones.
fn word_letter(value: i32) -> String {
    let alphabet: Vec<char> = "абвгдежзиклмнопрстуфхцчшщыэюя".chars().collect();
    let at = usize::try_from(value - 1).unwrap_or(0);
    std::iter::repeat_n(alphabet[at % alphabet.len()], at / alphabet.len() + 1).collect()
}

/// A number as Word writes it.
fn word_number(format: &str, value: i32) -> String {
    let style = match format {
        "decimal" => CounterStyle::Decimal,
        "decimalZero" => CounterStyle::DecimalLeadingZero,
        "russianLower" => CounterStyle::LowerRussian,
        "russianUpper" => CounterStyle::UpperRussian,
        "lowerLetter" => CounterStyle::LowerLatin,
        "upperLetter" => CounterStyle::UpperLatin,
        "lowerRoman" => CounterStyle::LowerRoman,
        "upperRoman" => CounterStyle::UpperRoman,
        _ => return String::new(),
    };
    counter_text(&style, value)
}

/// What Word would write before an item; `above` tells the numbers of the levels above.
fn word_text(
    own: &LevelDefinition,
    level: usize,
    value: i32,
    above: impl Fn(usize) -> String,
) -> String {
    let mut text = String::new();
    let mut chars = own.text.chars().peekable();
    while let Some(c) = chars.next() {
        let depth =
            chars.peek().and_then(|c| c.to_digit(10)).filter(|depth| c == '%' && *depth > 0);
        let Some(depth) = depth.map(|depth| depth as usize - 1) else {
            text.push(c);
            continue;
        };
        chars.next();
        text.push_str(&if depth == level { word_number(own.format, value) } else { above(depth) });
    }
    text
}

/// docx-rs writes a level's text as it is.
fn xml_text(text: &str) -> String {
    text.chars()
        .filter(|c| super::package::xml::is_xml_char(*c))
        .collect::<String>()
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

/// The counter that numbers the item: the last one that its marker shows. One before it belongs to
/// something around the list.
fn own_counter(number: &ListNumbering) -> Option<(&str, &CounterStyle)> {
    number.content.iter().flat_map(|content| content.iter().rev()).find_map(|item| match item {
        ContentItem::Counter(name, style) | ContentItem::Counters(name, _, style) => {
            Some((&**name, style))
        }
        _ => None,
    })
}

/// The style in which the item's own number is written.
fn counter_style(number: &ListNumbering) -> &CounterStyle {
    own_counter(number).map_or(&number.style, |(_, style)| style)
}

/// Word's number format, and whether the list may share the Word list of the one around it.
fn format(style: &CounterStyle, number: &ListNumbering) -> Option<(&'static str, bool)> {
    if number.content.is_some() && own_counter(number).is_none() {
        return Some(("bullet", false));
    }
    Some(match style {
        CounterStyle::None => return None,
        CounterStyle::Disc
        | CounterStyle::Circle
        | CounterStyle::Square
        | CounterStyle::Dash
        | CounterStyle::String(_) => ("bullet", false),
        // Word has no numbers below nought.
        _ if number.value < 0 => return None,
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
fn text(
    marker: &Marker,
    number: &ListNumbering,
    format: &str,
    level: usize,
) -> Option<(String, Suffix)> {
    let text = match &number.content {
        Some(content) => {
            let mut text = String::new();
            let own = own_counter(number).map(|(name, _)| name);
            for (at, item) in content.iter().enumerate() {
                match item {
                    ContentItem::String(string) => text.push_str(string),
                    ContentItem::Counter(name, _) if Some(&**name) == own => {
                        text.push_str(&format!("%{}", level + 1))
                    }
                    ContentItem::Counters(name, separator, _) if Some(&**name) == own => {
                        let all: Vec<String> = (1..=level + 1).map(|n| format!("%{n}")).collect();
                        text.push_str(&all.join(separator));
                    }
                    // Another counter is the same for the whole list: what it said in the first
                    // item.
                    ContentItem::Counter(..) | ContentItem::Counters(..) => {
                        text.push_str(&literal(marker, content, at)?)
                    }
                    _ => return None,
                }
            }
            text
        }
        None if format == "bullet" => marker.text.to_string(),
        None => {
            let written = counter_text(&number.style, number.value);
            let rest = marker.text.strip_prefix(written.as_str())?;
            format!("%{}{rest}", level + 1)
        }
    };
    let trimmed = text.trim_end_matches([' ', '\u{a0}']);
    let suffix = match (trimmed.is_empty(), marker.inside) {
        (true, _) => Suffix::Nothing,
        (false, true) => Suffix::Space,
        (false, false) => Suffix::Tab,
    };
    Some((trimmed.to_owned(), suffix))
}

/// What the piece at `at` says in this marker: what is left between the strings around it, up to
/// the next one.
fn literal(marker: &Marker, content: &[ContentItem], at: usize) -> Option<String> {
    let before: String = content[..at]
        .iter()
        .map(|item| if let ContentItem::String(s) = item { &**s } else { "" })
        .collect();
    let rest = marker.text.strip_prefix(before.as_str())?;
    let end = match content.get(at + 1) {
        Some(ContentItem::String(next)) => rest.find(next.trim_end())?,
        Some(_) => return None,
        None => rest.len(),
    };
    Some(rest[..end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_letters_are_ours_up_to_the_seventh() {
        let agree = |value| counter_text(&CounterStyle::LowerRussian, value) == word_letter(value);
        assert!((1..=7).all(agree));
        assert_eq!(word_letter(8), "з");
        assert_eq!(word_letter(30), "аа");
    }
}
