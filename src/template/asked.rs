//! What a template asks of its data: the names at their root, and which of them it takes as lists.

use std::collections::BTreeSet;

use handlebars::template::{HelperTemplate, Parameter, TemplateElement};
use handlebars::{Handlebars, Path, Template};
use serde_json::Value;

use super::check::{INCLUDE, LISTED};

/// Helpers whose first argument is a list.
const OF_LISTS: [&str; 2] = ["join", LISTED];

/// What the data of a blank call the person of whose name they have parts: it is put there for
/// the blank, and asked of nobody.
pub(crate) const WHOSE: &str = "itog:whose";

/// The names at the root of the data that a template asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AskedNames {
    /// All names.
    pub names: BTreeSet<String>,
    /// Those that lead to lists.
    pub lists: BTreeSet<String>,
    /// Those of which a condition asks whether they are there at all.
    pub conditions: BTreeSet<String>,
    /// Columns of a table that it prints by `fields.[…]`.
    pub fields: BTreeSet<String>,
}

impl AskedNames {
    pub(super) fn of<'e>(
        registry: &Handlebars<'_>,
        entries: impl IntoIterator<Item = &'e str>,
    ) -> Self {
        let mut walk =
            Walk { registry, asked: Self::default(), seen: BTreeSet::new(), within: Vec::new() };
        entries.into_iter().for_each(|entry| walk.partial(entry, 0));
        walk.asked
    }
}

struct Walk<'a> {
    registry: &'a Handlebars<'a>,
    asked: AskedNames,
    /// Partials that were looked into, with how deep: each is looked into once.
    seen: BTreeSet<(String, usize)>,
    /// The partials that are being looked into.
    within: Vec<String>,
}

impl Walk<'_> {
    fn partial(&mut self, name: &str, depth: usize) {
        // A partial within itself stands deeper each time and would never end. It asks for nothing
        // at the root that it did not ask for the first time.
        if self.within.iter().any(|around| around == name) {
            return;
        }
        if self.seen.insert((name.to_owned(), depth))
            && let Some(template) = self.registry.get_template(name)
        {
            self.within.push(name.to_owned());
            self.template(template, depth);
            self.within.pop();
        }
    }

    /// `depth` counts the blocks around that look at something else than the root.
    fn template(&mut self, template: &Template, depth: usize) {
        for element in &template.elements {
            match element {
                TemplateElement::Expression(helper) | TemplateElement::HtmlExpression(helper) => {
                    self.helper(helper, depth);
                }
                TemplateElement::HelperBlock(block) => {
                    self.helper(block, depth);
                    if matches!(block.name.as_name(), Some("if" | "unless" | "with"))
                        && let [Parameter::Path(Path::Relative((_, raw)))] = &block.params[..]
                    {
                        self.asked.conditions.extend(root_name(raw, depth));
                    }
                    let moves = matches!(block.name.as_name(), Some("each" | "with"));
                    let inner = depth + usize::from(moves);
                    block.template.iter().for_each(|template| self.template(template, inner));
                    // `else` stands outside of what was not there.
                    block.inverse.iter().for_each(|template| self.template(template, depth));
                }
                TemplateElement::PartialExpression(include)
                | TemplateElement::PartialBlock(include) => {
                    let params = include.params.iter().chain(include.hash.values());
                    params.for_each(|param| self.param(param, depth, false));
                    // A partial that is given something looks at that.
                    let moves = usize::from(!include.params.is_empty());
                    if let Some(name) = include.name.as_name() {
                        self.partial(name, depth + moves);
                    }
                    include.template.iter().for_each(|template| self.template(template, depth));
                }
                TemplateElement::DecoratorBlock(block) => {
                    block.template.iter().for_each(|template| self.template(template, depth));
                }
                _ => {}
            }
        }
    }

    fn helper(&mut self, helper: &HelperTemplate, depth: usize) {
        // A lone name is a variable; with arguments it names a helper.
        if helper.params.is_empty() && helper.hash.is_empty() {
            self.param(&helper.name, depth, false);
        }
        let name = helper.name.as_name().unwrap_or_default();
        // A partial without arguments has become a call of ours, which looks at what stood around.
        if name == INCLUDE
            && let Some(Parameter::Literal(Value::String(partial))) = helper.params.first()
        {
            self.partial(partial, depth);
        }
        let list = OF_LISTS.contains(&name);
        for (at, param) in helper.params.iter().enumerate() {
            self.param(param, depth, list && at == 0);
        }
        helper.hash.values().for_each(|param| self.param(param, depth, false));
    }

    fn param(&mut self, param: &Parameter, depth: usize, list: bool) {
        match param {
            Parameter::Path(Path::Relative((_, raw))) => {
                if let Some(name) = root_name(raw, depth) {
                    self.asked.fields.extend(field_name(raw));
                    if list {
                        self.asked.lists.insert(name.clone());
                    }
                    self.asked.names.insert(name);
                }
            }
            Parameter::Subexpression(inner) => {
                if let TemplateElement::Expression(helper) = inner.as_element() {
                    self.helper(helper, depth);
                }
            }
            _ => {}
        }
    }
}

/// The column that `fields.[Город]` is.
fn field_name(raw: &str) -> Option<String> {
    let (_, name) = raw.split_once("fields.")?;
    let name = match name.strip_prefix('[') {
        Some(rest) => rest.split(']').next(),
        None => name.split(['.', '/']).next(),
    };
    name.filter(|name| !name.is_empty()).map(str::to_owned)
}

/// The first name of a path that begins at the root.
fn root_name(raw: &str, depth: usize) -> Option<String> {
    let (mut path, mut ups) = (raw, 0);
    if let Some(rest) = path.strip_prefix("@root").and_then(|rest| rest.strip_prefix(['.', '/'])) {
        // `@root` is as far up as one can go.
        (path, ups) = (rest, depth);
    }
    while let Some(rest) = path.strip_prefix("../") {
        (path, ups) = (rest, ups + 1);
    }
    let path = path.strip_prefix("./").or(path.strip_prefix("this.")).unwrap_or(path);
    let name = match path.strip_prefix('[') {
        Some(rest) => rest.split(']').next(),
        None => path.split(['.', '/']).next(),
    };
    let own = |name: &str| !matches!(name, "" | "this" | ".." | "@root" | WHOSE);
    name.filter(|name| ups >= depth && own(name)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use crate::files::Files;
    use crate::template::Template;

    #[test]
    fn names_at_the_root() {
        let text = "{{#if a}}{{b}}{{/if}}{{#each c}}{{d}}{{../e}}{{#with \
            f}}{{../../g}}{{@root.h}}{{/with}}\
                    {{else}}{{i.j}}{{/each}}{{join k \", \"}}{{[два слова]}}{{> part}}{{> part \
                    l}}{{name m \"dat\"}}{{fields.[Город]}}{{#with m}}{{../fields.city}}{{/with}}";
        let files = Files::memory([
            ("template.hbs".to_owned(), text.into()),
            ("part.hbs".to_owned(), b"{{n}}{{#each c}}{{> part}}{{/each}}".to_vec()),
        ]);
        let asked = Template::load("t", files).unwrap().value.asked();
        let names: Vec<&str> = asked.names.iter().map(String::as_str).collect();
        assert_eq!(
            names,
            ["a", "b", "c", "e", "fields", "g", "h", "i", "k", "l", "m", "n", "два слова"]
        );
        let fields: Vec<&str> = asked.fields.iter().map(String::as_str).collect();
        assert_eq!(fields, ["city", "Город"]);
        assert_eq!(asked.lists.iter().map(String::as_str).collect::<Vec<_>>(), ["c", "k"]);
    }
}
