//! What margin boxes say of the pages so far: running strings (CSS GCPM 3, 1.3) and the counters of
//! `@page` (CSS Paged Media 3, 7.1).

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::boxes::NamedString;
use crate::style::{PageStyle, StringPick};

/// A string that an element sets on a page.
#[derive(Debug, Clone)]
pub(crate) struct SetString {
    pub(crate) string: NamedString,
    /// Whether its element begins the page.
    pub(crate) begins_page: bool,
}

/// Strings and counters on a page.
#[derive(Debug, Default)]
pub(crate) struct Running {
    counters: BTreeMap<Arc<str>, i32>,
    /// The last strings of the pages before.
    before: BTreeMap<Arc<str>, NamedString>,
    set: Vec<SetString>,
}

impl Running {
    /// Counts the next page.
    pub(crate) fn turn(&mut self, style: &PageStyle) {
        for (name, value) in style.counter_reset.iter() {
            self.counters.insert(Arc::clone(name), *value);
        }
        // Every page counts `page` by itself unless the stylesheet does (CSS Paged Media 3, 7.1).
        if !style.counter_increment.iter().any(|(name, _)| &**name == "page") {
            self.add("page", 1);
        }
        for (name, step) in style.counter_increment.iter() {
            self.add(name, *step);
        }
        for (name, value) in style.counter_set.iter() {
            self.counters.insert(Arc::clone(name), *value);
        }
    }

    fn add(&mut self, name: &str, step: i32) {
        match self.counters.get_mut(name) {
            Some(value) => *value = value.saturating_add(step),
            None => drop(self.counters.insert(Arc::from(name), step)),
        }
    }

    /// Takes the strings that were set on this page, in order; those of the page before are
    /// history.
    pub(crate) fn show(&mut self, set: Vec<SetString>) {
        // What was set on the page before is now what holds until something new is set.
        for SetString { string, .. } in std::mem::replace(&mut self.set, set) {
            self.before.insert(Arc::clone(&string.name), string);
        }
    }

    /// A counter's value; 0 if nothing counts it.
    pub(crate) fn counter(&self, name: &str) -> usize {
        self.counters.get(name).map_or(0, |value| usize::try_from(*value).unwrap_or(0))
    }

    /// The string that is shown on this page, if any.
    pub(crate) fn string(&self, name: &str, pick: StringPick) -> Option<&NamedString> {
        let mut here = self.set.iter().filter(|set| &*set.string.name == name);
        let first = here.next();
        let shown = match pick {
            StringPick::First => first,
            StringPick::Start => first.filter(|string| string.begins_page),
            StringPick::Last => here.next_back().or(first),
            // `first-except` leaves the page blank where the string is set, as under a title.
            StringPick::FirstExcept if first.is_some() => return None,
            StringPick::FirstExcept => None,
        };
        shown.map(|set| &set.string).or_else(|| self.before.get(name))
    }
}
