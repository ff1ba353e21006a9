//! What a document says: the data, how they are read, and what templates see of them.
//!
//! [`read()`] makes a [`FinalDocument`] or a [`Certificate`] of a file and tells all its faults in
//! one run. The types are plain: they can be built by hand, read from any serde format by the same
//! rules, and serialised.
//!
#![doc = include_str!("shape.md")]
//!
//! # What is written
//!
//! Names of people, posts and bodies are nominative; templates decline them. Scalars are kept as
//! they are written: `number: 007` is «007», `place: нет` is «нет». Null, empty texts, empty lists
//! and empty maps are as good as no key. Aliases of YAML are understood, within [`Limits`].
//!
//! | code | the fault |
//! |---|---|
//! | `limit-data-bytes`, `limit-data-depth`, `limit-data-values` | a limit is exceeded |
//! | `not-utf8`, `empty`, `syntax`, `format` | the file cannot be read at all |
//! | `unknown-key`, `duplicate-key`, `missing-key`, `no-sections` | the keys of a map |
//! | `wrong-type`, `unknown-value`, `bad-date`, `bad-range`, `control-character` | a value |
//! | `votes-exceed-present`, `present-exceeds-members`, `table-row` | values that disagree |
//! | `votes-missing`, `empty-item` | warnings |
//! | `too-many-faults` | there are more faults than are told |

mod act;
pub(crate) mod alias;
mod appearance;
mod appendix;
mod arrange;
mod builder;
mod cell;
mod certificate;
mod column;
mod damage;
mod date;
mod document;
mod draft;
mod encoding;
mod event;
mod input;
mod institution;
mod item;
mod json;
mod kind;
mod leftover;
mod list;
mod names;
mod number;
mod office;
mod order;
mod origin;
mod person;
mod piece;
mod read;
mod recipient;
mod row;
mod russian;
mod said;
mod schema;
mod section;
mod table;
#[cfg(feature = "toml")]
mod toml;
mod tree;
mod vote;
mod who;
#[cfg(feature = "yaml")]
mod yaml;

use serde::{Deserialize, Deserializer, Serialize, de};

pub use crate::diag::Language;
pub use act::{Act, Action, Deed, Membership, Thanks};
pub use appearance::{
    Appearance, FormArea, FormSpot, FrameStyle, Palette, Paper, Places, SheetSize,
};
pub use appendix::{Appendix, Orientation};
pub use builder::Builder;
pub use certificate::{Certificate, Common, Formula};
pub use column::Column;
#[cfg(feature = "batch")]
pub(crate) use damage::text_doubts;
pub use date::{Date, DateError, DateRange};
pub use document::{FinalDocument, KindPosition, TranslationPosition};
pub use draft::DocumentDraft;
pub use event::Event;
pub use input::{Format, Limits, open, read, read_within};
pub use item::Item;
pub(crate) use kind::design;
pub use list::{items, records, values};
pub use names::{NameBook, NameEntry};
pub use office::{Addressee, Approval, Attachment, ESignature, Executor, Organization, ReplyTo};
pub use order::Order;
pub use origin::Origin;
pub use person::{
    Absent, Collective, Forms, MeetingRole, NameParts, Person, PersonGender, Signature, Speaker,
};
pub(crate) use piece::NamePiece;
pub use recipient::Recipient;
pub use russian::keys;
pub use section::{
    Agenda, AgendaItem, Body, HeadingNumbering, Numbering, Paragraphs, Points, Preamble, Section,
};
pub use table::{Align, Cell, Row, Table};
pub use vote::Vote;

use read::{At, Cx, Read};
use tree::{DataNode, DataValue, MapKey, Path, Seed};

/// The data of one document, of either kind.
///
/// ```
/// use itog::model::{self, Document, Format};
/// let json = r#"{"kind": "Решение", "decisions": ["Издать сборник."]}"#.as_bytes();
/// match model::read(json, "data.json", Format::Json)?.value {
///     Document::Final(document) => assert_eq!(document.kind, "Решение"),
///     Document::Certificate(certificate) => println!("{}", certificate.recipient.person.name),
/// }
/// # Ok::<(), itog::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[allow(clippy::large_enum_variant, reason = "made once per document")]
pub enum Document {
    /// Итоговый документ, протокол, резолюция, решение.
    Final(FinalDocument),
    /// Благодарность, грамота, диплом, сертификат.
    Certificate(Certificate),
}

/// Keys that no letter of gratitude has.
const OF_DOCUMENTS: [&str; 15] = [
    "reply_to",
    "about",
    "executor",
    "distribution",
    "attachments",
    "appendices",
    "sections",
    "points",
    "agenda",
    "table",
    "preamble",
    "approved",
    "acquainted",
    "author",
    "resolution",
];

/// Whether the data name a design of certificates: «шаблон: официальная».
fn asks_for_sheet(node: &DataNode) -> bool {
    let DataValue::Map(entries) = &node.value else { return false };
    let of_sheets = |(key, node): &(MapKey, DataNode)| {
        let named = |text: &str| kind::design(text).starts_with("certificate-");
        ["template", "design"].iter().any(|own| russian::is_key(&key.text, own))
            && node.text().is_some_and(named)
    };
    let within = |(key, node): &(MapKey, DataNode)| match &node.value {
        DataValue::Map(inner) if russian::is_key(&key.text, "design") => {
            inner.iter().any(of_sheets)
        }
        _ => false,
    };
    entries.iter().any(|entry| of_sheets(entry) || within(entry))
}

impl Read for Document {
    /// The kind tells which it is; of an unknown kind, the keys that only a certificate has.
    fn read(at: &At<'_>) -> Option<Self> {
        let kind = match &at.node.value {
            DataValue::Map(entries) => entries
                .iter()
                .find(|own| russian::is_key(&own.0.text, "kind") || arrange::is_kind(own))
                .map(|(_, node)| &node.value),
            _ => None,
        };
        let (kind, is_letter, is_paper) = match kind {
            Some(DataValue::Scalar { text, .. }) => {
                let small = text.trim().to_lowercase();
                // «Информационное письмо» goes to an addressee, one of thanks to whom it is given.
                let given = ["благодар", "поздрав", "признател"].iter().any(|w| small.contains(w));
                let letter = small.contains("письмо") && !given || small == "letter";
                let paper = ["справка", "обращение"].iter().any(|kind| small.starts_with(kind));
                (kind::formula_of(text), letter, paper)
            }
            _ => (None, false, false),
        };
        // «Письмо», «Справка», «Лист» may be either: then the keys decide.
        let sure = kind.is_some_and(|(_, sure)| sure);
        // «Кому» is the addressee of a document, too: of a kind that no certificate has, only the
        // words that are none of a document's tell it.
        let plain = ["recipient", "formula", "получатель", "формула"];
        let told = match kind {
            // «Справка» and «Обращение» are office papers, whomever they name under «кому».
            _ if is_paper => at.says(&plain),
            // What only a document has tells it apart from a letter of gratitude.
            Some((formula, _)) if formula != Formula::Letter || at.says(&plain) => {
                at.has(&["recipient", "formula"])
            }
            Some(_) => at.has(&["recipient"]) && !at.has(&OF_DOCUMENTS) && !is_letter,
            None => at.says(&plain),
        };
        if sure || told || at.has(&["recipient"]) && asks_for_sheet(at.node) {
            Certificate::read(at).map(Self::Certificate)
        } else {
            FinalDocument::read(at).map(Self::Final)
        }
    }

    fn schema(defs: &mut schema::Defs) -> serde_json::Value {
        serde_json::json!({ "anyOf": [FinalDocument::schema(defs), Certificate::schema(defs)] })
    }
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
    // What comes through serde is held to the limits of files.
    let seed = Seed(input::deepest());
    let node: DataNode = de::DeserializeSeed::deserialize(seed, deserializer)?;
    let cx = Cx::new(None);
    let value = T::read(&At { cx: &cx, node: &node, path: &Path::Root });
    input::finish(cx, value).map(|warned| warned.value).map_err(de::Error::custom)
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
    MeetingRole,
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
    Appearance,
    FrameStyle,
    Language,
    Order,
    Date,
    DateRange,
    PersonGender,
    Action,
    Numbering,
    Orientation,
    Formula,
    HeadingNumbering,
    KindPosition,
    Organization,
    Addressee,
    Attachment,
    Executor,
    ReplyTo,
    Absent,
    Act,
    Deed,
    Align,
    Cell,
    Row,
);
