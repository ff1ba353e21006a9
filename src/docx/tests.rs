//! What is written by a plan is what is written from the beginning.

use std::sync::Arc;

use super::plan::MetShape;
use super::{DocxOptions, DocxSetup, Shared};
use crate::boxes::{self, BoxTree};
use crate::diag::{Sink, Sources};
use crate::files::Files;
use crate::font::FontBook;
use crate::image::ImageStore;
use crate::markup;
use crate::sizing::Typesetter;
use crate::style::StyleCache;

/// A sheet whose second cell is measured, whose box at a place of its own says what is in it, and
/// whose name and reason stand in one run each.
fn sheet(name: &str, reason: &str, cell: &str, placed: &str) -> String {
    format!(
        "<html lang='ru'><head><title>Благодарность: {name}</title></head><body>\
         <h1 style='hyphens: auto'>{name}</h1>\
         <p style='hyphens: auto' data-control='Имя'>{name}</p>\
         <p style='white-space: nowrap'>{reason}</p>\
         <table><tr><td>один</td><td>{cell}</td></tr></table>\
         <div style='position: absolute; left: 10mm; top: 10mm; width: 60mm'>{placed}</div>\
         </body></html>"
    )
}

struct Writer {
    styles: StyleCache,
    images: ImageStore,
    typesetter: Arc<Typesetter>,
}

impl Writer {
    fn new() -> Self {
        let typesetter = Arc::new(Typesetter::new(Arc::new(FontBook::bundled())));
        let images = ImageStore::new(Files::memory([]));
        Self { styles: StyleCache::default(), images, typesetter }
    }

    fn tree(&self, markup: &str) -> BoxTree {
        let mut sink = Sink::new();
        let tree = markup::parse(markup, Arc::new(Sources::default()), &mut sink).unwrap();
        let styles = self.styles.cascade(&tree, &[], &mut sink);
        boxes::build(&tree, &styles, &self.images, &mut sink)
    }

    fn write(&self, shared: &Shared, tree: &BoxTree) -> Vec<u8> {
        let mut sink = Sink::new();
        let Self { typesetter, images, .. } = self;
        let setup = DocxSetup { options: &DocxOptions::default(), typesetter, images };
        let file = shared.write(tree, setup, &mut sink);
        assert!(sink.all().is_empty(), "{:?}", sink.all());
        file
    }
}

#[test]
fn a_text_that_nothing_was_measured_by_is_a_hole() {
    let (writer, shared) = (Writer::new(), Shared::default());
    let planned = |tree: &BoxTree| match shared.plans().find(&tree.shape()) {
        Some(MetShape::Planned(plan)) => Some(plan),
        _ => None,
    };
    let plain = ["Ким Анна", "за труд", "два", "Кемерово"];
    let all = [
        plain,
        ["Ли Юлия", "за помощь &amp; «свет»", "два", "Кемерово"],
        // What is no text in Word, what no face has, and what other documents have not, either.
        ["Öz\u{ad}türk Ayşe", "за \u{202f}всё\u{2011}всё", "два", "Кемерово"],
        ["Ткач ☎", "за труд", "два", "Кемерово"],
        // What a plan does not leave open.
        ["Ли Юлия", "за труд", "длинное слово", "Кемерово"],
        ["Ли Юлия", "за труд", "два", "Томск"],
        plain,
    ];
    for (at, [name, reason, cell, placed]) in all.into_iter().enumerate() {
        let tree = writer.tree(&sheet(name, reason, cell, placed));
        let file = writer.write(&shared, &tree);
        assert!(file == writer.write(&Shared::default(), &tree), "{name}, {reason}, {cell}");
        assert_eq!(planned(&tree).is_some(), at > 0, "{name}");
    }
    let tree = writer.tree(&sheet("Ли", "за", "два", "Кемерово"));
    assert_eq!(planned(&tree).map(|plan| plan.open_texts()), Some(3));
}
