//! How the cost of layout grows: pages of paragraphs and lists, rows of a table, elements in each
//! other.

use std::sync::Arc;

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use itog::diag::{Sink, Source};
use itog::files::Files;
use itog::internals::diag::Sources;
use itog::internals::font::FontBook;
use itog::internals::image::ImageStore;
use itog::internals::text::Typesetter;
use itog::internals::{boxes, layout, markup, style};

const SHEET: &str = "
    @page { size: A4; margin: 20mm }
    body { font: 12pt/1.3 'PT Serif'; text-align: justify; hyphens: auto; columns: 1 }
    table { border-collapse: collapse; width: 100% }
    td { border: 0.5pt solid; padding: 2pt; text-align: left }";

fn main() {
    divan::main();
}

/// From markup to pages; gives how many there are.
fn lay_out(typesetter: &Typesetter, body: &str) -> usize {
    let text =
        format!("<html lang='ru'><head><style>{SHEET}</style></head><body>{body}</body></html>");
    let (mut sink, mut sources) = (Sink::new(), Sources::default());
    sources.add(Source::new("bench.html", text.as_str()));
    let tree = markup::parse(&text, Arc::new(sources), &mut sink).unwrap();
    let styles = style::cascade(&tree, &[], &mut sink);
    let images = ImageStore::new(Files::bundled(&[]));
    let tree = boxes::build(&tree, &styles, &images, &mut sink);
    layout::layout(&tree, typesetter, &images, &mut sink).pages.len()
}

fn sentence(number: usize) -> String {
    format!(
        "Пункт {number}. Рекомендовать муниципальным библиотекам продолжить внедрение новых форм \
         работы, способствующих чтению."
    )
}

#[divan::bench(args = [10, 100, 1_000], sample_count = 5)]
fn pages(bencher: Bencher<'_, '_>, pages: usize) {
    let typesetter = Typesetter::new(Arc::new(FontBook::bundled()));
    let page = |number| {
        let points: String =
            (0..10).map(|i| format!("<li>{}</li>", sentence(number * 10 + i))).collect();
        let text: String = (0..8).map(sentence).collect::<Vec<_>>().join(" ");
        format!(
            "<section style='break-after: page'><h1>Раздел {number}</h1><p>{text}</p>\
             <ol>{points}</ol></section>"
        )
    };
    let body: String = (0..pages).map(page).collect();
    assert!(lay_out(&typesetter, &body) >= pages);
    bencher.counter(ItemsCount::new(pages)).bench(|| lay_out(&typesetter, black_box(&body)));
}

#[divan::bench(args = [100, 1_000, 10_000], sample_count = 5)]
fn table_rows(bencher: Bencher<'_, '_>, rows: usize) {
    let typesetter = Typesetter::new(Arc::new(FontBook::bundled()));
    let row = |number| {
        format!("<tr><td>{number}</td><td>{}</td><td>район {number}</td></tr>", sentence(number))
    };
    let body = format!("<table><tbody>{}</tbody></table>", (0..rows).map(row).collect::<String>());
    bencher.counter(ItemsCount::new(rows)).bench(|| lay_out(&typesetter, black_box(&body)));
}

#[divan::bench(args = [8, 32, 128], sample_count = 5)]
fn nested_blocks(bencher: Bencher<'_, '_>, depth: usize) {
    let typesetter = Typesetter::new(Arc::new(FontBook::bundled()));
    let body = format!(
        "{}{}{}",
        "<div style='padding-left: 1pt'>".repeat(depth),
        sentence(1),
        "</div>".repeat(depth)
    );
    bencher.counter(ItemsCount::new(depth)).bench(|| lay_out(&typesetter, black_box(&body)));
}
