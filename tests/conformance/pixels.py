"""SVG and CSS are painted as a browser paints them: every case of pixels.txt by headless Chromium, and by poppler and mupdf from our PDF.

    pixels.py ITOG [CASE...]            compares all cases, or the named ones, which are then left in /tmp/pixels
    pixels.py --prove ITOG              leaves one thing out of each of some cases: that must be seen

A pixel differs if it is unlike the same pixel in the other picture and those around it: one of its colours is more than FAR of 255 away. So
it does not count by which rule an edge is smoothed. Needs Pillow, numpy, poppler-utils, mupdf-tools, chromium.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

import numpy
from PIL import Image

import browser
import likeness

WIDTH, HEIGHT, SCALE = 200, 120, 2  # CSS pixels, and how many pixels each of them has
FAR = 28
SHARE = 0.02  # of all pixels may differ
CASES = 40
PAGE = """<html xmlns="http://www.w3.org/1999/xhtml" lang="ru"><head><title>{name}</title><style>
@page {{ size: {width}px {height}px; margin: 0 }} html, body {{ margin: 0; padding: 0 }} svg {{ display: block }}
</style></head><body>{body}</body></html>"""
# What to leave out, to prove that it is looked at.
PROOFS = [
    ("linear", "offset=\".6\"", "offset=\".2\""), ("group-opacity", "<g opacity=\".5\">", "<g>"), ("pattern", "r=\"7\"", "r=\"5\""),
    ("clip-circle", "clip-path=\"url(#c)\"", ""), ("mask-luminance", "mask=\"url(#m)\"", ""), ("css-shadow", "box-shadow", "-x"),
    ("css-radial", "circle at 30% 40%", "circle"), ("blur", "filter=\"url(#f)\"", ""), ("css-opacity", "opacity: .4", ""),
    ("css-round-picture", "border-radius: 50%;", ""), ("multiply", "mix-blend-mode", "x"), ("css-grid", "1fr 2fr", "2fr 1fr"),
]


def cases():
    text = (pathlib.Path(__file__).parent / "pixels.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", text, re.M | re.S))


def page(name, body):
    body = body.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" aria-hidden="true" ')
    return PAGE.format(name=name, body=body, width=WIDTH, height=HEIGHT)


def ours(itog, name, body, folder):
    """The case as poppler and mupdf show our PDF of it."""
    template = folder / "template"
    template.mkdir(exist_ok=True)
    (template / "template.hbs").write_text(page(name, body), encoding="utf-8")
    (folder / "data.json").write_text("{\"kind\": \"Диплом\", \"recipient\": \"Ким Юлия Олеговна\"}", encoding="utf-8")
    pdf = folder / f"{name}.pdf"
    made = subprocess.run([itog, "render", folder / "data.json", "--template", template, "--to", "pdf", "-o", pdf],
                          capture_output=True, text=True)
    if made.returncode:
        sys.exit(f"{name}: {made.stderr}")
    dpi = 96 * SCALE
    subprocess.run(["pdftoppm", "-r", str(dpi), "-png", "-singlefile", pdf, folder / f"{name}.poppler"], check=True)
    subprocess.run(["mutool", "draw", "-q", "-r", str(dpi), "-o", folder / f"{name}.mupdf.png", pdf], check=True, capture_output=True)
    return [(tool, folder / f"{name}.{tool}.png") for tool in ["poppler", "mupdf"]], made.stderr


def screenshot(chromium, name, body, folder):
    path = folder / f"{name}.html"
    path.write_text(page(name, body), encoding="utf-8")
    path = path.rename(folder / f"{name}.xhtml")
    chromium.ask("Emulation.setDeviceMetricsOverride", width=WIDTH, height=HEIGHT, deviceScaleFactor=SCALE, mobile=False)
    chromium.ask("Page.navigate", url=path.as_uri())
    chromium.ask("Runtime.evaluate", expression="new Promise(done => requestAnimationFrame(() => setTimeout(done, 150)))", awaitPromise=True)
    import base64
    picture = folder / f"{name}.chromium.png"
    picture.write_bytes(base64.b64decode(chromium.ask("Page.captureScreenshot", format="png")["data"]))
    return picture


def share(one, other):
    """How much of two pictures differs."""
    a, b = (numpy.asarray(Image.open(path).convert("RGB").resize((WIDTH * SCALE, HEIGHT * SCALE)), dtype=int) for path in (one, other))
    return float((likeness.distances(a, b) > FAR).mean())


def main(itog, wanted):
    all_cases = cases()
    if not wanted and len(all_cases) < CASES:
        sys.exit(f"there are only {len(all_cases)} cases")
    folder = pathlib.Path("/tmp/pixels") if wanted else pathlib.Path(tempfile.mkdtemp())
    folder.mkdir(exist_ok=True)
    bad = 0
    chromium = browser.Chromium(tempfile.mkdtemp())
    for name in wanted or all_cases:
        picture = screenshot(chromium, name, all_cases[name], folder)
        drawn, said = ours(itog, name, all_cases[name], folder)
        for tool, path in drawn:
            differs = share(picture, path)
            if differs > SHARE or wanted:
                print(f"{name}: {differs:.1%} of the pixels differ between Chromium and {tool}")
                bad += differs > SHARE
        if said and wanted:
            print(said)
    print(f"{len(wanted or all_cases)} cases, {bad} pictures unlike")
    return bad


def prove(itog):
    all_cases, missed = cases(), 0
    folder = pathlib.Path(tempfile.mkdtemp())
    chromium = browser.Chromium(tempfile.mkdtemp())
    for name, old, new in PROOFS:
        if old not in all_cases[name]:
            sys.exit(f"{name} has no {old}")
        picture = screenshot(chromium, name, all_cases[name], folder)
        drawn, _ = ours(itog, name, all_cases[name].replace(old, new), folder)
        if any(share(picture, path) <= SHARE for _, path in drawn):
            print(f"{name} without {old!r} is not seen")
            missed += 1
    print(f"{len(PROOFS)} proofs, {missed} missed")
    return missed


if __name__ == "__main__":
    if sys.argv[1] == "--prove":
        sys.exit(prove(sys.argv[2]) > 0)
    sys.exit(main(sys.argv[1], sys.argv[2:]) > 0)
