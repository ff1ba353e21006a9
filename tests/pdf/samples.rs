//! Documents with one of everything. They are written to files, so that the validators of
//! `tests/conformance` may look at them.

use std::sync::Arc;

use itog::internals::geometry::{Matrix, PixelSize, Point, Rect};
use itog::internals::image::{Drawn, DrawnPath, DrawnSegment, Image, ImageData, Stroke};
use itog::internals::layout::{Artifact, Destination, Mark, Pages, Paint, Role, TagId};
use itog::internals::pdf::{EmbeddedFile, PdfOptions, Standard};
use itog::internals::style::{Color, CounterStyle};

use crate::builder::{Builder, face, run};
use crate::good;

const RED: Color = Color { red: 200, green: 20, blue: 20, alpha: 255 };

/// A star with a dashed outline and a half-transparent disc: fill rules, strokes, curves, alpha.
pub(crate) fn star() -> Arc<Image> {
    let point = |i: f64| {
        Point::new(50.0 + 45.0 * (i * 2.513_274).sin(), 50.0 - 45.0 * (i * 2.513_274).cos())
    };
    let mut path: Vec<DrawnSegment> =
        (0..5).map(|i| point(f64::from(i))).map(DrawnSegment::Line).collect();
    path[0] = DrawnSegment::Move(Point::new(50.0, 5.0));
    path.push(DrawnSegment::Close);
    let stroke = Stroke {
        color: Color { red: 20, green: 20, blue: 120, alpha: 255 },
        width: 1.5,
        dash: vec![4.0, 2.0],
        cap: 1,
        join: 1,
        ..Stroke::default()
    };
    let disc = vec![
        DrawnSegment::Move(Point::new(50.0, 20.0)),
        DrawnSegment::Cubic(Point::new(66.6, 20.0), Point::new(80.0, 33.4), Point::new(80.0, 50.0)),
        DrawnSegment::Cubic(Point::new(80.0, 66.6), Point::new(66.6, 80.0), Point::new(50.0, 80.0)),
        DrawnSegment::Cubic(Point::new(33.4, 80.0), Point::new(20.0, 66.6), Point::new(20.0, 50.0)),
        DrawnSegment::Cubic(Point::new(20.0, 33.4), Point::new(33.4, 20.0), Point::new(50.0, 20.0)),
        DrawnSegment::Close,
    ];
    let shapes = [
        DrawnPath {
            path,
            fill: Some(Color { red: 250, green: 200, blue: 40, alpha: 255 }),
            even_odd: true,
            stroke: Some(stroke),
        },
        DrawnPath {
            path: disc,
            fill: Some(Color { alpha: 100, ..RED }),
            even_odd: false,
            stroke: None,
        },
    ];
    Arc::new(Image {
        name: "star.svg".into(),
        width: 100.0,
        height: 100.0,
        data: ImageData::Vector { nodes: shapes.map(Drawn::Shape).into(), svg: None },
    })
}

/// A picture of pixels by a formula, with alpha.
pub(crate) fn pixels(
    name: &str,
    width: u32,
    height: u32,
    pixel: impl Fn(u32, u32) -> [u8; 4],
) -> Arc<Image> {
    let all: Vec<[u8; 4]> = (0..height)
        .flat_map(|y| (0..width).map(move |x| (x, y)))
        .map(|(x, y)| pixel(x, y))
        .collect();
    let rgb: Vec<u8> = all.iter().flat_map(|p| [p[0], p[1], p[2]]).collect();
    let alpha: Vec<u8> = all.iter().map(|p| p[3]).collect();
    let alpha = alpha.iter().any(|a| *a < 255).then(|| alpha.into());
    let data = ImageData::Png {
        bytes: Arc::from([]),
        pixels: PixelSize::new(width, height),
        rgb: rgb.into(),
        alpha,
    };
    Arc::new(Image {
        name: name.into(),
        width: f64::from(width) * 0.75,
        height: f64::from(height) * 0.75,
        data,
    })
}

/// Everything that a document may have, on three pages.
pub(crate) fn everything() -> Pages {
    let mut b = Builder::new();
    b.heading(1, "ИТОГОВЫЙ ДОКУМЕНТ № 11");
    b.paragraph(&[
        "Участники конференции, состоявшейся 14—15 ноября 2026 г., обсудили вопросы государ\u{AD}",
        "ственно-частного партнёрства и отметили, что «автоматизированная обработка…» тре\u{AD}",
        "бует прозрачности. Съешь же ещё этих мягких французских булок, да выпей чаю.",
    ]);
    b.heading(2, "Рекомендации");
    let list = b.tag(Role::List, TagId(0));
    b.edit(list).numbering = Some(CounterStyle::LowerRussian);
    for (marker, text) in
        [("а)", "направить документ в органы власти;"), ("б)", "опубликовать материалы.")]
    {
        let item = b.tag(Role::ListItem, list);
        let label = b.tag(Role::Label, item);
        let y = b.y;
        b.lines(label, 80.0, &[marker], 400, 12.0);
        b.y = y;
        let body = b.tag(Role::ListBody, item);
        b.lines(body, 100.0, &[text], 400, 12.0);
    }
    table(&mut b);
    let note = b.tag(Role::Note, TagId(0));
    b.lines(note, 70.0, &["* Примечание к таблице."], 400, 9.0);
    links(&mut b);
    b.page();
    pictures(&mut b);
    b.page();
    b.heading(2, "Приложение");
    let place = Destination { page: 2, x: 70.0, y: 50.0 };
    b.pages.targets.insert("appendix".into(), (place, TagId(0)));
    transforms(&mut b);
    headers(&mut b);
    b.pages
}

fn table(b: &mut Builder) {
    b.y += 14.0;
    let table = b.tag(Role::Table, TagId(0));
    let caption = b.tag(Role::Caption, table);
    b.lines(caption, 70.0, &["Таблица 1. Ход работы"], 400, 10.0);
    let (head, body) = (b.tag(Role::TableHead, table), b.tag(Role::TableBody, table));
    let rows = [
        ["№", "Мероприятие", "Ответственный"],
        ["1", "Сборник", "Иванова А. П."],
        ["2", "Рекомендации", "Петров К. С."],
    ];
    for (i, row) in rows.iter().enumerate() {
        let tr = b.tag(Role::TableRow, if i == 0 { head } else { body });
        let y = b.y;
        for (j, text) in row.iter().enumerate() {
            b.y = y;
            let heads = i == 0 || j == 0;
            let cell = b.tag(if heads { Role::HeaderCell } else { Role::DataCell }, tr);
            b.edit(cell).heads_row = i > 0;
            b.lines(cell, 74.0 + 130.0 * j as f64, &[text], if heads { 700 } else { 400 }, 11.0);
        }
        b.rule(70.0, b.y - 8.0, 400.0, 0.5);
        b.y += 6.0;
    }
    let tr = b.tag(Role::TableRow, body);
    let cell = b.tag(Role::DataCell, tr);
    b.edit(cell).columns = 3;
    b.lines(cell, 74.0, &["Всего: 2"], 400, 11.0);
    b.y += 10.0;
}

fn links(b: &mut Builder) {
    let p = b.tag(Role::Paragraph, TagId(0));
    b.lines(p, 70.0, &["Материалы: "], 400, 12.0);
    for (x, text, href) in [
        (150.0, "https://пример.рф/итоги", "https://пример.рф/итоги"),
        (330.0, "приложение", "#appendix"),
    ] {
        b.y -= 12.0 * 1.3;
        let link = b.tag(Role::Link, p);
        let mark = b.content(link);
        let (y, text_run) = (b.y, run(text, face("PT Sans", 400), 12.0));
        let width = text_run.width();
        b.glyphs(mark, x, text_run);
        b.paint(
            mark,
            Paint::Link {
                rect: Rect::new(x, y - 10.0, width, 13.0),
                href: href.into(),
                text: text.into(),
            },
        );
        b.y += 12.0 * 1.3;
    }
    let quote = b.tag(Role::Paragraph, TagId(0));
    b.lines(quote, 70.0, &["Девиз: "], 400, 12.0);
    b.y -= 12.0 * 1.3;
    let span = b.tag(Role::Emphasis, quote);
    b.edit(span).lang = Some("la".into());
    b.lines(span, 115.0, &["Per aspera ad astra"], 400, 12.0);
}

fn pictures(b: &mut Builder) {
    b.heading(2, "Рисунки");
    let star = star();
    b.figure(Rect::new(70.0, 100.0, 100.0, 100.0), &star, "Звезда");
    b.figure(Rect::new(200.0, 100.0, 60.0, 60.0), &star, "Звезда поменьше");
    let photo =
        pixels("photo.png", 64, 64, |x, y| [(x * 4) as u8, (y * 4) as u8, (x * y) as u8, 255]);
    b.figure(Rect::new(300.0, 100.0, 100.0, 100.0), &photo, "Цветовой переход");
    let gray =
        pixels("gray.png", 40, 40, |x, y| [((x + y) * 3) as u8; 3].map_or_alpha((x * 6) as u8));
    b.figure(Rect::new(70.0, 230.0, 100.0, 100.0), &gray, "Серый переход");
    let flag = pixels("flag.png", 30, 21, |_, y| {
        [[255, 255, 255, 255], [0, 57, 166, 255], [213, 43, 30, 255]][(y / 7) as usize]
    });
    b.figure(Rect::new(200.0, 230.0, 100.0, 70.0), &flag, "Флаг");
    b.y = 400.0;
    b.paragraph(&["Подпись под рисунками."]);
}

trait WithAlpha {
    fn map_or_alpha(self, alpha: u8) -> [u8; 4];
}

impl WithAlpha for [u8; 3] {
    fn map_or_alpha(self, alpha: u8) -> [u8; 4] {
        [self[0], self[1], self[2], alpha]
    }
}

fn transforms(b: &mut Builder) {
    let p = b.tag(Role::Paragraph, TagId(0));
    b.y = 200.0;
    let mark = b.content(p);
    // A quarter turn to the right about (200, 200).
    b.paint(mark, Paint::PushTransform(Matrix::new([0.0, 1.0, -1.0, 0.0, 400.0, 0.0])));
    b.glyphs(mark, 200.0, run("Повёрнуто вправо", face("PT Sans", 700), 14.0));
    b.paint(mark, Paint::Pop);
    b.paint(mark, Paint::PushClip(Rect::new(300.0, 185.0, 60.0, 20.0)));
    b.glyphs(mark, 300.0, run("Обрезано справа", face("PT Sans", 400), 14.0));
    b.paint(mark, Paint::Pop);
    let mut faint = run("Полупрозрачно", face("Marck Script", 400), 24.0);
    faint.color = Color { alpha: 128, ..RED };
    b.y = 250.0;
    b.glyphs(mark, 300.0, faint);
    b.y = 280.0;
    // CFF outlines; two meanings of one glyph.
    b.glyphs(mark, 300.0, run("аб-вг гд\u{A0}б\u{AD}", face("Squares", 400), 20.0));
    b.y = 250.0;
    let mut raised = run("x2", face("PT Serif", 400), 14.0);
    let raised_glyph = &mut Arc::make_mut(&mut raised.glyphs)[1];
    (raised_glyph.dx, raised_glyph.dy) = (1.0, 5.0);
    b.glyphs(mark, 450.0, raised);
    let stroke =
        |dash: Vec<f64>, cap| Stroke { color: RED, width: 3.0, dash, cap, ..Stroke::default() };
    for (i, stroke) in [stroke(vec![], 0), stroke(vec![6.0, 3.0], 0), stroke(vec![0.0, 6.0], 1)]
        .into_iter()
        .enumerate()
    {
        let y = 300.0 + 12.0 * i as f64;
        let path = vec![
            DrawnSegment::Move(Point::new(300.0, y)),
            DrawnSegment::Line(Point::new(500.0, y)),
        ];
        b.paint(
            Mark::Artifact(Artifact::Layout),
            Paint::Path { path, fill: None, even_odd: false, stroke: Some(stroke) },
        );
    }
}

fn headers(b: &mut Builder) {
    let total = b.pages.pages.len();
    let pages = std::mem::take(&mut b.pages.pages);
    for (i, page) in pages.into_iter().enumerate() {
        b.pages.pages.push(page);
        b.y = 40.0;
        b.glyphs(
            Mark::Artifact(Artifact::Header),
            70.0,
            run("Итоговый документ", face("PT Sans", 400), 9.0),
        );
        b.y = 800.0;
        b.glyphs(
            Mark::Artifact(Artifact::Footer),
            270.0,
            run(&format!("{} из {total}", i + 1), face("PT Sans", 400), 9.0),
        );
    }
}

/// A certificate: one page, few elements.
pub(crate) fn certificate(number: usize, name: &str) -> Pages {
    let mut b = Builder::new();
    b.pages.meta.title = Some(format!("Благодарность № {number}"));
    let star = star();
    b.paint(
        Mark::Artifact(Artifact::Background),
        Paint::Image { rect: Rect::new(20.0, 20.0, 555.0, 800.0), image: star },
    );
    b.y = 200.0;
    b.heading(1, "БЛАГОДАРНОСТЬ");
    b.paragraph(&[
        "объявляется",
        name,
        "за большой вклад в подготовку конференции и верность делу",
    ]);
    b.paragraph(&[&format!("№ {number} от 16 ноября 2026 г.")]);
    b.pages
}

pub(crate) fn data() -> EmbeddedFile {
    let mut data = "kind: Итоговый документ\n".repeat(50).into_bytes();
    // A last byte that makes the checksum, and so the deflated stream, end in a line feed.
    data.push(9u8.wrapping_sub(data.iter().fold(0, |sum: u8, byte| sum.wrapping_add(*byte))));
    EmbeddedFile {
        name: "итог.yaml".into(),
        mime: "application/yaml".into(),
        data,
        description: "Данные документа".into(),
    }
}

pub(crate) fn options(standard: Standard) -> PdfOptions {
    let mut options = PdfOptions::default();
    options.standard = standard;
    options.attachment = (standard == Standard::A3a).then(data);
    options
}

#[test]
fn samples_are_written_for_the_validators() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("pdf");
    std::fs::create_dir_all(&folder).unwrap();
    let certificate = certificate(7, "Мельниковой-Щербаковой Аполлинарии");
    for (name, pages) in [("everything", &everything()), ("certificate", &certificate)] {
        for (suffix, standard) in
            [("a-2a", Standard::A2a), ("a-3a", Standard::A3a), ("none", Standard::None)]
        {
            let bytes = good(pages, &options(standard));
            assert_eq!(
                bytes,
                good(pages, &options(standard)),
                "{name} differs from one time to the next"
            );
            std::fs::write(folder.join(format!("{name}.{suffix}.pdf")), bytes).unwrap();
        }
    }
}
