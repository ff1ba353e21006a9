"""Blanks made by another program (python-docx), filled by ours, and judged.

    word.py ITOG           fills the blanks of `word_shapes.py` and two more; the audits find nothing that the blanks did not have, all parts without expressions are the same
                           bytes, LibreOffice opens the files
    word.py --prove ITOG   spoils a filled file: it must be seen

Exit status 1 if anything is wrong.
"""

import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

from docx.shared import Mm

import docx_files
import office
import word_parts
import word_shapes

ROOT = pathlib.Path(__file__).resolve().parents[2]
MARK = ROOT / "tests/word/mark.png"
# What filling may touch besides the parts that hold expressions.
TOUCHED = re.compile(r"\[Content_Types\]\.xml|docProps/core\.xml|word/(document|numbering|settings)\.xml|.*\.rels")


def order(path):
    """An order: a heading, a cut tag, a list, a table, a picture, running titles."""
    blank = word_parts.empty()
    blank.add_heading("Приказ {{number}}", 1)
    paragraph = blank.add_paragraph("Наградить ")
    for piece in ["{", "{name", " recipient “dat”", "}}"]:
        paragraph.add_run(piece).bold = True
    paragraph.add_run(" за {{for}}.")
    for text in ["{{#each points}}", "{{text}} {{#if by}}Ответственный — {{initials by}}.{{/if}}", "{{/each}}"]:
        blank.add_paragraph(text, style="List Number")
    table = blank.add_table(rows=2, cols=3)
    table.style = "Table Grid"
    for row, texts in zip(table.rows, [["№", "ФИО", "Школа"], ["{{#each people}}{{add @index 1}}", "{{name}}", "{{school}}{{/each}}"]]):
        for cell, text in zip(row.cells, texts):
            cell.text = text
    paragraph = blank.add_paragraph()
    paragraph.add_run().add_picture(str(MARK), width=Mm(30))
    paragraph._p.xpath(".//wp:docPr")[0].set("descr", "{{picture logo}}")
    blank.add_paragraph("{{picture logo}}")
    section = blank.sections[0]
    section.header.paragraphs[0].text = "{{organization}}"
    section.footer.paragraphs[0].text = "Приказ {{number}}"
    blank.save(path)


def letter(path):
    """A letter in Russian words: a condition over paragraphs, a loop in the line."""
    blank = word_parts.empty()
    for text in [
        "{{кому дат}}",
        "{{если обращение}}",
        "{{обращение}}",
        "{{иначе}}",
        "Уважаемые коллеги!",
        "{{конец}}",
        "Приглашаем: {{для каждого людей}}{{ФИО вин}}{{#unless @last}}, {{/unless}}{{конец}}.",
        "{{текст}}",
    ]:
        blank.add_paragraph(text)
    blank.save(path)


DATA = """
number: 12-о
recipient: Егорова Татьяна Вячеславовна
кому: Егорова Татьяна Вячеславовна
обращение: ""
текст: "Первый абзац, **важный**.\\n\\nВторой, см. https://example.org."
for: "**победу** в конкурсе\\nи участие"
points:
  - {text: Провести семинар., by: Орлов Пётр Ильич}
  - {text: Контроль оставляю за собой., by: ""}
people:
  - {name: Ким Юлия Олеговна, school: "№ 7"}
  - {name: Орлов Пётр Ильич, school: "№ 5"}
organization: МБУ «Библиотека»
logo: mark.png
"""


def faults(blank, filled):
    """What is wrong with a filled file that was not wrong with its blank."""
    found = list(docx_files.audit(filled))
    known = docx_files.audit(blank) if found else []
    yield from sorted({*found} - {*known})
    with zipfile.ZipFile(blank) as before, zipfile.ZipFile(filled) as after:
        for name in before.namelist():
            bytes_ = before.read(name)
            if b"{{" not in bytes_ and not TOUCHED.fullmatch(name) and after.read(name) != bytes_:
                yield f"{name} is not the same"
        for name in after.namelist():
            if name.endswith(".xml") and b"{{" in after.read(name):
                yield f"{name} still has a tag"


def main(itog, prove):
    bad = False
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "mark.png").write_bytes(MARK.read_bytes())
        (folder / "data.yaml").write_text(DATA, encoding="utf-8")
        (folder / "shapes.yaml").write_text(word_shapes.DATA, encoding="utf-8")
        blanks = {make.__name__: ("data", make) for make in [order, letter]}
        if not prove:
            blanks |= {name: ("shapes", lambda path, make=make: make().save(path)) for name, make in word_shapes.SHAPES.items()}
        made = []
        for name, (data, make) in blanks.items():
            blank, filled = folder / f"{name}.docx", folder / "out" / f"{name}.docx"
            make(blank)
            subprocess.run([itog, "render", folder / f"{data}.yaml", "--template", blank, "--to", "docx", "-o", filled], check=True, stdout=subprocess.DEVNULL)
            made.append((blank, filled))
        if prove:
            blank, filled = made[0]
            text = filled.read_bytes()
            with zipfile.ZipFile(filled) as package:
                parts = {name: package.read(name) for name in package.namelist()}
            parts["word/styles.xml"] += b" "
            with zipfile.ZipFile(filled, "w") as package:
                for name, bytes_ in parts.items():
                    package.writestr(name, bytes_)
            seen = list(faults(blank, filled))
            filled.write_bytes(text)
            print("seen" if seen else "not seen: a part that was changed")
            return bool(seen)
        for blank, filled in made:
            for fault in faults(blank, filled):
                print(f"{filled.name}: {fault}")
                bad = True
        for fault in docx_files.integrity([filled for _, filled in made]):
            print(fault)
            bad = True
        office.to_pdf([filled for _, filled in made], folder / "pdf", folder)
        for _, filled in made:
            if not docx_files.pages(folder / "pdf" / f"{filled.stem}.pdf"):
                print(f"{filled.name}: LibreOffice makes no pages of it")
                bad = True
    print("bad" if bad else f"{len(made)} blanks filled")
    return not bad


if __name__ == "__main__":
    prove = "--prove" in sys.argv
    sys.exit(0 if main(pathlib.Path([a for a in sys.argv[1:] if a != "--prove"][0]).resolve(), prove) else 1)
