#!/usr/bin/env python3
"""Poppler reads the structure of the torture document as it should: every role, every text, in reading order.

    pdf_structure.py FILE.pdf           compares with torture/structure.txt
    pdf_structure.py --prove FILE.pdf   makes a heading a paragraph, and leaves the first element out: each must be seen
    pdf_structure.py --write FILE.pdf   writes that file, to be read by a person before it is kept

Text that stands together in an element is one text, wherever lines, columns and pages break it; the sentences that fill the
document are written as [ru] and [en].
"""

import difflib
import pathlib
import re
import subprocess
import sys
import tempfile

import pikepdf

import proof

HERE = pathlib.Path(__file__).parent / "torture"


def fillers():
    """The sentences that fill the template, and what stands for them."""
    template = (HERE / "template.hbs").read_text(encoding="utf-8")
    for name, short in (("words", "[ru]"), ("english", "[en]")):
        yield re.search(r'\{\{#\*inline "' + name + r'"\}\}(.*?)\{\{/inline\}\}', template).group(1), short


def structure(path):
    """Poppler's listing without what only places things on pages, and with common spaces."""
    out = subprocess.run(["pdfinfo", "-struct-text", path], check=True, capture_output=True, text=True).stdout
    lines = []
    for line in out.splitlines():
        if re.match(r" *(Object \d|/BBox )", line):
            continue
        indent, text = re.match(r"( *)(.*)", line).groups()
        before = lines[-1] if lines else ""
        if text.startswith('"') and before.startswith(indent + '"'):
            lines[-1] = before[:-1] + text[1:]
        else:
            lines.append(line)
    found = "\n".join(lines).replace("\u2060", "").replace("\u00a0", " ") + "\n"
    for sentence, short in fillers():
        found = found.replace(sentence, short)
    return re.sub(r"\.{10,}", "[leader]", found)


def changes(path):
    golden = HERE / "structure.txt"
    wanted, found = golden.read_text(encoding="utf-8"), structure(path)
    return list(difflib.unified_diff(wanted.splitlines(), found.splitlines(), str(golden), str(path), lineterm=""))


def elements(element):
    for kid in element.get("/K", []) if isinstance(element.get("/K"), pikepdf.Array) else [element.get("/K")]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def prove(path):
    def demote(file):
        next(e for e in elements(file.Root.StructTreeRoot) if e.S == "/H1").S = pikepdf.Name.P

    def drop(file):
        next(e for e in elements(file.Root.StructTreeRoot) if len(e.get("/K", [])) > 3).K.__delitem__(0)

    seen = []
    with tempfile.TemporaryDirectory() as folder:
        for what, spoil in (("a heading that is a paragraph", demote), ("an element that is left out", drop)):
            made = pathlib.Path(folder, "spoiled.pdf")
            with pikepdf.open(path) as file:
                spoil(file)
                file.save(made)
            seen.append(proof.told(what, changes(made)))
    return not all(seen)


def main(arguments):
    if arguments[:1] == ["--prove"]:
        sys.exit(prove(arguments[1]))
    write = arguments[:1] == ["--write"]
    path = arguments[-1]
    found = structure(path)
    golden = HERE / "structure.txt"
    if write:
        golden.write_text(found, encoding="utf-8")
        return
    changed = changes(path)
    for line in changed:
        print(line)
    print(f"{'FAIL' if changed else 'ok  '} {path}: {found.count(chr(10))} lines of structure")
    sys.exit(bool(changed))


if __name__ == "__main__":
    main(sys.argv[1:])
