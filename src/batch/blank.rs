//! What a row answers to the names of a blank made in Word.
//!
//! A blank that names whom it is for is filled with certificates, as a design in HTML is: the same
//! columns are understood, mended and declined. Its other names are columns of the table.

use super::base::plain_name;
use super::table::DataCell;
use crate::engine::Design;
use crate::model::alias::{is_form, normal};
use crate::model::{Certificate, Column, NamePiece};

/// A name that a blank asks for.
#[derive(Debug)]
pub(super) struct AskedName {
    name: String,
    /// The keys of a certificate that it may mean.
    keys: Vec<&'static str>,
    /// The column that it would head in a table.
    column: Option<Column>,
}

/// Whether a blank is for somebody: then its data are certificates.
pub(super) fn is_for_somebody(names: &[(String, Vec<&'static str>)]) -> bool {
    names.iter().any(|(name, _)| {
        Column::said(name).is_some_and(Column::names) || NamePiece::of(name).is_some()
    })
}

/// The names of a blank that is filled with certificates.
pub(super) fn asked(design: &Design) -> Vec<AskedName> {
    let names = design.blank_names().unwrap_or_default().into_iter();
    let column = |name: &str| match NamePiece::of(name) {
        // No column of whole names answers it.
        Some(NamePiece::After | NamePiece::Before) => None,
        // A guess would print somebody else's value: «ФИО жены», «Дата мероприятия».
        _ => Column::said(name),
    };
    names.map(|(name, keys)| AskedName { column: column(&name), keys, name }).collect()
}

/// The header that stands for a name: the same but for signs and capitals, else another case or
/// number of it, else one that means the same column.
pub(super) fn header_of<'a>(
    name: &str,
    headers: impl Iterator<Item = &'a str> + Clone,
) -> Option<&'a str> {
    let plain = plain_name(name);
    let same = |other: &&str| plain_name(other) == plain;
    let form = |other: &&str| is_form(&normal(other), &normal(name));
    let column = Column::said(name);
    let alike = |other: &&str| column.is_some() && Column::of(other) == column;
    // Of two heads that mean the same, neither is taken for the name.
    let only = |by: &dyn Fn(&&str) -> bool| {
        let mut all = headers.clone().filter(|header| by(header));
        all.next().filter(|_| all.next().is_none())
    };
    headers.clone().find(same).or_else(|| only(&form)).or_else(|| only(&alike))
}

/// Gives a certificate what its row says under the names of the blank, where the keys of a
/// certificate do not say it.
pub(super) fn answer(asked: &[AskedName], certificate: &mut Certificate, cells: &[DataCell]) {
    // Of the two a certificate makes one: «I степени, 2 место».
    let says = |column| cells.iter().any(|c| c.column == Some(column) && !c.text.is_empty());
    let both = says(Column::Degree) && says(Column::Result);
    for AskedName { name, keys, column } in asked {
        let own = plain_name(name);
        let same = cells.iter().find(|cell| plain_name(&cell.header) == own);
        let alike = || cells.iter().find(|cell| column.is_some() && cell.column == *column);
        let other = || {
            let unknown = cells.iter().filter(|cell| cell.column.is_none());
            let header = header_of(name, unknown.map(|cell| &*cell.header))?;
            cells.iter().find(|cell| &*cell.header == header)
        };
        let text = match (same.or_else(alike), column) {
            (Some(cell), _) => {
                let means = cell.column.and_then(Column::key);
                let by_key = match cell.column {
                    // By a name of the blank's own, which no key is called, it is a text.
                    Some(Column::Name | Column::Collective) => !keys.is_empty(),
                    // A part of a name has no key at the root of the data.
                    Some(column) if column.names() => false,
                    Some(Column::Degree | Column::Result) if both => false,
                    _ => means.is_some_and(|key| keys.contains(&key)),
                };
                // «Место» of a contest's table is no town, whatever the key of the data is.
                (!by_key || cell.text.is_empty()).then(|| cell.text.clone())
            }
            _ if keys.is_empty() => other().map(|cell| cell.text.clone()),
            _ => None,
        };
        if let Some(text) = text {
            certificate.fields.insert(name.clone(), text);
        }
    }
}
