//! File names for records: readable, safe on Windows, macOS and Linux, never the same twice.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The longest name without its ending, in bytes. File systems allow 255; an ending, a counter and
/// a temporary suffix must fit too.
const LONGEST: usize = 180;

/// Names that Windows keeps for devices, whatever the ending.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// A name that every file system takes: no separators, no control or reserved characters, no
/// trailing dot or space, not too long.
///
/// ```
/// use itog::batch::filename::safe;
/// assert_eq!(safe("001/Ким: «Виктория»?"), "001-Ким- «Виктория»");
/// assert_eq!(safe("nul"), "nul-");
/// assert_eq!(safe(".."), "document");
/// ```
pub fn safe(name: &str) -> String {
    let spaced: String = name
        .chars()
        .filter(|c| !is_unseen(*c))
        .map(|c| match c {
            // Windows refuses all nine, the other systems only the slash; a folder is carried
            // from one to the other.
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '-',
            c if c.is_whitespace() || c.is_control() => ' ',
            c => c,
        })
        .collect();
    let mut safe = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut end = safe.len().min(LONGEST);
    while !safe.is_char_boundary(end) {
        end -= 1;
    }
    safe.truncate(end);
    // Windows drops a point or space at the end silently, a point at the beginning hides the
    // file, and a hyphen there looks like an option of a command.
    let trimmed = safe.trim_matches(|c| matches!(c, '.' | ' ' | '-'));
    match trimmed {
        "" => "document".to_owned(),
        device
            // «con.pdf» is the device too, so what stands before the first point counts.
            if DEVICES.contains(
                &device.split('.').next().unwrap_or_default().to_lowercase().as_str(),
            ) =>
        {
            format!("{device}-")
        }
        name => name.to_owned(),
    }
}

/// Signs that nobody sees would make two files that look alike, and those that turn the direction
/// make a name look like another one.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}'
    )
}

/// Hands out names, each only once: namesakes get a number.
///
/// ```
/// use itog::batch::filename::Names;
/// let mut names = Names::default();
/// assert_eq!(names.unique("Ткаченко"), "Ткаченко");
/// assert_eq!(names.unique("ТКАЧЕНКО"), "ТКАЧЕНКО (2)");
/// ```
#[derive(Debug, Default)]
pub struct Names {
    /// Digests of lower-case names already given, because two of the three file systems do not
    /// tell cases apart, with the last number tried. A chance meeting of digests costs a
    /// number that need not be.
    given: BTreeMap<u64, u32>,
}

impl Names {
    /// The safe form of a name, or that with a number if it was given before.
    pub fn unique(&mut self, name: &str) -> String {
        self.unique_path(safe(name))
    }

    /// The same for a path that is safe already.
    pub(super) fn unique_path(&mut self, name: String) -> String {
        // The last number given is remembered with the name, so that a thousand namesakes do not
        // try a thousand numbers each.
        let Some(&last) = self.given.get(&digest(&name)) else {
            self.given.insert(digest(&name), 1);
            return name;
        };
        let mut number = last + 1;
        let mut numbered = format!("{name} ({number})");
        // A person may be called «… (2)» in the table itself.
        while self.given.contains_key(&digest(&numbered)) {
            number += 1;
            numbered = format!("{name} ({number})");
        }
        self.given.insert(digest(&name), number);
        self.given.insert(digest(&numbered), 1);
        numbered
    }
}

fn digest(name: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    // Windows and macOS take names that differ in case for one and would overwrite the first
    // file.
    name.chars().flat_map(char::to_lowercase).for_each(|c| c.hash(&mut hasher));
    hasher.finish()
}
