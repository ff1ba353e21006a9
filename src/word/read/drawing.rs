//! Pictures, text boxes and simple shapes of DrawingML, in the line or anchored.

use std::fmt::Write as _;
use std::rc::Rc;

use super::css::{self, Declarations, points};
use super::frame;
use super::reader::Reader;
use super::runs::ParagraphPiece;
use super::story::{DEEPEST, StoryPlace, escaped_attribute};
use super::xml::{self, XmlEl};
use crate::diag::say;
use crate::geometry::Sides;

/// The height of a line, by which it is told whether a box stands below it.
const LINE: f64 = 16.0;

/// Of the ways to say the same, the newest that is understood here (ECMA-376 Part 3, 10.2).
pub(super) fn chosen<'a>(el: XmlEl<'a>) -> Option<XmlEl<'a>> {
    let understood = |choice: &XmlEl<'a>| {
        // A choice may need several namespaces, and an unknown one among them rules it out.
        let needs = xml::attr(*choice, "Requires").unwrap_or_default();
        needs.split_whitespace().all(|need| {
            matches!(need, "wps" | "wpg" | "wp14" | "w14" | "w15" | "w16se" | "a14" | "pic14")
        })
    };
    xml::children(el, "Choice").find(understood).or_else(|| xml::child(el, "Fallback"))
}

/// Where something stands: by a place of the page, or by the text that it is anchored in.
#[derive(Debug, Clone, Default)]
pub(super) struct Spot {
    /// From the left edge of the text area.
    pub(super) left: Option<f64>,
    pub(super) top: Option<f64>,
    /// From where the text stands.
    pub(super) right_by: f64,
    pub(super) down_by: f64,
    pub(super) behind: bool,
}

impl Spot {
    /// The declarations of an anchored box.
    pub(super) fn css(&self) -> String {
        let mut css = "position: absolute".to_owned();
        let _ = match self.left {
            Some(left) => write!(css, "; left: {}", points(left)),
            None => write!(css, "; margin-left: {}", points(self.right_by)),
        };
        let _ = match self.top {
            Some(top) => write!(css, "; top: {}", points(top)),
            None => write!(css, "; margin-top: {}", points(self.down_by)),
        };
        let _ = write!(css, "; z-index: {}", if self.behind { -1 } else { 1 });
        css
    }
}

/// The size of something drawn, in points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extent {
    pub(super) width: f64,
    pub(super) height: f64,
}

impl Extent {
    fn read(el: XmlEl<'_>) -> Option<Self> {
        let side = |name: &str| xml::attr(el, name).and_then(xml::emu);
        Some(Self { width: side("cx")?, height: side("cy")? })
    }

    pub(super) fn css(self) -> String {
        format!("width: {}; height: {}", points(self.width), points(self.height))
    }
}

impl<'a> Reader<'a> {
    /// Something drawn among the letters of a run.
    pub(super) fn drawn(
        &mut self,
        el: XmlEl<'a>,
        css: &Rc<Declarations>,
        link: Option<Rc<str>>,
        place: &StoryPlace,
        out: &mut Vec<ParagraphPiece>,
        anchored: &mut String,
    ) {
        if place.depth >= DEEPEST {
            return;
        }
        match xml::name(el) {
            "AlternateContent" => {
                for inner in chosen(el).into_iter().flat_map(|el| el.children()) {
                    self.drawn(inner, css, link.clone(), place, out, anchored);
                }
            }
            "drawing" => {
                for kind in el.children().filter(|el| el.is_element()) {
                    match xml::name(kind) {
                        "inline" => {
                            if let Some(markup) = self.in_line(kind, place) {
                                let css = Rc::clone(css);
                                out.push(ParagraphPiece::Markup {
                                    css,
                                    markup,
                                    link: link.clone(),
                                });
                            }
                        }
                        "anchor" => {
                            let markup = self.anchor(kind, place);
                            anchored.push_str(&markup.unwrap_or_default());
                        }
                        _ => {}
                    }
                }
            }
            "pict" | "object" => self.vml(el, css, link, place, out, anchored),
            _ => {}
        }
    }

    fn in_line(&mut self, el: XmlEl<'a>, place: &StoryPlace) -> Option<String> {
        let extent = self.extent(el)?;
        self.graphic(el, extent, "display: inline-block", place)
    }

    /// The size of a drawing. Without one it cannot be shown.
    fn extent(&mut self, el: XmlEl<'_>) -> Option<Extent> {
        let extent = xml::child(el, "extent").and_then(Extent::read);
        if extent.is_none() {
            self.unshown.tell(say!("a drawing without a size"), &Self::words(el));
        }
        extent
    }

    /// A box that is anchored in the paragraph.
    fn anchor(&mut self, el: XmlEl<'a>, place: &StoryPlace) -> Option<String> {
        if xml::attr(el, "hidden").is_some_and(xml::is_on) {
            return None;
        }
        let extent = self.extent(el)?;
        let mut spot = self.spot(el, extent, place);
        // The text goes on below: such a box stands in the flow.
        if xml::child(el, "wrapTopAndBottom").is_some() && spot.top.is_none() {
            // A block of its own between the lines, moved down to where Word has it: as an absolute
            // box it would lie upon the text.
            let left = spot.left.unwrap_or(spot.right_by);
            // Lines above its place stay above it; most often that is one.
            let lines =
                if spot.down_by >= LINE && !self.near.trim().is_empty() { LINE } else { 0.0 };
            let css = format!(
                "display: block; margin: {} 0 0 {}",
                points((spot.down_by - lines).max(0.0)),
                points(left)
            );
            let markup = self.graphic(el, extent, &css, place);
            if lines > 0.0 {
                self.below.push_str(&markup.unwrap_or_default());
                return None;
            }
            return markup;
        }
        if let Some((flow, gap)) = self.flow_around(el, &spot, extent, place) {
            // An exclusion has no box of its own in the text: it wraps around whatever the drawing
            // is.
            let css = frame::kept_clear(spot, Some(extent), flow, gap);
            let inner = self.graphic(el, extent, "display: block", place)?;
            return Some(format!("<div style=\"{css}\">{inner}</div>\n"));
        }
        // Only what nothing flows around can lie behind the text.
        spot.behind = xml::attr(el, "behindDoc").is_some_and(xml::is_on);
        self.graphic(el, extent, &spot.css(), place)
    }

    /// On which sides text flows around an anchored box, and how far from it.
    fn flow_around(
        &mut self,
        el: XmlEl<'a>,
        spot: &Spot,
        extent: Extent,
        place: &StoryPlace,
    ) -> Option<(&'static str, Sides<f64>)> {
        let wrap = el.children().find(|el| {
            matches!(
                xml::name(*el),
                "wrapSquare" | "wrapTight" | "wrapThrough" | "wrapTopAndBottom"
            )
        })?;
        let distance = |name: &str| {
            // Word writes them to the anchor, and other programs look only there.
            let own = xml::attr(el, name).or_else(|| xml::attr(wrap, name));
            own.and_then(xml::emu).unwrap_or(0.0)
        };
        let gap = Sides {
            top: distance("distT"),
            right: distance("distR"),
            bottom: distance("distB"),
            left: distance("distL"),
        };
        if xml::name(wrap) == "wrapTopAndBottom" {
            return Some(("clear", gap));
        }
        let flow = match xml::attr(wrap, "wrapText") {
            // `wrapText` says where text may stand, `wrap-flow` as well: `left` is before the box.
            Some("left") => "start",
            Some("right") => "end",
            Some("largest") => "maximum",
            _ => "both",
        };
        let before = spot.left.unwrap_or(spot.right_by) - gap.left;
        let after = place.width - before - extent.width - gap.left - gap.right;
        // Word leaves no text in less than an inch.
        if flow == "both" && before >= 72.0 && after >= 72.0 {
            self.unshown.tell(
                say!("text on both sides of a picture or a box: it stands on the wider one"),
                &self.near.clone(),
            );
        }
        Some((flow, gap))
    }

    /// Where an anchor puts its box.
    // Over 60 lines: both directions, each with its table of what it may be counted from.
    fn spot(&self, el: XmlEl<'_>, extent: Extent, place: &StoryPlace) -> Spot {
        let section = self.sections.get(self.section).cloned().unwrap_or_default();
        let read = |name: &str| {
            let position = xml::child(el, name)?;
            let relative = xml::attr(position, "relativeFrom").unwrap_or_default().to_owned();
            let align = xml::within(position, "align").and_then(|el| el.text());
            let offset = xml::within(position, "posOffset").and_then(|el| el.text());
            Some((relative, align.map(str::to_owned), offset.and_then(xml::emu).unwrap_or(0.0)))
        };
        let mut spot = Spot::default();
        if let Some((relative, align, offset)) = read("positionH") {
            // What it is counted from, and the length within which it is aligned.
            let text = (section.width - section.left - section.right).max(0.0);
            let (from, room) = match relative.as_str() {
                "page" => (-section.left, section.width),
                "leftMargin" | "insideMargin" => (-section.left, section.left),
                "rightMargin" | "outsideMargin" => (text, section.right),
                "column" => (0.0, section.text_width()),
                _ => (0.0, text),
            };
            let free = room - extent.width;
            let shift = match align.as_deref() {
                Some("center") => free / 2.0,
                Some("right" | "outside") => free,
                Some(_) => 0.0,
                None => offset,
            };
            // Which column the text has got to is known by layout alone, and a character likewise:
            // there the box is moved from where its paragraph stands.
            let counted = place.paged && (relative != "column" || section.columns == 1);
            match counted && relative != "character" {
                true => spot.left = Some(from + shift),
                // In a cell, from its own edge.
                false if align.is_some() => {
                    spot.right_by = match align.as_deref() {
                        Some("center") => (place.width - extent.width) / 2.0,
                        Some("right" | "outside") => place.width - extent.width,
                        _ => 0.0,
                    }
                }
                false => spot.right_by = offset,
            }
        }
        if let Some((relative, align, offset)) = read("positionV") {
            let text = (section.height - section.top - section.bottom).max(0.0);
            let (from, room) = match relative.as_str() {
                "page" => (-section.top, section.height),
                "topMargin" => (-section.top, section.top),
                "bottomMargin" => (text, section.bottom),
                _ => (0.0, text),
            };
            let free = room - extent.height;
            let shift = match align.as_deref() {
                Some("center") => free / 2.0,
                Some("bottom" | "outside") => free,
                Some(_) => 0.0,
                None => offset,
            };
            match relative.as_str() {
                // These move with the text, and so in the flow too; all else has its place on the
                // page.
                "paragraph" | "line" => spot.down_by = offset,
                _ if place.paged => spot.top = Some(from + shift),
                _ => spot.down_by = offset,
            }
        }
        spot
    }

    /// What a frame of graphics holds, at a size and a place.
    fn graphic(
        &mut self,
        frame: XmlEl<'a>,
        extent: Extent,
        css: &str,
        place: &StoryPlace,
    ) -> Option<String> {
        let data = xml::within(frame, "graphicData");
        let alt = alternative(frame);
        let Some(inner) = data.and_then(|data| data.children().find(|el| el.is_element())) else {
            return self.told_graphic(say!("a drawing of an unknown kind"));
        };
        match xml::name(inner) {
            "pic" => self.picture(inner, extent, css, &alt),
            "wsp" => Some(self.shape(inner, extent, css, place)),
            "wgp" => Some(self.group(inner, extent, css, place)),
            // Their pictures are drawn by Word from data that only it understands.
            "chart" => self.told_graphic(say!("a chart")),
            "relIds" => self.told_graphic(say!("a SmartArt drawing")),
            _ => self.told_graphic(say!("a drawing of an unknown kind")),
        }
    }

    fn told_graphic(&mut self, what: crate::diag::Message) -> Option<String> {
        let near = self.near.clone();
        self.unshown.tell(what, &near);
        None
    }

    fn picture(&mut self, el: XmlEl<'a>, extent: Extent, css: &str, alt: &str) -> Option<String> {
        let Some(blip) = xml::within(el, "blip") else {
            return self.told_graphic(say!("a picture that lies outside of the file"));
        };
        // Word writes the SVG beside its pixels; we draw the better one.
        let vector = xml::within(el, "svgBlip").and_then(|blip| xml::attr(blip, "embed"));
        let id = vector.or_else(|| xml::attr(blip, "embed"));
        // What a dummy shows is lost with it only if no data take its place, so it is told here.
        if id == Some("") {
            return self.told_graphic(say!("a dummy that a picture of the data replaces"));
        }
        let name = match id.and_then(|id| self.part_of(id)) {
            Some(part) => self.picture_file(&part)?,
            None => {
                self.told_graphic(say!("a picture that lies outside of the file"))?;
                return None;
            }
        };
        let mut css = css.to_owned();
        if let Some(turn) = rotation(xml::within(el, "xfrm")) {
            let _ = write!(css, "; rotate: {turn}deg");
        }
        Some(image(&name, alt, extent, &css, crop(el)))
    }

    /// A shape, with the text in it.
    pub(super) fn shape(
        &mut self,
        el: XmlEl<'a>,
        extent: Extent,
        css: &str,
        place: &StoryPlace,
    ) -> String {
        let properties = xml::child(el, "spPr");
        let look = self.look(el, properties);
        let turn = rotation(properties.and_then(|el| xml::child(el, "xfrm")));
        let turn = turn.map(|turn| format!("; rotate: {turn}deg")).unwrap_or_default();
        let kind = properties
            .and_then(|el| xml::child(el, "prstGeom"))
            .and_then(|el| xml::attr(el, "prst"))
            .unwrap_or("rect");
        let content = xml::child(el, "txbx").and_then(|el| xml::child(el, "txbxContent"));
        let Some(content) = content else {
            return self.plain_shape(kind, extent, &format!("{css}{turn}"), &look);
        };
        if !matches!(kind, "rect" | "roundRect" | "flowChartProcess") {
            let what = say!("the outline of a box of the kind `{kind}`", kind);
            self.unshown.tell(what, &self.near.clone());
        }
        let body = xml::child(el, "bodyPr");
        let inset = |name: &str, usual: f64| {
            body.and_then(|el| xml::attr(el, name)).and_then(xml::emu).unwrap_or(usual)
        };
        // The defaults of `bodyPr`: 0.1 inch beside the text, 0.05 above and below (20.1.2.1.1 of
        // DrawingML).
        let (left, right) = (inset("lIns", 7.2), inset("rIns", 7.2));
        let (top, bottom) = (inset("tIns", 3.6), inset("bIns", 3.6));
        let upright = match body.and_then(|el| xml::attr(el, "anchor")) {
            Some("ctr") => "; display: flex; flex-direction: column; justify-content: center",
            Some("b") => "; display: flex; flex-direction: column; justify-content: flex-end",
            _ => "",
        };
        if body.and_then(|el| xml::attr(el, "vert")).is_some_and(|vert| vert != "horz") {
            self.unshown.tell(say!("text that is turned within its box"), &self.near.clone());
        }
        // A box that grows with its text is as high as that.
        let grows = body.is_some_and(|el| xml::child(el, "spAutoFit").is_some());
        let height = if grows { "min-height" } else { "height" };
        let inner = self.story(content, &place.inside((extent.width - left - right).max(1.0)));
        format!(
            "<div style=\"{css}{turn}{upright}; box-sizing: border-box; width: {}; {height}: {}; \
             padding: {} {} {} {}{}\">\n{inner}</div>\n",
            points(extent.width),
            points(extent.height),
            points(top),
            points(right),
            points(bottom),
            points(left),
            look.css(kind == "roundRect")
        )
    }

    /// A shape without text: a line, a rectangle, an ellipse.
    pub(super) fn plain_shape(
        &mut self,
        kind: &str,
        extent: Extent,
        css: &str,
        look: &ShapeLook,
    ) -> String {
        let Extent { width, height } = extent;
        let (fill, (line, color)) =
            (look.fill.as_deref().unwrap_or("none"), look.line.clone().unwrap_or_default());
        let half = line / 2.0;
        let inner = match kind {
            "line" | "straightConnector1" => {
                format!("<line x1=\"0\" y1=\"0\" x2=\"{width}\" y2=\"{height}\"/>")
            }
            "ellipse" => format!(
                "<ellipse cx=\"{}\" cy=\"{}\" rx=\"{}\" ry=\"{}\"/>",
                width / 2.0,
                height / 2.0,
                width / 2.0,
                height / 2.0
            ),
            "rect" | "flowChartProcess" => {
                format!("<rect x=\"0\" y=\"0\" width=\"{width}\" height=\"{height}\"/>")
            }
            "roundRect" => format!(
                "<rect x=\"0\" y=\"0\" width=\"{width}\" height=\"{height}\" rx=\"{0}\" \
                 ry=\"{0}\"/>",
                // The default of `roundRect` is 16 667 of 100 000 of the shorter side.
                width.min(height) / 6.0
            ),
            _ => {
                let what = say!("a shape of the kind `{kind}`", kind);
                self.unshown.tell(what, &self.near.clone());
                return String::new();
            }
        };
        // The line stands half outside of the shape, so the picture is as much larger.
        format!(
            "<div style=\"{css}\" aria-hidden=\"true\"><svg xmlns=\"http://www.w3.org/2000/svg\" \
             style=\"margin: -{half}pt\" width=\"{}pt\" height=\"{}pt\" \
             viewBox=\"{} {} {} {}\"><g fill=\"{fill}\" stroke=\"{}\" \
             stroke-width=\"{line}\">{inner}</g></svg></div>\n",
            width + line,
            height + line,
            -half,
            -half,
            width + line,
            height + line,
            if line > 0.0 { color.as_str() } else { "none" },
        )
    }

    /// Shapes that are one: each stands by its place in the group.
    fn group(&mut self, el: XmlEl<'a>, extent: Extent, css: &str, place: &StoryPlace) -> String {
        let frame = xml::child(el, "grpSpPr").and_then(|el| xml::child(el, "xfrm"));
        let offset = |el: Option<XmlEl<'_>>, of: &str| {
            let el = el.and_then(|el| xml::child(el, of));
            let side = |name: &str| el.and_then(|el| xml::attr(el, name)).and_then(xml::emu);
            (side("x").unwrap_or(0.0), side("y").unwrap_or(0.0))
        };
        let origin = offset(frame, "chOff");
        let inner = frame.and_then(|el| xml::child(el, "chExt")).and_then(Extent::read);
        let inner = inner.unwrap_or(extent);
        // Children count in a system of coordinates of their own, which the group stretches over
        // its extent.
        let scale = |whole: f64, part: f64| if part > 0.0 { whole / part } else { 1.0 };
        let by = (scale(extent.width, inner.width), scale(extent.height, inner.height));
        let mut out = format!("<div style=\"{css}; {}\">\n", extent.css());
        // Boxes in it are placed by it.
        if css.contains("inline-block") || css.contains("display: block") {
            out = out.replacen("style=\"", "style=\"position: relative; ", 1);
        }
        for child in el.children().filter(|el| el.is_element()) {
            let name = xml::name(child);
            let frame = match name {
                "wsp" | "pic" => xml::child(child, "spPr").and_then(|el| xml::child(el, "xfrm")),
                "grpSp" => xml::child(child, "grpSpPr").and_then(|el| xml::child(el, "xfrm")),
                _ => continue,
            };
            let Some(size) = frame.and_then(|el| xml::child(el, "ext")).and_then(Extent::read)
            else {
                continue;
            };
            let size = Extent { width: size.width * by.0, height: size.height * by.1 };
            let (x, y) = offset(frame, "off");
            let spot = Spot {
                left: Some((x - origin.0) * by.0),
                top: Some((y - origin.1) * by.1),
                ..Spot::default()
            };
            let css = spot.css();
            let place = place.inside(size.width);
            out.push_str(&match name {
                "wsp" => self.shape(child, size, &css, &place),
                "pic" => self.picture(child, size, &css, "").unwrap_or_default(),
                _ if place.depth < DEEPEST => self.group(child, size, &css, &place),
                _ => String::new(),
            });
        }
        out.push_str("</div>\n");
        out
    }

    fn look(&self, el: XmlEl<'_>, properties: Option<XmlEl<'_>>) -> ShapeLook {
        let style = xml::child(el, "style");
        let reference = |name: &str| {
            let el = style.and_then(|el| xml::child(el, name))?;
            // Index 0 of the theme's list is «none», whatever colour stands beside it.
            (xml::attr(el, "idx") != Some("0")).then(|| self.drawing_color(el)).flatten()
        };
        let says =
            |el: Option<XmlEl<'_>>, name: &str| el.is_some_and(|el| xml::child(el, name).is_some());
        let solid = properties.and_then(|el| xml::child(el, "solidFill"));
        let fill = match solid {
            Some(fill) => self.drawing_color(fill),
            None if says(properties, "noFill") => None,
            None => reference("fillRef"),
        };
        let line = properties.and_then(|el| xml::child(el, "ln"));
        // A line without a width has 9525 EMU.
        let width = line.and_then(|el| xml::attr(el, "w")).and_then(xml::emu).unwrap_or(0.75);
        let color = line.and_then(|el| xml::child(el, "solidFill"));
        let color = color.and_then(|el| self.drawing_color(el));
        let line = match (says(line, "noFill"), color, reference("lnRef")) {
            (true, ..) => None,
            (false, Some(color), _) | (false, None, Some(color)) => Some((width, color)),
            (false, None, None) => line.map(|_| (width, "#000000".to_owned())),
        };
        ShapeLook { fill, line }
    }

    /// A colour of DrawingML, with the commonest of its changes.
    fn drawing_color(&self, el: XmlEl<'_>) -> Option<String> {
        let color = el.children().find(|el| el.is_element())?;
        // Colours of the system (`windowText`) carry what they were when the file was saved.
        let value = xml::attr(color, "lastClr").or_else(|| xml::attr(color, "val"))?;
        let base = match xml::name(color) {
            "schemeClr" => self.theme.color(value)?,
            "prstClr" => match value {
                "black" => "000000",
                "white" => "FFFFFF",
                "red" => "FF0000",
                _ => return Some(value.to_owned()),
            },
            _ => value,
        };
        let share = |name: &str| xml::val(color, name).and_then(|share| share.parse::<f64>().ok());
        let (by, plus) = (share("lumMod"), share("lumOff"));
        if by.is_none() && plus.is_none() {
            return css::hex(base);
        }
        let rgb = u32::from_str_radix(base, 16).ok()?;
        // Lighter and darker as far as it matters to the eye: by the parts of the colour.
        let (by, plus) = (by.unwrap_or(100_000.0) / 1e5, plus.unwrap_or(0.0) / 1e5);
        let part = |shift: u32| {
            (f64::from(rgb >> shift & 255) * by + 255.0 * plus).round().clamp(0.0, 255.0) as u8
        };
        Some(format!("#{:02x}{:02x}{:02x}", part(16), part(8), part(0)))
    }
}

/// The fill and the line of a shape.
#[derive(Debug, Clone, Default)]
pub(super) struct ShapeLook {
    pub(super) fill: Option<String>,
    pub(super) line: Option<(f64, String)>,
}

impl ShapeLook {
    pub(super) fn css(&self, round: bool) -> String {
        let mut css = String::new();
        if let Some(fill) = &self.fill {
            let _ = write!(css, "; background-color: {fill}");
        }
        if let Some((width, color)) = &self.line {
            let _ = write!(css, "; border: {} solid {color}", points(*width));
        }
        if round {
            css.push_str("; border-radius: 6pt");
        }
        css
    }
}

/// What is said of a drawing to those who do not see it. One without a description says nothing:
/// its name is «Рисунок 1».
fn alternative(frame: XmlEl<'_>) -> String {
    let properties = xml::child(frame, "docPr");
    let text = |name: &str| properties.and_then(|el| xml::attr(el, name)).unwrap_or_default();
    let description = text("descr").trim();
    let chosen = if description.is_empty() { text("title").trim() } else { description };
    chosen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// By how many degrees something is turned.
fn rotation(frame: Option<XmlEl<'_>>) -> Option<f64> {
    let turn: f64 = xml::attr(frame?, "rot")?.parse().ok()?;
    // `rot` counts in sixty-thousandths of a degree.
    (turn != 0.0).then_some(turn / 60_000.0)
}

/// The parts of a picture that are cut off: left, top, right, bottom, as shares.
fn crop(el: XmlEl<'_>) -> Sides<f64> {
    let rect = xml::within(el, "srcRect");
    let share = |side: &str| {
        let share = rect.and_then(|el| xml::attr(el, side)).and_then(|n| n.parse::<f64>().ok());
        // `srcRect` counts in thousandths of a per cent.
        share.unwrap_or(0.0) / 100_000.0
    };
    Sides { left: share("l"), top: share("t"), right: share("r"), bottom: share("b") }
}

/// The element of a picture; what is cut off of it stands outside of a box that hides it.
pub(super) fn image(name: &str, alt: &str, extent: Extent, css: &str, crop: Sides<f64>) -> String {
    let (name, alt) = (escaped_attribute(name), escaped_attribute(alt));
    let Sides { left, top, right, bottom } = crop;
    let shown = (1.0 - left - right, 1.0 - top - bottom);
    if crop == Sides::all(0.0) || shown.0 <= 0.0 || shown.1 <= 0.0 {
        let display = css.replace("display: inline-block", "");
        let gap = if display.trim().is_empty() { "" } else { "; " };
        let display = display.trim_start_matches("; ").to_owned();
        return format!(
            "<img src=\"{name}\" alt=\"{alt}\" style=\"{display}{gap}{}\"/>",
            extent.css()
        );
    }
    let whole = Extent { width: extent.width / shown.0, height: extent.height / shown.1 };
    format!(
        "<span style=\"{css}; overflow: hidden; {}\"><img src=\"{name}\" alt=\"{alt}\" \
         style=\"display: block; margin: {} 0 0 {}; {}\"/></span>",
        extent.css(),
        points(-whole.height * top),
        points(-whole.width * left),
        whole.css()
    )
}
