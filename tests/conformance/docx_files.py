"""Other people's tools judge DOCX files of ours.

    docx_files.py FOLDER            every FOLDER/NAME.docx, with the FOLDER/NAME.pdf made of the same data if there is one
    docx_files.py --prove FOLDER    spoils FOLDER/protocol.docx in six ways: each must be seen

openxml-audit (strict) and ooxml-integrity find nothing; no list, style, drawing, bookmark or relationship is dangling or doubled; LibreOffice
opens the DOCX, and makes as many pages of it as our PDF has. Exit status 1 if anything is wrong.
"""

import collections
import pathlib
import posixpath
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

from openxml_audit import FileFormat, OpenXmlValidator

import office
import proof

BIN = pathlib.Path(sys.executable).parent


def run(*command):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True)
    return done.returncode, (done.stdout + done.stderr).strip()


def audit(path):
    """What openxml-audit finds. Each file has a validator of its own, which would mix up the files that it is given."""
    judged = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0, strict=True).validate(path)
    if not judged.is_valid:
        for fault in judged.errors:
            yield f"openxml-audit: {fault.description} ({fault.part_uri}, {fault.path}, {fault.node or 'no node'})"


def own(path):
    """What the audits do not see."""
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        parts = {name: package.read(name).decode("utf-8") for name in names if name.endswith((".xml", ".rels"))}
    if len(names) != len(set(names)):
        yield "two parts have the same name"
    stories = "".join(text for name, text in parts.items() if re.fullmatch(r"word/(document|footnotes|header\d+|footer\d+)\.xml", name))
    numbering = parts.get("word/numbering.xml", "")
    for what, pattern, defined in [
        ("numId", r'<w:numId w:val="(\d+)"', re.findall(r'<w:num w:numId="(\d+)"', numbering) + ["0"]),
        ("style", r'<w:(?:pStyle|rStyle|tblStyle|basedOn|next|link) w:val="([^"]+)"', re.findall(r'w:styleId="([^"]+)"', parts["word/styles.xml"])),
        ("bookmark", r'<w:hyperlink w:anchor="([^"]+)"', re.findall(r'<w:bookmarkStart [^>]*w:name="([^"]+)"', stories)),
    ]:
        for used in set(re.findall(pattern, stories + parts["word/styles.xml"])) - set(defined):
            yield f"{what} {used} is not defined"
    for used in set(re.findall(r'<w:abstractNumId w:val="(\d+)"', numbering)) - set(re.findall(r'<w:abstractNum w:abstractNumId="(\d+)"', numbering)):
        yield f"abstractNumId {used} is not defined"
    for what, pattern, text in [
        ("drawing id", r'<wp:docPr id="(\d+)"', stories),
        ("bookmark id", r'<w:bookmarkStart w:id="(\d+)"', stories),
        ("bookmark", r'<w:bookmarkStart [^>]*w:name="([^"]+)"', stories),
        ("content control", r'<w:sdtPr>.*?<w:id w:val="(\d+)"', stories),
        ("numId", r'<w:num w:numId="(\d+)"', numbering),
        ("style id", r'w:styleId="([^"]+)"', parts["word/styles.xml"]),
        ("style name", r'<w:name w:val="([^"]+)"', parts["word/styles.xml"]),
    ]:
        for value, times in collections.Counter(re.findall(pattern, text)).items():
            if times > 1:
                yield f"{what} {value} occurs {times} times"
    if "itog." in stories:
        yield "a mark of ours was left"
    for name, text in parts.items():
        folder, _, file = name.rpartition("/")
        rels = parts.get(f"{folder}/_rels/{file}.rels", "")
        for used in set(re.findall(r' r:(?:id|embed|link)="([^"]*)"', text)) - set(re.findall(r' Id="([^"]+)"', rels)):
            yield f"{name}: relationship {used!r} does not exist"
        if not name.endswith(".rels"):
            continue
        owner = folder.removesuffix("_rels").rstrip("/")
        for target, mode in re.findall(r'Target="([^"]+)"( TargetMode="External")?', text):
            if not mode and posixpath.normpath(posixpath.join(owner, target)).lstrip("/") not in names:
                yield f"{name}: the target {target} is not in the package"


def pages(path):
    match = re.search(r"^Pages: +(\d+)", run("pdfinfo", path)[1], re.M)
    return int(match.group(1)) if match else None


def integrity(files):
    code, out = run(BIN / "ooxml-integrity", "check", *files, "--fail-on", "warn", "--quiet")
    if code:
        yield f"ooxml-integrity: {out}"


def judge(files):
    """The files, each with its pages and its faults."""
    with tempfile.TemporaryDirectory() as made:
        office.to_pdf(files, made, pathlib.Path(made))
        for path in files:
            faults = [*audit(path), *own(path)]
            theirs = pages(pathlib.Path(made) / f"{path.stem}.pdf")
            ours = pages(path.with_suffix(".pdf")) if path.with_suffix(".pdf").exists() else theirs
            if theirs is None or theirs != ours:
                faults.append(f"LibreOffice makes {theirs} pages, our PDF has {ours}")
            yield path, ours, faults


def main(folder):
    files = sorted(pathlib.Path(folder).glob("*.docx"))
    if not files:
        print(f"{folder}: no DOCX files")
        return True
    bad = False
    for fault in integrity(files):
        print(fault)
        bad = True
    for path, count, faults in judge(files):
        for fault in faults:
            print(f"{path}: {fault}")
        bad = bad or bool(faults)
        print(f"{'FAIL' if faults else 'ok'}   {path.name}, {count} pages")
    return bad


# What is spoiled, where, and how.
SPOILED = {
    "an element that Word does not know": ("word/document.xml", "<w:body>", "<w:body><w:unknown/>"),
    "a style that is not there": ("word/document.xml", '<w:pStyle w:val="', '<w:pStyle w:val="Missing'),
    "a list that is not there": ("word/styles.xml", '<w:numId w:val="', '<w:numId w:val="99'),
    "a relationship that is not there": ("word/document.xml", ' r:id="', ' r:id="none'),
    "a part that is not there": ("word/_rels/document.xml.rels", 'Target="styles.xml"', 'Target="style.xml"'),
    "a page too many": ("word/document.xml", "<w:body>", '<w:body><w:p><w:r><w:br w:type="page"/></w:r></w:p>'),
}


def prove(folder):
    good = pathlib.Path(folder, "protocol.docx")
    with tempfile.TemporaryDirectory() as made:
        paths = []
        for what, (part, old, new) in SPOILED.items():
            paths.append(proof.spoiled(good, pathlib.Path(made, f"{what.replace(' ', '-')}.docx"), part, old, new))
            shutil.copy(good.with_suffix(".pdf"), paths[-1].with_suffix(".pdf"))
        seen = [proof.told(path.stem, faults) for path, _, faults in judge(paths)]
        damaged = pathlib.Path(made, "damaged.docx")
        damaged.write_bytes(good.read_bytes()[:-200])
        seen.append(proof.told("a package without its end", integrity([damaged])))
    return not all(seen)


if __name__ == "__main__":
    sys.exit(prove(sys.argv[2]) if sys.argv[1] == "--prove" else main(sys.argv[1]))
