//! `new`: a folder to begin with, in which everything can be made at once.

use std::path::Path;

use itog::diag::Error;

use crate::args::New;
use crate::{output, templates};

/// The design that is put there to be changed.
const DESIGN: &str = "certificate-classic";

const FILES: [(&str, &[u8]); 4] = [
    ("README.md", include_bytes!("new/README.md")),
    ("document.yaml", include_bytes!("new/document.yaml")),
    ("certificates/common.yaml", include_bytes!("new/common.yaml")),
    ("certificates/people.xlsx", include_bytes!("new/people.xlsx")),
];

pub(crate) fn run(args: &New) -> Result<(), Error> {
    let folder: &Path = &args.folder;
    templates::is_free(folder)?;
    for (name, bytes) in FILES {
        let path = folder.join(name);
        output::write(&path, bytes)?;
        output::note(path.display())?;
    }
    templates::eject(DESIGN, &folder.join("design"))
}
