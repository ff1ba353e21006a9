//! How a table is to be read: which sheet, which rows, and what its columns are called.

use std::collections::BTreeSet;

use crate::batch::base::plain_name;
use crate::batch::mend;
use crate::limits::Limits;
use crate::model::{Column, Common, DocumentDraft};

/// How a table is to be read.
///
/// ```
/// use itog::batch::table::TableOptions;
/// let options = TableOptions::default().with_sheet("9 «А»").with_hidden(true);
/// assert_eq!(options.sheet.as_deref(), Some("9 «А»"));
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct TableOptions {
    /// The sheet of a workbook, by its name or number; `all` for the rows of all that have
    /// recipients.
    pub sheet: Option<String>,
    /// Take rows that are hidden or that a filter leaves out. Default: no.
    pub hidden: bool,
    /// The columns are names that a template asks for: nothing is understood, nothing mended.
    /// Default: no.
    pub plain: bool,
    /// How much a row may hold. Default: [`Limits::default`].
    pub limits: Limits,
    /// The kind that the common data give to all documents.
    pub(super) kind: Option<String>,
    /// Who gives the documents or holds the event, as the common data say.
    givers: Vec<String>,
    /// Whether the common data leave open what the documents are for.
    pub(super) open: bool,
    columns: Vec<(Column, String)>,
    /// The names that a template asks for.
    pub(super) asked: Option<AskedColumns>,
    /// It need not name people: its rows are joined to those of another table.
    pub(super) beside: bool,
}

/// The names of columns that a template takes.
#[derive(Debug, Clone)]
pub(super) struct AskedColumns {
    /// Without capitals, and with one sign between their words.
    names: BTreeSet<String>,
    /// The shared data of final documents, which know their keys.
    draft: Option<DocumentDraft>,
}

impl TableOptions {
    /// These options, with this sheet of the workbook, by its name or number.
    #[must_use]
    pub fn with_sheet(self, sheet: impl Into<String>) -> Self {
        Self { sheet: Some(sheet.into()), ..self }
    }

    /// These options, with or without rows that are hidden.
    #[must_use]
    pub fn with_hidden(self, hidden: bool) -> Self {
        Self { hidden, ..self }
    }

    /// These options, with columns that are [names](Self::plain) of a template, or understood.
    #[must_use]
    pub fn with_plain(self, plain: bool) -> Self {
        Self { plain, ..self }
    }

    /// These options, with these bounds of what a row may hold.
    #[must_use]
    pub fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// As the common data of a batch say.
    #[must_use]
    pub fn with_common(mut self, common: &Common) -> Self {
        self.kind = common.says_kind().then(|| common.certificate().kind.clone());
        let shared = common.certificate();
        let host = shared.event.as_ref().and_then(|event| event.host.clone());
        self.givers = shared.issuer.iter().cloned().chain(host).map(|of| plain_name(&of)).collect();
        let said = [&shared.reason, &shared.programme].iter().any(|text| text.is_some());
        self.open = !said && shared.event.is_none() && shared.text.is_empty();
        self.columns = common.columns().map(|(column, name)| (column, name.to_owned())).collect();
        self
    }

    /// A table whose columns are understood, and may also be the names of a template.
    pub(in crate::batch) fn with_names<'a>(
        mut self,
        names: impl Iterator<Item = &'a String>,
    ) -> Self {
        let names = names.map(|name| plain_name(name)).collect();
        self.asked = Some(AskedColumns { names, draft: None });
        self
    }

    /// A table whose columns are the names of a template, or keys of the final documents that the
    /// draft begins.
    pub(in crate::batch) fn asking(
        mut self,
        names: BTreeSet<String>,
        draft: Option<&DocumentDraft>,
    ) -> Self {
        self.plain = true;
        let names = names.iter().map(|name| plain_name(name)).collect();
        self.asked = Some(AskedColumns { names, draft: draft.cloned() });
        self
    }

    /// A table to [join](super::DataTable::join) to one that is read so.
    #[must_use]
    pub fn to_join(&self) -> Self {
        let (columns, sheet) = (Vec::new(), None);
        Self { beside: true, asked: None, columns, sheet, ..self.clone() }
    }

    /// Whether the common data say that an organisation gives the documents, or holds the event.
    pub(super) fn gives(&self, organisation: &str) -> bool {
        self.givers.contains(&plain_name(organisation))
    }

    /// Whether a template asks for a column of this name.
    pub(super) fn asks(&self, header: &str) -> bool {
        self.asked.as_ref().is_some_and(|asked| {
            asked.names.contains(&plain_name(header))
                || asked.draft.as_ref().is_some_and(|draft| draft.keys_of(header).is_some())
        })
    }

    pub(super) fn columns(&self) -> impl Iterator<Item = (Column, &str)> {
        self.columns.iter().map(|(column, name)| (*column, name.as_str()))
    }

    /// What the user says that a name means.
    pub(super) fn said(&self, header: &str) -> Option<Column> {
        let plain = |text: &str| mend::text(text).to_lowercase();
        self.columns().find(|(_, name)| plain(name) == plain(header)).map(|(column, _)| column)
    }
}
