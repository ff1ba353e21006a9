//! Appendices: pages of a document after its signatures.
//!
//! Read as a part of a final document, with numbers of its own.

use serde::Serialize;
use serde_json::json;

use super::document::body;
use super::draft::is_near_key;
use super::read::{At, Fields, Map, Read, choice};
use super::schema::Defs;
use super::section::{Section, Type};
use super::tree::{DataNode, DataValue, entry};
use super::{Approval, Attachment, HeadingNumbering, Numbering, arrange};
use crate::diag::{Diagnostic, say};

/// What is added to a document on pages of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Appendix {
    /// The title.
    pub title: String,
    /// Its number, if it is not the usual one: 1, 2, 3; a single appendix has none.
    pub number: Option<String>,
    /// To what it is an appendix, in the dative: «к приказу директора от … № …».
    pub to: Option<String>,
    /// Who approves it.
    pub approved: Vec<Approval>,
    /// Who agrees to it.
    pub agreed: Vec<Approval>,
    /// How its pages stand; a template decides where it is not given.
    pub orientation: Option<Orientation>,
    /// How points are numbered where their section does not tell.
    pub numbering: Option<Numbering>,
    /// How the headings of sections are numbered.
    pub headings: Option<HeadingNumbering>,
    /// What it says, in order.
    pub sections: Vec<Section>,
}

impl Fields for Appendix {
    const NAME: &'static str = "appendix";
    const WHAT: (&'static str, &'static str) = ("an appendix", "Приложение");

    fn mended(node: &DataNode) -> Option<DataNode> {
        let titled = titled(node);
        let node = titled.as_ref().unwrap_or(node);
        let arranged = arrange::composition(node).or_else(|| arrange::appendix(node));
        arranged.or(titled)
    }

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            title: map.opt("title", "Название приложения").unwrap_or_default(),
            number: map.opt("number", "Номер, если он не по порядку"),
            to: map
                .opt("to", "К чему приложение, в дательном падеже: к приказу директора от … № …"),
            approved: map.some("approved", "Гриф утверждения"),
            agreed: map.some("agreed", "Гриф согласования"),
            orientation: map.opt("orientation", Orientation::DOC),
            numbering: map.opt("numbering", Numbering::DOC),
            headings: map.opt("headings", "Нумерация заголовков разделов: 1, I, Раздел I, Глава 1"),
            sections: body(map),
        }
    }

    fn check(&self, at: &At<'_>, sound: bool) {
        // Where a section was refused, its own fault says more than that none is left.
        if self.sections.is_empty() && sound {
            at.report(
                Diagnostic::error("missing-key", say!("the key `sections` is missing")).hint(say!(
                    "give the appendix `sections`, or one of `points`, `text`, `table`"
                )),
            );
        }
    }
}

/// «- Список докладов: […]»: the title is the key, and what it says stands below.
fn titled(node: &DataNode) -> Option<DataNode> {
    let DataValue::Map(entries) = &node.value else { return None };
    let [(key, below)] = entries.as_slice() else { return None };
    if is_near_key(&key.text) || key.text.is_ascii() {
        return None;
    }
    let title = key.text.trim().trim_end_matches(':');
    let mut parts = vec![entry("title", DataNode::said(title, &key.range))];
    match &below.value {
        DataValue::Map(inner) => parts.extend(inner.iter().cloned()),
        DataValue::Seq(_) => parts.push(entry("points", below.clone())),
        DataValue::Scalar { .. } => parts.push(entry("text", below.clone())),
        DataValue::Null => return None,
    }
    Some(DataNode::new(DataValue::Map(parts), node.range.clone()))
}

/// How a page stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Orientation {
    /// `portrait`: higher than wide.
    #[default]
    Portrait,
    /// `landscape`: wider than high.
    Landscape,
}

impl Orientation {
    /// What the key says.
    pub(super) const DOC: &str =
        "Страницы: portrait или landscape; без ключа широкая таблица сама ложится на альбомные";
}

choice!(pub Orientation, "an orientation", { Portrait = "portrait", Landscape = "landscape" });

/// What is appended: pages of the document itself, or what is only named under a letter. Data call
/// both «приложения»; sheets and copies are counted of the second alone.
pub(super) enum Appended {
    Attachment(Attachment),
    Appendix(Appendix),
}

impl Read for Appended {
    fn read(at: &At<'_>) -> Option<Self> {
        let body = Type::FIRST_CLASS.map(|(kind, _)| kind.as_str());
        let has_pages = at.has(&["sections", "fields"]) || at.has(&body);
        // «на 2 л. в 1 экз.» is the mark; what has sections of its own is printed whole.
        let counted = at.has(&["pages", "copies"]) || !matches!(at.node.value, DataValue::Map(_));
        if counted && !has_pages {
            Attachment::read(at).map(Self::Attachment)
        } else {
            Appendix::read(at).map(Self::Appendix)
        }
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        json!({ "anyOf": [Attachment::schema(defs), Appendix::schema(defs)] })
    }
}
