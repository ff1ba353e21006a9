//! Tags as people type them into Word, as the template language has them: quotation marks and
//! dashes that Word has corrected, and the words of the language in Russian.

use crate::diag::{Message, nearest, say};
use crate::lang::ru::Case;
use crate::model::{self, Column, NamePiece, alias::normal};
use crate::template;

/// What a tag does to the text around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TagKind {
    /// Prints a value.
    Value,
    /// Shows a picture.
    Picture(PictureTag),
    /// Says something of the cell that it stands in.
    Cell(CellTag),
    /// Begins a block of this name.
    Open(String),
    Else,
    /// Ends the block of this name; of any name, if it is empty.
    Close(String),
    /// Says nothing.
    Comment,
}

/// A picture of the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PictureTag {
    /// What names its file; behind [`CODE`] a text that becomes a QR code.
    pub(super) expression: String,
    /// Its size in English Metric Units, where the tag says it.
    pub(super) width: Option<i64>,
    pub(super) height: Option<i64>,
}

/// What a tag says of its cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CellTag {
    /// How many columns it takes.
    Span,
    /// Its colour.
    Shade,
    /// That it is one with its neighbour, if both say the same.
    Merge,
}

/// A tag that was read.
#[derive(Debug, Clone)]
pub(super) struct WordTag {
    pub(super) kind: TagKind,
    /// As the template language has it; the end of a block without its name.
    pub(super) text: String,
    /// The range in the text of the part, as people see it.
    pub(super) at: std::ops::Range<usize>,
}

/// A fault of a tag.
#[derive(Debug)]
pub(super) struct TagFault {
    pub(super) code: &'static str,
    pub(super) message: Message,
    pub(super) hint: Option<Message>,
}

/// Words of the language in Russian. The longer ones stand first: they begin like the shorter.
const BLOCKS: &[(&str, &str)] = &[
    ("для каждого из", "#each"),
    ("для каждой из", "#each"),
    ("для каждого", "#each"),
    ("для каждой", "#each"),
    ("для всех", "#each"),
    ("если не", "#unless"),
    ("если нет", "#unless"),
    ("если есть", "#if"),
    ("если", "#if"),
    ("внутри", "#with"),
    ("иначе если", "else if"),
    ("иначе", "else"),
];

/// Words that begin a block behind `#` only: alone they may be names of the data.
const MARKED_BLOCKS: &[(&str, &str)] = &[
    ("каждый из", "#each"),
    ("каждого из", "#each"),
    ("каждый", "#each"),
    ("каждого", "#each"),
    ("каждая", "#each"),
    ("каждой", "#each"),
    ("повторить", "#each"),
    ("повтор", "#each"),
    ("цикл", "#each"),
    ("для", "#each"),
];

const ENDS: &[&str] =
    &["конец если", "конец условия", "конец для", "конец цикла", "конец повтора", "конец", "end"];

/// Helpers in Russian.
const HELPERS: &[(&str, &str)] = &[
    ("инициалы", "initials"),
    ("обращение", "greeting"),
    ("согласовать", "agree"),
    ("прописью", "numeral"),
    ("картинка", "picture"),
    ("рисунок", "picture"),
    ("прописные", "upper"),
    ("строчные", "lower"),
    ("склонение", "plural"),
];

/// Helpers whose names are words of the data, too: «дата рождения» is a name, «дата date "full"» a
/// call.
const CALLS: &[(&str, &str)] = &[
    ("должность", "post"),
    ("организация", "org"),
    ("место", "place"),
    ("дата", "date"),
    ("даты", "daterange"),
    ("сумма", "money"),
    ("список", "join"),
];

/// Words that say something of a cell; each takes an argument.
const CELLS: &[(&str, CellTag)] = &[
    ("span", CellTag::Span),
    ("столбцов", CellTag::Span),
    ("shade", CellTag::Shade),
    ("заливка", CellTag::Shade),
    ("merge", CellTag::Merge),
    ("объединить", CellTag::Merge),
];

/// Words that make a QR code of a text.
const CODES: &[&str] = &["qr", "qr-код", "qr-code"];

/// What stands before the text of a QR code where else a file is named.
pub(super) const CODE: &str = "qr:";

/// English Metric Units in units of length.
const UNITS: &[(&str, f64)] = &[
    ("mm", 36_000.0),
    ("мм", 36_000.0),
    ("cm", 360_000.0),
    ("см", 360_000.0),
    ("in", 914_400.0),
    ("pt", 12_700.0),
    ("пт", 12_700.0),
];

/// Words that stand for places of a loop.
const PLACES: &[(&str, &str)] = &[
    ("номер по порядку", "@number"),
    ("№ п/п", "@number"),
    ("последний", "@last"),
    ("последняя", "@last"),
    ("последнее", "@last"),
    ("первый", "@first"),
    ("первая", "@first"),
    ("первое", "@first"),
];

/// Reads a tag without its braces.
pub(super) fn read(inner: &str) -> Result<(TagKind, String), TagFault> {
    let text = straight(inner);
    let text = text.trim();
    // Word makes a dash of the two hyphens.
    if text.starts_with('!') {
        return Ok((TagKind::Comment, String::new()));
    }
    // Only to compare: what is printed keeps the letters that were typed.
    let lower = text.to_lowercase().replace('ё', "е");
    // «/если», «/каждый»: whoever writes the marks of the language with words in Russian.
    let ended = lower.strip_prefix('/').map(str::trim_start);
    if ENDS.contains(&lower.as_str())
        || ended.is_some_and(|word| word.is_empty() || block_word(word, true).is_some())
    {
        return Ok((TagKind::Close(String::new()), String::new()));
    }
    let text = small_word(&block(text, &lower));
    let text = text.as_str();
    if let Some(name) = text.strip_prefix('/') {
        return Ok((TagKind::Close(name.trim().to_owned()), String::new()));
    }
    if let Some(rest) = text.strip_prefix('#') {
        let rest = rest.trim_start();
        let (name, argument) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let argument = block_argument(name, argument.trim())?;
        return Ok((TagKind::Open(name.to_owned()), format!("{{{{#{name} {argument}}}}}")));
    }
    // `^` is what docxtemplater and Mustache have for it.
    if matches!(text, "else" | "^") {
        return Ok((TagKind::Else, "{{else}}".to_owned()));
    }
    if let Some(rest) = text.strip_prefix("else ") {
        let rest = rest.trim();
        let (name, argument) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let argument = block_argument(name, argument.trim())?;
        return Ok((TagKind::Else, format!("{{{{else {name} {argument}}}}}")));
    }
    if text.starts_with(['{', '&']) {
        return Err(TagFault {
            code: "template-unescaped",
            message: say!("three braces are not supported: text is always text here"),
            hint: Some(say!("write `{{…}}`")),
        });
    }
    if text.is_empty() {
        return Err(TagFault {
            code: "template-syntax",
            message: say!("the braces are empty"),
            hint: Some(say!("write a name of the data between them, or take them away")),
        });
    }
    value(text)
}

/// The word of a block in small letters: Word begins sentences with a capital one.
fn small_word(text: &str) -> String {
    let letter = |c: char| c.is_ascii_alphabetic() || matches!(c, '#' | '/');
    let end = text.find(|c| !letter(c)).unwrap_or(text.len());
    let word = text[..end].to_ascii_lowercase();
    const WORDS: [&str; 9] =
        ["#if", "#each", "#unless", "#with", "/if", "/each", "/unless", "/with", "else"];
    match WORDS.contains(&word.as_str()) {
        true => word + &text[end..],
        false => text.to_owned(),
    }
}

/// The words of a block in the language of templates.
fn block(text: &str, lower: &str) -> String {
    let bare = lower.strip_prefix('#').map(str::trim_start);
    let Some((russian, word)) = block_word(bare.unwrap_or(lower), bare.is_some()) else {
        return text.to_owned();
    };
    // Small letters have as many characters as capital ones in Russian.
    let marks = lower.chars().count() - bare.unwrap_or(lower).chars().count();
    let rest: String = text.chars().skip(marks + russian.chars().count()).collect();
    format!("{word}{rest}")
}

/// The words that a text begins a block with, and what they mean; `marked` says that it stands
/// behind the sign of a block.
fn block_word(lower: &str, marked: bool) -> Option<(&'static str, &'static str)> {
    let others = MARKED_BLOCKS.iter().filter(|_| marked);
    let begins = |word: &str| {
        lower.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    BLOCKS.iter().chain(others).copied().find(|(russian, _)| begins(russian))
}

/// Whether bare words are what a tag would hold: a name that people give to a value of the data,
/// and a case perhaps.
pub(super) fn is_like_tag(text: &str) -> bool {
    let text = case_said(text.trim());
    let is_name = |name: &str| is_known(name) || Column::of(name).is_some();
    let cased = text.rsplit_once(' ').filter(|(_, case)| case_of(case).is_some());
    // Whole sentences in brackets are text, and so is anything in Latin letters: a doubt about each
    // would drown the others.
    let plain = text.chars().all(|c| c.is_alphanumeric() || " .,-№_".contains(c));
    plain && !text.is_ascii() && (is_name(&text) || cased.is_some_and(|(name, _)| is_name(name)))
}

/// «ФИО в дательном падеже» as «ФИО дательный».
fn case_said(text: &str) -> String {
    let mut words: Vec<&str> = text.split(' ').collect();
    if !matches!(words.pop(), Some("падеж" | "падеже")) {
        return case_apart(text);
    }
    let Some(case) = words.pop() else { return text.to_owned() };
    // «Дательном» is the adjective in its own prepositional.
    let case = case.strip_suffix("ом").map_or(case.to_owned(), |stem| format!("{stem}ый"));
    if words.last().is_some_and(|word| word.eq_ignore_ascii_case("в")) {
        words.pop();
    }
    match Case::parse(&case) {
        Some(_) if !words.is_empty() => format!("{} {case}", words.join(" ")),
        _ => text.to_owned(),
    }
}

/// «ФИО (дат.)», «ФИО, дат.» and «ФИО_дат» as «ФИО дат.».
fn case_apart(text: &str) -> String {
    let parted = text
        .strip_suffix(')')
        .and_then(|text| text.rsplit_once('('))
        .or_else(|| text.rsplit_once(','))
        .or_else(|| text.rsplit_once('_'));
    match parted.map(|(name, case)| (name.trim(), case.trim())) {
        Some((name, case))
            if !name.is_empty()
                && !name.is_ascii()
                && case_of(case.trim_end_matches('.')).or_else(|| question(case)).is_some() =>
        {
            format!("{name} {case}")
        }
        _ => text.to_owned(),
    }
}

/// An expression that prints something.
// Over 60 lines: one step for each thing that a tag may be.
fn value(text: &str) -> Result<(TagKind, String), TagFault> {
    let text = case_said(text);
    let text = text.as_str();
    let (first, rest) = text.split_once(' ').map_or((text, ""), |(a, b)| (a, b.trim()));
    // With any of these it is an expression of the language, to be left as it is.
    let plain = !text.contains(['"', '\'', '(', ')', '=', '[', '|']);
    let print = |expression: String| Ok((TagKind::Value, format!("{{{{{expression}}}}}")));
    if let Some((_, place)) = PLACES.iter().find(|(word, _)| text.to_lowercase() == *word) {
        return print(match *place {
            "@number" => "add @index 1".to_owned(),
            other => other.to_owned(),
        });
    }
    if rest.is_empty() || plain && NamePiece::of(text).is_some() {
        return print(bare(text));
    }
    if let Some(piece) = piece(text).filter(|_| plain) {
        return print(piece);
    }
    // «Отчество (при наличии)» is the head of a column, copied.
    let head = text.ends_with(')') && !text.contains(['"', '\'', '=', '[', '|']);
    if head && !first.is_ascii() && !rest.is_ascii() && helper(first, false).is_none() {
        return print(bare(text));
    }
    if let Some(date) = patterned(text) {
        return print(date);
    }
    let lower = first.to_lowercase();
    if let Some((_, cell)) = CELLS.iter().find(|(word, _)| *word == lower) {
        return cell_tag(*cell, rest);
    }
    if CODES.contains(&lower.as_str()) {
        return picture(rest, true);
    }
    let (before, last) = text.rsplit_once(' ').unwrap_or(("", text));
    if let Some(helper) = helper(first, plain) {
        let (arguments, case) = match case_of(last) {
            // `{{инициалы ФИО дат}}`: the case stands without quotation marks.
            Some(case) if plain && before != first && !before.is_empty() => {
                let of = before[first.len()..].trim();
                (argument_of(of), format!(" \"{}\"", case.code()))
            }
            _ => (rest.to_owned(), String::new()),
        };
        if helper == "picture" {
            return picture(&arguments, false);
        }
        return print(format!("{helper} {arguments}{case}"));
    }
    if plain && !first.is_ascii() {
        let name = before.trim();
        if let Some(case) = case_of(last).or_else(|| question(last).filter(|_| is_asked(name))) {
            return print(format!("{} {} \"{}\"", declined_by(name), path(name), case.code()));
        }
        let cases = ["им", "род", "дат", "вин", "тв", "пр"];
        let near = nearest(&last.to_lowercase(), cases);
        // «Класс 5А» is a name; «ФИО дта» a name and a case that was mistyped.
        if let Some(near) = near
            // As long as the short names of cases with a letter lost or doubled.
            && (3..=5).contains(&last.chars().count())
            && last.chars().all(char::is_alphabetic)
            && is_known(name)
            && !is_known(text)
        {
            return Err(TagFault {
                code: "template-argument",
                message: say!("there is no case `{last}`", last),
                hint: Some(say!("did you mean `{near}`?", near)),
            });
        }
        return print(bare(text));
    }
    print(format!("{first} {rest}"))
}

/// «Имя дат»: a part of a name in a case, with the sex of the one whose name it is.
fn piece(text: &str) -> Option<String> {
    let (name, case) = text.rsplit_once(' ')?;
    let (name, case) = (name.trim(), case_of(case).or_else(|| question(case))?);
    let (piece, path) = (NamePiece::of(name)?, path(name));
    // Beside the part, in the same map.
    let map = path.rfind(['/', '.']).filter(|_| !path.starts_with('['));
    let map = map.map_or("", |end| &path[..=end]);
    let (piece, case) = (piece.code(), case.code());
    Some(format!("piece {path} \"{piece}\" \"{case}\" of={map}[{}]", template::WHOSE))
}

/// What a tag says of its cell.
fn cell_tag(cell: CellTag, of: &str) -> Result<(TagKind, String), TagFault> {
    let printed = match (cell, of.trim_matches('"').to_lowercase().as_str()) {
        (CellTag::Merge, "down" | "вниз") => "down".to_owned(),
        (CellTag::Merge, "right" | "вправо") => "right".to_owned(),
        (CellTag::Merge, _) => {
            return Err(TagFault {
                code: "template-argument",
                message: say!("a cell is merged `down` or `right`, not `{of}`", of),
                hint: Some(say!("write `{{merge \"down\"}}` or `{{объединить вниз}}`")),
            });
        }
        // A colour and a number stand as they are; all else is a name of the data.
        _ if of.starts_with('#') => of.to_owned(),
        _ if of.starts_with('"') => of.trim_matches('"').to_owned(),
        _ if of.chars().all(|c| c.is_ascii_digit()) => of.to_owned(),
        _ => format!("{{{{{}}}}}", argument_of(of)),
    };
    Ok((TagKind::Cell(cell), printed))
}

/// A picture or a QR code, with its size if it is said: `width="30mm"`.
fn picture(arguments: &str, is_code: bool) -> Result<(TagKind, String), TagFault> {
    let mut size = [None, None];
    let mut file = arguments.to_owned();
    for (at, names) in [(0, ["width", "ширина"]), (1, ["height", "высота"])] {
        // Behind a space, so that a file of that name is not cut.
        let found = names.iter().find_map(|name| file.find(&format!(" {name}=")).zip(Some(name)));
        let Some((start, name)) = found else { continue };
        let value = &file[start + name.len() + 2..];
        let (said, end) = match value.strip_prefix('"').and_then(|rest| rest.split_once('"')) {
            Some((said, _)) => (said, said.len() + 2),
            None => {
                let said = value.split(' ').next().unwrap_or_default();
                (said, said.len())
            }
        };
        let Some(length) = length(said) else {
            return Err(TagFault {
                code: "template-argument",
                message: say!("`{said}` is no length", said),
                hint: Some(say!("write a number with its unit, such as `{name}=\"30mm\"`", name)),
            });
        };
        size[at] = Some(length);
        let end = start + name.len() + 2 + end;
        file.replace_range(start..end, "");
    }
    let expression = match is_code {
        true => format!("{CODE}{{{{{}}}}}", argument_of(file.trim())),
        false => format!("{{{{picture {}}}}}", file.trim()),
    };
    let [width, height] = size;
    let tag = PictureTag { expression: expression.clone(), width, height };
    Ok((TagKind::Picture(tag), expression))
}

/// A length in English Metric Units.
fn length(said: &str) -> Option<i64> {
    let said = said.trim().to_lowercase().replace(',', ".");
    let at = said.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (number, unit) = said.split_at(at);
    let (_, unit) = UNITS.iter().find(|(name, _)| *name == unit.trim())?;
    let length = number.parse::<f64>().ok()? * unit;
    // The largest that the format has (20.1.10.42).
    (1.0..=27_273_042_316_900.0).contains(&length).then_some(length.round() as i64)
}

/// What prints a name that stands alone.
fn bare(name: &str) -> String {
    let path = path(name);
    match () {
        // A date is printed as people write it, for whoever names it in Russian.
        () if means(name, "date") => format!("date {path} text=true"),
        // In the data these may be maps with more than a name.
        () if is_called(name) => format!("called {path}"),
        () => path,
    }
}

/// The case that a word names. A single letter, which a case may be called by elsewhere, is a part
/// of a name here: «Класс В».
fn case_of(word: &str) -> Option<Case> {
    Case::parse(word).filter(|_| word.chars().count() > 1)
}

/// The case that a question asks for: «ФИО кому».
fn question(word: &str) -> Option<Case> {
    Some(match word.to_lowercase().as_str() {
        "кого" | "чего" => Case::Genitive,
        "кому" | "чему" => Case::Dative,
        "кем" | "чем" => Case::Instrumental,
        _ => return None,
    })
}

/// Whether a name is of what people ask so about, and not the beginning of a column's name:
/// «Вручено кому».
fn is_asked(name: &str) -> bool {
    is_called(name) || declined_by(name) != "whom"
}

/// The helper that puts what a name names into a case.
fn declined_by(name: &str) -> &'static str {
    match () {
        () if means(name, "post") || normal(name).starts_with("должность ") => "post",
        () if means(name, "issuer") || means(name, "of") || means(name, "host") => "org",
        () if means(name, "place") => "place",
        () => "whom",
    }
}

/// The helper that a word calls; `plain` is a text of bare words.
fn helper(word: &str, plain: bool) -> Option<&str> {
    if template::helper_names().any(|name| name == word) {
        return Some(word);
    }
    let lower = word.to_lowercase();
    let calls = CALLS.iter().filter(|_| !plain);
    let mut all = HELPERS.iter().chain(calls);
    all.find(|(russian, _)| *russian == lower).map(|(_, helper)| *helper)
}

/// Whether a name in Russian means that key of the data.
fn means(name: &str, key: &str) -> bool {
    let others = model::keys().filter(|(known, _)| *known == key).flat_map(|(_, others)| others);
    let name = normal(name);
    !name.is_ascii() && others.into_iter().any(|other| *other == name)
}

/// Whether a name in Russian is that of a person or an event, which data may describe at length.
fn is_called(name: &str) -> bool {
    let keys = ["recipient", "event", "leader", "teacher", "host", "issuer", "of"];
    let by_key = keys.iter().any(|key| means(name, key));
    // «ФИО директора» may be the whole of one who signs.
    let told = || Column::of(name).is_some_and(Column::names) || normal(name).starts_with("фио ");
    by_key || !name.is_ascii() && told()
}

fn is_known(name: &str) -> bool {
    let name = normal(name);
    model::keys().any(|(_, others)| others.iter().any(|other| *other == name))
}

/// What a block takes; a condition may compare: `степень = "I"`.
fn block_argument(name: &str, argument: &str) -> Result<String, TagFault> {
    /// Signs, the longer ones first, with the helper that compares and whether it says the
    /// contrary.
    const SIGNS: [(&str, &str, bool); 9] = [
        ("<>", "ne", false),
        ("!=", "ne", false),
        (">=", "lt", true),
        ("<=", "gt", true),
        ("==", "eq", false),
        ("=", "eq", false),
        (">", "gt", false),
        ("<", "lt", false),
        ("≠", "ne", false),
    ];
    let quote = argument.find('"').unwrap_or(argument.len());
    let sign = SIGNS.iter().find_map(|sign| Some((argument[..quote].find(sign.0)?, sign)));
    let plain = !argument.starts_with('(') && !argument.contains(" as ");
    let Some((at, (sign, helper, contrary))) =
        sign.filter(|_| plain && matches!(name, "if" | "unless"))
    else {
        return Ok(argument_of(argument));
    };
    let (left, right) = (argument[..at].trim(), argument[at + sign.len()..].trim());
    let quoted = right.len() > 1 && right.starts_with('"') && right.ends_with('"');
    let number = !right.is_empty() && right.chars().all(|c| c.is_ascii_digit());
    if left.is_empty() || left.contains('(') || !(quoted || number) {
        return Err(TagFault {
            code: "template-argument",
            message: say!("a condition compares a name with a text in quotation marks or a number"),
            hint: Some(say!("write it so: `{{если степень = \"I\"}}`, `{{если балл > 90}}`")),
        });
    }
    let right = if quoted { right.to_owned() } else { format!("\"{right}\"") };
    let test = format!("({helper} {} {right})", argument_of(left));
    Ok(if *contrary { format!("(not {test})") } else { test })
}

/// A date in a form of its own: `дата "dd.MM.yyyy"`, `Дата выдачи ДД.ММ.ГГГГ`.
fn patterned(text: &str) -> Option<String> {
    let (name, form) = match text.strip_suffix('"') {
        Some(text) => text.split_once('"')?,
        None => text.rsplit_once(' ')?,
    };
    let name = name.trim();
    let letter = |c: char| {
        Some(match c {
            'д' | 'Д' | 'd' | 'D' => 'd',
            'м' | 'М' | 'm' | 'M' => 'M',
            'г' | 'Г' | 'y' | 'Y' => 'y',
            ' ' | '.' | '-' | '/' => c,
            _ => return None,
        })
    };
    let form: String = form.chars().map(letter).collect::<Option<_>>()?;
    let dated = !name.is_ascii() && normal(name).starts_with("дата") && form.contains("yy");
    dated.then(|| format!("date {} pattern=\"{form}\" text=true", path(name)))
}

/// What a block takes: an expression, or a name of several words.
fn argument_of(text: &str) -> String {
    let lower = text.to_lowercase();
    if let Some((_, place)) =
        PLACES.iter().find(|(word, place)| lower == *word && *place != "@number")
    {
        return (*place).to_owned();
    }
    let simple = !text.contains(['"', '\'', '(', ')', '=', '[', '|']);
    let words = text.contains(' ') && !text.contains(" as ");
    if simple && words && !text.is_ascii() { path(text) } else { text.to_owned() }
}

/// A path of the data: in brackets where a name has a space or another sign.
fn path(text: &str) -> String {
    // Handlebars reads these without brackets; a stop at the end would look for a name behind it.
    let simple = |c: char| c.is_alphanumeric() || "_-@./[]$:".contains(c);
    // «И.О.Фамилия» has initials, and no maps in maps.
    let letter = |part: &str| part.chars().count() == 1 && !part.is_ascii();
    if text.chars().all(simple) && !text.ends_with('.') && !text.split('.').any(letter) {
        return text.to_owned();
    }
    format!("[{}]", text.replace(']', ""))
}

/// The tag as it was typed, before Word corrected it.
fn straight(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let letters: Vec<char> = text.chars().collect();
    let mut at = 0;
    while let Some(&c) = letters.get(at) {
        at += 1;
        match c {
            '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '\'' | '‘' | '’' | '‚' | '‛' =>
            {
                // Word opens and closes with other marks than were typed, and not always in pairs.
                let end = closing(&letters, at, c);
                let inner: String = letters[at..end].iter().collect();
                // The value keeps its own marks, whichever are not those around it.
                let inner = inner.replace('\\', "\\\\").replace('"', "\\\"");
                out.extend(["\"", &inner, "\""]);
                at = end + 1;
            }
            // Word makes dashes of hyphens; no name has one.
            '–' | '—' | '‑' | '−' => out.push('-'),
            // A mark that is not seen, from a line that was broken or a web page.
            '\u{200b}' | '\u{feff}' | '\u{ad}' | '\u{2060}' => {}
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out
}

/// Where the text that a quotation mark opens ends.
fn closing(letters: &[char], from: usize, open: char) -> usize {
    let find = |of: &[char]| letters[from..].iter().position(|c| of.contains(c)).map(|n| n + from);
    let double = ['"', '“', '”', '„', '‟', '«', '»', '″'];
    let single = ['\'', '‘', '’', '‚', '‛'];
    let found = match open {
        // Straight marks stand around others as they are.
        '"' => find(&['"']).or_else(|| find(&['”', '“', '»'])),
        '«' => find(&['»']).or_else(|| find(&double)),
        '\'' => find(&['\'']).or_else(|| find(&single)),
        '‘' | '’' | '‚' | '‛' => find(&single),
        _ => find(&['”', '“', '"', '»', '″']),
    };
    found.unwrap_or(letters.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_as_they_were_typed() {
        for (typed, expected) in [
            ("name recipient “dat”", "{{name recipient \"dat\"}}"),
            ("name recipient „dat“", "{{name recipient \"dat\"}}"),
            ("name\u{a0}recipient «dat»", "{{name recipient \"dat\"}}"),
            ("event–in event", "{{event-in event}}"),
            ("join list \", \" ’ и ’", "{{join list \", \" \" и \"}}"),
            ("ФИО дат", "{{whom ФИО \"dat\"}}"),
            ("должность род", "{{post должность \"gen\"}}"),
            ("место работы род", "{{org [место работы] \"gen\"}}"),
            ("Дата рождения", "{{[Дата рождения]}}"),
            ("Дата приказа", "{{[Дата приказа]}}"),
            ("дата date “full”", "{{date date \"full\"}}"),
            ("дата", "{{date дата text=true}}"),
            ("Класс В", "{{[Класс В]}}"),
            ("Класс 5А", "{{[Класс 5А]}}"),
            ("для каждого людей", "{{#each людей}}"),
            ("Если степень", "{{#if степень}}"),
            ("иначе", "{{else}}"),
            ("если не последний", "{{#unless @last}}"),
            ("инициалы ФИО", "{{initials ФИО}}"),
            ("ФИО (дат.)", "{{whom ФИО \"dat\"}}"),
            ("ФИО, дат", "{{whom ФИО \"dat\"}}"),
            ("ФИО_дат", "{{whom ФИО \"dat\"}}"),
            ("ФИО (кому)", "{{whom ФИО \"dat\"}}"),
            ("Имя дат", "{{piece Имя \"first\" \"dat\" of=[itog:whose]}}"),
            ("../Фамилия род", "{{piece ../Фамилия \"last\" \"gen\" of=../[itog:whose]}}"),
            ("инициалы и фамилия", "{{called [инициалы и фамилия]}}"),
            ("если степень = “I”", "{{#if (eq степень \"I\")}}"),
            ("если балл >= 90", "{{#if (not (lt балл \"90\"))}}"),
            ("дата “dd.MM.yyyy”", "{{date дата pattern=\"dd.MM.yyyy\" text=true}}"),
            ("Дата выдачи ДД.ММ.ГГГГ", "{{date [Дата выдачи] pattern=\"dd.MM.yyyy\" text=true}}"),
            ("qr адрес", "qr:{{адрес}}"),
            ("#if (eq a “x”)", "{{#if (eq a \"x\")}}"),
        ] {
            let read = read(typed).map(|(_, text)| text).map_err(|fault| fault.message);
            assert_eq!(read.as_deref(), Ok(expected), "{typed}");
        }
        assert_eq!(read("если пол = ж").unwrap_err().code, "template-argument");
        assert_eq!(read("ФИО дта").unwrap_err().code, "template-argument");
    }
}
