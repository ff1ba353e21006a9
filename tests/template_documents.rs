//! The built-in template of final documents, with the example data: what it says, word by word.

use std::path::Path;

use itog::internals::template::{Template, builtins};
use itog::model::{self, Format};

/// The markup as lines of text: a line for each block, marks and attributes left out.
fn text(markup: &str) -> String {
    let mut out = String::new();
    let body = markup.split_once("<body").map_or(markup, |(_, body)| body);
    for piece in body.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if !matches!(name, "span" | "b" | "td" | "th") {
            out.push('\n');
        } else if matches!(name, "td" | "th") && tag.starts_with('/') {
            out.push_str(" |");
        }
        if text.starts_with(char::is_whitespace) {
            out.push(' ');
        }
        out.push_str(
            &text
                .replace("&quot;", "\"")
                .replace("&amp;", "&")
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
        );
        if text.ends_with(char::is_whitespace) {
            out.push(' ');
        }
    }
    let lines = out
        .lines()
        .map(|line| line.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn said(path: &Path) -> String {
    let bytes = std::fs::read(path).expect("the example is readable");
    let data = model::read(&bytes, "example", Format::Yaml).expect("the example is good").value;
    let template = Template::builtin("final-document").expect("the template is good").value;
    let rendered = template.render(&data).expect("the template fits the data");
    let warnings: String = rendered.warnings.iter().map(|warning| format!("{warning}\n")).collect();
    format!("{warnings}{}", text(&rendered.markup))
}

#[test]
fn the_examples_say_what_they_should() {
    for name in ["final-document", "minimal", "protocol", "resolution"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("examples/data/{name}.yaml"));
        insta::with_settings!({
            omit_expression => true,
            prepend_module_to_snapshot => false,
            snapshot_path => "template",
        }, {
            insta::assert_snapshot!(format!("document-{name}"), said(&path));
        });
    }
}

#[test]
fn every_builtin_fits_its_sample() {
    for builtin in builtins() {
        let template = Template::builtin(builtin.name)
            .unwrap_or_else(|error| panic!("{}: {error}", builtin.name))
            .value;
        let sample = builtin.files.read("sample.yaml").expect("every template has a sample");
        let data = model::read(&sample, "sample.yaml", Format::Yaml)
            .unwrap_or_else(|error| panic!("{}: {error}", builtin.name))
            .value;
        template.render(&data).unwrap_or_else(|error| panic!("{}: {error}", builtin.name));
    }
}

/// Pages that are small or folded are Word documents as well as sheets for the wall.
#[cfg(all(feature = "bundled-fonts", feature = "svg"))]
#[test]
fn badges_and_place_cards_become_word_documents() {
    for name in ["badge", "place-card", "certificate-letter"] {
        let builtin = builtins().iter().find(|one| one.name == name).expect("it is built in");
        let sample = builtin.files.read("sample.yaml").expect("every template has a sample");
        let data = model::read(&sample, "sample.yaml", Format::Yaml).expect("it is sound").value;
        let design = itog::Engine::new().load_builtin(name).expect("it is good").value;
        let document = design.compose(&data).expect("it fits").value;
        let docx = document.to_docx(&Default::default());
        assert!(docx.unwrap_or_else(|error| panic!("{name}: {error}")).value.starts_with(b"PK"));
    }
}
