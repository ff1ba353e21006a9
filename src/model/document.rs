use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json;

use super::read::{At, Fields, Map, Read, choice};
use super::schema::Defs;
use super::section::{Section, Type};
use super::tree::{Node, Value, quote};
use super::{Approval, Date, DateRange, Role, Signature};
use crate::diag::Diagnostic;

/// A final document: итоговый документ, резолюция, решение, протокол.
///
/// Everything but the kind and one section is optional. What templates see of it is told in the
/// [module's](super) tables.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FinalDocument {
    /// «Итоговый документ», «Протокол», «Резолюция».
    pub kind: String,
    /// The number, as written: «7», «3-Р».
    pub number: Option<String>,
    /// The date of the document.
    pub date: Option<Date>,
    /// The place of the document.
    pub place: Option<String>,
    /// The event that the document sums up.
    pub event: Option<Event>,
    /// The approval stamp.
    pub approved: Option<Approval>,
    /// By whom, where and when it was adopted, as it is to be printed.
    pub adopted: Option<String>,
    /// How many belong to the body that meets.
    pub members: Option<u32>,
    /// How many of them were present: no vote counts more.
    pub present: Option<u32>,
    /// Who presided, who kept the minutes.
    pub roles: Vec<Role>,
    /// The body, in order.
    pub sections: Vec<Section>,
    /// Who signs. The data may say `from_roles`; then those of [`roles`](Self::roles) stand here,
    /// each role as the post.
    pub signatures: Vec<Signature>,
    /// The mark of an electronic signature.
    pub e_signature: Option<ESignature>,
    /// The appendices, in order.
    pub appendices: Vec<Appendix>,
    /// Texts for a template of one's own.
    pub fields: BTreeMap<String, String>,
}

impl Fields for FinalDocument {
    const NAME: &'static str = "final-document";
    const WHAT: (&'static str, &'static str) =
        ("a document", "Итоговый документ, протокол, резолюция, решение");

    fn fields(map: &mut Map<'_>) -> Self {
        let mut document = Self {
            kind: map.need("kind", "Вид: Итоговый документ, Протокол, Резолюция, Решение"),
            number: map.opt("number", "Номер"),
            date: map.opt("date", "Дата документа: ГГГГ-ММ-ДД"),
            place: map.opt("place", "Место составления"),
            event: map.opt("event", "Мероприятие: название или подробно"),
            approved: map.opt("approved", "Гриф утверждения: должность, имя, дата"),
            adopted: map.opt("adopted", "Кем, где и когда принят, как печатается"),
            members: map.opt("members", "Сколько всего членов"),
            present: map.opt("present", "Сколько присутствовало: голосов не может быть больше"),
            roles: map.list("roles", "Председательствующий, секретарь и другие"),
            ..Self::default()
        };
        if let Some(cx) = map.cx() {
            // Votes are read after this and held against it.
            let in_prose =
                map.node().and_then(told_in_prose).filter(|_| document.present.is_none());
            cx.present.set(document.present.or(in_prose));
            cx.present_in_prose.set(in_prose.is_some());
        }
        let mut parts: Vec<(usize, Vec<Section>)> = Vec::new();
        for (kind, doc) in Type::FIRST_CLASS {
            let key = kind.as_str();
            let section = map.get_with(
                key,
                false,
                doc,
                |defs| kind.schema_first_class(defs, doc),
                |at| kind.read_first_class(at),
            );
            parts.push((map.position(key), section.into_iter().collect()));
        }
        parts.push((
            map.position("sections"),
            map.list("sections", "Разделы по порядку, каждый с видом `type`"),
        ));
        parts.sort_by_key(|(position, _)| *position);
        document.sections = parts.into_iter().flat_map(|(_, sections)| sections).collect();

        document.signatures = match map
            .opt("signatures", "Подписи, или from_roles: подписывают те, кто назван в roles")
        {
            Some(Signed::By(signatures)) => signatures,
            Some(Signed::FromRoles) => document.roles.iter().map(Role::signature).collect(),
            None => Vec::new(),
        };
        document.e_signature = map.opt("e_signature", "Отметка об электронной подписи");
        document.appendices = map.list("appendices", "Приложения");
        document.fields = map.opt("fields", "Свои поля: текст по ключу").unwrap_or_default();
        document
    }

    fn check(&self, at: &At<'_>, _sound: bool) {
        let first_class = Type::FIRST_CLASS.map(|(kind, _)| kind.as_str());
        if !at.has(&first_class) && !at.has(&["sections"]) {
            let fault = Diagnostic::error("no-sections", "the document has no section");
            at.report(fault.hint(format!(
                "give it {} or `sections`",
                first_class.map(|key| format!("`{key}`")).join(", ")
            )));
        }
        if let (Some(present), Some(members)) = (self.present, self.members)
            && present > members
        {
            let message = format!("{present} were present, but there are only {members} members");
            at.report_key("present", Diagnostic::error("present-exceeds-members", message));
        }
    }
}

/// How many were present, if the text says so in the set phrase of minutes: «в количестве 31
/// человека».
///
/// Votes are held against it only when they are more, because the text may count guests apart.
fn told_in_prose(node: &Node) -> Option<u32> {
    match &node.value {
        Value::Null => None,
        Value::Scalar { text, .. } => {
            let (_, rest) = text.split_once("в количестве ")?;
            let (number, rest) = rest.split_once([' ', '\u{a0}'])?;
            number.parse().ok().filter(|_| {
                rest.starts_with("челове")
                    || rest.starts_with("член")
                    || rest.starts_with("делегат")
            })
        }
        Value::Seq(nodes) => nodes.iter().find_map(told_in_prose),
        Value::Map(entries) => entries.iter().find_map(|(_, node)| told_in_prose(node)),
    }
}

/// Who signs, as it may be written.
enum Signed {
    FromRoles,
    By(Vec<Signature>),
}

impl Read for Signed {
    fn read(at: &At<'_>) -> Option<Self> {
        match &at.node.value {
            Value::Seq(_) => Vec::read(at).map(Self::By),
            Value::Scalar { text, .. } if text == "from_roles" => Some(Self::FromRoles),
            Value::Scalar { text, .. } => {
                let fault = Diagnostic::error(
                    "unknown-value",
                    format!("{} is no list of signatures", quote(text)),
                );
                at.report(fault.hint("write `from_roles`, or a list of `post` and `name`"));
                None
            }
            _ => at.expected("a list"),
        }
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        json!({ "anyOf": [{ "const": "from_roles" }, Vec::<Signature>::schema(defs)] })
    }
}

impl Role {
    /// The signature of whoever plays the role.
    fn signature(&self) -> Signature {
        let mut signature = Signature { person: self.person.clone(), ..Signature::default() };
        signature.person.post = Some(self.role.clone());
        signature
    }
}

/// The meeting, forum or seminar; in data, a bare text is the name alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Event {
    /// The name, in the nominative.
    pub name: String,
    /// The theme, without quotes.
    pub theme: Option<String>,
    /// The day or days.
    pub date: Option<DateRange>,
    /// The place.
    pub place: Option<String>,
    /// The organisation that hosts it.
    pub host: Option<String>,
}

impl Fields for Event {
    const NAME: &'static str = "event";
    const WHAT: (&'static str, &'static str) = ("an event", "Мероприятие");
    const FROM_TEXT: Option<fn(String) -> Self> = Some(|name| Self { name, ..Self::default() });

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            name: map.need("name", "Название в именительном падеже"),
            theme: map.opt("theme", "Тема, без кавычек"),
            date: map.opt("date", "День или дни: ГГГГ-ММ-ДД или ГГГГ-ММ-ДД/ГГГГ-ММ-ДД"),
            place: map.opt("place", "Место"),
            host: map.opt("host", "Организация, которая проводит"),
        }
    }
}

/// What the mark of an electronic signature shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ESignature {
    /// The number of the certificate.
    pub certificate: String,
    /// Its owner.
    pub owner: String,
    /// When it is valid.
    pub valid: Option<DateRange>,
}

impl Fields for ESignature {
    const NAME: &'static str = "e-signature";
    const WHAT: (&'static str, &'static str) =
        ("an electronic signature", "Отметка об электронной подписи");

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            certificate: map.need("certificate", "Номер сертификата"),
            owner: map.need("owner", "Владелец"),
            valid: map.opt("valid", "Срок действия: ГГГГ-ММ-ДД/ГГГГ-ММ-ДД"),
        }
    }
}

/// What is added to a document on pages of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Appendix {
    /// The title.
    pub title: String,
    /// How its pages stand.
    pub orientation: Orientation,
    /// What it says, in order.
    pub sections: Vec<Section>,
}

impl Fields for Appendix {
    const NAME: &'static str = "appendix";
    const WHAT: (&'static str, &'static str) = ("an appendix", "Приложение");

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            title: map.need("title", "Название приложения"),
            orientation: map
                .opt("orientation", "Страницы: portrait или landscape")
                .unwrap_or_default(),
            sections: map.need("sections", "Разделы по порядку, каждый с видом `type`"),
        }
    }
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

choice!(pub Orientation, "an orientation", { Portrait = "portrait", Landscape = "landscape" });
