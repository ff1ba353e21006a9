//! Fields: what is counted anew, what links, and what is shown as it was when the file was saved.

/// A field while its runs are read.
#[derive(Debug, Clone, Default)]
pub(super) struct WordField {
    pub(super) instruction: String,
    pub(super) kind: FieldKind,
    /// Whether what it asks has been read.
    pub(super) settled: bool,
}

/// What a field is.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) enum FieldKind {
    /// Shown as it is stored.
    #[default]
    Stored,
    /// The page's number, with a format of its own.
    Page(Option<String>),
    /// The number of pages.
    Pages,
    /// A link, and whether it leads to a place in the document.
    Link(Option<String>, bool),
    /// A box to be ticked, and whether it is.
    Box(bool),
    /// Entries of an index, and what else is not seen.
    Hidden,
}

impl WordField {
    pub(super) fn new(instruction: &str) -> Self {
        let mut field = Self { instruction: instruction.to_owned(), ..Self::default() };
        field.settle();
        field
    }

    /// Understands what has been read of it.
    pub(super) fn settle(&mut self) {
        self.settled = true;
        if matches!(self.kind, FieldKind::Box(_)) {
            return;
        }
        let words = words(&self.instruction);
        let after = |switch: &str| {
            let at = words.iter().position(|word| word.eq_ignore_ascii_case(switch))?;
            words.get(at + 1).cloned()
        };
        let name = words.first().map(|word| word.to_uppercase()).unwrap_or_default();
        self.kind = match name.as_str() {
            "PAGE" => FieldKind::Page(after("\\*").and_then(|format| number_format(&format))),
            "NUMPAGES" | "SECTIONPAGES" => FieldKind::Pages,
            "HYPERLINK" => match after("\\l") {
                Some(place) => FieldKind::Link(Some(place), true),
                None => FieldKind::Link(words.get(1).cloned(), false),
            },
            "XE" | "TC" | "TA" | "RD" => FieldKind::Hidden,
            _ => FieldKind::Stored,
        };
    }

    /// Whether what is read now is seen.
    pub(super) fn shows(&self) -> bool {
        self.settled && matches!(self.kind, FieldKind::Stored | FieldKind::Link(..))
    }

    pub(super) fn link(&self) -> Option<&str> {
        match &self.kind {
            FieldKind::Link(Some(to), _) if self.settled => Some(to),
            _ => None,
        }
    }
}

/// The words of an instruction; quotes keep spaces together.
fn words(instruction: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quoted = false;
    for c in instruction.chars() {
        match c {
            '"' | '“' | '”' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
            }
            c => word.push(c),
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// The format of a number by the switch of a field (17.16.4.3.1).
fn number_format(switch: &str) -> Option<String> {
    let format = match switch {
        "roman" => "lowerRoman",
        "ROMAN" | "Roman" => "upperRoman",
        "alphabetic" => "lowerLetter",
        "ALPHABETIC" => "upperLetter",
        _ => return None,
    };
    Some(format.to_owned())
}

/// The classes of page numbers, and the counter styles they stand for.
pub(super) const PAGE_NUMBERS: [(&str, &str, &str); 6] = [
    ("lowerRoman", "page-number-roman", "lower-roman"),
    ("upperRoman", "page-number-upper-roman", "upper-roman"),
    ("lowerLetter", "page-number-latin", "lower-latin"),
    ("upperLetter", "page-number-upper-latin", "upper-latin"),
    ("russianLower", "page-number-russian", "lower-russian"),
    ("russianUpper", "page-number-upper-russian", "upper-russian"),
];

/// The markup of a page's number.
pub(super) fn page_number(format: Option<&str>) -> String {
    let known = PAGE_NUMBERS.iter().find(|(name, ..)| Some(*name) == format);
    let class = known.map_or("page-number", |(_, class, _)| class);
    format!("<span class=\"{class}\"></span>")
}
