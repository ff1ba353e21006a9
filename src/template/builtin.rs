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

/// A certificate's own files and those that all certificates share.
macro_rules! certificate {
    ($folder:literal) => {
        Files::bundled(&[
            (
                "template.hbs",
                include_bytes!(concat!("../../templates/", $folder, "/template.hbs")) as &[u8],
            ),
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
            ("head.hbs", include_bytes!("../../templates/shared/head.hbs") as &[u8]),
            ("wording.hbs", include_bytes!("../../templates/shared/wording.hbs") as &[u8]),
            ("position.hbs", include_bytes!("../../templates/shared/position.hbs") as &[u8]),
            ("reason.hbs", include_bytes!("../../templates/shared/reason.hbs") as &[u8]),
            ("foot.hbs", include_bytes!("../../templates/shared/foot.hbs") as &[u8]),
        ])
    };
}

/// All templates of the library, the usual one first.
///
/// ```
/// assert_eq!(itog::template::builtins()[0].name, "final-document");
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
            description: "Благодарность, грамота: двойная рамка, всё по центру",
            files: certificate!("certificate-classic"),
        },
        Builtin {
            name: "certificate-modern",
            description: "Грамота, диплом: цветная полоса, набор по левому краю",
            files: certificate!("certificate-modern"),
        },
        Builtin {
            name: "certificate-festive",
            description: "Диплом к празднику: гильоширная рамка, рукописный шрифт",
            files: certificate!("certificate-festive"),
        },
        Builtin {
            name: "certificate-letter",
            description: "Благодарственное письмо: книжная страница с обращением",
            files: certificate!("certificate-letter"),
        },
        Builtin {
            name: "certificate-participant",
            description: "Сертификат участника с QR-кодом",
            files: certificate!("certificate-participant"),
        },
    ];
    ALL
}
