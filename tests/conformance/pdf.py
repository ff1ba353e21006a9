#!/usr/bin/env python3
"""Other people's tools judge PDF files of ours.

    pdf.py FILE.pdf …          PDF/A-2a or PDF/A-3a, whichever the file says it is, and PDF/UA-1
    pdf.py --plain FILE.pdf …  files without a standard: sound, fonts embedded, text comes back

Exit status 1 if anything is wrong. Needs the Python package page-validation, qpdf, poppler-utils and mupdf-tools.
"""

import html
import pathlib
import re
import subprocess
import sys


def run(*command):
    done = subprocess.run(command, capture_output=True)
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def packet(path):
    """The XMP."""
    return run("pdfinfo", "-meta", path)[1]


def validator(path):
    """The profiles of the validator that the file must keep."""
    import page

    part = re.search(r"<pdfaid:part>(\d)</pdfaid:part>", packet(path))
    if not part:
        yield "the XMP does not say which part of PDF/A it keeps"
        return
    for profile in (part.group(1) + "a", "ua1"):
        report = page.validate_pdf(str(path), profile=profile)
        if not report.is_compliant:
            for rule in sorted({f"{f.rule_id}: {f.message}" for f in report.failures}) or ["not compliant"]:
                yield f"{profile}: {rule}"


def agreement(path):
    """The two places where the title stands say the same (ISO 19005-2, 6.6.3), which the validator does not look at."""
    found = re.search(r"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", packet(path), re.S)
    title = found and html.unescape(found.group(1))
    code, out, err = run("pdfinfo", path)
    info = re.search(r"^Title: *(.*)$", out, re.M)
    if not info or info.group(1).strip() != (title or "").strip():
        yield f"the title is {info and info.group(1)!r} in the Info dictionary and {title!r} in the XMP"


def sound(path):
    """qpdf and mupdf find nothing wrong with the file as a file."""
    code, out, err = run("qpdf", "--check", path)
    if code:
        yield "qpdf: " + (err or out).strip().splitlines()[-1]
    code, out, err = run("mutool", "info", path)
    if code or "error" in err or "warning" in err:
        yield "mutool: " + err.strip()


def fonts(path):
    """Every font is embedded, a subset, and has a map to Unicode."""
    code, out, err = run("pdffonts", path)
    lines = out.splitlines()
    if code or err.strip() or len(lines) < 2:
        yield "pdffonts: " + (err.strip() or "no output")
        return
    head = lines[0]
    columns = {name: head.index(name) for name in ("emb", "sub", "uni")}
    for line in lines[2:]:
        for name, at in columns.items():
            if line[at:at + 3].strip() != "yes":
                yield f"pdffonts: {line.split()[0]}: {name} is not yes"


def text(path):
    """The text comes back, without a character that stands for none."""
    code, out, err = run("pdftotext", path, "-")
    if code or err.strip():
        yield "pdftotext: " + err.strip()
    if not out.strip():
        yield "pdftotext: no text"
    for wrong in "\ufffd\u0000\ufeff":
        if wrong in out:
            yield f"pdftotext: U+{ord(wrong):04X} in the text"


def structure(path):
    """Poppler reads the structure tree to its end, and all text that is no ornament is in it."""
    code, out, err = run("pdfinfo", "-struct-text", path)
    if code or err.strip():
        yield "pdfinfo -struct-text: " + err.strip()
    if not out.startswith("Document"):
        yield "pdfinfo -struct-text: no structure"
    elif '"' not in out:
        yield "pdfinfo -struct-text: no text in the structure"


def check(path, plain=False):
    """All that is wrong with a file."""
    checks = [sound, fonts, text] + ([] if plain else [validator, agreement, structure])
    return [fault for check in checks for fault in check(path)]


def main(arguments):
    plain = arguments[:1] == ["--plain"]
    files = arguments[1:] if plain else arguments
    if not files:
        sys.exit(__doc__)
    bad = 0
    for path in files:
        faults = check(path, plain)
        bad += bool(faults)
        print(f"{'FAIL' if faults else 'ok  '} {path}")
        for fault in faults:
            print(f"     {fault}")
    print(f"{len(files) - bad} of {len(files)} PDF files pass")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
