//! Footnotes: the call in the line, the note in a part of its own.

use super::area::StoryArea;
use super::inline::RunBase;
use super::{Story, flow, inline, spacing};
use crate::boxes::BoxNode;
use crate::diag::say;
use crate::docx::package::xml::El;
use crate::docx::writer::DocxWriter;
use crate::sizing::page_content;
use crate::style::PageKind;

/// The call of a footnote; the note goes into its part.
pub(crate) fn footnote(writer: &mut DocxWriter<'_>, node: &BoxNode, story: &mut Story) -> Vec<El> {
    if story.is_boxed() {
        return in_brackets(writer, node, story);
    }
    let superscript = [El::val("w:vertAlign", "superscript")];
    let style = writer.styles.character("footnote-reference", &superscript);
    let style = style.map(|id| El::val("w:rStyle", id));
    let reference = || El::new("w:r").children(El::filled("w:rPr", style.clone()));
    // A note may land on any page; the usual one says how wide it is.
    let page = writer.tree.pages.resolve(None, PageKind::default());
    let area = StoryArea::of_width(page_content(&page).width);
    let mut note = Story::note();
    flow::blocks(writer, std::slice::from_ref(node), &area, &mut note);
    spacing::end(writer, &mut note);
    let mut content = story.absorb(note);
    if let Some(first) = content.iter_mut().find(|el| el.name == "w:p") {
        // `w:pPr` must be the first child of a paragraph.
        let at = usize::from(first.find("w:pPr").is_some());
        first.insert(at, reference().child(El::new("w:footnoteRef")));
        // The space that Word itself puts between the number and the text.
        first.insert(at + 1, inline::plain_run(" "));
    }
    let number = writer.notes.intern(content);
    vec![reference().child(El::new("w:footnoteReference").with("w:id", number))]
}

/// A note where Word has none: its text in the line.
fn in_brackets(writer: &mut DocxWriter<'_>, node: &BoxNode, story: &mut Story) -> Vec<El> {
    writer.warn_once(
        "docx-footnote",
        say!("Word has no footnotes in text boxes; the note is put in brackets"),
        node.span,
    );
    let base = writer.faces.run(&node.style.text);
    let mut runs = vec![inline::plain_run(" (")];
    let around = RunBase { style: &node.style.text, properties: &base, in_control: false };
    for content in inline::flatten(writer, node, story) {
        runs.extend(inline::runs(writer, content, around, 0.0, story));
    }
    runs.push(inline::plain_run(")"));
    runs
}
