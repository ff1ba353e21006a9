//! Relationships of a part: `_rels/NAME.rels` beside it (ECMA-376 Part 2, 6.5).

use quick_xml::events::Event;

use super::kind::attribute;

const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// The same in the strict format (ISO/IEC 29500-1, 9.2).
const STRICT: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";

/// What a part refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Related {
    pub(crate) id: String,
    /// The last word of the relationship's type: `image`, `header`.
    pub(crate) kind: String,
    /// The name of a part, or an address.
    pub(crate) target: String,
    /// Whether it is an address outside of the package.
    pub(crate) external: bool,
}

/// The name of the part with the relationships of a part; the package itself has no name.
pub(super) fn name_of(part: &str) -> String {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    format!("{folder}_rels/{file}.rels")
}

/// The relationships in a part of them. What is not XML has none.
pub(super) fn read(bytes: &[u8], part: &str) -> Vec<Related> {
    let text = std::str::from_utf8(bytes).unwrap_or_default();
    let mut reader = quick_xml::Reader::from_str(text.trim_start_matches('\u{feff}'));
    let mut all = Vec::new();
    loop {
        match reader.read_event() {
            Ok(Event::Empty(start) | Event::Start(start))
                if start.local_name().as_ref() == "Relationship" =>
            {
                let value = |name| attribute(&start, name);
                let (Some(id), Some(kind), Some(target)) =
                    (value("Id"), value("Type"), value("Target"))
                else {
                    continue;
                };
                let external = value("TargetMode").is_some_and(|mode| mode == "External");
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                let target = if external { target } else { resolve(part, &target) };
                all.push(Related { id, kind, target, external });
            }
            Ok(Event::Eof) | Err(_) => return all,
            Ok(_) => {}
        }
    }
}

/// The name of the part that `target` is for `part`.
fn resolve(part: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = part.split('/').collect();
    steps.pop();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

/// The relationships with one more. The target is a part's name and is written as such.
pub(super) fn with(bytes: Option<&[u8]>, new: &Related) -> Vec<u8> {
    let none = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <Relationships xmlns=\"{RELATIONS}\"></Relationships>"
    );
    let text = bytes.map_or(none, |bytes| String::from_utf8_lossy(bytes).into_owned());
    // `<Relationships …/>` with nothing in it is opened.
    let text = match text.trim_end().strip_suffix("/>").filter(|t| !t.contains("<Relationship ")) {
        Some(open) => format!("{open}></Relationships>"),
        None => text,
    };
    let office = if text.contains(STRICT) { STRICT } else { OFFICE };
    let close = text.rfind("</").unwrap_or(text.len());
    let prefix = text[close..].trim_start_matches("</").split_once(':').map_or("", |(p, _)| p);
    let prefix = if prefix.is_empty() { String::new() } else { format!("{prefix}:") };
    let (mode, root) = if new.external { (" TargetMode=\"External\"", "") } else { ("", "/") };
    let target = quick_xml::escape::escape(new.target.as_str());
    let entry = format!(
        "<{prefix}Relationship Id=\"{}\" Type=\"{office}/{}\" Target=\"{root}{target}\"{mode}/>",
        new.id, new.kind
    );
    format!("{}{entry}{}", &text[..close], &text[close..]).into_bytes()
}
