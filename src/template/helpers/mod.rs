//! The helpers that templates may call. `templates/README.md` tells of each; a test holds the two
//! together.

mod amount;
mod block;
mod hidden;
mod latin;
mod logic;
mod named;
mod people;
mod recipient;
mod remembered;
mod table;
mod words;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use handlebars::{
    Context, Handlebars, Helper, HelperDef, JsonValue, PathAndJson, RenderContext, RenderError,
    RenderErrorReason, ScopedJson,
};

use super::check;
use super::fault::RenderFault;
use super::own::{Extensions, HelperArgs};
use super::words::Tables;
use crate::diag::{Datum, Diagnostic, Message, Sink, nearest, say};
use crate::lang::ru::Dictionary;
use crate::limits;
pub(super) use remembered::CallMemo;

/// A helper: arguments in, a value out.
type Function = fn(&Args<'_>) -> Result<JsonValue, RenderFault>;

/// All helpers by name.
const HELPERS: &[(&str, Function)] = &[
    ("add", logic::add),
    ("agree", people::agree),
    ("and", logic::and),
    ("beside", recipient::beside),
    ("bound", recipient::bound),
    ("by-programme", recipient::by_programme),
    ("called", words::called),
    ("capital", words::capital),
    ("clause", recipient::clause),
    ("concat", words::concat),
    ("counted", recipient::counted),
    ("date", words::date),
    ("daterange", words::date),
    ("default", logic::default),
    ("definite", words::definite),
    ("ended", words::ended),
    ("eq", logic::eq),
    ("event-in", recipient::event_in),
    ("gender", people::gender),
    ("goes-on", recipient::goes_on),
    ("greeting", recipient::address),
    ("grid", table::grid),
    ("gt", logic::gt),
    ("has", words::has),
    ("initials", people::initials),
    ("join", words::join),
    ("len", logic::len),
    ("letter", words::letter),
    ("lies", table::lies),
    ("list-end", words::list_end),
    ("lookup", logic::lookup),
    ("lower", words::lower),
    ("lt", logic::lt),
    ("marked", words::marked),
    ("money", words::money),
    ("name", people::name),
    ("names", named::names),
    ("ne", logic::ne),
    ("not", logic::not),
    ("noun", people::noun),
    ("number", amount::number),
    ("numeral", words::numeral),
    ("once", words::once),
    ("or", logic::or),
    ("ordinal", words::ordinal),
    ("org", people::org),
    ("party", people::party),
    ("people", recipient::people),
    ("picture", words::picture),
    ("piece", people::piece),
    ("place", people::place),
    ("plural", words::plural),
    ("post", people::post),
    ("quoted", recipient::quoted),
    ("responsible", people::responsible),
    ("role", recipient::role),
    ("roman", words::roman),
    ("several-words", words::several_words),
    ("small", words::uncapital),
    ("speak", words::speak),
    ("title-lines", words::title_lines),
    ("upper", words::upper),
    ("whom", recipient::whom),
    ("word", words::word),
];

/// The names of all helpers.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    HELPERS.iter().map(|(name, _)| *name)
}

/// Whether there is a helper of that name.
pub(super) fn exists(name: &str) -> bool {
    // The table is sorted by name, which a test holds.
    HELPERS.binary_search_by_key(&name, |(known, _)| known).is_ok()
}

/// Names that mean something to Handlebars itself.
pub(super) const RESERVED: [&str; 8] =
    ["if", "unless", "each", "with", "else", "this", "inline", "raw"];

/// How deep partials may be nested, counted with the blocks around their inclusion: what a thread's
/// stack bears.
const MAX_DEPTH: u64 = 400;
/// How many partials one rendering may include.
const MAX_PARTIALS: u64 = 4_000_000;

/// What only [`Rendering`] is called.
const RUN: &str = "itog:run";

/// Makes all helpers known to templates.
pub(super) fn install(registry: &mut Handlebars<'_>, own: &Extensions) {
    own.helper_names().for_each(|name| registry.register_helper(name, Box::new(NamedHelper)));
    for name in own.blocks.keys() {
        registry.register_helper(name, Box::new(block::OwnBlock));
    }
    hidden::install(registry);
}

/// What one rendering has met so far.
#[derive(Default)]
pub(super) struct Rendering {
    own: Arc<Extensions>,
    state: Mutex<RenderingState>,
    /// How many bytes of markup are written.
    written: AtomicUsize,
}

#[derive(Default)]
struct RenderingState {
    warnings: Sink,
    /// How often something was to be warned of, also of what was told before.
    warned: usize,
    printed: Vec<(usize, Datum)>,
    depth: u64,
    partials: u64,
    lang: String,
    words: Arc<Tables>,
    dictionary: Arc<Dictionary>,
    calls: Arc<CallMemo>,
}

impl Rendering {
    pub(super) fn new(own: &Arc<Extensions>) -> Self {
        Self { own: Arc::clone(own), ..Self::default() }
    }

    /// Makes itself known to a rendering's helpers.
    pub(super) fn register<'reg: 'rc, 'rc>(&'rc self, rc: &mut RenderContext<'reg, 'rc>) {
        rc.register_local_helper(RUN, Box::new(RunningHelpers(self)));
    }

    /// The warnings in the order in which they were met, and what was printed where.
    pub(super) fn finish(self) -> (Vec<Diagnostic>, Vec<(usize, Datum)>) {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        (state.warnings.into_vec(), state.printed)
    }

    /// Says how much markup there is.
    pub(super) fn wrote(&self, bytes: usize) {
        // Written and read by the one thread that renders: the atomic is there because
        // Handlebars wants its helpers `Sync`.
        self.written.store(bytes, Ordering::Relaxed);
    }

    /// Remembers that values of the data are printed next.
    fn print(&self, helper: &Helper<'_>) {
        // Where the markup ends now is where the value will begin.
        let at = self.written.load(Ordering::Relaxed);
        self.state(|state| state.printed.extend(data(helper).map(|datum| (at, datum))));
    }

    /// The language of the document, and the fixed words that the template has.
    pub(super) fn speak(&self, lang: Option<&str>, words: &Arc<Tables>) {
        self.state(|state| {
            state.lang = lang.unwrap_or("ru").to_owned();
            state.words = Arc::clone(words);
        });
    }

    /// What the user knows better than the grammar, and what came of it before.
    pub(super) fn know(&self, dictionary: &Arc<Dictionary>, calls: &Arc<CallMemo>) {
        self.state(|state| {
            state.dictionary = Arc::clone(dictionary);
            state.calls = Arc::clone(calls);
        });
    }

    /// What a helper gives, by its own work or by what is known of the same call before.
    fn value(&self, helper: &Helper<'_>, function: Function) -> Result<JsonValue, RenderFault> {
        let args = Args { helper, run: self };
        if !remembered::is_long(helper.name()) {
            return function(&args);
        }
        let (calls, lang) = self.state(|state| (Arc::clone(&state.calls), state.lang.clone()));
        if let Some(known) = calls.find(helper, &lang) {
            return Ok(known);
        }
        let before = self.state(|state| state.warned);
        let value = function(&args)?;
        // What was doubted must be told each time, with the place in these data.
        if self.state(|state| state.warned) == before {
            calls.keep(helper, &lang, &value);
        }
        Ok(value)
    }

    fn warn(&self, warning: Diagnostic) {
        self.state(|state| {
            state.warned += 1;
            state.warnings.push(warning);
        });
    }

    fn state<T>(&self, f: impl FnOnce(&mut RenderingState) -> T) -> T {
        f(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn leave(&self, weight: u64) {
        self.state(|state| state.depth = state.depth.saturating_sub(weight));
    }

    fn enter(&self, weight: u64) -> Result<(), RenderFault> {
        let limit = |message| RenderFault::new("template-depth", message);
        self.state(|state| {
            state.depth += weight;
            // Depth alone does not end what includes two of itself at each level.
            state.partials += 1;
            if state.depth > MAX_DEPTH {
                return Err(limit(say!("partials include each other too deep"))
                    .hint(say!("does one include itself without end?")));
            }
            if state.partials > MAX_PARTIALS {
                return Err(limit(say!(
                    "more than {most} partials are included",
                    most = MAX_PARTIALS
                )));
            }
            Ok(())
        })
    }
}

/// A helper as the template calls it: its name says what is done, the rendering's [`Rendering`]
/// does it.
struct NamedHelper;

impl HelperDef for NamedHelper {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        // Helpers are registered once for all threads; what belongs to one rendering hangs on
        // its context.
        let run = rc
            .get_local_helper(RUN)
            .ok_or_else(|| RenderErrorReason::HelperNotFound(RUN.to_owned()))?;
        run.call_inner(helper, registry, context, rc)
    }
}

/// The helpers at work in one rendering.
struct RunningHelpers<'a>(&'a Rendering);

impl HelperDef for RunningHelpers<'_> {
    fn call_inner<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        context: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
    ) -> Result<ScopedJson<'rc>, RenderError> {
        if matches!(helper.name(), check::PRINTED | check::MADE) {
            self.0.print(helper);
            return Ok(ScopedJson::Derived(JsonValue::Null));
        }
        let Ok(at) = HELPERS.binary_search_by_key(&helper.name(), |(known, _)| known) else {
            if let Some(made) = self.own(helper, context, rc) {
                return made.map(ScopedJson::Derived);
            }
            // What is called by a name outside of the tables is what counts partials.
            return hidden::count(helper, self.0)
                .map(|()| ScopedJson::Derived(JsonValue::Null))
                .map_err(Into::into);
        };
        if !check::LENIENT.contains(&helper.name()) {
            check::known(helper, context, rc)?;
        }
        Ok(ScopedJson::Derived(self.0.value(helper, HELPERS[at].1)?))
    }
}

impl RunningHelpers<'_> {
    /// Calls a helper or a block helper of the embedder, if there is one of that name.
    fn own<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        context: &'rc Context,
        rc: &RenderContext<'reg, 'rc>,
    ) -> Option<Result<JsonValue, RenderError>> {
        let Rendering { own, .. } = self.0;
        let name = helper.name();
        let args = &Args { helper, run: self.0 };
        let args = &HelperArgs(args);
        let call: &dyn Fn() -> Result<JsonValue, Diagnostic> = match own.helpers.get(name) {
            Some(helper) => &|| helper.call(args),
            None => {
                let block = own.blocks.get(name)?;
                &|| block.call(args).map(super::own::BlockOutput::into_json)
            }
        };
        // A panic of a helper is told where it is called.
        let walled = || limits::wall(|| say!("the helper `{name}`", name), call);
        let made = check::known(helper, context, rc)
            .and_then(|()| walled().flatten().map_err(RenderFault::from));
        Some(made.map_err(Into::into))
    }
}

/// The arguments of a call. One that is missing in the data counts as `null`; [`check`] has seen to
/// it that this is meant.
pub(super) struct Args<'a> {
    helper: &'a Helper<'a>,
    run: &'a Rendering,
}

impl<'a> Args<'a> {
    /// Warns of the data among the arguments.
    pub(super) fn warn(&self, warning: Diagnostic) {
        self.run.warn(warning.of(data(self.helper)));
    }

    /// Whether the words around are Russian, so that there are cases and «г.».
    fn is_russian(&self) -> bool {
        self.run.state(|state| state.lang.is_empty() || state.lang.starts_with("ru"))
    }

    /// What the user knows better than the grammar.
    fn dictionary(&self) -> Arc<Dictionary> {
        self.run.state(|state| Arc::clone(&state.dictionary))
    }

    /// A fixed word in the language of the document, in Russian where that has none.
    fn word_of(&self, key: &str) -> Option<String> {
        let (word, unknown) = self.run.state(|state| {
            let table = |lang: &str| state.words.get(lang)?.get(key).cloned();
            let primary = state.lang.split('-').next().unwrap_or_default();
            // `en-GB`, then `en`, then Russian, in which every template has its words.
            let own = table(&state.lang).or_else(|| table(primary));
            let has = |lang: &str| lang.is_empty() || state.words.contains_key(lang);
            let unknown = own.is_none() && !has(&state.lang) && !has(primary);
            (own.or_else(|| table("ru")), unknown.then(|| state.lang.clone()))
        });
        if let Some(lang) = unknown {
            self.doubt_language(lang);
        }
        word
    }

    /// Tells that the document's language has no words of its own.
    fn doubt_language(&self, lang: String) {
        let message = say!(
            "there are no words in the language `{lang}`: the fixed words are Russian",
            lang = lang.as_str()
        );
        let hint = say!(
            "write `lang: ru` or `lang: en`, or add `words-{lang}.json` to a template of your \
             own",
            lang = lang.as_str()
        );
        let fault = Diagnostic::warning("no-words", message).hint(hint);
        self.run.warn(fault.of([Datum { path: "lang".to_owned(), text: lang }]));
    }

    /// The language of the words around.
    pub(super) fn language(&self) -> String {
        self.run.state(|state| state.lang.clone())
    }

    /// From here on the words are those of another language.
    fn change_language(&self, lang: &str) {
        self.run.state(|state| lang.clone_into(&mut state.lang));
    }

    pub(super) fn name(&self) -> &str {
        self.helper.name()
    }

    pub(super) fn len(&self) -> usize {
        self.helper.params().len()
    }

    pub(super) fn get(&self, index: usize) -> Option<&'a JsonValue> {
        self.helper.param(index).map(|param| param.value())
    }

    fn all(&self) -> impl Iterator<Item = &'a JsonValue> {
        self.helper.params().iter().map(|param| param.value())
    }

    /// An argument that must be there.
    fn need(&self, index: usize) -> Result<&'a JsonValue, RenderFault> {
        self.get(index).ok_or_else(|| {
            RenderFault::argument(say!(
                "`{helper}` needs at least {count} {count:argument|arguments}",
                helper = self.name(),
                count = index + 1
            ))
        })
    }

    /// A text; numbers count as texts.
    pub(super) fn text(&self, index: usize) -> Result<String, RenderFault> {
        text(self.need(index)?).ok_or_else(|| self.wrong(index, say!("a text")))
    }

    /// A text that may be left out; `null` counts as left out.
    fn optional(&self, index: usize) -> Option<&'a str> {
        self.get(index).and_then(JsonValue::as_str)
    }

    /// A whole number, which may be written as a text.
    fn number(&self, index: usize) -> Result<u64, RenderFault> {
        let value = self.need(index)?;
        value
            .as_u64()
            // Numbers from tables are texts.
            .or_else(|| value.as_str()?.trim().parse().ok())
            .ok_or_else(|| self.wrong(index, say!("a whole number")))
    }

    /// An option given by name: `gender="f"`.
    pub(super) fn option(&self, key: &str) -> Option<&'a JsonValue> {
        self.helper.hash_get(key).map(|param| param.value()).filter(|value| !value.is_null())
    }

    /// An argument or option that is one of a few words.
    fn word<T>(
        &self,
        what: Message,
        given: Option<&str>,
        known: &[&str],
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, RenderFault> {
        let Some(given) = given else { return Ok(None) };
        let fault = || {
            let helper = self.name();
            let fault = RenderFault::argument(say!(
                "`{helper}`: there is no {what} `{given}`",
                helper,
                what,
                given
            ));
            match nearest(given, known.iter().copied()) {
                Some(near) => fault.hint(say!("did you mean `{near}`?", near)),
                None => fault.hint(say!("it is one of {known}", known = known.join(", "))),
            }
        };
        parse(given).map(Some).ok_or_else(fault)
    }

    /// The fault of an argument that is not what is needed.
    pub(super) fn wrong(&self, index: usize, wanted: Message) -> RenderFault {
        let written = self
            .helper
            .param(index)
            .and_then(|param| param.relative_path())
            .map_or_else(String::new, |path| format!("`{path}` = "));
        let value = self.get(index).unwrap_or(&JsonValue::Null);
        // A list, or all of a document, would bury the message.
        let mut shown: String = value.to_string().chars().take(60).collect();
        if shown.len() < value.to_string().len() {
            shown.push('…');
        }
        let given = written + &shown;
        RenderFault::argument(say!(
            "`{helper}` needs {wanted}, not {given}",
            helper = self.name(),
            wanted,
            given
        ))
    }
}

/// The values of the data among a helper's arguments.
fn data<'a>(helper: &'a Helper<'a>) -> impl Iterator<Item = Datum> + 'a {
    helper.params().iter().flat_map(|param| {
        let mut all = Vec::new();
        let Some(path) = path_of(param).filter(|_| !param.is_value_missing()) else { return all };
        // Only what can be found again as text in the file is remembered.
        match param.value() {
            JsonValue::String(text) => all.push(Datum { path, text: text.clone() }),
            JsonValue::Number(number) => all.push(Datum { path, text: number.to_string() }),
            // A person, an organisation, an event: a helper may print any part of it.
            JsonValue::Object(map) => all.extend(map.iter().filter_map(|(key, value)| {
                let text = value.as_str().filter(|text| !text.is_empty())?.to_owned();
                // What a person is called is the person's own value.
                let path = if key == "name" { path.clone() } else { format!("{path}.{key}") };
                Some(Datum { path, text })
            })),
            _ => {}
        }
        all
    })
}

/// Where an argument is in the data.
fn path_of(param: &PathAndJson<'_>) -> Option<String> {
    let Some(keys) = param.context_path() else {
        // In a partial with arguments, and of what a helper gave, only the name is known by which
        // the template calls it; the value is found by what it says.
        let path = param.relative_path()?.trim_start_matches("../");
        let path = path.strip_prefix("@root.").unwrap_or(path);
        return Some(path.strip_prefix("this.").unwrap_or(path).to_owned());
    };
    let mut path = String::new();
    for key in keys {
        if key.bytes().all(|byte| byte.is_ascii_digit()) {
            path.extend(["[", key, "]"]);
        } else {
            path.extend([if path.is_empty() { "" } else { "." }, key]);
        }
    }
    Some(path)
}

/// A value as text, if it is one or a number.
fn text(value: &JsonValue) -> Option<String> {
    match value {
        JsonValue::String(text) => Some(text.clone()),
        JsonValue::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_is_sorted() {
        assert!(super::HELPERS.is_sorted_by_key(|(name, _)| name));
    }
}
