//! Lists and generated content: markers, counters, strings.
//!
//! One of the rooms of the table of properties.

use std::sync::Arc;

use cssparser::{Parser, Token};

use super::super::fault::{CssFault, Parsed, SheetOrigin};
use super::super::units::{absolute, integer, keyword, keywords};
use super::super::{
    ContentItem, CounterChange, CounterStyle, ListStylePosition, StringPick, StringSet,
};
use super::{Property, PropertySetter, own, setter, shorthand};
use crate::diag::say;

absolute!(
    CounterStyle,
    ListStylePosition,
    Arc<[(Arc<str>, i32)]>,
    Arc<[(Arc<str>, Arc<[ContentItem]>)]>
);

const COUNTERS: &str = "none | [ <name> <integer>? ]+";

pub(super) const ROWS: &[Property] = &[
    own!("list-style-type", [.list.kind], list_style_type).inherited().syntax(
        "none | disc | circle | square | dash | decimal | decimal-leading-zero | \
         lower-russian | upper-russian | lower-latin | lower-alpha | upper-latin | \
         upper-alpha | lower-roman | upper-roman | <string>",
    ),
    own!(
        "list-style-position",
        [.list.position],
        keywords!(
            "outside" => ListStylePosition::Outside,
            "inside" => ListStylePosition::Inside,
        )
    )
    .inherited()
    .syntax("outside | inside"),
    Property::shorthand("list-style", shorthand::any_order, LIST_STYLE)
        .syntax("<list-style-type> || <list-style-position>"),
    // CSS Lists 3, 4: without a number a counter is set to 0 and goes on by 1.
    own!("counter-reset", [.counter_reset], |input: &mut Parser| counters(input, 0))
        .syntax(COUNTERS),
    own!("counter-increment", [.counter_increment], |input: &mut Parser| counters(input, 1))
        .syntax(COUNTERS),
    own!("counter-set", [.counter_set], |input: &mut Parser| counters(input, 0)).syntax(COUNTERS),
    Property::longhand("content", content, |t, from| t.own.content = from.content.clone()).syntax(
        "normal | none | [ <string> | counter() | counters() | attr() | string() | leader() \
         | target-counter() | content() | url() | element() ]+",
    ),
    own!("string-set", [.string_set], string_set)
        .syntax("none | [ <name> [ <string> | counter() | counters() | attr() | content() ]+ ]#")
        .docx(
            "the whole text of all paragraphs of one style: a STYLEREF field, first or last of \
             the page",
        ),
];

const LIST_STYLE: &[&str] = &["list-style-type", "list-style-position"];

const STRING_PICKS: [(&str, StringPick); 4] = [
    ("first", StringPick::First),
    ("start", StringPick::Start),
    ("last", StringPick::Last),
    ("first-except", StringPick::FirstExcept),
];

const STYLES: &[(&str, CounterStyle)] = &[
    ("none", CounterStyle::None),
    ("disc", CounterStyle::Disc),
    ("circle", CounterStyle::Circle),
    ("square", CounterStyle::Square),
    ("dash", CounterStyle::Dash),
    ("decimal", CounterStyle::Decimal),
    ("decimal-leading-zero", CounterStyle::DecimalLeadingZero),
    ("lower-russian", CounterStyle::LowerRussian),
    ("upper-russian", CounterStyle::UpperRussian),
    ("lower-latin", CounterStyle::LowerLatin),
    ("lower-alpha", CounterStyle::LowerLatin),
    ("upper-latin", CounterStyle::UpperLatin),
    ("upper-alpha", CounterStyle::UpperLatin),
    ("lower-roman", CounterStyle::LowerRoman),
    ("upper-roman", CounterStyle::UpperRoman),
];

fn counter_style(input: &mut Parser) -> Parsed<CounterStyle> {
    match input.try_parse(|input| keyword(input, STYLES)) {
        Ok(style) => Ok(style),
        Err::<_, cssparser::ParseError<CssFault>>(_) => {
            let word = input.expect_ident()?.to_string();
            let names: Vec<&'static str> = STYLES.iter().map(|(name, _)| *name).collect();
            Err(cssparser::ParseError::custom(CssFault::unknown(
                say!("`{word}` is not a counter style", word),
                &word,
                &names,
            )))
        }
    }
}

fn list_style_type(input: &mut Parser) -> Parsed<CounterStyle> {
    match input.try_parse(|input| input.expect_string_cloned()) {
        Ok(text) => Ok(CounterStyle::String((&*text).into())),
        Err(_) => counter_style(input),
    }
}

fn name(input: &mut Parser) -> Parsed<Arc<str>> {
    Ok((&**input.expect_ident()?).into())
}

/// Counter names with numbers; `default` if there is none.
fn counters(input: &mut Parser, default: i32) -> Parsed<Arc<[CounterChange]>> {
    let mut list = Vec::new();
    if input.try_parse(|input| input.expect_ident_matching("none")).is_err() {
        loop {
            let name = name(input)?;
            // Without a number `counter-reset` and `counter-set` mean 0, `counter-increment` 1
            // (CSS Lists 3, 4).
            list.push((name, input.try_parse(integer).unwrap_or(default)));
            if input.is_exhausted() {
                break;
            }
        }
    }
    Ok(list.into())
}

/// `content`: nothing for `normal`, an empty list for `none`.
fn content(input: &mut Parser, origin: SheetOrigin) -> Parsed<PropertySetter> {
    let start = input.position().byte_index();
    let content = match input
        .try_parse(|input| keyword(input, &[("normal", None), ("none", Some(Arc::from([])))]))
    {
        Ok(content) => content,
        Err(_) => Some(items(input, origin)?),
    };
    let at = origin.span(start..input.position().byte_index());
    Ok(setter(move |target| {
        target.own.content = content.clone();
        target.content_at = at;
    }))
}

/// One or more pieces of content, up to the end or a comma.
fn items(input: &mut Parser, origin: SheetOrigin) -> Parsed<Arc<[ContentItem]>> {
    let mut list = vec![item(input, origin)?];
    while !input.is_exhausted() {
        list.push(item(input, origin)?);
    }
    Ok(list.into())
}

// Over 60 lines: one arm for each function of `content`.
fn item(input: &mut Parser, origin: SheetOrigin) -> Parsed<ContentItem> {
    match input.next()?.clone() {
        Token::QuotedString(text) => Ok(ContentItem::String((&*text).into())),
        Token::UnquotedUrl(url) => Ok(ContentItem::Url(origin.url(&url))),
        Token::Function(function) => {
            input.parse_nested_block(|input| match function.to_ascii_lowercase().as_str() {
                "counter" => {
                    let name = name(input)?;
                    Ok(ContentItem::Counter(name, optional_style(input)?))
                }
                "counters" => {
                    let name = name(input)?;
                    input.expect_comma()?;
                    let separator = (&**input.expect_string()?).into();
                    Ok(ContentItem::Counters(name, separator, optional_style(input)?))
                }
                "attr" => Ok(ContentItem::Attr(name(input)?)),
                "element" => Ok(ContentItem::Element(name(input)?)),
                "string" => {
                    let name = name(input)?;
                    let pick = match input.try_parse(|input| input.expect_comma()) {
                        Ok(()) => keyword(input, &STRING_PICKS)?,
                        // `first` is the default of `string()` (CSS GCPM 3, 1.3.2).
                        Err(_) => StringPick::First,
                    };
                    Ok(ContentItem::StringFn(name, pick))
                }
                "leader" => Ok(ContentItem::Leader(leader(input)?)),
                "target-counter" => {
                    if input.expect_function_matching("attr").is_err() {
                        return CssFault::error(say!("write `target-counter(attr(href), page)`"));
                    }
                    let attribute = input.parse_nested_block(|input| {
                        let attribute = name(input)?;
                        // `attr(href url)`, as CSS Generated Content writes it.
                        let _ = input.try_parse(|input| input.expect_ident_matching("url"));
                        Ok(attribute)
                    })?;
                    input.expect_comma()?;
                    let counter = name(input)?;
                    Ok(ContentItem::TargetCounter(attribute, counter, optional_style(input)?))
                }
                "content" => {
                    let whole = input.is_exhausted() || input.expect_ident_matching("text").is_ok();
                    if whole {
                        Ok(ContentItem::ElementText)
                    } else {
                        CssFault::error(say!("`content()` and `content(text)` are supported"))
                    }
                }
                "url" => Ok(ContentItem::Url(origin.url(input.expect_string()?))),
                other => CssFault::error(say!("`{other}()` is not supported in `content`", other)),
            })
        }
        // `open-quote` and its like hang on `quotes`, which is not supported: the sign itself is
        // no longer to write.
        Token::Ident(word) if word.to_ascii_lowercase().ends_with("-quote") => {
            CssFault::error(say!("write the quotation mark as a string: \"«\""))
        }
        _ => Err(cssparser::ParseError::unexpected_token()),
    }
}

fn optional_style(input: &mut Parser) -> Parsed<CounterStyle> {
    match input.try_parse(|input| input.expect_comma()) {
        Ok(()) => counter_style(input),
        // Where none is named it is `decimal`, whatever the style of the list is.
        Err(_) => Ok(CounterStyle::Decimal),
    }
}

fn leader(input: &mut Parser) -> Parsed<Arc<str>> {
    if let Ok(text) = input.try_parse(|input| input.expect_string_cloned()) {
        // A pattern of no width would be repeated without end.
        return if text.is_empty() {
            CssFault::error(say!("the text of a leader is empty"))
        } else {
            Ok((&*text).into())
        };
    }
    Ok(keyword(input, &[("dotted", "."), ("solid", "_"), ("space", " ")])?.into())
}

fn string_set(input: &mut Parser) -> Parsed<Arc<[StringSet]>> {
    if input.try_parse(|input| input.expect_ident_matching("none")).is_ok() {
        return Ok(Arc::from([]));
    }
    let list = input.parse_comma_separated(|input| {
        Ok((name(input)?, items(input, SheetOrigin::element(None))?))
    })?;
    Ok(list.into())
}
