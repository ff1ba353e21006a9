//! Shapes once more in VML, for readers that do not know those of Word 2010: Word 2007, and
//! programs that take what `mc:Fallback` holds or nothing (ECMA-376 Part 3, clause 9; Part 4, 19).
//!
//! Made of the finished shapes, so that a text box says there what it says here, in the same
//! styles.

use crate::docx::package::xml::{El, XmlNode};
use crate::docx::registry::ids::IdRegistry;
use crate::docx::words::units::points;

const V: &str = "urn:schemas-microsoft-com:vml";
/// Shapes of VML with a lower place than the text lie behind it.
const BEHIND: i64 = -251_658_240;

/// Gives each shape in an element its fallback.
pub(crate) fn add(el: &mut El, ids: &mut IdRegistry) {
    for node in &mut el.children {
        if let XmlNode::El(child) = node {
            add(child, ids);
        }
    }
    if el.name == "mc:AlternateContent"
        && let Some(drawing) = el.find("mc:Choice").and_then(|choice| choice.find("w:drawing"))
        && let Some(shape) = shape(drawing, ids)
    {
        let picture = El::new("w:pict").with("xmlns:v", V).child(shape);
        el.push(El::new("mc:Fallback").child(picture));
    }
}

/// An element in another, by the names on the way to it.
fn within<'e>(el: &'e El, way: &[&str]) -> Option<&'e El> {
    way.iter().try_fold(el, |el, name| el.find(name))
}

/// A shape of DrawingML in VML.
fn shape(drawing: &El, ids: &mut IdRegistry) -> Option<El> {
    let anchor = drawing.find("wp:anchor").or_else(|| drawing.find("wp:inline"))?;
    let shape = within(anchor, &["a:graphic", "a:graphicData", "wps:wsp"])?;
    let look = shape.find("wps:spPr")?;
    let geometry = look.find("a:prstGeom")?;
    let round = geometry.get("prst") == Some("roundRect");
    let body = shape.find("wps:bodyPr");
    let mut style = place(anchor)?;
    if let Some(turn) = within(look, &["a:xfrm"]).and_then(|turned| number(turned, "rot")) {
        style += &format!(";rotation:{}", turn as f64 / 60_000.0);
    }
    if body.and_then(|body| body.get("anchor")) == Some("b") {
        style += ";v-text-anchor:bottom";
    }
    let mut made = El::new(if round { "v:roundrect" } else { "v:rect" }).with("style", style);
    if let Some(description) = anchor.find("wp:docPr").and_then(|names| names.get("descr")) {
        made.set("alt", description.to_owned());
    }
    if round {
        // The corner is a share of the shorter side, counted in 100,000ths there.
        let guide = within(geometry, &["a:avLst", "a:gd"]).and_then(|guide| guide.get("fmla"));
        let share = guide.and_then(|guide| guide.strip_prefix("val ")?.parse().ok());
        made.set("arcsize", (share.unwrap_or(0.0_f64) / 100_000.0).to_string());
    }
    match color(look) {
        Some(color) => made.set("fillcolor", color),
        None => made.set("filled", "f"),
    }
    stroke(look.find("a:ln"), &mut made);
    if let Some(content) = within(shape, &["wps:txbx", "w:txbxContent"]) {
        made.push(text_box(content, body, ids));
    }
    Some(made)
}

/// Size and place, as VML says them in words of CSS.
fn place(anchor: &El) -> Option<String> {
    let extent = anchor.find("wp:extent")?;
    let size = |name| Some(points(number(extent, name)?));
    let mut style = String::new();
    if anchor.name == "wp:anchor" {
        style += "position:absolute;";
        for (axis, side, name) in
            [("wp:positionH", "left", "horizontal"), ("wp:positionV", "top", "vertical")]
        {
            let position = anchor.find(axis)?;
            let offset = position.find("wp:posOffset").map(text)?.parse().ok()?;
            let from = if position.get("relativeFrom") == Some("page") { "page" } else { "text" };
            let offset = points(offset);
            style += &format!("margin-{side}:{offset}pt;mso-position-{name}-relative:{from};");
        }
        let number = number(anchor, "relativeHeight")?;
        let behind = anchor.get("behindDoc") == Some("1");
        style += &format!("z-index:{};", if behind { BEHIND + number } else { number });
    }
    Some(style + &format!("width:{}pt;height:{}pt", size("cx")?, size("cy")?))
}

/// The line around a shape.
fn stroke(line: Option<&El>, made: &mut El) {
    let Some((line, color)) = line.and_then(|line| Some((line, color(line)?))) else {
        made.set("stroked", "f");
        return;
    };
    made.set("strokecolor", color);
    made.set("strokeweight", format!("{}pt", points(number(line, "w").unwrap_or_default())));
    let dash = match line.find("a:prstDash").and_then(|dash| dash.get("val")) {
        Some("dash") => Some("dash"),
        Some("sysDot") => Some("1 1"),
        _ => None,
    };
    let double = line.get("cmpd") == Some("dbl");
    if dash.is_some() || double {
        let mut look = El::new("v:stroke");
        dash.into_iter().for_each(|dash| look.set("dashstyle", dash));
        if double {
            look.set("linestyle", "thinThin");
        }
        made.push(look);
    }
}

/// The text of a box with its room.
fn text_box(content: &El, body: Option<&El>, ids: &mut IdRegistry) -> El {
    let inset = |side| points(body.and_then(|body| number(body, side)).unwrap_or_default());
    let [left, top, right, bottom] = ["lIns", "tIns", "rIns", "bIns"].map(inset);
    let mut made =
        El::new("v:textbox").with("inset", format!("{left}pt,{top}pt,{right}pt,{bottom}pt"));
    if body.is_some_and(|body| body.find("a:spAutoFit").is_some()) {
        made.set("style", "mso-fit-shape-to-text:t");
    }
    let mut copy = content.clone();
    make_unnamed(&mut copy, ids);
    made.child(copy)
}

/// Takes out of a copy what a document may have once only: bookmarks, controls, numbers of
/// drawings.
fn make_unnamed(el: &mut El, ids: &mut IdRegistry) {
    for node in std::mem::take(&mut el.children) {
        match node {
            XmlNode::El(child) if child.name.starts_with("w:bookmark") => {}
            XmlNode::El(mut child) => {
                make_unnamed(&mut child, ids);
                match &*child.name {
                    "w:sdt" => {
                        let content = child.find("w:sdtContent").cloned().unwrap_or_default();
                        el.children.extend(content.children);
                    }
                    "mc:AlternateContent" => {
                        let other = child.find("mc:Fallback").cloned().unwrap_or_default();
                        el.children.extend(other.children);
                    }
                    "wp:docPr" => el.push({
                        child.set("id", ids.drawing());
                        child
                    }),
                    _ => el.push(child),
                }
            }
            text => el.children.push(text),
        }
    }
}

/// The colour that something is filled with.
fn color(el: &El) -> Option<String> {
    let color = within(el, &["a:solidFill", "a:srgbClr"])?;
    Some(format!("#{}", color.get("val")?))
}

fn number(el: &El, name: &str) -> Option<i64> {
    el.get(name)?.parse().ok()
}

/// The text right in an element.
fn text(el: &El) -> &str {
    el.children
        .iter()
        .find_map(|node| if let XmlNode::Text(text) = node { Some(&**text) } else { None })
        .unwrap_or_default()
}
