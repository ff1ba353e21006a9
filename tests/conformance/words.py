"""Every word of the data stands in the PDF and in the DOCX, in order, and both say the same.

    words.py DATA.yaml FILE.pdf FILE.docx

Declension changes the end of a word, so a word counts as found if some word of the text shares its head. Order is checked within
each string of the data: its words must be found one after the other. PDF and DOCX are compared word for word after numbers of pages
and of list items, which Word makes by itself, are left out.
"""

import re
import subprocess
import sys

import docx
import yaml

# Keys whose values choose something instead of being printed, or are printed in another form.
NOT_PRINTED = {
    "action", "type", "numbering", "orientation", "gender", "due", "kind", "formula", "genitive", "forms", "date", "valid",
    "signatures", "vote", "name", "to",
}
WORD = re.compile(r"[а-яёa-z0-9]+", re.IGNORECASE)


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
    gone = [h for h in heads if not any(w.startswith(h) for w in text)]
    if gone or not heads:
        return gone
    # In order: a start from which every next word follows within a short distance.
    for start in (i for i, w in enumerate(text) if w.startswith(heads[0])):
        at = start
        for h in heads[1:]:
            nearby = range(at + 1, min(at + 12, len(text)))
            at = next((i for i in nearby if text[i].startswith(h)), None)
            if at is None:
                break
        else:
            return []
    return ["order: " + source]


def docx_words(path):
    document = docx.Document(path)
    texts = []
    for node in document.element.body.iter():
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


def main(data, pdf, docx_path):
    with open(data, encoding="utf-8") as file:
        tree = yaml.load(file, Loader=yaml.BaseLoader)
    pdf_text = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout
    raw_text = subprocess.run(["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True, text=True).stdout
    faults = []
    # -raw keeps the order of the content; -layout is what a person copies. Hyphenated words are whole in both.
    for name, text in (("pdf -layout", words(pdf_text)), ("pdf", words(raw_text)), ("docx", docx_words(docx_path))):
        for key, value in strings(tree):
            if key in NOT_PRINTED or value == "null":
                continue
            gone = missing(value, text)
            if name == "pdf -layout":  # columns of a table or a stamp are side by side: only presence counts
                gone = [g for g in gone if not g.startswith("order: ")]
            faults += [f"{name}: {key}: {g}" for g in gone]
    ours, theirs = without_numbers(words(raw_text)), without_numbers(docx_words(docx_path))
    for word in sorted(set(ours) ^ set(theirs)):
        faults.append(f"only in the {'pdf' if word in set(ours) else 'docx'}: {word}")
    for fault in faults:
        print(f"{data}: {fault}")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
