//! `templates` and `schema`: what is built in, listed and copied out.

use std::path::Path;

use itog::diag::{Diagnostic, Error, say};
use itog::model;

use crate::args::{Schema, SchemaKind, Templates};
use crate::output;

pub(crate) fn run(args: &Templates) -> Result<(), Error> {
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

/// Copies a built-in template into a new folder.
pub(crate) fn eject(name: &str, folder: &Path) -> Result<(), Error> {
    let template = itog::builtin(name)?;
    is_free(folder)?;
    for file in template.files.names() {
        let path = folder.join(&file);
        output::write(&path, &template.files.read(&file)?)?;
        output::note(path.display())?;
    }
    Ok(())
}

/// Whether a folder can be made without touching anything.
pub(crate) fn is_free(folder: &Path) -> Result<(), Error> {
    if folder.exists() {
        return Err(Diagnostic::error(
            "folder-exists",
            say!("{folder} exists already", folder = folder.display()),
        )
        .hint(say!("name a folder that does not exist yet; nothing was changed"))
        .into());
    }
    Ok(())
}

pub(crate) fn schema(args: &Schema) -> Result<(), Error> {
    let schema = match args.kind {
        SchemaKind::FinalDocument => model::schema(model::Kind::FinalDocument),
        SchemaKind::Certificate => model::schema(model::Kind::Certificate),
        SchemaKind::Common => model::schema(model::Kind::Common),
    };
    output::say(format_args!("{schema:#}"))
}
