"""python-docx goes on writing in DOCX files of ours as people do in Word, and LibreOffice shows what came of it.

    docx_editing.py ITOG            ITOG is the program
    docx_editing.py --prove ITOG    styles are spoiled before the editing: each must be seen

A point after a point, one a level below, a person among persons, a row in a table, a heading after a heading: each is given a style and nothing
else, as by who picks it from the gallery. It must have the number that comes next, stand where its neighbour stands, in the same face and size,
and the cells of the row must have the lines and the room of the row above. Whoever presses Enter after a heading must go on in the document's
own text, and no cell may say for itself what its table's style says. Exit status 1 if anything is wrong.
"""

import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

import docx
import yaml
from docx.oxml.ns import qn

import office
import proof

DATA = {
    "kind": "Итоговый документ",
    "event": {"name": "Семинар методистов"},
    "sections": [
        {"heading": "О работе клубов", "text": ["Участники обсудили работу клубов."], "points": [
            "Отметить **хорошую** работу клубов.",
            {"text": "Рекомендовать клубам:", "points": ["провести встречи в школах;", "выпустить сборник статей."]},
            "Опубликовать документ на сайте.",
        ]},
        {"type": "table", "caption": "План встреч", "columns": ["№", "Встреча", "Срок"],
         "rows": [["1", "Читательский клуб", "март"], ["2", "Семейный праздник", "апрель"], ["3", "Круглый стол", "май"]]},
    ],
}
# What is added: (what, the text that it comes after, its own text, what is shown).
ADDED = [
    ("a point after a point", "Опубликовать документ на сайте", "Добавить новый пункт в документ.", "4. Добавить новый пункт"),
    ("a point a level below", "выпустить сборник статей", "подготовить выставку рисунков.", "2.3. подготовить выставку"),
    ("a heading after a heading", "О работе клубов", "О новых встречах", "О новых встречах"),
]


def words(paragraph):
    return "".join(t.text or "" for t in paragraph.iter(qn("w:t"))).replace("\u00a0", " ")


def find(document, text):
    for paragraph in document.element.body.iter(qn("w:p")):
        if text in words(paragraph):
            return paragraph
    raise SystemExit(f"no paragraph has «{text}»")


def add_after(document, neighbour, text):
    """A paragraph of its neighbour's style, which says nothing else."""
    made = docx.oxml.OxmlElement("w:p")
    neighbour.addnext(made)
    paragraph = docx.text.paragraph.Paragraph(made, document._body)
    paragraph.add_run(text)
    made.get_or_add_pPr().style = neighbour.pPr.style


def lines(pdf):
    """The lines of text on all pages: page, text, left, height of the letters, face and colour."""
    out = subprocess.run(["pdftohtml", "-xml", "-stdout", "-i", "-nodrm", str(pdf)], capture_output=True, check=True).stdout
    root = tree.fromstring(re.sub(rb"<!DOCTYPE[^>]*>", b"", out))
    fonts = {f.get("id"): (f.get("size"), f.get("family").split("+")[-1], f.get("color")) for f in root.iter("fontspec")}
    rows = {}
    for number, page in enumerate(root.iter("page")):
        for text in page.iter("text"):
            bold = text.find(".//b") is not None
            rows.setdefault((number, int(text.get("top"))), []).append((int(text.get("left")), "".join(text.itertext()), (*fonts[text.get("font")], bold)))
    for (page, top), parts in sorted(rows.items()):
        parts.sort()
        yield {"page": page, "top": top, "left": parts[0][0], "text": " ".join(part[1] for part in parts).replace("\u00a0", " "), "look": parts[0][2], "parts": parts}


def line(found, text):
    plain = lambda text: re.sub(r"\s+", " ", text)
    return next((one for one in found if plain(text) in plain(one["text"])), None)


def ink(pdf, page):
    """Which dots of a page are dark, at 144 an inch."""
    import numpy
    from PIL import Image

    with tempfile.TemporaryDirectory() as made:
        subprocess.run(["pdftoppm", "-r", "144", "-gray", "-f", str(page + 1), "-l", str(page + 1), "-singlefile", "-png", str(pdf), f"{made}/page"], check=True)
        return numpy.asarray(Image.open(f"{made}/page.png").convert("L")) < 160


def upright(dark, top, bottom):
    """Where vertical lines stand that go through a band of the page."""
    band = dark[top:bottom].mean(axis=0) > 0.95
    return [at for at in range(1, len(band)) if band[at] and not band[at - 1]]


def table_faults(document, pdf, found):
    """The row that was added has the lines and the room of the one above."""
    old, new = line(found, "Круглый стол"), line(found, "Новая встреча")
    if new is None:
        yield "the row that was added is not shown"
        return
    if [part[0] for part in old["parts"]] != [part[0] for part in new["parts"]]:
        yield f"the words of the new row begin at {[p[0] for p in new['parts']]}, those above at {[p[0] for p in old['parts']]}"
    if [part[2] for part in old["parts"]] != [part[2] for part in new["parts"]]:
        yield f"the words of the new row look like {[p[2] for p in new['parts']]}, those above like {[p[2] for p in old['parts']]}"
    above = line(found, "Семейный праздник")
    if abs((new["top"] - old["top"]) - (old["top"] - above["top"])) > 1:
        yield f"the new row is {new['top'] - old['top']} below the one above, that one {old['top'] - above['top']}"
    dark = ink(pdf, new["page"])
    # pdftohtml counts in 108ths of an inch, the picture in 144ths.
    scale = 144 / 108
    at = lambda one: upright(dark, int(one["top"] * scale), int((one["top"] + 14) * scale))
    if not at(old) or at(old) != at(new):
        yield f"vertical lines beside the new row stand at {at(new)}, beside the one above at {at(old)}"


def styles_of(document):
    return {style.style_id: style for style in document.styles}


def said_twice(document):
    """What cells say that their table's style could."""
    for table in document.element.body.iter(qn("w:tbl")):
        style = table.tblPr.find(qn("w:tblStyle"))
        if style is None:
            continue
        cells = list(table.iter(qn("w:tc")))
        for name in ("w:tcBorders", "w:tcMar", "w:shd", "w:vAlign"):
            own = sum(cell.find(f"{qn('w:tcPr')}/{qn(name)}") is not None for cell in cells)
            if own * 2 > len(cells):
                yield f"{own} of {len(cells)} cells of a table say {name} themselves"


def followers(document):
    styles = styles_of(document)
    for name, wanted in (("Heading2", "Text"),):
        following = styles[name].next_paragraph_style.style_id
        if following != wanted:
            yield f"after {name} Enter begins {following}, not {wanted}"
    bold = [run for run in document.element.body.iter(qn("w:rPr")) if run.find(qn("w:rStyle")) is None and run.getparent().tag == qn("w:r")]
    if bold:
        yield f"{len(bold)} runs have direct formatting"


def edit(path, out):
    """The file with all that is added."""
    document = docx.Document(path)
    for _, after, text, _ in ADDED:
        add_after(document, find(document, after), text)
    table = next(t for t in document.tables if "Круглый стол" in "".join(c.text for r in t.rows for c in r.cells))
    last = table.rows[-1]
    row = table.add_row()
    for cell, above, text in zip(row.cells, last.cells, ("4", "Новая встреча", "июнь")):
        cell.paragraphs[0].style = above.paragraphs[0].style
        cell.paragraphs[0].add_run(text)
    document.save(out)
    return document


def judge(path, folder):
    """The faults of a file when people go on writing in it."""
    edited = folder / f"edited-{path.stem}.docx"
    before = docx.Document(path)
    yield from followers(before)
    yield from said_twice(before)
    document = edit(path, edited)
    office.to_pdf([edited], folder, folder)
    pdf = edited.with_suffix(".pdf")
    found = list(lines(pdf))
    for what, after, _, shown in ADDED:
        new, old = line(found, shown), line(found, after)
        if new is None:
            near = [one["text"] for one in found if shown.split(". ")[-1][:12] in one["text"]]
            yield f"{what}: «{shown}» is not shown, but {near}"
            continue
        if new["look"] != old["look"]:
            yield f"{what}: it looks like {new['look']}, its neighbour like {old['look']}"
        if "heading" not in what and new["left"] != old["left"]:
            yield f"{what}: it begins at {new['left']}, its neighbour at {old['left']}"
    yield from table_faults(document, pdf, found)


def render(itog, folder):
    data = folder / "editing.yaml"
    data.write_text(yaml.safe_dump(DATA, allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8")
    subprocess.run([itog, "render", data, "--to", "docx", "-o", folder / "editing.docx"], check=True, capture_output=True)
    return folder / "editing.docx"


# What is spoiled, where, and how.
SPOILED = {
    "a style without its number": ("word/styles.xml", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>', ""),
    "a level that is not the style's": ("word/styles.xml", '<w:ilvl w:val="1"/>', '<w:ilvl w:val="4"/>'),
    "a table without its style": ("word/document.xml", '<w:tblStyle w:val="DataTable"/>', ""),
    "another style after a heading": ("word/styles.xml", '<w:next w:val="Text"/>', '<w:next w:val="Normal"/>'),
    "a run that is bold by itself": ("word/document.xml", '<w:rStyle w:val="BoldChar"/>', "<w:b/>"),
    "a level that stands further in by itself": ("word/document.xml", '<w:pStyle w:val="Point2"/></w:pPr><w:r><w:t xml:space="preserve">вы', '<w:pStyle w:val="Point2"/><w:ind w:left="500"/></w:pPr><w:r><w:t xml:space="preserve">вы'),
    "a heading that is small in its style": ("word/document.xml", '<w:pStyle w:val="Heading2"/></w:pPr><w:r>', '<w:pStyle w:val="Heading2"/></w:pPr><w:r><w:rPr><w:sz w:val="20"/></w:rPr>'),
}


def prove(itog, folder):
    good, seen = render(itog, folder), []
    for number, (what, fault) in enumerate(SPOILED.items()):
        path = proof.spoiled(good, folder / f"spoiled-{number}.docx", *fault)
        seen.append(proof.told(what, judge(path, folder)))
    return not all(seen)


def main(itog, folder):
    faults = list(judge(render(itog, folder), folder))
    for fault in faults:
        print(fault)
    print(f"{'FAIL' if faults else 'ok'}   {len(ADDED)} paragraphs and a row added to a document")
    return bool(faults)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        run = prove if sys.argv[1] == "--prove" else main
        sys.exit(run(pathlib.Path(sys.argv[-1]).absolute(), pathlib.Path(made)))
