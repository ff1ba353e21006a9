//! Cases of the box tree: `tests/boxes/*.html`, each with the tree that it gives, or the faults.

use std::fmt::Write;
use std::sync::Arc;

use itog::diag::{Sink, Source};
use itog::files::Files;
use itog::internals::boxes::{BoxNode, BoxTree, Content, Inline, InlineBox, NamedString, RowBox};
use itog::internals::diag::{Sources, Span};
use itog::internals::image::ImageStore;
use itog::internals::style::{Display, LengthOrAuto};
use itog::internals::{boxes, markup, style};

/// A red dot.
const DOT: &[u8] = include_bytes!("boxes/dot.png");

fn build(text: &str) -> (Option<BoxTree>, Sink) {
    let mut sink = Sink::new();
    let mut sources = Sources::default();
    let id = sources.add(Source::new("case.html", text));
    // Every start tag gets the mark that the template stage would give it.
    let mut marked = String::new();
    let mut from = 0;
    for (at, _) in text.match_indices('<') {
        let name = text[at + 1..]
            .find(|c: char| !c.is_alphanumeric() && c != '-')
            .map_or(text.len(), |end| at + 1 + end);
        if name > at + 1 && at >= from {
            let end = text[at..].find('>').map_or(text.len(), |end| at + end + 1);
            let _ = write!(marked, "{} data-itog-at=\"{}:{at}:{end}\"", &text[from..name], id.0);
            from = name;
        }
    }
    marked.push_str(&text[from..]);
    let Some(tree) = markup::parse(&marked, Arc::new(sources), &mut sink) else {
        return (None, sink);
    };
    let styles = style::cascade(&tree, &[], &mut sink);
    let images = ImageStore::new(Files::bundled(&[("dot.png", DOT)]));
    (Some(boxes::build(&tree, &styles, &images, &mut sink)), sink)
}

struct Dump<'a> {
    out: String,
    tree: &'a BoxTree,
}

/// Text with its unusual spaces made visible.
fn shown(text: &str) -> String {
    text.replace('\u{a0}', "␣").replace('\u{ad}', "¬").replace('\u{200b}', "∅")
}

impl Dump<'_> {
    fn line(&mut self, depth: usize, text: &str) {
        let _ = writeln!(self.out, "{}{text}", "  ".repeat(depth));
    }

    fn node(&mut self, depth: usize, node: &BoxNode) {
        let mut line = if node.element.is_empty() {
            "(anonymous)".to_owned()
        } else {
            node.element.to_string()
        };
        node.class.split_whitespace().for_each(|class| line += &format!(".{class}"));
        line += &node.id.iter().map(|id| format!("#{id}")).collect::<String>();
        let _ =
            write!(line, " {:?} {}", node.role, format!("{:?}", node.style.display).to_lowercase());
        if let Some(alt) = &node.alt {
            let _ = write!(line, " alt={alt:?}");
        }
        if let Some(control) = &node.control {
            let _ = write!(line, " control={control:?}");
        }
        for NamedString { name, text, .. } in &node.strings {
            let _ = write!(line, " {name}={text:?}");
        }
        if let Some(marker) = &node.marker {
            let _ = write!(
                line,
                " marker={:?}{}",
                shown(&marker.text),
                if marker.inside { " inside" } else { "" }
            );
            if let Some(number) = &marker.number {
                let _ = write!(
                    line,
                    " list {} in {:?} level {} value {}",
                    number.list, number.parent, number.level, number.value
                );
            }
        }
        match &node.content {
            Content::Blocks(blocks) => {
                self.line(depth, &line);
                blocks.iter().for_each(|block| self.node(depth + 1, block));
            }
            Content::Flex(items) => {
                self.line(depth, &(line + ":"));
                items.iter().for_each(|item| self.node(depth + 1, item));
            }
            Content::Inline(items) => {
                self.line(depth, &line);
                if !items.is_empty() {
                    self.lines(depth + 1, items);
                }
            }
            Content::Image(image) => {
                self.line(depth, &format!("{line} image {}×{}", image.width, image.height))
            }
            Content::Table(table) => {
                self.line(depth, &line);
                table.caption.iter().for_each(|caption| self.node(depth + 1, caption));
                let widths = table.columns.iter().map(|column| match column.width {
                    LengthOrAuto::Auto => "auto".to_owned(),
                    LengthOrAuto::Set(width) => format!("{}pt+{}%", width.points, width.percent),
                });
                let widths = widths.collect::<Vec<_>>().join(" ");
                self.line(depth + 1, &format!("columns {widths}"));
                for (name, rows) in
                    [("head", &table.head), ("body", &table.body), ("foot", &table.foot)]
                {
                    rows.iter().for_each(|row| self.row(depth + 1, name, row));
                }
            }
        }
    }

    fn row(&mut self, depth: usize, name: &str, row: &RowBox) {
        self.line(depth, &format!("{name} row"));
        for cell in &row.cells {
            let heads = if cell.heads_row { " heads row" } else { "" };
            self.line(
                depth + 1,
                &format!("at {} columns {} rows {}{heads}", cell.column, cell.columns, cell.rows),
            );
            self.node(depth + 2, &cell.node);
        }
    }

    fn lines(&mut self, depth: usize, items: &[Inline]) {
        let mut line = String::new();
        let mut nested = Vec::new();
        for item in items {
            line += &match item {
                Inline::Text { text, .. } => format!("{:?}", shown(text)),
                Inline::Start(start) => inline(start),
                Inline::End => ">".to_owned(),
                Inline::Break => "[break]".to_owned(),
                Inline::Leader(pattern, _) => format!("[leader {pattern:?}]"),
                Inline::Tab(_) => "[tab]".to_owned(),
                Inline::Atomic(node) => {
                    nested.push(("box", &**node));
                    "[box]".to_owned()
                }
                Inline::Field(field, _) => format!("[{field:?}]"),
                Inline::Footnote(node) => {
                    nested.push(("footnote", &**node));
                    "[footnote]".to_owned()
                }
                Inline::Positioned(node) => {
                    nested.push(("positioned", &**node));
                    "[positioned]".to_owned()
                }
            };
            line.push(' ');
        }
        self.line(depth, line.trim_end());
        for (what, node) in nested {
            self.line(depth + 1, what);
            self.node(depth + 2, node);
        }
    }

    /// Places of boxes, to see that they lead back to the template.
    fn place(&self, span: Option<Span>) -> String {
        span.and_then(|span| self.tree.sources.place(span))
            .map_or_else(|| "nowhere".to_owned(), |place| format!("{place:?}"))
    }
}

fn inline(start: &InlineBox) -> String {
    let mut text = format!("<{}", start.element);
    start.class.split_whitespace().for_each(|class| text += &format!(".{class}"));
    text += &start.id.iter().map(|id| format!("#{id}")).collect::<String>();
    if start.role != boxes::Role::Span && start.role != boxes::Role::None {
        let _ = write!(text, " {:?}", start.role);
    }
    text += &start.href.iter().map(|href| format!(" href={href}")).collect::<String>();
    text
}

fn outcome(text: &str) -> String {
    let (tree, sink) = build(text);
    let mut out: String = sink.all().iter().map(|fault| format!("{fault}\n")).collect();
    if let Some(tree) = tree {
        let mut dump = Dump { out: String::new(), tree: &tree };
        dump.node(0, &tree.root);
        out += &dump.out;
    }
    out
}

#[test]
fn cases() {
    insta::glob!("boxes/*.html", |path| {
        let text = std::fs::read_to_string(path).expect("a case is readable");
        insta::with_settings!({
            omit_expression => true,
            prepend_module_to_snapshot => false,
            snapshot_path => "boxes",
        }, {
            insta::assert_snapshot!(outcome(&text));
        });
    });
}

#[test]
fn the_head_tells_of_the_document() {
    let text = "<html lang='ru'><head><title> Итог  дня </title><meta name='author' content='Ким'/>\
        <meta name='date' content='2014-06-05'/><meta name='Keywords' content='а, б'/>\
        <meta name='description' content=''/></head><body><p>x</p></body></html>";
    let meta = build(text).0.expect("the markup is good").meta;
    assert_eq!(meta.title.as_deref(), Some("Итог дня"));
    assert_eq!((meta.author.as_deref(), meta.date.as_deref()), (Some("Ким"), Some("2014-06-05")));
    assert_eq!(
        (meta.keywords.as_deref(), meta.subject, meta.lang.as_deref()),
        (Some("а, б"), None, Some("ru"))
    );
}

#[test]
fn boxes_know_their_places() {
    let (tree, _) = build("<html><body>\n  <p>x <b>y</b></p></body></html>");
    let tree = tree.expect("the markup is good");
    let dump = Dump { out: String::new(), tree: &tree };
    let Content::Blocks(blocks) = &tree.root.content else { panic!("the body has a block") };
    assert_eq!(dump.place(blocks[0].span), "case.html:2:3");
    let Content::Inline(items) = &blocks[0].content else { panic!("the paragraph has lines") };
    let Some(Inline::Start(start)) = items.get(1) else { panic!("then comes the b") };
    assert_eq!(dump.place(start.span), "case.html:2:8");
}

#[test]
fn deep_markup_is_a_fault_and_does_not_end_the_program() {
    let deep =
        format!("<html><body>{}x{}</body></html>", "<div>".repeat(240), "</div>".repeat(240));
    let (_, sink) = build(&deep);
    assert!(sink.all().iter().any(|fault| fault.code() == "markup-depth"), "{:?}", sink.all());
}

#[test]
fn no_display_is_lost() {
    // Every value of `display` leads somewhere: the text inside is still there.
    let all = [
        "inline",
        "block",
        "inline-block",
        "list-item",
        "table",
        "table-caption",
        "table-row",
        "table-cell",
        "table-row-group",
        "table-header-group",
        "table-footer-group",
        "flex",
    ];
    for outer in all {
        for inner in all {
            let text = format!(
                "<html><body>a<i style='display: {outer}'>b<u style='display: {inner}'>c</u>\
                 d</i>e</body></html>"
            );
            let dump = outcome(&text);
            let letters: String = dump
                .split('"')
                .skip(1)
                .step_by(2)
                .collect::<String>()
                .chars()
                .filter(|c| "abcde".contains(*c))
                .collect();
            let mut sorted: Vec<char> = letters.chars().collect();
            sorted.sort_unstable();
            assert_eq!(sorted, ['a', 'b', 'c', 'd', 'e'], "{outer} around {inner}:\n{dump}");
        }
    }
    assert_eq!(format!("{:?}", Display::default()), "Inline");
}
