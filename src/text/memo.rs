//! Paragraphs set before: documents of a batch differ in a few of theirs.

use std::collections::HashMap;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use super::{Faults, Item, Line, Setting};
use crate::diag::Diagnostic;
use crate::style::{TextAlign, TextStyle};

/// So many paragraphs are remembered; when there are more, all are forgotten.
const PARAGRAPHS: usize = 256;

/// A paragraph with more text than this is not likely to come again.
const LONGEST: usize = 1000;

#[derive(Default)]
pub(super) struct Memo(Mutex<HashMap<u64, Arc<Known>>>);

/// A paragraph and how it was set.
struct Known {
    items: Vec<Kept>,
    style: Arc<TextStyle>,
    measures: (f64, f64, TextAlign, TextAlign),
    lines: Vec<Line>,
}

/// An [`Item`] of one's own.
enum Kept {
    Text(Box<str>, Arc<TextStyle>, f64, u32),
    Edge(f64, u32),
    Object(f64, f64, f64, u32),
    Break,
    Leader(Box<str>, Arc<TextStyle>, u32),
    Tab(Arc<TextStyle>),
}

impl Memo {
    /// The lines that the paragraph got before, or gets now. One that has faults is not remembered: they must be told each time.
    pub(super) fn lines(
        &self,
        items: &[Item<'_>],
        setting: &Setting<'_>,
        faults: &mut dyn Faults,
        set: impl FnOnce(&mut dyn Faults) -> Vec<Line>,
    ) -> Vec<Line> {
        let Some(digest) = digest(items, setting) else { return set(faults) };
        let found = self.lock().get(&digest).cloned();
        if let Some(known) = found.filter(|known| known.is(items, setting)) {
            return known.lines.clone();
        }
        let mut faulty = false;
        let lines = set(&mut |tag: u32, diagnostic: Diagnostic| {
            faulty = true;
            faults.fault(tag, diagnostic);
        });
        if !faulty {
            let known = Arc::new(Known {
                items: items.iter().map(Kept::new).collect(),
                style: Arc::clone(setting.style),
                measures: measures(setting),
                lines: lines.clone(),
            });
            let mut all = self.lock();
            if all.len() >= PARAGRAPHS {
                all.clear();
            }
            all.insert(digest, known);
        }
        lines
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<u64, Arc<Known>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Memo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Memo({} paragraphs)", self.lock().len())
    }
}

/// What most likely tells the paragraph from others; nothing if it is too long to be remembered.
fn digest(items: &[Item<'_>], setting: &Setting<'_>) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    let mut length = 0;
    setting.width.to_bits().hash(&mut hasher);
    for item in items {
        match item {
            Item::Text { text, tag, .. } | Item::Leader { pattern: text, tag, .. } => {
                length += text.len();
                (text, tag).hash(&mut hasher);
            }
            Item::Edge { tag, .. } | Item::Object { tag, .. } => tag.hash(&mut hasher),
            Item::Break | Item::Tab { .. } => 0.hash(&mut hasher),
        }
    }
    (length <= LONGEST).then(|| hasher.finish())
}

fn measures(setting: &Setting<'_>) -> (f64, f64, TextAlign, TextAlign) {
    (setting.width, setting.indent, setting.align, setting.align_last)
}

fn same(a: &Arc<TextStyle>, b: &Arc<TextStyle>) -> bool {
    Arc::ptr_eq(a, b) || a == b
}

impl Known {
    fn is(&self, items: &[Item<'_>], setting: &Setting<'_>) -> bool {
        self.measures == measures(setting)
            && self.items.len() == items.len()
            && same(&self.style, setting.style)
            && self.items.iter().zip(items).all(|(kept, item)| kept.is(item))
    }
}

impl Kept {
    fn new(item: &Item<'_>) -> Self {
        match item {
            Item::Text { text, style, raise, tag } => Self::Text((*text).into(), Arc::clone(style), *raise, *tag),
            Item::Edge { width, tag } => Self::Edge(*width, *tag),
            Item::Object { width, ascent, descent, tag } => Self::Object(*width, *ascent, *descent, *tag),
            Item::Break => Self::Break,
            Item::Leader { pattern, style, tag } => Self::Leader((*pattern).into(), Arc::clone(style), *tag),
            Item::Tab { style } => Self::Tab(Arc::clone(style)),
        }
    }

    fn is(&self, item: &Item<'_>) -> bool {
        match (self, item) {
            (Self::Text(a, b, c, d), Item::Text { text, style, raise, tag }) => **a == **text && c == raise && d == tag && same(b, style),
            (Self::Edge(a, b), Item::Edge { width, tag }) => a == width && b == tag,
            (Self::Object(a, b, c, d), Item::Object { width, ascent, descent, tag }) => {
                a == width && b == ascent && c == descent && d == tag
            }
            (Self::Break, Item::Break) => true,
            (Self::Leader(a, b, c), Item::Leader { pattern, style, tag }) => **a == **pattern && c == tag && same(b, style),
            (Self::Tab(a), Item::Tab { style }) => same(a, style),
            _ => false,
        }
    }
}
