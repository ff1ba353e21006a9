//! A story — body, header, note, text box, cell — as blocks of markup.

use std::fmt::Write as _;
use std::rc::Rc;
use std::sync::Arc;

use super::css::{self, Declarations, points};
use super::frame;
use super::numbering::Label;
use super::props::Props;
use super::reader::Reader;
use super::runs::{ParagraphPiece, RunPlace};
use super::symbols;
use super::xml::{self, XmlEl};
use crate::diag::say;
use crate::limits;

/// Where a story stands: what its blocks inherit, and how wide it is.
#[derive(Debug, Clone)]
pub(super) struct StoryPlace {
    /// What the style of the table around says of paragraphs and runs.
    pub(super) paragraph: Props,
    pub(super) run: Props,
    pub(super) width: f64,
    /// Whether it is the text of the pages, so that breaks and anchors count from these.
    pub(super) body: bool,
    /// Whether anchors count from the page: in the body, in headers and footers.
    pub(super) paged: bool,
    pub(super) depth: usize,
}

impl StoryPlace {
    pub(super) fn new(width: f64, body: bool) -> Self {
        Self {
            paragraph: Props::default(),
            run: Props::default(),
            width,
            body,
            paged: true,
            depth: 0,
        }
    }

    /// Inside of something in this story.
    pub(super) fn inside(&self, width: f64) -> Self {
        Self { width, body: false, paged: false, depth: self.depth + 1, ..self.clone() }
    }
}

/// The attribute that says where an element stands, as templates have it.
const MARK: &str = "data-itog-at";

/// How deep tables and text boxes may lie in each other.
pub(super) const DEEPEST: usize = 40;

/// A block of a story.
#[derive(Debug)]
pub(super) enum WordBlock {
    Paragraph(Box<Paragraph>),
    /// Markup that stands by itself.
    Whole(String),
    /// A section ends here.
    SectionEnd,
}

/// Whether a paragraph is one with the next, because its mark was taken out, which is accepted.
fn is_joined(paragraph: XmlEl<'_>) -> bool {
    let mark = xml::child(paragraph, "pPr").and_then(|own| xml::child(own, "rPr"));
    let gone = |name| mark.is_some_and(|mark| xml::child(mark, name).is_some());
    let next = paragraph.next_siblings().skip(1).find(XmlEl::is_element);
    (gone("del") || gone("moveFrom")) && next.is_some_and(|next| xml::name(next) == "p")
}

/// A paragraph before it is written: its neighbours have a say in its margins and borders.
#[derive(Debug)]
pub(super) struct Paragraph {
    style: Option<String>,
    props: Props,
    css: Declarations,
    /// What its text inherits from it.
    text: Declarations,
    pieces: Vec<ParagraphPiece>,
    /// Boxes that are anchored here.
    anchored: String,
    /// Boxes that stand in the flow below its text.
    below: String,
    heading: Option<u8>,
    /// The frame that it stands in with its neighbours.
    text_frame: Option<String>,
    /// The attribute that says where it stands.
    stands: String,
}

impl<'a> Reader<'a> {
    /// The blocks within an element.
    pub(super) fn blocks(
        &mut self,
        parent: XmlEl<'a>,
        place: &StoryPlace,
        out: &mut Vec<WordBlock>,
    ) {
        for el in parent.children() {
            limits::tick();
            if let Some(tag) = tag_of(el) {
                out.push(WordBlock::Whole(format!("{tag}\n")));
                continue;
            }
            match xml::name(el) {
                "p" if is_joined(el) => self.joined.push(el),
                "p" => self.paragraph(el, place, out),
                "tbl" if place.depth < DEEPEST => {
                    let table = self.table(el, place);
                    out.push(WordBlock::Whole(table));
                }
                "sdt" => {
                    if let Some(content) = xml::child(el, "sdtContent") {
                        self.blocks(content, place, out);
                    }
                }
                "customXml" | "smartTag" | "ins" | "moveTo" => self.blocks(el, place, out),
                "AlternateContent" => {
                    if let Some(chosen) = super::drawing::chosen(el) {
                        self.blocks(chosen, place, out);
                    }
                }
                "altChunk" => self.unshown.tell(say!("a file within the file"), ""),
                _ => {}
            }
        }
    }

    // Over 60 lines: properties of five sources, each laid over those before it.
    fn paragraph(&mut self, el: XmlEl<'a>, place: &StoryPlace, out: &mut Vec<WordBlock>) {
        let own = xml::child(el, "pPr");
        let direct = Props::read(own);
        let style = own.and_then(|own| xml::val(own, "pStyle"));
        let style = style.filter(|id| self.styles.get(id).is_some());
        let style = style.or(self.styles.default_of("paragraph")).map(str::to_owned);
        let styles = Arc::clone(&self.styles);
        let of_style = style.as_deref().and_then(|id| styles.get(id));
        let number = self.number(&direct, style.as_deref());
        let mut props = self.styles.paragraph.clone();
        props.over(&place.paragraph);
        let level = number.as_ref().and_then(|(id, at)| self.numbering.level(id, *at)).cloned();
        // The style that has the number itself may have indents of its own; a number that is
        // given to the paragraph brings its level's along.
        let directly = direct.has("numPr.numId");
        if let (Some(level), false) = (&level, directly) {
            props.over(&level.paragraph);
        }
        if let Some(style) = of_style {
            props.over(&style.paragraph);
        }
        if let (Some(level), true) = (&level, directly) {
            props.over(&level.paragraph);
        }
        props.over(&direct);
        let mut run = self.styles.run.clone();
        run.over(&place.run);
        if let Some(style) = of_style {
            run.over_style(&style.run);
        }
        let mut mark = run.clone();
        mark.over(&Props::read(own.and_then(|own| xml::child(own, "rPr"))));
        let text = css::inherited(css::text(&run, &self.theme));
        let label = number.and_then(|(id, at)| self.numbering.step(&id, at));
        let mut pieces = Vec::new();
        if let Some(label) = label {
            self.label(&label, &mark, &mut pieces);
        }
        self.near = Reader::words(el);
        let stands = self.mark();
        let inner = RunPlace { base: run, link: None, story: place.clone() };
        let mut anchored = String::new();
        for before in std::mem::take(&mut self.joined) {
            self.inlines(before, &inner, &mut pieces, &mut anchored);
        }
        self.inlines(el, &inner, &mut pieces, &mut anchored);
        let empty = !pieces.iter().any(ParagraphPiece::has_height);
        // An empty paragraph is as high as its mark. One whose runs are all alike says itself what
        // they are.
        let text = match common(&pieces) {
            _ if empty => css::inherited(css::text(&mark, &self.theme)),
            Some(css) => css::inherited(css.clone()),
            None => text,
        };
        if props.is_on("bidi") {
            self.unshown.tell(say!("text that is written from right to left"), &self.near.clone());
        }
        if props.is_on("mirrorIndents") {
            self.unshown.tell(say!("indents that change sides on left pages"), &self.near.clone());
        }
        let hidden = mark.is_on("vanish") && empty && anchored.is_empty();
        let mut css = css::paragraph(&props, &self.theme);
        if self.settings.hyphenate && !props.is_on("suppressAutoHyphens") {
            css.insert("hyphens", "auto".to_owned());
        }
        let heading = self.heading(&props, of_style.map(|style| style.name.as_str()));
        let ends = own.is_some_and(|own| xml::child(own, "sectPr").is_some()) && place.body;
        // A mark that ends a section and nothing else takes no line.
        let is_mark = ends && empty && anchored.is_empty() && xml::child(el, "r").is_none();
        if !hidden && !is_mark {
            let heading = heading.filter(|_| !empty && place.body);
            let heading = heading.map(|level| self.outlined(level));
            let below = std::mem::take(&mut self.below);
            let section = self.sections.get(self.section).filter(|_| place.paged);
            let text_frame = section.and_then(|section| frame::text_frame(&props, section));
            let paragraph = Paragraph {
                style,
                props,
                css,
                text,
                pieces,
                anchored,
                below,
                heading,
                text_frame,
                stands,
            };
            out.push(WordBlock::Paragraph(Box::new(paragraph)));
        }
        if ends {
            out.push(WordBlock::SectionEnd);
            self.section += 1;
        }
    }

    /// The attribute that says where the words of the paragraph that is read stand.
    fn mark(&mut self) -> String {
        if !self.placed || self.near.trim().is_empty() {
            return String::new();
        }
        let start = self.plain.len();
        self.plain.push_str(&self.near.replace(['\n', '\r'], " "));
        let mark = format!(" {MARK}=\"0:{start}:{}\"", self.plain.len());
        self.plain.push('\n');
        mark
    }

    /// The list and the level of a paragraph.
    fn number(&self, direct: &Props, style: Option<&str>) -> Option<(String, usize)> {
        let of_style = style.and_then(|id| self.styles.get(id));
        let inherited = of_style.and_then(|style| style.paragraph.get("numPr.numId"));
        let id = direct.get("numPr.numId").or(inherited)?;
        // The list 0 takes the number of a style away.
        if id == "0" {
            return None;
        }
        let level = |props: &Props| props.get("numPr.ilvl").and_then(|level| level.parse().ok());
        let linked = style.and_then(|style| self.numbering.level_of_style(id, style));
        let at = level(direct)
            .or(linked.filter(|_| !direct.has("numPr.numId")))
            .or_else(|| level(&of_style?.paragraph))
            .unwrap_or(0);
        Some((id.to_owned(), at))
    }

    fn label(&mut self, label: &Label, mark: &Props, pieces: &mut Vec<ParagraphPiece>) {
        let mut run = mark.clone();
        // A mark that is underlined does not underline the number.
        run.set("u", "none");
        run.over(&label.level.run);
        let font = css::face(&run, &self.theme).unwrap_or_default().to_owned();
        let text: String = label
            .text
            .chars()
            .map(|c| match symbols::character(&font, c) {
                Some(shown) => shown,
                // The bullet of the second level: a letter that looks like a ring.
                None if label.bullet && c == 'o' => '○',
                None if label.bullet && ('\u{F000}'..='\u{F0FF}').contains(&c) => '•',
                None => c,
            })
            .collect();
        if symbols::is_symbol_font(&font) || label.bullet {
            for slot in ["ascii", "hAnsi", "cs", "asciiTheme", "hAnsiTheme"] {
                let key = format!("rFonts.{slot}");
                match mark.get(&key) {
                    Some(own) => run.set(&key, own),
                    None => run.remove(&key),
                }
            }
        }
        if label.level.align != "left" && label.level.align != "start" {
            self.unshown.tell(say!("a list number aligned to the right"), &self.near.clone());
        }
        let suffix = match label.level.suffix.as_str() {
            "space" => " ",
            "nothing" => "",
            _ => "\t",
        };
        if !text.is_empty() || suffix == "\t" {
            let css = css::text(&run, &self.theme);
            pieces.push(ParagraphPiece::text(css, format!("{text}{suffix}"), None));
        }
    }

    /// The level of a heading: 1–6.
    fn heading(&self, props: &Props, style: Option<&str>) -> Option<u8> {
        let named = style.and_then(|name| {
            let name = name.to_lowercase();
            let number = name.strip_prefix("heading ").or(name.strip_prefix("заголовок "))?;
            number.trim().parse::<u8>().ok()
        });
        let outline = props.get("outlineLvl").and_then(|level| level.parse::<u8>().ok());
        let level = named.or(outline.filter(|level| *level < 9).map(|level| level + 1))?;
        (1..=6).contains(&level).then_some(level)
    }

    /// The level of a heading where none is left out: people choose a style by its look, and an
    /// outline goes from each level to the next one (PDF/UA-1, 7.4.2).
    fn outlined(&mut self, level: u8) -> u8 {
        while self.outline.last().is_some_and(|last| *last > level) {
            self.outline.pop();
        }
        if self.outline.last() != Some(&level) {
            self.outline.push(level);
        }
        self.outline.len() as u8
    }

    /// A story as markup.
    pub(super) fn story(&mut self, parent: XmlEl<'a>, place: &StoryPlace) -> String {
        let mut blocks = Vec::new();
        self.blocks(parent, place, &mut blocks);
        // A cell must end with a paragraph. After a table Word does not show it if it is empty.
        if let [.., WordBlock::Whole(_), WordBlock::Paragraph(last)] = blocks.as_slice()
            && xml::name(parent) == "tc"
            && last.is_empty()
        {
            blocks.pop();
        }
        self.written(&blocks)
    }

    /// Blocks without section ends as markup.
    // Over 60 lines: boxes are opened and closed between the blocks.
    pub(super) fn written(&mut self, blocks: &[WordBlock]) -> String {
        let mut out = String::new();
        let mut open: Option<String> = None;
        let mut open_frame: Option<String> = None;
        for (at, block) in blocks.iter().enumerate() {
            let frame = match block {
                WordBlock::Paragraph(paragraph) => paragraph.frame(&self.theme),
                _ => None,
            };
            if open.is_some() && frame != open {
                out.push_str("</div>\n");
                open = None;
            }
            let text_frame = match block {
                WordBlock::Paragraph(paragraph) => paragraph.text_frame.clone(),
                _ => None,
            };
            if text_frame != open_frame {
                if open.take().is_some() {
                    out.push_str("</div>\n");
                }
                if open_frame.is_some() {
                    out.push_str("</div>\n");
                }
                if let Some(css) = &text_frame {
                    let _ = writeln!(out, "<div style=\"{css}\">");
                }
                open_frame = text_frame;
            }
            match block {
                WordBlock::Whole(markup) => out.push_str(markup),
                WordBlock::SectionEnd => {}
                WordBlock::Paragraph(paragraph) => {
                    let before = at.checked_sub(1).and_then(|at| blocks.get(at));
                    let (first, last) = (before, blocks.get(at + 1));
                    let neighbour = |block: Option<&WordBlock>| match block {
                        Some(WordBlock::Paragraph(other)) => other.style == paragraph.style,
                        _ => false,
                    };
                    let mut css = paragraph.css.clone();
                    if paragraph.props.is_on("contextualSpacing") {
                        if neighbour(first) {
                            css.remove("margin-top");
                        }
                        if neighbour(last) {
                            css.remove("margin-bottom");
                        }
                    }
                    if let Some(frame) = frame {
                        self.framed(paragraph, &mut css, &frame, &mut open, &mut out);
                    }
                    out.push_str(&paragraph.anchored);
                    self.write_paragraph(paragraph, css, &mut out);
                    out.push_str(&paragraph.below);
                }
            }
        }
        for _ in [open.is_some(), open_frame.is_some()].iter().filter(|is| **is) {
            out.push_str("</div>\n");
        }
        out
    }

    /// A paragraph with borders stands in a box that it shares with neighbours of the same borders
    /// (17.3.1.7).
    fn framed(
        &self,
        paragraph: &Paragraph,
        css: &mut Declarations,
        frame: &str,
        open: &mut Option<String>,
        out: &mut String,
    ) {
        // The box has the indents; the first line's is the paragraph's own.
        let left = paragraph.props.twips("ind.left").unwrap_or(0.0);
        css.remove("margin-left");
        css.remove("margin-right");
        // Tab stops are counted from the edge of the text, not from that of the box.
        if open.is_none() {
            let gap = css.remove("margin-top");
            let margin = gap.map(|gap| format!("margin-top: {gap}; ")).unwrap_or_default();
            let _ = writeln!(out, "<div style=\"{margin}{frame}\">");
            *open = Some(frame.to_owned());
        } else if let Some((_, line)) = css::border(&paragraph.props, "pBdr.between", &self.theme) {
            css.insert("border-top", line);
        }
        if left != 0.0 {
            css.remove("-itog-tab-stops");
        }
    }

    /// Writes a paragraph; a page break within makes two of it.
    fn write_paragraph(&mut self, paragraph: &Paragraph, css: Declarations, out: &mut String) {
        let class = self.classes.paragraph(
            paragraph.style.as_deref(),
            &self.styles,
            &self.theme,
            self.settings.hyphenate,
        );
        let mut whole = css;
        whole.extend(paragraph.text.clone());
        let name = match paragraph.heading {
            Some(level) => format!("h{level}"),
            None => "p".to_owned(),
        };
        let parts: Vec<&[ParagraphPiece]> =
            paragraph.pieces.split(|piece| piece.is_page_break()).collect();
        let mut breaks = paragraph.pieces.iter().filter(|piece| piece.is_page_break());
        let last = parts.len() - 1;
        let mut kind = None;
        for (at, part) in parts.iter().enumerate() {
            // A break at the end keeps the paragraph's mark on its page (17.15.3.42), so that what
            // comes next begins the new one.
            let blank = !part.iter().any(ParagraphPiece::has_height);
            if at == last && blank && last > 0 {
                let _ = writeln!(out, "<div style=\"break-before: {}\"></div>", kind_of(kind));
                break;
            }
            let mut own = whole.clone();
            if let Some(kind) = kind {
                own.insert("break-before", kind_of(Some(kind)).to_owned());
                own.remove("margin-top");
                own.remove("text-indent");
            }
            let changed = css::difference(&own, &class.declarations);
            let style = match changed.is_empty() {
                true => String::new(),
                false => format!(" style=\"{}\"", escaped_attribute(&css::written(&changed))),
            };
            let inner = self.inline_markup(part, &paragraph.text);
            let inner = if blank { "<br/>".to_owned() } else { inner };
            let _ = writeln!(
                out,
                "<{name} class=\"{}\"{style}{}>{inner}</{name}>",
                class.name, paragraph.stands
            );
            kind = breaks.next();
        }
    }

    /// Pieces of text as markup.
    pub(super) fn inline_markup(&self, pieces: &[ParagraphPiece], base: &Declarations) -> String {
        let mut out = String::new();
        let mut at = 0;
        let mut link: Option<Rc<str>> = None;
        while let Some(piece) = pieces.get(at) {
            if piece.link() != link.as_ref() {
                if link.is_some() {
                    out.push_str("</a>");
                }
                link = piece.link().cloned();
                if let Some(href) = &link {
                    let _ = write!(out, "<a href=\"{}\">", escaped_attribute(href));
                }
            }
            // Word cuts text into runs where nothing changes.
            let same = pieces[at..].iter().take_while(|other| other.joins(piece)).count().max(1);
            let inner: String = pieces[at..at + same].iter().map(ParagraphPiece::markup).collect();
            let changed = piece.css().map(|css| css::difference(css, base)).unwrap_or_default();
            let _ = match changed.is_empty() {
                true => write!(out, "{inner}"),
                false => {
                    let style = escaped_attribute(&css::written(&changed));
                    match simple(&changed) {
                        Some(tag) => write!(out, "<{tag}>{inner}</{tag}>"),
                        None => write!(out, "<span style=\"{style}\">{inner}</span>"),
                    }
                }
            };
            at += same;
        }
        if link.is_some() {
            out.push_str("</a>");
        }
        out
    }
}

/// What all runs of a paragraph have.
fn common(pieces: &[ParagraphPiece]) -> Option<&Declarations> {
    let mut all = pieces.iter().filter(|piece| piece.has_height()).filter_map(ParagraphPiece::css);
    let first = all.next()?;
    all.all(|css| css == first).then_some(first)
}

/// The element that says the same as a single declaration.
fn simple(css: &Declarations) -> Option<&'static str> {
    let mut all = css.iter();
    let (property, value) = all.next().filter(|_| css.len() == 1)?;
    match (*property, value.as_str()) {
        ("font-weight", "bold") => Some("b"),
        ("font-style", "italic") => Some("i"),
        ("text-decoration", "underline") => Some("u"),
        ("text-decoration", "line-through") => Some("s"),
        _ => None,
    }
}

fn kind_of(piece: Option<&ParagraphPiece>) -> &'static str {
    match piece {
        Some(ParagraphPiece::ColumnBreak) => "column",
        _ => "page",
    }
}

impl Paragraph {
    /// The box of a paragraph with borders.
    fn frame(&self, theme: &super::theme::Theme) -> Option<String> {
        if !self.props.has_any("pBdr.") {
            return None;
        }
        let mut css = String::new();
        let indent = |side: &str| self.props.twips(&format!("ind.{side}")).unwrap_or(0.0);
        let (mut left, mut right) = (indent("left"), indent("right"));
        let mut any = false;
        for side in ["top", "right", "bottom", "left"] {
            let key = format!("pBdr.{side}");
            let Some((width, line)) = css::border(&self.props, &key, theme) else { continue };
            any = true;
            let space = self.props.number(&format!("{key}.space")).unwrap_or(0.0);
            let _ = write!(css, "border-{side}: {line}; padding-{side}: {}; ", points(space));
            // The border stands outside of the text (17.3.1.7).
            match side {
                "left" => left -= space + width,
                "right" => right -= space + width,
                _ => {}
            }
        }
        let _ = write!(css, "margin-left: {}; margin-right: {}", points(left), points(right));
        any.then_some(css)
    }

    fn is_empty(&self) -> bool {
        self.anchored.is_empty()
            && self.below.is_empty()
            && !self.pieces.iter().any(|piece| piece.has_height() || piece.is_page_break())
    }

    /// The words of the paragraph.
    pub(super) fn words(&self) -> String {
        self.pieces.iter().map(ParagraphPiece::plain).collect::<String>().trim().to_owned()
    }
}

/// A tag of the template language that stands between elements.
pub(super) fn tag_of(el: XmlEl<'_>) -> Option<&str> {
    el.text().filter(|text| el.is_text() && text.contains("{{"))
}

/// Text as it stands between tags.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace("]]>", "]]&gt;")
}

/// Text as it stands in an attribute.
pub(super) fn escaped_attribute(text: &str) -> String {
    escaped(text).replace('"', "&quot;")
}
