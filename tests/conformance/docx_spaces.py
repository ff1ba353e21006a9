"""Words of a DOCX say where they may be broken: without a Russian dictionary its lines are hardly wider than with one.

    docx_spaces.py ITOG            ITOG is the program
    docx_spaces.py --prove ITOG    the same documents without soft hyphens must be seen

The documents of `examples/data` and ten random ones are laid out by LibreOffice with a dictionary that knows no break. Of a hundred gaps between
words of a paragraph 95 must be narrower than USUAL, in ems, and no more than MOST of a hundred lines may have one that is wider than WIDE: a line
whose next word nobody may break is wide in any program. Gaps between cells are none. Exit status 1 if anything is wrong.
"""

import pathlib
import subprocess
import sys
import tempfile

import docx
import yaml
from docx.oxml.ns import qn

import bbox
import docx_documents
import office
import proof

USUAL, WIDE, MOST = 0.6, 0.6, 7
# The height of a word's box in ems, as poppler takes it from LibreOffice's fonts.
BOX = 1.3


def plain(text):
    return text.replace("\u200b", "").replace("\u2060", "").replace("\u2011", "-").replace("\u00ad", "")


def pairs(path):
    """Words that follow each other in a paragraph."""
    found = set()
    for paragraph in docx.Document(path).element.body.iter(qn("w:p")):
        text = "".join(t.text or "" if t.tag == qn("w:t") else "-" if t.tag == qn("w:noBreakHyphen") else "\n"
                       for t in paragraph.iter(qn("w:t"), qn("w:noBreakHyphen"), qn("w:br"), qn("w:tab")))
        for line in text.split("\n"):
            words = plain(line).split()
            found |= set(zip(words, words[1:]))
    return found


def gaps(pdf, known):
    """For each line with two words of a paragraph the gaps between such, in ems. The halves of a word at both ends count for it."""
    ends = {(first[-3:], second[:3]) for first, second in known}
    for page in bbox.pages(pdf):
        lines = {}
        for left, top, right, bottom, word in bbox.words(page):
            lines.setdefault(round(bottom), []).append((left, right, (bottom - top) / BOX, plain(word)))
        for words in lines.values():
            words.sort()
            beside = [(a, b) for a, b in zip(words, words[1:]) if (a[3], b[3]) in known or (a[3][-3:], b[3][:3]) in ends]
            if beside:
                yield [(b[0] - a[1]) / min(a[2], b[2]) for a, b in beside]


def judge(path, pdf):
    lines = list(gaps(pdf, pairs(path)))
    every = sorted(gap for line in lines for gap in line)
    usual, wide = every[len(every) * 95 // 100], sum(max(line) > WIDE for line in lines)
    said = f"{len(lines)} lines, 95 of a hundred gaps below {usual:.2f} em, {wide} lines with one above {WIDE}"
    return usual > USUAL or wide * 100 > MOST * max(len(lines), 20), said


def documents(itog, folder, *options):
    """The DOCX files, and their PDFs as LibreOffice makes them without a dictionary."""
    data = [pathlib.Path("examples/data") / f"{name}.yaml" for name in ("minimal", "final-document", "protocol", "resolution")]
    for seed in range(10):
        path = folder / f"random-{seed}.yaml"
        path.write_text(yaml.safe_dump(docx_documents.document(seed, 1 + seed), allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8")
        data.append(path)
    out = folder / "made"
    for path in data:
        subprocess.run([itog, "render", path, "--to", "docx", *options, "-o", f"{out}/"], check=True, capture_output=True)
    # The place of a break that no word has.
    office.profile(folder)
    (folder / "profile" / "hyph_ru_RU.dic").write_text("UTF-8\nx1x1x\n", encoding="utf-8")
    files = sorted(out.glob("*.docx"))
    office.to_pdf(files, out, folder)
    return [(path, path.with_suffix(".pdf")) for path in files]


def main(itog, folder):
    bad = 0
    for path, pdf in documents(itog, folder):
        fault, said = judge(path, pdf)
        print(f"{'FAIL' if fault else 'ok'}   {path.name}: {said}")
        bad += fault
    return bad > 0


def prove(itog, folder):
    told = [said for path, pdf in documents(itog, folder, "--no-soft-hyphens") for fault, said in [judge(path, pdf)] if fault]
    return not proof.told("documents without soft hyphens", told)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        run = prove if sys.argv[1] == "--prove" else main
        sys.exit(run(pathlib.Path(sys.argv[-1]).absolute(), pathlib.Path(made)))
