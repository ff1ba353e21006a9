//! Variants of a style: what some of its paragraphs have besides it, as a style of its own.
//!
//! In a table some columns are centred, below points stand those of the next level. Whoever made
//! the document in Word would have a style for each, based on the one that all have in common.

use std::sync::Arc;

use super::{ParagraphStyle, RESERVED, StyleId, StyleRegistry, merge};
use crate::docx::package::xml::El;
use crate::docx::words::names;
use crate::docx::words::properties::NormalValues;

/// How many variants a style has: whoever gives each paragraph a look of its own formats by hand.
const MOST: usize = 12;

/// What a variant can say of its paragraphs. Margins, indents and frames are those of the place
/// where a paragraph stands.
const LOOKS: [&str; 3] = ["w:jc", "w:suppressAutoHyphens", "w:widowControl"];

impl StyleRegistry {
    /// The style of paragraphs that differ from the style `base` in these properties and in these
    /// run properties; nothing if they differ in nothing that a style should say.
    pub(crate) fn variant(
        &mut self,
        base: StyleId,
        paragraph: &[El],
        run: &[El],
    ) -> Option<StyleId> {
        let style = self.get(base);
        // A heading in another style than Word's own is none for other programs.
        if style.level.is_some() {
            return None;
        }
        let look = NormalValues {
            paragraph: paragraph.iter().filter_map(look).collect(),
            // A language is that of the words. A style that hides would hide what is written in it
            // later.
            run: run.iter().filter(|el| el.name != "w:lang").cloned().collect(),
        };
        let hides = look.run.iter().any(|el| el.name == "w:vanish");
        if hides || look.paragraph.is_empty() && look.run.is_empty() {
            return None;
        }
        let known = self.variants.iter().filter(|(of, ..)| *of == base);
        if let Some((.., id)) = known.clone().find(|(_, other, _)| *other == look) {
            return Some(*id);
        }
        if known.count() >= MOST {
            return None;
        }
        let mut properties = style.paragraph.to_vec();
        let mut letters = style.run.to_vec();
        look.paragraph.iter().for_each(|el| put(&mut properties, el));
        look.run.iter().for_each(|el| put(&mut letters, el));
        let id = self.derive(base, &words(&look));
        let style = self.get_mut(id);
        style.base = Some(base);
        style.paragraph = properties.into();
        style.run = letters.into();
        self.variants.push((base, look, id));
        Some(id)
    }

    /// Whether paragraphs of the style may be parted into variants: not headings, nor those whose
    /// text a field looks for.
    pub(crate) fn is_divisible(&self, id: StyleId) -> bool {
        self.get(id).level.is_none() && !self.referenced.contains(&id)
    }

    /// A style for points one level below those of `base`, or of another kind.
    pub(crate) fn on_base(&mut self, base: StyleId, suffix: &Suffix) -> StyleId {
        let id = self.derive(base, suffix);
        self.get_mut(id).base = Some(base);
        id
    }

    /// A copy of a style under a name of its own, which stands beside it.
    pub(crate) fn derive(&mut self, base: StyleId, Suffix(russian, english): &Suffix) -> StyleId {
        let ParagraphStyle { id, name, alias, priority, paragraph, run, .. } = self.get(base);
        // Word's own styles have their English names, and ours as aliases.
        let (own, other) = if RESERVED.contains(&id.as_str()) {
            let alias = alias.as_deref().and_then(|alias| alias.split(',').next());
            (alias.unwrap_or(names::word(id)).to_owned(), Some(name.clone()))
        } else {
            (name.clone(), alias.clone())
        };
        let (stem, priority) = (id.clone(), *priority);
        let (paragraph, run) = (Arc::clone(paragraph), Arc::clone(run));
        let id = self.id(&format!("{stem} {english}"));
        let alias = other.map(|other| format!("{other} {english}"));
        let (name, alias) = self.numbered_name(format!("{own} {russian}"), alias);
        let (level, base, next, gathered) = (None, None, None, Vec::new());
        self.paragraphs.push(ParagraphStyle {
            id,
            name,
            alias,
            priority,
            level,
            base,
            next,
            paragraph,
            run,
            gathered,
        });
        StyleId(self.paragraphs.len() - 1)
    }
}

impl StyleRegistry {
    /// The names, numbered if there is a style of that name already.
    pub(super) fn numbered_name(
        &mut self,
        wanted: String,
        alias: Option<String>,
    ) -> (String, Option<String>) {
        let mut name = wanted.clone();
        let mut number = 1;
        while !self.names.insert(name.clone()) {
            number += 1;
            name = format!("{wanted} ({number})");
        }
        // Of namesakes one has the English name.
        (name, alias.filter(|_| number == 1))
    }
}

/// What tells a variant from its style, in Russian and in English.
pub(crate) struct Suffix(pub(crate) String, pub(crate) String);

impl Suffix {
    pub(crate) fn new(russian: &str, english: &str) -> Self {
        Self(russian.to_owned(), english.to_owned())
    }
}

/// What a variant says of a property.
fn look(el: &El) -> Option<El> {
    if el.name == "w:spacing" {
        let mut line = el.clone();
        line.attributes.retain(|(name, _)| name == "w:line" || name == "w:lineRule");
        return (!line.attributes.is_empty()).then_some(line);
    }
    LOOKS.contains(&el.name.as_ref()).then(|| el.clone())
}

/// Puts a property among others.
fn put(all: &mut Vec<El>, property: &El) {
    match all.iter_mut().find(|el| el.name == property.name) {
        // Of these a difference names single attributes.
        Some(own) if ["w:spacing", "w:rFonts"].contains(&property.name.as_ref()) => {
            merge(own, property);
        }
        Some(own) => *own = property.clone(),
        None => all.push(property.clone()),
    }
}

/// How a variant is called by its look.
fn words(look: &NormalValues) -> Suffix {
    let value = |all: &[El], name: &str| {
        all.iter().find(|el| el.name == name).map(|el| el.get("w:val").unwrap_or("1").to_owned())
    };
    let jc = value(&look.paragraph, "w:jc");
    let size = value(&look.run, "w:sz").and_then(|size| size.parse::<f64>().ok());
    let mut all = match jc.as_deref() {
        Some("center") => vec![("по центру".to_owned(), "Centered".to_owned())],
        Some("right") => vec![("вправо".into(), "Right".into())],
        Some("both") => vec![("по ширине".into(), "Justified".into())],
        Some(_) => vec![("влево".into(), "Left".into())],
        None => Vec::new(),
    };
    match value(&look.run, "w:b").as_deref() {
        Some("0") => all.push(("светлый".into(), "Regular".into())),
        Some(_) => all.push(("полужирный".into(), "Bold".into())),
        None => {}
    }
    match value(&look.run, "w:i").as_deref() {
        Some("0") => all.push(("прямой".into(), "Upright".into())),
        Some(_) => all.push(("курсив".into(), "Italic".into())),
        None => {}
    }
    all.extend(size.map(|size| (format!("{} пт", size / 2.0), format!("{} pt", size / 2.0))));
    if all.is_empty() {
        all.push(("иной".into(), "Other".into()));
    }
    let (russian, english): (Vec<_>, Vec<_>) = all.into_iter().unzip();
    Suffix(russian.join(" "), english.join(" "))
}
