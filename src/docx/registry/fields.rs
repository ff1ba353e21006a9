//! Fields of the document: values of the data that stand in content controls. A part of the package
//! holds them, Word keeps both in step, and what was changed there comes back into the data.

use crate::diag::Datum;
use crate::docx::package::xml::El;

/// The namespace of the part.
pub(crate) const NAMESPACE: &str = "urn:itog:fields";
/// Its identity, by which controls refer to it.
pub(crate) const ITEM: &str = "{6D6F7469-0000-4000-8000-6669656C6473}";

/// The fields of a document.
#[derive(Debug, Default)]
pub(crate) struct FieldRegistry(Vec<El>);

impl FieldRegistry {
    /// The binding of a control of that name that shows a text, in which these values of the data
    /// are printed.
    pub(crate) fn bind(&mut self, name: &str, shown: &str, data: &[Datum]) -> El {
        let mut field = El::new("field")
            .with("name", name.to_owned())
            .with("shown", shown.to_owned())
            .text(shown);
        if let Some((datum, at)) = printed(shown, data) {
            field.set("path", datum.path.clone());
            field.set("value", datum.text.clone());
            if let Some(at) = at {
                field.set("before", shown[..at.start].to_owned());
                field.set("after", shown[at.end..].to_owned());
            }
        }
        self.0.push(field);
        // The prefix is declared where the path is used (ECMA-376 Part 1, 17.5.2.6).
        El::new("w:dataBinding")
            .with("w:prefixMappings", format!("xmlns:f='{NAMESPACE}'"))
            .with("w:xpath", format!("/f:fields[1]/f:field[{}]", self.0.len()))
            .with("w:storeItemID", ITEM)
    }

    /// The root of the part; nothing without fields.
    pub(crate) fn root(self) -> Option<El> {
        Some(El::new("fields").with("xmlns", NAMESPACE).children(self.0))
            .filter(|root| !root.children.is_empty())
    }
}

/// The value that a text shows: where it stands in it as it is, the longest one; or the only one,
/// in whatever form.
fn printed<'a>(
    shown: &str,
    data: &'a [Datum],
) -> Option<(&'a Datum, Option<std::ops::Range<usize>>)> {
    let plain = plain(shown);
    let found = data.iter().filter_map(|datum| {
        let value = self::plain(&datum.text);
        let at = plain.find(value.as_str()).filter(|_| !value.is_empty())?;
        // Counted in characters: what is plain has as many as what is shown.
        let start = plain[..at].chars().count();
        let place = |n: usize| shown.char_indices().nth(n).map_or(shown.len(), |(at, _)| at);
        Some((datum, place(start)..place(start + value.chars().count())))
    });
    match found.max_by_key(|(_, at)| at.len()) {
        Some((datum, at)) => Some((datum, Some(at))),
        None => data.first().filter(|_| data.len() == 1).map(|datum| (datum, None)),
    }
}

/// A text as it is typed: typography puts other spaces and hyphens for those.
pub(crate) fn plain(text: &str) -> String {
    let typed = |c| match c {
        '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        '\u{2011}' => '-',
        c => c,
    };
    text.chars().map(typed).collect()
}
