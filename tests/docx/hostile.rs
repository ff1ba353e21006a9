//! Input that wants to break the file.

use std::sync::Arc;

use itog::diag::Sink;
use itog::files::Files;
use itog::internals::boxes::{Content, Inline};
use itog::internals::docx::{self, DocxOptions};
use itog::internals::image::ImageStore;
use itog::internals::{markup, style};

use crate::package::{Package, check};
use crate::{boxes, page, write, written};

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
    let package = Package::read(&written(&tree, &images, &options, &mut sink));
    check(&package);
    assert!(package.words().starts_with("допосле ]]> <b> & \""), "{}", package.words());
    let codes: Vec<_> = sink.all().iter().map(|d| (d.code(), d.message().to_string())).collect();
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
    let (bytes, warnings) =
        write(&page("li::marker { content: counters(list-item, '.') ' ' }", &markup));
    let package = Package::read(&bytes);
    check(&package);
    assert!(warnings.iter().any(|w| w.code() == "docx-numbering"), "{warnings:?}");
    assert!(package.words().ends_with("дно"));
}

#[test]
fn three_hundred_nested_lists_are_a_file_or_a_fault() {
    for depth in [100, 300] {
        let markup = page(
            "",
            &format!("{}дно{}", "<ol><li>пункт".repeat(depth), "</li></ol>".repeat(depth)),
        );
        let mut sink = Sink::new();
        let Some(tree) = markup::parse(&markup, Arc::default(), &mut sink) else {
            assert!(sink.has_errors());
            continue;
        };
        let styles = style::cascade(&tree, &[], &mut sink);
        let images = ImageStore::new(Files::bundled(&[]));
        let boxes = itog::internals::boxes::build(&tree, &styles, &images, &mut sink);
        let bytes = written(&boxes, &images, &DocxOptions::default(), &mut sink);
        if sink.has_errors() {
            continue;
        }
        let package = Package::read(&bytes);
        check(&package);
        assert!(package.words().ends_with("дно"), "{depth}");
    }
}

#[cfg(all(feature = "bundled-fonts", feature = "yaml"))]
#[test]
fn hostile_data_give_a_valid_file_or_a_fault() {
    use itog::engine::Engine;
    use itog::model::{self, Format};
    let engine = Engine::new();
    let design = engine.load_builtin("final-document").unwrap().value;
    let mut written = 0;
    for text in [
        r"конец ]]> и <![CDATA[ начало &lt; &amp; <b>",
        r"ноль \u0000 и звонок \u0007 и \u001f \uffff \ufffe",
        r"половина \ud800 пары",
        r"вторая \udc00 половина",
        r"пара \ud83d\ude00",
        r"справа \u202e налево \u200f \u2028 \u0085 \ufeff",
        r"\u0301\u0301\u0301 а\u0301",
    ] {
        let json = format!(
            "{{\"kind\": \"Решение\", \"event\": {{\"name\": \"{text}\"}}, \
             \"recommendations\": [\"{text}\"]}}"
        );
        let Ok(data) = model::read(json.as_bytes(), "data.json", Format::Json) else { continue };
        let Ok(document) = design.compose(&data.value) else { continue };
        let Ok(docx) = document.value.to_docx(&DocxOptions::default()) else { continue };
        check(&Package::read(&docx.value));
        written += 1;
    }
    assert!(written >= 2, "{written}");
}

#[test]
fn names_that_are_not_ids() {
    let markup = page(
        ".x { color: red }",
        "<p class=\"a&lt;b&gt;&amp;&quot;c\" id=\"п р,и;в'ет\">один</p>\
         <p class=\"Normal\">два</p><p class=\"normal\">три</p>\
         <p class=\"Пункт\">четыре</p><p class=\"point\">пять</p>\
         <p><a href=\"#п р,и;в'ет\">шесть</a> \
         <span class=\"point\" style=\"color: red\">семь</span></p>\
         <p data-control=\"&lt;имя&gt;\">восемь</p>\
         <p><a href=\"https://пример.рф/ &quot;x&quot;\">девять</a></p>",
    );
    let package = Package::read(&write(&markup).0);
    check(&package);
    assert_eq!(package.words(), "один два три четыре пять шесть семь восемь девять");
}

#[test]
fn a_table_wider_than_words_and_one_without_rows() {
    let cells: String = (0..80).map(|n| format!("<td>{n}</td>")).collect();
    let (bytes, warnings) =
        write(&page("", &format!("<table><tr>{cells}</tr></table><table></table>")));
    check(&Package::read(&bytes));
    assert!(warnings.iter().any(|w| w.code() == "docx-columns"));
}

#[test]
fn data_come_back_byte_for_byte() {
    let (tree, images) = boxes(&page("", "<p>текст</p>"));
    let data: Vec<u8> = (0..=255).cycle().take(3000).collect();
    let mut options = DocxOptions::default();
    options.source = Some(("данные\u{1}.yaml".into(), data.clone()));
    let bytes = written(&tree, &images, &options, &mut Sink::new());
    check(&Package::read(&bytes));
    assert_eq!(docx::extract(&bytes).unwrap().data, data);
    assert_eq!(docx::extract(b"PK no zip").unwrap_err().code(), "extract-broken");
    assert_eq!(docx::extract(&write(&page("", "<p>т</p>")).0).unwrap_err().code(), "extract-none");
    for cut in (0..bytes.len()).step_by(97) {
        let _ = docx::extract(&bytes[..cut]);
    }
}
