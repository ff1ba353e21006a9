//! Footnotes: a part of their own, with separators.

use super::Writer;
use super::flow::{self, Area, Flow};
use super::inline;
use super::package::ExtraPart;
use super::package::xml::El;
use super::package::{R, W, WORD};
use super::text_box::story;
use crate::boxes::BoxNode;
use crate::style::PageKind;

/// The notes so far. Notes -1 and 0 are the separators (ECMA-376 Part 1, 17.11.9).
#[derive(Debug, Default)]
pub(super) struct Notes {
    notes: Vec<El>,
    relations: Vec<super::package::Relation>,
}

/// The call of a footnote; the note goes into its part.
pub(super) fn footnote(writer: &mut Writer<'_>, node: &BoxNode) -> Vec<El> {
    if writer.boxed > 0 {
        writer.warn_once(
            "docx-footnote",
            "Word has no footnotes in text boxes; the note stands in brackets",
            node.span,
        );
        let mut runs = vec![bracket(" (")];
        let base = writer.faces.run(&node.style.text);
        for content in inline::flatten(writer, node) {
            runs.extend(inline::runs(writer, content, &base, 0.0));
        }
        runs.push(bracket(")"));
        return runs;
    }
    let style =
        writer.styles.character("footnote-reference", &[El::val("w:vertAlign", "superscript")]);
    let reference = || {
        El::new("w:r")
            .child(El::new("w:rPr").children(style.iter().map(|id| El::val("w:rStyle", id))))
    };
    let number = writer.notes.notes.len() + 1;
    let page = writer.tree.pages.resolve(None, PageKind::default());
    let area = Area::of_width(super::section::content_width(&page));
    let relations =
        std::mem::replace(&mut writer.relations, std::mem::take(&mut writer.notes.relations));
    let waiting = std::mem::take(&mut writer.anchors);
    let mut flow = Flow::default();
    writer.boxed += 1;
    flow::blocks(writer, std::slice::from_ref(node), &area, &mut flow);
    flow::end(writer, &mut flow);
    writer.boxed -= 1;
    let mut content = story(writer, flow);
    writer.anchors = waiting;
    writer.anchors.extend(std::mem::take(&mut writer.hoisted));
    writer.notes.relations = std::mem::replace(&mut writer.relations, relations);
    if let Some(first) = content.iter_mut().find(|el| el.name == "w:p") {
        let at = usize::from(first.find("w:pPr").is_some());
        first.insert(at, reference().child(El::new("w:footnoteRef")));
        first.insert(at + 1, bracket(" "));
    }
    writer.notes.notes.push(El::new("w:footnote").with("w:id", number).children(content));
    vec![reference().child(El::new("w:footnoteReference").with("w:id", number))]
}

fn bracket(text: &str) -> El {
    El::new("w:r").child(El::new("w:t").with("xml:space", "preserve").text(text))
}

impl Notes {
    pub(super) fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }

    /// The part that holds them.
    pub(super) fn part(self) -> ExtraPart {
        let separator = |id: i32, kind: &'static str, mark: &'static str| {
            let spacing = El::new("w:spacing")
                .with("w:before", 0)
                .with("w:after", 0)
                .with("w:line", 240)
                .with("w:lineRule", "auto");
            let properties =
                El::new("w:pPr").child(spacing).child(El::new("w:ind").with("w:firstLine", 0));
            let paragraph =
                El::new("w:p").child(properties).child(El::new("w:r").child(El::new(mark)));
            El::new("w:footnote").with("w:type", kind).with("w:id", id).child(paragraph)
        };
        let root = El::new("w:footnotes")
            .with("xmlns:w", W)
            .with("xmlns:r", R)
            .with("xmlns:wp", super::package::WP)
            .child(separator(-1, "separator", "w:separator"))
            .child(separator(0, "continuationSeparator", "w:continuationSeparator"))
            .children(self.notes);
        ExtraPart {
            name: "footnotes.xml".into(),
            bytes: root.part(),
            content_type: Some(format!("{WORD}.footnotes+xml")),
            relations: self.relations,
        }
    }
}
