//! What is wrong with a stylesheet, and where a stylesheet's text comes from.

use std::ops::Range;
use std::sync::Arc;

use cssparser::{BasicParseErrorKind, ParseError, ParseErrorKind};

use crate::diag::{Diagnostic, Message, SourceId, Sources, Span, nearest, say};

/// The result of parsing a part of a stylesheet.
pub(super) type Parsed<T> = Result<T, ParseError<CssFault>>;

/// What is wrong with a selector or a value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CssFault {
    // Apart: the parser of selectors recurses with a place for a fault in each frame, and threads
    // have 2 MiB.
    pub(super) message: Box<Message>,
    pub(super) hint: Option<Box<Message>>,
}

impl CssFault {
    /// A fault without a hint.
    pub(super) fn new(message: Message) -> Self {
        Self { message: Box::new(message), hint: None }
    }

    /// A word that is none of the known ones.
    pub(super) fn unknown(message: Message, word: &str, known: &[&'static str]) -> Self {
        let near = nearest(word, known.iter().copied());
        let hint = near.map(|near| Box::new(say!("did you mean `{near}`?", near)));
        Self { message: Box::new(message), hint }
    }

    /// The fault as a parse error.
    pub(super) fn error<T>(message: Message) -> Parsed<T> {
        Err(ParseError::custom(Self::new(message)))
    }
}

/// The fault behind a parse error, or nothing if the parser only met something unexpected.
pub(super) fn reason(error: ParseError<CssFault>) -> Option<CssFault> {
    match error.kind {
        ParseErrorKind::Custom(fault) => Some(fault),
        ParseErrorKind::Basic(BasicParseErrorKind::TooManyNestedBlocks) => {
            Some(CssFault::new(say!("blocks are nested too deeply")))
        }
        ParseErrorKind::Basic(_) => None,
    }
}

/// Where a stylesheet's text comes from.
#[derive(Debug, Clone, Copy)]
pub(super) struct SheetOrigin<'a> {
    stands: Stands,
    /// The folder of an imported stylesheet, to which its URLs are relative; ends with a slash
    /// unless empty.
    pub(super) folder: &'a str,
}

#[derive(Debug, Clone, Copy)]
enum Stands {
    Exact(SourceId, usize),
    Element(Option<Span>),
}

impl<'a> SheetOrigin<'a> {
    /// The text is a source, from this byte on.
    pub(super) fn exact(source: SourceId, base: usize) -> Self {
        Self { stands: Stands::Exact(source, base), folder: "" }
    }

    /// The text was made by a template: all that is known is the element.
    pub(super) fn element(span: Option<Span>) -> Self {
        Self { stands: Stands::Element(span), folder: "" }
    }

    /// The same in a folder.
    pub(super) fn inside(self, folder: &'a str) -> Self {
        Self { folder, ..self }
    }

    /// The span of a range of the stylesheet's text.
    pub(super) fn span(self, range: Range<usize>) -> Option<Span> {
        match self.stands {
            Stands::Exact(source, base) => {
                Some(Span::new(source, base + range.start..base + range.end))
            }
            Stands::Element(span) => span,
        }
    }

    /// The URL as seen from the template's folder.
    pub(super) fn url(self, url: &str) -> Arc<str> {
        // `#id` means this document, `data:` and `https:` have a scheme of their own.
        let absolute = url.starts_with(['#', '/'])
            || url.split('/').next().is_some_and(|first| first.contains(':'));
        if absolute || self.folder.is_empty() {
            url.into()
        } else {
            beside(self.folder, url).into()
        }
    }
}

/// The name of a file that another one, in the folder or of the name given, calls `url`.
pub(super) fn beside(file: &str, url: &str) -> String {
    let mut parts: Vec<&str> = file.split('/').collect();
    parts.pop();
    for part in url.split('/') {
        match part {
            "." => {}
            // A `..` that leads out of the template's folder stays: reading it is refused there,
            // with a message of its own.
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// How many faults of one text are reported: a text that is not a stylesheet has a fault in every
/// line.
const MAX_FAULTS: usize = 500;

/// The warnings of one text, with what is needed to place them.
#[derive(Debug)]
pub(super) struct CssFaults<'a> {
    pub(super) text: &'a str,
    pub(super) origin: SheetOrigin<'a>,
    pub(super) all: Vec<(Diagnostic, Option<Span>)>,
}

impl<'a> CssFaults<'a> {
    /// No faults yet.
    pub(super) fn new(text: &'a str, origin: SheetOrigin<'a>) -> Self {
        Self { text, origin, all: Vec::new() }
    }

    /// Adds a warning about a range of the text; white space around the range does not count.
    pub(super) fn warn(&mut self, fault: Diagnostic, range: Range<usize>) {
        match self.all.len() {
            ..MAX_FAULTS => {}
            MAX_FAULTS => {
                return self.all.push((
                    Diagnostic::warning(
                        "css-syntax",
                        say!("there are more faults, which are not shown"),
                    ),
                    self.origin.span(range),
                ));
            }
            _ => return,
        }
        // A mark under white space would point at nothing.
        let text = self.text.get(range.clone()).unwrap_or_default();
        let start = range.start + (text.len() - text.trim_start().len());
        let range = start..start + text.trim().len();
        let fault = match self.origin.stands {
            // The element's place says too little: show what was written.
            Stands::Element(_) if !text.trim().is_empty() => {
                fault.hint(say!("in `{text}`", text = excerpt(text)))
            }
            _ => fault,
        };
        self.all.push((fault, self.origin.span(range)));
    }

    /// The warnings with their places.
    pub(super) fn placed(self, sources: &Sources) -> impl Iterator<Item = Diagnostic> {
        self.all
            .into_iter()
            .map(|(fault, span)| fault.at(span.and_then(|span| sources.place(span))))
    }
}

/// The text on one line, cut to a readable length.
pub(super) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 60;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
