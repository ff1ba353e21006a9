use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use itog::diag::Error;

/// Writes a file under a temporary name and renames it, so that nobody ever sees half of it.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let fault = |source| Error::Io { path: path.to_owned(), source };
    if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(fault)?;
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let written = fs::File::create(&part).and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
    written.and_then(|()| fs::rename(&part, path)).map_err(|e| {
        let _ = fs::remove_file(&part);
        fault(e)
    })
}

/// The file to write: `-o` may name a folder or a file; without it, the data's name in the current folder.
pub(crate) fn path(output: Option<&Path>, stem: &str, extension: &str) -> PathBuf {
    match output {
        None => PathBuf::from(format!("{stem}.{extension}")),
        Some(path) if path.is_dir() || path.as_os_str().to_string_lossy().ends_with(['/', '\\']) => {
            path.join(format!("{stem}.{extension}"))
        }
        Some(path) => path.with_extension(extension),
    }
}

/// Writes a line to stdout. A reader who has seen enough (`itog … | head`) is no fault.
pub(crate) fn say(line: impl std::fmt::Display) -> Result<(), Error> {
    match writeln!(std::io::stdout().lock(), "{line}") {
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        done => done.map_err(|source| Error::Io { path: PathBuf::from("stdout"), source }),
    }
}
