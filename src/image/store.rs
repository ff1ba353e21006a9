//! Pictures by their URLs.
//!
//! Boxes and styles ask for a picture by its address; each is read and decoded once.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::{Image, ImageData, PIXEL, data_url, digest_name, jpeg, jpeg_scan, png, rasterize, svg};
#[cfg(feature = "batch")]
use crate::cache::Fnv;
use crate::cache::SmallCache;
use crate::diag::{Diagnostic, Message, say};
use crate::files::{Files, MAX_FILE};
use crate::font::FontBook;
use crate::geometry::PixelSize;

/// How many pictures are kept; when there are more, those are forgotten that nobody has asked for
/// again: a batch may name another portrait in each record, and one background in all.
const KEPT: usize = 64;

/// The pictures of a template: files beside it and `data:` URLs, each read once.
#[derive(Clone)]
pub struct ImageStore {
    files: Files,
    /// For text in SVG pictures.
    fonts: Arc<FontBook>,
    loaded: Arc<Mutex<BTreeMap<Box<str>, Loaded>>>,
    /// SVG texts and densities as PNG files.
    rasters: SmallCache<(Arc<str>, f64), Arc<[u8]>>,
    /// SVG texts with shapes only.
    plain: SmallCache<Arc<str>, Option<Arc<str>>>,
}

#[derive(Clone)]
struct Loaded {
    image: Result<Arc<Image>, Diagnostic>,
    warnings: Vec<Diagnostic>,
    /// Another document has asked for it.
    again: bool,
}

impl ImageStore {
    /// The pictures of a folder.
    pub fn new(files: Files) -> Self {
        Self {
            files,
            fonts: Arc::default(),
            loaded: Arc::default(),
            rasters: SmallCache::default(),
            plain: SmallCache::default(),
        }
    }

    /// The same pictures, with faces for the text in SVG pictures.
    #[must_use]
    pub fn with_fonts(self, fonts: Arc<FontBook>) -> Self {
        // With other faces text in SVG looks otherwise, so nothing that was read before is kept.
        Self { fonts, ..Self::new(self.files) }
    }

    /// Where its pictures come from.
    #[cfg(feature = "batch")]
    pub(crate) fn files(&self) -> &Files {
        &self.files
    }

    /// A number for what a file holds. One that is shown was read already: its bytes are kept.
    #[cfg(feature = "batch")]
    pub(crate) fn digest_of_file(&self, name: &str) -> Option<u64> {
        // An address with such signs may be another file, or none.
        let plain = !name.contains(['%', ':']);
        let loaded = self.lock().get(name).filter(|_| plain).map(|loaded| loaded.image.clone());
        match loaded.as_ref().and_then(|image| Some(&image.as_ref().ok()?.data)) {
            Some(ImageData::Jpeg { bytes, .. } | ImageData::Png { bytes, .. }) => {
                Some(Fnv::of(bytes))
            }
            _ => self.files.read(name).ok().map(|bytes| Fnv::of(&bytes)),
        }
    }

    /// What SVG pictures may take from.
    fn beside(&self) -> svg::Beside {
        svg::Beside { files: Some(self.files.clone()), fonts: Arc::clone(&self.fonts) }
    }

    /// The picture that a URL names: a file's name, or a `data:` URL. PNG, JPEG, and SVG with the
    /// feature `svg`.
    ///
    /// # Errors
    /// `file-missing` and others of [`Files::read`], `image-remote` for addresses in the network,
    /// `image-format`, `image-broken`, `image-size`, `image-data-url`, and those of
    /// [`svg()`](super::svg()).
    pub fn load(&self, url: &str) -> Result<Arc<Image>, Diagnostic> {
        self.get(url).image
    }

    /// What is to be said of a picture that can be shown, but not quite as it is meant: a gradient
    /// made even, a photograph left turned.
    pub fn warnings(&self, url: &str) -> Vec<Diagnostic> {
        self.get(url).warnings
    }

    /// The picture that an inline `<svg>` is, with what is to be said of it.
    ///
    /// # Errors
    /// Those of [`svg()`](super::svg()).
    pub fn inline(&self, text: &str) -> (Result<Arc<Image>, Diagnostic>, Vec<Diagnostic>) {
        let name = digest_name("svg", text.as_bytes());
        let read = || match svg::read(Arc::clone(&name), text, &self.beside()) {
            Ok((image, warnings)) => Loaded { image: Ok(Arc::new(image)), warnings, again: false },
            Err(fault) => Loaded { image: Err(fault), warnings: Vec::new(), again: false },
        };
        let mut loaded = self.kept(&name, read);
        let same = |image: &Arc<Image>| match &image.data {
            ImageData::Vector { svg: Some(own), .. } => **own.text() == *text,
            _ => false,
        };
        if loaded.image.as_ref().is_ok_and(|image| !same(image)) {
            // Another text with the same digest.
            loaded = read();
        }
        (loaded.image, loaded.warnings)
    }

    /// A drawing as a PNG file, as [`rasterize`] makes it; an SVG that was asked for before is not
    /// drawn again.
    ///
    /// # Errors
    /// Those of [`rasterize`].
    pub fn raster(&self, image: &Image, dpi: f64) -> Result<Arc<[u8]>, Diagnostic> {
        // A QR code says something else in each document, and is quickly drawn.
        let ImageData::Vector { svg: Some(svg), .. } = &image.data else {
            return rasterize(image, dpi).map(Arc::from);
        };
        self.rasters.get((Arc::clone(svg.text()), dpi), |_| rasterize(image, dpi).map(Arc::from))
    }

    /// An SVG picture as SVG text with nothing in it but shapes: no scripts, no links. Nothing for
    /// other pictures, and without the feature `svg`.
    pub fn plain_svg(&self, image: &Image) -> Option<Arc<str>> {
        let ImageData::Vector { svg: Some(svg), .. } = &image.data else { return None };
        let Ok(plain) = self
            .plain
            .get(Arc::clone(svg.text()), |_| Ok::<_, Infallible>(svg.plain().map(Arc::from)));
        plain
    }

    fn get(&self, url: &str) -> Loaded {
        let url = url.trim();
        self.kept(url, || {
            let mut warnings = Vec::new();
            let image = self.read(url, &mut warnings);
            Loaded { image, warnings, again: false }
        })
    }

    /// What is kept under a name, or what is read now.
    fn kept(&self, name: &str, read: impl Fn() -> Loaded) -> Loaded {
        if let Some(loaded) = self.lock().get_mut(name) {
            loaded.again = true;
            return loaded.clone();
        }
        // Read without the lock: two threads may read the same picture, which is cheaper than
        // waiting.
        let loaded = read();
        let mut all = self.lock();
        // First goes what nobody has asked for again, such as the photographs of a batch's rows.
        if all.len() >= KEPT {
            all.retain(|_, loaded| std::mem::take(&mut loaded.again));
        }
        // All are asked for again and again: begun anew, the memory does not grow at least.
        if all.len() >= KEPT {
            all.clear();
        }
        all.insert(name.into(), loaded.clone());
        loaded
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<Box<str>, Loaded>> {
        self.loaded.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn read(&self, url: &str, warnings: &mut Vec<Diagnostic>) -> Result<Arc<Image>, Diagnostic> {
        if let Some(data) = data_url::decode(url) {
            let data = data?;
            if data.len() as u64 > MAX_FILE {
                return Err(Diagnostic::error(
                    "image-size",
                    say!(
                        "a `data:` URL has {data} bytes; the limit is {most}",
                        data = data.len(),
                        most = MAX_FILE
                    ),
                ));
            }
            let name = digest_name("data", &data);
            // Named by a digest: a URL of megabytes would be a key to carry around.
            return self.decode(name, url, &data, warnings);
        }
        // Nothing is fetched: a document must not depend on the network, nor tell it that it is
        // made.
        if let Some((scheme, _)) = url.split_once("://") {
            let message = say!(
                "`{url}` is an address in the network; pictures are read from the template's \
                    folder only",
                url
            );
            let fault = Diagnostic::error("image-remote", message);
            return Err(fault.hint(if scheme == "file" {
                say!("name the file as it lies beside the template")
            } else {
                say!("save it beside the template")
            }));
        }
        let name =
            // In an address a space is `%20`; in the name of a file the percent sign may be
            // meant.
            String::from_utf8(data_url::percent_decoded(url)).unwrap_or_else(|_| url.to_owned());
        let bytes = self
            .files
            .bytes(&name)
            .or_else(|fault| if name == url { Err(fault) } else { self.files.bytes(url) })?;
        self.decode(url.into(), &name, &bytes, warnings)
    }

    /// Knows a file by its first bytes, whatever its name says. `href` is its address for a drawing
    /// that shows it.
    fn decode(
        &self,
        name: Arc<str>,
        href: &str,
        bytes: &[u8],
        warnings: &mut Vec<Diagnostic>,
    ) -> Result<Arc<Image>, Diagnostic> {
        let data = if bytes.starts_with(b"\x89PNG") {
            png::read(&name, bytes)?
        } else if bytes.starts_with(b"\xFF\xD8") {
            let (data, orientation) = jpeg::read(&name, bytes)?;
            warnings.extend(jpeg_scan::damage(bytes).map(|why| damaged(&name, why)));
            match orientation {
                // PDF turns what it paints, and DOCX takes the pixels of a drawing.
                Some(orientation) if cfg!(feature = "svg") => {
                    let (image, faults) = svg::read(name, &orientation.svg(href), &self.beside())?;
                    warnings.extend(faults);
                    return Ok(Arc::new(image));
                }
                Some(_) => warnings.push(stored_turned(&name)),
                None => {}
            }
            data
        } else if let Some(text) =
            std::str::from_utf8(bytes).ok().filter(|text| text.contains("<svg"))
        {
            let (image, faults) =
                svg::read(name, text.trim_start_matches('\u{FEFF}'), &self.beside())?;
            warnings.extend(faults);
            return Ok(Arc::new(image));
        } else {
            let kind = match bytes {
                [b'G', b'I', b'F', b'8', ..] => say!("a GIF file"),
                [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => {
                    say!("a WebP file")
                }
                [b'%', b'P', b'D', b'F', ..] => say!("a PDF file"),
                [b'B', b'M', ..] => say!("a BMP file"),
                [] => say!("empty"),
                _ => say!("of an unknown kind"),
            };
            let fault = Diagnostic::error(
                "image-format",
                say!("the picture `{name}` is {kind}", name, kind),
            );
            return Err(fault.hint(say!("save it as PNG, JPEG or SVG")));
        };
        let PixelSize { width, height } = match &data {
            ImageData::Jpeg { pixels, .. } | ImageData::Png { pixels, .. } => *pixels,
            ImageData::Vector { .. } => PixelSize::default(),
        };
        Ok(Arc::new(Image {
            name,
            width: f64::from(width) * PIXEL,
            height: f64::from(height) * PIXEL,
            data,
        }))
    }
}

fn damaged(name: &str, why: Message) -> Diagnostic {
    let message = say!("the JPEG file `{name}` is damaged: {why}", name, why);
    Diagnostic::warning("image-damaged", message).hint(say!(
        "a part of it may be grey or in wrong colours: copy it again from where it came, or save \
            it in an image editor if it looks right there"
    ))
}

fn stored_turned(name: &str) -> Diagnostic {
    let message =
        say!("the photograph `{name}` is stored rotated, and it is shown as stored", name);
    Diagnostic::warning("image-orientation", message).hint(say!(
        "turn it in an image editor and save it upright, or build the program with the feature \
            `svg`"
    ))
}

impl fmt::Debug for ImageStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ImageStore({:?}, {} loaded)", self.files, self.lock().len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store() -> ImageStore {
        ImageStore::new(Files::bundled(&[
            ("печать 1.gif", b"GIF89a"),
            ("seal.png", b"\x89PNG\r\n"),
            ("empty.png", b""),
        ]))
    }

    #[test]
    fn each_fault_has_its_code() {
        let code = |url| store().load(url).unwrap_err().code();
        assert_eq!(code("sael.png"), "file-missing");
        assert_eq!(code("../seal.png"), "file-outside");
        assert_eq!(code("https://example.org/seal.png"), "image-remote");
        assert_eq!(code("seal.png"), "image-broken");
        assert_eq!(code("empty.png"), "image-format");
        assert_eq!(code("%D0%BF%D0%B5%D1%87%D0%B0%D1%82%D1%8C%201.gif"), "image-format");
        assert_eq!(store().load("sael.png").unwrap_err().hints(), ["did you mean `seal.png`?"]);
    }

    #[cfg(feature = "svg")]
    #[test]
    fn a_drawing_is_drawn_once_for_each_density() {
        let store = store();
        let drawing = |fill| {
            svg::svg(&format!(
                "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M0 0H9V9Z' \
                    fill='{fill}'/></svg>"
            ))
        };
        let (red, again, blue) =
            (drawing("red").unwrap(), drawing("red").unwrap(), drawing("blue").unwrap());
        let first = store.raster(&red, 96.0).unwrap();
        assert!(Arc::ptr_eq(&first, &store.raster(&again, 96.0).unwrap()));
        assert_eq!(*first, *rasterize(&red, 96.0).unwrap());
        assert_eq!(*store.raster(&blue, 96.0).unwrap(), *rasterize(&blue, 96.0).unwrap());
        assert_eq!(*store.raster(&red, 192.0).unwrap(), *rasterize(&red, 192.0).unwrap());
    }

    #[test]
    fn a_store_may_be_shared_between_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<ImageStore>();
    }
}
