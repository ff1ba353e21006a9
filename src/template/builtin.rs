//! The templates that come with the library.

use crate::diag::{Diagnostic, Error, nearest};
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

/// A file that all certificates share.
macro_rules! shared {
    ($file:literal) => {
        ($file, include_bytes!(concat!("../../templates/certificate/", $file)) as &[u8])
    };
}

/// A certificate's own files and those that all certificates share.
macro_rules! certificate {
    ($folder:literal) => {
        certificate!($folder, shared!("template.hbs"))
    };
    ($folder:literal, $template:expr) => {
        Files::bundled(&[
            $template,
            (
                "style.css",
                include_bytes!(concat!("../../templates/", $folder, "/style.css")) as &[u8],
            ),
            (
                "sample.yaml",
                include_bytes!(concat!("../../templates/", $folder, "/sample.yaml")) as &[u8],
            ),
            (
                "frame-landscape.hbs",
                include_bytes!(concat!("../../templates/", $folder, "/frame-landscape.hbs"))
                    as &[u8],
            ),
            (
                "frame-portrait.hbs",
                include_bytes!(concat!("../../templates/", $folder, "/frame-portrait.hbs"))
                    as &[u8],
            ),
            shared!("certificate.css"),
            shared!("clause.hbs"),
            shared!("event.hbs"),
            shared!("facts-en.hbs"),
            shared!("facts.hbs"),
            shared!("foot.hbs"),
            shared!("head.hbs"),
            shared!("imprint.hbs"),
            shared!("letter.hbs"),
            shared!("masthead.hbs"),
            shared!("persons-en.hbs"),
            shared!("persons.hbs"),
            shared!("reason.hbs"),
            shared!("recipients-en.hbs"),
            shared!("recipients.hbs"),
            shared!("sheet.hbs"),
            shared!("title.hbs"),
            shared!("training.hbs"),
            shared!("wording-en.hbs"),
            shared!("wording.hbs"),
        ])
    };
}

/// All templates of the library, the usual one first.
///
/// ```
/// assert_eq!(itog::builtins()[0].name, "final-document");
/// ```
pub fn builtins() -> &'static [Builtin] {
    static ALL: &[Builtin] = &[
        Builtin {
            name: "final-document",
            description: "Итоговый документ, резолюция, решение, протокол: А4, по обычаям делопроизводства",
            files: folder!(
                "final-document":
                "act.hbs",
                "acted.hbs",
                "addressee.hbs",
                "agenda.hbs",
                "attendance.hbs",
                "attendee.hbs",
                "cased.hbs",
                "collective.hbs",
                "foot.hbs",
                "going.hbs",
                "head.hbs",
                "heading-class.hbs",
                "item.hbs",
                "letterhead.hbs",
                "member.hbs",
                "membership.hbs",
                "nominative.hbs",
                "numbering.hbs",
                "point.hbs",
                "preamble.hbs",
                "quorum.hbs",
                "registration.hbs",
                "sample.yaml",
                "section.hbs",
                "signature.hbs",
                "speaker.hbs",
                "stamp.hbs",
                "style.css",
                "table.hbs",
                "template.hbs",
                "thanked.hbs",
                "thanks.hbs",
                "title.hbs",
                "vote.hbs",
                "words-en.json",
                "words-ru.json",
            ),
        },
        Builtin {
            name: "certificate-classic",
            description: "Классическая грамота: гравированная рамка, всё по центру",
            files: certificate!("certificate-classic"),
        },
        Builtin {
            name: "certificate-engraved",
            description: "Старинный диплом: гильош, каллиграфия",
            files: certificate!("certificate-engraved"),
        },
        Builtin {
            name: "certificate-official",
            description: "Официальная: место для герба в лавровом венке, тёмные поля с гильошем",
            files: certificate!("certificate-official"),
        },
        Builtin {
            name: "certificate-state",
            description: "Парадная: двойная рамка с золотом, фон из тонких линий",
            files: certificate!("certificate-state"),
        },
        Builtin {
            name: "certificate-modern",
            description: "Современная: цветная полоса, крупный набор по левому краю",
            files: certificate!("certificate-modern"),
        },
        Builtin {
            name: "certificate-geometry",
            description: "Современная: геометрические фигуры, крупный набор",
            files: certificate!("certificate-geometry"),
        },
        Builtin {
            name: "certificate-shelf",
            description: "Современная: книжная полка внизу листа",
            files: certificate!("certificate-shelf"),
        },
        Builtin {
            name: "certificate-participant",
            description: "Сертификат участника, с местом для QR-кода",
            files: certificate!("certificate-participant"),
        },
        Builtin {
            name: "certificate-letter",
            description: "Благодарственное письмо: книжная страница с обращением",
            files: certificate!(
                "certificate-letter",
                (
                    "template.hbs",
                    include_bytes!("../../templates/certificate-letter/template.hbs") as &[u8]
                )
            ),
        },
        Builtin {
            name: "certificate-festive",
            description: "Праздничная: золотой гильош с розетками, рукописное имя",
            files: certificate!("certificate-festive"),
        },
        Builtin {
            name: "certificate-medal",
            description: "Праздничная: большая медаль на цветной полосе",
            files: certificate!("certificate-medal"),
        },
        Builtin {
            name: "certificate-children",
            description: "Для детей: флажки, шары, конфетти",
            files: certificate!("certificate-children"),
        },
        Builtin {
            name: "certificate-school",
            description: "Для школы: тетрадь в клетку, карандаши, книга",
            files: certificate!("certificate-school"),
        },
        Builtin {
            name: "certificate-new-year",
            description: "К Новому году: ель, шары, снег",
            files: certificate!("certificate-new-year"),
        },
        Builtin {
            name: "certificate-victory",
            description: "К 9 Мая: георгиевская лента, гвоздики, звезда",
            files: certificate!("certificate-victory"),
        },
        Builtin {
            name: "certificate-september",
            description: "К 1 Сентября: кленовые листья, колокольчик",
            files: certificate!("certificate-september"),
        },
        Builtin {
            name: "certificate-book-day",
            description: "Ко Дню книги: раскрытая книга",
            files: certificate!("certificate-book-day"),
        },
    ];
    ALL
}

/// The template of the library that has this name.
///
/// # Errors
/// `unknown-template`, with the nearest known name.
pub fn builtin(name: &str) -> Result<&'static Builtin, Error> {
    builtins().iter().find(|builtin| builtin.name == name).ok_or_else(|| {
        let fault = Diagnostic::error("unknown-template", format!("no built-in template `{name}`"));
        match nearest(name, builtins().iter().map(|builtin| builtin.name)) {
            Some(near) => fault.hint(format!("did you mean `{near}`?")),
            None => fault.hint(
                "`itog templates` lists them; a folder of one's own is named with a slash: \
                 `./mine`",
            ),
        }
        .into()
    })
}
