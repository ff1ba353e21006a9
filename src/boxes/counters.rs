//! Counters and how numbers are written (CSS Lists 3, section 4; CSS Counter Styles 3).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::lang::ru;
use crate::style::{Computed, CounterStyle};

/// The name of the counter that list items count in.
pub(super) const LIST_ITEM: &str = "list-item";

/// A number written in a counter style. One that the style cannot write is written in decimal.
///
/// ```
/// use itog::internals::boxes::counter_text;
/// use itog::internals::style::CounterStyle;
/// assert_eq!(counter_text(&CounterStyle::LowerRussian, 7), "ж");
/// assert_eq!(counter_text(&CounterStyle::UpperRoman, 4), "IV");
/// ```
pub fn counter_text(style: &CounterStyle, value: i32) -> String {
    // Letters and Roman numerals begin at 1 (CSS Counter Styles 3, `range`); what they cannot
    // write falls back to decimal.
    let positive = u32::try_from(value).ok().filter(|value| *value > 0);
    let written = match style {
        CounterStyle::None => Some(String::new()),
        CounterStyle::Disc => Some("•".to_owned()),
        CounterStyle::Circle => Some("◦".to_owned()),
        CounterStyle::Square => Some("▪".to_owned()),
        CounterStyle::Dash => Some("—".to_owned()),
        CounterStyle::String(text) => Some(text.to_string()),
        CounterStyle::Decimal => None,
        CounterStyle::DecimalLeadingZero => Some(if value < 0 {
            format!("-{:02}", value.unsigned_abs())
        } else {
            format!("{value:02}")
        }),
        CounterStyle::LowerRussian => positive.map(russian),
        CounterStyle::UpperRussian => positive.map(|value| russian(value).to_uppercase()),
        CounterStyle::LowerLatin => positive.map(latin),
        CounterStyle::UpperLatin => positive.map(|value| latin(value).to_uppercase()),
        CounterStyle::LowerRoman => {
            positive.and_then(ru::number::roman).map(|text| text.to_lowercase())
        }
        CounterStyle::UpperRoman => positive.and_then(ru::number::roman),
    };
    written.unwrap_or_else(|| value.to_string())
}

/// The marker of a list item: its number and the suffix of the style.
pub(super) fn marker_text(style: &CounterStyle, value: i32) -> String {
    let text = counter_text(style, value);
    match style {
        // «а)», as Russian documents letter their points; browsers write «a.».
        CounterStyle::LowerRussian | CounterStyle::LowerLatin => text + ")",
        CounterStyle::Decimal
        | CounterStyle::DecimalLeadingZero
        | CounterStyle::UpperRussian
        | CounterStyle::UpperLatin
        | CounterStyle::LowerRoman
        | CounterStyle::UpperRoman => text + ".",
        _ => text,
    }
}

/// а, б, …, е, ж, з, и, к, …: the letters of `lower-russian` in the Ready-made Counter Styles of
/// the W3C, which Word counts in, too; after the last one they are doubled, as Word does.
fn russian(value: u32) -> String {
    const LETTERS: &str = "абвгдежзиклмнопрстуфхцчшщэюя";
    let count = LETTERS.chars().count();
    let at = value.saturating_sub(1) as usize;
    let letter = LETTERS.chars().nth(at % count);
    letter.into_iter().flat_map(|letter| std::iter::repeat_n(letter, at / count + 1)).collect()
}

/// a, b, …, z, aa, ab, … (alphabetic system).
fn latin(mut value: u32) -> String {
    let mut letters = Vec::new();
    // A system without a zero: each digit is counted from 1, so one is taken off before the
    // remainder.
    while value > 0 {
        value -= 1;
        letters.push(char::from(b'a' + (value % 26) as u8));
        value /= 26;
    }
    letters.iter().rev().collect()
}

/// One counter: from where it was made to where it goes out of scope.
#[derive(Debug, Clone, Copy)]
pub(super) struct Counter {
    /// Tells it from all others of the document.
    pub(super) id: u32,
    pub(super) value: i32,
}

/// The counters in scope at a place in the document: for each name the nested counters, the
/// innermost last.
#[derive(Debug, Default)]
pub(super) struct Counters {
    values: BTreeMap<Arc<str>, Vec<Counter>>,
    /// How many have been made.
    made: u32,
    /// For each open element, the counters that its children so far have made.
    scopes: Vec<BTreeSet<Arc<str>>>,
}

/// What an element does to the list-item counter without being told by CSS (HTML Standard, 15.3.7
/// and CSS Lists 3, 4.6).
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Implied {
    /// A list: its counter starts from here.
    pub(super) reset: Option<i32>,
    /// A list item: its counter goes on by this much.
    pub(super) increment: Option<i32>,
    /// `<li value>`.
    pub(super) set: Option<i32>,
}

impl Counters {
    /// Begins the children of an element (or of the document).
    pub(super) fn enter(&mut self) {
        // A counter lives as long as the siblings of the element that made it (CSS Lists 3, 4.4).
        self.scopes.push(BTreeSet::new());
    }

    /// Ends them: the counters that they made go out of scope.
    pub(super) fn leave(&mut self) {
        for name in self.scopes.pop().unwrap_or_default() {
            if let Some(nested) = self.values.get_mut(&name) {
                nested.pop();
            }
        }
    }

    /// What an element's values do to the counters, in the order that CSS Lists 3, 4.5 gives:
    /// reset, increment, set.
    pub(super) fn apply(&mut self, style: &Computed, implied: Implied) {
        let list_item: Arc<str> = Arc::from(LIST_ITEM);
        let told = |list: &[(Arc<str>, i32)]| {
            list.iter().any(|(name, value)| **name == *LIST_ITEM && *value != 0)
        };
        // A list begins to count anew, unless it says `counter-reset: none`: then it goes on where
        // the list before it ended.
        let start = implied
            .reset
            .filter(|_| !style.counter_reset.is_empty() && !told(&style.counter_reset));
        for (name, value) in
            style.counter_reset.iter().filter(|(name, _)| start.is_none() || **name != *LIST_ITEM)
        {
            self.reset(name, *value);
        }
        if let Some(start) = start {
            self.reset(&list_item, start);
        }
        if let Some(step) = implied
            .increment
            // An author who steps the list counter himself is not stepped upon twice.
            .filter(|_| !style.counter_increment.iter().any(|(name, _)| **name == *LIST_ITEM))
        {
            self.change(&list_item, |value| value.saturating_add(step));
        }
        for (name, step) in style.counter_increment.iter() {
            self.change(name, |value| value.saturating_add(*step));
        }
        if let Some(value) = implied.set {
            self.change(&list_item, |_| value);
        }
        for (name, value) in style.counter_set.iter() {
            self.change(name, |_| *value);
        }
    }

    fn reset(&mut self, name: &Arc<str>, value: i32) {
        self.made += 1;
        let counter = Counter { id: self.made, value };
        let nested = self.values.entry(Arc::clone(name)).or_default();
        // A sibling's counter of the same name ends here.
        let fresh = self.scopes.last_mut().is_none_or(|scope| scope.insert(Arc::clone(name)));
        // The second reset among siblings replaces the first, where one in a child nests.
        match nested.last_mut().filter(|_| !fresh) {
            Some(last) => *last = counter,
            None => nested.push(counter),
        }
    }

    fn change(&mut self, name: &Arc<str>, f: impl FnOnce(i32) -> i32) {
        // A counter that is used before it is reset begins at 0 (CSS Lists 3, 4.5).
        if self.nested(name).is_empty() {
            self.reset(name, 0);
        }
        if let Some(last) = self.values.get_mut(name).and_then(|nested| nested.last_mut()) {
            last.value = f(last.value);
        }
    }

    /// The counters of a name, outermost first.
    pub(super) fn nested(&self, name: &str) -> &[Counter] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// `counter()`: 0 if there is none of that name.
    pub(super) fn value(&self, name: &str) -> i32 {
        self.nested(name).last().map_or(0, |counter| counter.value)
    }

    /// `counters()`, outermost first: a single 0 if there is none of that name.
    pub(super) fn values(&self, name: &str) -> Vec<i32> {
        match self.nested(name) {
            [] => vec![0],
            nested => nested.iter().map(|counter| counter.value).collect(),
        }
    }
}
