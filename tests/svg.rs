//! Pages as pictures. Every template of `tests/svg/` is a document; the snapshot beside it is the
//! SVG of its pages, without the outlines of letters and the bytes of pictures.

#![cfg(feature = "bundled-fonts")]

use std::path::Path;

use itog::files::Files;
use itog::{Engine, Pictures};

const SVG: (&str, &str) = ("http://www.w3.org/2000/svg", "svg");

fn pictures(template: &str) -> Pictures {
    let entries = [("template.hbs".to_owned(), template.as_bytes().to_vec())];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/svg");
    let files = Files::memory(entries).or(Files::folder(folder));
    let design = Engine::new().load_files("page", files).unwrap().value;
    design.compose(&serde_json::json!({})).unwrap().value.to_pictures().unwrap().value
}

/// A line for each element; the outlines of letters and the bytes of pictures left out.
fn readable(svg: &str) -> String {
    let mut out = String::new();
    for part in svg.replace("><", ">\n<").lines() {
        let outline = part.starts_with("<path id=");
        for (mark, cut) in [(" d=\"", outline), (";base64,", true)] {
            if let (Some(at), true) = (part.find(mark), cut) {
                out.push_str(&part[..at + mark.len()]);
                out.push_str("…\n");
            }
        }
        if !outline && !part.contains(";base64,") {
            out.push_str(part);
            out.push('\n');
        }
    }
    // The seal depends on what is left out here.
    out.truncate(out.rfind("<!--").unwrap());
    out
}

#[cfg(feature = "svg")]
#[test]
fn pages_as_svg() {
    insta::glob!("svg/*.hbs", |path| {
        let pictures = pictures(&std::fs::read_to_string(path).unwrap());
        let pages: Vec<String> = pictures.iter().map(|page| readable(&page.to_svg())).collect();
        insta::assert_snapshot!(pages.join("\n"));
    });
}

#[test]
fn names_are_those_of_the_page_and_files_are_sealed() {
    let pictures = pictures(
        "<html><head><title>a</title><style>@page { size: 40mm 20mm; margin: 2mm } \
         p { margin: 0 } .next { break-before: page }</style></head>\
         <body><p>а</p><p class='next'>а</p></body></html>",
    );
    let pages: Vec<String> = pictures.iter().map(|page| page.to_svg()).collect();
    assert_eq!((pictures.len(), pages.len(), pictures.page(2).is_none()), (2, 2, true));
    assert!(pages[0].contains("id=\"p1-1\"") && pages[1].contains("id=\"p2-1\""));
    for page in &pages {
        assert!(itog::engine::is_unchanged(page.as_bytes()));
        assert!(!itog::engine::is_unchanged(page.replace("#fff", "#ffe").as_bytes()));
        assert!(roxmltree::Document::parse(page).unwrap().root_element().has_tag_name(SVG));
    }
}

#[cfg(feature = "svg")]
mod png {
    use super::pictures;

    /// Width, height and the colours of a PNG file.
    fn read(file: &[u8]) -> (u32, u32, Vec<[u8; 3]>) {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(file));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let frame = reader.next_frame(&mut pixels).unwrap();
        let channels = frame.color_type.samples();
        assert!(channels >= 3);
        let colors = pixels.chunks(channels).map(|p| [p[0], p[1], p[2]]).collect();
        (frame.width, frame.height, colors)
    }

    const PAGE: &str = "<html><head><title>a</title><style>@page { size: 72pt 36pt; margin: 0 }
        body { margin: 0 } div { width: 36pt; height: 18pt; background: #a03050 }</style></head>
        <body><div></div></body></html>";

    #[test]
    fn pixels_are_where_the_page_has_its_colours() {
        let pictures = pictures(PAGE);
        let page = pictures.page(0).unwrap();
        assert_eq!((page.width(), page.height()), (72.0, 36.0));
        let file = page.to_png(100.0).unwrap();
        let (width, height, pixels) = read(&file);
        assert_eq!((width, height), (100, 50));
        let at = |x: usize, y: usize| pixels[y * 100 + x];
        assert_eq!([at(0, 0), at(49, 24)], [[0xA0, 0x30, 0x50]; 2]);
        assert_eq!([at(50, 0), at(0, 25), at(99, 49)], [[255; 3]; 3]);
        assert_eq!(file, page.to_png(100.0).unwrap());
    }

    #[test]
    fn a_file_is_known_as_ours_until_it_is_changed() {
        let mut file = pictures(PAGE).page(0).unwrap().to_png(50.0).unwrap();
        assert!(itog::engine::is_unchanged(&file));
        let middle = file.len() / 2;
        file[middle] ^= 1;
        assert!(!itog::engine::is_unchanged(&file));
    }

    #[test]
    fn too_many_pixels_are_refused() {
        let fault = pictures(PAGE).page(0).unwrap().to_png(1e6).unwrap_err();
        assert_eq!(fault.diagnostics()[0].code(), "image-size");
    }
}
