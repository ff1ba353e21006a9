//! What `check` says of a table before anything is made of it.

use itog::batch::table::{Plan, Planned, Why, letter};
use itog::batch::{Outcome, Status, Summary};
use itog::diag::{Error, Language};
use itog::model::Column;

use crate::output::say;

/// How many rows are shown as they will be printed.
pub(crate) const SHOWN: usize = 3;

/// How many rows that are left out are listed.
const LISTED: usize = 20;

/// What `check` says of a table: in Russian of a Russian one.
pub(crate) struct Shown<'a> {
    plan: &'a Plan,
    russian: bool,
    samples: Vec<(u64, String)>,
    left: Vec<String>,
    doubtful: u64,
}

impl<'a> Shown<'a> {
    pub(crate) fn new(plan: &'a Plan) -> Self {
        let cyrillic = |c: char| matches!(c, 'а'..='я' | 'А'..='Я');
        let russian = plan.columns.iter().any(|p| p.header.chars().any(cyrillic));
        Self { plan, russian, samples: Vec::new(), left: Vec::new(), doubtful: 0 }
    }

    fn language(&self) -> Language {
        if self.russian { Language::Russian } else { Language::English }
    }

    fn pick<'t>(&self, russian: &'t str, english: &'t str) -> &'t str {
        if self.russian { russian } else { english }
    }

    /// Says where the table is, and what each column became.
    pub(crate) fn columns(&self) -> Result<(), Error> {
        let plan = self.plan;
        if let Some(sheet) = &plan.sheet {
            let others: Vec<String> = plan
                .sheets
                .iter()
                .filter(|(name, _)| name != sheet)
                .map(|(name, hidden)| {
                    let hidden = if *hidden { self.pick(" (скрыт)", " (hidden)") } else { "" };
                    format!("«{name}»{hidden}")
                })
                .collect();
            let others = match others.is_empty() {
                true => String::new(),
                false => {
                    format!("{} {}", self.pick("; ещё есть", "; there are also"), others.join(", "))
                }
            };
            say(format_args!("{} «{sheet}»{others}", self.pick("Лист", "Sheet")))?;
        }
        match plan.head {
            Some((first, last)) if first == last => {
                say(format_args!(
                    "{} {first}",
                    self.pick("Названия столбцов: строка", "Column names: row")
                ))?;
            }
            Some((first, last)) => say(format_args!(
                "{} {first}–{last}",
                self.pick("Названия столбцов: строки", "Column names: rows")
            ))?,
            None => {}
        }
        say(self.pick("Столбцы:", "Columns:"))?;
        plan.columns.iter().try_for_each(|column| self.column(column))
    }

    fn column(&self, planned: &Planned) -> Result<(), Error> {
        let became = match planned.column {
            Some(column) => column.title().in_language(self.language()).into_owned(),
            None if planned.why == Why::Asked => self.pick("берётся", "taken").to_owned(),
            None => self.pick("не используется", "not used").to_owned(),
        };
        let samples: Vec<String> = planned.samples.iter().take(3).map(|s| short(s)).collect();
        let why = match (planned.why, planned.column) {
            (Why::Cells, _) => {
                format!("{}: {}", self.pick("по значениям", "by its cells"), samples.join(", "))
            }
            (Why::Asked, _) => self.pick("спрашивает шаблон", "the template asks").to_owned(),
            (Why::Said, _) => {
                self.pick("так сказано в общем файле", "the common file says so").to_owned()
            }
            (Why::OtherKinds, _) => {
                self.pick("вид уже задан в общем файле", "the common file has the kind").to_owned()
            }
            (Why::Twice, _) => {
                self.pick("есть столбец вернее", "another column is surer").to_owned()
            }
            (Why::Name, Some(Column::Aside)) | (Why::Unknown, _) => String::new(),
            _ => self.pick("по названию", "by its name").to_owned(),
        };
        let why = if why.is_empty() { why } else { format!(" ({why})") };
        let at = letter(planned.at);
        let header = short(&planned.header.replace('\n', " "));
        say(format_args!("  {at}  «{header}» → {became}{why}"))
    }

    pub(crate) fn hear(&mut self, outcome: &Outcome) {
        if let Some(text) = &outcome.text {
            self.samples.push((outcome.row, format!("{} — {text}", outcome.recipient)));
        }
        if let Status::Left(why) = &outcome.status {
            if self.left.len() < LISTED {
                let row = self.pick("строка", "row");
                let why =
                    if self.russian { russian(why.message()) } else { why.message().to_string() };
                self.left.push(match outcome.row {
                    0 => format!("  {why}"),
                    number => format!("  {row} {number}: {why}"),
                });
            }
        } else if !outcome.warnings.is_empty() {
            self.doubtful += 1;
        }
    }

    /// Says how the first rows will be printed, what is left out, and how many rows there are.
    pub(crate) fn rows(&self, summary: &Summary) -> Result<(), Error> {
        if !self.samples.is_empty() {
            say(self.pick("Так будет напечатано:", "This will be printed:"))?;
        }
        for (row, text) in &self.samples {
            say(format_args!("  {} {row}: {text}", self.pick("строка", "row")))?;
        }
        if !self.left.is_empty() {
            say(self.pick("Пропущено:", "Left out:"))?;
            self.left.iter().try_for_each(say)?;
            let more = summary.left.saturating_sub(self.left.len() as u64);
            if more > 0 {
                say(format_args!("  … {} {more}", self.pick("и ещё", "and more:")))?;
            }
        }
        let Summary { made, failed, left, .. } = summary;
        let doubtful = self.doubtful;
        if self.russian {
            say(format_args!(
                "Всего: готово {made}, с ошибками {failed}, пропущено {left}; \
                 проверьте строк: {doubtful}"
            ))
        } else {
            say(format_args!(
                "In all: {made} ready, {failed} with faults, {left} left out; \
                 look at {doubtful} rows"
            ))
        }
    }
}

/// Why a row is left out, in Russian.
fn russian(why: &str) -> String {
    const WORDS: [(&str, &str); 10] = [
        (" is a number, not a recipient", " — число, а не получатель"),
        (" stands below the table", " — под таблицей"),
        (" is nobody", " — не получатель"),
        (" is a note", " — примечание"),
        (" stands alone in the row", " — одно во всей строке"),
        ("the row holds nothing but dashes", "в строке одни прочерки"),
        ("the row counts the columns", "номера столбцов"),
        ("the names of the columns once more", "ещё раз названия столбцов"),
        ("the row is hidden, or a filter leaves it out", "строка скрыта или не прошла фильтр"),
        (", and nothing else", " и больше ничего"),
    ];
    let why = why.replace("the row has a number, ", "в строке только номер ");
    WORDS.iter().fold(why, |why, (english, russian)| why.replace(english, russian))
}

/// A text that fits into a line.
fn short(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
