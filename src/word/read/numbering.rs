//! Numbers of lists: levels, their texts, and how they count (ECMA-376 Part 1, 17.9).

use std::collections::{BTreeMap, BTreeSet};

use super::props::Props;
use super::xml::{self, XmlEl};
use crate::diag::Diagnostic;
use crate::lang::ru;

/// Levels of a list.
const LEVELS: usize = 9;

/// A level of a list.
#[derive(Debug, Clone, Default)]
pub(super) struct Level {
    start: i64,
    format: String,
    text: String,
    /// What follows the number: `tab`, `space`, `nothing`.
    pub(super) suffix: String,
    /// The level whose step begins this one anew, if it is not the one above; 0 for never.
    restart: Option<usize>,
    /// All numbers of the text are decimal.
    legal: bool,
    pub(super) align: String,
    pub(super) paragraph: Props,
    pub(super) run: Props,
    /// The paragraph style that belongs to the level.
    style: Option<String>,
}

#[derive(Debug, Clone, Default)]
struct Abstract {
    levels: Vec<Level>,
    /// A list that is described by another's style.
    style: Option<String>,
}

#[derive(Debug, Clone, Default)]
struct Instance {
    of: String,
    levels: BTreeMap<usize, Level>,
    starts: BTreeMap<usize, i64>,
}

/// The lists of a document, and how far each has counted.
#[derive(Debug, Clone, Default)]
pub(super) struct WordNumbering {
    abstracts: BTreeMap<String, Abstract>,
    instances: BTreeMap<String, Instance>,
    counted: BTreeMap<String, [Option<i64>; LEVELS]>,
    /// The starts of their own that lists have already had.
    started: BTreeSet<(String, usize)>,
}

/// The number of a paragraph.
#[derive(Debug, Clone)]
pub(super) struct Label {
    pub(super) text: String,
    pub(super) bullet: bool,
    pub(super) level: Level,
}

impl WordNumbering {
    pub(super) fn read(part: &str, bytes: &[u8]) -> Result<Self, Diagnostic> {
        let document = xml::parse(part, bytes)?;
        let root = document.root_element();
        let mut numbering = Self::default();
        for el in xml::children(root, "abstractNum") {
            let Some(id) = xml::attr(el, "abstractNumId") else { continue };
            let mut list = Abstract {
                // Levels that are not described count in figures without a text, and show nothing.
                levels: vec![Level::default(); LEVELS],
                style: xml::val(el, "numStyleLink").map(str::to_owned),
            };
            for level in xml::children(el, "lvl") {
                if let Some(place) = place(level).and_then(|at| list.levels.get_mut(at)) {
                    *place = read_level(level);
                }
            }
            numbering.abstracts.insert(id.to_owned(), list);
        }
        for el in xml::children(root, "num") {
            let Some(id) = xml::attr(el, "numId") else { continue };
            let mut list = Instance {
                of: xml::val(el, "abstractNumId").unwrap_or_default().to_owned(),
                ..Instance::default()
            };
            for own in xml::children(el, "lvlOverride") {
                let Some(at) = place(own).filter(|at| *at < LEVELS) else { continue };
                if let Some(start) = xml::val(own, "startOverride").and_then(|n| n.parse().ok()) {
                    list.starts.insert(at, start);
                }
                if let Some(level) = xml::child(own, "lvl") {
                    list.levels.insert(at, read_level(level));
                }
            }
            numbering.instances.insert(id.to_owned(), list);
        }
        Ok(numbering)
    }

    /// Lists that are described in a style have its levels.
    pub(super) fn link(&mut self, number_of_style: impl Fn(&str) -> Option<String>) {
        let linked: Vec<(String, String)> = self
            .abstracts
            .iter()
            .filter_map(|(id, list)| Some((id.clone(), number_of_style(list.style.as_ref()?)?)))
            .collect();
        for (id, number) in linked {
            let other = self.instances.get(&number).and_then(|list| self.abstracts.get(&list.of));
            if let Some(levels) = other.map(|other| other.levels.clone())
                && let Some(list) = self.abstracts.get_mut(&id)
            {
                list.levels = levels;
            }
        }
    }

    /// The level that a paragraph of that style has in a list.
    pub(super) fn level_of_style(&self, number: &str, style: &str) -> Option<usize> {
        let list = self.abstracts.get(&self.instances.get(number)?.of)?;
        list.levels.iter().position(|level| level.style.as_deref() == Some(style))
    }

    pub(super) fn level(&self, number: &str, at: usize) -> Option<&Level> {
        let list = self.instances.get(number)?;
        list.levels.get(&at).or_else(|| self.abstracts.get(&list.of)?.levels.get(at))
    }

    /// Counts a paragraph, and gives its number.
    pub(super) fn step(&mut self, number: &str, at: usize) -> Option<Label> {
        let level = self.level(number, at)?.clone();
        let instance = self.instances.get(number)?;
        let key = (number.to_owned(), at);
        let own = instance.starts.get(&at).copied();
        // An override begins the list anew once: the next paragraph goes on.
        let fresh = own.is_some() && self.started.insert(key);
        let start = own.unwrap_or(level.start);
        let of = instance.of.clone();
        let restarts: Vec<Option<usize>> =
            (0..LEVELS).map(|n| self.level(number, n).and_then(|level| level.restart)).collect();
        // By the description and not by the list: lists of one description go on with each other.
        let counted = self.counted.entry(of).or_default();
        counted[at] = Some(match counted[at] {
            Some(n) if !fresh => n.saturating_add(1),
            _ => start,
        });
        for (deeper, count) in counted.iter_mut().enumerate().skip(at + 1) {
            // `lvlRestart` counts levels from 1, and 0 means never.
            if restarts[deeper].is_none_or(|level| level > 0 && at < level) {
                *count = None;
            }
        }
        let counted = *counted;
        let mut text = String::new();
        let mut chars = level.text.chars().peekable();
        while let Some(c) = chars.next() {
            match chars.peek().and_then(|c| c.to_digit(10)) {
                Some(digit) if c == '%' && digit > 0 => {
                    chars.next();
                    let other = digit as usize - 1;
                    let of = self.level(number, other);
                    // A level above that has not counted yet shows its first number.
                    let value = counted[other].or(of.map(|level| level.start)).unwrap_or(1);
                    let format = of.map_or("decimal", |level| level.format.as_str());
                    let decimal = level.legal && format != "none";
                    text.push_str(&written(if decimal { "decimal" } else { format }, value));
                }
                _ => text.push(c),
            }
        }
        Some(Label { text, bullet: level.format == "bullet", level })
    }
}

fn place(el: XmlEl<'_>) -> Option<usize> {
    xml::attr(el, "ilvl")?.parse().ok()
}

fn read_level(el: XmlEl<'_>) -> Level {
    Level {
        start: xml::val(el, "start").and_then(|start| start.parse().ok()).unwrap_or(0),
        format: xml::val(el, "numFmt").unwrap_or("decimal").to_owned(),
        text: xml::val(el, "lvlText").unwrap_or_default().to_owned(),
        suffix: xml::val(el, "suff").unwrap_or("tab").to_owned(),
        restart: xml::val(el, "lvlRestart").and_then(|level| level.parse().ok()),
        legal: xml::on(el, "isLgl"),
        align: xml::val(el, "lvlJc").unwrap_or("left").to_owned(),
        paragraph: Props::read(xml::child(el, "pPr")),
        run: Props::read(xml::child(el, "rPr")),
        style: xml::val(el, "pStyle").map(str::to_owned),
    }
}

/// A number as a format writes it (17.18.59). Formats of other scripts are written as figures.
pub(super) fn written(format: &str, value: i64) -> String {
    // Word leaves ё й ъ ы ь out, and begins again with two letters after я.
    const RUSSIAN: &str = "абвгдежзиклмнопрстуфхцчшщэюя";
    const LATIN: &str = "abcdefghijklmnopqrstuvwxyz";
    let letters = |alphabet: &str| {
        let letters: Vec<char> = alphabet.chars().collect();
        let Ok(index) = usize::try_from(value - 1) else { return value.to_string() };
        // «аа», «ббб»: Word repeats the letter; a bound for a number that is damage.
        let times = (index / letters.len() + 1).min(64);
        std::iter::repeat_n(letters[index % letters.len()], times).collect()
    };
    match format {
        "russianLower" => letters(RUSSIAN),
        "russianUpper" => letters(RUSSIAN).to_uppercase(),
        "lowerLetter" => letters(LATIN),
        "upperLetter" => letters(LATIN).to_uppercase(),
        "lowerRoman" => roman(value).to_lowercase(),
        "upperRoman" => roman(value),
        "decimalZero" => format!("{value:02}"),
        "none" | "bullet" => String::new(),
        "numberInDash" => format!("- {value} -"),
        _ => value.to_string(),
    }
}

fn roman(value: i64) -> String {
    u32::try_from(value).ok().and_then(ru::number::roman).unwrap_or_else(|| value.to_string())
}
