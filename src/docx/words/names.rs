//! What styles are called: in Russian, with the English name as an alias.
//!
//! A table of the classes of the built-in templates; a class of one's own is called by its name.

/// Classes of the built-in templates.
const CLASSES: &[(&str, &str, &str)] = &[
    // Requisites of a document.
    ("document-kind", "Заголовок документа", "Document Title"),
    ("event-name", "Название мероприятия", "Event Name"),
    ("event-theme", "Тема мероприятия", "Event Theme"),
    ("event-dates", "Даты мероприятия", "Event Dates"),
    ("event-place", "Место мероприятия", "Event Place"),
    ("host", "Организатор", "Host"),
    ("adopted", "Кем принят", "Adopted"),
    ("document-date", "Дата документа", "Document Date"),
    ("document-place", "Место составления", "Document Place"),
    ("role", "Председатель и секретарь", "Role"),
    ("quorum", "Кворум", "Quorum"),
    // The text.
    ("preamble", "Преамбула", "Preamble"),
    ("preamble-text", "Текст преамбулы", "Preamble Text"),
    ("recital", "Мотивировка", "Recital"),
    ("resolves", "Постановляющее слово", "Resolves"),
    ("resolves-word", "Постановляющее слово в строке", "Resolves Word"),
    ("whole", "Неразрывный текст", "Kept Together"),
    ("section-heading", "Заголовок раздела", "Section Heading"),
    ("text", "Текст", "Text"),
    ("point", "Пункт", "Point"),
    ("point-text", "Текст пункта", "Point Text"),
    ("subpoint", "Подпункт", "Subpoint"),
    ("group-lead", "Адресат пункта", "Group Lead"),
    ("person", "Награждаемое лицо", "Person"),
    ("collective", "Награждаемый коллектив", "Collective"),
    ("gratitude", "Благодарность", "Gratitude"),
    ("terms", "Срок и ответственный", "Terms"),
    ("note", "Примечание", "Note"),
    ("vote", "Голосование", "Vote"),
    // Minutes.
    ("agenda-item", "Вопрос повестки", "Agenda Item"),
    ("agenda-question", "Вопрос повестки", "Agenda Question"),
    ("agenda-title", "Заголовок вопроса", "Agenda Title"),
    ("agenda-label", "Слушали, выступили, решили", "Agenda Label"),
    ("speech", "Выступление", "Speech"),
    ("speaker", "Выступающий", "Speaker"),
    // Tables.
    ("table-heading", "Заголовок таблицы", "Table Heading"),
    ("table-text", "Текст таблицы", "Table Text"),
    ("table-caption", "Название таблицы", "Table Caption"),
    ("data", "Таблица данных", "Data Table"),
    ("signers", "Таблица подписей", "Signatures Table"),
    ("beside", "Таблица двух языков", "Languages Table"),
    // Approval and signatures.
    ("stamp-word", "Гриф утверждения", "Approval"),
    ("stamp-title", "Гриф утверждения", "Approval"),
    ("stamp-post", "Гриф: должность", "Approval Post"),
    ("stamp-name", "Гриф: подпись", "Approval Name"),
    ("stamp-date", "Гриф: дата", "Approval Date"),
    ("signature-post", "Подпись: должность", "Signature Post"),
    ("signature-name", "Подпись: имя", "Signature Name"),
    ("signature-mark", "Подпись: место", "Signature Mark"),
    ("signature-space", "Подпись: черта", "Signature Line"),
    ("e-signature-title", "Электронная подпись: заголовок", "E-Signature Title"),
    ("e-signature-line", "Электронная подпись", "E-Signature"),
    // Appendices.
    ("appendix-number", "Номер приложения", "Appendix Number"),
    ("appendix-to", "К чему приложение", "Appendix To"),
    ("appendix-label", "Гриф приложения", "Appendix Label"),
    ("appendix-title", "Заголовок приложения", "Appendix Title"),
    // Certificates.
    ("certificate-kind", "Вид награды", "Certificate Kind"),
    ("certificate-number", "Номер награды", "Certificate Number"),
    ("issuer", "Кем выдано", "Issuer"),
    ("logo", "Эмблема", "Logo"),
    ("formula", "Формула награждения", "Formula"),
    ("recipient-name", "Имя награждённого", "Recipient Name"),
    ("recipient-post", "Должность награждённого", "Recipient Post"),
    ("greeting", "Обращение", "Greeting"),
    ("reason", "За что награждается", "Reason"),
    ("body", "Текст награды", "Certificate Body"),
    ("date-and-place", "Место и дата", "Date and Place"),
];

/// Elements without a class.
const ELEMENTS: &[(&str, &str, &str)] = &[
    ("body", "Основной текст", "Main Text"),
    ("p", "Абзац", "Paragraph"),
    ("", "Текст без разметки", "Plain Text Block"),
    ("li", "Пункт списка", "List Item"),
    ("dt", "Термин", "Term"),
    ("dd", "Определение", "Definition"),
    ("th", "Заголовок таблицы", "Table Heading"),
    ("td", "Текст таблицы", "Table Text"),
    ("caption", "Название таблицы", "Table Caption"),
    ("table", "Таблица", "Table"),
    ("figcaption", "Подпись к рисунку", "Figure Caption"),
    ("blockquote", "Цитата", "Quotation"),
    ("pre", "Текст как есть", "Preformatted"),
    ("div", "Блок", "Block"),
    ("code", "Код", "Code"),
    ("small", "Мелкий текст", "Small Text"),
    ("b", "Полужирный", "Bold"),
    ("i", "Курсив", "Italic"),
    ("u", "Подчёркнутый", "Underlined"),
    ("s", "Зачёркнутый", "Struck Through"),
    ("strong", "Важное", "Strong"),
    ("em", "Выделение", "Emphasis"),
    ("sub", "Нижний индекс", "Subscript"),
    ("sup", "Верхний индекс", "Superscript"),
];

/// The Russian name and, if there is one, the English alias of an element's or class's style.
pub(crate) fn of(element: &str, class: &str) -> (String, Option<String>) {
    let (table, name) = if class.is_empty() { (ELEMENTS, element) } else { (CLASSES, class) };
    match table.iter().find(|(key, ..)| *key == name) {
        Some((_, russian, english)) => ((*russian).to_owned(), Some((*english).to_owned())),
        // A style's name may hold no comma or semicolon (they part aliases).
        None if class.is_empty() => (format!("Элемент {}", plain(element)), None),
        None => (format!("Стиль {}", plain(class)), None),
    }
}

/// What a Russian Word calls a style of its own that others are based on, by its id.
pub(crate) fn word(id: &str) -> &str {
    match id {
        "ListParagraph" => "Абзац списка",
        "Caption" => "Название объекта",
        "FootnoteText" => "Текст сноски",
        "Quote" => "Цитата",
        id => id,
    }
}

/// Whether a first-level heading of that class is the title of the document.
pub(crate) fn is_title(class: &str) -> bool {
    matches!(class, "document-kind" | "document-title" | "certificate-kind" | "title")
}

fn plain(name: &str) -> String {
    name.chars()
        .map(
            |c| {
                if matches!(c, ',' | ';' | '<' | '>' | '&' | '"') || c.is_control() {
                    '-'
                } else {
                    c
                }
            },
        )
        // Word takes 253 characters, of which nobody sees so many in the list of styles.
        .take(80)
        .collect()
}
