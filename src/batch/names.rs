//! The names of files: a pattern over a record, with what file names like to have besides.

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::base::RowRecord;
use super::filename::safe;
use crate::diag::Error;
use crate::lang::ru::{FullName, InitialsStyle};
use crate::model::Certificate;
use crate::model::alias::{self, Alias};
use crate::template::Pattern;

/// Stands for a `/` of the pattern itself, which parts folders. No value can bring it: control
/// characters in data are faults.
const FOLDER: char = '\u{1f}';

/// A pattern of file names, with `/` between folders.
#[derive(Debug)]
pub(super) struct FileName {
    pattern: Pattern,
    /// Whether it asks for nothing but [`PLAIN`] names.
    plain: bool,
    /// Russian names in it.
    aliases: Vec<Alias>,
}

/// Names of a certificate for which not all of it needs to be looked at.
const PLAIN: [&str; 5] = ["row", "number", "name", "surname", "initials"];

impl FileName {
    pub(super) fn new(text: &str) -> Result<Self, Error> {
        let mut depth = 0usize;
        let mut marked = String::with_capacity(text.len());
        let mut before = ' ';
        for c in text.chars() {
            match (before, c) {
                ('{', '{') => depth = 1,
                ('}', '}') => depth = 0,
                _ => {}
            }
            // Inside of `{{…}}` it belongs to a path in the data.
            marked.push(if c == '/' && depth == 0 { FOLDER } else { c });
            before = c;
        }
        let mut expressions = text.split("{{").skip(1);
        let plain = expressions.all(|rest| {
            rest.split_once("}}").is_some_and(|(name, _)| PLAIN.contains(&name.trim()))
        });
        let expressions = text.split("{{").skip(1).filter_map(|rest| rest.split_once("}}"));
        let aliases = alias::aliases(expressions.map(|(expression, _)| expression));
        Pattern::new(&marked).map(|pattern| Self { pattern, plain, aliases })
    }

    /// The name of a record's files without ending, safe everywhere.
    pub(super) fn of(&self, record: &RowRecord, title: &str, row: u64) -> Result<String, Error> {
        let name = match record {
            RowRecord::Certificate(certificate) => self.of_certificate(certificate, row)?,
            RowRecord::Document(document) => {
                let seen = serde_json::to_value(document).unwrap_or_default();
                self.of_map(seen, title, row)?
            }
            RowRecord::Own(map) => self.of_map(Json::Object(map.clone()), title, row)?,
        };
        let mut parts: Vec<&str> = name.split(FOLDER).map(str::trim).collect();
        let last = parts.pop().unwrap_or_default();
        // A record without what its folder is called after lies further out.
        let folders = parts.into_iter().filter(|part| !part.is_empty() && *part != ".");
        Ok(folders.chain([last]).map(safe).collect::<Vec<_>>().join("/"))
    }

    pub(super) fn of_certificate(
        &self,
        certificate: &Certificate,
        row: u64,
    ) -> Result<String, Error> {
        let own = OwnNames::of(certificate, row);
        if self.plain {
            let number = &certificate.number;
            return self.pattern.render(&PlainRecord { number, own });
        }
        let mut map = match serde_json::to_value(certificate) {
            Ok(Json::Object(map)) => map,
            _ => Map::new(),
        };
        // `{{school}}` is that of the one whom the certificate is for.
        if let Some(Json::Object(recipient)) = map.get("recipient") {
            for (key, value) in recipient.clone() {
                map.entry(key).or_insert(value);
            }
        }
        if let Ok(Json::Object(own)) = serde_json::to_value(own) {
            map.extend(own);
        }
        self.render(map)
    }

    fn render(&self, mut map: Map<String, Json>) -> Result<String, Error> {
        for (russian, name) in [("фамилия", "surname"), ("инициалы", "initials"), ("строка", "row")]
        {
            if let Some(value) = map.get(name).cloned() {
                map.entry(russian).or_insert(value);
            }
        }
        let mut data = Json::Object(map);
        alias::add(&mut data, &self.aliases);
        self.pattern.render(&data)
    }

    fn of_map(&self, seen: Json, title: &str, row: u64) -> Result<String, Error> {
        let full = FullName::parse(title);
        let mut map = Map::new();
        map.insert("row".to_owned(), row.into());
        map.insert("number".to_owned(), Json::Null);
        map.insert("name".to_owned(), title.into());
        map.insert("surname".to_owned(), full.last.as_str().into());
        map.insert("initials".to_owned(), full.initials(InitialsStyle::After).into());
        if let Json::Object(seen) = seen {
            map.extend(seen);
        }
        self.render(map)
    }
}

/// What file names like to have besides what a certificate has.
#[derive(Serialize)]
struct OwnNames<'a> {
    row: u64,
    name: &'a str,
    surname: String,
    initials: String,
}

/// What most patterns ask for: the rest of a certificate takes longer to be laid out than its name
/// takes to be made.
#[derive(Serialize)]
struct PlainRecord<'a> {
    number: &'a Option<String>,
    #[serde(flatten)]
    own: OwnNames<'a>,
}

impl<'a> OwnNames<'a> {
    fn of(certificate: &'a Certificate, row: u64) -> Self {
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
        Self { row, name, surname, initials }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_pattern_says_what_it_would_say_of_the_whole_certificate() {
        let mut certificate = Certificate::default();
        certificate.recipient.person.name = "Ким Виктория Ивановна".to_owned();
        for number in [None, Some("017".to_owned())] {
            certificate.number = number;
            for text in ["{{number}}", "{{ row }} {{surname}}/{{initials}}", "{{name}}", "все"] {
                let mut name = FileName::new(text).unwrap();
                assert!(name.plain, "{text}");
                let quick = name.of_certificate(&certificate, 3).ok();
                name.plain = false;
                assert_eq!(quick, name.of_certificate(&certificate, 3).ok(), "{text}");
            }
        }
        let mut certificate = Certificate::default();
        certificate.recipient.person.name = "Ким Виктория Ивановна".to_owned();
        certificate.recipient.school = Some("Школа № 3".to_owned());
        for (text, said) in [
            ("{{school}}/{{surname}}", "Школа № 3/Ким"),
            ("{{школа}}/{{Фамилия}} {{строка}}", "Школа № 3/Ким 3"),
        ] {
            let name = FileName::new(text).unwrap();
            assert_eq!(name.of_certificate(&certificate, 3).unwrap().replace(FOLDER, "/"), said);
        }
        for text in ["{{kind}}", "{{upper name}}", "{{{name}}}", "{{#if number}}1{{/if}}"] {
            assert!(!FileName::new(text).is_ok_and(|name| name.plain), "{text}");
        }
    }
}
