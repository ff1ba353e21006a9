//! What follows what: sentences that go on in the next section, lists inside of a text.

use super::FinalDocument;
use crate::lang::ru::uncapital;
use crate::model::read::At;
use crate::model::section::{Body, Paragraphs, Points, Section};
use crate::model::tree::{DataNode, DataValue};
use crate::model::{Item, Numbering, arrange, item, number};

/// The sections, in which a verb ends the sentence that a preamble before it has begun.
pub(super) fn joined(all: impl Iterator<Item = Section>) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for mut section in all {
        if let Some(last) = sections.last_mut()
            && goes_on(last, &mut section)
        {
            continue;
        }
        if let (Some(last), Body::Preamble(verb)) = (sections.last_mut(), &section.body)
            && verb.text.is_none()
        {
            let begun = begun(last);
            sections.extend(begun);
        }
        if let (Some(last), Body::Preamble(verb)) = (sections.last_mut(), &section.body)
            && verb.text.is_none()
        {
            last.open();
        }
        if let Some(Body::Preamble(before)) = sections.last_mut().map(|last| &mut last.body)
            && let Body::Preamble(verb) = &mut section.body
            && verb.text.is_none()
            && verb.recitals.is_empty()
            && before.is_open()
        {
            before.close(verb.resolves.take().unwrap_or_default());
            continue;
        }
        sections.push(section);
    }
    listed(sections)
}

/// The last of several paragraphs, if it is the beginning of a sentence whose verb follows:
/// «Руководствуясь статьёй 192 Трудового кодекса РФ,».
pub(super) fn begun(section: &mut Section) -> Option<Section> {
    let Body::Text(text) = &mut section.body else { return None };
    let open = text.paragraphs.last().is_some_and(|last| last.trim_end().ends_with(','));
    let last = text.paragraphs.pop_if(|_| open)?;
    if text.paragraphs.is_empty() {
        text.paragraphs.push(last);
        return None;
    }
    let body = Body::Text(Paragraphs { paragraphs: vec![last] });
    Some(Section { body, heading: None, heading_numbering: None })
}

/// «… действующего на основании Устава,» and «уполномочивает: Лисину Ольгу» are one sentence: puts
/// the first paragraph of the second text behind the last one of the first. Whether all of the
/// second has gone there.
fn goes_on(before: &mut Section, after: &mut Section) -> bool {
    let (Body::Text(before), Body::Text(text)) = (&mut before.body, &mut after.body) else {
        return false;
    };
    let (Some(open), None, Some(next)) =
        (before.paragraphs.last_mut(), &after.heading, text.paragraphs.first())
    else {
        return false;
    };
    let label = next.split_once(": ").filter(|(label, _)| arrange::goes_on(label));
    // «Мы, нижеподписавшиеся: …» and «составили акт о том, что …»
    let verb = next.split_whitespace().next().is_some_and(arrange::is_verb);
    let subject =
        ["Мы, ", "Я, ", "Комиссия ", "Комиссией "].iter().any(|begin| open.starts_with(begin));
    match () {
        () if open.ends_with(',') => {}
        () if subject && verb && !open.ends_with(['.', '!', ':']) => open.push(','),
        // The stop is an initial's: «… и методист Орехова В. В.»
        () if subject && verb && number::ends_with_initial(open) => open.push(','),
        () => return false,
    }
    let next = match label {
        Some((label, rest)) => format!("{} {rest}", uncapital(label)),
        None if verb || next.split_whitespace().next().is_some_and(arrange::goes_on) => {
            uncapital(next)
        }
        None => next.clone(),
    };
    open.push(' ');
    open.push_str(&next);
    text.paragraphs.remove(0);
    text.paragraphs.is_empty()
}

/// The sections, in which lines that begin with a dash are a list between the paragraphs.
pub(super) fn listed(sections: Vec<Section>) -> Vec<Section> {
    let mut all = Vec::with_capacity(sections.len());
    for mut section in sections {
        let Body::Text(text) = &mut section.body else {
            all.push(section);
            continue;
        };
        let runs = text.paragraphs.chunk_by(|a, b| dashed(a).is_some() == dashed(b).is_some());
        // One line alone is a remark in a conversation.
        let is_list = |run: &[String]| run.len() > 1 && run.iter().all(|t| dashed(t).is_some());
        let runs: Vec<Vec<String>> = runs.map(<[String]>::to_vec).collect();
        if !runs.iter().any(|run| is_list(run)) {
            all.push(section);
            continue;
        }
        let (mut heading, mut numbered) = (section.heading, section.heading_numbering);
        for run in runs {
            let body = if is_list(&run) {
                let items = run.iter().filter_map(|text| dashed(text)).map(Item::new).collect();
                let numbering = Some(Numbering::Dashes);
                Body::Points(Points { items, numbering, ..Points::default() })
            } else {
                Body::Text(Paragraphs { paragraphs: run })
            };
            let (heading, heading_numbering) = (heading.take(), numbered.take());
            all.push(Section { body, heading, heading_numbering });
        }
    }
    all
}

/// What stands behind the dash of a line.
fn dashed(text: &str) -> Option<&str> {
    let rest = ["- ", "– ", "— ", "• ", "* "].iter().find_map(|dash| text.strip_prefix(dash))?;
    Some(rest.trim_start())
}

impl FinalDocument {
    /// Tells of points that end with a colon and have nothing below them: of the last one of a list
    /// behind which neither a table nor a text follows, and of those of any list below.
    pub(super) fn led_nowhere(&self, at: &At<'_>) {
        for (place, section) in self.sections.iter().enumerate() {
            let follows = self.sections.get(place + 1).is_some_and(|next| next.heading.is_none());
            if let Body::Agenda(agenda) = &section.body {
                agenda.items.iter().for_each(|question| nowhere(&question.decided, at));
            }
            let Some(points) = section.body.points() else { continue };
            points.items.iter().for_each(|item| nowhere(&item.items, at));
            if let Some(last) = points.items.last().filter(|_| !follows) {
                nowhere(std::slice::from_ref(last), at);
            }
        }
    }
}

fn nowhere(items: &[Item], at: &At<'_>) {
    for item in items {
        let text = item.text.as_deref().filter(|_| item.items.is_empty() && item.table.is_none());
        if let Some(text) = text.map(str::trim_end).filter(|text| text.ends_with(':')) {
            let node = told(at.node, text).unwrap_or(at.node);
            item::leads_nowhere(text, &At { node, ..*at });
        }
    }
}

/// Where the data say a text, or end with it behind a number.
fn told<'a>(node: &'a DataNode, text: &str) -> Option<&'a DataNode> {
    match &node.value {
        DataValue::Scalar { text: own, .. } => own.trim_end().ends_with(text).then_some(node),
        DataValue::Seq(all) => all.iter().find_map(|node| told(node, text)),
        DataValue::Map(entries) => entries.iter().find_map(|(_, node)| told(node, text)),
        DataValue::Null => None,
    }
}
