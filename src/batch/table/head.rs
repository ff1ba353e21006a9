//! Where the names of the columns stand: below titles, in one row or in two.

use super::TableOptions;
use super::sheet::SheetRow;
use super::understand::SURE;
use super::values::is_person;
use crate::batch::mend;
use crate::lang::ru::is_letter;
use crate::model::Column;

/// How many rows may hold the names.
const PROBE: usize = 60;

/// The longest name of a column; forms have whole sentences.
const LONGEST: usize = 400;

/// A name of a column.
#[derive(Debug, Clone)]
pub(super) struct ColumnName {
    /// Its place in a line.
    pub(super) at: usize,
    /// The name as the user sees it, of two rows with both.
    pub(super) text: String,
    /// What the name says, and how surely; 255 as the common data have it.
    pub(super) meaning: Option<(Column, u8)>,
    /// The name above it, that it shares with its neighbours.
    pub(super) above: Option<String>,
}

/// A name of a column in one line; a word that is broken at the end of one is whole again:
/// «Образова-⏎тельная».
pub(super) fn name(cell: &str) -> String {
    let mut lines = cell.lines().map(str::trim);
    let mut out = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        match line.starts_with(char::is_lowercase).then(|| out.strip_suffix('-')).flatten() {
            Some(begun) => out.truncate(begun.len()),
            None => out.push(' '),
        }
        out.push_str(line);
    }
    mend::text(&out)
}

/// Whether a row tells in brackets how to fill the columns in: «(полностью)», «(цифрой)».
pub(super) fn explains(texts: &[&str]) -> bool {
    texts.len() > 1 && texts.iter().all(|text| text.starts_with('(') && text.ends_with(')'))
}

/// Whether a cell, read as a [`name`], says that of a column once more. Names over two rows are
/// joined by a colon, and a repeated head has either row alone: its texts begin or end the joined
/// names.
pub(super) fn repeats(name: &str, cell: &str) -> bool {
    name.ends_with(cell) || name.strip_prefix(cell).is_some_and(|rest| rest.starts_with(": "))
}

/// The surest meaning: the user's own.
pub(super) const SAID: u8 = 255;

/// The names of all columns.
#[derive(Debug, Clone)]
pub(super) struct TableHead {
    /// The first and the last line, as indices.
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) headers: Vec<ColumnName>,
    score: f64,
    /// The first of two rows has names that stand over several columns and say whose these are.
    groups: bool,
    is_asked: bool,
    /// No row holds the names: the table is a list of people.
    pub(super) bare: bool,
}

impl TableHead {
    /// The rows that are likeliest to hold the names of columns.
    pub(super) fn find(lines: &[SheetRow], options: &TableOptions) -> Option<Self> {
        let lines = &lines[..lines.len().min(PROBE)];
        let width = lines.iter().map(|line| line.filled().count()).max().unwrap_or(0);
        let mut best: Option<Self> = None;
        for at in 0..lines.len() {
            if lines[at].is_blank() || lines[at].fault.is_some() {
                continue;
            }
            let one = Self::single(lines, at, width, options);
            let two = Self::double(lines, at, width, options);
            // Two rows must tell something that the first alone does not.
            let two = two.filter(|two| two.groups || two.score > one.score + 0.4);
            // Below the names that stand over several columns is no person and no number: it tells
            // these columns apart, «с» and «по» below «Период».
            // «1 тур» says a little less than «Баллы» above it.
            let tells = |two: &Self| two.groups && two.score > one.score - 0.5;
            let one = if two.as_ref().is_some_and(tells) { None } else { Some(one) };
            for head in [one, two].into_iter().flatten() {
                // The upper one stays where a lower one is as good: a table may repeat its head
                // on each page.
                if best.as_ref().is_none_or(|best| head.score > best.score + 0.05) {
                    best = Some(head);
                }
            }
            // The second of two rows may seem to tell more: it lacks what the first says of it.
            if let Some(two) = best.take() {
                best = Some(Self::with_groups(lines, two, options));
            }
        }
        // Less than one column half understood is chance: a word like «класс» in a title.
        best.filter(|head| head.score >= 0.5)
    }

    /// The row that holds most of the names that a template asks for.
    pub(super) fn asked(lines: &[SheetRow], options: &TableOptions) -> Option<Self> {
        let known =
            |line: &SheetRow| line.filled().filter(|&at| options.asks(line.text(at))).count();
        let lines = &lines[..lines.len().min(PROBE)];
        let most = lines.iter().map(known).max().filter(|most| *most > 0)?;
        let at = lines.iter().position(|line| known(line) == most)?;
        Some(Self { is_asked: true, ..Self::single(lines, at, 0, options) })
    }

    /// The names of a list of people that has none: one column, or one behind the numbers of the
    /// rows, whose every row from the first on names somebody.
    pub(super) fn of_people(lines: &[SheetRow], start: usize) -> Option<Self> {
        let filled = |line: &SheetRow| line.filled().collect::<Vec<usize>>();
        let (number, at) = match filled(lines.get(start)?)[..] {
            [at] => (None, at),
            [number, at] => (Some(number), at),
            _ => return None,
        };
        let is_row = |line: &&SheetRow| {
            let numbered = number
                .is_none_or(|at| line.text(at).trim_end_matches(['.', ')']).parse::<u32>().is_ok());
            let cells = filled(line).len() == 1 + usize::from(number.is_some());
            cells && numbered && is_person(mend::unnumbered(line.text(at)))
        };
        let rows = || lines.iter().filter(|line| !line.is_blank());
        // What stands below a list, or is no name that is known, may be here and there.
        if !is_row(&&lines[start]) || 10 * rows().filter(is_row).count() < 9 * rows().count() {
            return None;
        }
        let name = |at, text: &str, column| ColumnName {
            at,
            text: text.to_owned(),
            meaning: Some((column, SURE)),
            above: None,
        };
        let headers = number.map(|at| name(at, "№", Column::Ordinal)).into_iter();
        let headers = headers.chain([name(at, "ФИО", Column::Name)]).collect();
        let (first, last) = (start, start);
        Some(Self { first, last, headers, score: 0.0, groups: false, is_asked: false, bare: true })
    }

    /// The index of the first row below the names.
    pub(super) fn below(&self) -> usize {
        if self.bare { self.first } else { self.last + 1 }
    }

    /// Whether a template asks for some of its names.
    pub(super) fn is_asked(&self) -> bool {
        self.is_asked
    }

    /// Whether a column says who the recipient is.
    pub(super) fn names(&self) -> bool {
        self.headers.iter().any(|h| h.meaning.is_some_and(|(column, _)| column.names()))
    }

    /// Whether a column is sure to do so: «ФИО», «Фамилия».
    pub(super) fn surely_names(&self) -> bool {
        let sure = |(column, score): (Column, u8)| column.names() && score >= SURE;
        self.headers.iter().any(|h| h.meaning.is_some_and(sure))
    }

    /// The rows as the user counts.
    pub(super) fn rows(&self, lines: &[SheetRow]) -> Option<(u64, u64)> {
        (!self.bare).then(|| (lines[self.first].number, lines[self.last].number))
    }

    /// Whether a line below holds the names once more, or, right below them, their numbers: it says
    /// nothing of the cells.
    pub(super) fn again(&self, line: &SheetRow, next: bool) -> bool {
        let texts: Vec<&str> = line.filled().map(|at| line.text(at)).collect();
        let is_name = |text: &&str| {
            let cell = name(text);
            self.headers.iter().any(|h| repeats(&h.text, &cell))
        };
        let numbers = || texts.iter().zip(1..).all(|(t, n): (_, u32)| t.parse() == Ok(n));
        texts.len() > 1 && (texts.iter().all(is_name) || next && (numbers() || explains(&texts)))
    }

    /// The row above, too, if it says whose the names are: «Участник», «Учитель».
    fn with_groups(lines: &[SheetRow], head: Self, options: &TableOptions) -> Self {
        let above = head.first.checked_sub(1).filter(|_| head.first == head.last);
        let two = above.and_then(|above| Self::double(lines, above, 0, options));
        // «ФИО» under «Учитель» is not a recipient, so the two rows together know one name less
        // than the lower row alone, at 1.5, and a little more; they are right all the same.
        match two.filter(|two| two.groups && two.score > head.score - 2.0) {
            Some(two) => two,
            None => head,
        }
    }

    /// A row taken as the names, whatever it says.
    pub(super) fn single(
        lines: &[SheetRow],
        at: usize,
        width: usize,
        options: &TableOptions,
    ) -> Self {
        let line = &lines[at];
        let headers: Vec<ColumnName> = line
            .filled()
            .filter(|&column| !line.text(column).is_empty())
            .map(|column| {
                let text = name(line.text(column));
                let meaning = meaning(&text, options);
                ColumnName { at: column, text, meaning, above: None }
            })
            .collect();
        let mut head = Self {
            first: at,
            last: at,
            headers,
            score: 0.0,
            groups: false,
            is_asked: false,
            bare: false,
        };
        head.judge(width);
        head
    }

    /// Two rows: in the first some names stand over several columns, which the second tells apart.
    // Over 60 lines: one pass over the columns, which says of each whether two rows may be a head.
    fn double(lines: &[SheetRow], at: usize, width: usize, options: &TableOptions) -> Option<Self> {
        let (upper, lower) = (&lines[at], lines.get(at + 1)?);
        // «г. Мыски … 12.03.2026» right above the names is no part of them, nor is what a blank row
        // parts from them.
        let apart = upper.number + 1 != lower.number
            || upper.filled().any(|column| is_imprint(upper.text(column)));
        if apart || lower.is_blank() || lower.fault.is_some() || upper.filled().count() < 2 {
            return None;
        }
        let last = upper.cells.len().max(lower.cells.len());
        let mut headers = Vec::new();
        let mut above = String::new();
        let mut groups = false;
        // Names that span several columns, and names below one of their own.
        let (mut spanned, mut merged, mut apart) = (false, 0, false);
        // Names below others that nobody knows, and nothing below the rest.
        let (mut parts, mut unknown) = (0, true);
        // How many of the columns below one name are numbered.
        let mut counted = 0;
        for column in 0..last {
            let (up, low) = (name(upper.text(column)), name(lower.text(column)));
            if !up.is_empty() {
                counted = 0;
            }
            // «1», «2», «Итого» below «Баллы» count the tasks.
            let counts = low.parse() == Ok(counted + 1);
            counted += u32::from(counts);
            // The lower row is a person or a number already, so it is a row of the table.
            if !low.is_empty() && up != low && is_value(&low) && !counts {
                return None;
            }
            // Merged to the right: only the first of merged cells has a text.
            let spans = upper.text(column + 1).is_empty() && !lower.text(column + 1).is_empty();
            spanned |= spans && !up.is_empty() && !low.is_empty() && up != low;
            merged += usize::from(!up.is_empty() && up == low);
            apart |= !up.is_empty() && !low.is_empty() && up != low && !spans;
            parts += usize::from(!low.is_empty() && up != low);
            if !up.is_empty() {
                // «Участник» and «Учитель» above «ФИО», «Класс»: the upper row says whose they
                // are.
                unknown &= !spans || low.is_empty() || Column::best(&up).is_none();
                groups |= spans && (Column::best(&up).is_some() || up.contains("частник"));
                above = if spans || !low.is_empty() { up.clone() } else { String::new() };
                // What stands right below a name of one column is a cell, unless it is merged.
                if !low.is_empty() && low != up && !spans {
                    return None;
                }
            }
            let (text, meaning, above) = match (up.is_empty(), low.is_empty()) {
                (true, true) => continue,
                (false, true) => (up.clone(), meaning(&up, options), None),
                _ if up == low => (up.clone(), meaning(&up, options), None),
                _ if above.is_empty() => (low.clone(), meaning(&low, options), None),
                _ => (format!("{above}: {low}"), below(&above, &low, options), Some(above.clone())),
            };
            headers.push(ColumnName { at: column, text, meaning, above });
        }
        // Below «Критерии», which nobody knows, stand its parts, and nothing below the others: what
        // is merged downwards repeats itself, and of other rows no cell is like the name above.
        groups |= spanned && !apart && (merged > 1 || parts > 1 && unknown);
        let mut head = Self {
            first: at,
            last: at + 1,
            headers,
            score: 0.0,
            groups,
            is_asked: false,
            bare: false,
        };
        head.judge(width);
        Some(head)
    }

    fn judge(&mut self, width: usize) {
        let mut known: Vec<(Column, u8)> = Vec::new();
        for (column, score) in self.headers.iter().filter_map(|h| h.meaning) {
            match known.iter_mut().find(|(other, _)| *other == column) {
                // Ten columns «Класс» are no better a head than one.
                Some((_, best)) => *best = score.max(*best),
                None => known.push((column, score)),
            }
        }
        let weigh = |(column, score): &(Column, u8)| {
            let share = f64::from(*score) / 100.0;
            match column {
                Column::Ordinal | Column::Aside => share * 0.6,
                // A head must first of all say who the people are; a running number or an
                // address is in many tables that have none.
                column if column.names() => share * 1.5,
                _ => share,
            }
        };
        self.score = known.iter().map(weigh).sum();
        let values = self.headers.iter().filter(|h| is_value(&h.text)).count();
        if values > 0 {
            // A row of people, some of whom are «учитель» or «участник».
            self.score *= 0.15;
        }
        if self.headers.len() == 1 && width > 1 {
            // A title.
            self.score *= 0.3;
        }
    }
}

/// The column in which the names of columns stand one below the other.
pub(super) fn on_its_side(lines: &[SheetRow]) -> Option<usize> {
    let sure =
        |text: &str| Column::best(text).filter(|(_, score)| *score >= SURE && !is_value(text));
    // Names of columns stand in the first column, or behind a number.
    (0..2).find(|&at| {
        let known: Vec<Column> =
            lines.iter().filter_map(|line| Some(sure(line.text(at))?.0)).collect();
        // Two may be chance: «Школа» and «Организация» below each other.
        known.len() > 2 && known.iter().any(|column| column.names())
    })
}

/// What a name means: as the user says, or by its words.
fn meaning(text: &str, options: &TableOptions) -> Option<(Column, u8)> {
    if let Some(column) = options.said(text) {
        return Some((column, SAID));
    }
    if is_value(text) || text.chars().count() > LONGEST {
        return None;
    }
    if let Some(score) = with_facts(text) {
        return Some((Column::Name, score));
    }
    Column::guess(text)
}

/// How surely a name asks for the recipient and what is said of them in one cell: «ФИО, класс, ОУ».
fn with_facts(text: &str) -> Option<u8> {
    use Column::{AgeGroup, Class, Of, Post, School};
    let (name, facts) = text.split_once([',', '/'])?;
    let (_, score) =
        Column::best(name).filter(|(c, score)| *c == Column::Name && *score >= SURE)?;
    let fact = |fact: &str| Column::best(fact).map(|(column, _)| column);
    let facts = facts.split([',', '/']).map(fact);
    let known = [AgeGroup, Class, Of, Post, School];
    let all = facts.into_iter().all(|fact| fact.is_some_and(|column| known.contains(&column)));
    all.then_some(score)
}

/// What a name means below another: «Фамилия» of «Руководитель» is the leader's.
fn below(above: &str, text: &str, options: &TableOptions) -> Option<(Column, u8)> {
    let whole = format!("{above}: {text}");
    if let Some(column) = options.said(&whole).or_else(|| options.said(text)) {
        return Some((column, SAID));
    }
    let (upper, lower) = (Column::guess(above), Column::guess(text));
    match (upper, lower) {
        (Some((Column::Leader | Column::Teacher | Column::Aside, _)), Some((column, _)))
            if column.names() =>
        {
            upper
        }
        // Where a leader works is not where the recipient does.
        (
            Some((Column::Leader | Column::Teacher, score)),
            Some((Column::Post | Column::Of | Column::School, _)),
        ) => Some((Column::Aside, score)),
        (_, Some(_)) => lower,
        // «Город» of «Участник» is not a recipient.
        _ => Column::best(&whole).filter(|(column, _)| !column.names()),
    }
}

/// A town, a date, «Дата: 12.03.2026»: what stands below the title of a list.
fn is_imprint(text: &str) -> bool {
    let date = text.matches('.').count() == 2 && text.chars().all(|c| c == '.' || c.is_numeric());
    date || text.starts_with("г. ")
        // «Предмет: Литература» may stand over several columns.
        || text.split_once(": ").is_some_and(|(what, said)| {
            let what = what.to_lowercase();
            let dated = ["дата", "место", "город", "период", "время", "от"];
            said.contains(|c: char| c.is_ascii_digit())
                || !said.is_empty() && dated.iter().any(|word| what.starts_with(word))
        })
}

/// Whether a text can be no name of a column: a number, a date, an address, a person.
fn is_value(text: &str) -> bool {
    let letters = text.chars().filter(|c| is_letter(*c)).count();
    let sign = matches!(text.trim(), "№" | "#");
    let person = || is_person(mend::unnumbered(text));
    (letters == 0 && !sign) || text.contains('@') || person() || is_titled(text)
}

/// «Ансамбль «Родник»», «МБОУ «СОШ № 5»»: what ends with its title is one team, or one school.
fn is_titled(text: &str) -> bool {
    let meaning = || Column::best(text).map(|(column, _)| column);
    text.ends_with(['»', '"'])
        && matches!(meaning(), Some(Column::Collective | Column::School | Column::Of))
}
