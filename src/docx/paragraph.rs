//! A box with lines of text as a paragraph: its style, and what its style does not say.

use super::faces::Values;
use super::flow::{Area, Flow, keeping};
use super::numbering::Item;
use super::package::xml::{El, Node};
use super::properties::{Keeping, Placing, difference, indents, paragraph, twips};
use super::slack::{FITTED, slack};
use super::typical::key;
use super::{Writer, inline, section};
use crate::boxes::{BoxNode, Inline, Role};
use crate::sizing::marker_gap;
use crate::style::{Break, Computed, LengthOrAuto, LineHeight, TextStyle};

/// A paragraph before its style is known.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) placing: Placing,
    pub(super) runs: Vec<El>,
    /// Its number.
    pub(super) item: Option<Item>,
    /// What the paragraph mark has that the style does not say: its size counts for the last
    /// line's height, its look for the number.
    pub(super) mark: Vec<El>,
    /// The run properties of its text, if they are known.
    pub(super) values: Option<Values>,
}

/// A line of text with its marker.
pub(super) fn text(
    writer: &mut Writer<'_>,
    node: &BoxNode,
    content: &[Inline],
    area: &Area<'_>,
    flow: &mut Flow,
) {
    let style = &node.style.text;
    let inner = area.inner();
    let mut placing = placed(style, area);
    let base = writer.faces.run(style);
    let mut runs = inline::runs(writer, content, &base, inner);
    let mut end = Vec::new();
    if let Some(scale) = shrunk(writer, node, inner) {
        runs.iter_mut().for_each(|el| scale_runs(el, style, scale));
        end = sizes(style.font_size * 2.0 * scale).into();
    } else if node.style.fit.is_some_and(|fit| !fit.whole) {
        // It fits as it is, and is to do so in Word: the margins give what it needs besides.
        let missing = slack(writer.sizer.content(node), inner);
        placing.left -= missing / 2.0;
        placing.right -= missing / 2.0;
    }
    if let Some(control) = &node.control {
        runs = vec![writer.control(control, runs)];
    }
    if let Some(id) = &node.id {
        runs.splice(0..0, inline::bookmark(writer, id));
    }
    let mut item = None;
    if let Some(marker) = area.marker {
        let mark = difference(&writer.faces.run(&marker.style.text), &base);
        // A number beside the text ends a quarter of an em before it.
        let gap = marker_gap(marker);
        if !marker.inside {
            placing.first = -gap;
        }
        item = writer.lists.item(marker, placing, &mark);
        if let Some(why) = writer.lists.take_warning() {
            writer.warn_once("docx-numbering", &why, node.span);
        }
        if item.is_none() {
            let mut number = El::new("w:r");
            if !mark.is_empty() {
                number.push(El::new("w:rPr").children(mark));
            }
            let space = if marker.inside { "\u{a0}" } else { "" };
            number.push(
                El::new("w:t")
                    .with("xml:space", "preserve")
                    .text(format!("{}{space}", marker.text.trim_end())),
            );
            runs.insert(0, number);
            if !marker.inside {
                placing.first = -(writer.sizer.marker_width(marker) + gap).min(area.left);
                runs.insert(1, El::new("w:r").child(El::new("w:tab")));
            }
        }
    }
    put(writer, node, Draft { placing, runs, item, mark: end, values: Some(base) }, area, flow);
    if let Some(leader) = content
        .iter()
        .find_map(|piece| if let Inline::Leader(leader, _) = piece { Some(leader) } else { None })
    {
        let kind = match leader.trim() {
            "_" => "underscore",
            "-" | "–" | "—" => "hyphen",
            "·" => "middleDot",
            "" => "none",
            _ => "dot",
        };
        let stop = El::new("w:tab")
            .with("w:val", "right")
            .with("w:leader", kind)
            .with("w:pos", twips(area.width - area.right));
        writer.patch_last(flow, El::new("w:tabs").child(stop));
    }
}

/// How much smaller the text of a box with `-itog-fit: shrink` is to be, if it does not fit its
/// line.
fn shrunk(writer: &Writer<'_>, node: &BoxNode, inner: f64) -> Option<f64> {
    let fit = node.style.fit.filter(|fit| !fit.whole)?;
    let line = writer.sizer.content(node).max;
    // Longer than the smallest size can hold: it wraps, at that size.
    (line > inner).then(|| (inner / line).max(fit.min.clamp(0.05, 1.0)) * FITTED)
}

/// Sets the size and letter spacing of runs that have none of their own, and scales those of the
/// others.
fn scale_runs(el: &mut El, style: &TextStyle, scale: f64) {
    if el.name == "w:r" {
        let properties = el.ensure_first("w:rPr");
        let own = |properties: &El, name| {
            properties.find(name).and_then(|el| el.get("w:val")).and_then(|v| v.parse::<f64>().ok())
        };
        let spacing =
            own(properties, "w:spacing").unwrap_or_else(|| twips(style.letter_spacing) as f64);
        if spacing != 0.0 {
            properties.replace(El::val("w:spacing", (spacing * scale).round()));
        }
        let size = own(properties, "w:sz").unwrap_or(style.font_size * 2.0);
        sizes(size * scale).into_iter().for_each(|size| properties.replace(size));
        return;
    }
    for node in &mut el.children {
        if let Node::El(child) = node {
            scale_runs(child, style, scale);
        }
    }
}

fn sizes(half_points: f64) -> [El; 2] {
    let half_points = half_points.floor().max(2.0);
    [El::val("w:sz", half_points), El::val("w:szCs", half_points)]
}

/// Writes a paragraph: its style, and what its style does not say.
pub(super) fn put(
    writer: &mut Writer<'_>,
    node: &BoxNode,
    draft: Draft,
    area: &Area<'_>,
    flow: &mut Flow,
) {
    let Draft { placing, mut runs, item, mark, values } = draft;
    let style = &node.style.text;
    section::enter(flow, area);
    writer.see(style);
    let base = area.inner();
    let own = margins(&node.style, base, placing);
    let here = Placing { before: flow.space_before(own.before), ..own };
    let (keeps, keeps_here) = keeping(writer, node, area, flow);
    let outline = match node.role {
        Role::Heading(level) => Some(level.clamp(1, 9) - 1),
        _ => None,
    };
    let values = values.unwrap_or_else(|| writer.faces.run(style));
    let values_at = |placing, keeping| {
        if area.frame.is_none() && area.shade.is_none() {
            return writer.faces.paragraph(style, placing, keeping, outline);
        }
        paragraph(&writer.faces, style, placing, keeping, outline, area).into()
    };
    let (own_values, here_values): (Values, Values) =
        (values_at(own, keeps), values_at(here, keeps_here));
    // An anonymous box looks like the element that it is in.
    let (element, class, role) = match &area.owner {
        Some((element, class, role)) if node.element.is_empty() => (&**element, &**class, *role),
        _ => (&*node.element, &*node.class, node.role),
    };
    let key = key(element, class, role);
    let typical =
        if writer.styles.knows(&key) { None } else { writer.typical.other(&key, &node.style) };
    let defined = match typical {
        // The style is what most of its paragraphs are, though this one is the first.
        Some(typical) => {
            let keeps = Keeping {
                next: typical.break_after == Break::Avoid,
                lines: typical.break_inside_avoid,
                page_before: false,
            };
            let alike = |a: &TextStyle, b: &TextStyle| {
                a.text_indent == b.text_indent && a.text_indent_hanging == b.text_indent_hanging
            };
            let placing =
                if alike(&typical.text, style) { placing } else { placed(&typical.text, area) };
            let paragraph = writer.faces.paragraph(
                &typical.text,
                margins(&typical, base, placing),
                keeps,
                outline,
            );
            writer.styles.paragraph(key, role, &paragraph, &writer.faces.run(&typical.text))
        }
        None => writer.styles.paragraph(key, role, &own_values, &values),
    };
    let id = defined.id.clone();
    // Word looks for the text of a style in the body only.
    if writer.boxed == 0 {
        writer.strings.see(node, &id);
    }
    let mut direct = difference(&here_values, &defined.paragraph);
    // A line of a fixed height would show a strip of the picture only.
    if let LineHeight::Length(points) = style.line_height
        && runs.iter().any(holds_picture)
    {
        set_line(&mut direct, points);
    }
    let rest = difference(&values, &defined.run);
    if !rest.is_empty() {
        runs.iter_mut().for_each(|el| add_to_runs(el, &rest));
    }
    let mut end = El::new("w:rPr").children(rest);
    mark.into_iter().for_each(|property| end.replace(property));
    if end.elements().next().is_some() {
        direct.push(end);
    }
    if let Some(item) = item {
        direct.push(
            El::new("w:numPr")
                .child(El::val("w:ilvl", item.level))
                .child(El::val("w:numId", item.number)),
        );
        // A list's indents win over those of the style, so they are said only where they differ. It
        // has none at the right.
        let right = direct
            .iter()
            .find(|el| el.name == "w:ind")
            .and_then(|ind| ind.get("w:right").map(str::to_owned));
        direct.retain(|el| el.name != "w:ind");
        if (twips(here.left), twips(here.first)) != item.place {
            direct.push(indents(here));
        } else if let Some(right) = right {
            direct.push(El::new("w:ind").with("w:right", right));
        }
    }
    if area.frame.is_none() && area.shade.is_none() {
        flow.boxed = None;
    }
    writer.push_paragraph(flow, &id, direct, runs);
    flow.after = own.after;
}

/// Whether a picture stands in the line.
fn holds_picture(el: &El) -> bool {
    el.name == "wp:inline" || (el.name != "wp:anchor" && el.elements().any(holds_picture))
}

/// Makes lines as high as that at least.
fn set_line(direct: &mut Vec<El>, points: f64) {
    let at = direct.iter().position(|el| el.name == "w:spacing").unwrap_or_else(|| {
        direct.push(El::new("w:spacing"));
        direct.len() - 1
    });
    direct[at].set("w:line", twips(points));
    direct[at].set("w:lineRule", "atLeast");
}

/// A paragraph's place with its own margins.
fn margins(style: &Computed, base: f64, placing: Placing) -> Placing {
    let margin = |size: LengthOrAuto| size.resolve(base).unwrap_or(0.0).max(0.0);
    Placing { before: margin(style.margin.top), after: margin(style.margin.bottom), ..placing }
}

/// Where lines of that style stand in an area.
fn placed(style: &TextStyle, area: &Area<'_>) -> Placing {
    let indent = style.text_indent.resolve(area.inner());
    let (left, first) =
        if style.text_indent_hanging { (area.left + indent, -indent) } else { (area.left, indent) };
    Placing { left, right: area.right, first, ..Placing::default() }
}

/// Adds properties that a run does not set itself, in links and content controls too.
fn add_to_runs(el: &mut El, properties: &[El]) {
    if el.name == "w:r" {
        let target = el.ensure_first("w:rPr");
        for property in properties {
            if target.find(&property.name).is_none() {
                target.push(property.clone());
            }
        }
        return;
    }
    for node in &mut el.children {
        if let Node::El(child) = node {
            add_to_runs(child, properties);
        }
    }
}
