//! What is said to people: a text with named values, in the reader's language.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use serde::{Serialize, Serializer};

use super::template::{self, TemplatePiece};
use super::{Language, catalogue};

/// A text with named values. English stands where it is said, Russian in the catalogue.
///
/// [`say!`](crate::say) makes one. As a `str` and by [`fmt::Display`] it is English;
/// [`in_language`](Self::in_language) gives other languages. As JSON it is its English text.
///
/// ```
/// use itog::diag::{Language, say};
/// let message = say!("did you mean `{near}`?", near = "name");
/// assert_eq!(&*message, "did you mean `name`?");
/// assert_eq!(message.in_language(Language::Russian), "может быть, `name`?");
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Message(Box<Said>);

/// What a message holds. Boxed, so that a `Result` with a message in it stays small.
#[derive(Debug, Clone, PartialEq)]
struct Said {
    /// `None`: the words are not ours.
    template: Option<&'static str>,
    /// Russian that is not in the catalogue.
    russian: Option<Cow<'static, str>>,
    values: Vec<(&'static str, Value)>,
    english: String,
}

/// A value within a message.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// The user's own words, names of files, keys: the same in every language.
    Text(String),
    /// A whole number, which can ask for a plural.
    Whole(i64),
    /// A number with so many decimals.
    Decimal(f64, usize),
    /// A message within the message.
    Message(Message),
    /// Several, with commas between them.
    List(Vec<Value>),
    /// Several, of which one is meant: `a, b or c`.
    AnyOf(Vec<Value>),
}

/// Makes a [`Message`] of an English text and its values: `say!("row {row} of {of}", row, of = 7)`.
///
/// A name in single braces is a value; `{count:row|rows}` is the word that a whole number asks
/// for. Double braces are themselves, as Handlebars has them. That text and values agree is
/// checked when the program is compiled.
#[macro_export]
macro_rules! say {
    ($template:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {{
        const _: () = $crate::diag::assert_names($template, &[$(stringify!($name)),*]);
        // Built in a frame of its own: parsers that call themselves need theirs small.
        $crate::diag::Message::new($template, || {
            vec![$((stringify!($name), $crate::__value!($name $(, $value)?))),*]
        })
    }};
}

/// The value of a name: what is given for it, or the variable of that name.
#[doc(hidden)]
#[macro_export]
macro_rules! __value {
    ($name:ident) => {
        $crate::__value!($name, $name)
    };
    ($name:ident, $value:expr) => {{
        #[allow(unused_imports)]
        use $crate::diag::{GivenText as _, GivenValue as _};
        (&$crate::diag::Given(&$value)).value()
    }};
}

impl Message {
    #[doc(hidden)]
    pub fn new(
        template: &'static str,
        values: impl FnOnce() -> Vec<(&'static str, Value)>,
    ) -> Self {
        Self::of(template, values())
    }

    fn of(template: &'static str, values: Vec<(&'static str, Value)>) -> Self {
        let english = written(template, &values, Language::English);
        Self(Box::new(Said { template: Some(template), russian: None, values, english }))
    }

    /// Words of others: the same in every language.
    pub fn verbatim(text: impl Into<String>) -> Self {
        let (template, russian, values) = (None, None, Vec::new());
        Self(Box::new(Said { template, russian, values, english: text.into() }))
    }

    /// A text whose Russian is not in the catalogue: of a table that has both, of a caller's own
    /// faults.
    pub fn bilingual(english: impl Into<String>, russian: impl Into<Cow<'static, str>>) -> Self {
        let mut message = Self::verbatim(english);
        message.0.russian = Some(russian.into());
        message
    }

    /// The English text with the names of its values, if the words are this library's.
    pub fn template(&self) -> Option<&'static str> {
        self.0.template
    }

    /// The values by their names, in the order in which they were given.
    pub fn values(&self) -> &[(&'static str, Value)] {
        &self.0.values
    }

    /// The text in a language; English where it is not known in that one.
    pub fn in_language(&self, language: Language) -> Cow<'_, str> {
        let template = match language {
            Language::English => None,
            Language::Russian => {
                self.0.russian.as_deref().or_else(|| catalogue::russian(self.0.template?))
            }
        };
        match template {
            Some(template) => written(template, &self.0.values, language).into(),
            None => self.0.english.as_str().into(),
        }
    }
}

/// A template with its values put in.
fn written(template: &str, values: &[(&str, Value)], language: Language) -> String {
    let value = |name: &str| values.iter().find(|(own, _)| *own == name).map(|(_, value)| value);
    // Most values are a word or a number; longer ones make it grow once.
    let mut out = String::with_capacity(template.len() + 16 * values.len());
    for piece in template::pieces(template) {
        match piece {
            TemplatePiece::Text(text) => out.push_str(text),
            TemplatePiece::Value(name) => {
                // The compiler has seen that it is there (`assert_names`).
                if let Some(value) = value(name) {
                    value.write(&mut out, language);
                }
            }
            TemplatePiece::Plural(name, forms) => {
                if let Some(Value::Whole(number)) = value(name) {
                    // −1 asks for the same word as 1.
                    out.push_str(language.plural(number.unsigned_abs(), forms));
                }
            }
        }
    }
    out
}

impl Value {
    /// Several values of which one is meant: `a, b or c`.
    pub fn any_of<T: Into<Self>>(values: impl IntoIterator<Item = T>) -> Self {
        Self::AnyOf(values.into_iter().map(Into::into).collect())
    }

    /// Several values with commas between them.
    pub fn list<T: Into<Self>>(values: impl IntoIterator<Item = T>) -> Self {
        Self::List(values.into_iter().map(Into::into).collect())
    }

    /// A number with so many decimals.
    pub fn decimal(number: f64, decimals: usize) -> Self {
        Self::Decimal(number, decimals)
    }

    fn write(&self, out: &mut String, language: Language) {
        let mut join = |all: &[Self], last: &str| {
            for (at, value) in all.iter().enumerate() {
                out.push_str(match at {
                    0 => "",
                    _ if at + 1 == all.len() => last,
                    _ => ", ",
                });
                value.write(out, language);
            }
        };
        match self {
            // «и» or a comma before the last one would need the sentence around it.
            Self::List(all) => join(all, ", "),
            Self::AnyOf(all) => join(all, language.or()),
            Self::Text(text) => out.push_str(text),
            Self::Whole(number) => out.push_str(&number.to_string()),
            Self::Decimal(number, decimals) => {
                out.push_str(&language.decimal(format!("{number:.decimals$}")));
            }
            Self::Message(message) => out.push_str(&message.in_language(language)),
        }
    }
}

impl Deref for Message {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0.english
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.english)
    }
}

impl PartialEq<str> for Message {
    fn eq(&self, other: &str) -> bool {
        self.0.english == other
    }
}

impl PartialEq<&str> for Message {
    fn eq(&self, other: &&str) -> bool {
        self.0.english == *other
    }
}

impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.english)
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Whole(number) => serializer.serialize_i64(*number),
            Self::Decimal(number, _) => serializer.serialize_f64(*number),
            Self::Message(message) => message.serialize(serializer),
            Self::List(all) | Self::AnyOf(all) => all.serialize(serializer),
        }
    }
}

macro_rules! values {
    ($($from:ty),+ => |$given:ident| $value:expr) => {
        $(impl From<$from> for Value {
            fn from($given: $from) -> Self {
                $value
            }
        })+
    };
}

values!(&str => |text| Self::Text(text.to_owned()));
values!(&&str => |text| Self::from(*text));
values!(String => |text| Self::Text(text));
values!(&String => |text| Self::from(text.as_str()));
values!(i64 => |number| Self::Whole(number));
values!(u8, u16, u32, i32 => |number| Self::Whole(number.into()));
values!(&u8, &u16, &u32, &i32, &i64 => |number| Self::from(*number));
// No text, table or file has more of anything than fits.
values!(usize, u64 => |number| Self::Whole(i64::try_from(number).unwrap_or(i64::MAX)));
values!(&usize, &u64 => |number| Self::from(*number));
values!(Message => |message| Self::Message(message));
values!(&Message => |message| Self::from(message.clone()));
values!(&&Message => |message| Self::from((*message).clone()));
values!(&Value => |value| value.clone());
values!(&Vec<String>, &Vec<&str> => |texts| Self::list(texts.iter().map(|text| &**text)));
values!(&&[&str], &&[String] => |texts| Self::list(texts.iter().map(|text| &**text)));
values!(&Vec<Message> => |messages| Self::list(messages));

impl<const N: usize> From<&[&str; N]> for Value {
    fn from(texts: &[&str; N]) -> Self {
        Self::list(*texts)
    }
}

// Nothing is an empty text.
values!(&Option<Message> => |message| message.as_ref().map_or_else(|| "".into(), Self::from));

/// What [`say!`](crate::say) is given for a value.
#[doc(hidden)]
#[derive(Debug)]
pub struct Given<'a, T: ?Sized>(pub &'a T);

/// A number, a message, a list.
#[doc(hidden)]
pub trait GivenValue {
    fn value(&self) -> Value;
}

impl<'a, T: ?Sized> GivenValue for Given<'a, T>
where
    Value: From<&'a T>,
{
    fn value(&self) -> Value {
        Value::from(self.0)
    }
}

/// What is not one of those, but can be shown. It is for a reference, so that the compiler tries
/// it only after the others.
#[doc(hidden)]
pub trait GivenText {
    fn value(&self) -> Value;
}

impl<T: fmt::Display + ?Sized> GivenText for &Given<'_, T> {
    fn value(&self) -> Value {
        Value::Text(self.0.to_string())
    }
}

impl From<&Self> for Message {
    fn from(message: &Self) -> Self {
        message.clone()
    }
}
