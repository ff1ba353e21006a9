//! From lines to rows: which of them are people, and which are totals, notes and repeated heads.

use std::sync::Arc;

use super::doubt;
use super::even::Evener;
use super::head::{self, repeats};
use super::heading::{self, Headings};
use super::made_date::{self, MadeDate};
use super::sheet::{SeenCell, SheetRow};
use super::signs::{is_ditto, is_error, says_nothing};
use super::twofold::Twofold;
use super::understand::{Planned, SURE, is_post, of_schools};
use super::values::{self, is_dash, is_person};
use super::{DataCell, DataRow, RowContent};
use crate::batch::mend::{self, Mended};
use crate::diag::{Diagnostic, Message, say};
use crate::lang::ru::is_letter;
use crate::lang::ru::party::{Party, PartyKind};
use crate::model::Column;

/// Beginnings of what stands below a table.
const BELOW: [&str; 50] = [
    "итог",
    "всего",
    "исполнител",
    "примечани",
    "составил",
    "составитель",
    "подготовил",
    "ответственн",
    "председател",
    "секретар",
    "жюри",
    "директор",
    "заведующ",
    "начальник",
    "м.п.",
    "м. п.",
    "дата:",
    "подпись",
    "согласовано",
    "утвержд",
    "тел.",
    "телефон",
    "количество",
    "в том числе",
    "total",
    "средн",
    "общее ",
    "общий ",
    "сумма",
    "качество",
    "успеваемость",
    "максимальн",
    "минимальн",
    "главный судья",
    "главный секретар",
    "гл. суд",
    "гл. секр",
    "судья",
    "судейск",
    "члены",
    "сформировано",
    "источник",
    "руководитель",
    "организатор",
    "продолжение",
    "окончание",
    "кол-во",
    "с уважением",
    "списки верны",
    "список верен",
];

/// A cell that says «as above», by its column, and what it is read as.
struct SameAsAbove {
    at: usize,
    mark: String,
    text: String,
}

/// Names of columns below the head.
enum NamesBelow {
    /// What the columns are, in other words.
    Same,
    /// A second table begins: whoever stands below must not be taken for what the first one has
    /// there.
    Other(Diagnostic),
}

/// What may head the rows below.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct MayHead {
    /// Rows have several cells, and people in the column of names: what stands alone in it and is
    /// no person heads the rows below, «Библиотека № 1».
    pub(super) among_people: bool,
    /// As many rows have several cells as one: what stands alone may head the rows below.
    pub(super) blocks: bool,
    /// A list of one column, in which only what is sure to be a heading is one.
    pub(super) listed: bool,
    /// The first row is a school, a club or a library alone, so others alone are headings, too.
    pub(super) houses: bool,
}

/// Makes rows of the lines below the head.
pub(super) struct Maker {
    pub(super) columns: Vec<Planned>,
    pub(super) headers: Vec<Arc<str>>,
    /// How the cells of each column are made even; none beyond the last one that is.
    pub(super) even: Vec<Option<Evener>>,
    /// Take hidden rows too.
    pub(super) hidden: bool,
    /// Cells beyond the last name are faults: of a text file, where a separator went astray.
    pub(super) strict: bool,
    /// Whether rows are people, or anything that a template asks for.
    pub(super) people: bool,
    pub(super) first: bool,
    /// Columns that hold two things in a cell; none beyond the last one that does.
    pub(super) twofold: Vec<Option<Twofold>>,
    pub(super) heads: MayHead,
    /// What the headings above say.
    pub(super) above: Headings,
    /// The row of a head that has other columns: what stands below it is not known.
    pub(super) other_head: Option<u64>,
    /// The cells of the row before, for those that say «as above».
    pub(super) before: Vec<SeenCell>,
    /// «Члены жюри:» stands above: whoever is named there signs.
    pub(super) signing: bool,
}

impl Maker {
    /// A row of a line; none of a blank one.
    pub(super) fn row(&mut self, mut line: SheetRow) -> Option<DataRow> {
        let first = std::mem::take(&mut self.first);
        if line.is_blank() {
            // A blank row between the head and the first row is not the first row.
            self.first = first;
            return None;
        }
        let number = line.number;
        let left = |why: Message| {
            let fault = Diagnostic::warning("row-left-out", why);
            Some(DataRow::of(number, RowContent::Left(fault)))
        };
        if let Some(fault) = &line.fault {
            let diagnostic = Diagnostic::error(fault.code, &fault.message);
            let diagnostic = fault.hint.iter().fold(diagnostic, Diagnostic::hint);
            return Some(DataRow::of(number, RowContent::Faulty(diagnostic)));
        }
        // Who filters a table means those whom it still shows.
        if line.hidden && !self.hidden {
            return left(say!("the row is hidden, or a filter leaves it out"));
        }
        if let Some(why) = self.moved(&line).or_else(|| self.signs(&line)) {
            return left(why);
        }
        if let Some(why) = self.is_heading(&line).or_else(|| self.is_nobody(&line, first)) {
            return left(why);
        }
        if let Some(row) = self.other_head {
            return left(say!("it stands below other names of columns, those of row {row}", row));
        }
        match self.names_below(&line) {
            Some(NamesBelow::Same) => return left(say!("the names of the columns once more")),
            Some(NamesBelow::Other(fault)) => {
                self.other_head = Some(number);
                return Some(DataRow::of(number, RowContent::Faulty(fault)));
            }
            None => {}
        }
        let row = match self.as_above(&mut line) {
            Ok(same) => self.cells(&line, same),
            Err(fault) => DataRow::of(number, RowContent::Faulty(fault)),
        };
        self.before = line.cells;
        Some(row)
    }

    /// Writes what stands above into the cells that say so, «—//—».
    fn as_above(&self, line: &mut SheetRow) -> Result<Vec<SameAsAbove>, Diagnostic> {
        let mut same = Vec::new();
        let columns = self.columns.iter().enumerate();
        for (at, planned) in columns.filter(|(_, p)| self.people && p.column.is_some()) {
            let mark = line.text(planned.at);
            let aside = matches!(planned.column, Some(Column::Aside | Column::Ordinal));
            if aside || mark.is_empty() || !is_ditto(mark) {
                continue;
            }
            let mark = mark.to_owned();
            match self.before.get(planned.at) {
                Some(Ok(text)) if !says_nothing(text) => {
                    line.cells[planned.at] = Ok(text.clone());
                    same.push(SameAsAbove { at, mark, text: text.clone() });
                }
                _ => {
                    let message = say!("«{mark}» stands for the cell above, which is empty", mark);
                    let hint = say!("type what is meant into the cell");
                    let fault = Diagnostic::error("table-row", message).hint(hint);
                    return Err(fault.path(&*self.headers[at]));
                }
            }
        }
        Ok(same)
    }

    /// The names of the columns once more, in another order: from here on the columns stand so.
    fn moved(&mut self, line: &SheetRow) -> Option<Message> {
        let filled: Vec<usize> = line.filled().collect();
        // All cells must be names then: nearly all rows end with their first one.
        let first = head::name(line.text(*filled.first()?));
        if !self.columns.iter().any(|p| p.header == first) {
            return None;
        }
        let place =
            |header: &str| filled.iter().copied().find(|&at| head::name(line.text(at)) == header);
        let places: Option<Vec<usize>> = self.columns.iter().map(|p| place(&p.header)).collect();
        let places = places.filter(|places| places.len() > 1 && places.len() == filled.len())?;
        self.other_head = None;
        if self.columns.iter().map(|p| p.at).eq(places.iter().copied()) {
            return None;
        }
        self.columns.iter_mut().zip(places).for_each(|(planned, at)| planned.at = at);
        Some(say!(
            "the names of the columns once more, in another order: the rows below are read so"
        ))
    }

    /// A name alone in its row below «Члены жюри:», where rows of the table have more.
    fn signs(&mut self, line: &SheetRow) -> Option<Message> {
        let texts: Vec<&str> = line.filled().map(|at| line.text(at)).collect();
        let few = self.people && self.heads.blocks && texts.len() < 3;
        let opens = texts.first().is_some_and(|text| is_of_many(text));
        let initials = |text: &str| {
            let mut words = text.split_whitespace().skip(1).peekable();
            words.peek().is_some() && words.all(|word| word.ends_with('.'))
        };
        // Looked for below such a heading only: to find a person in each cell of each row is dear.
        let name = || texts.iter().find(|text| is_person(text) || initials(text));
        if self.signing
            && !opens
            && few
            && let Some(name) = name()
        {
            return Some(say!("«{text}» is among those who sign", text = shortened(name)));
        }
        self.signing = few && opens;
        None
    }

    /// A row that says what the rows below have in common: «Школа № 5», «Номинация | Вокал».
    fn is_heading(&mut self, line: &SheetRow) -> Option<Message> {
        let filled: Vec<usize> = line.filled().collect();
        let text = match filled[..] {
            _ if !self.people => return None,
            [one] => line.text(one).to_owned(),
            [label, value] if !is_person(line.text(value)) => {
                let text =
                    format!("{}: {}", line.text(label).trim_end_matches(':'), line.text(value));
                // A row of the table may have two cells, too: «3 «Б» класс» is no label.
                let label = Column::best(line.text(label)).is_some_and(|(_, score)| score >= SURE);
                if !label || !heading::is_heading(&text) {
                    return None;
                }
                text
            }
            _ => return None,
        };
        let named = self
            .columns
            .iter()
            .find(|p| p.column.is_some_and(Column::names) && !line.text(p.at).is_empty());
        // In the column of the recipients it must look like none; a class may be thanked as a
        // person is.
        let heads = match named.filter(|_| filled.len() == 1).and_then(|p| p.column) {
            // A club may be the one that takes part, and its leader not be typed yet.
            Some(Column::Collective) => {
                let among = self.heads.houses || heading::tells_apart(&text);
                self.heads.blocks && among && heading::is_heading(&text)
            }
            Some(_) if self.heads.listed => heading::tells_apart(&text),
            Some(_) => self.heads.among_people && (is_heading(&text) || heading::is_heading(&text)),
            None => true,
        };
        if !heads || is_below(&text) || is_dash(&text) {
            return None;
        }
        let Self { above, columns, .. } = self;
        let has = |column| columns.iter().any(|p| p.column == Some(column));
        let said: Vec<Message> = above.take(&text, has).into_iter().map(Column::title).collect();
        (!said.is_empty()).then(|| {
            say!("«{text}» heads the rows below: {column}", text = shortened(&text), column = said)
        })
    }

    /// A row that holds names of columns, though not these.
    fn names_below(&self, line: &SheetRow) -> Option<NamesBelow> {
        // Nearly all rows are people, and scoring their cells as names of columns is dear.
        let named = self.columns.iter().find(|p| p.column == Some(Column::Name));
        if !self.people || named.is_some_and(|p| is_person(line.text(p.at))) {
            return None;
        }
        let known = |text: &str| {
            let (column, score) = Column::best(text)?;
            (score >= SURE && !is_person(text)).then_some(column)
        };
        let known: Vec<(usize, Column)> =
            line.filled().filter_map(|at| Some((at, known(line.text(at))?))).collect();
        let (all, named) = (line.filled().count(), known.iter().any(|(_, c)| c.names()));
        // A cell may say «коллектив» or «школа»; most cells of a row say so in a head only.
        if !named || known.len() < 2 || 2 * known.len() < all {
            return None;
        }
        // «Full name», «Organization» below «ФИО», «Организация».
        let is_same = |(at, column): &(usize, Column)| {
            self.columns.iter().any(|p| p.at == *at && p.column == Some(*column))
        };
        if known.iter().all(is_same) {
            return Some(NamesBelow::Same);
        }
        let message = say!("the row holds names of other columns: a second table begins here");
        let hint = say!("put it on a sheet of its own, or under the same names of columns");
        Some(NamesBelow::Other(Diagnostic::error("table-head", message).hint(hint)))
    }

    /// Why a line is not a row of the table.
    // Over 60 lines: one arm for each kind of row that names nobody, with the words for the user.
    fn is_nobody(&self, line: &SheetRow, first: bool) -> Option<Message> {
        let filled: Vec<usize> = line.filled().collect();
        let texts: Vec<&str> = filled.iter().map(|&c| line.text(c)).collect();
        // Formulas whose values are not stored may well be somebody.
        let unread = filled.iter().any(|&cell| line.cells[cell].is_err());
        if unread && texts.iter().all(|text| is_dash(text)) {
            return None;
        }
        if let Some(why) = self.is_frame(&texts, first) {
            return Some(why);
        }
        if !self.people {
            return self.is_below_data(&texts);
        }
        let cell = |columns: &[Column]| {
            self.columns
                .iter()
                .filter(|p| p.column.is_some_and(|c| columns.contains(&c)))
                .map(|p| line.text(p.at))
                .find(|text| !is_dash(text))
        };
        let recipient = cell(&[Column::Name, Column::Last, Column::Collective, Column::First]);
        let head = texts.first().copied().unwrap_or_default();
        // What stands in more than the cells of a person: a total, who wrote the table.
        let others = self.columns.iter().filter(|p| {
            !matches!(p.column, None | Some(Column::Ordinal | Column::Aside | Column::Score))
                && !is_dash(line.text(p.at))
        });
        let others = others.count();
        // A line to sign on.
        let to_sign = || texts.iter().any(|text| text.contains("___"));
        let nobody = |text: &str| Some(say!("«{text}» is nobody", text = shortened(text)));
        match recipient {
            // However many sums stand beside it.
            Some(name) if is_total_of(name) && !is_person(name) => nobody(name),
            // There are people called «Директоренко» and «Сумма»: whoever is shaped as a person,
            // or has more than one cell filled besides, is one.
            Some(name) if is_below(name) && !is_person(name) && (others <= 1 || to_sign()) => {
                nobody(name)
            }
            // The names of the columns go on in another row, some of them once more.
            Some(name) if self.is_own_header(name) => {
                Some(say!("the names of the columns once more"))
            }
            // The names of the columns go on below, «отчество» under «Фамилия, имя,».
            Some(name) if others <= 1 && is_column_name(name) => {
                Some(say!("«{text}» is a name of a column", text = shortened(name)))
            }
            // «Вакансия» keeps a place in a list of the staff.
            Some(name) if is_placeholder(name) => nobody(name),
            Some(name) if self.heads.among_people && texts.len() == 1 && is_heading(name) => {
                Some(say!("«{text}» stands alone in the row", text = shortened(name)))
            }
            // «Исп. Ли В. Ч.» is shaped as a person.
            Some(name) if others <= 1 && is_label(name) => nobody(name),
            // «Методист Кравчук С. И.», below rows that have more.
            Some(name) if self.heads.blocks && texts.len() == 1 && is_with_post(name) => {
                nobody(name)
            }
            Some(name) if name.starts_with('*') && others <= 1 => {
                Some(say!("«{text}» is a note", text = shortened(name)))
            }
            // «ИТОГО | 2 чел.», where the total is counted in the column of the names.
            // A team may be called «404»; a total has little else.
            Some(name) if is_count(name) && others <= 1 => {
                Some(say!("«{text}» is a number, not a recipient", text = shortened(name)))
            }
            Some(name) if name != head && is_total(head) && !is_person(name) => nobody(head),
            // «Председатель жюри» in the column of numbers, and the name beside it.
            Some(name) if name != head && others <= 1 && self.labels(line, head) => nobody(head),
            // A row that shows how to fill the table in.
            Some(name) if is_example(name) || name != head && is_bare_example(head) => {
                Some(say!("«{text}» is an example", text = shortened(head)))
            }
            Some(_) => None,
            None if is_below(head) || is_signer(head) => nobody(head),
            None if texts.len() == 1 && head.trim_end_matches('.').parse::<u32>().is_ok() => {
                Some(say!("the row has a number, {number}, and nothing else", number = head))
            }
            None if texts.len() == 1 => {
                Some(say!("«{text}» stands alone in the row", text = shortened(head)))
            }
            None => None,
        }
    }

    /// Whether a text in the column of numbers says who signs or sums up, so that the name beside
    /// it is theirs.
    fn labels(&self, line: &SheetRow, head: &str) -> bool {
        let number = self.columns.iter().find(|p| p.column == Some(Column::Ordinal));
        number.is_some_and(|p| line.text(p.at) == head) && (is_label(head) || is_below(head))
    }

    /// Whether the cell of a recipient says what its column is called.
    fn is_own_header(&self, name: &str) -> bool {
        let own = self.columns.iter().filter(|p| p.column.is_some_and(Column::names));
        !is_person(name) && own.into_iter().any(|p| p.header == head::name(name))
    }

    /// What only frames the rows: dashes, numbers of the columns, their names once more.
    fn is_frame(&self, texts: &[&str], first: bool) -> Option<Message> {
        if texts.iter().all(|text| is_dash(text)) {
            return Some(say!("the row holds nothing but dashes"));
        }
        if first
            && texts.len() > 1
            // Forms of offices number their columns below the names: 1, 2, 3.
            && texts.iter().zip(1..).all(|(t, n): (_, u32)| t.parse() == Ok(n))
        {
            return Some(say!("the row counts the columns"));
        }
        if first && head::explains(texts) {
            return Some(say!("the row explains the names of the columns"));
        }
        let of = |text: &&str| {
            let cell = head::name(text);
            self.columns.iter().any(|c| repeats(&c.header, &cell))
        };
        if texts.len() > 1 && texts.iter().all(of) {
            return Some(say!("the names of the columns once more"));
        }
        None
    }

    /// What stands below data of any kind: a total, a note, who wrote it.
    fn is_below_data(&self, texts: &[&str]) -> Option<Message> {
        let first = texts.first()?;
        let small = first.trim_start_matches(['*', ' ']).to_lowercase();
        let starts = ["итог", "всего", "исполнител", "примечани", "составил", "total"];
        let note = starts.iter().any(|start| small.starts_with(start)) || first.starts_with('*');
        let few = 2 * texts.len() <= self.columns.len();
        (note && few).then(|| say!("«{text}» stands below the table", text = shortened(first)))
    }

    // Over 60 lines: one pass over the cells of a row, which gathers the cells, what was mended and
    // what is wrong.
    fn cells(&self, line: &SheetRow, same: Vec<SameAsAbove>) -> DataRow {
        let mut cells: Vec<DataCell> = Vec::with_capacity(self.columns.len());
        let mut notes = Vec::new();
        let mut path = same.first().map(|same| &self.headers[same.at]);
        let mut kinds = vec![Mended::Above; usize::from(!same.is_empty())];
        let mut changed: Vec<(String, String)> =
            same.into_iter().map(|same| (same.mark, same.text)).collect();
        for (at, (planned, header)) in self.columns.iter().zip(&self.headers).enumerate() {
            let column = planned.column;
            let error;
            let seen = match line.cells.get(planned.at) {
                Some(Ok(value)) if is_error(value) => {
                    error = Err(say!("the formula gives an error: {value}", value));
                    Some(&error)
                }
                seen => seen,
            };
            let raw = match seen {
                // An error in a column that nothing uses is worth a word, but fails no row.
                Some(Err(why)) if column.is_none_or(|c| c == Column::Aside) => {
                    notes.push(Diagnostic::warning("cell-empty", why).path(&**header));
                    ""
                }
                Some(Err(why)) => {
                    let fault = Diagnostic::error("table-row", why).path(&**header);
                    return DataRow {
                        notes,
                        ..DataRow::of(line.number, RowContent::Faulty(fault))
                    };
                }
                Some(Ok(text)) => text.as_str(),
                None => "",
            };
            // «—» in a cell says that there is nothing.
            let raw = if is_dash(raw) || says_none(column, raw) { "" } else { raw };
            // Remarks are not printed, and may say it, too.
            let remark = column == Some(Column::Aside) && is_remark(header);
            let absent = is_absent(column.filter(|_| !remark), raw);
            let failed = is_failed(column.filter(|_| !remark), raw);
            if absent || failed {
                let message = match absent {
                    true => say!("«{raw}»: those who did not come get a document, too", raw),
                    false => say!("«{raw}»: those who did not pass get a document, too", raw),
                };
                let hint = say!("leave the row out if that is not meant");
                notes.push(Diagnostic::warning("row-absent", message).path(&**header).hint(hint));
            }
            let raw = if (absent || failed) && column.is_some() { "" } else { raw };
            if !matches!(column, Some(Column::Aside | Column::Ordinal)) {
                notes.extend(doubt::of_cell(raw).map(|doubt| doubt.path(&**header)));
            }
            if column == Some(Column::Reason) && is_honour(raw) {
                let message =
                    say!("«{raw}» says who somebody is, and cannot stand behind «за»", raw);
                let hint =
                    say!("write what for, as «победу в конкурсе», or call the column «Номинация»");
                notes.push(Diagnostic::warning("reason-form", message).path(&**header).hint(hint));
            }
            let made = made_date::of(column, raw);
            if made == Some(MadeDate::Unsure) {
                let message =
                    say!("«{raw}» is a date or a time: Excel makes one of «7-9» or «1/2»", raw);
                let hint = say!("give the column the format Text, and type the cell anew");
                let fault = Diagnostic::error("cell-date", message).path(&**header).hint(hint);
                return DataRow { notes, ..DataRow::of(line.number, RowContent::Faulty(fault)) };
            }
            let typed = match &made {
                Some(MadeDate::Typed(typed)) => {
                    let message = say!(
                        "«{raw}» is a date that Excel has made of «{typed}», which is printed",
                        raw,
                        typed
                    );
                    let hint = say!("if it was something else, give the column the format Text");
                    let told = Diagnostic::warning("cell-date", message).path(&**header);
                    notes.push(told.hint(hint));
                    Some(typed.as_str())
                }
                _ => None,
            };
            let raw = typed.unwrap_or(raw);
            if let Some(Some(two)) = self.twofold.get(at) {
                cells.extend(two.split(raw).map(|(column, part)| {
                    let (text, column) = (mend::cell(Some(column), &part).0, Some(column));
                    DataCell { header: Arc::clone(header), column, text }
                }));
                continue;
            }
            let several = people(column, raw);
            let raw = several.as_deref().unwrap_or(raw);
            let named = order(column, header, raw).or_else(|| school(column, header, raw));
            // The post of a teacher is no name.
            let of_whom = matches!(column, Some(Column::Leader | Column::Teacher));
            let own = if of_whom && is_post(header) { Some(Column::Post) } else { column };
            let (text, mut mended) = mend::cell(own, named.as_deref().unwrap_or(raw));
            let text = match self.even.get(at).and_then(Option::as_ref).map(|e| e.even(&text)) {
                Some(even) if even != text => {
                    mended.push(Mended::Spelling);
                    even
                }
                _ => text,
            };
            if !mended.is_empty() && column.is_some() {
                changed.push((raw.trim().to_owned(), text.clone()));
                kinds.extend(mended);
                path.get_or_insert(header);
            }
            // Several columns of one person: «Руководитель: Фамилия», «Руководитель: Имя».
            let same = cells.iter_mut().find(|c| column.is_some() && c.column == column);
            match same.filter(|_| !matches!(column, Some(Column::Aside | Column::Ordinal))) {
                Some(_) if text.is_empty() => {}
                Some(first) if first.text.is_empty() => first.text = text,
                // The first day and the last.
                Some(first) if column == Some(Column::Period) => {
                    first.text = format!("{} – {text}", first.text);
                }
                // The post of the teacher, in a column of its own.
                Some(first) if own == Some(Column::Post) && column != own => {
                    first.text = format!("{}, {text}", first.text);
                }
                // The letter of a class.
                Some(first) if column == Some(Column::Class) => first.text.push_str(&text),
                // Each line stands by itself.
                Some(_) if column == Some(Column::Lines) => {
                    cells.push(DataCell { header: Arc::clone(header), column, text });
                }
                Some(first) => first.text = format!("{} {text}", first.text),
                None => cells.push(DataCell { header: Arc::clone(header), column, text }),
            }
        }
        cells.extend(self.above.above().iter().map(|heading| DataCell {
            header: match heading.column {
                Column::Lines => heading.value.as_str().into(),
                _ => heading.text.as_str().into(),
            },
            column: Some(heading.column),
            text: match heading.column {
                // It is printed as it stands.
                Column::Lines => heading.value.clone(),
                column => mend::cell(Some(column), &heading.value).0,
            },
        }));
        if self.columns.len() == 1
            && let [cell] = &cells[..]
            && self.people
            && !is_person(&cell.text)
            && heading::tells_apart(&cell.text)
        {
            let message = say!("«{text}» gets a document, as a person does", text = cell.text);
            let hint = say!("if it heads the rows below, give it a column of its own");
            let fault = Diagnostic::warning("row-heading", message).path(&*cell.header);
            notes.push(fault.hint(hint));
        }
        if let Some(moved) = turkic(&mut cells) {
            changed.push(moved);
            kinds.push(Mended::Order);
            let surname = self.columns.iter().position(|p| p.column == Some(Column::Last));
            path = path.or(surname.map(|at| &self.headers[at]));
        }
        if self.strict
            && let Some(extra) = self.astray(line)
        {
            let fault = Diagnostic::error(
                "table-row",
                say!("a cell beyond the last column: `{extra}`", extra),
            )
            .hint(say!(
                "put a cell that holds a separator in double quotes, or give the column a name"
            ));
            return DataRow { notes, ..DataRow::of(line.number, RowContent::Faulty(fault)) };
        }
        if let Some(path) = path {
            kinds.sort_unstable();
            kinds.dedup();
            let kinds: Vec<Message> = kinds.into_iter().map(Mended::what).collect();
            let changed: Vec<String> =
                changed.iter().map(|(from, to)| format!("«{from}» → «{to}»")).collect();
            let message = say!("mended ({kinds}): {changed}", kinds, changed);
            notes.push(Diagnostic::warning("cell-mended", message).path(&**path));
        }
        DataRow { notes, ..DataRow::of(line.number, RowContent::Cells(cells)) }
    }

    /// A cell beyond the last name of a column.
    fn astray<'l>(&self, line: &'l SheetRow) -> Option<&'l str> {
        let last = self.columns.iter().map(|p| p.at).max()?;
        line.filled().find(|c| *c > last).map(|c| line.text(c))
    }
}

/// Whether a text stands below a table: a total, a note, who signs it.
fn is_below(text: &str) -> bool {
    let text = text.trim_start_matches(['*', ' ']).to_lowercase();
    BELOW.iter().any(|start| text.starts_with(start)) || text.contains("____")
}

/// Whether a text below a table is that above the names of those who sign it.
fn is_of_many(text: &str) -> bool {
    const MANY: [&str; 8] = [
        "члены",
        "жюри",
        "состав жюри",
        "состав комиссии",
        "комиссия",
        "судьи",
        "эксперты",
        "оргкомитет",
    ];
    let small = text.trim().to_lowercase();
    MANY.iter().any(|start| small.starts_with(start))
}

/// «Пример: Иванов Иван», «Образец: …» where a recipient stands.
fn is_example(name: &str) -> bool {
    let label = name.split_once([':', '.', '–', '—']).map(|(label, _)| label);
    is_bare_example(label.unwrap_or_default())
}

/// «Пример», «Образец заполнения» before the first row.
fn is_bare_example(text: &str) -> bool {
    let text = text.trim_matches(|c: char| !is_letter(c)).to_lowercase();
    let words =
        ["пример", "образец", "например", "пример заполнения", "образец заполнения", "example"];
    words.contains(&text.as_str())
}

/// Whether a cell says in words that it holds nothing: «Руководитель: нет», «Отчество: б/о».
fn says_none(column: Option<Column>, raw: &str) -> bool {
    // Consents, and columns that a template asks for by their names, mean what they say.
    let names = matches!(column, Some(Column::Name | Column::Last | Column::First));
    if names || matches!(column, None | Some(Column::Aside | Column::Ordinal)) {
        return false;
    }
    let words = [
        "нет",
        "б/н",
        "б/о",
        "н/д",
        "n/a",
        "none",
        "не имеется",
        "не имею",
        "отсутствует",
        "не указано",
        "нет данных",
        "без отчества",
        "без руководителя",
        "без номера",
        "б/м",
        "без места",
        "б/р",
    ];
    // Who takes part alone has no club, and who learns alone no trainer.
    let alone: &[&str] = match column {
        Some(Column::Of | Column::School) => &["лично", "личник", "л/з", "индивидуально"],
        Some(Column::Leader | Column::Teacher) => {
            &["самост", "самостоятельно", "самоподготовка", "сам", "сама", "лично"]
        }
        _ => &[],
    };
    // In bytes, with room for capitals that are longer: most cells hold more than such a word.
    if raw.len() > 60 {
        return false;
    }
    let said = raw.trim().trim_end_matches('.').to_lowercase();
    words.contains(&said.as_str()) || alone.contains(&said.as_str())
}

/// Whether a reason is an honour in the nominative: «Лучший вожатый дня», «Победитель конкурса».
fn is_honour(raw: &str) -> bool {
    let first = raw.split_whitespace().next().unwrap_or_default().to_lowercase();
    let honours = [
        "лучший",
        "лучшая",
        "самый",
        "самая",
        "победитель",
        "победительница",
        "призёр",
        "призер",
        "лауреат",
        "отличник",
        "отличница",
        "активист",
        "активистка",
        "участник",
        "участница",
        "активный",
        "активная",
    ];
    // «активный отдых» is what for; «активный участник» is who.
    let who =
        |word: &str| word.ends_with("ник") || word.ends_with("ница") || word.ends_with("тель");
    let next = raw.split_whitespace().nth(1).unwrap_or_default().to_lowercase();
    match first.as_str() {
        "активный" | "активная" => who(&next),
        // «лучший результат» is what for.
        "лучший" | "лучшая" | "самый" | "самая" => {
            !["результат", "показател", "работ", "проект", "рисун", "поделк", "выступлен"]
                .iter()
                .any(|stem| raw.to_lowercase().contains(stem))
        }
        first => honours.contains(&first),
    }
}

/// «45-к» under «№ приказа» and «№ 45-к от 01.11.2025» under «Приказ» do not say what they number.
fn order(column: Option<Column>, header: &str, raw: &str) -> Option<String> {
    let by_name = header.to_lowercase().contains("приказ");
    if column != Some(Column::Order) || !by_name {
        return None;
    }
    match raw.trim_start() {
        number if number.starts_with('№') => Some(format!("приказ {number}")),
        from if from.starts_with("от ") => Some(format!("приказ {from}")),
        // «01.11.2025 № 45-к»
        date if date.starts_with(|c: char| c.is_ascii_digit()) && date.contains('№') => {
            Some(format!("приказ от {date}"))
        }
        number if number.starts_with(|c: char| c.is_ascii_digit()) => {
            Some(format!("приказ № {number}"))
        }
        _ => None,
    }
}

/// «5» below «№ школы».
fn school(column: Option<Column>, header: &str, raw: &str) -> Option<String> {
    let number = raw.trim().trim_start_matches('№').trim();
    let is_number = !number.is_empty() && number.chars().all(|c| c.is_ascii_digit());
    (column == Some(Column::School) && is_number && of_schools(header))
        .then(|| format!("Школа № {number}"))
}

/// Whether a column holds remarks on its rows.
fn is_remark(header: &str) -> bool {
    let header = header.to_lowercase();
    ["примечан", "коммент", "отметк"].iter().any(|stem| header.contains(stem))
}

/// Whether a result, or a column that nobody knows, such as «Время», says that somebody did not
/// come.
pub(super) fn is_absent(column: Option<Column>, raw: &str) -> bool {
    if !matches!(column, None | Some(Column::Score | Column::Result | Column::Degree)) {
        return false;
    }
    const ABSENT: [&str; 31] = [
        "н/я",
        "н/а",
        "неявка",
        "не явился",
        "не явилась",
        "отсутствовал",
        "отсутствовала",
        // Of races: did not start, did not finish, was disqualified.
        "dns",
        "dnf",
        "dsq",
        "не стартовал",
        "не стартовала",
        "сошел",
        "сошёл",
        "сошла",
        "снят",
        "снята",
        "снялся",
        "снялась",
        "дисквалификация",
        "дисквалифицирован",
        "дисквалифицирована",
        "не явились",
        "не участвовал",
        "не участвовала",
        "не допущен",
        "не допущена",
        "отклонен",
        "отклонён",
        "отклонена",
        "отказ",
    ];
    begins(raw, &ABSENT)
}

/// Whether a result, or a column that nobody knows, such as «Итоговая аттестация», says that
/// somebody did not pass.
fn is_failed(column: Option<Column>, raw: &str) -> bool {
    const FAILED: [&str; 12] = [
        // What a commission has decided of somebody who was put forward.
        "отклонить",
        "отказать",
        "незачет",
        "незачёт",
        "неуд",
        "неудовлетворительно",
        "отчислен",
        "отчислена",
        "провал",
        "fail",
        "failed",
        "not passed",
    ];
    // «Не аттестована», «не прошёл», «не сдали»: a verb or a participle in the past.
    let denied = || {
        let small = raw.trim().to_lowercase();
        let mut words = small.split_whitespace();
        let stems = [
            "аттест",
            "зачт",
            "сда",
            "прош",
            "заверш",
            "освоил",
            "выполн",
            "справ",
            "законч",
            "окончил",
            "защит",
            "набра",
            "поддерж",
            "рекоменд",
            "награжд",
        ];
        words.next() == Some("не")
            && words.next().is_some_and(|word| stems.iter().any(|stem| word.starts_with(stem)))
            && words.count() < 4
    };
    let told = matches!(column, None | Some(Column::Score | Column::Result | Column::Degree));
    told && (begins(raw, &FAILED) || denied())
}

/// Whether a short text is one of these words, or goes on behind one: «сошла с дистанции», «не
/// явился (болезнь)».
fn begins(raw: &str, words: &[&str]) -> bool {
    let small = raw.trim().trim_end_matches('.').to_lowercase();
    let goes_on = |rest: &str| {
        rest.is_empty() || rest.starts_with([' ', ',', '(']) && rest.split_whitespace().count() < 4
    };
    words.iter().any(|word| small.strip_prefix(word).is_some_and(goes_on))
}

/// People that stand one below the other in a cell, between semicolons or strokes, or numbered, as
/// a list in one line. A name that is broken between its parts is one person: «Иванова» or
/// «Петровна» alone is nobody.
fn people(column: Option<Column>, raw: &str) -> Option<String> {
    let numbered = raw.starts_with("1.") || raw.starts_with("1)");
    match column {
        Some(Column::Name) => {}
        Some(Column::Leader | Column::Teacher) if numbered => {}
        _ => return None,
    }
    let lines = values::several(raw);
    // «Жук Алина, 5 класс» in each line: what is said of each goes with the name.
    let said = |line: &&str| line.split_once(", ").is_some_and(|(name, _)| is_person(name));
    match lines.len() > 1 {
        true if lines.iter().all(|line| is_person(line)) => Some(lines.join(", ")),
        true if column == Some(Column::Name) && lines.iter().all(said) => Some(lines.join("; ")),
        _ => None,
    }
}

/// What stands where nobody is named yet.
fn is_placeholder(name: &str) -> bool {
    let words = [
        "вакансия",
        "вакантно",
        "вакант",
        "вакантная",
        "уточнить",
        "уточняется",
        "уточняются",
        "фио уточняется",
        "имя уточняется",
        "не определен",
        "не определено",
        "не назначен",
        "не указано",
        "неизвестно",
        "нет данных",
        "нет",
    ];
    let name = name.trim_matches(|c: char| !is_letter(c)).to_lowercase().replace('ё', "е");
    words.contains(&name.as_str())
}

/// Whether a text that should name somebody names a column.
fn is_column_name(text: &str) -> bool {
    !is_person(text)
        && Column::best(text).is_some_and(|(column, score)| column.names() && score >= SURE)
}

/// Whether a text is shaped as no person's name: numbers, quotation marks, a colon, a single word,
/// «Старшая группа».
fn is_heading(text: &str) -> bool {
    let single = text.split_whitespace().nth(1).is_none() && !text.contains('.');
    let marks = text.contains(|c: char| c.is_ascii_digit() || matches!(c, '«' | '"' | '№' | ':'));
    // Short small words may be particles of a name.
    const PARTICLES: [&str; 8] = ["оглы", "кызы", "гызы", "заде", "бек", "хан", "паша", "шах"];
    let small = |word: &str| {
        let long = word.chars().filter(|c| is_letter(*c)).count() > 3;
        word.starts_with(char::is_lowercase) && long && !PARTICLES.contains(&word)
    };
    let words = text.starts_with(char::is_uppercase) && text.split_whitespace().any(small);
    (single || marks || words) && !is_person(text)
}

/// Whether a text begins with who wrote or signed a table, as no surname does.
fn is_label(text: &str) -> bool {
    const ROLES: [&str; 9] = [
        "исполнитель",
        "составитель",
        "председатель",
        "секретарь",
        "директор",
        "заведующий",
        "заведующая",
        "организатор",
        "ответственный",
    ];
    let first = text.split_whitespace().next().unwrap_or_default().to_lowercase();
    let letters = first.chars().filter(|c| c.is_alphabetic()).count();
    // «Исп.», «Отв.»; one letter or two are initials.
    first.ends_with('.') && letters > 2 || ROLES.contains(&first.as_str())
}

/// Whether a post stands before a name.
fn is_with_post(text: &str) -> bool {
    Party::of(text, None).kind() == PartyKind::Post
}

/// A number of people: «2», «2 чел.», «15 участников».
fn is_count(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.trim_matches(|c: char| !is_letter(c)).to_lowercase();
    let units = ["", "чел", "человек", "человека", "участник", "участника", "участников", "шт"];
    text.starts_with(|c: char| c.is_ascii_digit()) && units.contains(&rest.as_str())
}

/// Who signs a list of theirs: «Преподаватель ... Ким А. А.»
fn is_signer(text: &str) -> bool {
    let small = text.to_lowercase();
    ["преподавател", "учител", "воспитател", "педагог", "классный рук", "тренер", "куратор"]
        .iter()
        .any(|start| small.starts_with(start))
}

/// «Итого:», «Итого по 5 классу»; «Итог года» may be a team.
fn is_total_of(text: &str) -> bool {
    let small = text.trim().to_lowercase();
    let mut words = small.split(|c: char| !is_letter(c)).filter(|word| !word.is_empty());
    match words.next() {
        Some("итого" | "всего" | "total") => true,
        Some("итог") => words.next().is_none(),
        _ => false,
    }
}

pub(super) fn is_total(text: &str) -> bool {
    let small = text.trim().to_lowercase();
    ["итог", "всего", "total"].iter().any(|start| small.starts_with(start))
}

/// «оглы» that stands before the surname belongs behind the patronymic.
fn turkic(cells: &mut [DataCell]) -> Option<(String, String)> {
    let of = |cells: &[DataCell], column| cells.iter().position(|c| c.column == Some(column));
    let (last, middle) = (of(cells, Column::Last)?, of(cells, Column::Middle)?);
    let (particle, surname) = cells[last].text.split_once(' ')?;
    let known = ["оглы", "кызы", "гызы", "улы"].contains(&particle.to_lowercase().as_str());
    if !known || cells[middle].text.is_empty() {
        return None;
    }
    let from = cells[last].text.clone();
    let (particle, surname) = (particle.to_lowercase(), surname.to_owned());
    cells[middle].text = format!("{} {particle}", cells[middle].text);
    let to = format!("{surname} … {}", cells[middle].text);
    cells[last].text = surname;
    Some((from, to))
}

fn shortened(text: &str) -> String {
    // Enough of a cell to know it again.
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
