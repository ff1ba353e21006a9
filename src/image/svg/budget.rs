//! What an SVG drawing may cost, looked at twice: in its XML, before usvg unfolds it, and in
//! usvg's tree, before anything is painted. A few hundred bytes can ask for gigabytes and hours.

use std::collections::HashMap;

use usvg::filter::Kind;
use usvg::roxmltree::{Document, Node as XmlNode};
use usvg::{ClipPath, Group, Image, ImageKind, Mask, Node, Paint, Path, Pattern, Rect, Tree};

use crate::diag::{Diagnostic, say};
use crate::limits::{self, Limits, reached};

/// How deep groups may nest: all that walks a drawing recurses.
const MAX_DEPTH: usize = 256;
/// How often rules of a stylesheet may be tried on an element. usvg tries each on each.
const MAX_MATCHES: usize = 5_000_000;
/// How many times references are followed to references. What goes on for longer is a circle,
/// which usvg breaks.
const ROUNDS: usize = 32;
/// Pixels per unit of print quality: 300 per inch, where SVG has 96.
const DENSITY: f64 = 300.0 / 96.0;
/// The most pixels that are painted at once: 5,000 on a side, see `pixels`.
const CANVAS: f64 = 25e6;

type BudgetResult = Result<(), Diagnostic>;

/// Looks at the XML.
pub(super) fn written(name: &str, document: &Document<'_>) -> BudgetResult {
    let limits = limits::get();
    let style: String = document
        .descendants()
        .filter(|node| node.has_tag_name((SVG, "style")))
        .flat_map(|node| node.children().filter_map(|child| child.text()))
        .collect();
    let elements = document.descendants().filter(XmlNode::is_element).count();
    let rules = style.matches('{').count();
    if elements.saturating_mul(rules) > MAX_MATCHES {
        let message = say!(
            "the SVG picture `{name}` has {rules} style rules for {elements} elements",
            name,
            rules,
            elements
        );
        return Err(simplify(Diagnostic::error("svg-size", message)));
    }
    numbers(name, document, &style, &limits)?;
    shapes(name, document, &style, &limits)
}

const SVG: &str = "http://www.w3.org/2000/svg";

fn simplify(fault: Diagnostic) -> Diagnostic {
    fault.hint(say!("simplify it in a drawing program, or save it as PNG"))
}

/// Attributes whose numbers say where and how large something is.
const GEOMETRY: [&str; 34] = [
    "d",
    "points",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "fx",
    "fy",
    "width",
    "height",
    "dx",
    "dy",
    "transform",
    "gradientTransform",
    "patternTransform",
    "viewBox",
    "refX",
    "refY",
    "markerWidth",
    "markerHeight",
    "stroke-width",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stdDeviation",
    "radius",
    "font-size",
    "style",
];

/// Numbers beyond all paper, and lines of endless dashes.
fn numbers(name: &str, document: &Document<'_>, style: &str, limits: &Limits) -> BudgetResult {
    // A drawing may be scaled down by its `viewBox`; what remains is looked at in the tree.
    let most = limits.coordinate as f64 * 10.0;
    let far = |text: &str| numbers_of(text).find(|number| number.abs() > most || number.is_nan());
    let common = dash_of(style).unwrap_or(f64::INFINITY);
    let mut dashes = 0.0;
    let mut inherited = common;
    for node in document.descendants().filter(XmlNode::is_element) {
        for attribute in node.attributes().filter(|a| GEOMETRY.contains(&a.name())) {
            if let Some(number) = far(attribute.value()) {
                return Err(beyond(name, number, limits));
            }
        }
        let own = node
            .attributes()
            .filter(|a| a.name() == "stroke-dasharray")
            .filter_map(|a| sum(a.value()))
            .chain(node.attribute("style").and_then(dash_of))
            .reduce(f64::min);
        // Kept for all that follow and not for the children alone: a bound, not the cascade.
        if node.has_children() {
            inherited = own.unwrap_or(inherited).min(inherited);
        }
        // Dashes are inherited. The shortest of all that may hold is taken, since a stylesheet
        // decides it elsewhere: rather too many counted than too few.
        let dash = own.unwrap_or(inherited);
        if dash.is_finite() {
            dashes += length(&node) / dash;
        }
    }
    if let Some(number) = far(style) {
        return Err(beyond(name, number, limits));
    }
    let limit = limits.segments;
    if dashes > limit as f64 {
        let message = say!("the SVG picture `{name}` has more than {limit} dashes", name, limit);
        return Err(simplify(reached("limit-segments", message)));
    }
    Ok(())
}

fn beyond(name: &str, number: f64, limits: &Limits) -> Diagnostic {
    let (limit, number) = (limits.coordinate, format!("{number:e}"));
    let message = say!(
        "the SVG picture `{name}` reaches beyond {limit} pixels: {number}",
        name,
        limit,
        number
    );
    simplify(reached("limit-coordinate", message))
}

/// About how long the outline of an element is: not less than it is.
fn length(node: &XmlNode<'_, '_>) -> f64 {
    let outline = |name: &str| node.attribute(name).unwrap_or_default();
    let (path, points) = (outline("d"), outline("points"));
    let numbers: Vec<f64> = numbers_of(path).chain(numbers_of(points)).collect();
    let all: f64 = numbers.iter().map(|number| number.abs()).sum();
    // Absolute points in pairs: what counts is how far it is from one to the next.
    let pairs = !path.contains(|c: char| c.is_ascii_lowercase() && c != 'e')
        && !path.contains(['A', 'H', 'V']);
    let steps: f64 = numbers.windows(3).map(|w| (w[2] - w[0]).abs()).sum();
    let first: f64 = numbers.iter().take(2).map(|number| number.abs()).sum();
    let drawn = if pairs { (steps + first).min(all * 2.0) } else { all * 2.0 };
    let sides = ["width", "height", "r", "rx", "ry", "x1", "y1", "x2", "y2"];
    // A circle is 2π of its radius, a rectangle twice both sides; seven is not less than any.
    drawn + 7.0 * sides.iter().flat_map(|side| numbers_of(outline(side))).map(f64::abs).sum::<f64>()
}

/// The numbers of a text; what stands behind `#` is a colour or a name.
fn numbers_of(text: &str) -> impl Iterator<Item = f64> + '_ {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let start = at;
            match bytes[at] {
                b'#' => {
                    at += 1;
                    while at < bytes.len() && bytes[at].is_ascii_alphanumeric() {
                        at += 1;
                    }
                }
                b'0'..=b'9' | b'.' => {
                    while at < bytes.len()
                        && (bytes[at].is_ascii_digit()
                            || bytes[at] == b'.' && !bytes[start..at].contains(&b'.'))
                    {
                        at += 1;
                    }
                    let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
                    // `1e5`, but not `1em`.
                    if matches!(bytes.get(at), Some(b'e' | b'E'))
                        && bytes.get(at + 1 + sign).is_some_and(u8::is_ascii_digit)
                    {
                        at += 2 + sign;
                        while at < bytes.len() && bytes[at].is_ascii_digit() {
                            at += 1;
                        }
                    }
                    let negative = start > 0 && bytes[start - 1] == b'-';
                    if let Ok(number) = text[start..at].parse::<f64>() {
                        return Some(if negative { -number } else { number });
                    }
                }
                _ => at += 1,
            }
        }
        None
    })
}

/// The sum of a list of dashes, unless it is none.
fn sum(list: &str) -> Option<f64> {
    let sum: f64 = numbers_of(list).sum();
    // As usvg has it, a list that is not positive draws a solid line.
    (sum > 0.0).then_some(sum)
}

/// The shortest dashes of some declarations.
fn dash_of(style: &str) -> Option<f64> {
    let lists = style.split("stroke-dasharray").skip(1);
    lists.filter_map(|rest| sum(rest.split([';', '}']).next()?)).reduce(f64::min)
}

/// Counts the shapes with all that references repeat.
fn shapes(name: &str, document: &Document<'_>, style: &str, limits: &Limits) -> BudgetResult {
    let nodes: Vec<XmlNode<'_, '_>> = document.descendants().filter(XmlNode::is_element).collect();
    let place: HashMap<_, usize> = nodes.iter().enumerate().map(|(i, n)| (n.id(), i)).collect();
    let ids: HashMap<&str, usize> =
        nodes.iter().enumerate().filter_map(|(i, node)| Some((node.attribute("id")?, i))).collect();
    let classed = classes(style, &ids);
    // What each element refers to, and how often that is drawn.
    let references: Vec<Vec<(usize, f64)>> = nodes
        .iter()
        .map(|node| {
            let vertices = vertices(node);
            let mut all: Vec<(usize, f64)> = Vec::new();
            for attribute in node.attributes() {
                let value = attribute.value();
                let times = if value.contains("marker") || attribute.name().starts_with("marker") {
                    vertices
                } else {
                    1.0
                };
                if attribute.name() == "href" && node.has_tag_name((SVG, "use")) {
                    all.extend(value.strip_prefix('#').and_then(|id| Some((*ids.get(id)?, 1.0))));
                } else {
                    all.extend(urls(value).filter_map(|id| Some((*ids.get(id)?, times))));
                }
            }
            let own = node.attribute("class").unwrap_or_default();
            for (class, target, marker) in &classed {
                if class.is_none_or(|class| own.split_ascii_whitespace().any(|c| c == class)) {
                    all.push((*target, if *marker { vertices } else { 1.0 }));
                }
            }
            // The stops of a gradient are not repeated.
            all.retain(|(target, _)| !nodes[*target].tag_name().name().ends_with("Gradient"));
            all
        })
        .collect();
    let mut weights = vec![0.0; nodes.len()];
    for _ in 0..ROUNDS {
        let before = weights.clone();
        // From the end: children stand behind their parents.
        for at in (0..nodes.len()).rev() {
            limits::tick();
            let own: f64 = references[at].iter().map(|(to, times)| before[*to] * times).sum();
            let inner = nodes[at].children().filter_map(|child| place.get(&child.id()));
            weights[at] = 1.0 + own + inner.map(|child| weights[*child]).sum::<f64>();
        }
        let limit = limits.shapes;
        if weights.first().is_some_and(|all| *all > limit as f64) {
            let message =
                say!("the SVG picture `{name}` has more than {limit} shapes", name, limit);
            return Err(simplify(reached("limit-shapes", message)));
        }
        if weights == before {
            break;
        }
    }
    Ok(())
}

/// References in the rules of a stylesheet: the class that a rule is for (`None` if it may be for
/// any element), what it refers to, whether as a marker.
fn classes<'a>(style: &'a str, ids: &HashMap<&str, usize>) -> Vec<(Option<&'a str>, usize, bool)> {
    let mut all = Vec::new();
    for rule in style.split('}') {
        let Some((selector, block)) = rule.split_once('{') else { continue };
        let plain = |class: &&str| class.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
        let class = selector.trim().strip_prefix('.').filter(plain);
        for declaration in block.split(';') {
            let marker = declaration.contains("marker");
            all.extend(urls(declaration).filter_map(|id| Some((class, *ids.get(id)?, marker))));
        }
    }
    all
}

/// The ids in `url(#…)`.
fn urls(text: &str) -> impl Iterator<Item = &str> {
    text.split("url(").skip(1).filter_map(|rest| {
        let url = rest.split(')').next()?;
        url.trim_matches([' ', '"', '\'']).strip_prefix('#')
    })
}

/// At how many points an element may have a marker.
fn vertices(node: &XmlNode<'_, '_>) -> f64 {
    let count = |name: &str| numbers_of(node.attribute(name).unwrap_or_default()).count();
    // A line has two; each point has two numbers, and `H` one.
    (count("d").max(count("points")).max(2)) as f64
}

/// Looks at the tree.
pub(super) fn unfolded(name: &str, tree: &Tree) -> BudgetResult {
    let size = tree.size();
    let canvas = f64::from(size.width()) * f64::from(size.height()) * DENSITY * DENSITY;
    let mut budget = Budget {
        name,
        limits: limits::get(),
        canvas: canvas.min(CANVAS),
        nodes: 0,
        segments: 0,
        steps: 0.0,
        layers: 0.0,
        depth: 0,
    };
    budget.group(tree.root())
}

struct Budget<'a> {
    name: &'a str,
    limits: Limits,
    /// Pixels of the whole.
    canvas: f64,
    nodes: usize,
    segments: usize,
    /// Pixels that are gone over.
    steps: f64,
    /// Pixels of the layers that are open at once.
    layers: f64,
    depth: usize,
}

impl Budget<'_> {
    fn group(&mut self, group: &Group) -> BudgetResult {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let message = say!(
                "the SVG picture `{name}` has groups nested more than {limit} deep",
                name = self.name,
                limit = MAX_DEPTH
            );
            return Err(simplify(Diagnostic::error("svg-size", message)));
        }
        let area = self.area(group.abs_stroke_bounding_box())?;
        // A mask and a clip path are painted on layers of their own, as large as the group.
        let masks = group.mask().is_some() as u8 + group.clip_path().is_some() as u8;
        let layer = match group.should_isolate() {
            true if group.filters().is_empty() => area * f64::from(1 + masks),
            // With filters a layer is not cut to the canvas: it is as large as their region,
            // wherever that lies.
            true => {
                let region = group.abs_layer_bounding_box();
                let [width, height] = [region.width(), region.height()].map(f64::from);
                width * height * DENSITY * DENSITY * f64::from(1 + masks)
            }
            false => 0.0,
        };
        self.layers += layer;
        self.spend(layer)?;
        // Twice, since the canvas itself may take the limit and a layer above it as much.
        if self.layers > 2.0 * self.limits.pixels as f64 {
            let limit = self.limits.pixels;
            let message = say!(
                "the layers of the SVG picture `{name}` have more than twice {limit} pixels at \
                 once",
                name = self.name,
                limit
            );
            return Err(simplify(reached("limit-pixels", message)));
        }
        for filter in group.filters() {
            self.filter(group, filter, area)?;
        }
        if let Some(mask) = group.mask() {
            self.mask(mask)?;
        }
        if let Some(clip) = group.clip_path() {
            self.clip(clip)?;
        }
        for node in group.children() {
            self.node(node)?;
        }
        self.layers -= layer;
        self.depth -= 1;
        Ok(())
    }

    fn mask(&mut self, mask: &Mask) -> BudgetResult {
        mask.mask().map_or(Ok(()), |outer| self.mask(outer))?;
        self.group(mask.root())
    }

    fn clip(&mut self, clip: &ClipPath) -> BudgetResult {
        clip.clip_path().map_or(Ok(()), |outer| self.clip(outer))?;
        self.group(clip.root())
    }

    fn node(&mut self, node: &Node) -> BudgetResult {
        limits::tick();
        self.nodes += 1;
        let limit = self.limits.shapes;
        if self.nodes > limit {
            let name = self.name;
            let message =
                say!("the SVG picture `{name}` has more than {limit} shapes", name, limit);
            return Err(simplify(reached("limit-shapes", message)));
        }
        match node {
            Node::Group(group) => self.group(group),
            Node::Path(path) => self.path(path),
            Node::Image(image) => self.image(image),
            Node::Text(text) => self.group(text.flattened()),
        }
    }

    fn path(&mut self, path: &Path) -> BudgetResult {
        self.segments += path.data().len();
        let limit = self.limits.segments;
        if self.segments > limit {
            let name = self.name;
            let message =
                say!("the SVG picture `{name}` has more than {limit} path segments", name, limit);
            return Err(simplify(reached("limit-segments", message)));
        }
        let area = self.area(path.abs_stroke_bounding_box())?;
        // To fill a pixel is cheaper than to lay one layer on another.
        self.spend(area / 4.0)?;
        let scale = scale(path.abs_transform());
        for paint in
            path.fill().map(|f| f.paint()).into_iter().chain(path.stroke().map(|s| s.paint()))
        {
            if let Paint::Pattern(pattern) = paint {
                self.pattern(pattern, scale)?;
            }
        }
        Ok(())
    }

    /// A tile is painted at the size that it is seen at, however much of it is seen.
    fn pattern(&mut self, pattern: &Pattern, scale: f64) -> BudgetResult {
        let rect = pattern.rect();
        let scale = scale * self::scale(pattern.transform()) * DENSITY;
        let pixels = f64::from(rect.width()) * f64::from(rect.height()) * scale * scale;
        self.pixels(pixels)?;
        self.spend(pixels)?;
        self.group(pattern.root())
    }

    fn image(&mut self, image: &Image) -> BudgetResult {
        let size = image.size();
        self.area(image.abs_bounding_box())?;
        match image.kind() {
            ImageKind::SVG(tree) => self.group(tree.root()),
            _ => self.pixels(f64::from(size.width()) * f64::from(size.height())),
        }
    }

    fn filter(&mut self, group: &Group, filter: &usvg::filter::Filter, area: f64) -> BudgetResult {
        let scale = scale(group.abs_transform()) * DENSITY;
        let rect = filter.rect();
        let region = f64::from(rect.width()) * f64::from(rect.height()) * scale * scale;
        // What does not fit the canvas is not painted, however large the region.
        let region = region.max(area).min(CANVAS);
        let across = |radius: f32| (2.0 * f64::from(radius) * scale + 1.0).min(5000.0);
        for primitive in filter.primitives() {
            let per_pixel = match primitive.kind() {
                Kind::Morphology(f) => across(f.radius_x().get()) * across(f.radius_y().get()),
                Kind::ConvolveMatrix(f) => {
                    f64::from(f.matrix().columns()) * f64::from(f.matrix().rows())
                }
                // Each octave interpolates noise between four corners in each of four channels.
                Kind::Turbulence(f) => 20.0 * f64::from(f.num_octaves()),
                Kind::DiffuseLighting(_) | Kind::SpecularLighting(_) => 10.0,
                Kind::GaussianBlur(_) | Kind::DropShadow(_) => 8.0,
                Kind::Image(f) => {
                    self.group(f.root())?;
                    4.0
                }
                _ => 3.0,
            };
            self.spend(region * per_pixel)?;
        }
        Ok(())
    }

    /// The pixels that a box takes, if it lies where paper may be.
    fn area(&self, rect: Rect) -> Result<f64, Diagnostic> {
        let limit = self.limits.coordinate as f64;
        let edges = [rect.left(), rect.top(), rect.right(), rect.bottom()];
        if let Some(far) = edges.iter().find(|edge| edge.is_nan() || f64::from(edge.abs()) > limit)
        {
            return Err(beyond(self.name, f64::from(*far), &self.limits));
        }
        let area = f64::from(rect.width()) * f64::from(rect.height()) * DENSITY * DENSITY;
        Ok(area.min(self.canvas))
    }

    fn pixels(&self, pixels: f64) -> BudgetResult {
        let limit = self.limits.pixels;
        if pixels <= limit as f64 {
            return Ok(());
        }
        let name = self.name;
        let message = say!(
            "a picture or pattern in the SVG picture `{name}` has more than {limit} pixels",
            name,
            limit
        );
        Err(simplify(reached("limit-pixels", message)))
    }

    fn spend(&mut self, steps: f64) -> BudgetResult {
        self.steps += steps;
        let limit = self.limits.drawing_steps;
        if self.steps <= limit as f64 {
            return Ok(());
        }
        let name = self.name;
        let message = say!(
            "the filters and layers of the SVG picture `{name}` take more than {limit} steps",
            name,
            limit
        );
        Err(simplify(reached("limit-drawing-steps", message)))
    }
}

fn scale(transform: usvg::Transform) -> f64 {
    let (x, y) = transform.get_scale();
    f64::from(x.max(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_as_svg_writes_them() {
        let found: Vec<f64> = numbers_of("M1.5.5-3e2,4e-1 #1e9 2em url(#g7) 1e+3").collect();
        assert_eq!(found, [1.5, 0.5, -300.0, 0.4, 2.0, 1000.0]);
    }

    #[test]
    fn references_multiply() {
        let mut text =
            String::from("<svg xmlns='http://www.w3.org/2000/svg'><defs><rect id='a0'/>");
        for level in 1..8 {
            let inner = format!("<use href='#a{}'/>", level - 1).repeat(10);
            text.push_str(&format!("<g id='a{level}'>{inner}</g>"));
        }
        text.push_str("</defs><use href='#a7'/></svg>");
        let fault = written("a.svg", &Document::parse(&text).unwrap()).unwrap_err();
        assert_eq!(fault.code(), "limit-shapes");
    }
}
