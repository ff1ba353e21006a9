//! `new`: a folder to begin with, in which everything can be made at once.

use std::path::Path;

use itog::diag::{Error, Language};

use crate::args::New;
use crate::{language, output, templates};

/// The design that is put there to be changed.
const DESIGN: &str = "certificate-classic";

const FILES: [(&str, &[u8]); 2] = [
    ("README.md", include_bytes!("new/README.md")),
    ("certificates/people.xlsx", include_bytes!("new/people.xlsx")),
];

/// The data, whose keys are in the language in which the program speaks.
const DATA: [(&str, &[u8]); 2] = [
    ("document.yaml", include_bytes!("new/document.yaml")),
    ("certificates/common.yaml", include_bytes!("new/common.yaml")),
];

const RUSSIAN_DATA: [(&str, &[u8]); 2] = [
    ("document.yaml", include_bytes!("new/russian/document.yaml")),
    ("certificates/common.yaml", include_bytes!("new/russian/common.yaml")),
];

pub(crate) fn run(args: &New) -> Result<(), Error> {
    let folder: &Path = &args.folder;
    templates::is_free(folder)?;
    let data = match language::now() {
        Language::Russian => RUSSIAN_DATA,
        _ => DATA,
    };
    for (name, bytes) in FILES.into_iter().chain(data) {
        let path = folder.join(name);
        output::write(&path, bytes)?;
        output::note(path.display())?;
    }
    templates::eject(DESIGN, &folder.join("design"))
}
