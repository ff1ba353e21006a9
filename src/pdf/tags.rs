//! The structure tree (ISO 32000-1, 14.7 and 14.8): tags, what they hold on which page, and what they say.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::content::Uses;
use super::object::{ascii, link, name, reals, text};
use crate::layout::{Page, Role, Tag};
use crate::style::CounterStyle;

/// Structure types of ours that stand for standard ones (ISO 32000-1, 14.7.3).
const ROLE_MAP: [(&str, &str); 2] = [("Strong", "Span"), ("Em", "Span")];

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
        Role::Heading(level) => ["H1", "H2", "H3", "H4", "H5", "H6"][usize::from(level.clamp(1, 6)) - 1],
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
        Role::Span | Role::None | Role::Artifact => "Span",
    }
}

/// What a structure element holds.
enum Kid {
    /// Another element.
    Element(usize),
    /// A marked-content sequence on a page.
    Content { page: usize, id: usize },
    /// A link's annotation, by its number.
    Annotation(usize),
}

/// What the rest of the file needs to know of the tree.
pub(super) struct Structure {
    /// The objects of the tags.
    pub(super) elements: Vec<ObjectId>,
    /// The tree's root.
    pub(super) root: ObjectId,
}

/// Writes the tree. `annotations` are the objects of [`Uses::links`], of which some may not have been written.
pub(super) fn write(
    document: &mut Document,
    tags: &[Tag],
    sheets: &[Page],
    pages: &[ObjectId],
    uses: &Uses,
    annotations: &[Option<ObjectId>],
) -> Structure {
    let root = document.new_object_id();
    let elements: Vec<ObjectId> = tags.iter().map(|_| document.new_object_id()).collect();
    let kids = kids(tags, uses, annotations);
    let mut notes = Vec::new();
    for (i, (tag, kids)) in tags.iter().zip(&kids).enumerate() {
        let mut dict = dictionary! {
            "Type" => "StructElem",
            "S" => structure_type(tag.role),
            "P" => link(parent(tags, i).map_or(root, |p| elements[p])),
        };
        let home = kids.iter().find_map(|k| if let Kid::Content { page, .. } = k { Some(*page) } else { None });
        if let Some(page) = home {
            dict.set("Pg", link(pages[page]));
        }
        let mut list: Vec<Object> = kids.iter().map(|kid| kid_object(kid, home, &elements, pages, uses, annotations)).collect();
        match list.len() {
            0 => {}
            1 => dict.set("K", list.remove(0)),
            _ => dict.set("K", Object::Array(list)),
        }
        if let Some(attributes) = attributes(tag, sheets) {
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
            let id = ascii(&format!("note{:06}", notes.len() / 2 + 1));
            dict.set("ID", id.clone());
            notes.extend([id, link(elements[i])]);
        }
        document.set_object(elements[i], dict);
    }
    write_root(document, root, tags, pages, uses, annotations, &elements, notes);
    Structure { elements, root }
}

#[allow(clippy::too_many_arguments)]
fn write_root(
    document: &mut Document,
    root: ObjectId,
    tags: &[Tag],
    pages: &[ObjectId],
    uses: &Uses,
    annotations: &[Option<ObjectId>],
    elements: &[ObjectId],
    notes: Vec<Object>,
) {
    let mut numbers = Vec::with_capacity(2 * (pages.len() + annotations.len()));
    for (page, marked) in uses.marked.iter().enumerate() {
        let owners = marked.iter().map(|(tag, _)| link(elements[tag.0 as usize])).collect();
        let owners = document.add_object(Object::Array(owners));
        numbers.extend([Object::Integer(page as i64), link(owners)]);
    }
    for (i, owner) in uses.links.iter().enumerate() {
        if let (Some(_), Some((tag, _))) = (annotations[i], owner.tag) {
            numbers.extend([Object::Integer((pages.len() + i) as i64), link(elements[tag.0 as usize])]);
        }
    }
    let parents = document.add_object(dictionary! { "Nums" => Object::Array(numbers) });
    let mut dict = dictionary! {
        "Type" => "StructTreeRoot",
        "ParentTree" => link(parents),
        "ParentTreeNextKey" => (pages.len() + annotations.len()) as i64,
    };
    let tops: Vec<Object> = (0..tags.len()).filter(|i| parent(tags, *i).is_none()).map(|i| link(elements[i])).collect();
    dict.set("K", Object::Array(tops));
    let mut map = Dictionary::new();
    for (ours, standard) in ROLE_MAP {
        if tags.iter().any(|t| structure_type(t.role) == ours) {
            map.set(ours, name(standard));
        }
    }
    if !map.is_empty() {
        dict.set("RoleMap", map);
    }
    if !notes.is_empty() {
        dict.set("IDTree", dictionary! { "Names" => Object::Array(notes) });
    }
    document.set_object(root, dict);
}

/// A tag's parent. Parents come before their kids; what says otherwise is taken for a top.
fn parent(tags: &[Tag], i: usize) -> Option<usize> {
    tags[i].parent.map(|p| p.0 as usize).filter(|p| *p < i)
}

/// All kids in reading order: by their place, then as they come on the pages, a link's annotation after its text.
fn kids(tags: &[Tag], uses: &Uses, annotations: &[Option<ObjectId>]) -> Vec<Vec<Kid>> {
    let mut kids: Vec<Vec<(u32, Kid)>> = tags.iter().map(|_| Vec::new()).collect();
    for (i, tag) in tags.iter().enumerate() {
        if let Some(parent) = parent(tags, i) {
            kids[parent].push((tag.order, Kid::Element(i)));
        }
    }
    for (page, marked) in uses.marked.iter().enumerate() {
        for (id, (tag, order)) in marked.iter().enumerate() {
            kids[tag.0 as usize].push((*order, Kid::Content { page, id }));
        }
    }
    for (i, owner) in uses.links.iter().enumerate() {
        if let (Some((tag, order)), Some(_)) = (owner.tag, annotations[i]) {
            kids[tag.0 as usize].push((order, Kid::Annotation(i)));
        }
    }
    let sorted = |mut kids: Vec<(u32, Kid)>| {
        kids.sort_by_key(|(order, _)| *order);
        kids.into_iter().map(|(_, kid)| kid).collect()
    };
    kids.into_iter().map(sorted).collect()
}

fn kid_object(
    kid: &Kid,
    home: Option<usize>,
    elements: &[ObjectId],
    pages: &[ObjectId],
    uses: &Uses,
    annotations: &[Option<ObjectId>],
) -> Object {
    match *kid {
        Kid::Element(i) => link(elements[i]),
        Kid::Content { page, id } if Some(page) == home => Object::Integer(id as i64),
        Kid::Content { page, id } => Object::Dictionary(dictionary! { "Type" => "MCR", "Pg" => link(pages[page]), "MCID" => id as i64 }),
        Kid::Annotation(i) => {
            let object = annotations[i].map_or(Object::Null, link);
            Object::Dictionary(dictionary! { "Type" => "OBJR", "Pg" => link(pages[uses.links[i].page]), "Obj" => object })
        }
    }
}

/// Attributes by the standard owners (ISO 32000-1, 14.8.5).
fn attributes(tag: &Tag, sheets: &[Page]) -> Option<Object> {
    let mut dict = match tag.role {
        Role::HeaderCell | Role::DataCell => cell_attributes(tag),
        Role::List => dictionary! { "O" => "List", "ListNumbering" => list_numbering(tag.numbering.as_ref()) },
        Role::Figure => {
            let (page, [x, y, width, height]) = tag.bounds?;
            let top = sheets.get(page)?.height - y;
            dictionary! { "O" => "Layout", "BBox" => reals(&[x, top - height, x + width, top]) }
        }
        _ => return None,
    };
    (dict.len() > 1).then(|| Object::Dictionary(std::mem::take(&mut dict)))
}

fn cell_attributes(tag: &Tag) -> Dictionary {
    let mut dict = dictionary! { "O" => "Table" };
    if tag.role == Role::HeaderCell {
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
fn list_numbering(style: Option<&CounterStyle>) -> &'static str {
    match style {
        Some(CounterStyle::Disc) => "Disc",
        Some(CounterStyle::Circle) => "Circle",
        Some(CounterStyle::Square) => "Square",
        Some(CounterStyle::Decimal | CounterStyle::DecimalLeadingZero) => "Decimal",
        Some(CounterStyle::LowerRussian | CounterStyle::LowerLatin) => "LowerAlpha",
        Some(CounterStyle::UpperRussian | CounterStyle::UpperLatin) => "UpperAlpha",
        Some(CounterStyle::LowerRoman) => "LowerRoman",
        Some(CounterStyle::UpperRoman) => "UpperRoman",
        Some(CounterStyle::None | CounterStyle::Dash | CounterStyle::String(_)) | None => "None",
    }
}
