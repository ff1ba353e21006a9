//! Named styles: one for each role that a document has.

use std::collections::BTreeMap;

use docx_rs::{Docx, Style, StyleType};

use super::package::Patches;
use super::package::xml::El;
use super::properties::{difference, without_defaults};
use crate::boxes::Role;

/// The styles of a document, each defined by the first paragraph or run that has it.
#[derive(Debug, Default)]
pub(super) struct Styles {
    paragraphs: BTreeMap<(String, String), ParagraphStyle>,
    order: Vec<(String, String)>,
    characters: BTreeMap<String, (String, Vec<El>)>,
}

/// A paragraph style: its id, its names and its values.
#[derive(Debug, Clone)]
pub(super) struct ParagraphStyle {
    pub(super) id: String,
    name: String,
    alias: Option<String>,
    heading: bool,
    pub(super) paragraph: Vec<El>,
    pub(super) run: Vec<El>,
}

/// Names for the classes of the built-in templates: Russian, and the English name that Word knows or a reader expects.
const NAMES: [(&str, &str, &str); 46] = [
    ("document-kind", "Вид документа", "Title"),
    ("event-name", "Мероприятие", "Event Name"),
    ("event-theme", "Тема мероприятия", "Event Theme"),
    ("event-dates", "Даты мероприятия", "Event Dates"),
    ("event-place", "Место мероприятия", "Event Place"),
    ("host", "Организатор", "Host"),
    ("adopted", "Кем принят", "Adopted"),
    ("document-date", "Дата документа", "Date"),
    ("document-place", "Место составления", "Place"),
    ("role", "Роль", "Role"),
    ("preamble", "Преамбула", "Preamble"),
    ("recital", "Мотивировка", "Recital"),
    ("resolves", "Постановляющее слово", "Resolves"),
    ("resolves-word", "Постановляющее слово (знак)", "Resolves Word"),
    ("section-heading", "Заголовок раздела", "Section Heading"),
    ("text", "Текст", "Text"),
    ("point", "Пункт", "Point"),
    ("point-text", "Текст пункта", "Point Text"),
    ("group-lead", "Адресат пункта", "Group Lead"),
    ("person", "Лицо", "Person"),
    ("note", "Срок и ответственный", "Note"),
    ("vote", "Голосование", "Vote"),
    ("agenda-item", "Вопрос повестки", "Agenda Item"),
    ("agenda-title", "Заголовок вопроса", "Agenda Title"),
    ("agenda-label", "Слушали, выступили, решили", "Agenda Label"),
    ("speaker", "Выступающий", "Speaker"),
    ("stamp-title", "Гриф утверждения", "Approval"),
    ("stamp-post", "Гриф: должность", "Approval Post"),
    ("stamp-name", "Гриф: подпись", "Approval Name"),
    ("stamp-date", "Гриф: дата", "Approval Date"),
    ("signature-post", "Подпись: должность", "Signature Post"),
    ("signature-name", "Подпись: имя", "Signature Name"),
    ("signature-mark", "Подпись: место", "Signature Mark"),
    ("e-signature-title", "Электронная подпись: заголовок", "E-Signature Title"),
    ("e-signature-line", "Электронная подпись", "E-Signature"),
    ("appendix-label", "Номер приложения", "Appendix Label"),
    ("appendix-title", "Заголовок приложения", "Appendix Title"),
    ("certificate-kind", "Вид награды", "Certificate Kind"),
    ("certificate-number", "Номер награды", "Certificate Number"),
    ("issuer", "Кем выдано", "Issuer"),
    ("formula", "Формула", "Formula"),
    ("recipient-name", "Имя награждённого", "Recipient Name"),
    ("recipient-post", "Должность награждённого", "Recipient Post"),
    ("greeting", "Обращение", "Greeting"),
    ("reason", "За что", "Reason"),
    ("date-and-place", "Место и дата", "Date and Place"),
];

/// What the style of an element or class is called: Russian name, English alias.
fn names(element: &str, class: &str) -> (String, Option<String>) {
    if let Some((_, russian, english)) = NAMES.iter().find(|(name, ..)| *name == class) {
        return ((*russian).to_owned(), Some((*english).to_owned()));
    }
    if !class.is_empty() {
        return (format!("Стиль {class}"), None);
    }
    let (russian, english) = match element {
        "p" | "" => ("Абзац", "Body Text"),
        "li" => ("Пункт списка", "List Item"),
        "th" => ("Заголовок таблицы", "Table Heading"),
        "td" => ("Текст таблицы", "Table Text"),
        "caption" => ("Название объекта", "Caption"),
        "blockquote" => ("Цитата", "Quote"),
        "pre" => ("Моноширинный текст", "Preformatted"),
        other => return (format!("Элемент {other}"), None),
    };
    (russian.to_owned(), Some(english.to_owned()))
}

impl Styles {
    /// The style of a paragraph with that element and class; made of these values if it is the first.
    pub(super) fn paragraph(&mut self, element: &str, class: &str, role: Role, paragraph: &[El], run: &[El]) -> &ParagraphStyle {
        let class = class.split_whitespace().next().unwrap_or("");
        // Headings without a class of their own are Word's; with one they are styles with an outline level.
        let key = (element.to_owned(), class.to_owned());
        if !self.paragraphs.contains_key(&key) {
            let number = self.order.len() + 1;
            let (id, name, alias) = match role {
                Role::Heading(level) if class.is_empty() => (format!("Heading{level}"), format!("heading {level}"), None),
                _ => {
                    let (name, alias) = names(element, class);
                    let taken = self.paragraphs.values().any(|style| style.name == name);
                    let name = if taken { format!("{name} ({element})") } else { name };
                    (format!("Itog{number}"), name, alias.filter(|_| !taken))
                }
            };
            let style = ParagraphStyle {
                id,
                name,
                alias,
                heading: matches!(role, Role::Heading(_)),
                paragraph: paragraph.to_vec(),
                run: run.to_vec(),
            };
            self.order.push(key.clone());
            self.paragraphs.insert(key.clone(), style);
        }
        &self.paragraphs[&key]
    }

    /// The id of a character style for an inline class, made of these values if it is the first; nothing if the values differ from the first's.
    pub(super) fn character(&mut self, name: &str, properties: &[El]) -> Option<String> {
        let number = self.characters.len() + 1;
        let (id, first) = self.characters.entry(name.to_owned()).or_insert_with(|| (format!("ItogChar{number}"), properties.to_vec()));
        (first == properties).then(|| id.clone())
    }

    /// Adds all styles to the document: `Normal` from the values that the body has, the rest based on it.
    pub(super) fn define(self, mut docx: Docx, patches: &mut Patches, body: (Vec<El>, Vec<El>)) -> Docx {
        let normal = (without_defaults(body.0.clone()), without_defaults(body.1.clone()));
        docx = docx.add_style(Style::new("Normal", StyleType::Paragraph).name("Normal").q_format(true).ui_priority(0));
        patches.styles.insert("Normal".into(), normal);
        for key in &self.order {
            let style = &self.paragraphs[key];
            let mut defined = Style::new(&style.id, StyleType::Paragraph).name(&style.name).based_on("Normal").q_format(true);
            if style.heading {
                defined = defined.ui_priority(9).next("Normal");
            }
            docx = docx.add_style(defined);
            let properties = (difference(&style.paragraph, &body.0), difference(&style.run, &body.1));
            patches.styles.insert(style.id.clone(), properties);
            if let Some(alias) = &style.alias {
                patches.aliases.insert(style.id.clone(), alias.clone());
            }
        }
        for (name, (id, properties)) in self.characters {
            let (russian, alias) = match name.as_str() {
                "strong" | "b" => ("Strong".to_owned(), None),
                "em" | "i" => ("Emphasis".to_owned(), None),
                "a" => ("Hyperlink".to_owned(), None),
                class => names("span", class),
            };
            docx = docx.add_style(Style::new(&id, StyleType::Character).name(russian).based_on("DefaultParagraphFont"));
            patches.styles.insert(id.clone(), (Vec::new(), properties));
            if let Some(alias) = alias {
                patches.aliases.insert(id, alias);
            }
        }
        docx
    }
}

/// Adds the style of headers and footers.
pub(super) fn define_header(docx: Docx, patches: &mut Patches, run: &[El], normal: &(Vec<El>, Vec<El>)) -> Docx {
    let paragraph = vec![El::new("w:spacing").with("w:before", 0).with("w:after", 0).with("w:line", 240).with("w:lineRule", "auto")];
    patches.styles.insert("Header".into(), (paragraph, difference(run, &normal.1)));
    docx.add_style(Style::new("Header", StyleType::Paragraph).name("header").based_on("Normal").ui_priority(99))
}
