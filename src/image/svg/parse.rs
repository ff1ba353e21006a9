//! From SVG text to a tree of usvg's, with the faces and files of the template.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use usvg::fontdb::{self, Database};
use usvg::roxmltree::{Document, Node, ParsingOptions};
use usvg::{FontFamily, FontResolver, ImageHrefResolver, ImageKind, Options, Tree};

use super::{Beside, budget};
use crate::diag::{Diagnostic, say};
use crate::font::{Face, FaceId, FaceTraits, FontBook};
use crate::limits;
use crate::style::{Family, FontStyle};

const SVG: &str = "http://www.w3.org/2000/svg";

/// The longest SVG text, in bytes.
const MAX_TEXT: usize = 16 << 20;

/// What was looked for and not found.
#[derive(Debug, Default)]
struct Lost {
    pictures: BTreeSet<String>,
    letters: BTreeSet<char>,
}

/// Parses SVG. Pictures in it come from `data:` URLs and from files beside the template; nothing
/// else is followed.
pub(super) fn parse(
    name: &str,
    text: &str,
    beside: &Beside,
) -> Result<(Tree, Vec<Diagnostic>), Diagnostic> {
    if text.len() > MAX_TEXT {
        let message = say!(
            "the SVG picture `{name}` has {len} bytes; the limit is {most}",
            name,
            len = text.len(),
            most = MAX_TEXT
        );
        return Err(Diagnostic::error("svg-size", message));
    }
    let lost = Mutex::new(Lost::default());
    let mut warnings = Vec::new();
    let tree = {
        let mut options = Options {
            image_href_resolver: pictures(beside, &lost),
            // Text that names no family is set as the document's own.
            font_family: "serif".to_owned(),
            ..Options::default()
        };
        // Naming all faces to usvg takes longer than reading most drawings, which have no text.
        if text.contains("<text") {
            let (database, ids) = database(&beside.fonts);
            options.fontdb = Arc::new(database);
            options.font_resolver = faces(&beside.fonts, ids, &lost);
        }
        let broken = |fault: &dyn std::fmt::Display| {
            let fault = fault.to_string();
            let message = say!("the SVG picture `{name}` cannot be read: {fault}", name, fault);
            Diagnostic::error("svg-broken", message)
        };
        // As usvg does it: some programs write entities for their namespaces.
        let dtd = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
        let document = Document::parse_with_options(text, dtd)
            .map_err(|fault| broken(&usvg::Error::ParsingFailed(fault)))?;
        budget::written(name, &document)?;
        warnings.extend(unread(name, &document));
        limits::wall(
            || say!("the reader of SVG (usvg)"),
            || Tree::from_xmltree(&document, &options),
        )?
        .map_err(|fault| broken(&fault))?
    };
    let lost = lost.into_inner().unwrap_or_else(PoisonError::into_inner);
    warnings.extend(lost.warnings(name));
    Ok((tree, warnings))
}

/// What a drawing says that no reader of drawings alone understands: text of HTML, and rules of its
/// stylesheets that hold under conditions or bring other files.
fn unread(name: &str, document: &Document<'_>) -> Vec<Diagnostic> {
    /// Those that change nothing on paper.
    const IDLE: [&str; 3] = ["charset", "namespace", "keyframes"];
    let mut warnings = Vec::new();
    let mut elements = document.descendants().filter(Node::is_element);
    let html = elements.clone().find_map(|node| {
        // Of a `switch` what comes next is shown instead.
        let replaced = || {
            node.parent_element().is_some_and(|parent| parent.has_tag_name((SVG, "switch")))
                && node.next_sibling_element().is_some()
        };
        let is_html = node.has_tag_name((SVG, "foreignObject")) && !replaced();
        let text: String = if is_html {
            node.descendants().filter_map(|n| n.text()).collect()
        } else {
            return None;
        };
        let words: Vec<&str> = text.split_whitespace().take(8).collect();
        (!words.is_empty()).then(|| words.join(" "))
    });
    if let Some(text) = html {
        let message = say!(
            "the SVG picture `{name}` has text in `<foreignObject>`, which is not shown: {text}",
            name,
            text
        );
        warnings.push(
            Diagnostic::warning("svg-unlike", message).hint(say!(
                "save it without HTML labels («formatted text» in draw.io), or as a PNG"
            )),
        );
    }
    let rule = elements.find_map(|node| {
        let css = node.has_tag_name((SVG, "style")).then(|| node.text()).flatten()?;
        css.split('@').skip(1).find_map(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_alphabetic() && c != '-')?;
            let word = &rest[..end];
            let read = word.is_empty() || IDLE.iter().any(|idle| word.ends_with(idle));
            (!read).then(|| format!("@{word}"))
        })
    });
    if let Some(rule) = rule {
        let message = say!(
            "the stylesheet in the SVG picture `{name}` has `{rule}`, which is not read",
            name,
            rule
        );
        warnings.push(
            Diagnostic::warning("svg-unlike", message).hint(say!(
                "write its rules without it, or save the picture with plain attributes"
            )),
        );
    }
    warnings
}

impl Lost {
    fn warnings(self, name: &str) -> Vec<Diagnostic> {
        let pictures = self.pictures.into_iter().map(|picture| {
            let message = say!(
                "the SVG picture `{name}` shows the picture `{picture}`, which cannot be found or \
                    read",
                name,
                picture
            );
            Diagnostic::warning("svg-unlike", message).hint(say!(
                "save it beside the template, or embed it when you save the SVG picture"
            ))
        });
        let letters = (!self.letters.is_empty()).then(|| {
            let letters: String = self.letters.iter().collect();
            let message = say!(
                "no face has these characters of the text in the SVG picture `{name}`: {letters}",
                name,
                letters
            );
            Diagnostic::warning("svg-unlike", message).hint(say!(
                "add a face by `@font-face`, or turn text into paths in a drawing program"
            ))
        });
        pictures.chain(letters).collect()
    }
}

/// Where pictures inside come from.
fn pictures<'a>(beside: &'a Beside, lost: &'a Mutex<Lost>) -> ImageHrefResolver<'a> {
    let data = ImageHrefResolver::default_data_resolver();
    ImageHrefResolver {
        resolve_data: Box::new(move |kind, bytes, options| {
            let found = data(kind, bytes, options);
            if found.is_none() {
                note(lost, |lost| lost.pictures.insert(format!("data:{kind}")));
            }
            found
        }),
        resolve_string: Box::new(move |href, options| {
            let found = beside.files.as_ref().and_then(|files| files.bytes(href).ok());
            let kind = found.and_then(|bytes| {
                let bytes = Arc::new(bytes.into_owned());
                // By its first bytes: the ending of a file's name may be wrong or missing.
                match &bytes[..] {
                    [0x89, b'P', b'N', b'G', ..] => Some(ImageKind::PNG(bytes)),
                    [0xFF, 0xD8, ..] => Some(ImageKind::JPEG(bytes)),
                    // A picture in a picture in a picture would never end.
                    _ => ImageHrefResolver::default_data_resolver()("text/plain", bytes, options),
                }
            });
            if kind.is_none() {
                note(lost, |lost| lost.pictures.insert(href.to_owned()));
            }
            kind
        }),
    }
}

fn note<T>(lost: &Mutex<Lost>, what: impl FnOnce(&mut Lost) -> T) {
    what(&mut lost.lock().unwrap_or_else(PoisonError::into_inner));
}

/// A face that fontdb may hold as bytes.
struct FaceBytes(Arc<Face>);

impl AsRef<[u8]> for FaceBytes {
    fn as_ref(&self) -> &[u8] {
        self.0.data.bytes()
    }
}

/// The book's faces for usvg, and the identifier of each by its number.
fn database(fonts: &FontBook) -> (Database, Vec<fontdb::ID>) {
    let mut database = Database::new();
    let ids = fonts.faces().map(|(_, face)| {
        database.push_face_info(fontdb::FaceInfo {
            id: fontdb::ID::dummy(),
            source: fontdb::Source::Binary(Arc::new(FaceBytes(Arc::clone(face)))),
            index: face.index,
            families: vec![(face.family.clone(), fontdb::Language::English_UnitedStates)],
            post_script_name: face.postscript_name.clone(),
            style: if face.italic { fontdb::Style::Italic } else { fontdb::Style::Normal },
            weight: fontdb::Weight(face.weight),
            // Never asked for: faces are chosen by `select` below, which knows neither.
            stretch: fontdb::Stretch::Normal,
            monospaced: false,
        })
    });
    let ids = ids.collect();
    (database, ids)
}

/// Faces are found as everywhere else in the document.
fn faces<'a>(fonts: &'a FontBook, ids: Vec<fontdb::ID>, lost: &'a Mutex<Lost>) -> FontResolver<'a> {
    let known = ids.clone();
    let find = move |face: FaceId| known.get(usize::from(face.0)).copied();
    FontResolver {
        select_font: Box::new(move |font, _| {
            let families: Vec<Family> = font
                .families()
                .iter()
                .map(|family| match family {
                    FontFamily::Named(name) => Family::Named(name.as_str().into()),
                    FontFamily::SansSerif => Family::SansSerif,
                    FontFamily::Monospace => Family::Monospace,
                    FontFamily::Cursive => Family::Cursive,
                    FontFamily::Fantasy => Family::Fantasy,
                    _ => Family::Serif,
                })
                .collect();
            let style = match font.style() {
                usvg::FontStyle::Normal => FontStyle::Normal,
                _ => FontStyle::Italic,
            };
            // In the order of their widths (SVG 1.1, 10.10).
            let stretch = match font.stretch() {
                usvg::FontStretch::UltraCondensed => 500,
                usvg::FontStretch::ExtraCondensed => 625,
                usvg::FontStretch::Condensed => 750,
                usvg::FontStretch::SemiCondensed => 875,
                usvg::FontStretch::Normal => 1000,
                usvg::FontStretch::SemiExpanded => 1125,
                usvg::FontStretch::Expanded => 1250,
                usvg::FontStretch::ExtraExpanded => 1500,
                usvg::FontStretch::UltraExpanded => 2000,
            };
            let asked = FaceTraits { stretch, weight: font.weight(), style };
            fonts.select(&families, asked).first().and_then(|face| find(*face))
        }),
        select_fallback: Box::new(move |c, tried, _| {
            // In the order of the book, as in the text of the document.
            let covering = fonts.faces().filter(|(_, face)| face.covers(c));
            let found = covering
                .filter_map(|(face, _)| ids.get(usize::from(face.0)).copied())
                .find(|id| !tried.contains(id));
            if found.is_none() {
                note(lost, |lost| lost.letters.insert(c));
            }
            found
        }),
    }
}
