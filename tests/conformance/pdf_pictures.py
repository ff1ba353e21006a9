#!/usr/bin/env python3
"""Poppler, mupdf and hayro draw the same pages and read the same letters.

    pdf_pictures.py FILE.pdf …          compares every page of every file
    pdf_pictures.py --prove FILE.pdf    drops a picture, changes a colour, moves a line, and so on: each must be seen

Renderers smooth edges in their own ways, so pages are compared after a blur that is wider than an edge: what is left are areas of
another colour. HAYRO names the program of the folder hayro/. Needs Pillow, numpy, pikepdf, poppler-utils and mupdf-tools.
"""

import collections
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy
from PIL import Image, ImageFilter

DPI = 100
BLUR = 4  # pixels: about 1 mm
# The greatest difference that one place of a blurred page, and a page in the mean, may show, of 255. See MEASURED below.
MOST, MEAN = 40, 0.8
# MEASURED


def draw(path, folder):
    """The pages of a file as each renderer draws them: a list of pages by renderer."""
    hayro = os.environ.get("HAYRO", "render-with-hayro")
    commands = {
        "poppler": ["pdftoppm", "-r", str(DPI), "-png", path, f"{folder}/poppler"],
        "mupdf": ["mutool", "draw", "-q", "-r", str(DPI), "-o", f"{folder}/mupdf-%d.png", path],
        "hayro": [hayro, path, f"{folder}/hayro", str(DPI)],
    }
    pages = {}
    for name, command in commands.items():
        subprocess.run(command, check=True, capture_output=True)
        numbered = {int(re.search(r"-(\d+)\.png$", str(p)).group(1)): p for p in pathlib.Path(folder).glob(f"{name}-*.png")}
        pages[name] = [Image.open(numbered[n]).convert("RGB") for n in sorted(numbered)]
    return pages


def difference(one, other):
    """The greatest and the mean difference of two pictures after the blur, and where the greatest is."""
    # Sizes of pages are no whole pixels: renderers round them in their own ways.
    width, height = min(one.width, other.width), min(one.height, other.height)
    if max(abs(one.width - other.width), abs(one.height - other.height)) > 1:
        return 255.0, 255.0, (0, 0)
    blurred = [
        numpy.asarray(p.crop((0, 0, width, height)).filter(ImageFilter.GaussianBlur(BLUR)), dtype=float) for p in (one, other)
    ]
    delta = numpy.abs(blurred[0] - blurred[1]).max(axis=2)
    y, x = numpy.unravel_index(delta.argmax(), delta.shape)
    return float(delta.max()), float(delta.mean()), (int(x), int(y))


def compare(ours, theirs, name):
    """Faults of one renderer's pages against poppler's, and the greatest differences."""
    faults, worst = [], (0.0, 0.0)
    if len(ours) != len(theirs):
        faults.append(f"{name} draws {len(theirs)} pages, poppler {len(ours)}")
    for number, (one, other) in enumerate(zip(ours, theirs), 1):
        most, mean, (x, y) = difference(one, other)
        worst = (max(worst[0], most), max(worst[1], mean))
        if most > MOST or mean > MEAN:
            faults.append(f"{name}, page {number}: differs from poppler by {most:.0f} at {x},{y}, {mean:.2f} in the mean")
    return faults, worst


def letters(path):
    """How often each letter stands on each page, by reader."""
    pages = {}
    commands = {"poppler": ["pdftotext", path, "-"], "mupdf": ["mutool", "draw", "-q", "-F", "txt", path]}
    for name, command in commands.items():
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        # A hyphen that the line breaker put in is shown by one reader and left out by the other.
        pages[name] = [collections.Counter(re.sub(r"[\s\u00ad\u2060]", "", page)) for page in text.split("\f")]
        while pages[name] and not pages[name][-1]:
            pages[name].pop()
    return pages


def check(path):
    """All that is wrong with a file, and the greatest differences."""
    faults, worst = [], {}
    with tempfile.TemporaryDirectory() as folder:
        pages = draw(path, folder)
        for name in ("mupdf", "hayro"):
            more, worst[name] = compare(pages["poppler"], pages[name], name)
            faults += more
    found = letters(path)
    for number, (one, other) in enumerate(zip(found["poppler"], found["mupdf"]), 1):
        if one != other:
            faults.append(f"page {number}: letters differ: poppler {dict(one - other)}, mupdf {dict(other - one)}")
    if len(found["poppler"]) != len(found["mupdf"]):
        faults.append("poppler and mupdf read different numbers of pages")
    return faults, worst


def seeded(path, folder):
    """Files with one change each, which a renderer might make by mistake."""
    import pikepdf

    def edited(name, change):
        with pikepdf.open(path) as pdf:
            done = 0
            for page in pdf.pages:
                ops = pikepdf.parse_content_stream(page)
                changed = []
                for operands, operator in ops:
                    new = change(list(operands), str(operator)) if not done else None
                    done += new is not None
                    changed += [(operands, operator)] if new is None else [(o, pikepdf.Operator(op)) for o, op in new]
                page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(changed))
            if not done:
                sys.exit(f"{path} has nothing for «{name}»")
            file = f"{folder}/{name.replace(' ', '-')}.pdf"
            pdf.save(file)
            return name, file

    def long_text(operands, operator):
        return operator == "TJ" and sum(len(bytes(o)) for o in operands[0] if isinstance(o, pikepdf.String)) > 60

    # A fill or text in colour becomes grey or another colour; black text a colour.
    yield edited("picture dropped", lambda o, op: [] if op == "Do" else None)
    yield edited("colour changed", lambda o, op: [([0.9, 0.3, 0.2], "rg")] if op == "rg" and max(o) > 0.8 else None)
    yield edited("line of text dropped", lambda o, op: [] if long_text(o, op) else None)
    yield edited("line of text shifted", lambda o, op: [([o[0], o[1], o[2], o[3], float(o[4]) + 8, o[5]], op)] if op == "Tm" else None)
    yield edited("filled area dropped", lambda o, op: [([], "n")] if op in ("f", "f*") else None)


def prove(path):
    """Each change in the file must be seen, by each renderer."""
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        os.makedirs(f"{folder}/good")
        good = draw(path, f"{folder}/good")
        for name, file in seeded(path, folder):
            os.makedirs(f"{folder}/bad", exist_ok=True)
            for old in pathlib.Path(f"{folder}/bad").iterdir():
                old.unlink()
            bad = draw(file, f"{folder}/bad")
            for renderer in ("mupdf", "hayro"):
                faults, (most, mean) = compare(good["poppler"], bad[renderer], renderer)
                missed += not faults
                print(f"{'ok  ' if faults else 'FAIL'} {name}, {renderer}: {most:.0f}, {mean:.2f}")
    print(f"{missed} changes not seen")
    return missed


def main(arguments):
    if arguments[:1] == ["--prove"]:
        sys.exit(bool(prove(arguments[1])))
    if not arguments:
        sys.exit(__doc__)
    bad = 0
    for path in arguments:
        faults, worst = check(path)
        bad += bool(faults)
        numbers = ", ".join(f"{name} {most:.0f}, {mean:.2f}" for name, (most, mean) in worst.items())
        print(f"{'FAIL' if faults else 'ok  '} {path}: {numbers}")
        for fault in faults:
            print(f"     {fault}")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main(sys.argv[1:])
