//! The package as a ZIP archive: the same bytes for the same parts.
//!
//! Ground floor, beside `xml`: takes parts with their names, gives the file. The [`Packer`] keeps
//! what many documents have, deflated.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};

use flate2::{Compress, Compression, Crc, FlushCompress, Status};

use super::xml::El;
use crate::cache::{Fnv, SmallCache, equal};

/// Room in the core properties for the digest of all other parts, by which a file that nobody
/// changed is known.
pub(crate) const NO_DIGEST: &str = "itog:0000000000000000";

/// The part with the core properties.
pub(super) const CORE: &str = "docProps/core.xml";

/// What `NO_DIGEST` becomes: a digest of the names, sizes and checksums of all other parts.
fn digest<'a>(parts: impl Iterator<Item = (&'a str, u32, u32)>) -> String {
    // It tells that a file was edited, and cannot keep anybody from forging one.
    let mut hash = Fnv::default();
    for (name, size, checksum) in parts.filter(|(name, ..)| *name != CORE) {
        hash.update(name.as_bytes());
        hash.update(&size.to_le_bytes());
        hash.update(&checksum.to_le_bytes());
    }
    format!("itog:{:016x}", hash.value())
}

/// Whether a file was made here and not changed since. A word processor writes the parts anew.
pub fn is_unchanged(file: &[u8]) -> bool {
    let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(file)) else { return false };
    let mut parts = Vec::new();
    for number in 0..archive.len() {
        // Sizes and checksums stand in the directory: nothing has to be inflated, so that a bomb
        // does no harm.
        let Ok(part) = archive.by_index_raw(number) else { return false };
        let size = u32::try_from(part.size()).unwrap_or(u32::MAX);
        parts.push((part.name().to_owned(), size, part.crc32()));
    }
    let told = digest(parts.iter().map(|(name, size, crc)| (name.as_str(), *size, *crc)));
    let mut core = String::new();
    let read =
        archive.by_name(CORE).ok().map(|part| part.take(MOST_CORE).read_to_string(&mut core));
    matches!(read, Some(Ok(_))) && core.contains(&told)
}

/// What the comment of an archive says that a batch made; sixteen digits follow.
#[cfg(feature = "batch")]
const MADE_OF: &str = "itog-of:";

/// The length of that comment: an archive is made with room for it, or it would be copied whole for
/// 24 bytes.
const MARK: usize = 24;

/// Puts into a file what it was made of, as the comment of the archive (APPNOTE 6.3.10, 4.3.16):
/// whoever writes the package anew drops it.
#[cfg(feature = "batch")]
pub(crate) fn mark(file: &mut Vec<u8>, made_of: u64) {
    let comment = format!("{MADE_OF}{made_of:016x}");
    // The last two bytes are the length of the comment, and we write none.
    if file.ends_with(&[0, 0]) {
        file.truncate(file.len() - 2);
        file.extend((comment.len() as u16).to_le_bytes());
        file.extend(comment.as_bytes());
    }
}

/// What a file was made of, if it says so.
#[cfg(feature = "batch")]
pub(crate) fn made_of(file: &[u8]) -> Option<u64> {
    let digits = str::from_utf8(file.get(file.len().checked_sub(16)?..)?).ok()?;
    let marked = file.get(..file.len() - 16)?.ends_with(MADE_OF.as_bytes());
    marked.then(|| u64::from_str_radix(digits, 16).ok())?
}

/// The most that is read of core properties, in bytes.
const MOST_CORE: u64 = 1 << 20;

/// A part's name and bytes.
pub(crate) type PackagePart = (String, PartBytes);

/// The bytes of a part.
#[derive(Debug, Clone)]
pub(crate) enum PartBytes {
    /// Of this document.
    Own(Vec<u8>),
    /// Of many documents.
    Kept(Arc<[u8]>),
    /// Packed already.
    Packed(Arc<Packed>),
}

impl PartBytes {
    pub(crate) fn as_slice(&self) -> &[u8] {
        match self {
            Self::Own(bytes) => bytes,
            Self::Kept(bytes) => bytes,
            Self::Packed(packed) => &packed.data,
        }
    }
}

impl From<Vec<u8>> for PartBytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Own(bytes)
    }
}

impl From<Arc<Packed>> for PartBytes {
    fn from(packed: Arc<Packed>) -> Self {
        Self::Packed(packed)
    }
}

impl PartialEq for PartBytes {
    fn eq(&self, other: &Self) -> bool {
        equal(self.as_slice(), other.as_slice())
    }
}

/// The level at which parts are deflated that no other document has.
const LITTLE: u32 = 1;

/// A part that has more bytes is deflated well though no other document has it: there the file's
/// size counts, and time does not.
const LARGE: usize = 32 * 1024;

/// A part of one document is stored if it has fewer bytes, or this share of those that are packed
/// already: to make a compressor ready takes longer than the rest of the package, and what it saves
/// is hardly seen beside the faces that travel with the document.
const SMALL: usize = 2048;
const SMALL_SHARE: usize = 8;

/// How many parts are kept deflated; when there are more, all are forgotten.
const KEPT: usize = 128;

/// Deflates parts, and remembers those that several documents have.
///
/// It changes no byte of any file, only the time that writing takes.
#[derive(Default)]
pub(crate) struct Packer {
    /// The last part of each name.
    packed: Mutex<BTreeMap<String, (PartBytes, Arc<Packed>)>>,
    /// Parts by name and what they are made of.
    made: SmallCache<(&'static str, String), Arc<Packed>>,
    /// Compressors that no thread uses now, by how hard they work: making one costs more than
    /// deflating a certificate.
    compressors: [Mutex<Vec<Compress>>; 2],
}

/// The compression level: for parts of one document, or for those that many have in common.
#[derive(Debug, Clone, Copy)]
enum Effort {
    Little,
    Much,
}

/// A part as it stands in the archive.
#[derive(Debug)]
pub(crate) struct Packed {
    data: Vec<u8>,
    /// Of the part's bytes, as their number.
    checksum: u32,
    size: u32,
    deflated: bool,
}

impl Packed {
    /// A part of another archive, as it stands there.
    pub(crate) fn read(data: Vec<u8>, checksum: u32, size: usize, deflated: bool) -> Self {
        // A part of more than 4 GB is refused before it is read.
        Self { data, checksum, size: size as u32, deflated }
    }
}

impl Packer {
    /// Writes the parts in order. What is compressed already is stored.
    pub(crate) fn zip(&self, parts: Vec<PackagePart>) -> Result<Vec<u8>, String> {
        let packed = parts.iter().map(|(_, bytes)| {
            if let PartBytes::Packed(packed) = bytes { packed.data.len() } else { 0 }
        });
        let small = SMALL.max(packed.sum::<usize>() / SMALL_SHARE);
        let mut entries: Vec<(String, Arc<Packed>)> = Vec::with_capacity(parts.len());
        let mut core = None;
        for (name, bytes) in parts {
            // It holds the digest of the others, so it is made when they are.
            if name == CORE {
                core = Some((entries.len(), bytes));
                continue;
            }
            let packed = match bytes {
                PartBytes::Packed(packed) => packed,
                PartBytes::Own(bytes) if is_unique(&name) => {
                    let effort = match bytes.len() {
                        size if size < small => None,
                        size if size < LARGE => Some(Effort::Little),
                        _ => Some(Effort::Much),
                    };
                    Arc::new(self.pack_at(effort, &name, bytes.into())?)
                }
                bytes => self.packed(&name, bytes)?,
            };
            entries.push((name, packed));
        }
        if let Some((place, bytes)) = core {
            let others = entries.iter().map(|(name, p)| (name.as_str(), p.size, p.checksum));
            let text = String::from_utf8_lossy(bytes.as_slice());
            let text = text.replace(NO_DIGEST, &digest(others));
            let packed = self.pack_at(None, CORE, text.into_bytes().into())?;
            entries.insert(place, (CORE.to_owned(), Arc::new(packed)));
        }
        archive(&entries).ok_or_else(|| "the parts are too large for a ZIP archive".to_owned())
    }

    /// A part that is made of nothing but what `key` says.
    pub(super) fn made(
        &self,
        name: &'static str,
        key: String,
        make: impl FnOnce() -> El,
    ) -> Result<Arc<Packed>, String> {
        self.made.get((name, key), |_| self.pack(name, &make().part()).map(Arc::new))
    }

    /// A part that other documents have, too.
    fn packed(&self, name: &str, bytes: PartBytes) -> Result<Arc<Packed>, String> {
        let all = || self.packed.lock().unwrap_or_else(PoisonError::into_inner);
        let known = all().get(name).cloned();
        if let Some((_, packed)) = known.filter(|(known, _)| *known == bytes) {
            return Ok(packed);
        }
        let packed = Arc::new(self.pack(name, bytes.as_slice())?);
        let mut all = all();
        // To forget all costs one round of deflating, seldom; to forget the oldest would need an
        // order.
        if all.len() >= KEPT {
            all.clear();
        }
        all.insert(name.to_owned(), (bytes, Arc::clone(&packed)));
        Ok(packed)
    }

    /// Deflates a part that many documents have, unless it is a picture that is compressed already.
    pub(crate) fn pack(&self, name: &str, bytes: &[u8]) -> Result<Packed, String> {
        let effort = if is_compressed(name) { None } else { Some(Effort::Much) };
        self.pack_at(effort, name, bytes.into())
    }

    /// A part deflated with that effort, or stored.
    fn pack_at(
        &self,
        effort: Option<Effort>,
        name: &str,
        bytes: Cow<'_, [u8]>,
    ) -> Result<Packed, String> {
        let size = u32::try_from(bytes.len()).map_err(|_| format!("{name} is too large"))?;
        let mut crc = Crc::new();
        crc.update(&bytes);
        let data = match effort {
            Some(effort) => self.deflate(effort, &bytes)?,
            None => bytes.into_owned(),
        };
        Ok(Packed { data, checksum: crc.sum(), size, deflated: effort.is_some() })
    }

    fn deflate(&self, effort: Effort, bytes: &[u8]) -> Result<Vec<u8>, String> {
        let free =
            || self.compressors[effort as usize].lock().unwrap_or_else(PoisonError::into_inner);
        let lent = free().pop();
        let mut compressor = lent.unwrap_or_else(|| {
            // 6 is zlib's own default; a part of a ZIP archive has no zlib header.
            Compress::new(Compression::new([LITTLE, 6][effort as usize]), false)
        });
        compressor.reset();
        // XML shrinks to less than half, so that this hardly ever has to grow.
        let mut out = Vec::with_capacity(bytes.len() / 2 + 128);
        loop {
            let done = usize::try_from(compressor.total_in()).map_err(|e| e.to_string())?;
            match compressor.compress_vec(
                bytes.get(done..).unwrap_or(&[]),
                &mut out,
                FlushCompress::Finish,
            ) {
                Ok(Status::StreamEnd) => break,
                Ok(_) => out.reserve(bytes.len() / 2 + 128),
                Err(fault) => return Err(fault.to_string()),
            }
        }
        free().push(compressor);
        Ok(out)
    }
}

/// Whether a part says something else in each document.
pub(super) fn is_unique(name: &str) -> bool {
    name == "word/document.xml" || name.starts_with("docProps/") || name.starts_with("customXml/")
}

fn is_compressed(name: &str) -> bool {
    [".png", ".jpeg"].iter().any(|ending| name.ends_with(ending))
}

/// The archive (APPNOTE 6.3.10, 4.3): each part with its header, then the directory. Nothing if it
/// would need 64-bit numbers.
fn archive(entries: &[(String, Arc<Packed>)]) -> Option<Vec<u8>> {
    let names: usize = entries.iter().map(|(name, _)| name.len()).sum();
    let mut out = Vec::with_capacity(
        // A part has 30 bytes of header here and 46 in the directory, its name in both; the end
        // of the directory has 22.
        entries.iter().map(|(_, packed)| packed.data.len() + 76).sum::<usize>()
            + 2 * names
            + 22
            + MARK,
    );
    let mut directory = Vec::with_capacity(46 * entries.len() + names);
    for (name, packed) in entries {
        let at = u32::try_from(out.len()).ok()?;
        // The same 26 bytes stand before the part and in the directory.
        let mut header = [0; 26];
        let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
        // Version 2.0; no flags; the method; midnight of the first of January 1980.
        put(0, &[20, 0]);
        put(4, &[if packed.deflated { 8 } else { 0 }]);
        put(8, &[0x21, 0]);
        put(10, &packed.checksum.to_le_bytes());
        put(14, &u32::try_from(packed.data.len()).ok()?.to_le_bytes());
        put(18, &packed.size.to_le_bytes());
        put(22, &u16::try_from(name.len()).ok()?.to_le_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(header);
        out.extend(name.as_bytes());
        out.extend_from_slice(&packed.data);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(header);
        // No comment, the first disk, no attributes.
        directory.extend([0; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let count = u16::try_from(entries.len()).ok()?.to_le_bytes();
    let (start, size) = (u32::try_from(out.len()).ok()?, u32::try_from(directory.len()).ok()?);
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend([count, count].concat());
    out.extend([size.to_le_bytes(), start.to_le_bytes()].concat());
    out.extend([0; 2]);
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;
    use zip::ZipArchive;

    #[test]
    fn others_read_what_is_written() {
        let packer = Packer::default();
        let text = "итог ".repeat(9000);
        let parts = || {
            let own = |name: &str, bytes: &[u8]| (name.to_owned(), PartBytes::Own(bytes.to_vec()));
            vec![
                own("word/document.xml", text.as_bytes()),
                own("word/styles.xml", b"<a/>"),
                own("word/media/image1.png", &[7; 300]),
                own("docProps/app.xml", b""),
            ]
        };
        let file = packer.zip(parts()).unwrap();
        assert_eq!(file, packer.zip(parts()).unwrap());
        let mut archive = ZipArchive::new(Cursor::new(file)).unwrap();
        for (name, bytes) in parts() {
            let mut part = archive.by_name(&name).unwrap();
            let stored = name.ends_with("png") || name.starts_with("docProps");
            assert_eq!(part.compression() == zip::CompressionMethod::Stored, stored, "{name}");
            let mut back = Vec::new();
            part.read_to_end(&mut back).unwrap();
            assert_eq!(back, bytes.as_slice(), "{name}");
        }
    }
}
