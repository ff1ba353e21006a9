//! Keys and words of the data in Russian, and in other English words, beside those that the code
//! names.
//!
//! Such a key may stand for several («название» is the `name` of an event and the `title` of an
//! appendix): the map in which it stands knows only one of them.

use std::sync::LazyLock;

use crate::diag::Message;

/// Keys and the other ones that mean the same, in lower case, `ё` written as `е`, `_` as a space.
const KEYS: &[(&str, &[&str])] = &[
    ("kind", &["вид", "вид документа", "тип документа", "type of document"]),
    ("lang", &["язык"]),
    (
        "number",
        &[
            "номер",
            "№",
            "регистрационный номер",
            "рег. номер",
            "исх",
            "исх.",
            "исх. №",
            "исх №",
            "исходящий номер",
            "no",
            "num",
            "reg number",
        ],
    ),
    (
        "date",
        &[
            "дата",
            "даты",
            "когда",
            "дата проведения",
            "дата мероприятия",
            "дата документа",
            "дата выдачи",
            "dates",
            "when",
        ],
    ),
    (
        "place",
        &[
            "место",
            "город",
            "где",
            "место проведения",
            "место мероприятия",
            "место составления",
            "место выдачи",
            "city",
            "town",
            "location",
            "venue",
        ],
    ),
    ("event", &["мероприятие", "событие", "конкурс"]),
    // Written with «е» throughout, to which `normal` brings what people type.
    (
        "about",
        &[
            "о чем",
            "тема",
            "название",
            "наименование",
            "заголовок",
            "заголовок к тексту",
            "подзаголовок",
            "title",
            "subtitle",
            "subject",
            "re",
        ],
    ),
    ("theme", &["тема", "topic"]),
    ("host", &["организатор", "организаторы", "проводит", "organizer", "organiser"]),
    (
        "name",
        &[
            "имя",
            "фио",
            "ф.и.о.",
            "ф. и. о.",
            "фамилия имя отчество",
            "название",
            "наименование",
            "полное",
            "полное наименование",
            "полное название",
            "fio",
            "full name",
        ],
    ),
    ("title", &["название", "заголовок", "вопрос", "тема", "наименование", "name"]),
    ("heading", &["заголовок", "title"]),
    // In each gender and number, as the kind of document asks: «УТВЕРЖДЕНО», «УТВЕРЖДЕНЫ».
    (
        "approved",
        &[
            "утверждаю",
            "утверждено",
            "утвержден",
            "утверждена",
            "утверждены",
            "утвердил",
            "утвердила",
            "approval",
            "approved by",
        ],
    ),
    (
        "agreed",
        &["согласовано", "согласован", "согласована", "согласовал", "согласовали", "agreed by"],
    ),
    ("adopted", &["принят", "принято", "принята", "принят на", "adopted by"]),
    ("members", &["всего", "всего членов", "членов"]),
    ("members_told", &["всего словами"]),
    ("present_told", &["присутствовало словами"]),
    ("present", &["присутствовали", "присутствуют", "присутствует", "присутствовало", "attended"]),
    ("absent", &["отсутствовали", "отсутствуют", "отсутствовало", "отсутствующие"]),
    ("invited", &["приглашены", "приглашенные", "guests"]),
    ("reason", &["причина"]),
    ("roles", &["роли", "президиум"]),
    ("role", &["роль"]),
    ("sections", &["разделы"]),
    ("type", &["тип", "вид"]),
    (
        "signatures",
        &[
            "подписи",
            "подпись",
            "подписал",
            "подписали",
            "подписывают",
            "подписи членов жюри",
            "подписи сторон",
            "подписи членов комиссии",
            "signature",
            "signed by",
            "signatories",
        ],
    ),
    ("signature", &["подпись"]),
    ("stamp", &["печать"]),
    // Printed forms mark the place of the stamp so, and people copy the mark.
    ("seal", &["печать", "место печати", "м.п.", "м. п.", "мп", "stamp", "place of seal"]),
    ("e_signature", &["электронная подпись"]),
    ("certificate", &["сертификат"]),
    ("owner", &["владелец"]),
    ("valid", &["действителен", "срок действия"]),
    ("appendices", &["приложения", "appendix"]),
    (
        "attachments",
        &["приложение", "отметка о приложении", "attachment", "enclosure", "enclosures"],
    ),
    ("fields", &["поля"]),
    ("footnotes", &["сноски"]),
    ("preamble", &["преамбула", "вводная часть", "вступительная часть", "вводная"]),
    ("recitals", &["основания"]),
    (
        "resolves",
        &["глагол", "постановили", "решили", "решил", "решило", "постановил", "постановило"],
    ),
    (
        "gratitude",
        &["благодарность", "благодарности", "выразить благодарность", "thanks", "acknowledgements"],
    ),
    (
        "membership",
        &["состав", "изменения состава", "изменение состава", "изменения в составе", "членство"],
    ),
    ("evaluations", &["оценки", "оценка"]),
    ("recommendations", &["рекомендации"]),
    ("points", &["пункты", "решения", "список", "перечень", "items", "decisions"]),
    ("agenda", &["повестка", "повестка дня"]),
    ("numbering", &["нумерация"]),
    ("headings", &["нумерация заголовков"]),
    ("start", &["начать с", "начало нумерации"]),
    ("items", &["пункты", "подпункты", "вопросы", "список", "points", "subpoints"]),
    ("paragraphs", &["абзацы", "текст", "text"]),
    ("text", &["текст", "абзацы", "содержание", "paragraphs"]),
    ("lead", &["начало"]),
    ("to", &["кому"]),
    (
        "to_collectives",
        &["коллективам", "кому (коллективы)", "коллективы", "коллективу", "collectives"],
    ),
    ("by", &["ответственный", "ответственные", "исполнитель", "исполнители", "responsible"]),
    ("due", &["срок", "срок исполнения", "до", "deadline", "until"]),
    (
        "vote",
        &[
            "голосование",
            "голосовали",
            "голосовало",
            "проголосовали",
            "результаты голосования",
            "результат голосования",
            "итоги голосования",
            "votes",
            "voting",
        ],
    ),
    ("for", &["за", "за что"]),
    ("against", &["против"]),
    ("abstained", &["воздержались", "воздержалось", "воздержался", "abstain"]),
    ("thanks", &["благодарность"]),
    ("action", &["действие"]),
    ("body", &["орган"]),
    ("people", &["люди", "кого", "persons"]),
    ("listed", &["в повестке", "в повестке дня"]),
    ("heard", &["слушали", "заслушали", "слушал", "слушала", "доложил", "доложила"]),
    ("spoke", &["выступили", "выступил", "выступила", "выступали", "выступления", "speakers"]),
    (
        "decided",
        &[
            "решили",
            "постановили",
            "решено",
            "постановлено",
            "решение",
            "decision",
            "decisions",
            "resolved",
        ],
    ),
    ("questions", &["вопросы"]),
    ("answer", &["ответ"]),
    ("dissent", &["особое мнение"]),
    ("caption", &["название", "название таблицы"]),
    (
        "columns",
        &[
            "столбцы",
            "колонки",
            "графы",
            "шапка",
            "заголовки",
            "header",
            "headers",
            "heads",
            "head",
        ],
    ),
    ("rows", &["строки", "lines"]),
    ("widths", &["ширина", "ширины"]),
    ("align", &["выравнивание"]),
    ("notes", &["примечания", "примечание", "note"]),
    ("total", &["итого", "всего", "totals"]),
    ("table", &["таблица", "расписание", "schedule"]),
    ("post", &["должность", "position", "job", "job title", "title"]),
    (
        "of",
        &[
            "организация",
            "учреждение",
            "место работы",
            "чего",
            "organization",
            "organisation",
            "workplace",
        ],
    ),
    ("from", &["откуда"]),
    ("gender", &["пол"]),
    ("decline", &["склонять"]),
    ("forms", &["формы"]),
    // Cases are named in full, as school grammars abbreviate them, or by their questions.
    ("gen", &["род", "родительный", "кого", "чего"]),
    ("dat", &["дат", "дательный", "кому", "чему"]),
    ("acc", &["вин", "винительный"]),
    ("ins", &["тв", "твор", "творительный", "кем", "чем"]),
    ("pre", &["пр", "предл", "предложный", "о ком", "о чем"]),
    ("names", &["имена", "слова"]),
    ("hyphens", &["переносы"]),
    ("last", &["фамилия"]),
    ("first", &["имя"]),
    ("middle", &["отчество"]),
    (
        "recipient",
        &[
            "кому",
            "адресат",
            "получатель",
            "получатели",
            "награждаемый",
            "участник",
            "фио",
            "имя",
            "recipients",
            "to",
            "name",
        ],
    ),
    ("formula", &["формула"]),
    (
        "issuer",
        &[
            "кем выдано",
            "кем выдана",
            "кем выдан",
            "выдано",
            "учредитель",
            "организация",
            "учреждение",
            "организатор",
            "issued by",
            "organization",
            "organisation",
            "organizer",
        ],
    ),
    ("design", &["оформление", "дизайн"]),
    ("orientation", &["ориентация"]),
    (
        "organization",
        &[
            "организация",
            "бланк",
            "учреждение",
            "орган",
            "organisation",
            "institution",
            "letterhead",
            "отправитель",
            "предприятие",
            "наименование организации",
            "полное наименование организации",
            "название организации",
            "наименование учреждения",
            "company",
            "sender",
        ],
    ),
    ("parent", &["учредитель", "вышестоящая организация", "вышестоящая"]),
    ("address", &["адрес", "почтовый адрес", "юридический адрес"]),
    ("phone", &["телефон", "телефоны", "тел.", "тел", "тел./факс", "tel", "telephone"]),
    ("site", &["сайт", "website", "web", "url"]),
    ("email", &["почта", "электронная почта", "эл. почта", "e-mail", "mail"]),
    ("inn", &["инн"]),
    ("ogrn", &["огрн"]),
    ("okpo", &["окпо"]),
    ("kpp", &["кпп"]),
    ("emblem", &["эмблема", "герб", "логотип", "logo"]),
    ("addressee", &["адресат", "адресаты", "кому", "получатель", "to", "recipient"]),
    ("reply_to", &["на №", "ответ на"]),
    (
        "distribution",
        &["рассылка", "разослано", "разослать", "расчет рассылки", "список рассылки", "копии"],
    ),
    ("executor", &["исполнитель", "контактное лицо", "исп.", "исп", "contact person"]),
    (
        "acquainted",
        &[
            "ознакомлены",
            "ознакомлен",
            "ознакомлена",
            "с приказом ознакомлены",
            "с документом ознакомлены",
            "с актом ознакомлены",
            "с актом ознакомлен",
            "с актом ознакомлена",
            "с приказом ознакомлен",
            "с приказом ознакомлена",
            "с распоряжением ознакомлены",
        ],
    ),
    ("visas", &["визы"]),
    ("copy", &["верно", "выписка верна", "выписка верно", "копия верна"]),
    ("resolution", &["резолюция"]),
    ("control", &["контроль"]),
    ("restriction", &["гриф ограничения"]),
    ("order", &["приказ", "документ", "основание"]),
    ("award", &["наградить"]),
    ("appoint", &["назначить"]),
    ("charge", &["возложить"]),
    ("commission", &["комиссия"]),
    ("repeal", &["признать утратившим силу"]),
    ("with", &["чем"]),
    ("kind_position", &["место вида"]),
    ("translation_position", &["место перевода"]),
    (
        "closing",
        &[
            "с уважением",
            "с искренним уважением",
            "с глубоким уважением",
            "с наилучшими пожеланиями",
            "с благодарностью",
            "заключительная формула",
            "sincerely",
            "yours sincerely",
            "yours faithfully",
            "respectfully",
            "best regards",
            "kind regards",
        ],
    ),
    ("salutation", &["обращение", "приветствие", "greeting"]),
    ("form_code", &["код формы", "окуд"]),
    ("unit", &["подразделение", "структурное подразделение"]),
    ("officer", &["должность автора"]),
    ("author", &["от кого", "от", "автор", "заявитель", "from", "applicant"]),
    ("translation", &["перевод"]),
    ("pages", &["листов", "листы", "sheets"]),
    ("attendees", &["присутствующие", "participants"]),
    ("numbered", &["нумеровать", "нумерация строк"]),
    (
        "blank_rows",
        &["пустых строк", "пустые строки", "empty", "blank", "empty rows", "blank lines"],
    ),
    ("basis", &["основание", "основания", "grounds"]),
    ("degree", &["степень", "результат", "result"]),
    ("nomination", &["номинация", "в номинации"]),
    ("age_group", &["возрастная группа", "возрастная категория", "возраст", "age"]),
    ("work", &["работа", "название работы", "конкурсная работа"]),
    ("score", &["баллы", "количество баллов", "points"]),
    (
        "leader",
        &[
            "руководитель",
            "руководители",
            "научный руководитель",
            "наставник",
            "куратор",
            "тренер",
            "leaders",
            "supervisor",
        ],
    ),
    (
        "teacher",
        &[
            "учитель",
            "учителя",
            "педагог",
            "педагоги",
            "воспитатель",
            "классный руководитель",
            "teachers",
            "class teacher",
        ],
    ),
    ("programme", &["программа", "program", "course"]),
    ("hours", &["часы", "часов", "количество часов", "объем", "в объеме"]),
    ("period", &["период", "период обучения", "сроки обучения"]),
    ("series", &["серия"]),
    ("year", &["год"]),
    ("lines", &["свои строки", "дополнительно", "extra"]),
    ("qr", &["qr-код", "qr code"]),
    ("photo", &["фото", "фотография", "портрет", "portrait"]),
    ("template", &["шаблон"]),
    ("logo", &["логотип", "эмблема"]),
    ("color", &["цвет", "colour"]),
    ("background", &["фон"]),
    ("frame", &["рамка"]),
    ("area", &["место на бланке", "поле текста", "отступы"]),
    ("places", &["места", "места на бланке", "места частей"]),
    ("size", &["формат", "формат листа", "размер", "размер листа", "лист", "page", "sheet"]),
    ("width", &["ширина"]),
    ("font", &["кегль", "размер шрифта"]),
    ("left", &["слева", "отступ слева"]),
    ("right", &["справа", "отступ справа"]),
    ("form", &["скан бланка"]),
    ("top", &["сверху", "верх"]),
    ("bottom", &["снизу", "низ"]),
    ("palette", &["палитра"]),
    ("collective", &["коллектив"]),
    ("class", &["класс", "grade"]),
    ("school", &["школа"]),
    (
        "short",
        &[
            "сокращенно",
            "сокращенное",
            "краткое",
            "кратко",
            "аббревиатура",
            "сокращенное наименование",
            "сокращенное название",
            "краткое наименование",
            "краткое название",
            "short name",
        ],
    ),
    ("copies", &["экземпляров"]),
];

/// English words of a choice and the Russian ones, as in [`KEYS`].
const WORDS: &[(&str, &[&str])] = &[
    ("preamble", &["преамбула"]),
    ("gratitude", &["благодарность", "благодарности"]),
    (
        "membership",
        &["состав", "изменения состава", "изменение состава", "изменения в составе", "членство"],
    ),
    ("evaluations", &["оценки", "оценка"]),
    ("recommendations", &["рекомендации"]),
    ("points", &["пункты"]),
    ("text", &["текст"]),
    ("agenda", &["повестка", "повестка дня"]),
    ("table", &["таблица"]),
    ("add", &["ввести", "включить"]),
    ("remove", &["вывести"]),
    ("elect", &["избрать"]),
    ("approve", &["утвердить"]),
    ("exclude", &["исключить"]),
    ("a3", &["а3"]),
    ("a4", &["а4"]),
    ("a5", &["а5"]),
    ("a6", &["а6"]),
    ("portrait", &["книжная", "книжный", "вертикальная", "вертикально"]),
    ("landscape", &["альбомная", "альбомный", "горизонтальная", "горизонтально"]),
    ("m", &["м", "муж", "мужской"]),
    ("f", &["ж", "жен", "женский"]),
    ("n", &["с", "ср", "средний"]),
    ("beside", &["рядом", "в два столбца"]),
    ("after", &["после", "следом"]),
    ("first", &["сначала", "в начале"]),
    ("last", &["в конце", "после мероприятия"]),
    ("left", &["слева", "по левому краю"]),
    ("right", &["справа", "по правому краю"]),
    ("center", &["по центру"]),
    // Marks of numberings as people type them.
    ("1", &["1."]),
    ("1.1", &["1.1."]),
    // The Latin letter looks the same, and a keyboard may have been left in Latin.
    ("а", &["а)", "a", "a)"]),
    ("I", &["I.", "i"]),
    // Most keyboards have no dash, and people type a hyphen.
    ("—", &["–", "-", "тире"]),
    ("•", &["*"]),
    ("none", &["нет", "без номера", "без номеров"]),
    ("Раздел I", &["Section I"]),
    ("Раздел 1", &["Section 1"]),
    ("Глава I", &["Chapter I"]),
    ("Глава 1", &["Chapter 1"]),
    ("Статья 1", &["Article 1"]),
    ("wine", &["бордовый", "бордовая", "вишнёвый", "винный", "винная", "вишнёвая"]),
    ("navy", &["синий", "синяя", "тёмно-синий"]),
    ("forest", &["зелёный", "зелёная", "лесная", "изумрудная", "изумрудный"]),
    ("gold", &["золотой", "золотая", "жёлтый", "жёлтая"]),
    ("violet", &["фиолетовый", "фиолетовая", "сиреневый", "сиреневая", "лиловый", "лиловая"]),
    ("graphite", &["чёрный", "чёрная", "серый", "серая", "графитовый", "графитовая"]),
    ("white", &["белая", "белый"]),
    ("tinted", &["кремовая", "кремовый"]),
];

/// Most people write «е» for «ё», and a space in a key as an underscore.
fn normal(text: &str) -> impl Iterator<Item = char> {
    text.chars().map(|c| match c {
        'ё' | 'Ё' => 'е',
        '_' => ' ',
        // Quickly, since each key is held against all names that it may have.
        'а'..='я' | ' ' => c,
        'А'..='Я' => char::from_u32(c as u32 + 0x20).unwrap_or(c),
        c if c.is_ascii() => c.to_ascii_lowercase(),
        c => c.to_lowercase().next().unwrap_or(c),
    })
}

/// Whether a key as written means `key`.
pub(super) fn is_key(written: &str, key: &str) -> bool {
    static SORTED: LazyLock<Vec<NamedWord>> = LazyLock::new(|| sorted(KEYS));
    written == key || means(&SORTED, written, key)
}

/// Whether a word as written means `word`.
pub(super) fn is_word(written: &str, word: &str) -> bool {
    static SORTED: LazyLock<Vec<NamedWord>> = LazyLock::new(|| sorted(WORDS));
    written == word || means(&SORTED, written, word)
}

/// The keys of the data, each with the other ones that may be written instead, the Russian ones
/// first; in lower case, with «е» for «ё».
///
/// ```
/// let (_, others) = itog::model::keys().find(|(key, _)| *key == "date").unwrap();
/// assert_eq!(others[..2], ["дата", "даты"]);
/// ```
pub fn keys() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    KEYS.iter().copied()
}

/// The other keys that mean `key`.
pub(super) fn names(key: &str) -> &'static [&'static str] {
    KEYS.iter().find(|(known, _)| *known == key).map_or(&[], |(_, others)| others)
}

/// Keys as a list to choose from, each as its reader would write it.
pub(super) fn list_of_keys(keys: &[&str]) -> Message {
    listed(KEYS, keys)
}

/// Words as such a list.
pub(super) fn list_of_words(words: &[&str]) -> Message {
    listed(WORDS, words)
}

fn listed(table: &[(&str, &'static [&str])], keys: &[&str]) -> Message {
    let russian = |key: &&str| {
        let others =
            table.iter().find(|(known, _)| known == key).and_then(|(_, names)| names.first());
        // Without one of its own: «qr», «email».
        others.filter(|name| !name.is_ascii()).copied().unwrap_or(*key).to_owned()
    };
    let russian: Vec<String> = keys.iter().map(russian).collect();
    Message::bilingual(keys.join(", "), russian.join(", "))
}

/// Whether a key that is nearly another one is a word of its own: «Мероприятия» are the chapter of
/// a report, and no event.
pub(super) fn is_own_word(written: &str) -> bool {
    // «пол: женский» of a form is nearly «поля», «дана: для предъявления …» nearly «дата».
    const OWN: [&str; 8] =
        ["мероприятия", "места", "члены", "пол", "возраст", "дан", "дана", "дано"];
    OWN.contains(&written.trim().to_lowercase().as_str())
}

/// Whether a text is one of these keys, as written or by another name.
pub(super) fn is_one_of(written: &str, keys: &[&str]) -> bool {
    keys.iter().any(|key| is_key(written, key))
}

/// Whether a text is a key of any map.
pub(super) fn is_any_key(written: &str) -> bool {
    KEYS.iter().any(|(known, _)| is_key(written, known))
}

/// A word with the other ones that may be written instead.
type NamedWord = (&'static str, &'static [&'static str]);

/// A table to look into: each key of a file is held against dozens of words.
fn sorted(table: &[NamedWord]) -> Vec<NamedWord> {
    let mut table = table.to_vec();
    table.sort_unstable();
    table
}

fn means(table: &[NamedWord], written: &str, key: &str) -> bool {
    let at = table.binary_search_by(|(known, _)| (*known).cmp(key));
    let others = at.map_or(&[][..], |at| table[at].1);
    // What the table has stands between no spaces.
    let written = written.trim();
    // The key itself may be written with capitals, too.
    std::iter::once(&key).chain(others).any(|other| normal(written).eq(normal(other)))
}
