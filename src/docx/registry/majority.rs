//! What most paragraphs of a style look like: counted before anything is written.
//!
//! A style that is defined by its first paragraph would be what the exception is, if that stands
//! first.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::boxes::Role;
use crate::style::{Computed, LengthOrAuto, LengthPercentage};

/// Element, first class and outline level: what names a style.
pub(crate) type StyleKey = (String, String, Option<u8>);

/// The key of a paragraph's style.
pub(crate) fn key(element: &str, class: &str, role: Role) -> StyleKey {
    let level = match role {
        // HTML knows six, and there are styles `Heading1` to `Heading6`.
        Role::Heading(level) => Some(level.clamp(1, 6)),
        _ => None,
    };
    // Of several classes the first one is the name, the others are variants: a style for each
    // mixture would fill the gallery.
    (element.to_owned(), class.split_whitespace().next().unwrap_or("").to_owned(), level)
}

/// How many looks of a style are told apart.
const LOOKS: usize = 64;

/// The values that the paragraphs of each style have, and how many have them.
#[derive(Debug, Default)]
pub(crate) struct MajorityStyles(BTreeMap<StyleKey, Vec<(Arc<Computed>, usize)>>);

impl MajorityStyles {
    /// Counts a paragraph of a style.
    pub(crate) fn count(&mut self, key: StyleKey, style: &Arc<Computed>) {
        let all = self.0.entry(key).or_default();
        let full = all.len() >= LOOKS;
        match all.iter_mut().find(|(known, _)| same(known, style, false)) {
            Some((_, times)) => *times += 1,
            // Whoever gives each paragraph a look of its own has no majority.
            None if full => {}
            None => all.push((Arc::clone(style), 1)),
        }
    }

    /// What most paragraphs of that style look like, if it is not like this; the first of several
    /// that are as many. A box that is `held` has no margins of its own.
    pub(crate) fn other(
        &self,
        key: &StyleKey,
        style: &Computed,
        held: bool,
    ) -> Option<Arc<Computed>> {
        let all = self.0.get(key)?;
        let most = all.iter().map(|(_, times)| *times).max()?;
        // Of equals the first one, so that the same document always has the same styles.
        let (typical, _) = all.iter().find(|(_, times)| *times == most)?;
        (!same(typical, style, held)).then(|| Arc::clone(typical))
    }
}

/// Whether two paragraphs look the same but for their place, the other one `held` by a cell or a
/// text box, which has its margins and keeps it whole.
fn same(one: &Computed, other: &Computed, held: bool) -> bool {
    let none = LengthOrAuto::Set(LengthPercentage::ZERO);
    // What a cell holds has its margins from the cell.
    let [top, bottom] = if held { [none; 2] } else { [other.margin.top, other.margin.bottom] };
    one.margin.top == top
        && one.margin.bottom == bottom
        && one.break_inside_avoid == (other.break_inside_avoid && !held)
        && one.break_after == other.break_after
        && one.text == other.text
}
