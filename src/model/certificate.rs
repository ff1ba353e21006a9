//! A certificate: what it says, of whom, and how it looks.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json;

use super::arrange;
use super::column::Column;
use super::kind::{self, formula_of, language_of};
use super::person::{Phrase, Signers};
use super::read::{At, Fields, Map, Read, choice, find_word};
use super::recipient::{Lines, OneOrMore, Recipient, Recipients};
use super::tree::{DataNode, quote};
use super::{Date, DateRange, Event, Orientation, Person, Signature};
use crate::diag::{Diagnostic, Language, nearest, say};
use crate::lang::ru::{capital, uncapital};

/// A certificate: благодарность, грамота, диплом, сертификат, благодарственное письмо.
///
/// What templates see of it is described in the [module's](super) tables.
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
    /// The year, if there is no date.
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
        let many = |map: &mut Map<'_>, key, doc| {
            map.opt::<OneOrMore<Person>>(key, doc).map_or_else(Vec::new, |all| all.0)
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
            period: map.opt("period", "Когда проходило обучение: ГГГГ-ММ-ДД/ГГГГ-ММ-ДД"),
            order: map.opt("order", "Приказ, по которому выдаётся: текст или номер и дата"),
            lines: lines(map, "lines", "Свои строки: печатаются после всего остального"),
            date: map.opt("date", "Дата: ГГГГ-ММ-ДД"),
            place: map.opt("place", "Населённый пункт"),
            year: map.opt("year", "Год, если нет даты"),
            issuer: map.opt("issuer", "Организация, которая выдаёт"),
            signatures: map.opt("signatures", "Подписи").map_or_else(Vec::new, |Signers(all)| all),
            qr: map.opt("qr", "Содержание QR-кода"),
            signed: map.opt("signed", "Подписанный текст, который делает batch --sign"),
            photo: map.opt("photo", "Фотография: файл рядом с данными"),
            design: map.opt("design", "Оформление").unwrap_or_default(),
            fields: map.opt("fields", "Свои поля: текст по ключу").unwrap_or_default(),
            kind,
        };
        // What a batch shares has keys of its own beside these.
        if !common {
            read.lines.extend(own_lines(map));
        }
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
        }
        // A sentence of its own is what the letter says, not what stands after «за».
        // «В связи с юбилеем» stands by itself too: «за в связи» is no Russian.
        let clause = matches!(self.formula, Formula::Confirms | Formula::Certifies);
        let alone = |reason: &mut String| is_address(reason) || !clause && is_occasion(reason);
        if let Some(sentence) = self.reason.take_if(alone) {
            self.text.insert(0, sentence);
        }
        if let Some(salutation) = &mut self.salutation
            && salutation.ends_with(char::is_alphabetic)
        {
            salutation.push(if self.lang == Language::English { ',' } else { '!' });
        }
        self.settle_marks();
        self.settle_text();
        for leader in &mut self.leader {
            leader.take_title();
        }
        // `place: 1` means a place won; a town is never a number.
        if self.degree.is_none() && self.place.as_deref().is_some_and(kind::is_rank) {
            self.degree = self.place.take().map(|rank| kind::degree(&rank, "место"));
        } else if let Some(degree) = &mut self.degree
            && let Some(rank) = self.place.take_if(|place| kind::is_rank(place))
        {
            // A degree and a place won beside it are both said.
            let place = kind::degree(&rank, "место");
            *degree = format!("{}, {place}", kind::degree(degree, "степени"));
        }
        self.degree = self.degree.take().map(|degree| kind::degree(&degree, "степени"));
    }

    /// «отлично», «зачтено» and «98 баллов» are a result, and no degree of a diploma.
    fn settle_marks(&mut self) {
        const MARKS: [&str; 6] =
            ["отличн", "хорош", "удовлетворительн", "зачтен", "зачет", "пройден"];
        let is_mark = |degree: &mut String| {
            let small = degree.to_lowercase().replace('ё', "е");
            MARKS.iter().any(|mark| small.starts_with(mark)) || small.contains(" балл")
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
        let confirms = matches!(self.formula, Formula::Confirms | Formula::Certifies);
        // «за участие …» is no clause after «что», but what it is given for.
        if confirms
            && self.reason.is_none()
            && self
                .text
                .first()
                .is_some_and(|text| ["за ", "За "].iter().any(|w| text.starts_with(w)))
        {
            self.reason = Some(after_za(&self.text.remove(0)));
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

/// Facts of which the data have no key: «Концертмейстер: Дрозд Пётр», each a line of its own.
fn own_lines(map: &mut Map<'_>) -> Vec<String> {
    let mut lines = Vec::new();
    for (_, at, key) in map.others(|_| false) {
        let Some(text) = OneOrMore::<String>::read(&at).map(|all| all.0.join(", ")) else {
            continue;
        };
        let what = say!("the key {name} became a line of its own", name = quote(&key.text));
        let hint = say!("if you meant another key, write that one");
        map.told_other(key, what, hint);
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

/// The number without the sign that is printed before it.
pub(super) fn bare_number(number: &str) -> String {
    number.trim().trim_start_matches(['№', '#']).trim_start().to_owned()
}

/// The reason without the «за» that is printed before it, and without the thanks before that.
fn after_za(reason: &str) -> String {
    let reason = reason.trim();
    let mut words = reason.split_whitespace();
    if words.next().is_some_and(|word| ["Благодарим", "Благодарю"].contains(&word))
    {
        let addressed = |word: &&str| ["Вас", "вас", "тебя"].contains(word);
        if words.find(|word| !addressed(word)).is_some_and(|word| word == "за") {
            return words.collect::<Vec<_>>().join(" ");
        }
    }
    // With its space, or «заслуги перед библиотекой» would lose their beginning.
    let rest = ["за ", "За ", "ЗА "].iter().find_map(|za| reason.strip_prefix(za));
    rest.unwrap_or(reason).trim_start().to_owned()
}

/// Whether a reason is an occasion, with a preposition of its own: «в связи с 50-летием», «по
/// случаю юбилея».
fn is_occasion(reason: &str) -> bool {
    const OCCASIONS: [&str; 9] = [
        "в связи с",
        "в связи со",
        "в честь",
        "в ознаменование",
        "в знак",
        "по случаю",
        "по итогам",
        "по результатам",
        "к юбилею",
    ];
    let reason = reason.to_lowercase();
    let begins = |words: &&str| reason.strip_prefix(*words).is_some_and(|r| r.starts_with(' '));
    OCCASIONS.iter().any(begins)
}

/// Whether a text speaks to its reader in a sentence of its own: «Выражаем Вам признательность».
fn is_address(text: &str) -> bool {
    const VERBS: [&str; 11] = [
        "спасибо",
        "благодарим",
        "благодарю",
        "выражаем",
        "выражаю",
        "поздравляем",
        "поздравляю",
        "примите",
        "позвольте",
        "желаем",
        "желаю",
    ];
    // After one adverb at most: «искренне благодарим».
    let mut words = text.split_whitespace().take(2).map(str::to_lowercase);
    words.any(|word| VERBS.contains(&word.as_str()))
}

/// Verbs in the past with which the clause after «что» begins; none is also a noun in the case
/// that «за» wants.
const VERBS: [&str; 30] = [
    "принял",
    // Both spellings, for the text is as it was typed.
    "прошёл",
    "прошел",
    "прошла",
    "прошли",
    "участвовал",
    "занял",
    "освоил",
    "выступил",
    "окончил",
    "закончил",
    "завершил",
    "стал",
    "подготовил",
    "провёл",
    "провел",
    "обучал",
    "повысил",
    "защитил",
    "набрал",
    "получил",
    "показал",
    "сдал",
    "внёс",
    "внес",
    "представил",
    "является",
    "являлся",
    "прослушал",
    "выполнил",
];

/// Whether a text begins as a clause with a verb: «принял участие», «успешно прошла обучение».
fn is_clause(text: &str) -> bool {
    // The verb of such a clause stands first or after one adverb: «успешно прошёл».
    text.split_whitespace().take(2).any(|word| {
        let word = word.to_lowercase();
        // «Прошёл(ла)», «принял/а»: without what is added for the other gender.
        let word = word.split(['(', '/', ',']).next().unwrap_or_default();
        // «Обучался» is «обучал» here; of «являлся» the list has the whole form, too.
        let bare = word.trim_end_matches("ся").trim_end_matches("сь");
        VERBS.iter().any(|verb| {
            [bare, word].iter().any(|word| {
                word.strip_prefix(verb).is_some_and(|end| ["", "а", "о", "и"].contains(&end))
            })
        })
    })
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
        let says = !self.text.is_empty() || self.reason.is_some();
        // A warning only: a letterhead to be filled in by hand may be meant.
        if self.formula == Formula::Letter && !says && at.has(&["kind"]) && at.has(&["recipient"]) {
            let message = say!("a letter says nothing: it has neither `text` nor `for`");
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

/// An order by which a certificate is given; a bare text is printed as it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Order {
    /// What it is: «приказ», «приказ директора», or all of it.
    pub name: String,
    /// Its number, without the sign «№».
    pub number: Option<String>,
    /// Its date.
    pub date: Option<Date>,
}

/// An order by its number and its date, in either order, and what stands before them.
fn numbered(text: &str) -> Option<Order> {
    let text = text.trim().trim_end_matches('.');
    let sign = text.find('№')?;
    let from = text.find("от ").filter(|at| *at == 0 || text[..*at].ends_with(' '))?;
    let (name, number, date) = match sign < from {
        true => (&text[..sign], &text[sign..from], &text[from + "от ".len()..]),
        false => (&text[..from], &text[sign..], &text[from + "от ".len()..sign]),
    };
    let number = bare_number(number.trim());
    // «№ 17 и № 18 от …» are two.
    let one = !number.contains([' ', '№', ',']) && !number.is_empty();
    let date = Date::parse_any(date.trim()).ok().filter(|_| one)?;
    let name = if name.trim().is_empty() { "приказ" } else { name.trim() };
    Some(Order { name: name.to_owned(), number: Some(number), date: Some(date) })
}

impl Fields for Order {
    const NAME: &'static str = "order";
    const WHAT: (&'static str, &'static str) = ("an order", "Приказ");
    const FROM_TEXT: Option<fn(String) -> Self> = Some(|name| {
        // «№ 17-к от 20.03.2026», «от 01.03.2026 № 44-л»: the date is printed as all others are.
        if let Some(order) = numbered(&name) {
            return order;
        }
        let bare = name.starts_with("от ") || name.starts_with('№');
        let name = if bare { format!("приказ {name}") } else { name };
        Self { name, ..Self::default() }
    });

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            name: map
                .opt("name", "Что это: приказ, приказ директора")
                // Most people say only when and under which number it was signed.
                .unwrap_or_else(|| "приказ".to_owned()),
            number: map.opt("number", "Номер").map(|number: String| bare_number(&number)),
            date: map.opt("date", "Дата: ГГГГ-ММ-ДД"),
        }
    }
}

/// How a certificate looks. Paths are those of files beside the template.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Appearance {
    /// The template's name or folder.
    pub template: Option<String>,
    /// How the page stands; without it as the template has it.
    pub orientation: Option<Orientation>,
    /// A family of colours by name; without it the template's own.
    pub palette: Option<Palette>,
    /// The ground; without it as the template has it.
    pub paper: Option<Paper>,
    /// The main colour, as in CSS: `#1f4e79`.
    pub color: Option<String>,
    /// A picture behind the text.
    pub background: Option<String>,
    /// A picture above the text: an emblem, a logo.
    pub logo: Option<String>,
    /// Whether the template draws its frame; on a bought form it must not.
    pub frame: FrameStyle,
    /// Whether there is room for a seal, marked «М.П.».
    pub seal: bool,
    /// Where the words stand on a bought form.
    pub area: Option<FormArea>,
    /// A scan of the bought form: shown in the preview, never printed.
    pub form: Option<String>,
    /// Whether the form has its title printed already: `title: false` in the data.
    #[serde(rename = "title", serialize_with = "negated")]
    pub untitled: bool,
}

// Serde hands over a reference, whatever the type.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn negated<S: serde::Serializer>(value: &bool, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bool(!value)
}

impl Appearance {
    /// Shows the scan of the bought form behind the words, as a preview does.
    pub fn show_form(&mut self) {
        if let Some(form) = self.form.take() {
            self.background = Some(form);
        }
    }
}

/// How far from the edges of a bought form the words stand, in millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct FormArea {
    /// From the upper edge.
    pub top: u32,
    /// From the right edge.
    pub right: u32,
    /// From the lower edge.
    pub bottom: u32,
    /// From the left edge.
    pub left: u32,
}

impl Default for FormArea {
    fn default() -> Self {
        // What office printers cannot print on, and a finger more.
        Self { top: 25, right: 25, bottom: 25, left: 25 }
    }
}

impl Fields for FormArea {
    const NAME: &'static str = "area";
    const WHAT: (&'static str, &'static str) = ("an area", "Место для слов на готовом бланке, мм");

    fn fields(map: &mut Map<'_>) -> Self {
        let usual = Self::default();
        Self {
            top: map.opt("top", "От верхнего края, мм").unwrap_or(usual.top),
            right: map.opt("right", "От правого края, мм").unwrap_or(usual.right),
            bottom: map.opt("bottom", "От нижнего края, мм").unwrap_or(usual.bottom),
            left: map.opt("left", "От левого края, мм").unwrap_or(usual.left),
        }
    }
}

/// A family of colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum Palette {
    Wine,
    Navy,
    Forest,
    Gold,
    Violet,
    Graphite,
}

choice!(pub Palette, "a palette", {
    Wine = "wine",
    Navy = "navy",
    Forest = "forest",
    Gold = "gold",
    Violet = "violet",
    Graphite = "graphite",
});

/// The ground that a certificate is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Paper {
    /// `white`: none, the paper's own.
    White,
    /// `tinted`: a light tint of cream.
    Tinted,
}

choice!(pub Paper, "a ground", { White = "white", Tinted = "tinted" });

/// What is drawn around the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FrameStyle {
    /// `drawn`: what the template draws.
    #[default]
    Drawn,
    /// `none`: nothing.
    None,
}

choice!(pub FrameStyle, "a frame", { Drawn = "drawn", None = "none" });

impl Fields for Appearance {
    const NAME: &'static str = "design";
    const WHAT: (&'static str, &'static str) = ("a design", "Оформление");
    const FROM_TEXT: Option<fn(String) -> Self> =
        Some(|name| Self { template: Some(kind::design(&name)), ..Self::default() });

    fn fields(map: &mut Map<'_>) -> Self {
        let palette =
            map.opt("palette", "Набор цветов: wine, navy, forest, gold, violet, graphite");
        let color: Option<String> = map.opt("color", "Основной цвет, как в CSS: #1f4e79");
        // «цвет: синий» is the family of that colour.
        let named = |color: &String| find_word(color, say!("a palette"), Palette::WORDS).ok();
        let family = color.as_ref().filter(|color| !color.is_ascii()).and_then(named);
        let color = color.filter(|_| family.is_none()).map(|color| kind::color(&color));
        let form: Option<String> =
            map.opt("form", "Скан готового бланка: виден в предпросмотре, не печатается");
        let area = map.opt("area", "Место для слов на готовом бланке: отступы от краёв, мм");
        // Who has a form has a place for the words on it.
        let area = area.or_else(|| form.as_ref().map(|_| FormArea::default()));
        let frame: Option<FrameStyle> = map.opt("frame", "none: без рамки, для готового бланка");
        let on_form = if area.is_some() { FrameStyle::None } else { FrameStyle::Drawn };
        let title: Option<bool> = map.opt("title", "false: заголовок уже напечатан на бланке");
        Self {
            template: map
                .opt("template", "Шаблон: имя или папка")
                .map(|name: String| kind::design(&name)),
            orientation: map.opt("orientation", "Страница: portrait или landscape"),
            palette: palette.or(family),
            paper: map.opt("paper", "Фон: white — белый, tinted — с лёгким тоном"),
            color,
            background: map.opt("background", "Фон: файл рядом с шаблоном"),
            logo: map.opt("logo", "Эмблема: файл рядом с шаблоном"),
            frame: frame.unwrap_or(on_form),
            seal: map.opt("seal", "true: место для печати, «М.П.»").unwrap_or_default(),
            area,
            form,
            untitled: title == Some(false),
        }
    }
}

/// Columns by [their keys](Column::of_key), with their names in the table.
#[derive(Debug, Default)]
struct NamedColumns(BTreeMap<String, String>);

impl Read for NamedColumns {
    fn read(at: &At<'_>) -> Option<Self> {
        at.entries(|key, entry| {
            if Column::of_key(&key.text).is_none() {
                let message = say!("`{key}` is not a column", key = key.text.as_str());
                let hint = say!("columns are {keys}", keys = Column::listed());
                entry.report(Diagnostic::error("unknown-key", message).hint(hint));
            }
        });
        BTreeMap::read(at).map(Self)
    }

    fn schema(defs: &mut super::schema::Defs) -> serde_json::Value {
        BTreeMap::<String, String>::schema(defs)
    }
}

/// What the certificates of a batch share: a certificate that need not have a recipient.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Common {
    pub(super) certificate: Certificate,
    pub(super) columns: BTreeMap<String, String>,
    pub(super) says_kind: bool,
}

impl Common {
    /// The certificate that is still without its row.
    pub fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    /// Shows the scan of the bought form behind the words, as a preview does.
    pub fn show_form(&mut self) {
        self.certificate.design.show_form();
    }

    /// Whether the kind was given, rather than left to what is usual.
    pub fn says_kind(&self) -> bool {
        self.says_kind
    }

    /// The columns that the file names itself: what a column means, as
    /// [a key](super::Column::of_key), and its name in the table.
    pub fn columns(&self) -> impl Iterator<Item = (Column, &str)> {
        self.columns
            .iter()
            .filter_map(|(key, header)| Some((Column::of_key(key)?, header.as_str())))
    }

    /// All keys of the file.
    fn read_fields(map: &mut Map<'_>) -> Self {
        let columns: Option<NamedColumns> = map.opt(
            "columns",
            "Столбцы таблицы: что это и как называется: recipient: \"Укажите ваши ФИО\"",
        );
        let columns = columns.unwrap_or_default().0;
        Self { certificate: Certificate::read_fields(map, true), columns, says_kind: false }
    }
}

impl Read for Common {
    fn read(at: &At<'_>) -> Option<Self> {
        let mended = arrange::certificate(at.node);
        let at = &At { node: mended.as_ref().unwrap_or(at.node), ..*at };
        match at.node.value {
            super::tree::DataValue::Map(_) => {
                let mut common = Map::read(at, Self::read_fields);
                // The usual kind must not outweigh a column of the table that says another one.
                common.says_kind = at.has(&["kind"]);
                common.certificate.check(at, true);
                Some(common)
            }
            _ => at.expected(say!("what the certificates share (a map of keys)")),
        }
    }

    fn schema(defs: &mut super::schema::Defs) -> serde_json::Value {
        let object = defs.define("common", |defs| {
            Map::describe(defs, "Общее для всех документов партии", Self::read_fields)
        });
        json!(object)
    }
}
