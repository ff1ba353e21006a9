"""Reads every number of the documents in numbered/ from the PDF's text and from Word's own numbering, and holds both to the list at the head of each document.

    numbered.py ITOG
    numbered.py --prove ITOG    takes the numbers of the wrong lines for right, and lets a list begin with 7: each must be seen
"""
import collections, pathlib, re, subprocess, sys, tempfile, zipfile
import xml.etree.ElementTree as ET

import proof

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LABEL = r"(?:\d+(?:\.\d+)*[.)]|[а-яa-z]\)|(?:Раздел |Глава )?[IVXLC]+\.|[–—•])"


def plain(text):
    return re.sub(r"\s+", " ", re.sub("[\u00ad\u2060]", "", text)).strip()


def value(element, name, default=None):
    found = None if element is None else element.find(W + name)
    return default if found is None else found.get(W + "val", default)


def counted(number, form):
    letters = {"russianLower": "абвгдежзиклмнопрстуфхцчшщыэюя", "lowerLetter": "abcdefghijklmnopqrstuvwxyz"}.get(form)
    if letters:
        return letters[(number - 1) % len(letters)] * ((number - 1) // len(letters) + 1)
    if form in ("upperRoman", "lowerRoman"):
        roman = ""
        for size, sign in zip((50, 40, 10, 9, 5, 4, 1), "L XL X IX V IV I".split()):
            while number >= size:
                roman, number = roman + sign, number - size
        return roman if form == "upperRoman" else roman.lower()
    return str(number)


class Word:
    """The paragraphs of a DOCX with the labels that Word counts for them (ECMA-376, 17.9)."""

    def __init__(self, path):
        self.zip = zipfile.ZipFile(path)
        read = lambda name: ET.fromstring(self.zip.read(name)) if name in self.zip.namelist() else ET.Element("none")
        self.styles = {s.get(W + "styleId"): s for s in read("word/styles.xml").iter(W + "style")}
        numbering = read("word/numbering.xml")
        abstract = {a.get(W + "abstractNumId"): {int(l.get(W + "ilvl")): l for l in a.iter(W + "lvl")} for a in numbering.iter(W + "abstractNum")}
        self.nums = {}
        for num in numbering.iter(W + "num"):
            key = value(num, "abstractNumId")
            starts = {int(o.get(W + "ilvl")): int(value(o, "startOverride")) for o in num.iter(W + "lvlOverride") if value(o, "startOverride")}
            self.nums[num.get(W + "numId")] = (key, abstract[key], starts)
        self.counts, self.waiting = collections.defaultdict(dict), {}
        self.paragraphs = [(self.label(p), plain("".join(t.text or "" for t in p.iter(W + "t")))) for p in read("word/document.xml").iter(W + "p")]

    def properties(self, paragraph):
        own = paragraph.find(W + "pPr")
        if own is not None:
            yield own
        style = value(own, "pStyle")
        while style in self.styles:
            if self.styles[style].find(W + "pPr") is not None:
                yield self.styles[style].find(W + "pPr")
            style = value(self.styles[style], "basedOn")

    def label(self, paragraph):
        found = [n for n in (p.find(W + "numPr") for p in self.properties(paragraph)) if n is not None]
        num = next((value(n, "numId") for n in found if value(n, "numId") is not None), None)
        level = int(next((value(n, "ilvl") for n in found if value(n, "ilvl") is not None), 0))
        if num not in self.nums or level not in self.nums[num][1]:
            return ""
        key, levels, starts = self.nums[num]
        count, waiting = self.counts[key], self.waiting.setdefault(num, dict(starts))
        begin = lambda at: starts.get(at, int(value(levels.get(at), "start", "1")))
        count[level] = waiting.pop(level) if level in waiting else count[level] + 1 if level in count else begin(level)
        for deeper in [at for at in count if at > level]:
            del count[deeper]
        figure = lambda m: counted(count.get(int(m[1]) - 1, begin(int(m[1]) - 1)), value(levels[int(m[1]) - 1], "numFmt", "decimal"))
        return "" if value(levels[level], "numFmt") == "none" else re.sub(r"%(\d)", figure, value(levels[level], "lvlText", "")).strip()

    def labels(self, text):
        return {label for label, said in self.paragraphs if said.startswith(text)}


def labels_in_pdf(path, text):
    said = plain(subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout)
    return {(m[1] or "").strip() for m in re.finditer(rf"(?:(?<!\S)({LABEL}) )?(?<!\w){re.escape(text)}", said)}


def expected(case):
    """The labels of a document with the texts that they stand before."""
    found = re.findall(r"^#= ?(.*?) ?:: (.*)$", case.read_text(encoding="utf-8"), re.M)
    assert found, f"{case} expects nothing"
    return found


def faults(pdf, docx, wanted):
    word = Word(docx)
    for label, text in wanted:
        for what, found in (("PDF", labels_in_pdf(pdf, text)), ("Word", word.labels(text))):
            if label not in found:
                yield f"{what} has {sorted(found)} before «{text}», not «{label}»"


def made(itog, case, folder):
    subprocess.run([itog, "render", str(case), "-o", folder + "/"], check=True, capture_output=True)
    return pathlib.Path(folder, case.stem + ".pdf"), pathlib.Path(folder, case.stem + ".docx")


def cases():
    return sorted((pathlib.Path(__file__).parent / "numbered").glob("*.yaml"))


def main(itog):
    count = 0
    for case in cases():
        with tempfile.TemporaryDirectory() as folder:
            for fault in faults(*made(itog, case, folder), expected(case)):
                count += 1
                print(f"{case.name}: {fault}")
    print(f"numbers: {count} faults")
    return count > 0


def prove(itog):
    case = cases()[0]
    with tempfile.TemporaryDirectory() as folder:
        pdf, docx = made(itog, case, folder)
        wanted = expected(case)
        moved = [(label, text) for (label, _), (_, text) in zip(wanted[1:], wanted)]
        told = list(faults(pdf, docx, moved))
        seen = [proof.told(f"a wrong number in {what}", [t for t in told if t.startswith(what)]) for what in ("PDF", "Word")]
        spoiled = proof.spoiled(docx, pathlib.Path(folder, "spoiled.docx"), "word/numbering.xml", '<w:start w:val="1"/>', '<w:start w:val="7"/>')
        seen.append(proof.told("a list that begins with 7", faults(pdf, spoiled, wanted)))
    return not all(seen)


if __name__ == "__main__":
    sys.exit(prove(sys.argv[2]) if sys.argv[1] == "--prove" else main(sys.argv[1]))
