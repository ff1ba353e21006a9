//! A final document as data: its requisites, sections, signatures and appendices.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::json;

use super::appendix::Appended;
use super::office::Applicant;
use super::order::{bare_number, is_no_number};
use super::person::Signers;
use super::read::{At, Fields, Map, Read, choice};
use super::schema::Defs;
use super::section::{Body, Chapters, Preamble, Section, Type};
use super::tree::{DataNode, DataValue, quote};
use super::vote::{ToldVote, Vote};
use super::{
    Absent, Addressee, Appendix, Approval, Attachment, Date, ESignature, Event, Executor,
    HeadingNumbering, MeetingRole, Numbering, Organization, Orientation, Person, ReplyTo,
    Signature, number,
};
use super::{act, arrange, draft, russian, section};
use crate::diag::{Diagnostic, say};
use crate::lang::ru::capital;
mod count;
mod flow;
mod gaps;
mod habits;

use count::{Count, told_in_prose};

/// A final document: итоговый документ, резолюция, решение, протокол.
///
/// Everything but the kind and one section is optional. What templates see of it is described in
/// the [module's](super) tables.
///
/// ```
/// use itog::model::FinalDocument;
/// let minutes = FinalDocument::builder()
///     .set("kind", "Протокол")
///     .set("date", "14 мая 2025 г.")
///     .set("decisions", ["Провести форум."])
///     .build()?
///     .value;
/// assert_eq!(minutes.kind, "Протокол");
/// # Ok::<(), itog::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FinalDocument {
    /// «Итоговый документ», «Протокол», «Резолюция».
    pub kind: String,
    /// The language of the fixed words: `ru`, `en`. A kind without Cyrillic letters is English.
    pub lang: String,
    /// Whether the kind stands before the event or after it.
    pub kind_position: KindPosition,
    /// The letterhead.
    pub organization: Option<Organization>,
    /// «Для служебного пользования», with the number of the copy.
    pub restriction: Option<String>,
    /// The code of a standard form («ОКУД»).
    pub form_code: Option<String>,
    /// «На № … от …».
    pub reply_to: Option<ReplyTo>,
    /// To whom it is written.
    pub addressee: Vec<Addressee>,
    /// Who writes it, where that is a person: of an application.
    pub author: Option<Person>,
    /// What the text is about: «О проведении конкурса».
    pub about: Option<String>,
    /// The words with which a letter begins: «Уважаемая Елена Львовна!».
    pub salutation: Option<String>,
    /// The words with which a letter ends: «С уважением».
    pub closing: Option<String>,
    /// The number, as written: «7», «3-Р».
    pub number: Option<String>,
    /// The date of the document.
    pub date: Option<Date>,
    /// The place of the document.
    pub place: Option<String>,
    /// The event that the document sums up.
    pub event: Option<Event>,
    /// The stamps of approval, side by side.
    pub approved: Vec<Approval>,
    /// The stamps of agreement («СОГЛАСОВАНО»).
    pub agreed: Vec<Approval>,
    /// By whom, where and when it was adopted, as it is to be printed.
    pub adopted: Option<String>,
    /// How many belong to the body that meets.
    pub members: Option<u32>,
    /// The same with its noun, where one is written: «210 делегатов».
    pub members_told: Option<String>,
    /// How many of them were present: no vote counts more.
    pub present: Option<u32>,
    /// The same with its noun, where one is written: «186 делегатов».
    pub present_told: Option<String>,
    /// Who was present, by name.
    pub attendees: Vec<Person>,
    /// Who was not, and why.
    pub absent: Vec<Absent>,
    /// Who was invited.
    pub invited: Vec<Person>,
    /// Who presided, who kept the minutes.
    pub roles: Vec<MeetingRole>,
    /// How the pages stand; a template decides where it is not given.
    pub orientation: Option<Orientation>,
    /// How points are numbered where their section does not tell.
    pub numbering: Option<Numbering>,
    /// How the headings of sections are numbered.
    pub headings: Option<HeadingNumbering>,
    /// The body, in order.
    pub sections: Vec<Section>,
    /// How the body voted on the whole.
    pub vote: Option<Vote>,
    /// On what an order is based: «Основание: заявление Петровой И. И.».
    pub basis: Vec<String>,
    /// The notes to which `[^1]` in a text points.
    pub footnotes: BTreeMap<String, String>,
    /// «Приложение: на 2 л. в 1 экз.»
    pub attachments: Vec<Attachment>,
    /// Who signs. The data may say `from_roles`; then those of [`roles`](Self::roles) stand here,
    /// each role as the post.
    pub signatures: Vec<Signature>,
    /// Whether there is a place for the stamp («М.П.»).
    pub seal: bool,
    /// The mark of an electronic signature.
    pub e_signature: Option<ESignature>,
    /// Who agreed before it was signed.
    pub visas: Vec<Signature>,
    /// Who has read it («Ознакомлены»).
    pub acquainted: Vec<Person>,
    /// Who certifies a copy («Верно»).
    pub copy: Option<Signature>,
    /// Who wrote it.
    pub executor: Option<Executor>,
    /// To whom copies are sent («Рассылка»).
    pub distribution: Vec<String>,
    /// What the head has written on it.
    pub resolution: Option<String>,
    /// Whether it is under control.
    pub control: bool,
    /// The same document in another language.
    pub translation: Option<Box<FinalDocument>>,
    /// Whether the translation follows the document or stands beside it.
    pub translation_position: TranslationPosition,
    /// The appendices, in order.
    pub appendices: Vec<Appendix>,
    /// Texts for a template of your own.
    pub fields: BTreeMap<String, String>,
}

impl Fields for FinalDocument {
    const NAME: &'static str = "final-document";
    const WHAT: (&'static str, &'static str) =
        ("a document", "Итоговый документ, протокол, резолюция, решение");

    fn fields(map: &mut Map<'_>) -> Self {
        let mut document = Self::head(map);
        document.part_number();
        document.attendance(map);
        document.sections = body(map);
        document.foot(map);
        document.settle();
        document
    }

    fn mended(node: &DataNode) -> Option<DataNode> {
        arrange::document(node)
    }

    fn check(&self, at: &At<'_>, _sound: bool) {
        let first_class = Type::FIRST_CLASS.map(|(kind, _)| kind.as_str());
        // A letter may say all in its appendix, a bilingual form in its translation.
        let written = ["addressee", "appendices", "attachments", "translation"];
        let silent = !at.has(&first_class) && !at.has(&["sections"]) && self.sections.is_empty();
        if silent && !at.has(&written) {
            let fault = Diagnostic::error("no-sections", say!("the document has no section"));
            let keys = russian::list_of_keys(&[&first_class[..], &["sections"]].concat());
            at.report(fault.hint(say!("give it at least one of these: {keys}", keys)));
        }
        if let Some(word) = self.about.as_deref().and_then(arrange::wrong_case)
            && self.lang == "ru"
        {
            let message = say!("behind «О», {word} is not in its case", word = quote(word));
            at.report_key(
                "about",
                Diagnostic::warning("about-case", message).hint(say!(
                    "write what answers «о чём?»: «О проведении конкурса», «Об отпусках»; \
                     for «График дежурств» the key is `чего`"
                )),
            );
        }
        self.planned_about(at);
        gaps::tell(&self.kind, at);
        self.led_nowhere(at);
        if let (Some(present), Some(members)) = (self.present, self.members)
            && present > members
        {
            let message = say!(
                "{present} were present, but there are only {members} members",
                present,
                members
            );
            at.report_key("present", Diagnostic::error("present-exceeds-members", message));
        }
    }
}

impl FinalDocument {
    /// «План о повышении …»: a plan is of or for something, and about nothing.
    fn planned_about(&self, at: &At<'_>) {
        const KINDS: [&str; 8] =
            ["план", "программа", "график", "расписание", "смета", "список", "реестр", "ведомость"];
        let kind = self.kind.to_lowercase();
        let first = kind.split_whitespace().next().unwrap_or_default();
        let about = self.about.as_deref().unwrap_or_default();
        let led = about.split_once(' ').filter(|(word, _)| ["о", "об", "обо"].contains(word));
        if let Some((word, _)) = led.filter(|_| KINDS.contains(&first)) {
            let message =
                say!("«{kind} {word} …» is not said in Russian", kind = self.kind.as_str(), word);
            at.report_key(
                "about",
                Diagnostic::warning("about-case", message).hint(say!(
                    "the key is `чего` («План работы клуба») or `по` («План по подготовке»)"
                )),
            );
        }
    }

    /// What stands before the text.
    fn head(map: &mut Map<'_>) -> Self {
        Self {
            // The requisites of GOST R 7.0.97-2016, 5.5 to 5.20; the kind is 5.9.
            kind: map.need("kind", "Вид: Итоговый документ, Протокол, Приказ, Письмо, Положение"),
            lang: map.opt("lang", "Язык постоянных слов: ru или en").unwrap_or_default(),
            kind_position: map
                .opt("kind_position", "Вид стоит до мероприятия (first) или после него (last)")
                .unwrap_or_default(),
            // GOST R 7.0.97-2016, 5.5 to 5.8.
            organization: map.opt("organization", "Бланк: организация — автор документа"),
            // GOST R 7.0.97-2016, 5.14.
            restriction: map.opt("restriction", "Гриф ограничения доступа"),
            // GOST R 7.0.97-2016, 5.4 and 5.12.
            form_code: map.opt("form_code", "Код формы по ОКУД"),
            reply_to: map.opt("reply_to", "На № … от …: документ, на который отвечают"),
            // GOST R 7.0.97-2016, 5.15.
            addressee: map.some("addressee", "Адресат: должность и имя в именительном падеже"),
            author: map
                .opt::<Applicant>("author", "От кого: заявитель, в именительном падеже")
                .map(|Applicant(person)| person),
            // GOST R 7.0.97-2016, 5.17.
            about: map.opt("about", "Заголовок к тексту: О проведении конкурса"),
            salutation: map.opt("salutation", "Обращение в письме: Уважаемая Елена Львовна!"),
            closing: map.opt("closing", "Заключительная формула письма: С уважением"),
            orientation: map.opt("orientation", Orientation::DOC),
            numbering: map.opt("numbering", Numbering::DOC),
            headings: map.opt("headings", "Нумерация заголовков разделов: 1, I, Раздел I, Глава 1"),
            // GOST R 7.0.97-2016, 5.10, 5.11 and 5.13.
            number: map
                .opt("number", "Номер")
                .map(|number: String| bare_number(&number))
                .filter(|number| !is_no_number(number)),
            date: map.opt("date", "Дата документа: 14.05.2025, 14 мая 2025 г., май 2025"),
            place: map.opt("place", "Место составления"),
            event: map.opt("event", "Мероприятие: название или подробно"),
            // GOST R 7.0.97-2016, 5.16 and 5.20.
            approved: map.some("approved", "Гриф утверждения: человек, орган или документ"),
            agreed: map.some("agreed", "Гриф согласования: человек, орган или документ"),
            adopted: map.opt("adopted", "Кем, где и когда принят, как печатается"),
            ..Self::default()
        }
    }

    /// Who met.
    fn attendance(&mut self, map: &mut Map<'_>) {
        let members: Count = map.opt("members", "Сколько всего членов").unwrap_or_default();
        let present: Count = map
            .opt("present", "Сколько присутствовало или кто: голосов не может быть больше")
            .unwrap_or_default();
        let of = members.number.map(|number| (number, members.told)).or(present.of);
        (self.members, self.present) = (of.as_ref().map(|(number, _)| *number), present.number);
        let told = map.opt("members_told", "Сколько всего членов, как печатается");
        self.members_told = told.or(of.and_then(|(_, told)| told));
        let told = map.opt("present_told", "Сколько присутствовало, как печатается");
        self.present_told = told.or(present.told);
        // «186 делегатов из 210» says the noun once.
        self.members_told.take_if(|_| self.present_told.is_some());
        self.attendees = map.list("attendees", "Кто присутствовал; короче — список в present");
        self.attendees.extend(present.people);
        self.absent = map.some("absent", "Кто отсутствовал и по какой причине");
        self.invited = map.some("invited", "Кто приглашён");
        self.roles = map.list("roles", "Председательствующий, секретарь и другие");
        if let Some(cx) = map.cx() {
            // Votes are read after this and held against it.
            let in_prose = map.node().and_then(told_in_prose).filter(|_| self.present.is_none());
            cx.present.set(self.present.or(in_prose));
            cx.present_in_prose.set(in_prose.is_some());
        }
    }

    /// What stands after the text.
    fn foot(&mut self, map: &mut Map<'_>) {
        self.vote = map.opt("vote", "Голосование по документу в целом").map(|ToldVote(vote)| vote);
        self.basis = map.some("basis", "Основание приказа: представление, заявление, решение");
        self.footnotes =
            map.opt("footnotes", "Сноски: на [^1] в тексте — ключ 1").unwrap_or_default();
        // GOST R 7.0.97-2016, 5.22 to 5.24: signature, mark of an electronic one, stamp.
        let kind = self.kind.trim().to_lowercase();
        self.signatures = match map
            .opt("signatures", "Подписи, или from_roles: подписывают те, кто назван в roles")
        {
            Some(Signed::By(signatures)) => self.named_by_roles(signatures),
            Some(Signed::FromRoles) => {
                self.roles.iter().filter(|role| role.came()).map(MeetingRole::signature).collect()
            }
            // Minutes are signed by who led and who wrote, whether that is said or not.
            None if is_minutes(&self.kind) => {
                let counts = kind.replace('ё', "е").contains("счетн");
                let signs = |role: &&MeetingRole| {
                    let came = role.came();
                    let role = role.role.to_lowercase();
                    // «учёный секретарь» signs, «заместитель председателя» does not. A jury answers
                    // for its marks together.
                    role.ends_with(" секретарь")
                        || role.starts_with("член") && role.ends_with(" жюри") && came
                        || role.starts_with("член") && counts && came
                        || ["председател", "секретар", "протокол в", "chair", "secretary"]
                            .iter()
                            .any(|stem| role.starts_with(stem))
                };
                self.roles.iter().filter(signs).map(MeetingRole::signature).collect()
            }
            // An act is signed by its commission.
            None if kind == "акт" || kind.starts_with("акт ") => {
                let of = |role: &&MeetingRole| {
                    role.role.to_lowercase().contains("комисси") && role.came()
                };
                self.roles.iter().filter(of).map(MeetingRole::signature).collect()
            }
            None => Vec::new(),
        };
        self.seal = map.opt("seal", "true: место печати, М.П.").unwrap_or_default();
        self.e_signature = map.opt("e_signature", "Отметка об электронной подписи");
        // GOST R 7.0.97-2016, 5.21, 5.25 and 5.26: visas, who wrote it, who certifies a copy.
        self.visas = map.some("visas", "Визы: кто согласовал до подписания");
        self.acquainted = map.some("acquainted", "Кто ознакомлен; имена и строки для подписей");
        self.copy = map.opt("copy", "Заверение копии, «Верно»: должность и имя");
        self.executor = map.opt("executor", "Исполнитель: имя и телефон");
        self.distribution = map.some("distribution", "Рассылка: кому посланы копии");
        // GOST R 7.0.97-2016, 5.28 and 5.29.
        self.resolution = map.opt("resolution", "Резолюция руководителя");
        self.control = map.opt("control", "true: отметка о контроле").unwrap_or_default();
        self.translation = map
            .opt("translation", "Тот же документ на другом языке: kind, event, sections…")
            .map(Box::new);
        self.translation_position = map
            .opt("translation_position", "Перевод следом (after) или рядом, в два столбца (beside)")
            .unwrap_or_default();
        self.append(map);
        self.fields = map.opt("fields", "Свои поля: текст по ключу").unwrap_or_default();
    }

    /// «подписи: [председатель, секретарь]»: whose post alone is told is who has that role.
    fn named_by_roles(&self, mut signatures: Vec<Signature>) -> Vec<Signature> {
        for signature in signatures.iter_mut().filter(|own| own.person.name.is_empty()) {
            let post = signature.person.post.as_deref().unwrap_or_default().trim().to_lowercase();
            // «секретарь» of «Секретарь собрания».
            let is = |role: &&MeetingRole| {
                let role = role.role.trim().to_lowercase();
                role == post || role.split_once(' ').is_some_and(|(first, _)| first == post)
            };
            let mut found = self.roles.iter().filter(is);
            if let (Some(role), None) = (found.next(), found.next()) {
                let named = role.signature();
                signature.person = named.person;
                signature.mark = signature.mark.take().or(named.mark);
            }
        }
        signatures
    }

    /// What is appended, and the marks that say so.
    fn append(&mut self, map: &mut Map<'_>) {
        // ГОСТ Р 7.0.97-2016, 5.19, calls «приложение» the mark under a letter; what is appended is
        // so called as well, and either is written under either key.
        let marks = map.some("attachments", "Отметка о приложении под текстом письма");
        let appendices = map.some("appendices", "Приложения");
        for appended in marks.into_iter().chain(appendices) {
            match appended {
                Appended::Attachment(attachment) => self.attachments.push(attachment),
                Appended::Appendix(appendix) => self.appendices.push(appendix),
            }
        }
    }

    /// Puts what may be written in several ways into its one place, then numbers the points.
    fn settle(&mut self) {
        if self.lang.is_empty() {
            let cyrillic = |c: char| ('\u{400}'..='\u{4ff}').contains(&c);
            // The words of the template follow the language of the kind: «Minutes», «Протокол».
            let english =
                self.kind.chars().any(char::is_alphabetic) && !self.kind.chars().any(cyrillic);
            self.lang = if english { "en" } else { "ru" }.to_owned();
        }
        self.whisper();
        self.name_once();
        self.part_kind();
        // That of minutes is declined and goes on with their kind.
        let goes_on = ["протокол", "повестк"].iter().any(|w| self.kind.to_lowercase().contains(w));
        if let Some(event) = self.event.as_mut().filter(|_| !goes_on) {
            event.stand_alone();
        }
        self.count_once();
        self.drawn_up();
        self.send();
        self.greet();
        self.take_leave();
        self.recommend();
        self.sign_together();
        self.sign_as_roles();
        self.command();
        self.head_subject();
        for basis in &mut self.basis {
            habits::small_document(basis);
        }
        self.sign();
        if let Some(translation) = &mut self.translation {
            // One document in two languages has one number and one date.
            translation.number = translation.number.take().or_else(|| self.number.clone());
            translation.date = translation.date.or(self.date);
        }
        if self.about.is_none()
            && let Some(event) = self.event.take_if(|event| event.is_about())
        {
            self.place = self.place.take().or(event.place);
            self.about = Some(event.name);
            // «О проведении конкурса» in `event` is the heading to the text (ГОСТ Р 7.0.97-2016,
            // GOST R 7.0.97-2016, 5.17), and its parts belong to the document.
            let host = event.host.map(|name| Organization { name, ..Organization::default() });
            self.organization = self.organization.take().or(host);
        }
        // Chapters of a contract are counted, and so are the points below each.
        let kind = self.kind.to_lowercase();
        let contract = ["договор", "соглашение", "контракт"].iter().any(|k| kind.starts_with(k));
        let mut chapters = self.sections.iter().filter_map(|section| section.heading.as_deref());
        let typed = chapters.clone().any(|text| text.starts_with(|c: char| c.is_ascii_digit()));
        if contract
            && !typed
            && chapters.nth(1).is_some()
            && self.headings.is_none()
            && self.numbering.is_none()
        {
            self.headings = Some(HeadingNumbering::Decimal);
        }
        number::number(self);
    }
}

/// «Протокол», «Протокол заседания жюри», «Выписка из протокола».
fn is_minutes(kind: &str) -> bool {
    let kind = kind.to_lowercase();
    kind.contains("протокол") || kind.contains("minutes")
}

/// The sections in the order of the file, those that are keys of the document among them.
pub(super) fn body(map: &mut Map<'_>) -> Vec<Section> {
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
        map.opt::<Chapters>("sections", "Разделы по порядку, каждый с `type` или с тем, что в нём")
            .map_or_else(Vec::new, |chapters| chapters.0),
    ));
    parts.extend(others(map));
    // «РЕШИЛИ» may stand by itself, behind what was found.
    let resolves: Option<String> = map.opt("resolves", "Глагол перед пунктами: решили");
    let position = map.position("resolves");
    // Sections are printed in the order of the file, whichever way each of them is written.
    parts.sort_by_key(|(position, _)| *position);
    let Some(resolves) = resolves else {
        return flow::joined(parts.into_iter().flat_map(|(_, sections)| sections));
    };
    let (before, after): (Vec<_>, Vec<_>) = parts.into_iter().partition(|(at, _)| *at < position);
    let mut sections = flow::joined(before.into_iter().flat_map(|(_, all)| all));
    let begun = sections.last_mut().and_then(flow::begun);
    sections.extend(begun);
    let before = sections.len();
    sections.extend(after.into_iter().flat_map(|(_, all)| all));
    if let Some(last) = before.checked_sub(1).and_then(|at| sections.get_mut(at)) {
        last.open();
    }
    match before.checked_sub(1).and_then(|at| sections.get_mut(at)) {
        Some(Section { body: Body::Preamble(preamble), .. }) if preamble.is_open() => {
            preamble.close(resolves);
        }
        _ => {
            let preamble = Preamble { resolves: Some(resolves), ..Preamble::default() };
            let body = Body::Preamble(preamble);
            sections.insert(before, Section { body, heading: None, heading_numbering: None });
            // What is resolved is counted apart from what was found.
            let counted = sections[..before].iter_mut().any(|s| s.body.points_mut().is_some());
            if let Some(points) = sections.get_mut(before + 1).and_then(|s| s.body.points_mut())
                && counted
            {
                points.start = points.start.or(Some(1));
            }
        }
    }
    flow::listed(sections)
}

/// Sections whose keys are words of the writer's own: verbs that lead to points («отмечают:»),
/// headings («Выводы: […]»), and labels of a line («Стоимость: 96 000 руб.»).
fn others(map: &mut Map<'_>) -> Vec<(usize, Vec<Section>)> {
    let mut parts = Vec::new();
    let mut below = false;
    let known = |key: &str| {
        arrange::verb(key).is_none() && !arrange::thanks(key) && draft::is_near_key(key)
    };
    for (place, at, key) in map.others(known) {
        let name = quote(&key.text);
        let hint = || say!("write it into `sections`, or as the key that you meant");
        if let Some(sections) = section::thanked(key, &at) {
            parts.push((place, sections));
        } else if let Some(verb) = arrange::verb(&key.text) {
            parts.push((place, section::resolved(verb, key, &at)));
        } else if let Some(sections) = section::announced(key, &at) {
            parts.push((place, sections));
        } else if let Some(section) = section::placed(key, &at) {
            parts.push((place, vec![section]));
        } else if let Some(section) = section::entrusted(key, &at) {
            parts.push((place, vec![section]));
        } else if let Some(section) = section::labelled(key, &at, below) {
            // «Прошу: зачислить …» is a sentence, as it was meant.
            if !arrange::goes_on(&key.text) {
                map.told_other(key, say!("the key {name} became a line of the text", name), hint());
            }
            parts.push((place, vec![section]));
        } else {
            // «раздел 1: {заголовок: …}» has its heading inside.
            if !at.has(&["heading"]) {
                let what = say!("the key {name} became the heading of a section", name);
                map.told_other(key, what, hint());
            }
            parts.push((place, section::headed(key, &at)));
            below = true;
        }
    }
    parts
}

/// Where the kind of a document stands in its title.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum KindPosition {
    /// `first`: before the event.
    #[default]
    First,
    /// `last`: after the event, its theme, dates and host.
    Last,
}

/// Where the translation of a document stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum TranslationPosition {
    /// `after`: on pages of its own after the document.
    #[default]
    After,
    /// `beside`: in a second column.
    Beside,
}

choice!(pub TranslationPosition, "a position of the translation", {
    After = "after", Beside = "beside",
});

choice!(pub KindPosition, "a position of the kind", { First = "first", Last = "last" });

/// Who signs, as it may be written.
enum Signed {
    FromRoles,
    By(Vec<Signature>),
}

/// Whether a text says that those sign who were named before: «председатель и секретарь».
pub(super) fn is_of_roles(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    let mut words = text.split([' ', ',']).filter(|word| !word.is_empty() && *word != "и");
    let role = |word: &str| ["председатель", "секретарь"].contains(&word);
    ["from_roles", "из ролей", "по ролям", "роли"].contains(&text.as_str())
        || words.clone().count() == 2 && words.all(role)
}

impl Read for Signed {
    fn read(at: &At<'_>) -> Option<Self> {
        match &at.node.value {
            DataValue::Scalar { text, .. } if is_of_roles(text) => Some(Self::FromRoles),
            // «подпись: администрация школы»
            DataValue::Scalar { text, .. }
                if text.starts_with(char::is_lowercase) && act::is_body(text) =>
            {
                let node = DataNode::said(capital(text.trim()), &at.node.range);
                Signers::read(&At { node: &node, ..*at }).map(|Signers(all)| Self::By(all))
            }
            DataValue::Scalar { text, .. }
                if !Signature::is_text(text) && !text.trim().contains('\n') =>
            {
                let fault = Diagnostic::error(
                    "unknown-value",
                    say!("{text} is not a list of signatures", text = quote(text)),
                );
                at.report(fault.hint(say!("write `from_roles`, or a list of `post` and `name`")));
                None
            }
            _ => Signers::read(at).map(|Signers(all)| Self::By(all)),
        }
    }

    fn schema(defs: &mut Defs) -> serde_json::Value {
        json!({ "anyOf": [{ "const": "from_roles" }, Vec::<Signature>::schema(defs)] })
    }
}

impl MeetingRole {
    /// Whether who plays the role was there: «Юдина О. О. (отсутствует по болезни)» does not sign.
    fn came(&self) -> bool {
        const AWAY: [&str; 6] =
            ["отсутств", "болезн", "больничн", "отпуск", "командиров", "absent"];
        let from = self.person.from.as_deref().unwrap_or_default().to_lowercase();
        !AWAY.iter().any(|word| from.contains(word))
    }

    /// The signature of whoever plays the role.
    fn signature(&self) -> Signature {
        let (person, mark) = (self.person.clone(), self.mark.clone());
        let mut signature = Signature { person, mark, ..Signature::default() };
        // In minutes people sign as what they were at the meeting, not by their posts.
        signature.person.post = Some(self.role.clone());
        signature
    }
}
