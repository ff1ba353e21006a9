//! Pictures as XObjects: JPEG files as they are, pixels deflated, drawings as forms.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use lopdf::Object;
use printpdf::{
    DictItem, ExternalStream, ExternalXObject, Mm, PdfDocument, PdfPage, XObject, XObjectId,
};

use super::deflate::Deflater;
use super::drawing;
use super::part::ObjectGroup;
use super::save_options;
use crate::geometry::{PixelSize, Size};
use crate::image::{Image, ImageData, is_plain, scaled};

/// A picture as it goes into files.
#[derive(Debug, Clone)]
pub(super) enum Picture {
    /// A drawing in plain colours that is shown once: its operators stand in the page.
    Inline,
    /// Anything else, once in a file however often it is shown.
    Object(Arc<ObjectGroup>),
}

impl Picture {
    /// Makes a picture that is shown so many times.
    pub(super) fn new(image: &Image, times: usize, deflater: &mut Deflater) -> Self {
        match xobject(image, times, deflater) {
            Some(object) => Self::Object(Arc::new(part(object))),
            None => Self::Inline,
        }
    }

    /// A picture that is shown on so much paper, in points, with no more pixels per inch than
    /// this.
    pub(super) fn for_print(
        image: &Image,
        times: usize,
        paper: Size,
        dpi: f64,
        deflater: &mut Deflater,
    ) -> Self {
        let (ImageData::Png { pixels, .. } | ImageData::Jpeg { pixels, .. }) = &image.data else {
            return Self::new(image, times, deflater);
        };
        let most =
            |side: u32, length: f64| side.min((length / 72.0 * dpi).ceil().clamp(1.0, 1e6) as u32);
        let to = PixelSize::new(most(pixels.width, paper.width), most(pixels.height, paper.height));
        // A tenth more is not worth a picture that is less sharp.
        let object = if to.area() * 5 > pixels.area() * 4 {
            None
        } else {
            smaller(&image.data, to, deflater)
        };
        match object {
            Some(object) => Self::Object(Arc::new(part(object))),
            None => Self::new(image, times, deflater),
        }
    }

    /// Its objects, if they are not in the page.
    pub(super) fn part(&self) -> Option<&Arc<ObjectGroup>> {
        match self {
            Self::Inline => None,
            Self::Object(part) => Some(part),
        }
    }
}

/// A picture with so many pixels, where that can be made.
fn smaller(data: &ImageData, to: PixelSize, deflater: &mut Deflater) -> Option<ExternalXObject> {
    match data {
        ImageData::Png { pixels, rgb, alpha, .. } => {
            let colors = scaled(rgb, 3, *pixels, to, alpha.as_deref());
            let alpha = alpha.as_ref().map(|alpha| scaled(alpha, 1, *pixels, to, None));
            Some(pixels_object(to, &colors, alpha.as_deref(), deflater))
        }
        #[cfg(feature = "batch")]
        ImageData::Jpeg { bytes, components, .. } => {
            let bytes = crate::image::scaled_jpeg(bytes, *components, to)?;
            Some(jpeg(&bytes, to, *components))
        }
        _ => None,
    }
}

/// A picture that is shown so many times, as an XObject; none if it is better in the page.
pub(super) fn xobject(
    image: &Image,
    times: usize,
    deflater: &mut Deflater,
) -> Option<ExternalXObject> {
    match &image.data {
        ImageData::Jpeg { bytes, pixels, components } => Some(jpeg(bytes, *pixels, *components)),
        ImageData::Png { pixels, rgb, alpha, .. } => {
            Some(pixels_object(*pixels, rgb, alpha.as_deref(), deflater))
        }
        ImageData::Vector { nodes, .. } if times > 1 || !is_plain(nodes) => {
            let size = Size::new(image.width, image.height);
            Some(object(drawing::form(nodes, size, false, deflater)))
        }
        ImageData::Vector { .. } => None,
    }
}

/// An XObject as objects, by way of a page that is thrown away.
fn part(object: ExternalXObject) -> ObjectGroup {
    let mut document = PdfDocument::new("");
    let id = XObjectId("X".to_owned());
    document.resources.xobjects.map.insert(id, XObject::External(object));
    document.with_pages(vec![PdfPage::new(Mm(1.0), Mm(1.0), Vec::new())]);
    let mut document = document.to_lopdf_document(&save_options(), &mut Vec::new());
    let root = document.page_iter().next().and_then(|page| {
        let (own, above) = document.get_page_resources(page).ok()?;
        let inherited = above.into_iter().filter_map(|id| document.get_dictionary(id).ok());
        own.into_iter().chain(inherited).find_map(|resources| {
            let pictures = match resources.get(b"XObject").ok()? {
                Object::Reference(id) => document.get_dictionary(*id).ok()?,
                direct => direct.as_dict().ok()?,
            };
            pictures.iter().next()?.1.as_reference().ok()
        })
    });
    ObjectGroup::of(&mut document, root.unwrap_or_default())
}

pub(super) fn dict<const N: usize>(entries: [(&str, DictItem); N]) -> BTreeMap<String, DictItem> {
    entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

pub(super) fn name(name: &str) -> DictItem {
    DictItem::Name(name.as_bytes().to_vec())
}

pub(super) fn external(dict: BTreeMap<String, DictItem>, content: Vec<u8>) -> ExternalStream {
    ExternalStream { dict, content, compress: false }
}

fn object(stream: ExternalStream) -> ExternalXObject {
    ExternalXObject { stream, width: None, height: None, dpi: None }
}

fn image_dict(
    pixels: PixelSize,
    space: DictItem,
    bits: i64,
    filter: &str,
) -> BTreeMap<String, DictItem> {
    dict([
        ("Type", name("XObject")),
        ("Subtype", name("Image")),
        ("Width", DictItem::Int(i64::from(pixels.width))),
        ("Height", DictItem::Int(i64::from(pixels.height))),
        ("ColorSpace", space),
        ("BitsPerComponent", DictItem::Int(bits)),
        ("Filter", name(filter)),
    ])
}

/// A JPEG file, byte for byte.
fn jpeg(bytes: &[u8], pixels: PixelSize, components: u8) -> ExternalXObject {
    let space = match components {
        1 => "DeviceGray",
        4 => "DeviceCMYK",
        _ => "DeviceRGB",
    };
    let mut dict = image_dict(pixels, name(space), 8, "DCTDecode");
    if components == 4 && crate::image::is_adobe_jpeg(bytes) {
        // Adobe's programs store the inverse of each ink.
        dict.insert(
            "Decode".to_owned(),
            DictItem::Array([1, 0, 1, 0, 1, 0, 1, 0].map(DictItem::Int).to_vec()),
        );
    }
    let mut content = bytes.to_vec();
    // A stream must not seem to end in a line end (see `deflate`); bytes after the end mark are
    // ignored.
    if matches!(content.last(), Some(b'\r' | b'\n')) {
        content.push(0);
    }
    object(external(dict, content))
}

/// Pixels in the smallest of three forms: grey, a palette, or RGB; with their alpha as a soft mask.
fn pixels_object(
    size: PixelSize,
    rgb: &[u8],
    alpha: Option<&[u8]>,
    deflater: &mut Deflater,
) -> ExternalXObject {
    let (space, samples, channels) = reduce(rgb, deflater);
    let mut stream = raster(size, space, &samples, channels, deflater);
    if let Some(alpha) = alpha {
        // Images have three channels at most; their alphas are an image of their own (ISO
        // 32000-1, 11.6.5).
        let mask = raster(size, name("DeviceGray"), alpha, 1, deflater);
        stream.dict.insert("SMask".to_owned(), DictItem::Stream { stream: mask });
    }
    object(stream)
}

/// 8-bit samples of so many channels, rows filtered as PNG does if that helps (ISO 32000-1,
/// 7.4.4.4).
fn raster(
    size: PixelSize,
    space: DictItem,
    samples: &[u8],
    channels: usize,
    deflater: &mut Deflater,
) -> ExternalStream {
    let row = size.width as usize * channels;
    let palette = matches!(space, DictItem::Array(_));
    let (plain, _) = deflater.padded(samples, &[1]);
    let mut dict = image_dict(size, space, 8, "FlateDecode");
    // Numbers of colours have no differences that mean anything.
    if palette || row == 0 {
        return external(dict, plain);
    }
    let (filtered, _) = deflater.padded(&filter_rows(samples, row, channels), &[1]);
    // Flat drawings deflate better as they are.
    if filtered.len() >= plain.len() {
        return external(dict, plain);
    }
    let parameters = self::dict([
        // 15: each row says which filter it has.
        ("Predictor", DictItem::Int(15)),
        ("Colors", DictItem::Int(channels as i64)),
        ("Columns", DictItem::Int(i64::from(size.width))),
    ]);
    dict.insert("DecodeParms".to_owned(), DictItem::Dict { map: parameters });
    external(dict, filtered)
}

/// Puts each row into the form whose differences are smallest: as it is, from the left, from above,
/// or Paeth's.
fn filter_rows(samples: &[u8], row: usize, channels: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(samples.len() + samples.len() / row);
    let mut above = vec![0; row];
    for line in samples.chunks_exact(row) {
        let left = |i: usize| if i >= channels { line[i - channels] } else { 0 };
        let corner = |i: usize| if i >= channels { above[i - channels] } else { 0 };
        let forms: [(u8, Vec<u8>); 4] = [
            (0, line.to_vec()),
            (1, (0..row).map(|i| line[i].wrapping_sub(left(i))).collect()),
            (2, (0..row).map(|i| line[i].wrapping_sub(above[i])).collect()),
            (
                4,
                (0..row)
                    .map(|i| line[i].wrapping_sub(paeth(left(i), above[i], corner(i))))
                    .collect(),
            ),
        ];
        let cost =
            // The smallest sum of differences, as the specification of PNG advises (12.8):
            // whether a row really deflates best that way would take deflating it four times.
            |form: &[u8]| form.iter().map(|v| u64::from((*v as i8).unsigned_abs())).sum::<u64>();
        if let Some((kind, form)) = forms.iter().min_by_key(|(_, form)| cost(form)) {
            out.push(*kind);
            out.extend_from_slice(form);
        }
        above.copy_from_slice(line);
    }
    out
}

fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(above), i16::from(corner));
    let guess = a + b - c;
    let (da, db, dc) = ((guess - a).abs(), (guess - b).abs(), (guess - c).abs());
    if da <= db && da <= dc {
        left
    } else if db <= dc {
        above
    } else {
        corner
    }
}

/// The colour space that holds these pixels with the fewest channels, the samples in it, and the
/// channels.
fn reduce(rgb: &[u8], deflater: &mut Deflater) -> (DictItem, Vec<u8>, usize) {
    let pixels = || rgb.as_chunks::<3>().0.iter();
    // Grey pixels need a third of the bytes.
    if pixels().all(|[r, g, b]| r == g && g == b) {
        return (name("DeviceGray"), pixels().map(|p| p[0]).collect(), 1);
    }
    let mut colors: BTreeSet<[u8; 3]> = BTreeSet::new();
    if !pixels().all(|p| {
        colors.insert(*p);
        // A palette has no more entries (ISO 32000-1, 8.6.6.3); the first colour beyond ends the
        // search.
        colors.len() <= 256
    }) {
        return (name("DeviceRGB"), rgb.to_vec(), 3);
    }
    let places: BTreeMap<[u8; 3], u8> =
        colors.iter().enumerate().map(|(i, c)| (*c, i as u8)).collect();
    let samples = pixels().map(|p| places.get(p).copied().unwrap_or(0)).collect();
    let (table, _) = deflater.padded(&colors.iter().flatten().copied().collect::<Vec<u8>>(), &[1]);
    let table =
        DictItem::Stream { stream: external(dict([("Filter", name("FlateDecode"))]), table) };
    let space =
        vec![name("Indexed"), name("DeviceRGB"), DictItem::Int(colors.len() as i64 - 1), table];
    (DictItem::Array(space), samples, 1)
}

/// Operations as bytes, by way of a page that is thrown away: printpdf writes none but pages.
pub(super) fn operators(ops: Vec<printpdf::Op>) -> Vec<u8> {
    let mut document = PdfDocument::new("");
    document.with_pages(vec![PdfPage::new(Mm(1.0), Mm(1.0), ops)]);
    let document = document.to_lopdf_document(&save_options(), &mut Vec::new());
    let page = document.page_iter().next();
    page.map_or_else(Vec::new, |id| document.get_page_content(id))
}
