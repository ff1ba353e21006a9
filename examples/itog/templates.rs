//! `templates`: what is built in, listed and copied out.

use std::path::Path;

use itog::diag::{Diagnostic, Error, say};

use crate::args::Templates;
use crate::output;
use crate::report::Report;

pub(crate) fn run(args: &Templates, report: &mut Report) -> Result<(), Error> {
    if let Some([file, folder]) = args.from.as_deref() {
        return from_word(file, folder, report);
    }
    match args.eject.as_deref() {
        Some([name, folder]) => eject(name, Path::new(folder)),
        _ => {
            for builtin in itog::builtins() {
                output::say(format_args!("{:<24} {}", builtin.name, builtin.description))?;
            }
            Ok(())
        }
    }
}

/// Makes a template of a document made in Word.
fn from_word(file: &Path, folder: &Path, report: &mut Report) -> Result<(), Error> {
    is_free(folder)?;
    let docx = std::fs::read(file).map_err(|source| Error::Io { path: file.to_owned(), source })?;
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    let made = itog::Engine::new().word_to_template(&docx, &name)?;
    let files = report.warned(made);
    copy(&files, folder)
}

/// Copies a built-in template into a new folder.
pub(crate) fn eject(name: &str, folder: &Path) -> Result<(), Error> {
    let template = itog::builtin(name)?;
    is_free(folder)?;
    copy(&template.files, folder)
}

fn copy(files: &itog::files::Files, folder: &Path) -> Result<(), Error> {
    for file in files.names() {
        let path = folder.join(&file);
        output::write(&path, &files.read(&file)?)?;
        output::note(path.display())?;
    }
    Ok(())
}

/// Whether a folder can be filled without touching anything: it is not there, or empty.
pub(crate) fn is_free(folder: &Path) -> Result<(), Error> {
    let is_empty = folder.read_dir().is_ok_and(|mut entries| entries.next().is_none());
    if folder.exists() && !is_empty {
        return Err(Diagnostic::error(
            "folder-exists",
            say!("{folder} exists already and is not empty", folder = folder.display()),
        )
        .hint(say!("name an empty folder or one that does not exist yet; nothing was changed"))
        .into());
    }
    Ok(())
}
