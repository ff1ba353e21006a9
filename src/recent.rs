//! What was made last, for the next document that needs the same.

use std::borrow::Borrow;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// How many things are kept; when there are more, all are forgotten.
const KEPT: usize = 64;

/// Things that were made of keys. Two threads may make the same at once, and both are right.
#[derive(Clone)]
pub(crate) struct Recent<K, V>(Arc<Mutex<Vec<(K, V)>>>);

impl<K: PartialEq, V: Clone> Recent<K, V> {
    pub(crate) fn find<Q: PartialEq + ?Sized>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().find(|(known, _)| known.borrow() == key).map(|(_, value)| value.clone())
    }

    pub(crate) fn keep(&self, key: K, value: V) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= KEPT {
            all.clear();
        }
        all.push((key, value));
    }

    /// What belongs to the key, made if it is not there.
    pub(crate) fn get<E>(&self, key: K, make: impl FnOnce() -> Result<V, E>) -> Result<V, E> {
        if let Some(known) = self.find(&key) {
            return Ok(known);
        }
        let made = make()?;
        self.keep(key, made.clone());
        Ok(made)
    }
}

impl<K, V> Default for Recent<K, V> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<K, V> fmt::Debug for Recent<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Recent")
    }
}
