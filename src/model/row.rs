//! A certificate from what a batch shares and a row of a table.

use super::certificate::{Certificate, Common, Formula};
use super::date::Date;
use super::kind::{formula_of, language_of};
use super::person::{Gender, NameParts};
use super::read::{control_character, find_word};
use crate::diag::{Diagnostic, Error, Sink, Warned, nearest};

/// What a column of a table means, found by its header in Russian or English; case, spaces and
/// punctuation do not matter.
///
/// ```
/// use itog::model::Column;
/// assert_eq!(Column::of("Ф. И. О."), Some(Column::Name));
/// assert_eq!(Column::of("За что"), Some(Column::Reason));
/// assert_eq!(Column::of("Любимый цвет"), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Column {
    /// The whole name of the recipient.
    Name,
    /// Фамилия.
    Last,
    /// Имя.
    First,
    /// Отчество.
    Middle,
    /// The name of a collective.
    Collective,
    /// Пол.
    Gender,
    /// Должность.
    Post,
    /// Организация.
    Of,
    /// За что.
    Reason,
    /// Номер.
    Number,
    /// Дата.
    Date,
    /// Место.
    Place,
    /// Вид.
    Kind,
    /// Формула.
    Formula,
    /// Мероприятие.
    Event,
    /// Кем выдано.
    Issuer,
    /// Содержание QR-кода.
    Qr,
    /// Шаблон.
    Template,
}

/// The headers of each column, normalised; the first is the key of the data itself.
const HEADERS: [(Column, &[&str]); 18] = [
    (
        Column::Name,
        &[
            "name",
            "фио",
            "фамилияимяотчество",
            "имяфамилия",
            "фамилияимя",
            "участник",
            "получатель",
            "кому",
            "fullname",
            "recipient",
        ],
    ),
    (Column::Last, &["last", "фамилия", "lastname", "surname"]),
    (Column::First, &["first", "имя", "firstname"]),
    (Column::Middle, &["middle", "отчество", "middlename", "patronymic"]),
    (Column::Collective, &["collective", "коллектив", "названиеколлектива"]),
    (Column::Gender, &["gender", "пол", "sex"]),
    (Column::Post, &["post", "должность", "position"]),
    (
        Column::Of,
        &["of", "организация", "учреждение", "местоработы", "organization", "organisation"],
    ),
    (Column::Reason, &["for", "зачто", "заслуги", "reason"]),
    (Column::Number, &["number", "номер", "№", "no"]),
    (Column::Date, &["date", "дата"]),
    (Column::Place, &["place", "место"]),
    (Column::Kind, &["kind", "вид", "виддокумента"]),
    (Column::Formula, &["formula", "формула"]),
    (Column::Event, &["event", "мероприятие"]),
    (Column::Issuer, &["issuer", "кемвыдано"]),
    (Column::Qr, &["qr", "qrкод", "ссылка", "link"]),
    (Column::Template, &["template", "шаблон", "дизайн", "design"]),
];

impl Column {
    /// The column of a header.
    pub fn of(header: &str) -> Option<Self> {
        let header = normal(header);
        HEADERS
            .iter()
            .find(|(_, names)| names.contains(&header.as_str()))
            .map(|(column, _)| *column)
    }

    /// Whether the column says who the recipient is.
    fn names(self) -> bool {
        matches!(self, Self::Name | Self::Last | Self::First | Self::Middle | Self::Collective)
    }

    /// The known header that is nearest to one that is not known.
    pub fn nearest(header: &str) -> Option<&'static str> {
        nearest(&normal(header), HEADERS.iter().flat_map(|(_, names)| names.iter().copied()))
    }
}

fn normal(header: &str) -> String {
    let mut normal = String::with_capacity(header.len());
    for c in header.chars() {
        match c {
            'ё' | 'Ё' => normal.push('е'),
            'а'..='я' | 'a'..='z' | '0'..='9' | '№' => normal.push(c),
            _ if c.is_alphanumeric() => normal.extend(c.to_lowercase()),
            _ => {}
        }
    }
    normal
}

impl Certificate {
    /// The certificate of one row: what the batch shares, overruled by the cells that are not
    /// empty.
    ///
    /// A cell is a header and a text; see [`Column`] for the headers. A header that is not known
    /// becomes a key of [`fields`](Certificate::fields). The data path of a fault is the header
    /// of the cell.
    ///
    /// # Errors
    /// All faults of the row: no name, an unknown gender or formula, an impossible date, the same
    /// column twice.
    ///
    /// ```
    /// use itog::model::{Certificate, Common};
    /// let row = [("№", "001"), ("ФИО", "Бойко Ольга Сергеевна"), ("Дата", "05.06.2014"), ("Город", "Яя")];
    /// let certificate = Certificate::merge_common(&Common::default(), row).unwrap().value;
    /// assert_eq!(certificate.recipient.person.name, "Бойко Ольга Сергеевна");
    /// assert_eq!(certificate.number.as_deref(), Some("001"));
    /// assert_eq!(certificate.date.unwrap().to_string(), "2014-06-05");
    /// assert_eq!(certificate.fields["Город"], "Яя");
    /// ```
    pub fn merge_common<'a>(
        common: &Common,
        row: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Warned<Self>, Error> {
        let mut merge =
            Merge { certificate: common.0.clone(), parts: NameParts::default(), sink: Sink::new() };
        let mut seen = Vec::new();
        let mut formula = None;
        for (header, text) in row {
            let text = text.trim();
            let column = Column::of(header);
            if text.is_empty() {
                // The column is there, so a template may ask for it.
                if column.is_none() && !header.trim().is_empty() {
                    let fields = &mut merge.certificate.fields;
                    fields.entry(header.trim().to_owned()).or_default();
                }
                continue;
            }
            if let Some(first) = seen
                .iter()
                .find(|(known, name)| column.is_some_and(|c| Some(c) == *known) || *name == header)
            {
                let message = format!("the columns `{}` and `{header}` mean the same", first.1);
                merge.fault(
                    header,
                    Diagnostic::error("duplicate-key", message)
                        .hint("rename or remove one of them"),
                );
                continue;
            }
            seen.push((column, header));
            if let Some(fault) = control_character(text) {
                merge.fault(header, fault);
                continue;
            }
            match column {
                Some(Column::Formula) => formula = merge.formula(header, text),
                Some(column) => merge.cell(column, header, text),
                None => {
                    merge.certificate.fields.insert(header.trim().to_owned(), text.to_owned());
                }
            }
        }
        merge.finish(formula)
    }
}

struct Merge {
    certificate: Certificate,
    parts: NameParts,
    sink: Sink,
}

impl Merge {
    fn fault(&mut self, header: &str, diagnostic: Diagnostic) {
        self.sink.push(diagnostic.path(header.trim()));
    }

    fn formula(&mut self, header: &str, text: &str) -> Option<Formula> {
        find_word(text, "a formula", Formula::WORDS)
            .map_err(|fault| self.fault(header, *fault))
            .ok()
    }

    fn cell(&mut self, column: Column, header: &str, text: &str) {
        let value = text.to_owned();
        let certificate = &mut self.certificate;
        let person = &mut certificate.recipient.person;
        match column {
            Column::Name => (person.name, person.parts) = (value, None),
            Column::Last => self.parts.last = value,
            Column::First => self.parts.first = Some(value),
            Column::Middle => self.parts.middle = Some(value),
            Column::Collective => {
                person.name = value;
                certificate.recipient.collective = true;
            }
            Column::Gender => match gender(text) {
                Some(gender) => person.gender = Some(gender),
                None => {
                    let fault =
                        Diagnostic::error("unknown-value", format!("`{text}` is not a gender"));
                    self.fault(header, fault.hint("write м or ж, m or f, or leave the cell empty"));
                }
            },
            Column::Post => person.post = Some(value),
            Column::Of => person.of = Some(value),
            Column::Reason => certificate.reason = Some(value),
            Column::Number => certificate.number = Some(value),
            Column::Date => match Date::parse_any(text) {
                Ok(date) => certificate.date = Some(date),
                Err(error) => self.fault(
                    header,
                    error.diagnostic("a date as 05.06.2014, 5 июня 2014 or 2014-06-05"),
                ),
            },
            Column::Place => certificate.place = Some(value),
            Column::Kind => {
                certificate.formula =
                    formula_of(text).map_or(certificate.formula, |(formula, _)| formula);
                certificate.lang = language_of(text);
                certificate.kind = value;
            }
            Column::Event => certificate.event.get_or_insert_default().name = value,
            Column::Issuer => certificate.issuer = Some(value),
            Column::Qr => certificate.qr = Some(value),
            Column::Template => certificate.design.template = Some(value),
            Column::Formula => {}
        }
    }

    fn finish(mut self, formula: Option<Formula>) -> Result<Warned<Certificate>, Error> {
        self.certificate.formula = formula.unwrap_or(self.certificate.formula);
        self.certificate.settle();
        let person = &mut self.certificate.recipient.person;
        if self.parts != NameParts::default() {
            if self.parts.last.is_empty() {
                let fault = Diagnostic::error("missing-key", "the surname is missing");
                self.sink.push(
                    fault.hint("fill in the column «Фамилия», or give the whole name in «ФИО»"),
                );
            }
            person.name = self.parts.to_string();
            person.parts = Some(self.parts);
        }
        let told = self
            .sink
            .all()
            .iter()
            .any(|fault| fault.data_path().and_then(Column::of).is_some_and(Column::names));
        if !told && !person.name.chars().any(char::is_alphanumeric) {
            let fault = Diagnostic::error("missing-key", "the row names nobody");
            self.sink.push(
                fault
                    .hint("fill in the column «ФИО» (name), or «Коллектив» (collective)")
                    .path("ФИО"),
            );
        }
        self.sink.finish(self.certificate)
    }
}

fn gender(text: &str) -> Option<Gender> {
    match text.to_lowercase().trim_end_matches('.') {
        "m" | "male" | "м" | "муж" | "мужской" => Some(Gender::Masculine),
        "f" | "female" | "ж" | "жен" | "женский" => Some(Gender::Feminine),
        _ => None,
    }
}
