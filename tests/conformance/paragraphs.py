#!/usr/bin/env python3
"""Justified Russian paragraphs are set as evenly as Typst sets them, and more evenly than Chromium and LibreOffice do.

    paragraphs.py ITOG

The paragraphs of paragraphs.txt at three widths, in the same face and size. What is measured is the stretch of the spaces of a line, as a
share of a space, from the places of words (`pdftotext -bbox`); a paragraph's sum of squares over all its lines but the last, and its hyphens.
A paragraph is lost if its sum over the three widths is greater, where lines end elsewhere. Exit status 1 if we lose more than WORST of
them to anybody, or have more hyphens than Typst.
"""

import pathlib
import subprocess
import sys
import tempfile

import typst
from fontTools.ttLib import TTFont

import bbox
import office

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[1]
FACE = next((ROOT / "fonts").rglob("PT*Serif*Regular.ttf"))
SIZE = 11
WIDTHS = 480, 300, 200
# How many paragraphs may be lost.
WORST = {"typst": 2, "chromium": 0, "libreoffice": 1}
# Rounding in the places of words.
SLIP = 1.005


def run(*command):
    subprocess.run([str(part) for part in command], check=True, capture_output=True)


def space():
    font = TTFont(FACE)
    return font["hmtx"][font.getBestCmap()[32]][0] / font["head"].unitsPerEm * SIZE


def paragraphs(pdf):
    """The lines of each page, which has one paragraph: words with where they begin and end."""
    for page in bbox.pages(pdf):
        lines = {}
        for x, _, right, y, word in bbox.words(page):
            lines.setdefault(round(y), []).append((x, right, word))
        yield [lines[y] for y in sorted(lines)]


def judge(lines, width):
    """The sum of squares, the hyphens, and the words of each line."""
    total = hyphens = 0
    for line in lines[:-1]:
        gaps = [b[0] - a[1] for a, b in zip(line, line[1:])]
        if gaps:
            total += ((sum(gaps) / len(gaps) - width) / width) ** 2
        hyphens += line[-1][2][-1] in "-\u00ad\u2010"
    return total, hyphens, [[word[2].rstrip("-\u00ad\u2010") for word in line] for line in lines]


def ours(itog, texts, width, folder):
    template = folder / f"template-{width}"
    template.mkdir()
    (template / "style.css").write_text(
        f"@page {{ size: {width}pt 1200pt; margin: 0 }} body {{ margin: 0; font: {SIZE}pt/1.4 'PT Serif' }}"
        "p { margin: 0; text-align: justify; hyphens: auto; break-after: page; -itog-typography: none; orphans: 1; widows: 1 }"
        "p:last-child { break-after: auto }")
    (template / "template.hbs").write_text(
        '<html lang="ru"><head><title>Абзацы</title></head><body>' + "".join(f"<p>{text}</p>" for text in texts) + "</body></html>")
    data = ROOT / "examples/data/minimal.yaml"
    run(itog, "render", data, "--template", template, "-o", folder / f"ours-{width}.pdf", "--standard", "none", "--to", "pdf")
    run(itog, "render", data, "--template", template, "-o", folder / f"libreoffice-{width}.docx", "--to", "docx")
    office.to_pdf([folder / f"libreoffice-{width}.docx"], folder, folder)


def theirs(texts, width, folder):
    source = folder / f"{width}.typ"
    source.write_text(
        f'#set page(width: {width}pt, height: 1200pt, margin: 0pt)\n#set text(font: "PT Serif", size: {SIZE}pt, lang: "ru")\n'
        "#set par(justify: true)\n" + "\n#pagebreak()\n".join(texts))
    typst.compile(source, output=folder / f"typst-{width}.pdf", font_paths=[FACE.parent])
    page = folder / f"{width}.html"
    page.write_text(
        f'<!doctype html><html lang="ru"><meta charset="utf-8"><style>@font-face {{ font-family: "PT Serif"; src: url("{FACE.as_uri()}") }}'
        f'@page {{ size: {width}pt 1200pt; margin: 0 }} body {{ margin: 0; font: {SIZE}pt/1.4 "PT Serif" }}'
        "p { margin: 0; text-align: justify; hyphens: auto; break-after: page } p:last-child { break-after: auto }</style>"
        + "".join(f"<p>{text}</p>" for text in texts))
    run("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-pdf-header-footer",
        f"--user-data-dir={folder}/chromium", f"--print-to-pdf={folder}/chromium-{width}.pdf", page.as_uri())


def main(itog):
    texts = (HERE / "paragraphs.txt").read_text().splitlines()
    natural = space()
    bad = 0
    with tempfile.TemporaryDirectory() as made:
        folder = pathlib.Path(made)
        for width in WIDTHS:
            ours(itog, texts, width, folder)
            theirs(texts, width, folder)
        judged = {
            (who, width): [judge(lines, natural) for lines in paragraphs(folder / f"{who}-{width}.pdf")]
            for who in ("ours", *WORST) for width in WIDTHS
        }
        for who, worst in WORST.items():
            sums = [[0.0, 0.0] for _ in texts]
            for width in WIDTHS:
                a, b = judged["ours", width], judged[who, width]
                if not len(a) == len(b) == len(texts):
                    sys.exit(f"{who}, {width} pt: {len(a)} and {len(b)} pages, not {len(texts)}")
                won = 0
                for pair, (mine, _, own), (other, _, foreign) in zip(sums, a, b):
                    # The same lines are the same sum, whatever rounding says.
                    mine = other if own == foreign else mine
                    pair[0] += mine
                    pair[1] += other
                    won += mine <= other * SLIP
                hyphens = sum(h for _, h, _ in a), sum(h for _, h, _ in b)
                print(f"     {who}, {width} pt: {won} of {len(texts)} as even or more, hyphens {hyphens[0]} to {hyphens[1]}")
            lost = sum(mine > other * SLIP for mine, other in sums)
            hyphens = [sum(h for width in WIDTHS for _, h, _ in judged[side, width]) for side in ("ours", who)]
            good = lost <= worst and (who != "typst" or hyphens[0] <= hyphens[1])
            bad += not good
            print(f"{'ok' if good else 'FAIL':4} {who}: {len(texts) - lost} of {len(texts)} paragraphs as even or more, hyphens {hyphens[0]} to {hyphens[1]}")
    return bad


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]) > 0)
