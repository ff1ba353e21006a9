//! Where the files of a batch go.
//!
//! The last stage of a batch: `run` gives it whole files, in the order of the rows.

use std::fs;
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::origin;
use crate::files;

/// Takes the files of a batch, one after the other, in the order of the records.
///
/// A closure is a sink too:
///
/// ```
/// use itog::batch::FileSink;
/// let mut total = 0;
/// let mut count = |_name: &str, bytes: &[u8]| {
///     total += bytes.len();
///     Ok(())
/// };
/// count.put("001.pdf", b"%PDF").unwrap();
/// assert_eq!(total, 4);
/// ```
pub trait FileSink: Send {
    /// Whether the file is there already and whole: a resumed batch leaves it out.
    fn has(&self, _name: &str) -> bool {
        false
    }

    /// What is there under a name, for a resumed batch; `made_of` is a number for the record, the
    /// design and the options, which the files of a batch carry. Default: what there is is the
    /// same.
    fn found(&self, name: &str, _made_of: u64) -> FoundFile {
        if self.has(name) { FoundFile::Same } else { FoundFile::Nothing }
    }

    /// Where a file goes, for messages.
    fn path(&self, name: &str) -> PathBuf {
        name.into()
    }

    /// Takes a file.
    ///
    /// # Errors
    /// What keeps it from being taken; [`refused`](Self::refused) says what then.
    fn put(&mut self, name: &str, bytes: &[u8]) -> io::Result<()>;

    /// What is to be done about a file that was not taken at this attempt, the first being 1.
    /// Default: the batch ends.
    fn refused(&mut self, _name: &str, _why: &io::Error, _attempt: u32) -> OnRefusal {
        OnRefusal::Stop
    }

    /// Ends the batch: no more files.
    ///
    /// # Errors
    /// What keeps the whole from being finished.
    fn finish(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What a resumed batch finds under the name of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FoundFile {
    /// No file, or half of one: it is to be made.
    Nothing,
    /// A file that was made of other data, in another design or with other options: it is to be
    /// made anew.
    Outdated,
    /// The file that would be made.
    Same,
    /// A file of somebody else, or one that somebody has edited: it is left as it is.
    Edited,
}

/// What is to be done about a file that a [`FileSink`] did not take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnRefusal {
    /// The batch ends with this fault.
    Stop,
    /// It is offered once more, at once: whoever is to wait does so before.
    Retry,
    /// This record has failed; the batch goes on.
    Skip,
}

impl<F: FnMut(&str, &[u8]) -> io::Result<()> + Send> FileSink for F {
    fn put(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self(name, bytes)
    }
}

/// A folder, with folders in it where names have a `/`. A file is written under a temporary name
/// and renamed, so that whatever has its name is whole.
///
/// ```
/// use itog::batch::{FileSink, Folder};
/// let path = std::env::temp_dir().join(format!("itog-folder-{}", std::process::id()));
/// let mut folder = Folder::new(&path)?;
/// folder.put("9А/Ким.pdf", b"%PDF")?;
/// assert!(folder.put("9А/Ким.pdf", b"%PDF").is_err());
/// folder.replacing().put("9А/Ким.pdf", b"%PDF")?;
/// # std::fs::remove_dir_all(path)?;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    replace: bool,
    /// Files that stay as they are, whatever is replaced.
    kept: Vec<PathBuf>,
}

impl Folder {
    /// The folder, made if it is not there. Files that it has are never overwritten.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn new(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        fs::create_dir_all(&path)?;
        clear(&path);
        Ok(Self { path, replace: false, kept: Vec::new() })
    }

    /// The same folder, but files that it has are replaced. A resumed batch needs it: of a pair one
    /// file may be there.
    #[must_use]
    pub fn replacing(self) -> Self {
        Self { replace: true, ..self }
    }

    /// The same folder, but these files are never replaced: a batch reads them. What is not there
    /// needs no care.
    #[must_use]
    pub fn keeping<'p>(self, files: impl IntoIterator<Item = &'p Path>) -> Self {
        // Links and other spellings of a path lead to the same file.
        let kept = files.into_iter().filter_map(|file| file.canonicalize().ok()).collect();
        Self { kept, ..self }
    }
}

impl FileSink for Folder {
    fn has(&self, name: &str) -> bool {
        is_whole(&self.path.join(name)).unwrap_or(false)
    }

    fn found(&self, name: &str, made_of: u64) -> FoundFile {
        if !self.has(name) {
            return FoundFile::Nothing;
        }
        // What cannot be read is nothing to be replaced.
        fs::read(self.path.join(name))
            .map_or(FoundFile::Edited, |file| origin::compare(&file, made_of))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    fn put(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.path.join(name);
        // A folder of last year's certificates must not be lost to a table with the same names.
        if !self.replace && path.exists() {
            return Err(io::Error::new(
                io::ErrorKind::AlreadyExists,
                "the file is there already and is not overwritten",
            ));
        }
        if !self.kept.is_empty() && path.canonicalize().is_ok_and(|at| self.kept.contains(&at)) {
            return Err(io::Error::new(
                io::ErrorKind::AlreadyExists,
                "the batch reads this file and does not overwrite it: give --name another pattern",
            ));
        }
        if let Some((folder, _)) = name.rsplit_once('/') {
            fs::create_dir_all(self.path.join(folder))?;
        }
        // In the same folder, since only within one file system is renaming a single step.
        let (mut file, part) = files::temporary(&path)?;
        // On the disk before it has its name, lest a power failure leave a name without a file.
        let written = file
            .write_all(bytes)
            .and_then(|()| file.sync_all())
            .and_then(|()| fs::rename(&part, path));
        // A full disk leaves no halves behind.
        written.inspect_err(|_| drop(fs::remove_file(&part)))
    }
}

/// Takes away what a process left behind that was killed, hours ago: another one may be at work in
/// the same folder.
fn clear(folder: &Path) {
    const STALE: Duration = Duration::from_secs(3600);
    let is_part = |entry: &fs::DirEntry| {
        let name = entry.file_name();
        name.to_str().is_some_and(|n| n.starts_with(".itog-") && n.ends_with(".part"))
    };
    let is_stale = |entry: &fs::DirEntry| {
        let changed = entry.metadata().and_then(|about| about.modified()).ok();
        changed.and_then(|at| at.elapsed().ok()).is_some_and(|age| age > STALE)
    };
    // What cannot be listed or removed stays: it does no harm.
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.filter(is_part).filter(is_stale).for_each(|part| drop(fs::remove_file(part.path())));
}

/// Whether a file has its beginning and its end: a power failure may cut it, or leave it empty.
fn is_whole(path: &Path) -> io::Result<bool> {
    // The longest end: that of an SVG with its seal and a mark.
    const END: u64 = 80;
    let mut file = fs::File::open(path)?;
    let about = file.metadata()?;
    if !about.is_file() || about.len() < END {
        return Ok(false);
    }
    let (mut begin, mut end) = ([0; 5], Vec::new());
    file.read_exact(&mut begin)?;
    file.seek(io::SeekFrom::End(-(END as i64)))?;
    file.read_to_end(&mut end)?;
    Ok(match &begin {
        b"%PDF-" => end.trim_ascii_end().ends_with(b"%%EOF"),
        // The end of the central directory stands last.
        [b'P', b'K', ..] => end.windows(4).any(|bytes| bytes == b"PK\x05\x06"),
        [0x89, b'P', b'N', b'G', _] => end.ends_with(b"IEND\xaeB`\x82"),
        // Comments of ours stand behind it.
        [b'<', ..] => end.windows(6).any(|bytes| bytes == b"</svg>"),
        _ => false,
    })
}

/// By this comment an archive is known again as one that a batch has made.
pub(super) const RECORD: &str = "itog";

/// Whether a file is an archive, a list or a report as a batch writes them, so that nobody else's
/// work is lost when it is written anew.
pub fn is_record(file: &[u8]) -> bool {
    let archive = file.starts_with(b"PK") && file.ends_with(RECORD.as_bytes());
    archive || file.starts_with(br#"{"records": ["#)
}

/// A ZIP archive, the same bytes for the same files. PDF and DOCX are compressed inside, so they
/// are stored.
///
/// ```
/// use std::io::Cursor;
/// use itog::batch::{FileSink, Zip};
/// let mut archive = Cursor::new(Vec::new());
/// let mut zip = Zip::new(&mut archive);
/// zip.put("9А/Ким.pdf", b"%PDF")?;
/// zip.finish()?;
/// drop(zip);
/// assert!(archive.into_inner().starts_with(b"PK"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Zip<W: Write + Seek + Send> {
    writer: Option<zip::ZipWriter<Fused<W>>>,
}

/// A writer that swallows all bytes after its first error, so that an archive that cannot be
/// written is dropped quietly.
struct Fused<W> {
    inner: W,
    failed: bool,
    at: u64,
    end: u64,
}

impl<W> Fused<W> {
    fn new(inner: W) -> Self {
        Self { inner, failed: false, at: 0, end: 0 }
    }

    fn with<T>(&mut self, instead: T, f: impl FnOnce(&mut W) -> io::Result<T>) -> io::Result<T> {
        if self.failed {
            // The archive finishes itself when it is dropped and prints to stderr if it cannot:
            // it is told that all was written.
            return Ok(instead);
        }
        f(&mut self.inner).inspect_err(|_| {
            self.failed = true;
            // It may have failed at a header, to which the archive had gone back; finishing itself,
            // it takes for granted that it is at the end.
            self.at = self.end;
        })
    }
}

impl<W: Write> Write for Fused<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.with(bytes.len(), |inner| inner.write(bytes))?;
        self.at += written as u64;
        self.end = self.end.max(self.at);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.with((), W::flush)
    }
}

impl<W: Seek> Seek for Fused<W> {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        // After the error the position is only counted, since the archive asks for it.
        let instead = match to {
            io::SeekFrom::Start(at) => at,
            io::SeekFrom::Current(by) => self.at.saturating_add_signed(by),
            io::SeekFrom::End(by) => self.end.saturating_add_signed(by),
        };
        self.at = self.with(instead, |inner| inner.seek(to))?;
        Ok(self.at)
    }
}

impl<W: Write + Seek + Send> Zip<W> {
    /// An archive written to `writer`.
    pub fn new(writer: W) -> Self {
        Self { writer: Some(zip::ZipWriter::new(Fused::new(writer))) }
    }
}

impl<W: Write + Seek + Send> std::fmt::Debug for Zip<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Zip")
    }
}

impl<W: Write + Seek + Send> FileSink for Zip<W> {
    fn put(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let Some(writer) = &mut self.writer else {
            return Err(io::Error::other("the archive is finished"));
        };
        let options = zip::write::SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Stored);
        writer.start_file(name, options)?;
        writer.write_all(bytes)
    }

    fn finish(&mut self) -> io::Result<()> {
        match self.writer.take() {
            Some(mut writer) => {
                writer.set_comment(RECORD)?;
                writer.finish()?.flush()
            }
            None => Ok(()),
        }
    }
}
