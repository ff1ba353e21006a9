//! Words for writing PDF objects: text strings, names, references, rounded numbers.

use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat};

use crate::geometry::Rect;

/// A text string (ISO 32000-1, 7.9.2.2): ASCII as it is, all else as UTF-16 with its mark.
pub(super) fn text(s: &str) -> Object {
    if s.bytes().all(|b| (0x20..0x7f).contains(&b)) {
        return Object::String(s.as_bytes().to_vec(), StringFormat::Literal);
    }
    let mut bytes = vec![0xFE, 0xFF];
    s.encode_utf16().for_each(|unit| bytes.extend(unit.to_be_bytes()));
    Object::String(bytes, StringFormat::Hexadecimal)
}

/// A string of bytes that is not text.
pub(super) fn ascii(s: &str) -> Object {
    Object::String(s.as_bytes().to_vec(), StringFormat::Literal)
}

/// A name.
pub(super) fn name(s: &str) -> Object {
    Object::Name(s.as_bytes().to_vec())
}

/// A reference.
pub(super) fn link(id: ObjectId) -> Object {
    Object::Reference(id)
}

/// A number with three decimals: a thousandth of a point is a third of a micrometre.
pub(super) fn real(value: f64) -> Object {
    let value = round(value);
    // Readers may take integers of 32 bits only (ISO 32000-1, annex C).
    if value.fract() == 0.0 && value.abs() < 1e9 {
        Object::Integer(value as i64)
    } else {
        Object::Real(value)
    }
}

/// Rounds to three decimals, for operators that want a plain number.
pub(super) fn round(value: f64) -> f32 {
    let rounded = ((value * 1000.0).round() / 1000.0) as f32;
    // No `-0`, which would be one byte more and another file.
    if rounded == 0.0 { 0.0 } else { rounded }
}

/// An array of numbers.
pub(super) fn reals(values: &[f64]) -> Object {
    Object::Array(values.iter().map(|v| real(*v)).collect())
}

/// A rectangle in PDF's own space, where y grows upwards (ISO 32000-1, 7.9.5).
#[derive(Debug, Clone, Copy)]
pub(super) struct Corners {
    left: f64,
    bottom: f64,
    right: f64,
    top: f64,
}

impl Corners {
    /// The rectangle of a page that is so high.
    pub(super) fn new(rect: Rect, page_height: f64) -> Self {
        let bottom = page_height - rect.y - rect.height;
        Self { left: rect.x, bottom, right: rect.right(), top: bottom + rect.height }
    }

    pub(super) fn object(self) -> Object {
        reals(&[self.left, self.bottom, self.right, self.top])
    }
}

/// Follows keys, and references on the way, from the trailer or a dictionary down to an object.
pub(super) fn dict_mut(document: &mut Document, id: ObjectId) -> Option<&mut Dictionary> {
    document.get_object_mut(id).ok()?.as_dict_mut().ok()
}

/// The reference that a dictionary has under a key.
pub(super) fn reference(dict: &Dictionary, key: &[u8]) -> Option<ObjectId> {
    dict.get(key).ok()?.as_reference().ok()
}
