//! A certificate: what it says, of whom, and how it looks.
//!
//! The second of the two models: what YAML or a row of a table becomes.

use std::collections::BTreeMap;

use serde::Serialize;

use super::kind::{self, formula_of, language_of};
use super::order::bare_number;
use super::person::{Phrase, Signers};
use super::read::{At, Fields, Map, Read, choice};
use super::recipient::{Lines, OneOrMore, Recipient, Recipients};
use super::tree::{DataNode, quote};
use super::{Appearance, Date, DateRange, Event, Order, Person, Signature};
use super::{arrange, cell};
use crate::diag::{Diagnostic, Language, nearest, say};
use crate::lang::ru::{capital, uncapital};
mod accusative;
mod common;
mod reason;
pub(super) mod usual;

pub use common::Common;
use reason::{after_opening, after_za, is_address, is_done, is_field, is_occasion};
pub(super) use reason::{is_clause, named_clause};

/// A certificate: благодарность, грамота, диплом, сертификат, благодарственное письмо.
///
/// What templates see of it is described in the [module's](super) tables.
///
/// ```
/// use itog::model::{Certificate, Person};
/// let anna = Person { name: "Ким Анна Олеговна".to_owned(), ..Person::default() };
/// let thanks = Certificate::builder().set("kind", "Благодарность").set("recipient", anna);
/// let thanks = thanks.set("for", "помощь в конкурсе").build()?.value;
/// assert_eq!(thanks.kind, "Благодарность");
/// # Ok::<(), itog::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Certificate {
    /// «Благодарность», «Почётная грамота», «Диплом победителя».
    pub kind: String,
    /// The language of its formulas and dates.
    pub lang: Language,
    /// The series of the number.
    pub series: Option<String>,
    /// The number, as written, without the sign «№».
    pub number: Option<String>,
    /// The degree or place: «I степени», «2 место», «лауреат».
    pub degree: Option<String>,
    /// Whom it is given to.
    pub recipient: Recipient,
    /// What it says of the recipient, which decides the case.
    pub formula: Formula,
    /// What it is given for: what stands after «за».
    #[serde(rename = "for")]
    pub reason: Option<String>,
    /// What it says in words of its own: the paragraphs of a letter, the clause after
    /// «подтверждается, что».
    pub text: Vec<String>,
    /// How a letter begins, where it is not to be found by the recipient's name.
    pub salutation: Option<String>,
    /// The event on whose occasion it is given.
    pub event: Option<Event>,
    /// The nomination, without quotes.
    pub nomination: Option<String>,
    /// The age group.
    pub age_group: Option<String>,
    /// The title of the work, without quotes.
    pub work: Option<String>,
    /// The score.
    pub score: Option<String>,
    /// Who led the recipient.
    pub leader: Vec<Person>,
    /// Who taught the recipient.
    pub teacher: Vec<Person>,
    /// The programme of training, without quotes.
    pub programme: Option<String>,
    /// How many hours it took.
    pub hours: Option<String>,
    /// When the training took place.
    pub period: Option<DateRange>,
    /// The order by which it is given.
    pub order: Option<Order>,
    /// Lines of your own, printed after all other facts.
    pub lines: Vec<String>,
    /// The date of the certificate.
    pub date: Option<Date>,
    /// The town.
    pub place: Option<String>,
    /// The year, where there is no date, or the school year beside it: «2025/2026».
    pub year: Option<String>,
    /// The organisation that gives it.
    pub issuer: Option<String>,
    /// Who signs.
    pub signatures: Vec<Signature>,
    /// What the QR code says, if there is to be one.
    pub qr: Option<String>,
    /// The signed text of its facts, for a QR code of its own and for the files.
    pub signed: Option<String>,
    /// A photograph of the recipient or the event: the path of a file beside the template.
    pub photo: Option<String>,
    /// How it looks.
    pub design: Appearance,
    /// Texts for a template of your own.
    pub fields: BTreeMap<String, String>,
}

impl Default for Certificate {
    /// A «Благодарность» to nobody yet.
    fn default() -> Self {
        Self {
            kind: "Благодарность".to_owned(),
            lang: Language::Russian,
            series: None,
            number: None,
            degree: None,
            recipient: Recipient::default(),
            formula: Formula::Thanks,
            reason: None,
            text: Vec::new(),
            salutation: None,
            event: None,
            nomination: None,
            age_group: None,
            work: None,
            score: None,
            leader: Vec::new(),
            teacher: Vec::new(),
            programme: None,
            hours: None,
            period: None,
            order: None,
            lines: Vec::new(),
            date: None,
            place: None,
            year: None,
            issuer: None,
            signatures: Vec::new(),
            qr: None,
            signed: None,
            photo: None,
            design: Appearance::default(),
            fields: BTreeMap::new(),
        }
    }
}

/// What `formula` may be, for the schema.
const FORMULAS: &str = "Формула: thanks (объявляется благодарность), awarded (награждается), \
    presented (вручается), grateful (благодарим), confirms (подтверждается, что), \
    certifies (настоящим удостоверяется, что), issued (выдаётся … о том, что), \
    letter (письмо), named (одно имя)";

impl Certificate {
    /// All keys; those that a batch's rows give need not be there in what its certificates share.
    // Over 60 lines: one line for each key, in the order in which they are described.
    pub(super) fn read_fields(map: &mut Map<'_>, common: bool) -> Self {
        // What a batch shares need not name a kind: its rows may.
        let kind: Option<String> = map.get(
            "kind",
            !common,
            "Вид: Благодарность, Почётная грамота, Диплом победителя, Сертификат участника …",
        );
        let formula: Option<Formula> = map.opt("formula", FORMULAS);
        let base = Self::default();
        let kind = kind.unwrap_or(base.kind);
        // «Диплом» is awarded, «Сертификат» confirms: most data need no formula.
        let implied = formula_of(&kind).map(|(formula, _)| formula);
        let many = |map: &mut Map<'_>, key, doc| -> Vec<Person> {
            let all = map.opt::<OneOrMore<Person>>(key, doc).map_or_else(Vec::new, |all| all.0);
            all.into_iter().flat_map(Person::each).collect()
        };
        let lines = |map: &mut Map<'_>, key, doc| {
            map.opt::<Lines>(key, doc).map_or_else(Vec::new, |lines| lines.0)
        };
        let mut read = Self {
            lang: map
                .opt("lang", "Язык формул и дат: ru или en; без него по виду")
                .unwrap_or_else(|| language_of(&kind)),
            series: map.opt("series", "Серия"),
            number: map.opt("number", "Номер"),
            degree: map.opt("degree", "Степень или место: I степени, 2 место, лауреат"),
            recipient: map
                .get::<Recipients>(
                    "recipient",
                    !common,
                    "Кому: человек, несколько человек или коллектив, в именительном падеже",
                )
                .map_or_else(Recipient::default, |recipient| recipient.0),
            formula: formula.or(implied).unwrap_or(base.formula),
            reason: map.opt("for", "За что: то, что стоит после «за»").map(|Phrase(reason)| reason),
            text: lines(map, "text", "Текст письма; у сертификата то, что стоит после «что»"),
            salutation: map.opt("salutation", "Обращение письма; без него по имени"),
            event: map.opt("event", "Мероприятие: название или подробно"),
            nomination: map.opt("nomination", "Номинация, без кавычек"),
            age_group: map.opt("age_group", "Возрастная группа"),
            work: map.opt("work", "Название работы, без кавычек"),
            score: map.opt("score", "Баллы или результат"),
            leader: many(map, "leader", "Руководитель: один или несколько"),
            teacher: many(map, "teacher", "Учитель: один или несколько"),
            programme: map.opt("programme", "Программа обучения, без кавычек"),
            hours: map.opt("hours", "Сколько часов"),
            period: map.opt("period", "Когда проходило обучение: 12.05.2025–14.05.2025"),
            order: map.opt("order", "Приказ, по которому выдаётся: текст или номер и дата"),
            lines: lines(map, "lines", "Свои строки: печатаются после всего остального"),
            date: map.opt("date", "Дата: 14.05.2025, 14 мая 2025 г., май 2025"),
            place: map.opt("place", "Населённый пункт"),
            year: map.opt("year", "Год, если нет даты, или учебный год"),
            issuer: map.opt("issuer", "Организация, которая выдаёт"),
            signatures: map.opt("signatures", "Подписи").map_or_else(Vec::new, |Signers(all)| all),
            qr: map.opt("qr", "Содержание QR-кода"),
            signed: map.opt("signed", "Подписанный текст, который делает batch --sign"),
            photo: map.opt("photo", "Фотография: файл рядом с данными"),
            design: map.opt("design", "Оформление").unwrap_or_default(),
            fields: map.opt("fields", "Свои поля: текст по ключу").unwrap_or_default(),
            kind,
        };
        for (key, people) in [("teacher", &mut read.teacher), ("leader", &mut read.leader)] {
            if let Some(written) = map.written(key) {
                cell::in_role(people, &written);
            }
        }
        read.lines.extend(own_lines(map, common));
        if read.design.template.is_none() {
            read.design.template = kind::design_of(&read.kind).map(str::to_owned);
        }
        // First what stands in the fields, then all of it is brought into one form.
        read.lift_fields();
        read.settle();
        read
    }

    /// Takes fields that are facts by their names: «Руководитель», «Номинация».
    fn lift_fields(&mut self) {
        for (name, value) in std::mem::take(&mut self.fields) {
            // Not at commas: «Иванова А. П., учитель» is one person.
            let people = || value.split(['\n', ';']).map(|one| Person::new(one.trim())).collect();
            let fact = match name.trim().trim_end_matches(':').to_lowercase().as_str() {
                "руководитель" | "руководители" | "научный руководитель" | "наставник"
                    if self.leader.is_empty() =>
                {
                    self.leader = people();
                    continue;
                }
                "учитель" | "учителя" | "педагог" if self.teacher.is_empty() =>
                {
                    self.teacher = people();
                    continue;
                }
                // People copy the heads of their tables: a fact that has its own key is printed
                // where the design has its place.
                "степень" | "результат" => &mut self.degree,
                "номинация" => &mut self.nomination,
                "возрастная группа" | "возрастная категория" => {
                    &mut self.age_group
                }
                "работа" | "название работы" => &mut self.work,
                "баллы" | "количество баллов" => &mut self.score,
                "программа" => &mut self.programme,
                "часы" | "количество часов" => &mut self.hours,
                "класс" => &mut self.recipient.class,
                "школа" => &mut self.recipient.school,
                _ => {
                    self.fields.insert(name, value);
                    continue;
                }
            };
            match fact {
                // Given twice: the key counts, and the field stays for the template to print.
                Some(_) => drop(self.fields.insert(name, value)),
                None => *fact = Some(value),
            }
        }
    }

    /// Puts in order what people write in more ways than one: a number with its sign, a reason
    /// with its «за», a rank where a town stands, as «Место» of a contest's table has it.
    pub(super) fn settle(&mut self) {
        for number in [&mut self.number, &mut self.series].into_iter().flatten() {
            *number = bare_number(number);
        }
        for reason in [&mut self.reason, &mut self.recipient.person.reason].into_iter().flatten() {
            *reason = after_za(reason);
            if self.lang == Language::Russian {
                *reason = accusative::accusative(reason);
            }
        }
        // A sentence of its own is what the letter says, not what stands after «за».
        // «В связи с юбилеем» stands by itself too: «за в связи» is no Russian.
        let clause = matches!(self.formula, Formula::Confirms | Formula::Certifies);
        let alone = |reason: &mut String| {
            is_address(reason) || !clause && (is_occasion(reason) || is_field(reason))
        };
        if let Some(sentence) = self.reason.take_if(alone) {
            self.text.insert(0, sentence);
        }
        self.kind = kind::with_degree(&self.kind);
        if self.lang == Language::Russian {
            self.year = self.year.take().map(|year| years(&year).unwrap_or(year));
        }
        // A date has its year already.
        let of_date = self.date.map(|date| date.year().to_string());
        self.year.take_if(|year| {
            let digits = year.trim_matches(|c: char| !c.is_ascii_digit());
            of_date.as_deref() == Some(digits)
        });
        self.settle_languages();
        self.settle_greeting();
        self.settle_sentences();
        if let Some(salutation) = &mut self.salutation
            && salutation.ends_with(char::is_alphabetic)
        {
            salutation.push(if self.lang == Language::English { ',' } else { '!' });
        }
        self.settle_marks();
        self.settle_text();
        self.settle_facts();
        // `place: 1` means a place won; a town is never a number.
        if self.degree.is_none() && self.place.as_deref().is_some_and(kind::is_rank) {
            self.degree = self.place.take().map(|rank| kind::place_won(&rank));
        } else if let Some(degree) = &mut self.degree
            && let Some(rank) = self.place.take_if(|place| kind::is_rank(place))
        {
            // A degree and a place won beside it are both said.
            let place = kind::place_won(&rank);
            *degree = format!("{}, {place}", kind::degree(degree, "степени"));
        }
        self.degree = self.degree.take().map(|degree| kind::degree(&degree, "степени"));
        self.settle_part();
    }

    /// What is said of the recipient and the work, as it is printed.
    fn settle_facts(&mut self) {
        // «Ансамбль «Рябинушка» (руководитель Ким Анна)»
        let person = &mut self.recipient.person;
        if let Some((name, leader)) = cell::led(&person.name) {
            person.name = name.to_owned();
            self.leader.push(leader);
        }
        for leader in &mut self.leader {
            leader.take_title();
        }
        // The quotes are printed: «Мой лес» is as good as Мой лес.
        if let Some(work) = &mut self.work
            && let Some(bare) = work.strip_prefix('«').and_then(|bare| bare.strip_suffix('»'))
            && !bare.contains(['«', '»'])
        {
            *work = bare.to_owned();
        }
        // «3 кл.» is printed whole.
        let people = self.recipient.people.iter_mut().map(|one| &mut one.class);
        for class in people.chain([&mut self.recipient.class]).flatten() {
            if let Some(bare) = [" кл.", " кл"].iter().find_map(|end| class.strip_suffix(end)) {
                *class = format!("{bare} класс");
            } else if let Some(bare) = class.strip_prefix("гр.") {
                *class = format!("группа {}", bare.trim_start());
            }
        }
        // «9 лет» is an age, as «9» is.
        if let Some(age) = &mut self.age_group
            && let Some(bare) = [" лет", " год", " года"].iter().find_map(|e| age.strip_suffix(e))
            && bare.bytes().all(|byte| byte.is_ascii_digit())
        {
            *age = bare.to_owned();
        }
    }

    /// «Иванов Сергей / Sergey Ivanov», «форум «Мост» / Forum "Bridge"»: the Latin half has a line
    /// of its own, and the Russian one is declined without it.
    fn settle_languages(&mut self) {
        let halves = |text: &str| {
            let (own, other) = text.split_once(" / ")?;
            let mut letters = other.chars().filter(|c| c.is_alphabetic()).peekable();
            let latin = letters.peek().is_some() && letters.all(|c| c.is_ascii());
            let both = latin && own.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
            both.then(|| (own.trim().to_owned(), other.trim().to_owned()))
        };
        let person = &mut self.recipient.person;
        if person.from.is_none()
            && let Some((own, other)) = halves(&person.name)
        {
            (person.name, person.from) = (own, Some(other));
        }
        if let Some(event) = &mut self.event
            && let Some((own, other)) = halves(&event.name)
        {
            event.name = own;
            self.lines.push(other);
        }
    }

    /// «Уважаемые коллеги! Благодарим вас …»: a letter that begins with its salutation.
    fn settle_greeting(&mut self) {
        const GREETS: [&str; 6] =
            ["Уважаем", "Глубокоуважаем", "Многоуважаем", "Дорог", "Милы", "Dear "];
        if self.formula != Formula::Letter || self.salutation.is_some() {
            return;
        }
        let Some(text) = self.text.first_mut() else { return };
        let end = match text.find(['!', '\n']) {
            Some(end) => end + 1,
            None if text.starts_with("Dear ") => match text.find(',') {
                Some(end) => end + 1,
                None => return,
            },
            None => return,
        };
        // Farther on the sign ends a sentence of the letter.
        let (greeting, rest) = text.split_at(end);
        let short = greeting.split_whitespace().count() <= 8;
        if short && GREETS.iter().any(|word| greeting.starts_with(word)) {
            self.salutation = Some(greeting.trim_end().to_owned());
            *text = capital(rest.trim_start());
            self.text.retain(|text| !text.is_empty());
        }
    }

    /// «благодарим за сотрудничество» is a letter by itself, and a sentence.
    fn settle_sentences(&mut self) {
        if self.formula != Formula::Letter || self.lang != Language::Russian {
            return;
        }
        if let Some(first) = self.text.first_mut() {
            *first = capital(first);
        }
        for text in &mut self.text {
            let open = text.ends_with(|c: char| c.is_alphabetic() || c == '»');
            if open && text.split_whitespace().count() > 2 {
                text.push('.');
            }
        }
    }

    /// «Место: участие» of a table is no degree, but what it is given for.
    fn settle_part(&mut self) {
        const PART: [&str; 4] = ["участие", "за участие", "participation", "for participation"];
        let took = |degree: &mut String| PART.contains(&degree.trim().to_lowercase().as_str());
        let Some(part) = self.degree.take_if(took) else { return };
        // What confirms says «принял участие» by itself.
        let confirms = matches!(self.formula, Formula::Confirms | Formula::Certifies);
        let says = self.reason.is_some() || !self.text.is_empty();
        if !confirms && !says && self.recipient.person.reason.is_none() {
            let english = self.lang == Language::English;
            drop(part);
            self.reason = Some(if english { "participation" } else { "участие" }.to_owned());
        }
    }

    /// «отлично», «зачтено» and «98 баллов» are a result, and no degree of a diploma.
    fn settle_marks(&mut self) {
        const MARKS: [&str; 6] =
            ["отличн", "хорош", "удовлетворительн", "зачтен", "зачет", "пройден"];
        let is_mark = |degree: &mut String| {
            let small = degree.to_lowercase().replace('ё', "е");
            MARKS.iter().any(|mark| small.starts_with(mark))
                || small.contains(" балл")
                || is_measured(&small)
        };
        if self.score.is_none() {
            self.score = self.degree.take_if(is_mark);
        }
        // After «в объёме»: «144 академических часов».
        if let Some(hours) = &mut self.hours
            && let Some(stem) = hours.strip_suffix(" часа")
            && let Some(number) = stem.split(' ').next()
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && !number.ends_with('1')
            && stem.contains(' ')
        {
            *hours = format!("{stem} часов");
        }
    }

    /// Settles what the text shows of the formula: «за участие», «о том, что», «Благодарим Вас».
    fn settle_text(&mut self) {
        // «24 часа» and «36 ч.» are numbers, whatever case their noun asks for.
        if let Some(hours) = &mut self.hours {
            let digits = hours.trim_end_matches(|c: char| !c.is_ascii_digit());
            let noun = hours[digits.len()..].trim().to_lowercase();
            let plain = digits.bytes().all(|byte| byte.is_ascii_digit());
            if plain && !digits.is_empty() && noun.starts_with('ч') && !noun.contains(' ') {
                *hours = digits.to_owned();
            }
        }
        // «… в объёме 16 часов» says it already.
        let said = |hours: &mut String| {
            let all = self.text.iter().chain(&self.reason).chain(&self.lines);
            all.into_iter().any(|text| says_hours(text, hours))
        };
        self.hours.take_if(said);
        let confirms = matches!(self.formula, Formula::Confirms | Formula::Certifies);
        // «за участие …» and «прохождение …» are no clause after «что», but what it is given for.
        if confirms && self.reason.is_none() && self.text.first().is_some_and(|text| is_done(text))
        {
            self.reason = Some(after_za(&self.text.remove(0)));
        }
        // «Настоящим подтверждается, что …», «Дана в том, что …»: the formula says it already.
        if let Some(text) = self.text.first_mut()
            && self.formula != Formula::Letter
            && let Some((issued, rest)) = after_opening(text, &self.recipient.person.name)
        {
            *text = if issued { format!("в том, что {rest}") } else { rest };
            if !confirms {
                self.formula = Formula::Confirms;
            }
        }
        // «Выражаем Вам благодарность» speaks to whom it thanks, as a letter does.
        if self.formula == Formula::Thanks && self.text.first().is_some_and(|text| is_address(text))
        {
            self.formula = Formula::Letter;
        }
        // «О том, что она прочитала …»: the sentence begins with to whom it is given.
        let that = |text: &String| {
            // «О присвоении разряда» tells what it is about, and needs a verb before it.
            ["о ", "О ", "об ", "Об ", "в том", "В том"].iter().any(|w| text.starts_with(w))
        };
        // «Ей присвоено звание», «она прошла»: a sentence of its own about whoever is named.
        if confirms && let Some(text) = self.text.first_mut() {
            const PRONOUNS: [&str; 6] = ["ей ", "ему ", "им ", "она ", "он ", "они "];
            let small = text.to_lowercase();
            if PRONOUNS.iter().any(|pronoun| small.starts_with(pronoun)) {
                *text = format!("о том, что {}", uncapital(text));
            }
        }
        if matches!(self.formula, Formula::Confirms | Formula::Certifies)
            && self.text.first().is_some_and(that)
        {
            self.formula = Formula::Issued;
        }
    }

    /// Reports what is given and has no place where the parts of a bought form have places.
    fn check_places(&self, at: &At<'_>) {
        let Some(places) = &self.design.places else { return };
        let texts = !self.text.is_empty() || self.reason.is_some() || self.event.is_some();
        let rows = [
            ("name", "recipient", places.name.is_none(), true),
            (
                "text",
                if self.reason.is_some() { "for" } else { "text" },
                places.text.is_none(),
                texts,
            ),
            ("number", "number", places.number.is_none(), self.number.is_some()),
            ("date", "date", places.date.is_none(), self.date.is_some()),
            ("signatures", "signatures", places.signatures.is_none(), !self.signatures.is_empty()),
            ("qr", "qr", places.qr.is_none(), self.qr.is_some()),
        ];
        for (place, key, _, _) in rows.into_iter().filter(|(.., none, given)| *none && *given) {
            let what = say!("`{key}` has no place on the form and is not printed", key);
            let hint = say!("give it one, `{place}`, in `places` of the design", place);
            at.report_key(key, Diagnostic::warning("form-place", what).hint(hint));
        }
    }

    /// Reports a kind of which nothing is known.
    fn check_kind(&self, at: &At<'_>) {
        // A kind that is missing has been reported by itself.
        if formula_of(&self.kind).is_some() || !at.has(&["kind"]) || at.has(&["formula"]) {
            return;
        }
        let message =
            say!("what a certificate of the kind `{kind}` says is not known", kind = self.kind);
        let fault = Diagnostic::error("missing-key", message)
            .hint(say!(
                "give it a `formula`: thanks (объявляется благодарность), awarded \
                 (награждается), presented (вручается), grateful (благодарим), confirms \
                 (подтверждается, что), certifies (удостоверяется, что) or letter"
            ))
            .hint(say!("or a kind that begins like {usual}", usual = kind::USUAL.join(", ")));
        at.report_key(
            "kind",
            match nearest(&self.kind, kind::USUAL) {
                Some(kind) => fault.hint(say!("did you mean the kind «{kind}»?", kind)),
                None => fault,
            },
        );
    }
}

/// Whether a text says how many hours it took: «16 ч.», «16 академических часов» of 16.
fn says_hours(text: &str, hours: &str) -> bool {
    let digits = hours.trim_end_matches(|c: char| !c.is_ascii_digit());
    let mut words = text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '(' | ')'));
    let next = words.clone().skip(1).chain([""]);
    !digits.is_empty()
        && words.by_ref().zip(next).any(|(word, next)| {
            word == digits && (next.starts_with('ч') || next.starts_with("акад"))
        })
}

/// «125 см», «3:12,4», «8,41 с»: what was jumped, run or lifted.
fn is_measured(text: &str) -> bool {
    const UNITS: [&str; 15] = [
        "см",
        "м",
        "км",
        "мин",
        "сек",
        "с",
        "кг",
        "г",
        "раз",
        "раза",
        "%",
        "очк",
        "очко",
        "очка",
        "очков",
    ];
    // «8/10», «18 из 20»
    let share = text.split_once('/').or_else(|| text.split_once(" из "));
    // «6,5 очка из 9»
    let bare = |text: &str| text.split(" очк").next().unwrap_or_default().to_owned();
    let number = |text: &str| bare(text).trim().replace(',', ".").parse::<f64>().is_ok();
    if share.is_some_and(|(part, whole)| number(part) && number(whole)) {
        return true;
    }
    let digits = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let unit = text[digits.len()..].trim().trim_end_matches('.');
    let numbers = digits.split([':', ',', '.', ' ']).all(|n| n.parse::<u32>().is_ok());
    // A whole number of up to two digits with «м» is a place.
    let exact = digits.contains([':', ',', '.']) || digits.len() > 2;
    numbers && (UNITS.contains(&unit) && (unit != "м" || exact) || digits.contains(':'))
}

/// Facts of which the data have no key: «Концертмейстер: Дрозд Пётр», each a line of its own. What
/// a batch shares has other keys beside these, so that only usual ones are lines there: «учебный
/// год».
fn own_lines(map: &mut Map<'_>, common: bool) -> Vec<String> {
    let mut lines = Vec::new();
    for (_, at, key) in map.others(|key| common && !usual::is_line(key)) {
        let Some(text) = OneOrMore::<String>::read(&at).map(|all| all.0.join(", ")) else {
            continue;
        };
        if !usual::is_line(&key.text) {
            let what = say!("the key {name} became a line of its own", name = quote(&key.text));
            let hint = say!("if you meant another key, write that one");
            map.told_other(key, what, hint);
        }
        let label = key.text.trim().trim_end_matches(':');
        // «Действителен до …» goes on as a sentence.
        let ends = label.rsplit(' ').next().unwrap_or_default();
        let sign = if ["до", "с", "от", "по", "за", "на", "для"]
            .contains(&ends.to_lowercase().as_str())
        {
            ""
        } else {
            ":"
        };
        lines.push(format!("{}{sign} {text}", capital(label)));
    }
    lines
}

impl Fields for Certificate {
    const NAME: &'static str = "certificate";
    const WHAT: (&'static str, &'static str) =
        ("a certificate", "Благодарность, грамота, диплом, сертификат");

    fn fields(map: &mut Map<'_>) -> Self {
        Self::read_fields(map, false)
    }

    fn mended(node: &DataNode) -> Option<DataNode> {
        arrange::certificate(node)
    }

    fn check(&self, at: &At<'_>, _sound: bool) {
        self.check_kind(at);
        // «за прошёл обучение» would stand on every certificate of the batch.
        let clause = self.reason.as_deref().filter(|reason| is_clause(reason));
        if let Some(reason) = clause.filter(|_| self.lang == Language::Russian) {
            let message =
                say!("`for` is what stands after «за», and «за {reason}» is not Russian", reason);
            at.report_key(
                "for",
                Diagnostic::error("wrong-value", message)
                    .hint(say!("a clause with a verb is the `text`: text: прошёл(ла) обучение …")),
            );
        }
        // Thanks «в организации праздника» say that something was done, and not what.
        let bare = self.text.first().filter(|text| at.has(&["for"]) && is_field(text));
        let thanks = matches!(self.formula, Formula::Thanks | Formula::Grateful);
        if let Some(reason) = bare.filter(|_| thanks && self.lang == Language::Russian) {
            let message = say!("«за {reason}» is not Russian: it is printed without «за»", reason);
            let hint = say!("write what for: «помощь {reason}», «участие {reason}»", reason);
            at.report_key("for", Diagnostic::warning("reason-form", message).hint(hint));
        }
        self.check_places(at);
        let says = !self.text.is_empty() || self.reason.is_some();
        // A warning only: a letterhead to be filled in by hand may be meant.
        if self.formula == Formula::Letter && !says && at.has(&["kind"]) && at.has(&["recipient"]) {
            let message = say!("the letter is empty: it has neither `text` nor `for`");
            at.report(Diagnostic::warning("letter-empty", message).hint(say!(
                "write the letter into `text`, or what you are grateful for into `for`"
            )));
        }
    }
}

/// What a certificate says of its recipient.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Formula {
    /// `thanks`: «объявляется благодарность» кому (dative).
    #[default]
    Thanks,
    /// `awarded`: «награждается» кто (nominative).
    Awarded,
    /// `presented`: «вручается» кому (dative).
    Presented,
    /// `grateful`: «благодарим» кого (accusative).
    Grateful,
    /// `confirms`: «настоящим подтверждается, что» кто (nominative) and what he or she did.
    Confirms,
    /// `certifies`: «настоящим удостоверяется, что» кто (nominative).
    Certifies,
    /// `issued`: «выдаётся» кому (dative), «о том, что …».
    Issued,
    /// `letter`: «Уважаемая Наталья Григорьевна!» (nominative, agreeing in gender).
    Letter,
    /// `named`: the name alone, as on a badge or a place card.
    Named,
}

choice!(pub Formula, "a formula", {
    Thanks = "thanks",
    Awarded = "awarded",
    Presented = "presented",
    Grateful = "grateful",
    Confirms = "confirms",
    Certifies = "certifies",
    Issued = "issued",
    Letter = "letter",
    Named = "named",
});

choice!(pub Language, "a language", { Russian = "ru", English = "en" });

/// Two years with their noun: «2025/2026», «2025-26» is a school year, «2024–2026» are years.
fn years(text: &str) -> Option<String> {
    let (first, last) = text.split_once(['/', '–', '-'])?;
    let (first, last) = (first.trim(), last.trim());
    let (from, to) = (first.parse::<u16>().ok()?, last.parse::<u16>().ok()?);
    let to = if last.len() == 2 { from / 100 * 100 + to } else { to };
    match to.checked_sub(from)? {
        1 => Some(format!("{} учебный год", text.trim().replace('-', "–"))),
        0 => None,
        _ => Some(format!("{} годы", text.trim().replace('-', "–"))),
    }
}
