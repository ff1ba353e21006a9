//! `-itog-fit: shrink`: the text of one box is made smaller until it fits, down to a limit; then it
//! wraps; then it is reported. `-itog-fit: block` is in [`settle`].

use super::context::{Context, EPSILON};
use super::flow;
use super::frame::Frame;
use super::settle;
use crate::boxes::BoxNode;

/// How finely sizes are tried between the smallest and the natural one.
const STEPS: u32 = 40;

/// What is inside a box, shrunk if its style asks for it. `max` is the greatest content height.
pub(crate) fn contents<'a>(
    cx: &mut Context<'a>,
    node: &'a BoxNode,
    width: f64,
    height: Option<f64>,
    max: f64,
    depth: u32,
) -> Frame<'a> {
    let Some(fit) = node.style.fit.filter(|fit| fit.whole || !cx.fitting) else {
        return flow::contents(cx, node, width, height, depth);
    };
    if fit.whole {
        return settle::contents(cx, node, fit, width, (height, max), depth);
    }
    cx.fitting = true;
    let outer = cx.scale;
    let min = fit.min.clamp(0.05, 1.0);
    let limit = height.unwrap_or(max);
    // One line first: the widest line scales with the size.
    let natural = cx.sizer().content(node).max;
    let wanted = if natural > width { width / natural } else { 1.0 };
    let one_line = if wanted >= min {
        largest(min, wanted, |scale| {
            cx.sizer().scaled(outer * scale).content(node).max <= width + EPSILON
        })
    } else {
        None
    };
    cx.scale = outer * one_line.unwrap_or(1.0);
    let mut frame = cx.quietly(|cx| flow::contents(cx, node, width, height, depth));
    let too_tall = |frame: &Frame<'_>| frame.height > limit + EPSILON;
    if one_line.is_none() && limit < f64::INFINITY || too_tall(&frame) {
        // It wraps: the largest size at which the lines fit the height.
        let found = largest(min, 1.0, |scale| {
            cx.scale = outer * scale;
            cx.sizer().content(node).min <= width + EPSILON
                && !too_tall(&cx.quietly(|cx| flow::contents(cx, node, width, height, depth)))
        });
        cx.scale = outer * found.unwrap_or(min);
    } else if one_line.is_none() {
        cx.scale = outer * min;
    }
    frame = flow::contents(cx, node, width, height, depth);
    let scale = cx.scale / outer;
    if too_tall(&frame) {
        let message =
            format!("the text does not fit its box even at {:.0} % of its size", scale * 100.0);
        cx.warn(
            "fit-overflow",
            message,
            node.span,
            "shorten the text, enlarge the box or lower `-itog-fit-min`",
        );
    } else if one_line.is_none() {
        let message = format!(
            "the text did not fit on one line and was wrapped at {:.0} % of its size",
            scale * 100.0
        );
        cx.warn("fit-wrapped", message, node.span, "shorten the text or enlarge the box");
    }
    cx.scale = outer;
    cx.fitting = false;
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
    let (mut low, mut high) = (0, STEPS);
    while high - low > 1 {
        let middle = (low + high) / 2;
        if fits(at(middle)) { low = middle } else { high = middle }
    }
    Some(at(low))
}
