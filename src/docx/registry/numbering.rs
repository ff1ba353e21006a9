//! Lists that Word numbers by itself.
//!
//! Takes the markers of list items, gives number and level where Word writes the same, nothing
//! where it does not: then the number is text. Word's counters are kept beside ours, so that a
//! list begins anew exactly where Word would count otherwise.

use std::collections::BTreeMap;

use crate::boxes::{ListNumbering, Marker, counter_text};
use crate::diag::{Message, say};
use crate::docx::package::builder::FIRST_NUMBER;
use crate::docx::package::definitions::{
    LevelDefinition, LevelIndent, LevelSuffix, ListCount, ListDefinition, Restart,
};
use crate::docx::package::xml::El;
use crate::docx::words::properties::ParagraphPosition;
use crate::docx::words::units::twips;
use crate::style::{ContentItem, CounterStyle};

/// Word knows nine levels.
const LEVELS: usize = 9;

/// How much further in a level stands that the document does not use, in twips.
const STEP: i64 = 360;

/// Numbers beyond this are not compared with Word's letters, which agree up to seven only.
const MOST_COMPARED: i32 = 500;

/// A list item as Word numbers it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct ListItem {
    pub(crate) number: usize,
    pub(crate) level: usize,
    /// The indents of its level.
    pub(crate) indent: LevelIndent,
}

impl ListItem {
    /// The property that makes a paragraph the item.
    pub(crate) fn element(self) -> El {
        El::new("w:numPr")
            .child(El::val("w:ilvl", self.level))
            .child(El::val("w:numId", self.number))
    }
}

/// The levels of a list of Word's, and where its counters would stand.
#[derive(Debug)]
struct WordList {
    levels: BTreeMap<usize, LevelDefinition>,
    counters: [Option<i32>; LEVELS],
}

/// The lists of a document.
#[derive(Debug, Default)]
pub(crate) struct ListRegistry {
    /// Word's abstract numberings.
    lists: Vec<WordList>,
    /// Word's numberings: of which list, and from which number a level begins anew.
    counts: Vec<ListCount>,
    /// Which numbering, and which level there, a list of the document became.
    by_list: BTreeMap<u32, (usize, usize)>,
    /// Lists in Russian letters that get further than Word's alphabet agrees with ours.
    lettered: BTreeMap<u32, i32>,
    /// The style that has the number of a list's level.
    styles: BTreeMap<(usize, usize), String>,
    warning: Option<Message>,
}

/// What a marker of a level has to look like in Word. A bullet is what it is.
fn shown<'a>(level: &'a LevelDefinition, marker: &'a Marker) -> &'a str {
    if level.format == "bullet" { &level.text } else { trimmed(&marker.text) }
}

/// A marker's text without the space before the item's.
fn trimmed(text: &str) -> &str {
    text.trim_end_matches([' ', '\u{a0}'])
}

impl ListRegistry {
    /// Looks at a marker beforehand: how far each list counts decides whether Word's letters will
    /// do.
    pub(crate) fn look_ahead(&mut self, marker: &Marker) {
        if let Some(number) = &marker.number {
            let most = self.lettered.entry(number.list).or_insert(number.value);
            *most = (*most).max(number.value);
        }
    }

    /// Why the last item was not numbered as it should be, reported once.
    pub(crate) fn take_warning(&mut self) -> Option<Message> {
        self.warning.take()
    }

    /// The item whose marker is `marker` as Word numbers it; nothing if Word cannot.
    ///
    /// A numbered list inside of another shares its Word list, so that «1.1» can hold the number
    /// above; bullets have a list of their own.
    pub(crate) fn intern(
        &mut self,
        marker: &Marker,
        position: ParagraphPosition,
        run: &[El],
    ) -> Option<ListItem> {
        let number = marker.number.as_ref()?;
        let style = counter_style(number);
        let (format, numbered) = format(style, number)?;
        if !self.letters_agree(style, number) {
            return None;
        }
        let outer = number.parent.and_then(|parent| self.by_list.get(&parent).copied());
        if outer.is_some_and(|(_, level)| level + 1 >= LEVELS) {
            self.warning =
                Some(say!("Word numbers nine levels; deeper ones have their numbers as text"));
            return None;
        }
        let home = self.by_list.get(&number.list).copied();
        // Only numbers hold those above them («1.1»); bullets count nothing and begin a list of
        // their own.
        let below = outer.filter(|_| numbered).map(|(num, level)| (num, level + 1));
        let indent = LevelIndent { left: twips(position.left), first: twips(position.first) };
        // Where its earlier items stand first, so that a list does not wander to another level.
        for known in [home, below].into_iter().flatten() {
            let (num, level) = known;
            let Some(definition) = definition(marker, number, format, level, indent, run) else {
                continue;
            };
            let list = self.counts[num].list;
            if word_text(&definition, level, number.value, |depth| self.above(list, depth))
                != shown(&definition, marker)
            {
                continue;
            }
            let defined = self.lists[list].levels.entry(level).or_insert(definition.clone());
            // A level has one format; indents may differ, since a paragraph can say its own.
            if defined.format == definition.format && defined.text == definition.text {
                return Some(self.count(num, level, number, format));
            }
        }
        let definition = definition(marker, number, format, 0, indent, run)?;
        let alone = word_text(&definition, 0, number.value, |_| String::new());
        if alone != shown(&definition, marker) {
            self.warning = Some(say!(
                "Word does not number the point above like that; the numbers below it are text"
            ));
            return None;
        }
        // A document full of dashes would have as many lists as it has places with them.
        if !numbered && let Some(num) = self.same_bullets(&definition) {
            return Some(self.count(num, 0, number, format));
        }
        let levels = BTreeMap::from([(0, definition)]);
        self.lists.push(WordList { levels, counters: [None; LEVELS] });
        self.counts.push(ListCount { list: self.lists.len() - 1, restart: None });
        Some(self.count(self.counts.len() - 1, 0, number, format))
    }

    /// The number that Word has for a level above the item: that of the last item there.
    fn above(&self, list: usize, level: usize) -> String {
        let list = &self.lists[list];
        let Some(above) = list.levels.get(&level) else { return String::new() };
        let last = list.counters.get(level).copied().flatten();
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
        self.counts
            .iter()
            .position(|count| count.restart.is_none() && same(&self.lists[count.list].levels))
    }

    /// Counts as Word does, and begins a numbering anew where Word would get another number than
    /// ours.
    fn count(
        &mut self,
        mut num: usize,
        level: usize,
        number: &ListNumbering,
        format: &str,
    ) -> ListItem {
        let list = self.counts[num].list;
        let WordList { levels, counters } = &mut self.lists[list];
        let definition = &levels[&level];
        let indent = definition.indent;
        let next = counters[level].map_or(definition.start, |value| value.saturating_add(1));
        if next != number.value && format != "bullet" {
            let restart = Some(Restart { level, number: number.value.max(0) });
            // A new count of the same list, not a new list: whoever changes its look in Word
            // changes all.
            self.counts.push(ListCount { list, restart });
            num = self.counts.len() - 1;
        }
        counters[level] = Some(number.value);
        // A number above lets those below begin anew, in Word as in CSS.
        counters[level + 1..].fill(None);
        self.by_list.insert(number.list, (num, level));
        ListItem { number: num + FIRST_NUMBER, level, indent }
    }

    /// Word's Russian letters are а б в г д е ж з и к л …; ours may leave out other ones. A list
    /// that gets so far is written as text, so that «подпункт и» is the same one on paper and
    /// in the DOCX.
    fn letters_agree(&mut self, style: &CounterStyle, number: &ListNumbering) -> bool {
        if !matches!(style, CounterStyle::LowerRussian | CounterStyle::UpperRussian) {
            return true;
        }
        let most = self.lettered.get(&number.list).copied().unwrap_or(number.value);
        let most = most.min(MOST_COMPARED);
        let agree = (1..=most)
            .all(|value| counter_text(&CounterStyle::LowerRussian, value) == word_letter(value));
        if !agree {
            self.warning = Some(say!(
                "Word counts other Russian letters from the eighth on; this list's letters are text"
            ));
        }
        agree
    }

    /// The numbering that begins the list of a numbering, and where the list's level stands.
    pub(crate) fn first_of(&self, number: usize, level: usize) -> Option<ListItem> {
        let list = self.counts.get(number.checked_sub(FIRST_NUMBER)?)?.list;
        let first = self.counts.iter().position(|own| own.list == list && own.restart.is_none())?;
        let indent = self.lists.get(list)?.levels.get(&level)?.indent;
        Some(ListItem { number: first + FIRST_NUMBER, level, indent })
    }

    /// Whether two numberings count one list.
    pub(crate) fn are_one(&self, one: ListItem, other: ListItem) -> bool {
        let list = |item: ListItem| {
            item.number
                .checked_sub(FIRST_NUMBER)
                .and_then(|at| self.counts.get(at))
                .map(|of| of.list)
        };
        list(one) == list(other)
    }

    /// The definition of an item's level.
    fn level_of(&self, item: ListItem) -> Option<&LevelDefinition> {
        let count = self.counts.get(item.number.checked_sub(FIRST_NUMBER)?)?;
        self.lists.get(count.list)?.levels.get(&item.level)
    }

    /// Whether an item has a bullet.
    pub(crate) fn is_bullet(&self, item: ListItem) -> bool {
        self.level_of(item).is_some_and(|level| level.format == "bullet")
    }

    /// A list just like that of a bullet, for another style: a level names one style only, and
    /// bullets count nothing that would go on.
    pub(crate) fn same_again(&mut self, item: ListItem) -> Option<ListItem> {
        let level = self.level_of(item).filter(|level| level.format == "bullet")?.clone();
        let levels = BTreeMap::from([(0, level)]);
        self.lists.push(WordList { levels, counters: [None; LEVELS] });
        self.counts.push(ListCount { list: self.lists.len() - 1, restart: None });
        let number = self.counts.len() - 1 + FIRST_NUMBER;
        Some(ListItem { number, level: 0, ..item })
    }

    /// Links a level to the style that has its number; false if another style has it.
    pub(crate) fn link(&mut self, item: ListItem, style: &str) -> bool {
        let count = item.number.checked_sub(FIRST_NUMBER).and_then(|at| self.counts.get(at));
        let Some(key) = count.map(|count| (count.list, item.level)) else { return false };
        let free = !self.styles.contains_key(&key);
        if free {
            self.styles.insert(key, style.to_owned());
        }
        free
    }

    /// What the lists are, and how they count. `title` is the document's.
    pub(crate) fn define(self, title: &str) -> (Vec<ListDefinition>, Vec<ListCount>) {
        let define = |(index, list): (usize, WordList)| {
            // By its place and its look: when text is pasted, Word takes lists of one `w:nsid` for
            // the same (ECMA-376 Part 1, 17.9.14).
            let mut text = format!("{title} {index}");
            for LevelDefinition { format, text: own, indent, .. } in list.levels.values() {
                text.push_str(&format!(" {format} {own} {} {}", indent.left, indent.first));
            }
            let identity = identity(&text);
            let mut levels = complete(list.levels);
            for (depth, level) in levels.iter_mut().enumerate() {
                if let Some(level) = level {
                    level.style = self.styles.get(&(index, depth)).cloned();
                }
            }
            ListDefinition { identity, levels }
        };
        (self.lists.into_iter().enumerate().map(define).collect(), self.counts)
    }
}

/// All nine levels of a list, so that whoever goes a level down in Word gets a number there: those
/// below the ones of the document go on as these do. One above them that has none has no number.
fn complete(mut levels: BTreeMap<usize, LevelDefinition>) -> Vec<Option<LevelDefinition>> {
    let deepest = levels.keys().max().copied().unwrap_or(0);
    let decimal = levels.values().all(|level| level.format == "decimal");
    let Some(last) = levels.get(&deepest).cloned() else { return Vec::new() };
    let below = |depth: usize| {
        let steps = (depth - deepest) as i64 * STEP;
        let (format, text) = match last.format {
            "bullet" => ("bullet", last.text.clone()),
            _ if decimal => {
                let numbers: Vec<String> = (1..=depth + 1).map(|n| format!("%{n}")).collect();
                // «1.1.1.» goes on below «1.1.», as whoever goes a level down expects.
                ("decimal", format!("{}.", numbers.join(".")))
            }
            // Below letters and Roman figures come the usual «1)».
            _ => ("decimal", format!("%{})", depth + 1)),
        };
        let indent = LevelIndent { left: last.indent.left + steps, ..last.indent };
        LevelDefinition { format, text, start: 1, indent, ..last.clone() }
    };
    (0..LEVELS)
        .map(|depth| if depth > deepest { Some(below(depth)) } else { levels.remove(&depth) })
        .collect()
}

/// A number made of a text, never 0 (FNV-1a; it only has to differ where texts do).
fn identity(text: &str) -> u32 {
    text.bytes()
        .fold(0x811C_9DC5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
        .max(1)
}

fn definition(
    marker: &Marker,
    number: &ListNumbering,
    format: &'static str,
    level: usize,
    indent: LevelIndent,
    run: &[El],
) -> Option<LevelDefinition> {
    let (text, suffix) = text(marker, number, format, level)?;
    Some(LevelDefinition {
        format,
        text,
        suffix,
        start: number.value.max(0),
        indent,
        run: run.to_vec(),
        style: None,
    })
}

/// The letter that Word's `russianLower` has for a number: 29 letters, then doubled ones.
fn word_letter(value: i32) -> String {
    // Without ё, й, ъ and ь, but with щ and ы.
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
            // `%1` to `%9` stand for the numbers of the levels.
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
    // A marker of nothing but strings, such as «—», is a bullet whatever its counter's style is.
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
        // Word has no negative numbers.
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
) -> Option<(String, LevelSuffix)> {
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
                    // The word of a language before the number: «Раздел I». Without a number the
                    // text is each item's own.
                    ContentItem::Attr(..) if own.is_some() => {
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
    let trimmed = trimmed(&text);
    let suffix = match (trimmed.is_empty(), marker.inside) {
        (true, _) => LevelSuffix::Nothing,
        (false, true) => LevelSuffix::Space,
        (false, false) => LevelSuffix::Tab,
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
        Some(ContentItem::String(next)) => match next.trim_end() {
            // «Раздел» and a space before its number.
            "" => rest.find(&**next)?,
            next => rest.find(next)?,
        },
        // Two counters side by side: where the first one ends cannot be seen.
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
