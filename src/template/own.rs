//! Helpers of an embedder's own: what is asked of them, and what they are given.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde_json::{Value, json};

use super::helpers::{self, Args};
use super::words::Tables;
use crate::diag::{Diagnostic, Message, say};

/// A helper of one's own: arguments in, a value out. What it gives is escaped where it is printed.
///
/// A closure is a helper, too:
///
/// ```
/// use itog::engine::HelperArgs;
/// use itog::{Engine, Files};
///
/// let engine = Engine::builder()
///     .helper("shelf", |args: &HelperArgs<'_>| Ok(format!("Ш-{}", args.text(0)?).into()))
///     .build()?;
/// let text = "<html lang='ru'><head><title>т</title></head><body>{{shelf n}}</body></html>";
/// let files = Files::memory([("template.hbs".to_owned(), text.into())]);
/// let label = engine.load_files("label", files)?.value;
/// assert!(label.compose(&serde_json::json!({ "n": 7 })).is_ok());
/// # Ok::<(), itog::Error>(())
/// ```
pub trait Helper: Send + Sync {
    /// The value for these arguments: a text, a number, or a list or map for other helpers.
    ///
    /// # Errors
    /// What is wrong with the arguments. It is told with the place in the template.
    fn call(&self, args: &HelperArgs<'_>) -> Result<Value, Diagnostic>;
}

impl<F: Fn(&HelperArgs<'_>) -> Result<Value, Diagnostic> + Send + Sync> Helper for F {
    fn call(&self, args: &HelperArgs<'_>) -> Result<Value, Diagnostic> {
        self(args)
    }
}

/// A block helper of one's own: `{{#frame title}}…{{else}}…{{/frame}}`. It says what to print and
/// how often its inside is to be rendered; the engine does so, within its limits.
///
/// ```
/// use itog::engine::{BlockOutput, HelperArgs};
/// use itog::{Engine, Files};
///
/// let frame = |args: &HelperArgs<'_>| {
///     let block = BlockOutput::new().markup("<div class=\"frame\"><h2>").text(args.text(0)?);
///     Ok(block.markup("</h2>").inside().markup("</div>"))
/// };
/// let engine = Engine::builder().block("frame", frame).build()?;
/// # let text = "<html lang='ru'><head><title>т</title></head>\
/// #     <body>{{#frame a}}<p>{{a}}</p>{{/frame}}</body></html>";
/// # let files = Files::memory([("template.hbs".to_owned(), text.into())]);
/// # let design = engine.load_files("framed", files)?.value;
/// # assert!(design.compose(&serde_json::json!({ "a": "А <и> Б" })).is_ok());
/// # Ok::<(), itog::Error>(())
/// ```
pub trait BlockHelper: Send + Sync {
    /// What the block is to become for these arguments.
    ///
    /// # Errors
    /// What is wrong with the arguments. It is told with the place in the template.
    fn call(&self, args: &HelperArgs<'_>) -> Result<BlockOutput, Diagnostic>;
}

impl<F: Fn(&HelperArgs<'_>) -> Result<BlockOutput, Diagnostic> + Send + Sync> BlockHelper for F {
    fn call(&self, args: &HelperArgs<'_>) -> Result<BlockOutput, Diagnostic> {
        self(args)
    }
}

/// The arguments of a call of a [`Helper`].
pub struct HelperArgs<'a>(pub(super) &'a Args<'a>);

impl HelperArgs<'_> {
    /// The name by which it is called.
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// How many arguments there are, those by name left out.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// An argument, counted from 0.
    pub fn get(&self, index: usize) -> Option<&Value> {
        self.0.get(index)
    }

    /// An argument as text; numbers count as texts.
    ///
    /// # Errors
    /// It is not there, or is neither a text nor a number.
    pub fn text(&self, index: usize) -> Result<String, Diagnostic> {
        self.0.text(index).map_err(|fault| fault.diagnostic())
    }

    /// An argument as a number, which may be written as a text.
    ///
    /// # Errors
    /// It is not there, or is no number.
    pub fn number(&self, index: usize) -> Result<f64, Diagnostic> {
        let text = self.text(index)?;
        text.trim().parse().map_err(|_| self.wrong(index, say!("a number")))
    }

    /// An argument that is given by name: `{{shelf n letter="А"}}`. `null` is as good as none.
    pub fn option(&self, name: &str) -> Option<&Value> {
        self.0.option(name)
    }

    /// The language of the words around.
    pub fn language(&self) -> String {
        self.0.language()
    }

    /// Says something about the document that does not stop it.
    pub fn warn(&self, warning: Diagnostic) {
        self.0.warn(warning);
    }

    /// The fault of an argument that is not what is needed.
    pub fn wrong(&self, index: usize, wanted: impl Into<Message>) -> Diagnostic {
        self.0.wrong(index, wanted.into()).diagnostic()
    }
}

impl fmt::Debug for HelperArgs<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let all = (0..self.len()).filter_map(|index| self.get(index));
        f.debug_tuple("HelperArgs").field(&self.name()).field(&all.collect::<Vec<_>>()).finish()
    }
}

/// What a [`BlockHelper`] makes of its block, piece by piece.
///
/// ```
/// use itog::engine::BlockOutput;
/// let frame = BlockOutput::new().markup("<h2>").text("А & Б").markup("</h2>").inside();
/// # let _ = frame;
/// ```
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct BlockOutput(Vec<Value>);

/// How a piece of a block is named on its way through Handlebars, which carries JSON alone.
pub(super) const TEXT: &str = "text";
pub(super) const MARKUP: &str = "markup";
pub(super) const INSIDE: &str = "inside";
pub(super) const INSIDE_WITH: &str = "inside-with";
pub(super) const OTHERWISE: &str = "otherwise";

impl BlockOutput {
    /// A block that prints nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Then this text, escaped.
    pub fn text(self, text: impl Into<String>) -> Self {
        self.piece(json!([TEXT, text.into()]))
    }

    /// Then this markup, as it is. What comes from data belongs into [`text`](Self::text).
    pub fn markup(self, markup: impl Into<String>) -> Self {
        self.piece(json!([MARKUP, markup.into()]))
    }

    /// Then what stands in the block.
    pub fn inside(self) -> Self {
        self.piece(json!([INSIDE]))
    }

    /// Then what stands in the block, where names are looked for in this value first.
    pub fn inside_with(self, value: impl Into<Value>) -> Self {
        self.piece(json!([INSIDE_WITH, value.into()]))
    }

    /// Then what stands behind `{{else}}`.
    pub fn otherwise(self) -> Self {
        self.piece(json!([OTHERWISE]))
    }

    fn piece(mut self, piece: Value) -> Self {
        self.0.push(piece);
        self
    }

    pub(super) fn into_json(self) -> Value {
        Value::Array(self.0)
    }
}

/// What an engine adds to all templates: helpers, blocks, fixed words.
#[derive(Clone, Default)]
pub struct Extensions {
    pub(super) helpers: BTreeMap<String, Arc<dyn Helper>>,
    pub(super) blocks: BTreeMap<String, Arc<dyn BlockHelper>>,
    pub(super) words: Tables,
}

impl Extensions {
    /// Adds a helper.
    ///
    /// # Errors
    /// `helper-name`: there is one of that name, or it is no name.
    pub fn add_helper(&mut self, name: &str, helper: Arc<dyn Helper>) -> Result<(), Diagnostic> {
        self.is_free(name)?;
        self.helpers.insert(name.to_owned(), helper);
        Ok(())
    }

    /// Adds a block helper.
    ///
    /// # Errors
    /// As [`add_helper`](Self::add_helper).
    pub fn add_block(&mut self, name: &str, block: Arc<dyn BlockHelper>) -> Result<(), Diagnostic> {
        self.is_free(name)?;
        self.blocks.insert(name.to_owned(), block);
        Ok(())
    }

    /// Adds fixed words of a language; what a template says itself goes before.
    pub fn add_words(&mut self, lang: &str, words: impl IntoIterator<Item = (String, String)>) {
        self.words.entry(lang.to_owned()).or_default().extend(words);
    }

    /// Whether there is a helper of that name, of the library or one's own.
    pub(super) fn has_helper(&self, name: &str) -> bool {
        helpers::exists(name) || self.helpers.contains_key(name)
    }

    /// The names of all helpers.
    pub(super) fn helper_names(&self) -> impl Iterator<Item = &str> {
        helpers::names().map(|name| name as &str).chain(self.helpers.keys().map(String::as_str))
    }

    fn is_free(&self, name: &str) -> Result<(), Diagnostic> {
        let part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let refused = |message| Err(Diagnostic::error("helper-name", message));
        // Otherwise Handlebars would read it as something else.
        if !name.starts_with(char::is_alphabetic) || !name.chars().all(part) {
            return refused(say!("`{name}` cannot be the name of a helper", name))
                .map_err(|fault| fault.hint(say!("write letters, digits and hyphens")));
        }
        let taken = self.has_helper(name)
            || self.blocks.contains_key(name)
            || helpers::RESERVED.contains(&name);
        if taken { refused(say!("there is a helper `{name}` already", name)) } else { Ok(()) }
    }
}

impl fmt::Debug for Extensions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Extensions")
            .field("helpers", &self.helpers.keys())
            .field("blocks", &self.blocks.keys())
            .field("words", &self.words)
            .finish()
    }
}
