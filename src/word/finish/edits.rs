//! Places of a part's text that get another text.

use std::ops::Range;

/// What takes the place of each range; none of them overlap.
pub(super) type Edits = Vec<(Range<usize>, String)>;

/// The text with all edits made.
pub(super) fn edited(text: String, mut edits: Edits) -> String {
    if edits.is_empty() {
        return text;
    }
    edits.sort_by_key(|(range, _)| range.start);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (range, new) in edits {
        out.push_str(&text[at..range.start]);
        out.push_str(&new);
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}
