//! What columns of tables mean, by their names.
//!
//! The batch asks it for each head of a table, and then holds the answer against the values.

mod rules;
mod words;

use super::alias::normal;
use rules::{FILLERS, OF_DOCUMENT, OF_OCCASION, PRIZES, RULES, WIDE};
use words::{HeadWord, WordRole, words};

use crate::diag::{Message, nearest, say};

/// What a column of a table means.
///
/// A name is judged by the words that it holds, in Russian or English, whatever their case and
/// endings:
///
/// ```
/// use itog::model::Column;
/// assert_eq!(Column::of("Ф. И. О."), Some(Column::Name));
/// assert_eq!(Column::of("Укажите Ваши фамилию, имя, отчество (полностью)"), Some(Column::Name));
/// assert_eq!(Column::of("ФИО руководителя"), Some(Column::Leader));
/// assert_eq!(Column::of("Любимый цвет"), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Column {
    /// `recipient`: the recipient.
    Name,
    /// `last`: the surname.
    Last,
    /// `first`: the first name.
    First,
    /// `middle`: the patronymic.
    Middle,
    /// The name in the dative, typed.
    Dative,
    /// `collective`: the collective.
    Collective,
    /// `gender`: the gender.
    Gender,
    /// `post`: the post.
    Post,
    /// `of`: the organisation.
    Of,
    /// `for`: the reason.
    Reason,
    /// `number`: the number.
    Number,
    /// `date`: the date.
    Date,
    /// `place`: the place of issue.
    Place,
    /// `kind`: the kind.
    Kind,
    /// `formula`: the formula.
    Formula,
    /// `event`: the event.
    Event,
    /// `issuer`: the issuer.
    Issuer,
    /// `qr`: the QR code.
    Qr,
    /// `template`: the template.
    Template,
    /// `text`: the text.
    Text,
    /// `degree`: the degree.
    Degree,
    /// How it ended: the place that was won, «лауреат», «призёр».
    Result,
    /// `nomination`: the nomination.
    Nomination,
    /// `leader`: the leader.
    Leader,
    /// `teacher`: the teacher.
    Teacher,
    /// `class`: the class.
    Class,
    /// `school`: the school.
    School,
    /// `age_group`: the age group.
    AgeGroup,
    /// `work`: the work.
    Work,
    /// `hours`: the hours.
    Hours,
    /// `programme`: the programme.
    Programme,
    /// `score`: the score.
    Score,
    /// `series`: the series.
    Series,
    /// `order`: the order.
    Order,
    /// `year`: the year.
    Year,
    /// `period`: the period.
    Period,
    /// The file of a photograph.
    Photo,
    /// `salutation`: the words with which a letter begins.
    Salutation,
    /// `lines`: a line of one's own, called as the column is.
    Lines,
    /// The number of the row.
    Ordinal,
    /// Known, and never printed: an address, a consent, the time of an answer.
    Aside,
}

/// Every column with the key that a file of common data names it by, and what it is in Russian and
/// English.
const KEYS: [(Column, &str, &str, &str); 39] = [
    (Column::Name, "recipient", "получатель", "the recipient"),
    (Column::Last, "last", "фамилия", "the surname"),
    (Column::First, "first", "имя", "the first name"),
    (Column::Middle, "middle", "отчество", "the patronymic"),
    (Column::Dative, "dative", "имя в дательном падеже", "the name in the dative"),
    (Column::Collective, "collective", "коллектив", "the collective"),
    (Column::Gender, "gender", "пол", "the gender"),
    (Column::Post, "post", "должность", "the post"),
    (Column::Of, "of", "организация", "the organisation"),
    (Column::Reason, "for", "за что", "the reason"),
    (Column::Number, "number", "номер документа", "the number"),
    (Column::Date, "date", "дата", "the date"),
    (Column::Place, "place", "место выдачи", "the place of issue"),
    (Column::Kind, "kind", "вид документа", "the kind"),
    (Column::Formula, "formula", "формула", "the formula"),
    (Column::Event, "event", "мероприятие", "the event"),
    (Column::Issuer, "issuer", "кто выдаёт", "the issuer"),
    (Column::Qr, "qr", "QR-код", "the QR code"),
    (Column::Template, "template", "шаблон", "the template"),
    (Column::Text, "text", "текст", "the text"),
    (Column::Degree, "degree", "степень", "the degree"),
    (Column::Result, "result", "результат (занятое место)", "the result (place won, prize)"),
    (Column::Nomination, "nomination", "номинация", "the nomination"),
    (Column::Leader, "leader", "руководитель", "the leader"),
    (Column::Teacher, "teacher", "учитель", "the teacher"),
    (Column::Class, "class", "класс", "the class"),
    (Column::School, "school", "школа", "the school"),
    (Column::AgeGroup, "age_group", "возрастная группа", "the age group"),
    (Column::Work, "work", "работа", "the work"),
    (Column::Hours, "hours", "часы", "the hours"),
    (Column::Programme, "programme", "программа", "the programme"),
    (Column::Score, "score", "баллы", "the score"),
    (Column::Series, "series", "серия", "the series"),
    (Column::Order, "order", "приказ", "the order"),
    (Column::Year, "year", "год", "the year"),
    (Column::Period, "period", "период обучения", "the period"),
    (Column::Photo, "photo", "фотография", "the photograph"),
    (Column::Salutation, "salutation", "обращение", "the salutation"),
    (Column::Lines, "lines", "своя строка", "a line of its own"),
];

impl Column {
    /// The column of a name, if the name tells it.
    pub fn of(header: &str) -> Option<Self> {
        Self::best(header).map(|(column, _)| column)
    }

    /// The likeliest column of a name, and how surely it is that: from 60 to about 120.
    pub fn best(header: &str) -> Option<(Self, u8)> {
        likeliest(&words(header))
    }

    /// The likeliest column of a name that may be misspelt: «Наминация», «Учереждение».
    pub fn guess(header: &str) -> Option<(Self, u8)> {
        let mut words = words(header);
        likeliest(&words).or_else(|| {
            let (column, score) = misspelt(&mut words).then(|| likeliest(&words))??;
            // As good as certain it is only as it should be written.
            Some((column, score.min(93)))
        })
    }

    /// The column that a name says outright, and does not only hold a word of: «ФИО участника»,
    /// but neither «ФИО директора» nor «Дата мероприятия».
    ///
    /// ```
    /// use itog::model::Column;
    /// assert_eq!(Column::said("ФИО участника"), Some(Column::Name));
    /// assert_eq!(Column::of("ФИО жены"), Some(Column::Name));
    /// assert_eq!(Column::said("ФИО жены"), None);
    /// ```
    pub fn said(name: &str) -> Option<Self> {
        let words = words(name);
        let (column, _) = likeliest(&words)?;
        let is = |word: &&HeadWord, stems: &[&str]| stems.iter().any(|s| matches(&word.text, s));
        let said = |stems: &[&str]| {
            let free = besides(&words, stems)?;
            let wide = is_wide(stems);
            let idle = |word: &&HeadWord| is(word, if wide { OF_DOCUMENT } else { FILLERS });
            free.iter().all(idle).then_some(())
        };
        let own = RULES.iter().filter(|(of, ..)| *of == column);
        own.filter_map(|(.., stems)| said(stems)).next().map(|()| column)
    }

    /// Whether the column says who the recipient is.
    pub fn names(self) -> bool {
        matches!(
            self,
            Self::Name | Self::Last | Self::First | Self::Middle | Self::Collective | Self::Dative
        )
    }

    /// The column that a file of common data names by this key: «школа» and «ФИО», too.
    ///
    /// ```
    /// use itog::model::Column;
    /// assert_eq!(Column::of_key("ФИО"), Some(Column::Name));
    /// // The town, as in the data, or the place won, as in most tables?
    /// assert_eq!(Column::of_key("место"), None);
    /// ```
    pub fn of_key(key: &str) -> Option<Self> {
        let key = normal(key);
        let known = |wanted: &str| {
            // What stands in brackets only tells more: «результат (занятое место)».
            let short = |ru: &'static str| ru.split(" (").next().unwrap_or(ru);
            let is = |(_, known, ru, _): &&(_, &str, &'static str, _)| {
                *known == wanted || normal(ru) == wanted || normal(short(ru)) == wanted
            };
            KEYS.iter().find(is).map(|(column, ..)| *column)
        };
        match key.as_str() {
            // In a table whose rows are people, «name» is the recipient's.
            "name" | "имя получателя" | "фио" => Some(Self::Name),
            "место" => None,
            key => known(key).or_else(|| {
                // By any name that the data have for it.
                super::keys()
                    .filter(|(_, others)| others.contains(&key))
                    .find_map(|(of, _)| known(of))
            }),
        }
    }

    /// The key by which a file of common data names the column; what is never printed has none.
    ///
    /// ```
    /// use itog::model::Column;
    /// assert_eq!(Column::Reason.key(), Some("for"));
    /// ```
    pub fn key(self) -> Option<&'static str> {
        KEYS.iter().find(|(column, ..)| *column == self).map(|(_, key, ..)| *key)
    }

    /// What the keys are, as a list to choose from.
    pub(super) fn listed() -> Message {
        let english: Vec<&str> = Self::keys().collect();
        let russian: Vec<&str> = KEYS.iter().map(|(_, _, ru, _)| *ru).collect();
        Message::bilingual(english.join(", "), russian.join(", "))
    }

    /// The keys by which a file of common data may name columns.
    pub fn keys() -> impl Iterator<Item = &'static str> {
        KEYS.iter().map(|(_, key, ..)| *key)
    }

    /// What the column is, in a few words.
    pub fn title(self) -> Message {
        let known = KEYS.iter().find(|(column, ..)| *column == self);
        match (self, known) {
            (_, Some((.., ru, en))) => Message::bilingual(*en, *ru),
            (Self::Ordinal, _) => say!("the number of the row"),
            _ => say!("not printed"),
        }
    }

    /// The known name that is nearest to one that is not known.
    pub fn nearest(header: &str) -> Option<&'static str> {
        let word: String = words(header).into_iter().map(|word| word.text).collect();
        // Only whole words can be misspelt; of stems nobody knows the end.
        let whole = RULES.iter().filter(|(.., stems)| stems.len() == 1);
        let whole = whole.filter_map(|(.., stems)| stems[0].strip_suffix('$'));
        // Short words are near to everything: «год» to «город», «id» to «kind».
        let known = nearest(&word, whole.filter(|known| known.chars().count() > 3))?;
        let typed = word.chars().count();
        (strsim::damerau_levenshtein(&word, known) <= (typed / 4).max(1)).then_some(known)
    }
}

/// The surest of all rules: «Название конкурса» has a word of the event and one of several others.
fn likeliest(words: &[HeadWord]) -> Option<(Column, u8)> {
    let mut best: Option<((Column, u8), usize)> = None;
    // «Ссылка на конкурсную работу» holds no work, but where it lies.
    let links = words
        .iter()
        .any(|word| word.text.starts_with("ссылк") || matches!(&*word.text, "link" | "url"));
    // Asked of each cell that may be a head: most rules have a letter that no word begins with, and
    // end here.
    let begun = words.iter().fold(0, |all, word| all | initial(&word.text));
    for &(column, score, stems) in RULES {
        if stems.iter().any(|stem| begun & initial(stem) == 0) {
            continue;
        }
        if links && !matches!(column, Column::Qr | Column::Aside) && !column.names() {
            continue;
        }
        // «Тема мастер-класса» is of a training.
        if column == Column::Class && words.iter().any(|word| word.text == "мастер") {
            continue;
        }
        let Some(free) = besides(words, stems) else { continue };
        if is_wide(stems) && free.iter().any(|word| !is_of_document(word)) {
            continue;
        }
        let left: usize = free.iter().map(|word| usize::from(cost(word))).sum();
        let score = score.saturating_sub(left.min(40) as u8);
        let better =
            // At the same score the rule of more words is the more exact one.
            best.is_none_or(|((_, known), length)| (score, stems.len()) > (known, length));
        if better {
            best = Some(((column, score), stems.len()));
        }
    }
    // Below that too many words are left over: the column is printed as a field, and nothing is
    // guessed.
    best.map(|(scored, _)| scored).filter(|(_, score)| *score >= 60)
}

/// The words that a rule leaves over, if it holds: each stem takes a word of its own, «п/п» are
/// two.
fn besides<'w>(words: &'w [HeadWord], stems: &[&str]) -> Option<Vec<&'w HeadWord>> {
    let mut free: Vec<&HeadWord> = words.iter().collect();
    for stem in stems {
        let told = |word: &&HeadWord| word.role != WordRole::Comment && matches(&word.text, stem);
        let at = free.iter().position(told)?;
        free.remove(at);
    }
    Some(free)
}

/// What a word that is left over takes off: «Укажите ваши ФИО полностью» says no more than «ФИО».
fn cost(word: &HeadWord) -> u8 {
    let filler = || FILLERS.iter().any(|stem| matches(&word.text, stem));
    match word.role {
        WordRole::Comment => 0,
        _ if filler() => 0,
        WordRole::Hint => 3,
        WordRole::Name => 6,
    }
}

/// Puts known words in the place of those that nearly are; whether there were any.
fn misspelt(words: &mut [HeadWord]) -> bool {
    let stems = |word: &str| {
        let letter = initial(word);
        let all = RULES.iter().flat_map(|(.., stems)| *stems).chain(FILLERS);
        all.filter(move |stem| initial(stem) == letter)
    };
    // «Ступень» of those who do sports is no «степень».
    let known = |word: &str| word.starts_with("ступен") || stems(word).any(|s| matches(word, s));
    let mut found = false;
    for word in words.iter_mut().filter(|word| word.role != WordRole::Comment) {
        let length = word.text.chars().count();
        if length < 6 || known(&word.text) {
            continue;
        }
        // Of a stem the ending is not known: it is held against as many letters.
        let near = |stem: &&&str| {
            let bare = stem.trim_end_matches('$');
            let letters = bare.chars().count();
            let slips = 1 + usize::from(letters > 9);
            letters > 5
                && (letters - 1..=(letters + 1).min(length)).any(|taken| {
                    let whole = !stem.ends_with('$') || taken == length;
                    let end = word.text.char_indices().nth(taken).map_or(word.text.len(), |c| c.0);
                    let typed = &word.text[..end];
                    whole
                        && (slips > 1 || may_slip_once(typed, bare))
                        && strsim::osa_distance(typed, bare) <= slips
                })
        };
        if let Some(stem) = stems(&word.text).find(near) {
            word.text = stem.trim_end_matches('$').to_owned();
            found = true;
        }
    }
    found
}

/// Whether one slip may part two words, as far as a glance shows: it leaves what stands before it
/// and behind it, but for two letters that changed places. To count slips costs the square of a
/// word.
fn may_slip_once(typed: &str, known: &str) -> bool {
    let same = |pair: &(char, char)| pair.0 == pair.1;
    let before = typed.chars().zip(known.chars()).take_while(same).count();
    let behind = typed.chars().rev().zip(known.chars().rev()).take_while(same).count();
    before + behind + 2 >= known.chars().count()
}

fn is_wide(stems: &[&str]) -> bool {
    matches!(stems, [one] if WIDE.contains(one))
}

/// Whether a word beside a wide one leaves it what it is: numbers of questions do, too.
fn is_of_document(word: &HeadWord) -> bool {
    let says = |stems: &[&str]| stems.iter().any(|stem| matches(&word.text, stem));
    let prize = word.role == WordRole::Hint && says(PRIZES);
    word.text.parse::<u8>().is_ok() || says(OF_DOCUMENT) || says(OF_OCCASION) || prize
}

/// A bit for the letter that a word begins with. Two letters may have the same one, which costs a
/// second look and nothing else.
fn initial(word: &str) -> u64 {
    word.chars().next().map_or(0, |letter| 1 << (u32::from(letter) % 64))
}

fn matches(word: &str, stem: &str) -> bool {
    match stem.strip_suffix('$') {
        Some(whole) => word == whole,
        None => word.starts_with(stem),
    }
}

#[cfg(test)]
mod tests {
    use super::Column;

    #[test]
    fn names_that_people_give_to_columns() {
        use Column::*;
        for (column, headers) in [
            (
                Name,
                "ФИО|Ф.И.О.|ФИО участника|ФИО (полностью)|ФИО ребёнка|Фамилия, имя, отчество|\
                Фамилия и имя участника|Ученик|Награждаемый|ФИО сотрудника|Full name|Кому|\
                Участник конкурса|Фамилия Имя|Фамилия, инициалы|Фамилия И.О. участника|name|\
                Ф. И. участника|Чтец",
            ),
            (Last, "Фамилия|Фамилия участника|Last name"),
            (First, "Имя|Ваше имя|First name"),
            (Middle, "Отчество|Отчество (при наличии)"),
            (Leader, "Руководитель|ФИО руководителя|Научный руководитель|Руководитель: Фамилия"),
            (
                Teacher,
                "Учитель|ФИО педагога|Педагог-наставник|\
                ФИО учителя, подготовившего участника",
            ),
            (
                Of,
                "Организация|Место работы (полное наименование)|Наименование организации|org|\
                Учреждение",
            ),
            (
                School,
                "Школа|Образовательное учреждение|Место учёбы|ОУ|Название школы|\
                Учреждение образования|Общеобразовательное учреждение",
            ),
            (
                Post,
                "Должность|Ваша должность|Должность, учёная степень|Должность, место работы|\
                Место работы и должность",
            ),
            (Degree, "Степень"),
            (Result, "Результат|Призовое место|Занятое место|Итоговый результат|Решение жюри"),
            (Ordinal, "№ п/п|№п/п|№ пп|П/п|Порядковый номер"),
            (
                Aside,
                "E-mail|Адрес электронной почты|Телефон|Отметка времени|Дата рождения|\
                Согласие на обработку персональных данных|ФИО родителя|Номер телефона|Подпись",
            ),
            (Number, "Номер|№|№ диплома|Номер сертификата|Рег. номер"),
            (Date, "Дата|Дата выдачи"),
            (Class, "Класс"),
            (Nomination, "Номинация"),
            (Score, "Баллы|Количество баллов|Сумма баллов"),
            (Hours, "Количество часов|Объём (часов)"),
            (Kind, "Вид|Вид награды|Награда"),
            (Work, "Название работы|Тема проекта"),
            (Dative, "ФИО в дательном падеже|ФИО (дат. падеж)"),
            (Lines, "Город|Муниципалитет|Район|Предмет"),
        ] {
            for header in headers.split('|') {
                assert_eq!(Column::of(header), Some(column), "{header}");
            }
        }
        for header in ["Любимый цвет", "Адрес", "Подписант"] {
            assert_eq!(Column::of(header), None, "{header}");
        }
    }

    #[test]
    fn a_word_beside_a_wide_one_tells_another_thing() {
        for header in [
            "№ чит. билета",
            "Номер участника",
            "№ группы",
            "Дата записи",
            "Дата юбилея",
            "Дата приёма на работу",
            "Год выпуска",
            "Ссылка на работу",
            "Ссылка на конкурсную работу (Яндекс.Диск)",
            "Работа (URL)",
            "Текст сочинения",
            "Место жительства",
        ] {
            assert_eq!(Column::of(header), None, "{header}");
        }
        for (column, header) in [
            (Column::Issuer, "Организатор"),
            (Column::Number, "1. Номер сертификата"),
            (Column::Date, "Дата выдачи документа"),
            (Column::Date, "Дата проведения мероприятия"),
            (Column::Qr, "Ссылка на проверку"),
            (Column::Number, "№"),
            (Column::School, "№ школы"),
            (Column::Aside, "Фото работы"),
            (Column::Photo, "Фото участника"),
            (Column::Programme, "Тема мастер-класса|Название мастер-класса"),
            (Column::Name, "Волонтёр"),
            (Column::Leader, "Mentor"),
        ] {
            assert_eq!(Column::of(header), Some(column), "{header}");
        }
        assert_eq!(Column::guess("Ступень"), None);
        assert_eq!(Column::nearest("Оценка"), None);
        assert_eq!(Column::nearest("Участнник"), Some("участник"));
    }

    #[test]
    fn places_are_won_or_lie_on_maps() {
        for (header, column) in [
            ("Место в рейтинге", Column::Result),
            ("Место в общем зачёте", Column::Result),
            ("Место", Column::Place),
            ("Место выдачи", Column::Place),
        ] {
            assert_eq!(Column::of(header), Some(column), "{header}");
        }
    }
}
