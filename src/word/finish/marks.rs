//! Marks that come in pairs (bookmarks, comments, moved and protected text), and ids of shapes, in
//! a part whose blocks have repeated or left out some of them.
//!
//! Word repairs a file in which a pair lacks an end, and refuses doubles. The pairs are put
//! together from what a filled part has: of a mark that opens once and closes in each turn of a
//! loop, the last end counts; of a pair that a loop repeats, each turn has its own.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::edits::{Edits, edited};
use crate::word::tree::attribute_range;

/// The two ends of a mark.
const PAIRS: [(&str, &str); 9] = [
    ("w:bookmarkStart", "w:bookmarkEnd"),
    (COMMENT, "w:commentRangeEnd"),
    ("w:permStart", "w:permEnd"),
    ("w:moveFromRangeStart", "w:moveFromRangeEnd"),
    ("w:moveToRangeStart", "w:moveToRangeEnd"),
    ("w:customXmlInsRangeStart", "w:customXmlInsRangeEnd"),
    ("w:customXmlDelRangeStart", "w:customXmlDelRangeEnd"),
    ("w:customXmlMoveFromRangeStart", "w:customXmlMoveFromRangeEnd"),
    ("w:customXmlMoveToRangeStart", "w:customXmlMoveToRangeEnd"),
];
const COMMENT: &str = "w:commentRangeStart";
const REFERENCE: &str = "w:commentReference";
/// How many letters the name of a bookmark may have.
const LONGEST_NAME: usize = 40;

/// Names and ids that were given in the parts so far, with what they are of.
#[derive(Debug, Default)]
pub(super) struct GivenMarks {
    all: BTreeSet<(String, String)>,
    /// The last number that was put behind one of them.
    numbers: BTreeMap<(String, String), u32>,
}

/// One end of a mark in the text of a part.
struct MarkEnd {
    range: Range<usize>,
    starts: bool,
}

/// Marks of one kind with one id, in their order.
#[derive(Default)]
struct SameMarks {
    ends: Vec<MarkEnd>,
    /// What shows a comment.
    references: Vec<Range<usize>>,
}

/// The part with its marks in pairs; `id` gives a new one.
pub(super) fn settle(text: String, given: &mut GivenMarks, mut id: impl FnMut() -> u32) -> String {
    let mut marks: BTreeMap<(usize, String), SameMarks> = BTreeMap::new();
    let mut edits = Edits::new();
    for (range, name) in tags(&text) {
        let tag = &text[range.clone()];
        if name.starts_with("v:") || name == "o:OLEObject" {
            shape(tag, &range, given, &mut edits);
            continue;
        }
        let of = if name == REFERENCE { COMMENT } else { name };
        let Some(kind) = PAIRS.iter().position(|(start, end)| *start == of || *end == of) else {
            continue;
        };
        let Some(own) = attribute_range(tag, "w:id") else { continue };
        let same = marks.entry((kind, tag[own].to_owned())).or_default();
        match name == REFERENCE {
            true => same.references.push(range),
            false => same.ends.push(MarkEnd { range, starts: PAIRS[kind].0 == name }),
        }
    }
    for ((kind, _), same) in marks {
        let pairs = pairs(&same.ends);
        let kept: Vec<&Range<usize>> = pairs.iter().flatten().collect();
        let lone = same.ends.iter().map(|end| &end.range).filter(|range| !kept.contains(range));
        edits.extend(lone.map(|range| (range.clone(), String::new())));
        if PAIRS[kind].0 == COMMENT {
            comment(&same.references, &pairs, &mut edits);
            continue;
        }
        for (turn, [start, end]) in pairs.into_iter().enumerate() {
            let mut opening = text[start.clone()].to_owned();
            if let Some(name) = attribute_range(&opening, "w:name") {
                let unique = given.unique(PAIRS[kind].0, &opening[name.clone()]);
                opening.replace_range(name, &unique);
            }
            let mut closing = text[end.clone()].to_owned();
            if turn > 0 {
                let new = id().to_string();
                for tag in [&mut opening, &mut closing] {
                    if let Some(own) = attribute_range(tag, "w:id") {
                        tag.replace_range(own, &new);
                    }
                }
            }
            edits.extend([(start, opening), (end, closing)]);
        }
    }
    edited(text, edits)
}

impl GivenMarks {
    /// The name, with a number behind it if it was given before: the first keeps its name, so that
    /// what refers to it from outside of the loop still finds it.
    fn unique(&mut self, of: &str, name: &str) -> String {
        let asked = (of.to_owned(), name.to_owned());
        if self.all.insert(asked.clone()) {
            return name.to_owned();
        }
        let number = self.numbers.entry(asked).or_insert(1);
        loop {
            *number += 1;
            let behind = format!("_{number}");
            let room = LONGEST_NAME - behind.len();
            let unique = name.chars().take(room).collect::<String>() + &behind;
            if self.all.insert((of.to_owned(), unique.clone())) {
                return unique;
            }
        }
    }
}

/// The pairs of marks with one id.
fn pairs(ends: &[MarkEnd]) -> Vec<[Range<usize>; 2]> {
    let mut pairs: Vec<[Range<usize>; 2]> = Vec::new();
    let mut open: Option<&MarkEnd> = None;
    for end in ends {
        match (end.starts, open) {
            (true, None) => open = Some(end),
            // It opens in each turn and closes once: the first counts.
            (true, Some(_)) => {}
            (false, Some(start)) => {
                pairs.push([start.range.clone(), end.range.clone()]);
                open = None;
            }
            // It opens once and closes in each turn: the last counts.
            (false, None) => {
                if let Some(pair) = pairs.last_mut() {
                    pair[1] = end.range.clone();
                }
            }
        }
    }
    pairs
}

/// A comment is about one place: the first turn has it.
fn comment(references: &[Range<usize>], pairs: &[[Range<usize>; 2]], edits: &mut Edits) {
    let behind = pairs.first().map_or(0, |[_, end]| end.start);
    let shown = references.iter().find(|range| range.start > behind).or(references.first());
    let others = references.iter().filter(|range| Some(*range) != shown);
    let kept = usize::from(shown.is_some());
    let ranges = others.chain(pairs.iter().skip(kept).flatten());
    edits.extend(ranges.map(|range| (range.clone(), String::new())));
}

/// The id of a shape of older versions, and of the object that is shown in it.
fn shape(tag: &str, range: &Range<usize>, given: &mut GivenMarks, edits: &mut Edits) {
    let mut own = tag.to_owned();
    for name in ["id", "o:spid"] {
        let Some(at) = attribute_range(&own, name) else { continue };
        let unique = given.unique(name, &own[at.clone()]);
        own.replace_range(at, &unique);
    }
    if own != tag {
        edits.push((range.clone(), own));
    }
}

/// The opening tags of a text, with their names.
fn tags(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    text.match_indices('<').filter_map(|(at, _)| {
        let rest = &text[at + 1..];
        // Only these: most tags of a part are others.
        let of_interest = rest.starts_with("v:") || rest.starts_with("o:OLEObject") || {
            let name = rest.strip_prefix("w:")?;
            ["bookmark", "comment", "perm", "move", "customXml"].iter().any(|n| name.starts_with(n))
        };
        let len = of_interest.then(|| rest.find('>'))??;
        let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>')?;
        Some((at..at + len + 2, &rest[..end]))
    })
}
