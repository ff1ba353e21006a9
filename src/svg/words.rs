//! The layer of invisible text: what is selected, searched and read aloud. Letters themselves are
//! paths, so that a page looks the same wherever it is shown.

use std::fmt::Write;

use super::text::{attribute, escaped};
use crate::boxes::Role;
use crate::geometry::Point;
use crate::layout::{Mark, Pages, words};
use crate::text::GlyphRun;

/// How the items of all pages are read.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    /// By tag: the paragraph, cell or the like that it is in.
    blocks: Vec<usize>,
    /// By page and item: whether a space is to follow, which was lost at the end of a line.
    spaces: Vec<Vec<bool>>,
}

impl Reading {
    pub(super) fn new(pages: &Pages) -> Self {
        let ends = words::ends(&pages.pages, &pages.tags);
        let spaces = ends.iter().map(|page| page.iter().map(|ends| ends.space).collect());
        Self { blocks: words::blocks(&pages.tags), spaces: spaces.collect() }
    }

    /// Whether a space follows an item.
    pub(super) fn space(&self, page: usize, item: usize) -> bool {
        self.spaces.get(page).and_then(|page| page.get(item)).is_some_and(|space| *space)
    }

    fn block(&self, mark: Mark) -> Option<usize> {
        match mark {
            Mark::Content { tag, .. } => self.blocks.get(tag.0 as usize).copied(),
            Mark::Artifact(_) => None,
        }
    }
}

/// The text of one block, being put together: lines of a paragraph are one text, so that a word
/// that was hyphenated is found.
#[derive(Debug, Default)]
pub(super) struct Layer {
    open: Option<(Option<usize>, String)>,
}

impl Layer {
    /// Adds a run; gives what is to be written before, if the text belongs to another block.
    pub(super) fn add(
        &mut self,
        pages: &Pages,
        reading: &Reading,
        mark: Mark,
        at: Point,
        run: &GlyphRun,
        space: bool,
    ) -> Option<String> {
        let block = reading.block(mark);
        let same = self.open.as_ref().is_some_and(|(open, _)| *open == block);
        let before = if same { None } else { self.close() };
        let (_, text) = self.open.get_or_insert_with(|| (block, begin(pages, block)));
        text.push_str("<tspan");
        attribute(text, "x", at.x);
        attribute(text, "y", at.y);
        attribute(text, "font-size", run.size);
        // The browser sets it in a face of its own and stretches that to the width of ours.
        attribute(text, "textLength", run.width());
        text.push_str(" lengthAdjust=\"spacingAndGlyphs\">");
        escaped(text, &run.text);
        text.push_str("</tspan>");
        // Outside of what is stretched to the width of its words.
        text.push_str(if space { " " } else { "" });
        before
    }

    /// What has been put together, if anything.
    pub(super) fn close(&mut self) -> Option<String> {
        let (_, mut text) = self.open.take()?;
        text.push_str("</text>");
        Some(text)
    }
}

/// The start of a block's text. Without fill it could not be clicked on.
fn begin(pages: &Pages, block: Option<usize>) -> String {
    let mut text = String::from("<text fill-opacity=\"0\" xml:space=\"preserve\"");
    let tag = block.and_then(|block| pages.tags.get(block));
    match tag.map(|tag| tag.role) {
        Some(Role::Heading(level)) => {
            let _ = write!(text, " role=\"heading\" aria-level=\"{level}\"");
        }
        Some(_) => {}
        // Headers, footers and ornament are not read aloud, as in the PDF.
        None => text.push_str(" aria-hidden=\"true\""),
    }
    if let Some(lang) = tag.and_then(|tag| tag.lang.as_deref()) {
        text.push_str(" lang=\"");
        escaped(&mut text, lang);
        text.push('"');
    }
    text.push('>');
    text
}
