//! The font table, and faces that travel with the document (ECMA-376 Part 1, 17.8).
//!
//! Takes the names of faces and the texts that are set in them, gives `fontTable.xml` and the
//! obfuscated faces. Cutting a face costs more than the rest of a document, so what was cut is
//! kept for the documents of a batch.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::relations::{Relation, RelationId, relationships};
use super::words::{R, W};
use super::xml::El;
use super::zip::{Packed, Packer};
use crate::cache::{Fnv, Serial, SmallCache};
use crate::diag::{Message, say};
use crate::font::{Face, is_typed};

/// A face to embed: what it is for, and the face.
#[derive(Debug, Clone)]
pub(crate) struct EmbeddedFace {
    pub(crate) bold: bool,
    pub(crate) italic: bool,
    pub(crate) face: Arc<Face>,
}

impl PartialEq for EmbeddedFace {
    fn eq(&self, other: &Self) -> bool {
        let key = |own: &Self| (own.bold, own.italic, own.face.serial());
        key(self) == key(other)
    }
}

/// The names of the faces that a document uses, and the faces of each that go with it.
pub(crate) type UsedFaces = Vec<(String, Vec<EmbeddedFace>)>;

/// A face as it goes with documents: cut down, obfuscated, packed.
#[derive(Debug)]
struct EmbeddedFont {
    key: [u8; 16],
    packed: Arc<Packed>,
}

/// Font tables and faces that were made for the documents of a batch. Characters are those that a
/// document has besides what people type every day.
#[derive(Debug, Default)]
pub(crate) struct FontTables {
    fonts: SmallCache<(Serial, BTreeSet<char>), Arc<EmbeddedFont>>,
    tables: SmallCache<(Arc<UsedFaces>, BTreeSet<char>), Arc<FontTable>>,
}

/// `word/fontTable.xml` and what belongs to it.
#[derive(Debug)]
pub(super) struct FontTable {
    pub(super) table: Arc<Packed>,
    /// The obfuscated fonts, and the relationships from the table to them.
    pub(super) parts: Vec<(String, Arc<Packed>)>,
}

impl FontTables {
    /// A face ready to go with a document that has these characters besides those that all faces
    /// have.
    fn font(
        &self,
        face: &Arc<Face>,
        extra: &BTreeSet<char>,
        packer: &Packer,
    ) -> Result<Arc<EmbeddedFont>, String> {
        // Characters that the face has not are no part of the key, or each «☎» in a document of
        // a batch would cut all faces anew.
        let extra: BTreeSet<char> = extra.iter().copied().filter(|c| face.covers(*c)).collect();
        self.fonts.get((face.serial(), extra), |(_, extra)| {
            // A licence that forbids subsetting lets the face go as it is or not at all.
            let cut = (!face.licence().is_whole()).then(|| face.editable(extra)).flatten();
            let bytes = cut.map_or_else(|| Cow::Borrowed(face.data.bytes()), Cow::Owned);
            let key = key(&bytes);
            let packed = Arc::new(packer.pack("font.odttf", &obfuscated(&bytes, &key))?);
            Ok(Arc::new(EmbeddedFont { key, packed }))
        })
    }

    /// The font table of a document in these faces that has these characters.
    pub(super) fn table(
        &self,
        faces: &Arc<UsedFaces>,
        extra: BTreeSet<char>,
        packer: &Packer,
    ) -> Result<Arc<FontTable>, String> {
        self.tables.get((Arc::clone(faces), extra), |(_, extra)| {
            self.make_table(faces, extra, packer).map(Arc::new)
        })
    }

    fn make_table(
        &self,
        faces: &UsedFaces,
        extra: &BTreeSet<char>,
        packer: &Packer,
    ) -> Result<FontTable, String> {
        let mut table = El::new("w:fonts").with("xmlns:w", W).with("xmlns:r", R);
        let (mut files, mut relations) = (Vec::new(), Vec::new());
        for (name, embedded) in faces {
            let (family, pitch) = family_and_pitch(name);
            let mut font = El::new("w:font")
                .with("w:name", name.clone())
                // 204, Russian: by it a reader that lacks the face finds one with Cyrillic
                // letters (17.8.3.2).
                .child(El::val("w:charset", "CC"))
                .child(El::val("w:family", family))
                .child(El::val("w:pitch", pitch));
            // The order of the schema: regular, bold, italic, bold italic.
            let mut order: Vec<&EmbeddedFace> = embedded.iter().collect();
            order.sort_by_key(|own| (own.italic, own.bold));
            for EmbeddedFace { bold, italic, face } in order {
                // The writer has reported it, with what to do.
                if stays_behind(face).is_some() {
                    continue;
                }
                let element = match (bold, italic) {
                    (false, false) => "w:embedRegular",
                    (true, false) => "w:embedBold",
                    (false, true) => "w:embedItalic",
                    (true, true) => "w:embedBoldItalic",
                };
                let number = relations.len() + 1;
                let id = RelationId::Number(number);
                let made = self.font(face, extra, packer)?;
                font.push(El::new(element).with("r:id", id).with("w:fontKey", guid(&made.key)));
                files.push((format!("word/fonts/font{number}.odttf"), Arc::clone(&made.packed)));
                relations.push(Relation {
                    id,
                    kind: format!("{R}/font"),
                    target: format!("fonts/font{number}.odttf"),
                    external: false,
                });
            }
            table.push(font);
        }
        let table = Arc::new(packer.pack("fontTable.xml", &table.part())?);
        if !relations.is_empty() {
            let relations = packer.pack("fontTable.xml.rels", &relationships(&relations).part())?;
            files.insert(0, ("word/_rels/fontTable.xml.rels".to_owned(), Arc::new(relations)));
        }
        Ok(FontTable { table, parts: files })
    }
}

/// The characters of texts that people do not type every day.
pub(crate) fn unusual<'a>(texts: impl Iterator<Item = &'a [u8]>) -> BTreeSet<char> {
    let mut found = BTreeSet::new();
    for mut rest in texts {
        // Nearly all is markup in ASCII, which goes faster by the dozen.
        loop {
            rest = &rest
                [rest.chunks(32).take_while(|chunk| chunk.is_ascii()).map(<[u8]>::len).sum()..];
            let Some(start) = rest.iter().position(|byte| !byte.is_ascii()) else { break };
            let end = rest[start..]
                .iter()
                .position(u8::is_ascii)
                .map_or(rest.len(), |length| start + length);
            let piece = std::str::from_utf8(&rest[start..end]).unwrap_or_default();
            found.extend(piece.chars().filter(|c| !is_typed(*c)));
            rest = &rest[end..];
        }
    }
    found
}

/// Why a face cannot go with a document.
pub(crate) fn stays_behind(face: &Face) -> Option<Message> {
    match () {
        () if face.is_cff() => Some(say!("it has CFF outlines, which Word does not take")),
        // The version of TrueType outlines, which a collection does not begin with.
        () if !face.data.bytes().starts_with(&[0, 1, 0, 0]) => {
            Some(say!("Word does not support its format"))
        }
        () if !face.licence().may_be_edited() => {
            Some(say!("its licence does not let it go with documents that can be edited"))
        }
        () => None,
    }
}

/// The key of a font: made of its table directory, where the checksums of all its tables stand, so
/// that the same font has the same key (FNV-1a, twice 64 bits).
fn key(bytes: &[u8]) -> [u8; 16] {
    // A kilobyte holds the directory of 63 tables: 12 bytes, then 16 for each.
    let directory = &bytes[..bytes.len().min(1024)];
    let hash = |mut hash: Fnv| {
        hash.update(directory);
        hash.value().to_be_bytes()
    };
    let mut key = [0; 16];
    key[..8].copy_from_slice(&hash(Fnv::default()));
    key[8..].copy_from_slice(&hash(Fnv::seeded(0x8422_2325_cbf2_9ce4)));
    // A GUID of version 4, variant 1.
    key[6] = key[6] & 0x0F | 0x40;
    key[8] = key[8] & 0x3F | 0x80;
    key
}

fn guid(key: &[u8; 16]) -> String {
    let hex: String = key.iter().map(|byte| format!("{byte:02X}")).collect();
    format!("{{{}-{}-{}-{}-{}}}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// The first 32 bytes are mixed with the key, last byte first (17.8.1).
fn obfuscated(bytes: &[u8], key: &[u8; 16]) -> Vec<u8> {
    let mut mixed = bytes.to_vec();
    for (at, byte) in mixed.iter_mut().take(32).enumerate() {
        *byte ^= key[15 - at % 16];
    }
    mixed
}

/// By family and pitch a reader without the face finds one like it (17.8.3).
fn family_and_pitch(name: &str) -> (&'static str, &'static str) {
    if name.contains("Mono") || name.contains("Courier") || name == "Consolas" {
        ("modern", "fixed")
    } else if name.contains("Sans") || ["Arial", "Calibri", "Tahoma", "Verdana"].contains(&name) {
        ("swiss", "variable")
    } else {
        ("roman", "variable")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mixing_twice_gives_the_font_back() {
        let bytes: Vec<u8> = (0..100).collect();
        let key = key(&bytes);
        let mixed = obfuscated(&bytes, &key);
        assert_ne!(mixed[..32], bytes[..32]);
        assert_eq!(obfuscated(&mixed, &key), bytes);
        assert_eq!(guid(&key).len(), 38);
    }
}
