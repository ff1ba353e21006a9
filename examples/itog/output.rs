//! What a command writes: whole files or none.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use itog::diag::{Diagnostic, Error, say};
use itog::files;

/// A file under a temporary name, which gets its own when it is whole, so that nobody ever sees
/// half of it.
pub(crate) struct Part {
    file: Option<File>,
    part: PathBuf,
    path: PathBuf,
}

impl Part {
    pub(crate) fn new(path: &Path) -> Result<Self, Error> {
        let fault = |source| Error::Io { path: path.to_owned(), source };
        if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
            let fault = |source| Error::Io { path: folder.to_owned(), source };
            fs::create_dir_all(folder).map_err(fault)?;
        }
        // Renaming would put a file in the place of a pipe or a device.
        if fs::metadata(path).is_ok_and(|about| !about.is_file()) {
            return Err(not_a_file(path));
        }
        let (file, part) = files::temporary(path).map_err(fault)?;
        Ok(Self { file: Some(file), part, path: path.to_owned() })
    }

    /// The file to write to; it can be had once.
    pub(crate) fn file(&mut self) -> File {
        self.file.take().expect("the file is taken once")
    }

    /// Makes something else of what was written.
    pub(crate) fn replace_with(
        &self,
        make: impl FnOnce(Vec<u8>) -> Result<Vec<u8>, Error>,
    ) -> Result<(), Error> {
        let fault = |source| Error::Io { path: self.path.clone(), source };
        let bytes = make(fs::read(&self.part).map_err(fault)?)?;
        // It is our own file, which nobody else knows the name of.
        fs::write(&self.part, bytes).map_err(fault)
    }

    pub(crate) fn finish(self) -> Result<(), Error> {
        // On the disk before it has its name, lest a power failure leave a name without a file.
        File::options()
            .write(true)
            .open(&self.part)
            .and_then(|file| file.sync_all())
            .and_then(|()| fs::rename(&self.part, &self.path))
            .map_err(|source| Error::Io { path: self.path.clone(), source })
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // After a rename there is nothing to remove.
        let _ = fs::remove_file(&self.part);
    }
}

/// Writes a whole file at once.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let mut part = Part::new(path)?;
    let mut file = part.file();
    file.write_all(bytes).map_err(|source| Error::Io { path: path.to_owned(), source })?;
    part.finish()
}

/// Sees to it that no file is written in the place of another that is read, or of another output.
pub(crate) fn apart<'p>(
    outputs: impl IntoIterator<Item = &'p Path>,
    inputs: impl IntoIterator<Item = &'p Path>,
) -> Result<(), Error> {
    // Links and other spellings of a path lead to the same file.
    let place = |path: &Path| {
        path.canonicalize().unwrap_or_else(|_| {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let folder = folder.unwrap_or(Path::new(".")).canonicalize();
            let name = path.file_name().unwrap_or_default();
            folder.map_or_else(|_| path.to_owned(), |folder| folder.join(name))
        })
    };
    let mut taken: Vec<PathBuf> = inputs.into_iter().map(place).collect();
    for output in outputs {
        let at = place(output);
        if taken.contains(&at) {
            return Err(is_input(output).into());
        }
        taken.push(at);
    }
    Ok(())
}

/// The fault of writing what is read.
pub(crate) fn is_input(path: &Path) -> Diagnostic {
    let message = say!("{file} is read, or written twice, by this command", file = path.display());
    let fault = Diagnostic::error("file-input", message);
    fault.hint(say!("give another name for what is written: `--output`"))
}

fn not_a_file(path: &Path) -> Error {
    let message = say!("{file} is there, and it is not a file", file = path.display());
    let fault = Diagnostic::error("file-exists", message);
    fault.hint(say!("give another name for what is written")).into()
}

/// Whether a file may be replaced without asking: it is not there, or it is as itog made it.
pub(crate) fn may_replace(path: &Path) -> Result<(), Error> {
    // A pipe would be waited for for ever.
    if fs::metadata(path).is_ok_and(|about| !about.is_file()) {
        return Err(not_a_file(path));
    }
    let known = match fs::read(path) {
        Ok(bytes) => itog::engine::is_unchanged(&bytes) || itog::batch::is_record(&bytes),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => true,
        Err(source) => return Err(Error::Io { path: path.to_owned(), source }),
    };
    if known {
        return Ok(());
    }
    let message = say!(
        "{path} is there already, and it was made or changed by somebody else",
        path = path.display()
    );
    let fault = Diagnostic::error("file-exists", message);
    Err(fault.hint(say!("give another place with `-o`, or replace it with `--overwrite`")).into())
}

/// What `render` makes, by the endings of the files.
const MADE: [&str; 4] = ["pdf", "docx", "png", "svg"];

/// Files of other programs, which a document would not be by its name alone.
const OTHERS: [&str; 18] = [
    "bmp", "csv", "doc", "docm", "dotx", "gif", "htm", "html", "jpeg", "jpg", "odt", "pptx", "ps",
    "rtf", "tif", "txt", "xls", "xlsx",
];

/// The file to write: `-o` may name a folder or a file; without it, the data's name in the current
/// folder. An ending that is none («Протокол 12.05») is a part of the name.
pub(crate) fn path(output: Option<&Path>, stem: &str, extension: &str) -> Result<PathBuf, Error> {
    let Some(path) = output else { return Ok(PathBuf::from(format!("{stem}.{extension}"))) };
    if path.is_dir() || path.as_os_str().to_string_lossy().ends_with(['/', '\\']) {
        return Ok(path.join(format!("{stem}.{extension}")));
    }
    match ending(path) {
        Some(known) if MADE.contains(&known.as_str()) => Ok(path.with_extension(extension)),
        Some(other) if OTHERS.contains(&other.as_str()) => Err(not_made(path, &MADE)),
        _ => {
            let mut name = path.as_os_str().to_owned();
            name.push(format!(".{extension}"));
            Ok(name.into())
        }
    }
}

/// A file's ending in small letters.
pub(crate) fn ending(path: &Path) -> Option<String> {
    Some(path.extension()?.to_str()?.to_ascii_lowercase())
}

/// Sees to it that a file of one kind is not given the name of another.
pub(crate) fn ends_with(path: Option<&Path>, wanted: &'static str) -> Result<(), Error> {
    match path {
        Some(path) if ending(path).as_deref() != Some(wanted) => Err(not_made(path, &[wanted])),
        _ => Ok(()),
    }
}

fn not_made(path: &Path, made: &[&str]) -> Error {
    let message = say!("{file} would not be what its ending says it is", file = path.display());
    let endings: Vec<String> = made.iter().map(|ending| format!(".{ending}")).collect();
    let hint = say!("this is written as {endings}: give a name that ends so", endings);
    Diagnostic::error("output-ending", message).hint(hint).into()
}

/// The file of a page, counted from 0: the only one needs no number.
pub(crate) fn of_page(path: &Path, number: usize, count: usize) -> PathBuf {
    if count == 1 {
        return path.to_owned();
    }
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(format!("-{}.", number + 1));
    name.push(path.extension().unwrap_or_default());
    path.with_file_name(name)
}

/// Whether only faults are told.
static QUIET: AtomicBool = AtomicBool::new(false);

/// Lets nothing be told but faults, and what was asked for.
pub(crate) fn be_quiet() {
    QUIET.store(true, Ordering::Relaxed);
}

pub(crate) fn is_quiet() -> bool {
    QUIET.load(Ordering::Relaxed)
}

/// Tells what was done.
pub(crate) fn note(line: impl std::fmt::Display) -> Result<(), Error> {
    if is_quiet() { Ok(()) } else { say(line) }
}

/// Writes a result to stdout.
pub(crate) fn bytes(bytes: &[u8]) -> Result<(), Error> {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes)
        .and_then(|()| out.flush())
        .map_err(|source| Error::Io { path: PathBuf::from("stdout"), source })
}

/// Writes a line to stdout. A reader who has seen enough (`itog … | head`) is no fault.
pub(crate) fn say(line: impl std::fmt::Display) -> Result<(), Error> {
    match writeln!(std::io::stdout().lock(), "{line}") {
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        done => done.map_err(|source| Error::Io { path: PathBuf::from("stdout"), source }),
    }
}
