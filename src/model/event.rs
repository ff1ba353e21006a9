//! The meeting, forum or contest that a document or a certificate is about.

use serde::Serialize;

use super::DateRange;
use super::read::{Fields, Map};
use super::tree::{DataNode, DataValue};

/// The meeting, forum or seminar; in data, a bare text is the name alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Event {
    /// The name, in the nominative.
    pub name: String,
    /// The theme, without quotes.
    pub theme: Option<String>,
    /// The day or days.
    pub date: Option<DateRange>,
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
            theme: map.opt("theme", "Тема, без кавычек"),
            date: map.opt("date", "День или дни: 05.06.2014, 4–5 июня 2014 г."),
            place: map.opt("place", "Место"),
            host: map.opt("host", "Организация, которая проводит"),
        }
    }
}
