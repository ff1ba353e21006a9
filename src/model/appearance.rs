//! How a certificate looks: its colours, paper, frame and pictures.

use serde::Serialize;

use super::kind;
use super::read::{Fields, Map, choice, find_word};
use super::{Align, Orientation};
use crate::diag::{Diagnostic, say};

/// How a certificate looks. Paths are those of files beside the template.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Appearance {
    /// The template's name or folder.
    pub template: Option<String>,
    /// How the page stands; without it as the template has it.
    pub orientation: Option<Orientation>,
    /// The sheet, as large as which all is set; A4 without it.
    pub size: Option<SheetSize>,
    /// A family of colours by name; without it the template's own.
    pub palette: Option<Palette>,
    /// The ground; without it as the template has it.
    pub paper: Option<Paper>,
    /// The main colour, as in CSS: `#1f4e79`.
    pub color: Option<String>,
    /// A picture behind the text.
    pub background: Option<String>,
    /// A picture above the text: an emblem, a logo.
    pub logo: Option<String>,
    /// Whether the template draws its frame; on a bought form it must not.
    pub frame: FrameStyle,
    /// Whether there is room for a seal, marked «М.П.».
    pub seal: bool,
    /// Where the words stand on a bought form.
    pub area: Option<FormArea>,
    /// Where single parts stand on a bought form; what has no place is not printed.
    pub places: Option<Places>,
    /// A scan of the bought form: shown in the preview, never printed.
    pub form: Option<String>,
    /// Whether the form has its title printed already: `title: false` in the data.
    #[serde(rename = "title", serialize_with = "negated")]
    pub untitled: bool,
}

// Serde hands over a reference, whatever the type.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn negated<S: serde::Serializer>(value: &bool, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bool(!value)
}

impl Appearance {
    /// Shows the scan of the bought form behind the words, as a preview does.
    pub fn show_form(&mut self) {
        if let Some(form) = self.form.take() {
            self.background = Some(form);
        }
    }
}

/// How far from the edges of a bought form the words stand, in millimetres.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct FormArea {
    /// From the upper edge.
    pub top: u32,
    /// From the right edge.
    pub right: u32,
    /// From the lower edge.
    pub bottom: u32,
    /// From the left edge.
    pub left: u32,
}

impl Default for FormArea {
    fn default() -> Self {
        // What office printers cannot print on, and a finger more.
        Self { top: 25, right: 25, bottom: 25, left: 25 }
    }
}

impl Fields for FormArea {
    const NAME: &'static str = "area";
    const WHAT: (&'static str, &'static str) = ("an area", "Место для слов на готовом бланке, мм");

    fn fields(map: &mut Map<'_>) -> Self {
        let usual = Self::default();
        Self {
            top: map.opt("top", "От верхнего края, мм").unwrap_or(usual.top),
            right: map.opt("right", "От правого края, мм").unwrap_or(usual.right),
            bottom: map.opt("bottom", "От нижнего края, мм").unwrap_or(usual.bottom),
            left: map.opt("left", "От левого края, мм").unwrap_or(usual.left),
        }
    }
}

/// The sheets on which certificates are set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SheetSize {
    /// `a3`: 297 × 420 mm.
    A3,
    /// `a4`: 210 × 297 mm.
    A4,
    /// `a5`: 148 × 210 mm.
    A5,
    /// `a6`: 105 × 148 mm.
    A6,
}

choice!(pub SheetSize, "a size of a sheet", { A3 = "a3", A4 = "a4", A5 = "a5", A6 = "a6" });

/// Where a part of a certificate stands on a bought form, in millimetres from the edges.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct FormSpot {
    /// From the upper edge.
    pub top: u32,
    /// From the left edge; 25 without it.
    pub left: u32,
    /// From the right edge, unless there is a width; 25 without it.
    pub right: u32,
    /// How wide it is.
    pub width: Option<u32>,
    /// The size of its letters, in points.
    pub font: Option<u32>,
    /// How its lines stand; centred without it.
    pub align: Option<Align>,
}

impl Fields for FormSpot {
    const NAME: &'static str = "spot";
    const WHAT: (&'static str, &'static str) = ("a place", "Место части на готовом бланке, мм");

    fn fields(map: &mut Map<'_>) -> Self {
        let usual = FormArea::default();
        Self {
            top: map.get("top", true, "От верхнего края, мм").unwrap_or_default(),
            left: map.opt("left", "От левого края, мм").unwrap_or(usual.left),
            right: map.opt("right", "От правого края, мм").unwrap_or(usual.right),
            width: map.opt("width", "Ширина, мм; без неё до правого края"),
            font: map.opt("font", "Кегль, пт"),
            align: map.opt("align", "Выравнивание: left, center, right"),
        }
    }
}

/// The parts of a certificate that may have places of their own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Places {
    /// The kind and the degree: the title.
    pub kind: Option<FormSpot>,
    /// Whom it is given to, with the post unless that has a place.
    pub name: Option<FormSpot>,
    /// The post, the class and the school.
    pub post: Option<FormSpot>,
    /// What it says of the recipient: the reason, the event, all facts.
    pub text: Option<FormSpot>,
    /// The number.
    pub number: Option<FormSpot>,
    /// The town and the date.
    pub date: Option<FormSpot>,
    /// Who signs.
    pub signatures: Option<FormSpot>,
    /// The QR code.
    pub qr: Option<FormSpot>,
}

impl Fields for Places {
    const NAME: &'static str = "places";
    const WHAT: (&'static str, &'static str) = ("places", "Места частей на готовом бланке");

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            // Not `title`, for which `name` may stand elsewhere.
            kind: map
                .opt("kind", "Вид и степень: заголовок")
                .or(map.opt("heading", "То же, что kind")),
            name: map
                .opt("name", "Имя, с должностью, если у неё нет своего места")
                .or(map.opt("recipient", "То же, что name")),
            post: map.opt("post", "Должность, класс и школа"),
            text: map
                .opt("text", "За что, мероприятие и всё, что под именем")
                .or(map.opt("for", "То же, что text")),
            number: map.opt("number", "Номер"),
            date: map.opt("date", "Город и дата"),
            signatures: map.opt("signatures", "Подписи"),
            qr: map.opt("qr", "QR-код"),
        }
    }
}

/// A family of colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Palette {
    /// `wine`: dark red.
    Wine,
    /// `navy`: dark blue.
    Navy,
    /// `forest`: dark green.
    Forest,
    /// `gold`: brown and gold.
    Gold,
    /// `violet`: dark violet.
    Violet,
    /// `graphite`: grey.
    Graphite,
}

choice!(pub Palette, "a palette", {
    Wine = "wine",
    Navy = "navy",
    Forest = "forest",
    Gold = "gold",
    Violet = "violet",
    Graphite = "graphite",
});

/// The ground that a certificate is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Paper {
    /// `white`: none, the paper's own.
    White,
    /// `tinted`: a light tint of cream.
    Tinted,
}

choice!(pub Paper, "a ground", { White = "white", Tinted = "tinted" });

/// What is drawn around the text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FrameStyle {
    /// `drawn`: what the template draws.
    #[default]
    Drawn,
    /// `none`: nothing.
    None,
}

choice!(pub FrameStyle, "a frame", { Drawn = "drawn", None = "none" });

impl Fields for Appearance {
    const NAME: &'static str = "design";
    const WHAT: (&'static str, &'static str) = ("a design", "Оформление");
    const FROM_TEXT: Option<fn(String) -> Self> =
        Some(|name| Self { template: Some(kind::design(&name)), ..Self::default() });

    fn fields(map: &mut Map<'_>) -> Self {
        let palette =
            map.opt("palette", "Набор цветов: wine, navy, forest, gold, violet, graphite");
        let color: Option<String> = map.opt("color", "Основной цвет, как в CSS: #1f4e79");
        // «цвет: синий» is the family of that colour.
        let named = |color: &String| find_word(color, say!("a palette"), Palette::WORDS).ok();
        let family = color.as_ref().filter(|color| !color.is_ascii()).and_then(named);
        let color = color.filter(|_| family.is_none()).map(|color| kind::color(&color));
        // CSS has no colour of a Russian name: what is left of them no design knows.
        if color.as_ref().is_some_and(|color| !color.is_ascii()) {
            let what = say!("this colour is not known; the design keeps its own");
            let hint = say!("write it as `#1f4e79`, or as a palette: navy");
            map.told_of("color", Diagnostic::warning("unknown-value", what).hint(hint));
        }
        let color = color.filter(|color| color.is_ascii());
        let form: Option<String> =
            map.opt("form", "Скан готового бланка: виден в предпросмотре, не печатается");
        let area = map.opt("area", "Место для слов на готовом бланке: отступы от краёв, мм");
        let places: Option<Places> =
            map.opt("places", "Места отдельных частей на готовом бланке, мм");
        // Who has a form has a place for the words on it.
        let on_form = || form.as_ref().filter(|_| places.is_none()).map(|_| FormArea::default());
        let area = area.or_else(on_form);
        let frame: Option<FrameStyle> = map.opt("frame", "none: без рамки, для готового бланка");
        let on_form =
            if area.is_some() || places.is_some() { FrameStyle::None } else { FrameStyle::Drawn };
        let title: Option<bool> = map.opt("title", "false: заголовок уже напечатан на бланке");
        Self {
            template: map
                .opt("template", "Шаблон: имя или папка")
                .map(|name: String| kind::design(&name)),
            orientation: map.opt("orientation", "Страница: portrait или landscape"),
            size: map.opt("size", "Лист: a3, a4, a5, a6"),
            palette: palette.or(family),
            paper: map.opt("paper", "Фон: white — белый, tinted — с лёгким тоном"),
            color,
            background: map.opt("background", "Фон: файл рядом с шаблоном"),
            logo: map.opt("logo", "Эмблема: файл рядом с шаблоном"),
            frame: frame.unwrap_or(on_form),
            seal: map.opt("seal", "true: место для печати, «М.П.»").unwrap_or_default(),
            area,
            places,
            form,
            untitled: title == Some(false),
        }
    }
}
