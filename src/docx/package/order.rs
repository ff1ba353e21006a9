//! The order of children that ECMA-376 Part 1 (Annex A, `wml.xsd`) asks for.
//!
//! Ground floor, beside `xml`: neither docx-rs nor we keep the order while elements are made, so
//! each part is sorted once, before it is written.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::xml::{El, XmlNode};

/// Sorts the children of an element whose schema type is a sequence, and those of everything in it.
pub(crate) fn sort(el: &mut El) {
    for node in &mut el.children {
        if let XmlNode::El(child) = node {
            sort(child);
        }
    }
    if el.children.len() < 2 {
        return;
    }
    if let Some(order) = order(&el.name) {
        let rank = |node: &XmlNode| match node {
            XmlNode::El(child) => child
                .name
                .strip_prefix("w:")
                .and_then(|name| order.get(name).copied())
                // What is not of WordprocessingML, such as extensions, comes last; the sort is
                // stable, so that it keeps its order.
                .unwrap_or(usize::MAX),
            XmlNode::Text(_) => usize::MAX,
        };
        // Most elements are in order already, and to see that is cheaper than to sort.
        if !el.children.is_sorted_by_key(rank) {
            el.children.sort_by_cached_key(rank);
        }
    }
}

/// The places of children, by their names.
type ChildOrder = FxHashMap<&'static str, usize>;

/// The children of a parent, in order.
fn order(parent: &str) -> Option<&'static ChildOrder> {
    static ALL: LazyLock<FxHashMap<&str, ChildOrder>> = LazyLock::new(|| {
        let places = |order: &'static str| order.split(' ').zip(0..).collect();
        ORDERS
            .iter()
            .flat_map(|(parents, order)| parents.iter().map(move |parent| (*parent, places(order))))
            .collect()
    });
    ALL.get(parent)
}

/// Parents, and their children without `w:`.
const ORDERS: [(&[&str], &str); 15] = [
    (
        // ECMA-376 Part 1, 17.3.1.26.
        &["w:pPr"],
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr \
         suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap \
         overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid \
         spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection \
         textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    ),
    (
        // ECMA-376 Part 1, 17.3.2.28.
        &["w:rPr"],
        "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike \
         outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w \
         kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang \
         eastAsianLayout specVanish oMath",
    ),
    (
        // ECMA-376 Part 1, 17.6.17 and 17.6.18.
        &["w:sectPr"],
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc \
         pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection \
         bidi rtlGutter docGrid printerSettings",
    ),
    (
        // ECMA-376 Part 1, 17.7.4.17.
        &["w:style"],
        "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden \
         unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr \
         tblPr trPr tcPr tblStylePr",
    ),
    (
        // ECMA-376 Part 1, 17.9.6.
        &["w:lvl"],
        "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr \
         rPr",
    ),
    (&["w:lvlOverride"], "startOverride lvl"),
    (&["w:abstractNum"], "nsid multiLevelType tmpl name styleLink numStyleLink lvl"),
    (&["w:num"], "abstractNumId lvlOverride"),
    (&["w:numbering"], "numPicBullet abstractNum num numIdMacAtCleanup"),
    (&["w:numPr"], "ilvl numId"),
    (
        &["w:trPr"],
        "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader \
         tblCellSpacing jc hidden",
    ),
    (
        &["w:tblPr"],
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW \
         jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption \
         tblDescription",
    ),
    (
        &["w:tcPr"],
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection \
         tcFitText vAlign hideMark",
    ),
    (
        &["w:tblBorders", "w:tcBorders", "w:tblCellMar", "w:tcMar", "w:pBdr"],
        "top left start bottom right end insideH insideV tl2br tr2bl between bar",
    ),
    (
        &["w:sdtPr"],
        "rPr alias tag id lock placeholder temporary showingPlcHdr dataBinding label \
         tabIndex",
    ),
];
