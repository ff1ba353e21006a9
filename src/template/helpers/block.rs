//! Block helpers of an embedder's own at work.
//!
//! They say what is to be printed as a list of pieces, and this prints it.

use handlebars::{
    BlockContext, Context, Handlebars, Helper, HelperDef, HelperResult, JsonValue, Output,
    RenderContext, Renderable,
};

use super::super::own::{INSIDE, INSIDE_WITH, MARKUP, OTHERWISE, TEXT};
use super::{RUN, hidden};

/// A block helper as the template calls it. The rendering knows who answers to its name.
pub(super) struct OwnBlock;

impl HelperDef for OwnBlock {
    fn call<'reg: 'rc, 'rc>(
        &self,
        helper: &Helper<'rc>,
        registry: &'reg Handlebars<'reg>,
        context: &'rc Context,
        rc: &mut RenderContext<'reg, 'rc>,
        out: &mut dyn Output,
    ) -> HelperResult {
        let Some(run) = rc.get_local_helper(RUN) else { return Ok(()) };
        let made = run.call_inner(helper, registry, context, rc)?;
        for piece in made.as_json().as_array().into_iter().flatten() {
            hidden::spend_steps(1)?;
            let value = piece.get(1).unwrap_or(&JsonValue::Null);
            let text = value.as_str().unwrap_or_default();
            let inner = match piece.get(0).and_then(JsonValue::as_str).unwrap_or_default() {
                TEXT => {
                    out.write(&(registry.get_escape_fn())(text))?;
                    None
                }
                MARKUP => {
                    out.write(text)?;
                    None
                }
                INSIDE => helper.template(),
                INSIDE_WITH => {
                    let mut block = BlockContext::new();
                    block.set_base_value(value.clone());
                    rc.push_block(block);
                    if let Some(inner) = helper.template() {
                        inner.render(registry, context, rc, out)?;
                    }
                    rc.pop_block();
                    None
                }
                OTHERWISE => helper.inverse(),
                _ => None,
            };
            if let Some(inner) = inner {
                inner.render(registry, context, rc, out)?;
            }
        }
        Ok(())
    }
}
