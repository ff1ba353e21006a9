//! Many documents in one file, written as they come.
//!
//! A document becomes a [`Fragment`]: its objects without a catalog. [`Merge`] numbers them, writes
//! what is the same in several only once (fonts, ornament, resources), and keeps of the rest no
//! more than where it lies: runs of object numbers, a few bytes a page.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::deflate::Deflater;
use super::object::{ascii, link, reference, text};
use super::outline::{destination, leading};
use super::part::ObjectGroup;
use super::stream::ObjectWriter;
use super::{File, Missing, PdfOptions, SharedResources, about, icc, save, standard, tags};
use crate::cache::Serial;
use crate::diag::Sink;
use crate::layout::{Destination, Meta, Pages};

/// Kids of a node of the page tree, and entries of a leaf of the parent tree.
const NODE: usize = 64;

/// How many objects are remembered, to be written only once. Fonts and ornament come first; what
/// comes after is each record's own.
const SHARED: usize = 2048;

/// One document on its way into a merged file.
#[derive(Debug)]
pub struct Fragment {
    document: Document,
    pages: Vec<ObjectId>,
    /// Top elements of the structure tree.
    tops: Vec<ObjectId>,
    /// Namespaces of the structure types, in PDF 2.0.
    namespaces: Vec<ObjectId>,
    /// From pages and annotations to elements; the numbers are the fragment's own.
    entries: Vec<(i64, Object)>,
    /// How many such numbers there are.
    numbers: i64,
    /// What the outline calls the document.
    title: String,
    destination: Option<Object>,
    /// What it shares with others, by the numbers that stand for it.
    parts: Vec<(u32, Arc<ObjectGroup>)>,
}

impl SharedResources {
    /// Prepares a document for a merged file. The sink hears what [`write`](SharedResources::write)
    /// would say.
    pub fn fragment(
        &self,
        pages: &Pages,
        options: &PdfOptions,
        title: &str,
        sink: &mut Sink,
    ) -> Fragment {
        standard::check(pages, options, sink);
        let mut own = Sink::new();
        let own_shared;
        let painted = self.paint(pages, options);
        let (mut file, Missing(missing)) = self.assemble(pages, painted, options, &mut own);
        if missing {
            own = Sink::new();
            own_shared = SharedResources::new(&[pages]);
            let painted = own_shared.paint(pages, options);
            (file, _) = own_shared.assemble(pages, painted, options, &mut own);
        }
        sink.extend(own.into_vec());
        self.deflating(|deflater| file.deflate_contents(deflater));
        file.write_elements();
        let parts = if missing {
            // Nobody else has these.
            file.write_parts();
            Vec::new()
        } else {
            file.leave_parts()
        };
        file.into_fragment(pages, title, parts)
    }
}

impl File<'_> {
    /// Names the shared parts by numbers that stand for them until they are in the merged file.
    fn leave_parts(&mut self) -> Vec<(u32, Arc<ObjectGroup>)> {
        let (mut names, mut left) = (Vec::new(), Vec::new());
        for (name, part) in self.shared.parts(&self.parts) {
            let id = self.document.new_object_id();
            names.push((name, id));
            left.push((id.0, Arc::clone(part)));
        }
        self.name_parts(&names);
        left
    }

    fn into_fragment(
        mut self,
        source: &Pages,
        title: &str,
        parts: Vec<(u32, Arc<ObjectGroup>)>,
    ) -> Fragment {
        if let Some(tree) = reference(&self.catalog, b"Pages") {
            self.document.objects.remove(&tree);
        }
        let structure = reference(&self.catalog, b"StructTreeRoot")
            .and_then(|root| self.document.objects.remove(&root));
        let structure = structure.as_ref().and_then(|root| root.as_dict().ok());
        // The document's own root is taken apart: a merged file has one tree, whose kids are
        // these.
        let tops = structure
            .and_then(|root| root.get(b"K").ok()?.as_array().ok())
            .map_or(&[][..], Vec::as_slice);
        let tops = tops.iter().filter_map(|top| top.as_reference().ok()).collect();
        let namespaces = structure
            .and_then(|root| root.get(b"Namespaces").ok()?.as_array().ok())
            .map_or(&[][..], Vec::as_slice);
        let namespaces = namespaces.iter().filter_map(|one| one.as_reference().ok()).collect();
        let tree = structure
            .and_then(|root| self.document.objects.remove(&reference(root, b"ParentTree")?));
        let nums = tree
            .as_ref()
            .and_then(|tree| tree.as_dict().ok()?.get(b"Nums").ok()?.as_array().ok())
            .map_or(&[][..], Vec::as_slice);
        let entries = nums
            .chunks_exact(2)
            .filter_map(|pair| Some((pair[0].as_i64().ok()?, pair[1].clone())))
            .collect();
        let numbers = structure
            .and_then(|root| root.get(b"ParentTreeNextKey").ok()?.as_i64().ok())
            .unwrap_or(0);
        let first = Destination { page: 0, x: 0.0, y: 0.0 };
        let destination = destination(first, &source.pages, &self.pages);
        Fragment {
            document: self.document,
            pages: self.pages,
            tops,
            namespaces,
            entries,
            numbers,
            title: title.to_owned(),
            destination,
            parts,
        }
    }
}

/// A merged file in the making: documents go in one after the other, bytes come out at once.
///
/// ```
/// use itog::engine::Engine;
/// use itog::model::{self, Format};
/// use itog::internals::pdf::{Merge, PdfOptions, SharedResources};
///
/// let design = Engine::new().load_builtin("certificate-classic")?.value;
/// let text = "kind: Диплом\nrecipient: Ким Юлия Олеговна";
/// let data = model::read(text.as_bytes(), "a.yaml", Format::Yaml)?.value;
/// let pages = design.compose(&data)?.value.to_pages()?.value;
/// let (options, shared) = (PdfOptions::default(), SharedResources::new(&[&pages]));
/// let mut file = Vec::new();
/// let mut merge = Merge::new(&mut file, &options);
/// for title in ["Первый", "Второй"] {
///     merge.push(shared.fragment(&pages, &options, title, &mut Default::default())).unwrap();
/// }
/// merge.finish(&pages.meta).unwrap();
/// assert!(file.starts_with(b"%PDF-1.7"));
/// # Ok::<(), itog::diag::Error>(())
/// ```
pub struct Merge<'w> {
    writer: ObjectWriter<'w>,
    options: PdfOptions,
    deflater: Deflater,
    /// By digest: objects that were written.
    shared: BTreeMap<[u64; 2], u32>,
    /// Fonts and pictures that were written, known by themselves: nobody need look into them.
    parts: Vec<(Serial, u32)>,
    /// Roots, whose objects come last: page tree, structure, parent tree, outline.
    tree: u32,
    structure: u32,
    parent_tree: u32,
    outlines: u32,
    /// The nodes of the page tree that are written, and the open one.
    nodes: Vec<u32>,
    node: (u32, Vec<Object>),
    pages: i64,
    tops: Vec<u32>,
    /// In PDF 2.0 the element around the documents, since a file has one (ISO 14289-2, 8.2.5.2),
    /// and the namespaces, of which the first is that of PDF 2.0.
    whole: Option<u32>,
    namespaces: Vec<u32>,
    /// The leaves of the parent tree that are written, and the entries of the open one.
    leaves: Vec<u32>,
    entries: Vec<Object>,
    next_entry: i64,
    /// Names and elements of notes.
    notes: Vec<Object>,
    /// The outline's first item, and the last, which waits for its next.
    first_item: Option<u32>,
    item: Option<(u32, Dictionary)>,
    documents: i64,
}

impl std::fmt::Debug for Merge<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Merge({} documents)", self.documents)
    }
}

impl<'w> Merge<'w> {
    /// Begins a file. All its documents are prepared with the same options.
    pub fn new(out: &'w mut (dyn Write + Send), options: &PdfOptions) -> Self {
        let pdf2 = options.standard.is_pdf2();
        let mut writer = ObjectWriter::new(out, pdf2);
        let [tree, structure, parent_tree, outlines, node] = [(); 5].map(|()| writer.number());
        let whole = pdf2.then(|| writer.number());
        Self {
            writer,
            options: options.clone(),
            deflater: Deflater::new(),
            shared: BTreeMap::new(),
            parts: Vec::new(),
            tree,
            structure,
            parent_tree,
            outlines,
            nodes: Vec::new(),
            node: (node, Vec::new()),
            pages: 0,
            tops: Vec::new(),
            whole,
            namespaces: Vec::new(),
            leaves: Vec::new(),
            entries: Vec::new(),
            next_entry: 0,
            notes: Vec::new(),
            first_item: None,
            item: None,
            documents: 0,
        }
    }

    /// Adds a document.
    ///
    /// # Errors
    /// The writer does not take the bytes.
    // Over 60 lines: objects go into the file in the order in which their numbers must be known.
    pub fn push(&mut self, fragment: Fragment) -> io::Result<()> {
        let Fragment { mut document, pages, tops, entries, numbers, .. } = fragment;
        let Fragment { namespaces, title, destination, parts, .. } = fragment;
        self.documents += 1;
        let mut new = BTreeMap::new();
        // Fonts and pictures first: what many documents share must be known before its
        // references are written.
        for (number, part) in parts {
            new.insert(number, self.part(part)?);
        }
        for page in &pages {
            if let Some(resources) =
                document.get_dictionary(*page).ok().and_then(|dict| reference(dict, b"Resources"))
            {
                self.once(resources, &mut document, &mut new)?;
            }
        }
        for namespace in namespaces {
            self.once(namespace, &mut document, &mut new)?;
            let number = new[&namespace.0];
            if !self.namespaces.contains(&number) {
                self.namespaces.push(number);
            }
        }
        // Objects that go into object streams get numbers in the order in which they are written:
        // one run tells where they all are.
        let is_stream = |object: &Object| matches!(object, Object::Stream(_));
        let first = pages.iter().chain(&tops).map(|id| id.0);
        for number in first {
            new.entry(number).or_insert_with(|| self.writer.number());
        }
        for streams in [false, true] {
            let of_kind = document.objects.iter().filter(|(_, one)| is_stream(one) == streams);
            for (id, _) in of_kind {
                new.entry(id.0).or_insert_with(|| self.writer.number());
            }
        }
        for page in &pages {
            let node = self.node.0;
            if let Some(Object::Dictionary(dict)) = document.objects.get_mut(page) {
                // Removed before numbers are changed: it points to a tree that does not exist
                // any more.
                dict.remove(b"Parent");
                self.raise(dict, b"StructParents");
                renumber_dictionary(dict, &new);
                dict.set("Parent", link((node, 0)));
            }
            self.write(new[&page.0], document.objects.remove(page))?;
            self.page(new[&page.0])?;
        }
        for top in &tops {
            if let Some(Object::Dictionary(dict)) = document.objects.get_mut(top) {
                dict.remove(b"P");
                renumber_dictionary(dict, &new);
                dict.set("P", link((self.whole.unwrap_or(self.structure), 0)));
            }
            self.write(new[&top.0], document.objects.remove(top))?;
            self.tops.push(new[&top.0]);
        }
        let (streams, others): (Vec<_>, Vec<_>) =
            document.objects.into_iter().partition(|(_, object)| is_stream(object));
        for (id, mut object) in others.into_iter().chain(streams) {
            renumber(&mut object, &new);
            if let Object::Dictionary(dict) = &mut object {
                self.raise(dict, b"StructParent");
                // Names of notes must be unique in the whole file.
                if dict.has(b"ID") {
                    let note = ascii(&format!("note{:08}", self.notes.len() / 2 + 1));
                    dict.set("ID", note.clone());
                    self.notes.extend([note, link((new[&id.0], 0))]);
                }
            }
            self.write(new[&id.0], Some(object))?;
        }
        for (number, mut owner) in entries {
            renumber(&mut owner, &new);
            self.entries.extend([Object::Integer(number + self.next_entry), owner]);
        }
        self.next_entry += numbers;
        // Pairs of number and object.
        if self.entries.len() >= 2 * NODE {
            self.leaf()?;
        }
        let mut item =
            dictionary! { "Title" => text(&title), "Parent" => link((self.outlines, 0)) };
        if let Some(mut destination) = destination {
            renumber(&mut destination, &new);
            let top = tops.first().filter(|_| self.whole.is_some()).map(|top| (new[&top.0], 0));
            let (key, value) = leading(destination, top.as_ref());
            item.set(key, value);
        }
        self.item(item)
    }

    /// Writes what is left and ends the file, which has these metadata.
    ///
    /// # Errors
    /// The writer does not take the bytes.
    pub fn finish(mut self, meta: &Meta) -> io::Result<()> {
        let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => link((self.tree, 0)) };
        self.close_node()?;
        let kids = links(&self.nodes);
        self.dict(
            self.tree,
            dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => self.pages },
        )?;
        if !self.tops.is_empty() {
            self.structure(&mut catalog)?;
        }
        if let (Some(first), Some((last, item))) = (self.first_item, self.item.take()) {
            self.dict(last, item)?;
            let (first, last) = (link((first, 0)), link((last, 0)));
            self.dict(
                self.outlines,
                dictionary! {
                    "Type" => "Outlines",
                    "First" => first,
                    "Last" => last,
                    "Count" => self.documents,
                },
            )?;
            catalog.set("Outlines", link((self.outlines, 0)));
            // The outline names each document: without it nobody finds a person among hundreds
            // of pages.
            catalog.set("PageMode", "UseOutlines");
        }
        // What stands here is numbered behind what is written.
        let mut document = Document::new();
        document.max_id = self.writer.last();
        let profile = self.deflater.stream(dictionary! { "N" => 3 }, icc::srgb(), &[1]);
        about::write(
            &mut document,
            &mut catalog,
            meta,
            &self.options,
            &profile,
            &mut self.deflater,
            // The date has been reported for each document.
            &mut Sink::new(),
        );
        let root = document.add_object(catalog);
        for (id, object) in std::mem::take(&mut document.objects) {
            self.writer.number();
            self.write(id.0, Some(object))?;
        }
        document.trailer.set("Root", link(root));
        self.writer.finish(document.trailer, &mut self.deflater)
    }

    /// Writes a part, unless it was written before. Gives its number.
    fn part(&mut self, part: Arc<ObjectGroup>) -> io::Result<u32> {
        if let Some((_, number)) = self.parts.iter().find(|(known, _)| *known == part.serial()) {
            return Ok(*number);
        }
        let numbers: Vec<u32> = (0..part.count()).map(|_| self.writer.number()).collect();
        let first = numbers.first().copied().unwrap_or_default();
        for (number, object) in part.objects(first) {
            self.write(number, Some(object))?;
        }
        let (root, _) = part.root(first);
        self.parts.push((part.serial(), root));
        Ok(root)
    }

    /// Writes what is below an object, and the object, unless the same was written before. Gives
    /// its number.
    fn once(
        &mut self,
        id: ObjectId,
        document: &mut Document,
        new: &mut BTreeMap<u32, u32>,
    ) -> io::Result<()> {
        // What has been taken out is on its way already: references in a circle end here.
        let Some(mut object) = document.objects.remove(&id) else { return Ok(()) };
        let mut below = Vec::new();
        references(&object, &mut below);
        for id in below {
            self.once(id, document, new)?;
        }
        renumber(&mut object, new);
        // Compared after renumbering: fonts that refer to the same things are the same font.
        let digest = save::digest_of(&object);
        let number = match self.shared.get(&digest) {
            Some(number) => *number,
            None => {
                let number = self.writer.number();
                if self.shared.len() < SHARED {
                    self.shared.insert(digest, number);
                }
                self.write(number, Some(object))?;
                number
            }
        };
        new.insert(id.0, number);
        Ok(())
    }

    fn write(&mut self, number: u32, object: Option<Object>) -> io::Result<()> {
        object.map_or(Ok(()), |object| self.writer.put(number, &object, &mut self.deflater))
    }

    fn dict(&mut self, number: u32, dict: Dictionary) -> io::Result<()> {
        self.write(number, Some(Object::Dictionary(dict)))
    }

    /// Makes an entry's number in the fragment's parent tree one in the file's.
    fn raise(&self, dict: &mut Dictionary, key: &[u8]) {
        if let Some(number) = dict.get(key).ok().and_then(|number| number.as_i64().ok()) {
            dict.set(key, number + self.next_entry);
        }
    }

    fn page(&mut self, page: u32) -> io::Result<()> {
        self.pages += 1;
        self.node.1.push(link((page, 0)));
        if self.node.1.len() < NODE { Ok(()) } else { self.close_node() }
    }

    fn close_node(&mut self) -> io::Result<()> {
        let next = self.writer.number();
        let (node, kids) = std::mem::replace(&mut self.node, (next, Vec::new()));
        // A node without kids is not allowed, and happens when the number of pages is a multiple
        // of `NODE`.
        if kids.is_empty() {
            return Ok(());
        }
        let count = kids.len() as i64;
        self.nodes.push(node);
        let parent = link((self.tree, 0));
        self.dict(
            node,
            dictionary! {
                "Type" => "Pages",
                "Parent" => parent,
                "Kids" => Object::Array(kids),
                "Count" => count,
            },
        )
    }

    /// Writes the entries that wait as a leaf of the parent tree.
    fn leaf(&mut self) -> io::Result<()> {
        let entries = std::mem::take(&mut self.entries);
        let (Some(first), Some(last)) =
            (entries.first().cloned(), entries.iter().rev().nth(1).cloned())
        else {
            return Ok(());
        };
        let leaf = self.writer.number();
        self.leaves.push(leaf);
        // A leaf says its least and greatest key (ISO 32000-1, 7.9.7).
        self.dict(
            leaf,
            dictionary! {
                "Limits" => Object::Array(vec![first, last]),
                "Nums" => Object::Array(entries),
            },
        )
    }

    fn structure(&mut self, catalog: &mut Dictionary) -> io::Result<()> {
        self.leaf()?;
        let leaves = links(&self.leaves);
        self.dict(self.parent_tree, dictionary! { "Kids" => leaves })?;
        let tops = std::mem::take(&mut self.tops);
        let mut root = dictionary! {
            "Type" => "StructTreeRoot",
            "ParentTree" => link((self.parent_tree, 0)),
            "ParentTreeNextKey" => self.next_entry,
        };
        match (self.whole, self.namespaces.first()) {
            (Some(whole), Some(pdf2)) => {
                let element = dictionary! {
                    "Type" => "StructElem",
                    "S" => "Document",
                    "NS" => link((*pdf2, 0)),
                    "P" => link((self.structure, 0)),
                };
                root.set("K", links(&[whole]));
                root.set("Namespaces", links(&self.namespaces));
                self.writer.put_links(whole, element, "K", &tops, &mut self.deflater)?;
            }
            _ => root.set("RoleMap", tags::role_map()),
        }
        if !self.notes.is_empty() {
            root.set(
                "IDTree",
                dictionary! { "Names" => Object::Array(std::mem::take(&mut self.notes)) },
            );
        }
        match self.whole {
            Some(_) => self.dict(self.structure, root)?,
            None => {
                self.writer.put_links(self.structure, root, "K", &tops, &mut self.deflater)?;
            }
        }
        catalog.set("StructTreeRoot", link((self.structure, 0)));
        catalog.set("MarkInfo", dictionary! { "Marked" => true });
        Ok(())
    }

    /// Adds an item to the outline; the one before it can be written now.
    fn item(&mut self, mut item: Dictionary) -> io::Result<()> {
        let number = self.writer.number();
        self.first_item.get_or_insert(number);
        // An item is written when the next one is known, for it names its neighbours (ISO
        // 32000-1, 12.3.3).
        if let Some((before, mut dict)) = self.item.take() {
            item.set("Prev", link((before, 0)));
            dict.set("Next", link((number, 0)));
            self.dict(before, dict)?;
        }
        self.item = Some((number, item));
        Ok(())
    }
}

fn links(numbers: &[u32]) -> Object {
    Object::Array(numbers.iter().map(|number| link((*number, 0))).collect())
}

/// All that an object refers to.
fn references(object: &Object, found: &mut Vec<ObjectId>) {
    match object {
        Object::Reference(id) => found.push(*id),
        Object::Array(items) => items.iter().for_each(|item| references(item, found)),
        Object::Dictionary(dict) => dict.iter().for_each(|(_, value)| references(value, found)),
        Object::Stream(stream) => {
            stream.dict.iter().for_each(|(_, value)| references(value, found))
        }
        _ => {}
    }
}

fn renumber(object: &mut Object, new: &BTreeMap<u32, u32>) {
    match object {
        // What is not in the file is null (ISO 32000-1, 7.3.10).
        Object::Reference(id) => {
            *object = new.get(&id.0).map_or(Object::Null, |number| link((*number, 0)))
        }
        Object::Array(items) => items.iter_mut().for_each(|item| renumber(item, new)),
        Object::Dictionary(dict) => renumber_dictionary(dict, new),
        Object::Stream(stream) => renumber_dictionary(&mut stream.dict, new),
        _ => {}
    }
}

fn renumber_dictionary(dict: &mut Dictionary, new: &BTreeMap<u32, u32>) {
    dict.iter_mut().for_each(|(_, value)| renumber(value, new));
}
