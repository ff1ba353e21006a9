//! The package as a ZIP archive: the same bytes for the same parts.

use std::collections::BTreeMap;
use std::fmt;
use std::io::{Cursor, Write};
use std::sync::{Arc, Mutex, PoisonError};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// A part's name and bytes.
pub(crate) type Part = (String, Vec<u8>);

/// How many parts are kept deflated; when there are more, all are forgotten.
const KEPT: usize = 128;

/// What documents have in common: parts such as styles, settings and fonts, deflated once.
///
/// It changes no byte of any file, only the time that writing takes. Keep one for each design.
#[derive(Default)]
pub struct Shared {
    /// The last part of each name.
    packed: Mutex<BTreeMap<String, Arc<Packed>>>,
}

/// A part, and an archive that holds nothing else.
struct Packed {
    bytes: Vec<u8>,
    archive: Vec<u8>,
}

impl Shared {
    /// Writes the parts in order. What is compressed already is stored.
    pub(super) fn zip(&self, parts: Vec<Part>) -> Result<Vec<u8>, String> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(64 * 1024)));
        for (name, bytes) in parts {
            if is_unique(&name) {
                add(&mut zip, &name, &bytes)?;
                continue;
            }
            let packed = self.packed(&name, bytes)?;
            let mut archive = ZipArchive::new(Cursor::new(packed.archive.as_slice())).map_err(|e| e.to_string())?;
            zip.raw_copy_file(archive.by_index_raw(0).map_err(|e| e.to_string())?).map_err(|e| e.to_string())?;
        }
        Ok(zip.finish().map_err(|e| e.to_string())?.into_inner())
    }

    fn packed(&self, name: &str, bytes: Vec<u8>) -> Result<Arc<Packed>, String> {
        let all = || self.packed.lock().unwrap_or_else(PoisonError::into_inner);
        let known = all().get(name).cloned();
        if let Some(known) = known.filter(|known| known.bytes == bytes) {
            return Ok(known);
        }
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        add(&mut zip, name, &bytes)?;
        let archive = zip.finish().map_err(|e| e.to_string())?.into_inner();
        let packed = Arc::new(Packed { bytes, archive });
        let mut all = all();
        if all.len() >= KEPT {
            all.clear();
        }
        all.insert(name.to_owned(), Arc::clone(&packed));
        Ok(packed)
    }
}

/// Whether a part says something else in each document, or is not to be compressed.
fn is_unique(name: &str) -> bool {
    name == "word/document.xml" || name.starts_with("docProps/") || name.starts_with("customXml/") || is_compressed(name)
}

fn is_compressed(name: &str) -> bool {
    [".png", ".jpeg"].iter().any(|ending| name.ends_with(ending))
}

fn add(zip: &mut ZipWriter<Cursor<Vec<u8>>>, name: &str, bytes: &[u8]) -> Result<(), String> {
    let method = if is_compressed(name) { CompressionMethod::Stored } else { CompressionMethod::Deflated };
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default()).compression_method(method);
    zip.start_file(name, options).map_err(|e| e.to_string())?;
    zip.write_all(bytes).map_err(|e| e.to_string())
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}
