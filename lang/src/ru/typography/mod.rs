//! Quotes, dashes and no-break spaces.
//!
//! The text is cut into words and the gaps between them. Marks inside words change first (`marks`,
//! `quotes`), then each gap is kept, bound by U+00A0 or closed (`gaps`). Sources: Milchin,
//! Cheltsova, «Справочник издателя и автора» (no-break rules, ranges, dashes); Rosenthal, § 138
//! (nested quotes «„“»).
//!
//! | rule | before | after (`_` is a no-break space) |
//! |---|---|---|
//! | words of one or two letters | `в лесу` | `в_лесу` |
//! | particles же, ли, бы | `нужна ли` | `нужна_ли` |
//! | dashes between words | `Книга - друг` | `Книга_— друг` |
//! | ranges of numbers | `10-15 человек` | `10–15_человек` |
//! | signs and clipped words | `№5`, `г.Кемерово` | `№_5`, `г._Кемерово` |
//! | initials | `В.Д. Федоров` | `В._Д._Федоров` |
//! | years, dates, units | `5 июня 2014 г.` | `5_июня 2014_г.` |
//! | quotes | `ООО "Клуб "Мир""` | `ООО_«Клуб „Мир“»` |
//! | full stops in a row, `;;` | `Далее...` | `Далее…` |
//! | spare spaces | `Ура !` | `Ура!` |
//! | ordinals | `5-ый`, `I-ой степени` | `5-й`, `I_степени` |
//! | words torn apart | `80 - летие`, `кто - то` | `80-летие`, `кто-то` |
//! | compounds with a number | `25-ти летний` | `25-летний` |
//! | sizes and powers | `10x15 см`, `120 м2` | `10×15_см`, `120_м²` |
//! | other signs | `(с) 2024`, `+-5` | `©_2024`, `±5` |
//!
//! Letters and digits never change, but for the ending of an ordinal that is doubled (5-ый, 5-ого)
//! or not written at all (I-ой, 25-ти летний), which is cut, and for letters and digits that stand
//! for a sign: x, м2, (с).
//! Addresses, e-mails, phones, codes (6-НК) and numbers of standards (ГОСТ 7.32-2017) stay as they
//! are; so do soft hyphens.

mod compound;
mod explain;
mod gaps;
mod marks;
mod quotes;
mod run;
mod seam;
mod tokens;

use std::borrow::Cow;

pub use explain::{Change, explain};

use tokens::Tokens;

/// Sets a text as a careful publisher would; see the table of the module.
///
/// The function is idempotent and borrows a text that is right already.
///
/// ```
/// use itog_lang::ru::typography::typograph;
///
/// assert_eq!(typograph("газета \"Сельская новь\""), "газета «Сельская новь»");
/// assert_eq!(typograph("до 20 сентября 2014 года"), "до\u{a0}20\u{a0}сентября 2014\u{a0}года");
/// assert_eq!(
///     typograph("форма 6-НК, ГОСТ 7.32-2017, https://a.ru/b-c"),
///     "форма 6-НК, ГОСТ 7.32-2017, https://a.ru/b-c"
/// );
/// ```
#[must_use]
pub fn typograph(text: &str) -> Cow<'_, str> {
    let mut set = pass(text);
    if set == text {
        return Cow::Borrowed(text);
    }
    // One rule may clear the way for another in tangled text. Where words only were bound together,
    // a second pass would change nothing.
    if same_words(text, &set) {
        return Cow::Owned(set);
    }
    for _ in 0..MOST_PASSES {
        let next = pass(&set);
        if next == set {
            break;
        }
        set = next;
    }
    Cow::Owned(set)
}

const MOST_PASSES: usize = 8;

/// Whether two texts differ in nothing but spaces that do or do not break.
fn same_words(one: &str, other: &str) -> bool {
    let plain = |c: char| if c == '\u{a0}' { ' ' } else { c };
    one.chars().map(plain).eq(other.chars().map(plain))
}

fn pass(text: &str) -> String {
    let mut tokens = Tokens::of(text);
    quotes::spell(&mut tokens);
    compound::edit(&mut tokens);
    marks::edit(&mut tokens);
    quotes::edit(&mut tokens);
    gaps::edit(&mut tokens);
    tokens.join()
}

#[cfg(test)]
mod tests {
    use super::typograph;

    #[track_caller]
    fn set(before: &str, after: &str) {
        let text = typograph(before).into_owned();
        assert_eq!(text.replace('\u{a0}', "_"), after);
        assert_eq!(typograph(&text), text, "not idempotent");
    }

    #[test]
    fn quotes() {
        set("ООО \"Клуб \"Мир\"\" открыто", "ООО_«Клуб „Мир“» открыто");
        set("“Радуга” и „Мир“", "«Радуга» и_«Мир»");
        set("«Редакция «Наше время»»", "«Редакция „Наше время“»");
        set("«Редакция «Наше время»", "«Редакция «Наше время»");
        set("труба 5\"", "труба 5\"");
        set("(\"Мир\")", "(«Мир»)");
        set("\"Мир\nООО \"Клуб \"Мир\"\"", "«Мир\nООО_«Клуб „Мир“»");
    }

    #[test]
    fn dashes_and_ranges() {
        set("Москва - столица", "Москва_— столица");
        set("- Да", "—_Да");
        set("10.00-12.00", "10.00–12.00");
        set("04-05 июня", "04–05_июня");
        set("XIX-XX вв.", "XIX–XX_вв.");
        set("в 2014 - 2015 годах", "в_2014–2015_годах");
        set("5 - 3 = 2", "5 - 3 = 2");
        set("кто-то, Каменно-Ключевское, 2-комнатная", "кто-то, Каменно-Ключевское, 2-комнатная");
    }

    #[test]
    fn what_is_left_alone() {
        for text in [
            "СанПиН 2.4.1.3049-13",
            "ГОСТ Р\u{a0}7.0.97-2016",
            "info@lib-kem.ru",
            "www.lib-10-15.ru",
            "8-800-555-35-35",
            "2014-06-05",
            "№ 131-ФЗ",
            "3-12-45",
            "куль\u{ad}ту\u{ad}ра",
            "№\u{a0}10-15/3",
        ] {
            let text = text.replace("№ ", "№\u{a0}");
            assert_eq!(typograph(&text), text);
        }
    }

    #[test]
    fn clipped_words_and_initials() {
        set("т.е. и т.д.", "т._е. и_т._д.");
        set("пос. Трудармейский, с.Новостепановка", "пос._Трудармейский, с._Новостепановка");
        set(
            "А.С. Пушкин, Пушкин А.С., поэт",
            "А._С._Пушкин, Пушкин А._С., поэт".replace("Пушкин А", "Пушкин_А").as_str(),
        );
        set("имени В.М.Шабалина", "имени В._М._Шабалина");
        set("10 000 руб., 5 тыс. человек", "10_000_руб., 5_тыс._человек");
    }

    #[test]
    fn lines_stay_lines() {
        set("раз\nдва  три\n\n- четыре", "раз\nдва три\n\n—_четыре");
        set("  отступ ", "  отступ ");
    }
}
