//! Texts that faults point into, and places in them.
//!
//! Every reader registers its file here and hands on spans, which are two numbers.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::{Datum, Printed};

/// A text that faults can point into: its name (usually a path as the user gave it) and its
/// contents.
#[derive(PartialEq, Eq)]
pub struct Source {
    name: String,
    text: String,
}

impl Source {
    /// A source ready to be shared.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self { name: name.into(), text: text.into() })
    }

    /// The name shown to the user.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The 1-based line and column (in characters) of a byte offset. An offset beyond the end means
    /// the end.
    pub fn line_column(&self, offset: usize) -> (usize, usize) {
        let mut offset = offset.min(self.text.len());
        // Offsets from parsers may lie within a letter; a fault about a fault helps nobody.
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &self.text[..offset];
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        // Columns are counted in letters, as editors show them, and not in bytes.
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }

    /// The byte offset of a 1-based line and column (in characters), clamped to the text.
    pub fn offset(&self, line: usize, column: usize) -> usize {
        let start: usize =
            self.text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let rest = &self.text[start..];
        // Beyond its last letter the end of the line is meant, never the line below.
        let line_len = rest.find('\n').unwrap_or(rest.len());
        start
            + rest[..line_len]
                .char_indices()
                .nth(column.saturating_sub(1))
                .map_or(line_len, |(i, _)| i)
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({:?}, {} bytes)", self.name, self.text.len())
    }
}

/// A stretch of bytes in a source: what a fault points at when it leaves the library.
///
/// ```
/// use itog::diag::{Place, Source};
/// let source = Source::new("people.yaml", "kind: Протокол\nnmae: Иванов\n");
/// assert_eq!(Place::new(source, 23..27).line_column(), (2, 1));
/// ```
#[derive(Clone)]
pub struct Place {
    /// The text.
    pub source: Arc<Source>,
    /// Byte offsets into it.
    pub range: Range<usize>,
    /// What of the data was printed there.
    pub(super) data: Vec<Datum>,
}

impl Place {
    /// A place in a source.
    pub fn new(source: Arc<Source>, range: Range<usize>) -> Self {
        Self { source, range, data: Vec::new() }
    }

    /// The values of the data that were printed there.
    pub(crate) fn data(&self) -> &[Datum] {
        &self.data
    }

    /// The longest text of the data that was printed there.
    pub(crate) fn longest(&self) -> Option<String> {
        self.data.iter().max_by_key(|datum| datum.text.len()).map(|datum| datum.text.clone())
    }

    /// The 1-based line and column (in characters) where it starts.
    pub fn line_column(&self) -> (usize, usize) {
        self.source.line_column(self.range.start)
    }
}

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        // By the name and not the text: a file has one name here, and texts may be long.
        self.range == other.range
            && self.source.name == other.source.name
            && self.data == other.data
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.line_column();
        write!(f, "{}:{line}:{column}", self.source.name)
    }
}

/// Which of a [`Sources`] a [`Span`] points into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceId(pub u16);

/// A small copyable place: a source by number, and byte offsets into it.
///
/// Trees carry spans, not [`Place`]s, because a tree has thousands of nodes and few sources.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Span {
    /// The source.
    pub source: SourceId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
    /// Which values of the data are printed there: the first, and how many.
    pub(crate) values: (u32, u16),
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { source, start, end, .. } = self;
        write!(f, "Span {{ source: {source:?}, start: {start}, end: {end} }}")
    }
}

impl Span {
    /// A span of a source.
    pub fn new(source: SourceId, range: Range<usize>) -> Self {
        Self { source, start: range.start as u32, end: range.end as u32, values: (0, 0) }
    }
}

/// The sources that the spans of one template point into: its files, its stylesheets.
///
/// ```
/// use itog::diag::Source;
/// use itog::internals::diag::{Sources, Span};
/// let mut sources = Sources::default();
/// let id = sources.add(Source::new("style.css", "p { colour: red }"));
/// let place = sources.place(Span::new(id, 4..10)).unwrap();
/// assert_eq!(place.line_column(), (1, 5));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Sources {
    all: Vec<Arc<Source>>,
    printed: Option<Arc<Printed>>,
}

impl Sources {
    /// Adds a source and gives its number. Beyond 65,536 sources the last number stands for all.
    pub fn add(&mut self, source: Arc<Source>) -> SourceId {
        // A template is held to far fewer (`Limits::sources`). Whoever lifts that limit loses
        // places, never a document.
        let id = u16::try_from(self.all.len()).unwrap_or(u16::MAX);
        self.all.push(source);
        SourceId(id)
    }

    /// How many sources there are, and how many bytes they have in all.
    pub fn size(&self) -> (usize, usize) {
        (self.all.len(), self.all.iter().map(|source| source.text.len()).sum())
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Source>> {
        self.all.iter()
    }

    /// The source of that number.
    pub fn get(&self, id: SourceId) -> Option<&Arc<Source>> {
        self.all.get(usize::from(id.0))
    }

    /// The span with its source, fit to leave the library.
    pub fn place(&self, span: Span) -> Option<Place> {
        let source = self.get(span.source)?;
        let data = self.printed.as_ref().map(|printed| printed.of(span.values));
        Some(Place {
            source: Arc::clone(source),
            range: span.start as usize..span.end as usize,
            data: data.unwrap_or_default(),
        })
    }

    /// The same sources for one rendering, whose spans know the values that it printed.
    #[must_use]
    pub fn with_printed(&self, printed: Arc<Printed>) -> Arc<Self> {
        Arc::new(Self { all: self.all.clone(), printed: Some(printed) })
    }

    /// The values that the rendering printed.
    pub(crate) fn printed(&self) -> Option<&Arc<Printed>> {
        self.printed.as_ref()
    }
}
