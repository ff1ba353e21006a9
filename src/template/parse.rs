//! Reads what nearly all templates are made of (texts, variables, calls, blocks, partials,
//! comments) into the tree of Handlebars.
//!
//! Handlebars' own parser counts the lines of a file from its beginning for each tag and tries each
//! rule of its grammar at each place, which was two thirds of what a single document cost. The tree
//! here is the same, places and all, which a test proves; whatever is rarer, and all that is wrong,
//! is left to Handlebars, in whose words faults of syntax are told.

use std::collections::HashMap;
use std::sync::LazyLock;

use handlebars::template::{
    BlockParam, DecoratorTemplate, ExpressionSpec, ExpressionSpecBuilder, HelperTemplate,
    Parameter, Subexpression, Template, TemplateElement, TemplateMapping,
};
use handlebars::{Path, PathSeg};
use rustc_hash::FxHashMap;
use serde_json::Value;

/// White space between the parts of a tag, and between tags.
const SPACE: [char; 4] = [' ', '\t', '\n', '\r'];
/// White space within a line.
const BLANK: [char; 2] = [' ', '\t'];
/// The ends of lines.
const NEWLINE: [char; 2] = ['\n', '\r'];

/// An expression to be filled and the first place of a text: they have no constructors, so these
/// are copied and changed.
static SAMPLES: LazyLock<Option<(ExpressionSpec, TemplateMapping)>> = LazyLock::new(|| {
    let empty = ExpressionSpecBuilder::default()
        .name(Parameter::Name(String::new()))
        .params(Vec::new())
        .hash(HashMap::new())
        .omit_pre_ws(false)
        .omit_pro_ws(false)
        .build();
    Some((empty.ok()?, Template::compile("1").ok()?.mapping.pop()?))
});

/// The tree of a text; none if there is something in it that only Handlebars itself reads.
pub(super) fn parse(text: &str, name: &str) -> Option<Template> {
    // Escaped tags, raw blocks, unescaped values.
    if text.contains("\\{{") || text.contains("{{{") {
        return None;
    }
    let (empty, place) = SAMPLES.clone()?;
    let mut reader = TagReader {
        text,
        at: 0,
        counted: 0,
        place,
        open: Vec::new(),
        current: Template::new(),
        trim: false,
        trim_line: false,
        paths: FxHashMap::default(),
        empty,
    };
    while let Some(len) = text[reader.at..].find("{{") {
        reader.words(reader.at + len);
        reader.tag()?;
    }
    reader.words(text.len());
    let mut template = reader.open.is_empty().then_some(reader.current)?;
    template.name = Some(name.to_owned());
    Some(template)
}

struct TagReader<'a> {
    text: &'a str,
    /// Where it reads.
    at: usize,
    /// How far lines are counted, and the line and column there.
    counted: usize,
    place: TemplateMapping,
    /// The blocks around, from outside.
    open: Vec<OpenBlock>,
    /// What belongs to the innermost block.
    current: Template,
    /// Whether the last tag ended in `~}}`.
    trim: bool,
    /// Whether the last tag stood alone in its line, which then does not count.
    trim_line: bool,
    /// Paths that were met before.
    paths: FxHashMap<&'a str, Path>,
    /// An expression to be filled.
    empty: ExpressionSpec,
}

/// A block that is not closed yet.
struct OpenBlock {
    /// What stood before it, in the block around.
    outer: Template,
    /// The block, and one for each `else if`.
    branches: Vec<HelperTemplate>,
    /// Whether `{{else}}` was met.
    otherwise: bool,
}

/// How a tag begins.
struct TagStart {
    start: usize,
    /// Whether it begins with `{{~`.
    trims: bool,
}

impl<'a> TagReader<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    /// Goes on behind `piece`, if it stands here.
    fn eat(&mut self, piece: &str) -> bool {
        let found = self.rest().starts_with(piece);
        self.at += if found { piece.len() } else { 0 };
        found
    }

    fn skip_space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start_matches(SPACE).len();
    }

    fn take_while(&mut self, of: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let taken = &rest[..rest.find(|c| !of(c)).unwrap_or(rest.len())];
        self.at += taken.len();
        taken
    }

    fn identifier(&mut self) -> &'a str {
        self.take_while(is_symbol)
    }

    /// The line and column of a place that is not before the last one asked for.
    fn mapping(&mut self, at: usize) -> TemplateMapping {
        let passed = &self.text[self.counted..at];
        match passed.rfind('\n') {
            Some(end) => {
                self.place.0 += passed.matches('\n').count();
                self.place.1 = 1 + passed[end + 1..].chars().count();
            }
            None => self.place.1 += passed.chars().count(),
        }
        self.counted = at;
        self.place.clone()
    }

    fn push(&mut self, element: TemplateElement, at: usize) {
        let place = self.mapping(at);
        self.current.elements.push(element);
        self.current.mapping.push(place);
    }

    /// The text up to the next tag.
    fn words(&mut self, end: usize) {
        let (start, text) = (self.at, &self.text[self.at..end]);
        self.at = end;
        let solid = text.trim_start_matches(SPACE).len();
        // At the beginning of a file white space is a text like others.
        let (only_space, place) =
            (solid == 0 && start > 0, if start == 0 { 0 } else { end - solid });
        if text.is_empty() || only_space && self.trim {
            return;
        }
        let text = if self.trim {
            text.trim_start()
        } else if std::mem::take(&mut self.trim_line) {
            let text = text.trim_start_matches(BLANK);
            text.strip_prefix("\r\n").or(text.strip_prefix('\n')).unwrap_or(text)
        } else {
            text
        };
        self.trim_line = false;
        self.push(TemplateElement::RawString(text.to_owned()), place);
    }

    fn tag(&mut self) -> Option<()> {
        let start = self.at;
        self.at += 2;
        if self.rest().starts_with('!') {
            return self.comment(start);
        }
        let tag = TagStart { start, trims: self.eat("~") };
        self.skip_space();
        if self.eat("#") {
            self.skip_space();
            return self.block(tag);
        }
        if self.eat("/") {
            self.skip_space();
            return self.close(tag);
        }
        if self.eat(">") {
            self.skip_space();
            return self.partial(tag);
        }
        let begin = self.at;
        match self.identifier() {
            "else" => return self.otherwise(tag),
            // Handlebars takes `elsewhere` for `else where`.
            name if name.starts_with("else") => return None,
            _ => self.at = begin,
        }
        let call = *self.call()?.element;
        self.end(&tag)?;
        self.push(call, start);
        Some(())
    }

    /// `{{! … }}`.
    fn comment(&mut self, start: usize) -> Option<()> {
        let rest = self.rest();
        let close = if rest.starts_with("!--") { "--}}" } else { "}}" };
        // `{{! --` begins either kind, as what follows has it.
        if close == "}}" && rest[1..].trim_start_matches(SPACE).starts_with("--") {
            return None;
        }
        let open = if close == "}}" { 1 } else { 3 };
        self.at += open + rest[open..].find(close)? + close.len();
        self.alone(start);
        let text = &self.text[start..self.at];
        let (open, close) = if close == "}}" { ("{{!", "}}") } else { ("{{!--", "--}}") };
        let text = text.trim_start_matches(open).trim_end_matches(close);
        self.push(TemplateElement::Comment(text.to_owned()), start);
        Some(())
    }

    /// `{{#name …}}`, after the sign.
    fn block(&mut self, tag: TagStart) -> Option<()> {
        let spec = self.line()?;
        self.end(&tag)?;
        self.alone(tag.start);
        let block = HelperTemplate::new(spec, true, self.trim_line && !tag.trims);
        let place = self.mapping(tag.start);
        self.current.mapping.push(place);
        let outer = std::mem::take(&mut self.current);
        self.open.push(OpenBlock { outer, branches: vec![block], otherwise: false });
        Some(())
    }

    /// `{{else}}` and `{{else if …}}`, after the word.
    fn otherwise(&mut self, tag: TagStart) -> Option<()> {
        self.skip_space();
        // `{{else}}` alone, or the `if` of a chain behind it.
        let next = if self.at_end() { None } else { Some(self.line()?) };
        self.end(&tag)?;
        self.alone(tag.start);
        let branch = std::mem::take(&mut self.current);
        // A second `{{else}}` is for Handlebars to complain of.
        let open = self.open.last_mut().filter(|open| !open.otherwise)?;
        open.branches.last_mut()?.template = Some(branch);
        match next {
            Some(spec) => {
                let indents = self.trim_line && !tag.trims;
                open.branches.push(HelperTemplate::new_chain(spec, true, indents));
                open.branches[0].chain = true;
            }
            None => open.otherwise = true,
        }
        Some(())
    }

    /// `{{/name}}`, after the sign.
    fn close(&mut self, tag: TagStart) -> Option<()> {
        let name = self.identifier();
        self.end(&tag)?;
        self.alone(tag.start);
        let OpenBlock { outer, mut branches, otherwise } = self.open.pop()?;
        let last = std::mem::replace(&mut self.current, outer);
        let mut inverse = None;
        match otherwise {
            true => inverse = Some(last),
            false => branches.last_mut()?.template = Some(last),
        }
        // Each branch stands alone in the `else` of the one before.
        while let Some(mut branch) = branches.pop() {
            branch.inverse = inverse;
            // So is an end that is not of this block.
            if branches.is_empty() && branch.name.as_name() != Some(name) {
                return None;
            }
            let element = TemplateElement::HelperBlock(Box::new(branch));
            if branches.is_empty() {
                self.current.elements.push(element);
                return Some(());
            }
            let mut chained = Template::new();
            chained.elements.push(element);
            inverse = Some(chained);
        }
        None
    }

    /// `{{> name …}}`, after the sign.
    fn partial(&mut self, tag: TagStart) -> Option<()> {
        let is_name = |c| (is_symbol(c) && !matches!(c, '$' | ':')) || matches!(c, '@' | '/' | '.');
        let name = self.take_while(is_name);
        if name.is_empty() {
            return None;
        }
        let spec = self.with_params(name, false)?;
        self.end(&tag)?;
        self.alone(tag.start);
        let mut partial = DecoratorTemplate::new(spec, self.trim_line && !tag.trims);
        let before = &self.text[..tag.start];
        let blank = &before[before.trim_end_matches(BLANK).len()..];
        // A partial that stands alone in its line lends its indent to all lines of it.
        partial.indent = (!tag.trims && !blank.is_empty()).then(|| blank.to_owned());
        self.push(TemplateElement::PartialExpression(Box::new(partial)), tag.start);
        Some(())
    }

    fn at_end(&self) -> bool {
        self.rest().starts_with("}}") || self.rest().starts_with("~}}")
    }

    /// The end of a tag that is not a comment.
    fn end(&mut self, tag: &TagStart) -> Option<()> {
        self.skip_space();
        let trim = self.eat("~");
        if !self.eat("}}") {
            return None;
        }
        if tag.trims
            && let Some(TemplateElement::RawString(text)) = self.current.elements.last_mut()
        {
            text.truncate(text.trim_end().len());
        }
        self.trim = trim;
        Some(())
    }

    /// Sees whether the tag that ends here stands alone in its line: then the blanks around it and
    /// the end of the line do not count.
    fn alone(&mut self, start: usize) {
        let (before, after) = (self.text[..start].trim_end_matches(BLANK), self.rest());
        let first = before.is_empty() || before.ends_with(NEWLINE);
        let last = after.is_empty() || after.trim_start_matches(BLANK).starts_with(NEWLINE);
        self.trim_line = first && last;
        if self.trim_line
            && let Some(TemplateElement::RawString(text)) = self.current.elements.last_mut()
        {
            text.truncate(text.trim_end_matches(BLANK).len());
        }
    }

    /// A variable, or a helper with its arguments.
    fn call(&mut self) -> Option<Subexpression> {
        let start = self.at;
        let name = self.identifier();
        if !name.is_empty() && self.rest().starts_with(SPACE) {
            let spec = self.with_params(name, false)?;
            // A name without arguments may be a variable, which is read as a path.
            if !spec.params.is_empty() || !spec.hash.is_empty() {
                return Some(Subexpression::new(spec.name, spec.params, spec.hash));
            }
        }
        self.at = start;
        let path = self.path()?;
        Some(Subexpression::new(path, Vec::new(), HashMap::new()))
    }

    /// What stands in the tag of a block.
    fn line(&mut self) -> Option<ExpressionSpec> {
        match self.identifier() {
            "" => None,
            name => self.with_params(name, true),
        }
    }

    /// The arguments of a name, of which the last may be `as |name|` in a block.
    fn with_params(&mut self, name: &str, block: bool) -> Option<ExpressionSpec> {
        let mut spec = self.empty.clone();
        spec.name = Parameter::Name(name.to_owned());
        loop {
            let apart = self.rest().starts_with(SPACE);
            self.skip_space();
            if self.at_end() || self.rest().starts_with(')') {
                return Some(spec);
            }
            // Handlebars reads `a"b"`, too, but nobody writes so.
            if !apart {
                return None;
            }
            let start = self.at;
            let key = self.identifier();
            if key == "as" && block {
                spec.block_param = Some(self.block_param()?);
                self.skip_space();
                return self.at_end().then_some(spec);
            } else if !key.is_empty() && self.eat("=") {
                let value = self.param()?;
                spec.hash.insert(key.to_owned(), value);
            } else {
                self.at = start;
                let value = self.param()?;
                spec.params.push(value);
            }
        }
    }

    /// `|value|` and `|value key|`.
    fn block_param(&mut self) -> Option<BlockParam> {
        self.skip_space();
        let open = self.eat("|");
        let first = self.identifier();
        self.skip_space();
        let second = self.identifier();
        let name = |name: &str| Parameter::Name(name.to_owned());
        (open && !first.is_empty() && self.eat("|")).then(|| match second {
            "" => BlockParam::Single(name(first)),
            second => BlockParam::Pair((name(first), name(second))),
        })
    }

    /// An argument.
    fn param(&mut self) -> Option<Parameter> {
        match self.rest().chars().next()? {
            '(' => {
                self.at += 1;
                self.skip_space();
                let call = self.call()?;
                self.skip_space();
                self.eat(")").then_some(Parameter::Subexpression(call))
            }
            quote @ ('"' | '\'') => {
                let text = self.rest()[1..].split(quote).next()?;
                self.at += text.len() + 2;
                // What is escaped, or not closed, Handlebars reads.
                let plain = !text.contains(|c: char| c == '\\' || c == '"' || c < ' ');
                (plain && self.at <= self.text.len())
                    .then(|| Parameter::Literal(Value::String(text.to_owned())))
            }
            _ => {
                let start = self.at;
                let raw = self.raw_path();
                match raw.split(['.', '/', '@']).next()? {
                    // Words of the language: as arguments they mean something else to each version.
                    "as" | "else" => None,
                    "true" | "false" | "null" => json(raw),
                    number if number.starts_with(|c: char| c.is_ascii_digit() || c == '-') => {
                        let number = |c: char| c.is_ascii_digit() || matches!(c, '-' | '.');
                        raw.chars().all(number).then(|| json(raw))?
                    }
                    _ => {
                        self.at = start;
                        self.path()
                    }
                }
            }
        }
    }

    /// What a path is written with: names, `..`, and after a point `[any text]`.
    fn raw_path(&mut self) -> &'a str {
        let start = self.at;
        loop {
            let names = self.take_while(|c| is_symbol(c) || matches!(c, '.' | '/' | '@'));
            let quoted = self.rest().split_inclusive(']').next().filter(|name| {
                names.ends_with(['.', '/']) && name.starts_with('[') && name.ends_with(']')
            });
            match quoted {
                Some(name) => self.at += name.len(),
                None => return &self.text[start..self.at],
            }
        }
    }

    fn path(&mut self) -> Option<Parameter> {
        let raw = self.raw_path();
        if let Some(path) = self.paths.get(raw) {
            return Some(Parameter::Path(path.clone()));
        }
        let path = match raw.contains(['/', '@', '[']) || raw.split('.').any(str::is_empty) {
            true => Path::parse(raw).ok()?,
            // Names from here inwards, which is what nearly all are; `this` is none.
            false => {
                let names = raw.split('.').filter(|name| *name != "this");
                let names = names.map(|name| PathSeg::Named(name.to_owned()));
                Path::Relative((names.collect(), raw.to_owned()))
            }
        };
        self.paths.insert(raw, path.clone());
        Some(Parameter::Path(path))
    }
}

/// What names are made of.
fn is_symbol(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '$' | ':') || !c.is_ascii()
}

fn json(raw: &str) -> Option<Parameter> {
    serde_json::from_str(raw).ok().map(Parameter::Literal)
}

#[cfg(test)]
mod tests;
