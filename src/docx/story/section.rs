//! Sections: where other pages or columns begin.
//!
//! Called by `flow` where the page rules change.

use std::sync::Arc;

use super::Story;
use super::area::StoryArea;
use crate::geometry::Rect;
use crate::style::PageStyle;

/// Columns of text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct TextColumns {
    pub(crate) count: u32,
    pub(crate) gap: f64,
    /// Whether a line stands between them.
    pub(crate) rule: bool,
}

/// Where a section begins and what its pages are.
#[derive(Debug, Clone, Default)]
pub(crate) struct DocxSection {
    /// The number of its first block.
    pub(crate) at: usize,
    pub(crate) page: Option<Arc<str>>,
    pub(crate) columns: Option<TextColumns>,
    /// It goes on below the section before, on the same page.
    pub(crate) continuous: bool,
}

/// Begins a new section where a box asks for other pages or columns than the one before it.
pub(crate) fn enter(story: &mut Story, area: &StoryArea<'_>) {
    let at = story.blocks.len();
    let Some(sections) = &mut story.sections else { return };
    let Some(current) = sections.last() else { return };
    let same_page = current.page.as_ref() == area.page;
    if same_page && current.columns == area.columns {
        return;
    }
    // Where nothing but the columns changes, the text goes on on the same page.
    let continuous = at > 0 && same_page && !story.break_page;
    let section = DocxSection { at, page: area.page.cloned(), columns: area.columns, continuous };
    // A section without blocks is none.
    if current.at == at {
        sections.pop();
    }
    sections.push(section);
    // The new section begins a page by itself.
    story.break_page = false;
}

/// The content area of a page, from the sheet's corner.
pub(crate) fn content_area(page: &PageStyle) -> Rect {
    let sheet = Rect::new(0.0, 0.0, page.width, page.height);
    sheet.inset(page.margin).inset(page.border.map(|side| side.width)).inset(page.padding)
}
