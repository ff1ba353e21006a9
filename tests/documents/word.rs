//! The paragraphs of a DOCX with the labels that Word counts for them (ECMA-376 part 1, 17.9).

use std::collections::BTreeMap;
use std::io::Read;

use roxmltree::{Document, Node};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
/// Letters by which Word counts Russian lists.
const RUSSIAN: &str = "абвгдежзиклмнопрстуфхцчшщыэюя";

/// A paragraph: its label, if it has one, and its text.
pub(crate) struct Paragraph {
    pub(crate) label: String,
    pub(crate) text: String,
}

/// All paragraphs in the order of the file.
pub(crate) fn paragraphs(docx: &[u8]) -> Vec<Paragraph> {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(docx)).expect("a DOCX is an archive");
    let mut part = |name: &str| {
        let mut text = String::from("");
        match zip.by_name(name) {
            Ok(mut file) => file.read_to_string(&mut text).map(|_| ()).expect("a part is text"),
            Err(_) => text.push_str("<none/>"),
        }
        text
    };
    let (document, styles, numbering) =
        (part("word/document.xml"), part("word/styles.xml"), part("word/numbering.xml"));
    let parse = |text| Document::parse(text).expect("a part is XML");
    let (document, styles, numbering) = (parse(&document), parse(&styles), parse(&numbering));
    let mut word = Counter::new(&styles, &numbering);
    let paragraphs = document.descendants().filter(|node| is(*node, "p"));
    let paragraph = |node: Node<'_, '_>| {
        let text: String = (node.descendants())
            .filter(|node| ["t", "br", "tab", "noBreakHyphen"].iter().any(|own| is(*node, own)))
            .map(|node| match node.text() {
                Some(text) => text,
                None if is(node, "noBreakHyphen") => "-",
                None => " ",
            })
            .collect();
        Paragraph { label: word.label(node), text: plain(&text) }
    };
    paragraphs.map(paragraph).filter(|p| !p.text.is_empty() || !p.label.is_empty()).collect()
}

/// A text with plain spaces and without signs that print nothing.
pub(crate) fn plain(text: &str) -> String {
    let seen = text.replace(['\u{ad}', '\u{2060}', '\u{200b}'], "");
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.has_tag_name((W, name))
}

fn child<'a>(node: Node<'a, 'a>, name: &str) -> Option<Node<'a, 'a>> {
    node.children().find(|node| is(*node, name))
}

fn value<'a>(node: Node<'a, 'a>, name: &str) -> Option<&'a str> {
    child(node, name)?.attribute((W, "val"))
}

fn number(text: Option<&str>) -> Option<u32> {
    text?.parse().ok()
}

/// One `w:num`: its definition, the levels of that, and where its levels begin anew.
struct Num<'a> {
    definition: &'a str,
    levels: BTreeMap<u32, Node<'a, 'a>>,
    starts: BTreeMap<u32, u32>,
}

struct Counter<'a> {
    styles: BTreeMap<&'a str, Node<'a, 'a>>,
    nums: BTreeMap<&'a str, Num<'a>>,
    /// What each level of a definition has counted to.
    counts: BTreeMap<&'a str, BTreeMap<u32, u32>>,
    /// Starts that no paragraph has used yet.
    waiting: BTreeMap<&'a str, BTreeMap<u32, u32>>,
}

impl<'a> Counter<'a> {
    fn new(styles: &'a Document<'a>, numbering: &'a Document<'a>) -> Self {
        let all = |document: &'a Document<'a>, name: &'static str| {
            document.descendants().filter(move |node| is(*node, name))
        };
        let id = |node: Node<'a, 'a>, name| node.attribute((W, name)).unwrap_or_default();
        let levels = |definition: Node<'a, 'a>| {
            let levels = definition.children().filter(|node| is(*node, "lvl"));
            levels
                .filter_map(|level| Some((number(level.attribute((W, "ilvl")))?, level)))
                .collect()
        };
        let definitions: BTreeMap<&str, BTreeMap<u32, Node<'a, 'a>>> =
            all(numbering, "abstractNum")
                .map(|node| (id(node, "abstractNumId"), levels(node)))
                .collect();
        let num = |node: Node<'a, 'a>| {
            let definition = value(node, "abstractNumId").unwrap_or_default();
            let overrides = node.children().filter(|node| is(*node, "lvlOverride"));
            let start = |node: Node<'a, 'a>| {
                Some((number(node.attribute((W, "ilvl")))?, number(value(node, "startOverride"))?))
            };
            let levels = definitions.get(definition).cloned().unwrap_or_default();
            Num { definition, levels, starts: overrides.filter_map(start).collect() }
        };
        Self {
            styles: all(styles, "style").map(|node| (id(node, "styleId"), node)).collect(),
            nums: all(numbering, "num").map(|node| (id(node, "numId"), num(node))).collect(),
            counts: BTreeMap::new(),
            waiting: BTreeMap::new(),
        }
    }

    /// The numbering that a paragraph has by itself or by its styles.
    fn numbered<'d>(&self, paragraph: Node<'d, 'd>) -> Option<(String, u32)> {
        let own = paragraph.children().find(|node| is(*node, "pPr"));
        let (mut num, mut level) = (None, None);
        let mut take = |properties: Node<'_, '_>| {
            let Some(numbering) = properties.children().find(|node| is(*node, "numPr")) else {
                return;
            };
            let value = |name: &str| {
                let child = numbering.children().find(|node| is(*node, name))?;
                child.attribute((W, "val")).map(str::to_owned)
            };
            level = level.or_else(|| value("ilvl")?.parse().ok());
            num = num.take().or_else(|| value("numId"));
        };
        own.into_iter().for_each(&mut take);
        let style = own.and_then(|own| own.children().find(|node| is(*node, "pStyle")));
        let mut style = style.and_then(|style| style.attribute((W, "val"))).map(str::to_owned);
        while let Some(node) = style.and_then(|style| self.styles.get(style.as_str())) {
            child(*node, "pPr").into_iter().for_each(&mut take);
            style = value(*node, "basedOn").map(str::to_owned);
        }
        num.filter(|num| num != "0").map(|num| (num, level.unwrap_or(0)))
    }

    /// Counts the paragraph and gives its label.
    fn label(&mut self, paragraph: Node<'_, '_>) -> String {
        let Some((num, level)) = self.numbered(paragraph) else { return String::new() };
        let Some((id, num)) = self.nums.get_key_value(num.as_str()) else { return String::new() };
        let begin = |at: u32| {
            let defined = num.levels.get(&at).and_then(|level| number(value(*level, "start")));
            num.starts.get(&at).copied().or(defined).unwrap_or(1)
        };
        let counts = self.counts.entry(num.definition).or_default();
        let waiting = self.waiting.entry(id).or_insert_with(|| num.starts.clone());
        let count = match (waiting.remove(&level), counts.get(&level)) {
            (Some(start), _) => start,
            (None, Some(count)) => count + 1,
            (None, None) => begin(level),
        };
        counts.insert(level, count);
        counts.retain(|at, _| *at <= level);
        let Some(definition) = num.levels.get(&level) else { return String::new() };
        if value(*definition, "numFmt") == Some("none") {
            return String::new();
        }
        let mut label = value(*definition, "lvlText").unwrap_or_default().to_owned();
        for at in 0..9 {
            let format = num.levels.get(&at).and_then(|level| value(*level, "numFmt"));
            let count = counts.get(&at).copied().unwrap_or_else(|| begin(at));
            label = label.replace(&format!("%{}", at + 1), &counted(count, format));
        }
        plain(&label)
    }
}

/// A number as a level writes it.
fn counted(count: u32, format: Option<&str>) -> String {
    let letter = |letters: &str| letters.chars().nth(count as usize - 1).map(String::from);
    let written = match format {
        Some("russianLower") => letter(RUSSIAN),
        Some("lowerLetter") => letter("abcdefghijklmnopqrstuvwxyz"),
        Some("upperRoman") => Some(roman(count)),
        _ => None,
    };
    written.unwrap_or_else(|| count.to_string())
}

fn roman(mut count: u32) -> String {
    const SIGNS: [(u32, &str); 7] =
        [(50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut roman = String::new();
    for (size, sign) in SIGNS {
        while count >= size {
            roman.push_str(sign);
            count -= size;
        }
    }
    roman
}
