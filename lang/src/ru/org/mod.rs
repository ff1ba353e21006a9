//! Organisations and collectives: the phrases in the nominative inflect, proper names,
//! abbreviations and dependent words stay.
//!
//! A name has one head or more: after «и», a dash and an opening bracket a word that is known as a
//! body, a group or a post opens a new one («Центр творчества — школа искусств»), and so does one
//! right behind another head («учреждение средняя общеобразовательная школа № 28»). Quotes are a
//! wall: nothing in them inflects or agrees. A name that begins with an abbreviation stands still
//! but for the head that may follow it: МБУ, but МАОУ гимназии № 12 (Rosenthal, § 209).

mod atoms;
mod belonging;
mod known;
// One word a line would make a list of a thousand lines.
#[rustfmt::skip]
mod lists;
mod parse;

pub use belonging::belonging;
pub(super) use known::{
    is_body, is_frozen_place, is_genitive, is_kin, is_kin_plural, is_known, is_people, is_place,
};
use parse::is_numeral;
pub(super) use parse::{ParsedOrg, is_nominative_noun, may_be_plural_genitive, parse, parse_place};

use super::grammar::{Basis, Case, Gender, Inflected};

/// A head of a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct OrgHead<'a> {
    pub(super) word: &'a str,
    pub(super) gender: Gender,
    pub(super) plural: bool,
    /// Whether «и» or a comma joins it to the head before it.
    pub(super) joined: bool,
}

impl ParsedOrg<'_> {
    /// Whether the name has several heads of equal right: «Студия «Радость» и театр «Сказка»».
    pub(super) fn is_joined(&self) -> bool {
        self.heads.iter().skip(1).any(|head| head.joined)
    }

    /// The whole name in a case.
    pub(super) fn form(&self, case: Case) -> String {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece.change {
                Some(change) if piece.dependent => {
                    change.push(&mut out, piece.text, Case::Genitive)
                }
                Some(change) => change.push(&mut out, piece.text, case),
                None => out.push_str(piece.text),
            }
        }
        out
    }

    /// Whether a numeral begins it, so that nothing is known of the words behind: «два педагога».
    pub(super) fn is_counted(&self) -> bool {
        self.standing.is_some_and(is_numeral)
    }

    /// Whether it is not seen of a plural head if it names persons; what is joined to persons is
    /// persons.
    fn may_be_things(&self, at: usize) -> bool {
        let head = &self.heads[at];
        let letters = |head: &OrgHead<'_>| {
            super::word::Letters::new(head.word.split('-').next().unwrap_or(head.word))
        };
        let joined = at > 0
            && head.joined
            && self.heads[at - 1].plural
            && super::plural::is_person(&letters(&self.heads[at - 1]));
        head.plural && !self.persons && !joined && !super::plural::is_animacy_known(&letters(head))
    }

    /// The name in a case with what is doubted of it.
    pub(super) fn inflect(&self, text: &str, case: Case) -> Inflected {
        let form = self.form(case);
        if let Some(word) = self.standing.filter(|_| self.is_counted()) {
            let reason = format!("«{word}» и слово за ним не склоняются вместе");
            return Inflected::doubtful(text, Basis::Unknown, reason);
        }
        let Some(head) = self.heads.first() else {
            if self.basis < Basis::Likeness {
                return Inflected::certain(text);
            }
            let reason = format!("в «{text}» не найдено слово, которое склоняется");
            return Inflected::doubtful(text, Basis::Unknown, reason);
        };
        let mut answer = if self.basis >= Basis::Likeness {
            let word = self.doubted.unwrap_or(head.word);
            let reason = format!("слова «{word}» нет в списках, форма — по сходству");
            let mut doubt = Inflected::doubtful(form, Basis::Likeness, reason);
            if let super::Confidence::Ambiguous { alternatives, .. } = &mut doubt.confidence
                && doubt.text != text
            {
                // A word that only looks as if it declined may stand still: that is the other
                // answer.
                alternatives.push(text.to_owned());
            }
            doubt
        } else {
            Inflected::certain(form)
        };
        answer.basis = answer.basis.max(self.basis);
        let standing = self.standing.or_else(|| super::party::name_left(text));
        if let Some(word) = standing.filter(|_| answer.is_certain()) {
            let reason = format!("«{word}» осталось в именительном падеже");
            answer = Inflected::doubtful(answer.text, Basis::Likeness, reason);
        }
        // «Доноры города»: the accusative of persons is another than that of things.
        if case == Case::Accusative && answer.is_certain() {
            let unseen = self.heads.iter().enumerate().find(|(at, _)| self.may_be_things(*at));
            if let Some((_, head)) = unseen {
                let reason = format!("«{}»: люди или предметы — не видно", head.word);
                answer = Inflected::doubtful(answer.text, Basis::Likeness, reason);
            }
        }
        // «… и его волонтёр»: one who is not known as a person takes the form of a thing.
        let person = (self.heads.iter())
            .find(|head| !head.plural && head.gender == Gender::Masculine && is_like_person(head));
        if let Some(head) = person.filter(|_| case == Case::Accusative && !self.persons)
            && answer.is_certain()
        {
            let reason = format!("«{}»: человек или предмет — не видно", head.word);
            answer = Inflected::doubtful(answer.text, Basis::Likeness, reason);
        }
        answer
    }
}

/// Whether a word that no list has ends like those who do something: «флейтист», «вратарь».
fn is_like_person(head: &OrgHead<'_>) -> bool {
    let letters = super::word::Letters::new(head.word);
    let ends = [
        "ер", "ор", "ант", "ент", "ист", "ник", "тик", "ец", "арь", "лог", "вед", "мен", "ач",
        "ун", "ир", "анин", "янин", "чик", "щик",
    ];
    letters.syllables() > 1 && letters.ends_any(&ends) && !is_known(head.word)
}

/// Inflects the name of an organisation, body, collective or territory.
///
/// A form made of a word that the lists do not hold, and whose ending does not settle it, is
/// ambiguous; its reason names the word.
///
/// ```
/// use itog_lang::ru::{org, Case};
///
/// let genitive = |text| org::inflect(text, Case::Genitive).text;
/// assert_eq!(
///     genitive("Севская модельная библиотека-филиал №22"),
///     "Севской модельной библиотеки-филиала №22"
/// );
/// assert_eq!(
///     genitive("Большеталдинское сельское поселение"),
///     "Большеталдинского сельского поселения"
/// );
/// assert_eq!(genitive("МАОУ гимназия № 12"), "МАОУ гимназии № 12");
/// assert_eq!(genitive("Учащиеся 10 «А» класса"), "Учащихся 10 «А» класса");
/// assert_eq!(genitive("Студия «Радость» и театр «Сказка»"), "Студии «Радость» и театра «Сказка»");
/// assert_eq!(
///     genitive("МБУ «ЦБС Прокопьевского муниципального района»"),
///     "МБУ «ЦБС Прокопьевского муниципального района»"
/// );
/// assert_eq!(
///     org::inflect("Редакция газеты «Наше время»", Case::Dative).text,
///     "Редакции газеты «Наше время»"
/// );
/// ```
#[must_use]
pub fn inflect(text: &str, case: Case) -> Inflected {
    if case == Case::Nominative {
        return Inflected::certain(text);
    }
    parse(text, false).inflect(text, case)
}

/// First parts of hyphenated bodies that never inflect.
const FROZEN_PREFIXES: &str = "\
    агробизнес айти антикризис арт байк бард беби биг бизнес био блюз брасс брейк бьюти бэби веб \
    вело видео вип воркаут воркшоп гейм гео гимн гольф гранд дайв дайвинг данс дет джаз дзюдо дог \
    дэнс жокей зумба интеллект интернет инфо йога кадет караоке карате квест квн кибер кино ко \
    коворкинг конгресс конференц кофе крафт лазер лайв лайф лаунж лего лофт макси мастер медиа \
    медиабизнес микро мини мото мульт мульти мюзик нано нейро нетворкинг онлайн панк паркур \
    перформанс пиар пилатес поп поэтри пресс промо радио рафтинг регби рок рэп самбо скай скетч \
    слэм смарт спорт стартап стендап степ стрим стрит стрит-арт супер суши теле теннис техно трэш \
    фан фитнес фолк фото фуд футбол фэшн хайтек хендмейд хип хобби хоккей хэнд шейпинг шеф шопинг \
    шоу эко экспо этно яхт";
