#!/usr/bin/env python3
"""Proves that the PDF gate shuts: each seeded fault in a good file must make pdf.py fail.

    pdf_faults.py GOOD.pdf            a tagged file with a heading, a paragraph, a table, a list, a figure and a link
    pdf_faults.py --plain GOOD.pdf    a file without a standard: what `pdf.py --plain` looks at

Exit status 1 if a fault is not seen, or if the good file is not good. Needs pikepdf beside what pdf.py needs.
"""

import pathlib
import re
import sys
import tempfile

import pikepdf
from pikepdf import Array, Dictionary, Name

import pdf as gate


def font(file):
    """The first font of the file."""
    return next(iter(file.pages[0].Resources.Font.values()))


def elements(file, kind=None):
    """All structure elements, or those of one type."""
    todo = list(file.Root.StructTreeRoot.K)
    while todo:
        element = todo.pop(0)
        if not isinstance(element, Dictionary) or "/S" not in element:
            continue
        if kind is None or element.S == Name(kind):
            yield element
        kids = element.get("/K", [])
        todo += list(kids) if isinstance(kids, Array) else [kids]


def drop(find, key):
    """Removes a key from all that is found."""
    def fault(file):
        found = [d for d in find(file) if key in d]
        assert found, f"nothing has {key}"
        for dictionary in found:
            del dictionary[key]
    return fault


def annotations(file):
    return [a for page in file.pages for a in page.obj.get("/Annots", [])]


def metadata(pattern, replacement=""):
    """Changes the XMP packet."""
    def fault(file):
        before = file.Root.Metadata.read_bytes().decode()
        after = re.sub(pattern, replacement, before, flags=re.S)
        assert before != after, f"the XMP has no {pattern}"
        file.Root.Metadata.write(after.encode())
    return fault


def content(pattern, replacement, count=1):
    """Changes the content of the first page."""
    def fault(file):
        stream = file.pages[0].Contents
        before = stream.read_bytes()
        after = re.sub(pattern, replacement, before, count=count)
        assert before != after, f"the page has no {pattern}"
        stream.write(after)
    return fault


def other_title(file):
    file.docinfo["/Title"] = "Другое"


def glyph_width(file):
    font(file).DescendantFonts[0].W[1][0] = int(font(file).DescendantFonts[0].W[1][0]) + 40


def unicode_entry(file):
    """Takes the first entry out of the map to Unicode."""
    stream = font(file).ToUnicode
    before = stream.read_bytes()
    match = re.search(rb"(\d+) beginbfrange\n<[^\n]*\n", before)
    count = int(match.group(1)) - 1
    stream.write(before[:match.start()] + b"%d beginbfrange\n" % count + before[match.end():])


def retype(old, new):
    def fault(file):
        found = list(elements(file, old))
        assert found, f"no {old}"
        for element in found:
            element.S = Name(new)
    return fault


def short_row(file):
    row = next(e for e in elements(file, "/TR") if len(e.K) == 3)
    del row.K[2]


FAULTS = {
    "structure tree dropped": drop(lambda f: [f.Root], "/StructTreeRoot"),
    "not marked as tagged": drop(lambda f: [f.Root], "/MarkInfo"),
    "language dropped": drop(lambda f: [f.Root], "/Lang"),
    "XMP dropped": drop(lambda f: [f.Root], "/Metadata"),
    "output intent dropped": drop(lambda f: [f.Root], "/OutputIntents"),
    "title bar shows the file name": drop(lambda f: [f.Root], "/ViewerPreferences"),
    "title dropped": metadata(r"<dc:title>.*?</dc:title>"),
    "titles that differ": other_title,
    "PDF/UA not declared": metadata(r"<pdfuaid:part>1</pdfuaid:part>"),
    "schema of PDF/UA not described": metadata(r"<rdf:Description[^>]*pdfaExtension.*?</pdfaExtension:schemas></rdf:Description>"),
    "map to Unicode dropped": drop(lambda f: [font(f)], "/ToUnicode"),
    "one entry of the map to Unicode dropped": unicode_entry,
    "one glyph's width changed": glyph_width,
    "font file dropped": drop(lambda f: [font(f).DescendantFonts[0].FontDescriptor], "/FontFile2"),
    "glyph map dropped": drop(lambda f: [font(f).DescendantFonts[0]], "/CIDToGIDMap"),
    "missing glyph shown": content(rb"<[0-9A-F]{4}", b"<0000"),
    "ink in the page": content(rb"^", b"0 0 0 1 k\n"),
    "tag dropped from the page": content(rb"(?s)/P <</MCID \d+>> ?BDC\n(.*?)EMC", rb"\1"),
    "ornament said to be content": content(rb"/Artifact", b"/Span"),
    "no tab order": drop(lambda f: [p.obj for p in f.pages], "/Tabs"),
    "link without description": drop(annotations, "/Contents"),
    "link that is not printed": drop(annotations, "/F"),
    "link outside of the structure": drop(annotations, "/StructParent"),
    "picture without alternative text": drop(lambda f: elements(f, "/Figure"), "/Alt"),
    "header cell without scope": drop(lambda f: elements(f, "/TH"), "/A"),
    "heading level skipped": retype("/H2", "/H3"),
    "list item's body is a paragraph": retype("/LBody", "/P"),
    "unknown structure type": retype("/L", "/Spisok"),
    "table row with a cell missing": short_row,
    "note without identifier": drop(lambda f: elements(f, "/Note"), "/ID"),
}


def whole_font(file):
    """Takes away the six letters by which a part of a font is known (ISO 32000-1, 9.6.4)."""
    for dictionary in (font(file), font(file).DescendantFonts[0], font(file).DescendantFonts[0].FontDescriptor):
        key = "/BaseFont" if "/BaseFont" in dictionary else "/FontName"
        dictionary[key] = Name("/" + str(dictionary[key]).split("+")[-1])


def no_words(file):
    for page in file.pages:
        page.Contents = file.make_stream(b"")


def wrong_letters(file):
    """Makes the first letters of the map to Unicode the sign for none."""
    stream = font(file).ToUnicode
    stream.write(re.sub(rb"(<[0-9A-F]{4}> <[0-9A-F]{4}>) <[0-9A-F]{4}>", rb"\1 <FFFD>", stream.read_bytes()))


PLAIN = {
    "map to Unicode dropped": FAULTS["map to Unicode dropped"],
    "letters that stand for none": wrong_letters,
    "font file dropped": FAULTS["font file dropped"],
    "font that is no part of one": whole_font,
    "no words on any page": no_words,
}
# Faults of the file itself: what becomes of its bytes.
BYTES = {
    "file cut short": lambda data: data[:len(data) * 2 // 3],
    "streams damaged": lambda data: re.sub(rb"(?s)(stream\r?\n.{8}).{4}", rb"\1----", data),
}


def main(good, plain):
    faults = gate.check(good, plain)
    if faults:
        sys.exit(f"{good} is not good to begin with: {faults}")
    seeded = [(name, fault, None) for name, fault in (PLAIN if plain else FAULTS).items()]
    seeded += [(name, None, spoil) for name, spoil in BYTES.items()]
    missed = []
    with tempfile.TemporaryDirectory() as folder:
        for name, fault, spoil in seeded:
            path = pathlib.Path(folder) / "bad.pdf"
            with pikepdf.open(good) as file:
                if fault:
                    fault(file)
                file.save(path)
            if spoil:
                path.write_bytes(spoil(path.read_bytes()))
            seen = gate.check(path, plain)
            print(f"{'seen  ' if seen else 'MISSED'} {name}" + (f" ({seen[0]})" if seen else ""))
            if not seen:
                missed.append(name)
    print(f"{len(seeded) - len(missed)} of {len(seeded)} seeded faults are seen")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    *options, good = sys.argv[1:] or sys.exit(__doc__)
    if options not in ([], ["--plain"]):
        sys.exit(__doc__)
    main(good, bool(options))
