//! What documents of one design have in common, kept from one to the next.
//!
//! Knows all floors and is known by none: whoever writes is handed what it holds.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::package::builder;
use super::package::fonts::FontTables;
use super::package::zip::{Packed, Packer};
use super::plan::MetShape;
use super::registry::faces::{FaceRegistry, KnownFaces};
use super::registry::styles::StylesPart;
use crate::cache::Memo;
use crate::sizing::Typesetter;

/// What documents have in common: styles, settings and fonts, made and deflated once.
///
/// It changes no byte of any file, only the time that writing takes. Keep one for each design.
#[derive(Default)]
pub struct Shared {
    pub(super) packer: Packer,
    pub(super) fonts: FontTables,
    /// The faces of the last typesetter.
    faces: Mutex<Option<Arc<KnownFaces>>>,
    /// The last part of styles, and what it was made of.
    styles: Mutex<Option<Arc<KnownStyles>>>,
    /// The plans of documents, by the shape of their boxes.
    plans: Mutex<Memo<u64, MetShape>>,
}

/// A part of styles with what it was made of.
type KnownStyles = (StylesPart, Arc<Packed>);

impl Shared {
    /// What deflates parts.
    pub(crate) fn packer(&self) -> &Packer {
        &self.packer
    }

    /// The plans of documents.
    pub(super) fn plans(&self) -> MutexGuard<'_, Memo<u64, MetShape>> {
        self.plans.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The faces that a document may use.
    pub(super) fn faces(&self, typesetter: Arc<Typesetter>) -> FaceRegistry {
        let mut last = self.faces.lock().unwrap_or_else(PoisonError::into_inner);
        let known = match &*last {
            Some(known) if known.are_of(&typesetter) => Arc::clone(known),
            _ => Arc::new(KnownFaces::new(typesetter)),
        };
        *last = Some(Arc::clone(&known));
        FaceRegistry::new(known)
    }

    /// The part of styles; made anew if it differs from the last one.
    pub(super) fn styles(&self, part: StylesPart) -> Result<Arc<Packed>, String> {
        // The lock is held for a look and for a change only, never while a part is made: threads
        // of a batch would wait for each other.
        let last = || self.styles.lock().unwrap_or_else(PoisonError::into_inner);
        let known = last().clone();
        if let Some(known) = known.filter(|known| known.0 == part) {
            return Ok(Arc::clone(&known.1));
        }
        let root = builder::styles(&part.define(), &part.lang)?;
        let packed = Arc::new(self.packer.pack("styles.xml", &root.part())?);
        *last() = Some(Arc::new((part, Arc::clone(&packed))));
        Ok(packed)
    }
}

impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}
