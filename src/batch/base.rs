//! What all records of a batch share, and what a row makes of it: a certificate, a final document,
//! or data of one's own.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::blank::{self, AskedName};
use super::table::{DataCell, JoinedRows, TableOptions};
use crate::diag::{Diagnostic, Error, Message, Warned, say};
use crate::engine::Design;
use crate::lang::ru::is_letter_or_digit;
use crate::lang::ru::party::Party;
use crate::model::{self, Certificate, Common, DocumentDraft, FinalDocument, Forms, Person};
use crate::template::{AskedNames, Pattern};

/// The data that a design is made for, as its template tells by the names that it asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shape {
    /// Certificates: [`Certificate`].
    Certificate,
    /// Final documents, orders, letters: [`FinalDocument`].
    Document,
    /// Whatever the template asks for: columns are its names.
    Own,
}

impl Shape {
    /// The shape of the data of a design.
    pub fn of(design: &Design) -> Self {
        // Whoever writes a schema says himself what the data are.
        if design.has_schema() {
            return Self::Own;
        }
        match design.blank_names() {
            Some(names) => Self::of_blank(&names, &design.asked()),
            None => Self::asked(&design.asked()),
        }
    }

    /// A blank that is for somebody, and goes through no list that a certificate lacks.
    fn of_blank(names: &[(String, Vec<&'static str>)], asked: &AskedNames) -> Self {
        let (certificate, _) = models();
        let known = |name: &str| certificate.iter().any(|key| key == name);
        let own_list = names.iter().any(|(name, keys)| {
            asked.lists.contains(name) && !known(name) && !keys.iter().any(|key| known(key))
        });
        match blank::is_for_somebody(names) && !own_list {
            true => Self::Certificate,
            false => Self::Own,
        }
    }

    /// The shape that these data have in a design. A template that asks for a name of no model may
    /// ask for it by mistake: data of a known kind are one's own only if they have that name.
    pub fn of_data(design: &Design, data: &Map<String, Json>) -> Self {
        let is_blank = design.blank_names().is_some();
        let shape = if is_blank { Self::Own } else { Self::of(design) };
        let named = |key: &String| matches!(key.to_lowercase().as_str(), "kind" | "вид");
        // A blank made in Word is filled with whatever has its names.
        if is_blank && !data.keys().any(named) {
            return Self::Own;
        }
        // A schema says what the data are, whatever names they share with a model.
        if shape != Self::Own || design.has_schema() {
            return shape;
        }
        let (certificate, document) = models();
        let in_russian = |key: &String| {
            let key = key.to_lowercase().replace('ё', "е");
            model::keys().any(|(_, others)| others.contains(&key.as_str()))
        };
        let known =
            |key: &String| certificate.contains(key) || document.contains(key) || in_russian(key);
        let asked = design.asked();
        let own = data.keys().any(|key| asked.names.contains(key) && !known(key));
        // Only what names its kind can be one of our documents.
        if own || !data.keys().any(named) { Self::Own } else { Self::Document }
    }

    fn asked(asked: &AskedNames) -> Self {
        let (certificate, document) = models();
        let asks = |name: &str| asked.names.contains(name);
        // Names that only one of the models has decide; the others are names that anybody gives.
        if asks("recipient") || asks("formula") {
            return Self::Certificate;
        }
        if asks("sections") {
            return Self::Document;
        }
        let all_in = |keys: &[String]| asked.names.iter().all(|name| keys.contains(name));
        match (all_in(&certificate), all_in(&document)) {
            (true, _) => Self::Certificate,
            (_, true) => Self::Document,
            _ => Self::Own,
        }
    }
}

/// The keys of a certificate, and of a final document.
fn models() -> (Vec<String>, Vec<String>) {
    let keys = |value: Result<Json, serde_json::Error>| match value {
        Ok(Json::Object(map)) => map.into_iter().map(|(key, _)| key).collect(),
        _ => Vec::new(),
    };
    (
        keys(serde_json::to_value(Certificate::default())),
        keys(serde_json::to_value(FinalDocument::default())),
    )
}

/// What all records of a batch share.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Base {
    /// The keys of a certificate.
    Certificate(Box<Common>),
    /// The keys of a final document.
    Document(DocumentDraft),
    /// Data of one's own.
    Own(Map<String, Json>),
}

impl From<Common> for Base {
    fn from(common: Common) -> Self {
        Self::Certificate(Box::new(common))
    }
}

impl From<DocumentDraft> for Base {
    fn from(draft: DocumentDraft) -> Self {
        Self::Document(draft)
    }
}

impl From<Map<String, Json>> for Base {
    fn from(values: Map<String, Json>) -> Self {
        Self::Own(values)
    }
}

/// What a row became, as templates see it.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum RowRecord {
    Certificate(Box<Certificate>),
    Document(Box<FinalDocument>),
    Own(Map<String, Json>),
}

/// A base made ready for rows.
#[derive(Debug)]
pub(super) struct RecordMaker {
    pub(super) base: Base,
    asked: AskedNames,
    /// The names of a blank that is filled with certificates.
    blank: Vec<AskedName>,
    is_blank: bool,
    /// The shared texts that rows fill in.
    patterns: BTreeMap<String, Pattern>,
}

impl RecordMaker {
    pub(super) fn new(base: Base, design: &Design) -> Result<Self, Error> {
        let mut patterns = BTreeMap::new();
        if let Base::Document(draft) = &base {
            for text in draft.patterns() {
                patterns.insert(text.to_owned(), Pattern::new(text)?);
            }
        }
        let blank = match &base {
            Base::Certificate(_) => blank::asked(design),
            _ => Vec::new(),
        };
        let is_blank = design.blank_names().is_some();
        Ok(Self { base, asked: design.asked(), blank, is_blank, patterns })
    }

    /// How a table for these records is to be read.
    pub(super) fn reading(&self, options: TableOptions) -> TableOptions {
        match &self.base {
            Base::Certificate(common) if self.blank.is_empty() => {
                options.with_common(common).with_names(self.asked.fields.iter())
            }
            Base::Certificate(common) => {
                options.with_common(common).with_names(self.asked.names.iter())
            }
            Base::Document(draft) => {
                let texts = self.patterns.values().flat_map(|pattern| pattern.asked().names);
                options.asking(texts.collect(), Some(draft))
            }
            Base::Own(shared) => {
                let mut names = self.asked.names.clone();
                // What all share is no column that a table would lack.
                names.retain(|name| !shared.contains_key(name));
                options.asking(names, None)
            }
        }
    }

    /// The record of a row.
    pub(super) fn record(
        &self,
        cells: &[DataCell],
        joined: Option<&JoinedRows>,
    ) -> Result<Warned<RowRecord>, Error> {
        match &self.base {
            Base::Certificate(common) => {
                let texts = cells.iter().map(|c| (c.column, &*c.header, c.text.as_str()));
                let mut merged = Certificate::merge_cells(common, texts)?;
                beside_dative(&mut merged.value.recipient.person);
                // Last, since a blank may ask for what the merge has found.
                blank::answer(&self.blank, &mut merged.value, cells);
                Ok(merged.map(|certificate| RowRecord::Certificate(Box::new(certificate))))
            }
            Base::Document(draft) => self.document(draft, cells),
            Base::Own(shared) => {
                let record = RowRecord::Own(self.own(shared, cells, joined)?);
                Ok(Warned { value: record, warnings: Vec::new() })
            }
        }
    }

    /// The record of a type of one's own, over what all share.
    pub(super) fn record_of(&self, mut own: Map<String, Json>) -> Result<RowRecord, Error> {
        let wrong = |why: serde_json::Error| {
            let message = Message::verbatim(why.to_string());
            Error::from(Diagnostic::error("wrong-type", message))
        };
        match &self.base {
            Base::Own(shared) => {
                fill(&mut own, shared);
                Ok(RowRecord::Own(own))
            }
            Base::Certificate(common) => {
                if let Ok(Json::Object(shared)) = serde_json::to_value(common.certificate()) {
                    fill(&mut own, &shared);
                }
                let read = serde_json::from_value(Json::Object(own)).map_err(wrong)?;
                Ok(RowRecord::Certificate(read))
            }
            // A draft merges texts of cells, not records; one that says nothing has nothing to
            // merge.
            Base::Document(draft) if draft.is_empty() => {
                let read = serde_json::from_value(Json::Object(own)).map_err(wrong)?;
                Ok(RowRecord::Document(read))
            }
            Base::Document(_) => {
                let message = say!("what documents share goes with rows of a table only");
                Err(Diagnostic::error("batch-base", message)
                    .hint(say!("say it in each record, and give the batch an empty base"))
                    .into())
            }
        }
    }

    fn document(
        &self,
        draft: &DocumentDraft,
        cells: &[DataCell],
    ) -> Result<Warned<RowRecord>, Error> {
        let of_row: Map<String, Json> = cells
            .iter()
            .map(|cell| (cell.header.to_string(), Json::from(cell.text.as_str())))
            .collect();
        let mut fill = |text: &str| match self.patterns.get(text) {
            Some(pattern) => pattern.render(&of_row),
            None => Ok(text.to_owned()),
        };
        let texts = cells.iter().map(|cell| (&*cell.header, cell.text.as_str()));
        let in_its_column = |fault: Diagnostic| {
            let path = fault.data_path().unwrap_or_default().to_owned();
            let cell = cells.iter().find(|cell| {
                draft.keys_of(&cell.header).is_some_and(|keys| path.starts_with(&keys.join(".")))
            });
            // A fault that has a place is one of the shared data.
            match cell.filter(|_| fault.place().is_none()) {
                Some(cell) => fault.path(&*cell.header),
                None => fault,
            }
        };
        match draft.document(texts, &mut fill) {
            Ok(read) => {
                let (document, warnings) = read.into_parts();
                let warnings = warnings.into_iter().map(in_its_column).collect();
                Ok(Warned { value: RowRecord::Document(Box::new(document)), warnings })
            }
            Err(Error::Invalid(faults)) => {
                Err(Error::Invalid(faults.into_iter().map(in_its_column).collect()))
            }
            Err(other) => Err(other),
        }
    }

    /// Columns under the names that the template asks for; lists where it takes lists.
    fn own(
        &self,
        shared: &Map<String, Json>,
        cells: &[DataCell],
        joined: Option<&JoinedRows>,
    ) -> Result<Map<String, Json>, Error> {
        let mut record = shared.clone();
        for cell in cells {
            if cell.text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
                let fault =
                    Diagnostic::error("control-character", say!("a control character in the text"));
                return Err(fault.path(&*cell.header).into());
            }
            let name = self.name_of(&cell.header, cells);
            // «А; Б» is a list only where the template goes through it.
            let list = self.asked.lists.contains(name);
            let value = match list {
                true => model::items(&cell.text).map(Json::from).collect(),
                false => Json::from(cell.text.as_str()),
            };
            // What is empty overrules nothing.
            if cell.text.is_empty() {
                record.entry(name).or_insert(value);
            } else {
                record.insert(name.to_owned(), value);
            }
        }
        if let Some(joined) = joined {
            let rows = joined.rows.iter().map(|row| {
                let row =
                    row.iter().map(|(key, text)| (key.to_string(), Json::from(text.as_str())));
                Json::Object(row.collect())
            });
            record.insert(joined.name.to_string(), rows.collect());
        }
        Ok(record)
    }

    /// The template's name for a column: the same, or the same but for capitals and signs; in a
    /// blank, one that means the same.
    fn name_of<'a>(&'a self, header: &'a str, cells: &'a [DataCell]) -> &'a str {
        if self.asked.names.contains(header) {
            return header;
        }
        let plain = plain_name(header);
        // «Класс:» and «класс» are one name to whoever typed them.
        let same = self.asked.names.iter().find(|name| plain_name(name) == plain);
        let headers = cells.iter().map(|cell| &*cell.header);
        let like = || {
            let mut names = self.asked.names.iter().filter(|_| self.is_blank);
            names.find(|name| blank::header_of(name, headers.clone()) == Some(header))
        };
        same.or_else(like).map_or(header, |name| name)
    }
}

/// The post beside a name in the dative mostly stands in the dative, too: «Ивановой Анне Петровне»,
/// «заведующей филиалом».
fn beside_dative(person: &mut Person) {
    let Some(post) = person.post.as_deref().filter(|_| person.post_forms.is_none()) else {
        return;
    };
    // Hardly a post ends so in the nominative.
    let ends: [&str; 4] = ["у", "ю", "ой", "ей"];
    let first = post.split([' ', ',']).next().unwrap_or_default();
    let oblique = ends.iter().any(|end| first.ends_with(end));
    if oblique && Party::of(&person.name, None).is_dative() {
        let dative = Some(post.to_owned());
        person.post_forms = Some(Forms { dative, ..Forms::default() });
    }
}

/// Takes from what all share what a record does not say; what is empty overrules nothing.
fn fill(own: &mut Map<String, Json>, shared: &Map<String, Json>) {
    for (key, value) in shared {
        let empty = match own.get(key) {
            None | Some(Json::Null) => true,
            Some(Json::String(text)) => text.is_empty(),
            Some(Json::Array(list)) => list.is_empty(),
            Some(_) => false,
        };
        if empty {
            own.insert(key.clone(), value.clone());
        }
    }
}

/// A name without capitals, and with one sign between its words.
pub(super) fn plain_name(name: &str) -> String {
    let name = name.to_lowercase().replace('ё', "е");
    let words = name.split(|c: char| !is_letter_or_digit(c)).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_")
}
