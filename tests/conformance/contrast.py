"""Text stands out from what is behind it (Matterhorn 04, WCAG 2.2, 1.4.3).

    contrast.py FILE.pdf …            every line of text against the commonest colour behind it
    contrast.py --prove FILE.pdf      the same lines in a pale grey must be seen

The ratio must be 4.5, for large text (18 pt, or 14 pt bold) 3. Exit status 1 if anything is wrong.
"""

import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as tree

import numpy
from PIL import Image

LARGE, LARGE_BOLD = 18.0, 14.0
# pdftohtml counts in 108ths of an inch.
SCALE = 72 / 108
# Dots whose colours are so near to the letters' are ink, unless there are so many of them that they must be the ground.
NEAR, MOST_INK = 24, 0.6


def luminance(colour):
    """The relative luminance of an sRGB colour (WCAG 2.2)."""
    linear = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def faults(pdf, pale=None):
    out = subprocess.run(["pdftohtml", "-xml", "-stdout", "-i", "-nodrm", str(pdf)], capture_output=True, check=True).stdout
    root = tree.fromstring(re.sub(rb"<!DOCTYPE[^>]*>", b"", out))
    fonts = {font.get("id"): font for font in root.iter("fontspec")}
    with tempfile.TemporaryDirectory() as made:
        for number, page in enumerate(root.iter("page"), 1):
            subprocess.run(["pdftoppm", "-r", "108", "-f", str(number), "-l", str(number), "-singlefile", "-png", str(pdf), f"{made}/page"], check=True)
            picture = Image.open(f"{made}/page.png").convert("RGB")
            for text in page.iter("text"):
                words = "".join(text.itertext()).strip()
                if not words:
                    continue
                left, top, width, height = (int(text.get(name)) for name in ("left", "top", "width", "height"))
                font = fonts[text.get("font")]
                colour = pale or tuple(int(font.get("color")[at:at + 2], 16) for at in (1, 3, 5))
                # Between the letters and around them is more ground than ink; of a ground with a pattern no single colour need be.
                box = (max(left - 2, 0), max(top, 0), min(left + width + 2, picture.width), min(top + height, picture.height))
                if box[0] >= box[2] or box[1] >= box[3]:
                    continue
                dots, counts = numpy.unique(numpy.asarray(picture.crop(box)).reshape(-1, 3), axis=0, return_counts=True)
                inked = abs(dots.astype(int) - colour).max(axis=1) <= NEAR
                if counts[inked].sum() < MOST_INK * counts.sum():
                    dots, counts = dots[~inked], counts[~inked]
                ground = tuple(int(part) for part in dots[counts.argmax()])
                bold = text.find(".//b") is not None
                size = float(font.get("size")) * SCALE
                wanted = 3.0 if size >= LARGE or bold and size >= LARGE_BOLD else 4.5
                found = ratio(colour, ground)
                if found < wanted:
                    yield f"page {number}: «{words[:40]}» has a contrast of {found:.1f}, and {wanted} is wanted: {colour} on {ground}"


def main(*files):
    bad = False
    for path in map(pathlib.Path, files):
        told = list(faults(path))
        for fault in told:
            print(f"{path.name}: {fault}")
        print(f"{'FAIL' if told else 'ok'}   {path.name}")
        bad = bad or bool(told)
    return bad


def prove(path):
    seen = next(faults(path, pale=(200, 200, 200)), None)
    print(f"{'ok   seen' if seen else 'FAIL not seen'}: pale grey text ({seen})")
    return seen is None


if __name__ == "__main__":
    sys.exit(prove(sys.argv[2]) if sys.argv[1] == "--prove" else main(*sys.argv[1:]))
