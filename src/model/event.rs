//! The meeting, forum or contest that a document or a certificate is about.

use serde::Serialize;

use super::DateRange;
use super::read::{Fields, Map};
use super::russian::is_key;
use super::tree::{DataNode, DataValue};
use crate::lang::ru::capital;

/// The meeting, forum or seminar; in data, a bare text is the name alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Event {
    /// The name, in the nominative.
    pub name: String,
    /// The theme, without quotes.
    pub theme: Option<String>,
    /// The day or days.
    pub date: Option<DateRange>,
    /// Whether days are printed without zeros, «9–10 апреля»: as they were typed, unless it is
    /// said.
    pub plain_days: bool,
    /// The place.
    pub place: Option<String>,
    /// The organisation that hosts it.
    pub host: Option<String>,
}

impl Event {
    /// Whether it is not an event but says what the text is about: «Об утверждении плана».
    pub(super) fn is_about(&self) -> bool {
        // With a theme or days it is a real event, whatever its name begins with.
        let told = self.theme.is_some() || self.date.is_some();
        // The preposition in its three forms: «О проведении», «Об итогах», «Обо всех изменениях».
        !told && ["О ", "Об ", "Обо "].iter().any(|about| self.name.starts_with(about))
    }
}

impl Event {
    /// «международный форум «…»» in the nominative is a title of its own and begins with a capital
    /// letter; in the genitive it goes on with the kind above it.
    pub(super) fn stand_alone(&mut self) {
        // Only endings that no genitive has: «областной» may be one of «областная».
        let adjective =
            |word: &str| ["ый", "ая", "яя", "ое", "ее", "ые"].iter().any(|end| word.ends_with(end));
        let noun = |word: &str| {
            const NOUNS: [&str; 25] = [
                "класс",
                "квест",
                "концерт",
                "вечер",
                "тренинг",
                "вебинар",
                "форум",
                "семинар",
                "фестиваль",
                "конкурс",
                "слет",
                "съезд",
                "конференция",
                "совещание",
                "заседание",
                "собрание",
                "симпозиум",
                "чтения",
                "праздник",
                "марафон",
                "смотр",
                "турнир",
                "стол",
                "совет",
                "педсовет",
            ];
            let mut parts = word.trim_end_matches(',').split('-');
            parts.any(|part| NOUNS.contains(&part) || part.ends_with("конференция"))
        };
        if !self.name.starts_with(char::is_lowercase) {
            return;
        }
        let head = self.name.split(['«', '"', '„']).next().unwrap_or_default();
        let head = head.to_lowercase().replace('ё', "е");
        let mut words = head.split_whitespace();
        let first = words.clone().next().unwrap_or_default();
        // «областной конкурс»: the first noun tells.
        if adjective(first) || words.find(|word| !word.ends_with("ой")).is_some_and(noun) {
            self.name = capital(&self.name);
        }
    }
}

/// Whether the days of an event are written in words and without zeros: «4–5 июня», «с 4 по 5».
fn has_plain_days(event: &DataNode) -> bool {
    let DataValue::Map(entries) = &event.value else { return false };
    let days = entries.iter().find(|(key, _)| is_key(&key.text, "date"));
    let text = days.and_then(|(_, node)| node.text()).unwrap_or_default();
    let first = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let digits = first.bytes().take_while(u8::is_ascii_digit).count();
    digits == 1 && !first.starts_with('0') && text.chars().any(char::is_alphabetic)
}

/// A theme without the quotation marks around it, which are put there anyway.
fn bare(theme: String) -> String {
    let inner =
        [('«', '»'), ('"', '"'), ('“', '”'), ('„', '“')].iter().find_map(|(open, close)| {
            let inner = theme.trim().strip_prefix(*open)?.strip_suffix(*close)?;
            (!inner.contains([*open, *close])).then(|| inner.to_owned())
        });
    inner.unwrap_or(theme)
}

impl Fields for Event {
    const NAME: &'static str = "event";
    const WHAT: (&'static str, &'static str) = ("an event", "Мероприятие");
    const FROM_TEXT: Option<fn(String) -> Self> = Some(|name| Self { name, ..Self::default() });

    fn mended(node: &DataNode) -> Option<DataNode> {
        let DataValue::Map(entries) = &node.value else { return None };
        let mut entries = entries.clone();
        // `title` is the heading of other things; of an event it is the name.
        let (title, _) = entries.iter_mut().find(|(key, _)| key.text == "title")?;
        title.text = "name".to_owned();
        Some(DataNode::new(DataValue::Map(entries), node.range.clone()))
    }

    fn fields(map: &mut Map<'_>) -> Self {
        Self {
            name: map.need("name", "Название в именительном падеже"),
            theme: map.opt("theme", "Тема, без кавычек").map(bare),
            date: map.opt("date", "День или дни: 05.06.2014, 4–5 июня 2014 г."),
            plain_days: map
                .opt("plain_days", "true: дни без нулей, «4–5 июня»; без него как набраны")
                .unwrap_or_else(|| map.node().is_some_and(has_plain_days)),
            place: map.opt("place", "Место"),
            host: map.opt("host", "Организация, которая проводит"),
        }
    }
}
