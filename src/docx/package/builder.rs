//! Styles and lists written by docx-rs: the only file that knows it.
//!
//! docx-rs writes `styles.xml` and `numbering.xml`: every style with its names, its base and what
//! follows it, every list with its levels, number formats, texts and restarts. It has no words for
//! much of what our styles say (theme faces, borders that are off, languages, line rules of every
//! kind), so the properties of paragraphs and runs are put into what it has written, and what it
//! writes beside (an empty `Normal`, a list 1 of its own, empty properties) is taken out. That is
//! done once for each design, not for each document: see `shared`.

use docx_rs::{
    AbstractNumbering, BuildXML, Level, LevelJc, LevelOverride, LevelSuffixType, LevelText,
    NumberFormat, Numbering, Numberings, SpecialIndentType, Start, Style, StyleType, Styles,
};

use super::definitions::{
    LevelDefinition, LevelSuffix, ListCount, ListDefinition, StyleDefinition, StyleKind,
};
use super::order;
use super::xml::{self, El, XmlNode, is_xml_char};

/// The number of the first list: docx-rs keeps numbering 1 for itself.
pub(crate) const FIRST_NUMBER: usize = 2;

/// `word/styles.xml` of these styles; `Normal` is one of them.
pub(crate) fn styles(definitions: &[StyleDefinition], lang: &str) -> Result<El, String> {
    let all = definitions.iter().map(style).fold(Styles::new(), Styles::add_style);
    let mut root = xml::parse(&all.build()).map_err(|why| format!("styles.xml: {why}"))?;
    let run = root.ensure("w:docDefaults").ensure("w:rPrDefault").ensure("w:rPr");
    run.replace(
        // Word asks for a language of each kind of script; these two are its own defaults.
        El::new("w:lang")
            .with("w:val", lang.to_owned())
            .with("w:eastAsia", "en-US")
            .with("w:bidi", "ar-SA"),
    );
    // The first style is the empty `Normal` that docx-rs writes by itself; ours follow in order.
    let mut written = root
        .children
        .iter()
        .position(|node| matches!(node, XmlNode::El(el) if el.name == "w:style"))
        .map(|first| root.children.split_off(first))
        .unwrap_or_default();
    written.drain(..written.len().saturating_sub(definitions.len()));
    for (node, definition) in written.into_iter().zip(definitions) {
        let XmlNode::El(mut el) = node else { continue };
        complete_style(&mut el, definition);
        root.push(el);
    }
    let mut root = root.children(defaults());
    order::sort(&mut root);
    Ok(root)
}

fn style(definition: &StyleDefinition) -> Style {
    let (kind, base) = match definition.kind {
        StyleKind::Normal => (StyleType::Paragraph, None),
        StyleKind::Paragraph => (StyleType::Paragraph, Some("Normal")),
        StyleKind::Character => (StyleType::Character, Some("DefaultParagraphFont")),
        StyleKind::Table => (StyleType::Table, Some("TableNormal")),
    };
    // `qFormat` puts the style into the gallery, where people find it.
    let mut style = Style::new(&definition.id, kind).name(&definition.name).q_format(true);
    if let Some(base) = definition.base.as_deref().or(base) {
        style = style.based_on(base);
    }
    if let Some(priority) = definition.priority {
        style = style.ui_priority(priority);
    }
    match &definition.next {
        Some(next) => style.next(next),
        None => style,
    }
}

/// Puts into a style what docx-rs has no words for.
fn complete_style(el: &mut El, definition: &StyleDefinition) {
    if definition.kind == StyleKind::Normal {
        // docx-rs cannot say it, and without a default style a paragraph that names none has no
        // style at all (17.7.4.17).
        el.set("w:default", 1);
    }
    el.children
        .extend(definition.alias.iter().map(|alias| XmlNode::El(El::val("w:aliases", alias))));
    set_properties(el, "w:pPr", &definition.paragraph);
    set_properties(el, "w:rPr", &definition.run);
    // docx-rs knows few of a table's properties, and has no words for those of its first row.
    ["w:tblPr", "w:tcPr"].iter().for_each(|name| set_properties(el, name, &[]));
    el.children.extend(definition.table.iter().cloned().map(XmlNode::El));
}

/// The properties of that name are these; none, if there are none.
fn set_properties(el: &mut El, name: &'static str, properties: &[El]) {
    // docx-rs writes empty ones, and a second `w:pPr` is not valid.
    el.children.retain(|node| !matches!(node, XmlNode::El(own) if own.name == name));
    el.children.extend(El::filled(name, properties.iter().cloned()).map(XmlNode::El));
}

/// The three styles besides `Normal` that Word expects to be there, hidden.
fn defaults() -> [El; 3] {
    let default = |kind: &'static str, id: &'static str, name: &'static str| {
        let style =
            El::new("w:style").with("w:type", kind).with("w:default", 1).with("w:styleId", id);
        style
            .child(El::val("w:name", name))
            // Last in the list that Word shows.
            .child(El::val("w:uiPriority", 99))
            .child(El::new("w:semiHidden"))
            .child(El::new("w:unhideWhenUsed"))
    };
    let width =
        |name: &'static str, twips: u32| El::new(name).with("w:w", twips).with("w:type", "dxa");
    // 108 twips are 1.9 mm: what Word's own «Normal Table» has.
    let margins = El::new("w:tblCellMar").children([
        width("w:top", 0),
        width("w:left", 108),
        width("w:bottom", 0),
        width("w:right", 108),
    ]);
    [
        default("character", "DefaultParagraphFont", "Default Paragraph Font"),
        default("table", "TableNormal", "Normal Table")
            .child(El::new("w:tblPr").child(width("w:tblInd", 0)).child(margins)),
        default("numbering", "NoList", "No List"),
    ]
}

/// `word/numbering.xml` of these lists and counts; nothing without lists.
pub(crate) fn numbering(
    lists: &[ListDefinition],
    counts: &[ListCount],
) -> Result<Option<El>, String> {
    if lists.is_empty() {
        return Ok(None);
    }
    let mut all = Numberings::new();
    for (index, definition) in lists.iter().enumerate() {
        let levels = definition.levels.iter().enumerate();
        let list = levels
            .map(|(depth, defined)| level(depth, defined.as_ref()))
            .fold(AbstractNumbering::new(index + FIRST_NUMBER), AbstractNumbering::add_level);
        all = all.add_abstract_numbering(list);
    }
    for (index, count) in counts.iter().enumerate() {
        let mut number = Numbering::new(index + FIRST_NUMBER, count.list + FIRST_NUMBER);
        if let Some(restart) = count.restart {
            let from = usize::try_from(restart.number).unwrap_or(1);
            number = number.overrides(vec![LevelOverride::new(restart.level).start(from)]);
        }
        all = all.add_numbering(number);
    }
    let mut root = xml::parse(&all.build()).map_err(|why| format!("numbering.xml: {why}"))?;
    let number = |el: &El, name: &str| el.get(name).and_then(|value| value.parse::<usize>().ok());
    root.children.retain(|node| match node {
        // List 1 is docx-rs' own; no paragraph has it.
        XmlNode::El(el) => ![("w:abstractNum", "w:abstractNumId"), ("w:num", "w:numId")]
            .iter()
            .any(|(name, id)| el.name == *name && number(el, id) == Some(FIRST_NUMBER - 1)),
        XmlNode::Text(_) => true,
    });
    for node in &mut root.children {
        let XmlNode::El(list) = node else { continue };
        if list.name != "w:abstractNum" {
            continue;
        }
        let definition =
            number(list, "w:abstractNumId").and_then(|id| lists.get(id.checked_sub(FIRST_NUMBER)?));
        if let Some(definition) = definition {
            complete_list(list, definition);
        }
    }
    order::sort(&mut root);
    Ok(Some(root))
}

fn level(depth: usize, defined: Option<&LevelDefinition>) -> Level {
    // A level that the list does not have still takes its place, or those below it would move up.
    let (format, text) = defined.map_or(("none", ""), |level| (level.format, level.text.as_str()));
    let start = Start::new(defined.map_or(1, |level| usize::try_from(level.start).unwrap_or(1)));
    // A number in the line begins where the line begins; one beside it ends there.
    let beside = defined.is_some_and(|level| level.suffix == LevelSuffix::Tab);
    let side = LevelJc::new(if beside { "right" } else { "left" });
    let level =
        Level::new(depth, start, NumberFormat::new(format), LevelText::new(escaped(text)), side);
    let Some(defined) = defined else { return level };
    let first = defined.indent.first as i32;
    // One value of two signs in CSS is two attributes here, neither of them negative
    // (17.3.1.12).
    let special = if first < 0 {
        SpecialIndentType::Hanging(-first)
    } else {
        SpecialIndentType::FirstLine(first)
    };
    let level = level
        .suffix(match defined.suffix {
            LevelSuffix::Space => LevelSuffixType::Space,
            LevelSuffix::Tab => LevelSuffixType::Tab,
            LevelSuffix::Nothing => LevelSuffixType::Nothing,
        })
        .indent(Some(defined.indent.left as i32), Some(special), None, None);
    match &defined.style {
        Some(style) => level.paragraph_style(style),
        None => level,
    }
}

/// docx-rs writes a level's text as it is.
fn escaped(text: &str) -> String {
    text.chars()
        .filter(|c| is_xml_char(*c))
        .collect::<String>()
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

/// Gives a list its identity and its numbers their look.
fn complete_list(list: &mut El, definition: &ListDefinition) {
    list.attributes.retain(|(name, _)| name == "w:abstractNumId");
    list.replace(El::val("w:nsid", format!("{:08X}", definition.identity)));
    // People go a level down in Word, whether the document did or not.
    list.replace(El::val("w:multiLevelType", "multilevel"));
    for node in &mut list.children {
        let XmlNode::El(level) = node else { continue };
        let depth = level.get("w:ilvl").and_then(|depth| depth.parse::<usize>().ok());
        let Some(depth) = depth else { continue };
        level.attributes.retain(|(name, _)| name == "w:ilvl");
        let indents = level.find("w:pPr").and_then(|properties| properties.find("w:ind")).cloned();
        let indents = indents.map(|mut indents| {
            // A level has no say in the right indent.
            indents.attributes.retain(|(name, _)| name != "w:right");
            indents
        });
        // A level's pPr is CT_PPrGeneral, which has no rPr, though docx-rs writes one.
        set_properties(level, "w:pPr", indents.as_slice());
        let run = definition.levels.get(depth).and_then(Option::as_ref).map(|level| &level.run);
        set_properties(level, "w:rPr", run.map_or(&[], Vec::as_slice));
    }
}
