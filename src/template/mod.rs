//! Templates: any data in, strict markup out.
//!
//! A template is a folder: `template.hbs`, partials beside it (`head.hbs` is `{{> head}}`), a
//! stylesheet `style.css`, pictures, and `sample.yaml` to try it with. The language is Handlebars,
//! always escaping, always strict: a name that the data do not have is an error that names the
//! nearest one that they have. [Helpers](helper_names) put people, posts and organisations into the
//! case that a formula asks for.
//!
//! ```
//! use itog::files::Files;
//! use itog::internals::template::Template;
//!
//! let text = "<p>Выразить благодарность {{name who \"dat\"}}.</p>";
//! let files = Files::memory([("template.hbs".to_owned(), text.into())]);
//! let template = Template::load("thanks", files)?.value;
//! let rendered = template.render(&serde_json::json!({ "who": "Егорова Татьяна Вячеславовна" }))?;
//! let text = "Выразить благодарность Егоровой Татьяне Вячеславовне.";
//! assert!(rendered.markup.ends_with(&format!(">{text}</p>")));
//! # Ok::<(), itog::diag::Error>(())
//! ```

mod asked;
mod builtin;
mod check;
pub(crate) mod doubled;
mod fault;
mod helpers;
mod own;
mod parse;
mod pattern;
mod rich;
mod scan;
mod schema;
mod slip;
mod words;

use std::fmt;
use std::sync::Arc;

use handlebars::template::Template as Parsed;
use handlebars::{
    Context, Handlebars, Output, RenderContext, RenderError, Renderable, TemplateErrorReason,
};
use serde::Serialize;

pub use asked::AskedNames;
pub(crate) use asked::WHOSE;
pub use builtin::{Builtin, builtin, builtins};
pub use own::{BlockHelper, BlockOutput, Extensions, Helper, HelperArgs};
pub use pattern::Pattern;
pub(crate) use rich::{CLOSE as RICH_END, NoteTexts, OPEN as RICH_BEGIN, markup as rich_markup};

use crate::diag::{
    Datum, Diagnostic, Error, Message, Place, Printed, Sink, Source, SourceId, Sources, Warned, say,
};
use crate::files::Files;
use crate::lang::ru::Dictionary;
use crate::limits;
use check::Checker;
use fault::RenderFault;
use scan::Marked;
use schema::Schema;

/// The file that a template begins with.
const ENTRY: &str = "template.hbs";
/// The stylesheet that counts if the template links none.
const STYLE: &str = "style.css";

/// The names of all helpers that a template may call.
pub fn helper_names() -> impl Iterator<Item = &'static str> {
    helpers::names()
}

/// A template, parsed and checked once, ready for any number of renderings in any number of
/// threads.
#[derive(Clone)]
pub struct Template {
    name: Arc<str>,
    files: Files,
    sources: Arc<Sources>,
    stylesheets: Arc<[SourceId]>,
    parts: Arc<[TemplateFile]>,
    words: Arc<words::Tables>,
    dictionary: Arc<Dictionary>,
    own: Arc<Extensions>,
    schema: Option<Arc<Schema>>,
    /// What helpers gave before, with these words and this dictionary.
    calls: Arc<helpers::CallMemo>,
    registry: Arc<Handlebars<'static>>,
}

/// One `.hbs` file.
struct TemplateFile {
    file: String,
    source: Arc<Source>,
    marked: Marked,
}

/// A part of a file that was made in another program, as a template.
pub(crate) struct TemplatePart {
    pub(crate) name: String,
    /// What people see of it.
    pub(crate) source: Arc<Source>,
    /// In the template language.
    pub(crate) text: String,
    /// Where expressions begin in `text` and in the source.
    pub(crate) places: Vec<(usize, usize)>,
    /// How deep its blocks are nested.
    pub(crate) nesting: usize,
}

/// Markup and what was doubtful on the way to it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Rendered {
    /// XHTML. Every element that the template wrote has an attribute
    /// `data-itog-at="FILE:START:END"`: the number of the source and the byte range
    /// of the start tag there.
    pub markup: String,
    /// What the marks point into, and what of the data was printed.
    pub sources: Arc<Sources>,
    /// Forms that the grammar is not sure of, and the like.
    pub warnings: Vec<Diagnostic>,
}

impl Template {
    /// Reads and checks a template's files; `name` is what the user calls it.
    ///
    /// # Errors
    /// Files that are missing or cannot be read; faults of the templates' syntax; helpers, blocks
    /// and partials that do not exist. All faults of all files together.
    pub fn load(name: &str, files: Files) -> Result<Warned<Self>, Error> {
        Self::load_with(name, files, &Arc::default())
    }

    /// The same for a template that may use what an engine adds to the language.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn load_with(
        name: &str,
        files: Files,
        own: &Arc<Extensions>,
    ) -> Result<Warned<Self>, Error> {
        let mut sink = Sink::new();
        let mut sources = Sources::default();
        let all = part_files(&files);
        let parts = read_parts(&files, &all, &mut sources, &mut sink);
        let stylesheets = read_stylesheets(&files, &parts, &mut sources, &mut sink);
        let words = words::read(&files, own.words.clone(), &mut sink);
        let schema = schema::read(&files, &mut sink).map(Arc::new);
        // Those with faults of their own, too: who includes one is not to blame.
        let names: Vec<&str> = all.iter().map(|file| partial_name(file)).collect();
        let registry = compiled(&parts, &names, own, &mut sink);
        let template = Self {
            name: name.into(),
            files,
            sources: Arc::new(sources),
            stylesheets: stylesheets.into(),
            words: Arc::new(words),
            dictionary: Arc::default(),
            own: Arc::clone(own),
            schema,
            calls: Arc::default(),
            registry: Arc::new(registry),
            parts: parts.into(),
        };
        sink.finish(template)
    }

    /// A template of the parts of a file that was made in another program: each is rendered by
    /// itself, and none includes another.
    ///
    /// # Errors
    /// Helpers and blocks that do not exist, and other faults of the expressions.
    pub(crate) fn of_parts(
        name: &str,
        parts: Vec<TemplatePart>,
        own: &Arc<Extensions>,
    ) -> Result<Warned<Self>, Error> {
        let mut sink = Sink::new();
        let mut sources = Sources::default();
        let parts: Vec<TemplateFile> = parts
            .into_iter()
            .map(|part| {
                sources.add(Arc::clone(&part.source));
                let marked = Marked::placed(part.text, part.places, part.nesting);
                TemplateFile { file: part.name, source: part.source, marked }
            })
            .collect();
        let registry = compiled(&parts, &[], own, &mut sink);
        let files = Files::memory([]);
        let words = words::read(&files, own.words.clone(), &mut sink);
        let template = Self {
            name: name.into(),
            files,
            sources: Arc::new(sources),
            stylesheets: Arc::default(),
            words: Arc::new(words),
            dictionary: Arc::default(),
            own: Arc::clone(own),
            schema: None,
            calls: Arc::default(),
            registry: Arc::new(registry),
            parts: parts.into(),
        };
        sink.finish(template)
    }

    /// All parts filled with data, in their order, and what was doubtful. Values that may hold the
    /// small markup of texts stand between [`rich::OPEN`] and [`rich::CLOSE`].
    ///
    /// # Errors
    /// As [`render`](Self::render).
    pub(crate) fn render_parts(
        &self,
        data: serde_json::Value,
    ) -> Result<Warned<Vec<String>>, Error> {
        let run = helpers::Rendering::new(&self.own);
        let context = Context::from(data);
        run.know(&self.dictionary, &self.calls);
        run.speak(context.data().get("lang").and_then(|lang| lang.as_str()), &self.words);
        let mut texts = Vec::with_capacity(self.parts.len());
        for part in self.parts.iter() {
            let mut rc = RenderContext::new(None);
            run.register(&mut rc);
            let limit = limits::get().markup_bytes;
            let text = String::with_capacity(part.marked.text.len());
            let mut markup = Markup { text, limit, run: &run };
            if let Some(template) = self.registry.get_template(&part.file) {
                template
                    .render(&self.registry, &context, &mut rc, &mut markup)
                    .map_err(|error| Error::from(self.told(&error)))?;
            }
            texts.push(markup.text);
        }
        Ok(Warned { value: texts, warnings: run.finish().0 })
    }

    /// What the template asks of its data.
    pub fn asked(&self) -> AskedNames {
        let is_entry = |part: &&TemplateFile| part.file == ENTRY;
        // Parts of one file are all rendered, partials only where they are included.
        match self.parts.iter().find(is_entry) {
            Some(_) => AskedNames::of(&self.registry, [partial_name(ENTRY)]),
            None => AskedNames::of(&self.registry, self.parts.iter().map(|part| &*part.file)),
        }
    }

    /// A template of the library.
    ///
    /// # Errors
    /// As [`builtin()`].
    pub fn builtin(name: &str) -> Result<Warned<Self>, Error> {
        Self::load(name, builtin(name)?.files.clone())
    }

    /// Whether a `schema.json` says which data it takes.
    pub fn has_schema(&self) -> bool {
        self.schema.is_some()
    }

    /// The same template whose helpers know a dictionary of the user.
    #[must_use]
    pub fn with_dictionary(&self, dictionary: Arc<Dictionary>) -> Self {
        Self { dictionary, calls: Arc::default(), ..self.clone() }
    }

    /// What helpers know of names.
    #[cfg(feature = "batch")]
    pub(crate) fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// What the user calls it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its folder.
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// Its texts: what the origin marks point into.
    pub fn sources(&self) -> &Arc<Sources> {
        &self.sources
    }

    /// Its stylesheets among the sources, in the order of the cascade: those that `template.hbs`
    /// links, or `style.css` if it links none.
    pub fn stylesheets(&self) -> &[SourceId] {
        &self.stylesheets
    }

    /// Fills the template with data.
    ///
    /// # Errors
    /// A name that the data do not have, a wrong argument of a helper, data that cannot be
    /// serialised, or that are not what `schema.json` asks for.
    pub fn render<T: Serialize + ?Sized>(&self, data: &T) -> Result<Rendered, Error> {
        let context = Context::wraps(data).map_err(|error| Error::from(self.told(&error)))?;
        if let Some(schema) = &self.schema {
            let faults = schema.check(context.data());
            if !faults.is_empty() {
                return Err(Error::Invalid(faults));
            }
        }
        let run = helpers::Rendering::new(&self.own);
        let mut markup =
            Markup { text: String::new(), limit: limits::get().markup_bytes, run: &run };
        let notes = self
            .render_into(&context, &run, &mut markup)
            .map_err(|error| Error::from(self.told(&error)))?;
        let mut markup = markup.text;
        let (mut warnings, mut printed) = run.finish();
        // Most certificates have no such marks at all.
        if markup.contains(rich::OPEN) {
            let (resolved, lost, moved) = rich::resolve(&markup, &notes);
            markup = resolved;
            // What was remembered by its place in the markup moves with it.
            printed.iter_mut().for_each(|(at, _)| *at = moved.to(*at));
            let printed_at = |at: usize| {
                let last = printed.partition_point(|(begin, _)| *begin <= at).checked_sub(1)?;
                Some(printed[last].1.clone())
            };
            warnings.extend(lost.into_iter().map(|rich::LostNote { name, at }| {
                let message =
                    say!("there is no footnote `{name}`: `[^{name}]` is printed as it is", name);
                let note = format!("{{{name}: …}}");
                let hint = say!(
                    "give its text in `footnotes: {note}`, or write `\\[^{name}]`",
                    note,
                    name
                );
                let words = format!("[^{name}]");
                let fault = Diagnostic::warning("footnote-missing", message).hint(hint);
                fault.of(printed_at(at)).about(words)
            }));
        }
        warnings.extend(unused_notes(context.data(), &printed));
        let sources = self.sources.with_printed(Printed::new(printed));
        Ok(Rendered { markup, sources, warnings })
    }

    fn render_into(
        &self,
        context: &Context,
        run: &helpers::Rendering,
        markup: &mut Markup<'_>,
    ) -> Result<rich::NoteTexts, RenderError> {
        run.know(&self.dictionary, &self.calls);
        run.speak(context.data().get("lang").and_then(|lang| lang.as_str()), &self.words);
        let mut rc = RenderContext::new(None);
        run.register(&mut rc);
        if let Some(template) = self.registry.get_template(partial_name(ENTRY)) {
            template.render(&self.registry, context, &mut rc, markup)?;
        }
        let notes = context.data().get("footnotes").and_then(|notes| notes.as_object());
        let text = |value: &serde_json::Value| value.as_str().map(escape_xml);
        Ok(notes
            .into_iter()
            .flatten()
            .filter_map(|(name, note)| Some((name.clone(), text(note)?)))
            .collect())
    }

    /// A fault of rendering with its place.
    fn told(&self, error: &RenderError) -> Diagnostic {
        let names: Vec<&str> = self.parts.iter().map(|part| partial_name(&part.file)).collect();
        let fault = fault::translate(error, &names);
        let part = error
            .template_name
            .as_ref()
            .and_then(|name| self.parts.iter().find(|part| part.file == *name));
        match (part, error.line_no, error.column_no) {
            (Some(part), Some(line), Some(column)) => part.locate(fault, line, column),
            _ => fault.diagnostic(),
        }
    }
}

impl fmt::Debug for Template {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Template")
            .field("name", &self.name)
            .field("files", &self.files)
            .finish_non_exhaustive()
    }
}

impl TemplateFile {
    fn parse(&self, sink: &mut Sink) -> Option<Parsed> {
        if let Some(parsed) = parse::parse(&self.marked.text, &self.file) {
            return Some(parsed);
        }
        match Parsed::compile_with_name(&self.marked.text, self.file.clone()) {
            Ok(parsed) => Some(parsed),
            Err(error) => {
                let message = match error.reason() {
                    TemplateErrorReason::InvalidSyntax(detail) => {
                        say!("this is not Handlebars: {detail}", detail)
                    }
                    other => Message::verbatim(other.to_string()),
                };
                let (line, column) = error.pos().unwrap_or((1, 1));
                let at = self.marked.offset(line, column);
                let (message, hint) = slip::of(self.source.text(), at)
                    .map_or((message, None), |(message, hint)| (message, Some(hint)));
                let fault = RenderFault::new("template-syntax", message);
                let placed = self.locate(fault, line, column);
                sink.push(hint.into_iter().fold(placed, Diagnostic::hint));
                None
            }
        }
    }

    /// A fault at a line and column of the marked text: the variable at fault, else the whole
    /// expression.
    fn locate(&self, fault: RenderFault, line: usize, column: usize) -> Diagnostic {
        let text = self.source.text();
        let start = self.marked.offset(line, column);
        let rest = text.get(start..).unwrap_or_default();
        // The whole expression is underlined, or a single character where there is none.
        let whole = if rest.starts_with("{{") {
            rest.find("}}").map_or(rest.len(), |end| end + 2)
        } else {
            rest.find('\n').unwrap_or(rest.len()).min(1)
        };
        let range = match fault.variable.as_deref().and_then(|name| find_name(rest, name)) {
            Some(at) => start + at..start + at + fault.variable.as_deref().map_or(0, str::len),
            None => start..start + whole,
        };
        fault.diagnostic().at(Place::new(Arc::clone(&self.source), range))
    }
}

/// The files compiled, with their checks; `names` are those of the partials.
fn compiled(
    parts: &[TemplateFile],
    names: &[&str],
    own: &Extensions,
    sink: &mut Sink,
) -> Handlebars<'static> {
    let mut registry = Handlebars::new();
    // A misspelt name would print nothing, and nobody would see it (see `check`).
    registry.set_strict_mode(true);
    registry.register_escape_fn(escape);
    helpers::install(&mut registry, own);
    let parsed: Vec<Option<Parsed>> = parts.iter().map(|part| part.parse(sink)).collect();
    for (part, parsed) in parts.iter().zip(parsed) {
        // Its fault has been reported; the others are checked all the same.
        let Some(parsed) = parsed else { continue };
        let mut checker = Checker {
            file: &part.file,
            own,
            partials: names,
            nesting: part.marked.nesting,
            lenient: Vec::new(),
            found: Vec::new(),
            inline: Vec::new(),
        };
        let checked = checker.check(parsed);
        for (fault, (line, column)) in checker.found {
            sink.push(part.locate(fault, line, column));
        }
        registry.register_template(partial_name(&part.file), checked);
    }
    registry
}

/// Where a name first stands in an expression, not as a part of another name.
fn find_name(text: &str, name: &str) -> Option<usize> {
    // `name` is neither `names` nor a part of `person.name`.
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '@');
    text.match_indices(name).map(|(at, _)| at).find(|&at| {
        let (before, after) = (&text[..at], &text[at + name.len()..]);
        let inside = before.rfind("{{").is_some_and(|open| !before[open..].contains("}}"));
        inside && !before.ends_with(joins) && !after.starts_with(joins)
    })
}

/// The footnotes of the data that no text refers to, and that no template prints by itself.
fn unused_notes(data: &serde_json::Value, printed: &[(usize, Datum)]) -> Vec<Diagnostic> {
    let Some(notes) = data.get("footnotes").and_then(|notes| notes.as_object()) else {
        return Vec::new();
    };
    let unused = notes.iter().filter(|(name, _)| {
        let mark = format!("[^{name}]");
        let used =
            |datum: &Datum| datum.path.starts_with("footnotes") || datum.text.contains(&mark);
        !printed.iter().any(|(_, datum)| used(datum))
    });
    let told = |(name, note): (&String, &serde_json::Value)| {
        let message = say!(
            "no text refers to the footnote `{name}`: it is not printed",
            name = name.as_str()
        );
        let hint = say!("write `[^{name}]` where it belongs, or take it out", name = name.as_str());
        let text = note.as_str().unwrap_or_default().to_owned();
        let datum = Datum { path: format!("footnotes.{name}"), text: text.clone() };
        Diagnostic::warning("footnote-unused", message).hint(hint).of([datum]).about(text)
    };
    unused.map(told).collect()
}

fn partial_name(file: &str) -> &str {
    file.strip_suffix(".hbs").unwrap_or(file)
}

fn read_text(files: &Files, name: &str) -> Result<String, Diagnostic> {
    let bytes = files.bytes(name)?;
    let text = String::from_utf8(bytes.into_owned()).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Diagnostic::error(
            "not-utf8",
            say!(
                "{file} is not UTF-8: see byte {at}",
                file = files.display_name(name),
                at = at + 1
            ),
        )
        .hint(say!("save it as UTF-8"))
    })?;
    // Editors on Windows begin a file with a byte order mark, which would stand before the first
    // tag.
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// The files of the template's parts. Its own is the first, so that its faults are told first.
fn part_files(files: &Files) -> Vec<String> {
    let others = files.names().into_iter().filter(|name| name.ends_with(".hbs") && name != ENTRY);
    [ENTRY.to_owned()].into_iter().chain(others).collect()
}

fn read_parts(
    files: &Files,
    all: &[String],
    sources: &mut Sources,
    sink: &mut Sink,
) -> Vec<TemplateFile> {
    let mut parts = Vec::new();
    for file in all {
        match read_text(files, file) {
            Ok(text) => {
                let room = limits::room_for_source(sources, &text);
                let source = Source::new(files.display_name(file), text);
                if let Err(reached) = room {
                    sink.push(reached.at(Place::new(source, 0..0)));
                    break;
                }
                let id = sources.add(Arc::clone(&source));
                sink.extend(slip::single_braces(&source));
                match scan::mark(&source, id) {
                    Ok(marked) => {
                        parts.push(TemplateFile { file: file.clone(), source, marked });
                    }
                    Err(faults) => sink.extend(faults),
                }
            }
            Err(fault) => sink.push(fault),
        }
    }
    parts
}

fn read_stylesheets(
    files: &Files,
    parts: &[TemplateFile],
    sources: &mut Sources,
    sink: &mut Sink,
) -> Vec<SourceId> {
    let mut ids = Vec::new();
    let mut linked = false;
    for part in parts {
        for (href, range) in &part.marked.stylesheets {
            linked = true;
            match read_text(files, href) {
                Ok(text) => ids.push(sources.add(Source::new(files.display_name(href), text))),
                Err(fault) => {
                    sink.push(fault.at(Place::new(Arc::clone(&part.source), range.clone())))
                }
            }
        }
    }
    // A template that links its stylesheets says itself which apply.
    if !linked && files.names().iter().any(|name| name == STYLE) {
        match read_text(files, STYLE) {
            Ok(text) => ids.push(sources.add(Source::new(files.display_name(STYLE), text))),
            Err(fault) => sink.push(fault),
        }
    }
    let templates: Vec<Arc<Source>> = parts.iter().map(|part| Arc::clone(&part.source)).collect();
    for id in &ids {
        if let Some(sheet) = sources.get(*id) {
            sink.extend(slip::misspelt_classes(&templates, sheet));
        }
    }
    ids
}

/// Text as markup has it, between marks if it may hold [marks](rich) of its own.
fn escape(text: &str) -> String {
    let escaped = escape_xml(text);
    if rich::may_hold(text) { format!("{}{escaped}{}", rich::OPEN, rich::CLOSE) } else { escaped }
}

/// Text as XML has it. A character that XML 1.0 (section 2.2) does not allow becomes U+FFFD.
fn escape_xml(text: &str) -> String {
    // The first byte of U+FFFE is one of few characters.
    if !text.bytes().any(|byte| matches!(byte, 0..b' ' | b'&' | b'<' | b'>' | b'"' | b'\'' | 0xef))
    {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // XML would turn a bare CR into a line feed (XML 1.0, 2.11).
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' => out.push(c),
            // XML 1.0 holds these in no form (2.2), so a sign says that something stood here.
            '\0'..='\x1f' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out
}

/// Where rendering writes to: a text that does not grow without end, and whose length the helpers
/// know.
struct Markup<'a> {
    text: String,
    limit: usize,
    run: &'a helpers::Rendering,
}

impl Output for Markup<'_> {
    fn write(&mut self, text: &str) -> Result<(), std::io::Error> {
        // A loop over a loop in hostile data must end before the memory does.
        if self.text.len() + text.len() > self.limit {
            let limit = self.limit;
            let message = say!("the template makes more than {limit} bytes of markup", limit);
            let fault = limits::reached("limit-markup-bytes", message);
            return Err(std::io::Error::other(RenderFault::from(fault)));
        }
        self.text.push_str(text);
        self.run.wrote(self.text.len());
        Ok(())
    }
}
