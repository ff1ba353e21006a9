//! Objects that many files have alike: a font, a picture with its mask and palette.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::object::link;
use crate::cache::Serial;

/// Objects that belong together, numbered from 0, ready to be put into any file.
#[derive(Debug)]
pub(super) struct ObjectGroup {
    serial: Serial,
    objects: Vec<Object>,
    root: u32,
}

impl ObjectGroup {
    /// An object of a document and all that it refers to.
    pub(super) fn of(document: &mut Document, root: ObjectId) -> Self {
        let mut part = Self { serial: Serial::next(), objects: Vec::new(), root: 0 };
        let mut numbers = BTreeMap::new();
        part.root = part.take(document, root, &mut numbers);
        part.objects.iter_mut().for_each(|object| {
            each_reference(object, &mut |id| *id = (numbers.get(&id.0).copied().unwrap_or(0), 0));
        });
        part
    }

    /// The number that it is known by: equal ones are numbered apart, and are the same nowhere.
    pub(super) fn serial(&self) -> Serial {
        self.serial
    }

    fn take(
        &mut self,
        document: &mut Document,
        id: ObjectId,
        numbers: &mut BTreeMap<u32, u32>,
    ) -> u32 {
        // What several refer to, such as a palette, is there once.
        if let Some(number) = numbers.get(&id.0) {
            return *number;
        }
        let mut object = document.objects.remove(&id).unwrap_or(Object::Null);
        let mut below = Vec::new();
        each_reference(&mut object, &mut |id| below.push(*id));
        for id in below {
            self.take(document, id, numbers);
        }
        let number = self.objects.len() as u32;
        self.objects.push(object);
        numbers.insert(id.0, number);
        number
    }

    /// How many objects there are.
    pub(super) fn count(&self) -> u32 {
        self.objects.len() as u32
    }

    /// The number of the font or picture itself, if the first object has this one.
    pub(super) fn root(&self, first: u32) -> ObjectId {
        (first + self.root, 0)
    }

    /// The objects, numbered from `first` on.
    pub(super) fn objects(&self, first: u32) -> impl Iterator<Item = (u32, Object)> {
        (first..).zip(&self.objects).map(move |(number, object)| {
            let mut object = object.clone();
            each_reference(&mut object, &mut |id| id.0 += first);
            (number, object)
        })
    }

    /// Puts the objects into a document; gives the root.
    pub(super) fn write(&self, document: &mut Document) -> ObjectId {
        let first = document.max_id + 1;
        document.max_id += self.count();
        document.objects.extend(self.objects(first).map(|(number, object)| ((number, 0), object)));
        self.root(first)
    }
}

fn each_reference(object: &mut Object, f: &mut dyn FnMut(&mut ObjectId)) {
    match object {
        Object::Reference(id) => f(id),
        Object::Array(items) => items.iter_mut().for_each(|item| each_reference(item, f)),
        Object::Dictionary(dict) => of_dictionary(dict, f),
        Object::Stream(stream) => of_dictionary(&mut stream.dict, f),
        _ => {}
    }
}

fn of_dictionary(dict: &mut Dictionary, f: &mut dyn FnMut(&mut ObjectId)) {
    dict.iter_mut().for_each(|(_, value)| each_reference(value, f));
}

/// Names of resources of one kind, as a dictionary.
pub(super) fn names(of: impl IntoIterator<Item = (String, ObjectId)>) -> Dictionary {
    of.into_iter().map(|(name, id)| (name, link(id))).collect()
}
