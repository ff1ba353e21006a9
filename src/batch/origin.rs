//! What the files of a record are made of, as a number that each of them carries: a resumed batch
//! knows by it whether they would be made the same again.

use std::io::Write;

use serde::Serialize;
use serde_json::Value as Json;

use super::BatchOptions;
use super::base::RowRecord;
use super::sink::FoundFile;
use crate::cache::Fnv;
use crate::engine;
use crate::{docx, pdf, svg};

/// The number of all that the options say of files.
pub(super) fn of_options(options: &BatchOptions) -> u64 {
    let docx =
        options.docx.as_ref().map(|docx| (docx.embed_fonts, docx.soft_hyphens, &docx.source));
    // Another version of the library sets texts otherwise.
    let all = (env!("CARGO_PKG_VERSION"), &options.pdf, docx, options.density());
    let mut hash = Fnv::default();
    // Hashing takes all that it is given.
    let _ = write!(hash, "{all:?} {}", options.image_dpi);
    hash.value()
}

/// The number of a record in a design, whose own is `fingerprint`; `named` gives that of a file.
pub(super) fn of_record(
    record: &RowRecord,
    fingerprint: u64,
    named: &dyn Fn(&str) -> Option<u64>,
) -> u64 {
    let mut hash = Fnv::seeded(fingerprint);
    // A record that cannot be serialised fails when it is rendered.
    let _ = serde_json::to_writer(&mut hash, record);
    // The pictures that it names: a portrait may be another one under the same name.
    if let RowRecord::Certificate(certificate) = record {
        files(&certificate.photo, named, &mut hash);
        files(&certificate.design, named, &mut hash);
        files(&certificate.signatures, named, &mut hash);
    }
    hash.value()
}

/// Adds the files that data name.
fn files(data: &impl Serialize, named: &dyn Fn(&str) -> Option<u64>, hash: &mut Fnv) {
    fn walk(value: &Json, named: &dyn Fn(&str) -> Option<u64>, hash: &mut Fnv) {
        match value {
            Json::String(text) if text.contains('.') => {
                if let Some(digest) = named(text) {
                    hash.update(&digest.to_le_bytes());
                }
            }
            Json::Array(all) => all.iter().for_each(|value| walk(value, named, hash)),
            Json::Object(all) => all.values().for_each(|value| walk(value, named, hash)),
            _ => {}
        }
    }
    if let Ok(value) = serde_json::to_value(data) {
        walk(&value, named, hash);
    }
}

/// Puts the number into a file.
pub(super) fn mark(file: &mut Vec<u8>, made_of: u64) {
    match file.get(..4) {
        Some(b"%PDF") => pdf::mark(file, made_of),
        Some(b"PK\x03\x04") => docx::mark(file, made_of),
        _ => svg::mark(file, made_of),
    }
}

/// What a whole file is against the number that it should carry.
pub(super) fn compare(file: &[u8], made_of: u64) -> FoundFile {
    let told = match file.get(..4) {
        Some(b"%PDF") => pdf::made_of(file),
        Some(b"PK\x03\x04") => docx::made_of(file),
        _ => svg::made_of(file),
    };
    match told {
        Some(told) if told == made_of => FoundFile::Same,
        _ if engine::is_unchanged(file) => FoundFile::Outdated,
        _ => FoundFile::Edited,
    }
}
