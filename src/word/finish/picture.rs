//! Pictures of the data: in the place and size of a dummy, or in the line.

use std::sync::Arc;

use super::super::tag::CODE;
use super::super::tree::{escape, unescape};
use super::Finisher;
use crate::cache::Fnv;
use crate::diag::Sink;
use crate::image::{self, Image, ImageData};
use crate::template::{RICH_BEGIN, RICH_END};

/// English Metric Units in a point.
const EMU: f64 = 12_700.0;
/// Dots per inch at which drawings become pixels.
const DPI: f64 = 300.0;
/// The same of a QR code: eight whole pixels for a module, so that its edges stay sharp.
const CODE_DPI: f64 = 384.0;

/// What a dummy becomes.
#[derive(Debug, Default)]
pub(super) struct Dummy {
    pub(super) id: String,
    pub(super) width: String,
    pub(super) height: String,
}

impl Finisher<'_> {
    /// A picture of its own size, no wider than the column, or of the size that is said.
    pub(super) fn natural(&mut self, part: &str, of: &str, out: &mut String, sink: &mut Sink) {
        let mut fields = of.splitn(4, ';');
        let mut next = || fields.next().unwrap_or_default();
        let (room, wide, high, value) = (next(), next(), next(), next());
        let Some((image, id)) = self.picture(part, value, sink) else { return };
        let (width, height) = (image.width * EMU, image.height * EMU);
        let number = |text: &str| text.parse::<f64>().ok();
        let (width, height) = match (number(wide), number(high)) {
            (Some(wide), Some(high)) => (wide, high),
            (Some(wide), None) => (wide, height * wide / width),
            (None, Some(high)) => (width * high / height, high),
            (None, None) => {
                let scale = (number(room).unwrap_or(f64::INFINITY) / width).min(1.0);
                (width * scale, height * scale)
            }
        };
        let length = |length: f64| length.round().max(1.0) as i64;
        let (width, height) = (length(width), length(height));
        self.drawing += 1;
        let description = match value.strip_prefix(CODE) {
            Some(text) => format!("QR: {}", escape(&plain(text))),
            None => String::new(),
        };
        out.push_str(&in_line(self.drawing, &id, (width, height), &description));
    }

    /// Learns which picture takes the place of a drawing, and how large it is there.
    pub(super) fn begin_dummy(&mut self, part: &str, of: &str, sink: &mut Sink) {
        let mut fields = of.splitn(4, ';');
        let mut next = || fields.next().unwrap_or_default().to_owned();
        let (width, height, id, value) = (next(), next(), next(), next());
        // Without a picture the dummy stays, as a frame without a photograph does.
        self.dummy = Dummy { id, width, height };
        let Some((image, id)) = self.picture(part, &value, sink) else { return };
        let number = |text: &str| text.parse::<f64>().ok().filter(|n| *n > 0.0);
        if let (Some(width), Some(height)) = (number(&self.dummy.width), number(&self.dummy.height))
        {
            // As large as fits, in its own proportions: a face is not to be stretched.
            let scale = (width / image.width).min(height / image.height);
            self.dummy.width = ((image.width * scale).round() as i64).to_string();
            self.dummy.height = ((image.height * scale).round() as i64).to_string();
        }
        self.dummy.id = id;
    }

    /// The picture that a value names, and the id by which the part knows it; nothing for an empty
    /// value.
    fn picture(
        &mut self,
        part: &str,
        value: &str,
        sink: &mut Sink,
    ) -> Option<(Arc<Image>, String)> {
        let (url, code) = match value.strip_prefix(CODE) {
            Some(text) => (plain(text), true),
            None => (plain(value), false),
        };
        if url.is_empty() {
            return None;
        }
        let loaded = if code { image::qr(&url) } else { self.images.load(&url) };
        let image = match loaded {
            Ok(image) => image,
            Err(fault) => {
                sink.push(fault.about(url));
                return None;
            }
        };
        if !code {
            sink.extend(self.images.warnings(&url));
        }
        let dpi = if code { CODE_DPI } else { DPI };
        let (bytes, ending, kind) = match &image.data {
            ImageData::Jpeg { bytes, .. } => (Arc::clone(bytes), "jpeg", "image/jpeg"),
            ImageData::Png { bytes, .. } => (Arc::clone(bytes), "png", "image/png"),
            ImageData::Vector { .. } => match self.images.raster(&image, dpi) {
                Ok(bytes) => (bytes, "png", "image/png"),
                Err(fault) => {
                    sink.push(fault.about(url));
                    return None;
                }
            },
        };
        // The same picture is in the file once; its name says what is in it.
        let name = format!("word/media/itog-{:016x}.{ending}", Fnv::of(&bytes));
        if self.package.part(&name).is_none() {
            self.package.put(&name, bytes);
            self.package.declare(&name, kind);
        }
        let id = self.package.relate(part, "image", &name);
        Some((image, id))
    }
}

/// What a value says, without the signs around it.
fn plain(value: &str) -> String {
    unescape(value.trim_matches([RICH_BEGIN, RICH_END]).trim())
}

/// A picture in the line (ECMA-376 Part 1, 20.4.2.8).
fn in_line(number: u32, id: &str, (width, height): (i64, i64), description: &str) -> String {
    let name = format!("Рисунок {number}");
    let description = match description {
        "" => String::new(),
        text => format!(" descr=\"{text}\""),
    };
    format!(
        "<w:drawing>\
         <wp:inline xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/\
         wordprocessingDrawing\" distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\">\
         <wp:extent cx=\"{width}\" cy=\"{height}\"/>\
         <wp:docPr id=\"{number}\" name=\"{name}\"{description}/>\
         <a:graphic xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\">\
         <a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
         <pic:pic xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\">\
         <pic:nvPicPr><pic:cNvPr id=\"{number}\" name=\"{name}\"/><pic:cNvPicPr/></pic:nvPicPr>\
         <pic:blipFill><a:blip xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/\
         relationships\" r:embed=\"{id}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
         <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>\
         <a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr>\
         </pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
}
