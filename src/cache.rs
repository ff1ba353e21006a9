//! A small cache for what documents of a batch share: styles, faces, pictures, design parts.
//!
//! It is looked through in order and emptied when it is full, because there are few kinds of things
//! in a batch, and what is needed again is made once more at worst.

use std::borrow::Borrow;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How many values are kept: more than a design has styles, few enough to be looked through.
const KEPT: usize = 64;

/// A cache of at most [`KEPT`] values; cleared when it is full.
#[derive(Clone)]
pub(crate) struct SmallCache<K, V>(Arc<Mutex<Vec<(K, V)>>>);

impl<K: PartialEq, V: Clone> SmallCache<K, V> {
    pub(crate) fn find<Q: PartialEq + ?Sized>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.lock().iter().find(|(known, _)| known.borrow() == key).map(|(_, value)| value.clone())
    }

    pub(crate) fn keep(&self, key: K, value: V) {
        put(&mut self.lock(), key, value);
    }

    /// What belongs to the key, made of it if it is not there.
    pub(crate) fn get<E>(&self, key: K, make: impl FnOnce(&K) -> Result<V, E>) -> Result<V, E> {
        if let Some(known) = self.find(&key) {
            return Ok(known);
        }
        // Without the lock: what takes long for one document must not make all others wait. Two
        // threads may make the same at the beginning of a batch; the first one counts.
        let made = make(&key)?;
        let mut all = self.lock();
        if let Some((_, known)) = all.iter().find(|(known, _)| *known == key) {
            return Ok(known.clone());
        }
        put(&mut all, key, made.clone());
        Ok(made)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<(K, V)>> {
        // A panic elsewhere leaves the list whole, since values are put in only once they are
        // made.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn put<K, V>(all: &mut Vec<(K, V)>, key: K, value: V) {
    if all.len() >= KEPT {
        all.clear();
    }
    all.push((key, value));
}

/// Compares a shared value by identity: two values that are alike may still be different keys.
pub(crate) struct ByIdentity<T: ?Sized>(pub(crate) Arc<T>);

impl<T: ?Sized> PartialEq for ByIdentity<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<K, V> Default for SmallCache<K, V> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<K, V> fmt::Debug for SmallCache<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SmallCache")
    }
}
