use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json;

use super::read::{At, Fields, Map, Read, choice};
use super::{Collective, Date, Event, Orientation, Person, Signature};
use crate::diag::{Diagnostic, nearest};

/// A certificate: благодарность, грамота, диплом, сертификат, благодарственное письмо.
///
/// What templates see of it is told in the [module's](super) tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Certificate {
    /// «Благодарность», «Почётная грамота».
    pub kind: String,
    /// The number, as written.
    pub number: Option<String>,
    /// Whom it is given to.
    pub recipient: Recipient,
    /// What it says of the recipient, which decides the case.
    pub formula: Formula,
    /// What it is given for.
    #[serde(rename = "for")]
    pub reason: Option<String>,
    /// The event on whose occasion it is given.
    pub event: Option<Event>,
    /// The date of the certificate.
    pub date: Option<Date>,
    /// The place.
    pub place: Option<String>,
    /// The organisation that gives it.
    pub issuer: Option<String>,
    /// Who signs.
    pub signatures: Vec<Signature>,
    /// What the QR code says, if there is to be one.
    pub qr: Option<String>,
    /// How it looks.
    pub design: Design,
    /// Texts for a template of one's own.
    pub fields: BTreeMap<String, String>,
}

impl Default for Certificate {
    /// A «Благодарность» to nobody yet.
    fn default() -> Self {
        Self {
            kind: "Благодарность".to_owned(),
            number: None,
            recipient: Recipient::default(),
            formula: Formula::Thanks,
            reason: None,
            event: None,
            date: None,
            place: None,
            issuer: None,
            signatures: Vec::new(),
            qr: None,
            design: Design::default(),
            fields: BTreeMap::new(),
        }
    }
}

/// The kinds of certificates and the formula that each implies.
const KINDS: [(&str, Formula); 6] = [
    ("благодарность", Formula::Thanks),
    ("благодарственное письмо", Formula::Letter),
    ("грамота", Formula::Awarded),
    ("почетная грамота", Formula::Awarded),
    ("диплом", Formula::Awarded),
    ("сертификат", Formula::Confirms),
];

/// The formula that a kind implies, if the kind is one of a certificate.
pub(super) fn formula_of(kind: &str) -> Option<Formula> {
    let kind = kind.trim().to_lowercase().replace('ё', "е");
    KINDS.iter().find(|(known, _)| *known == kind).map(|(_, formula)| *formula)
}

impl Certificate {
    /// All keys; those that a batch's rows give need not be there in what its certificates share.
    pub(super) fn read_fields(map: &mut Map<'_>, common: bool) -> Self {
        let kind: Option<String> =
            map.get("kind", !common, "Вид: Благодарность, Грамота, Почётная грамота, Диплом, Сертификат, Благодарственное письмо");
        let formula: Option<Formula> = map.opt(
            "formula",
            "Формула: thanks (объявляется благодарность), awarded (награждается), confirms (подтверждается), letter (письмо)",
        );
        let base = Self::default();
        let kind = kind.unwrap_or(base.kind);
        Self {
            number: map.opt("number", "Номер"),
            recipient: map
                .get("recipient", !common, "Кому: человек или коллектив, в именительном падеже")
                .unwrap_or_default(),
            formula: formula.or_else(|| formula_of(&kind)).unwrap_or(base.formula),
            reason: map.opt("for", "За что"),
            event: map.opt("event", "Мероприятие: название или подробно"),
            date: map.opt("date", "Дата: ГГГГ-ММ-ДД"),
            place: map.opt("place", "Место"),
            issuer: map.opt("issuer", "Организация, которая выдаёт"),
            signatures: map.list("signatures", "Подписи"),
            qr: map.opt("qr", "Содержание QR-кода"),
            design: map.opt("design", "Оформление").unwrap_or_default(),
            fields: map.opt("fields", "Свои поля: текст по ключу").unwrap_or_default(),
            kind,
        }
    }
}

impl Fields for Certificate {
    const NAME: &'static str = "certificate";
    const WHAT: (&'static str, &'static str) =
        ("a certificate", "Благодарность, грамота, диплом, сертификат");

    fn fields(map: &mut Map<'_>) -> Self {
        Self::read_fields(map, false)
    }

    fn check(&self, at: &At<'_>, _sound: bool) {
        if formula_of(&self.kind).is_none() && at.has(&["kind"]) && !at.has(&["formula"]) {
            let message =
                format!("what a certificate of the kind `{}` says is not known", self.kind);
            let fault = Diagnostic::error("missing-key", message)
                .hint("give it a `formula`: thanks, awarded, confirms or letter");
            at.report_key(
                "kind",
                match nearest(&self.kind, KINDS.map(|(kind, _)| kind)) {
                    Some(kind) => fault.hint(format!("or did you mean the kind «{kind}»?")),
                    None => fault,
                },
            );
        }
    }
}

/// What a certificate says of its recipient.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Formula {
    /// `thanks`: «объявляется благодарность» кому (dative).
    #[default]
    Thanks,
    /// `awarded`: «награждается» кто (nominative).
    Awarded,
    /// `confirms`: «подтверждается, что» кто (nominative).
    Confirms,
    /// `letter`: «Уважаемая Наталья Григорьевна!» (nominative, agreeing in gender).
    Letter,
}

choice!(pub Formula, "a formula", { Thanks = "thanks", Awarded = "awarded", Confirms = "confirms", Letter = "letter" });

/// Whom a certificate is given to; a bare text is the name of a person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Recipient {
    /// Whether it is an organisation or another group; then only the name, its forms and the
    /// reason matter.
    pub collective: bool,
    /// The person; of a collective, its name.
    #[serde(flatten)]
    pub person: Person,
}

impl From<Person> for Recipient {
    fn from(person: Person) -> Self {
        Self { collective: false, person }
    }
}

impl From<Collective> for Recipient {
    fn from(collective: Collective) -> Self {
        let Collective { name, forms, reason } = collective;
        Self { collective: true, person: Person { name, forms, reason, ..Person::default() } }
    }
}

impl Fields for Recipient {
    const NAME: &'static str = "recipient";
    const WHAT: (&'static str, &'static str) = ("a recipient", "Кому: человек или коллектив");
    const FROM_TEXT: Option<fn(String) -> Self> = Some(|name| Person::new(name).into());

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            collective: map.opt("collective", "true: это коллектив").unwrap_or_default(),
            person: Person::fields(map),
        }
    }
}

/// How a certificate looks. Paths are those of files beside the template.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Design {
    /// The template's name or folder.
    pub template: Option<String>,
    /// How the page stands; without it as the template has it.
    pub orientation: Option<Orientation>,
    /// The main colour, as in CSS: `#1f4e79`.
    pub color: Option<String>,
    /// A picture behind the text.
    pub background: Option<String>,
    /// A picture above the text: an emblem, a logo.
    pub logo: Option<String>,
}

impl Fields for Design {
    const NAME: &'static str = "design";
    const WHAT: (&'static str, &'static str) = ("a design", "Оформление");

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            template: map.opt("template", "Шаблон: имя или папка"),
            orientation: map.opt("orientation", "Страница: portrait или landscape"),
            color: map.opt("color", "Основной цвет, как в CSS: #1f4e79"),
            background: map.opt("background", "Фон: файл рядом с шаблоном"),
            logo: map.opt("logo", "Эмблема: файл рядом с шаблоном"),
        }
    }
}

/// What the certificates of a batch share: a certificate that need not have a recipient.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Common(pub(super) Certificate);

impl Common {
    /// The certificate that is still without its row.
    pub fn certificate(&self) -> &Certificate {
        &self.0
    }
}

impl Read for Common {
    fn read(at: &At<'_>) -> Option<Self> {
        match at.node.value {
            super::tree::Value::Map(_) => {
                let certificate = Map::read(at, |map| Certificate::read_fields(map, true));
                certificate.check(at, true);
                Some(Self(certificate))
            }
            _ => at.expected("what the certificates share (a map of keys)"),
        }
    }

    fn schema(defs: &mut super::schema::Defs) -> serde_json::Value {
        let object = defs.define("common", |defs| {
            Map::describe(
                defs,
                "Общее для всех документов партии",
                |map| Certificate::read_fields(map, true),
            )
        });
        json!(object)
    }
}
