//! Reading a package back: parts, an outline for people, and rules that every package keeps.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{Cursor, Read};

use roxmltree::{Document, Node};

/// The parts of a package by name, in their order.
pub(crate) struct Package {
    pub(crate) names: Vec<String>,
    parts: BTreeMap<String, Vec<u8>>,
}

impl Package {
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut names = Vec::new();
        let mut parts = BTreeMap::new();
        for at in 0..zip.len() {
            let mut file = zip.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            names.push(file.name().to_owned());
            parts.insert(file.name().to_owned(), bytes);
        }
        Self { names, parts }
    }

    pub(crate) fn bytes(&self, name: &str) -> &[u8] {
        self.parts.get(name).unwrap_or_else(|| panic!("no part {name}"))
    }

    pub(crate) fn text(&self, name: &str) -> &str {
        std::str::from_utf8(self.bytes(name)).unwrap()
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.parts.contains_key(name)
    }

    /// All text of the document in order, with a space between paragraphs.
    pub(crate) fn words(&self) -> String {
        self.words_of("word/document.xml")
    }

    /// The same of any part.
    pub(crate) fn words_of(&self, name: &str) -> String {
        let xml = Document::parse(self.text(name)).unwrap();
        let mut words = String::new();
        for node in xml.descendants().filter(|node| node.is_element() && is_shown(*node)) {
            match node.tag_name().name() {
                "t" => words.push_str(node.text().unwrap_or("")),
                "p" | "tab" | "br" => words.push(' '),
                "noBreakHyphen" => words.push('\u{2011}'),
                _ => {}
            }
        }
        words.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// One line for each paragraph: style, list, what else its properties say, text. Tables are
    /// indented.
    pub(crate) fn outline(&self) -> String {
        let mut out = String::new();
        let xml = Document::parse(self.text("word/document.xml")).unwrap();
        let body = xml.root_element().first_element_child().unwrap();
        story(body, 0, &mut out);
        let numbered =
            |kind: &str| (1..=9).map(|n| format!("word/{kind}{n}.xml")).collect::<Vec<_>>();
        let names = [vec!["word/footnotes.xml".to_owned()], numbered("header"), numbered("footer")]
            .concat();
        for name in names.iter().filter(|name| self.has(name)) {
            writeln!(out, "== {name}").unwrap();
            let xml = Document::parse(self.text(name)).unwrap();
            story(xml.root_element(), 0, &mut out);
        }
        writeln!(out, "== styles").unwrap();
        let xml = Document::parse(self.text("word/styles.xml")).unwrap();
        for style in xml
            .root_element()
            .children()
            .filter(|node| node.has_tag_name(("", "style")) || node.tag_name().name() == "style")
        {
            let value = |name: &str| {
                child(style, name).and_then(|node| attribute(node, "val")).unwrap_or("").to_owned()
            };
            if value("basedOn").is_empty() && attribute(style, "styleId") != Some("Normal") {
                continue;
            }
            let properties = ["pPr", "rPr", "tblPr", "tcPr", "tblStylePr"]
                .iter()
                .filter_map(|name| child(style, name))
                .map(properties)
                .collect::<Vec<_>>()
                .join(" ");
            let alias = value("aliases");
            let alias = if alias.is_empty() { String::new() } else { format!(" ({alias})") };
            writeln!(
                out,
                "{} «{}»{alias}: {properties}",
                attribute(style, "styleId").unwrap_or(""),
                value("name")
            )
            .unwrap();
        }
        if self.has("word/numbering.xml") {
            writeln!(out, "== numbering").unwrap();
            let xml = Document::parse(self.text("word/numbering.xml")).unwrap();
            for node in xml.root_element().children().filter(Node::is_element) {
                let id =
                    attribute(node, "abstractNumId").or(attribute(node, "numId")).unwrap_or("");
                if node.tag_name().name() == "num" {
                    writeln!(out, "num {id}: {}", properties(node)).unwrap();
                    continue;
                }
                writeln!(out, "list {id}").unwrap();
                for level in node.children().filter(|level| level.tag_name().name() == "lvl") {
                    writeln!(
                        out,
                        "  {}: {}",
                        attribute(level, "ilvl").unwrap_or(""),
                        properties(level)
                    )
                    .unwrap();
                }
            }
        }
        out
    }
}

fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|a| a.name() == name).map(|a| a.value())
}

fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children().find(|child| child.is_element() && child.tag_name().name() == name)
}

/// Whether it is not what older readers take in place of something else.
fn is_shown(node: Node<'_, '_>) -> bool {
    !node.ancestors().any(|node| node.tag_name().name() == "Fallback")
}

fn story(parent: Node<'_, '_>, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    for node in parent.children().filter(Node::is_element) {
        match node.tag_name().name() {
            "p" => {
                let line = paragraph(node);
                writeln!(out, "{indent}{line}").unwrap();
                let boxed = |node: &Node<'_, '_>| {
                    node.tag_name().name() == "txbxContent" && is_shown(*node)
                };
                for content in node.descendants().filter(boxed) {
                    writeln!(out, "{indent}  text box").unwrap();
                    story(content, depth + 2, out);
                }
                if let Some(section) =
                    child(node, "pPr").and_then(|properties| child(properties, "sectPr"))
                {
                    writeln!(out, "{indent}-- {}", properties(section)).unwrap();
                }
            }
            "tbl" => {
                writeln!(
                    out,
                    "{indent}table: {}",
                    child(node, "tblPr").map(properties).unwrap_or_default()
                )
                .unwrap();
                let grid: Vec<_> = child(node, "tblGrid")
                    .into_iter()
                    .flat_map(|grid| grid.children())
                    .filter_map(|c| attribute(c, "w"))
                    .collect();
                writeln!(out, "{indent}grid: {}", grid.join(" ")).unwrap();
                for row in node.children().filter(|row| row.tag_name().name() == "tr") {
                    writeln!(
                        out,
                        "{indent}row: {}",
                        child(row, "trPr").map(properties).unwrap_or_default()
                    )
                    .unwrap();
                    for cell in row.children().filter(|cell| cell.tag_name().name() == "tc") {
                        writeln!(
                            out,
                            "{indent}  cell: {}",
                            child(cell, "tcPr").map(properties).unwrap_or_default()
                        )
                        .unwrap();
                        story(cell, depth + 2, out);
                    }
                }
            }
            "footnote" => story(node, depth + 1, out),
            "sectPr" => writeln!(out, "{indent}-- {}", properties(node)).unwrap(),
            _ => {}
        }
    }
}

fn paragraph(node: Node<'_, '_>) -> String {
    let said = child(node, "pPr").map(|p| {
        p.children()
            .filter(|c| c.tag_name().name() != "sectPr")
            .map(property)
            .collect::<Vec<_>>()
            .join(" ")
    });
    let mut text = String::new();
    runs(node, &mut text);
    format!("[{}] {text}", said.unwrap_or_default()).trim_end().to_owned()
}

fn runs(parent: Node<'_, '_>, text: &mut String) {
    for node in parent.children().filter(Node::is_element) {
        match node.tag_name().name() {
            "r" => {
                let said = child(node, "rPr").map(properties).filter(|said| !said.is_empty());
                if let Some(said) = &said {
                    write!(text, "{{{said}: ").unwrap();
                }
                runs(node, text);
                if said.is_some() {
                    text.push('}');
                }
            }
            "t" => text.push_str(node.text().unwrap_or("")),
            "pPr" | "rPr" => {}
            "hyperlink" | "sdt" | "sdtContent" | "fldSimple" => {
                let name = node.tag_name().name();
                if name != "sdtContent" {
                    let target = attribute(node, "anchor")
                        .or(attribute(node, "id"))
                        .or(attribute(node, "instr"))
                        .unwrap_or("");
                    write!(text, "<{name} {}>", target.trim()).unwrap();
                }
                runs(node, text);
                if name != "sdtContent" {
                    write!(text, "</{name}>").unwrap();
                }
            }
            "sdtPr" => write!(text, "{}|", properties(node)).unwrap(),
            "drawing" | "AlternateContent" => {
                let anchor = node
                    .descendants()
                    .find(|n| ["anchor", "inline"].contains(&n.tag_name().name()));
                let name = anchor.map_or("", |node| node.tag_name().name());
                let extent = node.descendants().find(|n| n.tag_name().name() == "extent");
                let size = extent.map(|n| {
                    format!(
                        "{}×{}",
                        attribute(n, "cx").unwrap_or(""),
                        attribute(n, "cy").unwrap_or("")
                    )
                });
                let places: Vec<_> = node
                    .descendants()
                    .filter(|n| n.tag_name().name().starts_with("position"))
                    .map(|n| {
                        format!(
                            "{} {}",
                            attribute(n, "relativeFrom").unwrap_or(""),
                            n.first_element_child().and_then(|c| c.text()).unwrap_or("")
                        )
                    })
                    .collect();
                write!(text, "<{name} {} {}>", size.unwrap_or_default(), places.join(", "))
                    .unwrap();
            }
            "bookmarkEnd" => {}
            other => {
                write!(text, "<{other}").unwrap();
                if let Some(name) = attribute(node, "name").or(attribute(node, "id")) {
                    write!(text, " {name}").unwrap();
                }
                text.push('>');
            }
        }
    }
}

/// The children of an element in short: `spacing(before=120)`.
fn properties(node: Node<'_, '_>) -> String {
    node.children().filter(Node::is_element).map(property).collect::<Vec<_>>().join(" ")
}

fn property(node: Node<'_, '_>) -> String {
    if !node.is_element() {
        return String::new();
    }
    let attributes: Vec<String> = node
        .attributes()
        .map(|a| {
            if a.name() == "val" {
                a.value().to_owned()
            } else {
                format!("{}={}", a.name(), a.value())
            }
        })
        .collect();
    let inside = properties(node);
    let mut all = attributes.join(",");
    if !inside.is_empty() {
        all = [all, inside]
            .iter()
            .filter(|part| !part.is_empty())
            .cloned()
            .collect::<Vec<_>>()
            .join("; ");
    }
    if all.is_empty() {
        node.tag_name().name().to_owned()
    } else {
        format!("{}({all})", node.tag_name().name())
    }
}

/// What holds for every package: parts are XML, relationships lead somewhere, ids are unique, what
/// is referred to is defined.
pub(crate) fn check(package: &Package) {
    assert_eq!(package.names[..2], ["[Content_Types].xml", "_rels/.rels"]);
    let mut ids: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for name in
        package.names.iter().filter(|name| name.ends_with(".xml") || name.ends_with(".rels"))
    {
        let xml = Document::parse(package.text(name)).unwrap_or_else(|why| panic!("{name}: {why}"));
        let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
        if file.ends_with(".rels") {
            let owner = folder.trim_end_matches("_rels");
            for relation in xml
                .root_element()
                .children()
                .filter(|node| attribute(*node, "TargetMode").is_none() && node.is_element())
            {
                let target = attribute(relation, "Target").unwrap();
                let path = target
                    .strip_prefix("../")
                    .map_or_else(|| format!("{owner}{target}"), str::to_owned);
                assert!(package.has(&path), "{name}: no {path}");
            }
            continue;
        }
        let rels = format!("{folder}/_rels/{file}.rels");
        let rels = if package.has(&rels) { package.text(&rels) } else { "" };
        for node in xml.descendants().filter(Node::is_element) {
            let tag = node.tag_name().name();
            for a in node
                .attributes()
                .filter(|a| a.namespace().is_some_and(|ns| ns.ends_with("/relationships")))
            {
                assert!(
                    rels.contains(&format!("Id=\"{}\"", a.value())),
                    "{name}: {tag} refers to {}",
                    a.value()
                );
            }
            let unique = match tag {
                "docPr" => attribute(node, "id").map(|id| ("drawing", id)),
                "bookmarkStart" => attribute(node, "name").map(|id| ("bookmark", id)),
                "style" => attribute(node, "styleId").map(|id| ("style", id)),
                "num" => attribute(node, "numId").map(|id| ("num", id)),
                "nsid" => attribute(node, "val").map(|id| ("nsid", id)),
                _ => None,
            };
            if let Some((kind, id)) = unique {
                assert!(
                    ids.entry(kind).or_default().insert(id.to_owned()),
                    "{name}: {kind} {id} twice"
                );
            }
            if tag == "tc" {
                assert_eq!(
                    node.last_element_child().map(|last| last.tag_name().name()),
                    Some("p"),
                    "{name}: a cell ends with a paragraph"
                );
            }
            if tag == "tr" {
                let width = |cell: Node<'_, '_>| {
                    let span = child(cell, "tcPr")
                        .and_then(|p| child(p, "gridSpan"))
                        .and_then(|s| attribute(s, "val"))
                        .unwrap_or("1");
                    span.parse::<usize>().unwrap()
                };
                let columns: usize =
                    node.children().filter(|cell| cell.tag_name().name() == "tc").map(width).sum();
                let grid = child(node.parent().unwrap(), "tblGrid")
                    .unwrap()
                    .children()
                    .filter(Node::is_element)
                    .count();
                assert_eq!(columns, grid, "{name}: a row fills the grid");
            }
        }
    }
    let styles = Document::parse(package.text("word/styles.xml")).unwrap();
    let names: Vec<&str> = styles
        .descendants()
        .filter(|n| n.tag_name().name() == "name")
        .filter_map(|n| attribute(n, "val"))
        .collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "style names: {names:?}");
    let empty = BTreeSet::new();
    for name in
        package.names.iter().filter(|name| name.starts_with("word/") && name.ends_with(".xml"))
    {
        let xml = Document::parse(package.text(name)).unwrap();
        for node in xml.descendants().filter(Node::is_element) {
            let (kind, id) = match node.tag_name().name() {
                "pStyle" | "rStyle" | "tblStyle" | "basedOn" | "next" => {
                    ("style", attribute(node, "val"))
                }
                "numId" => ("num", attribute(node, "val")),
                "hyperlink" => ("bookmark", attribute(node, "anchor")),
                _ => continue,
            };
            if let Some(id) = id {
                assert!(
                    ids.get(kind).unwrap_or(&empty).contains(id),
                    "{name}: {kind} {id} is not defined"
                );
            }
        }
        assert!(!package.text(name).contains("itog."), "{name}: a mark of ours is left");
    }
}
