//! What the certificates of a batch share.
//!
//! Read once for a batch; each row is laid over it.

use serde_json::json;

use super::Certificate;
use crate::diag::{Diagnostic, say};
use crate::model::read::{At, Fields, Map, Read};
use crate::model::recipient::OneOrMore;
use crate::model::schema::Defs;
use crate::model::tree::DataValue;
use crate::model::{Column, arrange};

/// Columns with their names in the table, by [their keys](Column::of_key). Of lines there may be
/// several.
#[derive(Debug, Default)]
struct NamedColumns(Vec<(Column, String)>);

impl Read for NamedColumns {
    fn read(at: &At<'_>) -> Option<Self> {
        let mut named = Vec::new();
        at.entries(|key, entry| {
            let Some(column) = Column::of_key(&key.text) else {
                let message = say!("`{key}` is not a column", key = key.text.as_str());
                let hint = say!("columns are {keys}", keys = Column::listed());
                return entry.report(Diagnostic::error("unknown-key", message).hint(hint));
            };
            let names = OneOrMore::<String>::read(&entry).map_or_else(Vec::new, |names| names.0);
            named.extend(names.into_iter().map(|name| (column, name)));
        })
        .then_some(Self(named))
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        let names = OneOrMore::<String>::schema(defs);
        json!({ "type": "object", "additionalProperties": names })
    }
}

/// What the certificates of a batch share: a certificate that need not have a recipient.
///
/// ```
/// use itog::model::{Certificate, Common, Format};
/// let json = r#"{"kind": "Грамота", "for": "участие в конкурсе"}"#;
/// let common = Common::read(json.as_bytes(), "common.json", Format::Json)?.value;
/// let row = [("№", "7"), ("ФИО", "Бойко Ольга Сергеевна")];
/// let certificate = Certificate::merge_common(&common, row)?.value;
/// assert_eq!(certificate.number.as_deref(), Some("7"));
/// # Ok::<(), itog::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Common {
    pub(in crate::model) certificate: Certificate,
    pub(in crate::model) columns: Vec<(Column, String)>,
    pub(in crate::model) says_kind: bool,
}

impl Common {
    /// The certificate that is still without its row.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Shows the scan of the bought form behind the words, as a preview does.
    pub fn show_form(&mut self) {
        self.certificate.design.show_form();
    }

    /// Whether the kind was given, rather than left to what is usual.
    pub fn says_kind(&self) -> bool {
        self.says_kind
    }

    /// The columns that the file names itself: what a column means, as
    /// [a key](Column::of_key), and its name in the table.
    pub fn columns(&self) -> impl Iterator<Item = (Column, &str)> {
        self.columns.iter().map(|(column, header)| (*column, header.as_str()))
    }

    /// All keys of the file.
    fn read_fields(map: &mut Map<'_>) -> Self {
        let columns: Option<NamedColumns> = map.opt(
            "columns",
            "Столбцы таблицы: что это и как называется: recipient: \"Укажите ваши ФИО\"",
        );
        let columns = columns.unwrap_or_default().0;
        Self { certificate: Certificate::read_fields(map, true), columns, says_kind: false }
    }
}

impl Read for Common {
    fn read(at: &At<'_>) -> Option<Self> {
        let mended = arrange::certificate(at.node);
        let at = &At { node: mended.as_ref().unwrap_or(at.node), ..*at };
        match at.node.value {
            DataValue::Map(_) => {
                let mut common = Map::read(at, Self::read_fields);
                // The usual kind must not outweigh a column of the table that says another one.
                common.says_kind = at.has(&["kind"]);
                common.certificate.check(at, true);
                Some(common)
            }
            _ => at.expected(say!("what the certificates share (a map of keys)")),
        }
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        let object = defs.define("common", |defs| {
            Map::describe(defs, "Общее для всех документов партии", Self::read_fields)
        });
        json!(object)
    }
}
