//! Running strings of margin boxes as fields that repeat a paragraph of a style.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::styles::Styles;
use super::table::words;
use crate::boxes::{BoxNode, Content, Inline};
use crate::style::{Break, StringPick};

/// What sets the strings of a document.
#[derive(Debug, Default)]
pub(super) struct Strings {
    /// How many boxes set each.
    setters: BTreeMap<Arc<str>, usize>,
    /// The paragraphs among them whose whole text it is.
    paragraphs: BTreeMap<Arc<str>, Vec<Paragraph>>,
}

#[derive(Debug)]
struct Paragraph {
    style: String,
    text: Arc<str>,
    begins_page: bool,
}

/// What a field needs.
#[derive(Debug, PartialEq)]
pub(super) struct Reference {
    pub(super) instruction: String,
    /// What it shows until it is first brought up to date.
    pub(super) text: Arc<str>,
}

impl Strings {
    /// Counts beforehand who sets which string.
    pub(super) fn survey(&mut self, node: &BoxNode) {
        for (name, _) in &node.strings {
            *self.setters.entry(Arc::clone(name)).or_default() += 1;
        }
        match &node.content {
            Content::Blocks(nodes) | Content::Flex(nodes) => {
                nodes.iter().for_each(|node| self.survey(node))
            }
            Content::Table(table) => {
                table.caption.iter().for_each(|caption| self.survey(caption));
                let rows = table.head.iter().chain(&table.body).chain(&table.foot);
                rows.flat_map(|row| &row.cells).for_each(|cell| self.survey(&cell.node));
            }
            Content::Inline(content) => {
                for piece in content {
                    if let Inline::Atomic(node)
                    | Inline::Footnote(node)
                    | Inline::Positioned(node) = piece
                    {
                        self.survey(node);
                    }
                }
            }
            Content::Image(_) => {}
        }
    }

    /// Takes note of a paragraph of that style.
    pub(super) fn see(&mut self, node: &BoxNode, style: &str) {
        for (name, text) in
            node.strings.iter().filter(|(_, text)| letters(text).eq(letters(&words(node))))
        {
            let begins_page =
                matches!(node.style.break_before, Break::Page | Break::Left | Break::Right);
            let paragraph =
                Paragraph { style: style.to_owned(), text: Arc::clone(text), begins_page };
            self.paragraphs.entry(Arc::clone(name)).or_default().push(paragraph);
        }
    }

    /// The field that shows what `string(name, pick)` does, or why there is none. `uses` are the
    /// paragraphs of each style.
    pub(super) fn reference(
        &self,
        name: &str,
        pick: StringPick,
        styles: &Styles,
        uses: &BTreeMap<String, Vec<String>>,
    ) -> Result<Reference, &'static str> {
        let paragraphs = self.paragraphs.get(name).map(Vec::as_slice).unwrap_or_default();
        let Some(first) = paragraphs.first() else {
            return Err(
                "no paragraph sets it to its own text, as `h1 { string-set: … content() }` does",
            );
        };
        if self.setters.get(name) != Some(&paragraphs.len()) {
            return Err(
                "it is not always the whole text of a paragraph, as with `h1 { string-set: … content() }`",
            );
        }
        let style = &first.style;
        if paragraphs.iter().any(|paragraph| paragraph.style != *style)
            || uses.get(style).map(Vec::len) != Some(paragraphs.len())
        {
            return Err(
                "Word repeats the text of one style, and not all paragraphs with the style of the first one set it",
            );
        }
        let last = match pick {
            StringPick::First => "",
            StringPick::Start if paragraphs.iter().all(|paragraph| paragraph.begins_page) => "",
            StringPick::Last => " \\l",
            StringPick::Start | StringPick::FirstExcept => {
                return Err("Word knows `first` and `last` only");
            }
        };
        let style =
            styles.reference(style).ok_or("the style of its paragraphs has another name in each language of Word: give them a class")?;
        Ok(Reference {
            instruction: format!(" STYLEREF {style}{last} "),
            text: Arc::clone(&first.text),
        })
    }
}

/// What must be the same in a string and in its paragraph: typography may have mended the rest.
fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| c.is_alphanumeric())
}
