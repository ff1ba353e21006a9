//! What a standard costs: documents and certificates from data to PDF, and from boxes to PDF
//! (layout and writing), with and without structure.

use divan::{Bencher, black_box};
use itog::engine::Engine;
use itog::internals::pdf::{PdfOptions, Standard};
use itog::model::{self, Format};

const DOCUMENTS: [(&str, &str); 9] = [
    ("final-document", "examples/data/minimal.yaml"),
    ("final-document", "examples/data/final-document.yaml"),
    ("final-document", "examples/data/protocol.yaml"),
    ("final-document", "examples/data/resolution.yaml"),
    ("certificate-classic", "templates/certificate-classic/sample.yaml"),
    ("certificate-modern", "templates/certificate-modern/sample.yaml"),
    ("certificate-festive", "templates/certificate-festive/sample.yaml"),
    ("certificate-letter", "templates/certificate-letter/sample.yaml"),
    ("certificate-participant", "templates/certificate-participant/sample.yaml"),
];

fn main() {
    divan::main();
}

fn options(standard: Standard) -> PdfOptions {
    let mut options = PdfOptions::default();
    options.standard = standard;
    options
}

#[divan::bench(args = [Standard::None, Standard::A2a], sample_count = 50)]
fn data_to_pdf(bencher: Bencher<'_, '_>, standard: Standard) {
    let engine = Engine::new();
    let designs = DOCUMENTS.map(|(template, data)| {
        (engine.load_builtin(template).unwrap().value, std::fs::read(data).unwrap(), data)
    });
    let options = options(standard);
    bencher.bench(|| {
        for (design, data, name) in &designs {
            let data = model::read(black_box(data), name, Format::Yaml).unwrap().value;
            black_box(design.compose(&data).unwrap().value.to_pdf(&options).unwrap().value.len());
        }
    });
}

#[divan::bench(args = [Standard::None, Standard::A2a], sample_count = 50)]
fn boxes_to_pdf(bencher: Bencher<'_, '_>, standard: Standard) {
    let engine = Engine::new();
    let composed = DOCUMENTS.map(|(template, data)| {
        let read = model::read(&std::fs::read(data).unwrap(), data, Format::Yaml).unwrap().value;
        engine.load_builtin(template).unwrap().value.compose(&read).unwrap().value
    });
    let options = options(standard);
    bencher.bench(|| {
        for document in &composed {
            black_box(document.to_pdf(&options).unwrap().value.len());
        }
    });
}
