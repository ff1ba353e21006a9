#!/usr/bin/env python3
"""Poppler, mupdf and hayro draw the same pages and read the same letters.

    pdf_pictures.py FILE.pdf …          compares every page of every file
    pdf_pictures.py --art FILE.pdf …    the same for pages full of fine lines and of letters as large as a finger
    pdf_pictures.py --prove FILE.pdf    drops a picture, changes a colour, moves a line, and so on: each change must be seen
                                        whichever renderer makes it (with --art before it, by the bounds for art)

Renderers smooth edges in their own ways, so pages are compared after a blur that is wider than an edge: what is left are areas of
another colour. A hairline that is missing is not seen. HAYRO names the program of the folder hayro/. Needs Pillow, numpy, pikepdf, poppler-utils and mupdf-tools.
"""

import collections
import itertools
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy
from PIL import Image, ImageFilter

DPI = 200
SHRINK = 2
BLUR = 4  # pixels of the smaller picture: about 1 mm


class Bounds:
    """The greatest difference that one place of a blurred page, a page in the mean, and its ground may show, of 255.

    The ground is what the page looks like behind letters and lines: `widen` pixels in every direction are more than a stroke."""

    def __init__(self, most, mean, ground, widen):
        self.most, self.mean, self.ground, self.widen = most, mean, ground, widen


# Measured on all documents: 17, 1.2 and 12, for poppler draws thin lines and letters a little heavier. A dropped dot of 2 mm is 38
# in its place, a dropped ground of #eef3fb 17 behind.
TEXT = Bounds(most=20, mean=1.5, ground=14, widen=7)
# Measured on all designs: 16, 1.78 and 17: engraved frames are nothing but thin lines, and a title of 80 pt is wider than the ground
# of a document is looked for. The dropped ground is 2.1 in the mean.
ART = Bounds(most=20, mean=1.95, ground=18, widen=14)


class Page:
    """A page as one renderer draws it, ready to be compared: blurred, and its ground blurred.

    Sizes of pages are no whole pixels: renderers round them in their own ways, so the last pixels do not count, and of the right and the
    lower side only what lies within `sides` does."""

    def __init__(self, picture, sides, widen):
        self.size = picture.size
        picture = picture.crop((2, 2, sides[0] - 2, sides[1] - 2))
        self.blurred = blurred(picture)
        self.ground = blurred(background(picture, widen))


def draw(path, folder, bounds):
    """The pages of a file as each renderer draws them: a list of pages by renderer."""
    hayro = os.environ.get("HAYRO", "render-with-hayro")
    commands = {
        "poppler": ["pdftoppm", "-r", str(DPI), path, f"{folder}/poppler"],
        "mupdf": ["mutool", "draw", "-q", "-r", str(DPI), "-o", f"{folder}/mupdf-%d.ppm", path],
        "hayro": [hayro, path, f"{folder}/hayro", str(DPI)],
    }
    pictures = {}
    for name, command in commands.items():
        subprocess.run(command, check=True, capture_output=True)
        numbered = {int(re.search(r"-(\d+)\.p[np][gm]$", str(p)).group(1)): p for p in pathlib.Path(folder).glob(f"{name}-*.p[np][gm]")}
        pictures[name] = [Image.open(numbered[n]).convert("RGB").reduce(SHRINK) for n in sorted(numbered)]
    # A page that one of them does not draw is told where pages are counted.
    together = itertools.zip_longest(*pictures.values())
    sides = [tuple(map(min, zip(*(picture.size for picture in page if picture)))) for page in together]
    return {name: [Page(picture, least, bounds.widen) for picture, least in zip(drawn, sides)] for name, drawn in pictures.items()}


def blurred(picture):
    return numpy.asarray(picture.filter(ImageFilter.GaussianBlur(BLUR)), dtype=numpy.int16)


def background(picture, widen):
    """What a picture is like behind dark strokes: each pixel the lightest within `widen` of it, a colour at a time."""
    light = numpy.asarray(picture)
    for axis in (0, 1):
        padding = [(widen, widen) if at == axis else (0, 0) for at in range(3)]
        padded, length = numpy.pad(light, padding, mode="edge"), 1
        # The greatest of twice as many neighbours is that of two halves; the last step overlaps.
        while length < 2 * widen + 1:
            more = min(length, 2 * widen + 1 - length)
            whole = padded.shape[axis]
            padded = numpy.maximum(padded.take(range(whole - more), axis), padded.take(range(more, whole), axis))
            length += more
        light = padded
    return Image.fromarray(light)


def difference(one, other):
    """The greatest and the mean difference of two pages, that of their grounds, and where the first is."""
    if any(abs(a - b) > 1 for a, b in zip(one.size, other.size)):
        return 255.0, 255.0, 255.0, (0, 0)
    delta, ground = apart(one.blurred, other.blurred), apart(one.ground, other.ground)
    y, x = numpy.unravel_index(delta.argmax(), delta.shape)
    return float(delta.max()), float(delta.mean()), float(ground.max()), (int(x), int(y))


def apart(one, other):
    """How far two pictures are apart in each place."""
    colours = abs(one - other)
    return numpy.maximum(numpy.maximum(colours[:, :, 0], colours[:, :, 1]), colours[:, :, 2])


def compare(one, other, names, bounds):
    """Faults of two renderers' pages against each other, and the greatest differences."""
    faults, worst = [], (0.0, 0.0, 0.0)
    if len(one) != len(other):
        faults.append(f"{names}: {len(one)} and {len(other)} pages")
    for number, (left, right) in enumerate(zip(one, other), 1):
        most, mean, ground, (x, y) = difference(left, right)
        worst = tuple(map(max, worst, (most, mean, ground)))
        if most > bounds.most or mean > bounds.mean or ground > bounds.ground:
            faults.append(f"{names}, page {number}: {most:.0f} at {x},{y}, {mean:.2f} in the mean, {ground:.0f} behind")
    return faults, worst


def told(worst):
    return "{:.0f}/{:.2f}/{:.0f}".format(*worst)


def letters(command):
    """How often each letter stands in what a reader finds."""
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    # Hyphens that the line breaker put in are shown by one reader and left out by the other.
    return collections.Counter(re.sub(r"[\s\u00ad\u2060]", "", text))


def check(path, bounds):
    """All that is wrong with a file, and the greatest differences."""
    faults, worst = [], {}
    with tempfile.TemporaryDirectory() as folder:
        pages = draw(path, folder, bounds)
    for one, other in itertools.combinations(pages, 2):
        names = f"{one} and {other}"
        more, worst[names] = compare(pages[one], pages[other], names, bounds)
        faults += more
    one, other = letters(["pdftotext", path, "-"]), letters(["mutool", "draw", "-q", "-F", "txt", path])
    if one != other or not one:
        faults.append(f"letters: poppler has {dict(one - other)} more, mupdf {dict(other - one)}")
    return faults, worst


def seeded(path, folder):
    """Pages with one change each, which a renderer might make by mistake: the name, the page as it was, and changed."""
    import pikepdf

    def edited(name, change):
        with pikepdf.open(path) as pdf:
            for page in pdf.pages:
                changed, done = [], False
                for operands, operator in pikepdf.parse_content_stream(page):
                    new = None if done else change(list(operands), str(operator))
                    done = done or new is not None
                    changed += [(operands, operator)] if new is None else [(o, pikepdf.Operator(op)) for o, op in new]
                if not done:
                    continue
                alone = pikepdf.new()
                alone.pages.append(page)
                alone.save(f"{folder}/good.pdf")
                alone.pages[0].Contents = alone.make_stream(pikepdf.unparse_content_stream(changed))
                alone.save(f"{folder}/bad.pdf")
                return name, f"{folder}/good.pdf", f"{folder}/bad.pdf"
        sys.exit(f"{path} has nothing for «{name}»")

    colour = []

    def light_fill(operands, operator):
        if operator == "rg":
            colour[:] = map(float, operands)
        return [([], "n")] if operator in ("f", "f*") and colour and 0.8 < min(colour) < 0.95 else None

    def long_text(operands, operator):
        return operator == "TJ" and sum(len(bytes(o)) for o in operands[0] if isinstance(o, pikepdf.String)) > 60

    yield edited("picture dropped", lambda o, op: [] if op == "Do" else None)
    yield edited("colour changed", lambda o, op: [([0.9, 0.3, 0.2], "rg")] if op == "rg" and max(o) > 0.8 else None)
    yield edited("line of text dropped", lambda o, op: [] if long_text(o, op) else None)
    yield edited("line of text shifted", lambda o, op: [([o[0], o[1], o[2], o[3], float(o[4]) + 8, o[5]], op)] if op == "Tm" else None)
    yield edited("ground dropped", light_fill)


def prove(path, bounds):
    """Each change in the file must be seen, by each renderer."""
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, *files in seeded(path, folder):
            good, bad = (draw(file, tempfile.mkdtemp(dir=folder), bounds) for file in files)
            for one, other in itertools.permutations(good, 2):
                faults, worst = compare(good[one], bad[other], name, bounds)
                missed += not faults
                print(f"{'ok  ' if faults else 'FAIL'} {name}, {one} against {other}: {told(worst)}")
    print(f"{missed} changes not seen")
    return missed


def main(arguments):
    bounds = TEXT
    if arguments[:1] == ["--art"]:
        bounds, arguments = ART, arguments[1:]
    if arguments[:1] == ["--prove"]:
        sys.exit(bool(prove(arguments[1], bounds)))
    if not arguments:
        sys.exit(__doc__)
    bad = 0
    for path in arguments:
        faults, worst = check(path, bounds)
        bad += bool(faults)
        numbers = ", ".join(f"{name} {told(values)}" for name, values in worst.items())
        print(f"{'FAIL' if faults else 'ok  '} {path}: {numbers}")
        for fault in faults:
            print(f"     {fault}")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main(sys.argv[1:])
