//! Certificates that anyone can verify without a server: the printed facts and an Ed25519
//! signature over them (RFC 8032) in one short text, for a QR code and for the file. The format is
//! described in `docs/trust.md`.
//!
//! ```
//! use itog::model::Certificate;
//! use itog::trust::{Record, SecretKey, Verdict};
//!
//! let key = SecretKey::from_seed([7; 32]);
//! let mut certificate = Certificate::default();
//! certificate.recipient.person.name = "Ким Юлия Олеговна".to_owned();
//! let record = Record::sign(&certificate, &key).to_string();
//! assert_eq!(Record::verify(&record, &key.public()), Verdict::Genuine);
//!
//! let forged = record.replace("Юлия", "Юлиана");
//! assert_eq!(Record::verify(&forged, &key.public()), Verdict::Changed(vec!["name"]));
//! ```

mod base64;
mod facts;
mod file;
mod key;

pub use facts::{FACTS, Record};
pub use file::text_of;
pub use key::{KeyError, PublicKey, SecretKey};

/// What is to be said of a signed text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// The key's owner signed it as it is.
    Genuine,
    /// These facts are not what was signed.
    Changed(Vec<&'static str>),
    /// The facts agree with their checks, but this key did not sign them.
    OtherKey,
    /// It is not a signed text.
    NoRecord,
}
