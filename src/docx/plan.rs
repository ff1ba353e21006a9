//! A document with holes: what documents of a batch have in common is written once.
//!
//! Two certificates differ in some of their texts. A text that nothing was measured by stands in
//! its own run and nowhere else; so a document of the same boxes is the one before with other
//! words in these places, and no element is made for it and no style looked for. The bytes are
//! those that the long road gives: whoever cannot be sure of that takes it.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::options::DocxSetup;
use super::package::fonts::FontTables;
use super::package::zip::Packer;
use super::package::{DocxPackage, WrittenDocument, unusual};
use super::story::characters::{TextSetting, text_pieces};
use crate::boxes::{BoxId, BoxTree};
use crate::cache::{Memo, Serial};
use crate::sizing::SizeMemo;

/// A document with more texts is no sheet of a batch, and to keep it costs memory.
const MOST_TEXTS: usize = 400;

/// What stands for the first text while the holes are made, and the next characters for the others:
/// of private use, and in no text that has a plan.
const FIRST_MARK: u32 = 0xF_0000;

/// The first byte of these characters in UTF-8.
const MARK: u8 = 0xF3;

/// How a text stands in its run.
const OPEN: &[u8] = b"<w:t xml:space=\"preserve\">";
const CLOSE: &[u8] = b"</w:t>";

/// A document as it is written, but for some of its texts.
pub(super) struct DocumentPlan {
    /// What it was made of.
    tree: BoxTree,
    typesetter: Serial,
    embed_fonts: bool,
    soft_hyphens: bool,
    /// `word/document.xml` without the texts, and where they go.
    document: Vec<u8>,
    holes: Vec<Hole>,
    /// For each hole, what came of the texts that were written into it: of the people of a batch
    /// many have one school, one post, one reason.
    filled: Mutex<Vec<Memo<String, Arc<FilledHole>>>>,
    /// By their place in the tree, the texts that are the same in all documents of the plan.
    fixed: BTreeSet<usize>,
    package: DocxPackage,
}

/// The document that a plan is made of, and what was measured in it.
#[derive(Clone, Copy)]
pub(super) struct PlannedFrom<'p> {
    pub(super) tree: &'p BoxTree,
    pub(super) setup: DocxSetup<'p>,
    pub(super) measured: &'p SizeMemo,
}

/// What is known of a shape of boxes.
#[derive(Debug, Clone)]
pub(super) enum MetShape {
    Once,
    Planned(Arc<DocumentPlan>),
    /// No plan can be made of it.
    Unplanned,
}

impl MetShape {
    pub(super) fn new(plan: Option<DocumentPlan>) -> Self {
        plan.map_or(Self::Unplanned, |plan| Self::Planned(Arc::new(plan)))
    }
}

/// A byte of the document, and the text that comes before it.
#[derive(Debug, Clone, Copy)]
struct Hole {
    at: usize,
    text: usize,
    in_control: bool,
}

/// A text as it stands in its run, escaped, with soft hyphens, and the characters in it that people
/// do not type every day.
#[derive(Debug)]
struct FilledHole {
    bytes: Vec<u8>,
    unusual: BTreeSet<char>,
}

impl fmt::Debug for DocumentPlan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DocumentPlan").field("holes", &self.holes).finish_non_exhaustive()
    }
}

impl DocumentPlan {
    /// How many texts it leaves open.
    #[cfg(all(test, feature = "bundled-fonts"))]
    pub(super) fn open_texts(&self) -> usize {
        self.holes.len()
    }

    /// Makes a plan of a document in which these boxes were measured; nothing if it has no texts
    /// that may be others.
    ///
    /// `write` writes a document of other boxes with the same options; nothing if that has faults.
    /// It is handed in, so that plans know nothing of the writer, which knows them.
    pub(super) fn new(
        made_of: PlannedFrom<'_>,
        (packer, fonts): (&Packer, &FontTables),
        write: impl for<'t> Fn(&'t BoxTree) -> Option<WrittenDocument<'t>>,
    ) -> Option<Self> {
        let PlannedFrom { tree, setup, measured } = made_of;
        let mut fixed = BTreeSet::new();
        let mut count = 0;
        let mut clear = true;
        tree.with_texts(|id: BoxId, at, text| {
            count = at + 1;
            // A character of the user's that looks like a mark would be taken for one.
            clear &= !text.bytes().any(|byte| byte >= MARK);
            if measured.has_measured(id) {
                fixed.insert(at);
            }
        });
        if count > MOST_TEXTS || !clear {
            return None;
        }
        // The second time without those that were found in other places, too.
        for _ in 0..2 {
            let marked = tree.with_texts(|_, at, text| {
                if !fixed.contains(&at) {
                    *text = mark(at).to_string().into();
                }
            });
            let written = write(&marked)?;
            let (document, holes, elsewhere) = cut(&written);
            // A text is open only if its mark stands in one run, and in no header, property or
            // name.
            let once: BTreeSet<usize> = holes.iter().map(|hole| hole.text).collect();
            let lost = (0..count).filter(|at| elsewhere.contains(at) || !once.contains(at));
            let lost: BTreeSet<usize> = lost.filter(|at| !fixed.contains(at)).collect();
            if lost.is_empty() {
                let package = written.parts.package(document.clone(), packer, fonts);
                let (tree, typesetter) = (tree.clone(), setup.typesetter.serial());
                let made = Self {
                    tree,
                    typesetter,
                    embed_fonts: setup.options.embed_fonts,
                    soft_hyphens: setup.options.soft_hyphens,
                    document,
                    filled: Mutex::new(holes.iter().map(|_| Memo::default()).collect()),
                    holes,
                    fixed,
                    package: package.ok()?.kept(),
                };
                return (!made.holes.is_empty()).then_some(made);
            }
            fixed.extend(lost);
        }
        None
    }

    /// The file of another document; nothing if it differs in more than the plan leaves open.
    pub(super) fn fill(
        &self,
        tree: &BoxTree,
        setup: DocxSetup<'_>,
        packer: &Packer,
    ) -> Option<Result<Vec<u8>, String>> {
        let DocxSetup { options, typesetter, .. } = setup;
        if self.typesetter != typesetter.serial()
            || self.embed_fonts != options.embed_fonts
            || self.soft_hyphens != options.soft_hyphens
        {
            return None;
        }
        let texts = self.tree.texts_beside(tree)?;
        // What was measured, or stands in several places, must be the same.
        let is_fixed = |at: &usize| texts.get(*at).is_some_and(|text| text.known == text.new);
        if !self.fixed.iter().all(is_fixed) || !self.package.suits(&tree.meta) {
            return None;
        }
        // The tags around each text: room at once, for the document is copied for each record.
        let length: usize = texts.iter().map(|text| text.new.len() + 64).sum();
        let mut document = Vec::with_capacity(self.document.len() + length);
        let mut own = BTreeSet::new();
        let mut done = 0;
        for (at, hole) in self.holes.iter().enumerate() {
            document.extend_from_slice(self.document.get(done..hole.at)?);
            done = hole.at;
            let text = texts.get(hole.text)?;
            let filled = self.filled_hole(at, text.new, || {
                let soft_hyphens = self.soft_hyphens && !hole.in_control;
                let of = (text.new, &*text.style.text);
                let setting = TextSetting::new(typesetter, of, soft_hyphens);
                FilledHole::new(text.new, &setting, hole.in_control)
            })?;
            document.extend_from_slice(&filled.bytes);
            own.extend(&filled.unusual);
        }
        document.extend_from_slice(self.document.get(done..)?);
        // Characters that the faces in the package have not been cut for.
        self.package.covers(&own).then(|| self.package.filled(document, &tree.meta, packer))
    }

    /// What a hole holds for a text, as it was written for a document before, or made now.
    fn filled_hole(
        &self,
        hole: usize,
        text: &str,
        make: impl FnOnce() -> Option<FilledHole>,
    ) -> Option<Arc<FilledHole>> {
        let memos = || self.filled.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = memos().get_mut(hole)?.find(text) {
            return Some(known);
        }
        // Without the lock, so that no other thread waits for it.
        let made = Arc::new(make()?);
        memos().get_mut(hole)?.keep(text.to_owned(), Arc::clone(&made));
        Some(made)
    }
}

impl FilledHole {
    /// Nothing if the text has faults or is empty, or if a control would be of another kind by what
    /// is in it.
    fn new(text: &str, setting: &TextSetting, in_control: bool) -> Option<Self> {
        let mut lost = false;
        let pieces = text_pieces(text, setting, |_| lost = true);
        let plain = !in_control || pieces.len() == 1;
        if lost || pieces.is_empty() || !plain {
            return None;
        }
        let mut bytes = Vec::new();
        pieces.iter().for_each(|piece| piece.write(&mut bytes));
        // As it will stand, escaped and cut into runs.
        let unusual = unusual([&*bytes].into_iter());
        Some(Self { bytes, unusual })
    }
}

fn mark(text: usize) -> char {
    char::from_u32(FIRST_MARK + text as u32).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The marks in a part: where they stand, and the texts that they stand for.
fn marks(part: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    let places = part.iter().enumerate().filter(|(_, byte)| **byte == MARK);
    places.filter_map(|(at, _)| {
        let c = std::str::from_utf8(part.get(at..at + 4)?).ok()?.chars().next()?;
        Some((at, u32::from(c).checked_sub(FIRST_MARK)? as usize))
    })
}

/// How often a tag stands in a part.
fn count(part: &[u8], tag: &str) -> usize {
    part.windows(tag.len()).filter(|window| *window == tag.as_bytes()).count()
}

/// The document without its marked texts, where these were, and those whose marks stand in another
/// place than alone in a run, once.
fn cut(written: &WrittenDocument<'_>) -> (Vec<u8>, Vec<Hole>, BTreeSet<usize>) {
    let mut elsewhere: BTreeSet<usize> =
        written.parts.others().flat_map(marks).map(|(_, text)| text).collect();
    let all = &written.document;
    let (mut document, mut holes) = (Vec::with_capacity(all.len()), Vec::<Hole>::new());
    let (mut done, mut counted, mut controls) = (0, 0, 0);
    for (at, text) in marks(all) {
        let (before, behind) = (&all[..at], &all[at + mark(text).len_utf8()..]);
        // A second place of a text would have to be filled, too: such a text is not left open.
        let known = holes.iter().any(|hole| hole.text == text);
        if known || !before.ends_with(OPEN) || !behind.starts_with(CLOSE) {
            elsewhere.insert(text);
            continue;
        }
        document.extend_from_slice(&all[done..at - OPEN.len()]);
        // Counted on from the last hole, so that the document is gone through once.
        let since = &all[counted..at];
        controls = controls + count(since, "<w:sdt>") - count(since, "</w:sdt>");
        counted = at;
        holes.push(Hole { at: document.len(), text, in_control: controls > 0 });
        done = at + mark(text).len_utf8() + CLOSE.len();
    }
    document.extend_from_slice(&all[done..]);
    (document, holes, elsewhere)
}
