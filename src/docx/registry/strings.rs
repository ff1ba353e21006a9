//! Running strings of margin boxes as fields that repeat a paragraph of a style.
//!
//! Word can repeat the text of one style (STYLEREF), so a string has a field only where all
//! paragraphs of one style, and only they, set it to their own text.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::styles::{StyleId, StyleRegistry};
use crate::boxes::{BoxNode, NamedString};
use crate::diag::{Message, say};
use crate::lang::ru::is_letter_or_digit;
use crate::style::{Break, StringPick};

/// What sets the strings of a document.
#[derive(Debug, Default)]
pub(crate) struct StringRegistry {
    /// First pass: the number of boxes that set each.
    setters: BTreeMap<Arc<str>, usize>,
    /// The paragraphs among them whose whole text it is.
    paragraphs: BTreeMap<Arc<str>, Vec<SettingParagraph>>,
    /// How many paragraphs of each style there are.
    uses: BTreeMap<StyleId, usize>,
}

#[derive(Debug)]
struct SettingParagraph {
    style: StyleId,
    text: Arc<str>,
    begins_page: bool,
}

/// What a STYLEREF field needs.
#[derive(Debug, PartialEq)]
pub(crate) struct StyleReference {
    pub(crate) instruction: String,
    /// What it shows until it is first brought up to date.
    pub(crate) text: Arc<str>,
}

impl StringRegistry {
    /// Counts a box beforehand by the strings that it sets.
    pub(crate) fn look_ahead(&mut self, node: &BoxNode) {
        for NamedString { name, .. } in &node.strings {
            *self.setters.entry(Arc::clone(name)).or_default() += 1;
        }
    }

    /// Counts a paragraph of a style, wherever it stands.
    pub(crate) fn record_use(&mut self, style: StyleId) {
        // Only a document with running strings asks, and most have none.
        if !self.setters.is_empty() {
            *self.uses.entry(style).or_default() += 1;
        }
    }

    /// Takes note of a paragraph of that style in the body: Word looks for the text of a style
    /// there only.
    pub(crate) fn record_setter(&mut self, node: &BoxNode, style: StyleId) {
        // By letters alone: of the two, one may have had its spaces and quotes mended.
        let own = |text: &str| letters(text).eq(letters(&node.plain_text()));
        for NamedString { name, text, .. } in node.strings.iter().filter(|set| own(&set.text)) {
            let begins_page =
                matches!(node.style.break_before, Break::Page | Break::Left | Break::Right);
            let paragraph = SettingParagraph { style, text: Arc::clone(text), begins_page };
            self.paragraphs.entry(Arc::clone(name)).or_default().push(paragraph);
        }
    }

    /// The field that shows what `string(name, pick)` does, or why there is none.
    pub(crate) fn reference(
        &self,
        name: &str,
        pick: StringPick,
        styles: &mut StyleRegistry,
    ) -> Result<StyleReference, Message> {
        let paragraphs = self.paragraphs.get(name).map(Vec::as_slice).unwrap_or_default();
        let Some(first) = paragraphs.first() else {
            return Err(say!(
                "no paragraph sets it to its own text, as `h1 { string-set: … content() }` does"
            ));
        };
        // Some box sets it to another text than its own, or is not a paragraph of the body.
        if self.setters.get(name) != Some(&paragraphs.len()) {
            return Err(say!(
                "it is not always the whole text of a paragraph, as with \
                 `h1 { string-set: … content() }`"
            ));
        }
        let style = first.style;
        if paragraphs.iter().any(|paragraph| paragraph.style != style)
            || self.uses.get(&style) != Some(&paragraphs.len())
        {
            return Err(say!(
                "Word repeats the text of one style, and not all paragraphs with the style \
                 of the first one set it"
            ));
        }
        let last = match pick {
            StringPick::First => "",
            // A paragraph that begins a page is both the first on it and what is at its start,
            // so that the field shows the same.
            StringPick::Start if paragraphs.iter().all(|paragraph| paragraph.begins_page) => "",
            // The switch searches a page from its end (ECMA-376 Part 1, 17.16.5, STYLEREF).
            StringPick::Last => " \\l",
            StringPick::Start | StringPick::FirstExcept => {
                return Err(say!("Word supports only `first` and `last`"));
            }
        };
        let style = styles.reference(style).ok_or_else(|| say!(
            "the style of its paragraphs has another name in each language of Word: give them a \
             class"))?;
        Ok(StyleReference {
            instruction: format!(" STYLEREF {style}{last} "),
            text: Arc::clone(&first.text),
        })
    }
}

/// What must be the same in a string and in its paragraph: typography may have mended the rest.
fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| is_letter_or_digit(*c))
}
