//! The structure tree (ISO 32000-1, 14.7 and 14.8): tags, what they hold on which page, and what
//! they say.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::content::Uses;
use super::object::{Corners, ascii, link, name, text};
use crate::layout::{Page, Role, Tag};
use crate::style::CounterStyle;

/// Structure types of ours that stand for standard ones (ISO 32000-1, 14.7.3).
const ROLE_MAP: [(&str, &str); 2] = [("Strong", "Span"), ("Em", "Span")];

/// What our structure types stand for.
pub(super) fn role_map() -> Dictionary {
    ROLE_MAP.into_iter().map(|(ours, standard)| (ours, name(standard))).collect()
}

/// The namespace of the structure types of PDF 2.0 (ISO 32000-2, 14.8.6.2).
const PDF2: &str = "http://iso.org/pdf2/ssn";
/// That of PDF 1.7, for types which PDF 2.0 has no successor to.
const PDF1: &str = "http://iso.org/pdf/ssn";

/// The structure type of a role in PDF 2.0, and whether it is one of PDF 2.0's own.
fn structure_type_2(role: Role) -> (&'static str, bool) {
    match role {
        // PDF/UA-2 has no `Note` (ISO 14289-2, 8.2.5.14); what calls one is a `Span` with `Ref`.
        Role::Note => ("FENote", true),
        Role::Reference => ("Span", true),
        Role::Article | Role::Quote | Role::BlockQuote | Role::Code => {
            (structure_type(role), false)
        }
        role => (structure_type(role), true),
    }
}

/// The structure type of a role.
pub(super) fn structure_type(role: Role) -> &'static str {
    match role {
        Role::Document => "Document",
        Role::Part => "Part",
        Role::Section => "Sect",
        Role::Article => "Art",
        Role::Quote => "Quote",
        Role::BlockQuote => "BlockQuote",
        Role::Note => "Note",
        Role::Reference => "Reference",
        Role::Heading(level) => {
            ["H1", "H2", "H3", "H4", "H5", "H6"][usize::from(level.clamp(1, 6)) - 1]
        }
        Role::Paragraph => "P",
        Role::List => "L",
        Role::ListItem => "LI",
        Role::Label => "Lbl",
        Role::ListBody => "LBody",
        Role::Table => "Table",
        Role::TableHead => "THead",
        Role::TableBody => "TBody",
        Role::TableFoot => "TFoot",
        Role::TableRow => "TR",
        Role::HeaderCell => "TH",
        Role::DataCell => "TD",
        Role::Caption => "Caption",
        Role::Figure => "Figure",
        Role::Link => "Link",
        Role::Strong => "Strong",
        Role::Emphasis => "Em",
        Role::Code => "Code",
        // The last two never get here; `Span` means nothing and does no harm.
        Role::Span | Role::None | Role::Artifact => "Span",
    }
}

impl Namespaces {
    fn write(document: &mut Document) -> Self {
        let mut one = |name: &str| {
            document.add_object(dictionary! { "Type" => "Namespace", "NS" => ascii(name) })
        };
        Self { pdf2: one(PDF2), pdf1: one(PDF1) }
    }

    /// Gives an element its type in PDF 2.0.
    fn name(&self, dict: &mut Dictionary, role: Role) {
        let (kind, own) = structure_type_2(role);
        dict.set("S", kind);
        dict.set("NS", link(if own { self.pdf2 } else { self.pdf1 }));
    }
}

/// What a structure element holds.
enum Kid {
    /// Another element.
    Element(usize),
    /// A marked-content sequence on a page.
    Content { page: usize, id: usize },
    /// A link's annotation on a page.
    Annotation { page: usize, object: ObjectId },
}

/// The structure of a document on its way into a file.
pub(super) struct Structure<'a> {
    /// The tags, the document itself first.
    pub(super) tags: &'a [Tag],
    /// The pages as layout made them.
    pub(super) sheets: &'a [Page],
    /// The objects of the pages.
    pub(super) pages: &'a [ObjectId],
    /// Which content is whose.
    pub(super) uses: &'a Uses,
    /// The objects of [`Uses::links`], of which some may not have been written.
    pub(super) annotations: &'a [Option<ObjectId>],
    /// Whether the types are those of PDF 2.0.
    pub(super) pdf2: bool,
}

/// The namespaces of a file.
struct Namespaces {
    pdf2: ObjectId,
    pdf1: ObjectId,
}

impl Structure<'_> {
    /// Writes the tree. Gives its root, and the objects of the tags.
    // Over 60 lines: an entry or two for each thing that an element says.
    pub(super) fn write(&self, document: &mut Document) -> (ObjectId, Vec<ObjectId>) {
        let root = document.new_object_id();
        let elements: Vec<ObjectId> = self.tags.iter().map(|_| document.new_object_id()).collect();
        let namespaces = self.pdf2.then(|| Namespaces::write(document));
        let notes_of = self.notes_and_calls();
        let mut notes = Vec::new();
        for (i, (tag, kids)) in self.tags.iter().zip(self.kids()).enumerate() {
            let mut dict = dictionary! {
                "Type" => "StructElem",
                "S" => structure_type(tag.role),
                "P" => link(self.parent(i).map_or(root, |p| elements[p])),
            };
            // Content on this page is told by its number alone; only what lies elsewhere names
            // its page.
            let home = kids
                .iter()
                .find_map(|k| if let Kid::Content { page, .. } = k { Some(*page) } else { None });
            // Of itself a table has no content; readers ask where it is.
            let page = home.or(tag.bounds.map(|(page, _)| page));
            if let Some(page) = page.filter(|page| *page < self.pages.len()) {
                dict.set("Pg", link(self.pages[page]));
            }
            let mut list: Vec<Object> =
                kids.iter().map(|kid| self.kid_object(kid, home, &elements)).collect();
            // A single kid needs no array (ISO 32000-1, table 323), which saves bytes in each
            // cell of a table.
            match list.len() {
                0 => {}
                1 => dict.set("K", list.remove(0)),
                _ => dict.set("K", Object::Array(list)),
            }
            if let Some(namespaces) = &namespaces {
                namespaces.name(&mut dict, tag.role);
                // Note and call name each other (ISO 14289-2, 8.2.5.14).
                if let Some(other) = notes_of.get(&i) {
                    dict.set("Ref", Object::Array(vec![link(elements[*other])]));
                }
            }
            if let Some(attributes) = attributes(tag, self.sheets, self.pdf2) {
                dict.set("A", attributes);
            }
            if let Some(alt) = &tag.alt {
                dict.set("Alt", text(alt));
            }
            if let Some(lang) = &tag.lang {
                dict.set("Lang", text(lang));
            }
            if tag.role == Role::Note {
                // A note must be told from others (ISO 14289-1, 7.9).
                // With leading zeros, since names of a tree are sorted as strings (ISO 32000-1,
                // 7.9.6).
                let id = ascii(&format!("note{:06}", notes.len() / 2 + 1));
                dict.set("ID", id.clone());
                notes.extend([id, link(elements[i])]);
            }
            document.set_object(elements[i], dict);
        }
        let parents = self.parent_tree(document, &elements);
        let mut dict = self.root(&elements, parents);
        if let Some(namespaces) = namespaces {
            dict.set(
                "Namespaces",
                Object::Array(vec![link(namespaces.pdf2), link(namespaces.pdf1)]),
            );
        }
        if !notes.is_empty() {
            dict.set("IDTree", dictionary! { "Names" => Object::Array(notes) });
        }
        document.set_object(root, dict);
        (root, elements)
    }

    /// Footnotes and their calls, each with the place of the other: both stand in reading order.
    fn notes_and_calls(&self) -> BTreeMap<usize, usize> {
        let of = |role: Role| self.tags.iter().enumerate().filter(move |(_, tag)| tag.role == role);
        let pairs = of(Role::Reference).zip(of(Role::Note));
        pairs.flat_map(|((call, _), (note, _))| [(call, note), (note, call)]).collect()
    }

    fn root(&self, elements: &[ObjectId], parents: ObjectId) -> Dictionary {
        let tops = (0..self.tags.len())
            .filter(|i| self.parent(*i).is_none())
            .map(|i| link(elements[i]))
            .collect();
        let mut dict = dictionary! {
            "Type" => "StructTreeRoot",
            "K" => Object::Array(tops),
            "ParentTree" => link(parents),
            "ParentTreeNextKey" => (self.pages.len() + self.annotations.len()) as i64,
        };
        let ours = |tag: &Tag| ROLE_MAP.iter().any(|(ours, _)| structure_type(tag.role) == *ours);
        // PDF 2.0 knows them.
        if !self.pdf2 && self.tags.iter().any(ours) {
            dict.set("RoleMap", role_map());
        }
        dict
    }

    /// From pages and annotations back to elements (ISO 32000-1, 14.7.4.4): the pages' numbers
    /// first, then the links'.
    fn parent_tree(&self, document: &mut Document, elements: &[ObjectId]) -> ObjectId {
        let mut numbers = Vec::with_capacity(2 * (self.pages.len() + self.annotations.len()));
        for (page, marked) in self.uses.marked.iter().enumerate() {
            let owners = marked.iter().map(|(tag, _)| link(elements[tag.0 as usize])).collect();
            let owners = document.add_object(Object::Array(owners));
            numbers.extend([Object::Integer(page as i64), link(owners)]);
        }
        for (i, (area, annotation)) in self.uses.links.iter().zip(self.annotations).enumerate() {
            if let (Some(_), Some((tag, _))) = (annotation, area.tag) {
                numbers.extend([
                    Object::Integer((self.pages.len() + i) as i64),
                    link(elements[tag.0 as usize]),
                ]);
            }
        }
        document.add_object(dictionary! { "Nums" => Object::Array(numbers) })
    }

    /// A tag's parent. Parents come before their kids; what says otherwise is taken for a top.
    fn parent(&self, i: usize) -> Option<usize> {
        // A parent behind its kid could lead readers in a circle.
        self.tags[i].parent.map(|p| p.0 as usize).filter(|p| *p < i)
    }

    /// All kids in reading order: by their place, then as they come on the pages, a link's
    /// annotation after its text.
    fn kids(&self) -> Vec<Vec<Kid>> {
        let mut kids: Vec<Vec<(u32, Kid)>> = self.tags.iter().map(|_| Vec::new()).collect();
        for (i, tag) in self.tags.iter().enumerate() {
            if let Some(parent) = self.parent(i) {
                kids[parent].push((tag.order, Kid::Element(i)));
            }
        }
        for (page, marked) in self.uses.marked.iter().enumerate() {
            for (id, (tag, order)) in marked.iter().enumerate() {
                kids[tag.0 as usize].push((*order, Kid::Content { page, id }));
            }
        }
        for (area, annotation) in self.uses.links.iter().zip(self.annotations) {
            if let (Some((tag, order)), Some(object)) = (area.tag, *annotation) {
                kids[tag.0 as usize].push((order, Kid::Annotation { page: area.page, object }));
            }
        }
        let sorted = |mut kids: Vec<(u32, Kid)>| {
            // Stable: what has one place stays in the order in which it was put in.
            kids.sort_by_key(|(order, _)| *order);
            kids.into_iter().map(|(_, kid)| kid).collect()
        };
        kids.into_iter().map(sorted).collect()
    }

    fn kid_object(&self, kid: &Kid, home: Option<usize>, elements: &[ObjectId]) -> Object {
        match *kid {
            Kid::Element(i) => link(elements[i]),
            // A number alone is content of the element's own page (ISO 32000-1, 14.7.4.2).
            Kid::Content { page, id } if Some(page) == home => Object::Integer(id as i64),
            Kid::Content { page, id } => Object::Dictionary(dictionary! {
                "Type" => "MCR",
                "Pg" => link(self.pages[page]),
                "MCID" => id as i64,
            }),
            Kid::Annotation { page, object } => Object::Dictionary(dictionary! {
                "Type" => "OBJR",
                "Pg" => link(self.pages[page]),
                "Obj" => link(object),
            }),
        }
    }
}

/// Attributes by the standard owners (ISO 32000-1, 14.8.5).
fn attributes(tag: &Tag, sheets: &[Page], pdf2: bool) -> Option<Object> {
    let mut dict = match tag.role {
        Role::HeaderCell | Role::DataCell => cell_attributes(tag),
        Role::List => {
            let numbering = list_numbering(tag.numbering.as_ref(), pdf2);
            dictionary! { "O" => "List", "ListNumbering" => numbering }
        }
        Role::Figure | Role::Table => {
            // Where a figure or a table stands on one page, its place is asked for (ISO 32000-1,
            // 14.8.5.4.3).
            let (page, bounds) = tag.bounds?;
            let corners = Corners::new(bounds, sheets.get(page)?.height);
            dictionary! { "O" => "Layout", "BBox" => corners.object() }
        }
        _ => return None,
    };
    // With the owner alone the attribute says nothing.
    (dict.len() > 1).then(|| Object::Dictionary(std::mem::take(&mut dict)))
}

fn cell_attributes(tag: &Tag) -> Dictionary {
    let mut dict = dictionary! { "O" => "Table" };
    if tag.role == Role::HeaderCell {
        // PDF/UA wants a scope on each header cell (ISO 14289-1, 7.5).
        dict.set("Scope", if tag.heads_row { "Row" } else { "Column" });
    }
    let (columns, rows) = tag.covers;
    if columns > 1 {
        dict.set("ColSpan", i64::from(columns));
    }
    if rows > 1 {
        dict.set("RowSpan", i64::from(rows));
    }
    dict
}

/// PDF 1.7 knows no Cyrillic letters: the nearest is «letters».
fn list_numbering(style: Option<&CounterStyle>, pdf2: bool) -> &'static str {
    match style {
        // With labels a list is not without marks (ISO 14289-2, 8.2.5.25).
        Some(CounterStyle::Dash | CounterStyle::String(_)) if pdf2 => "Unordered",
        Some(CounterStyle::Disc) => "Disc",
        Some(CounterStyle::Circle) => "Circle",
        Some(CounterStyle::Square) => "Square",
        Some(CounterStyle::Decimal | CounterStyle::DecimalLeadingZero) => "Decimal",
        // PDF does not tell alphabets apart.
        Some(CounterStyle::LowerRussian | CounterStyle::LowerLatin) => "LowerAlpha",
        Some(CounterStyle::UpperRussian | CounterStyle::UpperLatin) => "UpperAlpha",
        Some(CounterStyle::LowerRoman) => "LowerRoman",
        Some(CounterStyle::UpperRoman) => "UpperRoman",
        Some(CounterStyle::None | CounterStyle::Dash | CounterStyle::String(_)) | None => "None",
    }
}
