//! Helpers that no author writes: [`super::check`] puts them into the template, and
//! Handlebars' own that know too little.

use handlebars::{
    BlockContext, BlockParams, Context, Handlebars, Helper, HelperDef, HelperResult, JsonRender,
    JsonTruthy, JsonValue, Output, RenderContext, Renderable,
};

use super::{NamedHelper, RUN, Rendering};
use crate::diag::say;
use crate::limits;
use crate::template::check::{self, ENTER, INCLUDE, KNOWN, LEAVE, LISTED, MADE, PRINTED};
use crate::template::fault::RenderFault;

pub(super) fn install(registry: &mut Handlebars<'_>) {
    for name in [ENTER, LEAVE] {
        registry.register_helper(name, Box::new(NamedHelper));
    }
    for (name, hidden) in [
        (KNOWN, Hidden::Known),
        (LISTED, Hidden::Known),
        (PRINTED, Hidden::Printed),
        (MADE, Hidden::Made),
        (INCLUDE, Hidden::Include),
        ("if", Hidden::Condition(true)),
        ("unless", Hidden::Condition(false)),
    ] {
        registry.register_helper(name, Box::new(hidden));
    }
    registry.register_helper("each", Box::new(Each));
}

/// `each`. Handlebars' own copies a list that a helper made before it goes through it, and the rows
/// of a long table are most of what a rendering holds.
struct Each;

impl HelperDef for Each {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let value = helper.param(0).map_or(&JsonValue::Null, |param| param.value());
        let items: Vec<(Option<&String>, &JsonValue)> = match value {
            JsonValue::Array(list) => list.iter().map(|item| (None, item)).collect(),
            JsonValue::Object(map) => map.iter().map(|(key, item)| (Some(key), item)).collect(),
            _ => Vec::new(),
        };
        let Some(last) = items.len().checked_sub(1) else {
            let inverse = helper.inverse();
            return inverse.map_or(Ok(()), |inner| inner.render(registry, context, rc, out));
        };
        let Some(inner) = helper.template() else { return Ok(()) };
        let path = helper.param(0).and_then(|param| param.context_path());
        let mut block = BlockContext::new();
        if let Some(path) = path {
            // The last step changes from item to item.
            *block.base_path_mut() = path.iter().cloned().chain([String::new()]).collect();
        }
        rc.push_block(block);
        for (index, (key, item)) in items.into_iter().enumerate() {
            if let Some(block) = rc.block_mut() {
                block.set_local_var("first", (index == 0).into());
                block.set_local_var("last", (index == last).into());
                block.set_local_var("index", index.into());
                if let Some(key) = key {
                    block.set_local_var("key", key.as_str().into());
                }
                let mut params = BlockParams::new();
                let mut named = |name, value: &JsonValue| match path {
                    // The path of the block itself.
                    Some(_) => params.add_path(name, Vec::new()),
                    None => params.add_value(name, value.clone()),
                };
                if let Some(name) = helper.block_param() {
                    named(name, item)?;
                    block.set_block_params(params);
                } else if let Some((name, place)) = helper.block_param_pair() {
                    named(name, item)?;
                    let index = || index.into();
                    params.add_value(place, key.map_or_else(index, |key| key.as_str().into()))?;
                    block.set_block_params(params);
                }
                match block.base_path_mut().last_mut() {
                    Some(step) => *step = key.map_or_else(|| index.to_string(), String::clone),
                    None => block.set_base_value(item.clone()),
                }
            }
            inner.render(registry, context, rc, out)?;
        }
        rc.pop_block();
        Ok(())
    }
}

/// Counts how deep partials are nested.
pub(super) fn count(helper: &Helper<'_>, run: &Rendering) -> Result<(), RenderFault> {
    let weight = helper.param(0).and_then(|param| param.value().as_u64()).unwrap_or(1);
    match helper.name() {
        ENTER => run.enter(weight),
        _ => {
            run.leave(weight);
            Ok(())
        }
    }
}

/// Counts the call, and the turns of the loop that it stands before.
fn spend(helper: &Helper<'_>) -> Result<(), RenderFault> {
    spend_steps(1 + turns(helper))
}

fn turns(helper: &Helper<'_>) -> usize {
    match helper.param(0).map(|param| param.value()) {
        Some(JsonValue::Array(list)) if helper.name() == LISTED => list.len(),
        Some(JsonValue::Object(map)) if helper.name() == LISTED => map.len(),
        _ => 0,
    }
}

/// Counts what a template does.
pub(super) fn spend_steps(steps: usize) -> Result<(), RenderFault> {
    limits::spend_steps(steps).map_err(|limit| {
        let message = say!("the template takes more than {limit} steps", limit);
        RenderFault::from(
            limits::reached("limit-template-steps", message)
                .hint(say!("are loops nested that go through the same list?")),
        )
    })
}

/// A helper that needs nothing of the [`Rendering`]. All want their paths to be known.
enum Hidden {
    Known,
    /// Prints a variable.
    Printed,
    /// Prints what helpers made; the other arguments are the data that it was made of.
    Made,
    /// Includes a partial that sees what is seen where it is included. Handlebars' own inclusion
    /// copies all data first.
    Include,
    /// `if`, and `unless` when it must not hold.
    Condition(bool),
}

impl HelperDef for Hidden {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        spend(helper)?;
        // What a helper gave is not in the data, so it cannot be missing there.
        if !matches!(self, Self::Made) {
            check::known(helper, context, rc)?;
        }
        let value = helper.param(0).map_or(&JsonValue::Null, |param| param.value());
        let inner = match self {
            Self::Known => None,
            Self::Printed | Self::Made => {
                check::printable(helper, value)?;
                if let Some(run) = rc.get_local_helper(RUN) {
                    run.call_inner(helper, registry, context, rc)?;
                }
                let escape = registry.get_escape_fn();
                // A string is escaped as it is: `render` would make a copy of it first.
                out.write(&value.as_str().map_or_else(|| escape(&value.render()), escape))?;
                None
            }
            Self::Include => {
                let name = value.as_str().unwrap_or_default();
                // An inline partial goes before a file of the same name, as in Handlebars.
                rc.get_partial(name).or_else(|| registry.get_template(name))
            }
            Self::Condition(positive) => {
                let zero = helper
                    .hash_get("includeZero")
                    .and_then(|option| option.value().as_bool())
                    .unwrap_or(false);
                if value.is_truthy(zero) == *positive {
                    helper.template()
                } else {
                    helper.inverse()
                }
            }
        };
        inner.map_or(Ok(()), |inner| inner.render(registry, context, rc, out))
    }
}
