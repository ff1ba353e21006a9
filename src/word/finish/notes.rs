//! Footnotes, endnotes and comments of a document whose blocks have repeated or left out the places
//! that refer to them.
//!
//! Each turn of a loop has a note of its own, which Word numbers; a note that nothing refers to any
//! more goes with its place.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::word::package::Package;

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
pub(in crate::word) fn settle(blank: &Package, filled: &mut Package) {
    let main = filled.main().to_owned();
    let text = |package: &Package, part: &str| {
        package.part(part).map(|bytes| String::from_utf8_lossy(bytes).into_owned())
    };
    // Most blanks have none, and are done with a look.
    let before = blank.part(&main).and_then(|bytes| std::str::from_utf8(bytes).ok());
    let refers = |main: &&str| KINDS.iter().any(|kind| main.contains(kind.reference));
    let Some(before) = before.filter(refers) else { return };
    let Some(mut now) = text(filled, &main) else { return };
    for kind in &KINDS {
        let Some(part) = filled.related(&main, kind.relation).into_iter().next() else { continue };
        let Some(notes) = text(filled, &part) else { continue };
        let all = |text: &str| -> Vec<String> {
            ids(text, kind.reference).map(|id| text[id].to_owned()).collect()
        };
        let kept: BTreeSet<String> = all(&now).into_iter().collect();
        let lost: BTreeSet<String> =
            all(before).into_iter().filter(|id| !kept.contains(id)).collect();
        let (numbered, added) = own_notes(&now, &notes, kind);
        if lost.is_empty() && added.is_empty() {
            continue;
        }
        now = numbered;
        let end = notes.rfind("</").unwrap_or(notes.len());
        let mut settled = String::with_capacity(notes.len() + added.len());
        let mut at = 0;
        for (id, range) in elements(&notes, kind.note) {
            if lost.contains(&notes[id]) {
                settled.push_str(&notes[at..range.start]);
                at = range.end;
            }
        }
        settled.push_str(&notes[at..end]);
        settled.push_str(&added);
        settled.push_str(&notes[end..]);
        filled.put(&part, settled.into_bytes());
    }
    if filled.part(&main) != Some(now.as_bytes()) {
        filled.put(&main, now.into_bytes());
    }
}

/// The main part with an id of its own at each further reference to a note, and those notes.
fn own_notes(main: &str, notes: &str, kind: &NoteKind) -> (String, String) {
    let known: Vec<(Range<usize>, Range<usize>)> = elements(notes, kind.note).collect();
    let number = |id: &Range<usize>| notes[id.clone()].parse().unwrap_or(0);
    let mut last: i64 = known.iter().map(|(id, _)| number(id)).max().unwrap_or(0);
    let (mut out, mut added, mut at) = (String::new(), String::new(), 0);
    let mut seen = BTreeSet::new();
    for id in ids(main, kind.reference) {
        if seen.insert(&main[id.clone()]) {
            continue;
        }
        let note = known.iter().find(|(own, _)| notes[own.clone()] == main[id.clone()]);
        let Some((own, range)) = note else { continue };
        last += 1;
        let new = last.to_string();
        added.extend([&notes[range.start..own.start], &new, &notes[own.end..range.end]]);
        out.extend([&main[at..id.start], &new]);
        at = id.end;
    }
    out.push_str(&main[at..]);
    (out, added)
}

/// The places of the ids of all elements of a name.
fn ids<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    text.match_indices('<').filter_map(move |(at, _)| {
        let rest = text[at + 1..].strip_prefix(name)?;
        rest.starts_with(|c: char| c.is_ascii_whitespace()).then_some(())?;
        let tag = &rest[..rest.find('>')?];
        let start = tag.find(" w:id=\"")? + " w:id=\"".len();
        let len = tag[start..].find('"')?;
        let start = at + 1 + name.len() + start;
        Some(start..start + len)
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
