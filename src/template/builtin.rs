//! The templates that come with the library.

use crate::files::Files;

/// A template of the library.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Builtin {
    /// The name by which it is chosen.
    pub name: &'static str,
    /// What it is for, in Russian.
    pub description: &'static str,
    /// Its files.
    pub files: Files,
}

macro_rules! folder {
    ($folder:literal: $($file:literal),* $(,)?) => {
        Files::bundled(&[$(($file, include_bytes!(concat!("../../templates/", $folder, "/", $file)) as &[u8])),*])
    };
}

/// All templates of the library, the usual one first.
///
/// ```
/// assert_eq!(itog::template::builtins()[0].name, "final-document");
/// ```
pub fn builtins() -> &'static [Builtin] {
    static ALL: &[Builtin] = &[Builtin {
        name: "final-document",
        description: "Итоговый документ, резолюция, решение, протокол: А4, по обычаям делопроизводства",
        files: folder!("final-document": "template.hbs", "agenda.hbs", "collective.hbs", "item.hbs", "member.hbs", "membership.hbs", "numbering.hbs", "preamble.hbs", "sample.yaml", "section.hbs", "speaker.hbs", "style.css", "table.hbs", "thanked.hbs", "thanks.hbs", "vote.hbs"),
    }];
    ALL
}
