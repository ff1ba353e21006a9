//! What a file name's pattern sees.

use serde::Serialize;

use crate::lang::ru::{FullName, InitialsStyle};
use crate::model::Certificate;

/// A certificate with what file names like to have of it.
#[derive(Serialize)]
pub(super) struct NamedRecord<'a> {
    #[serde(flatten)]
    certificate: &'a Certificate,
    row: u64,
    name: &'a str,
    surname: String,
    initials: String,
}

impl<'a> NamedRecord<'a> {
    pub(super) fn new(certificate: &'a Certificate, row: u64) -> Self {
        let person = &certificate.recipient.person;
        let name = person.name.as_str();
        let (surname, initials) = match &person.parts {
            // «Хор «Весна»» has no surname to be cut out.
            _ if certificate.recipient.collective => (name.to_owned(), name.to_owned()),
            Some(parts) => {
                (parts.last.clone(), FullName::parse(name).initials(InitialsStyle::After))
            }
            None => {
                let full = FullName::parse(name);
                (full.last.clone(), full.initials(InitialsStyle::After))
            }
        };
        Self { certificate, row, name, surname, initials }
    }
}
