//! What reading a document shares: styles, lists, sections, files, and what cannot be shown.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use roxmltree::Document;

use super::WordStyles;
use super::css::{self, Declarations};
use super::faults::Unshown;
use super::field::WordField;
use super::numbering::{self, WordNumbering};
use super::section::WordSection;
use super::story::StoryPlace;
use super::theme::Theme;
use super::xml::{self, XmlEl};
use crate::diag::say;
use crate::word::package::{Package, Related};

/// The parts that have text, parsed.
pub(super) type Parts<'a> = BTreeMap<String, Document<'a>>;

/// What the document sets that changes its look.
#[derive(Debug, Clone)]
pub(super) struct WordSettings {
    /// The version of Word whose rules hold: 15 since 2013.
    pub(super) compatibility: u32,
    pub(super) hyphenate: bool,
    pub(super) even_and_odd: bool,
    /// How far apart tab stops are where there are none, in points.
    pub(super) tab: f64,
}

impl WordSettings {
    pub(super) fn read(root: Option<XmlEl<'_>>) -> Self {
        let compatibility = root.and_then(|root| xml::child(root, "compat")).and_then(|compat| {
            let mut all = xml::children(compat, "compatSetting");
            all.find(|el| xml::attr(*el, "name") == Some("compatibilityMode"))
                .and_then(|el| xml::attr(el, "val"))
                .and_then(|mode| mode.parse().ok())
        });
        let on = |name: &str| root.is_some_and(|root| xml::on(root, name));
        let tab = root.and_then(|root| xml::val(root, "defaultTabStop")).and_then(xml::twips);
        Self {
            // A file that names no version is by the rules of Word 2007, which knew the setting not
            // yet.
            compatibility: compatibility.unwrap_or(12),
            hyphenate: on("autoHyphenation"),
            even_and_odd: on("evenAndOddHeaders"),
            // Half an inch is the default of the schema (17.15.1.25).
            tab: tab.unwrap_or(36.0),
        }
    }
}

/// Reads a document's parts into markup.
pub(super) struct Reader<'a> {
    pub(super) package: &'a Package,
    pub(super) parts: &'a Parts<'a>,
    pub(super) styles: Arc<WordStyles>,
    pub(super) numbering: WordNumbering,
    pub(super) theme: Theme,
    pub(super) settings: WordSettings,
    pub(super) sections: Vec<WordSection>,
    /// The section that is being read.
    pub(super) section: usize,
    /// The part that is being read.
    pub(super) part: String,
    relations: BTreeMap<String, Vec<Related>>,
    pub(super) fields: Vec<WordField>,
    pub(super) classes: Classes,
    /// Pictures by the names that the markup gives them.
    pub(super) pictures: BTreeMap<String, Arc<[u8]>>,
    /// The families that text is set in.
    pub(super) faces: BTreeSet<String>,
    pub(super) unshown: Unshown,
    /// The bookmarks that links lead to.
    pub(super) wanted: BTreeSet<String>,
    /// The words of the paragraph that is being read.
    pub(super) near: String,
    /// The bookmarks that the text has.
    pub(super) bookmarks: BTreeSet<String>,
    /// Whether elements say where they stand.
    pub(super) placed: bool,
    /// The first words of all paragraphs, each in a line: what they say it by.
    pub(super) plain: String,
    /// Boxes that go below the paragraph that is being read.
    pub(super) below: String,
    /// The text of the endnotes met so far.
    pub(super) endnotes: Vec<String>,
    /// The levels of the headings around what is read, the outermost first.
    pub(super) outline: Vec<u8>,
    /// Paragraphs whose marks were taken out: their text begins the next one.
    pub(super) joined: Vec<XmlEl<'a>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(package: &'a Package, parts: &'a Parts<'a>, settings: WordSettings) -> Self {
        Self {
            package,
            parts,
            styles: Arc::default(),
            numbering: WordNumbering::default(),
            theme: Theme::default(),
            settings,
            sections: Vec::new(),
            section: 0,
            part: package.main().to_owned(),
            relations: BTreeMap::new(),
            fields: Vec::new(),
            classes: Classes::default(),
            pictures: BTreeMap::new(),
            faces: BTreeSet::new(),
            unshown: Unshown::default(),
            wanted: BTreeSet::new(),
            bookmarks: BTreeSet::new(),
            placed: false,
            plain: String::new(),
            near: String::new(),
            below: String::new(),
            endnotes: Vec::new(),
            outline: Vec::new(),
            joined: Vec::new(),
        }
    }

    /// The first words of a paragraph, to find it by.
    pub(super) fn words(el: XmlEl<'_>) -> String {
        let texts = el.descendants().filter(|el| xml::name(*el) == "t");
        // Enough to find it by, and short enough for a line of a message.
        texts.filter_map(|el| el.text()).flat_map(str::chars).take(80).collect()
    }

    fn relation(&mut self, id: &str) -> Option<Related> {
        let (package, part) = (self.package, self.part.clone());
        // Ids count within a part: `rId1` of a header is another one than that of the body.
        let all = self.relations.entry(part).or_insert_with_key(|part| package.relations(part));
        all.iter().find(|target| target.id == id).cloned()
    }

    /// An address outside of the document.
    pub(super) fn outside(&mut self, id: &str) -> Option<String> {
        self.relation(id).filter(|target| target.external).map(|target| target.target)
    }

    /// The name of a part by the id of its relationship.
    pub(super) fn part_of(&mut self, id: &str) -> Option<String> {
        self.relation(id).filter(|target| !target.external).map(|target| target.target)
    }

    /// The id in the markup of a bookmark.
    pub(super) fn target(&self, bookmark: &str) -> String {
        // What `id` cannot have is white space.
        bookmark.split_whitespace().collect::<Vec<_>>().join("-")
    }

    /// The address of a bookmark of this document.
    pub(super) fn inside(&mut self, bookmark: &str) -> Option<String> {
        if self.bookmarks.contains(bookmark) {
            return Some(format!("#{}", self.target(bookmark)));
        }
        // `_top` is the beginning of the document, which has no mark.
        if bookmark != "_top" {
            let near = self.near.clone();
            self.unshown.tell(say!("a link to a bookmark that the file does not have"), &near);
        }
        None
    }

    /// The name by which the markup knows a picture.
    pub(super) fn picture_file(&mut self, part: &str) -> Option<String> {
        let Some(bytes) = self.package.shared(part) else {
            let near = self.near.clone();
            self.unshown.tell(say!("a picture that lies outside of the file"), &near);
            return None;
        };
        let name = part.rsplit('/').next().unwrap_or(part).to_owned();
        let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
        if !matches!(ending.as_str(), "png" | "jpg" | "jpeg" | "svg") {
            let what = say!("a picture in the format {ending}", ending);
            self.unshown.tell(what, &self.near.clone());
            return None;
        }
        self.pictures.insert(name.clone(), bytes);
        Some(name)
    }

    /// The markup of a footnote, at the place where it is called.
    pub(super) fn footnote(&mut self, el: XmlEl<'a>, place: &StoryPlace) -> Option<String> {
        let width = self.sections.get(self.section).map_or(place.width, WordSection::text_width);
        let inner = self.note(el, "footnotes", "footnote", &StoryPlace::new(width, false))?;
        Some(format!("<div class=\"footnote\">{inner}</div>"))
    }

    /// The number of an endnote, whose text goes to the end.
    pub(super) fn endnote(&mut self, el: XmlEl<'a>, place: &StoryPlace) -> Option<String> {
        let width = self.sections.get(self.section).map_or(place.width, WordSection::text_width);
        let at = self.endnotes.len();
        self.endnotes.push(String::new());
        // The place is taken before the note is read: it may call another one.
        let inner = self.note(el, "endnotes", "endnote", &StoryPlace::new(width, false))?;
        let number = numbering::written("lowerRoman", at as i64 + 1);
        if let Some(note) = self.endnotes.get_mut(at) {
            *note = format!("<div class=\"endnote\"><sup>{number}</sup>{inner}</div>\n");
        }
        Some(number)
    }

    fn note(
        &mut self,
        el: XmlEl<'a>,
        kind: &str,
        name: &str,
        place: &StoryPlace,
    ) -> Option<String> {
        let id = xml::attr(el, "id")?;
        let part = self.package.related(self.package.main(), kind).into_iter().next()?;
        let root = self.parts.get(&part)?.root_element();
        let note = root
            .children()
            .find(|note| xml::name(*note) == name && xml::attr(*note, "id") == Some(id))?;
        // A note lies in a part of its own: its relationships are that part's, and no field of the
        // text goes on in it.
        let outer = std::mem::replace(&mut self.part, part);
        let fields = std::mem::take(&mut self.fields);
        let near = self.near.clone();
        let place = StoryPlace { depth: place.depth + 1, paged: false, ..place.clone() };
        let markup = self.story(note, &place);
        self.part = outer;
        self.fields = fields;
        self.near = near;
        Some(markup)
    }
}

/// The rules of the stylesheet that blocks share.
#[derive(Debug, Default)]
pub(super) struct Classes {
    paragraphs: BTreeMap<String, Rc<Class>>,
    cells: BTreeMap<String, String>,
}

/// A rule for paragraphs of a style.
#[derive(Debug)]
pub(super) struct Class {
    pub(super) name: String,
    pub(super) declarations: Declarations,
}

impl Classes {
    /// The class of a paragraph's style.
    pub(super) fn paragraph(
        &mut self,
        style: Option<&str>,
        styles: &WordStyles,
        theme: &Theme,
        hyphenate: bool,
    ) -> Rc<Class> {
        let id = style.unwrap_or_default();
        if let Some(class) = self.paragraphs.get(id) {
            return Rc::clone(class);
        }
        let (mut paragraph, mut run) = (styles.paragraph.clone(), styles.run.clone());
        let named = style.and_then(|id| styles.get(id));
        if let Some(style) = named {
            paragraph.over(&style.paragraph);
            run.over_style(&style.run);
        }
        let mut declarations = css::paragraph(&paragraph, theme);
        if hyphenate {
            declarations.insert("hyphens", "auto".to_owned());
        }
        declarations.extend(css::inherited(css::text(&run, theme)));
        let named = named.map_or("text", |style| style.name.as_str());
        let mut name = class_name(named);
        while self.paragraphs.values().any(|other| other.name == name) {
            // Two styles may have one name in CSS: «Абзац 1» and «Абзац-1».
            name.push('_');
        }
        let class = Rc::new(Class { name, declarations });
        self.paragraphs.insert(id.to_owned(), Rc::clone(&class));
        class
    }

    /// The class of cells with these declarations.
    pub(super) fn cell(&mut self, css: &str) -> String {
        let number = self.cells.len() + 1;
        self.cells.entry(css.to_owned()).or_insert_with(|| format!("cell-{number}")).clone()
    }

    /// All rules.
    pub(super) fn rules(&self) -> String {
        let mut rules: Vec<(String, String)> = self
            .paragraphs
            .values()
            .map(|class| (class.name.clone(), css::written(&class.declarations)))
            .collect();
        let mut cells: Vec<(&String, &String)> = self.cells.iter().collect();
        let number = |name: &str| name["cell-".len()..].parse::<usize>().unwrap_or(0);
        // By number, so that the rules stand in the order in which the cells came.
        cells.sort_by_key(|(_, name)| number(name));
        rules.extend(cells.into_iter().map(|(css, name)| (name.clone(), css.clone())));
        rules.iter().map(|(name, css)| format!(".{name} {{ {css} }}\n")).collect()
    }
}

/// A style's name as that of a class: «Heading 1» is `heading-1`.
fn class_name(style: &str) -> String {
    let mut name = String::new();
    for c in style.to_lowercase().chars() {
        if c.is_alphanumeric() {
            name.push(c);
        } else if !name.ends_with('-') && !name.is_empty() {
            name.push('-');
        }
    }
    let name = name.trim_end_matches('-');
    // A class in CSS cannot begin with a digit.
    if name.is_empty() || name.starts_with(|c: char| c.is_numeric()) {
        format!("style-{name}")
    } else {
        name.to_owned()
    }
}
