//! The record of what a file was made of: the data, and a digest by which it is known that nobody
//! has changed the file since.

use super::Package;
use crate::docx::{NO_DIGEST, source_parts};

/// The part with the core properties, under the name that Word gives it.
pub(super) const CORE: &str = "docProps/core.xml";
const PROPERTIES: &str = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml";
const IDENTIFIER: &str = "dc:identifier";

impl Package {
    /// The same file with its record: the data by their name and bytes, if they are to travel with
    /// it.
    pub(crate) fn recorded(&self, source: Option<&(String, Vec<u8>)>) -> Self {
        let mut package = self.clone();
        if let Some((name, bytes)) = source {
            package.carry(name, bytes);
        }
        package.identify();
        package
    }

    fn carry(&mut self, name: &str, bytes: &[u8]) {
        let taken = |number: &u32| self.part(&format!("customXml/item{number}.xml")).is_some();
        let Some(number) = (1..).find(|number| !taken(number)) else { return };
        let [item, properties] = source_parts(name, bytes);
        let (part, described) =
            (format!("customXml/item{number}.xml"), format!("customXml/itemProps{number}.xml"));
        self.put(&part, item);
        self.declare(&part, "application/xml");
        self.put(&described, properties);
        self.declare(&described, PROPERTIES);
        let main = self.main().to_owned();
        self.relate(&main, "customXml", &part);
        self.relate(&part, "customXmlProps", &described);
    }

    /// Gives the core properties room for the digest. A blank without them, or with ones under
    /// another name, gets none: the file is then taken for somebody's work, and not overwritten.
    fn identify(&mut self) {
        let Some(core) = self.part(CORE) else { return };
        let text = String::from_utf8_lossy(core);
        let entry = format!("<{IDENTIFIER}>{NO_DIGEST}</{IDENTIFIER}>");
        let Some(end) = text.rfind("</").filter(|_| text.contains("xmlns:dc=")) else { return };
        let start = text.find(&format!("<{IDENTIFIER}"));
        let text = match start.zip(text.find(&format!("</{IDENTIFIER}>"))) {
            Some((start, close)) if start < close => {
                let close = close + IDENTIFIER.len() + 3;
                format!("{}{entry}{}", &text[..start], &text[close..])
            }
            // An empty one closes itself.
            _ if start.is_some() => return,
            _ => format!("{}{entry}{}", &text[..end], &text[end..]),
        };
        self.put(CORE, text.into_bytes());
    }
}
