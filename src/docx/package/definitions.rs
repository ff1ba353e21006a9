//! Styles and lists, finished.

use docx_rs::{BuildXML, Docx};

use super::xml::{self, El, Node};
use super::{Bytes, Patches, order};

/// `word/styles.xml`.
pub(crate) fn styles(docx: &Docx, patches: &Patches) -> Result<Bytes, String> {
    let mut styles =
        xml::parse(&docx.styles.build()).map_err(|why| format!("styles.xml: {why}"))?;
    finish_styles(&mut styles, patches);
    order::sort(&mut styles);
    Ok(styles.part())
}

/// `word/numbering.xml`, if there is anything in it.
pub(super) fn numbering(
    numberings: &docx_rs::Numberings,
    patches: &Patches,
) -> Result<Option<Bytes>, String> {
    let mut numbering =
        xml::parse(&numberings.build()).map_err(|why| format!("numbering.xml: {why}"))?;
    finish_numbering(&mut numbering, patches);
    order::sort(&mut numbering);
    Ok(numbering.elements().next().is_some().then(|| numbering.part()))
}

/// Drops docx-rs' own empty `Normal`, marks the defaults and adds the three that Word expects.
fn finish_styles(styles: &mut El, patches: &Patches) {
    let id = |node: &Node| match node {
        Node::El(el) if el.name == "w:style" => el.get("w:styleId").map(str::to_owned),
        _ => None,
    };
    if styles.children.iter().filter(|node| id(node).as_deref() == Some("Normal")).count() > 1
        && let Some(first) =
            styles.children.iter().position(|node| id(node).as_deref() == Some("Normal"))
    {
        styles.children.remove(first);
    }
    let run = styles.ensure("w:docDefaults").ensure("w:rPrDefault").ensure("w:rPr");
    run.replace(
        El::new("w:lang")
            .with("w:val", &patches.lang)
            .with("w:eastAsia", "en-US")
            .with("w:bidi", "ar-SA"),
    );
    for node in &mut styles.children {
        let Some(id) = id(node) else { continue };
        let Node::El(style) = node else { continue };
        if id == "Normal" {
            style.set("w:default", 1);
        }
        if let Some(alias) = patches.aliases.get(&id) {
            style.replace(El::val("w:aliases", alias));
        }
        if let Some((paragraph, run)) = patches.styles.get(&id) {
            for (name, properties) in [("w:pPr", paragraph), ("w:rPr", run)] {
                let target = style.ensure(name);
                target.children.clear();
                properties.iter().for_each(|property| target.replace(property.clone()));
            }
        }
        style
            .children
            .retain(|node| !matches!(node, Node::El(el) if el.children.is_empty() && ["w:pPr", "w:rPr"].contains(&el.name.as_ref())));
    }
    let default = |kind: &'static str, id: &'static str, name: &'static str| {
        let style =
            El::new("w:style").with("w:type", kind).with("w:default", 1).with("w:styleId", id);
        style
            .child(El::val("w:name", name))
            .child(El::val("w:uiPriority", 99))
            .child(El::new("w:semiHidden"))
            .child(El::new("w:unhideWhenUsed"))
    };
    let width =
        |name: &'static str, twips: u32| El::new(name).with("w:w", twips).with("w:type", "dxa");
    let margins = El::new("w:tblCellMar").children([
        width("w:top", 0),
        width("w:left", 108),
        width("w:bottom", 0),
        width("w:right", 108),
    ]);
    styles.push(default("character", "DefaultParagraphFont", "Default Paragraph Font"));
    styles.push(
        default("table", "TableNormal", "Normal Table")
            .child(El::new("w:tblPr").child(width("w:tblInd", 0)).child(margins)),
    );
    styles.push(default("numbering", "NoList", "No List"));
}

/// Drops docx-rs' own list 1 and gives every list an identity: Word merges lists that have none.
fn finish_numbering(numbering: &mut El, patches: &Patches) {
    let number = |el: &El, name: &str| el.get(name).and_then(|v| v.parse::<usize>().ok());
    numbering.children.retain(|node| {
        !matches!(node, Node::El(el) if (el.name == "w:abstractNum" && number(el, "w:abstractNumId") == Some(1)) || (el.name == "w:num" && number(el, "w:numId") == Some(1)))
    });
    for node in &mut numbering.children {
        let Node::El(list) = node else { continue };
        let Some(id) = number(list, "w:abstractNumId").filter(|_| list.name == "w:abstractNum")
        else {
            continue;
        };
        list.attributes.retain(|(name, _)| name == "w:abstractNumId");
        let identity = patches.lists.get(&id).copied().unwrap_or_default();
        list.replace(El::val("w:nsid", format!("{identity:08X}")));
        list.replace(El::val("w:multiLevelType", "multilevel"));
        for node in &mut list.children {
            let Node::El(level) = node else { continue };
            let Some(depth) = number(level, "w:ilvl") else { continue };
            level.attributes.retain(|(name, _)| name == "w:ilvl");
            // A level's pPr is CT_PPrGeneral, which has no rPr.
            for node in &mut level.children {
                if let Node::El(child) = node
                    && child.name == "w:pPr"
                {
                    child
                        .children
                        .retain(|node| !matches!(node, Node::El(run) if run.name == "w:rPr"));
                    // A level has no say in the right indent.
                    child.ensure("w:ind").attributes.retain(|(name, _)| name != "w:right");
                }
            }
            if let Some(properties) = patches.levels.get(&(id, depth)) {
                let target = level.ensure("w:rPr");
                target.children.clear();
                properties.iter().for_each(|property| target.replace(property.clone()));
            }
            level
                .children
                .retain(|node| !matches!(node, Node::El(el) if el.children.is_empty() && ["w:pPr", "w:rPr"].contains(&el.name.as_ref())));
        }
    }
}
