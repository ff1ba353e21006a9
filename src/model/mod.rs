//! What a document says: the data, how they are read, and what templates see of them.

mod certificate;
mod date;
mod document;
mod item;
mod json;
mod person;
mod read;
mod row;
mod schema;
mod section;
#[cfg(feature = "toml")]
mod toml;
mod tree;
#[cfg(feature = "yaml")]
mod yaml;

use std::path::Path as FilePath;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, de};

pub use certificate::{Certificate, Common, Design, Formula, Recipient};
pub use date::{Date, DateError, DateRange};
pub use document::{Appendix, ESignature, Event, FinalDocument, Orientation};
pub use item::{Action, Item, Membership, Thanks, Vote};
pub use person::{Approval, Collective, Forms, Gender, NameParts, Person, Role, Signature, Speaker};
pub use row::Column;
pub use section::{Agenda, AgendaItem, Body, Numbering, Paragraphs, Points, Preamble, Section, Table};

use crate::diag::{Diagnostic, Error, Place, Source, Warned};
use read::{At, Cx, Read};
use tree::{Node, Path, Seed, Value};

/// The data of one document, of either kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[allow(clippy::large_enum_variant, reason = "made once per document")]
pub enum Document {
    /// Итоговый документ, протокол, резолюция, решение.
    Final(FinalDocument),
    /// Благодарность, грамота, диплом, сертификат.
    Certificate(Certificate),
}

impl Read for Document {
    /// The kind tells which it is; of an unknown kind, the keys that only a certificate has.
    fn read(at: &At<'_>) -> Option<Self> {
        let kind = match &at.node.value {
            Value::Map(entries) => entries.iter().find(|(key, _)| key.text == "kind").map(|(_, node)| &node.value),
            _ => None,
        };
        let is_certificate = matches!(kind, Some(Value::Scalar { text, .. }) if certificate::formula_of(text).is_some());
        if is_certificate || at.has(&["recipient", "formula"]) {
            Certificate::read(at).map(Self::Certificate)
        } else {
            FinalDocument::read(at).map(Self::Final)
        }
    }

    fn schema(defs: &mut schema::Defs) -> serde_json::Value {
        serde_json::json!({ "anyOf": [FinalDocument::schema(defs), Certificate::schema(defs)] })
    }
}

/// The language that data are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// YAML 1.2; needs the feature `yaml`.
    Yaml,
    /// JSON (RFC 8259).
    Json,
    /// TOML 1.0; needs the feature `toml`.
    Toml,
}

impl Format {
    /// The format that a file's name tells: `.yaml`, `.yml`, `.json`, `.toml`.
    pub fn from_path(path: &FilePath) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "yaml" | "yml" => Some(Self::Yaml),
            "json" => Some(Self::Json),
            "toml" => Some(Self::Toml),
            _ => None,
        }
    }
}

/// How much data is too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Bytes in a file, and bytes that YAML's aliases may unfold to. Default: 16 MiB.
    pub bytes: usize,
    /// Lists and maps inside of each other. Default: 64.
    pub depth: usize,
    /// Texts, lists and maps in a file. Default: 500,000.
    pub values: usize,
    /// Faults that are told in one run. Default: 100.
    pub faults: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 16 << 20, depth: 64, values: 500_000, faults: 100 }
    }
}

/// Reads the data of one document within the usual [`Limits`]; `name` is what faults call the file.
///
/// # Errors
/// All faults of the data, each with its line and column and its path.
///
/// ```
/// use itog::model::{self, Document, Format};
///
/// let text = "kind: Резолюция\nrecommendations: [Провести форум.]\n";
/// let Document::Final(document) = model::read(text.as_bytes(), "resolution.yaml", Format::Yaml)?.value else { panic!() };
/// assert_eq!(document.kind, "Резолюция");
///
/// let error = model::read("kind: Резолюция\nrecomendations: []\n".as_bytes(), "resolution.yaml", Format::Yaml).unwrap_err();
/// assert!(error.to_string().contains("did you mean `recommendations`?"));
/// # Ok::<(), itog::diag::Error>(())
/// ```
pub fn read(bytes: &[u8], name: &str, format: Format) -> Result<Warned<Document>, Error> {
    read_within(bytes, name, format, &Limits::default())
}

/// Reads the data of one document within limits of one's own.
///
/// # Errors
/// As [`read`].
pub fn read_within(bytes: &[u8], name: &str, format: Format, limits: &Limits) -> Result<Warned<Document>, Error> {
    read_as(bytes, name, format, limits)
}

impl Common {
    /// Reads what the certificates of a batch share: a certificate's keys, of which none must be there.
    ///
    /// # Errors
    /// As [`read`].
    pub fn read(bytes: &[u8], name: &str, format: Format) -> Result<Warned<Self>, Error> {
        read_as(bytes, name, format, &Limits::default())
    }
}

fn read_as<T: Read>(bytes: &[u8], name: &str, format: Format, limits: &Limits) -> Result<Warned<T>, Error> {
    let source = decode(bytes, name, limits)?;
    let text = source.text();
    let mut faults = Vec::new();
    let root = match format {
        Format::Json => json::parse(text, limits, &mut faults),
        #[cfg(feature = "yaml")]
        Format::Yaml => yaml::parse(text, limits, &mut faults),
        #[cfg(feature = "toml")]
        Format::Toml => toml::parse(text, limits, &mut faults),
        #[cfg(not(all(feature = "yaml", feature = "toml")))]
        _ => {
            let fault = Diagnostic::error("format", format!("this program was built without {format:?}"));
            return Err(fault.hint("build it with the feature `yaml` or `toml`, or give the data as JSON").into());
        }
    };
    let at_place = |(fault, range): (Diagnostic, _)| fault.at(Place::new(Arc::clone(&source), range));
    let cx = Cx::new(Some(Arc::clone(&source)), limits.faults);
    let whole = faults.is_empty();
    faults.into_iter().map(at_place).for_each(|fault| cx.push(fault));
    let value = match &root {
        Some(node) if matches!(node.value, Value::Null) => {
            cx.push(empty(name));
            None
        }
        Some(node) => T::read(&At { cx: &cx, node, path: &Path::Root }),
        None if whole => {
            cx.push(empty(name));
            None
        }
        None => None,
    };
    finish(cx, value)
}

fn finish<T>(cx: Cx, value: Option<T>) -> Result<Warned<T>, Error> {
    let warned = cx.into_sink().finish(())?;
    match value {
        Some(value) => Ok(warned.map(|()| value)),
        None => Err(Diagnostic::error("wrong-type", "the data cannot be read").into()),
    }
}

/// The bytes as text, or why they are none.
fn decode(bytes: &[u8], name: &str, limits: &Limits) -> Result<Arc<Source>, Error> {
    if bytes.len() > limits.bytes {
        let message = format!("{name} has {} bytes; more than {} are not read", bytes.len(), limits.bytes);
        return Err(Diagnostic::error("too-large", message).hint("is it the right file?").into());
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) if text.trim().is_empty() => Err(empty(name).into()),
        Ok(text) => Ok(Source::new(name, text)),
        Err(error) => {
            let at = error.valid_up_to();
            let source = Source::new(name, String::from_utf8_lossy(bytes));
            let fault = Diagnostic::error("not-utf8", format!("{name} is not UTF-8: byte {} is 0x{:02X}", at + 1, bytes[at]));
            let hint = match bytes {
                [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "it looks like UTF-16: save it as UTF-8".to_owned(),
                _ if looks_like_cp1251(bytes) => format!("it looks like Windows-1251: iconv -f CP1251 -t UTF-8 {name}"),
                _ => "save it as UTF-8".to_owned(),
            };
            Err(fault.at(Place::new(source, at..at + '\u{FFFD}'.len_utf8())).hint(hint).into())
        }
    }
}

/// Whether nearly all that is not ASCII would be Russian letters in Windows-1251 (0xC0–0xFF, Ё, ё, №, « and »).
fn looks_like_cp1251(bytes: &[u8]) -> bool {
    let high = bytes.iter().filter(|b| **b >= 0x80).count();
    let russian = bytes.iter().filter(|b| matches!(**b, 0xC0..|0xA8| 0xB8 | 0xB9 | 0xAB | 0xBB)).count();
    russian * 10 >= high * 9
}

fn empty(name: &str) -> Diagnostic {
    let fault = Diagnostic::error("empty", format!("{name} is empty"));
    fault.hint("the least that a document has is its `kind` and one section, such as `recommendations`")
}

fn too_deep(limits: &Limits) -> Diagnostic {
    Diagnostic::error("too-deep", format!("lists and maps stand inside of each other more than {} times", limits.depth))
}

fn too_many(limits: &Limits) -> Diagnostic {
    Diagnostic::error("too-many-values", format!("the data have more than {} values", limits.values))
}

/// Which data a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// [`FinalDocument`].
    FinalDocument,
    /// [`Certificate`].
    Certificate,
    /// [`Common`].
    Common,
}

/// The JSON Schema (draft 2020-12) of data as they may be written, with descriptions in Russian.
///
/// The functions that read the data make it, so it allows the keys that they know and no other.
pub fn schema(kind: Kind) -> serde_json::Value {
    let mut defs = schema::Defs::default();
    let (title, root) = match kind {
        Kind::FinalDocument => ("Итоговый документ", FinalDocument::schema(&mut defs)),
        Kind::Certificate => ("Благодарность, грамота, диплом", Certificate::schema(&mut defs)),
        Kind::Common => ("Общее для всех документов партии", Common::schema(&mut defs)),
    };
    defs.into_schema(title, &root)
}

/// Reads a value out of any serde format by the same rules as a file, without places.
fn deserialize<'de, T: Read, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let limits = Limits::default();
    let node: Node = de::DeserializeSeed::deserialize(Seed(limits.depth), deserializer)?;
    let cx = Cx::new(None, limits.faults);
    let value = T::read(&At { cx: &cx, node: &node, path: &Path::Root });
    finish(cx, value).map(|warned| warned.value).map_err(de::Error::custom)
}

macro_rules! deserialize {
    ($($type:ty),* $(,)?) => {
        $(impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserialize(deserializer)
            }
        })*
    };
}

deserialize!(
    Document,
    FinalDocument,
    Certificate,
    Common,
    Event,
    Approval,
    Role,
    Section,
    Item,
    Thanks,
    Membership,
    Vote,
    AgendaItem,
    Signature,
    ESignature,
    Appendix,
    Person,
    NameParts,
    Collective,
    Forms,
    Speaker,
    Recipient,
    Design,
    Date,
    DateRange,
    Gender,
    Action,
    Numbering,
    Orientation,
    Formula,
);
