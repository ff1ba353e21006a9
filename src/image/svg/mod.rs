//! SVG as a drawing, by usvg: paths, gradients, patterns, clip paths, masks, groups, text in the
//! faces of the template, pictures. What PDF has no words for (filters) becomes pixels.

#[cfg(feature = "svg")]
mod budget;
#[cfg(feature = "svg")]
mod paint;
#[cfg(feature = "svg")]
mod parse;
#[cfg(feature = "svg")]
mod pixels;
#[cfg(feature = "svg")]
mod read;
#[cfg(all(test, feature = "svg"))]
mod tests;

use std::sync::Arc;
#[cfg(feature = "svg")]
use std::sync::OnceLock;

#[cfg(feature = "svg")]
use super::tone::Thumbnail;
use super::{Image, digest_name};
use crate::diag::Diagnostic;
#[cfg(not(feature = "svg"))]
use crate::diag::say;
use crate::files::Files;
use crate::font::FontBook;

/// An SVG picture as it was read.
#[derive(Clone)]
pub struct Svg {
    text: Arc<str>,
    #[cfg(feature = "svg")]
    tree: Arc<usvg::Tree>,
    #[cfg(feature = "svg")]
    thumbnail: Arc<OnceLock<Option<Thumbnail>>>,
}

impl Svg {
    /// The SVG text.
    pub fn text(&self) -> &Arc<str> {
        &self.text
    }
}

impl PartialEq for Svg {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl std::fmt::Debug for Svg {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Svg({} bytes)", self.text.len())
    }
}

/// What an SVG picture may take from: files beside the template, and faces.
#[derive(Debug, Clone, Default)]
#[cfg_attr(not(feature = "svg"), allow(dead_code, reason = "only usvg looks there"))]
pub(super) struct Beside {
    pub(super) files: Option<Files>,
    pub(super) fonts: Arc<FontBook>,
}

/// A picture from SVG text, such as an inline `<svg>`. Needs the feature `svg`. It has no faces for
/// text and no files for pictures: those of a template are given by
/// [`ImageStore`](super::ImageStore).
///
/// # Errors
/// `svg-broken`, `svg-size`; without the feature always `svg-feature`.
pub fn svg(text: &str) -> Result<Arc<Image>, Diagnostic> {
    let name = digest_name("svg", text.as_bytes());
    read(name, text, &Beside::default()).map(|(image, _)| Arc::new(image))
}

/// Without usvg no SVG can be shown.
#[cfg(not(feature = "svg"))]
pub(super) fn read(
    name: Arc<str>,
    _: &str,
    _: &Beside,
) -> Result<(Image, Vec<Diagnostic>), Diagnostic> {
    let fault = Diagnostic::error(
        "svg-feature",
        say!("the picture `{name}` is an SVG file, and this program was built without SVG", name),
    );
    Err(fault.hint(say!("build with the feature `svg`, or save the picture as PNG")))
}

/// Reads SVG; the second of the pair says what will look otherwise.
#[cfg(feature = "svg")]
pub(super) fn read(
    name: Arc<str>,
    text: &str,
    beside: &Beside,
) -> Result<(Image, Vec<Diagnostic>), Diagnostic> {
    let (tree, warnings) = parse::parse(&name, text, beside)?;
    budget::unfolded(&name, &tree)?;
    let nodes = read::drawing(&tree)?;
    // usvg's units are CSS pixels.
    let size = |v: f32| f64::from(v) * super::PIXEL;
    let (width, height) = (size(tree.size().width()), size(tree.size().height()));
    let svg = Svg { text: text.into(), tree: Arc::new(tree), thumbnail: Arc::default() };
    let data = super::ImageData::Vector { nodes: nodes.into(), svg: Some(svg) };
    Ok((Image { name, width, height, data }, warnings))
}

#[cfg(feature = "svg")]
fn only_picture(group: &usvg::Group) -> bool {
    match group.children() {
        [usvg::Node::Image(_)] => true,
        [usvg::Node::Group(inner)] => only_picture(inner),
        _ => false,
    }
}

impl Svg {
    /// The same drawing with nothing in it but shapes: no scripts, no links, no text, no addresses
    /// of other files.
    #[cfg(feature = "svg")]
    pub(super) fn plain(&self) -> Option<String> {
        // A picture gains nothing by it, and would be in the file twice.
        if only_picture(self.tree.root()) {
            return None;
        }
        let indent = usvg::Indent::None;
        Some(self.tree.to_string(&usvg::WriteOptions { indent, ..usvg::WriteOptions::default() }))
    }

    /// Without usvg nothing can be said of what is in an SVG.
    #[cfg(not(feature = "svg"))]
    pub(super) fn plain(&self) -> Option<String> {
        None
    }

    /// The tree that usvg made.
    #[cfg(feature = "svg")]
    pub(super) fn tree(&self) -> &usvg::Tree {
        &self.tree
    }

    /// The drawing in a few pixels, painted when somebody first asks; nothing if it cannot be.
    #[cfg(feature = "svg")]
    pub(super) fn thumbnail(&self) -> Option<&Thumbnail> {
        self.thumbnail.get_or_init(|| Thumbnail::new(&self.tree)).as_ref()
    }
}
