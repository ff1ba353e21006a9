//! Runs: text with its properties, breaks, fields, notes and what stands among letters.

use std::rc::Rc;

use super::css::{self, Declarations};
use super::field::{FieldKind, WordField};
use super::props::Props;
use super::reader::Reader;
use super::story::{StoryPlace, escaped, escaped_attribute};
use super::symbols;
use super::xml::{self, XmlEl};
use crate::diag::say;
use crate::word::tag::CODE;
use crate::word::write::PICTURE;

/// Where runs stand.
#[derive(Debug, Clone)]
pub(super) struct RunPlace {
    /// The properties of the paragraph's text.
    pub(super) base: Props,
    pub(super) link: Option<Rc<str>>,
    pub(super) story: StoryPlace,
}

/// A piece of a paragraph.
#[derive(Debug, Clone)]
pub(super) enum ParagraphPiece {
    Text {
        css: Rc<Declarations>,
        text: String,
        link: Option<Rc<str>>,
    },
    /// Markup that stands among the letters.
    Markup {
        css: Rc<Declarations>,
        markup: String,
        link: Option<Rc<str>>,
    },
    LineBreak,
    PageBreak,
    ColumnBreak,
}

impl ParagraphPiece {
    pub(super) fn text(css: Declarations, text: String, link: Option<Rc<str>>) -> Self {
        Self::Text { css: Rc::new(css), text, link }
    }

    pub(super) fn css(&self) -> Option<&Declarations> {
        match self {
            Self::Text { css, .. } | Self::Markup { css, .. } => Some(css),
            _ => None,
        }
    }

    pub(super) fn link(&self) -> Option<&Rc<str>> {
        match self {
            Self::Text { link, .. } | Self::Markup { link, .. } => link.as_ref(),
            _ => None,
        }
    }

    pub(super) fn is_page_break(&self) -> bool {
        matches!(self, Self::PageBreak | Self::ColumnBreak)
    }

    /// Whether it gives its line a height.
    pub(super) fn has_height(&self) -> bool {
        match self {
            Self::Text { text, .. } => !text.is_empty(),
            // Targets of links are empty.
            Self::Markup { markup, .. } => !markup.starts_with("<span id="),
            Self::LineBreak => true,
            Self::PageBreak | Self::ColumnBreak => false,
        }
    }

    /// Whether it goes on as the other did.
    pub(super) fn joins(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Text { css, link, .. }, Self::Text { css: before, link: linked, .. }) => {
                css == before && link == linked
            }
            _ => false,
        }
    }

    pub(super) fn markup(&self) -> String {
        match self {
            Self::Text { text, .. } => escaped(text),
            Self::Markup { markup, .. } => markup.clone(),
            Self::LineBreak => "<br/>".to_owned(),
            Self::PageBreak | Self::ColumnBreak => String::new(),
        }
    }

    pub(super) fn plain(&self) -> &str {
        match self {
            Self::Text { text, .. } => text,
            _ => " ",
        }
    }
}

impl<'a> Reader<'a> {
    /// The pieces within a paragraph, a link, a content control.
    // Over 60 lines: one arm for each kind of child.
    pub(super) fn inlines(
        &mut self,
        parent: XmlEl<'a>,
        place: &RunPlace,
        out: &mut Vec<ParagraphPiece>,
        anchored: &mut String,
    ) {
        for el in parent.children() {
            if let Some(tag) = super::story::tag_of(el) {
                let css = Rc::new(css::text(&place.base, &self.theme));
                let (markup, link) = (tag.to_owned(), place.link.clone());
                out.push(ParagraphPiece::Markup { css, markup, link });
                continue;
            }
            match xml::name(el) {
                "r" => self.run(el, place, out, anchored),
                // A link has an address by its relationship, or a bookmark of this document.
                "hyperlink" => {
                    let outside = xml::attr(el, "id").and_then(|id| self.outside(id));
                    let inside = xml::attr(el, "anchor").and_then(|to| self.inside(to));
                    let link = outside.or(inside).map(Rc::from).or(place.link.clone());
                    self.inlines(el, &RunPlace { link, ..place.clone() }, out, anchored);
                }
                "fldSimple" => {
                    let field = WordField::new(xml::attr(el, "instr").unwrap_or_default());
                    // What it shows is what Word found when it last looked; numbers of pages are
                    // found anew here.
                    let place = self.field_place(&field, place);
                    match self.counter(&field) {
                        Some(markup) => {
                            let run = xml::child(el, "r");
                            let css = self.run_css(run.unwrap_or(el), &place);
                            out.push(ParagraphPiece::Markup {
                                css,
                                markup,
                                link: place.link.clone(),
                            });
                        }
                        None => self.inlines(el, &place, out, anchored),
                    }
                }
                "sdt" => {
                    if let Some(content) = xml::child(el, "sdtContent") {
                        self.inlines(content, place, out, anchored);
                    }
                }
                "smartTag" | "customXml" | "ins" | "moveTo" | "dir" | "bdo" => {
                    self.inlines(el, place, out, anchored);
                }
                "AlternateContent" => {
                    if let Some(chosen) = super::drawing::chosen(el) {
                        self.inlines(chosen, place, out, anchored);
                    }
                }
                "bookmarkStart" => {
                    let name = xml::attr(el, "name").unwrap_or_default();
                    // Word leaves bookmarks behind by the dozen (`_GoBack`); those that nothing
                    // leads to are dropped.
                    if self.wanted.contains(name) {
                        let id = escaped_attribute(&self.target(name));
                        let markup = format!("<span id=\"{id}\"></span>");
                        out.push(ParagraphPiece::Markup {
                            css: self.run_css(el, place),
                            markup,
                            link: None,
                        });
                    }
                }
                "oMath" | "oMathPara" => {
                    self.unshown.tell(say!("a formula, set as plain text"), &self.near.clone());
                    let text: String = el
                        .descendants()
                        .filter(|el| xml::name(*el) == "t")
                        .filter_map(|el| el.text())
                        .collect();
                    let css = self.run_css(el, place);
                    out.push(ParagraphPiece::Text { css, text, link: place.link.clone() });
                }
                _ => {}
            }
        }
    }

    fn run_props(&self, run: XmlEl<'_>, place: &RunPlace) -> Props {
        let own = xml::child(run, "rPr");
        let mut props = place.base.clone();
        if let Some(style) = own.and_then(|own| xml::val(own, "rStyle"))
            && let Some(style) = self.styles.get(style)
        {
            // A toggle (`w:b`) in a character style turns that of the paragraph round (17.7.3).
            props.over_style(&style.run);
        }
        props.over(&Props::read(own));
        props
    }

    fn run_css(&self, run: XmlEl<'_>, place: &RunPlace) -> Rc<Declarations> {
        Rc::new(css::text(&self.run_props(run, place), &self.theme))
    }

    // Over 60 lines: one arm for each kind of content.
    fn run(
        &mut self,
        run: XmlEl<'a>,
        place: &RunPlace,
        out: &mut Vec<ParagraphPiece>,
        anchored: &mut String,
    ) {
        let props = self.run_props(run, place);
        let css = Rc::new(css::text(&props, &self.theme));
        self.tell_effects(&props);
        let font = css::face(&props, &self.theme).unwrap_or_default().to_owned();
        let visible = !props.is_on("vanish");
        // Signs of symbol fonts are characters of other faces here.
        let shows = visible && xml::child(run, "t").is_some();
        if shows && !symbols::is_symbol_font(&font) && !self.faces.contains(&font) {
            self.faces.insert(font.clone());
        }
        for el in run.children().filter(|el| el.is_element()) {
            let name = xml::name(el);
            match name {
                "fldChar" => {
                    self.field_char(el, &css, visible, out);
                    continue;
                }
                "instrText" => {
                    if let Some(field) = self.fields.last_mut() {
                        field.instruction.push_str(el.text().unwrap_or_default());
                    }
                    continue;
                }
                _ => {}
            }
            // What a field asks (`PAGE \* MERGEFORMAT`) is not text, and neither is what is hidden.
            if !visible || !self.fields.iter().all(WordField::shows) {
                continue;
            }
            let link = self.fields.iter().rev().find_map(|field| field.link()).map(Rc::from);
            let link: Option<Rc<str>> = link.or(place.link.clone());
            let mut text = |text: String| {
                out.push(ParagraphPiece::Text { css: Rc::clone(&css), text, link: link.clone() });
            };
            match name {
                "t" if props.is_on("smallCaps") && !props.is_on("caps") => {
                    let letters = self.letters(el, &font);
                    small_capitals(&letters, &props, &self.theme, &link, out);
                }
                // A picture of the data stands as its name between two signs, since a template can
                // only write text.
                "t" if el.text().is_some_and(|text| text.contains(PICTURE.0)) => {
                    let letters = self.letters(el, &font);
                    for part in letters.split_inclusive(PICTURE.1) {
                        let (before, picture) = part.split_once(PICTURE.0).unwrap_or((part, ""));
                        out.push(ParagraphPiece::Text {
                            css: Rc::clone(&css),
                            text: before.to_owned(),
                            link: link.clone(),
                        });
                        if !picture.is_empty() {
                            let markup = data_picture(picture.trim_end_matches(PICTURE.1));
                            let (css, link) = (Rc::clone(&css), link.clone());
                            out.push(ParagraphPiece::Markup { css, markup, link });
                        }
                    }
                }
                "t" => text(self.letters(el, &font)),
                "tab" | "ptab" => text("\t".to_owned()),
                "noBreakHyphen" => text("\u{2011}".to_owned()),
                "softHyphen" => text("\u{AD}".to_owned()),
                "sym" => {
                    let font = xml::attr(el, "font").unwrap_or_default();
                    let code = xml::attr(el, "char").unwrap_or_default();
                    let c = u32::from_str_radix(code, 16).ok().and_then(char::from_u32);
                    match c.and_then(|c| symbols::character(font, c)) {
                        Some(shown) => text(shown.to_string()),
                        None => {
                            let what = say!("the sign {code} of the font {font}", code, font);
                            self.unshown.tell(what, &self.near.clone());
                            // Something must show that a sign stood there.
                            text("•".to_owned());
                        }
                    }
                }
                "br" => out.push(match xml::attr(el, "type") {
                    Some("page") => ParagraphPiece::PageBreak,
                    Some("column") => ParagraphPiece::ColumnBreak,
                    _ => ParagraphPiece::LineBreak,
                }),
                "cr" => out.push(ParagraphPiece::LineBreak),
                "pgNum" => {
                    let markup = super::field::page_number(None);
                    out.push(ParagraphPiece::Markup { css: Rc::clone(&css), markup, link });
                }
                "footnoteReference" => {
                    if let Some(markup) = self.footnote(el, &place.story) {
                        // The number is raised by itself.
                        let css = Rc::new(css::text(&place.base, &self.theme));
                        out.push(ParagraphPiece::Markup { css, markup, link });
                    }
                }
                "endnoteReference" => {
                    if let Some(number) = self.endnote(el, &place.story) {
                        out.push(ParagraphPiece::Text { css: Rc::clone(&css), text: number, link });
                    }
                }
                "drawing" | "pict" | "object" | "AlternateContent" => {
                    self.drawn(el, &css, link, &place.story, out, anchored);
                }
                "ruby" => {
                    if let Some(base) = xml::child(el, "rubyBase") {
                        self.unshown.tell(say!("small text above a word"), &self.near.clone());
                        self.inlines(base, place, out, anchored);
                    }
                }
                _ => {}
            }
        }
    }

    /// The letters of a text element.
    fn letters(&self, el: XmlEl<'_>, font: &str) -> String {
        let text = el.text().unwrap_or_default();
        // Without `xml:space` the white space at the ends is the file's, not the text's.
        let kept = xml::attr(el, "space") == Some("preserve");
        let text = if kept { text } else { text.trim_matches([' ', '\n', '\r', '\t']) };
        let symbols = symbols::is_symbol_font(font);
        let shown = |c: char| match c {
            // Line feeds of the XML are spaces: breaks and tabs have elements of their own.
            '\n' | '\r' | '\t' => ' ',
            c if symbols => symbols::character(font, c).unwrap_or(c),
            c => c,
        };
        text.chars().map(shown).collect()
    }

    fn tell_effects(&mut self, props: &Props) {
        let near = self.near.clone();
        for effect in ["outline", "shadow", "emboss", "imprint"] {
            if props.is_on(effect) {
                self.unshown.tell(say!("the effect `{effect}` of letters", effect), &near);
            }
        }
        if props.number("w").is_some_and(|width| width != 100.0) {
            self.unshown.tell(say!("letters made wider or narrower"), &near);
        }
        if props.is_on("rtl") {
            self.unshown.tell(say!("text that is written from right to left"), &near);
        }
        if props.get("bdr").is_some_and(|line| line != "none" && line != "nil") {
            self.unshown.tell(say!("a border around words"), &near);
        }
    }

    /// A mark of a field: its beginning, the line between what it asks and what it shows, its end.
    fn field_char(
        &mut self,
        el: XmlEl<'a>,
        css: &Rc<Declarations>,
        visible: bool,
        out: &mut Vec<ParagraphPiece>,
    ) {
        match xml::attr(el, "fldCharType") {
            Some("begin") => {
                let mut field = WordField::default();
                if let Some(form) =
                    xml::child(el, "ffData").and_then(|el| xml::child(el, "checkBox"))
                {
                    let set = xml::child(form, "checked").or(xml::child(form, "default"));
                    let set = set.is_some_and(|el| xml::attr(el, "val").is_none_or(xml::is_on));
                    field.kind = FieldKind::Box(set);
                }
                self.fields.push(field);
            }
            Some("separate") => self.settle_field(css, visible, out),
            Some("end") => {
                self.settle_field(css, visible, out);
                self.fields.pop();
            }
            _ => {}
        }
    }

    /// What a field shows is known as soon as all is read that it asks.
    fn settle_field(
        &mut self,
        css: &Rc<Declarations>,
        visible: bool,
        out: &mut Vec<ParagraphPiece>,
    ) {
        let Some((field, outer)) = self.fields.split_last() else { return };
        if field.settled {
            return;
        }
        let shows = visible && outer.iter().all(WordField::shows);
        let mut field = field.clone();
        field.settle();
        if let FieldKind::Link(Some(to), true) = &field.kind {
            field.kind = FieldKind::Link(self.inside(to), false);
        }
        if shows {
            let css = Rc::clone(css);
            if let Some(markup) = self.counter(&field) {
                out.push(ParagraphPiece::Markup { css, markup, link: None });
            } else if let FieldKind::Box(set) = field.kind {
                let text = if set { "☒" } else { "☐" }.to_owned();
                out.push(ParagraphPiece::Text { css, text, link: None });
            }
        }
        if let Some(last) = self.fields.last_mut() {
            *last = field;
        }
    }

    fn field_place(&mut self, field: &WordField, place: &RunPlace) -> RunPlace {
        let link = match &field.kind {
            FieldKind::Link(Some(to), true) => self.inside(to).map(Rc::from),
            FieldKind::Link(Some(to), false) => Some(Rc::from(to.as_str())),
            _ => place.link.clone(),
        };
        RunPlace { link, ..place.clone() }
    }

    /// A number that pages count.
    fn counter(&self, field: &WordField) -> Option<String> {
        let format = self.sections.get(self.section).and_then(|section| section.format.as_deref());
        match &field.kind {
            FieldKind::Page(own) => Some(super::field::page_number(own.as_deref().or(format))),
            FieldKind::Pages => Some("<span class=\"page-count\"></span>".to_owned()),
            _ => None,
        }
    }
}

/// A picture of the data, by its width, its height and its expression.
fn data_picture(told: &str) -> String {
    let mut fields = told.splitn(3, ';');
    let mut next = || fields.next().unwrap_or_default();
    let (width, height, expression) = (next(), next(), next());
    let points = |length: &str| length.parse::<f64>().ok().map(|l| css::points(l / 12_700.0));
    let size: String = [("width", width), ("height", height)]
        .iter()
        .filter_map(|(name, length)| Some(format!("{name}: {}; ", points(length)?)))
        .collect();
    let style = match size.trim_end_matches("; ") {
        "" => String::new(),
        size => format!(" style=\"{size}\""),
    };
    match expression.strip_prefix(CODE) {
        Some(text) => format!("<qr-code data=\"{text}\" aria-label=\"QR: {text}\"{style}/>"),
        None => format!("<img src=\"{expression}\" alt=\"\"{style}/>"),
    }
}

/// Small capitals: capitals of four fifths of the size, as Word draws them.
fn small_capitals(
    letters: &str,
    props: &Props,
    theme: &super::theme::Theme,
    link: &Option<Rc<str>>,
    out: &mut Vec<ParagraphPiece>,
) {
    let whole = Rc::new(css::text(props, theme));
    let mut smaller = props.clone();
    let size = props.number("sz").unwrap_or(20.0);
    smaller.set("sz", (size * 0.8).to_string());
    let small = Rc::new(css::text(&smaller, theme));
    // What stands in braces is filled in later.
    let expression = letters.contains("{{");
    let mut rest = letters;
    while let Some(first) = rest.chars().next() {
        let lower = |c: char| c.is_lowercase() && !expression;
        let is_lower = lower(first);
        let end = rest.find(|c| lower(c) != is_lower).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        let (css, text) = match is_lower {
            true => (Rc::clone(&small), part.to_uppercase()),
            false => (Rc::clone(&whole), part.to_owned()),
        };
        out.push(ParagraphPiece::Text { css, text, link: link.clone() });
        rest = after;
    }
}
