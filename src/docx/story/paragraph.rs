//! A box with lines of text as a paragraph: its style, and what its style does not say.

use std::sync::Arc;

use super::area::StoryArea;
use super::inline::RunBase;
use super::{Story, control, inline};
use crate::boxes::{BoxNode, Inline, Marker, Role};
use crate::docx::package::xml::{El, XmlNode};
use crate::docx::registry::majority;
use crate::docx::registry::numbering::ListItem;
use crate::docx::registry::styles::StyleId;
use crate::docx::words::properties::{
    ParagraphFlow, ParagraphPlace, ParagraphPosition, Properties, difference, indents,
};
use crate::docx::words::slack::{FITTED, slack, with_slack};
use crate::docx::words::units::twips;
use crate::docx::writer::{DocxWriter, StyleOwner};
use crate::sizing::marker_gap;
use crate::style::{Break, Computed, LengthOrAuto, LineHeight, TextAlign, TextStyle, WrapStyle};

/// A paragraph of at least this many lines can be broken with two lines on either page (`orphans`,
/// `widows`), so it is not kept with the next one: LibreOffice never breaks a paragraph that is,
/// and leaves a gap of its height.
const LONG: usize = 4;

/// By how much further in the lines of one paragraph begin and end, in points.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct TextInset {
    left: f64,
    right: f64,
}

impl TextInset {
    /// Lets the text stand out, at the side that it does not lean on.
    fn widen(&mut self, missing: f64, align: TextAlign) {
        let left = match align {
            TextAlign::Right => 1.0,
            TextAlign::Center => 0.5,
            _ => 0.0,
        };
        self.left -= missing * left;
        self.right -= missing * (1.0 - left);
    }

    fn within(self, place: ParagraphPosition) -> ParagraphPosition {
        let (left, right) = (place.left + self.left, place.right + self.right);
        ParagraphPosition { left, right, ..place }
    }
}

/// A paragraph before its style is known.
#[derive(Debug, Default)]
pub(crate) struct ParagraphDraft {
    pub(crate) position: ParagraphPosition,
    /// By how much its own words stand further in, which no style and no level of a list says: the
    /// next paragraph has other words.
    pub(crate) inset: TextInset,
    pub(crate) runs: Vec<El>,
    /// Its number.
    pub(crate) item: Option<ListItem>,
    /// What the paragraph mark has that the style does not say: its size counts for the last
    /// line's height, its look for the number.
    pub(crate) mark: Vec<El>,
    /// The run properties of its text, if they are known.
    pub(crate) values: Option<Properties>,
}

/// A line of text with its marker.
pub(crate) fn text(
    writer: &mut DocxWriter<'_>,
    node: &BoxNode,
    content: &[Inline],
    area: &StoryArea<'_>,
    story: &mut Story,
) {
    let style = &node.style.text;
    let inner = area.inner();
    let base = writer.faces.run(style);
    let around = RunBase { style, properties: &base, in_control: node.control.is_some() };
    let mut draft = ParagraphDraft {
        position: placed(style, inner, area.left, area.right),
        runs: inline::runs(writer, content, around, inner, story),
        ..ParagraphDraft::default()
    };
    let shrunk = shrunk(writer, node, inner);
    if let Some(scale) = shrunk {
        draft.runs.iter_mut().for_each(|el| scale_runs(el, style, scale));
        // The mark's own size would keep the line as high as before.
        draft.mark = sizes(style.font_size * 2.0 * scale).into();
    }
    draft.inset = inset(writer, node, area.marker, (inner, shrunk));
    if let Some(missing) = area.held {
        draft.inset.widen(missing, style.text_align);
    }
    if let Some(name) = &node.control {
        draft.runs = vec![control::control(writer, name, node.span, draft.runs)];
    }
    let marks = node.id.as_ref().and_then(|id| writer.ids.set_bookmark(id));
    draft.runs.splice(0..0, marks.into_iter().flatten());
    if let Some(marker) = area.marker {
        number(writer, node, marker, area, &base, &mut draft);
    }
    draft.values = Some(base);
    put(writer, node, draft, area, story);
    let leader = content.iter().find_map(|piece| match piece {
        Inline::Leader(leader, _) => Some(leader),
        _ => None,
    });
    if let Some(leader) = leader {
        story.add_to_last(leader_stop(leader, area));
    }
}

/// Gives a paragraph its number: Word's own, or the marker's text where Word would write another.
fn number(
    writer: &mut DocxWriter<'_>,
    node: &BoxNode,
    marker: &Marker,
    area: &StoryArea<'_>,
    base: &[El],
    draft: &mut ParagraphDraft,
) {
    let mark = difference(&writer.faces.run(&marker.style.text), base);
    // A number beside the text ends a quarter of an em before it.
    let gap = marker_gap(marker);
    if !marker.inside {
        draft.position.first = -gap;
    }
    draft.item = writer.lists.intern(marker, draft.position, &mark);
    if let Some(why) = writer.lists.take_warning() {
        writer.warn_once("docx-numbering", why, node.span);
    }
    if draft.item.is_some() {
        return;
    }
    let space = if marker.inside { "\u{a0}" } else { "" };
    let text = format!("{}{space}", marker.text.trim_end());
    let number = El::new("w:r")
        .children(El::filled("w:rPr", mark))
        .child(El::new("w:t").with("xml:space", "preserve").text(text));
    draft.runs.insert(0, number);
    if !marker.inside {
        let width = writer.sizer.marker_width(marker) + gap;
        // Not further out than the text's edge is in: Word would set the number into the margin.
        draft.position.first = -width.min(area.left);
        draft.runs.insert(1, El::new("w:r").child(El::new("w:tab")));
    }
}

/// The tab stop at the right edge that a leader leads to.
fn leader_stop(leader: &str, area: &StoryArea<'_>) -> El {
    let kind = match leader.trim() {
        "_" => "underscore",
        "-" | "–" | "—" => "hyphen",
        "·" => "middleDot",
        "" => "none",
        // Word has a closed list of leaders: what is none of them is printed as dots.
        _ => "dot",
    };
    let stop = El::new("w:tab")
        .with("w:val", "right")
        .with("w:leader", kind)
        .with("w:pos", twips(area.width - area.right));
    El::new("w:tabs").child(stop)
}

/// How much smaller the text of a box with `-itog-fit: shrink` is to be, if it does not fit its
/// line.
fn shrunk(writer: &DocxWriter<'_>, node: &BoxNode, inner: f64) -> Option<f64> {
    let fit = node.style.fit.filter(|fit| !fit.whole)?;
    let line = writer.sizer.content(node).max;
    // What the smallest size cannot hold on one line wraps at it; how small that is, is settled.
    (line > inner).then(|| (inner / line).max(fit.min.clamp(0.05, 1.0)) * FITTED)
}

/// By how much further in the lines of a text stand, because of the words it has.
fn inset(
    writer: &DocxWriter<'_>,
    node: &BoxNode,
    marker: Option<&Marker>,
    (inner, shrunk): (f64, Option<f64>),
) -> TextInset {
    let scale = shrunk.unwrap_or(1.0);
    // Only what may shrink is asked for its width: by what is measured no plan can have a hole.
    let fits = node.style.fit.is_some_and(|fit| !fit.whole)
        && writer.sizer.content(node).max * scale <= inner;
    if fits {
        // What fits as it is, is to do so in Word: the margins give what it needs besides. What was
        // shrunk has that in its size.
        let missing = shrunk.map_or_else(|| slack(writer.sizer.content(node), inner), |_| 0.0);
        return TextInset { left: -missing / 2.0, right: -missing / 2.0 };
    }
    // Smaller letters in as much room are the same as letters of their size in more.
    let free = scale * balanced(writer, node, marker, inner / scale).unwrap_or(0.0);
    let share = match node.style.text.text_align {
        TextAlign::Center => 0.5,
        TextAlign::Right => 1.0,
        _ => 0.0,
    };
    TextInset { left: free * share, right: free * (1.0 - share) }
}

/// How much narrower the room of a ragged text becomes so that Word, which fills line by line,
/// makes its lines as long as each other: as much as leaves the number of lines what it is.
fn balanced(
    writer: &DocxWriter<'_>,
    node: &BoxNode,
    marker: Option<&Marker>,
    inner: f64,
) -> Option<f64> {
    /// Of more lines nobody sees a short last one.
    const MOST: usize = 6;
    /// Halvings of the room: less than a letter is left of it.
    const STEPS: usize = 8;
    let text = &node.style.text;
    if text.wrap != WrapStyle::Balance || text.text_align == TextAlign::Justify {
        return None;
    }
    // A number in the first line takes its room from the words.
    let number = marker.filter(|marker| marker.inside);
    let number =
        number.map_or(0.0, |marker| writer.sizer.marker_width(marker) + marker_gap(marker));
    let inner = inner - number;
    let lines = writer.sizer.line_count(node, inner);
    if !(2..=MOST).contains(&lines) {
        return None;
    }
    // What is bound together is no wider than its line: other engines cut it anywhere.
    let least = with_slack(writer.sizer.content(node).min);
    let (mut low, mut high) = ((inner / lines as f64).max(least), inner);
    for _ in 0..STEPS {
        let middle = f64::midpoint(low, high);
        if writer.sizer.line_count(node, middle) > lines { low = middle } else { high = middle }
    }
    // What other engines measure otherwise must not make a line more.
    Some(inner - with_slack(high)).filter(|free| *free > 0.0)
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
        if let XmlNode::El(child) = node {
            scale_runs(child, style, scale);
        }
    }
}

fn sizes(half_points: f64) -> [El; 2] {
    // Rounded down, or the line would not fit after all; Word's smallest size is 1 pt.
    let half_points = half_points.floor().max(2.0);
    [El::val("w:sz", half_points), El::val("w:szCs", half_points)]
}

/// Writes a paragraph: its style, and what its style does not say.
pub(crate) fn put(
    writer: &mut DocxWriter<'_>,
    node: &BoxNode,
    draft: ParagraphDraft,
    area: &StoryArea<'_>,
    story: &mut Story,
) {
    let ParagraphDraft { position, inset, mut runs, item, mark, values } = draft;
    let style = &node.style.text;
    story.enter_section(area);
    writer.faces.record_use(style);
    let values = values.unwrap_or_else(|| writer.faces.run(style));
    let own = own_place(node, area, position);
    let before = story.space_before(own.position.before);
    let flow = flow_here(writer, node, area, own.flow, story);
    let here = ParagraphPlace {
        position: ParagraphPosition { before, ..inset.within(own.position) },
        flow,
        outline: own.outline,
    };
    let here_values = properties(writer, style, area, here);
    let id = style_of(writer, node, area, own, &values);
    let (id, differing, rest) = variant_of(writer, node, id, &here_values, &values);
    if let Some(before) = story.last_style.replace(id) {
        writer.styles.record_follower(before, id);
    }
    writer.strings.record_use(id);
    if !story.is_boxed() {
        writer.strings.record_setter(node, id);
    }
    let mut direct = vec![El::val("w:pStyle", &writer.styles.get(id).id)];
    direct.extend(differing);
    // A line of a fixed height would show a strip of the picture only.
    if let LineHeight::Length(points) = style.line_height
        && runs.iter().any(holds_picture)
    {
        set_line(&mut direct, points);
    }
    if !rest.is_empty() {
        runs.iter_mut().for_each(|el| add_to_runs(el, &rest));
    }
    let mut end = El::new("w:rPr").children(rest);
    mark.into_iter().for_each(|property| end.replace(property));
    if !end.children.is_empty() {
        direct.push(end);
    }
    if let Some(item) = item {
        number_paragraph(&mut direct, item, here.position);
    }
    if area.around.is_none() {
        // A paragraph without a frame keeps the boxes above and below apart already.
        story.boxed = None;
    }
    story.push_paragraph(direct, runs);
    story.after = own.position.after;
}

/// The style for a paragraph with these values, and what it does not say of the paragraph and of
/// its runs. The style `id` may be the majority's, not this paragraph's own.
fn variant_of(
    writer: &mut DocxWriter<'_>,
    node: &BoxNode,
    id: StyleId,
    paragraph: &Properties,
    run: &Properties,
) -> (StyleId, Vec<El>, Vec<El>) {
    let style = writer.styles.get(id);
    let said = (difference(paragraph, &style.paragraph), difference(run, &style.run));
    // A field finds the text of a running string by its style.
    let variant = node.strings.is_empty().then(|| writer.styles.variant(id, &said.0, &said.1));
    let Some(id) = variant.flatten() else { return (id, said.0, said.1) };
    let style = writer.styles.get(id);
    (id, difference(paragraph, &style.paragraph), difference(run, &style.run))
}

/// Where a paragraph stands and what it keeps together by its own values, as its style says it.
fn own_place(node: &BoxNode, area: &StoryArea<'_>, position: ParagraphPosition) -> ParagraphPlace {
    let outline = match node.role {
        // Word has nine outline levels, counted from 0 (ECMA-376 Part 1, 17.3.1.20).
        Role::Heading(level) => Some(level.clamp(1, 9) - 1),
        _ => None,
    };
    let flow = ParagraphFlow {
        next: node.style.break_after == Break::Avoid,
        // A cell keeps its row whole.
        lines: (node.style.break_inside_avoid && area.held.is_none()) || area.keep.all,
        page_before: false,
    };
    // What is held has its margins from its cell or text box.
    let position =
        if area.held.is_some() { position } else { margins(&node.style, area.inner(), position) };
    ParagraphPlace { position, flow, outline }
}

/// What a paragraph asks of its surroundings as it stands here.
fn flow_here(
    writer: &DocxWriter<'_>,
    node: &BoxNode,
    area: &StoryArea<'_>,
    own: ParagraphFlow,
    story: &mut Story,
) -> ParagraphFlow {
    let long = || !own.lines && writer.sizer.line_count(node, area.inner()) >= LONG;
    ParagraphFlow {
        next: area.keep.last && (area.keep.firmly || !long()),
        lines: own.lines,
        page_before: std::mem::take(&mut story.break_page) && !story.blocks.is_empty(),
    }
}

/// The properties of a paragraph with what is around it.
fn properties(
    writer: &DocxWriter<'_>,
    style: &Arc<TextStyle>,
    area: &StoryArea<'_>,
    place: ParagraphPlace,
) -> Properties {
    if area.around.is_none() {
        return writer.faces.paragraph(style, place);
    }
    writer.faces.paragraph_in(style, place, area.around).into()
}

/// The style of a paragraph that has these values by itself.
fn style_of(
    writer: &mut DocxWriter<'_>,
    node: &BoxNode,
    area: &StoryArea<'_>,
    own: ParagraphPlace,
    values: &Properties,
) -> StyleId {
    let style = &node.style.text;
    // An anonymous box looks like the element that it is in.
    let StyleOwner { element, class, role } = StyleOwner::of(node, area.owner);
    let key = majority::key(element, class, role);
    let Some(typical) = writer.styles.majority(&key, &node.style, area.held.is_some()) else {
        let paragraph = properties(writer, style, area, own);
        return writer.styles.intern(key, role, &paragraph, values);
    };
    // The style is what most of its paragraphs are, though this one is the first.
    let flow = ParagraphFlow {
        next: typical.break_after == Break::Avoid,
        lines: typical.break_inside_avoid,
        page_before: false,
    };
    let text = &typical.text;
    let alike = text.text_indent == style.text_indent
        && text.text_indent_hanging == style.text_indent_hanging;
    let position =
        if alike { own.position } else { placed(text, area.inner(), area.left, area.right) };
    let position = margins(&typical, area.inner(), position);
    let place = ParagraphPlace { position, flow, outline: own.outline };
    let paragraph = writer.faces.paragraph(text, place);
    writer.styles.intern(key, role, &paragraph, &writer.faces.run(text))
}

/// Makes a paragraph the item of a list. A list's indents win over those of the style, so they are
/// said only where they differ. It has none at the right.
fn number_paragraph(direct: &mut Vec<El>, item: ListItem, here: ParagraphPosition) {
    let right = direct
        .iter()
        .find(|el| el.name == "w:ind")
        .and_then(|ind| ind.get("w:right").map(str::to_owned));
    direct.retain(|el| el.name != "w:ind");
    direct.push(item.element());
    if (twips(here.left), twips(here.first)) != (item.indent.left, item.indent.first) {
        direct.push(indents(here));
    } else if let Some(right) = right {
        direct.push(El::new("w:ind").with("w:right", right));
    }
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
fn margins(style: &Computed, base: f64, position: ParagraphPosition) -> ParagraphPosition {
    // Neither is ever negative in Word (`w:spacing`, ECMA-376 Part 1, 17.3.1.33).
    let margin = |size: LengthOrAuto| size.resolve(base).unwrap_or(0.0).max(0.0);
    let (before, after) = (margin(style.margin.top), margin(style.margin.bottom));
    ParagraphPosition { before, after, ..position }
}

/// Where lines of that style stand in a room so wide, whose sides are so far in.
pub(crate) fn placed(style: &TextStyle, room: f64, left: f64, right: f64) -> ParagraphPosition {
    let indent = style.text_indent.resolve(room);
    let (left, first) =
        if style.text_indent_hanging { (left + indent, -indent) } else { (left, indent) };
    ParagraphPosition { left, right, first, ..ParagraphPosition::default() }
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
        if let XmlNode::El(child) = node {
            add_to_runs(child, properties);
        }
    }
}
