//! What is fuzzed, as functions of bytes: libFuzzer chooses the bytes, and so does a generator with
//! fixed seeds (`tests/fuzz.rs`), without a nightly toolchain.
//!
//! Bytes are read as choices ([`Choices`]), so that most inputs are well-formed and reach the far
//! stages: blind mutation stops at the parsers. Each body asserts the same: nothing panics, not
//! even behind a wall (`internal`), and what is made is what it says it is.
#![allow(dead_code, reason = "each target uses one body")]

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::sync::OnceLock;
use std::time::Duration;

use itog::batch::table;
use itog::model::{self, Format};
use itog::{Composition, Engine, Error, Files, Limits};
use serde_json::{Map, Value, json};

/// Bytes as choices; when they are used up, all further ones are the first.
struct Choices<'a>(&'a [u8]);

impl Choices<'_> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    fn up_to(&mut self, most: usize) -> usize {
        usize::from(self.byte()) % (most + 1)
    }

    fn of<'t, T: ?Sized>(&mut self, all: &[&'t T]) -> &'t T {
        all[usize::from(self.byte()) % all.len()]
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A number as people and machines write it, extremes among them.
    fn number(&mut self) -> String {
        let small = f64::from(self.byte()) / 4.0;
        match self.up_to(15) {
            0 => "0".to_owned(),
            1 => format!("-{small}"),
            2 => format!("{small}e{}", self.up_to(40)),
            3 => format!("-{small}e-{}", self.up_to(40)),
            4 => "1e38".to_owned(),
            5 => "4294967296".to_owned(),
            6 => "0.00001".to_owned(),
            7 => format!("{}", u32::from(self.byte()) * 257),
            _ => format!("{small}"),
        }
    }

    fn word(&mut self) -> &'static str {
        self.of(&[
            "а",
            "Егорова Татьяна",
            "слово",
            "«Переплёт»",
            "5 000",
            "14 мая 2025 г.",
            "библиотекарь",
            "e\u{301}\u{301}",
            "<&\"'>",
            "\u{200b}\u{ad}",
            "مرحبا",
            "👍🏽",
            "[^1]",
            "**ж**",
            "",
            "нет",
        ])
    }
}

/// What every document is held to here; small, so that limits are met, and quick.
fn limits() -> Limits {
    Limits::default()
        .with_time(Duration::from_secs(20))
        .with_pages(40)
        .with_elements(2000)
        .with_cells(2000)
        .with_drawing_steps(20_000_000)
        .with_template_steps(20_000)
        .with_markup_bytes(1 << 20)
}

fn engine() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(|| Engine::builder().limits(limits()).build().expect("it has fonts"))
}

/// No fault may be a panic that a wall has caught.
fn sound<T>(made: Result<T, Error>, input: &dyn Fn() -> String) -> Option<T> {
    match made {
        Ok(made) => Some(made),
        Err(error) => {
            let broken = error.diagnostics().iter().find(|fault| fault.code() == "internal");
            assert!(broken.is_none(), "{}\n{}", broken.unwrap(), input());
            None
        }
    }
}

fn written(document: &Composition, input: &dyn Fn() -> String) {
    if let Some(pdf) = sound(document.to_pdf(&Default::default()), input) {
        assert!(pdf.value.starts_with(b"%PDF") && pdf.value.ends_with(b"%%EOF\n"), "{}", input());
    }
    if let Some(docx) = sound(document.to_docx(&Default::default()), input) {
        assert!(docx.value.starts_with(b"PK"), "{}", input());
    }
}

fn composed(files: Vec<(String, Vec<u8>)>, data: &Value) {
    let input = || {
        let texts = files.iter().map(|(name, bytes)| (name, String::from_utf8_lossy(bytes)));
        texts.map(|(name, text)| format!("--- {name}\n{text}\n")).collect::<String>()
            + &data.to_string()
    };
    let design = engine().load_files("fuzz", Files::memory(files.iter().cloned()));
    let Some(design) = sound(design, &input) else { return };
    let Some(document) = sound(design.value.compose(data), &input) else { return };
    written(&document.value, &input);
}

fn page(body: &str) -> String {
    format!("<html lang=\"ru\"><head><title>т</title></head><body>{body}</body></html>")
}

const PROPERTIES: [&str; 40] = [
    "width",
    "height",
    "min-width",
    "max-width",
    "min-height",
    "max-height",
    "margin",
    "padding",
    "margin-top",
    "margin-left",
    "padding-right",
    "font-size",
    "line-height",
    "letter-spacing",
    "word-spacing",
    "text-indent",
    "top",
    "left",
    "right",
    "bottom",
    "gap",
    "column-gap",
    "opacity",
    "orphans",
    "widows",
    "column-count",
    "column-width",
    "border-width",
    "border-radius",
    "flex-grow",
    "flex-shrink",
    "flex-basis",
    "order",
    "z-index",
    "font-weight",
    "tab-size",
    "outline-width",
    "border-spacing",
    "aspect-ratio",
    "counter-increment",
];

const WORDS: [&str; 34] = [
    "display: flex",
    "display: grid",
    "display: inline-block",
    "display: table",
    "display: none",
    "display: list-item",
    "position: absolute",
    "position: relative",
    "position: running(a)",
    "float: left",
    "float: footnote",
    "break-before: page",
    "break-inside: avoid",
    "break-after: avoid",
    "columns: 3",
    "column-span: all",
    "white-space: pre",
    "white-space: nowrap",
    "text-align: justify",
    "text-align: center",
    "hyphens: auto",
    "transform: rotate(90deg)",
    "transform: scale(0)",
    "overflow: hidden",
    "border: 1pt solid red",
    "background: linear-gradient(red, blue)",
    "box-shadow: 0 0 9pt black",
    "border-collapse: collapse",
    "table-layout: fixed",
    "vertical-align: super",
    "text-transform: uppercase",
    "page: wide",
    "direction: rtl",
    "grid-template-columns: repeat(auto-fill, minmax(1pt, 1fr))",
];

fn declaration(choices: &mut Choices<'_>, out: &mut String) {
    if choices.up_to(1) == 0 {
        out.push_str(choices.of(&WORDS));
    } else {
        let unit = choices.of(&["pt", "mm", "em", "%", "", "px", "fr", "vw"]);
        let property = choices.of(&PROPERTIES);
        let _ = write!(out, "{property}: {}{unit}", choices.number());
    }
    out.push_str("; ");
}

fn element(choices: &mut Choices<'_>, out: &mut String, depth: usize) {
    let tag = choices.of(&[
        "p",
        "div",
        "span",
        "table",
        "tr",
        "td",
        "th",
        "ul",
        "ol",
        "li",
        "h1",
        "section",
        "figure",
        "em",
        "br",
        "img",
        "thead",
        "caption",
        "col",
        "a",
        "blockquote",
        "pre",
        "dl",
        "dt",
        "dd",
    ]);
    let _ = write!(out, "<{tag}");
    if choices.up_to(2) > 0 {
        out.push_str(" style=\"");
        (0..=choices.up_to(2)).for_each(|_| declaration(choices, out));
        out.push('"');
    }
    match tag {
        "td" | "th" if choices.up_to(2) == 0 => {
            let (columns, rows) = (choices.up_to(40), choices.up_to(40));
            let _ = write!(out, " colspan=\"{columns}\" rowspan=\"{rows}\"");
        }
        "img" => out.push_str(" src=\"a.svg\" alt=\"а\""),
        _ => {}
    }
    if matches!(tag, "br" | "img" | "col") {
        out.push_str("/>");
        return;
    }
    out.push('>');
    for _ in 0..=choices.up_to(4) {
        if depth < 12 && !choices.is_empty() && choices.up_to(2) > 0 {
            element(choices, out, depth + 1);
        } else {
            let word = choices.word().replace('&', "&amp;").replace('<', "&lt;");
            let _ = write!(out, "{word} ");
        }
    }
    let _ = write!(out, "</{tag}>");
}

/// A tree of elements with styles of their own, under a stylesheet.
pub(crate) fn tree_style(data: &[u8]) {
    let choices = &mut Choices(data);
    let mut style = String::from("@page { size: ");
    let _ = write!(style, "{}mm {}mm; ", 20 + choices.up_to(200), 20 + choices.up_to(200));
    (0..choices.up_to(2)).for_each(|_| declaration(choices, &mut style));
    style.push_str("} ");
    for selector in ["p", "div > *", "td", ":nth-child(2)", "li::marker", "p::before"] {
        if choices.up_to(1) == 0 {
            let _ = write!(style, "{selector} {{ ");
            (0..=choices.up_to(3)).for_each(|_| declaration(choices, &mut style));
            style.push_str("} ");
        }
    }
    let mut body = String::new();
    while !choices.is_empty() && body.len() < 20_000 {
        element(choices, &mut body, 0);
    }
    let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><circle r='4'/></svg>";
    composed(
        vec![
            ("template.hbs".to_owned(), page(&body).into_bytes()),
            ("style.css".to_owned(), style.into_bytes()),
            ("a.svg".to_owned(), svg.as_bytes().to_vec()),
        ],
        &json!({}),
    );
}

fn shape(choices: &mut Choices<'_>, out: &mut String, depth: usize) {
    let mut number = || choices.number();
    let [a, b, c, d] = std::array::from_fn(|_| number());
    let paint = choices.of(&[
        "fill='url(#g)'",
        "stroke='black' stroke-width='3'",
        "opacity='0.5'",
        "filter='url(#f)'",
        "clip-path='url(#c)'",
        "mask='url(#m)'",
        "fill='none' stroke='red' stroke-dasharray='1 2'",
        "fill='url(#p)'",
        "marker-mid='url(#k)' stroke='black'",
        "",
    ]);
    let _ = match choices.up_to(8) {
        0 => write!(out, "<rect x='{a}' y='{b}' width='{c}' height='{d}' {paint}/>"),
        1 => write!(out, "<circle cx='{a}' cy='{b}' r='{c}' {paint}/>"),
        2 => write!(out, "<path d='M{a} {b} L{c} {d} Q{b} {a} {d} {c} Z' {paint}/>"),
        3 => write!(out, "<path d='M{a} {b} A{c} {d} 30 1 0 {d} {c}' {paint}/>"),
        4 => write!(out, "<polyline points='{a},{b} {c},{d} {b},{c}' {paint}/>"),
        5 => write!(out, "<text x='{a}' y='{b}' font-size='{c}' {paint}>слово</text>"),
        6 => write!(out, "<use href='#s' transform='translate({a} {b}) scale({c})' {paint}/>"),
        _ if depth < 6 => {
            let _ = write!(out, "<g transform='matrix({a} {b} {c} {d} 1 1)' {paint}>");
            (0..=choices.up_to(3)).for_each(|_| shape(choices, out, depth + 1));
            write!(out, "</g>")
        }
        _ => Ok(()),
    };
}

/// A drawing of extreme numbers.
pub(crate) fn svg(data: &[u8]) {
    let choices = &mut Choices(data);
    let [a, b, c, d] = std::array::from_fn(|_| choices.number());
    let mut out = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='{}' height='{}' viewBox='{a} {b} {c} {d}'>\
         <defs><linearGradient id='g' x2='{a}'><stop offset='0'/><stop offset='1' \
         stop-color='red'/></linearGradient><filter id='f'><feGaussianBlur stdDeviation='{b}'/>\
         <feOffset dx='{c}'/></filter><clipPath id='c'><circle r='{d}'/></clipPath><mask id='m'>\
         <rect width='{c}' height='{d}' fill='white'/></mask><pattern id='p' width='{a}' \
         height='{b}' patternUnits='userSpaceOnUse'><rect width='1' height='1'/></pattern><marker \
         id='k' markerWidth='{c}'><circle r='1'/></marker><g id='s'><rect width='{d}' \
         height='2'/></g></defs>",
        choices.number(),
        choices.number(),
    );
    while !choices.is_empty() && out.len() < 20_000 {
        shape(choices, &mut out, 0);
    }
    out.push_str("</svg>");
    let template = page("<p>а<img src=\"a.svg\" alt=\"а\" style=\"max-width: 90mm\"/></p>");
    composed(
        vec![
            ("template.hbs".to_owned(), template.into_bytes()),
            ("a.svg".to_owned(), out.into_bytes()),
        ],
        &json!({}),
    );
}

/// A workbook of parts that are well-formed and lie.
pub(crate) fn workbook(data: &[u8]) {
    let choices = &mut Choices(data);
    let mut sheet = format!(
        "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><dimension \
         ref='{}'/><sheetData>",
        choices.of(&["A1:B3", "A1:XFD1048576", "B2:A1", "", "A0"])
    );
    let mut row = 0;
    while !choices.is_empty() && sheet.len() < 20_000 {
        row += 1 + choices.up_to(3) * choices.up_to(3);
        let _ =
            write!(sheet, "<row r='{row}'{}>", choices.of(&["", " hidden='1'", " spans='1:9'"]));
        for _ in 0..choices.up_to(6) {
            let column = choices.of(&["A", "B", "C", "D", "XFD", "ZZZZ", ""]);
            let kind = choices.of(&["s", "inlineStr", "n", "b", "e", "d", "str", "x"]);
            let style = choices.up_to(4);
            let value = choices.of(&[
                "0",
                "1",
                "4294967295",
                "-1",
                "45000.5",
                "1e300",
                "#N/A",
                "ФИО",
                "Ким Ольга",
                "",
            ]);
            let _ = write!(
                sheet,
                "<c r='{column}{row}' t='{kind}' s='{style}'><v>{value}</v><is><t>{value}</t></is>\
                 </c>"
            );
        }
        sheet.push_str("</row>");
    }
    sheet.push_str("</sheetData><mergeCells><mergeCell ref='A1:C9'/></mergeCells></worksheet>");
    let strings = format!(
        "<sst xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' count='{}'>\
         <si><t>ФИО</t></si><si><r><t>За </t></r><r><t>что</t></r></si></sst>",
        choices.of(&["2", "4294967295", "-1"])
    );
    let book = "<workbook xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main' \
        xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'><sheets>\
        <sheet name='Люди' sheetId='1' r:id='rId1'/></sheets></workbook>";
    let relations = "<Relationships \
        xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship \
        Id='rId1' Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/\
        worksheet' \
        Target='worksheets/sheet1.xml'/></Relationships>";
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in [
        ("[Content_Types].xml", "<Types/>"),
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", relations),
        ("xl/worksheets/sheet1.xml", &sheet),
        ("xl/sharedStrings.xml", &strings),
    ] {
        zip.start_file(name, stored).expect("memory takes it");
        zip.write_all(text.as_bytes()).expect("memory takes it");
    }
    let bytes = zip.finish().expect("memory takes it").into_inner();
    let read = table::read(Cursor::new(bytes), "a.xlsx", None, &Default::default());
    if let Some(rows) = sound(read, &|| sheet.clone()) {
        assert!(rows.take(100_000).count() < 100_000, "{sheet}");
    }
}

/// Data of one's own, and paths that lead somewhere in them.
fn tree(choices: &mut Choices<'_>, path: &str, paths: &mut Vec<String>, depth: usize) -> Value {
    paths.push(path.to_owned());
    match choices.up_to(7) {
        0 => Value::Null,
        1 => json!(choices.up_to(1) == 0),
        2 => json!(i64::from(choices.byte()) - 9),
        3 if depth < 5 => {
            let count = choices.up_to(3);
            let item = |index| format!("{path}.[{index}]");
            (0..count).map(|index| tree(choices, &item(index), paths, depth + 1)).collect()
        }
        4 | 5 if depth < 5 => {
            let mut map = Map::new();
            for key in ["name", "post", "a", "case"].into_iter().take(choices.up_to(4)) {
                let path = format!("{path}.{key}");
                map.insert(key.to_owned(), tree(choices, &path, paths, depth + 1));
            }
            Value::Object(map)
        }
        _ => json!(choices.word()),
    }
}

fn expressions(choices: &mut Choices<'_>, paths: &[String], out: &mut String, depth: usize) {
    let helpers: Vec<&str> = itog::helper_names().collect();
    for _ in 0..=choices.up_to(4) {
        let path = &paths[usize::from(choices.byte()) % paths.len()];
        let other = &paths[usize::from(choices.byte()) % paths.len()];
        let _ = match choices.up_to(7) {
            0 | 1 => write!(out, "<p>{{{{{path}}}}}</p>"),
            2 | 3 => {
                let helper = choices.of(&helpers);
                let case = choices.of(&["\"dat\"", "\"gen\"", "\"1 234,50\"", "3", "null", ""]);
                write!(out, "<p>{{{{{helper} {path} {case}}}}}</p>")
            }
            4 => write!(out, "<p>{{{{#if (eq {path} {other})}}}}а{{{{else}}}}б{{{{/if}}}}</p>"),
            5 if depth < 6 => {
                let block = choices.of(&["each", "with", "if", "unless"]);
                let _ = write!(out, "{{{{#{block} {path}}}}}");
                let inner = ["this".to_owned(), "@root".to_owned(), other.clone()];
                expressions(choices, &inner, out, depth + 1);
                write!(out, "{{{{/{block}}}}}")
            }
            6 => write!(out, "{{{{> part}}}}"),
            _ => write!(out, "<p class=\"{{{{{path}}}}}\">{}</p>", choices.up_to(9)),
        };
    }
}

/// A template whose names are those of its data.
pub(crate) fn template(data: &[u8]) {
    let choices = &mut Choices(data);
    let mut paths = Vec::new();
    let mut map = Map::new();
    for key in ["a", "b", "people", "date"] {
        map.insert(key.to_owned(), tree(choices, key, &mut paths, 0));
    }
    let (mut body, mut part) = (String::new(), String::new());
    expressions(choices, &paths, &mut body, 0);
    // A part may include itself: that, too, must end.
    expressions(choices, &paths, &mut part, 4);
    composed(
        vec![
            ("template.hbs".to_owned(), page(&body).into_bytes()),
            ("part.hbs".to_owned(), part.into_bytes()),
        ],
        &Value::Object(map),
    );
}

const SEEDS: [&str; 3] = [
    "kind: Протокол
event: {name: Семинар, date: 2025-05-14/2025-05-15}
members: 7
present: 5
attendees: [Ким В. О., {name: Лев Павел, post: директор}]
agenda:
  - title: О плане
    decided: [Утвердить план., \"Издать: сборник\"]
vote: {for: 5, against: 0}
",
    "kind: Благодарность
recipient: {name: Егорова Татьяна, post: библиотекарь}
for: |
  участие
signatures:
  - &a {name: Лев Павел}
  - *a
date: 14 мая 2025 г.
",
    "kind: Приказ
number: 007
about: О премировании
preamble: В связи с итогами
points:
- text: Премировать
  items: [а, б]
  due: 2025-06-01
table:
  columns: [№, ФИО]
  rows: [[1, Ким]]
",
];

/// Data as text, cut and put together anew, in all formats; what is read is made.
pub(crate) fn data(data: &[u8]) {
    let choices = &mut Choices(data);
    let mut text: Vec<char> = choices.of(&SEEDS).chars().collect();
    while !choices.is_empty() && text.len() < 20_000 {
        let at =
            (usize::from(choices.byte()) << 8 | usize::from(choices.byte())) % (text.len() + 1);
        let end = (at + choices.up_to(20)).min(text.len());
        let put: String = match choices.up_to(6) {
            0 => String::new(),
            1 => choices.word().to_owned(),
            2 => text[at..end].iter().collect::<String>().repeat(2),
            3 => {
                choices.of(&[": ", "- ", "\n", "  ", "\t", "#", "&a ", "*a", "|", ">", "\""]).into()
            }
            4 => choices
                .of(&["[", "]", "{", "}", "!!x ", "? ", "---\n", "<<: *a\n", "\u{feff}"])
                .into(),
            5 => choices.number(),
            _ => SEEDS[choices.up_to(2)].chars().skip(at % 200).take(60).collect(),
        };
        text.splice(at..end, put.chars());
    }
    let text: String = text.into_iter().collect();
    let input = || text.clone();
    for format in [Format::Yaml, Format::Json, Format::Toml] {
        sound(model::values(text.as_bytes(), "a", format), &input);
        let read = model::read_within(text.as_bytes(), "a", format, &limits());
        let Some(document) = sound(read, &input) else { continue };
        let name = match document.value {
            model::Document::Certificate(_) => "certificate-classic",
            _ => "final-document",
        };
        let Some(design) = sound(engine().load_builtin(name), &input) else { continue };
        if let Some(made) = sound(design.value.compose(&document.value), &input) {
            written(&made.value, &input);
        }
    }
}

/// A DOCX and a PDF of ours, damaged.
pub(crate) fn extract(data: &[u8]) {
    static MADE: OnceLock<[Vec<u8>; 2]> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let read = model::read(SEEDS[0].as_bytes(), "a.yaml", Format::Yaml).expect("it is good");
        let design = engine().load_builtin("final-document").expect("it is there").value;
        let made = design.compose(&read.value).expect("it is good").value;
        let options = itog::DocxOptions::default().with_source("a.yaml", SEEDS[0]);
        let source = itog::EmbeddedFile::source("a.yaml", SEEDS[0]);
        let pdf =
            itog::PdfOptions::default().with_standard(itog::Standard::A3a).with_attachment(source);
        [made.to_docx(&options).expect("good").value, made.to_pdf(&pdf).expect("good").value]
    });
    let choices = &mut Choices(data);
    let mut bytes = made[choices.up_to(1)].clone();
    while !choices.is_empty() {
        let [a, b, c, d] = std::array::from_fn(|_| usize::from(choices.byte()));
        // Ends of archives and of PDFs tell where all else is.
        let at =
            if d % 2 == 0 { (a << 16 | b << 8 | c) % bytes.len() } else { bytes.len() - 1 - a };
        match d % 5 {
            0 => bytes.truncate(at.max(300)),
            1 | 2 => bytes[at] = choices.byte(),
            3 => bytes[at] ^= 1 << (b % 8),
            _ => drop(bytes.drain(at..(at + b).min(bytes.len() - 300).max(at))),
        }
        if bytes.len() < 600 {
            break;
        }
    }
    sound(itog::engine::extract(&bytes), &|| format!("{} bytes", bytes.len()));
    let _ = itog::engine::is_unchanged(&bytes);
}

/// What documents made in Word are put together from; `~` is where more of it goes.
const WORD: &[&str] = &[
    "<w:p>~</w:p>",
    "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"~\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>~</w:p>",
    "<w:p><w:pPr><w:framePr w:w=\"~\" w:hSpace=\"~\" w:wrap=\"around\" w:x=\"~\"/></w:pPr>~\
     </w:p>",
    "<w:p><w:pPr><w:sectPr><w:pgSz w:w=\"~\" w:h=\"~\"/><w:cols w:num=\"~\"/><w:vAlign \
     w:val=\"center\"/><w:titlePg/><w:pgNumType w:start=\"~\"/></w:sectPr></w:pPr>~</w:p>",
    "<w:p><w:pPr><w:spacing w:before=\"~\" w:line=\"~\" w:lineRule=\"exact\"/><w:ind \
     w:left=\"~\" w:hanging=\"~\"/><w:tabs><w:tab w:val=\"right\" w:pos=\"~\"/></w:tabs>\
     </w:pPr>~</w:p>",
    "<w:tbl><w:tblGrid><w:gridCol w:w=\"~\"/><w:gridCol w:w=\"~\"/></w:tblGrid>~</w:tbl>",
    "<w:tr>~</w:tr>",
    "<w:tr><w:trPr><w:trHeight w:val=\"~\"/><w:tblHeader/></w:trPr>~</w:tr>",
    "<w:tc>~</w:tc>",
    "<w:tc><w:tcPr><w:gridSpan w:val=\"~\"/><w:vMerge/></w:tcPr>~</w:tc>",
    "<w:sdt><w:sdtPr><w:tag w:val=\"name\"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>~\
     </w:sdtContent></w:sdt>",
    "<w:ins>~</w:ins>",
    "<w:del>~</w:del>",
    "<w:hyperlink w:anchor=\"a\">~</w:hyperlink>",
    "<w:r><w:t>~</w:t></w:r>",
    "<w:r><w:rPr><w:sz w:val=\"~\"/><w:caps/></w:rPr><w:t>~</w:t><w:tab/><w:br/></w:r>",
    "<w:r><w:br w:type=\"page\"/></w:r>",
    "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>",
    "<w:r><w:instrText> MERGEFIELD name </w:instrText></w:r>",
    "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>",
    "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
    "<w:fldSimple w:instr=\" PAGE \">~</w:fldSimple>",
    "<w:r><w:drawing><wp:anchor distR=\"~\"><wp:positionH relativeFrom=\"margin\"><wp:posOffset>~\
     </wp:posOffset></wp:positionH><wp:positionV relativeFrom=\"paragraph\"><wp:posOffset>~\
     </wp:posOffset></wp:positionV><wp:extent cx=\"~0000\" cy=\"~0000\"/><wp:wrapSquare \
     wrapText=\"bothSides\"/><a:graphic><a:graphicData><wps:wsp><wps:spPr/><wps:txbx>\
     <w:txbxContent>~\
     </w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>\
     </wp:anchor></w:drawing></w:r>",
    "<w:r><w:pict><v:rect style=\"position:absolute;width:~pt;height:~pt;margin-left:~pt\">\
     <w10:wrap type=\"square\"/></v:rect></w:pict></w:r>",
];
const TAGS: &[&str] = &[
    "слово ",
    "много слов подряд ",
    "{{name}}",
    "{{",
    "}}",
    "{{#each all}}",
    "{{this}}",
    "{{/each}}",
    "{{#if name}}",
    "{{else}}",
    "{{/if}}",
    "{{ФИО дат}}",
    "{{для каждого all}}",
    "{{конец}}",
    "{{name ",
    "\"dat\"}}",
    "\\{{",
    "{{!-- ",
    "--}}",
    "{{picture name}}",
    "8-905-000 ",
];

fn of_word(choices: &mut Choices<'_>, out: &mut String, depth: usize) {
    for _ in 0..=choices.up_to(3) {
        if depth > 6 || choices.is_empty() || choices.up_to(3) == 0 {
            out.push_str(choices.of(TAGS));
            continue;
        }
        let mut parts = choices.of(WORD).split('~').peekable();
        while let Some(part) = parts.next() {
            out.push_str(part);
            match parts.peek() {
                // Values stand between quotes or within an element of offsets.
                Some(next)
                    if part.ends_with("=\"")
                        || part.ends_with(':')
                        || next.starts_with("</wp:pos") =>
                {
                    let _ = write!(out, "{}", choices.number().trim_start_matches('+'));
                }
                Some(_) => of_word(choices, out, depth + 1),
                None => {}
            }
        }
    }
}

/// A document made in Word with whatever in whatever: as a template of ours, and filled.
pub(crate) fn word(data: &[u8]) {
    let choices = &mut Choices(data);
    let mut body = String::new();
    of_word(choices, &mut body, 0);
    let part = |name: &str, inner: &str| {
        format!(
            "<w:{name} xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
             xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
             xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
             xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" \
             xmlns:v=\"urn:schemas-microsoft-com:vml\" \
             xmlns:w10=\"urn:schemas-microsoft-com:office:word\">{inner}</w:{name}>"
        )
    };
    let list = "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\">\
     <w:numFmt w:val=\"decimal\"/>\
                <w:lvlText w:val=\"%1.\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\">\
                <w:abstractNumId w:val=\"0\"/></w:num>";
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = |kind: &str, target: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             <Relationship Id=\"r1\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let document =
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    let types = format!(
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default \
         Extension=\"xml\" ContentType=\"application/xml\"/><Override \
         PartName=\"/word/document.xml\" ContentType=\"{document}\"/></Types>"
    );
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in [
        ("[Content_Types].xml", types),
        ("_rels/.rels", relations("officeDocument", "word/document.xml")),
        ("word/_rels/document.xml.rels", relations("numbering", "numbering.xml")),
        ("word/numbering.xml", part("numbering", list)),
        ("word/document.xml", part("document", &format!("<w:body>{body}</w:body>"))),
    ] {
        zip.start_file(name, stored).expect("memory takes it");
        zip.write_all(text.as_bytes()).expect("memory takes it");
    }
    let docx = zip.finish().expect("memory takes it").into_inner();
    let input = || body.clone();
    sound(engine().word_to_template(&docx, "fuzz"), &input);
    let Some(design) = sound(engine().load_word(&docx, "fuzz"), &input) else { return };
    let data = json!({ "name": "Анна", "all": ["один", "два"] });
    let Some(filled) = sound(design.value.compose(&data), &input) else { return };
    written(&filled.value, &input);
}
