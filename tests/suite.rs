//! Cases of layout: `tests/suite/*.html`, each with the pages that it gives, and the faults.
//!
//! Every case is also left in `target/tmp/suite` as a PDF and as a page for a browser, for
//! `tests/conformance/browser.py` to compare. A case that says `<!-- not in a browser: WHY -->` is
//! not.

use std::fmt::Write;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use itog::diag::{Sink, Source};
use itog::files::Files;
use itog::internals::diag::Sources;
use itog::internals::font::FontBook;
use itog::internals::geometry::Rect;
use itog::internals::image::{DrawnSegment, ImageStore};
use itog::internals::layout::{Artifact, Mark, Page, PageItem, Pages, Paint, Tag};
use itog::internals::pdf::{PdfOptions, Standard};
use itog::internals::text::Typesetter;
use itog::internals::{boxes, layout, markup, pdf, style};

static TYPESETTER: LazyLock<Typesetter> =
    LazyLock::new(|| Typesetter::new(Arc::new(FontBook::bundled())));

/// A red dot.
const DOT: &[u8] = include_bytes!("boxes/dot.png");

/// Small pages and a plain body, so that the numbers can be read: 165 by 120 points inside, whole
/// pixels for the browser.
const BASE: &str = "@page { size: 201pt 156pt; margin: 18pt } \
    body { margin: 0; font: 10pt/12pt 'Liberation Serif'; orphans: 1; widows: 1; hyphens: none; \
    -itog-typography: none }";

fn lay_out(name: &str, text: &str) -> (Option<Pages>, Sink) {
    let mut sink = Sink::new();
    let mut sources = Sources::default();
    sources.add(Source::new(name, text));
    let Some(tree) = markup::parse(text, Arc::new(sources), &mut sink) else { return (None, sink) };
    let files = Files::bundled(&[("dot.png", DOT)]);
    let mut sheets = Sources::default();
    let id = sheets.add(Source::new("base.css", BASE));
    let base = style::Stylesheet::parse(id, &mut sheets, &files, &mut sink);
    let styles = style::cascade(&tree, &[&base], &mut sink);
    let images = ImageStore::new(files);
    let tree = boxes::build(&tree, &styles, &images, &mut sink);
    let pages = layout::layout(&tree, &TYPESETTER, &images, &mut sink);
    (Some(pages), sink)
}

struct Dump {
    out: String,
    line: Option<(f64, f64, String)>,
}

impl Dump {
    fn end_line(&mut self) {
        if let Some((x, y, text)) = self.line.take() {
            let text = text
                .trim_end()
                .replace('\u{a0}', "␣")
                .replace('\u{ad}', "¬")
                .replace('\u{2060}', "");
            let _ = writeln!(self.out, "  {} {} {text}", round(x), round(y));
        }
    }

    fn page(&mut self, number: usize, page: &Page) {
        let _ =
            writeln!(self.out, "page {number} ({} × {})", round(page.width), round(page.height));
        page.items.iter().for_each(|item| self.item(item));
        self.end_line();
    }

    fn item(&mut self, item: &PageItem) {
        if let Paint::Glyphs { x, y, run, .. } = &item.paint {
            match &mut self.line {
                Some((_, known, text)) if (*known - y).abs() < 0.01 => *text += &run.text,
                _ => {
                    self.end_line();
                    let prefix = match item.mark {
                        Mark::Content { .. } => "",
                        Mark::Artifact(Artifact::Header) => "header: ",
                        Mark::Artifact(Artifact::Footer) => "footer: ",
                        Mark::Artifact(_) => "ornament: ",
                    };
                    self.line = Some((*x, *y, format!("{prefix}{}", run.text)));
                }
            }
            return;
        }
        self.end_line();
        let rect = |Rect { x, y, width: w, height: h }: Rect| {
            format!("{} {} {} × {}", round(x), round(y), round(w), round(h))
        };
        let _ = match &item.paint {
            Paint::Path { path, stroke, .. } => {
                let kind = match stroke {
                    Some(stroke) if !stroke.dash.is_empty() => "dashes",
                    Some(_) => "stroke",
                    None => "rect",
                };
                let round = if path.iter().any(|s| matches!(s, DrawnSegment::Cubic(..))) {
                    " rounded"
                } else {
                    ""
                };
                writeln!(self.out, "  {kind} {}{round}", rect(bounds(path)))
            }
            Paint::Link { rect: area, href, text } => {
                writeln!(self.out, "  link {} → {href} «{text}»", rect(*area))
            }
            Paint::Image { rect: area, .. } => writeln!(self.out, "  image {}", rect(*area)),
            Paint::PushClip(area) => writeln!(self.out, "  clip {}", rect(*area)),
            Paint::PushClipPath(path) => writeln!(self.out, "  clip path of {}", path.len()),
            Paint::PushOpacity(opacity) => writeln!(self.out, "  opacity {opacity}"),
            Paint::PushTransform(m) => {
                writeln!(
                    self.out,
                    "  transform {}",
                    m.numbers().map(|n| round(n).to_string()).join(" ")
                )
            }
            Paint::Pop => writeln!(self.out, "  pop"),
            Paint::Glyphs { .. } => Ok(()),
        };
    }
}

/// One decimal, without a negative zero.
fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0 + 0.0
}

fn bounds(path: &[DrawnSegment]) -> Rect {
    let points: Vec<(f64, f64)> =
        path.iter().filter_map(|segment| segment.end().map(|at| (at.x, at.y))).collect();
    let fold = |pick: fn(&(f64, f64)) -> f64, best: fn(f64, f64) -> f64, from: f64| {
        points.iter().map(pick).fold(from, best)
    };
    let (left, top) = (fold(|p| p.0, f64::min, f64::MAX), fold(|p| p.1, f64::min, f64::MAX));
    let (right, bottom) = (fold(|p| p.0, f64::max, f64::MIN), fold(|p| p.1, f64::max, f64::MIN));
    Rect::new(left, top, right - left, bottom - top)
}

/// The structure tree, a line for each tag.
fn tags(all: &[Tag]) -> String {
    let mut out = String::from("tags\n");
    for tag in all {
        let mut depth = 1;
        let mut next = tag.parent;
        while let Some(id) = next {
            depth += 1;
            next = all[id.0 as usize].parent;
        }
        let alt = tag.alt.as_ref().map(|alt| format!(" «{alt}»")).unwrap_or_default();
        let lang = tag.lang.as_ref().map(|lang| format!(" {lang}")).unwrap_or_default();
        let _ = writeln!(out, "{}{}. {:?}{alt}{lang}", "  ".repeat(depth), tag.order, tag.role);
    }
    out
}

/// Leaves a case for the browser and for the comparison.
fn leave(folder: &Path, name: &str, text: &str, pages: &Pages) {
    let name = name.trim_end_matches(".html");
    let mut options = PdfOptions::default();
    options.standard = Standard::None;
    std::fs::write(
        folder.join(name).with_extension("pdf"),
        pdf::write(pages, &options, &mut Sink::new()),
    )
    .unwrap();
    let mut faces = String::new();
    for (family, file) in
        [("Liberation Serif", "liberation-serif/LiberationSerif"), ("PT Sans", "pt-sans/PTSans")]
    {
        for (face, values) in
            [("Regular", ""), ("Bold", "font-weight: bold"), ("Italic", "font-style: italic")]
        {
            let path =
                Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fonts/{file}-{face}.ttf"));
            let _ = writeln!(
                faces,
                "@font-face {{ font-family: '{family}'; src: url('file://{}'); {values} }}",
                path.display()
            );
        }
    }
    let page = text.replacen(
        "<head>",
        &format!("<head><meta charset=\"utf-8\"/><style>{faces}{BASE}</style>"),
        1,
    );
    assert_ne!(page, text, "{name}: no <head>");
    std::fs::write(folder.join(name).with_extension("html"), format!("<!DOCTYPE html>{page}"))
        .unwrap();
}

#[test]
fn cases() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("suite");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("dot.png"), DOT).unwrap();
    insta::glob!("suite/*.html", |path| {
        let name = path.file_name().unwrap().to_string_lossy();
        let text = std::fs::read_to_string(path).unwrap();
        let (pages, sink) = lay_out(&name, &text);
        let mut dump = Dump { out: String::new(), line: None };
        if let Some(pages) = &pages {
            if !text.contains("<!-- not in a browser: ") {
                leave(&folder, &name, &text, pages);
            }
            for (index, page) in pages.pages.iter().enumerate() {
                dump.page(index + 1, page);
            }
            if text.contains("<!-- tags -->") {
                dump.out += &tags(&pages.tags);
                for mark in &pages.outline {
                    let _ = writeln!(
                        dump.out,
                        "bookmark {} «{}» page {}",
                        mark.level,
                        mark.title,
                        mark.target.page + 1
                    );
                }
                for (id, (target, _)) in &pages.targets {
                    let _ = writeln!(
                        dump.out,
                        "target {id} page {} at {} {}",
                        target.page + 1,
                        round(target.x),
                        round(target.y)
                    );
                }
            }
        }
        for fault in sink.all() {
            let _ = writeln!(dump.out, "{fault}");
        }
        insta::with_settings!({
            omit_expression => true,
            prepend_module_to_snapshot => false,
            snapshot_path => "suite",
        }, {
            insta::assert_snapshot!(dump.out);
        });
    });
}
