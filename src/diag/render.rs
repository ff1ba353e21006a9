//! A fault as people read it: message, place, the line with carets, hints.

use std::fmt;

use super::{Diagnostic, Language, Message, Place, Severity, say};

/// Longest stretch of a line that a window shows; longer lines are cut around the fault.
const WINDOW: usize = 100;

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, Language::English)
    }
}

impl Diagnostic {
    /// The whole as [`fmt::Display`] renders it, in a language.
    pub fn in_language(&self, language: Language) -> impl fmt::Display {
        fmt::from_fn(move |f| self.write(f, language))
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, language: Language) -> fmt::Result {
        let line = |f: &mut fmt::Formatter<'_>, label: Message| {
            write!(f, "\n  = {}", label.in_language(language))
        };
        let severity = match self.severity() {
            Severity::Error => say!("error"),
            Severity::Warning => say!("warning"),
        };
        let (severity, message) =
            (severity.in_language(language), self.message().in_language(language));
        write!(f, "{severity}[{}]: {message}", self.code())?;
        if let Some(place) = self.place() {
            window(f, place)?;
        }
        if let Some(path) = self.data_path() {
            line(f, say!("in the data: {path}", path))?;
        }
        if let Some(place) = self.template() {
            let (row, column) = place.line_column();
            let place = format!("{}:{row}:{column}", place.source.name());
            line(f, say!("in the template: {place}", place))?;
        }
        self.hints().iter().try_for_each(|hint| line(f, say!("hint: {hint}", hint)))
    }
}

/// Writes `--> file:line:column`, the line, and carets under the fault.
fn window(f: &mut fmt::Formatter<'_>, place: &Place) -> fmt::Result {
    let (line, column) = place.line_column();
    let text = place.source.text();
    let start = place.source.offset(line, 1);
    let content = text[start..].lines().next().unwrap_or("").trim_end();
    let fault = text
        .get(place.range.clone())
        .unwrap_or("")
        .lines()
        .next()
        .unwrap_or("")
        .chars()
        .count()
        // At the end of a line there is nothing to mark, but there is a place to show.
        .max(1);

    // Minified stylesheets are one line of thousands of characters: a window around the fault is
    // shown.
    let skip = column.saturating_sub(WINDOW / 2);
    let shown: String = content
        .chars()
        .skip(skip)
        .take(WINDOW)
        // Tabs would move the carets away from the fault, and escape sequences of a stranger's file
        // would reach the terminal.
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let caret = column - 1 - skip;
    // The fault may go on beyond what is shown of its line.
    let carets = fault.min(shown.chars().count().saturating_sub(caret).max(1));
    let gutter = line.to_string().len();
    write!(f, "\n{:gutter$}--> {}:{line}:{column}", "", place.source.name())?;
    write!(f, "\n{:gutter$} |\n{line} | {shown}", "")?;
    write!(f, "\n{:gutter$} | {:caret$}{}", "", "", "^".repeat(carets))
}
