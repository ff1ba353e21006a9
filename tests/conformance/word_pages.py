"""Documents made in Word: our PDF beside LibreOffice's of the same file.

    word_pages.py ITOG DIR [--prove] [-k NAME]

Of each blank (`word_blanks.py`, and filled with data `word_shapes.py`): as many pages, every word there, and the beginning of each word on its baseline within 2 pt.
Needs poppler, LibreOffice and python-docx.
"""

import bisect
import collections
import itertools
import os
import pathlib
import re
import subprocess
import sys
import typing

import bbox
import office
import word_blanks
import word_shapes

MARK = pathlib.Path(__file__).resolve().parents[2] / "tests/word/mark.png"
NEAR = 2.0
# What is to hold of all blanks together.
PAGES, ORDER, PLACES = 0.95, 0.98, 0.95


def ours(itog, blank, folder):
    """Our PDF of a blank, and the DOCX that it is filled to."""
    folder.mkdir(parents=True, exist_ok=True)
    data = folder / "data.yaml"
    data.write_text(word_shapes.DATA, encoding="utf-8")
    (folder / MARK.name).write_bytes(MARK.read_bytes())
    made = [folder / f"{blank.stem}.{kind}" for kind in ("pdf", "docx")]
    for file in made:
        # A picture before the text of one blank hides words, in Word too: that is told, and places are compared all the same.
        command = [itog, "render", data, "--template", blank, "--to", file.suffix[1:], "--allow", "text-covered", "--overwrite", "-o", file]
        done = subprocess.run([str(part) for part in command], capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})
        if done.returncode:
            return None, None, done.stderr
    return *made, done.stderr


# Where in its box a word of Liberation Serif stands: poppler takes the box from the font that the engine has written.
OURS, OFFICE = 0.891 / 1.107, 0.949 / 1.3
# What fills the room before a tab stop is a line to one engine, and letters to the other, between words that it joins.
LEADER = re.compile(r"[.\-_·]{3,}")
# Signs of symbol fonts: LibreOffice leaves their private codes.
SIGN = re.compile("[\uE000-\uF8FF☐☑☒✓•▪○]")
# Hyphens that are one sign on paper; a joiner is none.
SAME = str.maketrans({"\u2011": "-", "\u2060": ""})


class Word(typing.NamedTuple):
    page: int
    text: str
    left: float | None
    right: float | None
    base: float


def read(pdf, base):
    """The words of all pages. Of a word that a leader joins to another, one edge is known."""
    for number, page in enumerate(bbox.pages(pdf), 1):
        for left, top, right, bottom, text in bbox.words(page):
            pieces = LEADER.split(SIGN.sub("•", text.translate(SAME)))
            for at, piece in enumerate(pieces):
                if piece:
                    yield Word(number, piece, left if at == 0 else None, right if at + 1 == len(pieces) else None, top + base * (bottom - top))


def far(a, b):
    """How far apart two words stand."""
    sides = [abs(x - y) for x, y in ((a.left, b.left), (a.right, b.right)) if x is not None and y is not None]
    return 999.0 if a.page != b.page or not sides else max(sides[0], abs(a.base - b.base))


def spelt(words, others):
    """The words with letters joined that stand apart on paper: to an engine that spaces letters each is a word."""
    known = {word.text for word in others}
    out, at = [], 0
    while at < len(words):
        run = list(itertools.takewhile(lambda word: len(word.text) == 1, words[at:]))
        whole = "".join(word.text for word in run)
        if len(run) > 2 and whole in known:
            out.append(run[0]._replace(text=whole, right=run[-1].right))
            at += len(run)
        else:
            out.append(words[at])
            at += 1
    return out


def compare(a, b):
    """Each word of ours with the nearest one of theirs that says the same, and how far it is away."""
    left = collections.defaultdict(list)
    for word in b:
        left[word.text].append(word)
    away = []
    for x in a:
        best = min(left[x.text], key=lambda y: far(x, y), default=None)
        if best is not None:
            left[x.text].remove(best)
            away.append((far(x, best), x, best))
    return away


def ordered(away, theirs):
    """How many words stand in the order in which they stand in theirs: the longest ascending sequence of their places."""
    places = {id(word): at for at, word in enumerate(theirs)}
    ends = []
    for _, _, other in away:
        at = places[id(other)]
        place = bisect.bisect_left(ends, at)
        ends[place:place + 1] = [at]
    return len(ends)


def judge(name, mine, theirs):
    """One line of the report, whether pages and words are the same, and how many words are near and in order."""
    mine, theirs = spelt(mine, theirs), spelt(theirs, mine)
    pages = max((word.page for word in mine), default=0), max((word.page for word in theirs), default=0)
    away = compare(mine, theirs)
    near = sum(one <= NEAR for one, *_ in away)
    missing = max(len(mine), len(theirs)) - len(away)
    worst = next((one for one in away if one[0] > NEAR), None)
    shown = lambda word: f"{word.page} {word.left or word.right:.1f},{word.base:.1f}"
    note = "" if worst is None else f"  {worst[1].text}: {shown(worst[1])} for {shown(worst[2])}"
    order = ordered(away, theirs)
    print(f"{name:20} pages {pages[0]}/{pages[1]}  words {len(away)}/{len(theirs)}{f' ({missing} differ)' if missing else ''}  in order {order}  near {near}{note}")
    return pages[0] == pages[1], missing == 0, near, len(away), order


def main():
    itog, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    chosen = sys.argv[sys.argv.index("-k") + 1] if "-k" in sys.argv else ""
    blanks, made, reference = folder / "blanks", folder / "ours", folder / "reference"
    blanks.mkdir(parents=True, exist_ok=True)
    results, failed, filled = [], [], []
    for name, make in {**word_blanks.BLANKS, **word_shapes.SHAPES}.items():
        if chosen not in name:
            continue
        make().save(blanks / f"{name}.docx")
        pdf, docx, told = ours(itog, blanks / f"{name}.docx", made)
        if pdf is None:
            print(f"{name:20} not made: {told.strip()[:600]}")
            failed.append(name)
        else:
            filled.append(docx)
    office.to_pdf(filled, reference, folder)
    for file in filled:
        theirs = list(read(reference / f"{file.stem}.pdf", OFFICE))
        mine = list(read(made / f"{file.stem}.pdf", OURS))
        results.append(judge(file.stem, mine, theirs))
        if "--prove" in sys.argv and len(results) == 1:
            # A word that stands elsewhere, and a page too many, must be told.
            moved = [word._replace(left=word.left + 5) for word in theirs if word.left is not None]
            assert judge("moved", moved, theirs)[2] == 0, "words that are moved are not seen"
            assert judge("backwards", mine[::-1], theirs)[4] < len(theirs) / 2, "words in another order are not seen"
            assert not judge("longer", [*theirs, Word(99, "x", 0, 0, 0)], theirs)[0], "a page too many is not seen"
    same, whole = sum(r[0] for r in results), sum(r[1] for r in results)
    near, words = sum(r[2] for r in results), sum(r[3] for r in results)
    order = sum(r[4] for r in results)
    print(f"{len(filled)} blanks: pages equal in {same}, the same words in {whole}, {order} of {words} words in order ({100 * order / max(words, 1):.1f} %), "
          f"{near} within {NEAR} pt ({100 * near / max(words, 1):.1f} %), not made {failed}")
    return not failed and (chosen or same >= PAGES * len(filled) and order >= ORDER * words and near >= PLACES * words)


if __name__ == "__main__":
    sys.exit(not main())
