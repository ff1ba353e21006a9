"""LibreOffice lays the DOCX out as we lay out the PDF.

    docx_pages.py ITOG [FOLDER]    ITOG is the program; what is made is left in FOLDER if there is one

Twenty random documents of 1 to 40 pages, the documents of `examples/data` and the five designs of certificates become PDF and DOCX, and
LibreOffice makes a PDF of each DOCX. Both must have the same pages, and each paragraph must begin on the same page. Broken greedily, line
by line, at least 90 % of the words must stand on the same line; certificates say the same on their page. Exit status 1 if anything is wrong.
"""

import collections
import pathlib
import re
import subprocess
import sys
import tempfile

import docx
import yaml

import docx_documents

DESIGNS = "classic modern festive letter participant".split()
GREEDY = "\nbody, body * { text-align: left !important; hyphens: none !important }\n"
SAME_LINE = 0.9
# A page number in the margin above, in points.
MARGIN = 56.0
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')

Word = collections.namedtuple("Word", "text page line")


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(str(c) for c in command)}\n{done.stdout}{done.stderr}")
    return done.stdout


def letters(text):
    return re.sub(r"[^а-яёa-z0-9]", "", text.lower())


def pages(pdf):
    """The lines of a PDF's pages: (place down the page, words)."""
    for page in run("pdftotext", "-bbox-layout", pdf, "-").split("<page ")[1:]:
        lines = []
        for line in re.split(r"<line ", page)[1:]:
            found = WORD.findall(line)
            if found and float(found[0][3]) > MARGIN:
                lines.append((float(found[0][3]), [w[4] for w in found]))
        yield lines


def text(pdf):
    """The letters of each page in the order of reading."""
    return ["".join(letters(word) for _, words in sorted(page, key=lambda line: line[0]) for word in words) for page in pages(pdf)]


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
    left, right = raw(ours), raw(theirs)
    if len(left) != len(right):
        yield f"LibreOffice makes {len(right)} pages, our PDF has {len(left)}"
    keys = set(paragraphs(path))
    left, right = starts(left, keys), starts(right, keys)
    moved = [key for key in keys if left[key] and right[key] and left[key] != right[key]]
    for key in sorted(moved, key=lambda key: left[key])[:3]:
        yield f"«{key}» begins on page {left[key]}, in LibreOffice on {right[key]}"
    lost = [key for key in keys if not right[key]]
    if len(lost) > len(keys) // 10:
        yield f"{len(lost)} of {len(keys)} paragraphs are not found: {sorted(lost)[:3]}"


def same_lines(ours, theirs):
    """The share of words that stand on the same page in a line with the same words."""
    there, all_words = 0, 0
    for left, right in zip(pages(ours), pages(theirs)):
        lines = collections.Counter(" ".join(words) for _, words in right)
        for _, words in left:
            line = " ".join(words)
            all_words += len(words)
            if lines[line]:
                lines[line] -= 1
                there += len(words)
    return there / max(all_words, 1)


def render(itog, data, out, template=None):
    chosen = ["--template", template] if template else []
    run(itog, "render", data, "-o", out, *chosen)


def main(itog, folder):
    for kind in ("justified", "greedy", "designs"):
        (folder / kind).mkdir(parents=True)
    template = folder / "template"
    run(itog, "templates", "--eject", "final-document", template)
    with open(template / "style.css", "a", encoding="utf-8") as sheet:
        sheet.write(GREEDY)
    data = []
    for seed in range(20):
        path = folder / f"random-{seed:02}.yaml"
        document = docx_documents.document(seed, 1 + seed * 39 / 19)
        path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8")
        data.append(path)
    data += [pathlib.Path("examples/data") / f"{name}.yaml" for name in ("minimal", "final-document", "protocol", "resolution")]
    for path in data:
        render(itog, path, f"{folder}/justified/")
        render(itog, path, f"{folder}/greedy/", template)
    for design in DESIGNS:
        render(itog, f"templates/certificate-{design}/sample.yaml", folder / "designs" / f"{design}.pdf", f"certificate-{design}")
    bad = 0
    for kind in ("justified", "greedy", "designs"):
        files = sorted((folder / kind).glob("*.docx"))
        theirs = folder / f"{kind}-libreoffice"
        run("soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf", "--outdir", theirs, *files)
        for path in files:
            ours, there = path.with_suffix(".pdf"), theirs / f"{path.stem}.pdf"
            faults = list(same_pages(ours, there, path))
            share = same_lines(ours, there)
            if kind == "greedy" and share < SAME_LINE:
                faults.append(f"{share:.1%} of the words stand on the same line")
            for fault in faults:
                print(f"{kind}/{path.name}: {fault}")
            print(f"{'FAIL' if faults else 'ok'}   {kind}/{path.name}, {len(raw(ours))} pages, {share:.1%} of words on the same line")
            bad += bool(faults)
    return bad


if __name__ == "__main__":
    if len(sys.argv) > 2:
        sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])) > 0)
    with tempfile.TemporaryDirectory() as made:
        sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(made)) > 0)
