//! People: names, posts, whose they are, and how they sign.
//!
//! The part that nearly all other parts of both models hold.

use std::ops::Range;

use serde::Serialize;

use super::read::{At, Fields, Map, Read, choice, sentence};
use super::russian::{is_key, is_one_of};
use super::schema::Defs;
use super::tree::{DataNode, DataValue, MapKey, entry, quote};
use super::who::{self, Who};
use super::{Date, Table};
use crate::diag::{Diagnostic, say};
use crate::lang::ru::{capital, uncapital};

/// A person, in the nominative. The same keys are read wherever a person is named; a bare text is
/// the name alone.
///
/// ```
/// use itog::model::Person;
/// let director = Person {
///     name: "Егорова Татьяна Вячеславовна".to_owned(),
///     post: Some("директор".to_owned()),
///     ..Person::default()
/// };
/// assert_eq!(director.post.as_deref(), Some("директор"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// «Фамилия Имя Отчество», or any part of it that is known.
    pub name: String,
    /// The parts of the name, when the data give them apart. Without them the grammar finds the
    /// parts in `name`.
    pub parts: Option<NameParts>,
    /// Needed only when the name does not tell it.
    pub gender: Option<PersonGender>,
    /// Whether the name takes case endings; `false` keeps it as it is in every case.
    pub decline: bool,
    /// Forms of the name that overrule the grammar.
    pub forms: Option<Forms>,
    /// The post, in the nominative.
    pub post: Option<String>,
    /// Forms of the post that overrule the grammar.
    pub post_forms: Option<Forms>,
    /// Whose post it is, as it is printed after the post: «Прокопьевского муниципального района».
    pub of: Option<String>,
    /// Where the person comes from, as it is printed in brackets: «ЦБС г. Мыски».
    pub from: Option<String>,
    /// What this person is thanked for.
    #[serde(rename = "for")]
    pub reason: Option<String>,
}

impl Default for Person {
    fn default() -> Self {
        Self {
            name: String::new(),
            parts: None,
            gender: None,
            decline: true,
            forms: None,
            post: None,
            post_forms: None,
            of: None,
            from: None,
            reason: None,
        }
    }
}

impl Person {
    /// A person of whom only the name is known.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

/// A group by its own title, and where it is from: «Хор «Лира», 3–4 классы, МБУ ДО «ДМШ № 12»».
fn group_of(text: &str) -> Option<(&str, &str)> {
    let (group, of) = text.split_once("», ").or_else(|| text.split_once("\", "))?;
    let first = of.split_whitespace().next()?;
    // What a public body is begins with two of these; a second group begins with another word.
    let kinds = ["БУ", "АУ", "КУ", "ОУ", "СОШ", "ДШИ", "ДМШ", "ДДТ", "ЦДТ", "ЦБС"];
    let body = first.chars().all(char::is_uppercase) && kinds.iter().any(|k| first.contains(k));
    let classes = first.starts_with(|c: char| c.is_ascii_digit()) && of.contains("клас");
    let end = text.len() - of.len() - ", ".len();
    (group.contains(' ') && (body || classes)).then(|| (&text[..end], of))
}

impl Fields for Person {
    const NAME: &'static str = "person";
    const WHAT: (&'static str, &'static str) = ("a person", "Человек");
    const FROM_TEXT: Option<fn(String) -> Self> = Some(Self::told);

    fn fields(map: &mut Map<'_>) -> Self {
        Self::read_fields(map, true)
    }

    fn listed(text: &str) -> Option<Vec<String>> {
        who::several(text).or_else(|| who::posts(text))
    }

    fn heed(&self, at: &At<'_>) {
        self.doubts(at);
    }
}

impl Person {
    /// The person of a line: «Иванова А. П., директор», «Лыков И. И. (Тайга)».
    pub(super) fn told(text: String) -> Self {
        match who::name_first(&text) {
            Some(Who { name, post, aside }) => Self { post, from: aside, ..Self::new(name) },
            // «психолог Ткаченко М. М.», with a name beyond doubt.
            // A firm «в лице директора Рожкова А. А.» is no post.
            None if (text.starts_with(char::is_lowercase) || who::is_head(&text))
                && who::post_first(&text).is_some_and(|who| who::is_sure_name(&who.name)) =>
            {
                Self::new(text).behind_its_post()
            }
            None => Self::new(text),
        }
    }

    /// The person of a line to whom something is given: «Библиотекарь Ким Юлия Олеговна», too.
    pub(super) fn given(text: String) -> Self {
        if let Some((group, of)) = group_of(&text) {
            return Self { from: Some(of.to_owned()), ..Self::new(group) };
        }
        if let Some((post, name)) = who::dative(&text).or_else(|| who::relatives(&text)) {
            return Self { post: Some(post), ..Self::new(name) };
        }
        // «Майор в отставке Ким Олег Янович, глава совета» is said on both sides of the name.
        if who::name_first(&text).is_none()
            && let Some((own, more)) = text.split_once(", ")
            && more.starts_with(char::is_lowercase)
            && who::post_first(more).is_none()
            && let Some(Who { name, post: Some(post), .. }) = who::post_first(own)
            && who::is_sure_name(&name)
        {
            let post = format!("{}, {more}", uncapital(&post));
            return Self { post: Some(post), ..Self::new(name) };
        }
        Self::told(text).behind_its_post()
    }

    /// Who is thanked, in a line of a list below the verb: «Ким Юлия Олеговна, методист, за
    /// помощь». What is no name and no body in the nominative stands in its case already.
    pub(super) fn thanked(text: &str) -> Self {
        let text = text.trim().trim_end_matches(';').trim_end();
        // A stop that is no initial's ends the line.
        let ended = text.strip_suffix('.').filter(|rest| {
            rest.rsplit([' ', '.']).next().is_some_and(|word| word.chars().count() > 2)
        });
        let text = ended.unwrap_or(text);
        let (whom, reason) = text.split_once(" за ").map_or((text, None), |(whom, reason)| {
            let whom = whom.trim_end_matches([',', '—', '–', '-', ' ', '\u{a0}']);
            (whom, Some(reason.trim().trim_end_matches('.').to_owned()))
        });
        let person = Self::given(whom.to_owned());
        let sure = person.post.is_some() || who::is_sure_name(&person.name);
        // «Губернатор Кемеровской области» is a post without a name.
        let first = whom.split_whitespace().next().unwrap_or_default();
        let body = super::act::is_body(whom) || who::is_head(&first.to_lowercase());
        if sure || body || looks_like_name(whom) && !who::is_oblique(whom) {
            let person = if body && !sure { Self::new(whom) } else { person };
            return Self { reason, ..person };
        }
        Self { decline: false, ..Self::new(text) }
    }

    /// Each of those who stand in one line: «Ким А. А., Рогов В. Л.»
    pub(super) fn each(self) -> Vec<Self> {
        match who::several(&self.name).filter(|_| self.post.is_none() && self.parts.is_none()) {
            Some(names) => names.into_iter().map(Self::told).collect(),
            None => vec![self],
        }
    }

    /// The person whose name was read with the post before it.
    fn behind_its_post(self) -> Self {
        // «Команда Ивана Петровича» is a team, and a head it has none.
        const GROUPS: [&str; 14] = [
            "семья",
            "семье",
            "команда",
            "коллектив",
            "хор",
            "ансамбль",
            "класс",
            "группа",
            "отряд",
            "школа",
            "клуб",
            "творческий",
            "супруги",
            "дуэт",
        ];
        let person = self;
        let first = person.name.split_whitespace().next().unwrap_or_default().to_lowercase();
        if person.post.is_some() || GROUPS.contains(&first.as_str()) {
            return person;
        }
        if let Some((post, name)) = who::pupil(&person.name) {
            return Self { post: Some(post), ..Self { name, ..person } };
        }
        match who::post_first(&person.name) {
            // Before a comma another one stands.
            Some(Who { name, post: Some(post), aside })
                if !name.is_empty()
                    && !person.name.contains([',', ';'])
                    && !post.contains(" и ")
                    // «Анна Павловна и Иван Петрович Смирновы»
                    && !post.ends_with(" и") =>
            {
                // It stands below the name, within the sentence; «МБУ» stays.
                let acronym = post.chars().nth(1).is_some_and(char::is_uppercase);
                let post = if acronym { post } else { uncapital(&post) };
                Self { post: Some(post), from: aside.or(person.from), ..Self::new(name) }
            }
            _ => person,
        }
    }

    /// Takes «кл. рук.» and «художественный руководитель» before the name for the post.
    pub(super) fn take_title(&mut self) {
        const SHORT: [(&str, &str); 4] = [
            ("кл. рук.", "классный руководитель"),
            ("классный рук.", "классный руководитель"),
            ("худ. рук.", "художественный руководитель"),
            ("науч. рук.", "научный руководитель"),
        ];
        if self.post.is_some() {
            return;
        }
        // The label is printed before the name: «Руководитель — Чиж Оксана».
        for label in ["руководитель", "рук.", "наставник", "тренер"] {
            let bare = self.name.to_lowercase();
            let rest = bare.strip_prefix(label).and_then(|_| self.name.get(label.len()..));
            let rest = rest.map(|rest| rest.trim_start_matches([' ', ':', '—', '–', '-']));
            if let Some(rest) = rest.filter(|rest| rest.starts_with(char::is_uppercase)) {
                self.name = rest.to_owned();
                break;
            }
        }
        let small = self.name.to_lowercase();
        let long = |title: &str| small.starts_with(title).then_some(title.len());
        let short = SHORT.iter().find_map(|(short, post)| Some((long(short)?, *post)));
        let whole = || SHORT.iter().find_map(|(_, post)| Some((long(post)?, *post)));
        if let Some((length, post)) = short.or_else(whole)
            && let Some(name) = self.name.get(length..).map(str::trim)
            && !name.is_empty()
        {
            (self.name, self.post) = (name.to_owned(), Some(post.to_owned()));
        }
    }

    /// Tells what is hardly a name as it should be printed.
    pub(super) fn doubts(&self, at: &At<'_>) {
        let (name, post) = (self.name.as_str(), self.post.as_deref().unwrap_or_default());
        if who::is_sure_name(post) && !who::is_sure_name(name) {
            let message = say!("the post is a name, {post}", post = quote(post));
            let fault = Diagnostic::warning("post-is-name", message);
            at.report_key("post", fault.hint(say!("are `post` and `name` in each other's place?")));
        }
        if name.starts_with(char::is_lowercase) {
            let words: Vec<String> = name.split_whitespace().map(capital).collect();
            let whole = words.join(" ");
            if who::is_sure_name(&whole) && name.to_lowercase() == name {
                let message = say!("{name} is printed in small letters", name = quote(name));
                let fault = Diagnostic::warning("name-small", message);
                let fault = fault.hint(say!("write {whole}", whole = quote(&whole)));
                if at.has(&["name"]) { at.report_key("name", fault) } else { at.report(fault) }
            }
        }
    }

    /// The person of a line in which the post may stand first, too: «Директор А. П. Иванова».
    pub(super) fn signing(text: &str) -> Option<Self> {
        let told = who::post_first(text).or_else(|| who::name_first(text));
        told.map(|Who { name, post, aside }| Self { post, from: aside, ..Self::new(name) })
    }

    /// All keys; where something else may say who it is, the name need not be there.
    pub(super) fn read_fields(map: &mut Map<'_>, named: bool) -> Self {
        let name = map
            .get(
                "name",
                named,
                "Фамилия Имя Отчество в именительном падеже, одной строкой или по частям",
            )
            .unwrap_or(Name::Full(String::new()));
        let parts: Option<NameParts> =
            map.opt("parts", "Части имени, если `name` записано одной строкой");
        let (name, parts) = match name {
            Name::Full(name) => (name, parts),
            Name::Parts(name) => (name.to_string(), Some(name)),
        };
        let mut person = Self {
            name,
            parts,
            gender: map.opt(
                "gender",
                "Пол: m или f, у коллектива род: m, f или n; нужен, только если не виден по имени",
            ),
            decline: map.opt("decline", "false: имя не склоняется").unwrap_or(true),
            forms: map.opt("forms", "Падежные формы имени, если грамматика ошибается"),
            post: map.opt("post", "Должность в именительном падеже"),
            post_forms: map
                .opt("post_forms", "Падежные формы должности, если грамматика ошибается"),
            of: map.opt("of", "Чья должность, как печатается после неё"),
            from: map.opt("from", "Откуда: организация, печатается в скобках"),
            reason: map.opt("for", "За что").map(|Phrase(reason)| reason),
        };
        // «Иванова А. П., директор» in `name`, where the post is nowhere else.
        if person.post.is_none() && person.parts.is_none() && person.from.is_none() {
            let told = Self::told(std::mem::take(&mut person.name));
            (person.name, person.post, person.from) = (told.name, told.post, told.from);
        }
        person
    }
}

/// A part of a sentence, or a list of its parts: «многолетний труд», «высокий профессионализм».
pub(super) struct Phrase(pub(super) String);

impl Read for Phrase {
    fn read(at: &At<'_>) -> Option<Self> {
        let DataValue::Seq(_) = &at.node.value else { return String::read(at).map(Self) };
        let all = Vec::<String>::read(at)?;
        let bare = |part: &String| part.trim_end_matches([';', ',', '.']).to_owned();
        let parts: Vec<String> = all.iter().map(bare).collect();
        let (last, before) = parts.split_last()?;
        Some(Self(match before {
            [] => last.clone(),
            before => format!("{} и {last}", before.join(", ")),
        }))
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        serde_json::json!({ "anyOf": [String::schema(defs), Vec::<String>::schema(defs)] })
    }
}

/// A name as it may be written.
enum Name {
    Full(String),
    Parts(NameParts),
}

impl Read for Name {
    fn read(at: &At<'_>) -> Option<Self> {
        match at.node.value {
            DataValue::Map(_) => NameParts::read(at).map(Self::Parts),
            _ => String::read(at).map(Self::Full),
        }
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        serde_json::json!({ "anyOf": [{ "type": "string" }, NameParts::schema(defs)] })
    }
}

/// The parts of a name, for one that the grammar cannot take apart.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct NameParts {
    /// Фамилия.
    pub last: String,
    /// Имя.
    pub first: Option<String>,
    /// Отчество.
    pub middle: Option<String>,
}

impl std::fmt::Display for NameParts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.last)?;
        [&self.first, &self.middle].into_iter().flatten().try_for_each(|part| write!(f, " {part}"))
    }
}

impl Fields for NameParts {
    const NAME: &'static str = "name-parts";
    const WHAT: (&'static str, &'static str) = ("a name", "Имя по частям");

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            last: map.need("last", "Фамилия"),
            first: map.opt("first", "Имя"),
            middle: map.opt("middle", "Отчество"),
        }
    }
}

/// The grammatical gender of a person, or of the noun that names a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PersonGender {
    /// `m`.
    Masculine,
    /// `f`.
    Feminine,
    /// `n`: «учреждение»; no person has it.
    Neuter,
}

choice!(pub PersonGender, "a gender", { Masculine = "m", Feminine = "f", Neuter = "n" });

/// Case forms that overrule the grammar; those that are not given are left to it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Forms {
    /// Genitive: кого? чего?
    #[serde(rename = "gen")]
    pub genitive: Option<String>,
    /// Dative: кому? чему?
    #[serde(rename = "dat")]
    pub dative: Option<String>,
    /// Accusative: кого? что?
    #[serde(rename = "acc")]
    pub accusative: Option<String>,
    /// Instrumental: кем? чем?
    #[serde(rename = "ins")]
    pub instrumental: Option<String>,
    /// Prepositional: о ком? о чём?
    #[serde(rename = "pre")]
    pub prepositional: Option<String>,
}

impl Fields for Forms {
    const NAME: &'static str = "forms";
    const WHAT: (&'static str, &'static str) = ("case forms", "Падежные формы");

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            genitive: map.opt("gen", "Родительный: кого? чего?"),
            dative: map.opt("dat", "Дательный: кому? чему?"),
            accusative: map.opt("acc", "Винительный: кого? что?"),
            instrumental: map.opt("ins", "Творительный: кем? чем?"),
            prepositional: map.opt("pre", "Предложный: о ком? о чём?"),
        }
    }
}

/// An organisation or another group of people, named in the nominative; a bare text is the name
/// alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Collective {
    /// The name, in the nominative.
    pub name: String,
    /// Forms of the name that overrule the grammar. The key `genitive` is short for `forms: {gen:
    /// …}`.
    pub forms: Option<Forms>,
    /// What this collective is thanked for.
    #[serde(rename = "for")]
    pub reason: Option<String>,
}

impl Fields for Collective {
    const NAME: &'static str = "collective";
    const WHAT: (&'static str, &'static str) = ("a collective", "Коллектив");
    const FROM_TEXT: Option<fn(String) -> Self> = Some(|name| Self { name, ..Self::default() });

    fn fields(map: &mut Map<'_>) -> Self {
        let name = map.need("name", "Название в именительном падеже");
        let mut forms: Option<Forms> =
            map.opt("forms", "Падежные формы названия, если грамматика ошибается");
        if let Some(genitive) =
            map.opt("genitive", "Название в родительном падеже: короче, чем forms: {gen: …}")
        {
            forms.get_or_insert_default().genitive = Some(genitive);
        }
        Self { name, forms, reason: map.opt("for", "За что") }
    }
}

/// «Директор ЦБС: Фомина Е. Е.» as the one who approves.
pub(super) fn told_post(node: &DataNode) -> Option<DataNode> {
    let text = told_pair(node)?;
    Some(DataNode::said(text, &node.range))
}

/// «{директор: Мельник С. А., дата: 29.08.2026}»: a key that is a post, with its holder's name.
pub(super) fn posted(node: &DataNode) -> Option<DataNode> {
    const BESIDE: [&str; 5] = ["by", "order", "number", "text", "address"];
    let DataValue::Map(entries) = &node.value else { return None };
    let known = |key: &str| entries.iter().any(|(own, _)| is_one_of(&own.text, &[key]));
    if known("name") || known("post") {
        return None;
    }
    let holds = |(key, node): &(MapKey, DataNode)| {
        let Some(text) = node.text() else { return false };
        is_post(&key.text)
            && !is_one_of(&key.text, &BESIDE)
            && (who::is_sure_name(text) || looks_like_name(text))
    };
    let at = entries.iter().position(holds)?;
    let mut entries = entries.clone();
    let (key, name) = entries.remove(at);
    let post = DataValue::Scalar { text: key.text.trim().to_owned(), plain: false };
    let own = |text: &str| MapKey { text: text.to_owned(), range: key.range.clone() };
    entries.push((own("post"), DataNode::new(post, key.range.clone())));
    entries.push((own("name"), name));
    Some(DataNode::new(DataValue::Map(entries), node.range.clone()))
}

/// «Секретарь: Пак Е. О.», which YAML takes for a map: a post in Russian that is no key, and whose
/// it is.
fn told_pair(node: &DataNode) -> Option<String> {
    let DataValue::Map(entries) = &node.value else { return None };
    let [(key, _)] = entries.as_slice() else { return None };
    sentence(node).filter(|_| is_post(&key.text))
}

/// Whether a key in Russian is none of a person's but a post: «Классный руководитель».
fn is_post(key: &str) -> bool {
    const OWN: [&str; 14] = [
        "name",
        "parts",
        "gender",
        "decline",
        "forms",
        "post",
        "post_forms",
        "of",
        "from",
        "for",
        "role",
        "signature",
        "stamp",
        "date",
    ];
    // «Chair: Anna Petrova» is one in English.
    (!key.is_ascii() || key.starts_with(char::is_uppercase)) && !is_one_of(key, &OWN)
}

/// A part that a person plays in the meeting: «Председательствующий», «Секретарь собрания».
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct MeetingRole {
    /// The part, in the nominative.
    pub role: String,
    /// Who plays it.
    #[serde(flatten)]
    pub person: Person,
    /// «п/п» of an extract, which is said where they sign.
    #[serde(skip)]
    pub mark: Option<String>,
}

impl Fields for MeetingRole {
    const NAME: &'static str = "role";
    const WHAT: (&'static str, &'static str) = ("a role", "Роль на заседании и кто её исполнял");

    fn fields(map: &mut Map<'_>) -> Self {
        let role = map.need("role", "Роль: Председательствующий, Секретарь");
        let mut person = Person::fields(map);
        let mark = take_mark(&mut person);
        Self {
            role,
            mark,
            // «председатель: ректор, профессор Шелковников А. И.» names the post first.
            person: match person {
                // «ведущие: Ильин А. А., Ступина В. В.» are two names, and none is a post.
                person if who::several(&person.name).is_some() => person,
                person if person.post.is_none() && person.from.is_none() => {
                    let signing = who::post_first(&person.name).and(Person::signing(&person.name));
                    signing.unwrap_or(person)
                }
                person => person,
            },
        }
    }

    fn mended(node: &DataNode) -> Option<DataNode> {
        told_pair(node)?;
        let DataValue::Map(entries) = &node.value else { return None };
        let (key, name) = entries.first()?;
        let role = entry("role", DataNode::said(key.text.as_str(), &key.range));
        let entries = vec![role, entry("name", name.clone())];
        Some(DataNode::new(DataValue::Map(entries), node.range.clone()))
    }

    fn heed(&self, at: &At<'_>) {
        self.person.doubts(at);
    }
}

/// Someone who signs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Signature {
    /// Who signs; the post stands before the signature, the name after it.
    #[serde(flatten)]
    pub person: Person,
    /// A picture of the signature: the path of a file beside the template.
    pub signature: Option<String>,
    /// A picture of the stamp.
    pub stamp: Option<String>,
    /// «п/п»: the original is signed, which an extract or a copy says in the place of a signature.
    pub mark: Option<String>,
    /// The date beside the signature: of a visa, of a certified copy.
    pub date: Option<Date>,
}

impl From<Person> for Signature {
    fn from(person: Person) -> Self {
        Self { person, ..Self::default() }
    }
}

impl Fields for Signature {
    const NAME: &'static str = "signature";
    const WHAT: (&'static str, &'static str) = ("a signature", "Подпись");
    const FROM_TEXT: Option<fn(String) -> Self> = Some(Self::from_text);

    fn fields(map: &mut Map<'_>) -> Self {
        let mut person = Person::read_fields(map, false);
        let mark = take_mark(&mut person);
        Self {
            person,
            mark: map.opt("mark", "Пометка на месте подписи в копии: п/п").or(mark),
            signature: map.opt("signature", "Изображение подписи: файл рядом с шаблоном"),
            stamp: map.opt("stamp", "Изображение печати: файл рядом с шаблоном"),
            date: map.opt("date", "Дата подписи: у визы, у заверения копии"),
        }
    }

    fn mended(node: &DataNode) -> Option<DataNode> {
        // «- Секретарь: Пак Е. О.» in a list of signatures.
        let Some(text) = told_pair(node) else { return posted(node) };
        Some(DataNode::said(text, &node.range))
    }

    fn check(&self, at: &At<'_>, _sound: bool) {
        // A post alone will do: whoever holds it signs, and the name is written in by hand.
        if !at.has(&["name", "post"]) {
            at.report(Diagnostic::error("missing-key", say!("the key `name` is missing")));
        }
    }

    fn heed(&self, at: &At<'_>) {
        self.person.doubts(at);
    }
}

impl Signature {
    /// Whether a map says by its keys who signs as what.
    pub(super) fn are_pairs(entries: &[(MapKey, DataNode)]) -> bool {
        let named = |node: &DataNode| match &node.value {
            DataValue::Scalar { .. } => true,
            DataValue::Seq(all) => {
                all.iter().all(|one| matches!(one.value, DataValue::Scalar { .. }))
            }
            _ => false,
        };
        entries.iter().all(|(key, node)| is_post(&key.text) && named(node))
    }

    /// The signatures of such a pair: of several people the first has the post, for it stands
    /// before them all.
    pub(super) fn of_pair((key, node): &(MapKey, DataNode)) -> Vec<DataNode> {
        let entry = |own: &str, node: DataNode| {
            (MapKey { text: own.to_owned(), range: key.range.clone() }, node)
        };
        let post = || {
            let text = key.text.trim().trim_end_matches(':');
            entry("post", DataNode::said(text, &key.range))
        };
        let names = match &node.value {
            DataValue::Seq(names) => names.clone(),
            // «Библиотека: {должность: директор, имя: …}»: whose post it is stands before it.
            DataValue::Map(inner) => {
                let is_post = |(key, _): &&(MapKey, DataNode)| is_key(&key.text, "post");
                let told = inner.iter().find(is_post).and_then(|(_, node)| node.text());
                let label = key.text.trim().trim_end_matches(':');
                let post = told.map_or_else(|| label.to_owned(), |post| format!("{label}: {post}"));
                let post = entry("post", DataNode::said(post, &key.range));
                let rest = inner.iter().filter(|own| !is_post(own)).cloned();
                let all = DataValue::Map(std::iter::once(post).chain(rest).collect());
                return vec![DataNode::new(all, node.range.clone())];
            }
            // «Члены жюри: Ким А. С., Рогов В. Л.»
            DataValue::Scalar { text, .. } if let Some(all) = who::several(text) => {
                all.into_iter().map(|name| DataNode::said(name, &node.range)).collect()
            }
            _ => vec![node.clone()],
        };
        let one = |(at, name): (usize, DataNode)| {
            let range = name.range.clone();
            let first = (at == 0).then(post);
            let entries = first.into_iter().chain([entry("name", name)]).collect();
            DataNode::new(DataValue::Map(entries), range)
        };
        names.into_iter().enumerate().map(one).collect()
    }

    /// Those of a line; of several behind a label the first has it: «Члены комиссии: Пак Б. Б.,
    /// Цой В. В.».
    fn of_line(line: &str, range: &Range<usize>) -> Vec<DataNode> {
        let several = line.split_once(": ").filter(|(_, names)| who::several(names).is_some());
        match several {
            Some((label, names)) => {
                let key = MapKey { text: label.trim().to_owned(), range: range.clone() };
                Self::of_pair(&(key, DataNode::said(names, range)))
            }
            None => vec![DataNode::said(line, range)],
        }
    }

    /// «[Директор, Орлова А. П.]»: posts and names by turns, in either order, which a comma has
    /// torn.
    fn by_turns(items: &[DataNode]) -> Option<Vec<DataNode>> {
        let pair = |pair: &[DataNode]| {
            let [one, other] = pair else { return None };
            let (first, second) = (one.text()?, other.text()?);
            let post = |text: &str| {
                let whole = who::post_first(text).is_some() || who::name_first(text).is_some();
                !whole && !who::is_sure_name(text) && text.chars().any(char::is_lowercase)
            };
            // Beside «Директор» a surname alone is a name: «Ким».
            let named = |text: &str, beside: &str| {
                let alone = !text.contains([' ', '.']) && text.chars().any(char::is_lowercase);
                who::is_sure_name(text) || alone && !who::is_head(text) && who::is_head(beside)
            };
            let (post, name) = match (named(first, second), named(second, first)) {
                (false, true) if post(first) => (one, other),
                (true, false) if post(second) => (other, one),
                _ => return None,
            };
            let range = one.range.start..other.range.end;
            let pair = vec![entry("post", post.clone()), entry("name", name.clone())];
            Some(DataNode::new(DataValue::Map(pair), range))
        };
        let pairs = items.chunks_exact(2);
        let whole = !items.is_empty() && pairs.remainder().is_empty();
        pairs.map(pair).collect::<Option<Vec<_>>>().filter(|_| whole)
    }

    /// Whether a text names one who signs: a body or a post, a whole name, or both in one line.
    pub(super) fn is_text(text: &str) -> bool {
        let plain = !text.contains(['.', ',', '(']) && text.starts_with(char::is_uppercase);
        let lined = bare_of_line(text).is_some();
        let named = looks_like_name(text) || post_before_given(text).is_some();
        plain || lined || named || Person::signing(text).is_some()
    }

    fn from_text(text: String) -> Self {
        // «______________ А. В. Кравчук»: the line to sign on is drawn anyway.
        let text = match bare_of_line(&text) {
            Some(name) => name.to_owned(),
            None => text,
        };
        // «Секретарь Крюк Ю. А., 12.01.2026», and in the next line: «Крюк Ю. А. 12.01.2026».
        let behind = text.rsplit_once([' ', '\n']).filter(|(_, date)| date.len() == 10);
        let dated = behind.map(|(who, date)| (who.trim_end_matches(','), date));
        let dated = dated.or_else(|| text.rsplit_once(", "));
        let dated = dated.filter(|(_, date)| date.contains(char::is_numeric));
        let dated = dated.and_then(|(who, date)| Some((who, Date::parse_any(date).ok()?)));
        if let Some((who, date)) = dated {
            let person = Self::from_text(who.trim_end().to_owned()).person;
            if !person.name.is_empty() {
                return Self { person, date: Some(date), ..Self::default() };
            }
        }
        if let Some(mut person) = Person::signing(&text) {
            let mark = take_mark(&mut person);
            return Self { person, mark, ..Self::default() };
        }
        if let Some((post, name)) = post_before_given(&text) {
            let person = Person { post: Some(post), ..Person::new(name) };
            return Self { person, ..Self::default() };
        }
        // One word with a capital is a post rather than a surname: «Директор», «Секретарь».
        let named = text.split_whitespace().count() > 1 || who::is_surname(&text);
        let person = if looks_like_name(&text) && named {
            Person::new(text)
        } else {
            Person { post: Some(text), ..Person::new(String::new()) }
        };
        Self { person, ..Self::default() }
    }
}

/// «менеджер Аня Круглова», «Методист Анна Круглова»: a post, a given name and a surname, which are
/// no surname with a given name and a patronymic.
fn post_before_given(text: &str) -> Option<(String, String)> {
    const POSTS: [&str; 7] = ["ист", "ор", "ер", "арь", "тель", "лог", "щий"];
    const ADJECTIVES: [&str; 5] = ["ой", "ая", "ого", "ых", "ный"];
    let words: Vec<&str> = text.split_whitespace().collect();
    let [post @ .., given, surname] = words.as_slice() else { return None };
    let name = |word: &str| {
        let small = word.chars().skip(1).all(|c| c.is_lowercase() || c == '-');
        word.starts_with(char::is_uppercase) && word.chars().count() > 2 && small
    };
    let ends = |word: &str, all: &[&str]| all.iter().any(|end| word.ends_with(end));
    let patronymic = ends(surname, &["вич", "ьич", "вна", "чна", "шна"]);
    let small = post.first()?.starts_with(char::is_lowercase);
    let one = post.len() == 1 && ends(post[0], &POSTS);
    let named = name(given) && name(surname) && !patronymic && !ends(given, &ADJECTIVES);
    (named && (small || one)).then(|| (post.join(" "), format!("{given} {surname}")))
}

/// Takes «п/п» off the name or the post of one who has signed the original, beside which or instead
/// of whose brackets it stands: «п/п Н. Н. Ли», «Секретарь п/п Ким», «Ли Н. Н. (подпись)».
fn take_mark(person: &mut Person) -> Option<String> {
    let is = |text: &str| text.trim().to_lowercase() == "п/п";
    if person.name.is_empty() {
        return None;
    }
    // «подпись» outside of brackets is a line to sign on.
    let aside = person.from.take_if(|from| is(from) || from.to_lowercase() == "подпись").is_some();
    let behind = person.post.take_if(|post| is(post)).is_some();
    let name = person.name.split_once(' ').filter(|(first, _)| is(first));
    let name = name.map(|(_, name)| name.trim().to_owned());
    let post = person.post.as_deref().and_then(|post| post.rsplit_once(' '));
    let post = post.filter(|(_, last)| is(last)).map(|(post, _)| post.trim().to_owned());
    let found = aside || behind || name.is_some() || post.is_some();
    person.name = name.unwrap_or_else(|| std::mem::take(&mut person.name));
    person.post = post.or(person.post.take());
    found.then(|| "п/п".to_owned())
}

/// The name behind or before the line on which its bearer signs.
fn bare_of_line(text: &str) -> Option<&str> {
    let name = text.trim_matches(|c: char| "_/ ()".contains(c)).trim();
    (text.contains("__") && who::is_sure_name(name)).then_some(name)
}

/// Those who sign, as they may be written: one, a list, a map of posts, a line for each.
pub(super) struct Signers(pub(super) Vec<Signature>);

impl Read for Signers {
    // Over 60 lines: an arm for each way in which people write who signs.
    fn read(at: &At<'_>) -> Option<Self> {
        let nodes: Vec<DataNode> = match &at.node.value {
            // «Председатель: …» and «Члены комиссии: […]» as keys of a map.
            DataValue::Map(entries) if Signature::are_pairs(entries) => {
                entries.iter().flat_map(Signature::of_pair).collect()
            }
            DataValue::Seq(items) if let Some(pairs) = Signature::by_turns(items) => pairs,
            DataValue::Seq(items) => {
                let several = |item: &DataNode| match &item.value {
                    DataValue::Seq(pair) if let Some(pairs) = Signature::by_turns(pair) => pairs,
                    DataValue::Map(entries)
                        if let [(key, DataNode { value: DataValue::Map(_), .. })] =
                            entries.as_slice()
                            && !is_one_of(&key.text, &["name", "parts", "forms", "post_forms"]) =>
                    {
                        Signature::of_pair(&entries[0])
                    }
                    // «Учреждение: заведующая Е. Л. Кравцова»: a party and who signs for it.
                    DataValue::Map(entries)
                        if let [(key, told)] = entries.as_slice()
                            && is_key(&key.text, "of")
                            && let Some(text) = told.text()
                            && (who::post_first(text).is_some() || who::is_sure_name(text)) =>
                    {
                        let label = key.text.trim().trim_end_matches(':');
                        vec![DataNode::said(format!("{label}: {text}"), &item.range)]
                    }
                    DataValue::Map(entries)
                        if Signature::are_pairs(entries)
                            && entries.iter().any(|(_, node)| {
                                let names = node.text().and_then(who::several);
                                let all =
                                    names.is_some() || matches!(node.value, DataValue::Seq(_));
                                entries.len() > 1 || all
                            }) =>
                    {
                        entries.iter().flat_map(Signature::of_pair).collect()
                    }
                    DataValue::Scalar { text, .. } => Signature::of_line(text, &item.range),
                    _ => vec![item.clone()],
                };
                items.iter().flat_map(several).collect()
            }
            // A line for each of those who sign.
            DataValue::Scalar { text, .. } if text.trim().contains('\n') => {
                let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
                lines.flat_map(|line| Signature::of_line(line, &at.node.range)).collect()
            }
            DataValue::Scalar { text, .. } if text.contains(": ") => {
                Signature::of_line(text, &at.node.range)
            }
            // «Директор Ткач И. И., завуч Пименова Л. Л.»: each with the post before the name.
            // «Белова Н. Н., Титов К. К.»: their names alone.
            DataValue::Scalar { text, .. }
                if let Some(all) = who::posts(text).or_else(|| who::several(text)) =>
            {
                let node = |line: String| DataValue::Scalar { text: line, plain: false };
                all.into_iter().map(|l| DataNode::new(node(l), at.node.range.clone())).collect()
            }
            // One signature needs no dash.
            _ => return Signature::read(at).map(|signature| Self(vec![signature])),
        };
        let all = DataNode::new(DataValue::Seq(nodes), at.node.range.clone());
        Vec::read(&At { node: &all, ..*at }).map(Self)
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        let list = Vec::<Signature>::schema(defs);
        serde_json::json!({ "anyOf": [Signature::schema(defs), list] })
    }
}

/// Someone who was not there, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Absent {
    /// Who.
    #[serde(flatten)]
    pub person: Person,
    /// Why: «болезнь», «отпуск».
    pub reason: Option<String>,
}

impl Fields for Absent {
    const NAME: &'static str = "absent";
    const WHAT: (&'static str, &'static str) = ("an absent person", "Отсутствовавший");
    const FROM_TEXT: Option<fn(String) -> Self> = Some(|text| match who::name_first(&text) {
        // «Дудник В. В. — командировка» tells why, «Дудник В. В., завхоз» who it is.
        Some(Who { name, post, aside: None }) if text.contains(['—', '–']) => {
            Self { person: Person::new(name), reason: post }
        }
        Some(Who { name, post, aside }) => {
            Self { person: Person { post, ..Person::new(name) }, reason: aside }
        }
        // «3 человека» is no name to be cut down to its initials.
        None if text.starts_with(|c: char| c.is_ascii_digit()) => {
            let parts = NameParts { last: text.clone(), ..NameParts::default() };
            Self { person: Person { parts: Some(parts), ..Person::new(text) }, reason: None }
        }
        None => Self { person: Person::new(text), reason: None },
    });

    fn listed(text: &str) -> Option<Vec<String>> {
        who::several(text)
    }

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            person: Person::fields(map),
            reason: map.opt("reason", "Причина: болезнь, отпуск; печатается в скобках"),
        }
    }
}

/// Someone who was heard, or who spoke, and what they said. A bare text is the name alone, or, if
/// it is not a name, all that is to be printed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Speaker {
    /// Who; the name is empty if `text` says it all.
    #[serde(flatten)]
    pub person: Person,
    /// What they said, to be printed after the name: «предложил признать работу
    /// удовлетворительной».
    pub text: Option<String>,
    /// The answer, if it is a question.
    pub answer: Option<String>,
    /// A table below the words; without any, the table alone.
    pub table: Option<Table>,
}

impl Speaker {
    fn from_text(text: String) -> Self {
        if looks_like_name(&text) {
            return Self { person: Person::new(text), ..Self::default() };
        }
        Self { text: Some(text), ..Self::default() }
    }
}

/// Whether a text can be a name: two or three words, or more if they are in brackets or after a
/// comma, each with a capital letter or an initial.
pub(super) fn looks_like_name(text: &str) -> bool {
    // «Иванова А. П., заведующая отделом»: the name ends at the comma.
    let name = text.split([',', '(']).next().unwrap_or_default();
    let words: Vec<&str> = name.split_whitespace().collect();
    let shout = !name.chars().any(char::is_lowercase);
    // «УКСиМП» and «МБУК» are no names, unless the whole is in capitals.
    let acronym = |word: &&str| {
        let parts = word.split(['-', '.', '\'']);
        let capitals = |part: &str| part.chars().filter(|c| c.is_uppercase()).count();
        !shout && parts.map(capitals).max().is_some_and(|count| count > 1)
    };
    let capital = |word: &&str| word.starts_with(char::is_uppercase) && !acronym(word);
    // «Мамедов Рустам Ариф оглы»: the last word of a Turkic patronymic is a small one.
    let child = |word: &str| matches!(word, "оглы" | "кызы" | "улы" | "уулу" | "гызы" | "оглу");
    let words = match words.split_last() {
        Some((last, rest)) if rest.len() > 1 && child(last) => rest.to_vec(),
        _ => words,
    };
    // «А.», «А.П.», «Дж.»: up to two initials without a space.
    let initial = |word: &&str| word.ends_with('.') && word.chars().count() <= 5;
    // Every stop must be an initial's: a sentence ends in one, too.
    let stops = words.iter().filter(|word| word.ends_with(['.', '!', '?', ':', ';'])).count();
    let initials = words.iter().filter(|word| initial(word)).count();
    // Four words hold a surname of two: «Гарсиа Маркес Габриэль Хосе». More is a list or a
    // sentence.
    (1..=4).contains(&words.len()) && words.iter().all(capital) && stops == initials
}

impl Fields for Speaker {
    const NAME: &'static str = "speaker";
    const WHAT: (&'static str, &'static str) = ("a speaker", "Выступавший");
    const FROM_TEXT: Option<fn(String) -> Self> = Some(Self::from_text);

    fn mended(node: &DataNode) -> Option<DataNode> {
        super::arrange::speaker(node)
    }

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            person: Person::read_fields(map, false),
            text: map.opt("text", "Что сказал: печатается после имени; без имени — вся строка"),
            answer: map.opt("answer", "Ответ на вопрос"),
            table: map.opt("table", "Таблица после сказанного"),
        }
    }

    fn check(&self, at: &At<'_>, _sound: bool) {
        if !at.has(&["name", "text", "table"]) {
            at.report(Diagnostic::error("missing-key", say!("neither `name` nor `text` is given")));
        }
    }
}
