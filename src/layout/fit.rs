//! `-itog-fit: shrink`: the text of one box is made smaller until it fits, down to a limit; then it
//! wraps; then it is reported. `-itog-fit: block` is in `settle`.

use super::context::{Context, EPSILON, Scope};
use super::flow;
use super::frame::Frame;
use super::settle;
use crate::boxes::BoxNode;
use crate::diag::{Value, say};
use crate::style::WrapStyle;

/// How finely sizes are tried between the smallest and the natural one.
const STEPS: u32 = 40;

/// What is inside a box, shrunk if its style asks for it. `max` is the greatest content height.
// Over 60 lines: three tries in a row, each made only if the one before has failed, and the report
// of the last.
pub(crate) fn contents<'a>(
    cx: &mut Context<'a>,
    node: &'a BoxNode,
    width: f64,
    height: Option<f64>,
    max: f64,
    scope: Scope,
) -> Frame<'a> {
    let Some(fit) = node.style.fit.filter(|fit| fit.whole || !scope.fitting) else {
        return flow::contents(cx, node, width, height, scope);
    };
    if fit.whole {
        return settle::contents(cx, node, fit, width, height, max, scope);
    }
    let outer = scope.scale;
    let inner = Scope { fitting: true, ..scope };
    // At a twentieth of its size nobody reads a text; at nothing, lines have no height.
    let min = fit.min.clamp(0.05, 1.0);
    let limit = height.unwrap_or(max);
    // One line first: the widest line scales with the size.
    let natural = cx.sizer(scope).content(node).max;
    let wanted = if natural > width { width / natural } else { 1.0 };
    // Widths scale with the size but for hinting of spaces and letters of fixed width, so the
    // quotient is only where the search begins.
    let one_line = if wanted >= min {
        largest(min, wanted, |scale| {
            cx.sizer(scope.scaled(outer * scale)).content(node).max <= width + EPSILON
        })
    } else {
        None
    };
    let at = |scale: f64| inner.scaled(outer * scale);
    let mut scale = one_line.unwrap_or(1.0);
    let tried = scale;
    let (mut frame, faults) =
        cx.collect_faults(|cx| flow::contents(cx, node, width, height, at(tried)));
    let too_tall = |frame: &Frame<'_>| frame.height > limit + EPSILON;
    // A single line may still be too tall for a box of set height.
    if one_line.is_none() && limit < f64::INFINITY || too_tall(&frame) {
        // It wraps: the largest size at which the lines fit the height.
        let found = largest(min, 1.0, |scale| {
            let scope = at(scale);
            cx.sizer(scope).content(node).min <= width + EPSILON
                && !too_tall(&cx.speculate(|cx| flow::contents(cx, node, width, height, scope)))
        });
        scale = found.unwrap_or(min);
    } else if one_line.is_none() {
        // Two lines, as large as they can be; more than two at the least size only.
        let line = |cx: &mut Context<'a>, scope: Scope| {
            let widest = cx.sizer(scope).content(node).max + 1.0;
            cx.speculate(|cx| flow::contents(cx, node, widest, height, scope)).height
        };
        let two = |scale: f64| {
            let scope = at(scale);
            let whole = cx.sizer(scope).content(node).min <= width + EPSILON;
            let tall = |cx: &mut Context<'a>| flow::contents(cx, node, width, height, scope);
            whole && cx.speculate(tall).height <= 2.0 * line(cx, scope) + EPSILON
        };
        scale = largest(min, 1.0, two).unwrap_or(min);
    }
    cx.settled.shrink(node, scale);
    // Nearly always the first try is it, and has nothing to report.
    if scale != tried || !faults.is_empty() {
        frame = flow::contents(cx, node, width, height, at(scale));
    }
    if too_tall(&frame) {
        let message = say!(
            "the text does not fit its box even at {scale} % of its size",
            scale = Value::decimal(scale * 100.0, 0)
        );
        cx.warn(
            "fit-overflow",
            message,
            node.span,
            say!("shorten the text, enlarge the box or lower `-itog-fit-min`"),
        );
    // What is to be balanced is expected to have more lines than one.
    } else if one_line.is_none() && node.style.text.wrap != WrapStyle::Balance {
        let message = say!(
            "the text did not fit on one line and was wrapped at {scale} % of its size",
            scale = Value::decimal(scale * 100.0, 0)
        );
        cx.warn("fit-wrapped", message, node.span, say!("shorten the text or enlarge the box"));
    }
    frame
}

/// The largest scale at which something fits, or nothing if even the least does not.
pub(crate) fn largest(min: f64, max: f64, mut fits: impl FnMut(f64) -> bool) -> Option<f64> {
    if fits(max) {
        return Some(max);
    }
    let at = |step: u32| min + (max - min) * f64::from(step) / f64::from(STEPS);
    if !fits(min) {
        return None;
    }
    // Halving needs that what fits at a size fits at each smaller one; line breaks may violate this
    // by a step, which nobody sees.
    let (mut low, mut high) = (0, STEPS);
    while high - low > 1 {
        let middle = (low + high) / 2;
        if fits(at(middle)) { low = middle } else { high = middle }
    }
    Some(at(low))
}
