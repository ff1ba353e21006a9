//! SVG as paths, by usvg: transforms applied, strokes in points, opacity in the alpha of colours.

use std::sync::Arc;

use super::{Image, digest_name};
use crate::diag::Diagnostic;

/// A picture from SVG text, such as an inline `<svg>`. Needs the feature `svg`.
///
/// # Errors
/// `svg-broken`, `svg-size`; without the feature always `svg-feature`.
pub fn svg(text: &str) -> Result<Arc<Image>, Diagnostic> {
    read(digest_name("svg", text.as_bytes()), text).map(|(image, _)| Arc::new(image))
}

/// Without usvg no SVG can be shown.
#[cfg(not(feature = "svg"))]
pub(super) fn read(name: Arc<str>, _: &str) -> Result<(Image, Vec<Diagnostic>), Diagnostic> {
    let fault = Diagnostic::error(
        "svg-feature",
        format!("the picture `{name}` is an SVG file, and this program was built without SVG"),
    );
    Err(fault.hint("build with the feature `svg`, or save the picture as PNG"))
}

#[cfg(feature = "svg")]
pub(super) use paths::{plain, read};

/// Without usvg nothing can be said of what is in an SVG.
#[cfg(not(feature = "svg"))]
pub(super) fn plain(_: &str, _: &str) -> Option<String> {
    None
}

#[cfg(feature = "svg")]
pub(super) mod paths {
    use std::sync::Arc;

    use usvg::tiny_skia_path::{PathSegment, Transform};
    use usvg::{
        Group, ImageHrefResolver, LineCap, LineJoin, Node, Options, Paint, PaintOrder, Path, Tree,
    };

    use crate::diag::Diagnostic;
    use crate::image::{Image, ImageData, PIXEL, Segment, Shape, Stroke};
    use crate::style::Color;

    /// The longest SVG text, in bytes.
    const MAX_TEXT: usize = 16 << 20;
    /// The most path segments.
    const MAX_SEGMENTS: usize = 1_000_000;
    /// How deep groups may nest.
    const MAX_DEPTH: usize = 256;

    /// Parses SVG. Nothing is read beside the text: links to files and pictures inside are not
    /// followed.
    pub(in crate::image) fn parse(name: &str, text: &str) -> Result<Tree, Diagnostic> {
        if text.len() > MAX_TEXT {
            let message = format!(
                "the SVG picture `{name}` has {} bytes; the limit is {MAX_TEXT}",
                text.len()
            );
            return Err(Diagnostic::error("svg-size", message));
        }
        let resolver = ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        };
        let options = Options { image_href_resolver: resolver, ..Options::default() };
        Tree::from_str(text, &options).map_err(|fault| {
            Diagnostic::error(
                "svg-broken",
                format!("the SVG picture `{name}` cannot be read: {fault}"),
            )
        })
    }

    /// The same drawing with nothing in it but shapes: no scripts, no links, no text, no addresses
    /// of other files.
    pub(in crate::image) fn plain(name: &str, text: &str) -> Option<String> {
        let options =
            usvg::WriteOptions { indent: usvg::Indent::None, ..usvg::WriteOptions::default() };
        parse(name, text).ok().map(|tree| tree.to_string(&options))
    }

    /// Reads SVG; the second of the pair says what will look otherwise.
    pub(in crate::image) fn read(
        name: Arc<str>,
        text: &str,
    ) -> Result<(Image, Vec<Diagnostic>), Diagnostic> {
        let tree = parse(&name, text)?;
        let mut reader = Reader { shapes: Vec::new(), segments: 0, unlike: [false; KINDS.len()] };
        reader.unlike[TEXT] = text.contains("<text");
        reader.unlike[PICTURE] = text.contains("<image");
        reader.group(tree.root(), 1.0, 0);
        if reader.segments > MAX_SEGMENTS {
            let message =
                format!("the SVG picture `{name}` has more than {MAX_SEGMENTS} path segments");
            return Err(Diagnostic::error("svg-size", message)
                .hint("simplify its paths, or save it as PNG"));
        }
        let warning = |(what, hint): &(&str, &str)| {
            Diagnostic::warning("svg-unlike", format!("the SVG picture `{name}` has {what}"))
                .hint(*hint)
        };
        let warnings = KINDS
            .iter()
            .zip(reader.unlike)
            .filter(|(_, unlike)| *unlike)
            .map(|(kind, _)| warning(kind))
            .collect();
        let data = ImageData::Vector { shapes: reader.shapes.into(), svg: Some(text.into()) };
        let size = |v: f32| f64::from(v) * PIXEL;
        Ok((
            Image {
                width: size(tree.size().width()),
                height: size(tree.size().height()),
                name,
                data,
            },
            warnings,
        ))
    }

    /// What cannot be shown as it is meant, and what to do.
    const KINDS: [(&str, &str); 6] = [
        (
            "gradients or patterns, which become one even colour",
            "save it as PNG if the gradient matters",
        ),
        ("clipping or masks, which are left out", "cut the paths in a drawing program"),
        ("filters, which are left out", "save it as PNG if they matter"),
        ("text, which is left out", "turn text into paths in a drawing program"),
        ("pictures inside, which are left out", "put the picture beside it in the template"),
        (
            "strokes drawn by an uneven transform, whose width becomes even",
            "turn strokes into paths in a drawing program",
        ),
    ];
    const GRADIENT: usize = 0;
    const CLIP: usize = 1;
    const FILTER: usize = 2;
    const TEXT: usize = 3;
    const PICTURE: usize = 4;
    const UNEVEN: usize = 5;

    struct Reader {
        shapes: Vec<Shape>,
        segments: usize,
        unlike: [bool; KINDS.len()],
    }

    impl Reader {
        fn group(&mut self, group: &Group, opacity: f32, depth: usize) {
            if depth > MAX_DEPTH || self.segments > MAX_SEGMENTS {
                return;
            }
            self.unlike[CLIP] |=
                group.mask().is_some() || group.clip_path().is_some_and(|clip| cuts(group, clip));
            self.unlike[FILTER] |= !group.filters().is_empty();
            let opacity = opacity * group.opacity().get();
            for node in group.children() {
                match node {
                    Node::Group(group) => self.group(group, opacity, depth + 1),
                    Node::Path(path) if path.is_visible() => self.path(path, opacity),
                    Node::Path(_) => {}
                    Node::Image(_) => self.unlike[PICTURE] = true,
                    Node::Text(_) => self.unlike[TEXT] = true,
                }
            }
        }

        fn path(&mut self, path: &Path, opacity: f32) {
            let transform = path.abs_transform().post_scale(PIXEL as f32, PIXEL as f32);
            let segments = segments(path, transform);
            self.segments += segments.len();
            let fill =
                path.fill().map(|fill| self.color(fill.paint(), fill.opacity().get() * opacity));
            let even_odd = path.fill().is_some_and(|fill| fill.rule() == usvg::FillRule::EvenOdd);
            let stroke = path.stroke().map(|stroke| self.stroke(stroke, transform, opacity));
            let shape = |fill, stroke| Shape { path: segments.clone(), fill, even_odd, stroke };
            match (fill, stroke) {
                (Some(fill), Some(stroke)) if path.paint_order() == PaintOrder::StrokeAndFill => {
                    self.shapes.extend([shape(None, Some(stroke)), shape(Some(fill), None)]);
                }
                (None, None) => {}
                (fill, stroke) => self.shapes.push(shape(fill, stroke)),
            }
        }

        fn stroke(&mut self, stroke: &usvg::Stroke, transform: Transform, opacity: f32) -> Stroke {
            let (sx, sy) = transform.get_scale();
            self.unlike[UNEVEN] |= (sx - sy).abs() > 0.01 * sx.max(sy);
            let scale = f64::from(sx * sy).sqrt();
            let scaled = |v: f32| f64::from(v) * scale;
            Stroke {
                color: self.color(stroke.paint(), stroke.opacity().get() * opacity),
                width: scaled(stroke.width().get()),
                dash: stroke.dasharray().unwrap_or_default().iter().map(|v| scaled(*v)).collect(),
                cap: match stroke.linecap() {
                    LineCap::Butt => 0,
                    LineCap::Round => 1,
                    LineCap::Square => 2,
                },
                join: match stroke.linejoin() {
                    LineJoin::Round => 1,
                    LineJoin::Bevel => 2,
                    LineJoin::Miter | LineJoin::MiterClip => 0,
                },
            }
        }

        /// A colour, or the mean of a gradient's stops.
        fn color(&mut self, paint: &Paint, opacity: f32) -> Color {
            let stops = match paint {
                Paint::Color(color) => return mix(&[(*color, opacity)]),
                Paint::LinearGradient(gradient) => gradient.stops(),
                Paint::RadialGradient(gradient) => gradient.stops(),
                Paint::Pattern(_) => &[],
            };
            self.unlike[GRADIENT] = true;
            mix(&stops
                .iter()
                .map(|stop| (stop.color(), stop.opacity().get() * opacity))
                .collect::<Vec<_>>())
        }
    }

    fn mix(colors: &[(usvg::Color, f32)]) -> Color {
        if colors.is_empty() {
            return Color::TRANSPARENT;
        }
        let mean = |part: fn(&(usvg::Color, f32)) -> f32| {
            (colors.iter().map(part).sum::<f32>() / colors.len() as f32).round() as u8
        };
        Color {
            red: mean(|(c, _)| f32::from(c.red)),
            green: mean(|(c, _)| f32::from(c.green)),
            blue: mean(|(c, _)| f32::from(c.blue)),
            alpha: mean(|(_, opacity)| opacity * 255.0),
        }
    }

    /// Whether a clip path may take something away: drawing programs clip to a rectangle that holds
    /// all.
    fn cuts(group: &Group, clip: &usvg::ClipPath) -> bool {
        let (inner, outer) = (group.abs_stroke_bounding_box(), clip.root().abs_bounding_box());
        let upright =
            |node: &Node| matches!(node, Node::Path(path) if path.data().verbs().len() <= 6);
        let room = 0.01 * (outer.width() + outer.height());
        !clip.root().children().iter().all(upright)
            || inner.left() < outer.left() - room
            || inner.top() < outer.top() - room
            || inner.right() > outer.right() + room
            || inner.bottom() > outer.bottom() + room
    }

    fn segments(path: &Path, transform: Transform) -> Vec<Segment> {
        let map = |p: usvg::tiny_skia_path::Point| {
            let mut p = p;
            transform.map_point(&mut p);
            (f64::from(p.x), f64::from(p.y))
        };
        let mut at = (0.0, 0.0);
        let mut out = Vec::with_capacity(path.data().verbs().len());
        for segment in path.data().segments() {
            out.push(match segment {
                PathSegment::MoveTo(p) => {
                    at = map(p);
                    Segment::Move(at.0, at.1)
                }
                PathSegment::LineTo(p) => {
                    at = map(p);
                    Segment::Line(at.0, at.1)
                }
                PathSegment::QuadTo(c, p) => {
                    // The cubic with the same course has its handles two thirds of the way to the
                    // quadratic's.
                    let ((cx, cy), end) = (map(c), map(p));
                    let handle = |from: (f64, f64)| {
                        (from.0 + (cx - from.0) * 2.0 / 3.0, from.1 + (cy - from.1) * 2.0 / 3.0)
                    };
                    let (a, b) = (handle(at), handle(end));
                    at = end;
                    Segment::Cubic(a.0, a.1, b.0, b.1, end.0, end.1)
                }
                PathSegment::CubicTo(a, b, p) => {
                    let (a, b) = (map(a), map(b));
                    at = map(p);
                    Segment::Cubic(a.0, a.1, b.0, b.1, at.0, at.1)
                }
                PathSegment::Close => Segment::Close,
            });
        }
        out
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        fn shapes(text: &str) -> (Vec<Shape>, Vec<Diagnostic>) {
            let (image, warnings) = read("a.svg".into(), text).unwrap();
            let ImageData::Vector { shapes, .. } = image.data else { panic!() };
            (shapes.to_vec(), warnings)
        }

        #[test]
        fn transforms_and_opacity_are_worked_in() {
            let (shapes, warnings) = shapes(
                "<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'><g opacity='.5' transform='translate(4 8) scale(2)'>\
                 <path d='M0 0H4V2Z' fill='#f00' stroke='#00f' stroke-width='1' stroke-dasharray='2 1' stroke-linecap='round'/></g></svg>",
            );
            assert!(warnings.is_empty());
            assert_eq!(shapes[0].path[..2], [Segment::Move(3.0, 6.0), Segment::Line(9.0, 6.0)]);
            assert_eq!(shapes[0].fill, Some(Color { red: 255, green: 0, blue: 0, alpha: 128 }));
            let stroke = shapes[0].stroke.as_ref().unwrap();
            assert!((stroke.width - 1.5).abs() < 1e-6 && stroke.cap == 1);
            assert_eq!(stroke.dash.len(), 2);
        }

        #[test]
        fn what_cannot_be_shown_is_told() {
            let (shapes, warnings) = shapes(
                "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><linearGradient id='g'><stop stop-color='#000'/>\
                 <stop offset='1' stop-color='#fff'/></linearGradient><path d='M0 0H9V9Z' fill='url(#g)'/><text>а</text></svg>",
            );
            assert_eq!(shapes[0].fill, Some(Color { red: 128, green: 128, blue: 128, alpha: 255 }));
            let codes: Vec<_> = warnings.iter().map(Diagnostic::code).collect();
            assert_eq!(codes, ["svg-unlike", "svg-unlike"]);
        }

        #[test]
        fn a_plain_drawing_holds_shapes_only() {
            let text = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='9' height='9' onload='a()'>\
                        <script>a()</script><a xlink:href='https://example.org'><path d='M0 0H9V9Z' fill='#f00' onclick='a()'/></a>\
                        <image href='https://example.org/a.png' width='9' height='9'/><use href='b.svg#c'/><style>@import 'd.css';</style></svg>";
            let plain = plain("a.svg", text).unwrap();
            assert!(plain.contains("<path") && plain.contains("#ff0000"), "{plain}");
            for bad in ["script", "onload", "onclick", "example", "b.svg", "import"] {
                assert!(!plain.contains(bad), "{bad}: {plain}");
            }
            assert_eq!(super::plain("a.svg", text), Some(plain));
        }

        #[test]
        fn hostile_text_is_an_error_or_a_picture() {
            let bomb = "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;'>]>\
                        <svg xmlns='http://www.w3.org/2000/svg'>&c;&c;&c;</svg>";
            let deep = format!(
                "<svg xmlns='http://www.w3.org/2000/svg'>{}",
                "<g opacity='.9'>".repeat(5000)
            );
            for text in [
                "",
                "<svg",
                "<svg xmlns='http://www.w3.org/2000/svg' width='1e30' height='-1'/>",
                bomb,
                &deep,
            ] {
                let _ = read("a.svg".into(), text);
            }
            let file = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><image href='/etc/passwd' width='9' height='9'/></svg>";
            assert!(shapes(file).0.is_empty());
        }
    }
}
