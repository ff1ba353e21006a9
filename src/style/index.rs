//! Which rules may match an element: buckets by the id, class or name that the selector's last part
//! asks for.

use std::collections::HashMap;
use std::sync::Arc;

use selectors::parser::{Combinator, Component};

use super::selector::Selector;
use super::sheet::Rule;
use crate::markup::Element;

/// Rule numbers by what an element must have for them to match.
#[derive(Debug, Default)]
pub(super) struct Index {
    by_id: HashMap<Arc<str>, Vec<usize>>,
    by_class: HashMap<Arc<str>, Vec<usize>>,
    by_name: HashMap<Arc<str>, Vec<usize>>,
    others: Vec<usize>,
}

enum RuleKey {
    Id(Arc<str>),
    Class(Arc<str>),
    Name(Arc<str>),
    None,
}

impl Index {
    /// The index of some rules.
    pub(super) fn of(rules: &[Rule]) -> Self {
        let mut index = Self::default();
        for (i, rule) in rules.iter().enumerate() {
            match key(&rule.selector) {
                RuleKey::Id(id) => index.by_id.entry(id).or_default().push(i),
                RuleKey::Class(class) => index.by_class.entry(class).or_default().push(i),
                RuleKey::Name(name) => index.by_name.entry(name).or_default().push(i),
                RuleKey::None => index.others.push(i),
            }
        }
        index
    }

    /// Calls back with each rule that may match the element, in no particular order, each at most
    /// once.
    pub(super) fn candidates(&self, element: &Element, mut found: impl FnMut(usize)) {
        let mut all =
            |rules: Option<&Vec<usize>>| rules.into_iter().flatten().for_each(|&i| found(i));
        all(self.by_name.get(&*element.name));
        if !self.by_class.is_empty()
            && let Some(classes) = element.attribute("class")
        {
            for (i, class) in classes.split_ascii_whitespace().enumerate() {
                // A class that is written twice counts once.
                if !classes.split_ascii_whitespace().take(i).any(|before| before == class) {
                    all(self.by_class.get(class));
                }
            }
        }
        if !self.by_id.is_empty()
            && let Some(id) = element.attribute("id")
        {
            all(self.by_id.get(id));
        }
        all(Some(&self.others));
    }
}

/// The most telling part of the compound selector that the element itself must match.
fn key(selector: &Selector) -> RuleKey {
    let mut key = RuleKey::None;
    let mut parts = selector.iter();
    loop {
        for part in &mut parts {
            key = match (part, key) {
                // An id is rarer than a class, a class rarer than a name: the rarest key keeps
                // the buckets small.
                (Component::ID(id), _) => RuleKey::Id(Arc::clone(&id.0)),
                (_, key @ RuleKey::Id(_)) => key,
                (Component::Class(class), _) => RuleKey::Class(Arc::clone(&class.0)),
                (_, key @ RuleKey::Class(_)) => key,
                (Component::LocalName(name), _) => RuleKey::Name(Arc::clone(&name.lower_name.0)),
                (_, key) => key,
            };
        }
        match parts.next_sequence() {
            // `p::before` is matched against the `p`, whose part comes after the pseudo-element.
            Some(Combinator::PseudoElement) => {}
            _ => return key,
        }
    }
}
