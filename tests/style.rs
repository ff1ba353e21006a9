//! Markup and stylesheets in, computed values and warnings out. A case is `tests/style/NAME.html`
//! with `NAME.css` beside it.

use std::fmt::{Debug, Write};
use std::path::Path;
use std::sync::Arc;

use itog::diag::{Sink, Source};
use itog::files::Files;
use itog::internals::diag::Sources;
use itog::internals::markup::{self, NodeKind, Tree};
use itog::internals::style::{
    self, Computed, ListStyle, PageKind, PageStyle, Styles, Stylesheet, TableSettings,
};

#[test]
fn cases() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("style/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        insta::glob!("style/*.html", |path| insta::assert_snapshot!(run(path)));
    });
}

/// All that one case says: warnings as the user sees them, then what every element differs in from
/// its parent, then pages.
fn run(path: &Path) -> String {
    let folder = path.parent().unwrap();
    let name = path.file_stem().unwrap().to_str().unwrap();
    let mut sources = Sources::default();
    let text = std::fs::read_to_string(path).unwrap();
    sources.add(Source::new(format!("{name}.html"), text.clone()));
    let mut sink = Sink::new();
    let css = format!("{name}.css");
    let files = Files::folder(folder);
    let sheet = files.read(&css).ok().map(|bytes| {
        let id = sources.add(Source::new(css, String::from_utf8(bytes.into_owned()).unwrap()));
        Stylesheet::parse(id, &mut sources, &files, &mut sink)
    });
    let tree = markup::parse(&marked(&text), Arc::new(sources), &mut sink);
    let mut out = String::new();
    if let Some(tree) = tree {
        let sheets: Vec<&Stylesheet> = sheet.iter().collect();
        let styles = style::cascade(&tree, &sheets, &mut sink);
        assert_eq!(styles.nodes.len(), tree.nodes.len());
        elements(&tree, &styles, &mut out);
        for face in styles.font_faces.iter() {
            writeln!(
                out,
                "@font-face {:?} {:?} {:?} {:?}",
                face.family, face.urls, face.weights, face.style
            )
            .unwrap();
        }
        pages(&styles, &mut out);
    }
    let mut all: String = sink
        .all()
        .iter()
        .map(|fault| format!("{}\n", fault.to_string().replace(&folder.display().to_string(), "…")))
        .collect();
    if !all.is_empty() {
        all.push('\n');
    }
    all + &out
}

/// The text with a mark in every start tag, as the template stage leaves it.
fn marked(text: &str) -> String {
    let mut out = String::new();
    let mut done = 0;
    for (start, _) in text.match_indices('<') {
        let rest = &text[start + 1..];
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let name = rest.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap();
        let end = start + 1 + rest.find('>').unwrap() + 1;
        let at = start + 1 + name;
        out.push_str(&text[done..at]);
        write!(out, " data-itog-at=\"0:{start}:{end}\"").unwrap();
        done = at;
    }
    out + &text[done..]
}

fn elements(tree: &Tree, styles: &Styles, out: &mut String) {
    let initial = Computed::default();
    for (i, node) in tree.nodes.iter().enumerate() {
        let NodeKind::Element(element) = &node.kind else { continue };
        let depth = std::iter::successors(node.parent, |id| tree.node(*id).parent).count();
        let pad = "  ".repeat(depth);
        let style = &styles.nodes[i];
        let parent = node.parent.map_or(&initial, |id| &*styles.nodes[id.0 as usize].own);
        let class = element.attribute("class").map_or(String::new(), |c| format!(".{c}"));
        writeln!(out, "{pad}{}{class}{}", element.name, difference(&style.own, parent)).unwrap();
        for (name, pseudo) in
            [("before", &style.before), ("after", &style.after), ("marker", &style.marker)]
        {
            if let Some(pseudo) = pseudo {
                writeln!(out, "{pad}  ::{name}{}", difference(pseudo, &style.own)).unwrap();
            }
        }
    }
}

/// The inherited values that differ from the parent's and the others that differ from the initial
/// ones.
fn difference(style: &Computed, parent: &Computed) -> String {
    let mut all = Vec::new();
    changed(&*style.text, &*parent.text, &mut all);
    changed(&style.list, &parent.list, &mut all);
    changed(&style.table, &parent.table, &mut all);
    let plain = Computed {
        text: Arc::default(),
        list: ListStyle::default(),
        table: TableSettings::default(),
        ..style.clone()
    };
    changed(&plain, &Computed::default(), &mut all);
    // Borders and rules that are not drawn say nothing.
    all.retain(|field| {
        field != "border: -"
            && !field.starts_with("columns: MultiColumn { count: None, width: None, rule: -")
    });
    all.into_iter().fold(String::new(), |text, field| text + " | " + &field)
}

/// The fields of a struct whose debug texts differ, on one line each.
fn changed<T: Debug>(own: &T, other: &T, out: &mut Vec<String>) {
    let fields = |value: &T| -> Vec<String> {
        let text = format!("{value:#?}");
        let mut fields: Vec<String> = Vec::new();
        for line in text.lines().skip(1) {
            match line.strip_prefix("    ") {
                Some(field) if !field.starts_with([' ', '}', ']', ')']) => {
                    fields.push(field.to_owned())
                }
                Some(more) => fields.last_mut().unwrap().push_str(&format!(" {}", more.trim())),
                None => {}
            }
        }
        fields
    };
    for (own, other) in fields(own).into_iter().zip(fields(other)) {
        if own != other {
            out.push(short(
                own.replace(", }", " }")
                    .replace(", ]", "]")
                    .replace(", )", ")")
                    .replace("( ", "(")
                    .trim_end_matches(','),
            ));
        }
    }
}

/// The debug text of a field with the types that fill most of it written as CSS writes them.
fn short(field: &str) -> String {
    let field = rewrite(field, "Color", |c| match c {
        ["0", "0", "0", "255"] => "black".to_owned(),
        ["0", "0", "0", "0"] => "transparent".to_owned(),
        c => format!("rgb({})", c.join(" ")),
    });
    let field = rewrite(&field, "LengthPercentage", |v| match v {
        [points, "0.0"] => format!("{}pt", rounded(points)),
        ["0.0", percent] => format!("{}%", rounded(percent)),
        v => format!("{}pt+{}%", rounded(v[0]), rounded(v[1])),
    });
    let field =
        rewrite(
            &field,
            "BorderSide",
            |v| if v[1] == "None" { "-".to_owned() } else { v.join(" ") },
        );
    let field = rewrite(&field, "Sides", |v| {
        if v.iter().all(|one| *one == v[0]) {
            v[0].to_owned()
        } else {
            format!("[{}]", v.join(" "))
        }
    });
    field.replace("Set(", "(")
}

fn rounded(number: &str) -> String {
    let text = format!("{:.3}", number.parse::<f64>().unwrap());
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Replaces every `NAME { field: value, … }`, given its values.
fn rewrite(text: &str, name: &str, write: impl Fn(&[&str]) -> String) -> String {
    let mut out = String::new();
    let mut rest = text;
    let head = format!("{name} {{ ");
    while let Some(at) = rest.find(&head) {
        let body = &rest[at + head.len()..];
        let mut depth = 0;
        let mut cuts = vec![0];
        let mut end = body.len();
        for (i, c) in body.char_indices() {
            match c {
                '{' | '(' | '[' => depth += 1,
                '}' if depth == 0 => {
                    end = i;
                    break;
                }
                '}' | ')' | ']' => depth -= 1,
                ',' if depth == 0 => cuts.push(i + 1),
                _ => {}
            }
        }
        cuts.push(end);
        let values: Vec<&str> = cuts
            .windows(2)
            .map(|w| body[w[0]..w[1]].trim_end_matches(',').split_once(": ").unwrap().1.trim())
            .collect();
        out.push_str(&rest[..at]);
        out.push_str(&write(&values));
        rest = &body[end + 1..];
    }
    out + rest
}

fn pages(styles: &Styles, out: &mut String) {
    let kinds = [
        ("page", PageKind::default()),
        ("first page", PageKind { first: true, ..PageKind::default() }),
        ("left page", PageKind { left: true, ..PageKind::default() }),
    ];
    let plain = styles.pages.resolve(None, PageKind::default());
    for name in [None, Some("wide")] {
        for (label, kind) in kinds {
            let page = styles.pages.resolve(name, kind);
            if page == plain && (name, label) != (None, "page") {
                continue;
            }
            let mut fields = Vec::new();
            let bare = PageStyle { boxes: Vec::new(), ..(*page).clone() };
            changed(&bare, &PageStyle::default(), &mut fields);
            fields.retain(|field| field != "border: -");
            writeln!(out, "{label} {}: {}", name.unwrap_or_default(), fields.join(" | ")).unwrap();
            for margin_box in &page.boxes {
                let difference = difference(&margin_box.style, &styles.nodes[0].own);
                writeln!(out, "  {:?}{difference}", margin_box.place).unwrap();
            }
        }
    }
}
