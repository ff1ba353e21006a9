#!/usr/bin/env python3
"""What cases of layout look like: lines, colours, corners and turns, which the page trees of `tests/suite` only name.

    suite_pictures.py FOLDER             FOLDER/NAME.pdf, as `cargo test --test suite` leaves them, beside tests/suite/pictures/NAME.png
    suite_pictures.py --update FOLDER    draws the pictures anew; look at them
    suite_pictures.py --prove FOLDER     turns every picture round: each must be seen as another one

Pages of a case stand side by side. Poppler's versions smooth edges in their own ways, so pictures are compared after a blur. Exit status 1 if
any case looks otherwise. Needs Pillow, numpy and poppler-utils.
"""

import pathlib
import subprocess
import sys
import tempfile

import numpy
from PIL import Image, ImageFilter, ImageOps

PICTURES = pathlib.Path(__file__).parents[1] / "suite/pictures"
DPI = 72
BLUR = 1.5
MOST = 40
CASES = """
background-image-repeat background-over-pages border-sides-and-widths borders-kinds box-decoration-clone columns-three-with-gap
flex-nested image-object-fit-keeps-box inline-box-border root-background table-border-spacing table-collapsed-conflict
table-collapsed-outer-thick table-row-group-background
""".split()


def draw(pdf):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-r", str(DPI), "-png", pdf, f"{folder}/page"], check=True)
        pages = [Image.open(path).convert("RGB") for path in sorted(pathlib.Path(folder).glob("*.png"))]
    picture = Image.new("RGB", (sum(page.width + 1 for page in pages) - 1, max(page.height for page in pages)), "gray")
    at = 0
    for page in pages:
        picture.paste(page, (at, 0))
        at += page.width + 1
    return picture


def difference(one, other):
    if one.size != other.size:
        return 255
    blurred = [numpy.asarray(picture.filter(ImageFilter.GaussianBlur(BLUR)), dtype=int) for picture in (one, other)]
    return int(abs(blurred[0] - blurred[1]).max())


def main(arguments):
    update, prove = "--update" in arguments, "--prove" in arguments
    folder = pathlib.Path(arguments[-1])
    bad = 0
    for case in CASES:
        picture, kept = draw(folder / f"{case}.pdf"), PICTURES / f"{case}.png"
        if update:
            kept.parent.mkdir(exist_ok=True)
            picture.quantize(64).save(kept, optimize=True)
            continue
        wanted = Image.open(kept).convert("RGB")
        apart = difference(picture, ImageOps.mirror(wanted) if prove else wanted)
        good = (apart > MOST) == prove
        bad += not good
        print(f"{'ok' if good else 'FAIL':4} {case}: {apart} of 255{' seen' if prove and good else ''}")
    return bad


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) > 0)
