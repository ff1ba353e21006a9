#!/usr/bin/env python3
"""What is copied from a PDF file and searched in it is what was written.

    pdf_text.py --letters ALPHABET.pdf   every letter and sign of Russian text comes back from every face that is built in
    pdf_text.py FILE.pdf …               hyphenated words come back whole: there is no hyphen of the line breaker in what pdftotext
                                         gives in any of its modes, and every word of the structure is in it

    pdf_text.py --prove FILE.pdf ALPHABET.pdf    without what says which letters its glyphs are, neither may pass

Needs poppler-utils and mupdf-tools.
"""

import collections
import pathlib
import re
import subprocess
import sys
import tempfile

import pikepdf

import proof

HERE = pathlib.Path(__file__).parent
MODES = ([], ["-raw"], ["-layout"])


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def letters(path):
    """Faults of the document of the folder alphabet/: its lines as often as there are faces, and every face in the file."""
    template = (HERE / "alphabet/template.hbs").read_text(encoding="utf-8")
    lines = [line.replace("&amp;", "&") for line in re.findall(r"<p>(.*?)</p>", template)]
    faces = template.count('<section class="')
    # One face has no letters, but the signs of forms.
    signs = re.findall(r'<div class="itog-symbols">(.*?)</div>', template)
    known = len(list((HERE / "../../fonts").glob("*/*.ttf")))
    shown = len(run("pdffonts", path).splitlines()) - 2
    if not faces + len(signs) == known == shown:
        yield f"{known} faces are built in, the template asks for {faces + len(signs)}, the file has {shown}"
    readers = [["pdftotext", *mode, path, "-"] for mode in MODES] + [["mutool", "draw", "-q", "-F", "txt", path]]
    for reader in readers:
        # With -raw, poppler goes by distances alone, and a comma is kerned with the space that follows it;
        # so does mutool, and Great Vibes kerns F and G apart by more than a third of an em.
        by_distance = "-raw" in reader or reader[0] == "mutool"
        close = (lambda line: line.replace(" ", "")) if by_distance else str.strip
        found = collections.Counter(close(line) for line in run(*reader).splitlines())
        for line, times in [(line, faces) for line in lines] + [(line, 1) for line in signs]:
            if found[close(line)] != times:
                yield f"{' '.join(reader[:-2])}: {found[close(line)]} times of {times}: {line}"


def structure_words(path):
    """The words of the structure: texts that stand together in an element are one."""
    texts = [""]
    for line in run("pdfinfo", "-struct-text", path).splitlines():
        text = re.match(r' *"(.*)"$', line)
        if text:
            texts[-1] += text.group(1)
        elif not re.match(r" *(Object \d|/)", line):
            texts.append("")
    return words(" ".join(texts))


def words(text):
    """Words of two and more letters; a word with a hyphen of its own, which a line may end in, is two."""
    return collections.Counter(re.findall(r"[^\W\d_]{2,}", text))


def whole(path):
    """Words of the structure that pdftotext does not give."""
    wanted = structure_words(path)
    if not wanted:
        yield "no words in the structure"
    for mode in MODES:
        text = run("pdftotext", *mode, path, "-")
        if "\u00ad" in text:
            near = re.search(r"\S*\u00ad\s*\S*", text).group()
            yield f"pdftotext {' '.join(mode)}: {text.count(chr(0xAD))} hyphens of the line breaker: {near!r}"
        missing = wanted - words(text)
        if missing:
            yield f"pdftotext {' '.join(mode)}: not found: {dict(missing)}"


def prove(text, alphabet):
    seen = []
    with tempfile.TemporaryDirectory() as folder:
        for path, check in ((text, whole), (alphabet, letters)):
            made = str(pathlib.Path(folder, "spoiled.pdf"))
            with pikepdf.open(path) as file:
                for font in (o for o in file.objects if isinstance(o, pikepdf.Dictionary) and "/ToUnicode" in o):
                    del font["/ToUnicode"]
                file.save(made)
            seen.append(proof.told(f"fonts without ToUnicode in {pathlib.Path(path).name}", check(made)))
    return not all(seen)


def main(arguments):
    if arguments[:1] == ["--prove"]:
        sys.exit(prove(*arguments[1:]))
    check, files = (letters, arguments[1:]) if arguments[:1] == ["--letters"] else (whole, arguments)
    if not files:
        sys.exit(__doc__)
    bad = 0
    for path in files:
        faults = list(check(path))
        bad += bool(faults)
        print(f"{'FAIL' if faults else 'ok  '} {path}")
        for fault in faults:
            print(f"     {fault}")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main(sys.argv[1:])
