//! The data inside a PDF/A-3 file, and what strangers' files do to the reader.

use itog::diag::{Diagnostic, Sink};
use itog::internals::pdf::{EmbeddedFile, PdfOptions, Standard, extract, write};
use proptest::prelude::*;

use crate::good;
use crate::samples::{certificate, data, everything, options};

fn with(data: Vec<u8>) -> PdfOptions {
    let mut options = options(Standard::A3a);
    options.attachment = Some(EmbeddedFile {
        name: "a(1).json".into(),
        mime: "application/json".into(),
        data,
        description: String::new(),
    });
    options
}

#[test]
fn the_data_comes_back_byte_for_byte() {
    // With and without object streams.
    for pages in [everything(), certificate(1, "Иванову")] {
        assert_eq!(extract(&good(&pages, &options(Standard::A3a))).unwrap(), data());
    }
    let pages = certificate(1, "Иванову");
    for length in [0usize, 1, 100, 5_000] {
        let bytes: Vec<u8> = (0..length).map(|n| (n * n / 7) as u8).collect();
        assert_eq!(extract(&good(&pages, &with(bytes.clone()))).unwrap().data, bytes);
    }
}

#[test]
fn a_file_without_data_says_so() {
    let code = |bytes: &[u8]| extract(bytes).unwrap_err().code();
    assert_eq!(code(&good(&certificate(1, "Иванову"), &PdfOptions::default())), "pdf-no-data");
    assert_eq!(code(b"hello"), "pdf-read");
    assert_eq!(code(b""), "pdf-read");
    assert_eq!(code(b"%PDF-1.7\ntrailer <</Encrypt 1 0 R>>"), "pdf-encrypted");
}

#[test]
fn data_needs_the_third_part_of_the_standard() {
    let mut sink = Sink::new();
    let mut options = with(vec![1]);
    options.standard = Standard::A2a;
    write(&certificate(1, "Иванову"), &options, &mut sink);
    assert_eq!(sink.all().iter().map(Diagnostic::code).collect::<Vec<_>>(), ["pdf-attachment"]);
}

#[test]
fn a_bomb_is_not_inflated() {
    use std::io::Write;
    let mut bomb = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    bomb.write_all(&vec![0; 80 << 20]).unwrap();
    let bomb = bomb.finish().unwrap();
    let mut file =
        b"%PDF-1.7\n1 0 obj <</EF <</F 2 0 R>>>> endobj\n2 0 obj <</Filter /FlateDecode>> stream\n"
            .to_vec();
    file.extend(bomb);
    file.extend(b"\nendstream endobj");
    assert_eq!(extract(&file).unwrap_err().code(), "pdf-attachment");
    assert_eq!(
        extract(b"%PDF-1 1 0 obj <</EF 1 0 R>> endobj").unwrap_err().code(),
        "pdf-attachment"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_damage_panics(
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..30),
        end in any::<prop::sample::Index>(),
    ) {
        thread_local!(
            static FILE: Vec<u8> = good(&certificate(1, "Иванову"), &options(Standard::A3a))
        );
        let mut bytes = FILE.with(Clone::clone);
        for (place, byte) in cuts {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        bytes.truncate(end.index(bytes.len() * 2));
        let _ = extract(&bytes);
    }
}
