"""LibreOffice lays the DOCX out as we lay out the PDF.

    docx_pages.py --prove ITOG            the same document with larger letters and with a page more must be seen as another one
    docx_pages.py ITOG [FOLDER [SEED]]    ITOG is the program; what is made is left in FOLDER if there is one; SEED is that of the first document

Twenty random documents of 1 to 40 pages, the documents of `examples/data` and the five designs of certificates become PDF and DOCX, and
LibreOffice makes a PDF of each DOCX. All must have as many pages, but for one page in forty: what rows of tables need in Word
beyond ours adds up; and where paragraphs are justified, which LibreOffice breaks line by line, one in two dozen. What is broken greedily, line by line, must have 90 % of the words on the
same line. Of all paragraphs 95 % must begin on the same page, 80 % in each document: of «полуторный» Word does not count what the last line of a page has below. Exit status 1 if anything is wrong.
"""

import collections
import pathlib
import re
import subprocess
import sys
import tempfile

import docx
import yaml

import bbox
import docx_documents
import office
import proof

DESIGNS = "classic modern festive letter participant".split()
# Spaces shrink in Word since 2013 and in LibreOffice since 24.8; the one that judges here is older. Neither moves letters.
STIFF = "\nbody { -itog-min-word-space: 100%; -itog-letter-give: 0% }\n"
GREEDY = "\nbody, body * { text-align: left !important; hyphens: none !important }\n"
SAME_LINE = 0.9
# In so many pages there may be one more or less.
PAGES = {"justified": 24, "greedy": 40, "designs": 40}
SAME_PAGE, SAME_PAGE_EACH = 0.95, 0.8
# A page number in the margin above, in points.
MARGIN = 56.0


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(str(c) for c in command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def letters(text):
    return re.sub(r"[^а-яёa-z0-9]", "", text.lower())


def pages(pdf):
    """The lines of a PDF's pages: (place down the page, words)."""
    for page in bbox.pages(pdf, "-bbox-layout"):
        lines = []
        for line in page.split("<line ")[1:]:
            found = list(bbox.words(line))
            if found and found[0][3] > MARGIN:
                lines.append((found[0][3], [word[4] for word in found]))
        yield lines


def paragraphs(path):
    """The first letters of all paragraphs that have enough to be known by."""
    for node in docx.Document(path).element.body.iter():
        if node.tag.endswith("}p"):
            start = letters("".join(t.text or "" for t in node.iter() if t.tag.endswith("}t")))[:24]
            if len(start) >= 12:
                yield start


def starts(found, keys):
    """On which pages each paragraph's first letters stand: one after the other, where there are several places."""
    return {key: [number for number, page in enumerate(found, 1) for _ in range(page.count(key))] for key in keys}


def raw(pdf):
    return [letters(page) for page in run("pdftotext", "-raw", pdf, "-").split("\f")[:-1]]


def same_pages(ours, theirs, path):
    """The share of paragraphs that begin on the same page, and some of the others."""
    keys = set(paragraphs(path))
    left, right = starts(raw(ours), keys), starts(raw(theirs), keys)
    total, there, moved = 0, 0, []
    for key in sorted(keys, key=lambda key: left[key]):
        total += len(left[key])
        same = sum((collections.Counter(left[key]) & collections.Counter(right[key])).values())
        there += same
        if same < len(left[key]):
            moved.append(f"«{key}» begins on page {left[key]}, in LibreOffice on {right[key]}")
    return there, total, moved


def same_lines(ours, theirs):
    """The share of words that stand in a line with the same words."""
    lines = collections.Counter(" ".join(words) for page in pages(theirs) for _, words in page)
    there, total = 0, 0
    for words in (words for page in pages(ours) for _, words in page):
        total += len(words)
        if lines[" ".join(words)]:
            lines[" ".join(words)] -= 1
            there += len(words)
    return there / max(total, 1)


def render(itog, data, out, template=None):
    chosen = ["--template", template] if template else []
    run(itog, "render", data, "-o", out, *chosen)


def judge(kind, ours, there, path):
    """The faults of one document, and the figures: paragraphs that begin on the same page, of how many, words on the same line."""
    count, counted = len(raw(ours)), len(raw(there))
    begins, total, moved = same_pages(ours, there, path)
    same_line = same_lines(ours, there)
    faults = []
    if abs(count - counted) > count // PAGES[kind]:
        faults.append(f"LibreOffice makes {counted} pages, our PDF has {count}")
    if begins / max(total, 1) < SAME_PAGE_EACH:
        faults += moved[:5]
    if kind == "greedy" and same_line < SAME_LINE:
        faults.append("too few words stand on the same line")
    shares = f"{begins / max(total, 1):.1%} of paragraphs on the same page, {same_line:.1%} of words on the same line"
    return faults, (begins, total), f"{count} pages, {counted} in LibreOffice, {shares}"


def prove(itog):
    """Our own PDF is judged as if it were LibreOffice's: as it is, and made so that it must not pass."""
    with tempfile.TemporaryDirectory() as made:
        folder = pathlib.Path(made)
        run(itog, "templates", "--eject", "final-document", folder / "template")
        style = (folder / "template/style.css").read_text(encoding="utf-8")
        faults = {}
        for what, css in (("itself", GREEDY), ("larger letters", f"{GREEDY}body, body * {{ font-size: 15.5pt !important }}"), ("a page more", f"{GREEDY}h1 {{ break-after: page }}")):
            (folder / "template/style.css").write_text(style + css, encoding="utf-8")
            out = folder / what.replace(" ", "-")
            render(itog, "examples/data/resolution.yaml", f"{out}/", folder / "template")
            good = folder / "itself/resolution.pdf"
            faults[what], *_ = judge("greedy", good, out / "resolution.pdf", good.with_suffix(".docx"))
        same = faults.pop("itself")
        print(f"{'FAIL' if same else 'ok'}   the same document: {same}")
        return sum(not proof.told(what, told) for what, told in faults.items()) + bool(same)


def main(itog, folder, first=0):
    for kind in ("justified", "greedy", "designs"):
        (folder / kind).mkdir(parents=True)
    for kind, css in (("justified", STIFF), ("greedy", GREEDY)):
        run(itog, "templates", "--eject", "final-document", folder / f"{kind}-template")
        with open(folder / f"{kind}-template/style.css", "a", encoding="utf-8") as sheet:
            sheet.write(css)
    data = []
    for seed in range(20):
        path = folder / f"random-{seed:02}.yaml"
        document = docx_documents.document(first + seed, 1 + seed * 39 / 19)
        path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8")
        data.append(path)
    data += [pathlib.Path("examples/data") / f"{name}.yaml" for name in ("minimal", "final-document", "protocol", "resolution")]
    for path in data:
        for kind in ("justified", "greedy"):
            render(itog, path, f"{folder}/{kind}/", folder / f"{kind}-template")
    for design in DESIGNS:
        render(itog, f"templates/certificate-{design}/sample.yaml", folder / "designs" / f"{design}.pdf", f"certificate-{design}")
    bad, together = 0, []
    for kind in ("justified", "greedy", "designs"):
        files = sorted((folder / kind).glob("*.docx"))
        theirs = folder / f"{kind}-libreoffice"
        office.to_pdf(files, theirs, folder)
        for path in files:
            ours, there = path.with_suffix(".pdf"), theirs / f"{path.stem}.pdf"
            faults, here, figures = judge(kind, ours, there, path)
            together.append(here)
            for fault in faults:
                print(f"{kind}/{path.name}: {fault}")
            print(f"{'FAIL' if faults else 'ok'}   {kind}/{path.name}, {figures}")
            bad += bool(faults)
    share = sum(begins for begins, _ in together) / sum(count for _, count in together)
    print(f"{'ok' if share >= SAME_PAGE else 'FAIL'}   {share:.1%} of all paragraphs begin on the same page")
    return bad + (share < SAME_PAGE)


if __name__ == "__main__":
    if sys.argv[1] == "--prove":
        sys.exit(prove(sys.argv[2]) > 0)
    if len(sys.argv) > 2:
        sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int((*sys.argv[3:], 0)[0])) > 0)
    with tempfile.TemporaryDirectory() as made:
        sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(made)) > 0)
