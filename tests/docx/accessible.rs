//! What Word's accessibility checker, Google Docs and Pages are known to reject: `docs/docx.md` has
//! the table, with where it is known from, and each of its points is a rule here.

use roxmltree::{Document, Node};

use crate::package::Package;
use crate::{page, write};

const DECORATIVE: &str = "http://schemas.microsoft.com/office/drawing/2017/decorative";
const MC: &str = "http://schemas.openxmlformats.org/markup-compatibility/2006";

/// A point of the table, by its name there, and how often an element of a story is against it.
type Rule = (&'static str, fn(Node<'_, '_>) -> bool);

const RULES: [Rule; 9] = [
    ("objects have a text or are decorative", |node| is(node, "docPr") && !is_described(node)),
    ("the text is no file name", |node| {
        is(node, "docPr")
            && node.attribute("descr").is_some_and(|text| {
                [".png", ".svg", ".jpg", ".jpeg"].iter().any(|end| text.ends_with(end))
            })
    }),
    ("tables have a header row or no style", |node| {
        is(node, "tbl")
            && inner(node, "tblStyle").is_some()
            && inner(node, "tblHeader").is_some() != (look(node) == Some("1"))
    }),
    ("links have a text", |node| is(node, "hyperlink") && words(node).trim().is_empty()),
    ("no empty paragraphs make room", |node| {
        is(node, "p") && is_empty(node) && node.next_sibling_element().is_some_and(is_empty)
    }),
    ("no spaces make room", |node| {
        is(node, "t") && node.text().is_some_and(|text| text.contains("    "))
    }),
    ("no parts in another format", |node| is(node, "altChunk")),
    ("no frames", |node| is(node, "framePr")),
    ("drawings have pixels", |node| {
        is(node, "svgBlip") && embed(node.ancestors().nth(3)).is_none()
    }),
];

fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

fn inner<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.descendants().find(|inner| is(*inner, name))
}

fn words(node: Node<'_, '_>) -> String {
    node.descendants().filter(|inner| is(*inner, "t")).filter_map(|t| t.text()).collect()
}

fn is_described(node: Node<'_, '_>) -> bool {
    let marked = |inner: Node<'_, '_>| {
        inner.tag_name().namespace() == Some(DECORATIVE) && inner.attribute("val") == Some("1")
    };
    node.attribute("descr").is_some_and(|text| !text.trim().is_empty())
        || node.descendants().any(marked)
}

/// What a table says of its first row.
fn look<'a>(table: Node<'a, '_>) -> Option<&'a str> {
    let look = inner(table, "tblLook")?;
    look.attributes().find(|attribute| attribute.name() == "firstRow").map(|first| first.value())
}

fn embed<'a>(blip: Option<Node<'a, '_>>) -> Option<&'a str> {
    let blip = blip.filter(|node| is(*node, "blip"))?;
    blip.attributes().find(|attribute| attribute.name() == "embed").map(|embed| embed.value())
}

/// Whether a paragraph holds nothing and is not one of the lines, a point high, that stand where
/// Word wants a paragraph.
fn is_empty(node: Node<'_, '_>) -> bool {
    let spacer = |style: Node<'_, '_>| style.attributes().any(|value| value.value() == "Spacer");
    let held = ["t", "drawing", "tab", "br", "fldSimple", "sectPr"];
    is(node, "p")
        && !node.descendants().any(|inner| held.iter().any(|name| is(inner, name)))
        && !inner(node, "pStyle").is_some_and(spacer)
}

/// The faults of a package, each with the point that it is against.
/// Whether readers that do not know a shape find the same words in VML, without what a document
/// may have once only.
fn has_fallback(choice: Node<'_, '_>) -> bool {
    let Some(other) = choice.next_sibling_element().filter(|node| is(*node, "Fallback")) else {
        return false;
    };
    let once = ["sdt", "bookmarkStart", "bookmarkEnd"];
    inner(other, "pict").is_some()
        && words(other) == words(choice)
        && !once.iter().any(|name| inner(other, name).is_some())
}

fn faults(package: &Package) -> Vec<String> {
    let stories = package.names.iter().filter(|name| {
        let file = name.trim_start_matches("word/");
        ["document", "header", "footer", "footnotes"].iter().any(|kind| file.starts_with(kind))
            && name.ends_with(".xml")
    });
    let mut all = Vec::new();
    for name in stories {
        let xml = Document::parse(package.text(name)).unwrap();
        for node in xml.descendants().filter(Node::is_element) {
            let broken = RULES.iter().filter(|(_, rule)| rule(node));
            all.extend(broken.map(|(what, _)| format!("{name}: {what}")));
            // Who knows no shapes of Word 2010 must be told where they are known.
            let choice = node.tag_name().namespace() == Some(MC) && is(node, "Choice");
            if choice && node.attribute("Requires") != Some("wps") {
                all.push(format!("{name}: a choice that asks for nothing known"));
            }
            if choice && !has_fallback(node) {
                all.push(format!("{name}: a shape that older readers know nothing of"));
            }
        }
    }
    let core = package.text("docProps/core.xml");
    let said = |name: &str| core.contains(name);
    if !said("<dc:title>") || !said("<dc:language>") {
        all.push("no title or no language".to_owned());
    }
    if package.text("word/settings.xml").contains("w:updateFields") {
        all.push("fields ask the reader whether they may be brought up to date".to_owned());
    }
    all
}

#[test]
fn nothing_that_word_google_docs_and_pages_are_known_to_reject() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/docx");
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "html") {
            let (bytes, _) = write(&std::fs::read_to_string(&path).unwrap());
            assert_eq!(faults(&Package::read(&bytes)), Vec::<String>::new(), "{path:?}");
            seen += 1;
        }
    }
    assert!(seen > 5);
}

#[test]
fn each_rule_sees_what_is_against_it() {
    let broken = r#"<root xmlns:a14="x"><docPr id="1"/><docPr descr="photo.png"/>
        <tbl><tblPr><tblStyle/><tblLook firstRow="1"/></tblPr><tr/></tbl><hyperlink/>
        <p/><p/><t>a     b</t><altChunk/><framePr/>
        <blip><extLst><ext><svgBlip/></ext></extLst></blip></root>"#;
    let xml = Document::parse(broken).unwrap();
    for (what, rule) in RULES {
        assert!(xml.descendants().filter(Node::is_element).any(rule), "{what}");
    }
}

#[test]
fn a_shape_without_the_same_words_for_older_readers_is_seen() {
    let told = |other: &str| {
        let choice = "<Choice><t>Да</t></Choice>";
        let xml = format!("<root>{choice}{other}</root>");
        let xml = Document::parse(&xml).unwrap();
        let choice = xml.descendants().find(|node| is(*node, "Choice")).unwrap();
        !has_fallback(choice)
    };
    assert!(!told("<Fallback><pict><t>Да</t></pict></Fallback>"));
    for other in [
        "",
        "<Fallback><t>Да</t></Fallback>",
        "<Fallback><pict><t>Нет</t></pict></Fallback>",
        "<Fallback><pict><sdt><t>Да</t></sdt></pict></Fallback>",
    ] {
        assert!(told(other), "{other}");
    }
}

#[test]
fn a_table_without_head_and_lines_has_no_style() {
    let (bytes, _) = write(&page("", "<table><tr><td>Директор</td><td>И. Ким</td></tr></table>"));
    assert!(!Package::read(&bytes).text("word/document.xml").contains("w:tblStyle"));
}
