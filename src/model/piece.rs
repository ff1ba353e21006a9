//! Parts of a person's name, as a blank asks for them: «Фамилия», «Фамилия И.О.».

use super::Column;
use super::alias::normal;

/// A part of a person's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum NamePiece {
    /// Фамилия.
    Last,
    /// Имя.
    First,
    /// Отчество.
    Middle,
    /// «Ким Ю. О.»
    After,
    /// «Ю. О. Ким»
    Before,
}

impl NamePiece {
    /// The part that a name in Russian says.
    pub(crate) fn of(name: &str) -> Option<Self> {
        if name.is_ascii() {
            return None;
        }
        let name = normal(name);
        let words: Vec<&str> =
            name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        match words.join(" ").as_str() {
            "фамилия инициалы"
            | "фамилия и инициалы"
            | "фамилия с инициалами"
            | "фамилия и о"
            | "фамилия ио"
            | "фио инициалы"
            | "фио с инициалами"
            | "фио кратко" => Some(Self::After),
            "инициалы"
            | "инициалы фамилия"
            | "инициалы и фамилия"
            | "и о фамилия"
            | "ио фамилия" => Some(Self::Before),
            _ => match Column::said(&name)? {
                Column::Last => Some(Self::Last),
                Column::First => Some(Self::First),
                Column::Middle => Some(Self::Middle),
                _ => None,
            },
        }
    }

    /// What templates call it.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Last => "last",
            Self::First => "first",
            Self::Middle => "middle",
            Self::After => "after",
            Self::Before => "before",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::NamePiece;

    #[test]
    fn pieces_of_names() {
        use NamePiece::*;
        for (name, piece) in [
            ("Фамилия", Some(Last)),
            ("имя", Some(First)),
            ("Имя ребёнка", Some(First)),
            ("Отчество", Some(Middle)),
            ("Фамилия И.О.", Some(After)),
            ("Фамилия и инициалы", Some(After)),
            ("И. О. Фамилия", Some(Before)),
            ("Фамилия, имя", None),
            ("Фамилия директора", None),
            ("ФИО", None),
            ("last", None),
        ] {
            assert_eq!(NamePiece::of(name), piece, "{name}");
        }
    }
}
