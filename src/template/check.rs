//! Checks built into a parsed template: names are known when they are used, partials do not recurse
//! without end.
//!
//! Handlebars' own strict mode sees a missing variable only where it is printed; `{{#if nmae}}` is
//! quietly false. So a lone variable becomes a call of [`PRINTED`], helpers and conditions look at
//! their own arguments, and before every other expression with paths a hidden call of [`KNOWN`] or
//! [`LISTED`] is put, with the same paths, which sees the data at that place.

use std::collections::HashMap;

use handlebars::template::{
    DecoratorTemplate, HelperTemplate, Parameter, Subexpression, TemplateElement, TemplateMapping,
};
use handlebars::{Context, Helper, JsonValue, RenderContext, Template};

use super::asked::WHOSE;
use super::fault::{RenderFault, partial};
use super::own::Extensions;
use crate::diag::{Message, nearest, say};

/// The hidden helper that wants its paths to be known; a path through `null` is known and empty.
pub(super) const KNOWN: &str = "itog:known";
/// The hidden helper that prints a path, which must have a value.
pub(super) const PRINTED: &str = "itog:printed";
/// The hidden helper that prints what other helpers made of data, which are its other arguments.
pub(super) const MADE: &str = "itog:made";
/// The hidden helper that wants its paths to lead to lists or maps.
pub(super) const LISTED: &str = "itog:listed";
/// The hidden helper that includes a partial.
pub(super) const INCLUDE: &str = "itog:include";
/// The hidden helper at the beginning of a partial.
pub(super) const ENTER: &str = "itog:enter";
/// The hidden helper at the end of a partial.
pub(super) const LEAVE: &str = "itog:leave";

/// Blocks of Handlebars itself.
const BLOCKS: [&str; 4] = ["if", "unless", "each", "with"];

/// What may not be known: a helper whose arguments may be missing.
pub(super) const LENIENT: [&str; 1] = ["default"];

/// A fault at a line and column of the marked text.
pub(super) type FoundFault = (RenderFault, (usize, usize));

/// Checks a template of one file and builds the checks for rendering into it.
pub(super) struct Checker<'a> {
    /// The name that errors give to this file.
    pub(super) file: &'a str,
    /// What the engine adds to the language.
    pub(super) own: &'a Extensions,
    /// The names of the partials.
    pub(super) partials: &'a [&'a str],
    /// How deep blocks are nested in this file.
    pub(super) nesting: usize,
    /// Paths that the call being looked at may do without.
    pub(super) lenient: Vec<Parameter>,
    /// What was found.
    pub(super) found: Vec<FoundFault>,
    /// Partials that the file declares by `{{#*inline}}`.
    pub(super) inline: Vec<String>,
}

impl Checker<'_> {
    /// The template with its checks.
    pub(super) fn check(&mut self, mut template: Template) -> Template {
        self.inline_names(&template);
        self.template(&mut template, (1, 1));
        self.guard(&mut template);
        // Faults while rendering carry this name, by which the part and its place are found.
        template.name = Some(self.file.to_owned());
        template
    }

    fn inline_names(&mut self, template: &Template) {
        for element in &template.elements {
            match element {
                TemplateElement::DecoratorBlock(block) => {
                    if let Some(Parameter::Literal(JsonValue::String(name))) = block.params.first()
                    {
                        self.inline.push(name.clone());
                    }
                    block.template.iter().for_each(|inner| self.inline_names(inner));
                }
                TemplateElement::HelperBlock(block) => {
                    block
                        .template
                        .iter()
                        .chain(&block.inverse)
                        .for_each(|inner| self.inline_names(inner));
                }
                TemplateElement::PartialBlock(block) => {
                    block.template.iter().for_each(|inner| self.inline_names(inner))
                }
                _ => {}
            }
        }
    }

    /// `outer` is the place of the block that the template is in: `else` branches have no places of
    /// their own.
    fn template(&mut self, template: &mut Template, outer: (usize, usize)) {
        let elements = std::mem::take(&mut template.elements);
        // Handlebars keeps the places in a list beside the elements: what is put in must go into
        // both.
        let mut mapping = std::mem::take(&mut template.mapping).into_iter();
        for mut element in elements {
            let place = mapping.next();
            let at = place.as_ref().map_or(outer, |place: &TemplateMapping| (place.0, place.1));
            if let Some(check) = self.element(&mut element, at) {
                template.elements.push(check);
                template.mapping.extend(place.clone());
            }
            template.elements.push(element);
            template.mapping.extend(place);
        }
    }

    /// Checks an element and its insides; gives what is to be put before it.
    // Over 60 lines: one arm for each kind of element that Handlebars knows.
    fn element(
        &mut self,
        element: &mut TemplateElement,
        at: (usize, usize),
    ) -> Option<TemplateElement> {
        match element {
            TemplateElement::Expression(helper)
                if helper.params.is_empty()
                    && helper.hash.is_empty()
                    // Whoever makes a helper gives it a name that the data do not have.
                    && !helper.name.as_name().is_some_and(|name| self.is_own(name)) =>
            {
                // A lone name is a variable, be there a helper of the library or not.
                let name = helper.name.as_name()?;
                // `{{5}}` and `{{true}}` print themselves.
                let literal = name.starts_with(|c: char| c.is_ascii_digit() || c == '-')
                    || matches!(name, "true" | "false" | "null");
                let value = match literal {
                    true => Parameter::parse(name).ok()?,
                    false => helper.name.clone(),
                };
                *element = call(PRINTED, vec![value])?;
                None
            }
            TemplateElement::Expression(helper) => {
                let mut paths = Vec::new();
                self.lenient.clear();
                self.call(
                    helper.name.as_name().unwrap_or_default(),
                    &helper.params,
                    helper.hash.values(),
                    at,
                    &mut paths,
                );
                // What may be missing is data as well, where it is there.
                paths.append(&mut self.lenient);
                if !paths.is_empty() {
                    let (name, params) = (helper.name.clone(), helper.params.clone());
                    let made = Subexpression::new(name, params, helper.hash.clone());
                    let params = std::iter::once(Parameter::Subexpression(made)).chain(paths);
                    // The helper becomes an argument: so its result passes through our printing,
                    // which remembers the place.
                    *element = call(MADE, params.collect())?;
                }
                None
            }
            TemplateElement::HelperBlock(block) => self.block(block, at),
            TemplateElement::PartialExpression(include) => {
                let check = self.include(include, at);
                let name = include.name.as_name().filter(|name| {
                    self.partials.contains(name) && !self.inline.iter().any(|own| own == name)
                });
                if let Some(name) =
                    // Handlebars copies the whole context for a partial; without arguments ours
                    // renders it in the same one and copies nothing.
                    name.filter(|_| include.params.is_empty() && include.hash.is_empty())
                {
                    *element = call(INCLUDE, vec![Parameter::Literal(name.into())])?;
                }
                check
            }
            TemplateElement::PartialBlock(include) => {
                include.template.iter_mut().for_each(|inner| self.template(inner, at));
                self.include(include, at)
            }
            TemplateElement::DecoratorBlock(block) if block.name.as_name() == Some("inline") => {
                if let Some(inner) = &mut block.template {
                    self.template(inner, at);
                    self.guard(inner);
                    inner.name = Some(self.file.to_owned());
                }
                None
            }
            TemplateElement::DecoratorBlock(_) | TemplateElement::DecoratorExpression(_) => {
                let message = say!("the only decorator is `{{#*inline \"name\"}}`");
                self.found.push((RenderFault::new("template-syntax", message), at));
                None
            }
            _ => None,
        }
    }

    fn block(&mut self, block: &mut HelperTemplate, at: (usize, usize)) -> Option<TemplateElement> {
        let name = block.name.as_name().unwrap_or_default().to_owned();
        let own = self.own.blocks.contains_key(&name);
        if own {
            // What it asks for it says itself.
        } else if !BLOCKS.contains(&name.as_str()) {
            let fault = RenderFault::new("template-helper", say!("no block `{{#{name}}}`", name));
            let known = BLOCKS.into_iter().chain(self.own.blocks.keys().map(String::as_str));
            let hint = match nearest(&name, known) {
                Some(near) => say!("did you mean `{{#{near}}}`?", near),
                None if self.own.has_helper(&name) => {
                    say!("`{name}` is a helper: write `{{#if ({name} …)}}`", name)
                }
                None => {
                    say!("write `{{#if {name}}}`, `{{#each {name}}}` or `{{#with {name}}}`", name)
                }
            };
            self.found.push((fault.hint(hint), at));
        } else if block.params.len() != 1 {
            self.found.push((
                RenderFault::argument(say!(
                    "`{{#{name}}}` needs one argument, not {count}",
                    name,
                    count = block.params.len()
                )),
                at,
            ));
        }
        // Without an `else`, strict mode takes an empty list for an error.
        if matches!(name.as_str(), "each" | "with") && block.inverse.is_none() {
            block.inverse = Some(Template::new());
        }
        block
            .template
            .iter_mut()
            .chain(&mut block.inverse)
            .for_each(|inner| self.template(inner, at));
        let mut paths = Vec::new();
        self.params(&block.params, block.hash.values(), at, &mut paths);
        match name.as_str() {
            // Only of a path in the data can it be said that it is not a list; a helper answers for
            // itself.
            "each" if matches!(block.params.first(), Some(Parameter::Path(_))) => {
                call(LISTED, paths)
            }
            "each" | "with" => call(KNOWN, paths),
            _ => None,
        }
    }

    fn include(
        &mut self,
        include: &DecoratorTemplate,
        at: (usize, usize),
    ) -> Option<TemplateElement> {
        if let Some(name) = include.name.as_name() {
            let known = self.partials.contains(&name)
                || self.inline.iter().any(|n| n == name)
                || name == "@partial-block";
            // A partial with a block has that for what is shown if it is missing.
            if !known && include.template.is_none() {
                self.found.push((partial(name, self.partials), at));
            }
        }
        let mut paths = Vec::new();
        // A name that is computed is checked for its helpers, but its paths are not values to be
        // known.
        self.params(std::slice::from_ref(&include.name), std::iter::empty(), at, &mut paths);
        paths.clear();
        self.params(&include.params, include.hash.values(), at, &mut paths);
        call(KNOWN, paths)
    }

    fn params<'p>(
        &mut self,
        params: &'p [Parameter],
        hash: impl Iterator<Item = &'p Parameter>,
        at: (usize, usize),
        paths: &mut Vec<Parameter>,
    ) {
        for param in params.iter().chain(hash) {
            match param {
                Parameter::Path(_) => paths.push(param.clone()),
                Parameter::Subexpression(inner) => {
                    if let TemplateElement::Expression(helper) = inner.as_element() {
                        self.call(
                            helper.name.as_name().unwrap_or_default(),
                            &helper.params,
                            helper.hash.values(),
                            at,
                            paths,
                        );
                    }
                }
                _ => {}
            }
        }
    }

    fn call<'p>(
        &mut self,
        name: &str,
        params: &'p [Parameter],
        hash: impl Iterator<Item = &'p Parameter>,
        at: (usize, usize),
        paths: &mut Vec<Parameter>,
    ) {
        if !self.own.has_helper(name) {
            let fault = RenderFault::new("template-helper", say!("no helper `{name}`", name));
            self.found.push((
                match nearest(name, self.own.helper_names()) {
                    Some(near) => fault.hint(say!("did you mean `{near}`?", near)),
                    None => fault.hint(say!(
                        "there are {known}",
                        known = self.own.helper_names().collect::<Vec<_>>()
                    )),
                },
                at,
            ));
        }
        let known = paths.len();
        self.params(params, hash, at, paths);
        // `default` is there for names that the data may lack.
        if LENIENT.contains(&name) {
            self.lenient.extend(paths.drain(known..));
        }
    }

    fn is_own(&self, name: &str) -> bool {
        self.own.helpers.contains_key(name)
    }

    /// Puts calls at the beginning and the end of a partial that count how deep partials are
    /// nested.
    fn guard(&self, template: &mut Template) {
        // A partial weighs as much as its blocks are deep: both go down the same stack.
        let weight = Parameter::Literal((self.nesting + 1).into());
        let place = template.mapping.first().cloned();
        template.elements.splice(0..0, call(ENTER, vec![weight.clone()]));
        template.mapping.splice(0..0, place);
        template.elements.extend(call(LEAVE, vec![weight]));
    }
}

/// An expression that calls a hidden helper, if there is something to call it with.
fn call(name: &str, params: Vec<Parameter>) -> Option<TemplateElement> {
    // Handlebars' elements have no constructor but that of a subexpression, which holds one.
    let call =
        |params| *Subexpression::new(Parameter::Name(name.into()), params, HashMap::new()).element;
    (!params.is_empty()).then(|| call(params))
}

/// Sees whether all paths among the arguments lead to data; for [`PRINTED`] to values, for
/// [`LISTED`] to lists or maps.
pub(super) fn known<'reg: 'rc, 'rc>(
    helper: &Helper<'rc>,
    context: &'rc Context,
    rc: &RenderContext<'reg, 'rc>,
) -> Result<(), RenderFault> {
    let data = Data { context, rc };
    for param in helper.params().iter().chain(helper.hash().values()) {
        let Some(path) = param.relative_path() else { continue };
        if param.is_value_missing() {
            data.explain(path, helper.name() == PRINTED)?;
        } else if helper.name() == LISTED
            && !matches!(
                param.value(),
                JsonValue::Array(_) | JsonValue::Object(_) | JsonValue::Null
            )
        {
            return Err(unknown(
                path,
                say!("`{path}` is {kind}, not a list", path, kind = kind(param.value())),
            ));
        }
    }
    Ok(())
}

/// Sees whether a value is a text, a number or a truth value, which alone can be printed.
pub(super) fn printable(helper: &Helper<'_>, value: &JsonValue) -> Result<(), RenderFault> {
    if !matches!(value, JsonValue::Object(_) | JsonValue::Array(_)) {
        return Ok(());
    }
    // What a helper gave may be one of the data that it was given.
    let given = helper.params().iter().filter(|param| param.value() == value);
    let Some(path) = given.filter_map(|param| param.relative_path()).next() else {
        let message = say!("what is printed here is {kind}", kind = kind(value));
        let fault = unknown("this", message);
        let hint = say!("take a part of it: `{part}`", part = "{{#with (…)}}{{…}}{{/with}}");
        return Err(fault.hint(hint));
    };
    let join = |key: &String| {
        let dotted = key.chars().all(|c| c.is_alphanumeric() || c == '_');
        if dotted { format!("`{path}.{key}`") } else { format!("`{path}.[{key}]`") }
    };
    match value {
        JsonValue::Object(map) => {
            let fault = unknown(path, say!("`{path}` is a map: it cannot be printed", path));
            // More would fill the screen and help nobody.
            let names: Vec<String> =
                map.keys().filter(|key| *key != WHOSE).take(16).map(join).collect();
            Err(fault.hint(match names.is_empty() {
                true => say!("it is empty"),
                false => say!("write one of {names}", names),
            }))
        }
        JsonValue::Array(_) => {
            let fault = unknown(path, say!("`{path}` is a list: it cannot be printed", path));
            Err(fault.hint(say!(
                "write `{{#each {path}}}…{{/each}}`, or `{{join {path}}}` for a list \
                 of texts",
                path
            )))
        }
        _ => Ok(()),
    }
}

/// The data as seen from a place in the template.
struct Data<'a, 'reg, 'rc> {
    context: &'rc Context,
    rc: &'a RenderContext<'reg, 'rc>,
}

impl<'reg: 'rc, 'rc> Data<'_, 'reg, 'rc> {
    fn at(&self, path: &str) -> Option<JsonValue> {
        match path {
            "@root" => Some(self.context.data().clone()),
            _ => self
                .rc
                .evaluate(self.context, path)
                .ok()
                .filter(|found| !found.is_missing())
                .map(|found| found.as_json().clone()),
        }
    }

    /// Why a path leads nowhere. Only a value that is to be printed must not be looked for in
    /// `null`.
    fn explain(&self, path: &str, printed: bool) -> Result<(), RenderFault> {
        if path.starts_with('@') && !path.starts_with("@root") {
            let fault = unknown(path, say!("`{path}` has no value here", path));
            return Err(fault.hint(say!(
                "`@index`, `@key`, `@first` and `@last` belong to `{{#each}}`; from a \
                    block inside of it write `@../index`"
            )));
        }
        let Some((path, parent, value)) = self.broken_off(path) else {
            return Err(unknown(path, say!("`{path}` has no value here", path)));
        };
        let (path, key) = (path.as_str(), split(&path).1);
        match value {
            // In a condition a part of what is null is null as well; printing it would leave a
            // hole in a sentence.
            JsonValue::Null if !printed => Ok(()),
            JsonValue::Null => {
                let fault = unknown(
                    path,
                    say!(
                        "`{parent}` is null in these data, so `{path}` has no value",
                        parent,
                        path
                    ),
                );
                Err(fault.hint(say!("put it into `{{#if {parent}}}`", parent)))
            }
            JsonValue::Object(map) => {
                let keys = map.keys().map(String::as_str).filter(|key| *key != WHOSE);
                Err(self.missing(path, &parent, key, keys.collect()))
            }
            other => Err(unknown(
                path,
                say!("`{parent}` is {kind}: it has no `{key}`", parent, kind = kind(&other), key),
            )),
        }
    }

    /// Where a path breaks off: the shortest part of it that is not there, the part before that,
    /// and what stands there.
    fn broken_off(&self, path: &str) -> Option<(String, String, JsonValue)> {
        let mut steps = vec![path.to_owned()];
        loop {
            let (parent, _) = split(&steps[steps.len() - 1]);
            if steps.last() == Some(&parent) {
                break;
            }
            steps.push(parent);
        }
        // What is there has all that is before it.
        let there = steps.partition_point(|step| self.at(step).is_none()).max(1);
        let value = self.at(steps.get(there)?)?;
        Some((steps[there - 1].clone(), steps[there].clone(), value))
    }

    fn missing(&self, path: &str, parent: &str, key: &str, keys: Vec<&str>) -> RenderFault {
        let whole = parent == "this";
        let message = if whole {
            say!("`{key}` is not in the data at this place", key)
        } else {
            say!("`{parent}` has no `{key}`", parent, key)
        };
        let fault = unknown(path, message);
        if key.starts_with(['“', '”', '„', '‘', '’', '«']) {
            return fault.hint(say!("a text stands in straight quotes: `{text}`", text = "\"…\""));
        }
        if whole {
            // Most often the name is right, and a block around has changed the context.
            let outer = (1..4)
                .map(|up| format!("{}{key}", "../".repeat(up)))
                .chain([format!("@root.{key}")]);
            if let Some(outer) = outer.into_iter().find(|outer| self.at(outer).is_some()) {
                return fault.hint(say!("it is known further out: write `{outer}`", outer));
            }
        }
        if let Some(near) = nearest(key, keys.iter().copied()) {
            return fault.hint(say!("did you mean `{near}`?", near));
        }
        // A list of all the data would not be read.
        let more = if keys.len() > 16 { ", …" } else { "" };
        let list: Vec<String> = keys.iter().take(16).map(|key| format!("`{key}`")).collect();
        if keys.is_empty() {
            fault.hint(say!("there are no names here"))
        } else {
            fault.hint(say!("known here: {list}{more}", list, more))
        }
    }
}

fn unknown(path: &str, message: Message) -> RenderFault {
    let variable = Some(path.to_owned());
    RenderFault { variable, ..RenderFault::new("template-variable", message) }
}

/// A path's parent and its last key.
fn split(path: &str) -> (String, &str) {
    let mut depth = 0usize;
    let mut cut = None;
    for (at, c) in path.char_indices() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            '.' | '/' if depth == 0 => cut = Some(at),
            _ => {}
        }
    }
    let (parent, key) = cut.map_or(("", path), |at| (&path[..at], &path[at + 1..]));
    let parent = match parent {
        "" | "." => "this".to_owned(),
        // `..` alone is not a path that Handlebars evaluates.
        up if up.ends_with("..") => format!("{up}/this"),
        other => other.to_owned(),
    };
    (parent, key.trim_matches(['[', ']']))
}

pub(super) fn kind(value: &JsonValue) -> Message {
    match value {
        JsonValue::Null => say!("null"),
        JsonValue::Bool(_) => say!("true or false"),
        JsonValue::Number(_) => say!("a number"),
        JsonValue::String(_) => say!("a text"),
        JsonValue::Array(_) => say!("a list"),
        JsonValue::Object(_) => say!("a map"),
    }
}
