//! The package: a DOCX as parts with their content types and relationships (ECMA-376 Part 2).
//!
//! It is made by anybody, so it is measured before it is unpacked, and what is no DOCX is told by
//! what it is. A part that nobody touched is written as the bytes that were read, deflated as they
//! were.

mod kind;
mod record;
mod relations;

use std::io::{Cursor, Read};
use std::sync::Arc;

use crate::diag::{Diagnostic, say};
use crate::docx::{Packed, Packer, PartBytes};
use crate::limits;
pub(super) use kind::broken;
pub(crate) use relations::Related;

const TYPES: &str = "[Content_Types].xml";
/// What Word makes of a document's main part.
const DOCUMENT: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
/// The room that an archive needs for a part, at least: its header and its place in the directory.
const ENTRY: u64 = 76;

/// The parts of a DOCX. A copy shares them, so that it costs as little as their list.
#[derive(Clone)]
pub(crate) struct Package {
    parts: Vec<Part>,
    /// The place of the main part among the parts.
    main: String,
}

#[derive(Clone)]
struct Part {
    name: String,
    bytes: Arc<[u8]>,
    /// As it stood in the archive, if it is as it was.
    packed: Option<Arc<Packed>>,
}

impl Package {
    /// The bytes of all parts.
    #[cfg(feature = "batch")]
    pub(crate) fn parts(&self) -> impl Iterator<Item = &[u8]> {
        self.parts.iter().map(|part| &*part.bytes)
    }

    /// Reads a DOCX.
    ///
    /// # Errors
    /// `word-not-docx`, `word-old`, `word-encrypted`, `word-macros`, `word-broken`, and the limits
    /// `limit-word-parts` and `limit-word-bytes`.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Diagnostic> {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| kind::not_an_archive(bytes, &error.to_string()))?;
        let most = limits::get();
        if archive.len() > most.word_parts {
            let limit = most.word_parts;
            let message = say!("the DOCX has more than {limit} parts", limit);
            return Err(limits::reached("limit-word-parts", message));
        }
        let mut parts = Vec::with_capacity(archive.len());
        let mut room = most.word_bytes as u64;
        for at in 0..archive.len() {
            limits::tick();
            let part = read_part(&mut archive, at, &mut room)?;
            parts.extend(part);
        }
        let mut package = Self { parts, main: String::new() };
        package.main = kind::main_part(&package)?;
        package.settle_type();
        Ok(package)
    }

    /// The names of all parts.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|part| part.name.as_str())
    }

    /// The name of the main part, such as `word/document.xml`.
    pub(crate) fn main(&self) -> &str {
        &self.main
    }

    /// A part's bytes. Names of parts are the same in capitals (Part 2, 6.2.2.3).
    pub(crate) fn part(&self, name: &str) -> Option<&[u8]> {
        self.position(name).map(|at| &*self.parts[at].bytes)
    }

    /// A part's bytes, to be kept.
    pub(crate) fn shared(&self, name: &str) -> Option<Arc<[u8]>> {
        self.position(name).map(|at| Arc::clone(&self.parts[at].bytes))
    }

    fn position(&self, name: &str) -> Option<usize> {
        let exact = self.parts.iter().position(|part| part.name == name);
        exact.or_else(|| self.parts.iter().position(|part| part.name.eq_ignore_ascii_case(name)))
    }

    /// The parts that a part refers to by relationships of this kind: the last word of their type,
    /// such as `header` or `styles`, which is the same in the transitional and the strict format.
    pub(crate) fn related(&self, part: &str, kind: &str) -> Vec<String> {
        let all = self.relations(part).into_iter().filter(|target| target.kind == kind);
        all.filter(|target| !target.external).map(|target| target.target).collect()
    }

    /// All that a part refers to; for the package itself an empty name.
    pub(crate) fn relations(&self, part: &str) -> Vec<Related> {
        self.part(&relations::name_of(part))
            .map_or_else(Vec::new, |bytes| relations::read(bytes, part))
    }

    /// The content type of a part, by its name or its ending.
    pub(crate) fn content_type(&self, part: &str) -> Option<String> {
        kind::content_type(self.part(TYPES)?, part)
    }

    /// Puts a part in the place of the one of that name, or beside the others.
    pub(crate) fn put(&mut self, name: &str, bytes: impl Into<Arc<[u8]>>) {
        let part = Part { name: name.to_owned(), bytes: bytes.into(), packed: None };
        match self.position(name) {
            // The name stays as the file has it.
            Some(at) => self.parts[at] = Part { name: self.parts[at].name.clone(), ..part },
            None => self.parts.push(part),
        }
    }

    /// Says what a new part is: by its name, or for all parts of an ending (`png`).
    pub(crate) fn declare(&mut self, part: &str, content_type: &str) {
        let said = self.content_type(part);
        if said.as_deref().is_some_and(|said| said.eq_ignore_ascii_case(content_type)) {
            return;
        }
        let types = self.part(TYPES).unwrap_or_default();
        let types = kind::with_type(types, part, content_type);
        self.put(TYPES, types);
    }

    /// Adds a relationship of a part, and gives its id.
    pub(crate) fn relate(&mut self, part: &str, kind: &str, target: &str) -> String {
        self.add_relation(part, kind, target, false)
    }

    /// Adds a relationship to an address outside of the package.
    pub(crate) fn relate_outside(&mut self, part: &str, kind: &str, address: &str) -> String {
        self.add_relation(part, kind, address, true)
    }

    fn add_relation(&mut self, part: &str, kind: &str, target: &str, external: bool) -> String {
        let known = self.relations(part);
        let same =
            |one: &&Related| one.kind == kind && one.target == target && one.external == external;
        if let Some(same) = known.iter().find(same) {
            return same.id.clone();
        }
        let taken = |id: &String| known.iter().any(|one| one.id == *id);
        let mut id = String::new();
        for number in known.len() + 1.. {
            id = format!("rIdItog{number}");
            if !taken(&id) {
                break;
            }
        }
        let name = relations::name_of(part);
        let bytes = relations::with(
            self.part(&name),
            &Related { id: id.clone(), kind: kind.to_owned(), target: target.to_owned(), external },
        );
        self.put(&name, bytes);
        id
    }

    /// A template (`.dotx`) makes documents: what is written is one.
    fn settle_type(&mut self) {
        let main = self.main.clone();
        if self.content_type(&main).is_some_and(|kind| kind.ends_with("template.main+xml")) {
            self.declare(&main, DOCUMENT);
        }
    }

    /// The file. Parts that were not touched are as they were, to the byte.
    pub(crate) fn write(&self, packer: &Packer) -> Result<Vec<u8>, String> {
        let parts = self.parts.iter().map(|part| {
            let bytes = match &part.packed {
                // The writer of archives looks into the core properties for the digest.
                Some(packed) if part.name != record::CORE => PartBytes::Packed(Arc::clone(packed)),
                _ => PartBytes::Own(part.bytes.to_vec()),
            };
            (part.name.clone(), bytes)
        });
        packer.zip(parts.collect())
    }
}

/// A part of the archive; nothing for a folder. What it takes of the room for all is subtracted.
fn read_part(
    archive: &mut zip::ZipArchive<Cursor<&[u8]>>,
    at: usize,
    room: &mut u64,
) -> Result<Option<Part>, Diagnostic> {
    let broken = |name: &str, why: String| {
        kind::broken(say!("its part `{name}` cannot be read: {why}", name, why))
    };
    let mut raw = archive.by_index_raw(at).map_err(|e| broken(&at.to_string(), e.to_string()))?;
    if raw.encrypted() {
        return Err(kind::encrypted());
    }
    // Some programs write Windows' separators, or begin at the root.
    let name = raw.name().replace('\\', "/").trim_start_matches('/').to_owned();
    if name.ends_with('/') {
        return Ok(None);
    }
    let (checksum, size) = (raw.crc32(), raw.size());
    let method = raw.compression();
    let too_large = || {
        let limit = limits::get().word_bytes;
        let message = say!("the DOCX unpacks to more than {limit} bytes", limit);
        limits::reached("limit-word-bytes", message)
    };
    // The directory may lie, so that what is unpacked is counted, too.
    if size.max(ENTRY) > *room {
        return Err(too_large());
    }
    let mut data = Vec::new();
    raw.read_to_end(&mut data).map_err(|e| broken(&name, e.to_string()))?;
    drop(raw);
    let mut bytes = Vec::new();
    let part = archive.by_index(at).map_err(|e| broken(&name, e.to_string()))?;
    part.take(*room + 1).read_to_end(&mut bytes).map_err(|e| broken(&name, e.to_string()))?;
    *room = room.checked_sub((bytes.len() as u64).max(ENTRY)).ok_or_else(too_large)?;
    let plain = matches!(method, zip::CompressionMethod::Stored | zip::CompressionMethod::Deflated);
    let deflated = method == zip::CompressionMethod::Deflated;
    // What was packed in a way that Word does not know is packed anew.
    let packed = plain.then(|| Arc::new(Packed::read(data, checksum, bytes.len(), deflated)));
    Ok(Some(Part { name, bytes: bytes.into(), packed }))
}
