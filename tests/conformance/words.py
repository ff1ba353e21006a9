"""Every word of the data stands in the PDF and in the DOCX, in order, and both say the same.

    words.py DATA.yaml FILE.pdf FILE.docx
    words.py --prove DATA.yaml FILE.pdf FILE.docx

Declension changes the end of a word, so a word of the data counts as found if some word of the text shares its head; the people and bodies in
forms.yaml must be there word for word, in their case. Order is checked within
each string of the data: its words must be found one after the other. Names may be printed with initials, dates are printed in words
(«4–5 июня 2014»), the kind in capitals, votes as numbers: each is looked for as it is printed. PDF and DOCX are compared as sequences
after numbers of pages and of list items, which Word makes by itself, are left out. What the DOCX has in headers, footers and notes must stand
in the PDF as one, on some page; there it is taken out before the bodies are compared. With --prove a word is taken out of the DOCX, a name out of
the PDF, two words change places, a header is made up, and a name stands in another case: each must be found.
"""

import difflib
import pathlib
import re
import subprocess
import sys
import zipfile
from xml.etree import ElementTree

import yaml

# Keys whose values choose something instead of being printed.
NOT_PRINTED = {"kind_position", "headings", "lang", "action", "type", "numbering", "orientation", "gender", "formula", "genitive", "forms"}
# Keys whose values are dates or ranges of them.
DATES = {"date", "due", "valid"}
MONTHS = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()
WORD = re.compile(r"[а-яёa-z0-9]+", re.IGNORECASE)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def words(text):
    # A soft hyphen at a line's end joins the halves of a word; -layout indents the next line.
    return [w.lower() for w in WORD.findall(re.sub("\u00ad\\s*", "", text))]


def strings(value, key=""):
    if isinstance(value, dict):
        for k, v in value.items():
            yield from strings(v, k)
    elif isinstance(value, list):
        for v in value:
            yield from strings(v, key)
    elif isinstance(value, str):
        yield key, value


def head(word):
    """What declension leaves alone: all but the last three letters, at least two."""
    return word if word.isdigit() or len(word) < 4 else word[: max(2, len(word) - 3)]


def missing(source, text):
    """The words of a string that are not found in the text; all of them in order somewhere, or each of them anywhere."""
    heads = [head(w) for w in words(source)]
    # A number must be there itself: a vote of 5 is not found in 50.
    fits = lambda h, w: w == h if h.isdigit() else w.startswith(h)
    gone = [h for h in heads if not any(fits(h, w) for w in text)]
    if gone or not heads:
        return gone
    # In order: a start from which every next word follows within a short distance.
    for start in (i for i, w in enumerate(text) if fits(heads[0], w)):
        at = start
        for h in heads[1:]:
            nearby = range(at + 1, min(at + 12, len(text)))
            at = next((i for i in nearby if fits(h, text[i])), None)
            if at is None:
                break
        else:
            return []
    return ["order: " + source]


def missing_name(source, text):
    """What is missing of a person's name: the surname, and the first name whole or as an initial."""
    last, *rest = words(source)
    found = [i for i, w in enumerate(text) if w.startswith(head(last))]
    if not found:
        return [last]
    near = lambda i: text[max(0, i - 3) : i + 4]
    # «Лев» becomes «Льву»: of the shortest names only the first letter stays.
    fits = lambda part, w: w.startswith(head(part) if len(part) > 4 else part[0]) or w == part[0]
    if any(all(any(fits(part, w) for w in near(i)) for part in rest) for i in found):
        return []
    return [f"with {last}: {' '.join(rest)}"]


def missing_date(source, text):
    """The parts of a date or of a range, as words: day, month in the genitive, year."""
    parts = re.findall(r"(\d{4})-(\d{2})-(\d{2})", source)
    if not parts:
        return missing(source, text)
    # Each part as any of the ways to print it: «4 июня 2014», «04 июня», «04.06.2014».
    ways = [way for year, month, day in parts
            for way in ((str(int(day)), day), (MONTHS[int(month) - 1], MONTHS[int(month) - 1][:3], month), (year,))]
    return sorted({way[0] for way in ways if not any(w in text for w in way)})


def docx_words(path):
    """The words of the body, and those of each header, footer and note."""
    with zipfile.ZipFile(path) as package:
        beside = sorted(n for n in package.namelist() if re.fullmatch(r"word/(header|footer)\d*\.xml", n))
        texts = [part_words(package.read(name)) for name in beside]
        for name in ("word/footnotes.xml", "word/endnotes.xml"):
            if name in package.namelist():
                texts += [part_words(ElementTree.tostring(note)) for note in ElementTree.fromstring(package.read(name))]
        return part_words(package.read("word/document.xml")), [text for text in map(without_numbers, texts) if text]


def find(part, whole):
    """Where a list of words begins in another one."""
    return next((i for i in range(len(whole) - len(part) + 1) if whole[i : i + len(part)] == part), None)


def without_beside(raw_text, beside):
    """The words of the PDF's pages without what stands in headers, footers and notes; and which of these stand nowhere."""
    pages = [without_numbers(words(page)) for page in raw_text.split("\f")]
    nowhere = []
    for part in beside:
        places = [find(part, page) for page in pages]
        if all(place is None for place in places):
            nowhere.append(part)
        for page, place in zip(pages, places):
            if place is not None:
                del page[place : place + len(part)]
    return [word for page in pages for word in page], nowhere


def part_words(xml):
    texts = []
    for node in ElementTree.fromstring(xml).iter():
        tag = node.tag.rsplit("}", 1)[-1]
        if tag == "t":
            texts.append(node.text or "")
        elif tag in ("p", "tab", "br", "tc"):
            texts.append(" ")
        elif tag == "noBreakHyphen":
            texts.append("-")
    return words("".join(texts))


def without_numbers(found):
    return [w for w in found if not w.isdigit() and len(w) > 1]


def look(source, key, text):
    if key in DATES:
        return missing_date(source, text)
    if key == "name" and len(words(source)) in (2, 3) and not re.search("[«\"0-9]", source):
        return missing_name(source, text)
    return missing(source, text)


def judge(tree, forms, layout_text, raw_text, docx_found):
    """All faults of the two files against the data and against each other."""
    body, beside = docx_found
    docx_all = body + [word for part in beside for word in part]
    faults = []
    # -raw keeps the order of the content; -layout is what a person copies. Hyphenated words are whole in both.
    for name, text in (("pdf -layout", words(layout_text)), ("pdf", words(raw_text)), ("docx", docx_all)):
        for key, value in strings(tree):
            if key in NOT_PRINTED or value in ("null", "from_roles"):
                continue
            gone = look(value, key, text)
            if name == "pdf -layout":  # columns of a table or a stamp are side by side: only presence counts
                gone = [g for g in gone if not g.startswith("order: ")]
            faults += [f"{name}: {key}: {g}" for g in gone]
        if name != "pdf -layout":
            faults += [f"{name}: no «{form}»" for form in forms if find(words(form), text) is None]
    ours, nowhere = without_beside(raw_text, beside)
    faults += [f"the PDF has no «{' '.join(part)}»" for part in nowhere]
    theirs = without_numbers(body)
    for kind, a, b, c, d in difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind != "equal":
            faults.append(f"pdf says «{' '.join(ours[a:b])}», docx says «{' '.join(theirs[c:d])}»")
    return faults


def prove(tree, forms, layout_text, raw_text, docx_found):
    """Breaks the texts in some ways; how many ways were not found."""
    docx_all, beside = docx_found
    # A person's name where there is one, else the longest word of the data.
    people = [value for key, value in strings(tree) if key == "name" and len(words(value)) == 3]
    last = people[0].split()[0] if people else max((w for _, value in strings(tree) for w in words(value)), key=len)
    swap = next(i for i in range(len(docx_all) // 2, len(docx_all)) if docx_all[i] != docx_all[i + 1]
                and not docx_all[i].isdigit() and not docx_all[i + 1].isdigit() and min(len(docx_all[i]), len(docx_all[i + 1])) > 1)
    swapped = docx_all[:swap] + [docx_all[swap + 1], docx_all[swap]] + docx_all[swap + 2 :]
    cut = re.sub(head(last.lower()) + r"\w*", "", raw_text, flags=re.IGNORECASE)
    broken = {
        "a word of the DOCX is gone": (layout_text, raw_text, (docx_all[:swap] + docx_all[swap + 1 :], beside)),
        "two words of the DOCX changed places": (layout_text, raw_text, (swapped, beside)),
        f"«{last}» is gone from the PDF": (layout_text, cut, docx_found),
        "the DOCX has a header of its own": (layout_text, raw_text, (docx_all, [*beside, ["черновик"]])),
    }
    unseen = [what for what, texts in broken.items() if not judge(tree, forms, *texts)]
    # One letter of the last word that the grammar has made.
    other = [form[:-1] + "ъ" for form in forms]
    if len([f for f in judge(tree, other, layout_text, raw_text, docx_found) if " no «" in f]) != 2 * len(forms):
        unseen.append("each form in another case")
    for what in unseen:
        print(f"not found: {what}")
    return len(unseen)


def main(*args):
    proving = args[0] == "--prove"
    data, pdf, docx_path = args[1:] if proving else args
    with open(data, encoding="utf-8") as file:
        tree = yaml.load(file, Loader=yaml.BaseLoader)
    text = lambda how: subprocess.run(["pdftotext", how, pdf, "-"], check=True, capture_output=True, text=True).stdout
    texts = (text("-layout"), text("-raw"), docx_words(docx_path))
    table = yaml.safe_load(pathlib.Path(__file__).with_name("forms.yaml").read_text(encoding="utf-8"))
    forms = table[pathlib.Path(data).stem]
    if proving:
        return prove(tree, forms, *texts)
    faults = judge(tree, forms, *texts)
    for fault in faults:
        print(f"{data}: {fault}")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
