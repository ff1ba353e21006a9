//! Helpers that no author writes: [`check`](super::check) puts them into the template, and Handlebars' own that know too little.

use handlebars::{
    Context, Handlebars, Helper, HelperDef, HelperResult, JsonRender, JsonTruthy, JsonValue, Output, RenderContext, Renderable,
};

use super::{Named, Run};
use crate::template::check::{self, ENTER, INCLUDE, KNOWN, LEAVE, LISTED, PRINTED};
use crate::template::fault::Fault;

pub(super) fn install(registry: &mut Handlebars<'_>) {
    for name in [ENTER, LEAVE] {
        registry.register_helper(name, Box::new(Named));
    }
    for name in [KNOWN, LISTED] {
        registry.register_helper(name, Box::new(Known));
    }
    registry.register_helper(PRINTED, Box::new(Printed));
    registry.register_helper(INCLUDE, Box::new(Include));
    registry.register_helper("if", Box::new(Conditional { positive: true }));
    registry.register_helper("unless", Box::new(Conditional { positive: false }));
}

/// Counts how deep partials are nested.
pub(super) fn count(helper: &Helper<'_>, run: &Run) -> Result<(), Fault> {
    let weight = helper.param(0).and_then(|param| param.value().as_u64()).unwrap_or(1);
    match helper.name() {
        ENTER => run.enter(weight),
        _ => {
            run.leave(weight);
            Ok(())
        }
    }
}

/// Wants its paths to be known.
struct Known;

impl HelperDef for Known {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        _: &'reg Handlebars<'reg>,
        context: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        _: &mut dyn Output,
    ) -> HelperResult {
        Ok(check::known(helper, context, rc)?)
    }
}

/// Prints a variable.
struct Printed;

impl HelperDef for Printed {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        check::known(helper, context, rc)?;
        let escape = registry.get_escape_fn();
        match helper.param(0).map(|param| param.value()) {
            Some(JsonValue::String(text)) => out.write(&escape(text))?,
            Some(value) => out.write(&escape(&value.render()))?,
            None => {}
        }
        Ok(())
    }
}

/// `if` and `unless` whose condition must be known.
struct Conditional {
    positive: bool,
}

impl HelperDef for Conditional {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        check::known(helper, context, rc)?;
        let zero = helper.hash_get("includeZero").and_then(|option| option.value().as_bool()).unwrap_or(false);
        let holds = helper.param(0).is_some_and(|condition| condition.value().is_truthy(zero));
        let branch = if holds == self.positive { helper.template() } else { helper.inverse() };
        branch.map_or(Ok(()), |branch| branch.render(registry, context, rc, out))
    }
}

/// Includes a partial that sees what is seen where it is included. Handlebars' own inclusion copies all data first.
struct Include;

impl HelperDef for Include {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let name = helper.param(0).and_then(|name| name.value().as_str()).unwrap_or_default();
        let partial = rc.get_partial(name).or_else(|| registry.get_template(name));
        partial.map_or(Ok(()), |partial| partial.render(registry, context, rc, out))
    }
}
