//! The package as a ZIP archive: the same bytes for the same parts.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// A part's name and bytes.
pub(crate) type Part = (String, Vec<u8>);

/// Writes the parts in order. What is compressed already is stored.
pub(crate) fn write(parts: &[Part]) -> Result<Vec<u8>, String> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(64 * 1024)));
    let options = SimpleFileOptions::default().last_modified_time(DateTime::default());
    for (name, bytes) in parts {
        let stored = [".png", ".jpeg"].iter().any(|ending| name.ends_with(ending));
        let method = if stored { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(name.as_str(), options.compression_method(method)).map_err(|e| e.to_string())?;
        zip.write_all(bytes).map_err(|e| e.to_string())?;
    }
    Ok(zip.finish().map_err(|e| e.to_string())?.into_inner())
}
