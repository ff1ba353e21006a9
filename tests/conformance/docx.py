"""Other people's tools judge DOCX files of ours.

    docx.py FOLDER    every FOLDER/NAME.docx with the FOLDER/NAME.pdf made of the same data

openxml-audit (strict) and ooxml-integrity find nothing; no list, drawing, bookmark or relationship is dangling or doubled; LibreOffice
makes as many pages of the DOCX as our PDF has. Exit status 1 if anything is wrong.
"""

import collections
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

BIN = pathlib.Path(sys.executable).parent


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    return done.returncode, (done.stdout + done.stderr).strip()


def audits(path):
    code, out = run(BIN / "openxml-audit", path, "-f", "microsoft365", "--policy", "strict", "-m", "0")
    if code:
        yield "openxml-audit: " + out
    code, out = run(BIN / "ooxml-integrity", "check", path, "--fail-on", "warn")
    if code:
        yield "ooxml-integrity: " + out


def own(path):
    """What the audits do not see."""
    with zipfile.ZipFile(path) as package:
        names = set(package.namelist())
        parts = {name: package.read(name).decode("utf-8") for name in names if name.endswith((".xml", ".rels"))}
    document = parts["word/document.xml"]
    numbering = parts.get("word/numbering.xml", "")
    defined = set(re.findall(r'<w:num w:numId="(\d+)"', numbering))
    for number in set(re.findall(r'<w:numId w:val="(\d+)"', document)) - defined - {"0"}:
        yield f"numId {number} is not defined"
    styles = set(re.findall(r'w:styleId="([^"]+)"', parts["word/styles.xml"]))
    used = set(re.findall(r'<w:(?:pStyle|rStyle|tblStyle|basedOn|next|link) w:val="([^"]+)"', document + parts["word/styles.xml"]))
    for style in used - styles:
        yield f"style {style} is not defined"
    for what, pattern in [("drawing id", r'<wp:docPr id="(\d+)"'), ("bookmark id", r'<w:bookmarkStart w:id="(\d+)"'), ("bookmark", r'<w:bookmarkStart [^>]*w:name="([^"]+)"')]:
        for value, times in collections.Counter(re.findall(pattern, document)).items():
            if times > 1:
                yield f"{what} {value} occurs {times} times"
    if "itog.fragment" in document:
        yield "a fragment was left unfilled"
    rels = parts["word/_rels/document.xml.rels"]
    ids = set(re.findall(r'Id="([^"]+)"', rels))
    for used in set(re.findall(r'r:(?:id|embed|link)="([^"]*)"', document)) - ids:
        yield f"relationship {used!r} does not exist"
    for target, mode in re.findall(r'Target="([^"]+)"( TargetMode="External")?', rels):
        if not mode and str(pathlib.PurePosixPath("word", target)).replace("word/../", "") not in names:
            yield f"the target {target} is not in the package"


def pages(path):
    match = re.search(r"^Pages: +(\d+)", run("pdfinfo", path)[1], re.M)
    return int(match.group(1)) if match else None


def main(folder):
    bad = False
    files = sorted(pathlib.Path(folder).glob("*.docx"))
    if not files:
        print(f"{folder}: no DOCX files")
        return True
    with tempfile.TemporaryDirectory() as made:
        code, out = run("soffice", "--headless", f"-env:UserInstallation=file://{made}/profile", "--convert-to", "pdf", "--outdir", made, *files)
        if code:
            print(f"LibreOffice: {out}")
            bad = True
        for path in files:
            faults = [*audits(path), *own(path)]
            theirs, ours = pages(pathlib.Path(made) / f"{path.stem}.pdf"), pages(path.with_suffix(".pdf"))
            if theirs is None or theirs != ours:
                faults.append(f"LibreOffice makes {theirs} pages, our PDF has {ours}")
            for fault in faults:
                print(f"{path}: {fault}")
            bad = bad or bool(faults)
            print(f"{'FAIL' if faults else 'ok'}   {path.name}, {ours} pages")
    return bad


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
