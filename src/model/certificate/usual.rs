//! Keys of one's own that certificates have so often that nobody has to be told of them.

/// Whether a key of one's own says by itself what the line below the facts is: nobody has to be
/// told that it became one.
pub(super) fn is_line(key: &str) -> bool {
    const USUAL: [&str; 37] = [
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
        "секция",
        "издание",
        "техника",
        "техника исполнения",
        "вид спорта",
        "инструмент",
        "постановщик",
    ];
    let key = key.trim().trim_end_matches(':').to_lowercase().replace('ё', "е");
    USUAL.contains(&key.as_str())
}
