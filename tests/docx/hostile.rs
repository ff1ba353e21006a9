//! Input that wants to break the file.

use std::sync::Arc;

use itog::boxes::{Content, Inline};
use itog::diag::Sink;
use itog::docx::{self, DocxOptions};

use crate::package::{Package, check};
use crate::{boxes, page, write};

#[test]
fn characters_that_xml_cannot_hold_are_dropped_and_said() {
    let (mut tree, images) = boxes(&page("", "<p>текст</p>"));
    let style = Arc::clone(&tree.root.style);
    let text = Arc::from("до\u{0}\u{1f}\u{fffe}после ]]> <b> & \" \t\n конец");
    tree.root.content = Content::Inline(vec![Inline::Text { text, style, span: None }]);
    tree.meta.title = Some("З\u{0}аглавие <&>".into());
    let mut sink = Sink::new();
    let mut options = DocxOptions::default();
    options.embed_fonts = false;
    let package = Package::read(&docx::write(&tree, &images, &options, &mut sink));
    check(&package);
    assert!(package.words().starts_with("допосле ]]> <b> & \""), "{}", package.words());
    let codes: Vec<_> = sink.all().iter().map(|d| (d.code(), d.message().to_owned())).collect();
    assert_eq!(codes.len(), 3, "{codes:?}");
    assert!(codes.iter().all(|(code, _)| *code == "docx-character"));
}

#[test]
fn a_paragraph_of_a_megabyte() {
    let text = "слово ".repeat(100_000);
    let package = Package::read(&write(&page("", &format!("<p>{text}</p>"))).0);
    check(&package);
    assert_eq!(package.words().split(' ').count(), 100_000);
}

#[test]
fn lists_deeper_than_word_can_count() {
    let depth = 60;
    let markup = format!("{}дно{}", "<ol><li>пункт".repeat(depth), "</li></ol>".repeat(depth));
    let (bytes, warnings) = write(&page("li::marker { content: counters(list-item, '.') ' ' }", &markup));
    let package = Package::read(&bytes);
    check(&package);
    assert!(warnings.iter().any(|w| w.code() == "docx-numbering"), "{warnings:?}");
    assert!(package.words().ends_with("дно"));
}

#[test]
fn names_that_are_not_ids() {
    let markup = page(
        ".x { color: red }",
        "<p class=\"a&lt;b&gt;&amp;&quot;c\" id=\"п р,и;в'ет\">один</p><p class=\"Normal\">два</p><p class=\"normal\">три</p>\
         <p class=\"Пункт\">четыре</p><p class=\"point\">пять</p><p><a href=\"#п р,и;в'ет\">шесть</a> <span class=\"point\" style=\"color: red\">семь</span></p>\
         <p data-control=\"&lt;имя&gt;\">восемь</p><p><a href=\"https://пример.рф/ &quot;x&quot;\">девять</a></p>",
    );
    let package = Package::read(&write(&markup).0);
    check(&package);
    assert_eq!(package.words(), "один два три четыре пять шесть семь восемь девять");
}

#[test]
fn a_table_wider_than_words_and_one_without_rows() {
    let cells: String = (0..80).map(|n| format!("<td>{n}</td>")).collect();
    let (bytes, warnings) = write(&page("", &format!("<table><tr>{cells}</tr></table><table></table>")));
    check(&Package::read(&bytes));
    assert!(warnings.iter().any(|w| w.code() == "docx-columns"));
}

#[test]
fn data_come_back_byte_for_byte() {
    let (tree, images) = boxes(&page("", "<p>текст</p>"));
    let data: Vec<u8> = (0..=255).cycle().take(3000).collect();
    let mut options = DocxOptions::default();
    options.source = Some(("данные\u{1}.yaml".into(), data.clone()));
    let bytes = docx::write(&tree, &images, &options, &mut Sink::new());
    check(&Package::read(&bytes));
    assert_eq!(docx::extract(&bytes).unwrap(), data);
    assert_eq!(docx::extract(b"PK no zip").unwrap_err().code(), "extract-broken");
    assert_eq!(docx::extract(&write(&page("", "<p>т</p>")).0).unwrap_err().code(), "extract-none");
    for cut in (0..bytes.len()).step_by(97) {
        let _ = docx::extract(&bytes[..cut]);
    }
}
