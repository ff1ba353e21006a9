"""Readers that do not know the shapes of Word 2010 see the same text boxes.

    docx_fallback.py ITOG            ITOG is the program
    docx_fallback.py --prove ITOG    the same without the fallbacks, and with one that says something else: each must be seen

Of badges, place cards and the torture document two files are laid out by LibreOffice: as they are, and with what such a reader takes, the
fallbacks alone (Word 2007 does, and converters do that read VML). Both must have the same words on each page, and all but a few in the same
place: LibreOffice reads neither the lower edge nor the angle of a text box in VML. Exit status 1 if anything is wrong.
"""

import collections
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

import bbox
import office
import proof

CHOICE = re.compile(rb"<mc:AlternateContent><mc:Choice [^>]*>.*?</mc:Choice>(<mc:Fallback>(.*?)</mc:Fallback>)?</mc:AlternateContent>", re.S)
# The template and its data; how many of a hundred words may stand elsewhere.
DOCUMENTS = {
    "badge": ("badge", "templates/badge/sample.yaml", 10),
    "place-card": ("place-card", "templates/place-card/sample.yaml", 0),
    "torture": ("tests/conformance/torture", "tests/conformance/torture/sample.yaml", 10),
}
NEAR = 2.0


def rewritten(source, target, change):
    """A copy whose stories are changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            is_story = re.fullmatch(r"word/(document|header\d+|footer\d+)\.xml", name)
            new.writestr(name, change(part) if is_story else part)


def older(part):
    """What a reader takes that knows none of the choices."""
    return CHOICE.sub(lambda found: found[2] or b"", part)


def places(pdf):
    """For each page its words with where they begin."""
    return [[(word, x, y) for x, y, _, _, word in bbox.words(page)] for page in bbox.pages(pdf)]


def judge(good, other, elsewhere):
    """What differs between two PDFs of a document."""
    ours, theirs = places(good), places(other)
    if len(ours) != len(theirs):
        yield f"{len(theirs)} pages, not {len(ours)}"
        return
    moved = []
    for number, (one, two) in enumerate(zip(ours, theirs), 1):
        count = lambda words: collections.Counter(word for word, _, _ in words)
        if count(one) != count(two):
            yield f"page {number}: lost {count(one) - count(two)}, found {count(two) - count(one)}"
        near = lambda a, b: a[0] == b[0] and abs(a[1] - b[1]) < NEAR and abs(a[2] - b[2]) < NEAR
        moved += [word for word in one if not any(near(word, there) for there in two)]
    if len(moved) * 100 > elsewhere * sum(map(len, ours)):
        yield f"{len(moved)} words stand elsewhere: {moved[:5]}"


def files(itog, folder):
    """The documents, each with its file."""
    for name, (template, data, elsewhere) in DOCUMENTS.items():
        path = folder / "as-it-is" / f"{name}.docx"
        subprocess.run([itog, "render", data, "--template", template, "--to", "docx", "-o", path], check=True, capture_output=True)
        yield path, elsewhere


def main(itog, folder):
    made = list(files(itog, folder))
    (folder / "older").mkdir()
    for path, _ in made:
        rewritten(path, folder / "older" / path.name, older)
    for kind in ("as-it-is", "older"):
        office.to_pdf(sorted((folder / kind).glob("*.docx")), folder / kind, folder)
    bad = False
    for path, elsewhere in made:
        pdf = path.with_suffix(".pdf")
        faults = list(judge(pdf, folder / "older" / pdf.name, elsewhere))
        for fault in faults:
            print(f"{path.name}: {fault}")
        print(f"{'FAIL' if faults else 'ok'}   {path.name}: text boxes for older readers")
        bad = bad or bool(faults)
    return bad


def prove(itog, folder):
    path, elsewhere = next(files(itog, folder))
    without = lambda part: CHOICE.sub(b"", part)
    another = lambda part: older(part).replace("УЧАСТНИК".encode(), "ГОСТЬ".encode()).replace("Участник".encode(), "Гость".encode())
    for name, change in (("without", without), ("another", another)):
        rewritten(path, folder / f"{name}.docx", change)
    office.to_pdf([path, folder / "without.docx", folder / "another.docx"], folder, folder)
    seen = [
        proof.told(what, judge(folder / path.with_suffix(".pdf").name, folder / f"{name}.pdf", elsewhere))
        for what, name in (("a file without fallbacks", "without"), ("a fallback that says something else", "another"))
    ]
    return not all(seen)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        run = prove if sys.argv[1] == "--prove" else main
        sys.exit(run(pathlib.Path(sys.argv[-1]).absolute(), pathlib.Path(made)))
