//! Graphics state and paths. The state is followed, so that nothing is set twice.

use std::collections::BTreeSet;

use printpdf::{
    Color as Paint, CurTransMat, DictItem, ExtendedGraphicsStateId, Greyscale, LineCapStyle, LineDashPattern, LineJoinStyle, Op, PaintMode,
    Pt, Rect, Rgb, WindingOrder,
};

use super::object::round;
use crate::font::FaceId;
use crate::image::{Segment, Shape, Stroke};
use crate::style::Color;

/// What is known of the graphics state; nothing if it may be anything.
#[derive(Debug, Clone, PartialEq, Default)]
struct State {
    fill: Option<Color>,
    stroke: Option<Color>,
    width: Option<f64>,
    dash: Option<Vec<f64>>,
    cap: Option<u8>,
    join: Option<u8>,
    alpha: u8,
    font: Option<(FaceId, f64)>,
    rise: f64,
}

/// Writes operations for a page or a form. It takes coordinates with y downwards and writes them with y upwards.
pub(super) struct Pen {
    /// What has been written.
    pub(super) ops: Vec<Op>,
    /// The height that y is measured from.
    pub(super) height: f64,
    /// Alphas that were set.
    pub(super) alphas: BTreeSet<u8>,
    state: State,
    saved: Vec<State>,
}

impl Pen {
    /// For a page: the state is the initial one (ISO 32000-1, 8.4.1).
    pub(super) fn page(height: f64) -> Self {
        let state = State {
            fill: Some(Color::BLACK),
            stroke: Some(Color::BLACK),
            width: Some(1.0),
            dash: Some(Vec::new()),
            cap: Some(0),
            join: Some(0),
            alpha: 255,
            ..State::default()
        };
        Self { ops: Vec::new(), height, alphas: BTreeSet::new(), state, saved: Vec::new() }
    }

    /// For a form, which may be painted in any state, but opaque.
    pub(super) fn form(height: f64) -> Self {
        Self { state: State { alpha: 255, ..State::default() }, ..Self::page(height) }
    }

    /// How many states are saved.
    pub(super) fn depth(&self) -> usize {
        self.saved.len()
    }

    /// Saves the state.
    pub(super) fn save(&mut self) {
        self.saved.push(self.state.clone());
        self.ops.push(Op::SaveGraphicsState);
    }

    /// Goes back to the state saved last.
    pub(super) fn restore(&mut self) {
        if let Some(state) = self.saved.pop() {
            self.state = state;
            self.ops.push(Op::RestoreGraphicsState);
        }
    }

    /// Transforms what follows by a matrix for coordinates with y downwards.
    pub(super) fn transform(&mut self, [a, b, c, d, e, f]: [f64; 6]) {
        let h = self.height;
        let (e, f) = (c * h + e, h - d * h - f);
        let fine = |v: f64| ((v * 1e6).round() / 1e6) as f32;
        self.matrix([fine(a), fine(-b), fine(-c), fine(d), round(e), round(f)]);
    }

    /// Transforms what follows by a matrix as PDF has it.
    pub(super) fn matrix(&mut self, matrix: [f32; 6]) {
        self.ops.push(Op::SetTransformationMatrix { matrix: CurTransMat::Raw(matrix) });
    }

    /// Clips what follows to a rectangle.
    pub(super) fn clip(&mut self, [x, y, width, height]: [f64; 4]) {
        let rectangle = Rect {
            x: Pt(round(x)),
            y: Pt(round(self.height - y - height)),
            width: Pt(round(width)),
            height: Pt(round(height)),
            mode: Some(PaintMode::Clip),
            winding_order: Some(WindingOrder::NonZero),
        };
        self.ops.push(Op::DrawRectangle { rectangle });
    }

    /// Sets the colour of fills and text, alpha included.
    pub(super) fn fill(&mut self, color: Color) {
        self.alpha(color.alpha);
        let opaque = Color { alpha: 255, ..color };
        if self.state.fill != Some(opaque) {
            self.state.fill = Some(opaque);
            self.ops.push(Op::SetFillColor { col: paint(color) });
        }
    }

    /// Sets how strokes look, alpha included.
    fn stroke(&mut self, stroke: &Stroke) {
        self.alpha(stroke.color.alpha);
        let opaque = Color { alpha: 255, ..stroke.color };
        let state = &mut self.state;
        if state.stroke != Some(opaque) {
            state.stroke = Some(opaque);
            self.ops.push(Op::SetOutlineColor { col: paint(stroke.color) });
        }
        if state.width != Some(stroke.width) {
            state.width = Some(stroke.width);
            self.ops.push(Op::SetOutlineThickness { pt: Pt(round(stroke.width)) });
        }
        if state.dash.as_ref() != Some(&stroke.dash) {
            let dash: Vec<f32> = stroke.dash.iter().map(|v| round(*v)).collect();
            state.dash = Some(stroke.dash.clone());
            self.ops.push(Op::SetLineDashPattern { dash: LineDashPattern::new(0.0, &dash) });
        }
        if state.cap != Some(stroke.cap) {
            state.cap = Some(stroke.cap);
            let cap = [LineCapStyle::Butt, LineCapStyle::Round, LineCapStyle::ProjectingSquare][usize::from(stroke.cap.min(2))];
            self.ops.push(Op::SetLineCapStyle { cap });
        }
        if state.join != Some(stroke.join) {
            state.join = Some(stroke.join);
            let join = [LineJoinStyle::Miter, LineJoinStyle::Round, LineJoinStyle::Bevel][usize::from(stroke.join.min(2))];
            self.ops.push(Op::SetLineJoinStyle { join });
        }
    }

    /// Sets the alpha of all that is painted.
    pub(super) fn alpha(&mut self, alpha: u8) {
        if self.state.alpha != alpha {
            self.state.alpha = alpha;
            self.alphas.insert(alpha);
            self.ops.push(Op::LoadGraphicsState { gs: alpha_id(alpha) });
        }
    }

    /// Notes a face and size; says whether they are other than before.
    pub(super) fn font(&mut self, face: FaceId, size: f64) -> bool {
        let font = Some((face, size));
        std::mem::replace(&mut self.state.font, font) != font
    }

    /// Whether a rise is other than the one now.
    pub(super) fn rises_other(&self, rise: f64) -> bool {
        self.state.rise != rise
    }

    /// Raises text.
    pub(super) fn rise(&mut self, rise: f64) {
        if self.state.rise != rise {
            self.state.rise = rise;
            self.ops.push(Op::SetLineOffset { multiplier: round(rise) });
        }
    }

    /// Fills and strokes a path.
    pub(super) fn shape(&mut self, path: &[Segment], fill: Option<Color>, even_odd: bool, stroke: Option<&Stroke>) {
        let fill = fill.filter(|c| !c.is_transparent());
        let stroke = stroke.filter(|s| !s.color.is_transparent() && s.width > 0.0);
        let at_once = matches!((fill, stroke), (Some(f), Some(s)) if f.alpha == s.color.alpha);
        if let Some(color) = fill {
            self.fill(color);
            if let Some(stroke) = stroke.filter(|_| at_once) {
                self.stroke(stroke);
            }
            self.path(path);
            self.painting(if at_once { "B" } else { "f" }, even_odd);
        }
        if let Some(stroke) = stroke.filter(|_| !at_once) {
            self.stroke(stroke);
            self.path(path);
            self.painting("S", false);
        }
    }

    /// Paints the shapes of a picture of the given height.
    pub(super) fn shapes(&mut self, shapes: &[Shape], height: f64) {
        let outer = std::mem::replace(&mut self.height, height);
        for shape in shapes.iter().filter(|s| s.path.iter().all(is_finite)) {
            self.shape(&shape.path, shape.fill, shape.even_odd, shape.stroke.as_ref());
        }
        self.height = outer;
    }

    /// printpdf's own lines and polygons cannot say «several subpaths, some open»: the operators of ISO 32000-1, 8.5.2 can.
    fn path(&mut self, path: &[Segment]) {
        let h = self.height;
        let mut rest = path;
        while let Some((segment, others)) = rest.split_first() {
            if let Some((five, others)) = rest.split_first_chunk()
                && let Some([x, y, width, height]) = rectangle(five)
            {
                self.construct("re", &[x, h - y, width, -height]);
                rest = others;
                continue;
            }
            match *segment {
                Segment::Move(x, y) => self.construct("m", &[x, h - y]),
                Segment::Line(x, y) => self.construct("l", &[x, h - y]),
                Segment::Cubic(a, b, c, d, x, y) => self.construct("c", &[a, h - b, c, h - d, x, h - y]),
                Segment::Close => self.construct("h", &[]),
            }
            rest = others;
        }
    }

    fn construct(&mut self, operator: &str, operands: &[f64]) {
        self.operator(operator, operands.iter().map(|v| DictItem::Real(round(*v))).collect());
    }

    fn painting(&mut self, operator: &str, even_odd: bool) {
        let key = if even_odd { format!("{operator}*") } else { operator.to_owned() };
        self.ops.push(Op::Unknown { key, value: Vec::new() });
    }

    /// Writes an operator for which printpdf has no words, or too many.
    pub(super) fn operator(&mut self, operator: &str, operands: Vec<DictItem>) {
        self.ops.push(Op::Unknown { key: operator.to_owned(), value: operands });
    }
}

/// The name of the graphics state parameters that set an alpha.
pub(super) fn alpha_id(alpha: u8) -> ExtendedGraphicsStateId {
    ExtendedGraphicsStateId(format!("A{alpha}"))
}

/// An alpha as a number from 0 to 1.
pub(super) fn alpha_value(alpha: u8) -> f32 {
    round(f64::from(alpha) / 255.0)
}

/// Whether a segment has no NaN and no infinity in it.
pub(super) fn is_finite(segment: &Segment) -> bool {
    match *segment {
        Segment::Move(x, y) | Segment::Line(x, y) => x.is_finite() && y.is_finite(),
        Segment::Cubic(a, b, c, d, x, y) => [a, b, c, d, x, y].iter().all(|v| v.is_finite()),
        Segment::Close => true,
    }
}

/// The rectangle that a closed subpath is, if it is one with upright sides: a corner, and the signed way to the opposite one, so that it
/// turns the way the subpath does. `re` goes along x first.
fn rectangle(path: &[Segment; 5]) -> Option<[f64; 4]> {
    let [Segment::Move(x0, y0), Segment::Line(x1, y1), Segment::Line(x2, y2), Segment::Line(x3, y3), Segment::Close] = *path else {
        return None;
    };
    if y0 == y1 && x1 == x2 && y2 == y3 && x3 == x0 {
        Some([x0, y0, x2 - x0, y2 - y0])
    } else if x0 == x1 && y1 == y2 && x2 == x3 && y3 == y0 {
        // The same turn, begun at the next corner.
        Some([x1, y1, x3 - x1, y3 - y1])
    } else {
        None
    }
}

fn paint(color: Color) -> Paint {
    let part = |v: u8| round(f64::from(v) / 255.0);
    if color.red == color.green && color.green == color.blue {
        Paint::Greyscale(Greyscale { percent: part(color.red), icc_profile: None })
    } else {
        Paint::Rgb(Rgb { r: part(color.red), g: part(color.green), b: part(color.blue), icc_profile: None })
    }
}
