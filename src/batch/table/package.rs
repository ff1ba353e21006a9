//! The parts of a workbook, read where they lie: a large one is not held in memory.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

use flate2::read::DeflateDecoder;
use quick_xml::Reader;
use quick_xml::events::Event;
use zip::{CompressionMethod, ZipArchive};

/// The most bytes of one part of a workbook, unpacked.
const PART: u64 = 1 << 30;

/// A workbook as it came: a file that stays on its disk, or bytes.
#[derive(Debug, Clone)]
pub(super) enum PackageBytes {
    Held(Arc<[u8]>),
    /// Whoever reads says from where, since all share one position.
    Lying(Arc<Mutex<File>>),
}

impl PackageBytes {
    /// A file in which one can go to and fro, unlike a pipe.
    pub(super) fn lying(file: &File) -> Option<Self> {
        let is_file = file.metadata().is_ok_and(|about| about.is_file());
        let file = file.try_clone().ok().filter(|_| is_file)?;
        Some(Self::Lying(Arc::new(Mutex::new(file))))
    }

    fn size(&self) -> io::Result<u64> {
        match self {
            Self::Held(bytes) => Ok(bytes.len() as u64),
            Self::Lying(file) => {
                file.lock().unwrap_or_else(PoisonError::into_inner).seek(SeekFrom::End(0))
            }
        }
    }
}

/// A stretch of the bytes, with a position of its own.
#[derive(Clone)]
struct Stretch {
    bytes: PackageBytes,
    at: u64,
    end: u64,
}

impl Read for Stretch {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let most = usize::try_from(self.end.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let most = most.min(out.len());
        let read = match &self.bytes {
            PackageBytes::Held(bytes) => {
                let rest = usize::try_from(self.at).ok().and_then(|at| bytes.get(at..));
                rest.unwrap_or_default().read(&mut out[..most])?
            }
            PackageBytes::Lying(file) => {
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                file.seek(SeekFrom::Start(self.at))?;
                file.read(&mut out[..most])?
            }
        };
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Stretch {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
            SeekFrom::End(by) => self.end.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

/// A package with its list of parts.
pub(super) struct XlsxPackage {
    archive: ZipArchive<Stretch>,
    whole: Stretch,
}

impl XlsxPackage {
    pub(super) fn open(bytes: PackageBytes) -> Result<Self, String> {
        let end = bytes.size().map_err(|e| e.to_string())?;
        let whole = Stretch { bytes, at: 0, end };
        let archive = ZipArchive::new(whole.clone()).map_err(|e| e.to_string())?;
        Ok(Self { archive, whole })
    }

    /// A part by its name, which may differ in case, as some writers have it.
    fn index(&self, name: &str) -> Result<usize, String> {
        let exact = self.archive.index_for_name(name).or_else(|| {
            let found = self.archive.file_names().find(|n| n.eq_ignore_ascii_case(name))?;
            self.archive.index_for_name(found)
        });
        exact.ok_or_else(|| format!("it has no part {name}"))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.index(name).is_ok()
    }

    /// Goes through a part once, and proves its checksum.
    pub(super) fn read<T>(
        &mut self,
        name: &str,
        work: impl FnOnce(&mut XmlPart<'_>) -> Result<T, String>,
    ) -> Result<T, String> {
        let index = self.index(name)?;
        let file = self.archive.by_index(index).map_err(|e| e.to_string())?;
        if file.size() >= PART {
            return Err(format!("the part {name} is larger than 1 GB"));
        }
        // What a header says may be a lie.
        work(&mut XmlPart::new(Box::new(BufReader::new(file.take(PART))))?)
    }

    /// A part that is read on its own from now on, as far as it is asked for.
    pub(super) fn stream(&mut self, name: &str) -> Result<XmlPart<'static>, String> {
        let index = self.index(name)?;
        let file = self.archive.by_index_raw(index).map_err(|e| e.to_string())?;
        let at = file.data_start().ok_or_else(|| format!("the part {name} is damaged"))?;
        let part = Stretch { at, end: at + file.compressed_size(), ..self.whole.clone() };
        let reader: Box<dyn BufRead + Send> = match file.compression() {
            CompressionMethod::Stored => Box::new(BufReader::new(part)),
            CompressionMethod::Deflated => {
                Box::new(BufReader::new(DeflateDecoder::new(part).take(PART)))
            }
            method => return Err(format!("the part {name} is packed by {method}")),
        };
        XmlPart::new(reader)
    }
}

/// The tags and texts of a part, one after the other.
pub(super) struct XmlPart<'p> {
    reader: Reader<Box<dyn BufRead + Send + 'p>>,
    buffer: Vec<u8>,
}

impl<'p> XmlPart<'p> {
    fn new(mut reader: Box<dyn BufRead + Send + 'p>) -> Result<Self, String> {
        let failed = |e: io::Error| e.to_string();
        let reader = match reader.fill_buf().map_err(failed)? {
            // UTF-16, which XML may have: nobody writes large workbooks so.
            [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] => {
                let mut bytes = Vec::new();
                reader.read_to_end(&mut bytes).map_err(failed)?;
                let text = super::encoding::text(&bytes, None);
                Box::new(Cursor::new(text.into_bytes())) as Box<dyn BufRead + Send>
            }
            _ => reader,
        };
        Ok(Self { reader: Reader::from_reader(reader), buffer: Vec::new() })
    }

    pub(super) fn next(&mut self) -> Result<Event<'_>, String> {
        self.buffer.clear();
        self.reader.read_event_into(&mut self.buffer).map_err(|e| e.to_string())
    }
}
