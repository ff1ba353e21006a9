//! Documents made by a program, checked as those that are read.

use std::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeSeed;
use serde_json::{Map, Value};

use super::input::{deepest, finish};
use super::read::{At, Cx};
use super::tree::{Path, Seed};
use super::{Certificate, FinalDocument};
use crate::diag::{Diagnostic, Error, Warned, say};

/// A document in the making: keys with their values, as a file has them. All that is understood in
/// a file is understood here, and all that is a fault there is one here.
///
/// ```
/// use itog::model::FinalDocument;
///
/// let document = FinalDocument::builder()
///     .set("kind", "Протокол")
///     .set("date", "14 мая 2025 г.")
///     .set("members", 7)
///     .set("present", 5)
///     .set("recommendations", ["Провести форум.", "Издать сборник."])
///     .build()?
///     .value;
/// assert_eq!(document.sections.len(), 1);
///
/// let wrong = FinalDocument::builder().set("kind", "Протокол").set("presnt", 5).build();
/// assert!(wrong.unwrap_err().to_string().contains("did you mean `present`?"));
/// # Ok::<(), itog::Error>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct Builder<T> {
    values: Map<String, Value>,
    faults: Vec<Diagnostic>,
    of: PhantomData<fn() -> T>,
}

impl<T> Builder<T> {
    fn new() -> Self {
        Self { values: Map::new(), faults: Vec::new(), of: PhantomData }
    }

    /// Says what a key is: a text, a number, a list, or anything else that serialises, such as a
    /// [`Person`](super::Person). Of two values of a key the second counts.
    pub fn set(mut self, key: impl Into<String>, value: impl Serialize) -> Self {
        let key = key.into();
        match serde_json::to_value(value) {
            Ok(value) => drop(self.values.insert(key, value)),
            Err(why) => self.faults.push(not_serialised(&why).path(key)),
        }
        self
    }
}

fn not_serialised(why: &serde_json::Error) -> Diagnostic {
    Diagnostic::error("wrong-type", say!("the value cannot be serialised: {why}", why))
}

/// Data as a document, with its warnings.
fn checked<T: super::read::Read>(data: Value) -> Result<Warned<T>, Error> {
    let node = Seed(deepest()).deserialize(data);
    let node = node.map_err(|why| Error::from(not_serialised(&why)))?;
    let cx = Cx::new(None);
    let value = T::read(&At { cx: &cx, node: &node, path: &Path::Root });
    finish(cx, value)
}

macro_rules! built {
    ($($type:ident),*) => {$(
        impl $type {
            /// One in the making.
            pub fn builder() -> Builder<Self> {
                Builder::new()
            }

            /// The same, checked and completed as if it had been read from a file.
            ///
            /// # Errors
            /// All its faults, each with its path.
            pub fn checked(&self) -> Result<Warned<Self>, Error> {
                checked(serde_json::to_value(self).map_err(|why| not_serialised(&why))?)
            }
        }

        impl Builder<$type> {
            /// The document, with what is doubtful in it.
            ///
            /// # Errors
            /// All its faults, each with its path.
            pub fn build(self) -> Result<Warned<$type>, Error> {
                if !self.faults.is_empty() {
                    return Err(Error::Invalid(self.faults));
                }
                checked(Value::Object(self.values))
            }
        }
    )*};
}

built!(FinalDocument, Certificate);
