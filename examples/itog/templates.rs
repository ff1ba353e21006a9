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

fn eject(name: &str, folder: &Path) -> Result<(), Error> {
    let template = itog::builtin(name)?;
    if folder.exists() {
        return Err(Diagnostic::error(
            "folder-exists",
            say!("{folder} exists already", folder = folder.display()),
        )
        .hint(say!("name a folder that does not exist yet; nothing was changed"))
        .into());
    }
    for file in template.files.names() {
        let path = folder.join(&file);
        output::write(&path, &template.files.read(&file)?)?;
        output::say(path.display())?;
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
