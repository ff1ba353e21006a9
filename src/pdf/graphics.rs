//! Graphics state, paths and text. The state is followed, so that nothing is set twice.
//!
//! Most operators are written as they stand in the file: printpdf lets through what it has no words
//! for, and an operation of its own for each of the thousands on a page would take longer than the
//! rest of the page.

use std::collections::BTreeSet;

use std::io::Write;

use printpdf::{ExtendedGraphicsStateId, Op};

use super::object::round;
use super::save::integer;
use crate::font::FaceId;
use crate::geometry::{Matrix, Point, Rect};
use crate::image::{Drawn, DrawnPath, DrawnSegment, Shaded, Stroke};
use crate::style::Color;

/// What is known of the graphics state; nothing if it may be anything.
#[derive(Debug, Clone, PartialEq, Default)]
struct GraphicsState {
    fill: Option<Color>,
    stroke: Option<Color>,
    width: Option<f64>,
    dash: Option<(Vec<f64>, f64)>,
    cap: Option<u8>,
    join: Option<u8>,
    miter: Option<f64>,
    alpha: u8,
    /// How much of all that is painted is left away.
    faded: f64,
    font: Option<(FaceId, f64)>,
    rise: f64,
    /// Letters are stroked, too.
    thick: bool,
}

/// Writes operations for a page or a form. It takes coordinates with y downwards and writes them
/// with y upwards.
pub(super) struct Pen {
    ops: Vec<Op>,
    /// Operators that are not yet among them, a line each.
    lines: Vec<u8>,
    /// The height that y is measured from.
    pub(super) height: f64,
    /// Alphas that were set.
    pub(super) alphas: BTreeSet<u8>,
    state: GraphicsState,
    saved: Vec<GraphicsState>,
}

impl Pen {
    /// For a page: the state is the initial one (ISO 32000-1, 8.4.1).
    pub(super) fn page(height: f64) -> Self {
        let state = GraphicsState {
            fill: Some(Color::BLACK),
            stroke: Some(Color::BLACK),
            width: Some(1.0),
            dash: Some((Vec::new(), 0.0)),
            cap: Some(0),
            join: Some(0),
            miter: Some(10.0),
            alpha: 255,
            ..GraphicsState::default()
        };
        Self {
            ops: Vec::new(),
            lines: Vec::new(),
            height,
            alphas: BTreeSet::new(),
            state,
            saved: Vec::new(),
        }
    }

    /// For a form, which may be painted in any state, but opaque.
    pub(super) fn form(height: f64) -> Self {
        Self {
            state: GraphicsState { alpha: 255, ..GraphicsState::default() },
            ..Self::page(height)
        }
    }

    /// What has been written, and the alphas that were set.
    pub(super) fn finish(mut self) -> (Vec<Op>, BTreeSet<u8>) {
        self.flush();
        (self.ops, self.alphas)
    }

    fn flush(&mut self) {
        if !self.lines.is_empty() {
            // All of it is ASCII.
            let key = String::from_utf8(std::mem::take(&mut self.lines)).unwrap_or_default();
            self.ops.push(Op::Unknown { key, value: Vec::new() });
        }
    }

    /// Adds an operation of printpdf's.
    pub(super) fn op(&mut self, op: Op) {
        self.flush();
        self.ops.push(op);
    }

    /// A new line, for operands and an operator as they stand in the file.
    pub(super) fn line(&mut self) -> &mut Vec<u8> {
        if !self.lines.is_empty() {
            self.lines.push(b'\n');
        }
        &mut self.lines
    }

    /// Writes numbers and an operator.
    pub(super) fn operator(&mut self, operands: &[f32], operator: &str) {
        let line = self.line();
        for operand in operands {
            number(line, *operand);
            line.push(b' ');
        }
        line.extend_from_slice(operator.as_bytes());
    }

    /// How many states are saved.
    pub(super) fn depth(&self) -> usize {
        self.saved.len()
    }

    /// Saves the state.
    pub(super) fn save(&mut self) {
        self.saved.push(self.state.clone());
        self.operator(&[], "q");
    }

    /// Goes back to the state saved last.
    pub(super) fn restore(&mut self) {
        // A `Q` too many would make the page invalid (ISO 32000-1, 8.4.2).
        if let Some(state) = self.saved.pop() {
            self.state = state;
            self.operator(&[], "Q");
        }
    }

    /// Transforms what follows by a matrix for coordinates with y downwards.
    pub(super) fn transform(&mut self, matrix: Matrix) {
        let Matrix { a, b, c, d, e, f } = flipped(matrix, self.height, self.height);
        // Factors need more digits than lengths: over a page an error of a thousandth is half a
        // millimetre.
        let fine = |v: f64| ((v * 1e6).round() / 1e6) as f32;
        self.matrix([fine(a), fine(b), fine(c), fine(d), round(e), round(f)]);
    }

    /// Transforms what follows by a matrix as PDF has it.
    pub(super) fn matrix(&mut self, matrix: [f32; 6]) {
        self.operator(&matrix, "cm");
    }

    /// Clips what follows to a rectangle.
    pub(super) fn clip(&mut self, rect: Rect) {
        let Rect { x, y, width, height } = rect;
        self.operator(
            &[round(x), round(self.height - y - height), round(width), round(height)],
            "re",
        );
        // A clipping path takes effect with the next painting operator; `n` paints nothing (ISO
        // 32000-1, 8.5.4).
        self.operator(&[], "W");
        self.operator(&[], "n");
    }

    /// Clips what follows to a path.
    pub(super) fn clip_path(&mut self, path: &[DrawnSegment], even_odd: bool) {
        self.path(path);
        self.painting("W", even_odd);
        self.operator(&[], "n");
    }

    /// An operator on a resource.
    pub(super) fn named(&mut self, resource: &str, operator: &str) {
        let line = self.line();
        line.push(b'/');
        line.extend_from_slice(resource.as_bytes());
        line.push(b' ');
        line.extend_from_slice(operator.as_bytes());
    }

    /// Fills or strokes a path with a pattern.
    pub(super) fn shaded(&mut self, pattern: &str, shaded: &Shaded) {
        self.named("Pattern", if shaded.stroke.is_some() { "CS" } else { "cs" });
        match &shaded.stroke {
            Some(stroke) => {
                // A pattern is not a colour that could be compared: the next one is written in any
                // case.
                self.state.stroke = None;
                self.named(pattern, "SCN");
                self.line_style(stroke);
                self.path(&shaded.path);
                self.painting("S", false);
            }
            None => {
                self.state.fill = None;
                self.named(pattern, "scn");
                self.path(&shaded.path);
                self.painting("f", shaded.even_odd);
            }
        }
    }

    /// Strokes letters in a colour and width besides filling them, or fills them only (ISO 32000-1,
    /// 9.3.6).
    pub(super) fn thicken(&mut self, by: Option<(Color, f64)>) {
        if let Some((color, width)) = by {
            // Joins are round: the points of mitred ones would stick out of letters.
            self.stroke(&Stroke { color, width, join: 1, ..Stroke::default() });
        }
        if self.state.thick != by.is_some() {
            self.state.thick = by.is_some();
            self.operator(&[if by.is_some() { 2.0 } else { 0.0 }], "Tr");
        }
    }

    /// Sets the colour of fills and text, alpha included.
    pub(super) fn fill(&mut self, color: Color) {
        self.alpha(color.alpha);
        let opaque = Color { alpha: 255, ..color };
        if self.state.fill != Some(opaque) {
            self.state.fill = Some(opaque);
            self.color(color, ["g", "rg"]);
        }
    }

    /// Sets how strokes look, alpha included.
    fn stroke(&mut self, stroke: &Stroke) {
        self.alpha(stroke.color.alpha);
        let opaque = Color { alpha: 255, ..stroke.color };
        if self.state.stroke != Some(opaque) {
            self.state.stroke = Some(opaque);
            self.color(stroke.color, ["G", "RG"]);
        }
        self.line_style(stroke);
    }

    /// Sets how strokes look, but for their colour.
    fn line_style(&mut self, stroke: &Stroke) {
        if self.state.width != Some(stroke.width) {
            self.state.width = Some(stroke.width);
            self.operator(&[round(stroke.width)], "w");
        }
        let (dash, phase) = (&stroke.dash, stroke.phase);
        if self.state.dash.as_ref().is_none_or(|(d, p)| d != dash || *p != phase) {
            self.state.dash = Some((dash.clone(), phase));
            let line = self.line();
            line.push(b'[');
            for (i, part) in dash.iter().enumerate() {
                line.extend_from_slice(if i > 0 { b" " } else { b"" });
                number(line, round(*part));
            }
            line.extend_from_slice(b"] ");
            number(line, round(phase));
            line.extend_from_slice(b" d");
        }
        if self.state.cap != Some(stroke.cap) {
            self.state.cap = Some(stroke.cap);
            // There are no others than 0, 1 and 2 (ISO 32000-1, 8.4.3.3).
            self.operator(&[f32::from(stroke.cap.min(2))], "J");
        }
        if self.state.join != Some(stroke.join) {
            self.state.join = Some(stroke.join);
            self.operator(&[f32::from(stroke.join.min(2))], "j");
        }
        // The limit matters to miters only.
        if stroke.join == 0 && self.state.miter != Some(stroke.miter) {
            self.state.miter = Some(stroke.miter);
            // Below 1 it is not allowed (ISO 32000-1, 8.4.3.5).
            self.operator(&[round(stroke.miter.max(1.0))], "M");
        }
    }

    /// Sets a colour by the operator for grey or the one for red, green and blue.
    fn color(&mut self, color: Color, [grey, rgb]: [&str; 2]) {
        let [r, g, b] =
            [color.red, color.green, color.blue].map(|part| round(f64::from(part) / 255.0));
        // Grey prints with black ink alone, and is shorter.
        if r == g && g == b { self.operator(&[r], grey) } else { self.operator(&[r, g, b], rgb) }
    }

    /// Sets the alpha of all that is painted.
    pub(super) fn alpha(&mut self, alpha: u8) {
        // PDF's colours have no alpha: it is a parameter of the graphics state (ISO 32000-1,
        // 11.6.4.4).
        let alpha = (f64::from(alpha) * (1.0 - self.state.faded)).round() as u8;
        if self.state.alpha != alpha {
            self.state.alpha = alpha;
            self.alphas.insert(alpha);
            self.op(Op::LoadGraphicsState { gs: alpha_id(alpha) });
        }
    }

    /// Lets all that follows be seen through.
    pub(super) fn fade(&mut self, opacity: f64) {
        self.state.faded = 1.0 - (1.0 - self.state.faded) * opacity.clamp(0.0, 1.0);
    }

    /// Notes a face and size; says whether they are other than before.
    pub(super) fn font(&mut self, face: FaceId, size: f64) -> bool {
        let font = Some((face, size));
        std::mem::replace(&mut self.state.font, font) != font
    }

    /// Raises text.
    pub(super) fn rise(&mut self, rise: f64) {
        if self.state.rise != rise {
            self.state.rise = rise;
            self.operator(&[round(rise)], "Ts");
        }
    }

    /// Fills and strokes a path.
    pub(super) fn shape(
        &mut self,
        path: &[DrawnSegment],
        fill: Option<Color>,
        even_odd: bool,
        stroke: Option<&Stroke>,
    ) {
        let fill = fill.filter(|c| !c.is_transparent());
        // A width of 0 is nothing in CSS and SVG, and the thinnest line of the device in PDF
        // (ISO 32000-1, 8.4.3.2).
        let stroke = stroke.filter(|s| !s.color.is_transparent() && s.width > 0.0);
        // See-through ones would not lie over each other: at once, they are a knockout group
        // (11.7.4.4).
        let at_once =
            matches!((fill, stroke), (Some(f), Some(s)) if f.alpha == 255 && s.color.alpha == 255);
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

    /// Paints the shapes of a drawing of the given height.
    pub(super) fn shapes(&mut self, nodes: &[Drawn], height: f64) {
        let outer = std::mem::replace(&mut self.height, height);
        for node in nodes {
            if let Drawn::Shape(shape) = node
                && shape.path.iter().all(DrawnSegment::is_finite)
            {
                self.drawn(shape);
            }
        }
        self.height = outer;
    }

    /// Paints a shape.
    pub(super) fn drawn(&mut self, shape: &DrawnPath) {
        self.shape(&shape.path, shape.fill, shape.even_odd, shape.stroke.as_ref());
    }

    /// printpdf's own lines and polygons cannot say «several subpaths, some open»: the operators of
    /// ISO 32000-1, 8.5.2 can.
    fn path(&mut self, path: &[DrawnSegment]) {
        let h = self.height;
        let mut rest = path;
        while let Some((segment, others)) = rest.split_first() {
            if let Some((five, others)) = rest.split_first_chunk()
                && let Some(Rect { x, y, width, height }) = rectangle(five)
            {
                self.construct("re", &[x, h - y, width, -height]);
                rest = others;
                continue;
            }
            match *segment {
                DrawnSegment::Move(at) => self.construct("m", &[at.x, h - at.y]),
                DrawnSegment::Line(at) => self.construct("l", &[at.x, h - at.y]),
                DrawnSegment::Cubic(a, b, at) => {
                    self.construct("c", &[a.x, h - a.y, b.x, h - b.y, at.x, h - at.y])
                }
                DrawnSegment::Close => self.construct("h", &[]),
            }
            rest = others;
        }
    }

    fn construct(&mut self, operator: &str, operands: &[f64]) {
        // A curve has the most operands: three points.
        let mut rounded = [0.0; 6];
        rounded.iter_mut().zip(operands).for_each(|(to, from)| *to = round(*from));
        self.operator(&rounded[..operands.len().min(6)], operator);
    }

    fn painting(&mut self, operator: &str, even_odd: bool) {
        self.operator(&[], operator);
        if even_odd {
            self.lines.push(b'*');
        }
    }
}

/// A matrix between coordinates with y downwards as one between coordinates with y upwards, for
/// the heights that y is measured from inside and outside.
pub(super) fn flipped(matrix: Matrix, inner: f64, outer: f64) -> Matrix {
    let Matrix { a, b, c, d, e, f } = matrix;
    Matrix { a, b: -b, c: -c, d, e: c * inner + e, f: outer - d * inner - f }
}

/// Writes a number of three decimals, or of as many as it needs.
pub(super) fn number(out: &mut Vec<u8>, value: f32) {
    let thousandths = f64::from(value) * 1000.0;
    // Numbers were rounded to thousandths before; only factors have more digits.
    if (thousandths - thousandths.round()).abs() > 0.01 || thousandths.abs() > 1e9 {
        let _ = write!(out, "{value}");
        return;
    }
    let thousandths = thousandths.round() as i64;
    if thousandths < 0 {
        out.push(b'-');
    }
    integer(out, thousandths.abs() / 1000);
    let mut rest = thousandths.unsigned_abs() % 1000;
    if rest > 0 {
        out.push(b'.');
        let mut place = 100;
        while rest > 0 {
            out.push(b'0' + (rest / place) as u8);
            rest %= place;
            place /= 10;
        }
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

/// The rectangle that a closed subpath is, if it is one with upright sides: a corner, and the
/// signed way to the opposite one, so that it turns the way the subpath does. `re` goes along x
/// first.
fn rectangle(path: &[DrawnSegment; 5]) -> Option<Rect> {
    let [
        DrawnSegment::Move(Point { x: x0, y: y0 }),
        DrawnSegment::Line(Point { x: x1, y: y1 }),
        DrawnSegment::Line(Point { x: x2, y: y2 }),
        DrawnSegment::Line(Point { x: x3, y: y3 }),
        DrawnSegment::Close,
    ] = *path
    else {
        return None;
    };
    if y0 == y1 && x1 == x2 && y2 == y3 && x3 == x0 {
        Some(Rect::new(x0, y0, x2 - x0, y2 - y0))
    } else if x0 == x1 && y1 == y2 && x2 == x3 && y3 == y0 {
        // The same turn, begun at the next corner.
        Some(Rect::new(x1, y1, x3 - x1, y3 - y1))
    } else {
        None
    }
}
