//! The templates that come with the library.
//!
//! A folder of files inside the program, read as any other folder is.

use crate::diag::{Diagnostic, Error, nearest, say};
use crate::files::Files;

/// A template of the library: what a list to choose from shows, and what can be copied and changed.
///
/// ```
/// let badge: &itog::Builtin = itog::builtin("badge")?;
/// println!("{}: {}", badge.name, badge.description);
/// let template = badge.files.read("template.hbs")?;
/// assert!(template.starts_with(b"<html"));
/// # Ok::<(), itog::Error>(())
/// ```
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

/// The files of the final document with a sample of one's own: the kind decides the requisites.
macro_rules! document {
    // Macros, for `include_bytes!` wants the path as a literal.
    ($folder:literal) => {
        Files::bundled(&[
            (
                "sample.yaml",
                include_bytes!(concat!("../../templates/", $folder, "/sample.yaml")) as &[u8],
            ),
            // The documents are one design for all kinds: only the samples differ.
            ("act.hbs", include_bytes!("../../templates/final-document/act.hbs") as &[u8]),
            ("acted.hbs", include_bytes!("../../templates/final-document/acted.hbs") as &[u8]),
            (
                "addressee.hbs",
                include_bytes!("../../templates/final-document/addressee.hbs") as &[u8],
            ),
            ("agenda.hbs", include_bytes!("../../templates/final-document/agenda.hbs") as &[u8]),
            (
                "attendance.hbs",
                include_bytes!("../../templates/final-document/attendance.hbs") as &[u8],
            ),
            (
                "attendee.hbs",
                include_bytes!("../../templates/final-document/attendee.hbs") as &[u8],
            ),
            ("author.hbs", include_bytes!("../../templates/final-document/author.hbs") as &[u8]),
            ("beside.hbs", include_bytes!("../../templates/final-document/beside.hbs") as &[u8]),
            ("cased.hbs", include_bytes!("../../templates/final-document/cased.hbs") as &[u8]),
            (
                "collective.hbs",
                include_bytes!("../../templates/final-document/collective.hbs") as &[u8],
            ),
            ("foot.hbs", include_bytes!("../../templates/final-document/foot.hbs") as &[u8]),
            ("going.hbs", include_bytes!("../../templates/final-document/going.hbs") as &[u8]),
            ("head.hbs", include_bytes!("../../templates/final-document/head.hbs") as &[u8]),
            (
                "heading-class.hbs",
                include_bytes!("../../templates/final-document/heading-class.hbs") as &[u8],
            ),
            ("item.hbs", include_bytes!("../../templates/final-document/item.hbs") as &[u8]),
            (
                "last-page.hbs",
                include_bytes!("../../templates/final-document/last-page.hbs") as &[u8],
            ),
            (
                "letterhead.hbs",
                include_bytes!("../../templates/final-document/letterhead.hbs") as &[u8],
            ),
            ("member.hbs", include_bytes!("../../templates/final-document/member.hbs") as &[u8]),
            (
                "membership.hbs",
                include_bytes!("../../templates/final-document/membership.hbs") as &[u8],
            ),
            ("named.hbs", include_bytes!("../../templates/final-document/named.hbs") as &[u8]),
            (
                "nominative.hbs",
                include_bytes!("../../templates/final-document/nominative.hbs") as &[u8],
            ),
            (
                "numbering.hbs",
                include_bytes!("../../templates/final-document/numbering.hbs") as &[u8],
            ),
            ("point.hbs", include_bytes!("../../templates/final-document/point.hbs") as &[u8]),
            (
                "preamble.hbs",
                include_bytes!("../../templates/final-document/preamble.hbs") as &[u8],
            ),
            ("quorum.hbs", include_bytes!("../../templates/final-document/quorum.hbs") as &[u8]),
            (
                "registration.hbs",
                include_bytes!("../../templates/final-document/registration.hbs") as &[u8],
            ),
            ("section.hbs", include_bytes!("../../templates/final-document/section.hbs") as &[u8]),
            (
                "signature.hbs",
                include_bytes!("../../templates/final-document/signature.hbs") as &[u8],
            ),
            ("speaker.hbs", include_bytes!("../../templates/final-document/speaker.hbs") as &[u8]),
            ("speech.hbs", include_bytes!("../../templates/final-document/speech.hbs") as &[u8]),
            ("stamp.hbs", include_bytes!("../../templates/final-document/stamp.hbs") as &[u8]),
            ("style.css", include_bytes!("../../templates/final-document/style.css") as &[u8]),
            ("grid.hbs", include_bytes!("../../templates/final-document/grid.hbs") as &[u8]),
            (
                "table-notes.hbs",
                include_bytes!("../../templates/final-document/table-notes.hbs") as &[u8],
            ),
            (
                "template.hbs",
                include_bytes!("../../templates/final-document/template.hbs") as &[u8],
            ),
            ("stop.hbs", include_bytes!("../../templates/final-document/stop.hbs") as &[u8]),
            ("thanked.hbs", include_bytes!("../../templates/final-document/thanked.hbs") as &[u8]),
            ("thanks.hbs", include_bytes!("../../templates/final-document/thanks.hbs") as &[u8]),
            ("title.hbs", include_bytes!("../../templates/final-document/title.hbs") as &[u8]),
            ("vote.hbs", include_bytes!("../../templates/final-document/vote.hbs") as &[u8]),
            (
                "words-en.json",
                include_bytes!("../../templates/final-document/words-en.json") as &[u8],
            ),
            (
                "words-ru.json",
                include_bytes!("../../templates/final-document/words-ru.json") as &[u8],
            ),
        ])
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
            shared!("beside.hbs"),
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
            shared!("named.hbs"),
            shared!("places.hbs"),
            shared!("said.hbs"),
            shared!("signatures.hbs"),
            shared!("spot.hbs"),
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

/// The usual one first.
static ALL: &[Builtin] = &[
    Builtin {
        name: "final-document",
        description: "Итоговый документ, резолюция, решение, протокол: А4, по обычаям \
            делопроизводства",
        files: document!("final-document"),
    },
    Builtin {
        name: "minutes",
        description: "Протокол: присутствующие, повестка, решения, голосование",
        files: document!("minutes"),
    },
    Builtin {
        name: "order",
        description: "Приказ: награждение, назначение, комиссия, контроль",
        files: document!("order"),
    },
    Builtin {
        name: "directive", description: "Распоряжение", files: document!("directive")
    },
    Builtin {
        name: "letter",
        description: "Письмо на бланке: адресат, исходящий номер, исполнитель",
        files: document!("letter"),
    },
    Builtin {
        name: "regulation",
        description: "Положение, правила, порядок: гриф утверждения, разделы 1, 1.1",
        files: document!("regulation"),
    },
    Builtin {
        name: "plan",
        description: "План работы: таблица по разделам",
        files: document!("plan"),
    },
    Builtin {
        name: "programme",
        description: "Программа мероприятия со временем",
        files: document!("programme"),
    },
    Builtin {
        name: "attendance-sheet",
        description: "Лист регистрации с пустыми строками для подписей",
        files: document!("attendance-sheet"),
    },
    Builtin { name: "reference", description: "Справка", files: document!("reference") },
    Builtin {
        name: "announcement", description: "Объявление", files: document!("announcement")
    },
    Builtin {
        name: "application", description: "Заявление", files: document!("application")
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
        description: "Геометрия: цветные фигуры, крупный набор",
        files: certificate!("certificate-geometry"),
    },
    Builtin {
        name: "certificate-shelf",
        description: "Книжная полка: корешки внизу листа",
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
        // Its page is another one: an address and paragraphs where the others have a formula.
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
        description: "С медалью: большая медаль на цветной полосе",
        files: certificate!("certificate-medal"),
    },
    Builtin {
        name: "certificate-children",
        description: "Для детей: летний луг, радуга, шары",
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
    Builtin {
        name: "badge",
        description: "Бейдж 105 × 74 мм: мероприятие, имя, роль; восемь на листе",
        files: Files::bundled(&[
            ("template.hbs", include_bytes!("../../templates/badge/template.hbs") as &[u8]),
            ("style.css", include_bytes!("../../templates/badge/style.css") as &[u8]),
            ("sample.yaml", include_bytes!("../../templates/badge/sample.yaml") as &[u8]),
            shared!("certificate.css"),
            shared!("head.hbs"),
        ]),
    },
    Builtin {
        name: "place-card",
        description: "Настольная табличка: имя с двух сторон, складывается пополам",
        files: Files::bundled(&[
            ("template.hbs", include_bytes!("../../templates/place-card/template.hbs") as &[u8]),
            ("card.hbs", include_bytes!("../../templates/place-card/card.hbs") as &[u8]),
            ("style.css", include_bytes!("../../templates/place-card/style.css") as &[u8]),
            ("sample.yaml", include_bytes!("../../templates/place-card/sample.yaml") as &[u8]),
            shared!("certificate.css"),
            shared!("head.hbs"),
        ]),
    },
];

/// All templates of the library, the usual one first.
///
/// ```
/// assert_eq!(itog::builtins()[0].name, "final-document");
/// ```
pub fn builtins() -> &'static [Builtin] {
    ALL
}

/// What people call the designs of certificates.
const DESIGN_NAMES: &str = "классическая, старинная, официальная, парадная, современная, \
    геометрия, книжная полка, участник, письмо, праздничная, медаль, детская, школьная, \
    новогодняя, победа, 1 сентября, день книги";

/// The template of the library that has this name.
///
/// # Errors
/// `unknown-template`, with the nearest known name.
///
/// ```
/// let classic = itog::builtin("certificate-classic")?;
/// assert!(classic.files.read("style.css").is_ok());
/// assert_eq!(itog::builtin("clasic").unwrap_err().diagnostics()[0].code(), "unknown-template");
/// # Ok::<(), itog::Error>(())
/// ```
pub fn builtin(name: &str) -> Result<&'static Builtin, Error> {
    // Kinds of document that have no design of their own.
    let own = match name {
        "resolution" | "decision" => "final-document",
        "protocol" => "minutes",
        name => name,
    };
    // «festive» is the certificate of that name, where no document has it.
    let is = |builtin: &&Builtin| {
        builtin.name == own || builtin.name.strip_prefix("certificate-") == Some(own)
    };
    builtins().iter().find(is).ok_or_else(|| {
        let fault =
            Diagnostic::error("unknown-template", say!("no built-in template `{name}`", name));
        match nearest(name, builtins().iter().map(|builtin| builtin.name)) {
            Some(near) => fault.hint(say!("did you mean `{near}`?", near)),
            // «Музыкальная»: whoever asks in Russian gets the designs by their Russian names.
            None if !name.is_ascii() => {
                fault.hint(say!("designs of certificates are: {names}", names = DESIGN_NAMES))
            }
            None => fault.hint(say!(
                "`itog templates` lists them; a folder of one's own is named with a slash: \
                 `./mine`"
            )),
        }
        .into()
    })
}
