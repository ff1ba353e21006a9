//! Lines of Handlebars outside of documents, such as names of files.

use serde::Serialize;

use super::Template;
use crate::diag::{Error, Warned};
use crate::files::Files;

/// A line of Handlebars that makes plain text, such as a file name.
///
/// ```
/// use itog::Pattern;
/// let pattern = Pattern::new("{{number}} {{name who \"nom\"}}")?;
/// let data = serde_json::json!({ "number": "017", "who": "Жан д\u{27}Арк & Ко" });
/// let text = pattern.render(&data)?;
/// assert_eq!(text, "017 Жан д\u{27}Арк & Ко");
/// # Ok::<(), itog::diag::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Pattern(Template);

impl Pattern {
    /// Parses a pattern.
    ///
    /// # Errors
    /// Faults of its syntax.
    pub fn new(text: &str) -> Result<Self, Error> {
        let files = Files::memory([(super::ENTRY.to_owned(), text.as_bytes().to_vec())]);
        let Warned { value, .. } = Template::load("pattern", files)?;
        Ok(Self(value))
    }

    /// What the pattern asks of its data.
    #[cfg(feature = "batch")]
    pub(crate) fn asked(&self) -> super::AskedNames {
        self.0.asked()
    }

    /// The text for some data.
    ///
    /// # Errors
    /// As [`Template::render`].
    pub fn render<T: Serialize + ?Sized>(&self, data: &T) -> Result<String, Error> {
        let markup = without_tags(&self.0.render(data)?.markup);
        // Templates escape; a file name is not markup. `&amp;` comes last, so that nothing is
        // unescaped twice.
        let entities = [
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", "\""),
            ("&#x27;", "'"),
            ("&#39;", "'"),
            ("&apos;", "'"),
            ("&amp;", "&"),
        ];
        Ok(entities
            .iter()
            .fold(markup, |text, (entity, plain)| text.replace(entity, plain))
            .trim()
            .to_owned())
    }
}

/// The text without the tags that hold names together at line ends. What the data have in angle
/// brackets is escaped still.
fn without_tags(markup: &str) -> String {
    let mut pieces = markup.split('<');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |text, piece| text + piece.split_once('>').map_or("", |(_, rest)| rest))
}
