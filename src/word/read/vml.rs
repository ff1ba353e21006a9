//! VML: the drawings of older versions of Word, which newer ones still write for watermarks.

use std::rc::Rc;

use super::css::{self, Declarations, points};
use super::drawing::{Extent, ShapeLook, Spot, image};
use super::frame;
use super::reader::Reader;
use super::runs::ParagraphPiece;
use super::story::StoryPlace;
use super::xml::{self, XmlEl};
use crate::diag::say;
use crate::geometry::Sides;

/// A horizontal rule.
const RULE: &str = "<hr style=\"border: none; border-bottom: 0.75pt solid gray; margin: 4pt 0\"/>";

impl<'a> Reader<'a> {
    /// The shapes of a `w:pict` or `w:object`.
    pub(super) fn vml(
        &mut self,
        el: XmlEl<'a>,
        css: &Rc<Declarations>,
        link: Option<Rc<str>>,
        place: &StoryPlace,
        out: &mut Vec<ParagraphPiece>,
        anchored: &mut String,
    ) {
        for shape in el.children().filter(|el| el.is_element()) {
            let kind = xml::name(shape);
            if !matches!(kind, "shape" | "rect" | "roundrect" | "oval" | "line" | "group") {
                continue;
            }
            if kind == "group" {
                self.unshown.tell(say!("a group of old drawings"), &self.near.clone());
                continue;
            }
            let style = VmlStyle::read(shape);
            // `o:hr` is a rule across the text, whatever its size says.
            if shape.attributes().any(|one| one.name() == "hr" && one.value() == "t") {
                anchored.push_str(RULE);
                continue;
            }
            let floats = style.is("position", "absolute");
            let around = xml::child(shape, "wrap").and_then(|wrap| xml::attr(wrap, "type"));
            let around = around.filter(|kind| floats && *kind != "none");
            let own = match floats {
                true if around.is_some() => "display: block".to_owned(),
                true => self.vml_spot(&style, place).css(),
                false => "display: inline-block".to_owned(),
            };
            let Some(markup) = self.vml_shape(shape, kind, &style, &own, place) else { continue };
            if let Some(kind) = around {
                let css = self.vml_around(&style, kind, place);
                anchored.push_str(&format!("<div style=\"{css}\">{markup}</div>\n"));
            } else if floats {
                anchored.push_str(&markup);
            } else {
                out.push(ParagraphPiece::Markup {
                    css: Rc::clone(css),
                    markup,
                    link: link.clone(),
                });
            }
        }
    }

    fn vml_shape(
        &mut self,
        el: XmlEl<'a>,
        kind: &str,
        style: &VmlStyle,
        css: &str,
        place: &StoryPlace,
    ) -> Option<String> {
        let (Some(width), Some(height)) = (style.length("width"), style.length("height")) else {
            self.unshown.tell(say!("a drawing without a size"), &Self::words(el));
            return None;
        };
        let extent = Extent { width, height };
        if let Some(data) = xml::child(el, "imagedata") {
            let part = xml::attr(data, "id").and_then(|id| self.part_of(id))?;
            let name = self.picture_file(&part)?;
            let alt = xml::attr(el, "alt").unwrap_or_default();
            return Some(image(&name, alt, extent, css, Sides::all(0.0)));
        }
        let off = |name: &str| xml::attr(el, name).is_some_and(|on| on == "f" || on == "false");
        let color = |name: &str, usual: &str| {
            let value = xml::attr(el, name).unwrap_or(usual);
            // Word adds the place in the theme: `#4472c4 [3204]`.
            let value = value.split_whitespace().next().unwrap_or(usual);
            css::hex(value).unwrap_or_else(|| value.trim_start_matches('#').to_owned())
        };
        // 0.75 pt is VML's own, as in DrawingML.
        let width = xml::attr(el, "strokeweight").and_then(length).unwrap_or(0.75);
        let look = ShapeLook {
            fill: (!off("filled")).then(|| color("fillcolor", "white")),
            line: (!off("stroked")).then(|| (width, color("strokecolor", "black"))),
        };
        if let Some(path) = xml::child(el, "textpath") {
            let text = xml::attr(path, "string").unwrap_or_default();
            self.unshown.tell(say!("lettering that is bent or drawn: «{text}»", text), "");
            return None;
        }
        let content = xml::child(el, "textbox").and_then(|el| xml::child(el, "txbxContent"));
        let Some(content) = content else {
            let kind = match kind {
                "oval" => "ellipse",
                "roundrect" => "roundRect",
                "line" => "line",
                _ => "rect",
            };
            return Some(self.plain_shape(kind, extent, css, &look));
        };
        // Within the default insets, 7.2 pt at each side.
        let inner = self.story(content, &place.inside((extent.width - 14.4).max(1.0)));
        Some(format!(
            "<div style=\"{css}; box-sizing: border-box; {}; padding: {} {}{}\">\n{inner}</div>\n",
            extent.css(),
            points(3.6),
            points(7.2),
            look.css(kind == "roundrect")
        ))
    }

    /// The box of a shape that text flows around.
    fn vml_around(&self, style: &VmlStyle, kind: &str, place: &StoryPlace) -> String {
        let distance = |side: &str, usual: f64| {
            style.length(&format!("mso-wrap-distance-{side}")).unwrap_or(usual)
        };
        let gap = Sides {
            top: distance("top", 0.0),
            // An eighth of an inch is VML's own.
            right: distance("right", 9.0),
            bottom: distance("bottom", 0.0),
            left: distance("left", 9.0),
        };
        let extent = style.length("width").map(|width| Extent { width, height: 0.0 });
        let flow = if kind == "topAndBottom" { "clear" } else { "both" };
        frame::kept_clear(self.vml_spot(style, place), extent, flow, gap)
    }

    fn vml_spot(&self, style: &VmlStyle, place: &StoryPlace) -> Spot {
        let section = self.sections.get(self.section).cloned().unwrap_or_default();
        let extent = (style.length("width").unwrap_or(0.0), style.length("height").unwrap_or(0.0));
        // An alignment wins over an offset, which older files keep beside it.
        let place_on = |align: &str, relative: &str, room: [f64; 3], size: f64, offset: f64| {
            let [margin, text, page] = room;
            let (from, room) = if relative == "page" { (-margin, page) } else { (0.0, text) };
            match align {
                "center" => from + (room - size) / 2.0,
                "right" | "bottom" | "outside" => from + room - size,
                "left" | "top" | "inside" => from,
                _ => from + offset,
            }
        };
        let of = |name: &str| style.get(name).unwrap_or_default().to_owned();
        let (x, y) = (style.length("margin-left"), style.length("margin-top"));
        let mut spot =
            Spot { right_by: x.unwrap_or(0.0), down_by: y.unwrap_or(0.0), ..Spot::default() };
        let (align, relative) =
            (of("mso-position-horizontal"), of("mso-position-horizontal-relative"));
        if place.paged {
            let text = section.width - section.left - section.right;
            let room = [section.left, text, section.width];
            spot.left = Some(place_on(&align, &relative, room, extent.0, spot.right_by));
        }
        let (align, relative) = (of("mso-position-vertical"), of("mso-position-vertical-relative"));
        if place.paged && matches!(relative.as_str(), "page" | "margin") {
            let text = section.height - section.top - section.bottom;
            let room = [section.top, text, section.height];
            spot.top = Some(place_on(&align, &relative, room, extent.1, spot.down_by));
        }
        // Below zero is behind the text; how far does not matter to it.
        spot.behind = style.get("z-index").is_some_and(|layer| layer.starts_with('-'));
        spot
    }
}

/// The `style` of a shape.
struct VmlStyle(Vec<(String, String)>);

impl VmlStyle {
    fn read(el: XmlEl<'_>) -> Self {
        let style = xml::attr(el, "style").unwrap_or_default();
        let declarations = style.split(';').filter_map(|one| one.split_once(':'));
        Self(declarations.map(|(name, value)| (name.trim().into(), value.trim().into())).collect())
    }

    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn is(&self, name: &str, value: &str) -> bool {
        self.get(name) == Some(value)
    }

    fn length(&self, name: &str) -> Option<f64> {
        self.get(name).and_then(length)
    }
}

/// A length of VML; without a unit it is in pixels.
fn length(text: &str) -> Option<f64> {
    match text.parse::<f64>() {
        Ok(pixels) => Some(pixels * 0.75),
        Err(_) => xml::twips(text),
    }
}
