//! Custom properties and `var()` (CSS Variables 1).
//!
//! Put in place of `var()` before the table of properties reads a value.

use std::collections::BTreeMap;
use std::sync::Arc;

use cssparser::{ParseError, Parser, SourcePosition, Token};

/// Names without `--` and values, references resolved.
pub(super) type Variables = BTreeMap<Arc<str>, Arc<str>>;

/// The longest text that substitution may make: doubling variables must not eat the memory.
const LONGEST: usize = 64 << 10;

/// How long a chain of variables may be, and how deep fallbacks may nest.
const DEEPEST: usize = 64;

/// The variables of an element: those of its parent and its own, which may refer to each other.
///
/// A reference to an unknown variable, or a cycle, leaves the variable unset.
pub(super) fn resolve(
    parent: &Arc<Variables>,
    own: &BTreeMap<Arc<str>, Arc<str>>,
) -> Arc<Variables> {
    if own.is_empty() {
        return Arc::clone(parent);
    }
    let mut resolver = Resolver { parent, own, done: BTreeMap::new(), open: Vec::new() };
    for name in own.keys() {
        resolver.get(name);
    }
    let mut all = Variables::clone(parent);
    for (name, value) in resolver.done {
        match value {
            Some(value) => all.insert(name, value),
            None => all.remove(&name),
        };
    }
    Arc::new(all)
}

/// A text that is not CSS, with each `var()` in it replaced; and those that could not be.
pub(super) fn substitute_all(text: &str, variables: &Variables) -> (String, Vec<String>) {
    let (mut out, mut unknown, mut rest) = (String::new(), Vec::new(), text);
    while let Some(start) = rest.find("var(") {
        let Some(end) = rest[start..].find(')').map(|end| start + end + 1) else { break };
        let written = &rest[start..end];
        out.push_str(&rest[..start]);
        match substitute(written, &mut |name| variables.get(name).cloned()) {
            // CSS keeps tokens apart by comments, which mean nothing here.
            Some(value) => out.push_str(value.replace("/**/", "").trim()),
            None => unknown.push(written.to_owned()),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    (out, unknown)
}

struct Resolver<'a> {
    parent: &'a Variables,
    own: &'a BTreeMap<Arc<str>, Arc<str>>,
    done: BTreeMap<Arc<str>, Option<Arc<str>>>,
    open: Vec<Arc<str>>,
}

impl Resolver<'_> {
    fn get(&mut self, name: &str) -> Option<Arc<str>> {
        if let Some(value) = self.done.get(name) {
            return value.clone();
        }
        // The parent's variables are resolved already.
        let Some((name, text)) = self.own.get_key_value(name) else {
            return self.parent.get(name).cloned();
        };
        // A cycle makes all its variables invalid (CSS Variables 1, 2.3).
        if self.open.contains(name) || self.open.len() >= DEEPEST {
            return None;
        }
        self.open.push(Arc::clone(name));
        let value = substitute(text, &mut |name| self.get(name)).map(Arc::from);
        self.open.pop();
        self.done.insert(Arc::clone(name), value.clone());
        value
    }
}

/// The text with every `var()` replaced, or nothing if one of them has neither value nor fallback.
pub(super) fn substitute(
    text: &str,
    variable: &mut dyn FnMut(&str) -> Option<Arc<str>>,
) -> Option<String> {
    substitute_in(text, variable, 0)
}

/// `depth` counts the fallbacks that the text is inside of.
fn substitute_in(
    text: &str,
    variable: &mut dyn FnMut(&str) -> Option<Arc<str>>,
    depth: usize,
) -> Option<String> {
    if depth > DEEPEST {
        return None;
    }
    let mut input = Parser::new(text);
    let done = input.position();
    let mut out = Substitution { variable, out: String::new(), done, depth };
    out.walk(&mut input).ok()?;
    out.copy(&input, input.position());
    Some(out.out)
}

struct Substitution<'a> {
    variable: &'a mut dyn FnMut(&str) -> Option<Arc<str>>,
    out: String,
    /// How far the input has been copied.
    done: SourcePosition,
    depth: usize,
}

impl Substitution<'_> {
    fn copy(&mut self, input: &Parser, to: SourcePosition) {
        self.out.push_str(input.slice(self.done..to));
        self.done = to;
    }

    fn walk(&mut self, input: &mut Parser) -> Result<(), ParseError<()>> {
        loop {
            let before = input.position();
            match input.next_including_whitespace_and_comments() {
                Err(_) => return Ok(()),
                Ok(Token::Function(name)) if name.eq_ignore_ascii_case("var") => {
                    self.copy(input, before);
                    let (value, fallback) = input.parse_nested_block(reference)?;
                    let text = match (self.variable)(&value) {
                        Some(value) => value.to_string(),
                        None => substitute_in(
                            fallback.ok_or_else(ParseError::unexpected_token)?,
                            self.variable,
                            self.depth + 1,
                        )
                        .ok_or_else(ParseError::unexpected_token)?,
                    };
                    // The comments keep what stands side by side from becoming one token.
                    self.out.push_str("/**/");
                    self.out.push_str(text.trim());
                    self.out.push_str("/**/");
                    if self.out.len() > LONGEST {
                        return Err(ParseError::unexpected_token());
                    }
                    self.done = input.position();
                }
                Ok(
                    Token::Function(_)
                    | Token::ParenthesisBlock
                    | Token::SquareBracketBlock
                    | Token::CurlyBracketBlock,
                ) => {
                    input.parse_nested_block(|input| self.walk(input))?;
                }
                Ok(_) => {}
            }
        }
    }
}

/// The name of a reference without `--`, and its fallback.
fn reference<'i>(input: &mut Parser<'i>) -> Result<(String, Option<&'i str>), ParseError<()>> {
    let name = input
        .expect_ident()?
        .strip_prefix("--")
        .ok_or_else(ParseError::unexpected_token)?
        .to_owned();
    if input.try_parse(|input| input.expect_comma()).is_err() {
        return Ok((name, None));
    }
    let start = input.position();
    while input.next().is_ok() {}
    Ok((name, Some(input.slice_from(start))))
}
