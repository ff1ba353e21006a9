//! PDF/UA-2 and PDF/A-4, clause by clause: a checklist of our own, since no validator for them is
//! at hand. Each point is tried on a file that breaks it.

use std::collections::BTreeMap;

use itog::diag::Sink;
use itog::internals::pdf::{Merge, SharedResources};
use itog::model::{self, Format};
use itog::{EmbeddedFile, Engine, Files, PdfOptions, Standard};
use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

const PDF2: &[u8] = b"http://iso.org/pdf2/ssn";
const PDF1: &[u8] = b"http://iso.org/pdf/ssn";

/// The types of PDF 2.0's namespace that we write (ISO 32000-2, 14.8.4).
const TYPES: [&str; 28] = [
    "Document", "Part", "Sect", "P", "H1", "H2", "H3", "H4", "H5", "H6", "FENote", "Lbl", "Span",
    "Em", "Strong", "Link", "L", "LI", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody",
    "TFoot", "Caption", "Figure",
];

/// Types of PDF 1.7 alone (ISO 32000-2, table L.1), without `Note`, which PDF/UA-2 takes away.
const OLDER: [&str; 4] = ["Art", "BlockQuote", "Quote", "Code"];

const TEMPLATE: &str = r##"<html lang="ru"><head><title>Проба</title>
<style>
.n { float: footnote } ul { list-style: "— " } ol { list-style: decimal }
@page { @bottom-center { content: counter(page) } }
</style></head><body>
<h1 id="top">Итоги</h1>
<p>Слово<span class="n">Сноска первая.</span> и <strong>ещё</strong> <em>одно</em><span
class="n">Вторая.</span>, см. <a href="#end">конец</a> и <a href="https://example.org">сайт</a>.</p>
<ul><li>первое;</li><li>второе.</li></ul><ol><li>раз</li></ol>
<table><thead><tr><th>Кто</th><th>Что</th></tr></thead><tbody>
<tr><td>Ким</td><td>Доклад</td></tr></tbody></table>
<blockquote>Цитата с <code>кодом</code> и <q>кавычками</q>.</blockquote>
<h2 id="end">Конец</h2><article><p>{{kind}}</p></article>
</body></html>"##;

const DATA: &str = "kind: Решение\nevent: Совет\nrecommendations: [Провести]\n";

fn made(options: &PdfOptions) -> Document {
    let files = Files::memory([("template.hbs".to_owned(), TEMPLATE.as_bytes().to_vec())]);
    let design = Engine::new().load_files("probe", files).unwrap().value;
    let data = model::read(DATA.as_bytes(), "a.yaml", Format::Yaml).unwrap().value;
    let written = design.compose(&data).unwrap().value.to_pdf(options).unwrap();
    assert!(written.warnings.is_empty(), "{:?}", written.warnings);
    Document::load_mem(&written.value).unwrap()
}

fn options() -> PdfOptions {
    PdfOptions::default().with_standard(Standard::Ua2)
}

/// The structure elements by their numbers.
fn elements(document: &Document) -> BTreeMap<ObjectId, &Dictionary> {
    let dicts =
        document.objects.iter().filter_map(|(id, object)| Some((*id, object.as_dict().ok()?)));
    dicts.filter(|(_, dict)| name(dict, b"Type") == Some(b"StructElem")).collect()
}

fn name<'a>(dict: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
    dict.get(key).and_then(Object::as_name).ok()
}

fn namespace<'a>(document: &'a Document, element: &'a Dictionary) -> Option<&'a [u8]> {
    let (_, namespace) = document.dereference(element.get(b"NS").ok()?).ok()?;
    namespace.as_dict().ok()?.get(b"NS").and_then(Object::as_str).ok()
}

fn packet(document: &Document) -> String {
    let metadata = document.catalog().unwrap().get(b"Metadata").unwrap();
    let stream = document.dereference(metadata).unwrap().1.as_stream().unwrap();
    String::from_utf8(stream.content.clone()).unwrap()
}

/// The elements that an element refers to.
fn refers(element: &Dictionary) -> Vec<ObjectId> {
    let list = element.get(b"Ref").and_then(Object::as_array).map_or(&[][..], Vec::as_slice);
    list.iter().filter_map(|one| one.as_reference().ok()).collect()
}

/// Whether a list has labels, which it then must not call none (ISO 14289-2, 8.2.5.25).
fn list_is_right(document: &Document, list: &Dictionary) -> bool {
    let numbering = list.get(b"A").ok().and_then(|a| document.dereference(a).ok());
    let numbering = numbering.and_then(|(_, a)| name(a.as_dict().ok()?, b"ListNumbering"));
    numbering.is_some_and(|numbering| numbering != b"None")
}

/// The clauses that a file breaks.
// Over 60 lines: a line or two for each clause.
fn broken(document: &Document) -> Vec<&'static str> {
    let mut broken = Vec::new();
    let mut ask = |clause: &'static str, right: bool| {
        if !right {
            broken.push(clause);
        }
    };
    let catalog = document.catalog().unwrap();
    let elements = elements(document);
    let packet = packet(document);
    let has = |key: &[u8]| catalog.has(key);
    let files = has(b"AF");
    ask("ISO 19005-4, 6.1.2: header", document.version == "2.0");
    ask("ISO 19005-4, 6.1.3: no Info", !document.trailer.has(b"Info"));
    ask("ISO 19005-4, 6.1.3: identifier", document.trailer.has(b"ID"));
    ask("ISO 19005-4, 6.2.2: output intent", has(b"OutputIntents"));
    let level = packet.contains("<pdfaid:conformance>F</pdfaid:conformance>");
    let part = "<pdfaid:part>4</pdfaid:part><pdfaid:rev>2020</pdfaid:rev>";
    ask("ISO 19005-4, 6.7.3: part and level", packet.contains(part) && level == files);
    ask(
        "ISO 14289-2, 5: part and revision",
        packet.contains("<pdfuaid:part>2</pdfuaid:part><pdfuaid:rev>2024</pdfuaid:rev>"),
    );
    ask("ISO 14289-2, 8.2.1: marked", has(b"MarkInfo"));
    ask("ISO 14289-2, 8.4.4: language", has(b"Lang"));
    ask("ISO 14289-2, 8.11.1: title", packet.contains("<dc:title>"));
    ask("ISO 14289-2, 8.11.2: title bar", has(b"ViewerPreferences"));
    let (root_id, root) = {
        let root = catalog.get(b"StructTreeRoot").unwrap();
        let (id, root) = document.dereference(root).unwrap();
        (id.unwrap(), root.as_dict().unwrap())
    };
    let tops: Vec<_> = elements
        .values()
        .filter(|element| element.get(b"P").and_then(Object::as_reference).ok() == Some(root_id))
        .collect();
    let whole = tops.len() == 1
        && name(tops[0], b"S") == Some(b"Document")
        && namespace(document, tops[0]) == Some(PDF2);
    ask("ISO 14289-2, 8.2.5.2: one document", whole);
    ask("ISO 32000-2, 14.7.4: namespaces", root.has(b"Namespaces"));
    let standard = elements.values().all(|element| {
        let kind = String::from_utf8_lossy(name(element, b"S").unwrap_or_default()).into_owned();
        match namespace(document, element) {
            Some(PDF2) => TYPES.contains(&&*kind),
            Some(PDF1) => OLDER.contains(&&*kind),
            _ => false,
        }
    });
    ask("ISO 14289-2, 8.2.4: standard types", standard);
    let of = |kind: &'static [u8]| {
        elements.iter().filter(move |(_, element)| name(element, b"S") == Some(kind))
    };
    let both_ways = of(b"FENote").all(|(id, note)| {
        let calls = refers(note);
        !calls.is_empty()
            && calls.iter().all(|call| elements.get(call).is_some_and(|c| refers(c).contains(id)))
    });
    ask("ISO 14289-2, 8.2.5.14: notes and their calls", both_ways);
    ask("ISO 14289-2, 8.2.5.25: lists", of(b"L").all(|(_, list)| list_is_right(document, list)));
    let scopes = of(b"TH").all(|(_, cell)| cell.has(b"A"));
    ask("ISO 14289-2, 8.2.5.26: header cells", scopes);
    let leads = document.objects.values().filter_map(|object| object.as_dict().ok()).all(|dict| {
        let action = dict.get(b"A").and_then(Object::as_dict).ok();
        let goes = action.filter(|action| name(action, b"S") == Some(b"GoTo"));
        let within = goes.is_none_or(|action| {
            let place = action.get(b"SD").and_then(Object::as_array).ok();
            let element = place.and_then(|place| place.first()?.as_reference().ok());
            element.is_some_and(|element| elements.contains_key(&element))
        });
        !dict.has(b"Dest") && within
    });
    ask("ISO 14289-2, 8.8: structure destinations", leads);
    let tabs = document.page_iter().all(|page| document.get_dictionary(page).unwrap().has(b"Tabs"));
    ask("ISO 14289-2, 8.9.3.3: tab order", tabs);
    broken
}

#[test]
fn the_checklist_finds_nothing() {
    let document = made(&options());
    assert_eq!(broken(&document), Vec::<&str>::new());
    let kinds: Vec<_> = elements(&document).values().filter_map(|e| name(e, b"S")).collect();
    for kind in
        ["FENote", "Strong", "Em", "Table", "TH", "L", "Link", "BlockQuote", "Quote", "Code"]
    {
        assert!(kinds.contains(&kind.as_bytes()), "{kind}");
    }
}

#[test]
fn with_its_data_the_file_is_of_level_f() {
    let options = options().with_attachment(EmbeddedFile::source("a.yaml", DATA));
    let document = made(&options);
    assert_eq!(broken(&document), Vec::<&str>::new());
    assert!(packet(&document).contains("<pdfaid:conformance>F</pdfaid:conformance>"));
}

#[test]
fn a_merged_file_is_one_document() {
    let files = Files::memory([("template.hbs".to_owned(), TEMPLATE.as_bytes().to_vec())]);
    let design = Engine::new().load_files("probe", files).unwrap().value;
    let data = model::read(DATA.as_bytes(), "a.yaml", Format::Yaml).unwrap().value;
    let pages = design.compose(&data).unwrap().value.to_pages().unwrap().value;
    let (options, shared) = (options(), SharedResources::new(&[&pages]));
    let (mut file, mut sink) = (Vec::new(), Sink::new());
    let mut merge = Merge::new(&mut file, &options);
    for title in ["Первый", "Второй"] {
        merge.push(shared.fragment(&pages, &options, title, &mut sink)).unwrap();
    }
    merge.finish(&pages.meta).unwrap();
    assert!(sink.all().is_empty(), "{:?}", sink.all());
    let document = Document::load_mem(&file).unwrap();
    assert_eq!(broken(&document), Vec::<&str>::new());
    let all = elements(&document);
    let documents = all.values().filter(|element| name(element, b"S") == Some(b"Document"));
    assert_eq!(documents.count(), 3);
}

/// A fault that breaks a clause.
type Fault = fn(&mut Document);

fn each(document: &mut Document, kind: &[u8], mut change: impl FnMut(&mut Dictionary)) {
    for object in document.objects.values_mut() {
        if let Object::Dictionary(dict) = object
            && name(dict, b"S") == Some(kind)
        {
            change(dict);
        }
    }
}

fn in_packet(document: &mut Document, from: &str, to: &str) {
    let id = document.catalog().unwrap().get(b"Metadata").and_then(Object::as_reference).unwrap();
    let stream = document.get_object_mut(id).and_then(Object::as_stream_mut).unwrap();
    let text = String::from_utf8(stream.content.clone()).unwrap();
    assert!(text.contains(from));
    stream.content = text.replace(from, to).into_bytes();
}

#[test]
fn each_point_of_the_checklist_can_fail() {
    let faults: [(&str, Fault); 14] = [
        ("6.1.2", |d| d.version = "1.7".to_owned()),
        ("6.1.3: no Info", |d| d.trailer.set("Info", dictionary! {})),
        ("6.2.2", |d| _ = d.catalog_mut().unwrap().remove(b"OutputIntents")),
        ("6.7.3", |d| in_packet(d, "<pdfaid:part>4", "<pdfaid:part>2")),
        ("14289-2, 5", |d| in_packet(d, "<pdfuaid:part>2", "<pdfuaid:part>1")),
        ("8.4.4", |d| _ = d.catalog_mut().unwrap().remove(b"Lang")),
        ("8.2.1", |d| _ = d.catalog_mut().unwrap().remove(b"MarkInfo")),
        ("8.2.5.2", |d| each(d, b"Document", |e| e.set("S", "Part"))),
        ("8.2.4", |d| each(d, b"Strong", |e| _ = e.remove(b"NS"))),
        ("8.2.5.14", |d| each(d, b"FENote", |e| _ = e.remove(b"Ref"))),
        ("8.2.5.25", |d| each(d, b"L", |e| _ = e.remove(b"A"))),
        ("8.2.5.26", |d| each(d, b"TH", |e| _ = e.remove(b"A"))),
        ("8.8", |d| {
            for object in d.objects.values_mut() {
                let action = object.as_dict_mut().and_then(|dict| dict.get_mut(b"A"));
                _ = action.and_then(Object::as_dict_mut).map(|action| action.remove(b"SD"));
            }
        }),
        ("8.9.3.3", |d| {
            for page in d.page_iter().collect::<Vec<_>>() {
                d.get_object_mut(page).and_then(Object::as_dict_mut).unwrap().remove(b"Tabs");
            }
        }),
    ];
    for (clause, sow) in faults {
        let mut document = made(&options());
        sow(&mut document);
        let broken = broken(&document);
        assert!(broken.iter().any(|one| one.contains(clause)), "{clause}: {broken:?}");
    }
}
