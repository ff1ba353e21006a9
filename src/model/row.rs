//! A certificate from what a batch shares and a row of a table.

use super::cell;
use super::column::Column;
use super::date::{Date, DateRange};
use super::kind::{self, formula_of, language_of};
use super::person::{NameParts, Person, PersonGender, looks_like_name};
use super::read::{control_character, find_word};
use super::recipient::Recipient;
use super::{Certificate, Common, Formula, Order, arrange};
use crate::diag::{Diagnostic, Error, Message, Sink, Warned, say};
use crate::lang::ru::{capital, quantity};

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
    /// let row = [
    ///     ("№", "001"),
    ///     ("ФИО", "Бойко Ольга Сергеевна"),
    ///     ("Дата", "05.06.2014"),
    ///     ("Любимый цвет", "синий"),
    /// ];
    /// let certificate = Certificate::merge_common(&Common::default(), row).unwrap().value;
    /// assert_eq!(certificate.recipient.person.name, "Бойко Ольга Сергеевна");
    /// assert_eq!(certificate.number.as_deref(), Some("001"));
    /// assert_eq!(certificate.date.unwrap().to_string(), "2014-06-05");
    /// assert_eq!(certificate.fields["Любимый цвет"], "синий");
    /// ```
    pub fn merge_common<'a>(
        common: &Common,
        row: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Warned<Self>, Error> {
        let known = row.into_iter().map(|(header, text)| (Column::of(header), header, text));
        Self::merge_cells(common, known)
    }

    /// As [`merge_common`](Self::merge_common), of cells whose columns are known already.
    ///
    /// # Errors
    /// As [`merge_common`](Self::merge_common).
    pub fn merge_cells<'a>(
        common: &Common,
        row: impl IntoIterator<Item = (Option<Column>, &'a str, &'a str)>,
    ) -> Result<Warned<Self>, Error> {
        let certificate = common.certificate.clone();
        let (parts, sink) = (NameParts::default(), Sink::new());
        let mut merge =
            RowMerge { certificate, parts, named: None, beside: None, class: false, sink };
        let mut seen = Vec::new();
        let mut formula = None;
        for (column, header, text) in row {
            let (header, text) = (header.trim(), text.trim());
            // Mail addresses, consents, row numbers: templates may ask for them by name, but
            // they mean nothing here.
            let meant = column.filter(|c| !matches!(c, Column::Aside | Column::Ordinal));
            if meant.is_some_and(Column::names) && merge.named.is_none() {
                merge.named = Some(header.to_owned());
            }
            if text.is_empty() {
                // An own template may ask for a column whose cell is empty.
                if meant.is_none() {
                    merge.certificate.fields.entry(header.to_owned()).or_default();
                }
                continue;
            }
            // Two columns of one meaning in a row: which name is the right one only their author
            // knows. One column may hold two things, «Учреждение, руководитель».
            let same = |(known, name): &&(Option<Column>, &str)| match (meant, *known) {
                (Some(Column::Lines), Some(Column::Lines)) => *name == header,
                (Some(meant), Some(known)) => meant == known,
                _ => *name == header,
            };
            if let Some((_, first)) = seen.iter().find(same) {
                let message = say!(
                    "the columns `{first}` and `{header}` mean the same",
                    first = *first,
                    header
                );
                merge.fault(
                    header,
                    Diagnostic::error("duplicate-key", message)
                        .hint(say!("rename or remove one of them")),
                );
                continue;
            }
            seen.push((meant, header));
            if let Some(fault) = control_character(text) {
                merge.fault(header, fault);
                continue;
            }
            match meant {
                Some(Column::Formula) => formula = merge.formula(header, text),
                Some(column) => merge.cell(column, header, text),
                None => {
                    merge.certificate.fields.insert(header.to_owned(), text.to_owned());
                }
            }
        }
        merge.finish(formula)
    }
}

struct RowMerge {
    certificate: Certificate,
    parts: NameParts,
    /// The first column that names the recipient, or should.
    named: Option<String>,
    /// The class that the cell of the name says, and whether a column says one.
    beside: Option<String>,
    class: bool,
    sink: Sink,
}

impl RowMerge {
    fn fault(&mut self, header: &str, diagnostic: Diagnostic) {
        self.sink.push(diagnostic.path(header.trim()));
    }

    fn formula(&mut self, header: &str, text: &str) -> Option<Formula> {
        find_word(text, say!("a formula"), Formula::WORDS)
            .map_err(|fault| self.fault(header, *fault))
            .ok()
    }

    // Over 60 lines: a case for each column.
    fn cell(&mut self, column: Column, header: &str, text: &str) {
        let value = text.to_owned();
        let certificate = &mut self.certificate;
        let person = &mut certificate.recipient.person;
        match column {
            // The words of a greeting are the letter's own.
            Column::Name if let Some(whom) = arrange::whom_it_greets(text) => {
                self.cell(column, header, whom);
            }
            Column::Name if text.contains("; ") => {
                let several = text.split("; ").map(|one| {
                    let cell = cell::recipient(header, one);
                    let name = cell.name.unwrap_or_else(|| one.to_owned());
                    let person = Person { post: cell.post, ..Person::new(name) };
                    let (class, school) = (cell.class, cell.school);
                    Recipient { class, school, ..Recipient::from(person) }
                });
                certificate.recipient = Recipient::several(several.collect());
                self.beside = certificate.recipient.class.take();
            }
            Column::Name => {
                let cell = cell::recipient(header, text);
                (person.name, person.parts) = (cell.name.unwrap_or(value), None);
                if cell.post.is_some() {
                    person.post = cell.post;
                }
                self.beside = cell.class;
                if cell.school.is_some() {
                    certificate.recipient.school = cell.school;
                }
                if cell.age.is_some() {
                    certificate.age_group = cell.age;
                }
            }
            Column::Last => self.parts.last = value,
            Column::First => self.parts.first = Some(value),
            Column::Middle => self.parts.middle = Some(value),
            Column::Collective => {
                person.name = with_noun(header, text);
                certificate.recipient.collective = is_group(header, text);
            }
            Column::Gender => match gender(text) {
                Some(gender) => person.gender = Some(gender),
                None => {
                    let fault =
                        Diagnostic::error("unknown-value", say!("`{text}` is not a gender", text));
                    self.fault(
                        header,
                        fault.hint(say!("write м or ж, m or f, or leave the cell empty")),
                    );
                }
            },
            // «Должность (в дательном падеже)» is that form, as it stands.
            Column::Post if header.to_lowercase().contains("дательн") => {
                person.post_forms.get_or_insert_default().dative = Some(value.clone());
                person.post = Some(value);
            }
            Column::Post => {
                let (post, of) = cell::post(header, text);
                person.post = Some(post);
                if of.is_some() {
                    person.of = of;
                }
            }
            Column::Of if header.to_lowercase().contains("команд") => {
                person.of = Some(with_noun(header, text));
            }
            Column::Of => person.of = Some(value),
            Column::Dative => person.forms.get_or_insert_default().dative = Some(value),
            Column::Reason => certificate.reason = Some(value),
            Column::Number => certificate.number = Some(value),
            Column::Date => match Date::parse_any(text) {
                Ok(date) => certificate.date = Some(date),
                Err(error) => self.fault(
                    header,
                    error.diagnostic(say!("write a date as 05.06.2014, 5 июня 2014 or 2014-06-05")),
                ),
            },
            Column::Place => certificate.place = Some(value),
            Column::Kind => {
                let text = self.bare_kind(header, text);
                let certificate = &mut self.certificate;
                // The kind of the row decides, not that of the whole batch: one table may hold
                // diplomas and certificates.
                certificate.formula =
                    formula_of(text).map_or(certificate.formula, |(formula, _)| formula);
                certificate.lang = language_of(text);
                certificate.kind = text.to_owned();
            }
            // «Результат: Диплом I степени» is the kind of the row.
            Column::Degree | Column::Result if kind::is_document(text) => {
                // «диплом» under «Диплом победителя» says nothing new.
                let said = certificate.kind.to_lowercase().contains(&text.to_lowercase());
                if !said {
                    self.cell(Column::Kind, header, &capital(text));
                }
            }
            Column::Event => certificate.event.get_or_insert_default().name = value,
            Column::Issuer => certificate.issuer = Some(value),
            Column::Qr => certificate.qr = Some(value),
            Column::Template => certificate.design.template = Some(kind::design(text)),
            Column::Period => match DateRange::parse_any(text) {
                Ok(period) => certificate.period = Some(period),
                Err(error) => {
                    let form = say!("days as 03.03.2025–14.03.2025 or с 3 по 14 марта 2025 г.");
                    self.fault(header, error.diagnostic(form));
                }
            },
            Column::Salutation => certificate.salutation = Some(value),
            Column::Leader => certificate.leader = in_role(header, text),
            Column::Teacher => certificate.teacher = in_role(header, text),
            column => {
                self.class |= column == Column::Class;
                fact(certificate, column, header, text);
            }
        }
    }

    /// The kind of «Грамота, книга» without what else is handed over, which is told.
    fn bare_kind<'t>(&mut self, header: &str, text: &'t str) -> &'t str {
        let sure = |text: &str| formula_of(text).is_some_and(|(_, sure)| sure);
        let parted = text.split_once([',', '+', ';']);
        let Some((kind, more)) = parted.map(|(kind, more)| (kind.trim(), more.trim())) else {
            return text;
        };
        // «Диплом лауреата, II степень» goes on.
        if !sure(kind) || kind::is_rank(more) || more.contains("степен") {
            return text;
        }
        let message = say!("«{text}»: «{kind}» is printed, without «{more}»", text, kind, more);
        let hint = say!("give whoever gets several documents a row for each");
        self.sink.push(Diagnostic::warning("kind-more", message).hint(hint).path(header.trim()));
        kind
    }

    /// The class beside the name, if no column has one; another one there is told.
    fn class(&mut self) {
        let Some(beside) = self.beside.take() else { return };
        let own = &mut self.certificate.recipient.class;
        let Some(class) = own.as_ref().filter(|_| self.class) else {
            *own = Some(beside);
            return;
        };
        let bare = |text: &str| {
            let text = text.to_lowercase().replace("класс", "").replace("кл", "");
            text.chars().filter(|c| c.is_alphanumeric()).collect::<String>()
        };
        if bare(class) != bare(&beside) {
            let message = say!(
                "beside the name stands «{beside}», in the column «{class}», which is printed",
                beside,
                class
            );
            let told = Diagnostic::warning("class-twice", message);
            let hint = say!("leave the right one");
            self.sink.push(told.hint(hint).path(self.named.as_deref().unwrap_or("ФИО")));
        }
    }

    /// A degree that the kind has, too, is said once.
    fn once(&mut self) {
        let words = |text: &str| format!(" {} ", text.to_lowercase().replace('ё', "е"));
        let kind = words(&self.certificate.kind);
        // «Диплом I степени» needs no second «I степени» below it.
        let said = |degree: &String| kind.contains(&words(degree));
        if self.certificate.degree.as_ref().is_some_and(said) {
            self.certificate.degree = None;
        }
    }

    fn finish(mut self, formula: Option<Formula>) -> Result<Warned<Certificate>, Error> {
        self.certificate.formula = formula.unwrap_or(self.certificate.formula);
        self.class();
        self.certificate.settle();
        self.once();
        let person = &mut self.certificate.recipient.person;
        if self.parts != NameParts::default() {
            if let Some((message, hint)) = missing_part(&self.parts) {
                let fault = Diagnostic::error("missing-key", message).hint(hint);
                self.sink.push(match &self.named {
                    Some(header) => fault.path(header.as_str()),
                    None => fault,
                });
            }
            person.name = self.parts.to_string();
            person.parts = Some(self.parts);
        }
        // Only the dative is known: the formula asks for it, and files are named by it.
        let dative = person.forms.as_ref().and_then(|forms| forms.dative.clone());
        if let Some(dative) = dative.filter(|_| person.name.trim().is_empty()) {
            person.name = dative;
        }
        // «Пальма И. В.» shows no gender, and «Пальме Инне Викторовне» does.
        if person.gender.is_none() {
            let dative = person.forms.as_ref().and_then(|forms| forms.dative.as_deref());
            person.gender = dative.and_then(gender_of_dative);
        }
        // A name that could not be read has its own fault.
        let told = self
            .sink
            .all()
            .iter()
            .any(|fault| fault.data_path().and_then(Column::of).is_some_and(Column::names));
        if !told && !person.name.chars().any(char::is_alphanumeric) {
            let fault = Diagnostic::error("missing-key", say!("the row names nobody"));
            self.sink.push(
                fault
                    .hint(say!("fill in the column «ФИО» (name), or «Коллектив» (collective)"))
                    .path(self.named.as_deref().unwrap_or("ФИО")),
            );
        }
        let certificate = &self.certificate;
        let says = !certificate.text.is_empty()
            || certificate.reason.is_some()
            || certificate.recipient.person.reason.is_some();
        if certificate.formula == Formula::Letter && !says {
            let message = say!("the letter is empty: it has neither `text` nor `for`");
            let hint = say!("give the table a column «Текст», or «За что»");
            self.sink.push(Diagnostic::warning("letter-empty", message).hint(hint));
        }
        self.sink.finish(self.certificate)
    }
}

/// The gender that the patronymic of a name in the dative shows.
fn gender_of_dative(name: &str) -> Option<PersonGender> {
    let ends = |all: &[&str]| {
        let long = name.split_whitespace().filter(|word| word.chars().count() > 5);
        long.into_iter().any(|word| all.iter().any(|end| word.ends_with(end)))
    };
    match (ends(&["вичу", "ьичу", "мичу"]), ends(&["вне", "ичне", "кызы"])) {
        (true, false) => Some(PersonGender::Masculine),
        (false, true) => Some(PersonGender::Feminine),
        _ => None,
    }
}

/// Whether a cell of a column of collectives names one. «Ивановы Сергей и Анна» under «Семья» are
/// people with names of their own, and a soloist is no collective.
fn is_group(header: &str, text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
    let nouns = ["семь", "супруг", "бабушк", "дедушк", "мам", "пап", "сестр", "брат", "дети"];
    let noun = nouns.iter().any(|noun| first.starts_with(noun));
    let family = header.to_lowercase().contains("сем");
    if family { noun || !text.contains(" и ") } else { !looks_like_name(text) }
}

/// The family of a surname: «Петровы» and «Петров» are «семья Петровых», «Коваль» stands as it is.
fn family(surname: &str) -> String {
    const ENDINGS: [(&str, &str, &str); 5] = [
        ("ские", "ские", "ских"),
        ("цкие", "цкие", "цких"),
        ("ы", "овы евы ёвы ины ыны", "ых"),
        ("", "ов ев ёв ин ын", "ых"),
        ("а", "ова ева ёва ина ына", "ых"),
    ];
    let of = ENDINGS.iter().find_map(|(cut, ends, genitive)| {
        let known = ends.split(' ').any(|end| surname.ends_with(end));
        known.then(|| format!("{}{genitive}", surname.strip_suffix(cut).unwrap_or(surname)))
    });
    format!("семья {}", of.unwrap_or_else(|| surname.to_owned()))
}

/// The name of a team as a column of teams has it: «Эрудит» is «команда «Эрудит»».
fn with_noun(header: &str, text: &str) -> String {
    let header = header.to_lowercase();
    if header.contains("семь") && !text.contains(' ') {
        return family(text);
    }
    let noun = [("команд", "команда"), ("ансамбл", "ансамбль"), ("team", "команда")];
    let Some((_, noun)) = noun.iter().find(|(stem, _)| header.contains(stem)) else {
        return text.to_owned();
    };
    let quoted = text.starts_with(['«', '"', '“', '„']);
    // «Сборная школы № 5», «5 «А» класс» say themselves what they are.
    let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
    let own = ["команд", "сборн", "экипаж", "отряд", "класс", "групп", "клуб", "дружин", "хор"];
    let says = own.iter().any(|stem| first.starts_with(stem))
        || text.contains(['«', '№']) && !quoted
        || !text.starts_with(char::is_uppercase) && !quoted;
    // «СОШ № 1» and «МБОУ «Лицей»» are no teams, and their abbreviations have no cases.
    let acronym = !header.contains("ансамбл") && {
        let first = text.split_whitespace().next().unwrap_or_default();
        first.chars().count() > 1 && first.chars().all(char::is_uppercase)
    };
    match (says, quoted) {
        (true, false) if acronym => format!("{noun} {text}"),
        (true, _) => text.to_owned(),
        (false, true) => format!("{noun} {text}"),
        (false, false) => format!("{noun} «{text}»"),
    }
}

/// The people of a cell, who are what its column is called: «Воспитатель».
fn in_role(header: &str, text: &str) -> Vec<Person> {
    let mut people = cell::people(text);
    cell::in_role(&mut people, header);
    people
}

/// A degree and a result beside it are both said.
fn prize(certificate: &mut Certificate, text: String) {
    certificate.degree = Some(match certificate.degree.take() {
        Some(other) if !other.is_empty() && other != text => format!("{other}, {text}"),
        _ => text,
    });
}

/// Puts a fact of a contest or a training where it belongs.
fn fact(certificate: &mut Certificate, column: Column, header: &str, text: &str) {
    let value = Some(text.to_owned());
    match column {
        // A bare number is meant by its column: «I степени» of a degree, «I место» of a result.
        Column::Degree => prize(certificate, kind::degree(text, "степени")),
        // Under «Результат» a larger number may be points.
        Column::Result if header.to_lowercase().contains("место") => {
            prize(certificate, kind::place_won(text));
        }
        Column::Result => prize(certificate, kind::degree(text, "место")),
        Column::Text => {
            certificate.text = text.lines().map(|line| line.trim().to_owned()).collect();
        }
        // «Секция 2. Медиа» of a conference is no nomination.
        Column::Nomination if header.to_lowercase().contains("секци") => {
            let says = text.to_lowercase().starts_with("секци");
            certificate.lines.push(if says {
                text.to_owned()
            } else {
                format!("Секция: {text}")
            });
        }
        Column::Nomination => certificate.nomination = value,
        Column::AgeGroup => {
            certificate.age_group = Some(cell::age(text).unwrap_or(text).to_owned());
        }
        Column::Class => certificate.recipient.class = value,
        Column::School => certificate.recipient.school = value,
        // «Тема выступления» is a theme, and no work.
        Column::Work if header.to_lowercase().starts_with("тема") => {
            certificate.lines.push(line(header, &quoted(text)));
        }
        Column::Work => certificate.work = Some(works(text)),
        Column::Score => score(certificate, header, text),
        // A heading between rows says all by itself.
        Column::Lines if header == text => certificate.lines.push(text.to_owned()),
        Column::Lines => {
            certificate.lines.push(home(header, text).unwrap_or_else(|| line(header, text)));
        }
        Column::Programme => certificate.programme = value,
        Column::Hours => certificate.hours = value,
        Column::Series => certificate.series = value,
        Column::Order => {
            certificate.order = Some(Order { name: text.to_owned(), ..Order::default() });
        }
        Column::Year => certificate.year = value,
        Column::Photo => certificate.photo = value,
        _ => {}
    }
}

/// «1. Родина», «2. Вокализ» in lines of one cell are several works: each has its quotes.
fn works(text: &str) -> String {
    let bare = |line: &'_ str| {
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let rest = rest.strip_prefix(['.', ')']).filter(|_| rest.len() < line.len());
        quoted(rest.unwrap_or(line).trim())
    };
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    // A title broken over two lines is one.
    let numbered = |line: &&str| line.starts_with(|c: char| c.is_ascii_digit());
    let several = lines.len() > 1
        && (lines.iter().all(numbered) || lines.iter().all(|line| line.contains(['«', '"', '“'])));
    if several {
        lines.into_iter().map(bare).collect::<Vec<_>>().join("; ")
    } else {
        text.to_owned()
    }
}

/// Points, or what «Результат» of a race holds: «12,4» are seconds, metres or points, so that only
/// a name that says points lets a noun stand behind the number.
fn score(certificate: &mut Certificate, header: &str, text: &str) {
    let name = name_of(header).to_lowercase();
    let has = |stems: &[&str]| stems.iter().any(|stem| name.contains(stem));
    let result = has(&["результат", "result", "оценк"]);
    let points = has(&["балл", "очк", "score", "point", "итог", "всего", "сумм"]);
    if result && !points {
        certificate.lines.insert(0, line(name_of(header), text));
        return;
    }
    certificate.score = Some(match quantity::plural_of(text, "очко", "очка", "очков") {
        Some(noun) if has(&["очк"]) => format!("{text}\u{a0}{noun}"),
        _ => text.to_owned(),
    });
}

/// A line of its own: what the column is called, without what explains it («Тема выступления (если
/// выступаете)» asks, and the sheet tells), and its cell.
fn line(header: &str, text: &str) -> String {
    let header = unnumbered(header);
    let label = header.split(['(', '[']).next().unwrap_or(header).trim_end_matches([':', ' ']);
    // «Оценка/10,00» of a course on the web.
    let most = label.rsplit_once('/').map(|(label, most)| (label, most.trim_end_matches(",00")));
    match most.filter(|(_, most)| most.bytes().all(|byte| byte.is_ascii_digit())) {
        Some((label, most)) => format!("{label}: {} из {most}", text.trim_end_matches(",00")),
        None => format!("{label}: {text}"),
    }
}

/// Where somebody is from, as it is said without its column: «Ленинский» under «Район» is a
/// district, «г. Белово» under «Территория» says all by itself.
fn home(header: &str, text: &str) -> Option<String> {
    let header = name_of(unnumbered(header));
    let label = header.split(['(', '[', ',', '/']).next().unwrap_or(header);
    // «Город (село)» may be either.
    let only = label.len() == header.len();
    let label = label.trim().trim_end_matches(':').to_lowercase().replace('ё', "е");
    let alone = text.split_whitespace().count() == 1 && text.starts_with(char::is_uppercase);
    let adjective = alone && ["ий", "ый", "ой"].iter().any(|end| text.ends_with(end));
    Some(match label.as_str() {
        "район" if adjective => format!("{text} район"),
        "округ" if adjective => format!("{text} округ"),
        "муниципальный округ" if adjective => {
            format!("{text} муниципальный округ")
        }
        // «пгт Яя» and «с. Мохово» are no towns.
        "город" if alone && only && !text.contains('.') => format!("г. {text}"),
        "район" | "округ" | "муниципальный округ" if alone => {
            return None;
        }
        "район"
        | "округ"
        | "муниципальный округ"
        | "город"
        | "территория"
        | "муниципалитет"
        | "муниципальное образование"
        | "населенный пункт"
        | "регион" => text.to_owned(),
        _ => return None,
    })
}

/// The name of a column without the number of its question: «3. Населённый пункт».
fn unnumbered(header: &str) -> &str {
    let rest = header.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = rest.strip_prefix(['.', ')']).filter(|_| rest.len() < header.len());
    numbered.map_or(header, str::trim_start)
}

/// The name of a column without the one that stands over it.
fn name_of(header: &str) -> &str {
    header.rsplit(": ").next().unwrap_or(header)
}

/// A title in quotes, unless it has them.
fn quoted(text: &str) -> String {
    if text.contains(['«', '"', '“']) { text.to_owned() } else { format!("«{text}»") }
}

fn gender(text: &str) -> Option<PersonGender> {
    match text.to_lowercase().trim_end_matches('.') {
        "m" | "male" | "м" | "муж" | "мужской" => Some(PersonGender::Masculine),
        "f" | "female" | "ж" | "жен" | "женский" => Some(PersonGender::Feminine),
        _ => None,
    }
}

/// What a name in columns of its own lacks, and what to do. A patronymic goes with a first name; a
/// surname may stand alone.
fn missing_part(parts: &NameParts) -> Option<(Message, Message)> {
    if parts.last.is_empty() {
        let hint = say!("fill in the column «Фамилия», or give the whole name in «ФИО»");
        return Some((say!("the surname is missing"), hint));
    }
    let lacks = parts.middle.is_some() && parts.first.is_none();
    lacks.then(|| (say!("the first name is missing"), say!("fill in the column «Имя»")))
}
