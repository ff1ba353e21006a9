//! The letterhead and the habits of an institution, kept once in `organization.yaml`.

use std::path::Path as FilePath;

use super::input::{self, Format};
use super::read::{Fields, Map};
use super::{Document, Executor, FinalDocument, Organization, Signature};
use crate::diag::{Error, Warned};

/// The file that is looked for beside the data.
const FILES: [&str; 3] = ["organization.yaml", "organization.yml", "organization.json"];

/// What all documents of an institution have in common: the keys of its letterhead, and beside them
/// what a document need not say again.
#[derive(Default)]
struct Institution {
    organization: Organization,
    place: Option<String>,
    signatures: Vec<Signature>,
    executor: Option<Executor>,
}

impl Fields for Institution {
    const NAME: &'static str = "institution";
    const WHAT: (&'static str, &'static str) = ("an institution", "Бланк и привычки учреждения");

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            organization: Organization::fields(map),
            place: map.opt("place", "Место составления документов"),
            signatures: map.some("signatures", "Кто подписывает документы"),
            executor: map.opt("executor", "Исполнитель писем"),
        }
    }
}

impl Document {
    /// The document with the letterhead of its institution: from the file that `organization`
    /// names, or else from `organization.yaml` in the folder of the data, if there is one. What the
    /// document says itself counts. A certificate stays as it is.
    ///
    /// # Errors
    /// A file that is named but cannot be read; all faults of its data.
    pub fn with_organization(self, folder: &FilePath) -> Result<Warned<Self>, Error> {
        let Self::Final(mut document) = self else { return Ok(plain(self)) };
        let named = document
            .organization
            .as_ref()
            .map(|organization| organization.name.clone())
            // An organisation's name never ends so: it is a file.
            .filter(|name| [".yaml", ".yml", ".json"].iter().any(|end| name.ends_with(end)));
        let path = match &named {
            Some(name) => folder.join(name),
            None if document.organization.is_some() => {
                return Ok(plain(Self::Final(document)));
            }
            None => match FILES.iter().map(|name| folder.join(name)).find(|path| path.is_file()) {
                Some(path) => path,
                None => return Ok(plain(Self::Final(document))),
            },
        };
        let bytes = input::bytes_of(&path)?;
        let read: Warned<Institution> =
            input::read_as(&bytes, &path.display().to_string(), Format::of(&path)?)?;
        Ok(read.map(|institution| {
            document.take(institution);
            Self::Final(document)
        }))
    }
}

/// The document with nothing to tell.
fn plain(value: Document) -> Warned<Document> {
    Warned { value, warnings: Vec::new() }
}

impl FinalDocument {
    fn take(&mut self, institution: Institution) {
        // A letter has no place of its own (it is in the letterhead), but names its executor
        // (ГОСТ Р 7.0.97-2016, 5.25).
        let letter = self.kind.to_lowercase().contains("письмо");
        self.organization = Some(institution.organization);
        if !letter {
            self.place = self.place.take().or(institution.place);
        } else if self.executor.is_none() {
            self.executor = institution.executor;
        }
        if self.signatures.is_empty() {
            self.signatures = institution.signatures;
        }
    }
}
