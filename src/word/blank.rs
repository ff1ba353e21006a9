//! A blank: a DOCX with expressions in it, read and compiled once, and filled any number of times.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use super::answers::{Answers, has_name};
use super::finish::Finisher;
use super::lists::StyleLists;
use super::package::Package;
use super::pieces::{ParagraphSpot, PartText, TableRow};
use super::tag::{CellTag, TagKind, WordTag};
use super::tree::{self, WordElement};
use super::{blocks, fields, write};
use crate::diag::{self, Diagnostic, Error, Message, Place, Sink, Source, Warned, say};
use crate::image::ImageStore;
use crate::lang::ru::Dictionary;
use crate::limits;
use crate::model::{self, Column, alias::normal};
use crate::template::{Extensions, Template, TemplatePart};

/// How wide a column is if its section does not say it: A4 with Word's usual margins, in twentieths
/// of a point.
const ROOM: i64 = 9354;

/// A DOCX with expressions, ready to be filled, in any number of threads.
#[derive(Clone)]
pub(crate) struct Blank {
    package: Package,
    template: Template,
    parts: Arc<[BlankPart]>,
    answers: Arc<Answers>,
    /// Those that no condition asks for before, with the place of the first, and whether it stands
    /// outside of all blocks.
    printed: Arc<[(String, Place, bool)]>,
    /// The highest number of a drawing in the file.
    drawings: u32,
}

/// A part with expressions.
struct BlankPart {
    name: String,
    /// Whether it has blocks, which may repeat what is in them or leave it out.
    blocks: bool,
    source: Arc<Source>,
    spots: Vec<ParagraphSpot>,
}

impl Blank {
    /// The bytes of all its parts.
    #[cfg(feature = "batch")]
    pub(crate) fn parts(&self) -> impl Iterator<Item = &[u8]> {
        self.package.parts()
    }

    /// Reads a DOCX; `name` is what the user calls it.
    ///
    /// # Errors
    /// Those of [`Package::read`], and all faults of its expressions.
    pub(crate) fn read(
        bytes: &[u8],
        name: &str,
        own: &Arc<Extensions>,
    ) -> Result<Warned<Self>, Error> {
        let package = Package::read(bytes)
            .map_err(|fault| fault.at(Place::new(Source::new(name, String::new()), 0..0)))?;
        let mut sink = Sink::new();
        let mut reading = BlankReading { room: ROOM, ..BlankReading::default() };
        // Faults of all parts are collected: whoever mends a blank wants to see them at once.
        for part in texts(&package) {
            reading.part(&package, part, name, &mut sink)?;
        }
        sink.extend(unfilled(&package, name));
        let BlankReading { parts, templates, tags, loose, drawings, .. } = reading;
        let most = limits::get().expressions;
        if tags.len() > most {
            let message = say!("the file has more than {limit} expressions", limit = most);
            sink.push(limits::reached("limit-expressions", message));
        }
        if sink.has_errors() {
            return Err(Error::Invalid(sink.into_vec()));
        }
        if tags.is_empty() {
            sink.push(without_tags(name));
        }
        let template = located(Template::of_parts(name, templates, own), &parts)?;
        sink.extend(template.warnings);
        let texts: Vec<&str> = tags.iter().map(|(tag, _)| tag.as_str()).collect();
        let answers = Answers::of(&template.value, &texts);
        let asked = template.value.asked();
        let plain =
            |name: &&String| !asked.conditions.contains(*name) && !asked.lists.contains(*name);
        let place = |name: &String| {
            let at = tags.iter().position(|(tag, _)| has_name(tag, name))?;
            Some((name.clone(), tags[at].1.clone(), loose[at]))
        };
        let printed = asked.names.iter().filter(plain).filter_map(place).collect();
        sink.finish(Self {
            package,
            template: template.value,
            parts: parts.into(),
            answers: Arc::new(answers),
            printed,
            drawings,
        })
    }

    /// The file with its tags as the template language has them, each where it belongs, to be read
    /// as markup.
    ///
    /// # Errors
    /// Those of [`Package::read`], and of tags that do not match.
    pub(crate) fn tagged(bytes: &[u8], name: &str) -> Result<Warned<Package>, Error> {
        let mut package = Package::read(bytes)
            .map_err(|fault| fault.at(Place::new(Source::new(name, String::new()), 0..0)))?;
        let mut sink = Sink::new();
        let mut reading = BlankReading { room: ROOM, ..BlankReading::default() };
        for part in texts(&package) {
            reading.part(&package, part, name, &mut sink)?;
        }
        for fault in reading.lost {
            sink.push(fault);
        }
        for part in reading.templates {
            package.put(&part.name, write::without_marks(&part.text).into_bytes());
        }
        sink.finish(package)
    }

    /// The same blank whose helpers know a dictionary of the user.
    #[must_use]
    pub(crate) fn with_dictionary(self, dictionary: Arc<Dictionary>) -> Self {
        Self { template: self.template.with_dictionary(dictionary), ..self }
    }

    /// Its expressions as a template.
    pub(crate) fn template(&self) -> &Template {
        &self.template
    }

    /// What it asks of the data.
    pub(crate) fn answers(&self) -> &Answers {
        &self.answers
    }

    /// Keys that are known and have no value: they leave holes in the text.
    fn holes(&self, data: &Value) -> Vec<Diagnostic> {
        // Within a block an empty text may be what the block was asked for.
        let empty = |(name, _, loose): &&(String, Place, bool)| {
            data.get(name).is_some_and(|value| value.is_null() || *loose && value == "")
        };
        let told = |(name, place, _): &(String, Place, bool)| {
            let message = say!("`{name}` has no value: nothing is printed there", name);
            let hint =
                say!("give it one in the data, or put `{{#if {name}}} … {{/if}}` around", name);
            // Under its name, so that those of a column are told together.
            let hole = Diagnostic::warning("word-no-value", message).at(place.clone()).hint(hint);
            hole.path(name.as_str())
        };
        self.printed.iter().filter(empty).map(told).collect()
    }

    /// The file filled with data; pictures come from the store.
    ///
    /// # Errors
    /// A name that the data do not have, a wrong argument of a helper, a picture that is missing.
    pub(crate) fn fill<T: Serialize + ?Sized>(
        &self,
        data: &T,
        images: &ImageStore,
    ) -> Result<Warned<Package>, Error> {
        let answered = || self.answers.answered(data);
        let data = answered()?;
        let mut sink = Sink::new();
        let holes = Warned { value: (), warnings: self.holes(&data) };
        sink.extend(located(Ok(holes), &self.parts)?.warnings);
        let notes = data.get("footnotes").cloned();
        let rendered = self.template.render_parts(data);
        let rendered = rendered.map_err(|error| self.all_missing(error, answered));
        let rendered = located(rendered, &self.parts)?;
        sink.extend(rendered.warnings);
        // The parts are shared, so that this copies a list, not a file.
        let mut package = self.package.clone();
        let mut finisher = Finisher::new(&mut package, images, self.drawings, notes.as_ref());
        for (part, text) in self.parts.iter().zip(rendered.value) {
            finisher.part(&part.name, text, part.blocks, &mut sink);
        }
        finisher.settle(&self.package);
        sink.finish(package)
    }
}

impl Blank {
    /// The fault of a name that the data do not have, and those of all others: whoever mends a
    /// blank wants to see them at once.
    fn all_missing(&self, first: Error, data: impl Fn() -> Result<Value, Diagnostic>) -> Error {
        let mut faults = first.into_diagnostics();
        let Ok(mut data) = data() else { return Error::Invalid(faults) };
        while let Some(name) = faults.last().and_then(missing_name)
            && let Value::Object(map) = &mut data
            && !map.contains_key(&name)
        {
            // With something in its place the next one is met. What that is not fit for stands
            // for itself, and is no fault of the blank.
            map.insert(name, Value::String(String::new()));
            match self.template.render_parts(data.clone()) {
                Err(error) => {
                    let next = error.into_diagnostics();
                    let missing = |fault: &Diagnostic| missing_name(fault).is_some();
                    faults.extend(next.into_iter().filter(missing));
                }
                Ok(_) => break,
            }
        }
        Error::Invalid(faults.into_iter().map(guessed).collect())
    }
}

/// The name that a fault says the data do not have.
fn missing_name(fault: &Diagnostic) -> Option<String> {
    if fault.code() != "template-variable" {
        return None;
    }
    let (name, value) = fault.message().values().first()?;
    match value {
        diag::Value::Text(key) if *name == "key" => Some(key.clone()),
        _ => None,
    }
}

/// A fault of a missing name, with what a column of that name would be taken for.
fn guessed(fault: Diagnostic) -> Diagnostic {
    let Some(name) = missing_name(&fault).filter(|name| !name.is_ascii()) else { return fault };
    let Some((column, _)) = Column::guess(&name) else { return fault };
    let known = model::keys().find(|(key, _)| Some(*key) == column.key());
    let tag = match (column.names(), known) {
        (true, _) => "ФИО",
        (false, Some((_, [russian, ..]))) if *russian != normal(&name) => russian,
        _ => return fault,
    };
    fault.hint(say!(
        "`{tag}` gives {what}; anything else needs a column of that name, or a key of the \
         common data",
        tag = format!("{{{{{tag}}}}}"),
        what = column.title()
    ))
}

/// A file that data change nothing of.
fn without_tags(name: &str) -> Diagnostic {
    let message = say!("the file has no expressions: each document will be the same");
    let place = Place::new(Source::new(name, String::new()), 0..0);
    let hint = say!("write names of the data in double braces, such as `{{ФИО}}`");
    Diagnostic::warning("word-empty", message).at(place).hint(hint)
}

/// What is known of a blank while its parts are read.
#[derive(Default)]
struct BlankReading {
    parts: Vec<BlankPart>,
    templates: Vec<TemplatePart>,
    /// The tags with their places.
    tags: Vec<(String, Place)>,
    /// Whether each of them stands outside of all blocks.
    loose: Vec<bool>,
    /// Of tags that a template of markup cannot have.
    lost: Vec<Diagnostic>,
    drawings: u32,
    /// The width of the column of the main part.
    room: i64,
    /// The styles that number by themselves.
    lists: Option<StyleLists>,
}

impl BlankReading {
    /// Reads one part; `file` is what the user calls the whole.
    // Over 60 lines: tags are taken, checked and written in one order, each step with its faults.
    fn part(
        &mut self,
        package: &Package,
        part: String,
        file: &str,
        sink: &mut Sink,
    ) -> Result<(), Diagnostic> {
        let bytes = package.part(&part).unwrap_or_default();
        let mut root = tree::read(bytes).map_err(|why| {
            let name = part.as_str();
            super::package::broken(say!("its part `{name}` cannot be read: {why}", name, why))
        })?;
        let is_main = part == package.main();
        if is_main {
            self.room = column(&root).unwrap_or(ROOM);
        }
        // Numbers of drawings are unique in the whole file, whichever part they stand in.
        self.drawings = self.drawings.max(highest_drawing(&root));
        // First what Word itself calls fields, so that the rest knows one kind of tag.
        let links = package.relations(&part);
        fields::unfold(&mut root, &links);
        let mut text = PartText::of(&mut root);
        blocks::raise(&mut root, &mut text);
        let lists = self.lists.get_or_insert_with(|| StyleLists::read(package));
        lists.write_out(&mut root, &text);
        let shown = match is_main {
            true => file.to_owned(),
            false => format!("{file}/{}", part.rsplit('/').next().unwrap_or_default()),
        };
        let source = Source::new(shown, text.plain.clone());
        let blocks = text.tags.iter().any(|tag| matches!(tag.kind, TagKind::Open(_)));
        let blank = BlankPart { name: part.clone(), blocks, source, spots: text.spots.clone() };
        for (fault, at) in &text.faults {
            let place = Place::new(Arc::clone(&blank.source), at.clone());
            let told = Diagnostic::error(fault.code, fault.message.clone()).at(place);
            let told = fault.hint.iter().cloned().fold(told, Diagnostic::hint);
            sink.push(blank.located(told));
        }
        strays(&text, &blank, sink);
        foreign(&text, &blank, sink);
        // A part without tags is copied as it is, byte for byte.
        if !text.changed {
            return Ok(());
        }
        let place = |tag: &WordTag| Place::new(Arc::clone(&blank.source), tag.at.clone());
        self.tags.extend(text.tags.iter().map(|tag| (tag.text.clone(), place(tag))));
        let mut depth = 0usize;
        for tag in &text.tags {
            depth -= usize::from(matches!(tag.kind, TagKind::Close(_))).min(depth);
            self.loose.push(depth == 0);
            depth += usize::from(matches!(tag.kind, TagKind::Open(_)));
        }
        self.lost.extend(without_counterpart(&text, &blank));
        let markup = write::write(&root, &text, self.room);
        self.templates.push(TemplatePart {
            name: part,
            source: Arc::clone(&blank.source),
            text: markup.text,
            places: markup.places,
            nesting: markup.nesting,
        });
        self.parts.push(blank);
        Ok(())
    }
}

/// What looks like a tag of another program, and is text here.
fn foreign(text: &PartText, blank: &BlankPart, sink: &mut Sink) {
    for (at, hint) in &text.doubts {
        let tag = text.plain.get(at.clone()).unwrap_or_default();
        let message = say!("`{tag}` is printed as it stands", tag);
        let place = Place::new(Arc::clone(&blank.source), at.clone());
        let doubt = Diagnostic::warning("word-foreign-tag", message).at(place).hint(hint.clone());
        sink.push(blank.located(doubt));
    }
}

/// Tags whose work a template of markup has no words for.
fn without_counterpart(text: &PartText, blank: &BlankPart) -> Vec<Diagnostic> {
    let told = text.tags.iter().filter_map(|tag| {
        let what = match tag.kind {
            TagKind::Cell(CellTag::Span) => say!("how many columns a cell takes"),
            TagKind::Cell(CellTag::Merge) => say!("that cells grow together"),
            TagKind::Cell(CellTag::Shade) if tag.text.contains('{') => {
                say!("the shading of a cell by its value")
            }
            _ => return None,
        };
        let message = say!("a template of markup does not take over {what}", what);
        let hint = say!("write it into `template.hbs`: `colspan`, `rowspan` or `style`");
        let place = Place::new(Arc::clone(&blank.source), tag.at.clone());
        Some(blank.located(Diagnostic::warning("word-tag", message).at(place).hint(hint)))
    });
    told.collect()
}

/// Tags that say something of a cell, and stand in none.
fn strays(text: &PartText, blank: &BlankPart, sink: &mut Sink) {
    for tag in text.tags.iter().filter(|tag| matches!(tag.kind, TagKind::Cell(_))) {
        let next = text.spots.partition_point(|spot| spot.start <= tag.at.start);
        let spot = next.checked_sub(1).and_then(|at| text.spots.get(at));
        if spot.is_some_and(|spot| spot.row.is_none()) {
            let place = Place::new(Arc::clone(&blank.source), tag.at.clone());
            let message = say!("the tag says something of a cell, and stands in none");
            let hint = say!("write it into a cell of a table");
            let fault = Diagnostic::error("word-tag", message).at(place).hint(hint);
            sink.push(blank.located(fault));
        }
    }
}

/// Faults of templates with the words for their place in the file.
fn located<T>(made: Result<Warned<T>, Error>, parts: &[BlankPart]) -> Result<Warned<T>, Error> {
    let told = |fault: Diagnostic| {
        let source = fault.place().map(|place| Arc::clone(&place.source));
        let of = |part: &&BlankPart| source.as_ref().is_some_and(|s| *s == part.source);
        match parts.iter().find(of) {
            Some(part) => part.located(fault),
            None => fault,
        }
    };
    match made {
        Ok(Warned { value, warnings }) => {
            Ok(Warned { value, warnings: warnings.into_iter().map(told).collect() })
        }
        Err(Error::Invalid(faults)) => Err(Error::Invalid(faults.into_iter().map(told).collect())),
        Err(other) => Err(other),
    }
}

impl BlankPart {
    /// A fault with a hint that tells the paragraph, the table and the part.
    fn located(&self, fault: Diagnostic) -> Diagnostic {
        let Some(at) = fault.place().map(|place| place.range.start) else { return fault };
        let next = self.spots.partition_point(|spot| spot.start <= at);
        let Some(spot) = next.checked_sub(1).and_then(|at| self.spots.get(at)) else {
            return fault;
        };
        let file = self.name.rsplit('/').next().unwrap_or_default();
        let number: String = file.chars().filter(char::is_ascii_digit).collect();
        let part: Option<Message> = match file.trim_end_matches(".xml") {
            name if name.starts_with("header") => Some(say!("header {number}", number)),
            name if name.starts_with("footer") => Some(say!("footer {number}", number)),
            name if name.starts_with("footnotes") => Some(say!("footnotes")),
            name if name.starts_with("endnotes") => Some(say!("endnotes")),
            _ => None,
        };
        // Counted as people count, from one.
        let paragraph = next;
        // Headers and notes are on many pages or on none that Word has marked.
        let fault = match spot.page.filter(|_| part.is_none()) {
            Some(page) => fault.hint(say!("in Word that is page {page}", page)),
            None => fault,
        };
        fault.hint(match (part, spot.row) {
            (None, None) => say!("it stands in paragraph {paragraph}", paragraph),
            (None, Some(TableRow { table, row })) => say!(
                "it stands in paragraph {paragraph}: table {table}, row {row}",
                paragraph,
                table,
                row
            ),
            (Some(part), None) => {
                say!("it stands in paragraph {paragraph} of {part}", paragraph, part)
            }
            (Some(part), Some(TableRow { table, row })) => say!(
                "it stands in paragraph {paragraph} of {part}: table {table}, row {row}",
                paragraph,
                part,
                table,
                row
            ),
        })
    }
}

/// Tags in parts that are not filled: charts, diagrams, the properties of the file.
fn unfilled(package: &Package, file: &str) -> Vec<Diagnostic> {
    let names = package.names().filter(|name| {
        let name = name.trim_start_matches("word/");
        ["charts/", "diagrams/data", "docProps/"].iter().any(|folder| name.starts_with(folder))
    });
    let told = |part: &str| {
        let text = String::from_utf8_lossy(package.part(part)?);
        let (_, rest) = text.split_once("{{")?;
        let (tag, _) = rest.split_once("}}")?;
        let tag = format!("{{{{{tag}}}}}");
        let message = say!("`{tag}` in the part `{part}` of the file is not filled", tag, part);
        let hint = say!("tags are filled in text, headers, notes, text boxes and descriptions");
        let place = Place::new(Source::new(file, String::new()), 0..0);
        Some(Diagnostic::warning("word-foreign-tag", message).at(place).hint(hint))
    };
    names.filter_map(told).collect()
}

/// The parts that hold text: the main one, and what it refers to.
fn texts(package: &Package) -> Vec<String> {
    let main = package.main().to_owned();
    let mut parts = vec![main.clone()];
    for kind in ["header", "footer", "footnotes", "endnotes"] {
        for part in package.related(&main, kind) {
            if package.part(&part).is_some() && !parts.contains(&part) {
                parts.push(part);
            }
        }
    }
    parts
}

/// The width of the text of the last section, in twentieths of a point.
fn column(root: &WordElement) -> Option<i64> {
    let body = root.elements().next()?.find("w:body")?;
    let section = body.find("w:sectPr")?;
    let number = |el: &str, name: &str| section.find(el)?.get(name)?.parse::<i64>().ok();
    let width = number("w:pgSz", "w:w")?;
    let margins = number("w:pgMar", "w:left")? + number("w:pgMar", "w:right")?;
    Some((width - margins).max(200))
}

fn highest_drawing(el: &WordElement) -> u32 {
    let own = match el.name.as_str() {
        "wp:docPr" => el.get("id").and_then(|id| id.parse().ok()).unwrap_or(0),
        _ => 0,
    };
    el.elements().map(highest_drawing).max().unwrap_or(0).max(own)
}

impl fmt::Debug for Blank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Blank").field("template", &self.template).finish_non_exhaustive()
    }
}
