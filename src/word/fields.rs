//! Names that stand in Word's own places for them: fields of mail merge and content controls. Each
//! becomes a tag, which is read with the others.

use super::tree::{WordElement, WordNode, escape};

/// Makes tags of all merge fields and placeholders.
pub(super) fn unfold(el: &mut WordElement) {
    if el.name == "w:sdt" {
        control(el);
    }
    simple(el);
    complex(el);
    el.elements_mut().for_each(unfold);
}

/// A run that says a text.
fn run(properties: Option<WordElement>, text: &str) -> WordNode {
    let text =
        WordElement::new("w:t", " xml:space=\"preserve\"", vec![WordNode::Text(escape(text))]);
    let children = properties.into_iter().chain([text]).map(WordNode::El).collect();
    WordNode::El(WordElement::new("w:r", "", children))
}

/// The tag of a field's instruction, if it is one of mail merge.
fn merge_field(instruction: &str) -> Option<String> {
    let rest = instruction.trim();
    let (kind, rest) = rest.split_once(char::is_whitespace)?;
    if !kind.eq_ignore_ascii_case("MERGEFIELD") {
        return None;
    }
    let rest = rest.trim_start();
    let (name, switches) = match rest.strip_prefix(['"', '“', '«']) {
        Some(quoted) => quoted.split_once(['"', '”', '»']).unwrap_or((quoted, "")),
        None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
    };
    // «ФИО_дат» is a name in a case: Word makes underscores of the spaces of a column's name.
    let cased = name
        .rsplit_once('_')
        .filter(|(name, case)| !name.is_ascii() && crate::lang::ru::Case::parse(case).is_some());
    let value = match cased {
        Some((name, case)) => format!("{} {case}", name.replace('_', " ")),
        None => format!("[{name}]"),
    };
    let lower = switches.to_lowercase();
    let helper = [("\\* upper", "upper"), ("\\* lower", "lower"), ("\\* firstcap", "capital")];
    let helper = helper.iter().find(|(switch, _)| lower.contains(switch) && cased.is_none());
    let tag = match helper {
        Some((_, helper)) => format!("{{{{{helper} {value}}}}}"),
        None => format!("{{{{{value}}}}}"),
    };
    // Words before and after the value, which stand there only if it does.
    let around = |switch: &str| {
        let at = switches.find(switch)? + switch.len();
        let text = switches[at..].trim_start().strip_prefix('"')?;
        text.split_once('"').map(|(text, _)| text.to_owned())
    };
    let (before, after) = (around("\\b"), around("\\f"));
    if before.is_none() && after.is_none() {
        return Some(tag);
    }
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    Some(format!("{{{{#if {value}}}}}{before}{tag}{after}{{{{/if}}}}"))
}

/// `w:fldSimple`: the whole field in one element.
fn simple(el: &mut WordElement) {
    for node in &mut el.children {
        let WordNode::El(field) = node else { continue };
        if field.name != "w:fldSimple" {
            continue;
        }
        if let Some(tag) = field.get("w:instr").and_then(|text| merge_field(&text)) {
            let properties = field.find("w:r").and_then(|run| run.find("w:rPr")).cloned();
            *node = run(properties, &tag);
        }
    }
}

/// What a run says of a complex field.
enum FieldMark {
    Begin,
    Separate,
    End,
}

fn marks(run: &WordElement) -> Vec<FieldMark> {
    let kind = |el: &WordElement| match el.get("w:fldCharType").as_deref() {
        Some("begin") => Some(FieldMark::Begin),
        Some("separate") => Some(FieldMark::Separate),
        Some("end") => Some(FieldMark::End),
        _ => None,
    };
    run.elements().filter(|el| el.name == "w:fldChar").filter_map(kind).collect()
}

/// Complex fields: a run that begins, runs with the instruction, the result, a run that ends.
fn complex(el: &mut WordElement) {
    let mut at = 0;
    while at < el.children.len() {
        let Some((end, tag, properties)) = field_at(el, at) else {
            at += 1;
            continue;
        };
        el.children.splice(at..=end, [run(properties, &tag)]);
        at += 1;
    }
}

/// The merge field that begins with this child: its last child, its tag, the look of its result.
fn field_at(el: &WordElement, at: usize) -> Option<(usize, String, Option<WordElement>)> {
    let (mut depth, mut result) = (0usize, false);
    let mut instruction = String::new();
    let (mut first, mut shown) = (None, None);
    for (end, node) in el.children.iter().enumerate().skip(at) {
        let WordNode::El(run) = node else { continue };
        if run.name != "w:r" {
            // Marks of spelling and bookmarks may stand between; what holds runs may not.
            if run.holds(&["w:r"]) {
                return None;
            }
            continue;
        }
        let found = marks(run);
        if end == at && !matches!(found.first(), Some(FieldMark::Begin)) {
            return None;
        }
        first = first.or_else(|| run.find("w:rPr").cloned());
        for text in run.elements().filter(|el| el.name == "w:instrText") {
            instruction.push_str(&text.text());
        }
        if result && shown.is_none() && run.find("w:t").is_some() {
            shown = Some(run.find("w:rPr").cloned());
        }
        for mark in found {
            match mark {
                FieldMark::Begin => depth += 1,
                FieldMark::Separate => result = true,
                FieldMark::End => depth = depth.saturating_sub(1),
            }
            // A field within a field is computed by Word.
            if depth > 1 {
                return None;
            }
        }
        if depth == 0 {
            let tag = merge_field(&instruction)?;
            return Some((end, tag, shown.unwrap_or(first)));
        }
    }
    None
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
    let tag = match name.starts_with("{{") {
        true => name.to_owned(),
        false if !name.is_empty() && name.chars().all(word) => format!("{{{{{name}}}}}"),
        // A number that some program gave it, or a word of its own.
        false => return,
    };
    // Names by which programs find their own controls are numbers as a rule.
    if !name.contains(char::is_alphabetic) {
        return;
    }
    let looks = properties.find("w:rPr").cloned();
    let Some(content) = el.elements_mut().find(|el| el.name == "w:sdtContent") else { return };
    put_text(content, &tag, looks);
    if let Some(properties) = el.elements_mut().find(|el| el.name == "w:sdtPr") {
        properties
            .children
            .retain(|node| !matches!(node, WordNode::El(el) if el.name == "w:showingPlcHdr"));
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
