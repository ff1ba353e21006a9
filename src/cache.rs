//! What is kept of one document for the next: a small cache for what documents of a batch share
//! (styles, faces, pictures, design parts), a memo for what comes of their texts, and numbers by
//! which both are known.
//!
//! The cache is looked through in order and emptied when it is full, because there are few kinds of
//! things in a batch, and what is needed again is made once more at worst. The memo is for values
//! of which each document brings some of its own.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasher, Hash};
use std::io;
use std::mem;
use std::ptr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::FxBuildHasher;

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

/// How many values a generation of a [`Memo`] has.
const GENERATION: usize = 256;

/// What came of keys, for those that come again. When the young generation is full, it becomes the
/// old one, and what nobody asked for meanwhile is forgotten: so what all documents of a batch have
/// in common stays, however many texts of their own they bring.
#[derive(Debug)]
pub(crate) struct Memo<K, V> {
    young: HashMap<K, V, FxBuildHasher>,
    old: HashMap<K, V, FxBuildHasher>,
}

impl<K: Hash + Eq, V: Clone> Memo<K, V> {
    pub(crate) fn find<Q: Hash + Eq + ?Sized>(&mut self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        if let Some(known) = self.young.get(key) {
            return Some(known.clone());
        }
        let (key, value) = self.old.remove_entry(key)?;
        let found = value.clone();
        self.keep(key, value);
        Some(found)
    }

    pub(crate) fn keep(&mut self, key: K, value: V) {
        if self.young.len() >= GENERATION {
            self.old = mem::take(&mut self.young);
        }
        self.young.insert(key, value);
    }
}

impl<K, V> Memo<K, V> {
    pub(crate) fn len(&self) -> usize {
        self.young.len() + self.old.len()
    }
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self { young: HashMap::default(), old: HashMap::default() }
    }
}

/// A number that most likely tells a value from others: a key of a [`Memo`] whose values say
/// themselves what they came of. Keys of users' making may meet, which costs time and nothing else.
pub(crate) fn digest(value: impl Hash) -> u64 {
    FxBuildHasher.hash_one(value)
}

/// FNV-1a in 64 bits (Fowler, Noll and Vo): a number by which bytes are known. It is the same in
/// each run, on each machine and with each compiler, which the standard library does not promise of
/// its hashers. Not cryptographic.
#[derive(Debug, Clone)]
pub(crate) struct Fnv(u64);

impl Fnv {
    /// With a beginning of its own, so that the same bytes give another number.
    pub(crate) fn seeded(seed: u64) -> Self {
        Self(seed)
    }

    /// The number of some bytes.
    pub(crate) fn of(bytes: &[u8]) -> u64 {
        let mut hash = Self::default();
        hash.update(bytes);
        hash.value()
    }

    pub(crate) fn update(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
        }
    }

    pub(crate) fn value(&self) -> u64 {
        self.0
    }
}

impl Default for Fnv {
    fn default() -> Self {
        // The offset basis of the algorithm.
        Self(0xCBF2_9CE4_8422_2325)
    }
}

impl io::Write for Fnv {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A number by which something is known that is large to compare, or equal to nothing but itself:
/// given when it is made, and kept by its copies. It says nothing but «the same» or «another one»,
/// so that no output can come to depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Serial(u64);

impl Serial {
    /// A number that nothing else has in this process.
    pub(crate) fn next() -> Self {
        static LAST: AtomicU64 = AtomicU64::new(0);
        // Nothing but the number is shared, so that no order among threads matters.
        Self(LAST.fetch_add(1, Ordering::Relaxed))
    }
}

impl Default for Serial {
    /// A default value of something is one more of its kind.
    fn default() -> Self {
        Self::next()
    }
}

/// Whether two values are equal. What documents of a batch share is the same value in one place, as
/// a rule, and then nothing has to be compared.
pub(crate) fn equal<T: PartialEq + ?Sized>(a: &T, b: &T) -> bool {
    ptr::eq(a, b) || a == b
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_twice_has_two_numbers() {
        let (one, other) = (Serial::next(), Serial::next());
        assert_ne!(one, other);
        assert_eq!(one, { one });
    }

    #[test]
    fn a_memo_keeps_what_is_asked_for_and_forgets_the_rest() {
        let mut memo = Memo::default();
        memo.keep("common".to_owned(), 0);
        for own in 0..10 * GENERATION {
            memo.keep(format!("own {own}"), own);
            assert_eq!(memo.find("common"), Some(0));
            assert!(memo.len() <= 2 * GENERATION);
        }
        assert_eq!(memo.find("own 0"), None);
        assert_eq!(memo.find("own 2559"), Some(2559));
    }
}
