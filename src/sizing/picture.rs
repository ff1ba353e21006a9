//! Sizes of pictures: as boxes, and fitted into a box.
//!
//! Both writers ask here, so that a picture is as large in Word as on our pages.

use super::edges::{Edges, content_size, set_height};
use crate::geometry::Size;
use crate::image::Image;
use crate::style::{Computed, Fitting};

/// The size of a picture's content box (CSS 2.2, 10.3.2, 10.4, 10.6.2). `width` and `height` are
/// the containing block's, if known; percentages of what is not known are `auto`.
pub(crate) fn picture(
    image: &Image,
    style: &Computed,
    edges: &Edges,
    width: Option<f64>,
    height: Option<f64>,
) -> Size {
    // A picture without a size, such as an empty SVG, counts as square: its ratio must be a
    // number.
    let ratio =
        if image.width > 0.0 && image.height > 0.0 { image.height / image.width } else { 1.0 };
    let set_w = content_size(style.width, style, width, edges.across());
    let set_h = set_height(style, edges, height);
    let max_w =
        content_size(style.max_width, style, width, edges.across()).unwrap_or(f64::INFINITY);
    let min_w = content_size(style.min_width, style, width, edges.across()).unwrap_or(0.0);
    let max_h =
        content_size(style.max_height, style, height, edges.along()).unwrap_or(f64::INFINITY);
    let min_h = content_size(style.min_height, style, height, edges.along()).unwrap_or(0.0);
    // The minimum wins over the maximum (CSS 2.2, 10.4).
    let limit_w = |w: f64| w.min(max_w).max(min_w);
    let limit_h = |h: f64| h.min(max_h).max(min_h);
    match (set_w, set_h) {
        (Some(w), Some(h)) => Size::new(limit_w(w), limit_h(h)),
        // One length decides both, and bounds of the other may break the ratio.
        (Some(w), None) => Size::new(limit_w(w), limit_h(limit_w(w) * ratio)),
        (None, Some(h)) => Size::new(limit_w(limit_h(h) / ratio), limit_h(h)),
        (None, None) => {
            // Both bounds hold and the ratio is kept as far as they allow.
            let w = limit_w(image.width);
            let h = limit_h(w * ratio);
            Size::new(limit_w(h / ratio), h)
        }
    }
}

/// The size of a picture fitted into a box: `background-size` (CSS Backgrounds 3, 3.9) and
/// `object-fit` (CSS Images 3, 5.5).
pub(crate) fn fitted(fitting: Fitting, image: &Image, room: Size) -> Size {
    // A picture without a size, such as an empty SVG, must not divide by nothing.
    let natural = Size::new(image.width.max(0.001), image.height.max(0.001));
    let (across, along) = (room.width / natural.width, room.height / natural.height);
    match fitting {
        Fitting::Natural => natural,
        Fitting::Fill => room,
        Fitting::Contain => natural.scaled(across.min(along)),
        Fitting::Cover => natural.scaled(across.max(along)),
        Fitting::ScaleDown => natural.scaled(across.min(along).min(1.0)),
        Fitting::Explicit(w, h) => match (w.resolve(room.width), h.resolve(room.height)) {
            (Some(w), Some(h)) => Size::new(w, h),
            (Some(w), None) => Size::new(w, w * natural.height / natural.width),
            (None, Some(h)) => Size::new(h * natural.width / natural.height, h),
            (None, None) => natural,
        },
    }
}
