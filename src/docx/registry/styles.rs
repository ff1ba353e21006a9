//! Named styles: one for each role that a document has.
//!
//! Takes the element, the class and the values of each paragraph, gives the id of its style; at
//! the end the definitions of all styles, as one value by which documents of a batch see that they
//! have the same.

pub(crate) mod variants;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::headers::HeaderLooks;
use super::majority::{MajorityStyles, StyleKey};
use super::tables::{TableStyle, TableStyleId};
use crate::boxes::Role;
use crate::docx::package::definitions::{StyleDefinition, StyleKind};
use crate::docx::package::parts::ThemeFaces;
use crate::docx::package::xml::El;
use crate::docx::words::names;
use crate::docx::words::properties::{NormalValues, Properties, difference, without_defaults};
use crate::docx::words::slack::SPACER_HEIGHT;
use crate::docx::words::units::twips;
use crate::style::Computed;

/// The style of a paragraph, by its place among the styles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct StyleId(usize);

/// The styles of a document, each defined by what most of its paragraphs are, or by the first run
/// that has it.
#[derive(Debug, Default)]
pub(crate) struct StyleRegistry {
    paragraphs: Vec<ParagraphStyle>,
    by_key: BTreeMap<StyleKey, StyleId>,
    characters: BTreeMap<String, CharacterStyle>,
    /// In lower case.
    ids: BTreeSet<String>,
    names: BTreeSet<String>,
    spacer: bool,
    /// Styles that have a look besides their own, and the style of that look.
    variants: Vec<(StyleId, NormalValues, StyleId)>,
    /// How often a paragraph of a style comes right after a heading of another.
    followers: BTreeMap<(StyleId, StyleId), usize>,
    /// Styles that fields name.
    referenced: BTreeSet<StyleId>,
    tables: Vec<TableStyle>,
    pub(crate) majority: MajorityStyles,
    pub(crate) normal: NormalValues,
}

/// All that makes the part of styles.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct StylesPart {
    paragraphs: Vec<ParagraphStyle>,
    characters: Vec<CharacterStyle>,
    tables: Vec<TableStyle>,
    spacer: bool,
    normal: NormalValues,
    /// How headers and footers look, if there are any.
    headers: Option<HeaderLooks>,
    pub(crate) lang: String,
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

/// The style of empty lines that make room where Word has no margins: above tables, in empty cells.
const SPACER: &str = "Spacer";

/// A paragraph style: its id, its names and its values.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ParagraphStyle {
    pub(crate) id: String,
    name: String,
    alias: Option<String>,
    priority: usize,
    /// The outline level of headings, from 1.
    level: Option<u8>,
    /// The style that it is a variant of.
    base: Option<StyleId>,
    /// The style of the paragraph that Enter begins after such a one.
    next: Option<String>,
    pub(crate) paragraph: Properties,
    pub(crate) run: Properties,
    /// What all its paragraphs said for themselves, taken up into the style.
    pub(crate) gathered: Vec<El>,
}

impl ParagraphStyle {
    /// Whether its paragraphs have a number from it.
    fn is_numbered(&self) -> bool {
        self.gathered.iter().any(|el| el.name == "w:numPr")
    }

    /// The properties of its paragraphs.
    fn properties(&self) -> Vec<El> {
        let mut all = self.paragraph.to_vec();
        for property in &self.gathered {
            // A switch such as `w:keepNext` is taken whole; of `w:spacing` and the like paragraphs
            // say only those attributes in which they differ, and the others stay.
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

/// A style's id, name and alias.
struct StyleNames {
    id: String,
    name: String,
    alias: Option<String>,
    priority: usize,
}

#[derive(Debug, Clone, PartialEq)]
struct CharacterStyle {
    id: String,
    name: String,
    alias: Option<String>,
    run: Vec<El>,
}

impl StyleRegistry {
    pub(crate) fn new(normal: NormalValues) -> Self {
        Self { normal, ..Self::default() }
    }

    /// The style of a paragraph; made if it is the first of its element and class. A style is what
    /// most of its paragraphs are; where that is not known beforehand, what the first one is.
    pub(crate) fn intern(
        &mut self,
        key: StyleKey,
        role: Role,
        paragraph: &Properties,
        run: &Properties,
    ) -> StyleId {
        if let Some(known) = self.by_key.get(&key) {
            return *known;
        }
        // A point is a point, whether it is an item of a list or not.
        let same = |id: &&StyleId| {
            let style = &self.paragraphs[id.0];
            style.paragraph == *paragraph && style.run == *run
        };
        let mut namesakes = self
            .by_key
            .iter()
            .filter(|((_, class, level), _)| {
                !key.1.is_empty() && *class == key.1 && *level == key.2
            })
            .map(|(_, id)| id);
        let twin = namesakes.find(same).copied();
        let id = match twin {
            Some(twin) => twin,
            None => {
                // A heading whose style is not Word's own stands on the one of its level that is.
                let own = key.2.map(|level| format!("Heading{level}"));
                let base = own.and_then(|own| self.paragraphs.iter().position(|s| s.id == own));
                let StyleNames { id, name, alias, priority } = self.names_for(&key, role);
                self.paragraphs.push(ParagraphStyle {
                    id,
                    name,
                    alias,
                    priority,
                    level: key.2,
                    base: base.map(StyleId),
                    next: None,
                    paragraph: Arc::clone(paragraph),
                    run: visible(run),
                    gathered: Vec::new(),
                });
                StyleId(self.paragraphs.len() - 1)
            }
        };
        self.by_key.insert(key, id);
        id
    }

    /// What most paragraphs of a style look like that is not there yet, if it is not like this.
    pub(crate) fn majority(
        &self,
        key: &StyleKey,
        style: &Computed,
        held: bool,
    ) -> Option<Arc<Computed>> {
        if self.by_key.contains_key(key) { None } else { self.majority.other(key, style, held) }
    }

    pub(crate) fn get(&self, id: StyleId) -> &ParagraphStyle {
        &self.paragraphs[id.0]
    }

    /// The same, for who gathers what its paragraphs have in common.
    pub(crate) fn get_mut(&mut self, id: StyleId) -> &mut ParagraphStyle {
        &mut self.paragraphs[id.0]
    }

    /// The paragraph styles that there are.
    pub(crate) fn ids(&self) -> impl Iterator<Item = StyleId> + use<> {
        (0..self.paragraphs.len()).map(StyleId)
    }

    /// Takes note of a paragraph right after one of another style. What is typed after a heading
    /// is to be like what follows the document's own headings.
    pub(crate) fn record_follower(&mut self, before: StyleId, after: StyleId) {
        if self.get(before).level.is_some() && self.get(after).level.is_none() {
            *self.followers.entry((before, after)).or_default() += 1;
        }
    }

    /// The id of the style of tables of a class that look like that.
    pub(crate) fn table(&mut self, class: &str, look: Vec<El>) -> TableStyleId {
        let class = class.split_whitespace().next().unwrap_or("");
        if let Some(known) = self.tables.iter().position(|style| style.is(class, &look)) {
            return TableStyleId(known);
        }
        let (russian, english) = names::of("table", class);
        let id = self.id(&english.clone().unwrap_or_else(|| format!("{class} Table")));
        let (name, alias) = self.numbered_name(russian, english);
        self.tables.push(TableStyle::new(class, id, name, alias, look));
        TableStyleId(self.tables.len() - 1)
    }

    /// The id of a table style in the part of styles.
    pub(crate) fn table_name(&self, id: TableStyleId) -> &str {
        &self.tables[id.0].id
    }

    /// Word's own styles keep their ids and English names, by which Word translates them; what they
    /// are here becomes an alias.
    fn names_for(&mut self, (element, class, level): &StyleKey, role: Role) -> StyleNames {
        let (russian, english) = names::of(element, class);
        // The numbers are Word's own places for them in its gallery.
        let own = match (level, role, class.as_str()) {
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
            return StyleNames { id, name, alias, priority };
        }
        let stem = if class.is_empty() { element } else { class };
        // An id has Latin letters and digits only, of which a Russian name has none.
        let id = self.id(english.as_deref().unwrap_or(stem));
        let (name, alias) = self.name(russian, english, element);
        StyleNames { id, name, alias, priority: 1 }
    }

    /// How a field names a paragraph style, so that each language of Word understands it: a heading
    /// by its level, Word's other own styles by their alias, ours by name.
    pub(crate) fn reference(&mut self, id: StyleId) -> Option<String> {
        self.referenced.insert(id);
        let style = self.get(id);
        let level = style.id.strip_prefix("Heading").filter(|level| level.parse::<u8>().is_ok());
        if let Some(level) = level {
            return Some(level.to_owned());
        }
        let alias = style.alias.as_deref().and_then(|alias| alias.split(',').next());
        let name = if RESERVED.contains(&style.id.as_str()) { alias? } else { &style.name };
        Some(format!("\"{}\"", name.replace('\\', "\\\\")))
    }

    /// The style of empty lines.
    pub(crate) fn spacer(&mut self) -> &'static str {
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
        // With an id of Word's own the style would take the place of that one.
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
    pub(crate) fn character(&mut self, name: &str, properties: &[El]) -> Option<String> {
        if !self.characters.contains_key(name) {
            let style = match name {
                "strong" => self.own_character("Strong", "Strong", properties),
                "em" => self.own_character("Emphasis", "Emphasis", properties),
                "a" => self.own_character("Hyperlink", "Hyperlink", properties),
                "footnote-reference" => {
                    self.own_character("FootnoteReference", "footnote reference", properties)
                }
                class => {
                    let (russian, english) = character_names(class);
                    // Styles of both kinds share one space of ids, and a class may stand on
                    // paragraphs and on words.
                    let id = self.id(&format!("{} Char", english.as_deref().unwrap_or(class)));
                    // «Знак» is what Word itself appends in Russian: «Заголовок 1 Знак».
                    let (name, alias) = self.name(russian, english, "знак");
                    CharacterStyle { id, name, alias, run: properties.to_vec() }
                }
            };
            self.characters.insert(name.to_owned(), style);
        }
        self.known_character(name, properties)
    }

    /// The id of the character style of that name, if it has these values.
    pub(crate) fn known_character(&self, name: &str, properties: &[El]) -> Option<String> {
        self.characters
            .get(name)
            // A run that looks otherwise is formatted directly: a second style for it would
            // stand in the gallery as if it were another thing.
            .filter(|style| style.run == properties)
            .map(|style| style.id.clone())
    }

    fn own_character(&mut self, id: &str, name: &str, run: &[El]) -> CharacterStyle {
        self.ids.insert(id.to_lowercase());
        self.names.insert(name.to_owned());
        CharacterStyle { id: id.to_owned(), name: name.to_owned(), alias: None, run: run.to_vec() }
    }

    /// The part of styles.
    pub(crate) fn finish(mut self, headers: Option<HeaderLooks>, lang: String) -> StylesPart {
        for id in self.ids().filter(|id| self.get(*id).level.is_some()).collect::<Vec<_>>() {
            let after = self.followers.iter().filter(|((before, _), _)| *before == id);
            // Of equals the one that came first into the document.
            let most = after.reduce(|best, next| if next.1 > best.1 { next } else { best });
            let next =
                most.map_or_else(|| "Normal".into(), |((_, id), _)| self.get(*id).id.clone());
            self.get_mut(id).next = Some(next);
        }
        StylesPart {
            paragraphs: self.paragraphs,
            characters: self.characters.into_values().collect(),
            tables: self.tables,
            spacer: self.spacer,
            normal: self.normal,
            headers,
            lang,
        }
    }
}

impl StylesPart {
    /// The faces of headings and of text.
    pub(crate) fn theme(&self) -> ThemeFaces {
        let text = face(&self.normal.run).unwrap_or_default();
        let headings = self
            .paragraphs
            .iter()
            .filter(|style| style.level.is_some())
            .find_map(|style| face(&style.run));
        ThemeFaces { headings: headings.unwrap_or_else(|| text.clone()), text }
    }

    /// All styles: `Normal` from the values that the body has, the rest based on it.
    pub(crate) fn define(&self) -> Vec<StyleDefinition> {
        let theme = self.theme();
        let mut all = vec![self.define_normal()];
        all.extend(self.paragraphs.iter().map(|style| self.define_paragraph(style, &theme)));
        all.extend(self.spacer.then(define_spacer));
        all.extend(self.characters.iter().map(CharacterStyle::define));
        all.extend(self.tables.iter().map(TableStyle::define));
        all.extend(self.headers.iter().flat_map(|looks| looks.define(&self.normal)));
        all
    }

    fn define_normal(&self) -> StyleDefinition {
        let mut run = without_defaults(self.normal.run.clone());
        theme_fonts(&mut run, "minor");
        StyleDefinition {
            id: "Normal".into(),
            name: "Normal".into(),
            kind: StyleKind::Normal,
            priority: Some(0),
            paragraph: without_defaults(self.normal.paragraph.clone()),
            run,
            ..StyleDefinition::default()
        }
    }

    fn define_paragraph(&self, style: &ParagraphStyle, theme: &ThemeFaces) -> StyleDefinition {
        let base = style.base.and_then(|id| self.paragraphs.get(id.0)).filter(|base| {
            // Numbering 0 would take a number away again, but judges of packages do not know it.
            style.is_numbered() || !base.is_numbered()
        });
        let (under, letters) = match base {
            Some(base) => (base.properties(), &*base.run),
            None => (self.normal.paragraph.clone(), &*self.normal.run),
        };
        let mut run = difference(&style.run, letters);
        if style.level.is_some() && face(&style.run).as_ref() == Some(&theme.headings) {
            theme_fonts(&mut run, "major");
        }
        StyleDefinition {
            id: style.id.clone(),
            name: style.name.clone(),
            alias: style.alias.clone(),
            priority: Some(style.priority),
            base: base.map(|base| base.id.clone()),
            next: style.next.clone(),
            paragraph: difference(&style.properties(), &under),
            run,
            ..StyleDefinition::default()
        }
    }
}

impl CharacterStyle {
    fn define(&self) -> StyleDefinition {
        StyleDefinition {
            id: self.id.clone(),
            name: self.name.clone(),
            alias: self.alias.clone(),
            kind: StyleKind::Character,
            run: self.run.clone(),
            ..StyleDefinition::default()
        }
    }
}

/// The style of empty lines: as low as can be, so that it is hardly seen.
fn define_spacer() -> StyleDefinition {
    let spacing = El::new("w:spacing")
        .with("w:before", 0)
        .with("w:after", 0)
        .with("w:line", twips(SPACER_HEIGHT))
        .with("w:lineRule", "exact");
    let indents = El::new("w:ind").with("w:left", 0).with("w:right", 0).with("w:firstLine", 0);
    StyleDefinition {
        id: SPACER.into(),
        name: "Просвет".into(),
        alias: Some("Spacer".into()),
        // Before headers and footers, behind all that people choose.
        priority: Some(98),
        paragraph: vec![spacing, indents],
        ..StyleDefinition::default()
    }
}

/// The values without hiding: a style that hides would hide what people write in it later.
fn visible(run: &Properties) -> Properties {
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
        // The attribute has another form of name than the other three (ECMA-376 Part 1,
        // 17.3.2.26).
        fonts.set("w:cstheme", format!("{kind}Bidi"));
    }
}

/// Whether an inline element without a class is a style by its name.
pub(crate) fn is_element(name: &str) -> bool {
    matches!(name, "code" | "small" | "sub" | "sup" | "b" | "i" | "u" | "s")
}

/// What a character style is called: by the element or the class, or by several that hold each
/// other.
fn character_names(names: &str) -> (String, Option<String>) {
    let one = |name: &str| match name {
        "strong" | "em" => names::of(name, ""),
        name if is_element(name) => names::of(name, ""),
        class => names::of("span", class),
    };
    names
        .split(' ')
        .map(one)
        .reduce(|(russian, english), (inner, other)| {
            let english = english.zip(other).map(|(english, other)| format!("{english} {other}"));
            (format!("{russian} {}", inner.to_lowercase()), english)
        })
        .unwrap_or_default()
}

/// Puts a property's attributes, or its children, in the place of those that are there.
fn merge(own: &mut El, property: &El) {
    // What holds elements (borders, tabs) is a whole: half of each would be neither.
    if property.elements().next().is_some() {
        *own = property.clone();
        return;
    }
    for (name, value) in &property.attributes {
        own.attributes.retain(|(other, _)| {
            // Where both stand `w:firstLine` is ignored (ECMA-376 Part 1, 17.3.1.12), so only the
            // newer stays.
            !(name == "w:hanging" && other == "w:firstLine"
                || name == "w:firstLine" && other == "w:hanging")
        });
        own.set(name.clone(), value.clone());
    }
}
