//! Values with the small markup of texts as runs: bold, italics, lines, paragraphs, links.

use super::Finisher;
use super::lines::JustifiedStyles;
use crate::diag::{Diagnostic, Sink, say};
use crate::template;

/// Where a value stands: in the text of a run, whose look its words keep.
struct RunAround {
    /// `w:rPr` with what is in it, without its own tags.
    look: String,
    /// `w:pPr` of the paragraph, if the run is a child of it, so that another can follow.
    paragraph: Option<String>,
}

impl Finisher<'_> {
    fn is_justified(&mut self, around: &RunAround) -> bool {
        let Some(properties) = &around.paragraph else { return false };
        let styles = self.justified.get_or_insert_with(|| JustifiedStyles::read(self.package));
        styles.justifies(properties)
    }

    /// Writes a value where it stands.
    // Over 60 lines: one arm for each element that the small markup knows.
    pub(super) fn value(&mut self, part: &str, value: &str, out: &mut String, sink: &mut Sink) {
        let Some(around) = RunAround::at_end_of(out) else {
            // In an attribute or a field a value is text.
            return out.push_str(value);
        };
        let (markup, lost) = template::rich_markup(value, &self.notes);
        sink.extend(lost.into_iter().map(|name| {
            let message =
                say!("there is no footnote `{name}`: `[^{name}]` is printed as it is", name);
            Diagnostic::warning("footnote-missing", message)
        }));
        let (mut bold, mut italic, mut whole) = (0usize, 0usize, 0usize);
        let mut spans = Vec::new();
        let mut rest = markup.as_str();
        let mut first = true;
        while !rest.is_empty() {
            let Some(tag) = rest.strip_prefix('<') else {
                let end = rest.find('<').unwrap_or(rest.len());
                match whole > 0 {
                    // What must not be torn apart is held by spaces that do not break.
                    true => out.push_str(&rest[..end].replace(' ', "\u{a0}")),
                    false => out.push_str(&rest[..end]),
                }
                rest = &rest[end..];
                continue;
            };
            let (tag, after) = tag.split_once('>').unwrap_or((tag, ""));
            rest = after;
            let name = tag.split([' ', '/']).find(|word| !word.is_empty()).unwrap_or_default();
            let ends = tag.starts_with('/');
            match name {
                "b" | "i" => {
                    let of = if name == "b" { &mut bold } else { &mut italic };
                    *of = if ends { of.saturating_sub(1) } else { *of + 1 };
                    around.switch(bold > 0, italic > 0, out);
                }
                "br" => {
                    self.lines |= self.is_justified(&around);
                    out.push_str("</w:t><w:br/><w:t xml:space=\"preserve\">");
                }
                "span" if ends => match spans.pop() {
                    Some(true) => out.push(')'),
                    _ => whole = whole.saturating_sub(1),
                },
                // A note stands in brackets where the blank has no place for it.
                "span" if tag.contains("footnote") => {
                    spans.push(true);
                    out.push_str(" (");
                }
                "span" => {
                    spans.push(false);
                    whole += 1;
                }
                // Outside of a paragraph, as in a field, there is no place for a link.
                "a" if around.paragraph.is_none() => {}
                "a" if ends => {
                    out.push_str("</w:t></w:r></w:hyperlink>");
                    around.begin(bold > 0, italic > 0, out);
                }
                "a" => {
                    let address = tag.split("href=\"").nth(1).and_then(|a| a.split('"').next());
                    let address = super::super::tree::unescape(address.unwrap_or_default());
                    let id = self.package.relate_outside(part, "hyperlink", &address);
                    out.push_str("</w:t></w:r><w:hyperlink r:id=\"");
                    out.push_str(&id);
                    out.push_str("\">");
                    around.begin(bold > 0, italic > 0, out);
                }
                "p" if ends => {}
                "p" if std::mem::take(&mut first) => {}
                "p" => around.next_paragraph(bold > 0, italic > 0, out),
                _ => {}
            }
        }
        if bold > 0 || italic > 0 {
            around.switch(false, false, out);
        }
    }
}

impl RunAround {
    /// The run in whose text the end of `out` is.
    fn at_end_of(out: &str) -> Option<Self> {
        let tag = out.rfind('<')?;
        // Within a tag the value is a part of an attribute.
        if !(out[tag..].starts_with("<w:t>") || out[tag..].starts_with("<w:t ")) {
            return None;
        }
        out[tag..].find('>')?;
        let run = out.rfind("<w:r>").max(out.rfind("<w:r "))?;
        let look = match out[run..].split_once("<w:rPr>") {
            Some((_, look)) => look.split("</w:rPr>").next().unwrap_or_default().to_owned(),
            None => String::new(),
        };
        let paragraph = out[..run].rfind("<w:p>").max(out[..run].rfind("<w:p "));
        let paragraph = paragraph.and_then(|start| {
            let before = &out[start..run];
            let open = |name: &&str| {
                let count = |form: String| before.matches(&form).count();
                count(format!("<{name} ")) + count(format!("<{name}>"))
                    > count(format!("</{name}>"))
            };
            let held = ["w:hyperlink", "w:ins", "w:sdt", "w:smartTag", "w:fldSimple", "w:moveTo"];
            if held.iter().any(open) {
                return None;
            }
            let look = before.split_once("<w:pPr>").map(|(_, rest)| rest);
            let look = look.and_then(|rest| rest.split("</w:pPr>").next()).unwrap_or_default();
            // The section ends with the paragraph that ended it.
            let look = match (look.find("<w:sectPr"), look.find("</w:sectPr>")) {
                (Some(a), Some(b)) => format!("{}{}", &look[..a], &look[b + 11..]),
                _ => look.to_owned(),
            };
            Some(look)
        });
        Some(Self { look, paragraph })
    }

    /// Ends the run and begins one of another weight.
    fn switch(&self, bold: bool, italic: bool, out: &mut String) {
        out.push_str("</w:t></w:r>");
        self.begin(bold, italic, out);
    }

    fn begin(&self, bold: bool, italic: bool, out: &mut String) {
        out.push_str("<w:r>");
        let look = self.look(bold, italic);
        if !look.is_empty() {
            out.push_str(&format!("<w:rPr>{look}</w:rPr>"));
        }
        out.push_str("<w:t xml:space=\"preserve\">");
    }

    /// The look of the run, bold or italic besides; the schema has an order for these.
    fn look(&self, bold: bool, italic: bool) -> String {
        let mut look = self.look.clone();
        // What stands before them in the schema (17.3.2.28).
        let mut at = 0;
        for name in ["<w:rStyle", "<w:rFonts"] {
            if let Some(start) = look[at..].find(name).map(|s| s + at) {
                at = look[start..].find("/>").map_or(at, |end| start + end + 2);
            }
        }
        for (on, names) in [(italic, ["<w:i/>", "<w:iCs/>"]), (bold, ["<w:b/>", "<w:bCs/>"])] {
            for name in names.into_iter().rev() {
                if on && !look.contains(name) {
                    look.insert_str(at, name);
                }
            }
        }
        look
    }

    fn next_paragraph(&self, bold: bool, italic: bool, out: &mut String) {
        let Some(look) = &self.paragraph else {
            return out.push_str("</w:t><w:br/><w:br/><w:t xml:space=\"preserve\">");
        };
        out.push_str("</w:t></w:r></w:p><w:p>");
        if !look.is_empty() {
            out.push_str(&format!("<w:pPr>{look}</w:pPr>"));
        }
        self.begin(bold, italic, out);
    }
}
