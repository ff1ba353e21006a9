//! Promises of paragraphs that hold for any input: nothing is lost, lines fit, widths are exact.

use std::sync::{Arc, LazyLock};

use itog::diag::Sink;
use itog::internals::font::FontBook;
use itog::internals::style::{Family, Hyphens, TextAlign, TextStyle, WhiteSpace};
use itog::internals::text::{ContentSizes, InlineItem, Line, Piece, Setting, Typesetter};
use proptest::prelude::*;

static TYPESETTER: LazyLock<Typesetter> =
    LazyLock::new(|| Typesetter::new(Arc::new(FontBook::bundled())));

/// One item: text in one of some styles, or something else.
#[derive(Debug, Clone)]
enum Part {
    Text(String, usize),
    Edge(f64, u32),
    Object(f64),
    Break,
    Tab,
    Leader,
}

fn words() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => "[а-яё]{1,14}",
        2 => "[А-Я][а-я]{2,9}[,.:;!?»)]?",
        1 => "[a-zA-Z]{1,12}",
        1 => "[0-9]{1,5}[%₽]?",
        1 => "(fi|ffl|№\u{a0}11|из-за|A\u{301}|и\u{306}|ко\u{ad}фе|https://a\\.b/c/d|«да»|\
            \u{2011}|\u{202f}|\u{200b}|\u{2060}|—|10–15|½|шифр\u{ad})",
        1 => "[а-я]{20,60}",
    ];
    prop::collection::vec(
        (piece, prop_oneof![6 => Just(" "), 1 => Just("\u{a0}"), 1 => Just(""), 1 => Just("  ")]),
        0..30,
    )
    .prop_map(|words| {
        words.into_iter().flat_map(|(word, space)| [word, space.to_owned()]).collect()
    })
}

fn parts() -> impl Strategy<Value = Vec<Part>> {
    let part = prop_oneof![
        8 => (words(), 0..6_usize).prop_map(|(text, style)| Part::Text(text, style)),
        2 => (-2.0..6.0_f64, 0..4_u32).prop_map(|(width, tag)| Part::Edge(width, tag)),
        1 => (1.0..60.0_f64).prop_map(Part::Object),
        1 => Just(Part::Break),
        1 => Just(Part::Tab),
        1 => Just(Part::Leader),
    ];
    prop::collection::vec(part, 0..8)
}

fn styles(hyphens: Hyphens, overflow_wrap: bool) -> Vec<Arc<TextStyle>> {
    let base = TextStyle {
        font_size: 12.0,
        lang: "ru".into(),
        hyphens,
        overflow_wrap,
        ..TextStyle::default()
    };
    let family = |name: &str| Arc::from([Family::Named(name.into())]);
    [
        base.clone(),
        TextStyle { font_weight: 700, letter_spacing: 1.0, ..base.clone() },
        TextStyle { small_caps: true, font_family: family("Playfair Display"), ..base.clone() },
        TextStyle { font_family: family("Marck Script"), word_spacing: 2.0, ..base.clone() },
        TextStyle { letter_give: 0.02, glyph_scaling: 0.01, ..base.clone() },
        TextStyle { white_space: WhiteSpace::NoWrap, font_size: 9.0, ..base },
    ]
    .map(Arc::new)
    .into()
}

fn items<'a>(parts: &'a [Part], styles: &'a [Arc<TextStyle>]) -> Vec<InlineItem<'a>> {
    let item = |(tag, part): (usize, &'a Part)| match part {
        Part::Text(text, style) => {
            InlineItem::Text { text, style: &styles[*style], raise: 0.0, tag: tag as u32 }
        }
        Part::Edge(width, tag) => InlineItem::Edge { width: *width, tag: 1000 + tag },
        Part::Object(width) => {
            InlineItem::Object { width: *width, ascent: 8.0, descent: 2.0, tag: tag as u32 }
        }
        Part::Break => InlineItem::Break,
        Part::Tab => InlineItem::Tab { style: &styles[0], tag: 0 },
        Part::Leader => InlineItem::Leader { pattern: ".", style: &styles[0], tag: 999 },
    };
    parts.iter().enumerate().map(item).collect()
}

fn text(lines: &[Line]) -> String {
    let pieces = lines.iter().flat_map(|line| &line.pieces);
    pieces
        .map(
            |piece| {
                if let Piece::Glyphs { tag: 0..999, run, .. } = piece { &*run.text } else { "" }
            },
        )
        .collect::<String>()
        .replace('\u{ad}', "")
}

/// How many edges, objects there are.
fn others(lines: &[Line]) -> usize {
    lines
        .iter()
        .flat_map(|line| &line.pieces)
        .filter(|piece| !matches!(piece, Piece::Glyphs { .. }))
        .count()
}

fn align() -> impl Strategy<Value = TextAlign> {
    prop_oneof![
        Just(TextAlign::Left),
        Just(TextAlign::Right),
        Just(TextAlign::Center),
        Just(TextAlign::Justify)
    ]
}

fn hyphens() -> impl Strategy<Value = Hyphens> {
    prop_oneof![Just(Hyphens::None), Just(Hyphens::Manual), Just(Hyphens::Auto)]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost(
        parts in parts(),
        width in 1.0..500.0_f64,
        indent in -20.0..60.0_f64,
        align in align(),
        align_last in align(),
        hyphens in hyphens(),
        overflow_wrap: bool,
    ) {
        let styles = styles(hyphens, overflow_wrap);
        let style = &styles[0];
        let setting = Setting { style, width, indent, align, align_last, tab_origin: 0.0 };
        let mut sink = Sink::new();
        let lines = TYPESETTER.set(&items(&parts, &styles), &setting, &mut sink);
        prop_assert_eq!(sink.all(), []);
        let input: String = parts
            .iter()
            .map(|part| if let Part::Text(text, _) = part { text } else { "" })
            .collect();
        prop_assert_eq!(text(&lines), input.replace('\u{ad}', ""));
        prop_assert_eq!(
            others(&lines),
            parts.iter().filter(|part| matches!(part, Part::Edge(..) | Part::Object(_))).count()
        );
        for line in &lines {
            for piece in &line.pieces {
                if let Piece::Glyphs { width, run, .. } = piece {
                    prop_assert!((run.width() - width).abs() < 1e-6);
                    for glyph in run.glyphs.iter() {
                        prop_assert!(
                            glyph.id != 0 && run.text.is_char_boundary(glyph.cluster as usize)
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn lines_fit_and_end_where_they_say(
        text in words(),
        width in 60.0..500.0_f64,
        align in align(),
        hyphens in hyphens(),
        style in 0..5_usize,
    ) {
        let styles = styles(hyphens, false);
        let style = &styles[style];
        let items = [InlineItem::Text { text: &text, style, raise: 0.0, tag: 0 }];
        let (indent, align_last, tab_origin) = (0.0, align, 0.0);
        let setting = Setting { style, width, indent, align, align_last, tab_origin };
        let lines = TYPESETTER.set(&items, &setting, &mut Sink::new());
        for line in &lines {
            let start = line.pieces.iter().find_map(|piece| {
                if let Piece::Glyphs { x, .. } = piece { Some(*x) } else { None }
            });
            let end = line
                .pieces
                .iter()
                .filter_map(|piece| {
                    if let Piece::Glyphs { x, width, .. } = piece { Some(x + width) } else { None }
                })
                .next_back();
            let (Some(start), Some(end)) = (start, end) else { continue };
            let over = line.overfull.unwrap_or(0.0);
            prop_assert!(start >= 0.0 && end <= width + over + 0.002, "{start}..{end} in {width}");
            prop_assert!(over <= line.width);
            if align == TextAlign::Right && over == 0.0 {
                prop_assert!((end - width).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn the_widest_is_one_line_and_the_narrowest_does_not_overflow(
        parts in parts(),
        hyphens in hyphens(),
    ) {
        let parts: Vec<Part> = parts
            .into_iter()
            .filter(|part| !matches!(part, Part::Tab | Part::Leader | Part::Edge(..)))
            .collect();
        let styles = styles(hyphens, false);
        let items = items(&parts, &styles);
        let ContentSizes { min, max } = TYPESETTER.content_sizes(&items);
        prop_assert!(min <= max + 1e-6);
        let at = |width: f64| {
            let setting = Setting {
                style: &styles[0],
                width,
                indent: 0.0,
                align: TextAlign::Left,
                align_last: TextAlign::Left,
                tab_origin: 0.0,
            };
            TYPESETTER.set(&items, &setting, &mut Sink::new())
        };
        let forced = parts.iter().filter(|part| matches!(part, Part::Break)).count();
        prop_assert!(at(max + 1e-3).len() <= forced + 1);
        prop_assert!(
            at(min + 1e-3).iter().all(|line| line.overfull.is_none_or(|over| over < 0.01))
        );
    }
}
