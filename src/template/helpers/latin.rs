//! Names in Latin letters, which may stand in either order: «Smith John», «John Smith».

use crate::lang::ru::FullName;

/// Given names that are no surnames as a rule: usual English ones, and Russian ones as they are
/// written in English.
const GIVEN: &str = " Aaron Adam Agnes Alan Albert Aleksandr Aleksei Alex Alexander Alexandra \
    Alexei Alexey Alice Alina Aliya Alla Amanda Amy Anastasia Andrea Andrei Andrew Andrey Angela \
    Anna Anne Anton Arina Arthur Artem Barbara Benjamin Betty Boris Brian Carol Caroline Catherine \
    Charlotte Christina Christine Christopher Claire Daniel Daria Dariya David Deborah Denis Diana \
    Dmitri Dmitrii Dmitry Donald Dorothy Edward Egor Ekaterina Elena Elizabeth Ella Emily Emma \
    Eric Eugene Eva Evgenia Evgenii Evgeny Frank Galina Gennady George Gleb Grace Gregory Hannah \
    Harold Helen Henry Igor Ilya Inna Irina Isaac Ivan Jack Jacob James Jane Janet Jason Jean \
    Jennifer Jessica Joan John Jonathan Joseph Joshua Judith Julia Karen Karina Kate Katherine \
    Kevin Kirill Konstantin Ksenia Larisa Larry Laura Leonid Liam Lidia Linda Lisa Lucy Ludmila \
    Lyubov Lyudmila Maksim Margaret Margarita Maria Marie Marina Mark Martha Mary Matthew Max \
    Maxim Megan Melissa Michael Mikhail Nadezhda Nancy Natalia Nataliya Natalya Nicholas Nicole \
    Nikita Nikolai Nikolay Nina Noah Oksana Oleg Olga Oliver Olivia Pamela Patricia Patrick Paul \
    Pavel Peter Petr Philip Polina Pyotr Rachel Raisa Ralph Rebecca Richard Robert Roger Roman \
    Ronald Rose Ruslan Ruth Ryan Samuel Sandra Sara Sarah Sergei Sergey Sharon Sofia Sophia \
    Stanislav Stephanie Stephen Steven Susan Svetlana Tamara Tatiana Tatyana Teresa Thomas Timothy \
    Timur Vadim Valentina Valery Vera Veronica Victor Victoria Viktor Viktoria Virginia Vitaly \
    Vladimir Vladislav Vyacheslav Walter William Yana Yulia Yuri Yury Zachary Zoya ";

/// Whether nobody knows which of three words in Latin letters is the surname: «Dyrektor Anna
/// Kowalska».
pub(super) fn is_unclear(name: &str) -> bool {
    let latin = |word: &str| word.chars().all(|c| !c.is_alphabetic() || c < '\u{370}');
    let words = || name.split_whitespace();
    words().count() > 2
        && words().all(|word| !word.contains('.') && latin(word))
        && given_name_first(name).is_none()
}

/// The parts of a name that begins with a given name; nothing of any other.
pub(super) fn given_name_first(name: &str) -> Option<FullName> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let [first, middle @ .., last] = words.as_slice() else { return None };
    let is_given = |word: &str| GIVEN.contains(&format!(" {word} "));
    // «George Alexander» may be either way round: the data's usual order, the surname first, stays.
    let told = is_given(first) && !is_given(last);
    told.then(|| FullName::new(*last, *first, middle.join(" ")))
}

/// The parts of a name of an English document, in which the given name stands first unless the last
/// word is one.
pub(super) fn english(name: &str) -> Option<FullName> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let [first, middle @ .., last] = words.as_slice() else { return None };
    let plain = name.is_ascii() && !name.contains(['.', ',']);
    let surname_first = GIVEN.contains(&format!(" {last} "));
    (plain && !surname_first).then(|| FullName::new(*last, *first, middle.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_given_name_may_stand_first() {
        let last = |name| given_name_first(name).map(|name| name.last);
        assert_eq!(last("John Smith").as_deref(), Some("Smith"));
        assert_eq!(last("Anna Maria Petrova").as_deref(), Some("Petrova"));
        assert_eq!(last("Smith John"), None);
        let last = |name| english(name).map(|name| name.last);
        assert_eq!(last("Liudmila Vaulina").as_deref(), Some("Vaulina"));
        assert_eq!(last("Smith John"), None);
        assert_eq!(last("Иванова Анна"), None);
    }
}
