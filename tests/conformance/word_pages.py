"""Documents made in Word: our PDF beside LibreOffice's of the same file.

    word_pages.py ITOG DIR [--prove] [-k NAME]

Of each blank (`word_blanks.py`): as many pages, every word there, and the beginning of each word on its baseline within 2 pt. Needs poppler, LibreOffice and python-docx.
"""

import collections
import os
import pathlib
import re
import subprocess
import sys

import bbox
import office
import word_blanks

NEAR = 2.0
# What is to hold of all blanks together.
PAGES, PLACES = 0.95, 0.95


def ours(itog, docx, folder):
    """Our PDF of a document."""
    folder.mkdir(parents=True, exist_ok=True)
    data, pdf = folder / "empty.yaml", folder / f"{docx.stem}.pdf"
    data.write_text("kind: Решение\nrecommendations: [Провести форум.]\n", encoding="utf-8")
    command = [itog, "render", data, "--template", docx, "--to", "pdf", "--overwrite", "-o", pdf]
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"})
    return (None if done.returncode else pdf), done.stderr


# Where in its box a word of Liberation Serif stands: poppler takes the box from the font that the engine has written.
OURS, OFFICE = 0.891 / 1.107, 0.949 / 1.3
# What fills the room before a tab stop is a line to one engine, and letters to the other.
LEADER = re.compile(r"[.\-_·]{3,}")
# Signs of symbol fonts: LibreOffice leaves their private codes.
SIGN = re.compile("[\uE000-\uF8FF☐☑☒✓•▪○]")


def read(pdf, base):
    """The words of all pages: page, text, left, baseline."""
    return [(number, SIGN.sub("•", LEADER.sub("", text)), left, top + base * (bottom - top)) for number, page in enumerate(bbox.pages(pdf), 1)
            for left, top, right, bottom, text in bbox.words(page) if LEADER.sub("", text)]


def compare(a, b):
    """Each word of ours with the nearest one of theirs that says the same, and how far it is away."""
    left = collections.defaultdict(list)
    for word in b:
        left[word[1]].append(word)
    away = []
    for x in a:
        far = lambda y: 999.0 if x[0] != y[0] else max(abs(x[2] - y[2]), abs(x[3] - y[3]))
        best = min(left[x[1]], key=far, default=None)
        if best is not None:
            left[x[1]].remove(best)
            away.append((far(best), x, best))
    return away


def judge(name, mine, theirs):
    """One line of the report, and whether pages and words are the same."""
    pages = max((word[0] for word in mine), default=0), max((word[0] for word in theirs), default=0)
    away = compare(mine, theirs)
    near = sum(far <= NEAR for far, *_ in away)
    missing = max(len(mine), len(theirs)) - len(away)
    worst = max(away, default=None, key=lambda one: one[0] > NEAR)
    note = "" if worst is None or worst[0] <= NEAR else f"  {worst[1][1]}: {worst[1][0]} {worst[1][2]:.1f},{worst[1][3]:.1f} for {worst[2][0]} {worst[2][2]:.1f},{worst[2][3]:.1f}"
    print(f"{name:20} pages {pages[0]}/{pages[1]}  words {len(away)}/{len(theirs)}{f' ({missing} differ)' if missing else ''}  near {near}{note}")
    return pages[0] == pages[1], missing == 0, near, len(away)


def main():
    itog, folder = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    chosen = sys.argv[sys.argv.index("-k") + 1] if "-k" in sys.argv else ""
    blanks, reference = folder / "blanks", folder / "reference"
    blanks.mkdir(parents=True, exist_ok=True)
    files = []
    for name, make in word_blanks.BLANKS.items():
        if chosen in name:
            files.append(blanks / f"{name}.docx")
            if not files[-1].exists():
                make().save(files[-1])
    missing = [file for file in files if not (reference / f"{file.stem}.pdf").exists()]
    if missing:
        office.to_pdf(missing, reference, folder)
    results, failed = [], []
    for file in files:
        pdf, told = ours(itog, file, folder / "ours")
        theirs = read(reference / f"{file.stem}.pdf", OFFICE)
        if pdf is None:
            print(f"{file.stem:20} not made: {told.strip()[:300]}")
            failed.append(file.stem)
            continue
        results.append(judge(file.stem, read(pdf, OURS), theirs))
        if "--prove" in sys.argv and len(results) == 1:
            # A word that stands elsewhere, and a page too many, must be told.
            moved = [(n, text, x + 5, y) for n, text, x, y in theirs]
            assert judge("moved", moved, theirs)[2] == 0, "words that are moved are not seen"
            assert not judge("longer", [*theirs, (99, "x", 0, 0)], theirs)[0], "a page too many is not seen"
    same, whole = sum(r[0] for r in results), sum(r[1] for r in results)
    near, words = sum(r[2] for r in results), sum(r[3] for r in results)
    print(f"{len(files)} blanks: pages equal in {same}, all words in order in {whole}, {near} of {words} words "
          f"within {NEAR} pt ({100 * near / max(words, 1):.1f} %), not made {failed}")
    return not failed and (chosen or same >= PAGES * len(files) and near >= PLACES * words)


if __name__ == "__main__":
    sys.exit(not main())
