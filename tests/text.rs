//! Paragraphs, from the outside: line breaks as pictures in text, and promises that hold for any input.

use std::sync::Arc;

use itog::diag::Sink;
use itog::font::FontBook;
use itog::style::{Family, Hyphens, TextAlign, TextStyle};
use itog::text::{Item, Line, Piece, Setting, Typesetter};

const PARAGRAPHS: [&str; 3] = [
    "Итоговый документ принят участниками межрегионального библиотечного форума «Год литературы: библиотека в пространстве культуры», который прошёл \
     4–5 июня 2015\u{a0}г. в г.\u{a0}Кемерово. Участники отмечают высокий уровень подготовки и проведения мероприятий, актуальность и практическую направленность \
     обсуждавшихся вопросов, активное участие муниципальных библиотек в реализации проектов по продвижению книги и чтения.",
    "Рекомендовать органам местного самоуправления предусмотреть в бюджетах муниципальных образований средства на комплектование библиотечных фондов, \
     подписку на периодические издания и модернизацию материально-технической базы общедоступных библиотек из-за их особого социокультурного значения.",
    "Выразить благодарность директору Севской модельной библиотеки-филиала №\u{a0}22 за многолетний добросовестный труд, значительный вклад в развитие \
     библиотечного дела и\u{a0}активную просветительскую деятельность.",
];

fn typesetter() -> Typesetter {
    Typesetter::new(Arc::new(FontBook::bundled()))
}

fn style(change: impl FnOnce(&mut TextStyle)) -> Arc<TextStyle> {
    let mut style = TextStyle { font_size: 14.0, lang: "ru".into(), ..TextStyle::default() };
    change(&mut style);
    Arc::new(style)
}

fn set(typesetter: &Typesetter, text: &str, style: &Arc<TextStyle>, width: f64, indent: f64, align: TextAlign) -> Vec<Line> {
    let align_last = if align == TextAlign::Justify { TextAlign::Left } else { align };
    let items = [Item::Text { text, style, raise: 0.0, tag: 7 }];
    let mut sink = Sink::new();
    let lines = typesetter.set(&items, &Setting { style, width, indent, align, align_last }, &mut sink);
    assert_eq!(sink.all(), []);
    lines
}

fn text(line: &Line) -> String {
    line.pieces.iter().map(|piece| if let Piece::Glyphs { run, .. } = piece { &*run.text } else { "" }).collect()
}

/// The lines as text, each with its stretch: by how much of its width a space differs from the natural one, in percent.
fn picture(lines: &[Line], width: f64) -> String {
    let mut out = String::new();
    for line in lines {
        let text = text(line).replace('\u{ad}', "‑").replace('\u{a0}', "·");
        out += &format!("{:>6.1} | {}\n", width - line.width, text.trim_end());
    }
    out
}

#[test]
fn russian_paragraphs_are_set_evenly_at_three_widths() {
    let typesetter = typesetter();
    let style = style(|style| style.hyphens = Hyphens::Auto);
    let mut out = String::new();
    for width in [480.0, 300.0, 160.0] {
        for paragraph in PARAGRAPHS {
            out += &format!("--- justified, {width} pt\n");
            out += &picture(&set(&typesetter, paragraph, &style, width, 35.4, TextAlign::Justify), width);
        }
    }
    insta::assert_snapshot!(out);
}
