//! Footnotes, endnotes and comments of a document whose blocks have repeated or left out the places
//! that refer to them.
//!
//! Each turn of a loop has a note of its own, which Word numbers; a note that nothing refers to any
//! more goes with its place.

use std::collections::BTreeSet;
use std::ops::Range;

use super::edits::{Edits, edited};
use crate::word::package::Package;
use crate::word::tree::attribute_range;

/// Notes of one kind: how the main part is related to them, what refers to one, and what it is.
struct NoteKind {
    relation: &'static str,
    reference: &'static str,
    note: &'static str,
}

const KINDS: [NoteKind; 3] = [
    NoteKind { relation: "footnotes", reference: "w:footnoteReference", note: "w:footnote" },
    NoteKind { relation: "endnotes", reference: "w:endnoteReference", note: "w:endnote" },
    // Of a comment only the first turn has kept its reference (see `marks`).
    NoteKind { relation: "comments", reference: "w:commentReference", note: "w:comment" },
];

/// Brings the notes of a filled file in step with its main part.
pub(super) fn settle(blank: &Package, filled: &mut Package) {
    let main = filled.main().to_owned();
    // Most blanks have none, and are done with a look.
    let refers = |main: &&str| KINDS.iter().any(|kind| main.contains(kind.reference));
    let Some(before) = text(blank, &main).filter(refers) else { return };
    let Some(now) = text(filled, &main) else { return };
    let (mut references, mut settled) = (Edits::new(), Vec::new());
    for kind in &KINDS {
        let Some(part) = filled.related(&main, kind.relation).into_iter().next() else { continue };
        let Some(notes) = text(filled, &part) else { continue };
        let mut edits = lost(before, now, notes, kind);
        let (own, added) = repeated(now, notes, kind);
        if !added.is_empty() {
            let end = notes.rfind("</").unwrap_or(notes.len());
            edits.push((end..end, added));
        }
        references.extend(own);
        if !edits.is_empty() {
            settled.push((part, edited(notes.to_owned(), edits)));
        }
    }
    if !references.is_empty() {
        settled.push((main, edited(now.to_owned(), references)));
    }
    for (part, text) in settled {
        filled.put(&part, text.into_bytes());
    }
}

fn text<'p>(package: &'p Package, part: &str) -> Option<&'p str> {
    package.part(part).and_then(|bytes| std::str::from_utf8(bytes).ok())
}

/// Takes out the notes that the main part has referred to and does no longer.
fn lost(before: &str, now: &str, notes: &str, kind: &NoteKind) -> Edits {
    let referred =
        |text| -> BTreeSet<&str> { ids(text, kind.reference).map(|id| &text[id]).collect() };
    let (before, now): (BTreeSet<&str>, BTreeSet<&str>) = (referred(before), referred(now));
    let lost = |id: &str| before.contains(id) && !now.contains(id);
    let gone = elements(notes, kind.note).filter(|(id, _)| lost(&notes[id.clone()]));
    gone.map(|(_, range)| (range, String::new())).collect()
}

/// An id of its own for each further reference to a note, and those notes.
fn repeated(main: &str, notes: &str, kind: &NoteKind) -> (Edits, String) {
    let known: Vec<(Range<usize>, Range<usize>)> = elements(notes, kind.note).collect();
    let number = |id: &Range<usize>| notes[id.clone()].parse().unwrap_or(0);
    let mut last: i64 = known.iter().map(|(id, _)| number(id)).max().unwrap_or(0);
    let (mut edits, mut added) = (Edits::new(), String::new());
    let mut met = BTreeSet::new();
    for id in ids(main, kind.reference) {
        if met.insert(&main[id.clone()]) {
            continue;
        }
        let note = known.iter().find(|(own, _)| notes[own.clone()] == main[id.clone()]);
        let Some((own, range)) = note else { continue };
        last += 1;
        let new = last.to_string();
        added.extend([&notes[range.start..own.start], &new, &notes[own.end..range.end]]);
        edits.push((id, new));
    }
    (edits, added)
}

/// The places of the ids of all elements of a name.
fn ids<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    text.match_indices('<').filter_map(move |(at, _)| {
        let tag = text[at + 1..].strip_prefix(name)?;
        let id = attribute_range(&tag[..tag.find('>')?], "w:id")?;
        let start = at + 1 + name.len();
        // «w:footnoteRef» is another element.
        let whole = tag.starts_with(|c: char| c.is_ascii_whitespace());
        whole.then_some(start + id.start..start + id.end)
    })
}

/// The notes of a part: the place of the id, and the whole.
fn elements<'t>(
    text: &'t str,
    name: &'t str,
) -> impl Iterator<Item = (Range<usize>, Range<usize>)> + 't {
    let close = format!("</{name}>");
    ids(text, name).filter_map(move |id| {
        let start = text[..id.start].rfind('<')?;
        let end = id.end + text[id.end..].find(&close)? + close.len();
        Some((id, start..end))
    })
}
