//! Setting paragraphs: from cold, with shapes remembered, and a paragraph as long as a book.

use std::sync::Arc;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use itog::diag::Sink;
use itog::internals::font::FontBook;
use itog::internals::style::{Hyphens, TextAlign, TextStyle};
use itog::internals::text::{InlineItem, Setting, Typesetter};

const PARAGRAPH: &str = "Итоговый документ принят участниками межрегионального библиотечного \
    форума «Год литературы: библиотека в пространстве культуры», который прошёл 4–5 июня \
    2015\u{a0}г. в г.\u{a0}Кемерово. Участники отмечают высокий уровень подготовки и проведения \
    мероприятий, актуальность и практическую направленность обсуждавшихся вопросов, активное \
    участие муниципальных библиотек в реализации проектов по продвижению книги и чтения. \
    Рекомендовать органам местного самоуправления предусмотреть в бюджетах муниципальных \
    образований средства на комплектование библиотечных фондов. ";

fn main() {
    divan::main();
}

/// So many words of text; a word in seven is one that occurs once.
fn text(words: usize) -> String {
    let mut out = String::new();
    for (i, word) in
        PARAGRAPH.split(' ').filter(|word| !word.is_empty()).cycle().take(words).enumerate()
    {
        out += word;
        if i % 7 == 0 {
            let mut n = i;
            while n > 0 {
                out.push(char::from_u32(0x430 + (n % 32) as u32).unwrap_or('а'));
                n /= 32;
            }
        }
        out.push(' ');
    }
    out
}

fn style() -> Arc<TextStyle> {
    Arc::new(TextStyle {
        font_size: 14.0,
        hyphens: Hyphens::Auto,
        lang: "ru".into(),
        ..TextStyle::default()
    })
}

fn set(typesetter: &Typesetter, text: &str, style: &Arc<TextStyle>, align: TextAlign) -> usize {
    let items = [InlineItem::Text { text, style, raise: 0.0, tag: 0 }];
    let setting = Setting {
        style,
        width: 480.0,
        indent: 35.4,
        align,
        align_last: TextAlign::Left,
        tab_origin: 0.0,
    };
    typesetter.set(black_box(&items), &setting, &mut Sink::new()).len()
}

#[divan::bench]
fn open_bundled_fonts() -> usize {
    FontBook::bundled().len()
}

#[divan::bench(args = [TextAlign::Justify, TextAlign::Left])]
fn remembered_words(bencher: Bencher<'_, '_>, align: TextAlign) {
    let typesetter = Typesetter::new(Arc::new(FontBook::bundled()));
    let (style, words) = (style(), PARAGRAPH.split(' ').count());
    set(&typesetter, PARAGRAPH, &style, align);
    bencher.counter(ItemsCount::new(words)).bench(|| set(&typesetter, PARAGRAPH, &style, align));
}

#[divan::bench]
fn new_words(bencher: Bencher<'_, '_>) {
    let fonts = Arc::new(FontBook::bundled());
    let (style, words) = (style(), PARAGRAPH.split(' ').count());
    let input = || Typesetter::new(Arc::clone(&fonts));
    bencher
        .counter(ItemsCount::new(words))
        .with_inputs(input)
        .bench_refs(|typesetter| set(typesetter, PARAGRAPH, &style, TextAlign::Justify));
}

#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 10)]
fn one_long_paragraph(bencher: Bencher<'_, '_>, words: usize) {
    let typesetter = Typesetter::new(Arc::new(FontBook::bundled()));
    let (style, text) = (style(), text(words));
    bencher
        .counter(ItemsCount::new(words))
        .bench(|| set(&typesetter, &text, &style, TextAlign::Justify));
}
