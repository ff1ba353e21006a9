//! Styles: what a paragraph, a run or a table has by its style, and by those below it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::props::Props;
use super::xml::{self, XmlEl};
use crate::cache::SmallCache;
use crate::diag::Diagnostic;

/// How deep styles may be based on each other; a circle ends here, too.
const DEEPEST: usize = 32;

/// A style with all that it inherits.
#[derive(Debug, Clone, Default)]
pub(in crate::word) struct WordStyle {
    pub(super) name: String,
    pub(in crate::word) paragraph: Props,
    pub(super) run: Props,
    pub(super) table: Props,
    pub(super) row: Props,
    pub(super) cell: Props,
    /// What holds in parts of a table: `firstRow`, `band1Horz`.
    pub(super) parts: BTreeMap<String, StylePart>,
    /// Whether the style itself, or one that it is based on, has a number.
    pub(super) numbered: bool,
}

/// What a table's style says of a part of the table.
#[derive(Debug, Clone, Default)]
pub(super) struct StylePart {
    pub(super) paragraph: Props,
    pub(super) run: Props,
    pub(super) table: Props,
    pub(super) cell: Props,
}

/// All styles of a document.
#[derive(Debug, Clone, Default)]
pub(in crate::word) struct WordStyles {
    styles: BTreeMap<String, WordStyle>,
    /// The styles of those that name none, by their kind.
    defaults: BTreeMap<String, String>,
    /// What holds for all: `w:docDefaults`.
    pub(in crate::word) paragraph: Props,
    pub(super) run: Props,
}

/// Styles by the bytes of their part: the documents of a blank have the same, and Word's own are
/// longer than all else in a file.
#[derive(Debug, Default)]
pub(crate) struct ReadStyles(SmallCache<Arc<[u8]>, Arc<WordStyles>>);

impl ReadStyles {
    pub(super) fn get(&self, part: &str, bytes: Arc<[u8]>) -> Result<Arc<WordStyles>, Diagnostic> {
        self.0.get(bytes, |bytes| WordStyles::read(part, bytes).map(Arc::new))
    }
}

impl WordStyles {
    pub(in crate::word) fn read(part: &str, bytes: &[u8]) -> Result<Self, Diagnostic> {
        let document = xml::parse(part, bytes)?;
        let root = document.root_element();
        let mut styles = Self::default();
        if let Some(defaults) = xml::child(root, "docDefaults") {
            let of = |what: &str, inner: &str| {
                Props::read(xml::child(defaults, what).and_then(|el| xml::child(el, inner)))
            };
            styles.run = of("rPrDefault", "rPr");
            styles.paragraph = of("pPrDefault", "pPr");
        }
        let all: BTreeMap<&str, XmlEl<'_>> = xml::children(root, "style")
            .filter_map(|style| Some((xml::attr(style, "styleId")?, style)))
            .collect();
        for (id, style) in &all {
            let kind = xml::attr(*style, "type").unwrap_or("paragraph");
            if xml::attr(*style, "default").is_some_and(xml::is_on) {
                styles.defaults.insert(kind.to_owned(), (*id).to_owned());
            }
            styles.styles.insert((*id).to_owned(), resolved(&all, id, 0));
        }
        Ok(styles)
    }

    pub(in crate::word) fn get(&self, id: &str) -> Option<&WordStyle> {
        self.styles.get(id)
    }

    /// The style of what names none.
    pub(in crate::word) fn default_of(&self, kind: &str) -> Option<&str> {
        self.defaults.get(kind).map(String::as_str)
    }
}

fn resolved(all: &BTreeMap<&str, XmlEl<'_>>, id: &str, depth: usize) -> WordStyle {
    let Some(&el) = all.get(id).filter(|_| depth < DEEPEST) else { return WordStyle::default() };
    let mut style = match xml::val(el, "basedOn") {
        Some(base) if base != id => resolved(all, base, depth + 1),
        _ => WordStyle::default(),
    };
    style.name = xml::val(el, "name").unwrap_or(id).to_owned();
    let own = |name: &str| Props::read(xml::child(el, name));
    let paragraph = own("pPr");
    style.numbered |= paragraph.has("numPr.numId");
    style.paragraph.over(&paragraph);
    style.run.over(&own("rPr"));
    style.table.over(&own("tblPr"));
    style.row.over(&own("trPr"));
    style.cell.over(&own("tcPr"));
    for part in xml::children(el, "tblStylePr") {
        let Some(kind) = xml::attr(part, "type") else { continue };
        let own = |name: &str| Props::read(xml::child(part, name));
        let inherited = style.parts.entry(kind.to_owned()).or_default();
        inherited.paragraph.over(&own("pPr"));
        inherited.run.over(&own("rPr"));
        inherited.table.over(&own("tblPr"));
        inherited.cell.over(&own("tcPr"));
    }
    style
}
