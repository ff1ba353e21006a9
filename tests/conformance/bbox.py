"""Where poppler finds the words of a PDF."""

import html
import re
import subprocess

WORD = re.compile(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>')


def words(markup):
    """The words of a piece of `pdftotext -bbox`: left, top, right, bottom in points, and the text."""
    for *box, text in WORD.findall(markup):
        yield *map(float, box), html.unescape(text)


def pages(pdf, option="-bbox"):
    """The pages of a PDF as poppler tells them, with `-bbox-layout` parted into lines."""
    text = subprocess.run(["pdftotext", option, pdf, "-"], capture_output=True, text=True, check=True).stdout
    return text.split("<page ")[1:]
