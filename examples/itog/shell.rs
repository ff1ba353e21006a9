//! What shells and `man` need to know of the program, and its version.

use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use clap_mangen::Man;
use itog::diag::Error;

use crate::args::{Completions, ManPages};
use crate::{help, output};

/// The version, with the commit if whoever built the program has told it (`ITOG_COMMIT`).
pub(crate) fn version() -> String {
    let version = env!("CARGO_PKG_VERSION");
    match option_env!("ITOG_COMMIT") {
        Some(commit) => format!("{version} ({commit})"),
        None => version.to_owned(),
    }
}

/// Writes the completions of a shell to stdout.
pub(crate) fn completions(args: &Completions) -> Result<(), Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut help::command(), "itog", &mut script);
    match std::io::stdout().lock().write_all(&script) {
        Err(e) if e.kind() == ErrorKind::BrokenPipe => Ok(()),
        done => done.map_err(|source| Error::Io { path: PathBuf::from("stdout"), source }),
    }
}

/// Writes the manual's pages into a folder: `itog.1`, and one for each command.
pub(crate) fn man(args: &ManPages) -> Result<(), Error> {
    let program = help::command();
    let commands = program.get_subcommands().map(|command| {
        let name = format!("itog-{}", command.get_name());
        command.clone().name(name.clone()).display_name(name)
    });
    for command in std::iter::once(program.clone()).chain(commands) {
        let path = args.folder.join(format!("{}.1", command.get_name()));
        let mut page = Vec::new();
        let written = Man::new(command.version(version())).render(&mut page);
        written.map_err(|source| Error::Io { path: path.clone(), source })?;
        output::write(&path, &page)?;
        output::note(path.display())?;
    }
    Ok(())
}
