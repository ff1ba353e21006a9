//! Paragraphs, from the outside: line breaks as pictures in text, and one promise a test.

use std::sync::Arc;

use itog::diag::{Diagnostic, Sink};
use itog::internals::font::FontBook;
use itog::internals::style::{Family, Hyphens, LineHeight, TextAlign, TextStyle, WhiteSpace};
use itog::internals::text::{ContentSizes, GlyphRun, InlineItem, Line, Piece, Setting, Typesetter};

const PARAGRAPHS: [&str; 3] = [
    "Итоговый документ принят участниками межрегионального библиотечного форума «Год литературы: \
     библиотека в пространстве культуры», который прошёл 4–5 июня 2015\u{a0}г. в г.\u{a0}Кемерово. \
     Участники отмечают высокий уровень подготовки и проведения мероприятий, актуальность и \
     практическую направленность обсуждавшихся вопросов, активное участие муниципальных библиотек \
     в реализации проектов по продвижению книги и чтения.",
    "Рекомендовать органам местного самоуправления предусмотреть в бюджетах муниципальных \
     образований средства на комплектование библиотечных фондов, подписку на периодические издания \
     и модернизацию материально-технической базы общедоступных библиотек из-за их особого \
     социокультурного значения.",
    "Выразить благодарность директору Севской модельной библиотеки-филиала №\u{a0}22 за \
     многолетний добросовестный труд, значительный вклад в развитие библиотечного дела \
     и\u{a0}активную просветительскую деятельность.",
];

fn typesetter() -> Typesetter {
    Typesetter::new(Arc::new(FontBook::bundled()))
}

fn style(change: impl FnOnce(&mut TextStyle)) -> Arc<TextStyle> {
    let mut style = TextStyle { font_size: 14.0, lang: "ru".into(), ..TextStyle::default() };
    change(&mut style);
    Arc::new(style)
}

fn plain() -> Arc<TextStyle> {
    style(|_| {})
}

fn item<'a>(text: &'a str, style: &'a Arc<TextStyle>) -> InlineItem<'a> {
    InlineItem::Text { text, style, raise: 0.0, tag: 7 }
}

/// Sets items and expects no faults. Justified text has its last line to the left.
fn set_items(
    items: &[InlineItem<'_>],
    style: &Arc<TextStyle>,
    width: f64,
    align: TextAlign,
) -> Vec<Line> {
    let align_last = if align == TextAlign::Justify { TextAlign::Left } else { align };
    let mut sink = Sink::new();
    let lines = typesetter().set(
        items,
        &Setting { style, width, indent: 0.0, align, align_last, tab_origin: 0.0 },
        &mut sink,
    );
    assert_eq!(sink.all(), []);
    lines
}

fn set(text: &str, style: &Arc<TextStyle>, width: f64, align: TextAlign) -> Vec<Line> {
    set_items(&[item(text, style)], style, width, align)
}

fn runs(line: &Line) -> impl Iterator<Item = (f64, &GlyphRun)> {
    line.pieces.iter().filter_map(|piece| {
        if let Piece::Glyphs { x, run, .. } = piece { Some((*x, run)) } else { None }
    })
}

fn text(line: &Line) -> String {
    runs(line).map(|(_, run)| &*run.text).collect()
}

fn texts(lines: &[Line]) -> Vec<String> {
    lines.iter().map(|line| text(line).trim_end_matches(' ').to_owned()).collect()
}

/// Where the last glyph with a width ends.
fn right_edge(line: &Line) -> f64 {
    runs(line).last().map_or(0.0, |(x, run)| x + run.width())
}

/// The width of one line of text.
fn width(text: &str, style: &Arc<TextStyle>) -> f64 {
    set(text, style, 10_000.0, TextAlign::Left)[0].width
}

fn fault(text: &str, style: &Arc<TextStyle>) -> Diagnostic {
    let mut faults = Vec::new();
    let setting = Setting {
        style,
        width: 300.0,
        indent: 0.0,
        align: TextAlign::Left,
        align_last: TextAlign::Left,
        tab_origin: 0.0,
    };
    typesetter().set(&[item(text, style)], &setting, &mut |tag, fault| faults.push((tag, fault)));
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert_eq!(faults[0].0, 7);
    faults.remove(0).1
}

/// The lines as text, each with what is missing to the measure before its spaces are stretched.
fn picture(lines: &[Line], width: f64) -> String {
    let mut out = String::new();
    for line in lines {
        let text = text(line).replace('\u{ad}', "‑").replace('\u{a0}', "·");
        let start = runs(line).next().map_or(0.0, |(x, _)| x);
        out += &format!("{:>6.1} | {}\n", width - start - line.width, text.trim_end());
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
            let setting = Setting {
                style: &style,
                width,
                indent: 35.4,
                align: TextAlign::Justify,
                align_last: TextAlign::Left,
                tab_origin: 0.0,
            };
            out += &picture(
                &typesetter.set(&[item(paragraph, &style)], &setting, &mut Sink::new()),
                width,
            );
        }
    }
    insta::assert_snapshot!(out);
}

#[test]
fn left_aligned_text_breaks_as_browsers_break_it() {
    let lines = set(PARAGRAPHS[0], &plain(), 300.0, TextAlign::Left);
    insta::assert_snapshot!(picture(&lines, 300.0));
}

#[test]
fn centred_text_leaves_no_word_alone() {
    let style = plain();
    let title = "О проведении межрегионального библиотечного форума «Год литературы»";
    let width = width(title, &style) - 10.0;
    let greedy = texts(&set(title, &style, width, TextAlign::Left));
    assert_eq!(greedy[1], "литературы»");
    assert_eq!(
        texts(&set(title, &style, width, TextAlign::Center)),
        ["О проведении межрегионального", "библиотечного форума «Год литературы»"]
    );
}

#[test]
fn justified_lines_end_at_the_measure_exactly() {
    let style = style(|style| style.hyphens = Hyphens::Auto);
    for paragraph in PARAGRAPHS {
        let lines = set(paragraph, &style, 300.0, TextAlign::Justify);
        for line in &lines[..lines.len() - 1] {
            assert!(
                (right_edge(line) - 300.0).abs() < 1e-9,
                "{}: {}",
                text(line),
                right_edge(line)
            );
        }
    }
}

#[test]
fn letters_of_justified_lines_take_their_part_of_the_slack() {
    let scalings = |style: &Arc<TextStyle>| {
        let mut scalings = Vec::new();
        for paragraph in PARAGRAPHS {
            let lines = set(paragraph, style, 300.0, TextAlign::Justify);
            for line in &lines[..lines.len() - 1] {
                assert!((right_edge(line) - 300.0).abs() < 1e-9, "{}", text(line));
                assert_eq!(line.overfull, None, "{}", text(line));
                scalings.extend(runs(line).map(|(_, run)| run.scaling));
            }
        }
        scalings
    };
    // Letters are drawn out by as much as is allowed, and pressed together by half of that.
    let scaled = scalings(&style(|style| style.glyph_scaling = 0.01));
    assert!(scaled.iter().all(|scaling| (0.995..=1.01).contains(scaling)), "{scaled:?}");
    assert!(scaled.iter().any(|scaling| *scaling > 1.0), "{scaled:?}");
    assert!(scaled.iter().any(|scaling| *scaling < 1.0), "{scaled:?}");
    let moved = scalings(&style(|style| style.letter_give = 0.01));
    assert!(moved.iter().all(|scaling| *scaling == 1.0), "{moved:?}");
}

#[test]
fn no_break_spaces_stretch_like_spaces() {
    let style = plain();
    let lines =
        set("в г.\u{a0}Кемерово прошёл форум «Год литературы»", &style, 175.0, TextAlign::Justify);
    let run = runs(&lines[0]).next().unwrap().1;
    let space = |c: char| {
        run.glyphs.iter().find(|g| run.text[g.cluster as usize..].starts_with(c)).unwrap().advance
    };
    assert!((space(' ') - space('\u{a0}')).abs() < 1e-9);
    assert!(space(' ') > 3.6, "{}", space(' '));
}

#[test]
fn right_and_centre_share_the_free_room() {
    let style = plain();
    let width = width("слово", &style);
    for (align, left) in [
        (TextAlign::Left, 0.0),
        (TextAlign::Center, (100.0 - width) / 2.0),
        (TextAlign::Right, 100.0 - width),
    ] {
        let lines = set("слово", &style, 100.0, align);
        assert!((runs(&lines[0]).next().unwrap().0 - left).abs() < 1e-9);
    }
}

#[test]
fn indents_shorten_the_first_line_or_all_others() {
    let starts = |hanging| {
        let style = style(|style| style.text_indent_hanging = hanging);
        let setting = Setting {
            style: &style,
            width: 200.0,
            indent: 35.0,
            align: TextAlign::Left,
            align_last: TextAlign::Left,
            tab_origin: 0.0,
        };
        let lines = typesetter().set(&[item(PARAGRAPHS[2], &style)], &setting, &mut Sink::new());
        lines.iter().for_each(|line| assert!(right_edge(line) <= 200.0 + 1e-9));
        lines.iter().map(|line| runs(line).next().unwrap().0).take(3).collect::<Vec<_>>()
    };
    assert_eq!(starts(false), [35.0, 0.0, 0.0]);
    assert_eq!(starts(true), [0.0, 35.0, 35.0]);
}

#[test]
fn kerning_is_in_the_widths() {
    let style = plain();
    assert!(width("AV", &style) < width("A", &style) + width("V", &style) - 1.0);
    assert!(width("ГО", &style) <= width("Г", &style) + width("О", &style));
}

#[test]
fn line_height_is_exact() {
    let height = |value| {
        let style = style(|style| style.line_height = value);
        set("слово", &style, 100.0, TextAlign::Left)[0].height()
    };
    assert_eq!(height(LineHeight::Number(1.5)), 21.0);
    assert_eq!(height(LineHeight::Length(20.0)), 20.0);
    // Liberation Serif: ascent 1825, descent 443, line gap 87 of 2048.
    assert!((height(LineHeight::Normal) - 14.0 * (1825.0 + 443.0 + 87.0) / 2048.0).abs() < 1e-9);
}

#[test]
fn a_raised_item_and_an_object_make_room() {
    let style = style(|style| style.line_height = LineHeight::Number(1.0));
    let base = &set("слово", &style, 100.0, TextAlign::Left)[0];
    let raised = InlineItem::Text { text: "1", style: &style, raise: 5.0, tag: 1 };
    let line = &set_items(&[item("слово", &style), raised], &style, 100.0, TextAlign::Left)[0];
    assert!((line.ascent - base.ascent - 5.0).abs() < 1e-9);
    assert_eq!(line.descent, base.descent);
    let object = InlineItem::Object { width: 10.0, ascent: 30.0, descent: 1.0, tag: 1 };
    let line = &set_items(&[item("слово", &style), object], &style, 100.0, TextAlign::Left)[0];
    assert_eq!((line.ascent, line.descent), (30.0, base.descent));
    assert!(
        matches!(line.pieces[..], [_, Piece::Object { x, tag: 1 }] if (x - base.width).abs() < 1e-9)
    );
}

#[test]
fn soft_hyphens_show_only_where_a_line_ends() {
    let style = plain();
    assert_eq!(
        width("ре\u{ad}ко\u{ad}мен\u{ad}да\u{ad}ция", &style),
        width("рекомендация", &style)
    );
    let lines = set("ре\u{ad}ко\u{ad}мен\u{ad}да\u{ad}ция", &style, 60.0, TextAlign::Left);
    assert_eq!(texts(&lines), ["рекомен\u{ad}", "дация"]);
    let run = runs(&lines[0]).next().unwrap().1;
    assert_eq!(run.glyphs.len(), 8);
    assert_eq!(run.glyphs[7].cluster as usize, "рекомен".len());
    assert!(lines[0].hyphenated && !lines[1].hyphenated);
    let never = self::style(|style| style.hyphens = Hyphens::None);
    assert_eq!(texts(&set("ре\u{ad}комендация", &never, 60.0, TextAlign::Left)), ["рекомендация"]);
}

#[test]
fn faces_that_lack_spaces_and_hyphens_make_do() {
    for family in ["Marck Script", "PT Serif", "Playfair Display", "Liberation Serif"] {
        let style = style(|style| style.font_family = [Family::Named(family.into())].into());
        let lines =
            set("5\u{202f}000\u{a0}лет\u{2009}и 1\u{2011}й", &style, 1000.0, TextAlign::Left);
        let runs: Vec<_> = runs(&lines[0]).collect();
        assert_eq!(runs.len(), 1, "{family}: all in one face");
        let run = runs[0].1;
        assert_eq!(
            run.glyphs.len(),
            run.text.chars().count(),
            "{family}: one glyph for each character"
        );
        assert!(run.glyphs.iter().all(|glyph| glyph.id != 0 && glyph.advance > 0.0));
        let advance = |c: char| {
            run.glyphs
                .iter()
                .find(|g| run.text[g.cluster as usize..].starts_with(c))
                .unwrap()
                .advance
        };
        assert!(advance('\u{202f}') < advance(' ').max(3.5), "{family}: a thin space is thin");
    }
}

#[test]
fn a_character_that_the_face_lacks_comes_from_another() {
    let style = plain();
    let lines = set("100 ₽ и", &style, 1000.0, TextAlign::Left);
    let faces: Vec<_> = runs(&lines[0])
        .map(|(_, run)| (FontBook::bundled().face(run.face).family.clone(), run.text.to_string()))
        .collect();
    let expected = [("Liberation Serif", "100 "), ("PT Serif", "₽"), ("Liberation Serif", " и")];
    assert_eq!(faces, expected.map(|(family, text)| (family.to_owned(), text.to_owned())));
}

#[test]
fn combining_marks_stay_with_their_base() {
    let style = plain();
    // и + U+0306 is й, and is set as й.
    assert_eq!(width("и\u{306}", &style), width("й", &style));
    let lines = set("за\u{301}мок", &style, 1000.0, TextAlign::Left);
    assert_eq!(runs(&lines[0]).count(), 1);
    assert!((lines[0].width - width("замок", &style)).abs() < 1e-9);
}

#[test]
fn a_character_that_no_face_has_is_an_error() {
    let fault = fault("Слово лотос 🪷 в тексте", &plain());
    assert_eq!(fault.code(), "missing-glyph");
    assert_eq!(
        fault.message(),
        "no face has the character «🪷» (U+1FAB7) in “Слово лотос 🪷 в тексте”"
    );
    assert!(
        fault.hints()[0].starts_with("faces tried: Liberation Serif, PT Serif"),
        "{:?}",
        fault.hints()
    );
}

#[test]
fn a_family_that_is_not_there_is_a_warning() {
    let fault = fault(
        "слово",
        &style(|style| style.font_family = [Family::Named("Proxima Nova".into())].into()),
    );
    assert_eq!(fault.code(), "font-family");
    assert_eq!(fault.message(), "the family `Proxima Nova` is not there; Liberation Serif is used");
}

#[test]
fn small_capitals_keep_their_text() {
    for family in ["Liberation Serif", "Playfair Display"] {
        let plain = style(|style| style.font_family = [Family::Named(family.into())].into());
        let style = style(|style| {
            style.font_family = [Family::Named(family.into())].into();
            style.small_caps = true;
        });
        let lines = set("Благодарность fi", &style, 1000.0, TextAlign::Left);
        assert_eq!(text(&lines[0]), "Благодарность fi", "{family}");
        assert_ne!(lines[0].width, width("Благодарность fi", &plain));
        assert!(lines[0].width < width("БЛАГОДАРНОСТЬ FI", &plain));
    }
}

#[test]
fn letter_spacing_stands_between_letters_and_not_after_them() {
    let spaced = style(|style| style.letter_spacing = 2.0);
    assert!(
        (width("ТЕКСТ", &spaced) - width("ТЕКСТ", &plain()) - 8.0).abs() < 1.0,
        "kerning aside"
    );
    let lines = set("ТЕКСТ", &spaced, 100.0, TextAlign::Right);
    assert!((right_edge(&lines[0]) - 100.0).abs() < 1e-9);
    let worded = style(|style| style.word_spacing = 5.0);
    assert!((width("и я\u{a0}и", &worded) - width("и я\u{a0}и", &plain()) - 10.0).abs() < 1e-9);
}

#[test]
fn edges_stay_with_the_box_that_they_belong_to() {
    let style = plain();
    let edge = |tag| InlineItem::Edge { width: 3.0, tag };
    let items = [
        item("слово ", &style),
        edge(1),
        item("жирное ", &style),
        edge(1),
        edge(2),
        item("следом", &style),
        edge(2),
    ];
    let lines = set_items(&items, &style, 90.0, TextAlign::Left);
    let edges: Vec<Vec<u32>> = lines
        .iter()
        .map(|line| {
            line.pieces
                .iter()
                .filter_map(
                    |piece| if let Piece::Edge { tag, .. } = piece { Some(*tag) } else { None },
                )
                .collect()
        })
        .collect();
    assert_eq!(texts(&lines), ["слово жирное", "следом"]);
    assert_eq!(edges, [vec![1, 1], vec![2, 2]]);
    let base = width("слово жирное", &style);
    assert!((lines[0].width - base - 6.0).abs() < 1e-9);
}

#[test]
fn nothing_breaks_where_white_space_forbids_it() {
    for white_space in [WhiteSpace::NoWrap, WhiteSpace::Pre] {
        let style = style(|style| style.white_space = white_space);
        let lines = set("одна длинная строка", &style, 50.0, TextAlign::Left);
        assert_eq!(lines.len(), 1);
        let over = lines[0].overfull.unwrap();
        assert!((over - (lines[0].width - 50.0)).abs() < 1e-9);
    }
}

#[test]
fn a_long_word_sticks_out_or_is_cut() {
    let style = plain();
    let lines = set("и достопримечательность и", &style, 60.0, TextAlign::Justify);
    assert_eq!(texts(&lines), ["и", "достопримечательность", "и"]);
    assert!(lines[1].overfull.is_some() && lines[0].overfull.is_none());
    let cut = self::style(|style| style.overflow_wrap = true);
    for align in [TextAlign::Left, TextAlign::Justify, TextAlign::Center] {
        let lines = set("и достопримечательность и", &cut, 60.0, align);
        assert!(lines.iter().all(|line| line.overfull.is_none() && !line.hyphenated));
        assert_eq!(texts(&lines).concat().replace(' ', ""), "идостопримечательностьи");
    }
}

#[test]
fn forced_breaks_end_lines_and_begin_none() {
    let style = plain();
    let lines =
        |items: &[InlineItem<'_>]| texts(&set_items(items, &style, 100.0, TextAlign::Justify));
    assert_eq!(lines(&[]), Vec::<String>::new());
    assert_eq!(lines(&[InlineItem::Break]), [""]);
    assert_eq!(lines(&[item("раз", &style), InlineItem::Break]), ["раз"]);
    assert_eq!(
        lines(&[item("раз", &style), InlineItem::Break, InlineItem::Break, item("два", &style)]),
        ["раз", "", "два"]
    );
    let blank = &set("\u{a0}", &style, 100.0, TextAlign::Left)[0];
    assert!(blank.height() > 14.0 && blank.width > 3.0);
    let empty = &set_items(&[InlineItem::Break], &style, 100.0, TextAlign::Left)[0];
    assert!(empty.height() > 14.0);
    assert_eq!(
        set_items(&[InlineItem::Edge { width: 0.0, tag: 1 }], &style, 100.0, TextAlign::Left)[0]
            .height(),
        0.0
    );
}

#[test]
fn tabs_go_to_the_next_stop() {
    let style = style(|style| style.tab_size = 40.0);
    let items = [
        item("раз", &style),
        InlineItem::Tab { style: &style, tag: 0 },
        item("два", &style),
        InlineItem::Tab { style: &style, tag: 0 },
        item("три", &style),
    ];
    let lines = set_items(&items, &style, 300.0, TextAlign::Left);
    assert_eq!(runs(&lines[0]).map(|(x, _)| x).collect::<Vec<_>>(), [0.0, 40.0, 80.0]);
    let narrow = set_items(&items, &style, 90.0, TextAlign::Left);
    assert_eq!(narrow.len(), 2);
}

#[test]
fn a_leader_fills_the_line_in_columns() {
    let style = plain();
    let entry = |title: &str, page: &str| {
        let leader = InlineItem::Leader { pattern: " .", style: &style, tag: 9 };
        let lines = set_items(
            &[item(title, &style), leader, item(page, &style)],
            &style,
            200.0,
            TextAlign::Justify,
        );
        assert_eq!(lines.len(), 1);
        assert!((right_edge(&lines[0]) - 200.0).abs() < 1e-9, "{}", right_edge(&lines[0]));
        let (x, run) = runs(&lines[0]).nth(1).map(|(x, run)| (x, run.clone())).unwrap();
        assert!(run.text.starts_with(" . . ."));
        (200.0 - x) % (run.width() / (run.text.len() / 2) as f64)
    };
    let (first, second) = (entry("Преамбула", "1"), entry("Рекомендации форума", "12"));
    assert!((first - second).abs() < 1e-6, "{first} {second}");
}

#[test]
fn narrowest_and_widest_are_words_and_lines() {
    let style = plain();
    let typesetter = typesetter();
    let ContentSizes { min, max } = typesetter.content_sizes(&[
        item("в библиотеке тихо", &style),
        InlineItem::Break,
        item("очень", &style),
    ]);
    assert!((min - width("библиотеке", &style)).abs() < 1e-9);
    assert!((max - width("в библиотеке тихо", &style)).abs() < 1e-9);
    assert_eq!(
        typesetter
            .set(
                &[item("в библиотеке тихо", &style)],
                &Setting {
                    style: &style,
                    width: max,
                    indent: 0.0,
                    align: TextAlign::Left,
                    align_last: TextAlign::Left,
                    tab_origin: 0.0,
                },
                &mut Sink::new()
            )
            .len(),
        1
    );
}

#[test]
fn threads_get_the_same_lines() {
    let typesetter = typesetter();
    let style = style(|style| style.hyphens = Hyphens::Auto);
    let one = || {
        let mut all = Vec::new();
        for width in 20..60 {
            for paragraph in PARAGRAPHS {
                let width = f64::from(width) * 8.0;
                let setting = Setting {
                    style: &style,
                    width,
                    indent: 20.0,
                    align: TextAlign::Justify,
                    align_last: TextAlign::Left,
                    tab_origin: 0.0,
                };
                let lines = typesetter.set(&[item(paragraph, &style)], &setting, &mut Sink::new());
                all.push(format!("{lines:?}"));
            }
        }
        all
    };
    let results: Vec<_> = std::thread::scope(|scope| {
        (0..4)
            .map(|_| scope.spawn(one))
            .collect::<Vec<_>>()
            .into_iter()
            .map(|t| t.join().unwrap())
            .collect()
    });
    assert!(results.windows(2).all(|pair| pair[0] == pair[1]));
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&typesetter);
}
