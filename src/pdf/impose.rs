//! Several pages on a sheet, for the printer who cuts them apart: each page becomes a form XObject.

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::deflate::Deflater;
use super::object::{dict_mut, link, reals, reference};
use super::{content, save};
use crate::diag::{Diagnostic, Error, Message, Value, Warned, say};
use crate::geometry::{Point, Rect, Size};

/// How many pages stand on a sheet of A4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Sheets {
    /// Two of A5.
    Two,
    /// Four of A6.
    Four,
    /// Eight of A7.
    Eight,
}

/// A4 in points.
const A4: Size = Size::new(595.275_590_551_181_1, 841.889_763_779_527_6);

/// How much larger than its place a page may be without being made smaller: A5 is 148 mm wide, and
/// half of A4 148.5, but half of the height of A5 is not that of A6 to the point.
const TOLERANCE: f64 = 1.5;

impl Sheets {
    /// The sheet for a page, its columns and its rows: pages stand upright on it.
    fn of(self, upright: bool) -> (Size, u32, u32) {
        let lying = Size::new(A4.height, A4.width);
        match (self, upright) {
            (Self::Two, true) => (lying, 2, 1),
            (Self::Two, false) => (A4, 1, 2),
            (Self::Four, true) => (A4, 2, 2),
            (Self::Four, false) => (lying, 2, 2),
            (Self::Eight, true) => (lying, 4, 2),
            (Self::Eight, false) => (A4, 2, 4),
        }
    }
}

/// A PDF of this library with several of its pages on a sheet of A4, in their order. A page that is
/// larger than its place is made smaller, none is made larger.
///
/// Letters that become too small to be read are told.
///
/// Sheets are for the printer: they have no structure for who does not see them, no outline and no
/// links, so the file conforms to PDF/A-2u instead of PDF/A-2a and PDF/UA.
///
/// ```
/// use itog::Engine;
/// use itog::batch::{Sheets, impose};
/// use itog::model::{self, Format};
///
/// let badge = "kind: Бейдж\nrecipient: Ким Юлия Олеговна";
/// let data = model::read(badge.as_bytes(), "badge.yaml", Format::Yaml)?.value;
/// let design = Engine::new().load_builtin("badge")?.value;
/// let pdf = design.compose(&data)?.value.to_pdf(&Default::default())?.value;
/// let sheet = impose(&pdf, Sheets::Eight)?.value;
/// assert!(sheet.starts_with(b"%PDF"));
/// # Ok::<(), itog::Error>(())
/// ```
///
/// # Errors
/// `pdf-impose` if the file cannot be read.
// Over 60 lines: the objects of one file, taken out and put in in the order of the standard.
pub fn impose(pdf: &[u8], sheets: Sheets) -> Result<Warned<Vec<u8>>, Error> {
    let fault = |why: Message| Diagnostic::error("pdf-impose", why);
    let mut document = Document::load_mem(pdf)
        .map_err(|e| fault(say!("the PDF cannot be read: {why}", why = e)))?;
    let pages: Vec<ObjectId> = document.page_iter().collect();
    let tree = document.new_object_id();
    let mut kids = Vec::new();
    let mut smallest: Option<SmallText> = None;
    let mut rest = &pages[..];
    while let Some(first) = rest.first() {
        let first = trim(&document, *first).size();
        let (sheet, columns, rows) = sheets.of(first.width <= first.height);
        let (now, later) = rest.split_at(rest.len().min((columns * rows) as usize));
        rest = later;
        let place = Size::new(sheet.width / f64::from(columns), sheet.height / f64::from(rows));
        let mut placed = Vec::new();
        for (page, number) in now.iter().zip(0..) {
            let corner = Point::new(
                place.width * f64::from(number % columns),
                // PDF counts from below, and readers go on from above.
                sheet.height - place.height * f64::from(number / columns + 1),
            );
            let matrix = matrix(trim(&document, *page).size(), corner, place);
            let text = SmallText::of(&document, *page, matrix[0]);
            smallest = smallest.into_iter().chain(text).min_by(|a, b| a.size.total_cmp(&b.size));
            let form = form(&mut document, *page)
                .ok_or_else(|| fault(say!("page {page} has no content", page = kids.len() + 1)))?;
            placed.push((form, matrix));
        }
        kids.push(link(self::sheet(&mut document, tree, sheet, &placed)));
    }
    let count = kids.len() as i64;
    let node = dictionary! { "Type" => "Pages", "Kids" => Object::Array(kids), "Count" => count };
    document.objects.insert(tree, Object::Dictionary(node));
    for page in pages {
        document.objects.remove(&page);
    }
    let root = reference(&document.trailer, b"Root").unwrap_or_default();
    let metadata = dict_mut(&mut document, root).and_then(|catalog| {
        // They would lead to pages that are gone.
        for key in [&b"StructTreeRoot"[..], b"MarkInfo", b"Outlines", b"PageMode"] {
            catalog.remove(key);
        }
        catalog.set("Pages", link(tree));
        reference(catalog, b"Metadata")
    });
    if let Some(Object::Stream(stream)) = metadata.and_then(|id| document.objects.get_mut(&id)) {
        let packet = String::from_utf8_lossy(&stream.content)
            .replace("<pdfaid:conformance>A<", "<pdfaid:conformance>U<")
            .replace("<pdfuaid:part>1</pdfuaid:part>", "")
            .replace("<pdfuaid:part>2</pdfuaid:part><pdfuaid:rev>2024</pdfuaid:rev>", "");
        *stream = Stream::new(stream.dict.clone(), packet.into_bytes());
    }
    let info = document.trailer.get(b"Info").ok().cloned();
    // Size, identifier and places of the table were those of the file that was read.
    document.trailer = dictionary! { "Root" => link(root) };
    if let Some(info) = info {
        document.trailer.set("Info", info);
    }
    document.prune_objects();
    // Numbers without objects would be entries of the table, too.
    document.renumber_objects();
    let pdf2 = document.version.starts_with("2.");
    let value = save::streams(&mut document, None, &mut Deflater::new(), pdf2);
    Ok(Warned { value, warnings: smallest.map(|text| text.fault(sheets)).into_iter().collect() })
}

/// Letters of fewer points are dust once a page has been made smaller.
const READABLE: f64 = 4.0;

/// The smallest text of a page that has been made smaller, where that is too small.
#[derive(Debug, Clone, Copy)]
struct SmallText {
    size: f64,
    /// How much smaller the page has been made.
    scale: f64,
}

impl SmallText {
    fn of(document: &Document, page: ObjectId, scale: f64) -> Option<Self> {
        // What was small before is the page's own matter, and was told when it was made.
        if scale >= 1.0 {
            return None;
        }
        let size = sizes(document, page)?.into_iter().map(|size| size * scale);
        let size = size.filter(|size| *size < READABLE).min_by(f64::total_cmp)?;
        Some(Self { size, scale })
    }

    fn fault(self, sheets: Sheets) -> Diagnostic {
        let message = say!(
            "the pages are made smaller to {percent} % of their size, and letters are only \
             {size} pt high: nobody can read them",
            percent = Value::decimal(self.scale * 100.0, 0),
            size = Value::decimal(self.size, 1)
        );
        Diagnostic::warning("text-tiny", message).hint(match sheets {
            Sheets::Two => say!("print each page on a sheet of its own (without `--impose`)"),
            Sheets::Four | Sheets::Eight => say!(
                "put fewer pages on a sheet (`--impose 2up`), or give the design a smaller `size` \
                 in `@page`"
            ),
        })
    }
}

/// The sizes of the letters of a page, as they are seen.
fn sizes(document: &Document, page: ObjectId) -> Option<Vec<f64>> {
    let contents = reference(document.get_dictionary(page).ok()?, b"Contents")?;
    let stream = document.get_object(contents).ok()?.as_stream().ok()?;
    let bytes = stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
    let (mut scale, mut pushed, mut size, mut sizes) = (1.0, Vec::new(), 0.0, Vec::new());
    for operation in Content::decode(&bytes).ok()?.operations {
        let number = |at: usize| {
            operation.operands.get(at).and_then(|n| n.as_float().ok()).map_or(0.0, f64::from)
        };
        // How much larger a matrix makes what it is for.
        let grown = |number: &dyn Fn(usize) -> f64| {
            (number(0) * number(3) - number(1) * number(2)).abs().sqrt()
        };
        match operation.operator.as_str() {
            "q" => pushed.push(scale),
            "Q" => scale = pushed.pop().unwrap_or(1.0),
            "cm" => scale *= grown(&number),
            "Tf" => size = number(1),
            "Tm" => sizes.push(size * scale * grown(&number)),
            _ => {}
        }
    }
    Some(sizes)
}

/// The sheet as the trim box, or else the media box, has it, in PDF's own space.
fn trim(document: &Document, page: ObjectId) -> Rect {
    let edges = |key: &[u8]| {
        let numbers = document.get_dictionary(page).ok()?.get(key).ok()?.as_array().ok()?;
        let numbers: Vec<f64> =
            numbers.iter().filter_map(|n| n.as_float().ok()).map(f64::from).collect();
        let [left, bottom, right, top] = numbers.try_into().ok()?;
        Some(Rect::new(left, bottom, right - left, top - bottom))
    };
    let whole = Rect::new(0.0, 0.0, A4.width, A4.height);
    edges(b"TrimBox").or_else(|| edges(b"MediaBox")).unwrap_or(whole)
}

/// A page as a form XObject, cut at its trim box.
fn form(document: &mut Document, page: ObjectId) -> Option<ObjectId> {
    let trim = trim(document, page);
    let dict = document.get_dictionary(page).ok()?;
    let resources = dict.get(b"Resources").ok()?.clone();
    let group = dict.get(b"Group").ok().cloned();
    let contents = reference(dict, b"Contents")?;
    let Some(Object::Stream(mut stream)) = document.objects.remove(&contents) else { return None };
    stream.dict.set("Type", "XObject");
    stream.dict.set("Subtype", "Form");
    stream.dict.set("BBox", reals(&[trim.x, trim.y, trim.right(), trim.bottom()]));
    stream.dict.set("Resources", resources);
    if let Some(group) = group {
        stream.dict.set("Group", group);
    }
    Some(document.add_object(stream))
}

/// Into the middle of its place, made smaller if it must be.
fn matrix(page: Size, corner: Point, place: Size) -> [f64; 6] {
    let fits = page.width <= place.width + TOLERANCE && page.height <= place.height + TOLERANCE;
    let scale = if fits { 1.0 } else { (place.width / page.width).min(place.height / page.height) };
    let x = corner.x + (place.width - page.width * scale) / 2.0;
    let y = corner.y + (place.height - page.height * scale) / 2.0;
    [scale, 0.0, 0.0, scale, x, y]
}

fn sheet(
    document: &mut Document,
    tree: ObjectId,
    size: Size,
    placed: &[(ObjectId, [f64; 6])],
) -> ObjectId {
    let mut names = Dictionary::new();
    let mut drawn = String::new();
    for (number, (form, matrix)) in placed.iter().enumerate() {
        let name = content::picture_name(number);
        let numbers: Vec<String> = matrix.iter().map(|n| format!("{n:.4}")).collect();
        drawn += &format!("q {} cm /{name} Do Q\n", numbers.join(" "));
        names.set(name, link(*form));
    }
    let contents = document.add_object(Stream::new(Dictionary::new(), drawn.into_bytes()));
    document.add_object(dictionary! {
        "Type" => "Page",
        "Parent" => link(tree),
        "MediaBox" => reals(&[0.0, 0.0, size.width, size.height]),
        "Resources" => dictionary! { "XObject" => names },
        "Contents" => link(contents),
    })
}
