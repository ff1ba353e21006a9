//! Blanks in a short notation, as files; and filled files in the same notation.

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use roxmltree::{Document, Node};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const PNG: &[u8] = include_bytes!("mark.png");

/// A blank: what its parts hold.
#[derive(Default)]
pub(crate) struct Blank {
    body: String,
    header: String,
    footnotes: String,
}

/// A ZIP archive.
pub(crate) fn archive(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// Runs, parted by bars.
fn runs(text: &str) -> String {
    let run = |text: &str| match text.strip_prefix("*") {
        Some(bold) => format!(
            "<w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r>",
            escape(bold)
        ),
        None => format!("<w:r><w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(text)),
    };
    let pieces: Vec<String> = text.split('|').map(run).collect();
    // As Word leaves its marks of spelling between runs.
    pieces.join(
        "<w:proofErr w:type=\"spellStart\"/><w:bookmarkStart w:id=\"9\" w:name=\"_GoBack\"/>\
        <w:bookmarkEnd w:id=\"9\"/>",
    )
}

fn paragraph(text: &str) -> String {
    format!("<w:p w14:paraId=\"00000001\">{}</w:p>", runs(text))
}

impl Blank {
    /// Reads the notation.
    pub(crate) fn read(text: &str) -> Self {
        let mut blank = Self::default();
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            let (kind, rest) = line.split_once(": ").unwrap_or((line.trim_end_matches(':'), ""));
            match kind {
                "p" => blank.body += &paragraph(rest),
                "li" => {
                    let look = "<w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/>\
                        </w:numPr></w:pPr>";
                    blank.body += &format!("<w:p>{look}{}</w:p>", runs(rest));
                }
                "tr" => {
                    let mut rows = vec![rest];
                    while let Some(next) = lines.next_if(|line| line.starts_with("tr: ")) {
                        rows.push(&next[4..]);
                    }
                    blank.body += &table(&rows);
                }
                "box" => blank.body += &text_box(rest),
                "hdr" => blank.header += &paragraph(rest),
                "note" => {
                    blank.footnotes +=
                        &format!("<w:footnote w:id=\"2\">{}</w:footnote>", paragraph(rest));
                }
                _ => blank.body += line,
            }
        }
        blank
    }

    /// The file.
    pub(crate) fn docx(&self) -> Vec<u8> {
        let (mut types, mut relations) = (String::new(), String::new());
        let mut parts: Vec<(&str, Vec<u8>)> = Vec::new();
        let mut part = |name: &'static str, kind: &str, xml: String| {
            types += &format!(
                "<Override PartName=\"/word/{name}.xml\" ContentType=\"{WORD}.{kind}+xml\"/>"
            );
            relations += &format!(
                "<Relationship Id=\"rId{name}\" Type=\"{OFFICE}/{kind}\" Target=\"{name}.xml\"/>"
            );
            xml.into_bytes()
        };
        let root = |name: &str, inner: &str| {
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:{name} \
                 xmlns:w=\"{W}\" xmlns:r=\"{OFFICE}\" xmlns:wp=\"http://schemas.openxmlformats.org/\
                 drawingml/2006/wordprocessingDrawing\" xmlns:w14=\"http://schemas.microsoft.com/\
                 office/word/2010/wordml\" xmlns:mc=\"http://schemas.openxmlformats.org/\
                 markup-compatibility/2006\" xmlns:wps=\"http://schemas.microsoft.com/office/word/\
                 2010/wordprocessingShape\" xmlns:w15=\"http://schemas.microsoft.com/office/\
                 word/2012/wordml\" xmlns:v=\"urn:schemas-microsoft-com:vml\">{inner}</w:{name}>"
            )
        };
        let mut section = String::new();
        if !self.header.is_empty() {
            parts.push(("word/header1.xml", part("header1", "header", root("hdr", &self.header))));
            section += "<w:headerReference w:type=\"default\" r:id=\"rIdheader1\"/>";
        }
        if !self.footnotes.is_empty() {
            let xml = root("footnotes", &self.footnotes);
            parts.push(("word/footnotes.xml", part("footnotes", "footnotes", xml)));
        }
        let list = "<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>\
            <w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl></w:abstractNum>\
            <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>";
        parts.push(("word/numbering.xml", part("numbering", "numbering", root("numbering", list))));
        parts.push(("word/styles.xml", part("styles", "styles", root("styles", ""))));
        parts.push(("word/settings.xml", part("settings", "settings", root("settings", ""))));
        let section = format!(
            "<w:sectPr>{section}<w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" \
             w:right=\"850\" w:bottom=\"1134\" w:left=\"1701\" w:header=\"708\" w:footer=\"708\" \
             w:gutter=\"0\"/></w:sectPr>"
        );
        let body = format!("<w:body>{}{section}</w:body>", self.body);
        let package = "http://schemas.openxmlformats.org/package/2006";
        let relate = |inner: &str| {
            format!("<Relationships xmlns=\"{package}/relationships\">{inner}</Relationships>")
        };
        relations += &format!(
            "<Relationship Id=\"rIdPicture\" Type=\"{OFFICE}/image\" Target=\"media/image1.png\"/>\
             <Relationship Id=\"rIdLink\" Type=\"{OFFICE}/hyperlink\" TargetMode=\"External\" \
             Target=\"https://example.org/%7B%7Bn%7D%7D\"/>"
        );
        let types = format!(
            "<Types xmlns=\"{package}/content-types\"><Default Extension=\"rels\" \
             ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
             <Default Extension=\"png\" ContentType=\"image/png\"/>\
             <Override PartName=\"/word/document.xml\" ContentType=\"{WORD}.document.main+xml\"/>\
             <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.\
             openxmlformats-package.core-properties+xml\"/>{types}</Types>"
        );
        let own = relate(&format!(
            "<Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" \
             Target=\"word/document.xml\"/>\
             <Relationship Id=\"rId2\" Type=\"{package}/relationships/metadata/core-properties\" \
             Target=\"docProps/core.xml\"/>"
        ));
        let core = format!(
            "<cp:coreProperties xmlns:cp=\"{package}/metadata/core-properties\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>Бланк</dc:title>\
             </cp:coreProperties>"
        );
        let mut all = vec![
            ("[Content_Types].xml", types.into_bytes()),
            ("_rels/.rels", own.into_bytes()),
            ("docProps/core.xml", core.into_bytes()),
            ("word/document.xml", root("document", &body).into_bytes()),
            ("word/_rels/document.xml.rels", relate(&relations).into_bytes()),
            ("word/media/image1.png", PNG.to_vec()),
        ];
        all.extend(parts);
        archive(&all)
    }
}

fn table(rows: &[&str]) -> String {
    let width = "<w:tcPr><w:tcW w:w=\"2000\" w:type=\"dxa\"/></w:tcPr>";
    let cell = |text: &str| {
        let inner: String = text.split(" ¶ ").map(paragraph).collect();
        format!("<w:tc>{width}{inner}</w:tc>")
    };
    let row = |row: &&str| {
        let cells: String = row.split(" || ").map(cell).collect();
        format!("<w:tr>{cells}</w:tr>")
    };
    let columns = rows[0].split(" || ").count();
    let grid = "<w:gridCol w:w=\"2000\"/>".repeat(columns);
    let rows: String = rows.iter().map(row).collect();
    format!("<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>")
}

/// A text box as Word writes it: for itself, and once more for older versions.
fn text_box(text: &str) -> String {
    let content = format!("<w:txbxContent>{}</w:txbxContent>", paragraph(text));
    format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wp:inline>\
         <wp:docPr id=\"7\" name=\"Надпись\"/><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp>\
         </wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>{content}</w:pict></mc:Fallback>\
         </mc:AlternateContent></w:r></w:p>"
    )
}

/// A filled file in the notation of blanks.
pub(crate) fn shown(parts: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let mut lines = Vec::new();
    for (part, prefix) in
        [("word/document.xml", ""), ("word/header1.xml", "hdr"), ("word/footnotes.xml", "note")]
    {
        let Some(bytes) = parts.get(part) else { continue };
        let text = std::str::from_utf8(bytes).unwrap();
        let document = Document::parse(text).unwrap_or_else(|e| panic!("{e}: {text}"));
        blocks(document.root_element(), prefix, &mut lines);
    }
    lines
}

fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.tag_name().name() == name
}

fn blocks(parent: Node<'_, '_>, prefix: &str, lines: &mut Vec<String>) {
    for node in parent.children().filter(Node::is_element) {
        if is(node, "p") {
            let kind = match node.descendants().any(|n| is(n, "numPr")) {
                true => "li",
                false => "p",
            };
            let kind = if prefix.is_empty() { kind } else { prefix };
            let boxed = node.descendants().any(|n| is(n, "txbxContent"));
            if !boxed {
                lines.push(format!("{kind}: {}", text(node)));
            }
            for inner in node.descendants().filter(|n| is(*n, "txbxContent")) {
                blocks(inner, "box", lines);
            }
        } else if is(node, "tr") {
            let cells = node.children().filter(|n| is(*n, "tc")).map(|cell| {
                let paragraphs = cell.children().filter(|n| is(*n, "p")).map(text);
                paragraphs.collect::<Vec<_>>().join(" ¶ ")
            });
            lines.push(format!("tr: {}", cells.collect::<Vec<_>>().join(" || ")));
        } else if !is(node, "sectPr") {
            blocks(node, prefix, lines);
        }
    }
}

fn text(paragraph: Node<'_, '_>) -> String {
    let mut out = String::new();
    // Spaces that do not break look the same here.
    for node in paragraph.descendants() {
        match node.tag_name().name() {
            "t" => out += &node.children().filter_map(|n| n.text()).collect::<String>(),
            "br" => out += "⏎",
            "drawing" => out += "▣",
            _ => {}
        }
    }
    out.replace('\u{a0}', " ")
}
