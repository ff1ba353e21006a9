#!/usr/bin/env python3
"""Pages as pictures look like the PDF: our PNG, and our SVG in headless Chromium, against poppler's drawing of the same document.

    pictures.py FILE.pdf …           FILE.png or FILE-1.png …, and .svg, as `itog render --to pdf,png,svg --dpi 100` leaves them
    pictures.py --prove FILE.pdf …   drops a letter, a picture, a clip, a gradient and the like from the SVG: each must be seen

Poppler puts thin lines and baselines on whole pixels, so it draws FINER times as fine, and the mean of those pixels is one of ours. A pixel
differs if it is unlike the same pixel in the other picture and those around it: one of its colours is more than FAR of 255 away. So it does
not count by which rule an edge is smoothed. The text layer must say what `pdftotext` finds. Needs Pillow, numpy,
poppler-utils, chromium.
"""

import base64
import functools
import io
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

import numpy
from PIL import Image

import browser
import likeness

DPI = 100
FINER = 6
FAR = 48  # poppler draws letters a little heavier: nothing differs by more than 96
SHARE = 0.005  # of all pixels may differ
# In the proof: a thing that is dropped must be seen at all, which a letter is as a few pixels.
SEEN = 12


def share(one, other):
    """How many pixels of two pictures differ."""
    a, b = (numpy.asarray(picture) for picture in (one, other))
    if a.shape != b.shape:
        return a.shape[0] * a.shape[1]
    return int((likeness.distances(a, b) > FAR).sum())


def unlike(one, other):
    """How many pixels differ, whichever of the two has more."""
    return max(share(one, other), share(other, one))


@functools.cache
def poppler(pdf):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", str(DPI * FINER), pdf, f"{folder}/page"], check=True)
        paths = sorted(pathlib.Path(folder).glob("page-*.ppm"), key=lambda path: int(re.search(r"-(\d+)\.ppm$", path.name).group(1)))
        return [coarse(Image.open(path).convert("RGB")) for path in paths]


def coarse(picture):
    """A page of fewer pixels; where the last row and column are not whole, the rest is paper."""
    width, height = (-(-side // FINER) for side in picture.size)
    page = Image.new("RGB", (width * FINER, height * FINER), "white")
    page.paste(picture, (0, 0))
    return page.reduce(FINER)


def beside(pdf, ending):
    """The pictures of a document's pages, in order."""
    pdf = pathlib.Path(pdf)
    only = pdf.with_suffix(ending)
    numbered = {int(path.stem.rsplit("-", 1)[1]): path for path in pdf.parent.glob(f"{pdf.stem}-*{ending}")
                if re.fullmatch(r"\d+", path.stem.rsplit("-", 1)[1])}
    return [only] if only.exists() else [numbered[n] for n in sorted(numbered)]


def screenshot(chromium, svg, size):
    """SVG as it stands in a page of HTML, as a picture of that size."""
    html = f"<!DOCTYPE html><meta charset=utf-8><style>body{{margin:0}}svg{{display:block}}</style>{svg}"
    scale = DPI / 96
    width, height = (int(-(-side // scale)) for side in size)
    chromium.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=scale, mobile=False)
    frame = chromium.ask("Page.getFrameTree")["frameTree"]["frame"]["id"]
    chromium.ask("Page.setDocumentContent", frameId=frame, html=html)
    chromium.ask("Runtime.evaluate", expression="new Promise(done => requestAnimationFrame(() => setTimeout(done, 50)))", awaitPromise=True)
    shot = base64.b64decode(chromium.ask("Page.captureScreenshot", format="png")["data"])
    # The sheet is no whole number of pixels: what lies beyond is paper, too.
    page = Image.new("RGB", size, "white")
    page.paste(Image.open(io.BytesIO(shot)).convert("RGB"), (0, 0))
    return page


def letters(text):
    """Letters in the order of the text; hyphens of the line breaker are left out by some."""
    return sorted(re.sub("[\\s\u00ad\u2060\u200b-]", "", text))


def layer(svg):
    root = ElementTree.fromstring(svg)
    return "".join("".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text"))


def check(pdf, chromium):
    """All that is wrong with the pictures of a file, and the greatest shares of pixels that differ."""
    faults, worst = [], {"png": 0.0, "svg": 0.0}
    pages, pngs, svgs = poppler(pdf), beside(pdf, ".png"), beside(pdf, ".svg")
    if not len(pages) == len(pngs) == len(svgs):
        return [f"{len(pages)} pages, {len(pngs)} PNG, {len(svgs)} SVG"], worst
    said = ""
    for number, (page, png, svg) in enumerate(zip(pages, pngs, svgs), 1):
        text = svg.read_text(encoding="utf-8")
        said += layer(text)
        drawn = {"png": Image.open(png).convert("RGB"), "svg": screenshot(chromium, text, page.size)}
        for kind, picture in drawn.items():
            if picture.size != page.size:
                faults.append(f"page {number} as {kind} has {picture.size} pixels, not {page.size}")
                continue
            differs = unlike(page, picture) / (page.width * page.height)
            worst[kind] = max(worst[kind], differs)
            if differs > SHARE:
                faults.append(f"page {number} as {kind}: {differs:.2%} of the pixels differ")
    found = subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True, text=True).stdout
    if letters(said) != letters(found):
        faults.append(f"the text layer has {len(letters(said))} letters, the PDF {len(letters(found))}")
    return faults, worst


# What is dropped, and what stands instead.
DROPPED = [
    ("a letter", r"<use href=\"#p\d+-\d+\" x=\"[^\"]*\"/>", ""), ("a picture", r"<use href=\"#p\d+-\d+\" transform=[^>]*/>", ""),
    ("a clip", r" clip-path=\"[^\"]*\"", ""), ("a gradient", r" fill=\"url\(#[^\"]*\"", " fill=\"none\""),
    ("a line", r"<path d=[^>]*stroke=\"#[^>]*/>", ""), ("a fill", r"<path d=[^>]*fill=\"#[^>]*/>", ""),
    ("an opacity", r" (fill-|stroke-)?opacity=\"0?\.[^\"]*\"", ""), ("a mask", r" mask=\"[^\"]*\"", ""),
]


def prove(pdfs, chromium):
    """Whatever is dropped from a page must be seen on some page that has it."""
    missed = 0
    for name, pattern, instead in DROPPED:
        seen, tried = 0, 0
        for pdf in pdfs:
            for page, svg in zip(poppler(pdf), beside(pdf, ".svg")):
                text = svg.read_text(encoding="utf-8")
                if seen or not re.search(pattern, text):
                    continue
                tried += 1
                whole = unlike(page, screenshot(chromium, text, page.size))
                spoiled = re.sub(pattern, instead, text, count=1 if name == "a letter" else 0)
                seen += unlike(page, screenshot(chromium, spoiled, page.size)) >= whole + SEEN
        missed += not seen
        print(f"{'ok   seen' if seen else 'FAIL not seen'}: {name}, on {tried} pages")
    return missed


def main(arguments):
    if not arguments:
        sys.exit(__doc__)
    chromium = browser.Chromium(tempfile.mkdtemp())
    try:
        if arguments[0] == "--prove":
            return prove(arguments[1:], chromium)
        bad = 0
        for pdf in arguments:
            faults, worst = check(pdf, chromium)
            bad += bool(faults)
            print(f"{'FAIL' if faults else 'ok  '} {pdf}: PNG {worst['png']:.3%}, SVG {worst['svg']:.3%}")
            for fault in faults:
                print(f"     {fault}")
        return bad
    finally:
        chromium.end()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) > 0)
