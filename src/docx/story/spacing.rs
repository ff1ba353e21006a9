//! Empty paragraphs: where Word has no margins, or wants a paragraph.

use super::Story;
use super::area::StoryArea;
use crate::docx::package::xml::El;
use crate::docx::words::slack::{SAME, SPACER_HEIGHT, UNSEEN};
use crate::docx::words::units::twips;
use crate::docx::writer::DocxWriter;

/// An empty line, one point high at least, with that much room above.
pub(crate) fn spacer(
    writer: &mut DocxWriter<'_>,
    story: &mut Story,
    before: f64,
    height: f64,
    direct: Vec<El>,
) {
    let mut properties = vec![El::val("w:pStyle", writer.styles.spacer())];
    properties.extend(direct);
    let mut spacing = El::new("w:spacing");
    if twips(before) > 0 {
        spacing.set("w:before", twips(before));
    }
    if height > SPACER_HEIGHT {
        spacing.set("w:line", twips(height));
        spacing.set("w:lineRule", "exact");
    }
    if !spacing.attributes.is_empty() {
        properties.push(spacing);
    }
    story.push_paragraph(properties, Vec::new());
}

/// The property that begins a page, if one is due and there is anything above.
pub(crate) fn break_before(story: &mut Story) -> Option<El> {
    let due = std::mem::take(&mut story.break_page) && !story.blocks.is_empty();
    due.then(|| El::new("w:pageBreakBefore"))
}

/// Puts the space above a table into a paragraph of its own: tables have none, and two in a row
/// would become one.
pub(crate) fn before_table(writer: &mut DocxWriter<'_>, area: &StoryArea<'_>, story: &mut Story) {
    story.enter_section(area);
    let after = story.after;
    let space = story.space_before(0.0).max(0.0);
    // What the paragraph above keeps below itself needs no paragraph here.
    let missing = if after + SAME >= space { 0.0 } else { space };
    let due = missing > UNSEEN || story.ends_with_table() || story.break_page;
    if due || story.has_waiting() {
        // The empty line must not stay behind at the foot of a page without its table.
        let mut direct = vec![El::new("w:keepNext")];
        direct.extend(break_before(story));
        spacer(writer, story, (missing - SPACER_HEIGHT).max(0.0), 0.0, direct);
    }
}

/// Margins do not collapse where columns begin (CSS 2.2, 9.4.1): what is above all columns belongs
/// to the paragraph above.
pub(crate) fn before_columns(story: &mut Story) {
    if story.ends_with_paragraph() {
        let space = story.space();
        if space > story.after + SAME {
            story.space_after(space);
        }
        story.forget_space();
    }
}

/// Takes what is below a table at the end of a cell: the empty paragraph that Word wants there is
/// all but hidden.
pub(crate) fn below_table(story: &mut Story) -> f64 {
    let space = if story.ends_with_table() { story.space() } else { 0.0 };
    if space > 0.0 {
        story.forget_space();
    }
    space
}

/// Ends a story with a paragraph, as Word wants of the body and of each cell.
pub(crate) fn end(writer: &mut DocxWriter<'_>, story: &mut Story) {
    // A cell or text box is as high as its content with all margins; at the end of the body there
    // is nothing to part.
    let rest = if story.sections.is_some() { 0.0 } else { story.space() };
    if !story.ends_with_paragraph() || story.has_waiting() {
        spacer(writer, story, (rest - SPACER_HEIGHT).max(0.0), 0.0, Vec::new());
    } else if rest > story.after + SAME {
        story.space_after(rest);
    }
}
