//! The requisites of a document that GOST R 7.0.97-2016 describes: letterhead, addressee, stamps of
//! approval, marks.

use serde::Serialize;

use super::DateRange;
use super::order::bare_number;
use super::person::{posted, told_post};
use super::read::{At, Fields, Map, Read};
use super::russian::is_key;
use super::schema::Defs;
use super::tree::{DataNode, DataValue, MapKey, entry};
use super::{Date, Person, who};
use crate::diag::{Diagnostic, say};
use crate::lang::ru::{Case, org, post, uncapital};

/// The letterhead: who writes the document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Organization {
    /// The whole name.
    pub name: String,
    /// The organisation above it.
    pub parent: Option<String>,
    /// The short name, printed in brackets.
    pub short: Option<String>,
    /// The department that writes.
    pub unit: Option<String>,
    /// The post of the one who writes: «ДИРЕКТОР» on a letterhead of officials.
    pub officer: Option<String>,
    /// The postal address.
    pub address: Option<String>,
    /// The phone.
    pub phone: Option<String>,
    /// The address of the site.
    pub site: Option<String>,
    /// The mail address.
    pub email: Option<String>,
    /// ИНН.
    pub inn: Option<String>,
    /// КПП.
    pub kpp: Option<String>,
    /// ОГРН.
    pub ogrn: Option<String>,
    /// ОКПО.
    pub okpo: Option<String>,
    /// A picture above the name: a file beside the data or the template.
    pub emblem: Option<String>,
}

impl Fields for Organization {
    const NAME: &'static str = "organization";
    const WHAT: (&'static str, &'static str) =
        ("an organization", "Бланк: наименование организации — автора и сведения о ней");
    const FROM_TEXT: Option<fn(String) -> Self> = Some(|name| Self { name, ..Self::default() });

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            name: map.need("name", "Полное наименование организации"),
            parent: map.opt("parent", "Вышестоящая организация, учредитель"),
            short: map.opt("short", "Сокращённое наименование; печатается в скобках"),
            unit: map.opt("unit", "Структурное подразделение — автор"),
            officer: map.opt("officer", "Должность лица — автора: бланк должностного лица"),
            address: map.opt("address", "Почтовый адрес"),
            phone: map.opt("phone", "Телефон"),
            site: map.opt("site", "Адрес сайта"),
            email: map.opt("email", "Адрес электронной почты"),
            inn: map.opt("inn", "ИНН"),
            kpp: map.opt("kpp", "КПП"),
            ogrn: map.opt("ogrn", "ОГРН"),
            okpo: map.opt("okpo", "ОКПО"),
            emblem: map.opt("emblem", "Эмблема или герб: файл с изображением"),
        }
    }
}

/// Whom a letter is written to. A bare text is printed as it is, line by line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Addressee {
    /// Who, in the nominative; the name may be left out.
    #[serde(flatten)]
    pub person: Person,
    /// The organisation alone, as it is printed, or all that is to be printed.
    pub text: Option<String>,
    /// The postal address.
    pub address: Option<String>,
}

impl Fields for Addressee {
    const NAME: &'static str = "addressee";
    const WHAT: (&'static str, &'static str) = ("an addressee", "Адресат");
    const FROM_TEXT: Option<fn(String) -> Self> = Some(Self::told);

    fn mended(node: &DataNode) -> Option<DataNode> {
        posted(node).or_else(|| {
            // «организация: ООО «Мебель»» without anybody of it is the addressee itself.
            let DataValue::Map(entries) = &node.value else { return None };
            let has = |own: &str| entries.iter().any(|(key, _)| is_key(&key.text, own));
            if has("name") || has("post") || has("text") || !has("of") {
                return None;
            }
            let mut entries = entries.clone();
            let (key, _) = entries.iter_mut().find(|(key, _)| is_key(&key.text, "of"))?;
            key.text = "text".to_owned();
            Some(DataNode::new(DataValue::Map(entries), node.range.clone()))
        })
    }

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            person: Person::read_fields(map, false),
            text: map.opt("text", "Организация или весь адресат, как печатается"),
            address: map.opt("address", "Почтовый адрес"),
        }
    }

    fn check(&self, at: &At<'_>, _sound: bool) {
        if !at.has(&["name", "post", "text"]) {
            at.report(
                Diagnostic::error("missing-key", say!("the addressee is not named"))
                    .hint(say!("give a `post` and a `name`, or a `text`")),
            );
        }
    }
}

impl Addressee {
    /// Whom a text names in the nominative, as staff lists do: «Директор школы № 5 Иванова А. П.».
    /// What stands in the dative already, and an organisation, are printed as they are.
    fn told(text: String) -> Self {
        let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match who::nominative(&line) {
            Some((post, name)) => {
                let name = name.unwrap_or_default();
                Self { person: Person { name, post, ..Person::default() }, ..Self::default() }
            }
            None => Self { text: Some(many(&line).unwrap_or(text)), ..Self::default() },
        }
    }
}

/// «Родители воспитанников», «Главы администраций»: many people, who stand in the dative where one
/// would; an organisation keeps the nominative.
fn many(text: &str) -> Option<String> {
    const WHO: [&str; 24] = [
        "родители",
        "главы",
        "директора",
        "руководители",
        "заведующие",
        "начальники",
        "участники",
        "депутаты",
        "учителя",
        "педагоги",
        "жители",
        "коллеги",
        "председатели",
        "методисты",
        "воспитатели",
        "библиотекари",
        "работники",
        "сотрудники",
        "преподаватели",
        "организаторы",
        "учащиеся",
        "студенты",
        "ветераны",
        "члены",
    ];
    let first = text.split_whitespace().next()?.to_lowercase();
    let form = WHO.contains(&first.as_str()).then(|| org::inflect(text, Case::Dative))?;
    form.is_certain().then_some(form.text)
}

/// A stamp of approval or agreement: by a person, by a body or by another document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Approval {
    /// The person who approves («УТВЕРЖДАЮ»); without a name it is a body or an order.
    #[serde(flatten)]
    pub person: Person,
    /// The body that approves («УТВЕРЖДЕНО общим собранием»), in the nominative.
    pub by: Option<String>,
    /// The document that approves («УТВЕРЖДЕНО приказом директора»), in the nominative.
    pub order: Option<String>,
    /// The number of that document.
    pub number: Option<String>,
    /// When.
    pub date: Option<Date>,
}

/// Words by which a text is known to be a body and not a person.
pub(super) const BODIES: [&str; 27] = [
    "собрание",
    "совет",
    "педсовет",
    "комитет",
    "комиссия",
    "конференция",
    "съезд",
    "сход",
    "дума",
    "правление",
    "бюро",
    "президиум",
    "коллегия",
    "администрация",
    "министерство",
    "управление",
    "департамент",
    "отдел",
    "учреждение",
    "школа",
    "библиотека",
    "организация",
    "профком",
    "оргкомитет",
    "жюри",
    "заседание",
    "палата",
];

/// Documents that approve, in the nominative and the instrumental.
const DOCUMENTS: [(&str, &str); 6] = [
    ("приказ", "приказом"),
    ("распоряжение", "распоряжением"),
    ("постановление", "постановлением"),
    ("решение", "решением"),
    ("протокол", "протоколом"),
    ("письмо", "письмом"),
];

impl Approval {
    /// What a text means: a document, a body or a person.
    fn from_text(text: String) -> Self {
        let lower = text.to_lowercase();
        let document = DOCUMENTS.iter().find_map(|(nominative, instrumental)| {
            let rest = lower.strip_prefix(instrumental).or(lower.strip_prefix(nominative))?;
            let rest = text.get(text.len() - rest.len()..)?;
            // Templates decline the document, so it is kept in the nominative however it was
            // typed.
            (rest.is_empty() || rest.starts_with(' ')).then(|| format!("{nominative}{rest}"))
        });
        // «УТВЕРЖДЕНО» of a body agrees otherwise than «УТВЕРЖДАЮ» of a person (ГОСТ Р
        // 7.0.97-2016, 5.16).
        let is_body = lower.split_whitespace().any(|word| BODIES.contains(&word));
        match document {
            Some(order) => Self { order: Some(order), ..Self::default() },
            None => match Self::signed(&text) {
                Some(approval) => approval,
                None if is_body => Self::decided(text),
                None => Self { person: Person::new(text), ..Self::default() },
            },
        }
    }

    /// «Совет ветеранов, протокол № 2 от 10.01.2027»: the body, and its minutes.
    fn decided(text: String) -> Self {
        let told = text.split_once(", протокол ").or_else(|| text.split_once(" (протокол "));
        let Some((body, minutes)) = told else {
            return Self { by: Some(text), ..Self::default() };
        };
        match numbered(minutes.trim_end_matches(')')) {
            (number, Some(date)) => Self {
                by: Some(body.trim().to_owned()),
                number: Some(number),
                date: Some(date),
                ..Self::default()
            },
            _ => Self { by: Some(text), ..Self::default() },
        }
    }

    /// A stamp in one line: «Директор ЦБС ________ А. П. Иванова «___» ________ 2025 г.»
    fn signed(text: &str) -> Option<Self> {
        // «Директор Ф. Ф. Фомин, приказ № 77 от 12.10.2026»
        if let Some((line, order)) = text.split_once(", приказ ") {
            let (number, date) = numbered(order.trim_end_matches(')'));
            let number = Some(number);
            return Some(Self { person: Person::signing(line)?, number, date, ..Self::default() });
        }
        let starts =
            text.char_indices().filter(|(at, _)| text[..*at].ends_with(char::is_whitespace));
        // The date is what stands behind the name, so the longest end that is one.
        let dated = starts.map(|(at, _)| text.split_at(at));
        let dated = dated.filter(|(line, _)| !line.trim_end().ends_with(" от"));
        let date =
            dated.filter_map(|(line, end)| Some((line, Date::parse_any(end.trim()).ok()?))).next();
        let (line, date) = date.map_or((text, None), |(line, date)| (line, Some(date)));
        let line = line.trim_end().trim_end_matches(',');
        Some(Self { person: Person::signing(line)?, date, ..Self::default() })
    }
}

/// «№ 77 от 12.10.2026», «от 12.10.2026 № 77» as a number and a date.
fn numbered(text: &str) -> (String, Option<Date>) {
    let text = text.trim();
    let (number, day) = match text.split_once(" от ") {
        Some((number, day)) => (number, Some(day)),
        None => text.split_once('№').map_or((text, None), |(day, number)| {
            (number, Some(day.trim().trim_start_matches("от ")))
        }),
    };
    let date = day.and_then(|day| Date::parse_any(day.trim()).ok());
    (bare_number(number.trim_start_matches('№').trim()), date)
}

/// «{орган: педсовет, протокол: № 1 от 29.08.2026}»: the minutes are the body's.
fn minuted(entries: &[(MapKey, DataNode)], node: &DataNode) -> Option<DataNode> {
    entries.iter().find(|(key, _)| is_key(&key.text, "by"))?;
    // `number` and `date` of the approval are those of its minutes then.
    let named = |key: &MapKey| ["протокол", "протоколом"].contains(&&*key.text.to_lowercase());
    let at = entries.iter().position(|(key, _)| named(key))?;
    let DataValue::Scalar { text, .. } = &entries[at].1.value else { return None };
    let (number, date) = match text.split_once("от ") {
        Some((number, date)) => (number.trim(), Some(date.trim())),
        None => (text.trim(), None),
    };
    let range = &entries[at].1.range;
    let said = |key: &str, text: &str| entry(key, DataNode::said(text, range));
    let told = [("number", Some(number)), ("date", date)];
    let told: Vec<_> = told.into_iter().filter_map(|(key, text)| Some(said(key, text?))).collect();
    let mut entries = entries.to_vec();
    entries.splice(at..=at, told);
    Some(DataNode::new(DataValue::Map(entries), node.range.clone()))
}

impl Fields for Approval {
    const NAME: &'static str = "approval";
    const WHAT: (&'static str, &'static str) = ("an approval", "Гриф утверждения, согласования");
    const FROM_TEXT: Option<fn(String) -> Self> = Some(Self::from_text);

    fn mended(node: &DataNode) -> Option<DataNode> {
        let DataValue::Map(entries) = &node.value else { return None };
        let small = |key: &MapKey| key.text.trim().to_lowercase();
        // «орган: педсовет»: elsewhere the word is an organisation, here who approves.
        let body = |key: &MapKey| ["орган", "кем", "body"].contains(&small(key).as_str());
        let mut bodies = entries.clone();
        let named = bodies.iter_mut().find(|(key, _)| body(key));
        let named = named.map(|(key, _)| key.text = "by".to_owned()).is_some();
        if let Some(node) = minuted(&bodies, node) {
            return Some(node);
        }
        if named {
            return Some(DataNode::new(DataValue::Map(bodies), node.range.clone()));
        }
        // «приказом: директора школы» goes on after its key, and so does «приказ: отдела …».
        let order = |(key, node): &(MapKey, DataNode)| {
            let text = node.text()?;
            let said = text.to_lowercase();
            let named = DOCUMENTS.iter().any(|(noun, _)| said.starts_with(noun));
            let is = |(noun, with): &&(&str, &str)| small(key) == *noun || small(key) == *with;
            let noun = DOCUMENTS.iter().find(is).filter(|_| !named);
            noun.map(|(noun, _)| *noun)
        };
        if !entries.iter().any(|own| order(own).is_some()) {
            return if entries.len() == 1 { told_post(node) } else { posted(node) };
        }
        // «приказом: директора школы», «от: 01.09.2026»: the keys are words of the sentence.
        let mut entries = entries.clone();
        for own in &mut entries {
            let noun = order(own);
            let (key, node) = own;
            if let DataValue::Scalar { text, .. } = &mut node.value
                && let Some(noun) = noun
            {
                *text = format!("{noun} {text}");
                key.text = "order".to_owned();
            } else if small(key) == "от" {
                key.text = "date".to_owned();
            }
        }
        Some(DataNode::new(DataValue::Map(entries), node.range.clone()))
    }

    fn fields(map: &mut Map<'_>) -> Self {
        let person = Person::read_fields(map, false);
        let by: Option<String> = map.opt("by", "Орган: общее собрание, педагогический совет");
        let order: Option<String> = map.opt("order", "Документ: приказ директора библиотеки");
        let number: Option<String> = map.opt("number", "Номер этого документа или протокола");
        // «№ 12» and «12» are one number.
        let number = number.map(|number| bare_number(&number));
        let date = map.opt("date", "Дата утверждения");
        // «Приказ директора» approves as a document, whichever key it stands under.
        let document = by.clone().and_then(|by| Self::from_text(by).order);
        let (by, order) = match document.filter(|_| order.is_none()) {
            Some(document) => (None, Some(document)),
            None => (by, order),
        };
        let mut approval = Self { person, by, order, number, date };
        let names_nobody = approval.person.post.is_none() && approval.person.parts.is_none();
        // With a post there is a person, whatever the words of the name are.
        if !approval.person.name.is_empty() && names_nobody {
            let told = Self::from_text(std::mem::take(&mut approval.person.name));
            approval.person.name = told.person.name;
            approval.by = approval.by.or(told.by);
            approval.order = approval.order.or(told.order);
        }
        approval.order = approval.order.map(|order| {
            let told = Self::from_text(order.clone());
            told.order.unwrap_or(order)
        });
        approval
    }

    fn check(&self, at: &At<'_>, _sound: bool) {
        if !at.has(&["name", "by", "order", "post"]) {
            let fault = Diagnostic::error("missing-key", say!("nobody approves here"));
            at.report(fault.hint(say!(
                "give a person (`post`, `name`), a body in `by` or a document in `order`"
            )));
        }
    }
}

/// «На № … от …»: the letter that is answered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ReplyTo {
    /// Its number.
    pub number: String,
    /// Its date.
    pub date: Option<Date>,
}

impl Fields for ReplyTo {
    const NAME: &'static str = "reply-to";
    const WHAT: (&'static str, &'static str) =
        ("the letter that is answered", "Ссылка на номер и дату документа, на который отвечают");
    const FROM_TEXT: Option<fn(String) -> Self> = Some(|text| {
        let (number, date) = dated_number(&text);
        Self { number: bare_number(number), date }
    });

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            number: bare_number(&map.need::<String>("number", "Номер поступившего документа")),
            date: map.opt("date", "Дата поступившего документа"),
        }
    }
}

/// «№ 55 от 28.03.2025» as a number and a date; all of it is the number where no date ends it.
pub(super) fn dated_number(text: &str) -> (&str, Option<Date>) {
    // Only a date that can be read parts them: «№ 5 от комиссии» is all number.
    let parted = text.split_once(" от ");
    let dated = parted.and_then(|(number, day)| Some((number, Date::parse_any(day.trim()).ok()?)));
    dated.map_or((text, None), |(number, date)| (number, Some(date)))
}

/// The one who wrote a document, to be asked about it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Executor {
    /// The name, as it is printed.
    pub name: String,
    /// The post.
    pub post: Option<String>,
    /// The phone.
    pub phone: Option<String>,
    /// The mail address.
    pub email: Option<String>,
}

impl Fields for Executor {
    const NAME: &'static str = "executor";
    const WHAT: (&'static str, &'static str) = ("an executor", "Отметка об исполнителе");
    const FROM_TEXT: Option<fn(String) -> Self> = Some(|name| Self { name, ..Self::default() });

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            name: map.need("name", "Фамилия, имя, отчество, как печатаются"),
            post: map.opt("post", "Должность"),
            phone: map.opt("phone", "Телефон"),
            email: map.opt("email", "Адрес электронной почты"),
        }
    }
}

/// Who writes an application or a memo. In small letters it is what stands after «от», in the
/// genitive already: «библиотекаря Крыловой С. Ю.»
pub(super) struct Applicant(pub(super) Person);

impl Read for Applicant {
    fn read(at: &At<'_>) -> Option<Self> {
        let Some(text) = at.node.text() else {
            return Person::read(at).map(Self);
        };
        let text = text.trim();
        let text = text.strip_prefix("от ").unwrap_or(text);
        // «Пестрякова Игоря Юрьевича» is what follows «от», too.
        let oblique = |word: &str| {
            let word = word.trim_end_matches(',');
            ["овича", "евича", "ьича", "овны", "евны", "ичны"].iter().any(|end| word.ends_with(end))
        };
        // «коллектив МБУ …» is a body in the nominative, which only begins small.
        let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
        let body = BODIES.contains(&first.as_str()) || first == "коллектив" || first == "группа";
        let small = text.starts_with(char::is_lowercase) && !body && !is_in_nominative(text);
        let given = small || text.split_whitespace().any(oblique);
        if let Some((name, rest)) = apart(text).filter(|_| !given) {
            let person = Person::signing(name).unwrap_or_else(|| Person::new(name));
            return Some(Self(Person { from: Some(rest), ..person }));
        }
        let told = Person::signing(text).filter(|_| !given);
        let plain = || Person { decline: !given, ..Person::new(text) };
        let mut person = told.unwrap_or_else(plain);
        // «от заведующей филиалом»: the post stands within the sentence; «МБУ» stays.
        if let Some(post) = &mut person.post
            && post.chars().nth(1).is_some_and(char::is_lowercase)
        {
            *post = uncapital(post);
        }
        Some(Self(person))
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        Person::schema(defs)
    }
}

/// «педагог Соловьёв Д. М.», «заведующая складом Ким О. О.»: a post that is no genitive, though it
/// begins small, and a name.
fn is_in_nominative(text: &str) -> bool {
    let Some(post) = Person::signing(text).and_then(|person| person.post) else { return false };
    let first = post.split_whitespace().next().unwrap_or_default().to_lowercase();
    let ends = |all: &[&str]| all.iter().any(|end| first.ends_with(end));
    let genitive = ends(&["ов", "ев", "ых", "их"]);
    let vowel = ends(&["а", "я", "и", "ы", "у", "ю", "о", "е", "й"]);
    let adjective = ends(&["ая", "яя", "ый", "ий"]);
    (adjective || !vowel && !genitive) && post::inflect(&post, Case::Genitive, None).is_certain()
}

/// A name, and where its bearer lives or is called, in the case of what follows «от».
fn apart(text: &str) -> Option<(&str, String)> {
    const WORDS: [&str; 8] =
        ["прожива", "зарегистрирован", "тел", "адрес", "паспорт", "e-mail", "эл.", "моб"];
    let at = text.match_indices(", ").map(|(at, _)| at).find(|at| {
        let rest = text[at + 2..].to_lowercase();
        WORDS.iter().any(|word| rest.starts_with(word))
    })?;
    let rest = &text[at + 2..];
    // Participles are typed in the nominative as often as in the genitive that «от» asks for.
    let forms = [("щая", "щей"), ("щий", "щего"), ("ванная", "ванной"), ("ванный", "ванного")];
    let (first, more) = rest.split_once(' ').unwrap_or((rest, ""));
    let form = forms.iter().find_map(|(nominative, genitive)| {
        first.strip_suffix(nominative).map(|stem| format!("{stem}{genitive}"))
    });
    let first = form.unwrap_or_else(|| first.to_owned());
    Some((&text[..at], format!("{first} {more}").trim_end().to_owned()))
}

/// A line of «Приложение: …» under the text of a letter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Attachment {
    /// What is attached; nothing if the text has named it.
    pub title: Option<String>,
    /// On how many sheets.
    pub pages: Option<String>,
    /// In how many copies.
    pub copies: Option<String>,
}

impl Fields for Attachment {
    const NAME: &'static str = "attachment";
    const WHAT: (&'static str, &'static str) = ("an attachment", "Отметка о приложении");
    const FROM_TEXT: Option<fn(String) -> Self> =
        Some(|title| Self { title: Some(title), ..Self::default() });

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            title: map.opt("title", "Название; не нужно, если приложение названо в тексте"),
            pages: map.opt("pages", "Число листов"),
            copies: map.opt("copies", "Число экземпляров"),
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
    /// A picture in the mark: an emblem.
    pub emblem: Option<String>,
}

impl Fields for ESignature {
    const NAME: &'static str = "e-signature";
    const WHAT: (&'static str, &'static str) =
        ("an electronic signature", "Отметка об электронной подписи");

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            certificate: map.need("certificate", "Номер сертификата"),
            owner: map.need("owner", "Владелец"),
            valid: map.opt("valid", "Срок действия: 01.02.2024–01.05.2025"),
            emblem: map.opt("emblem", "Эмблема в отметке: файл с изображением"),
        }
    }
}
