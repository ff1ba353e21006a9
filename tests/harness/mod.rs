//! What tests of the program share.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The example binary, which `cargo test` builds beside the tests.
pub(crate) fn itog() -> Command {
    let tests = std::env::current_exe().unwrap();
    let target = tests.parent().unwrap().parent().unwrap();
    let mut command =
        Command::new(target.join("examples").join(format!("itog{}", std::env::consts::EXE_SUFFIX)));
    // Whatever is spoken where the tests run.
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env("LC_ALL", "C");
    command
}

/// An empty folder of a test's own.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}
