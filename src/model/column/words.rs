//! The words of a name of a column: abbreviations written out, and what only explains set apart.

/// A word of a name.
#[derive(Debug, Clone)]
pub(super) struct HeadWord {
    pub(super) text: String,
    pub(super) role: WordRole,
}

/// What a word is for in its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WordRole {
    /// It says what the column holds.
    Name,
    /// It stands in brackets, and may tell more: «Участник (ФИО)», «Результат (баллы)».
    Hint,
    /// It says how to fill the column in: «(как в паспорте)», «для диплома».
    Comment,
}

/// Words that begin a comment, in brackets or behind a comma.
const COMMENTS: [&str; 26] = [
    "как",
    "для",
    "при",
    "если",
    "на",
    "по",
    "из",
    "без",
    "не",
    "чтобы",
    "например",
    "выбрать",
    "выберите",
    "указать",
    "укажите",
    "указывать",
    "указывается",
    "указан",
    "в",
    "к",
    "можно",
    "нужно",
    "обязательно",
    "только",
    "строго",
    "именно",
];

/// What people write for a word.
const SHORT: [(&str, &str); 47] = [
    ("кл", "класс"),
    ("клас", "класс"),
    ("шк", "школа"),
    ("учеб", "учебное"),
    ("обр", "образовательная"),
    ("образ", "образовательная"),
    ("образоват", "образовательная"),
    ("учр", "учреждение"),
    ("учрежд", "учреждение"),
    ("орг", "организация"),
    ("организ", "организация"),
    ("рук", "руководитель"),
    ("руков", "руководитель"),
    ("руковод", "руководитель"),
    ("преп", "преподаватель"),
    ("препод", "преподаватель"),
    ("учит", "учитель"),
    ("пед", "педагог"),
    ("восп", "воспитатель"),
    ("воспит", "воспитатель"),
    ("назв", "название"),
    ("наз", "название"),
    ("наим", "название"),
    ("наимен", "название"),
    ("номин", "номинация"),
    ("долж", "должность"),
    ("должн", "должность"),
    ("возр", "возрастная"),
    ("кат", "категория"),
    ("категор", "категория"),
    ("рез", "результат"),
    ("результ", "результат"),
    ("отч", "отчество"),
    ("фам", "фамилия"),
    ("степ", "степень"),
    ("кол", "количество"),
    ("тел", "телефон"),
    ("удост", "удостоверение"),
    ("серт", "сертификат"),
    ("сертиф", "сертификат"),
    ("дипл", "диплом"),
    ("свид", "свидетельство"),
    ("прогр", "программа"),
    ("прог", "программа"),
    ("уч", "учебное"),
    ("учебн", "учебное"),
    ("предпр", "предприятие"),
];

/// Words that are written with their beginning and their end: «рук-ль», «уч-ся», «ном-ция».
const CONTRACTED: [&str; 36] = [
    "руководитель",
    "руководителя",
    "учитель",
    "учителя",
    "учащийся",
    "учащегося",
    "учащихся",
    "участник",
    "участника",
    "обучающийся",
    "обучающегося",
    "преподаватель",
    "преподавателя",
    "педагог",
    "педагога",
    "воспитатель",
    "воспитателя",
    "организация",
    "организации",
    "учреждение",
    "учреждения",
    "номинация",
    "номинации",
    "количество",
    "отчество",
    "фамилия",
    "название",
    "названия",
    "наименование",
    "должность",
    "результат",
    "степень",
    "категория",
    "удостоверение",
    "документ",
    "документа",
];

/// The words of a name, small, abbreviations written out, with «ф. и. о.» in one.
pub(super) fn words(header: &str) -> Vec<HeadWord> {
    let header = header.to_lowercase().replace('ё', "е");
    let mut words: Vec<HeadWord> = Vec::new();
    for (text, bracket) in segments(&header) {
        let own = split(text);
        // The case that is asked for is a comment, unless it is another one than the usual.
        let dative = own.iter().any(|word| word.starts_with("дат"));
        let explains = own.first().is_some_and(|word| COMMENTS.contains(&word.as_str()));
        let role = match bracket {
            _ if explains && !dative && !words.is_empty() => WordRole::Comment,
            true => WordRole::Hint,
            false => WordRole::Name,
        };
        words.extend(own.into_iter().map(|text| HeadWord { text, role }));
    }
    // The initials of «фамилия, имя, отчество» are one word, however they are spaced.
    for (letters, one) in [(&["ф", "и", "о"][..], "фио"), (&["ф", "и"], "фи"), (&["и", "о"], "ио")]
    {
        let starts =
            |at: &usize| words[*at..].iter().map(|w| &w.text).take(letters.len()).eq(letters);
        if let Some(at) = (0..words.len()).find(starts) {
            let role = words[at].role;
            let whole = HeadWord { text: one.to_owned(), role };
            words.splice(at..at + letters.len(), [whole]);
        }
    }
    words
}

/// What stands in brackets, between commas and between them.
fn segments(header: &str) -> Vec<(&str, bool)> {
    let mut segments = Vec::new();
    let (mut start, mut bracket) = (0, false);
    for (at, c) in header.char_indices() {
        let next = match c {
            '(' | '[' | '{' => true,
            ')' | ']' | '}' => false,
            ',' | ';' => bracket,
            _ => continue,
        };
        segments.push((&header[start..at], bracket));
        (start, bracket) = (at + c.len_utf8(), next);
    }
    segments.push((&header[start..], bracket));
    segments
}

/// The words of a text, written out.
fn split(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for chunk in text.split(|c: char| c.is_whitespace() || matches!(c, '/' | '\\' | ':')) {
        let bare = chunk.trim_matches(|c: char| !c.is_alphanumeric());
        if let Some(word) = whole(bare) {
            words.push(word.to_owned());
            continue;
        }
        let mut word = String::new();
        for c in chunk.chars().chain([' ']) {
            match c {
                '№' | '#' => words.extend([std::mem::take(&mut word), "№".to_owned()]),
                c if c.is_alphanumeric() => word.push(c),
                _ => words.push(std::mem::take(&mut word)),
            }
        }
    }
    words.retain(|word| !word.is_empty());
    words.into_iter().map(written_out).collect()
}

/// The word that one with a hyphen stands for.
fn whole(chunk: &str) -> Option<&'static str> {
    let (start, end) = chunk.split_once('-')?;
    let short = !start.is_empty() && (1..=5).contains(&end.chars().count());
    let of = |word: &&&str| {
        word.len() > start.len() + end.len() && word.starts_with(start) && word.ends_with(end)
    };
    short.then(|| CONTRACTED.iter().find(of).copied())?
}

fn written_out(word: String) -> String {
    if let Some((_, whole)) = SHORT.iter().find(|(short, _)| *short == word) {
        return (*whole).to_owned();
    }
    // Two words for one thing.
    match word.strip_prefix("наименован") {
        Some(ending) => format!("назван{ending}"),
        None => word,
    }
}
