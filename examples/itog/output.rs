//! What a command writes: whole files or none.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use itog::diag::{Diagnostic, Error, say};

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
            fs::create_dir_all(folder).map_err(fault)?;
        }
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        let part = path.with_file_name(name);
        let file = File::create(&part).map_err(fault)?;
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
        fs::write(&self.part, bytes).map_err(fault)
    }

    pub(crate) fn finish(self) -> Result<(), Error> {
        fs::rename(&self.part, &self.path)
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
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(|source| Error::Io { path: path.to_owned(), source })?;
    part.finish()
}

/// Whether a file may be replaced without asking: it is not there, or it is as itog made it.
pub(crate) fn may_replace(path: &Path) -> Result<(), Error> {
    let known = match fs::read(path) {
        Ok(bytes) => itog::engine::is_unchanged(&bytes),
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

/// The file to write: `-o` may name a folder or a file; without it, the data's name in the current
/// folder.
pub(crate) fn path(output: Option<&Path>, stem: &str, extension: &str) -> PathBuf {
    match output {
        None => PathBuf::from(format!("{stem}.{extension}")),
        Some(path)
            if path.is_dir() || path.as_os_str().to_string_lossy().ends_with(['/', '\\']) =>
        {
            path.join(format!("{stem}.{extension}"))
        }
        Some(path) => path.with_extension(extension),
    }
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
