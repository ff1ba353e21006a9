//! The template guide is true: the files of every step make a PDF and a DOCX without a fault or a
//! warning.

#![cfg(all(feature = "bundled-fonts", feature = "yaml", feature = "svg"))]

use std::collections::BTreeMap;

use itog::engine::Engine;
use itog::files::Files;
use itog::model::{self, Format};

/// The fenced blocks that name a file, by step.
fn steps() -> Vec<(String, Vec<(String, String)>)> {
    let guide = std::fs::read_to_string("docs/template-guide.md").unwrap();
    let mut steps = Vec::new();
    for step in guide.split("\n## ").skip(1) {
        let mut files = Vec::new();
        for block in step.split("\n```").skip(1).step_by(2) {
            let (info, text) = block.split_once('\n').unwrap();
            let (_, name) = info.split_once(' ').expect("a block names its file");
            files.push((name.to_owned(), text.to_owned()));
        }
        if !files.is_empty() {
            steps.push((step.lines().next().unwrap().to_owned(), files));
        }
    }
    steps
}

#[test]
fn every_step_renders() {
    let engine = Engine::new();
    let mut folder = BTreeMap::new();
    let steps = steps();
    assert!(steps.len() >= 5);
    for (title, files) in steps {
        folder.extend(files.into_iter().map(|(name, text)| (name, text.into_bytes())));
        let design = engine.load_files("my-template", Files::memory(folder.clone())).unwrap();
        assert!(design.warnings.is_empty(), "{title}: {:?}", design.warnings);
        let data = model::read(&folder["sample.yaml"], "sample.yaml", Format::Yaml).unwrap();
        let document =
            design.value.compose(&data.value).unwrap_or_else(|fault| panic!("{title}: {fault}"));
        let pdf = document
            .value
            .to_pdf(&Default::default())
            .unwrap_or_else(|fault| panic!("{title}: {fault}"));
        let docx = document
            .value
            .to_docx(&Default::default())
            .unwrap_or_else(|fault| panic!("{title}: {fault}"));
        let warnings: Vec<String> = [data.warnings, document.warnings, pdf.warnings, docx.warnings]
            .concat()
            .iter()
            .map(ToString::to_string)
            .collect();
        assert!(
            warnings.iter().all(|warning| ["[fit-shrunk]", "[docx-margin-content]"]
                .iter()
                .any(|known| warning.contains(known))),
            "{title}: {warnings:#?}"
        );
        if let Some(folder) = option_env!("CARGO_TARGET_TMPDIR") {
            let name: String = title.chars().take_while(char::is_ascii_digit).collect();
            std::fs::write(format!("{folder}/guide-{name}.pdf"), pdf.value).unwrap();
            std::fs::write(format!("{folder}/guide-{name}.docx"), docx.value).unwrap();
        }
    }
}
