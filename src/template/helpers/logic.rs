//! Comparisons and choices.
//!
//! Registered with all other helpers when a template is loaded.

use handlebars::{JsonTruthy, JsonValue};

use super::super::fault::RenderFault;
use super::{Args, text};
use crate::diag::say;

fn truthy(value: &JsonValue) -> bool {
    value.is_truthy(false)
}

/// `eq a b`.
pub(super) fn eq(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    Ok(same(args.need(0)?, args.need(1)?).into())
}

/// `ne a b`.
pub(super) fn ne(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    Ok((!same(args.need(0)?, args.need(1)?)).into())
}

/// Whether two values are printed alike: data of files and tables have «7» as a text, templates and
/// programs as a number.
fn same(a: &JsonValue, b: &JsonValue) -> bool {
    a == b || a.is_number() != b.is_number() && text(a).is_some() && text(a) == text(b)
}

fn numbers(args: &Args<'_>) -> Result<(f64, f64), RenderFault> {
    let number = |index| {
        let value = args.need(index)?;
        // Numbers of files and tables are texts.
        let read = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok());
        read.ok_or_else(|| args.wrong(index, say!("a number")))
    };
    Ok((number(0)?, number(1)?))
}

/// `gt a b`: whether a number is greater than another.
pub(super) fn gt(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    numbers(args).map(|(a, b)| (a > b).into())
}

/// `lt a b`: whether a number is less than another.
pub(super) fn lt(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    numbers(args).map(|(a, b)| (a < b).into())
}

/// `add a b …`: the sum of whole numbers: `add @index 1`.
pub(super) fn add(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let number =
        |index| args.need(index)?.as_i64().ok_or_else(|| args.wrong(index, say!("a whole number")));
    // Two arguments at least, as for `and`.
    (0..args.len().max(2))
        .try_fold(0i64, |sum, index| Ok(sum.saturating_add(number(index)?)))
        .map(JsonValue::from)
}

/// `and a b …`: the first that is false, or the last.
pub(super) fn and(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    // Two arguments at least: with one the author has forgotten the other.
    let last = args.need(args.len().max(2) - 1)?;
    Ok(args.all().find(|value| !truthy(value)).unwrap_or(last).clone())
}

/// `or a b …`: the first that is true, or the last.
pub(super) fn or(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let last = args.need(args.len().max(2) - 1)?;
    // The last one is what `or` gives where none holds, as in other languages.
    Ok(args.all().find(|value| truthy(value)).unwrap_or(last).clone())
}

/// `not a`.
pub(super) fn not(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    Ok((!truthy(args.need(0)?)).into())
}

/// `default a b`: `a`, or `b` if `a` is missing, `null` or empty.
pub(super) fn default(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let (value, fallback) = (args.need(0)?, args.need(1)?);
    let empty = value.is_null() || value.as_str() == Some("");
    Ok(if empty { fallback } else { value }.clone())
}

/// `len a`: how many items a list has, how many letters a text.
pub(super) fn len(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    Ok(match args.need(0)? {
        JsonValue::Null => 0,
        JsonValue::Array(list) => list.len(),
        JsonValue::Object(map) => map.len(),
        // Letters, not bytes: Cyrillic ones have two.
        JsonValue::String(text) => text.chars().count(),
        _ => return Err(args.wrong(0, say!("a list or a text"))),
    }
    .into())
}

/// `lookup map key`: the value of a key or index that the template computes; `null` if there is
/// none.
pub(super) fn lookup(args: &Args<'_>) -> Result<JsonValue, RenderFault> {
    let key = args.need(1)?;
    let found = match args.need(0)? {
        JsonValue::Array(list) => {
            key.as_u64().and_then(|index| list.get(usize::try_from(index).ok()?))
        }
        JsonValue::Object(map) => key.as_str().and_then(|key| map.get(key)),
        _ => None,
    };
    // What is not there is `null`, for which `if` and `default` can ask.
    Ok(found.cloned().unwrap_or_default())
}
