//! What a document says: the data, how they are read, and what templates see of them.
//!
//! [`read()`] makes a [`FinalDocument`] or a [`Certificate`] of a file and tells all its faults in
//! one run. The types are plain: they can be built by hand, read from any serde format by the same
//! rules, and serialised.
//!
//! # What templates see
//!
//! A template sees the serialised form. It is one shape, however briefly the data were written, and
//! it is itself valid data. **Every key of the tables below is always there**: what was not given
//! is `null`, an empty list or an empty map, so a template in strict mode may ask `{{#if theme}}`
//! and `{{#each items}}` without care. Dates are texts, `2014-06-05`, and ranges
//! `2014-06-04/2014-06-05` (a single day is the day alone). Counts are numbers. Texts are trimmed,
//! never empty, and keep their inner line breaks.
//!
//! In the tables, *text?* is a text or `null`; what is listed is an empty list when there is none.
//! A bare text in the data stands for the first key of an event, person, collective, item, speaker
//! (the name), agenda item and recipient (the name).
//!
//! | document | |
//! |---|---|
//! | `kind` | text |
//! | `number`, `place`, `adopted` | text? |
//! | `date` | date? |
//! | `event` | event? |
//! | `lang`, `kind_position` | `ru`, `en` …; `first`, `last` |
//! | `about`, `restriction`, `resolution` | text? |
//! | `organization` | `name` (text), `parent`, `short`, `address`, `phone`, `site`, `email`, `inn`, `kpp`, `ogrn`, `okpo`, `emblem` (text?), or `null` |
//! | `addressee` | list of: person, `text`, `address` (text?) |
//! | `reply_to` | `number` (text), `date` (date?), or `null` |
//! | `approved`, `agreed` | list of: person, `by`, `order`, `number` (text?), `date` (date?) |
//! | `attendees`, `invited`, `acquainted` | lists of persons |
//! | `absent` | list of: person and `reason` (text?) |
//! | `numbering`, `headings` | as of a section, null |
//! | `footnotes` | map of texts |
//! | `attachments` | list of: `title`, `pages`, `copies` (text?) |
//! | `visas` | list of signatures; `copy`: signature or `null` |
//! | `executor` | `name` (text), `post`, `phone`, `email` (text?), or `null` |
//! | `seal`, `control` | true, false |
//! | `translation` | a document, or `null` |
//! | `members`, `present` | number? |
//! | `roles` | list of: person and `role` (text) |
//! | `sections` | list of sections, in the order of the file: the five first-class keys and `sections` alike |
//! | `signatures` | list of signatures; `from_roles` in the data has become the list, each role as the post |
//! | `e_signature` | `certificate`, `owner` (text), `valid` (range?), or `null` |
//! | `appendices` | list of: `title` (text), `orientation` (`portrait`, `landscape`), `sections` |
//! | `fields` | map of texts |
//!
//! | certificate | |
//! |---|---|
//! | `kind` | text |
//! | `lang` | `ru`, `en`; by the letters of the kind if not given |
//! | `series`, `number`, `degree`, `for`, `nomination`, `age_group`, `work`, `score`, `programme`, `hours`, `place`, `year`, `issuer`, `qr`, `signed`, `photo` | text? |
//! | `recipient` | recipient |
//! | `formula` | `thanks`, `awarded`, `presented`, `grateful`, `confirms`, `certifies`, `letter`, `named`; implied by the kind if not given |
//! | `text`, `lines` | lists of texts |
//! | `event` | event? |
//! | `leader`, `teacher` | lists of persons |
//! | `period` | range? |
//! | `order` | `name` (text), `number` (text?), `date` (date?), or `null` |
//! | `date` | date? |
//! | `signatures` | list of signatures |
//! | `design` | `template`, `color`, `background`, `logo` (text?), `orientation` (`portrait`, `landscape`, null), `frame` (`drawn`, `none`), `seal` (true, false) |
//! | `fields` | map of texts |
//!
//! | section: `type`, `heading` (text?), and | |
//! |---|---|
//! | `preamble` | `text` (text?), `recitals` (list of texts), `resolves` (text?) |
//! | `gratitude`, `membership`, `evaluations`, `recommendations`, `points` | `numbering` (`1`, `1.1`, `1)`, `а`, `I`, `•`, `—`, `none`), `start` (number?), `nested` (true, false), `items` (list of items) |
//! | `text` | `paragraphs` (list of texts) |
//! | `agenda` | `resolves` (text?), `items` list of: `title` (text), `heard`, `spoke`, `questions`, `dissent` (lists of speakers), `decided` (list of items), `vote` (vote?), `numbering` |
//! | `table` | `caption` (text?), `columns` (list of texts), `rows` (list of lists of texts, or of maps `text`, `colspan`, `rowspan`; a sub-heading is a map with `heading`), `widths`, `align`, `notes` (lists), `numbered`, `total`, `blank_rows`; a cell may be empty, no row is shorter or longer than `columns` |
//!
//! The points of all five point sections are items. Where the data list thanks right in
//! `gratitude:`, or changes right in `membership:`, each has become an item with that one key.
//!
//! | part | |
//! |---|---|
//! | event | `name` (text), `theme`, `place`, `host` (text?), `date` (range?) |
//! | item | `text`, `lead`, `heading`, `to`, `number` (text?), `by` (list of texts), `items` (list of items), `numbering`, `start`, `value` (number?), `due` (date?), `vote` (vote?), `thanks` (thanks?), `membership` (membership?), `act` (act?), `table` (table?) |
//! | act | `do` (`award`, `appoint`, `charge`, `commission`, `repeal`, `control`), `with`, `role`, `text`, `for` (text?), `to` (list of persons), `to_collectives`, `since` (date?), `chair`, `secretary` (person?) |
//! | thanks | `to` (list of persons), `to_collectives` (list of collectives), `for` (text?) |
//! | membership | `action` (`add`, `remove`, `elect`, `approve`, `exclude`), `body`, `role` (text?), `people` (list of persons) |
//! | vote | `for`, `against`, `abstained`: numbers; `unanimous`; `names_for`, `names_against`, `names_abstained`: lists of texts |
//! | person | `name` (text, always whole), `parts` (`last`: text, `first`, `middle`: text?; or null), `gender` (`m`, `f`, null), `decline` (true, false), `forms`, `post_forms` (forms?), `post`, `of`, `from`, `for` (text?) |
//! | recipient | person and `collective` (true, false), `class`, `school` (text?), `people` (list of recipients; then `name` holds all names) |
//! | speaker | person (the name empty if `text` says it all), `text`, `answer` (text?) |
//! | signature | person and `signature`, `stamp` (text?): pictures |
//! | collective | `name` (text), `forms` (forms?), `for` (text?) |
//! | forms | `gen`, `dat`, `acc`, `ins`, `pre` (text?) |
//!
//! # What is written
//!
//! Names of people, posts and bodies are nominative; templates decline them. Scalars are kept as
//! they are written: `number: 007` is «007», `place: нет` is «нет». Null, empty texts, empty lists
//! and empty maps are as good as no key. Aliases of YAML are understood, within [`Limits`].
//!
//! | code | the fault |
//! |---|---|
//! | `too-large`, `too-deep`, `too-many-values`, `alias-bomb` | a limit is exceeded |
//! | `not-utf8`, `empty`, `syntax`, `format` | the file cannot be read at all |
//! | `unknown-key`, `duplicate-key`, `missing-key`, `no-sections` | the keys of a map |
//! | `wrong-type`, `unknown-value`, `bad-date`, `bad-range`, `control-character` | a value |
//! | `votes-exceed-present`, `present-exceeds-members`, `table-row` | values that do not fit together |
//! | `votes-missing`, `empty-item` | warnings |
//! | `too-many-faults` | there are more faults than are told |

mod certificate;
mod column;
mod date;
mod document;
mod draft;
mod encoding;
mod input;
mod institution;
mod item;
mod json;
mod kind;
mod list;
mod names;
mod number;
mod office;
mod origin;
mod person;
mod read;
mod recipient;
mod row;
mod russian;
mod schema;
mod section;
mod table;
#[cfg(feature = "toml")]
mod toml;
mod tree;
#[cfg(feature = "yaml")]
mod yaml;

use serde::{Deserialize, Deserializer, Serialize, de};

pub use certificate::{
    Appearance, Certificate, Common, Formula, FrameStyle, Language, Order, Palette, Paper,
};
pub use column::Column;
pub use date::{Date, DateError, DateRange};
pub use document::{Appendix, ESignature, Event, FinalDocument, KindPosition, Orientation};
pub use draft::DocumentDraft;
pub use input::{Format, Limits, open, read, read_within};
pub use item::{Act, Action, Deed, Item, Membership, Thanks, Vote};
pub use list::{ListRecord, items, records, values};
pub use names::{NameBook, NameEntry};
pub use office::{Addressee, Approval, Attachment, Executor, Organization, ReplyTo};
pub use origin::Origin;
pub use person::{
    Absent, Collective, Forms, MeetingRole, NameParts, Person, PersonGender, Signature, Speaker,
};
pub use recipient::Recipient;
pub use russian::keys;
pub use section::{
    Agenda, AgendaItem, Body, HeadingNumbering, Numbering, Paragraphs, Points, Preamble, Section,
};
pub use table::{Align, Cell, Row, Table};

use read::{At, Cx, Read};
use tree::{DataNode, DataValue, Path, Seed};

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
            DataValue::Map(entries) => entries
                .iter()
                .find(|(key, _)| russian::is_key(&key.text, "kind"))
                .map(|(_, node)| &node.value),
            _ => None,
        };
        let kind = match kind {
            Some(DataValue::Scalar { text, .. }) => kind::formula_of(text),
            _ => None,
        };
        // «Письмо», «Справка», «Лист» may be either: then the keys decide.
        let sure = kind.is_some_and(|(_, sure)| sure);
        if sure || at.has(&["recipient", "formula"]) {
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
    let limits = Limits::default();
    let node: DataNode = de::DeserializeSeed::deserialize(Seed(limits.depth), deserializer)?;
    let cx = Cx::new(None, limits.faults);
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
