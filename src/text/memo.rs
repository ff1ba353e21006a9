//! Paragraphs set or measured before: documents of a batch differ in a few of theirs.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Faults, InlineItem, Setting};
use crate::cache::{self, Memo};
use crate::diag::Diagnostic;
use crate::style::{TextAlign, TextStyle};

/// A paragraph with more text than this is not likely to come again.
const LONGEST: usize = 1000;

/// What came of paragraphs.
pub(super) struct ParagraphMemo<V>(Mutex<Memo<u64, Arc<Remembered<V>>>>);

/// A paragraph, how it was asked to be set, if it was set, and what came of it.
struct Remembered<V> {
    items: Vec<Kept>,
    setting: Option<(Arc<TextStyle>, Measures)>,
    value: V,
}

type Measures = (f64, f64, TextAlign, TextAlign, f64);

/// An [`InlineItem`] that owns its text.
enum Kept {
    Text(Box<str>, Arc<TextStyle>, f64, u32),
    Edge(f64, u32),
    Object(f64, f64, f64, u32),
    Break,
    Leader(Box<str>, Arc<TextStyle>, u32),
    Tab(Arc<TextStyle>, u32),
}

impl<V: Clone> ParagraphMemo<V> {
    /// What came of the paragraph before, or comes of it now. One that has faults is not
    /// remembered: they must be reported each time.
    pub(super) fn get(
        &self,
        items: &[InlineItem<'_>],
        setting: Option<&Setting<'_>>,
        faults: &mut dyn Faults,
        make: impl FnOnce(&mut dyn Faults) -> V,
    ) -> V {
        let Some(digest) = digest(items, setting) else { return make(faults) };
        // The lock is let go before anything is compared or set: other threads need not wait for
        // it.
        let found = self.lock().find(&digest);
        // Digests may meet by chance, so the paragraph itself is compared.
        if let Some(known) = found.filter(|known| known.is(items, setting)) {
            return known.value.clone();
        }
        let mut faulty = false;
        let value = make(&mut |tag: u32, diagnostic: Diagnostic| {
            faulty = true;
            faults.fault(tag, diagnostic);
        });
        if !faulty {
            let known = Arc::new(Remembered {
                items: items.iter().map(Kept::new).collect(),
                setting: setting.map(|setting| (Arc::clone(setting.style), measures(setting))),
                value: value.clone(),
            });
            self.lock().keep(digest, known);
        }
        value
    }
}

impl<V> ParagraphMemo<V> {
    fn lock(&self) -> std::sync::MutexGuard<'_, Memo<u64, Arc<Remembered<V>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<V> Default for ParagraphMemo<V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<V> fmt::Debug for ParagraphMemo<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Memo({} paragraphs)", self.lock().len())
    }
}

/// What most likely tells the paragraph from others; nothing if it is too long to be remembered.
fn digest(items: &[InlineItem<'_>], setting: Option<&Setting<'_>>) -> Option<u64> {
    let length = |item: &InlineItem<'_>| match item {
        InlineItem::Text { text, .. } | InlineItem::Leader { pattern: text, .. } => text.len(),
        _ => 0,
    };
    let short = items.iter().map(length).sum::<usize>() <= LONGEST;
    short.then(|| cache::digest(AskedParagraph { items, setting }))
}

/// Of a style only the size counts: styles have forty values each, and hardly any paragraphs with
/// one digest differ in the others. In size they do, since a text that is to fit is set at many.
struct AskedParagraph<'a> {
    items: &'a [InlineItem<'a>],
    setting: Option<&'a Setting<'a>>,
}

impl Hash for AskedParagraph<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        if let Some(Setting { width, align, align_last, .. }) = self.setting {
            (width.to_bits(), *align as u8, *align_last as u8).hash(state);
        }
        for item in self.items {
            match item {
                InlineItem::Text { text, style, tag, .. }
                | InlineItem::Leader { pattern: text, style, tag } => {
                    (text, style.font_size.to_bits(), tag).hash(state);
                }
                InlineItem::Edge { tag, .. } | InlineItem::Object { tag, .. } => tag.hash(state),
                InlineItem::Break | InlineItem::Tab { .. } => 0.hash(state),
            }
        }
    }
}

fn measures(setting: &Setting<'_>) -> Measures {
    (setting.width, setting.indent, setting.align, setting.align_last, setting.tab_origin)
}

fn same(a: &Arc<TextStyle>, b: &Arc<TextStyle>) -> bool {
    cache::equal::<TextStyle>(a, b)
}

impl<V> Remembered<V> {
    fn is(&self, items: &[InlineItem<'_>], setting: Option<&Setting<'_>>) -> bool {
        let alike = match (&self.setting, setting) {
            (Some((style, own)), Some(setting)) => {
                *own == measures(setting) && same(style, setting.style)
            }
            (None, None) => true,
            _ => false,
        };
        alike
            && self.items.len() == items.len()
            && self.items.iter().zip(items).all(|(kept, item)| kept.is(item))
    }
}

impl Kept {
    fn new(item: &InlineItem<'_>) -> Self {
        match item {
            InlineItem::Text { text, style, raise, tag } => {
                Self::Text((*text).into(), Arc::clone(style), *raise, *tag)
            }
            InlineItem::Edge { width, tag } => Self::Edge(*width, *tag),
            InlineItem::Object { width, ascent, descent, tag } => {
                Self::Object(*width, *ascent, *descent, *tag)
            }
            InlineItem::Break => Self::Break,
            InlineItem::Leader { pattern, style, tag } => {
                Self::Leader((*pattern).into(), Arc::clone(style), *tag)
            }
            InlineItem::Tab { style, tag } => Self::Tab(Arc::clone(style), *tag),
        }
    }

    fn is(&self, item: &InlineItem<'_>) -> bool {
        match (self, item) {
            (Self::Text(a, b, c, d), InlineItem::Text { text, style, raise, tag }) => {
                **a == **text && c == raise && d == tag && same(b, style)
            }
            (Self::Edge(a, b), InlineItem::Edge { width, tag }) => a == width && b == tag,
            (Self::Object(a, b, c, d), InlineItem::Object { width, ascent, descent, tag }) => {
                a == width && b == ascent && c == descent && d == tag
            }
            (Self::Break, InlineItem::Break) => true,
            (Self::Leader(a, b, c), InlineItem::Leader { pattern, style, tag }) => {
                **a == **pattern && c == tag && same(b, style)
            }
            (Self::Tab(a, b), InlineItem::Tab { style, tag }) => b == tag && same(a, style),
            _ => false,
        }
    }
}
