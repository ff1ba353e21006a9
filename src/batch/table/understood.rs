//! A sheet whose columns are understood: its plan, what is to be said of it, and its rows.

use super::even::Evener;
use super::head::{self, TableHead};
use super::heading::{self, Headings, is_heading};
use super::sheet::SheetRow;
use super::sheets::{PeekedSheet, empty};
use super::twofold::Twofold;
use super::understand::{self, Planned, Why};
use super::values::{self, ValueShares};
use super::{DataTable, Plan, TableOptions, rows};
use crate::diag::{Diagnostic, Error, Message, say};
use crate::model::Column;

/// Understands the columns of a sheet and makes its rows.
// Over 60 lines: the columns, what is said of them and what makes the rows share their lines.
pub(super) fn understood(
    seen: PeekedSheet,
    mut plan: Plan,
    name: &str,
    options: &TableOptions,
    strict: bool,
) -> Result<DataTable, Error> {
    let PeekedSheet { sheet, lines, head } = seen;
    let Some(start) = lines.iter().position(|line| !line.is_blank()) else {
        return Err(empty(name));
    };
    let head = match head {
        Some(head) => head,
        None => unknown_head(&lines, start, name, options)?,
    };
    plan.head = head.rows(&lines);
    let below = &lines[head.below()..];
    let least = least_cells(&head);
    let says = |at: usize, line: &SheetRow| {
        let total = line.filled().next().is_some_and(|at| rows::is_total(line.text(at)));
        line.filled().count() >= least && !total && !head.again(line, at == 0)
    };
    // Once, and not for each column that is looked at.
    let of_people: Vec<&SheetRow> =
        below.iter().enumerate().filter(|(at, line)| says(*at, line)).map(|(_, l)| l).collect();
    let rows = || of_people.iter().copied();
    let look =
        |at: usize| ValueShares::of(rows().map(|line| line.text(at)).filter(|t| !t.is_empty()));
    let looks: Vec<ValueShares> = head.headers.iter().map(|h| look(h.at)).collect();
    plan.columns = if options.plain {
        understand::plain(&head.headers, &looks, options)
    } else {
        understand::columns(&head.headers, &looks, options).map_err(|faults| {
            match head::on_its_side(&lines) {
                Some(column) => on_its_side(name, column),
                None => in_head(faults, name, &plan),
            }
        })?
    };
    if head.bare {
        plan.columns.iter_mut().for_each(|p| p.why = Why::Cells);
        plan.warnings.push(bare(&lines[head.first]));
    }
    plan.warnings.extend(unnamed(&head, below));
    let mut above = Headings::default();
    plan.warnings.extend(for_all(&lines[..head.first], &plan.columns, options, &mut above));
    plan.warnings.extend(told(&plan.columns, options));
    if !options.plain {
        plan.warnings.extend(only_first(&plan.columns, rows));
    }
    // Only an upper bound, for the bar of progress: totals and blank lines are still among them.
    let size = sheet.size.map(|n| n.saturating_sub(head.below()));
    let even = |p: &Planned| Evener::of(p.column, rows().map(|line| line.text(p.at)));
    let evened = plan.columns.iter().filter(|_| !options.plain).map(even);
    let mut heads = may_head(below, head.headers.len());
    heads.among_people &= are_people(&plan.columns, &looks);
    let twofold = |p: &Planned| Twofold::of(p, &plan.columns);
    let twofold: Vec<Option<Twofold>> =
        plan.columns.iter().filter(|_| !options.plain).map(twofold).collect();
    let both = plan.columns.iter().zip(&twofold);
    plan.warnings.extend(both.filter_map(|(p, two)| Some(two.as_ref()?.told(&p.header))));
    let mut maker = rows::Maker {
        even: evened.collect(),
        headers: plan.columns.iter().map(|p| p.header.as_str().into()).collect(),
        columns: plan.columns.clone(),
        hidden: options.hidden,
        strict,
        people: !options.plain,
        first: true,
        twofold,
        heads,
        above,
        other_head: None,
        before: Vec::new(),
        signing: false,
    };
    let rest = lines.into_iter().skip(head.below()).chain(sheet.lines);
    let rows = rest.filter_map(move |line| maker.row(line));
    Ok(DataTable { plan, rows: Box::new(rows), size, plain: options.plain, limits: options.limits })
}

/// How many cells a row must have to say anything of its columns. A total or a note, alone in its
/// row, says nothing; neither does a signature, of a post and a name, below a wide table.
fn least_cells(head: &TableHead) -> usize {
    match head.headers.len() {
        few @ 0..=2 => few,
        3..=5 => 2,
        _ => 3,
    }
}

/// The names of columns where none is known.
fn unknown_head(
    lines: &[SheetRow],
    start: usize,
    name: &str,
    options: &TableOptions,
) -> Result<TableHead, Error> {
    let likely = TableHead::single(lines, start, 0, options);
    if options.plain || options.beside {
        return Ok(likely);
    }
    if let Some(list) = TableHead::of_people(lines, start) {
        return Ok(list);
    }
    if let Some(person) = likely.headers.iter().find(|h| values::is_person(&h.text)) {
        return Err(headless(name, lines[start].number, &person.text));
    }
    // Names that say nothing: the widest of the first rows, above rows like it. Titles above a
    // table are narrower than it.
    let width = |line: &SheetRow| line.filled().count();
    let widest = lines.iter().take(20).map(width).max().unwrap_or(0);
    let at = lines.iter().position(|line| width(line) == widest).unwrap_or(start);
    Ok(TableHead::single(lines, at, 0, options))
}

/// What is to be said of the columns as a whole.
pub(super) fn told(columns: &[Planned], options: &TableOptions) -> Vec<Diagnostic> {
    let told: [Option<Diagnostic>; 6] = match (options.plain, &options.asked) {
        (false, _) => [
            understand::unused(columns, options),
            understand::misspelt(columns),
            understand::surpassed(columns),
            understand::other_kinds(columns),
            understand::counted(columns),
            understand::other_people(columns, options),
        ],
        (true, Some(_)) => [understand::not_asked(columns), None, None, None, None, None],
        (true, None) => [None, None, None, None, None, None],
    };
    told.into_iter().flatten().collect()
}

/// What is to be said of a list of people without names of columns.
fn bare(first: &SheetRow) -> Diagnostic {
    let row = first.number;
    let message = say!(
        "no row holds the names of the columns: the people of the only column are the recipients, \
         from row {row} on",
        row
    );
    let hint = say!("to say more of each, put the names of the columns above: ФИО;Должность");
    Diagnostic::warning("table-head", message).hint(hint)
}

fn headless(name: &str, row: u64, person: &str) -> Error {
    let message = say!(
        "{name}: no row holds the names of the columns: row {row} has a person, «{person}»",
        name,
        row,
        person
    );
    Diagnostic::error("table-head", message)
        .hint(say!("put the names of the columns above: ФИО;Должность;Организация"))
        .into()
}

/// Whether most cells of the column of names are people's: a heading among them is seen by its
/// shape.
fn are_people(columns: &[Planned], looks: &[ValueShares]) -> bool {
    let find = |column| columns.iter().position(|p| p.column == Some(column));
    match find(Column::Name) {
        Some(at) => looks.get(at).is_some_and(|look| look.people >= 0.5),
        // A surname alone is nobody where each has a first name beside it.
        None => find(Column::Last).is_some() && find(Column::First).is_some(),
    }
}

/// Whether what stands alone in its row may head the rows below: as many rows have more cells; and
/// whether the table is a list of one column, whose first row is a heading.
fn may_head(below: &[SheetRow], columns: usize) -> rows::MayHead {
    let text = |line: &SheetRow| {
        line.filled().next().map(|at| line.text(at).to_owned()).unwrap_or_default()
    };
    if columns == 1 {
        let filled: Vec<String> = below.iter().filter(|line| !line.is_blank()).map(text).collect();
        let people = filled.iter().filter(|text| values::is_person(text)).count();
        let heads = filled.first().is_some_and(|text| is_heading(text));
        let listed = heads && 2 * people >= filled.len();
        return rows::MayHead { listed, ..rows::MayHead::default() };
    }
    let cells: Vec<usize> = below.iter().map(|line| line.filled().count()).collect();
    // Notes below a short table may be as many as its rows.
    let last = cells.iter().rposition(|&cells| cells > 1).unwrap_or(0);
    let (mut alone, mut several) = (0, 0);
    for (line, cells) in below.iter().zip(&cells).take(last + 1) {
        match cells {
            0 => {}
            // Nominations over places over one person each are more than the people; what they
            // say shows that they are headings.
            1 if is_heading(&text(line)) => {}
            1 => alone += 1,
            _ => several += 1,
        }
    }
    let blocks = several > 0 && several >= alone;
    let first = below.iter().find(|line| !line.is_blank());
    let houses = first.is_some_and(|line| line.filled().count() == 1 && is_heading(&text(line)));
    rows::MayHead { among_people: blocks, blocks, listed: false, houses }
}

/// «Номинация: Вокал» above the names of the columns holds for all rows.
fn for_all(
    titles: &[SheetRow],
    columns: &[Planned],
    options: &TableOptions,
    above: &mut Headings,
) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    let last = titles.iter().rposition(|line| !line.is_blank());
    let said = titles.iter().enumerate();
    let said = said.flat_map(|(at, line)| labels(line).into_iter().map(move |text| (at, text)));
    for (at, text) in said {
        let has = |column| columns.iter().any(|p| p.column == Some(column));
        let mut said = above.parts(&text, has);
        // «Протокол оценки работ (номинация «Рисунок»)»
        let inside = text.split_once('(').and_then(|(_, rest)| rest.trim_end().strip_suffix(')'));
        if let Some(inside) = inside.filter(|_| said.is_empty()) {
            said = above.parts(inside, has);
        }
        said.retain(|above| {
            use Column::{
                AgeGroup, Class, Hours, Leader, Lines, Nomination, Of, Period, Programme,
            };
            use Column::{School, Teacher};
            match above.column {
                Nomination | AgeGroup | Class | Programme | Hours | Period => true,
                // A title may name a school that holds the contest, and the town of the paper:
                // what they are must be said before them. A prize that all have is none.
                Leader | Teacher | School | Of => text.contains(':'),
                // «50 м, девочки» right above the names heads these rows, and «мальчики» the next.
                Lines => text.contains(':') || !above.home && Some(at) == last,
                _ => false,
            }
        });
        use Column::{Event, Programme, Reason, Text};
        let open = options.open && ![Event, Programme, Reason, Text].into_iter().any(has);
        if said.is_empty() && open && text.contains('«') {
            let Some(course) = heading::course(&text) else {
                told.push(untold(&text));
                continue;
            };
            said.push(course);
        }
        if said.is_empty() || said.iter().any(|above| options.gives(&above.value)) {
            continue;
        }
        let columns: Vec<Message> = above.open(said).into_iter().map(Column::title).collect();
        let message = say!(
            "«{text}» above the names of the columns holds for all rows: {column}",
            text,
            column = columns
        );
        told.push(Diagnostic::warning("column-above", message));
    }
    told
}

/// Tells that a title of the table is not printed, where nothing else says what all is for.
fn untold(title: &str) -> Diagnostic {
    let what = say!("«{title}» above the names of the columns is not printed", title);
    let hint = say!(
        "if the documents shall say it, write `{key}` in the common file (--common)",
        key = "event: …"
    );
    Diagnostic::warning("column-above", what).hint(hint)
}

/// What a row above the names of the columns says: «Школа: № 5» in a cell, «Объём:» and «24 часа»
/// in two, one such pair beside another.
fn labels(line: &SheetRow) -> Vec<String> {
    let cells: Vec<&str> = line.filled().map(|at| line.text(at)).collect();
    let joined = |pair: &[&str]| format!("{}: {}", pair[0].trim_end_matches([':', ' ']), pair[1]);
    match cells[..] {
        [one] => vec![one.to_owned()],
        [label, value] if !value.contains(':') => vec![joined(&[label, value])],
        _ if cells.iter().all(|cell| cell.contains(": ")) => {
            cells.into_iter().map(str::to_owned).collect()
        }
        _ if cells.len().is_multiple_of(2)
            && cells.iter().step_by(2).all(|cell| cell.ends_with(':')) =>
        {
            cells.chunks(2).map(joined).collect()
        }
        _ => Vec::new(),
    }
}

/// Columns before the names that are filled in once for several rows: whoever typed them so sees
/// one school over its pupils, but only merged cells hold for all of them.
fn only_first<'l, R: Iterator<Item = &'l SheetRow>>(
    columns: &[Planned],
    rows: impl Fn() -> R,
) -> Vec<Diagnostic> {
    use Column::{AgeGroup, Class, Leader, Nomination, Of, School, Teacher};
    let names = columns.iter().position(|p| p.column.is_some_and(Column::names));
    let before = &columns[..names.unwrap_or(0)];
    let shared = [AgeGroup, Class, Leader, Nomination, Of, School, Teacher];
    let told = before.iter().filter(|p| p.column.is_some_and(|c| shared.contains(&c)));
    told.filter_map(|planned| {
        let cells: Vec<&str> = rows().map(|line| line.text(planned.at)).collect();
        let mut filled: Vec<&str> = cells.iter().copied().filter(|c| !c.is_empty()).collect();
        let empty = cells.len() - filled.len();
        let all = filled.len();
        filled.sort_unstable();
        filled.dedup();
        let once = cells.first().is_some_and(|c| !c.is_empty()) && filled.len() == all;
        if !once || 3 * empty < cells.len() {
            return None;
        }
        let message = say!(
            "«{header}» is empty in {empty} rows below filled ones, and nothing is printed there",
            header = planned.header,
            empty
        );
        let hint = say!("if these rows have the same as above, merge the cells or fill them down");
        Some(Diagnostic::warning("column-gaps", message).hint(hint))
    })
    .collect()
}

fn on_its_side(name: &str, column: usize) -> Error {
    let message = say!(
        "{name}: the table lies on its side: the names of the columns stand one below the other, \
         in column {letter}",
        name,
        letter = letter(column)
    );
    let hint = say!("in Excel: copy the table, then Paste Special, Transpose");
    Diagnostic::error("table-head", message).hint(hint).into()
}

/// The faults of the columns, with the file and the row of the head.
fn in_head(faults: Vec<Diagnostic>, name: &str, plan: &Plan) -> Error {
    let (first, last) = plan.head.unwrap_or_default();
    let rows = match first == last {
        true => say!("row {first}", first),
        false => say!("rows {first} and {last}", first, last),
    };
    let sheet = plan.sheet.as_ref().map(|sheet| say!(", sheet «{sheet}»", sheet));
    let place = |fault: Diagnostic| {
        let told = fault.resaid(say!(
            "{name}{sheet}, {rows} (column names): {message}",
            name,
            sheet,
            rows,
            message = fault.message()
        ));
        match fault.data_path() {
            Some(path) => told.path(path),
            None => told,
        }
    };
    Error::Invalid(faults.into_iter().map(place).collect())
}

/// Columns with cells and without a name.
fn unnamed(head: &TableHead, below: &[SheetRow]) -> Option<Diagnostic> {
    let mut found: Vec<String> = Vec::new();
    let last = head.headers.iter().map(|h| h.at).max()?;
    for at in (0..=last).filter(|at| head.headers.iter().all(|h| h.at != *at)) {
        if below.iter().any(|line| !values::is_dash(line.text(at))) {
            found.push(letter(at));
        }
    }
    let message = match found.as_slice() {
        [] => return None,
        [one] => say!("column {one} has cells, but no name, and is left out", one),
        all => {
            say!("columns {all} have cells, but no names, and are left out", all)
        }
    };
    Some(Diagnostic::warning("column-unnamed", message))
}

/// The letters of a column: A, B … AA.
pub fn letter(at: usize) -> String {
    let mut at = at + 1;
    let mut letters = Vec::new();
    // Base 26 without a nought: after Z comes AA.
    while at > 0 {
        letters.push((b'A' + ((at - 1) % 26) as u8) as char);
        at = (at - 1) / 26;
    }
    letters.iter().rev().collect()
}
