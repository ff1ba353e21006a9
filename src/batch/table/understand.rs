//! What the columns of a table are: by their names, by their cells, and as the user says. A doubt
//! is an error that shows the choice.

use super::TableOptions;
use super::age::says_age;
use super::head::{ColumnName, SAID};
use super::letter;
use super::values::{ValueShares, is_person};
use crate::diag::{Diagnostic, Message, say};
use crate::lang::ru::is_letter;
use crate::model::Column;

/// Why a column is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Why {
    /// Its name says so.
    Name,
    /// Its cells say so.
    Cells,
    /// The common data say so.
    Said,
    /// Another column is the same more surely.
    Twice,
    /// It has kinds of documents, but the common data say one kind for all.
    OtherKinds,
    /// The template asks for it.
    Asked,
    /// Nothing is known of it.
    Unknown,
}

/// A column and what became of it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Planned {
    /// Its name in the table.
    pub header: String,
    /// Its place, from 0.
    pub at: usize,
    /// What it is.
    pub column: Option<Column>,
    /// Why.
    pub why: Why,
    /// Its first different cells.
    pub samples: Vec<String>,
}

impl Planned {
    /// Whether its name is that of the first (0) or the last (1) day.
    fn is_day(&self, at: usize) -> bool {
        const DAYS: [&[&str]; 2] = [&["с", "начал"], &["по", "окончан", "завершен", "конец"]];
        // What may stand beside: «Дата начала обучения по программе», but not «начала работы».
        const OF_WHAT: [&str; 9] =
            ["дат", "обучен", "курс", "период", "программ", "с", "по", "стажиров", "практик"];
        let name = self.header.rsplit(": ").next().unwrap_or_default().to_lowercase();
        let words: Vec<&str> =
            name.split(|c: char| !is_letter(c)).filter(|word| !word.is_empty()).collect();
        let is = |word: &&&str, stems: &[&str]| {
            // One letter or two are a whole word.
            stems.iter().any(|s| **word == *s || s.chars().count() > 2 && word.starts_with(s))
        };
        let Some(day) = DAYS.get(at) else { return false };
        let (days, others): (Vec<&&str>, Vec<&&str>) = words.iter().partition(|w| is(w, day));
        !days.is_empty() && others.iter().all(|word| is(word, &OF_WHAT))
    }
}

/// A score from which a name is as good as certain.
pub(super) const SURE: u8 = 94;

/// Decides for each column. Faults end the table.
pub(super) fn columns(
    headers: &[ColumnName],
    looks: &[ValueShares],
    options: &TableOptions,
) -> Result<Vec<Planned>, Vec<Diagnostic>> {
    let headers = &in_letters(headers);
    let mut faults = Vec::new();
    let mut scores: Vec<u8> = Vec::new();
    let mut planned: Vec<Planned> = Vec::new();
    // «Имя» alone is often the whole name; beside «Фамилия» it is the first name.
    let surname = headers.iter().any(|h| matches!(h.meaning, Some((Column::Last, _))));
    for (header, look) in headers.iter().zip(looks) {
        let (column, why) = match decide(header, look, surname, options) {
            Ok(decided) => decided,
            Err(fault) => {
                faults.push(fault);
                (None, Why::Unknown)
            }
        };
        scores.push(header.meaning.map_or(0, |(_, score)| score));
        planned.push(Planned {
            header: header.text.clone(),
            at: header.at,
            column,
            why,
            samples: look.samples.clone(),
        });
    }
    for (column, header) in options.columns() {
        if !planned.iter().any(|p| p.why == Why::Said && p.column == Some(column)) {
            faults.push(absent(header, &planned));
        }
    }
    if let Some(fault) = side_by_side(&planned) {
        return Err(vec![fault]);
    }
    first_and_last(&mut planned);
    theme(&mut planned);
    title(looks, &mut planned);
    total_of_rounds(looks, &mut planned);
    total_of_tasks(headers, looks, &mut planned);
    post_of_teacher(&mut planned);
    named_post_of_teacher(&mut planned);
    department(&mut planned);
    home_of_team(&mut planned);
    subject(&mut planned);
    faults.extend(organiser(headers, looks, &mut planned, options));
    one_of_each(headers, &mut planned, (&scores, looks), &mut faults);
    letter_of_class(looks, &mut planned);
    faults.extend(person_or_team(headers, looks, &mut planned));
    if faults.is_empty() && !options.beside {
        recipient(headers, looks, &mut planned).unwrap_or_else(|fault| faults.push(fault));
    }
    if faults.is_empty() { Ok(planned) } else { Err(faults) }
}

/// «Ф.», «И.», «О.» beside each other are the parts of a name.
fn in_letters(headers: &[ColumnName]) -> Vec<ColumnName> {
    let mut headers = headers.to_vec();
    let letter = |header: &ColumnName| header.text.trim_end_matches('.').trim().to_lowercase();
    let is = |pair: &[ColumnName]| letter(&pair[0]) == "ф" && letter(&pair[1]) == "и";
    let Some(at) = headers.windows(2).position(is) else { return headers };
    let parts = [("ф", Column::Last), ("и", Column::First), ("о", Column::Middle)];
    for (header, (sign, column)) in headers[at..].iter_mut().zip(parts) {
        if letter(header) == sign && header.meaning.is_none() {
            header.meaning = Some((column, SURE));
        }
    }
    headers
}

/// What a column is by its name, if its cells do not speak against it.
// Over 60 lines: one arm for each name whose cells are asked.
fn decide(
    header: &ColumnName,
    look: &ValueShares,
    surname: bool,
    options: &TableOptions,
) -> Result<(Option<Column>, Why), Diagnostic> {
    let Some((column, score)) = header.meaning else {
        // Addresses, telephones and consents are in most tables that forms make, and nobody
        // prints them: no warning is due.
        let aside = look.cells > 1 && (look.addresses > 0.7 || look.yes_no > 0.9);
        return Ok(if aside { (Some(Column::Aside), Why::Cells) } else { (None, Why::Unknown) });
    };
    if score == SAID {
        return Ok((Some(column), Why::Said));
    }
    let by_cells = |column| Ok((Some(column), Why::Cells));
    let unknown = Ok((None, Why::Unknown));
    match column {
        // «1 место», «2 место» beside each other, with those who won them below.
        Column::Place | Column::Result if look.people >= 0.5 && counted_place(&header.text) => {
            let message = say!(
                "«{header}» holds people ({samples}): each of them needs a row",
                header = header.text,
                samples = listed(&look.samples)
            );
            let hint =
                say!("put them one below the other, and what they won beside them: ФИО;Место");
            Err(Diagnostic::error("column-doubtful", message).hint(hint))
        }
        // The template has a place of its own for it.
        Column::Lines if options.asks(&header.text) => unknown,
        // Hours that somebody has worked are no hours of a training.
        Column::Hours if is_service(&header.text) => Ok((Some(Column::Lines), Why::Name)),
        // «Место» is both: the prize and the town.
        Column::Place if score < 100 => match look {
            look if look.cells == 0 => unknown,
            look if look.ranks >= 0.6 && look.towns == 0.0 => by_cells(Column::Result),
            // «Место проведения» is a house as often as a town; under a document stands a town.
            look if held(&header.text) && look.towns < 0.5 => unknown,
            // «участие», «б/м» are no ranks of a number, and still less towns.
            look if look.place_names > 0.8 && look.ranks == 0.0 => by_cells(Column::Place),
            look => Err(doubtful(
                say!(
                    "«{header}» holds {samples}: the place won, or the town of issue?",
                    header = header.text,
                    samples = listed(&look.samples)
                ),
                [("result", header), ("place", header)],
            )),
        },
        // «Тип диплома» of «победитель», «призёр» is no kind of a document.
        Column::Kind if look.kinds == 0.0 && look.ranks >= 0.5 => {
            // «Диплом» of I and II has degrees, «Награда» of 1 and 2 places.
            let diploma = header.text.to_lowercase().contains("диплом");
            by_cells(if diploma { Column::Degree } else { Column::Result })
        }
        // «Награда», «Документ»: kinds of documents in one table, prizes in another.
        Column::Kind if score < SURE => match look {
            look if look.kinds >= 0.5 && options.kind.is_some() => Ok((None, Why::OtherKinds)),
            look if look.kinds >= 0.5 => by_cells(Column::Kind),
            look if look.ranks >= 0.5 => by_cells(Column::Result),
            _ => unknown,
        },
        // «Диплом I степени», «Сертификат участника» say which document each gets.
        Column::Result if look.kinds >= 0.5 => match &options.kind {
            None => by_cells(Column::Kind),
            Some(kind) if look.kinds_are(kind) => Ok((Some(column), Why::Name)),
            Some(kind) => Err(doubtful(
                say!(
                    "«{header}» holds kinds of documents ({samples}), but the common file says \
                     «{kind}» for all",
                    header = header.text,
                    samples = listed(&look.samples),
                    kind
                ),
                [("kind", header)],
            )
            .hint(say!("or leave `kind` out of the common file"))),
        },
        Column::Result if score < 90 && look.ranks < 0.5 => unknown,
        // Marks of a school are no places, of which the first is mostly there.
        Column::Result if look.numbers > 0.9 && look.least > 1.0 && look.most <= 5.0 => {
            if says_place(&header.text) {
                Ok((Some(column), Why::Name))
            } else {
                unknown
            }
        }
        // The mean of all marks is nothing that is won.
        Column::Score
            if look.most <= 5.0
                && look.cells > 0
                && header.text.to_lowercase().contains("средн") =>
        {
            by_cells(Column::Aside)
        }
        // «Учёная степень»: «кандидат наук» is no degree of a diploma.
        Column::Degree if score < 100 && look.cells > 0 && look.ranks < 0.5 => unknown,
        // «Категория» of «высшая», «Группа» of «ИС-21» are none.
        Column::AgeGroup if score < 90 && look.ages < 0.5 && !says_age(&header.text) => unknown,
        // Marks of a school, as above.
        Column::Score if score < 90 && (look.numbers < 0.8 || look.most <= 5.0) => unknown,
        // «Обращение» of one word, «Уважаемая», greets nobody.
        Column::Salutation if look.greetings < 0.5 => unknown,
        // «Курс» of a student: «2».
        Column::Programme if score < SURE && look.numbers > 0.5 => unknown,
        // «5» alone says nothing on paper: below «№ школы» it is that of a school.
        Column::School if look.numbers > 0.5 && !of_schools(&header.text) => unknown,
        // There are no places beyond the tenth, so these are points.
        Column::Result if look.numbers > 0.8 && look.most > 10.0 && !says_place(&header.text) => {
            by_cells(Column::Score)
        }
        // «Участник» may hold «да» or the number of the entry.
        Column::Name if score < SURE && look.cells > 0 => {
            // A surname may begin as a prize does: «Участкин».
            let ranks = look.ranks > 0.6 && look.people < 0.5;
            let nobody = ranks || look.yes_no > 0.6 || look.numbers > 0.5;
            match nobody {
                // «Статус (победитель / призёр)» has a word of a person, and cells of a prize.
                true if ranks && look.numbers < 0.2 => by_cells(Column::Result),
                true => unknown,
                false => Ok((Some(column), Why::Name)),
            }
        }
        Column::First if !surname && look.several_words > 0.5 => by_cells(Column::Name),
        // «№» over 1, 2, 3 counts the rows; over other numbers it is the number of the document.
        Column::Number if look.counts && matches!(header.text.trim(), "№" | "#" | "N") => {
            by_cells(Column::Ordinal)
        }
        // Only addresses go into a code; «Ссылка» may be anything.
        Column::Qr if score < SURE && !look.samples.iter().any(|s| s.contains("://")) => unknown,
        Column::Event if score < SURE && look.people > 0.5 => unknown,
        // «Организатор» may be a person of the staff.
        Column::Issuer if look.people > 0.5 => unknown,
        // «Команда» with persons in it: a list of the members.
        Column::Collective if look.people > 0.6 && look.cells > 1 => by_cells(Column::Name),
        _ => Ok((Some(column), Why::Name)),
    }
}

/// «1 место», «II место» as a name of a column.
fn counted_place(header: &str) -> bool {
    let first = header.split_whitespace().next().unwrap_or_default();
    let figure = first.chars().all(|c| c.is_ascii_digit() || matches!(c, 'I' | 'V'));
    figure && header.to_lowercase().contains("мест")
}

/// «Волонтёрские часы», «Отработано часов».
fn is_service(header: &str) -> bool {
    let header = header.to_lowercase();
    ["волонт", "добровол", "отработ"].iter().any(|stem| header.contains(stem))
}

/// Whether a number below a name is that of a school: «Школа», «№ школы», not «ОУ».
pub(super) fn of_schools(header: &str) -> bool {
    let header = header.to_lowercase();
    let other = ["гимназ", "лице", "сад", "/", ",", " или "];
    let short = ["шк", "№ шк"].contains(&header.trim_end_matches(['.', ' ']));
    (short || header.contains("школ")) && !other.iter().any(|word| header.contains(word))
}

/// Whether a name asks where something took place.
fn held(header: &str) -> bool {
    header.to_lowercase().contains("проведени")
}

/// Two or three lists beside each other on a sheet, each with its «№»: rows of them have nothing to
/// do with each other.
fn side_by_side(planned: &[Planned]) -> Option<Diagnostic> {
    let name = |p: &Planned| {
        let own = p.header.rsplit(": ").next().unwrap_or_default();
        own.trim().trim_end_matches('.').to_lowercase()
    };
    let names: Vec<String> = planned.iter().map(name).collect();
    let lists = (2..=3).find(|lists| {
        let length = names.len() / lists;
        let alike = length > 1
            && length * lists == names.len()
            && names.chunks(length).all(|list| list == &names[..length]);
        let counted = || names[..length].iter().any(|name| name.starts_with('№'));
        let people = || planned[..length].iter().any(|p| p.column.is_some_and(Column::names));
        alike && counted() && people()
    })?;
    let letters = |list: &[Planned]| {
        let (first, last) = (list.first().map_or(0, |p| p.at), list.last().map_or(0, |p| p.at));
        format!("{}–{}", letter(first), letter(last))
    };
    let all: Vec<String> = planned.chunks(names.len() / lists).map(letters).collect();
    let message = say!("lists stand beside each other on the sheet: columns {all}", all);
    let fault = Diagnostic::error("column-doubtful", message);
    Some(fault.hint(say!(
        "put them one below the other, or each on a sheet of its own (then `--sheet all` takes \
         them all)"
    )))
}

/// «С» and «По», «Начало» and «Окончание» beside each other are the first and the last day.
fn first_and_last(planned: &mut [Planned]) {
    for at in 1..planned.len() {
        let two = &mut planned[at - 1..=at];
        let is_date = |p: &Planned| matches!(p.column, Some(Column::Date | Column::Period));
        let told = two.iter().any(|p| p.column.is_some() && !is_date(p));
        if !told && two[0].is_day(0) && two[1].is_day(1) {
            for p in two {
                (p.column, p.why) = (Some(Column::Period), Why::Name);
            }
        }
    }
}

/// «Тема» of those who were trained is that of the training; of others nobody knows of what.
fn theme(planned: &mut [Planned]) {
    let trained = planned.iter().any(|p| matches!(p.column, Some(Column::Hours | Column::Period)));
    if !trained || planned.iter().any(|p| p.column == Some(Column::Programme)) {
        return;
    }
    let is = |p: &&mut Planned| {
        let name = p.header.trim().to_lowercase();
        let short = ["тема", "тема семинара", "тема курса", "тема обучения", "тема вебинара"];
        p.column.is_none() && short.contains(&name.as_str())
    };
    if let Some(p) = planned.iter_mut().find(is) {
        (p.column, p.why) = (Some(Column::Programme), Why::Name);
    }
}

/// «Название» of those who take part in a contest is that of their work, if each has another one;
/// that of a collective, an organisation or a course would be another thing.
fn title(looks: &[ValueShares], planned: &mut [Planned]) {
    use Column::{AgeGroup, Class, Collective, Hours, Leader, Nomination, Of, Period, Programme};
    use Column::{Result, School, Score, Teacher, Work};
    let has = |all: &[Column]| planned.iter().any(|p| p.column.is_some_and(|c| all.contains(&c)));
    let contest = has(&[AgeGroup, Class, Leader, Nomination, Result, School, Score, Teacher]);
    let other = has(&[Collective, Hours, Of, Period, Programme, Work]);
    let named = |i: &usize| {
        let name = planned[*i].header.trim().to_lowercase();
        let title = ["название", "наименование"].contains(&name.as_str());
        let look = &looks[*i];
        let words = look.people < 0.2 && look.numbers < 0.2 && look.clubs < 0.2;
        title && planned[*i].column.is_none() && words && look.repeated < 0.5
    };
    if let Some(at) = (0..planned.len()).find(named).filter(|_| contest && !other) {
        (planned[at].column, planned[at].why) = (Some(Work), Why::Cells);
    }
}

/// «Должность» right behind «Педагог», while the recipient stands elsewhere, is the teacher's.
fn post_of_teacher(planned: &mut [Planned]) {
    let teaches = |p: &Planned| matches!(p.column, Some(Column::Teacher | Column::Leader));
    let names = |p: &Planned| p.column.is_some_and(Column::names);
    if !planned.iter().any(names) {
        return;
    }
    for at in 1..planned.len() {
        let of = planned[at - 1].column;
        let (plain, said) = (planned[at].column == Some(Column::Post), planned[at].why);
        // Behind a recipient that stands right before the teacher it may be of either.
        let next = at > 1 && names(&planned[at - 2]) && !planned[at + 1..].iter().any(names);
        let only = planned.iter().filter(|p| p.column == Some(Column::Post)).count() == 1;
        if plain && said != Why::Said && teaches(&planned[at - 1]) && only && !next {
            (planned[at].column, planned[at].why) = (of, Why::Name);
        }
        // «Контактное лицо», «Должность»: whose it is, is not printed either.
        let contact = planned[at - 1].header.to_lowercase().starts_with("контактн");
        if plain && said != Why::Said && of == Some(Column::Aside) && contact && only {
            (planned[at].column, planned[at].why) = (of, Why::Name);
        }
    }
}

/// «Должность руководителя» stands behind the name of the one who leads; without it before, the
/// post is nobody's.
fn named_post_of_teacher(planned: &mut [Planned]) {
    let teaches = |p: &Planned| matches!(p.column, Some(Column::Teacher | Column::Leader));
    for at in 0..planned.len() {
        if !teaches(&planned[at]) || planned[at].why == Why::Said || !is_post(&planned[at].header) {
            continue;
        }
        let names = |p: &&Planned| teaches(p) && !is_post(&p.header);
        let of = planned[..at].iter().rev().find(names).and_then(|p| p.column);
        // «Должность педагога» where no pupils are: the recipients teach.
        let pupils = |p: &Planned| {
            teaches(p) && !is_post(&p.header)
                || matches!(p.column, Some(Column::Class | Column::School | Column::Post))
        };
        let of = of.or_else(|| (!planned.iter().any(pupils)).then_some(Column::Post));
        let why = if of.is_some() { Why::Name } else { Why::Unknown };
        (planned[at].column, planned[at].why) = (of, why);
    }
}

/// Whether a column holds the posts alone of those whom it speaks of: «Должность педагога», not
/// «Должность, ФИО педагога».
pub(super) fn is_post(header: &str) -> bool {
    let name = header.to_lowercase();
    let name = name.trim_start_matches(|c: char| !is_letter(c));
    let person = ["фио", "ф.и.о", "ф. и. о", "имя", "фамили", ","];
    Column::of(header) == Some(Column::Post)
        || name.starts_with("должност") && !person.iter().any(|word| name.contains(word))
}

/// «Отдел» of a reader or a visitor is a room of the library; only of the staff it is where they
/// are from.
fn department(planned: &mut [Planned]) {
    let posts = planned.iter().any(|p| p.column == Some(Column::Post));
    let is = |p: &Planned| p.why == Why::Name && p.header.trim().to_lowercase() == "отдел";
    for p in planned.iter_mut().filter(|p| !posts && p.column == Some(Column::Of)) {
        if is(p) {
            (p.column, p.why) = (None, Why::Unknown);
        }
    }
}

/// «Учреждение» of teams is where they are from: the school, as it is printed.
fn home_of_team(planned: &mut [Planned]) {
    let has = |planned: &[Planned], column| planned.iter().any(|p| p.column == Some(column));
    let teams = has(planned, Column::Collective)
        && ![Column::Name, Column::Last, Column::Post, Column::School]
            .iter()
            .any(|column| has(planned, *column));
    for p in planned.iter_mut().filter(|p| teams && p.column == Some(Column::Of)) {
        p.column = Some(Column::School);
    }
}

/// «Предмет», «Дистанция» are what somebody has won in; of teachers they say what they teach.
fn subject(planned: &mut [Planned]) {
    use Column::{Class, Degree, Lines, Result, Score};
    let won = planned.iter().any(|p| matches!(p.column, Some(Class | Degree | Result | Score)));
    let subjects = ["предмет", "дисциплин", "дистанци", "вид спорта"];
    for p in planned.iter_mut().filter(|p| !won && p.why == Why::Name && p.column == Some(Lines)) {
        let small = p.header.to_lowercase();
        if subjects.iter().any(|subject| small.contains(subject)) {
            (p.column, p.why) = (None, Why::Unknown);
        }
    }
}

/// «Организация» that is the same in all rows: where they are from, or who gives the documents.
fn organiser(
    headers: &[ColumnName],
    looks: &[ValueShares],
    planned: &mut [Planned],
    options: &TableOptions,
) -> Option<Diagnostic> {
    let works = |p: &Planned| {
        let name = p.header.to_lowercase();
        ["работ", "служб"].iter().any(|stem| name.contains(stem))
    };
    let same = |i: &usize| {
        let p = &planned[*i];
        // Two rows may be alike by chance.
        let constant = looks[*i].cells > 2 && looks[*i].samples.len() == 1;
        p.column == Some(Column::Of) && p.why == Why::Name && constant && !works(p)
    };
    let at = (0..planned.len()).find(same)?;
    let has =
        |of| planned.iter().position(|p| p.column == Some(of) && p.header != planned[at].header);
    if has(Column::Post).is_none() && options.gives(&planned[at].samples[0]) {
        (planned[at].column, planned[at].why) = (Some(Column::Aside), Why::Cells);
        return None;
    }
    let other = has(Column::School).or_else(|| has(Column::Of))?;
    let message = say!(
        "{column} is the same in all rows, and «{other}» is beside it: where the recipients are \
         from, or who gives the documents?",
        column = shown(&planned[at]),
        other = planned[other].header
    );
    // Another column of the same meaning is asked about once.
    (planned[at].column, planned[at].why) = (None, Why::Unknown);
    Some(doubtful(message, [("issuer", &headers[at]), ("of", &headers[at])]))
}

/// «Итого» beside «1 тур», «2 тур», or beside the marks for several things where places are won, is
/// the points of all.
fn total_of_rounds(looks: &[ValueShares], planned: &mut [Planned]) {
    let named = |p: &Planned, words: &[&str]| {
        let name = p.header.to_lowercase();
        words.iter().any(|word| name.contains(word))
    };
    let rounds = planned.iter().filter(|p| named(p, &["тур", "раунд", "задани", "этап"])).count();
    let ranked = planned.iter().any(|p| p.column == Some(Column::Result));
    let marks = (0..planned.len())
        .filter(|&i| ranked && planned[i].column.is_none() && looks[i].numbers > 0.8)
        .count();
    let is_total = |i: &usize| {
        let whole = ["итого", "всего", "сумма"];
        planned[*i].column.is_none()
            && looks[*i].numbers > 0.8
            && whole.contains(&planned[*i].header.trim().to_lowercase().as_str())
    };
    let total = (0..planned.len()).find(is_total);
    // The total is one of them.
    if let Some(total) = total.filter(|_| rounds > 1 || marks > 2)
        && !planned.iter().any(|p| p.column == Some(Column::Score))
    {
        (planned[total].column, planned[total].why) = (Some(Column::Score), Why::Cells);
    }
}

/// «Итого» below «Результаты», beside «1» and «2», is the points, and these are its parts.
fn total_of_tasks(headers: &[ColumnName], looks: &[ValueShares], planned: &mut [Planned]) {
    let free = |p: &Planned| {
        p.why != Why::Said && matches!(p.column, None | Some(Column::Result | Column::Score))
    };
    for total in 0..planned.len() {
        let Some(above) = &headers[total].above else { continue };
        let beside = |&i: &usize| {
            headers[i].above.as_ref() == Some(above) && looks[i].numbers > 0.8 && free(&planned[i])
        };
        let all: Vec<usize> = (0..planned.len()).filter(beside).collect();
        let totals = all.iter().filter(|&&i| is_total(&planned[i])).count();
        if totals != 1 || all.len() < 3 || !all.contains(&total) || !is_total(&planned[total]) {
            continue;
        }
        for i in all {
            (planned[i].column, planned[i].why) = (None, Why::Twice);
        }
        (planned[total].column, planned[total].why) = (Some(Column::Score), Why::Cells);
    }
}

/// «А» below «Литера», beside «Класс», is the letter of the class.
fn letter_of_class(looks: &[ValueShares], planned: &mut [Planned]) {
    let classes = planned.iter().filter(|p| p.column == Some(Column::Class)).count();
    let class = planned.iter().position(|p| p.column == Some(Column::Class));
    let Some(class) = class.filter(|_| classes == 1) else { return };
    let letters = |at: usize| {
        let one = |text: &String| {
            let bare = text.trim_matches(['«', '»', '"', ' ']);
            bare.chars().count() == 1 && bare.chars().all(is_letter)
        };
        looks[at].cells > 0 && looks[at].samples.iter().all(one)
    };
    let named = |p: &Planned| {
        let name = p.header.to_lowercase();
        ["литер", "буква"].iter().any(|word| name.starts_with(word))
    };
    // The number must stand before its letter.
    let free = |at: &usize| planned[*at].column.is_none() && named(&planned[*at]) && letters(*at);
    let found = (class + 1..planned.len()).find(free);
    if let Some(at) = found.filter(|_| looks[class].numbers > 0.9) {
        (planned[at].column, planned[at].why) = (Some(Column::Class), Why::Name);
    }
}

/// Whether a name says that it is the sum of others.
fn is_total(p: &Planned) -> bool {
    let last = p.header.rsplit(": ").next().unwrap_or_default().to_lowercase();
    ["итог", "всего", "сумм", "общ", "total"].iter().any(|word| last.contains(word))
}

/// Whether a name says that its numbers are places, however many there are.
fn says_place(header: &str) -> bool {
    let header = header.to_lowercase();
    ["мест", "рейтинг", "rank", "place"].iter().any(|word| header.contains(word))
}

/// Of two columns that are the same, the surer one stays; of two as sure, the user chooses.
// Over 60 lines: what may stand twice is told beside what may not.
fn one_of_each(
    headers: &[ColumnName],
    planned: &mut [Planned],
    (scores, looks): (&[u8], &[ValueShares]),
    faults: &mut Vec<Diagnostic>,
) {
    // Formulas whose values are not stored, and columns that nobody has filled in.
    for i in 0..planned.len() {
        let filled = |j: usize| j != i && planned[j].column == planned[i].column;
        let blank = looks[i].cells == 0 && planned[i].column.is_some_and(|c| c != Column::Aside);
        if blank && planned[i].why != Why::Said && planned[i].samples.is_empty() {
            let other = (0..planned.len()).any(|j| filled(j) && looks[j].cells > 0);
            if other {
                (planned[i].column, planned[i].why) = (None, Why::Twice);
            }
        }
    }
    one_name(headers, planned, scores, faults);
    // «Результат» of a race is a time: beside it the place won counts.
    let ranked = |i: usize| planned[i].column == Some(Column::Result) && looks[i].ranks >= 0.6;
    if let [one] = (0..planned.len()).filter(|&i| ranked(i)).collect::<Vec<_>>()[..] {
        let others = (0..planned.len()).filter(|&i| i != one && looks[i].ranks < 0.5);
        for i in others.collect::<Vec<_>>() {
            let scored = planned.iter().any(|p| p.column == Some(Column::Score));
            let p = &mut planned[i];
            if p.column == Some(Column::Result) && p.why != Why::Said {
                // A number is what the place was won by: seconds, metres, points.
                (p.column, p.why) = match looks[i].numbers > 0.5 && !scored {
                    true => (Some(Column::Score), Why::Cells),
                    false => (None, Why::Twice),
                };
            }
        }
    }
    for first in 0..planned.len() {
        let Some(column) = planned[first].column else { continue };
        if matches!(column, Column::Aside | Column::Ordinal | Column::Lines) {
            continue;
        }
        let same: Vec<usize> =
            (first..planned.len()).filter(|&i| planned[i].column == Some(column)).collect();
        if same.len() < 2 {
            continue;
        }
        // Parts of one name below a common head are one column, and so are the first and the last
        // day; points of two rounds are not.
        let above = &headers[first].above;
        let in_parts = above.is_some() && same.iter().all(|&i| &headers[i].above == above);
        if in_parts && (column.names() || IN_PARTS.contains(&column)) {
            continue;
        }
        let days = |(at, i): (usize, &usize)| planned[*i].is_day(at);
        if column == Column::Period && same.len() == 2 && same.iter().enumerate().all(days) {
            continue;
        }
        // Their post stands behind them.
        let posts = |i: &usize| is_post(&headers[*i].text);
        if IN_PARTS.contains(&column) && same.len() == 2 && posts(&same[1]) {
            continue;
        }
        if column == Column::Score && whole_score(&same, planned) {
            continue;
        }
        // What the user says beats every score.
        let score = |i: &usize| (planned[*i].why == Why::Said, scores[*i]);
        let best = same.iter().map(score).max().unwrap_or_default();
        let sure: Vec<usize> = same.iter().copied().filter(|i| score(i) == best).collect();
        if let [one] = sure[..] {
            for i in same.into_iter().filter(|i| *i != one) {
                (planned[i].column, planned[i].why) = (None, Why::Twice);
            }
            continue;
        }
        let names: Vec<Message> = sure.iter().map(|&i| shown(&planned[i])).collect();
        let message =
            say!("several columns may be {column}: {names}", column = column.title(), names);
        let key =
            Column::keys().find(|key| Column::of_key(key) == Some(column)).unwrap_or_default();
        // What is called the same cannot be told apart by its name.
        if let [first, others @ ..] = &sure[..]
            && others.iter().all(|&i| planned[i].header == planned[*first].header)
        {
            let fault = Diagnostic::error("column-doubtful", message);
            faults.push(fault.hint(say!("rename or remove one of them")));
            for i in same {
                (planned[i].column, planned[i].why) = (None, Why::Twice);
            }
            continue;
        }
        let mut choice: Vec<_> = sure.iter().map(|&i| (key, &headers[i])).collect();
        // «Участник 1», «Участник 2» beside a team.
        let team = planned.iter().position(|p| p.column == Some(Column::Collective));
        choice.extend(team.filter(|_| column.names()).map(|i| ("collective", &headers[i])));
        faults.push(doubtful(message, choice));
        for i in same {
            (planned[i].column, planned[i].why) = (None, Why::Twice);
        }
    }
}

/// A person and a team in each row: whose the documents are only the user knows. Where some rows
/// name the one and some the other there is no doubt.
fn person_or_team(
    headers: &[ColumnName],
    looks: &[ValueShares],
    planned: &mut [Planned],
) -> Option<Diagnostic> {
    let find = |columns: &[Column]| {
        planned.iter().position(|p| p.column.is_some_and(|column| columns.contains(&column)))
    };
    let person = find(&[Column::Name, Column::Last])?;
    let team = find(&[Column::Collective])?;
    let said = |at: usize| planned[at].why == Why::Said;
    let other = match (said(person), said(team)) {
        (true, false) => Some(team),
        (false, true) => Some(person),
        _ => None,
    };
    if let Some(other) = other {
        (planned[other].column, planned[other].why) = (None, Why::Twice);
        return None;
    }
    let rows = looks.iter().map(|look| look.cells).max().unwrap_or(0);
    if said(person) || looks[person].cells + looks[team].cells <= rows + rows / 4 {
        return None;
    }
    // One team stands beside several persons: it is theirs, and they are meant.
    let shared = looks[team].cells > 2 && looks[team].repeated >= 0.3;
    // «ДЮСШ «Старт»», «СШОР № 1», «лично» are no teams of the contest.
    let clubs = looks[team].clubs >= 0.6;
    if (shared || clubs) && looks[person].repeated < 0.1 && !said(team) {
        let has = |of| planned.iter().any(|p| p.column == Some(of));
        let free = !has(Column::Of) && !has(Column::School);
        (planned[team].column, planned[team].why) = match free {
            true => (Some(Column::Of), Why::Cells),
            false => (None, Why::Unknown),
        };
        return None;
    }
    let message = say!(
        "{person} and {team}: who is the recipient?",
        person = shown(&planned[person]),
        team = shown(&planned[team])
    );
    let key = if planned[person].column == Some(Column::Last) { "last" } else { "recipient" };
    let fault = doubtful(message, [(key, &headers[person]), ("collective", &headers[team])]);
    // «Участники» of a team, all in one cell.
    let samples = &planned[person].samples;
    let many = samples.iter().filter(|cell| cell.contains([',', ';', '\n'])).count();
    if 2 * many <= samples.len() {
        return Some(fault);
    }
    let (team, members) = (&headers[team].text, &headers[person].text);
    let choice = format!("columns: {{collective: \"{team}\", lines: [\"{members}\"]}}");
    Some(fault.hint(say!("or for the team, with the names of its members: {choice}", choice)))
}

/// Columns that may stand in several below one head, beside the recipient's own.
const IN_PARTS: [Column; 3] = [Column::Leader, Column::Teacher, Column::Period];

/// Of points by rounds the total counts, if one of the columns is it: «Итого», «Сумма баллов».
fn whole_score(same: &[usize], planned: &mut [Planned]) -> bool {
    let totals: Vec<usize> = same.iter().copied().filter(|&i| is_total(&planned[i])).collect();
    // Beside several rounds their sum is often called «Итого» and nothing else.
    let lone = || planned.iter().position(|p| p.column.is_none() && is_total(p));
    let total = match totals[..] {
        [one] => Some(one),
        [] => lone(),
        _ => None,
    };
    let Some(total) = total else { return false };
    for &i in same.iter().filter(|i| **i != total) {
        (planned[i].column, planned[i].why) = (None, Why::Twice);
    }
    if planned[total].why != Why::Said {
        (planned[total].column, planned[total].why) = (Some(Column::Score), Why::Name);
    }
    true
}

/// A whole name and a name in parts: one of them stays, or the user chooses.
fn one_name(
    headers: &[ColumnName],
    planned: &mut [Planned],
    scores: &[u8],
    faults: &mut Vec<Diagnostic>,
) {
    // A name in parts beside one that only seems whole: «Участник» as a number or a team.
    let has = |planned: &[Planned], column| planned.iter().any(|p| p.column == Some(column));
    if has(planned, Column::Last) && has(planned, Column::First) {
        for (p, score) in planned.iter_mut().zip(scores) {
            // «ФИО» may be a formula whose values are not stored.
            let unsure = *score < SURE || p.samples.is_empty();
            if p.column == Some(Column::Name) && p.why != Why::Said && unsure {
                (p.column, p.why) = (None, Why::Twice);
            }
        }
    }
    let sample = |planned: &[Planned], column| {
        let found = planned.iter().find(|p| p.column == Some(column));
        found.and_then(|p| p.samples.first().map(|s| s.to_lowercase()))
    };
    // A whole name and its parts are the same person, or two persons.
    let name = planned.iter().position(|p| p.column == Some(Column::Name) && p.why != Why::Said);
    let last = planned.iter().position(|p| p.column == Some(Column::Last) && p.why != Why::Said);
    if let (Some(name), Some(last)) = (name, last)
        && let (Some(whole), Some(part)) =
            (sample(planned, Column::Name), sample(planned, Column::Last))
        && !whole.contains(&part)
    {
        let message = say!(
            "«{header}» ({samples}) and «{other}» ({others}) are different persons: who is the \
             recipient?",
            header = planned[name].header,
            samples = listed(&planned[name].samples),
            other = planned[last].header,
            others = listed(&planned[last].samples)
        );
        let choice = [("recipient", &headers[name]), ("last", &headers[last])];
        faults.push(doubtful(message, choice));
    }
    let said_in_parts =
        planned.iter().any(|p| p.column == Some(Column::Last) && p.why == Why::Said);
    if said_in_parts {
        for p in planned.iter_mut().filter(|p| p.why != Why::Said) {
            if p.column == Some(Column::Name) {
                (p.column, p.why) = (None, Why::Twice);
            }
        }
    } else if has(planned, Column::Name) {
        for p in planned.iter_mut().filter(|p| p.why != Why::Said) {
            if matches!(p.column, Some(Column::Last | Column::First | Column::Middle)) {
                (p.column, p.why) = (None, Why::Twice);
            }
        }
    }
}

/// Somebody must be the recipient.
fn recipient(
    headers: &[ColumnName],
    looks: &[ValueShares],
    planned: &mut [Planned],
) -> Result<(), Diagnostic> {
    let named = |p: &Planned| p.column.is_some_and(|c| c.names() && c != Column::Middle);
    if planned.iter().any(named) {
        return Ok(());
    }
    let people: Vec<usize> = (0..planned.len()).filter(|&i| looks[i].people >= 0.5).collect();
    if let [one] = people[..] {
        // One column of people is not yet the recipient: it may be the teacher. It must say
        // «ФИО» too, in whatever else its name says.
        let says_name = planned[one].header.to_lowercase();
        let list = ["состав", "список", "член", "жюри"];
        let is_list = list.iter().any(|word| says_name.starts_with(word));
        if is_list || says_name.contains("фио") || says_name.contains("ф.и.о") {
            house_or_head(headers, planned, one)?;
            let of = planned[one].column.replace(Column::Name);
            planned[one].why = Why::Cells;
            // «Должность руководителя» is theirs, too.
            let posts = planned.iter_mut().filter(|p| {
                of.is_some() && p.column == of && p.why != Why::Said && is_post(&p.header)
            });
            posts.for_each(|p| p.column = Some(Column::Post));
            return Ok(());
        }
    }
    // An address or a nomination receives nothing.
    let receives = |p: &Planned| {
        use Column::{Leader, Of, Post, School, Teacher};
        match Column::best(&p.header).map(|(column, _)| column) {
            Some(column) => [Leader, Of, Post, School, Teacher].contains(&column),
            None => !p.header.to_lowercase().contains("адрес"),
        }
    };
    let mut likely: Vec<usize> = match people.is_empty() {
        true => (0..planned.len()).filter(|&i| looks[i].several_words > 0.3).collect(),
        false => people,
    };
    if likely.iter().any(|&i| receives(&planned[i])) {
        likely.retain(|&i| receives(&planned[i]));
    }
    let message = match likely.is_empty() {
        true => {
            let all: Vec<String> = planned.iter().map(|p| format!("«{}»", p.header)).collect();
            say!("no column holds the recipients; the table has {all}", all)
        }
        false => {
            let all: Vec<Message> = likely.iter().map(|&i| shown(&planned[i])).collect();
            say!("which column holds the recipients: {all}?", all)
        }
    };
    Err(doubtful(message, likely.iter().map(|&i| ("recipient", &headers[i])))
        .hint(say!("or call the column «ФИО» (or «Фамилия», «Имя», «Отчество»; «Коллектив»)")))
}

/// An organisation and who leads it: either may be thanked, unless a post shows that the person is
/// meant.
fn house_or_head(
    headers: &[ColumnName],
    planned: &[Planned],
    person: usize,
) -> Result<(), Diagnostic> {
    let leads = ["руковод", "директор", "глав", "начальник"];
    let name = planned[person].header.to_lowercase();
    let leads = leads.iter().any(|stem| name.contains(stem));
    let post = |p: &Planned| p.column == Some(Column::Post) || is_post(&p.header);
    let house = planned.iter().position(|p| p.column == Some(Column::Of));
    let Some(house) = house.filter(|_| leads && !planned.iter().any(post)) else { return Ok(()) };
    let message = say!(
        "{person} and {team}: who is the recipient?",
        person = shown(&planned[person]),
        team = shown(&planned[house])
    );
    Err(doubtful(message, [("recipient", &headers[person]), ("collective", &headers[house])]))
}

fn doubtful<'a>(
    message: Message,
    choice: impl IntoIterator<Item = (&'static str, &'a ColumnName)>,
) -> Diagnostic {
    let choices: Vec<String> = choice
        .into_iter()
        // A longer list of choices is not read.
        .take(6)
        .map(|(key, header)| {
            format!("columns: {{{key}: \"{}\"}}", header.text.replace('"', "\\\""))
        })
        .collect();
    let fault = Diagnostic::error("column-doubtful", message);
    choices.into_iter().fold(fault, |fault, choice| {
        fault.hint(say!("say it in the file of --common: {choice}", choice))
    })
}

fn absent(header: &str, planned: &[Planned]) -> Diagnostic {
    let all: Vec<String> = planned.iter().map(|p| format!("«{}»", p.header)).collect();
    let message = say!("the table has no column «{header}»; it has {all}", header, all);
    let fault = Diagnostic::error("column-absent", message).path("columns");
    // «ФИО» for «Ф.И.О. участника».
    let meaning = Column::best(header).map(|(column, _)| column);
    let same = |p: &&Planned| {
        meaning.is_some() && Column::best(&p.header).map(|(column, _)| column) == meaning
    };
    match planned.iter().find(same) {
        Some(p) => fault.hint(say!("did you mean `{near}`?", near = p.header)),
        None => fault,
    }
}

/// A column with its first cells.
fn shown(column: &Planned) -> Message {
    say!("«{header}» ({samples})", header = column.header, samples = listed(&column.samples))
}

/// The first cells, cut.
fn listed(samples: &[String]) -> Message {
    let cut = |text: &String| -> String {
        match text.char_indices().nth(40) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text.clone(),
        }
    };
    let all: Vec<String> = samples.iter().take(3).map(cut).collect();
    if all.is_empty() { say!("empty") } else { say!("{all}", all) }
}

/// One warning for all columns that nothing uses, in case a name is mistyped.
pub(super) fn unused(planned: &[Planned], options: &TableOptions) -> Option<Diagnostic> {
    let unknown = |p: &&Planned| p.why == Why::Unknown && p.column.is_none();
    let all: Vec<&Planned> = planned
        .iter()
        .filter(unknown)
        .filter(|p| !p.samples.is_empty() && !options.asks(&p.header))
        .collect();
    let names: Vec<String> = all.iter().map(|p| format!("«{}»", p.header)).collect();
    let message = match names.as_slice() {
        [] => return None,
        [one] => say!("the column {one} is not known", one),
        names => say!("the columns {names} are not known", names),
    };
    let fault = Diagnostic::warning("column-unknown", message).path(all[0].header.as_str());
    // A known name whose cells say something else is not mistyped.
    let mistyped = all.iter().filter(|p| Column::of(&p.header).is_none());
    let near = mistyped.filter_map(|p| Some((p, Column::nearest(&p.header)?)));
    let fault = near.fold(fault, |fault, (p, near)| {
        fault.hint(say!("did you mean «{near}» by «{header}»?", near, header = p.header))
    });
    let first = &all[0].header;
    let line = say!(
        "to print it in a line of its own, write columns: {lines: [\"{first}\"]} into the file \
         of --common",
        first
    );
    let kept = say!("it is kept: a template may use {{fields.[{first}]}}", first);
    Some(fault.hint(line).hint(kept))
}

/// One warning for all columns whose names are nearly known ones.
pub(super) fn misspelt(planned: &[Planned]) -> Option<Diagnostic> {
    let guessed = |p: &&Planned| {
        let known = |name: &str| Column::of(name).is_some();
        let own = p.header.rsplit(": ").next().unwrap_or_default();
        let guess = p.why == Why::Name && Column::guess(&p.header).is_some();
        guess && !known(own) && !known(&p.header)
    };
    let all: Vec<(&Planned, Message)> =
        planned.iter().filter(guessed).filter_map(|p| Some((p, p.column?.title()))).collect();
    let (first, _) = all.first()?;
    let as_what = |(p, column): &(&Planned, Message)| {
        say!("«{header}» as {column}", header = p.header, column = column.clone())
    };
    let guesses: Vec<Message> = all.iter().map(as_what).collect();
    let message = say!("names of columns that are nearly known are read so: {guesses}", guesses);
    Some(Diagnostic::warning("column-unknown", message).path(first.header.as_str()))
}

/// One warning for all columns that mean what another one says more surely.
pub(super) fn surpassed(planned: &[Planned]) -> Option<Diagnostic> {
    let whole = planned.iter().any(|p| p.column == Some(Column::Name));
    // «Фамилия», «Имя» beside «ФИО» hold nothing else.
    let is_part = |p: &Planned| {
        let part = Column::of(&p.header)
            .is_some_and(|column| matches!(column, Column::Last | Column::First | Column::Middle));
        whole && part
    };
    let all: Vec<String> = planned
        .iter()
        .filter(|p| p.why == Why::Twice && !p.samples.is_empty() && !is_part(p))
        .map(|p| format!("«{}»", p.header))
        .collect();
    let message = match all.as_slice() {
        [] => return None,
        [one] => {
            say!("the column {one} is not printed: another one says the same more surely", one)
        }
        all => say!("the columns {all} are not printed: others say the same more surely", all),
    };
    let fault = Diagnostic::warning("column-unknown", message);
    Some(fault.hint(say!("to choose otherwise, write columns: {…} into the file of --common")))
}

/// A column «Награда» beside a kind that the common data give to all: reported, and not followed.
pub(super) fn other_kinds(planned: &[Planned]) -> Option<Diagnostic> {
    let other = planned.iter().find(|p| p.why == Why::OtherKinds)?;
    let message = say!(
        "«{header}» holds kinds of documents ({samples}), but the common file has one `kind` for \
         all, which is printed",
        header = other.header,
        samples = listed(&other.samples)
    );
    let hint =
        say!("to go by the column, write columns: {kind: \"{header}\"}", header = other.header);
    let fault = Diagnostic::warning("column-kind", message).path(other.header.as_str());
    Some(fault.hint(hint).hint(say!("or leave `kind` out of the common file")))
}

/// Parents beside their children: whom the documents are for only the user knows.
pub(super) fn other_people(planned: &[Planned], options: &TableOptions) -> Option<Diagnostic> {
    // Thanks for a pupil's success are mostly the teacher's.
    let thanks = options.kind.as_ref().is_some_and(|k| k.to_lowercase().starts_with("благодар"));
    let is_people = |p: &&Planned| {
        let people = p.samples.iter().filter(|cell| cell.split(',').any(is_person)).count();
        let other = match p.column {
            Some(Column::Aside) => true,
            Some(Column::Teacher | Column::Leader) => thanks && p.why != Why::Said,
            _ => false,
        };
        // «Ивановы Пётр и Анна» is no one person.
        let parents = p.header.to_lowercase().contains("родител") && people > 0;
        other && (parents || 2 * people > p.samples.len())
    };
    let other = planned.iter().find(is_people)?;
    let recipient = planned.iter().find(|p| p.column.is_some_and(Column::names))?;
    let message = say!(
        "«{header}» holds people, too ({samples}); the recipients are those of «{recipient}»",
        header = other.header,
        samples = listed(&other.samples),
        recipient = recipient.header
    );
    let hint = say!(
        "if the documents are theirs, write columns: {recipient: \"{header}\"} into the file of \
         --common",
        header = other.header
    );
    let fault = Diagnostic::warning("column-people", message).path(other.header.as_str());
    Some(fault.hint(hint))
}

/// A column «№» of 1, 2, 3 …: it counts the rows, and a certificate's number it is not.
pub(super) fn counted(planned: &[Planned]) -> Option<Diagnostic> {
    let sign = |p: &&Planned| p.column == Some(Column::Ordinal) && p.why == Why::Cells;
    // A column of numbers beside it leaves no doubt.
    if planned.iter().any(|p| p.column == Some(Column::Number)) {
        return None;
    }
    let found = planned.iter().find(sign)?;
    let message = say!(
        "«{header}» counts the rows ({samples} …), and is not printed as the number of a document",
        header = found.header,
        samples = listed(&found.samples)
    );
    let hint =
        say!("if it is the number, write columns: {number: \"{header}\"}", header = found.header);
    let fault = Diagnostic::warning("column-ordinal", message).path(found.header.as_str());
    Some(fault.hint(say!("{hint} into the file of --common, or call the column «Номер»", hint)))
}

/// One warning for all columns that a template does not ask for.
pub(super) fn not_asked(planned: &[Planned]) -> Option<Diagnostic> {
    let all: Vec<String> = planned
        .iter()
        .filter(|p| p.why == Why::Unknown && !p.samples.is_empty())
        .map(|p| format!("«{}»", p.header))
        .collect();
    let message = match all.as_slice() {
        [] => return None,
        [one] => say!("the template does not ask for the column {one}", one),
        all => say!("the template does not ask for the columns {all}", all),
    };
    Some(Diagnostic::warning("column-unknown", message))
}

/// Columns as they are called.
pub(super) fn plain(
    headers: &[ColumnName],
    looks: &[ValueShares],
    options: &TableOptions,
) -> Vec<Planned> {
    let plan = |(header, look): (&ColumnName, &ValueShares)| Planned {
        header: header.text.clone(),
        at: header.at,
        column: None,
        why: if options.asks(&header.text) { Why::Asked } else { Why::Unknown },
        samples: look.samples.clone(),
    };
    headers.iter().zip(looks).map(plan).collect()
}
