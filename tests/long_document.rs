//! A document of three hundred pages with every feature loses no word: each is on some page once,
//! within it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use itog::diag::{Sink, Source};
use itog::files::Files;
use itog::internals::diag::Sources;
use itog::internals::font::FontBook;
use itog::internals::image::ImageStore;
use itog::internals::layout::{Mark, Paint};
use itog::internals::text::Typesetter;
use itog::internals::{boxes, layout, markup, style};

const SHEET: &str = "
    @page { size: A5; margin: 15mm 12mm; @top-center { content: string(part) ' · ' counter(page) } }
    @page wide { size: A5 landscape }
    body { font: 10pt/1.3 'PT Serif'; text-align: justify; hyphens: auto; counter-reset: part }
    h1 { counter-increment: part; string-set: part content(); break-before: page }
    h1::before { content: counter(part) '. ' }
    table { border-collapse: collapse; width: 100% } td, th { border: 0.5pt solid; padding: 2pt }
    .columns { columns: 2; column-rule: 0.5pt solid; column-gap: 6mm }
    .row { display: flex; gap: 4mm; justify-content: space-between } .row p { flex: 1 }
    .note { float: footnote }
    .boxed { border: 1pt solid; padding: 4pt; background: #eee; box-decoration-break: clone }
    .placed { position: relative; height: 20mm }
    .placed p { position: absolute; right: 0; bottom: 0; width: 40mm; margin: 0 }
    .wide { page: wide } .kept { break-inside: avoid }
    .turned { display: inline-block; transform: rotate(90deg) }
    .contents a::after { content: leader('.') target-counter(attr(href), page) }
    .leader::after { content: leader(' .') 'конец' }
    .fit { width: 60mm; -itog-fit: shrink; -itog-fit-min: 60% }";

/// Words that are told apart, and not hyphenated.
struct Words(usize);

impl Words {
    fn some(&mut self, count: usize) -> String {
        (0..count).fold(String::new(), |mut text, _| {
            self.0 += 1;
            let _ = write!(text, "{}w{}", if text.is_empty() { "" } else { " " }, self.0);
            text
        })
    }

    /// A part with every feature; parts differ in how long their pieces are.
    fn part(&mut self, number: usize) -> String {
        let mut w =
            |least: usize, more: usize| self.some(least + (number * 7 + least * 3) % (more + 1));
        let rows: String = (0..6)
            .map(|i| {
                format!("<tr><td rowspan='1'>{}</td><td>{}</td></tr>", w(1, 6), w(3, 30 + i * 10))
            })
            .collect();
        format!(
            "<h1 id='part{number}'>{}</h1>\
             <p>{}<span class='note'>{}</span> {} <b>{}</b> <i>{}</i></p>\
             <ol><li>{}</li><li><p>{}</p>\
             <ul><li>{}</li><li>{}<ol start='5'><li>{}</li></ol></li></ul></li></ol>\
             <table><caption>{}</caption><thead><tr><th>x</th><th>x</th></tr></thead>\
             <tbody>{rows}<tr><td colspan='2'>{}</td></tr></tbody></table>\
             <div class='columns'><p>{}</p><h2>{}</h2><p>{}</p></div>\
             <div class='row'><p>{}</p><p>{}</p></div>\
             <div class='boxed'>{}<div class='boxed'>{}</div></div>\
             <div class='placed'><p>{}</p>{}</div>\
             <dl><dt>{}</dt><dd>{}</dd></dl>\
             <p class='leader'>{}</p><p class='fit'>{}</p><div class='kept'>{}</div>\
             <blockquote>{}</blockquote><pre>{}</pre><p style='text-align: center'>{}</p>\
             <p>{} <span class='turned'>{}</span></p>\
             <section class='wide'><h2>{}</h2><p style='columns: 3'>{}</p></section>",
            w(2, 3),
            w(60, 200),
            w(4, 20),
            w(20, 60),
            w(2, 4),
            w(2, 4),
            w(5, 60),
            w(5, 80),
            w(3, 20),
            w(3, 9),
            w(3, 40),
            w(2, 4),
            w(5, 30),
            w(60, 200),
            w(2, 2),
            w(60, 100),
            w(5, 30),
            w(5, 60),
            w(30, 200),
            w(30, 90),
            w(3, 5),
            w(5, 10),
            w(1, 2),
            w(10, 40),
            w(2, 3),
            w(12, 6),
            w(40, 100),
            w(20, 90),
            w(4, 3),
            w(3, 4),
            w(10, 20),
            w(1, 0),
            w(2, 2),
            w(100, 100),
        )
    }
}

#[test]
fn three_hundred_pages_lose_no_word() {
    let mut words = Words(0);
    let parts: String = (0..46).map(|number| words.part(number)).collect();
    let contents: String =
        (0..46).map(|number| format!("<p><a href='#part{number}'>x</a></p>")).collect();
    let text = format!(
        "<html lang='ru'><head><style>{SHEET}</style></head><body>\
         <div class='contents'>{contents}</div>{parts}</body></html>"
    );

    let (mut sink, mut sources, files) = (Sink::new(), Sources::default(), Files::bundled(&[]));
    sources.add(Source::new("long.html", text.as_str()));
    let tree = markup::parse(&text, Arc::new(sources), &mut sink).unwrap();
    let styles = style::cascade(&tree, &[], &mut sink);
    let images = ImageStore::new(files);
    let tree = boxes::build(&tree, &styles, &images, &mut sink);
    let pages =
        layout::layout(&tree, &Typesetter::new(Arc::new(FontBook::bundled())), &images, &mut sink);
    assert!(
        sink.all().iter().all(|fault| matches!(fault.code(), "fit-wrapped" | "fit-shrunk")),
        "{:?}",
        sink.all()
    );
    assert!(pages.pages.len() >= 300, "{} pages", pages.pages.len());

    let mut found: BTreeMap<usize, usize> = BTreeMap::new();
    for (number, page) in pages.pages.iter().enumerate() {
        let mut turns = 0;
        for item in &page.items {
            match &item.paint {
                Paint::PushTransform(_) => turns += 1,
                Paint::Pop => turns -= i32::from(turns > 0),
                Paint::Glyphs { x, y, run, .. } if matches!(item.mark, Mark::Content { .. }) => {
                    let known = run
                        .text
                        .split(|c: char| !c.is_alphanumeric())
                        .filter_map(|word| word.strip_prefix('w')?.parse().ok());
                    known.for_each(|word| *found.entry(word).or_default() += 1);
                    let within = (0.0..=page.width).contains(x) && (0.0..=page.height).contains(y);
                    assert!(turns > 0 || within, "page {}: {:?} at {x} {y}", number + 1, run.text);
                }
                _ => {}
            }
        }
    }
    let wrong: Vec<_> = (1..=words.0)
        .filter(|word| found.get(word) != Some(&1))
        .map(|word| (word, found.get(&word)))
        .collect();
    assert_eq!(wrong, [], "of {} words on {} pages", words.0, pages.pages.len());
}
