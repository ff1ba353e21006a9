//! What stands in the file, seen with lopdf.

use std::sync::Arc;

use itog::diag::{Diagnostic, Sink};
use itog::internals::geometry::{PixelSize, Rect};
use itog::internals::layout::{Mark, PageItem, Paint, Role, TagId};
use itog::internals::pdf::{PdfOptions, SharedResources, Standard, write};
use lopdf::{Dictionary, Document, Object};

use crate::builder::{BOOK, Builder, face, run};
use crate::good;
use crate::samples::{certificate, everything, options, pixels, star};

fn load(bytes: &[u8]) -> Document {
    Document::load_mem(bytes).unwrap()
}

fn a2a(pages: &itog::internals::layout::Pages) -> Document {
    load(&good(pages, &PdfOptions::default()))
}

/// Whether a dictionary has this name under a key.
fn is(dict: &Dictionary, key: &[u8], name: &[u8]) -> bool {
    dict.get(key).and_then(Object::as_name).is_ok_and(|n| n == name)
}

/// Follows keys from a dictionary through references.
fn get<'a>(document: &'a Document, dict: &'a Dictionary, keys: &[&str]) -> &'a Object {
    let (first, rest) = keys.split_first().unwrap();
    let object = document
        .dereference(dict.get(first.as_bytes()).unwrap_or_else(|_| panic!("no {first}")))
        .unwrap()
        .1;
    if rest.is_empty() { object } else { get(document, object.as_dict().unwrap(), rest) }
}

/// The structure tree as one line per element: depth, type, kinds of kids.
fn tree(document: &Document) -> Vec<String> {
    fn walk(document: &Document, object: &Object, depth: usize, out: &mut Vec<String>) {
        let dict = document.dereference(object).unwrap().1.as_dict().unwrap();
        let kids: Vec<Object> = match dict.get(b"K").map(|k| document.dereference(k).unwrap().1) {
            Ok(Object::Array(kids)) => kids.clone(),
            Ok(_) => vec![dict.get(b"K").unwrap().clone()],
            Err(_) => vec![],
        };
        let kind = |kid: &Object| match document.dereference(kid).unwrap().1 {
            Object::Integer(_) => "·",
            Object::Dictionary(d) if d.has(b"MCID") => "→",
            Object::Dictionary(d) if d.has(b"Obj") => "@",
            _ => "+",
        };
        let signs: String = kids.iter().map(kind).collect();
        out.push(format!(
            "{}{} {signs}",
            "  ".repeat(depth),
            String::from_utf8_lossy(dict.get(b"S").unwrap().as_name().unwrap())
        ));
        kids.iter().filter(|k| kind(k) == "+").for_each(|kid| walk(document, kid, depth + 1, out));
    }
    let mut out = Vec::new();
    let root =
        get(document, document.catalog().unwrap(), &["StructTreeRoot", "K"]).as_array().unwrap();
    root.iter().for_each(|top| walk(document, top, 0, &mut out));
    out
}

#[test]
fn the_catalog_says_what_the_standards_want() {
    let document = a2a(&everything());
    let catalog = document.catalog().unwrap();
    assert_eq!(document.version, "1.7");
    assert!(get(&document, catalog, &["MarkInfo", "Marked"]).as_bool().unwrap());
    assert!(get(&document, catalog, &["ViewerPreferences", "DisplayDocTitle"]).as_bool().unwrap());
    assert_eq!(get(&document, catalog, &["Lang"]).as_str().unwrap(), b"ru-RU");
    let packet = get(&document, catalog, &["Metadata"]).as_stream().unwrap();
    let packet = String::from_utf8(packet.content.clone()).unwrap();
    assert!(
        packet.contains("<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>")
    );
    assert!(packet.contains("<pdfuaid:part>1</pdfuaid:part>"));
    assert!(packet.contains("Итоговый документ «Проба» &amp; &lt;всё&gt;"));
    for (_, page) in document.get_pages() {
        let page = document.get_dictionary(page).unwrap();
        assert_eq!(page.get(b"Tabs").unwrap().as_name().unwrap(), b"S");
        assert_eq!(page.get(b"MediaBox").unwrap().as_array().unwrap()[2], Object::Real(595.276));
    }
}

#[test]
fn a_plain_file_has_no_structure_and_is_smaller() {
    let pages = certificate(1, "Иванову Ивану Ивановичу");
    let plain = good(&pages, &options(Standard::None));
    let document = load(&plain);
    for key in [&b"StructTreeRoot"[..], b"MarkInfo", b"Metadata", b"OutputIntents"] {
        assert!(!document.catalog().unwrap().has(key));
    }
    assert!(plain.len() < good(&pages, &PdfOptions::default()).len());
}

#[test]
fn the_tree_follows_the_reading_order() {
    let mut b = Builder::new();
    let p = b.tag(Role::Paragraph, TagId(0));
    b.lines(p, 70.0, &["до ссылки "], 400, 12.0);
    let link = b.tag(Role::Link, p);
    let mark = b.content(link);
    b.glyphs(mark, 150.0, run("ссылка", face("PT Serif", 400), 12.0));
    b.paint(
        mark,
        Paint::Link {
            rect: Rect::new(150.0, 60.0, 40.0, 12.0),
            href: "https://example.org".into(),
            text: "ссылка".into(),
        },
    );
    b.lines(p, 200.0, &[" после неё и"], 400, 12.0);
    b.page();
    b.lines(p, 70.0, &["на новой странице"], 400, 12.0);
    // Painted last, read first: order decides.
    let first = b.tag(Role::Paragraph, TagId(0));
    b.edit(first).order = 0;
    b.lines(first, 70.0, &["первое"], 400, 12.0);
    assert_eq!(tree(&a2a(&b.pages)), ["Document ++", "  P ·", "  P ·+·→", "    Link ·@"]);
}

#[test]
fn neighbours_with_one_mark_are_one_sequence() {
    let mut b = Builder::new();
    let p = b.tag(Role::Paragraph, TagId(0));
    b.lines(p, 70.0, &["одна", "две", "три"], 400, 12.0);
    let document = a2a(&b.pages);
    let content = document.get_page_content(document.get_pages()[&1]);
    let content = String::from_utf8_lossy(&content);
    assert_eq!(content.matches("BDC").count(), 1);
    assert_eq!(content.matches("BT").count(), 1);
    assert_eq!(content.matches(" Tm").count(), 3);
}

#[test]
fn roles_have_their_attributes() {
    let document = a2a(&everything());
    let elements = |kind: &'static [u8]| {
        document
            .objects
            .values()
            .filter_map(|o| o.as_dict().ok())
            .filter(move |d| is(d, b"S", kind))
    };
    let scopes: Vec<&[u8]> =
        elements(b"TH").map(|d| get(&document, d, &["A", "Scope"]).as_name().unwrap()).collect();
    assert_eq!(scopes.iter().filter(|s| **s == b"Row").count(), 2);
    assert_eq!(scopes.iter().filter(|s| **s == b"Column").count(), 3);
    assert!(
        elements(b"TD")
            .any(|d| d.has(b"A") && get(&document, d, &["A", "ColSpan"]).as_i64().unwrap() == 3)
    );
    let numbering = |d| get(&document, d, &["A", "ListNumbering"]).as_name().unwrap();
    assert!(elements(b"L").all(|d| numbering(d) == b"LowerAlpha"));
    assert!(
        elements(b"Figure")
            .all(|d| d.has(b"Alt")
                && get(&document, d, &["A", "BBox"]).as_array().unwrap().len() == 4)
    );
    assert!(elements(b"Em").all(|d| get(&document, d, &["Lang"]).as_str().unwrap() == b"la"));
    assert!(elements(b"Note").all(|d| d.has(b"ID")));
    assert_eq!(
        get(&document, document.catalog().unwrap(), &["StructTreeRoot", "RoleMap", "Em"])
            .as_name()
            .unwrap(),
        b"Span"
    );
}

#[test]
fn the_outline_nests_and_counts() {
    let document = a2a(&everything());
    let outline = get(&document, document.catalog().unwrap(), &["Outlines"]).as_dict().unwrap();
    assert_eq!(outline.get(b"Count").unwrap().as_i64().unwrap(), 4);
    assert_eq!(get(&document, outline, &["First", "Count"]).as_i64().unwrap(), 3);
    assert_eq!(get(&document, outline, &["First", "SE", "S"]).as_name().unwrap(), b"H1");
    assert_eq!(get(&document, outline, &["First", "Last", "SE", "S"]).as_name().unwrap(), b"H2");
}

#[test]
fn links_go_out_and_within() {
    let document = a2a(&everything());
    let links: Vec<&Dictionary> = document
        .objects
        .values()
        .filter_map(|o| o.as_dict().ok())
        .filter(|d| is(d, b"Subtype", b"Link"))
        .collect();
    assert_eq!(links.len(), 2);
    assert!(links.iter().all(|l| l.has(b"Contents")
        && l.has(b"StructParent")
        && l.get(b"F").unwrap().as_i64().unwrap() == 4));
    let uri = get(&document, links[0], &["A", "URI"]).as_str().unwrap();
    assert_eq!(uri, "https://xn--e1afmkfd.xn--p1ai/%D0%B8%D1%82%D0%BE%D0%B3%D0%B8".as_bytes());
    let place = get(&document, links[1], &["Dest"]).as_array().unwrap();
    assert_eq!(place[0].as_reference().unwrap(), document.get_pages()[&3]);
}

#[test]
fn a_link_to_nowhere_is_left_out() {
    let mut pages = everything();
    for item in pages.pages.iter_mut().flat_map(|p| &mut p.items) {
        if let PageItem { paint: Paint::Link { href, .. }, .. } = item {
            *href = href.replace("#appendix", "#apendix").into();
        }
    }
    // That nothing has the id was told when the boxes were built.
    let document = a2a(&pages);
    let links = document.objects.values().filter_map(|object| object.as_dict().ok());
    assert_eq!(links.filter(|dict| is(dict, b"Subtype", b"Link")).count(), 1);
}

#[test]
fn faults_against_the_standard_point_at_the_template() {
    let mut b = Builder::new();
    b.pages.meta.title = None;
    b.pages.meta.lang = Some(" ".into());
    b.heading(2, "Вторая сразу");
    let figure = b.figure(Rect::new(70.0, 100.0, 50.0, 50.0), &star(), "");
    b.edit(figure).alt = None;
    let heading = b.heading(4, "Четвёртая после второй");
    b.edit(heading).span =
        Some(itog::internals::diag::Span::new(itog::internals::diag::SourceId(0), 29..33));
    let mut sink = Sink::new();
    write(&b.pages, &PdfOptions::default(), &mut sink);
    let codes: Vec<_> = sink.all().iter().map(Diagnostic::code).collect();
    assert_eq!(codes, ["pdf-title", "pdf-language", "pdf-alt", "pdf-heading", "pdf-heading"]);
    assert!(
        sink.all()
            .iter()
            .all(|d| d.severity() == itog::diag::Severity::Error && d.hints().len() == 2)
    );
    assert_eq!(sink.all()[2].place().unwrap().line_column(), (2, 1));
    assert_eq!(sink.all()[4].place().unwrap().line_column(), (3, 1));
    assert!(sink.all()[4].message().contains("`h4` follows `h2`"));
    // A plain file may lack all that.
    good(&b.pages, &options(Standard::None));
}

#[test]
fn pictures_are_written_once_and_small() {
    let document = a2a(&everything());
    let streams = || document.objects.values().filter_map(|o| o.as_stream().ok());
    let of = |kind: &'static [u8]| streams().filter(move |s| is(&s.dict, b"Subtype", kind));
    assert_eq!(of(b"Form").count(), 1, "the star is shown twice");
    let spaces: Vec<String> =
        of(b"Image").map(|s| format!("{:?}", s.dict.get(b"ColorSpace").unwrap())).collect();
    assert_eq!(
        spaces.iter().filter(|s| s.contains("DeviceGray")).count(),
        2,
        "the grey picture and its mask: {spaces:?}"
    );
    assert_eq!(spaces.iter().filter(|s| s.contains("Indexed")).count(), 1, "the flag");
    let form = of(b"Form").next().unwrap();
    assert!(
        form.dict.get(b"Resources").unwrap().as_dict().unwrap().has(b"ExtGState"),
        "the disc is half transparent"
    );
}

#[test]
fn a_jpeg_file_goes_through_as_it_is() {
    let bytes: Vec<u8> = [
        &[0xFF, 0xD8, 0xFF, 0xC0, 0, 11, 8, 0, 20, 0, 30, 1, 1, 0x11, 0, 0xFF, 0xDA, 0, 2][..],
        &[0x55; 40],
        &[0xFF, 0xD9],
    ]
    .concat();
    let file =
        itog::files::Files::bundled(Box::leak(Box::new([("a.jpg", &*bytes.clone().leak())])));
    let image = itog::internals::image::ImageStore::new(file).load("a.jpg").unwrap();
    assert_eq!((image.width, image.height), (22.5, 15.0));
    let mut b = Builder::new();
    b.figure(Rect::new(70.0, 100.0, 50.0, 50.0), &image, "Снимок");
    let document = a2a(&b.pages);
    let stream = document
        .objects
        .values()
        .filter_map(|o| o.as_stream().ok())
        .find(|s| is(&s.dict, b"Filter", b"DCTDecode"));
    assert_eq!(stream.unwrap().content, bytes);
}

#[test]
fn numbers_that_are_none_are_told_and_not_written() {
    let mut b = Builder::new();
    let p = b.paragraph(&["текст"]);
    let mark = b.content(p);
    b.paint(mark, Paint::PushClip(Rect::new(f64::NAN, 0.0, 10.0, 10.0)));
    b.y = f64::INFINITY;
    b.glyphs(mark, 70.0, run("вдали", face("PT Serif", 400), 12.0));
    b.paint(mark, Paint::Pop);
    b.paint(mark, Paint::Pop);
    let mut sink = Sink::new();
    let bytes = write(&b.pages, &PdfOptions::default(), &mut sink);
    assert_eq!(sink.all().iter().map(Diagnostic::code).collect::<Vec<_>>(), ["pdf-coordinate"]);
    let document = load(&bytes);
    let content = document.get_page_content(document.get_pages()[&1]);
    let content = String::from_utf8_lossy(&content);
    assert!(!content.contains("NaN") && !content.contains("inf"), "{content}");
    assert_eq!(content.matches("q\n").count(), content.matches("Q").count());
}

#[test]
fn rounding_never_adds_up() {
    // Advances that no thousandth of the em fits.
    let mut line = run(&"и".repeat(80), face("PT Serif", 400), 11.7);
    Arc::make_mut(&mut line.glyphs).iter_mut().for_each(|g| g.advance += 0.013_37);
    let width = line.width();
    let mut b = Builder::new();
    let p = b.tag(Role::Paragraph, TagId(0));
    let mark = b.content(p);
    b.glyphs(mark, 70.0, line);
    let document = a2a(&b.pages);
    let content = document.get_and_decode_page_content(document.get_pages()[&1]).unwrap();
    let show = content.operations.iter().find(|o| o.operator == "TJ").unwrap();
    let glyph = BOOK.face(face("PT Serif", 400));
    let own =
        (glyph.advance(glyph.glyph('и').unwrap()) * 1000.0 / glyph.metrics.units_per_em).round();
    let pen: f64 = show.operands[0]
        .as_array()
        .unwrap()
        .iter()
        .map(|o| match o {
            Object::String(codes, _) => own * (codes.len() / 2) as f64,
            number => -f64::from(number.as_float().unwrap()),
        })
        .sum();
    // The pen is one advance behind, which nothing follows.
    assert!((pen * 11.7 / 1000.0 - width).abs() < 0.03, "{pen} {width}");
}

#[test]
fn the_same_glyph_may_mean_different_texts() {
    let mut b = Builder::new();
    b.paragraph(&["из-за ко\u{AD}", "го 10\u{A0}000 р."]);
    let document = a2a(&b.pages);
    let map = document
        .objects
        .values()
        .filter_map(|o| o.as_stream().ok()?.decompressed_content().ok())
        .find(|c| c.starts_with(b"/CIDInit"));
    let map = String::from_utf8(map.unwrap()).unwrap();
    for text in ["<002D>", "<00AD>", "<0020>", "<00A0>"] {
        assert!(map.contains(text), "{text} is not in {map}");
    }
}

#[test]
fn a_cff_font_has_its_codes_in_a_map_of_its_own() {
    let mut b = Builder::new();
    let p = b.tag(Role::Paragraph, TagId(0));
    let mark = b.content(p);
    b.glyphs(mark, 70.0, run("аб-в\u{A0}г\u{AD}", face("Squares", 400), 12.0));
    let document = a2a(&b.pages);
    let font = document
        .objects
        .values()
        .filter_map(|o| o.as_dict().ok())
        .find(|d| is(d, b"Subtype", b"Type0"))
        .unwrap();
    let encoding = get(&document, font, &["Encoding"]).as_stream().unwrap();
    // Eight codes (a space for line ends among them) show six glyphs.
    let map = String::from_utf8(
        encoding.decompressed_content().unwrap_or_else(|_| encoding.content.clone()),
    )
    .unwrap();
    assert!(map.contains("8 begincidchar"), "{map}");
    let descendant = document
        .dereference(&get(&document, font, &["DescendantFonts"]).as_array().unwrap()[0])
        .unwrap()
        .1;
    let descendant = descendant.as_dict().unwrap();
    assert!(is(descendant, b"Subtype", b"CIDFontType0") && !descendant.has(b"CIDToGIDMap"));
    assert_eq!(
        get(&document, descendant, &["W"]).as_array().unwrap()[1].as_array().unwrap().len(),
        6
    );
    let program = get(&document, descendant, &["FontDescriptor", "FontFile3"]).as_stream().unwrap();
    assert!(is(&program.dict, b"Subtype", b"CIDFontType0C"));
}

#[test]
fn lines_of_a_paragraph_do_not_run_together() {
    let mut b = Builder::new();
    b.paragraph(&["одно", "другое —", "научно-", "технический ко\u{AD}", "нец"]);
    b.paragraph(&["новый"]);
    let document = a2a(&b.pages);
    let text = document.extract_text(&[1]).unwrap();
    let text: String = text.lines().collect();
    assert!(text.contains("одно другое — научно-технический ко\u{AD}нец"), "{text}");
}

#[test]
fn files_of_a_batch_share_their_subset() {
    let names = ["Иванову", "Щербаковой", "Эйхенбауму"];
    let all: Vec<_> = names.iter().enumerate().map(|(i, name)| certificate(i, name)).collect();
    let shared = SharedResources::new(&all.iter().collect::<Vec<_>>());
    let again = SharedResources::new(&all.iter().rev().collect::<Vec<_>>());
    let write = |shared: &SharedResources, pages| {
        shared.write(pages, &PdfOptions::default(), &mut Sink::new())
    };
    let font = |bytes: &[u8]| {
        let document = load(bytes);
        let fonts = document
            .objects
            .values()
            .filter_map(|o| o.as_stream().ok())
            .filter(|s| s.dict.has(b"Length1"));
        fonts.map(|s| s.content.clone()).collect::<Vec<_>>()
    };
    let files: Vec<Vec<u8>> = all.iter().map(|pages| write(&shared, pages)).collect();
    assert!(files.iter().all(|f| font(f) == font(&files[0])));
    assert_ne!(files[0], files[1]);
    // Neither the order of the batch nor that of writing shows in a file.
    assert_eq!(files[2], write(&again, &all[2]));
}

#[test]
fn a_writer_may_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<SharedResources>();
    shared::<PdfOptions>();
}

#[test]
fn a_cmyk_photograph_is_an_error_under_the_standard_only() {
    let mut image = (*pixels("inks.jpg", 1, 1, |_, _| [0; 4])).clone();
    image.data = itog::internals::image::ImageData::Jpeg {
        bytes: [0xFF, 0xD8, 0xFF, 0xD9].into(),
        pixels: PixelSize::new(1, 1),
        components: 4,
    };
    let mut b = Builder::new();
    b.figure(Rect::new(70.0, 100.0, 50.0, 50.0), &std::sync::Arc::new(image), "Снимок");
    let mut sink = Sink::new();
    write(&b.pages, &PdfOptions::default(), &mut sink);
    assert_eq!(sink.all().iter().map(Diagnostic::code).collect::<Vec<_>>(), ["pdf-cmyk"]);
    good(&b.pages, &options(Standard::None));
    assert!(matches!(b.pages.pages[0].items[0].mark, Mark::Content { .. }));
}
