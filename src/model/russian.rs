//! Keys and words of the data in Russian, beside those that the code names.
//!
//! A Russian key may stand for several English ones («название» is the `name` of an event and the
//! `title` of an appendix): the map in which it stands knows only one of them.

/// English keys and the Russian ones that mean the same, in lower case, `ё` written as `е`.
const KEYS: &[(&str, &[&str])] = &[
    ("kind", &["вид", "вид документа"]),
    ("lang", &["язык"]),
    ("number", &["номер", "№", "регистрационный номер"]),
    ("date", &["дата", "даты"]),
    ("place", &["место"]),
    ("event", &["мероприятие", "событие"]),
    // Written with «е» throughout, to which `normal` brings what people type.
    ("about", &["о чем", "заголовок к тексту"]),
    ("theme", &["тема"]),
    ("host", &["организатор", "проводит"]),
    ("name", &["имя", "фио", "название", "наименование"]),
    ("title", &["название", "заголовок", "вопрос"]),
    ("heading", &["заголовок"]),
    // In each gender and number, as the kind of document asks: «УТВЕРЖДЕНО», «УТВЕРЖДЕНЫ».
    ("approved", &["утверждаю", "утверждено", "утвержден", "утверждена", "утверждены"]),
    ("agreed", &["согласовано"]),
    ("adopted", &["принят", "принято", "принята"]),
    ("members", &["всего", "всего членов", "членов"]),
    ("present", &["присутствовали", "присутствует"]),
    ("absent", &["отсутствовали", "отсутствуют"]),
    ("invited", &["приглашены", "приглашенные"]),
    ("reason", &["причина"]),
    ("roles", &["роли", "президиум"]),
    ("role", &["роль"]),
    ("sections", &["разделы"]),
    ("type", &["тип", "вид"]),
    ("signatures", &["подписи", "подпись"]),
    ("signature", &["подпись"]),
    ("stamp", &["печать"]),
    // Printed forms mark the place of the stamp so, and people copy the mark.
    ("seal", &["место печати", "м.п."]),
    ("e_signature", &["электронная подпись"]),
    ("certificate", &["сертификат"]),
    ("owner", &["владелец"]),
    ("valid", &["действителен", "срок действия"]),
    ("appendices", &["приложения"]),
    ("attachments", &["приложение", "отметка о приложении"]),
    ("fields", &["поля"]),
    ("footnotes", &["сноски"]),
    ("preamble", &["преамбула"]),
    ("recitals", &["основания"]),
    ("resolves", &["глагол", "постановили"]),
    ("gratitude", &["благодарность", "благодарности"]),
    ("membership", &["состав", "изменения состава"]),
    ("evaluations", &["оценки", "оценка"]),
    ("recommendations", &["рекомендации"]),
    ("points", &["пункты"]),
    ("agenda", &["повестка", "повестка дня"]),
    ("numbering", &["нумерация"]),
    ("headings", &["нумерация заголовков"]),
    ("start", &["начать с", "начало нумерации"]),
    ("items", &["пункты", "подпункты", "вопросы"]),
    ("paragraphs", &["абзацы"]),
    ("text", &["текст"]),
    ("lead", &["начало"]),
    ("to", &["кому"]),
    ("to_collectives", &["коллективам", "кому (коллективы)"]),
    ("by", &["ответственный", "ответственные"]),
    ("due", &["срок"]),
    ("vote", &["голосование", "голосовали"]),
    ("for", &["за", "за что"]),
    ("against", &["против"]),
    ("abstained", &["воздержались"]),
    ("thanks", &["благодарность"]),
    ("action", &["действие"]),
    ("body", &["орган"]),
    ("people", &["люди"]),
    ("heard", &["слушали"]),
    ("spoke", &["выступили"]),
    ("decided", &["решили", "постановили"]),
    ("questions", &["вопросы"]),
    ("answer", &["ответ"]),
    ("dissent", &["особое мнение"]),
    ("caption", &["название", "название таблицы"]),
    ("columns", &["столбцы", "колонки", "графы"]),
    ("rows", &["строки"]),
    ("widths", &["ширина", "ширины"]),
    ("align", &["выравнивание"]),
    ("notes", &["примечания", "примечание"]),
    ("total", &["итого"]),
    ("table", &["таблица"]),
    ("post", &["должность"]),
    ("of", &["организация", "чего"]),
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
    ("recipient", &["кому", "получатель"]),
    ("formula", &["формула"]),
    ("issuer", &["кем выдано"]),
    ("design", &["оформление"]),
    ("orientation", &["ориентация"]),
    ("organization", &["организация", "бланк", "учреждение"]),
    ("parent", &["учредитель", "вышестоящая организация"]),
    ("address", &["адрес"]),
    ("phone", &["телефон"]),
    ("site", &["сайт"]),
    ("email", &["почта", "электронная почта"]),
    ("inn", &["инн"]),
    ("ogrn", &["огрн"]),
    ("okpo", &["окпо"]),
    ("kpp", &["кпп"]),
    ("emblem", &["эмблема", "герб"]),
    ("addressee", &["адресат", "кому"]),
    ("reply_to", &["на №", "ответ на"]),
    ("executor", &["исполнитель"]),
    ("acquainted", &["ознакомлены"]),
    ("visas", &["визы"]),
    ("copy", &["верно"]),
    ("resolution", &["резолюция"]),
    ("control", &["контроль"]),
    ("restriction", &["гриф ограничения"]),
    ("order", &["приказ", "документ"]),
    ("award", &["наградить"]),
    ("appoint", &["назначить"]),
    ("charge", &["возложить"]),
    ("commission", &["комиссия"]),
    ("repeal", &["признать утратившим силу"]),
    ("with", &["чем"]),
    ("kind_position", &["место вида"]),
    ("translation_position", &["место перевода"]),
    ("salutation", &["обращение"]),
    ("form_code", &["код формы", "окуд"]),
    ("unit", &["подразделение", "структурное подразделение"]),
    ("officer", &["должность автора"]),
    ("author", &["от кого", "автор", "заявитель"]),
    ("translation", &["перевод"]),
    ("pages", &["листов"]),
    ("copies", &["экземпляров"]),
];

/// English words of a choice and the Russian ones, as in [`KEYS`].
const WORDS: &[(&str, &[&str])] = &[
    ("preamble", &["преамбула"]),
    ("gratitude", &["благодарность", "благодарности"]),
    ("membership", &["состав", "изменения состава"]),
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
    ("portrait", &["книжная"]),
    ("landscape", &["альбомная"]),
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
];

fn normal(text: &str) -> String {
    // Most people write «е» for «ё», and a space in a key as an underscore.
    text.trim().to_lowercase().replace('ё', "е").replace('_', " ")
}

/// Whether a key as written means `key`.
pub(super) fn is_key(written: &str, key: &str) -> bool {
    // Nearly all keys are ASCII: those need no look at the table.
    written == key || (!written.is_ascii() && means(KEYS, written, key))
}

/// Whether a word as written means `word`.
pub(super) fn is_word(written: &str, word: &str) -> bool {
    written == word || means(WORDS, written, word)
}

/// The keys of the data, each with the Russian ones that may be written instead; in lower case, with
/// «е» for «ё».
///
/// ```
/// let date = itog::model::keys().find(|(key, _)| *key == "date");
/// assert_eq!(date, Some(("date", ["дата", "даты"].as_slice())));
/// ```
pub fn keys() -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
    KEYS.iter().copied()
}

/// The Russian keys that mean `key`.
pub(super) fn names(key: &str) -> &'static [&'static str] {
    KEYS.iter().find(|(known, _)| *known == key).map_or(&[], |(_, russian)| russian)
}

/// Whether a text is a key of any map.
pub(super) fn is_any_key(written: &str) -> bool {
    let written = normal(written);
    KEYS.iter().any(|(known, russian)| *known == written || russian.contains(&written.as_str()))
}

fn means(table: &[(&str, &[&str])], written: &str, english: &str) -> bool {
    let written = normal(written);
    table.iter().any(|(known, russian)| *known == english && russian.contains(&written.as_str()))
}
