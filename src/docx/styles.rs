//! Named styles: one for each role that a document has.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError};

use docx_rs::{Docx, Style, StyleType};

use super::faces::Values;
use super::header::Looks;
use super::names;
use super::numbering::{Item, Lists};
use super::package::xml::El;
use super::package::{self, Packed, Patches, Shared};
use super::properties::{difference, without_defaults};
use super::typical::Key;
use crate::boxes::Role;

/// The styles of a document, each defined by what most of its paragraphs are, or by the first run
/// that has it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Styles {
    paragraphs: BTreeMap<Key, ParagraphStyle>,
    order: Vec<Key>,
    characters: BTreeMap<String, CharacterStyle>,
    /// In lower case.
    ids: BTreeSet<String>,
    names: BTreeSet<String>,
    spacer: bool,
}

/// All that makes the part of styles.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sheet {
    pub(super) styles: Styles,
    /// The values of `Normal`.
    pub(super) normal: (Vec<El>, Vec<El>),
    /// How headers and footers look, if there are any.
    pub(super) headers: Option<Looks>,
    pub(super) lang: String,
}

/// A part of styles, and what it was made of.
pub(super) type Defined = (Sheet, Arc<Packed>);

impl Sheet {
    /// The styles for the finisher.
    fn define(self) -> (Docx, Patches) {
        let mut patches = Patches { lang: self.lang, ..Patches::default() };
        let mut docx = self.styles.define(Docx::new(), &mut patches, self.normal.clone());
        if let Some(looks) = self.headers {
            docx = looks.define(docx, &mut patches, &self.normal);
        }
        (docx, patches)
    }
}

impl Shared {
    /// The part of styles; made anew if it differs from the last one.
    pub(super) fn sheet(&self, sheet: Sheet) -> Result<Arc<Packed>, String> {
        let last = || self.sheet.lock().unwrap_or_else(PoisonError::into_inner);
        let known = last().clone();
        if let Some(known) = known.filter(|known| known.0 == sheet) {
            return Ok(Arc::clone(&known.1));
        }
        let (docx, patches) = sheet.clone().define();
        let packed =
            Arc::new(self.pack("styles.xml", package::styles(&docx, &patches)?.as_slice())?);
        *last() = Some(Arc::new((sheet, Arc::clone(&packed))));
        Ok(packed)
    }
}

/// Ids that mean something to Word, and those of the writer itself.
const RESERVED: [&str; 22] = [
    "Normal",
    "Title",
    "Heading1",
    "Heading2",
    "Heading3",
    "Heading4",
    "Heading5",
    "Heading6",
    "Caption",
    "ListParagraph",
    "Quote",
    "Header",
    "Footer",
    "FootnoteText",
    "FootnoteReference",
    "Strong",
    "Emphasis",
    "Hyperlink",
    "DefaultParagraphFont",
    "TableNormal",
    "NoList",
    SPACER,
];

/// What a style can say for its paragraphs.
const HELD: [&str; 9] = [
    "w:keepNext",
    "w:keepLines",
    "w:widowControl",
    "w:pBdr",
    "w:shd",
    "w:suppressAutoHyphens",
    "w:spacing",
    "w:jc",
    "w:tabs",
];

/// The style of empty lines that make room where Word has no margins: above tables, in empty cells.
const SPACER: &str = "Spacer";

/// A paragraph style: its id, its names and its values.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ParagraphStyle {
    pub(super) id: String,
    name: String,
    alias: Option<String>,
    priority: usize,
    pub(super) paragraph: Values,
    pub(super) run: Values,
    /// What all its paragraphs say for themselves.
    gathered: Vec<El>,
}

impl ParagraphStyle {
    /// The properties of its paragraphs.
    fn properties(&self) -> Vec<El> {
        let mut all = self.paragraph.to_vec();
        for property in &self.gathered {
            match all
                .iter_mut()
                .find(|el| el.name == property.name && !property.attributes.is_empty())
            {
                Some(own) => merge(own, property),
                None => {
                    all.retain(|el| el.name != property.name);
                    all.push(property.clone());
                }
            }
        }
        all
    }
}

#[derive(Debug, Clone, PartialEq)]
struct CharacterStyle {
    id: String,
    name: String,
    alias: Option<String>,
    run: Vec<El>,
}

impl Styles {
    /// Whether there is a style for that already.
    pub(super) fn knows(&self, key: &Key) -> bool {
        self.paragraphs.contains_key(key)
    }

    /// The style of a paragraph; made of these values if it is the first.
    pub(super) fn paragraph(
        &mut self,
        key: Key,
        role: Role,
        paragraph: &Values,
        run: &Values,
    ) -> &ParagraphStyle {
        let (element, class, level) = (&key.0, &key.1, &key.2);
        if !self.paragraphs.contains_key(&key) {
            // A point is a point, whether it is an item of a list or not.
            let same = |style: &&ParagraphStyle| style.paragraph == *paragraph && style.run == *run;
            let namesakes = self
                .paragraphs
                .iter()
                .filter(|((_, c, l), _)| !class.is_empty() && c == class && l == level);
            let style = match namesakes.map(|(_, style)| style).find(same) {
                Some(twin) => twin.clone(),
                None => {
                    self.order.push(key.clone());
                    self.named(element, class, role, *level, paragraph, &visible(run))
                }
            };
            self.paragraphs.insert(key.clone(), style);
        }
        &self.paragraphs[&key]
    }

    /// Word's own styles keep their ids and English names, by which Word translates them; what they
    /// are here becomes an alias.
    fn named(
        &mut self,
        element: &str,
        class: &str,
        role: Role,
        level: Option<u8>,
        paragraph: &Values,
        run: &Values,
    ) -> ParagraphStyle {
        let (russian, english) = names::of(element, class);
        let own = match (level, role, class) {
            (Some(1), _, class) if names::is_title(class) => {
                Some(("Title".to_owned(), "Title".to_owned(), 10))
            }
            (Some(level), ..) => Some((format!("Heading{level}"), format!("heading {level}"), 9)),
            (None, Role::Caption, "") => Some(("Caption".to_owned(), "caption".to_owned(), 35)),
            (None, Role::ListItem | Role::ListBody, "") => {
                Some(("ListParagraph".to_owned(), "List Paragraph".to_owned(), 34))
            }
            (None, Role::Note, "") => {
                Some(("FootnoteText".to_owned(), "footnote text".to_owned(), 99))
            }
            (None, Role::BlockQuote, "") => Some(("Quote".to_owned(), "Quote".to_owned(), 29)),
            _ => None,
        };
        let (paragraph, run) = (Arc::clone(paragraph), Arc::clone(run));
        if let Some((id, name, priority)) =
            own.filter(|(id, ..)| !self.ids.contains(&id.to_lowercase()))
        {
            self.ids.insert(id.to_lowercase());
            self.names.insert(name.clone());
            let alias = if class.is_empty() {
                None
            } else {
                Some(english.map_or(russian.clone(), |english| format!("{russian},{english}")))
            };
            return ParagraphStyle {
                id,
                name,
                alias,
                priority,
                paragraph,
                run,
                gathered: Vec::new(),
            };
        }
        let id =
            self.id(english.as_deref().unwrap_or(if class.is_empty() { element } else { class }));
        let (name, alias) = self.name(russian, english, element);
        ParagraphStyle { id, name, alias, priority: 1, paragraph, run, gathered: Vec::new() }
    }

    /// What all paragraphs of a style say for themselves, the style says for them. `uses` are the
    /// paragraphs of each style.
    /// If all of them are points of lists, the style has the number that most of them have, so that
    /// a paragraph that is given the style gets one. One point without a number keeps the number
    /// out of the style: judges of packages do not know numbering 0, which takes it away again.
    pub(super) fn gather(
        &mut self,
        patches: &mut Patches,
        uses: &BTreeMap<String, Vec<String>>,
        lists: &mut Lists,
    ) {
        for key in &self.order {
            let Some(style) = self.paragraphs.get_mut(key) else { continue };
            let ids = uses.get(&style.id).map(Vec::as_slice).unwrap_or_default();
            let said: Vec<&Vec<El>> =
                ids.iter().filter_map(|id| patches.paragraphs.get(id)).collect();
            // The indents of a list win over those of a style.
            let listed = said.iter().any(|direct| direct.iter().any(|el| el.name == "w:numPr"));
            let held =
                |el: &&El| HELD.contains(&el.name.as_ref()) || (el.name == "w:ind" && !listed);
            let first = said.first().map(|direct| direct.as_slice()).unwrap_or_default();
            let common: Vec<El> = first
                .iter()
                .filter(held)
                .filter(|el| said.iter().all(|direct| direct.contains(el)))
                .cloned()
                .collect();
            for id in ids {
                if let Some(direct) = patches.paragraphs.get_mut(id) {
                    direct.retain(|el| !common.contains(el));
                }
            }
            style.gathered = common;
            let said = |id: &String| patches.paragraphs.get(id).and_then(|direct| number(direct));
            let numbers: Vec<_> = ids.iter().filter_map(said).collect();
            let firsts: Vec<Item> = numbers
                .iter()
                .filter_map(|(number, level)| lists.first_of(*number, *level))
                .collect();
            let most = firsts.iter().copied().max_by_key(|item| {
                // The first of several that are as many.
                let count = firsts.iter().filter(|other| *other == item).count();
                let at = firsts.iter().position(|other| other == item);
                (count, std::cmp::Reverse(at))
            });
            let Some(item) =
                most.filter(|item| firsts.len() == ids.len() && lists.link(*item, &style.id))
            else {
                continue;
            };
            for id in ids {
                let direct = patches.paragraphs.entry(id.clone()).or_default();
                if number(direct) == Some((item.number, item.level)) {
                    direct.retain(|el| el.name != "w:numPr");
                }
            }
            style.gathered.push(numbered(item));
            style.gathered.push(list_indents(item));
        }
    }

    /// How a field names a paragraph style, so that each language of Word understands it: a heading
    /// by its level, Word's other own styles by their alias, ours by name.
    pub(super) fn reference(&self, id: &str) -> Option<String> {
        if let Some(level) = id.strip_prefix("Heading").filter(|level| level.parse::<u8>().is_ok())
        {
            return Some(level.to_owned());
        }
        let style = self.paragraphs.values().find(|style| style.id == id)?;
        let alias = style.alias.as_deref().and_then(|alias| alias.split(',').next());
        let name = if RESERVED.contains(&id) { alias? } else { &style.name };
        Some(format!("\"{}\"", name.replace('\\', "\\\\")))
    }

    /// The style of empty lines.
    pub(super) fn spacer(&mut self) -> &'static str {
        self.spacer = true;
        SPACER
    }

    /// An id made of a name: letters and digits, not yet taken.
    fn id(&mut self, name: &str) -> String {
        let mut id = String::new();
        let mut start = true;
        for c in name.chars().take(60) {
            if c.is_ascii_alphanumeric() {
                id.push(if start { c.to_ascii_uppercase() } else { c });
            }
            start = !c.is_ascii_alphanumeric();
        }
        if id.is_empty() || RESERVED.iter().any(|reserved| reserved.eq_ignore_ascii_case(&id)) {
            id.push_str("Style");
        }
        let mut unique = id.clone();
        let mut number = 1;
        while !self.ids.insert(unique.to_lowercase()) {
            number += 1;
            unique = format!("{id}{number}");
        }
        unique
    }

    /// The names, told apart from those of other styles.
    fn name(
        &mut self,
        russian: String,
        english: Option<String>,
        element: &str,
    ) -> (String, Option<String>) {
        if self.names.insert(russian.clone()) {
            return (russian, english);
        }
        let mut name = format!("{russian} ({element})");
        let mut number = 1;
        while !self.names.insert(name.clone()) {
            number += 1;
            name = format!("{russian} ({element}, {number})");
        }
        (name, None)
    }

    /// The id of a character style for an inline class, made of these values if it is the first;
    /// nothing if the values differ from the first's.
    pub(super) fn character(&mut self, name: &str, properties: &[El]) -> Option<String> {
        if !self.characters.contains_key(name) {
            let style = match name {
                "strong" => self.own_character("Strong", "Strong", properties),
                "em" => self.own_character("Emphasis", "Emphasis", properties),
                "a" => self.own_character("Hyperlink", "Hyperlink", properties),
                "footnote-reference" => {
                    self.own_character("FootnoteReference", "footnote reference", properties)
                }
                class => {
                    let (russian, english) = if is_element(class) {
                        names::of(class, "")
                    } else {
                        names::of("span", class)
                    };
                    let id = self.id(&format!("{} Char", english.as_deref().unwrap_or(class)));
                    let (name, alias) = self.name(russian, english, "знак");
                    CharacterStyle { id, name, alias, run: properties.to_vec() }
                }
            };
            self.characters.insert(name.to_owned(), style);
        }
        self.known_character(name, properties)
    }

    /// The id of the character style of that name, if it has these values.
    pub(super) fn known_character(&self, name: &str, properties: &[El]) -> Option<String> {
        self.characters
            .get(name)
            .filter(|style| style.run == properties)
            .map(|style| style.id.clone())
    }

    fn own_character(&mut self, id: &str, name: &str, run: &[El]) -> CharacterStyle {
        self.ids.insert(id.to_lowercase());
        self.names.insert(name.to_owned());
        CharacterStyle { id: id.to_owned(), name: name.to_owned(), alias: None, run: run.to_vec() }
    }

    /// The faces of headings and of text.
    pub(super) fn theme(&self, normal: &(Vec<El>, Vec<El>)) -> (String, String) {
        let text = face(&normal.1).unwrap_or_default();
        let headings = self
            .order
            .iter()
            .filter(|key| key.2.is_some())
            .find_map(|key| face(&self.paragraphs[key].run));
        (headings.unwrap_or_else(|| text.clone()), text)
    }

    /// Adds all styles to the document: `Normal` from the values that the body has, the rest based
    /// on it.
    fn define(self, mut docx: Docx, patches: &mut Patches, body: (Vec<El>, Vec<El>)) -> Docx {
        let mut normal = (without_defaults(body.0.clone()), without_defaults(body.1.clone()));
        patches.theme = self.theme(&body);
        theme_fonts(&mut normal.1, "minor");
        docx = docx.add_style(
            Style::new("Normal", StyleType::Paragraph).name("Normal").q_format(true).ui_priority(0),
        );
        patches.styles.insert("Normal".into(), normal);
        for key in &self.order {
            let style = &self.paragraphs[key];
            let mut defined = Style::new(&style.id, StyleType::Paragraph)
                .name(&style.name)
                .based_on("Normal")
                .q_format(true);
            defined = defined.ui_priority(style.priority);
            if key.2.is_some() {
                defined = defined.next("Normal");
            }
            docx = docx.add_style(defined);
            let mut properties =
                (difference(&style.properties(), &body.0), difference(&style.run, &body.1));
            if key.2.is_some() && face(&style.run).as_ref() == Some(&patches.theme.0) {
                theme_fonts(&mut properties.1, "major");
            }
            patches.styles.insert(style.id.clone(), properties);
            if let Some(alias) = &style.alias {
                patches.aliases.insert(style.id.clone(), alias.clone());
            }
        }
        if self.spacer {
            let spacing = El::new("w:spacing")
                .with("w:before", 0)
                .with("w:after", 0)
                .with("w:line", 20)
                .with("w:lineRule", "exact");
            let indents =
                El::new("w:ind").with("w:left", 0).with("w:right", 0).with("w:firstLine", 0);
            docx = docx.add_style(
                Style::new(SPACER, StyleType::Paragraph)
                    .name("Просвет")
                    .based_on("Normal")
                    .ui_priority(98),
            );
            patches.styles.insert(SPACER.into(), (vec![spacing, indents], Vec::new()));
            patches.aliases.insert(SPACER.into(), "Spacer".into());
        }
        for style in self.characters.into_values() {
            let defined = Style::new(&style.id, StyleType::Character)
                .name(&style.name)
                .based_on("DefaultParagraphFont")
                .q_format(true);
            docx = docx.add_style(defined);
            if let Some(alias) = style.alias {
                patches.aliases.insert(style.id.clone(), alias);
            }
            patches.styles.insert(style.id, (Vec::new(), style.run));
        }
        docx
    }
}

/// The numbering and level that a paragraph says for itself.
fn number(direct: &[El]) -> Option<(usize, usize)> {
    let number = direct.iter().find(|el| el.name == "w:numPr")?;
    let value = |name: &str| number.find(name)?.get("w:val")?.parse().ok();
    Some((value("w:numId")?, value("w:ilvl")?))
}

fn numbered(item: Item) -> El {
    El::new("w:numPr").child(El::val("w:ilvl", item.level)).child(El::val("w:numId", item.number))
}

/// The indents of a list's level, which a style that has its number must repeat: its own would win.
fn list_indents(item: Item) -> El {
    let (left, first) = item.place;
    let indents = El::new("w:ind").with("w:left", left);
    if first < 0 { indents.with("w:hanging", -first) } else { indents.with("w:firstLine", first) }
}

/// The values without hiding: a style that hides would hide what people write in it later.
fn visible(run: &Values) -> Values {
    let hides = |el: &El| el.name == "w:vanish" && el.attributes.is_empty();
    if !run.iter().any(hides) {
        return Arc::clone(run);
    }
    run.iter().map(|el| if hides(el) { El::val("w:vanish", 0) } else { el.clone() }).collect()
}

/// The face of a run's Latin and Cyrillic letters.
fn face(run: &[El]) -> Option<String> {
    run.iter()
        .find(|el| el.name == "w:rFonts")
        .and_then(|fonts| fonts.get("w:ascii"))
        .map(str::to_owned)
}

/// Lets a style have the theme's faces, where it names any: whoever changes the theme's faces
/// changes the document's.
fn theme_fonts(run: &mut [El], kind: &str) {
    if let Some(fonts) = run.iter_mut().find(|el| el.name == "w:rFonts") {
        for (slot, script) in [("ascii", "HAnsi"), ("hAnsi", "HAnsi"), ("eastAsia", "EastAsia")] {
            fonts.set(format!("w:{slot}Theme"), format!("{kind}{script}"));
        }
        fonts.set("w:cstheme", format!("{kind}Bidi"));
    }
}

/// Whether an inline element without a class is a style by its name.
pub(super) fn is_element(name: &str) -> bool {
    matches!(name, "code" | "small" | "sub" | "sup")
}

/// Puts a property's attributes, or its children, in the place of those that are there.
fn merge(own: &mut El, property: &El) {
    if property.elements().next().is_some() {
        *own = property.clone();
        return;
    }
    for (name, value) in &property.attributes {
        own.attributes.retain(|(other, _)| {
            !(name == "w:hanging" && other == "w:firstLine"
                || name == "w:firstLine" && other == "w:hanging")
        });
        own.set(name.clone(), value.clone());
    }
}
