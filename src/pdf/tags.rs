//! The structure tree (ISO 32000-1, 14.7 and 14.8): tags, what they hold on which page, and what
//! they say.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::content::Uses;
use super::object::{Corners, ascii, link, name, text};
use crate::layout::{Page, Role, Tag, TagId};
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
pub(super) struct Structure<'a, 'f> {
    /// The tags, the document itself first.
    pub(super) tags: &'a [Tag],
    /// The pages as layout made them.
    pub(super) sheets: &'a [Page],
    /// The objects of the pages.
    pub(super) pages: &'f [ObjectId],
    /// Which content is whose.
    pub(super) uses: &'f Uses,
    /// The objects of [`Uses::links`], of which some may not have been written.
    pub(super) annotations: &'f [Option<ObjectId>],
    /// Whether the types are those of PDF 2.0.
    pub(super) pdf2: bool,
}

/// The namespaces of a file.
struct Namespaces {
    pdf2: ObjectId,
    pdf1: ObjectId,
}

/// The elements of a structure tree whose other objects are written. They are most of what a long
/// table has, so each is made as an object when its turn comes to be written.
pub(super) struct Elements<'a> {
    tags: &'a [Tag],
    sheets: &'a [Page],
    pages: Vec<ObjectId>,
    root: ObjectId,
    /// The objects of the tags, numbered in a row.
    ids: Vec<ObjectId>,
    namespaces: Option<Namespaces>,
    /// Each note and each call, with the place of the other.
    notes_of: BTreeMap<usize, usize>,
    /// Notes, with what tells each from the others.
    notes: BTreeMap<usize, Object>,
    /// All kids with their parent and their place in it, sorted by both.
    kids: Vec<(u32, u32, Kid)>,
}

impl<'a> Structure<'a, '_> {
    /// Writes the tree but for its elements. Gives its root with them.
    pub(super) fn write(self, document: &mut Document) -> (ObjectId, Elements<'a>) {
        let root = document.new_object_id();
        let ids: Vec<ObjectId> = self.tags.iter().map(|_| document.new_object_id()).collect();
        let namespaces = self.pdf2.then(|| Namespaces::write(document));
        let notes = self.tags.iter().enumerate().filter(|(_, tag)| tag.role == Role::Note);
        // A note must be told from others (ISO 14289-1, 7.9). With leading zeros, since names of
        // a tree are sorted as strings (ISO 32000-1, 7.9.6).
        let notes: BTreeMap<usize, Object> =
            (1..).zip(notes).map(|(n, (i, _))| (i, ascii(&format!("note{n:06}")))).collect();
        let parents = self.parent_tree(document, &ids);
        let mut dict = self.root(&ids, parents);
        if let Some(namespaces) = &namespaces {
            dict.set(
                "Namespaces",
                Object::Array(vec![link(namespaces.pdf2), link(namespaces.pdf1)]),
            );
        }
        if !notes.is_empty() {
            let names = notes.iter().flat_map(|(i, id)| [id.clone(), link(ids[*i])]);
            dict.set("IDTree", dictionary! { "Names" => Object::Array(names.collect()) });
        }
        document.set_object(root, dict);
        let (notes_of, kids) = (self.notes_and_calls(), self.kids());
        let Self { tags, sheets, .. } = self;
        let pages = self.pages.to_vec();
        (root, Elements { tags, sheets, pages, root, ids, namespaces, notes_of, notes, kids })
    }

    /// Footnotes and their calls, each with the place of the other: both stand in reading order.
    fn notes_and_calls(&self) -> BTreeMap<usize, usize> {
        let of = |role: Role| self.tags.iter().enumerate().filter(move |(_, tag)| tag.role == role);
        let pairs = of(Role::Reference).zip(of(Role::Note));
        pairs.flat_map(|((call, _), (note, _))| [(call, note), (note, call)]).collect()
    }

    fn root(&self, elements: &[ObjectId], parents: ObjectId) -> Dictionary {
        let tops = (0..self.tags.len())
            .filter(|i| parent(self.tags, *i).is_none())
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

    /// All kids in reading order: by their place, then as they come on the pages, a link's
    /// annotation after its text.
    fn kids(&self) -> Vec<(u32, u32, Kid)> {
        let elements = self.tags.iter().enumerate().filter_map(|(i, tag)| {
            Some((parent(self.tags, i)? as u32, tag.order, Kid::Element(i)))
        });
        let contents = self.uses.marked.iter().enumerate().flat_map(|(page, marked)| {
            let content = move |(id, (tag, order)): (usize, &(TagId, u32))| {
                (tag.0, *order, Kid::Content { page, id })
            };
            marked.iter().enumerate().map(content)
        });
        let links = self.uses.links.iter().zip(self.annotations);
        let links = links.filter_map(|(area, annotation)| {
            let ((tag, order), object) = (area.tag?, (*annotation)?);
            Some((tag.0, order, Kid::Annotation { page: area.page, object }))
        });
        let mut kids: Vec<(u32, u32, Kid)> = elements.chain(contents).chain(links).collect();
        // Stable: what has one place stays in the order in which it was put in.
        kids.sort_by_key(|(parent, order, _)| (*parent, *order));
        kids
    }
}

/// A tag's parent. Parents come before their kids; what says otherwise is taken for a top.
fn parent(tags: &[Tag], i: usize) -> Option<usize> {
    // A parent behind its kid could lead readers in a circle.
    tags[i].parent.map(|p| p.0 as usize).filter(|p| *p < i)
}

impl Elements<'_> {
    /// The objects of the tags.
    pub(super) fn ids(&self) -> &[ObjectId] {
        &self.ids
    }

    /// All elements as objects.
    pub(super) fn objects(&self) -> impl Iterator<Item = (ObjectId, Object)> {
        let mut rest = &self.kids[..];
        self.ids.iter().enumerate().map(move |(i, id)| {
            let (own, behind) = rest.split_at(rest.partition_point(|kid| kid.0 as usize <= i));
            rest = behind;
            (*id, Object::Dictionary(self.element(i, own)))
        })
    }

    fn element(&self, i: usize, kids: &[(u32, u32, Kid)]) -> Dictionary {
        let tag = &self.tags[i];
        let mut dict = dictionary! {
            "Type" => "StructElem",
            "S" => structure_type(tag.role),
            "P" => link(parent(self.tags, i).map_or(self.root, |p| self.ids[p])),
        };
        // Content on this page is told by its number alone; only what lies elsewhere names its
        // page.
        let home = kids
            .iter()
            .find_map(|kid| if let Kid::Content { page, .. } = kid.2 { Some(page) } else { None });
        // Of itself a table has no content; readers ask where it is.
        let page = home.or(tag.bounds.map(|(page, _)| page));
        if let Some(page) = page.and_then(|page| self.pages.get(page)) {
            dict.set("Pg", link(*page));
        }
        let mut list: Vec<Object> =
            kids.iter().map(|(.., kid)| self.kid_object(kid, home)).collect();
        // A single kid needs no array (ISO 32000-1, table 323), which saves bytes in each cell of
        // a table.
        match list.len() {
            0 => {}
            1 => dict.set("K", list.remove(0)),
            _ => dict.set("K", Object::Array(list)),
        }
        if let Some(namespaces) = &self.namespaces {
            namespaces.name(&mut dict, tag.role);
            // Note and call name each other (ISO 14289-2, 8.2.5.14).
            if let Some(other) = self.notes_of.get(&i) {
                dict.set("Ref", Object::Array(vec![link(self.ids[*other])]));
            }
        }
        if let Some(attributes) = attributes(tag, self.sheets, self.namespaces.is_some()) {
            dict.set("A", attributes);
        }
        if let Some(alt) = &tag.alt {
            dict.set("Alt", text(alt));
        }
        if let Some(lang) = &tag.lang {
            dict.set("Lang", text(lang));
        }
        if let Some(id) = self.notes.get(&i) {
            dict.set("ID", id.clone());
        }
        dict
    }

    fn kid_object(&self, kid: &Kid, home: Option<usize>) -> Object {
        match *kid {
            Kid::Element(i) => link(self.ids[i]),
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
    if tag.columns > 1 {
        dict.set("ColSpan", i64::from(tag.columns));
    }
    if tag.rows > 1 {
        dict.set("RowSpan", i64::from(tag.rows));
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
