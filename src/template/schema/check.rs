//! Data held against a schema.
//!
//! The second half of this room: `audit` has made sure that the schema itself is sound.

use std::collections::{BTreeMap, BTreeSet};

use regex_lite::Regex;
use serde_json::{Map, Value};

use super::super::check::kind;
use super::target;
use crate::diag::{Diagnostic, Message, nearest, say};
use crate::lang::ru::CivilDate;
use crate::limits;

/// How deep data and references may go down together: what a thread's stack bears.
const DEEPEST: usize = 256;

/// A schema at work.
pub(super) struct Checking<'s> {
    root: &'s Value,
    patterns: &'s BTreeMap<String, Regex>,
    depth: usize,
    path: String,
    faults: Vec<Diagnostic>,
}

impl<'s> Checking<'s> {
    pub(super) fn new(root: &'s Value, patterns: &'s BTreeMap<String, Regex>) -> Self {
        Self { root, patterns, depth: 0, path: String::new(), faults: Vec::new() }
    }

    /// All faults of the data, as many as are told in one run.
    pub(super) fn all(mut self, data: &Value) -> Vec<Diagnostic> {
        self.value(self.root, data);
        let most = limits::get().data_faults.max(1);
        if self.faults.len() > most {
            self.faults.truncate(most);
            let message = say!("there are more than {most} faults of the data", most);
            self.faults.push(Diagnostic::error("too-many-faults", message));
        }
        self.faults
    }

    /// The faults of a value by itself.
    fn tried(&mut self, schema: &'s Value, value: &Value) -> Vec<Diagnostic> {
        let before = std::mem::take(&mut self.faults);
        self.value(schema, value);
        std::mem::replace(&mut self.faults, before)
    }

    fn fits(&mut self, schema: &'s Value, value: &Value) -> bool {
        self.tried(schema, value).is_empty()
    }

    fn value(&mut self, schema: &'s Value, value: &Value) {
        let Value::Object(rules) = schema else {
            if schema == &Value::Bool(false) {
                self.fault("unknown-key", say!("{what} must not be given", what = self.what()));
            }
            return;
        };
        // Schemas within schemas multiply; the budget of the template holds for both.
        if let Err(limit) = limits::spend_steps(1) {
            let message = say!("the data take more than {limit} steps to check", limit);
            limits::stop(limits::reached("limit-template-steps", message));
        }
        self.depth += 1;
        if self.depth > DEEPEST {
            self.fault("schema", say!("the schema leads into itself without end"));
        } else {
            let before = self.faults.len();
            self.kind(rules, value);
            // Of another kind nothing else can be right.
            if self.faults.len() == before {
                self.scalar(rules, value);
                self.combined(rules, value);
                match value {
                    Value::Object(map) => self.map(rules, map),
                    Value::Array(list) => self.list(rules, list),
                    _ => {}
                }
            }
            self.described(rules, before);
        }
        self.depth -= 1;
    }

    /// What the author of the schema says of a value helps more than any words of ours.
    fn described(&mut self, rules: &Map<String, Value>, before: usize) {
        let said = ["description", "title"].iter().find_map(|key| rules.get(*key)?.as_str());
        let Some(said) = said else { return };
        for fault in &mut self.faults[before..] {
            if fault.data_path().unwrap_or_default() == self.path {
                let hint = say!("what is wanted: {said}", said);
                *fault = fault.clone().hint(hint);
            }
        }
    }

    fn kind(&mut self, rules: &Map<String, Value>, value: &Value) {
        let types: Vec<&str> = match rules.get("type") {
            Some(Value::String(one)) => vec![one],
            Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
            _ => return,
        };
        if types.iter().any(|wanted| is_of(value, wanted)) {
            return;
        }
        let wanted: Vec<Message> = types.iter().map(|wanted| called(wanted)).collect();
        let (what, kind) = (self.what(), shown(value));
        let wanted = crate::diag::Value::any_of(wanted);
        self.fault("wrong-type", say!("{what} is {kind}; it must be {wanted}", what, kind, wanted));
    }

    // Over 60 lines: one rule after the other, each with its words.
    fn scalar(&mut self, rules: &Map<String, Value>, value: &Value) {
        let what = self.what();
        if let Some(Value::Array(known)) = rules.get("enum")
            && !known.iter().any(|one| same(one, value))
        {
            let shown = shown(value);
            let fault = Diagnostic::error(
                "unknown-value",
                say!("{what} is {shown}, which it cannot be", what, shown),
            );
            let texts: Vec<String> = known.iter().map(text_of).collect();
            let near = nearest(&text_of(value), texts.iter().map(String::as_str));
            self.push(match near {
                Some(near) => fault.hint(say!("did you mean `{near}`?", near)),
                None => fault.hint(say!("it is one of {known}", known = texts.join(", "))),
            });
        }
        if let Some(one) = rules.get("const")
            && !same(one, value)
        {
            let only = shown(one);
            self.fault("unknown-value", say!("{what} must be {only}", what, only));
        }
        if let Some(number) = number_of(value) {
            let bound = |key: &str| rules.get(key).and_then(Value::as_f64);
            let told = |at: f64| Value::from(at).to_string().trim_end_matches(".0").to_owned();
            let low = bound("minimum").filter(|least| number < *least);
            if let Some(least) = low {
                self.fault(
                    "bad-number",
                    say!("{what} is less than {least}", what, least = told(least)),
                );
            }
            if let Some(most) = bound("maximum").filter(|most| number > *most) {
                self.fault(
                    "bad-number",
                    say!("{what} is more than {most}", what, most = told(most)),
                );
            }
            if let Some(least) = bound("exclusiveMinimum").filter(|least| number <= *least) {
                let least = told(least);
                self.fault("bad-number", say!("{what} must be more than {least}", what, least));
            }
            if let Some(most) = bound("exclusiveMaximum").filter(|most| number >= *most) {
                let most = told(most);
                self.fault("bad-number", say!("{what} must be less than {most}", what, most));
            }
            if let Some(step) = bound("multipleOf").filter(|step| *step > 0.0) {
                let times = number / step;
                // 0.3 is three times 0.1, whatever binary fractions say.
                if (times - times.round()).abs() > 1e-9 * times.abs().max(1.0) {
                    let step = told(step);
                    self.fault(
                        "bad-number",
                        say!("{what} is not a multiple of {step}", what, step),
                    );
                }
            }
        }
        if let Some(text) = scalar_text(value) {
            self.text(rules, &text);
        }
    }

    fn text(&mut self, rules: &Map<String, Value>, text: &str) {
        let what = self.what();
        let count = text.chars().count();
        let bound = |key: &str| rules.get(key).and_then(Value::as_u64).map(|n| n as usize);
        if bound("minLength").is_some_and(|least| count < least) {
            let least = bound("minLength");
            let message = match text.trim().is_empty() {
                true => say!("{what} is empty", what),
                false => say!(
                    "{what} has {count} {count:letter|letters}, fewer than {least}",
                    what,
                    count,
                    least = least.unwrap_or(0)
                ),
            };
            self.fault("unknown-value", message);
        }
        if let Some(most) = bound("maxLength").filter(|most| count > *most) {
            let message = say!(
                "{what} has {count} {count:letter|letters}, more than {most}",
                what,
                count,
                most
            );
            self.fault("unknown-value", message);
        }
        let pattern = rules.get("pattern").and_then(Value::as_str);
        if let Some((pattern, compiled)) = pattern.and_then(|p| Some((p, self.patterns.get(p)?)))
            && !compiled.is_match(text)
        {
            let shown = short(text);
            let message = say!(
                "{what} is {shown}, which is not of the form `{pattern}`",
                what,
                shown,
                pattern
            );
            self.fault("unknown-value", message);
        }
        let date = rules.get("format").and_then(Value::as_str) == Some("date");
        if date && CivilDate::parse(text).is_none() {
            let fault = say!("{what} is {shown}, which is not a date", what, shown = short(text));
            let fault = Diagnostic::error("bad-date", fault);
            self.push(fault.hint(say!("write it as 2025-05-14")));
        }
    }

    fn combined(&mut self, rules: &'s Map<String, Value>, value: &Value) {
        if let Some(to) = rules.get("$ref").and_then(Value::as_str)
            && let Some(schema) = target(self.root, to)
        {
            self.value(schema, value);
        }
        let all = |key: &str| rules.get(key).and_then(Value::as_array).into_iter().flatten();
        all("allOf").for_each(|schema| self.value(schema, value));
        for key in ["anyOf", "oneOf"] {
            let mut tried: Vec<Vec<Diagnostic>> =
                all(key).map(|schema| self.tried(schema, value)).collect();
            let fit = tried.iter().filter(|faults| faults.is_empty()).count();
            if fit > 1 && key == "oneOf" {
                let what = self.what();
                let message = say!("{what} fits {fit} of the forms, and may fit one", what, fit);
                self.fault("unknown-value", message);
            }
            // The form that it is nearest to is the one that was meant: first of all one of its
            // kind.
            let path = self.path.clone();
            let other_kind = |fault: &Diagnostic| {
                fault.code() == "wrong-type" && fault.data_path().unwrap_or_default() == path
            };
            tried.sort_by_key(|faults| (faults.iter().any(other_kind), faults.len()));
            if let (0, Some(nearest)) = (fit, tried.into_iter().next()) {
                self.faults.extend(nearest);
            }
        }
        if let Some(schema) = rules.get("not")
            && self.fits(schema, value)
        {
            let what = self.what();
            self.fault("unknown-value", say!("{what} has a value that the schema excludes", what));
        }
        if let Some(condition) = rules.get("if") {
            let branch = if self.fits(condition, value) { "then" } else { "else" };
            if let Some(schema) = rules.get(branch) {
                self.value(schema, value);
            }
        }
    }

    fn map(&mut self, rules: &'s Map<String, Value>, map: &Map<String, Value>) {
        let named = |key: &str| rules.get(key).and_then(Value::as_object);
        let known = named("properties");
        let required = rules.get("required").and_then(Value::as_array);
        for key in required.into_iter().flatten().filter_map(Value::as_str) {
            if !map.contains_key(key) {
                let fault = Diagnostic::error(
                    "missing-key",
                    say!("the key `{key}` is missing: the template needs it", key),
                );
                let others = map.keys().map(String::as_str);
                let others = others.filter(|key| !known.is_some_and(|k| k.contains_key(*key)));
                let said = known.and_then(|known| known.get(key)?.get("description")?.as_str());
                let fault = match (nearest(key, others), said) {
                    (Some(near), _) => fault.hint(say!("is it `{near}`?", near)),
                    (None, Some(said)) => fault.hint(say!("what is wanted: {said}", said)),
                    (None, None) => fault,
                };
                self.at_key(key, |this| this.push(fault));
            }
        }
        self.count(rules, map.len(), ["minProperties", "maxProperties"]);
        for (key, value) in map {
            let own = known.and_then(|known| known.get(key));
            let by_pattern: Vec<&'s Value> = named("patternProperties")
                .into_iter()
                .flatten()
                .filter(|(pattern, _)| {
                    self.patterns.get(*pattern).is_some_and(|pattern| pattern.is_match(key))
                })
                .map(|(_, schema)| schema)
                .collect();
            let other = rules.get("additionalProperties");
            let other = other.filter(|_| own.is_none() && by_pattern.is_empty());
            self.at_key(key, |this| {
                if other == Some(&Value::Bool(false)) {
                    let fault = Diagnostic::error(
                        "unknown-key",
                        say!("the template knows no key `{key}`", key),
                    );
                    let known = known.into_iter().flatten().map(|(key, _)| key.as_str());
                    let known: Vec<&str> = known.collect();
                    return this.push(match nearest(key, known.iter().copied()) {
                        Some(near) => fault.hint(say!("did you mean `{near}`?", near)),
                        None => fault.hint(say!("it knows {known}", known)),
                    });
                }
                own.into_iter()
                    .chain(by_pattern)
                    .chain(other)
                    .for_each(|schema| this.value(schema, value));
                if let Some(schema) = rules.get("propertyNames") {
                    this.value(schema, &Value::from(key.as_str()));
                }
            });
        }
    }

    fn list(&mut self, rules: &'s Map<String, Value>, list: &[Value]) {
        self.count(rules, list.len(), ["minItems", "maxItems"]);
        let first = rules.get("prefixItems").and_then(Value::as_array);
        for (index, value) in list.iter().enumerate() {
            let own = first.and_then(|first| first.get(index)).or_else(|| rules.get("items"));
            if let Some(schema) = own {
                self.at(
                    |path| path.push_str(&format!("[{index}]")),
                    |this| this.value(schema, value),
                );
            }
        }
        if let Some(schema) = rules.get("contains")
            && !list.iter().any(|value| self.fits(schema, value))
        {
            let what = self.what();
            self.fault("missing-key", say!("{what} lacks an item that it must have", what));
        }
        if rules.get("uniqueItems") == Some(&Value::Bool(true)) {
            let mut seen = BTreeSet::new();
            for (index, value) in list.iter().enumerate() {
                if !seen.insert(value.to_string()) {
                    let message = say!("{shown} stands in the list twice", shown = shown(value));
                    self.at(
                        |path| path.push_str(&format!("[{index}]")),
                        |this| this.fault("duplicate-key", message),
                    );
                }
            }
        }
    }

    fn count(&mut self, rules: &Map<String, Value>, count: usize, [least, most]: [&str; 2]) {
        let bound = |key: &str| rules.get(key).and_then(Value::as_u64).map(|n| n as usize);
        let what = self.what();
        if let Some(least) = bound(least).filter(|least| count < *least) {
            let message = say!(
                "{what} has {count} {count:item|items}, fewer than {least}",
                what,
                count,
                least
            );
            self.fault("bad-number", message);
        }
        if let Some(most) = bound(most).filter(|most| count > *most) {
            let message =
                say!("{what} has {count} {count:item|items}, more than {most}", what, count, most);
            self.fault("bad-number", message);
        }
    }

    fn at_key(&mut self, key: &str, work: impl FnOnce(&mut Self)) {
        let extend = |path: &mut String| {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(key);
        };
        self.at(extend, work);
    }

    fn at(&mut self, extend: impl FnOnce(&mut String), work: impl FnOnce(&mut Self)) {
        let before = self.path.len();
        extend(&mut self.path);
        work(self);
        self.path.truncate(before);
    }

    /// What the value at hand is called.
    fn what(&self) -> Message {
        match self.path.as_str() {
            "" => say!("what the file holds"),
            path => Message::verbatim(format!("`{path}`")),
        }
    }

    fn fault(&mut self, code: &'static str, message: Message) {
        self.push(Diagnostic::error(code, message));
    }

    fn push(&mut self, fault: Diagnostic) {
        // One more than is told is enough to know that there are more.
        if self.faults.len() <= limits::get().data_faults {
            self.faults.push(match self.path.as_str() {
                "" => fault,
                path => fault.path(path),
            });
        }
    }
}

/// Whether a value is of a type: scalars by what they can be read as.
fn is_of(value: &Value, wanted: &str) -> bool {
    match wanted {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string() || value.is_number(),
        "number" => number_of(value).is_some(),
        "integer" => number_of(value).is_some_and(|number| number.fract() == 0.0),
        _ => false,
    }
}

fn called(wanted: &str) -> Message {
    match wanted {
        "null" => say!("null"),
        "boolean" => say!("true or false"),
        "object" => say!("a map"),
        "array" => say!("a list"),
        "number" => say!("a number"),
        "integer" => say!("a whole number"),
        _ => say!("a text"),
    }
}

/// A number, or a text that reads as one.
fn number_of(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => {
            let digits = text.strip_prefix('-').unwrap_or(text);
            let plain = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            if plain { text.parse().ok() } else { None }
        }
        _ => None,
    }
}

/// Whether two values are the same to a template, which prints 7 and "7" alike.
fn same(one: &Value, other: &Value) -> bool {
    one == other || scalar_text(one).is_some() && scalar_text(one) == scalar_text(other)
}

fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn text_of(value: &Value) -> String {
    scalar_text(value).unwrap_or_else(|| value.to_string())
}

/// A value for a message: scalars as they are, lists and maps by their kind.
fn shown(value: &Value) -> Message {
    match scalar_text(value) {
        Some(text) => Message::verbatim(short(&text)),
        None => kind(value),
    }
}

/// The beginning of a text, in backticks.
fn short(text: &str) -> String {
    let shown: String =
        text.chars().take(40).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let cut = if text.chars().nth(40).is_some() { "…" } else { "" };
    format!("`{shown}{cut}`")
}
