//! What an author hardly ever means otherwise, where the parser only says what it expected.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use crate::diag::{Diagnostic, Message, Place, Source, nearest, say};

/// What is wrong with the tag at an offset of a template, and what to write.
pub(super) fn of(text: &str, at: usize) -> Option<(Message, Message)> {
    let at = text.floor_char_boundary(at);
    // The parser stops at the tag or within.
    let start = match text[at..].starts_with("{{") {
        true => at,
        false => text[..at].rfind("{{")?,
    };
    let tag = &text[start..start + text[start..].find("}}")?];
    let inner = tag.trim_start_matches('{').trim_matches('~').trim();
    if matches!(inner, "else" | "^") {
        return Some((
            say!("a second `{{else}}` in one block"),
            say!("write `{{else if …}}` for all but the last, or close the block with `{{/…}}`"),
        ));
    }
    compared(inner)
}

/// `{{#if kind == "x"}}`: signs of other languages, and the helpers that do it here.
fn compared(inner: &str) -> Option<(Message, Message)> {
    const SIGNS: [(&str, &str); 9] = [
        ("===", "eq"),
        ("!==", "ne"),
        ("==", "eq"),
        ("!=", "ne"),
        ("&&", "and"),
        ("||", "or"),
        (" > ", "gt"),
        (" < ", "lt"),
        ("=", "eq"),
    ];
    let (sign, helper) = SIGNS.iter().find(|(sign, _)| inner.contains(sign))?;
    let (left, right) = inner.split_once(sign)?;
    let (left, right) = (left.trim_end(), right.trim());
    let (block, left) = left.rsplit_once(' ').unwrap_or(("", left));
    let right = match block {
        "" => format!("{{{{{helper} {left} {right}}}}}"),
        block => format!("{{{{{block} ({helper} {left} {right})}}}}"),
    };
    let sign = sign.trim();
    super::helpers::exists(helper)
        .then(|| (say!("`{sign}` is not Handlebars", sign), say!("write `{right}`", right)))
}

/// `{name}`, which is text: tags have two braces.
pub(super) fn single_braces(source: &Arc<Source>) -> Vec<Diagnostic> {
    let text = source.text();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find(['{', '<']).map(|next| at + next) {
        let rest = &text[next..];
        let skip = |end: &str| rest.find(end).map_or(text.len(), |len| next + len + end.len());
        at = if rest.starts_with("<style") {
            skip("</style>")
        } else if rest.starts_with("<!--") {
            skip("-->")
        } else if rest.starts_with("{{") {
            skip("}}")
        } else {
            let name = rest.strip_prefix('{').and_then(|inner| inner.split('}').next());
            if let Some(name) =
                name.filter(|name| is_name(name) && rest[1 + name.len()..].starts_with('}'))
            {
                let range = next..next + name.len() + 2;
                let (tag, name) = (format!("{{{{{}}}}}", name.trim()), &text[range.clone()]);
                let message = say!("`{name}` is printed as it is", name);
                let fault = Diagnostic::warning("template-braces", message);
                let place = Place::new(Arc::clone(source), range);
                found.push(fault.at(place).hint(say!("a value is written `{tag}`", tag)));
            }
            next + 1
        };
    }
    found
}

/// Whether a value may be called so.
fn is_name(text: &str) -> bool {
    let name = text.trim();
    name.starts_with(char::is_alphabetic)
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '.'))
}

/// Classes of a stylesheet that no element has, where one of nearly that name has no rule: a slip
/// of the pen on one side. Rules that are never used are no fault, since templates share
/// stylesheets.
pub(super) fn misspelt_classes(templates: &[Arc<Source>], sheet: &Arc<Source>) -> Vec<Diagnostic> {
    let Some(given) = classes(templates) else { return Vec::new() };
    let styled = styled_classes(sheet.text());
    let named: BTreeSet<&str> = styled.iter().map(|range| &sheet.text()[range.clone()]).collect();
    let mut told = BTreeSet::new();
    let without_rule: Vec<&str> = given.difference(&named).copied().collect();
    let mut found = Vec::new();
    for range in &styled {
        let name = &sheet.text()[range.clone()];
        if given.contains(name) || !told.insert(name) {
            continue;
        }
        let Some(near) = nearest(name, without_rule.iter().copied()) else { continue };
        let message = say!("no element of the template has the class `{name}`", name);
        let place = Place::new(Arc::clone(sheet), range.clone());
        let fault = Diagnostic::warning("css-class", message).at(place);
        found.push(fault.hint(say!("did you mean `{near}`?", near)));
    }
    found
}

/// All classes that templates give; nothing if some are only known when a document is made.
fn classes(templates: &[Arc<Source>]) -> Option<BTreeSet<&str>> {
    let mut all = BTreeSet::new();
    for source in templates {
        let text = source.text();
        if text.contains("{{>") {
            return None;
        }
        for (at, _) in text.match_indices("class=") {
            let value = &text[at + "class=".len()..];
            let mark = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let value = value[1..].split(mark).next()?;
            if value.contains("{{") {
                return None;
            }
            all.extend(value.split_whitespace());
        }
    }
    Some(all)
}

/// Where the selectors of a stylesheet name classes.
fn styled_classes(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|open| at + open) {
        let head = &text[at..open];
        // What stands behind the last comment, rule or declaration.
        let from = ["*/", "}", ";"].iter().filter_map(|end| Some(head.rfind(end)? + end.len()));
        let start = at + from.max().unwrap_or(0);
        let selector = &text[start..open];
        at = open + 1;
        if selector.trim_start().starts_with('@') {
            // Rules of `@media` are rules like any other; other blocks hold no selectors, and so
            // no dots before a brace.
            continue;
        }
        for (dot, _) in selector.match_indices('.') {
            let name = &selector[dot + 1..];
            let end = name.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')));
            let end = end.unwrap_or(name.len());
            if name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
                found.push(start + dot + 1..start + dot + 1 + end);
            }
        }
        at = text[at..].find('}').map_or(text.len(), |end| at + end + 1);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hint(text: &str, at: usize) -> Option<String> {
        of(text, at).map(|(_, hint)| hint.to_string())
    }

    #[test]
    fn comparisons_are_written_with_helpers() {
        let hint_for = |text: &str| hint(text, 4).unwrap_or_default();
        assert_eq!(hint_for("{{#if for == \"x\"}}"), "write `{{#if (eq for \"x\")}}`");
        assert_eq!(hint_for("{{#if a && b}}"), "write `{{#if (and a b)}}`");
        assert_eq!(hint("{{#if a b}}", 4), None);
    }

    #[test]
    fn a_second_else_is_seen_where_the_parser_stops() {
        assert!(hint("{{#if a}}1{{else}}2{{else}}3{{/if}}", 21).is_some());
        assert!(hint("{{#if a}}1", 3).is_none());
    }

    #[test]
    fn single_braces_are_seen_in_text_alone() {
        let told = |text: &str| single_braces(&Source::new("template.hbs", text)).len();
        assert_eq!(told("<p>{for}</p><p>{ {for} }</p>"), 2);
        assert_eq!(told("<style>p {color} q{a}</style><p>{{for}} {{{for}}} {1, 2} {a: b}</p>"), 0);
    }

    #[test]
    fn a_class_misspelt_on_one_side_is_told_and_a_spare_rule_is_not() {
        let told = |markup: &str, css: &str| {
            let templates = [Source::new("template.hbs", markup)];
            misspelt_classes(&templates, &Source::new("style.css", css)).len()
        };
        let markup = "<p class=\"sign big\">А</p>";
        assert_eq!(told(markup, ".Sign { color: red } /* . */ .big {}"), 1);
        assert_eq!(told(markup, "p.sing b, .big { margin: .5em }"), 1);
        assert_eq!(told(markup, ".sign, .sign:first-child { margin: .5em } .other {}"), 0);
        assert_eq!(told("<p class=\"{{kind}}\">А</p>", ".kinds {}"), 0);
    }
}
