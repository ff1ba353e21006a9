//! What those who taught or led are called on a certificate: in the words of the data.

/// Who they are, one and several, by the stem that tells it in a key or in the head of a column.
/// The longer stems come first: a «классный руководитель» is a «руководитель» as well.
const ROLES: [(&str, &str, &str); 12] = [
    ("научн", "научный руководитель", "научные руководители"),
    ("художественн", "художественный руководитель", "художественные руководители"),
    ("классн", "классный руководитель", "классные руководители"),
    ("учител", "", ""),
    ("педагог", "педагог", "педагоги"),
    ("преподавател", "преподаватель", "преподаватели"),
    ("воспитател", "воспитатель", "воспитатели"),
    ("тренер", "тренер", "тренеры"),
    ("наставник", "наставник", "наставники"),
    ("куратор", "куратор", "кураторы"),
    ("хормейстер", "хормейстер", "хормейстеры"),
    ("балетмейстер", "балетмейстер", "балетмейстеры"),
];

/// The word for somebody who is asked for as «Педагог», «ФИО педагога», «Тренеры»; nothing where
/// the usual word says it.
pub(super) fn role(written: &str) -> Option<&'static str> {
    let small = written.to_lowercase();
    let found = ROLES.iter().find(|(stem, ..)| small.contains(stem));
    found.map(|(_, one, _)| *one).filter(|one| !one.is_empty())
}

/// The same word for so many people.
pub(super) fn counted(word: &str, count: usize) -> String {
    let found = ROLES.iter().find(|(_, one, many)| *one == word || *many == word);
    found.map_or(word, |(_, one, many)| if count > 1 { many } else { one }).to_owned()
}

/// The word for a group of ages, where it is another one.
pub(super) fn ages(written: &str) -> Option<&'static str> {
    written.to_lowercase().contains("категори").then_some("возрастная категория")
}

/// Whether a key of one's own says by itself what the line below the facts is: nobody has to be
/// told that it became one.
pub(super) fn is_usual_line(key: &str) -> bool {
    const USUAL: [&str; 30] = [
        "преподаватель",
        "преподаватели",
        "репетитор",
        "состав команды",
        "предметы",
        "телефон",
        "ссылка",
        "рег. номер",
        "концертмейстер",
        "дирижер",
        "хормейстер",
        "балетмейстер",
        "режиссер",
        "аккомпаниатор",
        "солист",
        "автор",
        "соавтор",
        "состав",
        "капитан",
        "капитан команды",
        "произведение",
        "тема выступления",
        "тема доклада",
        "доклад",
        "проект",
        "регистрационный номер",
        "дата рождения",
        "учебный год",
        "время",
        "дата и время",
    ];
    let key = key.trim().trim_end_matches(':').to_lowercase().replace('ё', "е");
    USUAL.contains(&key.as_str())
}
