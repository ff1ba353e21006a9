//! Names that stand in Word's own places for them: fields of mail merge and content controls. Each
//! becomes a tag, which is read with the others.

mod merge;

use super::package::Related;
use super::tree::{WordElement, WordNode, escape};
use merge::{CodePart, FieldCode};

/// Makes tags of all merge fields and placeholders; `links` are the addresses that links lead to.
pub(super) fn unfold(el: &mut WordElement, links: &[Related]) {
    if el.name == "w:sdt" {
        control(el);
    }
    addressed(el, links);
    complex(el);
    simple(el);
    el.elements_mut().for_each(|el| unfold(el, links));
    if el.name == "w:sdt" && has_tag(el) {
        repeating(el);
        release(el);
    }
}

/// What stands for a tag of a block beside paragraphs or rows, where no text may be.
pub(super) const BLOCK: &str = "itog:block";

/// A section of a form that Word repeats by a button (`w15:repeatingSection`): a loop over the list
/// that it is named after.
fn repeating(el: &mut WordElement) {
    let Some(own) = el.find("w:sdtPr") else { return };
    let Some(section) = own.find("w15:repeatingSection") else { return };
    let value = |el: Option<&WordElement>| {
        el.and_then(|el| el.get("w:val").or_else(|| el.get("w15:val")))
            .filter(|name| !name.trim().is_empty())
    };
    let named = value(own.find("w:tag")).or_else(|| value(own.find("w:alias")));
    let Some(name) = named.or_else(|| value(section.find("w15:sectionTitle"))) else { return };
    let Some(content) = el.elements_mut().find(|el| el.name == "w:sdtContent") else { return };
    let tagged = |node: &WordNode| matches!(node, WordNode::El(item) if has_tag(item));
    let Some(first) = content.children.iter().position(tagged) else { return };
    // What was added to the form by hand would be repeated, too.
    let mut at = 0;
    content.children.retain(|node| {
        at += 1;
        at - 1 <= first || !tagged(node)
    });
    let tag = |text: String| {
        WordNode::El(WordElement::new(BLOCK, "", vec![WordNode::Text(escape(&text))]))
    };
    content.children.insert(first + 1, tag("{{/each}}".to_owned()));
    content.children.insert(first, tag(format!("{{{{#each {}}}}}", name.trim())));
}

/// Links whose address has tags become fields, whose instruction is filled with the part: so each
/// turn of a loop leads elsewhere.
fn addressed(el: &mut WordElement, links: &[Related]) {
    let mut at = 0;
    while at < el.children.len() {
        let address = match &el.children[at] {
            WordNode::El(link) if link.name == "w:hyperlink" => {
                let id = link.get("r:id").unwrap_or_default();
                let related = links.iter().find(|related| related.id == id && related.external);
                related.map(|related| typed(&related.target)).filter(|url| url.contains("{{"))
            }
            _ => None,
        };
        if let Some(address) = address
            && let WordNode::El(link) = &mut el.children[at]
        {
            let runs = std::mem::take(&mut link.children);
            let mut field = field_around(&format!(" HYPERLINK \"{address}\" "));
            let end = field.pop();
            field.extend(runs);
            field.extend(end);
            el.children.splice(at..=at, field);
        }
        at += 1;
    }
}

/// The runs of a field without a result.
fn field_around(instruction: &str) -> Vec<WordNode> {
    let mark = |kind: &str| {
        WordElement::new("w:fldChar", &format!(" w:fldCharType=\"{kind}\""), Vec::new())
    };
    let text = vec![WordNode::Text(escape(instruction))];
    let code = WordElement::new("w:instrText", " xml:space=\"preserve\"", text);
    [mark("begin"), code, mark("separate"), mark("end")]
        .map(|el| WordNode::El(WordElement::new("w:r", "", vec![WordNode::El(el)])))
        .into()
}

/// An address as it was typed: Word writes braces, and letters that are not Latin, as `%7B`.
fn typed(address: &str) -> String {
    let (Some(start), Some(end)) = (
        address.to_uppercase().find("%7B%7B"),
        address.to_uppercase().rfind("%7D%7D").map(|at| at + 6),
    ) else {
        return address.to_owned();
    };
    let Some(tags) = address.get(start..end) else { return address.to_owned() };
    let mut bytes = Vec::new();
    let mut rest = tags.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    let tags = String::from_utf8(bytes).unwrap_or_else(|_| tags.to_owned());
    format!("{}{tags}{}", &address[..start], &address[end..])
}

/// Whether a control shows what Word asks for, and not what was filled in.
pub(super) fn shows_placeholder(control: &WordElement) -> bool {
    control.name == "w:sdt"
        && control.find("w:sdtPr").is_some_and(|own| own.find("w:showingPlcHdr").is_some())
}

/// Whether a tag stands in the text of an element.
fn has_tag(el: &WordElement) -> bool {
    let mut text = String::new();
    collect_text(el, &mut text);
    text.contains("{{")
}

fn collect_text(el: &WordElement, out: &mut String) {
    match el.name.as_str() {
        "w:t" => out.push_str(&el.text()),
        "w:sdtPr" => {}
        _ => el.elements().for_each(|el| collect_text(el, out)),
    }
}

/// A run that says a text.
fn run(properties: Option<WordElement>, text: &str) -> WordNode {
    let text =
        WordElement::new("w:t", " xml:space=\"preserve\"", vec![WordNode::Text(escape(text))]);
    let children = properties.into_iter().chain([text]).map(WordNode::El).collect();
    WordNode::El(WordElement::new("w:r", "", children))
}

/// `w:fldSimple`: the whole field in one element.
fn simple(el: &mut WordElement) {
    for node in &mut el.children {
        let WordNode::El(field) = node else { continue };
        if field.name != "w:fldSimple" {
            continue;
        }
        if let Some(tag) = field.get("w:instr").and_then(|text| FieldCode::plain(&text).tag()) {
            let properties = field.find("w:r").and_then(|run| run.find("w:rPr")).cloned();
            *node = run(properties, &tag);
        }
    }
}

/// Complex fields: a run that begins, runs with the instruction, the result, a run that ends.
fn complex(el: &mut WordElement) {
    let mut at = 0;
    while at < el.children.len() {
        if let Some(field) = ComplexField::at(&el.children, at)
            && let Some(tag) = field.code.tag()
        {
            el.children.splice(at..=field.end, [run(field.look, &tag)]);
        }
        at += 1;
    }
}

/// A complex field among the children of an element.
struct ComplexField {
    /// The place of its last run.
    end: usize,
    code: FieldCode,
    /// The look of its result, or of its first run.
    look: Option<WordElement>,
    /// What it shows.
    result: String,
}

impl ComplexField {
    /// The field that begins with this child.
    fn at(nodes: &[WordNode], at: usize) -> Option<Self> {
        let WordNode::El(first) = nodes.get(at)? else { return None };
        let mark = first.elements().find(|el| el.name != "w:rPr")?;
        let begins = first.name == "w:r" && mark.name == "w:fldChar";
        if !begins || mark.get("w:fldCharType")? != "begin" {
            return None;
        }
        let mut field =
            Self { end: at, code: FieldCode::default(), look: None, result: String::new() };
        let (mut in_result, mut shown) = (false, None);
        let mut next = at;
        while let Some(node) = nodes.get(next) {
            let WordNode::El(run) = node else {
                next += 1;
                continue;
            };
            if run.name != "w:r" {
                // Marks of spelling and bookmarks may stand between; what holds runs may not.
                if run.holds(&["w:r"]) {
                    return None;
                }
                next += 1;
                continue;
            }
            if next > at
                && let Some(inner) = Self::at(nodes, next)
            {
                next = inner.end + 1;
                match in_result {
                    true => field.result.push_str(&inner.result),
                    false => field.code.0.push(CodePart::Field(inner.code)),
                }
                continue;
            }
            if field.look.is_none() {
                field.look = run.find("w:rPr").cloned();
            }
            if field.run(run, next == at, &mut in_result, &mut shown)? {
                field.end = next;
                field.look = shown.unwrap_or(field.look);
                return Some(field);
            }
            next += 1;
        }
        None
    }

    /// What one of its runs says: whether it ends the field; nothing if another one begins in it.
    fn run(
        &mut self,
        run: &WordElement,
        first: bool,
        in_result: &mut bool,
        shown: &mut Option<Option<WordElement>>,
    ) -> Option<bool> {
        let mut begun = !first;
        for el in run.elements() {
            match (el.name.as_str(), el.get("w:fldCharType").as_deref()) {
                ("w:fldChar", Some("begin")) if begun => return None,
                ("w:fldChar", Some("begin")) => begun = true,
                ("w:fldChar", Some("separate")) => *in_result = true,
                ("w:fldChar", Some("end")) => return Some(true),
                ("w:instrText", _) => match self.code.0.last_mut() {
                    Some(CodePart::Words(words)) => words.push_str(&el.text()),
                    _ => self.code.0.push(CodePart::Words(el.text())),
                },
                ("w:t", _) if *in_result => {
                    shown.get_or_insert_with(|| run.find("w:rPr").cloned());
                    self.result.push_str(&el.text());
                }
                // What a field within was filled with.
                ("w:t", _) => self.code.0.push(CodePart::Words(el.text())),
                _ => {}
            }
        }
        Some(false)
    }
}

/// The fields of a paragraph that a table of mail merge decides, and that became no tags: what each
/// shows, and its first word.
pub(super) fn left(paragraph: &WordElement) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < paragraph.children.len() {
        match ComplexField::at(&paragraph.children, at) {
            Some(field) => {
                at = field.end;
                if field.code.is_of_merge() {
                    found.push((field.result, field.code.kind()));
                }
            }
            None => match &paragraph.children[at] {
                WordNode::El(el) if el.name == "w:fldSimple" => {
                    let code = FieldCode::plain(&el.get("w:instr").unwrap_or_default());
                    if code.is_of_merge() {
                        found.push((super::pieces::text_of(el), code.kind()));
                    }
                }
                WordNode::El(el) if matches!(el.name.as_str(), "w:hyperlink" | "w:ins") => {
                    found.extend(left(el));
                }
                _ => {}
            },
        }
        at += 1;
    }
    found
}

/// A content control that shows its placeholder: its name is what belongs there.
fn control(el: &mut WordElement) {
    let Some(properties) = el.find("w:sdtPr") else { return };
    let has = |name: &str| properties.find(name).is_some();
    // Word fills those that are bound to data, and those of lists are chosen by hand.
    if !has("w:showingPlcHdr")
        || ["w:dataBinding", "w:docPartObj", "w:docPartList", "w:picture", "w14:checkbox"]
            .iter()
            .any(|name| has(name))
        || ["w:dropDownList", "w:comboBox", "w:group"].iter().any(|name| has(name))
    {
        return;
    }
    let value = |name: &str| properties.find(name).and_then(|el| el.get("w:val"));
    let name = value("w:tag").filter(|name| !name.trim().is_empty());
    let Some(name) = name.or_else(|| value("w:alias")) else { return };
    let name = name.trim();
    let word = |c: char| c.is_alphanumeric() || "_-. ".contains(c);
    let date = properties.find("w:date").and_then(|date| date.find("w:dateFormat"));
    let tag = match (name.starts_with("{{"), date.and_then(|format| format.get("w:val"))) {
        (true, _) => name.to_owned(),
        (false, Some(picture)) if name.chars().all(word) => merge::dated(name, &picture),
        (false, _) if !name.is_empty() && name.chars().all(word) => format!("{{{{{name}}}}}"),
        // A number that some program gave it, or a word of its own.
        (false, _) => return,
    };
    // Names by which programs find their own controls are numbers as a rule.
    if !name.contains(char::is_alphabetic) {
        return;
    }
    let looks = properties.find("w:rPr").cloned();
    let Some(content) = el.elements_mut().find(|el| el.name == "w:sdtContent") else { return };
    put_text(content, &tag, looks);
    release(el);
}

/// A content control whose content is filled shows it as its own: Word would put that of the
/// property to which it is bound in its place, and takes a placeholder away with the first letter.
fn release(control: &mut WordElement) {
    if let Some(properties) = control.elements_mut().find(|el| el.name == "w:sdtPr") {
        const BONDS: [&str; 3] = ["w:showingPlcHdr", "w:dataBinding", "w15:dataBinding"];
        let is_bond =
            |node: &WordNode| matches!(node, WordNode::El(el) if BONDS.contains(&el.name.as_str()));
        properties.children.retain(|node| !is_bond(node));
    }
}

/// Puts a text in the place of all runs.
fn put_text(content: &mut WordElement, text: &str, looks: Option<WordElement>) {
    if content.find("w:r").is_some() {
        content.children.retain(|node| !matches!(node, WordNode::El(el) if el.name == "w:r"));
        content.children.push(run(looks, text));
    } else if let Some(inner) =
        content.elements_mut().find(|el| matches!(el.name.as_str(), "w:p" | "w:tc" | "w:tr"))
    {
        put_text(inner, text, looks);
    } else {
        content.children.push(run(looks, text));
    }
}
