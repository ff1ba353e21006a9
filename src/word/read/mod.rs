//! A document made in Word as markup and a stylesheet of ours, which look as Word prints it.
//!
//! | file | what it knows |
//! |---|---|
//! | `xml`, `props` | elements of WordprocessingML, and properties that lie over each other |
//! | `styles`, `theme`, `numbering`, `section` | the parts that say how text looks |
//! | `css`, `symbols` | Word's properties and signs in the words of CSS and Unicode |
//! | `story`, `runs`, `field`, `table`, `drawing`, `vml` | blocks and what stands in them |
//! | `frame` | what stands beside the text |
//! | `fonts` | faces that lie in the file |
//! | `reader`, `faults` | what reading shares, and what cannot be shown |

mod css;
mod drawing;
mod faults;
mod field;
mod fonts;
mod frame;
mod numbering;
mod props;
mod reader;
mod runs;
mod section;
mod story;
mod styles;
mod symbols;
mod table;
mod theme;
mod vml;
mod xml;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::Arc;

use super::package::Package;
use crate::diag::{Error, Sink, Warned, say};
use css::points;
pub(crate) use fonts::WordFont;
use frame::PageBorders;
use reader::{Parts, Reader, WordSettings};
use section::WordSection;
use story::{StoryPlace, WordBlock, escaped};
pub(crate) use styles::ReadStyles;
pub(super) use styles::WordStyles;
use xml::XmlEl;

/// A document as markup, its stylesheet and its pictures.
#[derive(Debug, Clone)]
pub(crate) struct WordMarkup {
    /// Strict XHTML.
    pub(crate) markup: String,
    /// The stylesheet, which the markup names `style.css`.
    pub(crate) css: String,
    /// The first words of each paragraph in a line: what the marks of places count in.
    pub(crate) plain: String,
    /// Pictures by the names that the markup gives them.
    pub(crate) pictures: BTreeMap<String, Arc<[u8]>>,
    /// Faces by the names that the stylesheet gives them.
    pub(crate) fonts: Vec<WordFont>,
    /// The families that text is set in.
    pub(crate) faces: BTreeSet<String>,
}

/// Makes markup of a document; `title` is that of one which has none, `placed` marks the place of
/// each paragraph, `styles` knows those that were read before.
///
/// # Errors
/// `word-broken` if a part is not XML.
pub(crate) fn to_markup(
    package: &Package,
    title: &str,
    placed: bool,
    styles: &ReadStyles,
) -> Result<Warned<WordMarkup>, Error> {
    let main = package.main();
    let related = |kind: &str| package.related(main, kind).into_iter().next();
    let mut parts = Parts::new();
    let mut wanted: Vec<String> = vec![main.to_owned()];
    for kind in ["header", "footer", "footnotes", "endnotes", "settings"] {
        wanted.extend(package.related(main, kind));
    }
    for part in wanted {
        if let Some(bytes) = package.part(&part) {
            let document = xml::parse(&part, bytes)?;
            parts.insert(part, document);
        }
    }
    let settings = related("settings").and_then(|part| Some(parts.get(&part)?.root_element()));
    let mut reader = Reader::new(package, &parts, WordSettings::read(settings));
    reader.placed = placed;
    if let Some(part) = related("styles")
        && let Some(bytes) = package.shared(&part)
    {
        reader.styles = styles.get(&part, bytes)?;
    }
    if let Some((part, bytes)) = bytes_of(package, related("theme")) {
        reader.theme = theme::Theme::read(&part, bytes)?;
    }
    if let Some((part, bytes)) = bytes_of(package, related("numbering")) {
        reader.numbering = numbering::WordNumbering::read(&part, bytes)?;
        let styles = Arc::clone(&reader.styles);
        reader
            .numbering
            .link(|style| styles.get(style)?.paragraph.get("numPr.numId").map(str::to_owned));
    }
    let mut made = reader.document(title);
    // Subsets lack letters that the data may bring, so they are not used for text.
    let subset = settings.is_some_and(|root| xml::on(root, "saveSubsetFonts"));
    made.fonts = WordFont::all(package, &made.faces, subset)?;
    let rules: String = made.fonts.iter().map(WordFont::rule).collect();
    made.css.insert_str(0, &rules);
    let mut sink = Sink::new();
    sink.extend(reader.unshown.into_faults());
    sink.finish(made)
}

fn bytes_of(package: &Package, part: Option<String>) -> Option<(String, &[u8])> {
    let part = part?;
    let bytes = package.part(&part)?;
    Some((part, bytes))
}

impl<'a> Reader<'a> {
    fn document(&mut self, title: &str) -> WordMarkup {
        let parts = self.parts;
        let root = parts.get(self.package.main()).map(roxmltree::Document::root_element);
        let body = root.and_then(|root| xml::child(root, "body"));
        if let Some(body) = body {
            self.read_sections(body);
            self.wanted = links(body);
            let marks = body.descendants().filter(|el| xml::name(*el) == "bookmarkStart");
            self.bookmarks =
                marks.filter_map(|el| xml::attr(el, "name").map(str::to_owned)).collect();
        }
        // A4 with margins of an inch, as Word has it for a body without a section.
        let width = self.sections.first().map_or(451.0, WordSection::text_width);
        let mut blocks = Vec::new();
        if let Some(body) = body {
            self.blocks(body, &StoryPlace::new(width, true), &mut blocks);
        }
        let text = self.write_sections(&blocks);
        let heads = self.headers();
        // A title is what viewers show above the window, and PDF/UA demands one: the file's own, or
        // its first words.
        let own = self.own_title();
        let first = blocks.iter().find_map(|block| match block {
            WordBlock::Paragraph(paragraph) => {
                // An expression may stand in a loop, outside of which nothing has its names.
                let says = |words: &String| !words.is_empty() && !words.contains("{{");
                Some(paragraph.words()).filter(says)
            }
            _ => None,
        });
        let title = own.or(first).unwrap_or_else(|| title.to_owned());
        let title: String = title.split_whitespace().collect::<Vec<_>>().join(" ");
        // `ru-RU` → `ru`: the region changes nothing that we do.
        let language = self.styles.run.get("lang").map(|lang| &lang[..lang.len().min(2)]);
        let language = match language {
            Some(lang) if lang.chars().all(|c| c.is_ascii_alphabetic()) => lang.to_lowercase(),
            _ => "ru".to_owned(),
        };
        let notes = match self.endnotes.is_empty() {
            true => String::new(),
            false => format!("<div class=\"endnotes\">\n{}</div>\n", self.endnotes.concat()),
        };
        let markup = format!(
            "<html lang=\"{language}\">\n<head>\n<title>{}</title>\n<link rel=\"stylesheet\" \
             href=\"style.css\"/>\n</head>\n<body>\n{heads}{text}{notes}</body>\n</html>\n",
            escaped(&title.chars().take(200).collect::<String>())
        );
        let pictures = std::mem::take(&mut self.pictures);
        let faces = std::mem::take(&mut self.faces);
        let (css, plain) = (self.stylesheet(), std::mem::take(&mut self.plain));
        WordMarkup { markup, css, plain, pictures, fonts: Vec::new(), faces }
    }

    /// All sections, before anything is read that asks for their size.
    fn read_sections(&mut self, body: XmlEl<'a>) {
        let ends: Vec<XmlEl<'a>> = body
            .descendants()
            .filter(|el| xml::name(*el) == "sectPr")
            .filter(|el| {
                // Sections within text boxes and of earlier versions are none of the document's.
                !el.ancestors().any(|el| matches!(xml::name(el), "txbxContent" | "sectPrChange"))
            })
            .collect();
        for end in ends {
            let before = self.sections.last().cloned();
            let package = self.package;
            let relations = package.relations(package.main());
            let part = |id: &str| {
                relations.iter().find(|target| target.id == id).map(|target| target.target.clone())
            };
            let section = WordSection::read(end, before.as_ref(), part);
            if PageBorders::of(&section, &self.theme).is_some_and(|borders| borders.is_art) {
                self.unshown.tell(say!("borders of pictures around pages, drawn as lines"), "");
            }
            self.sections.push(section);
        }
        if self.sections.is_empty() {
            self.sections.push(WordSection::default());
        }
    }

    /// The text of all sections.
    fn write_sections(&mut self, blocks: &[WordBlock]) -> String {
        let ends = |block: &WordBlock| matches!(block, WordBlock::SectionEnd);
        let mut out = String::new();
        // The page that a section stands on: continuous ones go on with the page before.
        let mut page = 0;
        let only = self.sections.len() == 1;
        for (at, part) in blocks.split(ends).enumerate() {
            let Some(section) = self.sections.get(at).cloned() else { continue };
            let goes_on = at > 0 && section.kind == "continuous";
            if goes_on && !self.sections.get(page).is_some_and(|other| section.same_pages(other)) {
                self.unshown.tell(say!("other paper or margins from the middle of a page on"), "");
            }
            if !goes_on {
                page = at;
            }
            let text = self.written(part);
            let text = self.upright(&section, text);
            // Columns before a continuous section are balanced, so that what follows stands right
            // under them.
            let goes_on_below =
                self.sections.get(at + 1).is_some_and(|next| next.kind == "continuous");
            let mut css = section.columns_css(goes_on_below).unwrap_or_default();
            if !only {
                let gap = if css.is_empty() { "" } else { "; " };
                let _ = write!(css, "{gap}page: section-{}", page + 1);
                let side = match section.kind.as_str() {
                    _ if at == 0 || goes_on => "",
                    "evenPage" => "; break-before: left",
                    "oddPage" => "; break-before: right",
                    "nextColumn" => "; break-before: column",
                    _ => "; break-before: page",
                };
                css.push_str(side);
            }
            match css.is_empty() {
                true => out.push_str(&text),
                false => {
                    let _ = write!(out, "<div style=\"{css}\">\n{text}</div>\n");
                }
            }
        }
        out
    }

    /// Headers and footers as running elements.
    fn headers(&mut self) -> String {
        let mut out = String::new();
        let mut done: Vec<String> = Vec::new();
        for (at, section) in self.sections.clone().into_iter().enumerate() {
            if let Some(borders) = PageBorders::of(&section, &self.theme) {
                let _ = writeln!(
                    out,
                    "<div aria-hidden=\"true\" style=\"position: running({})\"><div \
                     style=\"{}\"></div></div>",
                    frame_name(at),
                    borders.css
                );
            }
            for edges in [&section.headers, &section.footers] {
                for part in [&edges.default, &edges.first, &edges.even].into_iter().flatten() {
                    let parts = self.parts;
                    let name = self.running_name(part, at);
                    if let (false, Some(document)) = (done.contains(&name), parts.get(part)) {
                        self.section = at;
                        self.part.clone_from(part);
                        // A field that the body never closed must not swallow the header.
                        self.fields.clear();
                        let width = section.width - section.left - section.right;
                        let place =
                            StoryPlace { body: false, ..StoryPlace::new(width.max(1.0), true) };
                        let inner = self.story(document.root_element(), &place);
                        let _ = write!(
                            out,
                            "<div aria-hidden=\"true\" style=\"position: running({}); \
                             width: 100%\">\n\
                             {inner}</div>\n",
                            name
                        );
                        done.push(name);
                    }
                }
            }
        }
        out
    }

    /// The name of a header as a running element: in a section with another paper or other numbers
    /// it is another one.
    fn running_name(&self, part: &str, section: usize) -> String {
        let own = self.sections.get(section);
        let same = |other: &WordSection| own.is_some_and(|own| own.same_edges(other));
        match self.sections.iter().position(same).unwrap_or(section) {
            0 => running_name(part),
            at => format!("{}-{}", running_name(part), at + 1),
        }
    }

    /// The text of a section as it stands on a page that it does not fill (17.6.22).
    fn upright(&mut self, section: &WordSection, text: String) -> String {
        let place = match section.upright.as_deref() {
            None => return text,
            Some("center") => "center",
            Some("bottom") => "flex-end",
            Some(_) => "",
        };
        // What takes several pages has no one height.
        if place.is_empty() || text.contains("break-before") || section.kind == "continuous" {
            self.unshown.tell(say!("text moved down on its page"), "");
            return text;
        }
        // Margins may be negative (Word: «exactly»); a point less, or rounding would make another
        // page.
        let height = section.height - section.top.abs() - section.bottom.abs() - 1.0;
        format!(
            "<div style=\"display: flex; flex-direction: column; justify-content: {place}; \
             min-height: {}\"><div>\n{text}</div></div>\n",
            points(height.max(1.0))
        )
    }

    fn own_title(&self) -> Option<String> {
        let part = self.package.related("", "core-properties").into_iter().next()?;
        let bytes = self.package.part(&part)?;
        let document = xml::parse(&part, bytes).ok()?;
        let title = xml::child(document.root_element(), "title")?.text()?.trim().to_owned();
        (!title.is_empty()).then_some(title)
    }

    fn stylesheet(&self) -> String {
        let mut css = String::new();
        let only = self.sections.len() == 1;
        for (at, section) in self.sections.iter().enumerate() {
            // What stands before anything has a name is measured by the first section, too.
            let name = format!("section-{}", at + 1);
            let name = (!only).then_some(name.as_str());
            if at == 0 && !only {
                css.push_str(&section.rules(None, false, None, |_| None));
            }
            let element =
                |part: &str| self.parts.contains_key(part).then(|| self.running_name(part, at));
            // Borders stand in a margin box of the page, so that they are behind the text and on
            // each page.
            let (borders, frame) = (PageBorders::of(section, &self.theme), frame_name(at));
            let frame = borders.as_ref().map(|borders| (frame.as_str(), borders));
            css.push_str(&section.rules(name, self.settings.even_and_odd, frame, element));
        }
        let _ = write!(
            css,
            "\nbody {{ margin: 0; tab-size: {}; overflow-wrap: break-word; -itog-typography: none; \
             -itog-line-spacing: word; -itog-tab-stops: 0; text-wrap-style: stable; \
             font-feature-settings: \"kern\" off }}\n",
            points(self.settings.tab)
        );
        css.push_str(
            "p, h1, h2, h3, h4, h5, h6 { margin: 0; white-space: pre-wrap; font-weight: normal; \
             font-size: 10pt; \
             line-height: 1; break-after: auto; break-inside: auto }\n\
             a { color: inherit; text-decoration: none }\n\
             table { border-collapse: collapse }\n\
             tr { break-inside: auto }\n\
             td { vertical-align: top; padding: 0; orphans: 1; widows: 1 }\n\
             div, table { white-space: normal; text-indent: 0; text-align: left }\n\
             .footnote { float: footnote }\n",
        );
        css.push_str(".page-number::before { content: counter(page) }\n");
        css.push_str(".page-count::before { content: counter(pages) }\n");
        for (_, class, style) in field::PAGE_NUMBERS {
            let _ = writeln!(css, ".{class}::before {{ content: counter(page, {style}) }}");
        }
        css.push_str(&self.classes.rules());
        css
    }
}

/// The name of the running element with the borders of a section's pages.
fn frame_name(section: usize) -> String {
    format!("page-borders-{}", section + 1)
}

/// The name of a part as that of a running element: `header1`.
fn running_name(part: &str) -> String {
    let file = part.rsplit('/').next().unwrap_or(part);
    let stem = file.split('.').next().unwrap_or(file);
    stem.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect()
}

/// The bookmarks that something leads to.
fn links(body: XmlEl<'_>) -> std::collections::BTreeSet<String> {
    let mut wanted = std::collections::BTreeSet::new();
    for el in body.descendants().filter(|el| el.is_element()) {
        match xml::name(el) {
            "hyperlink" => wanted.extend(xml::attr(el, "anchor").map(str::to_owned)),
            "instrText" => {
                if let field::FieldKind::Link(Some(to), true) =
                    field::WordField::new(el.text().unwrap_or_default()).kind
                {
                    wanted.insert(to);
                }
            }
            _ => {}
        }
    }
    wanted
}
