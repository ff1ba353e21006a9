//! `names.yaml`: what an institution knows better than the rules of Russian, once for all of its
//! documents.

use std::path::Path as FilePath;

use serde_json::json;

use super::input::{self, Format};
use super::person::{Forms, PersonGender};
use super::read::{At, Fields, Map, Read, is_empty};
use super::schema::Defs;
use super::tree::DataValue;
use crate::diag::{Diagnostic, Error, Warned, say};

/// The file that is looked for beside the data.
const FILES: [&str; 3] = ["names.yaml", "names.yml", "names.json"];

/// A dictionary of names and words: their forms, their gender, and where words may be broken.
///
/// ```
/// use itog::model::{Format, NameBook};
///
/// let yaml = "
/// names:
///   Косых Жанар: f
///   Золя: {decline: false}
///   кванториум: {forms: {gen: кванториума, dat: кванториуму}}
/// hyphens: [Крапи-винский]
/// ";
/// let names = NameBook::read(yaml.as_bytes(), "names.yaml", Format::Yaml)?.value;
/// assert_eq!(names.names.len(), 3);
/// # Ok::<(), itog::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct NameBook {
    /// Names as they are typed in the nominative, whole or one word, in the order of the file.
    pub names: Vec<(String, NameEntry)>,
    /// Words with hyphens where they may be broken; one without a hyphen is never broken.
    pub hyphens: Vec<String>,
}

/// What is said of a name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct NameEntry {
    /// The gender that words agree with.
    pub gender: Option<PersonGender>,
    /// `false`: it stands still in every case.
    pub decline: Option<bool>,
    /// Its forms.
    pub forms: Option<Forms>,
}

impl NameBook {
    /// Reads a dictionary.
    ///
    /// # Errors
    /// As [`super::read()`].
    pub fn read(bytes: &[u8], name: &str, format: Format) -> Result<Warned<Self>, Error> {
        input::read_as(bytes, name, format)
    }

    /// Reads the dictionary in a file.
    ///
    /// # Errors
    /// As [`super::open`].
    pub fn open(path: &FilePath) -> Result<Warned<Self>, Error> {
        Self::read(&input::bytes_of(path)?, &path.display().to_string(), Format::of(path)?)
    }

    /// The dictionary in a folder, `names.yaml`, if there is one.
    ///
    /// # Errors
    /// A file that cannot be read; all faults of its data.
    pub fn beside(folder: &FilePath) -> Result<Option<Warned<Self>>, Error> {
        let found = FILES.iter().map(|name| folder.join(name)).find(|path| path.is_file());
        found.map(|path| Self::open(&path)).transpose()
    }
}

impl Fields for NameBook {
    const NAME: &'static str = "names";
    const WHAT: (&'static str, &'static str) = ("a dictionary", "Словарь имён и слов");

    fn fields(map: &mut Map<'_>) -> Self {
        let names: Option<NameEntries> =
            map.opt("names", "Имена и слова: пол, формы, несклоняемость");
        let hyphens: Option<Breaks> =
            map.opt("hyphens", "Слова с дефисами там, где их можно перенести");
        Self {
            names: names.map(|entries| entries.0).unwrap_or_default(),
            hyphens: hyphens.map(|breaks| breaks.0).unwrap_or_default(),
        }
    }
}

struct NameEntries(Vec<(String, NameEntry)>);

/// Whether two keys find the same texts: letter case, ё and spaces make no difference.
fn same(one: &str, other: &str) -> bool {
    let plain = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        // Most people write «е» for «ё», so «Фёдорова» and «Федорова» are one name.
        words.join(" ").to_lowercase().replace('ё', "е")
    };
    plain(one) == plain(other)
}

impl Read for NameEntries {
    fn read(at: &At<'_>) -> Option<Self> {
        let mut list: Vec<(String, NameEntry)> = Vec::new();
        let whole = at.entries(|key, entry| {
            if is_empty(entry.node) {
                let message = say!("nothing is said of «{key}»", key = key.text);
                let hint = say!("give `gender`, `decline: false` or `forms`");
                entry.report(Diagnostic::warning("names-empty", message).hint(hint));
            } else if let Some((first, _)) = list.iter().find(|(other, _)| same(other, &key.text)) {
                let message = say!("«{key}» and «{first}» are one name", key = key.text, first);
                entry.report(
                    Diagnostic::error("duplicate-key", message).hint(say!("leave one of them")),
                );
            } else {
                list.extend(NameEntry::read(&entry).map(|said| (key.text.clone(), said)));
            }
        });
        whole.then_some(Self(list))
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        json!({ "type": "object", "additionalProperties": NameEntry::schema(defs) })
    }
}

impl Read for NameEntry {
    fn read(at: &At<'_>) -> Option<Self> {
        // `Саша: f`: for most names the gender is all that is missing.
        if matches!(at.node.value, DataValue::Scalar { .. }) {
            return PersonGender::read(at)
                .map(|gender| Self { gender: Some(gender), ..Self::default() });
        }
        EntryFields::read(at).map(|fields| fields.0)
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        json!({ "anyOf": [PersonGender::schema(defs), EntryFields::schema(defs)] })
    }
}

struct EntryFields(NameEntry);

impl Fields for EntryFields {
    const NAME: &'static str = "name-entry";
    const WHAT: (&'static str, &'static str) = ("what is known of a name", "Что известно об имени");

    fn fields(map: &mut Map<'_>) -> Self {
        Self(NameEntry {
            gender: map.opt("gender", "Род: m, f или n"),
            decline: map.opt("decline", "false: не склоняется"),
            forms: map.opt("forms", "Падежные формы"),
        })
    }
}

/// Words with their breaks.
struct Breaks(Vec<String>);

impl Read for Breaks {
    fn read(at: &At<'_>) -> Option<Self> {
        let mut words = Vec::new();
        let whole = at.each(|item| {
            let Some(word) = String::read(item) else { return };
            // The hyphen is the break itself, so no other mark can stand in the word.
            if word.chars().all(|ch| ch.is_alphabetic() || ch == '-')
                && word.contains(char::is_alphabetic)
            {
                words.push(word);
            } else {
                let fault = say!("«{word}» is not a single word with hyphens at its breaks", word);
                item.report(
                    Diagnostic::error("names-hyphens", fault)
                        .hint(say!("write it as «Крапи-винский»")),
                );
            }
        });
        whole.then_some(Self(words))
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        Vec::<String>::schema(defs)
    }
}
