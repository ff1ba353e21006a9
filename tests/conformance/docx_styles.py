"""python-docx finds what a Word user expects in the DOCX of the four example documents.

    docx_styles.py --prove FOLDER       spoils FOLDER/resolution.docx in six ways: each must be seen
    docx_styles.py FOLDER [MORE ...]    FOLDER/minimal.docx, final-document.docx, protocol.docx, resolution.docx; all DOCX files of MORE

Headings with their levels, points with their numbers, styles with Russian and English names, properties. In these files and in those of MORE,
in the body and its text boxes, in headers, footers and footnotes, no run says anything for itself, and no property is said by most
paragraphs of a style: the style could say it. The files of MORE are certificates, whose text steps down until it fits (`-itog-fit`): there the
sizes that a text came to, its letter-spacing among them, are its own. Exit status 1 if anything is wrong.
"""

import collections
import pathlib
import re
import sys
import tempfile

import docx
from docx.oxml.ns import qn

import proof

# Headings: (style, beginning of the text). Numbers: the first words of each numbered paragraph with the number that Word shows.
EXPECTED = {
    "minimal": {
        "title": "Итоговый документ: Семинар школьных библиотекарей",
        "date": None,
        "headings": [("Title", "ИТОГОВЫЙ ДОКУМЕНТ")],
        "numbers": [],
        "styles": {"Point"},
    },
    "final-document": {
        "title": "Итоговый документ: Ежегодное заседание Клуба деловых встреч методистов Кузбасса",
        "date": None,
        "headings": [("Title", "ИТОГОВЫЙ ДОКУМЕНТ")],
        "numbers": [
            "1. Выразить благодарность:", "— Шабалиной", "— Шелухиной", "— Егоровой", "— Малаевой", "— Матвеевой", "— Несмачных", "— Мартынушкиной",
            "2. Выразить благодарность коллективам:", "— Маяковской", "— Севской", "— Каменно-Ключевской", "— Трудармейской", "— Большеталдинской",
            "3. Ввести", "— Бехтеневу", "— Ткаченко", "— Кустову", "— Комарову", "— Малинову", "— Бойко", "— Гарбузову", "— Шмидт", "— Хмелевцеву",
            "4. Отметить", "5. Содействовать", "6. Подходить", "7. Стимулировать", "8. Активизировать", "9. Развивать", "10. Опубликовать",
            "11. Рекомендовать", "11.1. В случае", "11.2. Присылать", "11.3. Отслеживать", "12. Тему",
        ],
        "styles": {"EventName", "EventTheme", "EventDates", "Host", "PreambleText", "Point", "Person", "Collective"},
    },
    "protocol": {
        "title": "Протокол № 7: Общее собрание членов библиотечного клуба «Чтение без границ»",
        "date": "2025-03-14",
        "headings": [
            ("Title", "ПРОТОКОЛ № 7"), ("Heading2", "Присутствовали"), ("Heading2", "ПОВЕСТКА ДНЯ"), ("Heading3", "Отчёт о работе"),
            ("Heading3", "О составе правления"),
        ],
        "numbers": [
            "1. Отчёт", "2. О составе", "1. Отчёт", "2. О составе", "2.1. Избрать", "— Коваленко", "— Гёйченко", "2.2. Вывести", "2.3. Подготовить",
        ],
        "styles": {"Role", "AgendaLabel", "Speech", "Vote", "Terms", "SignaturePost", "SignatureName", "AppendixNumber", "TableHeading", "TableText"},
    },
    "resolution": {
        "title": "Резолюция № 3-Р: IV Межрегиональный форум сельских библиотек",
        "date": "2024-10-18",
        "headings": [("Title", "РЕЗОЛЮЦИЯ № 3-Р"), ("Heading2", "План мероприятий на 2025 год")],
        "numbers": [
            "1. Выразить", "— Рыжей", "— Шах-Назарову", "— ЕМЕЦ", "2. Выразить", "— Анжерской", "— Редакции", "3. Ввести", "— Кузнеца", "— Шевченко",
            "4. Рекомендовать", "4.1. Предусмотреть", "4.2. Утвердить", "а) в городских", "б) в муниципальных", "5. Рекомендовать", "5.1. Провести",
            "5.2. Обобщить", "6. Провести",
        ],
        "styles": {"Approval", "ApprovalPost", "Recital", "Resolves", "ESignature", "TableHeading", "TableText"},
    },
}
# What stepping down changes in a run.
FITTED = {"sz", "szCs", "spacing"}
# What belongs to the place of a paragraph and not to its style: what it stays with, too.
PLACE = {"pStyle", "numPr", "sectPr", "pageBreakBefore", "framePr", "keepNext"}
STORY = re.compile(r"/word/(document|header\d+|footer\d+|footnotes)\.xml")
LETTERS = "абвгдежзиклмнопрстуфхцчшщыэюя"


def local(node):
    return node.tag.rsplit("}", 1)[-1]


def words(paragraph):
    hyphen = qn("w:noBreakHyphen")
    return "".join("-" if t.tag == hyphen else t.text or "" for t in paragraph.iter(qn("w:t"), hyphen)).replace("\u00a0", " ")


def number_of(document, paragraph):
    """The `w:numPr` of a paragraph: its own, or its style's."""
    own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    style = paragraph.pPr.style if paragraph.pPr is not None else None
    if own is not None or style is None:
        return own
    styles = {style.style_id: style.element for style in document.styles}
    return styles[style].find(f"{qn('w:pPr')}/{qn('w:numPr')}")


def numbers(document, paragraphs):
    """Each numbered paragraph as Word shows it."""
    root = document.part.numbering_part.element
    lists = {node.get(qn("w:abstractNumId")): node for node in root.iter(qn("w:abstractNum"))}
    nums = {node.get(qn("w:numId")): node for node in root.iter(qn("w:num"))}
    counters, seen = {}, set()
    for paragraph in paragraphs:
        properties = number_of(document, paragraph)
        if properties is None:
            continue
        level, number = (int(properties.find(qn(name)).get(qn("w:val"))) for name in ("w:ilvl", "w:numId"))
        num = nums[str(number)]
        name = num.find(qn("w:abstractNumId")).get(qn("w:val"))
        levels = {int(l.get(qn("w:ilvl"))): l for l in lists[name].iter(qn("w:lvl"))}
        counts = counters.setdefault(name, {})
        for override in num.iter(qn("w:lvlOverride")):
            depth = int(override.get(qn("w:ilvl")))
            if (number, depth) not in seen and depth == level:
                seen.add((number, depth))
                counts[depth] = int(override.find(qn("w:startOverride")).get(qn("w:val"))) - 1
        counts[level] = counts.get(level, int(levels[level].find(qn("w:start")).get(qn("w:val"))) - 1) + 1
        for deeper in [depth for depth in counts if depth > level]:
            del counts[deeper]
        text = levels[level].find(qn("w:lvlText")).get(qn("w:val"))
        for depth in range(level + 1):
            kind = levels[depth].find(qn("w:numFmt")).get(qn("w:val"))
            value = counts.get(depth, 0)
            text = text.replace(f"%{depth + 1}", LETTERS[value - 1] if kind == "russianLower" else str(value))
        yield f"{text} {words(paragraph)}"


def judge(path, expected):
    document = docx.Document(path)
    paragraphs = list(document.element.body.iter(qn("w:p")))
    styles = {style.style_id: style for style in document.styles}
    core = document.core_properties
    created = core.created.date().isoformat() if core.created else None
    for what, found, wanted in [("title", core.title, expected["title"]), ("language", core.language, "ru-RU"), ("date", created, expected["date"])]:
        if wanted is not None and found != wanted:
            yield f"the {what} is {found!r}, not {wanted!r}"

    style_of = lambda p: p.pPr.style if p.pPr is not None and p.pPr.style else "Normal"
    used = {}
    for paragraph in paragraphs:
        used.setdefault(style_of(paragraph), []).append(paragraph)
    headings = [(style_of(p), words(p)) for p in paragraphs if style_of(p) == "Title" or style_of(p).startswith("Heading")]
    if len(headings) != len(expected["headings"]) or any(
        s != style or not text.startswith(begin) for (s, text), (style, begin) in zip(headings, expected["headings"])
    ):
        yield f"the headings are {headings}"
    for style in [style for style in used if style.startswith("Heading")]:
        if styles[style].element.pPr.find(qn("w:outlineLvl")) is None:
            yield f"{style} has no outline level"

    has_numbers = any(number_of(document, p) is not None for p in paragraphs)
    found = list(numbers(document, paragraphs)) if has_numbers else []
    if len(found) != len(expected["numbers"]) or any(not f.startswith(w) for f, w in zip(found, expected["numbers"])):
        yield f"the numbered paragraphs are {[f[:24] for f in found]}"

    for style in sorted(expected["styles"] - used.keys()):
        yield f"no paragraph has the style {style}"
    for style in used:
        names = [styles[style].element.name_val, *(a.get(qn("w:val")) for a in styles[style].element.iter(qn("w:aliases")))]
        text = " ".join(names)
        if style != "Normal" and (not any("а" <= c <= "я" for c in text.lower()) or not any("a" <= c <= "z" for c in text.lower())):
            yield f"the style {style} has no Russian and English name: {names}"


def value(node):
    """A property as it is written."""
    return sorted(node.attrib.items()), [value(child) for child in node]


def direct(path, fitted):
    """What paragraphs and runs say for themselves that their styles could say."""
    said, count = collections.defaultdict(collections.Counter), collections.Counter()
    for part in docx.Document(path).part.package.iter_parts():
        if not STORY.fullmatch(part.partname):
            continue
        for paragraph in docx.oxml.parse_xml(part.blob).iter(qn("w:p")):
            if not words(paragraph).strip():
                continue
            properties = paragraph.find(qn("w:pPr"))
            properties = [] if properties is None else list(properties)
            style = next((p.get(qn("w:val")) for p in properties if local(p) == "pStyle"), "Normal")
            count[style] += 1
            for p in properties:
                if local(p) not in PLACE:
                    said[style][f"{local(p)} {value(p)}"] += 1
            runs = [r for r in paragraph.iter(qn("w:r")) if next(r.iterancestors(qn("w:p"))) is paragraph]
            own = {local(c) for r in runs for p in r.findall(qn("w:rPr")) for c in p} - {"rStyle"} - (FITTED if fitted else set())
            if own:
                yield f"runs of «{words(paragraph)[:30]}» say {own} themselves"
    for style, properties in said.items():
        for name, times in properties.items():
            if fitted and name.startswith("rPr "):
                continue
            if style != "Spacer" and times * 2 > count[style]:
                yield f"{times} of {count[style]} paragraphs of the style {style} say {name} themselves"


def main(folder, *more):
    bad = False
    judged = [(pathlib.Path(folder, f"{name}.docx"), expected) for name, expected in EXPECTED.items()]
    judged += [(path, None) for other in more for path in sorted(pathlib.Path(other).glob("*.docx"))]
    for path, expected in judged:
        faults = list(direct(path, expected is None)) + (list(judge(path, expected)) if expected else [])
        for fault in faults:
            print(f"{path.stem}: {fault}")
        print(f"{'FAIL' if faults else 'ok'}   {path.name}: {'headings, numbers, names, properties, ' if expected else ''}formatting by styles")
        bad = bad or bool(faults)
    return bad


# What is spoiled, where, and how.
SPOILED = {
    "another title": ("docProps/core.xml", "<dc:title>", "<dc:title>Об "),
    "a heading that is none": ("word/document.xml", '<w:pStyle w:val="Title"/>', ""),
    "a list that begins with another number": ("word/numbering.xml", '<w:start w:val="1"/>', '<w:start w:val="7"/>'),
    "a style without its Russian name": ("word/styles.xml", '<w:name w:val="Мотивировка"/>', '<w:name w:val="Recital"/>'),
    "a run that is bold by itself": ("word/document.xml", "<w:r><w:t", "<w:r><w:rPr><w:b/></w:rPr><w:t"),
    "a paragraph of no style that it needs": ("word/document.xml", '<w:pStyle w:val="Resolves"/>', '<w:pStyle w:val="Recital"/>'),
}


def prove(folder):
    good, expected = pathlib.Path(folder, "resolution.docx"), EXPECTED["resolution"]
    seen = []
    with tempfile.TemporaryDirectory() as made:
        for what, fault in SPOILED.items():
            path = proof.spoiled(good, pathlib.Path(made, "spoiled.docx"), *fault)
            seen.append(proof.told(what, [*direct(path, False), *judge(path, expected)]))
    return not all(seen)


if __name__ == "__main__":
    sys.exit(prove(sys.argv[2]) if sys.argv[1] == "--prove" else main(*sys.argv[1:]))
